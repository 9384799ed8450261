//! A section made for a level that the report has none for, like those beside it.

use super::{Move, Plan, block, bugs_of, is_separator};
use crate::methodology::{LevelId, Methodology};
use crate::report::entry::decoration::is_nouns;
use crate::report::render::{first_newline, newline};
use crate::report::{Report, SectionIx, claim, dialect};
use crate::text::Span;
use crate::text::edit::{Edit, Edits, Piece};

/// Makes the section of a level, like the one nearest in severity and on the right side of it, unless that ends in what
/// never closes.
pub(super) fn new_section(plan: &Plan<'_>, level: LevelId, moves: &[&Move], inner: &Edits) -> Edit {
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
    let mut pieces = vec![Piece::New(lead(base, at, end))];
    pieces.push(Piece::New(heading(report, model, level, moves.len())));
    pieces.push(Piece::New(end.to_vec()));
    pieces.extend(plan.joined(moves[0].bug, moves, inner, false));
    pieces.push(Piece::New(tail(report, beside, at)));
    Edit { span: Span::empty(at), pieces }
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

/// The heading of a section for so many bugs in the words of another one's.
pub(super) fn heading(report: &Report, model: SectionIx, level: LevelId, bugs: usize) -> Vec<u8> {
    let base = report.base();
    let section = report.sections()[model.at()];
    let title = String::from_utf8_lossy(section.title.of(base)).into_owned();
    let words = match section.level {
        Some(from) => {
            dialect::reword(report.methodology(), &without_remark(report, model, &title, from), from, level)
        }
        None => title,
    };
    let lead = Span::new(section.heading.start, section.title.start).of(base);
    let mut text = lead.trim_ascii_start().to_vec();
    text.extend_from_slice(counted(report.methodology(), &words, bugs).as_bytes());
    text.extend_from_slice(Span::new(section.title.end, section.heading.end).of(base));
    if !text.ends_with(b"\n") && !text.ends_with(b"\r") {
        text.extend_from_slice(first_newline(base));
    }
    text
}

/// What sets a remark off from the words of a title.
const REMARKS: [&str; 4] = [" - ", " – ", " — ", ": "];

/// A title without the remark behind the words for its level, which is about its own bugs: `P0 Bugs (Critical) - Fix
/// first`. What names or counts bugs is none, and neither is what a section beside it says as well.
fn without_remark(report: &Report, model: SectionIx, title: &str, level: LevelId) -> String {
    let methodology = report.methodology();
    let behind = behind_level(methodology, title, level);
    let cut =
        REMARKS.iter().filter_map(|mark| Some((behind + title[behind..].find(mark)?, mark.len()))).min();
    let Some((cut, length)) = cut else { return title.to_owned() };
    let (words, tail) = title.split_at(cut);
    let said = &tail[length..];
    let sections = report.sections();
    let own = sections[model.at()];
    let is_shared = sections.iter().filter(|other| other.heading != own.heading).any(|other| {
        other.level.is_some()
            && (other.parent, other.depth) == (own.parent, own.depth)
            && other.title.of(report.base()).ends_with(tail.as_bytes())
    });
    let counts =
        said.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(|c: char| c.is_ascii_digit());
    match is_shared || counts || is_nouns(said.as_bytes(), methodology) {
        true => title.to_owned(),
        false if words.matches("**").count() % 2 == 1 => format!("{words}**"),
        false => words.to_owned(),
    }
}

/// Where the last word for a level ends in a title.
fn behind_level(methodology: &Methodology, title: &str, level: LevelId) -> usize {
    let (mut at, mut behind) = (0, 0);
    while let Some(found) = methodology.read_level(&title.as_bytes()[at..]) {
        at += found.span.end;
        behind = if found.level == level { at } else { behind };
    }
    behind
}

/// A title with the number of bugs that it states, as in `High (6)`, set anew.
pub(super) fn counted(methodology: &Methodology, title: &str, bugs: usize) -> String {
    let base = title.as_bytes();
    match claim::of_heading(base, Span::whole(base), methodology) {
        Some((claim, _)) => {
            format!("{}{bugs}{}", &title[..claim.span.range().start], &title[claim.span.range().end..])
        }
        None => title.to_owned(),
    }
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
