//! What holds of every input, however broken.

use std::collections::HashSet;

use jiff::Timestamp;
use regrade::methodology::LevelId;
use regrade::report::{
    Annotate, BugIx, Change, Claim, Place, Report, Section, Source, To, Writing, audit, render,
};
use regrade::text::Span;
use regrade::text::edit::{Edits, Piece};

use crate::changed::{Wrong, wrong};
use crate::generated::generator::Dice;
use crate::parsed::{METHODOLOGY, parse};

/// Something that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) kind: &'static str,
    pub(super) what: String,
}

impl Fault {
    fn new(kind: &'static str, what: impl Into<String>) -> Fault {
        Fault { kind, what: what.into() }
    }
}

/// The first fault of an input; `choice` decides which bug is given which level.
pub(super) fn fault(base: &[u8], choice: u64) -> Option<Fault> {
    let report = parse(base);
    let read = bugs(&report).or_else(|| sections(&report)).or_else(|| claims(&report));
    read.or_else(|| names(&report)).or_else(|| written(&report, &mut Dice(choice)))
}

/// Bugs stand in order, apart, inside the document, and so do their parts.
fn bugs(report: &Report) -> Option<Fault> {
    let whole = Span::whole(report.base());
    let mut end = 0;
    for ix in report.indexes() {
        let bug = report.bug(ix);
        let at = format!("bug {} at {:?}", ix.0, bug.block);
        if !whole.covers(bug.block) || bug.block.is_empty() || bug.block.start < end {
            return Some(Fault::new("blocks", format!("{at}, the one before ends at {end}")));
        }
        end = bug.block.end;
        let is_body = bug.block.start <= bug.body && bug.body <= whole.end;
        if !bug.block.covers(bug.id) || !bug.block.covers(bug.title) || !is_body {
            return Some(Fault::new("parts", format!("{at}: {:?} {:?} {}", bug.id, bug.title, bug.body)));
        }
        if !is_place_of_severity(report, ix) {
            return Some(Fault::new("severity", format!("{at} has its severity at {:?}", bug.severity)));
        }
        if (bug.source == Source::Nothing) != bug.severity.is_empty()
            || bug.level.is_some() && bug.severity.is_empty()
        {
            return Some(Fault::new(
                "source",
                format!("{at}: {:?} {:?} {:?}", bug.source, bug.severity, bug.level),
            ));
        }
    }
    None
}

/// Whether the severity of a bug stands in its block, where its section says how severe it is, or in a row of a table.
fn is_place_of_severity(report: &Report, ix: BugIx) -> bool {
    let bug = report.bug(ix);
    let says = |section: &Section| section.heading.covers(bug.severity) || section.word == bug.severity;
    let in_section = || report.sections().iter().any(says);
    match bug.source {
        Source::Nothing => true,
        Source::Section => in_section(),
        Source::Table => Span::whole(report.base()).covers(bug.severity),
        _ => bug.block.covers(bug.severity),
    }
}

/// Sections stand in order, each whole within the one around it.
fn sections(report: &Report) -> Option<Fault> {
    let all = report.sections();
    for (at, section) in all.iter().enumerate() {
        let whole = Span::whole(report.base()).covers(section.span);
        let parts = section.span.covers(section.heading) && section.heading.covers(section.title);
        let around = section.parent.is_none_or(|parent| {
            parent.at() < at
                && all[parent.at()].span.covers(section.span)
                && all[parent.at()].depth < section.depth
        });
        let after = at == 0 || all[at - 1].span.start < section.span.start;
        let apart = all[at + 1..]
            .iter()
            .all(|next| section.span.covers(next.span) || next.span.start >= section.span.end);
        if !(whole && parts && around && after && apart) {
            return Some(Fault::new("sections", format!("{section:?}")));
        }
    }
    let stray = report
        .indexes()
        .find(|bug| report.section(*bug).is_some_and(|section| !section.span.covers(report.bug(*bug).block)));
    stray.map(|bug| Fault::new("section of a bug", format!("bug {} reaches out of its section", bug.0)))
}

