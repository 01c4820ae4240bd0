//! Cross-fire for people: a table in the terminal, a heat map as a page of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use error_diagnoser::check::Shot;

use crate::cli::human;

/// Samples that find other entries than theirs, a line each.
pub fn table(shots: &[Shot]) -> String {
    let stray: Vec<&Shot> = shots.iter().filter(|shot| shot.sample_of != shot.finds).collect();
    if stray.is_empty() {
        return "cross-fire: no sample finds another entry\n".into();
    }
    let widest = |of: fn(&Shot) -> &str| stray.iter().map(|shot| of(shot).chars().count()).max().unwrap_or_default();
    let (left, right) = (widest(|shot| &shot.sample_of).max(9), widest(|shot| &shot.finds).max(10));
    let mut text = format!("cross-fire:\n  {:left$}  {:right$}  samples  at best\n", "sample of", "also finds");
    for shot in stray {
        let (of, finds) = (human::printable(&shot.sample_of), human::printable(&shot.finds));
        let _ = writeln!(
            text,
            "  {of:left$}  {finds:right$}  {:>7}  {} ({}:{})",
            shot.count,
            shot.confidence,
            human::printable(&shot.at.0),
            shot.at.1
        );
    }
    text
}

/// The heat map: a row for every entry with samples, a column for every entry that they find.
pub fn page(shots: &[Shot]) -> String {
    let rows: BTreeSet<&str> = shots.iter().map(|shot| shot.sample_of.as_str()).collect();
    let columns: BTreeSet<&str> = shots.iter().map(|shot| shot.finds.as_str()).collect();
    let cells: BTreeMap<(&str, &str), &Shot> =
        shots.iter().map(|shot| ((shot.sample_of.as_str(), shot.finds.as_str()), shot)).collect();
    let mut html = String::from(HEAD);
    html.push_str("<thead><tr><td></td>");
    for column in &columns {
        let _ = write!(html, "<th scope=\"col\"><span>{}</span></th>", escaped(column));
    }
    html.push_str("</tr></thead>\n<tbody>\n");
    for row in &rows {
        let _ = write!(html, "<tr><th scope=\"row\">{}</th>", escaped(row));
        for column in &columns {
            match cells.get(&(*row, *column)) {
                Some(shot) => {
                    let place = if row == column { "own" } else { shot.confidence };
                    let title = format!("samples of {row} find {column}: {}, {} at best", shot.count, shot.confidence);
                    let _ = write!(html, "<td class=\"{place}\" title=\"{}\">{}</td>", escaped(&title), shot.count);
                }
                None => html.push_str("<td></td>"),
            }
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody></table>\n</html>\n");
    html
}

const HEAD: &str = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Cross-fire</title>\n<style>\n\
    body { font: 14px system-ui, sans-serif; color-scheme: light dark }\n\
    table { border-collapse: collapse }\n\
    td { border: 1px solid #8884; min-width: 1.6em; height: 1.6em; text-align: center }\n\
    thead th { vertical-align: bottom } thead span { writing-mode: vertical-rl; transform: rotate(180deg) }\n\
    th { font-weight: normal; text-align: start; padding: 2px 6px }\n\
    .own { background: #4a8f5a; color: #fff } .possible { background: #e9d98a; color: #000 }\n\
    .likely { background: #d98a3d; color: #000 } .certain { background: #b3261e; color: #fff }\n\
    </style>\n<h1>Cross-fire</h1>\n<p>A row is an entry with its samples, a column an entry that they find. Green is its \
    own; yellow is another one as possible, orange as likely, red as certain.</p>\n<table>\n";

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shot(sample_of: &str, finds: &str) -> Shot {
        let at = ("samples.toml".into(), 3);
        Shot { sample_of: sample_of.into(), finds: finds.into(), count: 2, confidence: "likely", at }
    }

    #[test]
    fn only_other_entries_stand_in_the_table() {
        assert_eq!(table(&[shot("a/b", "a/b")]), "cross-fire: no sample finds another entry\n");
        let text = table(&[shot("a/b", "a/b"), shot("a/b", "a/c")]);
        assert!(text.contains("a/b        a/c               2  likely (samples.toml:3)"), "{text}");
    }

    #[test]
    fn the_heat_map_is_text_and_nothing_else() {
        let html = page(&[shot("a/b", "a/b"), shot("a/<i>", "a/b")]);
        assert!(html.contains("<td class=\"own\"") && html.contains("<td class=\"likely\""));
        assert!(html.contains("a/&lt;i&gt;") && !html.contains("<i>") && !html.contains("<script"));
    }
}
