//! What a reviewer is told when the desk opens.

use super::save::count;
use super::{App, Popup, Toast};

impl App {
    /// Tells what an earlier session left: in passing that its unsaved decisions are back, and until it is
    /// dismissed what no longer fits or cannot be read, a sentence each.
    pub fn welcome(&mut self, troubles: Vec<String>) {
        if self.unsaved() > 0 {
            let back = count(self.unsaved(), "decision");
            self.say(Toast::done(format!("{back} from last time, not saved yet, restored")));
        }
        if !troubles.is_empty() {
            self.open(Popup::Notice("Before you go on".to_owned(), troubles));
        }
    }
}
