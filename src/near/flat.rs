//! A message laid out flat, and how much of it a text holds.
//!
//! Here pieces that message and text share are chained in the message's order, and what the chain covers is weighed, with
//! what is missing and what stands in its place. It knows one message at a time.

use super::letters::{alike, common_letters, differ, digits_clash, letters};
use super::{GRAM, NearHit, grams};
use crate::keyed::Keyed;
use crate::order::{descending, sort_by_key};
use crate::paste::{Edge, Folded};
use crate::template::{Segment, Template};

/// A run is chained to one of this many runs before it.
const LOOK_BACK: usize = 48;
/// Between two runs of one fixed part, this many letters may be foreign (a time stamp in a wrapped line, for one).
const LONGEST_INSERT: u32 = 48;
/// Where a text was cut off inside a slot, this many letters of the slot may be left.
const SLOT_REST: u32 = 32;
/// Negations are this short.
const SHORT_WORD: usize = 4;
/// A word of which this many letters differ and that stands in another one's place makes another message.
const WORD: usize = 4;
/// Where a text was cut off, this many mistyped letters may be left.
const STRAY: u32 = 2;
/// A mistyped end of a message is looked for in this many bytes.
const LONGEST_END: usize = 16;
/// Between two fixed parts, as much as a slot may hold.
const LONGEST_SLOT: u32 = 1024;

/// A template laid out: its fixed parts one behind the other.
#[derive(Debug, Default)]
pub(super) struct Flat {
    text: Vec<u8>,
    /// Where gaps are: offsets into `text` (never 0 or the end), with the number of the gap.
    breaks: Vec<(u32, u32)>,
    /// Sums of weights: `sums[n]` is the weight of the first `n` bytes.
    sums: Vec<u32>,
    /// The grams of each fixed part: place in the whole, length, key.
    pub(super) grams: Vec<(u32, u32, u64)>,
}

/// A piece that text and template share: where in each, and how long (bytes).
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    pub(super) text: u32,
    pub(super) flat: u32,
    pub(super) len: u32,
}

/// The grams of a template's fixed parts.
pub(super) fn gram_keys(template: &Template) -> Vec<u64> {
    let mut keys = Vec::new();
    for (head, tail) in template.segments.iter().map(fixed_part) {
        for part in [head, tail] {
            keys.extend(grams(part).map(|(_, _, key)| key));
        }
    }
    keys
}

/// The runs that one template shares with a text.
#[derive(Debug, Default)]
pub(super) struct Runs {
    pub(super) list: Vec<Run>,
    /// The newest run by how far text and message are apart in it: a gram can only continue a run of the same distance.
    newest: Keyed<usize>,
}

impl Runs {
    /// Forgets all, and keeps the room for others.
    pub(super) fn clear(&mut self) {
        self.list.clear();
        self.newest.clear();
    }

    /// Adds a gram to the run that it continues, or begins another.
    pub(super) fn add(&mut self, gram: Run) {
        let distance = u64::from(gram.text.wrapping_sub(gram.flat));
        if let Some(run) = self.newest.get(distance).map(|index| &mut self.list[*index])
            && gram.text <= run.text + run.len
        {
            run.len = run.len.max(gram.text + gram.len - run.text);
        } else {
            *self.newest.at(distance) = self.list.len();
            self.list.push(gram);
        }
    }
}

impl Flat {
    pub(super) fn new(template: &Template, rarity: impl Fn(u64) -> u32) -> Self {
        let mut flat = Self::default();
        for (number, segment) in (0..).zip(&template.segments) {
            let (head, tail) = fixed_part(segment);
            for (part, gap) in [(head, number), (tail, number)] {
                if part.is_empty() {
                    continue;
                }
                if !flat.text.is_empty() {
                    flat.breaks.push((flat.text.len() as u32, gap));
                }
                let from = flat.text.len() as u32;
                flat.grams.extend(grams(part).map(|(at, len, key)| (from + at, len, key)));
                flat.text.extend_from_slice(part);
            }
        }
        flat.weigh(rarity);
        flat
    }

    /// Each byte weighs the average of the grams that it is in.
    fn weigh(&mut self, rarity: impl Fn(u64) -> u32) {
        let mut weights = vec![(0, 0); self.text.len()];
        for (at, len, key) in &self.grams {
            let rarity = rarity(*key);
            for (sum, count) in &mut weights[*at as usize..(at + len) as usize] {
                *sum += rarity;
                *count += 1;
            }
        }
        self.sums = vec![0];
        let mut total = 0;
        for (sum, count) in weights {
            total += sum.checked_div(count).unwrap_or(0);
            self.sums.push(total);
        }
    }

