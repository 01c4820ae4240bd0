//! `diagnose`: pastes in, answers out; as prose, as JSON, or many cases a line each.

use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use error_diagnoser::{Diagnoser, Options, Problem, Report, Units};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::paste::From;
use super::source::{self, Files};
use super::{COULD_NOT_RUN, Stop, count, human};

#[derive(clap::Args)]
pub struct Args {
    /// Text files that hold errors; standard input when none is given, or for `-`
    files: Vec<PathBuf>,
    /// Print the answer as JSON, positions in UTF-16 code units; an array when several files are given
    #[arg(long, conflicts_with = "jsonl")]
    json: bool,
    /// Answer many cases: one {"id", "text", "app"?, "lang"?, "product"?} a line in, one {"id", "diagnoses": […]} a line out
    #[arg(long)]
    jsonl: bool,
    /// Say why: what was recognised, what was missing, what spoke against the runner-up
    #[arg(long)]
    explain: bool,
    /// Language to answer in, such as en, nl, sv or ko
    #[arg(long, default_value = "en")]
    lang: String,
    /// The app that shows the error, such as Okta
    #[arg(long)]
    app: Option<String>,
    /// Only look among the entries of this product, such as itsmc or cas
    #[arg(long)]
    product: Option<String>,
    /// A folder of pages, a page or a compiled catalog.json; the built-in catalog when not given
    #[arg(long, value_name = "PATH")]
    catalog: Option<PathBuf>,
}

/// One line of `--jsonl`. Other fields, such as what is expected, are left alone.
#[derive(Deserialize)]
struct Case {
    #[serde(default)]
    id: Value,
    text: String,
    app: Option<String>,
    lang: Option<String>,
    product: Option<String>,
}

/// The answer to a [`Case`].
#[derive(Serialize)]
struct Answer<'a> {
    id: &'a Value,
    #[serde(flatten)]
    report: &'a Report,
}

/// The answer to one of several files with `--json`.
#[derive(Serialize)]
struct FileAnswer {
    file: String,
    #[serde(flatten)]
    report: Report,
}

pub fn run(args: &Args) -> Result<u8, Stop> {
    let diagnoser = diagnoser(args.catalog.as_deref())?;
    let inputs = From::arguments(&args.files);
    let options = Options {
        lang: args.lang.clone(),
        app: args.app.clone(),
        product: args.product.clone(),
        units: if args.json || args.jsonl { Units::Utf16 } else { Units::Bytes },
        explain: args.explain,
        ..Options::default()
    };
    if args.jsonl {
        return cases(&diagnoser, &inputs, &options);
    }
    if args.json {
        return as_json(&diagnoser, &inputs, &options);
    }
    let catalog = diagnoser.catalog();
    for (nth, input) in inputs.iter().enumerate() {
        let report = diagnoser.diagnose(&input.text()?, &options);
        let mut prose = String::new();
        if inputs.len() > 1 {
            let gap = if nth > 0 { "\n" } else { "" };
            prose = format!("{gap}== {} ==\n\n", human::printable(&input.name()));
        }
        prose += &human::report(&report, &catalog, &options.lang);
        print(&prose)?;
    }
    Ok(0)
}

/// The catalog that was asked for, made ready. What is wrong with it goes to standard error; what works of it is used.
pub fn diagnoser(path: Option<&Path>) -> Result<Diagnoser, Stop> {
    let paths: Vec<PathBuf> = path.iter().map(|path| path.to_path_buf()).collect();
    let (catalog, problems) = Files::read(&paths)?.compile();
    let name = path.map_or_else(|| "built-in catalog".into(), |path| format!("catalog {}", path.display()));
    let advice = "run `error-diagnoser check` on it to see everything";
    if catalog.entries.is_empty() {
        say(&problems);
        return Err(Stop::failed(format!("the {name} has no entry that can be used; {advice}")));
    }
    if path.is_some() && !problems.is_empty() {
        if source::has_errors(&problems) {
            say(&problems);
        } else {
            eprintln!("note: the {name} has {}; {advice}", count(problems.len(), "warning", "warnings"));
        }
    }
    Diagnoser::new(catalog).map_err(|problems| {
        say(&problems);
        let found = count(problems.len(), "problem", "problems");
        Stop::failed(format!("the {name} cannot be used because of the {found} above; mend them and try again"))
    })
}

fn say(problems: &[Problem]) {
    for problem in problems {
        eprintln!("{}", human::printable(&problem.to_string()));
    }
}

fn as_json(diagnoser: &Diagnoser, inputs: &[From], options: &Options) -> Result<u8, Stop> {
    let answer = |input: &From| Ok(diagnoser.diagnose(&input.text()?, options));
    let json = if let [input] = inputs {
        serde_json::to_string_pretty(&answer(input)?)
    } else {
        let answers: Result<Vec<_>, Stop> =
            inputs.iter().map(|input| Ok(FileAnswer { file: input.name(), report: answer(input)? })).collect();
        serde_json::to_string_pretty(&answers?)
    };
    let json = json.map_err(|error| Stop::failed(format!("the answer could not be written as JSON: {error}")))?;
    print(&(json + "\n"))?;
    Ok(0)
}

/// Answers line by line, each as soon as it is read, so that another program can converse with this one.
fn cases(diagnoser: &Diagnoser, inputs: &[From], options: &Options) -> Result<u8, Stop> {
    let mut status = 0;
    for input in inputs {
        let name = input.name();
        let mut reader = BufReader::new(input.open()?);
        let mut line = Vec::new();
        for number in 1.. {
            line.clear();
            let length = reader.read_until(b'\n', &mut line).map_err(|error| {
                Stop::failed(format!(
                    "cannot read {name} beyond line {number}: {}; give a file of cases",
                    super::reason(&error)
                ))
            })?;
            if length == 0 {
                break;
            }
            if line.trim_ascii().is_empty() {
                continue;
            }
            match serde_json::from_slice::<Case>(&line) {
                Ok(case) => print(&case.answer(diagnoser, options)?)?,
                Err(error) => {
                    status = COULD_NOT_RUN;
                    let what = human::without_place(&error);
                    eprintln!(
                        "{}",
                        human::printable(&format!(
                            "{name}:{number}:{}: this line is no case, it is left out ({what}); write {{\"id\": …, \"text\": \"…\"}}",
                            error.column()
                        ))
                    );
                }
            }
        }
    }
    Ok(status)
}

impl Case {
    fn answer(self, diagnoser: &Diagnoser, options: &Options) -> Result<String, Stop> {
        let given = |field: Option<String>| field.filter(|value| !value.is_empty());
        let options = Options {
            lang: given(self.lang).unwrap_or_else(|| options.lang.clone()),
            app: given(self.app).or_else(|| options.app.clone()),
            product: given(self.product).or_else(|| options.product.clone()),
            ..options.clone()
        };
        let report = diagnoser.diagnose(&self.text, &options);
        serde_json::to_string(&Answer { id: &self.id, report: &report })
            .map(|json| json + "\n")
            .map_err(|error| Stop::failed(format!("the answer to {} could not be written as JSON: {error}", self.id)))
    }
}

fn print(text: &str) -> Result<(), Stop> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| Stop::from_output(&error))
}
