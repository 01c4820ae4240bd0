//! What letters are: which are invisible, which carry accents, which are written without spaces.
//!
//! Tables and nothing else; how they are used is folding's to know.

/// Full-width forms are ASCII written wide; ligatures are letters.
pub(super) fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{131}' => 'i', // dotless i
        '\u{17f}' => 's', // long s
        _ => c,
    }
}

/// Soft hyphen, zero-width characters, direction marks, variation selectors: nothing that a reader sees.
pub(super) fn is_joiner(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

pub(super) fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Hangul, kana, Chinese characters, Thai and its neighbours.
pub(super) fn is_syllable(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{11ff}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{9fff}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Conjoining jamo (text from macOS file names, for one) combine into the syllable that everyone else writes: the one
/// that the last character of `text` and this one are together.
pub(super) fn combine_jamo(text: &[u8], c: char) -> Option<char> {
    const LEAD: u32 = 0x1100;
    const VOWEL: u32 = 0x1161;
    const TAIL: u32 = 0x11a7;
    const SYLLABLE: u32 = 0xac00;
    if !matches!(c, '\u{1161}'..='\u{1175}' | '\u{11a8}'..='\u{11c2}') {
        return None;
    }
    let from = text.len().checked_sub(3)?;
    let last = std::str::from_utf8(&text[from..]).ok()?.chars().next()? as u32;
    let c = c as u32;
    if (LEAD..LEAD + 19).contains(&last) && c < TAIL {
        return char::from_u32(SYLLABLE + ((last - LEAD) * 21 + (c - VOWEL)) * 28);
    }
    let is_open = (SYLLABLE..SYLLABLE + 11172).contains(&last) && (last - SYLLABLE).is_multiple_of(28);
    if is_open && c > TAIL { char::from_u32(last + (c - TAIL)) } else { None }
}

/// The plain letters of an accented Latin letter; empty where there is nothing to take off.
pub(super) fn base_letters(c: char) -> &'static str {
    /// For U+00C0 to U+017F, each letter's base; a dot where it has none.
    const LATIN: &str = "aaaaaa.ceeeeiiii.nooooo.ouuuuy..aaaaaa.ceeeeiiii.nooooo.ouuuuy.y\
        aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiii...jjkk.llllllllllnnnnnn...oooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzz.";
    match c {
        'ß' | 'ẞ' => return "ss",
        'æ' | 'Æ' => return "ae",
        'œ' | 'Œ' => return "oe",
        'ﬀ' => return "ff",
        'ﬁ' => return "fi",
        'ﬂ' => return "fl",
        'ﬃ' => return "ffi",
        'ﬄ' => return "ffl",
        _ => {}
    }
    let at = match c as u32 {
        code @ 0xc0..=0x17f => code as usize - 0xc0,
        _ => return vietnamese(c),
    };
    match LATIN.get(at..=at) {
        Some(".") | None => "",
        Some(letter) => letter,
    }
}

/// U+1EA0 to U+1EF9, and the two horned letters: Vietnamese stacks two accents on a letter.
fn vietnamese(c: char) -> &'static str {
    match c {
        '\u{1ea0}'..='\u{1eb7}' => "a",
        '\u{1eb8}'..='\u{1ec7}' => "e",
        '\u{1ec8}'..='\u{1ecb}' => "i",
        'ơ' | 'Ơ' | '\u{1ecc}'..='\u{1ee3}' => "o",
        'ư' | 'Ư' | '\u{1ee4}'..='\u{1ef1}' => "u",
        '\u{1ef2}'..='\u{1ef9}' => "y",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_latin_letter_has_the_base_that_unicode_gives_it() {
        let bases: Vec<(char, &str)> = vec![
            ('À', "a"),
            ('Ç', "c"),
            ('Ñ', "n"),
            ('Ø', "o"),
            ('ý', "y"),
            ('ÿ', "y"),
            ('Ā', "a"),
            ('đ', "d"),
            ('Ě', "e"),
            ('ğ', "g"),
            ('Ħ', "h"),
            ('İ', "i"),
            ('Ĵ', "j"),
            ('ķ', "k"),
            ('Ł', "l"),
            ('ň', "n"),
            ('Ő', "o"),
            ('ř', "r"),
            ('Š', "s"),
            ('ť', "t"),
            ('ů', "u"),
            ('Ŵ', "w"),
            ('ŷ', "y"),
            ('Ÿ', "y"),
            ('ž', "z"),
            ('þ', ""),
            ('×', ""),
        ];
        for (letter, base) in bases {
            assert_eq!(base_letters(letter), base, "{letter}");
        }
    }
}
