//! What goes out and comes in: the schema of a catalog, rules of another tool, changelogs, recorded translations.

use std::fs;

use error_diagnoser::import::{RuleFile, cre};
use error_diagnoser::page::samples;
use error_diagnoser::{Catalog, Diagnoser, export, schema};
use serde_json::{Value, json};

use crate::command::{folder, run, texts};

fn builtin() -> Catalog {
    let json = texts(&run(&["export", "json"], "")).0;
    serde_json::from_str(&json).expect("a catalog")
}

/// What is wrong with a catalog by its published schema.
fn faults(catalog: &Value) -> Option<String> {
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("schema.json", schema::catalog()).expect("it is a schema");
    let mut schemas = boon::Schemas::new();
    let index = compiler.compile("schema.json", &mut schemas).expect("it compiles");
    schemas.validate(catalog, index).err().map(|error| format!("{error:#}"))
}

#[test]
fn the_schema_takes_what_we_write_and_refuses_what_we_refuse() {
    let catalog = serde_json::to_value(builtin()).expect("serialisable");
    assert_eq!(faults(&catalog), None);
    assert_eq!(
        texts(&run(&["export", "schema"], "")).0,
        serde_json::to_string_pretty(&schema::catalog()).unwrap() + "\n"
    );
    let changes: [(&str, Value); 7] = [
        ("/format", json!(99)),
        ("/entries/0/id", json!("Itsmc/Missing Connector")),
        ("/entries/0/messages", json!([])),
        ("/entries/0/texts", json!({})),
        ("/entries/0/titel", json!("a slip")),
        ("/entries/0/texts/en/situations/0/cause", json!([{ "html": "<b>" }])),
        ("/date", json!("yesterday")),
    ];
    for (place, value) in changes {
        let mut wrong = catalog.clone();
        let (parent, key) = place.rsplit_once('/').expect("a place");
        wrong.pointer_mut(parent).expect("it is there")[key] = value;
        assert!(faults(&wrong).is_some(), "{place} should be refused");
    }
}

#[test]
fn an_exported_catalog_is_found_by_its_samples_and_comes_back() {
    let catalog = builtin();
    let yaml = export::cre(&catalog);
    let document: Value = serde_saphyr::from_str(&yaml).expect("YAML");
    let rules = document["rules"].as_array().expect("a list");
    assert_eq!(rules.len(), catalog.entries.len());
    // One line logs, as a tool that reads line by line sees them.
    let (mut tried, mut near_misses, mut caught) = (0, 0, 0);
    for product in ["itsmc", "cas"] {
        let path = format!("{}/catalog/{product}/samples.toml", env!("CARGO_MANIFEST_DIR"));
        for sample in samples(&path, &fs::read_to_string(&path).unwrap()).unwrap() {
            let rule = rules.iter().find(|rule| rule["cre"]["id"] == sample.entry.replace('/', "-")).expect("a rule");
            let regex = regex_lite::Regex::new(rule["rule"]["set"]["match"][0]["regex"].as_str().unwrap()).unwrap();
            let is_plain =
                catalog.entry(&sample.entry).unwrap().messages.iter().any(|message| sample.text == message.text);
            if sample.finds && is_plain {
                tried += 1;
                assert!(regex.is_match(&sample.text), "{}: {}", sample.entry, sample.text);
            }
            if !sample.finds {
                near_misses += 1;
                caught += usize::from(regex.is_match(&sample.text));
            }
        }
    }
    assert!(tried > 0, "no sample is a message word for word");
    // An expression knows no context and lets no longer message win, so some near misses are caught, but few.
    assert!(caught * 4 <= near_misses, "{caught} of {near_misses} near misses are caught");
    let imported = cre(&[RuleFile { path: "rules/all.yaml".into(), text: yaml, log: None, other_log: None }]);
    let back = imported.rules.iter().filter(|rule| rule.entry.is_some()).count();
    assert!(back * 100 >= rules.len() * 90, "only {back} of {} come back", rules.len());
    let pages = error_diagnoser::import::compiled(&imported.files);
    assert!(Diagnoser::new(pages).is_ok());
}

