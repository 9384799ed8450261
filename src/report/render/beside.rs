//! Where a new field goes beside one that is there, so that both are still read, and rendered, as fields of their own.
//!
//! Items and rows of a table follow each other line by line. In a paragraph a field ends where the next one begins, or
//! with the paragraph: a line between the two would cut what it says in half. Lines of one paragraph run into each
//! other unless something breaks them, so the new field is set off as the report sets its fields off, else with a blank
//! line.

use super::values::last_line_end;
use super::{Fields, goes_on, heads_list, is_fence, newline};
use crate::report::scan::{Kind, Mark, Outline};
use crate::report::{BugIx, Field, Form, Report};
use crate::text::edit::Edit;
use crate::text::{Span, line};

/// How fields of a paragraph are set off from each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Between {
    /// By a line end.
    Line,
    /// By a line end behind this, which breaks the line where it is rendered, too.
    Break(&'static str),
    /// By a blank line.
    Blank,
}

impl Between {
    /// How the first two fields are set off from each other that follow each other in a paragraph.
    pub(super) fn of(base: &[u8], fields: &[Field]) -> Option<Between> {
        let lines = fields.iter().map(|field| field.lines);
        let pairs = lines.clone().zip(lines.skip(1)).filter(|(one, next)| one.end == next.start);
        let mut texts = pairs.map(|(one, _)| line::at(base, one.start).text.of(base));
        let text = texts.find(|text| !text.trim_ascii_start().starts_with(b"|") && !is_item(text))?;
        Some(breaks(text).map_or(Between::Line, Between::Break))
    }
}

/// The place beside fields of a bug.
pub(super) struct Beside<'a> {
    report: &'a Report,
    bug: BugIx,
    fields: &'a Fields<'a>,
    between: Between,
}

