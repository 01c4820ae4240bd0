use super::*;
use crate::catalog::{Inline, Message, Situation, Text};
use crate::{Diagnoser, Options};

/// A catalog with everything in it that there can be.
fn catalog() -> Catalog {
    let text = |text: &str| Inline::Text(text.into());
    let prose = vec![
        text("Read "),
        Inline::Code("a.log".into()),
        Inline::Strong(vec![text("now"), Inline::Slot("file".into())]),
        Inline::Link { href: "https://x.example/".into(), content: vec![text("here")] },
        Inline::List { ordered: true, items: vec![vec![text("one")], vec![]] },
        Inline::List { ordered: false, items: vec![vec![text("ünï 연결")]] },
    ];
    let situation = Situation {
        when: Some(prose.clone()),
        cause: prose.clone(),
        intro: vec![text("First:")],
        steps: vec![prose.clone(), vec![]],
        ordered: true,
        choice: false,
    };
    let texts = |title: &str| Text {
        title: title.into(),
        situations: vec![situation.clone(), Situation { choice: true, ..Situation::default() }],
        unreviewed: title == "t2",
    };
    let entry = |id: &str, messages: Vec<Message>| Entry {
        id: format!("p/{id}"),
        product: "p".into(),
        apps: vec!["Box".into()],
        messages,
        texts: [("en".into(), texts("t1")), ("nl".into(), texts("t2"))].into(),
    };
    let regex = Message { lang: "en".into(), text: r"port (?P<port>\d+) refused the connection".into(), regex: true };
    Catalog {
        version: "7".into(),
        date: "2025-03-31".into(),
        products: vec![Product { id: "p".into(), titles: [("en".into(), "P".into())].into() }],
        apps: vec![App { name: "Box".into(), aliases: vec!["box.com".into()] }],
        entries: vec![
            entry("a", vec![Message::text("en", "Could not open {file}: {denied|not found}"), regex]),
            entry(
                "b",
                vec![
                    Message::text("en", "Disk {disk} is nearly full"),
                    Message::text("nl", "Schijf {disk} is bijna vol"),
                ],
            ),
            entry("c", vec![Message::text("ko", "연결을 만들 수 없습니다")]),
            entry("d", vec![Message::text("en", "Disk {other} is nearly full")]),
        ],
        hidden: vec!["p/z".into()],
        contact: [("en".into(), vec![text("Call 4711")])].into(),
        ..Catalog::default()
    }
}

fn written() -> Vec<u8> {
    let catalog = catalog();
    Compact::write(&catalog).unwrap()
}

#[test]
fn what_is_written_is_read() {
    let compact = Compact::read(written()).unwrap();
    assert_eq!(compact.catalog(), catalog());
    assert!(compact.has_expressions());
    assert_eq!(compact.number("p/c"), Some(2));
    assert_eq!(compact.number("p/x"), None);
    assert_eq!(compact.message(1, 1), Some(("Schijf {disk} is bijna vol", false)));
    assert_eq!(compact.message(1, 2), None);
    assert_eq!(compact.sources(2), [(1, 0), (3, 0)], "one message of two entries");
    assert!(compact.pattern(1).is_some() && compact.pattern(0).is_none());
}

/// Texts end with a zero; one within would end them.
#[test]
fn a_zero_in_a_text_ends_nothing() {
    let mut catalog = catalog();
    catalog.products[0].titles.insert("en".into(), "A\0B".into());
    let compact = Compact::read(Compact::write(&catalog).unwrap()).unwrap();
    catalog.products[0].titles.insert("en".into(), "A\u{fffd}B".into());
    assert_eq!(compact.catalog(), catalog);
}

#[test]
fn messages_are_found_by_what_was_read() {
    let diagnoser = Diagnoser::read(written()).unwrap();
    let found = |text: &str| -> Vec<String> {
        diagnoser.diagnose(text, &Options::default()).diagnoses.into_iter().map(|found| found.entry).collect()
    };
    assert_eq!(found("12:00 could not open /etc: denied\n12:01 SCHIJF c is bijna vol"), ["p/a", "p/b"]);
    assert_eq!(found("port 22 refused the connection"), ["p/a"]);
    assert_eq!(found("연결을 만들 수 없습니다"), ["p/c"]);
}

#[test]
fn other_bytes_are_refused_by_name() {
    let bytes = written();
    let said = |bytes: &[u8]| Compact::read(bytes.to_vec()).map(|_| ()).unwrap_err();
    assert_eq!(said(b""), Unreadable::Other);
    assert_eq!(said(b"{\"format\":1,\"entries\":[]}"), Unreadable::Other);
    assert_eq!(said(&bytes[..10]), Unreadable::Damaged);
    assert_eq!(said(&bytes[..bytes.len() - 1]), Unreadable::Damaged);
    let mut later = bytes.clone();
    later[4] += 1;
    assert_eq!(said(&later), Unreadable::Revision(REVISION + 1));
    for at in (HEAD..bytes.len()).step_by(7) {
        let mut flipped = bytes.clone();
        flipped[at] ^= 0x10;
        assert_eq!(said(&flipped), Unreadable::Damaged, "at {at}");
    }
}

/// Somebody who forges the checksum too gets an answer or a refusal, and never a breakdown.
#[test]
fn forged_bytes_do_no_harm() {
    let bytes = written();
    let forged = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut forged = bytes.clone();
        change(&mut forged);
        if let Ok(diagnoser) = Diagnoser::read(sealed(&forged[HEAD..])) {
            let options = Options { explain: true, ..Options::default() };
            for text in [
                "could not open /etc: denied",
                "disk c is nearly full",
                "연결을 만들 수 없",
                "port 22 refused the connection",
            ] {
                diagnoser.diagnose(text, &options);
            }
            diagnoser.entries("nl");
            diagnoser.products("en");
        }
    };
    for at in (HEAD..bytes.len()).step_by(3) {
        forged(&|bytes| bytes[at] = bytes[at].wrapping_add(1));
        forged(&|bytes| bytes[at] = 0xff);
    }
    for length in (HEAD..bytes.len()).step_by(9) {
        forged(&|bytes| bytes.truncate(length));
    }
}

/// The bytes of a large catalog, as a number. Where it changes, pages that load bytes of an earlier build would search
/// them wrongly: then [`REVISION`] must be one higher, and this number the new one.
#[test]
fn another_way_of_writing_has_another_revision() {
    let mut catalog = catalog();
    for number in 0..600 {
        let message = format!("Step {number:03} of {{name}} broke: Gerät „x“ não é 연결 {}", number * 37 % 1000);
        let entry = Entry {
            id: format!("p/{number}"),
            messages: vec![Message::text("en", &message)],
            ..catalog.entries[2].clone()
        };
        catalog.entries.push(entry);
    }
    let bytes = Compact::write(&catalog).unwrap();
    assert_eq!((REVISION, checksum(&bytes[HEAD..])), (4, 15_071_538_363_599_462_117));
    let diagnoser = Diagnoser::read(bytes).unwrap();
    let report = diagnoser.diagnose("Step 321 of x broke: Gerät 'x' nao e 연결 877", &Options::default());
    assert_eq!(report.diagnoses[0].entry, "p/321");
}
