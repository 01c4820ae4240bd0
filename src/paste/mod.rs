//! The paste: layers peeled off, folded, every position mapped back to what was pasted.
//!
//! People paste a message with whatever stood around it: quoted, escaped, encoded, wrapped, coloured. This module makes
//! such text comparable. [`peel`] undoes encodings; [`fold`] keeps only letters and digits, in one case and without
//! accents, so that quotes, spaces, punctuation and line ends cannot matter any more. Both remember where each piece
//! came from, so that an answer can point into the text exactly as it was pasted.
//!
//! It may not know of catalogs, messages or products: the same folding is applied to both sides of every comparison.

mod ascii;
mod fold;
mod letters;
mod peel;
mod peel_codes;
mod refold;

pub use fold::{Edge, Folded, fold, fold_str, key, key_on};
pub use peel::{Peeled, peel, peel_joined};
pub(crate) use refold::Same;

/// A paste made comparable: the text as it is, once more with every encoding undone where that differs, and once more
/// with its lines joined first where a line end may stand inside a code.
///
/// All are kept because undoing can be wrong: `C:\new` holds no line end. Cost: linear in the text; about 12 bytes of
/// memory for each byte of each view.
#[derive(Debug)]
pub struct Paste<'t> {
    /// The text as it was pasted.
    pub text: &'t str,
    views: Vec<Folded>,
    main: usize,
    /// What the second view has in common with the first.
    same: Vec<Same>,
}

impl<'t> Paste<'t> {
    /// Peels and folds a text of at most 4 GiB.
    pub fn new(text: &'t str) -> Self {
        let mut paste = Self::unpeeled(text);
        if let Some(peeled) = peel(text) {
            let (view, same) = refold::refold(&peeled, &paste.views[0]);
            if paste.add(view) {
                (paste.main, paste.same) = (1, same);
            }
            if let Some(joined) = peel_joined(text) {
                let (view, _) = refold::refold(&joined, &paste.views[0]);
                paste.add(view);
            }
        }
        paste
    }

    /// Folds a text and peels nothing off: what the layers are worth is measured against this.
    pub fn unpeeled(text: &'t str) -> Self {
        Self { text, views: vec![fold(text, None)], main: 0, same: Vec::new() }
    }

    /// Adds a view that tells something new, and says whether it does.
    fn add(&mut self, view: Folded) -> bool {
        let is_new = self.views.iter().all(|known| known.text != view.text);
        if is_new {
            self.views.push(view);
        }
        is_new
    }

    /// The folded views, the text as it is first.
    pub fn views(&self) -> &[Folded] {
        &self.views
    }

    /// What a view has in common with the first one, in order of place; none where that is not known.
    pub(crate) fn same(&self, view: usize) -> &[Same] {
        if view == self.main { &self.same } else { &[] }
    }

    /// The view that a reader would take for the text: encodings undone.
    pub fn main(&self) -> &Folded {
        &self.views[self.main]
    }
}

/// A part of the pasted text with its encodings undone, as a person would read it.
pub fn readable(text: &str) -> String {
    peel(text).map_or_else(|| text.to_owned(), |peeled| peeled.text)
}
