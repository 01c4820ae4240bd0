//! Telling tokens: what stays the same in every language — class names, codes, table and field names.
//!
//! A message in a language that nobody wrote a page in still holds `HttpRequestFailure` and `401`. Each message's telling
//! tokens are its *signature*; where a text holds a whole signature and the words around it are of no language that the
//! catalog knows, it is that message, translated. In a language that the catalog does know, other words mean another
//! error, and the signature says nothing. The names of a message's slots are a signature too: translated documentation
//! keeps `{connectionIdentifier}`. This module knows messages and words; whose they are it does not know.

use self::tokens::{slot_tokens, technical_words, telling_tokens};
use crate::catalog::Entry;
use crate::compact::Compact;
use crate::keyed::{Keyed, key_of};
use crate::order::{descending, sort_by_key};
use crate::paste::{Edge, Folded, fold, key, key_on};
use crate::template::Templates;
use crate::words::plain;

mod tokens;

/// A signature of fewer letters than this could be anybody's.
const LEAST_LETTERS: usize = 12;
/// Slots are named after everybody's things: a signature of them has this many letters, and belongs to this many entries
/// at most.
const LEAST_SLOT_LETTERS: usize = 18;
const MOST_SAME_SLOTS: usize = 2;
/// So many entries are read for the words that they know.
const MOST_READ: usize = 4096;
/// All tokens of a signature stand within this much folded text.
const WIDEST: usize = 1500;
/// Of the other words around a signature, at most this share, in percent, may be known ones. Languages are related:
/// "server" and "token" are known in German; but a text in a known language has nearly all its words known.
const MOST_KNOWN: usize = 55;

/// The signatures of many messages and the words of the languages that the catalog knows.
#[derive(Debug, Default)]
pub struct Telling {
    tokens: Vec<Vec<u8>>,
    /// Token numbers by the hash of their first run of letters.
    by_start: Keyed<Vec<u32>>,
    /// Every signature once, with the templates that have it.
    signatures: Vec<(Signature, Vec<u32>)>,
    /// For each token, the signatures that have it.
    by_token: Vec<Vec<u32>>,
    known: Keyed<()>,
    /// Words of package paths and field names, which stand in every language alike.
    technical: Keyed<()>,
}

/// The telling tokens of every message, with the words of every text as the languages that are known.
pub fn telling(catalog: &Compact) -> Telling {
    let message = |template: usize| {
        let (entry, message) = catalog.sources(template).first()?;
        let (text, regex) = catalog.message(*entry, *message)?;
        (!regex).then_some((text, *entry))
    };
    let templates = (0..catalog.count()).map(message);
    // The words of a language are known long before all entries are read.
    let step = (catalog.len() as usize).div_ceil(MOST_READ).max(1);
    let read = (0..catalog.len()).step_by(step).map(|number| catalog.read_entry(number));
    let mut prose = Vec::new();
    read.for_each(|entry| prose.append(&mut all_prose(&entry)));
    Telling::new(templates, prose.iter().map(String::as_str))
}

/// Every text of an entry, in every language.
fn all_prose(entry: &Entry) -> Vec<String> {
    let mut prose: Vec<String> = entry.messages.iter().map(|message| message.text.clone()).collect();
    for text in entry.texts.values() {
        prose.push(text.title.clone());
        for situation in &text.situations {
            prose.extend(situation.when.as_deref().map(plain));
            prose.extend([plain(&situation.cause), plain(&situation.intro)]);
            prose.extend(situation.steps.iter().map(|step| plain(step)));
        }
    }
    prose
}

/// The tokens of a message.
#[derive(Clone, Debug, Default)]
struct Signature {
    tokens: Vec<u32>,
    /// They are names of slots, and stand in braces.
    is_slots: bool,
    /// Those that a translator may have taken for a phrase (`StatusCode`); field names and codes nobody does. None in a
    /// signature that had to be filled up with field names and words in capitals.
    optional: Vec<u32>,
}

