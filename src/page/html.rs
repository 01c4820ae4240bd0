//! The little of HTML that stands in Markdown pages: line breaks, anchors, and markup that says nothing.

/// Whether a tag is `<br>`.
pub(super) fn is_break(tag: &str) -> bool {
    tag_name(tag).eq_ignore_ascii_case("br")
}

/// Whether inline HTML is markup, and not a placeholder such as `<name>` that only looks like it.
pub(super) fn is_markup(tag: &str) -> bool {
    const TAGS: &str = " a abbr b big bdi bdo br center cite code del details dfn div em font hr i img ins kbd li mark \
                        ol p pre q s samp script small span strike strong style sub summary sup table tbody td th \
                        thead tr tt u ul var wbr ";
    tag.starts_with("<!") || tag.starts_with("<?") || {
        let name = tag_name(tag).to_ascii_lowercase();
        TAGS.split(' ').any(|known| known == name && !name.is_empty())
    }
}

fn tag_name(tag: &str) -> &str {
    let inner = tag.trim_start_matches('<').trim_start_matches('/');
    &inner[..inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len())]
}

/// The name in `<a name="…">` or `<a id="…">`.
pub(super) fn anchor(tag: &str) -> Option<&str> {
    if !tag_name(tag).eq_ignore_ascii_case("a") {
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
    use super::{anchor, is_markup};

    #[test]
    fn anchors_and_placeholders_are_told_apart() {
        assert_eq!(anchor("<a name=\"x-y\">"), Some("x-y"));
        assert_eq!(anchor("<A id='z'/>"), Some("z"));
        assert_eq!(anchor("<abbr name=\"x\">"), None);
        assert!(is_markup("</b>") && is_markup("<!-- x -->") && is_markup("<BR/>"));
        assert!(!is_markup("<tenant name>") && !is_markup("<name>"));
    }
}
