//! How fast the library is natively: `cargo bench`, or `cargo bench -- 1000 10000` for some catalog sizes only.
//!
//! Catalogs and logs are those of `tests/bench/run`, which measures the shipped module beside the alternatives. First comes
//! whether time grows with the text alone, whatever it is wrapped in; then, for each catalog size, making the catalog ready
//! and reading 1 MB of log. What takes longer than the limit is given up, and reads "over N s".
//!
//! `cargo bench -- naive` holds the matcher against one without an index, on a million lines; it takes some minutes.

#![cfg(not(target_arch = "wasm32"))]

mod generate;
mod naive;

use std::fmt::Write;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use error_diagnoser::{Confidence, Diagnoser, Options};
use generate::{Grammar, Log, id, mark};
use serde::Deserialize;

const SIZES: [usize; 5] = [10, 100, 1000, 10_000, 100_000];
const TEXT: usize = 1_000_000;
const SHORTER: usize = 400_000;
const LIMIT: Duration = Duration::from_secs(30);
/// At most this many runs, and no more once this much time is spent; the median counts.
const RUNS: usize = 9;
const BUDGET: Duration = Duration::from_secs(2);

fn main() {
    let grammar = Grammar::read();
    compare_with_the_other_generator(&grammar);
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if !arguments.iter().any(|argument| argument == "--bench") {
        println!("The generators agree. `cargo bench` measures.");
        return;
    }
    if arguments.iter().any(|argument| argument == "naive") {
        naive::compare(&grammar, 1000, 1_000_000);
        naive::compare(&grammar, 10_000, 20_000);
        return;
    }
    let asked: Vec<usize> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if asked.is_empty() { SIZES.to_vec() } else { asked };
    if sizes.len() > 1 {
        linearity(&grammar);
    }
    println!("\n{:>8}  {:>10}  {:>10}  {:>9}  found", "messages", "ready, ms", "1 MB, ms", "MB/s");
    for size in sizes {
        if !by_catalog_size(&grammar, size) {
            // What was given up still runs; there is nothing more to measure beside it.
            println!("          given up there");
            return;
        }
    }
}

#[derive(Deserialize)]
struct Marks {
    messages: String,
    texts: String,
    log: String,
}

fn compare_with_the_other_generator(grammar: &Grammar) {
    let expected: Marks = serde_json::from_str(include_str!("marks.json")).expect("the marks are whole");
    let made = grammar.messages(2000);
    assert_eq!(
        mark(&made.messages.join("\n")),
        expected.messages,
        "generate.rs makes other messages than generate.mjs"
    );
    let catalog = grammar.catalog(&made.messages);
    let mut prose = Vec::new();
    for text in catalog.entries.iter().map(|entry| &entry.texts["en"]) {
        prose.push(text.title.as_str());
        let situation = &text.situations[0];
        for inline in situation.cause.iter().chain(&situation.steps[0]) {
            let error_diagnoser::Inline::Text(words) = inline else { unreachable!("the generator makes plain text") };
            prose.push(words);
        }
    }
    assert_eq!(mark(&prose.join("\n")), expected.texts, "generate.rs makes other texts than generate.mjs");
    assert_eq!(mark(&grammar.log(&made, 200_000).text), expected.log, "generate.rs makes other logs than generate.mjs");
}

/// The time for 1 MB against that for 400 KB, by what the text is wrapped in: 2.5 where time is linear.
fn linearity(grammar: &Grammar) {
    let made = grammar.messages(1000);
    let diagnoser = Arc::new(Diagnoser::new(grammar.catalog(&made.messages)).expect("the catalog is valid"));
    let log = grammar.log(&made, TEXT).text;
    println!("{:<18}  {:>10}  {:>10}  ratio (linear: 2.5)", "1,000 messages", "400 KB, ms", "1 MB, ms");
    for (name, wrap) in WRAPPINGS {
        let wrapped = wrap(&log);
        let mut times = Vec::new();
        for size in [SHORTER, TEXT] {
            let end = (0..=size.min(wrapped.len())).rev().find(|end| wrapped.is_char_boundary(*end)).unwrap_or(0);
            let text = wrapped[..end].to_owned();
            let diagnoser = Arc::clone(&diagnoser);
            let Some(time) = limited(move || median(|| diagnoser.diagnose(&text, &Options::default()))) else {
                println!("{name:<18}  over {} s at {size} bytes", LIMIT.as_secs());
                return;
            };
            times.push(time.as_secs_f64() * 1e3);
        }
        println!("{name:<18}  {:>10.1}  {:>10.1}  {:.2}", times[0], times[1], times[1] / times[0]);
    }
}

