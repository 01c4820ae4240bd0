//! How much is enough: every threshold of the diagnosis in one place, with the reason.
//!
//! The numbers were chosen on generated cases (every message × wrappings × damage) and on a corpus of errors that the
//! catalog does not explain; `error-diagnoser score` repeats the measurement. Between what was right and what was not
//! there is a wide gap, and each threshold stands in the middle of it. None of them is for one entry.

use crate::near::NearHit;
use crate::paste::Folded;
use crate::report::Confidence;

/// A message that stands nearly whole has at least this share of its weight in the text, in percent. Damaged messages
/// (two mistakes) keep 90 and more; other errors that share words with a message have 60 at most.
const NEARLY_WHOLE: u32 = 80;
/// Another end of a message may be at most this part of it (a twelfth): the end is where messages of one family differ.
const MOST_REPLACED: u32 = 12;
/// The same words in another order are the same message when nearly all of them are there.
const UNORDERED: u32 = 88;
/// A message that does not stand whole explains this many letters more than one that does, if it is to win over it.
const OUTWEIGHS: usize = 12;
/// A message that was cut off has at least this share of what could still stand there.
const CUT_SHARE: u32 = 88;
/// What is left of a message that was cut off has this many letters: "an error occurred while" (20) is said by everyone.
const CUT_LETTERS: u32 = 22;
/// Or it has fewer letters, but most of the message is there.
const CUT_LETTERS_OF_MOST: u32 = 12;
const CUT_MOST: u32 = 50;
/// A line's end counts as an excuse for what is missing when this much of the message is there.
const EXCUSED: u32 = 45;
/// When what stands there may be the beginning of more messages than this, it is none of them yet.
pub const MOST_RIVALS: usize = 2;
/// A message that stands nearly whole has this many letters; a short word is soon like another.
const LEAST_LETTERS: u32 = 12;
/// Below this share a message is not even close.
const CLOSE: u32 = 35;

/// A closest entry shares at least this much of the text's weight, in thousandths; below it the shared words are those
/// that every text shares.
pub const LEAST_SHARE: u32 = 120;
/// A description is an answer when an entry shares this much of its weight, in thousandths, is this far ahead of the
/// next entry, and the description has this many letters. Of errors that the catalog does not explain, those that share
/// more than that much lead by 490 at most, and those that lead by more share 660 at most.
const DESCRIBED_SHARE: u32 = 780;
const DESCRIBED_LEAD: u32 = 540;
const DESCRIBED_LETTERS: usize = 24;

/// The entry that a text describes, given its entries by shared words, best first.
pub fn described(text: &Folded, ranked: &[(u32, u32)]) -> Option<u32> {
    let (first, share) = *ranked.first()?;
    let next = ranked.get(1).map_or(0, |(_, share)| *share);
    (share >= DESCRIBED_SHARE && share >= next + DESCRIBED_LEAD && text.text.len() >= DESCRIBED_LETTERS)
        .then_some(first)
}

/// How a message was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// Too little of it to act on.
    Close,
    /// By its telling tokens, among words of a language that the catalog does not know.
    Telling,
    /// Cut off, or nearly whole.
    Nearly,
    /// Whole.
    Whole,
}

/// How sure a find is. A bare word (`NullPointerException`) whose app is unknown says little: it counts when the line
/// ends with it, so that it is all that the error says of itself.
pub fn confidence(how: How, is_bare_word: bool, ends_line: impl Fn() -> bool) -> Confidence {
    match how {
        How::Whole if !is_bare_word => Confidence::Certain,
        How::Whole if !ends_line() => Confidence::Possible,
        How::Whole | How::Nearly | How::Telling => Confidence::Likely,
        How::Close => Confidence::Possible,
    }
}

/// How a message stands that does not stand whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nearness {
    /// Not worth naming.
    Far,
    /// Close, but not enough to act on.
    Close,
    /// Cut off: what can stand there stands there.
    Cut,
    /// Nearly whole.
    Nearly,
}

/// How much of a message stands in the text, in percent, what speaks against it counted.
pub fn share(hit: &NearHit) -> u32 {
    percent(hit.matched, hit.total + hit.replaced + hit.foreign / 2)
}

/// How near a near hit is.
pub fn nearness(hit: &NearHit, is_word: bool) -> Nearness {
    let against = hit.replaced + hit.foreign / 2;
    let whole = share(hit);
    // A line's end inside a text, or something that a slot could hold, is no proof that something was cut off, unless
    // much of the message is there.
    let excused = hit.cut + if whole >= EXCUSED { hit.line_cut } else { 0 };
    let of_rest = percent(hit.matched, hit.total - excused + against);
    let is_nearly_whole = whole >= NEARLY_WHOLE && hit.replaced_letters * MOST_REPLACED <= hit.letters;
    // One class name is what a family of errors has in common, not one of them.
    let is_much =
        (hit.words > 1 && hit.letters >= CUT_LETTERS) || (hit.letters >= CUT_LETTERS_OF_MOST && whole >= CUT_MOST);
    if hit.clash || is_word {
        // Another code is another error, and a class name with other letters is another class.
        if whole >= CLOSE { Nearness::Close } else { Nearness::Far }
    } else if hit.letters >= LEAST_LETTERS && (is_nearly_whole || is_reordered(hit)) {
        Nearness::Nearly
    } else if of_rest >= CUT_SHARE && is_much && !hit.runs_on {
        Nearness::Cut
    } else if whole >= CLOSE {
        Nearness::Close
    } else {
        Nearness::Far
    }
}

/// Whether nearly all words of the message stand there, but in another order.
fn is_reordered(hit: &NearHit) -> bool {
    percent(hit.unordered, hit.total) >= UNORDERED && hit.unordered * 10 >= hit.matched * 11
}

/// Whether a near hit explains as much as the one that explains most.
pub fn is_as_much(most: &NearHit, other: &NearHit) -> bool {
    percent(other.letters, most.letters) >= 97 || (is_reordered(other) && other.unordered >= most.matched)
}

/// Whether two near hits are so alike that the text does not decide between them.
pub fn is_rival(best: &NearHit, other: &NearHit) -> bool {
    let whole = |hit: &NearHit| percent(hit.matched, hit.total);
    // How long the message was that was cut off behind the same beginning, nobody can know.
    let both_cut = nearness(best, false) == Nearness::Cut;
    is_as_much(best, other)
        && other.has_head >= best.has_head
        && percent(other.unordered, best.unordered) >= 90
        && (both_cut || whole(other) + 10 >= whole(best))
}

/// Whether a near hit explains so much more than a message that stands there whole that it wins over it. What is missing
/// at its beginning must not be made up: a message that is whole is not the rest of a longer one.
pub fn outweighs(near: &NearHit, whole: usize) -> bool {
    let has_head = near.has_head || (near.cut + near.line_cut + near.replaced) * 20 <= near.total;
    has_head && near.letters as usize >= whole + OUTWEIGHS
}

fn percent(part: u32, whole: u32) -> u32 {
    (u64::from(part) * 100 / u64::from(whole.max(1))) as u32
}
