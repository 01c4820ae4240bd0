//! Which entry it is where several print the same message: by the app, or asked.

use error_diagnoser::catalog::App;
use error_diagnoser::{About, Catalog, Diagnoser, Entry, EvidenceKind, Message, Options, Product, Text};

use super::{asking, diagnoser, entries};

#[test]
fn a_product_asked_for_is_the_only_one_answered() {
    let diagnoser = diagnoser();
    let of = |product: &str, text: &str| {
        entries(&diagnoser.diagnose(text, &asking(|options| options.product = Some(product.into()))))
    };
    let lamp = "The reading lamp 12 gave no light";
    assert_eq!(of("desk", lamp), ["lamp"]);
    assert_eq!(of("shelf", lamp), [""; 0]);
    let moths = "Moths were seen near the lower shelf";
    assert_eq!(of("shelf", moths), ["moths|worms"]);
    assert_eq!(of("desk", moths), ["chair"]);
    assert_eq!(entries(&diagnoser.diagnose(moths, &Options::default())), ["moths|worms|chair"]);
    // Titles and descriptions too.
    assert_eq!(of("desk", "Dark lamp"), ["lamp"]);
    assert_eq!(of("shelf", "Dark lamp"), [""; 0]);
}

#[test]
fn the_app_decides_what_a_shared_message_is() {
    let diagnoser = diagnoser();
    let far = "x ".repeat(1000);
    let beyond = "x ".repeat(20_000);
    for (app, text, expected) in [
        (None, "Server returned: 401 Unauthorized".to_owned(), "amber|birch|cedar"),
        (Some("Birch"), "Server returned: 401 Unauthorized".to_owned(), "birch"),
        (Some("AMBER.example"), "Server returned: 401 Unauthorized".to_owned(), "amber"),
        // What the reader says counts more than what stands there.
        (Some("Birch"), "Cedar: Server returned: 401 Unauthorized".to_owned(), "birch"),
        // An app without such an entry decides nothing; then the text does.
        (Some("Dogwood"), "Server returned: 401 Unauthorized".to_owned(), "amber|birch|cedar"),
        (Some("Dogwood"), "Cedar: Server returned: 401 Unauthorized".to_owned(), "cedar"),
        (None, "Dogwood: Server returned: 401 Unauthorized".to_owned(), "amber|birch|cedar"),
        (None, "amber.example: Server returned: 401 Unauthorized".to_owned(), "amber"),
        // The nearest: lines first, then before it, then behind it.
        (None, "Amber\nBirch Server returned: 401 Unauthorized\nCedar".to_owned(), "birch"),
        (None, "Amber\n\nServer returned: 401 Unauthorized\nCedar".to_owned(), "cedar"),
        (None, format!("Cedar {far} Server returned: 401 Unauthorized"), "cedar"),
        (None, format!("Server returned: 401 Unauthorized {far} Cedar"), "cedar"),
        // Too far away to have to do with it.
        (None, format!("Cedar {beyond} Server returned: 401 Unauthorized"), "amber|birch|cedar"),
        (None, format!("Server returned: 401 Unauthorized {beyond} Cedar"), "amber|birch|cedar"),
        // A message's own words are no mention of another app.
        (None, "Amber has no key".to_owned(), "amber"),
    ] {
        let report = diagnoser.diagnose(&text, &asking(|options| options.app = app.map(str::to_owned)));
        assert_eq!(entries(&report), [expected], "{app:?} {text:.60}");
        assert_eq!(report.question.is_some(), expected.contains('|'), "{app:?} {text:.60}");
    }
}

#[test]
fn among_many_finds_each_has_the_app_nearest_to_it() {
    let diagnoser = diagnoser();
    let refused = "Server returned: 401 Unauthorized";
    // The blocks are far enough apart in lines that each find has an app of its own.
    let blocks = [
        (format!("Amber {refused}"), "amber"),
        (format!("{refused} Birch"), "birch"),
        (format!("Cedar\n{refused}\n\nAmber"), "cedar"),
        (format!("Amber\n\n{refused}\nBirch"), "birch"),
        (format!("Amber {refused} Birch"), "amber"),
    ];
    for count in 1..=12 {
        let chosen: Vec<_> = blocks.iter().cycle().take(count).collect();
        let log: String = chosen.iter().flat_map(|(block, _)| [block, "\n\n\n\n\n"]).collect();
        let report = diagnoser.diagnose(&log, &Options::default());
        let mut expected: Vec<(String, usize)> = Vec::new();
        for (_, entry) in chosen {
            match expected.iter_mut().find(|(known, _)| known == entry) {
                Some((_, count)) => *count += 1,
                None => expected.push(((*entry).to_owned(), 1)),
            }
        }
        let found: Vec<_> = entries(&report).into_iter().zip(report.diagnoses.iter().map(|one| one.count)).collect();
        assert_eq!(found, expected, "{count} blocks");
        let mention = |kind| kind == EvidenceKind::App;
        assert!(report.diagnoses.iter().all(|one| one.evidence.iter().any(|evidence| mention(evidence.kind))));
    }
    // In a long text, which is read in slices, as well.
    let filler = "all is well with the request of the day\n".repeat(1500);
    let log: String = blocks.iter().cycle().take(10).flat_map(|(block, _)| [block, "\n", &filler]).collect();
    let report = diagnoser.diagnose(&log, &Options::default());
    let found: Vec<_> = entries(&report).into_iter().zip(report.diagnoses.iter().map(|one| one.count)).collect();
    assert_eq!(found, [("amber".to_owned(), 4), ("birch".to_owned(), 4), ("cedar".to_owned(), 2)]);
    // Beyond the neighbourhood it decides nothing, among many as alone.
    let far = format!("Cedar {} {}", "x ".repeat(20_000), format!("{refused}\n").repeat(10));
    assert_eq!(entries(&diagnoser.diagnose(&far, &Options::default())), ["amber|birch|cedar"]);
    let near = format!("Cedar {} {}", "x ".repeat(2_000), format!("{refused}\n").repeat(10));
    assert_eq!(entries(&diagnoser.diagnose(&near, &Options::default())), ["cedar"]);
}

