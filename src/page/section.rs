//! A heading with what stands under it: its tables and lists of entries taken out, its labelled parts, the messages that
//! its prose tells.

use super::blocks::{Block, Kind, Node, Span, Table, plain};
use super::codes;
use super::heading;
use super::labels::{self, Label};
use super::leads::{Lead, Part};
use super::lists;
use super::phrases;
use super::sections::{Raw, RawSituation, Sections};
use super::source::Notes;
use super::table;
use super::terms;
use super::told::{self, State};
use super::troubles::Tells;

/// Under a heading that is a code, a table of so many rows tells about that code.
const MOST_ROWS: usize = 4;

/// A heading with what stands under it up to the next one.
pub(super) struct Section {
    pub at: usize,
    pub level: u8,
    pub id: Option<String>,
    pub title: Vec<Span>,
    pub blocks: Vec<Block>,
    pub parts: Vec<Part>,
    /// Its causes with their resolutions, where they are a table.
    pub cases: Vec<RawSituation>,
    /// Whether it stands under a heading such as "Symptom".
    pub in_symptom: bool,
    /// What its heading tells on a page that labels nothing.
    pub tells: Tells,
    /// The messages that its heading quotes, without spaces and punctuation.
    pub heads: Vec<String>,
    pub children: Vec<usize>,
    /// Whether a table of entries stands in it.
    pub table: bool,
    /// Set when the heading is a label, with what else it says.
    pub label: Option<(Label, Vec<&'static str>, String)>,
}

impl Section {
    pub fn new(at: usize, level: u8, id: Option<String>, title: Vec<Span>) -> Self {
        Self {
            at,
            level,
            id,
            title,
            blocks: Vec::new(),
            parts: Vec::new(),
            cases: Vec::new(),
            in_symptom: false,
            tells: Tells::Nothing,
            heads: Vec::new(),
            children: Vec::new(),
            table: false,
            label: None,
        }
    }

    pub fn has(&self, label: Label) -> bool {
        self.parts.iter().any(|part| part.label() == Some(label))
    }

    pub fn has_fix(&self) -> bool {
        self.has(Label::Cause) || self.has(Label::Resolution) || !self.cases.is_empty()
    }

    /// Whether its author labelled something in it that makes it an entry.
    pub fn is_labelled(&self) -> bool {
        let labels = [Label::Message, Label::Symptom];
        let asks = |part: &Part| !part.told && part.label().is_some_and(|label| labels.contains(&label));
        self.parts.iter().any(asks) || self.has_fix()
    }

    /// Takes out its tables that are entries, causes, or labelled rows.
    pub fn take_tables(&mut self, errors: bool, notes: &mut Notes, found: &mut Sections) {
        let mut tables = Vec::new();
        let blocks = std::mem::take(&mut self.blocks);
        self.blocks = without_tables(blocks, errors, &mut tables);
        if !notes.own && self.is_told_by(&tables) {
            let mut own = Sections::default();
            tables.drain(..).for_each(|rows| table::read(rows, errors, notes, &mut own));
            found.languages.extend(own.languages);
            self.take_rows(own.entries, found);
        }
        for rows in tables {
            self.table = true;
            table::read(rows, errors, notes, found);
        }
        let mut kept = Vec::new();
        for block in std::mem::take(&mut self.blocks) {
            match block.kind {
                Kind::Table(rows) if table::is_cases(&rows) => self.cases.extend(table::cases(rows)),
                Kind::Table(rows) => match table::labelled_rows(&rows) {
                    Some((parts, rest)) => {
                        self.parts.extend(parts);
                        if !rest.rows.is_empty() {
                            kept.push(Block { at: block.at, kind: Kind::Table(rest) });
                        }
                    }
                    None => kept.push(Block { at: block.at, kind: Kind::Table(rows) }),
                },
                kind => kept.push(Block { at: block.at, kind }),
            }
        }
        self.blocks = kept;
    }

    /// Whether a table of entries is all that stands under a heading which names the error: then the heading is the entry.
    fn is_told_by(&self, tables: &[Table]) -> bool {
        let [table] = tables else { return false };
        let title = plain(&self.title);
        self.level > 1
            && self.blocks.is_empty()
            && self.children.is_empty()
            && (table.rows.len() == 1 || table.rows.len() <= MOST_ROWS && codes::is_code(title.trim()))
            && !phrases::speaks_of_errors(&title)
    }

    /// Makes the only row of a table its own parts. Several are entries, and its heading is the code of each.
    fn take_rows(&mut self, rows: Vec<Raw>, found: &mut Sections) {
        if rows.len() == 1 {
            self.parts.extend(rows.into_iter().flat_map(|row| row.parts));
            return;
        }
        self.table = true;
        let code = heading::message(self.at, plain(&self.title).trim());
        found.entries.extend(rows.into_iter().map(|mut row| {
            row.parts.push(Part::told(row.at, vec![code.clone()]));
            row
        }));
    }

    /// Takes out lists whose items are entries; `text` is the page, and `errors` whether it speaks of errors here.
    pub fn take_lists(&mut self, mut blocks: Vec<Block>, text: &str, errors: bool, found: &mut Sections) -> Vec<Block> {
        let before = found.entries.len();
        if let Some((first, items)) = terms::gathered(&blocks, text).filter(|_| errors)
            && let Some(entries) = lists::entries(&items, true)
        {
            found.entries.extend(entries);
            blocks.truncate(first);
        }
        let kept = without_lists(blocks, phrases::speaks_of_errors(&plain(&self.title)), &mut found.entries);
        self.table |= found.entries.len() > before;
        kept
    }

