//! From a decision made, undone or made again to what the reviewer sees next.

use super::decide::concerns;
use super::form::About;
use super::{App, Popup, Toast};
use crate::config::Action;
use crate::triage::{Draft, Event, Kind};

impl App {
    /// Lets a committed event happen, and says so.
    pub(super) fn committed(&mut self, event: Event) {
        let is_back = match &event {
            Event::Decided(decision) => decision.draft.goes_back(),
            event => *event == Event::Undone,
        };
        let given_back = self.session.gives_back().map(|decision| decision.draft.clone());
        let then = match &event {
            Event::Decided(_) => App::after_decision,
            Event::Undone => App::after_undo,
            Event::Redone if given_back.is_some() => |app: &mut App| app.ui.last = app.last_pending(),
            Event::Redone => App::after_redo,
            Event::Settled { decision: Some(_), .. } => |app: &mut App| app.settled(true),
            Event::Settled { decision: None, .. } => |app: &mut App| app.settled(false),
        };
        let given_back = given_back.filter(|_| event == Event::Redone);
        if let Event::Decided(decision) | Event::Settled { decision: Some(decision), .. } = &event {
            self.drop_reason(&decision.draft);
        }
        let touched = self.touched_by(&event);
        self.session.apply(event);
        self.after_event(is_back, &touched);
        self.ui.restating += 1;
        self.ui.filters.changed();
        self.ui.counts = self.session.counts();
        self.check_anew();
        self.ui.view.recount(self.session.reviewed());
        then(self);
        if let Some(draft) = given_back {
            let said = format!("stands again: {}", self.standing_again(&draft));
            self.say_with(said, Action::Undo, "takes it back");
            self.go_to(&draft);
        }
    }

    fn after_decision(&mut self) {
        let Some(draft) = self.session.pending().last().map(|decision| decision.draft.clone()) else {
            return;
        };
        // Claims are set from beside the desk, maybe while a rationale for something else is being typed.
        let is_of_claims = draft.is_empty() && !draft.claims.is_empty();
        // What failed beside the desk may be told above it by now.
        let asked = self.ui.popups.iter().rposition(|popup| !matches!(popup, Popup::Error(_)));
        let is_asking = |at: &usize| matches!(self.ui.popups[*at], Popup::Rationale(_) | Popup::Form(_));
        let asked = asked.filter(is_asking).filter(|_| !is_of_claims);
        let stayed = match asked.map(|at| self.ui.popups.remove(at)) {
            Some(Popup::Rationale(rationale)) => rationale.blast.stayed(),
            _ => None,
        };
        if draft.reverts.is_some() {
            let (what, back, does) = match draft.goes_back() {
                true => ("taken back", Action::Redo, "gives it back"),
                false => ("brought back", Action::Undo, "undoes"),
            };
            let told = std::mem::take(&mut self.ui.told);
            let said = [vec![format!("{what}, once saved: {}", self.described(&draft))], told];
            self.say_with(said.concat().join("; "), back, does);
            return self.go_to(&draft);
        }
        let stayed = stayed.filter(|_| !draft.parts.iter().all(|part| part.set.severity.is_keep()));
        let said = [Some(self.described(&draft)), stayed].into_iter().flatten().collect::<Vec<_>>();
        self.say_with(said.join(" · "), Action::Undo, "undoes");
        if is_of_claims {
            return;
        }
        self.ui.left = self.ui.left.take().filter(|left| !left.is_said_by(&draft));
        if draft.is_empty() {
            return self.forget_forms(|about| *about == About::Report(draft.kind));
        }
        self.forget_forms(About::is_bugs);
        self.unmark();
        if self.ui.settings.auto_advance && self.cursor().is_some_and(|bug| concerns(&draft, bug)) {
            self.advance(draft.kind);
        }
        self.show_next_proposed();
        self.ui.last = Some(draft);
    }

    /// To the next undecided bug. Where there is none, the cursor stays: one that is decided already would be decided anew
    /// by the same key; it stays, too, after what leaves its bug undecided.
    fn advance(&mut self, kind: Kind) {
        if !kind.reviews() {
            return;
        }
        if self.ui.view.go_outside(self.session.reviewed(), true) {
            self.ui.scroll = 0;
            return;
        }
        let (said, hint) = self.none_undecided(true);
        let hint = [said, hint].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ");
        self.ui.toast.iter_mut().for_each(|toast| toast.hint.clone_from(&hint));
    }

    fn after_undo(&mut self) {
        let undone = self.session.next_redo().map(|decision| decision.draft.clone());
        self.ui.last = self.last_pending();
        self.after(undone, "undone", (Action::Redo, "redoes"));
    }

    fn last_pending(&self) -> Option<Draft> {
        super::last_repeatable(&self.session)
    }

    fn after_redo(&mut self) {
        let redone = self.session.pending().last().map(|decision| decision.draft.clone());
        self.ui.last = self.last_pending();
        self.after(redone, "redone", (Action::Undo, "undoes"));
    }

    fn after(&mut self, draft: Option<Draft>, what: &str, (back, does): (Action, &str)) {
        let Some(draft) = draft else { return };
        self.say_with(format!("{what}: {}", self.described(&draft)), back, does);
        self.go_to(&draft);
    }

    /// Says what was done, and which key does what about it.
    fn say_with(&mut self, said: String, action: Action, does: &str) {
        let said = match self.key_of(action) {
            key if key.is_empty() => said,
            key => format!("{said} — {key} {does}"),
        };
        self.say(Toast::done(said));
    }

    /// Puts the cursor on the bug of a decision on one bug, where that is in view.
    fn go_to(&mut self, draft: &Draft) {
        let bug = draft.bugs().next().map(|(bug, _)| bug).filter(|bug| self.ui.view.shows(*bug));
        if draft.len() == 1 {
            bug.into_iter().for_each(|bug| self.ui.view.go(bug));
        }
    }
}
