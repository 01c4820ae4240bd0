//! What is shown of an entry and of the text: languages, lines, excerpts, explanations, the closest entries.

use error_diagnoser::{Catalog, Confidence, Diagnoser, Entry, Manner, Message, Options, Product};

use super::{asking, diagnoser, entries, text};

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
    assert_eq!(diagnoser.languages(), ["en", "nl"]);
    let apps: Vec<&str> = diagnoser.apps().iter().map(|app| app.name.as_str()).collect();
    assert_eq!(apps, ["Amber", "Birch", "Cedar", "Dogwood"]);
    // What was written and is read again tells the same.
    let read = Diagnoser::read(diagnoser.compact().to_vec()).unwrap();
    assert_eq!(read.entries("nl"), diagnoser.entries("nl"));
    assert!(diagnoser.has("shelf/lent") && !diagnoser.has("shelf/lost") && !diagnoser.has_expressions());
    let mut catalog = diagnoser.catalog().clone();
    catalog.entries[0].messages.push(Message { lang: "en".into(), text: "shelf ([0-9]+) fell".into(), regex: true });
    assert!(Diagnoser::new(catalog).unwrap().has_expressions());
    assert_eq!(products("ko"), [pair("shelf", "Shelf"), pair("desk", "desk")]);
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
    assert_eq!(
        closest("Server returned: 402 Unauthorized\nDark lamp? The bulb burned out"),
        ["amber|birch|cedar", "lamp"]
    );
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

#[test]
fn beside_a_message_of_many_entries_others_that_are_close_have_a_place() {
    let entry = |id: &str, message: &str, title: &str| Entry {
        id: format!("p/{id}"),
        product: "p".into(),
        messages: vec![Message::text("en", message)],
        texts: [("en".into(), text(title, ""))].into(),
        ..Entry::default()
    };
    let shared = "The heating of the hall answered with code 500";
    let mut entries: Vec<Entry> = ["a", "b", "c", "d", "e"].map(|id| entry(id, shared, "Cold")).into();
    entries.push(entry("f", "The pipes froze over night", "Ice in the pipes"));
    let products = vec![Product { id: "p".into(), ..Product::default() }];
    let diagnoser = Diagnoser::new(Catalog { products, entries, ..Catalog::default() }).unwrap();
    let text = "The heating of the hall answered with code 404 (ice)";
    assert_eq!(super::entries(&diagnoser.diagnose(text, &Options::default())), ["a|b|c|d|e", "f"]);
}
