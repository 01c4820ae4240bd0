//! Skeleton: the core is being written on main.
use crate::catalog::{Catalog, Problem, Severity};
use crate::report::{Options, Report};

/// A catalog made ready to diagnose with.
#[derive(Debug)]
pub struct Diagnoser {
    catalog: Catalog,
}

impl Diagnoser {
    /// Makes a catalog ready. Fails with every problem that [`Catalog::validate`] and the compiler of messages find.
    pub fn new(catalog: Catalog) -> Result<Self, Vec<Problem>> {
        let problems = catalog.validate();
        if problems.iter().any(|problem| problem.severity == Severity::Error) {
            Err(problems)
        } else {
            Ok(Self { catalog })
        }
    }

    /// The catalog that it was made from.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// What the paste says. Never fails.
    pub fn diagnose(&self, text: &str, options: &Options) -> Report {
        let _ = (text, options);
        Report::default()
    }
}
