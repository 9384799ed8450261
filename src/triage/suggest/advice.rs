//! What others propose for the bugs of a report, and which suggestions were declined.
//!
//! Beside the rules, this is all that suggestions go by. It decides nothing, and goes along with a session unchanged
//! but for what is declined.

use std::collections::HashMap;
use std::sync::Arc;

use super::proposed::{Proposed, Standing, State};
use super::{Suggested, Voice};
use crate::report::BugIx;
use crate::triage::{BugSet, Session};

/// What others propose for the bugs of a report, and which suggestions were declined.
#[derive(Clone, Debug, Default)]
pub struct Advice {
    proposals: Arc<Vec<Proposed>>,
    /// The places of those about each bug, in their order.
    about: Arc<HashMap<BugIx, Vec<usize>>>,
    declined: HashMap<Voice, BugSet>,
    /// For how many bugs something is proposed that the report no longer has, or in words that nobody knows any more.
    pub lost: usize,
    /// What could not be read of it, a sentence each.
    pub troubles: Vec<String>,
}

impl Advice {
    /// These proposals, in their order, none of them declined.
    pub fn new(proposals: Vec<Proposed>) -> Advice {
        let mut about: HashMap<BugIx, Vec<usize>> = HashMap::new();
        for (at, proposed) in proposals.iter().enumerate() {
            proposed.before.iter().for_each(|(bug, _)| about.entry(*bug).or_default().push(at));
        }
        Advice { proposals: Arc::new(proposals), about: Arc::new(about), ..Advice::default() }
    }

    /// What is proposed, in its order.
    pub fn proposals(&self) -> &[Proposed] {
        &self.proposals
    }

    /// The bugs for which something is proposed.
    pub fn bugs(&self) -> BugSet {
        let mut bugs: Vec<BugIx> = self.about.keys().copied().collect();
        bugs.sort_unstable();
        bugs.into_iter().collect()
    }

    /// Remembers that what is suggested for bugs is declined, or no longer is.
    pub fn decline(&mut self, bugs: impl IntoIterator<Item = (BugIx, Voice)>, is_declined: bool) {
        for (bug, voice) in bugs {
            let known = self.declined.entry(voice).or_default();
            if is_declined {
                known.insert(bug)
            } else {
                known.remove(bug)
            };
        }
    }

    /// Whether what somebody suggests for a bug is declined.
    pub fn is_declined(&self, voice: Voice, bug: BugIx) -> bool {
        self.declined.get(&voice).is_some_and(|bugs| bugs.contains(bug))
    }

    /// The bugs for which what somebody suggests is declined.
    pub fn declined(&self, voice: Voice) -> BugSet {
        self.declined.get(&voice).cloned().unwrap_or_default()
    }

    /// The places of what is proposed for a bug.
    pub fn about(&self, bug: BugIx) -> &[usize] {
        self.about.get(&bug).map_or(&[], Vec::as_slice)
    }

    /// What has become of a proposal for a bug.
    pub(super) fn state(&self, standing: &Standing<'_>, at: usize, bug: BugIx) -> State {
        let before = self.about(bug).iter().take_while(|before| **before < at);
        standing.state(&self.proposals[at], bug, before.map(|before| &self.proposals[*before]))
    }
}

/// What has become of all that is proposed for a bug, by the place of the proposal and in that order.
pub fn states(session: &Session, bug: BugIx) -> Vec<(usize, State)> {
    let advice = session.advice();
    let about = advice.about(bug);
    if about.is_empty() {
        return Vec::new();
    }
    let standing = Standing::of(session);
    about.iter().map(|at| (*at, advice.state(&standing, *at, bug))).collect()
}

/// What is proposed for a bug and open, whether it is declined or not, in its order.
pub(super) fn open(session: &Session, bug: BugIx) -> impl Iterator<Item = usize> {
    states(session, bug).into_iter().filter(|(_, state)| *state == State::Open).map(|(at, _)| at)
}

/// Those of these bugs for which each proposal is open, declined or not, by the place of the proposal: of every one.
pub fn open_among(session: &Session, bugs: &BugSet) -> Vec<(usize, BugSet)> {
    let advice = session.advice();
    let mut open: Vec<(usize, BugSet)> =
        (0..advice.proposals.len()).map(|at| (at, BugSet::default())).collect();
    if open.is_empty() {
        return open;
    }
    let standing = Standing::of(session);
    for bug in bugs.iter() {
        for at in advice.about(bug) {
            if advice.state(&standing, *at, bug) == State::Open {
                open[*at].1.insert(bug);
            }
        }
    }
    open
}

/// Those of these bugs for which one proposal is open.
pub(super) fn open_for(session: &Session, at: usize, bugs: &BugSet) -> BugSet {
    let (advice, standing) = (session.advice(), Standing::of(session));
    let is_open =
        |bug: &BugIx| advice.about(*bug).contains(&at) && advice.state(&standing, at, *bug) == State::Open;
    bugs.iter().filter(is_open).collect()
}

/// What is proposed for a bug, open and not declined, in its order.
pub fn proposed(session: &Session, bug: BugIx) -> impl Iterator<Item = Suggested> {
    let advice = session.advice();
    let open = open(session, bug).filter(move |at| !advice.is_declined(Voice::Proposal(*at), bug));
    open.map(move |at| said(at, &advice.proposals[at]))
}

/// A proposal as a suggestion.
fn said(at: usize, proposed: &Proposed) -> Suggested {
    Suggested {
        voice: Voice::Proposal(at),
        by: Some(proposed.by.clone()),
        suggestion: proposed.suggestion.clone(),
        kind: proposed.kind,
        set: proposed.set.clone(),
        rationale: proposed.rationale.clone(),
        rule: proposed.rule,
        matched: Vec::new(),
    }
}
