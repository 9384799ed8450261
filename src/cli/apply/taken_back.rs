//! Entries of an exported log that are taken back in the same file, and those that take them back.

use std::collections::HashSet;

use crate::proposal::{self, Item, Logged, What};
use crate::triage::Kind;

/// The ids of the entries of a file that are taken back in it.
pub(super) struct TakenBack(HashSet<String>);

impl TakenBack {
    pub(super) fn of(items: &proposal::Items<'_>) -> TakenBack {
        let logged = || items.iter().flatten().filter_map(logged);
        let known: HashSet<&str> = logged().map(|entry| entry.id.as_str()).collect();
        let gone = logged().filter(|entry| is_revert(entry)).filter_map(|entry| entry.reverts.clone());
        TakenBack(gone.filter(|id| known.contains(id.as_str())).collect())
    }

    /// Whether an item is one of those, or takes one back.
    pub(super) fn has(&self, item: &Item<'_>) -> bool {
        let Some(entry) = logged(item) else { return false };
        let takes_back = |id: &String| is_revert(entry) && self.0.contains(id);
        self.0.contains(&entry.id) || entry.reverts.as_ref().is_some_and(takes_back)
    }
}

fn logged<'i>(item: &'i Item<'_>) -> Option<&'i Logged> {
    if let What::Logged(logged) = &item.what { Some(logged) } else { None }
}

fn is_revert(entry: &Logged) -> bool {
    Kind::named(&entry.kind) == Some(Kind::Reverted)
}
