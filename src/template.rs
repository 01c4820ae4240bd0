//! A message made matchable: fixed parts, folded, with gaps between them.
//!
//! A [`Template`] is what a message's text compiles to: *segments* (fixed parts, each with its variants where the author
//! wrote alternatives) and the *gaps* between them (slots, whose text is kept, and `…`, whose text is not). This module
//! knows the notation of messages; it does not know how segments are found in a paste.

use std::ops::Range;

use crate::notation::{Piece, pieces};
use crate::order::{descending, sort_by_key};
use crate::paste::{Edge, fold, key};

/// A segment has at most this many variants; an author who needs more writes two messages.
pub const MOST_VARIANTS: usize = 64;

/// A message with fewer letters and digits than this in its longest fixed part would match anything.
pub const FEWEST_LETTERS: usize = 4;

/// A message, compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// The fixed parts, in order; at least one.
    pub segments: Vec<Segment>,
    /// What stands between them: `gaps[n]` stands before `segments[n]`, the last one after the last segment.
    pub gaps: Vec<Gap>,
    /// The message is one word, which must stand alone to count: `NullPointerException`, but not `MyNullPointerException`.
    pub is_word: bool,
}

/// Templates by number.
pub trait Templates {
    /// How many there are.
    fn count(&self) -> usize;

    /// One of them. Panics when there is none of this number.
    fn template(&self, number: u32) -> &Template;
}

impl Templates for [Template] {
    fn count(&self) -> usize {
        self.len()
    }

    fn template(&self, number: u32) -> &Template {
        &self[number as usize]
    }
}

/// A fixed part of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// What it reads, folded: one variant, or several of which any may stand; longest first.
    pub variants: Vec<Box<[u8]>>,
    /// A slot's text runs into it without space or punctuation.
    pub glued_start: bool,
    /// It runs into a slot's text without space or punctuation.
    pub glued_end: bool,
}

/// What may stand between two fixed parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gap {
    /// The slots in it, in order. None for a mere `…`, or where nothing may stand (before the first segment, mostly).
    pub slots: Vec<Slot>,
    /// Punctuation behind the last slot.
    pub after: String,
    /// Whether an author wrote `…`: more text may stand here than in a slot.
    pub is_open: bool,
}

/// A slot in a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Its name.
    pub name: String,
    /// Punctuation before it.
    pub before: String,
}

/// Why a message cannot be matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemplateError {
    /// Its longest fixed part has fewer than [`FEWEST_LETTERS`] letters and digits.
    TooGeneral,
    /// A segment would have more than [`MOST_VARIANTS`] variants.
    TooManyAlternatives,
}

impl Template {
    /// Compiles a message's text. Cost: linear in the text times its alternatives.
    pub fn new(message: &str) -> Result<Self, TemplateError> {
        let mut builder = Builder::default();
        for piece in pieces(message) {
            match piece {
                Piece::Text(text) => builder.text(text)?,
                Piece::Choice(alternatives) => builder.choice(&alternatives)?,
                Piece::Slot(name) => builder.slot(name),
                Piece::Open => builder.open(),
            }
        }
        builder.finish()
    }

    /// A template of one fixed part that may stand inside words: the literal of a regular expression.
    pub fn literal(literal: &[u8]) -> Self {
        let segment = Segment { variants: vec![literal.into()], glued_start: true, glued_end: true };
        Self { segments: vec![segment], gaps: vec![Gap::default(), Gap::default()], is_word: false }
    }

    /// A fixed part and one of its variants, by their numbers.
    pub fn part(&self, segment: u16, variant: u16) -> Option<(&Segment, &[u8])> {
        let segment = self.segments.get(usize::from(segment))?;
        Some((segment, segment.variants.get(usize::from(variant))?))
    }

