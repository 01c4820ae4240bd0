//! The entries as pages that need no script: for search engines, for browsers without scripts, and to link to.
//!
//! This is the one place where markup is made from a catalog's text; [`escaped`] is what stands between the two.

use std::collections::BTreeMap;
use std::fmt::Write;

use error_diagnoser::{Catalog, Entry, Inline, Situation, Text};

use super::Stop;
use super::site::Files;

/// The interface's languages; a page is made for each.
const LANGUAGES: [&str; 4] = ["en", "nl", "sv", "ko"];

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

/// The texts of the interface in one language.
type Texts = BTreeMap<String, serde_json::Value>;

/// A page for each entry and language, and a list of them for each language.
pub fn pages(catalog: &Catalog, site: &Files) -> Result<Files, Stop> {
    let mut files = Files::new();
    for lang in LANGUAGES {
        let texts = site.get(&format!("i18n/{lang}.json")).map(|bytes| serde_json::from_slice::<Texts>(bytes));
        let Some(Ok(texts)) = texts else {
            return Err(Stop::failed(format!("www/i18n/{lang}.json cannot be read; restore it from the repository")));
        };
        let page = Page { lang, texts: &texts };
        files.insert(format!("entries/{lang}/index.html"), page.list(catalog).into_bytes());
        for entry in &catalog.entries {
            if let Some((own, text)) = entry.text(lang) {
                let html = page.entry(entry, own, text);
                files.insert(format!("entries/{lang}/{}.html", entry.id), html.into_bytes());
            }
        }
    }
    Ok(files)
}

struct Page<'t> {
    lang: &'t str,
    texts: &'t Texts,
}

impl Page<'_> {
    fn say(&self, key: &str) -> String {
        escaped(self.texts.get(key).and_then(serde_json::Value::as_str).unwrap_or(key))
    }

    fn list(&self, catalog: &Catalog) -> String {
        let mut body = format!("<h1>{}</h1>\n", self.say("browse"));
        for product in &catalog.products {
            let title = product.titles.get(self.lang).or_else(|| product.titles.get("en"));
            let _ = writeln!(body, "<h2>{}</h2>\n<ul>", escaped(title.unwrap_or(&product.id)));
            for entry in catalog.entries.iter().filter(|entry| entry.product == product.id) {
                if let Some((own, text)) = entry.text(self.lang) {
                    let lang = self.foreign(own);
                    let _ = writeln!(body, "<li><a href=\"{}.html\"{lang}>{}</a></li>", entry.id, escaped(&text.title));
                }
            }
            body += "</ul>\n";
        }
        self.html("index", &self.say("browse"), &body)
    }

    fn entry(&self, entry: &Entry, own: &str, text: &Text) -> String {
        let title = escaped(&text.title);
        let mut body = format!("<article{}>\n<h1>{title}</h1>\n", self.foreign(own));
        if text.unreviewed {
            let _ = writeln!(body, "<p lang=\"{}\">{}</p>", escaped(self.lang), self.say("unreviewed"));
        }
        let messages = entry.messages.iter().filter(|message| !message.regex);
        for message in messages.filter(|message| message.lang == own || message.lang == "en") {
            let _ = writeln!(body, "<pre lang=\"\" dir=\"auto\" translate=\"no\">{}</pre>", escaped(&message.text));
        }
        let apps = if entry.apps.is_empty() { self.say("apps.all") } else { escaped(&entry.apps.join(", ")) };
        let _ = writeln!(body, "<p>{}: {apps}</p>", self.say("apps"));
        for situation in &text.situations {
            self.situation(&mut body, situation);
        }
        body += "</article>\n";
        let app = format!("{}#/{}?lang={}", root(&entry.id), entry.id, self.lang);
        let _ = writeln!(body, "<p><a href=\"{app}\">{}</a></p>", self.say("entries.try"));
        self.html(&entry.id, &title, &body)
    }

    fn situation(&self, body: &mut String, situation: &Situation) {
        let Situation { when, cause, intro, steps, ordered, choice } = situation;
        if let Some(when) = when {
            let _ = writeln!(body, "<h2>{}</h2>", inlines(when));
        }
        let level = if when.is_some() { "h3" } else { "h2" };
        if !cause.is_empty() {
            let _ = writeln!(body, "<{level}>{}</{level}>\n<div>{}</div>", self.say("cause"), inlines(cause));
        }
        if !intro.is_empty() || !steps.is_empty() {
            let _ = writeln!(body, "<{level}>{}</{level}>\n<div>{}</div>", self.say("steps"), inlines(intro));
        }
        if !steps.is_empty() {
            let (tag, kind) = match (choice, ordered) {
                (true, _) => ("ol", " type=\"A\""),
                (_, true) => ("ol", ""),
                _ => ("ul", ""),
            };
            let items = steps.iter().map(|step| format!("<li>{}</li>\n", inlines(step))).collect::<Vec<_>>().concat();
            let _ = writeln!(body, "<{tag}{kind}>\n{items}</{tag}>");
        }
    }

    /// The page around the text. `path` is that of the page among those of its language, without `.html`.
    fn html(&self, path: &str, title: &str, body: &str) -> String {
        let root = root(path);
        let others = LANGUAGES
            .iter()
            .map(|lang| {
                format!("<link rel=\"alternate\" hreflang=\"{lang}\" href=\"{root}entries/{lang}/{path}.html\" />\n")
            })
            .collect::<Vec<_>>()
            .concat();
        let languages = [("en", "English"), ("nl", "Nederlands"), ("sv", "Svenska"), ("ko", "한국어")]
            .iter()
            .filter(|(lang, _)| *lang != self.lang)
            .map(|(lang, name)| {
                format!("<a href=\"{root}entries/{lang}/{path}.html\" lang=\"{lang}\" hreflang=\"{lang}\">{name}</a>\n")
            })
            .collect::<Vec<_>>()
            .concat();
        let (lang, all) = (self.lang, self.say("browse"));
        format!(
            "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\" />\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\" />\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n\
             <meta name=\"referrer\" content=\"no-referrer\" />\n<meta name=\"color-scheme\" content=\"light dark\" />\n\
             <title>{title} · Error Diagnoser</title>\n\
             <link rel=\"icon\" href=\"{root}favicon.svg\" type=\"image/svg+xml\" />\n\
             <link rel=\"stylesheet\" href=\"{root}style.css\" />\n<link rel=\"stylesheet\" href=\"{root}entries.css\" />\n\
             {others}</head>\n<body>\n<header>\n\
             <p class=\"brand\"><img src=\"{root}favicon.svg\" alt=\"\" width=\"32\" height=\"32\" />\
             <a href=\"{root}\">Error Diagnoser</a></p>\n\
             <nav><a href=\"{root}entries/{lang}/index.html\">{all}</a>\n{languages}</nav>\n</header>\n\
             <main class=\"entry\">\n{body}</main>\n</body>\n</html>\n"
        )
    }

    /// The language of a text, where it is not that of the page.
    fn foreign(&self, lang: &str) -> String {
        if lang == self.lang { String::new() } else { format!(" lang=\"{}\"", escaped(lang)) }
    }
}

