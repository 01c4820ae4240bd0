//! The targets in every test run: what broke once, our own cases, and some hundreds of those changed at random.
//!
//! `FUZZ_CASES` says how many are tried for each target. `tests/fuzz/run` lets libFuzzer look for hours instead.

#![cfg(not(target_arch = "wasm32"))]

#[path = "../common/mod.rs"]
mod common;
mod seeds;
mod targets;

use std::fs;

use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

fn target(name: &str) -> fn(&[u8]) {
    targets::TARGETS.iter().find(|(known, _)| *known == name).expect("a target").1
}

/// A change that a fuzzer makes: at a place (in 65,536ths of the text) something is put in, taken out, repeated or spoilt.
#[derive(Clone, Debug)]
enum Change {
    Insert(u16, Vec<u8>),
    Splice(u16, prop::sample::Index, u16, u8),
    Remove(u16, u16),
    Repeat(u16, u8, u8),
    Spoil(u16, u8),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (any::<u16>(), prop::sample::select(seeds::TOKENS))
            .prop_map(|(at, token)| Change::Insert(at, token.as_bytes().to_vec())),
        (any::<u16>(), prop::collection::vec(any::<u8>(), 1..5)).prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        (any::<u16>(), any::<prop::sample::Index>(), any::<u16>(), any::<u8>())
            .prop_map(|(at, seed, from, length)| Change::Splice(at, seed, from, length)),
        (any::<u16>(), 1..200_u16).prop_map(|(at, length)| Change::Remove(at, length)),
        (any::<u16>(), 1..60_u8, 1..20_u8).prop_map(|(at, length, times)| Change::Repeat(at, length, times)),
        (any::<u16>(), any::<u8>()).prop_map(|(at, byte)| Change::Spoil(at, byte)),
    ]
}

fn changed(mut data: Vec<u8>, changes: &[Change], seeds: &[Vec<u8>]) -> Vec<u8> {
    for change in changes {
        let place = |at: u16, length: usize| usize::from(at) * length / 65_536;
        match change {
            Change::Insert(at, bytes) => {
                let at = place(*at, data.len() + 1);
                data.splice(at..at, bytes.iter().copied());
            }
            Change::Splice(at, seed, from, length) => {
                let other = seed.get(seeds);
                let from = place(*from, other.len() + 1);
                let piece = &other[from..(from + usize::from(*length)).min(other.len())];
                let at = place(*at, data.len() + 1);
                data.splice(at..at, piece.iter().copied());
            }
            Change::Remove(at, length) => {
                let at = place(*at, data.len() + 1);
                data.drain(at..(at + usize::from(*length)).min(data.len()));
            }
            Change::Repeat(at, length, times) => {
                let at = place(*at, data.len() + 1);
                let piece = data[at..(at + usize::from(*length)).min(data.len())].repeat(usize::from(*times));
                data.splice(at..at, piece);
            }
            Change::Spoil(at, byte) if !data.is_empty() => {
                let at = place(*at, data.len());
                data[at] = *byte;
            }
            Change::Spoil(..) => {}
        }
    }
    data
}

/// What broke once, the seeds, and changed seeds.
fn run(name: &str, weight: u32) {
    let target = target(name);
    let kept = common::source().join("tests/fuzz/kept").join(name);
    for file in fs::read_dir(kept).into_iter().flatten() {
        target(&fs::read(file.unwrap().path()).unwrap());
    }
    let seeds = seeds::of(name);
    assert!(seeds.len() > 5, "{name} has {} seeds", seeds.len());
    let asked = std::env::var("FUZZ_CASES").ok().and_then(|count| count.parse().ok());
    let cases = asked.unwrap_or(100 * weight);
    let config =
        ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 2000, ..ProptestConfig::default() };
    let strategy = (any::<prop::sample::Index>(), prop::collection::vec(change(), 0..8));
    // The same cases each time, so that a test that passes passes again; others when more are asked for.
    let mut runner = match asked {
        Some(_) => TestRunner::new(config),
        None => TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha)),
    };
    let ran = runner.run(&strategy, |(seed, changes)| {
        let data = changed(seed.get(&seeds).clone(), &changes, &seeds);
        let outcome = std::panic::catch_unwind(|| target(&data));
        prop_assert!(outcome.is_ok(), "{:?}", String::from_utf8_lossy(&data));
        Ok(())
    });
    if let Err(broken) = ran {
        panic!("{name}: {broken}");
    }
}

#[test]
fn diagnose() {
    run("diagnose", 5);
}

#[test]
fn page() {
    run("page", 5);
}

#[test]
fn catalog() {
    run("catalog", 3);
}

#[test]
fn template() {
    run("template", 10);
}

#[test]
fn pattern() {
    run("pattern", 10);
}

#[test]
fn redact() {
    run("redact", 10);
}

#[test]
fn indexed() {
    run("indexed", 2);
}

#[test]
fn compact() {
    run("compact", 10);
}

#[test]
fn sliced() {
    run("sliced", 1);
}

/// libFuzzer reads seeds from files: `FUZZ_SEEDS` names the folder that they are written to.
#[test]
fn seeds_for_libfuzzer() {
    let folder = std::env::var("FUZZ_SEEDS").ok();
    for (name, _) in targets::TARGETS {
        let seeds = seeds::of(name);
        assert!(!seeds.is_empty());
        let Some(folder) = folder.as_ref().map(|folder| std::path::Path::new(folder).join(name)) else { continue };
        fs::create_dir_all(&folder).unwrap();
        for (number, seed) in seeds.iter().enumerate() {
            fs::write(folder.join(number.to_string()), seed).unwrap();
        }
    }
}