    /// What two messages have in common that match the same texts: their fixed parts and where gaps stand, but not what
    /// slots are called.
    pub fn key(&self) -> String {
        let mut key = String::new();
        for (gap, segment) in self.gaps.iter().zip(&self.segments) {
            key.push(if gap.is_open { '…' } else { ' ' });
            for variant in &segment.variants {
                key.push('|');
                key.push_str(&String::from_utf8_lossy(variant));
            }
        }
        key
    }

    /// The letters and digits that are fixed, in bytes of folded text: how much a match of this message says.
    pub fn weight(&self) -> usize {
        self.segments.iter().map(Segment::shortest).sum()
    }
}

impl Segment {
    /// The length of its shortest variant.
    pub fn shortest(&self) -> usize {
        self.variants.last().map_or(0, |variant| variant.len())
    }
}

#[derive(Default)]
struct Builder {
    segments: Vec<Segment>,
    gaps: Vec<Gap>,
    /// The segment being built; empty between segments.
    variants: Vec<Vec<u8>>,
    gap: Gap,
    glued_start: bool,
    /// Hard edges seen inside fixed text: more than one word.
    words: usize,
}

impl Builder {
    fn text(&mut self, text: &str) -> Result<(), TemplateError> {
        let folded = fold(text, None);
        if folded.text.is_empty() {
            if self.variants.is_empty() {
                self.punctuation(text);
            } else {
                self.words += 1;
            }
            return Ok(());
        }
        let (start, end) = outer_punctuation(text);
        if self.variants.is_empty() {
            self.punctuation(&text[..start]);
            self.glued_start = start == 0 && !self.gap.slots.is_empty();
        }
        self.words += folded.edges(0).filter(|(_, edge)| *edge >= Edge::Space).count();
        self.append(&[&folded.text])?;
        if end < text.len() {
            // Punctuation that may lead a gap; it is dropped again when more fixed text follows.
            self.gap = Gap { after: text[end..].to_owned(), ..Gap::default() };
        }
        Ok(())
    }

    /// Punctuation in a gap: it ends the slot's text, unless other text may stand between.
    fn punctuation(&mut self, text: &str) {
        if !self.gap.is_open || self.gap.slots.is_empty() {
            self.gap.after.push_str(text);
        }
    }

    fn choice(&mut self, alternatives: &[&str]) -> Result<(), TemplateError> {
        let mut folded: Vec<Vec<u8>> = alternatives.iter().map(|text| fold(text, None).text).collect();
        // Whoever copies the message out of the documentation pastes all the alternatives.
        folded.push(folded.concat());
        let borrowed: Vec<&[u8]> = folded.iter().map(Vec::as_slice).collect();
        if self.variants.is_empty() {
            self.glued_start = self.gap.after.is_empty() && !self.gap.slots.is_empty();
        }
        self.words += 1;
        self.append(&borrowed)
    }

    fn append(&mut self, tails: &[&[u8]]) -> Result<(), TemplateError> {
        if self.variants.is_empty() {
            self.variants.push(Vec::new());
            self.gaps.push(std::mem::take(&mut self.gap));
        }
        self.gap = Gap::default();
        // Most messages have no alternatives, and no copies are made of those.
        if let ([variant], [tail]) = (self.variants.as_mut_slice(), tails) {
            variant.extend_from_slice(tail);
            return Ok(());
        }
        if self.variants.len() * tails.len() > MOST_VARIANTS {
            return Err(TemplateError::TooManyAlternatives);
        }
        self.variants = self.variants.iter().flat_map(|head| tails.iter().map(|tail| [head, *tail].concat())).collect();
        Ok(())
    }

    fn slot(&mut self, name: &str) {
        self.close();
        let before = std::mem::take(&mut self.gap.after);
        self.gap.slots.push(Slot { name: name.to_owned(), before });
    }

    fn open(&mut self) {
        self.close();
        self.gap.is_open = true;
        if self.gap.slots.is_empty() {
            self.gap.after.clear();
        }
    }

