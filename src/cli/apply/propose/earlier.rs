//! What the authors of a file proposed before, as far as that was accepted: it is known again where the file is sent again.
//!
//! It is told by what it comes to, judged on the day on which it was proposed: a status that lasts for two weeks is the same
//! a day later. One decision accepts one proposal, so each is known again once.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::cli::apply::judge::{Ground, Names};
use crate::proposal::Item;
use crate::report::{BugIx, Writing};
use crate::triage::decision::meaning::Meaning;
use crate::triage::suggest::{Proposed, Standing, State, Stood};
use crate::triage::{BugSet, Draft, Session};

/// What was proposed for a report before, with what has become of it.
pub(super) struct Earlier<'s> {
    session: &'s Session,
    writing: Writing,
    /// On which days each author proposed something.
    days: HashMap<&'s str, BTreeSet<Date>>,
    /// What is accepted, by bug: the places of the proposals, each with what it comes to.
    accepted: HashMap<BugIx, Vec<(usize, Meaning)>>,
    known: HashSet<(usize, BugIx)>,
}

/// What of an item is accepted already.
#[derive(Default)]
pub(super) struct Known {
    draft: Option<Draft>,
    by_set: Vec<Proposed>,
    bugs: BugSet,
}

/// How many of the proposals that stay are accepted, by author and bug.
pub(super) struct Accepted(HashMap<String, HashMap<BugIx, usize>>);

impl<'s> Earlier<'s> {
    pub(super) fn of(session: &'s Session, writing: Writing) -> Earlier<'s> {
        let advice = session.advice();
        let mut days: HashMap<&str, BTreeSet<Date>> = HashMap::new();
        for proposed in advice.proposals() {
            let day = |stood: &Stood| TimeZone::UTC.to_datetime(stood.at).date();
            days.entry(&proposed.by).or_default().extend(proposed.bugs.iter().map(day));
        }
        let standing = Standing::of(session, advice.bugs());
        let what = |at: usize| advice.proposals()[at].what(session.methodology());
        let accepted = |bug: BugIx| {
            let states = standing.states(bug).into_iter().filter(|(_, state)| *state == State::Accepted);
            (bug, states.map(|(at, _)| (at, what(at))).collect())
        };
        let accepted = advice.bugs().iter().map(accepted).collect();
        Earlier { session, writing, days, accepted, known: HashSet::new() }
    }

    /// What of an item is accepted already, as it was proposed on the day that tells most of it.
    pub(super) fn known(&mut self, item: &Item<'_>, names: &Names<'_>) -> Option<Known> {
        let by = item.by.as_deref()?;
        let mut best: Option<(Draft, BTreeMap<BugIx, usize>)> = None;
        for day in self.days.get(by)?.iter().rev() {
            let on = Ground { names, session: self.session, writing: self.writing, today: *day };
            let Some(draft) = on.meant(item) else { continue };
            let places = self.places(&draft, by);
            let (is_all, is_more) = (
                places.len() == draft.len(),
                best.as_ref().is_none_or(|(_, known)| places.len() > known.len()),
            );
            if is_more {
                best = Some((draft, places));
            }
            if is_all {
                break;
            }
        }
        let (draft, places) = best.filter(|(_, places)| !places.is_empty())?;
        self.known.extend(places.iter().map(|(bug, at)| (*at, *bug)));
        Some(self.kept(draft, &places))
    }

    /// The bugs of a decision for which an author proposed the same and it was accepted, with the place of that.
    fn places(&self, draft: &Draft, by: &str) -> BTreeMap<BugIx, usize> {
        let proposals = self.session.advice().proposals();
        let mut places = BTreeMap::new();
        for part in &draft.parts {
            let what = Meaning::of(draft.kind, &part.set, &draft.rationale, self.session.methodology());
            for bug in part.bugs.iter() {
                let is_it = |(at, known): &&(usize, Meaning)| {
                    *known == what && proposals[*at].by == by && !self.known.contains(&(*at, bug))
                };
                let place = self.accepted.get(&bug).and_then(|known| known.iter().find(is_it));
                places.extend(place.map(|(at, _)| (bug, *at)));
            }
        }
        places
    }

    /// The same as proposals: values and how bugs stood as they were, words as they are now.
    fn kept(&self, draft: Draft, places: &BTreeMap<BugIx, usize>) -> Known {
        let mut by_set: Vec<Proposed> = Vec::new();
        for (bug, at) in places {
            let old = &self.session.advice().proposals()[*at];
            let stood = old.bugs.iter().filter(|stood| stood.bug == *bug).cloned();
            match by_set.iter_mut().find(|known| known.set == old.set) {
                Some(known) => known.bugs.extend(stood),
                None => by_set.push(Proposed {
                    rationale: draft.rationale.clone(),
                    rule: draft.rule,
                    suggestion: draft.suggestion.clone(),
                    bugs: stood.collect(),
                    ..old.clone()
                }),
            }
        }
        Known { draft: Some(draft), by_set, bugs: places.keys().copied().collect() }
    }
}

impl Known {
    /// Its bugs.
    pub(super) fn bugs(&self) -> &BugSet {
        &self.bugs
    }

    /// Whether nothing is.
    pub(super) fn is_none(&self) -> bool {
        self.bugs.is_empty()
    }

    /// Whether the item has no others.
    pub(super) fn is_all(&self) -> bool {
        self.draft.as_ref().is_some_and(|draft| draft.len() == self.bugs.len())
    }

    /// What sort of decision the item is.
    pub(super) fn kind(&self) -> Option<&'static str> {
        self.draft.as_ref().map(|draft| draft.kind.name())
    }

    /// What stays.
    pub(super) fn proposals(self) -> Vec<Proposed> {
        self.by_set
    }
}

/// How many of what is known of all items are accepted decisions that say how a bug is to be.
pub(super) fn accepted(all: &[Option<Known>]) -> Accepted {
    let mut counts: HashMap<String, HashMap<BugIx, usize>> = HashMap::new();
    for proposed in all.iter().flatten().flat_map(|known| &known.by_set).filter(|one| one.kind.reviews()) {
        let of_author = counts.entry(proposed.by.clone()).or_default();
        proposed.bugs.iter().for_each(|stood| *of_author.entry(stood.bug).or_default() += 1);
    }
    Accepted(counts)
}

impl Accepted {
    pub(super) fn count(&self, by: &str, bug: BugIx) -> usize {
        self.0.get(by).and_then(|bugs| bugs.get(&bug)).copied().unwrap_or_default()
    }
}
