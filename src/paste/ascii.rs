//! Folding ASCII, sixty-four bytes at a time.
//!
//! Nearly all of a log is ASCII, and words are short: a processor that guesses where each of them ends guesses wrong. So
//! many bytes are asked together what they are, the answers become a bit for each byte, and words are copied whole.
//! It knows what a [`Folder`] keeps and nothing of other letters.

use super::fold::{DIGIT, Edge, Folder, LOWER, Start, UPPER, edge_from};
use crate::lanes::{BLOCK, Lanes, masks};

/// A word is copied with so many bytes at once, whatever its length; what is behind it is written over.
pub(super) const WIDE: usize = 16;

/// The edge that a byte makes: none where it is kept.
static STRENGTHS: [u8; 128] = {
    let mut strengths = [Edge::Mark as u8; 128];
    let mut byte = 0;
    while byte < 128 {
        match byte as u8 {
            b' ' | b'\t' => strengths[byte] = Edge::Space as u8,
            b'\n' | b'\r' => strengths[byte] = Edge::Line as u8,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => strengths[byte] = Edge::None as u8,
            _ => {}
        }
        byte += 1;
    }
    strengths
};

impl Folder {
    /// Folds bytes of ASCII that stand in the paste from `source` on.
    pub(super) fn ascii(&mut self, bytes: &[u8], source: u32) {
        if bytes.is_empty() {
            return;
        }
        // Room for all of them, and for what is written over.
        let mut end = self.folded.text.len();
        self.folded.text.resize(end + bytes.len() + WIDE, 0);
        let (blocks, rest) = bytes.as_chunks();
        let mut at = source;
        for block in blocks {
            end = self.block(block, BLOCK, at, end);
            at += BLOCK as u32;
        }
        if !rest.is_empty() {
            let mut block = [0; BLOCK];
            block[..rest.len()].copy_from_slice(rest);
            end = self.block(&block, rest.len(), at, end);
        }
        self.folded.text.truncate(end);
    }

    /// Folds the first `len` bytes of a block to where the text ends so far, and says where it ends then; the others are zero.
    fn block(&mut self, block: &[u8; BLOCK], len: usize, source: u32, mut to: usize) -> usize {
        let Masks { kept, begins, small } = Masks::of(block, if self.pending == 0 { self.last } else { 0 });
        // Each piece goes on to where the next one begins or where something is not kept. The first may continue a word
        // of the block before.
        let mut pieces = begins | kept & 1;
        let mut end = 0;
        while pieces != 0 {
            let at = pieces.trailing_zeros() as usize % BLOCK;
            pieces &= pieces - 1;
            let last = block[at.wrapping_sub(1) % BLOCK];
            if at > end {
                self.pending = self.pending.max(STRENGTHS[usize::from(last & 0x7f)]);
                if at > end + 1 {
                    self.gap(&block[end..at - 1]);
                }
            }
            let is_begin = begins >> at & 1 != 0;
            if is_begin || self.is_elsewhere {
                let edge = if is_begin { self.pending.max(Edge::Soft as u8) } else { Edge::None as u8 };
                let folded = to as u32;
                self.folded.starts.push(Start { folded, source: source + at as u32, len: 1, edge: edge_from(edge) });
                self.is_elsewhere = false;
            }
            self.pending = 0;
            end = (at + (!(kept >> at)).trailing_zeros() as usize).min(pieces.trailing_zeros() as usize).min(BLOCK);
            let long = end - at;
            let text = &mut self.folded.text[to..];
            if long <= WIDE {
                text[..WIDE].copy_from_slice(&small[at..at + WIDE]);
            } else {
                text[..long].copy_from_slice(&small[at..end]);
            }
            to += long;
        }
        self.gap(&block[end..len]);
        if let Some(last) = kept.checked_ilog2() {
            self.last = match block[last as usize] {
                b'A'..=b'Z' => UPPER,
                b'a'..=b'z' => LOWER,
                _ => DIGIT,
            };
        }
        to
    }

