//! A rationale that was typed and left: offered again where it was left, with the scope and the rule that were picked for it.

use crate::report::{BugIx, To};
use crate::triage::{BugSet, Draft};

/// What was typed and left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// The text.
    pub text: String,
    /// The scope that was picked for it.
    pub scope: To<String>,
    /// The rule that was picked for it.
    pub rule: Option<u8>,
    /// The bugs that it was about; `None` where that is not known.
    bugs: Option<BugSet>,
}

impl Left {
    /// A text of which nothing else is known: it was typed before the desk was ended from outside.
    pub fn found(text: String) -> Left {
        Left { text, scope: To::Keep, rule: None, bugs: None }
    }

    /// A text about bugs, with what was picked for it.
    pub(super) fn about(bugs: &BugSet, text: String, scope: &To<String>, rule: Option<u8>) -> Left {
        Left { text, scope: scope.clone(), rule, bugs: Some(bugs.clone()) }
    }

    /// Whether it was left at these bugs, or may have been.
    pub(super) fn is_of(&self, bugs: &BugSet) -> bool {
        self.bugs.as_ref().is_none_or(|known| known == bugs)
    }

    /// Whether it may have been about the report as a whole.
    pub(super) fn is_of_report(&self) -> bool {
        self.bugs.is_none()
    }

    /// Whether a decision says it.
    pub(super) fn is_said_by(&self, draft: &Draft) -> bool {
        draft.rationale.starts_with(self.text.as_str())
    }

    /// Goes along with its bugs to another state of the report.
    pub(super) fn follow(&mut self, place: impl Fn(BugIx) -> Option<BugIx>) {
        self.bugs = self.bugs.take().map(|bugs| bugs.iter().filter_map(place).collect());
    }
}
