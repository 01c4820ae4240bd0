//! Every message of the project's catalog finds its own entry: as it is written, and with its slots filled.

#![cfg(not(target_arch = "wasm32"))]

use std::path::Path;

use error_diagnoser::notation::slot_names;
use error_diagnoser::page::{Page, compile};
use error_diagnoser::{Catalog, Confidence, Diagnoser, Entry, Message, Options};

fn catalog() -> Catalog {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("catalog");
    let mut pages = Vec::new();
    for product in ["itsmc", "cas"] {
        for language in ["en", "nl", "sv", "ko"] {
            let path = folder.join(product).join(format!("{language}.md"));
            pages.push(Page { path: path.display().to_string(), text: std::fs::read_to_string(path).unwrap() });
        }
    }
    let compiled = compile(&pages);
    assert_eq!(compiled.problems, []);
    compiled.catalog
}

/// The ids of every entry that has this message: which of them it is, only the app can tell.
fn same_message<'c>(catalog: &'c Catalog, message: &Message) -> Vec<&'c Entry> {
    let has = |entry: &&Entry| entry.messages.iter().any(|other| other.text == message.text);
    catalog.entries.iter().filter(has).collect()
}

/// Runs `check` on every message of every entry, and gathers what it complains of.
fn every_message(check: impl Fn(&Diagnoser, &Entry, &Message) -> Result<(), String>) {
    let diagnoser = Diagnoser::new(catalog()).unwrap();
    let mut checked = 0;
    let mut complaints = Vec::new();
    for entry in &diagnoser.catalog().entries {
        for message in &entry.messages {
            checked += 1;
            complaints.extend(check(&diagnoser, entry, message).err());
        }
    }
    assert!(checked > 100, "{checked} messages are too few to be the catalog");
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// That the first diagnosis of `text` is certain and of this entry, or of one with the same message.
fn finds(diagnoser: &Diagnoser, entry: &Entry, message: &Message, text: &str) -> Result<(), String> {
    let catalog = diagnoser.catalog();
    let group = same_message(&catalog, message);
    let report = diagnoser.diagnose(text, &Options::default());
    let complaint = |what: &str| {
        Err(format!("{} {what}: {text}\n    {:?}", entry.id, report.diagnoses.first().map(|found| &found.entry)))
    };
    let Some(first) = report.diagnoses.first() else { return complaint("is not found") };
    let mut found: Vec<&str> = std::iter::once(&first.entry).chain(&first.alternatives).map(String::as_str).collect();
    found.sort_unstable();
    let mut expected: Vec<&str> = group.iter().map(|entry| entry.id.as_str()).collect();
    expected.sort_unstable();
    // An author may give one message under two titles for one app; then either is right.
    if found != expected {
        return complaint("is not what is found");
    }
    if first.confidence < Confidence::Likely { complaint("is found, but not confidently") } else { Ok(()) }
}

#[test]
fn every_message_as_it_is_written_finds_its_entry() {
    every_message(|diagnoser, entry, message| finds(diagnoser, entry, message, &message.text));
}

#[test]
fn every_message_with_its_slots_filled_finds_its_entry_and_the_values() {
    every_message(|diagnoser, entry, message| {
        let names = slot_names(&message.text);
        let mut text = message.text.replace('…', " ");
        for (number, name) in names.iter().enumerate() {
            text = text.replace(&format!("{{{name}}}"), &format!("value-{number}"));
        }
        finds(diagnoser, entry, message, &text)?;
        let report = diagnoser.diagnose(&text, &Options::default());
        for (number, name) in names.iter().enumerate() {
            let value = report.diagnoses[0].values.iter().find(|value| value.name == *name);
            let wanted = format!("value-{number}");
            if value.is_none_or(|value| value.value != wanted || text[value.start..value.end] != wanted) {
                return Err(format!("{}: {{{name}}} is {value:?} in {text}", entry.id));
            }
        }
        Ok(())
    });
}

#[test]
fn the_app_decides_between_entries_with_one_message() {
    every_message(|diagnoser, entry, message| {
        let Some(app) = entry.apps.first().filter(|_| entry.product == "cas") else { return Ok(()) };
        let by_choice = diagnoser.diagnose(&message.text, &Options { app: Some(app.clone()), ..Options::default() });
        let named = format!("{app}: {}", message.text);
        let by_name = diagnoser.diagnose(&named, &Options::default());
        for report in [by_choice, by_name] {
            let first = &report.diagnoses[0];
            if first.entry != entry.id || !first.alternatives.is_empty() || report.question.is_some() {
                return Err(format!("{} is not decided by {app}: {} {:?}", entry.id, first.entry, first.alternatives));
            }
        }
        Ok(())
    });
}
