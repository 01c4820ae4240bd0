//! Where a link leads: resolved against the page's base, https or mailto only.

use crate::catalog::is_safe_link;

/// What became of a link.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Resolved {
    /// It may be shown.
    To(String),
    /// It said http; shown as https.
    Upgraded(String),
    /// It is relative, and there is no base that it could be relative to.
    NoBase,
    /// It is a place of its own page, or begins where only its site's tools know; no base makes it a link.
    OnlyThere,
    /// It leads where no link of ours may.
    Refused,
}

/// Resolves a link as a browser would, short of what we refuse anyway. `base` is an absolute folder (`https://…/`).
pub(super) fn resolve(link: &str, base: Option<&str>) -> Resolved {
    let link = link.trim();
    // A browser skips control characters inside a scheme, and reads a backslash as a slash.
    if link.is_empty() || link.chars().any(char::is_control) || link.contains('\\') {
        return Resolved::Refused;
    }
    let spaced = link.replace(' ', "%20");
    let link = spaced.as_str();
    if let Some(rest) = link.strip_prefix("//") {
        return checked(format!("https://{rest}"));
    }
    let head = &link[..link.find(['/', '?', '#']).unwrap_or(link.len())];
    if let Some(colon) = head.find(':') {
        return match head[..colon].to_ascii_lowercase().as_str() {
            "https" | "mailto" => checked(link.into()),
            "http" => match link[colon + 1..].strip_prefix("//") {
                Some(rest) => match checked(format!("https://{rest}")) {
                    Resolved::To(upgraded) => Resolved::Upgraded(upgraded),
                    other => other,
                },
                None => Resolved::Refused,
            },
            _ => Resolved::Refused,
        };
    }
    if link.starts_with(['#', '~']) {
        return Resolved::OnlyThere;
    }
    match base.and_then(|base| relative(link, base)) {
        Some(absolute) => checked(absolute),
        None => Resolved::NoBase,
    }
}

fn checked(link: String) -> Resolved {
    let has_target = link.split_once(':').is_some_and(|(_, rest)| !rest.trim_matches('/').is_empty());
    if has_target && is_safe_link(&link) { Resolved::To(link) } else { Resolved::Refused }
}

/// A relative link to a page of the same site, whose pages are written as `name.md` and served as `name`.
fn relative(link: &str, base: &str) -> Option<String> {
    let host_at = "https://".len();
    if !base.to_ascii_lowercase().starts_with("https://") {
        return None;
    }
    let host_end = base[host_at..].find('/').map_or(base.len(), |at| host_at + at);
    let (host, folder) = base.split_at(host_end);
    // The folders that the base is in. A host alone is its root, with a slash behind it or without.
    let folder = folder[..folder.rfind('/').unwrap_or(0)].trim_start_matches('/');
    let (path, tail) = link.split_at(link.find(['?', '#']).unwrap_or(link.len()));
    let path = path.strip_suffix(".md").unwrap_or(path);
    let is_rooted = path.starts_with('/') || folder.is_empty();
    let mut parts: Vec<&str> = if is_rooted { Vec::new() } else { folder.split('/').collect() };
    for part in path.trim_start_matches('/').split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    Some(format!("{host}/{}{tail}", joined.trim_start_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::{Resolved, resolve};

    const BASE: Option<&str> = Some("https://learn.example/azure/monitor/alerts/");

    #[test]
    fn relative_links_are_resolved_as_a_browser_would() {
        for (link, absolute) in [
            ("a-b.md#part", "https://learn.example/azure/monitor/alerts/a-b#part"),
            ("./a.md", "https://learn.example/azure/monitor/alerts/a"),
            ("../logs/a.md?x=1", "https://learn.example/azure/monitor/logs/a?x=1"),
            ("../../../../a", "https://learn.example/a"),
            ("../../../../../parts/../a", "https://learn.example/a"),
            ("/parts/../a.md", "https://learn.example/a"),
            ("/../a/./b", "https://learn.example/a/b"),
            ("/azure/role", "https://learn.example/azure/role"),
            ("//other.example/x", "https://other.example/x"),
            ("https://other.example/x.md", "https://other.example/x.md"),
            ("mailto:help@example.com", "mailto:help@example.com"),
            ("a b.md", "https://learn.example/azure/monitor/alerts/a%20b"),
        ] {
            assert_eq!(resolve(link, BASE), Resolved::To(absolute.into()), "{link}");
        }
        for base in ["https://learn.example", "https://learn.example/", "https://learn.example/page"] {
            for link in ["a.md", "b/../a.md", "../a", "/b/../a"] {
                assert_eq!(resolve(link, Some(base)), Resolved::To("https://learn.example/a".into()), "{base} {link}");
            }
        }
        assert_eq!(resolve("http://x.example/y", None), Resolved::Upgraded("https://x.example/y".into()));
    }

    #[test]
    fn what_cannot_be_resolved_or_must_not_be_followed_is_refused() {
        for link in ["a.md", "./a"] {
            assert_eq!(resolve(link, None), Resolved::NoBase, "{link}");
        }
        for link in ["#part", "~/a.md"] {
            assert_eq!(resolve(link, None), Resolved::OnlyThere, "{link}");
            assert_eq!(resolve(link, BASE), Resolved::OnlyThere, "{link}");
        }
        for link in [
            "javascript:alert(1)",
            " JavaScript:alert(1)",
            "java\tscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "https:evil.example",
            "https://",
            "http:evil",
            "\\\\evil.example\\x",
            "ftp://x.example",
            "",
        ] {
            assert_eq!(resolve(link, BASE), Resolved::Refused, "{link:?}");
        }
    }
}
