//! Phrases of documentation prose, in English, which most foreign pages are written in: a heading that says in several
//! words what a label says in one, a sentence that announces a message, a paragraph where the fix begins.
//!
//! Everything here is about words; which blocks and spans they belong to stands in `told`.

use std::sync::LazyLock;

use regex_lite::Regex;

use super::labels::Label;

/// Words that a heading may have beside the telling one and still be a label, not the name of an error.
const FILLERS: &[&str] = &[
    "a",
    "about",
    "additional",
    "and",
    "be",
    "can",
    "cause",
    "causes",
    "common",
    "could",
    "did",
    "do",
    "does",
    "error",
    "errors",
    "exception",
    "explanation",
    "fix",
    "fixes",
    "fixing",
    "for",
    "get",
    "got",
    "happen",
    "happened",
    "happens",
    "how",
    "i",
    "is",
    "issue",
    "it",
    "likely",
    "mean",
    "means",
    "message",
    "might",
    "of",
    "occur",
    "occurred",
    "occurs",
    "option",
    "options",
    "or",
    "possible",
    "potential",
    "probable",
    "problem",
    "proposed",
    "reason",
    "reasons",
    "recommended",
    "remedy",
    "resolution",
    "resolutions",
    "resolve",
    "resolving",
    "root",
    "solution",
    "solutions",
    "solve",
    "solving",
    "step",
    "steps",
    "suggested",
    "that",
    "the",
    "these",
    "this",
    "to",
    "up",
    "warning",
    "way",
    "ways",
    "went",
    "what",
    "why",
    "workaround",
    "workarounds",
    "wrong",
    "you",
    "your",
];

const RESOLVES: &[&str] = &[
    "fix",
    "fixes",
    "fixing",
    "resolve",
    "resolving",
    "resolution",
    "resolutions",
    "solve",
    "solving",
    "solution",
    "solutions",
    "workaround",
    "workarounds",
    "remedy",
];

const CAUSES: &[&str] = &[
    "why", "cause", "causes", "reason", "reasons", "mean", "means", "happened", "happens", "occurs", "occurred",
    "wrong",
];

/// What a phrase labels, if all of its words are those of a label: "Possible ways to fix it", "Why this error occurred".
pub(super) fn label(phrase: &str) -> Option<Label> {
    let phrase = phrase.to_lowercase();
    let words: Vec<&str> = phrase.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.len() < 2 || words.len() > 7 || !words.iter().all(|word| FILLERS.contains(word)) {
        return None;
    }
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    if has(RESOLVES) {
        Some(Label::Resolution)
    } else if has(CAUSES) {
        Some(Label::Cause)
    } else {
        None
    }
}

/// What a product prints, as authors call it.
const NOUN: &str = r"(?:error|message|warning|exception|failure|foutmelding|foutbericht|felmeddelande|오류|메시지)s?";

pub(super) fn regex(pattern: &str) -> Regex {
    Regex::new(&pattern.replace("NOUN", NOUN)).expect("the pattern is fixed and tested")
}

/// Whether a heading or sentence speaks of errors.
pub(super) fn speaks_of_errors(text: &str) -> bool {
    static ERRORS: LazyLock<Regex> = LazyLock::new(|| {
        regex(r"(?i)\b(?:NOUN|fout(?:en|codes?)?|fel(?:koder|kod)?|problems?|issues?|troubleshoot(?:ing)?|faq)\b|오류")
    });
    ERRORS.is_match(head(text, LOOK))
}

