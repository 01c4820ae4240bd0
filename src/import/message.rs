//! A rule's conditions → messages of an entry.
//!
//! A rule asks for all its conditions; a paste often holds one of them. So an entry is found by any condition that tells
//! enough by itself, and what tells too little is left out of an entry that has better. This module decides what is
//! enough; how expressions are taken apart stands in `expression`.

use std::collections::HashSet;

use super::cre::{Condition, Rule};
use super::expression;
use crate::catalog::{MAX_MESSAGE, MAX_MESSAGES};
use crate::notation::{Piece, pieces};
use crate::pattern::{Pattern, fixed_letters};
use crate::template::Template;

/// A condition with fewer fixed letters and digits would find by accident.
const LEAST: usize = 8;
/// One condition of several tells enough by itself with this many.
const ENOUGH: usize = 12;

/// A message that a condition became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Read {
    /// Its text, or its expression.
    pub text: String,
    /// Whether it is an expression.
    pub regex: bool,
    /// What two messages share that match the same texts.
    pub key: String,
    /// Its fixed letters and digits.
    weight: usize,
}

/// The messages of a rule's entry. What is not used is said in the rule's account.
pub(super) fn choose(rule: &mut Rule) -> Vec<Read> {
    let conditions = std::mem::take(&mut rule.conditions);
    let mut read: Vec<Read> = Vec::new();
    for condition in &conditions {
        match messages(condition) {
            Ok(messages) => {
                let (enough, short): (Vec<_>, Vec<_>) = messages.into_iter().partition(|read| read.weight >= LEAST);
                rule.left.extend(short.iter().map(|one| format!("\"{}\" has too little fixed text", one.text)));
                read.extend(enough);
            }
            Err(why) => rule.left.push(format!("\"{}\" {why}", condition.source())),
        }
    }
    if conditions.len() > 1 && read.iter().any(|one| one.weight >= ENOUGH) {
        let (enough, weak): (Vec<_>, Vec<_>) = read.into_iter().partition(|one| one.weight >= ENOUGH);
        rule.left.extend(weak.iter().map(|one| format!("\"{}\" tells too little by itself", one.text)));
        read = enough;
    }
    let mut seen = HashSet::new();
    read.retain(|one| seen.insert(one.key.clone()));
    let mut said = HashSet::new();
    rule.left.retain(|sentence| said.insert(sentence.clone()));
    if read.len() > MAX_MESSAGES {
        rule.left.push(format!("has {} messages, of which the first {MAX_MESSAGES} are kept", read.len()));
        read.truncate(MAX_MESSAGES);
    }
    rule.conditions = conditions;
    read
}

fn messages(condition: &Condition) -> Result<Vec<Read>, String> {
    let source = condition.source();
    if source.len() > MAX_MESSAGE {
        return Err("is longer than a message may be".into());
    }
    match condition {
        Condition::Value(text) => Ok(vec![literal(text)?]),
        Condition::Regex(source) => {
            let branches = expression::branches(source)?;
            let read: Vec<Result<Read, String>> = branches.iter().map(expression_message).collect();
            if read.iter().all(Result::is_err) {
                return Err(read.into_iter().find_map(Result::err).unwrap_or_default());
            }
            Ok(read.into_iter().filter_map(Result::ok).collect())
        }
    }
}

fn expression_message(branch: &expression::Branch) -> Result<Read, String> {
    if let Some(text) = &branch.literal {
        return literal(text);
    }
    Pattern::new(&branch.source).map_err(|why| format!("cannot be used: {why}"))?;
    Ok(Read {
        text: branch.source.clone(),
        regex: true,
        key: format!("/{}/", branch.source),
        weight: fixed_letters(&branch.source),
    })
}

/// A fixed text. One that is a single word counts only where it stands alone at a line's end, which logs do not care
/// for; it becomes an expression if it is a name that nobody writes by accident.
fn literal(text: &str) -> Result<Read, String> {
    let text = text.trim();
    let is_fixed = pieces(text).iter().all(|piece| matches!(piece, Piece::Text(_)));
    let template = Template::new(text).map_err(|_| "has too little fixed text")?;
    if template.is_word {
        if !is_name(text) {
            return Err("is a single common word".into());
        }
    } else if is_fixed && !text.contains(['\n', '`']) {
        return Ok(Read { text: text.into(), regex: false, key: template.key(), weight: template.weight() });
    }
    let bounded = |c: Option<char>| if c.is_some_and(char::is_alphanumeric) { r"\b" } else { "" };
    let source =
        format!("{}{}{}", bounded(text.chars().next()), regex_syntax::escape(text), bounded(text.chars().next_back()));
    Pattern::new(&source).map_err(|why| format!("cannot be used: {why}"))?;
    Ok(Read { key: template.key(), text: source, regex: true, weight: template.weight() })
}

/// Whether a word is a name (`FailedCreatePodSandBox`, `ERR_17`) and not one of a language.
fn is_name(word: &str) -> bool {
    let inner_capital = word.chars().skip(1).any(char::is_uppercase) && word.chars().any(char::is_lowercase);
    inner_capital || word.contains(|c: char| c.is_ascii_digit() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(conditions: &[Condition]) -> (Vec<String>, Vec<String>) {
        let mut rule = Rule { conditions: conditions.to_vec(), ..Rule::default() };
        let read = choose(&mut rule);
        (read.into_iter().map(|one| if one.regex { format!("/{}/", one.text) } else { one.text }).collect(), rule.left)
    }

    #[test]
    fn texts_stay_texts_and_names_become_expressions() {
        let value = |text: &str| Condition::Value(text.into());
        assert_eq!(chosen(&[value(" disk is full, stop ")]).0, ["disk is full, stop"]);
        assert_eq!(chosen(&[value("FailedSandBox")]).0, [r"/\bFailedSandBox\b/"]);
        assert_eq!(chosen(&[value("took {seconds} to die")]).0, [r"/\btook \{seconds\} to die\b/"]);
        let (none, left) = chosen(&[value("terminating")]);
        assert!(none.is_empty() && left == ["\"terminating\" is a single common word"], "{left:?}");
        assert_eq!(chosen(&[value("a b 4")]).1, ["\"a b 4\" has too little fixed text"]);
    }

    #[test]
    fn what_tells_little_is_left_out_beside_what_tells_enough() {
        let conditions = [
            Condition::Regex("starting .* now".into()),
            Condition::Regex("(ledger checksum mismatch|ledger gone)".into()),
        ];
        let (read, left) = chosen(&conditions);
        assert_eq!(read, ["ledger checksum mismatch"]);
        assert_eq!(left.len(), 2, "{left:?}");
        // By itself the first is enough.
        assert_eq!(chosen(&conditions[..1]).0, ["/starting .* now/"]);
    }
}
