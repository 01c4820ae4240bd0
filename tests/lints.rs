//! Every lint: a page that triggers it, and one that just does not. Both are the pages below with an edit; what has no
//! page (a compiled catalog, a file) stands in the second half.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;

use error_diagnoser::check::{LINTS, check, lint};
use error_diagnoser::page::{Page, samples};
use error_diagnoser::{Catalog, Diagnoser, Entry, Inline, Message, Product, Situation, Text};

const EN: &str = "---\nproduct: shop\ntitle: Shop\nlanguage: en\nbase: https://shop.example/\ndate: 2025-02-02\n\
    apps: [Till, Web]\n---\n\n\
    ## Sold out {#sold-out}\n\n**Error**: Item {sku} is out of stock\n\n\
    **Cause**: All {sku} are sold, down to the last one in the shop.\n\n\
    **Resolution**: Order more of them from [the dealer](dealer.md).\n\n\
    ## No paper {#no-paper}\n\n**Error**: The printer has no paper\n\n**Applies to**: Till\n\n\
    **Cause**: The roll is used up.\n\n**Resolution**: Put in a new roll.\n";

const NL: &str = "---\nproduct: shop\ntitle: Winkel\nlanguage: nl\nbase: https://shop.example/\ndate: 2025-02-02\n---\n\n\
    ## Uitverkocht {#sold-out}\n\n**Fout**: Artikel {sku} is uitverkocht\n\n\
    **Oorzaak**: Alle {sku} zijn verkocht, tot de laatste in de winkel.\n\n**Oplossing**: Bestel er meer bij de groothandel.\n\n\
    ## Geen papier {#no-paper}\n\n**Fout**: De printer heeft geen papier\n\n**Geldt voor**: Till\n\n\
    **Oorzaak**: De rol is op.\n\n**Oplossing**: Zet er een nieuwe in.\n";

const SAMPLES: &str = "[[sample]]\nentry = \"shop/sold-out\"\ntext = \"Item 7 is out of stock\"\n\n\
    [[sample]]\nentry = \"shop/sold-out\"\nfinds = false\ntext = \"The plotter wants ink\"\n\n\
    [[sample]]\nentry = \"shop/no-paper\"\ntext = \"The printer has no paper\"\n\n\
    [[sample]]\nentry = \"shop/no-paper\"\nfinds = false\ntext = \"The plotter wants ink\"\n";

/// A foreign page, of which nothing is an error.
const FOREIGN: &str = "# Quay troubleshooting\n\n## Crane stuck\n\n**Error**: The crane is stuck at berth 9\n\n\
    **Cause**: Ice on the rail.\n\n**Resolution**: Melt the ice.\n";

/// The codes that are said of these files with edits: `(file, from, to)`, where the file is `en`, `nl`, `samples` or
/// `foreign`.
fn said(edits: &[(&str, &str, &str)]) -> BTreeSet<String> {
    let text = |file: &str, text: &str| {
        edits.iter().filter(|(of, ..)| *of == file).fold(text.to_string(), |text, (_, from, to)| {
            assert!(text.contains(from), "{file} has no \"{from}\"");
            text.replacen(from, to, 1)
        })
    };
    let page = |path: &str, text: String| Page { path: path.into(), text };
    let foreign = edits.iter().any(|(of, ..)| *of == "foreign");
    let pages = if foreign {
        vec![page("quay.md", text("foreign", FOREIGN))]
    } else {
        vec![page("en.md", text("en", EN)), page("nl.md", text("nl", NL))]
    };
    let (read, broken) = match samples("samples.toml", &text("samples", if foreign { "" } else { SAMPLES })) {
        Ok(read) => (read, Vec::new()),
        Err(broken) => (Vec::new(), broken),
    };
    let problems = check(&pages, &read).problems;
    for problem in &problems {
        assert!(problem.line > 0 && problem.column > 0, "{problem} has no place");
    }
    broken.into_iter().chain(problems).map(|problem| problem.code).collect()
}

