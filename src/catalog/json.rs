//! A `catalog.json` read entry by entry: what can be used is, and what cannot is named with its place.
//!
//! A catalog is often written by a program and loaded by a page that somebody else looks after. One bad entry must not
//! take the others with it, and nobody should have to guess which one it was. So the entries are read one by one, the
//! limits hold while reading, and every problem says where it stands. This module knows the format and its rules; it
//! does not know where the text came from.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

use serde::de::{self, Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::rules::nearest;
use super::{App, Catalog, Entry, FORMAT, MAX_ENTRIES, Problem, Product};
use crate::lanes::count;

mod flawless;

/// The largest `catalog.json` that is read, in bytes. The limit of 100,000 entries comes to 33 MB with entries of the
/// usual length; this leaves room for longer ones in four languages, and still fits a browser's tab several times.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;

/// What was read of a `catalog.json`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Read {
    /// Everything in it that keeps the rules.
    pub catalog: Catalog,
    /// Why the other entries were left out, each with its place.
    pub problems: Vec<Problem>,
}

/// A place in the text: line and column from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// 1-based line.
    pub line: u32,
    /// 1-based column, in characters.
    pub column: u32,
}

impl Catalog {
    /// Reads the text of a `catalog.json`; `path` is what problems call it. Fails with what is wrong when it cannot be
    /// used as a whole: it is no JSON, has a newer format or is too large. Cost: linear in the text.
    pub fn read(path: &str, json: &str) -> Result<Read, Vec<Problem>> {
        let mut entries = Vec::new();
        let (head, problems) = Self::read_each(path, json, &mut |entry| {
            entries.push(entry);
            Ok(())
        })?;
        Ok(Read { catalog: Self { entries, ..head }, problems })
    }

    /// The same, one entry after another: gives each that keeps the rules to `take`, which may say what is wrong with it all
    /// the same, and then everything else and the problems.
    pub(crate) fn read_each(
        path: &str,
        json: &str,
        take: &mut dyn FnMut(Entry) -> Wrong,
    ) -> Result<(Self, Vec<Problem>), Vec<Problem>> {
        if json.len() > MAX_BYTES {
            let what = format!("the catalog has {} bytes, at most {MAX_BYTES} are read", json.len());
            return Err(vec![Problem::error("file-too-large", path, what, "divide it into several catalogs")]);
        }
        let whole: Whole<'_> = match serde_json::from_str(json) {
            Ok(whole) => whole,
            Err(error) => return Err(vec![unreadable(path, json, &error)]),
        };
        let head = Catalog {
            format: whole.format,
            version: whole.version,
            date: whole.date,
            products: whole.products,
            apps: whole.apps,
            entries: Vec::new(),
            hidden: whole.hidden,
            contact: whole.contact,
        };
        let wrong = head.validate();
        if !wrong.is_empty() {
            return Err(wrong.into_iter().map(|problem| Problem { path: path.into(), ..problem }).collect());
        }
        let mut reading = Reading {
            path,
            json,
            products: head.products.iter().map(|product| product.id.as_str()).collect(),
            cursor: Cursor::new(json),
            places: HashMap::new(),
            problems: Vec::new(),
        };
        for (number, raw) in (1..).zip(&whole.entries.0) {
            reading.entry(number, raw.get(), take);
        }
        let problems = reading.problems;
        Ok((head, problems))
    }
}

/// What is told with an entry when it cannot be used after all.
type Wrong = Result<(), Vec<Problem>>;

/// Entries being read.
struct Reading<'t> {
    path: &'t str,
    json: &'t str,
    products: BTreeSet<&'t str>,
    cursor: Cursor<'t>,
    /// Where each entry begins, by its id.
    places: HashMap<String, Place>,
    problems: Vec<Problem>,
}

