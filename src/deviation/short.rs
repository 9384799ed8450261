//! Claims that say nothing where decisions took more off them than they had, so that undoing gives back no more than was taken.
//!
//! Only a claim that was too low can come to that, so nothing is counted where none is.

use super::entry::ClaimRecord;
use super::pending::claim;
use crate::report::{ClaimIx, Restated, Writing, audit};
use crate::triage::{Decision, Event, Session};

/// The claims that each pending decision about bugs was short of; nothing where none was.
pub(super) fn of(session: &Session, writing: Writing) -> Vec<Vec<ClaimRecord>> {
    let low = low(session);
    if low.is_empty() {
        return Vec::new();
    }
    let report = session.report();
    let mut so_far = Session::new(report.clone(), session.methodology().clone(), session.past_shared());
    let mut before: Vec<(i64, i64)> = low.iter().map(|(_, number)| (*number, 0)).collect();
    let mut of = |decision: &Decision| {
        so_far.apply(Event::Decided(decision.clone()));
        let moved = so_far.claims_moved(writing);
        let mut records = Vec::new();
        for ((at, _), (number, gone)) in low.iter().zip(&mut before) {
            let anew = decision.draft.claims.iter().filter(|restated| restated.claim == *at);
            let below: i64 = anew.map(|restated| restated.from.min(0)).sum();
            let now = number.saturating_add(moved[at.at()] - *gone + below);
            let by = (-now).max(0);
            if by > 0 && !decision.draft.parts.is_empty() {
                let short = claim(report, &Restated { claim: *at, from: 0, to: 0 });
                records.push(ClaimRecord { from: -by, ..short });
            }
            (*number, *gone) = (now.max(0), moved[at.at()]);
        }
        records
    };
    session.pending().iter().map(&mut of).collect()
}

/// The claims that state less than is documented and than bugs may leave them, with what they state.
fn low(session: &Session) -> Vec<(ClaimIx, i64)> {
    let report = session.report();
    let touched = session.touched().len() as u64;
    let may_run_out = |number: Option<u64>| number.is_some_and(|number| number < touched);
    if !report.claims().iter().any(|claim| may_run_out(claim.count.number())) {
        return Vec::new();
    }
    let wrong = audit::restated(report).into_iter();
    wrong.filter(|wrong| wrong.from < wrong.to).map(|wrong| (wrong.claim, wrong.from)).collect()
}
