//! Messages within a sentence: a quotation that the words before or behind it call an error.
//!
//! Which words do stands in `phrases`; here stands what they are said of. What is told in blocks of its own is `told`'s.

use super::blocks::{Block, Kind, Node, Span, plain};
use super::phrases;
use super::quotations::{Piece, pieces};
use super::transcript;

/// The messages of a paragraph, each a paragraph of its own.
pub(super) fn messages(spans: &[Span]) -> Vec<Block> {
    let pieces = pieces(spans);
    let mut found: Vec<Block> = Vec::new();
    let mut before = String::new();
    let mut joined = false;
    for (index, piece) in pieces.iter().enumerate() {
        if let Some(words) = &piece.quoted {
            let after: String = pieces[index + 1..].iter().map(|piece| piece.text.as_str()).take(4).collect();
            let called = phrases::is_called(&after) || later_called(&pieces, index);
            let telling = words.chars().filter(|c| c.is_alphanumeric()).count() >= 8;
            let fits = joined && phrases::is_message_like(words)
                || phrases::introduces(phrases::tail(&before, 120))
                    && (phrases::is_message_like(words) || piece.is_one)
                || called;
            if telling && fits && !transcript::is_command(words) && !piece.is_name {
                let mut spans = vec![piece.span.clone()];
                // Emphasis that ends in the middle of the message: its author's asterisk.
                let runs_on = pieces.get(index + 1).is_some_and(|next| {
                    next.text.starts_with(' ') && next.text.trim_start().starts_with(char::is_lowercase)
                });
                if runs_on && !called && before.trim_end().ends_with(':') && matches!(piece.span.node, Node::Strong(_))
                {
                    spans.extend(pieces[index + 1..].iter().map(|piece| piece.span.clone()));
                    found.push(Block { at: piece.at, kind: Kind::Paragraph(spans) });
                    return found;
                }
                found.push(Block { at: piece.at, kind: Kind::Paragraph(std::mem::take(&mut spans)) });
                let next = pieces.get(index + 1).map(|next| next.text.trim().to_lowercase());
                joined = next.is_some_and(|next| matches!(next.as_str(), "or" | "and" | "," | ", or" | ", and"));
            } else {
                joined = false;
            }
        }
        before.push_str(&piece.text);
        if before.len() > 2000 {
            before = phrases::tail(&before, 200).to_string();
        }
    }
    found
}

/// Whether a quotation in a list of them ("`a` or `b` errors") is called what the last one is called.
fn later_called(pieces: &[Piece], index: usize) -> bool {
    let mut at = index;
    while let (Some(glue), Some(next)) = (pieces.get(at + 1), pieces.get(at + 2)) {
        if next.quoted.is_none() || !matches!(glue.text.trim(), "or" | "and" | "," | ", or" | ", and") {
            return false;
        }
        at += 2;
        let after: String = pieces[at + 1..].iter().map(|piece| piece.text.as_str()).take(2).collect();
        if phrases::is_called(&after) {
            return true;
        }
        if at > index + 12 {
            return false;
        }
    }
    false
}

/// What may stand behind the last words of a quotation.
const ENDS: [char; 6] = ['.', '"', '”', ')', ',', ' '];

/// Whether an inline message is the last thing that its paragraph says.
pub(super) fn ends_paragraph(spans: &[Span], found: &Block) -> bool {
    let Kind::Paragraph(quoted) = &found.kind else { return false };
    let (whole, quoted) = (plain(spans), plain(quoted));
    whole.trim_end().trim_end_matches(ENDS).ends_with(quoted.trim_end_matches(ENDS))
}
