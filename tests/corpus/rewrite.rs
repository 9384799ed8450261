//! Every severity of the corpus can be changed to every other: the document, read again, says just that,
//! and nothing else in it is harmed.
//!
//! By default some bugs of each document are tried; `REGRADE_ALL=1` tries all.

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;
use regrade::methodology::LevelId;
use regrade::report::{BugIx, Change, Report, To, Writing, render};

use super::blocks::{self, Unit};
use super::touched::Before;
use super::{documents, severities, slug};
use crate::changed::{Wrong, wrong};
use crate::parsed::{METHODOLOGY, parse};

/// How many bugs of a document are tried by default, spread over all of it.
const SAMPLE: usize = 16;

/// How many letters of an example are shown.
const SHOWN: usize = 200;

/// What is wrong with a rewrite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Panic,
    Overlap,
    Said(Wrong),
    Bytes,
    Render,
    Reading,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Kind::Panic => "panic",
            Kind::Overlap => "overlap",
            Kind::Said(Wrong::Count) => "count",
            Kind::Said(Wrong::Level) => "level",
            Kind::Said(Wrong::Itself) => "itself",
            Kind::Said(Wrong::Others) => "others",
            Kind::Bytes => "bytes",
            Kind::Render => "render",
            Kind::Reading => "reading",
        }
    }
}

/// One failure: what, and an example.
type Failure = (Kind, String);

/// A document, read once for all its rewrites.
struct Document {
    slug: String,
    report: Report,
    units: Vec<Unit>,
}

impl Document {
    /// The bugs to be tried, each with each level that it has not.
    fn wishes(&self) -> Vec<(BugIx, LevelId)> {
        severities(&self.report, SAMPLE)
    }

    /// Everything that is wrong with one rewrite.
    fn failures(&self, bug: BugIx, level: LevelId) -> Vec<Failure> {
        let tried = catch_unwind(AssertUnwindSafe(|| self.tried(bug, level)));
        tried.unwrap_or_else(|_| vec![(Kind::Panic, String::new())])
    }

    fn tried(&self, bug: BugIx, level: LevelId) -> Vec<Failure> {
        let change = Change { severity: To::Value(level), ..Change::of(bug) };
        let edits = match render::edits(&self.report, &[change], Writing::default()) {
            Ok(edits) => edits,
            Err(overlap) => return vec![(Kind::Overlap, overlap.to_string())],
        };
        let new = edits.apply(self.report.base());
        let edited = self.report.edited(&self.report.untouched(&edits), new.as_slice().into()).report;
        let read = parse(&new);
        let reading = (!is_same(&edited, &read)).then(|| (Kind::Reading, String::new()));
        self.judged(bug, level, &read).into_iter().chain(reading).collect()
    }

    /// What is wrong with this as the rewritten document.
    fn judged(&self, bug: BugIx, level: LevelId, read: &Report) -> Vec<Failure> {
        let (before, new) = (Before::of(&self.report, bug), read.base());
        let said = wrong(&self.report, bug, level, read).map(|(kind, what)| (Kind::Said(kind), what));
        let bytes = before.harm(new).map(|what| (Kind::Bytes, what));
        let render = blocks::harm(self.report.base(), &self.units, &before, new);
        said.into_iter().chain(bytes).chain(render.map(|what| (Kind::Render, what))).collect()
    }

    /// An example with the bug and the level that it comes from, cut short.
    fn example(&self, bug: BugIx, level: LevelId, (kind, what): &Failure) -> String {
        let line = self.report.line_of(self.report.bug(bug).block.start);
        let level = &METHODOLOGY.level(level).key;
        let text = format!("{} line {line} {} to {level}: {what}", kind.name(), self.report.handle(bug));
        text.replace(['\n', '\r'], "⏎").chars().take(SHOWN).collect()
    }
}

/// Whether two readings of one document tell the same.
fn is_same(one: &Report, other: &Report) -> bool {
    one.bugs() == other.bugs()
        && one.sections() == other.sections()
        && one.claims() == other.claims()
        && one.shapes() == other.shapes()
        && one.tables().eq(other.tables())
        && one.indexes().all(|bug| one.handle(bug) == other.handle(bug))
}

/// What went wrong in one document.
#[derive(Default)]
struct Tally {
    tried: usize,
    failed: usize,
    kinds: BTreeMap<Kind, usize>,
    examples: Vec<String>,
}

