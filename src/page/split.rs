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
    let Raw { at, id, title, parts, situations, row } = raw;
    let mut groups: Vec<Vec<Part>> = vec![Vec::new()];
    for part in parts {
        let begins = asks(&part) && groups.last().is_some_and(|group| is_answered(group));
        // A message that the prose under a label tells stands before the label's part, and goes with it.
        let told = match groups.last_mut() {
            Some(group) if begins && group.last().is_some_and(|last| last.told) => group.pop(),
            _ => None,
        };
        if begins {
            groups.push(told.into_iter().collect());
        }
        if let Some(group) = groups.last_mut() {
            group.push(part);
        }
    }
    if groups.len() > 1
        && let Some(last) = groups.pop_if(|last| !is_answered(last))
        && let Some(group) = groups.last_mut()
    {
        group.extend(last);
    }
    if groups.len() == 1 {
        let parts = groups.pop().unwrap_or_default();
        return vec![Raw { at, id, title, parts, situations, row }];
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
        entries.push(Raw { at, id: None, title, parts, situations: Vec::new(), row: named });
    }
    entries
}

/// Whether an author's label asks what to do about something.
fn asks(part: &Part) -> bool {
    !part.told && matches!(part.label(), Some(Label::Message | Label::Symptom))
}

/// Whether what a group asks is answered in it: explained or resolved.
fn is_answered(group: &[Part]) -> bool {
    let Some(asked) = group.iter().position(asks) else { return false };
    let told = group.iter().filter(|part| part.told).flat_map(|part| &part.blocks).map(|block| block.at).max();
    group[asked..].iter().any(|part| match part.label() {
        Some(Label::Cause | Label::Resolution) => true,
        Some(Label::Message) if !part.told => part.blocks.iter().skip(1).any(is_prose),
        // What stands behind the message that a symptom is explains it.
        Some(Label::Symptom) => part.blocks.iter().any(|block| is_prose(block) && told.is_some_and(|told| block.at > told)),
        Some(_) => false,
        None => part.blocks.iter().any(is_prose),
    })
}

fn is_prose(block: &Block) -> bool {
    matches!(&block.kind, Kind::Paragraph(spans) if plain(spans).split_whitespace().count() > 5)
}
