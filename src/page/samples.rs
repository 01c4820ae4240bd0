//! `samples.toml`: pastes that must find an entry, and near misses that must not.

use toml::de::{DeTable, DeValue};

use super::source::{Notes, places};
use crate::catalog::{Problem, nearest};

/// A paste that must, or must not, find an entry: the proof beside the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Where it came from; stands in problems.
    pub path: String,
    /// 1-based line in that file.
    pub line: u32,
    /// The entry's id.
    pub entry: String,
    /// The paste.
    pub text: String,
    /// The app given with it.
    pub app: Option<String>,
    /// Whether it must find the entry, or must not.
    pub finds: bool,
    /// Whether the page shows it as a sample to try.
    pub show: bool,
}

const FIELDS: &[&str] = &["entry", "text", "app", "finds", "show"];

/// Reads a `samples.toml`. Fails with everything that is wrong in it.
pub fn samples(path: &str, text: &str) -> Result<Vec<Sample>, Vec<Problem>> {
    let mut notes = Notes::new(path);
    let mut read: Vec<(usize, Sample)> = Vec::new();
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let at = error.span().map_or(0, |span| span.start);
        notes.error(at, "bad-toml", error.message(), "see the example in catalog/README.md");
    }
    for (key, value) in document.get_ref() {
        match value.get_ref() {
            DeValue::Array(tables) if key.get_ref() == "sample" => {
                for table in tables {
                    match table.get_ref() {
                        DeValue::Table(fields) => {
                            let sample = sample(path, table.span().start, fields, &mut notes);
                            read.extend(sample.map(|sample| (table.span().start, sample)));
                        }
                        other => wrong(table.span().start, "sample", "a table", other, &mut notes),
                    }
                }
            }
            _ => notes.error(
                key.span().start,
                "unknown-field",
                format!("a file of samples has no \"{}\"", key.get_ref()),
                "begin every sample with [[sample]]",
            ),
        }
    }
    let mut problems = notes.finish(text);
    problems.sort_by_key(|problem| (problem.line, problem.column));
    if !problems.is_empty() {
        return Err(problems);
    }
    let offsets: Vec<usize> = read.iter().map(|(at, _)| *at).collect();
    let lines = places(text, &offsets).into_iter().map(|(line, _)| line);
    Ok(read.into_iter().zip(lines).map(|((_, sample), line)| Sample { line, ..sample }).collect())
}

fn sample(path: &str, at: usize, fields: &DeTable, notes: &mut Notes) -> Option<Sample> {
    let mut sample = Sample {
        path: path.into(),
        line: 0,
        entry: String::new(),
        text: String::new(),
        app: None,
        finds: true,
        show: false,
    };
    let (mut entry, mut text) = (false, false);
    for (key, value) in fields {
        let place = value.span().start;
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("entry", DeValue::String(id)) => (sample.entry, entry) = (id.to_string(), true),
            ("text", DeValue::String(paste)) => (sample.text, text) = (paste.to_string(), !paste.trim().is_empty()),
            ("app", DeValue::String(name)) => sample.app = Some(name.to_string()),
            ("finds", DeValue::Boolean(finds)) => sample.finds = *finds,
            ("show", DeValue::Boolean(show)) => sample.show = *show,
            ("finds" | "show", other) => wrong(place, key.get_ref(), "true or false", other, notes),
            ("entry" | "text" | "app", other) => wrong(place, key.get_ref(), "a string", other, notes),
            (unknown, _) => {
                let help = match nearest(unknown, FIELDS.iter().copied()) {
                    Some(near) => format!("did you mean \"{near}\"?"),
                    None => format!("the fields are {}", FIELDS.join(", ")),
                };
                notes.error(key.span().start, "unknown-field", format!("a sample has no field \"{unknown}\""), help);
            }
        }
    }
    if !entry {
        notes.error(
            at,
            "sample-without-entry",
            "the sample does not say its entry",
            "add entry = \"<product>/<name>\"",
        );
    }
    if !text {
        notes.error(at, "sample-without-text", "the sample has no text", "add text = \"what a reader would paste\"");
    }
    (entry && text).then_some(sample)
}

fn wrong(at: usize, name: &str, wanted: &str, found: &DeValue, notes: &mut Notes) {
    let what = format!("\"{name}\" is {}, not {wanted}", found.type_str());
    notes.error(at, "wrong-type", what, "see the example in catalog/README.md");
}

#[cfg(test)]
mod tests {
    use super::samples;

    #[test]
    fn samples_are_read_with_their_lines() {
        let text = "# proof\n[[sample]]\nentry = \"shop/a\"\ntext = '''\nA\nB'''\nshow = true\n\n[[sample]]\nentry = \"shop/a\"\n\
                    text = \"C\"\napp = \"Box\"\nfinds = false\n";
        let read = samples("samples.toml", text).unwrap();
        let told: Vec<_> =
            read.iter().map(|one| (one.line, one.text.as_str(), one.app.as_deref(), one.finds, one.show)).collect();
        assert_eq!(told, [(2, "A\nB", None, true, true), (9, "C", Some("Box"), false, false)]);
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let text = "title = 1\n[[sample]]\nentry = 3\ntxet = \"x\"\n[[sample]]\nentry = \"shop/a\"\ntext = \" \"\n";
        let problems = samples("samples.toml", text).unwrap_err();
        let told: Vec<_> = problems.iter().map(|problem| (problem.line, problem.code.as_str())).collect();
        assert_eq!(
            told,
            [
                (1, "unknown-field"),
                (2, "sample-without-entry"),
                (2, "sample-without-text"),
                (3, "wrong-type"),
                (4, "unknown-field"),
                (5, "sample-without-text"),
            ]
        );
        assert!(problems[4].help.contains("\"text\""));
    }
}