/// Claims stand apart, and are the numbers that they say they are.
fn claims(report: &Report) -> Option<Fault> {
    let base = report.base();
    let text = |span: Span| String::from_utf8_lossy(span.of(base)).into_owned();
    let says = |claim: &Claim| match claim.place {
        Place::Sentence => true,
        _ => {
            claim.count.number().is_none_or(|number| text(claim.span).replace(',', "") == number.to_string())
        }
    };
    let stands = |claim: &Claim| match claim.place {
        Place::Cell { cell, .. } => cell.covers(claim.span),
        _ => !claim.span.is_empty(),
    };
    let mut spans: Vec<Span> = Vec::new();
    for claim in report.claims() {
        if !Span::whole(base).covers(claim.span) || !stands(claim) || !says(claim) {
            return Some(Fault::new("claim", format!("{claim:?} of {:?}", text(claim.span))));
        }
        spans.push(claim.span);
    }
    spans.sort();
    let twice = spans.windows(2).find(|pair| pair[1].start < pair[0].end);
    twice.map(|pair| Fault::new("claims", format!("{:?} and {:?} overlap", pair[0], pair[1])))
}

/// Every bug can be named, and what is odd about the report stands in it.
fn names(report: &Report) -> Option<Fault> {
    let mut handles = HashSet::new();
    for bug in report.indexes() {
        let handle = report.handle(bug).into_owned();
        if report.find(&handle) != Some(bug) || !handles.insert(handle.clone()) {
            return Some(Fault::new("handles", format!("two bugs are called {handle}")));
        }
    }
    let lines = report.line_of(report.base().len() as u32);
    let mut places = audit(report, Timestamp::UNIX_EPOCH).into_iter().map(|finding| finding.at);
    let stray = places.find(|at| *at as usize > report.base().len() || report.line_of(*at) > lines);
    stray.map(|at| Fault::new("findings", format!("one at {at}")))
}

/// A level that is set is the bug's afterwards, and nobody else's is; so is the one it had, set again.
fn written(report: &Report, dice: &mut Dice) -> Option<Fault> {
    if report.is_empty() {
        return None;
    }
    let bug = BugIx(dice.below(report.len()) as u32);
    let level = LevelId(dice.below(METHODOLOGY.level_ids().count()) as u8);
    let annotate = [Annotate::None, Annotate::Short][dice.below(2)];
    let writing = Writing { annotate, ..Writing::default() };
    let change = Change { severity: To::Value(level), ..Change::of(bug) };
    let edits = match render::edits(report, &[change], writing) {
        Ok(edits) => edits,
        Err(overlap) => return Some(Fault::new("overlap", overlap.to_string())),
    };
    let new = edits.apply(report.base());
    if reversed(&edits, report.base(), &new).as_deref() != Some(&**report.base()) {
        return Some(Fault::new("reversal", "the edits taken back do not give the report"));
    }
    let (kind, what) = wrong(report, bug, level, &parse(&new))?;
    let kind = match kind {
        Wrong::Count => "written: count",
        Wrong::Level => "written: level",
        Wrong::Itself => "written: itself",
        Wrong::Others => "written: others",
    };
    Some(Fault::new(kind, format!("bug {} to {}: {what}", bug.0, METHODOLOGY.level(level).key)))
}

/// The original, put together from what its edits kept and took: what stands outside them is read from the
/// edited document. `None` where that is not what they say it is.
fn reversed(edits: &Edits, base: &[u8], new: &[u8]) -> Option<Vec<u8>> {
    let mut old = Vec::with_capacity(base.len());
    let mut at = 0;
    for edit in edits.iter() {
        let kept = (edit.span.start as usize).checked_sub(old.len())?;
        old.extend_from_slice(new.get(at..at + kept)?);
        at += kept;
        for piece in &edit.pieces {
            let bytes = match piece {
                Piece::Kept(span) => span.of(base),
                Piece::New(bytes) => bytes,
            };
            at += new.get(at..)?.starts_with(bytes).then_some(bytes.len())?;
        }
        old.extend_from_slice(edit.span.of(base));
    }
    old.extend_from_slice(new.get(at..)?);
    Some(old)
}