impl Signature {
    /// What tells signatures apart.
    fn key(&self) -> u64 {
        let tokens = self.tokens.iter().chain([&u32::MAX]).chain(&self.optional).copied();
        key_of(tokens.chain([u32::from(self.is_slots)]))
    }
}

/// A signature that stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenHit {
    /// Whose signature: the templates that have this very one.
    pub templates: Vec<u32>,
    /// Where each token stands, in bytes of folded text, in order of place.
    pub places: Vec<(u32, u32)>,
    /// How many letters the tokens have.
    pub letters: u32,
}

impl Telling {
    /// Takes the signatures of messages (`messages[n]` is the text of template `n` and the number of its entry, none for a
    /// regular expression) and the words of `prose`.
    pub fn new<'a>(
        messages: impl Iterator<Item = Option<(&'a str, u32)>>,
        prose: impl Iterator<Item = &'a str>,
    ) -> Self {
        let mut telling = Self::default();
        let mut numbers: Keyed<Option<u32>> = Keyed::default();
        let mut signatures: Keyed<Option<u32>> = Keyed::default();
        let mut owners: Vec<Vec<u32>> = Vec::new();
        for (template, message) in (0..).zip(messages) {
            let Some((message, owner)) = message else { continue };
            for word in technical_words(message) {
                *telling.technical.at(word) = ();
            }
            let (tokens, is_weak) = telling_tokens(message);
            let own = telling.signature(&mut numbers, tokens, LEAST_LETTERS, !is_weak);
            let slots = telling.signature(&mut numbers, slot_tokens(message), LEAST_SLOT_LETTERS, false);
            for signature in [own, Signature { is_slots: true, ..slots }] {
                if signature.tokens.is_empty() {
                    continue;
                }
                let next = telling.signatures.len() as u32;
                let number = *signatures.at(signature.key()).get_or_insert(next);
                if number == next {
                    signature.tokens.iter().for_each(|token| telling.by_token[*token as usize].push(number));
                    telling.signatures.push((signature, Vec::new()));
                    owners.push(Vec::new());
                }
                let owners = &mut owners[number as usize];
                if owners.len() <= MOST_SAME_SLOTS && !owners.contains(&owner) {
                    owners.push(owner);
                }
                telling.signatures[number as usize].1.push(template);
            }
        }
        for ((signature, templates), owners) in telling.signatures.iter_mut().zip(owners) {
            if signature.is_slots && owners.len() > MOST_SAME_SLOTS {
                templates.clear();
            }
        }
        for text in prose {
            let folded = fold(text, None);
            for (start, end) in runs(&folded, 0, folded.text.len()) {
                *telling.known.at(key(&folded.text[start..end])) = ();
            }
        }
        for (number, token) in (0..).zip(&telling.tokens) {
            // A token may hold several runs (`error_message`); it is found by the first.
            telling.by_start.at(key(token)).push(number);
        }
        telling
    }

    /// The signature of these tokens (each with whether it is a phrase), empty where they have too few letters.
    fn signature(
        &mut self,
        numbers: &mut Keyed<Option<u32>>,
        tokens: Vec<(Vec<u8>, bool)>,
        least: usize,
        may_miss: bool,
    ) -> Signature {
        let mut signature = Signature::default();
        if tokens.iter().map(|(token, _)| token.len()).sum::<usize>() < least {
            return signature;
        }
        for (token, is_phrase) in tokens {
            let next = self.tokens.len() as u32;
            let number = *numbers.at(key(&token)).get_or_insert(next);
            if number == next {
                self.tokens.push(token);
                self.by_token.push(Vec::new());
            }
            if !signature.tokens.contains(&number) {
                signature.tokens.push(number);
                signature.optional.extend((is_phrase && may_miss).then_some(number));
            }
        }
        signature
    }