#[test]
fn an_app_named_in_a_slot_counts_and_one_in_the_fixed_words_does_not() {
    let entry = |id: &str, app: &str| Entry {
        id: format!("p/{id}"),
        product: "p".into(),
        apps: vec![app.into()],
        messages: vec![Message::text("en", "Amber proxy could not reach {host} in time")],
        texts: [("en".into(), Text::default())].into(),
    };
    let lift = Entry {
        id: "p/lift".into(),
        product: "p".into(),
        messages: vec![Message::text("en", "The lift is out of order")],
        texts: [("en".into(), Text::default())].into(),
        ..Entry::default()
    };
    let app = |name: &str| App { name: name.into(), aliases: Vec::new() };
    let diagnoser = Diagnoser::new(Catalog {
        products: vec![Product { id: "p".into(), ..Product::default() }],
        apps: vec![app("Amber"), app("Birch")],
        entries: vec![entry("a", "Amber"), entry("b", "Birch"), lift],
        ..Catalog::default()
    })
    .unwrap();
    for (text, expected) in [
        ("Amber proxy could not reach host1 in time", "a|b"),
        ("Amber proxy could not reach birch in time", "b"),
        ("Amber: Amber proxy could not reach host1 in time", "a"),
        ("Amber proxy could not reach host1 in time Birch", "b"),
        // The nearest line counts inside as well.
        ("Amber proxy could not reach host1,\namber or\nbirch in time", "b"),
    ] {
        // Alone, and with so much else that apps are looked for otherwise.
        for others in [0, 10] {
            let text = format!("{text}\n{}", "\n\nThe lift is out of order".repeat(others));
            assert_eq!(entries(&diagnoser.diagnose(&text, &Options::default()))[0], expected, "{others}: {text:.60}");
        }
    }
}

#[test]
fn the_question_names_apps_where_they_differ_and_titles_where_they_do_not() {
    let diagnoser = diagnoser();
    let question = |text: &str| diagnoser.diagnose(text, &Options::default()).question;
    let choices = |text: &str| {
        let question = question(text).unwrap();
        let choices: Vec<_> = question.choices.into_iter().map(|choice| (choice.label, choice.entry)).collect();
        (question.about, choices)
    };
    let pair = |label: &str, entry: &str| (label.to_owned(), entry.to_owned());
    assert_eq!(
        choices("Server returned: 401 Unauthorized"),
        (About::App, vec![pair("Amber", "shelf/amber"), pair("Birch", "shelf/birch"), pair("Cedar", "shelf/cedar")])
    );
    assert_eq!(
        choices("Moths were seen near the lower shelf"),
        (
            About::Situation,
            vec![
                pair("Moths in wool", "shelf/moths"),
                pair("Moths in paper", "shelf/worms"),
                pair("Moths at a desk", "desk/chair")
            ]
        )
    );
    // Nothing to ask: one entry, no answer, or too little of a message to act on.
    for text in ["The reading lamp 12 gave no light", "all is well", "Server returned: 402 Unauthorized", ""] {
        assert_eq!(question(text), None, "{text}");
    }
}

#[test]
fn where_there_is_nothing_to_decide_no_app_is_evidence() {
    let diagnoser = diagnoser();
    for (text, expected) in [
        ("Amber: The reading lamp 12 gave no light", false),
        ("Amber: Amber has no key", false),
        ("Amber: Server returned: 401 Unauthorized", true),
        ("Amber: LibraryDustException", true),
    ] {
        let report = diagnoser.diagnose(text, &Options::default());
        let apps: Vec<&str> = report.diagnoses[0]
            .evidence
            .iter()
            .filter(|evidence| evidence.kind == EvidenceKind::App)
            .map(|evidence| &text[evidence.start..evidence.end])
            .collect();
        assert_eq!(apps == ["Amber"], expected, "{text}: {apps:?}");
        assert_eq!(apps.len(), usize::from(expected), "{text}");
    }
}
