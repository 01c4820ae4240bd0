//! Definition lists that are written in HTML, as lists whose items begin with their term, like Markdown's own. What
//! stands in a term or a definition is read as Markdown.

use super::blocks::{Block, Kind, Node, Span, plain};
use super::build;
use super::html::tag_name;
use super::source::Notes;

/// Whether HTML at the beginning of this text opens a definition list.
pub(super) fn begins(text: &str) -> bool {
    tag_name(text.trim_start()) == ("dl".into(), false)
}

/// The list that opens at `at`, and where it ends.
pub(super) fn read(text: &str, at: usize, notes: &mut Notes) -> (Block, usize) {
    let (pieces, end) = pieces(text, at);
    let mut items: Vec<Item> = Vec::new();
    for piece in pieces {
        let blocks = markdown(&text[..piece.to], piece.from, notes);
        if blocks.is_empty() {
            continue;
        }
        match items.last_mut() {
            // Terms that follow each other share their definition.
            Some(item) if piece.is_term && item.definition.is_empty() => item.terms.extend(blocks),
            Some(item) if !piece.is_term => item.definition.extend(blocks),
            _ => items.push(Item { at: piece.from, terms: blocks, definition: Vec::new() }),
        }
    }
    // A list that defines nothing only lays out.
    let defines = items.iter().any(|item| !item.definition.is_empty());
    let items = items.into_iter().map(|item| if defines { item.defined() } else { item.terms }).collect();
    (Block { at, kind: Kind::List { ordered: false, items } }, end)
}

struct Item {
    at: usize,
    terms: Vec<Block>,
    definition: Vec<Block>,
}

impl Item {
    fn defined(self) -> Vec<Block> {
        let mut spans = Vec::new();
        for block in self.terms {
            let Kind::Paragraph(words) = block.kind else { continue };
            let words: Vec<Span> = words.into_iter().filter(|span| !matches!(span.node, Node::Html(_))).collect();
            if plain(&words).trim().is_empty() {
                continue;
            }
            if !spans.is_empty() {
                spans.push(Span { at: block.at, node: Node::Break });
            }
            spans.push(Span { at: block.at, node: Node::Strong(words) });
        }
        let mut blocks = vec![Block { at: self.at, kind: Kind::Paragraph(spans) }];
        blocks.extend(self.definition);
        blocks
    }
}

/// A stretch of text between tags of the list.
struct Piece {
    from: usize,
    to: usize,
    is_term: bool,
}

/// The list's stretches of text, and where it ends. A list inside a definition belongs to that definition.
fn pieces(text: &str, at: usize) -> (Vec<Piece>, usize) {
    let mut pieces = Vec::new();
    let (mut depth, mut open) = (0_usize, None);
    for (place, _) in text[at..].match_indices('<').map(|(offset, mark)| (at + offset, mark)) {
        let (name, closes) = tag_name(&text[place..]);
        if !matches!(name.as_str(), "dl" | "dt" | "dd") {
            continue;
        }
        if let Some((from, is_term)) = open.take() {
            pieces.push(Piece { from, to: place, is_term });
        }
        let behind = text[place..].find('>').map_or(text.len(), |offset| place + offset + 1);
        match (name.as_str(), closes) {
            ("dl", false) => depth += 1,
            ("dl", true) if depth <= 1 => return (pieces, behind),
            ("dl", true) => depth -= 1,
            (name, false) => open = Some((behind, name == "dt" && depth == 1)),
            (_, true) => {}
        }
    }
    if let Some((from, is_term)) = open {
        pieces.push(Piece { from, to: text.len(), is_term });
    }
    (pieces, text.len())
}

/// The blocks of a stretch of text, which ends where `text` does.
fn markdown(text: &str, from: usize, notes: &mut Notes) -> Vec<Block> {
    let blank = text[from..].len() - text[from..].trim_start().len();
    build::read(text, from + blank, notes)
}
