//! A decision that somebody else proposes for bugs, and whether it still is one.
//!
//! It is open while its bug stands as it did and nobody has decided on it since. What was accepted and what is stale
//! may be open again, where a decision is taken back; nothing here remembers which it was.

use std::borrow::Cow;
use std::collections::HashSet;

use jiff::Timestamp;

use crate::methodology::Methodology;
use crate::report::{BugIx, To};
use crate::triage::{BugSet, Decision, Draft, Kind, Past, Session, Set};

/// A decision that somebody else proposes for bugs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// Who proposes it.
    pub by: String,
    /// When it was proposed.
    pub at: Timestamp,
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
    /// Its bugs in document order, each with how it stood in what must not have changed since.
    pub before: Vec<(BugIx, Set)>,
}

/// What has become of a proposal for one of its bugs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It can be accepted.
    Open,
    /// It is open once one of the same person before it is accepted.
    Waits,
    /// It was accepted.
    Accepted,
    /// The bug stands otherwise, or somebody has decided on it since.
    Stale,
}

impl Proposed {
    /// Whether it is about this bug.
    pub fn is_about(&self, bug: BugIx) -> bool {
        self.stood(bug).is_some()
    }

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

    /// What it proposes, in words by which it is known again when it is proposed anew: not why, but for a remark.
    pub fn what(&self, methodology: &Methodology) -> String {
        let level = |level| methodology.level(level).key.clone();
        let severity = ("severity", named(&self.set.severity, |to| level(*to)));
        let texts = [("scope", &self.set.scope), ("status", &self.set.status)].into_iter();
        let texts = texts.chain(self.set.fields.iter().map(|(name, to)| (name.as_str(), to)));
        let values = texts.map(|(name, to)| (name, named(to, String::clone)));
        let values = [severity].into_iter().chain(values);
        let values = values.filter_map(|(name, to)| to.map(|to| format!("{name}: {to}")));
        let remark = (self.kind == Kind::Note).then(|| self.rationale.clone());
        let words = [self.kind.name().to_owned()].into_iter().chain(values).chain(remark);
        words.collect::<Vec<_>>().join(", ")
    }

    fn stood(&self, bug: BugIx) -> Option<&Set> {
        let at = self.before.binary_search_by_key(&bug, |(of, _)| *of).ok()?;
        Some(&self.before[at].1)
    }

    /// Whether a decision about one of its bugs came of accepting it. What that leaves as it was, the bug must have.
    fn is_accepted_by(&self, made: &Made<'_>, session: &Session, bug: BugIx) -> bool {
        let fits = |mine: &To<String>, given: &To<String>, is: Option<Cow<'_, str>>| {
            mine == given || given.is_keep() && *mine == To::from_option(is.map(Cow::into_owned))
        };
        let (severity, given) = (&self.set.severity, &made.set.severity);
        let has_field = |field: &(String, To<String>)| made.set.fields.contains(field);
        made.suggested_by == Some(&self.by)
            && made.kind == self.kind
            && made.at >= self.at
            && (self.kind != Kind::Note || made.rationale == self.rationale)
            && (severity == given || given.is_keep() && *severity == To::from_option(session.level(bug)))
            && fits(&self.set.scope, &made.set.scope, session.scope(bug))
            && fits(&self.set.status, &made.set.status, session.status(bug))
            && self.set.fields.iter().all(has_field)
    }
}

fn named<T>(to: &To<T>, text: impl FnOnce(&T) -> String) -> Option<String> {
    match to {
        To::Keep => None,
        To::Clear => Some("none".to_owned()),
        To::Value(value) => Some(text(value)),
    }
}

/// How bugs stand, as far as proposals ask for it.
pub(super) struct Standing<'s> {
    session: &'s Session,
    taken_back: HashSet<&'s str>,
}

/// A decision about a bug that stands.
struct Made<'s> {
    kind: Kind,
    at: Timestamp,
    suggested_by: Option<&'s String>,
    rationale: &'s str,
    set: &'s Set,
}

