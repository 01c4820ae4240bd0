//! Blocks of HTML with tables or definition lists in them: each of these, and the text around them as paragraphs.

use super::blocks::{Block, Kind, Node, Span, plain};
use super::build;
use super::html::{is_break, is_division, shows_something, tag_name, tags};
use super::html_list;
use super::html_table;
use super::source::Notes;

/// Whether a table or a definition list opens in this stretch of the page.
pub(super) fn holds(text: &str, from: usize, to: usize) -> bool {
    opening(text, from, to).is_some()
}

/// The blocks of a stretch of HTML, and where what it opens ends: behind `to` where blank lines stand in a table.
pub(super) fn read(text: &str, from: usize, to: usize, notes: &mut Notes) -> (Vec<Block>, usize) {
    let mut blocks = Vec::new();
    let mut done = from;
    while let Some((open, is_table)) = opening(text, done, to) {
        blocks.extend(around(text, done, open, notes));
        if is_table {
            let (table, end) = html_table::read(text, open, notes);
            blocks.extend(table);
            done = end;
        } else {
            let (list, end) = html_list::read(text, open, notes);
            blocks.push(list);
            done = end;
        }
    }
    if done < to {
        blocks.extend(around(text, done, to, notes));
        done = to;
    }
    (blocks, done)
}

/// Where the next table or definition list opens, and whether it is a table.
fn opening(text: &str, from: usize, to: usize) -> Option<(usize, bool)> {
    tags(text, from, to).find_map(|at| match tag_name(&text[at..to]) {
        (name, false) if name == "table" => Some((at, true)),
        (name, false) if name == "dl" => Some((at, false)),
        _ => None,
    })
}

/// What stands around tables and lists: a paragraph for each division of it. Tags are markup here, whatever they are
/// called. Pictures stay HTML, so that whoever leaves them out says so.
pub(super) fn around(text: &str, from: usize, to: usize, notes: &mut Notes) -> Vec<Block> {
    let Some(stretch) = text.get(from..to) else { return Vec::new() };
    let at = from + stretch.len() - stretch.trim_start().len();
    let mut paragraphs = vec![Vec::new()];
    for span in spans(stretch, at, notes) {
        match (&span.node, paragraphs.last_mut()) {
            (Node::Html(tag), _) if divides(tag) => paragraphs.push(Vec::new()),
            (Node::Html(tag), _) if !is_break(tag) => {}
            (_, Some(words)) => words.push(span),
            (_, None) => {}
        }
    }
    paragraphs.retain(|words| !plain(words).trim().is_empty());
    let mut blocks: Vec<Block> =
        paragraphs.into_iter().map(|words| Block { at, kind: Kind::Paragraph(words) }).collect();
    if shows_something(stretch) {
        blocks.push(Block { at, kind: Kind::Html { html: stretch.into(), end: to } });
    }
    blocks
}

fn divides(tag: &str) -> bool {
    is_division(tag) || matches!(tag_name(tag).0.as_str(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// HTML read as a line of Markdown. It must not begin with a tag, or Markdown would take it for a block of HTML.
pub(super) fn spans(html: &str, at: usize, notes: &mut Notes) -> Vec<Span> {
    let line: String = html.split_whitespace().collect::<Vec<_>>().join(" ");
    let guarded = format!("\u{200b}{line}");
    let mut own = Notes::new("");
    let mut blocks = build::read(&guarded, 0, &mut own);
    notes.take(own, at);
    let Some(Block { kind: Kind::Paragraph(mut spans), .. }) = (!blocks.is_empty()).then(|| blocks.swap_remove(0))
    else {
        return Vec::new();
    };
    set_place(&mut spans, at);
    spans
}

/// All places are that of the whole.
fn set_place(spans: &mut [Span], at: usize) {
    for span in spans {
        span.at = at;
        match &mut span.node {
            Node::Strong(content) | Node::Link { content, .. } => set_place(content, at),
            Node::Text(text) => *text = text.replace('\u{200b}', ""),
            _ => {}
        }
    }
}
