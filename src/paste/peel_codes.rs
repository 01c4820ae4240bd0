//! The single codes that peeling knows: what stands at a place, how long it is, what it means.
//!
//! Each function looks at one place and no farther than a fixed bound, so that peeling stays linear.

use super::peel::{Code, Decoded};

/// No tag and no terminal sequence is longer than this.
const LONGEST: usize = 2048;

/// A backslash escape of JSON, C#, Java, Python: `\"`, `\n`, `\u00e4`, `\x1b`, `\033`.
pub(super) fn escape(bytes: &[u8], at: usize) -> Code {
    let c = match bytes.get(at + 1)? {
        quote @ (b'"' | b'\'' | b'/' | b'\\' | b'`') => char::from(*quote),
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'b' | b'f' => ' ',
        b'x' => return Some((4, Decoded::Char(char::from(hex(bytes, at + 2, 2)? as u8)))),
        b'e' if bytes.get(at + 2) == Some(&b'[') => return Some((2, Decoded::Char('\x1b'))),
        b'0' if bytes[at + 2..].starts_with(b"33[") => return Some((4, Decoded::Char('\x1b'))),
        b'u' => {
            let unit = hex(bytes, at + 2, 4)?;
            if (0xd800..0xdc00).contains(&unit)
                && bytes[at + 6..].starts_with(b"\\u")
                && let Some(low @ 0xdc00..0xe000) = hex(bytes, at + 8, 4)
            {
                let c = char::from_u32(0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00))?;
                return Some((12, Decoded::Char(c)));
            }
            return Some((6, Decoded::Char(char::from_u32(unit).unwrap_or('\u{fffd}'))));
        }
        _ => return None,
    };
    Some((2, Decoded::Char(c)))
}

fn hex(bytes: &[u8], at: usize, len: usize) -> Option<u32> {
    bytes.get(at..at + len)?.iter().try_fold(0, |value, byte| Some(value * 16 + char::from(*byte).to_digit(16)?))
}

/// An HTML or XML entity: `&quot;`, `&#228;`, `&#xe4;`, `&auml;`.
pub(super) fn entity(text: &str, at: usize) -> Code {
    let rest = text.as_bytes().get(at + 1..(at + 12).min(text.len()))?;
    let len = rest.iter().position(|byte| *byte == b';')?;
    let name = std::str::from_utf8(&rest[..len]).ok()?;
    let decoded = if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        };
        Decoded::Char(char::from_u32(code.ok()?).filter(|c| *c != '\0')?)
    } else {
        named(name)?
    };
    Some((len + 2, decoded))
}

fn named(name: &str) -> Option<Decoded> {
    let c = match name {
        "quot" => '"',
        "amp" => '&',
        "apos" => '\'',
        "lt" => '<',
        "gt" => '>',
        "nbsp" | "ensp" | "emsp" | "thinsp" => '\u{a0}',
        "shy" | "zwnj" | "zwj" => return Some(Decoded::Nothing),
        "hellip" => '…',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "bdquo" => '„',
        "laquo" => '«',
        "raquo" => '»',
        "bull" => '•',
        "middot" => '·',
        "copy" => '©',
        "reg" => '®',
        "trade" => '™',
        "euro" => '€',
        "szlig" => 'ß',
        "aelig" => 'æ',
        "AElig" => 'Æ',
        "oslash" => 'ø',
        "Oslash" => 'Ø',
        "lbrace" | "lcub" => '{',
        "rbrace" | "rcub" => '}',
        "colon" => ':',
        "comma" => ',',
        "period" => '.',
        "lpar" => '(',
        "rpar" => ')',
        "Tab" => '\t',
        "NewLine" => '\n',
        _ => return accented(name),
    };
    Some(Decoded::Char(c))
}

/// `auml`, `Eacute`, `aring`: a letter and the name of its accent.
fn accented(name: &str) -> Option<Decoded> {
    let letter = name.chars().next().filter(char::is_ascii_alphabetic)?;
    let accent = match &name[1..] {
        "grave" => '\u{300}',
        "acute" => '\u{301}',
        "circ" => '\u{302}',
        "tilde" => '\u{303}',
        "uml" => '\u{308}',
        "ring" => '\u{30a}',
        "caron" => '\u{30c}',
        "cedil" => '\u{327}',
        _ => return None,
    };
    Some(Decoded::Two(letter, accent))
}

/// Percent-encoding: `%7B`, `%ED%95%9C`; a byte that is no UTF-8 is read as Latin-1.
pub(super) fn percent(bytes: &[u8], at: usize) -> Code {
    hex_bytes(bytes, at, b'%')
}

/// Quoted-printable e-mail: `=C3=A4`, and `=` at a line's end, which joins the lines.
pub(super) fn quoted_printable(bytes: &[u8], at: usize) -> Code {
    for end in [&b"=\r\n"[..], b"=\n"] {
        if bytes[at..].starts_with(end) {
            return Some((end.len(), Decoded::Nothing));
        }
    }
    hex_bytes(bytes, at, b'=')
}

