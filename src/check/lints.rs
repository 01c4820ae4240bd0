//! What can be wrong with a catalog whose pages compile.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::graded;
use crate::catalog::{Entry, FALLBACK_LANGUAGE, Inline, Message, Problem, Text};
use crate::notation::unclosed;
use crate::page::{Compiled, PageInfo, Place, message_slots, words};

/// A message with fewer fixed letters and digits than this would match by accident. Seven is still "Timeout" and
/// "Failed."; eight lets every exception's class name through. A letter of Chinese, Japanese or Korean counts as two,
/// because it says as much.
pub(super) const TELLING_LETTERS: usize = 8;

/// A text that is the same in two languages and at least this long, in letters, was not translated.
const TRANSLATED_LETTERS: usize = 40;

/// Everything that the lints find.
pub(super) fn all(compiled: &Compiled) -> Vec<Problem> {
    let lints = Lints { compiled };
    let mut problems = Vec::new();
    lints.languages(&mut problems);
    lints.dates(&mut problems);
    lints.same_messages(&mut problems);
    for entry in &compiled.catalog.entries {
        lints.general(entry, &mut problems);
        lints.unclosed(entry, &mut problems);
        lints.named(entry, &mut problems);
        lints.slots(entry, &mut problems);
        lints.untranslated(entry, &mut problems);
    }
    problems
}

struct Lints<'a> {
    compiled: &'a Compiled,
}

