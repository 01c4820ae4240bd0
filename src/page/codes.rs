//! Codes that products print with their errors, or instead of them: `0x801C044D`, `ERROR_FILE_NOT_FOUND`, `MSB4036`,
//! `InvalidInputTimeStamp`, `invalid_grant`.

use super::phrases;

/// Shorter ones are initials, longer ones are data.
const LENGTH: std::ops::RangeInclusive<usize> = 5..=80;

/// Whether a text is written like a code; a number alone is not.
pub(super) fn is_code(text: &str) -> bool {
    let text = text.trim();
    if !LENGTH.contains(&text.len()) || !text.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return false;
    }
    if let Some(digits) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        return digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    }
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    if !text.chars().all(is_word)
        || text.ends_with(['.', '-', '_'])
        || !text.contains(|c: char| c.is_ascii_alphabetic())
    {
        return false;
    }
    // "server.closeTimeout" is a member, "java.io.IOException" a class.
    let is_member = text.rsplit_once('.').is_some_and(|(_, last)| !last.starts_with(|c: char| c.is_ascii_uppercase()));
    if is_member {
        return false;
    }
    is_numbered(text) || is_snake(text) || humps(text) >= 2 || humps(text) == 1 && is_faulty(text)
}

/// Whether a text is a number as codes are: `12178`, `-2146893042`, `5 (0x5)`.
pub(super) fn is_number(text: &str) -> bool {
    let (number, rest) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
    let digits = number.strip_prefix('-').unwrap_or(number);
    let hex = rest.trim().trim_matches(['(', ')']);
    !digits.is_empty()
        && digits.len() <= 12
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && (hex.is_empty() || hex.starts_with("0x") && is_hex(&hex[2..]))
}

/// Whether a code, or a message with codes in it, says itself that something went wrong: `AccessDenied`,
/// `ERR_NO_SUCH_FILE`, `java.io.IOException: pipe`.
pub(super) fn is_faulty(code: &str) -> bool {
    let words: Vec<String> = words(phrases::head(code, 600)).collect();
    phrases::has_fault(&words.join(" "))
}

/// Whether a code, on a page about errors, can be nothing else: it says so, or is written in capitals.
pub(super) fn is_plainly(code: &str) -> bool {
    is_faulty(code) || !code.contains(|c: char| c.is_ascii_lowercase())
}

fn is_hex(digits: &str) -> bool {
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// `MSB4036`, `ORA-00942`: a short name in capitals, and a number.
fn is_numbered(text: &str) -> bool {
    let name = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - name.len();
    let name = name.strip_suffix(['-', '_']).unwrap_or(name);
    digits >= 3 && (1..=10).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// `ERROR_NOT_FOUND`, `invalid_grant`.
fn is_snake(text: &str) -> bool {
    let parts: Vec<&str> = text.split('_').collect();
    parts.len() >= 2 && parts.iter().all(|part| !part.is_empty()) && !text.contains(['.', '-'])
}

/// How often a small letter is followed by a capital one.
fn humps(text: &str) -> usize {
    text.as_bytes().windows(2).filter(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase()).count()
}

/// The words of a code: at its humps and punctuation.
fn words(code: &str) -> impl Iterator<Item = String> {
    let mut divided = String::new();
    let mut before = ' ';
    for c in code.chars() {
        if before.is_ascii_lowercase() && c.is_ascii_uppercase() {
            divided.push(' ');
        }
        divided.push(if c.is_ascii_alphanumeric() { c } else { ' ' });
        before = c;
    }
    divided.split_whitespace().map(str::to_string).collect::<Vec<_>>().into_iter()
}

#[cfg(test)]
mod tests {
    use super::{is_code, is_faulty, is_number};

    #[test]
    fn codes_are_told_from_words_and_names() {
        for code in [
            "0x801C044D",
            "ERROR_WINHTTP_TIMEOUT",
            "MSB4036",
            "ORA-00942",
            "AADSTS50053",
            "InputDeserializerError.InvalidHeader",
            "LateInputEvent",
            "AccessDenied",
            "invalid_grant",
        ] {
            assert!(is_code(code), "{code}");
        }
        for word in [
            "Timeout",
            "PostgreSQL",
            "GitHub",
            "JavaScript",
            "v1.2.3",
            "kubelet",
            "a b_c",
            "12178",
            "0xZZ",
            "A_",
            "server.closeTimeout",
        ] {
            assert!(!is_code(word), "{word}");
        }
        assert!(is_number("12178") && is_number("5 (0x5)") && !is_number("0x5 is five") && !is_number("1.2"));
        assert!(is_faulty("AccessDenied") && is_faulty("ERR_NO_PROXY_FAILED") && !is_faulty("AWS_REGION"));
    }
}
