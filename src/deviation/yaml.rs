//! The YAML of an entry: written by hand, so that its shape never depends on a library, and read
//! back as it was written ([`exact`]) or else through [`crate::yaml`].

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;

use compact_str::CompactString;
use jiff::Timestamp;
use rayon::prelude::*;
use serde::Deserialize;

use super::back::{self, BackText};
use super::chain;
use super::cut::Cut;
use super::entry::{BugRecord, ClaimRecord, Entry, FromTo};
use super::exact;
use super::scalar::{Place, literal, scalar};
use crate::text::WayBack;
use crate::triage::{Answer, Kind};
use crate::yaml::{Document, Mapping};

/// How many bugs are written together on one core.
const TOGETHER: usize = 1 << 10;

/// How many times as many are written before what they say is put together.
const AT_ONCE: usize = 64;

/// About how many bytes one of them takes.
const LENGTH: usize = 160;

/// How the document of an entry with this id begins.
pub(super) fn head(id: &str) -> String {
    ["---\n", chain::ID, &chain::written(id), "\n"].concat()
}

/// The document of an entry.
pub(super) fn document(entry: &Entry) -> String {
    let mut out = head(&entry.id);
    put_body(&mut out, entry);
    out
}

/// Appends what follows the `id:` line of an entry: all that its id is made from.
pub(super) fn put_body(out: &mut String, entry: &Entry) {
    out.push_str(&link(&entry.prev));
    put_told(out, entry);
}

/// The line behind the `id:` line of an entry that names these before it; nothing for the first.
pub(super) fn link(prev: &[String]) -> String {
    let mut out = String::new();
    if !prev.is_empty() {
        let ids: Vec<_> = prev.iter().map(|id| chain::written(id)).collect();
        put(&mut out, chain::PREV, &format!("[{}]", ids.join(", ")));
    }
    out
}

/// Appends what follows that: what the entry tells, whichever come before it.
pub(super) fn put_told(out: &mut String, entry: &Entry) {
    put(out, "at: ", &entry.at.to_string());
    put(out, "by: ", &scalar(&entry.by, Place::Block));
    put(out, "kind: ", entry.kind.name());
    if !entry.bugs.is_empty() {
        out.push_str("bugs:\n");
    }
    put_bugs(out, &entry.bugs);
    if !entry.claims.is_empty() {
        out.push_str("claims:\n");
    }
    entry.claims.iter().for_each(|claim| put_claim(out, claim));
    if !entry.details.is_empty() {
        out.push_str("details:\n");
    }
    for (name, text) in &entry.details {
        writeln!(out, "- {}: {}", scalar(name, Place::Flow), scalar(text, Place::Block)).expect(SAFE);
    }
    put_reasons(out, entry);
}

fn put_reasons(out: &mut String, entry: &Entry) {
    if !entry.rationale.is_empty() {
        let block = literal(&entry.rationale);
        put(
            out,
            "rationale: ",
            &block.unwrap_or_else(|| scalar(&entry.rationale, Place::Block).into_owned()),
        );
    }
    if let Some(rule) = entry.rule {
        put(out, "rule: ", &rule.to_string());
    }
    if let Some(suggestion) = &entry.suggestion {
        put(out, "suggestion: ", &scalar(suggestion, Place::Block));
    }
    if let Some(by) = &entry.suggested_by {
        put(out, "suggested-by: ", &scalar(by, Place::Block));
    }
    if !entry.policy.is_empty() {
        out.push_str("policy:\n");
    }
    entry.policy.iter().for_each(|answer| put_answer(out, answer));
    if let Some(reverts) = &entry.reverts {
        put(out, "reverts: ", &scalar(reverts, Place::Block));
    }
    if let Some(way) = &entry.way_back {
        put_way(out, way);
    }
}

/// The last lines of a body that has them.
pub(super) fn put_way(out: &mut String, way: &WayBack) {
    back::put(out, way);
}

