//! Pastes that no entry explains → groups of like ones, and for each a proposed entry.
//!
//! An author's history tells which entry to write next: the one that would explain most. [`groups`] finds the telling
//! line of each paste, puts like lines together, and proposes the message that they have in common, with a slot where
//! they differ; [`propose`] makes it an entry and tries it. What causes it, only the author knows. Grouping knows texts
//! only; where they come from, nothing here knows.

mod line;
mod pattern;
mod proposal;

use std::collections::{BTreeMap, HashMap};

use line::{Kind, Word};
pub use pattern::Varied;
pub use proposal::{Proposal, propose};
use serde::Serialize;

use crate::markdown::{code, escaped};

/// Pastes that look alike, and the message that they have in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Group {
    /// The pastes, by their place in the list given, ascending.
    pub members: Vec<usize>,
    /// The message, with slots.
    pub message: String,
    /// What stands in its slots.
    pub varied: Vec<Varied>,
    /// The line of the first member.
    pub line: String,
}

/// Two lines are alike when this much of their words is the same and in order, in percent.
const ALIKE: usize = 60;
/// A line is compared with this many groups at most: those that share most words with it.
const MOST_COMPARED: usize = 16;

/// Groups pastes by likeness, the largest first. Cost: nearly linear in the pastes.
pub fn groups(pastes: &[&str]) -> Vec<Group> {
    let candidates: Vec<Vec<Line>> =
        pastes.iter().map(|paste| line::candidates(paste).into_iter().map(Line::new).collect()).collect();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for lines in &candidates {
        let mut keys: Vec<&str> = lines.iter().map(|line| line.key.as_str()).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            *seen.entry(key).or_default() += 1;
        }
    }
    let mut open: Vec<Vec<(usize, &Line)>> = Vec::new();
    let mut index: HashMap<&str, Vec<usize>> = HashMap::new();
    for (number, lines) in candidates.iter().enumerate() {
        // Of several lines of trouble, the one that other pastes have too.
        let Some(line) = lines.iter().enumerate().max_by_key(|(at, line)| (seen[line.key.as_str()], usize::MAX - at))
        else {
            continue;
        };
        let line = line.1;
        if let Some(found) = nearest(line, &open, &index) {
            open[found].push((number, line));
        } else {
            for word in line.telling() {
                index.entry(word).or_default().push(open.len());
            }
            open.push(vec![(number, line)]);
        }
    }
    let mut groups: Vec<Group> = open.iter().map(|members| group(members)).collect();
    groups.sort_by_key(|group| (std::cmp::Reverse(group.members.len()), group.members[0]));
    groups
}

/// A telling line, taken apart.
struct Line {
    text: String,
    words: Vec<Word>,
    /// Its words with values masked: lines with one key differ in values only.
    key: String,
}

impl Line {
    fn new(text: String) -> Self {
        let words = line::words(&text);
        let masked = words.iter().map(|word| if word.kind.tells() { word.text.as_str() } else { word.kind.name() });
        Self { key: masked.collect::<Vec<_>>().join(" "), words, text }
    }

    fn codes(&self) -> impl Iterator<Item = &str> {
        self.words.iter().filter(|word| word.kind == Kind::Code).map(|word| word.text.as_str())
    }

    fn telling(&self) -> impl Iterator<Item = &str> {
        self.words.iter().filter(|word| word.kind.tells() && word.text.len() > 2).map(|word| word.text.as_str())
    }
}

/// The group whose first line is most like this one, if any is alike enough.
fn nearest(line: &Line, open: &[Vec<(usize, &Line)>], index: &HashMap<&str, Vec<usize>>) -> Option<usize> {
    let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
    for word in line.telling() {
        for group in index.get(word).into_iter().flatten() {
            *shared.entry(*group).or_default() += 1;
        }
    }
    let mut likely: Vec<(usize, usize)> = shared.into_iter().map(|(group, shared)| (shared, group)).collect();
    likely.sort_unstable_by(|a, b| b.cmp(a));
    likely.truncate(MOST_COMPARED);
    let alike = |group: usize| {
        let leader = open[group][0].1;
        if leader.key == line.key {
            return 100;
        }
        // Another code is another error, however alike the rest is.
        if !leader.codes().eq(line.codes()) {
            return 0;
        }
        let same = pattern::common(&leader.words, &line.words, |a, b| {
            a.kind == b.kind && (!a.kind.tells() || a.text == b.text)
        });
        let telling = same.iter().filter(|(at, _)| leader.words[*at].kind.tells()).count();
        if telling < 2 { 0 } else { same.len() * 200 / (leader.words.len() + line.words.len()).max(1) }
    };
    let best = likely
        .into_iter()
        .map(|(_, group)| (alike(group), group))
        .max_by_key(|(alike, group)| (*alike, usize::MAX - group))?;
    (best.0 >= ALIKE).then_some(best.1)
}

