//! Peeling: encodings undone, layer by layer, until nothing changes or the limit is reached.
//!
//! One round undoes one level of everything it meets, whatever the order of nesting: a JSON string in a URL in an HTML
//! attribute takes three rounds. Rounds are few and each is one pass, so the cost stays linear in the text.

use std::ops::Range;

use super::peel_codes::{ansi, entity, escape, mojibake, percent, quoted_printable, tag};
use crate::lanes::{Lanes, Places};

/// Nesting deeper than this is left as it stands.
const ROUNDS: usize = 6;
/// A code that a line end may break is no longer than this: entities and escapes, not tags.
const LONGEST_BROKEN: usize = 12;

/// A text with its encodings undone, and where each piece of it came from.
#[derive(Debug, Default)]
pub struct Peeled {
    /// The text.
    pub text: String,
    /// What it consists of, in order; together they are the text.
    pieces: Vec<Piece>,
}

/// A piece of a peeled text, which goes on to where the next one begins.
#[derive(Clone, Copy, Debug)]
struct Piece {
    /// Where it begins in the peeled text.
    peeled: u32,
    /// Where it came from in the paste.
    source: u32,
    /// How long the code is that it came from; none where it stands in the paste as it is.
    code: Option<u16>,
}

impl Peeled {
    /// The bytes of the paste that the bytes `start..end` of the peeled text came from (`start < end`). Cost: logarithmic.
    pub fn origin(&self, start: usize, end: usize) -> (u32, u32) {
        (self.source(start).0, self.source(end - 1).1)
    }

    fn source(&self, at: usize) -> (u32, u32) {
        let piece = self.pieces[self.pieces.partition_point(|piece| piece.peeled as usize <= at) - 1];
        piece.source(at as u32)
    }

    /// The pieces: where each stands in the peeled text, where it came from, and how long the code is that it came from
    /// (none where it stands in the paste as it is).
    pub(super) fn pieces(&self) -> impl Iterator<Item = (Range<usize>, u32, Option<u16>)> + '_ {
        let ends = self.pieces.iter().skip(1).map(|piece| piece.peeled as usize).chain([self.text.len()]);
        self.pieces.iter().zip(ends).map(|(piece, end)| (piece.peeled as usize..end, piece.source, piece.code))
    }

    /// Adds a piece of the text before: `text` stood there at `from`. `cursor` is the number of a piece of it at or before
    /// that place, and moves on.
    fn copy(&mut self, text: &str, from: usize, before: Option<&Self>, cursor: &mut usize) {
        if text.is_empty() {
            return;
        }
        let base = self.text.len() as u32;
        self.text.push_str(text);
        let Some(before) = before else {
            self.piece(Piece { peeled: base, source: from as u32, code: None });
            return;
        };
        let end = (from + text.len()) as u32;
        before.seek(cursor, from);
        while let Some(piece) = before.pieces.get(*cursor).filter(|piece| piece.peeled < end) {
            let start = piece.peeled.max(from as u32);
            self.piece(Piece { peeled: base + start - from as u32, source: piece.source(start).0, code: piece.code });
            *cursor += 1;
        }
        *cursor = cursor.saturating_sub(1);
    }

    /// Adds a piece, unless it only continues the last one.
    fn piece(&mut self, piece: Piece) {
        let continues = |last: &Piece| {
            last.code.is_none() && piece.code.is_none() && last.source + (piece.peeled - last.peeled) == piece.source
        };
        if !self.pieces.last().is_some_and(continues) {
            self.pieces.push(piece);
        }
    }

    fn push(&mut self, c: char, start: u32, end: u32) {
        let code = Some(u16::try_from(end - start).unwrap_or(u16::MAX));
        self.pieces.push(Piece { peeled: self.text.len() as u32, source: start, code });
        self.text.push(c);
    }

    /// Moves a cursor to the piece that holds a place.
    fn seek(&self, cursor: &mut usize, at: usize) {
        while self.pieces.get(*cursor + 1).is_some_and(|next| next.peeled as usize <= at) {
            *cursor += 1;
        }
    }
}

