//! Rows of tables as bugs; and rows that speak of bugs standing elsewhere.
//!
//! What a table is, it says itself; where it leaves that open, its section decides. A table whose rows are
//! mostly about bugs that are told elsewhere is an index of them.

use std::collections::{BTreeSet, HashSet};

use rayon::prelude::*;

use super::retold::Told;
use super::siblings::names;
use super::{BugTable, Reader};
use crate::methodology::{FieldKind, HeadingWord, Methodology};
use crate::report::bug::{Bug, BugIx, Form, Source};
use crate::report::index::Rows;
use crate::report::inline::before_number;
use crate::report::layout::{Called, Why};
use crate::report::mention::Name;
use crate::report::section::{SectionIx, has_words};
use crate::report::table::{Columns, Recognised, RowEntry, TableKind, entries, has_counts, names_several};
use crate::report::tested;
use crate::text::Span;

/// A table that may hold bugs or say how severe they are.
pub(in crate::report) struct Candidate<'a> {
    pub(in crate::report) table: &'a Rows,
    pub(super) columns: Columns,
    pub(super) kind: TableKind,
}

impl Candidate<'_> {
    /// Whether its rows are bugs by all that they say themselves.
    pub(in crate::report) fn is_sure(&self) -> bool {
        self.kind == TableKind::Bugs && self.table.rows.len() > 1
    }

    /// Whether it lists bugs; else it counts something, which its rows may call as bugs are called.
    pub(in crate::report) fn lists(&self) -> bool {
        self.kind != TableKind::Summary
    }

    /// Whether it lists bugs and says how severe they are.
    pub(in crate::report) fn grades(&self) -> bool {
        let lists = matches!(self.kind, TableKind::Bugs | TableKind::Perhaps);
        lists && self.columns.grade()
    }

    /// Whether it tells how severe what its ids name is, and no more.
    pub(super) fn refers(&self) -> bool {
        self.kind == TableKind::References && self.columns.severity.is_some()
    }

    /// What its rows call their bugs.
    pub(in crate::report) fn called(&self, base: &[u8], methodology: &Methodology) -> Vec<Called> {
        let rows = entries(base, self.table, &self.columns, methodology).into_iter();
        rows.map(|row| Called { id: row.id, title: row.title }).collect()
    }

    /// The ids in its rows.
    pub(in crate::report) fn ids(&self, base: &[u8], methodology: &Methodology) -> Vec<Span> {
        let rows = entries(base, self.table, &self.columns, methodology).into_iter();
        rows.map(|row| row.id).filter(|id| !id.is_empty()).collect()
    }

    /// Whether its rows are rather bugs of their own than what the heading above them lists.
    pub(in crate::report) fn is_apart(&self) -> bool {
        let has_ids = self.kind == TableKind::Perhaps && self.columns.id.is_some();
        self.is_sure() || has_ids && self.table.rows.len() > 2
    }
}

/// Those of the tables of a report that may hold bugs or say how severe they are.
pub(in crate::report) fn candidates<'a>(
    base: &[u8],
    tables: &[&'a Rows],
    methodology: &Methodology,
) -> Vec<Candidate<'a>> {
    let read = |table: &&'a Rows| {
        let columns = Columns::of(base, table, methodology);
        let kind = Recognised::of(base, table, &columns, methodology).kind;
        let may = match kind {
            TableKind::Bugs | TableKind::Perhaps | TableKind::References => true,
            TableKind::Summary => columns.severity.is_some() && columns.title.is_some(),
            _ => false,
        };
        may.then_some(Candidate { table, columns, kind })
    };
    tables.par_iter().filter_map(read).collect()
}