#[test]
fn a_changelog_tells_what_authors_changed() {
    let out = folder("delta");
    fs::create_dir_all(&out).unwrap();
    let page = "---\nproduct: shop\ntitle: Shop\nlanguage: en\ndate: 2025-03-31\n---\n\n## Sold out {#sold-out}\n\n\
        **Error**: Item {sku} is out of stock\n\n**Cause**: All are sold.\n\n**Resolution**: Order more.\n";
    let newer = page.replace("All are sold.", "The lorry is late.").replace("2025-03-31", "2025-04-01");
    fs::write(format!("{out}/old.md"), page).unwrap();
    fs::write(format!("{out}/new.md"), newer).unwrap();
    let (told, err) = texts(&run(&["delta", &format!("{out}/old.md"), &format!("{out}/new.md")], ""));
    assert!(
        told.contains(", 2025-03-31 to ") && told.contains("- Sold out (`shop/sold-out`)\n  - en: another cause\n"),
        "{told}{err}"
    );
    let same = texts(&run(&["delta", &format!("{out}/old.md"), &format!("{out}/old.md")], "")).0;
    assert!(same.ends_with("\n\nNothing changed.\n"), "{same}");
    let json = texts(&run(&["delta", "--json", &format!("{out}/old.md"), &format!("{out}/new.md")], "")).0;
    let json: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["changed"][0]["texts"]["en"], json!(["cause"]));
}

#[test]
fn translations_are_recorded_and_found_stale() {
    let out = folder("translated");
    fs::create_dir_all(format!("{out}/shop")).unwrap();
    let write = |name: &str, text: &str| fs::write(format!("{out}/shop/{name}.md"), text).unwrap();
    let en = "---\nproduct: shop\ntitle: Shop\nlanguage: en\n---\n\n## Sold out {#sold-out}\n\n\
        **Error**: Item {sku} is out of stock\n\n**Cause**: All are sold.\n\n**Resolution**: Order more.\n";
    write("en", en);
    write(
        "nl",
        "---\nproduct: shop\ntitle: Winkel\nlanguage: nl\ntranslation: machine\n---\n\n## Uitverkocht {#sold-out}\n\n\
         **Oorzaak**: Alles is verkocht.\n\n**Oplossing**: Bestel meer.\n",
    );
    let recorded = texts(&run(&["translated", &out], "")).0;
    assert!(recorded.ends_with("nl.md: 1 entry recorded\n") && recorded.lines().count() == 1, "{recorded}");
    assert_eq!(texts(&run(&["translated", &out], "")).0, "Every translation is recorded as it is.\n");
    assert!(texts(&run(&["check", &out], "")).0.ends_with("no problem\n"));
    write("en", &en.replace("All are sold.", "The lorry is late."));
    let stale = run(&["check", "--strict", &out], "");
    assert_eq!(stale.status.code(), Some(1));
    let told = texts(&stale).0;
    assert!(told.contains("nl.md:10:1: warning[stale-translation]: the original at "), "{told}");
    assert_eq!(
        texts(&run(&["translated", &format!("{out}/shop/nl.md"), "--entry", "shop/other"], "")).0,
        "Every translation is recorded as it is.\n"
    );
    assert!(
        texts(&run(&["translated", &format!("{out}/shop/nl.md"), "--entry", "shop/sold-out"], ""))
            .0
            .contains("1 entry recorded")
    );
    assert!(texts(&run(&["check", "--strict", &out], "")).0.ends_with("no problem\n"));
    // A reader of the translation learns that nobody has read it.
    let answer = texts(&run(&["diagnose", "--lang", "nl", "--catalog", &out], "item 7 is out of stock")).0;
    assert!(answer.contains("nog niet door een mens nagekeken"), "{answer}");
    assert!(!texts(&run(&["diagnose", "--catalog", &out], "item 7 is out of stock")).0.contains("reviewed"));
}
