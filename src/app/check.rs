//! What does not fit together in the report: found beside the desk, listed in a popup, claims set right from there.

use super::view::Aim;
use super::{App, Badges, Busy, Effect, Intent, Popup, Toast};
use crate::config::{Action, Code, Key};
use crate::fault::Fault;
use crate::report::{BugIx, Finding};
use crate::triage::Draft;

/// The key that sets claims to what is documented.
const SET: char = 'f';

impl App {
    /// What is to be done outside once the desk is open.
    pub fn begin(&mut self) -> Vec<Effect> {
        vec![self.audit(), self.suggest()]
    }

    /// Asks for what does not fit together in the report as it is now; what was found before no longer counts.
    pub(super) fn audit(&mut self) -> Effect {
        self.ui.findings = None;
        self.ui.badges = Badges::default();
        self.ui.audited += 1;
        Effect::Audit { generation: self.ui.audited }
    }

    pub(super) fn found(&mut self, generation: u64, findings: Vec<Finding>) {
        if generation == self.ui.audited {
            self.ui.badges = Badges::of(&findings);
            self.ui.findings = Some(findings);
        }
    }

    pub(super) fn not_found(&mut self, generation: u64, fault: Fault) {
        if generation == self.ui.audited {
            self.failed(fault);
        }
    }

    /// How many things do not fit; none while that is not known.
    pub fn findings(&self) -> &[Finding] {
        self.ui.findings.as_deref().unwrap_or_default()
    }

    pub(super) fn open_check(&mut self) {
        match &self.ui.findings {
            Some(findings) if findings.is_empty() => {
                self.say(Toast::done("nothing found: counts, levels and ids fit together"));
            }
            _ => self.open(Popup::Check(0)),
        }
    }

    pub(super) fn check_key(&mut self, key: Key) -> Vec<Effect> {
        let last = self.findings().len().saturating_sub(1);
        let page = self.ui.drawn.popup_lines.max(1);
        let Some(Popup::Check(at)) = self.ui.popups.last_mut() else { return Vec::new() };
        let to = match (key.code(), self.ui.keymap.action(key)) {
            (Code::Esc, _) | (_, Some(Action::Quit | Action::Check)) => return self.close(),
            (Code::Enter, _) => return self.go_there(),
            (Code::Char(SET), _) if !key.ctrl() && !key.alt() => return self.restate(key),
            (Code::Home, _) | (_, Some(Action::First)) => 0,
            (Code::End, _) | (_, Some(Action::Last)) => last,
            (Code::PageDown, _) => at.saturating_add(page),
            (Code::PageUp, _) => at.saturating_sub(page),
            (_, Some(Action::Down)) => at.saturating_add(1),
            (_, Some(Action::Up)) => at.saturating_sub(1),
            (_, Some(Action::HalfPageDown)) => at.saturating_add(page / 2),
            (_, Some(Action::HalfPageUp)) => at.saturating_sub(page / 2),
            _ => *at,
        };
        *at = to.min(last);
        Vec::new()
    }

    /// Closes the popup and puts the cursor on the bug of the finding, if it is about one.
    fn go_there(&mut self) -> Vec<Effect> {
        let at = if let Some(Popup::Check(at)) = self.popup() { *at } else { 0 };
        let bug = self.findings().get(at).and_then(|finding| finding.bug);
        self.ui.popups.pop();
        bug.map_or_else(Vec::new, |bug| self.go_to_bug(bug))
    }

    /// Puts the cursor on a bug; a filter that hides it gives way.
    pub(super) fn go_to_bug(&mut self, bug: BugIx) -> Vec<Effect> {
        self.ui.scroll = 0;
        if self.ui.view.shows(bug) && !self.ui.view.is_searching() {
            self.ui.view.go(bug);
            return Vec::new();
        }
        self.filter(String::new(), Aim::Bug(bug))
    }

    /// Asks for the decision that sets every claim to what is documented.
    fn restate(&mut self, key: Key) -> Vec<Effect> {
        if self.ui.holder.is_some() {
            self.say_read_only();
            return Vec::new();
        }
        if self.ui.busy != Busy::Not {
            return self.hold(key);
        }
        self.ui.restating += 1;
        vec![Effect::Restate { generation: self.ui.restating }]
    }

    /// Makes that decision, unless it was made out for what is no longer so.
    pub(super) fn restated(&mut self, generation: u64, draft: Option<Draft>) -> Vec<Effect> {
        match draft {
            _ if generation != self.ui.restating || self.ui.busy != Busy::Not => {
                self.say(Toast::refusal(format!(
                    "something else was done meanwhile; {SET} sets the claims then"
                )));
                Vec::new()
            }
            Some(draft) => vec![Effect::Commit(Intent::Decide(draft))],
            None => {
                self.say(Toast::done("no claim has to be set anew; sentences are for you to write"));
                Vec::new()
            }
        }
    }
}
