//! Pages of the first shape: a heading is an entry. Which headings are entries, which are situations, which are labels.

use super::blocks::{Block, Kind, Node, Span, plain};
use super::html::anchor;
use super::labels::{self, Label};
use super::leads::{self, Lead, Part};
use super::source::Notes;
use super::table;

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

/// A heading with what stands under it up to the next one.
struct Section {
    at: usize,
    level: u8,
    id: Option<String>,
    title: Vec<Span>,
    blocks: Vec<Block>,
    parts: Vec<Part>,
    children: Vec<usize>,
    /// Whether a table of entries stands in it.
    table: bool,
    /// Set when the heading is a label, with what else it says.
    label: Option<(Label, Vec<&'static str>, String)>,
}

/// Divides a page into its entries.
pub(super) fn read(blocks: Vec<Block>, notes: &mut Notes) -> Sections {
    let mut sections = tree(blocks);
    let mut found = Sections::default();
    for section in &mut sections {
        for block in std::mem::take(&mut section.blocks) {
            match block.kind {
                Kind::Table(rows) if table::is_entries(&rows) => {
                    section.table = true;
                    table::read(rows, notes, &mut found);
                }
                kind => section.blocks.push(Block { at: block.at, kind }),
            }
        }
        section.parts = leads::parts(std::mem::take(&mut section.blocks));
        section.label = leads::heading(&plain(&section.title));
    }
    let heading = sections.iter().find(|section| section.level == 1);
    found.heading = heading.map(|section| (section.id.clone(), plain(&section.title).trim().to_string()));
    let roles = Roles::of(&sections, notes.own);
    let mut reader = Reader { sections, roles, notes, found };
    reader.visit(0);
    reader.found
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

impl Section {
    fn new(at: usize, level: u8, id: Option<String>, title: Vec<Span>) -> Self {
        Self {
            at,
            level,
            id,
            title,
            blocks: Vec::new(),
            parts: Vec::new(),
            children: Vec::new(),
            table: false,
            label: None,
        }
    }

    fn has(&self, label: Label) -> bool {
        self.parts.iter().any(|part| part.label() == Some(label))
    }

    fn has_fix(&self) -> bool {
        self.has(Label::Cause) || self.has(Label::Resolution)
    }
}

/// What each section is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Prose,
    Entry,
    Situation,
    Label,
}

struct Roles(Vec<Role>);

impl Roles {
    /// Decides for all sections: from the leaves up what stands in them, then from the top down what they are.
    fn of(sections: &[Section], own: bool) -> Self {
        let count = sections.len();
        let mut roles = vec![Role::Prose; count];
        // Whether labels stand anywhere below a section: then its heading is a chapter's, even if it reads "Errors".
        let (mut labels_below, mut message_below) = (vec![false; count], vec![false; count]);
        for index in (0..count).rev() {
            for &child in &sections[index].children {
                let labelled = sections[child].has(Label::Message) || sections[child].has_fix();
                labels_below[index] |= labels_below[child] || labelled;
                message_below[index] |= message_below[child] || sections[child].has(Label::Message);
            }
            if sections[index].label.is_some() && index > 0 && !labels_below[index] && !sections[index].has_fix() {
                roles[index] = Role::Label;
            }
        }
        let mut stack = vec![(0_usize, false)];
        while let Some((index, inside)) = stack.pop() {
            let section = &sections[index];
            let headings: Vec<Label> = section
                .children
                .iter()
                .filter(|&&child| roles[child] == Role::Label)
                .filter_map(|&child| sections[child].label.as_ref().map(|(label, ..)| *label))
                .collect();
            // One heading such as "Description" is a chapter; two kinds of them make an entry.
            let by_headings = headings.iter().any(|label| *label != headings[0])
                || !headings.is_empty() && (section.has(Label::Message) || section.has_fix() || inside);
            let message = section.has(Label::Message) || by_headings && headings.contains(&Label::Message);
            let fix = section.has_fix()
                || by_headings && (headings.contains(&Label::Cause) || headings.contains(&Label::Resolution));
            if roles[index] != Role::Label {
                roles[index] = match (message, fix) {
                    _ if own && section.level == 2 && !section.table => Role::Entry,
                    _ if own && inside && (message || fix) => Role::Situation,
                    (true, _) => Role::Entry,
                    (false, true) if inside => Role::Situation,
                    (false, true) if !message_below[index] => Role::Entry,
                    _ => Role::Prose,
                };
            }
            let inside = inside || roles[index] == Role::Entry;
            stack.extend(section.children.iter().map(|&child| (child, inside)));
        }
        // Headings that look like labels, but of no entry: chapters of the page.
        for index in 0..count {
            if matches!(roles[index], Role::Prose) {
                for &child in &sections[index].children {
                    if roles[child] == Role::Label {
                        roles[child] = Role::Prose;
                    }
                }
            }
        }
        Self(roles)
    }
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
            if labelled { self.found.entries.push(raw) } else { self.found.unlabelled.push(raw) }
        } else {
            let section = &self.sections[index];
            let dropped = section.parts.iter().find(|part| part.label().is_some());
            if let Some(part) = dropped.filter(|_| index > 0) {
                self.notes.fault(
                    part.at,
                    "label-outside-entry",
                    "this label belongs to no entry, so what it labels was left out",
                    "put it under the heading of an entry, beside its message",
                );
            }
            if index > 0 && section.level > 1 && dropped.is_none() && !section.parts.is_empty() {
                let raw = self.raw(index);
                self.found.unlabelled.push(raw);
            }
        }
        for child in children {
            if self.roles.0[index] != Role::Entry || self.roles.0[child] == Role::Entry {
                self.visit(child);
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
            situations: Vec::new(),
            row: false,
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
            let block = Block { at, kind: Kind::Paragraph(vec![Span { at, node: Node::Strong(title) }]) };
            match parts.last_mut() {
                Some(part) => part.blocks.push(block),
                None => parts.push(Part { at, lead: None, languages: Vec::new(), blocks: vec![block] }),
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
            _ => parts.push(Part { at: block.at, lead: None, languages: Vec::new(), blocks: vec![block] }),
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
            match kept.last_mut() {
                Some(last) => last.blocks.extend(part.blocks),
                None => kept.push(Part { lead: None, ..part }),
            }
        } else {
            kept.push(part);
        }
    }
    *parts = kept;
}
