//! The source of this project: where it lies, and how its module for the browser is compiled from it.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::module::Module;
use super::{Stop, reason};

const TARGET: &str = "wasm32-unknown-unknown";

/// The source folder: the working folder or the nearest one above it that holds this package; else the one that this
/// command was compiled from, if it is still there.
pub fn find() -> Option<PathBuf> {
    let here = env::current_dir().ok();
    let above = here.iter().flat_map(|folder| folder.ancestors()).map(Path::to_path_buf);
    above.chain([PathBuf::from(env!("CARGO_MANIFEST_DIR"))]).find(|folder| is_this_package(folder))
}

fn is_this_package(folder: &Path) -> bool {
    let Ok(manifest) = fs::read_to_string(folder.join("Cargo.toml")) else { return false };
    let Ok(manifest) = manifest.parse::<toml::Table>() else { return false };
    manifest.get("package").and_then(|package| package.get("name")).and_then(toml::Value::as_str)
        == Some(env!("CARGO_PKG_NAME"))
}

/// Compiles the library for the browser and gives the raw module. Cargo decides what of it is stale, and says on
/// standard error what it does.
pub fn compile_module(source: &Path, module: Module) -> Result<Vec<u8>, Stop> {
    ensure_target(source)?;
    // The cdylib alone: building the rlib beside it would silently drop link-time optimisation.
    let arguments = ["rustc", "--lib", "--crate-type", "cdylib", "--target", TARGET, "--locked"];
    let output = cargo()
        .args(arguments)
        .args(module.wanted())
        .arg("--message-format=json-render-diagnostics")
        .args(["--config", &without_own_paths()])
        .current_dir(source)
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| not_found("cargo", &error))?;
    if !output.status.success() {
        return Err(Stop::failed(format!(
            "the module for the browser could not be compiled from {}; see what cargo says above",
            source.display()
        )));
    }
    let module = compiled_file(&String::from_utf8_lossy(&output.stdout)).ok_or_else(|| {
        Stop::failed("cargo did not say where it put the compiled module; run `cargo clean` and try again")
    })?;
    fs::read(&module).map_err(|error| {
        let module = module.display();
        Stop::failed(format!(
            "cannot read the compiled module {module}: {}; run `cargo clean` and try again",
            reason(&error)
        ))
    })
}

/// The cargo that runs us, if one does, so that both use the same toolchain.
fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// A setting for cargo that keeps this machine's folders, which messages of panics would name, out of the module: nobody
/// who loads the page shall read a user's name in it, and it comes out the same wherever it is made.
fn without_own_paths() -> String {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    let registries = home.and_then(|home| fs::read_dir(home.join("registry").join("src")).ok());
    let mut flags: Vec<String> = registries
        .into_iter()
        .flatten()
        .filter_map(|folder| Some(format!("--remap-path-prefix={}=deps", folder.ok()?.path().to_str()?)))
        .collect();
    flags.sort();
    format!("target.{TARGET}.rustflags={}", toml::Value::from(flags))
}

/// The `.wasm` file among cargo's messages. The last one is the library itself; it is built after what it needs.
fn compiled_file(messages: &str) -> Option<PathBuf> {
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|message| message["reason"] == "compiler-artifact")
        .filter_map(|message| {
            let mut files = message["filenames"].as_array()?.iter().filter_map(|file| file.as_str()).map(PathBuf::from);
            files.find(|file| file.extension().is_some_and(|extension| extension == "wasm"))
        })
        .next_back()
}

/// Adds the standard library for the browser when the toolchain has none yet.
fn ensure_target(source: &Path) -> Result<(), Stop> {
    let libraries = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .args(["--print", "target-libdir", "--target", TARGET])
        .current_dir(source)
        .output()
        .map_err(|error| not_found("rustc", &error))?;
    if Path::new(String::from_utf8_lossy(&libraries.stdout).trim()).is_dir() {
        return Ok(());
    }
    eprintln!("Adding Rust's target {TARGET} with rustup …");
    let added = Command::new("rustup").args(["target", "add", TARGET]).current_dir(source).status();
    match added {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(Stop::failed(format!(
            "rustup could not add the target {TARGET}; see what it says above, then run `rustup target add {TARGET}`"
        ))),
        Err(_) => Err(Stop::failed(format!(
            "Rust's target {TARGET} is missing, and there is no rustup to add it; install Rust through rustup, or your \
             system's package for it (Debian: libstd-rust-dev-wasm32)"
        ))),
    }
}

fn not_found(program: &str, error: &io::Error) -> Stop {
    Stop::failed(format!("cannot run {program}: {}; install Rust (https://rustup.rs) and try again", reason(error)))
}
