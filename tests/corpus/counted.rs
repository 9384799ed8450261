//! Counts that are true of the bugs of a real report stay true whatever is decided, totals that add up still do, and
//! taken back every byte is as it was.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;
use regrade::deviation::Log;
use regrade::report::audit::Kind;
use regrade::report::{BugIx, Report, To, Writing, audit};
use regrade::triage::{BugSet, Draft, Set};

use super::undone::saved;
use super::{documents, other_levels, slug, spread};
use crate::parsed::{METHODOLOGY, parse, session};

/// How many bugs of a document are tried, spread over all of it.
const SAMPLE: usize = 4;

/// The counts and totals that `check` speaks of, by what they count, with how many there are of each.
fn wrong(report: &Report) -> BTreeMap<String, usize> {
    let about = |what: &str| {
        let words = what.split(' ').filter(|word| !word.chars().any(|letter| letter.is_ascii_digit()));
        words.collect::<Vec<_>>().join(" ")
    };
    let counts = audit(report, Timestamp::UNIX_EPOCH).into_iter().filter(|found| match found.kind {
        Kind::Claim => found.claim.is_some_and(|(claim, _)| report.claims()[claim.at()].is_written()),
        kind => kind == Kind::Sum,
    });
    counts.fold(BTreeMap::new(), |mut all, found| {
        let level = found.claim.and_then(|(claim, _)| report.claims()[claim.at()].level);
        *all.entry(format!("{level:?} {}", about(&found.what))).or_default() += 1;
        all
    })
}

/// What is decided on a bug: every other level, and every status that some count is about, or that most have.
fn wishes(report: &Report, bug: BugIx) -> Vec<Set> {
    let levels = other_levels(report, bug).map(Set::severity);
    let status = |id| Set { status: To::Value(report.status_words(id)), ..Set::default() };
    let is_counted = |id: &_| report.claims().iter().any(|claim| claim.of.status() == Some(*id));
    let usual = [false, true]
        .map(|closes| METHODOLOGY.status_ids().find(|id| METHODOLOGY.status(*id).closes == closes));
    let statuses = METHODOLOGY.status_ids().filter(|id| is_counted(id) || usual.contains(&Some(*id)));
    levels.chain(statuses.map(status)).collect()
}

/// What a decision makes worse, or leaves behind when it is taken back once it was saved.
fn harm(report: &Arc<Report>, bug: BugIx, set: &Set) -> Option<String> {
    let draft = Draft::new(set.kind(METHODOLOGY.fields()), BugSet::from(bug), set.clone());
    let (after, log) = saved(session(report, &Log::default()), &Log::default(), draft)?;
    let before = wrong(report);
    // What is too low already cannot be lowered, and what it is added up to is raised.
    let are_true = before.is_empty();
    let is_worse = |(what, count): &(String, usize)| {
        before.get(what).copied().unwrap_or(0) < *count && (are_true || !what.contains("adds up"))
    };
    if let Some((what, _)) = wrong(&after).into_iter().find(is_worse) {
        return Some(format!("{} to {set:?}: {what}", report.handle(bug)));
    }
    let again = session(&after, &log);
    let back = again.revert(Writing::default()).ok().and_then(|draft| saved(again, &log, draft));
    let is_back = back.is_some_and(|(back, _)| back.base() == report.base());
    (!is_back).then(|| format!("{} does not come back from {set:?}", report.handle(bug)))
}

#[test]
fn counts_that_are_true_stay_true_whatever_is_decided() {
    let harms = |path: &PathBuf| {
        let report = Arc::new(parse(&fs::read(path).unwrap()));
        let bugs: Vec<BugIx> = spread(&report, SAMPLE).collect();
        let harm = |bug: &BugIx| {
            let wishes = wishes(&report, *bug);
            wishes.iter().filter_map(|set| harm(&report, *bug, set)).collect::<Vec<_>>()
        };
        let harms: Vec<Vec<String>> = bugs.par_iter().map(harm).collect();
        harms.concat().into_iter().map(|what| format!("{}: {what}", slug(path))).collect::<Vec<_>>()
    };
    let harms: Vec<Vec<String>> = documents().par_iter().map(harms).collect();
    assert_eq!(harms.concat(), [""; 0]);
}
