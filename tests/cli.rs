//! The command as people and scripts meet it: exit statuses, sentences, formats.

#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const MISSING_CONNECTOR: &str =
    "Could not create/update work item for alert cpu-high. ITSM Connector 7f3c does not exist or was deleted.";

/// A run of the command, and what must come of it.
struct Case {
    arguments: &'static str,
    stdin: &'static [u8],
    status: i32,
    /// What standard output holds; empty when it must hold nothing.
    out: &'static [&'static str],
    /// What standard error holds; empty when it must hold nothing.
    err: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case { arguments: "", stdin: b"", status: 2, out: &[], err: &["Usage: error-diagnoser <COMMAND>"] },
    Case { arguments: "explain", stdin: b"", status: 2, out: &[], err: &["unrecognized subcommand 'explain'"] },
    Case { arguments: "diagnose --colour", stdin: b"", status: 2, out: &[], err: &["unexpected argument '--colour'"] },
    Case { arguments: "diagnose --json --jsonl", stdin: b"", status: 2, out: &[], err: &["cannot be used with"] },
    Case { arguments: "serve --port 70000", stdin: b"", status: 2, out: &[], err: &["invalid value '70000'"] },
    Case {
        arguments: "score -",
        stdin: b"{\"id\":\"a\",\"text\":\"User Not Authenticated\",\"expected\":[\"itsmc/authentication\"]}\n\
            {\"id\":\"b\",\"text\":\"User Not Authenticated\",\"expected\":[]}\nnonsense\n",
        status: 2,
        out: &["50.0 %", "b: FalseAlarm: expected nothing; found itsmc/authentication (certain)"],
        err: &["standard input:3:2: not a case: expected ident; write one JSON object a line"],
    },
    Case {
        arguments: "diagnose --explain",
        stdin: b"HttpRequestFailure: Setver returned: 404 Npt Found",
        status: 0,
        out: &["likely", "Why: nearly all of the message stands in the text", "Missing:", "Next came:"],
        err: &[],
    },
    Case { arguments: "--version", stdin: b"", status: 0, out: &["error-diagnoser 0."], err: &[] },
    Case {
        arguments: "diagnose missing.log",
        stdin: b"",
        status: 2,
        out: &[],
        err: &["error: cannot read missing.log: it does not exist; give a text file that holds the error\n"],
    },
    Case {
        arguments: "diagnose tests",
        stdin: b"",
        status: 2,
        out: &[],
        err: &["error: cannot read tests: it is a folder; give a text file"],
    },
    Case {
        arguments: "diagnose",
        stdin: b"",
        status: 2,
        out: &[],
        err: &["error: standard input is empty; give the text of an error\n"],
    },
    Case { arguments: "diagnose -", stdin: b" \r\n\t\n", status: 2, out: &[], err: &["standard input is empty"] },
    Case { arguments: "diagnose --json", stdin: b"", status: 2, out: &[], err: &["standard input is empty"] },
    Case {
        arguments: "diagnose",
        stdin: b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xcb\x48\xcd\xc9\xc9\x07\x00",
        status: 2,
        out: &[],
        err: &["error: standard input is compressed with gzip; unpack it first"],
    },
    Case {
        arguments: "diagnose",
        stdin: b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03\x00\x3e\x00\x01\x00\x00\x00",
        status: 2,
        out: &[],
        err: &["error: standard input is not text but a binary file; give the error's text"],
    },
    Case {
        arguments: "diagnose",
        stdin: b"The weather is lovely today.",
        status: 0,
        out: &["Nothing in the catalog is sure to be this error.\n"],
        err: &[],
    },
    Case {
        arguments: "diagnose --lang sv",
        stdin: b"The weather is lovely today.",
        status: 0,
        out: &["Inget i katalogen"],
        err: &[],
    },
    Case {
        arguments: "diagnose",
        stdin: MISSING_CONNECTOR.as_bytes(),
        status: 0,
        out: &["itsmc/missing-connector", "certain", "= cpu-high\n", "= 7f3c\n", "Cause: ", "What to do", "https://"],
        err: &[],
    },
    Case {
        arguments: "diagnose --lang nl",
        stdin: MISSING_CONNECTOR.as_bytes(),
        status: 0,
        out: &["itsmc/missing-connector", "zeker", "Oorzaak: ", "= cpu-high\n"],
        err: &[],
    },
    Case {
        arguments: "diagnose --catalog nowhere",
        stdin: b"x",
        status: 2,
        out: &[],
        err: &["error: cannot read the catalog nowhere: it does not exist; give a folder of pages"],
    },
    Case {
        arguments: "diagnose --catalog src",
        stdin: b"x",
        status: 2,
        out: &[],
        err: &["error: there is no page (.md) in the folder src; give"],
    },
    Case {
        arguments: "diagnose --catalog tests/cli/three-mistakes.json",
        stdin: b"x",
        status: 2,
        out: &[],
        err: &[
            "three-mistakes.json:6:5: error[entry-without-message]: entry \"shop/out-of-stock\": ",
            "three-mistakes.json:6:5: error[bad-link]: entry \"shop/out-of-stock\": the link \"javascript:alert(1)\"",
            "three-mistakes.json:25:5: error[unknown-product]: entry \"bakery/oven-cold\": ",
            "error: the catalog tests/cli/three-mistakes.json has no entry that can be used",
        ],
    },
    Case {
        arguments: "redact",
        stdin: b"password=hunter2 from 10.1.2.3\r\n",
        status: 0,
        out: &["password=<secret-1> from <ip-1>\r\n"],
        err: &[],
    },
    Case {
        arguments: "redact --json -",
        stdin: "\u{1f600} ann@contoso.com".as_bytes(),
        status: 0,
        out: &["\"text\": \"\u{1f600} <email-1>\"", "\"kind\": \"email\"", "\"start\": 3,", "\"end\": 18\n"],
        err: &[],
    },
    Case {
        arguments: "redact missing.log",
        stdin: b"",
        status: 2,
        out: &[],
        err: &["error: cannot read missing.log: it does not exist"],
    },
    Case {
        arguments: "check tests/cli/three-mistakes.json",
        stdin: b"",
        status: 1,
        out: &[
            "tests/cli/three-mistakes.json:6:5: error[entry-without-message]: entry \"shop/out-of-stock\": ",
            "tests/cli/three-mistakes.json:6:5: error[bad-link]: entry \"shop/out-of-stock\": ",
            "tests/cli/three-mistakes.json:25:5: error[unknown-product]: entry \"bakery/oven-cold\": ",
            "0 pages, 0 entries, 0 messages, 0 languages, 0 samples: 3 errors\n",
        ],
        err: &[],
    },
    Case {
        arguments: "check tests/cli/three-mistakes",
        stdin: b"",
        status: 1,
        out: &[
            // A link that runs a script, the second entry of one id, an entry without a message.
            "tests/cli/three-mistakes/en.md:11:",
            "tests/cli/three-mistakes/en.md:17:",
            "tests/cli/three-mistakes/en.md:27:",
            "1 page, ",
        ],
        err: &[],
    },
    Case {
        arguments: "check --json tests/cli/three-mistakes.json",
        stdin: b"",
        status: 1,
        out: &["\"code\": \"bad-link\"", "\"errors\": 3"],
        err: &[],
    },
    Case { arguments: "check --strict", stdin: b"", status: 0, out: &["no problem\n"], err: &[] },
    Case {
        arguments: "check nowhere.md",
        stdin: b"",
        status: 2,
        out: &[],
        err: &["error: cannot read the catalog nowhere.md: it does not exist"],
    },
    Case {
        arguments: "build --out src",
        stdin: b"",
        status: 2,
        out: &[],
        err: &["error: the folder src holds something else than a site made by `build`; name a new or empty one"],
    },
    Case {
        arguments: "build --out target/never --catalog tests/cli/three-mistakes.json",
        stdin: b"",
        status: 1,
        out: &[],
        err: &["bad-link", "error: the catalog tests/cli/three-mistakes.json has 3 problems; mend what is named above"],
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
            wrong.extend(
                wanted.iter().filter(|part| !text.contains(*part)).map(|part| format!("lacks {part:?} on {stream}")),
            );
        }
        let said = format!("--- standard output\n{out}\n--- standard error\n{err}");
        (!wrong.is_empty()).then(|| format!("`{}` {}\n{said}", self.arguments, wrong.join(", ")))
    }
}

