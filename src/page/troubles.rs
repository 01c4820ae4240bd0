//! Headings that tell what goes wrong in their author's words ("I can't connect to the crane", "Pods are stuck"), on
//! pages that name no message and label nothing. A question how to do something is none, nor is an instruction.

use std::sync::LazyLock;

use regex_lite::Regex;

use super::labels;
use super::phrases;

/// Headings that ask for or give instruction.
static INSTRUCTS: LazyLock<Regex> = LazyLock::new(|| {
    phrases::regex(concat!(
        r"(?i)^(?:\W*)(?:how|what|where|when|which|who|is|are|can|could|do|does|should|will|may|check|verify|ensure|make sure|use|using|add|",
        r"set|setting (?:up|the|a|an)|configure|configuring|enable|enabling|disable|disabling|debug|debugging|diagnose|diagnosing|fix|fixing|",
        r"resolve|resolving|solve|solving|troubleshoot|troubleshooting|handle|handling|avoid|avoiding|prevent|preventing|",
        r"identify|identifying|understand|understanding|investigate|investigating|increase|reduce|update|upgrade|install|",
        r"create|delete|remove|restart|reset|run|try|test|find|get (?:\w+ )?help|collect|enter|change|limit|provide|report|",
        r"(?:adjust|allow|apply|assign|clear|close|edit|grant|modify|open|pass|rename|replace|review|select|specify|start|stop|view) (?:the|an?|your|all|any|this|that)|",
        r"about|example|examples|but|and|so|then|before|known|common|many|several|some|all|other|next steps?|support|contact|see also|overview|summary|general|additional|further|best practices?|step \d+|option \d+)\b",
    ))
});

/// Doing something is no trouble ("Retrying failed steps") unless it fails ("Opening the hatch fails").
static DOES: LazyLock<Regex> = LazyLock::new(|| phrases::regex(r"(?i)^\w+ing\b"));
static DOES_AND_FAILS: LazyLock<Regex> = LazyLock::new(|| {
    phrases::regex(concat!(
        r"(?i)^(?:experiencing|failing|getting|hanging|having|missing|receiving|seeing)\b|\b(?:fails?|failed (?:with|to|when)|failing|is|are|do|does|",
        r"doesn['’]t|don['’]t|can ?not|can['’]t|gives?|hangs?|results?|returns?|throws?|takes?|crashes|stops|not|NOUN)\b",
    ))
});

/// What goes wrong, in words that headings have.
static TROUBLE: LazyLock<Regex> = LazyLock::new(|| {
    phrases::regex(concat!(
        r"(?i)^no \w+|\b(?:can ?not|can['’]t|could(?: not|n['’]t)|do(?:es)?(?: not|n['’]t)|did(?: not|n['’]t)|won['’]t|will not|",
        r"(?:is|are|was|were|has|have)(?: not|n['’]t)|not (?:working|found|loading|loaded|showing|visible|available|responding|being|able|enough|",
        r"authorized|applied|supported|allowed|recognized|updating|updated|starting|running|ready|connecting|displayed|created|deleted)|",
        r"unable|fail(?:s|ed|ing)?|failure(?:s)? (?:when|to|while|in|of|on|after|during|due|with|for)|stuck|hang(?:s|ing)?|hung|freezes|frozen|",
        r"crash(?:es|ed|ing)?|slow|timed? ?-?out|times out|timing out|timeouts?|refused|denied|forbidden|unauthori[sz]ed|rejected|expired|invalid|",
        r"missing|mismatch(?:ed)?|unexpected(?:ly)?|unreachable|unavailable|unresponsive|unresolved|unknown|unsupported|broken|breaks|corrupt(?:ed)?|",
        r"incorrect(?:ly)?|wrong(?:ly)?|inconsistent|exceed(?:s|ed)|exhausted|insufficient|too (?:many|large|long|small|few|big|slow|old)|",
        r"already (?:in use|exists?|taken)|(?:black|blank|blue|gr[ae]y|red|white) screen|no longer|never|no such|stop(?:s|ped)? \w+ing|only (?:some|one|a few)|outdated|high number of|locked|rather than|instead of|disappear(?:s|ed)?|lost|loses|losing|leak(?:s|ing)?|blank|empty|out of (?:memory|disk|space)|",
        r"conflict(?:s|ing)?|terminat(?:ed|es)|evicted|killed|dropped|duplicated?|delayed|high (?:cpu|memory|latency|load)|oomkilled|crashloopbackoff|",
        r"(?:error|warning|exception)s? (?:when|while|during|on|after|in|from|trying|opening|running|starting|loading|at)|",
        r"(?:get|gets|getting|got|see|sees|seeing|receiv(?:e|es|ed|ing)|encounter(?:s|ed|ing)?|throws?|returns?|with)\b[^.?!]{0,40} (?:NOUN))\b",
    ))
});