impl Lints<'_> {
    fn page(&self, product: &str, lang: &str) -> Option<&PageInfo> {
        self.compiled.pages.iter().find(|page| page.product == product && page.lang == lang)
    }

    fn place(&self, id: &str, lang: &str) -> Option<&Place> {
        self.compiled.places.get(&(id.to_string(), lang.to_string()))
    }

    /// A problem at an entry in one language.
    fn at(&self, entry: &Entry, lang: &str, code: &str, what: String, help: &str) -> Problem {
        let own = self.page(&entry.product, lang).is_some_and(|page| page.own);
        let problem = match self.place(&entry.id, lang) {
            Some(place) => Problem::error(code, &place.path, what, help).at(place.line, place.column),
            None => Problem::error(code, &entry.id, what, help),
        };
        graded(own, problem)
    }

    /// Entries that one language has and another lacks.
    fn languages(&self, problems: &mut Vec<Problem>) {
        let mut pages: BTreeMap<&str, BTreeMap<&str, &PageInfo>> = BTreeMap::new();
        for page in &self.compiled.pages {
            pages.entry(&page.product).or_default().insert(&page.lang, page);
        }
        for entry in &self.compiled.catalog.entries {
            let Some(original) = original_of(entry.texts.keys().map(String::as_str)) else { continue };
            let Some(place) = self.place(&entry.id, original) else { continue };
            for (lang, page) in pages.get(entry.product.as_str()).into_iter().flatten() {
                if !entry.texts.contains_key(*lang) {
                    let problem = Problem::error(
                        "missing-translation",
                        &page.path,
                        format!("\"{}\" is missing here; it stands at {}:{}", entry.id, place.path, place.line),
                        "translate it, with the same id",
                    );
                    problems.push(graded(page.own, problem.at(1, 1)));
                }
            }
        }
    }

    /// Translations older than their original.
    fn dates(&self, problems: &mut Vec<Problem>) {
        for page in &self.compiled.pages {
            let original = self.page(&page.product, FALLBACK_LANGUAGE).filter(|original| original.lang != page.lang);
            if let (Some(date), Some((original, newer))) =
                (page.date, original.and_then(|original| Some((original, original.date?))))
                && date < newer
            {
                let what = format!(
                    "this page is of {}, {} of {}: it may lack what changed since",
                    written(date),
                    original.path,
                    written(newer)
                );
                let problem = Problem::error(
                    "older-translation",
                    &page.path,
                    what,
                    "compare the two, then set date: to the day of that",
                );
                problems.push(problem.warning().at(1, 1));
            }
        }
    }

    /// Entries of ours whose id is only made of their heading, so that another heading or language loses them.
    fn named(&self, entry: &Entry, problems: &mut Vec<Problem>) {
        for lang in entry.texts.keys().filter(|lang| {
            self.compiled.unnamed.contains(&(entry.id.clone(), (*lang).clone()))
                && self.page(&entry.product, lang).is_some_and(|page| page.own)
        }) {
            let what =
                format!("the id \"{}\" is made of the heading; another wording of it would be another entry", entry.id);
            let name = entry.id.split_once('/').map_or("", |(_, name)| name);
            let help = format!("write {{#{name}}} behind the heading (--fix does)");
            problems.push(self.at(entry, lang, "id-from-heading", what, &help).warning());
        }
    }

    /// Messages that would match by accident.
    fn general(&self, entry: &Entry, problems: &mut Vec<Problem>) {
        for message in &entry.messages {
            let letters = fixed_letters(message);
            if letters < TELLING_LETTERS {
                problems.push(self.at(
                    entry,
                    &message.lang,
                    "too-general",
                    format!(
                        "the message \"{}\" has {letters} fixed letters, too few to tell it from other text",
                        message.text
                    ),
                    &format!("give at least {TELLING_LETTERS}: more of the message, or what stands around it"),
                ));
            }
        }
    }

    /// Slots that their author did not close.
    fn unclosed(&self, entry: &Entry, problems: &mut Vec<Problem>) {
        for message in entry.messages.iter().filter(|message| !message.regex) {
            for name in unclosed(&message.text) {
                let what = format!("\"{{{name}\" in the message \"{}\" was read as text, not as a slot", message.text);
                let help = format!("write {{{name}}} if the product prints a value there");
                problems.push(self.at(entry, &message.lang, "unclosed-slot", what, &help).warning());
            }
        }
    }

    /// Entries that the same message leads to, with no app to tell them apart.
    fn same_messages(&self, problems: &mut Vec<Problem>) {
        let mut first: HashMap<(String, &str), &Entry> = HashMap::new();
        let mut told = BTreeSet::new();
        for entry in &self.compiled.catalog.entries {
            let apps = if entry.apps.is_empty() { vec![""] } else { entry.apps.iter().map(String::as_str).collect() };
            for message in &entry.messages {
                for app in &apps {
                    let other = *first.entry((folded(message), *app)).or_insert(entry);
                    if other.id != entry.id && told.insert((&other.id, &entry.id)) {
                        let at = self
                            .place(&other.id, &message.lang)
                            .map(|place| format!(" at {}:{}", place.path, place.line));
                        problems.push(self.at(
                            entry,
                            &message.lang,
                            "same-message",
                            format!(
                                "\"{}\"{} has the message \"{}\" too, and no app tells them apart",
                                other.id,
                                at.unwrap_or_default(),
                                message.text
                            ),
                            "merge the two as situations of one entry, or say which apps each applies to",
                        ));
                    }
                }
            }
        }
    }

    /// Slots that a translation lost or renamed, in messages and in prose.
    fn slots(&self, entry: &Entry, problems: &mut Vec<Problem>) {
        let of = |lang: &str| entry.messages.iter().filter(|message| message.lang == lang).collect::<Vec<_>>();
        let languages: BTreeSet<&str> = entry.messages.iter().map(|message| message.lang.as_str()).collect();
        if let Some(original) = original_of(languages.iter().copied()) {
            let messages = of(original);
            let known = names(&messages);
            for lang in languages.iter().filter(|lang| **lang != original) {
                let translated = of(lang);
                let own = names(&translated);
                // A language may give fewer messages, as products do not translate all of them; then only a name that
                // the original lacks tells something.
                let lost: Vec<&String> =
                    if translated.len() == messages.len() { known.difference(&own).collect() } else { Vec::new() };
                let new: Vec<&String> = own.difference(&known).collect();
                let what = match (lost.is_empty(), new.is_empty()) {
                    (true, true) => continue,
                    (false, false) => format!("the slot {} is called {} here", list(&lost), list(&new)),
                    (false, true) => format!("the message lost the slot {}", list(&lost)),
                    (true, false) => format!("the message has the slot {}, which the original lacks", list(&new)),
                };
                let help = format!("use the names of the page in \"{original}\"");
                problems.push(self.at(entry, lang, "slot-changed", what, &help));
            }
        }
        let Some(original) = original_of(entry.texts.keys().map(String::as_str)) else { return };
        let shown = shown(&entry.texts[original]);
        for (lang, text) in entry.texts.iter().filter(|(lang, _)| *lang != original) {
            let own = self::shown(text);
            let lost: Vec<&String> = shown.difference(&own).collect();
            if !lost.is_empty() {
                let what =
                    format!("the cause and the steps do not show {}, as those in \"{original}\" do", list(&lost));
                problems.push(self.at(entry, lang, "slot-lost", what, "show it where the original does"));
            }
        }
    }

    /// Texts that stand untranslated in another language's page.
    fn untranslated(&self, entry: &Entry, problems: &mut Vec<Problem>) {
        let Some(original) = original_of(entry.texts.keys().map(String::as_str)) else { return };
        let prose = prose(&entry.texts[original]);
        if prose.chars().filter(|c| c.is_alphabetic()).count() < TRANSLATED_LETTERS {
            return;
        }
        for (lang, text) in entry.texts.iter().filter(|(lang, _)| *lang != original) {
            if self::prose(text) == prose {
                let what = format!("the cause and the steps are those in \"{original}\", word for word");
                problems.push(self.at(entry, lang, "untranslated", what, "translate them"));
            }
        }
    }
}

