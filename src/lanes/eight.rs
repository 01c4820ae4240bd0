//! Eight bytes in a number, for processors without more, or whose wide registers cannot be reached without `unsafe`.

use std::ops::{BitAnd, BitOr};

/// The lowest bit of every byte.
const ONES: u64 = 0x0101_0101_0101_0101;
/// The highest.
const HIGH: u64 = ONES << 7;

/// Eight bytes, or eight answers.
#[derive(Clone, Copy, Debug)]
pub struct Lanes(u64);

impl Lanes {
    /// How many there are.
    pub const COUNT: usize = 8;

    /// Bytes in their order.
    #[inline]
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "sixteen of them are not small")]
    pub fn of(bytes: &[u8; Self::COUNT]) -> Self {
        Self(u64::from_le_bytes(*bytes))
    }

    /// The bytes again.
    #[inline]
    pub fn bytes(self) -> [u8; Self::COUNT] {
        self.0.to_le_bytes()
    }

    /// The same byte in each.
    #[inline]
    pub fn all(byte: u8) -> Self {
        Self(ONES * u64::from(byte))
    }

    /// Which are the same as those of others.
    #[inline]
    pub fn same(self, other: Self) -> Self {
        let differs = self.0 ^ other.0;
        Self(!(((differs & !HIGH) + !HIGH) | differs))
    }

    /// Which are this byte.
    #[inline]
    pub fn is(self, byte: u8) -> Self {
        self.same(Self::all(byte))
    }

    /// Which are in a range of ASCII, its end not included.
    #[inline]
    pub fn within(self, from: u8, to: u8) -> Self {
        let low = self.0 & !HIGH;
        let at_least = |limit: u8| low + ONES * u64::from(0x80 - limit);
        Self(at_least(from) & !at_least(to) & !self.0)
    }

    /// Which are not ASCII.
    #[inline]
    pub fn is_other(self) -> Self {
        self
    }

    /// Which begin a character that is not ASCII.
    #[inline]
    pub fn begins_other(self) -> Self {
        Self(self.0 & self.0 << 1)
    }

    /// Which begin a character of four bytes.
    #[inline]
    pub fn begins_four(self) -> Self {
        Self(self.0 & self.0 << 1 & self.0 << 2 & self.0 << 3)
    }

    /// Which have the bit clear that makes letters small.
    #[inline]
    pub fn is_large(self) -> Self {
        Self(!(self.0 << 2))
    }

    /// The bytes with that bit set.
    #[inline]
    pub fn small(self) -> Self {
        Self(self.0 | (ONES * 0x20))
    }

    /// The answers turned round.
    #[inline]
    pub fn not(self) -> Self {
        Self(!self.0)
    }

    /// The answers as bits, the first in the lowest one.
    #[inline]
    pub fn bits(self) -> u64 {
        ((self.0 & HIGH) >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
    }
}

impl BitOr for Lanes {
    type Output = Self;

    #[inline]
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitAnd for Lanes {
    type Output = Self;

    #[inline]
    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}
