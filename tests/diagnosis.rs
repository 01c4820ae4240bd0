//! What a diagnosis says, on a catalog so small that every answer can be foreseen: what a reader would notice if it were
//! otherwise.

#![cfg(not(target_arch = "wasm32"))]

use error_diagnoser::catalog::App;
use error_diagnoser::{
    About, Catalog, Confidence, Diagnoser, Entry, EvidenceKind, Inline, Manner, Message, Options, Product, Report,
    Situation, Text,
};

/// Two products; three apps that print the same refusal; a message in two languages; one that is a bare word.
fn diagnoser() -> Diagnoser {
    let entry = |id: &str, apps: &[&str], messages: &[&str], title: &str, cause: &str| Entry {
        id: id.into(),
        product: id.split('/').next().unwrap_or_default().into(),
        apps: apps.iter().map(|app| (*app).into()).collect(),
        messages: messages.iter().map(|text| Message::text("en", text)).collect(),
        texts: [("en".into(), text(title, cause))].into(),
    };
    let refused = "Server returned: 401 Unauthorized";
    let lent = "The volume {volume} is on loan to another reader until {day}";
    let mut entries = vec![
        entry("shelf/amber", &["Amber"], &["Amber has no key", refused], "Refused by Amber", "The key expired."),
        entry("shelf/birch", &["Birch"], &["Birch has no key", refused], "Refused by Birch", "The token is void."),
        entry("shelf/cedar", &["Cedar"], &["Cedar has no key", refused], "Refused by Cedar", "Nobody signed in."),
        entry("shelf/lent", &[], &[lent], "On loan", "Somebody else took the volume home."),
        entry("shelf/dust", &["Amber"], &["LibraryDustException"], "Dust", "The shelf was not wiped."),
        entry("shelf/moths", &["Amber"], &["Moths were seen near the {kind} shelf"], "Moths in wool", "Wool."),
        entry("shelf/worms", &["Amber"], &["Moths were seen near the {kind} shelf"], "Moths in paper", "Paper."),
        entry("desk/lamp", &[], &["The reading lamp {lamp} gave no light"], "Dark lamp", "The bulb burned out."),
        entry("desk/chair", &[], &["Moths were seen near the {kind} shelf"], "Moths at a desk", "An open window."),
    ];
    entries[3].messages.push(Message::text("nl", "Het deel {volume} is uitgeleend aan een andere lezer tot {day}"));
    entries[3].texts.insert("nl".into(), text("Uitgeleend", "Iemand anders nam het deel mee naar huis."));
    let app = |name: &str, aliases: &[&str]| App {
        name: name.into(),
        aliases: aliases.iter().map(|alias| (*alias).into()).collect(),
    };
    let product = |id: &str, titles: &[(&str, &str)]| Product {
        id: id.into(),
        titles: titles.iter().map(|(lang, title)| ((*lang).into(), (*title).into())).collect(),
    };
    Diagnoser::new(Catalog {
        products: vec![product("shelf", &[("en", "Shelf"), ("nl", "Boekenplank")]), product("desk", &[])],
        apps: vec![app("Amber", &["amber.example"]), app("Birch", &[]), app("Cedar", &[]), app("Dogwood", &[])],
        entries,
        ..Catalog::default()
    })
    .unwrap()
}

fn text(title: &str, cause: &str) -> Text {
    let situation = Situation { cause: vec![Inline::Text(cause.into())], ..Situation::default() };
    Text { title: title.into(), situations: vec![situation], ..Text::default() }
}

fn asking(change: impl FnOnce(&mut Options)) -> Options {
    let mut options = Options::default();
    change(&mut options);
    options
}

/// The entries answered, each with the others that it could be, as `a|b`.
fn entries(report: &Report) -> Vec<String> {
    let joined = |entry: &String, others: &[String]| {
        let ids = std::iter::once(entry).chain(others).map(|id| id.split('/').next_back().unwrap_or_default());
        ids.collect::<Vec<_>>().join("|")
    };
    report.diagnoses.iter().map(|found| joined(&found.entry, &found.alternatives)).collect()
}

