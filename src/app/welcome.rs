//! What a reviewer is told when the desk opens.

use super::{App, Popup, Toast, Uncommitted};
use crate::text::counted;

impl App {
    /// Tells what an earlier session left: in passing that its unsaved decisions are back, `since` being when the
    /// last of them was made, and until it is dismissed what no longer fits or cannot be read, a sentence each. Whoever has the
    /// report, or a report that is `hindered`, lets nothing be saved here.
    pub fn welcome(
        &mut self,
        since: Option<&str>,
        notes: Vec<String>,
        holder: Option<String>,
        hindered: bool,
    ) {
        (self.ui.holder, self.ui.hindered) = (holder, hindered);
        if let Some(since) = since.filter(|_| self.unsaved() > 0 && self.ui.holder.is_none()) {
            let back = counted(self.unsaved(), "decision");
            self.say(Toast::done(format!("{back} from {since}, not saved yet, restored")));
        }
        if self.ui.holder.is_some() {
            self.say_read_only();
        }
        self.tell(notes);
        if !self.session.misfits().is_empty() && self.ui.holder.is_none() {
            self.open_settle();
        }
    }

    /// Tells that what was saved before is not committed.
    pub fn not_committed(&mut self, uncommitted: &Uncommitted) {
        self.ui.uncommitted = true;
        if self.ui.toast.is_none() {
            let said = uncommitted.fault.to_string();
            self.say(Toast::refusal(said).hint(self.uncommitted_hints(uncommitted)));
        }
    }

    /// Shows sentences until they are dismissed.
    pub(super) fn tell(&mut self, notes: Vec<String>) {
        if !notes.is_empty() {
            self.open(Popup::Notice("Before you go on".to_owned(), notes));
        }
    }
}
