//! Writing into the cells of tables: what is written stays in its cell, and a cell that is as wide as its
//! column stays so, as long as one blank is left beside its text.

use std::collections::BTreeMap;

use super::one_line;
use crate::report::Report;
use crate::report::table::{cells, says_nothing};
use crate::text::edit::Edit;
use crate::text::{Span, display, line};

/// How many rows are looked at to tell whether a column is aligned.
const ROWS: usize = 12;

/// What changes in a cell: the bytes of `span` give way to `text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CellChange {
    /// The cell, pipes left out.
    pub(super) cell: Span,
    pub(super) span: Span,
    pub(super) text: String,
}

impl CellChange {
    /// Replaces a part of a cell.
    pub(super) fn part(cell: Span, span: Span, text: &str) -> CellChange {
        CellChange { cell, span, text: escaped(text) }
    }

    /// Replaces all that a cell says.
    pub(super) fn whole(base: &[u8], cell: Span, text: &str) -> CellChange {
        CellChange::part(cell, content(base, cell), text)
    }

    /// Writes behind all that a cell says.
    pub(super) fn behind(base: &[u8], cell: Span, text: &str) -> CellChange {
        CellChange::part(cell, Span::empty(content(base, cell).end), text)
    }

    /// Empties a cell, in the way in which other cells of its column are empty.
    pub(super) fn clear(report: &Report, cell: Span) -> CellChange {
        CellChange::whole(report.base(), cell, &empty_like(report, cell).unwrap_or_default())
    }
}

/// The edits of some cells, one for each.
pub(super) fn edits(report: &Report, changes: Vec<CellChange>) -> Vec<Edit> {
    let mut by_cell: BTreeMap<Span, Vec<(Span, String)>> = BTreeMap::new();
    for change in changes {
        by_cell.entry(change.cell).or_default().push((change.span, change.text));
    }
    let edit = |(cell, mut parts): (Span, Vec<(Span, String)>)| {
        parts.sort_by_key(|(span, _)| *span);
        let measure = measure(report, cell);
        fitted(report.base(), cell, &parts, measure)
    };
    by_cell.into_iter().map(edit).collect()
}

/// How wide a text is.
pub(super) type Measure = fn(&str) -> usize;

/// The edit of one cell. Where its width is measured it is kept if it can be; where it cannot, no blank is
/// taken, so that what takes the edit back finds them all.
pub(super) fn fitted(base: &[u8], cell: Span, parts: &[(Span, String)], measure: Option<Measure>) -> Edit {
    let content = content(base, cell);
    let new = spliced(base, content, parts);
    let (before, after) = (content.start - cell.start, cell.end - content.end);
    let Some(measure) = measure else { return Edit::replace(content, new) };
    let width = |text: &[u8]| measure(&String::from_utf8_lossy(text));
    let (old, wide) = (width(content.of(base)), width(&new));
    let (grows, shrinks) = (wide.saturating_sub(old) as u32, old.saturating_sub(wide));
    let to_right = before > after;
    let room = if to_right { before } else { after }.saturating_sub(1);
    let pad = vec![b' '; shrinks];
    match (grows > room, to_right) {
        (true, _) => Edit::replace(content, new),
        (_, true) => Edit::replace(Span::new(content.start - grows, content.end), [pad, new].concat()),
        (_, false) => Edit::replace(Span::new(content.start, content.end + grows), [new, pad].concat()),
    }
}

/// What a cell says, without the blanks around; where it says nothing, the place behind its first blank.
fn content(base: &[u8], cell: Span) -> Span {
    let content = cell.trim(base);
    if content.is_empty() { Span::empty((cell.start + 1).min(cell.end)) } else { content }
}

fn spliced(base: &[u8], content: Span, parts: &[(Span, String)]) -> Vec<u8> {
    let mut new = Vec::new();
    let mut at = content.start;
    for (span, text) in parts {
        new.extend_from_slice(Span::new(at, span.start).of(base));
        new.extend_from_slice(text.as_bytes());
        at = span.end.max(at);
    }
    new.extend_from_slice(Span::new(at, content.end).of(base));
    new
}

