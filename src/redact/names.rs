//! Placeholders: what stands for a secret, the same for the same secret.

use std::collections::HashMap;

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
    /// Which of the names a secret has, by the fingerprint of its plain form.
    known: HashMap<u64, u32>,
    given: Vec<(Kind, u32)>,
    /// The last number of each kind.
    last: [u32; Kind::ALL.len()],
}

impl Names {
    /// None given yet; numbers that the text uses already are not given again.
    pub fn new(text: &str) -> Self {
        let mut last = [0; Kind::ALL.len()];
        for (at, _) in text.match_indices('<') {
            if let Some((kind, number, _)) = placeholder_at(text.as_bytes(), at) {
                let most = &mut last[kind as usize];
                *most = number.max(*most);
            }
        }
        Self { known: HashMap::new(), given: Vec::new(), last }
    }

    /// The placeholder for a secret, and its kind: that under which the same secret was first found.
    pub fn name(&mut self, kind: Kind, secret: &str) -> (Kind, String) {
        let nth = *self.known.entry(fingerprint(kind, secret)).or_insert(self.given.len() as u32);
        if nth as usize == self.given.len() {
            self.last[kind as usize] += 1;
            self.given.push((kind, self.last[kind as usize]));
        }
        let (kind, number) = self.given[nth as usize];
        (kind, placeholder(kind, number))
    }
}

/// Credentials are one family: a token stays the same token under another label. All else stays apart, so that nobody
/// learns that a password is the user's name.
fn family(kind: Kind) -> Kind {
    match kind {
        Kind::Token | Kind::Cookie | Kind::Key => Kind::Secret,
        other => other,
    }
}

/// A number for a secret without its escapes, and without letter case where case makes no difference. That two secrets
/// share one is as good as impossible by chance, and would only give them one name.
fn fingerprint(kind: Kind, secret: &str) -> u64 {
    let bytes = secret.as_bytes();
    let family = family(kind);
    let fold = family != Kind::Secret;
    // FNV-1a.
    let mut hash = 0xcbf2_9ce4_8422_2325;
    let mut add = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    add(family as u8);
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
        let plain = byte.unwrap_or(bytes[at]);
        add(if fold { plain.to_ascii_lowercase() } else { plain });
        at += if byte.is_some() { length } else { 1 };
    }
    hash
}

/// The byte that so many hexadecimal digits stand for, if they stand for one.
fn hex(bytes: &[u8], at: usize, digits: usize) -> Option<u8> {
    let digits = bytes.get(at..at + digits)?;
    let value = digits.iter().try_fold(0, |value, digit| Some(value * 16 + char::from(*digit).to_digit(16)?))?;
    u8::try_from(value).ok()
}
