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
    let mut so_far = Session::new(report.clone(), session.methodology().clone(), session.past().to_vec());
    let mut before: Vec<i64> = low.iter().map(|(_, number)| *number).collect();
    let mut of = |decision: &Decision| {
        so_far.apply(Event::Decided(decision.clone()));
        let moved = so_far.claims_moved(writing);
        let mut records = Vec::new();
        for ((at, number), before) in low.iter().zip(&mut before) {
            let now = number.saturating_add(moved[at.at()]);
            let by = (now.max(0) - (*before).max(0)) - (now - *before);
            if by > 0 && !decision.draft.parts.is_empty() {
                let short = claim(report, &Restated { claim: *at, from: 0, to: 0 });
                records.push(ClaimRecord { from: -by, ..short });
            }
            *before = now;
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
