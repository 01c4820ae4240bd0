//! Places in a text: lines, and offsets as JavaScript counts them.
//!
//! It knows texts and diagnoses, and nothing of how a diagnosis came about.

use crate::lanes::{Lanes, Places, count};
use crate::order::sort_by_key;
use crate::report::Diagnosis;

/// Where lines begin.
#[derive(Debug)]
pub struct Lines {
    starts: Vec<usize>,
    len: usize,
}

impl Lines {
    /// Finds every line end: LF, CR LF, or CR alone.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        let ends = Places::new(bytes, 0, |lanes| lanes.is(b'\n') | lanes.is(b'\r'));
        starts.extend(ends.filter(|at| ends_line(bytes, *at)).map(|at| at + 1));
        Self { starts, len: text.len() }
    }

    /// The 1-based number of the line that holds this byte.
    pub fn number(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at)
    }

    /// How many lines there are; a line end at the very end begins no further one.
    pub fn count(&self) -> usize {
        self.starts.iter().filter(|start| **start < self.len).count()
    }
}

/// Whether a line ends with the byte at a place: LF, the last of CR LF, or CR alone.
fn ends_line(bytes: &[u8], at: usize) -> bool {
    bytes[at] == b'\n' || (bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n'))
}

/// The length of a text in UTF-16 code units.
pub fn utf16_len(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    // Every character takes one unit, those of four bytes take two; bytes 0x80 to 0xbf begin none.
    let begins_none = count(text.as_bytes(), |lanes| lanes.is_other() & lanes.begins_other().not());
    text.len() - begins_none + count(text.as_bytes(), Lanes::begins_four)
}

/// Calls `each` with every offset that a diagnosis has. (As an iterator it took a kilobyte in the browser.)
pub fn offsets<'d>(diagnosis: &'d mut Diagnosis, each: &mut dyn FnMut(&'d mut usize)) {
    for value in &mut diagnosis.values {
        each(&mut value.start);
        each(&mut value.end);
    }
    for evidence in &mut diagnosis.evidence {
        each(&mut evidence.start);
        each(&mut evidence.end);
    }
    if let Some(excerpt) = &mut diagnosis.excerpt {
        each(&mut excerpt.start);
    }
}

/// Turns every byte offset of diagnoses into one of UTF-16 code units. Cost: one pass over the text.
pub fn to_utf16<'d>(text: &str, diagnoses: impl Iterator<Item = &'d mut Diagnosis>) {
    if text.is_ascii() {
        return;
    }
    let mut all: Vec<&mut usize> = Vec::new();
    for diagnosis in diagnoses {
        offsets(diagnosis, &mut |offset| all.push(offset));
    }
    sort_by_key(&mut all, |offset| [**offset as u64, 0]);
    let (mut bytes, mut units) = (0, 0);
    for offset in all {
        units += utf16_len(&text[bytes..*offset]);
        bytes = *offset;
        *offset = units;
    }
}
