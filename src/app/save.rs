//! What becomes of the desk once a save has ended.

use std::error::Error;

use super::form::About;
use super::view::Aim;
use super::{App, Busy, Effect, Leaving, Popup, Prepared, Reopened, Toast, Uncommitted, Underneath, View};
use crate::config::Action;
use crate::fault::{Fault, Kind};
use crate::report::BugIx;
use crate::text::counted;
use crate::triage::BugSet;

impl App {
    /// Goes on with the saved report, and at a bug whose decision the report cannot say, if there is one.
    pub(super) fn saved(&mut self, mut reopened: Reopened) -> Vec<Effect> {
        let onto = if reopened.carried { ", onto the report as others had changed it" } else { "" };
        let fault = reopened.fault.take();
        let left = fault.as_ref().map_or(0, |fault| 1 + fault.further().len());
        let not = if left > 0 { format!(", {left} not") } else { String::new() };
        let saved = match self.unsaved().saturating_sub(left) {
            0 => None,
            saved => Some(format!("saved {}{not}{onto}", counted(saved, "decision"))),
        };
        let mut told = self.kept_told(saved, &reopened);
        told.refusal |= left > 0;
        self.ui.uncommitted = reopened.uncommitted.is_some();
        let mut effects = self.take_up(reopened);
        if told.refusal && self.ui.busy == Busy::ThenQuit {
            // Whoever leaves at once would never read it.
            self.ui.busy = Busy::Saving;
        }
        self.say(told);
        if let Some(fault) = fault {
            self.go_to_pending();
            self.failed(fault);
        }
        effects.extend(self.after_save());
        effects
    }

    /// Puts the cursor on the first bug of the oldest pending decision, where that is in view.
    fn go_to_pending(&mut self) {
        let bug = self.session.pending().first().and_then(|decision| decision.draft.bugs().next());
        if let Some((bug, _)) = bug.filter(|(bug, _)| self.ui.view.shows(*bug)) {
            self.ui.view.go(bug);
            self.ui.scroll = 0;
        }
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
        let Reopened { prepared, places, notes, holder, hindered, .. } = reopened;
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
        self.ui.left.iter_mut().for_each(|left| left.follow(place));
        self.ui.filters.follow(place);
        self.ui.settled_from = self.ui.settled_from.and_then(place);
        let rewritten = std::mem::take(&mut self.ui.rewritten).into_iter();
        self.ui.rewritten = rewritten.filter_map(|(bug, lines)| Some((place(bug)?, lines))).collect();
        for popup in &mut self.ui.popups {
            if let Popup::Filter(line) = popup {
                line.follow(place);
            }
        }
        self.ui.restating += 1;
        self.ui.evidence.forget();
        self.ui.preview.forget();
        (self.ui.counts, self.ui.earlier) = (counts, earlier);
        (self.ui.underneath, self.ui.holder, self.ui.hindered) = (Underneath::Same, holder, hindered);
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

    /// What was saved, if anything, and what has become of it in git.
    fn kept_told(&self, saved: Option<String>, reopened: &Reopened) -> Toast {
        let Reopened { commits, warnings, uncommitted, .. } = reopened;
        let not = uncommitted.as_ref().map(|uncommitted| not_committed(&uncommitted.fault, commits));
        let is_refusal = not.is_some() || !warnings.is_empty();
        let parts: Vec<String> =
            saved.into_iter().chain(committed(commits)).chain(not).chain(warnings.iter().cloned()).collect();
        match (uncommitted, parts.join(" · ")) {
            (_, said) if said.is_empty() => Toast::done("everything that was saved is committed"),
            (Some(uncommitted), said) => Toast::refusal(said).hint(self.uncommitted_hints(uncommitted)),
            (None, said) if is_refusal => Toast::refusal(said),
            (None, said) => Toast::done(said),
        }
    }

    /// What to do about what is not committed: the command that does it by hand, and the key that tries again where that helps.
    pub(super) fn uncommitted_hints(&self, Uncommitted { fault, can_retry }: &Uncommitted) -> String {
        let again = match self.key_of(Action::Save) {
            key if key.is_empty() || !can_retry => None,
            key => Some(format!("{key} tries again")),
        };
        fault.hints().iter().cloned().chain(again).collect::<Vec<_>>().join(" · ")
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

/// `committed 41fa164`; of several the last, and how many there are.
fn committed(commits: &[String]) -> Option<String> {
    match commits {
        [] => None,
        [one] => Some(format!("committed {one}")),
        [.., last] => Some(format!("committed {}, the last {last}", counted(commits.len(), "time"))),
    }
}

/// What no commit has, and why.
fn not_committed(fault: &Fault, commits: &[String]) -> String {
    let not = if commits.is_empty() { "not committed" } else { "the rest not committed" };
    format!("{not}: {}", fault.source().map_or_else(|| fault.to_string(), ToString::to_string))
}
