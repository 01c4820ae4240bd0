//! Values by number keys: the one hash table of the engine.
//!
//! A general hash table is compiled once for each type that it holds, and in the browser every one of them costs some
//! kilobytes; this one finds where a value stands in a list, whatever it is. It keeps values in the order in which
//! their keys came, so that whoever walks through them gets the same order everywhere. It knows nothing of what it holds.

/// Values by key.
///
/// ```
/// let mut words: error_diagnoser::keyed::Keyed<Vec<&str>> = Default::default();
/// for word in ["one", "three", "four", "five"] {
///     words.at(word.len() as u64).push(word);
/// }
/// assert_eq!(words.get(4), Some(&vec!["four", "five"]));
/// assert_eq!(words.get(9), None);
/// assert_eq!(words.iter().map(|(length, _)| length).collect::<Vec<_>>(), [3, 5, 4]);
/// ```
#[derive(Clone, Debug)]
pub struct Keyed<T> {
    places: Places,
    values: Vec<T>,
}

/// Where keys stand: an open hash table.
#[derive(Clone, Debug, Default)]
struct Places {
    keys: Vec<u64>,
    /// Numbers of keys, one more than the number; 0 is free.
    slots: Vec<u32>,
}

impl<T> Default for Keyed<T> {
    fn default() -> Self {
        Self { places: Places::default(), values: Vec::new() }
    }
}

impl<T> Keyed<T> {
    /// The value of a key, if it has one.
    pub fn get(&self, key: u64) -> Option<&T> {
        self.places.find(key).map(|at| &self.values[at])
    }

    /// The same, to be changed.
    pub fn get_mut(&mut self, key: u64) -> Option<&mut T> {
        self.places.find(key).map(|at| &mut self.values[at])
    }

    /// Whether the key has a value.
    pub fn has(&self, key: u64) -> bool {
        self.places.find(key).is_some()
    }

    /// Keys and values, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = (u64, &T)> {
        self.places.keys.iter().copied().zip(&self.values)
    }

    /// All values, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.values.iter_mut()
    }
}

impl<T> Keyed<T> {
    /// Forgets all keys and values, and keeps the room for others.
    pub fn clear(&mut self) {
        self.places.keys.clear();
        self.places.slots.fill(0);
        self.values.clear();
    }
}

impl<T: Default> Keyed<T> {
    /// The value of a key; a new one if it has none.
    pub fn at(&mut self, key: u64) -> &mut T {
        let at = self.places.add(key);
        if at == self.values.len() {
            self.values.push(T::default());
        }
        &mut self.values[at]
    }
}

impl Places {
    /// Which key it is.
    fn find(&self, key: u64) -> Option<usize> {
        let mut slot = self.first(key)?;
        loop {
            match self.slots[slot] {
                0 => return None,
                number if self.keys[number as usize - 1] == key => return Some(number as usize - 1),
                _ => slot = (slot + 1) & (self.slots.len() - 1),
            }
        }
    }

    /// The same; it is the last one if it was not there.
    #[inline(never)]
    fn add(&mut self, key: u64) -> usize {
        if let Some(known) = self.find(key) {
            return known;
        }
        self.keys.push(key);
        if self.keys.len() * 2 > self.slots.len() {
            self.slots = vec![0; (self.keys.len() * 4).next_power_of_two()];
            for number in 0..self.keys.len() {
                self.put(number);
            }
        } else {
            self.put(self.keys.len() - 1);
        }
        self.keys.len() - 1
    }

    fn put(&mut self, number: usize) {
        let Some(mut slot) = self.first(self.keys[number]) else { return };
        while self.slots[slot] != 0 {
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        self.slots[slot] = number as u32 + 1;
    }

    /// Where the search for a key begins.
    fn first(&self, key: u64) -> Option<usize> {
        let last = self.slots.len().checked_sub(1)?;
        Some((key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize & last)
    }
}

/// A key for some numbers in their order.
pub fn key_of(numbers: impl Iterator<Item = u32>) -> u64 {
    let seed = 0xcbf2_9ce4_8422_2325_u64;
    numbers.fold(seed, |key, number| (key.rotate_left(5) ^ u64::from(number)).wrapping_mul(0x517c_c1b7_2722_0a95))
}

/// A key for bytes, given the key of what stands before them. Cost: linear, eight bytes a step.
// A call of its own, because browsers make code fast between calls, and whoever sums up a file calls it for each piece.
#[inline(never)]
pub fn key_of_bytes(key: u64, bytes: &[u8]) -> u64 {
    let add = |key: u64, word: u64| (key.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    let (words, rest) = bytes.as_chunks::<8>();
    let key = words.iter().fold(key, |key, word| add(key, u64::from_le_bytes(*word)));
    rest.iter().fold(key, |key, byte| add(key, u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_keeps_its_value() {
        let mut squares: Keyed<u64> = Keyed::default();
        // Many of these begin at the same place.
        let keys = |number: u64| (number << 33) | (number % 7);
        for number in 0..5000 {
            *squares.at(keys(number)) += number * number;
            *squares.at(keys(number / 2)) += 1;
        }
        for number in 0..5000 {
            assert_eq!(squares.get(keys(number)), Some(&(number * number + if number < 2500 { 2 } else { 0 })));
        }
        assert!(!squares.has(keys(5000)) && !Keyed::<u8>::default().has(0));
    }

    #[test]
    fn the_order_of_numbers_counts() {
        assert_ne!(key_of([1, 2].into_iter()), key_of([2, 1].into_iter()));
        assert_ne!(key_of([0].into_iter()), key_of([0, 0].into_iter()));
    }
}