impl Piece {
    /// Where the byte at this place of the peeled text came from.
    fn source(&self, at: u32) -> (u32, u32) {
        match self.code {
            None => (self.source + at - self.peeled, self.source + at - self.peeled + 1),
            Some(len) => (self.source, self.source + u32::from(len)),
        }
    }
}

/// What a code in the text stands for.
pub(super) enum Decoded {
    /// These characters.
    Char(char),
    /// A letter and its accent.
    Two(char, char),
    /// Nothing that a reader sees.
    Nothing,
}

/// What was found at a place: how many bytes it takes and what it stands for.
pub(super) type Code = Option<(usize, Decoded)>;

/// Undoes every encoding. None when there is nothing to undo.
pub fn peel(text: &str) -> Option<Peeled> {
    Some(to_the_end(round(text, None, is_quoted_printable(text))?))
}

fn is_quoted_printable(text: &str) -> bool {
    let signs = [&b"=3D"[..], b"=\n", b"=\r\n"];
    let bytes = text.as_bytes();
    Places::new(bytes, 0, |lanes| lanes.is(b'=')).any(|at| signs.iter().any(|sign| bytes[at..].starts_with(sign)))
}

/// Further rounds, until nothing changes.
fn to_the_end(mut layer: Peeled) -> Peeled {
    for _ in 1..ROUNDS {
        match round(&layer.text, Some(&layer), false) {
            Some(next) => layer = next,
            None => break,
        }
    }
    layer
}

/// The same after joining lines that were broken at a column, with the marks that stand before each (`> `, white space):
/// then a line may end inside a code. None when no code would come of it.
pub fn peel_joined(text: &str) -> Option<Peeled> {
    let mut joined = Peeled { text: String::with_capacity(text.len()), pieces: Vec::new() };
    let mut is_broken = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = if at == 0 { 0 } else { line.len() - line.trim_start_matches(['>', ' ', '\t', '|']).len() };
        let end = line.trim_end_matches(['\n', '\r']).len().max(start);
        joined.copy(&line[start..end], at + start, None, &mut 0);
        at += line.len();
        is_broken |= at < text.len() && ends_in_code(&line[start..end]);
    }
    if !is_broken {
        return None;
    }
    Some(to_the_end(round(&joined.text, Some(&joined), false)?))
}

/// Whether a line ends as if it ended inside a code: what follows the last mark that begins one can be part of it.
fn ends_in_code(line: &str) -> bool {
    let tail = &line.as_bytes()[line.len().saturating_sub(LONGEST_BROKEN)..];
    let begins = |byte: &u8| matches!(byte, b'\\' | b'%' | b'&' | b'\x1b' | b'[');
    let goes_on = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'#' | b';' | b'[');
    // A character that is the first half of another one, read in the wrong encoding.
    let is_half = line.ends_with(|c| ('\u{c2}'..='\u{f4}').contains(&c));
    is_half || tail.iter().rposition(begins).is_some_and(|at| tail[at + 1..].iter().all(goes_on))
}

/// One level undone; none when nothing was there to undo.
fn round(text: &str, before: Option<&Peeled>, quoted: bool) -> Option<Peeled> {
    let mut suspects = Places::new(text.as_bytes(), 0, |lanes| may_begin(lanes, quoted));
    let first = find_code(text, &mut suspects, 0, quoted)?;
    let mut out = Peeled { text: String::with_capacity(text.len()), pieces: Vec::new() };
    let (mut cursor, mut origins) = (0, 0);
    let mut copied = 0;
    let mut next = Some(first);
    while let Some((at, len, decoded)) = next {
        out.copy(&text[copied..at], copied, before, &mut cursor);
        let (start, end) = match before {
            None => (at as u32, (at + len) as u32),
            Some(map) => {
                map.seek(&mut origins, at);
                let start = map.pieces[origins].source(at as u32).0;
                map.seek(&mut origins, at + len - 1);
                (start, map.pieces[origins].source((at + len - 1) as u32).1)
            }
        };
        match decoded {
            Decoded::Char(c) => out.push(c, start, end),
            Decoded::Two(letter, accent) => {
                out.push(letter, start, end);
                out.push(accent, start, end);
            }
            Decoded::Nothing => {}
        }
        copied = at + len;
        next = find_code(text, &mut suspects, copied, quoted);
    }
    out.copy(&text[copied..], copied, before, &mut cursor);
    Some(out)
}

