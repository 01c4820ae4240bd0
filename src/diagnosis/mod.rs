//! Hits → ranked diagnoses with evidence; groups; the one question worth asking.
//!
//! A [`Diagnoser`] is a catalog made ready. It finds the messages that stand in a paste, lets the one that explains more
//! win over those inside it, joins what is the same, and says which entry each is — by the app where several apps print
//! the same message. It knows of entries, apps and confidence; it does not know where a catalog came from or how an
//! answer is shown.

mod closest;
mod decide;
mod explain;

use std::ops::Range;

use decide::Decision;

use crate::catalog::{Catalog, Entry, FALLBACK_LANGUAGE, Problem, Product, Severity, nearest_language};
use crate::context::Apps;
use crate::finds::{Find, Finder};
use crate::index::Index;
use crate::judge::confidence;
use crate::messages::Messages;
use crate::near::Near;
use crate::paste::{Paste, readable};
use crate::positions::{Lines, to_utf16, utf16_len};
use crate::report::{
    Confidence, Diagnosis, EntrySummary, Evidence, EvidenceKind, Options, ProductSummary, Report, Scanned, Units, Value,
};
use crate::telling::Telling;
use crate::words::{Words, plain};

/// How many line numbers a diagnosis lists unless more are asked for.
const MOST_LINES: usize = 1000;
/// A catalog made ready to diagnose with.
#[derive(Debug)]
pub struct Diagnoser {
    catalog: Catalog,
    finder: Finder,
    apps: Apps,
    words: Words,
}

impl Diagnoser {
    /// Makes a catalog ready. Fails with every problem that [`Catalog::validate`] and the compiler of messages find,
    /// when one of them is an error. Cost: linear in the catalog.
    pub fn new(catalog: Catalog) -> Result<Self, Vec<Problem>> {
        let mut problems = catalog.validate();
        let messages = Messages::new(&catalog, &mut problems);
        if problems.iter().any(|problem| problem.severity == Severity::Error) {
            return Err(problems);
        }
        let index = Index::new(&messages.templates);
        let near = Near::new(&messages.templates, |template| messages.sources[template][0].0);
        let telling = telling(&catalog, &messages);
        let apps = Apps::new(&catalog.apps);
        let words = Words::new(&catalog);
        Ok(Self { finder: Finder { messages, index, near, telling }, catalog, apps, words })
    }

    /// The catalog that it was made from.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// Every entry, a line each, in the language asked for or the nearest there is.
    pub fn entries(&self, lang: &str) -> Vec<EntrySummary> {
        let options = Options { lang: lang.to_owned(), ..Options::default() };
        (0..self.catalog.entries.len() as u32)
            .map(|number| {
                let Diagnosis { entry: id, apps, title, lang, message, .. } = self.told(number, &options);
                EntrySummary { id, product: self.entry(number).product.clone(), apps, title, lang, message }
            })
            .collect()
    }

    /// The products, with their names in the language asked for or the nearest there is.
    pub fn products(&self, lang: &str) -> Vec<ProductSummary> {
        let title = |product: &Product| nearest_language(&product.titles, lang).map(|(_, title)| title.clone());
        let summary = |product: &Product| ProductSummary {
            id: product.id.clone(),
            title: title(product).unwrap_or_else(|| product.id.clone()),
        };
        self.catalog.products.iter().map(summary).collect()
    }

    /// What the paste says. Never fails; hostile or empty text gives a report without diagnoses.
    ///
    /// Cost: linear in the text, up to 4 GiB.
    pub fn diagnose(&self, text: &str, options: &Options) -> Report {
        let lines = Lines::new(text);
        let mut report =
            Report { scanned: Scanned { chars: utf16_len(text), lines: lines.count() }, ..Report::default() };
        if text.trim().is_empty() {
            return report;
        }
        let paste = if options.without.peel { Paste::unpeeled(text) } else { Paste::new(text) };
        let is_wanted = |template: usize| {
            let of_product = |product: &String| {
                self.sources(template).iter().any(|(entry, _)| self.entry(*entry).product == *product)
            };
            options.product.as_ref().is_none_or(of_product)
        };
        let finds = self.finder.finds(&paste, options.without, is_wanted);
        let asked = options.app.as_deref().and_then(|name| self.apps.named(name));
        let mut groups: Vec<Group> = Vec::new();
        for find in &finds {
            let decision = self.decide(find, &paste, &lines, asked, options);
            match groups
                .iter_mut()
                .find(|group| group.find.templates == find.templates && group.decision.entries == decision.entries)
            {
                Some(group) => group.lines.push(lines.number(find.span.start)),
                None => groups.push(Group { find, decision, lines: vec![lines.number(find.span.start)] }),
            }
        }
        let found: Vec<(Diagnosis, u32)> =
            groups.iter().map(|group| (self.diagnosis(group, &paste, options), group.find.share)).collect();
        let is_answer = found.iter().any(|(diagnosis, _)| diagnosis.confidence > Confidence::Possible);
        if is_answer {
            // What is merely close is no help beside an answer.
            let sure = found.into_iter().map(|(diagnosis, _)| diagnosis);
            report.diagnoses = sure.filter(|diagnosis| diagnosis.confidence > Confidence::Possible).collect();
        } else {
            report.diagnoses = self.closest(&paste, options, found);
        }
        report.question = self.question(&groups, options);
        if options.units == Units::Utf16 {
            to_utf16(text, &mut report);
        }
        report
    }

