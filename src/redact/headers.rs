//! What HTTP headers carry: `Authorization: Bearer …`, `Cookie: a=…; b=…`, wherever they were printed.

use super::Kind;
use super::labels::is_label;
use super::looks::is_opaque;
use super::scan::Scan;

/// How far one looks ahead without taking anything.
const FAR: usize = 400;

/// Words after a scheme that are no credentials: "bearer token is missing", `Basic realm="…"`.
const WORDS: &[&str] = &[
    "token",
    "tokens",
    "auth",
    "authentication",
    "authorization",
    "scheme",
    "realm",
    "credentials",
    "credential",
    "header",
    "error",
    "is",
    "was",
    "not",
    "or",
    "and",
    "for",
    "the",
    "in",
    "required",
    "failed",
    "missing",
    "invalid",
    "null",
    "undefined",
    "none",
    "authentification",
    "access",
    "format",
    "type",
];

/// Schemes with one credential, and those whose parameters are labelled themselves.
const SCHEMES: &[&str] = &[
    "aws",
    "bearer",
    "basic",
    "token",
    "apikey",
    "api-key",
    "key",
    "negotiate",
    "ntlm",
    "sharedkey",
    "sharedkeylite",
    "splunk",
    "dpop",
    "genie",
    "geniekey",
    "digest",
    "oauth",
    "hawk",
    "sharedaccesssignature",
    "aws4-hmac-sha256",
    "pop",
];

/// What a cookie says about itself rather than holds.
const ATTRIBUTES: &[&str] = &[
    "path",
    "domain",
    "expires",
    "max-age",
    "samesite",
    "secure",
    "httponly",
    "version",
    "priority",
    "partitioned",
    "comment",
];

