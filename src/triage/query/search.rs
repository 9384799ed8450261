//! The bugs that a filter leaves.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use rayon::prelude::*;

use super::judge::Judge;
use super::{Known, Query};
use crate::report::{BugIx, Report};
use crate::triage::Session;
use crate::triage::fuzzy::Pattern;

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
        let (judge, best) = (Judge::new(session, known), Best::default());
        let strides = strides(session.report(), within, overtaken, |bugs| {
            let mut found = Vec::new();
            judge.leaves(bugs, query, |bug, line| {
                best.weigh(bug, line, &query.pattern);
                found.push(bug);
            });
            found
        })?;
        Some(Matches { bugs: strides.concat(), best: best.bug() })
    }
}

/// What stands for a score of 0: long gaps make scores below it.
const ZERO: i64 = 1 << 31;

/// The best match so far, as its score and how far it is from the end: of equals the earliest is best.
#[derive(Default)]
struct Best(AtomicU64);

impl Best {
    /// Takes a match in, which is scored only where it may be better.
    fn weigh(&self, bug: BugIx, line: &str, pattern: &Pattern) {
        let rank = |score: i64| {
            let score = (score + ZERO).clamp(1, i64::from(u32::MAX)) as u64;
            score << 32 | u64::from(u32::MAX - bug.0)
        };
        let is_behind = |most: i64| rank(most) <= self.0.load(Ordering::Relaxed);
        if pattern.is_empty() {
            self.0.fetch_max(rank(0), Ordering::Relaxed);
        } else if !is_behind(pattern.bound(line))
            && let Some(score) = pattern.score(line)
        {
            self.0.fetch_max(rank(score), Ordering::Relaxed);
        }
    }

    fn bug(self) -> Option<BugIx> {
        let rank = self.0.into_inner();
        (rank > 0).then(|| BugIx(u32::MAX - rank as u32))
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
