//! Bugs that stand outside headings: rows of tables and items of lists; and rows that speak of bugs
//! standing elsewhere.

mod beside;
mod called;
mod cited;
mod items;
mod lists;
mod retold;
mod rows;
mod siblings;

use std::collections::BTreeMap;

use super::bug::{Bug, BugIx};
use super::index::Index;
use super::layout::Why;
use super::mention::Names;
use super::section::SectionIx;
use super::table::{Columns, RowEntry};
use crate::methodology::{FieldKind, HeadingWord, Methodology};
use crate::text::Span;
pub(super) use lists::{Lists, grades_items, is_list, is_split, is_split_by_fields, leads, named_items};
use retold::Told;
pub(super) use rows::{Candidate, candidates};
use siblings::Siblings;

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

impl BugTable {
    /// Whether its statuses are those of bugs: it says how severe each is as well, or calls each by its title.
    pub(super) fn tells_statuses(&self) -> bool {
        let Columns { status, ref kinds, .. } = self.columns;
        let is_named = |at: usize| kinds[at] == Some(FieldKind::Status);
        self.columns.grade() || self.columns.title_is_named() && status.is_some_and(is_named)
    }
}

/// What stands outside headings.
#[derive(Debug, Default)]
pub(super) struct Loose {
    /// Bugs, and why they are.
    pub(super) bugs: Vec<(Bug, Why)>,
    /// Rows that speak of bugs. Bugs are counted with the headed ones first, then those here.
    pub(super) mentions: Vec<(BugIx, RowEntry)>,
    /// The tables of both, in order.
    pub(super) tables: Vec<BugTable>,
    /// Whether any of it speaks of bugs that were left out.
    pub(super) by_others: bool,
}

impl Loose {
    /// Reads the lists and the tables of a report that stand in no headed bug. Lists that say how severe their
    /// items are come first, for an item tells more of its bug than the row of an index does; other lists
    /// come last, for they often regroup the rows of a table.
    pub(super) fn read(
        base: &[u8],
        lists: Vec<Lists>,
        tables: Vec<Candidate<'_>>,
        (index, left_out): (&Index, &[Bug]),
        methodology: &Methodology,
    ) -> Loose {
        if lists.is_empty() && tables.is_empty() {
            return Loose::default();
        }
        let names = Names::of(base, &index.bugs).without(left_out);
        let all_lists = lists.iter().flat_map(|found| &found.lists);
        let mut reader = Reader {
            base,
            index,
            methodology,
            names,
            loose: Loose::default(),
            taken: BTreeMap::new(),
            siblings: None,
            lone_paragraphs: all_lists.filter(|list| items::is_lone_paragraph(list)).count(),
            takes_prose: false,
            takes_steps: false,
        };
        let places: Vec<u32> = tables.iter().map(|table| table.table.head.start).collect();
        reader.read_lists(&lists, &places, Reader::is_graded);
        reader.read_lists(&lists, &places, Reader::is_one_of_graded);
        let beside = reader.besides();
        reader
            .read_lists(&lists, &places, |reader, list, place| reader.is_beside_graded(list, place, &beside));
        reader.read_lists(&lists, &places, Reader::is_settled);
        tables.iter().for_each(|table| reader.read_table(table));
        reader.read_siblings(&tables);
        reader.read_counted(&lists, &places);
        reader.read_lists(&lists, &places, Reader::is_set_off);
        if reader.tells_bugs_in_steps_alone() {
            reader.takes_steps = true;
            reader.read_lists(&lists, &places, Reader::is_graded);
            tables.iter().for_each(|table| reader.read_table_in_step(table));
            reader.read_counted(&lists, &places);
            reader.read_lists(&lists, &places, Reader::is_set_off);
        }
        if !reader.tells_bugs() {
            reader.read_lists(&lists, &places, Reader::is_of_known_bugs);
        }
        if !reader.tells_bugs() {
            reader.takes_prose = true;
            reader.read_lists(&lists, &places, Reader::is_graded);
            let tables = tables.iter().filter(|table| table.grades() || table.refers());
            tables.for_each(|table| reader.read_table(table));
            reader.read_lists(&lists, &places, Reader::is_of_settled_bugs);
            reader.read_lists(&lists, &places, Reader::is_of_failed_tests);
        }
        reader.loose.tables.sort_by_key(|table| table.head.start);
        Loose { by_others: reader.names.are_missed(), ..reader.loose }
    }
}

