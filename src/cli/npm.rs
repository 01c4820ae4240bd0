//! The element as a package for npm, in a folder of the site: its modules, their types, the manifest, a classic script, and
//! the hash of every file. What people wrote of it lies in `www/npm`; what can be derived is made here.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha384};

use super::Stop;
use super::build::COMPACT;
use super::bundle::BUNDLES;
use super::join::{Join, text};
use super::module::Module;
use super::site::Files;
use super::source::has_extension;

/// The package's folder in the site.
pub const FOLDER: &str = "npm/";
/// The element as a classic script.
pub const CLASSIC: &str = "widget.classic.js";
const MANIFEST: &str = "npm/custom-elements.json";

/// The classic script, of modules that are not joined yet: where there are no modules, one script defines the element.
pub fn classic(files: &Files) -> Result<Vec<u8>, Stop> {
    let mut join = Join::of(files);
    join.address = "$here";
    let (body, _) = join.module("widget.js")?;
    let script = join.script;
    Ok(format!("(() => {{\n\"use strict\";\nconst $here = document.currentScript.src;\n{script}{body}}})();\n")
        .into_bytes())
}

/// Makes the package of a site whose modules are joined.
pub fn package(files: &Files, licences: &[(&str, &str)]) -> Result<Files, Stop> {
    let declared = manifest(&text(files, MANIFEST)?)?;
    let mut made = Files::new();
    let belongs = |path: &str| {
        BUNDLES.contains(&path)
            || Module::ALL.iter().any(|module| module.has(path))
            || path.starts_with("i18n/")
            || path.starts_with("embed")
            || ["catalog.json", COMPACT, "types.d.ts", CLASSIC].contains(&path)
    };
    for (path, bytes) in files.iter().filter(|(path, _)| belongs(path)) {
        made.insert(path.clone(), bytes.clone());
    }
    for (path, bytes) in files.iter().filter_map(|(path, bytes)| Some((path.strip_prefix(FOLDER)?, bytes))) {
        made.insert(path.to_owned(), bytes.clone());
    }
    for (name, licence) in licences {
        made.insert((*name).to_owned(), licence.as_bytes().to_vec());
    }
    made.insert("widget.d.ts".into(), declarations(&declared).into_bytes());
    made.insert("package.json".into(), pretty(&description())?);
    let hashes: BTreeMap<String, String> = made
        .iter()
        .filter(|(path, _)| has_extension(Path::new(path), "js"))
        .map(|(path, bytes)| (format!("./{path}"), hash(bytes)))
        .collect();
    made.insert("integrity.json".into(), pretty(&json!({ "integrity": hashes }))?);
    Ok(made.into_iter().map(|(path, bytes)| (format!("{FOLDER}{path}"), bytes)).collect())
}

/// As browsers check a file: `sha384-…`.
pub fn hash(bytes: &[u8]) -> String {
    format!("sha384-{}", BASE64.encode(Sha384::digest(bytes)))
}

fn description() -> serde_json::Value {
    json!({
        "name": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
        "description": "<error-diagnoser>: paste an error, read its cause and what to do. Wholly in the browser.",
        "license": env!("CARGO_PKG_LICENSE"),
        "keywords": ["custom-element", "web-component", "error-messages", "troubleshooting", "wasm"],
        "type": "module",
        "main": "./widget.js",
        "types": "./widget.d.ts",
        "customElements": "./custom-elements.json",
        "exports": {
            ".": { "types": "./widget.d.ts", "default": "./widget.js" },
            "./engine.js": { "types": "./engine.d.ts", "default": "./engine.js" },
            "./react": { "types": "./react.d.ts" },
            "./types": { "types": "./types.d.ts" },
            "./classic": format!("./{CLASSIC}"),
            "./*": "./*"
        },
        "sideEffects": ["./widget.js", format!("./{CLASSIC}"), "./embed.js", "./embedded.js"]
    })
}

