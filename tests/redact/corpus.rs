//! The corpus, and how well it is redacted, by kind.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use error_diagnoser::{Redaction, Units, redact};
use serde::Deserialize;

use super::promises::assert_promises;

/// The cases that are known to come out wrong: a version after the name of a scoped package reads like an address after
/// a word.
const KNOWN: &[&str] = &["ipv4-48"];

/// The cases of which more is taken than the secret, because it belongs to it: the account before a signature, the service
/// before the way that is its key, the line ends of a private key. (Of private keys everything inside is taken.)
const WIDER: &[&str] = &[
    "authorization-17",
    "authorization-20",
    "authorization-31",
    "authorization-40",
    "cloud-key-57",
    "cloud-key-58",
    "cookie-16",
    "json-29",
    "parameter-27",
    "parameter-32",
];

/// A line of the corpus.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: String,
    kind: String,
    text: String,
    /// What must be gone.
    #[serde(default)]
    secrets: Vec<String>,
    /// What must stay.
    #[serde(default)]
    keeps: Vec<String>,
}

/// The cases of a file, and that their ids are their own.
fn cases(file: &str) -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/redact").join(file);
    let text = fs::read_to_string(path).unwrap();
    let cases: Vec<Case> = text.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    let mut ids: Vec<&str> = cases.iter().map(|case| case.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), cases.len(), "{file} gives an id twice");
    cases
}

/// What became of the cases of one kind.
#[derive(Clone, Default)]
struct Score {
    texts: usize,
    secrets: usize,
    gone: usize,
    replaced: usize,
    wrongly: usize,
}

impl Score {
    fn recall(&self) -> f64 {
        share(self.gone, self.secrets)
    }

    /// The share of replacements that replaced a secret, and nothing that had to stay.
    fn precision(&self) -> f64 {
        share(self.replaced - self.wrongly, self.replaced)
    }

    fn add(&mut self, other: &Self) {
        self.texts += other.texts;
        self.secrets += other.secrets;
        self.gone += other.gone;
        self.replaced += other.replaced;
        self.wrongly += other.wrongly;
    }
}

/// In percent; of nothing, all.
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 100.0 } else { 100.0 * f64::from(part as u32) / f64::from(whole as u32) }
}

/// Looks at one case, and says what is wrong with it.
fn check(case: &Case, complaints: &mut Vec<(String, String)>) -> Score {
    let Redaction { text, replacements } = redact(&case.text, Units::Bytes);
    let mut score = Score { texts: 1, secrets: case.secrets.len(), replaced: replacements.len(), ..Score::default() };
    let mut complain = |what: String| {
        complaints.push((case.id.clone(), format!("{}: {what}\n    {}\n    {text}", case.id, case.text)));
    };
    let places: Vec<(usize, usize)> = case
        .secrets
        .iter()
        .flat_map(|secret| case.text.match_indices(secret.as_str()).map(|(at, found)| (at, at + found.len())))
        .collect();
    for secret in &case.secrets {
        let whole = places.iter().filter(|(start, end)| &case.text[*start..*end] == secret).all(|(start, end)| {
            let gone = |at| replacements.iter().any(|one| one.start <= at && at < one.end);
            // Signs between two secrets (`ann:hunter2`) may stay.
            (*start..*end).all(|at| gone(at) || case.text.as_bytes()[at].is_ascii_punctuation())
        });
        if whole && !text.contains(secret) {
            score.gone += 1;
        } else {
            complain(format!("{secret:?} is still there, or a part of it"));
        }
    }
    for one in &replacements {
        if !places.iter().any(|(start, end)| one.start < *end && *start < one.end) {
            score.wrongly += 1;
            complain(format!("{:?} is no secret", &case.text[one.start..one.end]));
        }
        let is_secret = |at: usize| places.iter().any(|(start, end)| (*start..*end).contains(&at));
        let wider = case.kind == "private-key" || WIDER.contains(&case.id.as_str());
        if !wider && (one.start..one.end).any(is_secret) && !(one.start..one.end).all(is_secret) {
            complain(format!("{:?} is more than the secret", &case.text[one.start..one.end]));
        }
    }
    for kept in &case.keeps {
        if !text.contains(kept) {
            score.wrongly += 1;
            score.replaced = score.replaced.max(score.wrongly);
            complain(format!("{kept:?} had to stay"));
        }
    }
    score
}

