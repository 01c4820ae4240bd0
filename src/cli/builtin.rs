//! The project's own catalog, carried inside the command so that it works without any file beside it.

/// Its files: the path from the repository's root, and the text.
pub const FILES: &[(&str, &str)] = &[
    ("catalog/cas/en.md", include_str!("../../catalog/cas/en.md")),
    ("catalog/cas/ko.md", include_str!("../../catalog/cas/ko.md")),
    ("catalog/cas/nl.md", include_str!("../../catalog/cas/nl.md")),
    ("catalog/cas/samples.toml", include_str!("../../catalog/cas/samples.toml")),
    ("catalog/cas/sv.md", include_str!("../../catalog/cas/sv.md")),
    ("catalog/itsmc/en.md", include_str!("../../catalog/itsmc/en.md")),
    ("catalog/itsmc/ko.md", include_str!("../../catalog/itsmc/ko.md")),
    ("catalog/itsmc/nl.md", include_str!("../../catalog/itsmc/nl.md")),
    ("catalog/itsmc/samples.toml", include_str!("../../catalog/itsmc/samples.toml")),
    ("catalog/itsmc/sv.md", include_str!("../../catalog/itsmc/sv.md")),
];

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::FILES;
    use crate::cli::source;

    #[test]
    fn lists_every_file_of_the_folder() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("catalog");
        let mut on_disk: Vec<String> = source::catalog_files(&folder)
            .expect("the folder can be read")
            .iter()
            .map(|path| {
                let inside = path.strip_prefix(&folder).expect("it is inside the folder");
                format!("catalog/{}", source::slashed(inside))
            })
            .collect();
        on_disk.sort();
        let listed: Vec<&str> = FILES.iter().map(|(path, _)| *path).collect();
        assert_eq!(listed, on_disk, "add the page to src/cli/builtin.rs, or remove it there");
    }
}
