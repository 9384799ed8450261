//! Shares that follow from counts: columns of `33%` in tables, and those behind counts on lines: `2 open (50%)`.

use super::likely::is_part_of;
use super::sheet::Sheet;
use super::{Claim, Place};
use crate::report::Report;
use crate::report::table::{plain, says_nothing};
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

/// How far behind a count its share begins at the most, in bytes.
const NEAR: u32 = 48;

/// A share of all bugs that stands behind a count, in brackets.
pub(in crate::report) struct Behind<'a> {
    /// The place of its count among the claims.
    pub(in crate::report) claim: usize,
    written: Written,
    report: &'a Report,
}

impl<'a> Behind<'a> {
    /// Those of a report, in order. Behind a part and what it is a part of stands the share of the part.
    pub(in crate::report) fn all(report: &'a Report) -> Vec<Behind<'a>> {
        let (base, claims) = (report.base(), report.claims());
        let is_of_line = |claim: &Claim| claim.place == Place::Item && claim.is_written();
        let behind = |at: usize| {
            let own = claims[at].span;
            let text = Span::new(own.end, own.end.saturating_add(NEAR).min(base.len() as u32));
            let written = bracketed(base, text).filter(|_| is_of_line(&claims[at]))?;
            let before = at.checked_sub(1).filter(|before| {
                is_of_line(&claims[*before])
                    && is_part_of(Span::new(claims[*before].span.end, own.start).of(base))
            });
            Some(Behind { claim: before.unwrap_or(at), written, report })
        };
        (0..claims.len()).filter_map(behind).collect()
    }

    /// What it is to say where its count is so many, if it says what follows from what that is; `None` where it stays.
    pub(in crate::report) fn follows(&self, count: u64) -> Option<(Span, String)> {
        let now = self.of(count).filter(|now| *now != self.written.says)?;
        self.is_right().then(|| (self.written.span, self.written.words(now)))
    }

    /// Whether it follows from its count.
    pub(in crate::report) fn is_right(&self) -> bool {
        let count = self.report.claims()[self.claim].count.number();
        count.and_then(|count| self.of(count)) == Some(self.written.says)
    }

    /// Where it stands, what it says, and what follows from its count.
    pub(in crate::report) fn told(&self) -> Option<(u32, String, String)> {
        let count = self.report.claims()[self.claim].count.number()?;
        let Written { span, says, .. } = self.written;
        Some((span.start, self.written.words(says), self.written.words(self.of(count)?)))
    }

    /// The share that so many are, in units of its last decimal.
    fn of(&self, count: u64) -> Option<u64> {
        rounded(count, self.report.len() as u64, self.written.decimals)
    }
}

/// The share in the first brackets of a text, before which are but words.
fn bracketed(base: &[u8], text: Span) -> Option<Written> {
    let bytes = text.of(base);
    let open = bytes.iter().position(|byte| b"(\n\r|;,/".contains(byte) || byte.is_ascii_digit())?;
    let inner = bytes[open..].strip_prefix(b"(")?;
    let close = memchr::memchr(b')', inner)?;
    Written::read(base, text.part(open + 1..open + 1 + close))
}

/// What a part is of a whole, in units of the last decimal.
fn rounded(part: u64, whole: u64, decimals: u32) -> Option<u64> {
    if whole == 0 {
        (part == 0).then_some(0)
    } else {
        Some((part * 200 * scale(decimals) + whole) / (2 * whole))
    }
}

impl Written {
    /// The share that a text is: `33%`, `12.5 %`.
    fn read(base: &[u8], text: Span) -> Option<Written> {
        let digits = text.part(0..text.len().checked_sub(1)?);
        let digits = digits.trim_end(base);
        let bytes = digits.of(base);
        let (whole, decimals) = match bytes.iter().position(|byte| *byte == b'.') {
            Some(point) => (&bytes[..point], &bytes[point + 1..]),
            None => (bytes, &b""[..]),
        };
        let is_number = |text: &[u8]| !text.is_empty() && text.iter().all(u8::is_ascii_digit);
        let is_share = text.of(base).ends_with(b"%")
            && is_number(whole)
            && whole.len() <= 3
            && decimals.len() <= 2
            && (bytes.len() == whole.len() || is_number(decimals));
        let says = String::from_utf8([whole, decimals].concat()).ok()?.parse().ok().filter(|_| is_share)?;
        Some(Written { span: digits, says, decimals: decimals.len() as u32 })
    }

