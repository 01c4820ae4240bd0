//! That slices answer as one look does, whatever the text and the pieces.

#![allow(clippy::format_collect)] // short texts, made once
use super::*;
use crate::catalog::{Catalog, Entry, Message, Product, Text};

fn entry(id: &str, message: &str) -> Entry {
    Entry {
        id: format!("p/{}", id.to_lowercase()),
        product: "p".into(),
        messages: vec![Message::text("en", message)],
        texts: [("en".into(), Text::default())].into(),
        ..Entry::default()
    }
}

fn of(entries: Vec<Entry>) -> Diagnoser {
    let products = vec![Product { id: "p".into(), ..Product::default() }];
    Diagnoser::new(Catalog { products, entries, ..Catalog::default() }).unwrap()
}

fn diagnoser() -> Diagnoser {
    of(vec![
        entry("a", "Could not open {file}: permission denied"),
        entry("b", "Disk {disk} is nearly full"),
        entry("c", "Late trouble with {name}"),
        entry("d", "It began with … and it ended in tears"),
    ])
}

/// A log of some slices with messages everywhere, some wrapped over lines, some with characters of four bytes.
fn log() -> String {
    let line = |number: usize| match number % 7 {
        0 => format!("{number} ERROR could not open /var/{number}/😀:\r\n permission denied\r\n"),
        3 => format!("{number} WARN disk d{number} is nearly full, ünïcodé\n"),
        5 if number > 10_000 => format!("{number} ERROR late trouble with {number}\n"),
        _ => format!("{number} INFO all is well with request {number} of the day\n"),
    };
    (0..14_000).map(line).collect::<Vec<_>>().concat()
}

#[test]
fn pieces_of_any_size_give_the_answer_of_one() {
    let diagnoser = diagnoser();
    let log = log();
    assert!(log.len() > 2 * LONGEST_WHOLE);
    for units in [Units::Bytes, Units::Utf16] {
        let options = Options { units, max_lines: Some(usize::MAX), excerpts: true, ..Options::default() };
        let whole = diagnoser.diagnose(&log, &options);
        assert_eq!(whole.diagnoses.iter().map(|found| found.count).collect::<Vec<_>>(), [2000, 2000, 572]);
        for size in [1, 977, 65_536, 300_000] {
            let mut scanner = Scanner::new(&diagnoser, options.clone());
            let step = if size == 1 { 100_003 } else { size };
            log.as_bytes().chunks(step).for_each(|piece| scanner.push_bytes(piece));
            assert_eq!(scanner.progress().bytes, log.len());
            assert_eq!(scanner.finish(), whole, "pieces of {step}");
        }
    }
}

#[test]
fn slices_find_what_one_look_finds() {
    let diagnoser = diagnoser();
    let filler = "all is well with the request of the day; ";
    let disk = |at: usize| format!("{at} disk d{at} is nearly full; ");
    let many = |between: &str, count: usize| -> String {
        (0..count).map(|number| format!("{}{}{between}", disk(number), filler.repeat(9))).collect()
    };
    let texts = [
        ("a log", log()),
        ("no line end at all", many("", 1500)),
        ("line ends of old", many("\r", 1500)),
        ("line ends of two characters", many("\r\n", 1500)),
        ("nothing but line ends of two characters", "\r\n".repeat(SLICE + LONGEST_WHOLE / 2) + "disk d is nearly full"),
        ("characters of four bytes", many("😀é", 1500)),
        ("line ends at the start only", format!("\n\n{}", many("", 1500))),
    ];
    for (what, text) in texts {
        assert!(text.len() > 2 * LONGEST_WHOLE, "{what}");
        let units = if text.is_ascii() { Units::Bytes } else { Units::Utf16 };
        let options = Options { units, max_lines: Some(usize::MAX), excerpts: true, ..Options::default() };
        assert_same(&diagnoser, &text, &options, what);
    }
}

/// That the answer to a long text in slices is the one at one go.
fn assert_same(diagnoser: &Diagnoser, text: &str, options: &Options, what: &str) {
    let sliced = diagnoser.diagnose(text, options);
    let at_once = diagnoser.diagnose_whole(text, options);
    assert!(!at_once.diagnoses.is_empty(), "{what}");
    assert_eq!(sliced, at_once, "{what}");
}

