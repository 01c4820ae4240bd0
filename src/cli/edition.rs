//! Which catalog a page shows: its version and date, written where the page's script looks for them.

use error_diagnoser::Catalog;

use super::Stop;
use super::site::Files;

/// The schema of `catalog.json`, published beside it for who makes catalogs; the page does not load it.
pub const SCHEMA: &str = "catalog.schema.json";

const PAGE: &str = "index.html";
/// What stands in the page for it; the script fills in the words.
const PLACE: &str = "data-version=\"\" data-date=\"\"";

/// Writes a catalog's version and date into the page.
pub fn write(files: &mut Files, catalog: &Catalog) -> Result<(), Stop> {
    let page = files.get(PAGE).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
    if page.matches(PLACE).count() != 1 {
        return Err(Stop::failed(format!("www/{PAGE} must say `{PLACE}` once; restore it from the repository")));
    }
    let plain = |text: &str| -> String {
        text.chars().filter(|c| !c.is_control()).map(|c| if "\"&<>".contains(c) { '-' } else { c }).collect()
    };
    let (version, date) = (plain(&catalog.version), plain(&catalog.date));
    let page = page.replace(PLACE, &format!("data-version=\"{version}\" data-date=\"{date}\""));
    files.insert(PAGE.into(), page.into_bytes());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_carries_version_and_date_and_no_markup_of_theirs() {
        let mut files: Files = [(PAGE.to_owned(), format!("<p {PLACE} hidden></p>").into_bytes())].into();
        let catalog = Catalog { version: "1\"><b>".into(), date: "2025-03-31".into(), ..Catalog::default() };
        assert!(write(&mut files, &catalog).is_ok());
        assert_eq!(
            String::from_utf8_lossy(&files[PAGE]),
            "<p data-version=\"1---b-\" data-date=\"2025-03-31\" hidden></p>"
        );
        assert!(write(&mut files, &catalog).is_err(), "there is no place for it any more");
    }
}
