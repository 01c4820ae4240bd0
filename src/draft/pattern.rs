//! Like lines → the message that they have in common.

use std::collections::BTreeMap;

use serde::Serialize;

use super::line::{Kind, Word};
use crate::notation::is_slot_name;

/// What stood in a slot of a proposed message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Varied {
    /// The slot's name.
    pub name: String,
    /// What stood there and how often, the most frequent first.
    pub values: Vec<(String, usize)>,
}

/// A value that is the same in at least this many lines belongs to the message.
const ENOUGH_LINES: usize = 3;
/// Words of a line that are compared at most.
const LONGEST: usize = 80;
/// Words that say nothing of what follows them.
const SMALL: [&str; 26] = [
    "the", "a", "an", "of", "for", "to", "in", "is", "was", "on", "at", "by", "with", "from", "and", "or", "not", "no",
    "be", "has", "had", "as", "into", "that", "this", "are",
];

/// The pairs of places of the words that two lines have in common, in order: a longest common subsequence.
pub(super) fn common(a: &[Word], b: &[Word], same: impl Fn(&Word, &Word) -> bool) -> Vec<(usize, usize)> {
    let (a, b) = (&a[..a.len().min(LONGEST)], &b[..b.len().min(LONGEST)]);
    let mut longest = vec![vec![0_u16; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i][j] =
                if same(&a[i], &b[j]) { longest[i + 1][j + 1] + 1 } else { longest[i + 1][j].max(longest[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if same(&a[i], &b[j]) {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if longest[i + 1][j] >= longest[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// The message of like lines, written as the first of them is, and what stands in its slots.
pub(super) fn message(lines: &[(&str, &[Word])]) -> (String, Vec<Varied>) {
    let (text, words) = lines[0];
    let words = &words[..words.len().min(LONGEST)];
    let fixed = fixed(words, lines);
    // Where every line has its fixed words, and whether other words stand before any of them somewhere.
    let kept: Vec<usize> = (0..words.len()).filter(|at| fixed[*at]).collect();
    let of_kept: Vec<Word> = kept.iter().map(|at| words[*at].clone()).collect();
    let places: Vec<Vec<usize>> = lines
        .iter()
        .map(|(_, other)| common(&of_kept, other, |a, b| a.text == b.text).into_iter().map(|(_, at)| at).collect())
        .collect();
    let mut out = String::new();
    let mut varied: Vec<Varied> = Vec::new();
    for gap in 0..=kept.len() {
        let mut values: BTreeMap<String, usize> = BTreeMap::new();
        for ((line, other), places) in lines.iter().zip(&places) {
            if places.len() < kept.len() {
                continue;
            }
            let from = if gap == 0 { 0 } else { places[gap - 1] + 1 };
            let to = places.get(gap).copied().unwrap_or(other.len());
            if let (Some(first), Some(last)) = (other.get(from), to.checked_sub(1).and_then(|at| other.get(at)))
                && from < to
            {
                *values.entry(line[first.at.start..last.at.end].to_owned()).or_default() += 1;
            }
        }
        let from = if gap == 0 { 0 } else { kept[gap - 1] + 1 };
        let to = kept.get(gap).copied().unwrap_or(words.len());
        let before = if gap == 0 { 0 } else { words[kept[gap - 1]].at.end };
        let after = kept.get(gap).map_or(text.len(), |at| words[*at].at.start);
        if values.is_empty() {
            out.push_str(&text[before..after]);
        } else {
            let kind = words.get(from).filter(|_| from < to).map_or(Kind::Word, |word| word.kind);
            let name = name(gap.checked_sub(1).map(|at| words[kept[at]].text.as_str()), kind, &varied);
            if from < to {
                out.push_str(&text[before..words[from].at.start]);
                out.extend(["{", &name, "}"]);
                out.push_str(&text[words[to - 1].at.end..after]);
            } else {
                out.extend([text[before..after].trim_end(), " {", &name, "} "]);
            }
            let mut values: Vec<(String, usize)> = values.into_iter().collect();
            values.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            varied.push(Varied { name, values });
        }
        if let Some(at) = kept.get(gap) {
            out.push_str(&text[words[*at].at.clone()]);
        }
    }
    (out.trim().to_owned(), varied)
}

/// Which words of the first line are in every line, in order, and are no values.
fn fixed(words: &[Word], lines: &[(&str, &[Word])]) -> Vec<bool> {
    let mut fixed: Vec<bool> = words
        .iter()
        .map(|word| match word.kind {
            Kind::Word | Kind::Code => true,
            Kind::Id | Kind::Address | Kind::Email => false,
            Kind::Number | Kind::Link | Kind::Path | Kind::Mixed => lines.len() >= ENOUGH_LINES,
        })
        .collect();
    for (_, other) in &lines[1..] {
        let kept: Vec<usize> = (0..words.len()).filter(|at| fixed[*at]).collect();
        let of_kept: Vec<Word> = kept.iter().map(|at| words[*at].clone()).collect();
        let mut still = vec![false; words.len()];
        for (at, _) in common(&of_kept, other, |a, b| a.text == b.text) {
            still[kept[at]] = true;
        }
        fixed = still;
    }
    fixed
}

/// A name that no other slot has: the word before it, or what kind of value it is.
fn name(before: Option<&str>, kind: Kind, taken: &[Varied]) -> String {
    let word = before.filter(|word| is_slot_name(word) && word.len() > 1 && !SMALL.contains(word));
    let base: String = word.unwrap_or(kind.name()).chars().take(24).collect();
    let is_free = |name: &str| !taken.iter().any(|varied| varied.name == name);
    let counted = (2..).map(|number| format!("{base}{number}"));
    std::iter::once(base.clone()).chain(counted).find(|name| is_free(name)).unwrap_or(base)
}
