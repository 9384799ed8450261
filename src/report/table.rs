//! Tables: which of them hold bugs, what their columns are, and what their rows say.
//!
//! Nothing here looks beyond one table. What a table is, is decided from its header and from a sample of
//! its rows, so a long table costs no more than a short one; only its rows' own parts are read from each.
//! Header names decide before cells do, and a column is never guessed where its header says what it is.

mod cell;
mod columns;
mod kind;
mod row;
mod state;
mod words;

pub(crate) use cell::unescaped;
pub(super) use cell::{cells, grade, identify, names_several, plain, row_cells, says_nothing};
pub(super) use columns::{Columns, has_counts, is_chance, kind_of};
pub(super) use kind::{Recognised, TableKind};
pub(super) use row::{RowEntry, entries, fields, severity_cell};
pub(super) use state::may_be_state;

use super::index::Rows;
use crate::text::{Span, line};

/// How many rows of a table are looked at to tell what it is.
const SAMPLE: usize = 96;

/// The lines right below the delimiter of a table that begin with a number and are cut by bars.
pub(super) fn numbered_rows(base: &[u8], delimiter: Span) -> Vec<Span> {
    let below = Span::new(line::at(base, delimiter.end).end, base.len() as u32);
    let is_row = |row: &Span| {
        let row = row.of(base);
        let digits = row.iter().take_while(|byte| byte.is_ascii_digit()).count();
        digits > 0 && row[digits..].starts_with(b". ") && row.contains(&b'|')
    };
    line::lines(base, below).map(|line| line.text.trim(base)).take_while(is_row).collect()
}

/// The lines behind the last row of a table and blank lines that are rows of it by how many cells they have, be it one less than
/// the header has, and none of them the header of another.
pub(super) fn rows_apart(base: &[u8], head: Span, last: Span) -> Vec<Span> {
    let below = Span::new(line::at(base, last.end).end, base.len() as u32);
    let mut lines = line::lines(base, below).filter(|line| !is_blank(line.text.of(base))).peekable();
    let mut rows = Vec::new();
    let mut columns = None;
    while let Some(row) = lines.next_if(|line| line.text.of(base).starts_with(b"|")) {
        let (row, columns) = (row.text.trim(base), *columns.get_or_insert_with(|| cells(base, head).len()));
        let is_headed = lines.peek().is_some_and(|next| is_delimiter(next.text.of(base)));
        let cells = row_cells(base, columns, row).len();
        let fits = cells == columns || cells > 1 && cells + 1 == columns;
        if is_headed || !fits || is_delimiter(row.of(base)) {
            break;
        }
        rows.push(row);
    }
    rows
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(u8::is_ascii_whitespace)
}

/// Whether a line could be the one below the header of a table.
fn is_delimiter(line: &[u8]) -> bool {
    line.contains(&b'-') && line.contains(&b'|') && line.iter().all(|byte| b"|:- \t".contains(byte))
}

/// The header of a table and a sample of its rows, cut into cells.
#[derive(Debug)]
struct Grid {
    head: Vec<Span>,
    rows: Vec<Vec<Span>>,
}

impl Grid {
    /// Cuts up a table; rows that hold nothing are left out.
    fn of(base: &[u8], table: &Rows) -> Grid {
        let step = table.rows.len().div_ceil(SAMPLE).max(1);
        let head = cells(base, table.head);
        let rows = table.rows.iter().step_by(step).map(|row| row_cells(base, head.len(), *row));
        let rows = rows.filter(|row| row.iter().any(|cell| !cell::says_nothing(base, *cell))).collect();
        Grid { head, rows }
    }

    /// The cells of a column that hold something.
    fn column<'a>(&'a self, base: &'a [u8], at: usize) -> impl Iterator<Item = Span> + 'a {
        let cells = self.rows.iter().filter_map(move |row| row.get(at).copied());
        cells.filter(|cell| !cell::says_nothing(base, *cell))
    }

    /// How many in a hundred of the cells of a column that hold something are such; 0 where none does.
    fn share(&self, base: &[u8], at: usize, is_such: impl Fn(Span) -> bool) -> usize {
        let (mut all, mut such) = (0, 0);
        for cell in self.column(base, at) {
            all += 1;
            such += usize::from(is_such(cell));
        }
        such * 100 / all.max(1)
    }

    /// Whether the cells of a column are ids of published vulnerabilities.
    fn lists_advisories(&self, base: &[u8], at: usize) -> bool {
        self.share(base, at, |cell| cell::is_advisory(base, cell)) >= 80
    }

    /// How many bytes the cells of a column that hold something have, taken together over their number.
    fn width(&self, base: &[u8], at: usize) -> usize {
        let (count, bytes) = self
            .column(base, at)
            .fold((0, 0), |(count, bytes), cell| (count + 1, bytes + plain(base, cell).len()));
        bytes / std::cmp::max(count, 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::scan::{Kind, Outline};

    /// The first table of a text.
    pub(super) fn table(text: &str) -> Rows {
        let marks = Outline::of(text.as_bytes(), Span::whole(text.as_bytes()));
        let head = marks.iter().find(|mark| matches!(mark.kind, Kind::Table { .. })).expect("a table").text;
        let rows = marks.iter().filter(|mark| mark.kind == Kind::Row).map(|mark| mark.text).collect();
        Rows { head, delimiter: Span::empty(head.end), rows }
    }

    #[test]
    fn a_sample_reaches_over_the_whole_table_and_counts_only_what_is_said() {
        let rows: String =
            (0..1000).map(|at| format!("| {at} | {} |\n", if at < 500 { "a" } else { "-" })).collect();
        let text = format!("| x | y |\n|---|---|\n{rows}");
        let grid = Grid::of(text.as_bytes(), &table(&text));
        assert!(grid.rows.len() <= SAMPLE && grid.rows.len() > SAMPLE / 2);
        assert!(grid.column(text.as_bytes(), 0).any(|cell| plain(text.as_bytes(), cell).len() == 3));
        assert_eq!(grid.share(text.as_bytes(), 1, |cell| plain(text.as_bytes(), cell).len() == 1), 100);
        assert_eq!((grid.width(text.as_bytes(), 1), grid.share(text.as_bytes(), 7, |_| true)), (1, 0));
    }
}
