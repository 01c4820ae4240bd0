//! Markdown → a tree of blocks and inline spans, each with the byte offset where it begins in the page.
//!
//! Nothing here knows what an entry is. How the tree is built stands in `build`. It is at most as deep as a catalog's text, so that whoever walks it may recurse.

use super::build;
use super::html::{is_break, is_markup};
use super::source::Notes;
use super::tidy;

/// A block of the page.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub at: usize,
    pub kind: Kind,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Heading {
        level: u8,
        id: Option<String>,
        spans: Vec<Span>,
    },
    Paragraph(Vec<Span>),
    List {
        ordered: bool,
        items: Vec<Vec<Block>>,
    },
    Table(Table),
    /// A block of code, with the language that it names.
    Code {
        lang: String,
        text: String,
    },
    Quote(Vec<Block>),
    /// An aside in a box: a note, a tip, a warning.
    Note(Vec<Block>),
    /// A block of HTML, and where in the page it ends.
    Html {
        html: String,
        end: usize,
    },
}

/// A table; every row has as many cells as the head.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    pub head: Vec<Cell>,
    pub rows: Vec<Row>,
}

#[derive(Clone, Debug)]
pub(super) struct Row {
    pub at: usize,
    /// How many cells the row has beyond the head's; Markdown drops them.
    pub excess: usize,
    pub cells: Vec<Cell>,
}

#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub at: usize,
    pub spans: Vec<Span>,
}

/// A piece of inline text.
#[derive(Clone, Debug)]
pub(super) struct Span {
    pub at: usize,
    pub node: Node,
}

#[derive(Clone, Debug)]
pub(super) enum Node {
    Text(String),
    Code(String),
    Strong(Vec<Span>),
    Link { to: String, content: Vec<Span> },
    Image(String),
    Html(String),
    Break,
}

/// The blocks of a page's body, which begins at `from` in `text`.
pub(super) fn read(text: &str, from: usize, notes: &mut Notes) -> Vec<Block> {
    build::read(&tidy::fenced(text), from, notes)
}

/// The text of spans as a reader sees it. Tags of HTML are left out; what only looks like one (`<name>`) stays.
pub(super) fn plain(spans: &[Span]) -> String {
    let mut text = String::new();
    push_plain(spans, &mut text);
    text
}

fn push_plain(spans: &[Span], text: &mut String) {
    for span in spans {
        match &span.node {
            Node::Text(piece) | Node::Code(piece) | Node::Image(piece) => text.push_str(piece),
            Node::Strong(content) | Node::Link { content, .. } => push_plain(content, text),
            Node::Html(tag) if is_break(tag) => text.push(' '),
            Node::Html(tag) if is_markup(tag) => {}
            Node::Html(tag) => text.push_str(tag),
            Node::Break => text.push(' '),
        }
    }
}
