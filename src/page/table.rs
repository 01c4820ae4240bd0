//! Pages of the second shape: a row of a table is an entry; the header row says what its columns are. Two other tables
//! belong to an entry: one of causes with their resolutions, and one whose rows are labelled.

use super::blocks::{Block, Cell, Kind, Node, Span, Table, plain};
use super::columns;
use super::html::{is_break, is_division};
use super::labels::{self, Label};
use super::leads::{self, Part};
use super::phrases;
use super::sections::{Raw, RawSituation, Sections};
use super::source::Notes;
use super::told::{self, State};

/// Whether a table's rows are entries: a column of messages and one that explains them. A column that is only called
/// "code" is one of messages where errors are spoken of.
pub(super) fn is_entries(table: &Table, errors: bool) -> bool {
    let columns = columns::labels(table, errors);
    let has = |wanted: &[Label]| columns.iter().flatten().any(|label| wanted.contains(label));
    let only_code = !has(&[Label::Message, Label::Symptom]) && has(&[Label::Code]);
    let plainly = table.head.iter().any(|cell| {
        let head = plain(&cell.spans).to_lowercase();
        head.contains("err") || head.contains("exception")
    });
    // What is printed with which code is worth finding, explained or not.
    let is_list = errors && has(&[Label::Message]) && has(&[Label::Code]);
    has(&[Label::Message, Label::Symptom, Label::Code])
        && (has(&[Label::Cause, Label::Resolution]) || is_list)
        && (!only_code || plainly || errors)
}

/// Whether a table's rows are causes with their resolutions.
pub(super) fn is_cases(table: &Table) -> bool {
    let columns = columns::labels(table, false);
    let has = |wanted| columns.iter().flatten().any(|label| *label == wanted);
    has(Label::Cause) && has(Label::Resolution) && ![Label::Message, Label::Symptom, Label::Code].into_iter().any(has)
}

/// The situations that the rows of such a table are.
pub(super) fn cases(table: Table) -> Vec<RawSituation> {
    let columns = columns::labels(&table, false);
    let mut situations = Vec::new();
    for row in table.rows {
        let mut situation = RawSituation { when: Vec::new(), parts: Vec::new() };
        let mut cells: Vec<_> = row.cells.into_iter().zip(&columns).collect();
        // Columns stand in any order, here too.
        cells.sort_by_key(|(_, column)| **column == Some(Label::Resolution));
        for (cell, column) in cells {
            let at = cell.at;
            let mut blocks = paragraphs(cell);
            match column {
                Some(Label::Cause) if situation.when.is_empty() && !blocks.is_empty() => {
                    // The cell's first paragraph says which case it is.
                    if let Kind::Paragraph(spans) = &blocks[0].kind {
                        situation.when.clone_from(spans);
                    }
                    if blocks.len() > 1 {
                        blocks.remove(0);
                    }
                    situation.parts.push(Part::known(at, Label::Cause, Vec::new(), blocks));
                }
                Some(label) if !blocks.is_empty() => {
                    situation.parts.push(Part::known(at, *label, Vec::new(), blocks));
                }
                _ => {}
            }
        }
        situations.push(situation);
    }
    situations
}

/// The parts of a table with two columns whose rows are labelled (`| Cause | The tide. |`), and the rest of it; none when
/// it is no such table.
pub(super) fn labelled_rows(table: &Table) -> Option<(Vec<Part>, Table)> {
    let is_headless = table.head.iter().all(|cell| plain(&cell.spans).trim().is_empty());
    if table.head.len() > 2 || table.rows.is_empty() {
        return None;
    }
    let mut parts = Vec::new();
    let mut rest = Table { head: table.head.clone(), rows: Vec::new() };
    for row in &table.rows {
        let label = row.cells.first().and_then(|cell| labels::find(plain(&cell.spans).trim()));
        match (label, row.cells.get(1)) {
            (Some((label, languages)), Some(cell)) if !matches!(label, Label::Id | Label::App | Label::Code) => {
                parts.push(Part::known(cell.at, label, languages, paragraphs(cell.clone())));
            }
            _ => rest.rows.push(row.clone()),
        }
    }
    let kinds: std::collections::BTreeSet<_> = parts.iter().filter_map(Part::label).collect();
    let has_message = kinds.iter().any(|label| matches!(label, Label::Message | Label::Symptom));
    (kinds.len() >= 2 || is_headless && has_message).then_some((parts, rest))
}

