//! Tables that are written in HTML, as blocks like any other table. A cell's text is read as Markdown with inline HTML.

use super::blocks::{Block, Cell, Kind, Row, Span, Table};
use super::build;
use super::html::tag_name;
use super::source::Notes;

/// Whether HTML at the beginning of this text opens a table, perhaps behind other tags.
pub(super) fn begins(text: &str) -> bool {
    let head = text.split("\n\n").next().unwrap_or_default();
    find(head, 0, "table", false).is_some()
}

/// The tables from `at` on, until the block of HTML ends that begins there, and where that is.
pub(super) fn read(text: &str, at: usize) -> (Vec<Block>, usize) {
    let Some(open) = find(text, at, "table", false) else { return (Vec::new(), at) };
    let end = find(text, open, "table", true)
        .map_or(text.len(), |close| text[close..].find('>').map_or(text.len(), |gt| close + gt + 1));
    let mut rows: Vec<Row> = Vec::new();
    let mut tags = text[open..end].match_indices('<').map(|(offset, _)| open + offset).peekable();
    while let Some(place) = tags.next() {
        match tag_name(&text[place..end]) {
            (name, false) if name == "tr" => rows.push(Row { at: place, excess: 0, cells: Vec::new() }),
            (name, false) if matches!(name.as_str(), "td" | "th") => {
                let from = text[place..end].find('>').map_or(end, |gt| place + gt + 1);
                let mut to = end;
                while let Some(&next) = tags.peek() {
                    let (name, closes) = tag_name(&text[next..end]);
                    if matches!(name.as_str(), "td" | "th" | "tr")
                        || closes && matches!(name.as_str(), "table" | "tbody" | "thead")
                    {
                        to = next;
                        break;
                    }
                    tags.next();
                }
                // Authors forget the row around a table's head.
                if rows.is_empty() {
                    rows.push(Row { at: place, excess: 0, cells: Vec::new() });
                }
                if let Some(row) = rows.last_mut() {
                    row.cells.push(Cell { at: place, spans: spans(&text[from..to.max(from)], from) });
                }
            }
            _ => {}
        }
    }
    rows.retain(|row| !row.cells.is_empty());
    if rows.is_empty() {
        return (Vec::new(), end);
    }
    let head = rows.remove(0).cells;
    for row in &mut rows {
        while row.cells.len() < head.len() {
            row.cells.push(Cell { at: row.at, spans: Vec::new() });
        }
        row.excess = row.cells.len() - head.len();
    }
    (vec![Block { at: open, kind: Kind::Table(Table { head, rows }) }], end)
}

/// Where the next tag of this name opens or closes.
fn find(text: &str, from: usize, name: &str, closes: bool) -> Option<usize> {
    let mut tags = text[from..].match_indices('<').map(|(offset, _)| from + offset);
    tags.find(|&at| tag_name(&text[at..]) == (name.to_string(), closes))
}

/// A cell's text. It must not begin with a tag, or Markdown would take it for a block of HTML.
fn spans(html: &str, at: usize) -> Vec<Span> {
    let line: String = html.split_whitespace().collect::<Vec<_>>().join(" ");
    let guarded = format!("\u{200b}{line}");
    let mut blocks = build::read(&guarded, 0, &mut Notes::new(""));
    let Some(Block { kind: Kind::Paragraph(mut spans), .. }) = (!blocks.is_empty()).then(|| blocks.swap_remove(0))
    else {
        return Vec::new();
    };
    set_place(&mut spans, at);
    spans
}

/// Inside a cell all places are the cell's.
fn set_place(spans: &mut [Span], at: usize) {
    use super::blocks::Node;
    for span in spans {
        span.at = at;
        match &mut span.node {
            Node::Strong(content) | Node::Link { content, .. } => set_place(content, at),
            Node::Text(text) => *text = text.replace('\u{200b}', ""),
            _ => {}
        }
    }
}
