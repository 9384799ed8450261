//! From changes to edits: what each change rewrites, in the report's own style.
//!
//! An edit touches nothing but sites, fields, moved blocks and claims. What is written is learnt from
//! what stands there: line ends, bullets, words for levels, separators, section headings.

mod claims;
mod examples;
mod moving;
mod severity;
mod values;

use examples::Examples;

use super::{Change, Field, Moving, Report, Restated, To, Writing};
use crate::methodology::FieldKind;
use crate::text::edit::{Edit, Edits, Overlap};
use crate::text::line;

/// The edits that make a report say these changes, which are in document order and of different bugs.
///
/// # Errors
/// When two changes want the same bytes, such as one of the status and one of a field called so.
pub fn edits(report: &Report, changes: &[Change], writing: Writing) -> Result<Edits, Overlap> {
    edits_restating(report, changes, &[], writing)
}

/// How much each claim of a report gains or loses by these changes.
pub fn shifts(report: &Report, changes: &[Change], writing: Writing) -> Vec<i64> {
    claims::shifts(report, changes, &moves(report, changes, writing))
}

/// The same as [`edits`], with claims set anew.
///
/// # Errors
/// As for [`edits`].
pub fn edits_restating(
    report: &Report,
    changes: &[Change],
    restated: &[Restated],
    writing: Writing,
) -> Result<Edits, Overlap> {
    let moves = moves(report, changes, writing);
    let examples = Examples::of(report);
    let inner: Vec<Edit> =
        changes.iter().flat_map(|change| within(report, change, writing, &examples)).collect();
    let inner = Edits::new(inner)?;
    let moved = |edit: &&Edit| {
        let after = moves.partition_point(|moved| report.bug(moved.bug).block.start <= edit.span.start);
        after > 0 && report.bug(moves[after - 1].bug).block.covers(edit.span)
    };
    let mut all: Vec<Edit> = inner.iter().filter(|edit| !moved(edit)).cloned().collect();
    all.extend(moving::edits(report, &moves, &inner));
    all.extend(claims::edits(report, changes, &moves, restated));
    Edits::new(all)
}

fn moves(report: &Report, changes: &[Change], writing: Writing) -> Vec<moving::Move> {
    changes.iter().filter_map(|change| moving(report, change, writing)).collect()
}

/// Where the bug of a change goes, if anywhere.
fn moving(report: &Report, change: &Change, writing: Writing) -> Option<moving::Move> {
    let (To::Value(to), Moving::Move) = (change.severity, writing.sections) else { return None };
    let from = report.leveled_section(change.bug)?;
    let differs = report.sections()[from.at()].level != Some(to);
    differs.then_some(moving::Move { bug: change.bug, from, to })
}

/// The edits inside the block of a bug.
fn within(report: &Report, change: &Change, writing: Writing, examples: &Examples) -> Vec<Edit> {
    let (leaving, staying) =
        report.fields(change.bug).into_iter().partition(|field| leaves(report, change, field));
    let fields = Fields { staying, leaving, examples };
    let mut edits = values::removals(report, change.bug, &fields.leaving);
    edits.extend(severity::edits(report, change, &fields, writing));
    edits.extend(values::edits(report, change, &fields));
    edits
}

/// The fields of a bug that changes.
struct Fields<'a> {
    /// Those that it still has afterwards; new ones are put beside these.
    staying: Vec<Field>,
    /// Those that it loses.
    leaving: Vec<Field>,
    /// How other bugs have theirs.
    examples: &'a Examples<'a>,
}

impl Fields<'_> {
    /// The field that a new value of this kind belongs into: one that has a value, else one that waits for it.
    fn of_kind(&self, report: &Report, kind: FieldKind) -> Option<&Field> {
        self.fitting(report.base(), |field| report.kind_of(field) == Some(kind))
    }

    /// The same for a field of this name.
    fn named(&self, report: &Report, name: &str) -> Option<&Field> {
        self.fitting(report.base(), |field| field.is_named(report.base(), name))
    }

    fn fitting(&self, base: &[u8], is_such: impl Fn(&Field) -> bool) -> Option<&Field> {
        let mut such = self.staying.iter().filter(|field| is_such(field));
        such.clone().find(|field| !field.value.is_empty()).or_else(|| such.find(|field| waits(base, field)))
    }

    /// The field of a kind that has no value and nothing else below its name.
    fn waiting(&self, report: &Report, kind: FieldKind) -> Option<&Field> {
        let such = |field: &&Field| report.kind_of(field) == Some(kind) && waits(report.base(), field);
        self.staying.iter().find(such)
    }
}

/// Whether a field has no value and nothing else below its name.
fn waits(base: &[u8], field: &Field) -> bool {
    field.value.is_empty() && line::at(base, field.lines.start).end >= field.lines.end
}

/// Whether a change takes a field away.
fn leaves(report: &Report, change: &Change, field: &Field) -> bool {
    let named =
        change.fields.iter().any(|(name, to)| *to == To::Clear && field.is_named(report.base(), name));
    named
        || match report.kind_of(field) {
            Some(FieldKind::Severity) => {
                change.severity == To::Clear && field.weight(report.base(), report.methodology()).is_some()
            }
            Some(FieldKind::Scope) => change.scope == To::Clear,
            Some(FieldKind::Status) => change.status == To::Clear,
            _ => false,
        }
}

/// The line end in use around an offset.
fn newline(base: &[u8], at: u32) -> &[u8] {
    let here = line::at(base, at).ending().of(base);
    if here.is_empty() { first_newline(base) } else { here }
}

fn first_newline(base: &[u8]) -> &[u8] {
    let first = line::at(base, 0).ending().of(base);
    if first.is_empty() { b"\n" } else { first }
}

/// Writes a value into a field.
fn fill(field: &Field, value: &str) -> Edit {
    match field.value.is_empty() {
        true => Edit::insert(field.value.start, format!(" {value}")),
        false => Edit::replace(field.value, value),
    }
}

/// A text on one line: line ends and other control characters become blanks.
fn one_line(text: &str) -> String {
    text.split(char::is_control)
        .filter(|part| !part.trim().is_empty())
        .map(str::trim)
        .collect::<Vec<_>>()
        .join(" ")
}
