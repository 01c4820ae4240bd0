//! Places in a text: lines, and offsets as JavaScript counts them.
//!
//! It knows texts and reports, and nothing of how a report came about.

use crate::report::Report;

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
        let ends = |(at, byte): (usize, &u8)| match byte {
            b'\n' => Some(at + 1),
            b'\r' if bytes.get(at + 1) != Some(&b'\n') => Some(at + 1),
            _ => None,
        };
        Self { starts: std::iter::once(0).chain(bytes.iter().enumerate().filter_map(ends)).collect(), len: text.len() }
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

/// The length of a text in UTF-16 code units.
pub fn utf16_len(text: &str) -> usize {
    // Every character takes one unit, those of four bytes take two; bytes 0x80 to 0xbf begin none.
    text.bytes().map(|byte| usize::from(byte & 0xc0 != 0x80) + usize::from(byte >= 0xf0)).sum()
}

/// Turns every byte offset of a report into one of UTF-16 code units. Cost: one pass over the text.
pub fn to_utf16(text: &str, report: &mut Report) {
    if text.is_ascii() {
        return;
    }
    let mut offsets: Vec<&mut usize> = Vec::new();
    for diagnosis in &mut report.diagnoses {
        offsets.extend(diagnosis.values.iter_mut().flat_map(|value| [&mut value.start, &mut value.end]));
        offsets.extend(diagnosis.excerpt.iter_mut().map(|excerpt| &mut excerpt.start));
        offsets.extend(diagnosis.evidence.iter_mut().flat_map(|evidence| [&mut evidence.start, &mut evidence.end]));
    }
    offsets.sort_unstable_by_key(|offset| **offset);
    let (mut bytes, mut units) = (0, 0);
    for offset in offsets {
        units += utf16_len(&text[bytes..*offset]);
        bytes = *offset;
        *offset = units;
    }
}
