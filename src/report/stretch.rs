//! Stretches of a report that are scanned, and the marks found in them that an index is made of.
//!
//! A report is one stretch, or several with bugs between them that are known already. Each but the first begins at a
//! heading, so that what it holds is the same wherever it stands; a block that does not end with its stretch shows that the bugs
//! behind it are no longer what they were.

use rayon::prelude::*;

use super::field;
use super::lines::{self, Lines};
use super::part::{self, Head, Part};
use super::said::Said;
use super::scan::{self, Block, Heading, Row, Sink, State, Table};
use super::table;
use crate::methodology::Methodology;
use crate::text::{Span, line, passing};

/// How many bytes are scanned at a time on one core, which keeps them near while their headings are read and their lines counted.
const CHUNK: u32 = 1 << 19;

/// How many bytes of a report have a heading, and a thematic break, at the least where it is worth to have room for all from the start.
const EACH: usize = 512;

/// A stretch of a report, scanned.
#[derive(Debug)]
pub(super) struct Stretch {
    pub(super) span: Span,
    /// Its headings and the text below each.
    parts: Vec<Part>,
    /// Where its thematic breaks begin.
    rules: Vec<u32>,
    tables: Vec<Rows>,
    /// The line feeds of each stride of a report that this is all of.
    feeds: Vec<u32>,
}

impl Stretch {
    /// All of a report.
    pub(super) fn whole(base: &[u8], methodology: &Methodology) -> Stretch {
        Stretch::in_chunks(base, CHUNK, methodology)
    }

    fn in_chunks(base: &[u8], chunk: u32, methodology: &Methodology) -> Stretch {
        let mut whole = Joined::with_room(base, methodology);
        let read = |span, marks: Marks| {
            let feeds = lines::counts(base, span).collect();
            Chunk { feeds, ..marks.read(base, span, methodology) }
        };
        scan::scan_parallel(base, chunk, Marks::default, read, |chunk| whole.take(chunk));
        whole.end(Span::whole(base))
    }

    /// Which line each offset stands on, where the stretch is all of a report.
    pub(super) fn lines(&self) -> Lines {
        Lines::counted(self.feeds.iter().copied())
    }

    /// What is left of a report without these spans, in order. `None` where a block goes on into one of them.
    pub(super) fn around(base: &[u8], skipped: &[Span], methodology: &Methodology) -> Option<Vec<Stretch>> {
        let ends = skipped.iter().map(|span| span.start).chain([base.len() as u32]);
        let starts = [0].into_iter().chain(skipped.iter().map(|span| span.end));
        let spans: Vec<Span> = starts.zip(ends).map(|(start, end)| Span::new(start, end)).collect();
        spans.into_par_iter().map(|span| Stretch::between(base, span, methodology)).collect()
    }

    fn between(base: &[u8], span: Span, methodology: &Methodology) -> Option<Stretch> {
        let mut marks = Marks::default();
        let state = scan::scan(base, span, State::default(), &mut marks);
        let ends = span.end as usize == base.len() || state.yields_to_heading();
        scan::finish(base, span.end, state, &mut marks);
        ends.then(|| {
            let Chunk { parts, rules, tables, feeds, .. } = marks.read(base, span, methodology);
            Stretch { span, parts, rules, tables, feeds }
        })
    }

    /// Its parts, which it then no longer has.
    pub(super) fn take_parts(&mut self) -> Vec<Part> {
        std::mem::take(&mut self.parts)
    }

    /// Where its thematic breaks begin, which it then no longer tells.
    pub(super) fn take_rules(&mut self) -> Vec<u32> {
        std::mem::take(&mut self.rules)
    }

