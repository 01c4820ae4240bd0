//! Pages of one product in several languages → one catalog.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::blocks;
use super::entry::{self, Draft};
use super::front_matter::{self, FrontMatter};
use super::labels::{self, Label};
use super::leads::{Lead, Part};
use super::names;
use super::placeholders::slots;
use super::prose::Prose;
use super::sections::{self, Raw, Sections};
use super::source::{Notes, places};
use super::{Compiled, Page, PageInfo, Place};
use crate::catalog::{App, Catalog, Entry, FALLBACK_LANGUAGE, Message, Product, nearest, plain};

/// A page divided into its entries.
pub(super) struct Read<'a> {
    text: &'a str,
    info: PageInfo,
    title: String,
    front: FrontMatter,
    sections: Sections,
    notes: Notes,
}

/// Reads one page on its own.
pub(super) fn read(page: &Page) -> Read<'_> {
    let mut notes = Notes::new(&page.path);
    let front = front_matter::read(&page.text, &mut notes);
    let blocks = blocks::read(&page.text, front.body, &mut notes);
    let mut sections = sections::read(blocks, &mut notes);
    let heading = sections.heading.as_ref();
    let title = front.title.as_deref().or(heading.map(|(_, text)| text.as_str())).unwrap_or_default();
    // Documentation systems put their own name behind a title.
    let title = title.split(" | ").next().unwrap_or_default().trim().to_string();
    let product = product(&page.path, &front, heading, &title, &mut notes);
    let lang = front.language.clone().or_else(|| stem(&page.path)).unwrap_or_else(|| spoken(&sections.languages));
    let title = if title.is_empty() { product.clone() } else { title };
    for raw in &mut sections.entries {
        if raw.title.is_empty() && !raw.row {
            raw.title.clone_from(&title);
        }
    }
    let info = PageInfo { path: page.path.clone(), product, lang, own: notes.own, date: front.date };
    let mut page = Read { text: &page.text, info, title, front, sections, notes };
    page.name_sections();
    page
}

fn product(
    path: &str,
    front: &FrontMatter,
    heading: Option<&(Option<String>, String)>,
    title: &str,
    notes: &mut Notes,
) -> String {
    if let Some(given) = &front.product {
        let id = names::slug(given);
        if id != *given {
            let help = format!("write product: {}", if id.is_empty() { "name" } else { &id });
            notes.error(0, "bad-product", format!("\"{given}\" is not lower-case letters, digits and hyphens"), help);
        }
        if !id.is_empty() {
            return id;
        }
    }
    let anchor = heading.and_then(|(id, _)| id.as_deref());
    let file = path.rsplit(['/', '\\']).next().and_then(|name| name.split('.').next());
    let named = [anchor, heading.map(|(_, text)| text.as_str()), Some(title), file].into_iter().flatten();
    named.map(names::product).find(|id| !id.is_empty()).unwrap_or_else(|| "page".into())
}

/// The language that a file's name is: `nl` of `nl.md`.
fn stem(path: &str) -> Option<String> {
    let name = path.rsplit(['/', '\\']).next()?.split('.').next()?;
    (name.len() == 2 && name.bytes().all(|byte| byte.is_ascii_lowercase())).then(|| name.into())
}

/// The language that most labels are in.
fn spoken(languages: &[&'static str]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for language in languages.iter().filter(|language| !language.is_empty()) {
        *counts.entry(language).or_default() += 1;
    }
    let most = counts.iter().max_by_key(|(language, count)| (**count, **language == FALLBACK_LANGUAGE));
    most.map_or(FALLBACK_LANGUAGE, |(language, _)| language).into()
}

