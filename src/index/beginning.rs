//! How parts begin and end, as numbers to compare them by.
//!
//! It knows bytes and no texts; what stands behind the end of a text is zero.

/// The first sixteen bytes at a place.
#[derive(Clone, Copy)]
pub(super) struct Beginning(u64, u64);

impl Beginning {
    #[inline]
    pub fn new(text: &[u8], at: usize) -> Self {
        if let Some([first, second]) = text.get(at..at + 16).map(|bytes| bytes.as_chunks::<8>().0) {
            return Self(u64::from_le_bytes(*first), u64::from_le_bytes(*second));
        }
        let number = |bytes: &[u8]| bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte));
        let rest = text.get(at..).unwrap_or_default();
        let middle = rest.len().min(8);
        Self(number(&rest[..middle]), number(&rest[middle..]))
    }

    /// The key of so many bytes (the number of a width).
    #[inline]
    pub fn key(self, width: usize) -> u64 {
        match width {
            // The first four stay as they are.
            0 => self.0 ^ self.1.rotate_left(23).wrapping_mul(0x9e37_79b9_7f4a_7c15) & !0xffff_ffff,
            1 => self.0,
            _ => self.0 & 0xffff_ffff,
        }
    }
}

/// A key of the last bytes, eight at most, of `len` bytes at a place.
#[inline]
pub(super) fn end_key(text: &[u8], at: usize, len: usize) -> u64 {
    if len >= 8 { Beginning::new(text, at + len - 8).0 } else { Beginning::new(text, at).0 & ((1 << (8 * len)) - 1) }
}
