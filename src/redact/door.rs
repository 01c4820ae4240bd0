//! The door to JavaScript of redaction: a module of its own, which is there before a report is asked for and which no
//! answer waits for.

use wasm_bindgen::prelude::*;

use crate::Units;
use crate::js::{report_panics, to_js};

/// A text without its secrets: `{ text, replacements: [{ kind, placeholder, start, end }] }`, positions in the original.
#[wasm_bindgen]
pub fn redact(text: &str) -> JsValue {
    report_panics();
    to_js(&super::redact(text, Units::Utf16))
}
