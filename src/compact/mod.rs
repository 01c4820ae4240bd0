//! A catalog made ready once and for all, as bytes: what `build` writes and the readers' module loads.
//!
//! A `catalog.json` must be parsed, checked and compiled before the first answer; here that is done. The bytes hold the
//! anchors of every message as the index needs them and the entries one behind the other, each of which is read when it
//! is first shown; a message is compiled when its anchor first occurs in a text. So loading costs next to nothing however
//! large the catalog is, and the readers' module needs neither a JSON reader nor the rules of catalogs. This module may
//! not know how texts are searched or what an answer is; and whatever the bytes are, it does not panic.

mod prose;
#[cfg(any(not(target_arch = "wasm32"), feature = "tools"))]
mod write;
#[cfg(any(not(target_arch = "wasm32"), feature = "tools"))]
pub use write::{Writer, sealed};

use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

use crate::bytes::Bytes;
use crate::catalog::{App, Catalog, Entry, Product};
use crate::index::Index;
use crate::keyed::{Keyed, key_of_bytes};
use crate::paste::key;
use crate::pattern::Pattern;
use crate::template::{Template, Templates};

/// How the bytes begin.
pub const MAGIC: [u8; 4] = *b"EDC\0";

/// The version of the bytes. It also stands for how letters are folded and anchors chosen: bytes that another version
/// made would be searched wrongly.
pub const REVISION: u32 = 4;

/// Magic, revision and checksum.
const HEAD: usize = 16;

/// A catalog as bytes, with the parts of it that were read already.
#[derive(Debug)]
pub struct Compact {
    bytes: Vec<u8>,
    /// All but the entries.
    head: Catalog,
    /// Where each entry stands in `bytes`.
    places: Vec<Range<u32>>,
    /// Numbers of entries by a key of their id, made when first needed.
    numbers: OnceLock<Keyed<Vec<u32>>>,
    entries: Vec<OnceLock<Box<Entry>>>,
    messages: Vec<OnceLock<Box<Compiled>>>,
    /// For each message where its sources end in `sources`, and whether it is a regular expression.
    ends: Vec<u32>,
    sources: Vec<(u32, u32)>,
    index: Index,
    has_expressions: bool,
}

/// A message made ready.
#[derive(Debug)]
struct Compiled {
    template: Template,
    pattern: Option<Pattern>,
}

/// Why bytes cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// They are something else.
    Other,
    /// Another version made them.
    Revision(u32),
    /// Some are missing, or not as they were written.
    Damaged,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Other => f.write_str("it is no compact catalog; name a file that `error-diagnoser build` made"),
            Self::Revision(_) => f.write_str(
                "it was made by another version of error-diagnoser; build it with the version that the page uses",
            ),
            Self::Damaged => f.write_str("it is not whole; build it again, or copy it again as a binary file"),
        }
    }
}

impl Compact {
    /// Takes what `Compact::write` made. Cost: one pass, and a few bytes of memory for each entry and message beside
    /// the bytes themselves.
    pub fn read(bytes: Vec<u8>) -> Result<Self, Unreadable> {
        let body = body(&bytes)?;
        let mut read = Bytes::new(body);
        let mut head = Catalog { version: read.text(), date: read.text(), ..Catalog::default() };
        let count = read.count();
        for _ in 0..count {
            let id = read.text();
            head.products.push(Product { id, titles: read.texts() });
        }
        let count = read.count();
        for _ in 0..count {
            head.apps.push(App { name: read.text(), aliases: read.list() });
        }
        read.extra(&mut head);
        let has_expressions = read.byte() != 0;
        let ends = read.numbers();
        let sources: Vec<(u32, u32)> = read.numbers().into_iter().zip(read.numbers()).collect();
        let index = Index::read(&mut read, ends.len());
        let lengths = read.numbers();
        let mut at = bytes.len() - read.left();
        let mut places = Vec::with_capacity(lengths.len());
        for length in lengths {
            let end = at.saturating_add(length as usize).min(bytes.len());
            places.push(at as u32..end as u32);
            at = end;
        }
        let is_whole = at == bytes.len()
            && ends.is_sorted()
            && ends.last().map_or(0, |end| *end as usize) == sources.len()
            && sources.iter().all(|(entry, _)| (*entry as usize) < places.len());
        let Some(mut index) = index.filter(|_| is_whole) else { return Err(Unreadable::Damaged) };
        let mut compact = Self {
            numbers: OnceLock::new(),
            entries: places.iter().map(|_| OnceLock::new()).collect(),
            messages: ends.iter().map(|_| OnceLock::new()).collect(),
            head,
            places,
            ends,
            sources,
            index: Index::default(),
            has_expressions,
            bytes,
        };
        index.complete(&compact);
        compact.index = index;
        Ok(compact)
    }

