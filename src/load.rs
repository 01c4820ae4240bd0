//! A catalog, or the text of a `catalog.json` → a diagnoser, with whatever of it can be used.
//!
//! Reading finds what breaks the format and its rules; compiling finds the messages that cannot be looked for. Either
//! way the entry is left out and the problem says where it stands. This module joins the two, and may not know who
//! asks: the browser goes on without such entries and counts them, the command refuses them.

use crate::catalog::{Catalog, Problem, Severity};
use crate::compact::{Compact, Writer};
use crate::diagnosis::Diagnoser;
use crate::messages::Messages;

impl Diagnoser {
    /// Makes a catalog ready. Fails with every problem that [`Catalog::validate`] and the compiler of messages find,
    /// when one of them is an error. Cost: linear in the catalog.
    #[allow(clippy::needless_pass_by_value)] // whoever made it has no other use for it
    pub fn new(catalog: Catalog) -> Result<Self, Vec<Problem>> {
        let mut problems = catalog.validate();
        if problems.iter().any(|problem| problem.severity == Severity::Error) {
            // What breaks the rules is not written: prose may be nested deeper than writing goes.
            problems.extend(Messages::problems(&catalog));
            return Err(problems);
        }
        read(Compact::write(&catalog)?)
    }

    /// The catalog that it was made from. Cost: linear.
    pub fn catalog(&self) -> Catalog {
        self.finder().compact.catalog()
    }

    /// Makes the text of a `catalog.json` ready, and says which entries it had to leave out and why. Fails when the
    /// catalog cannot be used as a whole; see [`Catalog::read`]. `path` is what problems call it. Cost: linear in the
    /// text.
    pub fn load(path: &str, json: &str) -> Result<(Self, Vec<Problem>), Vec<Problem>> {
        let (bytes, problems) = compact(path, json)?;
        Ok((read(bytes)?, problems))
    }
}

/// The text of a `catalog.json` as a compact catalog, with what [`Diagnoser::load`] says of it.
pub fn compact(path: &str, json: &str) -> Result<(Vec<u8>, Vec<Problem>), Vec<Problem>> {
    let mut writer = Writer::default();
    match Catalog::read_flawless(json, &mut |entry| writer.entry(entry).is_ok()) {
        Some(head) => Ok((writer.finish(&head), Vec::new())),
        None => with_places(path, json),
    }
}

/// The same where something may be wrong: to say where takes longer.
#[cold]
fn with_places(path: &str, json: &str) -> Result<(Vec<u8>, Vec<Problem>), Vec<Problem>> {
    let mut writer = Writer::default();
    let (head, problems) = Catalog::read_each(path, json, &mut |entry| writer.entry(&entry))?;
    Ok((writer.finish(&head), problems))
}

