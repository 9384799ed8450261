//! The block that a report ends in and that nothing closes: fenced code, a comment. What is put behind its start
//! becomes part of it.

use crate::report::scan::{Outline, State, finish, scan};
use crate::report::{Form, Report};
use crate::text::Span;

/// Where that block begins; `None` where nothing is open at the end.
pub(super) fn open_end(report: &Report) -> Option<u32> {
    let base = report.base();
    let headed = report.bugs().iter().rfind(|bug| bug.form == Form::Heading).map(|bug| bug.block.start);
    let section = report.sections().last().map(|section| section.span.start);
    let tail = Span::new(headed.max(section).unwrap_or(0), base.len() as u32);
    let mut outline = Outline::new(base);
    let state = scan(base, tail, State::default(), &mut outline);
    let goes_on = state.goes_on_behind_blank();
    finish(base, tail.end, state, &mut outline);
    outline.into_marks().last().filter(|_| goes_on).map(|mark| mark.lines.start)
}
