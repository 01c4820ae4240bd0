//! Candidates proved → hits: where, and with which values.
//!
//! A [`Hit`] is a message found whole: every fixed part of it, in order, at word boundaries. From the anchored part the
//! others are looked for to both sides, the nearest first, so that a hit is as short as the text allows. It may not
//! know of entries or apps: it proves templates in a folded text and nothing else.

use std::sync::Arc;

use self::literal::{first_place, last_place};
use crate::index::{Candidate, Index, SHORT_PART};
use crate::keyed::Keyed;
use crate::order::{clusters, descending, sort_by_key};
use crate::paste::{Edge, Folded};
use crate::template::{Gap, Segment, Template, Templates};

mod again;
mod literal;

pub(crate) use again::{Trial, hits_beyond};

/// A slot holds at most this much folded text. Names, identifiers and URLs fit; a page of log between two fixed parts
/// that have nothing to do with each other does not.
const LONGEST_SLOT: usize = 1024;
/// And at most this many line ends: a value may be wrapped, but it does not go on for half a page of log.
const MOST_SLOT_LINES: usize = 6;
/// Where an author wrote `…`, this much.
const LONGEST_OPEN: usize = 8192;

/// A message found in a folded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Which template.
    pub template: u32,
    /// Where each of its segments stands, in bytes of folded text.
    pub segments: Arc<[(u32, u32)]>,
    /// The numbers of the text's first starts at or after its first byte, and after its last.
    starts: (u32, u32),
}

impl Hit {
    /// Where it begins and ends in the folded text.
    pub fn span(&self) -> (u32, u32) {
        (self.segments.first().map_or(0, |first| first.0), self.segments.last().map_or(0, |last| last.1))
    }

    /// From its first to its last byte in the text that was folded. Cost: constant.
    pub fn origin(&self, text: &Folded) -> (usize, usize) {
        let (start, end) = self.span();
        let (first, next) = self.starts;
        (text.source_after(first as usize, start as usize).0, text.source_after(next as usize, end as usize - 1).1)
    }

    /// How many bytes of folded text its fixed parts cover.
    pub fn weight(&self) -> usize {
        self.segments.iter().map(|(start, end)| (end - start) as usize).sum()
    }
}

/// Every message that stands in the text whole, in order of appearance; of overlapping finds of one message, the
/// shortest. Cost: linear in the text.
pub fn hits<T: Templates + ?Sized>(templates: &T, index: &Index, text: &Folded) -> Vec<Hit> {
    search(templates, index, text, None)
}

/// The same, and every candidate that was tried for it.
pub(crate) fn search<T: Templates + ?Sized>(
    templates: &T,
    index: &Index,
    text: &Folded,
    mut trials: Option<&mut Vec<Trial>>,
) -> Vec<Hit> {
    let mut prover = Prover::new(templates, text);
    let mut hits = Vec::new();
    index.candidates_in(text, 0..text.starts(), 0..text.text.len(), &mut |candidate, start| {
        let hit = prover.prove(candidate, start);
        if let Some(trials) = &mut trials {
            trials.push(Trial { candidate, start, looked: prover.looked, hit: hit.clone() });
        }
        hits.extend(hit);
    });
    settle(&mut hits);
    hits
}

/// Of overlapping finds of one message the shortest; all in order of appearance.
fn settle(hits: &mut Vec<Hit>) {
    sort_by_key(hits, |hit| {
        let (start, end) = hit.span();
        [u64::from(start) << 32 | u64::from(end), hit.template.into()]
    });
    let mut longer = vec![false; hits.len()];
    let span = |hit: &Hit| (hit.span().0 as usize, hit.span().1 as usize);
    clusters(hits, span, |cluster| {
        let mut order: Vec<usize> = cluster.collect();
        sort_by_key(&mut order, |number| {
            let (start, end) = hits[*number].span();
            [u64::from(hits[*number].template) << 32 | u64::from(end), descending(start)]
        });
        order.dedup_by(|later, earlier| {
            let (one, other) = (&hits[*later], &hits[*earlier]);
            longer[*later] = one.template == other.template && one.span().0 < other.span().1;
            longer[*later]
        });
    });
    let mut longer = longer.into_iter();
    hits.retain(|_| longer.next() == Some(false));
}

