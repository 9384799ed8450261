//! Claims that an entry of a log set anew, found again in a report that still states what they were.

use crate::fault::{Fault, Kind as Trouble};
use crate::proposal::LoggedClaim;
use crate::report::{Claim, ClaimIx, Count, Of, Report, Restated};

/// The claim of the report that is meant: the nearest that counts the same and states the number that it was set from.
pub(super) fn found(claim: &LoggedClaim, report: &Report) -> Result<Restated, Fault> {
    let is_meant = |(_, known): &(usize, &Claim)| counts_alike(known, claim, report);
    let distance = |known: &Claim| report.line_of(known.span.start).abs_diff(claim.line);
    let claims = report.claims().iter().enumerate().filter(is_meant);
    let nearest = claims.min_by_key(|(_, known)| distance(known)).and_then(|(at, _)| u32::try_from(at).ok());
    let restated = nearest.map(|at| Restated { claim: ClaimIx(at), from: claim.from, to: claim.to });
    restated.ok_or_else(|| {
        let what = format!("the report states no {} of line {} any more", claim.from, claim.line);
        Fault::new(Trouble::Refused, what).hint("regrade check REPORT says which counts do not fit")
    })
}

fn counts_alike(known: &Claim, claim: &LoggedClaim, report: &Report) -> bool {
    let methodology = report.methodology();
    let level = known.level.map(|level| methodology.level(level).key.as_str());
    let status =
        if let Of::Status(status) = known.of { Some(methodology.status(status).key.as_str()) } else { None };
    let number = match known.count {
        Count::Exact(number) | Count::AtLeast(number) | Count::About(number) => Some(number),
        _ => None,
    };
    (known.place.name(), level, status, number)
        == (claim.place.as_str(), claim.level.as_deref(), claim.status.as_deref(), Some(claim.from))
}
