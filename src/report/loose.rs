//! Bugs that stand outside headings: rows of tables and items of lists; and rows that speak of bugs
//! standing elsewhere.
//!
//! What a table or a list is, it says itself; where it leaves that open, its section decides. A table whose
//! rows are mostly about bugs that are told elsewhere is an index of them.

use rayon::prelude::*;

use super::bug::{Bug, BugIx, Form, Source};
use super::index::{Index, Rows};
use super::layout::Why;
use super::mention::Names;
use super::section::SectionIx;
use super::table::{Columns, Recognised, RowEntry, TableKind, entries};
use crate::methodology::{HeadingWord, Methodology};
use crate::text::Span;

/// A table whose rows are bugs or speak of bugs.
#[derive(Clone, Debug)]
pub(super) struct BugTable {
    /// From its header to its last row.
    pub(super) span: Span,
    /// The header row.
    pub(super) head: Span,
    /// The row below it.
    pub(super) delimiter: Span,
    /// What its columns are.
    pub(super) columns: Columns,
}

/// What stands outside headings.
#[derive(Debug, Default)]
pub(super) struct Loose {
    /// Bugs, and why they are.
    pub(super) bugs: Vec<(Bug, Why)>,
    /// Rows that speak of bugs. Bugs are counted with the headed ones first, then those here.
    pub(super) mentions: Vec<(BugIx, RowEntry)>,
    pub(super) tables: Vec<BugTable>,
}

/// A table that may hold bugs.
pub(super) struct Candidate<'a> {
    pub(super) table: &'a Rows,
    columns: Columns,
    kind: TableKind,
}

impl Candidate<'_> {
    /// Whether its rows are bugs by all that they say themselves.
    pub(super) fn is_sure(&self) -> bool {
        self.kind == TableKind::Bugs && self.table.rows.len() > 1
    }

    /// Whether its rows are rather bugs of their own than what the heading above them lists.
    pub(super) fn is_apart(&self) -> bool {
        let has_ids = self.kind == TableKind::Perhaps && self.columns.id.is_some();
        self.is_sure() || has_ids && self.table.rows.len() > 2
    }
}

/// Those of the tables of a report that may hold bugs.
pub(super) fn candidates<'a>(
    base: &[u8],
    tables: &[&'a Rows],
    methodology: &Methodology,
) -> Vec<Candidate<'a>> {
    let read = |table: &&'a Rows| {
        let columns = Columns::of(base, table, methodology);
        let kind = Recognised::of(base, table, &columns, methodology).kind;
        let may = matches!(kind, TableKind::Bugs | TableKind::Perhaps | TableKind::References);
        may.then_some(Candidate { table, columns, kind })
    };
    tables.par_iter().filter_map(read).collect()
}

/// Reads the tables of a report that stand in no headed bug, in their order.
pub(super) fn of_tables(
    base: &[u8],
    tables: Vec<Candidate<'_>>,
    index: &Index,
    loose: &mut Loose,
    methodology: &Methodology,
) {
    let mut reader = Reader { base, index, methodology, names: Names::of(base, &index.bugs), loose };
    for table in tables {
        reader.read(table);
    }
}

struct Reader<'a> {
    base: &'a [u8],
    index: &'a Index,
    methodology: &'a Methodology,
    names: Names<'a>,
    loose: &'a mut Loose,
}

impl Reader<'_> {
    fn read(&mut self, candidate: Candidate<'_>) {
        let Candidate { table, columns, kind } = candidate;
        let rows = entries(self.base, table, &columns, self.methodology);
        let known: Vec<Option<BugIx>> = rows.iter().map(|row| self.names.find(row.id, row.title)).collect();
        let told = known.iter().flatten().count();
        let section = self.index.section_at(table.head.start);
        let holds = match kind {
            TableKind::Bugs => told == 0 || columns.severity.is_some() && told * 2 < rows.len(),
            TableKind::Perhaps => told == 0 && self.is_of_bugs(section),
            _ => false,
        };
        let holds =
            holds && !self.is_aside(section, &columns) && !(self.tells_bugs() && self.is_excerpt(&rows));
        for (row, known) in rows.iter().zip(known) {
            match known {
                Some(bug) => self.loose.mentions.push((bug, *row)),
                None if holds => self.take(row, section),
                None => {}
            }
        }
        if told > 0 || holds && !rows.is_empty() {
            let last = table.rows.last().copied().unwrap_or(table.delimiter);
            let (head, delimiter) = (table.head, table.delimiter);
            self.loose.tables.push(BugTable { span: head.join(last), head, delimiter, columns });
        }
    }

    fn take(&mut self, row: &RowEntry, section: Option<SectionIx>) {
        let bug = BugIx((self.index.bugs.len() + self.loose.bugs.len()) as u32);
        self.names.add(bug, row.id, row.title);
        let source = if row.severity.is_empty() { Source::Nothing } else { Source::Table };
        let bug = Bug {
            block: row.row,
            body: row.row.end,
            id: row.id,
            title: row.title,
            severity: row.severity,
            level: row.level,
            source,
            section,
            form: Form::Row,
        };
        self.loose.bugs.push((bug, Why::Row));
    }

    fn tells_bugs(&self) -> bool {
        !self.index.bugs.is_empty() || !self.loose.bugs.is_empty()
    }

    /// Whether rows have plain numbers that skip many: then they were counted in another list.
    fn is_excerpt(&self, rows: &[RowEntry]) -> bool {
        let number = |row: &RowEntry| std::str::from_utf8(row.id.of(self.base)).ok()?.parse::<u32>().ok();
        let Some(numbers) = rows.iter().map(number).collect::<Option<Vec<u32>>>() else { return false };
        let (least, most) = (numbers.iter().min().copied(), numbers.iter().max().copied());
        most.zip(least).is_some_and(|(most, least)| (most - least) as usize > 2 * numbers.len())
    }

    /// Whether a section says that bugs stand in it: it names a level, or what reports call their entries.
    fn is_of_bugs(&self, section: Option<SectionIx>) -> bool {
        self.around(section).any(|at| {
            let section = &self.index.sections[at.at()];
            let title = section.title.of(self.base);
            section.level.is_some() || self.methodology.headings().has(title, HeadingWord::Bug)
        })
    }

    /// Whether a table stands among praise, or among prose without saying how severe its rows are.
    fn is_aside(&self, section: Option<SectionIx>, columns: &Columns) -> bool {
        self.around(section).any(|at| {
            let word = self.index.words[at.at()];
            word == Some(HeadingWord::Fine) || word == Some(HeadingWord::Step) && columns.severity.is_none()
        })
    }

    fn around(&self, section: Option<SectionIx>) -> impl Iterator<Item = SectionIx> {
        std::iter::successors(section, |at| self.index.sections[at.at()].parent)
    }
}
