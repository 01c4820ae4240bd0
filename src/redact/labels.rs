//! Names of secrets: `password=`, `"client_secret":`, `X-Api-Key:`, `--token `, `<Pwd>`, in the spellings of programs.

use super::scan::Scan;

/// What a label says of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// Anything may follow, also a word.
    Password,
    /// A key: at least eight characters without a space.
    Key,
    /// A token, if it looks like one: the label is also an everyday word.
    Token,
    /// An OAuth code in a query; anywhere else `code` is a number or a word.
    Code,
    /// The signature of a SAS.
    Signature,
    /// A scheme and credentials.
    Authorization,
    /// `name=value; name=value`, attributes among them.
    Cookie,
    /// What is named here has its value elsewhere: `name="password" value="…"`.
    Name,
    /// `key`, which is a [`Label::Name`] or, in a query, a [`Label::Key`].
    KeyOrName,
    /// The other half of [`Label::Name`].
    Value,
}

/// Labels that count only as they stand here: lower case, letters and digits only.
const WHOLE: &[(&str, Label)] = &[
    ("pass", Label::Password),
    ("pw", Label::Password),
    ("code", Label::Code),
    ("sig", Label::Signature),
    ("sid", Label::Token),
    ("auth", Label::Token),
    ("session", Label::Token),
    ("cookie", Label::Cookie),
    ("cookies", Label::Cookie),
    ("setcookie", Label::Cookie),
    ("name", Label::Name),
    ("key", Label::KeyOrName),
    ("value", Label::Value),
];

/// Labels that also count at the end of longer ones: `DB_PASSWORD`, `spring.datasource.password`.
const ENDS: &[(&str, Label)] = &[
    ("password", Label::Password),
    ("passwd", Label::Password),
    ("passphrase", Label::Password),
    ("passwordhash", Label::Password),
    ("pwd", Label::Password),
    ("secret", Label::Password),
    ("wachtwoord", Label::Password),
    ("lösenord", Label::Password),
    ("비밀번호", Label::Password),
    ("암호", Label::Password),
    ("passwort", Label::Password),
    ("kennwort", Label::Password),
    ("contraseña", Label::Password),
    ("motdepasse", Label::Password),
    ("dbpass", Label::Password),
    ("smtppass", Label::Password),
    ("mailpass", Label::Password),
    ("ftppass", Label::Password),
    ("userpass", Label::Password),
    ("adminpass", Label::Password),
    ("rootpass", Label::Password),
    ("storepass", Label::Password),
    ("keypass", Label::Password),
    ("sshpass", Label::Password),
    ("pgpass", Label::Password),
    ("apikey", Label::Key),
    ("accesskey", Label::Key),
    ("accountkey", Label::Key),
    ("authkey", Label::Key),
    ("encryptionkey", Label::Key),
    ("functionkey", Label::Key),
    ("functionskey", Label::Key),
    ("hostkey", Label::Key),
    ("masterkey", Label::Key),
    ("privatekey", Label::Key),
    ("secretkey", Label::Key),
    ("secretvalue", Label::Key),
    ("sharedkey", Label::Key),
    ("signingkey", Label::Key),
    ("storagekey", Label::Key),
    ("subscriptionkey", Label::Key),
    ("clientassertion", Label::Key),
    ("codeverifier", Label::Key),
    ("samlresponse", Label::Key),
    ("token", Label::Token),
    ("idtokenhint", Label::Token),
    ("authorizationcode", Label::Token),
    ("authcode", Label::Token),
    ("devicecode", Label::Token),
    ("credential", Label::Token),
    ("credentials", Label::Token),
    ("signature", Label::Token),
    ("sessionid", Label::Token),
    ("phpsessid", Label::Token),
    ("connectsid", Label::Token),
    ("aspxauth", Label::Token),
    ("fedauth", Label::Token),
    ("rtfa", Label::Token),
    ("estsauth", Label::Token),
    ("estsauthpersistent", Label::Token),
    ("authorization", Label::Authorization),
];

/// Labels that end like a secret's but are none: the token of an assembly's public key stands in every stack trace,
/// and a SAS is a list of parameters of which one is secret.
const PUBLIC: &[&str] = &["publickeytoken", "cancellationtoken", "canceltoken", "sharedaccesssignature"];

/// The longest label that is looked at.
const LONGEST: usize = 64;

/// The most spaces between a label and its separator: lists align their colons.
const GAP: usize = 40;

/// What may stand between the quotation mark that ends a label and its separator, and how it is escaped.
const QUOTES: &[&[u8]] = &[b"&quot;", b"&#34;", b"&#39;", b"%22", b"%27", b"\\u0022", b"\\u0027"];

