//! Every message of a catalog, compiled; messages that match the same texts are kept once.
//!
//! Several apps print the same message, and one entry may have it in several languages. Here they become one template
//! with several sources, so that finding it is work done once and knowing whose it is comes after. This module knows
//! catalogs and templates; it does not know of pastes.

use crate::catalog::{Catalog, Entry, Message, Problem};
use crate::keyed::{Keyed, key_of_bytes};
use crate::pattern::Pattern;
use crate::template::{Gap, Template, TemplateError};

/// The compiled messages of a catalog.
#[derive(Debug, Default)]
pub struct Messages {
    /// What to look for; of gaps only whether they are open, because there are as many as of everything else together.
    pub templates: Vec<Template>,
    /// For each template, the messages that compile to it: entry and message numbers, in catalog order.
    pub sources: Vec<Vec<(u32, u32)>>,
    /// The regular expressions of those that are literals of one.
    expressions: Keyed<String>,
    /// By a key of what tells templates apart, the last one that has it, one more than its number.
    known: Keyed<u32>,
    /// For each template, the one before it that has the same key: one more than its number, or 0.
    before: Vec<u32>,
    /// How many entries were added.
    entries: u32,
}

/// A message by itself, and its regular expression if it is one.
type Compiled<'m> = (Template, Option<&'m str>);

impl Messages {
    /// What is wrong with messages of a catalog. Cost: linear in the messages.
    pub fn problems(catalog: &Catalog) -> Vec<Problem> {
        let mut messages = Self::default();
        catalog.entries.iter().filter_map(|entry| messages.add(entry).err()).flatten().collect()
    }

    /// Compiles every message of the next entry. Fails with what is wrong with any of them, and then none of them counts.
    // A call for each entry: see the reader of catalogs.
    #[inline(never)]
    pub fn add(&mut self, entry: &Entry) -> Result<(), Vec<Problem>> {
        let mut problems = Vec::new();
        let mut compiled = Vec::with_capacity(entry.messages.len());
        for message in &entry.messages {
            match compile(message) {
                Ok(one) => compiled.push(one),
                Err(problem) => problems.push(Problem { path: entry.id.clone(), ..problem }),
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        for (message, one) in (0..).zip(compiled) {
            let number = self.number(one);
            if self.sources[number].last().is_none_or(|(last, _)| *last != self.entries) {
                self.sources[number].push((self.entries, message));
            }
        }
        self.entries += 1;
        Ok(())
    }

    /// The number of a template that matches the same texts; a new one if there is none.
    fn number(&mut self, (mut template, expression): Compiled<'_>) -> usize {
        let key = expression.map_or_else(|| key_of(&template), |text| key_of_bytes(0, text.as_bytes()));
        let last = *self.known.at(key);
        let mut alike = last;
        while let Some(number) = alike.checked_sub(1) {
            let of_known = self.expressions.get(number.into()).map(String::as_str);
            let number = number as usize;
            if of_known == expression && (expression.is_some() || self.templates[number].key() == template.key()) {
                return number;
            }
            alike = self.before[number];
        }
        let number = self.templates.len();
        self.before.push(last);
        *self.known.at(key) = number as u32 + 1;
        if let Some(text) = expression {
            text.clone_into(self.expressions.at(number as u64));
        }
        for gap in &mut template.gaps {
            *gap = Gap { is_open: gap.is_open, ..Gap::default() };
        }
        self.templates.push(template);
        self.sources.push(Vec::new());
        number
    }
}

/// A number that is the same where [`Template::key`] is, and made sooner.
fn key_of(template: &Template) -> u64 {
    let variants = template.segments.iter().flat_map(|segment| &segment.variants);
    variants.fold(0, |key, variant| key_of_bytes(key ^ variant.len() as u64, variant))
}

fn compile(message: &Message) -> Result<Compiled<'_>, Problem> {
    let text = &message.text;
    if !message.regex {
        return Template::new(text).map(|template| (template, None)).map_err(|error| template_problem(text, error));
    }
    match Pattern::new(text).and_then(|pattern| pattern.check().map(|()| pattern)) {
        Ok(pattern) => Ok((Template::literal(&pattern.literal), Some(text))),
        Err(why) => {
            let what = format!("the regular expression \"{text}\" cannot be used: {why}");
            Err(Problem::error("bad-regex", "", what, "correct it, or write the message with slots"))
        }
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