type Edit = (&'static str, &'static str, &'static str);

/// Code, the edit that triggers it, an edit that just does not.
const CASES: &[(&str, &[Edit], &[Edit])] = &[
    (
        "apps-differ",
        &[("nl", "**Geldt voor**: Till", "**Geldt voor**: Web")],
        &[("nl", "**Geldt voor**: Till", "**Geldt voor**: till")],
    ),
    ("bad-apps", &[("en", "[Till, Web]", "[Till, [Web]]")], &[("en", "[Till, Web]", "{Till: [Kassa], Web: []}")]),
    (
        "bad-base",
        &[("en", "base: https://shop.example/", "base: http:shop")],
        &[("en", "base: https://shop.example/", "base: https://shop.example/a/b/")],
    ),
    ("bad-date", &[("en", "2025-02-02", "2025-13-02")], &[("en", "2025-02-02", "2025-12-31")]),
    ("bad-originals", &[("nl", "---\n\n", "originals: yes\n---\n\n")], &[("nl", "---\n\n", "originals:\n---\n\n")]),
    (
        "bad-translation",
        &[("nl", "---\n\n", "translation: automatic\n---\n\n")],
        &[("nl", "---\n\n", "translation: machine\n---\n\n")],
    ),
    (
        "stale-translation",
        &[("nl", "---\n\n", "originals:\n  sold-out: \"00000000\"\n---\n\n")],
        &[("nl", "---\n\n", "originals:\n  sold-out: \"8fcd8722\"\n---\n\n")],
    ),
    (
        "bad-front-matter",
        &[("en", "title: Shop", "title: Shop: the second")],
        &[("en", "title: Shop", "title: \"Shop: the second\"")],
    ),
    (
        "bad-id",
        &[("en", "{#sold-out}", "{#Sold_Out}"), ("nl", "{#sold-out}", "{#Sold_Out}")],
        &[("en", "{#sold-out}", "{#goods/sold-out}"), ("nl", "{#sold-out}", "{#goods/sold-out}")],
    ),
    (
        "bad-link",
        &[("en", "(dealer.md)", "(ftp://dealer.example/x)")],
        &[("en", "(dealer.md)", "(mailto:dealer@shop.example)")],
    ),
    ("bad-product", &[("en", "product: shop", "product: The Shop")], &[("en", "product: shop", "product: the-shop")]),
    (
        "bad-regex",
        &[("en", "The printer has no paper", "`/printer (no paper/`")],
        &[("en", "The printer has no paper", "`/printer has (no|little) paper/`")],
    ),
    ("bad-toml", &[("samples", "[[sample]]", "[[sample]")], &[("samples", "[[sample]]", "[[ sample ]]")]),
    (
        "chapter-left-out",
        &[("foreign", "## Crane stuck", "## Errors\n\nMany things break.\n\n### Crane stuck")],
        &[("foreign", "## Crane stuck", "## Errors\n\n### Crane stuck")],
    ),
    ("duplicate-id", &[("en", "{#no-paper}", "{#sold-out}")], &[("en", "{#no-paper}", "{#sold-outs}")]),
    (
        "entry-without-labels",
        &[("en", "## No paper", "## About\n\nThis shop.\n\n## No paper")],
        &[("en", "## No paper", "# About\n\nThis shop.\n\n## No paper")],
    ),
    (
        "entry-without-message",
        &[
            ("en", "**Error**: The printer has no paper\n\n", ""),
            ("nl", "**Fout**: De printer heeft geen papier\n\n", ""),
        ],
        &[("nl", "**Fout**: De printer heeft geen papier\n\n", "")],
    ),
    (
        "fires-on-ordinary-text",
        &[("en", "The printer has no paper", "The server returned an error")],
        &[("en", "The printer has no paper", "The server returned an error about paper")],
    ),
    (
        "html",
        &[("foreign", "Ice on the rail.", "Ice.\n\n<div>On the rail.</div>")],
        &[("foreign", "Ice on the rail.", "Ice.\n\n<div>\n</div>")],
    ),
    (
        "http-link",
        &[("en", "(dealer.md)", "(http://dealer.example/x)")],
        &[("en", "(dealer.md)", "(https://dealer.example/x)")],
    ),
    (
        "id-from-heading",
        &[("en", "## No paper {#no-paper}", "## No paper")],
        &[("en", "## No paper {#no-paper}", "## <a name=\"no-paper\"></a>No paper")],
    ),
    (
        "image",
        &[("foreign", "Melt the ice.", "Melt ![the ice](ice.png).")],
        &[("foreign", "Melt the ice.", "Melt [the ice](https://ice.example/i.png).")],
    ),
    (
        "include",
        &[("foreign", "## Crane", "[!INCLUDE [ice](ice.md)]\n\n## Crane")],
        &[("foreign", "## Crane", "We INCLUDE [ice](https://ice.example).\n\n## Crane")],
    ),
    (
        "label-outside-entry",
        &[("foreign", "## Crane stuck", "## Quay\n\n**Applies to**: Winter\n\n## Crane stuck")],
        &[("foreign", "## Crane stuck\n", "## Crane stuck\n\n**Applies to**: Winter\n")],
    ),
    (
        "message-from-heading",
        &[("foreign", "**Error**: The crane is stuck at berth 9\n\n", "")],
        &[("foreign", "**Error**: The crane", "**Symptom**: You see the error \"The crane is stuck\". It")],
    ),
    (
        "missing-translation",
        &[(
            "en",
            "## No paper",
            "## Night {#night}\n\n**Error**: The shop is closed at night\n\n**Cause**: x\n\n**Resolution**: y\n\n## No paper",
        )],
        &[("en", "title: Shop", "title: Shops")],
    ),
    (
        "near-miss-found",
        &[(
            "samples",
            "finds = false\ntext = \"The plotter wants ink\"",
            "finds = false\ntext = \"Item 8 is out of stock\"",
        )],
        &[("samples", "finds = false\ntext = \"The plotter wants ink\"", "finds = false\ntext = \"Item 8 is back\"")],
    ),
    (
        "no-cause",
        &[("en", "**Cause**: The roll is used up.\n\n", "")],
        &[("en", "**Cause**: The roll is used up.", "**Cause**: Used.")],
    ),
    (
        "no-near-miss",
        &[("samples", "entry = \"shop/no-paper\"\nfinds = false", "entry = \"shop/sold-out\"\nfinds = false")],
        &[(
            "samples",
            "entry = \"shop/no-paper\"\nfinds = false",
            "entry = \"shop/no-paper\"\nshow = true\nfinds = false",
        )],
    ),
    (
        "no-resolution",
        &[("en", "\n\n**Resolution**: Put in a new roll.", "")],
        &[("en", "Put in a new roll.", "Wait.")],
    ),
    (
        "no-sample",
        &[(
            "samples",
            "entry = \"shop/no-paper\"\ntext = \"The printer has no paper\"",
            "entry = \"shop/sold-out\"\ntext = \"Item 9 is out of stock\"",
        )],
        &[("samples", "The printer has no paper", "the printer has NO paper!")],
    ),
    ("older-translation", &[("nl", "2025-02-02", "2025-02-01")], &[("nl", "2025-02-02", "2025-02-03")]),
    ("placeholder", &[("foreign", "berth 9", "berth XXX")], &[("foreign", "berth 9", "berth {berth}")]),
    (
        "row-too-long",
        &[(
            "en",
            "## No paper",
            "| Error | Cause | Resolution |\n|-|-|-|\n| The lamp is out now | a | b | c |\n\n## No paper",
        )],
        &[(
            "en",
            "## No paper",
            "| Error | Cause | Resolution |\n|-|-|-|\n| The lamp is out now | a | b \\| c |\n\n## No paper",
        )],
    ),
    (
        "row-without-message",
        &[("en", "## No paper", "| Error | Cause | Resolution |\n|-|-|-|\n| | a | b |\n\n## No paper")],
        &[(
            "en",
            "## No paper",
            "| Error | Cause | Resolution |\n|-|-|-|\n| The lamp is out now | | b |\n\n## No paper",
        )],
    ),
    (
        "same-message",
        &[("en", "The printer has no paper", "item {x} is OUT of stock!")],
        &[("en", "The printer has no paper", "item {x} is OUT of stock again")],
    ),
    (
        "sample-not-found",
        &[("samples", "\"The printer has no paper\"", "\"Nothing of the kind\"")],
        &[("samples", "\"The printer has no paper\"", "\"11:02 The printer has no paper (tray 2)\"")],
    ),
    (
        "sample-stolen",
        &[("samples", "\"The printer has no paper\"", "\"Item 3 is out of stock\"")],
        &[("samples", "\"The printer has no paper\"", "\"The printer has no paper, but it has ink\"")],
    ),
    (
        "sample-without-entry",
        &[("samples", "entry = \"shop/no-paper\"\n", "")],
        &[("samples", "entry = \"shop/no-paper\"\n", "entry = 'shop/no-paper'\n")],
    ),
    (
        "sample-without-text",
        &[("samples", "text = \"The printer has no paper\"", "text = \" \"")],
        &[("samples", "text = \"The printer has no paper\"", "text = '''The printer has no paper'''")],
    ),
    (
        "section-left-out",
        &[("foreign", "## Crane", "## History\n\nThe quay is old.\n\n## Crane")],
        &[("foreign", "## Crane", "## See also\n\nThe quay is old.\n\n## Crane")],
    ),
    (
        "situation-without-when",
        &[(
            "en",
            "Put in a new roll.",
            "Put in a new roll.\n\n**Cause**: The lid is open.\n\n**Resolution**: Close it.",
        )],
        &[(
            "en",
            "**Cause**: The roll is used up.\n\n**Resolution**: Put in a new roll.",
            "### The tray is empty\n\n**Cause**: The roll is used up.\n\n**Resolution**: Put in a new roll.\n\n### The lid is open\n\n**Cause**: Wind.\n\n**Resolution**: Close it.",
        )],
    ),
    (
        "slot-changed",
        &[("nl", "Artikel {sku}", "Artikel {artikel}")],
        &[("nl", "Artikel {sku} is", "{sku}, ons artikel, is")],
    ),
    (
        "slot-lost",
        &[("nl", "Alle {sku} zijn", "Alle zijn")],
        &[("nl", "Alle {sku} zijn", "Er zijn geen {sku} meer: alle zijn")],
    ),
    (
        "too-general",
        &[("en", "The printer has no paper", "Failed: {x}")],
        &[("en", "The printer has no paper", "Failed print: {x}")],
    ),
    (
        "too-many-alternatives",
        &[("en", "The printer has no paper", "The printer has {a|b|c|d|e} {a|b|c|d|e} {a|b|c|d|e} paper")],
        &[("en", "The printer has no paper", "The printer has {a|b|c} {a|b|c} {a|b|c} paper")],
    ),
    (
        "unclosed-slot",
        &[("en", "The printer has no paper", "The printer {printer has no paper")],
        &[("en", "The printer has no paper", "The printer {\"tray\": 1 has no paper")],
    ),
    (
        "unknown-app",
        &[("en", "**Applies to**: Till", "**Applies to**: Tills")],
        &[("en", "**Applies to**: Till", "**Applies to**: TILL")],
    ),
    (
        "unknown-column",
        &[(
            "foreign",
            "## Crane",
            "| Error | Cause | Colour |\n|-|-|-|\n| The lamp is out now | dark | red |\n\n## Crane",
        )],
        &[(
            "foreign",
            "## Crane",
            "| Error | Cause | Fix |\n|-|-|-|\n| The lamp is out now | dark | red |\n\n## Crane",
        )],
    ),
    (
        "unknown-entry",
        &[("samples", "\"shop/no-paper\"", "\"shop/no-papre\"")],
        &[("samples", "\"shop/no-paper\"", "\"shop/no-paper\" ")],
    ),
    ("unknown-field", &[("en", "title: Shop", "titel: Shop")], &[("en", "title: Shop", "title: Shop # its name")]),
    (
        "unknown-heading",
        &[("foreign", "Melt the ice.", "Melt the ice.\n\n### A word on salt\n\nIt helps.")],
        &[("foreign", "Melt the ice.", "Melt the ice.\n\n### Workaround\n\nSalt helps.")],
    ),
    (
        "unknown-label",
        &[("foreign", "**Cause**: Ice", "**Weather**: Ice")],
        &[("foreign", "**Cause**: Ice", "**Reason**: Ice")],
    ),
    (
        "unknown-slot",
        &[("en", "The roll is used up.", "The roll {roll} is used up.")],
        &[("en", "The roll is used up.", "The roll `{roll}` is used up.")],
    ),
    ("unresolved-link", &[("en", "base: https://shop.example/\n", "")], &[("en", "(dealer.md)", "(../dealer.md)")]),
    (
        "untranslated",
        &[
            (
                "nl",
                "Alle {sku} zijn verkocht, tot de laatste in de winkel.",
                "All {sku} are sold, down to the last one in the shop.",
            ),
            ("nl", "Bestel er meer bij de groothandel.", "Order more of them from the dealer."),
        ],
        &[("nl", "Bestel er meer bij de groothandel.", "Order more of them from the dealer.")],
    ),
    (
        "wrong-type",
        &[("samples", "text = \"The printer has no paper\"", "text = 7")],
        &[("samples", "text = \"The printer has no paper\"", "text = \"7 The printer has no paper\"")],
    ),
];

#[test]
fn the_pages_without_edits_are_clean() {
    assert_eq!(said(&[]), BTreeSet::new());
    assert_eq!(said(&[("foreign", "Ice", "Ice")]), BTreeSet::new());
}

#[test]
fn each_lint_is_said_when_it_should_and_not_just_before() {
    let mut wrong = Vec::new();
    for (code, triggers, almost) in CASES {
        if !said(triggers).contains(*code) {
            wrong.push(format!("{code} is not said; said are {:?}", said(triggers)));
        }
        if said(almost).contains(*code) {
            wrong.push(format!("{code} is said where it should not be"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_unlabelled_page_that_takes_a_structure_says_so() {
    let page = |path: &str, text: &str| Page { path: path.into(), text: text.into() };
    let english = "# <a name=\"quay\"></a>Quay\n\n## <a name=\"a\"></a>A\n\n**Error**: The crane is stuck here\n\n\
                   **Cause**: Ice.\n\n**Resolution**: Salt.\n";
    let codes = |french: &str| -> BTreeSet<String> {
        let pages = [page("en.md", english), page("fr.md", french)];
        check(&pages, &[]).problems.into_iter().map(|problem| problem.code).collect()
    };
    let french = "# <a name=\"quay\"></a>Quai\n\n## <a name=\"a\"></a>A\n\nLa grue est bloquée ici\n\nGlace.\n\nSel.\n";
    assert!(codes(french).contains("structure-taken"));
    assert!(!codes(&french.replace("\n\nSel.", "")).contains("structure-taken"));
}

/// What a catalog without pages says.
fn of_catalog(change: impl FnOnce(&mut Catalog)) -> BTreeSet<String> {
    let texts = [("en".to_string(), Text { title: "Sold out".into(), ..Text::default() })].into();
    let entry = Entry {
        id: "shop/a".into(),
        product: "shop".into(),
        messages: vec![Message::text("en", "Item {sku} is out of stock")],
        texts,
        ..Entry::default()
    };
    let product = Product { id: "shop".into(), ..Product::default() };
    let mut catalog = Catalog { products: vec![product], entries: vec![entry], ..Catalog::default() };
    change(&mut catalog);
    match Diagnoser::new(catalog) {
        Ok(_) => BTreeSet::new(),
        Err(problems) => problems.into_iter().map(|problem| problem.code).collect(),
    }
}

#[test]
fn compiled_catalogs_are_held_to_their_limits() {
    assert_eq!(of_catalog(|_| ()), BTreeSet::new());
    let deep = |depth: usize| {
        let mut inline = vec![Inline::Text("x".into())];
        for _ in 0..depth {
            inline = vec![Inline::Strong(inline)];
        }
        Text { situations: vec![Situation { cause: inline, ..Situation::default() }], ..Text::default() }
    };
    let many = |catalog: &mut Catalog, count: usize| {
        let entry = catalog.entries[0].clone();
        catalog.entries = (0..count).map(|number| Entry { id: format!("shop/{number}"), ..entry.clone() }).collect();
    };
    let codes = |change: Box<dyn FnOnce(&mut Catalog)>| of_catalog(change);
    let message = |letters: usize| Message::text("en", &"x".repeat(letters));
    for (code, triggers, almost) in [
        (
            "duplicate-product",
            codes(Box::new(|catalog| catalog.products.push(catalog.products[0].clone()))),
            codes(Box::new(|catalog| catalog.products.push(Product { id: "till".into(), ..Product::default() }))),
        ),
        (
            "entry-without-text",
            codes(Box::new(|catalog| catalog.entries[0].texts.clear())),
            codes(Box::new(|catalog| catalog.entries[0].texts.values_mut().for_each(|text| text.title.clear()))),
        ),
        (
            "message-too-long",
            codes(Box::new(move |catalog| catalog.entries[0].messages = vec![message(4097)])),
            codes(Box::new(move |catalog| catalog.entries[0].messages = vec![message(4096)])),
        ),
        (
            "newer-format",
            codes(Box::new(|catalog| catalog.format += 1)),
            codes(Box::new(|catalog| catalog.format += 0)),
        ),
        (
            "too-deep",
            codes(Box::new(move |catalog| {
                catalog.entries[0].texts.insert("en".into(), deep(33));
            })),
            codes(Box::new(move |catalog| {
                catalog.entries[0].texts.insert("en".into(), deep(31));
            })),
        ),
        (
            "too-many-messages",
            codes(Box::new(|catalog| catalog.entries[0].messages = vec![catalog.entries[0].messages[0].clone(); 21])),
            codes(Box::new(|catalog| catalog.entries[0].messages = vec![catalog.entries[0].messages[0].clone(); 20])),
        ),
        (
            "unknown-product",
            codes(Box::new(|catalog| catalog.products[0].id = "shops".into())),
            codes(Box::new(|catalog| catalog.products[0].titles.clear())),
        ),
    ] {
        assert!(triggers.contains(code), "{code} is not said: {triggers:?}");
        assert!(!almost.contains(code), "{code} is said where it should not be");
    }
    let mut catalog = Catalog::default();
    catalog.entries.push(Entry { id: "shop/a".into(), ..Entry::default() });
    many(&mut catalog, 100_001);
    let said = |catalog: &Catalog| catalog.validate().iter().any(|problem| problem.code == "too-many-entries");
    assert!(said(&catalog));
    catalog.entries.pop();
    assert!(!said(&catalog));
}

/// Lints of files that cannot be read as what they are; `tests/cli.rs` runs the command on such files.
const OF_FILES: &[&str] = &["bad-catalog", "bad-entry", "file-too-large", "not-utf-8"];
const ELSEWHERE: &[&str] = &[
    "duplicate-product",
    "entry-without-text",
    "message-too-long",
    "newer-format",
    "structure-taken",
    "too-deep",
    "too-many-entries",
    "too-many-messages",
    "unknown-product",
];

#[test]
fn every_lint_is_tested_and_explained() {
    let tested: BTreeSet<&str> =
        CASES.iter().map(|(code, ..)| *code).chain(OF_FILES.iter().copied()).chain(ELSEWHERE.iter().copied()).collect();
    let known: BTreeSet<&str> = LINTS.iter().map(|lint| lint.code).collect();
    assert_eq!(tested, known);
    assert!(LINTS.is_sorted_by_key(|lint| lint.code));
    let guide = include_str!("../catalog/README-lints.md");
    let sections: Vec<&str> = guide.split("\n## ").skip(1).collect();
    let explained: Vec<&str> = sections.iter().map(|section| section.lines().next().unwrap_or_default()).collect();
    assert_eq!(explained, LINTS.iter().map(|lint| lint.code).collect::<Vec<_>>());
    for section in sections {
        for part in ["**What**:", "**Why**:", "**Example**:", "**Instead**:"] {
            assert!(section.contains(part), "{section} has no {part}");
        }
        let code = section.lines().next().unwrap_or_default();
        assert!(section.contains(lint(code).unwrap().summary), "{code}: the guide and the table say different things");
    }
}

#[test]
fn every_code_in_the_sources_is_a_lint() {
    let mut unknown = BTreeSet::new();
    let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![source.join("page"), source.join("check"), source.join("catalog")];
    let mut files = vec![source.join("messages.rs"), source.join("check.rs"), source.join("cli/source.rs")];
    while let Some(folder) = folders.pop() {
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for call in ["Problem::error(", "notes.error(", "notes.warning(", "notes.fault("] {
            for (at, _) in text.match_indices(call) {
                let arguments = &text[at + call.len()..];
                let Some(code) = arguments.split('"').nth(1) else { continue };
                let first = arguments.split(',').take(2).any(|argument| argument.contains(&format!("\"{code}\"")));
                let is_code = code.contains('-') && code.chars().all(|c| c.is_ascii_lowercase() || c == '-');
                if first && is_code && lint(code).is_none() {
                    unknown.insert(code.to_string());
                }
            }
        }
    }
    assert!(unknown.is_empty(), "not in LINTS: {unknown:?}");
}
