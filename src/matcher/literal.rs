//! Where a literal stands in a text, asked of many places at a time.
//!
//! Most places are ruled out by two of the literal's bytes. It knows bytes; whether a place counts is for the caller to
//! say.

use crate::lanes::Lanes;

/// The second byte that is asked for stands no further from the first: what a search looks at stays close together.
const FAR: usize = 3;

/// The first place in `from..=to` where a literal stands and `accepted` gives something. Cost: linear in the range.
pub(super) fn first_place<T>(
    text: &[u8],
    literal: &[u8],
    (from, to): (usize, usize),
    mut accepted: impl FnMut(usize) -> Option<T>,
) -> Option<T> {
    let to = text.len().checked_sub(literal.len())?.min(to);
    let probe = Probe::new(literal);
    let mut at = from;
    while at <= to {
        let mut places = probe.places(text, at);
        while places != 0 {
            let place = at + places.trailing_zeros() as usize;
            places &= places - 1;
            if place > to {
                return None;
            }
            if text[place..].starts_with(literal)
                && let Some(found) = accepted(place)
            {
                return Some(found);
            }
        }
        at += Lanes::COUNT;
    }
    None
}

/// The same for the last place.
pub(super) fn last_place<T>(
    text: &[u8],
    literal: &[u8],
    (from, to): (usize, usize),
    mut accepted: impl FnMut(usize) -> Option<T>,
) -> Option<T> {
    let to = text.len().checked_sub(literal.len())?.min(to);
    let probe = Probe::new(literal);
    let mut end = to + 1;
    while end > from {
        let at = end.saturating_sub(Lanes::COUNT);
        let mut places = probe.places(text, at);
        while let Some(bit) = places.checked_ilog2() {
            places ^= 1 << bit;
            let place = at + bit as usize;
            if (from..end).contains(&place)
                && text[place..].starts_with(literal)
                && let Some(found) = accepted(place)
            {
                return Some(found);
            }
        }
        end = at;
    }
    None
}

/// Two bytes of a literal, each in all lanes.
struct Probe {
    first: Lanes,
    second: Lanes,
    /// How far the second stands behind the first.
    far: usize,
    /// A literal of nothing stands everywhere.
    is_anything: bool,
}

impl Probe {
    fn new(literal: &[u8]) -> Self {
        let far = literal.len().saturating_sub(1).min(FAR);
        let byte = |at: usize| Lanes::all(literal.get(at).copied().unwrap_or(0));
        Self { first: byte(0), second: byte(far), far, is_anything: literal.is_empty() }
    }

    /// At which places from `at` on the literal may stand, one bit for each.
    #[inline]
    fn places(&self, text: &[u8], at: usize) -> u64 {
        match (Lanes::at(text, at), Lanes::at(text, at + self.far)) {
            (Some(first), Some(second)) if !self.is_anything => {
                (first.same(self.first) & second.same(self.second)).bits()
            }
            // Where the text ends, each place is compared.
            _ => (1 << Lanes::COUNT) - 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_a_slow_search() {
        let mut seed = 29_u32;
        let mut below = |limit: usize| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as usize % limit
        };
        let mut found = 0;
        for _ in 0..3000 {
            let (few, len, longest) = (2 + below(4), below(60), below(7));
            let text: Vec<u8> = (0..len).map(|_| b"ab\xff\0cd"[below(few)]).collect();
            let literal: Vec<u8> = (0..longest).map(|_| b"ab\xff"[below(few.min(3))]).collect();
            let (from, to) = (below(50), below(70));
            // Only some of the places count.
            let counts = |at: usize| (at % 3 != 1).then_some(at);
            let stands =
                |at: &usize| text.get(*at..).is_some_and(|rest| rest.starts_with(&literal)) && counts(*at).is_some();
            let slowly: Vec<usize> = (from..=to.min(text.len())).filter(stands).collect();
            let told =
                (first_place(&text, &literal, (from, to), counts), last_place(&text, &literal, (from, to), counts));
            assert_eq!(
                told,
                (slowly.first().copied(), slowly.last().copied()),
                "{literal:?} in {text:?}, {from}..={to}"
            );
            found += slowly.len();
        }
        assert!(found > 3000, "{found}");
    }
}
