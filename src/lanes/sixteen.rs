//! Sixteen bytes in a register of WebAssembly's SIMD, which every browser has since March 2023.

use std::arch::wasm32::{
    i8x16_bitmask, i8x16_eq, i8x16_shl, u8x16_lt, u8x16_splat, u8x16_sub, u64x2, u64x2_extract_lane, v128, v128_and,
    v128_not, v128_or,
};
use std::ops::{BitAnd, BitOr};

/// Sixteen bytes, or sixteen answers.
#[derive(Clone, Copy, Debug)]
pub struct Lanes(v128);

impl Lanes {
    /// How many there are.
    pub const COUNT: usize = 16;

    /// Bytes in their order.
    #[inline]
    pub fn of(bytes: &[u8; Self::COUNT]) -> Self {
        let number = u128::from_le_bytes(*bytes);
        Self(u64x2(number as u64, (number >> 64) as u64))
    }

    /// The bytes again.
    #[inline]
    pub fn bytes(self) -> [u8; Self::COUNT] {
        let (low, high) = (u64x2_extract_lane::<0>(self.0), u64x2_extract_lane::<1>(self.0));
        (u128::from(high) << 64 | u128::from(low)).to_le_bytes()
    }

    /// The same byte in each.
    #[inline]
    pub fn all(byte: u8) -> Self {
        Self(u8x16_splat(byte))
    }

    /// Which are the same as those of others.
    #[inline]
    pub fn same(self, other: Self) -> Self {
        Self(i8x16_eq(self.0, other.0))
    }

    /// Which are this byte.
    #[inline]
    pub fn is(self, byte: u8) -> Self {
        self.same(Self::all(byte))
    }

    /// Which are in a range of ASCII, its end not included.
    #[inline]
    pub fn within(self, from: u8, to: u8) -> Self {
        Self(u8x16_lt(u8x16_sub(self.0, u8x16_splat(from)), u8x16_splat(to - from)))
    }

    /// Which are not ASCII.
    #[inline]
    pub fn is_other(self) -> Self {
        self
    }

    /// Which begin a character that is not ASCII.
    #[inline]
    pub fn begins_other(self) -> Self {
        Self(v128_and(self.0, i8x16_shl(self.0, 1)))
    }

    /// Which begin a character of four bytes.
    #[inline]
    pub fn begins_four(self) -> Self {
        Self(v128_not(u8x16_lt(self.0, u8x16_splat(0xf0))))
    }

    /// Which have the bit clear that makes letters small.
    #[inline]
    pub fn is_large(self) -> Self {
        Self(v128_not(i8x16_shl(self.0, 2)))
    }

    /// The bytes with that bit set.
    #[inline]
    pub fn small(self) -> Self {
        Self(v128_or(self.0, u8x16_splat(0x20)))
    }

    /// The answers turned round.
    #[inline]
    pub fn not(self) -> Self {
        Self(v128_not(self.0))
    }

    /// The answers as bits, the first in the lowest one.
    #[inline]
    pub fn bits(self) -> u64 {
        i8x16_bitmask(self.0).into()
    }
}

impl BitOr for Lanes {
    type Output = Self;

    #[inline]
    fn bitor(self, other: Self) -> Self {
        Self(v128_or(self.0, other.0))
    }
}

impl BitAnd for Lanes {
    type Output = Self;

    #[inline]
    fn bitand(self, other: Self) -> Self {
        Self(v128_and(self.0, other.0))
    }
}
