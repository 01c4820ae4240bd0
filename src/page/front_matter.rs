//! The YAML between `---` lines at a page's beginning: ours, and what other documentation systems write there.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value};

use super::source::Notes;
use crate::catalog::{App, nearest};

/// A date as a number that grows with time: year, month, day.
pub type Date = (u16, u8, u8);

/// What a page says about itself.
#[derive(Debug, Default)]
pub(super) struct FrontMatter {
    pub product: Option<String>,
    pub title: Option<String>,
    pub language: Option<String>,
    pub base: Option<String>,
    pub date: Option<Date>,
    /// Whether a machine translated the page, and nobody reviewed it.
    pub unreviewed: bool,
    /// For each entry that was translated, the fingerprint of its original at that time.
    pub originals: BTreeMap<String, String>,
    /// The apps that entries apply to unless they say otherwise.
    pub apps: Vec<App>,
    /// Where the page's body begins, in bytes.
    pub body: usize,
}

/// The fields of our own pages.
const FIELDS: &[&str] = &["product", "title", "language", "base", "apps", "date", "translation", "originals"];

/// What documentation systems keep in a page without meaning us.
const OTHERS: &[&str] = &["author", "description", "keywords", "locale", "lang", "manager", "reviewer", "layout"];

/// Reads a page's front matter, if it has any.
pub(super) fn read(text: &str, notes: &mut Notes) -> FrontMatter {
    let begin = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let none = FrontMatter { body: begin, ..FrontMatter::default() };
    let Some((yaml_at, yaml, body)) = divide(text, begin) else { return none };
    let fields = match serde_saphyr::from_str::<Value>(yaml) {
        Ok(Value::Object(fields)) => fields,
        Ok(_) => return none,
        Err(error) => {
            let fields = by_line(yaml);
            if fields.is_empty() {
                return none;
            }
            notes.own = fields.contains_key("product");
            let line = error.location().map_or(0, |location| location.line().saturating_sub(1));
            let at = yaml_at + yaml.split_inclusive('\n').take(line as usize).map(str::len).sum::<usize>();
            notes.fault(
                at.min(body),
                "bad-front-matter",
                "the front matter is not YAML; it was read line by line",
                "put a value that holds a colon or begins with a special character in quotes",
            );
            fields
        }
    };
    let reader = Reader::new(fields, yaml, yaml_at);
    notes.own = reader.fields.contains_key("product");
    reader.unknown(notes);
    FrontMatter {
        product: reader.text(&["product"]),
        title: reader.text(&["title"]),
        language: reader.text(&["language", "lang", "ms.contentlocale", "locale"]).map(|tag| language(&tag)),
        base: reader.base(notes),
        date: reader.date(notes),
        unreviewed: reader.unreviewed(notes),
        originals: reader.originals(notes),
        apps: reader.apps(notes),
        body,
    }
}

/// Where the YAML begins, the YAML, and where the body begins.
fn divide(text: &str, begin: usize) -> Option<(usize, &str, usize)> {
    let mut lines = text[begin..].split_inclusive('\n');
    let first = lines.next()?;
    if first.trim_end() != "---" {
        return None;
    }
    let yaml_at = begin + first.len();
    let mut at = yaml_at;
    for line in lines {
        if matches!(line.trim_end(), "---" | "...") {
            return Some((yaml_at, &text[yaml_at..at], at + line.len()));
        }
        at += line.len();
    }
    None
}

/// `key: value` lines, for front matter that is no YAML.
fn by_line(yaml: &str) -> Map<String, Value> {
    let mut fields = Map::new();
    for line in yaml.lines() {
        if let Some((key, value)) = line.split_once(':')
            && !key.is_empty()
            && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'))
        {
            let value = value.trim().trim_matches(['"', '\'']);
            fields.entry(key).or_insert_with(|| Value::String(value.into()));
        }
    }
    fields
}

/// A language tag as our pages name languages: `nl` for `nl-NL`; with the region where it is a different writing.
fn language(tag: &str) -> String {
    let mut parts = tag.trim().split(['-', '_']);
    let base = parts.next().unwrap_or_default().to_ascii_lowercase();
    match (base.as_str(), parts.next_back()) {
        ("zh" | "pt" | "sr", Some(region)) => format!("{base}-{}", region.to_ascii_uppercase()),
        _ => base,
    }
}

struct Reader<'a> {
    fields: Map<String, Value>,
    /// Where each field stands.
    places: HashMap<&'a str, usize>,
    yaml_at: usize,
}

