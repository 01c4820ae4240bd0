//! Modules joined into one script, without a bundler, because ours keep to a few plain forms: each becomes a function that
//! is called once and gives what the module exports. Any other form is refused.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::Stop;
use super::site::Files;

/// How a module begins that is loaded when it is needed: `const load = () => import("./other.js");`
const LAZY: &str = "() => import(\"./";

/// Modules that are being joined.
pub struct Join<'f> {
    files: &'f Files,
    /// What stands for `import.meta.url`.
    pub address: &'f str,
    /// Modules that stay files of their own, and are imported.
    pub apart: &'f [&'f str],
    /// Whether what is loaded when it is needed is joined as well.
    pub whole: bool,
    /// Where not all of that is: what of it is needed so soon that it is.
    pub soon: &'f [&'f str],
    /// The modules so far, those that others need first.
    pub script: String,
    /// Those of `apart` that are needed.
    pub imported: BTreeSet<String>,
    above: Vec<String>,
    done: BTreeSet<String>,
}

impl<'f> Join<'f> {
    /// Nothing joined yet.
    pub fn of(files: &'f Files) -> Self {
        Self {
            files,
            address: "import.meta.url",
            apart: &[],
            whole: false,
            soon: &[],
            script: String::new(),
            imported: BTreeSet::new(),
            above: Vec::new(),
            done: BTreeSet::new(),
        }
    }

    /// Adds a module after everything that it imports.
    pub fn add(&mut self, path: &str) -> Result<(), Stop> {
        if self.apart.contains(&path) {
            self.imported.insert(path.to_owned());
            return Ok(());
        }
        if self.above.iter().any(|one| one == path) {
            let by_way_of = self.above.join(", ");
            return Err(Stop::failed(format!("www/{path} imports itself by way of {by_way_of}; untie them")));
        }
        if self.done.contains(path) {
            return Ok(());
        }
        self.above.push(path.to_owned());
        let (body, exports) = self.module(path)?;
        self.above.pop();
        self.done.insert(path.to_owned());
        let _ = writeln!(self.script, "const {} = (() => {{\n{body}return {{ {exports} }};\n}})();", variable(path));
        Ok(())
    }

    /// A module's body without its imports and exports, and what it exports as the inside of an object. What it imports is
    /// added before.
    pub fn module(&mut self, path: &str) -> Result<(String, String), Stop> {
        let source = text(self.files, path)?;
        let refused = |line: &str| Stop::failed(format!("www/{path}: modules cannot be joined with `{line}`"));
        let mut body = String::new();
        let mut exports: Vec<String> = Vec::new();
        let plain = without_comments(&source);
        for line in plain.lines() {
            if let Some(import) = line.strip_prefix("import ") {
                let (names, from) = match import.split_once(" from ") {
                    Some((names, from)) => (Some(names), from),
                    None => (None, import),
                };
                let from =
                    from.trim_end_matches(';').trim_matches('"').strip_prefix("./").ok_or_else(|| refused(line))?;
                if let Some(names) = names {
                    let inner = names.strip_prefix("{ ").and_then(|names| names.strip_suffix(" }"));
                    let inner = inner.ok_or_else(|| refused(line))?.replace(" as ", ": ");
                    let _ = writeln!(body, "const {{ {inner} }} = {};", variable(from));
                }
                self.add(from)?;
            } else if let Some(names) = line.strip_prefix("export {") {
                let names = names.trim_end_matches(';').strip_suffix('}').ok_or_else(|| refused(line))?;
                exports.extend(names.split(',').map(|name| match name.trim().split_once(" as ") {
                    Some((own, given)) => format!("{given}: {own}"),
                    None => name.trim().to_owned(),
                }));
            } else if let Some(declared) = line.strip_prefix("export ") {
                let words = declared.strip_prefix("async ").unwrap_or(declared);
                let name =
                    ["function ", "function* ", "class ", "const "].iter().find_map(|kind| words.strip_prefix(kind));
                let name = name.and_then(|name| name.split(|c: char| !c.is_alphanumeric() && c != '_').next());
                exports.push(name.filter(|name| !name.is_empty()).ok_or_else(|| refused(line))?.to_owned());
                body += declared;
                body.push('\n');
            } else if let Some((before, other, after)) = lazy(line).filter(|(_, other, _)| self.takes(other)) {
                self.add(other)?;
                let _ = writeln!(body, "{before}() => Promise.resolve({}){after}", variable(other));
            } else {
                body += line;
                body.push('\n');
            }
        }
        Ok((body.replace("import.meta.url", self.address), exports.join(", ")))
    }

