//! Spans and blocks → the catalog's [`Inline`] text: links resolved, `{name}` as slots, nothing but our vocabulary.

use std::collections::BTreeSet;

use super::blocks::{Block, Cell, Kind, Node, Span};
use super::html::{is_break, is_markup};
use super::links::{Resolved, resolve};
use super::placeholders::slot_at;
use super::source::Notes;
use crate::catalog::{Inline, nearest};

/// What prose is read with.
pub(super) struct Prose<'a> {
    /// The slots of the entry's messages, in all languages.
    pub slots: &'a BTreeSet<String>,
    /// What relative links are resolved against.
    pub base: Option<&'a str>,
    pub notes: &'a mut Notes,
}

impl Prose<'_> {
    /// Blocks as one text. Paragraphs are divided by a line break.
    pub fn blocks(&mut self, blocks: &[Block]) -> Vec<Inline> {
        let mut text = Vec::new();
        for block in blocks {
            let more = self.block(block);
            if more.is_empty() {
                continue;
            }
            let lists =
                matches!(more.first(), Some(Inline::List { .. })) || matches!(text.last(), Some(Inline::List { .. }));
            if !text.is_empty() && !lists {
                push_text(&mut text, "\n");
            }
            for inline in more {
                push(&mut text, inline);
            }
        }
        text
    }

    fn block(&mut self, block: &Block) -> Vec<Inline> {
        match &block.kind {
            Kind::Paragraph(spans) => self.spans(spans),
            Kind::Heading { spans, .. } => vec![Inline::Strong(self.spans(spans))],
            Kind::List { ordered, items } => {
                let items = items.iter().map(|item| self.blocks(item)).filter(|item| !item.is_empty()).collect();
                vec![Inline::List { ordered: *ordered, items }]
            }
            Kind::Table(table) => {
                let rows = std::iter::once(&table.head).chain(table.rows.iter().map(|row| &row.cells));
                let items = rows.map(|cells| self.cells(cells)).filter(|item| !item.is_empty()).collect();
                vec![Inline::List { ordered: false, items }]
            }
            Kind::Code { text, .. } => vec![Inline::Code(text.trim_end().into())],
            Kind::Quote(blocks) | Kind::Note(blocks) => self.blocks(blocks),
            Kind::Html { html, .. } => {
                if super::html::says_something(html) {
                    self.notes.warning(block.at, "html", "HTML inside an entry was left out", "write it in Markdown");
                }
                Vec::new()
            }
        }
    }

    fn cells(&mut self, cells: &[Cell]) -> Vec<Inline> {
        let mut text = Vec::new();
        for cell in cells {
            let more = self.spans(&cell.spans);
            if !text.is_empty() && !more.is_empty() {
                push_text(&mut text, " – ");
            }
            for inline in more {
                push(&mut text, inline);
            }
        }
        text
    }

    /// Spans as one text, without white space at its ends.
    pub fn spans(&mut self, spans: &[Span]) -> Vec<Inline> {
        let mut text = self.raw(spans);
        if let Some(Inline::Text(first)) = text.first_mut() {
            *first = first.trim_start().into();
        }
        if let Some(Inline::Text(last)) = text.last_mut() {
            *last = last.trim_end().into();
        }
        text.retain(|inline| !matches!(inline, Inline::Text(text) if text.is_empty()));
        text
    }

    fn raw(&mut self, spans: &[Span]) -> Vec<Inline> {
        let mut text = Vec::new();
        for Span { at, node } in spans {
            match node {
                Node::Text(piece) => self.text(piece, *at, &mut text),
                Node::Code(code) => push(&mut text, self.code(code)),
                Node::Strong(content) => push(&mut text, Inline::Strong(self.raw(content))),
                Node::Link { to, content } => self.link(to, content, *at, &mut text),
                Node::Image(words) => {
                    self.notes.warning(*at, "image", "an image was left out; its words were kept", "say it in words");
                    push_text(&mut text, words);
                }
                Node::Html(tag) if is_break(tag) => push_text(&mut text, "\n"),
                Node::Html(tag) if is_markup(tag) => {}
                Node::Html(tag) => push_text(&mut text, tag),
                Node::Break => push_text(&mut text, " "),
            }
        }
        text
    }

    fn code(&self, code: &str) -> Inline {
        match slot_at(code).filter(|name| name.len() + 2 == code.len() && self.slots.contains(*name)) {
            Some(name) => Inline::Slot(name.into()),
            None => Inline::Code(code.into()),
        }
    }

    fn text(&mut self, piece: &str, at: usize, text: &mut Vec<Inline>) {
        let mut done = 0;
        for (open, _) in piece.match_indices('{') {
            let Some(name) = slot_at(&piece[open..]) else { continue };
            if self.slots.contains(name) {
                push_text(text, &piece[done..open]);
                push(text, Inline::Slot(name.into()));
                done = open + name.len() + 2;
            } else if self.notes.own {
                let help = match nearest(name, self.slots.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean {{{near}}}?"),
                    None => "name a slot of the entry's messages, or put it in backticks".into(),
                };
                let what = format!("no message of this entry has a slot {{{name}}}");
                self.notes.warning(at + open, "unknown-slot", what, help);
            }
        }
        push_text(text, &piece[done..]);
    }

    fn link(&mut self, to: &str, content: &[Span], at: usize, text: &mut Vec<Inline>) {
        let content = self.raw(content);
        let href = match resolve(to, self.base) {
            Resolved::To(href) => Some(href),
            Resolved::Upgraded(href) => {
                self.notes.warning(at, "http-link", format!("\"{to}\" was changed to https"), "link to https");
                Some(href)
            }
            Resolved::NoBase => {
                self.notes.fault(
                    at,
                    "unresolved-link",
                    format!("\"{to}\" is relative to nothing; only its words were kept"),
                    "add base: with the page's folder to the front matter, or write the whole link",
                );
                None
            }
            Resolved::OnlyThere => {
                self.notes.fault(
                    at,
                    "unresolved-link",
                    format!("\"{to}\" leads somewhere only on the page's own site; only its words were kept"),
                    "write the whole link, as it is in a browser",
                );
                None
            }
            Resolved::Refused => {
                self.notes.error(
                    at,
                    "bad-link",
                    format!("\"{}\" is not https or mailto; only its words were kept", to.escape_debug()),
                    "use an absolute https link",
                );
                None
            }
        };
        match href {
            Some(href) => push(text, Inline::Link { href, content }),
            None => content.into_iter().for_each(|inline| push(text, inline)),
        }
    }
}

fn push(text: &mut Vec<Inline>, inline: Inline) {
    match inline {
        Inline::Text(more) => push_text(text, &more),
        other => text.push(other),
    }
}

fn push_text(text: &mut Vec<Inline>, more: &str) {
    match text.last_mut() {
        Some(Inline::Text(before)) => before.push_str(more),
        _ if more.is_empty() => {}
        _ => text.push(Inline::Text(more.into())),
    }
}

/// The words of a text, for whoever only needs to read it.
pub(crate) fn words(text: &[Inline]) -> String {
    let mut all = String::new();
    for inline in text {
        match inline {
            Inline::Text(words) | Inline::Code(words) => all.push_str(words),
            Inline::Strong(content) | Inline::Link { content, .. } => all.push_str(&words(content)),
            Inline::List { items, .. } => {
                for item in items {
                    all.push('\n');
                    all.push_str(&words(item));
                }
            }
            Inline::Slot(name) => {
                all.push('{');
                all.push_str(name);
                all.push('}');
            }
        }
    }
    all
}
