//! What becomes of the desk once a save has ended.

use std::error::Error;

use super::form::About;
use super::view::Aim;
use super::{App, Busy, Effect, Leaving, Popup, Prepared, Reopened, Toast, Underneath, View};
use crate::fault::{Fault, Kind};
use crate::report::BugIx;
use crate::text::counted;
use crate::triage::BugSet;

impl App {
    /// Goes on with the saved report.
    pub(super) fn saved(&mut self, reopened: Reopened) -> Vec<Effect> {
        let said = counted(self.unsaved(), "decision");
        let onto = if reopened.carried { ", onto the report as others had changed it" } else { "" };
        let told = told(&format!("saved {said}{onto}"), &reopened);
        self.ui.uncommitted = reopened.uncommitted.is_some();
        let mut effects = self.take_up(reopened);
        if told.refusal && self.ui.busy == Busy::ThenQuit {
            // Whoever leaves at once would never read it.
            self.ui.busy = Busy::Saving;
        }
        self.say(told);
        effects.extend(self.after_save());
        effects
    }

    /// A save, or a reading, failed: what was to follow it does not.
    pub(super) fn not_saved(&mut self, fault: Fault) {
        self.ui.busy = Busy::Not;
        if fault.kind() == Kind::Interrupted {
            self.say(Toast::refusal(fault.to_string()));
            return self.drop_held();
        }
        self.failed_waited_for(fault);
    }

    /// Goes on with another state of the report: cursor, marks and what was seen stay with their bugs.
    pub(super) fn take_up(&mut self, reopened: Reopened) -> Vec<Effect> {
        let Reopened { prepared, places, notes, holder, .. } = reopened;
        let Prepared { session, view, counts, earlier } = prepared;
        let place = |bug: BugIx| places.get(bug.at()).copied().flatten();
        let cursor = self.cursor().and_then(place);
        self.keep_range();
        let seen = std::mem::replace(&mut self.session, session);
        seen.seen().iter().filter_map(place).for_each(|bug| self.session.see(bug));
        self.ui.marks = self.ui.marks.iter().filter_map(place).collect::<BugSet>();
        self.follow_declines(&seen, place);
        self.ui.reason.iter_mut().for_each(|reason| reason.follow(place));
        self.forget_forms(About::is_bugs);
        self.close_about_bugs();
        self.ui.filters.follow(place);
        for popup in &mut self.ui.popups {
            if let Popup::Filter(line) = popup {
                line.follow(place);
            }
        }
        self.ui.restating += 1;
        self.ui.evidence.forget();
        self.ui.preview.forget();
        (self.ui.counts, self.ui.earlier) = (counts, earlier);
        (self.ui.underneath, self.ui.holder) = (Underneath::Same, holder);
        self.log_anew();
        self.tell(notes);
        let mut effects = self.view_anew(view, cursor, place);
        effects.extend([self.audit(), self.suggest()]);
        effects.extend(self.ask_offers());
        effects.extend(self.count_facets_anew());
        effects
    }

    fn view_anew(
        &mut self,
        whole: View,
        cursor: Option<BugIx>,
        place: impl Fn(BugIx) -> Option<BugIx>,
    ) -> Vec<Effect> {
        let filter = self.ui.view.filter().to_owned();
        self.ui.view.reopen(whole, place);
        cursor.into_iter().for_each(|bug| self.ui.view.go(bug));
        match filter.is_empty() {
            false => self.filter(filter, Aim::Keep),
            true if self.ui.view.order().is_plain() => Vec::new(),
            true => self.arrange_anew(),
        }
    }

    /// Does what was to follow a save or a reading. Keys that waited for it were not meant for what it has opened.
    pub(super) fn after_save(&mut self) -> Vec<Effect> {
        let is_news = self.popup().is_some_and(Popup::is_news);
        match std::mem::take(&mut self.ui.busy) {
            _ if is_news => self.drop_held(),
            Busy::ThenQuit => return vec![Effect::Quit(Leaving::Quietly)],
            _ => return self.release(),
        }
        Vec::new()
    }

    /// Drops the keys that waited, and says so.
    pub(super) fn drop_held(&mut self) {
        let dropped = std::mem::take(&mut self.ui.held).len();
        if let (1.., Some(toast)) = (dropped, &mut self.ui.toast) {
            let keys = counted(dropped, "key");
            toast.text.push_str(&format!(" · {keys} typed meanwhile not taken"));
        }
    }
}

/// ` · committed 41fa164`; of several the last, and how many there are.
fn committed(commits: &[String]) -> String {
    match commits {
        [] => String::new(),
        [one] => format!(" · committed {one}"),
        [.., last] => format!(" · committed {}, the last {last}", counted(commits.len(), "time")),
    }
}

/// What was saved, and what has become of it in git.
fn told(saved: &str, reopened: &Reopened) -> Toast {
    let commits = &reopened.commits;
    let warnings: String = reopened.warnings.iter().map(|warning| format!(" · {warning}")).collect();
    let said = format!("{saved}{}", committed(commits));
    match &reopened.uncommitted {
        None if warnings.is_empty() => Toast::done(said),
        None => Toast::refusal(format!("{said}{warnings}")),
        Some(fault) => {
            let not = if commits.is_empty() { "not committed" } else { "the rest not committed" };
            let why = fault.source().map_or_else(|| fault.to_string(), ToString::to_string);
            Toast::refusal(format!("{said} · {not}: {why}{warnings}")).hint(fault.hints().join(" · "))
        }
    }
}
