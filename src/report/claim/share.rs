//! Shares in tables of counts: columns of `33%` that follow from the counts beside them.

use super::sheet::Sheet;
use crate::report::table::plain;
use crate::text::Span;

/// A share as it is to be.
pub(in crate::report) struct Share {
    /// Its digits.
    pub(in crate::report) span: Span,
    pub(in crate::report) text: String,
    pub(in crate::report) cell: Span,
    /// Whether its cell is as wide as its column.
    pub(in crate::report) aligned: bool,
}

/// A share as it is written.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Written {
    span: Span,
    /// In units of the last decimal.
    says: u64,
    decimals: u32,
}

/// What a count is a share of.
#[derive(Clone, Copy)]
enum Whole {
    /// All of its column together.
    Column,
    /// What another column says in the same row.
    Beside(usize),
}

impl Sheet<'_> {
    /// The shares that change where each cell of a row and a column counts so many more. A column follows from counts where
    /// all that it says does.
    pub(in crate::report) fn shares(&self, by: impl Fn((usize, usize)) -> i64) -> Vec<Share> {
        let after = |row: usize, column: usize| {
            Some(self.number(row, column)?.1.saturating_add_signed(by((row, column))))
        };
        let of_column = |column: usize| {
            let written: Vec<(usize, Written)> =
                (0..self.rows.len()).filter_map(|row| Some((row, self.written(row, column)?))).collect();
            let rule = self.rule(&written);
            let changed = move |(row, share): (usize, Written)| {
                let says = self.follows(row, rule?, share.decimals, &after)?;
                (says != share.says).then(|| self.share((row, column), share, says))
            };
            written.into_iter().filter_map(changed).collect::<Vec<_>>()
        };
        (1..self.head.len()).flat_map(of_column).collect()
    }

    /// The column of counts, and what they are shares of, that all of these follow from.
    fn rule(&self, written: &[(usize, Written)]) -> Option<(usize, Whole)> {
        let is_part =
            |(_, share): &(usize, Written)| share.says > 0 && share.says < 100 * scale(share.decimals);
        if written.len() < 2 || !written.iter().any(is_part) {
            return None;
        }
        let before = |row: usize, column: usize| Some(self.number(row, column)?.1);
        let columns = 1..self.head.len();
        let beside = columns.clone().flat_map(|counts| {
            (1..self.head.len())
                .filter(move |whole| *whole != counts)
                .map(move |whole| (counts, Whole::Beside(whole)))
        });
        let mut rules = columns.map(|counts| (counts, Whole::Column)).chain(beside);
        rules.find(|rule| {
            let is_so = |(row, share): &(usize, Written)| {
                self.follows(*row, *rule, share.decimals, &before) == Some(share.says)
            };
            written.iter().all(is_so)
        })
    }

    /// What a share is by a rule, in units of its last decimal.
    fn follows(
        &self,
        row: usize,
        (counts, whole): (usize, Whole),
        decimals: u32,
        number: &impl Fn(usize, usize) -> Option<u64>,
    ) -> Option<u64> {
        let part = number(row, counts)?;
        let whole = match whole {
            Whole::Beside(column) => number(row, column)?,
            Whole::Column => match self.total_row() {
                Some(total) => number(total, counts)?,
                None => (0..self.rows.len()).filter_map(|row| number(row, counts)).sum(),
            },
        };
        if whole == 0 {
            (part == 0).then_some(0)
        } else {
            Some((part * 200 * scale(decimals) + whole) / (2 * whole))
        }
    }

    /// The share in a cell that says nothing else: `33%`, `12.5 %`.
    fn written(&self, row: usize, column: usize) -> Option<Written> {
        let text = plain(self.base, *self.rows.get(row)?.get(column)?);
        let digits = text.part(0..text.len().checked_sub(1)?);
        let digits = digits.trim_end(self.base);
        let bytes = digits.of(self.base);
        let (whole, decimals) = match bytes.iter().position(|byte| *byte == b'.') {
            Some(point) => (&bytes[..point], &bytes[point + 1..]),
            None => (bytes, &b""[..]),
        };
        let is_number = |text: &[u8]| !text.is_empty() && text.iter().all(u8::is_ascii_digit);
        let is_share = text.of(self.base).ends_with(b"%")
            && is_number(whole)
            && whole.len() <= 3
            && decimals.len() <= 2
            && (bytes.len() == whole.len() || is_number(decimals));
        let says = String::from_utf8([whole, decimals].concat()).ok()?.parse().ok().filter(|_| is_share)?;
        Some(Written { span: digits, says, decimals: decimals.len() as u32 })
    }

    fn share(&self, (row, column): (usize, usize), written: Written, says: u64) -> Share {
        let (scale, width) = (scale(written.decimals), written.decimals as usize);
        let text = match width {
            0 => says.to_string(),
            _ => format!("{}.{:0width$}", says / scale, says % scale),
        };
        let cell = self.rows[row][column];
        Share { span: written.span, text, cell, aligned: self.is_aligned(column, cell) }
    }
}

/// How many units of the last of so many decimals are one.
fn scale(decimals: u32) -> u64 {
    10u64.pow(decimals)
}
