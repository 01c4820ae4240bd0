//! What `check` says of whole sets of pages and samples.

#![cfg(not(target_arch = "wasm32"))]

use error_diagnoser::check::check;
use error_diagnoser::page::{Page, samples};
use error_diagnoser::{Problem, Severity};

const EN: &str = "---\nproduct: shop\ntitle: Shop\nlanguage: en\ndate: 2025-02-02\napps: [Till, Web]\n---\n\n\
    ## Sold out {#sold-out}\n\n**Error**: Item {sku} is out of stock\n\n**Cause**: All {sku} are sold, down to the last one in the shop.\n\n\
    **Resolution**: Order more of them from the wholesale dealer.\n\n\
    ## No paper {#no-paper}\n\n**Error**: The printer has no paper\n\n**Applies to**: Till\n\n\
    **Cause**: The roll is used up.\n\n**Resolution**: Put in a new roll.\n";

const NL: &str = "---\nproduct: shop\ntitle: Winkel\nlanguage: nl\ndate: 2025-02-02\n---\n\n\
    ## Uitverkocht {#sold-out}\n\n**Fout**: Artikel {sku} is uitverkocht\n\n**Oorzaak**: Alle {sku} zijn verkocht.\n\n\
    **Oplossing**: Bestel er meer.\n\n\
    ## Geen papier {#no-paper}\n\n**Fout**: De printer heeft geen papier\n\n**Geldt voor**: Till\n\n\
    **Oorzaak**: De rol is op.\n\n**Oplossing**: Zet er een nieuwe in.\n";

fn found(pages: &[(&str, &str)]) -> Vec<Problem> {
    let pages: Vec<Page> =
        pages.iter().map(|(path, text)| Page { path: (*path).into(), text: (*text).into() }).collect();
    check(&pages, &[]).problems
}

fn told(problems: &[Problem]) -> Vec<(&str, u32, &str)> {
    problems.iter().map(|problem| (problem.path.as_str(), problem.line, problem.code.as_str())).collect()
}

#[test]
fn a_sound_set_of_pages_has_no_problem() {
    assert_eq!(found(&[("en.md", EN), ("nl.md", NL)]), []);
}

#[test]
fn an_entry_missing_in_a_language_is_said_where_it_is_missing() {
    let nl = &NL[..NL.find("## Geen papier").unwrap()];
    let problems = found(&[("en.md", EN), ("nl.md", nl)]);
    assert_eq!(told(&problems), [("nl.md", 1, "missing-translation")]);
    assert_eq!(problems[0].severity, Severity::Error);
    assert!(problems[0].what.contains("en.md:17"), "{}", problems[0].what);

    let foreign =
        |text: &str| text.replace("product: shop\n", "").replace("---\n\n##", "---\n# <a name=\"shop\"></a>S\n\n##");
    let problems = found(&[("en.md", &foreign(EN)), ("nl.md", &foreign(nl))]);
    assert_eq!(told(&problems), [("nl.md", 1, "missing-translation")]);
    assert_eq!(problems[0].severity, Severity::Warning);
}

#[test]
fn a_slot_that_a_translation_renamed_or_lost_is_said() {
    let problems = found(&[("en.md", EN), ("nl.md", &NL.replace("{sku} is uitverkocht", "{artikel} is uitverkocht"))]);
    assert_eq!(told(&problems), [("nl.md", 8, "slot-changed")]);
    assert!(problems[0].what.contains("{sku}") && problems[0].what.contains("{artikel}"));

    let problems = found(&[("en.md", EN), ("nl.md", &NL.replace("Alle {sku} zijn", "Alle zijn"))]);
    assert_eq!(told(&problems), [("nl.md", 8, "slot-lost")]);
}

#[test]
fn what_was_not_translated_or_is_older_is_said() {
    let nl = NL
        .replace("Alle {sku} zijn verkocht.", "All {sku} are sold, down to the last one in the shop.")
        .replace("Bestel er meer.", "Order more of them from the wholesale dealer.")
        .replace("2025-02-02", "2024-12-31");
    let problems = found(&[("en.md", EN), ("nl.md", &nl)]);
    assert_eq!(told(&problems), [("nl.md", 1, "older-translation"), ("nl.md", 8, "untranslated")]);
}

