//! The hits of a view that hardly differs from one that was searched already.
//!
//! A search of the first view notes down what it tried, how far it looked and what came of it. Where a view has the same
//! text as far as was looked, the same comes of it; only what touches a difference is tried, or tried again. It knows of
//! templates and folded texts and nothing of why they differ.

use super::{Hit, Prover, settle};
use crate::index::{Candidate, Index};
use crate::order::sort_by_key;
use crate::paste::{Folded, Same};
use crate::template::Templates;

/// A candidate that was tried.
#[derive(Debug)]
pub(crate) struct Trial {
    pub candidate: Candidate,
    /// The number of the text's first start at or after it.
    pub start: usize,
    /// The part of the text that decided.
    pub looked: (usize, usize),
    pub hit: Option<Hit>,
}

/// What [`hits`](super::hits) finds in a view, given what it has in common with the first one and what was tried there. Cost:
/// linear in what differs, and in the trials.
// By itself: browsers compile a function when it is first called, and most answers need none of this.
#[inline(never)]
pub(crate) fn hits_again<T: Templates + ?Sized>(
    templates: &T,
    index: &Index,
    text: &Folded,
    same: &[Same],
    trials: &[Trial],
) -> Vec<Hit> {
    // What has to be tried, and what is known to stand here.
    let mut found: Vec<(Candidate, usize, Option<Hit>)> = Vec::new();
    // Places ascend, and where inside words was looked as well, they do so once more.
    let again = trials.windows(2).position(|two| two[1].candidate.at < two[0].candidate.at);
    let (words, anywhere) = trials.split_at(again.map_or(trials.len(), |last| last + 1));
    // Between what is the same, and where an anchor may reach out of it.
    let mut last = Same { before: (0, 0), now: (0, 0), len: 0 };
    let end = Same { now: (text.text.len(), text.starts()), ..last };
    for next in same.iter().chain([&end]) {
        let from = (last.now.0 + last.len.saturating_sub(index.longest())).max(last.now.0);
        let starts = text.start_after(last.now.1, from)..next.now.1;
        index.candidates_in(text, starts, from..next.now.0, &mut |candidate, start| {
            if candidate.at + candidate.len as usize > last.now.0 + last.len {
                found.push((candidate, start, None));
            }
        });
        for run in [words, anywhere] {
            let before = |at: usize| run.partition_point(|trial| trial.candidate.at < at);
            let inside = &run[before(next.before.0)..before(next.before.0 + next.len)];
            found.extend(inside.iter().filter_map(|trial| known(trial, next)));
        }
        last = *next;
    }
    // In the order of a search of everything: what one search learns, the next one relies on. At one place longer ones first.
    sort_by_key(&mut found, |(candidate, start, _)| {
        [candidate.at as u64, (*start as u64) << 32 | u64::from(u32::MAX - candidate.len)]
    });
    let mut prover = Prover::new(templates, text);
    let tried = found.into_iter().filter_map(|(candidate, start, hit)| hit.or_else(|| prover.prove(candidate, start)));
    let mut hits = tried.collect();
    settle(&mut hits);
    hits
}

/// What a trial says of a view that has the text around it in common with the first one: where it stands there, and the
/// hit, unless it has to be tried again. Nothing where its anchor reaches out of what is in common.
fn known(trial: &Trial, same: &Same) -> Option<(Candidate, usize, Option<Hit>)> {
    let end = same.before.0 + same.len;
    // Should two starts stand at one place, only the second of them may be in common.
    if trial.candidate.at + trial.candidate.len as usize > end || trial.start < same.before.1 {
        return None;
    }
    let candidate = Candidate { at: trial.candidate.at - same.before.0 + same.now.0, ..trial.candidate };
    let start = trial.start - same.before.1 + same.now.1;
    let is_known = same.before.0 < trial.looked.0 && trial.looked.1 <= end;
    match &trial.hit {
        Some(hit) if is_known => Some((candidate, start, Some(hit.moved(same)))),
        None if is_known => None,
        _ => Some((candidate, start, None)),
    }
}

/// Which hits of a view the first one does not have as well, asked in order of appearance: where both have the same text,
/// most are the same.
pub(crate) fn unknown<'h>(same: &'h [Same], first: &'h [Hit]) -> impl FnMut(&Hit) -> bool + 'h {
    let (mut parts, mut others) = (same.iter().peekable(), first);
    move |hit| {
        let (start, end) = (hit.span().0 as usize, hit.span().1 as usize);
        while parts.next_if(|same| same.now.0 + same.len <= start).is_some() {}
        let Some(same) = parts.peek().filter(|same| same.now.0 <= start && end <= same.now.0 + same.len) else {
            return true;
        };
        let before = |at: u32| (at as usize - same.now.0 + same.before.0) as u32;
        let passed = others.iter().take_while(|other| other.span().0 < before(hit.span().0)).count();
        others = &others[passed..];
        let at_once = others.iter().take_while(|other| other.span().0 == before(hit.span().0));
        let is_one = |other: &Hit| {
            let moved = hit.segments.iter().map(|(start, end)| (before(*start), before(*end)));
            other.template == hit.template && moved.eq(other.segments.iter().copied())
        };
        !at_once.into_iter().any(is_one)
    }
}

