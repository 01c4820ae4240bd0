//! An answer as a person reads it in a terminal.

use error_diagnoser::{
    About, Catalog, Confidence, Diagnosis, Explanation, Inline, Manner, Question, Report, Situation,
};

use super::words::{self, Words};

/// How many characters of a value are shown; the whole of it is in `--json`.
const LONGEST_VALUE: usize = 200;

/// How many line numbers are shown.
const MOST_LINES: usize = 10;

/// The whole answer, ending in a newline.
pub fn report(report: &Report, catalog: &Catalog, lang: &str) -> String {
    let words = words::of(lang);
    let mut prose = Prose { out: String::new(), words, catalog, lang };
    let (closest, answers): (Vec<_>, Vec<_>) =
        report.diagnoses.iter().partition(|diagnosis| diagnosis.confidence == Confidence::Possible);
    if answers.is_empty() {
        prose.line(0, words.nothing);
    }
    for (nth, diagnosis) in answers.iter().enumerate() {
        if nth > 0 {
            prose.line(0, "");
        }
        prose.diagnosis(diagnosis);
    }
    if !closest.is_empty() {
        prose.line(0, "");
        prose.line(0, &format!("{}:", words.closest));
        for diagnosis in closest {
            prose.line(0, &format!("- {} ({})", diagnosis.title, about(diagnosis)));
            if let Some(explanation) = &diagnosis.explanation {
                prose.explanation(explanation);
            }
        }
    }
    if let Some(question) = &report.question {
        prose.question(question);
    }
    prose.out
}

/// Text that may hold anything, made safe for a terminal: a paste or a page must not be able to move the cursor,
/// recolour the screen, or write from right to left. Line breaks inside it are shown, not made.
pub fn printable(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' => '⏎',
            '\t' => ' ',
            '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or(char::REPLACEMENT_CHARACTER),
            '\u{7f}' => '␡',
            '\u{80}'..='\u{9f}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                char::REPLACEMENT_CHARACTER
            }
            _ => c,
        })
        .collect()
}

/// What a JSON error says, without the place that it appends and that we write before it.
pub fn without_place(error: &serde_json::Error) -> String {
    let said = error.to_string();
    match said.rfind(" at line ") {
        Some(place) => said[..place].to_owned(),
        None => said,
    }
}

struct Prose<'a> {
    out: String,
    words: &'static Words,
    catalog: &'a Catalog,
    lang: &'a str,
}

