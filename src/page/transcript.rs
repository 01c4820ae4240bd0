//! Blocks of code that hold what a terminal or a log shows: which lines were typed, and which are messages.

use std::sync::LazyLock;

use regex_lite::Regex;

use super::phrases;

/// Whether a line of a terminal is what its user typed, or a comment.
pub(super) fn is_typed(line: &str) -> bool {
    let line = line.trim_start();
    let prompt = line.find(['$', '#', '>']).filter(|&at| at <= 24 && line[at + 1..].starts_with(' '));
    prompt.is_some_and(|at| {
        let host = &line[..at];
        host.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '@' | ':' | '~' | '/' | '\\' | '.'))
            || host.starts_with("PS ")
    })
}

/// What a block of code prints: its records, of a log only the faulty ones, or all of it as one message. What was typed
/// is left out.
pub(super) fn records(code: &str) -> Vec<String> {
    let mut lines: Vec<&str> = Vec::new();
    let mut typed = false;
    for line in code.lines() {
        let by_user = typed || is_typed(line);
        typed = by_user && line.trim_end().ends_with('\\');
        let dots = line.trim().trim_matches(['<', '>', '[', ']', '(', ')']);
        let is_left_out = line.trim().is_empty() || !dots.is_empty() && dots.chars().all(|c| matches!(c, '.' | '…'));
        if !by_user && !is_left_out {
            lines.push(line);
        }
    }
    let begins = lines.iter().filter(|line| begins_record(line)).count();
    if begins < 2 || begins * 10 < lines.len() * 6 {
        let whole = lines.join("\n");
        return if whole.trim().is_empty() { Vec::new() } else { vec![whole] };
    }
    let mut records: Vec<String> = Vec::new();
    for line in lines {
        match records.last_mut() {
            Some(record) if !begins_record(line) => {
                record.push('\n');
                record.push_str(line);
            }
            _ => records.push(line.into()),
        }
    }
    let worst: Vec<String> = records.iter().filter(|record| is_error_record(record)).cloned().collect();
    let faulty: Vec<String> = records.iter().filter(|record| phrases::has_fault(record)).cloned().collect();
    [worst, faulty].into_iter().find(|found| !found.is_empty()).unwrap_or(records)
}

/// Whether a line of code is a command: it has options, or begins like one.
pub(super) fn is_command(text: &str) -> bool {
    static COMMAND: LazyLock<Regex> = LazyLock::new(|| {
        phrases::regex(concat!(
            r"^(?:sudo|kubectl|docker|npm|yarn|pip|apt(?:-get)?|yum|dnf|helm|git|curl|wget|az|aws|gcloud|terraform|psql|cd|ls|cat|",
            r"export|unset|mkdir|cp|mv|rm|chmod|chown|systemctl|journalctl|POST|GET|PUT|DELETE)\s+[\w./$-]",
        ))
    });
    let first = text.lines().next().unwrap_or_default().trim();
    // "journal | grep Error" looks for what went wrong.
    let piped = first.contains(" | ") && !first.contains(": ") && text.trim().lines().count() == 1;
    piped
        || !phrases::has_fault(text)
            && (phrases::has_option(first) && !first.contains(": ") || COMMAND.is_match(phrases::head(first, 600)))
}

/// Whether a line begins a record of a log, or a message of its own.
fn begins_record(line: &str) -> bool {
    static RECORD: LazyLock<Regex> = LazyLock::new(|| {
        phrases::regex(concat!(
            r"^(?:\[[^\]]+\]|\d{4}[-/]\d\d[-/]\d\d|[IWEF]\d{4} |[\w./-]+\.(?:go|py|java|rs|c|cpp|js|ts|rb):\d+\]?|",
            r"(?:npm )?(?:ERR!|(?i:error|warning|warn|info|fatal|panic|debug))\b)",
        ))
    });
    RECORD.is_match(phrases::head(line, 120))
}

/// Whether a record of a log says itself that it is an error.
fn is_error_record(record: &str) -> bool {
    static LEVEL: LazyLock<Regex> = LazyLock::new(|| {
        phrases::regex(r"^(?:(?:npm )?ERR!|(?i:error|fatal|panic)\b|[EF]\d{4} |\[(?i:error|fatal)\])")
    });
    LEVEL.is_match(phrases::head(record, 60))
}

/// Languages of programs.
const PROGRAMS: &[&str] = &[
    "c",
    "cjs",
    "cpp",
    "cs",
    "csharp",
    "go",
    "java",
    "javascript",
    "js",
    "jsx",
    "kotlin",
    "mjs",
    "php",
    "py",
    "python",
    "rb",
    "ruby",
    "rs",
    "rust",
    "svelte",
    "swift",
    "ts",
    "tsx",
    "typescript",
    "vue",
];

/// Whether a block of code is plainly a program, and not what one printed, which authors mark as the same language.
pub(super) fn is_source(lang: &str, text: &str) -> bool {
    static STATEMENT: LazyLock<Regex> = LazyLock::new(|| {
        phrases::regex(concat!(
            r"^(?:(?:async|await|class|const|def|export|fn|for|from|func|function|if|import|let|package|private|public|return|static|",
            r"throw|try|use|using|var|while|with)\b.*[\w\s({;:,'\x22)]$|//|/\*|#include|@\w+|<\w+)|;$|[{(]$",
        ))
    });
    let first = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    PROGRAMS.contains(&lang) && STATEMENT.is_match(phrases::head(first, 200))
}

#[cfg(test)]
mod tests {
    use super::is_source;

    #[test]
    fn programs_are_told_from_what_they_print() {
        for source in
            ["const err = new Error('no rope');", "import crane from 'crane';", "try {", "// lift\nlift()", "lift(7);"]
        {
            assert!(is_source("js", source), "{source}");
        }
        for printed in
            ["TypeError: rope is not a function", "Error: no rope\n  at lift (crane.js:1)", "import failed: no rope!"]
        {
            assert!(!is_source("js", printed), "{printed}");
        }
        assert!(!is_source("text", "try {"));
    }
}
