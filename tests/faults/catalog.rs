//! Faults 10 to 13 and 16: catalogs and pages.

use std::fmt::Write as _;
use std::time::Instant;

use error_diagnoser::catalog::{MAX_BYTES, MAX_ENTRIES, MAX_MESSAGE, MAX_MESSAGES, MAX_NESTING};
use error_diagnoser::page::{Page, compile};
use error_diagnoser::{Catalog, Diagnoser, Severity};
use proptest::prelude::*;

/// An entry as JSON, with something in it replaced.
fn entry(id: &str, change: &[(&str, &str)]) -> String {
    let json = format!(
        "{{\"id\":\"p/{id}\",\"product\":\"p\",\"messages\":[{{\"lang\":\"en\",\"text\":\"the disk {id} is full\"}}],\
         \"texts\":{{\"en\":{{\"title\":\"t\",\"situations\":[{{\"when\":null,\"cause\":[],\"steps\":[]}}]}}}}}}"
    );
    change.iter().fold(json, |json, (from, to)| {
        assert!(json.contains(from), "{from} in {json}");
        json.replace(from, to)
    })
}

/// The fourth line of the file is the first entry.
fn catalog(entries: &[String]) -> String {
    format!(
        "{{\"format\":1,\n\"products\":[{{\"id\":\"p\",\"titles\":{{}}}}],\n\"entries\":[\n{}\n]}}",
        entries.join(",\n")
    )
}

/// How many entries are left, and what is said of the others.
fn load(json: &str) -> (usize, Vec<String>) {
    match Diagnoser::load("c.json", json) {
        Ok((diagnoser, problems)) => {
            (diagnoser.catalog().entries.len(), problems.iter().map(ToString::to_string).collect())
        }
        Err(problems) => (0, problems.iter().map(ToString::to_string).collect()),
    }
}

/// That a catalog at a limit loads whole, and one past it says what is wrong, and where.
fn limit(at: &str, past: &str, code: &str) {
    let (left, problems) = load(at);
    assert_eq!((left, problems), (2, vec![]), "at the limit");
    let (left, problems) = load(past);
    assert_eq!(left, 1, "the other entry is left");
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].starts_with("c.json:5:"), "{}", problems[0]);
    assert!(problems[0].contains(&format!("error[{code}]")), "{}", problems[0]);
}

fn with(change: &[(&str, &str)]) -> String {
    catalog(&[entry("a", &[]), entry("b", change)])
}

#[test]
fn fault_10_the_size_of_a_file_is_limited() {
    let json = with(&[]);
    let filled = |size: usize| format!("{json}{}", " ".repeat(size - json.len()));
    assert_eq!(load(&filled(MAX_BYTES)).0, 2);
    let (left, problems) = load(&filled(MAX_BYTES + 1));
    assert_eq!(left, 0);
    assert!(problems[0].contains("error[file-too-large]"), "{problems:?}");
}

#[test]
fn fault_10_the_number_of_entries_is_limited_while_reading() {
    let mut json = String::from("{\"format\":1,\"products\":[],\"entries\":[0");
    json.push_str(&",\n0".repeat(MAX_ENTRIES - 1));
    let at = Catalog::read("c.json", &format!("{json}]}}")).unwrap();
    assert_eq!(at.problems.len(), MAX_ENTRIES, "each of these zeros is a bad entry, and was looked at");
    // What stands behind the limit is not even looked at: it is no JSON.
    let past = Catalog::read("c.json", &format!("{json},\n0,\n?????")).unwrap_err();
    assert_eq!(past.len(), 1);
    assert_eq!(past[0].code, "too-many-entries");
    // The first one past the limit, or where the reader looked next.
    assert!((MAX_ENTRIES + 1..=MAX_ENTRIES + 2).contains(&(past[0].line as usize)), "{}", past[0]);
}

#[test]
fn fault_10_the_number_of_sound_entries_is_limited_as_well() {
    let entry = entry("a", &[]);
    let many = |count: usize| {
        let entries: Vec<String> = (0..count).map(|number| entry.replace("p/a", &format!("p/{number}"))).collect();
        catalog(&entries)
    };
    let (left, problems) = load(&many(MAX_ENTRIES + 1));
    assert_eq!(left, 0);
    assert!(problems[0].contains("error[too-many-entries]"), "{problems:?}");
}