impl Read<'_> {
    /// Gives every section its id; rows get theirs when their message is read.
    fn name_sections(&mut self) {
        let prefix = format!("{}/", self.info.product);
        let raws = self.sections.entries.iter_mut().chain(&mut self.sections.unlabelled);
        for (number, raw) in raws.enumerate() {
            raw.id = match &raw.id {
                Some(given) => {
                    let id = names::id(given.strip_prefix(&prefix).unwrap_or(given));
                    if self.notes.own && id != given.strip_prefix(&prefix).unwrap_or(given) {
                        let what = format!("the id \"{given}\" has other characters than a-z, 0-9, - and /");
                        self.notes.error(raw.at, "bad-id", what, format!("write {{#{id}}}"));
                    }
                    Some(id)
                }
                None if raw.row => None,
                None => Some(names::slug(&raw.title)),
            }
            .map(|id| if id.is_empty() { format!("entry-{}", number + 1) } else { id });
        }
    }

    /// Reads what this page's labels do not tell by the structure of another language's page.
    fn take_shapes(&mut self, shapes: &HashMap<(String, String), Vec<Label>>) {
        let product = &self.info.product;
        let shape = |raw: &Raw| raw.id.as_ref().and_then(|id| shapes.get(&(product.clone(), id.clone())));
        for mut raw in std::mem::take(&mut self.sections.unlabelled) {
            let title = raw.title.clone();
            if shape(&raw).is_some_and(|shape| sections::take_shape(&mut raw, shape)) {
                self.notes.warning(
                    raw.at,
                    "structure-taken",
                    format!(
                        "\"{title}\" has no labels that we know; it was read like the same entry in another language"
                    ),
                    "check that its message, cause and resolution are in the same order, or label them",
                );
                self.sections.entries.push(raw);
            } else if self.notes.own {
                let what = format!("the heading \"{title}\" is no entry: nothing under it is labelled");
                self.notes.error(
                    raw.at,
                    "entry-without-labels",
                    what,
                    "label its blocks **Error**:, **Cause**: and **Resolution**:",
                );
            }
        }
        for raw in &mut self.sections.entries {
            let unknown: Vec<(usize, String)> = raw.parts.iter().filter_map(unknown_label).collect();
            if !unknown.is_empty() {
                let shape = raw.id.as_ref().and_then(|id| shapes.get(&(product.clone(), id.clone())));
                if shape.is_some_and(|shape| sections::take_shape(raw, shape)) {
                    for (at, words) in unknown {
                        let what = format!(
                            "nothing understands the label \"{words}\"; it was read as the one in its place in another language"
                        );
                        self.notes.warning(at, "unknown-label", what, super::label_help(&words));
                    }
                } else {
                    sections::keep_unknown(&mut raw.parts, &mut self.notes);
                }
            }
            for situation in &mut raw.situations {
                sections::keep_unknown(&mut situation.parts, &mut self.notes);
            }
        }
    }
}

fn unknown_label(part: &Part) -> Option<(usize, String)> {
    match &part.lead {
        Some(Lead::Unknown(words)) => Some((part.at, words.clone())),
        _ => None,
    }
}

/// Joins pages into a catalog.
pub(super) fn join(mut pages: Vec<Read>) -> Compiled {
    let mut shapes = HashMap::new();
    for page in &pages {
        for raw in page.sections.entries.iter().filter(|raw| !raw.row) {
            if let (Some(id), Some(shape)) = (raw.id.clone(), sections::shape(raw)) {
                shapes.entry((page.info.product.clone(), id)).or_insert(shape);
            }
        }
    }
    let infos: Vec<PageInfo> = pages.iter().map(|page| page.info.clone()).collect();
    // The page in the language that texts fall back to is the one that the others are compared with.
    pages.sort_by_key(|page| page.info.lang != FALLBACK_LANGUAGE);
    let mut join = Join::new(&pages);
    let mut drafts = Vec::new();
    for page in &mut pages {
        page.take_shapes(&shapes);
        drafts.push(join.page(page));
    }
    for (page, drafts) in pages.iter_mut().zip(&drafts) {
        join.texts(page, drafts);
    }
    let mut problems: Vec<_> = pages.into_iter().flat_map(|page| page.notes.finish(page.text)).collect();
    problems.sort_by(|a, b| (&a.path, a.line, a.column).cmp(&(&b.path, b.line, b.column)));
    Compiled { catalog: join.catalog, problems, pages: infos, places: join.places }
}

struct Join {
    catalog: Catalog,
    places: BTreeMap<(String, String), Place>,
    /// Where an entry stands in the catalog, by its id.
    entries: HashMap<String, usize>,
    /// Where an app stands in the catalog, by every name it has.
    apps: HashMap<String, usize>,
    /// The products whose pages say which apps there are.
    with_apps: BTreeSet<String>,
    /// For each entry the language that said its apps.
    said: HashMap<String, String>,
}

