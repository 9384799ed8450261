//! Lists of ids by level, which nothing keeps up to date: `- High: BUG-1, BUG-3 (login)`, and items below a line such as
//! `**High:**` that each begin with the id of a bug.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use super::super::claim;
use super::super::mention::core;
use super::{Finding, Kind};
use crate::methodology::LevelId;
use crate::report::scan::{self, Mark, Outline};
use crate::report::{BugIx, Report, section};
use crate::text::fetch::{TOGETHER, fetch};
use crate::text::{Span, line};

/// How long a label may be, in bytes.
const LABEL: usize = 64;

/// What sets an id off from what an item tells of it.
const AROUND: [&str; 6] = [" - ", " – ", " — ", ":", " (", ","];

/// The bugs that such lists have under another level than their own; code that shows a list is none.
pub(super) fn findings(report: &Report) -> Vec<Finding> {
    let gaps = (0..report.len() + 1).into_par_iter().step_by(TOGETHER);
    let rosters: Vec<Roster> = gaps.flat_map_iter(|first| in_gaps(report, first)).collect();
    let called = called(report, &rosters);
    let find = |id: &Span| Some((*id, *called.get(core(id.of(report.base())))?));
    let mut findings = Vec::new();
    for (level, ids) in &rosters {
        let Some(bugs) = ids.iter().map(find).collect::<Option<Vec<_>>>() else { continue };
        let found = bugs.into_iter().filter_map(|(id, bug)| other(report, bug, id, *level));
        findings.extend(found.map(|finding| (ids[0].start, finding)));
    }
    if findings.is_empty() {
        return Vec::new();
    }
    let marks = Outline::of(report.base(), Span::whole(report.base()));
    let code: Vec<Mark> = marks.into_iter().filter(|mark| mark.kind == scan::Kind::Code).collect();
    let is_shown = |at: u32| {
        let before = code.partition_point(|code| code.lines.start <= at);
        before.checked_sub(1).is_some_and(|last| code[last].lines.contains(at))
    };
    findings.into_iter().filter(|(at, _)| !is_shown(*at)).map(|(_, finding)| finding).collect()
}

/// The lists of a few gaps, which lie far apart.
fn in_gaps(report: &Report, first: usize) -> impl Iterator<Item = Roster> {
    let last = report.len().min(first + TOGETHER - 1);
    let gaps: Vec<Span> = (first..=last).map(|at| gap(report, at)).collect();
    fetch(report.base(), gaps.iter().map(|gap| gap.start));
    gaps.into_iter().flat_map(|gap| rosters(report, gap))
}

/// The first bug that each of the ids of such lists names.
fn called<'a>(report: &'a Report, rosters: &[Roster]) -> HashMap<&'a [u8], BugIx> {
    let base = report.base();
    let listed: HashSet<&[u8]> =
        rosters.iter().flat_map(|(_, ids)| ids).map(|id| core(id.of(base))).collect();
    if listed.is_empty() {
        return HashMap::new();
    }
    let named = (0..report.len() as u32).into_par_iter().filter_map(|bug| {
        let id = report.bug(BugIx(bug)).id;
        let core = core(id.of(base));
        (!id.is_empty() && listed.contains(core)).then_some((core, BugIx(bug)))
    });
    let mut called = HashMap::new();
    for (id, bug) in named.collect::<Vec<_>>() {
        called.entry(id).or_insert(bug);
    }
    called
}

fn other(report: &Report, bug: BugIx, id: Span, level: LevelId) -> Option<Finding> {
    let key = |level: LevelId| &report.methodology().level(level).key;
    let own = report.level(bug).filter(|own| *own != level)?;
    let what = format!("{} says {}, but a list has it under {}", report.handle(bug), key(own), key(level));
    Some(Finding { kind: Kind::Severity, at: id.start, bug: Some(bug), claim: None, what })
}

/// What stands before a bug, or behind the last one.
fn gap(report: &Report, at: usize) -> Span {
    let bugs = report.bugs();
    let start = at.checked_sub(1).map_or(0, |before| bugs[before].block.end);
    let end = bugs.get(at).map_or(report.base().len() as u32, |bug| bug.block.start);
    if start < end { Span::new(start, end) } else { Span::empty(start) }
}

