//! The command's answers to authors: status, and what stands on each stream.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// A run of the command, and what must come of it.
struct Case {
    arguments: &'static str,
    stdin: &'static str,
    status: i32,
    /// What standard output holds; empty when it must hold nothing.
    out: &'static [&'static str],
    /// What standard error holds; empty when it must hold nothing.
    err: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case { arguments: "import lore x", stdin: "", status: 2, out: &[], err: &["invalid value 'lore'"] },
    Case {
        arguments: "import cre tests/nowhere",
        stdin: "",
        status: 2,
        out: &[],
        err: &["error: cannot read tests/nowhere: it does not exist; give a folder of CRE rules\n"],
    },
    Case {
        arguments: "import cre tests/cli",
        stdin: "",
        status: 2,
        out: &[],
        err: &["error: there is no rule (.yaml) in the folder tests/cli; give"],
    },
    Case {
        arguments: "import cre tests/authors/rules --out src",
        stdin: "",
        status: 2,
        out: &[],
        err: &["error: the folder src is not empty; name a new or empty one with --out\n"],
    },
    Case {
        arguments: "import cre tests/authors/rules",
        stdin: "",
        status: 0,
        out: &[
            "whole  LIGHTHOUSE-0001 → lighthouse/lighthouse-0001\n",
            "asks that something is absent: planned maintenance\n",
            "the log that it must not find finds it\n",
            "its own log finds lighthouse/lighthouse-0001 as well\n",
            "5 rules: 1 whole, 2 partly, 2 not imported; 2 of 2 logs find their entry, 1 of them others as well\n",
            "1 of 1 that must not find their entry do\n",
        ],
        err: &[],
    },
    Case {
        arguments: "import cre tests/authors/rules --json",
        stdin: "",
        status: 0,
        out: &["\"kept\": \"whole\"", "\"find_own_log\": 2,", "\"cross_fire\": 1\n"],
        err: &[],
    },
    Case {
        arguments: "score tests/authors/history.jsonl tests/authors/tickets",
        stdin: "",
        status: 0,
        out: &[
            // Of nine pastes one must have no answer; three of the others find an entry.
            "3 of 8 pastes that may have an answer find one: 37.5 %\n",
            "     1  cas/box/rest-parse-response for itsmc/authentication\n",
            "confused: Wrong: expected cas/box/rest-parse-response; found itsmc/authentication (certain)\n",
            "No entry explains 5 pastes.",
            "     4  Vault {vault} refused user {user}: the lid is jammed\n",
            "        {user}: ann (2), bob, cy van dam\n",
            "        in vault-1, vault-2, vault-3, tests/authors/tickets/4711.txt\n",
            "     1  Could not wind clock {clock}\n",
        ],
        err: &[],
    },
    Case {
        arguments: "score --json tests/authors/history.jsonl",
        stdin: "",
        status: 0,
        out: &[
            "\"answered\": 3,",
            "\"times\": 1\n",
            "\"message\": \"Vault {vault} refused user {user}: the lid is jammed\"",
        ],
        err: &[],
    },
    Case {
        arguments: "score --quiet tests/authors/tickets",
        stdin: "",
        status: 0,
        out: &["0 of 1 paste that may have an answer find one: 0.0 %\n"],
        err: &[],
    },
    Case {
        arguments: "draft tests/authors/history.jsonl --product vaults",
        stdin: "",
        status: 0,
        out: &[
            "3 pastes of 4 that no entry explains have in common:\n",
            "As an entry it finds 3 of them.",
            "## Vault refused user the lid is jammed {#vault-refused-user-the-lid-is-jammed}\n\n\
             **Error**: `Vault {vault} refused user {user}: the lid is jammed`\n",
            "entry = \"vaults/vault-refused-user-the-lid-is-jammed\"\n",
        ],
        err: &[],
    },
    Case {
        arguments: "draft - --json --groups 2",
        stdin: "{\"id\":\"a\",\"text\":\"Valve 17 did not open: timeout\"}\n{\"id\":\"b\",\"text\":\"error {}\"}\n",
        status: 0,
        out: &["\"message\": \"Valve {valve} did not open: timeout\"", "\"finds\": 1,", "\"unusable\": null"],
        err: &[],
    },
    Case {
        arguments: "draft -",
        stdin: "{\"id\":\"a\",\"text\":\"User Not Authenticated\"}\n",
        status: 1,
        out: &[],
        err: &[
            "error: nothing to draft from: an entry explains each of the 1 paste, or none holds a line that tells\n",
        ],
    },
    Case {
        arguments: "draft tests/nowhere",
        stdin: "",
        status: 2,
        out: &[],
        err: &["error: cannot read tests/nowhere: it does not exist"],
    },
    Case { arguments: "export sarif", stdin: "", status: 2, out: &[], err: &["invalid value 'sarif'"] },
    Case {
        arguments: "export cre --catalog catalog/itsmc",
        stdin: "",
        status: 0,
        out: &[
            "rules:\n  - metadata:\n",
            "      id: \"itsmc-missing-connector\"\n",
            "- regex: \"(?i)(?:Could\\\\s+not",
        ],
        err: &[],
    },
    Case { arguments: "delta catalog catalog", stdin: "", status: 0, out: &["Nothing changed.\n"], err: &[] },
    Case {
        arguments: "delta catalog tests/nowhere",
        stdin: "",
        status: 2,
        out: &[],
        err: &["error: cannot read the catalog tests/nowhere: it does not exist"],
    },
    Case {
        arguments: "translated tests/nowhere",
        stdin: "",
        status: 2,
        out: &[],
        err: &["tests/nowhere is no page (.md)"],
    },
];

