//! Lists whose items are entries: a message in bold, in code or as a defined term, and behind it what it means.

use super::blocks::{Block, Kind, Node, Span, plain};
use super::codes;
use super::leads::{self, Part};
use super::phrases;
use super::sections::Raw;

/// The entries that a list's items are, if it plainly lists messages; `introduced` when the words above it speak of
/// errors.
pub(super) fn entries(items: &[Vec<Block>], introduced: bool) -> Option<Vec<Raw>> {
    if !introduced || items.len() < 2 {
        return None;
    }
    let read: Vec<Option<Raw>> = items.iter().map(|item| entry(item)).collect();
    let quoting = read.iter().flatten().count();
    let plainly = read.iter().flatten().filter(|raw| raw.parts.iter().any(says_message)).count();
    if quoting * 2 < items.len() || quoting < 2 || plainly * 2 < quoting {
        return None;
    }
    let described = |(read, item): (Option<Raw>, &Vec<Block>)| read.or_else(|| description(item));
    let raws: Vec<Raw> = read.into_iter().zip(items).filter_map(described).collect();
    (raws.len() == items.len()).then_some(raws)
}

/// An item that begins with a message.
fn entry(item: &[Block]) -> Option<Raw> {
    let (Block { at, kind: Kind::Paragraph(spans) }, rest) = item.split_first()? else { return None };
    let mut messages = Vec::new();
    let mut prose = Vec::new();
    for (index, span) in spans.iter().enumerate() {
        match &span.node {
            Node::Strong(_) | Node::Code(_) if prose.is_empty() => messages.push(span.clone()),
            Node::Break if prose.is_empty() => {}
            Node::Text(text)
                if prose.is_empty() && matches!(text.trim().to_lowercase().as_str(), "or" | "and" | "/" | "" | ",") => {
            }
            Node::Text(text) if prose.is_empty() => {
                // "`message`: what it means"
                let trimmed = text.trim_start();
                let explained = trimmed
                    .strip_prefix([':', '：'])
                    .or_else(|| ["- ", "– ", "— "].into_iter().find_map(|dash| trimmed.strip_prefix(dash)))?;
                prose.push(Span {
                    at: span.at + text.len() - explained.len(),
                    node: Node::Text(explained.trim_start().into()),
                });
                prose.extend(spans[index + 1..].iter().cloned());
                break;
            }
            _ => return None,
        }
    }
    let telling = |span: &Span| {
        let text = plain(std::slice::from_ref(span));
        is_message(text.trim()) || codes::is_code(&text)
    };
    if messages.is_empty() || !messages.iter().all(telling) || prose.is_empty() && rest.is_empty() {
        return None;
    }
    let paragraph = |spans: Vec<Span>| Block { at: *at, kind: Kind::Paragraph(spans) };
    let mut blocks: Vec<Block> = (!prose.is_empty()).then(|| paragraph(prose)).into_iter().collect();
    blocks.extend(rest.iter().cloned());
    let is_code = messages.iter().all(|span| codes::is_code(&plain(std::slice::from_ref(span))));
    let mut messages: Vec<Block> = messages.into_iter().map(|span| paragraph(vec![span])).collect();
    // The number of a code that has a name is another code, and so is the same one in another notation.
    if is_code
        && blocks.len() > 1
        && let Some(number) = match &blocks[0].kind {
            Kind::Paragraph(spans) => Some(plain(spans)).filter(|text| codes::is_number(text)),
            _ => None,
        }
    {
        let at = blocks.remove(0).at;
        let numbers = number.split_whitespace().map(|number| number.trim_matches(['(', ')']).to_string());
        messages.extend(
            numbers.map(|number| Block { at, kind: Kind::Paragraph(vec![Span { at, node: Node::Text(number) }]) }),
        );
    }
    Some(raw(*at, messages, blocks))
}

fn is_message(text: &str) -> bool {
    phrases::is_message_like(text) || text.split_whitespace().count() >= 3 && text.ends_with(['.', '!'])
}

/// Whether what was read as messages plainly is one, and not the name of something: `error_code` is a field.
fn says_message(part: &Part) -> bool {
    let says = |text: &str| is_message(text) || codes::is_faulty(text) && !text.starts_with("err");
    part.told
        && part.blocks.iter().any(|block| matches!(&block.kind, Kind::Paragraph(spans) if says(plain(spans).trim())))
}

/// An item among such entries that describes its error in prose.
fn description(item: &[Block]) -> Option<Raw> {
    let (first, rest) = item.split_first()?;
    let is_prose = matches!(&first.kind, Kind::Paragraph(spans) if plain(spans).split_whitespace().count() >= 3);
    (is_prose && !rest.is_empty()).then(|| raw(first.at, vec![first.clone()], rest.to_vec()))
}

fn raw(at: usize, messages: Vec<Block>, rest: Vec<Block>) -> Raw {
    let mut parts = vec![Part::told(at, messages)];
    parts.extend(leads::parts(rest));
    Raw { at, id: None, title: String::new(), parts, situations: Vec::new(), row: true, unnamed: false }
}