/// What a label means; nothing if it names no secret.
pub fn classify(label: &[u8]) -> Option<Label> {
    let plain: Vec<u8> = label
        .iter()
        .filter(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())
        .map(u8::to_ascii_lowercase)
        .collect();
    let mut plain = plain.as_slice();
    if let Some((_, whole)) = WHOLE.iter().find(|(word, _)| word.as_bytes() == plain) {
        return Some(*whole);
    }
    // `password1`, `AccountKey2`.
    while let [rest @ .., b'0'..=b'9'] = plain {
        plain = rest;
    }
    if PUBLIC.iter().any(|word| plain.ends_with(word.as_bytes())) {
        return None;
    }
    ENDS.iter().find(|(word, _)| plain.ends_with(word.as_bytes())).map(|(_, label)| *label)
}

/// A byte of a label.
pub fn is_label(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'$') || !byte.is_ascii()
}

impl Scan<'_> {
    /// The label before a separator, and where it begins.
    pub fn label_before(&self, separator: usize) -> Option<(Label, usize)> {
        // `Password . . . : …`
        let mut end = self.run_back(separator, GAP, |byte| matches!(byte, b' ' | b'\t' | b'.'));
        while self.behind(end, b"%20") {
            end -= 3;
        }
        // `headers["Authorization"] =`, "password (again): …"
        if self.before(end) == b']' {
            end -= 1;
        } else if self.before(end) == b')' {
            let open = self.run_back(end - 1, 24, |byte| byte.is_ascii_alphanumeric() || byte == b' ');
            if self.before(open) == b'(' {
                end = self.run_back(open - 1, 2, |byte| byte == b' ');
            }
        }
        end = self.quote_back(end);
        let mut start = self.run_back(end, LONGEST, is_label);
        // What reads like the first letters may be an escape: `%26code`, `\u0026code`, `\ncode`.
        start += match self.before(start) {
            b'%' if self.is_hex(start, 2) => 2,
            b'\\' if self.byte(start) == b'u' && self.is_hex(start + 1, 4) => 5,
            b'\\' if matches!(self.byte(start), b'n' | b'r' | b't') => 1,
            _ => 0,
        };
        if start >= end {
            return None;
        }
        let mut label = classify(&self.bytes[start..end]);
        if matches!(label, None | Some(Label::KeyOrName)) && self.before(start) == b' ' {
            // "API key: …", "session id: …"
            let two = self.run_back(start - 1, LONGEST, is_label);
            let together = classify(&self.bytes[two..end]).filter(|label| matches!(label, Label::Key | Label::Token));
            if together.is_some() {
                (label, start) = (together, two);
            }
        }
        Some((label?, start))
    }

    /// Where the quotation mark begins that ends here, with its escapes; here if there is none.
    fn quote_back(&self, end: usize) -> usize {
        if matches!(self.before(end), b'"' | b'\'' | b'`') {
            return self.run_back(end - 1, 16, |byte| byte == b'\\');
        }
        let behind = |quote: &&&[u8]| end >= self.floor + quote.len() && self.starts(end - quote.len(), quote);
        QUOTES.iter().find(behind).map_or(end, |quote| end - quote.len())
    }

    /// Whether a label that begins here is a parameter of a query or form: after `?`, `&`, `#`, however escaped.
    pub fn is_parameter(&self, label: usize) -> bool {
        let escape = self.escape_before(label);
        match escape {
            0 => matches!(self.before(label), b'?' | b'&' | b'#') || self.behind(label, b"&amp;"),
            length => {
                let code = &self.bytes[label - length..label];
                let digits = &code[code.len() - 2..];
                length > 2 && [b"3F", b"3f", b"26", b"23"].iter().any(|known| *known == digits)
            }
        }
    }

    /// Whether this text stands just before a place.
    pub fn behind(&self, at: usize, text: &[u8]) -> bool {
        at >= self.floor + text.len() && self.starts(at - text.len(), text)
    }
}

#[cfg(test)]
mod tests {
    use super::{Label, classify};

    #[test]
    fn labels_in_the_spellings_of_programs() {
        for (label, meaning) in [
            ("password", Some(Label::Password)),
            ("DB_PASSWORD", Some(Label::Password)),
            ("spring.datasource.password", Some(Label::Password)),
            ("AccountKey2", Some(Label::Key)),
            ("Ocp-Apim-Subscription-Key", Some(Label::Key)),
            ("refreshToken", Some(Label::Token)),
            ("비밀번호", Some(Label::Password)),
            ("PublicKeyToken", None),
            ("tokens", None),
            ("passwordPolicy", None),
            ("errorcode", None),
            ("", None),
        ] {
            assert_eq!(classify(label.as_bytes()), meaning, "{label}");
        }
    }
}