#[test]
fn entries_and_products_are_told_in_the_language_asked_for_or_the_nearest() {
    let diagnoser = diagnoser();
    let lent = |lang: &str| diagnoser.entries(lang).into_iter().find(|entry| entry.id == "shelf/lent").unwrap();
    assert_eq!(diagnoser.entries("nl").len(), 9);
    for (lang, told, title, message) in [
        ("nl", "nl", "Uitgeleend", "Het deel {volume} is uitgeleend aan een andere lezer tot {day}"),
        ("nl-BE", "nl", "Uitgeleend", "Het deel {volume} is uitgeleend aan een andere lezer tot {day}"),
        ("fr", "en", "On loan", "The volume {volume} is on loan to another reader until {day}"),
        ("", "en", "On loan", "The volume {volume} is on loan to another reader until {day}"),
    ] {
        let listed = lent(lang);
        assert_eq!((listed.lang.as_str(), listed.title.as_str(), listed.message.as_str()), (told, title, message));
        let found = diagnoser.tell("shelf/lent", lang).unwrap();
        assert_eq!((found.lang.as_str(), found.title.as_str(), found.message.as_str()), (told, title, message));
        assert_eq!((found.count, found.confidence), (0, Confidence::Possible));
    }
    assert_eq!(diagnoser.tell("shelf/lost", "en"), None);
    let products = |lang: &str| diagnoser.products(lang).into_iter().map(|one| (one.id, one.title)).collect::<Vec<_>>();
    let pair = |id: &str, title: &str| (id.to_owned(), title.to_owned());
    assert_eq!(products("nl"), [pair("shelf", "Boekenplank"), pair("desk", "desk")]);
    assert_eq!(products("ko"), [pair("shelf", "Shelf"), pair("desk", "desk")]);
}

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
fn the_message_shown_is_the_one_that_was_found() {
    let diagnoser = diagnoser();
    let message = |text: &str| diagnoser.diagnose(text, &Options::default()).diagnoses[0].message.clone();
    assert_eq!(message("Cedar: Server returned: 401 Unauthorized"), "Server returned: 401 Unauthorized");
    assert_eq!(message("Cedar has no key"), "Cedar has no key");
    let dutch = "Het deel {volume} is uitgeleend aan een andere lezer tot {day}";
    assert_eq!(message("Het deel A is uitgeleend aan een andere lezer tot vrijdag"), dutch);
}

#[test]
fn a_bare_word_counts_for_what_stands_around_it() {
    let diagnoser = diagnoser();
    for (text, expected) in [
        // All that the line says.
        ("LibraryDustException", Confidence::Likely),
        ("x: LibraryDustException:\r\n\tat a.B", Confidence::Likely),
        ("x: LibraryDustException.\nthen words", Confidence::Likely),
        // Something else follows that we do not know.
        ("LibraryDustException: vacuum cleaner number seven reported a broken hose", Confidence::Possible),
        // The app is known.
        ("Amber LibraryDustException: vacuum cleaner number seven reported a broken hose", Confidence::Certain),
    ] {
        let report = diagnoser.diagnose(text, &Options::default());
        assert_eq!((entries(&report), report.diagnoses[0].confidence), (vec!["dust".to_owned()], expected), "{text}");
    }
    // What is merely possible is no help beside an answer.
    let both = "LibraryDustException: vacuum cleaner number seven reported a broken hose\n\n\nThe reading lamp 12 gave no light";
    assert_eq!(entries(&diagnoser.diagnose(both, &Options::default())), ["lamp"]);
}

#[test]
fn what_occurs_often_is_counted_and_its_lines_listed_once_up_to_the_limit() {
    let diagnoser = diagnoser();
    let lamp = "The reading lamp 12 gave no light";
    let text = format!("first\n{lamp} {lamp}\n\n{}", format!("{lamp}\n").repeat(3));
    for (most, lines) in [(None, vec![2, 4, 5, 6]), (Some(2), vec![2, 4]), (Some(0), Vec::new())] {
        let report = diagnoser.diagnose(&text, &asking(|options| options.max_lines = most));
        assert_eq!((report.diagnoses[0].count, &report.diagnoses[0].lines), (5, &lines));
    }
    let many = format!("{lamp}\n").repeat(1500);
    assert_eq!(diagnoser.diagnose(&many, &Options::default()).diagnoses[0].lines, (1..=1000).collect::<Vec<_>>());
}

#[test]
fn an_excerpt_is_two_lines_to_both_sides_and_not_endless() {
    let diagnoser = diagnoser();
    let lamp = "The reading lamp 12\ngave no light";
    let long = "é".repeat(3000);
    for (before, after, line, from, to) in [
        ("", "", 1, "", ""),
        ("a\nb: ", " c\nd", 1, "a\nb: ", " c\nd"),
        ("a\nb\nc\nd\ne: ", ".\nf\ng\nh\ni\n", 3, "c\nd\ne: ", ".\nf\ng"),
        // Lines without end are cut, between characters.
        (&format!("a\n{long}: "), &long, 2, &format!("{}: ", "é".repeat(1023)), &"é".repeat(1024)),
    ] {
        let text = format!("{before}{lamp}{after}");
        let report = diagnoser.diagnose(&text, &asking(|options| options.excerpts = true));
        let excerpt = report.diagnoses[0].excerpt.clone().unwrap();
        assert_eq!(excerpt.text, format!("{from}{lamp}{to}"));
        assert_eq!((excerpt.line, excerpt.start), (line, before.len() - from.len()), "{before:.20}");
    }
    assert_eq!(diagnoser.diagnose(lamp, &Options::default()).diagnoses[0].excerpt, None);
}

