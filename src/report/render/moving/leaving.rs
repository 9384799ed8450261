//! The bugs that leave where they stand, run by run, each run with one separator.

use rayon::prelude::*;

use super::kin::adjoin;
use super::{AT_ONCE, Move, block};
use crate::report::{BugIx, Form, Report};
use crate::text::{Span, line};

/// Neighbouring bugs that leave together.
pub(super) struct Leaving {
    pub(super) last: BugIx,
    /// What goes: the blocks and one separator.
    pub(super) span: Span,
    /// Whether no bug of their section is left.
    pub(super) all: bool,
    /// The blocks alone.
    pub(super) blocks: Span,
}

/// The bugs that leave, run by run.
pub(super) fn leaving(report: &Report, moves: &[Move]) -> Vec<Leaving> {
    let follows = |pair: &[Move]| {
        let [a, b] = pair else { return false };
        b.bug.0 == a.bug.0 + 1 && are_separated(report, (a.bug, b.bug), Span::new(a.block.end, b.block.start))
    };
    let follow: Vec<bool> = moves.par_windows(2).with_min_len(AT_ONCE).map(follows).collect();
    let (mut rest, mut leaving) = (moves, Vec::new());
    for run in follow.split(|follows| !follows).filter(|_| !moves.is_empty()) {
        let (run, after) = rest.split_at(run.len() + 1);
        leaving.push(leaving_run(report, run[0].bug, run[run.len() - 1].bug));
        rest = after;
    }
    leaving
}

fn leaving_run(report: &Report, first: BugIx, last: BugIx) -> Leaving {
    let block = |bug: BugIx| block(report, bug);
    let blocks = block(first).join(block(last));
    let before = first.0.checked_sub(1).map(BugIx).filter(|before| separates(report, *before, first));
    let after =
        Some(BugIx(last.0 + 1)).filter(|next| next.at() < report.len() && separates(report, last, *next));
    let span = match (before, after) {
        (Some(before), _) => Span::new(block(before).end, blocks.end),
        (None, Some(after)) => Span::new(blocks.start, block(after).start),
        (None, None) if report.bug(first).form == Form::Row => {
            Span::new(line_before(report.base(), blocks.start), blocks.end)
        }
        (None, None) => Span::new(blocks.start, blank_line_after(report.base(), blocks.end)),
    };
    Leaving { last, span, all: before.is_none() && after.is_none(), blocks }
}

/// The end of the line before the one that an offset stands on, its line end left out.
fn line_before(base: &[u8], at: u32) -> u32 {
    let before = &base[..at as usize];
    let before =
        &before[..before.len() - before.iter().rev().take_while(|byte| b" \t".contains(byte)).count()];
    let end = match before {
        [.., b'\r', b'\n'] => 2,
        [.., b'\r' | b'\n'] => 1,
        _ => 0,
    };
    (before.len() - end) as u32
}

/// The end of the rest of this line and one blank line after it.
fn blank_line_after(base: &[u8], at: u32) -> u32 {
    let rest = line::at(base, at);
    let next = line::at(base, rest.end);
    if rest.text.trim(base).is_empty() && next.text.trim(base).is_empty() { next.end } else { at }
}

/// Whether nothing but a separator stands between two bugs of one kin and section.
pub(super) fn separates(report: &Report, a: BugIx, b: BugIx) -> bool {
    are_separated(report, (a, b), gap(report, a, b))
}

/// The same of two bugs with this between them.
fn are_separated(report: &Report, (a, b): (BugIx, BugIx), gap: Span) -> bool {
    report.bug(a).section == report.bug(b).section
        && report.bug(a).form == report.bug(b).form
        && is_separator(gap.of(report.base()))
        && (report.bug(a).form != Form::Item || adjoin(report, a, b))
}

pub(super) fn gap(report: &Report, a: BugIx, b: BugIx) -> Span {
    Span::new(block(report, a).end, block(report, b).start)
}

pub(super) fn is_separator(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| b" \t\r\n-*_".contains(byte))
}
