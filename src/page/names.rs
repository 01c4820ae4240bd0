//! Ids and titles made of text: slugs, the telling words of a message, its short form.

use super::placeholders::slots;
use crate::catalog::MAX_MESSAGE;

/// Letters, digits and hyphens of a text, in lower case, accents folded. Empty when nothing of the text is Latin.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        match folded(c) {
            Some(letters) => slug.push_str(letters),
            None if c.is_ascii_alphanumeric() => slug.push(c),
            // An apostrophe is inside a word.
            None if matches!(c, '\'' | '’') => {}
            None if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            None => {}
        }
    }
    slug.trim_end_matches('-').into()
}

fn folded(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => "a",
        'ç' => "c",
        'è' | 'é' | 'ê' | 'ë' => "e",
        'ì' | 'í' | 'î' | 'ï' => "i",
        'ñ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => "o",
        'ù' | 'ú' | 'û' | 'ü' => "u",
        'ý' | 'ÿ' => "y",
        'ß' => "ss",
        'æ' => "ae",
        _ => return None,
    })
}

/// An id as an author gave it, in the characters that ids have. Parts stay parts.
pub(super) fn id(given: &str) -> String {
    given.split('/').map(slug).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
}

/// Words that every troubleshooting page has in its heading, so that they tell nothing of its product.
const COMMON: &[&str] = &[
    "a",
    "an",
    "and",
    "any",
    "code",
    "codes",
    "common",
    "error",
    "errors",
    "fix",
    "for",
    "from",
    "how",
    "in",
    "issue",
    "issues",
    "known",
    "message",
    "messages",
    "of",
    "on",
    "or",
    "problem",
    "problems",
    "resolve",
    "resolving",
    "status",
    "the",
    "to",
    "troubleshoot",
    "troubleshooting",
    "use",
    "using",
    "when",
    "with",
    "your",
];

/// A product's id from a page's heading: its slug without the words that tell nothing.
pub(super) fn product(heading: &str) -> String {
    let whole = slug(heading);
    let telling: Vec<&str> = whole.split('-').filter(|word| !COMMON.contains(word)).collect();
    if telling.concat().is_empty() { whole } else { telling.join("-") }
}

/// How many words of a message make an id.
const TELLING: usize = 4;

/// A slug of a message's telling words: those with a digit or a capital inside (class names, codes), then, if these
/// are few, the last ones, where messages get specific.
pub(super) fn telling(message: &str) -> String {
    if message.len() > MAX_MESSAGE {
        return String::new();
    }
    let mut fixed = message.to_string();
    for slot in slots(message) {
        fixed = fixed.replacen(&format!("{{{slot}}}"), " ", 1);
    }
    // Of a class name with its packages the last part tells.
    let words = fixed.split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '_')));
    let words: Vec<&str> = words
        .map(|word| word.trim_matches(['.', '_']))
        .map(|word| word.rsplit('.').find(|_| word.contains(char::is_alphabetic)).unwrap_or(word))
        .filter(|word| !word.is_empty())
        .collect();
    let is_telling =
        |word: &str| word.chars().any(|c| c.is_ascii_digit()) || word.chars().skip(1).any(char::is_uppercase);
    let mut chosen: Vec<usize> = (0..words.len()).filter(|&at| is_telling(words[at])).take(TELLING).collect();
    let rest = (0..words.len()).rev().filter(|at| !is_telling(words[*at]));
    let missing = TELLING - chosen.len();
    chosen.extend(rest.take(missing));
    chosen.sort_unstable();
    let words: Vec<String> = chosen.into_iter().map(|at| slug(words[at])).filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// How long a title made of a message may be, in characters.
const TITLE: usize = 72;

/// A message's short form: without the JSON at its end, cut at a word.
pub(super) fn short(message: &str) -> String {
    let text = message.split("{\"").next().filter(|head| head.chars().count() > 8).unwrap_or(message);
    let text = text.trim().trim_end_matches([':', '-', ',', ' ']);
    let Some((limit, _)) = text.char_indices().nth(TITLE) else { return text.into() };
    let cut = text[..limit].rfind(char::is_whitespace).filter(|cut| cut * 2 > limit).unwrap_or(limit);
    format!("{}…", text[..cut].trim_end_matches([':', '-', ',', ' ']))
}

#[cfg(test)]
mod tests {
    use super::{id, product, short, slug, telling};

    #[test]
    fn slugs_are_what_ids_may_be() {
        assert_eq!(slug("  Fel: Ogiltig å-token (401)!"), "fel-ogiltig-a-token-401");
        assert_eq!(slug("Can't connect"), "cant-connect");
        assert_eq!(slug("연결 실패"), "");
        assert_eq!(slug("ÀÇ ÈÉ Ìï Ñ Òø Ùü Ýÿ ß Æ"), "ac-ee-ii-n-oo-uu-yy-ss-ae");
        assert_eq!(slug("--a - b--"), "a-b");
        assert_eq!(id("Okta/401_Unauthorized/"), "okta/401-unauthorized");
    }

    #[test]
    fn a_product_is_named_by_what_its_heading_tells() {
        assert_eq!(product("Connector status errors in the ITSMC dashboard"), "connector-itsmc-dashboard");
        assert_eq!(product("troubleshooting-api-connectors-using-error-messages"), "api-connectors");
        assert_eq!(product("Common errors"), "common-errors");
    }

    #[test]
    fn the_telling_words_of_a_message_make_its_id() {
        assert_eq!(telling("HttpFailure: The server answered: 401 - Not allowed"), "httpfailure-401-not-allowed");
        assert_eq!(telling("com.example.deep.BoxException: Cannot parse it."), "boxexception-cannot-parse-it");
        assert_eq!(telling("Out of {paperKind} paper"), "out-of-paper");
    }

    #[test]
    fn a_short_form_ends_at_a_word() {
        assert_eq!(short("Request failed: 400: {\"error\":{\"code\":\"A\"}}"), "Request failed: 400");
        assert_eq!(short("IOException:"), "IOException");
        let long = short(&"word ".repeat(40));
        assert!(long.ends_with("word…") && long.chars().count() <= 73, "{long}");
        assert_eq!(short(&"w".repeat(72)), "w".repeat(72));
        assert_eq!(short(&"w".repeat(73)), format!("{}…", "w".repeat(72)));
        // A word that is cut in the middle is shown when little would be left without it.
        assert_eq!(short(&format!("short {}", "w".repeat(80))), format!("short {}…", "w".repeat(66)));
        assert_eq!(short("Failed: {\"a\": 1}"), "Failed: {\"a\": 1}");
    }
}
