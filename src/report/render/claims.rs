//! Claims follow what changes: a bug that leaves a level takes one off its number and adds one to the
//! other's. A claim that was wrong stays as wrong as it was.

use crate::methodology::LevelId;
use crate::report::{Change, Claim, Report, To};
use crate::text::Span;
use crate::text::edit::Edit;

/// The edits of the report's claims.
pub(super) fn edits(report: &Report, changes: &[Change]) -> Vec<Edit> {
    let shifts = shifts(report, changes);
    report.claims().iter().filter_map(|claim| edit(report.base(), claim, &shifts)).collect()
}

/// How many bugs each level gains or loses.
fn shifts(report: &Report, changes: &[Change]) -> Vec<i64> {
    let mut shifts = vec![0; usize::from(u8::MAX) + 1];
    let mut shift =
        |level: Option<LevelId>, by: i64| level.into_iter().for_each(|l| shifts[usize::from(l.0)] += by);
    for change in changes {
        match change.severity {
            To::Keep => {}
            To::Clear => shift(report.level(change.bug), -1),
            To::Value(level) => {
                shift(report.level(change.bug), -1);
                shift(Some(level), 1);
            }
        }
    }
    shifts
}

fn edit(base: &[u8], claim: &Claim, shifts: &[i64]) -> Option<Edit> {
    let by = shifts[usize::from(claim.level?.0)];
    let text = claim.count.shifted(by).text().filter(|_| by != 0)?;
    Some(if claim.aligned { aligned(base, claim, text) } else { Edit::replace(claim.span, text) })
}

/// The number and the blanks beside it that keep the cell as wide as it was, as long as one blank is left.
fn aligned(base: &[u8], claim: &Claim, text: String) -> Edit {
    let (before, after) =
        (Span::new(claim.cell.start, claim.span.start), Span::new(claim.span.end, claim.cell.end));
    if [before, after].iter().any(|blanks| blanks.of(base).iter().any(|byte| *byte != b' ')) {
        return Edit::replace(claim.span, text);
    }
    let to_right = before.len() > after.len();
    let room = if to_right { before } else { after }.len().saturating_sub(1);
    let grows = text.len().saturating_sub(claim.span.len()).min(room) as u32;
    let width = claim.span.len() + grows as usize;
    if to_right {
        Edit::replace(Span::new(claim.span.start - grows, claim.span.end), format!("{text:>width$}"))
    } else {
        Edit::replace(Span::new(claim.span.start, claim.span.end + grows), format!("{text:<width$}"))
    }
}
