//! A rationale that was typed and left: offered again where it was left, with the scope and the rule that were picked for it.

use crate::config::Action;
use crate::report::{BugIx, Report, To};
use crate::triage::{Begun, BugSet, Draft};

use super::{App, Toast};

/// On how many bugs a rationale may be that is known again at the next opening.
const MANY: usize = 64;

/// What was typed and left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// The text.
    pub text: String,
    /// The scope that was picked for it.
    pub scope: To<String>,
    /// The rule that was picked for it.
    pub rule: Option<u8>,
    of: Of,
}

/// What a text is about.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Of {
    /// The report as a whole, or that is not known.
    Report,
    /// These bugs.
    Bugs(BugSet),
    /// The bugs with these handles.
    Called(Vec<String>),
}

impl Left {
    /// What was left at an earlier opening.
    pub fn found(begun: Begun) -> Left {
        let Begun { text, bugs, scope, rule } = begun;
        let of = if bugs.is_empty() { Of::Report } else { Of::Called(bugs) };
        Left { text, scope: scope.map_or(To::Keep, To::Value), rule, of }
    }

    /// A text about bugs, with what was picked for it.
    pub(super) fn about(bugs: &BugSet, text: String, scope: &To<String>, rule: Option<u8>) -> Left {
        Left { text, scope: scope.clone(), rule, of: Of::Bugs(bugs.clone()) }
    }

    /// A text about the report as a whole.
    pub(super) fn of_report(text: String, rule: Option<u8>) -> Left {
        Left { text, scope: To::Keep, rule, of: Of::Report }
    }

    /// The same for the next opening; of too many bugs they are not known there.
    pub(super) fn begun(&self, report: &Report) -> Begun {
        let bugs = match &self.of {
            Of::Bugs(bugs) if bugs.len() <= MANY => {
                bugs.iter().map(|bug| report.handle(bug).into_owned()).collect()
            }
            Of::Called(handles) => handles.clone(),
            Of::Report | Of::Bugs(_) => Vec::new(),
        };
        let scope = if let To::Value(scope) = &self.scope { Some(scope.clone()) } else { None };
        Begun { text: self.text.clone(), bugs, scope, rule: self.rule }
    }

    /// Whether it was left at these bugs.
    pub(super) fn is_of(&self, bugs: &BugSet, report: &Report) -> bool {
        match &self.of {
            Of::Report => false,
            Of::Bugs(known) => known == bugs,
            Of::Called(handles) => {
                bugs.len() == handles.len()
                    && bugs.iter().zip(handles).all(|(bug, known)| report.handle(bug) == *known)
            }
        }
    }

    /// Whether it may have been about the report as a whole.
    pub(super) fn is_of_report(&self) -> bool {
        self.of == Of::Report
    }

    /// Whether a decision says it.
    pub(super) fn is_said_by(&self, draft: &Draft) -> bool {
        draft.rationale.starts_with(self.text.as_str())
    }

    /// Goes along with its bugs to another state of the report.
    pub(super) fn follow(&mut self, place: impl Fn(BugIx) -> Option<BugIx>) {
        if let Of::Bugs(bugs) = &mut self.of {
            *bugs = bugs.iter().filter_map(place).collect();
        }
    }
}

impl App {
    /// Takes up what was typed when the desk was ended from outside.
    pub fn take_up_begun(&mut self, begun: Option<Begun>) {
        self.ui.left = begun.map(Left::found);
    }

    /// Says where what was typed then is offered again.
    pub fn say_begun(&mut self) {
        let Some(left) = &self.ui.left else { return };
        let said = match &left.of {
            Of::Called(handles) if handles.len() == 1 => {
                format!("a rationale for {} was left unfinished: it is offered there again", handles[0])
            }
            Of::Called(handles) => {
                format!(
                    "a rationale for {} bugs was left unfinished: it is offered for them again",
                    handles.len()
                )
            }
            Of::Report | Of::Bugs(_) => {
                let record = self.key_of(Action::Record);
                format!("a text was left unfinished: it is among what is offered, also by {record}")
            }
        };
        match &mut self.ui.toast {
            Some(toast) if toast.hint.is_empty() => toast.hint = said,
            Some(_) => {}
            None => self.say(Toast::done(said)),
        }
    }
}
