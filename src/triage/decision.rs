//! What a reviewer decides, and the events that a session and its journal are made of.

pub mod begun;
pub mod fact;
pub mod meaning;
pub mod misfit;
pub(in crate::triage) mod same;

use jiff::Timestamp;

use super::{BugSet, Fact};
use crate::methodology::{FieldNames, LevelId};
use crate::report::{BugIx, Restated, To, paragraph};

/// What is said of a text of several lines that becomes a paragraph of the report.
pub const JOINED: &str = "the report gets it on one line; the log keeps its lines";

/// What a person is called, without the address that stands behind it.
pub fn name_of(person: &str) -> &str {
    person.split_once(" <").map_or(person, |(name, _)| name)
}

/// What sort of decision it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Severity or scope set anew.
    Reclassified,
    /// Looked at and left as it is.
    Confirmed,
    /// Status set.
    Status,
    /// A fix and its verification recorded.
    Fixed,
    /// A task of the plan was not executed.
    NotExecuted,
    /// A finding about the whole report.
    Finding,
    /// A recommendation about the whole report.
    Recommendation,
    /// A remark.
    Note,
    /// Claims of the report set to what it documents.
    Claims,
    /// A saved decision taken back.
    Reverted,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 10] = [
        Kind::Reclassified,
        Kind::Confirmed,
        Kind::Status,
        Kind::Fixed,
        Kind::NotExecuted,
        Kind::Finding,
        Kind::Recommendation,
        Kind::Note,
        Kind::Claims,
        Kind::Reverted,
    ];

    /// The word for it in files and on screen.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Reclassified => "reclassified",
            Kind::Confirmed => "confirmed",
            Kind::Status => "status",
            Kind::Fixed => "fixed",
            Kind::NotExecuted => "not-executed",
            Kind::Finding => "finding",
            Kind::Recommendation => "recommendation",
            Kind::Note => "note",
            Kind::Claims => "claims",
            Kind::Reverted => "reverted",
        }
    }

    /// The kind that is called so.
    pub fn named(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The label under which a report states such a decision as a paragraph of its own; `None` where it does not.
    pub fn paragraph(self) -> Option<&'static str> {
        match self {
            Kind::Finding => Some(paragraph::FINDING),
            Kind::Recommendation => Some(paragraph::RECOMMENDATION),
            _ => None,
        }
    }

    /// What the rationale is called of such a decision about the report as a whole, and what it says; `None` for a
    /// kind that is never about all of it.
    pub fn told(self) -> Option<(&'static str, &'static str)> {
        match self {
            Kind::Fixed => Some(("rationale", "why, where what was wrong does not say it")),
            Kind::NotExecuted => Some(("why", "why it was not executed")),
            Kind::Finding => Some(("text", "what was found out; it is put below the summary")),
            Kind::Recommendation => Some(("text", "what to do; it is put below the summary")),
            Kind::Note => Some(("text", "a remark; a summary has it under Issues Encountered")),
            _ => None,
        }
    }

    /// Whether such a decision can be made on bugs.
    pub fn is_about_bugs(self) -> bool {
        self.reviews() || self == Kind::Note
    }

    /// Whether a bug that has had such a decision counts as reviewed.
    pub fn reviews(self) -> bool {
        matches!(self, Kind::Reclassified | Kind::Confirmed | Kind::Status | Kind::Fixed)
    }
}

/// New values for a bug. Scope, status and fields are as the report is to write them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Set {
    /// The severity.
    pub severity: To<LevelId>,
    /// The scope.
    pub scope: To<String>,
    /// The status, its remark included.
    pub status: To<String>,
    /// Any other field, by name; none is named twice.
    pub fields: Vec<(String, To<String>)>,
}

impl Set {
    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.severity.is_keep() && self.scope.is_keep() && self.status.is_keep() && self.fields.is_empty()
    }

    /// How many values it gives.
    pub fn len(&self) -> usize {
        let texts = [&self.scope, &self.status].into_iter().chain(self.fields.iter().map(|(_, to)| to));
        usize::from(!self.severity.is_keep()) + texts.filter(|to| !to.is_keep()).count()
    }

    /// Whether it gives a value that another gives, too.
    pub fn meets(&self, other: &Set) -> bool {
        let meets = |one: &To<String>, other: &To<String>| !one.is_keep() && !other.is_keep();
        let named = |(name, to): &(String, To<String>)| {
            other.fields.iter().any(|(known, of)| known == name && meets(to, of))
        };
        !self.severity.is_keep() && !other.severity.is_keep()
            || meets(&self.scope, &other.scope)
            || meets(&self.status, &other.status)
            || self.fields.iter().any(named)
    }

    /// The same without the values that another gives, too.
    #[must_use]
    pub fn less(self, other: &Set) -> Set {
        let left = |to: To<String>, given: &To<String>| if given.is_keep() { to } else { To::Keep };
        let is_given = |name: &str| other.fields.iter().any(|(given, to)| given == name && !to.is_keep());
        Set {
            severity: if other.severity.is_keep() { self.severity } else { To::Keep },
            scope: left(self.scope, &other.scope),
            status: left(self.status, &other.status),
            fields: self.fields.into_iter().filter(|(name, _)| !is_given(name)).collect(),
        }
    }

    /// What sort of decision giving these values is.
    pub fn kind(&self, names: &FieldNames) -> Kind {
        match () {
            () if !self.severity.is_keep() || !self.scope.is_keep() => Kind::Reclassified,
            () if self.records_a_fix(names) => Kind::Fixed,
            () if !self.status.is_keep() => Kind::Status,
            // Who owns a bug, or where it is told of, is no judgement of it.
            () => Kind::Note,
        }
    }

    /// Whether a field that it gives tells of a fix.
    fn records_a_fix(&self, names: &FieldNames) -> bool {
        self.fields.iter().any(|(name, to)| matches!(to, To::Value(_)) && names.tells_of_a_fix(name))
    }

    /// Severity set, the rest kept.
    pub fn severity(level: LevelId) -> Set {
        Set { severity: To::Value(level), ..Set::default() }
    }
}

