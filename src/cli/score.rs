//! `score`: how good a catalog answers, on cases with known answers.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, BufRead, BufReader, Write};
use std::path::PathBuf;

use error_diagnoser::Layers;
use error_diagnoser::score::{Case, Score, Tally};

use super::diagnose::diagnoser;
use super::human::{printable, without_place};
use super::paste::From;
use super::{COULD_NOT_RUN, Stop};

#[derive(clap::Args)]
pub struct Args {
    /// Files of cases, one JSON object a line, with the fields id, text and expected (a list of entries), and perhaps app, lang, kind, all, `allow_none`, tolerate; standard input for `-`
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Print the score as JSON
    #[arg(long)]
    json: bool,
    /// Leave out the list of misses
    #[arg(long)]
    quiet: bool,
    /// Score once more for each layer of the diagnosis, without it
    #[arg(long, conflicts_with = "json")]
    ablation: bool,
    /// A folder of pages, a page or a compiled catalog.json; the built-in catalog when not given
    #[arg(long, value_name = "PATH")]
    catalog: Option<PathBuf>,
}

pub fn run(args: &Args) -> Result<u8, Stop> {
    let diagnoser = diagnoser(args.catalog.as_deref())?;
    let (cases, malformed) = read(&args.files)?;
    let score = |without: Layers| {
        let mut score = Score::default();
        for case in &cases {
            score.add(&diagnoser, case, without);
        }
        score
    };
    let whole = score(Layers::default());
    let mut out = String::new();
    if args.json {
        out = serde_json::to_string_pretty(&whole).map_err(|error| Stop::failed(format!("the score: {error}")))?;
        out.push('\n');
    } else if args.ablation {
        heading(&mut out, "layers");
        row(&mut out, "all", &whole.total);
        for (name, without) in layers() {
            row(&mut out, &format!("without {name}"), &score(without).total);
        }
    } else {
        table(&mut out, "kind", &whole.kinds);
        out.push('\n');
        table(&mut out, "language", &whole.languages);
        out.push('\n');
        heading(&mut out, "all");
        row(&mut out, "", &whole.total);
        if !args.quiet {
            misses(&mut out, &whole);
        }
    }
    io::stdout().write_all(out.as_bytes()).map_err(|error| Stop::from_output(&error))?;
    Ok(if malformed { COULD_NOT_RUN } else { 0 })
}

/// Every case; and whether a line could not be read, which is said and does not keep the rest from being scored.
fn read(files: &[PathBuf]) -> Result<(Vec<Case>, bool), Stop> {
    let mut cases = Vec::new();
    let mut malformed = false;
    for input in From::arguments(files) {
        let name = input.name();
        for (number, line) in (1..).zip(BufReader::new(input.open()?).lines()) {
            let line =
                line.map_err(|error| Stop::failed(format!("{name}: cannot be read: {error}; give a text file")))?;
            if line.trim().is_empty() {
                continue;
            }
            match serde_json::from_str(&line) {
                Ok(case) => cases.push(case),
                Err(error) => {
                    malformed = true;
                    let (column, what) = (error.column(), without_place(&error));
                    let sentence =
                        format!("{name}:{number}:{column}: not a case: {what}; write one JSON object a line");
                    eprintln!("error: {}", printable(&sentence));
                }
            }
        }
    }
    Ok((cases, malformed))
}

fn layers() -> [(&'static str, Layers); 6] {
    let all = Layers::default();
    [
        ("peeling", Layers { peel: true, ..all }),
        ("near matches", Layers { near: true, ..all }),
        ("telling tokens", Layers { telling: true, ..all }),
        ("context", Layers { context: true, ..all }),
        ("chains", Layers { chains: true, ..all }),
        ("words", Layers { words: true, ..all }),
    ]
}

fn table(out: &mut String, name: &str, rows: &BTreeMap<String, Tally>) {
    heading(out, name);
    for (name, tally) in rows {
        row(out, name, tally);
    }
}

fn heading(out: &mut String, name: &str) {
    let _ =
        writeln!(out, "{name:24} {:>6} {:>7} {:>7} {:>6} {:>12}", "cases", "right", "top 3", "wrong", "false alarms");
}

fn row(out: &mut String, name: &str, tally: &Tally) {
    let percent = |part: usize| {
        let thousandths = part * 1000 / tally.cases.max(1);
        format!("{}.{} %", thousandths / 10, thousandths % 10)
    };
    let name = printable(name);
    let (right, top3) = (percent(tally.right), percent(tally.top3));
    let _ = writeln!(
        out,
        "{name:24} {:>6} {right:>7} {top3:>7} {:>6} {:>12}",
        tally.cases, tally.wrong, tally.false_alarms
    );
}

fn misses(out: &mut String, score: &Score) {
    for miss in &score.misses {
        let found: Vec<String> =
            miss.found.iter().map(|(entry, sure)| format!("{entry} ({sure:?})").to_lowercase()).collect();
        let expected = if miss.expected.is_empty() { "nothing".to_owned() } else { miss.expected.join(", ") };
        let found = if found.is_empty() { "nothing".to_owned() } else { found.join(", ") };
        let line = format!("{}: {:?}: expected {expected}; found {found}", miss.id, miss.outcome);
        let _ = write!(out, "\n{}", printable(&line));
    }
    if !score.misses.is_empty() {
        out.push('\n');
    }
}