/// Tells what of it all are bugs.
struct Reader<'a> {
    base: &'a [u8],
    index: &'a Index,
    methodology: &'a Methodology,
    names: Names<'a>,
    loose: Loose,
    /// Where each bug found so far begins and ends.
    taken: BTreeMap<u32, u32>,
    /// The tables that others may go on from, once those are known.
    siblings: Option<Siblings<'a>>,
    /// How many paragraphs that open in bold are the only ones of their texts.
    lone_paragraphs: usize,
    /// Whether bugs may stand in prose, for they stand nowhere else.
    takes_prose: bool,
    /// Whether bugs may stand in steps, for they stand nowhere else.
    takes_steps: bool,
}

impl Reader<'_> {
    /// Adds a bug, unless another is there already.
    fn take(&mut self, bug: Bug, why: Why) {
        let Span { start, end } = bug.block;
        let before = self.taken.range(..end).next_back();
        if before.is_some_and(|(_, other)| *other > start) {
            return;
        }
        self.taken.insert(start, end);
        let at = BugIx((self.index.bugs.len() + self.loose.bugs.len()) as u32);
        self.names.add(at, bug.id, bug.title);
        self.loose.bugs.push((bug, why));
    }

    fn tells_bugs(&self) -> bool {
        !self.index.bugs.is_empty() || !self.loose.bugs.is_empty()
    }

    /// Whether there are steps, and no bug stands outside them so far.
    fn tells_bugs_in_steps_alone(&self) -> bool {
        let is_in_step = |bug: &Bug| self.is_among(bug.section, HeadingWord::Step);
        self.index.words.contains(&Some(HeadingWord::Step))
            && self.index.bugs.iter().all(is_in_step)
            && self.loose.bugs.iter().all(|(bug, _)| is_in_step(bug))
    }

    /// The headed bugs that rows or items tell again of which nobody knows yet what they speak of, under the same numbers
    /// or in other words.
    fn retold(&mut self, rows: &[Told], known: &[Option<BugIx>]) -> Vec<Option<BugIx>> {
        let bugs = &self.index.bugs;
        if bugs.is_empty() || known.iter().all(Option::is_some) {
            return vec![None; rows.len()];
        }
        let fits = |found: &BugIx, known: &Option<BugIx>| known.is_none_or(|known| known == *found);
        let numbered = retold::by_number(self.base, bugs, rows).filter(|found| {
            found.iter().zip(known).all(|(found, known)| found.is_none_or(|found| fits(&found, known)))
        });
        let left_out = self.names.left_out();
        let found = match numbered {
            Some(found) => found,
            None if bugs.len() + left_out > retold::MOST => vec![None; rows.len()],
            None => retold::by_words(self.base, bugs, rows),
        };
        if left_out > 0 && (bugs.len() + left_out <= retold::MOST || retold::is_series(self.base, rows)) {
            self.names.miss();
        }
        found
    }

    /// Whether a section says that bugs stand in it: it says how severe they are, or what reports call their entries.
    fn is_of_bugs(&self, section: Option<SectionIx>) -> bool {
        self.around(section).any(|at| self.names_bugs(at))
    }

    fn names_bugs(&self, section: SectionIx) -> bool {
        let section = &self.index.sections[section.at()];
        let title = section.title.of(self.base);
        section.grades() || self.methodology.headings().has(title, HeadingWord::Bug)
    }

    /// Whether a section says what has become of its bugs.
    fn is_by_status(&self, section: Option<SectionIx>) -> bool {
        section.is_some_and(|at| !self.index.sections[at.at()].status.is_empty())
    }

    /// Whether a section around is headed by a word of this kind.
    fn is_among(&self, section: Option<SectionIx>, kind: HeadingWord) -> bool {
        self.around(section).any(|at| self.index.words[at.at()] == Some(kind))
    }

    fn around(&self, section: Option<SectionIx>) -> impl Iterator<Item = SectionIx> {
        std::iter::successors(section, |at| self.index.sections[at.at()].parent)
    }
}