/// By what measure a cell is as wide as its column; `None` where by none.
fn measure(report: &Report, cell: Span) -> Option<Measure> {
    let base = report.base();
    let table = report.table_at(cell.start)?;
    let column = column(base, cell)?;
    let wide = cells(base, table.delimiter).get(column)?.len();
    let others = line::lines(base, Span::new(table.head.start, table.span.end)).take(ROWS);
    let others: Vec<Span> = others
        .filter_map(|row| cells(base, row.text).get(column).copied())
        .filter(|other| *other != cell)
        .collect();
    let measures: [Measure; 2] = [display::width, |text| text.chars().count()];
    let is_so = |measure: &Measure, cell: Span| measure(&String::from_utf8_lossy(cell.of(base))) == wide;
    let is_aligned = |measure: &Measure| {
        // The delimiter, which is as wide as itself, is one of them.
        let such = others.iter().filter(|other| is_so(measure, **other)).count() - 1;
        such * 2 > others.len() - 1
    };
    measures.into_iter().find(|measure| is_so(measure, cell) && is_aligned(measure))
}

/// The place of a cell in its row.
fn column(base: &[u8], cell: Span) -> Option<usize> {
    let row = line::at(base, line::start(base, cell.start)).text;
    cells(base, row).iter().position(|other| *other == cell)
}

/// What the first other cell of the same column has that says nothing.
fn empty_like(report: &Report, cell: Span) -> Option<String> {
    let base = report.base();
    let (table, column) = (report.table_at(cell.start)?, column(base, cell)?);
    let rows = line::lines(base, Span::new(table.delimiter.end, table.span.end)).skip(1);
    let others = rows.filter_map(|row| cells(base, row.text).get(column).copied());
    let empty = others.take(1000).find(|other| *other != cell && says_nothing(base, *other))?;
    Some(String::from_utf8_lossy(empty.trim(base).of(base)).into_owned())
}

/// A text that ends no cell: on one line, its pipes escaped.
pub(super) fn escaped(text: &str) -> String {
    let text = if text.contains(char::is_control) { one_line(text) } else { text.to_owned() };
    let mut out = String::with_capacity(text.len());
    let mut is_escaped = false;
    for letter in text.chars() {
        if letter == '|' && !is_escaped {
            out.push('\\');
        }
        is_escaped = letter == '\\' && !is_escaped;
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::edit::Edits;

    /// A cell with a part of it rewritten.
    fn rewritten(cell: &str, part: &str, to: &str) -> String {
        let base = cell.as_bytes();
        let start = cell.find(part).unwrap() as u32;
        let span = Span::new(start, start + part.len() as u32);
        let edit = fitted(base, Span::whole(base), &[(span, escaped(to))], Some(display::width));
        String::from_utf8(Edits::new(vec![edit]).unwrap().apply(base)).unwrap()
    }

    #[test]
    fn a_cell_keeps_its_width_on_screen() {
        assert_eq!(rewritten(" 🔴 High     ", "🔴 High", "🟡 Medium"), " 🟡 Medium   ");
        assert_eq!(rewritten(" 高     ", "高", "Low"), " Low    ");
        assert_eq!(rewritten("     **High** ", "High", "Critical"), " **Critical** ");
        assert_eq!(rewritten(" Critical ", "Critical", "Low"), " Low      ");
    }

    #[test]
    fn a_cell_without_room_grows_and_keeps_its_blanks() {
        assert_eq!(rewritten(" Low  ", "Low", "Critical"), " Critical  ");
        assert_eq!(rewritten("Low", "Low", "Critical"), "Critical");
    }

    #[test]
    fn nothing_that_is_written_ends_its_cell() {
        assert_eq!(escaped("a | b \\| c\nd"), "a \\| b \\| c d");
    }
}
