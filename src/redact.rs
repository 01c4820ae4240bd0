//! A report without secrets: what a reader can hand to a colleague or a help desk after pasting an error.
//!
//! [`redact`] replaces what identifies or opens something (credentials, people, machines, tenants) by placeholders and
//! leaves every other byte as it was. The same thing has the same name throughout one text, also where it is written
//! once in lower case, once escaped for JSON and once for a URL, so that the report can still be followed:
//! "`<user-1>` was refused by `<ip-2>`".
//!
//! ```
//! use error_diagnoser::{Units, redact};
//!
//! let log = r#"POST /token client_secret=Zq8~w.71 {\"upn\":\"ann@contoso.com\"} from 10.1.2.3, agent version 1.2.3.4"#;
//! assert_eq!(
//!     redact(log, Units::Bytes).text,
//!     r#"POST /token client_secret=<secret-1> {\"upn\":\"<email-1>\"} from <ip-1>, agent version 1.2.3.4"#
//! );
//! ```
//!
//! # How it works
//!
//! One pass over the bytes (`scan`): a separator may end the name of a secret (`labels`), whose value (`values`)
//! follows if it looks like one (`looks`); an `@`, a slash, a digit or the first letter of a word may begin something that is recognised by its own
//! form (`addresses`, `paths`, `credentials`). No regular expressions: they would cost more of the module than all
//! of this. Every look ahead is bounded or is consumed, so time is linear in the text.
//!
//! What was found is replaced and the result is read again until nothing more is found, because a placeholder can bring
//! to light what its value hid. That makes it idempotent: a redacted report does not change.
//!
//! # What it does not know
//!
//! It knows forms and labels, not meaning. A password in a sentence ("log in with hunter2") or in a column of a table, one
//! that is glued to a short option (`mysql -phunter2`), a person's name, a customer's host name outside a UNC path, an
//! account name outside a home folder, a bare hexadecimal key without a label all stay.
//! Therefore a report is shown before it is copied. What it keeps on purpose, because it helps to diagnose and
//! identifies nobody: loopback (`127.0.0.1`, `::1`), unspecified and netmask addresses, the nil GUID and Microsoft's
//! public application ids (`…-0000-0000-c000-…`), `C:\Users\Public`, the names of cookies and their attributes, hashes,
//! MAC addresses, version numbers, ports.

use std::borrow::Cow;

use serde::Serialize;

use crate::positions::utf16_len;
use crate::report::Units;

mod addresses;
mod credentials;
#[cfg(all(target_arch = "wasm32", feature = "redact"))]
pub mod door;
mod headers;
mod labels;
mod looks;
mod names;
mod paths;
mod prefixes;
mod scan;
mod urls;
mod values;

use names::Names;
use scan::Find;

/// How many bytes are read at most: so many for each byte of the text, and so many more. Twice is the rule; what hides
/// behind something that hides behind something takes longer. The bound keeps time linear whatever is pasted.
const READ: (usize, usize) = (6, 4 << 20);

/// A text without secrets, and what was replaced.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Redaction {
    /// The text with placeholders.
    pub text: String,
    /// What they stand for, in order.
    pub replacements: Vec<Replacement>,
}

/// A part of the original text that was replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Replacement {
    /// What it is.
    pub kind: Kind,
    /// What stands in its place: `<guid-1>`.
    pub placeholder: String,
    /// Where it begins in the original text.
    pub start: usize,
    /// Where it ends in the original text.
    pub end: usize,
}

/// What a secret is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A tenant, subscription, application or any other GUID.
    Guid,
    /// An e-mail address or a user principal name.
    Email,
    /// An IPv4 or IPv6 address.
    Ip,
    /// The name of an account.
    User,
    /// The name of a server.
    Host,
    /// What a service hands out: bearer and basic credentials, JWTs, OAuth codes, signatures.
    Token,
    /// What a person or administrator sets: passwords, client secrets, labelled keys.
    Secret,
    /// The value of a cookie.
    Cookie,
    /// A key known by its form: cloud keys, private keys.
    Key,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 9] =
        [Self::Guid, Self::Email, Self::Ip, Self::User, Self::Host, Self::Token, Self::Secret, Self::Cookie, Self::Key];

    /// Its word in placeholders.
    pub fn word(self) -> &'static str {
        match self {
            Self::Guid => "guid",
            Self::Email => "email",
            Self::Ip => "ip",
            Self::User => "user",
            Self::Host => "host",
            Self::Token => "token",
            Self::Secret => "secret",
            Self::Cookie => "cookie",
            Self::Key => "key",
        }
    }
}

/// Replaces what is secret in a text. Positions are counted in `units` of the original text. Never fails; time is linear
/// in the text.
pub fn redact(text: &str, units: Units) -> Redaction {
    let mut finds: Vec<Find> = Vec::new();
    let mut unread = READ.0 * text.len() + READ.1;
    while unread > 0 {
        let veiled = Veiled::new(text, &finds);
        unread = unread.saturating_sub(veiled.text.len());
        let more = scan::scan(&veiled.text);
        if more.is_empty() {
            break;
        }
        let more = more.into_iter().map(|find| Find {
            start: veiled.origin(find.start),
            end: veiled.origin(find.end),
            ..find
        });
        finds = merged(&finds, more);
    }
    let mut names = Names::new(text);
    let mut redaction = Redaction::default();
    let mut written = 0;
    for find in finds {
        let (kind, placeholder) = names.name(find.kind, &text[find.start..find.end]);
        redaction.text.push_str(&text[written..find.start]);
        redaction.text.push_str(&placeholder);
        written = find.end;
        redaction.replacements.push(Replacement { kind, placeholder, start: find.start, end: find.end });
    }
    redaction.text.push_str(&text[written..]);
    if units == Units::Utf16 {
        to_utf16(text, &mut redaction.replacements);
    }
    redaction
}

