//! One target under libFuzzer: the one that `FUZZ_TARGET` names.

#![no_main]

#[path = "../../common/mod.rs"]
mod common;
#[path = "../targets.rs"]
mod targets;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;

static TARGET: LazyLock<fn(&[u8])> = LazyLock::new(|| {
    let name = std::env::var("FUZZ_TARGET").expect("FUZZ_TARGET names the target");
    targets::TARGETS.iter().find(|(known, _)| *known == name).expect("there is such a target").1
});

fuzz_target!(|data: &[u8]| TARGET(data));
