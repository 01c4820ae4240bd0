//! Which app a text speaks of: names and aliases found at word boundaries, the nearest to a place first.
//!
//! Several apps print the same message, and only what stands around it can tell whose it is: `Okta: …`, a host name
//! (`contoso.okta.com`), a package (`com.adallom.aws.…`), a column of a table. This module finds such mentions and
//! measures distance. It may not know of messages or entries: whom a mention decides for is the diagnosis's.

use crate::catalog::App;
use crate::order::{descending, sort_by_key};
use crate::paste::{Edge, Folded, fold, fold_str, key};

/// The names of all apps, folded.
#[derive(Debug, Default)]
pub struct Apps {
    /// Longest first, so that `Exchange Online` is found before `Exchange`.
    names: Vec<(Vec<u8>, u32)>,
}

/// An app named in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Which app, by its place in the catalog.
    pub app: u32,
    /// Where the name begins and ends in the paste, in bytes.
    pub span: (usize, usize),
}

impl Apps {
    /// Folds every name and alias.
    pub fn new(apps: &[App]) -> Self {
        let mut names: Vec<(Vec<u8>, u32)> = Vec::new();
        for (number, app) in (0..).zip(apps) {
            names.extend(app.names().map(|name| (fold_str(name), number)));
        }
        names.retain(|(name, _)| !name.is_empty());
        sort_by_key(&mut names, |(name, _)| [descending(name.len() as u64), key(name)]);
        names.dedup();
        Self { names }
    }

    /// The app with this name or alias, or named in it, by its place in the catalog.
    pub fn named(&self, name: &str) -> Option<u32> {
        let text = fold(name, None);
        let whole = self.names.iter().find(|(name, _)| *name == text.text).map(|(_, app)| *app);
        // "contoso.okta.com", "Okta (test)"
        whole.or_else(|| self.mentions(&text, 0, text.text.len()).first().map(|mention| mention.app))
    }

    /// Every mention in the folded bytes `from..to`, in order. A name begins where a word begins and ends where one ends
    /// or where a class name goes on (`OktaConnector`): "checkbox" does not mention Box. Cost: linear.
    pub fn mentions(&self, text: &Folded, from: usize, to: usize) -> Vec<Mention> {
        let mut mentions = Vec::new();
        if self.names.is_empty() {
            return mentions;
        }
        let mut next = from;
        for (at, edge) in text.edges(from).take_while(|(at, _)| *at < to) {
            if edge < Edge::Space || at < next {
                continue;
            }
            if let Some((len, app)) = self.name_at(text, at) {
                mentions.push(Mention { app, span: text.origin(at, at + len) });
                next = at + len;
            }
        }
        mentions
    }

    fn name_at(&self, text: &Folded, at: usize) -> Option<(usize, u32)> {
        let rest = &text.text[at..];
        self.names
            .iter()
            .find(|(name, _)| rest.starts_with(name) && text.edge(at + name.len()) >= Edge::Soft)
            .map(|(name, app)| (name.len(), *app))
    }
}

/// How far a mention is from a place: lines first, then bytes; at equal distance what stands before is nearer.
pub fn distance(mention: &Mention, span: (usize, usize), line_of: impl Fn(usize) -> usize) -> (usize, usize) {
    let (start, end) = mention.span;
    let lines = line_of(start).abs_diff(line_of(span.0)).min(line_of(start).abs_diff(line_of(span.1)));
    let bytes = if end <= span.0 { 2 * (span.0 - end) } else { 2 * start.saturating_sub(span.1) + 1 };
    (lines, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_at_word_boundaries_only() {
        let app = |name: &str, aliases: &[&str]| App {
            name: name.into(),
            aliases: aliases.iter().map(|a| (*a).into()).collect(),
        };
        let apps = Apps::new(&[app("Box", &[]), app("Exchange Online", &["Exchange"]), app("Office 365", &["M365"])]);
        let found = |text: &str| -> Vec<u32> {
            let folded = fold(text, None);
            apps.mentions(&folded, 0, folded.text.len()).iter().map(|mention| mention.app).collect()
        };
        assert_eq!(found("checkbox, outbox, boxes, mybox"), [0_u32; 0]);
        assert_eq!(found("Box: com.box.Api BoxServerException contoso.box.com"), [0, 0, 0, 0]);
        assert_eq!(found("exchange online; office-365, M365"), [1, 2, 2]);
    }
}
