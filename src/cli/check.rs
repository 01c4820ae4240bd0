//! `check`: everything that is wrong with a catalog, what came of each page, and which samples find which entries.

mod heat;
mod snippets;

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use error_diagnoser::check::{PageSummary, Shot, check, fix};
use error_diagnoser::{Catalog, Diagnoser, Problem, Severity};
use serde::Serialize;

use super::source::{Files, slashed};
use super::{FOUND_PROBLEMS, Stop, count, human, reason};

#[derive(clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct Args {
    /// Folders, pages or compiled catalogs; the built-in catalog when none is given
    paths: Vec<PathBuf>,
    /// Print one JSON object: {"problems": […], "pages": […], "crossfire": […], "counts": {…}}
    #[arg(long)]
    json: bool,
    /// Print problems with the lines that they are about, or a line each; by itself, snippets in a terminal
    #[arg(long, value_enum, default_value_t = Show::Auto)]
    show: Show,
    /// Write what is mechanical into the files: ids, https, samples drafted from messages
    #[arg(long)]
    fix: bool,
    /// With --fix: the https folder that relative links are relative to, for pages that do not say
    #[arg(long, value_name = "URL", requires = "fix")]
    base: Option<String>,
    /// Print which samples find which other entries
    #[arg(long)]
    crossfire: bool,
    /// Write which samples find which entries as a heat map
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Count warnings as problems
    #[arg(long)]
    strict: bool,
    /// Explain a lint: what, why, an example, and what to write instead
    #[arg(long, value_name = "CODE", conflicts_with_all = ["paths", "fix", "html"])]
    explain: Option<String>,
}

/// The guide to all lints, a section each.
const GUIDE: &str = include_str!("../../catalog/README-lints.md");

/// How problems are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Show {
    /// Snippets in a terminal, a line each elsewhere
    Auto,
    /// A line each: path:line:column: …
    Lines,
    /// With the lines of the page that they are about
    Snippets,
}

/// What `--json` prints.
#[derive(Serialize)]
struct Findings {
    problems: Vec<Problem>,
    pages: Vec<PageSummary>,
    crossfire: Vec<Shot>,
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
    if let Some(code) = &args.explain {
        return explain(code);
    }
    let mut files = Files::read(&args.paths)?;
    if args.fix {
        apply(&files, args)?;
        files = Files::read(&args.paths)?;
    }
    let sources: BTreeMap<String, String> =
        files.pages.iter().map(|page| (page.path.clone(), page.text.clone())).collect();
    let findings = findings(files);
    if let Some(path) = &args.html {
        fs::write(path, heat::page(&findings.crossfire)).map_err(|error| unwritable(path, &error))?;
    }
    match print(&findings, &sources, args).map_err(|error| Stop::from_output(&error)) {
        // Whoever reads only the first lines still wants to know by the exit status how it came out.
        Ok(()) | Err(Stop::Closed) => {}
        Err(stop) => return Err(stop),
    }
    let counts = &findings.counts;
    let failed = counts.errors > 0 || (args.strict && counts.warnings > 0);
    Ok(if failed { FOUND_PROBLEMS } else { 0 })
}

/// Prints a lint's section of the guide.
fn explain(code: &str) -> Result<u8, Stop> {
    let section = GUIDE.split("\n## ").skip(1).find(|section| section.lines().next() == Some(code));
    let Some(section) = section else {
        return Err(Stop::failed(format!("there is no lint \"{code}\"; catalog/README-lints.md lists them all")));
    };
    let mut out = io::stdout().lock();
    writeln!(out, "{}", section.trim_end()).map_err(|error| Stop::from_output(&error))?;
    Ok(0)
}

/// Writes what is mechanical, and says what it wrote.
fn apply(files: &Files, args: &Args) -> Result<(), Stop> {
    if args.paths.is_empty() {
        return Err(Stop::failed("the built-in catalog cannot be fixed; name the folder of your pages"));
    }
    if let Some(base) = args.base.as_deref().filter(|base| !base.starts_with("https://") || !base.ends_with('/')) {
        return Err(Stop::failed(format!("\"{base}\" is no https folder; write it as https://…/")));
    }
    let mut sample_files = BTreeMap::new();
    for folder in files.pages.iter().filter_map(|page| Path::new(&page.path).parent()) {
        let path = folder.join("samples.toml");
        if let Ok(text) = fs::read_to_string(&path) {
            sample_files.insert(slashed(&path), text);
        }
    }
    let fixed = fix(&files.pages, &files.samples, &sample_files, args.base.as_deref());
    for (path, text) in &fixed.files {
        fs::write(path, text).map_err(|error| unwritable(Path::new(path), &error))?;
    }
    for done in &fixed.done {
        eprintln!("fixed: {}", human::printable(done));
    }
    Ok(())
}

fn unwritable(path: &Path, error: &io::Error) -> Stop {
    Stop::failed(format!("cannot write {}: {}", path.display(), reason(error)))
}

fn findings(files: Files) -> Findings {
    let (pages, samples) = (files.pages.len(), files.samples.len());
    let (mut summaries, mut crossfire) = (Vec::new(), Vec::new());
    let mut problems = files.problems;
    let mut catalogs: Vec<Catalog> = Vec::new();
    // Pages are one catalog together; a compiled catalog is one by itself, and has no samples beside it.
    if pages > 0 || samples > 0 {
        let checked = check(&files.pages, &files.samples);
        problems.extend(checked.problems);
        summaries = checked.pages;
        crossfire = checked.crossfire;
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
    Findings { problems, pages: summaries, crossfire, counts }
}

fn print(findings: &Findings, sources: &BTreeMap<String, String>, args: &Args) -> io::Result<()> {
    let is_terminal = io::stdout().is_terminal();
    let mut out = io::BufWriter::new(io::stdout().lock());
    if args.json {
        serde_json::to_writer_pretty(&mut out, findings)?;
        writeln!(out)?;
        return out.flush();
    }
    let with_snippets = args.show == Show::Snippets || args.show == Show::Auto && is_terminal;
    for problem in &findings.problems {
        match sources.get(&problem.path).filter(|_| with_snippets && problem.line > 0) {
            Some(text) => writeln!(out, "{}\n", snippets::render(problem, text, is_terminal))?,
            None => writeln!(out, "{}", human::printable(&problem.to_string()))?,
        }
    }
    for page in findings.pages.iter().filter(|page| !page.own) {
        writeln!(out, "{}", human::printable(&summary(page)))?;
    }
    if args.crossfire {
        write!(out, "{}", heat::table(&findings.crossfire))?;
    }
    writeln!(out, "{}", findings.counts.sentence())?;
    out.flush()
}

/// What came of a foreign page.
fn summary(page: &PageSummary) -> String {
    let mut lines: Vec<u32> = page.left_out.iter().map(|left| left.line).collect();
    lines.dedup();
    let listed: Vec<String> = lines.iter().map(ToString::to_string).collect();
    let left = match listed.len() {
        0 => "every line understood".into(),
        1 => format!("line {} not understood", listed[0]),
        _ => format!("lines {} not understood", listed.join(", ")),
    };
    format!(
        "{}: {}, {}; {left}",
        page.path,
        count(page.entries, "entry", "entries"),
        count(page.messages, "message", "messages")
    )
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
