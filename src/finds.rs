//! What stands in a paste: messages found whole, nearly, or by their telling tokens, none overlapping another.
//!
//! The three searches each say what they see; here the one that explains more of the text wins over those inside it, and
//! positions become those of the paste. It knows messages and judges nearness; it does not know which entry or app a
//! message belongs to.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::chains;
use crate::compact::Compact;
use crate::judge::{How, MOST_RIVALS, Nearness, is_as_much, is_rival, nearness, outweighs, share};
use crate::matcher::{Hit, hits_beyond, search};
use crate::near::{Near, NearHit};
use crate::order::{clusters, descending, sort_by_key};
use crate::paste::{Folded, Paste};
use crate::pattern::PatternMatch;
use crate::report::Layers;
use crate::telling::{Telling, TokenHit, telling};
use crate::template::{Template, Templates};

/// Beyond this much folded text, only whole messages are looked for.
const MOST_NEAR: usize = 64 * 1024;
/// After each near find, what is left is searched again, this often.
const NEAR_ROUNDS: usize = 8;
/// What is left between finds is searched when it has this many letters.
const LEAST_LEFT: usize = 14;

/// A message found in the paste. All positions are bytes of the paste.
#[derive(Clone, Debug)]
pub struct Find {
    /// The template.
    pub template: usize,
    /// Others that stand there just as well.
    pub rivals: Vec<usize>,
    /// From its first to its last letter.
    pub span: Range<usize>,
    /// The parts that are fixed text of the message, or what to take them from when somebody asks.
    literals: Literals,
    /// What stands in slots, or what to take it from when somebody asks.
    pub values: Values,
    /// Parts of other messages that wrap it in an exception chain.
    pub wrappers: Vec<Range<usize>>,
    /// How many letters (bytes of folded text) it explains.
    pub weight: usize,
    /// How it was found.
    pub how: How,
    /// How much of the message stands there, in percent.
    pub share: u32,
}

/// Where the fixed parts of a find stand.
#[derive(Clone, Debug)]
enum Literals {
    /// In the paste.
    Known(Vec<Range<usize>>),
    /// In a view of it, by its number: a log has many finds of which nobody asks more than the line.
    Folded(usize, Arc<[(u32, u32)]>),
}

impl Find {
    /// The template and the others that stand there just as well.
    pub fn templates(&self) -> impl Iterator<Item = usize> + Clone {
        std::iter::once(self.template).chain(self.rivals.iter().copied())
    }

    /// The parts of the paste that are fixed text of the message. Cost: logarithmic in the paste for each.
    pub fn literals(&self, paste: &Paste) -> Vec<Range<usize>> {
        match &self.literals {
            Literals::Known(literals) => literals.clone(),
            Literals::Folded(view, segments) => origins(&paste.views()[*view], segments.iter().copied()),
        }
    }
}

/// Where the values of a find come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Values {
    /// From the gaps between the fixed parts, all of which stand there.
    Between,
    /// From these gaps: their numbers in the template, and where they stand.
    Gaps(Vec<(usize, Range<usize>)>),
    /// They are known: names and places.
    Known(Vec<(String, Range<usize>)>),
}

/// Everything that messages are searched with.
#[derive(Debug)]
pub struct Finder {
    /// The catalog.
    pub compact: Compact,
    // Made when first needed: a log that holds messages whole never asks for them.
    near: OnceLock<Near>,
    telling: OnceLock<Telling>,
}

impl Finder {
    /// Makes the messages of a catalog ready to be found.
    pub fn new(compact: Compact) -> Self {
        Self { compact, near: OnceLock::new(), telling: OnceLock::new() }
    }

    /// The grams of messages.
    pub fn near(&self) -> &Near {
        let owner = |template| self.compact.sources(template).first().map_or(0, |(entry, _)| *entry);
        self.near.get_or_init(|| Near::new(&self.compact, owner))
    }

    /// The telling tokens of messages.
    pub fn telling(&self) -> &Telling {
        self.telling.get_or_init(|| telling(&self.compact))
    }

