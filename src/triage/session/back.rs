//! The decision that takes back the newest saved one that still stands, the one that brings it back, and what keeps either
//! from being made.
//!
//! What was taken back and saved comes back by taking back the entry that took it back: the decision then stands as it was
//! made, by whoever made it, and the log says who brought it back.

use std::collections::HashMap;
use std::ops::Range;

use super::Session;
use crate::report::{BugIx, Restated, To, Writing};
use crate::text::sum;
use crate::triage::{BugSet, Draft, Edited, Gone, Kind, Part, Past, Reworded, Set};

/// Why no saved decision is taken or brought back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Barred {
    /// The log has none.
    Nothing,
    /// The severity before it, of which nobody knows the level.
    Lost(String),
    /// Somebody has written something else since over what it made of bugs.
    Edited {
        /// The log entry of the decision.
        entry: String,
        /// How many bugs that is about.
        bugs: usize,
        /// Every value that is another, in document order.
        values: Vec<Edited>,
    },
    /// Somebody has written the paragraph anew that it put into the report.
    Reworded {
        /// The log entry of the decision.
        entry: String,
        /// The paragraph.
        paragraph: Reworded,
    },
    /// The report has nothing any more that the newest is about, nor that one before it is.
    Absent {
        /// The log entry of the newest.
        entry: String,
        /// Its bugs; none where it is about claims.
        gone: Gone,
    },
}

impl Session {
    /// The decision that takes back the newest saved one that still stands.
    ///
    /// # Errors
    /// Why there is none.
    pub fn revert(&self, writing: Writing) -> Result<Draft, Barred> {
        Ok(self.taking_back(&Course::of(self).standing, writing)?.1)
    }

    /// The decision that brings back the saved one that was taken back last, with its words; none once something else was
    /// decided since. What is undone and not saved comes first, and is made again by another event.
    ///
    /// # Errors
    /// Why there is none.
    pub fn bring_back(&self, writing: Writing) -> Result<Draft, Barred> {
        if self.next_redo().is_some() || self.gives_back().is_some() {
            return Err(Barred::Nothing);
        }
        let back = self.taking_back(&Course::of(self).reversals, writing);
        let (reversal, draft) = back.map_err(|barred| self.of_decision(barred))?;
        let stands = self.past.iter().find(|past| Some(&past.entry) == reversal.reverts.as_ref());
        let stands = stands.ok_or(Barred::Nothing)?;
        Ok(Draft { rationale: stands.rationale.clone(), brings_back: Some(stands.entry.clone()), ..draft })
    }

    /// The same, of the decision that an entry takes back in place of that entry.
    fn of_decision(&self, mut barred: Barred) -> Barred {
        if let Barred::Edited { entry, .. } | Barred::Absent { entry, .. } = &mut barred
            && let Some(past) = self.past.iter().find(|past| past.entry == *entry)
        {
            entry.clone_from(past.reverts.as_ref().unwrap_or(&past.entry));
        }
        barred
    }

    /// The saved decisions after the one that this takes or brings back, which have nothing to give back; newest first.
    pub(in crate::triage) fn passed_over(&self, draft: &Draft) -> Vec<&Past> {
        let course = Course::of(self);
        let among = if draft.brings_back.is_some() { course.reversals } else { course.standing };
        let is_it = |past: &&Past| Some(&past.entry) == draft.reverts.as_ref();
        among.into_iter().rev().take_while(|past| !is_it(past)).collect()
    }

