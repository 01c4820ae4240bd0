//! Messages that a page tells in its prose: "you get the following error:" and a block of code, an error "that says" a
//! quotation, a heading that is the message. Only foreign pages are read so; ours label their messages.
//!
//! Which words announce a message stands in `phrases`; here stands which blocks and spans they announce.

use super::blocks::{Block, Kind, Node, Span, plain};
use super::codes;
use super::in_sentences;
use super::items::{ends_with_remark, is_explained, is_links, is_printed, quoted};
use super::labels::{self, Label};
use super::phrases;
use super::quotations::{is_glue, quotation};
use super::transcript;

/// What was found in some blocks.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// The messages, a paragraph or a block of code each.
    pub messages: Vec<Block>,
    /// Everything else, in its order.
    pub rest: Vec<Block>,
}

/// What the next block may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Announced: the next block is a message.
    Expected,
    /// Behind a label such as "Symptom": a quotation is the message, prose describes.
    Labelled,
    /// The first block under a heading, on a page about errors or not.
    Start { errors: bool },
    /// The last block was a message.
    Continued,
    /// Prose.
    Prose,
}

/// Output with fewer letters is a value.
const LETTERS: usize = 3;
/// How long a paragraph between two messages may be ("Or:"), in words.
const BETWEEN: usize = 10;
/// A paragraph that says no more than that a message follows ("Or you might see this:") need not be kept.
const LEAST: usize = 6;

/// Divides blocks into messages and the rest.
pub(super) fn take(blocks: Vec<Block>, state: State) -> Told {
    let mut taker = Taker { told: Told::default(), state, seen_strong: false, points: false, quotes: false };
    let mut blocks = blocks.into_iter().peekable();
    while let Some(Block { at, kind }) = blocks.next() {
        let quotes = std::mem::take(&mut taker.quotes);
        match kind {
            Kind::Paragraph(spans) => taker.paragraph(at, spans, blocks.peek()),
            Kind::Code { lang, text } if is_output(&lang, &text, taker.state) => {
                taker.told.messages.push(Block { at, kind: Kind::Code { lang, text } });
                taker.state = State::Continued;
            }
            Kind::List { ordered, items } => taker.list(at, ordered, items),
            // A box right behind "the following error:".
            Kind::Note(inner) if taker.state == State::Expected && taker.points => {
                taker.told.messages.extend(inner.iter().filter(|block| is_words(&block.kind)).cloned());
                taker.rest(at, Kind::Note(inner));
            }
            Kind::Quote(inner) => taker.quote(at, inner, quotes),
            kind => taker.rest(at, kind),
        }
    }
    taker.told
}

/// What was found so far, and what may come next.
struct Taker {
    told: Told,
    state: State,
    seen_strong: bool,
    /// Whether the last paragraph ended with a colon.
    points: bool,
    /// Whether the last block was a quotation that is a message.
    quotes: bool,
}

impl Taker {
    /// Whether this is the first block under a heading where errors are spoken of.
    fn is_first(&self) -> bool {
        self.state == State::Start { errors: true } && self.told.rest.is_empty()
    }

    fn rest(&mut self, at: usize, kind: Kind) {
        self.told.rest.push(Block { at, kind });
        self.state = State::Prose;
    }

