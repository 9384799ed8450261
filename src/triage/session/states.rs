//! What a report becomes, decision by decision: each is written into what those before it have made of the report, and
//! each value of it behind the one before, so the bytes are the same however many saves decisions take.
//!
//! A value that a later decision sets anew was never in the report, and leaves no trace in it. Steps do, and saved decisions
//! are taken back one by one ([`Draft::stands_apart`](crate::triage::Draft::stands_apart)). Writing takes a reading of
//! the report for each decision: of so many that somebody would wait, the oldest are written together, as one decision on
//! all their bugs would be.

mod state;

use std::collections::HashMap;
use std::ops::Range;

use rayon::prelude::*;

pub use state::State;

use crate::report::render::Wanted;
use crate::report::{BugIx, Change, Paragraph, Restated, Writing};
use crate::text::edit::{Edits, Overlap};
use crate::triage::session::{Session, paragraph, restated_by, touched};
use crate::triage::{Decision, Past};

/// How many bytes are read to write decisions one after the other.
const READ: usize = 256 << 20;

/// How long a report may be whose bugs get several values one after the other, in bytes.
const LONG: usize = 4 << 20;

/// What the pending decisions of a session make of its report, asked for after more and more of them.
pub struct States<'a> {
    session: &'a Session,
    writing: Writing,
    reverted: HashMap<&'a str, &'a Past>,
    /// How many of the oldest decisions are written together.
    together: usize,
    /// How many decisions the states know of.
    known: usize,
    /// The report as it was opened, and after decisions, each with more of them than the one before.
    states: Vec<State>,
}

