//! Paste an error, read its causes and the steps that resolve it.
//!
//! A [`Catalog`] holds explained errors; a [`Diagnoser`] is a catalog made ready; [`Diagnoser::diagnose`] says which of
//! them a pasted text holds, where, with which values, and how sure that is.
//!
//! ```
//! use error_diagnoser::{Catalog, Confidence, Diagnoser, Entry, Inline, Message, Options, Product, Situation, Text};
//!
//! let catalog = Catalog {
//!     products: vec![Product { id: "shop".into(), titles: [("en".into(), "Shop".into())].into() }],
//!     entries: vec![Entry {
//!         id: "shop/out-of-stock".into(),
//!         product: "shop".into(),
//!         messages: vec![Message::text("en", "Item {sku} is out of stock in store {store}")],
//!         texts: [("en".into(), Text {
//!             title: "Out of stock".into(),
//!             situations: vec![Situation { cause: vec![Inline::Text("Nothing is left.".into())], ..Situation::default() }],
//!             ..Text::default()
//!         })]
//!         .into(),
//!         ..Entry::default()
//!     }],
//!     ..Catalog::default()
//! };
//! let diagnoser = Diagnoser::new(catalog).expect("a valid catalog");
//!
//! // Escaped, in other case, in the middle of a log line: it is the same message.
//! let text = r#"11:27 {\"msg\": \"ITEM A-17 is out of stock\\nin store Gent.\"}"#;
//! let report = diagnoser.diagnose(text, &Options::default());
//!
//! let found = &report.diagnoses[0];
//! assert_eq!(found.entry, "shop/out-of-stock");
//! assert_eq!(found.confidence, Confidence::Certain);
//! assert_eq!(found.values[0].value, "A-17");
//! assert_eq!(&text[found.values[0].start..found.values[0].end], "A-17");
//! ```
//!
//! # How it flows
//!
//! A paste is peeled and folded ([`paste`]); literal anchors give candidates ([`index`]), which are proved
//! ([`matcher`]); what stands there only nearly ([`near`]) or by its untranslated tokens ([`telling`]) is found beside
//! them ([`finds`]); of an exception chain the innermost leads ([`chains`]); apps named in the text ([`context`]) decide between entries with the same message; how sure is
//! judged in one place ([`judge`]); the answer is plain data ([`report`]), made by [`diagnosis`], of a long text slice by slice ([`Scanner`]). Catalogs are
//! written as Markdown pages (`page`) and checked against their own samples (`check`).
//!
//! # What holds everywhere
//!
//! * `diagnose` never fails. Only making a catalog ready can fail, and then it lists every problem.
//! * Time is linear in the text and hardly grows with the catalog.
//! * Positions point into the text exactly as it was pasted, through every layer.
//! * No markup is made from data, nothing touches disk or network, and nothing depends on the platform: the command and
//!   the browser give the same answer, byte for byte.

#[cfg(all(target_arch = "wasm32", feature = "author"))]
pub mod author;
mod bytes;
pub mod catalog;
pub mod chains;
#[cfg(any(not(target_arch = "wasm32"), feature = "author"))]
pub mod check;
pub mod compact;
pub mod context;
#[cfg(any(not(target_arch = "wasm32"), feature = "author"))]
pub mod delta;
pub mod diagnosis;
#[cfg(any(not(target_arch = "wasm32"), feature = "author"))]
pub mod draft;
#[cfg(not(target_arch = "wasm32"))]
pub mod export;
pub mod finds;
#[cfg(all(target_arch = "wasm32", not(any(feature = "tools", feature = "redact"))))]
mod flat;
#[cfg(not(target_arch = "wasm32"))]
pub mod import;
pub mod index;
#[cfg(all(target_arch = "wasm32", not(feature = "author")))]
mod js;
pub mod judge;
pub mod keyed;
mod lanes;
#[cfg(any(not(target_arch = "wasm32"), feature = "author"))]
pub mod living;
#[cfg(any(not(target_arch = "wasm32"), feature = "tools"))]
mod load;
#[cfg(any(not(target_arch = "wasm32"), feature = "author"))]
pub mod markdown;
pub mod matcher;
#[cfg(any(not(target_arch = "wasm32"), feature = "tools"))]
pub mod messages;
pub mod near;
pub mod notation;
pub mod order;
#[cfg(any(not(target_arch = "wasm32"), feature = "author"))]
pub mod page;
pub mod paste;
pub mod pattern;
pub mod positions;
#[cfg(any(not(target_arch = "wasm32"), feature = "redact", feature = "author"))]
pub mod redact;
pub mod report;
#[cfg(not(target_arch = "wasm32"))]
pub mod schema;
#[cfg(any(not(target_arch = "wasm32"), feature = "author"))]
pub mod score;
pub mod telling;
pub mod template;
#[cfg(all(target_arch = "wasm32", feature = "tools", not(feature = "author")))]
pub mod tools;
#[cfg(all(target_arch = "wasm32", not(any(feature = "tools", feature = "redact"))))]
pub mod wasm;
pub mod words;
#[cfg(all(target_arch = "wasm32", feature = "author"))]
pub mod workbench;

pub use catalog::{App, Catalog, Entry, Inline, Message, Problem, Product, Severity, Situation, Text};
pub use diagnosis::{Diagnoser, Progress, Scanner};
#[cfg(any(not(target_arch = "wasm32"), feature = "redact", feature = "author"))]
pub use redact::{Redaction, Replacement, redact};
pub use report::{
    About, Choice, Confidence, Diagnosis, EntrySummary, Evidence, EvidenceKind, Excerpt, Explanation, Layers, Manner,
    Options, ProductSummary, Question, Report, RunnerUp, Scanned, Units, Value,
};
