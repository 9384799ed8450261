//! Writing into the list item that a bug is: a line like its other fields, else brackets behind the title, else
//! a nested item; and its task box.

use super::row::note;
use super::{Fields, newline, one_line, values};
use crate::methodology::FieldKind;
use crate::report::scan::{Kind, Outline};
use crate::report::{BugIx, Report, item, note as notes};
use crate::text::edit::{Edit, Edits};
use crate::text::{Span, line};

/// How far behind a title brackets may begin, in bytes.
const REACH: usize = 8;

/// Writes a value that the item has not. A severity is a line only where others have such lines: one among items
/// without any would set its item apart from them. The status of a task stands beside its box.
pub(super) fn insert(report: &Report, bug: BugIx, fields: &Fields, name: &str, value: &str) -> Edit {
    let kind = report.methodology().fields().kind_of(name.as_bytes());
    let is_usual = match kind {
        Some(FieldKind::Severity) => fields.examples.has_line_of(FieldKind::Severity),
        Some(FieldKind::Status) => report.task(bug).is_none(),
        _ => true,
    };
    if fields.lines().next().is_some() && is_usual {
        return values::insert_named(report, bug, fields, name, value);
    }
    let name = notes::name_of(name, report.methodology());
    let behind = || behind_title(report, bug, &note(name, value));
    let known = notes::kind_of(name.as_bytes(), report.methodology()).is_some();
    (known && !runs_on(report, bug))
        .then(behind)
        .flatten()
        .unwrap_or_else(|| nested(report, bug, name, value))
}

/// Writes brackets where they are read as such and the title stays what it is, behind those that are there.
fn behind_title(report: &Report, bug: BugIx, note: &str) -> Option<Edit> {
    let (base, own) = (report.base(), report.bug(bug));
    let start = report.notes(bug).iter().map(|note| note.lines.end).fold(own.title.end, u32::max);
    let rest = Span::new(start, own.block.end).of(base);
    let marks =
        rest.iter().take(REACH).take_while(|byte| !byte.is_ascii_alphanumeric() && !b" \r\n".contains(byte));
    let places = (0..=marks.count()).map(|behind| start + behind as u32);
    let edits = places.map(|at| Edit::insert(at, note));
    edits.into_iter().find(|edit| reads_back(report, bug, edit, note))
}

/// Whether a title is the beginning of a sentence that the next line goes on with: brackets behind it would stand in the
/// middle of that.
fn runs_on(report: &Report, bug: BugIx) -> bool {
    let (base, own) = (report.base(), report.bug(bug));
    let marks = Outline::of(base, own.block);
    let text = marks.iter().find(|mark| mark.kind == Kind::Paragraph).map_or(own.title, |mark| mark.text);
    let here = line::at(base, own.title.end);
    let rest = Span::new(own.title.end, here.text.end).of(base);
    let next = line::at(base, here.end).text.trim(base);
    let goes_on = String::from_utf8_lossy(next.of(base))
        .starts_with(|first: char| first.is_lowercase() || first == '`');
    here.end < text.end && rest.iter().all(|byte| *byte == b' ') && rest.len() < 2 && goes_on
}

/// Whether an item with a note more has the title that it had, and the note.
fn reads_back(report: &Report, bug: BugIx, edit: &Edit, note: &str) -> bool {
    let (base, own) = (report.base(), report.bug(bug));
    let Ok(edits) = Edits::new(vec![edit.clone()]) else { return false };
    let new: Vec<u8> = edits.apply(&base[..own.block.end as usize]);
    let block = Span::new(own.block.start, new.len() as u32);
    let Some(lead) = item::lead(&new, block, report.methodology()) else { return false };
    let end = line::at(&new, lead.title.end).text.end;
    let found = notes::behind(&new, lead.title.end, end, report.methodology());
    let is_read = found.iter().any(|found| found.lines.of(&new) == note.as_bytes());
    // What looks like an id may be the first word of the title among items without ids.
    is_read && !lead.title.is_empty() && own.title.of(base).ends_with(lead.title.of(&new))
}

/// Writes a nested item behind the first paragraph.
fn nested(report: &Report, bug: BugIx, name: &str, value: &str) -> Edit {
    let (base, block) = (report.base(), report.bug(bug).block);
    let marks = Outline::of(base, block);
    let text = marks.iter().find(|mark| mark.kind == Kind::Paragraph).map_or(block, |mark| mark.text);
    let width = match marks.first().map(|mark| mark.kind) {
        Some(Kind::Item { marker, .. }) => marker.end + 1 - block.start,
        _ => 0,
    };
    let end = String::from_utf8_lossy(newline(base, block.start)).into_owned();
    let indent = " ".repeat(width as usize);
    Edit::insert(text.end, format!("{end}{indent}- **{}:** {}", one_line(name), one_line(value)))
}