    /// Finds the messages that its heading and its prose tell; `errors` when errors are spoken of above it, `reference`
    /// when the page as a whole is about them.
    pub fn tell(&mut self, errors: bool, reference: bool) {
        let is_fix = self.label.as_ref().is_some_and(|(label, ..)| *label == Label::Resolution);
        let is_afterword = labels::is_afterword(plain(&self.title).trim());
        let is_told = self.table && self.parts.is_empty() && self.cases.is_empty();
        if is_fix || is_afterword || is_told || self.level == 1 && !self.children.is_empty() && !self.is_labelled() {
            return;
        }
        let prose = self.parts.first().filter(|part| part.lead.is_none()).and_then(|part| part.blocks.first());
        let prose = match prose.map(|block| &block.kind) {
            Some(Kind::Paragraph(spans)) => plain(spans),
            _ => String::new(),
        };
        let mut parts = Vec::new();
        for (index, part) in std::mem::take(&mut self.parts).into_iter().enumerate() {
            let state = match &part.lead {
                None if self.label.as_ref().is_some_and(|(label, ..)| *label == Label::Symptom) => State::Labelled,
                None if self.in_symptom => State::Labelled,
                None if index == 0 && self.lists_messages(&part) => State::Expected,
                None if index == 0 && errors && self.shows_what_its_code_says(&part) => State::Expected,
                None if index == 0 => State::Start { errors },
                None | Some(Lead::Unknown(_)) => State::Prose,
                Some(Lead::Known(Label::Symptom)) => State::Labelled,
                Some(Lead::Known(_)) => {
                    parts.push(part);
                    continue;
                }
            };
            let told = told::take(part.blocks, state);
            if !told.messages.is_empty() {
                parts.push(Part::told(part.at, told.messages));
            }
            if part.lead.is_some() || !told.rest.is_empty() {
                parts.push(Part { blocks: told.rest, ..part });
            }
        }
        self.parts = parts;
        if self.label.is_none() {
            self.tell_heading(&prose, reference);
        }
    }

    /// Whether its heading says that what stands under it are messages, and that is a list.
    fn lists_messages(&self, part: &Part) -> bool {
        matches!(self.label, Some((Label::Message, ..)))
            && matches!(part.blocks.as_slice(), [Block { kind: Kind::List { .. }, .. }])
    }

    /// Whether its heading is a code and the first thing under it a quotation: what the product says with that code.
    fn shows_what_its_code_says(&self, part: &Part) -> bool {
        matches!(part.blocks.first(), Some(Block { kind: Kind::Quote(_), .. }))
            && heading::names_code(&plain(&self.title))
    }

    fn tell_heading(&mut self, prose: &str, reference: bool) {
        let mut heading = heading::read(&self.title, prose);
        let says = self.is_labelled() || self.has(Label::Message) || phrases::speaks_of_heading(prose);
        if heading.codes.first().is_some_and(|code| says || reference && codes::is_plainly(code)) {
            heading.strong.extend(heading.codes.iter().map(|code| heading::message(self.at, code)));
        }
        self.heads = heading.strong.iter().map(told::folded).collect();
        let known: Vec<String> = self
            .parts
            .iter()
            .filter(|part| part.label() == Some(Label::Message))
            .flat_map(|part| &part.blocks)
            .map(told::folded)
            .collect();
        let chosen = if known.is_empty() && heading.strong.is_empty() { heading.weak } else { heading.strong };
        let new: Vec<Block> = chosen
            .into_iter()
            .filter(|block| !known.iter().any(|known| known.contains(&told::folded(block))))
            .collect();
        if !new.is_empty() {
            self.parts.push(Part::told(self.at, new));
        } else if heading.symptom && !self.has(Label::Symptom) && !self.has(Label::Message) {
            self.parts.push(Part { told: true, ..Part::known(self.at, Label::Symptom, Vec::new(), Vec::new()) });
        }
        if let Some(title) = heading.title {
            self.title = vec![Span { at: self.at, node: Node::Text(title) }];
        }
    }
}

/// Blocks without the lists of entries in them, however deep.
fn without_lists(blocks: Vec<Block>, mut introduced: bool, entries: &mut Vec<Raw>) -> Vec<Block> {
    let mut kept = Vec::new();
    for Block { at, kind } in blocks {
        let kind = match kind {
            Kind::List { ordered, items } => {
                if let Some(found) = lists::entries(&items, introduced && !ordered) {
                    entries.extend(found);
                    // The place stays taken, so that nothing behind it is what the words before it announce.
                    Kind::Html { html: String::new(), end: at }
                } else {
                    let inside = |item| without_lists(item, introduced, entries);
                    Kind::List { ordered, items: items.into_iter().map(inside).collect() }
                }
            }
            Kind::Paragraph(spans) => {
                introduced |= phrases::speaks_of_errors(phrases::last_sentence(&plain(&spans)));
                Kind::Paragraph(spans)
            }
            kind => kind,
        };
        kept.push(Block { at, kind });
    }
    kept
}

/// Blocks without the tables of entries in them, however deep.
fn without_tables(blocks: Vec<Block>, errors: bool, tables: &mut Vec<Table>) -> Vec<Block> {
    let mut kept = Vec::new();
    for Block { at, kind } in blocks {
        let kind = match kind {
            Kind::Table(rows) if table::is_entries(&rows, errors) => {
                tables.push(rows);
                continue;
            }
            Kind::List { ordered, items } => {
                let items = items.into_iter().map(|item| without_tables(item, errors, tables)).collect();
                Kind::List { ordered, items }
            }
            Kind::Quote(inner) => Kind::Quote(without_tables(inner, errors, tables)),
            Kind::Note(inner) => Kind::Note(without_tables(inner, errors, tables)),
            kind => kind,
        };
        kept.push(Block { at, kind });
    }
    kept
}
