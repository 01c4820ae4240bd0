//! Definition lists that are written in HTML, as lists whose items begin with their term, like Markdown's own. What
//! stands in a term or a definition is read as Markdown.

use super::blocks::{Block, Kind, Node, Span, plain};
use super::build;
use super::html::{says_something, tag_name, tags};
use super::source::Notes;

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
    /// Neither a term nor a definition: where no text is, it says nothing.
    is_stray: bool,
}

/// The list's stretches of text, and where it ends. A list inside a definition belongs to that definition, and so does
/// what stands behind it or between a definition and the next term.
fn pieces(text: &str, at: usize) -> (Vec<Piece>, usize) {
    let mut pieces = Vec::new();
    let mut open: Option<Piece> = None;
    let mut close = |open: &mut Option<Piece>, to: usize| {
        let kept = open.take().filter(|piece| !piece.is_stray || says_something(&text[piece.from.min(to)..to]));
        pieces.extend(kept.map(|piece| Piece { to, ..piece }));
    };
    let mut depth = 0_usize;
    let mut end = text.len();
    for place in tags(text, at, text.len()) {
        let (name, closes) = tag_name(&text[place..]);
        if !matches!(name.as_str(), "dl" | "dt" | "dd") {
            continue;
        }
        close(&mut open, place);
        let behind = text[place..].find('>').map_or(text.len(), |offset| place + offset + 1);
        match (name.as_str(), closes) {
            ("dl", false) => depth += 1,
            ("dl", true) if depth <= 1 => {
                end = behind;
                break;
            }
            ("dl", true) => depth -= 1,
            _ => {}
        }
        let is_term = name == "dt" && !closes && depth == 1;
        open = Some(Piece { from: behind, to: behind, is_term, is_stray: closes || name == "dl" });
    }
    close(&mut open, end);
    (pieces, end)
}

/// The blocks of a stretch of text, which ends where `text` does.
fn markdown(text: &str, from: usize, notes: &mut Notes) -> Vec<Block> {
    let blank = text[from..].len() - text[from..].trim_start().len();
    build::read(text, from + blank, notes)
}