impl<'s> Standing<'s> {
    pub(super) fn of(session: &'s Session) -> Standing<'s> {
        Standing { session, taken_back: session.taken_back() }
    }

    /// What has become of a proposal for a bug; those `before` it may let it wait.
    pub(super) fn state<'p>(
        &self,
        proposed: &Proposed,
        bug: BugIx,
        before: impl IntoIterator<Item = &'p Proposed>,
    ) -> State {
        match self.alone(proposed, bug) {
            State::Stale => {
                let goes_first =
                    |other: &Proposed| other.by == proposed.by && self.alone(other, bug) == State::Open;
                if before.into_iter().any(goes_first) { State::Waits } else { State::Stale }
            }
            state => state,
        }
    }

    /// What has become of it, whatever else is proposed.
    fn alone(&self, proposed: &Proposed, bug: BugIx) -> State {
        let Some(stood) = proposed.stood(bug) else { return State::Stale };
        let is_decided = self.session.reviewed().contains(bug) || proposed.kind == Kind::Note;
        let made: Vec<Made<'_>> = if is_decided { self.made(bug).collect() } else { Vec::new() };
        let is_since = |made: &Made<'_>| {
            made.kind.reviews() && made.at > proposed.at && made.suggested_by != Some(&proposed.by)
        };
        match () {
            () if made.iter().any(|made| proposed.is_accepted_by(made, self.session, bug)) => State::Accepted,
            () if made.iter().any(is_since) || !self.stands(bug, stood) => State::Stale,
            () => State::Open,
        }
    }

    /// The decisions about a bug that nobody has taken back.
    fn made(&self, bug: BugIx) -> impl Iterator<Item = Made<'s>> {
        let stands = |past: &&Past| !self.taken_back.contains(past.entry.as_str());
        let past = self.session.past().iter().filter(stands);
        let past = past.filter_map(move |past| Some(of_past(past, past.about(bug)?.1)));
        past.chain(self.session.pending().iter().filter_map(move |decision| of_pending(decision, bug)))
    }

    /// Whether a bug stands as it did.
    fn stands(&self, bug: BugIx, stood: &Set) -> bool {
        let (session, methodology) = (self.session, self.session.methodology());
        let scope = |text: &str| methodology.scope_named(text.trim());
        let status = |text: &str| methodology.read_status(text.as_bytes()).map(|found| found.status);
        let is_level = match stood.severity {
            To::Keep => true,
            To::Clear => session.level(bug).is_none(),
            To::Value(level) => session.level(bug) == Some(level),
        };
        is_level
            && (stood.scope.is_keep() || is_same(session.scope(bug).as_deref(), &stood.scope, scope))
            && (stood.status.is_keep() || is_same(session.status(bug).as_deref(), &stood.status, status))
    }
}

/// Whether a text is as it was, or means the same.
fn is_same<T: PartialEq>(is: Option<&str>, was: &To<String>, meant: impl Fn(&str) -> Option<T>) -> bool {
    match (is, was) {
        (Some(is), To::Value(was)) => is == was || meant(is).is_some_and(|is| meant(was) == Some(is)),
        (is, was) => is.is_none() && *was == To::Clear,
    }
}

fn of_past<'s>(past: &'s Past, set: &'s Set) -> Made<'s> {
    let (kind, at, rationale) = (past.kind, past.at, past.rationale.as_str());
    Made { kind, at, suggested_by: past.suggested_by.as_ref(), rationale, set }
}

fn of_pending(decision: &Decision, bug: BugIx) -> Option<Made<'_>> {
    let draft = &decision.draft;
    let set = &draft.parts.iter().find(|part| part.bugs.contains(bug))?.set;
    let (kind, rationale) = (draft.kind, draft.rationale.as_str());
    Some(Made { kind, at: decision.at, suggested_by: draft.suggested_by.as_ref(), rationale, set })
}
