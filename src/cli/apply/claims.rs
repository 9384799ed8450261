//! Claims that an entry of a log set anew, found again in a report that still states what they were.

use crate::fault::{Fault, Kind as Trouble};
use crate::proposal::LoggedClaim;
use crate::report::{Claim, ClaimIx, Count, Report, Restated};

/// The claim of the report that is meant: the nearest that counts the same and states the number that it was set from,
/// once it is moved by so much (`moved`, claim by claim). It is set to what is `documented` alone, where it is not that. Of several as near, those before it in the entry have theirs
/// already (`taken`).
pub(super) fn found(
    claim: &LoggedClaim,
    report: &Report,
    moved: &[i64],
    documented: &[Restated],
    taken: &[ClaimIx],
) -> Result<Restated, Fault> {
    let distance = |(at, known): (usize, &Claim)| {
        let number = i64::try_from(number(known)?).ok()?.checked_add(*moved.get(at)?)?;
        let is_stated = number.max(0) == claim.from;
        let far = report.line_of(known.span.start).abs_diff(claim.line);
        let is_meant = is_stated && counts_alike(known, claim, report);
        is_meant.then_some((far, ClaimIx(u32::try_from(at).ok()?), number))
    };
    let near: Vec<(usize, ClaimIx, i64)> = report.claims().iter().enumerate().filter_map(distance).collect();
    let Some(nearest) = near.iter().map(|(far, ..)| *far).min() else {
        let what = format!("the report states no {} of line {} any more", claim.from, claim.line);
        let fault = Fault::new(Trouble::Refused, what);
        return Err(fault.hint("regrade check REPORT says which counts do not fit"));
    };
    let free = near.into_iter().find(|(far, at, _)| *far == nearest && !taken.contains(at));
    let Some((_, at, from)) = free else {
        let what = format!("the {} of line {} is named twice", claim.from, claim.line);
        return Err(Fault::new(Trouble::Usage, what).hint("name each claim once"));
    };
    let right = documented.iter().find(|right| right.claim == at).map_or(from, |right| right.to);
    if i64::try_from(claim.to) != Ok(right) {
        let what = format!(
            "the {} of line {} is set to {}, and documented are {right}",
            claim.from, claim.line, claim.to
        );
        return Err(Fault::new(Trouble::Refused, what).hint("counts are set to what is documented alone"));
    }
    Ok(Restated { claim: at, from, to: right })
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
    let status = known.of.status().map(|status| methodology.status(status).key.as_str());
    (known.place.name(), level, status)
        == (claim.place.as_str(), claim.level.as_deref(), claim.status.as_deref())
}