impl Join {
    fn new(pages: &[Read]) -> Self {
        let mut join = Self {
            catalog: Catalog::default(),
            places: BTreeMap::new(),
            entries: HashMap::new(),
            apps: HashMap::new(),
            with_apps: BTreeSet::new(),
            said: HashMap::new(),
        };
        for page in pages {
            for app in page.front.apps.iter().filter(|app| !labels::is_all_apps(&app.name)) {
                join.with_apps.insert(page.info.product.clone());
                join.add_app(app);
            }
        }
        join
    }

    fn add_app(&mut self, app: &App) {
        let known = app.names().find_map(|name| self.apps.get(&plain(name)).copied());
        let index = known.unwrap_or_else(|| {
            self.catalog.apps.push(App { name: app.name.clone(), aliases: Vec::new() });
            self.catalog.apps.len() - 1
        });
        for name in app.names() {
            if self.apps.insert(plain(name), index).is_none() && name != self.catalog.apps[index].name {
                self.catalog.apps[index].aliases.push(name.into());
            }
        }
    }

    /// Adds a page's entries with their messages and apps. Answers its drafts, each with its entry's id.
    fn page(&mut self, page: &mut Read) -> Vec<(String, Draft)> {
        let PageInfo { product, lang, path, .. } = page.info.clone();
        match self.catalog.products.iter_mut().find(|known| known.id == product) {
            Some(known) => {
                known.titles.entry(lang.clone()).or_insert_with(|| page.title.clone());
            }
            None => {
                let titles = [(lang.clone(), page.title.clone())].into();
                self.catalog.products.push(Product { id: product.clone(), titles });
            }
        }
        let raws = std::mem::take(&mut page.sections.entries);
        let offsets: Vec<usize> = raws.iter().map(|raw| raw.at).collect();
        let mut drafts = Vec::new();
        for (raw, (line, column)) in raws.into_iter().zip(places(page.text, &offsets)) {
            let mut draft = entry::gather(raw, &lang, &mut page.notes);
            let apps = self.canonical(&draft, page);
            if draft.title.is_empty() {
                draft.title = draft.messages.first().map(|message| names::short(&message.text)).unwrap_or_default();
            }
            let name = draft.id.clone().unwrap_or_else(|| row_name(&draft, &apps));
            let place = Place { path: path.clone(), line, column };
            if let Some(id) = self.place(format!("{product}/{name}"), &draft, place, page) {
                self.entry(&id, &draft, apps, page);
                drafts.push((id, draft));
            }
        }
        drafts
    }

    /// Notes where an entry stands. Answers its id: another one if this language has the id already, none if the
    /// entry is left out for that.
    fn place(&mut self, id: String, draft: &Draft, place: Place, page: &mut Read) -> Option<String> {
        let key = |id: &str| (id.to_string(), page.info.lang.clone());
        let mut free = id.clone();
        if let Some(first) = self.places.get(&key(&id)) {
            let what = format!("{}:{}:{} has the id \"{id}\" too", first.path, first.line, first.column);
            if page.notes.own {
                page.notes.error(draft.at, "duplicate-id", what, "give one of them another {#id}");
                return None;
            }
            let mut number = self.entries.len();
            let counted =
                (2..100).map(|number| format!("{id}-{number}")).find(|id| !self.places.contains_key(&key(id)));
            free = counted.unwrap_or_else(|| {
                while self.places.contains_key(&key(&format!("{id}-{number}"))) {
                    number += 1;
                }
                format!("{id}-{number}")
            });
            if !draft.row {
                page.notes.warning(
                    draft.at,
                    "duplicate-id",
                    what,
                    format!("it was read as \"{free}\"; name it by an anchor"),
                );
            }
        }
        self.places.insert(key(&free), place);
        Some(free)
    }

