//! Every message of a catalog, compiled; messages that match the same texts are kept once.
//!
//! Several apps print the same message, and one entry may have it in several languages. Here they become one template
//! with several sources, so that finding it is work done once and knowing whose it is comes after. This module knows
//! catalogs and templates; it does not know of pastes.

use rustc_hash::FxHashMap;

use crate::catalog::{Catalog, Message, Problem};
use crate::pattern::Pattern;
use crate::template::{Template, TemplateError};

/// The compiled messages of a catalog.
#[derive(Debug, Default)]
pub struct Messages {
    /// What to look for.
    pub templates: Vec<Template>,
    /// For each template, the messages that compile to it: entry and message numbers, in catalog order.
    pub sources: Vec<Vec<(u32, u32)>>,
    /// Template numbers by what tells templates apart.
    known: FxHashMap<String, usize>,
}

impl Messages {
    /// Compiles every message; what cannot be compiled is left out and reported. Cost: linear in the messages.
    pub fn new(catalog: &Catalog, problems: &mut Vec<Problem>) -> Self {
        let mut messages = Self::default();
        for (entry_number, entry) in (0..).zip(&catalog.entries) {
            for (message_number, message) in (0..).zip(&entry.messages) {
                if let Err(problem) = messages.add(message, (entry_number, message_number)) {
                    problems.push(Problem { path: entry.id.clone(), ..problem });
                }
            }
        }
        messages
    }

    // See the reader of catalogs for why this is a call of its own.
    #[inline(never)]
    fn add(&mut self, message: &Message, source: (u32, u32)) -> Result<(), Problem> {
        let text = &message.text;
        let number = if message.regex {
            let pattern = Pattern::new(text).and_then(|pattern| pattern.check().map(|()| pattern)).map_err(|why| {
                let what = format!("the regular expression \"{text}\" cannot be used: {why}");
                Problem::error("bad-regex", "", what, "correct it, or write the message with slots")
            })?;
            self.number(format!("/{text}/"), Template::literal(&pattern.literal))
        } else {
            let template = Template::new(text).map_err(|error| template_problem(text, error))?;
            self.number(template.key(), template)
        };
        if !self.sources[number].iter().any(|(entry, _)| *entry == source.0) {
            self.sources[number].push(source);
        }
        Ok(())
    }

    fn number(&mut self, key: String, template: Template) -> usize {
        *self.known.entry(key).or_insert_with(|| {
            self.templates.push(template);
            self.sources.push(Vec::new());
            self.templates.len() - 1
        })
    }
}

fn template_problem(message: &str, error: TemplateError) -> Problem {
    match error {
        TemplateError::TooGeneral => Problem::error(
            "too-general",
            "",
            format!("the message \"{message}\" has no fixed part of at least four letters, so it would match anything"),
            "quote more of the message",
        ),
        TemplateError::TooManyAlternatives => Problem::error(
            "too-many-alternatives",
            "",
            format!("the message \"{message}\" has more than 64 combinations of alternatives"),
            "write it as several messages",
        ),
    }
}
