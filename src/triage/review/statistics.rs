//! The numbers of a review: how far it has come, what it made of the report, and how fast.
//!
//! All is counted in one go over bugs and decisions. "Before" is what the report said before any decision that
//! the log still has; "now" includes what is pending.

use std::collections::HashMap;

use jiff::Timestamp;
use rayon::prelude::*;

use crate::methodology::{LevelId, Methodology};
use crate::report::{BugIx, To, without_remark};
use crate::triage::{Kind, Session};

/// The numbers of a review.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// How many bugs there are.
    pub bugs: usize,
    /// How many of them are reviewed.
    pub reviewed: usize,
    /// From which level to which: a row for each level before and one for none, a column for each now.
    pub moves: Vec<Vec<usize>>,
    /// How many bugs there are of each scope that any has.
    pub scopes: Tally,
    /// How many bugs there are of each status that any has.
    pub statuses: Tally,
    /// How many decisions of each kind that was made are saved, and pending.
    pub kinds: Vec<(Kind, usize, usize)>,
    /// How many brought one back, and are none of those that took one back: saved, and pending.
    pub brought_back: (usize, usize),
    /// How fast decisions were made.
    pub pace: Option<Pace>,
}

/// How many there are of each.
pub type Tally = Vec<(String, usize)>;

/// How fast decisions were made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// The median time from one decision to the next, in seconds.
    pub median: u64,
    /// Of how many such times.
    pub of: usize,
}

impl Statistics {
    /// The numbers now; the pace is that of `user`'s decisions since then.
    pub fn of(session: &Session, user: &str, since: Timestamp) -> Statistics {
        let (scopes, statuses) = breakdowns(session);
        Statistics {
            bugs: session.report().len(),
            reviewed: session.reviewed().len(),
            moves: moves(session),
            scopes,
            statuses,
            kinds: kinds(session),
            brought_back: brought_back(session),
            pace: pace(session, user, since),
        }
    }

    /// How many bugs had a level before, and have it now; `None` is the last row, of bugs without one.
    pub fn level(&self, row: usize) -> (usize, usize) {
        let before = self.moves.get(row).map_or(0, |row| row.iter().sum());
        (before, self.moves.iter().filter_map(|from| from.get(row)).sum())
    }

    /// How many seconds the rest takes at this pace, at one bug a decision.
    pub fn left(&self) -> Option<u64> {
        Some(self.pace?.median.saturating_mul((self.bugs - self.reviewed) as u64))
    }
}

fn moves(session: &Session) -> Vec<Vec<usize>> {
    let none = session.methodology().levels().len();
    let row = |level: Option<LevelId>| level.map_or(none, |level| usize::from(level.0));
    let mut before: HashMap<BugIx, To<LevelId>> = HashMap::new();
    for past in session.past() {
        for (bug, set, _) in past.sides.iter().filter(|(_, set, _)| !set.severity.is_keep()) {
            before.entry(bug).or_insert(past.counted_as(bug).map_or(set.severity, To::Value));
        }
    }
    let mut moves = vec![vec![0; none + 1]; none + 1];
    for bug in session.report().indexes() {
        let from = match before.get(&bug) {
            Some(To::Value(level)) => Some(*level),
            Some(To::Clear) => None,
            _ => session.level_reported(bug),
        };
        moves[row(from)][row(session.level(bug))] += 1;
    }
    moves
}

/// How many bugs there are of each scope and of each status.
fn breakdowns(session: &Session) -> (Tally, Tally) {
    let methodology = session.methodology();
    let bugs: Vec<BugIx> = session.report().indexes().collect();
    let read = |bug: &BugIx| {
        let (scope, status) = (session.scope(*bug), session.status(*bug));
        (scope_row(scope.as_deref(), methodology), status_row(status.as_deref(), methodology))
    };
    let rows: Vec<(usize, usize)> = bugs.par_iter().map(read).collect();
    let names = methodology.scopes().iter().map(|scope| scope.name.clone());
    let scopes = tally(names, rows.iter().map(|row| row.0));
    let names = methodology.statuses().iter().map(|status| status.name.clone());
    (scopes, tally(names, rows.iter().map(|row| row.1)))
}

/// The place of a scope in the methodology; then one for others, and one for none.
fn scope_row(scope: Option<&str>, methodology: &Methodology) -> usize {
    let known = methodology.scopes().len();
    let named = |text: &str| methodology.scope_named(text).or(methodology.scope_named(without_remark(text)));
    scope.map_or(known + 1, |text| named(text).map_or(known, |id| usize::from(id.0)))
}

fn status_row(status: Option<&str>, methodology: &Methodology) -> usize {
    let known = methodology.statuses().len();
    let read = |text: &str| methodology.read_status(text.as_bytes()).map(|found| found.status);
    status.map_or(known + 1, |text| read(text).map_or(known, |id| usize::from(id.0)))
}

