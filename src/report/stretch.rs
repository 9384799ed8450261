//! Stretches of a report that are scanned, and the marks found in them that an index is made of.
//!
//! A report is one stretch, or several with bugs between them that are known already. Each but the first begins at a
//! heading, so that what it holds is the same wherever it stands; a block that does not end with its stretch shows that the bugs
//! behind it are no longer what they were.

use rayon::prelude::*;

use super::field;
use super::lines::{self, Lines};
use super::part::Head;
use super::scan::{self, Block, Heading, Row, Sink, State, Table};
use super::table;
use crate::text::{Span, line, passing};

/// How many bytes are scanned at a time on one core, which keeps them near while their lines are counted, too.
const CHUNK: u32 = 1 << 19;

/// How many bytes of a report have a heading, and a thematic break, at the least where it is worth to have room for all from the start.
const EACH: usize = 128;

/// A stretch of a report, scanned.
#[derive(Debug)]
pub(super) struct Stretch {
    pub(super) span: Span,
    marks: Marks,
}

impl Stretch {
    /// All of a report.
    pub(super) fn whole(base: &[u8]) -> Stretch {
        let counted = |span| Marks { feeds: lines::counts(base, span).collect(), ..Marks::default() };
        let mut marks = Marks::with_room(base);
        scan::scan_parallel(base, CHUNK, counted, |chunk| marks.take(chunk));
        Stretch::of(base, Span::whole(base), marks)
    }

    /// Which line each offset stands on, where the stretch is all of a report.
    pub(super) fn lines(&self) -> Lines {
        Lines::counted(self.marks.feeds.iter().copied())
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
        ends.then(|| Stretch::of(base, span, marks))
    }

    fn of(base: &[u8], span: Span, mut marks: Marks) -> Stretch {
        marks.tables.iter_mut().for_each(|table| table.take_unseen(base));
        marks.part_fields(base);
        Stretch { span, marks }
    }

    /// Its headings, which it then no longer has.
    pub(super) fn take_headings(&mut self) -> Vec<Head> {
        std::mem::take(&mut self.marks.headings)
    }

    /// Where its thematic breaks begin, which it then no longer tells.
    pub(super) fn take_rules(&mut self) -> Vec<u32> {
        std::mem::take(&mut self.marks.rules)
    }

    pub(super) fn tables(&self) -> impl Iterator<Item = &Rows> {
        self.marks.tables.iter()
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
    /// Takes for rows what Markdown sees none in: the numbered lines with bars right below a table that has none, and
    /// lines that are rows but for the blank ones before them.
    fn take_unseen(&mut self, base: &[u8]) {
        if self.rows.is_empty() {
            self.rows = table::numbered_rows(base, self.delimiter);
        }
        let last = self.rows.last().copied().unwrap_or(self.delimiter);
        self.rows.extend(table::rows_apart(base, self.head, last));
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

impl Marks {
    /// Room for those of a whole report, as far as that can be told.
    fn with_room(base: &[u8]) -> Marks {
        let (headings, rules) = (passing::room(base.len() / EACH), passing::room(base.len() / EACH));
        Marks { headings, rules, feeds: passing::room(lines::strides(base)), ..Marks::default() }
    }

    /// Makes breaks of the underlines below fields, which Markdown takes for headings.
    fn part_fields(&mut self, base: &[u8]) {
        let is_underlined =
            |heading: &Head| heading.setext && heading.level == 2 && field::is_underlined(base, heading.text);
        let breaks = self.headings.iter().filter(|heading| is_underlined(heading));
        let breaks: Vec<u32> = breaks.map(|heading| line::at(base, heading.text.end).end).collect();
        if !breaks.is_empty() {
            self.headings.retain(|heading| !is_underlined(heading));
            self.rules.extend(breaks);
            self.rules.sort_unstable();
        }
    }

    /// Takes those of the chunk that follows.
    fn take(&mut self, chunk: Marks) {
        self.headings.extend(chunk.headings);
        self.rules.extend(chunk.rules);
        self.tables.extend(chunk.tables);
        self.feeds.extend(chunk.feeds);
    }
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