#[test]
fn the_corpus_is_redacted_with_the_recall_and_precision_promised() {
    let secrets = cases("secrets.jsonl");
    let harmless = cases("harmless.jsonl");
    assert!(secrets.len() >= 250 && harmless.len() >= 250, "{} and {} are too few", secrets.len(), harmless.len());
    let mut scores: BTreeMap<&str, Score> = BTreeMap::new();
    let mut complaints = Vec::new();
    for case in secrets.iter().chain(&harmless) {
        scores.entry(&case.kind).or_default().add(&check(case, &mut complaints));
    }
    let mut all = Score::default();
    for score in scores.values() {
        all.add(score);
    }
    scores.insert("~ all", all);
    let mut table = String::from("kind               texts secrets recall % precision %\n");
    for (kind, score) in &scores {
        let (recall, precision) = (score.recall(), score.precision());
        writeln!(table, "{kind:18} {:5} {:7} {recall:8.1} {precision:11.1}", score.texts, score.secrets).unwrap();
    }
    let (wrong, said): (Vec<String>, Vec<String>) = complaints.into_iter().unzip();
    println!("{}\n\n{table}", said.join("\n"));
    for (kind, score) in &scores {
        assert!(score.recall() >= 99.0, "{kind}: recall {:.1} %", score.recall());
        assert!(score.precision() >= 95.0, "{kind}: precision {:.1} %", score.precision());
    }
    // The promise leaves room; what is right today must stay right all the same.
    assert_eq!(wrong, KNOWN);
}

/// What each secret is called tells a reader what stood there. `given.txt` holds the names by case; after a change on
/// purpose, write it anew with `BLESS=1 cargo test --test redact` and read the difference.
#[test]
fn secrets_are_called_what_they_are() {
    let mut given = String::new();
    for case in cases("secrets.jsonl") {
        let replacements = redact(&case.text, Units::Bytes).replacements;
        let names: Vec<&str> = replacements.iter().map(|one| one.placeholder.as_str()).collect();
        writeln!(given, "{} {}", case.id, names.join(" ")).unwrap();
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/redact/given.txt");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &given).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap();
    let wrong: Vec<_> = given.lines().zip(expected.lines()).filter(|(given, expected)| given != expected).collect();
    assert!(wrong.is_empty() && given.len() == expected.len(), "given and expected: {wrong:#?}");
}

#[test]
fn the_corpus_redacted_twice_is_redacted_once() {
    for case in cases("secrets.jsonl").iter().chain(&cases("harmless.jsonl")) {
        assert_promises(&case.text);
    }
}

/// Forms at their limits: a text just long enough and one that just is not, a sign that ends a secret and one that does
/// not. `limits.jsonl` holds each text and what becomes of it; after a change on purpose, write it anew with `BLESS=1
/// cargo test --test redact` and read the difference.
#[test]
fn forms_end_where_they_end() {
    #[derive(Deserialize, serde::Serialize)]
    #[serde(deny_unknown_fields)]
    struct Limit {
        text: String,
        becomes: String,
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/redact/limits.jsonl");
    let limits = fs::read_to_string(&path).unwrap();
    let limits: Vec<Limit> = limits.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    let found = limits.iter().map(|Limit { text, .. }| {
        assert_promises(text);
        Limit { text: text.clone(), becomes: redact(text, Units::Bytes).text }
    });
    let found: Vec<Limit> = found.collect();
    if std::env::var_os("BLESS").is_some() {
        let lines: Vec<String> = found.iter().map(|limit| serde_json::to_string(limit).unwrap() + "\n").collect();
        fs::write(&path, lines.concat()).unwrap();
        return;
    }
    let wrong = limits.iter().zip(&found).filter(|(limit, found)| limit.becomes != found.becomes);
    let wrong: Vec<String> = wrong.map(|(limit, found)| format!("{} => {}", limit.becomes, found.becomes)).collect();
    assert!(wrong.is_empty() && limits.len() > 100, "{wrong:#?}");
}
