//! The doors to JavaScript.
//!
//! Nothing else knows of JavaScript, and this module knows nothing but how to carry data across: a catalog in, reports
//! out, positions in UTF-16 code units.

use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::prelude::*;

use crate::js::{report_panics, to_js};
use crate::pattern::set_expressions;
use crate::report::Layers;
use crate::{Options, Report, Units, flat};

/// A catalog made ready to diagnose with.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Diagnoser(Rc<crate::Diagnoser>);

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

    /// The answer, as [`Diagnoser::diagnose`] gives it. Uses the scanner up.
    pub fn finish(self) -> JsValue {
        report_to_js(self.0.finish())
    }
}

#[wasm_bindgen]
impl Diagnoser {
    /// Takes the bytes of a compact catalog. Throws an `Error` with a sentence when they cannot be used.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: Vec<u8>) -> Result<Diagnoser, JsError> {
        report_panics();
        crate::Diagnoser::read(bytes)
            .map(|made| Self(Rc::new(made)))
            .map_err(|unreadable| JsError::new(&unreadable.to_string()))
    }

    /// What a paste says: the report as a plain object. Diagnoses that bring no texts are left out of its list and stand in
    /// `flat` and `said`, as www/told-later.js reads them. Options are `{ lang, app, product, maxLines, texts,
    /// explain, excerpts }`, each of which may be left out.
    pub fn diagnose(&self, text: &str, options: &Asked) -> JsValue {
        report_to_js(self.0.diagnose(text, &options.options()))
    }

    /// Makes something ready that the first damaged message would have to wait for; false when nothing is left.
    #[wasm_bindgen(js_name = warmUp)]
    pub fn warm_up(&self, step: u32) -> bool {
        self.0.warm_up(step)
    }

    /// A scanner for a long text, with the options of `diagnose`.
    pub fn scan(&self, options: &Asked) -> Scanner {
        Scanner(crate::Scanner::new(Rc::clone(&self.0), options.options()))
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
        to_js(&self.0.apps())
    }

    /// Whether some messages are regular expressions; see [`expressions`].
    #[wasm_bindgen(js_name = hasExpressions)]
    pub fn has_expressions(&self) -> bool {
        self.0.has_expressions()
    }

    /// The products: `[{ id, title }]`.
    pub fn products(&self, lang: &str) -> JsValue {
        to_js(&self.0.products(lang))
    }

    /// Whom to ask when nothing is found: a piece of prose by language.
    pub fn contact(&self) -> JsValue {
        to_js(self.0.contact())
    }

    /// The languages that any entry has a text in.
    pub fn languages(&self) -> JsValue {
        to_js(&self.0.languages())
    }
}

/// Says who finds regular expressions: a function of an expression and a text that gives a list, for each match its
/// start and end and how many values it has, for each value its name, start and end, all in bytes of UTF-8.
#[wasm_bindgen]
pub fn expressions(matches: Function) {
    set_expressions(matches);
}

#[wasm_bindgen]
extern "C" {
    /// The options of `diagnose`: an object whose fields are read as they are needed.
    #[derive(Debug)]
    pub type Asked;
    #[wasm_bindgen(method, getter)]
    fn lang(this: &Asked) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn app(this: &Asked) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn product(this: &Asked) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = maxLines)]
    fn max_lines(this: &Asked) -> Option<u32>;
    #[wasm_bindgen(method, getter)]
    fn texts(this: &Asked) -> Option<u32>;
    #[wasm_bindgen(method, getter)]
    fn explain(this: &Asked) -> bool;
    #[wasm_bindgen(method, getter)]
    fn excerpts(this: &Asked) -> bool;
}

#[wasm_bindgen]
extern "C" {
    type Told;
    #[wasm_bindgen(method, setter)]
    fn set_flat(this: &Told, numbers: Vec<u32>);
    #[wasm_bindgen(method, setter)]
    fn set_said(this: &Told, text: &str);
}

fn report_to_js(mut report: Report) -> JsValue {
    let flat = flat::take(&mut report);
    let told: Told = to_js(&report).unchecked_into();
    if !flat.numbers.is_empty() {
        told.set_said(&flat.said);
        told.set_flat(flat.numbers);
    }
    told.into()
}

impl Asked {
    fn options(&self) -> Options {
        Options {
            lang: self.lang().unwrap_or_default(),
            app: self.app(),
            product: self.product(),
            units: Units::Utf16,
            max_lines: self.max_lines().map(|lines| lines as usize),
            texts: self.texts().map(|texts| texts as usize),
            explain: self.explain(),
            excerpts: self.excerpts(),
            without: Layers::default(),
        }
    }
}
