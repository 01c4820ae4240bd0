//! Cross-fire: which samples find which other entries.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::catalog::Catalog;
use crate::page::Sample;
use crate::report::{Confidence, Options, Report};

/// How often samples of one entry find another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shot {
    /// The entry that the samples are of.
    pub sample_of: String,
    /// The entry that they find; the same one where all is well.
    pub finds: String,
    /// How many samples.
    pub count: usize,
    /// How sure at best: `possible`, `likely` or `certain`.
    pub confidence: &'static str,
    /// Where the first of these samples stands: path and 1-based line.
    pub at: (String, u32),
}

/// How many samples, how sure at best, and where the first of them stands.
type Hits = (usize, Confidence, (String, u32));

/// Every pair of entries that a sample connects, by id. Samples that must not find their entry are not fired.
pub(super) fn fire(catalog: &Catalog, samples: &[Sample], diagnose: impl Fn(&str, &Options) -> Report) -> Vec<Shot> {
    let mut shots: BTreeMap<(String, String), Hits> = BTreeMap::new();
    for sample in samples.iter().filter(|sample| sample.finds && catalog.entry(&sample.entry).is_some()) {
        let options = Options { app: sample.app.clone(), ..Options::default() };
        let mut found: BTreeMap<String, Confidence> = BTreeMap::new();
        for diagnosis in diagnose(&sample.text, &options).diagnoses {
            for id in std::iter::once(&diagnosis.entry).chain(&diagnosis.alternatives) {
                let best = found.entry(id.clone()).or_insert(diagnosis.confidence);
                *best = (*best).max(diagnosis.confidence);
            }
        }
        for (id, confidence) in found {
            let place = (sample.path.clone(), sample.line);
            let shot = shots.entry((sample.entry.clone(), id)).or_insert((0, confidence, place));
            shot.0 += 1;
            shot.1 = shot.1.max(confidence);
        }
    }
    let shot = |((sample_of, finds), (count, confidence, at))| Shot {
        sample_of,
        finds,
        count,
        confidence: super::proofs::word(confidence),
        at,
    };
    shots.into_iter().map(shot).collect()
}