    fn weight(&self, from: u32, to: u32) -> u32 {
        if from < to { self.sums[to as usize] - self.sums[from as usize] } else { 0 }
    }

    fn total(&self) -> u32 {
        self.sums.last().copied().unwrap_or(0)
    }

    /// What a letter weighs on average.
    fn average(&self) -> u32 {
        self.total() / (self.text.len() as u32).max(1)
    }

    /// The number of the gap between two places, if there is one.
    fn gap_between(&self, from: u32, to: u32) -> Option<u32> {
        self.breaks.iter().find(|(at, _)| (from..=to).contains(at)).map(|(_, gap)| *gap)
    }

    /// The best chain of runs, weighed.
    pub(super) fn hit(&self, template: u32, runs: &[Run], text: &Folded) -> Option<NearHit> {
        let chain = self.grown(trimmed(self.chain(runs)), text);
        let (first, last) = (chain.first()?, chain.last()?);
        let mut hit = NearHit {
            template,
            shared: Vec::new(),
            gaps: Vec::new(),
            total: self.total(),
            matched: 0,
            cut: 0,
            line_cut: 0,
            has_head: false,
            unordered: self.unordered(runs, text),
            replaced: 0,
            replaced_letters: 0,
            foreign: 0,
            runs_on: false,
            words: 0,
            letters: 0,
            clash: false,
        };
        let mut before: Option<&Run> = None;
        for run in &chain {
            hit.shared.push((run.text, run.text + run.len));
            hit.words += text.words(run.text as usize, (run.text + run.len) as usize);
            hit.matched += self.weight(run.flat, run.flat + run.len);
            hit.letters += letters(&self.text[run.flat as usize..(run.flat + run.len) as usize]);
            if let Some(before) = before {
                self.between(&mut hit, before, run, text);
            }
            before = Some(run);
        }
        self.look_before(&mut hit, first, text);
        self.look_behind(&mut hit, last, text);
        Some(hit)
    }

    /// A chain whose first and last run reach as far as text and message agree; grams are too coarse for the last letters.
    fn grown(&self, mut chain: Vec<Run>, text: &Folded) -> Vec<Run> {
        let same = |flat: u32, at: u32| {
            self.text.get(flat as usize).is_some_and(|byte| text.text.get(at as usize) == Some(byte))
        };
        if let Some(first) = chain.first_mut() {
            while first.flat > 0 && first.text > 0 && same(first.flat - 1, first.text - 1) {
                (first.flat, first.text, first.len) = (first.flat - 1, first.text - 1, first.len + 1);
            }
        }
        if let Some(last) = chain.last_mut() {
            while same(last.flat + last.len, last.text + last.len) {
                last.len += 1;
            }
        }
        chain
    }

    /// The weight of what runs of some length share, in whatever order, when the text is not much longer than the message.
    fn unordered(&self, runs: &[Run], text: &Folded) -> u32 {
        const LEAST: u32 = 6;
        if text.text.len() > 2 * self.text.len() + 32 {
            return 0;
        }
        let mut long: Vec<&Run> = runs.iter().filter(|run| run.len >= LEAST).collect();
        sort_by_key(&mut long, |run| [descending(run.len), u64::from(run.text) << 32 | u64::from(run.flat)]);
        let mut read = vec![false; text.text.len()];
        let mut covered = vec![false; self.text.len()];
        for run in long {
            let letters = run.text as usize..(run.text + run.len) as usize;
            // No letter of the text stands for two of the message.
            if !read[letters.clone()].contains(&true) {
                read[letters].fill(true);
                covered[run.flat as usize..(run.flat + run.len) as usize].fill(true);
            }
        }
        (0..).zip(covered).filter(|(_, covered)| *covered).map(|(at, _)| self.weight(at, at + 1)).sum()
    }

