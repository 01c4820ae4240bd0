//! The hits of a view that hardly differs from one that was searched already.
//!
//! A search of the first view notes down what it tried, how far it looked and what came of it. Where a view has the same
//! text as far as was looked, the same comes of it; only what touches a difference is tried, or tried again. It knows of
//! templates and folded texts and nothing of why they differ.

use super::{Hit, Prover, settle, sort};
use crate::index::{Candidate, Index};
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
pub(crate) fn hits_again<T: Templates + ?Sized>(
    templates: &T,
    index: &Index,
    text: &Folded,
    same: &[Same],
    trials: &[Trial],
) -> Vec<Hit> {
    let mut prover = Prover::new(templates, text);
    let mut hits: Vec<Hit> = Vec::new();
    for trial in trials {
        let number = same.partition_point(|same| same.before.0 <= trial.candidate.at);
        let Some(same) = number.checked_sub(1).map(|number| same[number]) else { continue };
        let end = same.before.0 + same.len;
        if trial.candidate.at + length(templates, trial.candidate) > end {
            continue;
        }
        if same.before.0 <= trial.looked.0 && trial.looked.1 <= end {
            hits.extend(trial.hit.as_ref().map(|hit| hit.moved(&same)));
        } else {
            let at = trial.candidate.at - same.before.0 + same.now.0;
            let start = trial.start - same.before.1 + same.now.1;
            hits.extend(prover.prove(Candidate { at, ..trial.candidate }, start));
        }
    }
    // Between what is the same, and where an anchor may reach out of it.
    let mut last = Same { before: (0, 0), now: (0, 0), len: 0 };
    let end = Same { now: (text.text.len(), text.starts()), ..last };
    for next in same.iter().chain([&end]) {
        let from = (last.now.0 + last.len.saturating_sub(index.longest())).max(last.now.0);
        let starts = text.start_after(last.now.1, from)..next.now.1;
        index.candidates_in(text, starts, from..next.now.0, &mut |candidate, start| {
            if candidate.at + length(templates, candidate) > last.now.0 + last.len {
                hits.extend(prover.prove(candidate, start));
            }
        });
        last = *next;
    }
    settle(&mut hits);
    sort(&mut hits);
    hits
}

/// How long the anchored part is; nothing where there is no such part.
fn length<T: Templates + ?Sized>(templates: &T, candidate: Candidate) -> usize {
    let segment = templates.template(candidate.template).segments.get(usize::from(candidate.segment));
    let variant = segment.and_then(|segment| segment.variants.get(usize::from(candidate.variant)));
    variant.map_or(0, |variant| variant.len())
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
        ];
        let codes =
            ["\\n", "&amp;", "%20", "\\u00e4", "<b>", "open%20", "alpha&#32;one ", "\\ndoor ", "al\\u0070ha one "];
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
}
