//! Placeholders: what stands for a secret, the same for the same secret.

use std::collections::BTreeMap;

use super::Kind;

/// More digits than this are no placeholder of ours.
const DIGITS: usize = 9;

/// `<guid-1>`.
pub fn placeholder(kind: Kind, number: u32) -> String {
    format!("<{}-{number}>", kind.word())
}

/// The placeholder that begins with the `<` at this place: its kind, its number and where it ends.
pub fn placeholder_at(bytes: &[u8], at: usize) -> Option<(Kind, u32, usize)> {
    let rest = bytes.get(at..)?.strip_prefix(b"<")?;
    let kind = Kind::ALL.into_iter().find(|kind| rest.starts_with(kind.word().as_bytes()))?;
    let digits = rest[kind.word().len()..].strip_prefix(b"-")?;
    let count = digits.iter().take(DIGITS + 1).take_while(|byte| byte.is_ascii_digit()).count();
    if count == 0 || count > DIGITS || digits.get(count) != Some(&b'>') {
        return None;
    }
    let number = digits[..count].iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0'));
    Some((kind, number, at + 1 + kind.word().len() + 1 + count + 1))
}

/// The names given so far.
pub struct Names {
    /// By kind and plain form. Credentials are one family: a token stays the same token under another label.
    given: BTreeMap<(Kind, String), (Kind, u32)>,
    /// The last number of each kind.
    last: BTreeMap<Kind, u32>,
}

impl Names {
    /// None given yet; numbers that the text uses already are not given again.
    pub fn new(text: &str) -> Self {
        let mut last = BTreeMap::new();
        for (at, _) in text.match_indices('<') {
            if let Some((kind, number, _)) = placeholder_at(text.as_bytes(), at) {
                let most = last.entry(kind).or_insert(0);
                *most = number.max(*most);
            }
        }
        Self { given: BTreeMap::new(), last }
    }

    /// The placeholder for a secret, and its kind: that under which the same secret was first found.
    pub fn name(&mut self, kind: Kind, secret: &str) -> (Kind, String) {
        let last = &mut self.last;
        let (kind, number) = *self.given.entry((family(kind), plain(kind, secret))).or_insert_with(|| {
            let number = last.entry(kind).or_insert(0);
            *number += 1;
            (kind, *number)
        });
        (kind, placeholder(kind, number))
    }
}

fn family(kind: Kind) -> Kind {
    match kind {
        Kind::Token | Kind::Cookie | Kind::Key => Kind::Secret,
        other => other,
    }
}

/// A secret without its escapes, and without letter case where case makes no difference. Good enough to recognise it
/// again; nothing is shown of it.
fn plain(kind: Kind, secret: &str) -> String {
    let bytes = secret.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let (byte, length) = match (bytes[at], bytes.get(at + 1)) {
            (b'%', _) => (hex(bytes, at + 1, 2), 3),
            (b'\\', Some(b'u')) => (hex(bytes, at + 2, 4), 6),
            (b'\\', _) => {
                at += 1;
                continue;
            }
            _ => (None, 1),
        };
        plain.push(byte.unwrap_or(bytes[at]));
        at += if byte.is_some() { length } else { 1 };
    }
    let plain = String::from_utf8_lossy(&plain);
    match kind {
        Kind::Guid | Kind::Email | Kind::Ip | Kind::User | Kind::Host => plain.to_lowercase(),
        Kind::Token | Kind::Secret | Kind::Cookie | Kind::Key => plain.into_owned(),
    }
}

/// The byte that so many hexadecimal digits stand for, if they stand for one.
fn hex(bytes: &[u8], at: usize, digits: usize) -> Option<u8> {
    let digits = bytes.get(at..at + digits)?;
    let value = digits.iter().try_fold(0, |value, digit| Some(value * 16 + char::from(*digit).to_digit(16)?))?;
    u8::try_from(value).ok()
}
