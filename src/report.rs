//! What a diagnosis answers, as plain data: one shape for Rust, for `--json` and for JavaScript.
//!
//! This module only describes the answer. It knows the catalog's texts, because it carries them; it does not know how
//! the answer was found.
//!
//! All positions are offsets into the text exactly as it was pasted, counted in the [`Units`] that were asked for:
//! bytes for Rust (`&text[start..end]`), UTF-16 code units for JSON and JavaScript (`text.slice(start, end)`).

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::catalog::Situation;

/// What to diagnose with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The language to answer in (`nl`, `nl-BE`); English when empty.
    pub lang: String,
    /// The app that the reader says the error comes from, by name or alias.
    pub app: Option<String>,
    /// Only entries of this product are wanted.
    pub product: Option<String>,
    /// What positions are counted in.
    pub units: Units,
    /// How many line numbers a diagnosis lists; 1,000 when none is given.
    pub max_lines: Option<usize>,
    /// How many diagnoses carry the entry's texts at most; all when none is given. The others have what the paste tells and of
    /// the entry its id and the message: no title, language, apps or situations. [`crate::Diagnoser::tell`] gives those.
    pub texts: Option<usize>,
    /// Whether each diagnosis says why it was made.
    pub explain: bool,
    /// Whether each diagnosis carries the lines around the first place where it occurs.
    pub excerpts: bool,
    /// Layers that are left out, to measure what each is worth.
    pub without: Layers,
}

/// Layers of the diagnosis; those that are true are left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // a set of switches is what it is
pub struct Layers {
    /// Undoing encodings.
    pub peel: bool,
    /// Messages that stand nearly.
    pub near: bool,
    /// Messages found by their untranslated tokens.
    pub telling: bool,
    /// Apps named in the text.
    pub context: bool,
    /// Exception chains.
    pub chains: bool,
    /// Descriptions, titles and closest entries.
    pub words: bool,
}

/// What positions are counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Units {
    /// Bytes of the text in UTF-8.
    #[default]
    Bytes,
    /// Code units of the text in UTF-16, as JavaScript counts.
    Utf16,
}

/// The answer to one paste.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Report {
    /// The errors recognised, in the order in which they appear; or, when none was, the closest entries, best first.
    pub diagnoses: Vec<Diagnosis>,
    /// The one choice that would decide between candidates.
    pub question: Option<Question>,
    /// How much was read.
    pub scanned: Scanned,
}

impl Report {
    /// Whether anything is sure enough to act on.
    pub fn is_answer(&self) -> bool {
        self.diagnoses.iter().any(|diagnosis| diagnosis.confidence > Confidence::Possible)
    }
}

/// One error found in the paste. What it says of the entry (title, language, apps, situations) is left out of JSON where
/// it carries no texts; see [`Options::texts`].
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnosis {
    /// The entry's id.
    pub entry: String,
    /// How sure.
    pub confidence: Confidence,
    /// Other entries that this very text could be.
    pub alternatives: Vec<String>,
    /// The entry's title.
    pub title: String,
    /// The language of the title and the situations: the asked one, or the nearest there is. Empty where the diagnosis
    /// carries no texts; see [`Options::texts`].
    pub lang: String,
    /// Whether a machine translated the texts below, and nobody reviewed them; left out of JSON when not.
    pub unreviewed: bool,
    /// The apps that the entry applies to; empty for all apps.
    pub apps: Vec<String>,
    /// The message that was recognised, as the catalog has it.
    pub message: String,
    /// What stood in its slots.
    pub values: Vec<Value>,
    /// What in the paste says so, in order.
    pub evidence: Vec<Evidence>,
    /// How often it occurs.
    pub count: usize,
    /// The lines where it occurs, 1-based, ascending; capped by [`Options::max_lines`].
    pub lines: Vec<usize>,
    /// Causes and steps.
    pub situations: Vec<Situation>,
    /// Why, when [`Options::explain`] asks for it; left out of JSON otherwise.
    pub explanation: Option<Explanation>,
    /// The text around the first occurrence, when [`Options::excerpts`] asks for it; left out of JSON otherwise.
    pub excerpt: Option<Excerpt>,
}

impl Diagnosis {
    /// Whether it carries the entry's texts.
    pub fn has_texts(&self) -> bool {
        !self.lang.is_empty()
    }
}

