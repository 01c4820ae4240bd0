//! Regular expressions, by the module beside this one: most catalogs have none, and then their readers load no engine
//! for them.
//!
//! The page joins the two modules: what it gives to [`set_expressions`] is asked for the matches of an expression in a
//! text, and answers with one flat list of numbers and names: for each match its start and end and how many values it
//! has, for each value its name, start and end, all in bytes. Where nothing was given, no expression matches.

use std::cell::RefCell;
use std::ops::Range;

use js_sys::{Array, Function};
use wasm_bindgen::{JsCast, JsValue};

use super::PatternMatch;

thread_local! {
    static MATCHES: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Says whom to ask.
pub(crate) fn set_expressions(matches: Function) {
    MATCHES.set(Some(matches));
}

/// An expression, to be asked for.
#[derive(Debug)]
pub(crate) struct Expression(String);

impl Expression {
    /// Never fails: it was compiled when the catalog was made.
    #[allow(clippy::unnecessary_wraps)] // the other one can fail
    pub(crate) fn new(source: &str) -> Result<Self, String> {
        Ok(Self(source.to_owned()))
    }

    /// Every match in a text, in order.
    pub(crate) fn matches(&self, text: &str) -> Vec<PatternMatch> {
        let Some(function) = MATCHES.with_borrow(Clone::clone) else { return Vec::new() };
        let answer = function.call2(&JsValue::NULL, &JsValue::from_str(&self.0), &JsValue::from_str(text));
        let Some(list) = answer.ok().and_then(|answer| answer.dyn_into::<Array>().ok()) else { return Vec::new() };
        let mut at = 0;
        let mut next = || {
            at += 1;
            list.get(at - 1)
        };
        let mut found = Vec::new();
        while let Some(span) = range(&next(), &next(), text) {
            let count = number(&next()).unwrap_or(0);
            let mut values = Vec::new();
            for _ in 0..count {
                let (name, from, to) = (next(), next(), next());
                values.extend(name.as_string().zip(range(&from, &to, text)));
            }
            found.push(PatternMatch { span, values });
        }
        found
    }
}

/// A range of bytes of a text; none where these are not its places.
fn range(from: &JsValue, to: &JsValue, text: &str) -> Option<Range<usize>> {
    let (from, to) = (number(from)?, number(to)?);
    text.get(from..to)?;
    Some(from..to)
}

#[allow(clippy::cast_sign_loss)] // what is below zero becomes zero
fn number(value: &JsValue) -> Option<usize> {
    value.as_f64().map(|number| number as usize)
}
