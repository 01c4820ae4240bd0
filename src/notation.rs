//! The notation of messages: `{name}` is a slot, `{one|other}` alternatives, `…` any text; all else is fixed text.
//!
//! This module takes a message's text apart and knows nothing of matching.

/// A piece of a message's notation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'m> {
    /// Fixed text.
    Text(&'m str),
    /// `{name}`
    Slot(&'m str),
    /// `{one|other}`
    Choice(Vec<&'m str>),
    /// `…`
    Open,
}

/// The names of the slots in a message, in order.
pub fn slot_names(message: &str) -> Vec<&str> {
    pieces(message)
        .into_iter()
        .filter_map(|piece| if let Piece::Slot(name) = piece { Some(name) } else { None })
        .collect()
}

/// Takes the notation apart. Anything that is no notation is text: the braces of JSON, for one.
pub fn pieces(message: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut text_from = 0;
    let mut at = 0;
    // Only these begin anything: a brace, a dot, and the first byte of `…`.
    let may_begin = |byte: u8| matches!(byte, b'{' | b'.' | 0xe2);
    while let Some(next) = message.as_bytes()[at..].iter().position(|byte| may_begin(*byte)) {
        at += next;
        let rest = &message[at..];
        let found = if rest.starts_with('{') {
            braces(rest)
        } else if rest.starts_with('…') {
            Some(('…'.len_utf8(), Piece::Open))
        } else if rest.starts_with("...") {
            Some((rest.len() - rest.trim_start_matches('.').len(), Piece::Open))
        } else {
            None
        };
        match found {
            Some((len, piece)) => {
                pieces.push(Piece::Text(&message[text_from..at]));
                pieces.push(piece);
                at += len;
                text_from = at;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    pieces.push(Piece::Text(&message[text_from..]));
    pieces
}

/// `{name}` or `{one|other}`. A choice that lost its closing brace ends at the next quotation mark or at the end.
fn braces(rest: &str) -> Option<(usize, Piece<'_>)> {
    let inside = &rest[1..];
    let end = inside.find(['{', '}', '"', '”']).unwrap_or(inside.len());
    let content = &inside[..end];
    let closed = inside[end..].starts_with('}');
    if closed && is_slot_name(content) {
        return Some((end + 2, Piece::Slot(content)));
    }
    let alternatives: Vec<&str> = content.split('|').collect();
    (alternatives.len() > 1).then(|| (end + 1 + usize::from(closed), Piece::Choice(alternatives)))
}

/// What looks like a slot that was never closed, and is text: `{name and so on`.
pub fn unclosed(message: &str) -> Vec<&str> {
    let texts =
        pieces(message).into_iter().filter_map(|piece| if let Piece::Text(text) = piece { Some(text) } else { None });
    let begins = texts.flat_map(|text| text.split('{').skip(1));
    begins
        .filter(|rest| !rest.contains('}'))
        .filter_map(|rest| rest.split(char::is_whitespace).next())
        .filter(|name| is_slot_name(name))
        .collect()
}

/// Whether `name` can name a slot: a letter or `_`, then letters, digits, `_`, `-` and `.`.
pub fn is_slot_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_of_json_are_text() {
        assert_eq!(pieces("{\"a\": 1}"), [Piece::Text("{\"a\": 1}")]);
        let open = [Piece::Text("{"), Piece::Open, Piece::Text("\"a\": "), Piece::Slot("b"), Piece::Text("")];
        assert_eq!(pieces("{…\"a\": {b}"), open);
        assert_eq!(pieces("x {a|b}")[1], Piece::Choice(vec!["a", "b"]));
        assert_eq!(slot_names("{a} {b|c} {d}"), ["a", "d"]);
    }

    #[test]
    fn a_slot_that_was_never_closed_is_told_from_braces_of_json() {
        assert_eq!(unclosed("Printer {printer has no paper, {really"), ["printer", "really"]);
        for message in
            ["Printer {printer} has", "{ \"a\": {b}", "{\"a\":1", "{error:{message:No", "if (x) {return 5}", "{a|b"]
        {
            assert_eq!(unclosed(message), [""; 0], "{message}");
        }
    }
}
