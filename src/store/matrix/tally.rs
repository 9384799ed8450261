//! What came of many runs.

use std::collections::BTreeMap;
use std::fmt;

use super::seen::Seen;

/// How many runs that went wrong are told in full.
const TOLD: usize = 40;

/// What came of some runs.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    /// How many things went wrong on purpose.
    pub(super) injected: usize,
    /// How many decisions that had shown are nowhere.
    pub(super) lost: usize,
    /// How many are there more than once.
    pub(super) doubled: usize,
    /// How many times the report and the log did not go together.
    pub(super) orphaned: usize,
    /// What else was not as it should be, in sentences.
    wrong: Vec<String>,
}

impl Tally {
    /// Nothing yet came of so many things going wrong.
    pub(super) fn after(injected: usize) -> Tally {
        Tally { injected, ..Tally::default() }
    }

    pub(super) fn wrong(&mut self, what: String) {
        self.wrong.push(what);
    }

    pub(super) fn is_bad(&self) -> bool {
        self.lost + self.doubled + self.orphaned + self.wrong.len() > 0
    }

    /// The same, every sentence saying which run it was.
    pub(super) fn named(mut self, run: impl Fn() -> String) -> Tally {
        self.wrong.iter_mut().for_each(|what| *what = format!("{}: {what}", run()));
        self
    }

    /// Holds what was found against what may be.
    pub(super) fn compare(&mut self, found: &Seen, may_be: &[Seen]) {
        if may_be.contains(found) {
            return;
        }
        let mut times: BTreeMap<&str, usize> = BTreeMap::new();
        found.kept().for_each(|name| *times.entry(name).or_default() += 1);
        self.doubled += times.values().filter(|times| **times > 1).count();
        let shown =
            may_be[0].kept().filter(|name| may_be.iter().all(|seen| seen.kept().any(|kept| kept == *name)));
        self.lost += shown.filter(|name| !times.contains_key(name.as_str())).count();
        let together = |seen: &Seen| (&seen.report, &seen.log) == (&found.report, &found.log);
        self.orphaned += usize::from(!may_be.iter().any(together));
        self.wrong(format!("found {found:?}\nwhere may be {may_be:?}"));
    }

    pub(super) fn and(mut self, other: Tally) -> Tally {
        self.injected += other.injected;
        self.lost += other.lost;
        self.doubled += other.doubled;
        self.orphaned += other.orphaned;
        self.wrong.extend(other.wrong);
        self
    }

    /// Fails the test where anything is wrong, with the first of it.
    pub(super) fn expect_well(&self) {
        let told = self.wrong.iter().take(TOLD).cloned().collect::<Vec<_>>().join("\n\n");
        assert!(!self.is_bad(), "{self}; {} things wrong:\n{told}", self.wrong.len());
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Tally { injected, lost, doubled, orphaned, .. } = self;
        write!(out, "{injected} faults injected, {lost} lost, {doubled} doubled, {orphaned} orphaned")
    }
}
