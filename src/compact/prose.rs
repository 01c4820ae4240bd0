//! Reading an entry: its messages and what the reader is told.

use std::collections::BTreeMap;

use super::bytes::Bytes;
use crate::catalog::{Catalog, Entry, Inline, MAX_NESTING, Message, Situation, Text};

/// What a piece of prose is.
pub(super) mod kind {
    pub const TEXT: u8 = 1;
    pub const CODE: u8 = 2;
    pub const STRONG: u8 = 3;
    pub const LINK: u8 = 4;
    pub const LIST: u8 = 5;
    pub const ORDERED_LIST: u8 = 6;
    pub const SLOT: u8 = 7;
}

/// What holds of a situation, a bit each.
pub(super) mod flag {
    pub const WHEN: u8 = 1;
    pub const ORDERED: u8 = 2;
    pub const CHOICE: u8 = 4;
}

impl<'b> Bytes<'b> {
    pub(super) fn entry(mut self) -> Entry {
        let id = self.text();
        let count = self.count();
        let messages = (0..count).map(|_| {
            let (lang, text, regex) = self.message();
            Message { lang: lang.to_owned(), text: text.to_owned(), regex }
        });
        let messages = messages.collect();
        let product = self.text();
        let apps = self.list();
        let mut texts = BTreeMap::new();
        for _ in 0..self.count() {
            texts.insert(self.text(), self.told());
        }
        Entry { id, product, apps, messages, texts }
    }

    /// A message: language, text, whether it is a regular expression.
    pub(super) fn message(&mut self) -> (&'b str, &'b str, bool) {
        let regex = self.byte() != 0;
        (self.borrowed(), self.borrowed(), regex)
    }

    fn told(&mut self) -> Text {
        let unreviewed = self.byte() != 0;
        let title = self.text();
        let count = self.count();
        Text { title, situations: (0..count).map(|_| self.situation()).collect(), unreviewed }
    }

    fn situation(&mut self) -> Situation {
        let flags = self.byte();
        Situation {
            when: (flags & flag::WHEN != 0).then(|| self.prose(0)),
            cause: self.prose(0),
            intro: self.prose(0),
            steps: self.passages(0),
            ordered: flags & flag::ORDERED != 0,
            choice: flags & flag::CHOICE != 0,
        }
    }

    fn passages(&mut self, depth: usize) -> Vec<Vec<Inline>> {
        let count = self.count();
        (0..count).map(|_| self.prose(depth)).collect()
    }

    fn prose(&mut self, depth: usize) -> Vec<Inline> {
        let count = if depth > MAX_NESTING + 1 { 0 } else { self.count() };
        (0..count).map(|_| self.inline(depth + 1)).collect()
    }

    fn inline(&mut self, depth: usize) -> Inline {
        match self.byte() {
            kind::CODE => Inline::Code(self.text()),
            kind::STRONG => Inline::Strong(self.prose(depth)),
            kind::LINK => Inline::Link { href: self.text(), content: self.prose(depth) },
            kind::LIST => Inline::List { ordered: false, items: self.passages(depth) },
            kind::ORDERED_LIST => Inline::List { ordered: true, items: self.passages(depth) },
            kind::SLOT => Inline::Slot(self.text()),
            kind::TEXT => Inline::Text(self.text()),
            _ => Inline::Text(String::new()),
        }
    }

    /// What a page lays over other catalogs.
    pub(super) fn extra(&mut self, head: &mut Catalog) {
        let length = self.count();
        let (mut extra, rest) = self.split(length);
        *self = rest;
        head.hidden = extra.list();
        for _ in 0..extra.count() {
            head.contact.insert(extra.text(), extra.prose(0));
        }
    }
}
