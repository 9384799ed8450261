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
    pub(super) fn of(draft: &Draft, set: &Set, words: &str) -> Option<Credit> {
        let (suggestion, suggested_by) = (draft.suggestion.clone(), draft.suggested_by.clone());
        let is_suggested = suggestion.is_some() || suggested_by.is_some();
        let (kind, set, words) = (draft.kind, set.clone(), words.trim().to_owned());
        is_suggested.then_some(Credit { suggestion, suggested_by, kind, set, words })
    }

    /// Whether a decision still is what was suggested.
    pub(super) fn is_due(&self, kind: Kind, set: &Set, words: &str) -> bool {
        let has_its_words = kind != Kind::Note || words.trim() == self.words;
        self.kind == kind && self.set == *set && has_its_words
    }
}
