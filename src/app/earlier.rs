//! Which saved decisions the log has about a bug, found without going through the log.

use crate::report::BugIx;
use crate::triage::Past;

/// An index from bugs to the saved decisions about them.
#[derive(Clone, Debug, Default)]
pub struct Earlier {
    entries: Vec<(BugIx, u32)>,
}

impl Earlier {
    /// The index of these decisions.
    pub fn of(past: &[Past]) -> Earlier {
        let bugs =
            |(at, past): (u32, &Past)| past.sides.iter().map(|(bug, ..)| (bug, at)).collect::<Vec<_>>();
        let mut entries: Vec<(BugIx, u32)> = (0..).zip(past).flat_map(bugs).collect();
        entries.sort_unstable();
        Earlier { entries }
    }

    /// The places in the log of the decisions about a bug, oldest first.
    pub fn about(&self, bug: BugIx) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let start = self.entries.partition_point(|entry| entry.0 < bug);
        let end = self.entries.partition_point(|entry| entry.0 <= bug);
        self.entries[start..end].iter().map(|entry| entry.1 as usize)
    }
}
