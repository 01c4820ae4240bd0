//! Terms that no list holds together: paragraphs that begin with an error's name on a line of its own ("**Access denied**",
//! then what it means), and definition lists with stray paragraphs between them. They are read as one list, whose items
//! end where the next term begins.

use super::blocks::{Block, Kind, Node, Span, plain};
use super::codes;
use super::labels;
use super::phrases;
use super::quotations;
use super::troubles;

/// Fewer are somebody's emphasis.
const FEWEST: usize = 2;
/// No question quotes more words.
const LONGEST_QUESTION: usize = 40;
/// No name of an error has more words.
const MOST_WORDS: usize = 12;

/// The items that such terms begin among the blocks between two headings, and how many blocks stand before the first;
/// none when there are too few. `text` is the page.
pub(super) fn gathered(blocks: &[Block], text: &str) -> Option<(usize, Vec<Vec<Block>>)> {
    if let Some(asked) = asked(blocks) {
        return Some(asked);
    }
    // A single definition list is a list already.
    let terms = blocks.iter().filter(|block| is_term(block) || is_definitions(block)).count();
    if terms < FEWEST {
        return None;
    }
    let heads: Vec<String> = blocks.iter().flat_map(heads).collect();
    if heads.iter().filter(|head| names_error(head)).count() * 2 < heads.len() {
        return None;
    }
    let first = blocks.iter().position(|block| is_term(block) || is_definitions(block))?;
    let mut items: Vec<Vec<Block>> = Vec::new();
    for block in &blocks[first..] {
        match &block.kind {
            Kind::Paragraph(spans) if is_term(block) => items.push(item(block.at, spans.clone(), text)),
            Kind::List { items: defined, .. } if is_definitions(block) => items.extend(defined.iter().cloned()),
            _ => items.last_mut()?.push(block.clone()),
        }
    }
    Some((first, items))
}

/// Quotations of errors with their answers, as some pages of questions are written: each begins an item.
fn asked(blocks: &[Block]) -> Option<(usize, Vec<Vec<Block>>)> {
    let mut starts = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let announced = index > 0
            && matches!(&blocks[index - 1].kind, Kind::Paragraph(spans) if plain(spans).trim_end().ends_with(':'));
        let Kind::Quote(inner) = &block.kind else { continue };
        if let [Block { kind: Kind::Paragraph(spans), .. }] = inner.as_slice()
            && !announced
        {
            starts.push((index, spans));
        }
    }
    let quotes = blocks.iter().filter(|block| matches!(block.kind, Kind::Quote(_))).count();
    let tells = |spans: &[Span]| {
        let text = plain(spans);
        text.split_whitespace().count() <= LONGEST_QUESTION && (codes::is_faulty(&text) || troubles::is_trouble(&text))
    };
    let answered = starts.windows(2).all(|pair| pair[1].0 > pair[0].0 + 1);
    let ends = starts.last().is_some_and(|(index, _)| index + 1 < blocks.len());
    if starts.len() < FEWEST
        || starts.len() < quotes
        || !answered
        || !ends
        || !starts.iter().all(|(_, spans)| tells(spans))
    {
        return None;
    }
    let mut items = Vec::new();
    for (number, (start, spans)) in starts.iter().enumerate() {
        let end = starts.get(number + 1).map_or(blocks.len(), |(next, _)| *next);
        let mut item = vec![Block { at: blocks[*start].at, kind: Kind::Paragraph(messages(spans)) }];
        item.extend(blocks[start + 1..end].iter().cloned());
        items.push(item);
    }
    Some((starts[0].0, items))
}

/// The messages that a question is: each of its quotations, or all of it.
fn messages(spans: &[Span]) -> Vec<Span> {
    let at = spans.first().map_or(0, |span| span.at);
    let pieces = quotations::pieces(spans);
    let is_list = pieces.iter().all(|piece| piece.quoted.is_some() || quotations::is_glue(&piece.text));
    let quoted: Vec<String> = pieces.into_iter().filter_map(|piece| piece.quoted).collect();
    let texts = if is_list && !quoted.is_empty() { quoted } else { vec![plain(spans).trim().to_string()] };
    let strong = |text: String| Span { at, node: Node::Strong(vec![Span { at, node: Node::Text(text) }]) };
    texts.into_iter().map(strong).collect()
}

/// A paragraph that begins with an error's name in bold or code on a line of its own.
fn is_term(block: &Block) -> bool {
    let Kind::Paragraph(spans) = &block.kind else { return false };
    match spans.as_slice() {
        // Asterisks that Markdown left standing, because a blank stands before them.
        [Span { node: Node::Text(text), .. }, Span { node: Node::Break, .. }, ..] => {
            starred(text).is_some_and(codes::is_code)
        }
        [Span { node: Node::Strong(_) | Node::Code(_), .. }, Span { node: Node::Break, .. }, ..] => {
            names_error(plain(&spans[..1]).trim())
        }
        [Span { node: Node::Strong(_) | Node::Code(_), .. }] => codes::is_code(plain(spans).trim()),
        _ => false,
    }
}

/// The terms that a block begins or holds.
fn heads(block: &Block) -> Vec<String> {
    match &block.kind {
        Kind::Paragraph(spans) if is_term(block) => vec![plain(&spans[..1]).trim().trim_matches(['*', ' ']).into()],
        Kind::List { items, .. } if is_definitions(block) => {
            let term = |item: &Vec<Block>| match item.first().map(|first| &first.kind) {
                Some(Kind::Paragraph(spans)) => plain(spans).trim().to_string(),
                _ => String::new(),
            };
            items.iter().map(term).collect()
        }
        _ => Vec::new(),
    }
}

/// A definition list: each item begins with a term of its own, and says more.
fn is_definitions(block: &Block) -> bool {
    let Kind::List { items, ordered: false } = &block.kind else { return false };
    items.iter().all(|item| {
        item.len() > 1
            && matches!(&item[0].kind, Kind::Paragraph(spans)
                if matches!(spans.as_slice(), [Span { node: Node::Strong(_), .. }]))
    })
}

fn starred(text: &str) -> Option<&str> {
    Some(text.trim().strip_prefix("**")?.strip_suffix("**")?.trim())
}

fn names_error(words: &str) -> bool {
    let is_message = words.split_whitespace().count() <= MOST_WORDS
        && codes::is_faulty(words)
        && phrases::is_message_like(words)
        && labels::find(words).is_none();
    is_message || codes::is_code(words)
}

/// A term with what stands behind it in its paragraph; hard breaks divide that.
fn item(at: usize, mut spans: Vec<Span>, text: &str) -> Vec<Block> {
    let mut lines = vec![Vec::new()];
    for span in spans.split_off(1).into_iter().skip(1) {
        let is_hard = matches!(span.node, Node::Break)
            && text.get(span.at..).is_some_and(|rest| rest.starts_with("  ") || rest.starts_with('\\'));
        match lines.last_mut() {
            _ if is_hard => lines.push(Vec::new()),
            Some(line) => line.push(span),
            None => {}
        }
    }
    if let Some(Span { node: Node::Text(text), at }) = spans.first()
        && let Some(words) = starred(text)
    {
        let (at, words) = (*at, words.to_string());
        spans = vec![Span { at, node: Node::Strong(vec![Span { at, node: Node::Text(words) }]) }];
    }
    let mut blocks = vec![Block { at, kind: Kind::Paragraph(spans) }];
    for line in lines.into_iter().filter(|line| !plain(line).trim().is_empty()) {
        blocks.push(Block { at: line[0].at, kind: Kind::Paragraph(line) });
    }
    blocks
}
