//! A rule's regular expression → expressions that each hold a fixed text, or the fixed text itself.
//!
//! Our expressions are tried where a fixed text of them stands, so alternatives at the outside become messages of their
//! own, and groups of alternatives are taken apart where no fixed text stands outside them.

use regex_syntax::ast::{
    Ast, ClassPerlKind, Concat, Flags, Group, GroupKind, Literal, Position, RepetitionKind, Span, parse::Parser,
    print::Printer,
};

use crate::pattern::Pattern;

/// More alternatives than this are not taken apart.
const MOST: usize = 32;

/// One alternative of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Branch {
    /// As an expression.
    pub source: String,
    /// As a text, if it is nothing but one.
    pub literal: Option<String>,
}

/// The alternatives of an expression. Fails with what is wrong with it.
pub(super) fn branches(source: &str) -> Result<Vec<Branch>, String> {
    let ast = Parser::new().parse(source).map_err(|error| format!("is no regular expression: {}", error.kind()))?;
    let mut expanded = expand(&ast);
    if expanded.len() > MOST {
        expanded = vec![ast];
    }
    Ok(expanded.iter().map(branch).collect())
}

fn branch(ast: &Ast) -> Branch {
    let mut source = trimmed(&print(ast)).to_owned();
    // A log is matched line by line where rules run, and as one text here.
    if has_anchor(ast) {
        source.insert_str(0, "(?m)");
    }
    let mut text = String::new();
    let literal = spell(ast, &mut text).then(|| text.split_whitespace().collect::<Vec<_>>().join(" "));
    Branch { source, literal: literal.filter(|text| !text.is_empty()) }
}

/// Without the "anything" before and behind, which would only make the find longer.
fn trimmed(source: &str) -> &str {
    let start = source.trim_start_matches(".*");
    let end = start.trim_end_matches(".*");
    if end.ends_with('\\') { start } else { end }
}

fn print(ast: &Ast) -> String {
    let mut printed = String::new();
    // Writing to a string does not fail.
    match Printer::new().print(ast, &mut printed) {
        Ok(()) | Err(std::fmt::Error) => printed,
    }
}

fn expand(ast: &Ast) -> Vec<Ast> {
    match ast {
        Ast::Alternation(alternation) => {
            // Flags at the beginning of one alternative hold for those behind it.
            let mut flags: Vec<Ast> = Vec::new();
            let mut all = Vec::new();
            for one in &alternation.asts {
                let with_flags = concat([flags.clone(), pieces(one)].concat());
                flags.extend(pieces(one).into_iter().filter(|piece| matches!(piece, Ast::Flags(_))));
                all.extend(expand(&with_flags));
            }
            all
        }
        Ast::Group(group) if is_plain(&group.kind) => expand(&group.ast),
        Ast::Concat(whole) if Pattern::new(&print(ast)).is_err() => {
            // The group whose alternatives hold the fixed text.
            let candidates = whole.asts.iter().enumerate().filter_map(|(at, piece)| match piece {
                Ast::Group(group) if is_plain(&group.kind) => Some((at, expand(&group.ast))),
                _ => None,
            });
            let with = |at: usize, one: Ast| {
                let mut asts = whole.asts.clone();
                asts.splice(at..=at, pieces(&one));
                concat(asts)
            };
            let mut tried =
                candidates.map(|(at, inner)| inner.into_iter().map(|one| with(at, one)).collect::<Vec<_>>());
            let usable = |asts: &Vec<Ast>| asts.iter().all(|ast| Pattern::new(&print(ast)).is_ok());
            tried.find(usable).unwrap_or_else(|| vec![ast.clone()])
        }
        _ => vec![ast.clone()],
    }
}

fn is_plain(kind: &GroupKind) -> bool {
    match kind {
        GroupKind::CaptureIndex(_) => true,
        GroupKind::NonCapturing(flags) => flags.items.is_empty(),
        GroupKind::CaptureName { .. } => false,
    }
}

fn pieces(ast: &Ast) -> Vec<Ast> {
    match ast {
        Ast::Concat(concat) => concat.asts.clone(),
        one => vec![one.clone()],
    }
}

