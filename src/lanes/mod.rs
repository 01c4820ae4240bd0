//! Bytes asked many at a time what they are: most bytes of a log are nothing that anybody looks for.
//!
//! [`Lanes`] are sixteen of them where WebAssembly's SIMD can be used, elsewhere eight in one number; no answer depends on
//! which of both it is. A question is answered in the highest bit of each byte, and what the other bits of an answer are
//! says nothing. It knows bytes and no texts.

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod eight;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod sixteen;

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub use eight::Lanes;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub use sixteen::Lanes;

/// So many bytes make a block: one bit of a number for each.
pub const BLOCK: usize = 64;

impl Lanes {
    /// The first ones at a place, if so many bytes follow.
    #[inline]
    pub fn at(bytes: &[u8], at: usize) -> Option<Self> {
        Some(Self::of(bytes.get(at..)?.first_chunk()?))
    }
}

/// The answers to several questions about a block, the first byte's in the lowest bit.
#[inline]
pub fn masks<const N: usize>(block: &[u8; BLOCK], asked: impl Fn(Lanes) -> [Lanes; N]) -> [u64; N] {
    let mut masks = [0; N];
    for (number, some) in block.as_chunks().0.iter().enumerate() {
        let answers = asked(Lanes::of(some));
        for (mask, answer) in masks.iter_mut().zip(answers) {
            *mask |= answer.bits() << (number * Lanes::COUNT);
        }
    }
    masks
}

/// How many bytes are what is asked for. Cost: one pass.
pub fn count(bytes: &[u8], asked: impl Fn(Lanes) -> Lanes + Copy) -> usize {
    let (blocks, rest) = bytes.as_chunks();
    let of = |block: &[u8; BLOCK]| masks(block, |lanes| [asked(lanes)])[0];
    let whole: usize = blocks.iter().map(|block| of(block).count_ones() as usize).sum();
    let (block, len) = padded(rest);
    whole + (of(&block) & below(len)).count_ones() as usize
}

/// Where bytes are what is asked for, in order.
pub struct Places<'b, A> {
    bytes: &'b [u8],
    asked: A,
    /// Where the block begins that is looked at, and what was not given yet of its answers.
    block: usize,
    left: u64,
}

impl<'b, A: Fn(Lanes) -> Lanes> Places<'b, A> {
    /// The places from `from` on.
    pub fn new(bytes: &'b [u8], from: usize, asked: A) -> Self {
        let mut places = Self { bytes, asked, block: from, left: 0 };
        places.look();
        places
    }

    /// Asks of the block.
    fn look(&mut self) {
        let rest = self.bytes.get(self.block..).unwrap_or_default();
        let asked = |lanes| [(self.asked)(lanes)];
        self.left = match rest.first_chunk() {
            Some(block) => masks(block, asked)[0],
            None if rest.is_empty() => 0,
            None => {
                let (block, len) = padded(rest);
                masks(&block, asked)[0] & below(len)
            }
        };
    }
}

impl<A: Fn(Lanes) -> Lanes> Iterator for Places<'_, A> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.left == 0 {
            if self.block + BLOCK >= self.bytes.len() {
                return None;
            }
            self.block += BLOCK;
            self.look();
        }
        let at = self.left.trailing_zeros() as usize;
        self.left &= self.left - 1;
        Some(self.block + at)
    }
}

/// Less than a block of bytes as a block, and how many they are.
fn padded(rest: &[u8]) -> ([u8; BLOCK], usize) {
    let mut block = [0; BLOCK];
    let len = rest.len().min(BLOCK - 1);
    block[..len].copy_from_slice(&rest[..len]);
    (block, len)
}

/// The bits below this one.
fn below(bit: usize) -> u64 {
    (1 << bit) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_are_asked_as_one_by_one() {
        let mut seed = 31_u32;
        let mut byte = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        };
        for _ in 0..2000 {
            let block: [u8; BLOCK] =
                std::array::from_fn(|at| if at % 5 == 0 { b"%z\x7f\x80\xff\x01\0$"[at % 8] } else { byte() });
            let answers = masks(&block, |lanes| {
                [
                    lanes.is(b'%'),
                    lanes.within(b'%', b'z'),
                    lanes.is_other(),
                    lanes.begins_other(),
                    lanes.small().within(b'a', b'z' + 1),
                    lanes.is_large(),
                    lanes.is(0) | lanes.is(b'%'),
                    lanes.is_other() & lanes.begins_other().not(),
                    lanes.begins_four(),
                ]
            });
            let slowly = |is: &dyn Fn(u8) -> bool| (0..BLOCK).map(|at| u64::from(is(block[at])) << at).sum::<u64>();
            let expected = [
                slowly(&|byte| byte == b'%'),
                slowly(&|byte| (b'%'..b'z').contains(&byte)),
                slowly(&|byte| byte >= 0x80),
                slowly(&|byte| byte >= 0xc0),
                slowly(&|byte| (byte | 0x20).is_ascii_lowercase()),
                slowly(&|byte| byte & 0x20 == 0),
                slowly(&|byte| byte == 0 || byte == b'%'),
                slowly(&|byte| (0x80..0xc0).contains(&byte)),
                slowly(&|byte| byte >= 0xf0),
            ];
            assert_eq!(answers, expected, "{block:?}");
            let mut small = [0; BLOCK];
            for (from, to) in block.as_chunks().0.iter().zip(small.as_chunks_mut().0) {
                *to = Lanes::of(from).small().bytes();
            }
            assert_eq!(small, block.map(|byte| byte | 0x20));
        }
    }

    #[test]
    fn places_are_found_wherever_they_stand() {
        for len in 0..200 {
            let bytes: Vec<u8> =
                (0..len).map(|at| if at % 7 == len % 7 || at % 31 == 3 { b'=' } else { b'x' }).collect();
            for from in 0..len + 2 {
                let found: Vec<usize> = Places::new(&bytes, from, |lanes| lanes.is(b'=')).collect();
                let slowly: Vec<usize> = (from..len).filter(|at| bytes[*at] == b'=').collect();
                assert_eq!(found, slowly);
            }
            assert_eq!(count(&bytes, |lanes| lanes.is(b'=')), Places::new(&bytes, 0, |lanes| lanes.is(b'=')).count());
            assert_eq!(count(&bytes, |lanes| lanes.is(0)), 0);
        }
    }
}
