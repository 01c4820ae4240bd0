//! Samples: each entry's proof that it is found by what it explains, and by nothing else.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Catalog, Problem, nearest};
use crate::page::{Compiled, Sample};
use crate::report::{Confidence, Diagnosis, Options, Report};

/// Entries that no sample proves, in products that have samples at all, and samples of entries that do not exist.
pub(super) fn coverage(compiled: &Compiled, samples: &[Sample]) -> Vec<Problem> {
    let ids: BTreeSet<&str> = compiled.catalog.entries.iter().map(|entry| entry.id.as_str()).collect();
    let mut proved: BTreeMap<&str, (bool, bool)> = BTreeMap::new();
    let mut products = BTreeSet::new();
    let mut problems = Vec::new();
    for sample in samples {
        let (finds, misses) = proved.entry(&sample.entry).or_default();
        *finds |= sample.finds;
        *misses |= !sample.finds;
        products.extend(sample.entry.split('/').next());
        if !ids.contains(sample.entry.as_str()) {
            let help = match nearest(&sample.entry, ids.iter().copied()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => "name an entry as <product>/<id>".into(),
            };
            let what = format!("there is no entry \"{}\"", sample.entry);
            problems.push(Problem::error("unknown-entry", &sample.path, what, help).at(sample.line, 1));
        }
    }
    for entry in compiled.catalog.entries.iter().filter(|entry| products.contains(entry.product.as_str())) {
        let (finds, misses) = proved.get(entry.id.as_str()).copied().unwrap_or_default();
        let mut lacks = |code: &str, lacking: &str, help: &str| {
            let what = format!("\"{}\" has no {lacking}", entry.id);
            problems.push(Problem::error(code, &entry.id, what, help).warning());
        };
        if !finds {
            lacks("no-sample", "sample that must find it", "add one to samples.toml, as a reader would paste it");
        }
        if !misses {
            lacks(
                "no-near-miss",
                "near miss",
                "add a text like its message that means something else, with finds = false",
            );
        }
    }
    problems
}

/// Runs samples of entries that exist, through whatever diagnoses.
pub(super) fn run(catalog: &Catalog, samples: &[Sample], diagnose: impl Fn(&str, &Options) -> Report) -> Vec<Problem> {
    let ids: BTreeSet<&str> = catalog.entries.iter().map(|entry| entry.id.as_str()).collect();
    let known = samples.iter().filter(|sample| ids.contains(sample.entry.as_str()));
    known.filter_map(|sample| run_one(sample, &diagnose)).collect()
}

fn run_one(sample: &Sample, diagnose: impl Fn(&str, &Options) -> Report) -> Option<Problem> {
    let options = Options { app: sample.app.clone(), ..Options::default() };
    let report = diagnose(&sample.text, &options);
    let sure: Vec<&Diagnosis> =
        report.diagnoses.iter().filter(|found| found.confidence >= Confidence::Likely).collect();
    let problem =
        |code: &str, what: String, help: &str| Some(Problem::error(code, &sample.path, what, help).at(sample.line, 1));
    // Without an app, entries of several apps with one message are found together, and any of them may come first.
    let names = |found: &Diagnosis| {
        found.entry == sample.entry || sample.app.is_none() && found.alternatives.contains(&sample.entry)
    };
    if !sample.finds {
        let found =
            sure.iter().find(|found| found.entry == sample.entry || found.alternatives.contains(&sample.entry))?;
        return problem(
            "near-miss-found",
            format!("this near miss finds \"{}\" ({})", sample.entry, word(found.confidence)),
            "make the entry's message more specific, or correct the sample",
        );
    }
    match sure.first() {
        Some(first) if names(first) => None,
        Some(first) => problem(
            "sample-stolen",
            format!("this sample of \"{}\" finds \"{}\" first", sample.entry, first.entry),
            "make one of the two messages more specific, or say which apps they apply to",
        ),
        None => problem(
            "sample-not-found",
            match report.diagnoses.iter().position(|found| found.entry == sample.entry) {
                Some(_) => format!("this sample finds \"{}\" only as possible", sample.entry),
                None => format!("this sample does not find \"{}\"", sample.entry),
            },
            "compare it with the entry's messages: every fixed part must stand in the sample, in order",
        ),
    }
}

pub(super) fn word(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Possible => "possible",
        Confidence::Likely => "likely",
        Confidence::Certain => "certain",
    }
}

#[cfg(test)]
mod tests {
    use super::run_one;
    use crate::page::Sample;
    use crate::report::{Confidence, Diagnosis, Options, Report};

    fn found(entry: &str, confidence: Confidence, alternatives: &[&str]) -> Diagnosis {
        Diagnosis {
            entry: entry.into(),
            confidence,
            alternatives: alternatives.iter().map(ToString::to_string).collect(),
            title: String::new(),
            lang: "en".into(),
            unreviewed: false,
            apps: Vec::new(),
            message: String::new(),
            values: Vec::new(),
            evidence: Vec::new(),
            count: 1,
            lines: vec![1],
            situations: Vec::new(),
            explanation: None,
            excerpt: None,
        }
    }

    fn code(finds: bool, app: Option<&str>, diagnoses: &[Diagnosis]) -> Option<String> {
        let sample = Sample {
            path: "samples.toml".into(),
            line: 4,
            entry: "shop/a".into(),
            text: "paste".into(),
            app: app.map(Into::into),
            finds,
            show: false,
        };
        let diagnose = |text: &str, options: &Options| {
            assert_eq!((text, options.app.as_deref()), ("paste", app));
            Report { diagnoses: diagnoses.to_vec(), ..Report::default() }
        };
        let problem = run_one(&sample, diagnose)?;
        assert_eq!((problem.path.as_str(), problem.line), ("samples.toml", 4));
        Some(problem.code)
    }

    #[test]
    fn a_sample_must_find_its_entry_first() {
        use Confidence::{Certain, Likely, Possible};
        assert_eq!(code(true, None, &[found("shop/a", Likely, &[]), found("shop/b", Certain, &[])]), None);
        assert_eq!(code(true, None, &[found("shop/b", Certain, &["shop/a"])]), None);
        assert_eq!(code(true, Some("Box"), &[found("shop/b", Certain, &["shop/a"])]).unwrap(), "sample-stolen");
        assert_eq!(code(true, None, &[found("shop/b", Likely, &[])]).unwrap(), "sample-stolen");
        assert_eq!(code(true, None, &[found("shop/a", Possible, &[])]).unwrap(), "sample-not-found");
        assert_eq!(code(true, None, &[]).unwrap(), "sample-not-found");
    }

    #[test]
    fn a_near_miss_may_be_possible_but_no_more() {
        use Confidence::{Likely, Possible};
        assert_eq!(code(false, None, &[found("shop/a", Possible, &[]), found("shop/b", Likely, &[])]), None);
        assert_eq!(code(false, None, &[]), None);
        assert_eq!(code(false, None, &[found("shop/a", Likely, &[])]).unwrap(), "near-miss-found");
        assert_eq!(code(false, None, &[found("shop/b", Likely, &["shop/a"])]).unwrap(), "near-miss-found");
    }
}
