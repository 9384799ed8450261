//! A decision on any bug of a real report, saved and then taken back by what the log says, leaves no trace in it, and comes
//! back as it was.
//!
//! By default some bugs of each document are tried; `REGRADE_ALL=1` tries all.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;

use rayon::prelude::*;
use regrade::deviation::{self, Drafted, Log};
use regrade::methodology::LevelId;
use regrade::report::{BugIx, Report, To, Writing};
use regrade::triage::{BugSet, Draft, Kind, Session, Set};

use super::{documents, severities, slug};
use crate::parsed::{METHODOLOGY, decided, parse, session};

/// How many bugs of a document are tried by default, spread over all of it.
const SAMPLE: usize = 8;

/// What a save of one more decision makes of report and log; `None` where it is refused, since the report would not say
/// what was decided.
pub(super) fn saved(mut session: Session, log: &Log, draft: Draft) -> Option<(Arc<Report>, Log)> {
    session.apply(decided(draft));
    let edits = session.edits(Writing::default()).unwrap();
    let bytes = edits.apply(session.report().base());
    let after = Arc::new(parse(&bytes));
    if levels(after.indexes().map(|bug| after.level(bug)))
        != levels(after.indexes().map(|bug| session.level(bug)))
    {
        return None;
    }
    let (_, new) = Drafted::of(&session, Writing::default()).entries(log, (&after, &edits));
    let all = log.entries.iter().map(deviation::Entry::document).collect::<String>() + &new;
    Some((after, Log::read(all.as_bytes())))
}

/// Whether the report is as it was after a bug has got another level and that was taken back.
fn is_exact(report: &Arc<Report>, bug: BugIx, level: LevelId) -> bool {
    let set = Set { severity: To::Value(level), ..Set::default() };
    let draft = Draft::new(Kind::Reclassified, BugSet::from(bug), set);
    let (after, log) = saved(session(report, &Log::default()), &Log::default(), draft).unwrap();
    let again = session(&after, &log);
    let Ok(draft) = again.revert(Writing::default()) else { return false };
    let (last, log) = saved(again, &log, draft).unwrap();
    log.verify().is_empty() && last.base() == report.base() && comes_back(&last, &log, &after)
}

/// Whether what was taken back comes back as it was, and goes once more.
fn comes_back(undone: &Arc<Report>, log: &Log, decided: &Arc<Report>) -> bool {
    let Ok(draft) = session(undone, log).bring_back(Writing::default()) else { return false };
    let Some((again, log)) = saved(session(undone, log), log, draft) else { return false };
    let Ok(draft) = session(&again, &log).revert(Writing::default()) else { return false };
    let Some((last, _)) = saved(session(&again, &log), &log, draft) else { return false };
    again.base() == decided.base() && last.base() == undone.base()
}

/// The same where two decisions were saved, and are taken back in one save.
fn are_exact(report: &Arc<Report>, wishes: &[(BugIx, LevelId)]) -> bool {
    let (mut now, mut log) = (Arc::clone(report), Log::default());
    for (bug, level) in wishes {
        let bug = now.find(&report.handle(*bug)).unwrap_or(*bug);
        let set = Set { severity: To::Value(*level), ..Set::default() };
        let draft = Draft::new(Kind::Reclassified, BugSet::from(bug), set);
        let Some(both) = saved(session(&now, &log), &log, draft) else { return true };
        (now, log) = both;
    }
    let mut again = session(&now, &log);
    while let Ok(draft) = again.revert(Writing::default()) {
        again.apply(decided(draft));
    }
    let edits = again.edits(Writing::default()).unwrap();
    again.pending().len() == wishes.len() && edits.apply(now.base()) == report.base()[..]
}

/// How many bugs there are of each level, which moving them does not change and a save proves.
fn levels(levels: impl Iterator<Item = Option<LevelId>>) -> BTreeMap<Option<LevelId>, usize> {
    levels.fold(BTreeMap::new(), |mut counts, level| {
        *counts.entry(level).or_default() += 1;
        counts
    })
}

#[test]
fn two_that_are_taken_back_at_once_leave_none_either() {
    let inexact = |path: &std::path::PathBuf| {
        let report = Arc::new(parse(&fs::read(path).unwrap()));
        let wishes = severities(&report, SAMPLE);
        let apart = [wishes.first(), wishes.last()].into_iter().flatten().copied().collect::<Vec<_>>();
        let same = wishes.iter().take(2).copied().collect::<Vec<_>>();
        let pairs = [apart, same].into_iter().filter(|pair| pair.len() == 2);
        pairs
            .filter(|pair| !are_exact(&report, pair))
            .map(|pair| format!("{} {pair:?}", slug(path)))
            .collect()
    };
    let wrong: Vec<Vec<String>> = documents().par_iter().map(inexact).collect();
    assert_eq!(wrong.concat(), Vec::<String>::new());
}

#[test]
fn a_saved_decision_that_is_taken_back_leaves_no_trace() {
    let tried = |path: &std::path::PathBuf| {
        let report = Arc::new(parse(&fs::read(path).unwrap()));
        let wishes = severities(&report, SAMPLE);
        let inexact = wishes.par_iter().filter(|(bug, level)| !is_exact(&report, *bug, *level));
        let said = |(bug, level): &(BugIx, LevelId)| {
            format!("{}: {} to {}", slug(path), report.handle(*bug), METHODOLOGY.level(*level).key)
        };
        (wishes.len(), inexact.map(said).collect::<Vec<_>>())
    };
    let all: Vec<_> = documents().par_iter().map(tried).collect();
    eprintln!("tried {}", all.iter().map(|(tried, _)| tried).sum::<usize>());
    let wrong: Vec<String> = all.into_iter().flat_map(|(_, wrong)| wrong).collect();
    assert_eq!(wrong, [""; 0]);
}
