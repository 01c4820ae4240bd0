//! A page as one HTML file, which works by double click: modules, styles, catalog, texts and engine are in it, it may
//! load nothing, and its policy names the hash of each part that may run.
//!
//! How modules are joined stands in `join`.

use std::fmt::Write as _;
use std::io::Write as _;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use super::Stop;
use super::build::COMPACT;
use super::join::{Join, text};
use super::module::Module;
use super::site::Files;

/// The readers' file in the site.
pub const NAME: &str = "error-diagnoser.html";
/// The authors' file: another one, so that readers do not carry what they do not use.
pub const WORKBENCH: &str = "error-diagnoser-workbench.html";

const PAGE: &str = "index.html";
/// What readers need; the last one only where a catalog has regular expressions.
const READERS: [Module; 3] = [Module::Reader, Module::Redact, Module::Tools];
/// The modules that the page starts with, in this order.
const STARTS: &[&str] = &["choices.js", "page.js"];

const AUTHOR_PAGE: &str = "workbench.html";
const AUTHOR_STARTS: &[&str] = &["choices.js", "workbench.js"];
/// The texts of the workbench, which readers do not see.
const AUTHOR_TEXTS: &str = "i18n/workbench/";

/// Makes the readers' file from the files of the site. `has_expressions` says whether its catalog has any.
pub fn single(files: &Files, has_expressions: bool) -> Result<Vec<u8>, Stop> {
    let is_carried = |path: &str| {
        path.starts_with("i18n/") && !path.starts_with(AUTHOR_TEXTS) || matches!(path, COMPACT | "samples.json")
    };
    let modules = if has_expressions { &READERS[..] } else { &READERS[..2] };
    whole(files, PAGE, &script(files, is_carried, modules, STARTS)?)
}

/// Makes the authors' file.
pub fn workbench(files: &Files) -> Result<Vec<u8>, Stop> {
    let is_carried = |path: &str| path.starts_with(AUTHOR_TEXTS);
    whole(files, AUTHOR_PAGE, &script(files, is_carried, &[Module::Author], AUTHOR_STARTS)?)
}

/// A page with its styles and this script in it.
fn whole(files: &Files, page: &str, script: &str) -> Result<Vec<u8>, Stop> {
    let page = text(files, page)?;
    let mut html = String::new();
    let mut style = String::new();
    for line in page.lines() {
        let plain = line.trim();
        if plain.starts_with("<link rel=\"stylesheet\"") {
            style += &text(files, file_named(plain, "href=\"./")?)?;
        } else if plain.starts_with("<link rel=\"modulepreload\"")
            || plain.starts_with("<link rel=\"manifest\"")
            || plain.starts_with("<script ")
            || plain.starts_with("content=\"default-src")
        {
            // What these load is in the file, and the policy is another one.
            if plain.starts_with("content=\"default-src") {
                html += "      content=\"{policy}\"\n";
            }
        } else {
            html += &carried_image(files, line)?;
            html += "\n";
        }
    }
    for (what, content) in [("script", script), ("style", style.as_str())] {
        if content.to_ascii_lowercase().contains(&format!("</{what}")) {
            return Err(Stop::failed(format!("the page as one file cannot hold \"</{what}\" in its {what}")));
        }
    }
    let policy = format!(
        "default-src 'none'; script-src '{}' 'wasm-unsafe-eval'; style-src '{}'; img-src data:; connect-src 'none'; \
         base-uri 'none'; form-action 'none'",
        hash(script),
        hash(&style)
    );
    let html = html
        .replace("{policy}", &policy)
        .replace("<html ", "<html data-single ")
        .replace("  </head>", &format!("    <style>{style}</style>\n  </head>"))
        .replace("  </body>", &format!("    <script type=\"module\">{script}</script>\n  </body>"));
    Ok(html.into_bytes())
}

/// All modules, those that others need first, after the files that they would load.
fn script(
    files: &Files,
    is_carried: impl Fn(&str) -> bool,
    modules: &[Module],
    starts: &[&str],
) -> Result<String, Stop> {
    let mut script = String::from("globalThis.errorDiagnoserCarried = {\nfiles: {\n");
    let is_module = |path: &str| modules.iter().any(|module| module.wasm() == path);
    for (path, bytes) in files.iter().filter(|(path, _)| is_carried(path) || is_module(path)) {
        let _ = writeln!(script, "{}: \"{}\",", quoted(path)?, BASE64.encode(packed(bytes)?));
    }
    let mut join = Join::of(files);
    join.address = "document.baseURI";
    join.whole = true;
    script += "},\nglues: {\n";
    for module in modules {
        let (body, exports) = join.module(&module.glue())?;
        let _ = writeln!(script, "{}() {{\n{body}\nreturn {{ {exports} }};\n}},", quoted(&module.glue())?);
    }
    script += "},\n};\n";
    for start in starts {
        join.add(start)?;
    }
    Ok(script + &join.script)
}

/// A line of the page whose image is carried in it.
fn carried_image(files: &Files, line: &str) -> Result<String, Stop> {
    let Some(at) = line.find("\"./favicon.svg\"") else { return Ok(line.to_owned()) };
    let image = BASE64.encode(text(files, "favicon.svg")?);
    Ok(format!("{}\"data:image/svg+xml;base64,{image}\"{}", &line[..at], &line[at + "\"./favicon.svg\"".len()..]))
}

fn file_named<'l>(line: &'l str, before: &str) -> Result<&'l str, Stop> {
    let after = line.split_once(before).map(|(_, after)| after);
    let name = after.and_then(|after| after.split('"').next());
    name.ok_or_else(|| Stop::failed(format!("www/{PAGE}: the page as one file cannot be made with `{line}`")))
}

fn packed(bytes: &[u8]) -> Result<Vec<u8>, Stop> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let packed = encoder.write_all(bytes).and_then(|()| encoder.finish());
    packed.map_err(|error| Stop::failed(format!("a file could not be packed: {error}")))
}

fn quoted(path: &str) -> Result<String, Stop> {
    serde_json::to_string(path).map_err(|error| Stop::failed(error.to_string()))
}

/// As a content security policy names what may run.
fn hash(content: &str) -> String {
    format!("sha256-{}", BASE64.encode(Sha256::digest(content)))
}
