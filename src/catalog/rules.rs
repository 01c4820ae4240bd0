//! What makes a catalog usable and safe: its limits, and every breach of them by name.

use std::collections::{BTreeMap, BTreeSet};

use super::{Catalog, Entry, FORMAT, Inline, Problem};

/// The most entries a catalog may have.
pub const MAX_ENTRIES: usize = 100_000;

/// The most messages an entry may have, in all languages together.
pub const MAX_MESSAGES: usize = 20;

/// The longest message, in bytes of UTF-8.
pub const MAX_MESSAGE: usize = 4096;

/// The deepest that inline text may be nested, so that whoever walks it may recurse.
pub const MAX_NESTING: usize = 32;

impl Catalog {
    /// Every problem that makes the catalog unusable or unsafe; empty when there is none. Cost: linear in the catalog.
    pub fn validate(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut report = |code: &str, what: String, help: String| {
            problems.push(Problem::error(code, "catalog", what, help));
        };
        if self.format > FORMAT {
            report(
                "newer-format",
                format!("the catalog has format {}, this build reads up to {FORMAT}", self.format),
                "update error-diagnoser, or build the catalog with this version".into(),
            );
        }
        if self.entries.len() > MAX_ENTRIES {
            report(
                "too-many-entries",
                format!("the catalog has {} entries, at most {MAX_ENTRIES} are read", self.entries.len()),
                "divide it into several catalogs".into(),
            );
        }
        let mut products = BTreeSet::new();
        for product in &self.products {
            if !products.insert(product.id.as_str()) {
                report(
                    "duplicate-product",
                    format!("two products have the id \"{}\"", product.id),
                    "merge them".into(),
                );
            }
        }
        #[cfg(any(not(target_arch = "wasm32"), feature = "author"))]
        for contact in self.contact.values() {
            validate_prose(contact, 1, &mut report);
        }
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for (number, entry) in self.entries.iter().enumerate() {
            match seen.get(entry.id.as_str()) {
                Some(first) => problems.push(Problem::error(
                    "duplicate-id",
                    &entry.id,
                    format!("entries {} and {} have this id", first + 1, number + 1),
                    "give one of them another id",
                )),
                None => {
                    seen.insert(&entry.id, number);
                }
            }
            entry.validate(&products, &mut problems);
        }
        problems
    }
}

impl Entry {
    /// Every problem of this entry by itself.
    pub(super) fn validate(&self, products: &BTreeSet<&str>, problems: &mut Vec<Problem>) {
        let mut report = |code: &str, what: String, help: String| {
            problems.push(Problem::error(code, &self.id, what, help));
        };
        if !self.id.strip_prefix(&self.product).is_some_and(|rest| rest.starts_with('/') && rest.len() > 1) {
            let what = format!("the id does not begin with \"{}/\"", self.product);
            report("bad-id", what, "name it <product>/<name>".into());
        }
        if !self.id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '/')) {
            report("bad-id", "the id has other characters than a-z, 0-9, - and /".into(), "rename it".into());
        }
        if !products.contains(self.product.as_str()) {
            let help = match nearest(&self.product, products.iter().copied()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => "add it to the products".into(),
            };
            report("unknown-product", format!("no product \"{}\"", self.product), help);
        }
        if self.texts.is_empty() {
            report(
                "entry-without-text",
                "there is no text in any language".into(),
                "add a title, a cause and steps".into(),
            );
        }
        self.validate_messages(&mut report);
        for text in self.texts.values() {
            for situation in &text.situations {
                let prose = [situation.when.as_deref().unwrap_or_default(), &situation.cause, &situation.intro];
                for inline in prose.into_iter().chain(situation.steps.iter().map(Vec::as_slice)) {
                    validate_prose(inline, 0, &mut report);
                }
            }
        }
    }

    fn validate_messages(&self, report: &mut dyn FnMut(&str, String, String)) {
        if self.messages.is_empty() {
            report(
                "entry-without-message",
                "there is no message".into(),
                "add the text that the product prints".into(),
            );
        }
        if self.messages.len() > MAX_MESSAGES {
            report(
                "too-many-messages",
                format!("there are {} messages, at most {MAX_MESSAGES} are allowed", self.messages.len()),
                "write what differs as {one|other}, or divide the entry".into(),
            );
        }
        for message in &self.messages {
            if message.text.len() > MAX_MESSAGE {
                report(
                    "message-too-long",
                    format!("a message has {} bytes, at most {MAX_MESSAGE} are allowed", message.text.len()),
                    "keep the part that tells the error, and write … for the rest".into(),
                );
            }
        }
    }
}

/// Checks links and nesting.
fn validate_prose(inlines: &[Inline], depth: usize, report: &mut dyn FnMut(&str, String, String)) {
    if depth > MAX_NESTING {
        let what = format!("text is nested more than {MAX_NESTING} deep");
        return report("too-deep", what, "nest lists less deeply".into());
    }
    for inline in inlines {
        match inline {
            Inline::Strong(content) => validate_prose(content, depth + 1, report),
            Inline::Link { href, content } => {
                if !is_safe_link(href) {
                    report(
                        "bad-link",
                        format!("the link \"{}\" is not https or mailto", href.escape_debug()),
                        "use an absolute https link".into(),
                    );
                }
                validate_prose(content, depth + 1, report);
            }
            Inline::List { items, .. } => items.iter().for_each(|item| validate_prose(item, depth + 1, report)),
            Inline::Text(_) | Inline::Code(_) | Inline::Slot(_) => {}
        }
    }
}

