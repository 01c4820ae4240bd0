//! Folding: letters and digits only, in one case and without accents.
//!
//! A folded text remembers where its words begin, what stood before each of them, and where they came from; everything
//! else about places follows from that. Folding knows nothing of encodings: it is told where a text came from.

use std::ops::Range;

use super::ascii::WIDE;
use super::letters::{base_letters, combine_jamo, is_combining, is_joiner, is_syllable, narrow};
use super::peel::Peeled;
use crate::lanes::{Lanes, Places};

/// What stood between a folded character and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Edge {
    /// Nothing: both are parts of one word. Also every byte of a character but its first.
    None = 0,
    /// A change inside a word: `fooBar`, `code429`, `A글`.
    Soft = 1,
    /// Spaces and nothing else.
    Space = 2,
    /// Punctuation.
    Mark = 3,
    /// The end of a line; also the beginning of the text.
    Line = 4,
}

/// A folded text and the way back.
#[derive(Debug, Default)]
pub struct Folded {
    /// Letters and digits only, folded, in UTF-8.
    pub text: Vec<u8>,
    /// Where words begin, and where the way back is not byte by byte; ascending.
    pub(super) starts: Vec<Start>,
}

/// A place in a folded text where a word begins, or where it comes from elsewhere.
///
/// From here to the next start, each byte came from one byte of the paste, the first of them `source`; or, when `len` is
/// not 1, all of them came from the one character or code `source..source + len`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Start {
    pub folded: u32,
    pub source: u32,
    pub len: u16,
    pub edge: Edge,
}

impl Folded {
    /// What stands before the byte at `at`; a line end where the text ends. Cost: logarithmic.
    pub fn edge(&self, at: usize) -> Edge {
        if at >= self.text.len() {
            return Edge::Line;
        }
        let next = self.starts.partition_point(|start| (start.folded as usize) < at);
        self.edge_of(next, at)
    }

    /// The places where words begin (and with `Soft`, parts of words), from `from` on: each with what stands before it.
    pub fn edges(&self, from: usize) -> impl Iterator<Item = (usize, Edge)> + '_ {
        let first = self.start_at(from);
        self.starts[first..]
            .iter()
            .filter(|start| start.edge != Edge::None)
            .map(|start| (start.folded as usize, start.edge))
    }

    /// How many words begin between two places.
    pub fn words(&self, from: usize, to: usize) -> u32 {
        let mut words = 0;
        let mut last = usize::MAX;
        for (at, edge) in self.edges(from).take_while(|(at, _)| *at < to) {
            // A letter that folds to nothing begins where the next one does, and only the first of both counts.
            words += u32::from(edge >= Edge::Space && at != last);
            last = at;
        }
        words
    }

    /// The number of the first start at or after a place. Cost: logarithmic.
    pub(crate) fn start_at(&self, at: usize) -> usize {
        self.starts.partition_point(|start| (start.folded as usize) < at)
    }

    /// The same, searched from a start that is known to be at or before the place.
    pub(crate) fn start_after(&self, known: usize, at: usize) -> usize {
        // Most are a few words on, and hardly any far.
        let (mut from, mut steps) = (known, 16);
        while let Some(start) = self.starts.get(from + steps)
            && (start.folded as usize) < at
        {
            from += steps;
            steps *= 4;
        }
        let to = (from + steps).min(self.starts.len());
        from + self.starts[from..to].partition_point(|start| (start.folded as usize) < at)
    }

    /// The same, searched from a start that is known to be at or behind the place. Cost: linear in the starts between.
    pub(crate) fn start_before(&self, known: usize, at: usize) -> usize {
        let is_before = |start: &Start| (start.folded as usize) < at;
        self.starts[..known].iter().rposition(is_before).map_or(0, |before| before + 1)
    }

    /// How many starts there are.
    pub(crate) fn starts(&self) -> usize {
        self.starts.len()
    }

    /// The place of a start, and what stands before it.
    pub(crate) fn start(&self, number: usize) -> (usize, Edge) {
        let start = &self.starts[number];
        (start.folded as usize, start.edge)
    }

    /// The places of several starts, each with what stands before it.
    pub(crate) fn starts_in(&self, numbers: Range<usize>) -> impl Iterator<Item = (usize, Edge)> + '_ {
        self.starts.get(numbers).unwrap_or_default().iter().map(|start| (start.folded as usize, start.edge))
    }

    /// What stands before a place, given the number of the first start at or after it.
    pub(crate) fn edge_of(&self, number: usize, at: usize) -> Edge {
        match self.starts.get(number) {
            _ if at >= self.text.len() => Edge::Line,
            Some(start) if start.folded as usize == at => start.edge,
            _ => Edge::None,
        }
    }

    /// The bytes of the paste from which the folded bytes `start..end` came (`start < end`). Cost: logarithmic.
    pub fn origin(&self, start: usize, end: usize) -> (usize, usize) {
        (self.source(start).0, self.source(end - 1).1)
    }

    fn source(&self, at: usize) -> (usize, usize) {
        self.source_after(self.starts.partition_point(|start| start.folded as usize <= at), at)
    }

    /// The bytes of the paste that the byte at `at` came from, given the number of a start at or after it, or of the first
    /// one behind it.
    pub(crate) fn source_after(&self, known: usize, at: usize) -> (usize, usize) {
        let is_at = self.starts.get(known).is_some_and(|start| start.folded as usize == at);
        let start = self.starts[if is_at { known } else { known - 1 }];
        if start.len == 1 {
            let source = start.source as usize + at - start.folded as usize;
            (source, source + 1)
        } else {
            (start.source as usize, start.source as usize + usize::from(start.len))
        }
    }

    /// The first folded byte that came from the paste at or after `at`. Cost: logarithmic.
    pub fn position(&self, at: usize) -> usize {
        let next = self.starts.partition_point(|start| (start.source as usize) < at);
        let end = self.starts.get(next).map_or(self.text.len(), |start| start.folded as usize);
        match next.checked_sub(1).map(|last| self.starts[last]) {
            Some(start) if start.len == 1 => (start.folded as usize + at - start.source as usize).min(end),
            _ => end,
        }
    }
}

