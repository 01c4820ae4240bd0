//! What a table's columns hold: by their headers, and where a header says nothing, by cells that are codes throughout.

use super::blocks::{Cell, Table, plain};
use super::codes;
use super::labels::{self, Label};

/// No header of several labels has more words.
const MOST_WORDS: usize = 6;

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
    if found.contains(&Some(Label::Message)) {
        for label in found.iter_mut().filter(|label| **label == Some(Label::Symptom)) {
            *label = Some(Label::Cause);
        }
    }
    let asks = |label: &Option<Label>| matches!(label, Some(Label::Message | Label::Symptom | Label::Code));
    if errors && !found.iter().any(asks) {
        let unnamed = (0..found.len()).find(|&column| found[column].is_none() && holds_codes(table, column));
        if let Some(column) = unnamed {
            found[column] = Some(Label::Code);
        }
    }
    found
}

/// Whether every cell of a column that says something is a code.
fn holds_codes(table: &Table, column: usize) -> bool {
    let cells = table.rows.iter().filter_map(|row| row.cells.get(column));
    let texts: Vec<String> =
        cells.map(|cell| plain(&cell.spans).trim().to_string()).filter(|text| !text.is_empty()).collect();
    texts.len() >= 2 && texts.iter().all(|text| codes::is_code(text) || codes::is_number(text))
}
