//! An author's history: pastes from files and folders, and what no entry explains of them, in groups.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use error_diagnoser::draft::{Group, Varied};
use error_diagnoser::score::Case;

use super::human::{printable, without_place};
use super::paste::From;
use super::source::slashed;
use super::{Stop, count, reason, site};

/// How many groups are listed.
const MOST_GROUPS: usize = 20;
/// How many values of a slot are listed.
const MOST_VALUES: usize = 5;

/// Every case; and whether a line could not be read, which is said and does not keep the rest from being read. A file
/// whose name ends in .jsonl, .ndjson or .json and standard input hold a case a line; any other file is a paste, and a
/// folder holds pastes and cases.
pub fn read(paths: &[PathBuf]) -> Result<(Vec<Case>, bool), Stop> {
    let mut cases = Vec::new();
    let mut malformed = false;
    for path in paths {
        if path.is_dir() {
            let files = site::read(path).map_err(|error| {
                Stop::failed(format!("cannot read {}: {}; give a folder of pastes", path.display(), reason(&error)))
            })?;
            for name in files.keys() {
                malformed |= one(&path.join(name), &mut cases)?;
            }
        } else {
            malformed |= one(path, &mut cases)?;
        }
    }
    Ok((cases, malformed))
}

fn one(path: &Path, cases: &mut Vec<Case>) -> Result<bool, Stop> {
    for input in From::arguments(&[path.to_path_buf()]) {
        let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
        let holds_cases = matches!(extension.as_deref(), Some("jsonl" | "ndjson" | "json")) || path == Path::new("-");
        if holds_cases {
            return lines(&input, cases);
        }
        cases.push(Case { id: slashed(path), text: input.text()?, ..Case::default() });
    }
    Ok(false)
}

fn lines(input: &From, cases: &mut Vec<Case>) -> Result<bool, Stop> {
    let mut malformed = false;
    let name = input.name();
    for (number, line) in (1..).zip(BufReader::new(input.open()?).lines()) {
        let line = line.map_err(|error| Stop::failed(format!("{name}: cannot be read: {error}; give a text file")))?;
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str(&line) {
            Ok(case) => cases.push(case),
            Err(error) => {
                malformed = true;
                let (column, what) = (error.column(), without_place(&error));
                let sentence = format!("{name}:{number}:{column}: not a case: {what}; write one JSON object a line");
                eprintln!("error: {}", printable(&sentence));
            }
        }
    }
    Ok(malformed)
}

/// Groups as prose: how many pastes, what they have in common, what varies, which they are.
pub fn groups(groups: &[Group], cases: &[&Case]) -> String {
    let mut out = String::new();
    for group in groups.iter().take(MOST_GROUPS) {
        let _ = writeln!(out, "{:>6}  {}", group.members.len(), printable(&group.message));
        for varied in &group.varied {
            let _ = writeln!(out, "        {}", printable(&values(varied)));
        }
        let ids: Vec<&str> = group.members.iter().take(MOST_VALUES).map(|at| cases[*at].id.as_str()).collect();
        let more = if group.members.len() > ids.len() { ", …" } else { "" };
        let _ = writeln!(out, "        in {}{more}", printable(&ids.join(", ")));
    }
    if groups.len() > MOST_GROUPS {
        let rest = groups.len() - MOST_GROUPS;
        let pastes: usize = groups[MOST_GROUPS..].iter().map(|group| group.members.len()).sum();
        let _ = writeln!(
            out,
            "        and {} in {}",
            count(pastes, "paste", "pastes"),
            count(rest, "group more", "groups more")
        );
    }
    out
}

/// What stood in a slot: `{user}: ann (3), bob, and 4 others`.
pub fn values(varied: &Varied) -> String {
    let listed = varied.values.iter().take(MOST_VALUES);
    let listed: Vec<String> =
        listed.map(|(value, times)| if *times > 1 { format!("{value} ({times})") } else { value.clone() }).collect();
    let others = varied.values.len() - listed.len();
    let more = if others > 0 { format!(", and {}", count(others, "other", "others")) } else { String::new() };
    format!("{{{}}}: {}{more}", varied.name, listed.join(", "))
}
