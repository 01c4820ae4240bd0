//! A catalog as rules of another tool.
//!
//! The one format is CRE's, because it is the one open format for "this log line means that problem, and here is what to
//! do" with a tool that runs it over live logs and a public collection of rules; SARIF has no place for what a log must
//! hold, only for what was found in source code. An entry becomes a rule whose expression matches any of its messages;
//! what readers are told becomes Markdown. It may not know where the catalog came from.

use std::fmt::Write as _;

use crate::catalog::{Catalog, Entry, FALLBACK_LANGUAGE, Inline, Message, Situation, Text};
use crate::markdown::{code, escaped};
use crate::notation::{Piece, pieces};

/// What a slot may hold in an expression: one line's worth.
const SLOT: &str = ".{1,512}?";
/// What stands for text that is not kept.
const OPEN: &str = ".*?";

/// A catalog as a file of CRE rules (YAML), one for each entry. Cost: linear in the catalog.
pub fn cre(catalog: &Catalog) -> String {
    let mut out = String::from("rules:\n");
    for entry in &catalog.entries {
        rule(&mut out, catalog, entry);
    }
    out
}

fn rule(out: &mut String, catalog: &Catalog, entry: &Entry) {
    let fallback = Text::default();
    let text = entry.text(FALLBACK_LANGUAGE).map_or(&fallback, |(_, text)| text);
    let product = catalog.products.iter().find(|product| product.id == entry.product);
    let application = product.and_then(|product| product.titles.get(FALLBACK_LANGUAGE)).unwrap_or(&entry.product);
    let id = entry.id.replace('/', "-");
    let causes: Vec<String> = text.situations.iter().map(cause).filter(|text| !text.is_empty()).collect();
    let mitigation: Vec<String> = text.situations.iter().map(mitigation).filter(|text| !text.is_empty()).collect();
    let _ = write!(
        out,
        "  - metadata:\n      kind: prequel\n      id: {id}\n    cre:\n      id: {id}\n      severity: 2\n      title: {title}\n      \
         category: error-diagnoser\n      author: error-diagnoser\n      description: {title}\n      cause: {cause}\n      \
         impact: \"\"\n      impactScore: 1\n      mitigation: {mitigation}\n      mitigationScore: 1\n",
        id = string(&id),
        title = string(&text.title),
        cause = string(&causes.join("\n\n")),
        mitigation = string(&mitigation.join("\n\n")),
    );
    let links = links(text);
    let _ = writeln!(out, "      references:{}", if links.is_empty() { " []" } else { "" });
    for link in links {
        let _ = writeln!(out, "        - {}", string(&link));
    }
    let _ = write!(
        out,
        "      applications:\n        - name: {}\n    rule:\n      set:\n        event:\n          source: {}\n        match:\n          \
         - regex: {}\n",
        string(application),
        string(&format!("cre.log.{}", entry.product)),
        string(&expression(&entry.messages)),
    );
}

/// A string that is one in JSON and in YAML.
fn string(text: &str) -> String {
    serde_json::Value::String(text.to_owned()).to_string()
}

/// An expression that matches any of the messages, in whatever letter case.
fn expression(messages: &[Message]) -> String {
    let branches: Vec<String> = messages.iter().map(branch).collect();
    format!("(?i)(?:{})", branches.join("|"))
}

fn branch(message: &Message) -> String {
    if message.regex {
        return format!("(?:{})", message.text);
    }
    let mut expression = String::new();
    for piece in pieces(&message.text) {
        match piece {
            Piece::Text(text) => expression.push_str(&fixed(text)),
            Piece::Slot(_) => expression.push_str(SLOT),
            Piece::Open => expression.push_str(OPEN),
            Piece::Choice(names) => {
                let names: Vec<String> = names.into_iter().map(fixed).collect();
                let _ = write!(expression, "(?:{})", names.join("|"));
            }
        }
    }
    // A slot at either end would only make the match longer.
    let trimmed = expression.trim_start_matches(OPEN).trim_end_matches(OPEN);
    trimmed.strip_suffix(SLOT).unwrap_or(trimmed).to_owned()
}

fn fixed(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(regex_syntax::escape).collect();
    let space = |has: bool| if has { r"\s*" } else { "" };
    let starts = text.starts_with(char::is_whitespace) && !words.is_empty();
    let ends = text.ends_with(char::is_whitespace);
    format!("{}{}{}", space(starts), words.join(r"\s+"), space(ends))
}

fn cause(situation: &Situation) -> String {
    let when = situation.when.as_deref().map(|when| format!("{}: ", markdown(when))).unwrap_or_default();
    format!("{when}{}", markdown(&situation.cause)).trim().to_owned()
}

fn mitigation(situation: &Situation) -> String {
    let mut out = markdown(&situation.intro);
    for (number, step) in (1..).zip(&situation.steps) {
        let mark = if situation.ordered { format!("{number}.") } else { "-".into() };
        let _ = write!(out, "\n{mark} {}", markdown(step).replace('\n', "\n  "));
    }
    out.trim().to_owned()
}

/// Every address that a text leads to, once each, in order.
fn links(text: &Text) -> Vec<String> {
    fn collect(prose: &[Inline], links: &mut Vec<String>) {
        for inline in prose {
            match inline {
                Inline::Link { href, content } => {
                    if !links.contains(href) {
                        links.push(href.clone());
                    }
                    collect(content, links);
                }
                Inline::Strong(content) => collect(content, links),
                Inline::List { items, .. } => items.iter().for_each(|item| collect(item, links)),
                Inline::Text(_) | Inline::Code(_) | Inline::Slot(_) => {}
            }
        }
    }
    let mut found = Vec::new();
    for situation in &text.situations {
        for prose in [&situation.cause, &situation.intro].into_iter().chain(&situation.steps) {
            collect(prose, &mut found);
        }
    }
    found
}

/// Prose as Markdown.
fn markdown(prose: &[Inline]) -> String {
    let mut out = String::new();
    for inline in prose {
        match inline {
            Inline::Text(text) => out.push_str(&text.split('\n').map(escaped).collect::<Vec<_>>().join("\n")),
            Inline::Code(text) => out.push_str(&code(text)),
            Inline::Strong(content) => out.extend(["**", &markdown(content), "**"]),
            Inline::Link { href, content } => out.extend(["[", &markdown(content), "](", href, ")"]),
            Inline::Slot(name) => out.extend(["`{", name, "}`"]),
            Inline::List { ordered, items } => {
                for (number, item) in (1..).zip(items) {
                    let mark = if *ordered { format!("{number}.") } else { "-".into() };
                    let _ = write!(out, "\n{mark} {}", markdown(item).replace('\n', "\n  "));
                }
                out.push('\n');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_becomes_an_expression_of_its_fixed_text() {
        let source = expression(&[
            Message::text("en", "Could not open {file}: {permission denied|not found}."),
            Message { lang: "en".into(), text: r"code (\d+)".into(), regex: true },
            Message::text("en", "Loading …"),
        ]);
        assert_eq!(
            source,
            r"(?i)(?:Could\s+not\s+open\s*.{1,512}?:\s*(?:permission\s+denied|not\s+found)\.|(?:code (\d+))|Loading\s*)"
        );
        let regex = regex_lite::Regex::new(&source).unwrap();
        assert!(regex.is_match("x could  not open /etc/a: NOT found."));
        assert!(!regex.is_match("could not open /etc/a: busy"));
    }
}
