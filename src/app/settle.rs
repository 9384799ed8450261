//! Settling decisions that no longer fit a report that was changed underneath: each is decided anew, or dropped.

use super::{App, Effect, Intent, Popup, Toast};
use crate::config::{Action, Code, Key};
use crate::text::counted;
use crate::triage::{BugSet, Draft, Lost, Misfit};

/// The key that drops a decision.
const DROP: char = 'd';

impl App {
    pub(super) fn open_settle(&mut self) {
        let is_open = self.ui.popups.iter().any(|popup| matches!(popup, Popup::Settle(..)));
        if self.session.misfits().is_empty() {
            self.say(Toast::done("every decision fits the report: nothing to settle"));
        } else if !is_open {
            self.open(Popup::Settle(0, None));
        }
    }

    pub(super) fn settle_key(&mut self, key: Key) -> Vec<Effect> {
        let last = self.session.misfits().len().saturating_sub(1);
        let Some(Popup::Settle(at, sure)) = self.ui.popups.last_mut() else { return Vec::new() };
        let was_sure = std::mem::take(sure) == Some(key);
        match (key.code(), self.ui.keymap.action(key)) {
            (Code::Esc, _) | (_, Some(Action::Quit)) => return self.settle_later(),
            (_, Some(Action::Settle)) => self.say_settling(),
            (Code::Enter | Code::Char(DROP), _) if self.ui.busy.holds() && !key.ctrl() => {
                return self.hold(key);
            }
            (Code::Enter, _) => return self.decide_anew(was_sure),
            (Code::Char(DROP), _) if !key.ctrl() && !key.alt() => return self.drop_misfit(was_sure),
            (_, Some(Action::FocusDetail)) => return self.go_to_misfit(),
            (_, Some(Action::Down)) => *at = (*at + 1).min(last),
            (_, Some(Action::Up)) => *at = at.saturating_sub(1),
            (Code::Home, _) | (_, Some(Action::First)) => *at = 0,
            (Code::End, _) | (_, Some(Action::Last)) => *at = last,
            _ => {}
        }
        Vec::new()
    }

    /// A save may have opened the popup just before its key was pressed, which was not meant to close it.
    fn say_settling(&mut self) {
        let left = counted(self.session.misfits().len(), "decision");
        self.say(Toast::done(format!(
            "{left} to settle: Enter decides anew, {DROP} drops, Esc goes on later"
        )));
    }

    /// Closes the popup and says what its keys mean from here on: Enter, which decided anew, is about another bug now.
    fn settle_later(&mut self) -> Vec<Effect> {
        let (left, settle) = (self.session.misfits().len(), self.key_of(Action::Settle));
        let (left, beneath) = (counted(left, "decision"), self.beneath());
        self.say(Toast::refusal(format!("{left} left to settle, {settle} goes on{beneath}")));
        self.close()
    }

    /// `; Enter now confirms BUG-1`
    fn beneath(&self) -> String {
        let (bugs, confirm) = (self.targets(), self.key_of(Action::Confirm));
        if bugs.is_empty() || confirm.is_empty() || self.ui.holder.is_some() || self.ui.popups.len() > 1 {
            return String::new();
        }
        format!("; {confirm} now confirms {}", self.called(&bugs))
    }

    /// The misfit under the cursor of the popup, and its place.
    fn misfit(&self) -> Option<(usize, &Misfit)> {
        let Some(Popup::Settle(at, _)) = self.popup() else { return None };
        self.session.misfits().get(*at).map(|misfit| (*at, misfit))
    }

    /// What would be decided in place of a misfit: on its own bugs, or where those are gone on the targets.
    pub fn anew(&self, misfit: &Misfit) -> Option<Draft> {
        misfit.anew(&self.targets())
    }

    /// Decides anew; on other bugs than it was made on only where that is asked for twice.
    fn decide_anew(&mut self, is_sure: bool) -> Vec<Effect> {
        let Some((misfit, found)) = self.misfit() else { return Vec::new() };
        let is_elsewhere = matches!(found.lost, Lost::Gone(_));
        match self.anew(found) {
            Some(_) if self.ui.holder.is_some() => self.say_read_only(),
            Some(draft) if is_elsewhere && !is_sure => {
                let bugs: BugSet = draft.bugs().map(|(bug, _)| bug).collect();
                self.ask_again(
                    Key::plain(Code::Enter),
                    format!("Enter again decides so on {}", self.called(&bugs)),
                );
            }
            Some(draft) => return self.record_for(draft, Some(misfit)),
            None => self.say(Toast::refusal(format!("this cannot be decided anew; {DROP} drops it"))),
        }
        Vec::new()
    }

    /// Drops a misfit for good, for undoing brings none back: asked for twice.
    fn drop_misfit(&mut self, is_sure: bool) -> Vec<Effect> {
        match self.misfit().map(|(misfit, _)| misfit) {
            Some(_) if self.ui.holder.is_some() => self.say_read_only(),
            Some(_) if !is_sure => {
                self.ask_again(Key::plain(Code::Char(DROP)), format!("{DROP} again drops it for good"))
            }
            Some(misfit) => return self.commit(Intent::Settle { misfit, draft: None }),
            None => {}
        }
        Vec::new()
    }

    fn ask_again(&mut self, key: Key, said: String) {
        self.say(Toast::refusal(said));
        if let Some(Popup::Settle(_, sure)) = self.ui.popups.last_mut() {
            *sure = Some(key);
        }
    }

    /// Closes the popup and puts the cursor on the bug of the misfit, where that is in view.
    fn go_to_misfit(&mut self) -> Vec<Effect> {
        let bug =
            self.misfit().and_then(|(_, misfit)| misfit.decision.draft.bugs().next()).map(|(bug, _)| bug);
        match bug.filter(|bug| self.ui.view.shows(*bug)) {
            Some(bug) => {
                self.ui.view.go(bug);
                self.ui.scroll = 0;
                self.close()
            }
            None => {
                self.say(Toast::refusal("its bug is not in view"));
                Vec::new()
            }
        }
    }

    /// A misfit was settled by this decision, or dropped.
    pub(super) fn settled(&mut self, decided: bool) {
        let left = self.session.misfits().len();
        let what = if decided { "decided anew" } else { "dropped" };
        let rest = match left {
            0 => format!("nothing is left to settle{}", self.beneath()),
            left => format!("{left} left"),
        };
        self.say(Toast::done(format!("{what}; {rest}")));
        self.ui.popups.retain_mut(|popup| match popup {
            Popup::Settle(at, _) => {
                *at = (*at).min(left.saturating_sub(1));
                left > 0
            }
            _ => true,
        });
    }
}
