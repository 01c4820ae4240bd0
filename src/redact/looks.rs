//! What a value looks like: random, a word, a sentence, or something that stands in for it. Knows no place and no label.

use super::labels::is_label;

/// Words that stand where a secret would and are none. Lower case.
pub const WORDS: &str = " null none nil undefined true false yes no not is was are has must should can cannot may the a an \
    your my for from to and or of in on at with by if when please empty missing invalid incorrect wrong expired \
    expires required needed denied failed failure error unknown unset unavailable redacted filtered hidden masked \
    removed omitted protected sensitive string str text varchar nvarchar char int integer number boolean bool object \
    array any void securestring changed change reset set mismatch n/a na ok success rejected unauthorized unexpected \
    not_found optional inherit default inherited authentication authorization auth authorized scheme realm header headers credentials credential option \
    argument flag parameter field does provided used using cleared \
    onjuist ongeldig verlopen vereist verplicht onbekend fout ontbreekt het de een niet wordt is \
    ogiltigt ogiltig felaktigt krävs saknas fel falsch ungültig abgelaufen fehlt har inte är att det \
    필요 필수 오류 만료 ";

/// Words that are labels themselves; someone's password all the same, if it is quoted.
pub const LABELS: &str = " password passwd pwd secret token key value tokens keys ";

/// Words that only a sentence has.
pub const SENTENCE: &str = " is are was be been must should not the can can't cannot can\u{2019}t required invalid incorrect too \
    least does doesn't did has have your for expired missing wrong may need needs moet niet is te mag lösenordet måste \
    inte är ";

/// How much of a value is looked at to judge it. More would not change the verdict, and would make refused values that lie
/// in each other cost more than linear time.
pub const TELLING: usize = 256;

/// Whether a value looks random: long enough, without spaces, digits among letters or both cases and signs.
pub fn is_opaque(text: &[u8]) -> bool {
    let has = |of: fn(&u8) -> bool| text.iter().take(TELLING).any(of);
    if text.len() < 8 || !has(u8::is_ascii_alphabetic) || has(|byte| matches!(byte, b' ' | b'\t' | b'(' | b'{' | b'['))
    {
        return false;
    }
    has(u8::is_ascii_digit)
        || (text.len() >= 16 && changes_case(text) && !text.contains(&b'.'))
        || (text.len() >= 24 && has(|byte| b"+/=%-_".contains(byte)))
}

/// Whether letters go from small to capital and back as often as chance has it; `ManagedIdentityCredential` does so seldom.
pub fn changes_case(text: &[u8]) -> bool {
    let cases = text.iter().take(TELLING).filter(|byte| byte.is_ascii_alphabetic()).map(u8::is_ascii_uppercase);
    let changes = cases.clone().zip(cases.skip(1)).filter(|(one, next)| one != next).count();
    changes * 3 >= text.len().min(TELLING)
}

/// Whether digits stand among letters as no name has them: `PWD={Zx81kQ02mV}` is how connection strings quote.
fn alternates(text: &[u8]) -> bool {
    text.windows(2).filter(|pair| pair[0].is_ascii_digit() != pair[1].is_ascii_digit()).count() >= 4
}

/// Whether something stands there in place of a value: `$TOKEN`, `{password}`, `<your key>`, `****`, `[REDACTED]`.
pub fn is_stand_in(text: &[u8], quoted: bool) -> bool {
    if text.len() > TELLING {
        return false;
    }
    let name = |inner: &[u8]| {
        !inner.is_empty()
            && inner.iter().all(|byte| is_label(*byte) || matches!(byte, b' ' | b':' | b'|'))
            && !alternates(inner)
    };
    match text {
        [b'$', b'{' | b'(', ..] | [b'{' | b'@' | b'#', b'{', ..] => true,
        [b'$', name_ @ ..] => name_.first().is_some_and(u8::is_ascii_alphabetic) && name(name_),
        [b'{', inner @ .., b'}'] | [b'%', inner @ .., b'%'] | [b'[', inner @ .., b']'] => name(inner),
        [b'<', inner @ .., b'>'] => quoted && name(inner),
        [b'[', ..] => !quoted,
        // Signs of one sort, as masks are, in ASCII or not.
        _ => text
            .iter()
            .all(|byte| b"*xX.-_#?".contains(byte) || matches!(byte, 0xe2 | 0x80 | 0xa2 | 0xa6 | 0x97 | 0x8f)),
    }
}

/// Whether a text is one of these words, in any letter case.
pub fn is_word(text: &[u8], words: &str) -> bool {
    if text.len() > 40 {
        return false;
    }
    let text = text.trim_ascii_end();
    let text = text.strip_suffix(b"!").unwrap_or(text);
    !text.contains(&b' ') && words.split_ascii_whitespace().any(|word| word.as_bytes().eq_ignore_ascii_case(text))
}

/// Whether a quoted text is a sentence about a password rather than one: `"password": "must not be empty"`.
pub fn is_sentence(text: &[u8]) -> bool {
    let words = || text[..text.len().min(TELLING)].split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let bare = |word: &[u8]| -> usize { word.len() - usize::from(word.ends_with(b".") || word.ends_with(b",")) };
    // Words and numbers, nothing mixed of them.
    let plain = |word: &[u8]| {
        let word = &word[..bare(word)];
        word.iter().all(u8::is_ascii_digit)
            || word.iter().all(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii() || *byte == b'\'')
    };
    words().count() > 1 && words().all(plain) && words().any(|word| is_word(&word[..bare(word)], SENTENCE))
}

#[cfg(test)]
mod tests {
    use super::{is_opaque, is_sentence, is_stand_in};

    #[test]
    fn what_stands_in_for_a_value() {
        for text in [
            "${DB_PASS}",
            "$password",
            "$env:PASSWORD",
            "{{ secret }}",
            "{connectionIdentifier}",
            "{user1Name2}",
            "%PASS%",
            "****",
            "[REDACTED]",
            "xxxx",
            "••••",
            "...",
        ] {
            assert!(is_stand_in(text.as_bytes(), false), "{text}");
        }
        for text in ["$3cret!", "{a;b}", "hunter2", "%41%42c", "<b;c>", "{Zx81kQ02mV}"] {
            assert!(!is_stand_in(text.as_bytes(), true), "{text}");
        }
    }

    #[test]
    fn what_looks_random() {
        for text in ["a1b2c3d4", "0.AXoAm9Zk", "qWeRtYuIoPaSdFgH", "abcdefghijkl-mnopqrstuvw"] {
            assert!(is_opaque(text.as_bytes()), "{text}");
        }
        for text in [
            "",
            "12345678",
            "expired",
            "sha256",
            "ManagedIdentityCredential",
            "token was issued 3 days ago",
            "System.Threading.CancellationToken",
        ] {
            assert!(!is_opaque(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn sentences_are_no_passwords() {
        assert!(is_sentence(b"must not be empty"));
        assert!(is_sentence(b"is too short."));
        assert!(!is_sentence(b"correct horse battery staple"));
        assert!(!is_sentence(b"invalid"));
        assert!(!is_sentence(b"is Zq8 w.71"));
    }
}
