//! Writing a compact catalog.

use super::prose::{flag, kind};
use super::{Compact, HEAD, MAGIC, REVISION, checksum};
use crate::bytes::Written;
use crate::catalog::{Catalog, Entry, Inline, Problem, Situation};
use crate::index::Index;
use crate::messages::Messages;
use crate::template::Template;

/// The bytes of a catalog with what stands before them: how they begin, the revision, the checksum.
pub fn sealed(body: &[u8]) -> Vec<u8> {
    seal([&[0; HEAD], body].concat())
}

/// Writes what stands before a catalog into the room left for it.
fn seal(mut bytes: Vec<u8>) -> Vec<u8> {
    let sum = checksum(&bytes[HEAD..]);
    bytes[..4].copy_from_slice(&MAGIC);
    bytes[4..8].copy_from_slice(&REVISION.to_le_bytes());
    bytes[8..HEAD].copy_from_slice(&sum.to_le_bytes());
    bytes
}

/// A compact catalog being written, entry by entry: none of them has to be kept.
#[derive(Debug, Default)]
pub struct Writer {
    messages: Messages,
    entries: Written,
    /// How many bytes each entry has.
    lengths: Vec<u32>,
    has_expressions: bool,
}

impl Writer {
    /// Writes the next entry, one without problems. Fails with what is wrong where a message of it cannot be looked for; then
    /// nothing was written.
    pub fn entry(&mut self, entry: &Entry) -> Result<(), Vec<Problem>> {
        self.messages.add(entry)?;
        let before = self.entries.0.len();
        self.entries.entry(entry);
        self.lengths.push((self.entries.0.len() - before) as u32);
        self.has_expressions |= entry.messages.iter().any(|message| message.regex);
        Ok(())
    }

    /// The bytes, given the catalog for all but its entries. Cost: linear.
    pub fn finish(self, head: &Catalog) -> Vec<u8> {
        let Self { messages, entries, lengths, has_expressions } = self;
        let mut out = Written(vec![0; HEAD]);
        out.head(head);
        out.byte(u8::from(has_expressions));
        let mut end = 0;
        let ends = messages.sources.iter().map(|sources| {
            end += sources.len() as u32;
            end
        });
        out.numbers(ends);
        out.numbers(messages.sources.iter().flatten().map(|(entry, _)| *entry));
        out.numbers(messages.sources.iter().flatten().map(|(_, message)| *message));
        Index::new(&messages.templates as &[Template]).write(&mut out);
        out.numbers(lengths.into_iter());
        out.0.extend(entries.0);
        seal(out.0)
    }
}

impl Compact {
    /// Writes a catalog without problems. Fails with every message that cannot be looked for. Cost: linear.
    pub fn write(catalog: &Catalog) -> Result<Vec<u8>, Vec<Problem>> {
        let mut writer = Writer::default();
        let problems: Vec<Problem> =
            catalog.entries.iter().filter_map(|entry| writer.entry(entry).err()).flatten().collect();
        if problems.is_empty() { Ok(writer.finish(catalog)) } else { Err(problems) }
    }

    /// The whole catalog, every entry read.
    pub fn catalog(&self) -> Catalog {
        Catalog { entries: self.each().collect(), ..self.head().clone() }
    }
}

impl Written {
    fn head(&mut self, catalog: &Catalog) {
        self.text(&catalog.version);
        self.text(&catalog.date);
        self.number(catalog.products.len());
        for product in &catalog.products {
            self.text(&product.id);
            self.number(product.titles.len());
            for (lang, title) in &product.titles {
                self.text(lang);
                self.text(title);
            }
        }
        self.number(catalog.apps.len());
        for app in &catalog.apps {
            self.text(&app.name);
            self.list(&app.aliases);
        }
        self.extra(catalog);
    }

    /// What a page lays over other catalogs, as a whole that can be skipped.
    fn extra(&mut self, catalog: &Catalog) {
        let mut extra = Self::default();
        if !catalog.hidden.is_empty() || !catalog.contact.is_empty() {
            extra.list(&catalog.hidden);
            extra.number(catalog.contact.len());
            for (lang, prose) in &catalog.contact {
                extra.text(lang);
                extra.prose(prose);
            }
        }
        self.number(extra.0.len());
        self.0.extend(extra.0);
    }

    #[inline(never)]
    fn entry(&mut self, entry: &Entry) {
        self.text(&entry.id);
        self.number(entry.messages.len());
        for message in &entry.messages {
            self.byte(u8::from(message.regex));
            self.text(&message.lang);
            self.text(&message.text);
        }
        self.text(&entry.product);
        self.list(&entry.apps);
        self.number(entry.texts.len());
        for (lang, text) in &entry.texts {
            self.text(lang);
            self.byte(u8::from(text.unreviewed));
            self.text(&text.title);
            self.number(text.situations.len());
            text.situations.iter().for_each(|situation| self.situation(situation));
        }
    }

    fn situation(&mut self, situation: &Situation) {
        let bit = |is: bool, flag: u8| if is { flag } else { 0 };
        self.byte(
            bit(situation.when.is_some(), flag::WHEN)
                | bit(situation.ordered, flag::ORDERED)
                | bit(situation.choice, flag::CHOICE),
        );
        situation.when.iter().for_each(|when| self.prose(when));
        self.prose(&situation.cause);
        self.prose(&situation.intro);
        self.passages(&situation.steps);
    }

    fn passages(&mut self, passages: &[Vec<Inline>]) {
        self.number(passages.len());
        for passage in passages {
            self.prose(passage);
        }
    }

    fn prose(&mut self, prose: &[Inline]) {
        self.number(prose.len());
        for inline in prose {
            match inline {
                Inline::Text(text) => self.named(kind::TEXT, text),
                Inline::Code(text) => self.named(kind::CODE, text),
                Inline::Slot(name) => self.named(kind::SLOT, name),
                Inline::Strong(content) => {
                    self.byte(kind::STRONG);
                    self.prose(content);
                }
                Inline::Link { href, content } => {
                    self.named(kind::LINK, href);
                    self.prose(content);
                }
                Inline::List { ordered, items } => {
                    self.byte(if *ordered { kind::ORDERED_LIST } else { kind::LIST });
                    self.passages(items);
                }
            }
        }
    }

    fn named(&mut self, kind: u8, text: &str) {
        self.byte(kind);
        self.text(text);
    }
}