impl<'a> Reader<'a> {
    fn new(fields: Map<String, Value>, yaml: &'a str, yaml_at: usize) -> Self {
        let mut places = HashMap::new();
        let mut at = yaml_at;
        for line in yaml.split_inclusive('\n') {
            if let Some((key, _)) = line.split_once(':') {
                places.entry(key.trim_end().trim_matches(['"', '\''])).or_insert(at);
            }
            at += line.len();
        }
        Self { fields, places, yaml_at }
    }

    /// Where a field stands.
    fn at(&self, key: &str) -> usize {
        self.places.get(key).copied().unwrap_or(self.yaml_at)
    }

    fn text(&self, keys: &[&str]) -> Option<String> {
        keys.iter().find_map(|key| match self.fields.get(*key) {
            Some(Value::String(text)) if !text.trim().is_empty() => Some(text.trim().to_string()),
            Some(value @ (Value::Number(_) | Value::Bool(_))) => Some(value.to_string()),
            _ => None,
        })
    }

    fn unknown(&self, notes: &mut Notes) {
        for key in self.fields.keys() {
            let expected = FIELDS.contains(&key.as_str()) || OTHERS.contains(&key.as_str()) || key.contains('.');
            let near = nearest(key, FIELDS.iter().copied());
            if !expected && (notes.own || near.is_some()) {
                let help = match near {
                    Some(near) => format!("did you mean \"{near}\"?"),
                    None => format!("the fields are {}", FIELDS.join(", ")),
                };
                notes.fault(self.at(key), "unknown-field", format!("the front matter has no field \"{key}\""), help);
            }
        }
    }

    fn base(&self, notes: &mut Notes) -> Option<String> {
        let base = self.text(&["base"])?;
        if base.to_ascii_lowercase().starts_with("https://") && crate::catalog::is_safe_link(&base) {
            return Some(base);
        }
        notes.fault(
            self.at("base"),
            "bad-base",
            format!("the base \"{base}\" is not an absolute https link"),
            "write the folder that the page's links are relative to, as https://…/",
        );
        None
    }

    /// `translation: machine` or `reviewed`; documentation systems write `ms.translationtype: MT`.
    fn unreviewed(&self, notes: &mut Notes) -> bool {
        match self.text(&["translation"]).as_deref() {
            None => self.text(&["ms.translationtype"]).is_some_and(|kind| kind.eq_ignore_ascii_case("MT")),
            Some("machine") => true,
            Some("reviewed") => false,
            Some(other) => {
                let what = format!("\"{other}\" is no state of a translation");
                notes.fault(self.at("translation"), "bad-translation", what, "write machine or reviewed");
                false
            }
        }
    }

    /// Fingerprints by the names of entries, as `error-diagnoser translated` writes them.
    fn originals(&self, notes: &mut Notes) -> BTreeMap<String, String> {
        match self.fields.get("originals") {
            None | Some(Value::Null) => BTreeMap::new(),
            Some(Value::Object(map)) if map.values().all(Value::is_string) => {
                map.iter().filter_map(|(name, print)| Some((name.clone(), print.as_str()?.to_owned()))).collect()
            }
            Some(_) => {
                let what = "originals is no list of entries with the fingerprints of their originals";
                let help = "remove it, and let `error-diagnoser translated` write it anew";
                notes.fault(self.at("originals"), "bad-originals", what, help);
                BTreeMap::new()
            }
        }
    }

    fn date(&self, notes: &mut Notes) -> Option<Date> {
        let key = if self.fields.contains_key("date") { "date" } else { "ms.date" };
        let text = self.text(&[key])?;
        let date = date(&text);
        if date.is_none() && key == "date" {
            let what = format!("\"{text}\" is not a date");
            notes.fault(self.at(key), "bad-date", what, "write year-month-day, for example 2025-03-31");
        }
        date
    }

