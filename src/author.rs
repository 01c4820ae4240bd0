//! The authors' doors to JavaScript: pages in, a catalog and its problems out.
//!
//! This is another module than the readers' (`wasm`), built from the same library with the feature `author`, because
//! whoever only pastes an error should not load a Markdown parser. It knows nothing but how to carry data across.

use serde::{Deserialize, Serialize};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use crate::page::{self, Page, Place};
use crate::{Catalog, Problem};

/// A page, as JavaScript gives it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    path: String,
    text: String,
}

/// What pages compile to, as JavaScript gets it.
#[derive(Serialize)]
struct Compiled {
    catalog: Catalog,
    problems: Vec<Problem>,
    places: Vec<Placed>,
}

/// Where an entry stands, in one language.
#[derive(Serialize)]
struct Placed {
    entry: String,
    lang: String,
    path: String,
    line: u32,
    column: u32,
}

/// Compiles pages, `[{ path, text }]`, to `{ catalog, problems, places }`: the catalog is the data of a `catalog.json`, a
/// problem `{ code, severity, path, line, column, what, help }`, a place `{ entry, lang, path, line, column }`. Throws
/// only when the pages are of another type.
#[wasm_bindgen]
pub fn compile(pages: JsValue) -> Result<JsValue, JsError> {
    let given: Vec<Given> =
        serde_wasm_bindgen::from_value(pages).map_err(|error| JsError::new(&format!("the pages: {error}")))?;
    let pages: Vec<Page> = given.into_iter().map(|Given { path, text }| Page { path, text }).collect();
    let page::Compiled { mut catalog, problems, places, pages, .. } = page::compile(&pages);
    crate::living::stamp(&mut catalog, &pages);
    let placed = |((entry, lang), Place { path, line, column })| Placed { entry, lang, path, line, column };
    Ok(to_js(&Compiled { catalog, problems, places: places.into_iter().map(placed).collect() }))
}

/// Plain objects, `null` for none: what `JSON.parse` would have made of the same data.
fn to_js(data: &impl Serialize) -> JsValue {
    // Our own data has string keys and finite numbers only, so this cannot fail.
    data.serialize(&Serializer::json_compatible()).unwrap_or(JsValue::NULL)
}