    /// What stands between two runs of a chain: a slot's text, a mistyped letter, or something else.
    fn between(&self, hit: &mut NearHit, before: &Run, after: &Run, text: &Folded) {
        let (flat_from, flat_to) = (before.flat + before.len, after.flat);
        let (text_from, text_to) = (before.text + before.len, after.text);
        if let Some(gap) = self.gap_between(flat_from, flat_to) {
            let at = self.breaks.iter().find(|(_, number)| *number == gap).map_or(0, |(at, _)| *at);
            let reaches = flat_from + 3 >= at && flat_to <= at + 3;
            if reaches && text_from < text_to {
                hit.gaps.push((gap, (text_from, text_to)));
            }
            return;
        }
        let missing = &self.text[flat_from as usize..flat_to.max(flat_from) as usize];
        let found = &text.text[text_from as usize..text_to.max(text_from) as usize];
        if missing.is_empty() && found.is_empty() {
            return;
        }
        hit.clash |= digits_clash(missing, found);
        let alike = alike(missing, found) as u32;
        if missing.len() >= WORD && found.len() >= WORD && alike == 0 && stands_as_words(text, text_from, text_to) {
            // Another word, not a mistyped one: "processing the request" is not "sending the request".
            hit.replaced += self.weight(flat_from, flat_to);
            hit.replaced_letters += letters(missing);
        }
        if found.is_empty() && missing.len() <= SHORT_WORD {
            // The word that was left out may be the one that matters: "not", "niet", "inte".
            hit.foreign += 2 * missing.len() as u32 * self.average();
        }
        hit.matched += self.weight(flat_from, flat_to) * alike / (missing.len() as u32).max(1);
        hit.letters += alike;
        // A gloss in another script (a translation in brackets) is no part of the message.
        let is_gloss = missing.is_empty() && !found.is_ascii() && self.text.is_ascii() && !found[0].is_ascii();
        if !is_gloss {
            hit.foreign += (found.len() as u32).saturating_sub(alike) * self.average();
        }
    }

    /// What stands before the first run: nothing because the text was cut off there, a mistyped beginning, or something
    /// else.
    fn look_before(&self, hit: &mut NearHit, first: &Run, text: &Folded) {
        hit.has_head = first.flat == 0;
        let missing = &self.text[..first.flat as usize];
        let found = &text.text[(first.text as usize).saturating_sub(missing.len())..first.text as usize];
        let digits = |side: &[u8]| side.iter().rev().copied().take_while(u8::is_ascii_digit).collect::<Vec<_>>();
        hit.clash |= differ(&digits(missing), &digits(found));
        let in_slot = self.breaks.iter().any(|(at, _)| *at == first.flat);
        let least = first.text.saturating_sub(if in_slot { SLOT_REST } else { STRAY });
        if first.text <= STRAY {
            hit.cut += self.weight(0, first.flat);
            return;
        }
        // The next line may begin with the letter that the message goes on with.
        if (least..=first.text + STRAY).any(|at| text.edge(at as usize) == Edge::Line) {
            hit.line_cut += self.weight(0, first.flat);
            return;
        }
        self.look_at_end(hit, missing, found, self.weight(0, first.flat));
    }

    /// The same behind the last run.
    fn look_behind(&self, hit: &mut NearHit, last: &Run, text: &Folded) {
        let (flat, end) = (last.flat + last.len, last.text + last.len);
        if flat as usize == self.text.len() {
            hit.runs_on = text.edge(end as usize) <= Edge::Space;
            return;
        }
        let missing = &self.text[flat as usize..];
        let found = &text.text[end as usize..(end as usize + missing.len()).min(text.text.len())];
        let digits = |side: &[u8]| side.iter().copied().take_while(u8::is_ascii_digit).collect::<Vec<_>>();
        hit.clash |= differ(&digits(missing), &digits(found));
        let in_slot = self.breaks.iter().any(|(at, _)| *at == flat);
        let most = end + if in_slot { SLOT_REST } else { STRAY };
        if (end + STRAY) as usize >= text.text.len() {
            hit.cut += self.weight(flat, self.text.len() as u32);
            return;
        }
        if (end.saturating_sub(STRAY)..=most).any(|at| text.edge(at as usize) == Edge::Line) {
            hit.line_cut += self.weight(flat, self.text.len() as u32);
            return;
        }
        self.look_at_end(hit, missing, found, self.weight(flat, self.text.len() as u32));
    }

    /// A short end that reads much alike is a mistyped one; any other is replaced.
    fn look_at_end(&self, hit: &mut NearHit, missing: &[u8], found: &[u8], weight: u32) {
        let common = if missing.len() <= LONGEST_END { common_letters(missing, found) } else { 0 };
        if common > 0 && common * 3 >= missing.len() * 2 {
            hit.clash |= digits_clash(missing, found);
            hit.matched += weight * common as u32 / missing.len() as u32;
            hit.letters += common as u32;
        } else {
            // Letters that many messages have weigh little, but that other ones stand in their place says much.
            hit.replaced += weight.max(missing.len() as u32 * self.average());
            hit.replaced_letters += letters(missing);
        }
    }

