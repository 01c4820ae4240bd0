//! Which messages can occur here at all: literal anchors → candidates.
//!
//! Every variant of every message is anchored on one window of its fixed text, eight bytes wide (four where it has no
//! eight): the window that the fewest other messages have. Finding candidates is then one pass over a folded text, with
//! a bit test at each position and a table look-up where the bit is set, so that time hardly grows with the number of
//! messages. It may not know what a candidate turns out to be: proving is the matcher's.

use std::collections::HashMap;

use crate::template::Template;

/// The width of an anchor in bytes of folded text.
const WIDE: usize = 8;
/// The width of an anchor for messages that have no wider fixed part.
const NARROW: usize = 4;

/// A place in a template that stands at a place in the text, as far as its anchor says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Which template.
    pub template: u32,
    /// Which of its segments.
    pub segment: u16,
    /// Which of that segment's variants.
    pub variant: u16,
    /// Where that variant would begin in the folded text.
    pub at: usize,
}

/// The anchors of many templates.
#[derive(Debug)]
pub struct Index {
    wide: Anchors,
    narrow: Anchors,
}

/// Anchors of one width.
#[derive(Debug, Default)]
struct Anchors {
    /// One bit per hash value: whether any anchor has it.
    bits: Vec<u64>,
    /// 64 less the number of hash bits.
    shift: u32,
    /// Anchors with the same window stand together, in the order of `windows`.
    list: Vec<Anchor>,
    /// Each window once, with where its anchors end in `list`; ascending.
    windows: Vec<(u64, u32)>,
    /// An open hash table of window numbers, one more than the number; 0 is free.
    slots: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
struct Anchor {
    template: u32,
    segment: u16,
    variant: u16,
    /// Where in the variant the window stands.
    offset: u32,
}

impl Index {
    /// Anchors every template. Cost: linear in the templates' fixed text.
    pub fn new(templates: &[Template]) -> Self {
        let mut seen: HashMap<u64, u32> = HashMap::new();
        for variant in templates.iter().flat_map(|template| &template.segments).flat_map(|segment| &segment.variants) {
            for window in variant.windows(WIDE.min(variant.len().max(1))) {
                *seen.entry(key(window)).or_default() += 1;
            }
        }
        let mut wide = Vec::new();
        let mut narrow = Vec::new();
        for (number, template) in (0..).zip(templates) {
            let Some((segment_number, segment)) = best_segment(template, &seen) else { continue };
            for (variant_number, variant) in (0..).zip(&segment.variants) {
                let (width, list) = if variant.len() >= WIDE { (WIDE, &mut wide) } else { (NARROW, &mut narrow) };
                let (offset, window) = rarest(variant, width, &seen);
                let anchor = Anchor { template: number, segment: segment_number, variant: variant_number, offset };
                list.push((key(window), anchor));
            }
        }
        Self { wide: Anchors::new(wide), narrow: Anchors::new(narrow) }
    }

    /// Calls `found` with every candidate in a folded text, in the order of their anchors. Cost: one pass.
    pub fn candidates(&self, text: &[u8], mut found: impl FnMut(Candidate)) {
        let has_narrow = !self.narrow.list.is_empty();
        let mut window = 0_u64;
        for (end, byte) in text.iter().enumerate() {
            // The last eight bytes, the newest on top: each position costs a shift, no unaligned load.
            window = window >> 8 | u64::from(*byte) << 56;
            if end + 1 >= WIDE {
                self.wide.look(window, end + 1 - WIDE, &mut found);
            }
            if has_narrow && end + 1 >= NARROW {
                self.narrow.look(window >> 32, end + 1 - NARROW, &mut found);
            }
        }
    }
}

/// A window as a number, the first byte lowest.
fn key(window: &[u8]) -> u64 {
    window.iter().rev().fold(0, |key, byte| key << 8 | u64::from(*byte))
}

/// The segment to anchor on: the one whose worst variant has the rarest window; a wide one before a narrow one.
fn best_segment<'t>(template: &'t Template, seen: &HashMap<u64, u32>) -> Option<(u16, &'t crate::template::Segment)> {
    (0..).zip(&template.segments).filter(|(_, segment)| segment.shortest() >= NARROW).min_by_key(|(_, segment)| {
        let is_narrow = segment.shortest() < WIDE;
        let worst = segment.variants.iter().map(|variant| count(rarest(variant, WIDE, seen).1, seen)).max();
        (is_narrow, worst.map(|worst| worst * segment.variants.len() as u32))
    })
}

fn count(window: &[u8], seen: &HashMap<u64, u32>) -> u32 {
    seen.get(&key(window)).copied().unwrap_or(0)
}

