//! What can go wrong, and what must happen then: a test for each line of `README.md` beside this, named by its number.

#![cfg(not(target_arch = "wasm32"))]

#[path = "../common/mod.rs"]
mod common;

mod catalog;
mod gates;
mod paste;
mod redaction;
