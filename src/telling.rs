//! Telling tokens: what stays the same in every language — class names, codes, table and field names.
//!
//! A message in a language that nobody wrote a page in still holds `HttpRequestFailure` and `401`. Each message's telling
//! tokens are its *signature*; where a text holds a whole signature and the words around it are of no language that the
//! catalog knows, it is that message, translated. In a language that the catalog does know, other words mean another
//! error, and the signature says nothing. This module knows templates and words; it does not know of entries.

use std::collections::{HashMap, HashSet};

use crate::paste::{Edge, Folded, fold, key};

/// A signature of fewer letters than this could be anybody's.
const LEAST_LETTERS: usize = 12;
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
    by_start: HashMap<u64, Vec<u32>>,
    /// For each template, its tokens.
    signatures: Vec<Vec<u32>>,
    known: HashSet<u64>,
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
    /// Takes the signatures of messages (`messages[n]` is the text of template `n`, none for a regular expression) and the
    /// words of `prose`.
    pub fn new<'a>(messages: impl Iterator<Item = Option<&'a str>>, prose: impl Iterator<Item = &'a str>) -> Self {
        let mut telling = Self::default();
        let mut numbers: HashMap<Vec<u8>, u32> = HashMap::new();
        for message in messages {
            let tokens = message.map(telling_tokens).unwrap_or_default();
            let letters: usize = tokens.iter().map(Vec::len).sum();
            let mut signature = Vec::new();
            for token in tokens.into_iter().filter(|_| letters >= LEAST_LETTERS) {
                let next = numbers.len() as u32;
                let number = *numbers.entry(token.clone()).or_insert(next);
                if number == next {
                    telling.tokens.push(token);
                }
                if !signature.contains(&number) {
                    signature.push(number);
                }
            }
            telling.signatures.push(signature);
        }
        for text in prose {
            let folded = fold(text, None);
            telling.known.extend(runs(&folded, 0, folded.text.len()).map(|(start, end)| key(&folded.text[start..end])));
        }
        for (number, token) in (0..).zip(&telling.tokens) {
            // A token may hold several runs (`error_message`); it is found by the first.
            telling.by_start.entry(key(token)).or_default().push(number);
        }
        telling
    }

    /// The signatures that stand in the folded bytes `from..to`, the one with the most letters first. Cost: linear in the
    /// text, and in the templates for the tokens found.
    pub fn hits(&self, text: &Folded, from: usize, to: usize) -> Vec<TokenHit> {
        let mut places: HashMap<u32, Vec<(usize, usize)>> = HashMap::new();
        for (start, end) in joined_runs(text, from, to) {
            for number in self.by_start.get(&key(&text.text[start..end])).into_iter().flatten() {
                places.entry(*number).or_default().push((start, end));
            }
        }
        if places.is_empty() {
            return Vec::new();
        }
        let mut hits: HashMap<&[u32], TokenHit> = HashMap::new();
        for (template, signature) in (0..).zip(&self.signatures) {
            if signature.is_empty() {
                continue;
            }
            if let Some(hit) = hits.get_mut(signature.as_slice()) {
                hit.templates.push(template);
            } else if let Some(found) = nearest_together(signature, &places)
                && self.is_foreign(text, &found)
            {
                let letters = found.iter().map(|(start, end)| (end - start) as u32).sum();
                let places = found.iter().map(|(start, end)| (*start as u32, *end as u32)).collect();
                hits.insert(signature, TokenHit { templates: vec![template], places, letters });
            }
        }
        let mut hits: Vec<TokenHit> = hits.into_values().collect();
        hits.sort_by_key(|hit| (std::cmp::Reverse(hit.letters), hit.templates.clone()));
        hits
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
            let is_word = word.len() >= 2 && !word.iter().any(u8::is_ascii_digit);
            if is_word && !places.iter().any(|(token, token_end)| *token <= start && end <= *token_end) {
                words += 1;
                known += usize::from(self.known.contains(&key(word)));
            }
        }
        known * 100 <= words * MOST_KNOWN
    }
}

