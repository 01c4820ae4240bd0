//! The library as a browser runs it.

#![cfg(target_arch = "wasm32")]

use error_diagnoser::{Catalog, Confidence, Diagnoser, Entry, Message, Options, Product, Text, Units};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn runs_in_a_browser() {
    assert!(web_sys::window().is_some(), "this must not fall back to another engine");
}

#[wasm_bindgen_test]
fn a_catalog_with_problems_names_them_all() {
    let mut catalog = Catalog::default();
    catalog.products.push(Product { id: "shop".into(), ..Product::default() });
    catalog.entries.push(Entry {
        id: "shop/out-of-stock".into(),
        product: "bakery".into(),
        messages: vec![Message::text("en", "Item {sku} is out of stock")],
        ..Entry::default()
    });
    let codes: Vec<String> = catalog.validate().into_iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["bad-id", "unknown-product", "entry-without-text"]);
}

#[wasm_bindgen_test]
fn a_text_is_redacted_in_a_browser() {
    // In UTF-16 the smiling face takes two units.
    let redaction = error_diagnoser::redact("😀 ann@contoso.com", Units::Utf16);
    assert_eq!(redaction.text, "😀 <email-1>");
    assert_eq!((redaction.replacements[0].start, redaction.replacements[0].end), (3, 18));
}

#[wasm_bindgen_test]
fn a_paste_is_answered_in_a_browser() {
    let mut catalog = Catalog::default();
    catalog.products.push(Product { id: "shop".into(), ..Product::default() });
    catalog.entries.push(Entry {
        id: "shop/out-of-stock".into(),
        product: "shop".into(),
        messages: vec![Message::text("en", "Item {sku} is out of stock")],
        texts: [("en".into(), Text { title: "Out of stock".into(), ..Text::default() })].into(),
        ..Entry::default()
    });
    let diagnoser = Diagnoser::new(catalog).unwrap();
    // In UTF-16 the smiling face takes two units, so the value begins at 3 + 5.
    let report =
        diagnoser.diagnose("😀 item A\u{308}1 is OUT of stock", &Options { units: Units::Utf16, ..Options::default() });
    assert_eq!(report.diagnoses[0].confidence, Confidence::Certain);
    let value = &report.diagnoses[0].values[0];
    assert_eq!((value.value.as_str(), value.start, value.end), ("A\u{308}1", 8, 11));
}
