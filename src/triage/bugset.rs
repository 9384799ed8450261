//! A set of bugs as runs of consecutive indexes, so that a million bugs are one run.

use crate::report::BugIx;

/// How many runs are put one by one among those of another set.
const FEW: usize = 32;

/// A set of bugs. Its runs are sorted, disjoint, not adjacent and never empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BugSet {
    runs: Vec<(u32, u32)>,
}

impl BugSet {
    /// The set of all bugs of a report that has `count`.
    pub fn all(count: usize) -> BugSet {
        let end =
            u32::try_from(count).expect("a report has fewer bugs than bytes, and fewer than 4 Gi of those");
        BugSet { runs: if end == 0 { Vec::new() } else { vec![(0, end)] } }
    }

    /// The half-open runs `(first, after last)`, in order.
    pub fn runs(&self) -> &[(u32, u32)] {
        &self.runs
    }

    /// How many bugs it holds.
    pub fn len(&self) -> usize {
        self.runs.iter().map(|(start, end)| (end - start) as usize).sum()
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

    /// Adds a bug; `false` where it was in already.
    pub fn insert(&mut self, bug: BugIx) -> bool {
        let at = self.run_at(bug.0);
        if self.runs.get(at).is_some_and(|run| run.0 <= bug.0) {
            return false;
        }
        let joins_before = at > 0 && self.runs[at - 1].1 == bug.0;
        let joins_after = self.runs.get(at).is_some_and(|run| run.0 == bug.0 + 1);
        match (joins_before, joins_after) {
            (true, true) => self.runs[at - 1].1 = self.runs.remove(at).1,
            (true, false) => self.runs[at - 1].1 += 1,
            (false, true) => self.runs[at].0 -= 1,
            (false, false) => self.runs.insert(at, (bug.0, bug.0 + 1)),
        }
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
        self.runs.splice(at..=at, rest.into_iter().filter(|run| run.0 < run.1));
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
        BugSet { runs }
    }

    /// The bugs that are in this one and not in the other.
    #[must_use]
    pub fn difference(&self, other: &BugSet) -> BugSet {
        let mut theirs = other.runs.iter().peekable();
        let mut runs = Vec::new();
        for &(mut start, end) in &self.runs {
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
        BugSet { runs }
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
        for &(start, end) in &other.runs {
            let first = self.runs.partition_point(|run| run.1 < start);
            let after = first + self.runs[first..].partition_point(|run| run.0 <= end);
            let met = &self.runs[first..after];
            let start = met.first().map_or(start, |run| run.0.min(start));
            let end = met.last().map_or(end, |run| run.1.max(end));
            self.runs.splice(first..after, [(start, end)]);
        }
    }

    /// The bugs that are in any of these.
    pub fn of_all<'a>(sets: impl IntoIterator<Item = &'a BugSet>) -> BugSet {
        BugSet::of_runs(sets.into_iter().flat_map(|set| &set.runs).copied().collect())
    }

    /// The bugs of runs in any order.
    fn of_runs(mut all: Vec<(u32, u32)>) -> BugSet {
        all.sort_unstable();
        let mut runs: Vec<(u32, u32)> = Vec::with_capacity(all.len());
        for run in all {
            match runs.last_mut() {
                Some(last) if run.0 <= last.1 => last.1 = last.1.max(run.1),
                _ => runs.push(run),
            }
        }
        BugSet { runs }
    }

    /// The first run that ends after `bug`.
    fn run_at(&self, bug: u32) -> usize {
        self.runs.partition_point(|run| run.1 <= bug)
    }
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

        #[test]
        fn intersection_and_union_are_those_of_plain_sets(a: BTreeSet<u8>, b: BTreeSet<u8>) {
            let set = |plain: &BTreeSet<u8>| plain.iter().map(|&bug| BugIx(u32::from(bug))).collect::<BugSet>();
            let both = a.intersection(&b).copied().collect();
            prop_assert_eq!(set(&a).intersection(&set(&b)), set(&both));
            let either = set(&a.union(&b).copied().collect());
            prop_assert_eq!(&set(&a).union(&set(&b)), &either);
            let mut added = set(&a);
            added.add(&set(&b));
            prop_assert_eq!(added, either);
        }
    }
}
