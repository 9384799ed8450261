//! Tables that say too little of bugs to be taken for such by themselves, and go on from others that hold some: their ids are
//! counted behind the same letters, or behind other letters below the same header but for the name of one column.

use std::collections::HashSet;

use super::Reader;
use super::rows::Candidate;
use crate::report::bug::Form;
use crate::report::inline::before_number;
use crate::report::section::has_words;
use crate::report::table::{RowEntry, TableKind, cells, plain};
use crate::text::Span;

/// How many columns tables have in common at least that are headed alike.
const SAME: usize = 3;

/// How many headers are held against that of a table.
const HEADERS_MOST: usize = 64;

/// What the tables that hold bugs have in common with those that go on from them.
#[derive(Debug)]
pub(super) struct Siblings<'a> {
    /// Their headers, and which column has the ids.
    headers: HashSet<(usize, Vec<&'a [u8]>)>,
    /// What their ids begin with.
    series: HashSet<&'a [u8]>,
}

impl<'a> Siblings<'a> {
    /// Whether a table goes on from one of them.
    pub(super) fn has(&self, base: &'a [u8], candidate: &Candidate<'_>, rows: &[RowEntry]) -> bool {
        let Some(id) = candidate.columns.id else { return false };
        let series: HashSet<&[u8]> = rows.iter().map(|row| before_number(row.id.of(base))).collect();
        let counted = series.iter().next().filter(|letters| series.len() == 1 && has_words(letters));
        let own = names(base, candidate.table.head);
        let is_headed = |(column, other): &(usize, Vec<&[u8]>)| {
            let same = own.iter().zip(other).filter(|(own, other)| own == other).count();
            let is_named = *column == id && own.get(id) == other.get(id);
            let is_alike = own.len() == other.len() && same >= SAME && same + 1 >= own.len();
            is_named && (is_alike || counted.is_some_and(|letters| self.series.contains(letters)))
        };
        counted.is_some() && self.headers.iter().any(is_headed)
    }
}

impl<'a> Reader<'a> {
    /// Reads the tables that were passed over and have ids, now that others are known to hold bugs.
    pub(super) fn read_siblings(&mut self, tables: &[Candidate<'_>]) {
        let known: HashSet<u32> = self.loose.tables.iter().map(|table| table.head.start).collect();
        let is_open = |one: &&Candidate<'_>| {
            one.kind == TableKind::Perhaps
                && one.columns.id.is_some()
                && !known.contains(&one.table.head.start)
        };
        let open: Vec<&Candidate<'_>> = tables.iter().filter(is_open).collect();
        if open.is_empty() || known.is_empty() {
            return;
        }
        let base = self.base;
        let rows = self.loose.bugs.iter().map(|(bug, _)| bug).filter(|bug| bug.form == Form::Row);
        let series = rows.map(|bug| before_number(bug.id.of(base))).collect();
        let headers = self.loose.tables.iter();
        let headers = headers.filter_map(|table| Some((table.columns.id?, names(base, table.head))));
        let headers = headers.take(HEADERS_MOST).collect();
        self.siblings = Some(Siblings { headers, series });
        open.into_iter().for_each(|table| self.read_table(table));
    }
}

/// What the columns below a header are called.
pub(super) fn names(base: &[u8], head: Span) -> Vec<&[u8]> {
    cells(base, head).into_iter().map(|cell| plain(base, cell).of(base)).collect()
}