impl Scan<'_> {
    /// What follows `Authorization:`: a scheme and its credentials, or credentials alone.
    pub fn authorization(&mut self, from: usize) {
        let from = self.opened(from);
        let end = self.credential_end(from);
        let word = &self.bytes[from..end];
        let gap = self.gap(end);
        let scheme = SCHEMES.iter().any(|scheme| scheme.as_bytes().eq_ignore_ascii_case(word));
        if scheme && gap > 0 {
            self.credentials(end + gap, true);
        } else if word.len() > FAR || (is_opaque(word) && !word.contains(&b'$')) {
            // What is that long is never refused: refused words that lie in each other would cost more than linear time.
            self.push(Kind::Token, from, end);
        }
    }

    /// `Bearer …` and `Basic …` wherever they stand.
    pub fn scheme(&mut self, at: usize) -> bool {
        let basic = self.starts_folded(at, b"basic");
        let length = if basic {
            5
        } else if self.starts_folded(at, b"bearer") {
            6
        } else {
            return false;
        };
        let gap = self.gap(at + length);
        gap > 0 && self.credentials(at + length + gap, false)
    }

    /// Credentials after a scheme. Without a header around them they must look like some.
    fn credentials(&mut self, from: usize, in_header: bool) -> bool {
        let from = self.opened(from);
        let end = self.credential_end(from);
        let word = &self.bytes[from..end];
        // `Digest username="…"`: parameters are labelled themselves.
        let parameter = word.iter().position(|byte| *byte == b'=').is_some_and(|at| {
            let value = match &word[at + 1..] {
                [] => self.byte(end) == b'<' || (self.byte(end) == b'"' && self.byte(end + 1).is_ascii_alphanumeric()),
                rest => rest[0] != b'=',
            };
            at > 0 && value && word[..at].iter().all(|byte| is_label(*byte))
        });
        if word.len() < 3 || parameter || matches!(word[0], b'$' | b'{' | b'<' | b'[' | b'%' | b'*') {
            return false;
        }
        if WORDS.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(word)) {
            return false;
        }
        let looks = in_header || (word.len() >= 12 && is_opaque(word)) || is_basic(word);
        looks && self.push(Kind::Token, from, end)
    }

    /// A space between words, however escaped; its length.
    fn gap(&self, at: usize) -> usize {
        match self.byte(at) {
            b':' if self.byte(at + 1) == b' ' => 2,
            b' ' | b'\t' => self.run(at, |byte| byte == b' ' || byte == b'\t') - at,
            b'%' if self.starts(at, b"%20") => 3,
            b'+' => 1,
            _ => 0,
        }
    }

    /// Past a quotation mark that opens here, with its escapes, and past a list's bracket.
    fn opened(&self, from: usize) -> usize {
        let from = if self.byte(from) == b'[' { from + 1 } else { from };
        let mark = self.run(from, |byte| byte == b'\\');
        if matches!(self.byte(mark), b'"' | b'\'' | b'`') {
            return mark + 1;
        }
        let quotes = [&b"&quot;"[..], b"&#34;", b"%22", b"\\u0022"];
        quotes.iter().find(|quote| self.starts(from, quote)).map_or(from, |quote| from + quote.len())
    }

    fn credential_end(&self, from: usize) -> usize {
        let end = self.run(from, |byte| {
            byte > b' '
                && byte != 127
                && !matches!(byte, b'"' | b'\'' | b'`' | b',' | b';' | b'<' | b'>' | b'\\' | b')' | b']' | b'}' | b'&')
        });
        // `%20` and `%22` end it where the space before was one of these.
        let code =
            (from..end).find(|at| self.starts(*at, b"%20") || self.starts(*at, b"%22") || self.starts(*at, b"%26"));
        let mut end = code.unwrap_or(end);
        while end > from && matches!(self.byte(end - 1), b'.' | b':') {
            end -= 1;
        }
        end
    }

    /// What follows `Cookie:` (the values of all) or `Set-Cookie:` (the values, not the attributes).
    pub fn cookies(&mut self, from: usize) {
        let mut at = self.opened(from);
        loop {
            at = self.run(at, |byte| matches!(byte, b' ' | b';' | b','));
            let equals = self.run(at, |byte| byte.is_ascii_alphanumeric() || b"!#$%&*+-.^_|~".contains(&byte));
            let name = &self.bytes[at..equals];
            let attribute = ATTRIBUTES.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(name));
            if name.is_empty() || (self.byte(equals) != b'=' && !attribute) {
                return;
            }
            let mut end = equals;
            if self.byte(equals) == b'=' {
                let start = equals + 1;
                if attribute {
                    // `Expires=Wed, 21 Oct 2026 07:28:00 GMT`
                    let far = &self.bytes[start..self.bytes.len().min(start + FAR)];
                    let of = |byte: &u8| byte.is_ascii_alphanumeric() || b" ,:/.-_".contains(byte);
                    end = start + far.iter().position(|byte| !of(byte)).unwrap_or(far.len());
                    end = self.another(start, end);
                } else {
                    let of = |byte| byte > b' ' && byte != 127 && !b"\"';,\\<".contains(&byte);
                    end = self.run(start, of);
                    self.push(Kind::Cookie, start, end);
                }
            }
            at = end;
            if !matches!(self.byte(at), b';' | b',') && self.before(at) != b',' {
                return;
            }
        }
    }

    /// Where in an attribute the next cookie begins, if several were joined by commas: `Path=/, b=…`.
    fn another(&self, start: usize, end: usize) -> usize {
        let comma = (start..end).find(|at| {
            let name = self.run(at + 1, |byte| byte == b' ');
            let equals = self.run(name, |byte| is_label(byte) && byte.is_ascii());
            self.byte(*at) == b',' && equals > name && self.byte(equals) == b'='
        });
        comma.map_or(end, |comma| comma + 1)
    }
}

/// Whether a word is a user name and a password as Basic encodes them.
fn is_basic(word: &[u8]) -> bool {
    let digits = word.strip_suffix(b"==").or_else(|| word.strip_suffix(b"=")).unwrap_or(word);
    let mut bits = 0u32;
    let mut colon = false;
    for (nth, byte) in digits.iter().enumerate() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return false,
        };
        bits = bits << 6 | u32::from(value);
        // Two digits make the first byte of a group of three, three the second, four the third.
        if nth % 4 > 0 {
            let decoded = (bits >> (6 - 2 * (nth % 4))) as u8;
            colon |= decoded == b':';
            if decoded < b' ' {
                return false;
            }
        }
    }
    colon && word.len() >= 4
}

#[cfg(test)]
mod tests {
    use super::is_basic;

    #[test]
    fn basic_credentials_are_known_by_what_they_encode() {
        assert!(is_basic(b"YTpi"), "a:b");
        assert!(is_basic(b"YWxhZGRpbjpvcGVuc2VzYW1l"), "aladdin:opensesame");
        assert!(is_basic(b"YW5uOngx"), "ann:x1");
        assert!(!is_basic(b"authentication"));
        assert!(!is_basic(b"aGVsbG8gd29ybGQ="), "hello world");
        assert!(!is_basic(b""));
    }
}