    /// Every find, in order of appearance; those that are merely close too. `wanted` says which templates count.
    pub fn finds(&self, paste: &Paste, without: Layers, wanted: impl Fn(usize) -> bool) -> Vec<Find> {
        let index = self.compact.index();
        let mut trials = Vec::new();
        let mut hits: Vec<Vec<Hit>> = Vec::new();
        for (number, view) in paste.views().iter().enumerate() {
            let same = paste.same(number);
            hits.push(if same.is_empty() {
                let is_asked = number == 0 && !paste.same(1).is_empty();
                search(&self.compact, index, view, is_asked.then_some(&mut trials))
            } else {
                hits_beyond((&self.compact, index), view, same, &trials, &hits[0])
            });
        }
        let mut finds: Vec<Find> = Vec::new();
        for (number, hits) in hits.into_iter().enumerate() {
            let wanted = hits.into_iter().filter(|hit| wanted(hit.template as usize));
            finds.extend(wanted.filter_map(|hit| self.whole(hit, number, paste)));
        }
        let mut kept = resolve(finds);
        let view = paste.main();
        if view.text.len() <= MOST_NEAR && leaves_something(view, &kept) {
            let near = self.nearly(paste, &kept, without, &wanted);
            kept.retain(|find| !near.iter().any(|near| near.how == How::Nearly && overlap(&near.span, &find.span)));
            kept.extend(near);
            kept = resolve(kept);
        }
        let is_word = |find: &Find| self.template(find.template).is_word;
        if without.chains { kept } else { chains::join(paste, kept, is_word) }
    }

    /// A hit in the view of this number.
    fn whole(&self, hit: Hit, number: usize, paste: &Paste) -> Option<Find> {
        let view = &paste.views()[number];
        let (start, end) = hit.origin(view);
        let span = start..end;
        let (template, rivals, how) = (hit.template as usize, Vec::new(), How::Whole);
        if let Some(pattern) = self.compact.pattern(hit.template) {
            let PatternMatch { span, values } = pattern.find(paste.text, span)?;
            let weight = view.position(span.end) - view.position(span.start);
            return Some(Find {
                template,
                rivals,
                literals: Literals::Known(vec![span.clone()]),
                span,
                values: Values::Known(values),
                wrappers: Vec::new(),
                weight,
                how,
                share: 100,
            });
        }
        let weight = hit.weight();
        let literals = Literals::Folded(number, hit.segments);
        let values = Values::Between;
        Some(Find { template, rivals, span, literals, values, wrappers: Vec::new(), weight, how, share: 100 })
    }

    /// What stands in the slots of a find: names and places, given its fixed parts. Cost: linear in its length.
    pub fn values(&self, find: &Find, literals: &[Range<usize>], paste: &Paste) -> Vec<(String, Range<usize>)> {
        let between = |(gap, around): (usize, &[Range<usize>])| (gap, around[0].end..around[1].start);
        let gaps: Vec<(usize, Range<usize>)> = match &find.values {
            Values::Known(values) => return values.clone(),
            Values::Gaps(gaps) => gaps.clone(),
            Values::Between => (1..).zip(literals.windows(2)).map(between).collect(),
        };
        let template = self.template(find.template);
        let mut values = Vec::new();
        for (number, range) in gaps {
            let Some(text) = paste.text.get(range.clone()) else { continue };
            for (name, inside) in template.gaps[number].values(text) {
                values.push((name.to_owned(), range.start + inside.start..range.start + inside.end));
            }
        }
        values.retain(|(_, range)| !range.is_empty());
        values
    }