impl Reading<'_> {
    // A call for each: browsers make code fast between calls, and a loop that runs once would stay slow to its end.
    #[inline(never)]
    fn entry(&mut self, number: usize, raw: &str, take: &mut dyn FnMut(Entry) -> Wrong) {
        let path = self.path;
        let start = raw.as_ptr() as usize - self.json.as_ptr() as usize;
        let place = self.cursor.place(start);
        let entry: Entry = match serde_json::from_str(raw) {
            Ok(entry) => entry,
            Err(error) => {
                let place = self.cursor.place(start + offset(raw, &error));
                self.problems.push(bad_entry(path, number, &error).at(place.line, place.column));
                return;
            }
        };
        let id = entry.id.clone();
        let mut wrong = Vec::new();
        if let Some(first) = self.places.get(&id) {
            wrong.push(duplicate(path, *first));
        }
        entry.validate(&self.products, &mut wrong);
        if wrong.is_empty() {
            wrong.extend(take(entry).err().into_iter().flatten());
        }
        if wrong.is_empty() {
            self.places.insert(id, place);
        } else {
            self.leave_out(&id, place, wrong);
        }
    }

    #[cold]
    fn leave_out(&mut self, id: &str, place: Place, wrong: Vec<Problem>) {
        self.problems.extend(wrong.into_iter().map(|problem| problem.of_entry(id, self.path, place)));
    }
}

impl Problem {
    /// The same, told of an entry that stands at a place in a file.
    pub(crate) fn of_entry(self, id: &str, path: &str, place: Place) -> Self {
        let what = format!("entry \"{}\": {}", id.escape_debug(), self.what);
        Self { path: path.into(), what, ..self }.at(place.line, place.column)
    }
}

/// The catalog with its entries not read yet.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Whole<'t> {
    format: u32,
    #[serde(default)]
    version: String,
    #[serde(default)]
    date: String,
    #[serde(default)]
    products: Vec<Product>,
    #[serde(default)]
    apps: Vec<App>,
    #[serde(default, borrow)]
    entries: RawEntries<'t>,
    #[serde(default)]
    hidden: Vec<String>,
    #[serde(default)]
    contact: BTreeMap<String, Vec<super::Inline>>,
}

/// No more entries than are allowed: reading stops at the first one past that.
#[derive(Default)]
struct RawEntries<'t>(Vec<&'t RawValue>);

impl<'de: 't, 't> Deserialize<'de> for RawEntries<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Counted;
        impl<'de> Visitor<'de> for Counted {
            type Value = Vec<&'de RawValue>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of entries")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
                let mut raws = Vec::new();
                while let Some(raw) = entries.next_element()? {
                    if raws.len() == MAX_ENTRIES {
                        return Err(de::Error::custom(TOO_MANY));
                    }
                    raws.push(raw);
                }
                Ok(raws)
            }
        }
        deserializer.deserialize_seq(Counted).map(Self)
    }
}

/// How the reader of entries says that there are too many, so that it can be told from other errors.
const TOO_MANY: &str = "too many entries";

/// Only as much of a catalog as tells which format it has.
#[derive(Deserialize)]
struct Head {
    format: u32,
}

#[cold]
fn unreadable(path: &str, json: &str, error: &serde_json::Error) -> Problem {
    let said = without_place(error);
    let problem = if said == TOO_MANY {
        let what = format!("the catalog has more than {MAX_ENTRIES} entries; this is the first that is not read");
        Problem::error("too-many-entries", path, what, "divide it into several catalogs")
    } else if let Some(Head { format }) = serde_json::from_str(json).ok().filter(|head: &Head| head.format > FORMAT) {
        // What a later format adds is not known here; that it is later says more than the first thing unknown.
        let what = format!("the catalog has format {format}, this build reads up to {FORMAT}");
        return Problem::error(
            "newer-format",
            path,
            what,
            "update error-diagnoser, or build the catalog with this version",
        );
    } else {
        Problem::error("bad-catalog", path, said, help(error))
    };
    let place = Cursor::new(json).place(offset(json, error));
    problem.at(place.line, place.column)
}

#[cold]
fn duplicate(path: &str, first: Place) -> Problem {
    let what = format!("{path}:{}:{} has this id too", first.line, first.column);
    Problem::error("duplicate-id", path, what, "give one of them another id")
}

#[cold]
fn bad_entry(path: &str, number: usize, error: &serde_json::Error) -> Problem {
    let said = without_place(error);
    // serde_json's own limit of 128 levels; a list in a list takes four of them, so lists meet it before ours of 32.
    if said == "recursion limit exceeded" {
        return Problem::error(
            "too-deep",
            path,
            format!("entry {number} is nested too deep"),
            "nest lists less deeply",
        );
    }
    Problem::error("bad-entry", path, format!("entry {number}: {said}"), help(error))
}

