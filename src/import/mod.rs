//! Catalogs of other kinds → pages and samples of ours.
//!
//! The one kind so far is the rules of Common Reliability Enumerations (CRE): a YAML file a rule, a log beside it that it
//! must find, sometimes one that it must not. [`cre`] turns them into troubleshooting pages, so that whoever imports
//! them can go on writing, and proves on the rules' own logs that the pages find them. It says of each rule what it
//! asked that a paste cannot show. It may not touch disk: it is given texts and gives texts.

mod cre;
mod expression;
mod message;
mod writing;

use std::collections::BTreeMap;

pub use cre::Rule;
use message::Read;
use serde::Serialize;
use writing::Proof;

use crate::catalog::Catalog;
use crate::diagnosis::Diagnoser;
use crate::page::{self, Page};
use crate::report::{Confidence, Options, Report};

/// A file of rules, with the logs that lie beside it.
#[derive(Clone, Debug, Default)]
pub struct RuleFile {
    /// Where it came from; stands in the account.
    pub path: String,
    /// Its text, YAML.
    pub text: String,
    /// The log that its rule must find.
    pub log: Option<String>,
    /// The log that its rule must not find.
    pub other_log: Option<String>,
}

/// What rules became.
#[derive(Debug, Default)]
pub struct Imported {
    /// The files of the catalog: path and text.
    pub files: BTreeMap<String, String>,
    /// What became of each rule, in the order given.
    pub rules: Vec<Account>,
}

/// How much of a rule a catalog can keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kept {
    /// All that it asks of a log.
    Whole,
    /// Its entry is found by its conditions; something that it asks beside them is not asked.
    Partly,
    /// Nothing: no condition of it has enough fixed text.
    Not,
}

/// What became of one rule.
#[derive(Clone, Debug, Serialize)]
pub struct Account {
    /// The file.
    pub path: String,
    /// The rule's own id.
    pub id: String,
    /// The entry that explains it now, if any.
    pub entry: Option<String>,
    /// How much of it is kept.
    pub kept: Kept,
    /// What it asks that a paste cannot show or that a message cannot say, a sentence each.
    pub left: Vec<String>,
    /// How many messages it has.
    pub messages: usize,
    /// Whether its own log finds it; none when there is no log.
    pub finds_own_log: Option<bool>,
    /// Whether the log that it must not find does find it; none when there is no such log.
    pub finds_other_log: Option<bool>,
    /// Other entries that its own log finds.
    pub also_finds: Vec<String>,
}

/// A rule on its way.
struct Entry {
    rule: Rule,
    log: Option<String>,
    other_log: Option<String>,
    messages: Vec<Read>,
    /// The entry that it became: its own, or that of the rule whose messages it shares.
    id: String,
    /// The rule whose entry it is a situation of.
    within: Option<usize>,
}

