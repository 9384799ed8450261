//! Decisions as CSV after RFC 4180, a row for each bug of each decision, safe to open in a spreadsheet.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return for a formula, quoted or
//! not. Such a cell gets a `'` before it.

use super::Decided;
use crate::deviation::{BugRecord, ClaimRecord, Entry, FromTo};
use crate::text::display;
use crate::triage::Answer;

/// The columns.
const COLUMNS: [&str; 23] = [
    "entry",
    "at",
    "by",
    "kind",
    "saved",
    "bug",
    "title",
    "severity_from",
    "severity_to",
    "scope_from",
    "scope_to",
    "status_from",
    "status_to",
    "fields",
    "seen",
    "claims",
    "details",
    "rationale",
    "rule",
    "suggestion",
    "suggested-by",
    "policy",
    "reverts",
];

/// The line of column names.
pub(super) fn head() -> String {
    row(COLUMNS.map(str::to_owned))
}

/// The row of a decision for one of its bugs; of one about none, that without a bug.
pub(super) fn told(one: &Decided<'_>, bug: Option<&BugRecord>) -> String {
    row(cells(one, bug.unwrap_or(&BugRecord::default()), bug.is_some()))
}

fn cells(one: &Decided<'_>, bug: &BugRecord, has_bug: bool) -> [String; 23] {
    let Entry {
        id,
        at,
        by,
        kind,
        claims,
        details,
        rationale,
        rule,
        suggestion,
        suggested_by,
        policy,
        reverts,
        ..
    } = one.entry;
    let fields = bug.fields.iter().map(|(name, change)| format!("{name}: {}", arrow(change)));
    let details = details.iter().map(|(name, text)| format!("{name}: {text}"));
    [
        id.clone(),
        at.to_string(),
        by.clone(),
        kind.name().to_owned(),
        one.is_saved.to_string(),
        bug.id.to_string(),
        bug.title.clone(),
        from(&bug.severity),
        to(&bug.severity),
        from(&bug.scope),
        to(&bug.scope),
        from(&bug.status),
        to(&bug.status),
        lines(fields),
        if has_bug { bug.seen.to_string() } else { String::new() },
        lines(claims.iter().map(claim)),
        lines(details),
        rationale.clone(),
        rule.map(|rule| rule.to_string()).unwrap_or_default(),
        suggestion.clone().unwrap_or_default(),
        suggested_by.clone().unwrap_or_default(),
        lines(policy.iter().map(Answer::said)),
        reverts.clone().unwrap_or_default(),
    ]
}

fn from(change: &Option<FromTo>) -> String {
    change.as_ref().and_then(|change| change.from.as_deref()).unwrap_or_default().to_owned()
}

fn to(change: &Option<FromTo>) -> String {
    change.as_ref().and_then(|change| change.to.as_deref()).unwrap_or_default().to_owned()
}

fn lines(texts: impl Iterator<Item = String>) -> String {
    texts.collect::<Vec<_>>().join("\n")
}

/// `line 11: P0 22 → 6`
fn claim(claim: &ClaimRecord) -> String {
    format!("line {}: {}", claim.line, claim.said())
}

fn arrow(change: &FromTo) -> String {
    let [from, to] = [&change.from, &change.to].map(|word| word.as_deref().unwrap_or_default());
    format!("{from} → {to}")
}

fn row(cells: [String; 23]) -> String {
    let cells = cells.map(|text| cell(&text));
    format!("{}\r\n", cells.join(","))
}

fn cell(text: &str) -> String {
    let text = &text.split('\n').map(display::visible_str).collect::<Vec<_>>().join("\n");
    let safe = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    match text.contains(['"', ',', '\r', '\n']) || text.starts_with(' ') || text.ends_with(' ') {
        true => format!("\"{safe}{}\"", text.replace('"', "\"\"")),
        false => format!("{safe}{text}"),
    }
}
