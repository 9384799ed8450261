//! Tables of counts, cut into cells again: which of their cells are the sums of others, and which the shares.

use super::number::Number;
use super::subject::Subject;
use super::table::{wide, widths};
use super::words::is_sum;
use super::{Claim, ClaimIx, Count, Place};
use crate::methodology::Methodology;
use crate::report::table::{cells, plain, says_nothing};
use crate::report::{Report, section};
use crate::text::{Span, line, lossy};

/// How many columns and rows a table has at the most that sums things up.
const COLUMNS: usize = 32;
const ROWS: usize = 1024;

/// A table that claims stand in.
pub(in crate::report) struct Sheet<'a> {
    pub(super) base: &'a [u8],
    methodology: &'a Methodology,
    /// Its claims, each with its row and its column.
    claims: Vec<(ClaimIx, (usize, usize))>,
    pub(super) head: Vec<Span>,
    delimiter: Vec<Span>,
    pub(super) rows: Vec<Vec<Span>>,
    /// What each row is.
    kinds: Vec<Line>,
}

/// What a row or a column of a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    /// It counts bugs of a level.
    Level,
    /// It counts bugs of a status.
    Status,
    /// All of the others together.
    Sum,
    Other,
}

/// A cell that says what others come to together.
#[derive(Debug)]
pub(in crate::report) struct Sum {
    /// The row and the column of the cell.
    pub(in crate::report) at: (usize, usize),
    /// Its digits.
    pub(in crate::report) span: Span,
    /// What it says.
    pub(in crate::report) says: u64,
    /// What the others come to.
    pub(in crate::report) parts: u64,
    /// Whether it stands below what it sums up.
    pub(in crate::report) is_below: bool,
    /// Whether nothing tells which bugs its parts count.
    pub(in crate::report) is_of_unknown: bool,
}

