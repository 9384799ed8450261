//! What a bug is called where its report gives it no id, or the same id as another.

use std::borrow::Cow;
use std::collections::HashMap;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::{Bug, BugIx, Report};
use crate::text::fetch::{TOGETHER, fetch};
use crate::text::lossy;

/// How many words of a title make a handle.
const WORDS: usize = 8;

/// How many bytes of a title are looked at for them: rows ask for handles with every frame.
const LOOKED_AT: usize = 4 * 1024;

/// Bugs that share their name with an earlier one, and which of them they are, from 2.
pub(super) type Repeats = HashMap<BugIx, u32>;

/// Finds the bugs whose name an earlier one has. A number that would make a name that some bug has is passed
/// over.
pub(super) fn repeats(base: &[u8], bugs: &[Bug]) -> Repeats {
    if ascend(base, bugs) {
        return Repeats::new();
    }
    let named = sorted(base, bugs, |bug| key(base, &bugs[bug.at()]));
    let mut repeats = Repeats::new();
    for same in named.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
        let name = name(base, &bugs[same[0].1.at()]);
        let is_taken = |nth: &u32| {
            let key = xxh3_64(format!("{name}#{nth}").as_bytes());
            named.binary_search_by_key(&key, |(key, _)| *key).is_ok()
        };
        let free = (2..).filter(|nth| !is_taken(nth));
        repeats.extend(same[1..].iter().map(|(_, bug)| *bug).zip(free));
    }
    repeats
}

/// Whether these bugs are called the same as those of another report, in whatever order.
pub(super) fn are_same<'a>(
    (base, bugs): (&[u8], impl Iterator<Item = &'a Bug>),
    (other, others): (&[u8], &[Bug]),
) -> bool {
    let mut names: Vec<u64> = bugs.map(|bug| key(base, bug)).collect();
    let mut others: Vec<u64> = others.par_iter().map(|bug| key(other, bug)).collect();
    names.sort_unstable();
    others.par_sort_unstable();
    names == others
}

/// Whether each bug has an id that comes after the one before it, as where they are counted: then none repeats.
fn ascend(base: &[u8], bugs: &[Bug]) -> bool {
    let id = |bug: &Bug| bug.id.of(base);
    let rises = |pair: &[Bug]| {
        let (before, after) = (id(&pair[0]), id(&pair[1]));
        (before.len(), before) < (after.len(), after) && after.is_ascii()
    };
    let ascend = |first: usize| {
        let bugs = &bugs[first..bugs.len().min(first + TOGETHER + 1)];
        fetch(base, bugs.iter().map(|bug| bug.id.start));
        bugs.windows(2).all(rises)
    };
    bugs.first().is_none_or(|bug| !bug.id.is_empty() && id(bug).is_ascii())
        && (0..bugs.len()).into_par_iter().step_by(TOGETHER).all(ascend)
}

/// Handles looked up by name, whatever its capitals.
#[derive(Clone, Debug)]
pub(super) struct Finder {
    /// What each is told by, and the bug; sorted.
    named: Vec<(u64, BugIx)>,
}

impl Finder {
    /// Takes the handles of all bugs.
    pub(super) fn of(report: &Report) -> Finder {
        Finder { named: sorted(report.base(), report.bugs(), |bug| folded(&report.handle(bug))) }
    }

    /// The bugs that may be called so, in document order.
    pub(super) fn candidates(&self, handle: &str) -> impl Iterator<Item = BugIx> + Clone {
        let key = folded(handle);
        let first = self.named.partition_point(|(known, _)| *known < key);
        self.named[first..].iter().take_while(move |(known, _)| *known == key).map(|(_, bug)| *bug)
    }
}

/// Bugs by what tells their names apart, which is made on all cores.
fn sorted(base: &[u8], bugs: &[Bug], key: impl Fn(BugIx) -> u64 + Sync) -> Vec<(u64, BugIx)> {
    let mut keyed = vec![(0, BugIx(0)); bugs.len()];
    keyed.par_chunks_mut(TOGETHER).enumerate().for_each(|(nth, keyed)| {
        let first = nth * TOGETHER;
        fetch(base, bugs[first..first + keyed.len()].iter().map(|bug| bug.id.start));
        let bugs = (first as u32..).map(BugIx);
        keyed.iter_mut().zip(bugs).for_each(|(keyed, bug)| *keyed = (key(bug), bug));
    });
    keyed.par_sort_unstable();
    keyed
}

/// What handles are looked up by that differ in capitals alone.
fn folded(handle: &str) -> u64 {
    xxh3_64(handle.to_ascii_lowercase().as_bytes())
}

/// The id, or what stands in for it.
pub(super) fn name<'a>(base: &'a [u8], bug: &Bug) -> Cow<'a, str> {
    match bug.id.is_empty() {
        true => slug(bug.title.of(base)).into(),
        false => lossy(bug.id.of(base)),
    }
}

/// What repeats are told by: the name as it is shown, for bytes that are no text look alike.
fn key(base: &[u8], bug: &Bug) -> u64 {
    xxh3_64(name(base, bug).as_bytes())
}

/// What stands in for an id: the first words of the title, in lower case, joined by `-`.
fn slug(title: &[u8]) -> String {
    let title = String::from_utf8_lossy(&title[..title.len().min(LOOKED_AT)]).to_lowercase();
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.take(WORDS).collect::<Vec<_>>().join("-");
    if slug.is_empty() { "untitled".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::methodology::Methodology;
    use crate::report::Report;

    /// Two bugs would have one handle, and the second could never be called.
    #[test]
    fn ids_ascend_only_where_none_can_repeat() {
        let ascend = |ids: &[&str]| {
            let text: String =
                ids.iter().map(|id| format!("### {id}: x\n\n- **Severity:** P1\n\n")).collect();
            let methodology = Arc::new(Methodology::embedded());
            let report = Report::parse(text.as_bytes().into(), &methodology);
            assert_eq!(report.len(), ids.len());
            super::ascend(report.base(), report.bugs())
        };
        assert!(ascend(&["BUG-1", "BUG-2", "BUG-10"]));
        assert!(!ascend(&["BUG-1", "BUG-1"]));
        assert!(!ascend(&["BUG-1", "BUG-3", "BUG-2"]));
    }

    #[test]
    fn a_title_gives_a_handle_that_can_be_typed() {
        assert_eq!(slug("**Größe** of `x.py` — 日本".as_bytes()), "größe-of-x-py-日本");
        assert_eq!(slug(b"--"), "untitled");
        assert_eq!(slug(&b"x".repeat(1 << 20)), "x".repeat(LOOKED_AT));
    }
}
