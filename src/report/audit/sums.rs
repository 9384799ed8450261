//! Totals of tables that are not what the rows or columns of these add up to, and shares behind counts that are not what these
//! are of all bugs, where others are.

use super::{Finding, Kind};
use crate::report::claim::share::Behind;
use crate::report::claim::sheet::{Sheet, Sum};
use crate::report::{Documented, Report};

/// The totals that do not add up.
pub(super) fn findings(report: &Report) -> Vec<Finding> {
    let of_sheet = |sheet: &Sheet<'_>| {
        let wrong = sheet.sums().into_iter().filter(|sum| !sum.is_right());
        wrong.map(|sum| finding(sheet, &sum)).collect::<Vec<_>>()
    };
    let shares = shares(report);
    Sheet::all(report).iter().flat_map(of_sheet).chain(shares).collect()
}

/// The shares that are wrong behind counts that are true.
fn shares(report: &Report) -> Vec<Finding> {
    let all = Behind::all(report);
    let (right, wrong): (Vec<_>, Vec<_>) = all.into_iter().partition(Behind::is_right);
    if wrong.is_empty() || right.len() < wrong.len() {
        return Vec::new();
    }
    let documented = Documented::of(report);
    let finding = |share: Behind<'_>| {
        let claim = &report.claims()[share.claim];
        documented.count(claim).filter(|count| claim.count.is_met_by(*count))?;
        let (at, says, is) = share.told()?;
        let what = format!("{} is {is}% of all, and its share says {says}%", report.subject(claim));
        Some(Finding { kind: Kind::Sum, at, bug: None, claim: None, what })
    };
    wrong.into_iter().filter_map(finding).collect()
}

fn finding(sheet: &Sheet<'_>, sum: &Sum) -> Finding {
    let line = if sum.is_below { "column" } else { "row" };
    let what =
        format!("the {line} {} adds up to {}, and its total says {}", sheet.name(sum), sum.parts, sum.says);
    Finding { kind: Kind::Sum, at: sum.span.start, bug: None, claim: None, what }
}
