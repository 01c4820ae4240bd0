//! Redaction, measured on a corpus of real formats with invented secrets, and held to what it promises for any text.
//!
//! `secrets.jsonl` holds texts with what must be gone from them (`secrets`) and what must stay (`keeps`);
//! `harmless.jsonl` holds texts that look like it and must not change. `cargo test --test redact -- --nocapture` prints
//! the table.

#![cfg(not(target_arch = "wasm32"))]

mod corpus;
mod promises;