/// Adds a table's rows to what was found; `errors` when the words around it speak of errors.
pub(super) fn read(table: Table, errors: bool, notes: &mut Notes, found: &mut Sections) {
    let labels = columns::labels(&table, errors);
    for (cell, label) in table.head.iter().zip(&labels) {
        match columns::named(cell) {
            Some((_, languages)) => found.languages.extend(languages),
            None if label.is_none() || notes.own => unknown_column(cell, notes),
            None => {}
        }
    }
    let names: Vec<String> = table.head.iter().map(|cell| plain(&cell.spans).trim().to_string()).collect();
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
        let mut raw = Raw {
            at: row.at,
            id: None,
            title: String::new(),
            parts: Vec::new(),
            situations: Vec::new(),
            row: true,
            unnamed: false,
        };
        let mut cells: Vec<_> = row.cells.into_iter().zip(&labels).zip(&names).collect();
        // Columns stand in any order; a resolution before its cause is still that cause's.
        cells.sort_by_key(|((_, label), _)| **label == Some(Label::Resolution));
        for ((cell, label), name) in cells {
            let text = plain(&cell.spans);
            let at = cell.at;
            match label {
                _ if text.trim().is_empty() => {}
                Some(Label::Id) => raw.id = Some(text.trim().into()),
                Some(Label::Title) => raw.title = text.trim().into(),
                Some(Label::Message) if notes.own => {
                    let block = Block { at, kind: Kind::Paragraph(cell.spans) };
                    raw.parts.push(Part::known(at, Label::Message, Vec::new(), vec![block]));
                }
                Some(Label::Message) => raw.parts.push(Part::told(at, messages(cell))),
                Some(Label::Code) => raw.parts.push(Part::told(at, codes(&cell, name))),
                Some(Label::Symptom) => symptom(cell, &mut raw.parts),
                Some(label) => match labelled(&cell).filter(|_| !notes.own) {
                    Some(parts) => raw.parts.extend(parts),
                    None => raw.parts.push(Part::known(at, *label, Vec::new(), paragraphs(cell))),
                },
                // What nobody understands is still said.
                None if !notes.own && text.chars().any(char::is_alphanumeric) => {
                    let mut blocks = paragraphs(cell);
                    if let Some(Block { kind: Kind::Paragraph(spans), .. }) = blocks.first_mut() {
                        spans.insert(0, Span { at, node: Node::Text(format!("{name}: ")) });
                    }
                    raw.parts.push(Part::known(at, Label::Cause, Vec::new(), blocks));
                }
                None => {}
            }
        }
        if raw.parts.iter().any(|part| part.label() == Some(Label::Message) && !part.blocks.is_empty()) {
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
    let fate = if notes.own { "its cells were left out" } else { "its cells were read as prose" };
    notes.fault(
        cell.at,
        "unknown-column",
        format!("nothing understands the column \"{}\"; {fate}", name.trim()),
        super::label_help(&name),
    );
}

/// The parts of a cell whose lines or sentences are labelled themselves, if one of them explains or resolves something.
pub(super) fn labelled(cell: &Cell) -> Option<Vec<Part>> {
    let sentences = |block: Block| match block.kind {
        Kind::Paragraph(spans) => leads::sentences(spans),
        _ => Vec::new(),
    };
    let paragraph = |spans: Vec<Span>| {
        let at = spans.first().map_or(cell.at, |span| span.at);
        Block { at, kind: Kind::Paragraph(spans) }
    };
    let blocks = paragraphs(cell.clone()).into_iter().flat_map(sentences).map(paragraph);
    let parts = leads::parts(blocks.collect());
    let explains = |part: &Part| matches!(part.label(), Some(Label::Cause | Label::Resolution));
    let read = |part: Part| match part.label() {
        Some(Label::Code) => Part::told(part.at, part.blocks),
        Some(_) => part,
        // What nobody understands is still said.
        None => Part { lead: None, ..part },
    };
    parts.iter().any(explains).then(|| parts.into_iter().map(read).collect())
}

/// A number with so few digits stands in every text; it tells something only behind the words that it is printed with.
const FEW_DIGITS: usize = 3;

/// A code as the product prints it: a short number behind what its column is called (`exit code 9`).
fn printed(code: &str, column: &str) -> String {
    let is_short = code.len() <= FEW_DIGITS && code.bytes().all(|byte| byte.is_ascii_digit());
    let words: Vec<&str> = column.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let words = &words[words.len().saturating_sub(2)..];
    let named = words.join(" ");
    if is_short && named.is_ascii() && named.len() >= 4 {
        format!("{} {code}", named.strip_suffix('s').filter(|name| name.ends_with("ode")).unwrap_or(&named))
    } else {
        code.to_string()
    }
}

/// A cell of codes: one in a line, or divided by commas.
fn codes(cell: &Cell, column: &str) -> Vec<Block> {
    let mut codes = Vec::new();
    for block in paragraphs(cell.clone()) {
        let Kind::Paragraph(spans) = block.kind else { continue };
        let text = plain(&spans);
        let pieces: Vec<&str> = text.split([',', ';']).flat_map(|piece| piece.split(" or ")).map(str::trim).collect();
        let single = pieces.iter().all(|piece| !piece.contains(char::is_whitespace));
        let pieces = if single { pieces } else { vec![text.trim()] };
        codes.extend(
            pieces
                .into_iter()
                .filter(|piece| piece.contains(char::is_alphanumeric))
                .map(|piece| message(block.at, &printed(piece, column))),
        );
    }
    codes
}

fn message(at: usize, text: &str) -> Block {
    Block { at, kind: Kind::Paragraph(vec![Span { at, node: Node::Text(text.into()) }]) }
}

/// A cell of messages: list items and paragraphs are one each, a single line break is inside one.
fn messages(cell: Cell) -> Vec<Block> {
    let at = cell.at;
    let mut blocks: Vec<Vec<Span>> = vec![Vec::new()];
    let mut breaks = 0;
    for span in cell.spans {
        let (divides, breaks_line) = match &span.node {
            Node::Html(tag) => (is_division(tag), is_break(tag)),
            _ => (false, false),
        };
        let is_blank = matches!(&span.node, Node::Text(text) if text.trim().is_empty());
        breaks = if breaks_line {
            breaks + 1
        } else if is_blank {
            breaks
        } else {
            0
        };
        if divides || breaks == 2 {
            blocks.push(Vec::new());
        } else if let Some(last) = blocks.last_mut() {
            last.push(span);
        }
    }
    blocks.retain(|spans| plain(spans).chars().any(char::is_alphanumeric));
    blocks.into_iter().map(|spans| Block { at, kind: Kind::Paragraph(spans) }).collect()
}

/// A cell of symptoms: what it quotes are the messages; what it describes is said with the cause.
fn symptom(cell: Cell, parts: &mut Vec<Part>) {
    let at = cell.at;
    let pieces: Vec<Block> = paragraphs(cell).into_iter().map(without_bullet).collect();
    let mut found = Vec::new();
    for piece in &pieces {
        let Kind::Paragraph(spans) = &piece.kind else { continue };
        let told = told::take(vec![piece.clone()], State::Expected).messages;
        if !told.is_empty() {
            found.extend(told);
        } else if let Some(rest) = phrases::after_error_colon(&plain(spans)) {
            found.push(message(at, rest));
        }
    }
    let described = !found.is_empty();
    if found.is_empty() {
        found.extend(pieces.first().cloned());
    }
    parts.push(Part::told(at, found));
    if described {
        parts.push(Part { lead: None, ..Part::known(at, Label::Symptom, Vec::new(), pieces) });
    }
}

/// A paragraph without the hyphen that cells write for a bullet.
fn without_bullet(mut block: Block) -> Block {
    if let Kind::Paragraph(spans) = &mut block.kind
        && let Some(Span { node: Node::Text(text), .. }) =
            spans.iter_mut().find(|span| !plain(std::slice::from_ref(*span)).trim().is_empty())
        && let Some(rest) = text.trim_start().strip_prefix("- ")
    {
        *text = rest.trim_start().into();
    }
    block
}

/// A cell's text as paragraphs: `<br>` and list items are how tables break lines.
fn paragraphs(cell: Cell) -> Vec<Block> {
    let mut blocks = vec![(cell.at, Vec::<Span>::new())];
    for span in cell.spans {
        match (&span.node, blocks.last_mut()) {
            (Node::Html(tag), _) if is_break(tag) || is_division(tag) => blocks.push((span.at, Vec::new())),
            (_, Some((_, spans))) => spans.push(span),
            (_, None) => {}
        }
    }
    blocks.retain(|(_, spans)| !plain(spans).trim().is_empty());
    blocks.into_iter().map(|(at, spans)| Block { at, kind: Kind::Paragraph(spans) }).collect()
}
