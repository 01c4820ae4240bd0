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

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use decide::{Decision, Mentions};
pub use scan::{Progress, Scanner};

use crate::catalog::{App, Entry, FALLBACK_LANGUAGE, Inline, Product, nearest_language};
use crate::compact::{Compact, Unreadable};
use crate::context::Apps;
use crate::finds::{Find, Finder};
use crate::judge::{How, confidence};
use crate::keyed::{Keyed, key_of};
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
    finder: Finder,
    apps: Apps,
    /// Made when first needed: a text that holds messages whole never asks for it.
    words: OnceLock<Words>,
}

impl Diagnoser {
    /// Takes a catalog that was made ready before: the bytes that [`Diagnoser::compact`] gives, of a file that `build`
    /// wrote. Cost: one pass over the bytes, which does not depend on what is in them.
    ///
    /// ```
    /// # use error_diagnoser::{Catalog, Diagnoser};
    /// let made = Diagnoser::new(Catalog::default()).unwrap();
    /// assert!(Diagnoser::read(made.compact().to_vec()).is_ok());
    /// assert!(Diagnoser::read(b"{}".to_vec()).is_err());
    /// ```
    pub fn read(bytes: Vec<u8>) -> Result<Self, Unreadable> {
        let compact = Compact::read(bytes)?;
        let apps = Apps::new(&compact.head().apps);
        Ok(Self { finder: Finder::new(compact), apps, words: OnceLock::new() })
    }

    /// The catalog as bytes, for [`Diagnoser::read`].
    pub fn compact(&self) -> &[u8] {
        self.finder.compact.bytes()
    }

    /// The apps, as the catalog has them.
    pub fn apps(&self) -> &[App] {
        &self.finder.compact.head().apps
    }

    /// Whom to ask when nothing is found, by language.
    pub fn contact(&self) -> &BTreeMap<String, Vec<Inline>> {
        &self.finder.compact.head().contact
    }

    /// The languages that any entry has a text in, sorted. Cost: linear in the catalog.
    pub fn languages(&self) -> Vec<String> {
        // A map, because there are others of this type: each type is compiled by itself.
        let mut languages: BTreeMap<String, String> = BTreeMap::new();
        for lang in self.finder.compact.each().flat_map(|entry| entry.texts.into_keys()) {
            languages.insert(lang, String::new());
        }
        languages.into_keys().collect()
    }

    /// Whether some messages are regular expressions.
    pub fn has_expressions(&self) -> bool {
        self.finder.compact.has_expressions()
    }

    /// Whether there is an entry with this id.
    pub fn has(&self, id: &str) -> bool {
        self.finder.compact.number(id).is_some()
    }

    /// Every entry, a line each, in the language asked for or the nearest there is.
    pub fn entries(&self, lang: &str) -> Vec<EntrySummary> {
        let options = Options { lang: lang.to_owned(), ..Options::default() };
        let summary = |entry: Entry| {
            let Diagnosis { entry: id, apps, title, lang, message, .. } = told(&entry, &options);
            EntrySummary { id, product: entry.product, apps, title, lang, message }
        };
        self.finder.compact.each().map(summary).collect()
    }

    /// What an entry tells, as a diagnosis without anything of a paste; `None` when there is no such entry.
    pub fn tell(&self, id: &str, lang: &str) -> Option<Diagnosis> {
        let number = self.finder.compact.number(id)?;
        let options = Options { lang: lang.to_owned(), ..Options::default() };
        Some(self.told(number, &options))
    }

