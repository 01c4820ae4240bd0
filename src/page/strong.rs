//! Bold words that stand over what follows them: headings of authors who write none.
//!
//! Whether such a heading is an entry is told elsewhere, as of every heading.

use super::blocks::{Block, Kind, Node, Span, plain};
use super::labels;
use super::leads;
use super::phrases;

/// Blocks in which paragraphs of bold words that head what follows them are headings: where a section has several, most of
/// them plainly errors.
pub(super) fn headings(mut blocks: Vec<Block>) -> Vec<Block> {
    let mut level = 1;
    let mut from = 0;
    for at in 0..=blocks.len() {
        if let Some(Kind::Heading { .. }) | None = blocks.get(at).map(|block| &block.kind) {
            let section = &mut blocks[from..at];
            let heads: Vec<usize> = (0..section.len()).filter(|&at| heads(section, at)).collect();
            let faulty = heads.iter().filter(|&&at| is_faulty(&section[at])).count();
            if heads.len() >= 2 && faulty * 2 >= heads.len() {
                for head in heads {
                    let Kind::Paragraph(spans) = &section[head].kind else { continue };
                    let spans = spans.iter().flat_map(|span| match &span.node {
                        Node::Strong(words) => words.clone(),
                        _ => vec![span.clone()],
                    });
                    section[head].kind = Kind::Heading { level: level + 1, id: None, spans: spans.collect() };
                }
            }
            from = at + 1;
        }
        if let Some(Block { kind: Kind::Heading { level: next, .. }, .. }) = blocks.get(at) {
            level = *next;
        }
    }
    blocks
}

fn is_faulty(block: &Block) -> bool {
    matches!(&block.kind, Kind::Paragraph(spans) if phrases::has_fault(&plain(spans)))
}

/// Whether a paragraph is bold throughout, no label, and has something other than another such paragraph behind it.
fn heads(blocks: &[Block], at: usize) -> bool {
    let is_bold = |block: &Block| {
        let Kind::Paragraph(spans) = &block.kind else { return false };
        let is_strong = |span: &Span| matches!(span.node, Node::Strong(_));
        let text = plain(spans);
        spans.iter().any(is_strong)
            && spans.iter().all(|span| is_strong(span) || plain(std::slice::from_ref(span)).trim().is_empty())
            && text.split_whitespace().count() >= 3
            && !text.trim_end().ends_with([':', '?', '：'])
            && leads::heading(&text).is_none()
            && text.split_once([':', '：']).is_none_or(|(label, _)| labels::find(label).is_none())
    };
    let announced =
        |before: &Block| matches!(&before.kind, Kind::Paragraph(spans) if plain(spans).trim_end().ends_with(':'));
    is_bold(&blocks[at])
        && blocks.get(at + 1).is_some_and(|next| !is_bold(next))
        && !at.checked_sub(1).and_then(|before| blocks.get(before)).is_some_and(announced)
}
