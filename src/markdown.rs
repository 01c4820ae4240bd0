//! Text as Markdown, whatever it holds: for whoever writes pages by program.

/// Text as inline code.
pub fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Text in which nothing is markup, on one line.
pub fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|') {
            out.push('\\');
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_code_or_begins_markup() {
        assert_eq!(code("a``b`"), "``` a``b` ```");
        assert_eq!(code("plain"), "`plain`");
        assert_eq!(escaped("a*b\n<c>"), "a\\*b \\<c\\>");
    }
}