/// The window of a variant that the fewest messages have; of several, the one with the rarest letters.
fn rarest<'v>(variant: &'v [u8], width: usize, seen: &HashMap<u64, u32>) -> (u32, &'v [u8]) {
    let (offset, window) = variant
        .windows(width.min(variant.len()))
        .enumerate()
        .min_by_key(|(_, window)| (count(window, seen), window.iter().map(|byte| commonness(*byte)).sum::<u32>()))
        .unwrap_or((0, variant));
    (offset as u32, window)
}

/// How common a letter is in messages and logs, from 0 (rare) to 9.
fn commonness(byte: u8) -> u32 {
    match byte {
        b'e' => 9,
        b't' | b'a' | b'o' | b'i' | b'n' | b'r' | b's' => 7,
        b'l' | b'd' | b'c' | b'u' | b'0'..=b'9' => 5,
        b'm' | b'p' | b'f' | b'g' | b'h' => 3,
        _ => 1,
    }
}

impl Anchors {
    fn new(mut keyed: Vec<(u64, Anchor)>) -> Self {
        // 32 bits an anchor keep false alarms near 3 %; 16 Ki bits fit any first-level cache.
        let hash_bits = (keyed.len() * 32).next_power_of_two().clamp(1 << 14, 1 << 22).ilog2();
        let mut built = Self { bits: vec![0; 1 << (hash_bits - 6)], shift: 64 - hash_bits, ..Self::default() };
        keyed.sort_by_key(|(key, anchor)| (*key, anchor.template, anchor.variant));
        built.slots = vec![0; (keyed.len() * 2).next_power_of_two().max(2)];
        for (key, anchor) in keyed {
            let (word, bit) = built.bit(key);
            built.bits[word] |= bit;
            built.list.push(anchor);
            let end = built.list.len() as u32;
            match built.windows.last_mut() {
                Some((last, last_end)) if *last == key => *last_end = end,
                _ => {
                    built.windows.push((key, end));
                    let mut slot = built.slot(key);
                    while built.slots[slot] != 0 {
                        slot = (slot + 1) & (built.slots.len() - 1);
                    }
                    built.slots[slot] = built.windows.len() as u32;
                }
            }
        }
        built
    }

    /// Where the search for a window begins in the hash table.
    fn slot(&self, key: u64) -> usize {
        (key.wrapping_mul(0xd6e8_feb8_6659_fd93) >> 32) as usize & (self.slots.len() - 1)
    }

    fn bit(&self, key: u64) -> (usize, u64) {
        let hash = key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> self.shift;
        ((hash >> 6) as usize, 1 << (hash & 63))
    }

    #[inline]
    fn look(&self, key: u64, at: usize, found: &mut impl FnMut(Candidate)) {
        let (word, bit) = self.bit(key);
        if self.bits[word] & bit != 0 {
            self.report(key, at, found);
        }
    }

    #[inline(never)]
    fn report(&self, key: u64, at: usize, found: &mut impl FnMut(Candidate)) {
        let mut slot = self.slot(key);
        let window = loop {
            match self.slots[slot] {
                0 => return,
                number if self.windows[number as usize - 1].0 == key => break number as usize - 1,
                _ => slot = (slot + 1) & (self.slots.len() - 1),
            }
        };
        let from = window.checked_sub(1).map_or(0, |before| self.windows[before].1 as usize);
        for anchor in &self.list[from..self.windows[window].1 as usize] {
            if let Some(at) = at.checked_sub(anchor.offset as usize) {
                found(Candidate { template: anchor.template, segment: anchor.segment, variant: anchor.variant, at });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paste::fold_str;

    #[test]
    fn every_message_is_a_candidate_where_it_stands() {
        let messages =
            ["Could not open {file}: {denied|not found}", "Could not close {file}", "http {a} 404x", "IgniteException"];
        let templates: Vec<_> = messages.iter().map(|message| Template::new(message).unwrap()).collect();
        let index = Index::new(&templates);
        let text = fold_str("x: Could not open /etc: not found; http a 404x; could not close b; IgniteException");
        let mut found = Vec::new();
        index.candidates(&text, |candidate| found.push(candidate));
        for (number, template) in (0..).zip(&templates) {
            let proved = found.iter().filter(|candidate| candidate.template == number).any(|candidate| {
                let variant =
                    &template.segments[usize::from(candidate.segment)].variants[usize::from(candidate.variant)];
                text[candidate.at..].starts_with(variant)
            });
            assert!(proved, "{}", messages[number as usize]);
        }
    }
}
