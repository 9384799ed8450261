//! Which bugs changed their severity, and how many each level had before.
//!
//! A bug is the same one whatever it was called when it was decided on, and a level whatever its key was then.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use compact_str::CompactString;

use super::{Review, counted};
use crate::deviation::{BugRecord, Entry, logged};
use crate::methodology::LevelId;
use crate::report::{BugIx, Report};
use crate::triage::Session;

/// A bug that decisions gave another severity.
pub(super) struct Moved {
    /// Where the report has it still.
    bug: Option<BugIx>,
    /// The key of the level that it had before the first of them, and of that which the last gave it; `–` for none.
    from: CompactString,
    to: CompactString,
}

/// A bug that a decision is about: as the report has it, or as the log calls it.
#[derive(PartialEq, Eq, Hash)]
enum Which<'e> {
    There(BugIx),
    Gone(&'e str, &'e str),
}

impl<'e> Which<'e> {
    /// Those that records are about, in their order.
    fn of_all(records: &[&'e BugRecord], report: &Report) -> Vec<Which<'e>> {
        let found = logged(report, records).into_iter().zip(records);
        let which = |(bug, record): (Option<BugIx>, &&'e BugRecord)| {
            bug.map_or(Which::Gone(&record.id, &record.title), Which::There)
        };
        found.map(which).collect()
    }
}

/// The bugs that these decisions, oldest first, leave with another severity than they had.
pub(super) fn moved<'e>(entries: impl Iterator<Item = &'e Entry>, session: &Session) -> Vec<Moved> {
    let records = entries.flat_map(|entry| &entry.bugs).filter(|bug| bug.severity.is_some());
    let records: Vec<&BugRecord> = records.collect();
    let mut places: HashMap<Which<'_>, usize> = HashMap::new();
    let mut moved: Vec<Moved> = Vec::new();
    for (record, which) in records.iter().zip(Which::of_all(&records, session.report())) {
        let (from, to) = levels_of(record, session);
        let bug = if let Which::There(bug) = which { Some(bug) } else { None };
        let at = *places.entry(which).or_insert(moved.len());
        match moved.get_mut(at) {
            Some(known) => known.to = to,
            None => moved.push(Moved { bug, from, to }),
        }
    }
    moved.retain(|moved| moved.from != moved.to);
    moved
}

/// Of each of these decisions, oldest first, the bugs for which something of it is left: no later one gave them another
/// severity or scope in its place.
pub(super) fn left<'e>(entries: &[&'e Entry], session: &Session) -> Vec<Vec<&'e BugRecord>> {
    let records: Vec<&BugRecord> = entries.iter().flat_map(|entry| &entry.bugs).collect();
    let mut which = Which::of_all(&records, session.report());
    let mut later: HashMap<Which<'_>, (bool, bool)> = HashMap::new();
    let mut left: Vec<Vec<&BugRecord>> = Vec::new();
    for entry in entries.iter().rev() {
        let which = which.split_off(which.len() - entry.bugs.len());
        let is_left = |(bug, which): (&'e BugRecord, Which<'e>)| {
            let (severity, scope) = later.entry(which).or_default();
            let (gives_severity, gives_scope) = (bug.severity.is_some(), bug.scope.is_some());
            let is_left = match (gives_severity, gives_scope) {
                (false, false) => true,
                _ => gives_severity && !*severity || gives_scope && !*scope,
            };
            (*severity, *scope) = (*severity || gives_severity, *scope || gives_scope);
            is_left.then_some(bug)
        };
        left.push(entry.bugs.iter().zip(which).filter_map(is_left).collect());
    }
    left.reverse();
    left
}

/// What a record says of a severity, each level by the key that it has now.
fn levels_of(record: &BugRecord, session: &Session) -> (CompactString, CompactString) {
    let methodology = session.methodology();
    let key = |word: &Option<CompactString>| {
        let Some(word) = word else { return CompactString::from("–") };
        let level = methodology.level_called(word).map(|level| methodology.level(level).key.as_str());
        level.map_or_else(|| word.clone(), CompactString::from)
    };
    record.severity.as_ref().map(|severity| (key(&severity.from), key(&severity.to))).unwrap_or_default()
}

impl Review<'_> {
    /// `21 bugs P0 → P1`, the most frequent first.
    pub(super) fn moves(&self) -> Vec<String> {
        let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for Moved { from, to, .. } in &self.moved {
            *counts.entry((from, to)).or_default() += 1;
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|(_, count)| Reverse(*count));
        let said = counts.into_iter().map(|((from, to), count)| (counted(count, "bug"), from, to));
        said.map(|(bugs, from, to)| format!("{bugs} {from} → {to}")).collect()
    }

    /// How many bugs each level had before the decisions and has now, the most severe first: its key, both numbers. What
    /// other decisions did is in both.
    pub(super) fn levels(&self) -> Vec<(&str, usize, usize)> {
        let (session, methodology) = (self.facts.session, self.facts.session.methodology());
        let counts = session.counts().into_iter().map(|(_, now)| now);
        let keys = methodology.levels().iter().map(|level| level.key.as_str());
        let mut levels: Vec<(&str, usize, usize)> =
            keys.zip(counts).map(|(key, now)| (key, now, now)).collect();
        for Moved { bug, from, .. } in &self.moved {
            let Some(bug) = bug else { continue };
            let place = |level: LevelId| usize::from(level.0);
            if let Some(level) = session.level(*bug).map(place) {
                levels[level].1 = levels[level].1.saturating_sub(1);
            }
            levels.iter_mut().filter(|level| level.0 == from).for_each(|level| level.1 += 1);
        }
        levels
    }
}
