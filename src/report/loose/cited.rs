//! Tables whose rows have ids of their own and name bugs that are told elsewhere: what was tried or is to be done about those.

use std::collections::HashSet;

use super::Reader;
use super::retold::MOST;
use super::rows::Candidate;
use crate::report::mention::Name;
use crate::report::section::has_words;
use crate::report::table::{RowEntry, cells, identify};
use crate::text::Span;

impl Reader<'_> {
    /// Whether at least half of the rows of a table with ids name the id of a known bug beside what they say of themselves.
    pub(super) fn are_told_of(&mut self, candidate: &Candidate<'_>, rows: &[RowEntry]) -> bool {
        if !self.tells_bugs() || candidate.columns.id.is_none() || !(2..=MOST).contains(&rows.len()) {
            return false;
        }
        let named =
            (0..rows.len()).flat_map(|at| cited(self.base, &rows[at]).into_iter().map(move |id| (at, id)));
        let named: Vec<(usize, Span)> = named.collect();
        if named.is_empty() {
            return false;
        }
        let names: Vec<Name> = named.iter().map(|(_, id)| (*id, Span::empty(id.start))).collect();
        let found = self.names.find_all(&names);
        let told = named.iter().zip(found).filter(|(_, bug)| bug.is_some()).map(|((row, _), _)| *row);
        let told = told.collect::<HashSet<usize>>().len();
        told > 1 && told * 2 >= rows.len()
    }
}

/// The ids in brackets that end the cells of a row: `Pin the address (SEC-1)`.
fn cited(base: &[u8], row: &RowEntry) -> Vec<Span> {
    let of_cell = |cell: Span| {
        let text = cell.trim(base);
        let open = memchr::memrchr(b'(', text.of(base)).filter(|_| text.of(base).ends_with(b")"))?;
        let inner = text.part(open + 1..text.len() - 1);
        identify(base, inner).filter(|id| *id == inner && has_words(id.of(base)))
    };
    let is_own = |id: &Span| *id != row.id && !row.title.covers(*id);
    cells(base, row.row).into_iter().filter_map(of_cell).filter(is_own).collect()
}
