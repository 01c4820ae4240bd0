//! The command line: `diagnose` and `redact` for readers, `check`, `score`, `draft`, `translated`, `delta`,
//! `import` and `export` for authors, `build` and
//! `serve` for whoever hosts the page.
//!
//! This is the only code that touches disk and sockets, and it uses only what the library exports. Answers and findings
//! go to standard output; what could not be done goes to standard error as one sentence that says what, where and what
//! to do about it.

mod build;
mod builtin;
mod bundle;
mod check;
mod delta;
mod diagnose;
mod draft;
mod edition;
mod entries;
mod export;
mod history;
mod human;
mod import;
mod join;
mod module;
mod npm;
mod offline;
mod paste;
mod project;
mod redact;
mod score;
mod serve;
mod single;
mod site;
mod source;
mod translated;
mod words;

use std::io;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(
    name = "error-diagnoser",
    version,
    about = "Paste an error, read its causes and the steps that resolve it.",
    after_help = "Exit status: 0 done, 1 problems were found in a catalog, 2 could not run."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Say what caused the errors in a file or in what is pasted, and what to do about them
    Diagnose(diagnose::Args),
    /// Print a text without its secrets: placeholders instead of tokens, passwords, names and addresses
    Redact(redact::Args),
    /// Say everything that is wrong with a catalog
    Check(check::Args),
    /// Say how good a catalog answers, on cases with known answers
    Score(score::Args),
    /// Propose an entry for pastes that no entry explains
    Draft(draft::Args),
    /// Record that translations say what their originals say now, so that `check` tells when they do not any more
    Translated(translated::Args),
    /// Say what changed between two catalogs, as a changelog
    Delta(delta::Args),
    /// Turn the rules of another tool into a catalog
    Import(import::Args),
    /// Write a catalog as the rules of another tool
    Export(export::Args),
    /// Make the web page, ready for any static host
    Build(build::Args),
    /// Make the web page if it is stale, and serve it on this machine
    Serve(serve::Args),
}

/// Why a command ended early.
enum Stop {
    /// It could not run; the sentence says what, where and what to do.
    Failed(String),
    /// Problems in a catalog, each printed already, keep it from running; the sentence sums up.
    FoundProblems(String),
    /// The reader of standard output went away, as `head` does. That is no error.
    Closed,
}

impl Stop {
    fn failed(sentence: impl Into<String>) -> Self {
        Self::Failed(sentence.into())
    }

    /// What an error while writing to standard output means.
    fn from_output(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::Closed,
            _ => Self::Failed(format!("cannot write to standard output: {}; see where it leads", reason(error))),
        }
    }
}

/// Exit status: problems were found in a catalog.
const FOUND_PROBLEMS: u8 = 1;
/// Exit status: the command could not run, or not wholly.
const COULD_NOT_RUN: u8 = 2;

/// Reads the arguments, runs the command, and says how it ended.
pub fn main() -> ExitCode {
    let ended = match Cli::parse().command {
        Command::Diagnose(args) => diagnose::run(&args),
        Command::Redact(args) => redact::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Score(args) => score::run(&args),
        Command::Draft(args) => draft::run(&args),
        Command::Translated(args) => translated::run(&args),
        Command::Delta(args) => delta::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Build(args) => build::run(&args),
        Command::Serve(args) => serve::run(&args),
    };
    match ended {
        Ok(status) => ExitCode::from(status),
        Err(Stop::Closed) => ExitCode::SUCCESS,
        Err(Stop::Failed(sentence)) => failed(&sentence, COULD_NOT_RUN),
        Err(Stop::FoundProblems(sentence)) => failed(&sentence, FOUND_PROBLEMS),
    }
}

fn failed(sentence: &str, status: u8) -> ExitCode {
    eprintln!("error: {}", human::printable(sentence));
    ExitCode::from(status)
}

/// An operating system's error in plain words, where there are plainer ones than its own.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "it does not exist".into(),
        io::ErrorKind::PermissionDenied => "permission was denied".into(),
        io::ErrorKind::IsADirectory => "it is a folder".into(),
        io::ErrorKind::StorageFull => "the disk is full".into(),
        _ => error.to_string(),
    }
}

/// A number with its noun: `1 page`, `3 pages`.
fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
