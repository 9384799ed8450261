//! The decisions that are exported: those of the log, then those that wait to be saved.

use std::collections::HashSet;

use jiff::Timestamp;

use crate::deviation::{self, Entry, Log};
use crate::triage::{Kind, Session};

/// A decision, saved or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// What the log says of it, or will.
    pub entry: Entry,
    /// Whether it is in the log.
    pub is_saved: bool,
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

/// The decisions of a log and those pending in a session that pass, oldest first.
pub fn decided(log: &Log, session: &Session, filter: &Filter) -> Vec<Decided> {
    let saved = log.entries.iter().cloned().map(|entry| Decided { entry, is_saved: true });
    let pending = deviation::entries(session, log);
    let pending = pending.into_iter().map(|entry| Decided { entry, is_saved: false });
    saved.chain(pending).filter(|one| filter.passes(&one.entry)).collect()
}

/// Those that still stand: not taken back, and not such as take back others.
pub(super) fn standing(decided: &[Decided]) -> Vec<&Decided> {
    let gone: HashSet<&str> = decided.iter().filter_map(|one| one.entry.reverts.as_deref()).collect();
    let stands = |one: &&Decided| one.entry.kind != Kind::Reverted && !gone.contains(one.entry.id.as_str());
    decided.iter().filter(stands).collect()
}
