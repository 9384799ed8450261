//! What the beginning of a report tells of its bugs before the rest of it is read.
//!
//! How a report writes its bugs is told by what repeats in it. So a beginning is believed only where it has several
//! bugs, each with an id or a severity, those that stand alike are bugs for one reason, and half of it tells the same of those
//! that it has: else the rest may say that they are something else.

use std::collections::HashSet;
use std::sync::Arc;

use memchr::memrchr;

use super::{BugIx, Report, Source};
use crate::methodology::Methodology;

/// How many bugs a beginning must have to be believed.
const LEAST: usize = 8;

impl Report {
    /// The bugs that are whole in the beginning of a report. The last that begins in it may go on behind it, and is left
    /// out with all that stands there. `None` where what there is does not tell how the report writes its bugs.
    pub fn glimpse(beginning: &[u8], methodology: &Arc<Methodology>) -> Option<Report> {
        let glimpse = whole_bugs(beginning, methodology)?;
        let half = whole_bugs(&beginning[..beginning.len() / 2], methodology)?;
        let is_told =
            |bug: BugIx| !glimpse.bug(bug).id.is_empty() || glimpse.bug(bug).source != Source::Nothing;
        let places: HashSet<_> = glimpse.shapes.iter().map(|shape| (shape.form, shape.depth)).collect();
        let are_told = || places.len() == glimpse.shapes.len() && glimpse.indexes().all(is_told);
        let is_sure = glimpse.len() >= LEAST && are_told() && half.is_beginning_of(&glimpse);
        is_sure.then_some(glimpse)
    }

    /// Whether its bugs are the first of another reading, and look the same there.
    fn is_beginning_of(&self, other: &Report) -> bool {
        let is_same = |bug: BugIx| {
            self.bug(bug).block == other.bug(bug).block
                && self.level(bug) == other.level(bug)
                && self.title(bug) == other.title(bug)
                && self.handle(bug) == other.handle(bug)
        };
        self.len() <= other.len() && self.indexes().all(is_same)
    }
}

/// The report that the whole lines of a beginning are before the last bug in them; `None` where that leaves no bug.
fn whole_bugs(beginning: &[u8], methodology: &Arc<Methodology>) -> Option<Report> {
    let lines = &beginning[..=memrchr(b'\n', beginning)?];
    let last = Report::parse(lines.into(), methodology).bugs.last()?.block.start as usize;
    Some(Report::parse(lines[..last].into(), methodology)).filter(|report| !report.is_empty())
}
