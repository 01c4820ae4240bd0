//! Eight bytes asked together what they are: most bytes of a log are nothing that anybody looks for.
//!
//! Answers stand in the highest bit of each byte; what the other bits are says nothing. It knows bytes and no texts.

/// The lowest bit of every byte.
pub const ONES: u64 = 0x0101_0101_0101_0101;
/// The highest.
pub const HIGH: u64 = ONES << 7;

/// Whether all eight are ASCII: only then the other questions may be asked.
pub fn are_ascii(eight: u64) -> bool {
    eight & HIGH == 0
}

/// Which bytes of ASCII are not below a limit.
pub fn at_least(eight: u64, limit: u8) -> u64 {
    eight + ONES * u64::from(0x80 - limit)
}

/// Which bytes of ASCII are in a range, its end not included.
pub fn within(eight: u64, from: u8, to: u8) -> u64 {
    at_least(eight, from) & !at_least(eight, to) & HIGH
}

/// Sets the bit that makes capitals small, in every byte.
pub fn small(eight: u64) -> u64 {
    eight | (ONES * 0x20)
}

/// The answers as one byte, the first in the lowest bit.
pub fn gather(high: u64) -> u64 {
    (high >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// Whether one of eight bytes, ASCII or not, is this one: what is the same becomes zero, and only zero borrows into its
/// highest bit.
pub fn holds(eight: u64, byte: u8) -> bool {
    let same = eight ^ (ONES * u64::from(byte));
    same.wrapping_sub(ONES) & !same & HIGH != 0
}

/// The first place from `at` on where one of eight bytes may be wanted, `len` where none is: `may` asks eight, `is` one.
pub fn find(bytes: &[u8], mut at: usize, may: impl Fn(u64) -> bool, is: impl Fn(u8) -> bool) -> usize {
    while at < bytes.len() {
        if let Some(eight) = bytes[at..].first_chunk()
            && !may(u64::from_le_bytes(*eight))
        {
            at += 8;
            continue;
        }
        let end = (at + 8).min(bytes.len());
        match (at..end).find(|at| is(bytes[*at])) {
            Some(found) => return found,
            None => at = end,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_are_asked_as_one_by_one() {
        for byte in 0..=0x7f_u8 {
            let eight = u64::from_le_bytes([byte, b'a', b'%', b'z', 0, 0x7f, byte, b'%']);
            let answers = gather(within(eight, b'%', b'z'));
            let expected: Vec<u8> =
                eight.to_le_bytes().iter().map(|byte| u8::from((b'%'..b'z').contains(byte))).collect();
            let told: Vec<u8> = (0..8).map(|bit| (answers >> bit & 1) as u8).collect();
            assert_eq!(told, expected, "{byte}");
            assert!(holds(eight, byte) && are_ascii(eight) && !holds(eight, 0x80));
        }
        assert!(!are_ascii(0x80 << 32) && holds(0x80 << 32, 0x80));
    }

    #[test]
    fn the_first_is_found_wherever_it_stands() {
        for len in 0..40 {
            for at in 0..len {
                let mut bytes = vec![b'x'; len];
                bytes[at] = b'=';
                let first = |from| find(&bytes, from, |eight| holds(eight, b'='), |byte| byte == b'=');
                assert_eq!((first(0), first(at), first(at + 1)), (at, at, len));
            }
        }
    }
}