impl Tally {
    fn of(document: &Document) -> Tally {
        let wishes = document.wishes();
        let tried: Vec<_> = wishes.par_iter().map(|(bug, level)| document.failures(*bug, *level)).collect();
        let mut tally = Tally { tried: wishes.len(), ..Tally::default() };
        for ((bug, level), failures) in wishes.iter().zip(&tried) {
            tally.failed += usize::from(!failures.is_empty());
            for failure in failures {
                let count = tally.kinds.entry(failure.0).or_default();
                *count += 1;
                if *count <= 2 {
                    tally.examples.push(document.example(*bug, *level, failure));
                }
            }
        }
        tally.examples.sort();
        tally
    }

    fn print(&self, slug: &str) {
        let kinds: Vec<String> =
            self.kinds.iter().map(|(kind, count)| format!("{} {count}", kind.name())).collect();
        eprintln!("{slug:32} tried {:4} failed {:4}  {}", self.tried, self.failed, kinds.join(" "));
    }
}

#[test]
fn every_severity_can_be_changed_to_every_other_and_nothing_else_changes() {
    let read = |path: &std::path::PathBuf| {
        let base = fs::read(path).unwrap();
        Document { slug: slug(path), units: blocks::units(&base), report: parse(&base) }
    };
    let documents: Vec<Document> = documents().iter().map(read).collect();
    let tallies: Vec<Tally> = documents.par_iter().map(Tally::of).collect();
    let mut total = Tally::default();
    for (document, tally) in documents.iter().zip(&tallies) {
        tally.print(&document.slug);
        tally.examples.iter().for_each(|example| eprintln!("    {example}"));
        total.tried += tally.tried;
        total.failed += tally.failed;
        tally.kinds.iter().for_each(|(kind, count)| *total.kinds.entry(*kind).or_default() += count);
    }
    total.print("all");
    assert_eq!(total.failed, 0, "of {} rewrites", total.tried);
}

/// A short report with a claim, sections by severity, fields and a table that no change may touch.
const REPORT: &str = "\
# Berths

| Severity | Count |
|----------|-------|
| Critical | 1     |
| High     | 2     |

## Critical

### BUG-1: Bollard loose

- **Severity:** Critical
- **Status:** Open

It moves when a rope is on it,
every time.

## High

### BUG-2: Lamp dark

- **Severity:** High

1. wait for night
2. look

### BUG-3: Rail missing

- **Severity:** High

> A guest leant on it.
";

/// What is wrong where raising BUG-2 to P0 gave the report these replacements besides what it should.
fn kinds_found(slips: &[(&str, &str)]) -> Vec<Kind> {
    let base = REPORT.as_bytes();
    let document = Document { slug: String::new(), report: parse(base), units: blocks::units(base) };
    let change = Change { severity: To::Value(LevelId(0)), ..Change::of(BugIx(1)) };
    let new = render::edits(&document.report, &[change], Writing::default()).unwrap().apply(base);
    let mut new = String::from_utf8(new).unwrap();
    for (old, with) in slips {
        assert!(new.contains(old), "{old} is not in {new}");
        new = new.replacen(old, with, 1);
    }
    document.judged(BugIx(1), LevelId(0), &parse(new.as_bytes())).into_iter().map(|(kind, _)| kind).collect()
}

/// A check that takes every rewrite for a good one would prove nothing.
#[test]
fn each_kind_of_harm_is_seen() {
    use Wrong::{Count, Itself, Level, Others};
    assert_eq!(kinds_found(&[]), []);
    for (old, with, kinds) in [
        ("Rail missing", "Rail gone", &[Kind::Said(Others), Kind::Bytes, Kind::Render][..]),
        ("on it.", "on it.\n\n### BUG-4: Gate\n\n- **Severity:** Low", &[Kind::Said(Count)]),
        ("### BUG-3: Rail", "BUG-3: Rail", &[Kind::Said(Count), Kind::Bytes, Kind::Render]),
        ("Lamp dark", "Lamp", &[Kind::Said(Itself), Kind::Bytes, Kind::Render]),
        ("Critical (upgraded from High)", "Low", &[Kind::Said(Level)]),
        ("every time", "at times", &[Kind::Bytes, Kind::Render]),
        ("2. look\n", "", &[Kind::Bytes, Kind::Render]),
        ("\n\nIt moves", "\nIt moves", &[Kind::Render]),
        ("\n\n> A guest", "\n\n>\n> A guest", &[]),
        ("|----------|-------|", "|----------|--------|", &[]),
        ("|----------|-------|", "", &[Kind::Bytes, Kind::Render]),
        ("night\n", "night\r\n", &[Kind::Bytes]),
        ("2. look\n", "2. look\n3. look\n4. look\n5. look\n", &[Kind::Bytes]),
        ("it,\nevery", "it,  \nevery", &[Kind::Bytes, Kind::Render]),
    ] {
        assert_eq!(kinds_found(&[(old, with)]), kinds, "{old:?} as {with:?}");
    }
}
