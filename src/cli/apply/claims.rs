//! Claims that an entry of a log set anew, found again in a report that still states what they were.

use crate::fault::{Fault, Kind as Trouble};
use crate::proposal::LoggedClaim;
use crate::report::{Claim, ClaimIx, Count, Of, Report, Restated};

/// The claim of the report that is meant: the nearest that counts the same and states the number that it was set from,
/// once it is moved by so much (`moved`, claim by claim).
pub(super) fn found(claim: &LoggedClaim, report: &Report, moved: &[i64]) -> Result<Restated, Fault> {
    let states = |(at, known): (usize, &Claim)| {
        let number = number(known)?.saturating_add_signed(*moved.get(at)?);
        let is_meant = counts_alike(known, claim, report) && number == claim.from;
        is_meant.then(|| (report.line_of(known.span.start).abs_diff(claim.line), at))
    };
    let nearest = report.claims().iter().enumerate().filter_map(states).min();
    let nearest = nearest.and_then(|(_, at)| u32::try_from(at).ok());
    let restated = nearest.map(|at| Restated { claim: ClaimIx(at), from: claim.from, to: claim.to });
    restated.ok_or_else(|| {
        let what = format!("the report states no {} of line {} any more", claim.from, claim.line);
        Fault::new(Trouble::Refused, what).hint("regrade check REPORT says which counts do not fit")
    })
}

fn number(claim: &Claim) -> Option<u64> {
    match claim.count {
        Count::Exact(number) | Count::AtLeast(number) | Count::About(number) => Some(number),
        _ => None,
    }
}

fn counts_alike(known: &Claim, claim: &LoggedClaim, report: &Report) -> bool {
    let methodology = report.methodology();
    let level = known.level.map(|level| methodology.level(level).key.as_str());
    let status =
        if let Of::Status(status) = known.of { Some(methodology.status(status).key.as_str()) } else { None };
    (known.place.name(), level, status)
        == (claim.place.as_str(), claim.level.as_deref(), claim.status.as_deref())
}
