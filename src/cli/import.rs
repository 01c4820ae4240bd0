//! `import`: the rules of another tool in, pages and samples out, with an account of what each rule lost.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use error_diagnoser::import::{self, Account, Imported, Kept, RuleFile};
use serde::Serialize;

use super::source::slashed;
use super::{Stop, count, human, reason, site};

#[derive(clap::Args)]
pub struct Args {
    /// What kind of rules: cre (Common Reliability Enumerations)
    #[arg(value_parser = ["cre"])]
    kind: String,
    /// The folder of rules; each rule's test.log and test-fp.log lie beside it
    folder: PathBuf,
    /// The folder to write pages and samples to, new or empty; without it nothing is written
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Print the account of every rule as JSON
    #[arg(long)]
    json: bool,
}

/// The log that a rule must find, and the one that it must not.
const LOGS: [&str; 2] = ["test.log", "test-fp.log"];
/// The longest log that is read, in bytes; of a longer one, so much.
const LONGEST_LOG: usize = 4 * 1024 * 1024;

/// What `--json` prints.
#[derive(Serialize)]
struct Summary<'a> {
    rules: &'a [Account],
    totals: Totals,
}

#[derive(Serialize)]
struct Totals {
    rules: usize,
    whole: usize,
    partly: usize,
    not: usize,
    with_log: usize,
    find_own_log: usize,
    with_other_log: usize,
    find_other_log: usize,
    cross_fire: usize,
}

pub fn run(args: &Args) -> Result<u8, Stop> {
    let files = read(&args.folder)?;
    if files.is_empty() {
        return Err(Stop::failed(format!(
            "there is no rule (.yaml) in the folder {}; give a folder of CRE rules",
            args.folder.display()
        )));
    }
    let imported = import::cre(&files);
    if let Some(out) = &args.out {
        write(out, &imported.files)?;
    }
    let totals = Totals::new(&imported);
    let text = if args.json {
        let summary = Summary { rules: &imported.rules, totals };
        serde_json::to_string_pretty(&summary).map_err(|error| Stop::failed(error.to_string()))? + "\n"
    } else {
        prose(&imported, &totals, args.out.as_deref())
    };
    io::stdout().write_all(text.as_bytes()).map_err(|error| Stop::from_output(&error))?;
    Ok(0)
}

/// Every file of rules in the folder, with the logs beside it.
fn read(folder: &Path) -> Result<Vec<RuleFile>, Stop> {
    let unreadable = |error: io::Error| {
        Stop::failed(format!("cannot read {}: {}; give a folder of CRE rules", folder.display(), reason(&error)))
    };
    let files = site::read(folder).map_err(unreadable)?;
    let text = |bytes: &Vec<u8>| {
        let end = bytes.len().min(LONGEST_LOG);
        String::from_utf8_lossy(&bytes[..end]).into_owned()
    };
    let is_rule = |path: &str| matches!(path.rsplit('.').next(), Some("yaml" | "yml"));
    let rules = files.iter().filter(|(path, bytes)| is_rule(path) && text(bytes).contains("rules:"));
    let with_logs = rules.map(|(path, bytes)| {
        let beside = |name: &str| {
            let log = path.rsplit_once('/').map_or_else(|| name.to_owned(), |(folder, _)| format!("{folder}/{name}"));
            files.get(&log).map(text)
        };
        let [log, other_log] = LOGS.map(beside);
        RuleFile { path: slashed(&folder.join(path)), text: text(bytes), log, other_log }
    });
    Ok(with_logs.collect())
}

fn write(out: &Path, files: &BTreeMap<String, String>) -> Result<(), Stop> {
    let failed = |error: io::Error| {
        Stop::failed(format!(
            "cannot write the catalog to {}: {}; name another folder with --out",
            out.display(),
            reason(&error)
        ))
    };
    if fs::read_dir(out).is_ok_and(|mut inside| inside.next().is_some()) {
        return Err(Stop::failed(format!(
            "the folder {} is not empty; name a new or empty one with --out",
            out.display()
        )));
    }
    for (name, text) in files {
        let path = out.join(name);
        fs::create_dir_all(path.parent().unwrap_or(out)).map_err(failed)?;
        fs::write(path, text).map_err(failed)?;
    }
    Ok(())
}

impl Totals {
    fn new(imported: &Imported) -> Self {
        let count = |is: &dyn Fn(&Account) -> bool| imported.rules.iter().filter(|rule| is(rule)).count();
        Self {
            rules: imported.rules.len(),
            whole: count(&|rule| rule.kept == Kept::Whole),
            partly: count(&|rule| rule.kept == Kept::Partly),
            not: count(&|rule| rule.kept == Kept::Not),
            with_log: count(&|rule| rule.finds_own_log.is_some()),
            find_own_log: count(&|rule| rule.finds_own_log == Some(true)),
            with_other_log: count(&|rule| rule.finds_other_log.is_some()),
            find_other_log: count(&|rule| rule.finds_other_log == Some(true)),
            cross_fire: count(&|rule| !rule.also_finds.is_empty()),
        }
    }
}

fn prose(imported: &Imported, totals: &Totals, out: Option<&Path>) -> String {
    let mut text = String::new();
    for rule in &imported.rules {
        let how = match rule.kept {
            Kept::Whole => "whole",
            Kept::Partly => "partly",
            Kept::Not => "not",
        };
        let entry = rule.entry.as_deref().unwrap_or("-");
        let _ = writeln!(text, "{how:6} {} → {entry}", if rule.id.is_empty() { &rule.path } else { &rule.id });
        for left in &rule.left {
            let _ = writeln!(text, "       {left}");
        }
        if rule.finds_own_log == Some(false) {
            text.push_str("       its own log does not find it\n");
        }
        if rule.finds_other_log == Some(true) {
            text.push_str("       the log that it must not find finds it\n");
        }
        if !rule.also_finds.is_empty() {
            let _ = writeln!(text, "       its own log finds {} as well", rule.also_finds.join(", "));
        }
    }
    let Totals { whole, partly, not, with_log, find_own_log, cross_fire, .. } = totals;
    let _ = writeln!(
        text,
        "\n{}: {whole} whole, {partly} partly, {not} not imported; {find_own_log} of {} find their entry, {cross_fire} of \
         them others as well",
        count(totals.rules, "rule", "rules"),
        count(*with_log, "log", "logs"),
    );
    if totals.with_other_log > 0 {
        let _ =
            writeln!(text, "{} of {} that must not find their entry do", totals.find_other_log, totals.with_other_log);
    }
    if let Some(out) = out {
        let files = count(imported.files.len(), "file", "files");
        let _ = writeln!(text, "{files} written to {}; see what `error-diagnoser check` says of them", out.display());
    }
    text.lines().map(|line| human::printable(line) + "\n").collect()
}
