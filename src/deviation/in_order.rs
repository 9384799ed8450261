//! Bugs that are looked for in the order in which they stand in a report, or most of them: each is where the one before it
//! was, or next to it, and no table of all names is made.

use std::borrow::Cow;

use rayon::prelude::*;

use super::handles::Handles;
use crate::report::{BugIx, Report};

/// How many are looked for one after the other, beginning with one that is looked up.
const TOGETHER: usize = 1024;

/// For each of some things the bug of a report that it is about, where that follows the one of the thing before it. `handle` is
/// what the bug of a thing is called, and `is_of` whether a thing is about a bug. Of few things none is looked for.
pub fn in_order<'h, T: Sync>(
    report: &Report,
    things: &[T],
    handle: impl Fn(&T) -> Cow<'h, str>,
    is_of: impl Fn(&T, BugIx) -> bool + Sync,
) -> Vec<Option<BugIx>> {
    let mut found = vec![None; things.len()];
    if things.len() < TOGETHER {
        return found;
    }
    let firsts: Vec<Cow<'h, str>> = things.chunks(TOGETHER).map(|some| handle(&some[0])).collect();
    let handles = Handles::called(report, firsts.iter().map(|first| &**first));
    let some = found.par_chunks_mut(TOGETHER).zip(things.par_chunks(TOGETHER)).zip(&firsts);
    some.for_each(|((found, things), first)| {
        let mut next = handles.find(first);
        for (found, thing) in found.iter_mut().zip(things) {
            *found = next.filter(|bug| bug.at() < report.len() && is_of(thing, *bug));
            next = found.map_or(next, |bug| Some(BugIx(bug.0 + 1)));
        }
    });
    found
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::methodology::Methodology;

    /// What a long log says would be looked up bug by bug, or told of another bug.
    #[test]
    fn bugs_in_order_are_found_and_none_is_taken_for_another() {
        let bug = |at: usize| format!("### BUG-{at}: Title {at}\n\n- **Severity:** P1\n\n");
        let text: String = (0..5 * TOGETHER).map(bug).collect();
        let report = Report::parse(text.into_bytes().into(), &Arc::new(Methodology::embedded()));
        let moved = (3 * TOGETHER + 7..5 * TOGETHER).chain(7..3 * TOGETHER + 7);
        let things: Vec<usize> = moved.map(|at| if at % 1000 == 999 { at + 1_000_000 } else { at }).collect();
        let name = |at: &usize| format!("BUG-{at}");
        let found =
            in_order(&report, &things, |at| name(at).into(), |at, bug| report.handle(bug) == name(at));
        let of = |(at, bug): (&usize, &Option<BugIx>)| bug.is_none_or(|bug| bug.at() == *at);
        assert!(things.iter().zip(&found).all(of));
        let missed = found.iter().filter(|bug| bug.is_none()).count();
        assert!(missed < TOGETHER + 10, "{missed} missed");
        let few = in_order(&report, &things[..10], |at| name(at).into(), |_, _| true);
        assert_eq!(few, [None; 10]);
    }
}
