//! Reading a report: from its block structure to bugs, sections and claims.
//!
//! Only headings, tables and thematic breaks are kept of the structure; a bug's fields are looked at
//! only as far as its severity.

use super::bug::{Bug, Source};
use super::claim::{self, Claim};
use super::part::{self, Part};
use super::scan::{self, Block, Heading, Row, Sink, Table};
use super::section::{self, Section, SectionIx};
use super::separator;
use crate::methodology::Methodology;
use crate::text::Span;

/// How many bytes are scanned at a time on one core.
const CHUNK: u32 = 1 << 20;

/// What a report consists of.
#[derive(Debug, Default)]
pub(super) struct Index {
    pub(super) bugs: Vec<Bug>,
    pub(super) sections: Vec<Section>,
    pub(super) claims: Vec<Claim>,
}

/// A table and its rows.
#[derive(Debug)]
pub(super) struct Rows {
    pub(super) head: Span,
    pub(super) delimiter: Span,
    pub(super) rows: Vec<Span>,
}

/// The marks that an index is made of.
#[derive(Debug, Default)]
struct Marks {
    headings: Vec<Heading>,
    rules: Vec<u32>,
    tables: Vec<Rows>,
    in_table: bool,
}

impl Sink for Marks {
    fn heading(&mut self, heading: Heading) {
        if heading.place.is_top() {
            self.headings.push(heading);
        }
    }

    fn rule(&mut self, rule: Block) {
        if rule.place.is_top() {
            self.rules.push(rule.lines.start);
        }
    }

    fn table(&mut self, table: Table) {
        self.in_table = table.place.is_top();
        if self.in_table {
            self.tables.push(Rows { head: table.head, delimiter: table.delimiter, rows: Vec::new() });
        }
    }

    fn row(&mut self, row: Row) {
        if let Some(table) = self.tables.last_mut().filter(|_| self.in_table) {
            table.rows.push(row.text);
        }
    }
}

impl Index {
    /// Reads a report.
    pub(super) fn of(base: &[u8], methodology: &Methodology) -> Index {
        let marks = scan::scan_parallel(base, CHUNK, |_| Marks::default());
        let parts = part::all(base, marks.iter().flat_map(|marks| &marks.headings), methodology);
        let rules: Vec<u32> = marks.iter().flat_map(|marks| marks.rules.iter().copied()).collect();
        let mut index = Index::default();
        index.place(base, &parts, methodology);
        separator::cut(base, &mut index.bugs, &rules);
        index.read_sections(base, methodology);
        let tables = marks.iter().flat_map(|marks| &marks.tables);
        index.claims = claim::all(base, tables, (&index.sections, &index.bugs), methodology);
        index
    }

    /// Makes bugs and sections of the headings, each in the section around it.
    fn place(&mut self, base: &[u8], parts: &[Part], methodology: &Methodology) {
        let mut open = Vec::new();
        let mut bug_depth = None;
        for (at, part) in parts.iter().enumerate() {
            let depth = part.heading.level;
            if !part.is_bug && bug_depth.is_some_and(|bug| depth > bug) {
                continue;
            }
            self.close(&mut open, depth, part.heading.lines.start);
            let parent = open.last().copied();
            bug_depth = part.is_bug.then_some(depth);
            if part.is_bug {
                self.bugs.push(part.bug(part::end(parts, at, base), parent));
            } else {
                open.push(SectionIx(self.sections.len() as u32));
                self.sections.push(part.section(base, parent, methodology));
            }
        }
        self.close(&mut open, 0, base.len() as u32);
    }

    /// Ends the open sections that are as deep as `depth` or deeper.
    fn close(&mut self, open: &mut Vec<SectionIx>, depth: u8, end: u32) {
        while let Some(section) = open.pop_if(|section| self.sections[section.at()].depth >= depth) {
            self.sections[section.at()].span.end = end;
        }
    }

    /// Gives bugs without a severity of their own that of their section.
    fn read_sections(&mut self, base: &[u8], methodology: &Methodology) {
        let mut holds_bugs = vec![false; self.sections.len()];
        for section in self.bugs.iter().filter_map(|bug| leveled(&self.sections, bug.section)) {
            holds_bugs[section.at()] = true;
        }
        section::settle_levels(base, &mut self.sections, &holds_bugs, methodology);
        for bug in self.bugs.iter_mut().filter(|bug| bug.source == Source::Nothing) {
            let Some(section) = leveled(&self.sections, bug.section) else { continue };
            let title = self.sections[section.at()].title;
            bug.level = self.sections[section.at()].level;
            bug.severity =
                methodology.read_level(title.of(base)).map_or(bug.severity, |found| title.part(found.span));
            bug.source = Source::Section;
        }
    }
}

/// The innermost section around that names a level.
pub(super) fn leveled(sections: &[Section], from: Option<SectionIx>) -> Option<SectionIx> {
    std::iter::successors(from, |section| sections[section.at()].parent)
        .find(|section| sections[section.at()].level.is_some())
}
