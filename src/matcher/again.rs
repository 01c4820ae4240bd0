//! What stands in a view that hardly differs from one that was searched already, and not in that one.
//!
//! A search of the first view notes down what it tried, how far it looked and what came of it. Where a view has the same
//! text as far as was looked, the same comes of it; only what touches a difference is tried, or tried again. It knows of
//! templates and folded texts and nothing of why they differ.

use super::{Hit, Prover, settle};
use crate::index::{Candidate, Index};
use crate::keyed::Keyed;
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

/// Of what [`hits`](super::hits) finds in a view, that which is not among the `first` view's hits, given what both have in
/// common and what was tried there. Cost: linear in what differs, and in the trials.
// By itself: browsers compile a function when it is first called, and most answers need none of this.
#[inline(never)]
pub(crate) fn hits_beyond<T: Templates + ?Sized>(
    (templates, index): (&T, &Index),
    text: &Folded,
    same: &[Same],
    trials: &[Trial],
    first: &[Hit],
) -> Vec<Hit> {
    let mut beyond = Beyond::default();
    // Places ascend, and where inside words was looked as well, they do so once more.
    let again = trials.windows(2).position(|two| two[1].candidate.at < two[0].candidate.at);
    let (words, anywhere) = trials.split_at(again.map_or(trials.len(), |last| last + 1));
    let mut runs = [words, anywhere];
    // Between what is the same, and where an anchor may reach out of it.
    let mut last = Same { before: (0, 0), now: (0, 0), len: 0 };
    let end = Same { before: (usize::MAX, 0), now: (text.text.len(), text.starts()), len: 0 };
    for next in same.iter().chain([&end]) {
        let from = (last.now.0 + last.len.saturating_sub(index.longest())).max(last.now.0);
        let starts = text.start_after(last.now.1, from)..next.now.1;
        index.candidates_in(text, starts, from..next.now.0, &mut |candidate, start| {
            if candidate.at + candidate.len as usize > last.now.0 + last.len {
                beyond.untried.push((candidate, start));
            }
        });
        for run in &mut runs {
            let (gone, rest) = run.split_at(run.partition_point(|trial| trial.candidate.at < next.before.0));
            let (inside, rest) =
                rest.split_at(rest.partition_point(|trial| trial.candidate.at < next.before.0 + next.len));
            for trial in gone {
                beyond.gone(trial);
            }
            for trial in inside {
                beyond.inside(trial, next);
            }
            *run = rest;
        }
        last = *next;
    }
    let mut hits = beyond.hits(templates, text);
    settle(&mut hits);
    hits.retain(unknown(same, first));
    hits
}

/// What trials say of a view.
#[derive(Default)]
struct Beyond<'t> {
    /// What has to be tried, with the number of the text's first start at or after it.
    untried: Vec<(Candidate, usize)>,
    /// What stands here as it stands there, and in which part.
    standing: Vec<(&'t Hit, &'t Same)>,
    /// The templates of which something may stand in one view and not in the other.
    touched: Keyed<()>,
}

impl<'t> Beyond<'t> {
    /// A trial whose place is not here.
    fn gone(&mut self, trial: &Trial) {
        if let Some(hit) = &trial.hit {
            self.touched.at(hit.template.into());
        }
    }

    /// A trial in a part of the first view that is here as well.
    fn inside(&mut self, trial: &'t Trial, same: &'t Same) {
        let end = same.before.0 + same.len;
        // What was looked at there is looked at here. Should two starts stand at one place, only the second of them may be in
        // common.
        if trial.candidate.at + trial.candidate.len as usize > end || trial.start < same.before.1 {
            return self.gone(trial);
        }
        let is_known = same.before.0 < trial.looked.0 && trial.looked.1 <= end;
        if !is_known {
            let candidate = Candidate { at: trial.candidate.at - same.before.0 + same.now.0, ..trial.candidate };
            self.untried.push((candidate, trial.start - same.before.1 + same.now.1));
            self.gone(trial);
        } else if let Some(hit) = &trial.hit {
            self.standing.push((hit, same));
        }
    }

