//! The text of a message: what its author quoted, without the quotation, the placeholders as slots.

use super::blocks::{Node, Span, plain};
use super::html::{is_break, is_markup};
use super::placeholders;
use super::source::Notes;

/// A message as it was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Read {
    pub text: String,
    /// Whether it is an author's own regular expression.
    pub regex: bool,
}

/// Quotation marks that authors put around messages. Not the single ones, which are apostrophes as often.
const QUOTES: [char; 8] = ['"', '“', '”', '„', '«', '»', '「', '」'];

/// What ends a sentence.
const STOPS: [char; 5] = ['.', '!', '?', '…', '。'];

/// Reads a paragraph or list item as a message. The second value is prose that follows a quoted message in it.
pub(super) fn read(spans: &[Span], notes: &mut Notes) -> (Option<Read>, Vec<Span>) {
    let at = spans.first().map_or(0, |span| span.at);
    if let Some(code) = only_code(spans) {
        return (literal(code, at, notes), Vec::new());
    }
    let pieces: Vec<String> = spans.iter().map(|span| text(std::slice::from_ref(span))).collect();
    let whole = pieces.concat();
    let end = quotation_end(&whole);
    let prose = end.map(|end| after(spans, &pieces, end)).unwrap_or_default();
    let message = unclosed_alternatives(unwrapped(whole[..end.unwrap_or(whole.len())].trim()));
    (finished(message, at, notes), prose)
}

/// Reads a block of code as a message.
pub(super) fn read_code(code: &str, at: usize, notes: &mut Notes) -> Option<Read> {
    finished(unclosed_alternatives(code.trim()), at, notes)
}

/// Whether a paragraph plainly quotes something: it begins with a quotation mark, or is code as a whole.
pub(super) fn is_quotation(spans: &[Span]) -> bool {
    only_code(spans).is_some() || plain(spans).trim_start().starts_with(QUOTES)
}

fn only_code(spans: &[Span]) -> Option<&str> {
    let mut code = None;
    for span in spans {
        match &span.node {
            Node::Code(text) if code.is_none() => code = Some(text.as_str()),
            Node::Break => {}
            // A full stop behind the code is the sentence's, not the message's.
            Node::Text(text) if text.trim().is_empty() || code.is_some() && text.trim() == "." => {}
            _ => return None,
        }
    }
    code
}

fn literal(code: &str, at: usize, notes: &mut Notes) -> Option<Read> {
    let code = code.trim();
    match code.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')) {
        Some(regex) if !regex.is_empty() => Some(Read { text: regex.into(), regex: true }),
        _ => finished(code.into(), at, notes),
    }
}

fn finished(text: String, at: usize, notes: &mut Notes) -> Option<Read> {
    let text = if notes.own { text } else { placeholders::to_slots(text, at, notes) };
    (!text.is_empty()).then_some(Read { text, regex: false })
}

/// A message's text. What only looks like a tag is the product's text.
fn text(spans: &[Span]) -> String {
    let mut all = String::new();
    for span in spans {
        match &span.node {
            Node::Text(piece) | Node::Code(piece) | Node::Image(piece) => all.push_str(piece),
            Node::Strong(content) | Node::Link { content, .. } => all.push_str(&text(content)),
            Node::Break => all.push(' '),
            Node::Html(tag) if is_break(tag) => all.push(' '),
            Node::Html(tag) if is_markup(tag) => {}
            Node::Html(tag) => all.push_str(tag),
        }
    }
    all
}

/// Where a quoted message ends, if its author went on in prose: `"… details." This error appears when …`.
fn quotation_end(whole: &str) -> Option<usize> {
    let (last, quote) = whole.char_indices().rfind(|(_, c)| QUOTES.contains(c))?;
    let end = last + quote.len_utf8();
    let tail = whole[end..].trim();
    let begins = tail.chars().next().is_some_and(|c| c.is_uppercase() || c.is_alphabetic() && !c.is_lowercase());
    let is_prose = tail.split_whitespace().count() >= 3
        && tail.ends_with([':', '.', '!', '?', '。'])
        && !tail.contains(['{', '}', '[', ']']);
    if !is_prose || !whole[end..].starts_with(char::is_whitespace) {
        return None;
    }
    let message = whole[..last].trim();
    let sentence = message.ends_with(STOPS) && begins;
    let quoted = message.strip_prefix(QUOTES);
    let only_quotation = quoted.is_some_and(|rest| !rest.contains(QUOTES) && rest.split_whitespace().count() >= 3);
    (sentence || only_quotation).then_some(end)
}

/// The spans after this offset of their text.
fn after(spans: &[Span], pieces: &[String], offset: usize) -> Vec<Span> {
    let mut begin = 0;
    let mut rest = Vec::new();
    for (span, piece) in spans.iter().zip(pieces) {
        let end = begin + piece.len();
        if begin >= offset {
            rest.push(span.clone());
        } else if let (Node::Text(text), true) = (&span.node, end > offset) {
            let text = &text[offset - begin..];
            let trimmed = text.trim_start();
            let at = span.at + offset - begin + text.len() - trimmed.len();
            rest.push(Span { at, node: Node::Text(trimmed.into()) });
        } else if end > offset {
            rest.push(span.clone());
        }
        begin = end;
    }
    rest
}