impl Prose<'_> {
    /// A line, indented by so many steps.
    fn line(&mut self, indent: usize, text: &str) {
        let text = printable(text);
        if !text.is_empty() {
            self.out += &"  ".repeat(indent);
            self.out += text.trim_end();
        }
        self.out.push('\n');
    }

    fn diagnosis(&mut self, diagnosis: &Diagnosis) {
        let words = self.words;
        let sure = match diagnosis.confidence {
            Confidence::Certain => words.certain,
            Confidence::Likely => words.likely,
            Confidence::Possible => words.possible,
        };
        self.line(0, &diagnosis.title);
        self.line(1, &format!("{sure} · {}", about(diagnosis)));
        if diagnosis.unreviewed {
            self.line(1, words.unreviewed);
        }
        self.line(0, "");
        self.line(1, &format!("{}: {}", words.recognised, diagnosis.message));
        for value in &diagnosis.values {
            self.line(2, &format!("{{{}}} = {}", value.name, shortened(&value.value)));
        }
        self.line(2, &places(diagnosis, words));
        if !diagnosis.alternatives.is_empty() {
            let titles: Vec<String> = diagnosis.alternatives.iter().map(|id| self.titled(id)).collect();
            self.line(1, &format!("{}: {}", words.alternatives, titles.join("; ")));
        }
        if let Some(explanation) = &diagnosis.explanation {
            self.explanation(explanation);
        }
        for (nth, situation) in diagnosis.situations.iter().enumerate() {
            self.line(0, "");
            self.situation(situation, nth, diagnosis);
        }
    }

    fn explanation(&mut self, explanation: &Explanation) {
        let words = self.words;
        let how = match explanation.how {
            Manner::Whole => words.whole,
            Manner::Nearly => words.nearly,
            Manner::Cut => words.cut,
            Manner::Tokens => words.tokens,
            Manner::Description => words.description,
            Manner::Part => words.part,
        };
        self.line(1, &format!("{}: {}", words.why, how.replace("{}", &explanation.share.to_string())));
        let quoted =
            |missing: &[String]| missing.iter().map(|part| format!("\"{part}\"")).collect::<Vec<_>>().join(", ");
        if !explanation.missing.is_empty() {
            self.line(2, &format!("{}: {}", words.missing, quoted(&explanation.missing)));
        }
        if let Some(next) = &explanation.runner_up {
            let code = if next.other_code { format!(", {}", words.other_code) } else { String::new() };
            self.line(2, &format!("{}: {} ({}), {} %{code}", words.runner_up, next.title, next.entry, next.share));
            if !next.missing.is_empty() {
                self.line(3, &format!("{}: {}", words.missing, quoted(&next.missing)));
            }
        }
    }

    fn situation(&mut self, situation: &Situation, nth: usize, diagnosis: &Diagnosis) {
        let words = self.words;
        let mut indent = 1;
        if let Some(when) = &situation.when {
            let of = diagnosis.situations.len();
            self.line(indent, &format!("({}/{of}) {}: {}", nth + 1, words.situation, prose(when, diagnosis)));
            indent += 1;
        }
        self.block(indent, &format!("{}: ", words.cause), &situation.cause, diagnosis);
        if situation.intro.is_empty() && situation.steps.is_empty() {
            return;
        }
        let heading = match (situation.ordered, situation.choice) {
            (true, _) => words.sequence,
            (_, true) => words.choice,
            _ => words.steps,
        };
        self.block(indent, &format!("{heading}: "), &situation.intro, diagnosis);
        for (nth, step) in situation.steps.iter().enumerate() {
            self.block(indent + 1, &marker(situation.ordered, nth), step, diagnosis);
        }
    }

    /// A paragraph after a label or a bullet; lists in it come below, indented.
    fn block(&mut self, indent: usize, label: &str, inlines: &[Inline], diagnosis: &Diagnosis) {
        let mut paragraph = label.to_owned();
        for inline in inlines {
            if let Inline::List { ordered, items } = inline {
                self.line(indent, &paragraph);
                paragraph.clear();
                for (nth, item) in items.iter().enumerate() {
                    self.block(indent + 1, &marker(*ordered, nth), item, diagnosis);
                }
            } else {
                paragraph += &prose(std::slice::from_ref(inline), diagnosis);
            }
        }
        if !paragraph.trim().is_empty() {
            self.line(indent, paragraph.trim_start());
        }
    }

    fn question(&mut self, question: &Question) {
        self.line(0, "");
        match question.about {
            About::App => {
                self.line(0, self.words.which_app);
                for choice in &question.choices {
                    self.line(1, &format!("- {}: {} --app \"{}\"", choice.label, self.words.ask_again, choice.label));
                }
            }
            About::Situation => {
                self.line(0, self.words.which_situation);
                for choice in &question.choices {
                    self.line(1, &format!("- {} ({})", choice.label, choice.entry));
                }
            }
        }
    }

    /// An entry by its title in the reader's language, with its id.
    fn titled(&self, id: &str) -> String {
        let text = self.catalog.entry(id).and_then(|entry| entry.text(self.lang));
        text.map_or_else(|| id.to_owned(), |(_, text)| format!("{} ({id})", text.title))
    }
}

/// The entry's id and its apps.
fn about(diagnosis: &Diagnosis) -> String {
    if diagnosis.apps.is_empty() {
        diagnosis.entry.clone()
    } else {
        format!("{} · {}", diagnosis.entry, diagnosis.apps.join(", "))
    }
}

fn marker(ordered: bool, nth: usize) -> String {
    if ordered { format!("{}. ", nth + 1) } else { "- ".into() }
}

/// Where it stands in the paste.
fn places(diagnosis: &Diagnosis, words: &Words) -> String {
    let lines: Vec<String> = diagnosis.lines.iter().take(MOST_LINES).map(ToString::to_string).collect();
    if diagnosis.count > 1 {
        let more = if diagnosis.lines.len() > MOST_LINES { " …" } else { "" };
        format!("{} {}{more}", words.often.replace("{}", &diagnosis.count.to_string()), lines.join(", "))
    } else {
        lines.first().map_or_else(String::new, |line| words.once.replace("{}", line))
    }
}

