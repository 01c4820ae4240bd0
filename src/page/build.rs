//! The events of the Markdown parser → the tree of blocks.

use std::collections::HashSet;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::blocks::{Block, Cell, Kind, Node, Row, Span, Table, plain};
use super::html::{is_markup, tag_name};
use super::source::Notes;
use crate::catalog::MAX_NESTING;

/// The blocks of a page's body, which begins at `from` in `text`. The tree is at most [`MAX_NESTING`] deep, so that
/// whoever walks it may recurse.
pub(super) fn read(text: &str, from: usize, notes: &mut Notes) -> Vec<Block> {
    let body = &text[from..];
    let mut options = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES | Options::ENABLE_GFM;
    // Where lines begin with ":::", a documentation system means something else than a definition.
    if !body.lines().any(|line| line.trim_start().starts_with("::")) {
        options |= Options::ENABLE_DEFINITION_LIST;
    }
    let closers = body.split("</").skip(1).map(|rest| tag_name(rest).0).filter(|name| !name.is_empty()).collect();
    let mut builder =
        Builder { body, from, closers, blocks: vec![Frame::new(Shape::Page, from)], ..Builder::default() };
    for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
        builder.event(event, range.start, range.end);
    }
    if let Some(at) = builder.too_deep {
        notes.warning(
            at,
            "too-deep",
            format!("nested more than {MAX_NESTING} deep; the inner levels were read as one"),
            "nest lists and quotes less deeply",
        );
    }
    builder.finish()
}

/// What a frame of the builder becomes when it closes.
enum Shape {
    Page,
    Quote,
    Note,
    List { ordered: bool, items: Vec<Vec<Block>> },
    Item,
    Table(Table),
    Code { lang: String, text: String },
    Html { html: String, end: usize },
}

/// What a frame of inline text becomes when it closes.
enum Line {
    /// Text directly in a list item: a paragraph that Markdown does not announce.
    Implicit,
    Paragraph,
    Heading {
        level: u8,
        id: Option<String>,
        tail: String,
    },
    Cell,
    Strong,
    /// Emphasis that is written as HTML; nobody promises that it is closed.
    Tag(String),
    Link(String),
    Image,
}

struct Frame<T, C> {
    kind: T,
    at: usize,
    content: Vec<C>,
}

impl<T, C> Frame<T, C> {
    fn new(kind: T, at: usize) -> Self {
        Self { kind, at, content: Vec::new() }
    }
}