    pub(super) fn tables(&self) -> impl Iterator<Item = &Rows> {
        self.tables.iter()
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

/// A part of a stretch, read while its bytes are near.
struct Chunk {
    /// Its headings and the text below each, as far as the chunk goes.
    parts: Vec<Part>,
    /// The last of the headings.
    last: Option<Head>,
    rules: Vec<u32>,
    tables: Vec<Rows>,
    feeds: Vec<u32>,
}

/// Chunks, one after the other.
struct Joined<'a> {
    base: &'a [u8],
    methodology: &'a Methodology,
    all: Chunk,
}

impl<'a> Joined<'a> {
    /// Room for a whole report, as far as that can be told.
    fn with_room(base: &'a [u8], methodology: &'a Methodology) -> Joined<'a> {
        let (parts, rules) = (passing::room(base.len() / EACH), passing::room(base.len() / EACH));
        let feeds = passing::room(lines::strides(base));
        Joined { base, methodology, all: Chunk { parts, last: None, rules, tables: Vec::new(), feeds } }
    }

    /// Takes the chunk that follows.
    fn take(&mut self, chunk: Chunk) {
        if let Some(first) = chunk.parts.first() {
            self.settle(first.heading.lines.start);
            self.all.last = chunk.last;
        }
        self.all.parts.extend(chunk.parts);
        self.all.rules.extend(chunk.rules);
        self.all.tables.extend(chunk.tables);
        self.all.feeds.extend(chunk.feeds);
    }

    /// Has the last part end where the next heading begins, which the chunk that it was read in may not have told.
    fn settle(&mut self, end: u32) {
        if let (Some(part), Some(head)) = (self.all.parts.last_mut(), self.all.last)
            && part.end != end
        {
            *part = Part::read(&mut Said::new(self.base, self.methodology), head, end);
        }
    }

    fn end(mut self, span: Span) -> Stretch {
        self.settle(span.end);
        let Chunk { parts, rules, tables, feeds, .. } = self.all;
        Stretch { span, parts, rules, tables, feeds }
    }
}

/// The marks that an index is made of.
#[derive(Debug, Default)]
struct Marks {
    headings: Vec<Head>,
    rules: Vec<u32>,
    tables: Vec<Rows>,
    in_table: bool,
}

impl Marks {
    /// Reads the chunk that they were found in.
    fn read(mut self, base: &[u8], span: Span, methodology: &Methodology) -> Chunk {
        self.tables.iter_mut().for_each(|table| table.take_unseen(base));
        self.part_fields(base, methodology);
        let parts = part::all(base, &self.headings, span.end, methodology);
        let Marks { headings, rules, tables, .. } = self;
        Chunk { parts, last: headings.last().copied(), rules, tables, feeds: Vec::new() }
    }

    /// Makes breaks of the underlines below fields, which Markdown takes for headings.
    fn part_fields(&mut self, base: &[u8], methodology: &Methodology) {
        let is_underlined = |heading: &Head| {
            heading.setext && heading.level == 2 && field::is_underlined(base, heading.text, methodology)
        };
        let breaks = self.headings.iter().filter(|heading| is_underlined(heading));
        let breaks: Vec<u32> = breaks.map(|heading| line::at(base, heading.text.end).end).collect();
        if !breaks.is_empty() {
            self.headings.retain(|heading| !is_underlined(heading));
            self.rules.extend(breaks);
            self.rules.sort_unstable();
        }
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

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;

    static METHODOLOGY: LazyLock<Methodology> = LazyLock::new(Methodology::embedded);

    const LINES: [&str; 14] = [
        "### B-1: Leak",
        "## P1",
        "# comment",
        "```sh",
        "```",
        "- **Severity:** P0",
        "**Severity:** P2",
        "---",
        "",
        "<!--",
        "-->",
        "| ID | Severity |",
        "|----|----------|",
        "| B-2 | P3 |",
    ];

    proptest! {
        /// A bug would lose its severity, or have that of code, wherever a long report happens to be cut.
        #[test]
        fn chunks_change_nothing(lines in prop::collection::vec(prop::sample::select(&LINES[..]), 0..40), chunk in 0..200u32) {
            let base = lines.join("\n").into_bytes();
            let told = |chunk| {
                let Stretch { span, parts, rules, tables, .. } = Stretch::in_chunks(&base, chunk, &METHODOLOGY);
                format!("{span:?} {parts:#?} {rules:?} {tables:?}")
            };
            prop_assert_eq!(told(chunk), told(u32::MAX));
        }
    }
}
