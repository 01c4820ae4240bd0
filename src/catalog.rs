//! What is known: errors, their messages, their causes and the steps that resolve them, as plain data.
//!
//! A [`Catalog`] is what an author's pages compile to and what the browser loads (`catalog.json`). This module is data
//! and its rules, nothing else: it does not know how a paste is matched, where a catalog came from, or how it is shown.
//! Text is kept as a small tree of [`Inline`] nodes and never as markup, so nothing in a catalog can become HTML.
//!
//! ```
//! use error_diagnoser::{Catalog, Entry, Message};
//!
//! let mut catalog = Catalog::default();
//! catalog.entries.push(Entry {
//!     id: "shop/out-of-stock".into(),
//!     product: "shop".into(),
//!     messages: vec![Message::text("en", "Item {sku} is out of stock")],
//!     ..Entry::default()
//! });
//! let problems = catalog.validate();
//! assert_eq!(problems[0].code, "unknown-product");
//! assert_eq!(problems[1].code, "entry-without-text");
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

#[cfg(any(not(target_arch = "wasm32"), feature = "tools"))]
mod json;
mod rules;

#[cfg(any(not(target_arch = "wasm32"), feature = "tools"))]
pub use json::{MAX_BYTES, Place, Read};
#[cfg(any(not(target_arch = "wasm32"), feature = "author"))]
pub(crate) use rules::nearest;
pub use rules::{MAX_ENTRIES, MAX_MESSAGE, MAX_MESSAGES, MAX_NESTING, is_safe_link};

/// The version of the `catalog.json` format that this build writes, and the newest that it reads.
pub const FORMAT: u32 = 1;

/// The language that texts fall back to when the asked one is missing.
pub const FALLBACK_LANGUAGE: &str = "en";

/// Everything a diagnoser knows. The order of entries carries no meaning.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Catalog {
    /// The format version; see [`FORMAT`].
    pub format: u32,
    /// Which state of the catalog this is: what its publisher calls it, or a fingerprint; empty when nobody said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub version: String,
    /// The day on which the youngest of its pages was written, `2025-03-31`; empty when nobody said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub date: String,
    /// The products that entries belong to.
    #[serde(default)]
    pub products: Vec<Product>,
    /// The apps that entries name, with the other names that people and logs give them.
    #[serde(default)]
    pub apps: Vec<App>,
    /// The explained errors.
    #[serde(default)]
    pub entries: Vec<Entry>,
    /// Where a page lays catalogs over each other: the ids of entries below that are not to be found. The page does that
    /// itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hidden: Vec<String>,
    /// Whom to ask when nothing is found, by language.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub contact: BTreeMap<String, Vec<Inline>>,
}

impl Default for Catalog {
    fn default() -> Self {
        Self {
            format: FORMAT,
            version: String::new(),
            date: String::new(),
            products: Vec::new(),
            apps: Vec::new(),
            entries: Vec::new(),
            hidden: Vec::new(),
            contact: BTreeMap::new(),
        }
    }
}

/// A product whose errors are explained, for example `itsmc`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// The first part of its entries' ids: lower-case letters, digits and hyphens.
    pub id: String,
    /// Its name, by language.
    pub titles: BTreeMap<String, String>,
}

/// An app that errors come from, for example `Office 365`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct App {
    /// The name that entries use and readers see.
    pub name: String,
    /// Other names for the same app: `Microsoft 365`, `O365`.
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// One explained error.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// `<product>/<name>`, unique in the catalog; the name may have parts (`cas/okta/401-unauthorized`).
    pub id: String,
    /// The id of its [`Product`].
    pub product: String,
    /// The apps that it applies to; empty for all apps.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub apps: Vec<String>,
    /// The messages that the product prints for it, in every language that it prints them in.
    pub messages: Vec<Message>,
    /// What the reader is told, by language.
    pub texts: BTreeMap<String, Text>,
}

/// A message as a product prints it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// The language that it is in.
    pub lang: String,
    /// The message, with slots (`{name}`), alternatives (`{one|other}`) and gaps (`…`); or, if `regex`, a regular
    /// expression whose named groups are values.
    pub text: String,
    /// Whether `text` is the author's own regular expression.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub regex: bool,
}

impl Message {
    /// A message with slots.
    pub fn text(lang: &str, text: &str) -> Self {
        Self { lang: lang.into(), text: text.into(), regex: false }
    }
}

