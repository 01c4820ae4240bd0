//! Folding: letters and digits only, in one case and without accents.

use super::peel::Peeled;

/// What stood between a folded character and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Edge {
    /// Nothing: both are parts of one word. Also every byte of a character but its first.
    None = 0,
    /// A change inside a word: `fooBar`, `code429`, `A글`.
    Soft = 1,
    /// Spaces and nothing else.
    Space = 2,
    /// Punctuation.
    Mark = 3,
    /// The end of a line; also the beginning of the text.
    Line = 4,
}

/// A folded text and the way back.
#[derive(Debug, Default)]
pub struct Folded {
    /// Letters and digits only, folded, in UTF-8.
    pub text: Vec<u8>,
    /// For each byte of `text`, what stood before it.
    edges: Vec<Edge>,
    /// Where it came from, at every word and wherever the way back is not byte by byte; ascending.
    marks: Vec<Mark>,
}

/// From `folded` to the next mark, each byte came from one byte of the paste, the first of them `start`; or, when
/// `end - start` is not 1, all of them came from the one character `start..end`.
#[derive(Clone, Copy, Debug)]
struct Mark {
    folded: u32,
    start: u32,
    end: u32,
}

impl Folded {
    /// What stands before the byte at `at`; a line end where the text ends.
    pub fn edge(&self, at: usize) -> Edge {
        self.edges.get(at).copied().unwrap_or(Edge::Line)
    }

    /// The bytes of the paste from which the folded bytes `start..end` came (`start < end`). Cost: logarithmic.
    pub fn origin(&self, start: usize, end: usize) -> (usize, usize) {
        (self.source(start).0, self.source(end - 1).1)
    }

    fn source(&self, at: usize) -> (usize, usize) {
        let next = self.marks.partition_point(|mark| mark.folded as usize <= at);
        let mark = self.marks[next - 1];
        if mark.end - mark.start == 1 {
            let start = mark.start as usize + at - mark.folded as usize;
            (start, start + 1)
        } else {
            (mark.start as usize, mark.end as usize)
        }
    }

    /// The first folded byte that came from the paste at or after `at`. Cost: logarithmic.
    pub fn position(&self, at: usize) -> usize {
        let next = self.marks.partition_point(|mark| (mark.start as usize) < at);
        let end = self.marks.get(next).map_or(self.text.len(), |mark| mark.folded as usize);
        match next.checked_sub(1).map(|last| self.marks[last]) {
            Some(mark) if mark.end - mark.start == 1 => (mark.folded as usize + at - mark.start as usize).min(end),
            _ => end,
        }
    }

    fn push(&mut self, c: char, edge: Edge, start: u32, end: u32) {
        self.marks.push(Mark { folded: self.text.len() as u32, start, end });
        let mut buffer = [0; 4];
        self.text.extend_from_slice(c.encode_utf8(&mut buffer).as_bytes());
        self.edges.push(edge);
        self.edges.resize(self.text.len(), Edge::None);
    }

    /// Takes the last three-byte character back, for jamo that combine.
    fn replace_last_syllable(&mut self, c: char, end: u32) {
        let from = self.text.len() - 3;
        let mut buffer = [0; 4];
        self.text[from..].copy_from_slice(c.encode_utf8(&mut buffer).as_bytes());
        if let Some(mark) = self.marks.last_mut() {
            mark.end = end;
        }
    }
}

/// The folded form of a short text, where nobody asks for positions.
pub fn fold_str(text: &str) -> Vec<u8> {
    fold(text, None).text
}