/// Inline text on one line: links spelled out, values filled in.
fn prose(inlines: &[Inline], diagnosis: &Diagnosis) -> String {
    let one = |inline: &Inline| match inline {
        Inline::Text(text) => text.replace('\n', " "),
        Inline::Code(code) => format!("`{code}`"),
        Inline::Strong(content) => prose(content, diagnosis),
        Inline::Link { href, content } => {
            let content = prose(content, diagnosis);
            let bare = href.strip_prefix("mailto:").unwrap_or(href);
            if content == bare { content } else { format!("{content} ({bare})") }
        }
        Inline::List { items, .. } => {
            let items: Vec<String> = items.iter().map(|item| prose(item, diagnosis)).collect();
            items.join("; ")
        }
        Inline::Slot(name) => match diagnosis.values.iter().find(|value| value.name == *name) {
            Some(value) => shortened(&value.value),
            None => format!("{{{name}}}"),
        },
    };
    inlines.iter().map(one).collect()
}

fn shortened(value: &str) -> String {
    match value.char_indices().nth(LONGEST_VALUE) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use error_diagnoser::{Choice, Scanned, Value};

    use super::*;

    fn text(text: &str) -> Vec<Inline> {
        vec![Inline::Text(text.into())]
    }

    fn missing_connector() -> Diagnosis {
        Diagnosis {
            entry: "itsmc/missing-connector".into(),
            confidence: Confidence::Certain,
            alternatives: vec!["itsmc/other".into()],
            title: "Missing connector".into(),
            lang: "en".into(),
            unreviewed: false,
            apps: vec!["ServiceNow".into()],
            message: "Connector {name} was deleted.".into(),
            values: vec![Value { name: "name".into(), value: "prod\u{1b}[31m".into(), start: 10, end: 14 }],
            evidence: Vec::new(),
            count: 2,
            lines: vec![1, 4],
            situations: vec![Situation {
                cause: vec![
                    Inline::Text("Someone deleted ".into()),
                    Inline::Slot("name".into()),
                    Inline::Text(".".into()),
                    Inline::List { ordered: false, items: vec![text("by hand"), text("by script")] },
                ],
                intro: text("There are two ways out."),
                steps: vec![
                    text("Make it again."),
                    vec![Inline::Link { href: "https://example.com/x".into(), content: text("Choose another") }],
                ],
                choice: true,
                ..Situation::default()
            }],
            explanation: None,
            excerpt: None,
        }
    }

    #[test]
    fn an_answer() {
        let answer = Report { diagnoses: vec![missing_connector()], question: None, scanned: Scanned::default() };
        let expected = "\
Missing connector
  certain · itsmc/missing-connector · ServiceNow

  Recognised: Connector {name} was deleted.
    {name} = prod␛[31m
    2 times, on lines 1, 4
  This text could also be: itsmc/other

  Cause: Someone deleted prod␛[31m.
    - by hand
    - by script
  What to do, one of these: There are two ways out.
    - Make it again.
    - Choose another (https://example.com/x)
";
        assert_eq!(report(&answer, &Catalog::default(), "en"), expected);
    }

    #[test]
    fn no_answer_names_the_closest_entries_and_asks() {
        let closest = Diagnosis { confidence: Confidence::Possible, ..missing_connector() };
        let choices = vec![Choice { label: "Okta".into(), entry: "cas/okta/x".into() }];
        let question = Some(Question { about: About::App, choices });
        let answer = Report { diagnoses: vec![closest], question, scanned: Scanned::default() };
        let expected = "\
Geen enkele verklaring in de catalogus past met zekerheid bij deze fout.

Verklaringen die er het meest op lijken:
- Missing connector (itsmc/missing-connector · ServiceNow)

Welke app toont dit?
  - Okta: Vraag het opnieuw met --app \"Okta\"
";
        assert_eq!(report(&answer, &Catalog::default(), "nl-BE"), expected);
    }
}
