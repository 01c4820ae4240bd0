//! Catalogs that live: which state of a catalog this is, and which translations are older than their originals.
//!
//! A translation records the fingerprint of the section that it was made from. When the original says something else
//! since, the fingerprint differs, whatever the dates say. This module knows compiled pages; it does not know files.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::json;

use crate::catalog::{Catalog, Entry, FALLBACK_LANGUAGE, Problem};
use crate::page::{Compiled, Date, PageInfo};
use crate::paste::key;

/// The fingerprint of what an entry says in a language: its messages, title, causes and steps, but not how they are
/// written in Markdown. None where it says nothing. Eight hexadecimal digits, the same on every platform.
pub fn fingerprint(entry: &Entry, lang: &str) -> Option<String> {
    let text = entry.texts.get(lang)?;
    let messages: Vec<&str> =
        entry.messages.iter().filter(|message| message.lang == lang).map(|message| message.text.as_str()).collect();
    Some(short(&json!([messages, text.title, text.situations]).to_string()))
}

/// Gives a catalog its date, that of the youngest page, and its version: a fingerprint of what it holds.
pub fn stamp(catalog: &mut Catalog, pages: &[PageInfo]) {
    catalog.date = pages.iter().filter_map(|page| page.date).max().map(written).unwrap_or_default();
    catalog.version = short(&json!([catalog.products, catalog.apps, catalog.entries]).to_string());
}

fn written((year, month, day): Date) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

fn short(text: &str) -> String {
    let key = key(text.as_bytes());
    format!("{:08x}", (key >> 32) as u32 ^ key as u32)
}

/// The language whose page is the original of a product's others: the one that texts fall back to.
fn original<'c>(entry: &'c Entry, page: &PageInfo) -> Option<(&'c Entry, String)> {
    let is_translation = page.product == entry.product && page.lang != FALLBACK_LANGUAGE;
    let print = fingerprint(entry, FALLBACK_LANGUAGE).filter(|_| is_translation)?;
    entry.texts.contains_key(&page.lang).then_some((entry, print))
}

/// Translations whose original says something else than when they were made.
pub fn stale(compiled: &Compiled) -> Vec<Problem> {
    let mut problems = Vec::new();
    for page in &compiled.pages {
        for (entry, now) in compiled.catalog.entries.iter().filter_map(|entry| original(entry, page)) {
            let place = |lang: &str| compiled.places.get(&(entry.id.clone(), lang.to_owned()));
            let Some(then) = page.originals.get(name(entry)).filter(|then| **then != now) else { continue };
            let (Some(here), Some(there)) = (place(&page.lang), place(FALLBACK_LANGUAGE)) else { continue };
            let what = format!(
                "the original at {}:{} says something else than when this was translated (it was {then}, it is {now})",
                there.path, there.line
            );
            let help = format!(
                "compare the two; when they agree again, run `error-diagnoser translated {} --entry {}`",
                page.path, entry.id
            );
            problems
                .push(Problem::error("stale-translation", &here.path, what, help).warning().at(here.line, here.column));
        }
    }
    problems
}

/// The fingerprints that a page should record now, by the names of its entries: of those in `only` what their originals
/// say today, of all others what is recorded. An empty `only` means all.
pub fn originals(compiled: &Compiled, page: &PageInfo, only: &[String]) -> BTreeMap<String, String> {
    let entries = compiled.catalog.entries.iter().filter_map(|entry| original(entry, page));
    let recorded = |(entry, now): (&Entry, String)| {
        let is_wanted = only.is_empty() || only.contains(&entry.id);
        let print = if is_wanted { Some(now) } else { page.originals.get(name(entry)).cloned() };
        Some((name(entry).to_owned(), print?))
    };
    entries.filter_map(recorded).collect()
}

fn name(entry: &Entry) -> &str {
    entry.id.strip_prefix(&entry.product).map_or("", |rest| rest.trim_start_matches('/'))
}

/// A page's text with these fingerprints in its front matter, all else as it was. None when it has no front matter.
pub fn record(text: &str, originals: &BTreeMap<String, String>) -> Option<String> {
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().filter(|line| line.trim_start_matches('\u{feff}').trim_end() == "---")?;
    let mut out = first.to_owned();
    let mut is_old = false;
    let mut is_done = false;
    for line in lines {
        if is_done {
            out.push_str(line);
            continue;
        }
        // The old block is the key and what is indented under it.
        is_old = line.starts_with("originals:") || is_old && line.starts_with([' ', '\t']);
        if matches!(line.trim_end(), "---" | "...") {
            is_done = true;
            if !originals.is_empty() {
                let _ = write!(out, "originals:{newline}");
            }
            for (name, print) in originals {
                // In quotes, because some fingerprints are numbers in YAML.
                let _ = write!(out, "  {name}: \"{print}\"{newline}");
            }
            out.push_str(line);
        } else if !is_old {
            out.push_str(line);
        }
    }
    is_done.then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{Page, compile};

    const EN: &str = "---\nproduct: shop\ntitle: Shop\nlanguage: en\ndate: 2025-03-31\n---\n## Sold out {#sold-out}\n\n\
        **Error**: Item {sku} is out of stock\n\n**Cause**: All {sku} are sold.\n\n**Resolution**: Order more.\n";
    const NL: &str = "---\r\nproduct: shop\r\ntitle: Winkel\r\nlanguage: nl\r\n---\r\n## Uitverkocht {#sold-out}\r\n\r\n\
        **Oorzaak**: Alle {sku} zijn verkocht.\r\n\r\n**Oplossing**: Bestel meer.\r\n";

    fn compiled(en: &str, nl: &str) -> Compiled {
        compile(&[("en.md", en), ("nl.md", nl)].map(|(path, text)| Page { path: path.into(), text: text.into() }))
    }

    #[test]
    fn a_translation_is_stale_when_its_original_says_something_else() {
        let before = compiled(EN, NL);
        let recorded = record(NL, &originals(&before, &before.pages[1], &[])).unwrap();
        assert!(recorded.contains("---\r\nproduct: shop\r\n") && recorded.contains("originals:\r\n  sold-out: \""));
        assert_eq!(stale(&compiled(EN, &recorded)), [], "nothing has changed");
        // Written otherwise, it says the same.
        assert_eq!(stale(&compiled(&EN.replace("Order more.", "Order   \nmore.\n"), &recorded)).len(), 0);
        let changed = EN.replace("All {sku} are sold.", "The lorry with {sku} is late.");
        let problems = stale(&compiled(&changed, &recorded));
        assert_eq!((problems[0].code.as_str(), problems[0].path.as_str()), ("stale-translation", "nl.md"));
        assert_eq!((problems[0].line, problems.len()), (8, 1));
        let again = compiled(&changed, &recorded);
        let mended = record(&recorded, &originals(&again, &again.pages[1], &["shop/sold-out".into()])).unwrap();
        assert_eq!(stale(&compiled(&changed, &mended)), []);
        assert_eq!(mended.matches("sold-out: ").count(), 1, "{mended}");
        assert_eq!(stale(&compiled(&changed, NL)), [], "what was never recorded is not judged");
    }

    #[test]
    fn a_catalog_is_stamped_with_its_youngest_page_and_what_it_holds() {
        let mut one = compiled(EN, NL);
        stamp(&mut one.catalog, &one.pages);
        assert_eq!(one.catalog.date, "2025-03-31");
        let mut other = compiled(&EN.replace("Order", "Buy"), NL);
        stamp(&mut other.catalog, &other.pages);
        assert_ne!(one.catalog.version, other.catalog.version);
        assert_eq!(one.catalog.version.len(), 8);
    }
}