    /// The sign behind its digits, with what sets it off.
    fn sign(&self, base: &[u8]) -> String {
        let behind = &base[self.span.end as usize..];
        let end = memchr::memchr(b'%', behind).map_or(0, |at| at + 1);
        String::from_utf8_lossy(&behind[..end]).into_owned()
    }

    /// Another share as this one is written.
    fn words(&self, says: u64) -> String {
        let (scale, width) = (scale(self.decimals), self.decimals as usize);
        match width {
            0 => says.to_string(),
            _ => format!("{}.{:0width$}", says / scale, says % scale),
        }
    }
}

impl Sheet<'_> {
    /// The shares that change where each cell of a row and a column counts so many more; `None` where it does not say how many. A
    /// column follows from counts where all that it says does, and all that they come to together is said.
    pub(in crate::report) fn shares(&self, by: impl Fn((usize, usize)) -> Option<i64>) -> Vec<Share> {
        let after = |row: usize, column: usize| {
            let by = by((row, column))?;
            let before = self.number(row, column).map(|(_, number)| number);
            let before = before.or_else(|| (by > 0 && self.is_blank(row, column)).then_some(0));
            Some(before?.saturating_add_signed(by))
        };
        let is_said = |(counts, whole): &(usize, Whole)| match whole {
            Whole::Column if self.total_row().is_none() => {
                (0..self.rows.len()).all(|row| by((row, *counts)).is_some())
            }
            Whole::Column | Whole::Beside(_) => true,
        };
        let of_column = |column: usize| {
            let written: Vec<(usize, Written)> =
                (0..self.rows.len()).filter_map(|row| Some((row, self.written(row, column)?))).collect();
            let rule = self.rule(&written).filter(is_said);
            let changed = move |(row, share): (usize, Written)| {
                let says = self.follows(row, rule?, share.decimals, &after)?;
                (says != share.says).then(|| self.share((row, column), share, says))
            };
            let model = written.first().map(|(_, share)| *share);
            let due = |row: usize| {
                let (model, cell) = (model?, *self.rows[row].get(column)?);
                let says = self.follows(row, rule?, model.decimals, &after).filter(|says| *says > 0)?;
                let span = plain(self.base, cell);
                let text = model.words(says) + &model.sign(self.base);
                self.is_blank(row, column).then(|| Share {
                    span,
                    text,
                    cell,
                    aligned: self.is_as_wide(column, cell),
                })
            };
            let due: Vec<Share> = (0..self.rows.len()).filter_map(due).collect();
            written.into_iter().filter_map(changed).chain(due).collect::<Vec<_>>()
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
        rounded(part, whole, decimals)
    }

    /// Whether a cell has but a dash, or the like.
    fn is_blank(&self, row: usize, column: usize) -> bool {
        let cell = self.rows.get(row).and_then(|cells| cells.get(column));
        cell.is_some_and(|cell| says_nothing(self.base, *cell) && !plain(self.base, *cell).is_empty())
    }

    /// The share in a cell that says nothing else: `33%`, `12.5 %`.
    fn written(&self, row: usize, column: usize) -> Option<Written> {
        Written::read(self.base, plain(self.base, *self.rows.get(row)?.get(column)?))
    }

    fn share(&self, (row, column): (usize, usize), written: Written, says: u64) -> Share {
        let cell = self.rows[row][column];
        Share { span: written.span, text: written.words(says), cell, aligned: self.is_aligned(column, cell) }
    }
}

/// How many units of the last of so many decimals are one.
fn scale(decimals: u32) -> u64 {
    10u64.pow(decimals)
}