    /// The bytes, to be kept in a file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The catalog without its entries.
    pub fn head(&self) -> &Catalog {
        &self.head
    }

    /// How many entries it has.
    pub fn len(&self) -> u32 {
        self.places.len() as u32
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// An entry, read when first asked for. Panics when there is none of this number.
    pub fn entry(&self, number: u32) -> &Entry {
        self.entries[number as usize].get_or_init(|| Box::new(self.read_entry(number)))
    }

    /// Every entry in turn, read for the caller alone.
    pub fn each(&self) -> impl Iterator<Item = Entry> + '_ {
        (0..self.len()).map(|number| self.read_entry(number))
    }

    /// An entry read for the caller alone.
    pub fn read_entry(&self, number: u32) -> Entry {
        self.at(number).entry()
    }

    /// The number of the entry with this id. Cost: linear in the number of entries the first time, then constant.
    pub fn number(&self, id: &str) -> Option<u32> {
        let numbers = self.numbers.get_or_init(|| {
            let mut numbers: Keyed<Vec<u32>> = Keyed::default();
            (0..self.len()).for_each(|number| numbers.at(key(self.id(number).as_bytes())).push(number));
            numbers
        });
        numbers.get(key(id.as_bytes()))?.iter().copied().find(|number| self.id(*number) == id)
    }

    /// The id of an entry. Panics when there is none of this number.
    pub fn id(&self, number: u32) -> &str {
        self.at(number).borrowed()
    }

    /// A message of an entry as its author wrote it, and whether it is a regular expression; nothing where there is none.
    pub fn message(&self, entry: u32, number: u32) -> Option<(&str, bool)> {
        let mut read = self.at(entry);
        read.borrowed();
        let count = read.count() as u32;
        for _ in 0..number.min(count) {
            read.message();
        }
        (number < count).then(|| {
            let (_, text, regex) = read.message();
            (text, regex)
        })
    }

    /// The messages that are one to the index: entry and message numbers, in catalog order.
    pub fn sources(&self, template: usize) -> &[(u32, u32)] {
        let from = template.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.sources[from..self.ends[template] as usize]
    }

    /// The author's regular expression that a template is the literal of, if it is one.
    pub fn pattern(&self, template: u32) -> Option<&Pattern> {
        self.compiled(template).pattern.as_ref()
    }

    /// Whether some messages are regular expressions.
    pub fn has_expressions(&self) -> bool {
        self.has_expressions
    }

    /// Where to look for the messages.
    pub fn index(&self) -> &Index {
        &self.index
    }

    fn at(&self, number: u32) -> Bytes<'_> {
        let place = &self.places[number as usize];
        Bytes::new(&self.bytes[place.start as usize..place.end as usize])
    }

    fn compiled(&self, number: u32) -> &Compiled {
        self.messages[number as usize].get_or_init(|| {
            let source = self.sources(number as usize).first();
            let (text, regex) = source.and_then(|(entry, at)| self.message(*entry, *at)).unwrap_or_default();
            let pattern = if regex { Pattern::new(text).ok() } else { None };
            let template = match &pattern {
                Some(pattern) => Some(Template::literal(&pattern.literal)),
                None => Template::new(text).ok(),
            };
            // Whoever wrote bytes in which this is no message gets one that stands in no text.
            Box::new(Compiled { template: template.unwrap_or_else(|| Template::literal(b"\xff\xff\xff\xff")), pattern })
        })
    }
}

impl Templates for Compact {
    fn count(&self) -> usize {
        self.messages.len()
    }

    fn template(&self, number: u32) -> &Template {
        &self.compiled(number).template
    }
}

/// What stands behind the head, if that is in order.
fn body(bytes: &[u8]) -> Result<&[u8], Unreadable> {
    let Some((head, body)) = bytes.split_at_checked(HEAD) else {
        return Err(if bytes.starts_with(&MAGIC) { Unreadable::Damaged } else { Unreadable::Other });
    };
    let mut read = Bytes::new(&head[4..]);
    match read.four() {
        _ if head[..4] != MAGIC => Err(Unreadable::Other),
        REVISION if read.eight() == checksum(body) => Ok(body),
        REVISION => Err(Unreadable::Damaged),
        other => Err(Unreadable::Revision(other)),
    }
}

/// A number that changes when any byte does: against files cut off or damaged on their way, not against forgery.
fn checksum(bytes: &[u8]) -> u64 {
    bytes.chunks(PIECE).fold(bytes.len() as u64, key_of_bytes)
}

/// So much is summed up in a call: browsers make code fast between calls, and one long loop would stay slow to its end.
const PIECE: usize = 64 * 1024;

#[cfg(test)]
mod tests;
