//! What several tests need: the source folder and the project's own catalog.

use std::path::{Path, PathBuf};

use error_diagnoser::Catalog;
use error_diagnoser::page::{Page, compile};

/// The folder of the package, also from the package for libFuzzer inside it.
pub fn source() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().find(|folder| folder.join("catalog").is_dir()).unwrap_or(here).to_owned()
}

/// The project's catalog, compiled from its pages.
pub fn catalog() -> Catalog {
    let folder = source().join("catalog");
    let mut pages = Vec::new();
    for product in ["itsmc", "cas"] {
        for language in ["en", "nl", "sv", "ko"] {
            let path = folder.join(product).join(format!("{language}.md"));
            pages.push(Page { path: path.display().to_string(), text: std::fs::read_to_string(path).unwrap() });
        }
    }
    let compiled = compile(&pages);
    assert_eq!(compiled.problems, []);
    compiled.catalog
}
