//! Messages that stand in a text nearly: cut off, mistyped, spaced or worded a little otherwise.
//!
//! Every message is cut into *grams*, overlapping pieces of four letters (two syllables). A text's grams lead to the
//! messages that share them; those that share most are looked at closely (`flat`). The result is a [`NearHit`]: how much
//! of the message stands there, how much is missing because the text was cut off, and what speaks against it. It may not
//! know of entries or confidence: how much is enough is the diagnosis's to say.
//!
//! All weights are whole numbers, so that every platform ranks alike.

mod flat;
mod letters;

use std::sync::OnceLock;

use flat::{Flat, Run, Runs};

use crate::keyed::Keyed;
use crate::order::{descending, sort_by_key};
use crate::paste::{Folded, key};
use crate::template::{Template, Templates};

/// A gram is this many letters long; a character beyond ASCII counts for two.
const GRAM: usize = 4;
/// A gram that more messages have than this leads nowhere.
const MOST_SHARED: u32 = 400;
/// This many messages are looked at closely, those that share most with the text.
const MOST_CHAINED: usize = 24;
/// A gram of the text leads to so many messages on average, at most; the rarest go first.
const MOST_VISITS: usize = 32;
/// A gram is looked for at so many places of the text.
const MOST_PLACES: usize = 256;
/// Of so many messages every gram is noted; of more, the rarest of each four, so that time and memory stay bounded.
const FEW: usize = 4096;
const SPREAD: usize = 4;
/// How common a gram is, is counted in about so many messages.
const COUNTED: usize = 16_384;

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
    grams: Keyed<Gram>,
    /// Templates, those that have the same gram together.
    postings: Vec<u32>,
    /// Each template laid out when first looked at.
    flats: Vec<OnceLock<Box<Flat>>>,
    /// How many groups the grams were counted in.
    groups: usize,
}

/// Where the grams of a text stand: place and length. One list of all, because a list for each took longer than looking at
/// the messages.
#[derive(Default)]
struct Occurrences {
    /// Each with the number of the next one of its gram, counted from 1; 0 where it is the last.
    list: Vec<((u32, u32), u32)>,
    /// The numbers of the first one and the last one of each gram.
    ends: Keyed<(u32, u32)>,
}

impl Occurrences {
    fn add(&mut self, key: u64, place: (u32, u32)) {
        self.list.push((place, 0));
        let number = self.list.len() as u32;
        let (first, last) = self.ends.at(key);
        match self.list.get_mut((*last as usize).wrapping_sub(1)) {
            Some((_, next)) => *next = number,
            None => *first = number,
        }
        *last = number;
    }

    fn of(&self, key: u64) -> impl Iterator<Item = (u32, u32)> + '_ {
        let mut number = self.ends.get(key).map_or(0, |(first, _)| *first);
        std::iter::from_fn(move || {
            let (place, next) = self.list.get((number as usize).wrapping_sub(1))?;
            number = *next;
            Some(*place)
        })
    }
}

/// What is known of a gram.
#[derive(Clone, Copy, Debug, Default)]
struct Gram {
    /// How many groups have it, and the last one that was counted.
    groups: u32,
    last: u32,
    /// Where its templates stand in the postings.
    first: u32,
    len: u32,
}

impl Near {
    /// Reads the grams of every template. `owner` names the group that a template's letters are counted for, ascending:
    /// letters that the messages of one entry share among themselves are no less telling. Cost: linear in the fixed text.
    pub fn new(templates: &(impl Templates + ?Sized), owner: impl Fn(usize) -> u32) -> Self {
        let mut near = Self { flats: (0..templates.count()).map(|_| OnceLock::new()).collect(), ..Self::default() };
        let step = templates.count().div_ceil(COUNTED).max(1);
        let mut last = u32::MAX;
        for number in (0..templates.count()).step_by(step) {
            let owner = owner(number);
            near.groups += usize::from(owner != last);
            last = owner;
            for key in flat::gram_keys(templates.template(number as u32)) {
                let gram = near.grams.at(key);
                // One more than the owner: 0 is nobody.
                gram.groups += u32::from(gram.last != owner + 1);
                gram.last = owner + 1;
            }
        }
        near.note(templates);
        near
    }

