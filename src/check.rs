//! Skeleton: whether a catalog works.
use crate::catalog::{Catalog, Problem};
use crate::page::{Page, Sample};

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checked {
    /// The compiled catalog.
    pub catalog: Catalog,
    /// Everything that an author should know, errors first.
    pub problems: Vec<Problem>,
}

/// Compiles pages and says everything that is wrong with them, running every sample against the whole catalog.
pub fn check(pages: &[Page], samples: &[Sample]) -> Checked {
    let _ = (pages, samples);
    Checked::default()
}
