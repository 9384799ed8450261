//! Which bugs something is suggested for, and by whom: found once for a report, then kept true bug by bug.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::facts::Facts;
use super::standing::{Standing, State};
use super::{Suggested, Voice, by_rules, speaking};
use crate::report::BugIx;
use crate::text::passing;
use crate::triage::{BugSet, Session};

/// The bugs for which something is suggested, whether it is declined or not.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The places of what is proposed for a bug and open, in their order; never none.
    proposed: BTreeMap<BugIx, Vec<usize>>,
    /// The places of what is proposed for a bug and stale, in their order; never none.
    stale: BTreeMap<BugIx, Vec<usize>>,
    /// Those of these bugs for which not all of what is open is declined.
    left: BugSet,
    /// Those for which each rule speaks, in the order of the methodology; those decided since are still among them.
    rules: Vec<BugSet>,
}

impl Found {
    /// All that is suggested; `None` once it is `overtaken`. Takes time in the length of the report.
    pub fn of(session: &Session, overtaken: &AtomicBool) -> Option<Found> {
        let bugs = (0..session.report().len() as u32).into_par_iter().map(BugIx);
        let speaking = |bug: BugIx| {
            let is_over = overtaken.load(Ordering::Relaxed);
            let facts = (!is_over).then(|| Facts::of(session, bug))?;
            speaking(&facts)
        };
        let spoken = passing::collected(bugs.map(speaking));
        let mut rules = vec![BugSet::default(); session.methodology().suggestions().len()];
        for (bug, rule) in (0..).map(BugIx).zip(spoken) {
            if let Some(rule) = rule {
                rules[rule].insert(bug);
            }
        }
        let mut found = Found { rules, ..Found::default() };
        found.look_again(session, session.advice().bugs());
        (!overtaken.load(Ordering::Relaxed)).then_some(found)
    }

    /// Looks anew at what is proposed for bugs that were decided on, or for which something was declined.
    pub fn look_again(&mut self, session: &Session, bugs: &BugSet) {
        let bugs = bugs.intersection(session.advice().bugs());
        let standing = Standing::of(session, &bugs);
        for bug in bugs.iter() {
            let states = standing.states(bug);
            keep(&mut self.proposed, bug, places(&states, State::Open));
            keep(&mut self.stale, bug, places(&states, State::Stale));
        }
        let left: BugSet = bugs.iter().filter(|bug| self.first_proposed(session, *bug).is_some()).collect();
        self.left = self.left.difference(&bugs).union(&left);
    }

    /// The bugs for which something is suggested, declined or not.
    pub fn bugs(&self) -> BugSet {
        let proposed: BugSet = self.proposed.keys().copied().collect();
        BugSet::of_all(self.rules.iter().chain([&proposed]))
    }

    /// The bugs for which something is proposed that is stale and not declined.
    pub fn stale(&self, session: &Session) -> BugSet {
        self.stale
            .keys()
            .copied()
            .filter(|bug| not_declined(&self.stale, session, *bug).next().is_some())
            .collect()
    }

    /// What is proposed for a bug, stale and not declined.
    pub fn stale_for(&self, session: &Session, bug: BugIx) -> impl Iterator<Item = Suggested> {
        not_declined(&self.stale, session, bug).filter_map(|at| session.advice().suggested(at))
    }

    /// The bugs for which something is suggested that is not declined.
    pub fn open(&self, session: &Session) -> BugSet {
        let rules: Vec<BugSet> = (0..self.rules.len()).map(|rule| self.of_rule(session, rule)).collect();
        BugSet::of_all(rules.iter().chain([&self.left]))
    }

    /// What is suggested for a bug and not declined, the first of it; a rule is asked anew.
    pub fn suggested(&self, session: &Session, bug: BugIx) -> Option<Suggested> {
        let proposed = self.first_proposed(session, bug).and_then(|at| session.advice().suggested(at));
        proposed.or_else(|| by_rules(session, bug))
    }

