//! The workbench's doors to JavaScript: an author's files in, everything that `check` would say out, while they are typed.
//!
//! Part of the authors' module, which readers do not load. It keeps what the files compile to, so that pastes can be
//! tried against them; it knows nothing of the page around it and nothing but how to carry data across.

use std::cell::RefCell;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use crate::check::{look, proofs_missing, prove};
use crate::delta::delta;
use crate::diagnosis::Diagnoser;
use crate::draft::{groups, propose};
use crate::living::stamp;
use crate::page::{self, Page, Sample};
use crate::report::{Confidence, Options, Units};
use crate::{Catalog, Problem};

/// A file, as JavaScript gives it: a page, or samples when its name ends in `.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    path: String,
    text: String,
}

/// What JavaScript gets after every change.
#[derive(Serialize)]
struct Looked<'a> {
    problems: &'a [Problem],
    entries: usize,
    messages: usize,
    samples: usize,
    /// Whether pastes can be tried.
    usable: bool,
}

/// A sample that finds an entry that is not its own.
#[derive(Serialize)]
struct Cross {
    sample: String,
    path: String,
    line: u32,
    finds: String,
}

/// What the samples show.
#[derive(Serialize)]
struct Proved {
    problems: Vec<Problem>,
    cross: Vec<Cross>,
}

/// An author's files, compiled.
#[wasm_bindgen]
#[derive(Default)]
pub struct Workbench {
    pages: Vec<Page>,
    samples: Vec<Sample>,
    catalog: Catalog,
    broken: Vec<Problem>,
    /// Made when a paste is first tried after a change.
    diagnoser: Option<Diagnoser>,
}

#[wasm_bindgen]
impl Workbench {
    /// A workbench without files.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes files, `[{ path, text }]`, and says what is wrong with them, all but what the samples show: `{ problems,
    /// entries, messages, samples, usable }`. Throws only when the files are of another type.
    pub fn update(&mut self, files: JsValue) -> Result<JsValue, JsError> {
        let given: Vec<Given> =
            serde_wasm_bindgen::from_value(files).map_err(|error| JsError::new(&format!("the files: {error}")))?;
        *self = Self::default();
        for Given { path, text } in given {
            if Path::new(&path).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml")) {
                match page::samples(&path, &text) {
                    Ok(samples) => self.samples.extend(samples),
                    Err(problems) => self.broken.extend(problems),
                }
            } else {
                self.pages.push(Page { path, text });
            }
        }
        let (catalog, found) = look(&self.pages);
        self.catalog = catalog;
        let mut problems = self.broken.clone();
        problems.extend(found);
        let usable = !self.catalog.entries.is_empty() && self.catalog.validate().is_empty();
        Ok(to_js(&Looked {
            problems: &problems,
            entries: self.catalog.entries.len(),
            messages: self.catalog.entries.iter().map(|entry| entry.messages.len()).sum(),
            samples: self.samples.len(),
            usable,
        }))
    }

    /// Which samples are missing and which messages fire on ordinary text, as problems. Cost: that of compiling the pages
    /// and making their catalog ready.
    pub fn coverage(&mut self) -> JsValue {
        self.diagnoser();
        to_js(&proofs_missing(&self.pages, &self.samples, self.diagnoser.as_ref()))
    }

    /// Runs a few samples, those from this one on, and says what they show: `{ problems, cross }`. A few at a time, so that
    /// whoever types is not held up. Cost: a diagnosis for each sample.
    pub fn prove(&mut self, from: usize, count: usize) -> JsValue {
        let mut proved = Proved { problems: Vec::new(), cross: Vec::new() };
        let to = self.samples.len().min(from.saturating_add(count));
        if self.diagnoser().is_none() || from >= to {
            return to_js(&proved);
        }
        let Self { samples, catalog, diagnoser: Some(diagnoser), .. } = self else { return to_js(&proved) };
        for sample in &samples[from..to] {
            let found = RefCell::new(Vec::new());
            let problem = prove(catalog, sample, |text, options| {
                let report = diagnoser.diagnose(text, options);
                let sure = report.diagnoses.iter().filter(|found| found.confidence > Confidence::Possible);
                found.borrow_mut().extend(sure.map(|found| found.entry.clone()));
                report
            });
            proved.problems.extend(problem);
            let found = found.into_inner().into_iter().filter(|found| sample.finds && *found != sample.entry);
            proved.cross.extend(found.map(|finds| Cross {
                sample: sample.entry.clone(),
                path: sample.path.clone(),
                line: sample.line,
                finds,
            }));
        }
        to_js(&proved)
    }

    /// What a paste finds, with the reasons; `null` while the files cannot be used.
    pub fn diagnose(&mut self, text: &str, lang: &str) -> JsValue {
        let options = Options { lang: lang.into(), units: Units::Utf16, explain: true, ..Options::default() };
        self.diagnoser().map_or(JsValue::NULL, |diagnoser| to_js(&diagnoser.diagnose(text, &options)))
    }

    /// Proposes an entry for a paste, as `{ entry, section, samples, finds, unusable }`; `null` where no line of it tells.
    pub fn draft(&self, paste: &str) -> JsValue {
        let product = self.catalog.products.first().map_or("product", |product| product.id.as_str());
        let groups = groups(&[paste]);
        let proposed = groups.first().map(|group| propose(group, &[], &[paste], &self.catalog, product));
        proposed.map_or(JsValue::NULL, |proposal| to_js(&proposal))
    }

    /// What changed since an earlier `catalog.json`, in Markdown. Throws when that is none.
    pub fn delta(&self, earlier: &str) -> Result<String, JsError> {
        let earlier: Catalog = serde_json::from_str(earlier).map_err(|error| JsError::new(&error.to_string()))?;
        Ok(delta(&earlier, &self.stamped()).to_string())
    }

    /// The `catalog.json` of the files.
    pub fn catalog(&self) -> String {
        // Our own data has string keys and finite numbers only, so this cannot fail.
        serde_json::to_string(&self.stamped()).unwrap_or_default()
    }

    fn stamped(&self) -> Catalog {
        let mut catalog = self.catalog.clone();
        stamp(&mut catalog, &page::compile(&self.pages).pages);
        catalog
    }

    fn diagnoser(&mut self) -> Option<&Diagnoser> {
        if self.diagnoser.is_none() && !self.catalog.entries.is_empty() {
            self.diagnoser = Diagnoser::new(self.catalog.clone()).ok();
        }
        self.diagnoser.as_ref()
    }
}

/// Plain objects, `null` for none: what `JSON.parse` would have made of the same data.
fn to_js(data: &impl Serialize) -> JsValue {
    data.serialize(&Serializer::json_compatible()).unwrap_or(JsValue::NULL)
}
