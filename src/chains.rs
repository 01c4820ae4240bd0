//! Exception chains: of an error and those that it caused, the innermost known one leads.
//!
//! A stack trace names the failure that somebody noticed first and, behind `Caused by` or `--->`, the failures below it.
//! Whoever knows the cause wants the last of them; the others are evidence that it is the same trouble. This module
//! looks at the text between two finds; it does not know what they mean.

use crate::finds::{Find, without};
use crate::judge::How;
use crate::paste::Paste;

/// Between an exception and its cause stand stack frames, and not more of them than this (bytes).
const LONGEST_LINK: usize = 8 * 1024;

/// Within so many bytes a line shows its time, if it has one; a time has so many digits.
const LONGEST_TIME: usize = 32;
const LEAST_DIGITS: usize = 6;

/// How a line goes on with a trace, in the case that traces are printed in.
const CONTINUATIONS: [&[u8]; 9] = [
    b"Caused by",
    b"--->",
    b"--- End of",
    b" at ",
    b"\tat ",
    b" more",
    b"Inner exception",
    b"InnerException",
    b"nested exception",
];

/// What leads to the cause stands before it, with the name of its class between (bytes).
const LONGEST_NAME: usize = 400;

/// What leads from an exception to the one that caused it, in lower case.
const LINKS: [&str; 8] = [
    "caused by",
    "--->",
    "inner exception",
    "innerexception",
    "nested exception",
    "root cause",
    "exception message:",
    "underlying error",
];

/// Joins each chain into its innermost find; finds that are merely close stay out of it, and what says little by itself
/// (`is_little`: a bare class name) leads no message that says more. `finds` are in order.
pub fn join(paste: &Paste, mut finds: Vec<Find>, is_little: impl Fn(&Find) -> bool) -> Vec<Find> {
    let mut joined: Vec<u32> = Vec::new();
    for number in 1..finds.len() {
        let [outer, find] = &mut finds[number - 1..=number] else { continue };
        let wraps = outer.how > How::Close
            && find.how > How::Close
            && (is_little(outer) || !is_little(find))
            && is_link(&paste.text[outer.span.end..find.span.start]);
        if wraps {
            find.wrappers.append(&mut outer.wrappers);
            find.wrappers.extend(outer.literals(paste));
            joined.push(number as u32 - 1);
        }
    }
    without(finds, joined)
}

fn is_link(between: &str) -> bool {
    // Most finds in a log stand in records of their own, and that is seen soonest.
    let is_new = between.rfind('\n').is_some_and(|end| begins_another_record(&between[end + 1..]));
    if is_new || between.len() > LONGEST_LINK {
        return false;
    }
    let tail = &between[between.ceil_char_boundary(between.len().saturating_sub(LONGEST_NAME))..];
    let lower = tail.to_ascii_lowercase();
    LINKS.iter().any(|link| lower.contains(link)) && !between.lines().skip(1).any(begins_another_record)
}

/// Whether a line of a log begins something new: it has a time of its own, and does not go on with a trace. (Some logs
/// put the time before each line of a trace.)
fn begins_another_record(line: &str) -> bool {
    let line = line.trim_ascii_start().as_bytes();
    if line.starts_with(b"{\"") {
        return true;
    }
    let head = &line[..line.len().min(LONGEST_TIME)];
    let digits = head.iter().filter(|byte| byte.is_ascii_digit()).count();
    if digits < LEAST_DIGITS || !head.contains(&b':') {
        return false;
    }
    let goes_on = |at: usize| CONTINUATIONS.iter().any(|mark| line[at..].starts_with(mark));
    !(0..line.len()).any(|at| matches!(line[at], b'C' | b'-' | b' ' | b'\t' | b'I' | b'n') && goes_on(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_and_a_mark_make_a_link() {
        assert!(is_link(": x\n\tat a.b.C.d(C.java:1)\n\t... 3 more\nCaused by: java.io."));
        assert!(is_link(" ---> "));
        assert!(!is_link("\n2021-03-04 11:27:43 ERROR "));
        let stamped = "\n2021-03-04T11:27:43Z stderr F \tat a.B.c(B.java:7)\n2021-03-04T11:27:43Z stderr F Caused by: ";
        assert!(is_link(stamped));
        assert!(!is_link(&format!("{}Caused by: ", "\n\tat a.b".repeat(2000))));
    }

    #[test]
    fn another_record_of_a_log_ends_the_chain() {
        let prose = "\n2021-03-04 11:27:44 WARN a delay caused by the disk\n2021-03-04 11:27:45 ERROR ";
        assert!(!is_link(prose));
        assert!(!is_link("\n[04/Mar/2021 11:27:45] ERROR a delay caused by "));
        assert!(!is_link(" caused by the disk\"}\n{\"time\": 1614857265, \"message\": \""));
    }
}