#[test]
fn cases() {
    let wrong: Vec<String> = CASES.iter().filter_map(Case::wrong).collect();
    assert!(wrong.is_empty(), "{} of {} cases:\n\n{}", wrong.len(), CASES.len(), wrong.join("\n\n"));
}

impl Case {
    /// What is wrong with the command's answer, if anything.
    fn wrong(&self) -> Option<String> {
        let arguments: Vec<&str> = self.arguments.split_whitespace().collect();
        let output = run(&arguments, self.stdin);
        let (out, err) = texts(&output);
        let mut wrong = Vec::new();
        if output.status.code() != Some(self.status) {
            wrong.push(format!("ends with {}, not {}", output.status, self.status));
        }
        for (stream, text, wanted) in [("standard output", &out, self.out), ("standard error", &err, self.err)] {
            if wanted.is_empty() && !text.is_empty() {
                wrong.push(format!("says something on {stream}"));
            }
            let lacking = wanted.iter().filter(|part| !text.contains(*part));
            wrong.extend(lacking.map(|part| format!("lacks {part:?} on {stream}")));
        }
        let said = format!("--- standard output\n{out}\n--- standard error\n{err}");
        (!wrong.is_empty()).then(|| format!("`{}` {}\n{said}", self.arguments, wrong.join(", ")))
    }
}

#[test]
fn an_imported_catalog_checks_clean_and_answers() {
    let out = folder("imported");
    let written = run(&["import", "cre", "tests/authors/rules", "--out", &out], "");
    assert!(texts(&written).0.contains("2 files written to "), "{}", texts(&written).0);
    let check = texts(&run(&["check", &out], ""));
    assert!(check.0.contains("1 page, 2 entries, 4 messages, 1 language, 2 samples: "), "{}", check.0);
    assert!(!check.0.contains("error["), "{}", check.0);
    let answer = texts(&run(&["diagnose", "--catalog", &out], "LAMP oil level [0%] reached"));
    assert!(answer.0.contains("lighthouse/lighthouse-0001"), "{}{}", answer.0, answer.1);
}

/// Runs the command in the source folder. It must never panic, whatever else is expected of it.
pub fn run(arguments: &[&str], stdin: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_error-diagnoser"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR"));
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut pipe = child.stdin.take().expect("it is piped");
    let input = stdin.as_bytes().to_vec();
    let writer = std::thread::spawn(move || pipe.write_all(&input));
    let output = child.wait_with_output().expect("it ends");
    // A command that refuses its arguments does not read what it is given.
    let _ = writer.join().expect("the writer does not panic");
    assert!(!texts(&output).1.contains("panicked"), "{arguments:?}: {}", texts(&output).1);
    output
}

pub fn texts(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("it writes UTF-8");
    (text(&output.stdout), text(&output.stderr))
}

/// The path of a folder that does not exist yet, under the target folder.
pub fn folder(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("authors").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("an earlier run of this test made it");
    }
    folder.to_str().expect("a plain path").to_owned()
}
