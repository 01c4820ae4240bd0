//! How good a catalog answers: cases with known answers, counted by kind and language.
//!
//! A case is a paste and the entries that it must find. Authors make cases of their own ticket history; the project
//! measures itself with them. This module only runs and counts; it does not know where cases come from.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnosis::Diagnoser;
use crate::report::{Confidence, Diagnosis, Layers, Options, Report};

/// A paste and what it must find.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Case {
    /// Its name.
    pub id: String,
    /// The paste.
    pub text: String,
    /// The entries of which the first answer must be one; an empty list when there must be no answer. Left out where
    /// nobody knows, as in a history: then only whether there is an answer counts.
    #[serde(default)]
    pub expected: Option<Vec<String>>,
    /// The app that the reader chose.
    #[serde(default)]
    pub app: Option<String>,
    /// The language of the paste.
    #[serde(default)]
    pub lang: Option<String>,
    /// What sort of case it is.
    #[serde(default)]
    pub kind: Option<String>,
    /// Every one of the expected entries must be found.
    #[serde(default)]
    pub all: bool,
    /// No answer is right, too.
    #[serde(default)]
    pub allow_none: bool,
    /// Entries whose being answered is neither right nor wrong.
    #[serde(default)]
    pub tolerate: Vec<String>,
}

/// How a case came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The answer is the expected one, or there is none and none is expected.
    Right,
    /// There is no answer, but the expected entry is among the first three.
    Near,
    /// There is no answer though there should be one.
    Missed,
    /// There is another answer than the expected one.
    Wrong,
    /// There is an answer though there should be none.
    FalseAlarm,
}

/// How the cases of a sort came out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// How many there are.
    pub cases: usize,
    /// How many came out right.
    pub right: usize,
    /// How many have an expected entry among the first three, or rightly no answer.
    pub top3: usize,
    /// How many have a confident answer that is wrong.
    pub wrong: usize,
    /// How many have a confident answer where there should be none.
    pub false_alarms: usize,
}

/// A case that did not come out right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Miss {
    /// The case.
    pub id: String,
    /// How it came out.
    pub outcome: Outcome,
    /// What was expected.
    pub expected: Vec<String>,
    /// What was answered: entry and confidence.
    pub found: Vec<(String, Confidence)>,
}

/// The score of many cases.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Score {
    /// All cases.
    pub total: Tally,
    /// By kind.
    pub kinds: BTreeMap<String, Tally>,
    /// By language.
    pub languages: BTreeMap<String, Tally>,
    /// Those that are not right.
    pub misses: Vec<Miss>,
    /// How many pastes there are that may have an answer, known or not.
    pub pastes: usize,
    /// How many of them have a confident one.
    pub answered: usize,
    /// Which entry was answered where another was expected, the most frequent first.
    pub confusions: Vec<Confusion>,
}

/// An entry that is taken for another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Confusion {
    /// What was expected: the first of the entries that would have been right.
    pub expected: String,
    /// What was answered.
    pub answered: String,
    /// How often.
    pub times: usize,
}

impl Score {
    /// Runs a case without some layers (usually without none), and counts it. Says whether anything in the catalog
    /// explains it: a paste that has no confident answer, though none of its entries is in the catalog, is one that an
    /// entry could be written for.
    pub fn add(&mut self, diagnoser: &Diagnoser, case: &Case, without: Layers) -> bool {
        let options = Options { app: case.app.clone(), without, ..Options::default() };
        let report = diagnoser.diagnose(&case.text, &options);
        let is_answered = report.is_answer();
        let may_answer = case.expected.as_ref().is_none_or(|expected| !expected.is_empty());
        self.pastes += usize::from(may_answer);
        self.answered += usize::from(may_answer && is_answered);
        let Some(expected) = &case.expected else { return is_answered };
        self.count(case, expected, &report);
        is_answered || !may_answer || expected.iter().any(|id| diagnoser.has(id))
    }

    fn count(&mut self, case: &Case, expected: &[String], report: &Report) {
        let outcome = case.outcome(report);
        let is_top3 = outcome == Outcome::Right || report.diagnoses.iter().take(3).any(|found| case.expects(found));
        let other = "other".to_owned();
        let kind = self.kinds.entry(case.kind.clone().unwrap_or(other.clone())).or_default();
        let language = self.languages.entry(case.lang.clone().unwrap_or(other)).or_default();
        for tally in [&mut self.total, kind, language] {
            tally.cases += 1;
            tally.right += usize::from(outcome == Outcome::Right);
            tally.top3 += usize::from(is_top3);
            tally.wrong += usize::from(outcome == Outcome::Wrong);
            tally.false_alarms += usize::from(outcome == Outcome::FalseAlarm);
        }
        if let (Outcome::Wrong, Some(expected), Some(answered)) =
            (outcome, expected.first(), report.diagnoses.first().map(|found| &found.entry))
        {
            self.confused(expected, answered);
        }
        if outcome != Outcome::Right {
            let found = report.diagnoses.iter().map(|found| (found.entry.clone(), found.confidence)).collect();
            self.misses.push(Miss { id: case.id.clone(), outcome, expected: expected.to_vec(), found });
        }
    }

    fn confused(&mut self, expected: &str, answered: &str) {
        let known = self.confusions.iter_mut().find(|known| known.expected == expected && known.answered == answered);
        match known {
            Some(known) => known.times += 1,
            None => self.confusions.push(Confusion { expected: expected.into(), answered: answered.into(), times: 1 }),
        }
        self.confusions.sort_by(|a, b| b.times.cmp(&a.times).then_with(|| a.expected.cmp(&b.expected)));
    }
}

impl Case {
    /// How a report answers this case; right when nobody knows the answer.
    pub fn outcome(&self, report: &Report) -> Outcome {
        let confident: Vec<&Diagnosis> =
            report.diagnoses.iter().filter(|found| found.confidence > Confidence::Possible).collect();
        let tolerated = |found: &Diagnosis| !self.expects(found) && self.tolerate.contains(&found.entry);
        let answered = confident.iter().find(|found| !tolerated(found));
        let Some(expected) = &self.expected else { return Outcome::Right };
        if expected.is_empty() {
            return if answered.is_none() { Outcome::Right } else { Outcome::FalseAlarm };
        }
        let silent = if report.diagnoses.iter().take(3).any(|found| self.expects(found)) {
            Outcome::Near
        } else {
            Outcome::Missed
        };
        match answered {
            None if self.allow_none => Outcome::Right,
            None => silent,
            Some(first) if !self.expects(first) => Outcome::Wrong,
            Some(_) if self.all && !expected.iter().all(|entry| is_among(entry, &confident)) => silent,
            Some(_) => Outcome::Right,
        }
    }

    fn expects(&self, found: &Diagnosis) -> bool {
        self.expected.as_ref().is_some_and(|expected| expected.contains(&found.entry))
    }
}

fn is_among(entry: &str, found: &[&Diagnosis]) -> bool {
    found.iter().any(|found| found.entry == entry)
}
