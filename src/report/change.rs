//! What is to change in a report, bug by bug, and how it is to be written.

use super::{BugIx, ClaimIx};
use crate::methodology::LevelId;

/// What becomes of one value of a bug.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum To<T> {
    /// It stays.
    #[default]
    Keep,
    /// It goes: the report no longer states it.
    Clear,
    /// It becomes this.
    Value(T),
}

impl<T> To<T> {
    /// Whether it stays.
    pub fn is_keep(&self) -> bool {
        matches!(self, To::Keep)
    }

    /// What becomes of what it was before.
    pub fn after(self, before: Option<T>) -> Option<T> {
        match self {
            To::Keep => before,
            To::Clear => None,
            To::Value(value) => Some(value),
        }
    }

    /// To the value, or away where there is none.
    pub fn from_option(value: Option<T>) -> To<T> {
        value.map_or(To::Clear, To::Value)
    }
}

/// What changes in one bug. Texts are as they are to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which bug.
    pub bug: BugIx,
    /// Its severity, at every site.
    pub severity: To<LevelId>,
    /// Whether a severity is taken back, so that the bug goes back to where it stood, as far as that can be told.
    pub goes_back: bool,
    /// Whether the severity was only brought in line with its section, and that is taken back: the note about it goes,
    /// and the bug goes back to the section that the note names.
    pub out_of_line: bool,
    /// The level that it was given first, where decisions gave it several: what that took it from is what the note tells.
    pub first: Option<LevelId>,
    /// The level that the bug was reported with, where a severity is taken back: a new note tells that one.
    pub reported: Option<LevelId>,
    /// Why the severity changes, for [`Annotate::Rationale`].
    pub rationale: Option<String>,
    /// Its scope.
    pub scope: To<String>,
    /// Its status, remark included.
    pub status: To<String>,
    /// Its other fields by name; none is named twice.
    pub fields: Vec<(String, To<String>)>,
}

impl Change {
    /// No change of this bug, to be filled in.
    pub fn of(bug: BugIx) -> Change {
        let (severity, scope, status) = (To::Keep, To::Keep, To::Keep);
        Change {
            bug,
            severity,
            goes_back: false,
            out_of_line: false,
            first: None,
            reported: None,
            rationale: None,
            scope,
            status,
            fields: Vec::new(),
        }
    }

    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.severity.is_keep() && self.scope.is_keep() && self.status.is_keep() && self.fields.is_empty()
    }
}

/// A claim set anew, such as to what the report documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Restated {
    /// Which claim.
    pub claim: ClaimIx,
    /// The number before; below zero where decisions took more off a number than it had, which the report says as 0.
    pub from: i64,
    /// The number after.
    pub to: i64,
}

impl Restated {
    /// What takes it back.
    #[must_use]
    pub fn back(self) -> Restated {
        Restated { from: self.to, to: self.from, ..self }
    }

    /// How much it gains or loses.
    pub fn by(&self) -> i64 {
        self.to.saturating_sub(self.from)
    }
}

/// What is written beside a new severity in a bug's field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Annotate {
    /// Nothing.
    None,
    /// `(downgraded from P0)`.
    #[default]
    Short,
    /// `(downgraded from P0: the rationale)`.
    Rationale,
}

/// Whether a bug's block moves to the section of its new level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Moving {
    /// It moves where sections are by severity.
    #[default]
    Move,
    /// It stays where it stands.
    Keep,
}

/// How changes are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Writing {
    /// What stands beside a new severity.
    pub annotate: Annotate,
    /// Where the block goes.
    pub sections: Moving,
}
