//! Where words begin that begin alike.
//!
//! In a large catalog many messages have the same first words and differ behind a slot. Each that does not stand there
//! would be looked for in all the text that a slot may hold; with this it is looked up. It knows a folded text and
//! nothing of messages.

use crate::paste::Folded;

/// So many bits of hash: few places in each of the lists, and all lists of a slice in a second-level cache.
const BITS: u32 = 12;
/// So many bytes are compared.
pub(super) const WIDTH: usize = 4;

/// The starts of a text by their first four bytes.
#[derive(Debug)]
pub(super) struct Beginnings {
    /// By hash, where its list begins; it ends where the next one begins.
    lists: Vec<u32>,
    /// Numbers of starts, each list ascending.
    numbers: Vec<u32>,
}

impl Beginnings {
    /// Cost: two passes over the words of the text.
    pub fn of(text: &Folded) -> Self {
        let hash_of = |number: usize| {
            let at = text.start(number).0;
            text.text.get(at..at + WIDTH).map_or(0, hash)
        };
        let hashes: Vec<u32> = (0..text.starts()).map(hash_of).collect();
        let mut lists = vec![0; 1 << BITS];
        for hash in &hashes {
            lists[*hash as usize] += 1;
        }
        let mut all = 0;
        for list in &mut lists {
            all += *list;
            *list = all;
        }
        let mut numbers = vec![0; hashes.len()];
        // Each is at its end so far and is filled from there.
        for (number, hash) in hashes.iter().enumerate().rev() {
            let place = &mut lists[*hash as usize];
            *place -= 1;
            numbers[*place as usize] = number as u32;
        }
        Self { lists, numbers }
    }

    /// The starts from `first` on that may begin like a text of at least [`WIDTH`] bytes, in order of place.
    pub fn from(&self, text: &[u8], first: usize) -> impl Iterator<Item = usize> + '_ {
        let hash = hash(&text[..WIDTH]) as usize;
        let end = self.lists.get(hash + 1).map_or(self.numbers.len(), |end| *end as usize);
        let list = &self.numbers[self.lists[hash] as usize..end];
        let from = list.partition_point(|number| (*number as usize) < first);
        list[from..].iter().map(|number| *number as usize)
    }
}

fn hash(four: &[u8]) -> u32 {
    let number = four.iter().fold(0, |number: u32, byte| number << 8 | u32::from(*byte));
    number.wrapping_mul(0x9e37_79b1) >> (32 - BITS)
}