    /// The products, with their names in the language asked for or the nearest there is.
    pub fn products(&self, lang: &str) -> Vec<ProductSummary> {
        let title = |product: &Product| nearest_language(&product.titles, lang).map(|(_, title)| title.clone());
        let summary = |product: &Product| ProductSummary {
            id: product.id.clone(),
            title: title(product).unwrap_or_else(|| product.id.clone()),
        };
        self.finder.compact.head().products.iter().map(summary).collect()
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
        let finds = self.finder.finds(&paste, options.without, self.wanted(options));
        let asked = options.app.as_deref().and_then(|name| self.apps.named(name));
        let mut groups: Vec<Group> = Vec::new();
        let mut known: Keyed<Option<usize>> = Keyed::default();
        let mentions = Mentions::of(finds.len());
        for find in &finds {
            let decision = self.decide(find, &paste, &lines, &mentions, asked, options);
            let line = lines.number(find.span.start);
            match known.at(group_key(find, &decision)) {
                Some(group) => groups[*group].lines.push(line),
                new => {
                    *new = Some(groups.len());
                    groups.push(Group { find, decision, lines: vec![line] });
                }
            }
        }
        let texts = options.texts.unwrap_or(usize::MAX);
        let diagnosis = |(number, group): (usize, &Group)| self.diagnosis(group, &paste, options, number < texts);
        let found: Vec<(Diagnosis, u32)> =
            groups.iter().enumerate().map(diagnosis).zip(groups.iter().map(|group| group.find.share)).collect();
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

    /// Makes something ready that the first damaged message would have to wait for; false when nothing is left. What was
    /// made already costs nothing. Cost: linear in the catalog, some ten milliseconds for 10,000 messages.
    ///
    /// ```
    /// # use error_diagnoser::{Catalog, Diagnoser};
    /// # let diagnoser = Diagnoser::new(Catalog::default()).unwrap();
    /// let steps = (0..).take_while(|step| diagnoser.warm_up(*step)).count();
    /// assert_eq!(steps, 3);
    /// ```
    pub fn warm_up(&self, step: u32) -> bool {
        match step {
            0 => {
                self.finder.near();
            }
            1 => {
                self.finder.telling();
            }
            2 => {
                self.words();
            }
            _ => return false,
        }
        true
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

    #[cfg(any(not(target_arch = "wasm32"), feature = "tools"))]
    pub(crate) fn finder(&self) -> &Finder {
        &self.finder
    }

    pub(super) fn words(&self) -> &Words {
        let catalog = &self.finder.compact;
        self.words.get_or_init(|| Words::new(catalog.each(), catalog.len() as usize))
    }

    pub(super) fn sources(&self, template: usize) -> &[(u32, u32)] {
        self.finder.compact.sources(template)
    }

    pub(super) fn entry(&self, number: u32) -> &Entry {
        self.finder.compact.entry(number)
    }

    /// A diagnosis of what was found, with or without the texts of its entry.
    fn diagnosis(&self, group: &Group, paste: &Paste, options: &Options, has_texts: bool) -> Diagnosis {
        let find = group.find;
        let first = group.decision.entries[0];
        let mut sources = find.templates().flat_map(|template| self.sources(template));
        let message = sources.find(|(entry, _)| *entry == first).map_or(0, |(_, message)| *message);
        let literals = find.literals(paste);
        let values = self.finder.values(find, &literals, paste);
        let values = values.into_iter().map(|(name, range)| Value {
            name,
            value: readable(&paste.text[range.clone()]),
            start: range.start,
            end: range.end,
        });
        let values: Vec<Value> = values.collect();
        let fixed = literals.iter().chain(&find.wrappers);
        let mut evidence: Vec<Evidence> = fixed.map(|range| piece(range, EvidenceKind::Literal)).collect();
        evidence.extend(values.iter().map(|value| piece(&(value.start..value.end), EvidenceKind::Value)));
        evidence
            .extend(group.decision.mention.map(|mention| piece(&(mention.span.0..mention.span.1), EvidenceKind::App)));
        sort_by_key(&mut evidence, |evidence| [evidence.start as u64, evidence.end as u64]);
        let is_bare_word = !group.decision.by_app && self.is_word(find);
        let confidence = confidence(find.how, is_bare_word, || ends_line(paste.text, find.span.end));
        let mut lines = group.lines.clone();
        lines.dedup();
        lines.truncate(options.max_lines.unwrap_or(MOST_LINES));
        let message = self.finder.compact.message(first, message).map_or("", |(text, _)| text);
        let explanation = options.explain.then(|| self.explain(group, paste, message, options));
        Diagnosis {
            confidence,
            alternatives: group.decision.entries[1..].iter().map(|entry| self.id(*entry)).collect(),
            message: message.to_owned(),
            explanation,
            excerpt: options.excerpts.then(|| excerpt(paste.text, &find.span, group.lines[0])),
            values,
            evidence,
            count: group.lines.len(),
            lines,
            ..if has_texts { self.told(first, options) } else { untold(self.id(first)) }
        }
    }

    fn id(&self, entry: u32) -> String {
        self.finder.compact.id(entry).to_owned()
    }

    /// The template of a find that can be no other entry's, whatever stands around it.
    pub(super) fn only_entry(&self, find: &Find) -> Option<usize> {
        (find.rivals.is_empty() && self.sources(find.template).len() == 1).then_some(find.template)
    }

    /// Whether the message is one word that says little by itself.
    pub(super) fn is_word(&self, find: &Find) -> bool {
        self.finder.template(find.template).is_word
    }

    /// What an entry tells, without anything of the paste.
    pub(super) fn told(&self, entry: u32, options: &Options) -> Diagnosis {
        told(self.entry(entry), options)
    }
}

fn told(entry: &Entry, options: &Options) -> Diagnosis {
    let asked = if options.lang.is_empty() { FALLBACK_LANGUAGE } else { &options.lang };
    let (lang, text) = entry.text(asked).map_or((FALLBACK_LANGUAGE, None), |(lang, text)| (lang, Some(text)));
    Diagnosis {
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
        situations: text.map(|text| text.situations.clone()).unwrap_or_default(),
        ..untold(entry.id.clone())
    }
}

/// A diagnosis that says which entry it is and nothing else.
fn untold(entry: String) -> Diagnosis {
    Diagnosis {
        entry,
        confidence: Confidence::Possible,
        alternatives: Vec::new(),
        title: String::new(),
        lang: String::new(),
        unreviewed: false,
        apps: Vec::new(),
        message: String::new(),
        values: Vec::new(),
        evidence: Vec::new(),
        count: 0,
        lines: Vec::new(),
        situations: Vec::new(),
        explanation: None,
        excerpt: None,
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

/// What finds have in common that say the same.
fn group_key(find: &Find, decision: &Decision) -> u64 {
    let templates = find.templates().map(|template| template as u32);
    key_of(templates.chain([u32::MAX]).chain(decision.entries.iter().copied()))
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
