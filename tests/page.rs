//! Pages and what they compile to. Each folder of `tests/pages` holds pages and `expected.txt`: the entries as a reader
//! would see them, then the problems. After a change on purpose, write them anew with `BLESS=1 cargo test --test page`
//! and read the difference before you commit it.

#![cfg(not(target_arch = "wasm32"))]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use error_diagnoser::page::{Compiled, Page, compile};
use error_diagnoser::{Inline, Severity};
use proptest::prelude::*;

fn pages_of(folder: &Path) -> Vec<Page> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    paths.retain(|path| path.file_name().unwrap() != "expected.txt");
    paths.sort();
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_string();
    paths.iter().map(|path| Page { path: name(path), text: fs::read_to_string(path).unwrap() }).collect()
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages").join(name)
}

#[test]
fn pages_compile_to_what_is_expected() {
    let mut wrong = Vec::new();
    let mut folders: Vec<PathBuf> = fs::read_dir(folder("")).unwrap().map(|file| file.unwrap().path()).collect();
    folders.sort();
    assert!(folders.len() >= 6, "the fixtures are not there");
    for folder in folders {
        let found = shown(&compile(&pages_of(&folder)));
        let file = folder.join("expected.txt");
        if std::env::var_os("BLESS").is_some() {
            fs::write(&file, &found).unwrap();
        }
        let expected = fs::read_to_string(&file).unwrap_or_default();
        if found != expected {
            let first = found.lines().zip(expected.lines()).position(|(a, b)| a != b);
            let at = first.unwrap_or_else(|| found.lines().count().min(expected.lines().count()));
            wrong.push(format!(
                "{}:{}\n  expected: {}\n  found:    {}",
                file.display(),
                at + 1,
                expected.lines().nth(at).unwrap_or("(end)"),
                found.lines().nth(at).unwrap_or("(end)")
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Pages at the limits of what is read: a heading just short enough and one that just is not, a quotation that closes and
/// one that does not. Each file of `tests/page-limits` holds small pages, a name before each, and behind it what it
/// compiles to; a line `@ path` within a page begins another one. `BLESS=1` writes what follows `----` anew.
#[test]
fn small_pages_compile_to_what_is_expected() {
    let mut wrong = Vec::new();
    let mut count = 0;
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/page-limits");
    for file in fs::read_dir(files).unwrap().map(|file| file.unwrap().path()) {
        let text = fs::read_to_string(&file).unwrap();
        let mut blessed = String::new();
        for case in text.split("\n==== ").map(|case| case.trim_start_matches("==== ")) {
            let (name, rest) = case.split_once('\n').unwrap_or((case, ""));
            let (page, expected) = rest.split_once("\n----\n").unwrap_or((rest, ""));
            let found = shown(&compile(&limit_pages(page)));
            count += 1;
            if found.trim() != expected.trim() {
                let file = file.file_name().unwrap().display();
                wrong.push(format!("{file}, {name}\n  expected:\n{}\n  found:\n{}", expected.trim(), found.trim()));
            }
            write!(blessed, "==== {name}\n{}\n----\n{}\n\n", page.trim_end_matches('\n'), found.trim()).unwrap();
        }
        if std::env::var_os("BLESS").is_some() {
            fs::write(&file, blessed.trim_end().to_string() + "\n").unwrap();
        }
    }
    assert!(count > 80, "the pages are not there");
    assert!(wrong.is_empty() || std::env::var_os("BLESS").is_some(), "{}", wrong.join("\n\n"));
}

/// What stands between the name of a case and its result: one page, or several, each behind a line `@ path`.
fn limit_pages(text: &str) -> Vec<Page> {
    let page = |path: &str, text: &str| Page { path: path.into(), text: format!("{text}\n") };
    match text.strip_prefix("@ ") {
        None => vec![page("page.md", text)],
        Some(several) => several
            .split("\n@ ")
            .map(|one| one.split_once('\n').unwrap_or((one, "")))
            .map(|(path, text)| page(path, text))
            .collect(),
    }
}

#[test]
fn line_ends_and_byte_order_marks_change_nothing() {
    for name in ["own", "messy-sections", "messy-table", "label-headings", "mistakes"] {
        let pages = pages_of(&folder(name));
        let expected = compile(&pages);
        let windows = pages
            .iter()
            .map(|page| Page { path: page.path.clone(), text: format!("\u{feff}{}", page.text.replace('\n', "\r\n")) });
        let found = compile(&windows.collect::<Vec<_>>());
        assert_eq!(shown(&found), shown(&expected), "{name}");
    }
}

#[test]
fn pages_join_whatever_their_order() {
    let mut pages = pages_of(&folder("messy-sections"));
    let expected = shown(&compile(&pages));
    pages.reverse();
    assert_eq!(shown(&compile(&pages)), expected);
}

#[test]
fn a_page_alone_takes_the_language_of_its_labels() {
    let text =
        "# Kluis\n\n## Deur\n\n**Foutmelding**: De deur klemt hier\n\n**Oorzaak**: Vuil.\n\n**Oplossing**: Poets.\n";
    let compiled = compile(&[Page { path: "a.md".into(), text: text.into() }]);
    assert_eq!(compiled.pages[0].lang, "nl");
    let named = compile(&[Page { path: "help/sv.md".into(), text: text.into() }]);
    assert_eq!(named.pages[0].lang, "sv");
}

/// A page of many entries, long enough that anything quadratic is felt.
fn long_page(entries: usize) -> String {
    let mut text = String::from("---\ntitle: Long\n---\n\n# Long\n");
    for number in 0..entries {
        write!(
            text,
            "\n## Fault {number}\n\n**Error**: \"Fault {number} of {{part}} with XXX. {{\"a\": [\" This is prose, you see.\n\n\
             **Cause**: [It](x.md) is\n* so\n* or *so*\n\n**Unknown {number}**: x\n\n**Resolution**: There are two ways:\n* a\n* b\n\n\
             | Error | Solution |\n|---|---|\n| Row {number} {{a\\|b}} | c |\n"
        )
        .unwrap();
    }
    text
}

fn seconds(text: &str) -> Duration {
    let page = [Page { path: "long.md".into(), text: text.into() }];
    let begin = Instant::now();
    let compiled = compile(&page);
    assert!(compiled.catalog.entries.len() + compiled.problems.len() < usize::MAX);
    begin.elapsed()
}

#[test]
fn a_page_of_twenty_thousand_lines_takes_linear_time() {
    let (half, whole) = (long_page(650), long_page(1300));
    assert!(whole.lines().count() > 20_000);
    let compiled = compile(&[Page { path: "long.md".into(), text: whole.clone() }]);
    assert_eq!(compiled.catalog.entries.len(), 2600);
    // The best of several, because other work on the machine only ever adds; by turns, because it comes and goes.
    let turns = (0..4).map(|_| (seconds(&half), seconds(&whole)));
    let (half, whole) = turns.reduce(|best, next| (best.0.min(next.0), best.1.min(next.1))).unwrap();
    assert!(whole < half * 3 + Duration::from_millis(50), "{half:?} for half, {whole:?} for the whole");
}

/// `before 0 after`, `before 1 after`, … without the spaces.
fn numbered(before: &str, after: &str, count: usize) -> String {
    let numbers: Vec<String> = (0..count).map(|number| number.to_string()).collect();
    numbers.iter().flat_map(|number| [before, number, after]).collect()
}

#[test]
fn hostile_pages_take_linear_time() {
    let many = 100_000;
    let hostile = [
        ">".repeat(many),
        "- ".repeat(many / 10),
        "*a ".repeat(many),
        "**Error**: ".repeat(many / 10),
        "**Error**: x\n".repeat(many / 10),
        numbered("**Error**: x", "\n", many / 20),
        format!("**Error**: {}", "{".repeat(many)),
        format!("**Error**: {}", "{a|".repeat(many)),
        format!("**Error**: {}", "XXX ".repeat(many)),
        format!("**Error**: {}", "\"".repeat(many)),
        format!("**Error**: `/{}/`", "(?<a>".repeat(many)),
        format!("**Error**: [{}", "](".repeat(many / 10)),
        format!("---\n{}\n---\n# x", "a: [".repeat(2000)),
        format!("---\na: &a [x]\n{}---\n", "b: *a\n".repeat(2000)),
        format!("---\nproduct: x\n{}---\n", numbered("k", ": 1\n", many / 10)),
        format!("|Error|Solution|\n|-|-|\n{}", "|x|y|z|\n".repeat(many / 10)),
        "## Same\n\n**Error**: x y z\n\n".repeat(many / 40),
        format!("{}x", "<a name=\"x\"></a>".repeat(many / 10)),
        "<table>a".repeat(many / 10),
        "<table>a</table>b<dl>c</dl>".repeat(many / 20),
        "- <table>\n".repeat(many / 10),
        format!("<dl>{}", "<dt>a<dd><table>".repeat(many / 20)),
        "<!--a-->\n".repeat(many / 10),
        format!("## x {}", "{a}".repeat(many)),
    ];
    for text in hostile {
        let time = seconds(&text);
        assert!(time < Duration::from_secs(5), "{time:?} for {} bytes: {:.60}", text.len(), text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_text_compiles(text in "\\PC*|(\\PC|[\\r\\n\\t #*|>{}\"`:_<-]){0,300}") {
        holds(&text)?;
    }

    #[test]
    fn any_mixture_of_markdown_compiles(pieces in prop::collection::vec(0..PIECES.len(), 0..40)) {
        holds(&pieces.into_iter().map(|at| PIECES[at]).collect::<String>())?;
    }
}

const PIECES: &[&str] = &[
    "---\n",
    "product: x\n",
    "apps:\n  A: [b]\n",
    "title: é: x\n",
    "\n",
    "\n\n",
    "\r\n",
    "\u{feff}",
    "# H\n",
    "## A {#a}\n",
    "## B {b}\n",
    "### C\n",
    "### Cause\n",
    "## Resolution 2: x\n",
    "**Error**: ",
    "**Fout: er** is ",
    "**해결** 방법: ",
    "**Nix**: ",
    "Cause: ",
    "\"",
    "“",
    "{a}",
    "{a|b",
    "}",
    "`/(?<n>x)/`",
    "`",
    "* ",
    "1. ",
    "  ",
    "    ",
    "> ",
    "> [!NOTE]\n",
    "|Error|App|Fix|\n|-|-|-|\n",
    "|a|b|c|\n",
    "|a|",
    "<a name=\"q\"></a>",
    "<br>",
    "<b",
    "<x y>",
    "<table><tr><td>",
    "</td></tr></table>",
    "<dl><dt>",
    "</dt><dd>",
    "</dd></dl>",
    "<!--",
    "[l](m.md)",
    "[l](javascript:x)",
    "![i](j)",
    "XXX",
    "%s",
    "이 오류는 ",
    "words. More words here.",
    "```\n",
    "all apps",
    "*",
    "_",
    "\\",
    "&lt;",
    "\u{0}",
];

/// What holds for every page: no panic, problems in order at places that exist, nothing unsafe in the catalog.
fn holds(text: &str) -> Result<(), TestCaseError> {
    let compiled = compile(&[Page { path: "any.md".into(), text: text.into() }]);
    let lines = text.replace("\r\n", "\n").replace('\r', "\n").split('\n').count() as u32;
    for problem in &compiled.problems {
        prop_assert!((1..=lines).contains(&problem.line), "{problem} in {lines} lines");
        prop_assert!(problem.column >= 1);
    }
    for problem in compiled.catalog.validate() {
        let known = ["entry-without-message", "message-too-long", "too-many-messages"];
        prop_assert!(known.contains(&problem.code.as_str()), "{problem}");
    }
    Ok(())
}

/// A catalog and its problems as text to read.
fn shown(compiled: &Compiled) -> String {
    let mut text = String::new();
    for product in &compiled.catalog.products {
        writeln!(text, "product {} {:?}", product.id, product.titles).unwrap();
    }
    for app in &compiled.catalog.apps {
        writeln!(text, "app {} {:?}", app.name, app.aliases).unwrap();
    }
    for entry in &compiled.catalog.entries {
        writeln!(text, "\n{} {:?}", entry.id, entry.apps).unwrap();
        for message in &entry.messages {
            let kind = if message.regex { "regex" } else { "message" };
            writeln!(text, "  {kind} {}: {}", message.lang, message.text).unwrap();
        }
        for (lang, read) in &entry.texts {
            writeln!(text, "  {lang}: {}", read.title).unwrap();
            for situation in &read.situations {
                if let Some(when) = &situation.when {
                    writeln!(text, "    when {}", prose(when)).unwrap();
                }
                writeln!(text, "    cause {}", prose(&situation.cause)).unwrap();
                if !situation.intro.is_empty() {
                    writeln!(text, "    intro {}", prose(&situation.intro)).unwrap();
                }
                let mark = match (situation.ordered, situation.choice) {
                    (true, false) => "then",
                    (false, true) => "or",
                    _ => "do",
                };
                for step in &situation.steps {
                    writeln!(text, "      {mark} {}", prose(step)).unwrap();
                }
            }
        }
    }
    if !compiled.problems.is_empty() {
        text.push('\n');
    }
    for problem in &compiled.problems {
        writeln!(text, "{problem}").unwrap();
    }
    let errors = compiled.problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    writeln!(text, "\n{errors} errors, {} warnings", compiled.problems.len() - errors).unwrap();
    text
}

fn prose(inlines: &[Inline]) -> String {
    let mut text = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(words) => text.push_str(&words.replace('\n', "⏎")),
            Inline::Code(code) => write!(text, "`{}`", code.replace('\n', "⏎")).unwrap(),
            Inline::Strong(content) => write!(text, "**{}**", prose(content)).unwrap(),
            Inline::Link { href, content } => write!(text, "[{}]({href})", prose(content)).unwrap(),
            Inline::List { ordered, items } => {
                let items: Vec<String> = items.iter().map(|item| prose(item)).collect();
                write!(text, "<{}{}>", if *ordered { "1. " } else { "* " }, items.join(" | ")).unwrap();
            }
            Inline::Slot(name) => write!(text, "‹{name}›").unwrap(),
        }
    }
    text
}
