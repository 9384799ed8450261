//! Which entries of a log are taken back: an entry that is taken back itself takes none back any more.

use std::collections::HashSet;

/// The entries that are taken back, of entries by id, each with the one that it takes back, newest first.
pub fn taken_back<'e>(
    entries: impl IntoIterator<Item = (Option<&'e str>, Option<&'e str>)>,
) -> HashSet<&'e str> {
    let mut gone = HashSet::new();
    for (entry, reverts) in entries {
        if entry.is_none_or(|entry| !gone.contains(entry)) {
            gone.extend(reverts);
        }
    }
    gone
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A decision that was brought back would be left out of exports and summaries.
    #[test]
    fn what_is_brought_back_is_not_taken_back() {
        let log = [("a", None), ("b", Some("a")), ("c", Some("b")), ("d", Some("a")), ("e", Some("d"))];
        let gone = |length: usize| {
            let entries = log[..length].iter().rev().map(|(entry, reverts)| (Some(*entry), *reverts));
            let mut gone: Vec<&str> = taken_back(entries).into_iter().collect();
            gone.sort_unstable();
            gone.concat()
        };
        assert_eq!([1, 2, 3, 4, 5].map(gone), ["", "a", "b", "ab", "bd"]);
    }
}