/// `- {guard: production-only, reason: the scope is wrong}`
fn put_answer(out: &mut String, answer: &Answer) {
    write!(out, "- {{guard: {}", scalar(&answer.guard, Place::Flow)).expect(SAFE);
    if let Some(reason) = &answer.reason {
        write!(out, ", reason: {}", scalar(reason, Place::Flow)).expect(SAFE);
    }
    out.push_str("}\n");
}

fn put_bugs(out: &mut String, bugs: &[BugRecord]) {
    let lines = |bugs: &[BugRecord]| {
        let mut lines = String::with_capacity(bugs.len() * LENGTH);
        bugs.iter().for_each(|bug| put_bug(&mut lines, bug));
        lines
    };
    for bugs in bugs.chunks(TOGETHER * AT_ONCE) {
        let parts: Vec<String> = bugs.par_chunks(TOGETHER).map(lines).collect();
        out.extend(parts);
    }
}

fn put_bug(out: &mut String, bug: &BugRecord) {
    put(out, "- id: ", &scalar(&bug.id, Place::Block));
    put(out, "  title: ", &scalar(&bug.title, Place::Block));
    if let Some(severity) = &bug.severity {
        out.push_str("  severity: {");
        put_ends(out, severity);
        if let Some(key) = &bug.written {
            out.extend([", written: ", &scalar(key, Place::Flow)]);
        }
        out.push_str("}\n");
    }
    let values = [("scope", &bug.scope), ("status", &bug.status)];
    for (name, value) in values.iter().filter_map(|(name, value)| Some((name, value.as_ref()?))) {
        out.extend(["  ", name, ": {"]);
        put_ends(out, value);
        out.push_str("}\n");
    }
    if !bug.fields.is_empty() {
        out.push_str("  fields:\n");
    }
    for (name, value) in &bug.fields {
        out.extend(["  - {name: ", &scalar(name, Place::Flow), ", "]);
        put_ends(out, value);
        out.push_str("}\n");
    }
    put(out, "  seen: ", if bug.seen { "true" } else { "false" });
}

/// `- {line: 11, place: table, level: P0, from: 22, to: 6}`
fn put_claim(out: &mut String, claim: &ClaimRecord) {
    let text = |text: &str| scalar(text, Place::Flow).into_owned();
    write!(out, "- {{line: {}, place: {}", claim.line, text(&claim.place)).expect(SAFE);
    for (name, value) in [("level", &claim.level), ("status", &claim.status)] {
        if let Some(value) = value {
            write!(out, ", {name}: {}", text(value)).expect(SAFE);
        }
    }
    write!(out, ", from: {}, to: {}", claim.from, claim.to).expect(SAFE);
    if let Some(number) = claim.reported {
        write!(out, ", reported: {number}").expect(SAFE);
    }
    out.push_str("}\n");
}

/// `from: P0, to: P2`
fn put_ends(out: &mut String, value: &FromTo) {
    out.extend(["from: ", &end(&value.from), ", to: ", &end(&value.to)]);
}

fn end(end: &Option<CompactString>) -> Cow<'_, str> {
    end.as_deref().map_or(Cow::Borrowed("null"), |text| scalar(text, Place::Flow))
}

fn put(out: &mut String, name: &str, value: &str) {
    out.extend([name, value, "\n"]);
}

const SAFE: &str = "writing to a string does not fail";

/// An entry as it stands in the file. What a newer regrade may have added is passed over.
#[derive(Deserialize)]
#[serde(expecting = "the lines of an entry")]
struct EntryText {
    id: String,
    #[serde(default)]
    prev: Vec<String>,
    at: Timestamp,
    by: String,
    kind: KindText,
    #[serde(default)]
    bugs: Vec<BugText>,
    #[serde(default)]
    claims: Vec<ClaimText>,
    #[serde(default)]
    details: Vec<BTreeMap<String, String>>,
    #[serde(default)]
    rationale: String,
    rule: Option<u8>,
    suggestion: Option<String>,
    #[serde(rename = "suggested-by")]
    suggested_by: Option<String>,
    #[serde(default)]
    policy: Vec<AnswerText>,
    reverts: Option<String>,
    back: Option<BackText>,
}

