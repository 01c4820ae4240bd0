//! What a table's columns hold: by their headers, and where a header says nothing, by cells that are codes throughout.

use std::sync::LazyLock;

use regex_lite::Regex;

use super::blocks::{Cell, Node, Span, Table, plain};
use super::codes;
use super::labels::{self, Label};
use super::phrases;
use super::table;

/// No header of several labels has more words.
const MOST_WORDS: usize = 6;

/// Headers that say something only where errors are spoken of: elsewhere an alarm is a setting.
const OF_ERRORS: &[(Label, &[&str])] = &[
    (Label::Message, &["error string", "exception name", "if you see this error"]),
    (
        Label::Symptom,
        &[
            "alarm",
            "alert",
            "error condition",
            "error scenario",
            "failed check",
            "failure",
            "issue description",
            "problem description",
        ],
    ),
    (Label::Code, &["message id", "return value"]),
    (
        Label::Resolution,
        &[
            "corrective measure",
            "corrective measures",
            "do this",
            "mitigation steps",
            "operator response",
            "recovery",
            "steps",
            "steps to resolve",
            "troubleshooting",
            "user response",
        ],
    ),
];

/// What a column's header calls it, and the languages that call it so. "Error message or dialog" and "Code/Message" are
/// several names for one column; that of a message says most.
pub(super) fn named(cell: &Cell) -> Option<(Label, Vec<&'static str>)> {
    let head = plain(&cell.spans);
    let head = head.trim();
    if let Some(found) = labels::find(head) {
        return Some(found);
    }
    if head.split_whitespace().count() > MOST_WORDS {
        return None;
    }
    let divided = head.replace(" or ", "/").replace(" and ", "/");
    let names: Vec<_> = divided.split(['/', ',', '&', '(', ')']).filter_map(labels::find_word).collect();
    let is = |wanted: Label| names.iter().find(|(label, _)| *label == wanted).cloned();
    is(Label::Message).or_else(|| names.first().cloned())
}

/// What the columns hold. Beside a column of messages, one of problems says why they come. `errors` when the words
/// around the table speak of errors.
pub(super) fn labels(table: &Table, errors: bool) -> Vec<Option<Label>> {
    let mut found: Vec<Option<Label>> = table.head.iter().map(|cell| named(cell).map(|(label, _)| label)).collect();
    if errors {
        for (label, cell) in found.iter_mut().zip(&table.head).filter(|(label, _)| label.is_none()) {
            let head = plain(&cell.spans).trim().to_lowercase();
            *label = OF_ERRORS.iter().find(|(_, words)| words.contains(&head.as_str())).map(|(label, _)| *label);
        }
    }
    if let Some(column) = described(table, &found) {
        found[column] = Some(Label::Message);
    }
    if found.contains(&Some(Label::Message)) {
        for label in found.iter_mut().filter(|label| **label == Some(Label::Symptom)) {
            *label = Some(Label::Cause);
        }
    }
    let asks = |label: &Option<Label>| matches!(label, Some(Label::Message | Label::Symptom | Label::Code));
    if errors && !found.iter().any(asks) {
        let free = |column: &usize| found[*column].is_none();
        let status = |column: &usize| is_status(&table.head[*column]);
        let columns = || (0..found.len()).filter(free);
        let unnamed = columns().find(status).or_else(|| columns().find(|&column| holds_codes(table, column)));
        if let Some(column) = unnamed {
            found[column] = Some(Label::Code);
        }
    }
    let explains = |label: &Option<Label>| matches!(label, Some(Label::Cause | Label::Resolution));
    if found.iter().any(asks) && !found.iter().any(explains) {
        let unnamed = || (0..found.len()).rev().filter(|&column| found[column].is_none());
        let labelled = unnamed().find(|&column| holds_labels(table, column));
        // Where a table tells errors, what else it says in sentences explains them, whatever its author calls it.
        let explaining = labelled.or_else(|| unnamed().find(|&column| errors && holds_sentences(table, column)));
        if let Some(column) = explaining {
            found[column] = Some(Label::Cause);
        }
    }
    found
}

/// The column beside codes that holds what the product says, under a header that could also be of what its author says:
/// where another column explains, or where its cells are plainly printed by a program.
fn described(table: &Table, found: &[Option<Label>]) -> Option<usize> {
    if !found.contains(&Some(Label::Code)) && !found.contains(&Some(Label::Resolution))
        || found.iter().any(|label| matches!(label, Some(Label::Message | Label::Symptom)))
    {
        return None;
    }
    let head = |column: usize| plain(&table.head[column].spans).trim().to_lowercase();
    let column = (0..found.len()).find(|column| DESCRIBES.contains(&head(*column).as_str()))?;
    let is_explained = (0..found.len()).any(|other| other != column && found[other] == Some(Label::Cause));
    (is_explained || is_printed(table, column)).then_some(column)
}

/// Headers of such columns.
const DESCRIBES: &[&str] = &["description", "error description", "short description", "text", "details", "meaning"];

/// Whether a program prints what most cells of a column hold: code throughout, or words with places for values in one
/// cell of five.
fn is_printed(table: &Table, column: usize) -> bool {
    static PLACE: LazyLock<Regex> = LazyLock::new(|| phrases::regex(r"\{\d\}|%[sd]\b|%\d"));
    let cells = || table.rows.iter().filter_map(|row| row.cells.get(column));
    let is_code = |cell: &&Cell| {
        let mut spans = cell.spans.iter().filter(|span| !plain(std::slice::from_ref(*span)).trim().is_empty());
        matches!((spans.next(), spans.next()), (Some(Span { node: Node::Code(_), .. }), None))
    };
    let count = cells().count();
    cells().filter(is_code).count() * 2 > count
        || cells().filter(|cell| PLACE.is_match(&plain(&cell.spans))).count() * 5 >= count.max(1)
}

/// Whether the cells of a column hold more than names: three words each, or more.
fn holds_sentences(table: &Table, column: usize) -> bool {
    let cells = || table.rows.iter().filter_map(|row| row.cells.get(column));
    let words: usize = cells().map(|cell| plain(&cell.spans).split_whitespace().count()).sum();
    words > 0 && words >= cells().count() * 3
}

/// Whether most cells of a column are labelled themselves: "**Cause:** … **Solution:** …".
fn holds_labels(table: &Table, column: usize) -> bool {
    let cells = table.rows.iter().filter_map(|row| row.cells.get(column));
    cells.filter(|cell| table::labelled(cell).is_some()).count() * 2 > table.rows.len()
}

/// Whether a header calls its column one of HTTP statuses, which say something where nothing says more.
fn is_status(cell: &Cell) -> bool {
    let head = plain(&cell.spans).trim().to_lowercase();
    matches!(
        head.as_str(),
        "http code" | "http response code" | "http status" | "http status code" | "response code" | "status code"
    )
}

/// Whether every cell of a column that says something is a code.
fn holds_codes(table: &Table, column: usize) -> bool {
    let cells = table.rows.iter().filter_map(|row| row.cells.get(column));
    let texts: Vec<String> =
        cells.map(|cell| plain(&cell.spans).trim().to_string()).filter(|text| !text.is_empty()).collect();
    texts.len() >= 2 && texts.iter().all(|text| codes::is_code(text) || codes::is_number(text))
}
