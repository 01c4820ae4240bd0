//! The little of HTML that stands in Markdown pages: line breaks, anchors, and markup that says nothing.

/// Whether a tag is `<br>`.
pub(super) fn is_break(tag: &str) -> bool {
    tag_name(tag).0 == "br"
}

/// Whether a block of HTML has text or a picture in it, and not only tags and comments.
pub(super) fn says_something(html: &str) -> bool {
    let mut inside = false;
    let text = html.trim();
    let is_comment = text.starts_with("<!--");
    let text_in_it = text.chars().any(|c| {
        inside = (inside || c == '<') && c != '>';
        !inside && c != '>' && !c.is_whitespace()
    });
    !is_comment && (text_in_it || shows_something(text))
}

/// Whether HTML has a picture or something alike in it.
pub(super) fn shows_something(html: &str) -> bool {
    let html = html.to_ascii_lowercase();
    ["<img", "<video", "<iframe", "<svg"].iter().any(|tag| html.contains(tag))
}

/// The places of the tags in a stretch of text, those in comments left out.
pub(super) fn tags(text: &str, mut from: usize, to: usize) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        loop {
            let at = from + text.get(from..to)?.find('<')?;
            if !text[at..to].starts_with("<!--") {
                from = at + 1;
                return Some(at);
            }
            from = text[at..to].find("-->").map_or(to, |end| at + end + "-->".len());
        }
    })
}

/// Whether a tag begins another item or paragraph: what stands before and behind it are two texts.
pub(super) fn is_division(tag: &str) -> bool {
    matches!(tag_name(tag).0.as_str(), "li" | "p" | "ul" | "ol" | "div" | "hr")
}

/// Whether inline HTML is markup, and not a placeholder such as `<name>` that only looks like it.
pub(super) fn is_markup(tag: &str) -> bool {
    const TAGS: &str = " a abbr b big bdi bdo br center cite code del details dfn div em font hr i img ins kbd li mark \
                        ol p pre q s samp script small span strike strong style sub summary sup table tbody td th \
                        thead tr tt u ul var wbr ";
    tag.starts_with("<!") || tag.starts_with("<?") || {
        let (name, closes) = tag_name(tag);
        // No placeholder begins with a slash.
        closes || TAGS.split(' ').any(|known| known == name && !name.is_empty())
    }
}

/// A tag's name in lower case, and whether it closes.
pub(super) fn tag_name(tag: &str) -> (String, bool) {
    let inner = tag.strip_prefix('<').unwrap_or(tag);
    let (inner, closes) = inner.strip_prefix('/').map_or((inner, false), |inner| (inner, true));
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    (inner[..end].to_ascii_lowercase(), closes)
}

/// The name in `<a name="…">` or `<a id="…">`.
pub(super) fn anchor(tag: &str) -> Option<&str> {
    if tag_name(tag).0 != "a" {
        return None;
    }
    let value = ["name=", "id="].iter().find_map(|key| tag.find(key).map(|at| &tag[at + key.len()..]))?;
    let value = match value.strip_prefix(['"', '\'']) {
        Some(quoted) => quoted.split(['"', '\'']).next()?,
        None => value.split([' ', '>', '/']).next()?,
    };
    (!value.is_empty()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::{anchor, is_break, is_division, is_markup, says_something, tag_name};

    #[test]
    fn anchors_and_placeholders_are_told_apart() {
        assert_eq!(anchor("<a name=\"x-y\">"), Some("x-y"));
        assert_eq!(anchor("<A id='z'/>"), Some("z"));
        assert_eq!(anchor("<abbr name=\"x\">"), None);
        assert!(is_markup("</b>") && is_markup("<!-- x -->") && is_markup("<BR/>"));
        assert!(!is_markup("<tenant name>") && !is_markup("<name>"));
        assert!(is_markup("<?xml?>") && is_markup("</tenant>") && !is_markup("< >") && !is_markup("<>"));
        for (tag, name) in [("<a id=x>", Some("x")), ("<a id=x/>", Some("x")), ("<a id=\"\">", None), ("<a>", None)] {
            assert_eq!(anchor(tag), name, "{tag}");
        }
        assert_eq!((tag_name("</H1 x>"), tag_name("b")), (("h1".into(), true), ("b".into(), false)));
        assert!(is_break("<br/>") && !is_break("<b>") && is_division("</li>") && !is_division("<link>"));
    }

    #[test]
    fn html_says_something_when_there_is_text_or_a_picture_in_it() {
        for html in
            ["<div>text</div>", "text", " <p>\n a", "<IMG src=x>", "<div><video></div>", "<svg>", "a <!-- b -->"]
        {
            assert!(says_something(html), "{html}");
        }
        for html in ["", "<div>", "<div>\n</div> ", "<!-- text -->", "<br><hr>", "<div title=\"text\">"] {
            assert!(!says_something(html), "{html}");
        }
    }
}