/// The part of the manifest that types are made of.
#[derive(Deserialize)]
struct Declared {
    attributes: Vec<Named>,
    members: Vec<Member>,
    events: Vec<Named>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Named {
    name: String,
    #[serde(rename = "type")]
    kind: Type,
    description: String,
}

#[derive(Deserialize)]
struct Type {
    text: String,
}

#[derive(Deserialize)]
struct Member {
    kind: String,
    name: String,
    #[serde(rename = "type")]
    of: Option<Type>,
    description: String,
    #[serde(default)]
    readonly: bool,
    #[serde(default)]
    parameters: Vec<Parameter>,
    #[serde(rename = "return")]
    gives: Option<Gives>,
}

#[derive(Deserialize)]
struct Parameter {
    name: String,
    #[serde(rename = "type")]
    of: Type,
}

#[derive(Deserialize)]
struct Gives {
    #[serde(rename = "type")]
    of: Type,
}

fn manifest(source: &str) -> Result<Declared, Stop> {
    let refused = |error: serde_json::Error| Stop::failed(format!("www/{MANIFEST}: {error}"));
    let mut whole: serde_json::Value = serde_json::from_str(source).map_err(refused)?;
    serde_json::from_value(whole["modules"][0]["declarations"][0].take()).map_err(refused)
}

/// The types of the element, from its manifest: there is no second description to keep.
fn declarations(declared: &Declared) -> String {
    let mut types = String::from(
        "import type { Catalog, Report } from \"./types.js\";\n\nexport type * from \"./types.js\";\n\n\
         /** Where a catalog is: an address, `builtin`, `#id` of a part of the page; or a catalog itself. */\n\
         export type CatalogSource = string | URL | Catalog;\n\n/** What the tag takes in markup. */\n\
         export interface ErrorDiagnoserAttributes {\n",
    );
    for Named { name, kind, description } in &declared.attributes {
        let _ = writeln!(types, "  /** {description} */\n  {}?: {} | undefined;", quoted(name), kind.text);
    }
    types += "}\n\n/** What the element tells. */\nexport interface ErrorDiagnoserEventMap {\n";
    for Named { name, kind, description } in &declared.events {
        let _ = writeln!(types, "  /** {description} */\n  {}: {};", quoted(name), kind.text);
    }
    types += "}\n\n/** `<error-diagnoser>`; importing this module defines it. */\n\
              export class ErrorDiagnoser extends HTMLElement {\n";
    for member in &declared.members {
        let _ = writeln!(types, "  /** {} */", member.description);
        if member.kind == "method" {
            let parameters: Vec<String> =
                member.parameters.iter().map(|Parameter { name, of }| format!("{name}: {}", of.text)).collect();
            let gives = member.gives.as_ref().map_or("void", |gives| &gives.of.text);
            let _ = writeln!(types, "  {}({}): {gives};", member.name, parameters.join(", "));
        } else {
            let readonly = if member.readonly { "readonly " } else { "" };
            let of = member.of.as_ref().map_or("unknown", |of| &of.text);
            let _ = writeln!(types, "  {readonly}{}: {of};", member.name);
        }
    }
    types += "  addEventListener<K extends keyof ErrorDiagnoserEventMap>(\n    type: K,\n    \
              listener: (this: ErrorDiagnoser, event: ErrorDiagnoserEventMap[K]) => void,\n    \
              options?: boolean | AddEventListenerOptions,\n  ): void;\n  \
              addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;\n\
              }\n\ndeclare global {\n  interface HTMLElementTagNameMap {\n    \"error-diagnoser\": ErrorDiagnoser;\n  }\n}\n";
    types
}

fn quoted(name: &str) -> String {
    if name.contains('-') { format!("\"{name}\"") } else { name.to_owned() }
}

fn pretty(value: &serde_json::Value) -> Result<Vec<u8>, Stop> {
    let mut text = serde_json::to_vec_pretty(value).map_err(|error| Stop::failed(error.to_string()))?;
    text.push(b'\n');
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_made_of_the_manifest() {
        let declared = manifest(include_str!("../../www/npm/custom-elements.json"));
        let types = declarations(&declared.ok().expect("the manifest is read"));
        assert!(types.contains("  \"max-results\"?: number | undefined;"), "{types}");
        assert!(types.contains("  diagnose(text: string): Promise<Report | null>;"));
        assert!(types.contains("  readonly isEmpty: boolean;"));
        assert!(types.contains("  \"no-match\": CustomEvent<{ closest: string[]; text?: string }>;"));
    }

    #[test]
    fn a_hash_is_written_as_browsers_check_it() {
        let empty = "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb";
        assert_eq!(hash(b""), empty);
    }
}