/// Earlier finds and later ones, in order. A later one may hold earlier ones whole; then it counts instead of them.
fn merged(earlier: &[Find], later: impl Iterator<Item = Find>) -> Vec<Find> {
    let mut all = Vec::with_capacity(earlier.len() + later.size_hint().0);
    let mut rest = earlier;
    for find in later {
        let before = rest.partition_point(|old| old.end <= find.start);
        let inside = rest.partition_point(|old| old.start < find.end);
        all.extend_from_slice(&rest[..before]);
        all.push(find);
        rest = &rest[inside..];
    }
    all.extend_from_slice(rest);
    all
}

fn to_utf16(text: &str, replacements: &mut [Replacement]) {
    let (mut bytes, mut units) = (0, 0);
    for offset in replacements.iter_mut().flat_map(|one| [&mut one.start, &mut one.end]) {
        units += utf16_len(&text[bytes..*offset]);
        bytes = *offset;
        *offset = units;
    }
}

/// A text with its finds replaced, and the way back to the original.
struct Veiled<'t> {
    text: Cow<'t, str>,
    /// Where placeholders end here, and where what they stand for ends in the original.
    ends: Vec<(usize, usize)>,
}

impl<'t> Veiled<'t> {
    fn new(text: &'t str, finds: &[Find]) -> Self {
        if finds.is_empty() {
            return Self { text: text.into(), ends: Vec::new() };
        }
        let mut veiled = String::with_capacity(text.len());
        let mut ends = Vec::with_capacity(finds.len());
        let mut written = 0;
        for find in finds {
            veiled.push_str(&text[written..find.start]);
            // Numbers play no part in what is found; the real ones are given at the end, in order of appearance.
            veiled.push_str(&names::placeholder(find.kind, 1));
            written = find.end;
            ends.push((veiled.len(), written));
        }
        veiled.push_str(&text[written..]);
        Self { text: veiled.into(), ends }
    }

    /// Where a place outside the placeholders is in the original.
    fn origin(&self, at: usize) -> usize {
        match self.ends.partition_point(|(end, _)| *end <= at) {
            0 => at,
            after => at - self.ends[after - 1].0 + self.ends[after - 1].1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Find, Kind, merged, redact};
    use crate::Units;

    fn redacted(text: &str) -> String {
        redact(text, Units::Bytes).text
    }

    #[test]
    fn the_same_thing_has_the_same_name_however_it_is_written() {
        assert_eq!(
            redacted(r#"ann@contoso.com ?u=Ann%40contoso.com {\"u\":\"ann\u0040contoso.com\"} bob@contoso.com"#),
            r#"<email-1> ?u=<email-1> {\"u\":\"<email-1>\"} <email-2>"#
        );
        assert_eq!(
            redacted("?access_token=a%2Bb%2Fc91x2&x {\"access_token\": \"a+b\\/c91x2\"}"),
            "?access_token=<token-1>&x {\"access_token\": \"<token-1>\"}"
        );
        assert_eq!(
            redacted("7F3C4E1A-0B2D-4C5E-8F60-718293A4B5C6 7f3c4e1a-0b2d-4c5e-8f60-718293a4b5c6"),
            "<guid-1> <guid-1>"
        );
    }

    #[test]
    fn a_credential_keeps_its_name_under_another_label() {
        assert_eq!(redacted("token=Zq8abcDEF123 secret=Zq8abcDEF123"), "token=<token-1> secret=<token-1>");
    }

    #[test]
    fn the_point_that_ends_a_sentence_is_no_part_of_a_name() {
        assert_eq!(
            redacted(r"There is no C:\Users\ann. Nor /home/ann."),
            r"There is no C:\Users\<user-1>. Nor /home/<user-1>."
        );
    }

    #[test]
    fn a_later_find_counts_instead_of_those_that_it_holds() {
        let find = |start, end| Find { kind: Kind::Secret, start, end };
        let earlier = [find(0, 2), find(5, 7), find(8, 9), find(20, 22)];
        let all = merged(&earlier, [find(4, 10), find(12, 14)].into_iter());
        assert_eq!(all, [find(0, 2), find(4, 10), find(12, 14), find(20, 22)]);
    }

    #[test]
    fn names_that_the_text_already_uses_are_not_given_again() {
        assert_eq!(redacted("<email-2> wrote to ann@contoso.com"), "<email-2> wrote to <email-3>");
    }

    #[test]
    fn a_password_is_not_said_to_be_the_user_name() {
        assert_eq!(redacted("amqp://admin:admin@mq/"), "amqp://<user-1>:<secret-1>@mq/");
    }

    #[test]
    fn positions_are_those_of_the_original_in_the_units_asked_for() {
        let text = "😀 é ann@contoso.com, 10.1.2.3";
        let bytes = redact(text, Units::Bytes).replacements;
        assert_eq!(&text[bytes[0].start..bytes[0].end], "ann@contoso.com");
        let units: Vec<_> = redact(text, Units::Utf16).replacements.iter().map(|one| (one.start, one.end)).collect();
        assert_eq!(units, [(5, 20), (22, 30)]);
    }

    #[test]
    fn what_a_placeholder_brings_to_light_is_found_as_well() {
        // "hunter ann" reads like the beginning of a sentence; "hunter <email-1>" does not.
        assert_eq!(redacted("password: hunter ann@contoso.com"), "password: <secret-1> <email-1>");
    }

    #[test]
    fn kinds_in_json_are_their_words_in_placeholders() {
        for kind in Kind::ALL {
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{}\"", kind.word()));
        }
    }
}
