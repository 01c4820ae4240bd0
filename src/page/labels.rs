//! The words that authors use, in every language that we ship: one table for each thing, and nothing else to change
//! when a language is added.
//!
//! Words are compared in lower case and without spaces, because machine translation puts spaces anywhere.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::phrases;

/// What a labelled block or a table's column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Label {
    /// What the product prints.
    Message,
    /// What its reader meets: a message, or a description with a message in it.
    Symptom,
    /// The code that the product prints with a message, or alone (tables only).
    Code,
    /// The apps that the entry applies to.
    App,
    /// Why it happens.
    Cause,
    /// What to do.
    Resolution,
    /// The entry's name within the product (tables only).
    Id,
    /// The entry's title (tables only).
    Title,
}

/// One row of the table: what it labels, in which language, with which words.
type Words = (Label, &'static str, &'static [&'static str]);

const LABELS: &[Words] = &[
    (
        Label::Message,
        "en",
        &[
            "error",
            "errors",
            "error message",
            "error messages",
            "error text",
            "error description",
            "error message text",
            "error output",
            "example error",
            "possible error",
            "possible errors",
            "possible error messages",
            "error name",
            "exception",
            "message",
            "messages",
            "message text",
            "log message",
            "warning message",
            "brief message",
            "full message",
            "full error message",
            "example message",
            "sample message",
            "exception message",
        ],
    ),
    (Label::Symptom, "en", &["symptom", "symptoms", "problem", "problems", "issue", "issues"]),
    (Label::Symptom, "nl", &["symptoom", "symptomen", "probleem", "problemen"]),
    (Label::Symptom, "sv", &["symtom", "problem"]),
    (Label::Symptom, "ko", &["증상", "문제"]),
    (
        Label::Code,
        "en",
        &[
            "error code",
            "error codes",
            "code",
            "codes",
            "error id",
            "error number",
            "event id",
            "exit code",
            "result code",
            "return code",
            "error type",
            "exception type",
            "exception types",
            "exception class",
            "fault code",
            "reason code",
            "error key",
            "hex",
            "hex code",
        ],
    ),
    (Label::Code, "nl", &["foutcode", "foutcodes"]),
    (Label::Code, "sv", &["felkod", "felkoder"]),
    (Label::Code, "ko", &["오류 코드", "코드"]),
    (
        Label::Message,
        "nl",
        &["fout", "fouten", "foutbericht", "foutberichten", "foutmelding", "foutmeldingen", "bericht", "melding"],
    ),
    (Label::Message, "sv", &["fel", "felmeddelande", "felmeddelanden", "meddelande"]),
    (Label::Message, "ko", &["오류", "오류 메시지", "메시지"]),
    (
        Label::App,
        "en",
        &[
            "app",
            "apps",
            "application",
            "applications",
            "applies to",
            "relevant app",
            "relevant apps",
            "affected app",
            "affected apps",
        ],
    ),
    (
        Label::App,
        "nl",
        &["geldt voor", "van toepassing op", "toepassing", "toepassingen", "relevante app", "relevante apps"],
    ),
    (Label::App, "sv", &["gäller för", "gäller", "appar", "relevant app", "relevanta appar", "berörd app"]),
    (Label::App, "ko", &["적용 대상", "앱", "관련 앱", "해당 앱", "애플리케이션"]),
    (
        Label::Cause,
        "en",
        &[
            "cause",
            "causes",
            "possible cause",
            "possible causes",
            "root cause",
            "reason",
            "reasons",
            "description",
            "descriptions",
            "details",
            "explanation",
            "meaning",
        ],
    ),
    (
        Label::Cause,
        "nl",
        &["oorzaak", "oorzaken", "mogelijke oorzaak", "mogelijke oorzaken", "reden", "beschrijving", "omschrijving"],
    ),
    (Label::Cause, "sv", &["orsak", "orsaker", "möjlig orsak", "möjliga orsaker", "beskrivning", "förklaring"]),
    (Label::Cause, "ko", &["원인", "가능한 원인", "이유", "설명"]),
    (
        Label::Resolution,
        "en",
        &[
            "resolution",
            "resolutions",
            "solution",
            "solutions",
            "recommendation",
            "recommendations",
            "recommended action",
            "recommended actions",
            "suggested action",
            "suggested actions",
            "required action",
            "mitigation",
            "mitigations",
            "workaround",
            "workarounds",
            "remedy",
            "fix",
            "how to fix",
            "what to do",
            "action",
            "actions",
            "user action",
            "corrective action",
            "suggestion",
            "suggestions",
            "guidance",
            "investigation",
            "troubleshooting steps",
            "troubleshooting guide",
            "next step",
            "response",
            "more information",
            "additional information",
            "remediation",
        ],
    ),
    (
        Label::Resolution,
        "nl",
        &[
            "oplossing",
            "oplossingen",
            "tijdelijke oplossing",
            "aanbeveling",
            "aanbevelingen",
            "aanbevolen actie",
            "actie",
            "maatregel",
        ],
    ),
    (
        Label::Resolution,
        "sv",
        &[
            "lösning",
            "lösningar",
            "tillfällig lösning",
            "rekommendation",
            "rekommendationer",
            "rekommenderad åtgärd",
            "åtgärd",
            "åtgärder",
        ],
    ),
    (
        Label::Resolution,
        "ko",
        &["해결", "해결 방법", "해결책", "해결 방안", "솔루션", "권장 사항", "권장 조치", "조치", "완화"],
    ),
    (Label::Id, "", &["id"]),
    (Label::Title, "en", &["title"]),
    (Label::Title, "nl", &["titel"]),
    (Label::Title, "sv", &["rubrik"]),
    (Label::Title, "ko", &["제목"]),
];

/// Bold lead-ins that are prose: they label nothing, and nobody needs to be told.
const ASIDES: &[&str] = &[
    "note",
    "notes",
    "tip",
    "important",
    "caution",
    "warning",
    "example",
    "opmerking",
    "let op",
    "belangrijk",
    "waarschuwing",
    "voorbeeld",
    "obs",
    "anmärkning",
    "tips",
    "viktigt",
    "varning",
    "exempel",
    "참고",
    "팁",
    "중요",
    "주의",
    "경고",
    "예",
];

/// Headings of chapters that belong to the page and not to the error above them.
const AFTERWORDS: &[&str] = &[
    "see also",
    "next steps",
    "useful links",
    "additional resources",
    "related articles",
    "related topics",
    "related information",
    "further reading",
    "learn more",
    "contact support",
    "support contact",
    "getting help",
    "get help",
    "what's next",
    "more information",
    "more help",
    "related content",
    "references",
    "feedback",
    "need help",
    "zie ook",
    "volgende stappen",
    "meer informatie",
    "verwante inhoud",
    "se även",
    "nästa steg",
    "mer information",
    "relaterat innehåll",
    "참고 항목",
    "다음 단계",
    "추가 정보",
    "관련 콘텐츠",
];

/// An entry of all apps.
const ALL_APPS: &[&str] = &["all apps", "all", "any app", "any", "alle apps", "alle", "alla appar", "alla", "모든 앱"];

/// Words inside parentheses that say "your value here".
pub(super) const GOES_HERE: &[&str] =
    &["goes here", "wordt hier ingevoegd", "komt hier", "infogas här", "anges här", "여기에"];

/// The table by word, because every paragraph of a page asks it.
static BY_WORD: LazyLock<HashMap<String, (Label, Vec<&'static str>)>> = LazyLock::new(|| {
    let mut words: HashMap<String, (Label, Vec<&'static str>)> = HashMap::new();
    for (label, language, list) in LABELS {
        for word in *list {
            let (known, languages) = words.entry(squeezed(word)).or_insert((*label, Vec::new()));
            if known == label {
                languages.push(language);
            }
        }
    }
    words
});

/// What a word labels, and the languages that say it so. A number at its end (`Resolution #2`), an `(s)` and what a
/// whole phrase of such words says (`Why this error occurs`) are understood too.
pub(super) fn find(words: &str) -> Option<(Label, Vec<&'static str>)> {
    // Asterisks that Markdown left standing close before the colon or behind it.
    let words =
        words.trim().trim_start_matches(['*', '_', ' ']).trim_end_matches(['*', '_', ' ', ':', '：']).trim_end();
    let bare = words.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end().trim_end_matches('#').trim_end();
    let bare = bare.strip_suffix("(s)").unwrap_or(bare);
    let known = [words, bare].into_iter().find_map(|words| BY_WORD.get(&squeezed(words)).cloned());
    known.or_else(|| phrases::label(words).map(|label| (label, vec!["en"])))
}

/// What a word labels; a whole phrase does not.
pub(super) fn find_word(words: &str) -> Option<(Label, Vec<&'static str>)> {
    phrases::label(words).map_or_else(|| find(words), |_| None)
}

/// All labels' words, for "did you mean".
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    LABELS.iter().flat_map(|(_, _, list)| list.iter().copied())
}

/// Whether a bold lead-in is an aside such as "Note".
pub(super) fn is_aside(words: &str) -> bool {
    let wanted = squeezed(words.trim_end_matches([':', '：']));
    ASIDES.iter().any(|known| squeezed(known) == wanted)
}

/// Whether a heading opens a chapter of the page, such as "See also".
pub(super) fn is_afterword(words: &str) -> bool {
    let wanted = squeezed(words);
    AFTERWORDS.iter().any(|known| squeezed(known) == wanted)
}

/// Whether an app's name means every app.
pub(super) fn is_all_apps(name: &str) -> bool {
    let wanted = squeezed(name);
    ALL_APPS.iter().any(|known| squeezed(known) == wanted)
}

fn squeezed(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{Label, find};

    #[test]
    fn labels_are_known_in_every_language_whatever_the_spacing() {
        for (words, label) in [
            ("Error", Label::Message),
            ("Foutbericht", Label::Message),
            ("오류  메시지:", Label::Message),
            ("relevante app", Label::App),
            ("Gäller för", Label::App),
            ("ORSAK", Label::Cause),
            ("해결방법", Label::Resolution),
        ] {
            assert_eq!(find(words).map(|(label, _)| label), Some(label), "{words}");
        }
        assert_eq!(find("Errors and omissions"), None);
        assert_eq!(find("problem").unwrap().1, ["en", "sv"]);
        for (words, label) in [
            ("Resolution #3", Label::Resolution),
            ("Cause 2", Label::Cause),
            ("Possible cause(s)", Label::Cause),
            ("ErrorCode", Label::Code),
            ("Why This Error Occurred", Label::Cause),
            ("Possible Ways to Fix It", Label::Resolution),
            ("** Symptom **:", Label::Symptom),
            ("**Symptom:**", Label::Symptom),
            ("__Errors__ :", Label::Message),
        ] {
            assert_eq!(find(words).map(|(label, _)| label), Some(label), "{words}");
        }
    }
}