    /// Ends the segment being built, if any.
    fn close(&mut self) {
        if self.variants.is_empty() {
            return;
        }
        let mut variants: Vec<Box<[u8]>> =
            std::mem::take(&mut self.variants).into_iter().map(Vec::into_boxed_slice).collect();
        sort_by_key(&mut variants, |variant| [descending(variant.len() as u64), key(variant)]);
        variants.dedup();
        let glued_end = self.gap.after.is_empty();
        self.segments.push(Segment { variants, glued_start: self.glued_start, glued_end });
    }

    fn finish(mut self) -> Result<Template, TemplateError> {
        let in_segment = !self.variants.is_empty();
        self.close();
        if let Some(last) = self.segments.last_mut().filter(|_| in_segment) {
            last.glued_end = false;
        }
        self.gaps.push(self.gap);
        // A segment that may be empty is no fixed part; nothing could be anchored on either side of it.
        if self.segments.iter().map(Segment::shortest).max().unwrap_or(0) < FEWEST_LETTERS {
            return Err(TemplateError::TooGeneral);
        }
        Ok(Template { is_word: self.segments.len() == 1 && self.words <= 1, segments: self.segments, gaps: self.gaps })
    }
}

/// Where a text's first letter or digit begins and its last one ends.
fn outer_punctuation(text: &str) -> (usize, usize) {
    let start = text.find(char::is_alphanumeric).unwrap_or(text.len());
    let end = text.char_indices().rfind(|(_, c)| c.is_alphanumeric()).map_or(start, |(at, c)| at + c.len_utf8());
    (start, end)
}

impl Gap {
    /// What each slot holds when the gap's text is `text`: name and byte range in it, without the message's own
    /// punctuation around it.
    pub fn values<'g>(&'g self, text: &str) -> Vec<(&'g str, Range<usize>)> {
        let mut values = Vec::new();
        let mut from = 0;
        for (index, slot) in self.slots.iter().enumerate() {
            from += strip_start(&text[from..], &slot.before);
            let mark = self.slots.get(index + 1).map(|next| next.before.trim());
            let to = match mark {
                Some(mark) if !mark.is_empty() => text[from..].find(mark).map_or(text.len(), |at| from + at),
                Some(_) => text[from..].find(char::is_whitespace).map_or(text.len(), |at| from + at),
                None if self.is_open => first_mark(&text[from..], &self.after).map_or(text.len(), |at| from + at),
                None => from + strip_end(&text[from..], &self.after),
            };
            values.push((slot.name.as_str(), from..to));
            from = to;
        }
        values
    }
}

/// Where the message's punctuation first stands in `text`, or white space when it has none.
fn first_mark(text: &str, punctuation: &str) -> Option<usize> {
    match punctuation.trim().chars().next() {
        Some(mark) => text.find(|c| same_mark(c, mark)).map(|at| text[..at].trim_end_matches('\\').len()),
        None => text.find(char::is_whitespace),
    }
}

/// How many bytes of `text` are white space and the punctuation that the message has there.
fn strip_start(text: &str, punctuation: &str) -> usize {
    let mut rest = text.trim_start();
    for mark in punctuation.chars().filter(|c| !c.is_whitespace()) {
        rest = strip_escapes(rest).strip_prefix(|c| same_mark(c, mark)).unwrap_or(rest).trim_start();
    }
    text.len() - rest.len()
}

/// Where `text` ends without white space and the punctuation that the message has there.
fn strip_end(text: &str, punctuation: &str) -> usize {
    let mut rest = text.trim_end();
    for mark in punctuation.chars().rev().filter(|c| !c.is_whitespace()) {
        if let Some(shorter) = rest.strip_suffix(|c| same_mark(c, mark)) {
            rest = if is_quote(mark) { shorter.trim_end_matches('\\') } else { shorter }.trim_end();
        }
    }
    rest.len()
}