#[test]
fn fault_10_messages_are_limited_in_number_and_length() {
    let message = "{\"lang\":\"en\",\"text\":\"the disk b is full\"}";
    let messages = |count: usize| vec![message; count].join(",");
    limit(
        &with(&[(message, &messages(MAX_MESSAGES))]),
        &with(&[(message, &messages(MAX_MESSAGES + 1))]),
        "too-many-messages",
    );
    let long = |length: usize| "long ".repeat(length / 5 + 1)[..length].to_owned();
    limit(
        &with(&[("the disk b is full", &long(MAX_MESSAGE))]),
        &with(&[("the disk b is full", &long(MAX_MESSAGE + 1))]),
        "message-too-long",
    );
}

#[test]
fn fault_10_a_compiled_expression_is_limited() {
    let regex = |count: u32| format!("the disk b is full [a-z]{{{count}}}\",\"regex\":true");
    let message = |count: u32| with(&[("the disk b is full\"", &regex(count))]);
    limit(&message(1000), &message(100_000), "bad-regex");
}

#[test]
fn fault_10_nesting_is_limited() {
    let nested = |open: &str, close: &str, depth: usize| {
        let cause = format!("\"cause\":[{}{{\"text\":\"x\"}}{}]", open.repeat(depth), close.repeat(depth));
        with(&[("\"cause\":[]", &cause)])
    };
    let strong = |depth: usize| nested("{\"strong\":[", "]}", depth);
    limit(&strong(MAX_NESTING), &strong(MAX_NESTING + 1), "too-deep");
    let list = |depth: usize| nested("{\"list\":{\"ordered\":true,\"items\":[[", "]]}}", depth);
    limit(&list(28), &list(MAX_NESTING + 1), "too-deep");
    // And what would overflow a stack that trusts its input.
    limit(&list(1), &list(100_000), "too-deep");
}

#[test]
fn fault_11_every_problem_is_said_with_its_place_and_what_to_do() {
    let entries = [
        entry("a", &[("\"messages\"", "\"mesages\"")]),
        entry("b", &[("\"product\":\"p\"", "\"product\":\"q\"")]),
        entry("c", &[("the disk c is full", "{x}")]),
        entry("d", &[("[{\"lang\":\"en\",\"text\":\"the disk d is full\"}]", "7")]),
        entry("e", &[]),
    ];
    let (left, problems) = load(&catalog(&entries));
    assert_eq!(left, 1);
    for line in ["c.json:4:", "c.json:5:1", "c.json:6:1", "c.json:7:"] {
        assert!(problems.iter().any(|said| said.starts_with(line) && said.contains("; ")), "{line} in {problems:?}");
    }
}

#[test]
fn fault_11_a_newer_format_is_refused_by_name() {
    let (left, problems) = load(&with(&[]).replace("\"format\":1", "\"format\":2,\"moods\":[]"));
    assert_eq!(left, 0);
    assert!(problems[0].contains("newer-format") && problems[0].contains("format 2"), "{problems:?}");
}

#[test]
fn fault_11_text_that_is_no_catalog_is_named() {
    for text in [
        "",
        "{",
        "[]",
        "null",
        "<!doctype html>",
        "{\"format\":1",
        "{\"format\":\"1\"}",
        "{\"entries\":[]}",
        "\u{feff}{}",
    ] {
        let (left, problems) = load(text);
        assert_eq!(left, 0, "{text:?}");
        assert!(problems.len() == 1 && problems[0].starts_with("c.json:1:"), "{text:?}: {problems:?}");
    }
}

