//! `build`: the page, its module and the catalog, ready for any static host.
//!
//! What is stale is decided by content: cargo knows whether the module must be compiled again, the bound module is kept
//! while the compiled one is the same, everything else is cheap and always made; the folder is only touched when its
//! files would differ.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use error_diagnoser::page::Sample;
use error_diagnoser::{Catalog, Diagnoser, Problem, schema};
use serde::{Deserialize, Serialize};

use super::module::{self, Module};
use super::site::{self, Files};
use super::source::{self, has_errors};
use super::{Stop, bundle, count, edition, entries, human, npm, offline, project, reason, single};

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    pub site: Site,
}

/// Which site is made, and where. `serve` takes the same.
#[derive(clap::Args)]
pub struct Site {
    /// Where the site is made; `dist` in the source folder when not given
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// A folder of pages, a page or a compiled catalog.json; `catalog` in the source folder when not given
    #[arg(long, value_name = "PATH")]
    catalog: Option<PathBuf>,
}

/// The licences, which go along with the package.
const LICENCES: [(&str, &str); 2] =
    [("LICENSE-APACHE", include_str!("../../LICENSE-APACHE")), ("LICENSE-MIT", include_str!("../../LICENSE-MIT"))];

/// The catalog as the engine reads it; `catalog.json` beside it is for everybody else.
pub const COMPACT: &str = "catalog.edc";

/// A site on disk.
pub struct Built {
    pub folder: PathBuf,
    pub what: String,
    /// What a page may ask of the scripts that it names: each with its hash.
    pub hashes: Vec<(&'static str, String)>,
}

/// What [`site::MARK`] holds.
#[derive(Serialize, Deserialize)]
struct Mark {
    /// Which version of the command made it.
    version: String,
    /// What each bound module was made from, by its name.
    modules: BTreeMap<String, String>,
}

/// A sample that the page offers to try.
#[derive(Serialize)]
struct Shown<'a> {
    entry: &'a str,
    text: &'a str,
    app: Option<&'a str>,
}

pub fn run(args: &Args) -> Result<u8, Stop> {
    let built = build(&args.site)?;
    writeln!(io::stdout(), "{}", built.what).map_err(|error| Stop::from_output(&error))?;
    for (script, hash) in &built.hashes {
        writeln!(io::stdout(), "{script}: integrity=\"{hash}\"").map_err(|error| Stop::from_output(&error))?;
    }
    Ok(0)
}

/// Makes what is stale of the site.
pub fn build(wanted: &Site) -> Result<Built, Stop> {
    let Some(source) = project::find() else { return without_source(wanted) };
    let folder = wanted.out.clone().unwrap_or_else(|| source.join("dist"));
    let earlier = site::earlier(&folder)?;
    let (catalog, mut files) = catalog_files(&wanted.catalog.clone().unwrap_or_else(|| source.join("catalog")))?;
    files.extend(page_files(&source)?);
    edition::write(&mut files, &catalog)?;
    files.extend(module_files(&source, &earlier)?);
    files.extend(entries::pages(&catalog, &files)?);
    files.insert(single::NAME.into(), single::single(&files, catalog.has_expressions())?);
    files.insert(single::WORKBENCH.into(), single::workbench(&files)?);
    let classic = npm::classic(&files)?;
    bundle::bundle(&mut files)?;
    files.insert(npm::CLASSIC.into(), classic);
    files.extend(npm::package(&files, &LICENCES)?);
    offline::list(&mut files)?;
    offline::integrity(&mut files)?;

    let scripts = ["widget.js", npm::CLASSIC].into_iter();
    let hashes = scripts.filter_map(|script| Some((script, npm::hash(files.get(script)?)))).collect();
    let name = folder.display();
    if files == earlier {
        return Ok(Built { what: format!("{name} is up to date."), folder, hashes });
    }
    site::replace(&folder, &files)?;
    let bytes: usize = files.values().map(Vec::len).sum();
    let what = format!("Made {name}: {}, {} KB.", count(files.len(), "file", "files"), bytes.div_ceil(1000));
    Ok(Built { folder, what, hashes })
}