#[test]
fn what_stands_across_a_border_is_seen_whole() {
    let diagnoser = diagnoser();
    let options = Options { excerpts: true, ..Options::default() };
    let filler = "all is well with the request of the day\n";
    let frames = "\tat org.example.Disk.look(Disk.java:12)\n";
    // As long as a message and a chain can be.
    let chain = format!("Disk d1 is nearly full\n{}Caused by: late trouble with d1\n", frames.repeat(150));
    let open = format!("It began with {} and it ended in tears\n", "one more word ".repeat(550));
    for (what, piece) in [("a chain", chain), ("a long message", open)] {
        // The first border, or the second, is somewhere in it.
        let first = (0..4).map(|step| SLICE - step * piece.len() / 4);
        for before in first.chain((0..2).map(|step| 2 * SLICE - step * piece.len() / 2)) {
            let mut text = filler.repeat(before / filler.len());
            text.push_str(&piece);
            text.push_str(
                &filler.repeat((before / SLICE * SLICE + LONGEST_WHOLE + AROUND - text.len()) / filler.len()),
            );
            let at_once = diagnoser.diagnose_whole(&text, &options);
            assert_eq!(at_once.diagnoses.len(), 1, "{what}");
            // In pieces so small that it never has more of the text than it needs.
            let mut scanner = Scanner::new(&diagnoser, options.clone());
            text.as_bytes().chunks(1000).for_each(|piece| scanner.push_bytes(piece));
            assert_eq!(scanner.finish(), at_once, "{what} behind {before} bytes");
        }
    }
}

#[test]
fn up_to_one_slice_is_looked_at_at_one_go_and_beyond_only_for_whole_messages() {
    let diagnoser = diagnoser();
    let mistyped = "Coud not open it: permision denied";
    // What goes on behind the message begins another line, so that nothing but the length differs.
    let text = |length: usize| format!("{mistyped}\n{}", "-".repeat(length - mistyped.len() - 1));
    for (length, found) in [(1000, 1), (LONGEST_WHOLE, 1), (LONGEST_WHOLE + 1, 0)] {
        let text = text(length);
        let mut scanner = Scanner::new(&diagnoser, Options::default());
        scanner.push(&text);
        let report = scanner.finish();
        assert_eq!(report, diagnoser.diagnose(&text, &Options::default()));
        assert_eq!(report.diagnoses.len(), found, "{length} bytes");
    }
    // Nor where the last slice is short.
    let log = format!("{}{mistyped}\n", "all is well\n".repeat(LONGEST_WHOLE / 6));
    assert_eq!(diagnoser.diagnose(&log, &Options::default()).diagnoses, []);
}

#[test]
fn progress_is_told_while_it_scans_in_bounded_memory() {
    let diagnoser = diagnoser();
    let line = "disk d1 is nearly full, as it was yesterday and will be tomorrow";
    for end in ["\n", "\r\n", " ", "é\n"] {
        let line = format!("{line}{end}");
        let mut scanner = Scanner::new(&diagnoser, Options::default());
        let mut last = 0;
        for step in 1..=40 {
            scanner.push(&line.repeat(500));
            let Progress { bytes, lines, found } = scanner.progress();
            assert_eq!(bytes, step * 500 * line.len());
            assert_eq!(lines, if end == " " { 0 } else { step * 500 });
            assert!(found >= last && found * line.len() <= bytes, "{found} found in {bytes} bytes");
            // All but what waits for its slice was counted.
            assert!(bytes < LONGEST_WHOLE || found * line.len() > bytes - LONGEST_WHOLE - line.len(), "{found} found");
            assert!(
                scanner.scan.pending.len() <= SLICE + LONGEST_WHOLE + BEFORE + AROUND,
                "{} bytes kept",
                scanner.scan.pending.len()
            );
            last = found;
        }
        let report = scanner.finish();
        assert_eq!(report.diagnoses[0].count, 20_000);
        assert_eq!(report.scanned.chars, 20_000 * line.chars().count());
        assert_eq!(report.scanned.lines, if end == " " { 1 } else { 20_000 });
    }
}

