//! What came of each page: how many entries and messages, and which places of it were not understood.

use std::collections::BTreeMap;

use serde::Serialize;

use super::codes::NOT_UNDERSTOOD;
use crate::catalog::{Entry, Problem};
use crate::page::Compiled;

/// What came of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PageSummary {
    /// The page.
    pub path: String,
    /// The id of its product.
    pub product: String,
    /// Its language.
    pub lang: String,
    /// Whether it is written by our rules.
    pub own: bool,
    /// How many entries stand in it.
    pub entries: usize,
    /// How many messages it gives them.
    pub messages: usize,
    /// What was not understood, or left out.
    pub left_out: Vec<Left>,
}

/// A place in a page that was not understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Left {
    /// 1-based line.
    pub line: u32,
    /// The lint that says so.
    pub code: String,
    /// What it says.
    pub what: String,
}

/// What came of each page. Cost: linear in entries and problems.
pub(super) fn pages(compiled: &Compiled, problems: &[Problem]) -> Vec<PageSummary> {
    let entries: BTreeMap<&str, &Entry> =
        compiled.catalog.entries.iter().map(|entry| (entry.id.as_str(), entry)).collect();
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for ((id, lang), place) in &compiled.places {
        let count = counts.entry(place.path.as_str()).or_default();
        count.0 += 1;
        let messages = entries.get(id.as_str()).map_or(&[][..], |entry| &entry.messages);
        count.1 += messages.iter().filter(|message| message.lang == *lang).count();
    }
    let mut left: BTreeMap<&str, Vec<Left>> = BTreeMap::new();
    for problem in problems.iter().filter(|problem| NOT_UNDERSTOOD.contains(&problem.code.as_str())) {
        let place = Left { line: problem.line, code: problem.code.clone(), what: problem.what.clone() };
        left.entry(problem.path.as_str()).or_default().push(place);
    }
    let summary = |page: &crate::page::PageInfo| {
        let (entries, messages) = counts.get(page.path.as_str()).copied().unwrap_or_default();
        PageSummary {
            path: page.path.clone(),
            product: page.product.clone(),
            lang: page.lang.clone(),
            own: page.own,
            entries,
            messages,
            left_out: left.get(page.path.as_str()).cloned().unwrap_or_default(),
        }
    };
    compiled.pages.iter().map(summary).collect()
}
