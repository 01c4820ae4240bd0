use super::*;
use crate::paste::fold;

/// The hits in `text`, each as the number of its message and the pasted text that it spans.
fn found(messages: &[&str], text: &str) -> Vec<(u32, String)> {
    let templates: Vec<_> = messages.iter().map(|message| Template::new(message).unwrap()).collect();
    let folded = fold(text, None);
    let span = |hit: &Hit| {
        let (start, end) = folded.origin(hit.span().0 as usize, hit.span().1 as usize);
        (hit.template, text[start..end].to_owned())
    };
    hits(templates.as_slice(), &Index::new(&templates), &folded).iter().map(span).collect()
}

#[test]
fn a_hit_is_as_short_as_the_text_allows() {
    let messages = ["Could not open {file}: permission denied"];
    let text = "could not open a; could not open b: permission denied, permission denied";
    assert_eq!(found(&messages, text), [(0, "could not open b: permission denied".to_owned())]);
}

#[test]
fn word_boundaries_count() {
    assert!(found(&["StatusCode=429 now"], "StatusCode=4290 now").is_empty());
    assert!(found(&["NullPointerException"], "MyNullPointerException").is_empty());
    assert_eq!(found(&["User Not Authenticated"], "429User Not Authenticatedx").len(), 0);
    assert_eq!(found(&["User Not Authenticated"], "code429User Not Authenticated").len(), 1);
    assert_eq!(found(&["경고 {name}에 대한 작업"], "경고 cpu에 대한 작업").len(), 1);
}

#[test]
fn alternatives_match_each_and_all() {
    let messages = ["error_message: {Record not found|Invalid table} here"];
    for text in ["error_message: invalid table here", "error_message: {Record not found|Invalid table} here"] {
        assert_eq!(found(&messages, text).len(), 1, "{text}");
    }
    assert!(found(&messages, "error_message: here").is_empty());
}

#[test]
fn every_occurrence_is_found_and_far_ends_are_not() {
    let messages = ["begin of it {x} end of it"];
    assert_eq!(found(&messages, &"begin of it 1 end of it\n".repeat(50)).len(), 50);
    let far = format!("begin of it {} end of it", "x ".repeat(LONGEST_SLOT + 1));
    assert!(found(&messages, &far).is_empty());
}

#[test]
fn a_look_ahead_never_changes_what_is_found() {
    let messages = [
        "alpha one {x} beta two",
        "alpha one {x} gamma three {y} beta two",
        "alpha one {x} delta",
        "alpha one {x} … gamma three",
        "alpha one {x} {beta two|noise and less|delta}",
    ];
    let templates: Vec<_> = messages.iter().map(|message| Template::new(message).unwrap()).collect();
    let index = Index::new(&templates);
    let parts = ["alpha one ", "beta two ", "gamma three ", "delta ", "\n", "noise and more noise "];
    let mut seed = 3_u32;
    let (mut found, mut spared) = (0, 0);
    for _ in 0..100 {
        let text: String = (0..300)
            .map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                // Few ends, so that most are far.
                parts[[0, 0, 4, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5, 1, 2, 3][(seed >> 24) as usize % 16]]
            })
            .collect();
        let folded = fold(&text, None);
        let mut with = |next: fn(u32) -> u32| {
            let mut prover = Prover::new(templates.as_slice(), &folded);
            let mut hits = Vec::new();
            index.candidates(&folded, |candidate, start| {
                hits.push(prover.prove(Candidate { next: next(candidate.next), ..candidate }, start));
                let reach = usize::from(candidate.slots) * (LONGEST_SLOT + SHORT_PART) + 4;
                spared += usize::from(prover.looked.1 == candidate.at + candidate.len as usize + reach);
            });
            hits
        };
        let hits = with(|next| next);
        assert_eq!(hits, with(|_| 0), "{text}");
        let is_far = |hit: &&Hit| hit.segments[1].0 > hit.segments[0].1 + 160;
        found += hits.iter().flatten().filter(is_far).count();
    }
    assert!(found > 100 && spared > 100, "{found} far ends, {spared} not there: hardly anything was tried");
}

