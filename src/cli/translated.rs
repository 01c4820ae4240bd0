//! `translated`: records that translations say what their originals say now.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use error_diagnoser::living::{originals, record};
use error_diagnoser::page::{Page, compile};

use super::source::{catalog_files, slashed};
use super::{Stop, count, human, reason};

#[derive(clap::Args)]
pub struct Args {
    /// Translated pages, or folders of pages, whose translations agree with their originals
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Only of this entry, such as itsmc/missing-connector; may be given several times
    #[arg(long, value_name = "ID")]
    entry: Vec<String>,
}

pub fn run(args: &Args) -> Result<u8, Stop> {
    let mut recorded = 0;
    for path in &args.paths {
        // The originals lie beside the translations.
        let folder = if path.is_dir() { path.as_path() } else { path.parent().unwrap_or(Path::new(".")) };
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let files = catalog_files(folder).map_err(|error| unreadable(folder, &error))?;
        let mut pages = Vec::new();
        for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "md")) {
            let text = fs::read_to_string(file).map_err(|error| unreadable(file, &error))?;
            pages.push((file.clone(), Page { path: slashed(file), text }));
        }
        let texts: Vec<Page> = pages.iter().map(|(_, page)| page.clone()).collect();
        let compiled = compile(&texts);
        if !path.is_dir() && !pages.iter().any(|(file, _)| same(file, path)) {
            return Err(Stop::failed(format!("{} is no page (.md)", path.display())));
        }
        for ((file, page), info) in pages.iter().zip(&compiled.pages) {
            if !path.is_dir() && !same(file, path) {
                continue;
            }
            let prints = originals(&compiled, info, &args.entry);
            if prints == info.originals {
                continue;
            }
            let text = record(&page.text, &prints).ok_or_else(|| {
                Stop::failed(format!("{} has no front matter to record it in; begin it with product:", file.display()))
            })?;
            fs::write(file, text).map_err(|error| {
                Stop::failed(format!("cannot write {}: {}; see its permissions", file.display(), reason(&error)))
            })?;
            let line = format!("{}: {}", page.path, count(prints.len(), "entry recorded", "entries recorded"));
            writeln!(io::stdout(), "{}", human::printable(&line)).map_err(|error| Stop::from_output(&error))?;
            recorded += 1;
        }
    }
    if recorded == 0 {
        writeln!(io::stdout(), "Every translation is recorded as it is.").map_err(|error| Stop::from_output(&error))?;
    }
    Ok(0)
}

fn same(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => one == other,
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Stop {
    Stop::failed(format!(
        "cannot read {}: {}; give translated pages or a folder of them",
        path.display(),
        reason(error)
    ))
}
