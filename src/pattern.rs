//! An author's own regular expression as a message: tried only where its longest literal stands.
//!
//! A regular expression is anchored like any other message, on a piece of fixed text that every match must hold; it is
//! compiled when that piece first occurs and run over a bounded window around it, so that no expression can make
//! answering slow. It may not know of entries; it does not search texts by itself.

use std::ops::Range;
use std::sync::OnceLock;

use crate::paste::{fold_str, peel};
use crate::template::FEWEST_LETTERS;

/// How much text before and after the literal a match may take, in bytes.
const BEFORE: usize = 1024;
const AFTER: usize = 4096;
#[cfg(any(not(target_arch = "wasm32"), feature = "tools", feature = "redact"))]
mod regex;
#[cfg(any(not(target_arch = "wasm32"), feature = "tools", feature = "redact"))]
pub(crate) use regex::Expression;
#[cfg(all(target_arch = "wasm32", not(any(feature = "tools", feature = "redact"))))]
mod foreign;
#[cfg(all(target_arch = "wasm32", not(any(feature = "tools", feature = "redact"))))]
pub(crate) use foreign::{Expression, set_expressions};

/// A message that is a regular expression.
#[derive(Debug)]
pub struct Pattern {
    source: String,
    /// The longest text, folded, that every match holds.
    pub literal: Box<[u8]>,
    compiled: OnceLock<Option<Expression>>,
}

/// Where an expression matched, in bytes of the text: the whole, and each named group that took part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternMatch {
    /// The whole match.
    pub span: Range<usize>,
    /// Named groups.
    pub values: Vec<(String, Range<usize>)>,
}

impl Pattern {
    /// Reads an expression. Fails with a sentence when it has no literal of four letters; see [`Pattern::check`].
    pub fn new(source: &str) -> Result<Self, String> {
        let literal = required_literal(source);
        if literal.len() < FEWEST_LETTERS {
            return Err("it has no fixed text of at least four letters outside groups and alternatives".into());
        }
        Ok(Self { source: source.to_owned(), literal: literal.into_boxed_slice(), compiled: OnceLock::new() })
    }

    /// Whether it can be compiled; if not, why.
    #[cfg(any(not(target_arch = "wasm32"), feature = "tools"))]
    pub fn check(&self) -> Result<(), String> {
        Expression::new(&self.source).map(|_| ())
    }

    /// The match that holds the literal at `at` (bytes of `text`), if there is one. Cost: bounded.
    pub fn find(&self, text: &str, at: Range<usize>) -> Option<PatternMatch> {
        let expression = self.compiled.get_or_init(|| Expression::new(&self.source).ok()).as_ref()?;
        let from = text.floor_char_boundary(at.start.saturating_sub(BEFORE));
        let to = text.ceil_char_boundary((at.end + AFTER).min(text.len()));
        let window = &text[from..to];
        let wanted = at.start - from..at.end - from;
        find_in(expression, window, &wanted, |start, end| start..end)
            .or_else(|| {
                let peeled = peel(window)?;
                find_in(expression, &peeled.text, &wanted, |start, end| {
                    if start == end {
                        return 0..0;
                    }
                    let (start, end) = peeled.origin(start, end);
                    start as usize..end as usize
                })
            })
            .map(|found| found.moved(from))
    }
}

impl PatternMatch {
    fn moved(mut self, by: usize) -> Self {
        self.span = self.span.start + by..self.span.end + by;
        for (_, range) in &mut self.values {
            *range = range.start + by..range.end + by;
        }
        self
    }
}

fn find_in(
    expression: &Expression,
    window: &str,
    wanted: &Range<usize>,
    origin: impl Fn(usize, usize) -> Range<usize>,
) -> Option<PatternMatch> {
    for PatternMatch { span, values } in expression.matches(window) {
        let span = origin(span.start, span.end);
        if span.start <= wanted.start && span.end >= wanted.end {
            let values = values.into_iter().map(|(name, group)| (name, origin(group.start, group.end)));
            return Some(PatternMatch { span, values: values.collect() });
        }
        if span.start > wanted.start {
            return None;
        }
    }
    None
}

