//! The bugs that a filter leaves.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::judge::Judge;
use super::{Known, Query};
use crate::report::{BugIx, Report};
use crate::triage::Session;

/// How many bugs are looked at between two looks at whether the search was overtaken.
const STRIDE: usize = 1024;

/// The bugs that a filter leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matches {
    /// In document order.
    pub bugs: Vec<BugIx>,
    /// The one that matches best, the earliest of equals; `None` where none does.
    pub best: Option<BugIx>,
}

impl Matches {
    /// Every bug of the report.
    pub fn all(report: &Report) -> Matches {
        let bugs: Vec<BugIx> = report.indexes().collect();
        Matches { best: bugs.first().copied(), bugs }
    }

    /// The same bugs in another reading of the report, as far as it has them.
    #[must_use]
    pub fn follow(&self, place: impl Fn(BugIx) -> Option<BugIx>) -> Matches {
        let mut bugs: Vec<BugIx> = self.bugs.iter().filter_map(|bug| place(*bug)).collect();
        bugs.sort_unstable();
        Matches { best: self.best.and_then(place), bugs }
    }

    /// The bugs that a filter leaves, of all or `within` earlier matches, or `None` where `overtaken` became true
    /// before the end.
    pub fn search(
        session: &Session,
        known: &Known,
        query: &Query,
        within: Option<&[BugIx]>,
        overtaken: &AtomicBool,
    ) -> Option<Matches> {
        let judge = Judge::new(session, known);
        let score = |bug| Some((bug, judge.score(bug, &query.terms, &query.pattern)?));
        let strides = strides(session.report(), within, overtaken, |bugs| {
            bugs.filter_map(score).collect::<Vec<(BugIx, i64)>>()
        })?;
        let mut best: Option<(BugIx, i64)> = None;
        for &(bug, score) in strides.iter().flatten() {
            if best.is_none_or(|(_, most)| score > most) {
                best = Some((bug, score));
            }
        }
        let bugs = strides.into_iter().flatten().map(|(bug, _)| bug).collect();
        Some(Matches { bugs, best: best.map(|(bug, _)| bug) })
    }
}

/// What `look` makes of all bugs, or of these, taken together by strides and in order, or `None` where
/// `overtaken` became true before the end.
pub(super) fn strides<T: Send>(
    report: &Report,
    within: Option<&[BugIx]>,
    overtaken: &AtomicBool,
    look: impl Fn(&mut dyn Iterator<Item = BugIx>) -> T + Sync,
) -> Option<Vec<T>> {
    let count = within.map_or(report.len(), <[BugIx]>::len);
    let bug = |at: usize| within.map_or(BugIx(at as u32), |bugs| bugs[at]);
    let stride = |stride: usize| {
        if overtaken.load(Ordering::Relaxed) {
            return None;
        }
        let start = stride * STRIDE;
        Some(look(&mut (start..count.min(start + STRIDE)).map(bug)))
    };
    (0..count.div_ceil(STRIDE)).into_par_iter().map(stride).collect()
}
