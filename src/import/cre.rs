//! A CRE rule: what it explains, and the conditions that it asks of a log.
//!
//! Rules are read leniently, field by field, because their files were written by many hands for a laxer reader. This
//! module knows the format of rules; it does not know what a message of ours can say.

use serde_json::{Map, Value};

/// A rule.
#[derive(Clone, Debug, Default)]
pub struct Rule {
    /// Its id, such as `CRE-2025-0001`.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Who wrote it.
    pub author: String,
    /// The application that it is about, as its name and as the first part of an entry's id.
    pub application: String,
    /// The same as a product's id.
    pub product: String,
    /// What happens, in Markdown.
    pub description: String,
    /// Why, in Markdown.
    pub cause: String,
    /// What to do, in Markdown.
    pub mitigation: String,
    /// Addresses to read on.
    pub references: Vec<String>,
    /// What it asks of a log, in its order.
    pub conditions: Vec<Condition>,
    /// What it asks that a paste cannot show or a message cannot say.
    pub left: Vec<String>,
}

/// Something that must stand in a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// This text.
    Value(String),
    /// What this expression matches.
    Regex(String),
}

impl Condition {
    /// As its author wrote it.
    pub fn source(&self) -> &str {
        match self {
            Self::Value(text) | Self::Regex(text) => text,
        }
    }
}

impl Rule {
    /// Its id as part of an entry's.
    pub fn slug(&self) -> String {
        slug(&self.id)
    }
}

/// Reads a file of rules. A rule that is none is a sentence that says why.
pub(super) fn rules(path: &str, text: &str) -> Vec<Result<Rule, String>> {
    let document: Value = match serde_saphyr::from_str(text) {
        Ok(document) => document,
        Err(error) => return vec![Err(format!("is not YAML: {error}"))],
    };
    let empty = Map::new();
    let terms = document["terms"].as_object().unwrap_or(&empty);
    match document["rules"].as_array() {
        Some(rules) => rules.iter().map(|rule| read(path, rule, terms)).collect(),
        None => vec![Err("has no list of rules".into())],
    }
}

fn read(path: &str, value: &Value, terms: &Map<String, Value>) -> Result<Rule, String> {
    let about = &value["cre"];
    let text = |field: &str| about[field].as_str().map(str::trim).unwrap_or_default().to_owned();
    let title = text("title");
    let folder = path.rsplit(['/', '\\']).nth(1).unwrap_or(path);
    let id = Some(text("id")).filter(|id| !slug(id).is_empty()).unwrap_or_else(|| folder.to_owned());
    let application = about["applications"][0]["name"].as_str().map(str::trim).filter(|name| !slug(name).is_empty());
    let application = application.unwrap_or("Other").to_owned();
    let references = about["references"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let mut rule = Rule {
        title: if title.is_empty() { id.clone() } else { title },
        id,
        author: text("author"),
        product: slug(&application),
        application,
        description: text("description"),
        cause: text("cause"),
        mitigation: text("mitigation"),
        references: references.map(|address| address.trim().to_owned()).collect(),
        ..Rule::default()
    };
    let asks = &value["rule"];
    if asks.is_null() {
        return Err("has no rule, only its description".into());
    }
    gather(asks, terms, 0, &mut rule);
    rule.conditions.dedup();
    if rule.conditions.len() > 1 {
        let count = rule.conditions.len();
        rule.left.push(format!("asks for {count} conditions together; any one of them finds the entry"));
    }
    Ok(rule)
}

/// Terms may name terms; a circle of them ends here.
const DEEPEST: usize = 8;

fn gather(value: &Value, terms: &Map<String, Value>, depth: usize, rule: &mut Rule) {
    if depth > DEEPEST {
        return;
    }
    let fields = match value {
        Value::String(name) => match terms.get(name) {
            Some(term) => return gather(term, terms, depth + 1, rule),
            None => return rule.conditions.push(Condition::Value(name.clone())),
        },
        Value::Object(fields) => fields,
        _ => return,
    };
    for (key, value) in fields {
        match key.as_str() {
            "value" | "regex" => {
                // A number or a word such as `true` is a text, too.
                let text = value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
                let is_value = key == "value";
                rule.conditions.push(if is_value { Condition::Value(text) } else { Condition::Regex(text) });
            }
            "set" | "sequence" => group(key, value, terms, depth, rule),
            "count" => {
                if let Some(times) = value.as_u64().filter(|times| *times > 1) {
                    rule.left.push(format!("asks for something {times} times; once is enough here"));
                }
            }
            "field" if matches!(value.as_str(), Some("message" | "body")) => {}
            "window" | "slide" | "anchor" | "absolute" => {}
            other => rule.left.push(format!("asks for \"{other}\", which no text of a message can say")),
        }
    }
}

/// A set or a sequence of conditions.
fn group(kind: &str, value: &Value, terms: &Map<String, Value>, depth: usize, rule: &mut Rule) {
    let list = |field: &str| value[field].as_array().map(Vec::as_slice).unwrap_or_default();
    let conditions = if kind == "set" { list("match") } else { list("order") };
    for condition in conditions {
        gather(condition, terms, depth + 1, rule);
    }
    if kind == "sequence" && conditions.len() > 1 {
        rule.left.push("asks for its conditions in order".into());
    }
    if let (Some(window), true) = (value["window"].as_str(), conditions.len() > 1) {
        rule.left.push(format!("asks for it all within {window}; a paste has no clock"));
    }
    let negated = list("negate");
    if !negated.is_empty() {
        let texts: Vec<&str> = negated.iter().filter_map(|one| plain(one, terms)).collect();
        rule.left.push(format!("asks that something is absent: {}", texts.join("; ")));
    }
    if !value["correlations"].is_null() {
        rule.left.push("asks that its conditions agree in a field of their events".into());
    }
}

/// What a negated condition says, for the account.
fn plain<'v>(value: &'v Value, terms: &'v Map<String, Value>) -> Option<&'v str> {
    match value {
        Value::String(name) => terms.get(name).and_then(|term| plain(term, &EMPTY)).or(Some(name)),
        other => other["value"].as_str().or_else(|| other["regex"].as_str()),
    }
}

static EMPTY: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);

fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}
