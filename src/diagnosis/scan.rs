//! A long text in slices: the same answer as at one go, in bounded memory, with progress.
//!
//! A [`Scanner`] takes text as it comes, in pieces of any size. It looks at one slice at a time, with enough of its
//! neighbours that a message across a border is seen whole, and counts each find for the slice that it begins in. Where
//! slices end depends on the text alone and not on the pieces, so the answer does not either. In a long text only
//! messages that stand whole are looked for.

use std::ops::Deref;

use serde::Serialize;

use super::decide::Mentions;
use super::{Diagnoser, Group};
use crate::keyed::Keyed;
use crate::paste::Paste;
use crate::positions::{Lines, offsets, to_utf16, utf16_len};
use crate::report::{Confidence, Diagnosis, Layers, Options, Report, Scanned, Units};

/// How much of a long text is looked at at once, in bytes.
const SLICE: usize = 240 * 1024;
/// How much of the text after a slice is looked at with it: more than any message is long.
const AROUND: usize = 16 * 1024;
/// How much of the text before it: as much as stands between an exception and its cause.
const BEFORE: usize = 8 * 1024;
/// A text up to this length is looked at at one go.
pub(super) const LONGEST_WHOLE: usize = SLICE + AROUND;
/// Only so many errors are explained: each takes a search of its own.
const MOST_EXPLAINED: usize = 50;
/// How many closest entries are named when nothing is sure.
const MOST_CLOSEST: usize = 3;

/// Reads a long text piece by piece. `D` leads to the diagnoser: `&Diagnoser`, `Rc<Diagnoser>`.
///
/// ```
/// # use error_diagnoser::{Catalog, Diagnoser, Options, Scanner};
/// # let diagnoser = Diagnoser::new(Catalog::default()).unwrap();
/// let mut scanner = Scanner::new(&diagnoser, Options::default());
/// scanner.push("2021-03-04 11:27 ERROR first half of a line, ");
/// scanner.push("second half\n");
/// assert_eq!(scanner.progress().lines, 1);
/// assert_eq!(scanner.finish().scanned.lines, 1);
/// ```
#[derive(Debug)]
pub struct Scanner<D> {
    diagnoser: D,
    scan: Scan,
}

/// What was read and found. It is compiled once, whoever holds the diagnoser.
#[derive(Debug, Default)]
struct Scan {
    options: Options,
    /// Text that is still needed: some that was looked at already, then what was not.
    pending: String,
    /// Where in `pending` the next slice begins.
    from: usize,
    /// What was dropped before `pending`.
    dropped: Place,
    /// The bytes of a character that is not complete yet.
    partial: Vec<u8>,
    found: Vec<Found>,
    known: Keyed<usize>,
    /// What was found by messages that decide by themselves which entry it is, by their template.
    only: Keyed<usize>,
    /// Bytes of text taken in.
    pushed: usize,
}

/// How far a scan has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Bytes of text taken in.
    pub bytes: usize,
    /// Line ends taken in.
    pub lines: usize,
    /// Messages found so far.
    pub found: usize,
}

#[derive(Clone, Copy, Debug, Default)]
struct Place {
    bytes: usize,
    units: usize,
    lines: usize,
}

#[derive(Debug)]
struct Found {
    diagnosis: Diagnosis,
    entries: Vec<u32>,
}

impl<D: Deref<Target = Diagnoser>> Scanner<D> {
    /// A scanner that has read nothing yet.
    pub fn new(diagnoser: D, options: Options) -> Self {
        Self { diagnoser, scan: Scan { options, ..Scan::default() } }
    }

    /// Takes the next piece of the text. Cost: linear in the piece; it may look at several slices.
    pub fn push(&mut self, text: &str) {
        self.scan.push(&self.diagnoser, text);
    }

    /// Takes the next piece as bytes of UTF-8; pieces may end inside a character. What is no UTF-8 is read as U+FFFD.
    pub fn push_bytes(&mut self, bytes: &[u8]) {
        self.scan.push_bytes(&self.diagnoser, bytes);
    }

