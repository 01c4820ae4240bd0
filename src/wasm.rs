//! The doors to JavaScript.
//!
//! Nothing else knows of JavaScript, and this module knows nothing but how to carry data across: a catalog in, reports
//! out, positions in UTF-16 code units.

use std::panic;
use std::rc::Rc;

use js_sys::JSON;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use crate::report::Layers;
use crate::{Options, Problem, Units};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn console_error(text: &str);
}

/// A catalog made ready to diagnose with.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Diagnoser(Rc<crate::Diagnoser>, Vec<Problem>);

/// A long text read piece by piece.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Scanner(crate::Scanner<Rc<crate::Diagnoser>>);

#[wasm_bindgen]
impl Scanner {
    /// Takes the next piece: bytes of UTF-8, which may end inside a character.
    pub fn push(&mut self, bytes: &[u8]) {
        self.0.push_bytes(bytes);
    }

    /// How far it has come: `{ bytes, lines, found }`.
    pub fn progress(&self) -> JsValue {
        to_js(&self.0.progress())
    }

    /// The answer: the report as a plain object. Uses the scanner up.
    pub fn finish(self) -> JsValue {
        to_js(&self.0.finish())
    }
}

#[wasm_bindgen]
impl Diagnoser {
    /// Loads a catalog from the text of a `catalog.json`, without the entries that cannot be used; see `problems`. Throws
    /// an `Error` whose message lists every problem, one a line, when the catalog cannot be used as a whole.
    #[wasm_bindgen(constructor)]
    pub fn new(catalog: &str) -> Result<Diagnoser, JsError> {
        panic::set_hook(Box::new(|panic| console_error(&place_of(panic))));
        crate::Diagnoser::load("catalog.json", catalog)
            .map(|(made, problems)| Self(Rc::new(made), problems))
            .map_err(|problems| JsError::new(&lines(&problems).join("\n")))
    }

    /// Why entries were left out, a line each.
    pub fn problems(&self) -> Vec<String> {
        lines(&self.1)
    }

    /// What a paste says: the report as a plain object. Options are `{ lang, app, product, maxLines, explain,
    /// excerpts }`, each of which may be left out. Throws when an option is of another type.
    pub fn diagnose(&self, text: &str, options: &JsValue) -> Result<JsValue, JsError> {
        let options = asked(options)?;
        Ok(to_js(&self.0.diagnose(text, &options)))
    }

    /// A scanner for a long text, with the options of `diagnose`.
    pub fn scan(&self, options: &JsValue) -> Result<Scanner, JsError> {
        Ok(Scanner(crate::Scanner::new(Rc::clone(&self.0), asked(options)?)))
    }

    /// What there is to know, a line each: `[{ id, product, apps, title, lang, message }]`.
    pub fn entries(&self, lang: &str) -> JsValue {
        to_js(&self.0.entries(lang))
    }

    /// What an entry tells, as a diagnosis without anything of a paste; `null` when there is no such entry.
    pub fn entry(&self, id: &str, lang: &str) -> JsValue {
        to_js(&self.0.tell(id, lang))
    }

    /// The apps: `[{ name, aliases }]`.
    pub fn apps(&self) -> JsValue {
        to_js(&self.0.catalog().apps)
    }

    /// The products: `[{ id, title }]`.
    pub fn products(&self, lang: &str) -> JsValue {
        to_js(&self.0.products(lang))
    }

    /// The languages that any entry has a text in.
    pub fn languages(&self) -> JsValue {
        to_js(&self.0.catalog().languages())
    }
}

/// A text without its secrets: `{ text, replacements: [{ kind, placeholder, start, end }] }`, positions in the original.
/// It needs no catalog.
#[wasm_bindgen]
pub fn redact(text: &str) -> JsValue {
    to_js(&crate::redact(text, Units::Utf16))
}

fn lines(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}

/// What the console is told of a panic: where in the source it was, and never its message, which can quote the paste.
fn place_of(panic: &panic::PanicHookInfo<'_>) -> String {
    match panic.location() {
        Some(place) => format!("error-diagnoser broke down at {}:{}", place.file(), place.line()),
        None => "error-diagnoser broke down".to_owned(),
    }
}

/// The options of `diagnose`.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Asked {
    lang: Option<String>,
    app: Option<String>,
    product: Option<String>,
    max_lines: Option<usize>,
    explain: bool,
    excerpts: bool,
}

fn asked(options: &JsValue) -> Result<Options, JsError> {
    let asked: Asked = if options.is_undefined() || options.is_null() {
        Asked::default()
    } else {
        let json = JSON::stringify(options).map(String::from).unwrap_or_default();
        serde_json::from_str(&json).map_err(|error| JsError::new(&format!("the options: {error}")))?
    };
    Ok(Options {
        lang: asked.lang.unwrap_or_default(),
        app: asked.app,
        product: asked.product,
        units: Units::Utf16,
        max_lines: asked.max_lines,
        explain: asked.explain,
        excerpts: asked.excerpts,
        without: Layers::default(),
    })
}

/// Plain objects, `null` for none: what `JSON.parse` would have made of the same data.
fn to_js(data: &impl Serialize) -> JsValue {
    // Made by the browser from one text, which is quicker than a call for each object, and takes less code here. Our own
    // data has string keys and finite numbers only, so neither step can fail.
    let json = serde_json::to_string(data).unwrap_or_default();
    JSON::parse(&json).unwrap_or(JsValue::NULL)
}
