//! What is fuzzed: functions that take any bytes and panic when a promise is broken. Both engines run these: `main.rs`
//! beside this in every test run, libFuzzer by `tests/fuzz/run`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use error_diagnoser::catalog::Catalog;
use error_diagnoser::compact::sealed;
use error_diagnoser::notation::{Piece, pieces};
use error_diagnoser::page::{Page, compile};
use error_diagnoser::report::Layers;
use error_diagnoser::template::Template;
use error_diagnoser::{Confidence, Diagnoser, Message, Options, Report, Scanner, Units, redact};

/// Takes any bytes, and panics when a promise is broken.
pub type Target = fn(&[u8]);

/// Every target by its name.
pub const TARGETS: [(&str, Target); 9] = [
    ("diagnose", diagnose),
    ("page", page),
    ("catalog", catalog),
    ("compact", compact),
    ("template", template),
    ("redact", redaction),
    ("indexed", indexed),
    ("sliced", sliced),
    ("pattern", pattern),
];

/// The project's catalog.
static CATALOG: LazyLock<Catalog> = LazyLock::new(super::common::catalog);
static DIAGNOSER: LazyLock<Diagnoser> = LazyLock::new(|| Diagnoser::new(CATALOG.clone()).unwrap());

/// Diagnosers of one entry each: their index has nothing to choose from.
static SINGLE: LazyLock<Vec<Diagnoser>> = LazyLock::new(|| {
    let single = |entry| Diagnoser::new(Catalog { entries: vec![entry], ..CATALOG.clone() }).unwrap();
    CATALOG.entries.iter().cloned().map(single).collect()
});

fn text(data: &[u8]) -> String {
    String::from_utf8_lossy(data).into_owned()
}

/// A paste is answered, in bytes and in UTF-16 alike, and everything stands where it is said to stand.
fn diagnose(data: &[u8]) {
    let text = text(data);
    let report = DIAGNOSER.diagnose(&text, &Options { explain: true, excerpts: true, ..Options::default() });
    let js = DIAGNOSER.diagnose(&text, &Options { units: Units::Utf16, ..Options::default() });
    assert_eq!(report.diagnoses.len(), js.diagnoses.len());
    let units: Vec<u16> = text.encode_utf16().collect();
    for (found, in_js) in report.diagnoses.iter().zip(&js.diagnoses) {
        assert!(CATALOG.entry(&found.entry).is_some());
        for (evidence, in_js) in found.evidence.iter().zip(&in_js.evidence) {
            let slice = text.get(evidence.start..evidence.end).expect("evidence is text");
            assert!(!slice.is_empty());
            assert_eq!(String::from_utf16_lossy(&units[in_js.start..in_js.end]), slice);
        }
        for line in &found.lines {
            assert!((1..=report.scanned.lines.max(1)).contains(line));
        }
    }
}

/// Any bytes are a page, or several, divided by zeros; what they compile to can be used or has problems at places.
fn page(data: &[u8]) {
    let pages: Vec<Page> = (0..)
        .zip(data.split(|byte| *byte == 0).take(4))
        .map(|(number, part)| Page { path: format!("{number}.md"), text: text(part) })
        .collect();
    let compiled = compile(&pages);
    for problem in &compiled.problems {
        let page = pages.iter().find(|page| page.path == problem.path).expect("a problem of a page");
        let ends = page.text.matches(['\n', '\r']).count() as u32;
        assert!(problem.line <= ends + 1, "{problem}");
        assert!(!problem.what.is_empty() && !problem.help.is_empty());
    }
    // What a page compiles to keeps the rules of a catalog, but for those that a page's author is told of there.
    if let Err(problems) = Diagnoser::new(compiled.catalog) {
        assert!(!problems.is_empty());
    }
}

/// The text of a catalog.json loads, with or without some of its entries, or says why not; what is loaded is sound.
fn catalog(data: &[u8]) {
    let text = text(data);
    match Diagnoser::load("c.json", &text) {
        Ok((diagnoser, problems)) => {
            assert_eq!(diagnoser.catalog().validate(), []);
            assert!(problems.iter().all(|problem| problem.line > 0));
            diagnoser.diagnose(&text, &Options::default());
            diagnoser.entries("en");
        }
        Err(problems) => assert!(!problems.is_empty()),
    }
}

/// The bytes of a compact catalog, its checksum right, are refused or answer: whatever they hold, nothing breaks down.
fn compact(data: &[u8]) {
    let Ok(diagnoser) = Diagnoser::read(sealed(data)) else { return };
    let options = Options { explain: true, excerpts: true, ..Options::default() };
    for text in [
        "Error: the token has expired (401).",
        "Could not connect to cpu-high: Access denied",
        "연결을 만들 수 없습니다",
    ] {
        let report = diagnoser.diagnose(text, &options);
        for evidence in report.diagnoses.iter().flat_map(|found| &found.evidence) {
            assert!(text.get(evidence.start..evidence.end).is_some());
        }
    }
    for entry in diagnoser.entries("nl") {
        diagnoser.tell(&entry.id, "sv");
    }
    diagnoser.products("en");
}

