//! Numbers, texts and lists as bytes: how a compact catalog is read and written.
//!
//! Every read gives something, whatever the bytes are: where they end, zeros and empty texts. It knows nothing of what
//! the bytes mean.

use std::collections::BTreeMap;

/// Bytes from a place on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bytes<'b>(&'b [u8]);

impl<'b> Bytes<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        Self(bytes)
    }

    /// How many are left.
    pub(crate) fn left(&self) -> usize {
        self.0.len()
    }

    fn take(&mut self, length: usize) -> &'b [u8] {
        let (taken, rest) = self.0.split_at(length.min(self.0.len()));
        self.0 = rest;
        taken
    }

    /// The next ones by themselves, and the rest.
    pub(crate) fn split(self, length: usize) -> (Self, Self) {
        let (some, rest) = self.0.split_at(length.min(self.0.len()));
        (Self(some), Self(rest))
    }

    pub(crate) fn byte(&mut self) -> u8 {
        self.take(1).first().copied().unwrap_or(0)
    }

    pub(crate) fn four(&mut self) -> u32 {
        self.take(4).try_into().map_or(0, u32::from_le_bytes)
    }

    pub(crate) fn eight(&mut self) -> u64 {
        self.take(8).try_into().map_or(0, u64::from_le_bytes)
    }

    /// A number in as few bytes as it needs, seven bits in each.
    pub(crate) fn number(&mut self) -> u64 {
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
    pub(crate) fn count(&mut self) -> usize {
        (self.number() as usize).min(self.left())
    }

    /// A text where it stands, up to the zero behind it.
    pub(crate) fn borrowed(&mut self) -> &'b str {
        let length = self.0.iter().position(|byte| *byte == 0).unwrap_or(self.0.len());
        let text = std::str::from_utf8(self.take(length)).unwrap_or_default();
        self.take(1);
        text
    }

    pub(crate) fn text(&mut self) -> String {
        self.borrowed().to_owned()
    }

    pub(crate) fn list(&mut self) -> Vec<String> {
        let count = self.count();
        (0..count).map(|_| self.text()).collect()
    }

    /// Texts by language.
    pub(crate) fn texts(&mut self) -> BTreeMap<String, String> {
        // Added one by one: a tree made of a list at once brings a sort along.
        let mut texts = BTreeMap::new();
        for _ in 0..self.count() {
            texts.insert(self.text(), self.text());
        }
        texts
    }

    /// Numbers, of each four bytes that say how much more it is than the one before.
    pub(crate) fn numbers(&mut self) -> Vec<u32> {
        let count = self.number() as usize;
        let mut numbers = Vec::new();
        let mut last = 0_u32;
        for four in self.take(count.saturating_mul(4)).as_chunks::<4>().0 {
            last = last.wrapping_add(u32::from_le_bytes(*four));
            numbers.push(last);
        }
        numbers
    }

    /// Numbers of eight bytes each.
    pub(crate) fn long_numbers(&mut self) -> Vec<u64> {
        let count = self.number() as usize;
        self.take(count.saturating_mul(8)).as_chunks::<8>().0.iter().map(|eight| u64::from_le_bytes(*eight)).collect()
    }
}

#[cfg(any(not(target_arch = "wasm32"), feature = "tools"))]
/// Bytes being written, in the forms that [`Bytes`] reads.
#[derive(Debug, Default)]
pub(crate) struct Written(pub(crate) Vec<u8>);

#[cfg(any(not(target_arch = "wasm32"), feature = "tools"))]
impl Written {
    pub(crate) fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    pub(crate) fn number(&mut self, number: usize) {
        let mut left = number;
        while left >= 0x80 {
            self.byte(left as u8 | 0x80);
            left >>= 7;
        }
        self.byte(left as u8);
    }

    /// A text and a zero behind it: lengths before texts would be numbers that nothing foretells, and take more over the
    /// network. A zero within, which nobody could see, becomes U+FFFD.
    pub(crate) fn text(&mut self, text: &str) {
        if text.contains('\0') {
            self.0.extend_from_slice(text.replace('\0', "\u{fffd}").as_bytes());
        } else {
            self.0.extend_from_slice(text.as_bytes());
        }
        self.byte(0);
    }

    pub(crate) fn list(&mut self, texts: &[String]) {
        self.number(texts.len());
        for text in texts {
            self.text(text);
        }
    }

    /// Numbers, of each four bytes that say how much more it is than the one before: where they ascend evenly, that takes
    /// next to nothing over the network.
    pub(crate) fn numbers(&mut self, numbers: impl Iterator<Item = u32>) {
        let mut last = 0_u32;
        let steps: Vec<u32> = numbers.map(|number| number.wrapping_sub(std::mem::replace(&mut last, number))).collect();
        self.number(steps.len());
        self.0.reserve(steps.len() * 4);
        for step in steps {
            self.0.extend_from_slice(&step.to_le_bytes());
        }
    }

    /// Numbers of eight bytes each.
    pub(crate) fn long_numbers(&mut self, numbers: impl Iterator<Item = u64>) {
        let numbers: Vec<u64> = numbers.collect();
        self.number(numbers.len());
        self.0.reserve(numbers.len() * 8);
        for number in numbers {
            self.0.extend_from_slice(&number.to_le_bytes());
        }
    }
}