/// A question that asks why something goes wrong for its reader; others ask why something is as it is.
static WHY: LazyLock<Regex> = LazyLock::new(|| {
    phrases::regex(
        r"(?i)^why\b.*\b(?:i|my|me|we|our|fail(?:s|ed|ing)?|stuck|crash(?:es|ing)?|errors?|slow|missing|unable)\b",
    )
});

/// What a section's heading tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tells {
    #[default]
    Nothing,
    /// What goes wrong, on a page about errors.
    Trouble,
    /// What to do.
    Instruction,
    /// That errors follow: "Common issues".
    Chapter,
}

/// What a heading tells under this chapter, where errors are spoken of or not; `leaf` when no heading stands under it.
pub(super) fn read(heading: &str, chapter: &str, errors: bool, leaf: bool) -> Tells {
    if instructs(heading) && !names_chapter(heading) {
        Tells::Instruction
    } else if errors && (is_trouble(heading) || names_chapter(chapter) && names_error(heading)) {
        Tells::Trouble
    } else if names_chapter(heading) {
        // "Rope problems" without others under them are one.
        if errors && leaf && !instructs(heading) && !heading.trim_end().ends_with('?') {
            Tells::Trouble
        } else {
            Tells::Chapter
        }
    } else {
        Tells::Nothing
    }
}

/// Whether a heading tells what goes wrong.
pub(super) fn is_trouble(heading: &str) -> bool {
    let heading = phrases::head(heading.trim(), 300);
    let asks_why = heading.to_lowercase().starts_with("why");
    heading.split_whitespace().count() >= 2
        && !instructs(heading)
        && TROUBLE.is_match(heading)
        && (!asks_why || WHY.is_match(heading))
}

/// Whether a heading names a chapter of errors: "Common SSL issues", "Connection errors and solutions".
fn names_chapter(heading: &str) -> bool {
    static CHAPTER: LazyLock<Regex> = LazyLock::new(|| {
        phrases::regex(concat!(
            r"(?i)\b(?:errors|issues|problems|exceptions|failures|warnings|(?:error|warning) (?:messages|codes))",
            r"(?: and (?:their )?(?:workarounds|solutions|fixes|resolutions|causes|how to \w+ them))?(?: \[[^\]]*\])?\W*$",
        ))
    });
    // "Errors" alone may be a manual of them, with chapters of its own.
    heading.split_whitespace().count() >= 2 && CHAPTER.is_match(phrases::tail(heading.trim(), 300))
}

/// Whether a heading under such a chapter can name an error of its own.
fn names_error(heading: &str) -> bool {
    let heading = phrases::head(heading.trim(), 300);
    heading.split_whitespace().count() >= 2
        && !instructs(heading)
        && !labels::is_afterword(heading)
        && (!names_chapter(heading) || heading.contains(": "))
}

/// Whether a heading says what to do, or asks for it.
fn instructs(heading: &str) -> bool {
    let heading = phrases::head(heading.trim(), 300);
    INSTRUCTS.is_match(heading) || DOES.is_match(heading) && !DOES_AND_FAILS.is_match(heading)
}

/// What a heading tells, without the question behind it: "… What should I do?"
pub(super) fn told(heading: &str) -> &str {
    let heading = heading.trim();
    let asked = heading.strip_suffix('?').and_then(|rest| rest.rfind(['.', '!', '?']));
    match asked {
        Some(end) if heading[end + 1..].starts_with(' ') && end > 10 => heading[..=end].trim(),
        _ => heading,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_trouble, names_chapter, names_error, told};

    #[test]
    fn chapters_and_what_stands_in_them() {
        assert!(names_chapter("Common SSL issues") && names_chapter("Connection errors and solutions"));
        assert!(!names_chapter("Error handling") && !names_chapter("Issues with ropes"));
        assert!(names_error("Rope has two ends") && !names_error("Check the rope") && !names_error("Known issues"));
        assert_eq!(told("I can't lift it. What should I do?"), "I can't lift it.");
        assert_eq!(told("Why is it slow?"), "Why is it slow?");
    }

    #[test]
    fn headings_that_tell_what_goes_wrong() {
        for yes in [
            "I can't connect to the crane. What should I do?",
            "Boxes are stuck on the quay",
            "Counterweight isn't balanced after the update",
            "The wrong berth is shown",
            "I'm receiving errors after the tide",
            "Why is my crane slow?",
            "Error when lifting a pallet",
            "Lifting pallets not working",
        ] {
            assert!(is_trouble(yes), "{yes}");
        }
        for no in [
            "How do I fix a stuck box?",
            "Check that the rope is not missing",
            "Errors",
            "Connection errors",
            "Can I move my crane?",
            "Why doesn't the harbour use trucks?",
            "Known limits",
            "Painting the crane",
            "Retrying failed lifts",
        ] {
            assert!(!is_trouble(no), "{no}");
        }
    }
}