static HAS_NOUN: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\bNOUN\b|\bfail(?:s|ed|ing)? (?:with|on)\b|\bprint(?:s|ed|ing)? (?:out )?(?:the following|this)\b|\bsee something like\b",
    )
});
/// A sentence that tells what to do, or when or why something happens, announces no message.
static INSTRUCTS: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"(?i)^(?:(?:or|and) )?(?:to|in order to|please|then|next|run|use|add|set|try|check|verify|ensure|make sure|follow|start|open|",
        r"create|install|update|change|modify|remove|delete|replace|execute|configure|enable|disable)\b",
        r"|(?:,|\b(?:then|and)) (?:please )?(?:try|use|run|add|set|check)\b",
        r"|\b(?:if|when|because|reasons?|causes?|steps|conditions|options|settings|commands?)\s*:?\s*$",
        r"|\b(?:fix|resolve|avoid|prevent|solve|troubleshoot|correct|eliminate|address|handle|workaround|diagnose|debug|clear)",
        r"\b.{0,40}\bNOUN\s*:?\s*$",
        r"|\bcaused by (?:one|any|either|some) of\b|\b(?:causes?|reasons?) (?:of|for|behind) (?:this|the|these|such|that|an?) (?:\w+ )?NOUN (?:are|is|includes?)\b",
        r"|\byou (?:should|must|need to)\b",
        r"|\byou can (?:also |then |either )?(?:add|avoid|change|configure|create|decrease|delete|disable|enable|fix|force|increase|",
        r"mitigate|override|pass|reduce|remove|resolve|restart|run|set|solve|specify|try|update|upgrade|use|work ?around)\b",
    ))
});
static ENDS_IN_NOUN: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)\bNOUN\W*(?:\w+\W*){0,2}$"));
static OF_COMMANDS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:following|these|this|below) (?:\w+ )?(?:steps?|commands?|quer(?:y|ies)|scripts?|options?|actions?|methods?|settings?|polic(?:y|ies)|permissions?|code|example|configuration|templates?|links?|resources|table|list)\b",
    )
});

static GETS: LazyLock<Regex> = LazyLock::new(|| {
    let gets = "returns?|gets?|sees?|receives?|gives?|shows?|displays?|prints?|produces?|throws?|encounters?";
    regex(&format!(r"(?i)\b(?:{gets})\b[^,;]{{0,40}}\bNOUN\W*$"))
});
/// "You may receive errors …, such as the following example:"
static SUCH_AS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:NOUN)\b.*\b(?:such as|like|similar to|for example|for instance)(?: the)?(?: (?:following|this|these|one below))?(?: (?:example|one)s?)?\s*[,:]*$",
    )
});
static POINTS: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)[:,，：]$|\b(?:following|below|this|these|such as|like|with|with:)\b|[^.!?]$"));

/// Whether a sentence announces a message that follows it: "you get the following error:".
pub(super) fn announces(sentence: &str) -> bool {
    let sentence = tail(sentence.trim(), LOOK);
    if (GETS.is_match(sentence) || SUCH_AS.is_match(sentence) && !INSTRUCTS.is_match(sentence))
        && !sentence.to_lowercase().starts_with("to ")
    {
        return true;
    }
    HAS_NOUN.is_match(sentence)
        && POINTS.is_match(sentence)
        && !INSTRUCTS.is_match(sentence)
        && (ENDS_IN_NOUN.is_match(sentence) || !OF_COMMANDS.is_match(sentence))
}

/// Whether a sentence speaks of an error, and does not tell what to do.
pub(super) fn mentions(sentence: &str) -> bool {
    let sentence = tail(sentence.trim(), LOOK);
    HAS_NOUN.is_match(sentence) && !INSTRUCTS.is_match(sentence)
}

/// Whether what a program prints begins as errors do.
pub(super) fn begins_with_fault(text: &str) -> bool {
    static BEGINS: LazyLock<Regex> =
        LazyLock::new(|| regex(r"(?i)^\W*(?:an error occurred|\w*(?:error|exception)\b|fatal\b|panic\b|E\d{3,})"));
    BEGINS.is_match(head(text.trim_start(), LOOK))
}

/// Whether a sentence says what its reader will see or find: "When pushing you usually see:".
pub(super) fn turns_up(sentence: &str) -> bool {
    static SEES: LazyLock<Regex> = LazyLock::new(|| {
        regex(concat!(
            r"(?i)\b(?:you|users?|they|one)(?:['’]ll)?(?: (?:may|might|will|can|could|should|usually|often|then|also|probably))* ",
            r"(?:see|find|get|notice|receive|encounter|sees|finds|gets)\b.*:$|",
            r"\b(?:issue|problem|symptom)s?\b.{0,40}\b(?:appear|arise|occur|show)s?\b.*:$",
        ))
    });
    SEES.is_match(tail(sentence.trim(), LOOK))
}

/// Whether a sentence says what is read off a screen or a log: "The display shows:".
pub(super) fn is_read_off(sentence: &str) -> bool {
    static SHOWS: LazyLock<Regex> = LazyLock::new(|| {
        regex(concat!(
            r"(?i)\b(?:display|screen|panel|dialog(?: box)?|window|banner|console|terminal|log(?: ?file)?)s? ",
            r"(?:then )?(?:shows?|reads?|says?)\b.*:$",
        ))
    });
    SHOWS.is_match(tail(sentence.trim(), LOOK))
}

