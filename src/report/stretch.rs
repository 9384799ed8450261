//! Stretches of a report that are scanned, and the marks found in them that an index is made of.
//!
//! A report is one stretch, or several with bugs between them that are known already. Each but the first begins at a
//! heading, so that what it holds is the same wherever it stands; a block that does not end with its stretch shows that the bugs
//! behind it are no longer what they were.

use rayon::prelude::*;

use super::lines::{self, Lines};
use super::part::Head;
use super::scan::{self, Block, Heading, Row, Sink, State, Table};
use super::table;
use crate::text::Span;

/// How many bytes are scanned at a time on one core, which keeps them near while their lines are counted, too.
const CHUNK: u32 = 1 << 19;

/// From how many headings on it matters whether their memory is given back once they are read.
const MANY: usize = 1 << 16;

/// Room for how many headings is given back at once. Where less than 32 MiB is freed that was mapped by itself, the C
/// library of Linux keeps twice as much of what is freed from then on, in every thread. Room that is not used costs nothing.
const GIVEN_BACK: usize = (32 << 20) / size_of::<Head>() + 1;

/// A stretch of a report, scanned.
#[derive(Debug)]
pub(super) struct Stretch {
    pub(super) span: Span,
    marks: Vec<Marks>,
}

impl Stretch {
    /// All of a report.
    pub(super) fn whole(base: &[u8]) -> Stretch {
        let counted = |span| Marks { feeds: lines::counts(base, span).collect(), ..Marks::default() };
        Stretch::of(base, Span::whole(base), scan::scan_parallel(base, CHUNK, counted))
    }

    /// Which line each offset stands on, where the stretch is all of a report.
    pub(super) fn lines(&self) -> Lines {
        Lines::counted(self.marks.iter().flat_map(|marks| marks.feeds.iter().copied()))
    }

    /// What is left of a report without these spans, in order. `None` where a block goes on into one of them.
    pub(super) fn around(base: &[u8], skipped: &[Span]) -> Option<Vec<Stretch>> {
        let ends = skipped.iter().map(|span| span.start).chain([base.len() as u32]);
        let starts = [0].into_iter().chain(skipped.iter().map(|span| span.end));
        let spans: Vec<Span> = starts.zip(ends).map(|(start, end)| Span::new(start, end)).collect();
        spans.into_par_iter().map(|span| Stretch::between(base, span)).collect()
    }

    fn between(base: &[u8], span: Span) -> Option<Stretch> {
        let mut marks = Marks::default();
        let state = scan::scan(base, span, State::default(), &mut marks);
        let ends = span.end as usize == base.len() || state.yields_to_heading();
        scan::finish(base, span.end, state, &mut marks);
        ends.then(|| Stretch::of(base, span, vec![marks]))
    }

    fn of(base: &[u8], span: Span, mut marks: Vec<Marks>) -> Stretch {
        marks.iter_mut().flat_map(|marks| &mut marks.tables).for_each(|table| table.take_numbered(base));
        Stretch { span, marks }
    }

    /// Its headings, which it then no longer has.
    pub(super) fn take_headings(&mut self) -> Vec<Head> {
        let count: usize = self.marks.iter().map(|marks| marks.headings.len()).sum();
        let mut headings = Vec::with_capacity(if count < MANY { count } else { count.max(GIVEN_BACK) });
        self.marks.iter_mut().for_each(|marks| headings.extend(std::mem::take(&mut marks.headings)));
        headings
    }

    pub(super) fn tables(&self) -> impl Iterator<Item = &Rows> {
        self.marks.iter().flat_map(|marks| &marks.tables)
    }

    /// Where its thematic breaks begin.
    pub(super) fn rules(&self) -> impl Iterator<Item = u32> {
        self.marks.iter().flat_map(|marks| marks.rules.iter().copied())
    }
}

/// A table and its rows.
#[derive(Debug)]
pub(super) struct Rows {
    pub(super) head: Span,
    pub(super) delimiter: Span,
    pub(super) rows: Vec<Span>,
}

impl Rows {
    /// Takes for rows the numbered lines with bars right below a table that has none: Markdown sees a list there.
    fn take_numbered(&mut self, base: &[u8]) {
        if self.rows.is_empty() {
            self.rows = table::numbered_rows(base, self.delimiter);
        }
    }
}

/// The marks that an index is made of.
#[derive(Debug, Default)]
struct Marks {
    headings: Vec<Head>,
    rules: Vec<u32>,
    tables: Vec<Rows>,
    in_table: bool,
    /// The line feeds of each stride that begins in the chunk, where it is one of a whole report.
    feeds: Vec<u32>,
}

impl Sink for Marks {
    const LOOKS_INSIDE: bool = false;

    fn heading(&mut self, heading: Heading) {
        if heading.place.is_top() {
            let Heading { lines, text, level, setext, .. } = heading;
            self.headings.push(Head { lines, text, level, setext });
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