    pub(super) fn sources(&self, template: usize) -> &[(u32, u32)] {
        &self.finder.messages.sources[template]
    }

    pub(super) fn entry(&self, number: u32) -> &Entry {
        &self.catalog.entries[number as usize]
    }

    fn diagnosis(&self, group: &Group, paste: &Paste, options: &Options) -> Diagnosis {
        let find = group.find;
        let first = group.decision.entries[0];
        let message = self
            .sources(find.templates[0])
            .iter()
            .find(|(entry, _)| *entry == first)
            .map_or(0, |(_, message)| *message);
        let values = find.values.iter().map(|(name, range)| Value {
            name: name.clone(),
            value: readable(&paste.text[range.clone()]),
            start: range.start,
            end: range.end,
        });
        let values: Vec<Value> = values.collect();
        let mut evidence: Vec<Evidence> =
            find.literals.iter().chain(&find.wrappers).map(|range| piece(range, EvidenceKind::Literal)).collect();
        evidence.extend(values.iter().map(|value| piece(&(value.start..value.end), EvidenceKind::Value)));
        evidence
            .extend(group.decision.mention.map(|mention| piece(&(mention.span.0..mention.span.1), EvidenceKind::App)));
        evidence.sort_by_key(|evidence| (evidence.start, evidence.end));
        let is_bare_word = !group.decision.by_app && self.is_word(find);
        let confidence = confidence(find.how, is_bare_word, || ends_line(paste.text, find.span.end));
        let mut lines = group.lines.clone();
        lines.dedup();
        lines.truncate(options.max_lines.unwrap_or(MOST_LINES));
        let message = &self.entry(first).messages[message as usize].text;
        let explanation = options.explain.then(|| self.explain(group, paste, message, options));
        Diagnosis {
            confidence,
            alternatives: group.decision.entries[1..].iter().map(|entry| self.entry(*entry).id.clone()).collect(),
            message: message.clone(),
            explanation,
            values,
            evidence,
            count: group.lines.len(),
            lines,
            ..self.told(first, options)
        }
    }

    /// Whether the message is one word that says little by itself.
    pub(super) fn is_word(&self, find: &Find) -> bool {
        self.finder.messages.templates[find.templates[0]].is_word
    }

    /// What an entry tells, without anything of the paste.
    pub(super) fn told(&self, entry: u32, options: &Options) -> Diagnosis {
        let entry = self.entry(entry);
        let asked = if options.lang.is_empty() { FALLBACK_LANGUAGE } else { &options.lang };
        let (lang, text) = entry.text(asked).map_or((FALLBACK_LANGUAGE, None), |(lang, text)| (lang, Some(text)));
        Diagnosis {
            entry: entry.id.clone(),
            confidence: Confidence::Possible,
            alternatives: Vec::new(),
            title: text.map_or_else(|| entry.id.clone(), |text| text.title.clone()),
            lang: lang.to_owned(),
            apps: entry.apps.clone(),
            message: entry
                .messages
                .iter()
                .find(|message| message.lang == lang)
                .or(entry.messages.first())
                .map_or_else(String::new, |message| message.text.clone()),
            values: Vec::new(),
            evidence: Vec::new(),
            count: 0,
            lines: Vec::new(),
            situations: text.map(|text| text.situations.clone()).unwrap_or_default(),
            explanation: None,
        }
    }
}

/// Whether nothing but punctuation follows on the line: what was found is all that the line says.
fn ends_line(text: &str, at: usize) -> bool {
    text[at..].chars().take_while(|c| !matches!(c, '\n' | '\r')).all(|c| !c.is_alphanumeric())
}

/// The telling tokens of every message, with the words of every text as the languages that are known.
fn telling(catalog: &Catalog, messages: &Messages) -> Telling {
    let text = |(entry, message): &(u32, u32)| &catalog.entries[*entry as usize].messages[*message as usize];
    let templates = messages
        .sources
        .iter()
        .map(|sources| sources.first().map(text).filter(|message| !message.regex).map(|message| message.text.as_str()));
    let prose: Vec<String> = catalog.entries.iter().flat_map(all_prose).collect();
    Telling::new(templates, prose.iter().map(String::as_str))
}

/// Every text of an entry, in every language.
fn all_prose(entry: &Entry) -> Vec<String> {
    let mut prose: Vec<String> = entry.messages.iter().map(|message| message.text.clone()).collect();
    for text in entry.texts.values() {
        prose.push(text.title.clone());
        for situation in &text.situations {
            prose.extend(situation.when.as_deref().map(plain));
            prose.extend([plain(&situation.cause), plain(&situation.intro)]);
            prose.extend(situation.steps.iter().map(|step| plain(step)));
        }
    }
    prose
}

/// One find and the others that say the same.
struct Group<'f> {
    find: &'f Find,
    decision: Decision,
    lines: Vec<usize>,
}

fn piece(range: &Range<usize>, kind: EvidenceKind) -> Evidence {
    Evidence { start: range.start, end: range.end, kind }
}