    /// Notes which templates have a gram.
    fn note(&mut self, templates: &(impl Templates + ?Sized)) {
        let spread = if templates.count() <= FEW { 1 } else { SPREAD };
        let chosen = |near: &Self, template: &Template| -> Vec<u64> {
            let keys = flat::gram_keys(template);
            let rarest = |keys: &[u64]| keys.iter().copied().min_by_key(|key| near.count(*key));
            keys.chunks(spread).filter_map(rarest).collect()
        };
        for number in 0..templates.count() as u32 {
            for key in chosen(self, templates.template(number)) {
                self.grams.at(key).len += 1;
            }
        }
        let mut first = 0;
        for gram in self.grams.values_mut() {
            if gram.len > MOST_SHARED {
                gram.len = 0;
            }
            (gram.first, first) = (first, first + gram.len);
            // From here on it says how many of them stand there already.
            gram.last = 0;
        }
        self.postings = vec![0; first as usize];
        for number in 0..templates.count() as u32 {
            for key in chosen(self, templates.template(number)) {
                if let Some(gram) = self.grams.get_mut(key).filter(|gram| gram.last < gram.len) {
                    self.postings[(gram.first + gram.last) as usize] = number;
                    gram.last += 1;
                }
            }
        }
    }

    fn count(&self, key: u64) -> u32 {
        self.grams.get(key).map_or(1, |gram| gram.groups.max(1))
    }

    fn flat(&self, templates: &(impl Templates + ?Sized), number: u32) -> &Flat {
        self.flats[number as usize].get_or_init(|| {
            Box::new(Flat::new(templates.template(number), |key| rarity(self.groups, self.count(key) as usize)))
        })
    }

    /// The messages that stand nearly in the folded bytes `from..to`, the one with the most shared weight first.
    /// `templates` are those that it was made of. Cost: linear in the text; how many messages are looked at is bounded.
    pub fn hits(&self, templates: &(impl Templates + ?Sized), text: &Folded, from: usize, to: usize) -> Vec<NearHit> {
        let mut known: Vec<(u64, &Gram)> = Vec::new();
        let mut places = Occurrences::default();
        let mut count = 0;
        for (at, len, key) in grams(&text.text[from..to]) {
            count += 1;
            if let Some(gram) = self.grams.get(key) {
                known.push((key, gram));
                places.add(key, (from as u32 + at, len));
            }
        }
        let ranked = self.ranked(known, count);
        let mut runs = Runs::default();
        let near = |template: u32| {
            let flat = self.flat(templates, template);
            runs.clear();
            for (at, _, key) in &flat.grams {
                for (place, len) in places.of(*key).take(MOST_PLACES) {
                    runs.add(Run { text: place, flat: *at, len });
                }
            }
            flat.hit(template, &runs.list, text)
        };
        let mut hits: Vec<NearHit> = ranked.into_iter().filter_map(near).collect();
        sort_by_key(&mut hits, |hit| [descending(hit.matched), u64::from(hit.total) << 32 | u64::from(hit.template)]);
        hits
    }

    /// The templates that share most with a text that has so many grams, of which these are known.
    fn ranked(&self, mut known: Vec<(u64, &Gram)>, count: usize) -> Vec<u32> {
        let most = count * MOST_VISITS;
        if known.iter().map(|(_, gram)| gram.len as usize).sum::<usize>() > most {
            sort_by_key(&mut known, |(key, gram)| [gram.len.into(), *key]);
        }
        let mut votes = vec![0_u32; self.flats.len()];
        let mut ranked = Vec::new();
        let mut visits = 0;
        for (_, gram) in known {
            visits += gram.len as usize;
            if visits > most {
                break;
            }
            let weight = rarity(self.groups, gram.groups as usize);
            for template in &self.postings[gram.first as usize..(gram.first + gram.len) as usize] {
                let vote = &mut votes[*template as usize];
                if *vote == 0 {
                    ranked.push(*template);
                }
                *vote = vote.saturating_add(weight);
            }
        }
        // Only those that have about as many votes as the last that counts need to be put in order: how many have so many
        // binary digits of them is counted.
        let digits = |template: &u32| votes[*template as usize].ilog2() as usize;
        let mut having = [0; u32::BITS as usize];
        for template in &ranked {
            having[digits(template)] += 1;
        }
        let mut above = 0;
        let enough = |at: &usize| {
            above += having[*at];
            above >= MOST_CHAINED
        };
        let least = (0..having.len()).rev().find(enough).unwrap_or(0);
        ranked.retain(|template| digits(template) >= least);
        sort_by_key(&mut ranked, |template| [descending(votes[*template as usize]), (*template).into()]);
        ranked.truncate(MOST_CHAINED);
        ranked
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
