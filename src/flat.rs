//! Diagnoses that carry no texts, as numbers and one text.
//!
//! A long log can hold thousands of different errors. As JSON, names of fields and quotes are most of what is written of
//! them, carried across and read again; www/told-later.js makes the same objects of this. It knows reports and what a
//! diagnosis consists of, and nothing of how either came about.

use crate::positions::utf16_len;
use crate::report::{Diagnosis, Report};

/// Diagnoses one behind another. Of texts the numbers say how many UTF-16 code units each has, of lists how many things;
/// words with definitions are their number in order.
#[derive(Debug, Default)]
pub(crate) struct Flat {
    /// All numbers.
    pub numbers: Vec<u32>,
    /// All texts.
    pub said: String,
}

/// Takes the diagnoses at the end of a report that carry no texts.
pub(crate) fn take(report: &mut Report) -> Flat {
    let is_told = |diagnosis: &Diagnosis| diagnosis.has_texts() || diagnosis.explanation.is_some();
    let told = report.diagnoses.iter().rposition(is_told).map_or(0, |last| last + 1);
    let mut flat = Flat::default();
    for diagnosis in report.diagnoses.drain(told..) {
        flat.diagnosis(&diagnosis);
    }
    flat
}

impl Flat {
    fn diagnosis(&mut self, diagnosis: &Diagnosis) {
        self.text(&diagnosis.entry);
        self.number(diagnosis.confidence as usize);
        self.number(diagnosis.alternatives.len());
        diagnosis.alternatives.iter().for_each(|entry| self.text(entry));
        self.text(&diagnosis.message);
        self.number(diagnosis.values.len());
        for value in &diagnosis.values {
            self.text(&value.name);
            self.text(&value.value);
            self.number(value.start);
            self.number(value.end);
        }
        self.number(diagnosis.evidence.len());
        for evidence in &diagnosis.evidence {
            self.number(evidence.start);
            self.number(evidence.end);
            self.number(evidence.kind as usize);
        }
        self.number(diagnosis.count);
        self.number(diagnosis.lines.len());
        diagnosis.lines.iter().for_each(|line| self.number(*line));
        self.number(diagnosis.excerpt.is_some().into());
        if let Some(excerpt) = &diagnosis.excerpt {
            self.number(excerpt.line);
            self.number(excerpt.start);
            self.text(&excerpt.text);
        }
    }

    fn text(&mut self, text: &str) {
        self.number(utf16_len(text));
        self.said.push_str(text);
    }

    #[inline(never)]
    fn number(&mut self, number: usize) {
        self.numbers.push(number as u32);
    }
}
