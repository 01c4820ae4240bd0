//! The first look at a place: may anything begin there at all?
//!
//! There is one at every word of a text, or at every fourth byte, so it has to be short: four bytes, one multiplication,
//! one bit. It knows keys of anchors and nothing of what they belong to.

/// Where every byte is looked at, what is wide enough is looked for in steps of so many.
pub(super) const STRIDE: usize = 4;

/// So many bits of hash: as many as fit a first-level cache beside other things.
const BITS: u32 = 15;
const WORDS: usize = 1 << (BITS - 6);

/// Four bytes of each of many anchors.
#[derive(Debug, Default)]
pub(super) struct Leads {
    /// One bit per hash value; none where no anchor is.
    bits: Option<Box<[u64; WORDS]>>,
}

impl Leads {
    /// Adds those at the first so many places of an anchor. Keys of up to eight bytes are those bytes, and of every key the
    /// first four are those of the anchor.
    pub fn add(&mut self, key: u64, places: usize) {
        let bits = self.bits.get_or_insert_with(|| Box::new([0; WORDS]));
        for place in 0..places {
            let hash = hash((key >> (8 * place)) as u32);
            bits[hash >> 6] |= 1 << (hash & 63);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.bits.is_none()
    }

    /// Whether one of them may stand at a place: false is sure.
    #[inline]
    pub fn may_begin(&self, text: &[u8], at: usize) -> bool {
        let Some(bits) = &self.bits else { return false };
        let Some(four) = text.get(at..).and_then(|rest| rest.first_chunk()) else { return false };
        let hash = hash(u32::from_le_bytes(*four));
        bits[hash >> 6 & (WORDS - 1)] >> (hash & 63) & 1 != 0
    }
}

fn hash(four: u32) -> usize {
    (four.wrapping_mul(0x9e37_79b1) >> (32 - BITS)) as usize
}
