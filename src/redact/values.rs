//! Values of labelled secrets: where they end, and which of them are secrets.

use super::Kind;
use super::labels::{Label, classify, is_label};
use super::looks::{LABELS, TELLING, WORDS, is_opaque, is_sentence, is_stand_in, is_word};
use super::scan::Scan;

/// How far the end of a value is looked for that may not come.
const FAR: usize = 4096;

/// A value and how it was written.
#[derive(Clone, Copy, Debug)]
pub struct Value {
    pub start: usize,
    pub end: usize,
    pub quoted: bool,
}

/// How a label and its value are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    /// `=`, or a part of something that machines write.
    Tight,
    /// A colon or a space, which sentences use as well.
    Loose,
}

impl Scan<'_> {
    /// A separator: the value of a secret may follow. `coded`: the separator is escaped for a URL, so that others are too.
    pub fn labelled(&mut self, at: usize, length: usize, coded: bool) -> usize {
        let equals = self.byte(at) == b'=';
        if equals && (self.byte(at + 1) == b'=' || matches!(self.before(at), b'=' | b'!' | b'<' | b'>' | b'~')) {
            return at + 1;
        }
        let Some((label, label_start)) = self.label_before(at) else { return at + length };
        let mut from = at + length;
        if self.byte(from) == if equals { b'>' } else { b'=' } {
            from += 1;
        }
        from = self.skip_gap(from, coded);
        let join =
            if equals || coded || label_start < at && self.before(at) == b'"' { Join::Tight } else { Join::Loose };
        match label {
            Label::Authorization => self.authorization(from),
            Label::Cookie => self.cookies(from),
            Label::Name => self.remember(from, coded),
            Label::KeyOrName if !self.is_parameter(label_start) => self.remember(from, coded),
            Label::Value => {
                if let Some((named, end)) = self.named.take()
                    && (end..end + 160).contains(&at)
                {
                    self.take(named, from, coded, Join::Tight, label_start);
                }
            }
            // `"clientSecret":{"value":"…"}`
            Label::Password | Label::Key | Label::Token if self.byte(from) == b'{' => {
                self.named = Some((label, from));
                self.take(label, from, coded, join, label_start);
            }
            label => self.take(label, from, coded, join, label_start),
        }
        from
    }

    /// Spaces before a value.
    pub fn skip_gap(&self, from: usize, coded: bool) -> usize {
        let mut from = self.run(from, |byte| byte == b' ' || byte == b'\t');
        while coded && self.starts(from, b"%20") {
            from += 3;
        }
        from
    }

    /// Notes the value of a label, if it is a secret.
    pub fn take(&mut self, label: Label, from: usize, coded: bool, join: Join, label_start: usize) {
        let mut value = self.value(from, coded);
        if !value.quoted && self.is_parameter(label_start) {
            let text = &self.bytes[value.start..value.end];
            value.end = text.iter().position(|byte| *byte == b'&').map_or(value.end, |end| value.start + end);
        }
        self.take_value(label, value, join, label_start);
    }

    /// Notes a value, if it is a secret.
    pub fn take_value(&mut self, label: Label, value: Value, join: Join, label_start: usize) {
        if let Some(kind) = self.judge(label, value, join, label_start) {
            self.push(kind, value.start, value.end);
        }
    }

    /// A name that stands as a value: of a form's part the value is what follows the empty line; of others it comes later.
    fn remember(&mut self, from: usize, coded: bool) {
        let name = self.value(from, coded);
        let label = classify(&self.bytes[name.start..name.end]);
        self.named = None;
        if let Some(label @ (Label::Password | Label::Key | Label::Token)) = label {
            self.named = Some((label, name.end));
            let after = name.end + usize::from(name.quoted);
            for gap in [&b"\r\n\r\n"[..], b"\n\n", b"\\r\\n\\r\\n", b"\\n\\n"] {
                if self.starts(after, gap) {
                    self.take(label, after + gap.len(), false, Join::Tight, after);
                }
            }
        }
    }

    /// The value that begins here: to the quotation mark that ends it, or as far as it seems to go.
    pub fn value(&mut self, from: usize, coded: bool) -> Value {
        let mut from = from;
        // `["…"]`, `@"…"`, `b'…'`, `N'…'`
        if matches!(self.byte(from), b'[' | b'@' | b'$' | b'b' | b'N' | b'u' | b'r')
            && matches!(self.byte(from + 1), b'"' | b'\'' | b'\\')
        {
            from += 1;
        }
        let slashes = self.run(from, |byte| byte == b'\\') - from;
        let quote = self.byte(from + slashes);
        if matches!(quote, b'"' | b'\'' | b'`') {
            let start = from + slashes + 1;
            return Value { start, end: self.closing(start, quote, slashes), quoted: true };
        }
        for quote in [&b"&quot;"[..], b"&#34;", b"&#39;", b"\\u0022", b"\\u0027", b"%22", "\u{201c}".as_bytes()] {
            if self.starts(from, quote) {
                let start = from + quote.len();
                let closing = if quote[0] > 127 { "\u{201d}".as_bytes() } else { quote };
                let far = &self.bytes[start..self.bytes.len().min(start + FAR)];
                let line = far.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
                if let Some(length) = line.windows(closing.len()).position(|found| found == closing) {
                    return Value { start, end: start + length, quoted: true };
                }
                from = start;
                break;
            }
        }
        Value { start: from, end: self.plain_end(from, coded), quoted: false }
    }

    /// Where a quoted value ends: before the quotation mark that is escaped as the opening one is; else with the line.
    fn closing(&self, start: usize, quote: u8, slashes: usize) -> usize {
        let mut at = start;
        let mut run = 0;
        while !matches!(self.byte(at), 0 | b'\n' | b'\r') {
            match self.byte(at) {
                b'\\' => run += 1,
                byte if byte == quote => {
                    // Each level of escaping doubles backslashes: `\"` closes `\"`, `\\\"` is a mark inside it.
                    if run < slashes {
                        return at - run;
                    }
                    if ((run - slashes) / (slashes + 1)).is_multiple_of(2) {
                        return at - slashes;
                    }
                    run = 0;
                }
                _ => run = 0,
            }
            at += 1;
        }
        at
    }

    /// Where a value without quotation marks ends.
    pub fn plain_end(&mut self, from: usize, coded: bool) -> usize {
        // ODBC: `Pwd={a;b}`.
        if self.byte(from) == b'{' {
            let far = &self.bytes[from..self.bytes.len().min(from + TELLING)];
            let inner = far.iter().position(|byte| matches!(byte, b'}' | b'\n' | b'\r' | b'"'));
            if let Some(inner) = inner.filter(|inner| far[*inner] == b'}') {
                return from + inner + 1;
            }
        }
        // Values that lie in each other end together.
        let (start, end, same) = self.plain;
        let mut at = if (start..end).contains(&from) && same == coded { end } else { self.plain_run(from, coded) };
        self.plain = (from, at, coded);
        // The end of a sentence.
        while at > from && matches!(self.byte(at - 1), b'.' | b',' | b':') {
            at -= 1;
        }
        at
    }

    fn plain_run(&self, from: usize, coded: bool) -> usize {
        let mut at = from;
        loop {
            let byte = self.byte(at);
            let ends = match byte {
                0..=b' ' | b'"' | b'`' | b'<' | b'>' | b';' | 127 => true,
                b'\'' | b',' | b'|' | b')' | b']' | b'}' | b'&' => self.ends_item(at + 1),
                b'\\' => {
                    matches!(self.byte(at + 1), b'n' | b'r' | b't' | b'"' | b'\'' | b'\\') || self.starts(at, b"\\u00")
                }
                b'%' if coded => {
                    let code = if self.starts(at, b"%25") { at + 3 } else { at + 1 };
                    [b"26", b"22", b"3B", b"3b", b"20", b"0A", b"0a", b"0D", b"0d", b"7D", b"7d"]
                        .iter()
                        .any(|known| self.starts(code, *known))
                }
                _ => false,
            };
            if ends {
                return at;
            }
            at += 1;
        }
    }

    /// Whether after a sign that may end a value something else begins: nothing, another sign, or the next label.
    fn ends_item(&self, next: usize) -> bool {
        if !self.byte(next).is_ascii_alphanumeric() && self.byte(next).is_ascii() {
            return true;
        }
        let end = self.run(next, is_label).min(next + 40);
        matches!(self.byte(end), b'=' | b':' | b';') || self.byte(end) == b'"'
    }

    /// What kind of secret the value of a label is; nothing if it is none.
    fn judge(&self, label: Label, value: Value, join: Join, label_start: usize) -> Option<Kind> {
        let text = &self.bytes[value.start..value.end];
        if text.is_empty() || is_stand_in(text, value.quoted) || is_word(text, WORDS) {
            return None;
        }
        if !value.quoted && (is_word(text, LABELS) || text == b"{" || (text[0] == b'{' && join == Join::Loose)) {
            return None;
        }
        match label {
            Label::Password => {
                let said = if value.quoted { is_sentence(text) } else { self.is_said(value, join) };
                (!said).then_some(Kind::Secret)
            }
            Label::Key => {
                (text.len() >= 8 && !text.contains(&b' ') && !self.is_said(value, join)).then_some(Kind::Secret)
            }
            Label::KeyOrName => is_opaque(text).then_some(Kind::Secret),
            Label::Token => is_opaque(text).then_some(Kind::Token),
            Label::Signature => {
                (text.len() >= 16 && text.iter().any(|byte| !byte.is_ascii_alphabetic())).then_some(Kind::Token)
            }
            Label::Code => self.is_code(text, value, label_start).then_some(Kind::Token),
            Label::Authorization | Label::Cookie | Label::Name | Label::Value => None,
        }
    }

    /// Whether a value without quotation marks is a word of a sentence or of a program.
    fn is_said(&self, value: Value, join: Join) -> bool {
        if value.quoted {
            return false;
        }
        let text = &self.bytes[value.start..value.end.min(value.start + TELLING)];
        let after = self.byte(value.end);
        let calls = text.iter().position(|byte| *byte == b'(');
        if calls.is_some_and(|at| at > 0 && text[..at].iter().all(|byte| is_label(*byte))) {
            return true;
        }
        // `password = config.password`, `PWD=/srv/app`
        let named = text.rsplit(|byte| *byte == b'.').next().unwrap_or_default();
        if (named.len() < text.len() && classify(named).is_some()) || text[0] == b'/' || text.starts_with(b"~/") {
            return true;
        }
        // "Reset your password: https://…", "Secret: (none)", "Pass: 12 Fail: 3"
        if text[0] == b'(' || text.windows(3).any(|sign| sign == b"://") {
            return true;
        }
        if join == Join::Loose && after == b' ' && text.len() < 4 && text.iter().all(u8::is_ascii_digit) {
            return true;
        }
        let wordy = text.iter().all(u8::is_ascii_alphabetic) || text.iter().all(u8::is_ascii_digit);
        if join == Join::Tight || !wordy || after != b' ' {
            return false;
        }
        let next = self.run(value.end + 1, |byte| byte.is_ascii_lowercase());
        next > value.end + 1 && !matches!(self.byte(next), b'=' | b':' | b'_')
    }

    /// Whether the value of `code` is one that OAuth hands out.
    fn is_code(&self, text: &[u8], value: Value, label_start: usize) -> bool {
        let has = |of: fn(&u8) -> bool| text.iter().take(TELLING).any(of);
        let mixed = has(u8::is_ascii_digit) && has(u8::is_ascii_lowercase) && has(u8::is_ascii_uppercase);
        let parameter = self.is_parameter(label_start) || self.byte(value.end) == b'&';
        let long = text.len() >= 24 && has(u8::is_ascii_digit) && has(u8::is_ascii_lowercase) && !text.contains(&b' ');
        if parameter { (mixed && text.len() >= 12) || long } else { mixed && text.len() >= 32 && !text.contains(&b' ') }
    }
}
