//! The decision that takes back the newest saved one that still stands, and what keeps one from being made.

use std::collections::HashMap;

use super::Session;
use crate::report::{BugIx, Restated, To, Writing};
use crate::text::sum;
use crate::triage::{BugSet, Draft, Kind, Part, Past, Set};

/// Why no saved decision is taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Barred {
    /// The log has none that stands.
    Nothing,
    /// The severity before it, of which nobody knows the level.
    Lost(String),
}

impl Session {
    /// The decision that takes back the newest saved one that still stands.
    ///
    /// # Errors
    /// Why there is none.
    pub fn revert(&self, writing: Writing) -> Result<Draft, Barred> {
        let (past, claims) = self.newest_standing(writing).ok_or(Barred::Nothing)?;
        let leads_back = self.leads_back(past, writing);
        if let Some(lost) = past.lost.as_ref().filter(|_| !leads_back) {
            return Err(Barred::Lost(lost.clone()));
        }
        let (bugs, before) = (past.before.iter().map(|(bug, _)| *bug), before(past, leads_back));
        Ok(Draft {
            parts: parts_back(&before),
            claims: claims.iter().map(|restated| restated.back()).collect(),
            seen: bugs.collect::<BugSet>().intersection(&self.seen),
            reverts: Some(past.entry.clone()),
            ..Draft::new(Kind::Reverted, BugSet::default(), Set::default())
        })
    }

    /// The newest saved decision that nothing takes back and that has something to give back, and its claims.
    fn newest_standing(&self, writing: Writing) -> Option<(&Past, Vec<Restated>)> {
        let taken_back = self.taken_back();
        let stands = |past: &&Past| past.kind != Kind::Reverted && !taken_back.contains(past.entry.as_str());
        self.past.iter().rev().filter(stands).find_map(|past| {
            let claims = self.claims_of(past, writing);
            (past.is_general || !past.before.is_empty() || !claims.is_empty()).then_some((past, claims))
        })
    }

    /// Whether the way back of a saved decision from what the pending ones make of the report leads to a severity that
    /// nobody knows.
    fn leads_back(&self, past: &Past, writing: Writing) -> bool {
        let way = past.way_back.as_ref().filter(|_| !past.unread.is_empty() && !self.done.is_empty());
        let document = way.and_then(|_| Some(self.edits(writing).ok()?.apply(self.report.base())));
        way.zip(document).is_some_and(|(way, document)| way.leads_from(&sum(&document)))
    }

    /// The claims of a saved decision that state what it made them: the report, or what pending decisions make of it
    /// that take back newer ones.
    fn claims_of(&self, past: &Past, writing: Writing) -> Vec<Restated> {
        let mut claims = past.claims.clone();
        if !past.moved.is_empty() && !self.done.is_empty() {
            let by = self.claims_moved(writing);
            let states = |(restated, states): &(Restated, i64)| {
                states.saturating_add(by[restated.claim.at()]) == restated.to
            };
            claims.extend(past.moved.iter().filter(|moved| states(moved)).map(|(restated, _)| *restated));
            claims.sort_by_key(|restated| restated.claim);
        }
        claims
    }
}

/// What the bugs of a saved decision get back: no level where a way leads back to what nobody knows.
fn before(past: &Past, leads_back: bool) -> Vec<(BugIx, Set)> {
    let mut before = past.before.clone();
    let unread = before.iter_mut().filter(|(bug, _)| leads_back && past.unread.contains(*bug));
    unread.for_each(|(_, set)| set.severity = To::Clear);
    before
}

/// Bugs that go back to the same values, together.
fn parts_back(before: &[(BugIx, Set)]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut places: HashMap<&Set, usize> = HashMap::new();
    for (bug, set) in before {
        let at = *places.entry(set).or_insert(parts.len());
        match parts.get_mut(at) {
            Some(part) => drop(part.bugs.insert(*bug)),
            None => parts.push(Part { bugs: BugSet::from(*bug), set: set.clone() }),
        }
    }
    parts
}
