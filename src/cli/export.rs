//! `export`: a catalog as the rules of another tool, or the schema that a catalog is written by.

use std::io::{self, Write};
use std::path::PathBuf;

use error_diagnoser::{export, schema};

use super::Stop;
use super::diagnose::diagnoser;

#[derive(clap::Args)]
pub struct Args {
    /// What to write: cre (rules of Common Reliability Enumerations), json (a compiled catalog), or schema (its JSON Schema)
    #[arg(value_parser = ["cre", "json", "schema"])]
    kind: String,
    /// A folder of pages, a page or a compiled catalog.json; the built-in catalog when not given
    #[arg(long, value_name = "PATH")]
    catalog: Option<PathBuf>,
}

pub fn run(args: &Args) -> Result<u8, Stop> {
    let pretty = |json: serde_json::Result<String>| {
        json.map(|text| text + "\n").map_err(|error| Stop::failed(format!("it could not be written as JSON: {error}")))
    };
    let text = match args.kind.as_str() {
        "schema" => pretty(serde_json::to_string_pretty(&schema::catalog()))?,
        "json" => pretty(serde_json::to_string_pretty(&diagnoser(args.catalog.as_deref())?.catalog()))?,
        _ => export::cre(&diagnoser(args.catalog.as_deref())?.catalog()),
    };
    io::stdout().write_all(text.as_bytes()).map_err(|error| Stop::from_output(&error))?;
    Ok(0)
}
