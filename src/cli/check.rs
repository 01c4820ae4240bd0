//! `check`: everything that is wrong with a catalog, and how much there is of it.

use std::io::{self, Write};
use std::path::PathBuf;

use error_diagnoser::check::check;
use error_diagnoser::{Catalog, Diagnoser, Problem, Severity};
use serde::Serialize;

use super::source::Files;
use super::{FOUND_PROBLEMS, Stop, count, human};

#[derive(clap::Args)]
pub struct Args {
    /// Folders, pages or compiled catalogs; the built-in catalog when none is given
    paths: Vec<PathBuf>,
    /// Print one JSON object: {"problems": […], "counts": {…}}
    #[arg(long)]
    json: bool,
    /// Count warnings as problems
    #[arg(long)]
    strict: bool,
}

/// What `--json` prints.
#[derive(Serialize)]
struct Findings {
    problems: Vec<Problem>,
    counts: Counts,
}

/// How much was checked, and how it came out.
#[derive(Serialize)]
struct Counts {
    pages: usize,
    entries: usize,
    messages: usize,
    languages: usize,
    samples: usize,
    errors: usize,
    warnings: usize,
}

pub fn run(args: &Args) -> Result<u8, Stop> {
    let findings = findings(Files::read(&args.paths)?);
    match print(&findings, args.json).map_err(|error| Stop::from_output(&error)) {
        // Whoever reads only the first lines still wants to know by the exit status how it came out.
        Ok(()) | Err(Stop::Closed) => {}
        Err(stop) => return Err(stop),
    }
    let counts = &findings.counts;
    let failed = counts.errors > 0 || (args.strict && counts.warnings > 0);
    Ok(if failed { FOUND_PROBLEMS } else { 0 })
}

fn findings(files: Files) -> Findings {
    let (pages, samples) = (files.pages.len(), files.samples.len());
    let mut problems = files.problems;
    let mut catalogs: Vec<Catalog> = Vec::new();
    // Pages are one catalog together; a compiled catalog is one by itself, and has no samples beside it.
    if pages > 0 || samples > 0 {
        let checked = check(&files.pages, &files.samples);
        problems.extend(checked.problems);
        catalogs.push(checked.catalog);
    }
    for (path, catalog) in files.compiled {
        if let Err(found) = Diagnoser::new(catalog.clone()) {
            problems.extend(found.into_iter().map(|problem| Problem {
                what: format!("{}: {}", problem.path, problem.what),
                path: path.clone(),
                ..problem
            }));
        }
        catalogs.push(catalog);
    }
    let severe = |severity| problems.iter().filter(|problem| problem.severity == severity).count();
    let mut languages: Vec<&str> = catalogs.iter().flat_map(Catalog::languages).collect();
    languages.sort_unstable();
    languages.dedup();
    let counts = Counts {
        pages,
        entries: catalogs.iter().map(|catalog| catalog.entries.len()).sum(),
        messages: catalogs.iter().flat_map(|catalog| &catalog.entries).map(|entry| entry.messages.len()).sum(),
        languages: languages.len(),
        samples,
        errors: severe(Severity::Error),
        warnings: severe(Severity::Warning),
    };
    Findings { problems, counts }
}

fn print(findings: &Findings, json: bool) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    if json {
        serde_json::to_writer_pretty(&mut out, findings)?;
        writeln!(out)?;
    } else {
        for problem in &findings.problems {
            writeln!(out, "{}", human::printable(&problem.to_string()))?;
        }
        writeln!(out, "{}", findings.counts.sentence())?;
    }
    out.flush()
}

impl Counts {
    fn sentence(&self) -> String {
        let found = match (self.errors, self.warnings) {
            (0, 0) => "no problem".into(),
            (0, warnings) => count(warnings, "warning", "warnings"),
            (errors, 0) => count(errors, "error", "errors"),
            (errors, warnings) => {
                format!("{}, {}", count(errors, "error", "errors"), count(warnings, "warning", "warnings"))
            }
        };
        format!(
            "{}, {}, {}, {}, {}: {found}",
            count(self.pages, "page", "pages"),
            count(self.entries, "entry", "entries"),
            count(self.messages, "message", "messages"),
            count(self.languages, "language", "languages"),
            count(self.samples, "sample", "samples"),
        )
    }
}