#[test]
fn json_counts_as_javascript_does() {
    let paste = format!("𝄞 {MISSING_CONNECTOR}");
    let answer = json(&run(&["diagnose", "--json"], paste.as_bytes()));
    let diagnosis = &answer["diagnoses"][0];
    assert_eq!(diagnosis["entry"], "itsmc/missing-connector");
    let value = &diagnosis["values"][0];
    let units: Vec<u16> = paste.encode_utf16().collect();
    let place = |field: &str| usize::try_from(value[field].as_u64().expect("a position")).expect("it fits");
    assert_eq!(String::from_utf16(&units[place("start")..place("end")]).expect("whole characters"), "cpu-high");
    assert_eq!(answer["scanned"]["chars"], units.len());
}

#[test]
fn several_files_give_an_array() {
    let file = folder("several").join("one.log");
    fs::write(&file, MISSING_CONNECTOR).expect("writable");
    let name = file.to_str().expect("a plain path");
    let answers = json(&run(&["diagnose", "--json", name, "-"], b"The weather is lovely today."));
    assert_eq!(answers[0]["file"], name);
    assert_eq!(answers[0]["diagnoses"][0]["entry"], "itsmc/missing-connector");
    assert_eq!(answers[1]["file"], "standard input");
    let prose = texts(&run(&["diagnose", name, name], b"")).0;
    assert_eq!(prose.matches(&format!("== {name} ==\n")).count(), 2, "{prose}");
}

