//! Writing a status wherever else it stands: beside the title, in rows of index tables, in the box of a task.
//!
//! A place that says the same already, in whatever words, is left as it is; the others are given the words that the
//! report has at such places.

use super::cell::CellChange;
use super::{one_line, values};
use crate::report::dialect::{Site, Statuses};
use crate::report::status::{StatusStand, boxes};
use crate::report::{BugIx, Change, Report, To};
use crate::text::edit::Edit;

/// The edits that bring the other places in line with the status that a bug is given.
pub(super) fn edits(
    report: &Report,
    change: &Change,
    words: &Statuses<'_>,
    cells: &mut Vec<CellChange>,
) -> Vec<Edit> {
    let To::Value(value) = &change.status else { return Vec::new() };
    let value = one_line(value);
    let mut edits = Vec::from_iter(sign(report, change.bug, words, &value));
    for (span, stand) in report.further_statuses(change.bug, &value) {
        let written = report.status_at(span, stand);
        match stand {
            StatusStand::Field { .. } | StatusStand::Section => {}
            StatusStand::Decoration => {
                let new = words.instead_of(&written, Site::Title, &value);
                edits.extend(values::decoration(report, change.bug, span, &new));
            }
            StatusStand::Index(cell) => {
                let table = report.table_at(cell.start).map_or(cell.start, |table| table.head.start);
                cells.push(CellChange::part(
                    cell,
                    span,
                    &words.instead_of(&written, Site::Column(table), &value),
                ));
            }
            StatusStand::Box => edits.push(Edit::replace(span, boxes(report.ticks(&value)))),
        }
    }
    edits
}

/// The edit of a sign beside a title that is all that said a status, where the new one gets a field: the sign would go on saying
/// that the bug is closed, or that it is open. Any other may as well only call for attention.
fn sign(report: &Report, bug: BugIx, words: &Statuses<'_>, value: &str) -> Option<Edit> {
    let (span, _) = report.status_stand(bug).filter(|(_, stand)| *stand == StatusStand::Decoration)?;
    let written = report.status_at(span, StatusStand::Decoration);
    let is_sign = !written.contains(char::is_alphanumeric) && report.ticks(&written) != report.ticks(value);
    if !is_sign || values::decoration(report, bug, span, value).is_some() {
        return None;
    }
    values::decoration(report, bug, span, &words.instead_of(&written, Site::Title, value))
}

/// Whether a place elsewhere changes where a bug is given the status that it has.
pub fn brings_status_in_line(report: &Report, bug: BugIx, status: &str) -> bool {
    let change = Change { status: To::Value(status.to_owned()), ..Change::of(bug) };
    let mut cells = Vec::new();
    !edits(report, &change, &Statuses::of(report), &mut cells).is_empty() || !cells.is_empty()
}
