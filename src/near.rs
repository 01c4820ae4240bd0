//! Messages that stand in a text nearly: cut off, mistyped, spaced or worded a little otherwise.
//!
//! Every message is laid out flat and cut into *grams*, overlapping pieces of four letters (two syllables). A text's
//! grams lead to the messages that share them; runs of shared grams that keep the message's order are chained, and
//! what the chain covers is weighed: letters that few entries have weigh much. The result is a [`NearHit`]: how much of
//! the message stands there, how much is missing because the text was cut off, and what speaks against it. It may not
//! know of entries or confidence: how much is enough is the diagnosis's to say.
//!
//! All weights are whole numbers, so that every platform ranks alike.

use std::collections::HashMap;

use crate::paste::{Edge, Folded, key};
use crate::template::{Segment, Template};

/// A gram is this many letters long; a character beyond ASCII counts for two.
const GRAM: usize = 4;
/// A gram that more messages have than this leads nowhere.
const MOST_SHARED: usize = 400;
/// This many messages are looked at closely, those that share most with the text.
const MOST_CHAINED: usize = 24;
/// A run is chained to one of this many runs before it.
const LOOK_BACK: usize = 48;
/// Between two runs of one fixed part, this many letters may be foreign (a time stamp in a wrapped line, for one).
const LONGEST_INSERT: u32 = 48;
/// Where a text was cut off inside a slot, this many letters of the slot may be left.
const SLOT_REST: u32 = 32;
/// Negations are this short.
const SHORT_WORD: usize = 4;
/// Where a text was cut off, this many mistyped letters may be left.
const STRAY: u32 = 2;
/// A mistyped end of a message is looked for in this many bytes.
const LONGEST_END: usize = 16;
/// Between two fixed parts, as much as a slot may hold.
const LONGEST_SLOT: u32 = 1024;

/// A message that stands in a text nearly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearHit {
    /// Which template.
    pub template: u32,
    /// The parts of the text that it shares, in bytes of folded text, in order.
    pub shared: Vec<(u32, u32)>,
    /// For each gap of the template (between fixed parts) that both sides reach: its number and its folded text.
    pub gaps: Vec<(u32, (u32, u32))>,
    /// The weight of the whole message.
    pub total: u32,
    /// The weight of what stands in the text.
    pub matched: u32,
    /// The weight of what is missing because the text begins or ends there.
    pub cut: u32,
    /// The weight of what may be missing for that reason: a line begins or ends there inside the text, or what stands
    /// there may be the rest of a slot's text.
    pub line_cut: u32,
    /// The message's beginning stands in the text.
    pub has_head: bool,
    /// The weight of what stands in the text when order does not count.
    pub unordered: u32,
    /// The weight of what is missing at an end though the line goes on there: with something else.
    pub replaced: u32,
    /// How many letters those are.
    pub replaced_letters: u32,
    /// The weight that letters of the text would have which stand inside the message and are not of it.
    pub foreign: u32,
    /// The message ends, but the sentence goes on.
    pub runs_on: bool,
    /// How many words begin in what is shared.
    pub words: u32,
    /// How many letters are shared.
    pub letters: u32,
    /// Digits of the message stand in the text as other digits: another code, so another error.
    pub clash: bool,
}

/// The grams of many templates.
#[derive(Debug, Default)]
pub struct Near {
    flats: Vec<Flat>,
    /// For each gram, the templates that have it, and where.
    postings: HashMap<u64, Vec<(u32, u32)>>,
}

/// A template laid out: its fixed parts one behind the other.
#[derive(Debug, Default)]
struct Flat {
    text: Vec<u8>,
    /// Where gaps are: offsets into `text` (never 0 or the end), with the number of the gap.
    breaks: Vec<(u32, u32)>,
    /// Sums of weights: `sums[n]` is the weight of the first `n` bytes.
    sums: Vec<u32>,
}

/// A piece that text and template share: where in each, and how long (bytes).
#[derive(Clone, Copy, Debug)]
struct Run {
    text: u32,
    flat: u32,
    len: u32,
}

