//! Whether a bug is brought in line with the level that it has: whether writing that would change a byte.
//!
//! Told from where its severity stands and from what would move, without making an edit; it must say what
//! [`edits`](super::edits) would do.

use super::moving::Plan;
use super::severity::is_of_section;
use crate::methodology::LevelId;
use crate::report::site::Stand;
use crate::report::{Annotate, BugIx, Change, Report, To, Writing};

/// Whether any of these changes, which are in document order and give bugs the levels that they have, writes anything.
pub fn brings_in_line(report: &Report, changes: &[Change], writing: Writing) -> bool {
    let rewords = |change: &Change| match change.severity {
        To::Value(to) => rewords(report, change.bug, to, writing),
        To::Clear => !report.agrees(change.bug, &change.severity),
        To::Keep => false,
    };
    changes.iter().any(rewords) || !Plan::of(report, changes, writing).is_idle()
}

/// Whether a site in the block of a bug or in a row that speaks of it says another level, or is given a note of what the
/// section says.
fn rewords(report: &Report, bug: BugIx, to: LevelId, writing: Writing) -> bool {
    let spots = report.spots(bug);
    let disagrees = spots.iter().any(|spot| !is_of_section(spot) && spot.site.level != Some(to));
    let has_field = || spots.iter().any(|spot| matches!(spot.stand, Stand::Field(_)));
    disagrees || writing.annotate != Annotate::None && has_field() && report.counted_as(bug, to).is_some()
}