struct Prover<'a, T: ?Sized> {
    templates: &'a T,
    text: &'a Folded,
    /// What earlier searches found, so that text full of ends is not searched again and again for the beginning.
    behind: Keyed<Option<Memory>>,
    /// The same for text full of beginnings, where a gap is open and its end may be far.
    ahead: Keyed<Option<Memory>>,
    /// The part of the text that decided about the last candidate: were all else different, the same would have come of it.
    looked: (usize, usize),
    /// Where the segments of the last candidate stand.
    segments: Vec<(u32, u32)>,
}

/// Where a segment stands.
#[derive(Clone, Copy, Debug)]
struct Place {
    start: usize,
    end: usize,
    /// The number of the text's first start at or after `start`.
    first: usize,
    /// The same for `end`.
    next: usize,
}

/// The last search for a segment: between `from` and `to` the last place was `found`; or of one ahead, that nothing stands
/// between them, and `found` at `to`.
#[derive(Clone, Copy)]
struct Memory {
    from: usize,
    to: usize,
    found: Option<Place>,
}

impl<'a, T: Templates + ?Sized> Prover<'a, T> {
    fn new(templates: &'a T, text: &'a Folded) -> Self {
        Self {
            templates,
            text,
            behind: Keyed::default(),
            ahead: Keyed::default(),
            looked: (0, 0),
            segments: Vec::new(),
        }
    }

    fn prove(&mut self, candidate: Candidate, start: usize) -> Option<Hit> {
        self.looked = (candidate.at, candidate.at + candidate.len as usize);
        // Most are told apart by what has to follow, before there is a look at the template.
        if candidate.next != 0 && !self.may_follow(&candidate) {
            return None;
        }
        let template = self.templates.template(candidate.template);
        let anchored = usize::from(candidate.segment);
        // Anchors that were read from a file may be of other templates.
        let part = template.part(candidate.segment, candidate.variant);
        let (segment, variant) = part.filter(|(_, variant)| variant.len() == candidate.len as usize)?;
        if !self.text.text[candidate.at..].starts_with(variant) {
            return None;
        }
        let place = self.bounded(template, segment, variant.len(), candidate.at, start)?;
        self.segments.clear();
        self.segments.resize(template.segments.len(), (place.start as u32, place.end as u32));
        let mut last = place;
        for number in anchored + 1..template.segments.len() {
            last = self.after(candidate.template, number, last)?;
            self.segments[number] = (last.start as u32, last.end as u32);
        }
        let mut first = place;
        for number in (0..anchored).rev() {
            first = self.before(candidate.template, number, first)?;
            self.segments[number] = (first.start as u32, first.end as u32);
        }
        let segments = self.segments.as_slice().into();
        Some(Hit { template: candidate.template, segments, starts: (first.first as u32, last.next as u32) })
    }

    /// Whether the four bytes that have to follow a candidate stand as near behind it as slots may reach.
    fn may_follow(&mut self, candidate: &Candidate) -> bool {
        let (from, four) = (self.looked.1, candidate.next.to_le_bytes());
        let to = from + usize::from(candidate.slots) * (LONGEST_SLOT + SHORT_PART);
        let may = first_place(&self.text.text, &four, (from, to), Some).is_some();
        if !may {
            self.look_to(to + four.len());
        }
        may
    }

    fn look_to(&mut self, end: usize) {
        self.looked.1 = self.looked.1.max(end);
    }

    /// Whether a variant of this length, which is known to stand at a place, stands at word boundaries there. `first` is the
    /// number of the first start at or after it.
    #[inline]
    fn bounded(&self, template: &Template, segment: &Segment, len: usize, start: usize, first: usize) -> Option<Place> {
        let least = if template.is_word { Edge::Space } else { Edge::Soft };
        if !segment.glued_start && (first >= self.text.starts() || self.text.edge_of(first, start) < least) {
            return None;
        }
        let end = start + len;
        let next = self.text.start_after(first, end);
        (segment.glued_end || self.text.edge_of(next, end) >= least).then_some(Place { start, end, first, next })
    }

    /// The first place of a segment behind `last` that the gap before it allows.
    fn after(&mut self, number: u32, segment_number: usize, last: Place) -> Option<Place> {
        let template = self.templates.template(number);
        let (segment, gap) = (&template.segments[segment_number], &template.gaps[segment_number]);
        let to = last.end + longest(gap).min(self.text.text.len() - last.end);
        let found = if gap.is_open {
            self.first_ahead(place(number, segment_number), template, segment, last, to)
        } else {
            self.first_between(template, segment, last, last.end, to)
        };
        // A part that begins where this search ends is looked at to its end.
        self.look_to(found.map_or(to, |found| found.start) + segment.variants[0].len());
        found.filter(|found| gap.is_open || self.are_near(last, *found))
    }

