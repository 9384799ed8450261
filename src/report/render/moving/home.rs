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

/// The bugs of a section that count up: as headings of one depth, with ids that differ by their numbers. Many bugs
/// can go back to one section, so it is looked at once.
#[derive(Debug)]
pub(super) struct Counted {
    /// What their ids are but for the numbers.
    name: String,
    depth: Option<u8>,
    /// In order.
    bugs: Vec<(u64, BugIx)>,
}

impl Counted {
    /// Those of a section that has bugs; `None` where they do not count up.
    pub(super) fn of(report: &Report, section: SectionIx) -> Option<Counted> {
        let first = bugs_of(report, section).next()?;
        let (name, _) = number(report, first)?;
        let depth = heading_level(report, first);
        let counted = |bug: BugIx| {
            let own = number(report, bug).filter(|(other, _)| *other == name)?;
            let is_alike = Kin::of(report, bug) == Kin::Headings && heading_level(report, bug) == depth;
            is_alike.then_some((own.1, bug))
        };
        let bugs: Vec<(u64, BugIx)> = bugs_of(report, section).map(counted).collect::<Option<_>>()?;
        let counts_up = bugs.windows(2).all(|pair| pair[0].0 < pair[1].0);
        counts_up.then_some(Counted { name, depth, bugs })
    }

    /// Where a bug goes back to among them; `None` where its number does not tell, or only that it comes last.
    pub(super) fn home(&self, report: &Report, bug: BugIx) -> Option<Home> {
        let own = number(report, bug).filter(|(name, _)| *name == self.name)?;
        let before = self.bugs.partition_point(|(number, _)| *number < own.1);
        match before {
            _ if heading_level(report, bug) != self.depth || before == self.bugs.len() => None,
            0 => Some(Home::Before(self.bugs[0].1)),
            _ => Some(Home::Behind(self.bugs[before - 1].1)),
        }
    }
}

impl Home {
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
