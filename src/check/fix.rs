//! Mechanical fixes: what a lint asks for that needs no author's judgement.
//!
//! Ids behind headings that have none, `https` for `http`, a `base` for relative links where one is given, and a sample
//! drafted from the message for every entry that has none. Nothing that an author wrote is removed.

use std::collections::BTreeMap;

use super::check;
use crate::catalog::{Entry, FALLBACK_LANGUAGE, Problem};
use crate::page::{Page, Sample, message_slots};

/// What fixing changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fixed {
    /// Files with their new text: pages, and files of samples (appended to, or new).
    pub files: BTreeMap<String, String>,
    /// What was done, a sentence each.
    pub done: Vec<String>,
}

/// Fixes what is mechanical in pages. `samples` are those read, `sample_files` the text of every `samples.toml` by path;
/// `base` is what relative links are relative to.
pub fn fix(pages: &[Page], samples: &[Sample], sample_files: &BTreeMap<String, String>, base: Option<&str>) -> Fixed {
    let checked = check(pages, samples);
    let mut fixed = Fixed::default();
    for page in pages {
        let of_page: Vec<&Problem> = checked.problems.iter().filter(|problem| problem.path == page.path).collect();
        let text = fixed_page(page, &of_page, &checked.catalog.entries, base, &mut fixed.done);
        if text != page.text {
            fixed.files.insert(page.path.clone(), text);
        }
    }
    let proved = |entry: &&Entry| !samples.iter().any(|sample| sample.finds && sample.entry == entry.id);
    for entry in checked.catalog.entries.iter().filter(proved) {
        let Some(text) = entry.messages.iter().find_map(|message| {
            (!message.regex && (message.lang == FALLBACK_LANGUAGE || entry.messages.len() == 1))
                .then(|| filled(message))
        }) else {
            continue;
        };
        let own = |page: &&super::PageSummary| page.own && page.product == entry.product;
        let Some(page) = checked.pages.iter().find(own) else { continue };
        let folder = page.path.rfind('/').map_or("", |at| &page.path[..=at]);
        let path = format!("{folder}samples.toml");
        let file =
            fixed.files.entry(path.clone()).or_insert_with(|| sample_files.get(&path).cloned().unwrap_or_default());
        if !file.is_empty() && !file.ends_with("\n\n") {
            file.push_str(if file.ends_with('\n') { "\n" } else { "\n\n" });
        }
        file.extend(["[[sample]]\nentry = ", &quoted(&entry.id), "\ntext = ", &quoted(&text), "\n"]);
        fixed.done.push(format!(
            "{path}: a sample of \"{}\" drafted from its message; make it what a reader pastes",
            entry.id
        ));
    }
    fixed
}

fn fixed_page(
    page: &Page,
    problems: &[&Problem],
    entries: &[Entry],
    base: Option<&str>,
    done: &mut Vec<String>,
) -> String {
    let mut lines: Vec<String> = page.text.split_inclusive('\n').map(str::to_string).collect();
    let mut note = |line: u32, what: String| done.push(format!("{}:{line}: {what}", page.path));
    let mut unresolved = false;
    for problem in problems {
        let Some(line) = (problem.line as usize).checked_sub(1).and_then(|at| lines.get_mut(at)) else { continue };
        match problem.code.as_str() {
            "id-from-heading" => {
                // The id that the entry has already, so that nothing else changes.
                let id = problem.what.split('"').nth(1).unwrap_or_default();
                let known = entries.iter().any(|entry| entry.id == id);
                if let (true, Some((_, name))) = (known, id.split_once('/')) {
                    let end = line.trim_end().len();
                    line.insert_str(end, &format!(" {{#{name}}}"));
                    note(problem.line, format!("the id {{#{name}}} written behind the heading"));
                }
            }
            "http-link" => {
                let written = problem.what.split('"').nth(1).unwrap_or_default().to_string();
                if written.starts_with("http://") && line.contains(&written) {
                    *line = line.replace(&written, &written.replacen("http://", "https://", 1));
                    note(problem.line, format!("{written} changed to https"));
                }
            }
            "unresolved-link" => unresolved = true,
            _ => {}
        }
    }
    let begins = lines.first().is_some_and(|line| line.trim_start_matches('\u{feff}').trim_end() == "---");
    if let (true, true, Some(base)) = (unresolved, begins, base) {
        lines.insert(1, format!("base: {base}\n"));
        note(2, format!("base: {base} written into the front matter"));
    }
    lines.concat()
}

/// A message with something in its slots, its first alternatives, and nothing where anything may stand.
fn filled(message: &crate::catalog::Message) -> String {
    let mut text = message.text.clone();
    for (number, name) in message_slots(message).iter().enumerate() {
        text = text.replacen(&format!("{{{name}}}"), &format!("{name}-{}", number + 1), 1);
    }
    let mut read = String::new();
    let mut rest = text.as_str();
    while let Some((open, close)) = rest
        .find('{')
        .and_then(|open| Some((open, open + rest[open..].find('}')?)))
        .filter(|(open, close)| rest[*open..*close].contains('|'))
    {
        read.push_str(&rest[..open]);
        read.push_str(rest[open + 1..close].split('|').next().unwrap_or_default());
        rest = &rest[close + 1..];
    }
    read.push_str(rest);
    read.replace('…', "(more)")
}

/// A TOML string.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => quoted.extend(["\\u", &format!("{:04X}", c as u32)]),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