/// The language that an entry's others are compared with: the one that texts fall back to, or else the first.
fn original_of<'e>(languages: impl Iterator<Item = &'e str>) -> Option<&'e str> {
    languages.min_by_key(|lang| *lang != FALLBACK_LANGUAGE)
}

fn written((year, month, day): (u16, u8, u8)) -> String {
    format!("{year}-{month:02}-{day:02}")
}

fn names(messages: &[&Message]) -> BTreeSet<String> {
    messages.iter().flat_map(|message| message_slots(message)).collect()
}

fn list(names: &[&String]) -> String {
    names.iter().map(|name| format!("{{{name}}}")).collect::<Vec<_>>().join(", ")
}

/// All of a text's inline pieces.
fn pieces(text: &Text) -> impl Iterator<Item = &[Inline]> {
    text.situations.iter().flat_map(|situation| {
        let before = [situation.when.as_deref().unwrap_or_default(), &situation.cause, &situation.intro];
        before.into_iter().chain(situation.steps.iter().map(Vec::as_slice))
    })
}

fn prose(text: &Text) -> String {
    pieces(text).map(words).collect::<Vec<_>>().join("\n")
}

/// The slots that a text shows.
fn shown(text: &Text) -> BTreeSet<String> {
    fn collect(inlines: &[Inline], names: &mut BTreeSet<String>) {
        for inline in inlines {
            match inline {
                Inline::Slot(name) => {
                    names.insert(name.clone());
                }
                Inline::Strong(content) | Inline::Link { content, .. } => collect(content, names),
                Inline::List { items, .. } => items.iter().for_each(|item| collect(item, names)),
                Inline::Text(_) | Inline::Code(_) => {}
            }
        }
    }
    let mut names = BTreeSet::new();
    pieces(text).for_each(|inlines| collect(inlines, &mut names));
    names
}

/// A message as matching sees it: letters and digits in lower case, slots without their names.
fn folded(message: &Message) -> String {
    let mut text = message.text.clone();
    for name in message_slots(message) {
        text = text.replacen(&format!("{{{name}}}"), "\u{1}", 1);
    }
    text.chars().filter(|c| c.is_alphanumeric() || *c == '\u{1}').flat_map(char::to_lowercase).collect()
}

/// The letters and digits that stand in every text that a message matches: slots count nothing, alternatives as the
/// shortest.
fn fixed_letters(message: &Message) -> usize {
    let count = |text: &str| text.chars().map(weight).sum::<usize>();
    if message.regex {
        return crate::pattern::fixed_letters(&message.text);
    }
    let slots: BTreeSet<String> = message_slots(message).into_iter().collect();
    let mut total = 0;
    let mut rest = message.text.as_str();
    while let Some(open) = rest.find('{') {
        total += count(&rest[..open]);
        let inside = &rest[open + 1..];
        let end = inside.find(['{', '}']).filter(|end| inside[*end..].starts_with('}'));
        rest = match end {
            Some(end) if slots.contains(&inside[..end]) => &inside[end + 1..],
            Some(end) if inside[..end].contains('|') && !inside[..end].contains(['"', ':']) => {
                total += inside[..end].split('|').map(count).min().unwrap_or(0);
                &inside[end + 1..]
            }
            _ => inside,
        };
    }
    total + count(rest)
}

fn weight(c: char) -> usize {
    match c {
        '\u{1100}'..='\u{11ff}' | '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' => 2,
        c => usize::from(c.is_alphanumeric()),
    }
}

#[cfg(test)]
mod tests {
    use super::{TELLING_LETTERS, fixed_letters};
    use crate::catalog::Message;

    #[test]
    fn only_letters_that_every_match_has_count() {
        let letters = |text: &str| fixed_letters(&Message::text("en", text));
        assert_eq!(letters("Item {itemNumber} gone"), 8);
        assert_eq!(letters("{a|bcd} x"), 2);
        assert_eq!(letters("{\"error\":\"x|y\"}"), 7);
        assert_eq!(letters("시간 초과"), 8);
        let regex = Message { regex: true, ..Message::text("en", r"ORA-(?P<code>[0-9]{5}): dead\w+lock") };
        assert_eq!(fixed_letters(&regex), "ORAdeadlock".len());
    }

    #[test]
    fn class_names_are_telling_and_bare_words_are_not() {
        let letters = |text: &str| fixed_letters(&Message::text("en", text));
        for telling in ["IOException:", "NullPointerException", "Service timeout", "시간 초과"] {
            assert!(letters(telling) >= TELLING_LETTERS, "{telling}");
        }
        for general in ["Error", "429", "Timeout", "{a} failed", "오류"] {
            assert!(letters(general) < TELLING_LETTERS, "{general}");
        }
    }
}
