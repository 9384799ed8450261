//! Bugs that are told by themselves: what they are, and what is read of them, is the same whatever else the report holds.
//!
//! Such a bug has an id and a severity of its own and nothing below its heading but text. No inference over the headings of a report
//! makes anything else of it, and none makes anything else of others for how many of its kind there are, as long as
//! some are. So where an edit leaves it as it was, it need not be read again.

use rayon::prelude::*;

use super::BugIx;
use super::entry::IdKind;
use super::field::Weight;
use super::index::Headed;
use super::layout::Why;
use super::loose::Candidate;
use super::part::{Fielded, Flat, Part};
use crate::methodology::Methodology;
use crate::text::passing;

/// Which bugs of a report are told by themselves, a bit each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plain(Vec<u64>);

impl Plain {
    /// Those of so many bugs.
    pub(super) fn of(bugs: usize, told: impl Iterator<Item = BugIx>) -> Plain {
        let mut bits = vec![0; bugs.div_ceil(64)];
        told.for_each(|bug| bits[bug.at() / 64] |= 1 << (bug.at() % 64));
        Plain(bits)
    }

    /// Takes one out.
    pub(super) fn drop(&mut self, bug: BugIx) {
        self.0[bug.at() / 64] &= !(1 << (bug.at() % 64));
    }

    pub(super) fn has(&self, bug: BugIx) -> bool {
        self.0.get(bug.at() / 64).is_some_and(|bits| bits >> (bug.at() % 64) & 1 == 1)
    }
}

/// Whether each headed bug of a report is told by itself. `ruled` are the bugs whose
/// end others tell.
pub(super) fn told(
    base: &[u8],
    (parts, headed): (&[Part], &[Headed]),
    tables: &[Candidate<'_>],
    ruled: &[usize],
    methodology: &Methodology,
) -> Vec<bool> {
    let tables: Vec<u32> = tables.iter().map(|table| table.table.head.start).collect();
    let has_table = |part: &Part| {
        let next = tables.partition_point(|table| *table < part.heading.lines.start);
        tables.get(next).is_some_and(|table| *table < part.end)
    };
    let is_told = |(nth, bug): (usize, &Headed)| {
        let part = &parts[bug.part()];
        is_apart(parts, bug.part())
            && speaks(base, part, bug.why, methodology)
            && !has_table(part)
            && ruled.binary_search(&nth).is_err()
    };
    passing::collected(headed.par_iter().enumerate().map(is_told))
}

/// Whether a part stands neither over nor below the ones beside it as a heading of the text of a bug would.
fn is_apart(parts: &[Part], at: usize) -> bool {
    let depth = parts[at].heading.level;
    let before = at.checked_sub(1).is_none_or(|before| parts[before].heading.level <= depth);
    before && parts.get(at + 1).is_none_or(|next| next.heading.level <= depth)
}

/// Whether what makes a bug of a part is its own, whatever stands around it.
fn speaks(base: &[u8], part: &Part, why: Why, methodology: &Methodology) -> bool {
    let states = part.stated.is_some_and(|stated| stated.weight == Weight::Severity);
    let tells = match why {
        Why::Field => states,
        Why::Level => part.stated.is_none() && part.entry.level.is_some(),
        _ => false,
    };
    tells
        && part.field == Fielded::Nothing
        && part.flat != Flat::Entry
        && part.entry.id_kind > IdKind::Number
        && part.is_flush
        && !part.entry.is_bare_level(base, methodology)
}
