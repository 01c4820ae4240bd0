//! What changed between two states of a catalog, for a changelog that people read.
//!
//! Entries are compared by their ids and texts by what they say; the order of entries means nothing. This module compares
//! data; it does not know where the two came from.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Serialize;

use crate::catalog::{Catalog, Entry, FALLBACK_LANGUAGE, Message};

/// The difference between two catalogs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Delta {
    /// The states that are compared, each a version and a date, as far as the catalogs say them.
    pub from: String,
    /// The newer of them.
    pub to: String,
    /// Entries that are new: id and title.
    pub added: Vec<Named>,
    /// Entries that are gone.
    pub removed: Vec<Named>,
    /// Entries that say something else.
    pub changed: Vec<Changed>,
}

/// An entry by its id and title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Its id.
    pub entry: String,
    /// Its title, in English where it has one.
    pub title: String,
}

/// What changed in an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// Which entry.
    #[serde(flatten)]
    pub named: Named,
    /// Messages that it is found by now.
    pub new_messages: Vec<String>,
    /// Messages that it is not found by any more.
    pub lost_messages: Vec<String>,
    /// Whether it applies to other apps.
    pub apps: Option<Apps>,
    /// What else says something else, by language: a title, causes, steps, a text that is new or gone, a review.
    pub texts: BTreeMap<String, Vec<Part>>,
}

/// The apps before and after; an empty list means all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Apps {
    /// Before.
    pub from: Vec<String>,
    /// After.
    pub to: Vec<String>,
}

/// A part of an entry's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// The text is new.
    New,
    /// The text is gone.
    Gone,
    /// The title.
    Title,
    /// When a situation applies, or why it happens.
    Cause,
    /// What to do.
    Steps,
    /// A machine's translation was reviewed.
    Reviewed,
    /// The text is a machine's translation now.
    Unreviewed,
}

/// Compares two catalogs. Cost: linear in both.
pub fn delta(from: &Catalog, to: &Catalog) -> Delta {
    let old: BTreeMap<&str, &Entry> = from.entries.iter().map(|entry| (entry.id.as_str(), entry)).collect();
    let new: BTreeMap<&str, &Entry> = to.entries.iter().map(|entry| (entry.id.as_str(), entry)).collect();
    let only = |these: &BTreeMap<&str, &Entry>, those: &BTreeMap<&str, &Entry>| {
        these.iter().filter(|(id, _)| !those.contains_key(*id)).map(|(_, entry)| named(entry)).collect()
    };
    Delta {
        from: state(from),
        to: state(to),
        added: only(&new, &old),
        removed: only(&old, &new),
        changed: old.iter().filter_map(|(id, before)| changed(before, new.get(id)?)).collect(),
    }
}

