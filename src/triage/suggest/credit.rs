//! Whose suggestion a decision accepts.
//!
//! A decision is as somebody suggested it as long as it sets what was suggested: severity, scope, status and fields.
//! Words and the deviation rule are the reviewer's to mend, but for a note, which is nothing but its words.

use crate::triage::{Draft, Kind, Set};

/// Whose suggestion a decision accepts, and what that said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit {
    /// The suggestion rule.
    pub suggestion: Option<String>,
    /// Who proposes it.
    pub suggested_by: Option<String>,
    kind: Kind,
    set: Set,
    words: String,
}

impl Credit {
    /// That of a decision which accepts a suggestion, for those of its bugs that get `set`; `words` as they are shown.
    pub fn of(draft: &Draft, set: &Set, words: &str) -> Option<Credit> {
        let (suggestion, suggested_by) = (draft.suggestion.clone(), draft.suggested_by.clone());
        let is_suggested = suggestion.is_some() || suggested_by.is_some();
        let (kind, set, words) = (draft.kind, set.clone(), words.trim().to_owned());
        is_suggested.then_some(Credit { suggestion, suggested_by, kind, set, words })
    }

    /// Whether a decision still is what was suggested.
    pub fn is_due(&self, kind: Kind, set: &Set, words: &str) -> bool {
        let has_its_words = kind != Kind::Note || words.trim() == self.words;
        self.kind == kind && self.set == *set && has_its_words
    }
}

/// A decision that accepts a suggestion, for another reason: credited as long as that is due.
pub fn reworded(draft: Draft, rationale: &str) -> Draft {
    let set = draft.parts.first().map(|part| part.set.clone()).unwrap_or_default();
    let credit = Credit::of(&draft, &set, &draft.rationale);
    let draft = Draft { rationale: rationale.to_owned(), ..draft };
    match credit {
        Some(credit) if !credit.is_due(draft.kind, &set, rationale) => {
            Draft { suggestion: None, suggested_by: None, ..draft }
        }
        _ => draft,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::methodology::LevelId;
    use crate::triage::BugSet;

    /// Somebody would be named as the author of words that are not theirs.
    #[test]
    fn a_suggestion_for_another_reason_stays_whose_it_was_but_not_a_remark() {
        for (kind, set, is_theirs) in
            [(Kind::Reclassified, Set::severity(LevelId(1)), true), (Kind::Note, Set::default(), false)]
        {
            let draft = Draft::new(kind, BugSet::all(1), set);
            let (rationale, by) = (String::from("It is so."), Some(String::from("bot")));
            let draft = Draft { rationale, suggested_by: by.clone(), ..draft };
            assert_eq!(reworded(draft.clone(), " It is so. ").suggested_by, by);
            let mine = reworded(draft, "I looked.");
            assert_eq!((mine.rationale.as_str(), mine.suggested_by.is_some()), ("I looked.", is_theirs));
        }
    }
}