    fn paragraph(&mut self, at: usize, mut spans: Vec<Span>, next: Option<&Block>) {
        if let Some(line) = first_line(&spans, self.state) {
            spans.drain(..=line.len());
            self.told.messages.push(Block { at, kind: Kind::Paragraph(line) });
            self.state = State::Prose;
        }
        if let Some(parts) = whole(&spans, self.state, self.seen_strong) {
            self.seen_strong |= is_strong(&parts[0]);
            self.told.messages.extend(parts.into_iter().map(|spans| Block { at, kind: Kind::Paragraph(spans) }));
            self.state = State::Continued;
            return;
        }
        let text = plain(&spans).trim().to_string();
        self.points = text.ends_with([':', '：']);
        let mut inline = in_sentences::messages(&spans);
        if inline.is_empty() && self.state != State::Expected {
            inline.extend(named(&spans));
        }
        // Bold words that are no message may announce output; what is listed under them is as often what to do.
        let is_output = || matches!(next, Some(Block { kind: Kind::Code { .. }, .. }));
        let is_bold = |parts: Vec<Vec<Span>>| parts.iter().all(|part| is_strong(part)) && is_output();
        let shown = quotation(&spans).is_none_or(|parts| is_caption(&spans) || is_bold(parts))
            && next.is_some_and(|next| shows(&next.kind));
        let sentence = phrases::last_sentence(&text);
        let announces = shown && (announces(sentence, next) || self.is_first() && is_plain_fault(next));
        let words = text.split_whitespace().count();
        let glues = text.ends_with(':') || is_glue(&text);
        let between = shown && self.state == State::Continued && words <= BETWEEN && glues;
        let closes = inline.last().is_some_and(|found| in_sentences::ends_paragraph(&spans, found));
        self.told.messages.extend(inline);
        self.state = match self.state {
            _ if announces => State::Expected,
            // Under a label that says so, the next output is the symptom whatever introduces it.
            State::Labelled => State::Labelled,
            State::Continued if between => State::Continued,
            _ if closes => State::Continued,
            _ => State::Prose,
        };
        if !(announces && words <= LEAST || between) {
            let spans = if announces { softened(spans) } else { spans };
            self.told.rest.push(Block { at, kind: Kind::Paragraph(spans) });
        }
    }

    fn list(&mut self, at: usize, ordered: bool, mut items: Vec<Vec<Block>>) {
        let is_messages = self.state == State::Expected && !ordered && items.iter().all(|item| item.len() == 1);
        if !is_messages || is_links(&items) {
            // What stands deeper stays where it is.
            let inside = if self.state == State::Labelled { State::Labelled } else { State::Prose };
            for item in items.iter().filter(|_| !is_links(&items)) {
                self.told.messages.extend(take(item.clone(), inside).messages);
            }
            return self.rest(at, Kind::List { ordered, items });
        }
        let remark = if ends_with_remark(&items) { items.pop() } else { None };
        for block in items.into_iter().flatten() {
            match block.kind {
                Kind::Paragraph(mut spans) => {
                    if is_explained(&spans) {
                        self.told.rest.push(Block { at: block.at, kind: Kind::Paragraph(spans.clone()) });
                        spans.truncate(1);
                    } else if let Some(message) = quoted(&spans) {
                        self.told.rest.push(Block { at: block.at, kind: Kind::Paragraph(spans) });
                        spans = message;
                    }
                    self.told.messages.push(Block { at: block.at, kind: Kind::Paragraph(spans) });
                }
                Kind::Code { .. } => self.told.messages.push(block),
                _ => self.told.rest.push(block),
            }
        }
        self.told.rest.extend(remark.into_iter().flatten());
        self.state = State::Continued;
    }

    /// A quotation; `follows` when it stands right behind another that is a message.
    fn quote(&mut self, at: usize, inner: Vec<Block>, follows: bool) {
        let shown = match self.state {
            State::Expected => true,
            State::Continued => follows,
            State::Labelled => self.points,
            _ => false,
        };
        let inside = take(inner.clone(), if shown { State::Expected } else { State::Prose });
        if shown && inside.messages.is_empty() {
            self.told.messages.extend(inner.iter().filter(|block| is_words(&block.kind)).cloned());
        }
        self.told.messages.extend(inside.messages);
        self.told.rest.push(Block { at, kind: Kind::Quote(inner) });
        // Quotations that follow each other are announced together.
        self.quotes = shown;
        if self.state == State::Expected {
            self.state = State::Continued;
        }
    }
}

