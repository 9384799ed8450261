//! A decision that somebody else proposes for bugs.

use jiff::Timestamp;

use crate::methodology::Methodology;
use crate::report::{BugIx, To};
use crate::triage::decision::meaning::Meaning;
use crate::triage::{BugSet, Draft, Kind, Set};

/// A decision that somebody else proposes for bugs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// Who proposes it.
    pub by: String,
    /// What sort of decision it is.
    pub kind: Kind,
    /// What its bugs get.
    pub set: Set,
    /// Why.
    pub rationale: String,
    /// The deviation rule that it stands under.
    pub rule: Option<u8>,
    /// The suggestion rule that it accepts, where it was decided elsewhere.
    pub suggestion: Option<String>,
    /// Its bugs in document order, as they were.
    pub bugs: Vec<Stood>,
}

/// How a bug stood when something was proposed for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stood {
    /// The bug.
    pub bug: BugIx,
    /// When it was proposed.
    pub at: Timestamp,
    /// What of it must not have changed since.
    pub set: Set,
    /// How many decisions on it stood.
    pub decisions: Decisions,
}

/// How many decisions stand on a bug.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    /// All of them.
    pub all: usize,
    /// Those that say how it is to be; of an author, but for those that came of accepting what that author proposes.
    pub judging: usize,
}

impl Proposed {
    /// The decision that accepts it for these bugs.
    pub fn draft(&self, bugs: BugSet) -> Draft {
        Draft {
            rationale: self.rationale.clone(),
            rule: self.rule,
            suggestion: self.suggestion.clone(),
            suggested_by: Some(self.by.clone()),
            ..Draft::new(self.kind, bugs, self.set.clone())
        }
    }

    /// What it proposes, by which it is known again when it is proposed anew.
    pub fn what(&self, methodology: &Methodology) -> Meaning {
        Meaning::of(self.kind, &self.set, &self.rationale, methodology)
    }

    /// The first word of it that a methodology does not know, and nobody could decide by.
    pub fn unknown(&self, methodology: &Methodology) -> Option<String> {
        unknown(&self.set, self.rule, methodology)
    }

    pub(super) fn stood(&self, bug: BugIx) -> Option<&Stood> {
        let at = self.bugs.binary_search_by_key(&bug, |stood| stood.bug).ok()?;
        Some(&self.bugs[at])
    }
}

/// The first word that a methodology does not know of what bugs are to get under a rule: `rule 7`, `scope Cellar`.
pub fn unknown(set: &Set, rule: Option<u8>, methodology: &Methodology) -> Option<String> {
    let given = |to: &To<String>| if let To::Value(text) = to { Some(text.clone()) } else { None };
    let rule = rule.filter(|rule| methodology.rule(*rule).is_none());
    let scope = given(&set.scope).filter(|scope| methodology.scope_named(scope).is_none());
    let status = given(&set.status).filter(|status| methodology.read_status(status.as_bytes()).is_none());
    let scope = scope.map(|scope| format!("scope {scope}"));
    let status = status.map(|status| format!("status {status}"));
    rule.map(|rule| format!("rule {rule}")).or(scope).or(status)
}
