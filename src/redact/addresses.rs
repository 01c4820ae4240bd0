//! GUIDs, e-mail addresses, IP addresses: known by their form, told from version numbers by what stands around them.

use super::Kind;
use super::scan::Scan;

/// Words before four numbers that make them a version (or a section). What ends with "version" counts as well.
const VERSION_WORDS: &[&str] = &[
    "v",
    "ver",
    "version",
    "versions",
    "versie",
    "versies",
    "versionen",
    "build",
    "release",
    "rev",
    "revision",
    "section",
    "chapter",
    "paragraph",
    "clause",
    "oid",
    "sdk",
    "runtime",
    "framework",
    "net",
    "driver",
    "firmware",
    "package",
    "plugin",
    "patch",
    "hotfix",
    "update",
    "upgrade",
    "dll",
    "exe",
    "sys",
    "msi",
    "jar",
    "nupkg",
    "assembly",
    "bios",
    "버전",
];

/// Words that move from one version to another.
const MOVES: &[&str] = &[
    "upgraded",
    "updated",
    "downgraded",
    "migrated",
    "upgrade",
    "update",
    "upgrading",
    "updating",
    "downgrade",
    "bump",
    "bumped",
];

/// What ends a file name rather than a host name: `icon@2x.png`.
const FILES: &[&str] = &[
    "png", "jpg", "jpeg", "gif", "svg", "webp", "js", "mjs", "cjs", "ts", "tsx", "jsx", "css", "map", "json", "html",
    "dll", "exe", "jar", "whl", "tgz", "gz", "zip", "xml", "yaml", "yml", "tar",
];