fn group(members: &[(usize, &Line)]) -> Group {
    let lines: Vec<(&str, &[Word])> =
        members.iter().map(|(_, line)| (line.text.as_str(), line.words.as_slice())).collect();
    let (message, varied) = pattern::message(&lines);
    Group {
        members: members.iter().map(|(number, _)| *number).collect(),
        message,
        varied,
        line: members[0].1.text.clone(),
    }
}

impl Group {
    /// A title for its entry: the fixed words of its message, the first of them.
    pub fn title(&self) -> String {
        let fixed: Vec<&str> = crate::notation::pieces(&self.message)
            .into_iter()
            .filter_map(|piece| if let crate::notation::Piece::Text(text) = piece { Some(text) } else { None })
            .flat_map(str::split_whitespace)
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
            .filter(|word| !word.is_empty())
            .take(8)
            .collect();
        let title = fixed.join(" ");
        let mut chars = title.chars();
        chars.next().map_or(title.clone(), |first| first.to_uppercase().chain(chars).collect())
    }

    /// The name of its entry: the title as an id.
    pub fn name(&self) -> String {
        let mut name = String::new();
        for c in self.title().chars().flat_map(char::to_lowercase) {
            if c.is_ascii_alphanumeric() {
                name.push(c);
            } else if !name.is_empty() && !name.ends_with('-') {
                name.push('-');
            }
        }
        let end = if name.len() > 60 { name[..60].rfind('-').unwrap_or(60) } else { name.len() };
        let name = name[..end].trim_end_matches('-');
        if name.is_empty() { "entry".into() } else { name.into() }
    }

    /// Its entry as a section of a page. What causes it and what to do are left for the author to say.
    pub fn section(&self) -> String {
        format!(
            "## {} {{#{}}}\n\n**Error**: {}\n\n**Cause**:\n\n**Resolution**:\n",
            escaped(&self.title()),
            self.name(),
            code(&self.message)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn like_pastes_come_together_and_what_differs_is_a_slot() {
        let pastes = [
            "2026-01-02 10:00:00 ERROR Could not open vault main for user ann: permission denied",
            "Hi!\n2026-01-03 11:00:00 ERROR Could not open vault spare for user bob: permission denied\nBye",
            "the oven of kitchen 7 exploded unexpectedly",
            "Could not open vault main for user cy van dam: permission denied",
        ];
        let groups = groups(&pastes);
        assert_eq!(groups.iter().map(|group| group.members.clone()).collect::<Vec<_>>(), [vec![0, 1, 3], vec![2]]);
        assert_eq!(groups[0].message, "Could not open vault {vault} for user {user}: permission denied");
        let told: Vec<String> =
            groups[0].varied.iter().map(|varied| format!("{}: {:?}", varied.name, varied.values)).collect();
        assert_eq!(
            told,
            ["vault: [(\"main\", 2), (\"spare\", 1)]", "user: [(\"ann\", 1), (\"bob\", 1), (\"cy van dam\", 1)]"]
        );
        assert_eq!(groups[1].message, "the oven of kitchen {kitchen} exploded unexpectedly");
        assert_eq!(groups[0].name(), "could-not-open-vault-for-user-permission-denied");
    }

    #[test]
    fn codes_tell_and_are_not_values() {
        let pastes = ["request failed with status 404 at gate 17", "request failed with status 500 at gate 18"];
        let groups = groups(&pastes);
        assert_eq!(groups[0].message, "request failed with status 404 at gate {gate}");
        assert_eq!(groups.len(), 2);
    }

    #[test]
    fn nothing_is_made_of_nothing() {
        assert!(groups(&["", "\n\n", "ok"]).is_empty());
    }
}