/// A level, and the ids that are listed under it.
type Roster = (LevelId, Vec<Span>);

/// The lists of a text.
fn rosters(report: &Report, text: Span) -> Vec<Roster> {
    let base = report.base();
    let mut found: Vec<Roster> = Vec::new();
    let mut is_open = false;
    for line in line::lines(base, text).map(|line| line.text) {
        let item = Some(line).filter(|_| is_open).and_then(|line| lead(base, line));
        match (item, found.last_mut()) {
            (Some(id), Some((_, ids))) => ids.push(id),
            _ if line.of(base).trim_ascii().is_empty() || is_open && line.of(base).starts_with(b" ") => {}
            _ => {
                let above = label(report, line).map(|level| (level, Vec::new()));
                is_open = above.is_some();
                found.extend(above.or_else(|| roster(report, line)));
            }
        }
    }
    found.retain(|(_, ids)| !ids.is_empty());
    found
}

/// The level that a line names which says nothing else but that something follows: `**High:**`.
fn label(report: &Report, line: Span) -> Option<LevelId> {
    let base = report.base();
    let said = line.of(base).trim_ascii_end();
    let bare = said.strip_suffix(b"**").or(said.strip_suffix(b"__")).unwrap_or(said);
    let end = bare.strip_suffix(b":").or(said.strip_suffix(b":")).map(<[u8]>::len)?;
    let is_short = end <= LABEL && !said[..end].contains(&b':');
    claim::level_alone(&said[..end], report.methodology()).filter(|_| is_short)
}

/// What an item begins with, up to what tells more.
fn lead(base: &[u8], line: Span) -> Option<Span> {
    let text = line.of(base);
    let rest = [&b"- "[..], b"* ", b"+ "].iter().find_map(|bullet| text.strip_prefix(*bullet))?;
    let rest = [&b"[ ] "[..], b"[x] "].iter().find_map(|task| rest.strip_prefix(*task)).unwrap_or(rest);
    let ends = AROUND.iter().filter_map(|mark| memchr::memmem::find(rest, mark.as_bytes()));
    let start = text.len() - rest.len();
    Some(line.part(start..start + ends.min().unwrap_or(rest.len())).trim(base))
        .filter(|lead| !lead.is_empty())
}

/// The level that a line names before a colon, and the ids behind it, if there is nothing else but remarks in brackets.
fn roster(report: &Report, text: Span) -> Option<Roster> {
    let base = report.base();
    let colon = memchr::memchr(b':', text.of(base)).filter(|colon| *colon <= LABEL)?;
    let rest = text.part(colon + 1..text.len());
    if !rest.of(base).last().is_some_and(|last| last.is_ascii_alphanumeric() || b"`.])*".contains(last)) {
        return None;
    }
    let (level, _) = section::level_of(base, text.part(0..colon), report.methodology())?;
    let mut ids = Vec::new();
    let mut start = rest.start;
    for end in commas(rest.of(base)).map(|at| rest.start + at as u32).chain([rest.end]) {
        ids.push(id(base, Span::new(start, end))?);
        start = end + 1;
    }
    Some((level, ids))
}

/// Where the commas of a text stand that are in no brackets.
fn commas(text: &[u8]) -> impl Iterator<Item = usize> {
    let mut depth = 0_usize;
    memchr::memchr3_iter(b',', b'(', b')', text).filter(move |at| {
        match text[*at] {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    })
}

/// An id without what is around it, and without a remark in brackets behind it.
fn id(base: &[u8], text: Span) -> Option<Span> {
    let is_around = |byte: &u8| b" *`[]().\t".contains(byte);
    let remark = memchr::memmem::rfind(text.of(base), b" (").filter(|at| *at > 0);
    let text = remark.map_or(text, |at| text.part(0..at));
    let bytes = text.of(base);
    let start = bytes.iter().take_while(|byte| is_around(byte)).count();
    let end = bytes.len() - bytes[start..].iter().rev().take_while(|byte| is_around(byte)).count();
    let id = text.part(start..end);
    let is_one = id.of(base).first().is_some_and(|first| first.is_ascii_alphabetic() || *first == b'#')
        && id.of(base).last().is_some_and(u8::is_ascii_digit)
        && !id.of(base).contains(&b' ');
    is_one.then_some(id)
}
