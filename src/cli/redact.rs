//! `redact`: a text without its secrets, to hand to others.

use std::io::{self, Write};
use std::path::PathBuf;

use error_diagnoser::{Units, redact};

use super::Stop;
use super::paste::From;

#[derive(clap::Args)]
pub struct Args {
    /// Text file that holds secrets; standard input when it is not given, or for `-`
    file: Option<PathBuf>,
    /// Print the text and what was replaced in it as JSON, positions in UTF-16 code units of the original
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args) -> Result<u8, Stop> {
    let files: Vec<PathBuf> = args.file.iter().cloned().collect();
    let mut out = String::new();
    for input in From::arguments(&files) {
        let text = input.text()?;
        if args.json {
            let redaction = redact(&text, Units::Utf16);
            out += &serde_json::to_string_pretty(&redaction)
                .map_err(|error| Stop::failed(format!("the redacted text could not be written as JSON: {error}")))?;
            out.push('\n');
        } else {
            // Byte for byte what was given, apart from the secrets: no line end is added.
            out += &redact(&text, Units::Bytes).text;
        }
    }
    let mut stdout = io::stdout().lock();
    stdout.write_all(out.as_bytes()).and_then(|()| stdout.flush()).map_err(|error| Stop::from_output(&error))?;
    Ok(0)
}
