//! Declining what is suggested, and having it back.
//!
//! To decline is no decision, so undoing has nothing to do with it. What was declined at once comes back at once, the
//! last first.

use super::{App, Effect, Toast};
use crate::config::Action;
use crate::fault::Fault;
use crate::report::BugIx;
use crate::text::counted;
use crate::triage::decision::meaning::Meaning;
use crate::triage::suggest::{Decline, Voice};
use crate::triage::{BugSet, Session};

/// Suggestions that are declined at once: the bugs, each with whose suggestion it is.
pub(super) type Declined = Vec<(BugIx, Voice)>;

impl App {
    /// Declines what is suggested first for each of the targets.
    pub(super) fn decline(&mut self) -> Vec<Effect> {
        let targets = self.targets();
        let open = self.by_voice(&targets.intersection(&self.ui.suggested));
        let bugs: Declined =
            open.iter().flat_map(|(voice, bugs)| bugs.iter().map(|bug| (bug, *voice))).collect();
        if bugs.is_empty() {
            let is_declined = targets.iter().any(|bug| self.declined_for(bug).next().is_some());
            let said = match is_declined {
                true => self.with_way_back("declined already"),
                false => "nothing is suggested here to decline".to_owned(),
            };
            self.say(Toast::refusal(said));
            return Vec::new();
        }
        self.keep_declined(bugs, true)
    }

    /// Brings back what was declined last for the targets, else what was declined last at all. Of what was declined
    /// before the desk was opened nobody knows the order: for the targets all of that comes back.
    pub(super) fn bring_back(&mut self) -> Vec<Effect> {
        let targets = self.targets();
        let is_of_targets = |these: &Declined| these.iter().any(|(bug, _)| targets.contains(*bug));
        let before = || targets.iter().flat_map(|bug| self.declined_for(bug).map(move |voice| (bug, voice)));
        let here = self.declines().find(is_of_targets);
        let here = here.or_else(|| Some(before().collect()).filter(|these: &Declined| !these.is_empty()));
        if let Some(bugs) = here.or_else(|| self.declines().next()) {
            return self.keep_declined(bugs, false);
        }
        self.say(Toast::refusal("nothing is declined that could be brought back"));
        Vec::new()
    }

    /// Has it kept, which what decides has to wait for: each is about what is suggested once the one before is kept.
    fn keep_declined(&mut self, bugs: Declined, is_declined: bool) -> Vec<Effect> {
        self.ui.suggestions.declining = true;
        vec![Effect::Decline { bugs, is_declined }]
    }

    /// What was declined since the desk was opened and still is, the last first.
    fn declines(&self) -> impl Iterator<Item = Declined> + '_ {
        let is_declined = |(bug, voice): &(BugIx, Voice)| self.session.advice().is_declined(*voice, *bug);
        let declines = self.ui.suggestions.declines.iter().rev();
        let left = declines.map(move |these| these.iter().copied().filter(is_declined).collect::<Declined>());
        left.filter(|these| !these.is_empty())
    }

    /// Keeps in which order was declined, in terms of a report that was written or read anew: a proposal is known again
    /// by its author and what it says.
    pub(super) fn follow_declines(&mut self, before: &Session, place: impl Fn(BugIx) -> Option<BugIx>) {
        if self.ui.suggestions.declines.is_empty() {
            return;
        }
        let (old, new) = (whats(before), whats(&self.session));
        let advice = self.session.advice();
        let again = |(bug, voice): &(BugIx, Voice)| {
            let bug = place(*bug)?;
            let Voice::Proposal(at) = *voice else { return Some((bug, *voice)) };
            let mut about = advice.about(bug).iter();
            about.find(|found| new.get(**found) == old.get(at)).map(|found| (bug, Voice::Proposal(*found)))
        };
        for these in &mut self.ui.suggestions.declines {
            *these = these.iter().filter_map(again).collect();
        }
    }

    /// It is kept.
    pub(super) fn declined(&mut self, these: &[(BugIx, Voice)], made: Option<&Decline>) -> Vec<Effect> {
        self.ui.suggestions.declining = false;
        self.take_declined(these, made);
        self.release()
    }

    pub(super) fn not_declined(&mut self, fault: Fault) {
        self.ui.suggestions.declining = false;
        self.failed_waited_for(fault);
    }

    fn take_declined(&mut self, these: &[(BugIx, Voice)], made: Option<&Decline>) {
        self.session.decline(these.iter().copied(), made);
        let bugs: BugSet = these.iter().map(|(bug, _)| *bug).collect();
        self.look_again(&bugs);
        let (many, who) = (counted(these.len(), "suggestion"), self.called(&bugs));
        if made.is_some() {
            self.ui.suggestions.declines.push(these.to_vec());
            let is_next = !bugs.intersection(&self.ui.suggested).is_empty();
            let next = if is_next { "; what else is suggested is next" } else { "" };
            let said = self.with_way_back(&format!("{many} declined, {who}{next}"));
            return self.say(Toast::done(said));
        }
        self.say(Toast::done(format!("{many} back, {who}")));
        if let Some(bug) = bugs.first().filter(|bug| bugs.len() == 1 && self.ui.view.shows(*bug)) {
            self.ui.view.go(bug);
        }
    }

    /// By whom and when the first of what is declined for a bug was, as far as that is known.
    pub(super) fn how_declined(&self, bug: BugIx) -> Option<String> {
        let voice = self.declined_for(bug).next()?;
        let declined = self.session.advice().declined_by(voice, bug).cloned().unwrap_or_default();
        Some(declined.said_at(declined.at.map(|at| self.when(at))))
    }

    /// `BUG-1: declined by Ada, 2026-02-11 20:25 — U brings it back`
    pub(super) fn with_way_back(&self, said: &str) -> String {
        match self.key_of(Action::BringBack) {
            key if key.is_empty() => said.to_owned(),
            key => format!("{said} — {key} brings it back"),
        }
    }
}

/// Who proposes what, in the order of the proposals.
fn whats(session: &Session) -> Vec<(&str, Meaning)> {
    let proposals = session.advice().proposals().iter();
    proposals.map(|proposed| (proposed.by.as_str(), proposed.what(session.methodology()))).collect()
}