fn concat(asts: Vec<Ast>) -> Ast {
    // An alternation inside needs its group back, or it would swallow its neighbours.
    let grouped = asts.into_iter().map(|ast| {
        if matches!(ast, Ast::Alternation(_)) {
            let kind = GroupKind::NonCapturing(Flags { span: nowhere(), items: Vec::new() });
            Ast::group(Group { span: nowhere(), kind, ast: Box::new(ast) })
        } else {
            ast
        }
    });
    Ast::concat(Concat { span: nowhere(), asts: grouped.collect() })
}

fn nowhere() -> Span {
    Span::splat(Position::new(0, 1, 1))
}

fn has_anchor(ast: &Ast) -> bool {
    match ast {
        Ast::Assertion(assertion) => {
            use regex_syntax::ast::AssertionKind::{EndLine, StartLine};
            matches!(assertion.kind, StartLine | EndLine)
        }
        Ast::Group(group) => has_anchor(&group.ast),
        Ast::Repetition(repetition) => has_anchor(&repetition.ast),
        Ast::Concat(concat) => concat.asts.iter().any(has_anchor),
        Ast::Alternation(alternation) => alternation.asts.iter().any(has_anchor),
        _ => false,
    }
}

/// Writes what an expression spells if it spells one text; letter case and white space do not matter in a message.
fn spell(ast: &Ast, text: &mut String) -> bool {
    match ast {
        Ast::Literal(literal) => {
            text.push(written(literal));
            true
        }
        Ast::Concat(concat) => {
            let asts = &concat.asts;
            let is_anything = |ast: &Ast| print(ast) == ".*";
            let from = asts.iter().position(|ast| !is_anything(ast)).unwrap_or(0);
            let to = asts.iter().rposition(|ast| !is_anything(ast)).map_or(0, |at| at + 1);
            asts[from..to].iter().all(|ast| spell(ast, text))
        }
        Ast::Flags(flags) => flags.flags.items.iter().all(|item| {
            use regex_syntax::ast::{Flag, FlagsItemKind};
            matches!(item.kind, FlagsItemKind::Flag(Flag::CaseInsensitive))
        }),
        Ast::Repetition(repetition) => {
            let is_space = matches!(&*repetition.ast, Ast::ClassPerl(class)
                if class.kind == ClassPerlKind::Space && !class.negated)
                || matches!(&*repetition.ast, Ast::Literal(literal) if literal.c == ' ');
            text.push(' ');
            is_space && matches!(repetition.op.kind, RepetitionKind::OneOrMore)
        }
        Ast::ClassPerl(class) => {
            text.push(' ');
            class.kind == ClassPerlKind::Space && !class.negated
        }
        Ast::Group(group) if is_plain(&group.kind) => spell(&group.ast, text),
        Ast::Empty(_) => true,
        _ => false,
    }
}

fn written(literal: &Literal) -> char {
    if literal.c.is_control() { ' ' } else { literal.c }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(source: &str) -> Vec<String> {
        let branches = branches(source).unwrap();
        branches.into_iter().map(|branch| branch.literal.unwrap_or(format!("/{}/", branch.source))).collect()
    }

    #[test]
    fn alternatives_are_taken_apart_where_no_fixed_text_stands_outside() {
        assert_eq!(told("disk .* full|no space left"), ["/disk .* full/", "no space left"]);
        assert_eq!(told("(?i)(queue gone|queue [a-z]+ lost)"), ["queue gone", "/(?i)queue [a-z]+ lost/"]);
        assert_eq!(told("(?i)ledger .+ broken|page lost"), ["/(?i)ledger .+ broken/", "page lost"]);
        assert_eq!(told(r#""code":(500|503)"#), [r#"/"code":(500|503)/"#]);
        assert_eq!(
            told("(lost|missing) (\\d+|all) (of it)"),
            ["/lost (\\d+|all) (of it)/", "/missing (\\d+|all) (of it)/"]
        );
    }

    #[test]
    fn what_spells_one_text_is_a_text() {
        assert_eq!(told(r".*node\s+went\.down \(again\).*"), ["node went.down (again)"]);
        assert_eq!(told("^node went down$"), ["/(?m)^node went down$/"]);
        assert_eq!(told("node (?P<name>.+) went"), ["/node (?P<name>.+) went/"]);
        assert!(branches("node (went").is_err());
    }
}
