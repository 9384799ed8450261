//! Which level a bug was reported with, before all that was decided of it.
//!
//! A report that a save has changed no longer says that: the log does, as long as its decisions lead, one after the
//! other, to what the report says now. Where somebody has written another level since, that is what is reported. Of a bug
//! that the log does not know, because it is called something else by now, the note in its field still tells.

use super::Session;
use crate::methodology::LevelId;
use crate::report::{BugIx, Report, To};
use crate::triage::Past;

/// What the log tells of that, in document order.
pub(super) type Reported = Vec<(BugIx, Told)>;

/// Where the decisions of the log about a bug come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// From this level to the one that the report says.
    From(Option<LevelId>),
    /// They lead to another one than the report says.
    Astray,
}

/// What the log tells.
pub(super) fn reported(past: &[Past], report: &Report) -> Reported {
    if past.is_empty() {
        return Reported::new();
    }
    let sides = past.iter().flat_map(|past| past.sides.iter());
    let mut ways: Vec<Option<(Option<LevelId>, Option<LevelId>)>> = vec![None; report.len()];
    for (bug, before, after) in sides.filter(|(.., after)| !after.severity.is_keep()) {
        let (from, to) = (before.severity.after(None), after.severity.after(None));
        let way = ways[bug.at()].get_or_insert((from, from));
        *way = (if way.1 == from { way.0 } else { from }, to);
    }
    let told = |bug: BugIx, (from, to)| if to == report.level(bug) { Told::From(from) } else { Told::Astray };
    report.indexes().zip(ways).filter_map(|(bug, way)| Some((bug, told(bug, way?)))).collect()
}

impl Session {
    /// The level that a bug was reported with, before all decisions, saved and pending, where it is now set to this.
    pub fn level_at_first(&self, bug: BugIx, to: &To<LevelId>) -> Option<LevelId> {
        let noted = || self.report.level_noted(bug);
        let reported = || {
            let first = self.net(bug).severity_first;
            self.reported_for(bug, if first.is_keep() { to } else { &first })
        };
        let at = self.reported_at_first.binary_search_by_key(&bug, |(of, _)| *of);
        match at.map(|at| self.reported_at_first[at].1) {
            Ok(Told::From(level)) => level,
            Ok(Told::Astray) => reported(),
            Err(_) => noted().or_else(reported),
        }
    }
}