fn state(catalog: &Catalog) -> String {
    let parts = [catalog.version.as_str(), catalog.date.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn named(entry: &Entry) -> Named {
    let title = entry.text(FALLBACK_LANGUAGE).map(|(_, text)| text.title.clone());
    Named { entry: entry.id.clone(), title: title.unwrap_or_default() }
}

fn changed(before: &Entry, after: &Entry) -> Option<Changed> {
    let written = |message: &Message| if message.regex { format!("/{}/", message.text) } else { message.text.clone() };
    let old: BTreeSet<String> = before.messages.iter().map(written).collect();
    let new: BTreeSet<String> = after.messages.iter().map(written).collect();
    let languages: BTreeSet<&String> = before.texts.keys().chain(after.texts.keys()).collect();
    let texts = languages.into_iter().map(|lang| (lang.clone(), parts(before, after, lang)));
    let apps = (before.apps != after.apps).then(|| Apps { from: before.apps.clone(), to: after.apps.clone() });
    let changed = Changed {
        named: named(after),
        new_messages: new.difference(&old).cloned().collect(),
        lost_messages: old.difference(&new).cloned().collect(),
        apps,
        texts: texts.filter(|(_, parts)| !parts.is_empty()).collect(),
    };
    let is_same = changed.new_messages.is_empty()
        && changed.lost_messages.is_empty()
        && changed.apps.is_none()
        && changed.texts.is_empty();
    (!is_same).then_some(changed)
}

fn parts(before: &Entry, after: &Entry, lang: &str) -> Vec<Part> {
    let (old, new) = match (before.texts.get(lang), after.texts.get(lang)) {
        (Some(old), Some(new)) => (old, new),
        (None, Some(_)) => return vec![Part::New],
        (Some(_), None) => return vec![Part::Gone],
        (None, None) => return Vec::new(),
    };
    let causes = old
        .situations
        .iter()
        .map(|one| (&one.when, &one.cause))
        .eq(new.situations.iter().map(|one| (&one.when, &one.cause)));
    let steps = |one: &crate::catalog::Situation| (one.intro.clone(), one.steps.clone(), one.ordered, one.choice);
    let same_steps = old.situations.iter().map(steps).eq(new.situations.iter().map(steps));
    let found = [
        (old.title != new.title, Part::Title),
        (!causes, Part::Cause),
        (!same_steps, Part::Steps),
        (old.unreviewed && !new.unreviewed, Part::Reviewed),
        (!old.unreviewed && new.unreviewed, Part::Unreviewed),
    ];
    found.into_iter().filter(|(differs, _)| *differs).map(|(_, part)| part).collect()
}

impl Delta {
    /// Whether the two catalogs say the same.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

/// A changelog in Markdown.
impl fmt::Display for Delta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let or = |state: &str, other: &str| if state.is_empty() { other.to_owned() } else { state.to_owned() };
        writeln!(f, "# From {} to {}\n", or(&self.from, "the older catalog"), or(&self.to, "the newer"))?;
        if self.is_empty() {
            return writeln!(f, "Nothing changed.");
        }
        for (heading, list) in [("New", &self.added), ("Gone", &self.removed)] {
            if !list.is_empty() {
                writeln!(f, "## {heading}\n")?;
                for named in list {
                    writeln!(f, "- {named}")?;
                }
                writeln!(f)?;
            }
        }
        if !self.changed.is_empty() {
            writeln!(f, "## Changed\n")?;
            for changed in &self.changed {
                writeln!(f, "- {changed}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (`{}`)", self.title, self.entry)
    }
}

impl fmt::Display for Changed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.named)?;
        for (what, messages) in [("found by", &self.new_messages), ("no longer found by", &self.lost_messages)] {
            for message in messages {
                write!(f, "\n  - {what} {}", crate::markdown::code(message))?;
            }
        }
        if let Some(Apps { from, to }) = &self.apps {
            let list = |apps: &[String]| if apps.is_empty() { "all apps".to_owned() } else { apps.join(", ") };
            write!(f, "\n  - applies to {}, before to {}", list(to), list(from))?;
        }
        for (lang, parts) in &self.texts {
            let parts: Vec<&str> = parts
                .iter()
                .map(|part| match part {
                    Part::New => "is new",
                    Part::Gone => "is gone",
                    Part::Title => "another title",
                    Part::Cause => "another cause",
                    Part::Steps => "other steps",
                    Part::Reviewed => "reviewed",
                    Part::Unreviewed => "translated by a machine",
                })
                .collect();
            write!(f, "\n  - {lang}: {}", parts.join(", "))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Inline, Situation, Text};

    fn entry(id: &str, message: &str, cause: &str) -> Entry {
        let situation = Situation { cause: vec![Inline::Text(cause.into())], ..Situation::default() };
        let text = Text { title: format!("Title of {id}"), situations: vec![situation], unreviewed: true };
        Entry {
            id: format!("p/{id}"),
            product: "p".into(),
            messages: vec![Message::text("en", message)],
            texts: [("en".into(), text)].into(),
            ..Entry::default()
        }
    }

    #[test]
    fn every_difference_is_told_and_order_is_none() {
        let same = entry("same", "Same message", "why");
        let before = Catalog {
            version: "1".into(),
            entries: vec![same.clone(), entry("gone", "Old message", "why"), entry("a", "One `message`", "rain")],
            ..Catalog::default()
        };
        let mut changed = entry("a", "Two messages", "snow");
        changed.apps = vec!["Box".into()];
        changed.texts.insert("nl".into(), Text::default());
        if let Some(text) = changed.texts.get_mut("en") {
            text.unreviewed = false;
        }
        let after = Catalog {
            version: "2".into(),
            date: "2025-03-31".into(),
            entries: vec![changed, entry("new", "New message", "why"), same],
            ..Catalog::default()
        };
        let told = delta(&before, &after).to_string();
        assert_eq!(
            told,
            "# From 1 to 2, 2025-03-31\n\n## New\n\n- Title of new (`p/new`)\n\n## Gone\n\n- Title of gone (`p/gone`)\n\n\
             ## Changed\n\n- Title of a (`p/a`)\n  - found by `Two messages`\n  - no longer found by ``One `message` ``\n  \
             - applies to Box, before to all apps\n  - en: another cause, reviewed\n  - nl: is new\n"
                .replace("``One `message` ``", "`` One `message` ``")
        );
        assert!(delta(&after, &after).is_empty());
    }
}