#[test]
fn an_explanation_says_how_it_was_found_and_what_was_missing() {
    let diagnoser = diagnoser();
    let explained = asking(|options| options.explain = true);
    let lent = "The volume Dune is on loan to another reader until Friday";
    for (text, how, share, missing) in [
        (lent, Manner::Whole, 100..=100, &[][..]),
        ("The volume Dune is on laon to another reader until Friday", Manner::Nearly, 80..=99, &["loan"]),
        ("The volume Dune is on loan to ano", Manner::Cut, 40..=80, &["another reader until"]),
        ("On loan", Manner::Description, 100..=100, &[]),
        ("Refused by Birch", Manner::Description, 70..=99, &[]),
        ("Server returned: 402 Unauthorized", Manner::Part, 80..=99, &["401"]),
    ] {
        let report = diagnoser.diagnose(text, &explained);
        assert_eq!(report.diagnoses.len(), 1, "{text}");
        let found = report.diagnoses[0].explanation.clone().unwrap();
        assert_eq!((found.how, found.missing.iter().map(String::as_str).collect::<Vec<_>>()), (how, missing.to_vec()));
        assert!(share.contains(&found.share), "{} percent of {text}", found.share);
    }
    assert_eq!(diagnoser.diagnose(lent, &Options::default()).diagnoses[0].explanation, None);
}

#[test]
fn where_nothing_is_sure_the_three_closest_are_named_best_first_and_none_twice() {
    let diagnoser = diagnoser();
    let closest = |text: &str| {
        let report = diagnoser.diagnose(text, &asking(|options| options.explain = true));
        assert!(report.diagnoses.iter().all(|found| found.confidence == Confidence::Possible), "{text}");
        let shares: Vec<u32> = report.diagnoses.iter().map(|found| found.explanation.as_ref().unwrap().share).collect();
        assert!(
            shares.is_sorted_by(|a, b| a >= b) && shares.iter().all(|share| (12..=100).contains(share)),
            "{shares:?}"
        );
        entries(&report)
    };
    let words = "The volume Dune is to be found in paper on the shelf near the lamp";
    assert_eq!(closest(words), ["lent", "worms", "moths"]);
    // A part of a message before what only shares words, and what is named with it is not named again.
    assert_eq!(closest("Server returned: 402 Unauthorized")[0], "amber|birch|cedar");
    let more = "Server returned: 402 Unauthorized\nwool, dust, volume";
    assert_eq!(closest(more), ["amber|birch|cedar", "lent", "dust"]);
    assert_eq!(closest("qwerty"), [""; 0]);
}

#[test]
fn an_explanation_names_the_entry_that_came_next_and_what_spoke_against_it() {
    let entry = |id: &str, messages: &[&str]| Entry {
        id: format!("p/{id}"),
        product: "p".into(),
        messages: messages.iter().map(|text| Message::text("en", text)).collect(),
        texts: [("en".into(), text(&format!("Title of {id}"), "A cause."))].into(),
        ..Entry::default()
    };
    let loan = "The volume {volume} is on loan to another reader until {day}";
    let diagnoser = Diagnoser::new(Catalog {
        products: vec![Product { id: "p".into(), ..Product::default() }],
        entries: vec![
            entry("seventeen", &["The book lift {lift} stopped with error 17"]),
            entry("eighteen", &["The book lift {lift} stopped with error 18"]),
            // Both print the first, and one of them something like it.
            entry("lent", &[loan]),
            entry("reserved", &[loan, "The volume {volume} is on loan to another reader since {day}"]),
            entry("rain", &["Water came in through the roof of the tower"]),
        ],
        ..Catalog::default()
    })
    .unwrap();
    for (text, found, runner_up) in [
        ("the book lift 3 stopped with error 17", "seventeen", Some(("p/eighteen", "Title of eighteen", "18", true))),
        ("the book lift 3 stopped with error 18", "eighteen", Some(("p/seventeen", "Title of seventeen", "17", true))),
        // Nothing else comes near, or only what is the same.
        ("the volume Dune is on loan to another reader until Friday", "lent|reserved", None),
        ("water came in through the roof of the tower", "rain", None),
    ] {
        let report = diagnoser.diagnose(text, &asking(|options| options.explain = true));
        assert_eq!(entries(&report), [found]);
        let next = report.diagnoses[0].explanation.as_ref().unwrap().runner_up.as_ref();
        let told =
            next.map(|next| (next.entry.as_str(), next.title.as_str(), next.missing.join("; "), next.other_code));
        assert_eq!(told, runner_up.map(|(id, title, missing, code)| (id, title, missing.to_owned(), code)), "{text}");
        assert!(next.is_none_or(|next| (25..100).contains(&next.share)), "{text}");
    }
}
