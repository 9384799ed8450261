//! Bugs that edits leave as they are, however far they move, and that need not be read again.
//!
//! Only bugs that are told by themselves are, in runs with nothing between them; the first and the last few of a run
//! are read again all the same, so that whatever is beside them, above them or counts on some of them finds such bugs there, and so
//! that what goes wrong before them shows.

use std::io;
use std::ops::Range;

use super::{Bug, BugIx, Report};
use crate::text::Span;
use crate::text::edit::{Assembly, Edits};

/// How many bugs at either end of a run are read again.
pub(super) const READ: u32 = 2;

/// Bugs that stand side by side before and after an edit, byte for byte the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Skipped {
    /// Which they were.
    pub(super) bugs: Range<u32>,
    /// Where they stood, from the heading of the first to that of the one after them.
    pub(super) from: u32,
    /// Where they stand now.
    pub(super) span: Span,
}

impl Skipped {
    /// The same bugs, of those of the report before, as they stand now; their sections aside.
    pub(super) fn now<'a>(&'a self, before: &'a [Bug]) -> impl Iterator<Item = Bug> + 'a {
        before[self.bugs.start as usize..self.bugs.end as usize].iter().map(|bug| self.moved(bug))
    }

    /// Where a bug in or beside them stands now.
    pub(super) fn moved(&self, bug: &Bug) -> Bug {
        let by = self.span.start.wrapping_sub(self.from);
        let moved = |span: Span| Span::new(span.start.wrapping_add(by), span.end.wrapping_add(by));
        Bug {
            block: moved(bug.block),
            body: bug.body.wrapping_add(by),
            id: moved(bug.id),
            title: moved(bug.title),
            severity: moved(bug.severity),
            ..*bug
        }
    }
}

/// The bugs that need not be read again once a report is edited, in the order of the edited one.
pub(super) fn skipped(report: &Report, edits: &Edits) -> Vec<Skipped> {
    let mut whole = Whole { report, at: 0, near: 0, skipped: Vec::new() };
    edits.put_together(Span::whole(report.base()), &mut whole).expect("nothing is written");
    whole.skipped
}

/// The edited report as it is put together.
struct Whole<'r> {
    report: &'r Report,
    /// How long it is by now.
    at: u32,
    /// The bug that the last part of the report before had first, which the next often goes on from.
    near: usize,
    skipped: Vec<Skipped>,
}

impl Whole<'_> {
    /// The first bug that begins in a span or behind it.
    fn first(&self, span: Span) -> usize {
        let bugs = self.report.bugs();
        let is_before = |bug: &Bug| bug.block.start < span.start;
        let is_first =
            |at: &usize| bugs[..*at].last().is_none_or(is_before) && !bugs.get(*at).is_some_and(is_before);
        let near = [self.near, self.near + 1].into_iter().filter(|at| *at <= bugs.len()).find(is_first);
        near.unwrap_or_else(|| bugs.partition_point(is_before))
    }
}

impl Assembly for Whole<'_> {
    fn keep(&mut self, span: Span) -> io::Result<()> {
        let (report, at, first) = (self.report, self.at, self.first(span));
        let runs = runs(report, span, first).into_iter();
        self.skipped.extend(runs.filter_map(|run| inner(report, run, span, at)));
        self.near = first;
        self.at += span.end - span.start;
        Ok(())
    }

    fn add(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.at += Span::whole(bytes).end;
        Ok(())
    }
}

/// What is not read again of a run of bugs in a span that is kept and stands at offset `at` now.
fn inner(report: &Report, run: Range<u32>, kept: Span, at: u32) -> Option<Skipped> {
    let bugs = run.start + READ..run.end.saturating_sub(READ);
    let start = |bug: u32| report.bug(BugIx(bug)).block.start;
    (bugs.start < bugs.end).then(|| {
        let old = Span::new(start(bugs.start), start(bugs.end));
        let moved = |offset: u32| offset - kept.start + at;
        Skipped { bugs, from: old.start, span: Span::new(moved(old.start), moved(old.end)) }
    })
}

/// The runs of bugs in a span that are told by themselves, with nothing between them, given the first that begins in it or
/// behind it.
fn runs(report: &Report, span: Span, first: usize) -> Vec<Range<u32>> {
    let (bugs, sections) = (report.bugs(), report.sections());
    if bugs.get(first).is_none_or(|bug| bug.block.start >= span.end) {
        return Vec::new();
    }
    let mut sections = &sections[sections.partition_point(|section| section.heading.start < span.start)..];
    let mut runs: Vec<Range<u32>> = Vec::new();
    for (at, bug) in bugs.iter().enumerate().skip(first) {
        let passed = sections.iter().take_while(|section| section.heading.start <= bug.block.start).count();
        sections = &sections[passed..];
        let next =
            [bugs.get(at + 1).map(|bug| bug.block.start), sections.first().map(|one| one.heading.start)];
        let end = next.into_iter().flatten().min().unwrap_or(report.base().len() as u32);
        if end > span.end {
            break;
        }
        let at = at as u32;
        match runs.last_mut() {
            _ if !report.plain.has(BugIx(at)) => {}
            Some(run) if run.end == at && passed == 0 => run.end += 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}
