//! Bugs of a report beside those of another that are called the same, in whatever order either stands.

use std::hash::{BuildHasher, RandomState};

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::deviation::in_order;
use crate::report::{BugIx, Report};
use crate::text::{Span, passing};

/// What stands in a table where nothing does.
const FREE: u32 = u32::MAX;

/// The bugs of either report that are not seen to go with the one of the other that is called the same. Of those that are
/// called the same in one report, one at most is seen.
pub(super) fn left(
    (report, bugs): (&Report, Vec<BugIx>),
    (other, others): (&Report, Vec<BugIx>),
    is_seen: impl Fn(BugIx, BugIx) -> bool + Sync,
) -> (Vec<BugIx>, Vec<BugIx>) {
    let now = in_order(other, &bugs, |bug| report.handle(*bug), |bug, now| is_seen(*bug, now));
    let mut is_left = passing::filled(false, other.len());
    others.iter().for_each(|bug| is_left[bug.at()] = true);
    let mut is_seen_now = |now: BugIx| std::mem::replace(&mut is_left[now.at()], false);
    let is_alone: Vec<bool> = now.into_iter().map(|now| !now.is_some_and(&mut is_seen_now)).collect();
    let others = others.into_iter().filter(|bug| is_left[bug.at()]).collect();
    left_unordered((report, only(bugs, &is_alone)), (other, others), is_seen)
}

/// The same of bugs in any order.
fn left_unordered(
    (report, bugs): (&Report, Vec<BugIx>),
    (other, others): (&Report, Vec<BugIx>),
    is_seen: impl Fn(BugIx, BugIx) -> bool + Sync,
) -> (Vec<BugIx>, Vec<BugIx>) {
    let seed = RandomState::new().hash_one(report.len());
    let pairs = pairs(&keys(report, &bugs, seed), &keys(other, &others, seed));
    let is_alone = |(bug, at): (&BugIx, &u32)| *at == FREE || !is_seen(*bug, others[*at as usize]);
    let alone: Vec<bool> = passing::collected(bugs.par_iter().zip(&pairs).map(is_alone));
    let mut others_alone = passing::filled(true, others.len());
    for at in pairs.iter().zip(&alone).filter(|(_, is_alone)| !**is_alone).map(|(at, _)| *at) {
        others_alone[at as usize] = false;
    }
    (only(bugs, &alone), only(others, &others_alone))
}

/// The bugs that this is said of.
fn only(bugs: Vec<BugIx>, is_so: &[bool]) -> Vec<BugIx> {
    bugs.into_iter().zip(is_so).filter(|(_, is_so)| **is_so).map(|(bug, _)| bug).collect()
}

/// A number for what each bug is called, by which it is found: another each time, so that no report can be made whose bugs
/// stand in each other's way.
fn keys(report: &Report, bugs: &[BugIx], seed: u64) -> Vec<u64> {
    let key = |bug: &BugIx| {
        let own = report.bug(*bug);
        let number = |span: Span| xxh3_64_with_seed(span.of(report.base()), seed);
        number(own.id) ^ number(own.title).rotate_left(1)
    };
    passing::collected(bugs.par_iter().map(key))
}

/// For each of some keys, where it stands among others; none of those is given twice.
fn pairs(keys: &[u64], others: &[u64]) -> Vec<u32> {
    let mut table = Table::of(others);
    let mut pairs = passing::room(keys.len());
    pairs.extend(keys.iter().map(|key| table.take(*key)));
    pairs
}

/// Where keys stand, by their last bits. Of keys that are the same it has the first.
struct Table<'k> {
    keys: &'k [u64],
    slots: Vec<u32>,
    is_taken: Vec<bool>,
}

impl Table<'_> {
    fn of(keys: &[u64]) -> Table<'_> {
        let slots = passing::filled(FREE, (keys.len() + 1).next_power_of_two() * 2);
        let mut table = Table { keys, slots, is_taken: passing::filled(false, keys.len()) };
        for (at, key) in (0..).zip(keys) {
            let slot = table.slot(*key);
            if table.slots[slot] == FREE {
                table.slots[slot] = at;
            }
        }
        table
    }

    /// The slot that a key stands in, or could.
    fn slot(&self, key: u64) -> usize {
        let last = self.slots.len() - 1;
        let mut slot = key as usize & last;
        while self.slots[slot] != FREE && self.keys[self.slots[slot] as usize] != key {
            slot = (slot + 1) & last;
        }
        slot
    }

    /// Where a key stands, once.
    fn take(&mut self, key: u64) -> u32 {
        let at = self.slots[self.slot(key)];
        let is_taken =
            self.is_taken.get_mut(at as usize).is_none_or(|is_taken| std::mem::replace(is_taken, true));
        if is_taken { FREE } else { at }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// A bug that is twice in a report could stand for one that was lost.
        #[test]
        fn keys_are_paired_with_their_like_and_once(
            keys in prop::collection::vec(0_u64..40, 0..40),
            others in prop::collection::vec(0_u64..40, 0..40),
        ) {
            let pairs = pairs(&keys, &others);
            prop_assert_eq!(pairs.len(), keys.len());
            let mut found: Vec<u32> = pairs.iter().copied().filter(|at| *at != FREE).collect();
            for (key, at) in keys.iter().zip(&pairs).filter(|(_, at)| **at != FREE) {
                prop_assert_eq!(*key, others[*at as usize]);
            }
            for key in keys.iter().filter(|key| others.contains(key)) {
                prop_assert!(found.iter().any(|at| others[*at as usize] == *key));
            }
            found.sort_unstable();
            let count = found.len();
            found.dedup();
            prop_assert_eq!(found.len(), count);
        }
    }
}