    /// Messages that do not stand whole, where no whole message explains the text as well.
    // By itself: browsers compile a function when it is first called, and most answers need none of this.
    #[inline(never)]
    fn nearly(&self, paste: &Paste, whole: &[Find], without: Layers, wanted: &impl Fn(usize) -> bool) -> Vec<Find> {
        let view = paste.main();
        let mut finds: Vec<Find> = Vec::new();
        let mut left = vec![(0, view.text.len())];
        let mut of_all: Option<Vec<NearHit>> = None;
        for _ in 0..if without.near { 0 } else { NEAR_ROUNDS } {
            let Some((from, to)) = left.pop() else { break };
            let mut hits = self.near().hits(&self.compact, view, from, to);
            // The fixed text of a regular expression is not the message: near it nothing is proved.
            let is_pattern = |hit: &NearHit| self.compact.pattern(hit.template).is_some();
            hits.retain(|hit| wanted(hit.template as usize) && !is_pattern(hit));
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
                let find = self.near_find(hit, &hits, view, How::Nearly);
                let (start, end) = (view.position(find.span.start), view.position(find.span.end));
                left.extend([(from, start), (end, to)].into_iter().filter(|(from, to)| from + LEAST_LEFT <= *to));
                finds.push(find);
            }
            of_all.get_or_insert(hits);
        }
        let is_free = |find: &Find, others: &[Find]| !others.iter().any(|other| overlap(&other.span, &find.span));
        let tokens =
            if without.telling { Vec::new() } else { self.telling().hits(paste.text, view, 0, view.text.len()) };
        for hit in tokens {
            if let Some(find) =
                token_find(&hit, view, wanted).filter(|find| is_free(find, &finds) && is_free(find, whole))
            {
                finds.push(find);
            }
        }
        for hit in of_all.unwrap_or_default() {
            if self.nearness(&hit) >= Nearness::Close {
                let find = self.near_find(&hit, &[], view, How::Close);
                if is_free(&find, &finds) && is_free(&find, whole) {
                    finds.push(find);
                }
            }
        }
        finds
    }

    /// How many of these templates are messages of other entries than this one's.
    fn different(&self, template: usize, others: &[usize]) -> usize {
        let sources = |template| self.compact.sources(template).iter();
        let own = |entry: &u32| sources(template).any(|(known, _)| known == entry);
        others.iter().filter(|other| !sources(**other).any(|(entry, _)| own(entry))).count()
    }

    /// How near a hit is, its message considered.
    pub fn nearness(&self, hit: &NearHit) -> Nearness {
        nearness(hit, self.compact.template(hit.template).is_word)
    }

    /// A message, compiled.
    pub fn template(&self, number: usize) -> &Template {
        self.compact.template(number as u32)
    }

    fn near_find(&self, hit: &NearHit, all: &[NearHit], view: &Folded, how: How) -> Find {
        let template = hit.template as usize;
        let literals = origins(view, hit.shared.iter().copied());
        let gaps = hit.gaps.iter().map(|(gap, (from, to))| {
            // From the last letter before the gap to the first one behind it: the gap's punctuation is its own.
            let before = view.origin(*from as usize - 1, *from as usize).1;
            (*gap as usize, before..view.origin(*to as usize, *to as usize + 1).0)
        });
        let values = Values::Gaps(gaps.collect());
        let rivals: Vec<usize> = all
            .iter()
            .filter(|other| other.template != hit.template)
            .filter(|other| self.nearness(other) >= Nearness::Cut && is_rival(hit, other))
            .map(|other| other.template as usize)
            .collect();
        let how = if self.different(template, &rivals) > MOST_RIVALS { How::Close } else { how };
        Find {
            template,
            rivals,
            span: literals.first().map_or(0, |first| first.start)..literals.last().map_or(0, |last| last.end),
            literals: Literals::Known(literals),
            values,
            wrappers: Vec::new(),
            weight: hit.letters as usize,
            how,
            share: share(hit),
        }
    }
}

/// Whether whole messages, in order of appearance, leave so much of the text unexplained in one piece that another may
/// stand there nearly. A time is no message, so digits do not count.
fn leaves_something(view: &Folded, whole: &[Find]) -> bool {
    let ends = std::iter::once(0).chain(whole.iter().map(|find| view.position(find.span.end)));
    let starts = whole.iter().map(|find| view.position(find.span.start)).chain([view.text.len()]);
    let letters = |piece: &[u8]| piece.iter().filter(|byte| !byte.is_ascii_digit()).count();
    whole.is_empty() || ends.zip(starts).any(|(from, to)| from < to && letters(&view.text[from..to]) >= LEAST_LEFT)
}