/// For each token of a signature one place, all close together; the places in order.
fn nearest_together(signature: &[u32], places: &HashMap<u32, Vec<(usize, usize)>>) -> Option<Vec<(usize, usize)>> {
    let all: Vec<&Vec<(usize, usize)>> = signature.iter().map(|token| places.get(token)).collect::<Option<_>>()?;
    let rarest = all.iter().min_by_key(|places| places.len())?;
    let mut best: Option<(usize, Vec<(usize, usize)>)> = None;
    for (from, _) in rarest.iter().take(16) {
        let mut chosen: Vec<(usize, usize)> = all
            .iter()
            .filter_map(|places| places.iter().min_by_key(|(start, _)| start.abs_diff(*from)))
            .copied()
            .collect();
        chosen.sort_unstable();
        chosen.dedup();
        let width = chosen.last()?.1 - chosen.first()?.0;
        if chosen.len() == all.len() && width <= WIDEST && best.as_ref().is_none_or(|(least, _)| width < *least) {
            best = Some((width, chosen));
        }
    }
    best.map(|(_, places)| places)
}

/// The words of a folded text: runs between hard edges.
fn runs(text: &Folded, from: usize, to: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut start = from;
    (from + 1..=to).filter(move |at| *at == to || text.edge(*at) >= Edge::Space).map(move |at| {
        let run = (start, at);
        start = at;
        run
    })
}

/// Words, and up to six neighbouring ones joined: `error_message` is one token of two runs.
fn joined_runs(text: &Folded, from: usize, to: usize) -> Vec<(usize, usize)> {
    let single: Vec<(usize, usize)> = runs(text, from, to).collect();
    let mut all = Vec::new();
    for (index, (start, _)) in single.iter().enumerate() {
        all.extend(
            single[index..].iter().take(6).map(|(_, end)| (*start, *end)).take_while(|(start, end)| end - start <= 64),
        );
    }
    all
}

/// The telling tokens of a message, folded, in order: words with an inner capital or a digit, words joined by underscores,
/// and numbers of three to six digits.
fn telling_tokens(message: &str) -> Vec<Vec<u8>> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    message
        .split('…')
        .flat_map(|part| part.split(|c: char| !is_part(c) && c != '{' && c != '}'))
        .filter(|word| !word.contains(['{', '}']))
        .filter(|word| is_telling(word))
        .map(|word| fold(word, None).text)
        .collect()
}

fn is_telling(word: &str) -> bool {
    let bytes = word.as_bytes();
    if bytes.iter().all(u8::is_ascii_digit) {
        return (3..=6).contains(&bytes.len());
    }
    let has_inner = bytes.windows(2).any(|pair| {
        (pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())
            || (pair[0].is_ascii_alphabetic() && pair[1].is_ascii_digit())
            || (pair[0].is_ascii_alphanumeric() && pair[1] == b'_')
    });
    has_inner && bytes.len() >= 5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_what_nobody_translates() {
        let tokens = |message: &str| -> Vec<String> {
            telling_tokens(message).into_iter().map(|token| String::from_utf8(token).unwrap()).collect()
        };
        assert_eq!(tokens("HttpRequestFailure: Server returned: 401 Unauthorized"), ["httprequestfailure", "401"]);
        assert_eq!(tokens("{\"error_code\":\"AF20012\"} for {tenantId}"), ["errorcode", "af20012"]);
        assert_eq!(tokens("An error occurred"), [""; 0]);
    }

    #[test]
    fn a_signature_counts_only_among_foreign_words() {
        let messages = [
            "HttpRequestFailure: Server returned: 401 Unauthorized",
            "HttpRequestFailure: Server returned: 404 Not Found",
        ];
        let prose = ["the server has returned an answer with unauthorized access, but the request was not found"];
        let telling = Telling::new(messages.into_iter().map(Some), prose.into_iter().chain(messages));
        let found = |text: &str| -> Vec<u32> {
            let folded = fold(text, None);
            telling.hits(&folded, 0, folded.text.len()).into_iter().flat_map(|hit| hit.templates).collect()
        };
        assert_eq!(found("HttpRequestFailure: Der Server hat Folgendes zurückgegeben: 401 Nicht autorisiert"), [0]);
        assert_eq!(found("HttpRequestFailure: サーバーから返された応答: 404 見つかりません"), [1]);
        assert_eq!(found("HttpRequestFailure: the request with 401 was returned"), [0_u32; 0]);
        assert_eq!(found("HttpRequestFailure: Der Server: 403 Verboten"), [0_u32; 0]);
    }
}