/// Bugs and the values that they get.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Which bugs; never empty.
    pub bugs: BugSet,
    /// What each of them gets.
    pub set: Set,
}

/// A decision before it has a time and a person: what a key or a command asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What sort it is.
    pub kind: Kind,
    /// What it does; one part, but for a revert of bugs that stood differently, and for a status that leaves each bug
    /// its remark. Parts are disjoint.
    pub parts: Vec<Part>,
    /// The claims that it sets anew, in document order; none twice.
    pub claims: Vec<Restated>,
    /// Those of its bugs whose detail has been on screen.
    pub seen: BugSet,
    /// What it tells of a fix outside the report's bugs, or of a task that was not executed, in the order of
    /// [`Fact::of`].
    pub facts: Vec<(Fact, String)>,
    /// Why; empty where the methodology lets it. Of a finding, a recommendation and a note the text itself.
    pub rationale: String,
    /// The deviation rule that it stands under.
    pub rule: Option<u8>,
    /// The suggestion rule that it accepts.
    pub suggestion: Option<String>,
    /// Who proposed it, where somebody else decides: `reviewer-agent`, or a person as in [`Decision::by`].
    pub suggested_by: Option<String>,
    /// What the guards of the policy said of it.
    pub answers: Vec<Answer>,
    /// For [`Kind::Reverted`], the log entry taken back.
    pub reverts: Option<String>,
    /// Whether it is one of several that were made one by one, each as if those before it were saved.
    pub is_step: bool,
    /// Where that entry itself takes one back, the entry that stands again.
    pub brings_back: Option<String>,
}

/// That a guard of the policy spoke about a decision, and why it was made all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The name of the guard.
    pub guard: String,
    /// The reason, where the guard warned.
    pub reason: Option<String>,
}

impl Answer {
    /// `production-only: the scope is wrong`.
    pub fn said(&self) -> String {
        let reason = self.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
        format!("{}{reason}", self.guard)
    }
}

impl Draft {
    /// A decision of this kind that gives `set` to `bugs`, with no rationale yet.
    pub fn new(kind: Kind, bugs: BugSet, set: Set) -> Draft {
        Draft { parts: vec![Part { bugs, set }], ..Draft::of(kind) }
    }

    /// A decision of this kind that says nothing yet.
    pub fn of(kind: Kind) -> Draft {
        Draft {
            kind,
            parts: Vec::new(),
            claims: Vec::new(),
            facts: Vec::new(),
            seen: BugSet::default(),
            rationale: String::new(),
            rule: None,
            suggestion: None,
            suggested_by: None,
            answers: Vec::new(),
            reverts: None,
            is_step: false,
            brings_back: None,
        }
    }

    /// A decision that sets these claims anew.
    pub fn restating(claims: Vec<Restated>) -> Draft {
        Draft { claims, ..Draft::of(Kind::Claims) }
    }

    /// A decision about the report as a whole that tells these facts.
    pub fn telling(kind: Kind, facts: Vec<(Fact, String)>) -> Draft {
        Draft { facts, ..Draft::of(kind) }
    }

    /// How many bugs it concerns.
    pub fn len(&self) -> usize {
        self.parts.iter().map(|part| part.bugs.len()).sum()
    }

    /// Whether it concerns no bug.
    pub fn is_empty(&self) -> bool {
        self.parts.iter().all(|part| part.bugs.is_empty())
    }

    /// Whether it takes a saved decision back, and brings none back.
    pub fn goes_back(&self) -> bool {
        self.reverts.is_some() && self.brings_back.is_none()
    }

    /// Whether it is put into the report with fewer lines than it was written with; see [`JOINED`].
    pub fn joins_lines(&self) -> bool {
        self.kind.paragraph().is_some() && self.rationale.trim().lines().nth(1).is_some()
    }

    /// Whether it is made on what the report says by then, whatever is saved of that: one of several steps, or one that
    /// takes a saved decision back.
    pub fn stands_apart(&self) -> bool {
        self.is_step || self.reverts.is_some()
    }

    /// The bugs that it is about.
    pub fn touched(&self) -> BugSet {
        BugSet::of_all(self.parts.iter().map(|part| &part.bugs))
    }

    /// Its bugs, part by part, each with what it gets.
    pub fn bugs(&self) -> impl Iterator<Item = (BugIx, &Set)> {
        self.parts.iter().flat_map(|part| part.bugs.iter().map(move |bug| (bug, &part.set)))
    }
}

/// A decision made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// When, to the second.
    pub at: Timestamp,
    /// Who: `Ada Example <ada@example.org>`.
    pub by: String,
    /// What.
    pub draft: Draft,
}

/// What happens to a session. The journal is a list of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A decision was made; what had been undone can no longer be redone.
    Decided(Decision),
    /// The last decision was taken back.
    Undone,
    /// The decision taken back last was made again.
    Redone,
    /// A misfit was settled.
    Settled {
        /// Its place among those that are left.
        misfit: usize,
        /// What was decided in its place; `None` where it was dropped.
        decision: Option<Decision>,
    },
}
