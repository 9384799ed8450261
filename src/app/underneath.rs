//! The report changing underneath: noticed, read again, decisions carried over; and looking on while somebody
//! else decides.

use super::settle::rewritten;
use super::{App, Busy, Effect, Reopened, Toast, Underneath};
use crate::config::Action;
use crate::fault::Fault;
use crate::text::counted;
use crate::triage::{BugSet, Misfit};

impl App {
    /// The report on disk stands so to the one that is open.
    pub(super) fn looked(&mut self, underneath: Underneath) {
        let news = underneath != std::mem::replace(&mut self.ui.underneath, underneath);
        match underneath {
            Underneath::Changed if news && !self.goes_along() => self.say_changed(),
            Underneath::Proposed if news && !self.goes_along() => self.say_proposed(),
            Underneath::Gone if news => self.say(Toast::refusal(
                "the report is no longer on the disk; decisions are kept, and saving waits until it is back",
            )),
            _ => {}
        }
    }

    /// Reads a report again that has changed, once nothing stands in the way.
    pub(super) fn catch_up(&mut self) -> Vec<Effect> {
        let free = self.ui.popups.is_empty()
            && self.ui.busy == Busy::Not
            && !self.ui.view.is_searching()
            && !self.is_making_out()
            && !self.ui.suggestions.is_declining();
        let is_behind = matches!(self.ui.underneath, Underneath::Changed | Underneath::Proposed);
        if is_behind && free && self.goes_along() {
            return self.read_again();
        }
        Vec::new()
    }

    /// Whether there is nothing to be carried over.
    fn goes_along(&self) -> bool {
        self.ui.holder.is_some() || self.unsaved() == 0 && !self.session.can_redo()
    }

    /// The report could not be read again; that is tried once more when something changes. One that is gone stays so
    /// until it is seen again.
    pub(super) fn not_reread(&mut self, fault: Fault) {
        if self.ui.underneath != Underneath::Gone {
            self.ui.underneath = Underneath::Same;
        }
        self.not_saved(fault);
    }

    fn say_proposed(&mut self) {
        let reread = self.key_of(Action::Reread);
        self.say(Toast::done(format!("what is suggested has changed; {reread}, or the next save, shows it")));
    }

    fn say_changed(&mut self) {
        let reread = self.key_of(Action::Reread);
        let carries = match self.unsaved() {
            0 => String::new(),
            unsaved => format!(" and carries {} over", counted(unsaved, "decision")),
        };
        self.say(Toast::refusal(format!("somebody changed the report; {reread} reads it again{carries}")));
    }

    /// Asks for the report as it is on the disk.
    pub(super) fn read_again(&mut self) -> Vec<Effect> {
        self.ui.busy = Busy::Reading;
        vec![Effect::Reread]
    }

    /// Goes on with the report as it was read again, instead of saving it where that was asked for.
    pub(super) fn reread(&mut self, mut reopened: Reopened) -> Vec<Effect> {
        let (saving, held) = (self.ui.busy != Busy::Reading, self.ui.holder.clone());
        let is_proposed = self.ui.underneath == Underneath::Proposed;
        let (before, fault) = (self.session.clone(), reopened.fault.take());
        self.ui.uncommitted = reopened.uncommitted.is_some();
        let rewritten = rewritten(before.report(), &reopened);
        let mut effects = self.take_up(reopened);
        self.ui.rewritten.extend(rewritten);
        let unfit = |misfit: &Misfit| misfit.decision.draft.bugs().next().map(|(bug, _)| bug);
        let unfit: BugSet = self.session.misfits().iter().filter_map(unfit).collect();
        self.ui.rewritten.retain(|bug, _| unfit.contains(*bug));
        self.ui.busy = Busy::Reading;
        let unfit = self.session.unfit_since(&before);
        if self.ui.holder.is_some() {
            if self.ui.holder != held {
                self.say_read_only();
            }
        } else if unfit > 0 {
            let not = if saving { "; nothing was saved" } else { "" };
            let (them, fit) = (counted(unfit, "decision"), if unfit == 1 { "fits" } else { "fit" });
            let settle = Some(self.key_of(Action::Settle)).filter(|key| !key.is_empty());
            let settles = settle.map_or_else(String::new, |key| format!("; {key} settles"));
            let said = format!("the report was changed, and {them} no longer {fit} it{not}{settles}");
            self.say(Toast::refusal(said));
            self.open_settle();
        } else if held.is_some() {
            self.say(Toast::done("nobody else has the report any more: you decide now"));
        } else if self.session.report().base() != before.report().base() {
            self.say(Toast::done("the report was changed on the disk, and is read again"));
        } else if is_proposed {
            self.say(Toast::done("what is suggested has changed, and stands at its bugs"));
        } else {
            self.say(Toast::done("the report on the disk is the one that is open"));
        }
        fault.into_iter().for_each(|fault| self.failed(fault));
        effects.extend(self.after_save());
        effects
    }

    /// Says who decides, and how long.
    pub(super) fn say_read_only(&mut self) {
        let holder = self.ui.holder.as_deref().unwrap_or_default();
        self.say(Toast::refusal(format!(
            "{holder} decides on this report; you look on until that desk is closed"
        )));
    }
}
