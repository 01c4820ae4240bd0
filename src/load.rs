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
