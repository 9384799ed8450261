//! What has become of all that is proposed for bugs: whether each still is something to be accepted.
//!
//! A proposal is open while its bug stands as it did and nobody has decided on it since. What was accepted and what is
//! stale may be open again, where a decision is taken back; nothing here remembers which it was. The decisions are gone
//! through once, however many bugs are asked for.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use super::proposed::{Proposed, Stood};
use super::{Suggested, Voice, by_rules};
use crate::report::{BugIx, To};
use crate::triage::{BugSet, Decision, Draft, Kind, Past, Session, Set};

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

/// How bugs stand, as far as proposals ask for it.
pub struct Standing<'s> {
    session: &'s Session,
    made: HashMap<BugIx, Vec<Made<'s>>>,
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
    /// Of these bugs. Takes time in the number of decisions and bugs.
    pub fn of(session: &'s Session, bugs: &BugSet) -> Standing<'s> {
        let mut standing = Standing { session, made: HashMap::new() };
        let bugs = bugs.intersection(session.advice().bugs());
        if !bugs.is_empty() {
            standing.gather(&bugs);
        }
        standing
    }

    fn gather(&mut self, bugs: &BugSet) {
        let (session, taken_back) = (self.session, self.session.taken_back());
        let stands = |past: &&Past| !taken_back.contains(past.entry.as_str());
        for past in session.past().iter().filter(stands) {
            let made = |set| of_past(past, set);
            if past.after.len() <= bugs.len() {
                let about = past.after.iter().filter(|(bug, _)| bugs.contains(*bug));
                about.for_each(|(bug, set)| self.made.entry(*bug).or_default().push(made(set)));
            } else {
                let about = bugs.iter().filter_map(|bug| Some((bug, past.about(bug)?.1)));
                about.for_each(|(bug, set)| self.made.entry(bug).or_default().push(made(set)));
            }
        }
        for decision in session.pending() {
            for part in &decision.draft.parts {
                let about = part.bugs.intersection(bugs);
                let made = || of_pending(decision, &part.set);
                about.iter().for_each(|bug| self.made.entry(bug).or_default().push(made()));
            }
        }
    }

    /// What has become of all that is proposed for a bug, by the place of the proposal and in that order.
    pub fn states(&self, bug: BugIx) -> Vec<(usize, State)> {
        let advice = self.session.advice();
        let mut goes_first: HashSet<&str> = HashSet::new();
        let mut state = |at: usize| {
            let proposed = &advice.proposals()[at];
            let alone = self.alone(proposed, bug);
            if alone == State::Open {
                goes_first.insert(&proposed.by);
            }
            let waits = alone == State::Stale && goes_first.contains(proposed.by.as_str());
            (at, if waits { State::Waits } else { alone })
        };
        advice.about(bug).iter().map(|at| state(*at)).collect()
    }

    /// The places of what is proposed for a bug and open, whether it is declined or not, in their order.
    pub fn open(&self, bug: BugIx) -> Vec<usize> {
        let open = self.states(bug).into_iter().filter(|(_, state)| *state == State::Open);
        open.map(|(at, _)| at).collect()
    }

    /// Those of these bugs for which one proposal is open.
    pub(super) fn open_for(&self, at: usize, bugs: &BugSet) -> BugSet {
        bugs.iter().filter(|bug| self.open(*bug).contains(&at)).collect()
    }

    /// What is proposed for a bug, open and not declined, in its order.
    pub fn proposed(&self, bug: BugIx) -> impl Iterator<Item = Suggested> {
        let advice = self.session.advice();
        let open = self.open(bug).into_iter();
        let open = open.filter(move |at| !advice.is_declined(Voice::Proposal(*at), bug));
        open.filter_map(|at| advice.suggested(at))
    }

    /// What is suggested for a bug and not declined: what somebody proposes, else what the rules do.
    pub fn suggested(&self, bug: BugIx) -> Option<Suggested> {
        let proposed = self.proposed(bug).next();
        proposed.or_else(|| by_rules(self.session, bug))
    }

    /// What has become of it, whatever else is proposed.
    fn alone(&self, proposed: &Proposed, bug: BugIx) -> State {
        let Some(stood) = proposed.stood(bug) else { return State::Stale };
        let made = self.made(bug);
        match () {
            () if made.iter().any(|made| self.accepts(made, proposed, bug)) => State::Accepted,
            () if self.is_decided_since(proposed, stood) || !self.stands(stood) => State::Stale,
            () => State::Open,
        }
    }

    fn made(&self, bug: BugIx) -> &[Made<'s>] {
        self.made.get(&bug).map_or(&[], Vec::as_slice)
    }

    /// Whether somebody has decided on a bug since: there are more decisions than there were, or a newer one. What the
    /// same author proposed and was accepted may have come before this.
    fn is_decided_since(&self, proposed: &Proposed, stood: &Stood) -> bool {
        let is_newer = |made: &&Made<'_>| made.at > proposed.at && made.suggested_by != Some(&proposed.by);
        let reviews = || self.made(stood.bug).iter().filter(|made| made.kind.reviews());
        reviews().count() > stood.decisions || reviews().any(|made| is_newer(&made))
    }

    /// Whether a decision about a bug came of accepting a proposal. What that leaves as it was, the bug must have.
    fn accepts(&self, made: &Made<'_>, proposed: &Proposed, bug: BugIx) -> bool {
        let session = self.session;
        let fits = |mine: &To<String>, given: &To<String>, is: Option<Cow<'_, str>>| {
            mine == given || given.is_keep() && *mine == To::from_option(is.map(Cow::into_owned))
        };
        let (severity, given) = (&proposed.set.severity, &made.set.severity);
        let has_field = |field: &(String, To<String>)| made.set.fields.contains(field);
        made.suggested_by == Some(&proposed.by)
            && made.kind == proposed.kind
            && made.at >= proposed.at
            && (proposed.kind != Kind::Note || made.rationale == proposed.rationale)
            && (severity == given || given.is_keep() && *severity == To::from_option(session.level(bug)))
            && fits(&proposed.set.scope, &made.set.scope, session.scope(bug))
            && fits(&proposed.set.status, &made.set.status, session.status(bug))
            && proposed.set.fields.iter().all(has_field)
    }

    /// Whether a bug stands as it did.
    fn stands(&self, Stood { bug, set, .. }: &Stood) -> bool {
        let (session, methodology) = (self.session, self.session.methodology());
        let scope = |text: &str| methodology.scope_named(text.trim());
        let status = |text: &str| methodology.read_status(text.as_bytes()).map(|found| found.status);
        let is_level = match set.severity {
            To::Keep => true,
            To::Clear => session.level(*bug).is_none(),
            To::Value(level) => session.level(*bug) == Some(level),
        };
        is_level
            && (set.scope.is_keep() || is_same(session.scope(*bug).as_deref(), &set.scope, scope))
            && (set.status.is_keep() || is_same(session.status(*bug).as_deref(), &set.status, status))
    }
}

/// How many decisions stand on each bug on which any does, as [`Stood`] counts them.
pub fn decisions(session: &Session) -> HashMap<BugIx, usize> {
    let mut all: HashMap<BugIx, usize> = HashMap::new();
    let taken_back = session.taken_back();
    let past = session.past().iter();
    let past = past.filter(|past| past.kind.reviews() && !taken_back.contains(past.entry.as_str()));
    let pending = session.pending().iter().map(|decision| &decision.draft);
    let pending = pending.filter(|draft| draft.kind.reviews()).flat_map(Draft::bugs);
    let bugs = past.flat_map(|past| &past.after).map(|(bug, _)| *bug).chain(pending.map(|(bug, _)| bug));
    bugs.for_each(|bug| *all.entry(bug).or_default() += 1);
    all
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

fn of_pending<'s>(decision: &'s Decision, set: &'s Set) -> Made<'s> {
    let draft = &decision.draft;
    let (kind, rationale) = (draft.kind, draft.rationale.as_str());
    Made { kind, at: decision.at, suggested_by: draft.suggested_by.as_ref(), rationale, set }
}