impl<'a> States<'a> {
    /// Those of a session.
    pub fn of(session: &'a Session, writing: Writing) -> States<'a> {
        let most = READ / session.report().base().len().max(1);
        let together = session.pending().len().saturating_sub(most).max(1);
        let states = vec![State::opened(session.report())];
        States { session, writing, reverted: session.reverted(), together, known: 0, states }
    }

    /// The report after so many decisions, which are not fewer than were asked for before.
    ///
    /// # Errors
    /// When two decisions that are written together want the same bytes.
    pub fn after(&mut self, count: usize) -> Result<&State, Overlap> {
        self.forget(count);
        while self.last().told < count {
            let told = self.last().told;
            let next = if told == 0 { self.together.min(count) } else { told + 1 };
            let state = match self.written(self.last(), told..next, count)? {
                Some(state) => state,
                None => self.at_once(next, count)?,
            };
            self.states.iter_mut().skip(1).for_each(State::forget_report);
            self.states.push(state.after(next));
        }
        Ok(self.last())
    }

    /// The same as edits of the report as it was opened.
    ///
    /// # Errors
    /// As for [`States::after`].
    pub fn edits_after(mut self, count: usize) -> Result<Edits, Overlap> {
        self.after(count)?;
        Ok(self.states.pop().map(State::into_edits).unwrap_or_default())
    }

    fn last(&self) -> &State {
        self.states.last().expect("the report as it was opened is always there")
    }

    /// Forgets what was written of values that further decisions set anew.
    fn forget(&mut self, count: usize) {
        let further = self.known..count;
        let anew = further.filter_map(|decision| self.session.first_set_anew(decision)).min();
        self.known = self.known.max(count);
        let left = self.together.min(count)..=anew.unwrap_or(usize::MAX);
        self.states.retain(|state| state.told == 0 || left.contains(&state.told));
    }

    /// What some decisions, of so many in all, make of a state; `None` where their bugs are not told again in it.
    fn written(&self, from: &State, which: Range<usize>, count: usize) -> Result<Option<State>, Overlap> {
        if let Some(state) = self.gone_back(from, which.clone(), count) {
            return Ok(Some(state));
        }
        let mut state = from.clone();
        for value in self.values(which.clone()) {
            let Some(wanted) = self.wanted(&state, which.clone(), count, value) else { return Ok(None) };
            state = state.with(&wanted.borrowed(), self.writing)?;
        }
        Ok(Some(state))
    }

    /// All decisions up to one, written together. Where a bug is not told again in what earlier ones made, it is not
    /// read back as decided, and a save is refused.
    fn at_once(&self, end: usize, count: usize) -> Result<State, Overlap> {
        let state = &self.states[0];
        let wanted = self.wanted(state, 0..end, count, None).expect(OPENED);
        state.with(&wanted.borrowed(), self.writing)
    }

    /// The state that the log knows the way back to, where all of a decision is to take one back.
    fn gone_back(&self, from: &State, which: Range<usize>, count: usize) -> Option<State> {
        let [decision] = &self.session.pending()[which.clone()] else { return None };
        let way = self.session.way_of(decision)?;
        let mut later = which.end..count;
        let is_whole = !later.any(|later| self.session.sets_anew(later, which.start));
        from.gone(way).filter(|_| is_whole)
    }

    /// The values that are written one after the other, by their places among those of a bug; `None` for all together.
    fn values(&self, which: Range<usize>) -> Vec<Option<usize>> {
        let [decision] = &self.session.pending()[which] else { return vec![None] };
        let is_long = self.session.report().base().len() > LONG;
        let sets = decision.draft.parts.iter().map(|part| &part.set);
        match sets.clone().any(|set| set.len() > 1) && !is_long {
            true => (0..sets.map(|set| 3 + set.fields.len()).max().unwrap_or(0)).map(Some).collect(),
            false => vec![None],
        }
    }

    /// What is to become different in a state.
    fn wanted(
        &self,
        state: &State,
        which: Range<usize>,
        count: usize,
        value: Option<usize>,
    ) -> Option<Everything> {
        let changes = self.changes(state, which.clone(), count, value)?;
        if value.is_some_and(|value| value > 0) {
            return Some(Everything { changes, ..Everything::default() });
        }
        let decisions = &self.session.pending()[which];
        let restated = self.restated(state, decisions)?;
        let paragraphs = decisions.iter().filter_map(|decision| paragraph(&decision.draft, &self.reverted));
        let paragraphs = paragraphs.map(|paragraph| state.paragraph(paragraph)).collect::<Option<_>>()?;
        Some(Everything { changes, restated, paragraphs })
    }

    fn changes(
        &self,
        state: &State,
        which: Range<usize>,
        count: usize,
        value: Option<usize>,
    ) -> Option<Vec<Change>> {
        let bugs: Vec<BugIx> = touched(&self.session.pending()[which.clone()]).iter().collect();
        // Who reads it on all cores must not be one of those who wait for it.
        let report = if bugs.is_empty() { self.session.report() } else { state.report() };
        let places: Vec<Option<BugIx>> = bugs.par_iter().map(|bug| state.bug(*bug)).collect();
        let found = places.into_iter().zip(bugs).map(|(at, bug)| Some((at?, bug)));
        let mut found: Vec<(BugIx, BugIx)> = found.collect::<Option<_>>()?;
        found.sort();
        if !found.is_sorted_by(|(one, _), (next, _)| one < next) {
            return None;
        }
        let change = |(at, bug): &(BugIx, BugIx)| {
            let net = self.session.net_between(*bug, which.clone(), count);
            let net = if let Some(value) = value { net.only(value) } else { net };
            self.session.change_in(*bug, &net, (report, *at), &self.reverted)
        };
        Some(found.par_iter().filter_map(change).collect())
    }

    /// The claims that decisions set anew. A number that one before took more off than it had is 0 in the report.
    fn restated(&self, state: &State, decisions: &[Decision]) -> Option<Vec<Restated>> {
        let all = restated_by(decisions).into_iter().map(|restated| {
            let claim = state.claim(restated.claim)?;
            let from = if decisions.len() == 1 { restated.from.max(0) } else { restated.from };
            Some(Restated { claim, from, ..restated })
        });
        all.collect()
    }
}

const OPENED: &str = "in the report as it was opened all stands where it stands";

/// What is to become different in a state.
#[derive(Default)]
struct Everything {
    changes: Vec<Change>,
    restated: Vec<Restated>,
    paragraphs: Vec<Paragraph>,
}

impl Everything {
    fn borrowed(&self) -> Wanted<'_> {
        Wanted { changes: &self.changes, restated: &self.restated, paragraphs: &self.paragraphs }
    }
}