    fn entry(&mut self, id: &str, draft: &Draft, apps: Option<Vec<String>>, page: &mut Read) {
        let index = *self.entries.entry(id.to_string()).or_insert_with(|| {
            let product = page.info.product.clone();
            self.catalog.entries.push(Entry { id: id.into(), product, ..Entry::default() });
            self.catalog.entries.len() - 1
        });
        let entry = &mut self.catalog.entries[index];
        let same = |a: &Message, b: &Message| a.regex == b.regex && a.text.to_lowercase() == b.text.to_lowercase();
        for message in &draft.messages {
            if !entry.messages.iter().any(|known| same(known, message)) {
                entry.messages.push(message.clone());
            }
        }
        let Some(apps) = apps else { return };
        match self.said.get(id) {
            None => {
                entry.apps = apps;
                self.said.insert(id.into(), page.info.lang.clone());
            }
            Some(lang) if entry.apps != apps => {
                let what = format!("the apps are not those of the page in \"{lang}\" ({})", entry.apps.join(", "));
                page.notes.fault(draft.at, "apps-differ", what, "name the same apps in every language");
            }
            Some(_) => {}
        }
    }

    /// The apps of an entry by the names that the catalog has for them; empty for all apps, none when nobody says.
    fn canonical(&mut self, draft: &Draft, page: &mut Read) -> Option<Vec<String>> {
        let Some(written) = &draft.apps else {
            let of_page = page.front.apps.iter().map(|app| app.name.clone()).collect::<Vec<_>>();
            return (!of_page.is_empty()).then(|| self.names(&of_page));
        };
        if written.iter().any(|(_, name)| labels::is_all_apps(name)) {
            return Some(Vec::new());
        }
        for (at, name) in written {
            if self.apps.contains_key(&plain(name)) {
                continue;
            }
            if page.notes.own && self.with_apps.contains(&page.info.product) {
                let known = self.catalog.apps.iter().flat_map(App::names);
                let help = match nearest(name, known) {
                    Some(near) => format!("did you mean \"{near}\"?"),
                    None => "add it under apps: in the front matter".into(),
                };
                page.notes.error(*at, "unknown-app", format!("no page of this product knows the app \"{name}\""), help);
            }
            self.add_app(&App { name: name.clone(), aliases: Vec::new() });
        }
        let written: Vec<String> = written.iter().map(|(_, name)| name.clone()).collect();
        Some(self.names(&written))
    }

    fn names(&self, written: &[String]) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for index in written.iter().filter_map(|name| self.apps.get(&plain(name))) {
            let name = &self.catalog.apps[*index].name;
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        names
    }

    /// Adds the texts of a page's entries, now that every language's messages are there.
    fn texts(&mut self, page: &mut Read, drafts: &[(String, Draft)]) {
        for (id, draft) in drafts {
            let Some(entry) = self.entries.get(id).map(|index| &mut self.catalog.entries[*index]) else { continue };
            if entry.messages.is_empty() && !page.notes.own {
                page.notes.warning(
                    draft.at,
                    "message-from-heading",
                    "the entry has no message; its heading was taken for one",
                    "label the message that the product prints: **Error**: …",
                );
                entry.messages.push(Message::text(&page.info.lang, &draft.title));
            }
            let slots: BTreeSet<String> = entry.messages.iter().flat_map(message_slots).collect();
            let mut prose = Prose { slots: &slots, base: page.front.base.as_deref(), notes: &mut page.notes };
            let text = draft.text(&mut prose);
            entry.texts.insert(page.info.lang.clone(), text);
        }
    }
}

/// A row's name: its app and the telling words of its message.
fn row_name(draft: &Draft, apps: &Option<Vec<String>>) -> String {
    let words = draft.messages.first().map(|message| names::telling(&message.text)).unwrap_or_default();
    let words = if words.is_empty() { "entry".into() } else { words };
    let app = match apps.as_deref() {
        None => return words,
        Some([]) => "all-apps".into(),
        Some([first, ..]) => names::slug(first),
    };
    if app.is_empty() { words } else { format!("{app}/{words}") }
}

/// The slots of a message: `{name}`, or the named groups of a regular expression.
pub(crate) fn message_slots(message: &Message) -> Vec<String> {
    if !message.regex {
        return slots(&message.text);
    }
    let groups = message.text.split("(?").skip(1);
    let named = groups.filter_map(|group| group.strip_prefix("P<").or_else(|| group.strip_prefix('<')));
    named
        .filter(|rest| !rest.starts_with(['=', '!']))
        .filter_map(|rest| rest.split_once('>').map(|(name, _)| name.to_string()))
        .collect()
}
