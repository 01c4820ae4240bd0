//! Pages of the first shape: a heading is an entry. What stands under it, and what of that another entry is.

use std::collections::{BTreeSet, HashMap};

use super::blocks::{Block, Kind, Node, Span, plain};
use super::codes;
use super::html::anchor;
use super::labels::{self, Label};
use super::leads::{self, Lead, Part};
use super::message;
use super::phrases;
use super::roles::{Role, Roles};
use super::section::Section;
use super::source::Notes;
use super::split;
use super::strong;
use super::told;
use super::troubles::{self, Tells};

/// An entry as it stands in the page, before its messages and prose are read.
#[derive(Clone, Debug)]
pub(super) struct Raw {
    pub at: usize,
    /// The id that the page gives it, without the product.
    pub id: Option<String>,
    pub title: String,
    pub parts: Vec<Part>,
    pub situations: Vec<RawSituation>,
    /// Made from a table's row.
    pub row: bool,
    /// Its id is only made of its heading.
    pub unnamed: bool,
}

/// A sub-heading with its own cause and resolution.
#[derive(Clone, Debug)]
pub(super) struct RawSituation {
    pub when: Vec<Span>,
    pub parts: Vec<Part>,
}

/// What a page consists of.
#[derive(Default)]
pub(super) struct Sections {
    pub entries: Vec<Raw>,
    /// Sections with an id, or a heading to make one of, but without labels: another language may tell what they are.
    pub unlabelled: Vec<Raw>,
    /// The first heading of the first level: its id and its text.
    pub heading: Option<(Option<String>, String)>,
    /// How often each language's labels were used.
    pub languages: Vec<&'static str>,
}

/// Divides a page into its entries. `title` is what its front matter and its file call it.
pub(super) fn read(blocks: Vec<Block>, text: &str, title: &str, notes: &mut Notes) -> Sections {
    let blocks = if notes.own { blocks } else { strong::headings(blocks) };
    let mut sections = tree(blocks);
    let mut found = Sections::default();
    // Whether errors are spoken of: in the page's title, a section's heading, or one above it.
    let mut errors = vec![phrases::speaks_of_errors(title); sections.len()];
    for index in 0..sections.len() {
        errors[index] |= phrases::speaks_of_errors(&plain(&sections[index].title));
        for child in sections[index].children.clone() {
            errors[child] |= errors[index];
        }
    }
    for index in 0..sections.len() {
        let label = leads::heading(&plain(&sections[index].title));
        let is_symptom = label.is_some_and(|(label, ..)| label == Label::Symptom);
        for child in sections[index].children.clone() {
            sections[child].in_symptom = is_symptom || sections[index].in_symptom;
        }
    }
    for index in (0..sections.len()).filter(|_| !notes.own) {
        let chapter = if index == 0 { title.to_string() } else { plain(&sections[index].title) };
        for child in sections[index].children.clone() {
            // A page's title is a chapter, unless it is all there is.
            let errors = errors[index] && (sections[child].level > 1 || sections[child].children.is_empty());
            let leaf = sections[child].children.is_empty();
            sections[child].tells = troubles::read(&plain(&sections[child].title), &chapter, errors, leaf);
        }
    }
    if !notes.own {
        speak_by_shape(&sections, &mut errors);
    }
    let reference = phrases::speaks_of_errors(title)
        || sections.iter().any(|section| section.level == 1 && phrases::speaks_of_errors(&plain(&section.title)));
    let only = sections.len() == 1;
    for (index, section) in sections.iter_mut().enumerate() {
        section.take_tables(errors[index], notes, &mut found);
        let blocks = std::mem::take(&mut section.blocks);
        let blocks = if notes.own { blocks } else { section.take_lists(blocks, text, errors[index], &mut found) };
        let labelled = std::mem::take(&mut section.parts);
        section.parts = leads::parts(blocks);
        section.parts.extend(labelled);
        section.label = leads::heading(&plain(&section.title));
        if !notes.own && (index > 0 || only) {
            section.tell(errors[index], reference);
        }
    }
    forget_others(&mut sections);
    let heading = sections.iter().find(|section| section.level == 1);
    found.heading = heading.map(|section| (section.id.clone(), plain(&section.title).trim().to_string()));
    let roles = Roles::of(&sections, notes.own);
    let mut reader = Reader { sections, roles, notes, found };
    reader.visit(0);
    reader.found_nothing();
    reader.found
}

