//! A site as a set of files, and how it gets to disk whole or not at all.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process;

use super::source::slashed;
use super::{Stop, reason};

/// The content of a site, by path with forward slashes.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The file that says that a folder is a site of ours; no other folder is ever replaced.
pub const MARK: &str = "build.json";

/// Every file in a folder and the folders in it, hidden ones left out. Links to folders are not followed.
pub fn read(folder: &Path) -> io::Result<Files> {
    let mut files = Files::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(current) = waiting.pop() {
        for entry in fs::read_dir(&current)? {
            let entry = entry?;
            let path = entry.path();
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if entry.file_type()?.is_dir() {
                waiting.push(path);
            } else {
                let name = slashed(path.strip_prefix(folder).unwrap_or(&path));
                files.insert(name, fs::read(&path)?);
            }
        }
    }
    Ok(files)
}

/// What an earlier build left there: nothing, or a whole site. A folder that holds anything else is refused.
pub fn earlier(out: &Path) -> Result<Files, Stop> {
    if !out.exists() {
        return Ok(Files::new());
    }
    let files = read(out).map_err(|error| {
        Stop::failed(format!("cannot read the folder {}: {}; name another with --out", out.display(), reason(&error)))
    })?;
    let empty = fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_none());
    if empty || files.contains_key(MARK) {
        Ok(files)
    } else {
        Err(Stop::failed(format!(
            "the folder {} holds something else than a site made by `build`; name a new or empty one with --out",
            out.display()
        )))
    }
}

/// Puts the site in place of the one that is there. It is written beside it first and then swapped in, so that whatever
/// goes wrong leaves the old one whole.
pub fn replace(out: &Path, files: &Files) -> Result<(), Stop> {
    let new = beside(out, "new");
    let old = beside(out, "old");
    let written = write(&new, files).and_then(|()| swap(&new, out, &old));
    written.map_err(|error| {
        let left = if fs::remove_dir_all(&new).is_err() && new.exists() {
            format!(" ({} is left over, remove it)", new.display())
        } else {
            String::new()
        };
        Stop::failed(format!(
            "cannot write the site to {}: {}; free the folder or name another with --out{left}",
            out.display(),
            reason(&error)
        ))
    })
}

fn write(folder: &Path, files: &Files) -> io::Result<()> {
    if let Some(parent) = folder.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::create_dir(folder)?;
    for (name, bytes) in files {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, bytes)?;
    }
    Ok(())
}

fn swap(new: &Path, out: &Path, old: &Path) -> io::Result<()> {
    if !out.exists() {
        return fs::rename(new, out);
    }
    fs::rename(out, old)?;
    match fs::rename(new, out) {
        Ok(()) => fs::remove_dir_all(old),
        Err(error) => {
            fs::rename(old, out)?;
            Err(error)
        }
    }
}

/// A hidden folder beside the site, on the same disk, that no other running build uses.
fn beside(out: &Path, what: &str) -> PathBuf {
    let name = out.file_name().map_or_else(|| "site".into(), |name| name.to_string_lossy());
    out.with_file_name(format!(".{name}.{what}-{}", process::id()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("error-diagnoser-site-{name}-{}", process::id()));
        fs::create_dir_all(&folder).expect("a temporary folder");
        folder
    }

    fn site(files: &[(&str, &str)]) -> Files {
        files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn a_site_replaces_the_earlier_one_wholly() {
        let folder = folder("replace");
        let out = folder.join("dist");
        let first = site(&[(MARK, "1"), ("gone.js", "old"), ("i18n/en.json", "{}")]);
        let second = site(&[(MARK, "2"), ("i18n/nl.json", "{}")]);
        for files in [&first, &second] {
            assert!(replace(&out, files).is_ok());
            assert_eq!(earlier(&out).ok().as_ref(), Some(files));
        }
        let beside: Vec<_> = fs::read_dir(&folder).expect("it is there").collect();
        assert_eq!(beside.len(), 1, "nothing is left beside it: {beside:?}");
        fs::remove_dir_all(folder).expect("it was ours");
    }

    #[test]
    fn a_failed_write_leaves_the_earlier_site() {
        let folder = folder("failed");
        let out = folder.join("dist");
        let first = site(&[(MARK, "1"), ("page.js", "old")]);
        assert!(replace(&out, &first).is_ok());
        // A file cannot be a folder as well.
        let impossible = site(&[(MARK, "2"), ("a", "file"), ("a/b", "file in it")]);
        assert!(replace(&out, &impossible).is_err());
        assert_eq!(earlier(&out).ok(), Some(first));
        assert_eq!(fs::read_dir(&folder).expect("it is there").count(), 1, "nothing is left beside it");
        fs::remove_dir_all(folder).expect("it was ours");
    }

    #[test]
    fn a_folder_that_is_not_ours_is_refused() {
        let folder = folder("refused");
        assert!(earlier(&folder).is_ok(), "an empty folder may be used");
        fs::write(folder.join("thesis.txt"), "years of work").expect("writable");
        assert!(matches!(earlier(&folder), Err(Stop::Failed(sentence)) if sentence.contains("something else")));
        fs::remove_dir_all(folder).expect("it was ours");
    }
}