    /// The signatures that stand in the folded bytes `from..to` of a paste, the one with the most letters first. Cost:
    /// linear in the text, and in the signatures that have the tokens found.
    pub fn hits(&self, paste: &str, text: &Folded, from: usize, to: usize) -> Vec<TokenHit> {
        let mut places: Keyed<Vec<Place>> = Keyed::default();
        joined_runs(text, from, to, |start, end, key| {
            for number in self.by_start.get(key).into_iter().flatten() {
                places.at((*number).into()).push(Place::new(paste, text, start, end));
            }
        });
        let mut asked: Vec<u32> = Vec::new();
        for (token, _) in places.iter() {
            asked.extend(&self.by_token[token as usize]);
        }
        sort_by_key(&mut asked, |number| [u64::from(*number), 0]);
        asked.dedup();
        let mut hits = Vec::new();
        for number in asked {
            let (signature, templates) = &self.signatures[number as usize];
            if let Some(found) = self.nearest_together(signature, &places).filter(|_| !templates.is_empty())
                && self.is_foreign(text, &found)
            {
                let letters = found.iter().map(|(start, end)| (end - start) as u32).sum();
                let places = found.iter().map(|(start, end)| (*start as u32, *end as u32)).collect();
                hits.push(TokenHit { templates: templates.clone(), places, letters });
            }
        }
        sort_by_key(&mut hits, |hit| [descending(hit.letters), hit.templates[0].into()]);
        hits
    }

    /// For each token of a signature one place, all close together; the places in order. One word may be missing when it
    /// is a small part of the signature (`StatusCode` is "Código de estado" somewhere); a code may not.
    fn nearest_together(&self, signature: &Signature, places: &Keyed<Vec<Place>>) -> Option<Vec<(usize, usize)>> {
        // Phrases alone are a signature only as the words they were made to: anybody writes of an access token.
        let is_all_phrases = signature.tokens.len() == signature.optional.len();
        let counts = |place: &&Place| {
            if signature.is_slots { place.is_in_braces } else { !(is_all_phrases && place.is_spaced) }
        };
        let standing = |number: &u32| -> Vec<(usize, usize)> {
            places
                .get((*number).into())
                .into_iter()
                .flatten()
                .filter(counts)
                .map(|place| (place.start, place.end))
                .collect()
        };
        let letters = |number: &u32| self.tokens[*number as usize].len();
        let total: usize = signature.tokens.iter().map(letters).sum();
        let mut all = Vec::new();
        let mut missing = 0;
        for number in &signature.tokens {
            let standing = standing(number);
            if !standing.is_empty() {
                all.push(standing);
            } else if letters(number) * 4 <= total && signature.optional.contains(number) {
                missing += 1;
            } else {
                return None;
            }
        }
        if missing > 1 {
            return None;
        }
        let rarest = all.iter().min_by_key(|places| places.len())?;
        let mut best: Option<(usize, Vec<(usize, usize)>)> = None;
        for (from, _) in rarest.iter().take(16) {
            let mut chosen: Vec<(usize, usize)> = all
                .iter()
                .filter_map(|places| places.iter().min_by_key(|(start, _)| start.abs_diff(*from)))
                .copied()
                .collect();
            sort_by_key(&mut chosen, |(start, end)| [*start as u64, *end as u64]);
            chosen.dedup();
            let width = chosen.last()?.1 - chosen.first()?.0;
            if chosen.len() == all.len() && width <= WIDEST && best.as_ref().is_none_or(|(least, _)| width < *least) {
                best = Some((width, chosen));
            }
        }
        best.map(|(_, places)| places)
    }

    /// Whether the words around the tokens, to the end of their line, are mostly unknown ones.
    fn is_foreign(&self, text: &Folded, places: &[(usize, usize)]) -> bool {
        let from = places.first().map_or(0, |first| first.0);
        let mut to = places.last().map_or(from, |last| last.1);
        while to < text.text.len() && text.edge(to) != Edge::Line && to < from + WIDEST {
            to += 1;
        }
        let mut words = 0;
        let mut known = 0;
        for (start, end) in runs(text, from, to) {
            let word = &text.text[start..end];
            let is_word = word.len() >= 2 && !word.iter().any(u8::is_ascii_digit) && !self.technical.has(key(word));
            if is_word && !places.iter().any(|(token, token_end)| *token <= start && end <= *token_end) {
                words += 1;
                known += usize::from(self.known.has(key(word)));
            }
        }
        known * 100 <= words * MOST_KNOWN
    }
}

