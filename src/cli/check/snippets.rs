//! A problem with the line of the page that it is about, as compilers show theirs.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use error_diagnoser::{Problem, Severity};

use crate::cli::human;

/// The problem with its line; coloured in a terminal.
pub fn render(problem: &Problem, text: &str, coloured: bool) -> String {
    let what = human::printable(&problem.what);
    let help = human::printable(&problem.help);
    let line = line(text, problem.line);
    let shown = human::printable(line);
    let indent = shown.chars().take(problem.column.saturating_sub(1) as usize).map(char::len_utf8).sum::<usize>();
    let start = indent.min(shown.len());
    // What is wrong begins there; how long it is, a line's end tells.
    let end = shown[start..].find("  ").map_or(shown.trim_end().len().max(start), |at| start + at);
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let snippet = Snippet::source(shown.as_str())
        .line_start(problem.line as usize)
        .path(problem.path.as_str())
        .annotation(AnnotationKind::Primary.span(start..end.max(start)));
    let report = [level
        .primary_title(what.as_str())
        .id(problem.code.as_str())
        .element(snippet)
        .element(Level::HELP.message(help.as_str()))];
    let renderer = if coloured { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&report)
}

/// A line by its number; a line ends at LF, CR or CRLF.
fn line(text: &str, number: u32) -> &str {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut rest = text;
    for _ in 1..number {
        let Some(end) = rest.find(['\n', '\r']) else { return "" };
        rest = &rest[end + if rest[end..].starts_with("\r\n") { 2 } else { 1 }..];
    }
    rest.split(['\n', '\r']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_shown_with_its_line() {
        let problem = Problem::error("bad-id", "en.md", "the id \"É\" is bad", "write {#e}").at(2, 4);
        let shown = render(&problem, "\u{feff}first\r\n## Élan {#É}\r\n", false);
        assert!(shown.contains("error[bad-id]: the id \"É\" is bad"), "{shown}");
        assert!(shown.contains("--> en.md:2:4"), "{shown}");
        assert!(shown.contains("2 | ## Élan {#É}"), "{shown}");
        assert!(shown.contains("help: write {#e}"), "{shown}");
        let beyond = render(&problem.clone().at(9, 70), "x", false);
        assert!(beyond.contains("en.md:9"), "{beyond}");
    }
}
