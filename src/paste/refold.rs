//! Folding a text of which most was folded before: the same result, and where it is the same.
//!
//! Whoever undoes the few codes of a log gets a second view of it that hardly differs from the first. What was not touched
//! is copied, words whole; the search need not look there again. It knows how folding goes on from one word to the next,
//! and nothing of codes or messages.

use super::fold::{Edge, Folded, Folder, Start};
use super::peel::Peeled;

/// A piece shorter than this is folded again: copying would not be quicker.
const SHORTEST: usize = 192;

/// A part of a view that stands in another view as well: the same bytes, words and edges, also the edge behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Same {
    /// Where it begins in the other view: the byte, and the number of the start there.
    pub before: (usize, usize),
    /// The same in this view.
    pub now: (usize, usize),
    /// How many bytes it has.
    pub len: usize,
}

/// What [`fold`](super::fold()) makes of a peeled text, given what it made of the text before peeling; and what both have
/// in common, in order. Cost: that of folding what is not, and of copying what is.
pub(super) fn refold(peeled: &Peeled, before: &Folded) -> (Folded, Vec<Same>) {
    let text = &peeled.text;
    let mut folder = Folder::new(text.len());
    let mut same = Vec::new();
    for (piece, source, code) in peeled.pieces() {
        let part = &text[piece];
        if let Some(len) = code {
            part.chars().for_each(|c| folder.char(c, source, len));
            continue;
        }
        let mut rest = 0;
        if let Some((first, last)) = words_in(before, source, part.len()) {
            folder.copy(&part[..(before.starts[first].source - source) as usize], source);
            same.push(folder.take(before, first, last));
            rest = before.starts[last].source - source;
        }
        folder.copy(&part[rest as usize..], source + rest);
    }
    (folder.folded, same)
}

/// The numbers of the starts between which everything comes from a piece of the text, and so do the edges: a word with
/// another one before it, and the last word. None in a short piece.
fn words_in(view: &Folded, source: u32, len: usize) -> Option<(usize, usize)> {
    if len < SHORTEST {
        return None;
    }
    let mut first = view.starts.partition_point(|start| start.source < source) + 1;
    let end = source + len as u32;
    loop {
        let start = view.starts.get(first).filter(|start| start.source < end)?;
        if start.edge >= Edge::Space {
            break;
        }
        first += 1;
    }
    let mut last = first + view.starts[first..].partition_point(|start| start.source < end);
    loop {
        last = last.checked_sub(1).filter(|last| *last > first)?;
        if view.starts[last].edge >= Edge::Space {
            return Some((first, last));
        }
    }
}

impl Folder {
    /// Goes on with words that were folded before, from one start to another one. They begin behind a space at least, and
    /// so does what comes next.
    fn take(&mut self, before: &Folded, first: usize, last: usize) -> Same {
        let (from, to) = (before.starts[first].folded, before.starts[last].folded);
        let same = Same {
            before: (from as usize, first),
            now: (self.folded.text.len(), self.folded.starts.len()),
            len: (to - from) as usize,
        };
        let moved = (same.now.0 as u32).wrapping_sub(from);
        self.folded.text.extend_from_slice(&before.text[from as usize..to as usize]);
        let starts = &before.starts[first..last];
        self.folded
            .starts
            .extend(starts.iter().map(|start| Start { folded: start.folded.wrapping_add(moved), ..*start }));
        self.pending = before.starts[last].edge as u8;
        same
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paste::{fold, peel};

    #[test]
    fn folding_again_gives_the_same() {
        let words = ["Could", "not", "öffna", "fooBar429", "경고", "r\u{301}e", "\u{1112}\u{1161}\u{11ab}", "x"];
        let marks = [" ", ", ", "\n", "", " – ", "\u{200b}", ": ", "."];
        let codes = ["\\n", "\\u00e4", "&amp;", "%20", "<b>", "\\\\", "&#xe4;x", "%C3%A4"];
        let mut seed = 23_u32;
        let mut below = |limit: usize| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as usize % limit
        };
        let mut copied = 0;
        for _ in 0..400 {
            let mut text = String::new();
            // Few codes, so that there are pieces long enough to be copied.
            for _ in 0..below(300) {
                text += words[below(words.len())];
                text += if below(60) == 0 { codes[below(codes.len())] } else { marks[below(marks.len())] };
            }
            let Some(peeled) = peel(&text) else { continue };
            let before = fold(&text, None);
            let whole = fold(&peeled.text, Some(&peeled));
            let (again, same) = refold(&peeled, &before);
            assert_eq!(String::from_utf8(again.text.clone()), String::from_utf8(whole.text), "{text:?}");
            assert_eq!(again.starts, whole.starts, "{text:?}");
            for Same { before: (from, first), now: (at, number), len } in same {
                assert_eq!(before.text[from..from + len], again.text[at..at + len]);
                assert_eq!((before.start(first).0, again.start(number).0), (from, at));
                assert_eq!(before.edge(from + len), again.edge(at + len), "{text:?}");
                copied += len;
            }
        }
        assert!(copied > 100_000, "{copied} bytes were copied: hardly anything was tried");
    }
}
