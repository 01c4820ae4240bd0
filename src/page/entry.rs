//! An entry's parts → its messages, its apps and the blocks of its causes and resolutions.

use super::blocks::{Block, Kind, Node, Span, plain};
use super::fixes;
use super::html::is_break;
use super::items;
use super::labels::Label;
use super::leads::Part;
use super::message;
use super::phrases;
use super::prose::Prose;
use super::sections::Raw;
use super::source::Notes;
use super::steps;
use super::transcript;
use crate::catalog::{Message, Situation, Text};

/// An entry of one page with its messages read; its prose waits until the slots of all languages are known.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub at: usize,
    pub id: Option<String>,
    pub title: String,
    pub messages: Vec<Message>,
    /// The apps as they are written, with their places; none when the entry does not say.
    pub apps: Option<Vec<(usize, String)>>,
    pub row: bool,
    /// Its id is only made of its heading.
    pub unnamed: bool,
    cases: Vec<Case>,
}

/// One cause with its resolution, still as blocks.
#[derive(Clone, Debug, Default)]
struct Case {
    when: Vec<Span>,
    cause: Vec<Block>,
    resolution: Vec<Block>,
}

impl Case {
    /// Where no label says what to do, prose may: from the paragraph on that begins to tell it.
    fn divide(&mut self) {
        if !self.resolution.is_empty() {
            return;
        }
        let begins = |block: &Block| match &block.kind {
            Kind::Paragraph(spans) => fixes::begins_fix(&plain(unlabelled(spans))),
            Kind::List { items, .. } => {
                let first = items.first().and_then(|item| item.first());
                first.is_some_and(|block| fixes::begins_fix(&words(block)))
            }
            _ => false,
        };
        for at in 0..self.cause.len() {
            if begins(&self.cause[at]) {
                self.resolution = self.cause.split_off(at);
                return;
            }
            if let Kind::Paragraph(spans) = &mut self.cause[at].kind
                && let Some(rest) = fix_within(spans)
            {
                let place = rest.first().map_or(self.cause[at].at, |span| span.at);
                self.resolution.push(Block { at: place, kind: Kind::Paragraph(rest) });
                let behind = self.cause.split_off(at + 1);
                self.resolution.extend(behind);
                return;
            }
        }
    }
}

/// A paragraph without the bold words and the colon that it begins with.
fn unlabelled(spans: &[Span]) -> &[Span] {
    match spans.split_first() {
        Some((Span { node: Node::Strong(words), .. }, rest))
            if !rest.is_empty() && plain(words).trim_end().ends_with([':', '：']) =>
        {
            rest
        }
        _ => spans,
    }
}

fn is_line_end(node: &Node) -> bool {
    match node {
        Node::Break => true,
        Node::Html(tag) => is_break(tag),
        _ => false,
    }
}

/// Takes the sentences of a paragraph from the one on that tells what to do.
fn fix_within(spans: &mut Vec<Span>) -> Option<Vec<Span>> {
    for index in 0..spans.len() {
        let Node::Text(text) = &spans[index].node else { continue };
        let ends = text.match_indices(['.', '!']).map(|(at, _)| at + 1).filter(|&end| text[end..].starts_with(' '));
        // A line break behind a full stop divides sentences too.
        let ends_line = index > 0 && is_line_end(&spans[index - 1].node);
        let before = spans[..index].iter().rev().take(4).find(|span| !is_line_end(&span.node));
        let broken = ends_line
            && matches!(before, Some(Span { node: Node::Text(before), .. }) if before.trim_end().ends_with(['.', '!']));
        let starts = broken.then_some(0).into_iter().chain(ends);
        // A sentence may begin with code or a link; its first words are enough.
        let following = plain(&spans[index + 1..spans.len().min(index + 4)]);
        let Some(start) = starts.into_iter().find(|&start| {
            let own = text[start..].trim_start();
            let last = || {
                index + 3 >= spans.len() && !plain(&spans[index..])[start..].trim().trim_end_matches('.').contains(". ")
            };
            fixes::tells_fix(own)
                || fixes::points_elsewhere(own) && last()
                || own.is_empty() && fixes::tells_fix(&following)
        }) else {
            continue;
        };
        let blank = text[start..].len() - text[start..].trim_start().len();
        let (kept, taken) = (text[..start].to_string(), text[start + blank..].to_string());
        let at = spans[index].at;
        let mut rest = spans.split_off(index);
        rest[0] = Span { at: at + start + blank, node: Node::Text(taken) };
        if !kept.is_empty() {
            spans.push(Span { at, node: Node::Text(kept) });
        }
        return Some(rest);
    }
    None
}

