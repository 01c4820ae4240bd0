//! The one pass over a text: which byte may begin or announce a secret, and who looks closer.
//!
//! Whoever looks closer sees the text from `floor` on: what was replaced before, and placeholders that the text had
//! already, are behind a wall, so that both look the same to everyone.

use super::Kind;
use super::names::placeholder_at;

/// A secret and where it stands, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Find {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
}

/// Every secret in a text, in order, none overlapping another.
pub fn scan(text: &str) -> Vec<Find> {
    let mut scan = Scan {
        text,
        bytes: text.as_bytes(),
        floor: 0,
        finds: Vec::new(),
        named: None,
        plain: (0, 0, false),
        version_end: None,
    };
    let mut at = 0;
    while at < text.len() {
        at = scan.step(at).max(scan.floor).max(at + 1);
    }
    scan.finds
}

/// A text being read.
pub struct Scan<'t> {
    pub text: &'t str,
    pub bytes: &'t [u8],
    /// Nothing before this is looked at or replaced any more.
    pub floor: usize,
    finds: Vec<Find>,
    /// A label that stood as a value (`name="password"`), and where it ended: its own value may follow.
    pub named: Option<(super::labels::Label, usize)>,
    /// The last value without quotation marks: where it begins and ends, and whether it was escaped for a URL.
    pub plain: (usize, usize, bool),
    /// Where the last version number of four parts ended.
    pub version_end: Option<usize>,
}

impl Scan<'_> {
    /// Looks at one place, and says where to go on.
    fn step(&mut self, at: usize) -> usize {
        match self.bytes[at] {
            b'<' => {
                if let Some((_, _, end)) = placeholder_at(self.bytes, at) {
                    self.floor = end;
                }
                at + 1
            }
            b':' if self.starts(at, b"://") => self.url(at),
            b':' if self.byte(at + 1) == b':' => {
                if !self.before(at).is_ascii_alphanumeric() {
                    self.ipv6(at);
                }
                at + 2
            }
            b':' | b'=' => self.labelled(at, 1, false),
            b'%' => self.encoded(at),
            b'@' => self.email(at, 1),
            b'&' if self.starts(at, b"&#64;") => self.email(at, 5),
            b'&' if self.starts(at, b"&gt;") => self.element(at, b"&lt;", b"&gt;"),
            b'>' if self.before(at) == b'-' => self.labelled(at - 1, 2, false),
            b'>' => self.element(at, b"<", b">"),
            b'\\' | b'/' => self.slashes(at),
            b'-' => self.hyphens(at),
            b'~' => self.azure_secret(at),
            byte if byte.is_ascii_alphanumeric() => self.word(at),
            _ => at + 1,
        }
    }

    /// What stands there escaped for a URL.
    fn encoded(&mut self, at: usize) -> usize {
        // A twice encoded separator is `%253D`.
        let (code, length) = if self.starts(at, b"%25") { (at + 3, 5) } else { (at + 1, 3) };
        match [self.byte(code), self.byte(code + 1).to_ascii_uppercase()] {
            [b'3', b'D' | b'A'] => self.labelled(at, length, true),
            [b'4', b'0'] => self.email(at, length),
            [b'5', b'C'] | [b'2', b'F'] if length == 3 => self.slashes(at),
            _ => at + 1,
        }
    }

    /// A letter or digit: something may begin here that is known by its form.
    fn word(&mut self, at: usize) -> usize {
        if self.is_boundary(at) && (self.credential(at) || self.address(at)) {
            return self.floor;
        }
        // What looks like the beginning of a word may be the end of an escape.
        let escape = match self.before(at) {
            b'%' if self.is_hex(at, 2) => 2,
            b'\\' if self.byte(at) == b'u' && self.is_hex(at + 1, 4) => 5,
            b'\\' if matches!(self.byte(at), b'n' | b'r' | b't') => 1,
            _ => 0,
        };
        if escape > 0 {
            return at + escape;
        }
        let end = self.run(at, |byte| byte.is_ascii_alphanumeric());
        self.mentioned(end);
        end
    }

    /// Whether a word may begin here: what stands before is neither letter nor digit, or an escape.
    pub fn is_boundary(&self, at: usize) -> bool {
        !self.before(at).is_ascii_alphanumeric() || self.escape_before(at) > 0
    }

    /// The length of the escape (`%2F`, `\n`, `\u0026`) that ends here; 0 for none.
    pub fn escape_before(&self, at: usize) -> usize {
        let back = |count: usize| at.checked_sub(count).filter(|start| *start >= self.floor);
        if back(3).is_some_and(|start| self.bytes[start] == b'%' && self.is_hex(start + 1, 2)) {
            3
        } else if back(6).is_some_and(|start| self.starts(start, b"\\u") && self.is_hex(start + 2, 4)) {
            6
        } else if back(2).is_some_and(|start| self.bytes[start] == b'\\' && b"nrt".contains(&self.bytes[start + 1])) {
            2
        } else {
            0
        }
    }

    /// Notes a secret, unless it is none: empty, a placeholder, or before the floor.
    pub fn push(&mut self, kind: Kind, start: usize, end: usize) -> bool {
        // Everyone cuts at ASCII; this only keeps a mistake there from becoming a panic.
        let (mut start, mut end) = (start, end.min(self.text.len()));
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        if start < self.floor || start >= end {
            return false;
        }
        if placeholder_at(self.bytes, start).is_some_and(|(_, _, after)| after == end) {
            return false;
        }
        self.finds.push(Find { kind, start, end });
        self.floor = end;
        true
    }

    /// The byte at a place; NUL, which ends everything, beyond the end.
    pub fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    /// The byte before a place; NUL at the floor.
    pub fn before(&self, at: usize) -> u8 {
        if at > self.floor { self.byte(at - 1) } else { 0 }
    }

    pub fn starts(&self, at: usize, with: &[u8]) -> bool {
        self.bytes.get(at..).is_some_and(|rest| rest.starts_with(with))
    }

    /// The same, in any letter case.
    pub fn starts_folded(&self, at: usize, with: &[u8]) -> bool {
        self.bytes.get(at..at + with.len()).is_some_and(|found| found.eq_ignore_ascii_case(with))
    }

    /// Whether so many hexadecimal digits stand here, at least.
    pub fn is_hex(&self, at: usize, count: usize) -> bool {
        self.bytes.get(at..at + count).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    }

    /// Where the run of such bytes ends that begins here.
    pub fn run(&self, at: usize, of: impl Fn(u8) -> bool) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        at + rest.iter().position(|byte| !of(*byte)).unwrap_or(rest.len())
    }

    /// Where the run of such bytes begins that ends here, `most` bytes back at most.
    pub fn run_back(&self, at: usize, most: usize, of: impl Fn(u8) -> bool) -> usize {
        let least = self.floor.max(at.saturating_sub(most));
        let mut start = at;
        while start > least && of(self.bytes[start - 1]) {
            start -= 1;
        }
        start
    }
}