fn read(bytes: Vec<u8>) -> Result<Diagnoser, Vec<Problem>> {
    // What was just written can be read.
    Diagnoser::read(bytes).map_err(|unreadable| {
        let help = "report it to the makers of error-diagnoser";
        vec![Problem::error("unreadable-catalog", "", unreadable.to_string(), help)]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Options;

    /// A catalog with everything that the format has, an entry a line.
    const ALL: &str = r#"{"format":1,"version":"v","date":"2026-01-02",
"products":[{"id":"p","titles":{"en":"P","nl":"Pee"}},{"id":"q","titles":{}}],
"apps":[{"name":"A","aliases":["a one"]}],
"entries":[
{"id":"p/a","product":"p","apps":["A"],"messages":[{"lang":"en","text":"the disk {d} is full… \u0000"},{"lang":"nl","text":"schijf {d} is vol"}],"texts":{"en":{"title":"t","situations":[{"when":[{"text":"w"}],"cause":[{"text":"c"},{"code":"x"}],"steps":[[{"text":"s"}]],"ordered":true}]}}},
{"id":"p/b","product":"p","messages":[{"lang":"en","text":"no {x|y} left on it"}],"texts":{"en":{"title":"t","situations":[],"unreviewed":true}}},
{"id":"q/c","product":"q","messages":[{"lang":"en","text":"the disk {e} is full…"},{"lang":"en","text":"broken (?<n>\\d+) times","regex":true}],"texts":{"ko":{"title":"디스크","situations":[{"cause":[{"strong":[{"link":{"href":"https://x.example","content":[{"text":"l"}]}}]},{"list":{"ordered":true,"items":[[{"slot":"e"}]]}}],"steps":[],"choice":true}]}}}
],
"hidden":["p/z"],"contact":{"en":[{"text":"call"}]}}"#;

    #[test]
    fn to_read_at_one_go_makes_no_difference() {
        let mut seed = 7_u32;
        let mut below = |limit: usize| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as usize % limit
        };
        let places: Vec<usize> = ALL.char_indices().map(|(at, _)| at).collect();
        let (mut flawless, mut unusual) = (0, 0);
        for round in 0..4000 {
            let (from, to) = (places[below(places.len())], places[below(places.len())]);
            let (from, to) = (from.min(to), from.max(to).min(from.min(to) + 60));
            let Some(piece) = ALL.get(from..to) else { continue };
            let json = match round % 4 {
                0 if round == 0 => ALL.to_owned(),
                // Something is missing, twice there, or another letter or digit.
                0 => format!("{}{}", &ALL[..from], &ALL[to..]),
                1 => format!("{}{piece}{}", &ALL[..to], &ALL[to..]),
                2 => format!("{}{}", &ALL[..from], ALL[from..].replacen(char::is_alphanumeric, "q", 1)),
                _ => format!("{}{}", &ALL[..from], ALL[from..].replacen('"', "\\u0041\"", 1)),
            };
            let mut writer = Writer::default();
            let read = Catalog::read_flawless(&json, &mut |entry| writer.entry(entry).is_ok());
            *(if read.is_some() { &mut flawless } else { &mut unusual }) += 1;
            assert_eq!(compact("x.json", &json), with_places("x.json", &json), "{json}");
        }
        assert!(flawless > 400 && unusual > 400, "{flawless} were without flaws, {unusual} with");
    }

    #[test]
    fn what_is_amiss_is_told_with_its_place() {
        for (before, after, code) in [
            ("\"id\":\"p/b\"", "\"id\":\"p/a\"", "duplicate-id"),
            ("\"id\":\"p/b\",\"product\":\"p\"", "\"id\":\"r/b\",\"product\":\"r\"", "unknown-product"),
            ("no {x|y} left on it", "{x}", "too-general"),
            ("\"id\":\"q\",\"titles\"", "\"id\":\"p\",\"titles\"", "duplicate-product"),
            ("\"format\":1", "\"format\":2", "newer-format"),
            ("{\"format\":1,", "{", "bad-catalog"),
            ("\"version\":\"v\"", "\"version\":\"v\",\"version\":\"v\"", "bad-catalog"),
        ] {
            assert!(ALL.contains(before), "{before}");
            let json = ALL.replacen(before, after, 1);
            let problems = match compact("x.json", &json) {
                Ok((_, problems)) | Err(problems) => problems,
            };
            assert_eq!(problems.first().map(|problem| problem.code.as_str()), Some(code), "{after}");
        }
    }

    #[test]
    fn what_is_merely_unusual_is_read_as_well() {
        let (bytes, problems) = with_places("x.json", ALL).unwrap();
        assert!(problems.is_empty(), "{problems:?}");
        let (entries, rest) = (ALL.find("\"entries\"").unwrap(), ALL.find("\"hidden\"").unwrap());
        let products = ALL.find("\"products\"").unwrap();
        let late = format!(
            "{}{}{},{}",
            &ALL[..products],
            &ALL[entries..rest],
            &ALL[products..entries].trim_end().trim_end_matches(','),
            &ALL[rest..]
        );
        assert_eq!(compact("x.json", &late), Ok((bytes, Vec::new())));
    }

    #[test]
    fn an_entry_whose_message_cannot_be_looked_for_is_left_out() {
        let entry = |id: &str, text: &str| {
            format!(
                r#"{{"id":"p/{id}","product":"p","messages":[{{"lang":"en","text":"{text}"}}],"texts":{{"en":{{"title":"t","situations":[]}}}}}}"#
            )
        };
        let json = format!(
            "{{\"format\":1,\"products\":[{{\"id\":\"p\",\"titles\":{{}}}}],\"entries\":[{},\n{}]}}",
            entry("a", "{x}: {y}"),
            entry("b", "the disk is full")
        );
        let (diagnoser, problems) = Diagnoser::load("x.json", &json).unwrap();
        assert_eq!(problems.len(), 1);
        assert!(problems[0].to_string().starts_with("x.json:1:"), "{}", problems[0]);
        assert_eq!(diagnoser.diagnose("The disk is full!", &Options::default()).diagnoses[0].entry, "p/b");
    }
}
