//! What a merge has left undecided in a report.

use super::{Finding, Kind};
use crate::report::Report;
use crate::report::scan::{self, Mark, Outline};
use crate::text::{Span, conflict};

/// The first place where both sides of a merge stand, unless that is code which shows one.
pub(super) fn finding(report: &Report) -> Option<Finding> {
    let base = report.base();
    let at = conflict::find(base)? as u32;
    let is_around = |mark: &Mark| mark.lines.contains(at) && !matches!(mark.kind, scan::Kind::Code);
    let is_text = Outline::of(base, Span::whole(base)).iter().any(is_around);
    let what = "a merge left both sides here; keep what is right and take the marks out".to_owned();
    is_text.then_some(Finding { kind: Kind::Conflict, at, bug: None, claim: None, what })
}
