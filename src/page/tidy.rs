//! What documentation systems write between the Markdown: tabs that look like headings, ids behind a heading, includes,
//! images, shortcodes and admonitions in notations of their own, lines of `@tags`, tables in HTML. Turned into plain
//! blocks, so that nothing else has to know of them.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex_lite::{Captures, Regex};

use super::blocks::{Block, Kind, Node, Span, plain};
use super::html_blocks;
use super::source::Notes;

/// Blocks without the notation of documentation systems. `text` is the page.
pub(super) fn blocks(blocks: Vec<Block>, text: &str, notes: &mut Notes) -> Vec<Block> {
    let mut tidied = Vec::new();
    // Where the last table or list of HTML ends: what began before it stands in it.
    let mut done = 0;
    let mut blocks = blocks.into_iter().peekable();
    while let Some(block) = blocks.next() {
        let at = block.at;
        // A table that nobody closed in a list or a quotation ends with it at the latest.
        let inside = blocks.peek().map_or(text, |next| before(text, at, next.at));
        match block.kind {
            // What stands behind a table in the block in which it ends is no part of it.
            Kind::Html { end, .. } if end > done && (at < done || html_blocks::holds(text, at, end)) => {
                let (read, behind) = html_blocks::read(text, at.max(done), end, notes);
                tidied.extend(self::blocks(read, text.get(..behind).unwrap_or(text), notes));
                done = behind;
            }
            Kind::Paragraph(spans) if at < done => {
                let behind = spans.into_iter().skip_while(|span| span.at < done || matches!(span.node, Node::Break));
                tidied.extend(paragraph(done, behind.collect(), notes));
            }
            _ if at < done => {}
            Kind::Heading { level, id, spans } => tidied.push(heading(at, level, id, spans)),
            Kind::Paragraph(spans) => match definitions(at, &spans, text) {
                Some(blocks) => tidied.extend(blocks),
                None => tidied.extend(paragraph(at, spans, notes)),
            },
            Kind::List { ordered, items } => {
                let begins: Vec<usize> = items.iter().map(|item| item.first().map_or(at, |first| first.at)).collect();
                let item = |(index, item): (usize, Vec<Block>)| {
                    let next = begins.get(index + 1);
                    self::blocks(item, next.map_or(inside, |&next| before(inside, begins[index], next)), notes)
                };
                let items = items.into_iter().enumerate().map(item).collect();
                tidied.push(Block { at, kind: Kind::List { ordered, items } });
            }
            Kind::Note(inner) => {
                let inner = self::blocks(inner, inside, notes);
                tidied.push(Block { at, kind: Kind::Note(inner) });
            }
            Kind::Quote(inner) => {
                let inner = self::blocks(inner, inside, notes);
                if !inner.is_empty() {
                    tidied.push(Block { at, kind: Kind::Quote(inner) });
                }
            }
            Kind::Html { ref html, .. } if is_component(html) => {}
            kind => tidied.push(Block { at, kind }),
        }
    }
    tidied
}

/// The page up to where the next block begins, or the line that it begins.
fn before(text: &str, at: usize, next: usize) -> &str {
    let line = text.get(at..next).and_then(|block| block.rfind(['\n', '\r']));
    text.get(..line.map_or(next, |end| at + end + 1)).unwrap_or(text)
}

/// The page with shortcodes for blocks of code (`{{< text plain >}}`) as Markdown's fences. Not a byte moves.
pub(super) fn fenced(text: &str) -> Cow<'_, str> {
    static SHORTCODE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?m)^([ \t]*)\{\{[<%] *(/?)(?:text|highlight|code|codeblock) *([\w-]*)[^\n>%]*[>%]\}\}")
            .expect("fixed")
    });
    if !text.contains("{{< /") && !text.contains("{{% /") {
        return Cow::Borrowed(text);
    }
    SHORTCODE.replace_all(text, |found: &Captures| {
        let fence =
            if found[2].is_empty() { format!("{}```{}", &found[1], &found[3]) } else { format!("{}```", &found[1]) };
        format!("{fence:<width$}", width = found[0].len())
    })
}

