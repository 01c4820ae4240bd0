//! What the files of a site must be: the list that its worker keeps, and the one that a portal can hold them to.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest, Sha256, Sha384};

use super::Stop;
use super::module::Module;
use super::site::{self, Files};

/// The worker.
const WORKER: &str = "sw.js";
/// What stands in it for the list; an empty list makes it the worker that removes every earlier one.
const LIST: &str = "const FILES = {};";

/// Writes the list of everything that the page loads into its worker.
pub fn list(files: &mut Files) -> Result<(), Stop> {
    let hashes: BTreeMap<&str, String> =
        files.iter().filter(|(path, _)| is_kept(path)).map(|(path, bytes)| (path.as_str(), hash(bytes))).collect();
    let list = serde_json::to_string_pretty(&hashes).map_err(|error| Stop::failed(error.to_string()))?;
    let worker = files.get(WORKER).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
    if worker.matches(LIST).count() != 1 {
        return Err(Stop::failed(format!("www/{WORKER} must say `{LIST}` once; restore it from the repository")));
    }
    files.insert(WORKER.into(), worker.replace(LIST, &format!("const FILES = {list};")).into_bytes());
    Ok(())
}

/// The file that says for each of the others what an `integrity` attribute must be, for portals that pin what they load.
const INTEGRITY: &str = "integrity.json";

/// Writes down what every file must be; the last thing done to a site.
pub fn integrity(files: &mut Files) -> Result<(), Stop> {
    let hashes: BTreeMap<&str, String> = files
        .iter()
        .filter(|(path, _)| *path != site::MARK)
        .map(|(path, bytes)| (path.as_str(), format!("sha384-{}", BASE64.encode(Sha384::digest(bytes)))))
        .collect();
    let list = serde_json::to_vec_pretty(&hashes).map_err(|error| Stop::failed(error.to_string()))?;
    files.insert(INTEGRITY.into(), list);
    Ok(())
}

/// What the page itself loads. The entries as pages and the page as one file are there for other readers.
fn is_kept(path: &str) -> bool {
    path != WORKER
        && path != site::MARK
        && ![super::single::NAME, super::single::WORKBENCH].contains(&path)
        && !path.contains("workbench")
        && !path.starts_with("entries/")
        && path != super::edition::SCHEMA
        && !path.starts_with(super::npm::FOLDER)
        && !path.starts_with("embed")
        && path != super::npm::CLASSIC
        && !Module::Author.has(path)
        && !path.ends_with(".d.ts")
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(worker: &str) -> Files {
        [(WORKER, worker), ("page.js", "1"), ("types.d.ts", "2"), ("entries/en/index.html", "3")]
            .into_iter()
            .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
            .collect()
    }

    #[test]
    fn the_worker_lists_what_the_page_loads() {
        let mut files = site("\"use strict\";\nconst FILES = {};\n");
        assert!(list(&mut files).is_ok());
        let worker = String::from_utf8_lossy(&files[WORKER]).into_owned();
        // The SHA-256 of "1".
        assert!(worker.contains("\"page.js\": \"6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b\""));
        assert!(!worker.contains("types.d.ts") && !worker.contains("entries/") && !worker.contains("\"sw.js\""));
    }

    #[test]
    fn every_file_has_its_integrity() {
        let mut files = site("const FILES = {};");
        assert!(integrity(&mut files).is_ok());
        let hashes: BTreeMap<String, String> = serde_json::from_slice(&files[INTEGRITY]).unwrap_or_default();
        assert_eq!(hashes.len(), 4);
        // The SHA-384 of "1".
        let one = "sha384-R/BdNnsMMuQ4+2Pmz0pfNcKqL5DcdUP4pBoPlc6KQKMTq1zzYTSiBoxMlpy1Dbd2";
        assert_eq!(hashes["page.js"], one);
    }

    #[test]
    fn a_worker_without_a_place_for_the_list_is_refused() {
        assert!(list(&mut site("const FILES = null;")).is_err());
    }
}
