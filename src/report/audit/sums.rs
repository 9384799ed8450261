//! Totals of tables that are not what the rows or columns of these add up to.

use super::{Finding, Kind};
use crate::report::Report;
use crate::report::claim::sheet::{Sheet, Sum};

/// The totals that do not add up.
pub(super) fn findings(report: &Report) -> Vec<Finding> {
    let of_sheet = |sheet: &Sheet<'_>| {
        let wrong = sheet.sums().into_iter().filter(|sum| !sum.is_right());
        wrong.map(|sum| finding(sheet, &sum)).collect::<Vec<_>>()
    };
    Sheet::all(report).iter().flat_map(of_sheet).collect()
}

fn finding(sheet: &Sheet<'_>, sum: &Sum) -> Finding {
    let line = if sum.is_below { "column" } else { "row" };
    let what =
        format!("the {line} {} adds up to {}, and its total says {}", sheet.name(sum), sum.parts, sum.says);
    Finding { kind: Kind::Sum, at: sum.span.start, bug: None, claim: None, what }
}