/// Fewer headings of one shape are no reference.
const REFERENCE: usize = 3;

/// A page that does not say it is about errors may be built like it: codes as headings, and under each what is printed.
/// When most of that is plainly errors, all of it is.
fn speak_by_shape(sections: &[Section], errors: &mut [bool]) {
    let printed = |section: &Section| match section.blocks.first().map(|block| &block.kind) {
        Some(Kind::Code { text, .. }) if codes::is_code(&plain(&section.title)) => Some(text.clone()),
        _ => None,
    };
    let shaped: Vec<(usize, String)> =
        sections.iter().enumerate().filter_map(|(index, section)| Some((index, printed(section)?))).collect();
    let faulty = shaped.iter().filter(|(_, text)| phrases::has_fault(text)).count();
    if shaped.len() >= REFERENCE && faulty * 2 >= shaped.len() {
        for (index, _) in shaped {
            errors[index] = true;
        }
    }
}

/// Forgets messages that the prose of one section mentions and that another section is about.
fn forget_others(sections: &mut [Section]) {
    let mut heads: HashMap<String, BTreeSet<usize>> = HashMap::new();
    for (index, section) in sections.iter().enumerate() {
        for head in &section.heads {
            heads.entry(head.clone()).or_default().insert(index);
        }
    }
    for (index, section) in sections.iter_mut().enumerate() {
        for part in section.parts.iter_mut().filter(|part| part.told) {
            part.blocks.retain(|block| heads.get(&told::folded(block)).is_none_or(|about| about.contains(&index)));
        }
        section.parts.retain(|part| !(part.told && part.blocks.is_empty() && part.label() == Some(Label::Message)));
    }
}

/// The sections of a page, parents before children; the first one is what stands before all headings.
fn tree(blocks: Vec<Block>) -> Vec<Section> {
    let mut sections = vec![Section::new(0, 0, None, Vec::new())];
    let mut open = vec![0];
    let mut anchored = None;
    for block in blocks {
        match block.kind {
            Kind::Heading { level, id, spans } => {
                while open.len() > 1 && sections[open[open.len() - 1]].level >= level {
                    open.pop();
                }
                let id = id.or_else(|| anchor_in(&spans)).or(anchored.take());
                let index = sections.len();
                sections[open[open.len() - 1]].children.push(index);
                open.push(index);
                sections.push(Section::new(block.at, level, id, spans));
            }
            Kind::Paragraph(ref spans) if plain(spans).trim().is_empty() => anchored = anchor_in(spans),
            kind => {
                anchored = None;
                let last = sections.len() - 1;
                sections[last].blocks.push(Block { at: block.at, kind });
            }
        }
    }
    sections
}

fn anchor_in(spans: &[Span]) -> Option<String> {
    spans.iter().find_map(|span| match &span.node {
        Node::Html(tag) => anchor(tag).map(str::to_string),
        _ => None,
    })
}

struct Reader<'n> {
    sections: Vec<Section>,
    roles: Roles,
    notes: &'n mut Notes,
    found: Sections,
}

