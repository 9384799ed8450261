//! Marks, and the range that is drawn until it becomes marks.
//!
//! A range is kept as marks before the view changes around it, so that what was chosen stays chosen.

use super::{App, Toast};
use crate::config::Action;
use crate::text::counted;
use crate::triage::BugSet;

impl App {
    /// Marks the bug under the cursor or unmarks it; where a range is drawn, marks that.
    pub(super) fn mark(&mut self) {
        if self.keep_range() {
            return;
        }
        let Some(bug) = self.cursor() else { return };
        if !self.ui.marks.remove(bug) {
            self.ui.marks.insert(bug);
        }
        self.step(1);
    }

    /// Begins a range, or marks the one that is drawn.
    pub(super) fn range(&mut self) {
        if self.keep_range() || self.cursor().is_none() {
            return;
        }
        self.ui.view.begin_range();
        let (range, clear) = (self.key_of(Action::Range), self.key_of(Action::Clear));
        self.say(Toast::done(format!("moving extends the range; {range} marks it, {clear} drops it")));
    }

    /// How the bugs were chosen that the next decision is about: `in range`; `None` where it is about the one under the
    /// cursor.
    pub fn chosen_as(&self) -> Option<&'static str> {
        match (self.ui.view.range().is_some(), !self.ui.marks.is_empty()) {
            (true, true) => Some("marked or in range"),
            (true, false) => Some("in range"),
            (false, true) => Some("marked"),
            (false, false) => None,
        }
    }

    /// How many bugs were chosen for the next decision, by marks or a range.
    pub fn how_many_chosen(&self) -> usize {
        let is_ranged = self.ui.view.range().is_some();
        if is_ranged { self.targets().len() } else { self.ui.marks.len() }
    }

    /// Makes marks of the range; `false` where none is drawn.
    pub(super) fn keep_range(&mut self) -> bool {
        if self.ui.view.range().is_none() {
            return false;
        }
        let ranged = self.ui.view.ranged();
        self.say(Toast::done(format!("{} marked", counted(ranged.len(), "bug"))));
        self.ui.marks = self.ui.marks.union(&ranged);
        self.ui.view.end_range();
        true
    }

    /// Marks all in view; where all are, unmarks them.
    pub(super) fn mark_all(&mut self) {
        self.ui.view.end_range();
        let shown: BugSet = self.ui.view.matches().bugs.iter().copied().collect();
        if shown.is_empty() {
            return;
        }
        let all = self.ui.marks.union(&shown);
        let (marks, said) = if all.len() == self.ui.marks.len() {
            (all.iter().filter(|bug| !shown.contains(*bug)).collect(), "unmarked")
        } else {
            (all, "marked")
        };
        self.ui.marks = marks;
        self.say(Toast::done(format!("{} {said}: all in view", shown.len())));
    }

    /// Forgets marks and range.
    pub(super) fn unmark(&mut self) {
        self.ui.marks = BugSet::default();
        self.ui.view.end_range();
    }
}