/// Turns rules into pages and samples, and proves them on their own logs. Cost: linear in the rules, and in their logs
/// twice.
pub fn cre(files: &[RuleFile]) -> Imported {
    let mut accounts = Vec::new();
    let mut entries: Vec<Entry> = Vec::new();
    let mut account_of: Vec<usize> = Vec::new();
    for file in files {
        for read in cre::rules(&file.path, &file.text) {
            match read {
                Ok(mut rule) => {
                    let messages = message::choose(&mut rule);
                    accounts.push(account(&rule, &file.path, messages.len()));
                    if !messages.is_empty() {
                        account_of.push(accounts.len() - 1);
                        let (log, other_log) = (file.log.clone(), file.other_log.clone());
                        entries.push(Entry { rule, log, other_log, messages, id: String::new(), within: None });
                    }
                }
                Err(why) => accounts.push(Account {
                    path: file.path.clone(),
                    id: String::new(),
                    entry: None,
                    kept: Kept::Not,
                    left: vec![why],
                    messages: 0,
                    finds_own_log: None,
                    finds_other_log: None,
                    also_finds: Vec::new(),
                }),
            }
        }
    }
    name(&mut entries);
    share(&mut entries);
    prune(&mut entries);
    let diagnoser = Diagnoser::new(compiled(&writing::files(&entries, &[]))).ok();
    let reports = diagnoser.as_ref().map(|diagnoser| run(&entries, diagnoser));
    for (number, entry) in entries.iter().enumerate() {
        let account = &mut accounts[account_of[number]];
        account.entry = Some(entry.id.clone());
        account.messages = entry.messages.len();
        account.left.clone_from(&entry.rule.left);
        if let Some(owner) = entry.within {
            let owner = &entries[owner].rule.id;
            account.left.push(format!("has no message but those of {owner}; it is a situation of that entry"));
        }
        account.kept = if account.left.is_empty() { Kept::Whole } else { Kept::Partly };
        let Some(reports) = &reports else { continue };
        let (own, other) = &reports[number];
        account.finds_own_log = own.as_ref().map(|report| finds(report, &entry.id));
        account.finds_other_log = other.as_ref().map(|report| finds(report, &entry.id));
        account.also_finds = own.iter().flat_map(sure).filter(|id| *id != entry.id).map(ToOwned::to_owned).collect();
    }
    let proofs: Vec<Vec<Proof>> = match (&diagnoser, &reports) {
        (Some(diagnoser), Some(reports)) => {
            entries.iter().zip(reports).map(|(entry, reports)| proofs(entry, reports, diagnoser)).collect()
        }
        _ => Vec::new(),
    };
    Imported { files: writing::files(&entries, &proofs), rules: accounts }
}

/// A log that is longer than this, in bytes, is no sample that anybody reads; the lines around the find are.
const LONGEST_SAMPLE: usize = 4096;

/// The samples that a rule's logs give: of the whole log, the lines around the find and the line itself the first that
/// finds the entry before any other.
fn proofs(entry: &Entry, (own, other): &(Option<Report>, Option<Report>), diagnoser: &Diagnoser) -> Vec<Proof> {
    let mut proofs = Vec::new();
    if let (Some(log), Some(report)) = (&entry.log, own) {
        let mine = report.diagnoses.iter().find(|found| found.entry == entry.id);
        let line = mine.and_then(|found| found.lines.first()).map_or(0, |line| line - 1);
        let lines: Vec<&str> = log.lines().collect();
        let around = |reach: usize| lines[line.saturating_sub(reach)..lines.len().min(line + reach + 1)].join("\n");
        let candidates = [log.trim_end().to_owned(), around(3), around(0)];
        let is_first = |text: &String| {
            text.len() <= LONGEST_SAMPLE
                && sure(&diagnoser.diagnose(text, &Options::default())).next() == Some(entry.id.as_str())
        };
        proofs.extend(candidates.into_iter().find(is_first).map(|text| (text, true)));
    }
    if let (Some(log), Some(report)) = (&entry.other_log, other)
        && log.len() <= LONGEST_SAMPLE
        && !finds(report, &entry.id)
    {
        proofs.push((log.trim_end().to_owned(), false));
    }
    proofs
}

fn account(rule: &Rule, path: &str, messages: usize) -> Account {
    Account {
        path: path.to_owned(),
        id: rule.id.clone(),
        entry: None,
        kept: Kept::Not,
        left: rule.left.clone(),
        messages,
        finds_own_log: None,
        finds_other_log: None,
        also_finds: Vec::new(),
    }
}

/// Gives every entry an id of its own; rules that share one are counted.
fn name(entries: &mut [Entry]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for entry in entries {
        let base = format!("{}/{}", entry.rule.product, entry.rule.slug());
        let times = seen.entry(base.clone()).or_default();
        *times += 1;
        entry.id = if *times == 1 { base } else { format!("{base}-{times}") };
    }
}