static TAIL_ID: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\s*\[#?_?([A-Za-z0-9][A-Za-z0-9_-]*[-_][A-Za-z0-9_-]*|#[A-Za-z0-9_-]+)\]\s*$").expect("fixed")
});

fn heading(at: usize, level: u8, id: Option<String>, mut spans: Vec<Span>) -> Block {
    let text = plain(&spans).trim().to_string();
    // "# [Windows](#tab/windows)" and "#### [ Windows ]" are tabs: a choice inside the text, not a chapter of it.
    let is_tab = matches!(spans.as_slice(), [Span { node: Node::Link { to, .. }, .. }] if to.starts_with("#tab/"))
        || text.starts_with("[ ") && text.ends_with(" ]");
    if is_tab {
        let words = text.trim_matches(['[', ']', ' ']).to_string();
        let strong = Node::Strong(vec![Span { at, node: Node::Text(words) }]);
        return Block { at, kind: Kind::Paragraph(vec![Span { at, node: strong }]) };
    }
    let found = match (&id, spans.last_mut()) {
        (None, Some(Span { node: Node::Text(last), .. })) => TAIL_ID.captures(last).map(|found| {
            let id = found[1].trim_start_matches('#').to_string();
            (id, found.get(0).map_or(last.len(), |all| all.start()))
        }),
        _ => None,
    };
    let id = match (found, spans.last_mut()) {
        (Some((found, end)), Some(Span { node: Node::Text(last), .. })) => {
            last.truncate(end);
            Some(found)
        }
        _ => id,
    };
    Block { at, kind: Kind::Heading { level, id, spans } }
}

/// A line that is notation and nothing else.
static MARK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r#"^(?:\{:[^{}]*\}|\{\{[<%].*[%>]\}\}|:{2,}\s*(?:\{[^}]*\}|[\w-]+(?:[ =].*)?)?|\[!(?:div|VIDEO|NOTE|TIP|WARNING|IMPORTANT|CAUTION)\b.*|!!!\s.*|"#,
        r#"\?\?\?\+?\s.*|@include\s.*|</?[A-Z]\w*(?:\s[^<>]*)?/?>|(?:NOTE|TIP|WARNING|CAUTION|IMPORTANT|DANGER):\s*)$"#,
    ))
    .expect("fixed")
});

/// Whether a block of HTML is only the tag of a component (`<CodeBlock wrap>`), so that what stands before and behind it
/// stands together.
fn is_component(html: &str) -> bool {
    static COMPONENT: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^(?:\s*</?[A-Z]\w*(?:\s[^<>]*)?/?>)+\s*$").expect("fixed"));
    COMPONENT.is_match(html)
}

/// A paragraph without lines that are only notation. Its `@tag` lines become labelled paragraphs.
fn paragraph(at: usize, spans: Vec<Span>, notes: &mut Notes) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut kept: Vec<Span> = Vec::new();
    let mut flush = |kept: &mut Vec<Span>| {
        while matches!(kept.last(), Some(Span { node: Node::Break, .. })) {
            kept.pop();
        }
        if let Some(first) = kept.first() {
            blocks.push(Block { at: first.at, kind: Kind::Paragraph(std::mem::take(kept)) });
        }
    };
    for line in lines(spans) {
        let text = plain(&line.spans).trim().to_string();
        let place = line.spans.first().map_or(at, |span| span.at);
        if text.starts_with("[!INCLUDE") {
            let what = "text that this line includes from another file is not here; it was left out";
            notes.warning(place, "include", what, "give the included text, if it belongs to an error");
        } else if text.starts_with(":::image") {
            notes.warning(place, "image", "an image was left out", "say it in words");
        } else if let Some(labelled) = tag(&line.spans, place) {
            flush(&mut kept);
            kept.extend(labelled);
        } else if !MARK.is_match(&text) {
            let follows = kept.last().is_some_and(|span| !matches!(span.node, Node::Break));
            if follows {
                kept.push(Span { at: line.broken_at, node: Node::Break });
            }
            kept.extend(line.spans);
        }
    }
    flush(&mut kept);
    blocks
}