impl Reader<'_> {
    fn visit(&mut self, index: usize) {
        let children = self.sections[index].children.clone();
        if self.roles.0[index] == Role::Entry {
            let raw = self.entry(index);
            let labelled = raw.parts.iter().any(|part| part.label().is_some()) || !raw.situations.is_empty();
            if !labelled && self.sections[index].tells != Tells::Trouble {
                self.found.unlabelled.push(raw);
            } else if self.notes.own {
                self.found.entries.push(raw);
            } else {
                self.found.entries.extend(split::entries(raw, self.notes));
            }
        } else {
            let section = &self.sections[index];
            let dropped: Vec<&Part> =
                section.parts.iter().filter(|part| part.label().is_some() && !part.told).collect();
            for part in &dropped {
                self.notes.fault(
                    part.at,
                    "label-outside-entry",
                    "this label belongs to no entry, so what it labels was left out",
                    "put it under the heading of an entry, beside its message",
                );
            }
            let is_chapter = section.table || children.iter().any(|&child| self.roles.0[child] == Role::Entry);
            if index > 0 && section.level > 1 && dropped.is_empty() && !section.parts.is_empty() {
                let raw = self.raw(index);
                if is_chapter && !self.notes.own {
                    let what =
                        format!("the text under \"{}\" introduces the errors below it; it was left out", raw.title);
                    self.notes.warning(raw.at, "chapter-left-out", what, "say in each entry what belongs to it");
                } else {
                    self.found.unlabelled.push(raw);
                }
            }
        }
        for child in children {
            if self.roles.0[index] != Role::Entry || self.roles.0[child] == Role::Entry {
                self.visit(child);
            }
        }
    }

    /// What stands under a page's title introduces its errors; where there are none, it was left out.
    fn found_nothing(&mut self) {
        if self.notes.own || !self.found.entries.is_empty() || !self.found.unlabelled.is_empty() {
            return;
        }
        let titles = (0..self.sections.len()).filter(|&index| self.sections[index].level <= 1);
        for index in titles.collect::<Vec<_>>() {
            if !self.sections[index].parts.is_empty() {
                let raw = self.raw(index);
                self.found.unlabelled.push(raw);
            }
        }
    }

    fn raw(&mut self, index: usize) -> Raw {
        let section = &mut self.sections[index];
        let parts = std::mem::take(&mut section.parts);
        self.found.languages.extend(parts.iter().flat_map(|part| part.languages.iter().copied()));
        Raw {
            at: section.at,
            id: section.id.clone(),
            title: plain(&section.title).trim().to_string(),
            parts,
            situations: std::mem::take(&mut section.cases),
            row: false,
            unnamed: section.id.is_none(),
        }
    }

    /// An entry with everything below it that is not an entry itself.
    fn entry(&mut self, index: usize) -> Raw {
        let mut raw = self.raw(index);
        for child in self.sections[index].children.clone() {
            match self.roles.0[child] {
                Role::Entry => {}
                Role::Situation => {
                    let when = self.sections[child].title.clone();
                    let mut parts = self.raw(child).parts;
                    for grandchild in self.sections[child].children.clone() {
                        self.below(grandchild, &mut parts);
                    }
                    raw.situations.push(RawSituation { when, parts });
                }
                Role::Label | Role::Prose => self.below(child, &mut raw.parts),
            }
        }
        raw
    }

    /// A section inside an entry that is a label, or prose that goes with what stands before it.
    fn below(&mut self, index: usize, parts: &mut Vec<Part>) {
        let Section { at, title, label, .. } = &self.sections[index];
        let (at, title, label) = (*at, title.clone(), label.clone());
        let mut own = self.raw(index).parts;
        if labels::is_afterword(plain(&title).trim()) {
            let what =
                format!("the chapter \"{}\" is about the page, not this error; it was left out", plain(&title).trim());
            return self.notes.warning(at, "chapter-left-out", what, "link from the cause or the steps");
        }
        if let Some((label, languages, rest)) = label.filter(|_| self.roles.0[index] == Role::Label) {
            self.found.languages.extend(&languages);
            let mut part = Part::known(at, label, languages, Vec::new());
            if !rest.is_empty() {
                let spans = vec![Span { at, node: Node::Text(rest) }];
                part.blocks.push(Block { at, kind: Kind::Heading { level: 6, id: None, spans } });
            }
            if own.first().is_some_and(|first| first.lead.is_none()) {
                part.blocks.extend(own.remove(0).blocks);
            }
            parts.push(part);
        } else {
            let name = plain(&title);
            self.notes.warning(
                at,
                "unknown-heading",
                format!("the heading \"{}\" inside an entry is neither a label nor a situation", name.trim()),
                "give it its own Cause and Resolution to make it a situation; until then it is prose",
            );
            // Under "Errors" a heading over what is printed says where; over words it is itself the message.
            let under = parts.last().filter(|part| !part.told).and_then(Part::label);
            let kind = if under == Some(Label::Message) && own.first().is_some_and(prints) {
                Kind::Heading { level: 6, id: None, spans: title }
            } else {
                Kind::Paragraph(vec![Span { at, node: Node::Strong(title) }])
            };
            let block = Block { at, kind };
            // Not into the message that the heading above it told.
            match parts.last_mut().filter(|part| !part.told) {
                Some(part) => part.blocks.push(block),
                None => parts.push(Part { at, lead: None, told: false, languages: Vec::new(), blocks: vec![block] }),
            }
            if own.first().is_some_and(|first| first.lead.is_none())
                && let Some(part) = parts.last_mut()
            {
                part.blocks.extend(own.remove(0).blocks);
            }
        }
        parts.extend(own);
        for child in self.sections[index].children.clone() {
            if self.roles.0[child] != Role::Entry {
                self.below(child, parts);
            }
        }
    }
}

