//! One heading, several errors: groups of messages with their own explanation, one after another, are entries of their
//! own ("**Error**: a", prose, "**Error**: b", prose).

use super::blocks::{Block, Kind, plain};
use super::labels::Label;
use super::leads::Part;
use super::sections::Raw;
use super::source::Notes;

/// The entries that an entry's parts are.
pub(super) fn entries(raw: Raw, notes: &mut Notes) -> Vec<Raw> {
    if !raw.situations.is_empty() {
        return vec![raw];
    }
    let Raw { at, id, title, parts, situations, row, unnamed } = raw;
    let mut groups = vec![Group::default()];
    for part in parts {
        let begins = asks(&part) && groups.last().is_some_and(|group| group.answered);
        // A message that the prose under a label tells stands before the label's part, and goes with it.
        let told = match groups.last_mut() {
            Some(group) if begins && group.parts.last().is_some_and(|last| last.told) => group.parts.pop(),
            _ => None,
        };
        if begins {
            groups.push(Group::default());
        }
        if let Some(group) = groups.last_mut() {
            told.into_iter().chain([part]).for_each(|part| group.push(part));
        }
    }
    if groups.len() > 1
        && let Some(last) = groups.pop_if(|last| !last.answered)
        && let Some(group) = groups.last_mut()
    {
        group.parts.extend(last.parts);
    }
    let mut groups: Vec<Vec<Part>> = groups.into_iter().map(|group| group.parts).collect();
    if groups.len() == 1 {
        let parts = groups.pop().unwrap_or_default();
        return vec![Raw { at, id, title, parts, situations, row, unnamed }];
    }
    if let Some(first) = groups.first_mut()
        && let Some(begin) = first.iter().position(|part| asks(part) || part.told).filter(|begin| *begin > 0)
    {
        let intro: Vec<Part> = first.drain(..begin).collect();
        let what = format!("the text under \"{title}\" introduces the errors below it; it was left out");
        notes.warning(intro[0].at, "chapter-left-out", what, "say in each entry what belongs to it");
    }
    let mut entries = Vec::new();
    for parts in groups {
        let at = parts.iter().find(|part| asks(part)).map_or(at, |part| part.at);
        // Each is named by its message; one without keeps the heading.
        let named = parts.iter().any(|part| part.label() == Some(Label::Message) && !part.blocks.is_empty());
        let title = if named { String::new() } else { title.clone() };
        entries.push(Raw { at, id: None, title, parts, situations: Vec::new(), row: named, unnamed: false });
    }
    entries
}

/// Whether an author's label asks what to do about something.
fn asks(part: &Part) -> bool {
    !part.told && matches!(part.label(), Some(Label::Message | Label::Symptom))
}

/// Messages, and what stands behind them up to the next ones.
#[derive(Default)]
struct Group {
    parts: Vec<Part>,
    /// Whether a label asked in it.
    asked: bool,
    /// Whether what it asked is explained or resolved.
    answered: bool,
    /// Where the last message stands that its prose tells.
    told: Option<usize>,
}

impl Group {
    fn push(&mut self, part: Part) {
        if part.told {
            self.told = self.told.max(part.blocks.iter().map(|block| block.at).max());
        }
        self.asked |= asks(&part);
        self.answered |= self.asked
            && match part.label() {
                Some(Label::Cause | Label::Resolution) => true,
                Some(Label::Message) if !part.told => part.blocks.iter().skip(1).any(is_prose),
                // What stands behind the message that a symptom is explains it.
                Some(Label::Symptom) => {
                    part.blocks.iter().any(|block| is_prose(block) && self.told.is_some_and(|told| block.at > told))
                }
                Some(_) => false,
                None => part.blocks.iter().any(is_prose),
            };
        self.parts.push(part);
    }
}

fn is_prose(block: &Block) -> bool {
    matches!(&block.kind, Kind::Paragraph(spans) if plain(spans).split_whitespace().count() > 5)
}
