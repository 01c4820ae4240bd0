//! What stands in a paste: messages found whole, nearly, or by their telling tokens, none overlapping another.
//!
//! The three searches each say what they see; here the one that explains more of the text wins over those inside it, and
//! positions become those of the paste. It knows messages and judges nearness; it does not know which entry or app a
//! message belongs to.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::chains;
use crate::index::Index;
use crate::judge::{How, MOST_RIVALS, Nearness, is_as_much, is_rival, nearness, outweighs, share};
use crate::matcher::{Hit, hits};
use crate::messages::Messages;
use crate::near::{Near, NearHit};
use crate::paste::{Folded, Paste};
use crate::pattern::PatternMatch;
use crate::report::Layers;
use crate::telling::{Telling, TokenHit};

/// Beyond this much folded text, only whole messages are looked for.
const MOST_NEAR: usize = 64 * 1024;
/// After each near find, what is left is searched again, this often.
const NEAR_ROUNDS: usize = 8;
/// What is left between finds is searched when it has this many letters.
const LEAST_LEFT: usize = 14;

/// A message found in the paste. All positions are bytes of the paste.
#[derive(Clone, Debug)]
pub struct Find {
    /// The template; behind it others that stand there just as well.
    pub templates: Vec<usize>,
    /// From its first to its last letter.
    pub span: Range<usize>,
    /// The parts that are fixed text of the message.
    pub literals: Vec<Range<usize>>,
    /// What stands in slots.
    pub values: Vec<(String, Range<usize>)>,
    /// Parts of other messages that wrap it in an exception chain.
    pub wrappers: Vec<Range<usize>>,
    /// How many letters (bytes of folded text) it explains.
    pub weight: usize,
    /// How it was found.
    pub how: How,
    /// How much of the message stands there, in percent.
    pub share: u32,
}

/// Everything that messages are searched with.
#[derive(Debug)]
pub struct Finder {
    /// The messages.
    pub messages: Messages,
    /// Anchors of whole messages.
    pub index: Index,
    /// Grams of messages.
    pub near: Near,
    /// Telling tokens of messages.
    pub telling: Telling,
}

impl Finder {
    /// Every find, in order of appearance; those that are merely close too. `wanted` says which templates count.
    pub fn finds(&self, paste: &Paste, without: Layers, wanted: impl Fn(usize) -> bool) -> Vec<Find> {
        let mut finds: Vec<Find> = Vec::new();
        for view in paste.views() {
            let found = hits(&self.messages.templates, &self.index, view);
            finds.extend(found.iter().filter_map(|hit| self.whole(hit, view, paste)));
        }
        finds.retain(|find| wanted(find.templates[0]));
        let mut kept = resolve(finds);
        let view = paste.main();
        if view.text.len() <= MOST_NEAR {
            let near = self.nearly(view, paste, &kept, without, &wanted);
            kept.retain(|find| !near.iter().any(|near| near.how == How::Nearly && overlap(&near.span, &find.span)));
            kept.extend(near);
            kept = resolve(kept);
        }
        if without.chains { kept } else { chains::join(paste.text, kept) }
    }

    fn whole(&self, hit: &Hit, view: &Folded, paste: &Paste) -> Option<Find> {
        let template = hit.template as usize;
        let literals = origins(view, hit.segments.iter().copied());
        let span = literals.first()?.start..literals.last()?.end;
        let (templates, how) = (vec![template], How::Whole);
        if let Some(pattern) = self.messages.patterns.get(&template) {
            let PatternMatch { span, values } = pattern.find(paste.text, span)?;
            let weight = view.position(span.end) - view.position(span.start);
            return Some(Find {
                templates,
                literals: vec![span.clone()],
                span,
                values,
                wrappers: Vec::new(),
                weight,
                how,
                share: 100,
            });
        }
        let gaps = (1..).zip(literals.windows(2)).map(|(gap, around)| (gap, around[0].end..around[1].start));
        let values = self.values(template, gaps, paste);
        Some(Find { templates, span, literals, values, wrappers: Vec::new(), weight: hit.weight(), how, share: 100 })
    }

    /// What the slots of gaps hold, given each gap's number and its place in the paste.
    fn values(
        &self,
        template: usize,
        gaps: impl Iterator<Item = (usize, Range<usize>)>,
        paste: &Paste,
    ) -> Vec<(String, Range<usize>)> {
        let mut values = Vec::new();
        for (number, range) in gaps {
            let Some(text) = paste.text.get(range.clone()) else { continue };
            for (name, inside) in self.messages.templates[template].gaps[number].values(text) {
                values.push((name.to_owned(), range.start + inside.start..range.start + inside.end));
            }
        }
        values.retain(|(_, range)| !range.is_empty());
        values
    }

