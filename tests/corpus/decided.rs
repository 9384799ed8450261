//! Any ordinary decision on any bug of a real report can be saved: what is written is read back as what was decided.
//!
//! A save that is refused harms nothing, and leaves a reviewer without the report's own words for what was found out. By
//! default some bugs of each document are tried; `REGRADE_ALL=1` tries more.

use std::collections::BTreeMap;
use std::error::Error as _;
use std::path::PathBuf;

use proptest::prelude::*;
use rayon::prelude::*;
use regrade::report::{BugIx, Report, To, Writing};
use regrade::store::{Opened, Store};
use regrade::text::Span;
use regrade::triage::{BugSet, Draft, Session, Set};

use super::{documents, other_levels, slug, spread, tries_all};
use crate::parsed::{self, METHODOLOGY};
use crate::place::Place;

/// How many bugs of a document are tried by default, and of all; spread over all of it.
const SAMPLE: [usize; 2] = [2, 30];

/// What is decided, in a word, and what that sets.
type Wish = (&'static str, Set);

fn scope(text: &str) -> Set {
    Set { scope: To::Value(text.to_owned()), ..Set::default() }
}

fn with_fields(set: Set, fields: &[(&str, &str)]) -> Set {
    let field = |(name, text): &(&str, &str)| ((*name).to_owned(), To::Value((*text).to_owned()));
    Set { fields: fields.iter().map(field).collect(), ..set }
}

/// What is decided on a bug: every level, scope and status, and what records a fix.
fn wishes(report: &Report, bug: BugIx) -> Vec<Wish> {
    let levels = other_levels(report, bug).map(|level| ("severity", Set::severity(level)));
    let scopes = METHODOLOGY.scopes().iter().map(|one| ("scope", scope(&one.name)));
    let status = |words: String| Set { status: To::Value(words), ..Set::default() };
    let statuses: Vec<Set> = METHODOLOGY.status_ids().map(|id| status(report.status_words(id))).collect();
    let closing = METHODOLOGY.status_ids().find(|id| METHODOLOGY.status(*id).closes);
    let fixed = closing.map(|id| with_fields(status(report.status_words(id)), &[("Fix", "commit 1")]));
    let told =
        [("Fix", "Bolted down"), ("Verification", "Pulled at it"), ("Regression test", "tests/pull.py")];
    let others = [
        ("fix", with_fields(Set::default(), &told)),
        ("owner", with_fields(Set::default(), &[("Owner", "Ada")])),
    ];
    let statuses = statuses.into_iter().map(|set| ("status", set));
    levels
        .chain(scopes)
        .chain(statuses)
        .chain(fixed.map(|set| ("status and fix", set)))
        .chain(others)
        .collect()
}

/// A session in which a bug has been given these values.
fn decided(opened: &Opened, bug: BugIx, set: &Set) -> Session {
    let mut session = opened.session();
    let draft = Draft::new(set.kind(METHODOLOGY.fields()), BugSet::from(bug), set.clone());
    session.apply(parsed::decided(draft));
    session
}

/// Why a save of these values is refused; nothing where it is not.
fn refusal(store: &Store, opened: &Opened, bug: BugIx, set: &Set) -> Option<String> {
    let session = decided(opened, bug, set);
    let fault = store.rehearse(&opened.journal, &session, Writing::default()).err()?;
    Some(fault.source().map_or_else(|| fault.to_string(), ToString::to_string))
}

/// What was refused in one document, by what was decided, with an example of each.
struct Tally {
    slug: String,
    tried: usize,
    refused: BTreeMap<&'static str, (usize, String)>,
}

impl Tally {
    fn of(path: &PathBuf) -> Tally {
        let place = Place::with("report.md", std::fs::read(path).unwrap());
        let store = Store::new(place.path("state"));
        let opened = store.open(&place.path("report.md"), &METHODOLOGY).unwrap();
        let report = &opened.report;
        let wishes = spread(report, SAMPLE[usize::from(tries_all())]);
        let wishes: Vec<(BugIx, Wish)> = wishes
            .flat_map(|bug| self::wishes(report, bug).into_iter().map(move |wish| (bug, wish)))
            .collect();
        let mut tally = Tally { slug: slug(path), tried: wishes.len(), refused: BTreeMap::new() };
        let tried = |(bug, (what, set)): &(BugIx, Wish)| {
            let why = refusal(&store, &opened, *bug, set)?;
            let line = report.line_of(report.bug(*bug).block.start);
            Some((*what, format!("line {line} {}: {why}", report.handle(*bug))))
        };
        let refused: Vec<_> = wishes.par_iter().filter_map(tried).collect();
        for (what, why) in refused {
            tally.refused.entry(what).or_insert((0, why)).0 += 1;
        }
        tally
    }

    fn count(&self) -> usize {
        self.refused.values().map(|(count, _)| count).sum()
    }

    fn print(&self) {
        eprintln!("{:32} tried {:4} refused {:4}", self.slug, self.tried, self.count());
        self.refused.iter().for_each(|(what, (count, why))| eprintln!("    {what} {count}: {why:.160}"));
    }
}

#[test]
fn whatever_is_decided_on_a_bug_can_be_saved() {
    let tallies: Vec<Tally> = documents().par_iter().map(Tally::of).collect();
    tallies.iter().for_each(Tally::print);
    let sum = |of: fn(&Tally) -> usize| tallies.iter().map(of).sum::<usize>();
    assert_eq!(sum(Tally::count), 0, "of {} decisions are refused", sum(|one| one.tried));
}

/// Names of fields that a reviewer gives, known ones and the team's own.
const NAMES: [&str; 8] =
    ["Fix", "Verification", "Regression Test", "Owner", "Commit", "Root Cause", "Blast Radius", "Follow-up"];

/// A value as somebody may type it.
const VALUES: &str = "[A-Za-z0-9][A-Za-z0-9 |:()*_`.,/#äß高-]{0,40}";

/// What is read of the fields of a bug that are called so.
fn fields_named(report: &Report, bug: BugIx, name: &str) -> Vec<String> {
    let text = |span: Span| String::from_utf8_lossy(span.of(report.base())).into_owned();
    let such = report.fields(bug).into_iter().filter(|field| field.is_named(report.base(), name));
    such.map(|field| text(field.value)).filter(|value| !value.is_empty()).collect()
}

/// Letters and digits, which is what is left of a value in brackets or in a cell.
fn letters(value: &str) -> String {
    value.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// What is wrong where these fields are given to a bug of a document.
fn harm(document: &[u8], nth: usize, given: &[(String, String)]) -> Option<String> {
    let place = Place::with("report.md", document);
    let store = Store::new(place.path("state"));
    let opened = store.open(&place.path("report.md"), &METHODOLOGY).unwrap();
    let report = &opened.report;
    let bug = BugIx((nth % report.len()) as u32);
    let set = given.iter().map(|(name, value)| (name.clone(), To::Value(value.clone()))).collect();
    let session = decided(&opened, bug, &Set { fields: set, ..Set::default() });
    let edits = store.rehearse(&opened.journal, &session, Writing::default()).ok()?;
    let after = parsed::parse(&edits.apply(report.base()));
    let found = after.bug(bug).block;
    if after.len() != report.len() || after.handle(bug) != report.handle(bug) {
        return Some(format!("{} is no longer the bug that it was, at {found:?}", report.handle(bug)));
    }
    let others = report.indexes().filter(|other| *other != bug);
    let changed = others.into_iter().find(|other| report.block(*other) != after.block(*other));
    let misread = given.iter().find_map(|(name, value)| {
        let (had, has) = (fields_named(report, bug, name).len(), fields_named(&after, bug, name));
        let is_said = has.iter().filter(|has| letters(has) == letters(value)).count() == 1;
        (!is_said || has.len() != had.max(1)).then(|| format!("{name}: {value} is read as {has:?}"))
    });
    misread.or(changed.map(|other| format!("{} changed", report.handle(other))))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// A log that says what the report does not would be believed.
    #[test]
    fn a_field_that_is_saved_is_in_the_report_once_and_harms_no_other(
        document: prop::sample::Index,
        nth: prop::sample::Index,
        given in prop::collection::btree_map(prop::sample::select(NAMES.to_vec()), VALUES, 1..4),
    ) {
        let documents = documents();
        if !documents.is_empty() {
            let path = &documents[document.index(documents.len())];
            let given: Vec<_> =
                given.into_iter().map(|(name, value)| (name.to_owned(), value.trim().to_owned())).collect();
            let wrong = harm(&std::fs::read(path).unwrap(), nth.index(10_000), &given);
            prop_assert_eq!(wrong, None, "{}", slug(path));
        }
    }
}
