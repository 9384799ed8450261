//! The report changing underneath: noticed, read again, decisions carried over; and looking on while somebody
//! else decides.

use super::save::count;
use super::{App, Busy, Effect, Reopened, Toast, Underneath};
use crate::config::Action;

impl App {
    /// The report on disk stands so to the one that is open. One with nothing pending, or that somebody else
    /// decides on, is read again at once, unless that would pull something away from under the person's keys.
    pub(super) fn looked(&mut self, underneath: Underneath) -> Vec<Effect> {
        let news = underneath != self.ui.underneath;
        self.ui.underneath = underneath;
        let free = self.ui.popups.is_empty() && self.ui.busy == Busy::Not && !self.ui.view.is_searching();
        let follows = self.ui.holder.is_some() || self.unsaved() == 0 && !self.session.can_redo();
        match underneath {
            Underneath::Changed if free && follows => return self.read_again(),
            Underneath::Changed if news => self.say_changed(),
            Underneath::Gone if news => self.say(Toast::refusal(
                "the report is no longer on the disk; decisions are kept, and saving waits until it is back",
            )),
            _ => {}
        }
        Vec::new()
    }

    fn say_changed(&mut self) {
        let (reread, unsaved) = (self.key_of(Action::Reread), count(self.unsaved(), "decision"));
        let said = format!("somebody changed the report; {reread} reads it again and carries {unsaved} over");
        self.say(Toast::refusal(said));
    }

    /// Asks for the report as it is on the disk.
    pub(super) fn read_again(&mut self) -> Vec<Effect> {
        self.ui.busy = Busy::Reading;
        vec![Effect::Reread]
    }

    /// Goes on with the report as it was read again, instead of saving it where that was asked for.
    pub(super) fn reread(&mut self, reopened: Reopened) -> Vec<Effect> {
        let (saving, unfit) = (self.ui.busy != Busy::Reading, self.session.misfits().len());
        let (before, held) = (self.session.report().base().clone(), self.ui.holder.is_some());
        let mut effects = self.take_up(reopened);
        self.ui.busy = Busy::Reading;
        let unfit = self.session.misfits().len().saturating_sub(unfit);
        if unfit > 0 {
            let not = if saving { "; nothing was saved" } else { "" };
            let them = count(unfit, "decision");
            self.say(Toast::refusal(format!("the report was changed, and {them} no longer fit it{not}")));
            self.open_settle();
        } else if self.ui.holder.is_some() {
            self.say_read_only();
        } else if held {
            self.say(Toast::done("nobody else has the report any more: you decide now"));
        } else if *self.session.report().base() != before {
            self.say(Toast::done("the report was changed on the disk, and is read again"));
        } else {
            self.say(Toast::done("the report on the disk is the one that is open"));
        }
        effects.extend(self.after_save());
        effects
    }

    /// Says who decides, and how to.
    pub(super) fn say_read_only(&mut self) {
        let holder = self.ui.holder.as_deref().unwrap_or_default();
        let reread = self.key_of(Action::Reread);
        self.say(Toast::refusal(format!(
            "{holder} decides on this report; you look on. {reread} takes it over once that desk is closed"
        )));
    }
}
