//! Which messages can occur here at all: literal anchors → candidates.
//!
//! A message stands at word boundaries, so each variant of it is anchored on how one of its fixed parts begins (its first
//! sixteen bytes; eight or four where it has no more): the part that the fewest other messages have. Finding candidates is
//! then one look at the beginning of each word, a bit test and a table look-up where the bit is set, so that time hardly
//! grows with the number of messages. Only what may begin inside a word is looked for everywhere: at every fourth byte, or
//! at every byte where it has fewer than eight. It may not know what a candidate turns out to be: proving is the
//! matcher's.

use std::ops::Range;

use self::beginning::{Beginning, end_key};
use self::leads::{Leads, STRIDE};
use crate::bytes::Bytes;
use crate::lanes::BLOCK;
use crate::paste::{Edge, Folded};
use crate::template::{Template, Templates};

mod beginning;
#[cfg(any(not(target_arch = "wasm32"), feature = "tools"))]
mod build;
mod leads;

/// The widths of anchors, in bytes of folded text.
const WIDTHS: [usize; 3] = [16, 8, 4];
/// A place in a template that stands at a place in the text, as far as its anchor says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Which template.
    pub template: u32,
    /// Which of its segments.
    pub segment: u16,
    /// Which of that segment's variants.
    pub variant: u16,
    /// How long that variant is.
    pub len: u32,
    /// The first four bytes of a fixed part that has to stand behind it; zero where that is not so simple.
    pub next: u32,
    /// How many slots stand before that part, at most; between them nothing but short parts.
    pub slots: u8,
    /// Where that variant would begin in the folded text.
    pub at: usize,
}

/// The anchors of many templates.
#[derive(Debug, Default)]
pub struct Index {
    /// By width: what stands where a word begins.
    words: [Anchors; WIDTHS.len()],
    /// By width, without the widest: what may stand inside words.
    anywhere: [Anchors; WIDTHS.len() - 1],
    /// How what stands in `words` begins.
    word_leads: Leads,
    /// By width, four bytes of each that stands in `anywhere`: of the wider ones at each of as many places as a step goes
    /// on, of the others the first.
    leads: [Leads; WIDTHS.len() - 1],
    /// The length of the longest anchored part.
    longest: usize,
}

/// Anchors of one width.
#[derive(Debug, Default)]
struct Anchors {
    /// One bit per hash value: whether any anchor has it.
    bits: Vec<u64>,
    /// 64 less the number of hash bits.
    shift: u32,
    /// Anchors with the same key stand together, in the order of `keys`; of those the longer ones first, and of one length
    /// in the order of their ends.
    list: Vec<Anchor>,
    /// Each key once, with where its anchors end in `list`.
    keys: Vec<(u64, u32)>,
    /// An open hash table of numbers of keys, one more than the number; 0 is free.
    slots: Vec<u32>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Anchor {
    template: u32,
    segment: u16,
    variant: u8,
    /// See [`Candidate::slots`].
    slots: u8,
    /// How long the variant is, and the key of how it ends: most that begin alike are told apart by that, without a look
    /// at the template.
    len: u32,
    end: u64,
    /// See [`Candidate::next`].
    next: u32,
}

/// Between a candidate and what has to follow it stand no parts longer than this, in bytes.
pub(crate) const SHORT_PART: usize = 64;
/// And no more slots: each is another kilobyte to look at.
const MOST_SLOTS: u8 = 8;

impl Index {
    /// What [`Index::write`] wrote, with templates below `count`; nothing where it is anything else. It is to be completed.
    pub(crate) fn read(bytes: &mut Bytes<'_>, count: usize) -> Option<Self> {
        let mut words: [Anchors; WIDTHS.len()] = Default::default();
        let mut anywhere: [Anchors; WIDTHS.len() - 1] = Default::default();
        for anchors in words.iter_mut().chain(&mut anywhere) {
            *anchors = Anchors::read(bytes, count)?;
        }
        Some(Self { words, anywhere, ..Self::default() })
    }

    /// Adds what was not written, because the templates and the other anchors tell it. Cost: for a short list that of compiling
    /// its templates.
    pub(crate) fn complete(&mut self, templates: &(impl Templates + ?Sized)) {
        let words = self.words.iter_mut().enumerate();
        let anywhere = (1..).zip(&mut self.anywhere);
        for (width, anchors) in words.chain(anywhere) {
            *anchors = std::mem::take(anchors).complete(width, templates);
        }
        *self = std::mem::take(self).ready();
    }

    /// Adds what follows from the anchors.
    fn ready(mut self) -> Self {
        for anchors in self.words.iter().chain(&self.anywhere) {
            for anchor in &anchors.list {
                self.longest = self.longest.max(anchor.len as usize);
            }
        }
        for (key, _) in self.words.iter().flat_map(|anchors| &anchors.keys) {
            self.word_leads.add(*key, 1);
        }
        for ((anchors, leads), places) in self.anywhere.iter().zip(&mut self.leads).zip([STRIDE, 1]) {
            anchors.keys.iter().for_each(|(key, _)| leads.add(*key, places));
        }
        self
    }

