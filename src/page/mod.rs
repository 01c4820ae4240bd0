//! Skeleton: the page parser is being written.
use crate::catalog::{Catalog, Problem};

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
    /// What was not, and what should be looked at.
    pub problems: Vec<Problem>,
}

/// Compiles pages, joining those of one product in several languages.
pub fn compile(pages: &[Page]) -> Compiled {
    let _ = pages;
    Compiled::default()
}

/// A paste that must, or must not, find an entry: the proof beside the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Where it came from; stands in problems.
    pub path: String,
    /// 1-based line in that file.
    pub line: u32,
    /// The entry's id.
    pub entry: String,
    /// The paste.
    pub text: String,
    /// The app given with it.
    pub app: Option<String>,
    /// Whether it must find the entry, or must not.
    pub finds: bool,
    /// Whether the page shows it as a sample to try.
    pub show: bool,
}

/// Reads a `samples.toml`.
pub fn samples(path: &str, text: &str) -> Result<Vec<Sample>, Vec<Problem>> {
    let _ = (path, text);
    Ok(Vec::new())
}