impl<'a> Sheet<'a> {
    /// The tables of a report that claims stand in, in order.
    pub(in crate::report) fn all(report: &'a Report) -> Vec<Sheet<'a>> {
        let mut sheets = Vec::new();
        let mut end = 0;
        for (at, claim) in (0..).map(ClaimIx).zip(report.claims()) {
            let Place::Cell { .. } = claim.place else { continue };
            if claim.span.start >= end {
                let (lines, after) = lines_around(report.base(), claim.span.start);
                end = after;
                sheets.extend(Sheet::of(report, &lines));
            }
            if let Some(sheet) = sheets.last_mut() {
                sheet.take(at, claim);
            }
        }
        sheets
    }

    fn of(report: &'a Report, lines: &[Span]) -> Option<Sheet<'a>> {
        let [head, delimiter, rows @ ..] = lines else { return None };
        let (base, methodology) = (report.base(), report.methodology());
        let cut = |line: &Span| cells(base, *line);
        let (head, delimiter) = (cut(head), cut(delimiter));
        if head.len() > COLUMNS || rows.len() > ROWS {
            return None;
        }
        let rows: Vec<Vec<Span>> = rows.iter().map(cut).collect();
        let kind =
            |row: &Vec<Span>| row.first().map_or(Line::Other, |cell| Line::of(base, *cell, methodology));
        let kinds = rows.iter().map(kind).collect();
        Some(Sheet { base, methodology, claims: Vec::new(), head, delimiter, rows, kinds })
    }

    fn take(&mut self, at: ClaimIx, claim: &Claim) {
        let place = self
            .rows
            .iter()
            .enumerate()
            .find_map(|(row, cells)| Some((row, cells.iter().position(|cell| cell.covers(claim.span))?)));
        self.claims.extend(place.map(|place| (at, place)));
    }

    /// The claim in a cell.
    pub(in crate::report) fn claim(&self, at: (usize, usize)) -> Option<ClaimIx> {
        self.claims.iter().find(|(_, place)| *place == at).map(|(claim, _)| *claim)
    }

    /// What a row is called, or a column.
    pub(in crate::report) fn name(&self, sum: &Sum) -> String {
        let (row, column) = sum.at;
        let cell = if sum.is_below { self.head.get(column) } else { self.rows[row].first() };
        cell.map(|cell| lossy(plain(self.base, *cell).of(self.base)).into_owned()).unwrap_or_default()
    }

    /// The cells that sum others up and are claims. Where names do not tell which these are, most of the sums that stand
    /// in the same line have to be right.
    pub(in crate::report) fn sums(&self) -> Vec<Sum> {
        let mut sums = self.below();
        sums.extend(self.beside());
        sums
    }

    /// The sums of columns, which stand in the only row of totals, below all others.
    fn below(&self) -> Vec<Sum> {
        let rows = &self.kinds;
        let Some(total) = only(rows, Line::Sum).filter(|total| *total >= 2) else { return Vec::new() };
        let parts: Vec<usize> = (0..total).collect();
        let are_levels = rows[..total].iter().all(|row| *row == Line::Level);
        let are_named = rows[..total].iter().all(|row| *row != Line::Other);
        if are_named && !are_levels {
            return Vec::new();
        }
        let sums = (1..self.head.len()).filter_map(|column| {
            let parts: Option<Vec<u64>> = parts.iter().map(|row| self.part(*row, column)).collect();
            let sum = self.sum((total, column), &parts?)?;
            Some(Sum { is_below: true, is_of_unknown: !are_named, ..sum })
        });
        let sums: Vec<Sum> = sums.collect();
        if are_levels || are_right(&sums) { sums } else { Vec::new() }
    }

    /// The sums of rows, which stand in the only column of totals.
    fn beside(&self) -> Vec<Sum> {
        let columns: Vec<Line> =
            self.head.iter().map(|cell| Line::of(self.base, *cell, self.methodology)).collect();
        let rows = 0..self.rows.len();
        let Some(total) = only(&columns, Line::Sum) else { return Vec::new() };
        let named: Vec<usize> =
            (1..columns.len()).filter(|at| matches!(columns[*at], Line::Level | Line::Status)).collect();
        let (Some(first), true) = (named.first(), named.len() > 1) else { return Vec::new() };
        let is_between = |at: &usize| (*first..total).contains(at) || (total + 1..columns.len()).contains(at);
        let is_number = |at: &usize| rows.clone().all(|row| self.part(row, *at).is_some());
        let parts: Vec<usize> = (1..columns.len())
            .filter(|at| named.contains(at) || *at != total && is_between(at) && is_number(at))
            .collect();
        let sums = |which: &[usize]| -> Vec<Sum> {
            let sum = |row: usize| {
                let parts: Option<Vec<u64>> = which.iter().map(|column| self.part(row, *column)).collect();
                self.sum((row, total), &parts?)
            };
            rows.clone().filter_map(sum).collect()
        };
        let (named, all) = (sums(&named), sums(&parts));
        let best = if right(&all) > right(&named) { all } else { named };
        if are_right(&best) { best } else { Vec::new() }
    }

    /// A cell that is to say what these come to together.
    fn sum(&self, at: (usize, usize), parts: &[u64]) -> Option<Sum> {
        self.claim(at)?;
        let (span, says) = self.number(at.0, at.1)?;
        Some(Sum { at, span, says, parts: parts.iter().sum(), is_below: false, is_of_unknown: false })
    }

    /// The number of a cell that says nothing else, and its digits.
    pub(super) fn number(&self, row: usize, column: usize) -> Option<(Span, u64)> {
        let text = plain(self.base, *self.rows.get(row)?.get(column)?);
        let bytes = text.of(self.base);
        let number = Number::leading(bytes).filter(|number| number.end == bytes.len())?;
        let Count::Exact(count) = number.count else { return None };
        Some((text.part(number.digits), count))
    }

    /// The only row of totals.
    pub(super) fn total_row(&self) -> Option<usize> {
        only(&self.kinds, Line::Sum)
    }

    /// Whether a cell is as wide as its column, by header and delimiter row alike.
    pub(super) fn is_aligned(&self, column: usize, cell: Span) -> bool {
        widths(self.base, &self.head, &self.delimiter).get(column).copied().flatten() == Some(cell.len())
    }

    /// The same by what is seen of a cell.
    pub(super) fn is_as_wide(&self, column: usize, cell: Span) -> bool {
        widths(self.base, &self.head, &self.delimiter).get(column).copied().flatten()
            == Some(wide(self.base, cell))
    }

    /// What a cell adds to a sum: nothing where it says nothing.
    fn part(&self, row: usize, column: usize) -> Option<u64> {
        let cell = *self.rows.get(row)?.get(column)?;
        if says_nothing(self.base, cell) { Some(0) } else { self.number(row, column).map(|(_, count)| count) }
    }
}

impl Line {
    /// What a row or a column is, by its first cell.
    fn of(base: &[u8], cell: Span, methodology: &Methodology) -> Line {
        let text = plain(base, cell);
        if section::level_of(base, text, methodology).is_some() {
            return Line::Level;
        }
        let bare = text.of(base).iter().position(|byte| *byte == b'(').filter(|at| *at > 0);
        let bare = &text.of(base)[..bare.unwrap_or(text.len())];
        match Subject::read(bare, methodology) {
            Some(subject) if subject.has_more => Line::Other,
            Some(subject) if subject.level.is_some() => Line::Level,
            Some(subject) if subject.of.status().is_some() => Line::Status,
            Some(_) if is_sum(bare) => Line::Sum,
            _ => Line::Other,
        }
    }
}

impl Sum {
    /// Whether the parts come to what it says.
    pub(in crate::report) fn is_right(&self) -> bool {
        self.says == self.parts
    }
}

/// Whether so many of the sums that are of anything are right that they are such.
fn are_right(sums: &[Sum]) -> bool {
    let of_some = sums.iter().filter(|sum| sum.says.max(sum.parts) > 0).count();
    right(sums) > 0 && right(sums) * 2 >= of_some
}

/// How many sums of anything are right.
fn right(sums: &[Sum]) -> usize {
    sums.iter().filter(|sum| sum.says > 0 && sum.is_right()).count()
}

/// The place of the only line of a kind.
fn only(lines: &[Line], kind: Line) -> Option<usize> {
    let at = lines.iter().position(|line| *line == kind)?;
    (lines.iter().filter(|line| **line == kind).count() == 1).then_some(at)
}

/// The lines of the table around an offset, and where they end.
fn lines_around(base: &[u8], at: u32) -> (Vec<Span>, u32) {
    let is_row = |text: &Span| text.of(base).contains(&b'|');
    let own = line::at(base, line::start(base, at));
    let mut lines = vec![own.text];
    let mut start = own.text.start;
    while start > 0 {
        let before = line_before(base, start);
        let text = line::at(base, before).text;
        if !is_row(&text) {
            break;
        }
        lines.push(text);
        start = before;
    }
    lines.reverse();
    let mut end = own.end;
    for line in line::lines(base, Span::new(own.end, base.len() as u32)).take_while(|line| is_row(&line.text))
    {
        lines.push(line.text);
        end = line.end;
    }
    (lines, end)
}

/// Where the line before the one that starts here starts.
fn line_before(base: &[u8], start: u32) -> u32 {
    let before = &base[..start as usize];
    let before = before.strip_suffix(b"\r\n").or(before.strip_suffix(b"\n")).or(before.strip_suffix(b"\r"));
    line::start(base, before.unwrap_or_default().len() as u32)
}
