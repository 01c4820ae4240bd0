//! The line of a paste that says what went wrong, and the words that it is made of.
//!
//! A ticket holds a greeting, a log and a signature; one line of it is the error. This module finds that line and takes
//! from it what every log puts before a message. It does not compare pastes with each other.

use std::ops::Range;

/// Words that an error's own line has.
const TROUBLE: [&str; 24] = [
    "error",
    "exception",
    "fail",
    "fatal",
    "cannot",
    "could not",
    "can't",
    "unable",
    "denied",
    "refused",
    "invalid",
    "missing",
    "not found",
    "timeout",
    "timed out",
    "expired",
    "forbidden",
    "unauthorized",
    "panic",
    "abort",
    "exceeded",
    "does not exist",
    "unexpected",
    "rejected",
];
/// How loud a log's line is.
const LEVELS: [&str; 18] = [
    "trace", "debug", "info", "notice", "warn", "warning", "error", "err", "fatal", "critical", "severe", "erro",
    "crit", "emerg", "alert", "inf", "wrn", "stderr",
];
/// A longer line is cut: its beginning is what it says.
const LONGEST: usize = 600;

/// What kind of word it is: plain words and codes tell what a message is about, the others are mostly values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Word,
    /// A number or an identifier that says which error it is.
    Code,
    Number,
    Id,
    Address,
    Email,
    Link,
    Path,
    Mixed,
}

impl Kind {
    /// Whether a word of this kind is part of what is said.
    pub fn tells(self) -> bool {
        matches!(self, Self::Word | Self::Code)
    }

    /// What a slot of this kind is called where no word before it gives a name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Word | Self::Code | Self::Mixed => "value",
            Self::Number => "number",
            Self::Id => "id",
            Self::Address => "address",
            Self::Email => "email",
            Self::Link => "link",
            Self::Path => "path",
        }
    }
}

/// A word in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Where it stands, in bytes of the line.
    pub at: Range<usize>,
    /// In lower case.
    pub text: String,
    /// What kind it is.
    pub kind: Kind,
}

/// The lines of a paste that could be its message, the most telling first, each without what a log puts before it.
pub(super) fn candidates(paste: &str) -> Vec<String> {
    let mut lines: Vec<(u32, String)> = paste
        .lines()
        .filter_map(|line| {
            let line = message(line.trim());
            let letters = line.chars().filter(|c| c.is_alphanumeric()).count();
            (letters >= 8 && !is_frame(&line)).then(|| (trouble(&line), line))
        })
        .take(200)
        .collect();
    lines.sort_by_key(|(trouble, _)| std::cmp::Reverse(*trouble));
    let most = lines.first().map_or(0, |(trouble, _)| *trouble);
    lines.retain(|(trouble, _)| *trouble * 2 >= most);
    lines.truncate(12);
    lines.into_iter().map(|(_, line)| line).collect()
}

/// How much a line speaks of trouble.
fn trouble(line: &str) -> u32 {
    let lower = line.to_lowercase();
    TROUBLE.iter().filter(|word| lower.contains(**word)).count().min(3) as u32
}

fn is_frame(line: &str) -> bool {
    line.starts_with("at ") && line.contains(['(', '.']) || line.starts_with("File \"") || line.starts_with("... ")
}

/// A log's line without its time, level, logger and braces.
fn message(line: &str) -> String {
    let inner = match serde_json::from_str::<serde_json::Value>(line) {
        Ok(serde_json::Value::Object(fields)) => {
            let text = ["message", "msg", "error", "err"].iter().find_map(|key| match fields.get(*key)? {
                serde_json::Value::String(text) => Some(text.clone()),
                other => other.get("message").and_then(serde_json::Value::as_str).map(ToOwned::to_owned),
            });
            text.unwrap_or_else(|| line.to_owned())
        }
        _ => line.to_owned(),
    };
    let mut rest = inner.trim();
    loop {
        let shorter = without_prefix(rest).trim_start();
        if shorter.len() == rest.len() || shorter.is_empty() {
            break;
        }
        rest = shorter;
    }
    rest[..rest.floor_char_boundary(LONGEST)].trim_end().to_owned()
}

fn without_prefix(line: &str) -> &str {
    if let Some(inside) = line.strip_prefix(['[', '<'])
        && let Some(end) = inside.find([']', '>'])
        && end <= 60
        && inside[end + 1..].len() >= 8
    {
        return &inside[end + 1..];
    }
    let word = line.split_whitespace().next().unwrap_or_default();
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let is_level = LEVELS.contains(&bare.to_lowercase().as_str()) && !line[word.len()..].trim().is_empty();
    if is_time(bare) || is_level && (word.chars().all(|c| !c.is_lowercase()) || line[word.len()..].starts_with("  ")) {
        return &line[word.len()..];
    }
    if word.is_empty() || word == "-" || word == "|" { line.get(1..).unwrap_or_default() } else { line }
}

/// `2025-01-28T10:45:18Z`, `10:45:18,123`, `28/Jan/2025:10:45:18`.
fn is_time(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let marks = word.chars().filter(|c| matches!(c, ':' | '-' | '/' | '.' | ',')).count();
    word.starts_with(|c: char| c.is_ascii_digit())
        && digits >= 4
        && marks >= 2
        && word.chars().all(|c| c.is_ascii_digit() || ":-/.,+TZJanFebMrApyulgSOctNovDe".contains(c))
}

