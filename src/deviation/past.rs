//! What the log says of the bugs that the open report still has.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use compact_str::CompactString;
use rayon::prelude::*;

use super::entry::{BugRecord, ClaimRecord, Entry, FromTo};
use super::reversals::reversals;
use super::term;
use super::whereabouts::Whereabouts;
use crate::methodology::{FieldKind, Methodology};
use crate::report::{BugIx, Claim, ClaimIx, Paragraph, Report, Restated, To, paragraph};
use crate::text::{Span, WayBack};
use crate::triage::{Fact, Gone, Kind, Past, Set, Sides};

/// Of how many bugs what is said is looked up on one core: most entries are about one.
const AT_ONCE: usize = 1024;

/// How many different changes of one entry are put into words.
const CHANGES: usize = 6;

/// The entries in terms of the report, in their order. Bugs are found by id and title ([`logged`](super::logged())); those that
/// the report no longer has are left out, and so is a level that the methodology no longer knows.
pub fn past<'e>(
    entries: impl IntoIterator<Item = &'e Entry>,
    report: &Report,
    methodology: &Methodology,
) -> Vec<Past> {
    let entries: Vec<&Entry> = entries.into_iter().collect();
    if entries.is_empty() {
        return Vec::new();
    }
    let mut whereabouts = Whereabouts::new(&entries, report, methodology);
    // The newest first: the report has what that left.
    let found: Vec<Vec<Option<BugIx>>> = entries.iter().rev().map(|entry| whereabouts.of(entry)).collect();
    let reversals = reversals(entries.iter().copied());
    let past = entries.into_iter().zip(found.into_iter().rev()).map(|(entry, found)| {
        let (claims, moved) = match entry.bugs.is_empty() {
            true => claims(entry, report),
            false => (short(entry, report), Vec::new()),
        };
        let past = past_of(entry, &found, report, methodology);
        let brings_back = reversals.brought_back(entry).map(str::to_owned);
        let meant = reversals.meant(entry).filter(|_| past.is_general);
        let changed = meant.map_or(past.changed, |meant| meant.said());
        Past { claims, moved, brings_back, changed, paragraph: paragraph(entry, report), ..past }
    });
    past.collect()
}

fn past_of(entry: &Entry, found: &[Option<BugIx>], report: &Report, methodology: &Methodology) -> Past {
    let gone = found.iter().zip(&entry.bugs).filter(|(at, _)| at.is_none());
    let gone = Gone::of(gone.map(|(_, bug)| (bug.id.as_str(), bug.title.as_str())));
    let found = found.iter().zip(&entry.bugs).filter_map(|(at, bug)| Some(((*at)?, bug)));
    let mut found: Vec<(BugIx, &BugRecord)> = found.collect();
    found.sort_by_key(|(bug, _)| *bug);
    let counted = found.iter().filter(|(_, bug)| bug.written.is_some() && entry.kind != Kind::Reverted);
    let counted = counted.filter_map(|(at, bug)| {
        Some((*at, methodology.level_called(bug.severity.as_ref()?.from.as_deref()?)?))
    });
    let runs: Vec<Run<'_>> =
        runs(&found).into_iter().map(|(bugs, bug)| Run::of(bugs, bug, methodology)).collect();
    let bugs = |run: &Run<'_>| run.bugs.clone().map(BugIx);
    let unread = || runs.iter().filter(|run| is_unread(run.record, &run.before));
    let leads_back = |way: &WayBack| way.leads_from(report.base().sum());
    let lost = unread().next().and_then(|run| run.record.severity.as_ref()?.from.as_deref());
    let lost = lost.filter(|_| !entry.way_back.as_ref().is_some_and(leads_back));
    let mut sides = Sides::default();
    for Run { bugs, record, before, after } in &runs {
        let mut before = Cow::Borrowed(before);
        if lost.is_none() && is_unread(record, &before) {
            before.to_mut().severity = To::Clear;
        }
        sides.put(bugs.clone(), &before, after);
    }
    let unknown = runs.iter().filter(|run| is_unread(run.record, &run.after)).flat_map(|run| {
        let given = run.record.severity.as_ref().and_then(|ends| ends.to.as_deref());
        given.into_iter().flat_map(|given| bugs(run).map(|bug| (bug, given.to_owned())))
    });
    Past {
        entry: entry.id.clone(),
        kind: entry.kind,
        reverts: entry.reverts.clone(),
        brings_back: None,
        by: entry.by.clone(),
        at: entry.at,
        rationale: entry.rationale.clone(),
        rule: entry.rule,
        suggestion: entry.suggestion.clone(),
        suggested_by: entry.suggested_by.clone(),
        answers: entry.policy.clone(),
        facts: entry.details.iter().filter_map(fact).collect(),
        changed: changed(entry),
        sides,
        gone,
        unread: unread().flat_map(bugs).collect(),
        counted: counted.collect(),
        unknown: unknown.collect(),
        claims: Vec::new(),
        moved: Vec::new(),
        is_general: entry.bugs.is_empty() && entry.claims.is_empty(),
        paragraph: None,
        way_back: entry.way_back.clone(),
        lost: lost.map(str::to_owned),
    }
}

