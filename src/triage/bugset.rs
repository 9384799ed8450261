//! A set of bugs as runs of consecutive indexes, so that a million bugs are one run.

use std::sync::Arc;

use rayon::prelude::*;

use crate::report::BugIx;

/// How many runs are put one by one among those of another set.
const FEW: usize = 32;

/// How many bugs are gone through on one processor.
const PIECE: u32 = 16 * 1024;

/// A set of bugs. Its runs are sorted, disjoint, not adjacent and never empty. A copy costs nothing until it is changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BugSet {
    runs: Arc<Vec<(u32, u32)>>,
    len: usize,
}

impl BugSet {
    /// The set of all bugs of a report that has `count`.
    pub fn all(count: usize) -> BugSet {
        let end =
            u32::try_from(count).expect("a report has fewer bugs than bytes, and fewer than 4 Gi of those");
        BugSet::of_sorted(if end == 0 { Vec::new() } else { vec![(0, end)] })
    }

    /// The half-open runs `(first, after last)`, in order.
    pub fn runs(&self) -> &[(u32, u32)] {
        &self.runs
    }

    /// How many bugs it holds.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// Whether it holds this bug.
    pub fn contains(&self, bug: BugIx) -> bool {
        self.runs.get(self.run_at(bug.0)).is_some_and(|run| run.0 <= bug.0)
    }

