//! Whatever is in a history, a rule or a log: no panic, and nothing lost without a word.

use error_diagnoser::Catalog;
use error_diagnoser::draft::{groups, propose};
use error_diagnoser::import::{RuleFile, cre};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_pastes_are_grouped(pastes in prop::collection::vec("(error|[a-z ]{3,12}|[{}…|/\\\\:.\"'\u{0}-\u{ff}가-힣😀]{0,8}){0,9}", 0..12)) {
        let texts: Vec<&str> = pastes.iter().map(String::as_str).collect();
        let found = groups(&texts);
        let mut members: Vec<usize> = found.iter().flat_map(|group| group.members.clone()).collect();
        members.sort_unstable();
        let count = members.len();
        members.dedup();
        prop_assert_eq!(members.len(), count, "no paste is in two groups");
        for (at, group) in found.iter().enumerate().take(2) {
            let proposal = propose(group, &found[at + 1..], &texts, &Catalog::default(), "p");
            prop_assert!(proposal.finds <= group.members.len());
        }
    }

    #[test]
    fn any_rule_is_accounted_for(expression in "\\PC{0,40}", value in "[ -~가-힣{}`/]{0,40}", log in "\\PC{0,80}") {
        let rule = serde_json::json!({ "rules": [{
            "cre": { "id": "X-1", "title": value, "cause": log, "mitigation": expression },
            "rule": { "set": { "match": [{ "regex": expression }, { "value": value }] } },
        }]});
        let imported = cre(&[RuleFile { path: "x/rule.yaml".into(), text: rule.to_string(), log: Some(log), other_log: None }]);
        prop_assert_eq!(imported.rules.len(), 1);
        let account = &imported.rules[0];
        prop_assert!(account.entry.is_some() || !account.left.is_empty());
    }
}