/// Whether such a sentence announces several, which a list can hold; what a list says of one error is no message.
pub(super) fn announces_several(sentence: &str) -> bool {
    static SEVERAL: LazyLock<Regex> = LazyLock::new(|| {
        regex(concat!(
            r"(?i)\b(?:messages|errors|warnings|exceptions|failures)\b.*",
            r"\b(?:following|displayed|shown|seen|include|includes|appear|occur|below|are)\b",
        ))
    });
    let sentence = tail(sentence, LOOK);
    ENDS_IN_NOUN.is_match(sentence) || SEVERAL.is_match(sentence)
}

static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r#"(?i)(?:\bNOUN(?: (?:messages?|texts?|codes?|logs?|strings?|reasons?))?(?: (?:that|which))?"#,
        r#"(?: (?:says?|saying|states?|stating|reads?|reading|like|such as|similar to|is|was|as|of|with|called|named|shown|displayed))?"#,
        r#"(?: the (?:following|error|message))?\s*[:,]?\s*(?:the )?|"#,
        r#"\bNOUN along (?:these|the following) lines:? |\bNOUN,? (?:such as|like|for example,?|e\.g\.,?) ?|"#,
        r#"\b(?:logs?|log messages?|output|response|stack ?trace)\b[^.!?:]{0,30}\b(?:like|similar to)(?: this| the following)?\s*[-–:]*\s*|"#,
        r#"\bNOUN\b[^.!?]{0,80}:\s*|\bNOUN\b[^.!?:,;]{0,30}(?:\((?:like|such as|e\.g\.,?|for example,?)|\b(?:with|saying|like|such as)) ?|"#,
        r#"\bNOUN codes? \S{1,40} \(|\b(?:fail(?:s|ed|ing)?|crash(?:es|ed)?|exit(?:s|ed)?) with (?:the |an? )?|\b(?:shows?|reports?|returns?|throws?|displays?) (?:the )?NOUN:?\s*)$"#,
    ))
});
static AFTER: LazyLock<Regex> = LazyLock::new(|| regex(r#"(?i)^["'”’)]*\s+(?:\w+ )?NOUN\b"#));

/// Whether the words before a quotation introduce it as a message: "an error that says".
pub(super) fn introduces(before: &str) -> bool {
    BEFORE.is_match(before)
}

/// Whether the words behind a quotation call it a message: "error", "exception is thrown".
pub(super) fn is_called(after: &str) -> bool {
    AFTER.is_match(head(after, 60))
}

/// What stands behind the colon of "fails with error message: …".
pub(super) fn after_error_colon(text: &str) -> Option<&str> {
    static COLON: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)\bNOUN\s*:\s*"));
    let found = COLON.find(head(text, LOOK))?;
    let rest = text[found.end()..].trim();
    (rest.split_whitespace().count() >= 3).then_some(rest)
}

static ABOUT_THE_HEADING: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"(?i)(?:^|[.!?]\s+)(?:this|the above) (?:error|message|warning|exception)(?: (?:message|code))?\b|",
        r", this (?:error|message|warning|exception) (?:appears|happens|indicates|is|means|occurs)\b",
    ))
});

/// Whether prose speaks of the heading above it as of a message: "This error occurs when …".
pub(super) fn speaks_of_heading(prose: &str) -> bool {
    ABOUT_THE_HEADING.is_match(head(prose, LOOK))
}

/// Words that messages have and names of things have not.
static FAULT: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"(?i)\b(?:abort(?:ed|ing)?|bad|broken|can ?not|can['’]t|corrupt(?:ed)?|could not|couldn['’]t|denied|does(?: not|n['’]t)|disallowed|err|",
        r"error|exceed(?:ed|s)|exception|expired|fail(?:ed|s|ure|ing)?|fatal|forbidden|gone|illegal|impossible|incompatible|incorrect|",
        r"insufficient|invalid|is not|isn['’]t|lost|malformed|mismatch|missing|must|no such|not found|not allowed|not supported|",
        r"not valid|panic|refused|reject(?:ed)?|terminated|time[d ]?-? ?out|too (?:many|large|long|small|few|old)|unable|unauthori[sz]ed|unavailable|",
        r"undefined|unexpected|unhandled|unknown|unreachable|unrecogni[sz]ed|unresolved|unsupported|violation|was not|went wrong)\b|ERR!|ECONN|ETIME|EACCES",
    ))
});