/// A character written as bytes in hexadecimal, each behind `mark`.
fn hex_bytes(bytes: &[u8], at: usize, mark: u8) -> Code {
    let byte = |index: usize| match bytes.get(at + 3 * index) {
        Some(found) if *found == mark => hex(bytes, at + 3 * index + 1, 2).map(|value| value as u8),
        _ => None,
    };
    let first = byte(0)?;
    let mut buffer = [first, 0, 0, 0];
    let len = utf8_len(first);
    for (index, slot) in buffer.iter_mut().enumerate().take(len).skip(1) {
        *slot = byte(index).unwrap_or(0);
    }
    match std::str::from_utf8(&buffer[..len]).ok().and_then(|text| text.chars().next()) {
        Some(c) => Some((3 * len, Decoded::Char(c))),
        None => Some((3, Decoded::Char(char::from(first)))),
    }
}

fn utf8_len(first: u8) -> usize {
    match first {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => 1,
    }
}

/// An HTML or XML tag, comment or CDATA mark. It stands between words, and a block's tag between lines.
pub(super) fn tag(bytes: &[u8], at: usize) -> Code {
    const CDATA: &[u8] = b"<![CDATA[";
    if bytes[at..].starts_with(CDATA) {
        return Some((CDATA.len(), Decoded::Char(' ')));
    }
    if !matches!(bytes.get(at + 1)?, b'a'..=b'z' | b'A'..=b'Z' | b'/' | b'!' | b'?') {
        return None;
    }
    let rest = &bytes[at + 1..(at + LONGEST).min(bytes.len())];
    let len = rest.iter().position(|byte| matches!(byte, b'>' | b'<')).filter(|len| rest[*len] == b'>')?;
    if holds_prose(&rest[..len]) {
        return None;
    }
    let name = rest[..len].strip_prefix(b"/").unwrap_or(&rest[..len]);
    let name = name.split(|byte| !byte.is_ascii_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase();
    let is_block = matches!(
        name.as_slice(),
        b"br"
            | b"p"
            | b"div"
            | b"tr"
            | b"li"
            | b"ul"
            | b"ol"
            | b"table"
            | b"pre"
            | b"h1"
            | b"h2"
            | b"h3"
            | b"blockquote"
    );
    Some((len + 2, Decoded::Char(if is_block { '\n' } else { ' ' })))
}

/// Whether a tag says something in an attribute (`<entry text="…">`): a value of several words, no style or address.
fn holds_prose(tag: &[u8]) -> bool {
    let mut parts = tag.split(|byte| matches!(byte, b'"' | b'\''));
    while let (Some(before), Some(value)) = (parts.next(), parts.next()) {
        let name = before.trim_ascii_end().strip_suffix(b"=").unwrap_or_default().trim_ascii_end();
        let is_layout = [&b"style"[..], b"class", b"href", b"src"].iter().any(|layout| name.ends_with(layout));
        if !is_layout && value.split(|byte| *byte == b' ').count() > 2 {
            return true;
        }
    }
    false
}

/// A terminal's control sequence, also one that lost its escape character on the way (`[31m`).
pub(super) fn ansi(bytes: &[u8], at: usize) -> Code {
    let rest = &bytes[at..(at + LONGEST).min(bytes.len())];
    if rest[0] == b'[' {
        let len = rest[1..].iter().position(|byte| !matches!(byte, b'0'..=b'9' | b';')).filter(|len| *len <= 11)? + 1;
        return (len > 1 && rest[len] == b'm').then_some((len + 1, Decoded::Nothing));
    }
    let len = match rest.get(1)? {
        b'[' => rest[2..].iter().position(|byte| (0x40..0x7f).contains(byte))? + 3,
        b']' => {
            let end = rest.iter().position(|byte| matches!(byte, b'\x07' | b'\n'))?;
            end + usize::from(rest[end] == b'\x07')
        }
        _ => 1,
    };
    Some((len, Decoded::Nothing))
}

/// UTF-8 that somebody read as Windows-1252: `VÃ¤nta`.
pub(super) fn mojibake(text: &str, at: usize) -> Code {
    let mut buffer = [0; 4];
    let mut taken = 0;
    let mut want = 4;
    for (index, c) in text.get(at..)?.chars().take(4).enumerate() {
        buffer[index] = windows_1252(c)?;
        taken += c.len_utf8();
        if index == 0 {
            want = utf8_len(buffer[0]);
            if want == 1 {
                return None;
            }
        }
        if index + 1 == want {
            break;
        }
    }
    let c = std::str::from_utf8(buffer.get(..want)?).ok()?.chars().next()?;
    Some((taken, Decoded::Char(c)))
}

/// The byte that a character is in Windows-1252, for those above ASCII.
fn windows_1252(c: char) -> Option<u8> {
    /// What 0x80 to 0x9f are; a dot where there is none.
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match c as u32 {
        code @ 0x80..=0xff => Some(code as u8),
        _ => HIGH.iter().position(|high| *high == c).map(|at| 0x80 + at as u8),
    }
}
