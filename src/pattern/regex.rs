//! Regular expressions, by a library.

use regex_lite::{Regex, RegexBuilder};

use super::PatternMatch;

/// What a compiled expression may take.
const LARGEST: usize = 256 * 1024;

/// A compiled expression.
#[derive(Debug)]
pub(crate) struct Expression(Regex);

impl Expression {
    /// Compiles it. Fails with a sentence.
    pub(crate) fn new(source: &str) -> Result<Self, String> {
        RegexBuilder::new(source).size_limit(LARGEST).build().map(Self).map_err(|error| error.to_string())
    }

    /// Every match in a text, in order.
    pub(crate) fn matches(&self, text: &str) -> Vec<PatternMatch> {
        let names: Vec<&str> = self.0.capture_names().flatten().collect();
        let found = self.0.captures_iter(text).filter_map(|found| {
            let whole = found.get(0)?;
            let value = |name: &&str| found.name(name).map(|group| ((*name).to_owned(), group.range()));
            Some(PatternMatch { span: whole.range(), values: names.iter().filter_map(value).collect() })
        });
        found.collect()
    }
}