/// Whether a part is a message that its author told without a label, or begins with what a program prints.
fn prints(part: &Part) -> bool {
    part.told && part.label() == Some(Label::Message)
        || part.lead.is_none()
            && part.blocks.first().is_some_and(|block| match &block.kind {
                Kind::Code { .. } | Kind::Quote(_) => true,
                Kind::Paragraph(spans) => message::is_quotation(spans),
                _ => false,
            })
}

/// The labels of a section in order, if all are known: the structure that an unlabelled translation of it takes.
pub(super) fn shape(raw: &Raw) -> Option<Vec<Label>> {
    raw.parts.iter().map(Part::label).collect()
}

/// Reads the unknown labels of a section, or its blocks if it has none, as the labels of another language's page in
/// the same places. Answers whether that fitted.
pub(super) fn take_shape(raw: &mut Raw, shape: &[Label]) -> bool {
    let leads = raw.parts.iter().filter(|part| part.lead.is_some()).count();
    if leads == 0 {
        let blocks: Vec<Block> = std::mem::take(&mut raw.parts).into_iter().flat_map(|part| part.blocks).collect();
        raw.parts = groups(blocks);
    }
    let fits = raw.parts.len() == shape.len()
        && raw.parts.iter().zip(shape).all(|(part, label)| part.label().is_none_or(|own| own == *label));
    if fits {
        let parts = std::mem::take(&mut raw.parts);
        raw.parts = parts.into_iter().zip(shape).map(|(part, label)| part.relabelled(*label)).collect();
    }
    fits
}

/// Blocks divided into paragraphs, each with the lists, code and notes that follow it.
fn groups(blocks: Vec<Block>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for block in blocks {
        let begins = matches!(block.kind, Kind::Paragraph(_));
        match parts.last_mut() {
            Some(part) if !begins => part.blocks.push(block),
            _ => parts.push(Part { at: block.at, lead: None, told: false, languages: Vec::new(), blocks: vec![block] }),
        }
    }
    parts
}

/// Puts parts with unknown labels back into the prose before them, saying so.
pub(super) fn keep_unknown(parts: &mut Vec<Part>, notes: &mut Notes) {
    let mut kept: Vec<Part> = Vec::new();
    for part in std::mem::take(parts) {
        if let Some(Lead::Unknown(words)) = &part.lead {
            super::note_unknown_label(notes, part.at, words);
            // What the prose told before it is a message; this is none.
            match kept.iter_mut().rev().find(|part| !part.told) {
                Some(last) => last.blocks.extend(part.blocks),
                None => kept.push(Part { lead: None, ..part }),
            }
        } else {
            kept.push(part);
        }
    }
    *parts = kept;
}