struct Line {
    broken_at: usize,
    spans: Vec<Span>,
}

fn lines(spans: Vec<Span>) -> Vec<Line> {
    let mut lines = vec![Line { broken_at: 0, spans: Vec::new() }];
    for span in spans {
        match (&span.node, lines.last_mut()) {
            (Node::Break, _) => lines.push(Line { broken_at: span.at, spans: Vec::new() }),
            (_, Some(line)) => line.spans.push(span),
            (_, None) => {}
        }
    }
    lines
}

/// Terms with their definitions, a line each by turns, behind a line that introduces them: a list that was converted
/// from another format. The terms end without a full stop, the definitions with one, and all breaks are hard ones.
fn definitions(at: usize, spans: &[Span], text: &str) -> Option<Vec<Block>> {
    let lines = lines(spans.to_vec());
    let is_hard =
        |line: &Line| text.get(line.broken_at..).is_some_and(|rest| rest.starts_with("  ") || rest.starts_with('\\'));
    let (intro, rest) = lines.split_first()?;
    let ends = |line: &Line, stop: char| plain(&line.spans).trim_end().ends_with(stop);
    let by_turns = rest.chunks(2).all(|pair| pair.len() == 2 && !ends(&pair[0], '.') && ends(&pair[1], '.'));
    if rest.len() < 4 || !by_turns || !ends(intro, ':') || !rest.iter().all(is_hard) {
        return None;
    }
    let paragraph =
        |spans: Vec<Span>| Block { at: spans.first().map_or(at, |span| span.at), kind: Kind::Paragraph(spans) };
    let item = |pair: &[Line]| {
        let place = pair[0].spans.first().map_or(at, |span| span.at);
        let term = Span { at: place, node: Node::Strong(pair[0].spans.clone()) };
        vec![paragraph(vec![term]), paragraph(pair[1].spans.clone())]
    };
    let items: Vec<Vec<Block>> = rest.chunks(2).map(item).collect();
    let place = items[0][0].at;
    Some(vec![paragraph(intro.spans.clone()), Block { at: place, kind: Kind::List { ordered: false, items } }])
}

/// What tags of documentation comments are called elsewhere.
const TAGS: &[(&str, &str)] = &[
    ("name", "Error name"),
    ("shortdescription", "Error message"),
    ("debugging", "Resolution"),
    ("fix", "Resolution"),
    ("tssymptoms", "Symptoms"),
    ("tscauses", "Causes"),
    ("tsresolve", "Resolution"),
];

/// A line that begins with an `@tag`, as a labelled one.
fn tag(spans: &[Span], at: usize) -> Option<Vec<Span>> {
    let Some(Span { node: Node::Text(text), .. }) = spans.first() else { return None };
    // "{: tsCauses}": attributes that a documentation system turns into labels.
    let attribute = text.trim().strip_prefix("{:").and_then(|rest| rest.strip_suffix('}')).map(str::trim);
    if let Some(name) = attribute.filter(|_| spans.len() == 1)
        && let Some((_, label)) = TAGS.iter().find(|(tag, _)| *tag == name.to_lowercase())
    {
        let words = vec![Span { at, node: Node::Text((*label).into()) }];
        let colon = Span { at, node: Node::Text(":".into()) };
        return Some(vec![Span { at, node: Node::Strong(words) }, colon]);
    }
    let rest = text.strip_prefix('@')?;
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let (name, rest) = rest.split_at(end);
    let alone = rest.is_empty() || rest.starts_with(char::is_whitespace);
    if name.is_empty()
        || !alone
        || name.starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase())
        || name == "include"
    {
        return None;
    }
    let lower = name.to_lowercase();
    let label = TAGS.iter().find(|(tag, _)| *tag == lower).map_or(name, |(_, label)| label);
    let words = vec![Span { at, node: Node::Text(label.into()) }];
    let mut labelled = vec![
        Span { at, node: Node::Strong(words) },
        Span { at: at + 1 + name.len(), node: Node::Text(format!(": {}", rest.trim_start())) },
    ];
    labelled.extend(spans[1..].iter().cloned());
    Some(labelled)
}
