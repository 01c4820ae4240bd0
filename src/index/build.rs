//! Choosing the anchors of messages, and writing them down.
//!
//! This happens once, where a catalog is made ready; who only searches reads what was written.

use super::{Anchor, Anchors, Beginning, Index, WIDTHS};
use crate::bytes::Written;
use crate::keyed::{Keyed, key_of_bytes};
use crate::order::{descending, sort_by_key};
use crate::template::{Segment, Template};

/// A fixed part shorter than this is no anchor.
const NARROWEST: usize = 4;

/// Up to so many anchors, keys are left out: a page loads in less time without them than it takes to make them again.
const SHORT: usize = 512;

impl Index {
    /// Anchors every template. Cost: linear in the number of templates' fixed parts.
    pub fn new(templates: &[Template]) -> Self {
        let mut seen: Keyed<u32> = Keyed::default();
        for variant in templates.iter().flat_map(|template| &template.segments).flat_map(|segment| &segment.variants) {
            *seen.at(key_of_bytes(0, variant)) += 1;
        }
        let mut words: [Vec<(u64, Anchor)>; WIDTHS.len()] = Default::default();
        let mut anywhere: [Vec<(u64, Anchor)>; WIDTHS.len() - 1] = Default::default();
        for (number, template) in (0..).zip(templates) {
            let Some((segment_number, segment)) = best_segment(template, &seen) else { continue };
            for (variant_number, variant) in (0..).zip(&segment.variants) {
                let anchor = Anchor::new(number, template, (segment_number, variant_number), variant);
                let width = width_of(variant.len()).max(usize::from(segment.glued_start));
                let list = if segment.glued_start { &mut anywhere[width - 1] } else { &mut words[width] };
                list.push((Beginning::new(variant, 0).key(width), anchor));
            }
        }
        Self { words: words.map(Anchors::new), anywhere: anywhere.map(Anchors::new), ..Self::default() }.ready()
    }

    /// Writes it down.
    pub(crate) fn write(&self, out: &mut Written) {
        self.words.iter().chain(&self.anywhere).for_each(|anchors| anchors.write(out));
    }
}

impl Anchors {
    /// Of anchors with their keys, in any order.
    fn new(mut keyed: Vec<(u64, Anchor)>) -> Self {
        // The second sort leaves in order what is alike to it.
        sort_by_key(&mut keyed, |(_, anchor)| {
            [anchor.end, u64::from(anchor.template) << 8 | u64::from(anchor.variant)]
        });
        sort_by_key(&mut keyed, |(key, anchor)| [*key, descending(anchor.len)]);
        let mut keys: Vec<(u64, u32)> = Vec::new();
        for (number, (key, _)) in (1..).zip(&keyed) {
            match keys.last_mut() {
                Some((last, end)) if last == key => *end = number,
                _ => keys.push((*key, number)),
            }
        }
        Self::of(keys, keyed.into_iter().map(|(_, anchor)| anchor).collect())
    }

    fn write(&self, out: &mut Written) {
        out.numbers(self.list.iter().map(|anchor| anchor.template));
        out.numbers(
            self.list.iter().map(|anchor| {
                u32::from(anchor.segment) << 16 | u32::from(anchor.variant) << 8 | u32::from(anchor.slots)
            }),
        );
        let told = if self.list.len() <= SHORT { 0 } else { usize::MAX };
        out.long_numbers(self.keys.iter().take(told).map(|(key, _)| *key));
        out.numbers(self.keys.iter().take(told).map(|(_, end)| *end));
        out.numbers(self.list.iter().take(told).map(|anchor| anchor.len));
        out.long_numbers(self.list.iter().take(told).map(|anchor| anchor.end));
        out.numbers(self.list.iter().take(told).map(|anchor| anchor.next));
    }
}

/// The number of the widest width that so many bytes have.
fn width_of(len: usize) -> usize {
    WIDTHS.iter().position(|width| *width <= len).unwrap_or(WIDTHS.len() - 1)
}

/// The segment to anchor on: one that begins with a word before one that may begin inside of one, a wide one before a
/// narrow one, and then the one whose worst variant the fewest others share: what only begins alike is soon told apart.
#[inline(never)]
fn best_segment<'t>(template: &'t Template, seen: &Keyed<u32>) -> Option<(u16, &'t Segment)> {
    (0..).zip(&template.segments).filter(|(_, segment)| segment.shortest() >= NARROWEST).min_by_key(|(_, segment)| {
        let count = |variant: &[u8]| seen.get(key_of_bytes(0, variant)).copied().unwrap_or(0);
        let worst = segment.variants.iter().map(|variant| count(variant)).max().unwrap_or(0);
        (segment.glued_start, segment.shortest() < WIDTHS[1], worst * segment.variants.len() as u32)
    })
}
