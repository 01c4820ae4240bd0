//! The label at a block's beginning, however its author wrote it: `**Error**:`, `**Error:**`, `**Fout: er** is …`,
//! `**해결** 방법:`, `Error:`, or asterisks that Markdown left standing.

use super::blocks::{Block, Kind, Node, Span, plain};
use super::html::is_markup;
use super::labels::{self, Label};

/// No label that we know is longer, in characters.
const LONGEST: usize = 40;

/// What a block begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Lead {
    /// A label in the table.
    Known(Label),
    /// Bold words and a colon, but no label that we know.
    Unknown(String),
}

/// A stretch of an entry under one label, or before the first one.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub at: usize,
    pub lead: Option<Lead>,
    /// A message that the prose tells, not one that its author labelled.
    pub told: bool,
    /// The languages that have this label.
    pub languages: Vec<&'static str>,
    /// What is labelled. A known label is taken off; an unknown one still stands there, since it may be prose.
    pub blocks: Vec<Block>,
}

impl Part {
    /// A part under a known label.
    pub fn known(at: usize, label: Label, languages: Vec<&'static str>, blocks: Vec<Block>) -> Self {
        Self { at, lead: Some(Lead::Known(label)), told: false, languages, blocks }
    }

    /// Messages that the prose tells, a block each.
    pub fn told(at: usize, blocks: Vec<Block>) -> Self {
        Self { told: true, ..Self::known(at, Label::Message, Vec::new(), blocks) }
    }

    /// The label, if it is known.
    pub fn label(&self) -> Option<Label> {
        match self.lead {
            Some(Lead::Known(label)) => Some(label),
            _ => None,
        }
    }

    /// The same part read under this label, without the unknown words that it began with.
    pub fn relabelled(mut self, label: Label) -> Self {
        if matches!(self.lead, Some(Lead::Unknown(_)))
            && let Some(Block { kind: Kind::Paragraph(spans), .. }) = self.blocks.first_mut()
            && let Some(found) = peek(spans, true)
        {
            *spans = found.rest(std::mem::take(spans));
        }
        Self { lead: Some(Lead::Known(label)), ..self }
    }
}

/// Divides an entry's blocks at their labels.
pub(super) fn parts(blocks: Vec<Block>) -> Vec<Part> {
    let mut parts = Vec::new();
    for block in blocks {
        match block.kind {
            Kind::Paragraph(spans) => paragraphs(block.at, spans, &mut parts),
            Kind::List { items, .. } if is_labelled(&items) => {
                for block in items.into_iter().flatten() {
                    match block.kind {
                        Kind::Paragraph(spans) => paragraphs(block.at, spans, &mut parts),
                        kind => push(Block { at: block.at, kind }, &mut parts),
                    }
                }
            }
            Kind::List { ordered, mut items } => {
                let tail = lazy_tail(&mut items);
                push(Block { at: block.at, kind: Kind::List { ordered, items } }, &mut parts);
                if let Some(first) = tail.first() {
                    paragraphs(first.at, tail, &mut parts);
                }
            }
            kind => push(Block { at: block.at, kind }, &mut parts),
        }
    }
    parts
}

