//! Where fuzzing begins: our own cases, pages, catalog and corpus.

use std::fs;
use std::path::Path;

use error_diagnoser::Diagnoser;

use super::common::{catalog, source};

/// What sets our readers off.
pub const TOKENS: &[&str] = &[
    "{",
    "}",
    "{a}",
    "{a|b}",
    "…",
    "...",
    "\"",
    "\\\"",
    "\\\\",
    "\\n",
    "\\u0041",
    "\\ud83d",
    "&lt;",
    "&#x41;",
    "&amp;amp;",
    "%41",
    "%25",
    "=\n",
    "<",
    ">",
    "<![CDATA[",
    "]]>",
    "<a name=\"x\"></a>",
    "\n",
    "\r\n",
    "\r",
    "\n> ",
    "\n\n",
    "\t",
    "\0",
    "\u{feff}",
    "\u{200b}",
    "\u{202e}",
    "😀",
    "é",
    "e\u{301}",
    "각",
    "\x1b[31m",
    "**Error**: ",
    "**Oorzaak**:",
    "# ",
    "## ",
    "### ",
    "{#id}",
    "* ",
    "1. ",
    "|",
    "|---|\n",
    "---\n",
    "product: x\n",
    "[x](https://x.example)",
    "`/x+/`",
    "`",
    "Caused by: ",
    "\n\tat a.b(C.java:1)\n",
    "Okta",
    "Office 365",
    "401",
    "[",
    "]",
    "(",
    ")",
    "*",
    "+",
    "?",
    "^",
    "$",
    "(?i)",
    "(?P<n>",
    "{2,3}",
    "\\d",
    "\"entries\":[",
    "\"regex\":true",
    "null",
    ",",
    ":",
    "1e999",
    "-",
    "password=",
    "Bearer ",
    "@",
    "10.1.2.3",
    "://",
    "eyJ",
    "<guid-1>",
    "Cookie: ",
];

/// The seeds of a target.
pub fn of(name: &str) -> Vec<Vec<u8>> {
    if name == "compact" {
        return compacts();
    }
    let texts = match name {
        "page" => pages(),
        "catalog" => catalogs(),
        "template" => messages(),
        "pattern" => patterns(),
        "redact" => [column("tests/redact/secrets.jsonl"), column("tests/redact/harmless.jsonl")].concat(),
        _ => pastes(),
    };
    texts.into_iter().map(String::into_bytes).collect()
}

/// The texts of a file of cases.
fn column(path: &str) -> Vec<String> {
    let text = fs::read_to_string(source().join(path)).unwrap();
    let cases = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    cases.filter_map(|case| case["text"].as_str().map(str::to_owned)).collect()
}

fn pastes() -> Vec<String> {
    let mut pastes = column("tests/browser/parity.jsonl");
    for file in sorted(&source().join("tests/cases")) {
        if Path::new(&file).extension().is_some_and(|found| found == "jsonl") {
            pastes.extend(column(&file));
        }
    }
    pastes.retain(|paste| paste.len() < 20_000);
    pastes
}

fn sorted(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path().display().to_string());
    let mut files: Vec<String> = files.collect();
    files.sort();
    files
}

/// Pages by their sections, so that a change hits something; with front matter and without.
fn pages() -> Vec<String> {
    let mut pages = Vec::new();
    for folder in [
        "catalog/itsmc",
        "tests/pages/messy-sections",
        "tests/pages/messy-table",
        "tests/pages/mistakes",
        "tests/pages/own",
    ] {
        for file in sorted(&source().join(folder)) {
            let text = fs::read_to_string(file).unwrap();
            let mut parts = text.split("\n## ");
            let head = parts.next().unwrap_or_default();
            pages.extend(parts.take(4).map(|part| format!("{head}\n## {part}")));
            pages.push(text.chars().take(3000).collect());
        }
    }
    pages
}

fn catalogs() -> Vec<String> {
    let whole = catalog();
    let some = |from: usize| {
        let entries = whole.entries.iter().skip(from * 3).take(2).cloned().collect();
        serde_json::to_string(&error_diagnoser::Catalog { entries, ..whole.clone() }).unwrap()
    };
    (0..12).map(some).collect()
}

/// Compact catalogs of a few entries each, without what stands before the checksum's end.
fn compacts() -> Vec<Vec<u8>> {
    let behind = "EDC\0".len() + 4 + 8;
    let compact = |json: String| Diagnoser::load("c.json", &json).unwrap().0.compact()[behind..].to_vec();
    catalogs().into_iter().map(compact).collect()
}

fn messages() -> Vec<String> {
    let whole = catalog();
    whole.entries.iter().flat_map(|entry| entry.messages.iter().map(|message| message.text.clone())).collect()
}

fn patterns() -> Vec<String> {
    [
        r"port (?P<port>\d+): connection refused",
        r"(?i)connection to (?P<host>\S+) refused by peer",
        r"code\s*=\s*(\d+) from backends?",
        r"\[E\] fai(l|led) [a-z\]]+ harder",
        "one thing|another",
        "abc{2,3}defgh",
        "(?x) ab c # comment",
        r"^start of (.*)* the end$",
        r"(a+)+ never ends really",
        r"\\d escaped [^\]\\]+ class",
    ]
    .map(|source| {
        format!("{source}\0port 22: connection refused; code = 7 from backend; connection to x refused by peer")
    })
    .into()
}
