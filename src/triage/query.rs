//! The filter: which bugs of a report match what the reviewer typed.

use std::sync::atomic::{AtomicBool, Ordering};

use super::fuzzy::Pattern;
use crate::report::{BugIx, Report};

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

    /// The bugs whose id or title matches `text` fuzzily, or `None` where `overtaken` became true
    /// before the end.
    pub fn search(report: &Report, text: &str, overtaken: &AtomicBool) -> Option<Matches> {
        let pattern = Pattern::new(text);
        if pattern.is_empty() {
            return Some(Matches::all(report));
        }
        let mut found = Matches::default();
        let mut most = i64::MIN;
        for bug in report.indexes() {
            if bug.at() % STRIDE == 0 && overtaken.load(Ordering::Relaxed) {
                return None;
            }
            let Some(score) = pattern.score(&searched(report, bug)) else { continue };
            found.bugs.push(bug);
            if score > most {
                (most, found.best) = (score, Some(bug));
            }
        }
        Some(found)
    }
}

/// The text of a bug that the filter looks at.
fn searched(report: &Report, bug: BugIx) -> String {
    format!("{} {}", report.handle(bug), report.title(bug))
}
