//! Why a diagnosis was made: what was recognised, what was missing, what spoke against the runner-up.

use super::{Diagnoser, Group};
use crate::finds::Find;
use crate::judge::{self, How, Nearness};
use crate::near::NearHit;
use crate::notation::{Piece, pieces};
use crate::paste::{Edge, Folded, Paste, fold};
use crate::report::{Explanation, Manner, Options, RunnerUp};

/// An entry with less than this share of its message in the text, in percent, did not come near.
const NEAR_SHARE: u32 = 25;

impl Diagnoser {
    /// Why this group was found in the paste. Cost: that of a near search around it.
    // By itself: browsers compile a function when it is first called, and most answers need none of this.
    #[inline(never)]
    pub(super) fn explain(&self, group: &Group, paste: &Paste, message: &str, options: &Options) -> Explanation {
        let find = group.find;
        let view = paste.main();
        let (from, to) = (view.position(find.span.start), view.position(find.span.end));
        let near = self.finder.near().hits(&self.finder.compact, view, from, to);
        let how = match find.how {
            How::Whole => Manner::Whole,
            How::Telling => Manner::Tokens,
            How::Close => Manner::Part,
            How::Nearly => match near.iter().find(|hit| hit.template as usize == find.template) {
                Some(hit) if self.finder.nearness(hit) == Nearness::Nearly => Manner::Nearly,
                _ => Manner::Cut,
            },
        };
        let missing = if find.how == How::Whole { Vec::new() } else { missing(message, &literals(find, paste)) };
        Explanation { how, share: find.share, missing, runner_up: self.runner_up(group, view, &near, options) }
    }

    fn runner_up(&self, group: &Group, view: &Folded, near: &[NearHit], options: &Options) -> Option<RunnerUp> {
        let chosen = |entry: &u32| group.decision.entries.contains(entry);
        let (hit, entry, message) = near.iter().find_map(|hit| {
            let sources = self.sources(hit.template as usize);
            let (entry, message) = sources.iter().find(|(entry, _)| !chosen(entry))?;
            (!sources.iter().any(|(entry, _)| chosen(entry))).then_some((hit, *entry, *message))
        })?;
        let share = judge::share(hit);
        let found: Vec<&[u8]> =
            hit.shared.iter().map(|(start, end)| &view.text[*start as usize..*end as usize]).collect();
        let message = self.entry(entry).messages.get(message as usize).map_or("", |message| &message.text);
        (share >= NEAR_SHARE).then(|| RunnerUp {
            entry: self.entry(entry).id.clone(),
            title: self.told(entry, options).title,
            share,
            missing: missing(message, &found),
            other_code: hit.clash,
        })
    }
}

/// What of the message stands in the paste, folded.
fn literals(find: &Find, paste: &Paste) -> Vec<Vec<u8>> {
    find.literals(paste)
        .iter()
        .map(|range| fold(&crate::paste::readable(&paste.text[range.clone()]), None).text)
        .collect()
}

/// The fixed words of a message that are in none of the pieces found, in order; neighbours together.
fn missing(message: &str, found: &[impl AsRef<[u8]>]) -> Vec<String> {
    let mut missing = Vec::new();
    let mut found = found.iter().map(AsRef::as_ref).peekable();
    let mut rest: &[u8] = found.next().unwrap_or_default();
    for piece in pieces(message) {
        let Piece::Text(text) = piece else { continue };
        let folded = fold(text, None);
        let mut gap: Option<(usize, usize)> = None;
        for (start, end) in words(&folded) {
            let word = &folded.text[start..end];
            while find(rest, word).is_none() && found.peek().is_some_and(|next| find(next, word).is_some()) {
                rest = found.next().unwrap_or_default();
            }
            if let Some(at) = find(rest, word) {
                rest = &rest[at + word.len()..];
                missing.extend(gap.take().map(|gap| quote(text, &folded, gap)));
            } else {
                gap = Some((gap.map_or(start, |(from, _)| from), end));
            }
        }
        missing.extend(gap.map(|gap| quote(text, &folded, gap)));
    }
    missing
}

fn quote(text: &str, folded: &Folded, (start, end): (usize, usize)) -> String {
    let (from, to) = folded.origin(start, end);
    text[from..to].to_owned()
}

fn find(text: &[u8], word: &[u8]) -> Option<usize> {
    text.windows(word.len().max(1)).position(|window| window == word)
}

fn words(text: &Folded) -> Vec<(usize, usize)> {
    let starts: Vec<usize> = (0..text.text.len()).filter(|at| text.edge(*at) >= Edge::Space).collect();
    let ends = starts.iter().skip(1).copied().chain([text.text.len()]);
    starts.iter().copied().zip(ends).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_quoted_from_the_message() {
        let message = "Could not create work item for alert {alertName}. Connector {id} does not exist.";
        let found = [&b"couldnotcreateworkitem"[..], b"connector"];
        assert_eq!(missing(message, &found), ["for alert", "does not exist"]);
        assert_eq!(
            missing(message, &[&b""[..]]),
            ["Could not create work item for alert", "Connector", "does not exist"]
        );
    }
}