/// A message compiles or is refused; compiled, it is found in itself.
fn template(data: &[u8]) {
    let text = text(data);
    let Ok(template) = Template::new(&text) else { return };
    assert!(!template.segments.is_empty());
    assert_eq!(template.gaps.len(), template.segments.len() + 1);
    assert!(template.segments.iter().all(|segment| segment.variants.iter().any(|variant| !variant.is_empty())));
    if text.len() <= 4096 {
        let filled: String = pieces(&text)
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => (*text).to_owned(),
                Piece::Slot(_) => "value".to_owned(),
                Piece::Choice(alternatives) => alternatives.first().map_or_else(String::new, |one| (*one).to_owned()),
                Piece::Open => " ".to_owned(),
            })
            .collect();
        own(&Message::text("en", &text)).diagnose(&filled, &Options::default());
    }
}

/// An author's regular expression compiles or is refused, and never breaks or stalls.
fn pattern(data: &[u8]) {
    let mut parts = data.splitn(2, |byte| *byte == 0);
    let source = text(parts.next().unwrap_or_default());
    let paste = text(parts.next().unwrap_or_default());
    if source.len() > 4096 {
        return;
    }
    let message = Message { regex: true, ..Message::text("en", &source) };
    let diagnoser = own(&message);
    for paste in [&paste, &source] {
        let report = diagnoser.diagnose(paste, &Options::default());
        for evidence in report.diagnoses.iter().flat_map(|found| &found.evidence) {
            assert!(paste.get(evidence.start..evidence.end).is_some());
        }
    }
}

/// A diagnoser of one message, or of none if it cannot be used.
fn own(message: &Message) -> Diagnoser {
    let json = serde_json::json!({
        "format": 1,
        "products": [{ "id": "p", "titles": {} }],
        "entries": [{ "id": "p/a", "product": "p", "messages": [message], "texts": { "en": { "title": "t", "situations": [] } } }],
    });
    Diagnoser::load("c.json", &json.to_string()).unwrap().0
}

/// Twice is once, the text around stays, positions are right.
fn redaction(data: &[u8]) {
    let text = text(data);
    let redaction = redact(&text, Units::Bytes);
    let mut rebuilt = String::new();
    let mut written = 0;
    for one in &redaction.replacements {
        assert!(one.start >= written && one.end > one.start);
        rebuilt += &text[written..one.start];
        rebuilt += &one.placeholder;
        written = one.end;
    }
    rebuilt += &text[written..];
    assert_eq!(rebuilt, redaction.text);
    assert_eq!(redact(&redaction.text, Units::Bytes).text, redaction.text);
    assert_eq!(redact(&text, Units::Utf16).text, redaction.text);
}

/// What a catalog of one entry finds in a text, the whole catalog finds there too, or something that says more.
fn indexed(data: &[u8]) {
    let text = text(data);
    // Messages that stand whole, and nothing else: the rest is judged against other entries.
    let without = Layers { near: true, telling: true, words: true, chains: true, context: true, ..Layers::default() };
    let options = Options { without, max_lines: Some(usize::MAX), ..Options::default() };
    let all = DIAGNOSER.diagnose(&text, &options);
    let certain = |report: &Report| {
        let sure = report.diagnoses.iter().filter(|found| found.confidence == Confidence::Certain);
        sure.map(|found| (found.entry.clone(), found.lines.clone())).collect::<Vec<_>>()
    };
    let lines: BTreeSet<usize> = certain(&all).into_iter().flat_map(|(_, lines)| lines).collect();
    for single in SINGLE.iter() {
        for (entry, found) in certain(&single.diagnose(&text, &options)) {
            // It may be part of a message that began some lines above, or hold one in a slot that goes on below.
            let near = |line: &usize| lines.range(line.saturating_sub(40)..=line + 40).next().is_some();
            let is_known = found.iter().all(near);
            assert!(is_known, "{entry} stands in lines {found:?}, and nothing was found there but {lines:?}");
        }
    }
}

/// Read in pieces of any size, a text gets the answer that it gets at one go. The first byte says how it is cut.
fn sliced(data: &[u8]) {
    let Some((cut, rest)) = data.split_first() else { return };
    let step = usize::from(*cut) * 37 + 1;
    // Some go beyond a slice.
    let text = if cut % 16 == 0 && !rest.is_empty() { text(rest).repeat(280_000 / rest.len() + 1) } else { text(rest) };
    let options = Options { units: Units::Utf16, ..Options::default() };
    let whole = DIAGNOSER.diagnose(&text, &options);
    let mut scanner = Scanner::new(&*DIAGNOSER, options);
    text.as_bytes()
        .chunks(if text.len() > 100_000 { step * 100 } else { step })
        .for_each(|piece| scanner.push_bytes(piece));
    assert_eq!(scanner.finish(), whole);
}