/// Whether a sentence announces what the block behind it shows.
fn announces(sentence: &str, next: Option<&Block>) -> bool {
    let is_list = matches!(next.map(|next| &next.kind), Some(Kind::List { .. }));
    (is_printed(next) && phrases::mentions(sentence))
        || (is_read(next) && phrases::is_read_off(sentence))
        || (phrases::announces(sentence) || mentions(next, sentence) || turns_up(next, sentence))
            && (!is_list || phrases::announces_several(sentence))
}

/// Whether a block quotes what somebody read, or is output with an error.
fn is_read(next: Option<&Block>) -> bool {
    match next.map(|next| &next.kind) {
        Some(Kind::Quote(inner)) => inner.iter().any(|block| is_words(&block.kind)),
        Some(Kind::Code { lang, text }) => is_faulty(lang, text),
        _ => false,
    }
}

/// Whether code is output with an error.
fn is_faulty(lang: &str, text: &str) -> bool {
    OUTPUT.contains(&lang) && phrases::has_fault(text)
}

/// Whether a sentence speaks of an error, and the block behind it plainly is the output with that error.
fn mentions(next: Option<&Block>, sentence: &str) -> bool {
    matches!(next.map(|next| &next.kind), Some(Kind::Code { lang, text }) if !lang.is_empty()
        && is_faulty(lang, text) && phrases::mentions(sentence))
}

/// Whether a sentence says what its reader will see, and the block behind it plainly is output with an error.
fn turns_up(next: Option<&Block>, sentence: &str) -> bool {
    let plainly = match next.map(|next| &next.kind) {
        Some(Kind::Code { lang, text }) => is_faulty(lang, text) && !transcript::is_command(text),
        Some(Kind::Quote(inner)) => inner.iter().any(
            |block| matches!(&block.kind, Kind::Paragraph(spans) if is_words(&block.kind) && phrases::has_fault(&plain(spans))),
        ),
        _ => false,
    };
    plainly && phrases::turns_up(sentence)
}

/// Whether a block is output that begins as errors do, whatever stands before it.
fn is_plain_fault(next: Option<&Block>) -> bool {
    matches!(next.map(|next| &next.kind), Some(Kind::Code { lang, text })
        if OUTPUT.contains(&lang.as_str()) && phrases::begins_with_fault(text))
}

/// Whether a block can show what the paragraph before it announces.
fn shows(kind: &Kind) -> bool {
    match kind {
        Kind::Code { .. } | Kind::Quote(_) | Kind::Note(_) | Kind::List { .. } => true,
        Kind::Paragraph(spans) => quotation(spans).is_some() && !is_caption(spans),
        _ => false,
    }
}

/// Whether a block says something, and is no aside.
fn is_words(kind: &Kind) -> bool {
    let Kind::Paragraph(spans) = kind else { return false };
    let text = plain(spans);
    let lead = text.split([':', '：']).next().unwrap_or_default();
    let is_aside = matches!(spans.first(), Some(Span { node: Node::Strong(words), .. }) if labels::is_aside(plain(words).trim()))
        || labels::is_aside(lead.trim());
    text.split_whitespace().count() >= 3 && !text.trim_start().starts_with("[!") && !is_aside
}

/// The code that a line names and nothing else: "Error code: `InvalidBerth`".
fn named(spans: &[Span]) -> Option<Block> {
    let text = plain(spans);
    let (label, code) = text.split_once([':', '：'])?;
    let is_code = matches!(labels::find(label), Some((Label::Code, _))) && codes::is_code(code);
    let at = spans.first()?.at;
    is_code.then(|| Block { at, kind: Kind::Paragraph(vec![Span { at, node: Node::Text(code.trim().into()) }]) })
}

/// A paragraph that announced something which is shown elsewhere ends like a sentence.
fn softened(mut spans: Vec<Span>) -> Vec<Span> {
    if let Some(Span { node: Node::Text(text), .. }) = spans.last_mut()
        && let Some(sentence) = text.trim_end().strip_suffix(':')
    {
        *text = format!("{}.", sentence.trim_end());
    }
    spans
}