#[derive(Default)]
struct Builder<'a> {
    body: &'a str,
    from: usize,
    blocks: Vec<Frame<Shape, Block>>,
    lines: Vec<Frame<Line, Span>>,
    /// For every open tag whether it opened a frame; what is nested too deeply does not.
    opened: Vec<bool>,
    row: Option<Row>,
    /// The names of all tags that are closed somewhere in the page.
    closers: HashSet<String>,
    too_deep: Option<usize>,
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, start: usize, end: usize) {
        let at = self.from + start;
        match event {
            Event::Start(tag) => {
                let opened = self.start(tag, at, start, end);
                self.opened.push(opened);
            }
            Event::End(tag) => {
                if self.opened.pop() == Some(true) {
                    self.end(tag);
                }
            }
            Event::Text(text) => match self.blocks.last_mut().map(|frame| &mut frame.kind) {
                Some(Shape::Code { text: code, .. }) => code.extend(text.chars().filter(|&c| c != '\r')),
                _ => self.span(at, Node::Text(text.into_string())),
            },
            Event::Html(html) => match self.blocks.last_mut().map(|frame| &mut frame.kind) {
                Some(Shape::Html { html: all, .. }) => all.push_str(&html),
                _ => self.span(at, Node::Html(html.into_string())),
            },
            Event::Code(code) => self.span(at, Node::Code(code.into_string())),
            Event::InlineHtml(html) => self.html(at, &html),
            Event::SoftBreak | Event::HardBreak => self.span(at, Node::Break),
            Event::FootnoteReference(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.span(at, Node::Text(text.into_string()));
            }
            Event::Rule | Event::TaskListMarker(_) => self.close_implicit(),
        }
    }

    fn start(&mut self, tag: Tag<'_>, at: usize, start: usize, end: usize) -> bool {
        let inline = matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. });
        if !inline {
            self.close_implicit();
        }
        match tag {
            Tag::Paragraph => self.open_line(Line::Paragraph, at),
            Tag::Heading { level, id, classes, attrs } => {
                // "{name}" at a heading's end is a value that its author writes about, not an attribute.
                let values = attrs.iter().filter(|(_, value)| value.is_none() && classes.is_empty());
                let mut tail = String::new();
                for (name, _) in values {
                    tail.extend([" {", name, "}"]);
                }
                let id = id.map(CowStr::into_string);
                self.open_line(Line::Heading { level: depth(level), id, tail }, at);
            }
            Tag::TableCell => self.open_line(Line::Cell, at),
            Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. } => {
                if self.lines.len() >= MAX_NESTING {
                    self.too_deep.get_or_insert(at);
                    return false;
                }
                self.open_implicit(at);
                self.open_line(
                    match tag {
                        Tag::Link { link_type, dest_url, .. } => Line::Link(match link_type {
                            pulldown_cmark::LinkType::Email => format!("mailto:{dest_url}"),
                            _ => dest_url.into_string(),
                        }),
                        Tag::Image { .. } => Line::Image,
                        _ => Line::Strong,
                    },
                    at,
                );
            }
            Tag::BlockQuote(_) | Tag::List(_) if self.blocks.len() + 1 >= MAX_NESTING => {
                self.too_deep.get_or_insert(at);
                return false;
            }
            Tag::Item if !matches!(self.blocks.last(), Some(Frame { kind: Shape::List { .. }, .. })) => return false,
            Tag::BlockQuote(kind) => {
                self.blocks.push(Frame::new(if kind.is_some() { Shape::Note } else { Shape::Quote }, at));
            }
            Tag::List(first) => {
                self.blocks.push(Frame::new(Shape::List { ordered: first.is_some(), items: Vec::new() }, at));
            }
            Tag::Item => self.blocks.push(Frame::new(Shape::Item, at)),
            Tag::CodeBlock(kind) => {
                let lang = match kind {
                    CodeBlockKind::Fenced(info) => {
                        info.split([' ', ',', '{']).next().unwrap_or_default().to_lowercase()
                    }
                    CodeBlockKind::Indented => String::new(),
                };
                self.blocks.push(Frame::new(Shape::Code { lang, text: String::new() }, at));
            }
            // A definition list is a list whose items begin with their term.
            Tag::DefinitionList => self.blocks.push(Frame::new(Shape::List { ordered: false, items: Vec::new() }, at)),
            Tag::DefinitionListTitle => {
                self.close_term();
                self.blocks.push(Frame::new(Shape::Item, at));
                self.open_line(Line::Paragraph, at);
                self.open_line(Line::Strong, at);
            }
            Tag::DefinitionListDefinition => {}
            Tag::HtmlBlock => {
                self.blocks.push(Frame::new(Shape::Html { html: String::new(), end: self.from + end }, at));
            }
            Tag::Table(_) => self.blocks.push(Frame::new(Shape::Table(Table::default()), at)),
            Tag::TableHead => self.row = Some(Row { at, excess: 0, cells: Vec::new() }),
            Tag::TableRow => {
                let written = cells_written(&self.body[start..end]);
                self.row = Some(Row { at, excess: written, cells: Vec::new() });
            }
            _ => return false,
        }
        true
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::TableCell
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Link
            | TagEnd::Image => self.close_line(),
            TagEnd::DefinitionListTitle => {
                self.close_line();
                self.close_line();
            }
            TagEnd::DefinitionListDefinition => self.close_implicit(),
            TagEnd::DefinitionList => {
                self.close_implicit();
                self.close_term();
                self.close_block();
            }
            TagEnd::TableHead => {
                let row = self.row.take();
                if let (Some(row), Some(Shape::Table(table))) = (row, self.top()) {
                    table.head = row.cells;
                }
            }
            TagEnd::TableRow => {
                let row = self.row.take();
                if let (Some(mut row), Some(Shape::Table(table))) = (row, self.top()) {
                    row.excess = row.excess.saturating_sub(table.head.len());
                    table.rows.push(row);
                }
            }
            _ => {
                self.close_implicit();
                self.close_block();
            }
        }
    }

    fn top(&mut self) -> Option<&mut Shape> {
        self.blocks.last_mut().map(|frame| &mut frame.kind)
    }

    fn open_line(&mut self, line: Line, at: usize) {
        self.lines.push(Frame::new(line, at));
    }

    fn open_implicit(&mut self, at: usize) {
        if self.lines.is_empty() {
            self.open_line(Line::Implicit, at);
        }
    }

    fn close_implicit(&mut self) {
        while matches!(self.lines.last(), Some(Frame { kind: Line::Tag(_), .. })) {
            self.close_tag();
        }
        if matches!(self.lines.last(), Some(Frame { kind: Line::Implicit, .. })) {
            self.close_line();
        }
    }

    fn span(&mut self, at: usize, node: Node) {
        self.open_implicit(at);
        let Some(frame) = self.lines.last_mut() else { return };
        if let (Node::Text(more), Some(Span { node: Node::Text(text), .. })) = (&node, frame.content.last_mut()) {
            text.push_str(more);
        } else {
            frame.content.push(Span { at, node });
        }
    }

    /// Closes the item of a definition list that is still open.
    fn close_term(&mut self) {
        if matches!(self.blocks.last(), Some(Frame { kind: Shape::Item, .. })) {
            self.close_block();
        }
    }

    /// Closes emphasis that is written as HTML.
    fn close_tag(&mut self) {
        let Some(Frame { kind: Line::Tag(name), at, content }) = self.lines.pop() else { return };
        let is_code = matches!(name.as_str(), "code" | "kbd" | "samp");
        let node = if is_code { Node::Code(plain(&content)) } else { Node::Strong(content) };
        self.span(at, node);
    }

    /// Inline HTML: emphasis and code become what Markdown would have made of them.
    fn html(&mut self, at: usize, tag: &str) {
        let (name, closes) = tag_name(tag);
        // What is closed somewhere is markup of the documentation system, and not a placeholder.
        if !closes && self.closers.contains(&name) && !is_markup(tag) {
            return;
        }
        if !matches!(name.as_str(), "b" | "strong" | "i" | "em" | "code" | "kbd" | "samp") {
            return self.span(at, Node::Html(tag.into()));
        }
        if !closes {
            if self.lines.len() < MAX_NESTING {
                self.open_implicit(at);
                self.open_line(Line::Tag(name), at);
            } else {
                self.too_deep.get_or_insert(at);
            }
        } else if matches!(self.lines.last(), Some(Frame { kind: Line::Tag(open), .. }) if *open == name) {
            self.close_tag();
        }
    }

    fn close_line(&mut self) {
        while matches!(self.lines.last(), Some(Frame { kind: Line::Tag(_), .. })) {
            self.close_tag();
        }
        let Some(Frame { kind, at, mut content }) = self.lines.pop() else { return };
        let kind = match kind {
            Line::Tag(_) => return,
            Line::Strong => return self.span(at, Node::Strong(content)),
            Line::Link(to) => return self.span(at, Node::Link { to, content }),
            Line::Image => return self.span(at, Node::Image(plain(&content))),
            Line::Cell => {
                if let Some(row) = &mut self.row {
                    row.cells.push(Cell { at, spans: content });
                }
                return;
            }
            Line::Heading { level, id, tail } => {
                if !tail.is_empty() {
                    content.push(Span { at, node: Node::Text(tail) });
                }
                Kind::Heading { level, id, spans: content }
            }
            Line::Implicit | Line::Paragraph => Kind::Paragraph(content),
        };
        self.block(Block { at, kind });
    }

    fn block(&mut self, block: Block) {
        if let Some(frame) = self.blocks.last_mut() {
            frame.content.push(block);
        }
    }

    fn close_block(&mut self) {
        let Some(Frame { kind, at, content }) = self.blocks.pop() else { return };
        let kind = match kind {
            Shape::Item => {
                if let Some(Shape::List { items, .. }) = self.top() {
                    items.push(content);
                }
                return;
            }
            Shape::Quote => Kind::Quote(content),
            Shape::Note => Kind::Note(content),
            Shape::List { ordered, items } => Kind::List { ordered, items },
            Shape::Table(table) => Kind::Table(table),
            Shape::Code { lang, text } => Kind::Code { lang, text },
            Shape::Html { html, end } => Kind::Html { html, end },
            Shape::Page => return self.blocks.push(Frame { kind: Shape::Page, at, content }),
        };
        self.block(Block { at, kind });
    }

    fn finish(mut self) -> Vec<Block> {
        self.close_implicit();
        while self.blocks.len() > 1 {
            self.close_block();
        }
        self.blocks.pop().map(|page| page.content).unwrap_or_default()
    }
}

fn depth(level: HeadingLevel) -> u8 {
    level as u8
}

/// How many cells a table's row has as it is written, up to the last one that holds something. Pipes divide cells,
/// escaped ones do not.
fn cells_written(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let (mut cell, mut filled, mut escaped) = (1, 0, false);
    for c in row.chars() {
        if c == '|' && !escaped {
            cell += 1;
        } else if !c.is_whitespace() {
            filled = cell;
        }
        escaped = c == '\\' && !escaped;
    }
    filled
}