/// The way from an entry's page back to the folder of the site.
fn root(path: &str) -> String {
    "../".repeat(2 + path.matches('/').count())
}

fn inlines(prose: &[Inline]) -> String {
    prose.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> String {
    match inline {
        Inline::Text(text) => escaped(text),
        Inline::Code(text) => format!("<code translate=\"no\">{}</code>", escaped(text)),
        Inline::Slot(name) => format!("<code translate=\"no\">{{{}}}</code>", escaped(name)),
        Inline::Strong(content) => format!("<strong>{}</strong>", inlines(content)),
        // A catalog with other links than https and mailto does not compile.
        Inline::Link { href, content } => {
            format!("<a href=\"{}\" rel=\"noopener noreferrer\">{}</a>", escaped(href), inlines(content))
        }
        Inline::List { ordered, items } => {
            let tag = if *ordered { "ol" } else { "ul" };
            let items = items.iter().map(|item| format!("<li>{}</li>", inlines(item))).collect::<Vec<_>>().concat();
            format!("<{tag}>{items}</{tag}>")
        }
    }
}

/// Text as markup that shows it, in elements and in quoted attributes.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\'' => escaped += "&#39;",
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        let hostile = "</title><script>alert('1')</script>\"x";
        let entry = Entry {
            id: "shop/a/b".into(),
            texts: [(
                "en".into(),
                Text {
                    title: hostile.into(),
                    situations: vec![Situation { cause: vec![Inline::Code(hostile.into())], ..Situation::default() }],
                    unreviewed: true,
                },
            )]
            .into(),
            ..Entry::default()
        };
        let texts = Texts::new();
        let (own, text) = entry.text("nl").expect("a text");
        let html = Page { lang: "nl", texts: &texts }.entry(&entry, own, text);
        assert!(!html.contains("<script"));
        assert!(html.contains("&lt;script&gt;alert(&#39;1&#39;)"));
        assert!(html.contains("<article lang=\"en\">"), "the text is in another language than the page");
        assert!(html.contains("href=\"../../../../style.css\""));
    }

    #[test]
    fn the_way_back_fits_the_depth() {
        // entries/en/shop/a/b.html
        assert_eq!(root("shop/a/b"), "../../../../");
        assert_eq!(root("index"), "../../");
    }
}
