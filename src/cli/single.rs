//! The page as one HTML file, which works by double click: modules, styles, catalog, texts and engine are in it, it may
//! load nothing, and its policy names the hash of each part that may run.
//!
//! The modules are joined without a bundler, because they keep to a few plain forms: each becomes a function that is
//! called once and gives what the module exports. Any other form is refused.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use super::Stop;
use super::site::Files;

/// The file's name in the site.
pub const NAME: &str = "error-diagnoser.html";

const PAGE: &str = "index.html";
const GLUE: &str = "error_diagnoser.js";
const MODULE: &str = "error_diagnoser_bg.wasm";
/// The modules that the page starts with, in this order.
const STARTS: [&str; 2] = ["choices.js", "page.js"];

/// Makes the file from the files of the site.
pub fn single(files: &Files) -> Result<Vec<u8>, Stop> {
    let page = text(files, PAGE)?;
    let script = script(files)?;
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
    for (what, content) in [("script", &script), ("style", &style)] {
        if content.to_ascii_lowercase().contains(&format!("</{what}")) {
            return Err(Stop::failed(format!("the page as one file cannot hold \"</{what}\" in its {what}")));
        }
    }
    let policy = format!(
        "default-src 'none'; script-src '{}' 'wasm-unsafe-eval'; style-src '{}'; img-src data:; connect-src 'none'; \
         base-uri 'none'; form-action 'none'",
        hash(&script),
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
fn script(files: &Files) -> Result<String, Stop> {
    let mut script = String::from("globalThis.errorDiagnoserCarried = {\nfiles: {\n");
    let carried = files.iter().filter(|(path, _)| {
        path.starts_with("i18n/") || matches!(path.as_str(), MODULE | "catalog.json" | "samples.json")
    });
    for (path, bytes) in carried {
        let _ = writeln!(script, "{}: \"{}\",", quoted(path)?, BASE64.encode(packed(bytes)?));
    }
    let (body, exports) = module(&text(files, GLUE)?, GLUE, &mut Vec::new())?;
    let _ = writeln!(script, "}},\nglue() {{\n{body}\nreturn {{ {exports} }};\n}},\n}};");
    let mut done = BTreeSet::new();
    for start in STARTS {
        join(files, start, &mut Vec::new(), &mut done, &mut script)?;
    }
    Ok(script)
}

/// Adds a module after everything that it imports.
fn join(
    files: &Files,
    path: &str,
    above: &mut Vec<String>,
    done: &mut BTreeSet<String>,
    script: &mut String,
) -> Result<(), Stop> {
    if above.iter().any(|one| one == path) {
        return Err(Stop::failed(format!("www/{path} imports itself by way of {}; untie them", above.join(", "))));
    }
    if done.contains(path) {
        return Ok(());
    }
    let mut imports = Vec::new();
    let (body, exports) = module(&text(files, path)?, path, &mut imports)?;
    above.push(path.to_owned());
    for import in &imports {
        join(files, import, above, done, script)?;
    }
    above.pop();
    done.insert(path.to_owned());
    let _ = writeln!(script, "const {} = (() => {{\n{body}\nreturn {{ {exports} }};\n}})();", variable(path));
    Ok(())
}

/// A module's body without its imports and exports, and what it exports as the inside of an object.
fn module(source: &str, path: &str, imports: &mut Vec<String>) -> Result<(String, String), Stop> {
    let refused = |line: &str| Stop::failed(format!("www/{path}: the page as one file cannot be made with `{line}`"));
    let mut body = String::new();
    let mut exports: Vec<String> = Vec::new();
    for line in source.lines() {
        if let Some(import) = line.strip_prefix("import ") {
            let (names, from) = match import.split_once(" from ") {
                Some((names, from)) => (Some(names), from),
                None => (None, import),
            };
            let from = from.trim_end_matches(';').trim_matches('"').strip_prefix("./").ok_or_else(|| refused(line))?;
            if let Some(names) = names {
                let inner = names.strip_prefix("{ ").and_then(|names| names.strip_suffix(" }"));
                let inner = inner.ok_or_else(|| refused(line))?.replace(" as ", ": ");
                let _ = writeln!(body, "const {{ {inner} }} = {};", variable(from));
            }
            imports.push(from.to_owned());
        } else if let Some(names) = line.strip_prefix("export {") {
            let names = names.trim_end_matches(';').strip_suffix('}').ok_or_else(|| refused(line))?;
            exports.extend(names.split(',').map(|name| match name.trim().split_once(" as ") {
                Some((own, given)) => format!("{given}: {own}"),
                None => name.trim().to_owned(),
            }));
        } else if let Some(declared) = line.strip_prefix("export ") {
            let words = declared.strip_prefix("async ").unwrap_or(declared);
            let name = ["function ", "function* ", "class ", "const "].iter().find_map(|kind| words.strip_prefix(kind));
            let name = name.and_then(|name| name.split(|c: char| !c.is_alphanumeric() && c != '_').next());
            exports.push(name.filter(|name| !name.is_empty()).ok_or_else(|| refused(line))?.to_owned());
            body += declared;
            body.push('\n');
        } else {
            body += &later(line, imports);
            body.push('\n');
        }
    }
    Ok((body.replace("import.meta.url", "document.baseURI"), exports.join(", ")))
}

/// A line whose `import("./x.js")` is of a module that is there already.
fn later(line: &str, imports: &mut Vec<String>) -> String {
    let Some((before, rest)) = line.split_once("import(\"./") else { return line.to_owned() };
    let Some((path, after)) = rest.split_once("\")") else { return line.to_owned() };
    // In a comment it is the type of something, and loads nothing.
    if before.trim_start().starts_with('*') || before.contains("/*") {
        return line.to_owned();
    }
    imports.push(path.to_owned());
    format!("{before}Promise.resolve({}){}", variable(path), later(after, imports))
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

fn text(files: &Files, path: &str) -> Result<String, Stop> {
    let bytes = files.get(path).ok_or_else(|| Stop::failed(format!("the site has no {path}, which the page needs")))?;
    String::from_utf8(bytes.clone()).map_err(|_| Stop::failed(format!("{path} is not text in UTF-8")))
}

fn packed(bytes: &[u8]) -> Result<Vec<u8>, Stop> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let packed = encoder.write_all(bytes).and_then(|()| encoder.finish());
    packed.map_err(|error| Stop::failed(format!("a file could not be packed: {error}")))
}

fn quoted(path: &str) -> Result<String, Stop> {
    serde_json::to_string(path).map_err(|error| Stop::failed(error.to_string()))
}

fn variable(path: &str) -> String {
    let name: String = path.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    format!("${name}")
}

/// As a content security policy names what may run.
fn hash(content: &str) -> String {
    format!("sha256-{}", BASE64.encode(Sha256::digest(content)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(files: &[(&str, &str)]) -> Files {
        files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn modules_are_joined_in_the_order_of_their_needs() {
        let files = site(&[
            ("a.js", "import { b, c as d } from \"./b.js\";\nexport function a() {}\nexport { a as default };\n"),
            ("b.js", "export const b = import.meta.url;\nexport class c {}\n"),
        ]);
        let mut script = String::new();
        assert!(join(&files, "a.js", &mut Vec::new(), &mut BTreeSet::new(), &mut script).is_ok());
        assert!(script.find("$b_js = ") < script.find("$a_js = "));
        assert!(script.contains("const { b, c: d } = $b_js;"));
        assert!(script.contains("return { a, default: a };"));
        assert!(script.contains("const b = document.baseURI;"));
    }

    #[test]
    fn what_is_imported_later_is_there_already() {
        let mut imports = Vec::new();
        let source = "/** @type {import(\"./types.js\").A} */\nconst a = (await import(\"./b.js\")).b;";
        let (body, _) = module(source, "a.js", &mut imports).ok().expect("it can be joined");
        assert!(body.contains("const a = (await Promise.resolve($b_js)).b;"));
        assert_eq!(imports, ["b.js"]);
    }

    #[test]
    fn what_cannot_be_joined_is_refused() {
        for source in ["import all from \"./b.js\";", "export default 1;", "import \"https://example.org/x.js\";"] {
            assert!(module(source, "a.js", &mut Vec::new()).is_err(), "{source}");
        }
        let circle = site(&[("a.js", "import \"./b.js\";"), ("b.js", "import \"./a.js\";")]);
        assert!(join(&circle, "a.js", &mut Vec::new(), &mut BTreeSet::new(), &mut String::new()).is_err());
    }
}
