//! Every lint by its code: what `check` can say, and nothing else. `catalog/README-lints.md` explains each; a test holds the two
//! together.

/// A lint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lint {
    /// Its stable name.
    pub code: &'static str,
    /// What is wrong when it is said.
    pub summary: &'static str,
}

/// All lints, by code.
pub const LINTS: &[Lint] = &[
    Lint { code: "apps-differ", summary: "a translation names other apps than the original" },
    Lint { code: "bad-apps", summary: "the front matter's apps are not a list of names" },
    Lint { code: "bad-base", summary: "the front matter's base is no https folder" },
    Lint { code: "bad-catalog", summary: "a compiled catalog cannot be read" },
    Lint { code: "bad-date", summary: "a date is not written year-month-day" },
    Lint { code: "bad-entry", summary: "an entry of a compiled catalog cannot be read" },
    Lint { code: "bad-front-matter", summary: "the front matter is not YAML" },
    Lint { code: "bad-id", summary: "an id has characters that ids do not have" },
    Lint { code: "bad-link", summary: "a link leads where no link may" },
    Lint { code: "bad-originals", summary: "the fingerprints of the originals are no list" },
    Lint { code: "bad-product", summary: "a product's id has characters that ids do not have" },
    Lint { code: "bad-regex", summary: "an author's regular expression cannot be used" },
    Lint { code: "bad-toml", summary: "a file of samples is not TOML" },
    Lint { code: "bad-translation", summary: "the state of a translation is none that we know" },
    Lint { code: "chapter-left-out", summary: "prose around the errors was left out" },
    Lint { code: "duplicate-id", summary: "two entries have one id" },
    Lint { code: "duplicate-product", summary: "two products have one id" },
    Lint { code: "entry-without-labels", summary: "a heading of ours labels nothing" },
    Lint { code: "entry-without-message", summary: "an entry has no message" },
    Lint { code: "entry-without-text", summary: "an entry says nothing in any language" },
    Lint { code: "file-too-large", summary: "a file is larger than 16 MiB" },
    Lint { code: "fires-on-ordinary-text", summary: "a message is found in ordinary text" },
    Lint { code: "html", summary: "HTML with text or pictures was left out" },
    Lint { code: "http-link", summary: "a link says http" },
    Lint { code: "id-from-heading", summary: "an entry's id is only its heading's words" },
    Lint { code: "image", summary: "a picture was left out" },
    Lint { code: "include", summary: "text of another file is not here" },
    Lint { code: "label-outside-entry", summary: "a label belongs to no entry" },
    Lint { code: "message-from-heading", summary: "an entry's heading was taken for its message" },
    Lint { code: "message-too-long", summary: "a message is longer than 4 KiB" },
    Lint { code: "missing-translation", summary: "an entry is missing in a language" },
    Lint { code: "near-miss-found", summary: "a near miss finds its entry" },
    Lint { code: "newer-format", summary: "a catalog is written in a newer format" },
    Lint { code: "no-cause", summary: "an entry says no cause" },
    Lint { code: "no-near-miss", summary: "an entry has no near miss" },
    Lint { code: "no-resolution", summary: "an entry does not say what to do" },
    Lint { code: "no-sample", summary: "an entry has no sample" },
    Lint { code: "not-utf-8", summary: "a file is not text in UTF-8" },
    Lint { code: "older-translation", summary: "a translation is older than its original" },
    Lint { code: "placeholder", summary: "something was read as a slot" },
    Lint { code: "row-too-long", summary: "a table's row has too many cells" },
    Lint { code: "row-without-message", summary: "a table's row has no message" },
    Lint { code: "same-message", summary: "two entries have one message, and no app tells them apart" },
    Lint { code: "sample-not-found", summary: "a sample does not find its entry" },
    Lint { code: "sample-stolen", summary: "a sample finds another entry first" },
    Lint { code: "sample-without-entry", summary: "a sample names no entry" },
    Lint { code: "sample-without-text", summary: "a sample has no text" },
    Lint { code: "section-left-out", summary: "a section was read as no entry" },
    Lint { code: "situation-without-when", summary: "a situation does not say when it applies" },
    Lint { code: "slot-changed", summary: "a translation renamed or lost a slot of its message" },
    Lint { code: "slot-lost", summary: "a translation does not show a value" },
    Lint { code: "stale-translation", summary: "a translation's original says something else since" },
    Lint { code: "structure-taken", summary: "an unlabelled entry was read like its translation" },
    Lint { code: "too-deep", summary: "text is nested too deeply" },
    Lint { code: "too-general", summary: "a message is too short to tell anything" },
    Lint { code: "too-many-alternatives", summary: "a message has too many combinations of alternatives" },
    Lint { code: "too-many-entries", summary: "a catalog has more than 100,000 entries" },
    Lint { code: "too-many-messages", summary: "an entry has more than 20 messages" },
    Lint { code: "unclosed-slot", summary: "a slot of a message was never closed" },
    Lint { code: "unknown-app", summary: "nobody knows an app" },
    Lint { code: "unknown-column", summary: "nobody understands a table's column" },
    Lint { code: "unknown-entry", summary: "a sample names an entry that does not exist" },
    Lint { code: "unknown-field", summary: "nobody understands a field" },
    Lint { code: "unknown-heading", summary: "a heading inside an entry says nothing that we know" },
    Lint { code: "unknown-label", summary: "nobody understands a label" },
    Lint { code: "unknown-product", summary: "an entry's product does not exist" },
    Lint { code: "unknown-slot", summary: "a text shows a slot that no message has" },
    Lint { code: "unresolved-link", summary: "a relative link has no base" },
    Lint { code: "untranslated", summary: "a translation says the original's words" },
    Lint { code: "wrong-type", summary: "a field has a value of the wrong type" },
];

/// Codes that say that something of a page was not understood, or left out.
pub const NOT_UNDERSTOOD: &[&str] = &[
    "chapter-left-out",
    "html",
    "image",
    "include",
    "label-outside-entry",
    "row-too-long",
    "row-without-message",
    "section-left-out",
    "too-deep",
    "unknown-column",
    "unknown-heading",
    "unknown-label",
];

/// The lint of this code.
pub fn lint(code: &str) -> Option<&'static Lint> {
    LINTS.iter().find(|lint| lint.code == code)
}
