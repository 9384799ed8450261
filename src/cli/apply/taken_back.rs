//! Entries of an exported log that are taken back in the same file, and those that take others of it back.

use std::collections::HashSet;

use crate::proposal::{self, Item, Logged, What};
use crate::triage::{Kind, taken_back};

/// The ids of the entries of a file.
pub(super) struct TakenBack {
    known: HashSet<String>,
    /// Those of them that are taken back in it.
    gone: HashSet<String>,
}

impl TakenBack {
    pub(super) fn of<'i>(items: &'i proposal::Items<'_>) -> TakenBack {
        let logged: Vec<&Logged> = items.iter().flatten().filter_map(logged).collect();
        let reverts = |entry: &'i Logged| entry.reverts.as_deref().filter(|_| is_revert(entry));
        let newest_first = logged.iter().rev().map(|entry| (Some(entry.id.as_str()), reverts(entry)));
        let gone = taken_back(newest_first).into_iter().map(str::to_owned).collect();
        TakenBack { known: logged.iter().map(|entry| entry.id.clone()).collect(), gone }
    }

    /// Whether an item is one that is taken back, or takes another of the file back.
    pub(super) fn has(&self, item: &Item<'_>) -> bool {
        let Some(entry) = logged(item) else { return false };
        let takes_back = |id: &String| is_revert(entry) && self.known.contains(id);
        self.gone.contains(&entry.id) || entry.reverts.as_ref().is_some_and(takes_back)
    }
}

fn logged<'i>(item: &'i Item<'_>) -> Option<&'i Logged> {
    if let What::Logged(logged) = &item.what { Some(logged) } else { None }
}

fn is_revert(entry: &Logged) -> bool {
    Kind::named(&entry.kind) == Some(Kind::Reverted)
}
