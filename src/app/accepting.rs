//! What accepting would do here, in a few words, for where there is no room for all that is suggested.

use super::App;
use crate::config::Action;
use crate::report::BugIx;
use crate::triage::suggest::Suggested;
use crate::triage::{BugSet, name_of};

/// What accepting would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepting {
    /// The key that accepts.
    pub key: String,
    /// What would be decided: `P0 → P1 · Test infrastructure`, and which remark would go with a status.
    pub what: String,
    /// The rule or the person who suggests it, where it is about one bug.
    pub by: Option<String>,
    /// The key that shows it first, to be changed; empty where accepting does so anyway.
    pub edit: String,
}

impl App {
    /// Whether suggestions can be accepted at this desk, and there are any.
    pub fn has_suggestions(&self) -> bool {
        !self.ui.suggested.is_empty() && self.ui.holder.is_none() && !self.is_glimpse()
    }

    /// The remark that goes with the status of a bug where what is suggested for it is accepted, in a few words.
    pub fn going_with(&self, bug: BugIx, suggested: &Suggested) -> Option<String> {
        self.going(&BugSet::from(bug), &suggested.set)
    }

    /// What accepting would do for the bug under the cursor, or for those that are marked or in the range.
    pub fn accepting(&self) -> Option<Accepting> {
        let key =
            Some(self.key_of(Action::Accept)).filter(|key| !key.is_empty() && self.has_suggestions())?;
        if let Some(chosen) = self.chosen_as() {
            let targets = self.targets();
            let with = targets.intersection(&self.ui.suggested).len();
            let what = format!("what is suggested for {with} of {} {chosen}", targets.len());
            return (with > 0).then_some(Accepting { key, what, by: None, edit: String::new() });
        }
        let bug = self.cursor()?;
        let suggested = self.suggestion(bug)?;
        let words = suggested.words(bug, &self.session);
        let what =
            [words].into_iter().chain(self.going_with(bug, &suggested)).collect::<Vec<_>>().join(" · ");
        let by = suggested.by.as_deref().map(name_of).or(suggested.suggestion.as_deref());
        Some(Accepting { key, what, by: by.map(str::to_owned), edit: self.key_of(Action::EditSuggestion) })
    }
}
