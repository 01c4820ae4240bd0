//! Properties of any paste: a message in any two wrappings is found where it stands; evidence is what it claims to be;
//! nothing panics.

#![cfg(not(target_arch = "wasm32"))]

mod common;

use std::fmt::Write as _;
use std::sync::LazyLock;

use error_diagnoser::notation::{Piece, pieces};
use error_diagnoser::paste::{fold_str, readable};
use error_diagnoser::{Confidence, Diagnoser, EvidenceKind, Options, Report, Units};
use proptest::prelude::*;

static DIAGNOSER: LazyLock<Diagnoser> = LazyLock::new(|| Diagnoser::new(common::catalog()).unwrap());

/// Every message of the catalog with its slots filled, and the entries that print it.
static MESSAGES: LazyLock<Vec<(String, Vec<String>)>> = LazyLock::new(|| {
    let mut messages: Vec<(String, Vec<String>)> = Vec::new();
    for entry in &DIAGNOSER.catalog().entries {
        for message in &entry.messages {
            let text = filled(&message.text);
            match messages.iter_mut().find(|(known, _)| *known == text) {
                Some((_, entries)) => entries.push(entry.id.clone()),
                None => messages.push((text, vec![entry.id.clone()])),
            }
        }
    }
    messages
});

fn filled(message: &str) -> String {
    let fill = |piece: &Piece| match piece {
        Piece::Text(text) => (*text).to_owned(),
        Piece::Slot(_) => "7f3c-Büro 12".to_owned(),
        Piece::Choice(alternatives) => alternatives[0].to_owned(),
        Piece::Open => " ".to_owned(),
    };
    pieces(message).iter().map(fill).collect()
}

/// The ways in which real text is wrapped.
const WRAPPINGS: [fn(&str) -> String; 18] = [
    |text| format!("2021-03-04T11:27:43.120Z ERROR [pool-4-thread-11] c.e.Task (Task.java:212) - sync: {text}"),
    |text| format!("Nov 20 23:56:01 oms01 omsagent[2214]: level=error msg=\"{text}\""),
    |text| format!("{{\"time\": \"2021-03-04\", \"statusMessage\": {}}}", serde_json::to_string(text).unwrap()),
    |text| format!("{{\"m\": {}}}", ascii_json(text)),
    |text| format!("<tr><td>Failed</td><td class=\"msg\">{}</td></tr>", html(text)),
    |text| {
        format!(
            "<Data Name=\"Message\">{}</Data>",
            text.chars().map(|c| format!("&#{};", c as u32)).collect::<Vec<_>>().concat()
        )
    },
    |text| format!("<error><![CDATA[{text}]]></error>"),
    |text| format!("error=server_error&error_description={}", percent(text)),
    |text| format!("On Thu somebody wrote:\n> > {}\n\nAny idea?", text.replace('\n', "\n> > ")),
    |text| format!("Hi all, we get:\n\n```text\n{text}\n```\n\nWhat is it?"),
    |text| format!("| time | message |\n|---|---|\n| 11:27 | {text} |"),
    |text| format!("\"11:27\",\"Failed\",\"{}\"", text.replace('"', "\"\"")),
    |text| {
        text.chars()
            .enumerate()
            .map(|(at, c)| if at % 9 == 8 { format!("\x1b[31m{c}\x1b[0m") } else { c.to_string() })
            .collect()
    },
    |text| wrapped(text, 37, "\r\n"),
    |text| wrapped(text, 72, "\n> "),
    |text| text.replace(' ', "\u{a0}").replace('"', "“").replace('-', "–"),
    |text| text.replace(' ', "  \t"),
    |text| text.to_uppercase().chars().map(wide).collect(),
];

fn ascii_json(text: &str) -> String {
    let mut escaped = String::new();
    for c in serde_json::to_string(text).unwrap().chars() {
        if c.is_ascii() {
            escaped.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(escaped, "\\u{unit:04x}").unwrap();
            }
        }
    }
    escaped
}

fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;").replace('ö', "&ouml;").replace('å', "&#xe5;")
}

fn percent(text: &str) -> String {
    let encode =
        |byte: u8| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.replace(' ', "+").bytes().map(|byte| if byte == b'+' { "+".to_owned() } else { encode(byte) }).collect()
}

/// Hard line ends every so many characters, in mid-word too.
fn wrapped(text: &str, width: usize, end: &str) -> String {
    text.chars()
        .enumerate()
        .map(|(at, c)| if at > 0 && at % width == 0 { format!("{end}{c}") } else { c.to_string() })
        .collect()
}

