//! Titles that are the same, or alike; and what shares an id, told apart by them.

use std::collections::{HashMap, HashSet};

use xxhash_rust::xxh3::xxh3_64;

use crate::text::lossy;

/// How many letters of a title tell it from others, where one of two titles is cut short.
const TELLING: usize = 12;

/// Of how many that share an id titles are compared that are not the same. An id that more have tells nothing, and to look
/// through them for each of as many rows would take the square of their number.
const COMPARED: usize = 64;

/// Things that share an id, looked up by their titles.
#[derive(Debug)]
pub(in crate::report) struct Sharing<'a, T> {
    /// The first of each title.
    same: HashMap<u64, T>,
    /// The first few of all.
    compared: Vec<(T, &'a [u8], Sketch)>,
}

impl<T> Default for Sharing<'_, T> {
    fn default() -> Self {
        Sharing { same: HashMap::new(), compared: Vec::new() }
    }
}

impl<'a, T: Copy> Sharing<'a, T> {
    /// Adds something that is called so.
    pub(in crate::report) fn add(&mut self, thing: T, title: &'a [u8]) {
        let letters = letters(title);
        if is_word(&letters) {
            self.same.entry(xxh3_64(letters.as_bytes())).or_insert(thing);
        }
        if self.compared.len() < COMPARED {
            self.compared.push((thing, title, Sketch::of(&letters)));
        }
    }

    /// The first that has this title, else the first that has one alike.
    pub(in crate::report) fn find(&self, title: &[u8]) -> Option<T> {
        let letters = letters(title);
        let same = is_word(&letters).then(|| self.same.get(&xxh3_64(letters.as_bytes()))).flatten();
        same.copied().or_else(|| {
            let sketch = Sketch::of(&letters);
            let alike = |(_, other, theirs): &&(T, &[u8], Sketch)| {
                sketch.may_be_alike(theirs) && are_alike(title, other)
            };
            self.compared.iter().find(alike).map(|(thing, ..)| *thing)
        })
    }
}

/// Which pairs of letters a title has, a bit each; pairs may share a bit.
#[derive(Clone, Copy, Debug)]
struct Sketch {
    bits: [u64; 4],
    pairs: u32,
}

impl Sketch {
    fn of(letters: &str) -> Sketch {
        let mut sketch = Sketch { bits: [0; 4], pairs: 0 };
        for (one, next) in pairs(letters) {
            let bit = (u32::from(one) * 31 + u32::from(next)).wrapping_mul(0x9E37_79B1) >> 24;
            sketch.bits[bit as usize / 64] |= 1 << (bit % 64);
            sketch.pairs += 1;
        }
        sketch
    }

    /// Whether titles that have these may be alike. Never wrong where it denies that.
    fn may_be_alike(&self, other: &Sketch) -> bool {
        self.may_be_in(other) || other.may_be_in(self)
    }

    fn may_be_in(&self, other: &Sketch) -> bool {
        let beyond = self.bits.iter().zip(other.bits).map(|(own, their)| (own & !their).count_ones());
        beyond.sum::<u32>() * 3 <= self.pairs
    }
}

/// What titles are compared by: their letters and digits; none for one that is too short to tell.
pub(in crate::report) fn title_key(title: &[u8]) -> Option<u64> {
    let letters = letters(title);
    (letters.chars().take(TELLING).count() == TELLING).then(|| xxh3_64(letters.as_bytes()))
}

/// Whether one title goes on from the other, or most words of the shorter one are in the longer; never where each has a
/// number that the other has not: `Port 22 is open`, `Port 80 is open`.
pub(super) fn are_alike(a: &[u8], b: &[u8]) -> bool {
    let (a, b) = (letters(a), letters(b));
    if a == b {
        return is_word(&a);
    }
    let (numbers, others) = (numbers(&a), numbers(&b));
    if !numbers.is_subset(&others) && !others.is_subset(&numbers) {
        return false;
    }
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let (short, long): (HashSet<_>, HashSet<_>) = (pairs(short).collect(), pairs(long).collect());
    !short.is_empty() && short.intersection(&long).count() * 3 >= short.len() * 2
}

fn letters(title: &[u8]) -> String {
    if title.is_ascii() {
        let mut letters = title.to_ascii_lowercase();
        letters.retain(u8::is_ascii_alphanumeric);
        return String::from_utf8(letters).unwrap_or_default();
    }
    lossy(title).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn numbers(letters: &str) -> HashSet<&str> {
    letters.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()).collect()
}

/// Whether a single letter is not all there is.
fn is_word(letters: &str) -> bool {
    letters.chars().nth(1).is_some()
}

/// The letters that follow each other, two by two.
fn pairs(letters: &str) -> impl Iterator<Item = (char, char)> {
    letters.chars().zip(letters.chars().skip(1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// A sketch that denied what is alike would make a second bug of a row that speaks of one.
        #[test]
        fn what_is_found_is_alike_and_nothing_alike_is_missed(
            titles in prop::collection::vec("[abÄ语 ]{0,12}", 0..12),
            wanted in "[abÄ语 ]{0,12}",
        ) {
            let mut all = Sharing::default();
            titles.iter().enumerate().for_each(|(at, title)| all.add(at, title.as_bytes()));
            let is_alike = |title: &String| are_alike(wanted.as_bytes(), title.as_bytes());
            let found = all.find(wanted.as_bytes());
            prop_assert_eq!(found.is_some(), titles.iter().any(is_alike));
            prop_assert!(found.is_none_or(|at| is_alike(&titles[at])));
        }
    }

    #[test]
    fn titles_that_each_have_a_number_of_their_own_are_not_alike() {
        assert!(!are_alike(b"Port 22 stands open", b"Port 80 stands open"));
        assert!(are_alike(b"Port 22 stands open", b"Port 22 stands open to 3 nets"));
        assert!(are_alike(b"Port 22 stands open", b"Port stands open"));
    }

    #[test]
    fn the_same_title_comes_before_one_alike_however_many_there_are() {
        let titles: Vec<String> =
            (0..COMPARED * 2).map(|at| format!("The sail rips in storm {at}")).collect();
        let mut all = Sharing::default();
        titles.iter().enumerate().for_each(|(at, title)| all.add(at, title.as_bytes()));
        titles.iter().enumerate().for_each(|(at, title)| assert_eq!(all.find(title.as_bytes()), Some(at)));
        assert_eq!(all.find(b"The sail rips in a storm"), Some(0));
        assert_eq!(all.find(b"A mast bows"), None);
    }
}
