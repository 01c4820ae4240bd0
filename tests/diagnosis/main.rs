//! What a diagnosis says, on a catalog so small that every answer can be foreseen: what a reader would notice if it were
//! otherwise.

#![cfg(not(target_arch = "wasm32"))]

mod apps;
mod shown;

use error_diagnoser::catalog::App;
use error_diagnoser::{Catalog, Diagnoser, Entry, Inline, Message, Options, Product, Report, Situation, Text};

/// Two products; three apps that print the same refusal; a message in two languages; one that is a bare word.
fn diagnoser() -> Diagnoser {
    let entry = |id: &str, apps: &[&str], messages: &[&str], title: &str, cause: &str| Entry {
        id: id.into(),
        product: id.split('/').next().unwrap_or_default().into(),
        apps: apps.iter().map(|app| (*app).into()).collect(),
        messages: messages.iter().map(|text| Message::text("en", text)).collect(),
        texts: [("en".into(), text(title, cause))].into(),
    };
    let refused = "Server returned: 401 Unauthorized";
    let lent = "The volume {volume} is on loan to another reader until {day}";
    let mut entries = vec![
        entry("shelf/amber", &["Amber"], &["Amber has no key", refused], "Refused by Amber", "The key expired."),
        entry("shelf/birch", &["Birch"], &["Birch has no key", refused], "Refused by Birch", "The token is void."),
        entry("shelf/cedar", &["Cedar"], &["Cedar has no key", refused], "Refused by Cedar", "Nobody signed in."),
        entry("shelf/lent", &[], &[lent], "On loan", "Somebody else took the volume home."),
        entry("shelf/dust", &["Amber"], &["LibraryDustException"], "Dust", "The shelf was not wiped."),
        entry("shelf/moths", &["Amber"], &["Moths were seen near the {kind} shelf"], "Moths in wool", "Wool."),
        entry("shelf/worms", &["Amber"], &["Moths were seen near the {kind} shelf"], "Moths in paper", "Paper."),
        entry("desk/lamp", &[], &["The reading lamp {lamp} gave no light"], "Dark lamp", "The bulb burned out."),
        entry("desk/chair", &[], &["Moths were seen near the {kind} shelf"], "Moths at a desk", "An open window."),
    ];
    entries[3].messages.push(Message::text("nl", "Het deel {volume} is uitgeleend aan een andere lezer tot {day}"));
    entries[3].texts.insert("nl".into(), text("Uitgeleend", "Iemand anders nam het deel mee naar huis."));
    let app = |name: &str, aliases: &[&str]| App {
        name: name.into(),
        aliases: aliases.iter().map(|alias| (*alias).into()).collect(),
    };
    let product = |id: &str, titles: &[(&str, &str)]| Product {
        id: id.into(),
        titles: titles.iter().map(|(lang, title)| ((*lang).into(), (*title).into())).collect(),
    };
    Diagnoser::new(Catalog {
        products: vec![product("shelf", &[("en", "Shelf"), ("nl", "Boekenplank")]), product("desk", &[])],
        apps: vec![app("Amber", &["amber.example"]), app("Birch", &[]), app("Cedar", &[]), app("Dogwood", &[])],
        entries,
        ..Catalog::default()
    })
    .unwrap()
}

fn text(title: &str, cause: &str) -> Text {
    let situation = Situation { cause: vec![Inline::Text(cause.into())], ..Situation::default() };
    Text { title: title.into(), situations: vec![situation], ..Text::default() }
}

fn asking(change: impl FnOnce(&mut Options)) -> Options {
    let mut options = Options::default();
    change(&mut options);
    options
}

/// The entries answered, each with the others that it could be, as `a|b`.
fn entries(report: &Report) -> Vec<String> {
    let joined = |entry: &String, others: &[String]| {
        let ids = std::iter::once(entry).chain(others).map(|id| id.split('/').next_back().unwrap_or_default());
        ids.collect::<Vec<_>>().join("|")
    };
    report.diagnoses.iter().map(|found| joined(&found.entry, &found.alternatives)).collect()
}
