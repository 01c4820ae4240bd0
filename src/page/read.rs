//! One page on its own: what product and language it is of, and what its sections are called.

use std::collections::{BTreeMap, HashMap};

use super::blocks;
use super::front_matter::{self, FrontMatter};
use super::labels::{self, Label};
use super::leads::{Lead, Part};
use super::names;
use super::sections::{self, Raw, Sections};
use super::source::Notes;
use super::tidy;
use super::{Page, PageInfo};
use crate::catalog::FALLBACK_LANGUAGE;

/// A page divided into its entries.
pub(super) struct Read<'a> {
    pub text: &'a str,
    pub info: PageInfo,
    pub title: String,
    pub front: FrontMatter,
    pub sections: Sections,
    pub notes: Notes,
}

/// Reads one page on its own.
pub(super) fn read(page: &Page) -> Read<'_> {
    let mut notes = Notes::new(&page.path);
    let front = front_matter::read(&page.text, &mut notes);
    let blocks = blocks::read(&page.text, front.body, &mut notes);
    let blocks = tidy::blocks(blocks, &page.text, &mut notes);
    let mut sections = sections::read(blocks, &page.text, &called(&page.path, &front), &mut notes);
    let heading = sections.heading.as_ref();
    let title = front.title.as_deref().or(heading.map(|(_, text)| text.as_str())).unwrap_or_default();
    // Documentation systems put their own name behind a title.
    let title = title.split(" | ").next().unwrap_or_default().trim().to_string();
    let product = product(&page.path, &front, heading, &title, &mut notes);
    let lang = front.language.clone().or_else(|| stem(&page.path)).unwrap_or_else(|| spoken(&sections.languages));
    for raw in &mut sections.entries {
        if raw.title.is_empty() && !raw.row {
            raw.title.clone_from(&title);
            // Nothing names it but its message.
            raw.row = title.is_empty();
        }
    }
    let title = if title.is_empty() { product.clone() } else { title };
    let info = PageInfo {
        path: page.path.clone(),
        product,
        lang,
        own: notes.own,
        date: front.date,
        unreviewed: front.unreviewed,
        originals: front.originals.clone(),
    };
    let mut page = Read { text: &page.text, info, title, front, sections, notes };
    page.name_sections();
    page
}

/// What a page is called: by its front matter, and by its file, as in `troubleshooting-cranes.md`.
fn called(path: &str, front: &FrontMatter) -> String {
    let name = path.rsplit(['/', '\\']).next().and_then(|name| name.split('.').next()).unwrap_or_default();
    format!("{} | {}", name.replace(['-', '_'], " "), front.title.as_deref().unwrap_or_default())
}

fn product(
    path: &str,
    front: &FrontMatter,
    heading: Option<&(Option<String>, String)>,
    title: &str,
    notes: &mut Notes,
) -> String {
    if let Some(given) = &front.product {
        let id = names::slug(given);
        if id != *given {
            let help = format!("write product: {}", if id.is_empty() { "name" } else { &id });
            notes.error(0, "bad-product", format!("\"{given}\" is not lower-case letters, digits and hyphens"), help);
        }
        if !id.is_empty() {
            return id;
        }
    }
    let anchor = heading.and_then(|(id, _)| id.as_deref());
    let file = path.rsplit(['/', '\\']).next().and_then(|name| name.split('.').next());
    let named = [anchor, heading.map(|(_, text)| text.as_str()), Some(title), file].into_iter().flatten();
    named.map(names::product).find(|id| !id.is_empty()).unwrap_or_else(|| "page".into())
}

/// The language that a file's name is: `nl` of `nl.md`.
fn stem(path: &str) -> Option<String> {
    let name = path.rsplit(['/', '\\']).next()?.split('.').next()?;
    (name.len() == 2 && name.bytes().all(|byte| byte.is_ascii_lowercase())).then(|| name.into())
}

/// The language that most labels are in.
fn spoken(languages: &[&'static str]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for language in languages.iter().filter(|language| !language.is_empty()) {
        *counts.entry(language).or_default() += 1;
    }
    let most = counts.iter().max_by_key(|(language, count)| (**count, **language == FALLBACK_LANGUAGE));
    most.map_or(FALLBACK_LANGUAGE, |(language, _)| language).into()
}

impl Read<'_> {
    /// Gives every section its id; rows get theirs when their message is read.
    fn name_sections(&mut self) {
        let prefix = format!("{}/", self.info.product);
        let raws = self.sections.entries.iter_mut().chain(&mut self.sections.unlabelled);
        for (number, raw) in raws.enumerate() {
            raw.id = match &raw.id {
                Some(given) => {
                    let id = names::id(given.strip_prefix(&prefix).unwrap_or(given));
                    if self.notes.own && id != given.strip_prefix(&prefix).unwrap_or(given) {
                        let what = format!("the id \"{given}\" has other characters than a-z, 0-9, - and /");
                        self.notes.error(raw.at, "bad-id", what, format!("write {{#{id}}}"));
                    }
                    Some(id)
                }
                None if raw.row => None,
                None => Some(names::slug(&raw.title)),
            }
            .map(|id| if id.is_empty() { format!("entry-{}", number + 1) } else { id });
        }
    }

    /// Reads what this page's labels do not tell by the structure of another language's page.
    pub fn take_shapes(&mut self, shapes: &HashMap<(String, String), Vec<Label>>) {
        let product = &self.info.product;
        let shape = |raw: &Raw| raw.id.as_ref().and_then(|id| shapes.get(&(product.clone(), id.clone())));
        for mut raw in std::mem::take(&mut self.sections.unlabelled) {
            let title = raw.title.clone();
            if shape(&raw).is_some_and(|shape| sections::take_shape(&mut raw, shape)) {
                self.notes.warning(
                    raw.at,
                    "structure-taken",
                    format!(
                        "\"{title}\" has no labels that we know; it was read like the same entry in another language"
                    ),
                    "check that its message, cause and resolution are in the same order, or label them",
                );
                self.sections.entries.push(raw);
            } else if self.notes.own {
                let what = format!("the heading \"{title}\" is no entry: nothing under it is labelled");
                self.notes.error(
                    raw.at,
                    "entry-without-labels",
                    what,
                    "label its blocks **Error**:, **Cause**: and **Resolution**:",
                );
            } else if !labels::is_afterword(&title) {
                self.notes.warning(
                    raw.at,
                    "section-left-out",
                    format!("the section \"{title}\" tells no message and labels nothing; it was left out"),
                    "if it explains an error, label its blocks **Error**:, **Cause**: and **Resolution**:",
                );
            }
        }
        for raw in &mut self.sections.entries {
            let unknown: Vec<(usize, String)> = raw.parts.iter().filter_map(unknown_label).collect();
            if !unknown.is_empty() {
                let shape = raw.id.as_ref().and_then(|id| shapes.get(&(product.clone(), id.clone())));
                if shape.is_some_and(|shape| sections::take_shape(raw, shape)) {
                    for (at, words) in unknown {
                        let what = format!(
                            "nothing understands the label \"{words}\"; it was read as the one in its place in another language"
                        );
                        self.notes.warning(at, "unknown-label", what, super::label_help(&words));
                    }
                } else {
                    sections::keep_unknown(&mut raw.parts, &mut self.notes);
                }
            }
            for situation in &mut raw.situations {
                sections::keep_unknown(&mut situation.parts, &mut self.notes);
            }
        }
    }
}

fn unknown_label(part: &Part) -> Option<(usize, String)> {
    match &part.lead {
        Some(Lead::Unknown(words)) => Some((part.at, words.clone())),
        _ => None,
    }
}
