//! Which entries share words with a text: the nearest there is when no message stands in it.
//!
//! Every entry is a bag of words from its messages, titles and causes in all languages, weighed by how few entries have
//! them. It may not know how sure an answer must be: it ranks, and the diagnosis decides.
//!
//! Weights are whole numbers throughout, so that every platform ranks alike.

use crate::catalog::{Entry, Inline};
use crate::keyed::Keyed;
use crate::order::{descending, sort_by_key};
use crate::paste::{Edge, Folded, fold, fold_str, key};

/// The words of a catalog's entries.
#[derive(Debug, Default)]
pub struct Words {
    /// For each word, the entries that have it and how much it counts in them.
    postings: Keyed<Vec<(u32, u32)>>,
    /// Entries by the hash of their folded titles.
    titles: Keyed<Vec<u32>>,
    entries: usize,
}

/// How much a word counts by where it stands.
const IN_MESSAGE: u32 = 4;
const IN_TITLE: u32 = 3;
const IN_CAUSE: u32 = 2;
/// In a catalog of more entries than this, causes are not read: it would take seconds.
const MOST_WITH_CAUSES: usize = 4096;
/// Only this much of a long text is read: the nearest entry of a whole log means nothing.
const MOST_WORDS: usize = 4096;

impl Words {
    /// Reads the words of every entry; `count` says how many there are.
    pub fn new(entries: impl Iterator<Item = Entry>, count: usize) -> Self {
        let mut words = Self { entries: count, ..Self::default() };
        for (number, entry) in (0..).zip(entries) {
            for text in entry.texts.values() {
                let title = words.titles.at(key(&fold_str(&text.title)));
                if title.last() != Some(&number) {
                    title.push(number);
                }
            }
            for (word, weight) in entry_words(&entry, count <= MOST_WITH_CAUSES).iter() {
                words.postings.at(word).push((number, *weight));
            }
        }
        words
    }

    /// The entry whose title the text is, in any language.
    pub fn title(&self, text: &Folded) -> Option<u32> {
        match self.titles.get(key(&text.text))?[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    /// The entries that share words with a text, best first, each with its share of the text's weight in thousandths.
    /// Cost: linear in the text and in the entries that share a word with it.
    pub fn rank(&self, text: &Folded) -> Vec<(u32, u32)> {
        let mut asked = split(text);
        asked.truncate(MOST_WORDS);
        sort_by_key(&mut asked, |word| [*word, 0]);
        asked.dedup();
        let mut scores: Keyed<u64> = Keyed::default();
        let mut total = 0_u64;
        for word in asked {
            let Some(postings) = self.postings.get(word) else {
                total += rarity(self.entries, 1) * u64::from(IN_TITLE) / 2;
                continue;
            };
            let rarity = rarity(self.entries, postings.len());
            total += rarity * u64::from(IN_MESSAGE);
            for (entry, weight) in postings {
                *scores.at((*entry).into()) += rarity * u64::from(*weight);
            }
        }
        let mut ranked: Vec<(u32, u32)> =
            scores.iter().map(|(entry, score)| (entry as u32, (score * 1000 / total.max(1)) as u32)).collect();
        sort_by_key(&mut ranked, |(entry, score)| [descending(*score), u64::from(*entry)]);
        ranked
    }
}

/// Sixteen times the binary logarithm of how many entries there are for one that has the word.
fn rarity(entries: usize, having: usize) -> u64 {
    let ratio = ((entries as u64 + 1) << 8) / having.max(1) as u64;
    let whole = u64::from(ratio.ilog2());
    // Linear between powers of two: near enough, and the same on every platform.
    let part = ((ratio - (1 << whole)) * 16) >> whole;
    (whole * 16 + part).saturating_sub(8 * 16 - 4)
}

fn entry_words(entry: &Entry, with_causes: bool) -> Keyed<u32> {
    let mut words: Keyed<u32> = Keyed::default();
    let mut add = |text: &str, weight: u32| {
        for word in split(&fold(text, None)) {
            let best = words.at(word);
            *best = weight.max(*best);
        }
    };
    for message in &entry.messages {
        add(&message.text, IN_MESSAGE);
    }
    for app in &entry.apps {
        add(app, IN_TITLE);
    }
    for text in entry.texts.values() {
        add(&text.title, IN_TITLE);
        for situation in text.situations.iter().filter(|_| with_causes) {
            add(&plain(&situation.cause), IN_CAUSE);
            add(&situation.when.as_deref().map(plain).unwrap_or_default(), IN_CAUSE);
        }
    }
    words
}

/// The text of prose without its structure.
pub fn plain(prose: &[Inline]) -> String {
    let mut text = String::new();
    for inline in prose {
        match inline {
            Inline::Text(part) | Inline::Code(part) => text.push_str(part),
            Inline::Strong(content) | Inline::Link { content, .. } => text.push_str(&plain(content)),
            Inline::List { items, .. } => items.iter().for_each(|item| {
                text.push(' ');
                text.push_str(&plain(item));
            }),
            Inline::Slot(name) => text.extend(["{", name, "}"]),
        }
    }
    text
}

/// The words of a folded text, hashed: whole words and the parts of joined ones (`fooBar`); where a script writes no
/// spaces, each pair of syllables.
fn split(text: &Folded) -> Vec<u64> {
    let mut words = Vec::new();
    let bytes = &text.text;
    let (mut hard, mut soft, mut pair) = (0, 0, None);
    for at in 1..=bytes.len() {
        let edge = text.edge(at);
        if edge == Edge::None {
            continue;
        }
        let part = &bytes[soft..at];
        let is_syllable = part.len() >= 3 && part[0] >= 0xe0;
        if is_syllable {
            if let Some(from) = pair {
                words.push(key(&bytes[from..at]));
            }
            pair = (edge == Edge::Soft).then_some(soft);
        } else if soft > hard || edge == Edge::Soft {
            push_word(&mut words, part);
            pair = None;
        }
        soft = at;
        if edge >= Edge::Space {
            if !is_syllable {
                push_word(&mut words, &bytes[hard..at]);
            }
            hard = at;
            pair = None;
        }
    }
    words
}

/// A word, and its beginning, which inflection and compounds leave alone.
fn push_word(words: &mut Vec<u64>, word: &[u8]) {
    if word.len() >= 2 {
        words.push(key(word));
    }
    if word.len() > 6 && word.is_ascii() {
        words.push(key(&word[..5]) ^ 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Catalog, Message};

    #[test]
    fn the_entry_that_shares_rare_words_comes_first() {
        let entry = |id: &str, text: &str| Entry {
            id: id.into(),
            messages: vec![Message::text("en", text)],
            ..Entry::default()
        };
        let catalog = Catalog {
            entries: vec![
                entry("a", "the connector was deleted"),
                entry("b", "the connector has no licence"),
                entry("c", "연결 정보를 가져올 수 없습니다"),
            ],
            ..Catalog::default()
        };
        let words = Words::new(catalog.entries.iter().cloned(), catalog.entries.len());
        let first = |text: &str| words.rank(&fold(text, None)).first().map(|ranked| ranked.0);
        assert_eq!(first("somebody deleted our connector"), Some(0));
        assert_eq!(first("licences? the thing needs one"), Some(1));
        assert_eq!(first("연결정보 가져올수 없음"), Some(2));
        assert_eq!(first("qwerty"), None);
    }
}