/// What to do: the name that was meant, if an unknown one is close to it.
fn help(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let mut quoted = said.split('`').skip(1).step_by(2);
    let near =
        if said.starts_with("unknown ") { quoted.next().and_then(|unknown| nearest(unknown, quoted)) } else { None };
    match near {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => "compile the catalog again with `error-diagnoser build`, or see the documented format".into(),
    }
}

/// What serde says, without its "at line 1 column 2": the place stands in the problem.
fn without_place(error: &serde_json::Error) -> String {
    let said = error.to_string();
    match said.rfind(" at line ") {
        Some(place) => said[..place].to_owned(),
        None => said,
    }
}

/// Where in a text serde's line and column (in bytes) are.
fn offset(text: &str, error: &serde_json::Error) -> usize {
    let before: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    text.floor_char_boundary((before + error.column().saturating_sub(1)).min(text.len()))
}

/// Counts lines and columns, forwards only, so that all places of a text cost one pass.
struct Cursor<'t> {
    text: &'t str,
    at: usize,
    place: Place,
}

impl<'t> Cursor<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, at: 0, place: Place { line: 1, column: 1 } }
    }

    /// The place of an offset that is not before the last one asked for.
    fn place(&mut self, offset: usize) -> Place {
        let passed = &self.text.as_bytes()[self.at..offset.max(self.at)];
        let line = passed.iter().rposition(|byte| *byte == b'\n');
        if let Some(end) = line {
            let lines = count(&passed[..=end], |lanes| lanes.is(b'\n'));
            self.place = Place { line: self.place.line + lines as u32, column: 1 };
        }
        let last = &passed[line.map_or(0, |end| end + 1)..];
        let within = count(last, |lanes| lanes.is_other() & lanes.begins_other().not());
        self.place.column += (last.len() - within) as u32;
        self.at = offset.max(self.at);
        self.place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRY: &str = r#"{"id":"p/ID","product":"p","messages":[{"lang":"en","text":"it broke wholly"}],"texts":{"en":{"title":"t","situations":[]}}}"#;

    fn catalog(entries: &[&str]) -> String {
        format!(
            "{{\"format\":1,\"products\":[{{\"id\":\"p\",\"titles\":{{}}}}],\n\"entries\":[\n{}]}}",
            entries.join(",\n")
        )
    }

    fn entry(id: &str) -> String {
        ENTRY.replace("ID", id)
    }

    #[test]
    fn bad_entries_are_left_out_and_named_with_their_places() {
        // The letter of two bytes before the slip is one column.
        let slip = entry("é").replace("\"messages\"", "\"mesages\"");
        let json = catalog(&[&entry("a"), &slip, &entry("a"), &entry("c")]);
        let read = Catalog::read("x.json", &json).unwrap();
        assert_eq!(read.catalog.entries.iter().map(|entry| entry.id.as_str()).collect::<Vec<_>>(), ["p/a", "p/c"]);
        let said: Vec<String> = read.problems.iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 2);
        assert!(said[0].starts_with("x.json:4:35: error[bad-entry]: entry 2: unknown field `mesages`"), "{}", said[0]);
        assert!(said[0].ends_with("did you mean \"messages\"?"), "{}", said[0]);
        assert!(said[1].starts_with("x.json:5:1: error[duplicate-id]: entry \"p/a\": x.json:3:1 has this id too"));
    }

    #[test]
    fn what_a_portal_lays_over_another_catalog_is_read_and_checked() {
        let json = r#"{"format":1,"hidden":["p/a"],"contact":{"en":[{"text":"Call 4711"}]}}"#;
        let Read { catalog, .. } = Catalog::read("x.json", json).unwrap();
        assert_eq!(catalog.hidden, ["p/a"]);
        assert_eq!(serde_json::to_string(&catalog).unwrap().matches("4711").count(), 1);
        let unsafe_link = json.replace(r#"{"text":"Call 4711"}"#, r#"{"link":{"href":"javascript:x()","content":[]}}"#);
        assert_eq!(Catalog::read("x.json", &unsafe_link).unwrap_err()[0].code, "bad-link");
    }

    #[test]
    fn a_newer_format_is_refused_by_name_whatever_else_is_new_in_it() {
        let problems = Catalog::read("x.json", r#"{"format":2,"moods":[]}"#).unwrap_err();
        assert_eq!(problems[0].code, "newer-format");
        let problems = Catalog::read("x.json", r#"{"format":1,"moods":[]}"#).unwrap_err();
        assert_eq!(problems[0].code, "bad-catalog");
    }
}