/// The next code that begins at or after `from`: its place, its length and what it stands for. `suspects` are the places
/// where one may begin.
fn find_code(
    text: &str,
    suspects: &mut impl Iterator<Item = usize>,
    from: usize,
    quoted: bool,
) -> Option<(usize, usize, Decoded)> {
    let bytes = text.as_bytes();
    suspects.filter(|at| *at >= from).find_map(|at| {
        let code = match bytes[at] {
            b'\\' => escape(bytes, at),
            b'&' => entity(text, at),
            b'%' => percent(bytes, at),
            b'<' => tag(bytes, at),
            b'\x1b' => ansi(bytes, at),
            // A terminal's sequence that lost its escape character.
            b'[' if bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => ansi(bytes, at),
            b'=' if quoted => quoted_printable(bytes, at),
            0xc2..=0xf4 => mojibake(text, at),
            _ => None,
        };
        code.map(|(len, decoded)| (at, len, decoded))
    })
}

/// Which bytes may begin a code.
#[inline]
fn may_begin(lanes: Lanes, quoted: bool) -> Lanes {
    let marks = lanes.within(b'%', b'&' + 1) | lanes.within(b'[', b'\\' + 1) | lanes.is(b'\x1b');
    let angle = if quoted { lanes.within(b'<', b'=' + 1) } else { lanes.is(b'<') };
    marks | angle | lanes.begins_other()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peeled(text: &str) -> String {
        peel(text).map_or_else(|| text.to_owned(), |peeled| peeled.text)
    }

    #[test]
    fn each_encoding_is_undone() {
        let cases = [
            (r#"{\"a\":\"b\\u00e4\\n\"}"#, "{\"a\":\"bä\n\"}"),
            (r"\ud83d\ude00 \ud83d", "😀 \u{fffd}"),
            ("&lt;3 &quot;x&quot; &#228; &#xe4; &auml;&nbsp;&amp;", "<3 \"x\" ä ä a\u{308}\u{a0}&"),
            ("%7B%22a%22%3A%ED%95%9C%7D 100%", "{\"a\":한} 100%"),
            ("Caf%E9", "Café"),
            ("\x1b[31mHttp\x1b[0mRequest\x1b]8;;x\x07!", "HttpRequest!"),
            ("[31mHttp[0mRequest [12:30] [1]", "HttpRequest [12:30] [1]"),
            ("<td class=\"x\">a</td><br/>b<![CDATA[c]]>", " a \nb c]]>"),
            ("1 < 2 and 3 > 2, a <", "1 < 2 and 3 > 2, a <"),
            ("StatusCode=3D429 =C3=A4=\r\nx", "StatusCode=429 äx"),
            ("StatusCode=429", "StatusCode=429"),
            ("VÃ¤nta â€œnuâ€\u{9d} ì˜¤", "Vänta “nu” 오"),
        ];
        for (from, to) in cases {
            assert_eq!(peeled(from), to, "{from}");
        }
    }

    #[test]
    fn nesting_is_undone_in_any_order() {
        let text = "{\"a\": \"b c\"}";
        let json = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
        let html = |text: &str| text.replace('&', "&amp;").replace('"', "&quot;");
        let url = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat();
        for wrapped in
            [json(&html(text)), html(&json(text)), url(&json(text)), json(&json(text)), html(&url(&json(text)))]
        {
            assert_eq!(peeled(&wrapped), text, "{wrapped}");
        }
    }

    #[test]
    fn positions_lead_back_through_every_round() {
        let text = "x &amp;quot;ab\\u00e4c&amp;quot;";
        let peeled = peel(text).unwrap();
        assert_eq!(peeled.text, "x \"abäc\"");
        let at = peeled.text.find("abäc").unwrap();
        let (start, end) = peeled.origin(at, at + "abäc".len());
        assert_eq!(&text[start as usize..end as usize], "ab\\u00e4c");
    }
}