impl<'a> Reader<'a> {
    /// Reads a table that stands in no headed bug.
    pub(super) fn read_table(&mut self, candidate: &Candidate<'_>) {
        let Candidate { table, columns, kind } = candidate;
        let rows = entries(self.base, table, columns, self.methodology);
        let called: Vec<Name> = rows.iter().map(|row| (row.id, row.title)).collect();
        let mut known = self.names.find_all(&called);
        if self.is_list_of_its_own(table.head, &rows, &known) {
            known.fill(None);
        }
        let told = known.iter().flatten().count();
        let section = self.index.section_at(table.head.start);
        let holds = match kind {
            TableKind::Bugs => told == 0 || columns.grade() && told * 2 < rows.len(),
            TableKind::References => told == 0 && self.takes_prose,
            TableKind::Perhaps => {
                let goes_on =
                    || self.siblings.as_ref().is_some_and(|known| known.has(self.base, candidate, &rows));
                told == 0 && (self.takes_prose || self.speaks_of_bugs(section) || goes_on())
            }
            _ => false,
        };
        let holds = holds && !self.are_told_of(candidate, &rows);
        let is_aside = self.is_table_aside(section, columns) || self.tells_bugs() && self.is_excerpt(&rows);
        let holds = holds && !is_aside;
        let known = if holds || told > 0 && *kind == TableKind::Bugs {
            let told = |row: &RowEntry| Told { id: row.id, title: row.title, level: row.level };
            let retold = self.retold(&rows.iter().map(told).collect::<Vec<_>>(), &known);
            known.into_iter().zip(retold).map(|(known, retold)| known.or(retold)).collect()
        } else {
            known
        };
        let is_retold = known.iter().flatten().count() > told;
        let (holds, told) = (holds && !is_retold, known.iter().flatten().count());
        let counted =
            if *kind == TableKind::Bugs && !is_aside { self.letters(&rows, &known) } else { HashSet::new() };
        let passed = self.passed_tests(&rows);
        let tallies = columns.severity == Some(0) && has_counts(self.base, table.head);
        for (row, known) in rows.iter().zip(known) {
            match known {
                Some(_) if tallies || names_several(self.base, row.id) => {}
                Some(bug) => self.loose.mentions.push((bug, *row)),
                None if passed.contains(&row.row) => {}
                None if holds || self.counts_on(row, &counted, section) => self.take_row(row, section),
                None => {}
            }
        }
        if told > 0 || holds && !rows.is_empty() {
            let last = table.rows.last().copied().unwrap_or(table.delimiter);
            let (head, delimiter) = (table.head, table.delimiter);
            let columns = columns.clone();
            self.loose.tables.push(BugTable { span: head.join(last), head, delimiter, columns });
        }
    }

    /// The rows of tests that found nothing, where others of the table failed.
    fn passed_tests(&self, rows: &[RowEntry]) -> HashSet<Span> {
        let outcome = |row: &RowEntry| tested::outcome(row.status.of(self.base));
        let is_called = |row: &RowEntry| tested::calls_a_bug(row.id.of(self.base), self.methodology);
        let outcomes: Vec<Option<bool>> = rows.iter().map(outcome).collect();
        if !outcomes.contains(&Some(false)) {
            return HashSet::new();
        }
        let passed =
            rows.iter().zip(outcomes).filter(|(row, outcome)| *outcome == Some(true) && !is_called(row));
        passed.map(|(row, _)| row.row).collect()
    }

    /// Whether a table stands beside others like it, each counted anew or not at all, and has rows of its own: what is found on
    /// two hosts is two bugs. One that has nothing but the titles of another says the same again.
    fn is_list_of_its_own(&self, head: Span, rows: &[RowEntry], known: &[Option<BugIx>]) -> bool {
        let is_number = |row: &RowEntry| row.id.of(self.base).iter().all(u8::is_ascii_digit);
        let mut told =
            rows.iter().zip(known).filter(|(_, known)| known.is_some()).map(|(row, _)| row).peekable();
        if told.peek().is_none() || !told.all(is_number) {
            return false;
        }
        let told: Option<Vec<(&Bug, Span)>> = known.iter().flatten().map(|bug| self.row_of(*bug)).collect();
        let Some(told) = told else { return false };
        let is_same = |(row, known): (&RowEntry, &Option<BugIx>)| {
            let bug = known.and_then(|bug| self.row_of(bug));
            let title = row.title.of(self.base);
            bug.is_some_and(|(bug, _)| bug.title.of(self.base).eq_ignore_ascii_case(title))
        };
        let own = names(self.base, head);
        let heads: BTreeSet<Span> = told.iter().map(|(_, head)| *head).collect();
        heads.into_iter().all(|head| names(self.base, head) == own) && !rows.iter().zip(known).all(is_same)
    }

