//! Peeling: encodings undone, layer by layer, until nothing changes or the limit is reached.
//!
//! One round undoes one level of everything it meets, whatever the order of nesting: a JSON string in a URL in an HTML
//! attribute takes three rounds. Rounds are few and each is one pass, so the cost stays linear in the text.

use super::peel_codes::{ansi, entity, escape, mojibake, percent, quoted_printable, tag};

/// Nesting deeper than this is left as it stands.
const ROUNDS: usize = 6;

/// A text with its encodings undone, and where each of its bytes came from.
#[derive(Debug)]
pub struct Peeled {
    /// The text.
    pub text: String,
    starts: Vec<u32>,
    ends: Vec<u32>,
}

impl Peeled {
    /// The bytes of the paste that the bytes `start..end` of the peeled text came from (`start < end`).
    pub fn origin(&self, start: usize, end: usize) -> (u32, u32) {
        (self.starts[start], self.ends[end - 1])
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
    let quoted = text.contains("=3D") || text.contains("=\n") || text.contains("=\r\n");
    Some(to_the_end(round(text, None, quoted)?))
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
/// then a line may end inside a code. None when no line ends.
pub fn peel_joined(text: &str) -> Option<Peeled> {
    if !text.trim_end().contains(['\n', '\r']) {
        return None;
    }
    let mut joined = Peeled { text: String::with_capacity(text.len()), starts: Vec::new(), ends: Vec::new() };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = if at == 0 { 0 } else { line.len() - line.trim_start_matches(['>', ' ', '\t', '|']).len() };
        let end = line.trim_end_matches(['\n', '\r']).len().max(start);
        joined.copy(&line[start..end], at + start, None);
        at += line.len();
    }
    Some(to_the_end(round(&joined.text, Some(&joined), false)?))
}

/// One level undone; none when nothing was there to undo.
fn round(text: &str, before: Option<&Peeled>, quoted: bool) -> Option<Peeled> {
    let first = find_code(text, 0, quoted)?;
    let mut out = Peeled { text: String::with_capacity(text.len()), starts: Vec::new(), ends: Vec::new() };
    let place = |start: usize, end: usize| before.map_or((start as u32, end as u32), |map| map.origin(start, end));
    let mut copied = 0;
    let mut next = Some(first);
    while let Some((at, len, decoded)) = next {
        out.copy(&text[copied..at], copied, before);
        let (start, end) = place(at, at + len);
        match decoded {
            Decoded::Char(c) => out.push(c, start, end),
            Decoded::Two(letter, accent) => {
                out.push(letter, start, end);
                out.push(accent, start, end);
            }
            Decoded::Nothing => {}
        }
        copied = at + len;
        next = find_code(text, copied, quoted);
    }
    out.copy(&text[copied..], copied, before);
    Some(out)
}

impl Peeled {
    fn copy(&mut self, text: &str, from: usize, before: Option<&Peeled>) {
        self.text.push_str(text);
        match before {
            Some(map) => {
                self.starts.extend_from_slice(&map.starts[from..from + text.len()]);
                self.ends.extend_from_slice(&map.ends[from..from + text.len()]);
            }
            None => {
                for (at, c) in text.char_indices() {
                    for _ in 0..c.len_utf8() {
                        self.starts.push((from + at) as u32);
                        self.ends.push((from + at + c.len_utf8()) as u32);
                    }
                }
            }
        }
    }

    fn push(&mut self, c: char, start: u32, end: u32) {
        self.text.push(c);
        for _ in 0..c.len_utf8() {
            self.starts.push(start);
            self.ends.push(end);
        }
    }
}

/// The next code at or after `from`: its place, its length and what it stands for.
fn find_code(text: &str, from: usize, quoted: bool) -> Option<(usize, usize, Decoded)> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        let code = match bytes[at] {
            b'\\' => escape(bytes, at),
            b'&' => entity(text, at),
            b'%' => percent(bytes, at),
            b'<' => tag(bytes, at),
            b'\x1b' | b'[' => ansi(bytes, at),
            b'=' if quoted => quoted_printable(bytes, at),
            0xc2..=0xf4 => mojibake(text, at),
            _ => None,
        };
        if let Some((len, decoded)) = code {
            return Some((at, len, decoded));
        }
        at += 1;
    }
    None
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
