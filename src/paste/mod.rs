//! The paste: layers peeled off, folded, every position mapped back to what was pasted.
//!
//! People paste a message with whatever stood around it: quoted, escaped, encoded, wrapped, coloured. This module makes
//! such text comparable. [`peel`] undoes encodings; [`fold`] keeps only letters and digits, in one case and without
//! accents, so that quotes, spaces, punctuation and line ends cannot matter any more. Both remember where each piece
//! came from, so that an answer can point into the text exactly as it was pasted.
//!
//! It may not know of catalogs, messages or products: the same folding is applied to both sides of every comparison.

mod fold;
mod peel;
mod peel_codes;

pub use fold::{Edge, Folded, fold, fold_str, key};
pub use peel::{Peeled, peel};

/// A paste made comparable: the text as it is, and once more with every encoding undone where that differs.
///
/// Both are kept because undoing can be wrong: `C:\new` holds no line end. Cost: linear in the text; about 12 bytes of
/// memory for each byte of it.
#[derive(Debug)]
pub struct Paste<'t> {
    /// The text as it was pasted.
    pub text: &'t str,
    views: Vec<Folded>,
}

impl<'t> Paste<'t> {
    /// Peels and folds a text of at most 4 GiB.
    pub fn new(text: &'t str) -> Self {
        let mut views = vec![fold(text, None)];
        if let Some(peeled) = peel(text) {
            let view = fold(&peeled.text, Some(&peeled));
            if view.text != views[0].text {
                views.push(view);
            }
        }
        Self { text, views }
    }

    /// The folded views, the text as it is first.
    pub fn views(&self) -> &[Folded] {
        &self.views
    }
}

/// A part of the pasted text with its encodings undone, as a person would read it.
pub fn readable(text: &str) -> String {
    peel(text).map_or_else(|| text.to_owned(), |peeled| peeled.text)
}