#[test]
fn lines_of_cases_are_answered_around_a_broken_one() {
    let output = run(&["diagnose", "--jsonl", "tests/cli/cases.jsonl"], b"");
    let (out, err) = texts(&output);
    assert_eq!(output.status.code(), Some(2), "{err}");
    let answers: Vec<serde_json::Value> =
        out.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
    let ids: Vec<String> = answers.iter().map(|answer| answer["id"].to_string()).collect();
    assert_eq!(ids, ["\"first\"", "4", "\"empty\""]);
    assert_eq!(answers[0]["diagnoses"][0]["entry"], "itsmc/missing-connector");
    assert_eq!(answers[1]["diagnoses"][0]["lang"], "nl");
    assert_eq!(answers[2]["diagnoses"].as_array().map(Vec::len), Some(0));
    assert_eq!(err.lines().count(), 2, "{err}");
    assert!(err.contains("tests/cli/cases.jsonl:2:"), "{err}");
    assert!(err.contains("tests/cli/cases.jsonl:5:") && err.contains("missing field `text`"), "{err}");
}

#[test]
fn five_megabytes_are_answered() {
    let noise = "2026-03-01T12:00:00Z INFO heartbeat from worker 17, queue length 0, nothing to do\n";
    let mut paste = noise.repeat(5 * 1024 * 1024 / noise.len());
    let lines = paste.lines().count();
    paste += MISSING_CONNECTOR;
    let output = run(&["diagnose"], paste.as_bytes());
    let (out, err) = texts(&output);
    assert_eq!(output.status.code(), Some(0), "{err}");
    assert!(out.contains("itsmc/missing-connector") && out.contains(&format!("line {}", lines + 1)), "{out}");
}

#[test]
fn a_paste_cannot_write_on_the_terminal() {
    let paste = MISSING_CONNECTOR.replace("cpu-high", "cpu\u{202e}\u{9b}high");
    let out = texts(&run(&["diagnose"], paste.as_bytes())).0;
    assert!(out.contains("itsmc/missing-connector"), "{out:?}");
    assert!(!out.contains(['\u{1b}', '\u{202e}', '\u{9b}']), "{out:?}");
}

#[test]
fn a_port_in_use_is_said_before_anything_is_built() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("some port is free");
    let port = taken.local_addr().expect("it has an address").port().to_string();
    let output = run(&["serve", "--port", &port], b"");
    let (out, err) = texts(&output);
    assert_eq!(output.status.code(), Some(2), "{err}");
    let sentence = format!(
        "error: cannot serve on port {port} of 127.0.0.1: another program uses it; choose another with --port\n"
    );
    assert_eq!((out.as_str(), err), ("", sentence));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let check = ["check", "tests/cli/three-mistakes.json"];
    for (arguments, status) in [(&["diagnose", "--jsonl"][..], 0), (&["diagnose"], 0), (&check, 1)] {
        let mut child = command(arguments).stdin(Stdio::piped()).spawn().expect("the command starts");
        drop(child.stdout.take());
        let mut stdin = child.stdin.take().expect("it is piped");
        // It may have ended already; that is what is tested below.
        let _ = writeln!(stdin, "{{\"id\": 1, \"text\": \"x\"}}");
        drop(stdin);
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(texts(&output).1, "", "{arguments:?}");
        assert_eq!(output.status.code(), Some(status), "{arguments:?}");
    }
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_error-diagnoser"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR"));
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs the command in the source folder. It must never panic, whatever else is expected of it.
fn run(arguments: &[&str], stdin: &[u8]) -> Output {
    let mut child = command(arguments).stdin(Stdio::piped()).spawn().expect("the command starts");
    let mut pipe = child.stdin.take().expect("it is piped");
    let input = stdin.to_vec();
    let writer = std::thread::spawn(move || pipe.write_all(&input));
    let output = child.wait_with_output().expect("it ends");
    // A command that refuses its arguments does not read what it is given.
    let _ = writer.join().expect("the writer does not panic");
    assert!(!texts(&output).1.contains("panicked"), "{arguments:?}: {}", texts(&output).1);
    output
}

fn texts(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("it writes UTF-8");
    (text(&output.stdout), text(&output.stderr))
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).expect("it is JSON")
}

/// A folder for this test, under the target folder.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).expect("writable");
    folder
}
