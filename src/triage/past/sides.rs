//! What a saved decision changed in its bugs, before and after: as many as went together from the same to the same take as
//! little memory as one.

use std::ops::Range;

use rayon::prelude::*;

use crate::report::BugIx;
use crate::triage::{BugSet, Set};

/// Among how many pairs of values that came last one is looked for.
const NEAR: usize = 16;

/// Bugs in document order, each with the values that a decision changed as they were before, and as it made them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sides {
    runs: Vec<Run>,
    pairs: Vec<(Set, Set)>,
    len: usize,
}

/// Bugs that stand together, from the same to the same.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Run {
    start: u32,
    end: u32,
    pair: u32,
}

impl Sides {
    /// Adds bugs that stand together behind those that are there, with the same values.
    pub fn put(&mut self, bugs: Range<u32>, before: &Set, after: &Set) {
        let near = self.pairs.len().saturating_sub(NEAR);
        let is_it = |pair: &(Set, Set)| pair.0 == *before && pair.1 == *after;
        let pair = near + self.pairs[near..].iter().position(is_it).unwrap_or(self.pairs.len() - near);
        if pair == self.pairs.len() {
            self.pairs.push((before.clone(), after.clone()));
        }
        self.len += bugs.len();
        let pair = pair as u32;
        match self.runs.last_mut() {
            Some(last) if last.end == bugs.start && last.pair == pair => last.end = bugs.end,
            _ => self.runs.push(Run { start: bugs.start, end: bugs.end, pair }),
        }
    }

    /// How many bugs there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Its bugs.
    pub fn bugs(&self) -> BugSet {
        BugSet::of_runs(self.runs.iter().map(|run| (run.start, run.end)).collect())
    }

    /// Bugs that stand together, with what they were and what they were made.
    pub fn runs(&self) -> impl Iterator<Item = (Range<u32>, &Set, &Set)> {
        self.runs.iter().map(|run| {
            let (before, after) = &self.pairs[run.pair as usize];
            (run.start..run.end, before, after)
        })
    }

    /// Each bug, with what it was and what it was made.
    pub fn iter(&self) -> impl Iterator<Item = (BugIx, &Set, &Set)> {
        self.runs().flat_map(|(bugs, before, after)| bugs.map(move |bug| (BugIx(bug), before, after)))
    }

    /// The same on all cores.
    pub fn par_iter(&self) -> impl ParallelIterator<Item = (BugIx, &Set, &Set)> {
        self.runs.par_iter().flat_map(|run| {
            let (before, after) = &self.pairs[run.pair as usize];
            (run.start..run.end).into_par_iter().map(move |bug| (BugIx(bug), before, after))
        })
    }

    /// What a bug was, and what it was made.
    pub fn of(&self, bug: BugIx) -> Option<(&Set, &Set)> {
        let at = self.runs.partition_point(|run| run.start <= bug.0).checked_sub(1)?;
        let run = self.runs.get(at).filter(|run| bug.0 < run.end)?;
        let (before, after) = &self.pairs[run.pair as usize];
        Some((before, after))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::methodology::LevelId;

    proptest! {
        /// A decision that is taken back would give a bug what another one was.
        #[test]
        fn each_bug_has_its_own_values_however_they_are_put(
            all in prop::collection::vec((0_u32..3, 0_u8..20, 0_u8..3), 0..60),
            cuts in prop::collection::vec(any::<bool>(), 60),
        ) {
            let mut next = 0;
            let all: Vec<(u32, Set, Set)> = all
                .into_iter()
                .map(|(gap, before, after)| {
                    next += gap + 1;
                    (next, Set::severity(LevelId(before)), Set::severity(LevelId(after)))
                })
                .collect();
            let (mut one_by_one, mut together) = (Sides::default(), Sides::default());
            all.iter().for_each(|(bug, before, after)| one_by_one.put(*bug..bug + 1, before, after));
            let is_one = |a: &(u32, Set, Set), b: &(u32, Set, Set)| {
                !cuts[a.0 as usize % cuts.len()] && a.0 + 1 == b.0 && (&a.1, &a.2) == (&b.1, &b.2)
            };
            for run in all.chunk_by(is_one) {
                together.put(run[0].0..run[0].0 + run.len() as u32, &run[0].1, &run[0].2);
            }
            prop_assert_eq!(&one_by_one, &together);
            let each = |(bug, before, after): (BugIx, &Set, &Set)| (bug.0, before.clone(), after.clone());
            prop_assert_eq!(&together.iter().map(each).collect::<Vec<_>>(), &all);
            prop_assert_eq!(&together.par_iter().map(each).collect::<Vec<_>>(), &all);
            prop_assert_eq!((together.len(), together.bugs().len()), (all.len(), all.len()));
            for bug in 0..next + 2 {
                let wanted = all.iter().find(|(of, ..)| *of == bug).map(|(_, before, after)| (before, after));
                prop_assert_eq!(together.of(BugIx(bug)), wanted);
            }
        }
    }
}
