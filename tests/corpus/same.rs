//! What must not change what a document says.

use std::fs;

use regrade::report::{Annotate, BugIx, Change, Moving, Report, To, Writing, render};

use super::{documents, slug};
use crate::changed::Said;
use crate::parsed::parse;

/// All that a report says of its bugs, and where they stand.
fn all(report: &Report) -> Vec<(usize, Said)> {
    let line = |bug: BugIx| report.line_of(report.bug(bug).block.start);
    report.indexes().map(|bug| (line(bug), Said::of(report, bug))).collect()
}

/// A report that was saved on another system would lose its bugs.
#[test]
fn line_ends_and_a_byte_order_mark_change_nothing_that_is_found() {
    for path in documents() {
        let base = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n").replace('\r', "\n");
        let found = all(&parse(base.as_bytes()));
        let marked = format!("\u{feff}{}", base.trim_start_matches('\u{feff}').replace('\n', "\r\n"));
        assert_eq!(all(&parse(marked.as_bytes())), found, "{}", slug(&path));
    }
}

/// Deciding what the report says already would rewrite it.
#[test]
fn a_level_that_a_bug_has_at_every_site_is_not_written_again() {
    for path in documents() {
        let report = parse(&fs::read(&path).unwrap());
        let as_it_is = |bug: BugIx| {
            let severity = report.level(bug).map(To::Value).filter(|level| report.agrees(bug, level))?;
            Some(Change { severity, ..Change::of(bug) })
        };
        let changes: Vec<Change> = report.indexes().filter_map(as_it_is).collect();
        let new = render::edits(&report, &changes, Writing::default()).unwrap().apply(report.base());
        assert!(new == **report.base(), "{} changed", slug(&path));
    }
}

/// What changes nothing would be logged as a change, or what does be taken for done.
#[test]
fn a_bug_is_brought_in_line_where_that_changes_a_byte() {
    let ways = |sections| [Annotate::None, Annotate::Short].map(|annotate| Writing { annotate, sections });
    let ways = [ways(Moving::Move), ways(Moving::Keep)].concat();
    for path in documents() {
        let report = parse(&fs::read(&path).unwrap());
        for (bug, writing) in report.indexes().flat_map(|bug| ways.iter().map(move |way| (bug, *way))) {
            let Some(changes) = disagreeing(&report, bug) else { continue };
            let new = render::edits(&report, &changes, writing).unwrap().apply(report.base());
            let brings = render::brings_in_line(&report, &changes, writing);
            let told = format!("{} of {}, {writing:?}", report.handle(bug), slug(&path));
            assert_eq!(brings, new != **report.base(), "{told}");
        }
    }
}

/// The change that gives a bug the level that it has, where one of its sites says another.
fn disagreeing(report: &Report, bug: BugIx) -> Option<[Change; 1]> {
    let severity = To::Value(report.level(bug)?);
    (!report.agrees(bug, &severity)).then_some([Change { severity, ..Change::of(bug) }])
}