/// What the reader is told about an entry, in one language.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// The entry's title.
    pub title: String,
    /// Its causes, each with its steps. One, or several between which the reader chooses.
    pub situations: Vec<Situation>,
    /// A machine translated it, and nobody who speaks the language has reviewed it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unreviewed: bool,
}

/// One cause with its steps, and when it applies.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Situation {
    /// When this is the reader's case ("The integration has worked before"); none when the entry has one situation.
    pub when: Option<Vec<Inline>>,
    /// Why the error occurs.
    pub cause: Vec<Inline>,
    /// What stands before the steps, if anything.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub intro: Vec<Inline>,
    /// What to do.
    pub steps: Vec<Vec<Inline>>,
    /// The steps are a sequence: do them in this order.
    #[serde(default)]
    pub ordered: bool,
    /// The steps are ways out between which the reader chooses: do one of them.
    #[serde(default)]
    pub choice: bool,
}

/// A piece of prose. The whole vocabulary of text that we show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum Inline {
    /// Plain text.
    Text(String),
    /// Something to be read or typed literally.
    Code(String),
    /// Emphasised prose.
    Strong(Vec<Inline>),
    /// A link; `href` is absolute, https or mailto.
    Link {
        /// Where it leads.
        href: String,
        /// What it reads.
        content: Vec<Inline>,
    },
    /// A list inside prose.
    List {
        /// Whether the order counts.
        ordered: bool,
        /// Its items.
        items: Vec<Vec<Inline>>,
    },
    /// A value that a message's slot of this name captured; shown as `{name}` when nothing was captured.
    Slot(String),
}

/// How bad a [`Problem`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Works, but an author should look.
    Warning,
    /// Does not work.
    Error,
}

/// Something wrong with a catalog or a page: what, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// A short stable name, for example `unknown-product`.
    pub code: String,
    /// How bad it is.
    pub severity: Severity,
    /// The file, or the entry where there is no file.
    pub path: String,
    /// 1-based line, 0 when there is none.
    pub line: u32,
    /// 1-based column in characters, 0 when there is none.
    pub column: u32,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub help: String,
}

impl Problem {
    /// An error at an entry or file as a whole.
    pub fn error(code: &str, path: &str, what: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            severity: Severity::Error,
            path: path.into(),
            line: 0,
            column: 0,
            what: what.into(),
            help: help.into(),
        }
    }

    /// The same as a warning.
    #[must_use]
    pub fn warning(self) -> Self {
        Self { severity: Severity::Warning, ..self }
    }

    /// The same at a place in the file (both 1-based).
    #[must_use]
    pub fn at(self, line: u32, column: u32) -> Self {
        Self { line, column, ..self }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if self.line > 0 {
            write!(f, ":{}:{}", self.line, self.column.max(1))?;
        }
        let severity = match self.severity {
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        write!(f, ": {severity}[{}]: {}; {}", self.code, self.what, self.help)
    }
}

impl Catalog {
    /// The entry with this id. Cost: linear in the number of entries.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    /// Whether some messages are regular expressions. Cost: linear in the messages.
    pub fn has_expressions(&self) -> bool {
        self.entries.iter().flat_map(|entry| &entry.messages).any(|message| message.regex)
    }

    /// The languages that any entry has a text in, sorted.
    pub fn languages(&self) -> BTreeSet<&str> {
        self.entries.iter().flat_map(|entry| entry.texts.keys().map(String::as_str)).collect()
    }

    /// The app with this name or alias, compared without case, spaces and punctuation.
    pub fn app(&self, name: &str) -> Option<&App> {
        let wanted = plain(name);
        self.apps.iter().find(|app| app.names().any(|candidate| plain(candidate) == wanted))
    }
}

impl App {
    /// Its name, then its aliases.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }
}

/// A name as people compare names: letters and digits in lower case.
pub(crate) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Entry {
    /// The text for a reader of this language; see [`nearest_language`].
    pub fn text(&self, lang: &str) -> Option<(&str, &Text)> {
        nearest_language(&self.texts, lang)
    }
}

/// What there is for a reader of this language: in the language itself, its base (`nl` for `nl-BE`), English, or any.
pub fn nearest_language<'m, T>(by_language: &'m BTreeMap<String, T>, lang: &str) -> Option<(&'m str, &'m T)> {
    let base = lang.split(['-', '_']).next().unwrap_or_default();
    [lang, base, FALLBACK_LANGUAGE]
        .into_iter()
        .find_map(|wanted| by_language.get_key_value(wanted))
        .or_else(|| by_language.first_key_value())
        .map(|(lang, found)| (lang.as_str(), found))
}
