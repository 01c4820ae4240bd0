//! Ways out: whether the sentence above a list says that one of its items is to be done, in every language that we ship.

/// How ways out are counted, and what they are called.
const COUNTS: &[&str] = &[
    "two", "three", "four", "five", "six", "seven", "eight", "several", "twee", "drie", "vier", "vijf", "zes", "zeven",
    "acht", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "두", "세", "네", "다섯", "여섯", "2", "3", "4", "5",
    "6", "7", "8",
];
const WAYS: &[&str] = &[
    "ways",
    "options",
    "alternatives",
    "possibilities",
    "solutions",
    "choices",
    "manieren",
    "opties",
    "mogelijkheden",
    "alternatieven",
    "oplossingen",
    "sätt",
    "alternativ",
    "möjligheter",
    "utvägar",
    "lösningar",
];
const KOREAN_WAYS: &[&str] = &["방법", "옵션", "해결책", "선택", "대안"];
const ONE_OF_THESE: &[&str] = &[
    "one of the following",
    "one of these",
    "any of the following",
    "een van de volgende",
    "één van de volgende",
    "een van deze",
    "något av följande",
    "ett av följande",
    "en av följande",
    "다음 중 하나",
];

/// Whether a sentence counts ways out ("There are three ways out", "세 가지 방법"), so that the list under it is a choice.
pub(super) fn counts_ways_out(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let counted = words.iter().enumerate().any(|(at, word)| {
        let count = word.strip_suffix("가지").filter(|count| !count.is_empty()).unwrap_or(word);
        let mut next = words[at + 1..].iter().take(3);
        COUNTS.contains(&count)
            && next.any(|way| WAYS.contains(way) || KOREAN_WAYS.iter().any(|known| way.starts_with(known)))
    });
    counted || ONE_OF_THESE.iter().any(|phrase| lower.contains(phrase))
}

#[cfg(test)]
mod tests {
    use super::counts_ways_out;

    #[test]
    fn counted_ways_out_are_a_choice() {
        for yes in [
            "There are three ways out; take one of them.",
            "You have 2 options:",
            "Er zijn twee manieren.",
            "Det finns tre olika alternativ för att lösa det:",
            "세 가지 방법이 있습니다.",
            "해결하는 3가지 옵션이 있습니다.",
            "Do one of the following:",
        ] {
            assert!(counts_ways_out(yes), "{yes}");
        }
        for no in ["Do both of these.", "Wait three minutes.", "There are options.", "두 번 다시 시도하세요."]
        {
            assert!(!counts_ways_out(no), "{no}");
        }
    }
}