/// Whether a link may be shown: absolute https with a host, or mailto, and nothing that a browser skips or rewrites.
pub fn is_safe_link(href: &str) -> bool {
    let lower = href.to_ascii_lowercase();
    let target = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("mailto:"));
    target.is_some_and(|target| !target.is_empty() && !target.starts_with('/'))
        && !href.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\')
}

/// The candidate that somebody who wrote `wanted` most likely meant: at most two slips away, one in a short word.
/// Cost: linear in the candidates; of very many only the first thousand are looked at.
pub(crate) fn nearest<'a>(wanted: &str, among: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = wanted.trim().to_lowercase().chars().collect();
    let allowed = match wanted.len() {
        0..=2 | 65.. => return None,
        3..=5 => 1,
        _ => 2,
    };
    let close = among.take(1000).filter_map(|candidate| {
        let chars: Vec<char> = candidate.to_lowercase().chars().collect();
        let slips = if chars.len().abs_diff(wanted.len()) > allowed { usize::MAX } else { slips(&wanted, &chars) };
        (1..=allowed).contains(&slips).then_some((slips, candidate))
    });
    close.min_by_key(|(slips, _)| *slips).map(|(_, candidate)| candidate)
}

/// How many letters were added, lost, exchanged or swapped with their neighbour.
fn slips(left: &[char], right: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    for (row, a) in left.iter().enumerate() {
        let mut here = vec![row + 1];
        for (column, b) in right.iter().enumerate() {
            let mut least = (above[column] + usize::from(a != b)).min(above[column + 1] + 1).min(here[column] + 1);
            if row > 0 && column > 0 && *a == right[column - 1] && left[row - 1] == *b {
                least = least.min(before[column - 1] + 1);
            }
            here.push(least);
        }
        before = std::mem::replace(&mut above, here);
    }
    above[right.len()]
}

#[cfg(test)]
mod tests {
    use super::super::{Catalog, Entry, Inline, Message, Product, Situation, Text};
    use super::{MAX_MESSAGE, MAX_MESSAGES, MAX_NESTING, is_safe_link, nearest};

    fn codes(catalog: &Catalog) -> Vec<String> {
        catalog.validate().into_iter().map(|problem| problem.code).collect()
    }

    fn catalog(entry: Entry) -> Catalog {
        let product = Product { id: "shop".into(), ..Product::default() };
        Catalog { products: vec![product], entries: vec![entry], ..Catalog::default() }
    }

    fn entry() -> Entry {
        let texts = [("en".to_string(), Text { title: "Sold out".into(), ..Text::default() })].into();
        let messages = vec![Message::text("en", "Item {sku} is out of stock")];
        Entry { id: "shop/out-of-stock".into(), product: "shop".into(), messages, texts, ..Entry::default() }
    }

    #[test]
    fn limits_are_enforced_by_name() {
        assert!(codes(&catalog(entry())).is_empty());
        let message = Message::text("en", &"x".repeat(MAX_MESSAGE + 1));
        let long = Entry { messages: vec![message; MAX_MESSAGES + 1], ..entry() };
        let found = codes(&catalog(long));
        assert_eq!(found[0], "too-many-messages");
        assert_eq!(found.iter().filter(|code| *code == "message-too-long").count(), MAX_MESSAGES + 1);

        let mut deep = vec![Inline::Text("x".into())];
        for _ in 0..=MAX_NESTING {
            deep = vec![Inline::Strong(deep)];
        }
        let mut nested = entry();
        nested.texts.insert(
            "nl".into(),
            Text { situations: vec![Situation { cause: deep, ..Situation::default() }], ..Text::default() },
        );
        assert_eq!(codes(&catalog(nested)), ["too-deep"]);
    }

    #[test]
    fn a_slip_in_a_name_is_recognised() {
        let mut slip = catalog(Entry { product: "shpo".into(), id: "shpo/x".into(), ..entry() });
        assert_eq!(slip.validate()[0].help, "did you mean \"shop\"?");
        slip.entries.push(slip.entries[0].clone());
        assert!(codes(&slip).contains(&"duplicate-id".to_string()));
        assert_eq!(nearest("langauge", ["product", "language"].into_iter()), Some("language"));
        assert_eq!(nearest("id", ["it"].into_iter()), None);
        assert_eq!(nearest("title", ["title", "weather"].into_iter()), None);
    }

    #[test]
    fn only_https_with_a_host_and_mailto_are_safe() {
        for safe in ["https://x.example/a?b#c", "mailto:a@x.example", "HTTPS://X.example"] {
            assert!(is_safe_link(safe), "{safe}");
        }
        for unsafe_ in
            ["https://", "https:///x", "http://x", "javascript:x", "https://x\\y", "https://x y", " https://x", ""]
        {
            assert!(!is_safe_link(unsafe_), "{unsafe_}");
        }
    }
}
