//! What a bug is asked: the terms of a filter, understood.

use super::needle::Needle;
use super::parse::spaced;
use crate::methodology::{FieldKind, LevelId, Methodology, ScopeId, StatusId};
use crate::triage::fuzzy::Pattern;

/// A test, or its opposite.
#[derive(Clone, Debug)]
pub(super) struct Term {
    pub(super) test: Test,
    pub(super) negated: bool,
}

/// What a bug is asked. Of several values, one is enough.
#[derive(Clone, Debug)]
pub(super) enum Test {
    /// Its level, pending decisions included.
    Level(Vec<Stated<LevelId>>),
    /// What the reviewer has to do with it.
    Is(Vec<State>),
    /// The name of the rule, or of whoever, that is the first to suggest something for it.
    Suggested(Vec<Needle>),
    /// The titles of the sections around it.
    Section(Vec<Needle>),
    /// What it is called.
    Id(Vec<Needle>),
    /// Its title.
    Title(Vec<Needle>),
    /// A text in id and title.
    Exact(Needle),
    /// Its whole text, as the report has it.
    Text(Vec<Needle>),
    /// A word that id and title match fuzzily; the ones that must hold are the query's pattern.
    Fuzzy(Box<Pattern>, String),
    /// Its scope, pending decisions included.
    Scope(Vec<Stated<ScopeId>>),
    /// Its status, pending decisions included.
    Status(Vec<Stated<StatusId>>),
    /// A field, pending decisions included.
    Field(Name, Vec<Needle>),
}

/// What a bug states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stated<T> {
    /// Something that the methodology knows.
    Known(T),
    Nothing,
    /// A word that the methodology does not know.
    Unlisted,
}

impl<T> Stated<T> {
    /// What a word that is written states, once it was looked up.
    pub(super) fn looked_up(found: Option<T>) -> Stated<T> {
        found.map_or(Stated::Unlisted, Stated::Known)
    }
}

/// The name of a field, and what kind the methodology knows it as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    /// In lower case.
    pub(super) text: String,
    pub(super) kind: Option<FieldKind>,
}

/// What a reviewer has to do with a bug.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum State {
    Undecided,
    Decided,
    Changed,
    Marked,
    Seen,
    Unseen,
    Suggested,
    Stale,
    Overdue,
    Contradiction,
}

impl State {
    /// Every state with its word and what it means.
    pub(super) const ALL: [(State, &'static str, &'static str); 10] = [
        (State::Undecided, "undecided", "not decided yet"),
        (State::Decided, "decided", "now or earlier"),
        (State::Changed, "changed", "a pending decision changes it"),
        (State::Marked, "marked", "for the next decision"),
        (State::Seen, "seen", "its text was on screen"),
        (State::Unseen, "unseen", "its text was not on screen yet"),
        (State::Suggested, "suggested", "something is suggested"),
        (State::Stale, "stale", "what is proposed is stale"),
        (State::Overdue, "overdue", "due by now and not closed"),
        (State::Contradiction, "contradiction", "the report gives it two severities"),
    ];

    /// The state with this word.
    pub(super) fn named(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|(_, known, _)| known.eq_ignore_ascii_case(word)).map(|(state, ..)| state)
    }
}

/// How much a test costs; those that cost less are asked first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cost {
    /// A look into a table.
    Look,
    /// A line is read.
    Line,
    /// A line is matched fuzzily.
    Fuzzy,
    /// The whole text is read, or the fields in it.
    Whole,
}

impl Test {
    pub(super) fn cost(&self) -> Cost {
        match self {
            Test::Level(_) => Cost::Look,
            Test::Is(states) if states.contains(&State::Changed) => Cost::Whole,
            Test::Is(_) => Cost::Look,
            Test::Suggested(_) | Test::Section(_) | Test::Id(_) | Test::Title(_) | Test::Exact(_) => {
                Cost::Line
            }
            Test::Fuzzy(..) => Cost::Fuzzy,
            Test::Text(_) | Test::Scope(_) | Test::Status(_) | Test::Field(..) => Cost::Whole,
        }
    }

    /// Whether every bug that passes this one is known to pass the other.
    fn implies(&self, other: &Test) -> bool {
        match (self, other) {
            (Test::Level(mine), Test::Level(theirs)) => is_part(mine, theirs),
            (Test::Is(mine), Test::Is(theirs)) => is_part(mine, theirs),
            (Test::Scope(mine), Test::Scope(theirs)) => is_part(mine, theirs),
            (Test::Status(mine), Test::Status(theirs)) => is_part(mine, theirs),
            (Test::Suggested(mine), Test::Suggested(theirs))
            | (Test::Section(mine), Test::Section(theirs))
            | (Test::Id(mine), Test::Id(theirs))
            | (Test::Title(mine), Test::Title(theirs))
            | (Test::Text(mine), Test::Text(theirs)) => any_implied(mine, theirs),
            (Test::Field(name, mine), Test::Field(other, theirs)) => {
                name == other && any_implied(mine, theirs)
            }
            (Test::Exact(mine), Test::Exact(theirs)) => mine.implies(theirs),
            (Test::Fuzzy(_, mine), Test::Fuzzy(_, theirs)) => mine.starts_with(theirs.as_str()),
            _ => false,
        }
    }
}

impl Test {
    /// Whether the same bugs are known to pass both.
    pub(super) fn equals(&self, other: &Test) -> bool {
        self.implies(other) && other.implies(self)
    }
}

impl Name {
    /// Whether a field is written under this name.
    pub(super) fn is_written(&self, name: &str) -> bool {
        spaced(name) == self.text
    }

    /// Whether a field of that name is one of these.
    pub(super) fn is_of(&self, name: &str, methodology: &Methodology) -> bool {
        let kind = methodology.fields().kind_of(name.as_bytes());
        self.kind.is_some() && kind == self.kind || self.is_written(name)
    }
}

impl Term {
    /// Whether every bug that it holds for is known to be one that the other holds for.
    pub(super) fn implies(&self, other: &Term) -> bool {
        match (self.negated, other.negated) {
            (false, false) => self.test.implies(&other.test),
            (true, true) => other.test.implies(&self.test),
            _ => false,
        }
    }
}

fn is_part<T: PartialEq>(mine: &[T], theirs: &[T]) -> bool {
    mine.iter().all(|one| theirs.contains(one))
}

fn any_implied(mine: &[Needle], theirs: &[Needle]) -> bool {
    mine.iter().all(|one| theirs.iter().any(|other| one.implies(other)))
}
