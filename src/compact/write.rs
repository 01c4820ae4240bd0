//! Writing a compact catalog.

use super::prose::{flag, kind};
use super::{Compact, HEAD, MAGIC, REVISION, checksum};
use crate::bytes::Written;
use crate::catalog::{Catalog, Entry, Inline, Situation};
use crate::index::Index;
use crate::messages::Messages;
use crate::template::Template;

/// The bytes of a catalog with what stands before them: how they begin, the revision, the checksum.
pub fn sealed(body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::with_capacity(HEAD + body.len());
    whole.extend_from_slice(&MAGIC);
    whole.extend_from_slice(&REVISION.to_le_bytes());
    whole.extend_from_slice(&checksum(body).to_le_bytes());
    whole.extend_from_slice(body);
    whole
}

impl Compact {
    /// Writes a catalog without problems and its compiled messages. Cost: linear.
    pub fn write(catalog: &Catalog, messages: &Messages) -> Vec<u8> {
        let mut out = Written::default();
        out.text(&catalog.version);
        out.text(&catalog.date);
        out.number(catalog.products.len());
        for product in &catalog.products {
            out.text(&product.id);
            out.number(product.titles.len());
            for (lang, title) in &product.titles {
                out.text(lang);
                out.text(title);
            }
        }
        out.number(catalog.apps.len());
        for app in &catalog.apps {
            out.text(&app.name);
            out.list(&app.aliases);
        }
        out.extra(catalog);
        out.byte(u8::from(catalog.has_expressions()));
        let mut end = 0;
        let ends = messages.sources.iter().map(|sources| {
            end += sources.len() as u32;
            end
        });
        out.numbers(ends);
        out.numbers(messages.sources.iter().flatten().map(|(entry, _)| *entry));
        out.numbers(messages.sources.iter().flatten().map(|(_, message)| *message));
        Index::new(&messages.templates as &[Template]).write(&mut out);
        let mut entries = Written::default();
        let lengths = catalog.entries.iter().map(|entry| {
            let before = entries.0.len();
            entries.entry(entry);
            (entries.0.len() - before) as u32
        });
        out.numbers(lengths);
        sealed(&[out.0, entries.0].concat())
    }

    /// The whole catalog, every entry read.
    pub fn catalog(&self) -> Catalog {
        Catalog { entries: self.each().collect(), ..self.head().clone() }
    }
}

impl Written {
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
