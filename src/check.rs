//! Whether a catalog works: everything an author should know about pages and their samples, in one go.
//!
//! [`check`] compiles the pages, validates the catalog, looks at it with lints, and runs every sample against the whole
//! of it. What a lint looks for stands in `lints`, what a sample must show in `proofs`; this module only brings their
//! findings together and points them at lines.

mod background;
mod codes;
mod crossfire;
mod fix;
mod lints;
mod proofs;
mod summary;

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Catalog, FALLBACK_LANGUAGE, Problem, Severity};
use crate::diagnosis::Diagnoser;
use crate::messages::Messages;
use crate::page::{Compiled, Page, Sample, compile};
use crate::report::{Options, Report};
pub use codes::{LINTS, Lint, NOT_UNDERSTOOD, lint};
pub use crossfire::Shot;
pub use fix::{Fixed, fix};
pub use summary::{Left, PageSummary};

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checked {
    /// The compiled catalog.
    pub catalog: Catalog,
    /// Everything that an author should know, by path and line.
    pub problems: Vec<Problem>,
    /// What came of each page, in the order given.
    pub pages: Vec<PageSummary>,
    /// Which samples find which entries.
    pub crossfire: Vec<Shot>,
}

/// Compiles pages and says everything that is wrong with them, running every sample against the whole catalog.
pub fn check(pages: &[Page], samples: &[Sample]) -> Checked {
    let compiled = compile(pages);
    let mut problems = compiled.problems.clone();
    let mut found = lints::all(&compiled);
    found.extend(crate::living::stale(&compiled));
    found.extend(proofs::coverage(&compiled, samples));
    // One broken entry must not hide what the samples of all others show.
    let mut testable = compiled.catalog.clone();
    let mut diagnoser = Diagnoser::new(testable.clone());
    if let Err(broken) = &diagnoser {
        let culprits: BTreeSet<&str> = broken.iter().map(|problem| problem.path.as_str()).collect();
        testable.entries.retain(|entry| !culprits.contains(entry.id.as_str()));
        let rest = Diagnoser::new(testable.clone());
        found.extend(broken.iter().cloned());
        diagnoser = rest;
    }
    let mut crossfire = Vec::new();
    if let Ok(diagnoser) = &diagnoser {
        let diagnose = |text: &str, options: &Options| -> Report { diagnoser.diagnose(text, options) };
        let whole: Vec<Sample> =
            samples.iter().filter(|sample| testable.entry(&sample.entry).is_some()).cloned().collect();
        found.extend(proofs::run(&testable, &whole, diagnose));
        found.extend(background::fires(diagnose));
        crossfire = crossfire::fire(&testable, &whole, diagnose);
    }
    problems.extend(placed(found, &compiled));
    problems.sort_by(|a, b| (&a.path, a.line, a.column, &a.code).cmp(&(&b.path, b.line, b.column, &b.code)));
    problems.dedup();
    let pages = summary::pages(&compiled, &problems);
    Checked { catalog: compiled.catalog, problems, pages, crossfire }
}

/// Compiles pages and says what is wrong with them by themselves: for whoever is still typing. What pastes show, samples
/// and ordinary text, is left to [`proofs_missing`] and [`prove`]. Cost: linear in the pages.
pub fn look(pages: &[Page]) -> (Catalog, Vec<Problem>) {
    let compiled = compile(pages);
    let mut found = lints::all(&compiled);
    found.extend(crate::living::stale(&compiled));
    found.extend(compiled.catalog.validate());
    found.extend(Messages::problems(&compiled.catalog));
    let mut problems = compiled.problems.clone();
    problems.extend(placed(found, &compiled));
    problems.sort_by(|a, b| (&a.path, a.line, a.column, &a.code).cmp(&(&b.path, b.line, b.column, &b.code)));
    problems.dedup();
    (compiled.catalog, problems)
}

/// Which samples are missing, and which messages fire on ordinary text: what is left of [`check`] beside [`look`] and
/// [`prove`].
pub fn proofs_missing(pages: &[Page], samples: &[Sample], diagnoser: Option<&Diagnoser>) -> Vec<Problem> {
    let compiled = compile(pages);
    let mut found = proofs::coverage(&compiled, samples);
    if let Some(diagnoser) = diagnoser {
        found.extend(background::fires(|text, options| diagnoser.diagnose(text, options)));
    }
    placed(found, &compiled)
}

/// What one sample shows, through whatever diagnoses.
pub fn prove(catalog: &Catalog, sample: &Sample, diagnose: impl Fn(&str, &Options) -> Report) -> Option<Problem> {
    proofs::run(catalog, std::slice::from_ref(sample), diagnose).pop()
}

/// Points problems that name an entry at its line; in the language that texts fall back to if it has one.
fn placed(problems: Vec<Problem>, compiled: &Compiled) -> Vec<Problem> {
    let mut places = BTreeMap::new();
    for ((id, lang), place) in &compiled.places {
        if lang == FALLBACK_LANGUAGE || !places.contains_key(id.as_str()) {
            places.insert(id.as_str(), place);
        }
    }
    let at_its_line = |problem: Problem| match places.get(problem.path.as_str()) {
        Some(place) => Problem { path: place.path.clone(), ..problem }.at(place.line, place.column),
        None => problem,
    };
    problems.into_iter().map(at_its_line).collect()
}

/// An error where our own rules hold, a warning where a foreign page breaks them.
fn graded(own: bool, problem: Problem) -> Problem {
    Problem { severity: if own { Severity::Error } else { Severity::Warning }, ..problem }
}