#[derive(Deserialize)]
struct AnswerText {
    guard: String,
    reason: Option<String>,
}

#[derive(Deserialize)]
struct BugText {
    id: CompactString,
    #[serde(default)]
    title: String,
    severity: Option<SeverityText>,
    scope: Option<FromToText>,
    status: Option<FromToText>,
    #[serde(default)]
    fields: Vec<FieldText>,
    #[serde(default)]
    seen: bool,
}

#[derive(Deserialize)]
struct ClaimText {
    line: usize,
    #[serde(default)]
    place: String,
    level: Option<String>,
    status: Option<String>,
    from: i64,
    to: u64,
    reported: Option<u64>,
}

#[derive(Deserialize)]
struct FromToText {
    from: Option<CompactString>,
    to: Option<CompactString>,
}

#[derive(Deserialize)]
struct SeverityText {
    from: Option<CompactString>,
    to: Option<CompactString>,
    written: Option<CompactString>,
}

#[derive(Deserialize)]
struct FieldText {
    name: String,
    from: Option<CompactString>,
    to: Option<CompactString>,
}

/// The kind by its name.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct KindText(Kind);

impl TryFrom<String> for KindText {
    type Error = String;

    fn try_from(name: String) -> Result<KindText, String> {
        Kind::named(&name).map(KindText).ok_or_else(|| format!("`{name}` is no kind of decision"))
    }
}

/// The entry that a document holds.
pub(super) fn entry(document: &Document<'_>) -> crate::fault::Result<Entry> {
    let known = match Cut::of(document.text()) {
        Some(parts) => in_parts(&parts, document),
        None => exact::entry(document.text()),
    };
    known.map_or_else(|| by_yaml(document), Ok)
}

/// The same, in whatever form it is.
pub(super) fn by_yaml(document: &Document<'_>) -> crate::fault::Result<Entry> {
    document.read().map(entry_of)
}

/// The same of an entry about very many bugs, some of which are read at a time; `None` where that tells not all of it.
fn in_parts(Cut { before, bugs, after }: &Cut<'_>, document: &Document<'_>) -> Option<Entry> {
    let entry = exact::around(before, after).or_else(|| around(before, after, document))?;
    let records = |part: &&str| exact::bugs(part).or_else(|| records(part, document));
    let records: Vec<Vec<BugRecord>> = bugs.par_iter().map(records).collect::<Option<_>>()?;
    let mut bugs = Vec::with_capacity(records.iter().map(Vec::len).sum());
    bugs.extend(records.into_iter().flatten());
    Some(Entry { bugs, ..entry })
}

/// The entry without its bugs, by what stands before and behind them.
fn around(before: &str, after: &str, document: &Document<'_>) -> Option<Entry> {
    // What the list follows is whole by itself, so the list is no part of a text.
    Document::new(before, document.path()).read::<Mapping>().ok()?;
    let rest = [before, "bugs: []\n", after].concat();
    Document::new(&rest, document.path()).read().ok().map(entry_of)
}

/// The bugs of a part of their list.
pub(super) fn records(part: &str, document: &Document<'_>) -> Option<Vec<BugRecord>> {
    let texts: Vec<BugText> = Document::new(part, document.path()).read().ok()?;
    Some(texts.into_iter().map(bug_record).collect())
}

