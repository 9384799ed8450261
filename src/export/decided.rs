//! The decisions that are exported: those of the log, then those that wait to be saved.

use std::collections::HashSet;

use jiff::Timestamp;

use crate::deviation::{self, Entry, Log};
use crate::triage::{Kind, Session, taken_back};

/// A decision, saved or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decided<'a> {
    /// What the log says of it, or will.
    pub entry: &'a Entry,
    /// Whether it is in the log.
    pub is_saved: bool,
    /// Whether it still stands: not taken back by any decision, exported or not, and not such as takes back others.
    pub stands: bool,
}

/// Which decisions are exported; all conditions have to hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Not before this time.
    pub since: Option<Timestamp>,
    /// By somebody whose name or address has this in it; case does not matter.
    pub by: Option<String>,
    /// Of one of these kinds; of any where there are none.
    pub kinds: Vec<Kind>,
}

impl Filter {
    fn passes(&self, entry: &Entry) -> bool {
        let by = self.by.as_deref().map(str::to_lowercase);
        self.since.is_none_or(|since| entry.at >= since)
            && by.is_none_or(|by| entry.by.to_lowercase().contains(&by))
            && (self.kinds.is_empty() || self.kinds.contains(&entry.kind))
    }
}

/// All decisions on a report, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Decisions {
    /// Those of the log, then those that wait.
    entries: Vec<Entry>,
    saved: usize,
}

impl Decisions {
    /// Those of a log and those pending in a session.
    pub fn of(log: Log, session: &Session) -> Decisions {
        let pending = deviation::entries(session, &log);
        let saved = log.entries.len();
        let mut entries = log.entries;
        entries.extend(pending);
        Decisions { entries, saved }
    }

    /// Those of the log; what is not saved is as if it were not there, and takes nothing back.
    #[must_use]
    pub fn as_saved(mut self) -> Decisions {
        self.entries.truncate(self.saved);
        self
    }

    /// Those that pass.
    pub fn that(&self, filter: &Filter) -> Vec<Decided<'_>> {
        self.all().filter(|one| filter.passes(one.entry)).collect()
    }

    /// The ids of those that do not stand.
    pub fn fallen(&self) -> HashSet<&str> {
        self.all().filter(|one| !one.stands).map(|one| one.entry.id.as_str()).collect()
    }

    fn all(&self) -> impl Iterator<Item = Decided<'_>> {
        let newest_first = self.entries.iter().rev();
        let gone = taken_back(newest_first.map(|entry| (Some(entry.id.as_str()), entry.reverts.as_deref())));
        let all = self.entries.iter().enumerate();
        all.map(move |(at, entry)| decided(entry, at < self.saved, &gone))
    }
}

fn decided<'a>(entry: &'a Entry, is_saved: bool, gone: &HashSet<&str>) -> Decided<'a> {
    let stands = entry.kind != Kind::Reverted && !gone.contains(entry.id.as_str());
    Decided { entry, is_saved, stands }
}
