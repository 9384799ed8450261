//! What a bug is called where its report gives it no id, or the same id as another.

use std::collections::HashMap;

use xxhash_rust::xxh3::xxh3_64;

use super::{Bug, BugIx};

/// How many words of a title make a handle.
const WORDS: usize = 8;

/// Bugs that share their name with an earlier one, and which of them they are, from 2.
pub(super) type Repeats = HashMap<BugIx, u32>;

/// Finds the bugs whose name an earlier one has.
pub(super) fn repeats(base: &[u8], bugs: &[Bug]) -> Repeats {
    let mut named: Vec<(u64, u32)> =
        (0..bugs.len() as u32).map(|at| (key(base, &bugs[at as usize]), at)).collect();
    named.sort_unstable();
    let same = named.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1);
    same.flat_map(|same| same.iter().zip(1..).skip(1).map(|((_, at), nth)| (BugIx(*at), nth))).collect()
}

/// The name that repeats are told by: the id, or what stands in for it.
fn key(base: &[u8], bug: &Bug) -> u64 {
    match bug.id.is_empty() {
        true => xxh3_64(slug(bug.title.of(base)).as_bytes()),
        false => xxh3_64(bug.id.of(base)),
    }
}

/// What stands in for an id: the first words of the title, in lower case, joined by `-`.
pub(super) fn slug(title: &[u8]) -> String {
    let title = String::from_utf8_lossy(title).to_lowercase();
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.take(WORDS).collect::<Vec<_>>().join("-");
    if slug.is_empty() { "untitled".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_gives_a_handle_that_can_be_typed() {
        assert_eq!(slug("**Größe** of `x.py` — 日本".as_bytes()), "größe-of-x-py-日本");
        assert_eq!(slug(b"--"), "untitled");
    }
}
