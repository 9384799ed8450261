//! Reading an edited report by what is known of the one before: bugs that are told by themselves and that no edit
//! touches are not read again.
//!
//! What comes of it is what reading all of it gives. Where a bug that was left out could have a say in how others are
//! read, or a bug beside those left out is no longer what it was, all of it is read.

use std::ops::Range;
use std::sync::Arc;

use super::handle::{self, Repeats};
use super::index::Index;
use super::joint::Joint;
use super::skipped::{Skipped, skipped};
use super::{Bug, BugIx, Report, scale};
use crate::text::edit::Edits;
use crate::text::{Bytes, Span};

/// An edited report, and which bugs it has from the one before.
#[derive(Debug)]
pub struct Edited {
    /// The report as it is now.
    pub report: Arc<Report>,
    /// The bugs that were not read again, in the order of the report as it is now.
    pub kept: Vec<Kept>,
}

/// Bugs that stand side by side in a report and in an edited one, with the same bytes and read the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The first of them before.
    pub before: BugIx,
    /// The first of them now.
    pub now: BugIx,
    /// How many they are.
    pub count: u32,
}

impl Edited {
    /// The bugs of the report before, which had so many, that were not kept.
    pub fn others_before(&self, bugs: usize) -> Vec<BugIx> {
        others(&ranges_before(&self.kept), bugs)
    }

    /// The bugs of the report as it is now that were not kept.
    pub fn others_now(&self) -> Vec<BugIx> {
        let ranges: Vec<Range<u32>> =
            self.kept.iter().map(|kept| kept.now.0..kept.now.0 + kept.count).collect();
        others(&ranges, self.report.len())
    }
}

/// What edits leave of a report as it is, and need not be read again.
#[derive(Debug)]
pub struct Untouched {
    bugs: Vec<Skipped>,
    /// How many bytes before the first edit.
    start: usize,
}

impl Report {
    /// What these edits leave as it is.
    pub fn untouched(&self, edits: &Edits) -> Untouched {
        let first = edits.iter().next().map(|edit| edit.span.start as usize);
        Untouched { bugs: skipped(self, edits), start: first.unwrap_or(self.base.len()) }
    }

    /// Reads `base`, which is what edits make of the report that leave this of it untouched. Where that is most of it, it takes
    /// time in the rest of it alone.
    pub fn edited(&self, untouched: &Untouched, base: Bytes) -> Edited {
        let left_out: usize = untouched.bugs.iter().map(|one| one.span.len()).sum();
        let is_most = left_out * 2 > base.len();
        let is_of_one_scale = || Arc::ptr_eq(&scale::of(&base, &self.given), &self.methodology);
        let around = if is_most && is_of_one_scale() { self.read_around(untouched, &base) } else { None };
        around.unwrap_or_else(|| Edited {
            report: Arc::new(Report::parse(base, &self.given)),
            kept: Vec::new(),
        })
    }

    /// The edited report with these bugs as they were read before; `None` where that may not be how they are read now.
    fn read_around(&self, untouched: &Untouched, base: &Bytes) -> Option<Edited> {
        let Untouched { bugs: skipped, start } = untouched;
        let spans: Vec<Span> = skipped.iter().map(|one| one.span).collect();
        let left_out: Vec<Bug> = skipped.iter().flat_map(|one| one.now(&self.bugs)).collect();
        let around = || Index::around(base, (&spans, &left_out), &self.methodology);
        let (index, lines) = rayon::join(around, || self.lines.of_edited(*start, base));
        let index = index?;
        let joint = Joint::of(&self.bugs, (skipped, &left_out), (base, &index), &self.methodology)?;
        let (bugs, plain, shapes, kept) = (joint.bugs(), joint.plain(), joint.shapes(), joint.kept());
        let read_before = others(&ranges_before(&kept), self.len());
        let read_before = read_before.into_iter().map(|bug| self.bug(bug));
        let is_called_alike =
            self.repeats.is_empty() && handle::are_same((&self.base, read_before), (base, &index.bugs));
        let repeats = if is_called_alike { Repeats::new() } else { handle::repeats(base, &bugs) };
        let index = Index { bugs, plain, mentions: joint.mentions(), shapes, ..index };
        let report =
            Report::of(base.clone(), (&self.given, Arc::clone(&self.methodology)), index, (repeats, lines));
        Some(Edited { report: Arc::new(report), kept })
    }
}

/// Where kept bugs stood before, in order.
fn ranges_before(kept: &[Kept]) -> Vec<Range<u32>> {
    let range = |kept: &Kept| kept.before.0..kept.before.0 + kept.count;
    let mut ranges: Vec<Range<u32>> = kept.iter().map(range).collect();
    ranges.sort_unstable_by_key(|range| range.start);
    ranges
}

/// The bugs of so many that are in none of these ranges, which are in order.
fn others(ranges: &[Range<u32>], bugs: usize) -> Vec<BugIx> {
    let starts = [0].into_iter().chain(ranges.iter().map(|range| range.end));
    let ends = ranges.iter().map(|range| range.start).chain([bugs as u32]);
    starts.zip(ends).flat_map(|(start, end)| start..end).map(BugIx).collect()
}

#[cfg(test)]
mod tests;
