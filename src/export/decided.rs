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
    /// In the log; what is not saved is as if it were not there, and takes nothing back.
    pub saved: bool,
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

    /// Those that pass.
    pub fn that(&self, filter: &Filter) -> Vec<Decided<'_>> {
        let entries = if filter.saved { &self.entries[..self.saved] } else { &self.entries };
        let newest_first = entries.iter().rev();
        let gone = taken_back(newest_first.map(|entry| (Some(entry.id.as_str()), entry.reverts.as_deref())));
        let one = |(at, entry): (usize, _)| decided(entry, at < self.saved, &gone);
        entries.iter().enumerate().filter(|(_, entry)| filter.passes(entry)).map(one).collect()
    }
}

fn decided<'a>(entry: &'a Entry, is_saved: bool, gone: &HashSet<&str>) -> Decided<'a> {
    let stands = entry.kind != Kind::Reverted && !gone.contains(entry.id.as_str());
    Decided { entry, is_saved, stands }
}
