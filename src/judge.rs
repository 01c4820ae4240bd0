//! How much is enough: every threshold of the diagnosis in one place, with the reason.
//!
//! The numbers were chosen on generated cases (every message × wrappings × damage) and on a corpus of errors that the
//! catalog does not explain; `error-diagnoser score` repeats the measurement. Between what was right and what was not
//! there is a wide gap, and each threshold stands in the middle of it. None of them is for one entry.

use crate::near::NearHit;
use crate::report::Confidence;

/// A message that stands nearly whole has at least this share of its weight in the text, in percent. Damaged messages
/// (two mistakes) keep 90 and more; other errors that share words with a message have 60 at most.
const NEARLY_WHOLE: u32 = 80;
/// A message that was cut off has at least this share of what could still stand there.
const CUT_SHARE: u32 = 88;
/// What is left of a message that was cut off has this many letters: "an error occurred while" is said by everyone.
const CUT_LETTERS: u32 = 24;
/// Or it has fewer letters, but most of the message is there.
const CUT_LETTERS_OF_MOST: u32 = 14;
const CUT_MOST: u32 = 50;
/// A message that stands nearly whole has this many letters; a short word is soon like another.
const LEAST_LETTERS: u32 = 12;
/// Below this share a message is not even close.
const CLOSE: u32 = 35;

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

/// How near a near hit is.
pub fn nearness(hit: &NearHit, is_word: bool) -> Nearness {
    let against = hit.replaced + hit.foreign / 2;
    let whole = percent(hit.matched, hit.total + against);
    let of_rest = percent(hit.matched, hit.total - hit.cut + against);
    let is_much = hit.letters >= CUT_LETTERS || (hit.letters >= CUT_LETTERS_OF_MOST && whole >= CUT_MOST);
    if hit.clash || is_word {
        // Another code is another error, and a class name with other letters is another class.
        if whole >= CLOSE { Nearness::Close } else { Nearness::Far }
    } else if whole >= NEARLY_WHOLE && hit.letters >= LEAST_LETTERS {
        Nearness::Nearly
    } else if of_rest >= CUT_SHARE && is_much && !hit.runs_on {
        Nearness::Cut
    } else if whole >= CLOSE {
        Nearness::Close
    } else {
        Nearness::Far
    }
}

/// Whether a near hit explains as much as the one that explains most.
pub fn is_as_much(most: &NearHit, other: &NearHit) -> bool {
    percent(other.matched, most.matched) >= 97
}

/// Whether two near hits are so alike that the text does not decide between them.
pub fn is_rival(best: &NearHit, other: &NearHit) -> bool {
    let whole = |hit: &NearHit| percent(hit.matched, hit.total);
    is_as_much(best, other) && whole(other) + 10 >= whole(best)
}

/// Whether a near hit explains so much more than a message that stands there whole that it wins over it.
pub fn outweighs(near: &NearHit, whole: usize) -> bool {
    nearness(near, false) == Nearness::Nearly && near.letters as usize * 10 > whole * 11
}

fn percent(part: u32, whole: u32) -> u32 {
    (u64::from(part) * 100 / u64::from(whole.max(1))) as u32
}
