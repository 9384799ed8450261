//! The filter while it is typed: the view follows every key, and Esc brings back what was before.
//! Keys that go by what is in view wait until it is what was asked for.

use super::view::Aim;
use super::{App, Effect, Input, Popup};
use crate::config::{Code, Key};
use crate::report::BugIx;
use crate::report::audit::Kind;
use crate::triage::query::{Known, Matches};

/// A filter being typed.
#[derive(Clone, Debug)]
pub struct FilterLine {
    /// What was typed.
    pub input: Input,
    before: String,
    cursor: Option<BugIx>,
}

impl FilterLine {
    /// Follows the bug that Esc goes back to into a report written anew.
    pub(super) fn follow(&mut self, place: impl Fn(BugIx) -> Option<BugIx>) {
        self.cursor = self.cursor.and_then(place);
    }
}

impl App {
    /// What a filter may ask that the session does not know. What is overdue or contradictory is known once
    /// the report has been checked.
    pub fn known(&self) -> Known {
        let findings = self.ui.findings.as_deref().unwrap_or_default();
        let of = |kind| {
            findings.iter().filter(move |finding| finding.kind == kind).filter_map(|finding| finding.bug)
        };
        Known {
            marked: self.ui.marks.clone(),
            suggested: self.ui.suggested.clone(),
            overdue: of(Kind::Overdue).collect(),
            contradicting: of(Kind::Severity).collect(),
        }
    }

    pub(super) fn open_filter(&mut self) {
        let before = self.ui.view.filter().to_owned();
        let line = FilterLine { input: Input::one_line(&before), before, cursor: self.cursor() };
        self.open(Popup::Filter(line));
    }

    pub(super) fn filter_key(&mut self, key: Key) -> Vec<Effect> {
        let Some(Popup::Filter(line)) = self.ui.popups.last_mut() else { return Vec::new() };
        match (key.code(), key.ctrl()) {
            (Code::Esc, _) => return self.leave_filter(),
            (Code::Enter | Code::Down | Code::Up, _) | (Code::Char('n' | 'p'), true)
                if self.ui.view.is_searching() =>
            {
                return self.hold(key);
            }
            (Code::Enter, _) => return self.close(),
            (Code::Down, _) | (Code::Char('n'), true) => self.step(1),
            (Code::Up, _) | (Code::Char('p'), true) => self.step(-1),
            _ if line.input.key(key) => return self.filter_typed(),
            _ => {}
        }
        Vec::new()
    }

    pub(super) fn filter_typed(&mut self) -> Vec<Effect> {
        let Some(Popup::Filter(line)) = self.ui.popups.last() else { return Vec::new() };
        let text = line.input.text().to_owned();
        self.filter(text, Aim::Best)
    }

    /// Asks for the bugs that match; where the filter stays the same, a search under way gets the new aim.
    pub(super) fn filter(&mut self, text: String, aim: Aim) -> Vec<Effect> {
        if text == self.ui.view.filter() {
            self.ui.view.aim(aim);
            return Vec::new();
        }
        self.keep_range();
        let generation = self.ui.view.ask(&text, aim);
        if text.is_empty() {
            return self.arrange(generation, Matches::all(self.session.report()));
        }
        vec![Effect::Filter { generation, text }]
    }

    fn leave_filter(&mut self) -> Vec<Effect> {
        let Some(Popup::Filter(line)) = self.ui.popups.pop() else { return Vec::new() };
        line.cursor.into_iter().for_each(|bug| self.ui.view.go(bug));
        self.filter(line.before, line.cursor.map_or(Aim::Keep, Aim::Bug))
    }
}
