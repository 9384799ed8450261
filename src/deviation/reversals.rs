//! The entries that take others back: one that takes such a one back brings back what that took.

use std::collections::HashMap;

use super::entry::Entry;
use crate::triage::Kind;

/// Entries of a log, of which some take others back.
pub struct Reversals<'e>(HashMap<&'e str, &'e Entry>);

/// Those among these.
pub fn reversals<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> Reversals<'e> {
    Reversals(entries.into_iter().map(|entry| (entry.id.as_str(), entry)).collect())
}

impl<'e> Reversals<'e> {
    /// The entry that stands again since this one.
    pub fn brought_back(&self, by: &Entry) -> Option<&'e str> {
        taken_back(self.0.get(taken_back(by)?)?)
    }

    /// The decision that an entry takes back or brings back.
    pub fn meant(&self, by: &Entry) -> Option<Meant<'e>> {
        let brought_back = self.brought_back(by);
        let entry = self.0.get(brought_back.or_else(|| taken_back(by))?)?;
        Some(Meant { entry, is_again: brought_back.is_some() })
    }
}

fn taken_back(by: &Entry) -> Option<&str> {
    by.reverts.as_deref().filter(|_| by.kind == Kind::Reverted)
}

/// A decision that is taken back, or brought back.
#[derive(Clone, Copy, Debug)]
pub struct Meant<'e> {
    /// Its entry.
    pub entry: &'e Entry,
    is_again: bool,
}

impl Meant<'_> {
    /// `finding taken back`, `note brought back`.
    pub fn did(&self) -> String {
        format!("{} {}", noun(self.entry.kind), if self.is_again { "brought back" } else { "taken back" })
    }

    /// `finding taken back: None of the bugs …`, on one line.
    pub fn said(&self) -> String {
        let words = self.entry.told().unwrap_or_default();
        let words: Vec<&str> = words.split_whitespace().collect();
        if words.is_empty() { self.did() } else { format!("{}: {}", self.did(), words.join(" ")) }
    }
}

/// What a decision of this kind is called.
fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Reclassified => "reclassification",
        Kind::Confirmed => "confirmation",
        Kind::Fixed => "fix",
        Kind::NotExecuted => "task not executed",
        other => other.name(),
    }
}
