//! What to say when no message was recognised for sure: the closest entries, and the one question worth asking.

use super::Diagnoser;
use crate::judge::{LEAST_SHARE, described};
use crate::order::{descending, sort_by_key};
use crate::paste::Paste;
use crate::report::{About, Choice, Confidence, Diagnosis, Explanation, Manner, Options, Question};

/// How many closest entries are named when nothing was found.
const MOST_CLOSEST: usize = 3;
impl Diagnoser {
    /// What to ask about a message that is still several entries: which app, or which description.
    // By itself: browsers compile a function when it is first called, and most answers need none of this.
    #[inline(never)]
    pub(super) fn question(&self, entries: &[u32], options: &Options) -> Question {
        let mut apps: Vec<&String> = Vec::new();
        for app in entries.iter().filter_map(|entry| self.entry(*entry).apps.first()) {
            if !apps.contains(&app) {
                apps.push(app);
            }
        }
        let by_app = apps.len() == entries.len();
        let label = |entry: u32| match self.entry(entry).apps.first() {
            Some(app) if by_app => app.clone(),
            _ => self.told(entry, options).title,
        };
        let choices =
            entries.iter().map(|entry| Choice { label: label(*entry), entry: self.entry(*entry).id.clone() }).collect();
        Question { about: if by_app { About::App } else { About::Situation }, choices }
    }

    /// The nearest entries, by what stands there of their messages and by the words that they share with the text. One
    /// that is described well and far ahead of the next is an answer.
    // By itself: browsers compile a function when it is first called, and most answers need none of this.
    #[inline(never)]
    pub(super) fn closest(&self, paste: &Paste, options: &Options, found: Vec<(Diagnosis, u32)>) -> Vec<Diagnosis> {
        let view = paste.main();
        if options.without.words {
            return Vec::new();
        }
        let is_wanted =
            |entry: u32| options.product.as_ref().is_none_or(|product| self.entry(entry).product == *product);
        let ranked: Vec<(u32, u32)> =
            self.words().rank(view).into_iter().filter(|(entry, _)| is_wanted(*entry)).collect();
        if let Some(entry) =
            self.words().title(view).filter(|entry| is_wanted(*entry)).or_else(|| described(view, &ranked))
        {
            let share = ranked.iter().find(|(ranked, _)| *ranked == entry).map_or(100, |(_, share)| share / 10);
            return vec![Diagnosis { confidence: Confidence::Likely, ..self.told_by_words(entry, share, options) }];
        }
        let mut closest: Vec<(u32, Diagnosis)> =
            found.into_iter().map(|(diagnosis, share)| (share * 10, diagnosis)).collect();
        for (entry, share) in ranked.into_iter().take(2 * MOST_CLOSEST).filter(|(_, share)| *share >= LEAST_SHARE) {
            let id = &self.entry(entry).id;
            match closest
                .iter_mut()
                .find(|(_, diagnosis)| diagnosis.entry == *id || diagnosis.alternatives.contains(id))
            {
                Some((known, _)) => *known = (*known).max(share),
                None => closest.push((share, self.told_by_words(entry, share / 10, options))),
            }
        }
        sort_by_key(&mut closest, |(share, _)| [descending(*share), 0]);
        closest.into_iter().map(|(_, diagnosis)| diagnosis).take(MOST_CLOSEST).collect()
    }

    fn told_by_words(&self, entry: u32, share: u32, options: &Options) -> Diagnosis {
        let explanation = Explanation { how: Manner::Description, share, missing: Vec::new(), runner_up: None };
        Diagnosis { explanation: options.explain.then_some(explanation), ..self.told(entry, options) }
    }
}
