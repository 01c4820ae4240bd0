//! Lists that a page's prose announces as messages: whether they can be, and what of an item is the message.

use super::blocks::{Block, Kind, Node, Span, plain};
use super::message;
use super::phrases;
use super::quotations::pieces;

/// Shorter quotations are names, in letters and digits.
const SHORTEST: usize = 8;
/// Fewer items show no habit.
const FEWEST: usize = 2;
/// No more words stand before a quotation that only say whose error it is.
const WHOSE: usize = 2;

/// Whether a list sends its reader elsewhere: a table of contents, or articles to read.
pub(super) fn is_links(items: &[Vec<Block>]) -> bool {
    items.iter().all(|item| {
        matches!(item.first(), Some(Block { kind: Kind::Paragraph(spans), .. })
            if matches!(spans.first(), Some(Span { node: Node::Link { .. }, .. })))
    })
}

/// Whether an item of a list is a message in code or bold, and behind it what it means.
pub(super) fn is_explained(spans: &[Span]) -> bool {
    matches!(spans, [Span { node: Node::Code(_) | Node::Strong(_), .. }, Span { node: Node::Text(text), .. }, ..]
        if text.trim_start().starts_with([':', '-', '–', '—']))
}

/// Whether a list of messages ends with a remark: in words, where all the others are code, bold or quoted.
pub(super) fn ends_with_remark(items: &[Vec<Block>]) -> bool {
    let marked = |item: &Vec<Block>| match item.first().map(|block| &block.kind) {
        Some(Kind::Paragraph(spans)) => {
            let first = pieces(spans).into_iter().find(|piece| !piece.text.trim().is_empty());
            let begins = first.is_some_and(|first| first.quoted.is_some()) || message::is_quotation(spans);
            begins || quoted(spans).is_some()
        }
        Some(_) => true,
        None => false,
    };
    let says = |item: &Vec<Block>| {
        matches!(item.as_slice(), [Block { kind: Kind::Paragraph(spans), .. }]
            if pieces(spans).iter().all(|piece| piece.quoted.is_none()) && !message::is_quotation(spans))
    };
    items.split_last().is_some_and(|(last, others)| others.len() >= FEWEST && says(last) && others.iter().all(marked))
}

/// What of an item is the message when the words around it only say whose error it is: `Crane "no rope left" error`.
pub(super) fn quoted(spans: &[Span]) -> Option<Vec<Span>> {
    let pieces = pieces(spans);
    let at = pieces.iter().position(|piece| piece.quoted.is_some())?;
    let text = |from: usize, to: usize| pieces[from..to].iter().map(|piece| piece.text.as_str()).collect::<String>();
    let (before, after) = (text(0, at), text(at + 1, pieces.len()));
    let before = before.split_whitespace().count();
    let letters = plain(std::slice::from_ref(&pieces[at].span)).chars().filter(|c| c.is_alphanumeric()).count();
    let alone = before > 0 && after.trim().is_empty() && pieces[at].is_one;
    (before <= WHOSE && letters >= SHORTEST && (alone || phrases::is_called(&after)))
        .then(|| vec![pieces[at].span.clone()])
}

/// Whether a block is a list of nothing but messages in code.
pub(super) fn is_printed(next: Option<&Block>) -> bool {
    let Some(Kind::List { ordered: false, items }) = next.map(|next| &next.kind) else { return false };
    let is_message = |item: &Vec<Block>| {
        let [Block { kind: Kind::Paragraph(spans), .. }] = item.as_slice() else { return false };
        matches!(spans.as_slice(), [Span { node: Node::Code(code), .. }] if phrases::is_message_like(code))
    };
    items.len() >= 2 && items.iter().all(is_message)
}
