//! A glimpse of a report: its first bugs, on a desk that only looks, while the rest is still being read.
//!
//! What decides, or goes by more than the first bugs, is refused with words. Once the whole is there, the desk goes
//! on with it, and what was looked at stays on screen.

use std::sync::Arc;

use super::command::decides;
use super::{App, Busy, Effect, Leaving, Prepared, Reopened, Toast};
use crate::config::{Action, Keymap, Settings};
use crate::report::{BugIx, Report};
use crate::triage::Session;

impl App {
    /// A desk on the first bugs of a report that is still being read.
    pub fn glimpse(session: Session, name: &str, settings: Arc<Settings>, keymap: Arc<Keymap>) -> App {
        let mut app = App::new(session, name, settings, keymap);
        app.ui.busy = Busy::Opening;
        app
    }

    /// Whether these are only the first bugs of the report.
    pub fn is_glimpse(&self) -> bool {
        self.ui.busy == Busy::Opening
    }

    /// A number of bugs, with a sign where more may come: `1234+`.
    pub fn counted_so_far(&self, many: usize) -> String {
        format!("{many}{}", if self.is_glimpse() { "+" } else { "" })
    }

    /// Refuses what the whole report is needed for; `false` where that is there, or not needed.
    pub(super) fn refuses_yet(&mut self, action: Action) -> bool {
        let refuses = self.is_glimpse() && needs_whole(action);
        if refuses {
            self.say(Toast::refusal(
                "the report is still being read: this has to wait; look around and filter meanwhile",
            ));
        }
        refuses
    }

    /// Gives the reading up and leaves.
    pub(super) fn leave_glimpse(&self, leaving: Leaving) -> Vec<Effect> {
        vec![Effect::GiveUp, Effect::Quit(leaving)]
    }

    /// Goes on with the whole report where the glimpse of it was. What a person should know is told below what is open:
    /// keys that are being typed are not meant for it.
    pub fn open_up(&mut self, whole: App) -> Vec<Effect> {
        let App { session, ui } = whole;
        let places = places(self.session.report(), session.report());
        let nearest = self.nearest(session.report());
        let (evidence, preview) = (self.ui.evidence.clone(), self.ui.preview.clone());
        (self.ui.busy, self.ui.last) = (Busy::Not, ui.last);
        (self.ui.name, self.ui.settings, self.ui.keymap) = (ui.name, ui.settings, ui.keymap);
        self.ui.zone = ui.zone;
        let reopened = Reopened {
            prepared: Prepared { session, view: ui.view, counts: ui.counts, earlier: ui.earlier },
            places,
            carried: false,
            fault: None,
            notes: Vec::new(),
            holder: ui.holder,
            hindered: ui.hindered,
            commits: Vec::new(),
            warnings: Vec::new(),
            uncommitted: None,
        };
        let is_kept =
            self.cursor().is_some_and(|bug| reopened.places.get(bug.at()).is_some_and(Option::is_some));
        let is_beginning = reopened.places.iter().zip(0..).all(|(place, at)| *place == Some(BugIx(at)));
        let mut effects = self.take_up(reopened);
        if is_beginning {
            (self.ui.evidence, self.ui.preview) = (evidence, preview);
        }
        if !is_kept {
            nearest.into_iter().for_each(|bug| self.ui.view.go(bug));
            self.ui.scroll = 0;
        }
        self.ui.popups.splice(0..0, ui.popups);
        self.ui.toast = ui.toast.or(self.ui.toast.take()).or_else(|| self.way_on());
        effects.extend(self.release());
        effects
    }

    /// Where a review goes on that was begun before: the cursor stays on what was being looked at.
    fn way_on(&self) -> Option<Toast> {
        let (reviewed, next) = (self.session.reviewed(), self.key_of(Action::NextUndecided));
        let is_done = reviewed.contains(self.cursor()?) && self.ui.view.outside(reviewed, true).is_some();
        let said = format!("{} of {} reviewed; {next} goes on", reviewed.len(), self.session.report().len());
        (is_done && !next.is_empty()).then(|| Toast::done(said))
    }

    /// The bug that stands in another reading of the report where the one under the cursor does, or next after it.
    fn nearest(&self, whole: &Report) -> Option<BugIx> {
        let at = self.session.report().bug(self.cursor()?).block.start;
        let next = whole.bugs().partition_point(|bug| bug.block.start < at);
        whole.indexes().nth(next.min(whole.len().checked_sub(1)?))
    }
}

/// Whether an action goes by more than the first bugs of a report.
fn needs_whole(action: Action) -> bool {
    use Action::*;
    let is_of_decisions =
        matches!(action, Settle | Diff | Log | CopyDecision | NextUndecided | PreviousUndecided);
    decides(action) || is_of_decisions || matches!(action, Reread | MarkAll | Check | Statistics | Export)
}

/// What each bug of a beginning is in the whole: the one at its place, where that is called the same.
fn places(beginning: &Report, whole: &Report) -> Vec<Option<BugIx>> {
    let is_same = |bug: BugIx, other: &BugIx| {
        beginning.bug(bug).block.start == whole.bug(*other).block.start
            && beginning.handle(bug) == whole.handle(*other)
    };
    let mut others = whole.indexes().peekable();
    let mut place = |bug: BugIx| {
        let at = beginning.bug(bug).block.start;
        while others.next_if(|other| whole.bug(*other).block.start < at).is_some() {}
        others.peek().copied().filter(|other| is_same(bug, other))
    };
    beginning.indexes().map(&mut place).collect()
}
