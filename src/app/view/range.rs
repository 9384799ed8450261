//! A range being drawn: from where it began to the cursor, in the order of the list.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use super::View;
use crate::report::BugIx;
use crate::triage::BugSet;

impl View {
    /// Begins a range at the cursor.
    pub fn begin_range(&mut self) {
        self.anchor = self.cursor().map(|_| self.at);
    }

    /// The places among the bugs in view of those of a set, as far as they are in view.
    pub fn places(&self, set: &BugSet) -> HashMap<BugIx, usize> {
        let bugs = self.bugs().iter().enumerate().map(|(at, bug)| (*bug, at));
        bugs.filter(|(bug, _)| set.contains(*bug)).collect()
    }

    /// Ends the range.
    pub fn end_range(&mut self) {
        self.anchor = None;
    }

    /// The places of the range among the bugs in view; `None` while none is drawn.
    pub fn range(&self) -> Option<RangeInclusive<usize>> {
        self.anchor.map(|anchor| anchor.min(self.at)..=anchor.max(self.at))
    }

    /// The bugs of the range; none while none is drawn.
    pub fn ranged(&self) -> BugSet {
        let mut bugs: Vec<BugIx> =
            self.range().and_then(|range| self.bugs().get(range)).unwrap_or_default().to_vec();
        bugs.sort_unstable();
        bugs.into_iter().collect()
    }
}
