//! Messages that a section's heading tells: "Error code: X", "Why do I get `…`?", or the heading as a whole.

use super::blocks::{Block, Kind, Node, Span, plain};
use super::codes;
use super::labels::{self, Label};
use super::phrases;
use super::quotations;

/// What stands behind "Error:" in a heading and has so many words is what the product prints.
const LONG: usize = 4;

/// The messages in a section's heading. `strong` are those that are plainly one (code, a quotation, behind "Error
/// code:"), the others are taken when nothing else is found.
#[derive(Debug, Default)]
pub(super) struct Heading {
    pub strong: Vec<Block>,
    pub weak: Vec<Block>,
    /// The code that the heading is, and its name; messages if the page or what stands under it says so.
    pub codes: Vec<String>,
    /// The heading calls itself a problem ("Issue: …"), whatever stands under it.
    pub symptom: bool,
    /// The heading without the words that call it an error.
    pub title: Option<String>,
}

/// Reads a heading. `prose` is the first paragraph under it.
pub(super) fn read(spans: &[Span], prose: &str) -> Heading {
    let mut heading = Heading::default();
    let text = plain(spans).trim().to_string();
    let at = spans.first().map_or(0, |span| span.at);
    let message = |text: &str| message(at, text);
    let divided = text.split_once([':', '：']).or_else(|| text.split_once(" - ")).or_else(|| text.split_once(" – "));
    let label = divided.and_then(|(words, rest)| Some((labels::find(words)?.0, words, rest.trim())));
    for piece in quotations::pieces(spans) {
        let Some(words) = piece.quoted else { continue };
        if phrases::is_message_like(&words) {
            heading.strong.push(message(&words));
        }
    }
    match label {
        Some((Label::Code, _, rest)) if !rest.is_empty() => {
            heading.title = Some(rest.into());
            heading.strong.push(message(rest));
        }
        Some((Label::Message, words, rest)) if !rest.is_empty() => {
            let explicit = words.split_whitespace().count() > 1 && !words.contains(|c: char| c.is_ascii_digit());
            if heading.strong.is_empty() {
                if explicit { heading.strong.push(message(rest)) } else { heading.weak.push(message(rest)) }
            }
        }
        Some((Label::Symptom, _, rest)) if !rest.is_empty() => {
            heading.symptom = true;
            heading.title = Some(rest.into());
        }
        // "Resolve the error: …"
        Some((Label::Resolution, words, rest)) if phrases::speaks_of_errors(words) && heading.strong.is_empty() => {
            heading.strong.push(message(rest));
        }
        _ => {}
    }
    if let Some(status) = status(&text).filter(|_| heading.strong.is_empty()) {
        heading.strong.push(message(status));
    }
    if let Some(rest) = phrases::got_error(&text) {
        if heading.strong.is_empty() {
            heading.strong.push(message(rest));
        }
    } else if phrases::speaks_of_heading(prose) && heading.strong.is_empty() && heading.weak.is_empty() {
        heading.weak.push(message(&text));
    }
    // In "Error: role is required (error code: `InvalidToken`)" the code is a part of the message.
    let is_message = matches!(label, Some((Label::Message, _, rest)) if rest.split_whitespace().count() >= LONG);
    match code(&text).filter(|_| !is_message) {
        Some((found, true)) if heading.strong.is_empty() => heading.strong.push(message(found[0])),
        Some((found, false)) if heading.strong.is_empty() => {
            heading.codes = found.into_iter().map(str::to_string).collect();
        }
        _ => {}
    }
    heading
}

/// A message that a heading tells.
pub(super) fn message(at: usize, text: &str) -> Block {
    let words = vec![Span { at, node: Node::Text(text.into()) }];
    Block { at, kind: Kind::Paragraph(vec![Span { at, node: Node::Strong(words) }]) }
}

/// Whether a heading is an HTTP status with its name: "431 Request Header Fields Too Large".
fn is_status(heading: &str) -> bool {
    let (number, name) = heading.split_once(' ').unwrap_or_default();
    number.len() == 3
        && number.starts_with(['4', '5'])
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && (1..=6).contains(&name.split_whitespace().count())
        && name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-'))
        && name.starts_with(char::is_uppercase)
}

/// Words behind an HTTP status that tell when it comes.
const COMES: &[&str] =
    &["returned", "response", "responses", "error", "errors", "for", "from", "in", "on", "when", "while", "after"];

/// The HTTP status that a heading is or begins with: "429 (Too Many Requests) returned by the crane".
fn status(heading: &str) -> Option<&str> {
    let begins = |word: &str| word.trim_start_matches('(').starts_with(char::is_uppercase);
    let named = || {
        let (number, name) = heading.split_once(' ')?;
        let next = name.split(' ').find(|word| !begins(word)).filter(|word| COMES.contains(word))?;
        let end = number.len() + 1 + name.find(&format!(" {next}"))?;
        let bare = heading[..end].replace(['(', ')'], "");
        (is_status(&bare) && !bare[4..].starts_with("Error")).then_some(&heading[..end])
    };
    named().or_else(|| is_status(heading).then_some(heading))
}

/// Whether a heading names what a program can ask for: a code, or an HTTP status.
pub(super) fn names_code(heading: &str) -> bool {
    code(heading).is_some() || is_status(heading.trim())
}

/// Words that a heading has beside its code without saying more.
const BESIDE: &[&str] = &["error", "errors", "exception", "warning", "code", "the", "an"];
/// Words behind a code that call it an error, or what something is stuck in.
const CALLED: &[&str] =
    &["error", "errors", "exception", "exceptions", "failure", "failures", "state", "status", "mode", "warning"];
/// Words before a code that call it an error, and that say that one gets it.
const CALLS: &[&str] = &["error", "exception", "code", "get", "getting", "got", "receive", "receiving"];

/// The codes in a heading, and whether the heading calls it one ("error `MSB4036`", "stuck in `CrashLoopBackOff` state") or
/// is nothing else (`invalid_grant`).
fn code(heading: &str) -> Option<(Vec<&str>, bool)> {
    let words: Vec<&str> = heading
        .split_whitespace()
        .map(|word| word.trim_matches(['"', '\'', '`', ',', '.', ':', '(', ')', '?']))
        .collect();
    let at = words.iter().position(|word| codes::is_code(word))?;
    let is = |word: Option<&&str>, list: &[&str]| word.is_some_and(|word| list.contains(&word.to_lowercase().as_str()));
    let before = words[..at].iter().rev().find(|word| !is(Some(word), &["a", "an", "the"]));
    let called = is(words.get(at + 1), CALLED) || is(before, CALLS);
    // "P6000 (ServerError)": a code and its name.
    let beside = |(index, word): (usize, &&str)| index == at || codes::is_code(word) || is(Some(word), BESIDE);
    let alone = words.iter().enumerate().all(beside);
    let found = words[at..].iter().copied().filter(|word| codes::is_code(word)).collect();
    (called || alone).then_some((found, called))
}
