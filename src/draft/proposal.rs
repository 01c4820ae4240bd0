//! A group of like pastes → an entry to paste into a page, with samples that were tried.
//!
//! What is proposed is tried at once beside the catalog that it is meant for, so that an author reads how many of the
//! pastes it would explain before writing a word. Samples are redacted, since a catalog is public and a history is not.

use std::fmt::Write as _;

use serde::Serialize;

use super::Group;
use crate::catalog::{Catalog, Entry, Message, Product, Text};
use crate::diagnosis::Diagnoser;
use crate::redact::redact;
use crate::report::{Confidence, Options, Report, Units};

/// A longer paste is no sample that anybody reads; its telling line is.
const LONGEST_SAMPLE: usize = 1024;

/// A line that shares fewer words with a message is no near miss.
const LEAST_SHARED: usize = 3;

/// A proposed entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Proposal {
    /// The id that it would have.
    pub entry: String,
    /// The section for a page, its cause and resolution still to be written.
    pub section: String,
    /// The samples, for `samples.toml`.
    pub samples: String,
    /// How many of the group's pastes it finds first.
    pub finds: usize,
    /// Why it cannot be used as it is, if so: a sentence.
    pub unusable: Option<String>,
}

/// Proposes an entry for a group among `pastes`, beside the entries that there are. `others` are groups that it must not
/// find. Cost: making the catalog ready, then diagnosing the group's pastes.
pub fn propose(group: &Group, others: &[Group], pastes: &[&str], catalog: &Catalog, product: &str) -> Proposal {
    let name = group.name();
    let is_taken = |id: &str| catalog.entry(id).is_some();
    let base = format!("{product}/{name}");
    let counted = (2..=catalog.entries.len() + 2).map(|number| format!("{base}-{number}"));
    let id = std::iter::once(base.clone()).chain(counted).find(|id| !is_taken(id)).unwrap_or(base);
    let mut proposal = Proposal {
        section: group.section().replacen(&format!("{{#{name}}}"), &format!("{{#{}}}", &id[product.len() + 1..]), 1),
        entry: id.clone(),
        samples: String::new(),
        finds: 0,
        unusable: None,
    };
    match Diagnoser::new(with(catalog, &id, product, &group.message)) {
        Ok(diagnoser) => prove(&mut proposal, group, others, pastes, &diagnoser),
        Err(problems) => proposal.unusable = problems.into_iter().next().map(|problem| problem.what),
    }
    proposal
}

/// The catalog with the proposed entry in it.
fn with(catalog: &Catalog, id: &str, product: &str, message: &str) -> Catalog {
    let mut catalog = catalog.clone();
    if !catalog.products.iter().any(|known| known.id == product) {
        catalog.products.push(Product { id: product.into(), titles: [("en".into(), product.into())].into() });
    }
    catalog.entries.push(Entry {
        id: id.into(),
        product: product.into(),
        messages: vec![Message::text("en", message)],
        texts: [("en".into(), Text::default())].into(),
        ..Entry::default()
    });
    catalog
}

fn prove(proposal: &mut Proposal, group: &Group, others: &[Group], pastes: &[&str], diagnoser: &Diagnoser) {
    let report = |text: &str| diagnoser.diagnose(text, &Options::default());
    let found: Vec<&str> =
        group.members.iter().map(|at| pastes[*at]).filter(|text| is_first(&report(text), &proposal.entry)).collect();
    proposal.finds = found.len();
    // The first and the last: most often the least alike.
    let chosen = found.first().into_iter().chain(found.last().filter(|_| found.len() > 1));
    let mut texts: Vec<String> = Vec::new();
    for paste in chosen {
        let redacted = redact(paste, Units::Bytes).text;
        let line = redacted.lines().find(|line| is_first(&report(line), &proposal.entry)).unwrap_or_default().trim();
        let whole = Some(redacted.trim()).filter(|text| text.len() <= LONGEST_SAMPLE);
        let text = whole.into_iter().chain([line]).find(|text| is_first(&report(text), &proposal.entry));
        texts.extend(text.map(ToOwned::to_owned));
    }
    texts.dedup();
    for text in &texts {
        sample(&mut proposal.samples, &proposal.entry, text, true);
    }
    let alike = others.iter().map(|other| (shared(&group.line, &other.line), other));
    let near =
        alike.filter(|(shared, _)| *shared >= LEAST_SHARED).max_by_key(|(shared, _)| *shared).map(|(_, other)| other);
    let near = near.map(|other| redact(&other.line, Units::Bytes).text).filter(|line| {
        let mut sure = report(line).diagnoses.into_iter().filter(|found| found.confidence > Confidence::Possible);
        sure.all(|found| found.entry != proposal.entry)
    });
    if let Some(line) = near {
        sample(&mut proposal.samples, &proposal.entry, &line, false);
    }
}

fn is_first(report: &Report, id: &str) -> bool {
    report.diagnoses.first().is_some_and(|found| found.confidence > Confidence::Possible && found.entry == id)
}

/// How many words two lines share.
fn shared(a: &str, b: &str) -> usize {
    let lower = a.to_lowercase();
    let words: std::collections::HashSet<&str> = lower.split_whitespace().collect();
    b.to_lowercase().split_whitespace().filter(|word| words.contains(word)).count()
}

fn sample(samples: &mut String, id: &str, text: &str, finds: bool) {
    let gap = if samples.is_empty() { "" } else { "\n" };
    let string = |text: &str| serde_json::Value::String(text.to_owned());
    // A string of JSON is one of TOML, but for the escaped slash, which is not written.
    let _ = writeln!(samples, "{gap}[[sample]]\nentry = {}\ntext = {}", string(id), string(text));
    if !finds {
        samples.push_str("finds = false\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::groups;
    use crate::page::samples;

    #[test]
    fn a_proposal_finds_its_pastes_and_gives_no_secret_away() {
        let pastes = [
            "ERROR Could not open vault main for user ann@contoso.com: permission denied",
            "ERROR Could not open vault spare for user bob@contoso.com: permission denied",
            "ERROR Could not close vault main: it is jammed",
        ];
        let groups = groups(&pastes);
        let proposal = propose(&groups[0], &groups[1..], &pastes, &Catalog::default(), "vaults");
        assert_eq!((proposal.finds, proposal.unusable.clone()), (2, None));
        assert_eq!(proposal.entry, "vaults/could-not-open-vault-for-user-permission-denied");
        assert!(
            proposal.section.contains("**Error**: `Could not open vault {vault} for user {user}: permission denied`")
        );
        let read = samples("samples.toml", &proposal.samples).unwrap();
        let told: Vec<(bool, bool)> = read.iter().map(|one| (one.finds, one.text.contains("contoso"))).collect();
        assert_eq!(told, [(true, false), (true, false), (false, false)], "{}", proposal.samples);
    }

    #[test]
    fn what_cannot_be_a_message_is_said() {
        let pastes = ["error 17 17", "error 18 18"];
        let group = Group { members: vec![0, 1], message: "{a} {b}".into(), varied: Vec::new(), line: String::new() };
        let proposal = propose(&group, &[], &pastes, &Catalog::default(), "p");
        assert!(proposal.unusable.unwrap().contains("no fixed part"));
    }
}