#[test]
fn memory_never_changes_what_is_found() {
    // Beginnings and ends in all orders, against a search that remembers nothing: one text a hit.
    let messages = ["alpha one {x} beta two {y} gamma three"];
    let parts = ["alpha one ", "beta two ", "gamma three ", "noise "];
    let mut seed = 7_u32;
    for _ in 0..300 {
        let text: String = (0..40)
            .map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                parts[(seed >> 24) as usize % 4]
            })
            .collect();
        let expected = naive(&text);
        let spans: Vec<_> = found(&messages, &text).into_iter().map(|(_, span)| span).collect();
        assert_eq!(spans, expected, "{text}");
    }
}

/// Shortest non-overlapping finds of "alpha one … beta two … gamma three", by looking at every word.
fn naive(text: &str) -> Vec<String> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (beta, _) in text.match_indices("beta two") {
        let Some(alpha) = text[..beta].rfind("alpha one") else { continue };
        let Some(gamma) = text[beta..].find("gamma three") else { continue };
        found.push((alpha, beta + gamma + "gamma three".len()));
    }
    found.sort_by_key(|(start, end)| (*end, std::cmp::Reverse(*start)));
    let mut kept: Vec<(usize, usize)> = Vec::new();
    for span in found {
        if kept.last().is_none_or(|last| span.0 >= last.1) {
            kept.push(span);
        }
    }
    kept.into_iter().map(|(start, end)| text[start..end].to_owned()).collect()
}

#[test]
fn of_two_at_the_same_place_the_first_message_stands_first() {
    for (messages, text) in [
        (["open {x} delta {y} shut", "open {x} gamma {y} shut"], "open a gamma b delta c shut"),
        (["in {x}stone {z} of", "in {x} lamps {z} of"], "in a-stone b lamps c of"),
    ] {
        let numbers: Vec<u32> = found(&messages, text).into_iter().map(|(number, _)| number).collect();
        assert_eq!(numbers, [0, 1], "{text}");
    }
}

#[test]
fn a_letter_that_folds_to_nothing_is_part_of_the_one_before() {
    for text in ["alpha q\u{345} beta two", "alpha \u{345}q beta two", "alpha\u{345} q beta two\u{345}"] {
        assert_eq!(found(&["alpha {x} beta two"], text).len(), 1, "{text:?}");
    }
}

#[test]
fn an_anchor_of_another_length_is_none() {
    let templates = [Template::new("alpha beta gamma").unwrap()];
    let text = fold("alpha beta gamma", None);
    let mut prover = Prover::new(templates.as_slice(), &text);
    let candidate = Candidate { template: 0, segment: 0, variant: 0, len: 14, next: 0, slots: 0, at: 0 };
    assert!(prover.prove(candidate, 0).is_some());
    assert_eq!(prover.prove(Candidate { len: 4, ..candidate }, 0), None);
}

#[test]
fn a_value_goes_on_for_a_few_lines_and_no_more() {
    // The first message is looked for by how it begins, the second by what follows, because others begin like it.
    let messages = ["begin of it {x} end of it", "start of it {x} and of another", "start of it {x} something else"];
    for (head, tail) in [("begin of it", "end of it"), ("start of it", "and of another")] {
        for lines in 0..12 {
            let expected = usize::from(lines <= MOST_SLOT_LINES);
            let text = format!("noise\n{head} 1{} {tail}\nnoise\n", "\n2".repeat(lines));
            assert_eq!(found(&messages, &text).len(), expected, "{lines} lines behind {head}");
            // What is around the value's own lines does not count.
            let text = format!("noise\n{head}\n1{}\n{tail}\nnoise\n", "\n2".repeat(lines));
            assert_eq!(found(&messages, &text).len(), expected, "{lines} lines apart from {head}");
        }
    }
}

