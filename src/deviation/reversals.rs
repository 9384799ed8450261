//! The entries that take others back: one that takes such a one back brings back what that took.

use std::collections::HashMap;

use super::entry::Entry;
use crate::triage::Kind;

/// Entries that take others back, by id, each with what it takes back.
pub struct Reversals<'e>(HashMap<&'e str, &'e str>);

/// Those among these.
pub fn reversals<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> Reversals<'e> {
    let reversals = entries.into_iter().filter(|entry| entry.kind == Kind::Reverted);
    Reversals(reversals.filter_map(|entry| Some((entry.id.as_str(), entry.reverts.as_deref()?))).collect())
}

impl<'e> Reversals<'e> {
    /// The entry that stands again since this one.
    pub fn brought_back(&self, by: &Entry) -> Option<&'e str> {
        self.0.get(by.reverts.as_deref().filter(|_| by.kind == Kind::Reverted)?).copied()
    }
}