    /// Its bugs in document order.
    pub fn iter(&self) -> impl Iterator<Item = BugIx> + '_ {
        self.runs.iter().flat_map(|&(start, end)| (start..end).map(BugIx))
    }

    /// Its first bug in document order.
    pub fn first(&self) -> Option<BugIx> {
        self.runs.first().map(|run| BugIx(run.0))
    }

    /// This bug where the set has it, else the first behind it.
    pub fn next_from(&self, bug: BugIx) -> Option<BugIx> {
        self.runs.get(self.run_at(bug.0)).map(|run| BugIx(run.0.max(bug.0)))
    }

    /// This bug where the set has it, else the last before it.
    pub fn last_upto(&self, bug: BugIx) -> Option<BugIx> {
        let before = self.runs.partition_point(|run| run.0 <= bug.0).checked_sub(1)?;
        self.runs.get(before).map(|run| BugIx(bug.0.min(run.1 - 1)))
    }

    /// Adds a bug; `false` where it was in already.
    pub fn insert(&mut self, bug: BugIx) -> bool {
        let at = self.run_at(bug.0);
        if self.runs.get(at).is_some_and(|run| run.0 <= bug.0) {
            return false;
        }
        let joins_before = at > 0 && self.runs[at - 1].1 == bug.0;
        let joins_after = self.runs.get(at).is_some_and(|run| run.0 == bug.0 + 1);
        let runs = Arc::make_mut(&mut self.runs);
        match (joins_before, joins_after) {
            (true, true) => runs[at - 1].1 = runs.remove(at).1,
            (true, false) => runs[at - 1].1 += 1,
            (false, true) => runs[at].0 -= 1,
            (false, false) => runs.insert(at, (bug.0, bug.0 + 1)),
        }
        self.len += 1;
        true
    }

    /// Takes a bug out; `false` where it was not in.
    pub fn remove(&mut self, bug: BugIx) -> bool {
        if !self.contains(bug) {
            return false;
        }
        let at = self.run_at(bug.0);
        let (start, end) = self.runs[at];
        let rest = [(start, bug.0), (bug.0 + 1, end)];
        Arc::make_mut(&mut self.runs).splice(at..=at, rest.into_iter().filter(|run| run.0 < run.1));
        self.len -= 1;
        true
    }

    /// The bugs that are in both.
    #[must_use]
    pub fn intersection(&self, other: &BugSet) -> BugSet {
        let (mut mine, mut theirs) = (self.runs.iter().peekable(), other.runs.iter().peekable());
        let mut runs = Vec::new();
        while let (Some(&&a), Some(&&b)) = (mine.peek(), theirs.peek()) {
            let (start, end) = (a.0.max(b.0), a.1.min(b.1));
            if start < end {
                runs.push((start, end));
            }
            if a.1 <= b.1 {
                mine.next()
            } else {
                theirs.next()
            };
        }
        BugSet::of_sorted(runs)
    }

    /// Those of its bugs for which that is so; of many they are gone through on all processors.
    #[must_use]
    pub fn filtered(&self, is_in: impl Fn(BugIx) -> bool + Sync) -> BugSet {
        let of = |(start, end): (u32, u32)| (start..end).map(BugIx).filter(|bug| is_in(*bug));
        let pieces = self.pieces();
        if pieces.len() < 2 {
            return pieces.into_iter().flatten().flat_map(of).collect();
        }
        let found = pieces.par_iter().map(|piece| piece.iter().copied().flat_map(of).collect::<BugSet>());
        BugSet::of_all(&found.collect::<Vec<_>>())
    }

    /// Its runs in pieces of so many bugs that each is some work.
    pub fn pieces(&self) -> Vec<Vec<(u32, u32)>> {
        let (mut pieces, mut left) = (Vec::new(), 0);
        for &(mut start, end) in self.runs.iter() {
            while start < end {
                if left == 0 {
                    pieces.push(Vec::new());
                    left = PIECE;
                }
                let upto = end.min(start.saturating_add(left));
                pieces.last_mut().into_iter().for_each(|piece: &mut Vec<_>| piece.push((start, upto)));
                (left, start) = (left - (upto - start), upto);
            }
        }
        pieces
    }

    /// The bugs that are in this one and not in the other.
    #[must_use]
    pub fn difference(&self, other: &BugSet) -> BugSet {
        let mut theirs = other.runs.iter().peekable();
        let mut runs = Vec::new();
        for &(mut start, end) in self.runs.iter() {
            while theirs.peek().is_some_and(|run| run.1 <= start) {
                theirs.next();
            }
            while let Some(&&(from, to)) = theirs.peek().filter(|run| run.0 < end) {
                if start < from {
                    runs.push((start, from));
                }
                start = to.min(end);
                if to > end {
                    break;
                }
                theirs.next();
            }
            if start < end {
                runs.push((start, end));
            }
        }
        BugSet::of_sorted(runs)
    }

    /// The bugs that are in either.
    #[must_use]
    pub fn union(&self, other: &BugSet) -> BugSet {
        BugSet::of_all([self, other])
    }

    /// Adds the bugs of another set; where those are a few runs, without going through its own.
    pub fn add(&mut self, other: &BugSet) {
        if other.runs.len() > FEW {
            *self = self.union(other);
            return;
        }
        for &(start, end) in other.runs.iter() {
            let first = self.runs.partition_point(|run| run.1 < start);
            let after = first + self.runs[first..].partition_point(|run| run.0 <= end);
            let met = &self.runs[first..after];
            let start = met.first().map_or(start, |run| run.0.min(start));
            let end = met.last().map_or(end, |run| run.1.max(end));
            self.len += bugs_in(&[(start, end)]) - bugs_in(met);
            Arc::make_mut(&mut self.runs).splice(first..after, [(start, end)]);
        }
    }

    /// The bugs that are in any of these.
    pub fn of_all<'a>(sets: impl IntoIterator<Item = &'a BugSet>) -> BugSet {
        BugSet::of_runs(sets.into_iter().flat_map(|set| set.runs.iter()).copied().collect())
    }

    /// The bugs of runs in any order.
    pub(super) fn of_runs(mut all: Vec<(u32, u32)>) -> BugSet {
        all.sort();
        let mut runs: Vec<(u32, u32)> = Vec::with_capacity(all.len());
        for run in all {
            match runs.last_mut() {
                Some(last) if run.0 <= last.1 => last.1 = last.1.max(run.1),
                _ => runs.push(run),
            }
        }
        BugSet::of_sorted(runs)
    }

    fn of_sorted(runs: Vec<(u32, u32)>) -> BugSet {
        BugSet { len: bugs_in(&runs), runs: Arc::new(runs) }
    }

    /// The first run that ends after `bug`.
    fn run_at(&self, bug: u32) -> usize {
        self.runs.partition_point(|run| run.1 <= bug)
    }
}