/// Full-width forms.
fn wide(c: char) -> char {
    if c.is_ascii_alphanumeric() { char::from_u32(c as u32 + 0xfee0).unwrap() } else { c }
}

fn finds(report: &Report, entries: &[String]) -> bool {
    report.diagnoses.iter().any(|found| {
        found.confidence > Confidence::Possible
            && std::iter::once(&found.entry).chain(&found.alternatives).any(|found| entries.contains(found))
    })
}

/// That every position of a report points to what it claims to, in bytes and in UTF-16.
fn positions_hold(text: &str) -> Result<(), TestCaseError> {
    let report = DIAGNOSER.diagnose(text, &Options::default());
    let js = DIAGNOSER.diagnose(text, &Options { units: Units::Utf16, ..Options::default() });
    let units: Vec<u16> = text.encode_utf16().collect();
    for (found, found_js) in report.diagnoses.iter().zip(&js.diagnoses) {
        for value in &found.values {
            let slice = text.get(value.start..value.end);
            prop_assert_eq!(slice.map(readable), Some(value.value.clone()));
        }
        for (evidence, in_js) in found.evidence.iter().zip(&found_js.evidence) {
            let slice = text.get(evidence.start..evidence.end);
            prop_assert!(slice.is_some_and(|slice| !slice.is_empty()), "{evidence:?} in {text:?}");
            let js_slice = String::from_utf16(&units[in_js.start..in_js.end]).unwrap();
            prop_assert_eq!(slice, Some(js_slice.as_str()));
            if evidence.kind == EvidenceKind::Literal && found.confidence == Confidence::Certain {
                let folded = fold_str(&readable(slice.unwrap_or_default()));
                let message = fold_str(&found.message);
                prop_assert!(!folded.is_empty() && !message.is_empty());
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, max_global_rejects: 100_000, ..ProptestConfig::default() })]

    #[test]
    fn a_message_in_any_two_wrappings_is_found(
        message in any::<prop::sample::Index>(),
        inner in 0..WRAPPINGS.len(),
        // In capitals a code is no code any more, so that comes first if at all.
        outer in 0..WRAPPINGS.len() - 1,
    ) {
        // A terminal colours text, not the middle of its own codes.
        prop_assume!(inner != 12 || outer != 12);
        let (message, entries) = message.get(MESSAGES.as_slice());
        let text = WRAPPINGS[outer](&WRAPPINGS[inner](message));
        let report = DIAGNOSER.diagnose(&text, &Options::default());
        // A bare class name in front of other words says too little to be sure of; that it is named at all is right.
        let is_word = !message.trim_end_matches(':').contains([' ', '_', '"', ':']);
        let named = report.diagnoses.iter().any(|found| entries.contains(&found.entry));
        prop_assert!(finds(&report, entries) || (is_word && named), "{entries:?} not in {text:?}: {:?}",
            report.diagnoses.iter().map(|found| (&found.entry, found.confidence)).collect::<Vec<_>>());
        positions_hold(&text)?;
    }

    #[test]
    fn a_message_cut_off_in_a_wrapping_is_found(
        message in any::<prop::sample::Index>(),
        wrapping in 0..WRAPPINGS.len(),
        keep in 70..100_usize,
    ) {
        let (message, _) = message.get(MESSAGES.as_slice());
        let letters = message.chars().count();
        let kept: String = message.chars().take(letters * keep / 100).collect();
        // Cut in its last third, a message of some length is still that message.
        prop_assume!(letters >= 60);
        // What several messages begin with may be any of them.
        let begins = |(other, _): &&(String, Vec<String>)| fold_str(other).starts_with(&fold_str(&kept));
        let entries: Vec<String> = MESSAGES.iter().filter(begins).flat_map(|(_, entries)| entries.clone()).collect();
        let text = WRAPPINGS[wrapping](&kept);
        let report = DIAGNOSER.diagnose(&text, &Options::default());
        let named = report.diagnoses.iter().take(3).any(|found| {
            std::iter::once(&found.entry).chain(&found.alternatives).any(|found| entries.contains(found))
        });
        prop_assert!(named, "{entries:?} not in {text:?}");
    }

    #[test]
    fn any_text_is_answered_and_positions_hold(text in "\\PC{0,200}", tail in any::<prop::sample::Index>()) {
        let (message, _) = tail.get(MESSAGES.as_slice());
        positions_hold(&text)?;
        positions_hold(&format!("{text}{message}\u{feff}{text}"))?;
    }

    #[test]
    fn any_scalar_values_are_answered(text in proptest::collection::vec(any::<char>(), 0..300)) {
        let text: String = text.into_iter().collect();
        positions_hold(&text)?;
    }
}