/// What puts a text into something that a paste comes in.
type Wrap = fn(&str) -> String;

const WRAPPINGS: [(&str, Wrap); 5] = [
    ("plain", str::to_owned),
    ("JSON string", |text| serde_json::to_string(text).expect("a text is JSON")),
    ("HTML entities", |text| {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('\'', "&#39;")
            .replace(':', "&#x3A;")
            .replace('\n', "<br>")
    }),
    ("percent-encoded", |text| {
        text.bytes().fold(String::new(), |mut encoded, byte| {
            if byte.is_ascii_alphanumeric() {
                encoded.push(char::from(byte));
            } else {
                write!(encoded, "%{byte:02X}").expect("memory");
            }
            encoded
        })
    }),
    ("ANSI colours", |text| {
        text.replace(" ERROR ", " \x1b[1;31mERROR\x1b[0m ").replace('[', "\x1b[36m[").replace("] ", "]\x1b[0m ")
    }),
];

/// Measures one catalog size and prints its row; false where it took too long.
fn by_catalog_size(grammar: &Grammar, size: usize) -> bool {
    let made = grammar.messages(size);
    let catalog = grammar.catalog(&made.messages);
    let log = grammar.log(&made, TEXT);
    print!("{size:>8}  ");
    let ready = limited(move || {
        let from = Instant::now();
        let diagnoser = Diagnoser::new(catalog).expect("the catalog is valid");
        (from.elapsed(), diagnoser)
    });
    let Some((ready, diagnoser)) = ready else {
        println!("over {} s", LIMIT.as_secs());
        return false;
    };
    print!("{:>10.1}  ", ready.as_secs_f64() * 1e3);
    let bytes = log.text.len();
    let measured = limited(move || {
        let found = found(&diagnoser, &log);
        (median(|| diagnoser.diagnose(&log.text, &Options::default())), found)
    });
    let Some((time, found)) = measured else {
        println!("over {} s", LIMIT.as_secs());
        return false;
    };
    let speed = Duration::from_secs(bytes as u64).as_secs_f64() / time.as_secs_f64() / 1e6;
    println!("{:>10.1}  {speed:>9.1}  {found}", time.as_secs_f64() * 1e3);
    true
}

/// How many of the planted messages are found, and how many that were not planted.
fn found(diagnoser: &Diagnoser, log: &Log) -> String {
    let mut counts = vec![0; log.planted.len()];
    let numbers: std::collections::HashMap<String, usize> =
        (0..counts.len()).map(|number| (id(number), number)).collect();
    for diagnosis in diagnoser.diagnose(&log.text, &Options::default()).diagnoses {
        if diagnosis.confidence == Confidence::Certain {
            counts[numbers[&diagnosis.entry]] += diagnosis.count;
        }
    }
    let pairs = || counts.iter().zip(&log.planted);
    let right: usize = pairs().map(|(count, planted)| count.min(planted)).sum();
    let extra: usize = pairs().map(|(count, planted)| count.saturating_sub(*planted)).sum();
    format!("{right} of {}, {extra} too many", log.planted.iter().sum::<usize>())
}

/// The median of several runs, after one that warms up.
fn median<T>(mut run: impl FnMut() -> T) -> Duration {
    let mut time = || {
        let from = Instant::now();
        std::hint::black_box(run());
        from.elapsed()
    };
    let mut times = vec![time()];
    while times.len() <= RUNS && times.iter().sum::<Duration>() < BUDGET {
        times.push(time());
    }
    if times.len() > 1 {
        times.remove(0);
    }
    times.sort_unstable();
    times[times.len() / 2]
}

/// What `run` gives, unless it takes longer than the limit. It cannot be stopped then, only left.
fn limited<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(run()));
    receiver.recv_timeout(LIMIT).ok()
}
