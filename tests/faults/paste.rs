//! Faults 4, 6 and 7: what is pasted.

use std::sync::LazyLock;
use std::time::Instant;

use error_diagnoser::{Diagnoser, Options, Units};
use proptest::prelude::*;

use super::common::catalog;

static DIAGNOSER: LazyLock<Diagnoser> = LazyLock::new(|| Diagnoser::new(catalog()).unwrap());

const MISSING: &str =
    "Could not create/update work item for alert cpu-high. ITSM Connector 7f3c does not exist or was deleted.";

/// Characters that have broken programs before.
const AWKWARD: &[&str] = &[
    "\0",
    "\u{feff}",
    "\r",
    "\n",
    "\r\n",
    "\x1b[31m",
    "\x1b]8;;x\x07",
    "\u{202e}",
    "\u{2066}",
    "\u{200b}",
    "\u{200d}",
    "\u{fffd}",
    "\u{fffe}",
    "\u{10ffff}",
    "😀",
    "e\u{301}",
    "각",
    "\u{1112}\u{1161}\u{11ab}",
    "𝔘",
    "ß",
    "İ",
    "ﬁ",
    "&amp;",
    "&#x1F600;",
    "\\ud83d\\ude00",
    "\\ud800",
    "%F0%9F%98%80",
    "%FF",
    "=3D=",
    "\u{2028}",
    "\u{85}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn fault_04_any_characters_are_answered_and_evidence_stands_where_it_is_said_to(
        before in prop::collection::vec(prop::sample::select(AWKWARD), 0..8),
        inside in prop::collection::vec(prop::sample::select(AWKWARD), 0..4),
        after in prop::collection::vec(prop::sample::select(AWKWARD), 0..8),
    ) {
        let value = format!("A{}1", inside.concat());
        let text = format!("{}\n{} {}", before.concat(), MISSING.replace("cpu-high", &value), after.concat());
        let bytes = DIAGNOSER.diagnose(&text, &Options::default());
        let js = DIAGNOSER.diagnose(&text, &Options { units: Units::Utf16, ..Options::default() });
        prop_assert_eq!(bytes.diagnoses[0].entry.as_str(), "itsmc/missing-connector");
        let units: Vec<u16> = text.encode_utf16().collect();
        for (found, in_js) in bytes.diagnoses[0].evidence.iter().zip(&js.diagnoses[0].evidence) {
            let slice = text.get(found.start..found.end);
            prop_assert!(slice.is_some_and(|slice| !slice.is_empty()), "{found:?} in {text:?}");
            prop_assert_eq!(String::from_utf16_lossy(&units[in_js.start..in_js.end]), slice.unwrap_or_default());
        }
    }
}

/// Doubling the text takes at most 2.5 times as long: linear is 2, quadratic 4.
#[test]
fn fault_06_texts_built_to_be_slow_are_not() {
    let messages: Vec<String> = DIAGNOSER
        .catalog()
        .entries
        .iter()
        .flat_map(|entry| entry.messages.iter().map(|one| one.text.clone()))
        .collect();
    let near: String =
        messages.iter().map(|text| text.split_at(text.floor_char_boundary(text.len() * 2 / 3)).0).collect();
    let pieces: [(&str, String); 14] = [
        ("one letter", "a".into()),
        ("one letter of a message", "error ".into()),
        ("the start of a message", "Could not create/update work item for alert ".into()),
        ("beginnings of every message", near),
        ("every message on one line", messages.join(" ")),
        ("escapes in escapes", "\\\\\\\"".into()),
        ("escaped braces", "{\\\"a\\\":".into()),
        ("unclosed tags", "<a b=\"".into()),
        ("entities that never end", "&#x26;amp;".into()),
        ("percent signs", "%25".into()),
        ("quotation marks at the start of lines", "> > > \n".into()),
        (
            "an app and a message of many apps",
            "POST https://outlook.office365.com\nServer returned: 401 Unauthorized\n".into(),
        ),
        ("colours", "\x1b[31m\x1b[0m".into()),
        ("letters read in the wrong encoding, and no space", "a1".repeat(100) + "Ãª"),
    ];
    for (what, piece) in pieces {
        let seconds = |length: usize| {
            let text = piece.repeat(length / piece.len() + 1);
            let start = Instant::now();
            std::hint::black_box(DIAGNOSER.diagnose(&text, &Options::default()));
            start.elapsed().as_secs_f64()
        };
        // Three doublings at once: what grows faster shows sooner, and a shared machine that is late now and then shows less.
        // What takes no time at all needs no proof, but more of it does.
        let mut length = 8_000;
        while length < 128_000 && seconds(8 * length) < 0.1 {
            length *= 2;
        }
        let ratio = || {
            let (short, long) = (seconds(length).min(seconds(length)), seconds(8 * length).min(seconds(8 * length)));
            if long < 0.02 { 0.0 } else { long / short }
        };
        let best = (0..6).map(|_| ratio()).find(|ratio| *ratio <= 2.5_f64.powi(3));
        assert!(best.is_some(), "{what}: doubling the text takes more than 2.5 times as long");
    }
}

#[test]
fn fault_07_nothing_and_bytes_that_are_no_text_are_answered() {
    for text in ["", " ", "\n\n\t\u{a0}\u{feff}", "\u{fffd}\u{fffd}\0\0\u{fffd}", "\u{1f}\u{8b}\u{8}\0\0\0"] {
        let report = DIAGNOSER.diagnose(text, &Options::default());
        assert!(report.diagnoses.is_empty(), "{text:?}");
    }
}
