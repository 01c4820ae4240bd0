//! What a page loads, in few files. A portal gets the tag as one small module, and what it loads when it is used as
//! another; our own page, where it is used at once, gets both as one. What several of them import (engine, texts, the
//! reader's choices) stays apart, so that there is one of it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use super::Stop;
use super::join::{Join, text, variable, without_comments};
use super::site::Files;
use super::source::has_extension;

/// The modules that are shipped as files, each with what it needs and nobody else imports.
pub const BUNDLES: [&str; 9] = [
    "widget.js",
    "element.js",
    "engine.js",
    "texts.js",
    "content.js",
    "written.js",
    "choices.js",
    "start.js",
    "page.js",
];
/// What is shared between bundles.
const APART: [&str; 3] = ["engine.js", "texts.js", "choices.js"];
/// The page, and what the tag on it needs so soon that it comes along.
const PAGE: (&str, [&str; 1]) = ("page.js", ["element.js"]);

/// Joins the modules of each bundle, leaves comments out of styles too, and drops those that no page loads any more.
pub fn bundle(files: &mut Files) -> Result<(), Stop> {
    let mut bundles = Files::new();
    for name in BUNDLES {
        let apart: Vec<&str> = APART.into_iter().filter(|other| *other != name).collect();
        let mut join = Join::of(files);
        join.apart = &apart;
        join.soon = if name == PAGE.0 { &PAGE.1 } else { &[] };
        let (body, exports) = join.module(name)?;
        let mut script = String::new();
        for other in &join.imported {
            let _ = writeln!(script, "import * as {} from \"./{other}\";", variable(other));
        }
        let _ = writeln!(script, "{}{body}export {{ {} }};", join.script, exported(&exports));
        bundles.insert(name.into(), script.into_bytes());
    }
    files.extend(bundles);
    let styles: Vec<String> = files.keys().filter(|path| has_extension(Path::new(path), "css")).cloned().collect();
    for path in styles {
        let plain = without_comments(&text(files, &path)?);
        files.insert(path, plain.into_bytes());
    }
    drop_unused(files)
}

/// What a joined module exports, as a module writes it.
fn exported(exports: &str) -> String {
    let each = |one: &str| match one.split_once(": ") {
        Some((given, own)) => format!("{own} as {given}"),
        None => one.to_owned(),
    };
    exports.split(", ").filter(|one| !one.is_empty()).map(each).collect::<Vec<_>>().join(", ")
}

fn drop_unused(files: &mut Files) -> Result<(), Stop> {
    let mut used = BTreeSet::new();
    let pages: Vec<String> =
        files.keys().filter(|path| has_extension(Path::new(path), "html") && !path.contains('/')).cloned().collect();
    for page in &pages {
        for line in text(files, page)?.lines().filter(|line| line.trim_start().starts_with("<script ")) {
            used.extend(named(line, "src=\"./"));
        }
    }
    used.extend(BUNDLES.map(String::from));
    let mut waiting: Vec<String> = used.iter().cloned().collect();
    while let Some(path) = waiting.pop() {
        let Ok(script) = text(files, &path) else { continue };
        let imports = script.lines().filter(|line| line.contains("import"));
        for other in imports
            .flat_map(|line| ["from \"./", "import \"./", "() => import(\"./"].map(|before| named(line, before)))
            .flatten()
        {
            if used.insert(other.clone()) {
                waiting.push(other);
            }
        }
    }
    // Some scripts nobody here imports: the worker, the modules' glue, what the page around a frame loads.
    let addressed = |path: &str| path == "sw.js" || path == "embed.js" || path.starts_with("error_diagnoser");
    files.retain(|path, _| {
        !has_extension(Path::new(path), "js") || path.contains('/') || used.contains(path) || addressed(path)
    });
    for page in pages {
        let kept: String = text(files, &page)?
            .split_inclusive('\n')
            .filter(|line| {
                !line.contains("rel=\"modulepreload\"")
                    || named(line, "href=\"./").is_none_or(|path| files.contains_key(&path))
            })
            .collect();
        files.insert(page, kept.into_bytes());
    }
    Ok(())
}

/// The file that is named after these words in a line.
fn named(line: &str, before: &str) -> Option<String> {
    let after = line.split_once(before)?.1;
    after.split('"').next().map(String::from)
}
