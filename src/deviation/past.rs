//! What the log says of the bugs that the open report still has.

use std::collections::{BTreeSet, HashMap};

use super::entry::{BugRecord, ClaimRecord, Entry, FromTo};
use super::handles::Handles;
use super::term;
use super::whereabouts::Whereabouts;
use crate::methodology::{FieldKind, Methodology};
use crate::report::{BugIx, Claim, ClaimIx, Of, Paragraph, Report, Restated, To, paragraph};
use crate::text::{Span, WayBack};
use crate::triage::{BugSet, Kind, Past, Set};

/// How many different changes of one entry are put into words.
const CHANGES: usize = 6;

/// The entries in terms of the report, in their order. Bugs are found by id and title ([`Handles::find_logged`]); those that the
/// report no longer has are left out, and so is a level that the methodology no longer knows.
pub fn past<'e>(
    entries: impl IntoIterator<Item = &'e Entry>,
    report: &Report,
    methodology: &Methodology,
) -> Vec<Past> {
    let entries: Vec<&Entry> = entries.into_iter().collect();
    let bugs = entries.iter().flat_map(|entry| &entry.bugs);
    if entries.is_empty() {
        return Vec::new();
    }
    let handles = Handles::called(report, bugs.map(|bug| bug.id.as_str()));
    let mut whereabouts = Whereabouts::new(handles, report, methodology);
    // The newest first: the report has what that left.
    let found: Vec<Vec<Option<BugIx>>> = entries.iter().rev().map(|entry| whereabouts.of(entry)).collect();
    let past = entries.into_iter().zip(found.into_iter().rev()).map(|(entry, found)| {
        let (claims, moved) = match entry.bugs.is_empty() {
            true => claims(entry, report),
            false => (short(entry, report), Vec::new()),
        };
        let past = past_of(entry, &found, report, methodology);
        Past { claims, moved, paragraph: paragraph(entry, report), ..past }
    });
    past.collect()
}

fn past_of(entry: &Entry, found: &[Option<BugIx>], report: &Report, methodology: &Methodology) -> Past {
    let found = found.iter().zip(&entry.bugs).filter_map(|(at, bug)| Some(((*at)?, bug)));
    let mut found: Vec<(BugIx, &BugRecord)> = found.collect();
    found.sort_by_key(|(bug, _)| *bug);
    let sets = |side: Side| found.iter().map(|(at, bug)| (*at, set(bug, side, methodology))).collect();
    let counted = found.iter().filter(|(_, bug)| bug.written.is_some() && entry.kind != Kind::Reverted);
    let counted = counted.filter_map(|(at, bug)| {
        Some((*at, methodology.level_called(bug.severity.as_ref()?.from.as_deref()?)?))
    });
    let mut before: Vec<(BugIx, Set)> = sets(|change| &change.from);
    let unread = found.iter().zip(&before).filter(|((_, bug), (_, set))| is_unread(bug, set));
    let unread: BugSet = unread.map(|((at, _), _)| *at).collect();
    let leads_back = |way: &WayBack| way.leads_from(report.base());
    let lost = found.iter().find(|(bug, _)| unread.contains(*bug));
    let lost = lost.and_then(|(_, bug)| bug.severity.as_ref()?.from.clone());
    let lost = lost.filter(|_| !entry.way_back.as_ref().is_some_and(leads_back));
    if lost.is_none() {
        let unread = before.iter_mut().filter(|(bug, _)| unread.contains(*bug));
        unread.for_each(|(_, set)| set.severity = To::Clear);
    }
    Past {
        entry: entry.id.clone(),
        kind: entry.kind,
        reverts: entry.reverts.clone(),
        by: entry.by.clone(),
        at: entry.at,
        rationale: entry.rationale.clone(),
        rule: entry.rule,
        suggestion: entry.suggestion.clone(),
        suggested_by: entry.suggested_by.clone(),
        answers: entry.policy.clone(),
        changed: changed(entry),
        before,
        unread,
        counted: counted.collect(),
        after: sets(|change| &change.to),
        claims: Vec::new(),
        moved: Vec::new(),
        is_general: entry.bugs.is_empty() && entry.claims.is_empty(),
        paragraph: None,
        way_back: entry.way_back.clone(),
        lost,
    }
}

