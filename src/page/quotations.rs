//! A paragraph as plain text and quotations: code, bold words, and what stands between quotation marks.

use super::blocks::{Node, Span, plain};
use super::html::is_markup;

const QUOTES: [char; 8] = ['"', '“', '”', '„', '«', '»', '「', '」'];

/// The parts of a paragraph that is nothing but quotations: code, bold, or text in quotation marks, joined by "or".
pub(super) fn quotation(spans: &[Span]) -> Option<Vec<Vec<Span>>> {
    let mut parts = Vec::new();
    for span in spans {
        match &span.node {
            Node::Code(_) | Node::Strong(_) => parts.push(vec![span.clone()]),
            Node::Break => {}
            Node::Text(text) => {
                if !text.trim().is_empty() && !is_glue(text) {
                    return quoted_text(spans);
                }
            }
            // Anchors and other markup say nothing.
            Node::Html(tag) if is_markup(tag) => {}
            _ => return quoted_text(spans),
        }
    }
    (!parts.is_empty()).then_some(parts)
}

/// Whether words only join two quotations.
pub(super) fn is_glue(text: &str) -> bool {
    let words = text.trim().trim_matches(['.', ',', ';', '/', ':']).trim().to_lowercase();
    matches!(words.as_str(), "" | "or" | "and" | "of" | "eller" | "또는")
}

fn quoted_text(spans: &[Span]) -> Option<Vec<Vec<Span>>> {
    let text = plain(spans);
    let text = text.trim().trim_end_matches('.');
    let is_quoted = text.starts_with(QUOTES) && text.ends_with(QUOTES) && text.chars().count() > 2;
    is_quoted.then(|| vec![spans.to_vec()])
}

/// How far a quotation is looked for that holds others, in characters.
const LONGEST: usize = 600;

/// A piece of a paragraph: plain text, or a quotation.
pub(super) struct Piece {
    pub at: usize,
    pub text: String,
    /// The words quoted, if it is a quotation.
    pub quoted: Option<String>,
    pub span: Span,
    /// One word that is written like a code: `IllegalArgument`, `out_of_range`.
    pub is_one: bool,
    /// A name with a role in a sentence, such as a setting; never a message.
    pub is_name: bool,
}

pub(super) fn pieces(spans: &[Span]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for span in spans {
        let text = plain(std::slice::from_ref(span));
        match &span.node {
            Node::Code(_) | Node::Strong(_) => pieces.push(piece(span.at, text.clone(), Some(text), span.clone())),
            Node::Text(text) => quotations(text, span.at, &mut pieces),
            _ => pieces.push(piece(span.at, text, None, span.clone())),
        }
    }
    pieces
}

fn piece(at: usize, text: String, quoted: Option<String>, span: Span) -> Piece {
    let words = quoted.clone().unwrap_or_default();
    let inner_capital = words.chars().skip(1).any(char::is_uppercase) && words.chars().any(char::is_lowercase);
    let is_one = !words.trim().contains(char::is_whitespace)
        && (inner_capital || words.contains('_') || words.starts_with("0x"));
    let is_name = words.starts_with(['-', '/', '$', '@']) || words.contains("](");
    Piece { at, text, quoted, span, is_one, is_name }
}

/// Text divided at its quotation marks.
fn quotations(text: &str, at: usize, pieces: &mut Vec<Piece>) {
    let mut done = 0;
    while let Some(open) = text[done..].find(['"', '“', '«']).map(|open| done + open) {
        let mark = text[open..].chars().next().map_or(1, char::len_utf8);
        let near = text[open + mark..].find(['"', '”', '»']).map(|close| open + mark + close);
        let Some(close) = closing(text, open + mark).or(near) else { break };
        let end = close + text[close..].chars().next().map_or(1, char::len_utf8);
        let plain = |from: usize, to: usize| Span { at: at + from, node: Node::Text(text[from..to].into()) };
        if open > done {
            pieces.push(piece(at + done, text[done..open].into(), None, plain(done, open)));
        }
        let inner = text[open + mark..close].to_string();
        let span = Span { at: at + open, node: Node::Strong(vec![plain(open + mark, close)]) };
        pieces.push(piece(at + open, text[open..end].into(), Some(inner), span));
        done = end;
    }
    if done < text.len() {
        let span = Span { at: at + done, node: Node::Text(text[done..].into()) };
        pieces.push(piece(at + done, text[done..].into(), None, span));
    }
}

/// Where a quotation closes whose text begins here. A mark behind white space and before a word opens a quotation
/// inside it.
fn closing(text: &str, from: usize) -> Option<usize> {
    let mut inside = 0_usize;
    // No quotation is longer, and a hostile page may have as many marks as letters.
    let near = text[from..].char_indices().nth(LONGEST).map_or(text, |(offset, _)| &text[..from + offset]);
    for (at, mark) in near[from..].match_indices(['"', '”', '»']).map(|(offset, mark)| (from + offset, mark)) {
        let begins =
            at > from && text[..at].ends_with(' ') && text[at + mark.len()..].starts_with(char::is_alphanumeric);
        if mark == "\"" && begins && near[at + 1..].contains('"') {
            inside += 1;
        } else if inside == 0 {
            return Some(at);
        } else {
            inside -= 1;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Node, Span, pieces};

    #[test]
    fn quotations_hold_quotations() {
        let quoted = |text: &str| {
            let spans = [Span { at: 0, node: Node::Text(text.into()) }];
            pieces(&spans).into_iter().filter_map(|piece| piece.quoted).collect::<Vec<_>>()
        };
        assert_eq!(quoted("a warning \"No rope for the \"north\" crane\" here"), ["No rope for the \"north\" crane"]);
        assert_eq!(quoted("\"No rope\" or \"no hook\""), ["No rope", "no hook"]);
        assert_eq!(quoted("an open \"mark"), Vec::<String>::new());
    }
}
