//! Where things stand in a page: notes on byte offsets, turned into problems with a line and a column.

use crate::catalog::{Problem, Severity};

/// What is noted about one page while it is read. Offsets are bytes into the page's text.
pub(super) struct Notes {
    path: String,
    /// Whether the page is written for us (it names its `product`), so that what it gets wrong is an error.
    pub own: bool,
    noted: Vec<(usize, Problem)>,
}

impl Notes {
    pub fn new(path: &str) -> Self {
        Self { path: path.into(), own: false, noted: Vec::new() }
    }

    pub fn error(&mut self, at: usize, code: &str, what: impl Into<String>, help: impl Into<String>) {
        self.noted.push((at, Problem::error(code, &self.path, what, help)));
    }

    pub fn warning(&mut self, at: usize, code: &str, what: impl Into<String>, help: impl Into<String>) {
        self.noted.push((at, Problem::error(code, &self.path, what, help).warning()));
    }

    /// An error on a page of ours, a warning on a foreign one, which must work as it is.
    pub fn fault(&mut self, at: usize, code: &str, what: impl Into<String>, help: impl Into<String>) {
        let severity = if self.own { Severity::Error } else { Severity::Warning };
        self.noted.push((at, Problem { severity, ..Problem::error(code, &self.path, what, help) }));
    }

    /// Takes over what was noted about a text of its own that stands here as a whole.
    pub fn take(&mut self, others: Self, at: usize) {
        let path = &self.path;
        self.noted.extend(others.noted.into_iter().map(|(_, problem)| (at, Problem { path: path.clone(), ..problem })));
    }

    /// The problems, with lines and columns. Cost: linear in the text, plus sorting the notes.
    pub fn finish(self, text: &str) -> Vec<Problem> {
        let offsets: Vec<usize> = self.noted.iter().map(|(at, _)| *at).collect();
        let places = places(text, &offsets);
        self.noted.into_iter().zip(places).map(|((_, problem), (line, column))| problem.at(line, column)).collect()
    }
}

/// Line and column (1-based, in characters) of each offset, in the order given. A line ends at LF, CR or CRLF; a byte
/// order mark takes no column. One sweep for all offsets, because a sweep for each would be quadratic on a long line.
pub(super) fn places(text: &str, offsets: &[usize]) -> Vec<(u32, u32)> {
    let mut order: Vec<usize> = (0..offsets.len()).collect();
    order.sort_by_key(|&index| offsets[index]);
    let mut found = vec![(1, 1); offsets.len()];
    let mut chars = text.char_indices().peekable();
    let (mut line, mut column) = (1_u32, 1_u32);
    for index in order {
        while let Some((_, c)) = chars.next_if(|(at, _)| *at < offsets[index]) {
            let ends = c == '\n' || c == '\r' && chars.peek().is_none_or(|(_, next)| *next != '\n');
            if ends {
                (line, column) = (line + 1, 1);
            } else if c != '\u{feff}' {
                column += 1;
            }
        }
        found[index] = (line, column);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::places;

    #[test]
    fn lines_end_at_lf_cr_and_crlf_and_columns_count_characters() {
        let text = "\u{feff}é1\r\nb\rc\nd";
        let at = |needle: char| text.find(needle).unwrap();
        assert_eq!(
            places(text, &[at('d'), at('1'), at('b'), at('c'), at('é'), text.len()]),
            [(4, 1), (1, 2), (2, 1), (3, 1), (1, 1), (4, 2)]
        );
    }
}