/// How many candidates of a text are hits, and how many are none; by a search that remembers, as by one that does not.
fn proved_alike(templates: &[Template], index: &Index, text: &str) -> (usize, usize) {
    let folded = fold(text, None);
    let mut remembers = Prover::new(templates, &folded);
    let (mut proved, mut failed) = (0, 0);
    index.candidates(&folded, |candidate, start| {
        let hit = remembers.prove(candidate, start);
        assert_eq!(hit, Prover::new(templates, &folded).prove(candidate, start), "{candidate:?} in {text:?}");
        *(if hit.is_some() { &mut proved } else { &mut failed }) += 1;
    });
    (proved, failed)
}

/// The same as a search that remembers nothing, in texts where lines end and variants differ in length.
#[test]
fn lines_and_variants_do_not_confuse_memory() {
    let messages = [
        "alpha one {x} {beta|beta two|two beta two} {y} gamma three",
        "alpha one {x} gamma three and more",
        "{one|alpha one} {x} two beta {y} three",
    ];
    let templates: Vec<_> = messages.iter().map(|message| Template::new(message).unwrap()).collect();
    let index = Index::new(&templates);
    let parts = ["alpha one ", "beta two ", "gamma three ", "two ", "\n", "\n", "noise ", "and more "];
    let mut seed = 5_u32;
    let mut proved = 0;
    for _ in 0..2000 {
        let text: String = (0..50)
            .map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                parts[(seed >> 24) as usize % parts.len()]
            })
            .collect();
        proved += proved_alike(&templates, &index, &text).0;
    }
    assert!(proved > 1000, "{proved}");
}

/// Of variants that begin at one place the longest is taken, on both sides of what a message is looked for by.
#[test]
fn the_longest_variant_is_taken_before_and_behind_an_anchor() {
    let templates = [Template::new("{alpha one|alpha} {x} quokka zebra marker {y} {omega|omega nine}").unwrap()];
    let text = fold("alpha one b quokka zebra marker c omega nine d", None);
    let hits = hits(templates.as_slice(), &Index::new(&templates), &text);
    let parts = |hit: &Hit| -> Vec<String> {
        let parts = hit.segments.iter().map(|(start, end)| &text.text[*start as usize..*end as usize]);
        parts.map(|part| String::from_utf8_lossy(part).into_owned()).collect()
    };
    assert_eq!(hits.iter().map(parts).collect::<Vec<_>>(), [["alphaone", "quokkazebramarker", "omeganine"]]);
}

#[test]
fn every_slot_may_be_long() {
    let messages = ["alpha one {x} beta {y} gamma three and more {z} omega nine ten eleven"];
    let long = "x ".repeat(LONGEST_SLOT - 8);
    let far = format!("alpha one {long}beta {long}gamma three and more {long}omega nine ten eleven");
    assert_eq!(found(&messages, &far).len(), 1);
    assert_eq!(found(&messages, &far.replace("beta", "x x beta")).len(), 1);
    assert!(found(&messages, &far.replace("beta", &format!("{long} beta"))).is_empty());
}

/// The same as a search that remembers nothing, where ends are nearly as far from beginnings as `…` reaches.
#[test]
fn open_gaps_do_not_confuse_memory() {
    let templates: Vec<_> = ["alpha one … gamma three", "alpha one … delta four … gamma three"]
        .map(|text| Template::new(text).unwrap())
        .into();
    let index = Index::new(&templates);
    let noise = "noise and more ".repeat(LONGEST_OPEN / 40);
    let mut seed = 17_u32;
    let (mut proved, mut failed) = (0, 0);
    for _ in 0..200 {
        let text: String = (0..40)
            .map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                match (seed >> 24) % 16 {
                    0 => "gamma three ",
                    1 => "delta four ",
                    2..7 => &noise,
                    _ => "alpha one ",
                }
            })
            .collect();
        let (some, others) = proved_alike(&templates, &index, &text);
        (proved, failed) = (proved + some, failed + others);
    }
    assert!(proved > 100 && failed > 100, "{proved}, {failed}");
}
