//! What other authors write where we write `{name}`: each becomes a slot, with a warning, and only in foreign pages.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex_lite::{Captures, Regex};

use super::labels::GOES_HERE;
use super::source::Notes;
use crate::catalog::MAX_MESSAGE;

/// Words in square brackets that are the message's own: log levels.
const LEVELS: &[&str] = &["debug", "error", "fatal", "info", "notice", "trace", "warn", "warning"];

static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| {
    let here = GOES_HERE.join("|");
    Regex::new(&format!(
        r"(?x-u)
          (?P<guid>\b[0-9A-Fa-f]{{8}}-(?:[0-9A-Fa-f]{{4}}-){{3}}[0-9A-Fa-f]{{12}}\b)
        | (?P<time>\b[0-9]{{4}}[-/][0-9]{{2}}[-/][0-9]{{2}}[T\ ][0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(?:[.,][0-9]+)?(?:Z|[+-][0-9]{{2}}:?[0-9]{{2}})?
            |\bYYYY-MM-DD(?:\ HH:MM:SS)?)
        | (?P<address>\b[0-9]{{1,3}}(?:\.[0-9]{{1,3}}){{3}}(?::[0-9]{{2,5}})?\b|\bx(?:\.x){{3}}(?::[0-9]{{2,5}})?\b)
        | (?P<crosses>\b(?:X{{3,}}|x{{3,}})\b|\*{{3,}})
        | \{{\{{\s?(?P<double>[A-Za-z][A-Za-z0-9_\ .-]{{0,39}})\s?\}}\}}
        | (?P<empty>\{{\}})
        | <(?P<angle>[A-Za-z][A-Za-z0-9_\ .-]{{0,39}})>
        | %(?P<entity>[A-Za-z][A-Za-z0-9_]{{0,39}});
        | %(?P<percents>[a-z][a-z0-9_]{{1,39}})%
        | (?P<printf>%(?:[1-9]\$)?[-+\#0]?(?:[0-9.*]{{1,4}})?(?:hh|h|ll|l|L|z|j|t)?[sdiufxXcp@]\b|%[1-9]\b)
        | \{{(?P<number>[0-9]{{1,2}})\}}
        | \[(?P<square>[a-z][A-Za-z0-9_\ -]{{0,39}})\]
        | \((?P<here>[A-Za-z][A-Za-z0-9_]{{0,39}})\ (?u:{})\)",
        here.replace(' ', r"\ ")
    ))
    .expect("the pattern is fixed and tested")
});

/// The message with its placeholders as slots.
pub(super) fn to_slots(text: String, at: usize, notes: &mut Notes) -> String {
    if text.len() > MAX_MESSAGE {
        return text;
    }
    let mut taken: BTreeMap<String, usize> = slots(&text).into_iter().map(|name| (name, 1)).collect();
    let mut read = Vec::new();
    let replaced = PLACEHOLDER.replace_all(&text, |captures: &Captures| {
        let written = &captures[0];
        // "[preflight] …": what a message begins with in brackets is the part of the product that speaks.
        // One that is glued to a word is a value of the product's.
        let leads = captures.name("square").is_some()
            && captures.get(0).is_none_or(|found| {
                !text[..found.start()]
                    .ends_with(|c: char| c.is_whitespace() || matches!(c, '\'' | '"' | '(' | '/' | '\\'))
            });
        let Some((name, around)) = name(captures).filter(|_| !leads) else { return written.to_string() };
        let name = unused(&name, &mut taken);
        read.push((written.to_string(), name.clone()));
        if around { format!("({{{name}}})") } else { format!("{{{name}}}") }
    });
    let replaced = replaced.into_owned();
    for (written, name) in read {
        notes.warning(
            at,
            "placeholder",
            format!("\"{written}\" was read as the slot {{{name}}}"),
            "write {name} where the product prints a value",
        );
    }
    replaced
}

/// The name of a placeholder's slot, and whether it stood in parentheses; none when it is none after all.
fn name(captures: &Captures) -> Option<(String, bool)> {
    let group = |name: &str| captures.name(name).map(|found| found.as_str());
    for (kind, name) in [("guid", "id"), ("time", "time"), ("address", "address")] {
        if group(kind).is_some() {
            return Some((name.into(), false));
        }
    }
    if let Some(words) = group("angle").or(group("entity")).or(group("double")).or(group("percents")) {
        return Some((camel_case(words), false));
    }
    if let Some(words) = group("square") {
        let own = LEVELS.contains(&words) || words.split_whitespace().count() > 4;
        return (!own).then(|| (camel_case(words), false));
    }
    if let Some(words) = group("here") {
        return Some((camel_case(words), true));
    }
    Some(("value".into(), false))
}

/// The name, or if it is taken the name with the next number.
fn unused(name: &str, taken: &mut BTreeMap<String, usize>) -> String {
    let mut free = name.to_string();
    while taken.contains_key(&free) {
        let count = taken.entry(name.to_string()).or_insert(1);
        *count += 1;
        free = format!("{name}{count}");
    }
    taken.insert(free.clone(), 1);
    free
}

/// `Tenant_ID` → `tenantId`, `alert name` → `alertName`.
fn camel_case(words: &str) -> String {
    let mut name = String::new();
    for word in words.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        let mut chars = word.chars();
        let first = chars.next().unwrap_or_default();
        let shouted = word.chars().all(|c| !c.is_ascii_lowercase());
        let rest: String = if shouted { chars.as_str().to_ascii_lowercase() } else { chars.as_str().into() };
        name.push(if name.is_empty() { first.to_ascii_lowercase() } else { first.to_ascii_uppercase() });
        name.push_str(&rest);
    }
    name
}

/// The names of a message's slots, in order. A name begins with a letter and goes on with letters, digits, `_` and `-`.
pub(super) fn slots(message: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (open, _) in message.match_indices('{') {
        if let Some(name) = slot_at(&message[open..]) {
            names.push(name.to_string());
        }
    }
    names
}

/// The name of the slot that text begins with: `{name}`.
pub(super) fn slot_at(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('{')?;
    let mut chars = inside.char_indices();
    if !chars.next()?.1.is_alphabetic() {
        return None;
    }
    let (end, _) = chars.find(|(_, c)| !(c.is_alphanumeric() || matches!(c, '_' | '-')))?;
    inside[end..].starts_with('}').then(|| &inside[..end])
}

#[cfg(test)]
mod tests {
    use super::to_slots;
    use crate::page::source::Notes;

    #[test]
    fn other_conventions_become_slots() {
        for (written, read) in [
            ("No item XXX", "No item {value}"),
            ("Tenant <Tenant ID> of <tenant-id>", "Tenant {tenantId} of {tenantId2}"),
            ("User %s has %1$d items, %user_name;", "User {value} has {value2} items, {userName}"),
            ("Rule [rule name] broke [error]", "Rule {ruleName} broke [error]"),
            ("Tenant (Tenant_ID goes here) is gone", "Tenant ({tenantId}) is gone"),
            ("Tenant (Tenant_ID wordt hier ingevoegd) is weg", "Tenant ({tenantId}) is weg"),
            ("Tenant 0f8fad5b-d9cb-469f-a165-70867728950e", "Tenant {id}"),
            ("*****.example.com and {0}", "{value}.example.com and {value2}"),
            ("[quay] no berth [berth name] at 10.0.0.9:80", "[quay] no berth {berthName} at {address}"),
            ("%crane_name% is %state%", "{craneName} is {state}"),
            ("{} of {{crane}} at 2023-08-01T16:04:09.5Z, %.*ls", "{value} of {crane2} at {time}, {value2}"),
        ] {
            let mut notes = Notes::new("page.md");
            assert_eq!(to_slots(written.into(), 0, &mut notes), read);
            let problems = notes.finish("");
            assert!(!problems.is_empty() && problems.iter().all(|problem| problem.code == "placeholder"), "{written}");
        }
    }

    #[test]
    fn what_is_no_placeholder_stays() {
        for text in ["100% sure", "a%20b", "[1] and [Driver] and [error]", "1 < 2 and 3 > 2", "xxs", "{name} {a|b}"] {
            let mut notes = Notes::new("page.md");
            assert_eq!(to_slots(text.into(), 0, &mut notes), text);
            assert!(notes.finish("").is_empty());
        }
    }
}
