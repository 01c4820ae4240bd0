//! Rules as pages and samples, in the words of their authors.
//!
//! What a rule says is Markdown already; here it is kept from meaning something to our pages that its author did not
//! mean: bold words and a colon are no label, a heading is no entry, `<name>` is no markup.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Entry;
use crate::catalog::is_safe_link;
use crate::markdown::{code, escaped};
use crate::page::is_label;

/// A paste for `samples.toml`, and whether it must find the entry.
pub(super) type Proof = (String, bool);

/// The files of a catalog: a page and its samples for every application. `proofs` stand in the order of the entries.
pub(super) fn files(entries: &[Entry], proofs: &[Vec<Proof>]) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for (number, entry) in entries.iter().enumerate() {
        if entry.within.is_none() {
            let page = files.entry(format!("{}/en.md", product(entry))).or_insert_with(|| front_matter(entry));
            section(page, entries, number);
        }
        for (text, finds) in proofs.get(number).into_iter().flatten() {
            let samples: &mut String = files.entry(format!("{}/samples.toml", product(entry))).or_default();
            sample(samples, &entry.id, text, *finds);
        }
    }
    files
}

fn product(entry: &Entry) -> &str {
    entry.id.split('/').next().unwrap_or_default()
}

fn front_matter(entry: &Entry) -> String {
    let title = serde_json::Value::String(entry.rule.application.clone());
    format!("---\nproduct: {}\ntitle: {title}\nlanguage: en\n---\n", entry.rule.product)
}

fn section(page: &mut String, entries: &[Entry], number: usize) {
    let entry = &entries[number];
    let name = entry.id.split_once('/').map_or("", |(_, name)| name);
    let _ = write!(page, "\n## {} {{#{name}}}\n\n**Error**:\n\n", escaped(&entry.rule.title));
    for message in &entry.messages {
        let text = if message.regex { format!("/{}/", message.text) } else { message.text.clone() };
        let _ = writeln!(page, "* {}", code(&text));
    }
    let others: Vec<&Entry> = entries.iter().filter(|other| other.within == Some(number)).collect();
    if others.is_empty() {
        explanation(page, entry);
        return;
    }
    for one in std::iter::once(entry).chain(others) {
        let _ = write!(page, "\n### {}\n", escaped(&one.rule.title));
        explanation(page, one);
    }
}

fn explanation(page: &mut String, entry: &Entry) {
    let rule = &entry.rule;
    page.push_str("\n**Cause**:\n\n");
    for text in [&rule.description, &rule.cause] {
        paragraph(page, &prose(text));
    }
    let source =
        if rule.author.is_empty() { rule.id.clone() } else { format!("{}, by {}", rule.id, escaped(&rule.author)) };
    let links: Vec<String> = rule.references.iter().map(|address| link(address)).collect();
    let read_on = if links.is_empty() { String::new() } else { format!(" Read on: {}.", links.join(", ")) };
    paragraph(page, &format!("This is the rule {source}.{read_on}"));
    page.push_str("**Resolution**:\n\n");
    let mitigation = prose(&rule.mitigation);
    paragraph(
        page,
        if mitigation.is_empty() { "The rule names no way out; read what it refers to." } else { &mitigation },
    );
    page.truncate(page.trim_end().len());
    page.push('\n');
}

fn paragraph(page: &mut String, text: &str) {
    if !text.is_empty() {
        page.push_str(text);
        page.push_str("\n\n");
    }
}

fn sample(samples: &mut String, id: &str, text: &str, finds: bool) {
    let gap = if samples.is_empty() { "" } else { "\n" };
    let string = |text: &str| toml::Value::String(text.to_owned());
    let _ = writeln!(samples, "{gap}[[sample]]\nentry = {}\ntext = {}", string(id), string(text));
    if !finds {
        samples.push_str("finds = false\n");
    }
}

/// A rule's prose, such that our pages read nothing into it.
fn prose(text: &str) -> String {
    let mut out = String::new();
    let mut is_code = false;
    for line in text.trim().lines() {
        let content = line.trim_start();
        let indent = &line[..line.len() - content.len()];
        if content.starts_with("```") || content.starts_with("~~~") {
            is_code = !is_code;
        } else if !is_code {
            let (marker, words) = marker(content);
            let _ = writeln!(out, "{indent}{marker}{}", sentence(words.trim_start_matches('#').trim_start()));
            continue;
        }
        out.push_str(line);
        out.push('\n');
    }
    if is_code {
        out.push_str("```\n");
    }
    out.trim_end().to_owned()
}

/// The mark of a list's item, and what follows it.
fn marker(line: &str) -> (&str, &str) {
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = match line.strip_prefix(['-', '*', '+']) {
        Some(rest) => rest,
        None if digits.len() < line.len() => digits.strip_prefix(['.', ')']).unwrap_or(line),
        None => line,
    };
    let words = rest.trim_start();
    if rest.len() < line.len() && words.len() < rest.len() {
        line.split_at(line.len() - words.len())
    } else {
        ("", line)
    }
}

/// A line that begins with no label and holds no markup.
fn sentence(words: &str) -> String {
    let bold = words.strip_prefix("**").and_then(|rest| rest.split_once("**"));
    let words = match bold {
        Some((lead, rest)) if lead.ends_with(':') || rest.starts_with(':') => format!("{lead}{rest}"),
        _ => words.to_owned(),
    };
    let words = match words.split_once(':') {
        Some((lead, rest)) if is_label(lead.trim_matches(['*', '_', ' '])) => format!("{lead} –{rest}"),
        _ => words,
    };
    without_markup(&words)
}

/// `<` outside code is a character.
fn without_markup(line: &str) -> String {
    let mut out = String::new();
    let mut is_code = false;
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        is_code ^= c == '`';
        if c == '<' && !is_code && before != '\\' && !line[at..].starts_with("<http") {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

fn link(address: &str) -> String {
    if is_safe_link(address) && !address.contains(char::is_whitespace) { format!("<{address}>") } else { code(address) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_means_nothing_to_a_page() {
        for (written, read) in [
            (
                "**Immediate:**\n- **Error**: look at `<pod>` and <pod>",
                "Immediate:\n- Error – look at `<pod>` and \\<pod>",
            ),
            ("# Cause: rain\n1. Fix: umbrella", "Cause – rain\n1. Fix – umbrella"),
            ("```\n# Error: x\n<y>", "```\n# Error: x\n<y>\n```"),
            ("see <https://example.org/a>", "see <https://example.org/a>"),
            ("a*b: **c** d", "a*b: **c** d"),
        ] {
            assert_eq!(prose(written), read);
        }
        assert_eq!(link("http://example.org"), "`http://example.org`");
    }
}
