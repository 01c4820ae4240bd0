//! The library as a browser runs it.

#![cfg(target_arch = "wasm32")]

use error_diagnoser::{Catalog, Entry, Message, Product};
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
