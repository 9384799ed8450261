//! What has become of all that is proposed for bugs: whether each still is something to be accepted.
//!
//! A proposal is open while its bug stands as it did and nobody has decided on it since. What was accepted and what is
//! stale may be open again, where a decision is taken back; nothing here remembers which it was. The decisions are gone
//! through once, however many bugs are asked for.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use super::proposed::{Decisions, Proposed, Stood};
use super::{Suggested, Voice, by_rules};
use crate::methodology::LevelId;
use crate::report::{BugIx, To};
use crate::triage::decision::meaning::{is_scope, is_status};
use crate::triage::{BugSet, Decision, Kind, Past, Session, Set, or_written};

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
        let session = self.session;
        for past in session.standing() {
            let made = |set| of_past(past, set);
            if past.sides.len() <= bugs.len() {
                let about = past.sides.iter().filter(|(bug, ..)| bugs.contains(*bug));
                about.for_each(|(bug, _, set)| self.made.entry(bug).or_default().push(made(set)));
            } else {
                let about = bugs.iter().filter_map(|bug| Some((bug, past.about(bug)?.1)));
                about.for_each(|(bug, set)| self.made.entry(bug).or_default().push(made(set)));
            }
        }
        // What brings a decision back is none of its own: that one stands.
        for decision in session.pending().iter().filter(|decision| decision.draft.brings_back.is_none()) {
            for part in &decision.draft.parts {
                let about = part.bugs.intersection(bugs);
                let made = || of_pending(decision, &part.set);
                about.iter().for_each(|bug| self.made.entry(bug).or_default().push(made()));
            }
        }
    }

    /// What has become of all that is proposed for a bug, by the place of the proposal and in that order.
    pub fn states(&self, bug: BugIx) -> Vec<(usize, State)> {
        let (about, made) = (self.session.advice().about(bug), self.made(bug));
        let mut states: Vec<(usize, State)> = Vec::with_capacity(about.len());
        let accepting = self.accepting(about, made, bug);
        let others = Others::of(made, &accepting);
        let mut goes_first: HashSet<&str> = HashSet::new();
        for (nth, at) in about.iter().enumerate() {
            let proposed = &self.session.advice().proposals()[*at];
            let Some(stood) = proposed.stood(bug) else { continue };
            let state = match () {
                () if accepting[nth].is_some() && self.is_so(bug, &self.left_of(nth, about, &accepting)) => {
                    State::Accepted
                }
                () if accepting[nth].is_some() => State::Stale,
                () if !others.have_decided_since(stood, &proposed.by) && self.stands(stood) => State::Open,
                () if goes_first.contains(proposed.by.as_str()) => State::Waits,
                () => State::Stale,
            };
            if state == State::Open {
                goes_first.insert(&proposed.by);
            }
            states.push((*at, state));
        }
        states
    }

    /// Which of the decisions on a bug came of accepting each of these proposals. None came of two; one with the words of a
    /// proposal came of that before any other that gives the same.
    fn accepting(&self, about: &[usize], made: &[Made<'_>], bug: BugIx) -> Vec<Option<usize>> {
        let mut found = vec![None; about.len()];
        if made.iter().all(|made| made.suggested_by.is_none()) {
            return found;
        }
        let mut is_taken = vec![false; made.len()];
        for in_its_words in [true, false] {
            for (nth, at) in
                about.iter().enumerate().filter(|(nth, _)| found[*nth].is_none()).collect::<Vec<_>>()
            {
                let proposed = &self.session.advice().proposals()[*at];
                let accepts = |(at, made): &(usize, &Made<'_>)| {
                    !is_taken[*at]
                        && (!in_its_words || made.rationale == proposed.rationale)
                        && self.accepts(*at, made, proposed, bug)
                };
                found[nth] = made.iter().enumerate().find(accepts).map(|(at, _)| at);
                found[nth].into_iter().for_each(|at| is_taken[at] = true);
            }
        }
        found
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

    fn made(&self, bug: BugIx) -> &[Made<'s>] {
        self.made.get(&bug).map_or(&[], Vec::as_slice)
    }

    /// Whether a decision about a bug, the nth that stands, was made since and gives what is proposed for it. What that leaves
    /// as it was, the bug must have.
    fn accepts(&self, nth: usize, made: &Made<'_>, proposed: &Proposed, bug: BugIx) -> bool {
        let Some(stood) = proposed.stood(bug) else { return false };
        let (set, given, methodology) = (&proposed.set, made.set, self.session.methodology());
        let scope = |one: &str, other: &str| is_scope(one, other, methodology);
        let status = |one: &str, other: &str| is_status(one, other, true, methodology);
        made.suggested_by == Some(&proposed.by)
            && made.kind == proposed.kind
            && (made.at > stood.at || nth >= stood.decisions.all)
            && (proposed.kind != Kind::Note || made.rationale == proposed.rationale)
            && (set.severity == given.severity
                || given.severity.is_keep() && self.has_level(bug, &set.severity))
            && is_given(&set.scope, &given.scope, || self.session.scope(bug), scope)
            && is_given(&set.status, &given.status, || self.session.status(bug), status)
            && set.fields.iter().all(|field| given.fields.contains(field))
    }

    /// What an accepted proposal gives, but for what one of the same author that was accepted after it gives otherwise.
    fn left_of(&self, nth: usize, about: &[usize], accepting: &[Option<usize>]) -> Set {
        let proposals = self.session.advice().proposals();
        let (mut left, by) = (proposals[about[nth]].set.clone(), &proposals[about[nth]].by);
        for later in nth + 1..about.len() {
            let Proposed { by: other, set, .. } = &proposals[about[later]];
            if other != by || accepting[later] <= accepting[nth] {
                continue;
            }
            left = left.less(set);
        }
        left
    }

    /// Whether a bug has all of this.
    fn is_so(&self, bug: BugIx, set: &Set) -> bool {
        let (session, methodology) = (self.session, self.session.methodology());
        let scope = |one: &str, other: &str| is_scope(one, other, methodology);
        let status = |one: &str, other: &str| is_status(one, other, true, methodology);
        let has_field = |(name, to): &(String, To<String>)| {
            let pending = session.net(bug).field(name);
            is_now(to, or_written(pending, || session.report().field(bug, name)).as_deref(), |one, other| {
                one == other
            })
        };
        self.has_level(bug, &set.severity)
            && (set.scope.is_keep() || is_now(&set.scope, session.scope(bug).as_deref(), scope))
            && (set.status.is_keep() || is_now(&set.status, session.status(bug).as_deref(), status))
            && set.fields.iter().all(has_field)
    }

    /// Whether a bug stands as it did.
    fn stands(&self, Stood { bug, set, .. }: &Stood) -> bool {
        let (session, methodology) = (self.session, self.session.methodology());
        let scope = |one: &str, other: &str| is_scope(one, other, methodology);
        let status = |one: &str, other: &str| is_status(one, other, true, methodology);
        self.has_level(*bug, &set.severity)
            && (set.scope.is_keep() || is_now(&set.scope, session.scope(*bug).as_deref(), scope))
            && (set.status.is_keep() || is_now(&set.status, session.status(*bug).as_deref(), status))
    }

    fn has_level(&self, bug: BugIx, to: &To<LevelId>) -> bool {
        to.is_keep() || *to == To::from_option(self.session.level(bug))
    }
}

/// The decisions on a bug that say how it is to be, but for those that came of accepting what an author proposes.
struct Others<'m> {
    /// When each was made, and whose proposal it accepts.
    made: Vec<(Timestamp, Option<&'m str>)>,
}

impl<'m> Others<'m> {
    fn of(made: &[Made<'m>], accepting: &[Option<usize>]) -> Others<'m> {
        let taken: HashSet<usize> = accepting.iter().flatten().copied().collect();
        let author =
            |at, made: &Made<'m>| made.suggested_by.filter(|_| taken.contains(&at)).map(String::as_str);
        let reviews = made.iter().enumerate().filter(|(_, made)| made.kind.reviews());
        Others { made: reviews.map(|(at, made)| (made.at, author(at, made))).collect() }
    }

    /// Whether there are more of them than there were, or a newer one.
    fn have_decided_since(&self, stood: &Stood, by: &str) -> bool {
        let others = || self.made.iter().filter(|(_, author)| *author != Some(by));
        others().count() > stood.decisions.judging || others().any(|(at, _)| *at > stood.at)
    }
}

/// How many decisions stand on each bug on which any does.
pub fn decisions(session: &Session) -> HashMap<BugIx, Decisions> {
    let past = session.standing().flat_map(|past| past.sides.iter().map(|(bug, ..)| (bug, past.kind)));
    let pending = session.pending().iter().map(|decision| &decision.draft);
    let pending = pending.filter(|draft| draft.brings_back.is_none());
    let pending = pending.flat_map(|draft| draft.bugs().map(|(bug, _)| (bug, draft.kind)));
    let mut all: HashMap<BugIx, Decisions> = HashMap::new();
    for (bug, kind) in past.chain(pending) {
        let known = all.entry(bug).or_default();
        known.all += 1;
        known.judging += usize::from(kind.reviews());
    }
    all
}

/// Whether a decision gives what is proposed, or leaves a bug as it is that has it.
fn is_given<'s>(
    set: &To<String>,
    given: &To<String>,
    is: impl FnOnce() -> Option<Cow<'s, str>>,
    is_same: impl Fn(&str, &str) -> bool,
) -> bool {
    match given {
        To::Keep => set.is_keep() || is_now(set, is().as_deref(), is_same),
        To::Clear => *set == To::Clear,
        To::Value(given) => is_now(set, Some(given), is_same),
    }
}

/// Whether a value is there as it is to be.
fn is_now(to: &To<String>, is: Option<&str>, is_same: impl Fn(&str, &str) -> bool) -> bool {
    match (is, to) {
        (Some(is), To::Value(to)) => is == to || is_same(is, to),
        (is, to) => is.is_none() && *to == To::Clear,
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
