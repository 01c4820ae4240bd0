//! Rules of another tool as pages and samples: the account of each, what the pages say, and that they check clean.

use std::fs;
use std::path::Path;

use error_diagnoser::check::check;
use error_diagnoser::import::{Imported, RuleFile, cre};
use error_diagnoser::page::{Page, samples};
use error_diagnoser::{Diagnoser, Options, Severity};

fn imported() -> Imported {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/authors/rules");
    let read = |path: &Path| fs::read_to_string(path).ok();
    let mut folders: Vec<_> =
        fs::read_dir(folder).expect("it is there").map(|one| one.expect("readable").path()).collect();
    folders.sort();
    let files: Vec<RuleFile> = folders
        .iter()
        .flat_map(|folder| fs::read_dir(folder).expect("a folder"))
        .map(|file| file.expect("readable").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml"))
        .map(|path| RuleFile {
            path: path.strip_prefix(env!("CARGO_MANIFEST_DIR")).expect("inside").display().to_string(),
            text: read(&path).expect("text"),
            log: read(&path.with_file_name("test.log")),
            other_log: read(&path.with_file_name("test-fp.log")),
        })
        .collect();
    cre(&files)
}

#[test]
fn every_rule_is_accounted_for() {
    let imported = imported();
    let told: Vec<String> = imported
        .rules
        .iter()
        .map(|rule| {
            let entry = rule.entry.as_deref().unwrap_or("-");
            format!(
                "{:?} {} {entry} {} {:?} {:?}",
                rule.kept, rule.id, rule.messages, rule.finds_own_log, rule.also_finds
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "Not HARBOUR-0001 - 0 None []",
            "Not  - 0 None []",
            "Whole LIGHTHOUSE-0001 lighthouse/lighthouse-0001 1 Some(true) []",
            "Partly LIGHTHOUSE-0002 lighthouse/lighthouse-0002 3 Some(true) [\"lighthouse/lighthouse-0001\"]",
            "Partly LIGHTHOUSE-0003 lighthouse/lighthouse-0001 0 None []",
            "Not  - 0 None []",
        ]
    );
    let left = |number: usize| imported.rules[number].left.join("\n");
    for (number, said) in [
        (0, "\"ERROR\" is a single common word"),
        (0, "is no regular expression"),
        (1, "is not YAML"),
        (3, "asks for something 3 times; once is enough here"),
        (3, "asks for its conditions in order"),
        (3, "asks for it all within 30s"),
        (3, "asks that something is absent: planned maintenance"),
        (3, "\"keeper\" is a single common word"),
        (4, "has no message but those of LIGHTHOUSE-0001"),
        (5, "has no list of rules"),
    ] {
        assert!(left(number).contains(said), "{said:?} is not in\n{}", left(number));
    }
    assert_eq!(imported.rules[3].finds_other_log, Some(true), "a message cannot say what must be absent");
}

#[test]
fn the_pages_check_clean_and_keep_their_authors_words() {
    let imported = imported();
    let page = &imported.files["lighthouse/en.md"];
    let pages = [Page { path: "lighthouse/en.md".into(), text: page.clone() }];
    let samples = samples("samples.toml", &imported.files["lighthouse/samples.toml"]).expect("readable");
    let checked = check(&pages, &samples);
    let errors: Vec<_> = checked.problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{page}");
    assert_eq!(checked.catalog.entries.len(), 2);
    let entry = checked.catalog.entry("lighthouse/lighthouse-0001").expect("it is there");
    let text = &entry.texts["en"];
    assert_eq!(text.title, "Lamp out of oil <empty> {really}");
    assert_eq!(text.situations.len(), 2, "the rule with the same message is a situation: {page}");
    let shown = format!("{:?}", text.situations);
    for part in [
        "The Keepers",
        "https://example.org/lamps#oil",
        "http://example.org/old",
        "Trim the wick of <name>",
        "gauge sticks",
    ] {
        assert!(shown.contains(part), "{part} is missing in {shown}");
    }
    let diagnoser = Diagnoser::new(checked.catalog).expect("usable");
    let report = diagnoser.diagnose("x: horn pipe seven without pressure", &Options::default());
    assert_eq!(report.diagnoses[0].entry, "lighthouse/lighthouse-0002");
}
