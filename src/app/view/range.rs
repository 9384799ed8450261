//! A range being drawn: from where it began to the cursor, in the order of the list.

use std::ops::RangeInclusive;

use super::View;
use crate::report::BugIx;
use crate::triage::BugSet;

impl View {
    /// Begins a range at the cursor.
    pub fn begin_range(&mut self) {
        self.anchor = self.cursor().map(|_| self.at);
    }

    /// Where the first bug of each of some sets stands among those in view; behind them all where none is in view.
    pub fn first_of(&self, sets: &[&BugSet]) -> Vec<usize> {
        let bugs = self.bugs();
        let (mut firsts, mut left) = (vec![bugs.len(); sets.len()], sets.len());
        for (at, bug) in bugs.iter().enumerate().take_while(|_| sets.len() > 1) {
            for (first, _) in
                firsts.iter_mut().zip(sets).filter(|(first, set)| **first == bugs.len() && set.contains(*bug))
            {
                (*first, left) = (at, left - 1);
            }
            if left == 0 {
                break;
            }
        }
        firsts
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
