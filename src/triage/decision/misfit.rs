//! Decisions that a change of the report has made unfit: nothing is dropped, the reviewer settles each.

use crate::triage::BugSet;
use crate::triage::decision::{Decision, Draft, Kind};

/// A decision, or what is left of one, that does not fit the report as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The decision, on those of its bugs that are still there.
    pub decision: Decision,
    /// Why it does not fit.
    pub lost: Lost,
}

/// Why a decision does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lost {
    /// Its bugs are there, but their text or level is another one than was judged.
    Changed,
    /// These bugs, by handle, are no longer in the report.
    Gone(Vec<String>),
    /// The report no longer makes so many claims that it set anew.
    Claims(usize),
    /// The methodology does not know this word that it names.
    Unknown(String),
}

impl Misfit {
    /// Whether it is what is left of this decision, in whatever report.
    pub fn is_of(&self, decision: &Decision) -> bool {
        let Decision { at, by, draft } = &self.decision;
        let (kind, rationale) = (draft.kind, &draft.rationale);
        (at, by, kind, rationale)
            == (&decision.at, &decision.by, decision.draft.kind, &decision.draft.rationale)
    }

    /// The decision to make in its place: on its bugs as they are now, or, where they are gone, on these.
    /// `None` where it cannot be made.
    pub fn anew(&self, targets: &BugSet) -> Option<Draft> {
        let mut draft = self.decision.draft.clone();
        match self.lost {
            Lost::Changed => Some(draft),
            Lost::Gone(_) if targets.is_empty() || draft.parts.len() != 1 => None,
            Lost::Gone(_) if draft.kind == Kind::Reverted => None,
            Lost::Gone(_) => {
                draft.parts[0].bugs = targets.clone();
                Some(draft)
            }
            Lost::Claims(_) | Lost::Unknown(_) => None,
        }
    }
}