impl Serialize for Diagnosis {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Diagnosis", 14)?;
        fields.serialize_field("entry", &self.entry)?;
        fields.serialize_field("confidence", &self.confidence)?;
        fields.serialize_field("alternatives", &self.alternatives)?;
        if self.has_texts() {
            fields.serialize_field("title", &self.title)?;
            fields.serialize_field("lang", &self.lang)?;
            if self.unreviewed {
                fields.serialize_field("unreviewed", &true)?;
            }
            fields.serialize_field("apps", &self.apps)?;
        }
        fields.serialize_field("message", &self.message)?;
        fields.serialize_field("values", &self.values)?;
        fields.serialize_field("evidence", &self.evidence)?;
        fields.serialize_field("count", &self.count)?;
        fields.serialize_field("lines", &self.lines)?;
        if self.has_texts() {
            fields.serialize_field("situations", &self.situations)?;
        }
        if let Some(explanation) = &self.explanation {
            fields.serialize_field("explanation", explanation)?;
        }
        if let Some(excerpt) = &self.excerpt {
            fields.serialize_field("excerpt", excerpt)?;
        }
        fields.end()
    }
}

/// Some lines of a paste: for whoever shows an answer to a text that is too long to be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Excerpt {
    /// The number of its first line, 1-based.
    pub line: usize,
    /// Where it begins in the text.
    pub start: usize,
    /// What stands there.
    pub text: String,
}

/// How sure a diagnosis is: words with definitions, in ascending order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// The nearest there is; not enough to act on.
    Possible,
    /// Enough of a message that no other explanation in the catalog is close.
    Likely,
    /// Every literal of a message, in order.
    Certain,
}

/// What stood in a slot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Value {
    /// The slot's name.
    pub name: String,
    /// The value, with escapes undone.
    pub value: String,
    /// Where it begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

/// A part of the paste that speaks for a diagnosis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// Where it begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What it is.
    pub kind: EvidenceKind,
}

/// What a part of the paste is evidence of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum EvidenceKind {
    /// A fixed part of the message.
    Literal,
    /// What stood in a slot.
    Value,
    /// A mention of the app.
    App,
}

/// A choice that only the reader can make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Question {
    /// What it is about.
    pub about: About,
    /// What there is to choose from, each leading to one entry.
    pub choices: Vec<Choice>,
}

/// What a [`Question`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum About {
    /// Which app shows the error.
    App,
    /// Which entry's description fits.
    Situation,
}

/// One answer to a [`Question`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// What it reads: an app's name, or a title.
    pub label: String,
    /// The entry that it leads to.
    pub entry: String,
}

/// How much was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Scanned {
    /// The length of the text in UTF-16 code units (JavaScript's `text.length`).
    pub chars: usize,
    /// The number of lines; an empty text has none.
    pub lines: usize,
}

/// An entry in a listing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EntrySummary {
    /// The entry's id.
    pub id: String,
    /// The id of its product.
    pub product: String,
    /// The apps it applies to; empty for all apps.
    pub apps: Vec<String>,
    /// Its title.
    pub title: String,
    /// The language of the title.
    pub lang: String,
    /// A message of it, in that language if there is one.
    pub message: String,
}

/// A product in a listing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProductSummary {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: String,
}

/// Why a diagnosis was made: how the message was found, what of it was missing, and what was nearly chosen instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// How the message was found.
    pub how: Manner,
    /// How much of the message stands in the text, in percent.
    pub share: u32,
    /// Fixed parts of the message that do not stand in the text.
    pub missing: Vec<String>,
    /// The entry that came next, if any came near.
    pub runner_up: Option<RunnerUp>,
}

/// How a message was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Manner {
    /// All of it, in order.
    Whole,
    /// All but mistakes: typing errors, other words, another order.
    Nearly,
    /// As much of it as the text, which was cut off, can hold.
    Cut,
    /// Its untranslated tokens, among words of an unknown language.
    Tokens,
    /// Not the message, but a description of it or its title.
    Description,
    /// A part of it, not enough to act on.
    Part,
}

/// The entry that was nearly chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RunnerUp {
    /// Its id.
    pub entry: String,
    /// Its title, in the report's language.
    pub title: String,
    /// How much of its message stands in the text, in percent.
    pub share: u32,
    /// Fixed parts of its message that do not stand in the text: what spoke against it.
    pub missing: Vec<String>,
    /// Whether a number in its message stands in the text as another: another code is another error.
    pub other_code: bool,
}
