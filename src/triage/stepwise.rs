//! Saved decisions that are taken back several at once: one after the other, newest first, each in the report that the
//! one before has left.
//!
//! So they leave the same bytes as if each had been saved alone. What the log calls a way back leads from one document
//! only, and where a bug goes back to depends on what stands there by then.

use std::sync::Arc;

use super::{BugSet, Decision, Draft, Event, Part, Past, Session, Set};
use crate::report::{BugIx, ClaimIx, Report, Restated, Writing};
use crate::text::edit::Edits;
use crate::text::{Places, Span};

impl Session {
    /// The edits that take back what these pending decisions do after `so_far`; `None` where one of them is about
    /// something that the report does not have any more.
    pub(super) fn stepwise(&self, these: &[Decision], so_far: Edits, writing: Writing) -> Option<Edits> {
        these.iter().try_fold(so_far, |so_far, decision| {
            let way = self.way_of(decision).and_then(|way| way.after(self.report().base(), &so_far));
            way.or_else(|| self.step(decision, &so_far, writing))
        })
    }

    /// The edits so far, and then those that give bugs and claims their values back.
    fn step(&self, decision: &Decision, so_far: &Edits, writing: Writing) -> Option<Edits> {
        let base = self.report().base();
        let document = so_far.apply(base);
        let methodology = self.methodology();
        let report = match so_far.is_empty() {
            true => Arc::clone(self.report()),
            false => Arc::new(Report::parse(document.into(), methodology)),
        };
        let there = There { here: self.report(), places: so_far.places(base), report: &report };
        let entry = decision.draft.reverts.as_ref()?;
        let past = there.past(self.past().iter().find(|past| past.entry == *entry)?)?;
        let draft = there.draft(&decision.draft)?;
        let mut session = Session::new(Arc::clone(&report), Arc::clone(methodology), vec![past]);
        session.apply(Event::Decided(Decision { draft, ..decision.clone() }));
        Some(so_far.then(base, &session.edits_by_value(writing).ok()?))
    }
}

/// Where what stands in a report stands in an edited one.
struct There<'r> {
    here: &'r Report,
    places: Places,
    report: &'r Report,
}

impl There<'_> {
    fn bug(&self, bug: BugIx) -> Option<BugIx> {
        let title = self.places.of(self.here.bug(bug).title.start);
        let bugs = self.report.bugs();
        let at = title.map(|title| bugs.partition_point(|bug| bug.title.start < title));
        let has_title = |at: &usize| bugs.get(*at).is_some_and(|bug| Some(bug.title.start) == title);
        let called = || self.report.find(&self.here.handle(bug));
        at.filter(has_title).map(|at| BugIx(at as u32)).or_else(called)
    }

    /// The claim that is as many among those which count the same.
    fn claim(&self, claim: ClaimIx) -> Option<ClaimIx> {
        let wanted = self.here.claims()[claim.at()];
        let alike = |report: &Report| {
            let all: Vec<ClaimIx> = (0..)
                .map(ClaimIx)
                .zip(report.claims())
                .filter_map(|(at, claim)| {
                    let is_alike =
                        claim.place == wanted.place && claim.level == wanted.level && claim.of == wanted.of;
                    is_alike.then_some(at)
                })
                .collect();
            all
        };
        let (here, there) = (alike(self.here), alike(self.report));
        let nth = here.iter().position(|at| *at == claim)?;
        there.get(nth).copied().filter(|_| here.len() == there.len())
    }

    fn claims(&self, claims: &[Restated]) -> Option<Vec<Restated>> {
        let mut claims: Vec<Restated> = claims
            .iter()
            .map(|restated| Some(Restated { claim: self.claim(restated.claim)?, ..*restated }))
            .collect::<Option<_>>()?;
        claims.sort_by_key(|restated| restated.claim);
        Some(claims)
    }

    fn bugs(&self, bugs: &BugSet) -> Option<BugSet> {
        bugs.iter().map(|bug| self.bug(bug)).collect()
    }

    fn draft(&self, draft: &Draft) -> Option<Draft> {
        let part = |part: &Part| Some(Part { bugs: self.bugs(&part.bugs)?, set: part.set.clone() });
        Some(Draft {
            parts: draft.parts.iter().map(part).collect::<Option<_>>()?,
            claims: self.claims(&draft.claims)?,
            seen: BugSet::default(),
            ..draft.clone()
        })
    }

    fn past(&self, past: &Past) -> Option<Past> {
        let sets = |sets: &[(BugIx, Set)]| {
            let sets = sets.iter().map(|(bug, set)| Some((self.bug(*bug)?, set.clone())));
            let mut sets: Vec<(BugIx, Set)> = sets.collect::<Option<_>>()?;
            sets.sort_by_key(|(bug, _)| *bug);
            Some(sets)
        };
        let paragraph = past.paragraph.map(|span| {
            let (start, last) = (self.places.of(span.start)?, self.places.of(span.end.checked_sub(1)?)?);
            (start <= last).then(|| Span::new(start, last + 1))
        });
        let paragraph = match paragraph {
            Some(found) => Some(found?),
            None => None,
        };
        Some(Past { before: sets(&past.before)?, after: sets(&past.after)?, paragraph, ..past.clone() })
    }
}