    /// The length of the longest part that a candidate stands for.
    pub(crate) fn longest(&self) -> usize {
        self.longest
    }

    /// Calls `found` with every candidate in a folded text, in order of place (those that may begin inside words after the
    /// others); with each the number of the first start at or after it. Cost: one pass.
    pub fn candidates(&self, text: &Folded, mut found: impl FnMut(Candidate, usize)) {
        self.candidates_in(text, 0..text.starts(), 0..text.text.len(), &mut found);
    }

    /// The same for a part of a text: from one start to another, and from one byte to another.
    pub(crate) fn candidates_in(
        &self,
        text: &Folded,
        starts: Range<usize>,
        bytes: Range<usize>,
        found: &mut dyn FnMut(Candidate, usize),
    ) {
        for first in starts.clone().step_by(BLOCK) {
            // Asked of many first: whether anything may begin at a place is not to be guessed.
            let mut may_begin = 0_u64;
            for (number, (at, edge)) in text.starts_in(first..starts.end.min(first + BLOCK)).enumerate() {
                let may = u64::from(self.word_leads.may_begin(&text.text, at)) & u64::from(edge != Edge::None);
                may_begin |= may << number;
            }
            while may_begin != 0 {
                let number = first + may_begin.trailing_zeros() as usize;
                may_begin &= may_begin - 1;
                let (at, _) = text.start(number);
                let beginning = Beginning::new(&text.text, at);
                for (width, anchors) in self.words.iter().enumerate() {
                    anchors.each(&text.text, at, beginning.key(width), |anchor| found(anchor.at(at), number));
                }
            }
        }
        let [long, short] = &self.leads;
        if long.is_empty() && short.is_empty() {
            return;
        }
        for first in bytes.clone().step_by(STRIDE) {
            // One look for all that may begin here and at the next places.
            let may_be_long = long.may_begin(&text.text, first + STRIDE - 1);
            if !may_be_long && short.is_empty() {
                continue;
            }
            for at in first..(first + STRIDE).min(bytes.end) {
                if may_be_long || short.may_begin(&text.text, at) {
                    let beginning = Beginning::new(&text.text, at);
                    for (width, anchors) in (1..).zip(&self.anywhere) {
                        let key = beginning.key(width);
                        anchors.each(&text.text, at, key, |anchor| found(anchor.at(at), text.start_at(at)));
                    }
                }
            }
        }
    }
}

/// How the longest of the parts behind a segment begins, of those that are easily looked for, and how many slots stand
/// before it.
fn following(template: &Template, segment: usize) -> (u32, u8) {
    let (mut next, mut longest) = ((0, 0), 3);
    for (number, part) in (1..=MOST_SLOTS).zip(template.segments.iter().skip(segment + 1)) {
        let [variant] = part.variants.as_slice() else { break };
        if template.gaps[segment + usize::from(number)].is_open {
            break;
        }
        if let Some(four) = variant.first_chunk().filter(|_| variant.len() > longest) {
            (next, longest) = ((u32::from_le_bytes(*four), number), variant.len());
        }
        if variant.len() > SHORT_PART {
            break;
        }
    }
    next
}

impl Anchor {
    /// On a variant of one of a template's segments, given the numbers of all three.
    fn new(number: u32, template: &Template, (segment, variant): (u16, u8), text: &[u8]) -> Self {
        let len = text.len();
        let (next, slots) = following(template, segment.into());
        Self { template: number, segment, variant, slots, len: len as u32, end: end_key(text, 0, len), next }
    }

    fn at(&self, at: usize) -> Candidate {
        let Self { template, segment, variant, slots, len, next, .. } = *self;
        Candidate { template, segment, variant: variant.into(), len, next, slots, at }
    }
}

impl Anchors {
    /// Of anchors in the order of their keys, and each key with where its anchors end.
    fn of(keys: Vec<(u64, u32)>, list: Vec<Anchor>) -> Self {
        if list.is_empty() {
            return Self::default();
        }
        // 32 bits an anchor keep false alarms near 3 %; 16 Ki bits fit any first-level cache.
        let hash_bits = (list.len() * 32).next_power_of_two().clamp(1 << 14, 1 << 22).ilog2();
        let mut built = Self { bits: vec![0; 1 << (hash_bits - 6)], shift: 64 - hash_bits, ..Self::default() };
        built.slots = vec![0; (list.len() * 2).next_power_of_two().max(2)];
        for (number, (key, _)) in (1..).zip(&keys) {
            let (word, bit) = built.bit(*key);
            built.bits[word] |= bit;
            let mut slot = built.slot(*key);
            while built.slots[slot] != 0 {
                slot = (slot + 1) & (built.slots.len() - 1);
            }
            built.slots[slot] = number;
        }
        Self { list, keys, ..built }
    }

