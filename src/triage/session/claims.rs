//! The claims that pending decisions set anew, and by how much they move each.

use std::collections::BTreeMap;

use super::Session;
use crate::report::{ClaimIx, Restated, Writing, audit, render};
use crate::triage::{Decision, Draft};

impl Session {
    /// The claims that the pending decisions set anew, each once, in document order: by how much.
    pub fn restated(&self) -> Vec<Restated> {
        restated_by(&self.done)
    }

    /// The claims that the pending decisions set anew, each with the number that all of them leave it.
    pub fn restated_to(&self, writing: Writing) -> Vec<(ClaimIx, i64)> {
        let restated = self.restated();
        if restated.is_empty() {
            return Vec::new();
        }
        let moved = self.claims_moved(writing);
        let number = |claim: ClaimIx| self.report.claims()[claim.at()].count.number().map(u64::cast_signed);
        let left = |claim: ClaimIx| Some((claim, number(claim)?.saturating_add(moved[claim.at()]).max(0)));
        restated.into_iter().filter_map(|restated| left(restated.claim)).collect()
    }

    /// The decision that sets every claim to what the report documents, pending decisions included; `None` where
    /// none is wrong. Takes time in the length of the report.
    pub fn restating(&self, writing: Writing) -> Option<Draft> {
        let shifts = render::shifts(&self.report, &self.changes(), writing);
        let pending = self.set_by();
        let wrong = audit::restated(&self.report).into_iter().filter_map(|wrong| {
            let at = wrong.claim.at();
            let moved = |number: i64, by: i64| number.saturating_add(shifts[at]).saturating_add(by);
            let restated = Restated { from: moved(wrong.from, pending[at]), to: moved(wrong.to, 0), ..wrong };
            (restated.by() != 0).then_some(restated)
        });
        let wrong: Vec<Restated> = wrong.collect();
        (!wrong.is_empty()).then(|| Draft::restating(wrong))
    }

    /// By how much the pending decisions move the number of each claim, in the order of the report. Takes time in its length.
    pub fn claims_moved(&self, writing: Writing) -> Vec<i64> {
        let shifts = render::shifts(&self.report, &self.changes(), writing);
        shifts.into_iter().zip(self.set_by()).map(|(shift, set)| shift.saturating_add(set)).collect()
    }

    /// By how much they set each anew.
    fn set_by(&self) -> Vec<i64> {
        let mut by: Vec<i64> = vec![0; self.report.claims().len()];
        let restated = self.done.iter().flat_map(|decision| &decision.draft.claims);
        for restated in restated {
            let by = &mut by[restated.claim.at()];
            *by = by.saturating_add(restated.by());
        }
        by
    }
}

/// The claims that decisions set anew, each once, in document order: by how much all of them together.
pub(in crate::triage) fn restated_by(decisions: &[Decision]) -> Vec<Restated> {
    let mut net: BTreeMap<ClaimIx, Restated> = BTreeMap::new();
    for restated in decisions.iter().flat_map(|decision| &decision.draft.claims) {
        net.entry(restated.claim)
            .and_modify(|known| known.to = known.to.saturating_add(restated.by()))
            .or_insert(*restated);
    }
    net.into_values().filter(|restated| restated.by() != 0).collect()
}