/// Keeps a message that several rules have at the first of them; a rule without a message of its own becomes a situation
/// of that one, because nothing in a paste would tell the two apart.
fn share(entries: &mut [Entry]) {
    let mut owners: BTreeMap<String, usize> = BTreeMap::new();
    for number in 0..entries.len() {
        let messages = std::mem::take(&mut entries[number].messages);
        let owner = messages.first().and_then(|message| owners.get(&message.key).copied());
        let own: Vec<Read> = messages.into_iter().filter(|message| !owners.contains_key(&message.key)).collect();
        owners.extend(own.iter().map(|message| (message.key.clone(), number)));
        if let (true, Some(owner)) = (own.is_empty(), owner) {
            let id = entries[owner].id.clone();
            (entries[number].within, entries[number].id) = (Some(owner), id);
        }
        entries[number].messages = own;
    }
}

/// Leaves out messages that stand in the logs of other rules, where the rule's own log is found without them.
fn prune(entries: &mut [Entry]) {
    let Ok(diagnoser) = Diagnoser::new(compiled(&writing::files(entries, &[]))) else { return };
    let reports = run(entries, &diagnoser);
    let told = |report: &Report, id: &str| -> Vec<String> {
        let sure = report.diagnoses.iter().filter(|found| found.confidence > Confidence::Possible);
        sure.filter(|found| found.entry == id).map(|found| found.message.clone()).collect()
    };
    for number in 0..entries.len() {
        let id = entries[number].id.clone();
        let Some((Some(own), _)) = reports.get(number) else { continue };
        if entries[number].messages.len() < 2 {
            continue;
        }
        let own = told(own, &id);
        let foreign: Vec<(String, usize)> = (0..entries.len())
            .filter(|other| entries[*other].id != id)
            .filter_map(|other| Some((other, reports[other].0.as_ref()?)))
            .flat_map(|(other, report)| told(report, &id).into_iter().map(move |message| (message, other)))
            .collect();
        let is_foreign = |text: &str| foreign.iter().find(|(message, _)| message == text).map(|(_, other)| *other);
        if own.is_empty() || own.iter().all(|text| is_foreign(text).is_some()) {
            continue;
        }
        let gone: Vec<(String, String)> = entries[number]
            .messages
            .iter()
            .filter_map(|message| Some((message.text.clone(), entries[is_foreign(&message.text)?].rule.id.clone())))
            .collect();
        let entry = &mut entries[number];
        entry.messages.retain(|message| !gone.iter().any(|(text, _)| *text == message.text));
        entry.rule.left.extend(
            gone.into_iter()
                .map(|(text, other)| format!("\"{text}\" is left out: it stands in the log of {other} as well")),
        );
    }
}

type Reports = Vec<(Option<Report>, Option<Report>)>;

/// What the logs find: each rule's own, and the one that it must not find.
fn run(entries: &[Entry], diagnoser: &Diagnoser) -> Reports {
    let options = Options::default();
    let diagnose = |log: &Option<String>| log.as_ref().map(|log| diagnoser.diagnose(log, &options));
    entries.iter().map(|entry| (diagnose(&entry.log), diagnose(&entry.other_log))).collect()
}

/// The catalog that the pages among these files make.
pub fn compiled(files: &BTreeMap<String, String>) -> Catalog {
    let is_page = |path: &str| path.rsplit('.').next() == Some("md");
    let pages: Vec<Page> = files
        .iter()
        .filter(|(path, _)| is_page(path))
        .map(|(path, text)| Page { path: path.clone(), text: text.clone() })
        .collect();
    page::compile(&pages).catalog
}

/// The entries that a report is sure of, and those that could be meant as well.
fn sure(report: &Report) -> impl Iterator<Item = &str> {
    let sure = report.diagnoses.iter().filter(|found| found.confidence > Confidence::Possible);
    sure.flat_map(|found| std::iter::once(&found.entry).chain(&found.alternatives)).map(String::as_str)
}

fn finds(report: &Report, id: &str) -> bool {
    sure(report).any(|found| found == id)
}
