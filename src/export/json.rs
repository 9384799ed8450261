//! A decision as JSON, member for member as in the log, and many of them as one document or a line each.
//!
//! Characters that a terminal would obey or hide are escaped, which is the same JSON.

use serde::{Serialize, Serializer};

use super::Decided;
use crate::deviation::{ClaimRecord, Entry, FromTo};
use crate::text::display;
use crate::text::hidden::Reader;
use crate::triage::Answer;

/// A decision as a member of a JSON array.
pub(super) fn member(one: &Decided<'_>) -> String {
    let text = serde_json::to_string_pretty(&Told::with_state(one)).expect(KEYS);
    format!("  {}", escaped(&text).replace('\n', "\n  "))
}

/// A decision as an object on a line of its own.
pub(super) fn line(one: &Decided<'_>) -> String {
    escaped(&serde_json::to_string(&Told::with_state(one)).expect(KEYS)) + "\n"
}

const KEYS: &str = "every map of a decision has text for keys";

/// The same JSON with every character escaped that a terminal would obey or hide, but for the ends of its lines.
///
/// What is plain is copied as it stands; the reader need know no more of it than its end.
pub fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + 16);
    let mut reader = Reader::default();
    let mut rest = json;
    while let Some(c) = rest[display::plain(rest)..].chars().next() {
        let (plain, behind) = rest.split_at(display::plain(rest));
        plain.chars().next_back().map(|last| reader.next(last));
        out.push_str(plain);
        match reader.next(c) {
            Some(_) if c != '\n' => {
                c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}")));
            }
            _ => out.push(c),
        }
        rest = &behind[c.len_utf8()..];
    }
    out + rest
}

/// An entry of the log as JSON.
#[derive(Debug, Serialize)]
pub struct Told<'a> {
    id: &'a str,
    prev: &'a [String],
    at: String,
    by: &'a str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    saved: Option<bool>,
    bugs: Vec<ToldBug<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    claims: Vec<ToldClaim<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    details: Vec<ToldDetail<'a>>,
    rationale: &'a str,
    rule: Option<u8>,
    suggestion: Option<&'a str>,
    #[serde(rename = "suggested-by", skip_serializing_if = "Option::is_none")]
    suggested_by: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    policy: Vec<ToldAnswer<'a>>,
    reverts: Option<&'a str>,
}

/// A text about the report as a whole, by name.
#[derive(Debug, Serialize)]
struct ToldDetail<'a> {
    name: &'a str,
    text: &'a str,
}

#[derive(Debug, Serialize)]
struct ToldBug<'a> {
    id: &'a str,
    title: &'a str,
    severity: Option<ToldChange<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    written: Option<&'a str>,
    scope: Option<ToldChange<'a>>,
    status: Option<ToldChange<'a>>,
    #[serde(serialize_with = "by_name")]
    fields: Vec<(&'a str, ToldChange<'a>)>,
    seen: bool,
}

/// Fields by name in the order in which they were written: applied elsewhere, they are inserted in it.
fn by_name<S: Serializer>(fields: &[(&str, ToldChange<'_>)], out: S) -> Result<S::Ok, S::Error> {
    out.collect_map(fields.iter().map(|(name, change)| (name, change)))
}

#[derive(Debug, Serialize)]
struct ToldChange<'a> {
    from: Option<&'a str>,
    to: Option<&'a str>,
}

impl<'a> ToldChange<'a> {
    fn of(change: &'a FromTo) -> ToldChange<'a> {
        ToldChange { from: change.from.as_deref(), to: change.to.as_deref() }
    }
}

#[derive(Debug, Serialize)]
struct ToldClaim<'a> {
    line: usize,
    place: &'a str,
    level: Option<&'a str>,
    status: Option<&'a str>,
    from: i64,
    to: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    reported: Option<u64>,
}

impl<'a> ToldClaim<'a> {
    fn of(claim: &'a ClaimRecord) -> ToldClaim<'a> {
        let (level, status) = (claim.level.as_deref(), claim.status.as_deref());
        let ClaimRecord { line, ref place, from, to, reported, .. } = *claim;
        ToldClaim { line, place, level, status, from, to, reported }
    }
}

#[derive(Debug, Serialize)]
struct ToldAnswer<'a> {
    guard: &'a str,
    reason: Option<&'a str>,
}

impl<'a> ToldAnswer<'a> {
    fn of(answer: &'a Answer) -> ToldAnswer<'a> {
        ToldAnswer { guard: &answer.guard, reason: answer.reason.as_deref() }
    }
}

impl<'a> Told<'a> {
    /// The entry, of which it goes without saying that it is saved.
    pub fn of(entry: &'a Entry) -> Told<'a> {
        let bugs = entry.bugs.iter().map(|bug| ToldBug {
            id: &bug.id,
            title: &bug.title,
            severity: bug.severity.as_ref().map(ToldChange::of),
            written: bug.written.as_deref(),
            scope: bug.scope.as_ref().map(ToldChange::of),
            status: bug.status.as_ref().map(ToldChange::of),
            fields: bug.fields.iter().map(|(name, change)| (name.as_str(), ToldChange::of(change))).collect(),
            seen: bug.seen,
        });
        Told {
            id: &entry.id,
            prev: &entry.prev,
            at: entry.at.to_string(),
            by: &entry.by,
            kind: entry.kind.name(),
            saved: None,
            bugs: bugs.collect(),
            claims: entry.claims.iter().map(ToldClaim::of).collect(),
            details: entry.details.iter().map(|(name, text)| ToldDetail { name, text }).collect(),
            rationale: &entry.rationale,
            rule: entry.rule,
            suggestion: entry.suggestion.as_deref(),
            suggested_by: entry.suggested_by.as_deref(),
            policy: entry.policy.iter().map(ToldAnswer::of).collect(),
            reverts: entry.reverts.as_deref(),
        }
    }

    fn with_state(one: &Decided<'a>) -> Told<'a> {
        Told { saved: Some(one.is_saved), ..Told::of(one.entry) }
    }
}