impl<'a> Beside<'a> {
    pub(super) fn of(report: &'a Report, bug: BugIx, fields: &'a Fields<'a>) -> Beside<'a> {
        let own = Between::of(report.base(), fields.staying());
        let between = own.or_else(|| fields.examples.between()).unwrap_or(Between::Blank);
        Beside { report, bug, fields, between }
    }

    /// Puts a line, without its end, behind a field.
    pub(super) fn behind(&self, field: &Field, text: Vec<u8>) -> Edit {
        let base = self.report.base();
        let end = newline(base, field.lines.start);
        let most = self.report.bug(self.bug).block.end;
        let Some(paragraph) = self.paragraph(field) else {
            let lines = self.line(field).lines;
            let apart: &[u8] = if is_below_name(base, field) { end } else { &[] };
            return Edit::insert(last_line_end(base, lines).min(most), [end, apart, &text].concat());
        };
        // Within a paragraph a field without emphasis is read only where no other text stands before it.
        let is_plain = !text.starts_with(b"**") && !text.starts_with(b"__");
        let goes_within = is_plain && self.between != Between::Blank;
        let said = if goes_within { field.lines } else { self.said(field, paragraph) };
        let at = last_line_end(base, said).min(most);
        let is_broken = breaks(line_before(base, at)).is_some();
        let goes_on = said.end < paragraph.end;
        let before = match self.between {
            Between::Blank => [end, end].concat(),
            Between::Break(mark) if !is_broken => [mark.as_bytes(), end].concat(),
            Between::Line | Between::Break(_) => end.to_vec(),
        };
        Edit::insert(at, [before, self.closed(text, goes_on, end)].concat())
    }

    /// Puts a line, without its end, in front of a field.
    pub(super) fn before(&self, field: &Field, text: Vec<u8>) -> Edit {
        let end = newline(self.report.base(), field.lines.start);
        let at = field.lines.start;
        let Some(paragraph) = self.paragraph(field) else {
            let apart: &[u8] = if is_below_name(self.report.base(), field) { end } else { &[] };
            return Edit::insert(self.line(field).lines.start, [&text, end, apart].concat());
        };
        let follows = paragraph.start < at && self.between == Between::Blank;
        let before = if follows { end } else { &[] };
        Edit::insert(at, [before, &self.closed(text, true, end), end].concat())
    }

    /// Whether a field in a paragraph is but the name of what stands below it, such as code: nothing may come between.
    pub(super) fn introduces(&self, field: &Field) -> bool {
        let (base, form) = (self.report.base(), self.report.bug(self.bug).form);
        let own = line::at(base, field.lines.start);
        if form == Form::Item && field.value.is_empty() && heads_list(base, &own) {
            return true;
        }
        if self.announces(field) || self.heads_code(field) || self.heads_beyond(field) {
            return true;
        }
        let names = field.value.is_empty() || goes_on(self.report, self.bug, field);
        let paragraph = if names { self.paragraph(field) } else { None };
        if paragraph.is_none_or(|paragraph| self.said(field, paragraph).end > field.lines.end) {
            return false;
        }
        let end = self.report.bug(self.bug).block.end;
        let others = self.fields.staying().iter().map(|other| other.lines.start);
        let next = others.filter(|start| *start > field.lines.start).fold(end, u32::min);
        let below = Span::new(field.lines.end.min(next), next).of(self.report.base());
        below.iter().any(|byte| !byte.is_ascii_whitespace() && *byte != b'-')
    }

    /// Whether a field has no value, and what stands right below it is no part of the bug: steps that are numbered with `#`.
    fn heads_beyond(&self, field: &Field) -> bool {
        let base = self.report.base();
        let end = line::at(base, line::start(base, field.name.start)).end;
        let is_name = field.value.is_empty() && !field.in_cell && end >= self.report.bug(self.bug).block.end;
        is_name && !line::at(base, end).text.trim(base).is_empty()
    }

    /// Whether a field has no value but code that stands below it, or ends in a colon before that.
    fn heads_code(&self, field: &Field) -> bool {
        let base = self.report.base();
        let said = field.value.of(base);
        let is_open = said.is_empty() || said.ends_with(b":") || said.ends_with("：".as_bytes());
        let below = Span::new(field.lines.end, self.report.bug(self.bug).block.end.max(field.lines.end));
        let next = || line::lines(base, below).find(|line| !line.text.trim(base).is_empty());
        is_open && !field.in_cell && next().is_some_and(|line| is_fence(line.text.of(base)))
    }

    /// Whether what a field says over several lines announces what stands right below its paragraph, as a list.
    fn announces(&self, field: &Field) -> bool {
        let Some(paragraph) = self.paragraph(field) else { return false };
        let said = self.said(field, paragraph);
        let text = said.of(self.report.base()).trim_ascii_end();
        let is_open = text.ends_with(b":") || text.ends_with("：".as_bytes());
        let below = line::at(self.report.base(), said.end).text;
        is_open
            && said.end > field.lines.end
            && said.end == paragraph.end
            && !below.trim(self.report.base()).is_empty()
    }

    /// A field with all its lines, see [`whole`].
    pub(super) fn line(&self, field: &Field) -> Field {
        whole(self.report, self.bug, field)
    }

    /// A line, and what sets it off from one that goes on with its paragraph.
    fn closed(&self, mut text: Vec<u8>, goes_on: bool, end: &[u8]) -> Vec<u8> {
        match self.between {
            Between::Blank if goes_on => text.extend_from_slice(end),
            Between::Break(mark) if goes_on && breaks(&text).is_none() => text.extend(mark.bytes()),
            _ => {}
        }
        text
    }

    /// The lines of a paragraph that say what a field does: those up to the next one, where nothing breaks them off.
    fn said(&self, field: &Field, paragraph: Span) -> Span {
        let base = self.report.base();
        if breaks(line_before(base, last_line_end(base, field.lines))).is_some() {
            return field.lines;
        }
        let all = self.fields.staying().iter().chain(self.fields.leaving());
        let next = all.map(|other| other.lines.start).filter(|start| *start > field.lines.start);
        Span::new(field.lines.start, next.fold(paragraph.end, u32::min).max(field.lines.end))
    }

    /// The paragraph at the top of a headed bug that a field stands in.
    fn paragraph(&self, field: &Field) -> Option<Span> {
        let (base, own) = (self.report.base(), self.report.bug(self.bug));
        if own.form != Form::Heading {
            return None;
        }
        let marks = Outline::of(base, Span::new(own.body, own.block.end));
        let is_around = |mark: &&Mark| {
            mark.kind == Kind::Paragraph && mark.place.is_top() && mark.lines.contains(field.lines.start)
        };
        marks.iter().find(is_around).map(|mark| mark.lines)
    }
}

/// A field of a bug with all its lines: in an item, with the marker and all of the item that is nested there for it.
pub(super) fn whole(report: &Report, bug: BugIx, field: &Field) -> Field {
    let (base, own) = (report.base(), report.bug(bug));
    let start = line::start(base, field.lines.start);
    let is_first = start <= own.block.start;
    if own.form != Form::Item || is_first || report.notes(bug).contains(field) {
        return *field;
    }
    let marks = Outline::of(base, own.block);
    let is_its_own = |mark: &&Mark| {
        let is_item = matches!(mark.kind, Kind::Item { .. });
        is_item && mark.lines.start >= start && mark.lines.contains(field.lines.start)
    };
    let end = marks.iter().find(is_its_own).map_or(field.lines.end, |mark| mark.lines.end);
    Field { lines: Span::new(start, end.max(field.lines.end)), ..*field }
}

/// Whether the value of a field stands below its name, which is a heading.
fn is_below_name(base: &[u8], field: &Field) -> bool {
    field.value.start >= line::at(base, field.name.start).end
}

/// The line that ends at an offset.
fn line_before(base: &[u8], end: u32) -> &[u8] {
    &base[line::start(base, end) as usize..end as usize]
}

/// What breaks a line at its end, where it is rendered.
fn breaks(line: &[u8]) -> Option<&'static str> {
    match line {
        [.., b' ', b' '] => Some("  "),
        [.., b'\\'] => Some("\\"),
        _ => None,
    }
}

/// Whether a line is one of a list, or a heading.
fn is_item(text: &[u8]) -> bool {
    let text = text.trim_ascii_start();
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let marks: &[u8] = if digits == 0 { b"-*+#" } else { b".)" };
    text.get(digits).is_some_and(|mark| marks.contains(mark))
        && text.get(digits + 1).is_none_or(|next| *next != b'*')
}