/// An installed command far from its source can still serve a site that was made before.
fn without_source(wanted: &Site) -> Result<Built, Stop> {
    let nothing = "the source of error-diagnoser is needed to make the page, and is not in this folder or above it; \
                   run this in a clone of the repository";
    let Some(folder) = wanted.out.clone() else { return Err(Stop::failed(nothing)) };
    if site::earlier(&folder)?.is_empty() {
        return Err(Stop::failed(nothing));
    }
    let what = format!("{} is left as it is: there is no source to make it from.", folder.display());
    Ok(Built { folder, what, hashes: Vec::new() })
}

/// The page, as it lies in the source.
fn page_files(source: &Path) -> Result<Files, Stop> {
    let folder = source.join("www");
    let files = site::read(&folder).map_err(|error| {
        let folder = folder.display();
        Stop::failed(format!("cannot read the page in {folder}: {}; restore it from the repository", reason(&error)))
    })?;
    if !files.contains_key("index.html") {
        let folder = folder.display();
        return Err(Stop::failed(format!("there is no index.html in {folder}; restore it from the repository")));
    }
    Ok(files)
}

/// The compiled catalog and the samples that the page offers. A catalog with errors is not shipped.
fn catalog_files(path: &Path) -> Result<(Catalog, Files), Stop> {
    let mut found = source::Files::read(&[path.to_path_buf()])?;
    let samples = std::mem::take(&mut found.samples);
    let (catalog, mut problems) = found.compile();
    let mut files = Files::new();
    if !has_errors(&problems) {
        match Diagnoser::new(catalog.clone()) {
            Ok(diagnoser) => drop(files.insert(COMPACT.into(), diagnoser.compact().to_vec())),
            Err(found) => problems.extend(found),
        }
    }
    if has_errors(&problems) {
        return Err(refused(path, &problems));
    }
    files.insert("catalog.json".into(), as_json(&catalog, "the compiled catalog")?);
    files.insert("samples.json".into(), shown(&samples)?);
    files.insert(edition::SCHEMA.into(), as_json(&schema::catalog(), "the catalog's schema")?);
    Ok((catalog, files))
}

fn refused(path: &Path, problems: &[Problem]) -> Stop {
    for problem in problems {
        eprintln!("{}", human::printable(&problem.to_string()));
    }
    Stop::FoundProblems(format!(
        "the catalog {} has {}; mend what is named above and try again",
        path.display(),
        count(problems.len(), "problem", "problems")
    ))
}

fn shown(samples: &[Sample]) -> Result<Vec<u8>, Stop> {
    let shown: Vec<Shown> = samples
        .iter()
        .filter(|sample| sample.finds && sample.show)
        .map(|sample| Shown { entry: &sample.entry, text: &sample.text, app: sample.app.as_deref() })
        .collect();
    as_json(&shown, "the samples")
}

/// The modules for the browser with their glue, and the mark that says what they were made from.
fn module_files(source: &Path, earlier: &Files) -> Result<Files, Stop> {
    let made = earlier.get(site::MARK).and_then(|mark| serde_json::from_slice::<Mark>(mark).ok());
    let mut mark = Mark { version: env!("CARGO_PKG_VERSION").into(), modules: BTreeMap::new() };
    let mut files = Files::new();
    for module in Module::ALL {
        let raw = project::compile_module(source, module)?;
        let fingerprint = module::fingerprint(&raw);
        if made.as_ref().is_some_and(|made| made.modules.get(module.name()) == Some(&fingerprint)) {
            let kept = earlier.iter().filter(|(path, _)| module.has(path));
            files.extend(kept.map(|(path, bytes)| (path.clone(), bytes.clone())));
        } else {
            files.extend(module::bind(module, raw)?);
        }
        mark.modules.insert(module.name().into(), fingerprint);
    }
    files.insert(site::MARK.into(), as_json(&mark, "the build's mark")?);
    Ok(files)
}

fn as_json(value: &impl Serialize, what: &str) -> Result<Vec<u8>, Stop> {
    serde_json::to_vec(value).map_err(|error| Stop::failed(format!("{what} could not be written as JSON: {error}")))
}