fn words(block: &Block) -> String {
    match &block.kind {
        Kind::Paragraph(spans) => plain(spans).trim().to_string(),
        _ => String::new(),
    }
}

/// Reads an entry's messages and sorts the rest.
pub(super) fn gather(raw: Raw, lang: &str, notes: &mut Notes) -> Draft {
    let Raw { at, id, title, parts, situations, row, unnamed } = raw;
    let mut draft = Draft { at, id, title, messages: Vec::new(), apps: None, row, unnamed, cases: Vec::new() };
    let general = draft.cases_of(parts, Vec::new(), lang, notes);
    for situation in situations {
        let cases = draft.cases_of(situation.parts, situation.when, lang, notes);
        draft.cases.extend(cases);
    }
    if let (Some(first), [only]) = (draft.cases.first_mut(), general.as_slice())
        && only.resolution.is_empty()
    {
        // A cause above the situations is what they have in common.
        first.cause.splice(0..0, only.cause.iter().cloned());
    } else if let (Some(last), [only], false) = (draft.cases.last_mut(), general.as_slice(), notes.own) {
        // What a foreign page says outside its table of causes goes with its ends.
        last.resolution.extend(only.resolution.iter().cloned());
        draft.cases[0].cause.splice(0..0, only.cause.iter().cloned());
    } else {
        draft.cases.splice(0..0, general);
    }
    draft
}

impl Draft {
    fn cases_of(&mut self, parts: Vec<Part>, when: Vec<Span>, lang: &str, notes: &mut Notes) -> Vec<Case> {
        let mut cases = vec![Case { when, ..Case::default() }];
        let mut about = Vec::new();
        for part in parts {
            let label = part.label();
            let mut blocks = part.blocks;
            match label {
                // Where the prose told them, each block is a message.
                Some(Label::Message) if part.told => {
                    for block in blocks {
                        about.extend(self.messages(vec![block], lang, notes));
                    }
                }
                Some(Label::Message) => about.extend(self.messages(blocks, lang, notes)),
                Some(Label::Symptom) if notes.own => about.extend(self.messages(blocks, lang, notes)),
                Some(Label::Title) => self.title = blocks.first().map(words).unwrap_or_default(),
                Some(Label::App) => self.apps(&blocks),
                Some(Label::Cause) => {
                    if cases.last().is_some_and(|case| !case.resolution.is_empty()) {
                        cases.push(Case::default());
                    }
                    let Some(case) = cases.last_mut() else { continue };
                    if case.when.is_empty()
                        && let Some(Block { kind: Kind::Heading { spans, .. }, .. }) = blocks.first()
                    {
                        case.when.clone_from(spans);
                        blocks.remove(0);
                    }
                    case.cause.extend(blocks);
                }
                Some(Label::Resolution) => {
                    if let Some(case) = cases.last_mut() {
                        case.resolution.extend(blocks);
                    }
                }
                _ => about.extend(blocks),
            }
        }
        cases[0].cause.splice(0..0, about);
        if !notes.own {
            cases.iter_mut().for_each(Case::divide);
        }
        cases.retain(|case| !(case.cause.is_empty() && case.resolution.is_empty()));
        cases
    }

