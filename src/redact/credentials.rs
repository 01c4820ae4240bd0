//! Credentials known by their form, wherever they stand: JWTs, keys with a prefix, storage keys, private keys, and what
//! follows an option on a command line.

use super::Kind;
use super::labels::{Label, classify, is_label};
use super::looks::changes_case;
use super::prefixes::PREFIXES;
use super::scan::Scan;
use super::values::Join;

/// How the header of a JWT begins in base64, by its first name: alg, typ, kid, x5t, enc, cty, jku, zip. A token that was
/// cut off is known by this alone.
const JOSE: &[&[u8]] =
    &[b"eyJhbGci", b"eyJ0eXAi", b"eyJraWQi", b"eyJ4NXQi", b"eyJlbmMi", b"eyJjdHki", b"eyJqa3Ui", b"eyJ6aXAi"];

/// The length of 64 bytes in base64 without the two `=` at the end: a key of Azure Storage, Cosmos DB or Batch.
const KEY_64: usize = 86;

fn is_base64url(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

impl Scan<'_> {
    /// A credential that begins here, at the beginning of a word.
    pub fn credential(&mut self, at: usize) -> bool {
        match self.byte(at) {
            b'e' if self.jwt(at) => return true,
            b'b' | b'B' if self.scheme(at) => return true,
            b'C' | b'c' if self.secure_string(at) => return true,
            b'1' if self.starts(at, b"1//0") => {
                let end = self.run(at + 4, is_base64url);
                return end - at > 30 && self.push(Kind::Token, at, end);
            }
            _ => {}
        }
        self.prefixed(at) || self.key_64(at)
    }

    /// A word that ends here may be followed by what it names: "the API key q7Hs… was refused". In a sentence only what is
    /// plainly random counts.
    pub fn mentioned(&mut self, end: usize) {
        const PASSWORD: &[u8] = b"password";
        if self.byte(end) == b' ' && end >= PASSWORD.len() && self.starts_folded(end - PASSWORD.len(), PASSWORD) {
            // `with password "…"`, `the password was '…'`
            let from = end + 1;
            let from = [&b"is "[..], b"was "]
                .iter()
                .find(|word| self.starts(from, word))
                .map_or(from, |word| from + word.len());
            if matches!(self.byte(from), b'"' | b'\'') {
                self.take(Label::Password, from, false, Join::Tight, end - PASSWORD.len());
            }
            return;
        }
        let names = [&b"key"[..], b"token", b"secret"];
        if self.byte(end) != b' '
            || !names.iter().any(|name| end >= name.len() && self.starts_folded(end - name.len(), name))
        {
            return;
        }
        let start = end + 1;
        let end = self.run(start, |byte| is_base64url(byte) || matches!(byte, b'+' | b'/' | b'='));
        let text = &self.bytes[start..end.min(start + 64)];
        let has = |of: fn(&u8) -> bool| text.iter().any(of);
        let hex = text.len() >= 32 && text.iter().all(u8::is_ascii_hexdigit);
        let mixed =
            text.len() >= 24 && has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase) && !text.contains(&b'/');
        if has(u8::is_ascii_digit) && (hex || mixed) {
            self.push(Kind::Token, start, end);
        }
    }

    fn jwt(&mut self, at: usize) -> bool {
        if !self.starts(at, b"eyJ") {
            return false;
        }
        let mut end = self.run(at, is_base64url);
        let header = end - at;
        let mut parts = 1;
        while parts < 5 && self.byte(end) == b'.' {
            let part = self.run(end + 1, is_base64url);
            if part == end + 1 && parts < 2 {
                break;
            }
            end = part;
            parts += 1;
        }
        while self.before(end) == b'.' {
            end -= 1;
        }
        let whole = parts > 1 && header >= 12 && end - at > header + 4;
        let cut_off = header >= 16 && JOSE.iter().any(|start| self.starts(at, start));
        (whole || cut_off) && self.push(Kind::Token, at, end)
    }

    fn prefixed(&mut self, at: usize) -> bool {
        let first = self.byte(at);
        let begins = |start: &str| start.as_bytes()[0] == first && self.starts(at, start.as_bytes());
        let Some(prefix) = PREFIXES.iter().find(|prefix| begins(prefix.start)) else { return false };
        let start = at + prefix.start.len();
        let of = |byte: u8| byte.is_ascii_alphanumeric() || prefix.signs.as_bytes().contains(&byte);
        let mut end = self.run(start, of);
        while end > start && matches!(self.byte(end - 1), b'.' | b'-') {
            end -= 1;
        }
        let rest = &self.bytes[start..end];
        // Amazon's have twenty characters and no small letters; of the others, words with hyphens have no digit.
        let fits = if prefix.start.len() + prefix.least == 20 {
            rest.len() == prefix.least && !rest.iter().any(u8::is_ascii_lowercase)
        } else {
            rest.len() >= prefix.least && (rest.iter().any(u8::is_ascii_digit) || changes_case(rest))
        };
        fits && self.push(Kind::Key, at, end)
    }

    /// Eighty-six base64 digits and `==`, unless they are said to be a hash.
    fn key_64(&mut self, at: usize) -> bool {
        let digit = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/';
        let before = self.before(at);
        if digit(before) && self.escape_before(at) == 0 || before == b'-' || !self.starts(at + KEY_64, b"==") {
            return false;
        }
        let key = &self.bytes[at..at + KEY_64];
        let mixed = key.iter().any(u8::is_ascii_digit)
            && key.iter().any(u8::is_ascii_uppercase)
            && key.iter().any(u8::is_ascii_lowercase);
        mixed && key.iter().all(|byte| digit(*byte)) && self.byte(at + KEY_64 + 2) != b'=' && {
            let label = self.run_back(self.run_back(at, 4, |byte| b" :=\"'".contains(&byte)), 16, is_label);
            let hash = self.bytes[label..at].to_ascii_lowercase();
            !hash.windows(3).any(|word| word == b"sha") && self.push(Kind::Key, at, at + KEY_64 + 2)
        }
    }

    /// A client secret of Microsoft Entra: three characters, a digit, `Q~`, and about thirty more.
    pub fn azure_secret(&mut self, at: usize) -> usize {
        let of = |byte: u8| is_base64url(byte) || byte == b'.' || byte == b'~';
        if self.before(at) != b'Q' || at < self.floor + 5 || !self.byte(at - 2).is_ascii_digit() {
            return at + 1;
        }
        let start = at - 5;
        let far = &self.bytes[at..self.bytes.len().min(at + 40)];
        let end = at + far.iter().position(|byte| !of(*byte)).unwrap_or(far.len());
        if end - at > 30
            && end - at < 40
            && self.bytes[start..at].iter().all(|byte| of(*byte))
            && !of(self.before(start))
        {
            self.push(Kind::Key, start, end);
        }
        at + 1
    }

    /// `ConvertTo-SecureString "…"`.
    fn secure_string(&mut self, at: usize) -> bool {
        const COMMAND: &[u8] = b"ConvertTo-SecureString";
        if !self.starts_folded(at, COMMAND) {
            return false;
        }
        let mut from = self.skip_gap(at + COMMAND.len(), false);
        while self.byte(from) == b'-' {
            from = self.skip_gap(self.run(from, is_label), false);
        }
        let floor = self.floor;
        if from > at + COMMAND.len() && matches!(self.byte(from), b'"' | b'\'' | b'\\') {
            self.take(Label::Password, from, false, Join::Tight, at);
        }
        self.floor > floor
    }

    /// A hyphen: the beginning of a private key, or of an option with a secret.
    pub fn hyphens(&mut self, at: usize) -> usize {
        if self.before(at) == b'-' {
            return at + 1;
        }
        if self.starts(at, b"-----BEGIN ") {
            return self.private_key(at);
        }
        if at > 0 && !b" \t\n\r\"'`([".contains(&self.byte(at - 1)) {
            return at + 1;
        }
        let name = self.run(at, |byte| byte == b'-');
        let end = self.run(name, |byte| is_label(byte) && byte.is_ascii()).min(name + 64);
        let mut from = self.skip_gap(end, false);
        if name - at > 2 || end == name || from == end || self.byte(from) == b'-' {
            // `["--password", "…"]`, as programs log their arguments.
            let quote = self.byte(end);
            if !matches!(quote, b'"' | b'\'') || self.byte(end + 1) != b',' {
                return at + 1;
            }
            from = self.skip_gap(end + 2, false);
        }
        let option = &self.bytes[name..end];
        match option {
            // The short option means something else elsewhere: `docker run -u`, `git push -u`.
            b"u" if !self.follows_curl(at) => {}
            b"u" | b"user" | b"proxy-user" => self.user_and_password(from),
            b"b" if matches!(self.byte(from), b'"' | b'\'') => self.cookies(from),
            _ => match classify(option) {
                Some(Label::Cookie) => self.cookies(from),
                Some(label @ (Label::Password | Label::Key | Label::Token)) => {
                    self.take(label, from, false, Join::Loose, name);
                }
                _ => {}
            },
        }
        name
    }

    /// Whether a command line with curl leads here.
    fn follows_curl(&self, at: usize) -> bool {
        let before = &self.bytes[self.floor.max(at.saturating_sub(300))..at];
        before.windows(4).any(|word| word == b"curl")
    }

    /// `curl -u ann:secret`.
    fn user_and_password(&mut self, from: usize) {
        let value = self.value(from, false);
        let text = &self.bytes[value.start..value.end];
        let Some(colon) = text.iter().take(64).position(|byte| *byte == b':') else { return };
        let (user, password) = (&text[..colon], &text[colon + 1..]);
        let numbers = user.iter().chain(password).all(u8::is_ascii_digit);
        let stands_in = |part: &[u8]| part.is_empty() || matches!(part[0], b'$' | b'{' | b'<' | b'%' | b'/' | b'*');
        if numbers || user.contains(&b' ') || stands_in(password) {
            return;
        }
        if !stands_in(user) {
            self.push(Kind::User, value.start, value.start + colon);
        }
        self.push(Kind::Secret, value.start + colon + 1, value.end);
    }

    /// The lines of a private key. Its first and last line stay: they say what was there.
    fn private_key(&mut self, at: usize) -> usize {
        let title = at + b"-----BEGIN ".len();
        let end =
            self.run(title, |byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b' ').min(title + 40);
        if !self.starts(end, b"-----") || !self.bytes[title..end].windows(11).any(|word| word == b"PRIVATE KEY") {
            return title;
        }
        let body = end + 5;
        // Strings in a program are joined by quotation marks; if the end never comes, those end it.
        let ends = |quoted: bool| {
            let mut stop = body;
            while !self.starts(stop, b"-----") {
                let byte = self.byte(stop);
                let inside = byte.is_ascii_alphanumeric()
                    || b"+/=\\ \t\r\n,:-.%>|".contains(&byte)
                    || (quoted && b"\"'<>".contains(&byte));
                if !inside {
                    break;
                }
                stop += 1;
            }
            stop
        };
        let mut stop = ends(true);
        if !self.starts(stop, b"-----END") {
            stop = ends(false);
        }
        if self.bytes[body..stop].iter().any(u8::is_ascii_alphanumeric) {
            self.push(Kind::Key, body, stop);
        }
        stop
    }
}
