//! Settling decisions that no longer fit a report that was changed underneath: each is decided anew, or dropped.

use super::{App, Busy, Effect, Intent, Popup, Toast};
use crate::config::{Action, Code, Key};
use crate::triage::{Draft, Misfit};

/// The key that drops a decision.
const DROP: char = 'd';

impl App {
    pub(super) fn open_settle(&mut self) {
        let is_open = self.ui.popups.iter().any(|popup| matches!(popup, Popup::Settle(_)));
        if self.session.misfits().is_empty() {
            self.say(Toast::done("every decision fits the report: nothing to settle"));
        } else if !is_open {
            self.open(Popup::Settle(0));
        }
    }

    pub(super) fn settle_key(&mut self, key: Key) -> Vec<Effect> {
        let last = self.session.misfits().len().saturating_sub(1);
        let Some(Popup::Settle(at)) = self.ui.popups.last_mut() else { return Vec::new() };
        match (key.code(), self.ui.keymap.action(key)) {
            (Code::Esc, _) | (_, Some(Action::Quit | Action::Settle)) => return self.close(),
            (Code::Enter, _) | (Code::Char(DROP), None) if self.ui.busy != Busy::Not => {
                return self.hold(key);
            }
            (Code::Enter, _) => return self.decide_anew(),
            (Code::Char(DROP), _) if !key.ctrl() && !key.alt() => return self.drop_misfit(),
            (_, Some(Action::FocusDetail)) => return self.go_to_misfit(),
            (_, Some(Action::Down)) => *at = (*at + 1).min(last),
            (_, Some(Action::Up)) => *at = at.saturating_sub(1),
            (Code::Home, _) | (_, Some(Action::First)) => *at = 0,
            (Code::End, _) | (_, Some(Action::Last)) => *at = last,
            _ => {}
        }
        Vec::new()
    }

    /// The misfit under the cursor of the popup, and its place.
    fn misfit(&self) -> Option<(usize, &Misfit)> {
        let Some(Popup::Settle(at)) = self.popup() else { return None };
        self.session.misfits().get(*at).map(|misfit| (*at, misfit))
    }

    /// What would be decided in place of a misfit: on its own bugs, or where those are gone on the targets.
    pub fn anew(&self, misfit: &Misfit) -> Option<Draft> {
        misfit.anew(&self.targets())
    }

    fn decide_anew(&mut self) -> Vec<Effect> {
        let Some((misfit, found)) = self.misfit() else { return Vec::new() };
        match self.anew(found) {
            Some(_) if self.ui.holder.is_some() => self.say_read_only(),
            Some(mut draft) => {
                draft.seen = draft
                    .bugs()
                    .map(|(bug, _)| bug)
                    .filter(|bug| self.session.seen().contains(*bug))
                    .collect();
                return vec![Effect::Commit(Intent::Settle { misfit, draft: Some(draft) })];
            }
            None => self.say(Toast::refusal(format!("this cannot be decided anew; {DROP} drops it"))),
        }
        Vec::new()
    }

    fn drop_misfit(&mut self) -> Vec<Effect> {
        match self.misfit().map(|(misfit, _)| misfit) {
            Some(_) if self.ui.holder.is_some() => self.say_read_only(),
            Some(misfit) => return vec![Effect::Commit(Intent::Settle { misfit, draft: None })],
            None => {}
        }
        Vec::new()
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
        let rest = if left == 0 { "nothing is left to settle".to_owned() } else { format!("{left} left") };
        self.say(Toast::done(format!("{what}; {rest}")));
        self.ui.popups.retain_mut(|popup| match popup {
            Popup::Settle(at) => {
                *at = (*at).min(left.saturating_sub(1));
                left > 0
            }
            _ => true,
        });
    }
}
