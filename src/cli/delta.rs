//! `delta`: what changed between two catalogs, as a changelog.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use error_diagnoser::Catalog;
use error_diagnoser::delta::delta;

use super::source::{Files, has_errors};
use super::{Stop, human};

#[derive(clap::Args)]
pub struct Args {
    /// The older catalog: a folder of pages, a page or a compiled catalog.json
    old: PathBuf,
    /// The newer one
    new: PathBuf,
    /// Print the difference as JSON
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args) -> Result<u8, Stop> {
    let delta = delta(&catalog(&args.old)?, &catalog(&args.new)?);
    let text = if args.json {
        serde_json::to_string_pretty(&delta).map_err(|error| Stop::failed(error.to_string()))? + "\n"
    } else {
        delta.to_string().lines().map(|line| human::printable(line) + "\n").collect()
    };
    io::stdout().write_all(text.as_bytes()).map_err(|error| Stop::from_output(&error))?;
    Ok(0)
}

/// What there is of the catalog; what is wrong with it is said, since it may be what looks like a difference.
fn catalog(path: &Path) -> Result<Catalog, Stop> {
    let (catalog, problems) = Files::read(&[path.to_path_buf()])?.compile();
    if has_errors(&problems) {
        for problem in &problems {
            eprintln!("{}", human::printable(&problem.to_string()));
        }
    }
    Ok(catalog)
}