    /// How far it has come.
    pub fn progress(&self) -> Progress {
        self.scan.progress()
    }

    /// The answer. A text that was not longer than one slice is answered as [`Diagnoser::diagnose`] does.
    pub fn finish(self) -> Report {
        self.scan.finish(&self.diagnoser)
    }
}

impl Scan {
    fn push(&mut self, diagnoser: &Diagnoser, text: &str) {
        self.pushed += text.len();
        let mut rest = text;
        while !rest.is_empty() {
            // A little at a time: what was looked at is dropped from the front, and the rest moves up.
            let (piece, after) = rest.split_at(rest.ceil_char_boundary(SLICE.min(rest.len())));
            self.pending.push_str(piece);
            rest = after;
            while self.pending.len() - self.from > LONGEST_WHOLE {
                self.slice(diagnoser, false);
            }
        }
    }

    fn push_bytes(&mut self, diagnoser: &Diagnoser, bytes: &[u8]) {
        let mut joined = std::mem::take(&mut self.partial);
        joined.extend_from_slice(bytes);
        let complete = joined.len() - incomplete(&joined);
        self.partial = joined.split_off(complete);
        match String::from_utf8(joined) {
            Ok(text) => self.push(diagnoser, &text),
            Err(error) => self.push(diagnoser, &String::from_utf8_lossy(error.as_bytes())),
        }
    }

    fn progress(&self) -> Progress {
        let pending = Lines::new(&self.pending).number(self.pending.len()) - 1;
        let found = self.found.iter().map(|found| found.diagnosis.count).sum();
        Progress { bytes: self.pushed, lines: self.dropped.lines + pending, found }
    }

    fn finish(mut self, diagnoser: &Diagnoser) -> Report {
        if !self.partial.is_empty() {
            self.partial.clear();
            self.push(diagnoser, "\u{fffd}");
        }
        if self.from == 0 && self.dropped.bytes == 0 {
            return diagnoser.diagnose_whole(&self.pending, &self.options);
        }
        // What is left is no longer than what is looked at at one go.
        self.slice(diagnoser, true);
        let scanned = Scanned {
            chars: self.dropped.units + utf16_len(&self.pending),
            lines: self.dropped.lines + Lines::new(&self.pending).count(),
        };
        let is_sure = |found: &Found| found.diagnosis.confidence > Confidence::Possible;
        let is_answer = self.found.iter().any(is_sure);
        let question = self.found.iter().find(|found| found.entries.len() > 1);
        let question = question.map(|found| diagnoser.question(&found.entries, &self.options));
        let kept = self.found.into_iter().filter(|found| !is_answer || is_sure(found));
        let most = if is_answer { usize::MAX } else { MOST_CLOSEST };
        Report { diagnoses: kept.map(|found| found.diagnosis).take(most).collect(), question, scanned }
    }

    /// Looks at the next slice: up to the last line end that fits, or at the last one all that is left.
    fn slice(&mut self, diagnoser: &Diagnoser, is_last: bool) {
        let end = if is_last {
            self.pending.len()
        } else {
            let goal = self.pending.floor_char_boundary(self.from + SLICE);
            self.pending[self.from..goal].rfind('\n').map_or(goal, |at| self.from + at + 1)
        };
        let window_end = self.pending.ceil_char_boundary((end + AROUND).min(self.pending.len()));
        let lines = Lines::new(&self.pending[..window_end]);
        self.look_at(diagnoser, self.from, end, window_end, &lines);
        self.from = end;
        let unneeded = self.pending.floor_char_boundary(end.saturating_sub(BEFORE));
        // Only whole lines are dropped: a line end of two characters is one.
        if let Some(cut) = self.pending[..unneeded].rfind('\n').map(|at| at + 1) {
            self.drop_before(cut, &lines);
        } else if unneeded > AROUND && !self.pending[..unneeded].ends_with('\r') {
            self.drop_before(unneeded, &lines);
        }
    }