#[test]
fn messages_that_cannot_decide_are_said() {
    let en = EN.replace("The printer has no paper", "Failed: {x}");
    assert_eq!(told(&found(&[("en.md", &en)])), [("en.md", 17, "too-general")]);

    let same = EN.replace("The printer has no paper", "item {other} is  OUT of stock!");
    let problems = found(&[("en.md", &same)]);
    assert_eq!(told(&problems), [("en.md", 17, "same-message")]);
    assert!(problems[0].what.contains("shop/sold-out") && problems[0].what.contains("en.md:9"));

    let apart = same.replace("**Cause**: All", "**Applies to**: Web\n\n**Cause**: All");
    assert_eq!(found(&[("en.md", &apart)]), []);
}

#[test]
fn broken_entries_are_said_at_their_line_together_with_all_else() {
    let en = EN.replace("**Error**: The printer has no paper\n\n", "").replace("apps:", "aps:");
    let problems = found(&[("en.md", &en), ("nl.md", "---\nproduct: shop\nlanguage: nl\n---\n")]);
    assert_eq!(
        told(&problems),
        [
            ("en.md", 6, "unknown-field"),
            ("en.md", 17, "entry-without-message"),
            ("nl.md", 1, "missing-translation"),
            ("nl.md", 1, "missing-translation"),
        ]
    );
}

#[test]
fn samples_must_exist_for_every_entry_and_name_one() {
    let text = "[[sample]]\nentry = \"shop/sold-uot\"\ntext = \"x\"\n\n[[sample]]\nentry = \"shop/no-paper\"\n\
                text = \"The plotter has no ink\"\nfinds = false\n";
    let samples = samples("samples.toml", text).unwrap();
    let pages = [Page { path: "en.md".into(), text: EN.into() }];
    let problems = check(&pages, &samples).problems;
    assert_eq!(
        told(&problems),
        [
            ("en.md", 9, "no-near-miss"),
            ("en.md", 9, "no-sample"),
            ("en.md", 17, "no-sample"),
            ("samples.toml", 1, "unknown-entry"),
        ]
    );
    assert_eq!(problems[3].help, "did you mean \"shop/sold-out\"?");
}

/// The workbench says in pieces what the command says at once.
#[test]
fn the_pieces_say_what_the_whole_says() {
    use error_diagnoser::Diagnoser;
    use error_diagnoser::check::{check, look, proofs_missing, prove};
    use error_diagnoser::page::{Page, samples};

    let text = "---\nproduct: shop\ntitle: Shop\nlanguage: en\n---\n\n## Sold out {#sold-out}\n\n**Error**: Item {sku} is out of stock\n\n\
        **Cuase**: All are sold.\n\n**Resolution**: [Order](javascript:x) more.\n\n## Down {#down}\n\n**Error**: Error: {what}\n\n\
        **Cause**: Rain.\n\n**Resolution**: Wait.\n\n## Started {#started}\n\n**Error**: Server started successfully\n\n\
        **Cause**: It works.\n\n**Resolution**: Enjoy it.\n";
    let pages = [Page { path: "en.md".into(), text: text.into() }];
    let proof = "[[sample]]\nentry = \"shop/sold-out\"\ntext = \"Item 7 is gone\"\n";
    let samples = samples("samples.toml", proof).unwrap();
    let whole = check(&pages, &samples).problems;
    let (catalog, mut pieces) = look(&pages);
    let diagnoser = Diagnoser::new(catalog.clone()).ok();
    pieces.extend(proofs_missing(&pages, &samples, diagnoser.as_ref()));
    if let Some(diagnoser) = &diagnoser {
        pieces.extend(
            samples.iter().filter_map(|one| prove(&catalog, one, |text, options| diagnoser.diagnose(text, options))),
        );
    }
    let told = |problems: Vec<error_diagnoser::Problem>| {
        let mut told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        told.sort();
        told
    };
    assert!(whole.iter().any(|problem| problem.code == "sample-not-found"), "{whole:#?}");
    assert_eq!(told(pieces), told(whole));
}
