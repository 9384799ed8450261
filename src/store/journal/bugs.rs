//! A set of bugs as a journal holds it: pieces of consecutive bugs, each with what witnesses whose places
//! they are and that their text is still the one that was judged.

use std::ops::Range;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use crate::deviation::Handles;
use crate::report::{BugIx, Report};
use crate::triage::BugSet;

/// Into how many pieces a run of bugs is cut at most; a set of no more bugs than that has a piece for each.
const PIECES: usize = 1_000;

/// A set of bugs in a journal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(in crate::store) struct Bugs {
    pieces: Vec<Piece>,
}

/// Bugs that stand together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Piece {
    /// The place of the first.
    at: u32,
    /// How many there are, where there are several.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    count: u32,
    /// The handle of the first.
    first: String,
    /// The handle of the last, where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last: Option<String>,
    /// The hash of their text; `None` where the text does not matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sum: Option<u32>,
}

/// What has become of a set of bugs in another report.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// Those that are there as they were.
    pub(super) same: BugSet,
    /// Those that are there, with another text.
    pub(super) changed: BugSet,
    /// The same, as a journal holds them.
    pub(super) as_judged: Bugs,
    /// Those that are not there, or whose place cannot be told.
    pub(super) gone: Bugs,
}

impl Bugs {
    /// A set of bugs of this report, whose text matters.
    pub(super) fn judged(set: &BugSet, report: &Report) -> Bugs {
        Bugs { pieces: pieces(set, report, |bugs| Some(sum(bugs, report))) }
    }

    /// A set of bugs of this report, whatever their text is.
    pub(super) fn named(set: &BugSet, report: &Report) -> Bugs {
        Bugs { pieces: pieces(set, report, |_| None) }
    }

    /// How many it holds.
    pub(in crate::store) fn len(&self) -> usize {
        self.pieces.iter().map(|piece| piece.count as usize).sum()
    }

    /// Whether it holds none.
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The set in the very report that it was made from, if every witness stands where it stood.
    pub(super) fn on(&self, report: &Report) -> Option<BugSet> {
        let stands =
            |at: u32, handle: &str| (at as usize) < report.len() && report.handle(BugIx(at)) == handle;
        let fits = |piece: &Piece| {
            let last = piece.at.checked_add(piece.count.checked_sub(1)?)?;
            (stands(piece.at, &piece.first) && stands(last, piece.last())).then_some((piece.at, last))
        };
        let runs = self.pieces.iter().map(fits).collect::<Option<Vec<_>>>()?;
        Some(runs.into_iter().flat_map(|(first, last)| (first..=last).map(BugIx)).collect())
    }

    /// What has become of it in a report that may have changed. A piece of several bugs is found where its
    /// first and last stand as far apart as before.
    pub(super) fn find(&self, report: &Report, handles: &Handles<'_>) -> Found {
        let mut found = Found::default();
        for piece in &self.pieces {
            let Some(bugs) = piece.find(handles) else {
                found.gone.pieces.push(piece.clone());
                continue;
            };
            if piece.sum.is_none_or(|judged| judged == sum(bugs.clone(), report)) {
                found.same = found.same.union(&bugs.map(BugIx).collect());
            } else {
                found.changed = found.changed.union(&bugs.map(BugIx).collect());
                found.as_judged.pieces.push(piece.clone());
            }
        }
        found
    }

    /// The handle of its first bug.
    pub(in crate::store) fn first(&self) -> Option<&str> {
        self.pieces.first().map(|piece| piece.first.as_str())
    }

    /// What its bugs are called: a piece of several `BUG-010 … BUG-019`.
    pub(in crate::store) fn called(&self) -> Vec<String> {
        let called = |piece: &Piece| match &piece.last {
            Some(last) => format!("{} … {last}", piece.first),
            None => piece.first.clone(),
        };
        self.pieces.iter().map(called).collect()
    }
}

impl Piece {
    fn last(&self) -> &str {
        self.last.as_ref().unwrap_or(&self.first)
    }

    fn find(&self, handles: &Handles<'_>) -> Option<Range<u32>> {
        let (first, last) = (handles.find(&self.first)?, handles.find(self.last())?);
        let apart = last.0.checked_sub(first.0)?;
        (Some(apart) == self.count.checked_sub(1)).then_some(first.0..last.0 + 1)
    }
}

fn one() -> u32 {
    1
}

fn is_one(count: &u32) -> bool {
    *count == 1
}

/// The pieces of a set: bug by bug, or, where there are many, runs cut into so many.
fn pieces(set: &BugSet, report: &Report, sum: impl Fn(Range<u32>) -> Option<u32> + Sync) -> Vec<Piece> {
    let longest = set.len().div_ceil(PIECES).max(1);
    let piece = |first: u32, end: u32| {
        let handle = |bug| report.handle(BugIx(bug)).into_owned();
        let last = (end - first > 1).then(|| handle(end - 1));
        Piece { at: first, count: end - first, first: handle(first), last, sum: sum(first..end) }
    };
    let cut = |&(start, end): &(u32, u32)| {
        (start..end).step_by(longest).map(move |first| (first, end.min(first + longest as u32)))
    };
    let cut: Vec<(u32, u32)> = set.runs().iter().flat_map(cut).collect();
    cut.into_par_iter().map(|(first, end)| piece(first, end)).collect()
}

/// The hash of what consecutive bugs are judged by: their text, and their level, which can stand elsewhere.
fn sum(bugs: Range<u32>, report: &Report) -> u32 {
    let mut hash = Xxh3::new();
    for bug in bugs.map(BugIx) {
        hash.update(report.block(bug).trim_ascii_end());
        hash.update(&[report.level(bug).map_or(u8::MAX, |level| level.0)]);
    }
    hash.digest() as u32
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::methodology::Methodology;

    /// A decision on all bugs of a long report would be a record as long as the report, and synced before it shows.
    #[test]
    fn however_many_bugs_stand_together_are_a_record_of_kilobytes() {
        let text: String =
            (1..=20_000).map(|at| format!("### BUG-{at:06}: x\n\n- **Severity:** P1\n\n")).collect();
        let report = Report::parse(text.as_bytes().into(), &Arc::new(Methodology::embedded()));
        let all = BugSet::all(report.len());
        let judged = Bugs::judged(&all, &report);
        let record = serde_json::to_string(&judged).unwrap();
        assert!(report.len() == 20_000 && record.len() < 100 * PIECES, "{}", record.len());
        assert_eq!(judged.on(&report), Some(all));
    }
}