fn entry_of(text: EntryText) -> Entry {
    Entry {
        id: text.id,
        prev: text.prev,
        at: text.at,
        by: text.by,
        kind: text.kind.0,
        bugs: text.bugs.into_iter().map(bug_record).collect(),
        claims: text.claims.into_iter().map(claim_record).collect(),
        details: text.details.into_iter().flatten().collect(),
        rationale: text.rationale,
        rule: text.rule,
        suggestion: text.suggestion,
        suggested_by: text.suggested_by,
        policy: text
            .policy
            .into_iter()
            .map(|AnswerText { guard, reason }| Answer { guard, reason })
            .collect(),
        reverts: text.reverts,
        way_back: text.back.and_then(BackText::way),
    }
}

fn claim_record(text: ClaimText) -> ClaimRecord {
    let ClaimText { line, place, level, status, from, to, reported } = text;
    ClaimRecord { line, place, level, status, from, to, reported }
}

fn bug_record(text: BugText) -> BugRecord {
    let pair = |text: FromToText| FromTo { from: text.from, to: text.to };
    let field = |text: FieldText| (text.name, FromTo { from: text.from, to: text.to });
    let severity = text.severity.map(|text| (FromTo { from: text.from, to: text.to }, text.written));
    let (severity, written) = severity.unzip();
    BugRecord {
        id: text.id,
        title: text.title,
        severity,
        written: written.flatten(),
        scope: text.scope.map(pair),
        status: text.status.map(pair),
        fields: text.fields.into_iter().map(field).collect(),
        seen: text.seen,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// An entry with many bugs and these lines before, between and behind them.
    fn long(before: &str, odd: &str, after: &str) -> String {
        let bug = |at: usize| {
            format!("- id: B-{at}\n  title: \"One: {at}\"\n  severity: {{from: P0, to: P2}}\n  seen: true\n")
        };
        let bugs = |from: usize| (from..from + 520).map(bug).collect::<String>();
        let head = "---\nid: a1302ee40bf9908f\nat: 2026-02-11T20:25:48Z\n";
        [head, before, "bugs:\n", &bugs(0), odd, &bugs(520), after].concat()
    }

    /// What a log says would depend on how many bugs it is about.
    #[test]
    fn an_entry_about_many_bugs_says_the_same_as_one_that_is_read_at_once() {
        let by = "by: Ada\nkind: reclassified\n";
        let why = "rationale: |-\n  So.\n\n  bugs:\n  - id: x\nrule: 2\n";
        let befores = [
            by,
            "by: \"Ada\nbugs:\n- id: x\n\"\nkind: note\n",
            "by: \"Ada\nkind: note\n",
            "by: Ada\nkind: |-\n  note\n",
            "by: {a: b\n",
            "by: Ada\nkind: none\n",
        ];
        let odds = [
            "",
            "# between\n",
            "\n",
            "- {id: x, title: y}\n",
            "- id: x\n  title: |\n    - id: y\n\n    z\n",
            "- id: x\n  title: \"y\n- id: z\"\n",
            "- {id: x,\n- y: z}\n",
            "- id: x\n  title: &t y\n",
            "- id: x\n  title: *t\n",
            "- [x]\n",
            "- id: x\n  by: y\n  id: z\n",
            "x\n",
        ];
        let afters = [why, "", "bugs: []\n", "by: again\n", "- id: x\n", "...\n", "\"\nkind: note\n"];
        let around = befores.iter().flat_map(|before| afters.map(|after| (*before, "", after)));
        let cases: Vec<_> = around.chain(odds.map(|odd| (by, odd, why))).collect();
        let mut cuts = 0;
        for (before, odd, after) in &cases {
            let text = long(before, odd, after);
            let document = Document::new(&text, Path::new("log"));
            let whole = by_yaml(&document).map_err(|fault| fault.to_string());
            let parts = Cut::of(&text);
            cuts += usize::from(parts.is_some_and(|parts| in_parts(&parts, &document).is_some()));
            assert!(
                entry(&document).map_err(|fault| fault.to_string()) == whole,
                "{before:?}, {odd:?}, {after:?}"
            );
        }
        assert!(cuts > 5 && cuts < cases.len(), "{cuts} of {} were cut", cases.len());
    }
}
