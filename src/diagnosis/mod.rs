//! Hits → ranked diagnoses with evidence; groups; the one question worth asking.
//!
//! A [`Diagnoser`] is a catalog made ready. It finds the messages that stand in a paste, lets the one that explains more
//! win over those inside it, joins what is the same, and says which entry each is — by the app where several apps print
//! the same message. It knows of entries, apps and confidence; it does not know where a catalog came from or how an
//! answer is shown.

mod closest;
mod decide;
mod explain;
mod scan;

use std::collections::hash_map::Entry as Known;
use std::ops::Range;
use std::sync::OnceLock;

use decide::{Decision, Mentions};
pub use scan::{Progress, Scanner};

use rustc_hash::FxHashMap;

use crate::catalog::{Catalog, Entry, FALLBACK_LANGUAGE, Problem, Product, Severity, nearest_language};
use crate::context::Apps;
use crate::finds::{Find, Finder};
use crate::judge::{How, confidence};
use crate::messages::Messages;
use crate::order::sort_by_key;
use crate::paste::{Paste, readable};
use crate::positions::{Lines, to_utf16, utf16_len};
use crate::report::{
    Confidence, Diagnosis, EntrySummary, Evidence, EvidenceKind, Excerpt, Options, ProductSummary, Report, Scanned,
    Units, Value,
};
use crate::words::Words;

/// How many line numbers a diagnosis lists unless more are asked for.
const MOST_LINES: usize = 1000;
/// How many lines an excerpt has before and after a find.
const LINES_AROUND: usize = 2;
/// How many bytes it has before and after at most.
const MOST_AROUND: usize = 2048;
/// A catalog made ready to diagnose with.
#[derive(Debug)]
pub struct Diagnoser {
    catalog: Catalog,
    finder: Finder,
    apps: Apps,
    /// Made when first needed: a text that holds messages whole never asks for it.
    words: OnceLock<Words>,
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
        Ok(Self::made(catalog, messages))
    }

    /// Of a catalog without problems and its messages.
    pub(crate) fn made(catalog: Catalog, messages: Messages) -> Self {
        let apps = Apps::new(&catalog.apps);
        Self { finder: Finder::new(messages), catalog, apps, words: OnceLock::new() }
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

    /// What an entry tells, as a diagnosis without anything of a paste; `None` when there is no such entry.
    pub fn tell(&self, id: &str, lang: &str) -> Option<Diagnosis> {
        let number = self.catalog.entries.iter().position(|entry| entry.id == id)?;
        let options = Options { lang: lang.to_owned(), ..Options::default() };
        Some(self.told(number as u32, &options))
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
    /// A text of more than 256 KiB is read in slices, as [`Scanner`] does: then only messages that stand whole are found.
    ///
    /// Cost: linear in the text.
    pub fn diagnose(&self, text: &str, options: &Options) -> Report {
        if text.len() <= scan::LONGEST_WHOLE {
            return self.diagnose_whole(text, options);
        }
        let mut scanner = Scanner::new(self, options.clone());
        scanner.push(text);
        scanner.finish()
    }

    /// The same at one go.
    fn diagnose_whole(&self, text: &str, options: &Options) -> Report {
        let lines = Lines::new(text);
        let mut report =
            Report { scanned: Scanned { chars: utf16_len(text), lines: lines.count() }, ..Report::default() };
        if text.trim().is_empty() {
            return report;
        }
        let paste = if options.without.peel { Paste::unpeeled(text) } else { Paste::new(text) };
        let finds = self.finder.finds(&paste, &self.catalog, options.without, self.wanted(options));
        let asked = options.app.as_deref().and_then(|name| self.apps.named(name));
        let mut groups: Vec<Group> = Vec::new();
        let mut known: FxHashMap<(&[usize], Vec<u32>), usize> = FxHashMap::default();
        let mentions = Mentions::of(finds.len());
        for find in &finds {
            let decision = self.decide(find, &paste, &lines, &mentions, asked, options);
            let line = lines.number(find.span.start);
            match known.entry((&find.templates, decision.entries.clone())) {
                Known::Occupied(group) => groups[*group.get()].lines.push(line),
                Known::Vacant(new) => {
                    new.insert(groups.len());
                    groups.push(Group { find, decision, lines: vec![line] });
                }
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
        let open = groups.iter().find(|group| group.find.how > How::Close && group.decision.entries.len() > 1);
        report.question = open.map(|group| self.question(&group.decision.entries, options));
        if options.units == Units::Utf16 {
            to_utf16(text, report.diagnoses.iter_mut());
        }
        report
    }

    /// Whether a template is a message of the product that was asked for.
    fn wanted(&self, options: &Options) -> impl Fn(usize) -> bool {
        move |template| {
            let of_product = |product: &String| {
                self.sources(template).iter().any(|(entry, _)| self.entry(*entry).product == *product)
            };
            options.product.as_ref().is_none_or(of_product)
        }
    }

    pub(super) fn words(&self) -> &Words {
        self.words.get_or_init(|| Words::new(&self.catalog))
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
        let mut sources = find.templates.iter().flat_map(|template| self.sources(*template));
        let message = sources.find(|(entry, _)| *entry == first).map_or(0, |(_, message)| *message);
        let values = self.finder.values(find, paste);
        let values = values.iter().map(|(name, range)| Value {
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
        sort_by_key(&mut evidence, |evidence| [evidence.start as u64, evidence.end as u64]);
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
            excerpt: options.excerpts.then(|| excerpt(paste.text, &find.span, group.lines[0])),
            values,
            evidence,
            count: group.lines.len(),
            lines,
            ..self.told(first, options)
        }
    }

    /// The template of a find that can be no other entry's, whatever stands around it.
    pub(super) fn only_entry(&self, find: &Find) -> Option<usize> {
        let [template] = find.templates[..] else { return None };
        (self.sources(template).len() == 1).then_some(template)
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
            unreviewed: text.is_some_and(|text| text.unreviewed),
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
            excerpt: None,
        }
    }
}

/// The lines around a find, as many and as much of them as is of use to a reader.
fn excerpt(text: &str, span: &Range<usize>, line: usize) -> Excerpt {
    let from = text.floor_char_boundary(span.start.saturating_sub(MOST_AROUND));
    let to = text.ceil_char_boundary((span.end + MOST_AROUND).min(text.len()));
    let before = text[from..span.start].rmatch_indices('\n').nth(LINES_AROUND).map_or(from, |(at, _)| from + at + 1);
    let after = text[span.end..to].match_indices('\n').nth(LINES_AROUND).map_or(to, |(at, _)| span.end + at);
    let line = line + 1 - Lines::new(&text[before..span.start]).number(span.start - before);
    Excerpt { line, start: before, text: text[before..after].to_owned() }
}

/// Whether nothing but punctuation follows on the line: what was found is all that the line says.
fn ends_line(text: &str, at: usize) -> bool {
    text[at..].chars().take_while(|c| !matches!(c, '\n' | '\r')).all(|c| !c.is_alphanumeric())
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