    /// The first place of a segment behind `last` as far as `to`, and not looked for where it was looked for before.
    fn first_ahead(
        &mut self,
        key: u64,
        template: &Template,
        segment: &Segment,
        last: Place,
        to: usize,
    ) -> Option<Place> {
        let memory = self.ahead.get(key).copied().flatten();
        let known = memory.filter(|memory| memory.from <= last.end && last.end <= memory.to);
        let found = match known {
            Some(Memory { found: Some(found), .. }) if found.start <= to => Some(found),
            Some(Memory { to: passed, .. }) if to < passed => return None,
            Some(Memory { to: passed, .. }) => self.first_between(template, segment, last, passed, to),
            None => self.first_between(template, segment, last, last.end, to),
        };
        let passed = found.map_or(to + 1, |found| found.start);
        let from = known.map_or(last.end, |memory| memory.from);
        *self.ahead.at(key) = Some(Memory { from, to: passed, found });
        found
    }

    /// The first of the places `from..=to`, all of them behind `last`, where a segment stands; of the variants at one place
    /// the longest.
    fn first_between(
        &self,
        template: &Template,
        segment: &Segment,
        last: Place,
        from: usize,
        to: usize,
    ) -> Option<Place> {
        let mut first: Option<Place> = None;
        for variant in &segment.variants {
            // The longest comes first, so a shorter one has to stand before it.
            let Some(to) = first.map_or(Some(to), |first| first.start.checked_sub(1)) else { break };
            let mut number = last.next;
            let found = first_place(&self.text.text, variant, (from, to), |at| {
                number = self.text.start_after(number, at);
                self.bounded(template, segment, variant.len(), at, number)
            });
            first = found.or(first);
        }
        first
    }

    /// Whether no more lines than a slot may have end behind a place and before another one, both of them apart.
    fn are_near(&self, last: Place, next: Place) -> bool {
        let starts = (last.next..next.first).map(|number| self.text.start(number));
        starts.filter(|(at, edge)| *at > last.end && *edge == Edge::Line).count() <= MOST_SLOT_LINES
    }

    /// The last place of a segment that ends at or before `next` and that the gap after it allows.
    fn before(&mut self, number: u32, segment_number: usize, next: Place) -> Option<Place> {
        let template = self.templates.template(number);
        let (segment, gap) = (&template.segments[segment_number], &template.gaps[segment_number + 1]);
        let to = next.start;
        let from = to.saturating_sub(longest(gap) + segment.variants[0].len());
        self.look_to(to + segment.variants[0].len());
        let memory = self.behind.get(place(number, segment_number)).copied().flatten();
        let known = memory.filter(|memory| memory.to <= to && from >= memory.from);
        let stop = known.map_or(from, |memory| memory.to.max(from));
        let fresh = self.last_between(template, segment, stop, to, next.first);
        let found = fresh.or_else(|| known.and_then(|memory| memory.found).filter(|found| found.start >= from));
        self.looked.0 = self.looked.0.min(found.map_or(from, |found| found.start));
        // A place where it would have reached beyond `to` may do for the next search.
        let settled = to.saturating_sub(segment.variants[0].len());
        *self.behind.at(place(number, segment_number)) = Some(Memory { from, to: settled.max(from), found });
        found.filter(|found| gap.is_open || self.are_near(*found, next))
    }

    /// The last of the places `from..to` where a segment stands that ends at or before `to`; of the variants at one place
    /// the longest. `first` is the number of the first start at or after `to`.
    fn last_between(
        &self,
        template: &Template,
        segment: &Segment,
        from: usize,
        to: usize,
        first: usize,
    ) -> Option<Place> {
        let mut last: Option<Place> = None;
        for variant in &segment.variants {
            let from = last.map_or(from, |last| last.start + 1);
            let Some(to) = to.checked_sub(variant.len().max(1)) else { continue };
            let mut number = first;
            let found = last_place(&self.text.text, variant, (from, to), |at| {
                number = self.text.start_before(number, at);
                self.bounded(template, segment, variant.len(), at, number)
            });
            last = found.or(last);
        }
        last
    }
}

/// The key of a segment of a template.
fn place(template: u32, segment: usize) -> u64 {
    u64::from(template) << 32 | segment as u64
}

fn longest(gap: &Gap) -> usize {
    if gap.is_open { LONGEST_OPEN } else { LONGEST_SLOT }
}

#[cfg(test)]
mod tests;
