//! Lists of ids by level, such as `- High: BUG-1, BUG-3`, which nothing keeps up to date.

use std::collections::HashMap;

use super::super::mention::core;
use super::{Finding, Kind};
use crate::methodology::LevelId;
use crate::report::scan::{self, Mark, Outline};
use crate::report::{BugIx, Report, section};
use crate::text::{Span, line};

/// How long a label may be, in bytes.
const LABEL: usize = 64;

/// The bugs that such lists have under another level than their own; code that shows a list is none.
pub(super) fn findings(report: &Report) -> Vec<Finding> {
    let mut rosters: Vec<(LevelId, Vec<Span>)> = gaps(report)
        .flat_map(|gap| line::lines(report.base(), gap))
        .filter_map(|line| roster(report, line.text))
        .collect();
    if rosters.is_empty() {
        return Vec::new();
    }
    let marks = Outline::of(report.base(), Span::whole(report.base()));
    let code: Vec<Mark> = marks.into_iter().filter(|mark| mark.kind == scan::Kind::Code).collect();
    let is_shown = |at: u32| {
        let before = code.partition_point(|code| code.lines.start <= at);
        before.checked_sub(1).is_some_and(|last| code[last].lines.contains(at))
    };
    rosters.retain(|(_, ids)| !is_shown(ids[0].start));
    let mut called: HashMap<&[u8], BugIx> = HashMap::new();
    for bug in report.indexes().filter(|bug| !report.bug(*bug).id.is_empty()) {
        called.entry(core(report.bug(bug).id.of(report.base()))).or_insert(bug);
    }
    let find = |id: &Span| Some((*id, *called.get(core(id.of(report.base())))?));
    let mut findings = Vec::new();
    for (level, ids) in rosters {
        let Some(bugs) = ids.iter().map(find).collect::<Option<Vec<_>>>() else { continue };
        findings.extend(bugs.into_iter().filter_map(|(id, bug)| other(report, bug, id, level)));
    }
    findings
}

fn other(report: &Report, bug: BugIx, id: Span, level: LevelId) -> Option<Finding> {
    let key = |level: LevelId| &report.methodology().level(level).key;
    let own = report.level(bug).filter(|own| *own != level)?;
    let what = format!("{} says {}, but a list has it under {}", report.handle(bug), key(own), key(level));
    Some(Finding { kind: Kind::Severity, at: id.start, bug: Some(bug), claim: None, what })
}

/// What stands between the bugs of a report.
fn gaps(report: &Report) -> impl Iterator<Item = Span> {
    let blocks = report.bugs().iter().map(|bug| bug.block);
    let ends = [0].into_iter().chain(blocks.clone().map(|block| block.end));
    let starts = blocks.map(|block| block.start).chain([report.base().len() as u32]);
    ends.zip(starts).filter(|(end, start)| end < start).map(|(end, start)| Span::new(end, start))
}

/// The level that a line names before a colon, and the ids behind it, if there is nothing else.
fn roster(report: &Report, text: Span) -> Option<(LevelId, Vec<Span>)> {
    let base = report.base();
    let colon = memchr::memchr(b':', text.of(base)).filter(|colon| *colon <= LABEL)?;
    let rest = text.part(colon + 1..text.len());
    if !rest.of(base).last().is_some_and(|last| last.is_ascii_alphanumeric() || b"`.]*".contains(last)) {
        return None;
    }
    let (level, _) = section::level_of(base, text.part(0..colon), report.methodology())?;
    let mut ids = Vec::new();
    let mut start = rest.start;
    for end in memchr::memchr_iter(b',', rest.of(base)).map(|at| rest.start + at as u32).chain([rest.end]) {
        ids.push(id(base, Span::new(start, end))?);
        start = end + 1;
    }
    Some((level, ids))
}

/// An id without what is around it.
fn id(base: &[u8], text: Span) -> Option<Span> {
    let is_around = |byte: &u8| b" *`[]().\t".contains(byte);
    let bytes = text.of(base);
    let start = bytes.iter().take_while(|byte| is_around(byte)).count();
    let end = bytes.len() - bytes[start..].iter().rev().take_while(|byte| is_around(byte)).count();
    let id = text.part(start..end);
    let is_one = id.of(base).first().is_some_and(|first| first.is_ascii_alphabetic() || *first == b'#')
        && id.of(base).last().is_some_and(u8::is_ascii_digit)
        && !id.of(base).contains(&b' ');
    is_one.then_some(id)
}
