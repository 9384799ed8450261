//! Which level a bug was reported with, before all that was decided of it.
//!
//! A report that a save has changed no longer says that: the log does, as long as its decisions lead, one after the
//! other, to what the report says now. Where somebody has written another level since, that is what is reported.

use std::collections::HashMap;

use super::Session;
use crate::methodology::LevelId;
use crate::report::{BugIx, Report, To};
use crate::triage::Past;

/// The levels, by bug, before the saved decisions that led to the one that the report says.
pub(super) type Reported = HashMap<BugIx, Option<LevelId>>;

/// What the log tells of that.
pub(super) fn reported(past: &[Past], report: &Report) -> Reported {
    let sides = past.iter().flat_map(|past| past.before.iter().zip(&past.after));
    let mut ways: HashMap<BugIx, (Option<LevelId>, Option<LevelId>)> = HashMap::new();
    for ((bug, before), (_, after)) in sides.filter(|(_, (_, after))| !after.severity.is_keep()) {
        let (from, to) = (before.severity.after(None), after.severity.after(None));
        let way = ways.entry(*bug).or_insert((from, from));
        *way = (if way.1 == from { way.0 } else { from }, to);
    }
    let leads_here = |(bug, (_, to)): &(BugIx, (_, Option<LevelId>))| *to == report.level(*bug);
    ways.into_iter().filter(leads_here).map(|(bug, (from, _))| (bug, from)).collect()
}

impl Session {
    /// The level that a bug was reported with, before all decisions, saved and pending, where it is now set to this.
    pub fn level_at_first(&self, bug: BugIx, to: &To<LevelId>) -> Option<LevelId> {
        if let Some(level) = self.reported_at_first.get(&bug) {
            return *level;
        }
        let first = self.net(bug).severity_first;
        self.reported_for(bug, if first.is_keep() { to } else { &first })
    }
}
