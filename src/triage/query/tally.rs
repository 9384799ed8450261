//! How many bugs each of several values would leave.

use std::sync::atomic::AtomicBool;

use super::judge::Judge;
use super::search::strides;
use super::term::{Term, Test};
use super::{Known, Query};
use crate::report::BugIx;
use crate::triage::Session;

/// Values of one kind, of which a filter may have some.
pub(super) struct Group {
    /// The terms of the filter that these values would take the place of.
    pub(super) own: Vec<Term>,
    /// The values.
    pub(super) values: Vec<Term>,
}

/// For each value of each group, how many bugs hold it that `rest` and the own terms of all other groups
/// leave; `None` where `overtaken` became true before the end.
pub(super) fn tally(
    rest: &Query,
    groups: &[Group],
    session: &Session,
    known: &Known,
    overtaken: &AtomicBool,
) -> Option<Vec<Vec<usize>>> {
    let judge = Judge::new(session, known);
    let none = || groups.iter().map(|group| vec![0; group.values.len()]).collect::<Vec<_>>();
    let counts = strides(session.report(), None, overtaken, |bugs| {
        let mut counts = none();
        judge.leaves(bugs, rest, |bug, _| count(&judge, groups, bug, &mut counts));
        counts
    })?;
    Some(counts.into_iter().fold(none(), |all, more| {
        let add = |(all, more): (Vec<usize>, Vec<usize>)| all.iter().zip(more).map(|(a, b)| a + b).collect();
        all.into_iter().zip(more).map(add).collect()
    }))
}

/// Counts a bug in every group whose own terms are the only ones that may not hold for it.
fn count(judge: &Judge<'_>, groups: &[Group], bug: BugIx, counts: &mut [Vec<usize>]) {
    let fails = |group: &Group| !group.own.iter().all(|term| judge.holds(term, bug));
    let failing: Vec<bool> = groups.iter().map(fails).collect();
    let failures = failing.iter().filter(|fails| **fails).count();
    for ((group, counts), fails) in groups.iter().zip(counts).zip(failing) {
        if failures == usize::from(fails) {
            values(judge, &group.values, bug, counts);
        }
    }
}

/// Counts a bug for the values that it has. Its scope and its status are read once.
fn values(judge: &Judge<'_>, values: &[Term], bug: BugIx, counts: &mut [usize]) {
    let asks = |of: fn(&Test) -> bool| values.iter().any(|term| of(&term.test));
    let scope = asks(|test| matches!(test, Test::Scope(_))).then(|| judge.scope(bug));
    let status = asks(|test| matches!(test, Test::Status(_))).then(|| judge.status(bug));
    for (term, count) in values.iter().zip(counts) {
        let passes = match &term.test {
            Test::Scope(scopes) => scope.is_some_and(|scope| scopes.contains(&scope)),
            Test::Status(statuses) => status.is_some_and(|status| statuses.contains(&status)),
            test => judge.passes(test, bug),
        };
        *count += usize::from(passes != term.negated);
    }
}