/// A number for a piece of folded text (FNV-1a), the same on every platform.
pub fn key(piece: &[u8]) -> u64 {
    piece.iter().fold(0xcbf2_9ce4_8422_2325, |key, byte| (key ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// What the last character kept was, for soft edges.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Lower,
    Upper,
    Digit,
    /// A letter of a script that has words and no case.
    Other,
    /// A letter of a script that is written without spaces, or whose particles stick to words: each may begin a word.
    Syllable,
}

/// What a byte is: 0 a mark, then these.
const SPACE: u8 = 1;
const LINE: u8 = 2;
const LOWER: u8 = 3;
const UPPER: u8 = 4;
const DIGIT: u8 = 5;

const OTHER: u8 = 6;

static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b' ' | b'\t' => SPACE,
            b'\n' | b'\r' => LINE,
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'0'..=b'9' => DIGIT,
            0x80.. => OTHER,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

/// Folds a text. With `peeled`, positions are those that its map gives.
///
/// Cost: one pass; about 4 bytes of memory a byte kept.
pub fn fold(text: &str, peeled: Option<&Peeled>) -> Folded {
    let bytes = text.as_bytes();
    let mut folded = Folded {
        text: Vec::with_capacity(bytes.len()),
        edges: Vec::with_capacity(bytes.len()),
        marks: Vec::with_capacity(bytes.len() / 4),
    };
    let mut edge = Edge::Line;
    let mut last: Option<Kind> = None;
    let mut at = 0;
    while at < bytes.len() {
        match class(bytes[at]) {
            0 => edge = edge.max(Edge::Mark),
            SPACE => edge = edge.max(Edge::Space),
            LINE => edge = Edge::Line,
            OTHER => {
                let c = text[at..].chars().next().unwrap_or('\u{fffd}');
                let len = c.len_utf8();
                let place = peeled.map_or((at as u32, (at + len) as u32), |map| map.origin(at, at + len));
                fold_char(&mut folded, c, place, &mut edge, &mut last);
                at += len;
                continue;
            }
            _ => {
                // A run of ASCII letters and digits at once.
                let len = bytes[at..].iter().take_while(|byte| class(**byte) > LINE && class(**byte) < OTHER).count();
                fold_run(&mut folded, &bytes[at..at + len], edge, last);
                mark_run(&mut folded, at, len, peeled);
                last = Some(kind(class(bytes[at + len - 1])));
                edge = Edge::None;
                at += len;
                continue;
            }
        }
        at += 1;
    }
    folded
}

fn class(byte: u8) -> u8 {
    CLASSES[usize::from(byte)]
}

fn kind(class: u8) -> Kind {
    match class {
        LOWER => Kind::Lower,
        UPPER => Kind::Upper,
        _ => Kind::Digit,
    }
}

fn fold_run(folded: &mut Folded, run: &[u8], edge: Edge, last: Option<Kind>) {
    let from = folded.text.len();
    // Setting this bit makes capitals small and leaves digits alone.
    folded.text.extend(run.iter().map(|byte| byte | 0x20));
    folded.edges.resize(from + run.len(), Edge::None);
    let mut before = class(run[0]);
    folded.edges[from] = edge.max(soft(last, kind(before)));
    for (edge, byte) in folded.edges[from..].iter_mut().zip(run).skip(1) {
        let now = class(*byte);
        if now != before && !(now == LOWER && before == UPPER) {
            *edge = Edge::Soft;
        }
        before = now;
    }
}

fn mark_run(folded: &mut Folded, at: usize, len: usize, peeled: Option<&Peeled>) {
    let from = (folded.text.len() - len) as u32;
    let Some(map) = peeled else {
        folded.marks.push(Mark { folded: from, start: at as u32, end: at as u32 + 1 });
        return;
    };
    let mut next = None;
    for offset in 0..len as u32 {
        let place = at + offset as usize;
        let (start, end) = map.origin(place, place + 1);
        if next != Some(start) || end - start != 1 {
            folded.marks.push(Mark { folded: from + offset, start, end });
        }
        next = (end - start == 1).then_some(end);
    }
}

fn fold_char(folded: &mut Folded, c: char, (origin, end): (u32, u32), edge: &mut Edge, last: &mut Option<Kind>) {
    if is_joiner(c) {
        return; // invisible: stands inside words
    }
    let c = narrow(c);
    if !c.is_alphanumeric() {
        *edge = (*edge).max(match c {
            '\u{85}' | '\u{2028}' | '\u{2029}' => Edge::Line,
            c if is_combining(c) => Edge::None, // part of its letter
            c if c.is_whitespace() => Edge::Space,
            _ => Edge::Mark,
        });
        return;
    }
    if let Some(syllable) = combine_jamo(folded, c, *edge) {
        folded.replace_last_syllable(syllable, end);
        return;
    }
    let kind = if is_syllable(c) {
        Kind::Syllable
    } else if c.is_numeric() {
        Kind::Digit
    } else if c.is_uppercase() {
        Kind::Upper
    } else if c.is_lowercase() {
        Kind::Lower
    } else {
        Kind::Other
    };
    let before = (*edge).max(soft(*last, kind));
    let plain = base_letters(c);
    if plain.is_empty() {
        let mut first = before;
        for lower in c.to_lowercase().filter(|lower| !is_combining(*lower)) {
            folded.push(lower, first, origin, end);
            first = Edge::None;
        }
    } else {
        for (index, letter) in plain.chars().enumerate() {
            folded.push(letter, if index == 0 { before } else { Edge::None }, origin, end);
        }
    }
    (*last, *edge) = (Some(kind), Edge::None);
}

fn soft(last: Option<Kind>, kind: Kind) -> Edge {
    match (last, kind) {
        (None | Some(Kind::Lower | Kind::Upper), Kind::Lower)
        | (Some(Kind::Upper), Kind::Upper)
        | (Some(Kind::Digit), Kind::Digit)
        | (Some(Kind::Other), Kind::Other) => Edge::None,
        _ => Edge::Soft,
    }
}

/// Full-width forms are ASCII written wide; ligatures are letters.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{131}' => 'i', // dotless i
        '\u{17f}' => 's', // long s
        _ => c,
    }
}