/// How many bugs are in runs that are disjoint.
fn bugs_in(runs: &[(u32, u32)]) -> usize {
    runs.iter().map(|(start, end)| (end - start) as usize).sum()
}

/// From bugs in any order; quickest where they come in document order.
impl FromIterator<BugIx> for BugSet {
    fn from_iter<I: IntoIterator<Item = BugIx>>(bugs: I) -> BugSet {
        let mut runs: Vec<(u32, u32)> = Vec::new();
        for bug in bugs {
            match runs.last_mut() {
                Some(last) if last.1 == bug.0 => last.1 += 1,
                _ => runs.push((bug.0, bug.0 + 1)),
            }
        }
        BugSet::of_runs(runs)
    }
}

/// From one bug.
impl From<BugIx> for BugSet {
    fn from(bug: BugIx) -> BugSet {
        BugSet::from_iter([bug])
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// A suggestion would come back for a bug that was decided or declined.
        #[test]
        fn a_difference_is_that_of_plain_sets(
            mine in prop::collection::btree_set(0u32..40, 0..40),
            theirs in prop::collection::btree_set(0u32..40, 0..40),
        ) {
            let set = |plain: &BTreeSet<u32>| plain.iter().map(|bug| BugIx(*bug)).collect::<BugSet>();
            let wanted = mine.difference(&theirs).copied().collect();
            prop_assert_eq!(set(&mine).difference(&set(&theirs)), set(&wanted));
        }

        /// A bulk decision would hit the wrong bugs if this failed.
        #[test]
        fn it_holds_what_a_plain_set_holds(steps in prop::collection::vec((0u32..40, any::<bool>()), 0..80)) {
            let (mut set, mut plain) = (BugSet::default(), BTreeSet::new());
            for (bug, add) in steps {
                if add {
                    prop_assert_eq!(set.insert(BugIx(bug)), plain.insert(bug));
                } else {
                    prop_assert_eq!(set.remove(BugIx(bug)), plain.remove(&bug));
                }
            }
            prop_assert_eq!(set.iter().map(|bug| bug.0).collect::<Vec<_>>(), plain.iter().copied().collect::<Vec<_>>());
            prop_assert_eq!(set.len(), plain.len());
            prop_assert!(set.runs().windows(2).all(|pair| pair[0].1 < pair[1].0));
            prop_assert_eq!(BugSet::from_iter(set.iter().collect::<Vec<_>>().into_iter().rev()), set);
        }

        /// A guard would speak of other bugs than it is about where there are many.
        #[test]
        fn what_is_filtered_in_pieces_is_what_is_filtered(runs in prop::collection::vec((0..200_000u32, 0..40_000u32), 0..6)) {
            let set = BugSet::of_runs(runs.into_iter().filter(|run| run.1 > 0).map(|(at, len)| (at, at + len)).collect());
            let is_in = |bug: BugIx| bug.0 % 7 < 3;
            prop_assert_eq!(set.filtered(is_in), set.iter().filter(|bug| is_in(*bug)).collect());
            prop_assert_eq!(BugSet::of_runs(set.pieces().concat()), set);
        }

        #[test]
        fn intersection_and_union_are_those_of_plain_sets(a: BTreeSet<u8>, b: BTreeSet<u8>) {
            let set = |plain: &BTreeSet<u8>| plain.iter().map(|&bug| BugIx(u32::from(bug))).collect::<BugSet>();
            let both = a.intersection(&b).copied().collect();
            prop_assert_eq!(set(&a).intersection(&set(&b)), set(&both));
            let either = set(&a.union(&b).copied().collect());
            prop_assert_eq!(&set(&a).union(&set(&b)), &either);
            let mut added = set(&a);
            added.add(&set(&b));
            prop_assert_eq!(added.len(), added.iter().count());
            prop_assert_eq!(added, either);
        }
    }
}