impl Scan<'_> {
    /// An address or GUID that begins here, at the beginning of a word.
    pub fn address(&mut self, at: usize) -> bool {
        let byte = self.byte(at);
        byte.is_ascii_hexdigit() && (self.guid(at) || (byte.is_ascii_digit() && self.ipv4(at)) || self.ipv6(at))
    }

    fn guid(&mut self, at: usize) -> bool {
        if self.byte(at + 8) != b'-' {
            return false;
        }
        let mut end = at;
        for (nth, length) in [8, 4, 4, 4, 12].into_iter().enumerate() {
            if (nth > 0 && self.byte(end - 1) != b'-') || !self.is_hex(end, length) {
                return false;
            }
            end += length + 1;
        }
        end -= 1;
        let guid = self.bytes[at..end].to_ascii_lowercase();
        let same =
            guid.iter().all(|byte| matches!(byte, b'0' | b'-')) || guid.iter().all(|byte| matches!(byte, b'f' | b'-'));
        let public = same || guid[8..].starts_with(b"-0000-0000-c000-0000000000");
        !self.byte(end).is_ascii_alphanumeric() && !public && self.push(Kind::Guid, at, end)
    }

    /// An `@`, written with so many bytes: an e-mail address may stand around it.
    pub fn email(&mut self, at: usize, length: usize) -> usize {
        let after = at + length;
        let Some(end) = self.domain_end(after) else { return after };
        let start = self.local_start(at);
        let local = &self.bytes[start..at];
        // `git@github.com:…` is nobody's address.
        let repository = local == b"git" && matches!(self.byte(end), b':' | b'/');
        if !local.is_empty() && !repository {
            self.push(Kind::Email, start, end);
        }
        after
    }

    /// Where the domain ends that begins here, if there is one.
    fn domain_end(&self, at: usize) -> Option<usize> {
        let of = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.' || is_latin(c);
        let rest = &self.text[at..];
        let run = &rest[..rest.find(|c| !of(c)).unwrap_or(rest.len())];
        let mut end = 0;
        let mut labels = 0;
        let mut place = 0;
        for label in run.split('.') {
            if label.is_empty() || label.starts_with('-') {
                break;
            }
            if labels == 1
                && run.starts_with(|c: char| c.is_ascii_digit())
                && label.starts_with(|c: char| c.is_ascii_digit())
            {
                return None;
            }
            labels += 1;
            let top = if label.starts_with("xn--") { label } else { label.split('-').next().unwrap_or_default() };
            if labels > 1 && top.len() > 1 && top.starts_with(|c: char| c.is_ascii_alphabetic()) {
                end = place + top.len();
            }
            place += label.len() + 1;
        }
        let top = run[..end].rsplit('.').next().unwrap_or_default();
        (end > 0 && !FILES.contains(&top.to_ascii_lowercase().as_str())).then_some(at + end)
    }

    /// Where the local part begins that ends here.
    fn local_start(&self, at: usize) -> usize {
        let mut start = at;
        let mut later = '@';
        for c in self.text[self.floor..at].chars().rev() {
            let of = match c {
                '\'' => {
                    later.is_ascii_alphanumeric()
                        && start > self.floor + 1
                        && self.byte(start - 2).is_ascii_alphanumeric()
                }
                // Guests of a tenant: `ann_contoso.com#EXT#@fabrikam.onmicrosoft.com`.
                '#' => later == '@' || self.behind(start, b"#EXT#") || self.starts(start, b"EXT#"),
                _ => c.is_ascii_alphanumeric() || "._%+-".contains(c) || is_latin(c),
            };
            if !of {
                break;
            }
            // An escape before it (`%3Aann@…`, `\nann@…`) is none of it, unless it stands for a sign that may be.
            let escape = self.escape_before(start);
            if escape > 0
                && !(escape == 3
                    && [b"%2B", b"%2b", b"%2E", b"%2D", b"%5F", b"%23"].iter().any(|sign| self.behind(start, *sign)))
            {
                break;
            }
            start -= c.len_utf8();
            later = c;
        }
        while start < at && matches!(self.byte(start), b'.' | b'-' | b'%' | b'+' | b'#' | b'\'') {
            start += 1;
        }
        start
    }

    fn ipv4(&mut self, at: usize) -> bool {
        let Some((octets, end)) = self.quad(at) else { return false };
        let [first, second, .., last] = octets;
        let private = first == 10 || (first == 172 && (16..32).contains(&second)) || (first == 192 && second == 168);
        let subnet = self.byte(end) == b'/' && self.byte(end + 1).is_ascii_digit();
        if self.is_version(at, end) {
            self.version_end = Some(end);
            return false;
        }
        if self.is_part_of_name(at, end) || (last == 0 && !private && !subnet) {
            return false;
        }
        // Loopback, unspecified and netmasks say nothing about anybody.
        first != 127 && first != 0 && first != 255 && self.push(Kind::Ip, at, end)
    }

    /// Four numbers up to 255 with points between, and where they end.
    fn quad(&self, at: usize) -> Option<([u8; 4], usize)> {
        let mut octets = [0; 4];
        let mut end = at;
        for (nth, octet) in octets.iter_mut().enumerate() {
            if nth > 0 {
                if self.byte(end) != b'.' {
                    return None;
                }
                end += 1;
            }
            let digits = end..self.run(end, |byte| byte.is_ascii_digit()).min(end + 4);
            if digits.len() > 1 && self.byte(end) == b'0' {
                return None;
            }
            *octet = self.text.get(digits.clone())?.parse().ok()?;
            end = digits.end;
        }
        Some((octets, end))
    }

    /// Whether four numbers go on on either side: `foo-1.2.3.4`, `1.2.3.4.5`, `1.2.3.4-beta`, `Chrome/1.2.3.4`.
    fn is_part_of_name(&self, at: usize, end: usize) -> bool {
        let next = self.byte(end + 1);
        let after = match self.byte(end) {
            b'.' => next.is_ascii_alphanumeric(),
            b'-' => next.is_ascii_alphanumeric() && self.quad(end + 1).is_none(),
            byte => byte.is_ascii_alphanumeric() || byte == b'_',
        };
        let before = match self.before(at) {
            b'.' | b'_' => true,
            // The second of a range follows the floor.
            b'-' => at > self.floor + 1 && self.byte(at - 2).is_ascii_alphanumeric(),
            b'/' => {
                let start = self
                    .run_back(at - 1, 64, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'));
                let name = &self.bytes[start..at - 1];
                // Java prints `host.contoso.com/10.1.2.3:443`.
                !name.is_empty() && !name.contains(&b'.') && self.byte(end) != b':' && name != b"localhost"
            }
            _ => false,
        };
        after || before
    }

    /// Whether what stands before says that four numbers are a version.
    fn is_version(&self, at: usize, end_of_quad: usize) -> bool {
        // "from 1.2.3.4 to 1.2.4.0"; also a place in the version itself.
        if let Some(end) = self.version_end
            && at <= end + 8
            && !self.bytes[end.min(at)..at].contains(&b'\n')
        {
            return true;
        }
        let (start, end) = self.word_before(at);
        let word = String::from_utf8_lossy(&self.bytes[start..end]);
        let lower = word.to_lowercase();
        let known = |word: &str| VERSION_WORDS.contains(&word) || word.ends_with("version") || word.ends_with("버전");
        if known(&lower) || known(lower.rsplit(['_', '-']).next().unwrap_or_default()) {
            return true;
        }
        if self.starts_folded(end_of_quad, b" version")
            || [b">= ", b"<= ", b"== ", b"~> "].iter().any(|sign| self.behind(at, *sign))
        {
            return true;
        }
        if ["from", "to", "is", "was", "van", "från"].contains(&lower.as_str()) {
            let (start, end) = self.word_before(start);
            let earlier = String::from_utf8_lossy(&self.bytes[start..end]).to_lowercase();
            return MOVES.contains(&earlier.as_str()) || known(&earlier);
        }
        // `Newtonsoft.Json 13.0.1.1`
        self.before(start) == b'.' && self.byte(end) == b' ' && word.starts_with(|c: char| c.is_ascii_uppercase())
    }

    /// The word before a place, across spaces, quotation marks and separators.
    fn word_before(&self, at: usize) -> (usize, usize) {
        let end = self.run_back(at, 12, |byte| b" \t\"'=:.([>\\,`".contains(&byte));
        (
            self.run_back(end, 40, |byte| {
                byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-') || !byte.is_ascii()
            }),
            end,
        )
    }

    /// Whether so many groups stand before that this is the rest of a fingerprint, which is no address however it ends.
    fn goes_on_before(&self, at: usize) -> bool {
        let mut rest = &self.bytes[self.floor.min(at)..at];
        for _ in 0..8 {
            let Some(before) = rest.strip_suffix(b":") else { return false };
            let digits = before.iter().rev().take_while(|byte| byte.is_ascii_hexdigit()).count();
            if !(1..=4).contains(&digits) {
                return false;
            }
            rest = &before[..before.len() - digits];
        }
        true
    }

    /// An IPv6 address that is in use: global, local to a site or link, multicast, or one with an IPv4 address in it.
    pub fn ipv6(&mut self, at: usize) -> bool {
        if self.goes_on_before(at) {
            return false;
        }
        let mut end = at;
        let mut groups = 0;
        let mut pairs = 0;
        let mut gap = self.starts(at, b"::");
        let mut quad = false;
        if gap {
            end += 2;
        }
        while groups < 9 {
            let digits = self.run(end, |byte| byte.is_ascii_hexdigit()).min(end + 5) - end;
            if digits == 0 {
                break;
            }
            if self.byte(end + digits) == b'.'
                && (gap || groups == 6)
                && let Some((_, after)) = self.quad(end)
            {
                (quad, groups, end) = (true, groups + 2, after);
                break;
            }
            if digits > 4 {
                return false;
            }
            groups += 1;
            pairs += usize::from(digits == 2);
            end += digits;
            if self.starts(end, b"::") {
                if gap {
                    return false;
                }
                gap = true;
                end += 2;
            } else if self.byte(end) == b':' && self.byte(end + 1).is_ascii_hexdigit() {
                end += 1;
            } else {
                break;
            }
        }
        let whole = if gap { groups < 8 } else { groups == 8 && pairs < 8 };
        if !whole || self.byte(end).is_ascii_alphanumeric() || self.byte(end) == b'_' {
            return false;
        }
        let first = &self.bytes[at..self.run(at, |byte| byte.is_ascii_hexdigit())];
        let used = match first {
            [] => quad,
            [b'2' | b'3', _, _, _] | [b'f' | b'F', b'c'..=b'f' | b'C'..=b'F', _, _] | b"64" => true,
            // Eight groups are an address unless they are all but nothing (`0:0:0:0:0:0:0:1`).
            _ => !gap && self.bytes[at..end].iter().filter(|byte| !matches!(byte, b'0' | b':')).count() > 1,
        };
        if self.byte(end) == b'%' && self.byte(end + 1).is_ascii_alphanumeric() && self.escape_before(end + 3) == 0 {
            end = self.run(end + 1, |byte| byte.is_ascii_alphanumeric());
        }
        used && self.push(Kind::Ip, at, end)
    }
}

/// Letters that names in e-mail addresses have beside ASCII. Not all: in Korean, words follow an address without a space.
fn is_latin(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{24f}')
}