    /// Messages that do not stand whole, where no whole message explains the text as well.
    fn nearly(
        &self,
        view: &Folded,
        paste: &Paste,
        whole: &[Find],
        without: Layers,
        wanted: &impl Fn(usize) -> bool,
    ) -> Vec<Find> {
        let mut finds: Vec<Find> = Vec::new();
        let mut left = vec![(0, view.text.len())];
        for _ in 0..if without.near { 0 } else { NEAR_ROUNDS } {
            let Some((from, to)) = left.pop() else { break };
            let hits: Vec<NearHit> =
                self.near.hits(view, from, to).into_iter().filter(|hit| wanted(hit.template as usize)).collect();
            let wins = |hit: &&NearHit| {
                let span = span(view, hit);
                let mut beaten =
                    whole.iter().filter(|find| span.as_ref().is_some_and(|span| overlap(&find.span, span)));
                self.nearness(hit) >= Nearness::Cut && beaten.all(|find| outweighs(hit, find.weight))
            };
            let most = hits.iter().find(wins);
            // Of several that explain as much, the one of which the least is missing.
            let best = most.and_then(|most| {
                hits.iter().filter(wins).filter(|hit| is_as_much(most, hit)).min_by_key(|hit| {
                    (!hit.has_head, std::cmp::Reverse(hit.unordered * 100 / hit.total.max(1)), hit.total)
                })
            });
            if let Some(hit) = best {
                let find = self.near_find(hit, &hits, view, paste, How::Nearly);
                let (start, end) = (view.position(find.span.start), view.position(find.span.end));
                left.extend([(from, start), (end, to)].into_iter().filter(|(from, to)| from + LEAST_LEFT <= *to));
                finds.push(find);
            }
        }
        let is_free = |find: &Find, others: &[Find]| !others.iter().any(|other| overlap(&other.span, &find.span));
        let tokens = if without.telling { Vec::new() } else { self.telling.hits(view, 0, view.text.len()) };
        for hit in tokens {
            if let Some(find) =
                token_find(&hit, view, wanted).filter(|find| is_free(find, &finds) && is_free(find, whole))
            {
                finds.push(find);
            }
        }
        let close = if without.near { Vec::new() } else { self.near.hits(view, 0, view.text.len()) };
        for hit in close {
            if self.nearness(&hit) >= Nearness::Close && wanted(hit.template as usize) {
                let find = self.near_find(&hit, &[], view, paste, How::Close);
                if is_free(&find, &finds) && is_free(&find, whole) {
                    finds.push(find);
                }
            }
        }
        finds
    }

    /// How many of these templates are messages of other entries than this one's.
    fn different(&self, template: usize, others: &[usize]) -> usize {
        let sources = &self.messages.sources;
        let own = |entry: &u32| sources[template].iter().any(|(known, _)| known == entry);
        others.iter().filter(|other| !sources[**other].iter().any(|(entry, _)| own(entry))).count()
    }

    /// How near a hit is, its message considered.
    pub fn nearness(&self, hit: &NearHit) -> Nearness {
        nearness(hit, self.messages.templates[hit.template as usize].is_word)
    }

    fn near_find(&self, hit: &NearHit, all: &[NearHit], view: &Folded, paste: &Paste, how: How) -> Find {
        let template = hit.template as usize;
        let literals = origins(view, hit.shared.iter().copied());
        let gaps = hit.gaps.iter().map(|(gap, (from, to))| {
            // From the last letter before the gap to the first one behind it: the gap's punctuation is its own.
            let before = view.origin(*from as usize - 1, *from as usize).1;
            (*gap as usize, before..view.origin(*to as usize, *to as usize + 1).0)
        });
        let values = self.values(template, gaps.collect::<Vec<_>>().into_iter(), paste);
        let rivals: Vec<usize> = all
            .iter()
            .filter(|other| other.template != hit.template)
            .filter(|other| self.nearness(other) >= Nearness::Cut && is_rival(hit, other))
            .map(|other| other.template as usize)
            .collect();
        let how = if self.different(template, &rivals) > MOST_RIVALS { How::Close } else { how };
        Find {
            templates: std::iter::once(template).chain(rivals).collect(),
            span: literals.first().map_or(0, |first| first.start)..literals.last().map_or(0, |last| last.end),
            literals,
            values,
            wrappers: Vec::new(),
            weight: hit.letters as usize,
            how,
            share: share(hit),
        }
    }
}

fn token_find(hit: &TokenHit, view: &Folded, wanted: &impl Fn(usize) -> bool) -> Option<Find> {
    let templates = hit.templates.iter().map(|template| *template as usize);
    let templates: Vec<usize> = templates.filter(|template| wanted(*template)).collect();
    let literals = origins(view, hit.places.iter().copied());
    let span = literals.first()?.start..literals.last()?.end;
    let find = Find {
        templates,
        span,
        literals,
        values: Vec::new(),
        wrappers: Vec::new(),
        weight: hit.letters as usize,
        how: How::Telling,
        share: 100,
    };
    (!find.templates.is_empty()).then_some(find)
}

fn span(view: &Folded, hit: &NearHit) -> Option<Range<usize>> {
    let literals = origins(view, hit.shared.iter().copied());
    Some(literals.first()?.start..literals.last()?.end)
}

/// Places in a folded text as places in the paste.
fn origins(view: &Folded, places: impl Iterator<Item = (u32, u32)>) -> Vec<Range<usize>> {
    places
        .filter(|(start, end)| start < end)
        .map(|(start, end)| view.origin(start as usize, end as usize))
        .map(|(start, end)| start..end)
        .collect()
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Of finds that overlap, the one that explains most. What is merely close gives way to everything.
fn resolve(mut finds: Vec<Find>) -> Vec<Find> {
    finds.sort_by_key(|find| {
        (find.how == How::Close, std::cmp::Reverse(find.weight), std::cmp::Reverse(find.how), find.span.start)
    });
    let mut kept: BTreeMap<usize, Find> = BTreeMap::new();
    for find in finds {
        // What is kept never overlaps, so only the last one that begins before this one's end can.
        let taken = kept.range(..find.span.end).next_back().is_some_and(|(_, other)| other.span.end > find.span.start);
        if !taken {
            kept.insert(find.span.start, find);
        }
    }
    kept.into_values().collect()
}
