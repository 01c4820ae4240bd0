//! Which entry a message belongs to, where several print it: by the app.
//!
//! The reader's choice counts first, then the app named nearest to the message. An app that has no such entry decides
//! nothing, and entries for all apps remain whatever the app.

use std::cell::OnceCell;

use super::Diagnoser;
use crate::context::{Mention, distance};
use crate::finds::Find;
use crate::paste::Paste;
use crate::positions::Lines;
use crate::report::Options;

/// Around a message, this much folded text is searched for the app's name.
const NEIGHBOURHOOD: usize = 16 * 1024;

/// From so many finds in a text, the apps named in it are looked for once and not around each find: finds that stand
/// close together would have the same text searched again and again.
const MANY: usize = 8;

/// The apps named in a text, looked for when first needed, where that pays.
pub(super) struct Mentions(Option<OnceCell<Vec<Mention>>>);

impl Mentions {
    /// For a text in which so much was found.
    pub fn of(finds: usize) -> Self {
        Self((finds >= MANY).then(OnceCell::new))
    }
}

/// Which entries a find can be.
pub(super) struct Decision {
    pub entries: Vec<u32>,
    pub mention: Option<Mention>,
    /// Whether the app is known, chosen by the reader or named in the text.
    pub by_app: bool,
}

impl Diagnoser {
    /// Which entries a find can be: all that print the message, or those that the app leaves.
    pub(super) fn decide(
        &self,
        find: &Find,
        paste: &Paste,
        lines: &Lines,
        mentions: &Mentions,
        asked: Option<u32>,
        options: &Options,
    ) -> Decision {
        let mut entries: Vec<u32> = Vec::new();
        for (entry, _) in find.templates().flat_map(|template| self.sources(template)) {
            if !entries.contains(entry) {
                entries.push(*entry);
            }
        }
        if let Some(product) = &options.product {
            entries.retain(|entry| self.entry(*entry).product == *product);
        }
        let of_app = |app: u32| entries.iter().copied().filter(|entry| self.applies(*entry, app)).collect::<Vec<_>>();
        if let Some(left) = asked.map(of_app).filter(|left| !left.is_empty()) {
            return Decision { entries: left, mention: None, by_app: true };
        }
        if !options.without.context
            && (entries.len() > 1 || self.is_word(find))
            && let Some(mention) = self.nearest_mention(find, paste, lines, mentions)
        {
            let left = of_app(mention.app);
            if !left.is_empty() {
                return Decision { entries: left, mention: Some(mention), by_app: true };
            }
        }
        Decision { entries, mention: None, by_app: false }
    }

    fn nearest_mention(&self, find: &Find, paste: &Paste, lines: &Lines, mentions: &Mentions) -> Option<Mention> {
        let view = paste.main();
        let from = view.position(find.span.start).saturating_sub(NEIGHBOURHOOD);
        let to = (view.position(find.span.end) + NEIGHBOURHOOD).min(view.text.len());
        let literals = find.literals(paste);
        let is_other = |mention: &Mention| !literals.iter().any(|literal| literal.contains(&mention.span.0));
        let nearest = |found: &mut dyn Iterator<Item = Mention>| {
            found.min_by_key(|mention| distance(mention, (find.span.start, find.span.end), |at| lines.number(at)))
        };
        let Some(known) = &mentions.0 else {
            return nearest(&mut self.apps.mentions(view, from, to).into_iter().filter(is_other));
        };
        let known = known.get_or_init(|| self.apps.mentions(view, 0, view.text.len()));
        let is_near = |mention: &Mention| {
            let at = view.position(mention.span.0);
            (from..to).contains(&at)
        };
        // They stand in order, and the farther away in one direction the farther in lines and bytes as well.
        let (before, rest) = known.split_at(known.partition_point(|mention| mention.span.0 < find.span.start));
        let (inside, after) = rest.split_at(rest.partition_point(|mention| mention.span.0 < find.span.end));
        let before = before.iter().rev().find(|mention| is_other(mention)).copied();
        let after = after.iter().find(|mention| is_other(mention)).copied();
        let inside = inside.iter().copied().filter(is_other);
        nearest(&mut before.into_iter().chain(inside).chain(after).filter(is_near))
    }

    fn applies(&self, entry: u32, app: u32) -> bool {
        let entry = self.entry(entry);
        entry.apps.is_empty() || entry.apps.iter().any(|name| self.apps.named(name) == Some(app))
    }
}
