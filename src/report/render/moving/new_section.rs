//! A section made for a level that the report has none for, like those beside it.

use super::heading::Heading;
use super::{Move, Plan, block, bugs_of, is_separator};
use crate::methodology::LevelId;
use crate::report::dialect::Lexicon;
use crate::report::render::{first_newline, newline};
use crate::report::{Report, SectionIx};
use crate::text::Span;
use crate::text::edit::{Edit, Edits, Piece};

/// Makes the section of a level, like the one nearest in severity and on the right side of it, unless that ends in what
/// never closes.
pub(super) fn new_section(
    plan: &Plan<'_>,
    level: LevelId,
    moves: &[&Move],
    inner: &Edits,
    lexicon: &Lexicon<'_>,
) -> Edit {
    let report = plan.report;
    let (base, sections) = (report.base(), report.sections());
    let beside = plan.siblings(moves[0].from);
    let rank = |at: &SectionIx| sections[at.at()].level;
    let ascending = beside.first().map(rank) > beside.last().map(rank);
    let above = beside.iter().rev().find(|at| (rank(at) < Some(level)) != ascending);
    let model = *above.or(beside.first()).unwrap_or(&moves[0].from);
    let section = sections[model.at()];
    let behind = above.is_some() && !plan.is_open(section.span);
    let at = if behind { section.span.end } else { section.span.start };
    let end = newline(base, section.heading.start);
    let mut pieces = vec![Piece::new(lead(base, at, end))];
    pieces.push(Piece::new(Heading { report, model, at, lexicon }.of(level, moves.len())));
    pieces.push(Piece::new(end));
    pieces.extend(plan.joined(moves[0].bug, moves, inner, false));
    pieces.push(Piece::new(tail(report, beside, at)));
    Edit { span: Span::empty(at), pieces: pieces.into() }
}

/// The line ends that a heading at an offset needs before it.
pub(super) fn lead(base: &[u8], at: u32, end: &[u8]) -> Vec<u8> {
    let before = &base[..at as usize];
    let ends = before
        .iter()
        .rev()
        .take_while(|byte| matches!(byte, b'\r' | b'\n'))
        .filter(|byte| **byte == end[end.len() - 1]);
    end.repeat(2usize.saturating_sub(ends.count()))
}

/// What stands between the last bug of a section and the next heading, as at the sections around.
pub(super) fn tail(report: &Report, beside: &[SectionIx], at: u32) -> Vec<u8> {
    let base = report.base();
    if at as usize == base.len() {
        return if base.ends_with(b"\n") { first_newline(base).to_vec() } else { Vec::new() };
    }
    let tails = beside.iter().rev().filter_map(|section| {
        let last = block(report, bugs_of(report, *section).next_back()?).end;
        Some(Span::new(last, report.sections()[section.at()].span.end))
            .filter(|tail| (tail.end as usize) < base.len())
    });
    let pure = tails.map(|tail| tail.of(base)).find(|tail| is_separator(tail));
    pure.map_or_else(|| newline(base, at).repeat(2), <[u8]>::to_vec)
}