/// How often each row occurs that does.
fn tally(names: impl Iterator<Item = String>, rows: impl Iterator<Item = usize>) -> Tally {
    let names = names.chain(["other".to_owned(), "none stated".to_owned()]);
    let mut counts: Tally = names.map(|name| (name, 0)).collect();
    rows.for_each(|row| counts[row].1 += 1);
    counts.retain(|(_, count)| *count > 0);
    counts
}

fn kinds(session: &Session) -> Vec<(Kind, usize, usize)> {
    let saved = |kind| {
        let past = session.past().iter().filter(|past| past.brings_back.is_none());
        past.filter(|past| past.kind == kind).count()
    };
    let pending = |kind| {
        let drafts = session.pending().iter().map(|decision| &decision.draft);
        drafts.filter(|draft| draft.brings_back.is_none() && draft.kind == kind).count()
    };
    let kinds = Kind::ALL.into_iter().map(|kind| (kind, saved(kind), pending(kind)));
    kinds.filter(|(_, saved, pending)| saved + pending > 0).collect()
}

fn brought_back(session: &Session) -> (usize, usize) {
    let pending = session.pending().iter().filter(|decision| decision.draft.brings_back.is_some());
    (session.past().iter().filter(|past| past.brings_back.is_some()).count(), pending.count())
}

fn pace(session: &Session, user: &str, since: Timestamp) -> Option<Pace> {
    let saved = session.past().iter().map(|past| (past.at, past.by.as_str()));
    let pending = session.pending().iter().map(|decision| (decision.at, decision.by.as_str()));
    let mine = saved.chain(pending).filter(|(at, by)| *at >= since && *by == user);
    let mut times: Vec<Timestamp> = mine.map(|(at, _)| at).collect();
    times.sort_unstable();
    let between = |pair: &[Timestamp]| (pair[1].as_second() - pair[0].as_second()).unsigned_abs();
    let mut gaps: Vec<u64> = times.windows(2).map(between).collect();
    gaps.sort_unstable();
    let median = *gaps.get(gaps.len() / 2)?;
    Some(Pace { median, of: gaps.len() })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::report::Report;
    use crate::triage::{BugSet, Decision, Draft, Event, Set};

    const REPORT: &str = "\
# Bugs

### A-1: One
- **Severity:** P0
- **Status:** fixed

### A-2: Two
- **Severity:** P0
- **Scope:** production

### A-3: Three
- **Status:** something odd
";

    fn decided(at: i64, bugs: &[u32], kind: Kind, set: Set) -> Event {
        let bugs: BugSet = bugs.iter().map(|bug| BugIx(*bug)).collect();
        let at = Timestamp::from_second(at).expect("a time");
        Event::Decided(Decision { at, by: "Ada".to_owned(), draft: Draft::new(kind, bugs, set) })
    }

    fn session() -> Session {
        let methodology = Arc::new(Methodology::embedded());
        let report = Arc::new(Report::parse(REPORT.as_bytes().into(), &methodology));
        let mut session = Session::new(report, methodology, Vec::new());
        session.apply(decided(100, &[0, 1], Kind::Reclassified, Set::severity(LevelId(2))));
        let scope = Set { scope: To::Value("Documentation".to_owned()), ..Set::default() };
        session.apply(decided(110, &[1], Kind::Reclassified, scope));
        session.apply(decided(150, &[0], Kind::Confirmed, Set::default()));
        session
    }

    #[test]
    fn the_numbers_are_those_that_a_slow_count_finds() {
        let session = session();
        let numbers = Statistics::of(&session, "Ada", Timestamp::UNIX_EPOCH);
        let (mut slow, mut scopes) = (vec![vec![0; 5]; 5], HashMap::<String, usize>::new());
        let row = |level: Option<LevelId>| level.map_or(4, |level| usize::from(level.0));
        for bug in session.report().indexes() {
            slow[row(session.report().level(bug))][row(session.level(bug))] += 1;
            let scope = session.scope(bug).map_or("none stated".to_owned(), |scope| scope.to_lowercase());
            *scopes.entry(scope).or_default() += 1;
        }
        assert_eq!(numbers.moves, slow);
        assert_eq!((numbers.level(0), numbers.level(2), numbers.level(4)), ((2, 0), (0, 2), (1, 1)));
        let found = numbers.scopes.iter().map(|(name, count)| (name.to_lowercase(), *count));
        assert_eq!(found.collect::<HashMap<_, _>>(), scopes);
        assert_eq!(numbers.statuses.iter().map(|(_, count)| count).sum::<usize>(), 3);
        assert_eq!(numbers.kinds, [(Kind::Reclassified, 0, 2), (Kind::Confirmed, 0, 1)]);
    }

    #[test]
    fn the_pace_is_the_median_between_my_decisions_of_this_session() {
        let session = session();
        let pace =
            |user, since| Statistics::of(&session, user, Timestamp::from_second(since).expect("a time"));
        assert_eq!(pace("Ada", 0).pace, Some(Pace { median: 40, of: 2 }));
        assert_eq!(pace("Ada", 105).pace, Some(Pace { median: 40, of: 1 }));
        assert_eq!((pace("Ada", 0).left(), pace("Bob", 0).left()), (Some(40), None));
    }
}