    /// Passes over bytes that are not kept.
    fn gap(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.pending = self.pending.max(STRENGTHS[usize::from(byte & 0x7f)]);
        }
    }
}

/// What the bytes of a block are, the first of them in the lowest bit.
struct Masks {
    /// Letters and digits.
    kept: u64,
    /// Those that begin a word, or a part of one: `fooBar`, `code429`.
    begins: u64,
    /// The bytes, capitals made small, and more behind them to copy freely.
    small: [u8; BLOCK + WIDE],
}

impl Masks {
    /// `last` is the class of the letter right before the block, 0 where there is none.
    #[inline]
    fn of(block: &[u8; BLOCK], last: u8) -> Self {
        let [letters, digits, large] = masks(block, |lanes| {
            [lanes.small().within(b'a', b'z' + 1), lanes.within(b'0', b'9' + 1), lanes.is_large()]
        });
        let (upper, lower) = (letters & large, letters & !large);
        // Each byte beside the one before it.
        let before = |mask: u64, class: u8| mask << 1 | u64::from(last == class);
        let (after_upper, after_lower) = (before(upper, UPPER), before(lower, LOWER));
        let goes_on = upper & after_upper | lower & (after_lower | after_upper) | digits & before(digits, DIGIT);
        let kept = letters | digits;
        // In digits the bit that makes letters small is set already.
        let mut small = [0; BLOCK + WIDE];
        for (to, from) in small.as_chunks_mut().0.iter_mut().zip(block.as_chunks().0) {
            *to = Lanes::of(from).small().bytes();
        }
        Self { kept, begins: kept & !goes_on, small }
    }
}

#[cfg(test)]
mod tests {
    use crate::paste::{Edge, fold};

    /// Folding as the rules say it, a letter at a time.
    fn slowly(text: &str) -> (Vec<u8>, Vec<(usize, usize, Edge)>) {
        let (mut kept, mut starts) = (Vec::new(), Vec::new());
        let mut edge = Edge::Line;
        let mut last = ' ';
        for (at, c) in text.char_indices() {
            if c.is_ascii_alphanumeric() {
                let is_same = (c.is_ascii_lowercase() && last.is_ascii_alphabetic())
                    || (c.is_ascii_uppercase() && last.is_ascii_uppercase())
                    || (c.is_ascii_digit() && last.is_ascii_digit());
                let edge = if edge == Edge::None && !is_same { Edge::Soft } else { edge };
                if edge != Edge::None {
                    starts.push((kept.len(), at, edge));
                }
                kept.push(c.to_ascii_lowercase() as u8);
            }
            edge = match c {
                ' ' | '\t' => edge.max(Edge::Space),
                '\n' | '\r' => edge.max(Edge::Line),
                c if c.is_ascii_alphanumeric() => Edge::None,
                _ => edge.max(Edge::Mark),
            };
            last = c;
        }
        (kept, starts)
    }

    #[test]
    fn blocks_fold_as_single_letters_do() {
        let mut seed = 11_u32;
        let mut below = |limit: u32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) % limit
        };
        for round in 0..2000 {
            let len = below(200) as usize;
            // Of any byte, or mostly of letters, so that words cross the borders of blocks.
            let text: String = (0..len)
                .map(|_| match round % 2 {
                    0 => char::from(below(128) as u8),
                    _ => char::from(b"abcdefgXYZ012 .\n"[below(16) as usize]),
                })
                .collect();
            let folded = fold(&text, None);
            let starts: Vec<_> = (0..folded.starts())
                .map(|number| folded.start(number))
                .map(|(at, edge)| (at, folded.origin(at, at + 1).0, edge))
                .collect();
            assert_eq!((folded.text, starts), slowly(&text), "{text:?}");
        }
    }

    #[test]
    fn a_long_word_is_kept_whole() {
        for len in [15, 16, 17, 63, 64, 65, 200] {
            let word = "x".repeat(len);
            assert_eq!(fold(&format!(" {word} y"), None).text, format!("{word}y").into_bytes());
        }
    }
}
