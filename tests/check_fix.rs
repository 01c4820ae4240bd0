//! What `check` writes by itself, and what it counts: fixes, what came of each page, cross-fire.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use error_diagnoser::check::{check, fix};
use error_diagnoser::page::{Page, samples};

const PAGE: &str = "---\nproduct: quay\ntitle: Quay\nlanguage: en\n---\n\n\
    ## Crane stuck\n\n**Error**: The crane at berth {berth} is {stuck|frozen}\n\n\
    **Cause**: Ice, see [winter](winter.md) or [ice](http://ice.example/x).\n\n**Resolution**: Melt it.\n";

fn page(text: &str) -> Vec<Page> {
    vec![Page { path: "quay/en.md".into(), text: text.into() }]
}

#[test]
fn what_is_mechanical_is_written_once() {
    let fixed = fix(&page(PAGE), &[], &BTreeMap::new(), Some("https://quay.example/help/"));
    let text = &fixed.files["quay/en.md"];
    assert!(text.contains("## Crane stuck {#crane-stuck}\n"), "{text}");
    assert!(text.contains("(https://ice.example/x)"), "{text}");
    assert!(text.contains("---\nbase: https://quay.example/help/\nproduct: quay\n"), "{text}");
    let written = &fixed.files["quay/samples.toml"];
    let drafted = samples("quay/samples.toml", written).unwrap();
    assert_eq!(drafted[0].text, "The crane at berth berth-1 is stuck");
    assert_eq!(fixed.done.len(), 4, "{:?}", fixed.done);

    // The draft finds its entry, nothing but the near miss is missing, and a second time there is nothing to do.
    let codes: Vec<String> = check(&page(text), &drafted).problems.into_iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["no-near-miss"]);
    let files = BTreeMap::from([("quay/samples.toml".to_string(), written.clone())]);
    assert_eq!(fix(&page(text), &drafted, &files, None).files, BTreeMap::new());
}

#[test]
fn drafts_are_put_behind_what_the_author_wrote() {
    let author = "# mine\n[[sample]]\nentry = \"quay/other\"\ntext = \"x\"";
    let files = BTreeMap::from([("quay/samples.toml".to_string(), author.to_string())]);
    let fixed = fix(&page(PAGE), &[], &files, None);
    assert!(fixed.files["quay/samples.toml"].starts_with(&format!("{author}\n\n[[sample]]\n")));
    assert!(!fixed.files["quay/en.md"].contains("base:"));
}

#[test]
fn a_foreign_page_says_what_came_of_it() {
    let text = "# Quay errors\n\n## Crane\n\nYou get the error `The crane is stuck`.\n\n## Weather\n\nIt rains.\n";
    let pages = check(&page(text), &[]).pages;
    assert_eq!((pages[0].entries, pages[0].messages, pages[0].own), (1, 1, false));
    let left: Vec<(u32, &str)> = pages[0].left_out.iter().map(|left| (left.line, left.code.as_str())).collect();
    assert_eq!(left, [(7, "section-left-out")]);
}

#[test]
fn samples_that_find_another_entry_are_counted() {
    let other = PAGE
        .replace("## Crane stuck", "## Crane lost")
        .replace("The crane at berth {berth} is {stuck|frozen}", "The harbour master lost sight of crane {crane}");
    let text = format!("{PAGE}\n{}", other.split("---\n\n").nth(1).unwrap());
    let both = "The crane at berth 4 is stuck. The harbour master lost sight of crane 4";
    let sample = format!("[[sample]]\nentry = \"quay/crane-stuck\"\ntext = \"{both}\"\n");
    let shots = check(&page(&text), &samples("samples.toml", &sample).unwrap()).crossfire;
    let seen: Vec<(&str, &str, usize)> =
        shots.iter().map(|shot| (shot.sample_of.as_str(), shot.finds.as_str(), shot.count)).collect();
    assert_eq!(seen, [("quay/crane-stuck", "quay/crane-lost", 1), ("quay/crane-stuck", "quay/crane-stuck", 1)]);
}

fn command(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_error-diagnoser")).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn the_command_fixes_explains_and_draws() {
    let folder: PathBuf = std::env::temp_dir().join(format!("error-diagnoser-fix-{}", std::process::id()));
    fs::create_dir_all(folder.join("quay")).unwrap();
    fs::write(folder.join("quay/en.md"), PAGE).unwrap();
    let path = folder.to_str().unwrap();
    let (status, _, said) = command(&["check", "--fix", "--base", "https://quay.example/", path]);
    assert_eq!((status, said.matches("fixed: ").count()), (0, 4), "{said}");
    let heat = folder.join("heat.html");
    let (status, out, _) = command(&["check", "--crossfire", "--html", heat.to_str().unwrap(), path]);
    assert_eq!(status, 0, "{out}");
    assert!(out.contains("cross-fire: no sample finds another entry"), "{out}");
    assert!(fs::read_to_string(&heat).unwrap().contains("<td class=\"own\""));
    let (_, out, _) = command(&["check", "--show", "snippets", path]);
    assert!(out.contains("warning[no-near-miss]") && out.contains("8 | ## Crane stuck {#crane-stuck}"), "{out}");
    fs::remove_dir_all(&folder).unwrap();

    let (status, out, _) = command(&["check", "--explain", "bad-id"]);
    assert!(status == 0 && out.starts_with("bad-id\n") && out.contains("**Instead**"), "{out}");
    assert_eq!(command(&["check", "--explain", "nothing"]).0, 2);
    assert_eq!(command(&["check", "--fix"]).0, 2);
}

#[test]
fn files_that_cannot_be_read_as_what_they_are_are_named() {
    let folder: PathBuf = std::env::temp_dir().join(format!("error-diagnoser-files-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let said = |name: &str, bytes: &[u8], code: &str| {
        let path = folder.join(name);
        fs::write(&path, bytes).unwrap();
        command(&["check", path.to_str().unwrap()]).1.contains(&format!("[{code}]"))
    };
    assert!(said("a.json", b"{\"format\":1", "bad-catalog") && !said("a.json", b"{\"format\":1}", "bad-catalog"));
    assert!(said("a.md", b"# Caf\xe9\n", "not-utf-8") && !said("a.md", "# Café\n".as_bytes(), "not-utf-8"));
    let entry = |messages: &str| {
        format!(
            "{{\"format\":1,\"entries\":[{{\"id\":\"a/b\",\"product\":\"a\",\"messages\":{messages},\"texts\":{{}}}}]}}"
        )
    };
    assert!(said("c.json", entry("7").as_bytes(), "bad-entry") && !said("c.json", entry("[]").as_bytes(), "bad-entry"));
    let large = vec![b'\n'; 16 * 1024 * 1024 + 1];
    assert!(said("b.md", &large, "file-too-large") && !said("b.md", &large[1..], "file-too-large"));
    fs::remove_dir_all(&folder).unwrap();
}
