//! Decisions as a Markdown table, a row for each bug of each decision.

use super::Decided;
use super::inline::cell;
use crate::deviation::{BugRecord, ClaimRecord, Entry};
use crate::triage::Answer;

/// How the line of column names begins.
pub(super) const START: &str = "| At | By | Decision | Bug | Title | Change | Why | Rule |";

/// The line of column names and the one below it.
pub(super) fn head() -> String {
    let rest = ["Suggested by", "Policy", "Entry", "Takes back", "Saved"];
    let below = "----|".repeat(8 + rest.len());
    format!("{START} {} |\n|{below}\n", rest.join(" | "))
}

/// The row of a decision for one of its bugs; of one about none, that without a bug.
pub(super) fn told(one: &Decided<'_>, bug: Option<&BugRecord>) -> String {
    match bug {
        Some(bug) => row(one, &bug.id, &bug.title, &changes(bug)),
        None => row(one, "", "", &of_none(one.entry)),
    }
}

fn row(one: &Decided<'_>, bug: &str, title: &str, change: &str) -> String {
    let Entry { id, at, by, kind, rationale, rule, policy, reverts, .. } = one.entry;
    let at = at.strftime("%Y-%m-%d %H:%M:%SZ").to_string();
    let rule = rule.map(|rule| rule.to_string()).unwrap_or_default();
    let saved = if one.is_saved { "yes" } else { "no" };
    let policy = policy.iter().map(Answer::said).collect::<Vec<_>>().join("; ");
    let (suggested, reverts) = (suggested(one.entry), reverts.as_deref().unwrap_or_default());
    let cells =
        [&at, by, kind.name(), bug, title, change, rationale, &rule, &suggested, &policy, id, reverts, saved];
    format!("| {} |\n", cells.map(cell).join(" | "))
}

/// The rule of the suggestion that was accepted, and who proposed it.
fn suggested(entry: &Entry) -> String {
    let rule = entry.suggestion.as_ref().map(|rule| format!("rule {rule}"));
    rule.into_iter().chain(entry.suggested_by.clone()).collect::<Vec<_>>().join(", ")
}

/// What a decision about no bug tells.
fn of_none(entry: &Entry) -> String {
    let claims = entry.claims.iter().map(ClaimRecord::said);
    let details = entry.details.iter().map(|(name, text)| format!("{name}: {text}"));
    claims.chain(details).collect::<Vec<_>>().join(", ")
}

/// What became of a bug: `P0 → P2, scope – → configuration`.
pub(super) fn changes(bug: &BugRecord) -> String {
    bug.said().collect::<Vec<_>>().join(", ")
}