/// Soft hyphen, zero-width characters, direction marks, variation selectors: nothing that a reader sees.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Hangul, kana, Chinese characters, Thai and its neighbours.
fn is_syllable(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{11ff}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{9fff}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Conjoining jamo (text from macOS file names, for one) combine into the syllable that everyone else writes.
fn combine_jamo(folded: &Folded, c: char, edge: Edge) -> Option<char> {
    const LEAD: u32 = 0x1100;
    const VOWEL: u32 = 0x1161;
    const TAIL: u32 = 0x11a7;
    const SYLLABLE: u32 = 0xac00;
    if edge != Edge::None || !matches!(c, '\u{1161}'..='\u{1175}' | '\u{11a8}'..='\u{11c2}') {
        return None;
    }
    let from = folded.text.len().checked_sub(3)?;
    let last = std::str::from_utf8(&folded.text[from..]).ok()?.chars().next()? as u32;
    let c = c as u32;
    if (LEAD..LEAD + 19).contains(&last) && c < TAIL {
        return char::from_u32(SYLLABLE + ((last - LEAD) * 21 + (c - VOWEL)) * 28);
    }
    let is_open = (SYLLABLE..SYLLABLE + 11172).contains(&last) && (last - SYLLABLE).is_multiple_of(28);
    if is_open && c > TAIL { char::from_u32(last + (c - TAIL)) } else { None }
}

/// The plain letters of an accented Latin letter; empty where there is nothing to take off.
fn base_letters(c: char) -> &'static str {
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

    fn folded(text: &str) -> String {
        String::from_utf8(fold_str(text)).unwrap()
    }

    #[test]
    fn what_does_not_tell_messages_apart_is_gone() {
        assert_eq!(folded("Åtgärden “MISSLYCKADES” – 4２9\u{a0}!"), "atgardenmisslyckades429");
        assert_eq!(folded("Straße, œuvre, ﬁle, I\u{307}"), "strasseoeuvrefilei");
        assert_eq!(folded("re\u{301}sume\u{301} = résumé"), "resumeresume");
        assert_eq!(folded("zero\u{200b}width\u{ad}hyphen"), "zerowidthhyphen");
        assert_eq!(folded("Đặng ĳ ŉ ŋ ſ"), "dangĳŉŋs");
    }

    #[test]
    fn decomposed_hangul_is_the_same_hangul() {
        assert_eq!(folded("\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}"), "한글");
        let text = "a \u{1112}\u{1161}\u{11ab}";
        assert_eq!(fold(text, None).origin(1, 4), (2, text.len()));
    }

    #[test]
    fn edges_say_what_stood_between() {
        let view = fold("fooBar 429x\nZ한글", None);
        let edges: Vec<_> = (0..view.text.len()).map(|at| view.edge(at)).collect();
        let at = |needle: &str| view.text.windows(needle.len()).position(|w| w == needle.as_bytes()).unwrap();
        assert_eq!(edges[0], Edge::Line);
        assert_eq!(edges[1], Edge::None);
        assert_eq!(edges[at("bar")], Edge::Soft);
        assert_eq!(edges[at("429")], Edge::Space);
        assert_eq!(edges[at("x")], Edge::Soft);
        assert_eq!(edges[at("z")], Edge::Line);
        assert_eq!(edges[at("글")], Edge::Soft);
        assert_eq!(view.edge(view.text.len()), Edge::Line);
    }

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