/// Whether a text has a word of failure in it.
pub(super) fn has_fault(text: &str) -> bool {
    let text = head(text, 4 * LOOK);
    // "NOT_FOUND" says so too; "error_code" is a name.
    let shouted = |word: &str| word.contains('_') && !word.contains(char::is_lowercase);
    FAULT.is_match(text) || text.split_whitespace().any(|word| shouted(word) && FAULT.is_match(&word.replace('_', " ")))
}

static OPTION: LazyLock<Regex> = LazyLock::new(|| regex(r"(?:^|\s)--?[A-Za-z]"));

/// Whether a text has an option of a command: `--all`.
pub(super) fn has_option(text: &str) -> bool {
    OPTION.is_match(head(text, LOOK))
}

/// Whether a piece of code reads like a message, and not like a name, a path or a command.
pub(super) fn is_message_like(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
    letters >= 8
        && !OPTION.is_match(head(text, LOOK))
        && (words >= 3 || words == 2 && (text.contains(": ") || has_fault(text)))
}

/// What a heading such as "I get the error …" says that one gets.
pub(super) fn got_error(heading: &str) -> Option<&str> {
    static GOT: LazyLock<Regex> = LazyLock::new(|| {
        regex(concat!(
            r"(?i)\b(?:(?:get(?:ting)?|got|see(?:ing)?|receiv(?:e|ed|ing)|throws?|returns?|fails? with)\b(?: an?| the| this| following){0,2} ",
            r"NOUN(?: message)?:? |with (?:an? |the )?NOUN(?: message)?: |\bfail(?:s|ed) with )(.{8,})$",
        ))
    });
    // "Why do I get a too many connections error when …"
    static GOT_A: LazyLock<Regex> = LazyLock::new(|| {
        regex(r"(?i)\b(?:get(?:ting)?|got|see(?:ing)?|receiv(?:e|ed|ing))(?: an?| the)? (\S+ \S+ \S.*?) NOUN\b")
    });
    let heading = head(heading, LOOK);
    let named = || GOT_A.captures(heading)?.get(1).map(|name| name.as_str()).filter(|name| has_fault(name));
    let Some(found) = GOT.captures(heading).and_then(|found| found.get(1)) else { return named() };
    let found = found.as_str().trim_end_matches('?').trim();
    let first = found.split_whitespace().next()?;
    // "fails with a timeout"
    if matches!(first, "a" | "an" | "the") {
        return None;
    }
    let first = first.to_lowercase();
    // "I'm receiving errors trying to …"
    let goes_on = first.ends_with("ing") && !found.contains(':');
    (!goes_on
        && ![
            "when", "while", "at", "by", "if", "on", "in", "after", "from", "with", "about", "that", "during", "for",
            "and", "or",
        ]
        .contains(&first.as_str()))
    .then_some(found)
}

/// The last sentence of a paragraph, with the one before it if it only points on ("For example:").
pub(super) fn last_sentence(paragraph: &str) -> &str {
    static POINTS_ON: LazyLock<Regex> = LazyLock::new(|| {
        regex(r"(?i)^(?:for (?:example|instance)|e\.g\.|an example|examples?|such as|like this|as follows)\W*$")
    });
    let last = final_sentence(paragraph);
    if !POINTS_ON.is_match(head(last, 40)) {
        return last;
    }
    let before = paragraph.trim_end().strip_suffix(last).unwrap_or_default();
    let start = final_sentence(before);
    &paragraph.trim_end()[before.trim_end().len() - start.len()..]
}

fn final_sentence(paragraph: &str) -> &str {
    let text = paragraph.trim_end();
    let stops = text
        .char_indices()
        .filter(|(at, c)| matches!(c, '.' | '!' | '?') && text[at + c.len_utf8()..].starts_with(char::is_whitespace));
    let start = stops.map(|(at, c)| at + c.len_utf8()).next_back().unwrap_or(0);
    text[start..].trim()
}

/// How much of a text the patterns look at, in characters: no sentence is longer, and hostile text may be.
const LOOK: usize = 600;

/// The last words of a text, short enough for a pattern to look at.
pub(super) fn tail(text: &str, chars: usize) -> &str {
    let start = text.char_indices().rev().nth(chars.saturating_sub(1)).map_or(0, |(at, _)| at);
    &text[start..]
}

pub(super) fn head(text: &str, chars: usize) -> &str {
    text.char_indices().nth(chars).map_or(text, |(at, _)| &text[..at])
}

#[cfg(test)]
mod tests;