    /// What is proposed for a bug beside the first.
    pub fn beside(&self, session: &Session, bug: BugIx) -> impl Iterator<Item = Suggested> {
        self.proposed_for(session, bug).skip(1).filter_map(|at| session.advice().suggested(at))
    }

    /// These bugs by who is the first to suggest something for them that is not declined: proposals, in their order,
    /// then rules.
    pub fn by_voice(&self, session: &Session, bugs: &BugSet) -> Vec<(Voice, BugSet)> {
        let mut proposed: BTreeMap<usize, BugSet> = BTreeMap::new();
        for bug in bugs.intersection(&self.left).iter() {
            if let Some(at) = self.first_proposed(session, bug) {
                proposed.entry(at).or_default().insert(bug);
            }
        }
        let rest = bugs.difference(&self.left);
        let rules = (0..self.rules.len()).map(|rule| (rule, self.of_rule(session, rule).intersection(&rest)));
        let rules = rules.map(|(rule, bugs)| (Voice::Rule(rule), bugs));
        let proposed = proposed.into_iter().map(|(at, bugs)| (Voice::Proposal(at), bugs));
        proposed.chain(rules.filter(|(_, bugs)| !bugs.is_empty())).collect()
    }

    /// Who is the first to suggest something that is not declined, by name, and for which bugs.
    pub fn by_name(&self, session: &Session) -> Vec<(String, BugSet)> {
        let voices = self.by_voice(session, &self.bugs());
        let mut named: BTreeMap<&str, Vec<&BugSet>> = BTreeMap::new();
        for (voice, bugs) in &voices {
            named.entry(voice.name(session)).or_default().push(bugs);
        }
        named.into_iter().map(|(name, bugs)| (name.to_owned(), BugSet::of_all(bugs))).collect()
    }

    /// Whose suggestions for a bug are declined, and would be open or stale else.
    pub fn declined(&self, session: &Session, bug: BugIx) -> impl Iterator<Item = Voice> {
        let proposed =
            [&self.proposed, &self.stale].into_iter().filter_map(move |known| known.get(&bug)).flatten();
        let proposed = proposed.map(|at| Voice::Proposal(*at));
        let rules = self.rules.iter().enumerate().filter(move |(_, bugs)| bugs.contains(bug));
        let rules = rules.map(|(rule, _)| Voice::Rule(rule));
        proposed.chain(rules).filter(move |voice| session.advice().is_declined(*voice, bug))
    }

    fn first_proposed(&self, session: &Session, bug: BugIx) -> Option<usize> {
        self.proposed_for(session, bug).next()
    }

    fn proposed_for(&self, session: &Session, bug: BugIx) -> impl Iterator<Item = usize> {
        not_declined(&self.proposed, session, bug)
    }

    /// Those of the bugs of a rule that are neither decided nor declined.
    fn of_rule(&self, session: &Session, rule: usize) -> BugSet {
        let left = self.rules[rule].difference(session.reviewed());
        left.difference(&session.advice().declined(Voice::Rule(rule)))
    }
}

/// The places of a bug that are not declined.
fn not_declined(
    known: &BTreeMap<BugIx, Vec<usize>>,
    session: &Session,
    bug: BugIx,
) -> impl Iterator<Item = usize> {
    let known = known.get(&bug).into_iter().flatten().copied();
    known.filter(move |at| !session.advice().is_declined(Voice::Proposal(*at), bug))
}

/// The places of those that have become this.
fn places(states: &[(usize, State)], of: State) -> Vec<usize> {
    states.iter().filter(|(_, state)| *state == of).map(|(at, _)| *at).collect()
}

/// Keeps these places of a bug, where there are any.
fn keep(known: &mut BTreeMap<BugIx, Vec<usize>>, bug: BugIx, places: Vec<usize>) {
    match places.is_empty() {
        true => known.remove(&bug),
        false => known.insert(bug, places),
    };
}
