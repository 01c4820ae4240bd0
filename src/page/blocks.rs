//! Markdown → a tree of blocks and inline spans, each with the byte offset where it begins in the page.
//!
//! Nothing here knows what an entry is. The tree is at most [`MAX_NESTING`] deep, so that whoever walks it may recurse.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::html::{is_break, is_markup};
use super::source::Notes;
use crate::catalog::MAX_NESTING;

/// A block of the page.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub at: usize,
    pub kind: Kind,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Heading { level: u8, id: Option<String>, spans: Vec<Span> },
    Paragraph(Vec<Span>),
    List { ordered: bool, items: Vec<Vec<Block>> },
    Table(Table),
    Code(String),
    Quote(Vec<Block>),
    Html(String),
}

/// A table; every row has as many cells as the head.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    pub head: Vec<Cell>,
    pub rows: Vec<Row>,
}

#[derive(Clone, Debug)]
pub(super) struct Row {
    pub at: usize,
    /// How many cells the row has beyond the head's; Markdown drops them.
    pub excess: usize,
    pub cells: Vec<Cell>,
}

#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub at: usize,
    pub spans: Vec<Span>,
}

/// A piece of inline text.
#[derive(Clone, Debug)]
pub(super) struct Span {
    pub at: usize,
    pub node: Node,
}

#[derive(Clone, Debug)]
pub(super) enum Node {
    Text(String),
    Code(String),
    Strong(Vec<Span>),
    Link { to: String, content: Vec<Span> },
    Image(String),
    Html(String),
    Break,
}

/// The blocks of a page's body, which begins at `from` in `text`.
pub(super) fn read(text: &str, from: usize, notes: &mut Notes) -> Vec<Block> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES | Options::ENABLE_GFM;
    let body = &text[from..];
    let mut builder = Builder { body, from, blocks: vec![Frame::new(Shape::Page, from)], ..Builder::default() };
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

/// The text of spans as a reader sees it. Tags of HTML are left out; what only looks like one (`<name>`) stays.
pub(super) fn plain(spans: &[Span]) -> String {
    let mut text = String::new();
    push_plain(spans, &mut text);
    text
}

fn push_plain(spans: &[Span], text: &mut String) {
    for span in spans {
        match &span.node {
            Node::Text(piece) | Node::Code(piece) | Node::Image(piece) => text.push_str(piece),
            Node::Strong(content) | Node::Link { content, .. } => push_plain(content, text),
            Node::Html(tag) if is_break(tag) => text.push(' '),
            Node::Html(tag) if is_markup(tag) => {}
            Node::Html(tag) => text.push_str(tag),
            Node::Break => text.push(' '),
        }
    }
}

/// What a frame of the builder becomes when it closes.
enum Shape {
    Page,
    Quote,
    List { ordered: bool, items: Vec<Vec<Block>> },
    Item,
    Table(Table),
    Code(String),
    Html(String),
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
                Some(Shape::Code(code)) => code.extend(text.chars().filter(|&c| c != '\r')),
                _ => self.span(at, Node::Text(text.into_string())),
            },
            Event::Html(html) => match self.blocks.last_mut().map(|frame| &mut frame.kind) {
                Some(Shape::Html(all)) => all.push_str(&html),
                _ => self.span(at, Node::Html(html.into_string())),
            },
            Event::Code(code) => self.span(at, Node::Code(code.into_string())),
            Event::InlineHtml(html) => self.span(at, Node::Html(html.into_string())),
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
            Tag::BlockQuote(_) => self.blocks.push(Frame::new(Shape::Quote, at)),
            Tag::List(first) => {
                self.blocks.push(Frame::new(Shape::List { ordered: first.is_some(), items: Vec::new() }, at));
            }
            Tag::Item => self.blocks.push(Frame::new(Shape::Item, at)),
            Tag::CodeBlock(_) => self.blocks.push(Frame::new(Shape::Code(String::new()), at)),
            Tag::HtmlBlock => self.blocks.push(Frame::new(Shape::Html(String::new()), at)),
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

    fn close_line(&mut self) {
        let Some(Frame { kind, at, mut content }) = self.lines.pop() else { return };
        let kind = match kind {
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
            Shape::List { ordered, items } => Kind::List { ordered, items },
            Shape::Table(table) => Kind::Table(table),
            Shape::Code(code) => Kind::Code(code),
            Shape::Html(html) => Kind::Html(html),
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
