//! A troubleshooting page in Markdown → catalog entries.
//!
//! Two shapes of page are read: sections, where a heading is an entry and labelled blocks stand under it, and tables,
//! where a row is one. Pages of one product in several languages are joined by their entries' ids. Our own pages, which
//! name their `product`, follow `catalog/README.md`, and what breaks its rules is an error; any other page is read as
//! well as it can be, and what was guessed or left out is a warning at its line. Nothing here panics or fails.
//!
//! ```text
//! text → front_matter, blocks (Markdown), tidy (notation of documentation systems, html_blocks, html_table,
//!        html_list)
//!      → sections: section, roles (what is an entry), leads, labels (what is labelled), table, columns, lists, split,
//!        terms, told, items, quotations, heading, troubles, codes, phrases, transcript (what prose tells, foreign pages only)
//!      → read → entry (message, placeholders, fixes) → join → prose, steps, ways, links → Catalog
//! ```
//!
//! ```
//! use error_diagnoser::page::{Page, compile};
//!
//! let text = "# Shop\n\n## Sold out\n\n**Error**: Item {sku} is out of stock\n\n**Cause**: All {sku} are sold.\n\n\
//!             **Resolution**: Order more.\n";
//! let compiled = compile(&[Page { path: "shop.md".into(), text: text.into() }]);
//! let entry = &compiled.catalog.entries[0];
//! assert_eq!(entry.id, "shop/sold-out");
//! assert_eq!(entry.messages[0].text, "Item {sku} is out of stock");
//! assert!(compiled.problems.is_empty());
//! ```

mod blocks;
mod build;
mod codes;
mod columns;
mod entry;
mod fixes;
mod front_matter;
mod heading;
mod html;
mod html_blocks;
mod html_list;
mod html_table;
mod in_sentences;
mod items;
mod join;
mod labels;
mod leads;
mod links;
mod lists;
mod message;
mod names;
mod phrases;
mod placeholders;
mod prose;
mod quotations;
mod read;
mod roles;
mod samples;
mod section;
mod sections;
mod source;
mod split;
mod steps;
mod strong;
mod table;
mod terms;
mod tidy;
mod told;
mod transcript;
mod troubles;
mod ways;

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Catalog, Problem, nearest};
pub use front_matter::Date;
pub(crate) use join::message_slots;
pub(crate) use prose::words;
pub use samples::{Sample, samples};
use source::Notes;

/// A page as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Where it came from; stands in problems.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// What pages compile to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Compiled {
    /// Everything that was understood.
    pub catalog: Catalog,
    /// What was not, and what should be looked at, by path and line.
    pub problems: Vec<Problem>,
    /// What each page is, in the order of the pages given.
    pub pages: Vec<PageInfo>,
    /// Where each entry stands, by its id and language.
    pub places: BTreeMap<(String, String), Place>,
    /// Entries whose id is only made of their heading, by id and language.
    pub unnamed: BTreeSet<(String, String)>,
}

/// What a page is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageInfo {
    /// Where it came from.
    pub path: String,
    /// The id of its product.
    pub product: String,
    /// Its language.
    pub lang: String,
    /// Whether it names its product, and so is written by our rules.
    pub own: bool,
    /// When it was last written: year, month, day.
    pub date: Option<Date>,
    /// Whether a machine translated it, and nobody reviewed it.
    pub unreviewed: bool,
    /// For each entry that was translated, by its name in the product, the fingerprint of its original at that time.
    pub originals: BTreeMap<String, String>,
}

/// A place in a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The page.
    pub path: String,
    /// 1-based line.
    pub line: u32,
    /// 1-based column, in characters.
    pub column: u32,
}

/// Compiles pages, joining those of one product in several languages. Cost: linear in the pages' length.
pub fn compile(pages: &[Page]) -> Compiled {
    join::join(pages.iter().map(read::read).collect())
}

/// Notes a label that was read as prose: an error on a page of ours if it is plainly a slip.
fn note_unknown_label(notes: &mut Notes, at: usize, words: &str) {
    let what = format!("nothing understands the label \"{words}\"; it was read as prose");
    match nearest(words, labels::all()) {
        Some(near) => notes.fault(at, "unknown-label", what, format!("did you mean \"{near}\"?")),
        None => notes.warning(at, "unknown-label", what, LABELS_HELP),
    }
}

/// Whether these words label a block, in any language.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn is_label(words: &str) -> bool {
    labels::find(words).is_some()
}

const LABELS_HELP: &str = "use Error, Applies to, Cause or Resolution, in any language that we ship";

fn label_help(words: &str) -> String {
    nearest(words, labels::all()).map_or_else(|| LABELS_HELP.into(), |near| format!("did you mean \"{near}\"?"))
}
