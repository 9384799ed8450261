//! What becomes of the desk once a save has ended.

use super::view::Aim;
use super::{App, Earlier, Effect, Leaving, Popup, Reopened, Saving, Toast};
use crate::fault::Fault;
use crate::report::BugIx;
use crate::triage::BugSet;

impl App {
    /// Goes on with the saved report: cursor, marks and what was seen stay with their bugs.
    pub(super) fn saved(&mut self, reopened: Reopened) -> Vec<Effect> {
        let Reopened { session, places } = reopened;
        let place = |bug: BugIx| places.get(bug.at()).copied().flatten();
        let written = self.unsaved();
        let cursor = self.cursor().and_then(place);
        let seen = std::mem::replace(&mut self.session, session);
        seen.seen().iter().filter_map(place).for_each(|bug| self.session.see(bug));
        self.ui.marks = self.ui.marks.iter().filter_map(place).collect::<BugSet>();
        for popup in &mut self.ui.popups {
            if let Popup::Filter(line) = popup {
                line.follow(place);
            }
        }
        self.ui.counts = self.session.counts();
        self.ui.earlier = Earlier::of(self.session.past());
        let mut effects = self.view_anew(cursor);
        effects.push(self.audit());
        self.say(Toast::done(format!("saved {}", count(written, "decision"))));
        effects.extend(self.after_save());
        effects
    }

    /// A save failed: what was to follow it does not.
    pub(super) fn not_saved(&mut self, fault: Fault) {
        self.ui.saving = Saving::Not;
        self.failed_waited_for(fault);
    }

    fn view_anew(&mut self, cursor: Option<BugIx>) -> Vec<Effect> {
        let filter = self.ui.view.filter().to_owned();
        self.ui.view.reopen(self.session.report());
        cursor.into_iter().for_each(|bug| self.ui.view.go(bug));
        if filter.is_empty() { Vec::new() } else { self.filter(filter, Aim::Keep) }
    }

    fn after_save(&mut self) -> Vec<Effect> {
        match std::mem::take(&mut self.ui.saving) {
            Saving::ThenQuit => vec![Effect::Quit(Leaving::Quietly)],
            _ => self.release(),
        }
    }
}

/// `1 decision`, `2 decisions`.
pub(super) fn count(many: usize, what: &str) -> String {
    format!("{many} {what}{}", if many == 1 { "" } else { "s" })
}
