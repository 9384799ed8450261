//! No word that the author of a report has put beside a status gets lost unsaid where another is decided.

use std::fs;
use std::sync::Arc;

use rayon::prelude::*;
use regrade::deviation::Log;
use regrade::report::{BugIx, Report, To, Writing};
use regrade::triage::{BugSet, Draft, Kind, Set, outcome};

use super::undone::saved;
use super::{documents, slug, spread};
use crate::parsed::{METHODOLOGY, parse, session};

/// How many bugs of a document are tried, spread over all of it.
const SAMPLE: usize = 12;

/// How many words may name a status.
const NAMES: usize = 3;

/// The words of a text.
fn words(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A status that a bug has not.
fn other(report: &Report, status: &str) -> String {
    let closes =
        METHODOLOGY.read_status(status.as_bytes()).map(|found| METHODOLOGY.status(found.status).closes);
    let mut all = METHODOLOGY.status_ids();
    let other = all
        .find(|id| Some(METHODOLOGY.status(*id).closes) != closes)
        .expect("one that closes and one that does not");
    report.status_words(other)
}

/// What is wrong where a bug is given another status: words that are neither there nor told of, or that do not come back.
fn wrong(report: &Arc<Report>, bug: BugIx) -> Option<String> {
    let before = session(report, &Log::default());
    let is = before.status(bug)?.into_owned();
    let set = Set { status: To::Value(other(report, &is)), ..Set::default() };
    let told = outcome::going(&BugSet::from(bug), &set, &before);
    let draft = outcome::keeping_remarks(Draft::new(Kind::Status, BugSet::from(bug), set), &before);
    let (after, log) = saved(before, &Log::default(), draft)?;
    let now =
        after.find(&report.handle(bug)).map(|bug| String::from_utf8_lossy(after.block(bug)).into_owned());
    let says = |word: &String| now.as_ref().is_some_and(|text| text.contains(word));
    let told: Vec<String> = told.iter().flat_map(|(_, remark)| words(remark)).collect();
    let mut lost = words(&is);
    lost.retain(|word| !told.contains(word) && !says(word));
    let logged = log.entries.iter().map(regrade::deviation::Entry::document).collect::<String>();
    let in_log = |word: &String| logged.contains(word);
    let has_number = |word: &String| word.chars().all(|letter| letter.is_ascii_digit());
    if lost.len() > NAMES || lost.iter().any(has_number) || !lost.iter().all(in_log) {
        return Some(format!("{} loses {lost:?} of {is:?}", report.handle(bug)));
    }
    let again = session(&after, &log);
    let undone = again.revert(Writing::default()).ok().and_then(|draft| saved(again, &log, draft));
    let is_back = undone.is_some_and(|(undone, _)| undone.base() == report.base());
    (!is_back).then(|| format!("{} does not get back {is:?}", report.handle(bug)))
}

#[test]
fn what_stands_beside_a_status_stays_or_is_told_of_and_comes_back() {
    let tried = |path: &std::path::PathBuf| {
        let report = Arc::new(parse(&fs::read(path).unwrap()));
        let wrong = spread(&report, SAMPLE).filter_map(|bug| wrong(&report, bug));
        wrong.map(|what| format!("{}: {what}", slug(path))).collect()
    };
    let wrong: Vec<Vec<String>> = documents().par_iter().map(tried).collect();
    assert_eq!(wrong.concat(), Vec::<String>::new());
}