/// The words of a line. What joins the parts of an address, a path or a number is inside a word.
pub(super) fn words(line: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut chars = line.char_indices().peekable();
    let joins = |c: char| matches!(c, '-' | '.' | ':' | '/' | '\\' | '@' | '_' | '%' | '+' | '~' | '’');
    while let Some((start, first)) = chars.next() {
        let next_is_letter = |at: usize| line[at..].chars().nth(1).is_some_and(char::is_alphanumeric);
        let leads = matches!(first, '/' | '\\' | '_' | '~') && next_is_letter(start);
        if !(first.is_alphanumeric() || leads) {
            continue;
        }
        let mut end = start + first.len_utf8();
        while let Some((at, c)) = chars.peek().copied() {
            let goes_on = c.is_alphanumeric()
                || joins(c)
                    && (next_is_letter(at) || matches!(c, '/' | '\\' | ':') && line[at + 1..].starts_with(['/', '\\']));
            if !goes_on {
                break;
            }
            end = at + c.len_utf8();
            chars.next();
        }
        let text = line[start..end].to_lowercase();
        let before = words.last().map(|word: &Word| word.text.as_str());
        words.push(Word { at: start..end, kind: kind(&line[start..end], before), text });
    }
    words
}

/// Words before a number that make it a code: part of what is said, not a value.
const CODES: [&str; 7] = ["code", "status", "error", "errno", "http", "statuscode", "hresult"];

fn kind(word: &str, before: Option<&str>) -> Kind {
    let is_hex = |c: char| c.is_ascii_hexdigit();
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let parts: Vec<&str> = word.split('-').collect();
    if word.contains("://") {
        Kind::Link
    } else if word.contains('@') && word.contains('.') {
        Kind::Email
    } else if parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12]) && word.chars().all(|c| is_hex(c) || c == '-') {
        Kind::Id
    } else if word.contains(['/', '\\']) {
        Kind::Path
    } else if digits == 0 {
        Kind::Word
    } else if before.is_some_and(|before| CODES.contains(&before)) && word.chars().all(char::is_alphanumeric) {
        Kind::Code
    } else if word.split(':').next().is_some_and(|host| host.split('.').count() == 4)
        && word.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ':'))
    {
        Kind::Address
    } else if word.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ':' | '-' | '+' | '%')) {
        Kind::Number
    } else if word.len() >= 8 && word.chars().all(|c| is_hex(c) || c == 'x') {
        Kind::Id
    } else if is_code(word) {
        Kind::Code
    } else {
        Kind::Mixed
    }
}

/// `ORA-00942`, `AADSTS50105`, `E1001`: capitals, then digits.
fn is_code(word: &str) -> bool {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let name = letters.trim_end_matches(['-', '_']);
    letters.len() < word.len() && !name.is_empty() && name.chars().all(|c| c.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_what_no_log_puts_before_it() {
        for (line, said) in [
            ("2025-01-28T10:45:18Z ERROR   Disk d7 is full", "Disk d7 is full"),
            ("[2025-06-01 14:41:01,971] INFO  [main] Disk d7 is full", "Disk d7 is full"),
            ("{\"level\":\"error\",\"msg\":\"Disk d7 is full\"}", "Disk d7 is full"),
            ("Error reading disk d7", "Error reading disk d7"),
            ("ERROR: Disk d7 is full", "Disk d7 is full"),
        ] {
            assert_eq!(message(line), said);
        }
    }

    #[test]
    fn the_line_of_trouble_comes_first() {
        let paste = "Hello, since this morning I see\n10:00:00,123 INFO all is well with it\n\
                     10:00:01,123 ERROR could not open the valve: timeout\n  at a.b.C.d(C.java:7)\nThank you very much";
        assert_eq!(candidates(paste)[0], "could not open the valve: timeout");
    }

    #[test]
    fn values_are_told_from_words() {
        let line = "User ann@example.org from 10.1.2.3:80 got /var/log/a.log, code 404, ORA-00942 at node-17 17:04 \
                    0a1b2c3d-0000-4000-8000-0123456789ab https://example.org/x?y";
        let kinds: Vec<(String, Kind)> = words(line).into_iter().map(|word| (word.text, word.kind)).collect();
        let of = |text: &str| kinds.iter().find(|(found, _)| found.starts_with(text)).map(|(_, kind)| *kind);
        assert_eq!(of("ann@"), Some(Kind::Email));
        assert_eq!(of("10.1"), Some(Kind::Address));
        assert_eq!(of("/var"), Some(Kind::Path));
        assert_eq!(of("404"), Some(Kind::Code));
        assert_eq!(of("ora"), Some(Kind::Code));
        assert_eq!(of("node-17"), Some(Kind::Mixed));
        assert_eq!(of("17:04"), Some(Kind::Number));
        assert_eq!(of("0a1b"), Some(Kind::Id));
        assert_eq!(of("https"), Some(Kind::Link));
        assert_eq!(of("user"), Some(Kind::Word));
    }
}
