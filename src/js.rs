//! What all doors to JavaScript share: data as plain objects, and what is said of a panic.

use std::panic;

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn console_error(text: &str);
}

/// Has the console told where a panic was.
pub(crate) fn report_panics() {
    panic::set_hook(Box::new(|panic| console_error(&place_of(panic))));
}

/// What the console is told of a panic: where in the source it was, and never its message, which can quote the paste.
fn place_of(panic: &panic::PanicHookInfo<'_>) -> String {
    match panic.location() {
        Some(place) => format!("error-diagnoser broke down at {}:{}", place.file(), place.line()),
        None => "error-diagnoser broke down".to_owned(),
    }
}

#[cfg(any(not(feature = "tools"), feature = "redact"))]
/// Plain objects, `null` for none: what `JSON.parse` would have made of the same data.
pub(crate) fn to_js(data: &impl serde::Serialize) -> JsValue {
    // Made by the browser from one text, which is quicker than a call for each object, and takes less code here. Our own
    // data has string keys and finite numbers only, so neither step can fail.
    let json = serde_json::to_string(data).unwrap_or_default();
    js_sys::JSON::parse(&json).unwrap_or(JsValue::NULL)
}
