//! Messages that stand in ordinary text: measured on a background of log lines, status lines and mail sentences of our
//! own making, as every product and every reader writes them.

use std::collections::BTreeMap;

use crate::catalog::Problem;
use crate::report::{Confidence, Options, Report};

/// The background, a text a line.
pub(super) const LINES: &str = include_str!("background.txt");

/// Entries whose message stands whole in lines of the background, each with the first of them. What stands there nearly
/// is the matcher's to judge, not the message's author's.
pub(super) fn fires(diagnose: impl Fn(&str, &Options) -> Report) -> Vec<Problem> {
    let mut found: BTreeMap<String, (usize, &str, String)> = BTreeMap::new();
    for line in LINES.lines().filter(|line| !line.trim().is_empty()) {
        for diagnosis in diagnose(line, &Options::default()).diagnoses {
            if diagnosis.confidence < Confidence::Certain {
                continue;
            }
            for id in std::iter::once(&diagnosis.entry).chain(&diagnosis.alternatives) {
                let seen = found.entry(id.clone()).or_insert((0, line, diagnosis.message.clone()));
                seen.0 += 1;
            }
        }
    }
    let problem = |(id, (count, line, message)): (String, (usize, &str, String))| {
        let of = LINES.lines().count();
        Problem::error(
            "fires-on-ordinary-text",
            &id,
            format!(
                "the message \"{message}\" is found in {count} of {of} lines of ordinary text, as in \"{}\"",
                line.trim()
            ),
            "give more of the message, or what stands around it",
        )
        .warning()
    };
    found.into_iter().map(problem).collect()
}