/// Takes a label that follows a list without a blank line, and all behind it, out of the list's last item, where
/// Markdown puts it.
fn lazy_tail(items: &mut [Vec<Block>]) -> Vec<Span> {
    match items.last_mut().and_then(|item| item.last_mut()) {
        Some(Block { kind: Kind::List { items, .. }, .. }) => lazy_tail(items),
        Some(Block { kind: Kind::Paragraph(spans), .. }) => match label_breaks(spans).last() {
            Some(first) => spans.split_off(first + 1),
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// The line breaks in a paragraph that a bold label follows, last first.
fn label_breaks(spans: &[Span]) -> Vec<usize> {
    let breaks = (1..spans.len()).rev().filter(|&index| matches!(spans[index].node, Node::Break));
    let labelled = |index: &usize| {
        matches!(spans.get(index + 1), Some(Span { node: Node::Strong(_), .. }))
            && matches!(peek(&spans[index + 1..], false), Some(Found { lead: Lead::Known(_), .. }))
    };
    breaks.filter(labelled).collect()
}

/// A paragraph divided before each bold label that stands behind the end of a sentence: "**Cause:** Rain. **Solution:**
/// Dry it.", as cells are written. Without its colon a bold word is a word.
pub(super) fn sentences(mut spans: Vec<Span>) -> Vec<Vec<Span>> {
    let begins = |index: &usize| {
        let (before, behind) = spans.split_at(*index);
        let Some((Span { node: Node::Strong(words), .. }, following)) = behind.split_first() else { return false };
        let next = following.first().map(|span| plain(std::slice::from_ref(span))).unwrap_or_default();
        (plain(words).contains(COLONS) || next.trim_start().starts_with(COLONS))
            && before.last().is_some_and(ends_sentence)
            && matches!(peek(behind, false), Some(Found { lead: Lead::Known(_), .. }))
    };
    let places: Vec<usize> = (1..spans.len()).rev().filter(begins).collect();
    let mut pieces: Vec<Vec<Span>> = places.into_iter().map(|index| spans.split_off(index)).collect();
    pieces.push(spans);
    pieces.reverse();
    pieces
}

fn ends_sentence(span: &Span) -> bool {
    let text = plain(std::slice::from_ref(span));
    matches!(span.node, Node::Break) || text.trim_end().ends_with(['.', '!', '?', ';', '。'])
}

/// Whether a list's items are labelled blocks: the first of them, and more than every second one or different ones.
fn is_labelled(items: &[Vec<Block>]) -> bool {
    let labels: Vec<Option<Label>> = items.iter().map(|item| label_of(item)).collect();
    let known: Vec<Label> = labels.iter().copied().flatten().collect();
    labels.first().is_some_and(Option::is_some)
        && (known.len() * 2 > items.len() || known.iter().any(|label| *label != known[0]))
}

fn label_of(item: &[Block]) -> Option<Label> {
    let Some(Block { kind: Kind::Paragraph(spans), .. }) = item.first() else { return None };
    match peek(spans, true)?.lead {
        Lead::Known(label) => Some(label),
        Lead::Unknown(_) => None,
    }
}

/// One paragraph; several when labels follow each other on lines of their own without a blank line between.
fn paragraphs(at: usize, mut spans: Vec<Span>, parts: &mut Vec<Part>) {
    let mut pieces: Vec<Vec<Span>> = label_breaks(&spans).into_iter().map(|index| spans.split_off(index + 1)).collect();
    pieces.push(spans);
    for piece in pieces.into_iter().rev() {
        let at = piece.first().map_or(at, |span| span.at);
        match peek(&piece, true) {
            Some(found) => {
                let known = matches!(found.lead, Lead::Known(_));
                let (lead, languages) = (Some(found.lead.clone()), found.languages.clone());
                let spans = if known { found.rest(piece) } else { piece };
                let blank = plain(&spans).trim().is_empty();
                let first = spans.first().map_or(at, |span| span.at);
                let blocks = if blank { Vec::new() } else { vec![Block { at: first, kind: Kind::Paragraph(spans) }] };
                parts.push(Part { at, lead, told: false, languages, blocks });
            }
            None => push(Block { at, kind: Kind::Paragraph(piece) }, parts),
        }
    }
}

fn push(block: Block, parts: &mut Vec<Part>) {
    match parts.last_mut() {
        Some(part) => part.blocks.push(block),
        None => parts.push(Part { at: block.at, lead: None, told: false, languages: Vec::new(), blocks: vec![block] }),
    }
}

/// A label found at the beginning of spans.
struct Found {
    lead: Lead,
    languages: Vec<&'static str>,
    /// How many spans are the label's, wholly or in part.
    skip: usize,
    /// What of them follows the label.
    remainder: Vec<Span>,
}

impl Found {
    fn new(words: &str, unknown_too: bool, skip: usize, remainder: Vec<Span>) -> Option<Self> {
        if let Some((label, languages)) = labels::find(words) {
            return Some(Self { lead: Lead::Known(label), languages, skip, remainder });
        }
        let words = words.trim();
        let is_label = unknown_too
            && (1..=LONGEST).contains(&words.chars().count())
            && words.split_whitespace().count() <= 5
            && !labels::is_aside(words);
        is_label.then(|| Self { lead: Lead::Unknown(words.into()), languages: Vec::new(), skip, remainder })
    }

    /// What follows the label.
    fn rest(self, spans: Vec<Span>) -> Vec<Span> {
        let mut rest = self.remainder;
        rest.extend(spans.into_iter().skip(self.skip));
        while let Some(Span { node: Node::Break, .. }) = rest.first() {
            rest.remove(0);
        }
        if let Some(Span { node: Node::Text(text), at }) = rest.first_mut() {
            let trimmed = text.trim_start();
            *at += text.len() - trimmed.len();
            *text = trimmed.into();
        }
        rest
    }
}

const COLONS: [char; 2] = [':', '：'];

/// Looks for a label; `plain_too` also for one that is not bold.
fn peek(spans: &[Span], plain_too: bool) -> Option<Found> {
    let first = spans.iter().position(|span| match &span.node {
        Node::Html(tag) => !is_markup(tag),
        Node::Text(text) => !text.trim().is_empty(),
        Node::Break => false,
        _ => true,
    })?;
    match &spans[first].node {
        Node::Strong(content) => bold(content, &spans[first + 1..], first + 1),
        Node::Text(text) if plain_too => {
            let head = text.char_indices().nth(LONGEST).map_or(text.as_str(), |(end, _)| &text[..end]);
            let colon = head.find(COLONS)?;
            let words = head[..colon].trim_matches(['*', '_', ' ']);
            let after = colon + head[colon..].chars().next().map_or(1, char::len_utf8);
            let rest = if head.starts_with(['*', '_']) {
                text[after..].trim_start_matches(['*', '_'])
            } else {
                &text[after..]
            };
            let at = spans[first].at + text.len() - rest.len();
            Found::new(words, false, first + 1, vec![Span { at, node: Node::Text(rest.into()) }])
        }
        _ => None,
    }
}

fn bold(content: &[Span], following: &[Span], skip: usize) -> Option<Found> {
    let inside = plain(content);
    if let Some(colon) = inside.find(COLONS) {
        let after = colon + inside[colon..].chars().next().map_or(1, char::len_utf8);
        let alone = inside[after..].trim().is_empty();
        return Found::new(&inside[..colon], alone, skip, without_prefix(content, after));
    }
    let Some(Span { node: Node::Text(text), at }) = following.first() else {
        // A label on a line of its own.
        let alone = matches!(following.first(), None | Some(Span { node: Node::Break, .. }));
        return if alone { Found::new(&inside, false, skip, Vec::new()) } else { None };
    };
    let rest = |from: usize| vec![Span { at: at + from, node: Node::Text(text[from..].into()) }];
    let blank = text.len() - text.trim_start().len();
    if let Some(mark) = text[blank..].chars().next().filter(|c| COLONS.contains(c)) {
        return Found::new(&inside, true, skip + 1, rest(blank + mark.len_utf8()));
    }
    if let Some(dash) = text[blank..].chars().next().filter(|c| ['-', '–', '—'].contains(c)) {
        return Found::new(&inside, false, skip + 1, rest(blank + dash.len_utf8()));
    }
    // Half the label is bold.
    let head = text.char_indices().nth(LONGEST).map_or(text.as_str(), |(end, _)| &text[..end]);
    let colon = head.find(COLONS)?;
    let after = colon + head[colon..].chars().next().map_or(1, char::len_utf8);
    Found::new(&format!("{inside}{}", &head[..colon]), false, skip + 1, rest(after))
}

/// Spans without the first `length` bytes of their plain text.
fn without_prefix(spans: &[Span], mut length: usize) -> Vec<Span> {
    let mut rest = Vec::new();
    for span in spans {
        let size = plain(std::slice::from_ref(span)).len();
        if length == 0 {
            rest.push(span.clone());
        } else if let (Node::Text(text), true) = (&span.node, size > length) {
            rest.push(Span { at: span.at + length, node: Node::Text(text[length..].into()) });
        }
        length = length.saturating_sub(size);
    }
    rest
}

/// A heading that is a label: "Cause", "Resolution 2", "Cause 1: the token expired". Its label and what else it says.
/// "Error: …" is not one, because there the heading is the message.
pub(super) fn heading(text: &str) -> Option<(Label, Vec<&'static str>, String)> {
    if labels::is_afterword(text) {
        return None;
    }
    if let Some((label, languages)) = labels::find(text) {
        return matches!(label, Label::Message | Label::Symptom | Label::App | Label::Cause | Label::Resolution)
            .then(|| (label, languages, String::new()));
    }
    // "Errors seen in the log"; of a single one the heading tells more.
    let seen =
        [" seen ", " shown ", " displayed ", " reported ", " logged "].iter().find_map(|verb| text.split_once(verb));
    if let Some((words, _)) = seen.filter(|(words, _)| words.ends_with('s'))
        && let Some((Label::Message, languages)) = labels::find_word(words)
    {
        return Some((Label::Message, languages, String::new()));
    }
    let (words, rest) = text.split_once(COLONS).unwrap_or((text, ""));
    let words = words.trim().trim_end_matches(|c: char| c.is_ascii_digit()).trim();
    let (label, languages) = labels::find_word(words)?;
    matches!(label, Label::Cause | Label::Resolution).then(|| (label, languages, rest.trim().into()))
}