/// The text without the quotation marks around it, of which authors forget one or the other.
fn unwrapped(text: &str) -> &str {
    let count = text.chars().filter(|c| QUOTES.contains(c)).count();
    let opened = text.strip_prefix(QUOTES).filter(|rest| !is_json_key(rest));
    match opened {
        Some(rest) => match rest.strip_suffix(QUOTES) {
            Some(inner) => inner.trim(),
            None if count % 2 == 1 => rest.trim(),
            None => text,
        },
        None if count % 2 == 1 => text.strip_suffix(QUOTES).unwrap_or(text).trim(),
        None => text,
    }
}

/// Whether text behind a quotation mark is a key of JSON (`code":400,…`), so that the mark belongs to the message.
fn is_json_key(text: &str) -> bool {
    text.split_once(QUOTES).is_some_and(|(key, rest)| {
        !key.is_empty() && !key.contains(char::is_whitespace) && rest.trim_start().starts_with([':', ','])
    })
}

/// Alternatives as `{one|other}`: without spaces at their ends, a quotation mark that slipped in put behind, and closed
/// where the author forgot to.
fn unclosed_alternatives(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        result.push_str(&rest[..open]);
        let inside = &rest[open + 1..];
        let end = inside.find(['{', '}']).unwrap_or(inside.len());
        let closed = inside[end..].starts_with('}');
        let group = &inside[..end];
        // Up to the first quotation mark that is not the group's own opening one.
        let lead = group.len() - group.trim_start_matches(QUOTES).len();
        let stop = group[lead..].find(QUOTES).map_or(group.len(), |at| lead + at);
        let (words, tail) = group.split_at(stop);
        let is_alternatives = words.contains('|')
            && !words.contains(':')
            && words[lead..].starts_with(|c: char| c.is_alphanumeric() || c.is_whitespace() || c == '|')
            && (!closed || tail.chars().all(|c| QUOTES.contains(&c) || c.is_whitespace()));
        if is_alternatives {
            let names: Vec<&str> = words[lead..].split('|').map(str::trim).collect();
            result.push_str(&group[..lead]);
            result.push('{');
            result.push_str(&names.join("|"));
            result.push('}');
            result.push_str(tail);
            rest = &inside[end + usize::from(closed)..];
        } else {
            result.push('{');
            rest = inside;
        }
    }
    result.push_str(rest);
    result.truncate(result.trim_end().len());
    result
}

#[cfg(test)]
mod tests {
    use super::{quotation_end, unclosed_alternatives, unwrapped};

    #[test]
    fn quotation_marks_around_a_message_are_not_part_of_it() {
        for (quoted, message) in [
            ("\"It broke.\"", "It broke."),
            ("It broke. \"", "It broke."),
            ("\"It broke.", "It broke."),
            ("„Es ging“", "Es ging"),
            ("\"No item \"x\" here\"", "No item \"x\" here"),
            ("\"{\"error\":\"x\"}\"", "{\"error\":\"x\"}"),
            ("\"code\":400,\"reply\"", "\"code\":400,\"reply\""),
            ("said \"no\"", "said \"no\""),
        ] {
            assert_eq!(unwrapped(quoted), message, "{quoted}");
        }
    }

    #[test]
    fn prose_behind_a_quoted_message_is_not_part_of_it() {
        for (text, message) in [
            ("\"No such shelf.\" You see this when a shelf is new.", "\"No such shelf.\""),
            ("er is geen plank. \" Dit ziet u bij een nieuwe plank.", "er is geen plank. \""),
            ("\"The shelf is full\" appears when you stack boxes.", "\"The shelf is full\""),
        ] {
            assert_eq!(quotation_end(text).map(|end| &text[..end]), Some(message), "{text}");
        }
        for whole in [
            "\"Shelf\" could not be found on the server.",
            "Cannot open shelf \"A\" because of a jam.",
            "{\"error\":\"Full.\"} and then some more.",
            "\"Only this.\"",
        ] {
            assert_eq!(quotation_end(whole), None, "{whole}");
        }
    }

    #[test]
    fn alternatives_are_closed_and_trimmed() {
        for (written, read) in [
            ("{a b|c|d\" }", "{a b|c|d}\""),
            ("\"{a b | c d}\"", "\"{a b|c d}\""),
            ("say {a b|c\"", "say {a b|c}\""),
            ("say {a|b", "say {a|b}"),
            ("{\"a\": \"x|y\"}", "{\"a\": \"x|y\"}"),
            ("{slot} {\"k\": 1}", "{slot} {\"k\": 1}"),
        ] {
            assert_eq!(unclosed_alternatives(written), read, "{written}");
        }
    }
}
