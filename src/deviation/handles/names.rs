//! Names in a list, looked up by what they are: very many are taken in on all cores, and looked up without any being copied.

use std::borrow::Cow;
use std::hash::{BuildHasher, RandomState};

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::text::passing;

/// What stands in a slot where nothing does.
const FREE: u32 = u32::MAX;

/// Names, found by numbers for them. Those differ each time, so that no report can be made whose names stand in each other's
/// way.
#[derive(Debug)]
pub(super) struct Names<'r> {
    names: Vec<Cow<'r, str>>,
    seed: u64,
    numbers: Vec<u64>,
    /// Where names stand in the list, by the last bits of their numbers or behind that.
    slots: Vec<u32>,
    are_repeated: bool,
}

impl<'r> Names<'r> {
    pub(super) fn of(names: Vec<Cow<'r, str>>) -> Names<'r> {
        let seed = RandomState::new().hash_one(names.len());
        let number = |name: &Cow<'_, str>| xxh3_64_with_seed(name.as_bytes(), seed);
        let numbers = passing::collected(names.par_iter().map(number));
        let slots = passing::filled(FREE, (names.len() + 1).next_power_of_two() * 2);
        let mut all = Names { names, seed, numbers, slots, are_repeated: false };
        for at in 0..all.names.len() {
            let slot = all.slot(all.numbers[at], &all.names[at]);
            all.are_repeated |= all.slots[slot] != FREE;
            all.slots[slot] = at as u32;
        }
        all
    }

    /// Whether two of them are the same.
    pub(super) fn are_repeated(&self) -> bool {
        self.are_repeated
    }

    /// Where the last in the list stands that is this.
    pub(super) fn last(&self, name: &str) -> Option<usize> {
        let slot = self.slot(xxh3_64_with_seed(name.as_bytes(), self.seed), name);
        Some(self.slots[slot] as usize).filter(|_| self.slots[slot] != FREE)
    }

    /// The slot that a name of this number stands in, or could.
    fn slot(&self, number: u64, name: &str) -> usize {
        let last = self.slots.len() - 1;
        let is_it = |at: usize| self.numbers[at] == number && self.names[at] == name;
        let mut slot = number as usize & last;
        while self.slots[slot] != FREE && !is_it(self.slots[slot] as usize) {
            slot = (slot + 1) & last;
        }
        slot
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// A decision would be shown at another bug.
        #[test]
        fn the_last_that_is_called_so_is_found(all in prop::collection::vec("[ab#1]{0,2}", 0..40), name in "[ab#1]{0,2}") {
            let names = Names::of(all.iter().map(|name| Cow::Borrowed(name.as_str())).collect());
            prop_assert_eq!(names.last(&name), all.iter().rposition(|other| *other == name));
            let mut apart = all.clone();
            apart.sort();
            apart.dedup();
            prop_assert_eq!(names.are_repeated(), apart.len() < all.len());
        }
    }
}
