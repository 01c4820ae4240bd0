//! Tables that are written in HTML, as blocks like any other table. A cell's text is read as Markdown with inline HTML.

use super::blocks::{Block, Cell, Kind, Row, Table};
use super::html::{tag_name, tags};
use super::html_blocks::{around, spans};
use super::source::Notes;

/// The table that opens at `open`, behind its caption, and where it ends.
pub(super) fn read(text: &str, open: usize, notes: &mut Notes) -> (Vec<Block>, usize) {
    let behind = |tag: usize| text[tag..].find('>').map_or(text.len(), |gt| tag + gt + 1);
    let close = tags(text, open, text.len()).find(|&at| tag_name(&text[at..]) == ("table".into(), true));
    let end = close.map_or(text.len(), behind);
    let mut rows: Vec<Row> = Vec::new();
    let mut places = tags(text, open, end).peekable();
    while let Some(place) = places.next() {
        match tag_name(&text[place..end]) {
            (name, false) if name == "tr" => rows.push(Row { at: place, excess: 0, cells: Vec::new() }),
            (name, false) if matches!(name.as_str(), "td" | "th") => {
                let from = behind(place).min(end);
                let mut to = end;
                while let Some(&next) = places.peek() {
                    let (name, closes) = tag_name(&text[next..end]);
                    if matches!(name.as_str(), "td" | "th" | "tr")
                        || closes && matches!(name.as_str(), "table" | "tbody" | "thead")
                    {
                        to = next;
                        break;
                    }
                    places.next();
                }
                // Authors forget the row around a table's head.
                if rows.is_empty() {
                    rows.push(Row { at: place, excess: 0, cells: Vec::new() });
                }
                if let Some(row) = rows.last_mut() {
                    row.cells.push(Cell { at: place, spans: spans(&text[from..to.max(from)], from, notes) });
                }
            }
            _ => {}
        }
    }
    let begin = rows.first().map_or(end, |row| row.at);
    rows.retain(|row| !row.cells.is_empty());
    if rows.is_empty() {
        return (around(text, behind(open), end, notes), end);
    }
    let mut blocks = around(text, behind(open), begin, notes);
    let head = rows.remove(0).cells;
    for row in &mut rows {
        while row.cells.len() < head.len() {
            row.cells.push(Cell { at: row.at, spans: Vec::new() });
        }
        row.excess = row.cells.len() - head.len();
    }
    blocks.push(Block { at: open, kind: Kind::Table(Table { head, rows }) });
    (blocks, end)
}
