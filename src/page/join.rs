//! Pages of one product in several languages → one catalog.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::entry::{self, Draft};
use super::labels;
use super::names;
use super::placeholders::{self, slots};
use super::prose::Prose;
use super::read::Read;
use super::sections;
use super::source::places;
use super::troubles;
use super::{Compiled, PageInfo, Place};
use crate::catalog::{App, Catalog, Entry, FALLBACK_LANGUAGE, MAX_MESSAGES, Message, Product, Text, nearest, plain};
use crate::template::{Template, TemplateError};

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
    pages.sort_by_key(|page| (page.info.lang != FALLBACK_LANGUAGE, page.info.path.clone()));
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
    let Join { unfound, places, .. } = &mut join;
    places.retain(|(id, _), _| !unfound.contains(id));
    join.catalog.entries.retain(|entry| !join.unfound.contains(&entry.id));
    Compiled { catalog: join.catalog, problems, pages: infos, places: join.places, unnamed: join.unnamed }
}

struct Join {
    catalog: Catalog,
    places: BTreeMap<(String, String), Place>,
    unnamed: BTreeSet<(String, String)>,
    /// Where an entry stands in the catalog, by its id.
    entries: HashMap<String, usize>,
    /// The messages that entries have already, in whatever language.
    messages: HashSet<(usize, bool, String)>,
    /// Where an app stands in the catalog, by every name it has.
    apps: HashMap<String, usize>,
    /// The products whose pages say which apps there are.
    with_apps: BTreeSet<String>,
    /// For each entry the language that said its apps.
    said: HashMap<String, String>,
    /// Entries of foreign pages that nothing could find.
    unfound: BTreeSet<String>,
}

impl Join {
    fn new(pages: &[Read]) -> Self {
        let mut join = Self {
            catalog: Catalog::default(),
            places: BTreeMap::new(),
            unnamed: BTreeSet::new(),
            entries: HashMap::new(),
            messages: HashSet::new(),
            apps: HashMap::new(),
            with_apps: BTreeSet::new(),
            said: HashMap::new(),
            unfound: BTreeSet::new(),
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
        let PageInfo { product, lang, .. } = page.info.clone();
        if !self.catalog.products.iter().any(|known| known.id == product) {
            self.catalog.products.push(Product { id: product.clone(), ..Product::default() });
        }
        if let Some(known) = self.catalog.products.iter_mut().find(|known| known.id == product) {
            known.titles.entry(lang.clone()).or_insert_with(|| page.title.clone());
        }
        let raws = std::mem::take(&mut page.sections.entries);
        let offsets: Vec<usize> = raws.iter().map(|raw| raw.at).collect();
        let mut drafts = Vec::new();
        for (raw, (line, column)) in raws.into_iter().zip(places(page.text, &offsets)) {
            let draft = entry::gather(raw, &lang, &mut page.notes);
            self.draft(draft, line, column, page, &mut drafts);
        }
        drafts
    }

    /// Adds one entry. A foreign one with more messages than an entry may have becomes several.
    fn draft(&mut self, mut draft: Draft, line: u32, column: u32, page: &mut Read, drafts: &mut Vec<(String, Draft)>) {
        let PageInfo { product, path, .. } = page.info.clone();
        if !page.notes.own && draft.messages.len() > MAX_MESSAGES {
            let rest = draft.messages.split_off(MAX_MESSAGES);
            let mut more = draft.clone();
            more.messages = rest;
            self.draft(draft, line, column, page, drafts);
            return self.draft(more, line, column, page, drafts);
        }
        {
            let apps = self.canonical(&draft, page);
            if draft.title.is_empty() {
                // Words say more than the code beside them.
                let says = |message: &&Message| message.text.contains(' ');
                let message = draft.messages.iter().find(says).or(draft.messages.first());
                draft.title = message.map(|message| names::short(&message.text)).unwrap_or_default();
            }
            let name = draft.id.clone().unwrap_or_else(|| row_name(&draft, apps.as_deref()));
            let place = Place { path: path.clone(), line, column };
            if let Some(id) = self.place(&format!("{product}/{name}"), &draft, place, page) {
                self.entry(&id, &draft, apps, page);
                if draft.unnamed && !draft.row {
                    self.unnamed.insert((id.clone(), page.info.lang.clone()));
                }
                drafts.push((id, draft));
            }
        }
    }

    /// Notes where an entry stands. Answers its id: another one if this language has the id already, none if the
    /// entry is left out for that.
    fn place(&mut self, id: &str, draft: &Draft, place: Place, page: &mut Read) -> Option<String> {
        let key = |id: &str| (id.to_string(), page.info.lang.clone());
        let mut free = id.to_string();
        if let Some(first) = self.places.get(&key(id)) {
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
        for message in found_by(draft, page) {
            if self.messages.insert((index, message.regex, message.text.to_lowercase())) {
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
        let known: BTreeSet<usize> = written.iter().filter_map(|name| self.apps.get(&plain(name)).copied()).collect();
        known.into_iter().map(|index| self.catalog.apps[index].name.clone()).collect()
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
                let told = troubles::told(&draft.title).to_string();
                let told = placeholders::to_slots(told, draft.at, &mut page.notes);
                entry.messages.push(Message::text(&page.info.lang, &told));
            }
            if !page.notes.own && !entry.messages.iter().any(tells) {
                page.notes.warning(
                    draft.at,
                    "too-general",
                    "all that the product prints here is too short to find anything by, so the entry was left out",
                    "quote more of what the product prints",
                );
                self.unfound.insert(id.clone());
            }
            let slots: BTreeSet<String> = entry.messages.iter().flat_map(message_slots).collect();
            let mut prose = Prose { slots: &slots, base: page.front.base.as_deref(), notes: &mut page.notes };
            let text = Text { unreviewed: page.info.unreviewed, ..draft.text(&mut prose) };
            entry.texts.insert(page.info.lang.clone(), text);
        }
    }
}

/// The messages that an entry is found by. On a foreign page nobody promised that a code tells anything: where the entry
/// has other messages, one that is too short only names it.
fn found_by<'d>(draft: &'d Draft, page: &mut Read) -> Vec<&'d Message> {
    let (found, general): (Vec<&Message>, Vec<&Message>) = draft.messages.iter().partition(|message| tells(message));
    if page.notes.own || found.is_empty() {
        return draft.messages.iter().collect();
    }
    for message in general {
        let what = format!(
            "\"{}\" is too short to find anything by, and was left out; the entry has other messages",
            message.text
        );
        page.notes.warning(
            draft.at,
            "too-general",
            what,
            "nothing needs to be done; or quote more of what the product prints",
        );
    }
    found
}

/// Whether a message has enough fixed text to be found by.
fn tells(message: &Message) -> bool {
    message.regex || Template::new(&message.text) != Err(TemplateError::TooGeneral)
}

/// A row's name: its app and the telling words of its message.
fn row_name(draft: &Draft, apps: Option<&[String]>) -> String {
    let words = draft.messages.first().map(|message| names::telling(&message.text)).unwrap_or_default();
    let words = if words.is_empty() { "entry".into() } else { words };
    let app = match apps {
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
