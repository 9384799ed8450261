//! Where a bug stands that goes back to a section: where its number is missing, if those of the section count up.
//!
//! The log knows which severity a bug had, not behind which bug it stood. Elsewhere, and where numbers tell nothing,
//! it goes behind the last, as any other.

use super::{Kin, Plan, bugs_of, heading_level};
use crate::report::{BugIx, Report, SectionIx};

/// Beside which bug another goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Home {
    /// Right behind it.
    Behind(BugIx),
    /// Right in front of it.
    Before(BugIx),
}

impl Home {
    /// Where a bug goes back to in a section; `None` where numbers do not tell, or only that it comes last.
    pub(super) fn of(report: &Report, bug: BugIx, section: SectionIx) -> Option<Home> {
        let alike = |other: &BugIx| {
            Kin::of(report, *other) == Kin::Headings
                && heading_level(report, *other) == heading_level(report, bug)
        };
        let own = number(report, bug)?;
        let bugs: Vec<BugIx> = bugs_of(report, section).collect();
        let all = bugs.iter().filter(|other| alike(other)).map(|other| number(report, *other));
        let all: Vec<(String, u64)> = all.collect::<Option<_>>()?;
        let counts_up = all.len() == bugs.len() && all.windows(2).all(|pair| pair[0].1 < pair[1].1);
        let is_one_row = all.iter().all(|(name, _)| *name == own.0);
        let before = all.iter().filter(|(_, number)| *number < own.1).count();
        match (counts_up && is_one_row, before) {
            (false, _) => None,
            (true, 0) => bugs.first().copied().map(Home::Before),
            (true, before) if before == bugs.len() => None,
            (true, before) => Some(Home::Behind(bugs[before - 1])),
        }
    }

    /// The bug beside which it is.
    pub(super) fn beside(self) -> BugIx {
        match self {
            Home::Behind(bug) | Home::Before(bug) => bug,
        }
    }
}

impl Plan<'_> {
    /// Gives up the homes beside bugs that move themselves.
    pub(super) fn keep_homes_of_those_who_stay(&mut self) {
        let moving: Vec<BugIx> = self.moves.iter().map(|moved| moved.bug).collect();
        let is_gone = |home: &Home| moving.binary_search(&home.beside()).is_ok();
        self.moves.iter_mut().for_each(|moved| moved.home = moved.home.filter(|home| !is_gone(home)));
    }
}

/// What the id of a bug is but for its number, and that.
pub(super) fn number(report: &Report, bug: BugIx) -> Option<(String, u64)> {
    let id = report.id(bug)?;
    let name = id.trim_end_matches(|c: char| c.is_ascii_digit());
    Some((name.to_owned(), id[name.len()..].parse().ok()?))
}