fn is_strong(part: &[Span]) -> bool {
    matches!(part.first(), Some(Span { node: Node::Strong(_), .. }))
}

/// Whether a paragraph is bold words that ask, or stand over what follows: "**How does it look?**".
fn is_caption(spans: &[Span]) -> bool {
    matches!(spans, [Span { node: Node::Strong(words), .. }] if plain(words).trim_end().ends_with(['?', ':']))
}

/// The messages that a whole paragraph is, where one may stand.
fn whole(spans: &[Span], state: State, seen_strong: bool) -> Option<Vec<Vec<Span>>> {
    let parts = quotation(spans).filter(|_| !is_caption(spans))?;
    let text = plain(spans);
    let is_sentence = text.split_whitespace().count() >= 3;
    let fits = match state {
        State::Expected | State::Labelled => true,
        State::Start { errors } => !is_strong(&parts[0]) && is_sentence && (errors || phrases::has_fault(&text)),
        State::Continued => is_sentence,
        State::Prose => is_strong(&parts[0]) && seen_strong && is_sentence && text.trim_end().ends_with(['.', '!']),
    };
    fits.then_some(parts)
}

/// The message in code that a paragraph begins with on a line of its own, where one may stand.
fn first_line(spans: &[Span], state: State) -> Option<Vec<Span>> {
    let fits = matches!(state, State::Expected | State::Labelled | State::Start { errors: true });
    let end = spans.iter().position(|span| matches!(span.node, Node::Break)).filter(|_| fits)?;
    let is_code = matches!(&spans[..end], [Span { node: Node::Code(code), .. }, rest @ ..]
        if phrases::is_message_like(code) && !transcript::is_command(code) && plain(rest).trim().trim_matches(['.', ',']).is_empty());
    (is_code && spans.len() > end + 1 && quotation(spans).is_none()).then(|| spans[..end].to_vec())
}

/// Languages of code blocks that hold what a program prints; others hold what its user writes.
const OUTPUT: &[&str] = &[
    "",
    "text",
    "txt",
    "none",
    "plaintext",
    "plain",
    "output",
    "console",
    "log",
    "logs",
    "error",
    "shell-session",
    "terminal",
    "stdout",
    "stderr",
    "raw",
    "http",
    "no-highlight",
    "nohighlight",
];
const SHELL: &[&str] = &["sh", "bash", "shell", "zsh", "cmd", "bat", "powershell", "azurecli", "azurepowershell", "ps"];

fn is_output(lang: &str, code: &str, state: State) -> bool {
    let printed = transcript::records(code);
    let text = printed.join("\n");
    // A value alone is no message.
    let letters = text.chars().filter(|c| c.is_alphabetic()).take(LETTERS).count();
    if letters < LETTERS || state == State::Prose || transcript::is_source(lang, &text) {
        return false;
    }
    let faulty = phrases::has_fault(&text);
    let has_prompt = code.lines().any(transcript::is_typed);
    match state {
        State::Expected | State::Labelled if OUTPUT.contains(&lang) => faulty || !transcript::is_command(&text),
        State::Expected | State::Labelled => faulty || SHELL.contains(&lang) && !transcript::is_command(&text),
        State::Start { errors } => {
            // What a service answers with is data.
            let answers = errors && faulty && ["json", "xml"].contains(&lang);
            answers || OUTPUT.contains(&lang) && !transcript::is_command(&text) && (faulty || errors && !has_prompt)
        }
        State::Continued => OUTPUT.contains(&lang) && !transcript::is_command(&text) && (faulty || !has_prompt),
        State::Prose => false,
    }
}

/// A message's letters and digits, to compare it with others.
pub(super) fn folded(block: &Block) -> String {
    let text = match &block.kind {
        Kind::Paragraph(spans) => plain(spans),
        Kind::Code { text, .. } => text.clone(),
        _ => String::new(),
    };
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
