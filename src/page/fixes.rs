//! Where prose begins to tell what to do, in English: the words that a paragraph, or a sentence inside one, begins with.

use std::sync::LazyLock;

use regex_lite::Regex;

use super::phrases;

static FIX: LazyLock<Regex> = LazyLock::new(|| {
    phrases::regex(concat!(
        r"(?i)^(?:(?:append|apply|assign|avoid|back up|consider|consult|convert|copy|deploy|edit|find|free up|get rid of|include|",
        r"inspect|kill|lower|modify|navigate to|reboot|recreate|redeploy|refer to|regenerate|rerun|see|unmount|visit)\b",
        r"|(?:first|then|next|instead|alternatively|also),? (?:add|change|check|configure|disable|enable|ensure|remove|restart|run|set|try|update|use|verify)\b",
        r"|(?:please )?either (?:add|change|disable|enable|export|increase|remove|run|set|stop|update|upgrade|use)\b",
        r"|(?:we|it is|it['’]s) (?:strongly |highly )?(?:recommend(?:ed)?|suggest(?:ed)?|advise[ds]?)\b",
        r"|(?:to (?:fix|resolve|work ?around|solve|avoid|mitigate|correct|prevent|remedy|address|recover|overcome|get around)\b",
        r"|(?:the|a|one|another)(?: \w+){0,2} (?:solution|workaround|fix|remedy|resolution)\b|as (?:a )?workaround\b|workaround:",
        r"|in (?:this|that|such a) case,? (?:of this error |please )?\w+|if (?:so|this happens|the (?:error|problem|issue) (?:occurs|persists))\b",
        r"|(?:please )?(?:add|allow|ask|change|check|choose|clear|close|configure|confirm|contact|correct|create|decrease|delete|disable|",
        r"double[- ]check|download|enable|ensure|follow|give|go to|grant|increase|install|look for|make sure|move|open|pass|perform|provide|reduce|",
        r"reinstall|remove|rename|replace|reset|restart|retry|review|run|select|set|sign (?:in|out)|specify|start|stop|switch|take|tell|try|",
        r"turn (?:on|off)|update|upgrade|use|validate|verify|wait|work with)\b|here are (?:\w+ )*(?:steps|ways|options)|there are (?:\w+ ){1,3}(?:ways|options|workarounds)",
        r"|the (?:easiest|simplest|best|quickest|safest|recommended|preferred|usual) (?:way|solution|fix|option|workaround)\b",
        r"|this (?:issue|bug|problem|error) (?:has been|was|is|should be) (?:fixed|resolved)\b",
        r"|you (?:(?:can|could|should|must|need to|have to|['’]ll need to|will (?:also )?need to)|(?:may|might) (?:also |still |then )?(?:be able|choose|have to|need|prefer|try|use|want|wish))\b|depending on))",
    ))
});

/// What one may meet is no advice: "You may see this error when …".
static MEETS: LazyLock<Regex> = LazyLock::new(|| {
    phrases::regex(concat!(
        r"(?i)^you (?:can|could|may|might|will)(?: also| still| then| be| have)* (?:experience|experiencing|see|seeing|get|getting|",
        r"receive|receiving|encounter|encountering|notice|observe|face|hit|run into|\w+ed)\b",
        r"|^you (?:may|might|could|can) (?:also )?(?:be \w+ing|not)\b",
    ))
});

/// Whether a paragraph begins to tell what to do.
pub(super) fn begins_fix(paragraph: &str) -> bool {
    let beginning = phrases::head(paragraph.trim_start(), 120);
    (FIX.is_match(beginning) || tells_fix(paragraph)) && !MEETS.is_match(beginning)
}

/// Whether a sentence points to where it stands what to do: enough when it is the last one.
pub(super) fn points_elsewhere(sentence: &str) -> bool {
    static POINTS: LazyLock<Regex> = LazyLock::new(|| {
        phrases::regex(
            r"(?i)^(?:(?:please )?(?:see|refer to|visit|consult)\b|(?:please )?consider\b|(?:we|it is|it['’]s) (?:strongly |highly )?(?:recommend|suggest|advise))",
        )
    });
    POINTS.is_match(phrases::head(sentence.trim_start(), 60))
}

/// Whether a sentence inside a paragraph tells what to do; it must say so more plainly than a paragraph.
pub(super) fn tells_fix(sentence: &str) -> bool {
    static PLAINLY: LazyLock<Regex> = LazyLock::new(|| {
        phrases::regex(concat!(
            r"(?i)^(?:to (?:fix|resolve|work ?around|solve|avoid|mitigate|correct|prevent|remedy|address|recover)\b|if you (?:experience|see|get|receive|encounter) this\b|",
            r"if you (?:encounter|get|have|load|receive|run into|see)\b[^.]{3,150}, (?:please |then )?(?:be sure to|disconnect|downgrade|make sure|reboot|restart|run|try)\b|",
            r"an? (?:\w+ )?(?:admin|administrator|owner)(?: (?:for|in|of) [^.]{1,40})? (?:has to|must|needs to|should)\b|in general, you (?:must|need to|should)\b|",
            r"if you still want\b|you (?:just |only |will |['’]ll )*(?:should|must|need to|have to)\b|you (?:can|could|might|may) (?:also |either |then |want to |wish to )*",
            r"(?:add|avoid|change|check|configure|create|delete|disable|enable|fix|force|increase|look into|mitigate|remove|resolve|restart|run|set|",
            r"solve|try|update|upgrade|use|work ?around)\b|(?:if|before|after|to) [^.:;]{3,120}, (?:please |then )?(?:you (?:can|could|should|must|need to)|you['’]ll need to|",
            r"add|change|check|configure|create|delete|disable|enable|ensure|increase|make sure|pass|provide|remove|restart|run|set|specify|try|update|upgrade|use|verify)\b|please \w+|either (?:add|change|disable|enable|remove|set|update|use)\b|find the\b|",
            r"(?:please )?(?:add|allow|ask|change|check|choose|clear|close|configure|confirm|contact|correct|create|decrease|delete|disable|",
            r"double[- ]check|downgrade|download|enable|ensure|follow|grant|increase|install|make sure|move|open|pass|populate|provide|reduce|reinstall|remove|rename|replace|",
            r"rerun|reset|restart|retry|review|run|set|sign (?:in|out)|specify|switch|try|turn (?:on|off)|update|upgrade|use|validate|verify|wait)\b)",
        ))
    });
    let beginning = phrases::head(sentence.trim_start(), 200);
    PLAINLY.is_match(beginning) && !MEETS.is_match(beginning)
}

#[cfg(test)]
mod tests {
    use super::{begins_fix, tells_fix};

    #[test]
    fn where_a_fix_begins() {
        for yes in [
            "To work around the issue, wait.",
            "Check the rope.",
            "You can use another berth.",
            "See the crane's manual.",
        ] {
            assert!(begins_fix(yes), "{yes}");
        }
        for no in ["This happens at low tide.", "The crane is slow.", "You may see this error when the tide is low."] {
            assert!(!begins_fix(no), "{no}");
        }
    }

    #[test]
    fn a_sentence_inside_a_paragraph_says_it_more_plainly() {
        for yes in
            ["Ensure the hook is fastened.", "If the rope is wet, you can wait.", "To resolve this, order fuses."]
        {
            assert!(tells_fix(yes), "{yes}");
        }
        for no in ["You can see this in the log.", "If the rope is wet, it slips."] {
            assert!(!tells_fix(no), "{no}");
        }
    }
}