#[test]
fn fault_12_links_are_https_or_mailto_in_no_disguise() {
    let link = |href: &str| {
        let cause =
            format!("\"cause\":[{{\"link\":{{\"href\":{},\"content\":[]}}}}]", serde_json::to_string(href).unwrap());
        load(&with(&[("\"cause\":[]", &cause)]))
    };
    for good in ["https://x.example/a?b#c", "mailto:a@x.example"] {
        assert_eq!(link(good), (2, vec![]), "{good}");
    }
    for bad in [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "java\nscript:x",
        "\tjavascript:x",
        "\u{1}javascript:x",
        "javascript\u{3a}x",
        "vbscript:x",
        "data:text/html,x",
        "http://x.example",
        "//x.example",
        "https:",
        "https:/x",
        "https://",
        "https:///x",
        "https:\\\\x",
        "https://x y",
        "file:///x",
        "ftp://x",
        "x",
        "",
        "#x",
        "mailto:",
        "https://x\u{0}",
        "https://x\u{a0}y",
        "blob:https://x",
        "view-source:https://x",
    ] {
        let (left, problems) = link(bad);
        assert_eq!(left, 1, "{bad:?}");
        assert!(problems[0].contains("bad-link"), "{bad:?}: {problems:?}");
    }
}

#[test]
fn fault_13_duplicate_ids_are_errors_with_both_places() {
    let (left, problems) = load(&catalog(&[entry("a", &[]), entry("a", &[])]));
    assert_eq!(left, 1);
    assert!(problems[0].starts_with("c.json:5:1: error[duplicate-id]"), "{problems:?}");
    assert!(problems[0].contains("c.json:4:1 has this id too"), "{problems:?}");

    let section = "## T {#a}\n\n**Error**: the disk is wholly full\n\n**Cause**: x\n\n**Resolution**: y\n\n";
    let page = format!("---\nproduct: p\ntitle: P\nlanguage: en\n---\n\n{section}{section}");
    let problems = compile(&[Page { path: "en.md".into(), text: page }]).problems;
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(
        said.iter().any(|one| one.starts_with("en.md:15:1: error[duplicate-id]: en.md:7:1 has the id")),
        "{said:?}"
    );
}

#[test]
fn fault_13_unknown_fields_are_errors_with_what_was_meant() {
    for (from, to, meant) in
        [("\"texts\"", "\"text\"", "texts"), ("\"cause\"", "\"cuase\"", "cause"), ("\"lang\"", "\"langg\"", "lang")]
    {
        let (left, problems) = load(&with(&[(from, to)]));
        assert_eq!(left, 1);
        assert!(problems[0].ends_with(&format!("did you mean \"{meant}\"?")), "{problems:?}");
    }
    let page =
        "---\nproduct: p\ntitle: P\nlangauge: en\n---\n\n## T\n\n**Eror**: the disk is wholly full\n\n**Cause**: x\n";
    let problems = compile(&[Page { path: "en.md".into(), text: page.into() }]).problems;
    for meant in ["language", "error"] {
        let wanted = format!("did you mean \"{meant}\"?");
        let found = problems.iter().any(|one| one.severity == Severity::Error && one.line > 0 && one.help == wanted);
        assert!(found, "{meant}: {problems:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn fault_16_any_bytes_are_a_page(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let compiled = compile(&[Page { path: "x.md".into(), text }]);
        prop_assert_eq!(compiled.pages.len(), 1);
    }
}

#[test]
fn fault_16_pages_built_to_be_slow_are_not() {
    let mut section = String::new();
    write!(section, "## T\n\n**Error**: the disk is wholly full\n\n**Cause**: x\n\n* y\n\n").unwrap();
    for piece in [
        "*",
        "_",
        "`",
        "[",
        "![",
        "](",
        "<",
        "<a name=\"x\">",
        "> ",
        "- ",
        "#",
        "|",
        "| a |\n",
        "\n\n",
        "---\n",
        "{#a}",
        "**Error**: ",
        "&amp;",
        "\\",
        "**",
        "[a](",
        "<!--",
        &section,
    ] {
        let seconds = |length: usize| {
            let text = piece.repeat(length / piece.len() + 1);
            let pages = [Page { path: "x.md".into(), text }];
            let start = Instant::now();
            std::hint::black_box(compile(&pages));
            start.elapsed().as_secs_f64()
        };
        let ratio = || {
            let (short, long) = (seconds(20_000).min(seconds(20_000)), seconds(40_000).min(seconds(40_000)));
            if long < 0.05 { 0.0 } else { long / short }
        };
        let best = (0..6).map(|_| ratio()).find(|ratio| *ratio <= 2.5);
        assert!(best.is_some(), "{piece:?}: doubling the page takes more than 2.5 times as long");
    }
}