fn token_find(hit: &TokenHit, view: &Folded, wanted: &impl Fn(usize) -> bool) -> Option<Find> {
    let mut templates = hit.templates.iter().map(|template| *template as usize).filter(|template| wanted(*template));
    let literals = origins(view, hit.places.iter().copied());
    Some(Find {
        template: templates.next()?,
        rivals: templates.collect(),
        span: literals.first()?.start..literals.last()?.end,
        literals: Literals::Known(literals),
        values: Values::Gaps(Vec::new()),
        wrappers: Vec::new(),
        weight: hit.letters as usize,
        how: How::Telling,
        share: 100,
    })
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
    sort_by_key(&mut finds, |find| [find.span.start as u64, find.span.end as u64]);
    let mut beaten: Vec<u32> = Vec::new();
    clusters(&finds, |find| (find.span.start, find.span.end), |cluster| settle(&finds, cluster, &mut beaten));
    without(finds, beaten)
}

/// Adds those of a cluster that are beaten by others.
fn settle(finds: &[Find], cluster: Range<usize>, beaten: &mut Vec<u32>) {
    let mut order: Vec<u32> = (cluster.start as u32..cluster.end as u32).collect();
    sort_by_key(&mut order, |number| {
        let find = &finds[*number as usize];
        let most = u64::from(find.how != How::Close) << 40 | find.weight as u64;
        [descending(most), u64::from(How::Whole as u8 - find.how as u8) << 40 | find.span.start as u64]
    });
    // Which ones, in order of place. Numbers, because one that comes late may go before thousands.
    let mut winners: Vec<u32> = Vec::new();
    for number in order {
        let find = &finds[number as usize];
        // Winners never overlap, so only the last one that begins before this one's end can.
        let span = |winner: u32| &finds[winner as usize].span;
        let after = winners.partition_point(|winner| span(*winner).start < find.span.end);
        if after == 0 || span(winners[after - 1]).end <= find.span.start {
            winners.insert(after, number);
        } else {
            beaten.push(number);
        }
    }
}

/// All finds but those of these numbers, in any order.
pub fn without(mut finds: Vec<Find>, mut numbers: Vec<u32>) -> Vec<Find> {
    if numbers.is_empty() {
        return finds;
    }
    sort_by_key(&mut numbers, |number| [u64::from(*number), 0]);
    let mut numbers = numbers.into_iter().peekable();
    let mut at = 0;
    finds.retain(|_| {
        at += 1;
        numbers.next_if_eq(&(at - 1)).is_none()
    });
    finds
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Diagnoser;

    #[test]
    fn near_messages_are_looked_for_where_one_fits() {
        let catalog = r#"{"format":1,"products":[{"id":"p","titles":{"en":"P"}}],"entries":[{"id":"p/a","product":"p","texts":{"en":{"title":"t","situations":[{"cause":[{"text":"c"}],"steps":[[{"text":"s"}]]}]}},
            "messages":[{"lang":"en","text":"The crane dropped {load}"}]}]}"#;
        let catalog: crate::Catalog = serde_json::from_str(catalog).unwrap();
        for (text, is_near) in [
            ("The crane dropped a piano", false),
            ("2031-04-07 11:27:03.123456 ERROR [sync] The crane dropped", false),
            ("The winch would not The crane dropped", true),
            ("The crane dropped\nThe winch would not", true),
            ("winch: The crane dropped winch The crane dropped wind", false),
            ("The crane dripped", true),
        ] {
            let diagnoser = Diagnoser::new(catalog.clone()).unwrap();
            let finder = diagnoser.finder();
            finder.finds(&Paste::new(text), Layers::default(), |_| true);
            assert_eq!(finder.near.get().is_some(), is_near, "{text}");
        }
    }
}
