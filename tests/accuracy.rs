//! The corpus of cases: what is right today stays right.
//!
//! `tests/cases/*.jsonl` holds pastes with the entries that they must find; `known-misses.txt` names those that do not
//! come out right yet. A case that is not listed must be right, and a listed one must still be wrong: whoever makes it
//! right takes it off the list.

#![cfg(not(target_arch = "wasm32"))]

mod common;

use std::collections::BTreeSet;

use error_diagnoser::score::{Case, Score};
use error_diagnoser::{Diagnoser, Layers};

/// Every case of the corpus.
fn cases() -> Vec<Case> {
    let folder = common::source().join("tests/cases");
    let mut cases = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "jsonl") {
            let text = std::fs::read_to_string(&path).unwrap();
            let read = |line: &str| {
                serde_json::from_str(line).unwrap_or_else(|error| panic!("{}: {error}: {line}", path.display()))
            };
            cases.extend(text.lines().map(read));
        }
    }
    cases
}

#[test]
fn what_is_right_stays_right() {
    let diagnoser = Diagnoser::new(common::catalog()).unwrap();
    let cases = cases();
    assert!(cases.len() > 1000, "{} cases are too few to be the corpus", cases.len());
    let mut score = Score::default();
    for case in &cases {
        score.add(&diagnoser, case, Layers::default());
    }
    // A description is right when its entry is among the first three: what more can be known, its words do not say.
    let described: BTreeSet<&str> =
        cases.iter().filter(|case| case.kind.as_deref() == Some("paraphrase")).map(|case| case.id.as_str()).collect();
    let is_near = |miss: &&error_diagnoser::score::Miss| {
        miss.outcome == error_diagnoser::score::Outcome::Near && described.contains(miss.id.as_str())
    };
    let missed: BTreeSet<String> = score
        .misses
        .iter()
        .filter(|miss| !is_near(miss))
        .map(|miss| format!("{} {:?}", miss.id, miss.outcome))
        .collect();
    let known = std::fs::read_to_string(common::source().join("tests/cases/known-misses.txt")).unwrap();
    let known: BTreeSet<String> =
        known.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(str::to_owned).collect();
    let new: Vec<_> = missed.difference(&known).collect();
    let mended: Vec<_> = known.difference(&missed).collect();
    assert!(
        new.is_empty() && mended.is_empty(),
        "no longer right: {new:#?}\nright now, take them off the list: {mended:#?}"
    );
}
