//! Faults 2, 20, 24 and 29, as far as they show in the source: what must not stand in what is shipped.

use std::fs;
use std::path::Path;

use super::common::source;

/// Every file under a folder, with its path from the source folder and its text.
fn files(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut waiting = vec![source().join(folder)];
    while let Some(current) = waiting.pop() {
        for entry in fs::read_dir(current).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                found.push((path.strip_prefix(source()).unwrap().display().to_string().replace('\\', "/"), text));
            }
        }
    }
    assert!(!found.is_empty());
    found
}

/// The text without comments: what is said about a thing is not the thing.
fn code(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("/*") {
        code += &rest[..at];
        rest = rest[at..].split_once("*/").map_or("", |(_, after)| after);
    }
    code += rest;
    let lines = code.lines().map(|line| match line.find("// ") {
        Some(at) if !line[..at].contains("http") => &line[..at],
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn ends_in(path: &str, extension: &str) -> bool {
    Path::new(path).extension().is_some_and(|found| found == extension)
}

fn scripts() -> Vec<(String, String)> {
    let is_code = |path: &str| ends_in(path, "js") || ends_in(path, "html");
    files("www").into_iter().filter(|(path, _)| is_code(path)).map(|(path, text)| (path, code(&text))).collect()
}

/// Which files say one of these.
fn saying(files: &[(String, String)], words: &[&str]) -> Vec<String> {
    let says = |text: &str| words.iter().find(|word| text.contains(**word)).map(|word| (*word).to_owned());
    files.iter().filter_map(|(path, text)| says(text).map(|word| format!("{path}: {word}"))).collect()
}

#[test]
fn fault_02_no_markup_or_code_is_made_from_text() {
    let banned = [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        "Function(",
        "DOMParser",
        "createContextualFragment",
        "setHTMLUnsafe",
        "parseHTMLUnsafe",
        "srcdoc",
        "setTimeout(\"",
        "javascript:",
        "execCommand",
    ];
    assert_eq!(saying(&scripts(), &banned), [] as [&str; 0]);
}

#[test]
fn fault_03_no_script_or_style_stands_in_the_page() {
    for (path, text) in files("www").iter().filter(|(path, _)| ends_in(path, "html")) {
        for line in text.lines().filter(|line| line.contains("<script")) {
            assert!(line.contains(" src="), "{path}: {line}");
        }
        assert!(!text.contains("<style") && !text.contains(" style=") && !text.contains(" onclick="), "{path}");
    }
}

#[test]
fn fault_20_nobody_listens_to_messages_but_the_worker() {
    let mut listening = saying(&scripts(), &["(\"message\""]);
    listening.sort();
    // embed.js is for the page around a frame, which it gives its height; the widget knows nothing of it.
    assert_eq!(listening, ["www/embed.js: (\"message\"", "www/sw.js: (\"message\""].map(String::from));
    assert!(!reached("widget.js").contains(&"embed.js".to_owned()));
    // Channels that a module makes for itself: nobody else can speak on them.
    for (path, text) in scripts() {
        for line in text.lines().filter(|line| line.contains("onmessage")) {
            assert!(line.contains("port1.onmessage = "), "{path}: {line}");
        }
    }
    assert_eq!(saying(&scripts(), &["location.search", "searchParams.get(\"catalog\")"]), [] as [&str; 0]);
}

#[test]
fn fault_24_only_the_page_has_a_worker() {
    let mut saying = saying(&scripts(), &["serviceWorker"]);
    saying.retain(|found| !found.starts_with("www/offline.js"));
    assert_eq!(saying, [] as [&str; 0]);
    let reached = reached("widget.js");
    assert!(reached.len() > 10 && !reached.contains(&"offline.js".to_owned()), "{reached:?}");
}

#[test]
fn fault_26_only_the_engine_fetches() {
    let words = [
        "fetch(",
        "XMLHttpRequest",
        "sendBeacon",
        "WebSocket",
        "EventSource",
        "WebTransport",
        "RTCPeerConnection",
        "new Image",
    ];
    // A module of our own may be loaded when it is needed; what it is called stands there.
    let own = |(path, text): (String, String)| (path, text.replace("import(\"./", "own(\"./"));
    let mut found = saying(&scripts().into_iter().map(own).collect::<Vec<_>>(), &words);
    found.retain(|one| !one.starts_with("www/request.js") && !one.starts_with("www/sw.js"));
    // A module of our own may be loaded late; else modules.js imports the glue that it starts, request.js what Node reads files with.
    for (path, text) in
        scripts().iter().filter(|(path, _)| !["www/modules.js", "www/request.js"].contains(&path.as_str()))
    {
        for import in text.split(" import(").skip(1) {
            assert!(import.starts_with("\"./"), "{path}: import({}", &import[..import.len().min(40)]);
        }
    }
    assert_eq!(found, [] as [&str; 0]);
}

#[test]
fn fault_19_only_choices_are_stored() {
    let mut found =
        saying(&scripts(), &["localStorage", "sessionStorage", "indexedDB", "document.cookie", "cookieStore"]);
    found.retain(|one| !one.starts_with("www/choices.js"));
    assert_eq!(found, [] as [&str; 0]);
}

#[test]
fn fault_29_lock_files_are_there_and_know_one_source() {
    let lock = fs::read_to_string(source().join("Cargo.lock")).unwrap();
    let sources: Vec<&str> = lock.lines().filter(|line| line.starts_with("source = ")).collect();
    assert!(
        !sources.is_empty() && sources.iter().all(|line| line.starts_with("source = \"registry+")),
        "no git, no folders"
    );
    for folder in ["tests/browser", "tests/bench", "tests/hosts", "tests/redact"] {
        let lock = fs::read_to_string(source().join(folder).join("package-lock.json")).unwrap();
        let lock: serde_json::Value = serde_json::from_str(&lock).unwrap();
        for (name, package) in lock["packages"].as_object().unwrap().iter().filter(|(name, _)| !name.is_empty()) {
            assert!(package["integrity"].as_str().is_some_and(|hash| hash.starts_with("sha512-")), "{folder}: {name}");
        }
        // A range would let another version in without a trace.
        let manifest = fs::read_to_string(source().join(folder).join("package.json")).unwrap();
        let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
        for kind in ["dependencies", "devDependencies"] {
            for (name, version) in manifest[kind].as_object().into_iter().flatten() {
                assert!(
                    version.as_str().is_some_and(|one| one.starts_with(|c: char| c.is_ascii_digit())),
                    "{folder}: {name} {version}"
                );
            }
        }
    }
}

/// The modules that a module loads, and those load, in turn.
fn reached(start: &str) -> Vec<String> {
    let mut found = vec![start.to_owned()];
    let mut next = 0;
    while let Some(name) = found.get(next).cloned() {
        next += 1;
        let text = fs::read_to_string(Path::new(&source()).join("www").join(&name)).unwrap();
        for part in text.split("\"./").skip(1) {
            let import = part.split('"').next().unwrap_or_default().to_owned();
            let is_module = Path::new(&import).extension().is_some_and(|end| end == "js");
            if is_module && source().join("www").join(&import).exists() && !found.contains(&import) {
                found.push(import);
            }
        }
    }
    found
}
