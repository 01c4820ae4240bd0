//! Letters compared: how much two short texts have in common, and whether their digits differ.

/// How many letters a folded text has; a character beyond ASCII counts for two, as in grams.
pub(super) fn letters(text: &[u8]) -> u32 {
    text.iter().map(|byte| if *byte < 0x80 { 1 } else { 2 * u32::from(*byte >= 0xc0) }).sum()
}

pub(super) fn differ(missing: &[u8], found: &[u8]) -> bool {
    !missing.is_empty() && !found.is_empty() && missing != found
}

/// Whether both sides have digits, and other ones, letters that look like digits aside.
pub(super) fn digits_clash(missing: &[u8], found: &[u8]) -> bool {
    let digits = |side: &[u8]| side.iter().map(|byte| as_digit(*byte)).filter(u8::is_ascii_digit).collect::<Vec<_>>();
    missing.iter().any(u8::is_ascii_digit) && found.iter().any(u8::is_ascii_digit) && digits(missing) != digits(found)
}

/// A letter that a reader of bad print takes for a digit.
fn as_digit(byte: u8) -> u8 {
    match byte {
        b'o' => b'0',
        b'l' | b'i' => b'1',
        b'z' => b'2',
        b's' => b'5',
        b'b' => b'8',
        other => other,
    }
}

/// How many letters two short texts have in common, in order, less those that differ: any two texts share some.
pub(super) fn alike(a: &[u8], b: &[u8]) -> usize {
    (2 * common_letters(a, b)).saturating_sub(a.len().max(b.len()))
}

/// How many letters two short texts have in common, in order.
pub(super) fn common_letters(a: &[u8], b: &[u8]) -> usize {
    const LONGEST: usize = 40;
    let (a, b) = (&a[..a.len().min(LONGEST)], &b[..b.len().min(LONGEST)]);
    let mut row = vec![0_usize; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (at, y) in b.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if as_digit(*x) == as_digit(*y) { diagonal + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    row[b.len()]
}