impl Near {
    /// Lays out and weighs every template. `owner` names the group that a template's letters are counted for: letters
    /// that the messages of one entry share among themselves are no less telling. Cost: linear in the fixed text.
    pub fn new(templates: &[Template], owner: impl Fn(usize) -> u32) -> Self {
        let mut near = Self { flats: templates.iter().map(Flat::new).collect(), ..Self::default() };
        let mut owners: HashMap<u64, Vec<u32>> = HashMap::new();
        for (number, flat) in (0..).zip(&near.flats) {
            for (at, _, key) in flat.grams() {
                near.postings.entry(key).or_default().push((number, at));
                let owners = owners.entry(key).or_default();
                let owner = owner(number as usize);
                if owners.last() != Some(&owner) && !owners.contains(&owner) {
                    owners.push(owner);
                }
            }
        }
        let groups = (0..templates.len()).map(&owner).max().map_or(1, |last| last as usize + 1);
        for flat in &mut near.flats {
            flat.weigh(|key| rarity(groups, owners.get(&key).map_or(1, Vec::len)));
        }
        near.postings.retain(|_, templates| templates.len() <= MOST_SHARED);
        near
    }

    /// The messages that stand nearly in the folded bytes `from..to`, the one with the most shared weight first.
    /// Cost: linear in the text and in the messages that share grams with it, which is bounded.
    pub fn hits(&self, text: &Folded, from: usize, to: usize) -> Vec<NearHit> {
        let mut runs: HashMap<u32, Runs> = HashMap::new();
        for (at, len, key) in grams(&text.text[from..to]) {
            for (template, flat) in self.postings.get(&key).into_iter().flatten() {
                runs.entry(*template).or_default().add(Run { text: from as u32 + at, flat: *flat, len });
            }
        }
        let mut ranked: Vec<(u32, u32, Vec<Run>)> = runs
            .into_iter()
            .map(|(template, runs)| (self.flats[template as usize].shared_weight(&runs.list), template, runs.list))
            .collect();
        ranked.sort_by_key(|(weight, template, _)| (std::cmp::Reverse(*weight), *template));
        ranked.truncate(MOST_CHAINED);
        let mut hits: Vec<NearHit> = ranked
            .into_iter()
            .filter_map(|(_, template, runs)| self.flats[template as usize].hit(template, &runs, text))
            .collect();
        hits.sort_by_key(|hit| (std::cmp::Reverse(hit.matched), hit.total, hit.template));
        hits
    }
}

/// Sixteen times the binary logarithm of how many groups there are for one that has the gram, at least 8: even what
/// everyone has says a little.
fn rarity(groups: usize, having: usize) -> u32 {
    let ratio = ((groups as u64 + 1) << 8) / having.max(1) as u64;
    let whole = ratio.ilog2();
    let part = (((ratio - (1 << whole)) * 16) >> whole) as u32;
    (whole * 16 + part).saturating_sub(8 * 16).max(8)
}

/// The runs that one template shares with a text.
#[derive(Debug, Default)]
struct Runs {
    list: Vec<Run>,
    /// The newest run by how far text and message are apart in it: a gram can only continue a run of the same distance.
    newest: HashMap<u32, usize>,
}

impl Runs {
    /// Adds a gram to the run that it continues, or begins another.
    fn add(&mut self, gram: Run) {
        let distance = gram.text.wrapping_sub(gram.flat);
        if let Some(run) = self.newest.get(&distance).map(|index| &mut self.list[*index])
            && gram.text <= run.text + run.len
        {
            run.len = run.len.max(gram.text + gram.len - run.text);
        } else {
            self.newest.insert(distance, self.list.len());
            self.list.push(gram);
        }
    }
}

/// The grams of a folded text: place, length in bytes, key.
fn grams(text: &[u8]) -> impl Iterator<Item = (u32, u32, u64)> + '_ {
    let is_start = |at: usize| text[at] & 0xc0 != 0x80;
    (0..text.len()).filter(move |at| is_start(*at)).filter_map(move |at| {
        let mut letters = 0;
        let mut end = at;
        while letters < GRAM {
            letters += match text.get(end)? {
                byte if *byte < 0x80 => 1,
                _ => 2,
            };
            end += 1;
            while end < text.len() && !is_start(end) {
                end += 1;
            }
        }
        Some((at as u32, (end - at) as u32, key(&text[at..end])))
    })
}