    /// Runs in the order of both text and message, with the most weight. Cost: bounded for each run.
    fn chain(&self, runs: &[Run]) -> Vec<Run> {
        let mut runs = runs.to_vec();
        sort_by_key(&mut runs, |run| [run.text.into(), run.flat.into()]);
        // For each run: the best weight of a chain that ends with it, the run before it, and how much of it counts.
        let mut best: Vec<(i64, Option<usize>, Run)> = Vec::with_capacity(runs.len());
        for (index, run) in runs.iter().enumerate() {
            let mut choice = (i64::from(self.weight(run.flat, run.flat + run.len)), None, *run);
            let least = index.saturating_sub(LOOK_BACK);
            for (earlier, (weight, _, before)) in (least..).zip(&best[least..]) {
                let Some((run, penalty)) = self.follow(before, run) else { continue };
                let weight = weight + i64::from(self.weight(run.flat, run.flat + run.len)) - penalty;
                if weight > choice.0 {
                    choice = (weight, Some(earlier), run);
                }
            }
            best.push(choice);
        }
        let mut chain = Vec::new();
        let mut at = (0..best.len()).max_by_key(|index| (best[*index].0, std::cmp::Reverse(*index)));
        while let Some(index) = at {
            chain.push(best[index].2);
            at = best[index].1;
        }
        chain.reverse();
        chain
    }

    /// The part of `run` that can follow `before`, and what the distance costs; none when it cannot.
    fn follow(&self, before: &Run, run: &Run) -> Option<(Run, i64)> {
        let overlap = (before.text + before.len)
            .saturating_sub(run.text)
            .max((before.flat + before.len).saturating_sub(run.flat));
        // What is left of an overlapping run must be worth a step: two letters stand anywhere.
        if overlap > 0 && run.len < overlap + GRAM as u32 {
            return None;
        }
        let run = Run { text: run.text + overlap, flat: run.flat + overlap, len: run.len - overlap };
        let inserted = run.text - (before.text + before.len);
        let has_gap = self.gap_between(before.flat + before.len, run.flat).is_some();
        let skipped = run.flat - (before.flat + before.len);
        if inserted > if has_gap { LONGEST_SLOT } else { LONGEST_INSERT + skipped } {
            return None;
        }
        let foreign = if has_gap { inserted / 16 } else { inserted.saturating_sub(skipped) };
        Some((run, i64::from(foreign) * 8))
    }
}

/// The parts that all variants of a segment share: how they begin and how they end.
fn fixed_part(segment: &Segment) -> (&[u8], &[u8]) {
    let shortest: &[u8] = segment.variants.last().map_or(&[], |variant| variant);
    if segment.variants.len() == 1 {
        return (shortest, &[]);
    }
    let all = |matches: &dyn Fn(&[u8]) -> bool| segment.variants.iter().all(|variant| matches(variant));
    let head =
        (0..=shortest.len()).rev().find(|len| all(&|variant| variant.starts_with(&shortest[..*len]))).unwrap_or(0);
    let rest = shortest.len() - head;
    let tail =
        (0..=rest).rev().find(|len| all(&|variant| variant.ends_with(&shortest[shortest.len() - len..]))).unwrap_or(0);
    (&shortest[..head], &shortest[shortest.len() - tail..])
}

/// A chain without stray ends: a few letters, found far off in the message, which happen to stand in the text as well.
fn trimmed(mut chain: Vec<Run>) -> Vec<Run> {
    const SHORT: u32 = 8;
    let is_stray =
        |run: &Run, before: &Run, after: &Run| run.len < SHORT && after.flat - (before.flat + before.len) > run.len;
    while let [.., before, last] = chain.as_slice() {
        if !is_stray(last, before, last) {
            break;
        }
        chain.pop();
    }
    let strays = chain.windows(2).take_while(|pair| is_stray(&pair[0], &pair[0], &pair[1])).count();
    chain.drain(..strays);
    chain
}

/// Whether what stands between two places begins and ends within a word of each: whole words, give or take three letters
/// that a word shares with the one in its place.
fn stands_as_words(text: &Folded, from: u32, to: u32) -> bool {
    let is_near = |at: u32| (at.saturating_sub(3)..=at + 3).any(|at| text.edge(at as usize) >= Edge::Space);
    is_near(from) && is_near(to)
}