/// Where a token stands.
#[derive(Clone, Copy, Debug)]
struct Place {
    start: usize,
    end: usize,
    /// It is written as several words.
    is_spaced: bool,
    is_in_braces: bool,
}

impl Place {
    fn new(paste: &str, text: &Folded, start: usize, end: usize) -> Self {
        let (from, to) = text.origin(start, end);
        let is_in_braces = paste[..from].trim_end().ends_with('{') && paste[to..].trim_start().starts_with('}');
        Self { start, end, is_spaced: (start + 1..end).any(|at| text.edge(at) == Edge::Space), is_in_braces }
    }
}

/// The words of a folded text: runs between hard edges.
fn runs(text: &Folded, from: usize, to: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
    let inside = text.edges(from + 1).take_while(move |(at, _)| *at < to).filter(|(_, edge)| *edge >= Edge::Space);
    let ends = inside.map(|(at, _)| at).chain((from < to).then_some(to));
    let mut start = from;
    ends.map(move |end| {
        let run = (start, end);
        start = end;
        run
    })
}

/// Calls `found` with the start, end and key of each word, and of up to six neighbouring ones joined: `error_message` is
/// one token of two runs.
fn joined_runs(text: &Folded, from: usize, to: usize, mut found: impl FnMut(usize, usize, u64)) {
    let single: Vec<(usize, usize)> = runs(text, from, to).collect();
    for (index, (start, _)) in single.iter().enumerate() {
        let mut key = key(&[]);
        for (from, end) in single[index..].iter().take(6).take_while(|(_, end)| end - start <= 64) {
            key = key_on(key, &text.text[*from..*end]);
            found(*start, *end, key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_counts_only_among_foreign_words() {
        let messages = [
            "HttpRequestFailure: Server returned: 401 Unauthorized",
            "HttpRequestFailure: Server returned: 404 Not Found",
        ];
        let prose = ["the server has returned an answer with unauthorized access, but the request was not found"];
        let telling = Telling::new(
            (0..).zip(messages).map(|(owner, message)| Some((message, owner))),
            prose.into_iter().chain(messages),
        );
        let found = |text: &str| -> Vec<u32> {
            let folded = fold(text, None);
            telling.hits(text, &folded, 0, folded.text.len()).into_iter().flat_map(|hit| hit.templates).collect()
        };
        assert_eq!(found("HttpRequestFailure: Der Server hat Folgendes zurückgegeben: 401 Nicht autorisiert"), [0]);
        assert_eq!(found("HttpRequestFailure: サーバーから返された応答: 404 見つかりません"), [1]);
        assert_eq!(found("HttpRequestFailure: the request with 401 was returned"), [0_u32; 0]);
        assert_eq!(found("HttpRequestFailure: Der Server: 403 Verboten"), [0_u32; 0]);
    }

    #[test]
    fn documentation_keeps_the_names_of_slots_and_nobody_else_writes_phrases_in_one_word() {
        let messages =
            ["AccessToken and RefreshToken invalid", "ITSM Connector {connectionIdentifier} is gone: {alertName}"];
        let telling =
            Telling::new((0..).zip(messages).map(|(owner, message)| Some((message, owner))), messages.into_iter());
        let found = |text: &str| -> Vec<u32> {
            let folded = fold(text, None);
            telling.hits(text, &folded, 0, folded.text.len()).into_iter().flat_map(|hit| hit.templates).collect()
        };
        assert_eq!(found("Łącznik {connectionIdentifier} nie istnieje: {alertname}"), [1]);
        assert_eq!(found("Łącznik connectionIdentifier nie istnieje: alertname"), [0_u32; 0]);
        assert_eq!(found("AccessToken und RefreshToken sind ungültig"), [0]);
        assert_eq!(found("ein neues Refresh Token ersetzt das alte Access Token"), [0_u32; 0]);
    }
}