impl Flat {
    fn new(template: &Template) -> Self {
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
                flat.text.extend_from_slice(part);
            }
        }
        flat
    }

    /// The grams of each fixed part, with places in the whole.
    fn grams(&self) -> Vec<(u32, u32, u64)> {
        let mut from = 0;
        let mut all = Vec::new();
        for end in self.breaks.iter().map(|(at, _)| *at).chain([self.text.len() as u32]) {
            let part = &self.text[from as usize..end as usize];
            all.extend(grams(part).map(|(at, len, key)| (from + at, len, key)));
            from = end;
        }
        all
    }

    /// Each byte weighs the average of the grams that it is in.
    fn weigh(&mut self, rarity: impl Fn(u64) -> u32) {
        let mut weights = vec![(0, 0); self.text.len()];
        for (at, len, key) in self.grams() {
            let rarity = rarity(key);
            for (sum, count) in &mut weights[at as usize..(at + len) as usize] {
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

    fn shared_weight(&self, runs: &[Run]) -> u32 {
        runs.iter().map(|run| self.weight(run.flat, run.flat + run.len)).sum::<u32>().min(self.total())
    }

    /// The number of the gap between two places, if there is one.
    fn gap_between(&self, from: u32, to: u32) -> Option<u32> {
        self.breaks.iter().find(|(at, _)| (from..=to).contains(at)).map(|(_, gap)| *gap)
    }

    /// The best chain of runs, weighed.
    fn hit(&self, template: u32, runs: &[Run], text: &Folded) -> Option<NearHit> {
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
            hit.words +=
                (run.text..run.text + run.len).filter(|at| text.edge(*at as usize) >= Edge::Space).count() as u32;
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
        long.sort_by_key(|run| (std::cmp::Reverse(run.len), run.text, run.flat));
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
        if (least..=first.text).any(|at| text.edge(at as usize) == Edge::Line) {
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
        if (end..=most).any(|at| text.edge(at as usize) == Edge::Line) {
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
        runs.sort_by_key(|run| (run.text, run.flat));
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

/// How many letters a folded text has; a character beyond ASCII counts for two, as in grams.
fn letters(text: &[u8]) -> u32 {
    text.iter().map(|byte| if *byte < 0x80 { 1 } else { 2 * u32::from(*byte >= 0xc0) }).sum()
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

fn differ(missing: &[u8], found: &[u8]) -> bool {
    !missing.is_empty() && !found.is_empty() && missing != found
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

/// Whether both sides have digits, and other ones, letters that look like digits aside.
fn digits_clash(missing: &[u8], found: &[u8]) -> bool {
    let digits = |side: &[u8]| side.iter().map(|byte| as_digit(*byte)).filter(u8::is_ascii_digit).collect::<Vec<_>>();
    missing.iter().any(u8::is_ascii_digit) && found.iter().any(u8::is_ascii_digit) && digits(missing) != digits(found)
}

/// A letter that a reader of bad print takes for a digit.
fn as_digit(byte: u8) -> u8 {
    match byte {
        b'o' => b'0',
        b'l' | b'i' => b'1',
        b'z' => b'2',
        b's' => b'5',
        b'b' => b'8',
        other => other,
    }
}

/// How many letters two short texts have in common, in order, less those that differ: any two texts share some.
fn alike(a: &[u8], b: &[u8]) -> usize {
    (2 * common_letters(a, b)).saturating_sub(a.len().max(b.len()))
}

/// How many letters two short texts have in common, in order.
fn common_letters(a: &[u8], b: &[u8]) -> usize {
    const LONGEST: usize = 40;
    let (a, b) = (&a[..a.len().min(LONGEST)], &b[..b.len().min(LONGEST)]);
    let mut row = vec![0_usize; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (at, y) in b.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if as_digit(*x) == as_digit(*y) { diagonal + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    row[b.len()]
}
