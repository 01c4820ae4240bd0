//! A `catalog.json` read in one pass, as if nothing were wrong with it: most of the time nothing is.
//!
//! To say where an entry stands that cannot be used, the reader above finds all entries before it reads any, and counts
//! lines. Here none of that is done, and whatever is amiss or merely unusual (a key twice, products behind the entries) ends
//! the reading: whoever asked then reads once more with places. This module says nothing of what is wrong, only that all is
//! well.

use std::collections::BTreeSet;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::super::{Catalog, Entry, MAX_ENTRIES, Product};
use super::MAX_BYTES;
use crate::keyed::{Keyed, key_of_bytes};

impl Catalog {
    /// Reads a catalog entry after entry and gives each to `take`, which says whether it is well; then everything else.
    /// Nothing where anything is amiss; then some entries may have been given all the same. Cost: linear in the text.
    pub(crate) fn read_flawless(json: &str, take: &mut dyn FnMut(&Entry) -> bool) -> Option<Self> {
        if json.len() > MAX_BYTES {
            return None;
        }
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let head = deserializer.deserialize_map(Whole { take }).ok()?;
        deserializer.end().ok()?;
        head.validate().is_empty().then_some(head)
    }
}

/// The keys of a catalog.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Key {
    Format,
    Version,
    Date,
    Products,
    Apps,
    Entries,
    Hidden,
    Contact,
}

/// A catalog being read.
struct Whole<'t> {
    take: &'t mut dyn FnMut(&Entry) -> bool,
}

impl<'de> Visitor<'de> for Whole<'_> {
    type Value = Catalog;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a catalog")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Catalog, A::Error> {
        let mut head = Catalog::default();
        let mut seen = [false; 8];
        while let Some(key) = map.next_key::<Key>()? {
            if std::mem::replace(&mut seen[key as usize], true) {
                return Err(amiss());
            }
            match key {
                Key::Format => head.format = map.next_value()?,
                Key::Version => head.version = map.next_value()?,
                Key::Date => head.date = map.next_value()?,
                Key::Products => head.products = map.next_value()?,
                Key::Apps => head.apps = map.next_value()?,
                Key::Entries => map.next_value_seed(Entries::of(&head.products, self.take))?,
                Key::Hidden => head.hidden = map.next_value()?,
                Key::Contact => head.contact = map.next_value()?,
            }
        }
        if seen[Key::Format as usize] { Ok(head) } else { Err(amiss()) }
    }
}

/// Entries being read.
struct Entries<'t> {
    products: BTreeSet<&'t str>,
    /// Keys of the ids so far. Should two ids have one key, the other reader sees that they differ.
    ids: Keyed<()>,
    take: &'t mut dyn FnMut(&Entry) -> bool,
}

impl<'t> Entries<'t> {
    fn of(products: &'t [Product], take: &'t mut dyn FnMut(&Entry) -> bool) -> Self {
        Self { products: products.iter().map(|product| product.id.as_str()).collect(), ids: Keyed::default(), take }
    }

    /// Whether an entry is well.
    // A call for each: see the reader above.
    #[inline(never)]
    fn entry(&mut self, entry: &Entry) -> bool {
        let key = key_of_bytes(0, entry.id.as_bytes());
        if self.ids.has(key) {
            return false;
        }
        self.ids.at(key);
        let mut wrong = Vec::new();
        entry.validate(&self.products, &mut wrong);
        wrong.is_empty() && (self.take)(entry)
    }
}

impl<'de> DeserializeSeed<'de> for Entries<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Entries<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of entries")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut entries: A) -> Result<(), A::Error> {
        let mut count = 0;
        while let Some(entry) = entries.next_element()? {
            count += 1;
            if count > MAX_ENTRIES || !self.entry(&entry) {
                return Err(amiss());
            }
        }
        Ok(())
    }
}

/// What it is nobody asks.
fn amiss<E: Error>() -> E {
    E::custom("")
}
