//! One heading, several errors: groups of messages with their own explanation, one after another, are entries of their
//! own ("**Error**: a", prose, "**Error**: b", prose).

use super::blocks::{Kind, plain};
use super::labels::Label;
use super::leads::Part;
use super::sections::Raw;

/// The entries that an entry's parts are.
pub(super) fn entries(raw: Raw) -> Vec<Raw> {
    if !raw.situations.is_empty() {
        return vec![raw];
    }
    let Raw { at, id, title, parts, situations, row } = raw;
    let mut groups: Vec<Vec<Part>> = vec![Vec::new()];
    for part in parts {
        let begins = asks(&part)
            && groups.last().is_some_and(|group| group.iter().any(asks) && group.iter().any(answers));
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
        && let Some(last) = groups.pop_if(|last| !last.iter().any(answers))
        && let Some(group) = groups.last_mut()
    {
        group.extend(last);
    }
    if groups.len() == 1 {
        let parts = groups.pop().unwrap_or_default();
        return vec![Raw { at, id, title, parts, situations, row }];
    }
    let mut entries = Vec::new();
    for (number, parts) in groups.into_iter().enumerate() {
        let at = parts.iter().find(|part| asks(part)).map_or(at, |part| part.at);
        // Each is named by its message; one without keeps the heading.
        let named = parts.iter().any(|part| part.label() == Some(Label::Message) && !part.blocks.is_empty());
        let title = if named { String::new() } else { format!("{title} ({})", number + 1) };
        entries.push(Raw { at, id: None, title, parts, situations: Vec::new(), row: named });
    }
    entries
}

/// Whether an author's label asks what to do about something.
fn asks(part: &Part) -> bool {
    !part.told && matches!(part.label(), Some(Label::Message | Label::Symptom))
}

/// Whether a part explains or resolves.
fn answers(part: &Part) -> bool {
    let is_prose = |kind: &Kind| matches!(kind, Kind::Paragraph(spans) if plain(spans).split_whitespace().count() > 5);
    match part.label() {
        Some(Label::Cause | Label::Resolution) => true,
        Some(Label::Message) if !part.told => part.blocks.iter().skip(1).any(|block| is_prose(&block.kind)),
        Some(_) => false,
        None => part.blocks.iter().any(|block| is_prose(&block.kind)),
    }
}