/// Whether a bug had a severity of which nobody knows the level; where a way back leads to one again, the bug then has
/// no level.
fn is_unread(bug: &BugRecord, before: &Set) -> bool {
    bug.severity.is_some() && before.severity.is_keep()
}

/// The claims of an entry that still state what it made them; of several alike, the one nearest to the line it
/// had. Each is found once. Those of which none does come second, each with what the nearest that counts the same
/// states.
fn claims(entry: &Entry, report: &Report) -> (Vec<Restated>, Vec<(Restated, i64)>) {
    if entry.claims.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let mut free: HashMap<Counts<'_>, BTreeSet<(usize, ClaimIx)>> = HashMap::new();
    for (at, claim) in (0..).map(ClaimIx).zip(report.claims()) {
        if let Some(counts) = counts_of(claim, report) {
            free.entry(counts).or_default().insert((report.line_of(claim.span.start), at));
        }
    }
    let (mut found, mut left) = (Vec::new(), Vec::new());
    for record in &entry.claims {
        let counts = (record.place.as_str(), record.level.as_deref(), record.status.as_deref(), record.to);
        let nearest = free.get_mut(&counts).and_then(|free| take_nearest(free, record.line));
        let (from, to) = (record.from, number(record.to));
        match nearest {
            Some(claim) => found.push(Restated { claim, from, to }),
            None => left.push(record),
        }
    }
    found.sort_by_key(|restated| restated.claim);
    let mut moved: Vec<(Restated, i64)> = Vec::new();
    for record in left {
        let is_taken =
            |at| found.iter().chain(moved.iter().map(|(moved, _)| moved)).any(|known| known.claim == at);
        let (from, to) = (record.from, number(record.to));
        let nearest = nearest(record, report, is_taken);
        moved.extend(nearest.map(|(claim, states)| (Restated { claim, from, to }, states)));
    }
    (found, moved)
}

/// The claim nearest to the line of a record that counts the same, and what it states.
fn nearest(
    record: &ClaimRecord,
    report: &Report,
    is_taken: impl Fn(ClaimIx) -> bool,
) -> Option<(ClaimIx, i64)> {
    let wanted = (record.place.as_str(), record.level.as_deref(), record.status.as_deref());
    let counts =
        |claim: &Claim| counts_of(claim, report).map(|(place, level, status, _)| (place, level, status));
    let all = (0..).map(ClaimIx).zip(report.claims());
    let meant = all.filter(|(at, claim)| counts(claim) == Some(wanted) && !is_taken(*at));
    let nearest = meant.min_by_key(|(_, claim)| report.line_of(claim.span.start).abs_diff(record.line));
    nearest.and_then(|(at, claim)| Some((at, number(claim.count.number()?))))
}

/// The claims that an entry about bugs could not take off what it had to, whatever they state by now; each is found once.
fn short(entry: &Entry, report: &Report) -> Vec<Restated> {
    let mut found: Vec<Restated> = Vec::new();
    for record in entry.claims.iter().filter(|record| record.from < 0) {
        let is_taken = |at| found.iter().any(|known| known.claim == at);
        let nearest = nearest(record, report, is_taken);
        found.extend(nearest.map(|(claim, to)| Restated { claim, from: to + record.from, to }));
    }
    found.sort_by_key(|restated| restated.claim);
    found
}

fn number(stated: u64) -> i64 {
    i64::try_from(stated).unwrap_or(i64::MAX)
}

/// Takes the one nearest to a line out of claims by line; of two as near, the upper.
fn take_nearest(free: &mut BTreeSet<(usize, ClaimIx)>, line: usize) -> Option<ClaimIx> {
    let here = (line, ClaimIx(0));
    let above = free.range(..here).next_back().map(|above| (above.0, ClaimIx(0)));
    // The first of those on that line, as everywhere.
    let above = above.and_then(|line| free.range(line..).next());
    let near = [above, free.range(here..).next()].into_iter().flatten();
    let nearest = *near.min_by_key(|(at, _)| at.abs_diff(line))?;
    free.remove(&nearest);
    Some(nearest.1)
}

