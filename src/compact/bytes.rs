//! Reading a compact catalog's bytes: numbers, texts and lists.
//!
//! Every read gives something, whatever the bytes are: where they end, zeros and empty texts. It knows nothing of what
//! the bytes mean.

use std::collections::BTreeMap;

/// Bytes from a place on.
#[derive(Clone, Copy, Debug)]
pub struct Bytes<'b>(&'b [u8]);

impl<'b> Bytes<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self(bytes)
    }

    /// How many are left.
    pub(super) fn left(&self) -> usize {
        self.0.len()
    }

    fn take(&mut self, length: usize) -> &'b [u8] {
        let (taken, rest) = self.0.split_at(length.min(self.0.len()));
        self.0 = rest;
        taken
    }

    /// The next ones by themselves, and the rest.
    pub(super) fn split(self, length: usize) -> (Self, Self) {
        let (some, rest) = self.0.split_at(length.min(self.0.len()));
        (Self(some), Self(rest))
    }

    pub(super) fn byte(&mut self) -> u8 {
        self.take(1).first().copied().unwrap_or(0)
    }

    pub(super) fn four(&mut self) -> u32 {
        self.take(4).try_into().map_or(0, u32::from_le_bytes)
    }

    pub(super) fn eight(&mut self) -> u64 {
        self.take(8).try_into().map_or(0, u64::from_le_bytes)
    }

    /// A number in as few bytes as it needs, seven bits in each.
    pub(super) fn number(&mut self) -> u64 {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte();
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        number
    }

    /// How many things follow: never more than there are bytes for.
    pub(super) fn count(&mut self) -> usize {
        (self.number() as usize).min(self.left())
    }

    /// A text where it stands.
    pub(super) fn borrowed(&mut self) -> &'b str {
        let length = self.count();
        std::str::from_utf8(self.take(length)).unwrap_or_default()
    }

    pub(super) fn text(&mut self) -> String {
        self.borrowed().to_owned()
    }

    pub(super) fn list(&mut self) -> Vec<String> {
        let count = self.count();
        (0..count).map(|_| self.text()).collect()
    }

    /// Texts by language.
    pub(super) fn texts(&mut self) -> BTreeMap<String, String> {
        // Added one by one: a tree made of a list at once brings a sort along.
        let mut texts = BTreeMap::new();
        for _ in 0..self.count() {
            texts.insert(self.text(), self.text());
        }
        texts
    }

    /// Numbers of four bytes each.
    pub(crate) fn numbers(&mut self) -> Vec<u32> {
        let count = self.number() as usize;
        self.take(count.saturating_mul(4)).as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four)).collect()
    }

    /// Numbers of eight bytes each.
    pub(crate) fn long_numbers(&mut self) -> Vec<u64> {
        let count = self.number() as usize;
        self.take(count.saturating_mul(8)).as_chunks::<8>().0.iter().map(|eight| u64::from_le_bytes(*eight)).collect()
    }
}
