//! `draft`: from pastes that no entry explains, a proposed entry.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::PathBuf;

use error_diagnoser::draft::{Group, Proposal, groups, propose};
use error_diagnoser::score::{Case, Score};
use error_diagnoser::{Catalog, Layers};
use serde::Serialize;

use super::diagnose::diagnoser;
use super::human::printable;
use super::{COULD_NOT_RUN, FOUND_PROBLEMS, Stop, count, history};

#[derive(clap::Args)]
pub struct Args {
    /// Pastes: files, folders of files, or .jsonl files with one {"id", "text"} a line; standard input for `-`
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// For how many groups of like pastes to propose an entry, the largest first
    #[arg(long, value_name = "N", default_value_t = 1)]
    groups: usize,
    /// The product that the entry is for; the catalog's first when not given
    #[arg(long, value_name = "NAME")]
    product: Option<String>,
    /// Also of pastes that an entry explains
    #[arg(long)]
    all: bool,
    /// Print the proposals as JSON
    #[arg(long)]
    json: bool,
    /// A folder of pages, a page or a compiled catalog.json; the built-in catalog when not given
    #[arg(long, value_name = "PATH")]
    catalog: Option<PathBuf>,
}

/// What `--json` prints, a list of them.
#[derive(Serialize)]
struct Drafted<'a> {
    /// The ids of the pastes.
    cases: Vec<&'a str>,
    #[serde(flatten)]
    group: &'a Group,
    #[serde(flatten)]
    proposal: Proposal,
}

pub fn run(args: &Args) -> Result<u8, Stop> {
    let diagnoser = diagnoser(args.catalog.as_deref())?;
    let (cases, malformed) = history::read(&args.files)?;
    let mut score = Score::default();
    let unexplained: Vec<&Case> = cases
        .iter()
        .filter(|case| {
            // Whatever was expected: an answer is an explanation, and what must have none needs none.
            let known = case.expected.clone().filter(Vec::is_empty);
            let history = Case { expected: known, ..(*case).clone() };
            !score.add(&diagnoser, &history, Layers::default()) || args.all
        })
        .collect();
    let texts: Vec<&str> = unexplained.iter().map(|case| case.text.as_str()).collect();
    let found = groups(&texts);
    if found.is_empty() {
        let pastes = count(cases.len(), "paste", "pastes");
        let sentence =
            format!("nothing to draft from: an entry explains each of the {pastes}, or none holds a line that tells");
        return Err(Stop::FoundProblems(sentence));
    }
    let catalog = diagnoser.catalog();
    let product = product(args, &catalog);
    let drafted: Vec<Drafted> = found
        .iter()
        .enumerate()
        .take(args.groups)
        .map(|(number, group)| {
            let others: Vec<Group> = found
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != number)
                .map(|(_, other)| other.clone())
                .collect();
            let proposal = propose(group, &others, &texts, &catalog, &product);
            Drafted { cases: group.members.iter().map(|at| unexplained[*at].id.as_str()).collect(), group, proposal }
        })
        .collect();
    let out = if args.json {
        serde_json::to_string_pretty(&drafted).map_err(|error| Stop::failed(error.to_string()))? + "\n"
    } else {
        drafted.iter().map(|one| prose(one, unexplained.len())).collect::<Vec<_>>().join("\n")
    };
    io::stdout().write_all(out.as_bytes()).map_err(|error| Stop::from_output(&error))?;
    let is_unusable = drafted.iter().any(|one| one.proposal.unusable.is_some());
    Ok(if malformed {
        COULD_NOT_RUN
    } else if is_unusable {
        FOUND_PROBLEMS
    } else {
        0
    })
}

fn product(args: &Args, catalog: &Catalog) -> String {
    let first = catalog.products.first().map(|product| product.id.clone());
    args.product.clone().or(first).unwrap_or_else(|| "product".into())
}

fn prose(drafted: &Drafted, unexplained: usize) -> String {
    let Drafted { group, proposal, .. } = drafted;
    let mut out = String::new();
    let members = count(group.members.len(), "paste", "pastes");
    let _ = writeln!(out, "{members} of {unexplained} that no entry explains have in common:\n");
    let _ = writeln!(out, "  {}\n", printable(&group.message));
    for varied in &group.varied {
        let _ = writeln!(out, "  {}", printable(&history::values(varied)));
    }
    match &proposal.unusable {
        Some(why) => {
            let _ = writeln!(out, "\nThis cannot be a message: {}; quote more of the pastes yourself.", printable(why));
        }
        None => {
            let _ = writeln!(out, "\nAs an entry it finds {} of them. Its section for a page:\n", proposal.finds);
        }
    }
    let lines = |text: &str| text.lines().map(|line| printable(line) + "\n").collect::<String>();
    out += &lines(&proposal.section);
    if !proposal.samples.is_empty() {
        out += "\nIts samples, for samples.toml beside the page; read them once, redaction is not perfect:\n\n";
        out += &lines(&proposal.samples);
    }
    out
}