#[test]
fn what_is_not_sure_is_shown_where_nothing_is_sure() {
    let words = ["alpha", "beta", "gamma", "delta", "epsilon"].map(|word| format!("{word}woodwormexception"));
    let mut entries: Vec<Entry> = words.iter().map(|word| entry(word, word)).collect();
    entries.push(entry("sure", "Disk {disk} is nearly full"));
    entries.extend([
        entry("one", "There was smoke on the {floor} floor"),
        entry("two", "There was smoke on the {floor} floor"),
    ]);
    let diagnoser = of(entries);
    let filler = "all is well with the request of the day\n".repeat(LONGEST_WHOLE / 40 + 1000);
    let unsure: String = words.iter().map(|word| format!("{word} and something more\n")).collect();
    let found = |text: &str| {
        let report = diagnoser.diagnose(text, &Options::default());
        let ids: Vec<_> = report.diagnoses.iter().map(|found| found.entry[2..].to_owned()).collect();
        (ids, report.question.map(|question| question.choices.len()))
    };
    let expected: Vec<String> = words[..3].to_vec();
    assert_eq!(found(&format!("{unsure}{filler}")), (expected, None));
    let sure = format!("{unsure}{filler}disk d1 is nearly full\n");
    assert_eq!(found(&sure), (vec!["sure".to_owned()], None));
    let smoke = format!("{filler}there was smoke on the second floor\n");
    assert_eq!(found(&smoke), (vec!["one".to_owned()], Some(2)));
    assert_eq!(found(&filler), (vec![], None));
}

#[test]
fn lines_of_a_long_text_are_listed_once_up_to_the_limit() {
    let diagnoser = diagnoser();
    let disk = "disk d1 is nearly full ";
    let filler = "all is well with the request of the day\n";
    let apart = filler.repeat(LONGEST_WHOLE / filler.len());
    let text = format!("\n{disk}{disk}\n{apart}{disk}{disk}\n{apart}{disk}");
    let far = LONGEST_WHOLE / filler.len();
    for (most, lines) in [(None, vec![2, far + 3, 2 * far + 4]), (Some(2), vec![2, far + 3]), (Some(1), vec![2])] {
        let report = diagnoser.diagnose(&text, &Options { max_lines: most, ..Options::default() });
        assert_eq!((report.diagnoses[0].count, &report.diagnoses[0].lines), (5, &lines));
    }
}

#[test]
fn the_first_fifty_errors_of_a_long_text_are_explained() {
    let number =
        |number: usize| format!("{}{}", char::from(b'a' + (number / 26) as u8), char::from(b'a' + (number % 26) as u8));
    let diagnoser =
        of((0..60).map(|at| entry(&number(at), &format!("Trouble of kind {} in the cellar", number(at)))).collect());
    let log: String = (0..60)
        .map(|at| format!("Trouble of kind {} in the cellar\n{}", number(at), "all is well\n".repeat(600)))
        .collect();
    let report = diagnoser.diagnose(&log, &Options { explain: true, ..Options::default() });
    let explained: Vec<bool> = report.diagnoses.iter().map(|found| found.explanation.is_some()).collect();
    assert_eq!(explained, [vec![true; 50], vec![false; 10]].concat());
}

#[test]
fn characters_cut_anywhere_are_read_as_they_were() {
    let diagnoser = diagnoser();
    for name in ["é", "€", "😀", "aé€😀z", "\u{7ff}\u{800}\u{ffff}\u{10000}"] {
        let text = format!("disk {name} is nearly full {name}");
        let options = Options { excerpts: true, ..Options::default() };
        let expected = diagnoser.diagnose(&text, &options);
        assert_eq!(expected.diagnoses[0].values[0].value, name);
        for size in 1..8 {
            let mut scanner = Scanner::new(&diagnoser, options.clone());
            text.as_bytes().chunks(size).for_each(|piece| scanner.push_bytes(piece));
            assert_eq!(scanner.finish(), expected, "{name} in pieces of {size}");
        }
    }
}

#[test]
fn bytes_that_are_no_text_do_no_harm() {
    let diagnoser = diagnoser();
    let mut scanner = Scanner::new(&diagnoser, Options::default());
    for piece in [&b"Disk \xff\xfe"[..], b"\xe2", b"\x82\xac is nearly", b" full \xf0\x9f"] {
        scanner.push_bytes(piece);
    }
    let report = scanner.finish();
    assert_eq!(report.diagnoses[0].values[0].value, "\u{fffd}\u{fffd}€");
    // What began at the end and never came is one character that is none.
    assert_eq!(report.scanned.chars, "Disk ..€ is nearly full .".chars().count());
}
