//! The compiled module made ready for JavaScript: what `wasm-bindgen` on the command line does, with the version that
//! is locked beside the library, so that nothing has to be installed and the two can never differ.

use std::fmt::Display;
use std::hash::{DefaultHasher, Hash, Hasher};

use wasm_bindgen_cli_support::Bindgen;

use super::Stop;
use super::join::without_comments;
use super::site::Files;

/// A module that is compiled from the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Module {
    /// Answers pastes.
    Reader,
    /// Takes secrets out of a text.
    Redact,
    /// Makes a `catalog.json` ready and matches regular expressions.
    Tools,
    /// Compiles pages.
    Author,
}

impl Module {
    pub const ALL: [Self; 4] = [Self::Reader, Self::Redact, Self::Tools, Self::Author];

    /// The name of the files that it consists of: `<name>.js`, `<name>.d.ts`, `<name>_bg.wasm`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reader => "error_diagnoser",
            Self::Redact => "error_diagnoser_redact",
            Self::Tools => "error_diagnoser_tools",
            Self::Author => "error_diagnoser_author",
        }
    }

    /// The compiled file.
    pub fn wasm(self) -> String {
        format!("{}_bg.wasm", self.name())
    }

    /// The script that loads it.
    pub fn glue(self) -> String {
        format!("{}.js", self.name())
    }

    /// What cargo is asked for: a profile and features.
    pub fn wanted(self) -> &'static [&'static str] {
        match self {
            Self::Reader => &["--profile", "wasm"],
            Self::Redact => &["--profile", "wasm-redact", "--features", "redact"],
            Self::Tools => &["--profile", "wasm-tools", "--features", "tools"],
            Self::Author => &["--profile", "wasm-author", "--features", "author"],
        }
    }

    /// Whether a file of a site is one of those that [`bind`] makes of it.
    pub fn has(self, path: &str) -> bool {
        let rest = path.strip_prefix(self.name());
        rest.is_some_and(|rest| [".js", ".d.ts", "_bg.wasm"].contains(&rest))
            || path.strip_prefix("snippets/").is_some_and(|path| path.starts_with(&format!("{}-", self.name())))
    }
}

/// What the bound files depend on: the raw module and how it is bound (this file). Another compiler of Rust may hash
/// differently; then they are made once more.
pub fn fingerprint(raw: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    include_str!("module.rs").hash(&mut hasher);
    raw.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// The files that a browser and Node load.
pub fn bind(module: Module, raw: Vec<u8>) -> Result<Files, Stop> {
    let name = module.name();
    let mut bindgen = Bindgen::new();
    let mut output = bindgen
        .web(true)
        .map_err(failed)?
        // Its default leaves the module's address out, and then loading without arguments fails.
        .omit_default_module_path(false)
        .typescript(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        // After a trap the instance is in no state to go on with; the page starts another from the compiled module.
        .reset_state_function(true)
        .input_bytes(name, raw)
        .generate_output()
        .map_err(failed)?;
    let mut files = Files::new();
    // It tells linkers what the code needs; browsers see that themselves.
    output.wasm_mut().customs.remove_raw("target_features");
    files.insert(module.wasm(), output.wasm_mut().emit_wasm());
    files.insert(module.glue(), without_comments(output.js()).into());
    if let Some(types) = output.ts() {
        files.insert(format!("{name}.d.ts"), types.into());
    }
    for (folder, snippets) in output.snippets() {
        for (nth, snippet) in snippets.iter().enumerate() {
            files.insert(format!("snippets/{folder}/inline{nth}.js"), snippet.as_str().into());
        }
    }
    for (path, text) in output.local_modules() {
        files.insert(format!("snippets/{path}"), text.as_str().into());
    }
    Ok(files)
}

fn failed(error: impl Display) -> Stop {
    Stop::failed(format!(
        "the compiled module could not be bound for JavaScript: {error:#}; run `cargo clean` and try again"
    ))
}