    /// All hits of every template that is touched, in any order. Those of others stand in both views and settle alike.
    fn hits<T: Templates + ?Sized>(mut self, templates: &T, text: &Folded) -> Vec<Hit> {
        // In the order of a search of everything: what one search learns, the next one relies on. At one place longer ones first.
        sort_by_key(&mut self.untried, |(candidate, start)| {
            [candidate.at as u64, (*start as u64) << 32 | u64::from(u32::MAX - candidate.len)]
        });
        let mut prover = Prover::new(templates, text);
        let mut hits: Vec<Hit> =
            self.untried.into_iter().filter_map(|(candidate, start)| prover.prove(candidate, start)).collect();
        for hit in &hits {
            self.touched.at(hit.template.into());
        }
        let standing = self.standing.into_iter().filter(|(hit, _)| self.touched.has(hit.template.into()));
        hits.extend(standing.map(|(hit, same)| hit.moved(same)));
        hits
    }
}

/// Which hits of a view the first one does not have as well, asked in order of appearance: where both have the same text,
/// most are the same.
fn unknown<'h>(same: &'h [Same], first: &'h [Hit]) -> impl FnMut(&Hit) -> bool + 'h {
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
    fn what_stands_beyond_the_first_view_is_found_without_searching_it_all() {
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
            // Looked for inside words too, behind all that is looked for where words begin.
            "a {x}stone rolled",
            "in {x}gate fell {y} again",
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
            "mile",
            "stone rolled ",
            "gate fell ",
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
            "stone%20rolled ",
        ];
        let mut seed = 5_u32;
        let mut below = |limit: usize| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as usize % limit
        };
        let (mut spared, mut tried, mut found) = (0, 0, 0);
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
            let first = search(templates.as_slice(), &index, &paste.views()[0], Some(&mut trials));
            let mut whole = hits(templates.as_slice(), &index, view);
            whole.retain(unknown(paste.same(1), &first));
            let beyond = hits_beyond((templates.as_slice(), &index), view, paste.same(1), &trials, &first);
            assert_eq!(beyond, whole, "{text:?}");
            found += beyond.len();
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
        assert!(found > 1000, "{found} were found beyond the first view");
    }

    /// Of hits of one message that overlap, the first view kept one that is not here; so another one is, which stands in both.
    #[test]
    fn what_gave_way_to_something_that_is_not_here_stands() {
        let rest = " and so on".repeat(40);
        for (messages, text, is_before) in [
            // Gone with its place, with the end of its anchor, and tried again for what stands before its anchor.
            (["nbeta gamma {x} gamma", "x"], r"\nbeta gamma one nbeta gamma two gamma", false),
            (["so on ngamma {x} ngamma", "x"], r"\ngamma one two three so on ngamma four ngamma", true),
            (
                ["nbeta gammaray {x} gammaray", "nbeta gammaray {x} zzz"],
                r"\nbeta gammaray one nbeta gammaray two gammaray",
                false,
            ),
        ] {
            let templates: Vec<_> = messages.iter().filter_map(|message| Template::new(message).ok()).collect();
            let text = if is_before { format!("{rest} {text}{rest}") } else { format!("{text}{rest}") };
            let (whole, beyond) = both(&templates, &text);
            assert_eq!(whole.len(), 1, "{text}");
            assert_eq!(beyond, whole, "{text}");
        }
    }

    /// What stands in the second view of a text and not in the first one, found slowly and by what was tried there.
    fn both(templates: &[Template], text: &str) -> (Vec<Hit>, Vec<Hit>) {
        let index = Index::new(templates);
        let paste = Paste::new(text);
        let (view, same) = (paste.main(), paste.same(1));
        let mut trials = Vec::new();
        let first = search(templates, &index, &paste.views()[0], Some(&mut trials));
        let mut whole = hits(templates, &index, view);
        whole.retain(unknown(same, &first));
        (whole, hits_beyond((templates, &index), view, same, &trials, &first))
    }

    /// U+0345 is a letter and an accent, and nothing is left of it but a place where a word begins.
    #[test]
    fn a_letter_that_folds_to_nothing_does_no_harm() {
        let templates = ["alpha one", "beta two {x} gamma three"].map(|message| Template::new(message).unwrap());
        let rest = " and so on".repeat(40);
        for text in [
            format!("&amp;\u{345} alpha one{rest}"),
            format!("alpha one\u{345} &amp;{rest} \u{345}alpha one"),
            format!("beta two\na\nb\nc\nd\ne\nf\ng\n\u{345}\nz gamma three %20{rest}"),
        ] {
            let (whole, beyond) = both(&templates, &text);
            assert_eq!(beyond, whole, "{text:?}");
        }
    }
}
