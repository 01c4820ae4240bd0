//! Catalogs as they lie on disk: folders of pages with their samples, single pages, or a compiled `catalog.json`.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use error_diagnoser::page::{self, Page, Sample};
use error_diagnoser::{Catalog, Problem, Severity, catalog::MAX_BYTES, living};

use super::{Stop, builtin, reason};

/// The largest page or list of samples that is read, in bytes. A compiled catalog, which a program may have made, may
/// have [`MAX_BYTES`].
const LARGEST: u64 = 16 * 1024 * 1024;

/// What was found in the files that were named, nothing of it compiled yet.
#[derive(Debug, Default)]
pub struct Files {
    pub pages: Vec<Page>,
    pub samples: Vec<Sample>,
    /// Compiled catalogs, each with its path.
    pub compiled: Vec<(String, Catalog)>,
    /// What is wrong with the files themselves.
    pub problems: Vec<Problem>,
}

impl Files {
    /// The project's own catalog.
    pub fn builtin() -> Self {
        let mut files = Self::default();
        for (path, text) in builtin::FILES {
            files.add(path, (*text).to_owned());
        }
        files
    }

    /// Folders (read wholly), pages, samples and compiled catalogs; the built-in catalog when nothing is named.
    pub fn read(paths: &[PathBuf]) -> Result<Self, Stop> {
        if paths.is_empty() {
            return Ok(Self::builtin());
        }
        let mut files = Self::default();
        for path in paths {
            if path.is_dir() {
                let inside = catalog_files(path).map_err(|error| unreadable(path, &error))?;
                if !inside.iter().any(|file| has_extension(file, "md")) {
                    return Err(Stop::failed(format!(
                        "there is no page (.md) in the folder {}; give a folder of pages, a page or a catalog.json",
                        path.display()
                    )));
                }
                for file in inside {
                    files.read_file(&file)?;
                }
            } else {
                files.read_file(path)?;
            }
        }
        Ok(files)
    }

    fn read_file(&mut self, path: &Path) -> Result<(), Stop> {
        let largest = if has_extension(path, "json") { MAX_BYTES as u64 } else { LARGEST };
        let mut bytes = Vec::new();
        File::open(path)
            .and_then(|file| file.take(largest + 1).read_to_end(&mut bytes))
            .map_err(|error| unreadable(path, &error))?;
        let name = slashed(path);
        if bytes.len() as u64 > largest {
            let what = format!("the file is larger than {} MiB", largest / 1024 / 1024);
            self.problems.push(Problem::error("file-too-large", &name, what, "split it into several pages"));
            return Ok(());
        }
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
                let (line, column) = position(before);
                let help = "save it as UTF-8; what could not be read stands as U+FFFD";
                let problem = Problem::error("not-utf-8", &name, "this is not text in UTF-8", help);
                self.problems.push(problem.at(line, column));
                String::from_utf8_lossy(error.as_bytes()).into_owned()
            }
        };
        self.add(&name, text);
        Ok(())
    }

    /// Adds a file's text as what its name says it is; anything that is neither samples nor compiled is a page.
    fn add(&mut self, path: &str, text: String) {
        if has_extension(Path::new(path), "toml") {
            match page::samples(path, &text) {
                Ok(samples) => self.samples.extend(samples),
                Err(problems) => self.problems.extend(problems),
            }
        } else if has_extension(Path::new(path), "json") {
            // What a browser would go on without is a mistake to mend here.
            match Catalog::read(path, &text) {
                Ok(read) => {
                    self.problems.extend(read.problems);
                    self.compiled.push((path.to_owned(), read.catalog));
                }
                Err(problems) => self.problems.extend(problems),
            }
        } else {
            self.pages.push(Page { path: path.to_owned(), text });
        }
    }

    /// One catalog of it all, with every problem found on the way, errors first within each file.
    pub fn compile(self) -> (Catalog, Vec<Problem>) {
        let mut problems = self.problems;
        let mut catalog = if self.pages.is_empty() {
            Catalog::default()
        } else {
            let mut compiled = page::compile(&self.pages);
            living::stamp(&mut compiled.catalog, &compiled.pages);
            problems.extend(compiled.problems);
            compiled.catalog
        };
        for (_, compiled) in self.compiled {
            catalog.format = catalog.format.max(compiled.format);
            if catalog.entries.is_empty() {
                (catalog.version, catalog.date) = (compiled.version, compiled.date);
            }
            catalog.products.extend(compiled.products);
            catalog.apps.extend(compiled.apps);
            catalog.entries.extend(compiled.entries);
            catalog.hidden.extend(compiled.hidden);
            catalog.contact.extend(compiled.contact);
        }
        (catalog, problems)
    }
}

/// Whether any of them makes a catalog unusable.
pub fn has_errors(problems: &[Problem]) -> bool {
    problems.iter().any(|problem| problem.severity == Severity::Error)
}

/// The pages and samples in a folder and the folders in it, in the order of their names. READMEs and hidden files are
/// for people; links to folders are not followed, so that a circle of them ends.
pub fn catalog_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        if name.to_string_lossy().starts_with('.') {
            continue;
        }
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            found.extend(catalog_files(&path)?);
        } else if name == "samples.toml" || (has_extension(&path, "md") && !is_readme(&name.to_string_lossy())) {
            found.push(path);
        }
    }
    Ok(found)
}

/// Whether a file is for people: README.md, README-lints.md.
fn is_readme(name: &str) -> bool {
    name.to_lowercase().starts_with("readme")
}

/// A path with forward slashes on every system, as problems and sites write it.
pub fn slashed(path: &Path) -> String {
    let text = path.display().to_string();
    if cfg!(windows) { text.replace('\\', "/") } else { text }
}

/// Whether a file is of this kind by its name.
pub fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|found| found.eq_ignore_ascii_case(extension))
}

/// The 1-based line and column just after these bytes, which are UTF-8.
fn position(before: &[u8]) -> (u32, u32) {
    let text = String::from_utf8_lossy(before);
    let line = text.matches('\n').count() + 1;
    let column = text.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line as u32, column as u32)
}

fn unreadable(path: &Path, error: &io::Error) -> Stop {
    let path = path.display();
    Stop::failed(format!(
        "cannot read the catalog {path}: {}; give a folder of pages, a page or a catalog.json",
        reason(error)
    ))
}