    /// A bug found so far for a row, and the header of its table.
    fn row_of(&self, bug: BugIx) -> Option<(&Bug, Span)> {
        let (bug, _) = self.loose.bugs.get(bug.at().checked_sub(self.index.bugs.len())?)?;
        let (at, tables) = (bug.block.start, &self.loose.tables);
        let after = tables.partition_point(|table| table.span.start <= at);
        let table = tables[..after].last().filter(|table| at < table.span.end)?;
        Some((bug, table.head))
    }

    /// Reads a table that was passed over for standing in a step.
    pub(super) fn read_table_in_step(&mut self, candidate: &Candidate<'_>) {
        let head = candidate.table.head;
        let section = self.index.section_at(head.start);
        let is_known = || self.loose.tables.iter().any(|table| table.head == head);
        if !candidate.columns.grade() && self.is_among(section, HeadingWord::Step) && !is_known() {
            self.read_table(candidate);
        }
    }

    /// The letters of the ids in those rows that speak of bugs told elsewhere.
    fn letters(&self, rows: &[RowEntry], known: &[Option<BugIx>]) -> HashSet<&'a [u8]> {
        let told = rows.iter().zip(known).filter(|(_, known)| known.is_some());
        told.map(|(row, _)| before_number(row.id.of(self.base)))
            .filter(|letters| has_words(letters))
            .collect()
    }

    /// Whether a row that no other place tells of has an id counted like those of the others, and a level, or stands where
    /// it is said what has become of bugs.
    fn counts_on(&self, row: &RowEntry, counted: &HashSet<&[u8]>, section: Option<SectionIx>) -> bool {
        let says = row.level.is_some() || self.is_by_status(section) && self.is_of_bugs(section);
        says && counted.contains(before_number(row.id.of(self.base)))
    }

    fn take_row(&mut self, row: &RowEntry, section: Option<SectionIx>) {
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
        self.take(bug, Why::Row);
    }

    /// Whether a section says that bugs stand in it. The title of a report that has headed bugs speaks of those.
    fn speaks_of_bugs(&self, section: Option<SectionIx>) -> bool {
        let is_title = |at: &SectionIx| at.at() == 0 && self.index.sections[0].depth == 1;
        let is_told = !self.index.bugs.is_empty();
        self.around(section).filter(|at| !is_told || !is_title(at)).any(|at| self.names_bugs(at))
    }

    /// Whether rows have plain numbers that skip many: then they were counted in another list.
    fn is_excerpt(&self, rows: &[RowEntry]) -> bool {
        let number = |row: &RowEntry| std::str::from_utf8(row.id.of(self.base)).ok()?.parse::<u32>().ok();
        let Some(numbers) = rows.iter().map(number).collect::<Option<Vec<u32>>>() else { return false };
        let (least, most) = (numbers.iter().min().copied(), numbers.iter().max().copied());
        most.zip(least).is_some_and(|(most, least)| (most - least) as usize > 2 * numbers.len())
    }

    /// Whether a table stands among praise, among steps without saying how severe its rows are, or has priorities and no ids
    /// where the bugs are told under headings, and stands in prose or calls nothing a title: `Feature | Priority | Effort`.
    fn is_table_aside(&self, section: Option<SectionIx>, columns: &Columns) -> bool {
        let rates_priority =
            columns.severity.is_some_and(|at| columns.kinds[at] == Some(FieldKind::Priority));
        let plans = rates_priority && columns.id.is_none() && !self.index.bugs.is_empty();
        plans && !columns.title_is_named()
            || self.around(section).any(|at| match self.index.words[at.at()] {
                Some(HeadingWord::Fine) => true,
                Some(HeadingWord::Step) => !columns.grade() && !self.takes_steps,
                Some(HeadingWord::Prose) => plans,
                _ => false,
            })
    }
}