    /// `apps: Box`, `apps: [Box, Okta]`, or a map from names to aliases.
    fn apps(&self, notes: &mut Notes) -> Vec<App> {
        let Some(value) = self.fields.get("apps") else { return Vec::new() };
        let app = |name: &str, aliases| App { name: name.trim().into(), aliases };
        let strings = |value: &Value| -> Option<Vec<String>> {
            match value {
                Value::Null => Some(Vec::new()),
                Value::String(one) => Some(vec![one.trim().to_string()]),
                Value::Array(all) => all.iter().map(|one| one.as_str().map(|one| one.trim().to_string())).collect(),
                _ => None,
            }
        };
        let read: Option<Vec<App>> = match value {
            Value::Object(map) => map.iter().map(|(name, aliases)| Some(app(name, strings(aliases)?))).collect(),
            Value::Array(all) => all
                .iter()
                .map(|one| match one {
                    Value::String(name) => Some(vec![app(name, Vec::new())]),
                    Value::Object(map) => {
                        map.iter().map(|(name, aliases)| Some(app(name, strings(aliases)?))).collect()
                    }
                    _ => None,
                })
                .collect::<Option<Vec<Vec<App>>>>()
                .map(|apps| apps.concat()),
            other => strings(other).map(|names| names.iter().map(|name| app(name, Vec::new())).collect()),
        };
        read.unwrap_or_else(|| {
            notes.fault(
                self.at("apps"),
                "bad-apps",
                "the apps are neither names nor names with lists of aliases",
                "write apps: [ServiceNow], or under apps: a line such as Office 365: [Microsoft 365, O365]",
            );
            Vec::new()
        })
    }
}

/// `2025-03-31` or, as documentation systems write it, `3/31/2025`.
fn date(text: &str) -> Option<Date> {
    let text = text.split(['T', ' ']).next()?;
    let (year, month, day) = match text.split(['-', '/']).collect::<Vec<_>>()[..] {
        [year, month, day] if text.contains('-') => (year, month, day),
        [month, day, year] => (year, month, day),
        _ => return None,
    };
    let date = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    ((1970..=9999).contains(&date.0) && (1..=12).contains(&date.1) && (1..=31).contains(&date.2)).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::{date, read};
    use crate::page::source::Notes;

    #[test]
    fn dates_are_read_in_both_orders() {
        assert_eq!(date("2025-03-31"), Some((2025, 3, 31)));
        assert_eq!(date("3/31/2025"), Some((2025, 3, 31)));
        for no in ["31/3/2025", "yesterday", "2025-13-01", "2025"] {
            assert_eq!(date(no), None, "{no}");
        }
    }

    #[test]
    fn foreign_fields_are_understood_and_left_alone() {
        let mut notes = Notes::new("page.md");
        let page = "\u{feff}---\r\ntitle: Fel | Docs\r\nms.contentlocale: sv-SE\r\nms.date: 01/18/2021\r\nkeywords: \r\n\r\n---\r\nbody";
        let read = read(page, &mut notes);
        assert_eq!((read.language.as_deref(), read.date), (Some("sv"), Some((2021, 1, 18))));
        assert_eq!((read.title.as_deref(), &page[read.body..]), (Some("Fel | Docs"), "body"));
        assert!(notes.finish(page).is_empty());
    }

    #[test]
    fn apps_may_carry_aliases_in_two_forms() {
        for yaml in ["apps:\n  Box:\n  Office 365: [O365]", "apps:\n- Box\n- Office 365: [O365]"] {
            let page = format!("---\nproduct: x\n{yaml}\n---\n");
            let apps = read(&page, &mut Notes::new("page.md")).apps;
            let names: Vec<_> = apps.iter().map(|app| (app.name.as_str(), app.aliases.len())).collect();
            assert_eq!(names, [("Box", 0), ("Office 365", 1)], "{yaml}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_at_its_line() {
        let page = "---\nproduct: x\nlangauge: nl\nbase: ftp://x\ndate: soon\napps: 3.5\n---\n";
        let mut notes = Notes::new("page.md");
        read(page, &mut notes);
        let found: Vec<_> = notes.finish(page).into_iter().map(|problem| (problem.line, problem.code)).collect();
        let expected = [(3, "unknown-field"), (4, "bad-base"), (5, "bad-date"), (6, "bad-apps")]
            .map(|(line, code)| (line, code.to_string()));
        assert_eq!(found, expected);
    }

    #[test]
    fn a_title_with_a_colon_does_not_lose_the_rest() {
        let page = "---\ntitle: Errors: all of them\nlanguage: nl\n---\n";
        let mut notes = Notes::new("page.md");
        let front = read(page, &mut notes);
        assert_eq!((front.title.as_deref(), front.language.as_deref()), (Some("Errors: all of them"), Some("nl")));
        assert_eq!(notes.finish(page)[0].code, "bad-front-matter");
        let rule = read("---\nprose\n---\n", &mut Notes::new("page.md"));
        assert_eq!(rule.body, 0);
    }
}