/// Bugs that stand together, of which an entry tells the same.
struct Run<'e> {
    bugs: Range<u32>,
    record: &'e BugRecord,
    before: Set,
    after: Set,
}

impl<'e> Run<'e> {
    fn of(bugs: Range<u32>, record: &'e BugRecord, methodology: &Methodology) -> Run<'e> {
        let side = |side: Side| set(record, side, methodology);
        Run { bugs, record, before: side(|change| &change.from), after: side(|change| &change.to) }
    }
}

/// Bugs that stand together, of which an entry tells the same; of bugs in document order.
fn runs<'e>(found: &[(BugIx, &'e BugRecord)]) -> Vec<(Range<u32>, &'e BugRecord)> {
    let goes_on = |one: &(BugIx, &BugRecord), next: &(BugIx, &BugRecord)| {
        one.0.0 + 1 == next.0.0 && one.1.tells_as(next.1)
    };
    let of = |run: &[(BugIx, &'e BugRecord)]| {
        let (BugIx(first), record) = run[0];
        (first..first + run.len() as u32, record)
    };
    let some = |some: &[(BugIx, &'e BugRecord)]| some.chunk_by(goes_on).map(of).collect::<Vec<_>>();
    found.par_chunks(AT_ONCE).map(some).collect::<Vec<_>>().concat()
}

fn fact((name, text): &(String, String)) -> Option<(Fact, String)> {
    Some((Fact::named(name)?, text.clone()))
}

/// Whether one side of a decision says a severity of which nobody knows the level. Where a way back leads to one again,
/// the bug then has no level.
fn is_unread(bug: &BugRecord, side: &Set) -> bool {
    bug.severity.is_some() && side.severity.is_keep()
}

/// The claims of an entry that still state what it made them; of several alike, the one nearest to the line it
/// had. Each is found once. Those of which none does come second, each with what the nearest that counts the same
/// states.
fn claims(entry: &Entry, report: &Report) -> (Vec<Restated>, Vec<(Restated, i64)>) {
    if entry.claims.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let mut free: HashMap<Counts<'_>, Lines> = HashMap::new();
    let mut alike = Alike::default();
    for (counts, place) in all_counts(report) {
        free.entry(counts).or_default().insert(place);
        alike.insert(counts, place);
    }
    let (mut found, mut left) = (Vec::new(), Vec::new());
    for record in &entry.claims {
        let counts = (record.place.as_str(), record.level.as_deref(), record.status.as_deref(), record.to);
        let nearest = free.get_mut(&counts).and_then(|free| take_nearest(free, record.line));
        match nearest {
            Some(place) => {
                alike.remove(counts, place);
                found.push(Restated { claim: place.1, from: record.from, to: number(record.to) });
            }
            None => left.push(record),
        }
    }
    found.sort_by_key(|restated| restated.claim);
    let moved = left.into_iter().filter_map(|record| {
        let (claim, states) = alike.take(record, report)?;
        Some((Restated { claim, from: record.from, to: number(record.to) }, states))
    });
    (found, moved.collect())
}

/// Claims by line.
type Lines = BTreeSet<(usize, ClaimIx)>;

/// Claims that count the same, whatever numbers they state.
#[derive(Default)]
struct Alike<'a>(HashMap<(&'a str, Option<&'a str>, Option<&'a str>), Lines>);

impl<'a> Alike<'a> {
    fn insert(&mut self, (place, level, status, _): Counts<'a>, at: (usize, ClaimIx)) {
        self.0.entry((place, level, status)).or_default().insert(at);
    }

    fn remove(&mut self, (place, level, status, _): Counts<'a>, at: (usize, ClaimIx)) {
        if let Some(lines) = self.0.get_mut(&(place, level, status)) {
            lines.remove(&at);
        }
    }

    /// Takes the one nearest to the line of a record, with what it states.
    fn take(&mut self, record: &'a ClaimRecord, report: &Report) -> Option<(ClaimIx, i64)> {
        let wanted = (record.place.as_str(), record.level.as_deref(), record.status.as_deref());
        let (_, at) = take_nearest(self.0.get_mut(&wanted)?, record.line)?;
        Some((at, number(report.claims()[at.at()].count.number()?)))
    }
}

/// What each claim of a report counts, with its line.
fn all_counts(report: &Report) -> impl Iterator<Item = (Counts<'_>, (usize, ClaimIx))> {
    (0..)
        .map(ClaimIx)
        .zip(report.claims())
        .filter_map(|(at, claim)| Some((counts_of(claim, report)?, (report.line_of(claim.span.start), at))))
}

/// The claims that an entry about bugs could not take off what it had to, whatever they state by now; each is found once.
fn short(entry: &Entry, report: &Report) -> Vec<Restated> {
    let records: Vec<&ClaimRecord> = entry.claims.iter().filter(|record| record.from < 0).collect();
    if records.is_empty() {
        return Vec::new();
    }
    let mut alike = Alike::default();
    all_counts(report).for_each(|(counts, place)| alike.insert(counts, place));
    let mut found: Vec<Restated> = records
        .into_iter()
        .filter_map(|record| {
            let (claim, to) = alike.take(record, report)?;
            Some(Restated { claim, from: to.saturating_add(record.from), to })
        })
        .collect();
    found.sort_by_key(|restated| restated.claim);
    found
}

fn number(stated: u64) -> i64 {
    i64::try_from(stated).unwrap_or(i64::MAX)
}

/// Takes the one nearest to a line out of claims by line; of two as near, the upper.
fn take_nearest(free: &mut Lines, line: usize) -> Option<(usize, ClaimIx)> {
    let here = (line, ClaimIx(0));
    let above = free.range(..here).next_back().map(|above| (above.0, ClaimIx(0)));
    // The first of those on that line, as everywhere.
    let above = above.and_then(|line| free.range(line..).next());
    let near = [above, free.range(here..).next()].into_iter().flatten();
    let nearest = *near.min_by_key(|(at, _)| at.abs_diff(line))?;
    free.remove(&nearest);
    Some(nearest)
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
    let status = claim.of.status().map(|status| methodology.status(status).key.as_str());
    Some((claim.place.name(), level, status, claim.count.number()?))
}

/// What an entry changed, in a few words: each kind of change once, in the order of its bugs.
fn changed(entry: &Entry) -> String {
    let mut said = match entry.bugs.len() > AT_ONCE {
        true => {
            let parts: Vec<Vec<String>> = entry.bugs.par_chunks(AT_ONCE).map(changes).collect();
            first(parts.into_iter().flatten())
        }
        false => changes(&entry.bugs),
    };
    let claims = entry.claims.iter().filter(|_| entry.bugs.is_empty());
    said.extend(claims.take(CHANGES).map(ClaimRecord::said));
    said.extend(entry.details.iter().take(CHANGES).map(|(name, text)| format!("{name}: {text}")));
    said.join(", ")
}

/// What became of some bugs. Of a million most say the same, which is not put into words again.
fn changes(bugs: &[BugRecord]) -> Vec<String> {
    let mut seen: Vec<(&str, &'static str, &FromTo)> = Vec::new();
    let different = bugs.chunk_by(BugRecord::tells_as).map(|alike| &alike[0]);
    first(different.flat_map(BugRecord::changes).filter_map(|change| {
        let is_new = !seen.contains(&change);
        is_new.then(|| {
            seen.push(change);
            BugRecord::worded(change)
        })
    }))
}

/// The first different ones of some texts, as many as are told.
fn first(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut said = Vec::new();
    for text in texts {
        if !said.contains(&text) {
            said.push(text);
        }
        if said.len() == CHANGES {
            break;
        }
    }
    said
}

/// What a change was from, or what it is to.
type Side = fn(&FromTo) -> &Option<CompactString>;

/// One side of what a decision changed in a bug.
fn set(bug: &BugRecord, side: Side, methodology: &Methodology) -> Set {
    let text_of = |value: &FromTo| To::from_option(side(value).as_deref().map(str::to_owned));
    let text = |value: &Option<FromTo>| value.as_ref().map_or(To::Keep, text_of);
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
    let fields = fields.map(|(name, value)| (name.clone(), text_of(value)));
    Set { severity, scope, status: text(&bug.status), fields: fields.collect() }
}

#[cfg(test)]
mod tests {
    use compact_str::format_compact;

    use super::*;

    /// What a decision on very many bugs changed would be told otherwise than of a few.
    #[test]
    fn of_many_bugs_the_first_changes_are_told_in_their_order() {
        let bug = |at: usize| {
            let level = |nth: usize| Some(format_compact!("P{}", nth % 4));
            let severity = FromTo { from: level(at / 900), to: level(at / 700) };
            BugRecord { severity: Some(severity), ..BugRecord::default() }
        };
        let bugs: Vec<BugRecord> = (0..5 * AT_ONCE).map(bug).collect();
        let mut told: Vec<String> = Vec::new();
        for text in bugs.iter().flat_map(BugRecord::moved) {
            if !told.contains(&text) && told.len() < CHANGES {
                told.push(text);
            }
        }
        let entry = Entry { bugs, ..Entry::bare(Kind::Reclassified) };
        assert_eq!((changed(&entry), told.len()), (told.join(", "), CHANGES));
    }

    /// Of many claims alike, a decision that is taken back would change another than it was made on.
    #[test]
    fn of_claims_alike_each_is_taken_once_and_the_nearest_first() {
        let mut free: BTreeSet<(usize, ClaimIx)> =
            [(3, 0), (7, 1), (7, 2), (9, 3)].map(|(line, at)| (line, ClaimIx(at))).into();
        let taken = [8, 5, 5, 100, 1].map(|line| take_nearest(&mut free, line).map(|(_, claim)| claim.0));
        assert_eq!(taken, [Some(1), Some(0), Some(2), Some(3), None]);
    }
}