/// The longest text, folded, that stands in every match.
fn required_literal(source: &str) -> Vec<u8> {
    required_texts(source).iter().map(|run| fold_str(run)).max_by_key(Vec::len).unwrap_or_default()
}

/// How many letters and digits stand in every match of an expression, as far as its fixed texts tell. Cost: linear.
pub fn fixed_letters(source: &str) -> usize {
    required_texts(source).iter().map(|run| fold_str(run).len()).sum()
}

/// The texts that stand in every match: outside groups, classes and alternatives, and not optional.
fn required_texts(source: &str) -> Vec<String> {
    let mut runs: Vec<String> = vec![String::new()];
    let mut depth = 0_u32;
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        let literal = match c {
            '\\' => chars.next().filter(|escaped| !escaped.is_alphanumeric()),
            '[' => {
                skip_class(&mut chars);
                None
            }
            '(' => {
                if chars.peek() == Some(&'?') && flags(chars.clone()).contains('x') {
                    return Vec::new(); // white space and comments mean nothing there
                }
                depth += 1;
                None
            }
            ')' => {
                depth = depth.saturating_sub(1);
                None
            }
            '|' if depth == 0 => return Vec::new(),
            '.' | '^' | '$' | '|' | '*' | '+' | '?' | '{' | '}' => None,
            c => Some(c),
        };
        let is_optional = matches!(chars.peek(), Some('?' | '*' | '{'));
        match literal.filter(|_| depth == 0 && !is_optional) {
            Some(c) => runs.last_mut().map_or((), |run| run.push(c)),
            _ => runs.push(String::new()),
        }
        if c == '{' && depth == 0 {
            while chars.next_if(|c| *c != '}').is_some() {}
        }
    }
    runs
}

fn skip_class(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    chars.next_if_eq(&'^');
    chars.next_if_eq(&']');
    while let Some(c) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            ']' => return,
            _ => {}
        }
    }
}

/// The flags of a group that begins here: `?i` of `(?i)`.
fn flags(chars: std::iter::Peekable<std::str::Chars<'_>>) -> String {
    chars.skip(1).take_while(|c| c.is_ascii_alphabetic() && *c != 'P').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_literal_is_what_every_match_holds() {
        let literal = |source: &str| String::from_utf8(required_literal(source)).unwrap();
        assert_eq!(literal(r"(?i)connection to (?P<host>\S+) refused by peer"), "refusedbypeer");
        assert_eq!(literal(r"code\s*=\s*(\d+) from backends?"), "frombackend");
        assert_eq!(literal(r"\[E\] fai(l|led) [a-z\]]+ harder"), "harder");
        assert_eq!(literal("one thing|another"), "");
        assert_eq!(literal("abc{2,3}d"), "ab");
        assert_eq!(literal("(?x) ab c"), "");
        assert_eq!(fixed_letters(r#""code":(500|503) at (the )?gate \d+"#), "codeatgate".len());
    }

    #[test]
    fn a_match_holds_the_literal_and_names_its_values() {
        let pattern = Pattern::new(r"port (?P<port>\d+): connection refused").unwrap();
        let text = "x port 1: ok, port 22: connection refused, port 3: connection refused";
        let at = text.find("connection").unwrap();
        let found = pattern.find(text, at..at + "connection refused".len()).unwrap();
        assert_eq!(&text[found.span], "port 22: connection refused");
        assert_eq!(&text[found.values[0].1.clone()], "22");
        assert!(Pattern::new(r"\d+").is_err());
        assert!(Pattern::new("connection (refused").is_ok_and(|pattern| pattern.check().is_err()));
    }

    #[test]
    fn a_match_is_found_under_escapes() {
        let pattern = Pattern::new("port \"(?P<port>[a-z]+)\" is closed").unwrap();
        let text = r#"{\"m\": \"port \\\"ssh\\\" is closed\"}"#;
        let at = text.find("is closed").unwrap();
        let found = pattern.find(text, at..at + 9).unwrap();
        assert_eq!(&text[found.values[0].1.clone()], "ssh");
    }
}
