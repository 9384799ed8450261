//! How bugs stand when an item comes to them, held against what it takes them to be.

use super::Judge;
use crate::cli::world;
use crate::methodology::LevelId;
use crate::proposal::Said;
use crate::report::{BugIx, To};
use crate::triage::BugSet;
use crate::triage::decision::meaning::{folded, is_scope, is_status, remark};

impl Judge<'_, '_> {
    /// Refuses what was proposed for bugs that stood otherwise.
    pub(super) fn not_stale(&mut self, said: &Said, bugs: &BugSet) {
        let Some(but) = self.but else { return };
        let bugs = &bugs.difference(but);
        for (name, text) in said.fields("from") {
            let text = text.as_deref();
            if let Some(word) = text.filter(|word| name == "severity" && self.is_no_severity(word, bugs)) {
                self.check("from", world::level(self.on.session.methodology(), word));
            } else if let Some(bug) = bugs.iter().find(|bug| !self.stands(*bug, name, text)) {
                let handle = self.on.session.report().handle(bug).into_owned();
                let was = text.unwrap_or("unset");
                let what = format!("this is stale: the {name} of {handle} is no longer {was}");
                self.refuse(Some("from"), what, "look at the bug again, and propose anew what still holds");
            }
        }
    }

    /// Whether a word names no level, and is not how one of the bugs writes its severity either.
    fn is_no_severity(&self, word: &str, bugs: &BugSet) -> bool {
        let is_written = |bug| self.writes_severity(bug, word);
        self.on.session.methodology().level_named(word).is_none() && !bugs.iter().any(is_written)
    }

    /// Whether a bug has no level but a severity in these words.
    fn writes_severity(&self, bug: BugIx, word: &str) -> bool {
        let written = self.on.session.report().severity(bug);
        self.on.session.level(bug).is_none()
            && written.is_some_and(|written| folded(&written) == folded(word))
    }

    /// Whether the report counts a bug as of this level, though the bug says another: a suggestion tells that one, as the log does.
    fn is_counted_as(&self, bug: BugIx, level: Option<LevelId>) -> bool {
        let session = self.on.session;
        session.level_before(bug, &To::from_option(session.level(bug)), 0) == level
    }

    /// Whether a bug has this severity, scope or status, or none.
    fn stands(&self, bug: BugIx, name: &str, text: Option<&str>) -> bool {
        let (session, methodology) = (self.on.session, self.on.session.methodology());
        match (name, text) {
            ("severity", Some(word)) => match methodology.level_named(word) {
                None => self.writes_severity(bug, word),
                level => session.level(bug) == level || self.is_counted_as(bug, level),
            },
            ("severity", None) => session.level(bug).is_none(),
            ("scope", Some(text)) => {
                session.scope(bug).is_some_and(|scope| is_scope(&scope, text, methodology))
            }
            (_, Some(text)) => {
                let is_meant = |status: &str| {
                    let has_remark = !remark(text, methodology).is_empty();
                    is_status(status, text, has_remark, methodology)
                };
                session.status(bug).is_some_and(|status| is_meant(&status))
            }
            ("scope", None) => session.scope(bug).is_none(),
            (_, None) => session.status(bug).is_none(),
        }
    }
}
