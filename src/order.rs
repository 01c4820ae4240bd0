//! Sorting by whole numbers.
//!
//! A sort is compiled once for each type that it sorts, and in the browser every one of them costs some kilobytes. Here
//! keys are sorted, all of one type, and what they belong to follows. It knows nothing of what is sorted.

use std::ops::Range;

/// Sorts by a key, ascending; what has the same key stays in order.
///
/// ```
/// let mut words = vec!["three", "two", "one"];
/// error_diagnoser::order::sort_by_key(&mut words, |word| [word.len() as u64, 0]);
/// assert_eq!(words, ["two", "one", "three"]);
/// ```
pub fn sort_by_key<T>(items: &mut Vec<T>, key: impl Fn(&T) -> [u64; 2]) {
    if items.len() < 2 {
        return;
    }
    let mut order: Vec<([u64; 2], u32)> = items.iter().map(key).zip(0..).collect();
    if sort(&mut order) {
        let mut from: Vec<Option<T>> = items.drain(..).map(Some).collect();
        items.extend(order.iter().filter_map(|(_, at)| from[*at as usize].take()));
    }
}

/// Whether anything had to move.
#[inline(never)]
fn sort(order: &mut [([u64; 2], u32)]) -> bool {
    let moves = !order.is_sorted();
    if moves {
        order.sort_unstable();
    }
    moves
}

/// A key that sorts large numbers first.
pub fn descending(number: impl Into<u64>) -> u64 {
    u64::MAX - number.into()
}

/// Calls `seen` with each run of several items that overlap, directly or through others. The items are in order of where
/// they start; `span` says from where to where each goes.
pub fn clusters<T>(items: &[T], span: impl Fn(&T) -> (usize, usize), mut seen: impl FnMut(Range<usize>)) {
    let (mut from, mut reach) = (0, 0);
    for (number, (start, end)) in items.iter().map(span).chain([(usize::MAX, 0)]).enumerate() {
        if start >= reach {
            if number > from + 1 {
                seen(from..number);
            }
            from = number;
        }
        reach = reach.max(end);
    }
}
