//! The matcher held against one that has no index, no memory and no lists: every message tried in every line.
//!
//! What a line holds must be the same for both. The matcher reads many lines at once, as it does in a log; what it finds
//! across lines the other cannot see, and is left out.

use std::collections::BTreeSet;
use std::time::Instant;

use error_diagnoser::index::Index;
use error_diagnoser::matcher::hits;
use error_diagnoser::paste::{Edge, Folded, fold};
use error_diagnoser::template::{Segment, Template};

use crate::generate::Grammar;

/// So many lines does the matcher read at once.
const TOGETHER: usize = 2000;

/// Compares on at least so many lines of a generated log, and says what came of it. Panics where they differ.
pub fn compare(grammar: &Grammar, messages: usize, lines: usize) {
    let from = Instant::now();
    let made = grammar.messages(messages);
    let templates: Vec<Template> = made.messages.iter().map(|text| Template::new(text).expect("a message")).collect();
    let index = Index::new(&templates);
    let (mut read, mut found) = (0, 0);
    // A log of a hundred bytes a line is long enough.
    let log = grammar.log(&made, lines * 110).text;
    let all: Vec<&str> = log.split_inclusive('\n').collect();
    for some in all.chunks(TOGETHER) {
        let text = some.concat();
        let folded = fold(&text, None);
        let ends: Vec<usize> = some
            .iter()
            .scan(0, |end, line| {
                *end += line.len();
                Some(*end)
            })
            .collect();
        let line_of = |at: usize| ends.partition_point(|end| *end <= at);
        let indexed: BTreeSet<(usize, u32)> = hits(templates.as_slice(), &index, &folded)
            .iter()
            .map(|hit| (hit.origin(&folded), hit.template))
            .filter(|((start, end), _)| line_of(*start) == line_of(end - 1))
            .map(|((start, _), template)| (line_of(start), template))
            .collect();
        let mut tried = BTreeSet::new();
        for (number, line) in some.iter().enumerate() {
            let line = fold(line, None);
            tried.extend(
                (0..).zip(&templates).filter(|(_, template)| stands(template, &line)).map(|(at, _)| (number, at)),
            );
        }
        let differs = indexed.symmetric_difference(&tried).next();
        let said =
            |(line, template): &(usize, u32)| format!("{:?} in: {}", made.messages[*template as usize], some[*line]);
        assert!(differs.is_none(), "only one of both finds {}", differs.map(said).unwrap_or_default());
        read += some.len();
        found += tried.len();
    }
    assert!(read >= lines && found > 0, "{read} lines with {found} messages are too few");
    let seconds = from.elapsed().as_secs();
    println!(
        "{messages} messages tried in each of {read} lines, {found} found: the same as by the index ({seconds} s)"
    );
}

/// Whether a message stands in a line: its parts in order, at word boundaries, the first that fits each.
fn stands(template: &Template, line: &Folded) -> bool {
    let least = if template.is_word { Edge::Space } else { Edge::Soft };
    template.segments.iter().try_fold(0, |from, segment| first_end(segment, line, from, least)).is_some()
}

/// Where a part ends that stands at or behind a place.
fn first_end(segment: &Segment, line: &Folded, from: usize, least: Edge) -> Option<usize> {
    let stands = |at: usize, variant: &[u8]| {
        let end = at + variant.len();
        (segment.glued_start || line.edge(at) >= least) && (segment.glued_end || line.edge(end) >= least)
    };
    let places = segment.variants.iter().flat_map(|variant| {
        let starts = line.text[from..].windows(variant.len()).enumerate();
        let same = starts.filter(move |(_, text)| text.first() == variant.first() && *text == &**variant);
        same.map(move |(at, _)| (from + at, variant)).filter(|(at, variant)| stands(*at, variant))
    });
    // The earliest, and of those the longest.
    places.min_by_key(|(at, variant)| (*at, usize::MAX - variant.len())).map(|(at, variant)| at + variant.len())
}