/// The folded form of a short text, where nobody asks for positions.
pub fn fold_str(text: &str) -> Vec<u8> {
    fold(text, None).text
}

/// A number for a piece of folded text (FNV-1a), the same on every platform.
pub fn key(piece: &[u8]) -> u64 {
    key_on(0xcbf2_9ce4_8422_2325, piece)
}

/// The number for a piece whose beginning has the number `key`, given the rest.
pub fn key_on(key: u64, rest: &[u8]) -> u64 {
    rest.iter().fold(key, |key, byte| (key ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Folds a text. With `peeled`, positions are those that its map gives.
///
/// Cost: one pass; about 4 bytes of memory a byte kept.
pub fn fold(text: &str, peeled: Option<&Peeled>) -> Folded {
    let mut folder = Folder::new(text.len());
    match peeled {
        None => folder.copy(text, 0),
        Some(map) => {
            for (piece, source, len) in map.pieces() {
                let part = &text[piece];
                match len {
                    None => folder.copy(part, source),
                    Some(len) => part.chars().for_each(|c| folder.char(c, source, len)),
                }
            }
        }
    }
    folder.folded
}

/// The class of a letter or digit; 0 is none.
pub(super) const LOWER: u8 = 1;
pub(super) const UPPER: u8 = 2;
pub(super) const DIGIT: u8 = 3;
/// A letter of a script that has words and no case.
const OTHER: u8 = 4;
/// A letter of a script that is written without spaces, or whose particles stick to words: each may begin a word.
const SYLLABLE: u8 = 5;

/// Text being folded. Bytes of ASCII are folded in `ascii.rs`.
pub(super) struct Folder {
    pub folded: Folded,
    /// The strongest edge since the last character kept.
    pub pending: u8,
    /// The class of the last character kept.
    pub last: u8,
    /// What is kept next does not come from where the last start says.
    pub is_elsewhere: bool,
}

impl Folder {
    pub fn new(len: usize) -> Self {
        let folded = Folded { text: Vec::with_capacity(len + WIDE), starts: Vec::with_capacity(len / 4) };
        Self { folded, pending: Edge::Line as u8, last: 0, is_elsewhere: true }
    }

    /// Folds a piece that stands in the paste as it is, from `source` on.
    pub fn copy(&mut self, text: &str, source: u32) {
        let bytes = text.as_bytes();
        self.is_elsewhere = true;
        let mut at = 0;
        for other in Places::new(bytes, 0, Lanes::begins_other) {
            self.ascii(&bytes[at..other], source + at as u32);
            at = other;
            if let Some(c) = text[other..].chars().next() {
                self.char(c, source + other as u32, c.len_utf8() as u16);
                at += c.len_utf8();
            }
        }
        self.ascii(&bytes[at..], source + at as u32);
    }

    /// Folds one character that came from `source..source + len`.
    pub fn char(&mut self, c: char, source: u32, len: u16) {
        self.is_elsewhere = true;
        if is_joiner(c) || is_combining(c) {
            return; // invisible, or part of its letter: stands inside words
        }
        let c = narrow(c);
        if !c.is_alphanumeric() {
            self.pending = self.pending.max(match c {
                '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Edge::Line as u8,
                c if c.is_whitespace() => Edge::Space as u8,
                _ => Edge::Mark as u8,
            });
            return;
        }
        if self.pending == 0
            && let Some(syllable) = combine_jamo(&self.folded.text, c)
        {
            self.replace_last_syllable(syllable, source + u32::from(len));
            return;
        }
        let class = class_of(c);
        let edge = edge_from(self.pending.max(u8::from(is_soft(self.last, class))));
        self.folded.starts.push(Start { folded: self.folded.text.len() as u32, source, len, edge });
        let plain = base_letters(c);
        if plain.is_empty() {
            let mut buffer = [0; 4];
            for lower in c.to_lowercase().filter(|lower| !is_combining(*lower)) {
                self.folded.text.extend_from_slice(lower.encode_utf8(&mut buffer).as_bytes());
            }
        } else {
            self.folded.text.extend_from_slice(plain.as_bytes());
        }
        (self.last, self.pending) = (class, 0);
    }

    /// Takes the last three-byte character back, for jamo that combine.
    fn replace_last_syllable(&mut self, c: char, end: u32) {
        let from = self.folded.text.len() - 3;
        let mut buffer = [0; 4];
        self.folded.text[from..].copy_from_slice(c.encode_utf8(&mut buffer).as_bytes());
        if let Some(start) = self.folded.starts.last_mut() {
            start.len = u16::try_from(end.saturating_sub(start.source)).unwrap_or(u16::MAX);
        }
    }
}

/// Whether a letter of one class begins a part of a word right behind one of another.
fn is_soft(last: u8, class: u8) -> bool {
    let is_same = last == class && class != SYLLABLE;
    !(is_same || (class == LOWER && matches!(last, UPPER | 0)))
}

fn class_of(c: char) -> u8 {
    if is_syllable(c) {
        SYLLABLE
    } else if c.is_numeric() {
        DIGIT
    } else if c.is_uppercase() {
        UPPER
    } else if c.is_lowercase() {
        LOWER
    } else {
        OTHER
    }
}

pub(super) fn edge_from(strength: u8) -> Edge {
    match strength {
        0 => Edge::None,
        1 => Edge::Soft,
        2 => Edge::Space,
        3 => Edge::Mark,
        _ => Edge::Line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        String::from_utf8(fold_str(text)).unwrap()
    }

    #[test]
    fn what_does_not_tell_messages_apart_is_gone() {
        assert_eq!(folded("Åtgärden “MISSLYCKADES” – 4２9\u{a0}!"), "atgardenmisslyckades429");
        assert_eq!(folded("Straße, œuvre, ﬁle, I\u{307}"), "strasseoeuvrefilei");
        assert_eq!(folded("re\u{301}sume\u{301} = résumé"), "resumeresume");
        assert_eq!(folded("zero\u{200b}width\u{ad}hyphen"), "zerowidthhyphen");
        assert_eq!(folded("Đặng ĳ ŉ ŋ ſ"), "dangĳŉŋs");
    }

    #[test]
    fn decomposed_hangul_is_the_same_hangul() {
        assert_eq!(folded("\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}"), "한글");
        let text = "a \u{1112}\u{1161}\u{11ab}";
        assert_eq!(fold(text, None).origin(1, 4), (2, text.len()));
    }

    #[test]
    fn edges_say_what_stood_between() {
        let view = fold("fooBar 429x\nZ한글", None);
        let edges: Vec<_> = (0..view.text.len()).map(|at| view.edge(at)).collect();
        let at = |needle: &str| view.text.windows(needle.len()).position(|w| w == needle.as_bytes()).unwrap();
        assert_eq!(edges[0], Edge::Line);
        assert_eq!(edges[1], Edge::None);
        assert_eq!(edges[at("bar")], Edge::Soft);
        assert_eq!(edges[at("429")], Edge::Space);
        assert_eq!(edges[at("x")], Edge::Soft);
        assert_eq!(edges[at("z")], Edge::Line);
        assert_eq!(edges[at("글")], Edge::Soft);
        assert_eq!(view.edge(view.text.len()), Edge::Line);
    }
}