    /// What `write` wrote, with templates below `count`; nothing where it is anything else. Of a short list the keys and
    /// ends come later; see [`Index::complete`].
    fn read(bytes: &mut Bytes<'_>, count: usize) -> Option<Self> {
        let (templates, parts) = (bytes.numbers(), bytes.numbers());
        let (keys, ends) = (bytes.long_numbers(), bytes.numbers());
        let (lens, tails, nexts) = (bytes.numbers(), bytes.long_numbers(), bytes.numbers());
        let list = (0..templates.len().min(parts.len())).map(|at| Anchor {
            template: templates[at],
            segment: (parts[at] >> 16) as u16,
            variant: (parts[at] >> 8) as u8,
            slots: (parts[at] as u8).min(MOST_SLOTS),
            len: lens.get(at).copied().unwrap_or(0),
            end: tails.get(at).copied().unwrap_or(0),
            next: nexts.get(at).copied().unwrap_or(0),
        });
        let list: Vec<Anchor> = list.collect();
        let all = templates.len();
        let is_short = [keys.len(), ends.len(), lens.len(), tails.len(), nexts.len()] == [0; 5];
        let is_whole = keys.len() == ends.len()
            && [lens.len(), tails.len(), nexts.len(), ends.last().map_or(0, |end| *end as usize)] == [all; 4]
            && ends.first() != Some(&0)
            && ends.is_sorted_by(|one, next| one < next);
        let is_known = list.iter().all(|anchor| (anchor.template as usize) < count);
        if list.len() != all || parts.len() != all || !is_known {
            None
        } else if is_whole {
            Some(Self::of(keys.into_iter().zip(ends).collect(), list))
        } else {
            is_short.then(|| Self { list, ..Self::default() })
        }
    }

    /// The same with keys and ends, which the templates tell.
    fn complete(self, width: usize, templates: &(impl Templates + ?Sized)) -> Self {
        if !self.keys.is_empty() {
            return self;
        }
        let mut keys: Vec<(u64, u32)> = Vec::new();
        let mut list = self.list;
        // Whoever wrote bytes in which there is no such part has no anchor there.
        list.retain_mut(|anchor| {
            let template = templates.template(anchor.template);
            let Some((_, variant)) = template.part(anchor.segment, anchor.variant.into()) else { return false };
            *anchor = Anchor::new(anchor.template, template, (anchor.segment, anchor.variant), variant);
            let key = Beginning::new(variant, 0).key(width);
            match keys.last_mut() {
                Some((same, end)) if *same == key => *end += 1,
                other => {
                    let before = other.map_or(0, |(_, end)| *end);
                    keys.push((key, before + 1));
                }
            }
            true
        });
        Self::of(keys, list)
    }

    /// Where the search for a key begins in the hash table.
    fn slot(&self, key: u64) -> usize {
        (key.wrapping_mul(0xd6e8_feb8_6659_fd93) >> 32) as usize & (self.slots.len() - 1)
    }

    fn bit(&self, key: u64) -> (usize, u64) {
        let hash = key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> self.shift;
        ((hash >> 6) as usize, 1 << (hash & 63))
    }

    /// Whether there may be anchors that have a key: false is sure.
    #[inline]
    fn may_have(&self, key: u64) -> bool {
        let (word, bit) = self.bit(key);
        self.bits.get(word).is_some_and(|bits| bits & bit != 0)
    }

    /// Calls `found` with every anchor that has this key and may stand at a place, to its end.
    #[inline]
    fn each(&self, text: &[u8], at: usize, key: u64, mut found: impl FnMut(&Anchor)) {
        if !self.may_have(key) {
            return;
        }
        // One after another: to find the first of those that end alike in fewer steps took longer.
        let mut end = (0, None);
        for anchor in self.known(key) {
            if anchor.len != end.0 {
                let len = anchor.len as usize;
                end = (anchor.len, (len <= text.len() - at).then(|| end_key(text, at, len)));
            }
            if end.1 == Some(anchor.end) {
                found(anchor);
            }
        }
    }

    /// The anchors that have a key.
    #[inline(never)]
    fn known(&self, key: u64) -> &[Anchor] {
        if self.slots.is_empty() {
            return &[];
        }
        let mut slot = self.slot(key);
        let number = loop {
            match self.slots[slot] {
                0 => return &[],
                number if self.keys[number as usize - 1].0 == key => break number as usize - 1,
                _ => slot = (slot + 1) & (self.slots.len() - 1),
            }
        };
        let from = number.checked_sub(1).map_or(0, |before| self.keys[before].1 as usize);
        &self.list[from..self.keys[number].1 as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paste::fold;

    #[test]
    fn every_message_is_a_candidate_where_it_stands() {
        let messages =
            ["Could not open {file}: {denied|not found}", "Could not close {file}", "http {a} 404x", "IgniteException"];
        let templates: Vec<_> = messages.iter().map(|message| Template::new(message).unwrap()).collect();
        let index = Index::new(&templates);
        let text = fold("x: Could not open /etc: not found; http a 404x; could not close b; IgniteException", None);
        let mut found = Vec::new();
        index.candidates(&text, |candidate, _| found.push(candidate));
        for (number, template) in (0..).zip(&templates) {
            let proved = found.iter().filter(|candidate| candidate.template == number).any(|candidate| {
                let variant =
                    &template.segments[usize::from(candidate.segment)].variants[usize::from(candidate.variant)];
                text.text[candidate.at..].starts_with(variant)
            });
            assert!(proved, "{}", messages[number as usize]);
        }
    }
}
