//! The few words around an answer, in the languages that the catalog speaks.

/// The words of one language. Where `{}` stands, a number or a name is filled in.
pub struct Words {
    pub certain: &'static str,
    pub likely: &'static str,
    pub possible: &'static str,
    pub recognised: &'static str,
    pub once: &'static str,
    pub often: &'static str,
    pub alternatives: &'static str,
    pub situation: &'static str,
    pub cause: &'static str,
    pub steps: &'static str,
    pub sequence: &'static str,
    pub choice: &'static str,
    pub nothing: &'static str,
    pub closest: &'static str,
    pub which_app: &'static str,
    pub which_situation: &'static str,
    pub ask_again: &'static str,
}

const EN: Words = Words {
    certain: "certain",
    likely: "likely",
    possible: "possible",
    recognised: "Recognised",
    once: "line {}",
    often: "{} times, on lines",
    alternatives: "This text could also be",
    situation: "When",
    cause: "Cause",
    steps: "What to do",
    sequence: "What to do, in this order",
    choice: "What to do, one of these",
    nothing: "Nothing in the catalog is sure to be this error.",
    closest: "Closest entries",
    which_app: "Which app shows this?",
    which_situation: "Which of these is it?",
    ask_again: "Ask again with",
};

const NL: Words = Words {
    certain: "zeker",
    likely: "waarschijnlijk",
    possible: "mogelijk",
    recognised: "Herkend",
    once: "regel {}",
    often: "{} keer, op regels",
    alternatives: "Deze tekst kan ook zijn",
    situation: "Wanneer",
    cause: "Oorzaak",
    steps: "Wat u kunt doen",
    sequence: "Wat u kunt doen, in deze volgorde",
    choice: "Wat u kunt doen, een van deze",
    nothing: "Niets in de catalogus is met zekerheid deze fout.",
    closest: "Dichtstbijzijnde onderwerpen",
    which_app: "Welke app toont dit?",
    which_situation: "Welke van deze is het?",
    ask_again: "Vraag het opnieuw met",
};

const SV: Words = Words {
    certain: "säkert",
    likely: "troligt",
    possible: "möjligt",
    recognised: "Igenkänt",
    once: "rad {}",
    often: "{} gånger, på raderna",
    alternatives: "Texten kan också vara",
    situation: "När",
    cause: "Orsak",
    steps: "Gör så här",
    sequence: "Gör så här, i den här ordningen",
    choice: "Gör så här, ett av dessa",
    nothing: "Inget i katalogen är säkert det här felet.",
    closest: "Närmaste ämnen",
    which_app: "Vilken app visar detta?",
    which_situation: "Vilket av dessa är det?",
    ask_again: "Fråga igen med",
};

const KO: Words = Words {
    certain: "확실함",
    likely: "가능성 높음",
    possible: "가능성 있음",
    recognised: "인식된 메시지",
    once: "{}번째 줄",
    often: "{}회, 다음 줄",
    alternatives: "다음 항목일 수도 있습니다",
    situation: "해당하는 경우",
    cause: "원인",
    steps: "해결 방법",
    sequence: "해결 방법(순서대로)",
    choice: "해결 방법(다음 중 하나)",
    nothing: "이 오류라고 확신할 수 있는 항목이 카탈로그에 없습니다.",
    closest: "가장 가까운 항목",
    which_app: "어떤 앱에서 표시되었습니까?",
    which_situation: "다음 중 어느 것입니까?",
    ask_again: "다음 옵션으로 다시 실행하세요",
};

/// The words for a reader of this language (`nl`, `nl-BE`); English where we have none.
pub fn of(lang: &str) -> &'static Words {
    match lang.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "nl" => &NL,
        "sv" => &SV,
        "ko" => &KO,
        _ => &EN,
    }
}