/// The paragraph that an entry has put into the report, if it is still there as it was written.
fn paragraph(entry: &Entry, report: &Report) -> Option<Span> {
    let Paragraph::New(text) = Paragraph::stating(entry.kind.paragraph()?, &entry.rationale) else {
        return None;
    };
    paragraph::find(report, &text)
}

/// In what sort of place a claim stands, of which level and status it counts bugs, and how many.
type Counts<'a> = (&'a str, Option<&'a str>, Option<&'a str>, u64);

fn counts_of<'a>(claim: &Claim, report: &'a Report) -> Option<Counts<'a>> {
    let methodology = report.methodology();
    let level = claim.level.map(|level| methodology.level(level).key.as_str());
    let status = if let Of::Status(id) = claim.of { Some(methodology.status(id).key.as_str()) } else { None };
    Some((claim.place.name(), level, status, claim.count.number()?))
}

/// What an entry changed, in a few words: each kind of change once, in the order of its bugs.
fn changed(entry: &Entry) -> String {
    let mut said: Vec<String> = Vec::new();
    for text in entry.bugs.iter().flat_map(changes) {
        if !said.contains(&text) && said.len() < CHANGES {
            said.push(text);
        }
    }
    let claims = entry.claims.iter().filter(|_| entry.bugs.is_empty());
    said.extend(claims.take(CHANGES).map(ClaimRecord::said));
    said.extend(entry.details.iter().take(CHANGES).map(|(name, text)| format!("{name}: {text}")));
    said.join(", ")
}

/// What became of a bug's severity, scope and status: `P0 → P2`, `scope – → configuration`.
pub fn changes(bug: &BugRecord) -> Vec<String> {
    let known = [("", &bug.severity), ("scope ", &bug.scope), ("status ", &bug.status)];
    let known = known.into_iter().filter_map(|(name, change)| Some((name, change.as_ref()?)));
    known.map(|(name, change)| format!("{name}{}", arrow(change))).collect()
}

/// `P0 → P2`; `–` stands for nothing.
fn arrow(change: &FromTo) -> String {
    let word = |word: &Option<String>| word.clone().unwrap_or_else(|| "–".to_owned());
    format!("{} → {}", word(&change.from), word(&change.to))
}

/// What a change was from, or what it is to.
type Side = fn(&FromTo) -> &Option<String>;

/// One side of what a decision changed in a bug.
fn set(bug: &BugRecord, side: Side, methodology: &Methodology) -> Set {
    let text = |value: &Option<FromTo>| match value {
        Some(value) => To::from_option(side(value).clone()),
        None => To::Keep,
    };
    let severity =
        bug.severity.as_ref().map_or(To::Keep, |value| match bug.written.as_ref().or(side(value).as_ref()) {
            Some(key) => methodology.level_called(key).map_or(To::Keep, To::Value),
            None => To::Clear,
        });
    let scope = bug.scope.as_ref().map_or(To::Keep, |value| {
        To::from_option(side(value).as_deref().map(|key| term::scope_written(methodology, key)))
    });
    let is_own = |name: &str| {
        let kind = methodology.fields().kind_of(name.as_bytes());
        !matches!(kind, Some(FieldKind::Severity | FieldKind::Scope | FieldKind::Status))
    };
    let fields = bug.fields.iter().filter(|(name, _)| is_own(name));
    let fields = fields.map(|(name, value)| (name.clone(), To::from_option(side(value).clone())));
    Set { severity, scope, status: text(&bug.status), fields: fields.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of many claims alike, a decision that is taken back would change another than it was made on.
    #[test]
    fn of_claims_alike_each_is_taken_once_and_the_nearest_first() {
        let mut free: BTreeSet<(usize, ClaimIx)> =
            [(3, 0), (7, 1), (7, 2), (9, 3)].map(|(line, at)| (line, ClaimIx(at))).into();
        let taken = [8, 5, 5, 100, 1].map(|line| take_nearest(&mut free, line).map(|claim| claim.0));
        assert_eq!(taken, [Some(1), Some(0), Some(2), Some(3), None]);
    }
}
