//! Pages of the second shape: a row of a table is an entry; the header row says what its columns are.

use super::blocks::{Block, Cell, Kind, Node, Span, Table, plain};
use super::html::is_break;
use super::labels::{self, Label};
use super::leads::Part;
use super::sections::{Raw, Sections};
use super::source::Notes;

/// Whether a table's rows are entries: a column of messages and one that explains them.
pub(super) fn is_entries(table: &Table) -> bool {
    let has = |wanted: &[Label]| columns(table).any(|column| column.is_some_and(|(label, _)| wanted.contains(&label)));
    has(&[Label::Message]) && has(&[Label::Cause, Label::Resolution])
}

fn columns(table: &Table) -> impl Iterator<Item = Option<(Label, Vec<&'static str>)>> {
    table.head.iter().map(|cell| labels::find(plain(&cell.spans).trim()))
}

/// Adds a table's rows to what was found.
pub(super) fn read(table: Table, notes: &mut Notes, found: &mut Sections) {
    let columns: Vec<_> = columns(&table).collect();
    for (cell, column) in table.head.iter().zip(&columns) {
        match column {
            Some((_, languages)) => found.languages.extend(languages),
            None => unknown_column(cell, notes),
        }
    }
    for row in table.rows {
        if row.excess > 0 {
            notes.error(
                row.at,
                "row-too-long",
                format!("the row has {} more cells than the table has columns; it was left out", row.excess),
                "write a | that belongs to a text as \\|",
            );
            continue;
        }
        let mut raw =
            Raw { at: row.at, id: None, title: String::new(), parts: Vec::new(), situations: Vec::new(), row: true };
        for (cell, column) in row.cells.into_iter().zip(&columns) {
            let Some((label, _)) = column else { continue };
            let text = plain(&cell.spans);
            match label {
                _ if text.trim().is_empty() => {}
                Label::Id => raw.id = Some(text.trim().into()),
                Label::Title => raw.title = text.trim().into(),
                Label::Message => {
                    let block = Block { at: cell.at, kind: Kind::Paragraph(cell.spans) };
                    raw.parts.push(Part::known(cell.at, *label, Vec::new(), vec![block]));
                }
                _ => raw.parts.push(Part::known(cell.at, *label, Vec::new(), paragraphs(cell))),
            }
        }
        if raw.parts.iter().any(|part| part.label() == Some(Label::Message)) {
            found.entries.push(raw);
        } else {
            notes.fault(
                row.at,
                "row-without-message",
                "the row has no message; it was left out",
                "write one, or remove the row",
            );
        }
    }
}

fn unknown_column(cell: &Cell, notes: &mut Notes) {
    let name = plain(&cell.spans);
    notes.fault(
        cell.at,
        "unknown-column",
        format!("nothing understands the column \"{}\"; its cells were left out", name.trim()),
        super::label_help(&name),
    );
}

/// A cell's text as paragraphs: `<br>` is how tables break lines.
fn paragraphs(cell: Cell) -> Vec<Block> {
    let mut blocks = vec![(cell.at, Vec::<Span>::new())];
    for span in cell.spans {
        match (&span.node, blocks.last_mut()) {
            (Node::Html(tag), _) if is_break(tag) => blocks.push((span.at, Vec::new())),
            (_, Some((_, spans))) => spans.push(span),
            (_, None) => {}
        }
    }
    blocks.retain(|(_, spans)| !plain(spans).trim().is_empty());
    blocks.into_iter().map(|(at, spans)| Block { at, kind: Kind::Paragraph(spans) }).collect()
}