    /// Whether a module that is loaded when it is needed is joined nevertheless.
    fn takes(&self, other: &str) -> bool {
        self.whole || self.soon.contains(&other)
    }
}

/// A line that loads a module when it is needed: what stands before it, the module, what stands after it.
fn lazy(line: &str) -> Option<(&str, &str, &str)> {
    let (before, after) = line.split_once(LAZY)?;
    let (other, after) = after.split_once("\")")?;
    Some((before, other, after))
}

/// A script or a style without the lines that only comment and without indentation: they are for whoever reads the source.
/// The only texts of several lines in our scripts are styles, which indentation means nothing to.
pub fn without_comments(source: &str) -> String {
    let mut plain = String::new();
    let mut inside = false;
    for line in source.lines() {
        let words = line.trim_start();
        if inside || words.starts_with("/*") {
            let end = line.find("*/");
            inside = end.is_none();
            if end.is_none_or(|end| line[end + 2..].trim().is_empty()) {
                continue;
            }
        }
        if words.starts_with("// ") || words.is_empty() {
            continue;
        }
        plain += without_types(line).trim_start();
        plain.push('\n');
    }
    plain
}

/// A line without the types that stand in it.
fn without_types(line: &str) -> String {
    let Some((before, rest)) = line.split_once("/** @type {") else { return line.to_owned() };
    match rest.split_once("} */ ") {
        Some((_, after)) => before.to_owned() + &without_types(after),
        None => line.to_owned(),
    }
}

/// A file of the site as text.
pub fn text(files: &Files, path: &str) -> Result<String, Stop> {
    let bytes = files.get(path).ok_or_else(|| Stop::failed(format!("the site has no {path}, which the page needs")))?;
    String::from_utf8(bytes.clone()).map_err(|_| Stop::failed(format!("{path} is not text in UTF-8")))
}

/// What a module is called where it is joined with others.
pub fn variable(path: &str) -> String {
    let name: String = path.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    format!("${name}")
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
        let mut join = Join { address: "document.baseURI", ..Join::of(&files) };
        assert!(join.add("a.js").is_ok());
        let script = join.script;
        assert!(script.find("$b_js = ") < script.find("$a_js = "));
        assert!(script.contains("const { b, c: d } = $b_js;"));
        assert!(script.contains("return { a, default: a };"));
        assert!(script.contains("const b = document.baseURI;"));
    }

    #[test]
    fn what_is_loaded_later_stays_apart_unless_it_is_asked_for() {
        let files = site(&[("a.js", "const load = () => import(\"./b.js\");\n"), ("b.js", "export const b = 1;\n")]);
        let mut join = Join::of(&files);
        assert!(join.add("a.js").is_ok());
        assert!(join.script.contains("() => import(\"./b.js\")") && !join.script.contains("$b_js"));
        let mut join = Join { whole: true, ..Join::of(&files) };
        assert!(join.add("a.js").is_ok());
        assert!(join.script.contains("() => Promise.resolve($b_js)"), "{}", join.script);
    }

    #[test]
    fn a_module_that_stays_apart_is_imported() {
        let files = site(&[("a.js", "import { b } from \"./b.js\";\n")]);
        let mut join = Join { apart: &["b.js"], ..Join::of(&files) };
        assert!(join.add("a.js").is_ok());
        assert!(join.imported.contains("b.js") && join.script.contains("const { b } = $b_js;"));
    }

    #[test]
    fn comments_are_left_out_and_what_looks_like_them_stays() {
        let source = "/** One. */\n/**\n * Two.\n */\nconst a = `\n*, *::before {}\n`; // kept\n  // gone\n/** @type {A} */ (b);\n";
        assert_eq!(without_comments(source), "const a = `\n*, *::before {}\n`; // kept\n(b);\n");
    }

    #[test]
    fn what_cannot_be_joined_is_refused() {
        for source in ["import all from \"./b.js\";", "export default 1;", "import \"https://example.org/x.js\";"] {
            let files = site(&[("a.js", source)]);
            assert!(Join::of(&files).add("a.js").is_err(), "{source}");
        }
        let circle = site(&[("a.js", "import \"./b.js\";"), ("b.js", "import \"./a.js\";")]);
        assert!(Join::of(&circle).add("a.js").is_err());
    }
}
