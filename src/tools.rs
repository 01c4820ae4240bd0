//! The doors to JavaScript of what only some catalogs need: a `catalog.json` made ready, a compact catalog written as one,
//! regular expressions matched.
//!
//! A module of its own, so that readers of the others do not load it. It knows nothing but how to carry data across.

use std::cell::RefCell;
use std::collections::HashMap;

use js_sys::Array;
use wasm_bindgen::prelude::*;

use crate::Problem;
use crate::compact::Compact;
use crate::js::report_panics;
use crate::pattern::Expression;

/// A catalog made ready.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Compiled {
    bytes: Vec<u8>,
    problems: Vec<Problem>,
}

/// So many bytes does it take to make ready a byte of a catalog.
const MEMORY: usize = 4;

#[wasm_bindgen]
impl Compiled {
    /// Makes the bytes of a `catalog.json` ready, without the entries that cannot be used; see `problems`. What is no UTF-8
    /// is read as U+FFFD. Throws an `Error` whose message lists every problem, one a line, when the catalog cannot be used
    /// as a whole.
    #[wasm_bindgen(constructor)]
    pub fn new(json: Vec<u8>) -> Result<Compiled, JsError> {
        report_panics();
        let json =
            String::from_utf8(json).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        // A module's memory grows in small steps, each of which costs; what a large catalog will take is taken at once.
        drop(Vec::<u8>::with_capacity(json.len() * MEMORY));
        crate::load::compact("catalog.json", json.trim_start_matches('\u{feff}'))
            .map(|(bytes, problems)| Self { bytes, problems })
            .map_err(|problems| JsError::new(&lines(&problems).join("\n")))
    }

    /// The compact catalog. May be taken once.
    pub fn bytes(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }

    /// Why entries were left out, a line each.
    pub fn problems(&self) -> Vec<String> {
        lines(&self.problems)
    }
}

/// A compact catalog as the text of a `catalog.json`. Throws when it cannot be read.
#[wasm_bindgen]
pub fn json(compact: Vec<u8>) -> Result<String, JsError> {
    let compact = Compact::read(compact).map_err(|unreadable| JsError::new(&unreadable.to_string()))?;
    serde_json::to_string(&compact.catalog()).map_err(|error| JsError::new(&error.to_string()))
}

thread_local! {
    /// Expressions that were compiled already; null where one cannot be.
    static EXPRESSIONS: RefCell<HashMap<String, Option<Expression>>> = RefCell::default();
}

/// So many compiled expressions are kept: each takes some 50 KB.
const MOST_EXPRESSIONS: usize = 256;

/// The matches of a regular expression in a text, as the readers' module asks for them.
#[wasm_bindgen]
pub fn matches(expression: &str, text: &str) -> Array {
    let found = EXPRESSIONS.with_borrow_mut(|known| {
        if known.len() >= MOST_EXPRESSIONS && !known.contains_key(expression) {
            known.clear();
        }
        let compiled = known.entry(expression.to_owned()).or_insert_with(|| Expression::new(expression).ok());
        compiled.as_ref().map(|compiled| compiled.matches(text)).unwrap_or_default()
    });
    let list = Array::new();
    let place = |at: usize| JsValue::from(at as u32);
    for found in found {
        list.push(&place(found.span.start));
        list.push(&place(found.span.end));
        list.push(&place(found.values.len()));
        for (name, range) in found.values {
            list.push(&JsValue::from_str(&name));
            list.push(&place(range.start));
            list.push(&place(range.end));
        }
    }
    list
}

fn lines(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}
