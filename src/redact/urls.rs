//! URLs that name a user, a password or a server: `https://ann:secret@host/`, `smb://server/share`.
//! And elements of XML, whose labels stand between angle brackets.

use super::Kind;
use super::labels::{Label, classify, is_label};
use super::looks::is_opaque;
use super::scan::Scan;
use super::values::{Join, Value};

/// How far an authority is looked at: a host name has 253 characters at most.
const FAR: usize = 512;

/// User names that services prescribe.
const NOBODY: &[&[u8]] = &[b"git", b"oauth2", b"x-access-token", b"x-token-auth"];

/// The longest tag that is looked at.
const TAG: usize = 200;

impl Scan<'_> {
    /// `://`: the authority of a URL follows.
    pub fn url(&mut self, at: usize) -> usize {
        let start = at + 3;
        let scheme = self.run_back(at, 20, |byte| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'-');
        let scheme = self.bytes[scheme..at].to_ascii_lowercase();
        let far = &self.bytes[start.min(self.bytes.len())..self.bytes.len().min(start + FAR)];
        let ends = |byte: &u8| *byte <= b' ' || matches!(byte, b'"' | b'\'' | b'<' | b'>' | b'`' | b'\\' | 127);
        let word = far.iter().position(ends).unwrap_or(far.len());
        let part = far.iter().position(|byte| ends(byte) || matches!(byte, b'/' | b'?' | b'#')).unwrap_or(far.len());
        // Passwords of databases are often not escaped: after a colon, a slash may be a part of one. The path or query of a
        // web address may hold an `@` of its own, and so may that of any address which names no password.
        let web = [&b"http"[..], b"https", b"ws", b"wss", b"ftp", b"file", b"vscode"].contains(&scheme.as_slice());
        let authority = if web || !far[..part].contains(&b':') { part } else { word };
        let user_info = far[..authority].iter().rposition(|byte| *byte == b'@').map(|end| &far[..end]);
        if let Some(user_info) = user_info {
            self.user_info(start, user_info.len());
        } else if [&b"smb"[..], b"cifs", b"file"].contains(&scheme.as_slice()) && self.byte(start + part) == b'/' {
            self.server(start, start + part);
        }
        start
    }

    fn user_info(&mut self, start: usize, length: usize) {
        let text = &self.bytes[start..start + length];
        let colon = text.iter().position(|byte| *byte == b':');
        let user = &text[..colon.unwrap_or(length)];
        let password = colon.map(|colon| &text[colon + 1..]).unwrap_or_default();
        let stands_in = |part: &[u8]| {
            part.is_empty() || matches!(part[0], b'$' | b'{' | b'<' | b'[' | b'*') || NOBODY.contains(&part)
        };
        if !stands_in(user) {
            let kind = if colon.is_none() && user.len() >= 16 && is_opaque(user) {
                Kind::Token
            } else if user.contains(&b'@') || user.windows(3).any(|word| word == b"%40") {
                Kind::Email
            } else {
                Kind::User
            };
            self.push(kind, start, start + user.len());
        }
        if !stands_in(password) {
            self.push(Kind::Secret, start + user.len() + 1, start + length);
        }
    }

    /// An element ends its opening tag: `<Password>` or `&lt;password&gt;`.
    pub fn element(&mut self, at: usize, open: &[u8], close: &[u8]) -> usize {
        let from = at + close.len();
        let least = self.floor.max(at.saturating_sub(TAG));
        let Some(tag) = (least..at).rev().take_while(|at| self.bytes[*at] != b'>').find(|at| self.starts(*at, open))
        else {
            return from;
        };
        let name = tag + open.len();
        let end = self.run(name, |byte| (is_label(byte) || byte == b':') && byte.is_ascii());
        let tag_name = self.bytes[name..end].rsplit(|byte| *byte == b':').next().unwrap_or_default();
        let label = classify(tag_name);
        let cdata = self.starts(from, b"<![CDATA[");
        let from = if cdata { from + 9 } else { from };
        let far = &self.bytes[from..self.bytes.len().min(from + 4096)];
        let Some(length) = far.windows(open.len()).position(|found| found == if cdata { b"]" } else { open }) else {
            return from;
        };
        let inner = &far[..length];
        let start = from + (length - inner.trim_ascii_start().len());
        let inner = inner.trim_ascii();
        let label = match (label, self.named) {
            // `<key>Password</key><string>…`
            (Some(Label::Name | Label::KeyOrName), _) => {
                self.named = classify(inner).map(|named| (named, from + length));
                return from;
            }
            // `<setting name="Password"><value>…`, `<string name="api_key">…`
            (Some(Label::Value) | None, Some((named, named_end)))
                if at <= named_end + TAG && (label.is_some() || tag_name == b"string" || named_end > tag) =>
            {
                Some(named)
            }
            (label, _) => label,
        };
        if let Some(label @ (Label::Password | Label::Key | Label::Token)) = label
            && !inner.contains(&b'\n')
        {
            let value = Value { start, end: start + inner.len(), quoted: true };
            self.take_value(label, value, Join::Tight, name);
        }
        from
    }
}