impl Hit {
    /// The same hit in a view that has the text around it in common with this one.
    fn moved(&self, same: &Same) -> Self {
        let moved = |at: u32, (before, now): (usize, usize)| (at as usize - before + now) as u32;
        let (bytes, starts) = ((same.before.0, same.now.0), (same.before.1, same.now.1));
        Self {
            template: self.template,
            segments: self.segments.iter().map(|(start, end)| (moved(*start, bytes), moved(*end, bytes))).collect(),
            starts: (moved(self.starts.0, starts), moved(self.starts.1, starts)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matcher::{hits, search};
    use crate::paste::Paste;
    use crate::template::Template;

    #[test]
    fn a_view_that_hardly_differs_has_the_same_hits() {
        let messages = [
            "Could not open {file}: permission denied",
            "Could not {what} the door",
            "door {number} of {house} is {state} again",
            "alpha one {x} beta two {y} gamma three",
            "of house {x}side is shut",
            "permission denied",
            "the door {a|b c} of",
            "in {place} the lock was refused",
            "a {x} in {y} of the lock was changed",
            "{open|the long gate of house} {x} was shut",
            "a {x} unquestionably middle {y} again",
            "Could not open {the door|x} {x} door 7 of",
        ];
        let templates: Vec<_> = messages.iter().map(|message| Template::new(message).unwrap()).collect();
        let index = Index::new(&templates);
        let parts = [
            "could not ",
            "open ",
            "x1",
            ": permission denied ",
            "the door ",
            "door 7 of ",
            "house ",
            "3 side is shut ",
            "is ",
            "again ",
            "alpha one ",
            "beta two ",
            "gamma three ",
            "\n",
            "b c of ",
            "noise ",
            ". ",
            "in ",
            "a ",
            "the lock was refused ",
            "of the lock was changed ",
            "was shut ",
            "unquestionably ",
            "middle ",
            "unquestionably middle ",
            "\u{345}",
        ];
        let codes = [
            "\\n",
            "&amp;",
            "%20",
            "\\u00e4",
            "<b>",
            "open%20",
            "alpha&#32;one ",
            "\\ndoor ",
            "al\\u0070ha one ",
            "op&#101;n ",
            "unquestionably&#32;middle ",
        ];
        let mut seed = 5_u32;
        let mut below = |limit: usize| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as usize % limit
        };
        let (mut spared, mut tried) = (0, 0);
        for round in 0..150 {
            let mut text = String::new();
            for _ in 0..200 + below(1200) {
                let is_code = below(if round % 2 == 0 { 40 } else { 200 }) == 0;
                text += if is_code { codes[below(codes.len())] } else { parts[below(parts.len())] };
            }
            let paste = Paste::new(&text);
            if paste.views().len() < 2 {
                continue;
            }
            let view = &paste.views()[1];
            let mut trials = Vec::new();
            search(templates.as_slice(), &index, &paste.views()[0], Some(&mut trials));
            let whole = hits(templates.as_slice(), &index, view);
            assert_eq!(hits_again(templates.as_slice(), &index, view, paste.same(1), &trials), whole, "{text:?}");
            // Where the same was looked at as before, nothing was tried.
            let is_same = |trial: &&Trial| {
                paste
                    .same(1)
                    .iter()
                    .any(|Same { before: (from, _), len, .. }| *from <= trial.looked.0 && trial.looked.1 <= from + len)
            };
            spared += trials.iter().filter(is_same).count();
            tried += trials.len();
        }
        assert!(spared * 4 > tried && spared < tried, "{spared} of {tried} were spared");
    }

    /// U+0345 is a letter and an accent, and nothing is left of it but a place where a word begins.
    #[test]
    fn a_letter_that_folds_to_nothing_does_no_harm() {
        let templates = ["alpha one", "beta two {x} gamma three"].map(|message| Template::new(message).unwrap());
        let index = Index::new(&templates);
        let rest = " and so on".repeat(40);
        for text in [
            format!("&amp;\u{345} alpha one{rest}"),
            format!("alpha one\u{345} &amp;{rest} \u{345}alpha one"),
            format!("beta two\na\nb\nc\nd\ne\nf\ng\n\u{345}\nz gamma three %20{rest}"),
        ] {
            let paste = Paste::new(&text);
            let mut trials = Vec::new();
            search(templates.as_slice(), &index, &paste.views()[0], Some(&mut trials));
            let view = paste.main();
            let again = hits_again(templates.as_slice(), &index, view, paste.same(1), &trials);
            assert_eq!(again, hits(templates.as_slice(), &index, view), "{text:?}");
        }
    }
}