    /// Reads a message's blocks; answers those that are prose around it.
    fn messages(&mut self, blocks: Vec<Block>, lang: &str, notes: &mut Notes) -> Vec<Block> {
        let mut prose = Vec::new();
        // Whether the next quotation is a message too: until prose comes that does not introduce one.
        let (mut found, mut open) = (false, true);
        let next_quotes: Vec<bool> = (0..blocks.len())
            .map(|at| {
                matches!(
                    blocks.get(at + 1).map(|next| &next.kind),
                    Some(Kind::Code { .. } | Kind::Quote(_) | Kind::List { .. })
                )
            })
            .collect();
        for (block, quoted_below) in blocks.into_iter().zip(next_quotes) {
            match block.kind {
                Kind::Paragraph(ref spans) => {
                    let text = plain(spans);
                    let introduces = quoted_below && text.trim_end().ends_with([':', '：']);
                    if introduces || found && !message::is_quotation(spans) {
                        let between = text.split_whitespace().count() <= 4;
                        open = introduces && (!found || between || phrases::announces(phrases::last_sentence(&text)));
                        if !(found && between && introduces) {
                            prose.push(block);
                        }
                    } else {
                        found |= self.message(spans, lang, notes, &mut prose);
                    }
                }
                Kind::List { mut items, .. } if open || !found => {
                    let ends = !notes.own && items::ends_with_remark(&items);
                    let remark = if ends { items.pop() } else { None };
                    for item in items {
                        let mut blocks = item.into_iter();
                        if let Some(Block { kind: Kind::Paragraph(spans), .. }) = blocks.next() {
                            let quoted = items::quoted(&spans).filter(|_| !notes.own);
                            let spans = quoted.unwrap_or(spans);
                            found |= self.message(&spans, lang, notes, &mut prose);
                        }
                        prose.extend(blocks);
                    }
                    prose.extend(remark.into_iter().flatten());
                }
                Kind::Code { ref text, .. } if open => {
                    let records = if notes.own { vec![text.clone()] } else { transcript::records(text) };
                    for record in records {
                        let message = message::read_code(&record, block.at, notes);
                        found |= message.is_some();
                        self.push(message, lang);
                    }
                }
                Kind::Quote(blocks) if open => {
                    let rest = self.messages(blocks, lang, notes);
                    found = true;
                    prose.extend(rest);
                }
                _ => prose.push(block),
            }
        }
        prose
    }

    fn message(&mut self, spans: &[Span], lang: &str, notes: &mut Notes, prose: &mut Vec<Block>) -> bool {
        let (message, rest) = message::read(spans, notes);
        if let Some(first) = rest.first() {
            prose.push(Block { at: first.at, kind: Kind::Paragraph(rest) });
        }
        let found = message.is_some();
        self.push(message, lang);
        found
    }

    fn push(&mut self, message: Option<message::Read>, lang: &str) {
        self.messages.extend(message.map(|read| Message { lang: lang.into(), text: read.text, regex: read.regex }));
    }

    /// Names of apps, from a paragraph with commas or a list.
    fn apps(&mut self, blocks: &[Block]) {
        for block in blocks {
            let apps = self.apps.get_or_insert_default();
            match &block.kind {
                Kind::Paragraph(spans) => {
                    let text = plain(spans);
                    let names = text.split([',', ';', '、']).map(|name| name.trim().trim_end_matches('.'));
                    apps.extend(names.filter(|name| !name.is_empty()).map(|name| (block.at, name.to_string())));
                }
                Kind::List { items, .. } => items.iter().for_each(|item| self.apps(item)),
                _ => {}
            }
        }
    }

    /// The entry's text, now that the slots are known.
    pub fn text(&self, prose: &mut Prose) -> Text {
        let mut situations = Vec::new();
        for case in &self.cases {
            let when = prose.spans(&case.when);
            let cause = prose.blocks(&case.cause);
            let mut situation =
                Situation { when: Some(when).filter(|when| !when.is_empty()), cause, ..Situation::default() };
            steps::read(&case.resolution, prose, &mut situation);
            situations.push(situation);
        }
        if let [only] = situations.as_mut_slice() {
            // With nothing to choose between there is no question; what the heading says is still said.
            if let Some(when) = only.when.take() {
                let gap =
                    if only.cause.is_empty() { Vec::new() } else { vec![crate::catalog::Inline::Text("\n".into())] };
                only.cause.splice(0..0, when.into_iter().chain(gap));
            }
        }
        self.note_missing(&situations, prose.notes);
        Text { title: self.title.clone(), situations, ..Text::default() }
    }

    fn note_missing(&self, situations: &[Situation], notes: &mut Notes) {
        if situations.iter().all(|situation| situation.cause.is_empty()) {
            notes.fault(self.at, "no-cause", "the entry says no cause", "add a paragraph that begins with **Cause**:");
        }
        if situations.iter().any(|situation| situation.steps.is_empty()) || situations.is_empty() {
            let help = "add a paragraph that begins with **Resolution**:";
            notes.fault(self.at, "no-resolution", "the entry, or a situation of it, does not say what to do", help);
        }
        if situations.len() > 1 && situations.iter().any(|situation| situation.when.is_none()) {
            notes.fault(
                self.at,
                "situation-without-when",
                "the entry has several causes, and one does not say when it applies",
                "put each cause with its resolution under a sub-heading that says when it applies",
            );
        }
    }
}
