//! Decisions as a Markdown table, a row for each bug of each decision.

use super::Decided;
use super::inline::cell;
use crate::deviation::{BugRecord, Entry, FromTo};

/// The line of column names and the one below it.
pub(super) fn head() -> String {
    let head = "| At | By | Decision | Bug | Title | Change | Why | Rule | Saved |\n";
    format!("{head}|----|----|----|----|----|----|----|----|----|\n")
}

/// The rows of a decision; one about no bug has a row without a bug.
pub(super) fn rows(one: &Decided<'_>) -> impl Iterator<Item = String> {
    let bugs = &one.entry.bugs;
    let none = bugs.is_empty().then(|| row(one, "", "", &told(one.entry)));
    none.into_iter()
        .chain(bugs.iter().map(move |bug| row(one, &bug.id, &bug.title, &changes(bug).join(", "))))
}

fn row(one: &Decided<'_>, bug: &str, title: &str, change: &str) -> String {
    let Entry { at, by, kind, rationale, rule, .. } = one.entry;
    let at = at.strftime("%Y-%m-%d %H:%M:%SZ").to_string();
    let rule = rule.map(|rule| rule.to_string()).unwrap_or_default();
    let saved = if one.is_saved { "yes" } else { "no" };
    let cells = [&at, by, kind.name(), bug, title, change, rationale, &rule, saved];
    format!("| {} |\n", cells.map(cell).join(" | "))
}

/// What a decision about no bug tells.
fn told(entry: &Entry) -> String {
    let claims = entry.claims.iter().map(|claim| format!("{} → {}", claim.from, claim.to));
    let details = entry.details.iter().map(|(name, text)| format!("{name}: {text}"));
    claims.chain(details).collect::<Vec<_>>().join(", ")
}

/// What became of a bug, in words: `P0 → P2`, `scope: – → configuration`.
pub(super) fn changes(bug: &BugRecord) -> Vec<String> {
    let word = |word: &Option<String>| word.clone().unwrap_or_else(|| String::from("–"));
    let arrow = |change: &FromTo| format!("{} → {}", word(&change.from), word(&change.to));
    let known = [("", &bug.severity), ("scope ", &bug.scope), ("status ", &bug.status)];
    let known = known.into_iter().filter_map(|(name, change)| Some((name, change.as_ref()?)));
    let known = known.map(|(name, change)| format!("{name}{}", arrow(change)));
    known.chain(bug.fields.iter().map(|(name, change)| format!("{name} {}", arrow(change)))).collect()
}