/// Backslashes before a quotation mark are an escape, not a value.
fn strip_escapes(text: &str) -> &str {
    let bare = text.trim_start_matches('\\');
    if bare.starts_with(is_quote) { bare } else { text }
}

fn same_mark(found: char, mark: char) -> bool {
    found == mark || (is_quote(found) && is_quote(mark))
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '„' | '‘' | '’' | '«' | '»' | '「' | '」')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(message: &str) -> String {
        let template = Template::new(message).unwrap();
        let mut shape = String::new();
        for (index, gap) in template.gaps.iter().enumerate() {
            shape.extend(gap.slots.iter().map(|slot| format!("<{}>", slot.name)));
            shape.push_str(if gap.is_open { "…" } else { "" });
            if let Some(segment) = template.segments.get(index) {
                let variants: Vec<_> =
                    segment.variants.iter().map(|variant| String::from_utf8_lossy(variant)).collect();
                shape.extend(["[", &variants.join("|"), "]"]);
            }
        }
        shape
    }

    #[test]
    fn a_message_becomes_segments_and_gaps() {
        let cases = [
            ("Could not open {file}. Code: {code}", "[couldnotopen]<file>[code]<code>"),
            ("{\"error\": {\"code\": \"AF1\"}, …, \"message\": {x}", "[errorcodeaf1]…[message]<x>"),
            (
                "message: {not found|invalid table}.",
                "[messagenotfoundinvalidtable|messageinvalidtable|messagenotfound]",
            ),
            (
                "message: \"{not found|invalid table\" }",
                "[messagenotfoundinvalidtable|messageinvalidtable|messagenotfound]",
            ),
            ("Tenant ({tenantId}) is wrong", "[tenant]<tenantId>[iswrong]"),
            ("Loading...", "[loading]…"),
            ("{host}:{port} refused", "<host><port>[refused]"),
        ];
        for (message, expected) in cases {
            assert_eq!(shape(message), expected, "{message}");
        }
    }

    #[test]
    fn a_message_that_says_nothing_is_refused() {
        assert_eq!(Template::new("{a}: {b}!"), Err(TemplateError::TooGeneral));
        assert_eq!(Template::new("404"), Err(TemplateError::TooGeneral));
        assert!(Template::new("http 404").is_ok());
        let many = "{a|b}".repeat(8);
        assert_eq!(Template::new(&format!("code {many}")), Err(TemplateError::TooManyAlternatives));
    }

    #[test]
    fn one_word_is_one_word() {
        assert!(Template::new("NullPointerException").unwrap().is_word);
        assert!(Template::new("IOException:").unwrap().is_word);
        assert!(!Template::new("Service timeout").unwrap().is_word);
        assert!(!Template::new("team_not_authorized").unwrap().is_word);
    }

    #[test]
    fn values_lose_the_messages_punctuation_and_keep_their_own() {
        let gap = |message: &str| Template::new(message).unwrap().gaps[1].clone();
        let value = |message: &str, text: &str| {
            let gap = gap(message);
            gap.values(text)
                .into_iter()
                .map(|(name, range)| format!("{name}={}", &text[range]))
                .collect::<Vec<_>>()
                .join(";")
        };
        assert_eq!(value("for alert {name}. Connector gone", " disk (C:) is full!. "), "name=disk (C:) is full!");
        assert_eq!(value("named \"{name}\" due to it", " “a \"b\"” "), "name=a \"b\"");
        assert_eq!(value("named \"{name}\" due to it", " \\\"a\\\" "), "name=a");
        assert_eq!(value("tenant ({id}) is wrong", " (1-2) "), "id=1-2");
        assert_eq!(value("set: \"{id}\"…table: \"x\"", " \"I1\", \"a\": \"b\", \""), "id=I1");
        assert_eq!(value("set: \"{id}\"…table: \"x\"", " \\\"I1\\\", \\\"a\\\""), "id=I1");
        assert_eq!(value("from {host}:{port} refused", " db1:5432 "), "host=db1;port=5432");
    }
}
