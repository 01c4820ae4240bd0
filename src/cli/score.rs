//! `score`: how good a catalog answers, on cases with known answers.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::PathBuf;

use error_diagnoser::Layers;
use error_diagnoser::draft::{Group, groups};
use error_diagnoser::score::{Case, Score, Tally};
use serde::Serialize;

use super::diagnose::diagnoser;
use super::human::printable;
use super::{COULD_NOT_RUN, Stop, count, history};

#[derive(clap::Args)]
pub struct Args {
    /// Files of cases, one JSON object a line, with the fields id and text, and perhaps expected (a list of entries; left out where nobody knows), app, lang, kind, all, `allow_none`, tolerate; files that are a paste each; folders of both; standard input for `-`
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

/// What `--json` prints.
#[derive(Serialize)]
struct Answer<'a> {
    #[serde(flatten)]
    score: &'a Score,
    /// Pastes that no entry explains, by likeness, the largest group first.
    unexplained: Vec<Unexplained<'a>>,
}

#[derive(Serialize)]
struct Unexplained<'a> {
    /// The ids of the pastes.
    cases: Vec<&'a str>,
    #[serde(flatten)]
    group: Group,
}

pub fn run(args: &Args) -> Result<u8, Stop> {
    let diagnoser = diagnoser(args.catalog.as_deref())?;
    let (cases, malformed) = history::read(&args.files)?;
    let score = |without: Layers| {
        let mut score = Score::default();
        let unexplained: Vec<&Case> = cases.iter().filter(|case| !score.add(&diagnoser, case, without)).collect();
        (score, unexplained)
    };
    let (whole, unexplained) = score(Layers::default());
    let mut out = String::new();
    if args.json {
        let answer = Answer { score: &whole, unexplained: likeness(&unexplained) };
        out = serde_json::to_string_pretty(&answer).map_err(|error| Stop::failed(format!("the score: {error}")))?;
        out.push('\n');
    } else if args.ablation {
        heading(&mut out, "layers");
        row(&mut out, "all", &whole.total);
        for (name, without) in layers() {
            row(&mut out, &format!("without {name}"), &score(without).0.total);
        }
    } else {
        if whole.total.cases > 0 {
            table(&mut out, "kind", &whole.kinds);
            out.push('\n');
            table(&mut out, "language", &whole.languages);
            out.push('\n');
            heading(&mut out, "all");
            row(&mut out, "", &whole.total);
            out.push('\n');
        }
        detection(&mut out, &whole);
        if !args.quiet {
            confusions(&mut out, &whole);
            misses(&mut out, &whole);
            not_explained(&mut out, &unexplained);
        }
    }
    io::stdout().write_all(out.as_bytes()).map_err(|error| Stop::from_output(&error))?;
    Ok(if malformed { COULD_NOT_RUN } else { 0 })
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

fn likeness<'a>(unexplained: &[&'a Case]) -> Vec<Unexplained<'a>> {
    let texts: Vec<&str> = unexplained.iter().map(|case| case.text.as_str()).collect();
    let ids = |group: &Group| group.members.iter().map(|at| unexplained[*at].id.as_str()).collect();
    groups(&texts).into_iter().map(|group| Unexplained { cases: ids(&group), group }).collect()
}

fn detection(out: &mut String, score: &Score) {
    let pastes = count(score.pastes, "paste", "pastes");
    let percent = percent(score.answered, score.pastes);
    let _ = writeln!(out, "{} of {pastes} that may have an answer find one: {percent}", score.answered);
}

fn confusions(out: &mut String, score: &Score) {
    if score.confusions.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{:>6}  taken for another entry", "times");
    for confusion in &score.confusions {
        let line = format!("{:>6}  {} for {}", confusion.times, confusion.expected, confusion.answered);
        let _ = writeln!(out, "{}", printable(&line));
    }
}

fn not_explained(out: &mut String, unexplained: &[&Case]) {
    if unexplained.is_empty() {
        return;
    }
    let texts: Vec<&str> = unexplained.iter().map(|case| case.text.as_str()).collect();
    let found = groups(&texts);
    let told: usize = found.iter().map(|group| group.members.len()).sum();
    let _ = writeln!(
        out,
        "\nNo entry explains {}. By likeness, for `draft` to make entries of:\n\n{:>6}  in common",
        count(unexplained.len(), "paste", "pastes"),
        "pastes"
    );
    *out += &history::groups(&found, unexplained);
    if told < unexplained.len() {
        let _ = writeln!(out, "{:>6}  no line that tells", unexplained.len() - told);
    }
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
    let name = printable(name);
    let (right, top3) = (percent(tally.right, tally.cases), percent(tally.top3, tally.cases));
    let _ = writeln!(
        out,
        "{name:24} {:>6} {right:>7} {top3:>7} {:>6} {:>12}",
        tally.cases, tally.wrong, tally.false_alarms
    );
}

fn percent(part: usize, whole: usize) -> String {
    let thousandths = part * 1000 / whole.max(1);
    format!("{}.{} %", thousandths / 10, thousandths % 10)
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
