//! Paths that name a person or a server: `C:\Users\ann`, `/home/ann`, `\\server\share`, however escaped.

use super::Kind;
use super::scan::Scan;

/// Home folders of nobody.
const NOBODY: &[&str] =
    &["public", "default", "default user", "all users", "shared", "defaultappool", "user", "username", "you"];

/// Servers that are this machine.
const HERE: &[&str] = &["localhost", "wsl$", "wsl.localhost", "tsclient", "host.lan"];

/// Requests for a path are no home folders.
const VERBS: &[&str] = &["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

impl Scan<'_> {
    /// A slash of either sort, or an escape that begins with one.
    pub fn slashes(&mut self, at: usize) -> usize {
        if self.starts(at, b"\\u0040") {
            return self.email(at, 6);
        }
        let after = self.separator(at);
        if after == at {
            return at + 1;
        }
        if self.byte(at) != b'/' && self.unc(at, after) {
            return self.floor;
        }
        self.home(at, after);
        after
    }

    /// Where the separator ends that begins here: backslashes, as often as they were escaped, a slash, or one escaped for
    /// a URL.
    fn separator(&self, at: usize) -> usize {
        match self.byte(at) {
            b'\\' => {
                let end = self.run(at, |byte| byte == b'\\');
                // JSON may escape a slash.
                if end == at + 1 && self.byte(end) == b'/' { end + 1 } else { end }
            }
            b'/' => at + 1,
            b'%' => {
                let mut end = at;
                while self.starts_folded(end, b"%5C") {
                    end += 3;
                }
                if end == at && self.starts_folded(at, b"%2F") { at + 3 } else { end }
            }
            _ => at,
        }
    }

    /// A home folder: only the person's name is secret.
    fn home(&mut self, at: usize, after: usize) -> bool {
        let back = matches!(self.byte(after - 1), b'\\' | b'C' | b'c');
        let folders: &[&[u8]] = if back { &[b"Users", b"Documents and Settings"] } else { &[b"home", b"Users"] };
        let fits = |folder: &&&[u8]| if back { self.starts_folded(after, folder) } else { self.starts(after, folder) };
        let Some(folder) = folders.iter().find(fits) else { return false };
        let slash = after + folder.len();
        let start = self.separator(slash);
        if start == slash || (!back && !self.is_root(at)) {
            return false;
        }
        let end = self.name_end(start, back);
        let name = self.text.get(start..end).unwrap_or_default();
        let page = name
            .rsplit_once('.')
            .is_some_and(|(_, end)| ["html", "htm", "php", "aspx", "jsp", "js", "css"].contains(&end));
        if NOBODY.contains(&name.to_lowercase().as_str()) || page {
            return false;
        }
        self.push(Kind::User, start, end)
    }

    /// Whether a path begins with the slash here: not in the middle of another, nor in a request.
    fn is_root(&self, at: usize) -> bool {
        let before = self.before(at);
        if self.byte(at) == b'%' {
            return self.escape_before(at) == 3
                && [b"%3A", b"%3a", b"%2F", b"%2f"].iter().any(|code| self.behind(at, *code));
        }
        if before.is_ascii_alphabetic() {
            // `/mnt/c/Users/ann`, `/c/Users/ann`; `\n/home/ann`
            let mount = [&b"/export"[..], b"/nfs", b"/data", b"/Data"].iter().any(|mount| self.behind(at, mount));
            return mount || self.escape_before(at) > 0 || at > self.floor + 1 && self.byte(at - 2) == b'/';
        }
        let verb = |verb: &&str| before == b' ' && self.behind(at - 1, verb.as_bytes());
        !before.is_ascii_digit()
            && !matches!(before, b'_' | b'-' | b'.' | b'}' | b'>' | b')' | b']')
            && !VERBS.iter().any(verb)
    }

    /// Where a person's name ends. On Windows it may hold spaces, if the path goes on after it.
    fn name_end(&self, start: usize, back: bool) -> usize {
        let first = self.byte(start);
        if !(first.is_ascii_alphanumeric() || first == b'_' || !first.is_ascii()) {
            return start;
        }
        let rest = &self.text[start..];
        let ends = |c: char| c <= ' ' || "\\/:*?\"<>|'`,;()[]{}%&=\u{7f}".contains(c) || c.is_whitespace();
        // Words follow a Korean path without a space.
        let ascii = first.is_ascii();
        let mut end = start + rest.find(|c| ends(c) || (ascii && c >= '\u{1100}')).unwrap_or(rest.len());
        if back {
            let mut far = rest.char_indices().take(40);
            if let Some((length, _)) = far.find(|(_, c)| *c != ' ' && ends(*c)) {
                let more = start + length;
                if self.separator(more) > more && self.before(more) != b' ' && !rest[..length].contains("  ") {
                    end = more;
                }
            }
        }
        while end > start && self.byte(end - 1) == b'.' {
            end -= 1;
        }
        end
    }

    /// `\\server\share`, where the first separator was doubled as often as the others were.
    fn unc(&mut self, at: usize, after: usize) -> bool {
        let before = self.before(at);
        let drive = before == b':'
            && at > self.floor + 1
            && self.byte(at - 2).is_ascii_alphabetic()
            && (at < self.floor + 3 || !self.byte(at - 3).is_ascii_alphanumeric());
        let inside = before.is_ascii_alphanumeric() || b"._-$)]}%*+?|".contains(&before);
        if drive || (inside && self.escape_before(at) == 0) {
            return false;
        }
        let mut start = after;
        // `\\?\UNC\server\share`
        if self.byte(start) == b'?' {
            let name = self.separator(start + 1);
            start = if self.starts_folded(name, b"UNC") { self.separator(name + 3) } else { return false };
        }
        let end = self.run(start, |byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'$') || !byte.is_ascii()
        });
        let share = self.separator(end);
        let shared = self.byte(share);
        let doubled = share > end && self.byte(end) != b'/' && after - at == 2 * (share - end);
        if !doubled
            || end - start < 2
            || !(shared.is_ascii_alphanumeric() || b"$_%<{".contains(&shared) || !shared.is_ascii())
        {
            return false;
        }
        self.server(start, end)
    }

    /// The name of a server, unless it is this machine, or an address, which is found as such.
    pub fn server(&mut self, start: usize, end: usize) -> bool {
        let name = self.text.get(start..end).unwrap_or_default();
        let numbers = name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        if numbers || name.starts_with(['$', '{', '<', '.']) || HERE.contains(&name.to_lowercase().as_str()) {
            return false;
        }
        self.push(Kind::Host, start, end)
    }
}