    /// The newest of saved decisions that has something to give back, and the decision that takes it back.
    fn taking_back<'p>(&self, among: &[&'p Past], writing: Writing) -> Result<(&'p Past, Draft), Barred> {
        let (past, claims) = self.newest(among, writing).ok_or_else(|| nothing_of(among))?;
        let leads_back = self.leads_back(past, writing);
        if let Some(lost) = past.lost.as_ref().filter(|_| !leads_back) {
            return Err(Barred::Lost(lost.clone()));
        }
        if let Some(paragraph) = self.reworded(past) {
            return Err(Barred::Reworded { entry: past.entry.clone(), paragraph });
        }
        let taken = self.as_decided(past);
        let values = self.edited(&taken);
        if !values.is_empty() {
            return Err(Barred::Edited { entry: past.entry.clone(), bugs: past.sides.len(), values });
        }
        let draft = Draft {
            parts: parts_back(&taken, leads_back),
            claims: claims.iter().map(|restated| restated.back()).collect(),
            seen: past.sides.bugs().intersection(&self.seen),
            reverts: Some(past.entry.clone()),
            ..Draft::of(Kind::Reverted)
        };
        Ok((past, draft))
    }

    /// The newest of saved decisions that has something to give back, and its claims.
    fn newest<'p>(&self, among: &[&'p Past], writing: Writing) -> Option<(&'p Past, Vec<Restated>)> {
        among.iter().rev().find_map(|past| {
            let claims = self.claims_of(past, writing);
            (past.is_general || !past.sides.is_empty() || !claims.is_empty()).then_some((*past, claims))
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

/// Why there is nothing to give back of saved decisions.
fn nothing_of(among: &[&Past]) -> Barred {
    let absent = |past: &&Past| Barred::Absent { entry: past.entry.clone(), gone: past.gone.clone() };
    among.last().map_or(Barred::Nothing, absent)
}

/// What the bugs of a saved decision get back, those that get the same together: no level where a way leads back to one that
/// nobody knows.
fn parts_back(past: &Past, leads_back: bool) -> Vec<Part> {
    let mut parts: Vec<(Set, Vec<(u32, u32)>)> = Vec::new();
    let mut places: HashMap<Set, usize> = HashMap::new();
    let is_cleared = |bug: u32| leads_back && past.unread.contains(BugIx(bug));
    for (Range { mut start, end }, before, _) in past.sides.runs() {
        while start < end {
            let is_so = is_cleared(start);
            let upto = (start + 1..end).find(|bug| is_cleared(*bug) != is_so).unwrap_or(end);
            let severity = if is_so { To::Clear } else { before.severity };
            let set = Set { severity, ..before.clone() };
            let at = *places.entry(set).or_insert_with_key(|set| {
                parts.push((set.clone(), Vec::new()));
                parts.len() - 1
            });
            parts[at].1.push((start, upto));
            start = upto;
        }
    }
    parts.into_iter().map(|(set, runs)| Part { bugs: BugSet::of_runs(runs), set }).collect()
}

/// What a person who goes back and forth has before and behind them, the next last.
#[derive(Default)]
struct Course<'p> {
    /// The saved decisions that stand.
    standing: Vec<&'p Past>,
    /// The entries that took some back since the last decision was made.
    reversals: Vec<&'p Past>,
}

impl<'p> Course<'p> {
    fn of(session: &'p Session) -> Course<'p> {
        let known = session.past.iter().map(|past| (past.entry.as_str(), past)).collect();
        let mut course = Course::default();
        for past in session.past.iter() {
            match (past.kind, past.reverts.as_deref()) {
                (Kind::Reverted, Some(entry)) => course.reverses(entry, Some(past), &known),
                (Kind::Reverted, None) => {}
                _ => course.decides(Some(past)),
            }
        }
        for decision in &session.done {
            match decision.draft.reverts.as_deref() {
                Some(entry) => course.reverses(entry, None, &known),
                None => course.decides(None),
            }
        }
        course
    }

    /// A decision is made; one that is not saved is not taken back by another.
    fn decides(&mut self, past: Option<&'p Past>) {
        self.reversals.clear();
        self.standing.extend(past);
    }

    /// An entry is taken back by a saved one, or by what is not saved and is itself given back in another way.
    fn reverses(&mut self, entry: &str, by: Option<&'p Past>, known: &HashMap<&str, &'p Past>) {
        let at = |all: &[&Past]| all.iter().rposition(|past| past.entry == entry);
        if let Some(at) = at(&self.standing) {
            self.standing.remove(at);
            self.reversals.extend(by);
        } else if let Some(at) = at(&self.reversals) {
            let reversal = self.reversals.remove(at);
            let again = reversal.reverts.as_deref().and_then(|entry| known.get(entry));
            self.standing.extend(again.copied());
        }
    }
}
