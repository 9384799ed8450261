//! What the log says of the bugs that the open report still has.

use super::entry::{BugRecord, Entry, FromTo};
use super::handles::Handles;
use super::term;
use crate::methodology::{FieldKind, Methodology};
use crate::report::{BugIx, Report, To};
use crate::triage::{Past, Set};

/// How many different changes of one entry are put into words.
const CHANGES: usize = 6;

/// The entries in terms of the report, in their order. Bugs are found by id and title, else by handle; those that the
/// report no longer has are left out, and so is a level that the methodology no longer knows.
pub fn past<'e>(
    entries: impl IntoIterator<Item = &'e Entry>,
    report: &Report,
    methodology: &Methodology,
) -> Vec<Past> {
    let mut entries = entries.into_iter().peekable();
    if entries.peek().is_none() {
        return Vec::new();
    }
    let handles = Handles::of(report);
    entries.map(|entry| past_of(entry, &handles, methodology)).collect()
}

fn past_of(entry: &Entry, handles: &Handles<'_>, methodology: &Methodology) -> Past {
    let before =
        |bug: &BugRecord| Some((handles.find_titled(&bug.id, &bug.title)?, before(bug, methodology)));
    let before: Vec<(BugIx, Set)> = entry.bugs.iter().filter_map(before).collect();
    Past {
        entry: entry.id.clone(),
        kind: entry.kind,
        reverts: entry.reverts.clone(),
        by: entry.by.clone(),
        at: entry.at,
        rationale: entry.rationale.clone(),
        rule: entry.rule,
        changed: changed(entry),
        before,
    }
}

/// What an entry changed, in a few words: each kind of change once, in the order of its bugs.
fn changed(entry: &Entry) -> String {
    let mut said: Vec<String> = Vec::new();
    for bug in &entry.bugs {
        let known = [("", &bug.severity), ("scope ", &bug.scope), ("status ", &bug.status)];
        let known = known.into_iter().filter_map(|(name, change)| Some((name, change.as_ref()?)));
        for text in known.map(|(name, change)| format!("{name}{}", arrow(change))) {
            if !said.contains(&text) && said.len() < CHANGES {
                said.push(text);
            }
        }
    }
    said.join(", ")
}

/// `P0 → P2`; `–` stands for nothing.
fn arrow(change: &FromTo) -> String {
    let word = |word: &Option<String>| word.clone().unwrap_or_else(|| "–".to_owned());
    format!("{} → {}", word(&change.from), word(&change.to))
}

/// What the bug was before, of what the decision touched.
fn before(bug: &BugRecord, methodology: &Methodology) -> Set {
    let text = |value: &Option<FromTo>| match value {
        Some(value) => To::from_option(value.from.clone()),
        None => To::Keep,
    };
    let severity = bug.severity.as_ref().map_or(To::Keep, |value| match &value.from {
        Some(key) => term::level(methodology, key).map_or(To::Keep, To::Value),
        None => To::Clear,
    });
    let scope = bug.scope.as_ref().map_or(To::Keep, |value| {
        To::from_option(value.from.as_deref().map(|key| term::scope_written(methodology, key)))
    });
    let is_own = |name: &str| {
        let kind = methodology.fields().kind_of(name.as_bytes());
        !matches!(kind, Some(FieldKind::Severity | FieldKind::Scope | FieldKind::Status))
    };
    let fields = bug.fields.iter().filter(|(name, _)| is_own(name));
    let fields = fields.map(|(name, value)| (name.clone(), To::from_option(value.from.clone())));
    Set { severity, scope, status: text(&bug.status), fields: fields.collect() }
}
