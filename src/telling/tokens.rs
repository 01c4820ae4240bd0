//! What of a message nobody translates: its telling tokens, as it is written.
//!
//! It knows the text of one message; which of them are enough to tell it by, its parent says.

use super::{LEAST_LETTERS, runs};
use crate::notation::slot_names;
use crate::paste::{fold, key};

/// The telling tokens of a message, folded, in order: words with an inner capital or a digit, words joined by underscores,
/// and numbers of three to six digits. Where those are too few, field names and words in capitals too. Each with whether it
/// is a phrase; and whether they were too few.
pub(super) fn telling_tokens(message: &str) -> (Vec<(Vec<u8>, bool)>, bool) {
    let telling: Vec<&str> =
        words(message).into_iter().filter(|(word, _)| is_telling(word)).map(|(word, _)| word).collect();
    let is_enough = telling.iter().map(|word| word.len()).sum::<usize>() >= LEAST_LETTERS;
    let is_capitals = |word: &str| word.len() >= 3 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let all =
        || words(message).into_iter().filter(|(word, is_field)| is_telling(word) || *is_field || is_capitals(word));
    let chosen = if is_enough { telling } else { all().map(|(word, _)| word).collect() };
    // Field names alone are everybody's.
    let has_own = chosen.iter().any(|word| is_telling(word) || is_capitals(word));
    let folded = chosen.into_iter().filter(|_| has_own).map(|word| (fold(word, None).text, is_phrase(word))).collect();
    (folded, !is_enough)
}

/// The words of a message outside its notation, each with whether it names a field (`"detail":`).
fn words(message: &str) -> Vec<(&str, bool)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(start) = message[at..].find(is_part).map(|start| at + start) {
        let end = message[start..].find(|c| !is_part(c)).map_or(message.len(), |len| start + len);
        let is_slot = message[..start].ends_with('{') && message[end..].starts_with(['}', '|']);
        let is_field = message[..start].ends_with('"') && message[end..].starts_with("\":");
        if !is_slot {
            words.push((&message[start..end], is_field));
        }
        at = end;
    }
    words
}

/// The names of a message's slots, folded, where they are telling.
pub(super) fn slot_tokens(message: &str) -> Vec<(Vec<u8>, bool)> {
    let names = slot_names(message).into_iter();
    names.filter(|name| is_telling(name)).map(|name| (fold(name, None).text, false)).collect()
}

/// The words of a message that stand in a package path or a field name.
pub(super) fn technical_words(message: &str) -> Vec<u64> {
    let is_technical = |chunk: &&str| chunk.trim_matches('.').contains(['.', '_', '"']);
    let mut words = Vec::new();
    for chunk in message.split_whitespace().filter(is_technical) {
        let folded = fold(chunk, None);
        words.extend(runs(&folded, 0, folded.text.len()).map(|(start, end)| key(&folded.text[start..end])));
    }
    words
}

/// Whether a token is words of a language joined by capitals.
fn is_phrase(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_alphabetic())
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
            telling_tokens(message).0.into_iter().map(|(token, _)| String::from_utf8(token).unwrap()).collect()
        };
        assert_eq!(tokens("HttpRequestFailure: Server returned: 401 Unauthorized"), ["httprequestfailure", "401"]);
        assert_eq!(tokens("{\"error_code\":\"AF20012\"} for {tenantId}"), ["errorcode", "af20012"]);
        assert_eq!(tokens("An error occurred"), [""; 0]);
    }
}