    fn drop_before(&mut self, cut: usize, lines: &Lines) {
        let text = &self.pending[..cut];
        let ends = lines.number(cut) - 1;
        self.dropped.bytes += cut;
        self.dropped.units += utf16_len(text);
        self.dropped.lines += ends;
        self.pending.drain(..cut);
        self.from -= cut;
    }

    /// Finds what begins in `from..end` of the pending text, looking as far as `window_end`.
    fn look_at(&mut self, diagnoser: &Diagnoser, from: usize, end: usize, window_end: usize, lines: &Lines) {
        let options = &self.options;
        let window = &self.pending[..window_end];
        let without = Layers { near: true, telling: true, ..options.without };
        let paste = if without.peel { Paste::unpeeled(window) } else { Paste::new(window) };
        let finds = diagnoser.finder.finds(&paste, without, diagnoser.wanted(options));
        let asked = options.app.as_deref().and_then(|name| diagnoser.apps.named(name));
        let unexplained = Options { explain: false, ..options.clone() };
        let known_before = self.found.len();
        let texts = options.texts.unwrap_or(usize::MAX);
        let most_lines = options.max_lines.unwrap_or(super::MOST_LINES);
        let mentions = Mentions::of(finds.len());
        for find in finds.iter().filter(|find| (from..end).contains(&find.span.start)) {
            let line = lines.number(find.span.start);
            let only = diagnoser.only_entry(find);
            let known = only.and_then(|template| self.only.get(template as u64).copied());
            let mut decided = None;
            let known = known.or_else(|| {
                let decision = diagnoser.decide(find, &paste, lines, &mentions, asked, options);
                let key = super::group_key(find, &decision);
                let known = self.known.get(key).copied();
                decided = Some((decision, key));
                known
            });
            if let Some(index) = known {
                let known = &mut self.found[index].diagnosis;
                known.count += 1;
                // The lines of what is new in this window become those of the whole text below.
                let line = if index < known_before { self.dropped.lines + line } else { line };
                if known.lines.len() < most_lines && known.lines.last() != Some(&line) {
                    known.lines.push(line);
                }
            } else if let Some((decision, key)) = decided {
                let entries = decision.entries.clone();
                let group = Group { find, decision, lines: vec![line] };
                let asked = if self.found.len() < MOST_EXPLAINED { options } else { &unexplained };
                let diagnosis = diagnoser.diagnosis(&group, &paste, asked, self.found.len() < texts);
                *self.known.at(key) = self.found.len();
                if let Some(template) = only {
                    *self.only.at(template as u64) = self.found.len();
                }
                self.found.push(Found { diagnosis, entries });
            }
        }
        place(&mut self.found[known_before..], window, &self.dropped, options.units);
    }
}

/// Turns places of a window into places of the whole text. Cost: one pass over the window for all of them.
fn place(found: &mut [Found], window: &str, dropped: &Place, units: Units) {
    let offset = match units {
        Units::Bytes => dropped.bytes,
        Units::Utf16 => {
            to_utf16(window, found.iter_mut().map(|found| &mut found.diagnosis));
            dropped.units
        }
    };
    for Found { diagnosis, .. } in found {
        offsets(diagnosis, &mut |place| *place += offset);
        if let Some(excerpt) = &mut diagnosis.excerpt {
            excerpt.line += dropped.lines;
        }
        for line in &mut diagnosis.lines {
            *line += dropped.lines;
        }
    }
}

/// How many bytes at the end begin a character that is not complete.
fn incomplete(bytes: &[u8]) -> usize {
    let tail = &bytes[bytes.len().saturating_sub(3)..];
    let Some(back) = tail.iter().rev().position(|byte| *byte >= 0xc0) else { return 0 };
    let wanted = match tail[tail.len() - 1 - back] {
        0xf0.. => 4,
        0xe0.. => 3,
        _ => 2,
    };
    if back + 1 < wanted { back + 1 } else { 0 }
}

#[cfg(test)]
mod tests;
