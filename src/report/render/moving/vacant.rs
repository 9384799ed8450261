//! What a section says that has no bugs goes where a bug comes, and the report's own words for it come where the last bug goes.

use std::collections::BTreeSet;

use super::leaving::Leaving;
use super::{Plan, bugs_of};
use crate::report::vacant::said;
use crate::report::{BugIx, Form, SectionIx};
use crate::text::Span;
use crate::text::edit::Edit;

impl Plan<'_> {
    /// The line of a section without bugs that says so.
    pub(super) fn vacant(&self, section: SectionIx) -> Option<Span> {
        let has_bugs = bugs_of(self.report, section).next().is_some();
        if has_bugs { None } else { said(self.report, section) }
    }

    /// What is written into sections whose last bugs leave them in one run and that say nothing else: the words of another section
    /// that has none, where these are of no level.
    pub(super) fn vacated(&self, leaving: &[Leaving]) -> Vec<(BugIx, Edit)> {
        let report = self.report;
        let arrives: BTreeSet<SectionIx> =
            self.moves.iter().filter_map(|moved| self.sections.get(&moved.target.beside).copied()).collect();
        let emptied = leaving.iter().filter_map(|run| {
            let section = report.leveled_section(run.last)?;
            let first = bugs_of(report, section).next()?;
            let is_all = report.bug(first).block.start == run.blocks.start
                && bugs_of(report, section).next_back() == Some(run.last)
                && report.bug(run.last).form == Form::Heading;
            (run.all && is_all && !arrives.contains(&section)).then_some((section, run))
        });
        let emptied: Vec<(SectionIx, &Leaving)> = emptied.collect();
        if emptied.is_empty() {
            return Vec::new();
        }
        let words = |section: SectionIx| {
            let others = self.siblings(section).iter().filter(|other| **other != section);
            let said = others.filter_map(|other| self.vacant(*other)).map(|said| said.of(report.base()));
            let mut said = said;
            said.find(|said| report.methodology().read_level(said).is_none())
        };
        let written = |(section, run): (SectionIx, &Leaving)| {
            let tail = Span::new(run.blocks.end, run.span.end).of(report.base());
            let new = [words(section)?, tail].concat();
            Some((run.last, Edit::replace(run.span, new)))
        };
        emptied.into_iter().filter_map(written).collect()
    }
}
