//! Values that stand in brackets behind a title: ` (Severity: High)`.
//!
//! So is written what a row without such a column, or an item of one line, has no other place for; it is read
//! back, rewritten and taken out again like any field.

use std::ops::Range;

use super::field::Field;
use super::inline::{bracketed, marks, trailing_bracketed, without_marks};
use super::run::Run;
use super::section::has_words;
use crate::methodology::{FieldKind, LevelId, Methodology};
use crate::text::Span;

/// The kinds of values that may stand so under any name; others do under their first name only, or what that is in another
/// language, and what was done beside a recommended fix under the second.
const USUAL: [FieldKind; 4] = [FieldKind::Severity, FieldKind::Priority, FieldKind::Scope, FieldKind::Status];

/// The other kinds.
const FURTHER: [FieldKind; 7] = [
    FieldKind::Fix,
    FieldKind::Commit,
    FieldKind::Verification,
    FieldKind::RegressionTest,
    FieldKind::Duplicate,
    FieldKind::Deferred,
    FieldKind::Owner,
];

/// What stands in the brackets of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Inside {
    pub(super) kind: FieldKind,
    pub(super) name: Range<usize>,
    pub(super) value: Range<usize>,
}

impl Inside {
    /// Reads what stands in brackets; `None` where it is something else.
    pub(super) fn read(text: &[u8], methodology: &Methodology) -> Option<Inside> {
        let colon = text.iter().position(|byte| *byte == b':')?;
        let name = text[..colon].trim_ascii_start();
        let name = colon - name.len()..colon;
        let kind = kind_of(&text[name.clone()], methodology)?;
        let value = text[colon + 1..].trim_ascii();
        let start = text.len() - text[colon + 1..].trim_ascii_start().len();
        (!value.is_empty()).then(|| Inside { kind, name, value: start..start + value.len() })
    }

    /// The words for a level that it begins with, where it is a severity or a priority.
    pub(super) fn level(&self, text: &[u8], methodology: &Methodology) -> Option<(LevelId, Range<usize>)> {
        let value = &text[self.value.clone()];
        let run = Run::first(value, methodology).filter(|run| !has_words(&value[..run.span.start]))?;
        let span = self.value.start + run.span.start..self.value.start + run.span.end;
        matches!(self.kind, FieldKind::Severity | FieldKind::Priority).then(|| (run.level(), span))
    }
}

/// The kind of a value that may stand in brackets under this name.
pub(super) fn kind_of(name: &[u8], methodology: &Methodology) -> Option<FieldKind> {
    let kind = methodology.fields().kind_of(name)?;
    let own = methodology.fields().names(kind).iter().take(if kind == FieldKind::Fix { 2 } else { 1 });
    let is_own = || own.into_iter().any(|own| name == own.as_bytes()) || methodology.is_label(kind, name);
    (USUAL.contains(&kind) || FURTHER.contains(&kind) && is_own()).then_some(kind)
}

/// The name under which a value in brackets is read that is given under this one, in whatever capitals.
pub(super) fn name_of<'n>(name: &'n str, methodology: &'n Methodology) -> &'n str {
    let kind = methodology.fields().kind_of(name.as_bytes());
    let first = kind.and_then(|kind| methodology.fields().names(kind).first());
    first.filter(|first| first.eq_ignore_ascii_case(name)).map_or(name, String::as_str)
}

/// A text without the notes at its end.
pub(super) fn without(base: &[u8], text: Span, methodology: &Methodology) -> Span {
    let mut rest = text;
    loop {
        let bytes = rest.of(base);
        let bytes = &bytes[..without_marks(bytes)];
        match trailing_bracketed(bytes) {
            Some((start, inside))
                if start > 0 && Inside::read(&bytes[inside.clone()], methodology).is_some() =>
            {
                rest = rest.part(0..start);
            }
            _ if rest == text => return text,
            _ => return rest.trim_end(base),
        }
    }
}

/// The notes that follow a title, up to `end`, as fields: their lines are the brackets and the blanks before.
pub(super) fn behind(base: &[u8], from: u32, end: u32, methodology: &Methodology) -> Vec<Field> {
    let rest = Span::new(from, end);
    let text = rest.of(base);
    let mut notes = Vec::new();
    let mut at = 0;
    loop {
        let start = at + leading_stop(&text[at..]);
        let start = start + marks(&text[start..]);
        let Some((inside, length)) = bracketed(&text[start..]) else { return notes };
        let inside = start + inside.start..start + inside.end;
        if let Some(read) = Inside::read(&text[inside.clone()], methodology) {
            let blanks = text[..start].iter().rev().take_while(|byte| **byte == b' ').count();
            let within = |part: &Range<usize>| rest.part(inside.start + part.start..inside.start + part.end);
            let lines = rest.part(start - blanks..start + length);
            notes.push(Field { lines, name: within(&read.name), value: within(&read.value), in_cell: false });
        }
        at = start + length;
    }
}

/// The length of the stop at the start of a text.
fn leading_stop(text: &[u8]) -> usize {
    let stops = [".", "。", ":", "："];
    stops.iter().find(|stop| text.starts_with(stop.as_bytes())).map_or(0, |stop| stop.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_told_from_the_title_before_them() {
        let methodology = Methodology::embedded();
        let text = "**It (a: b) breaks** (twice) (Severity: 🟠 High) (Status: open: so)";
        let base = text.as_bytes();
        let whole = Span::whole(base);
        let title = without(base, whole, &methodology);
        assert_eq!(&text[title.range()], "**It (a: b) breaks** (twice)");
        let notes = behind(base, title.end, whole.end, &methodology);
        let said: Vec<_> =
            notes.iter().map(|note| (&text[note.name.range()], &text[note.value.range()])).collect();
        assert_eq!(said, [("Severity", "🟠 High"), ("Status", "open: so")]);
        assert_eq!(&text[notes[1].lines.range()], " (Status: open: so)");
    }

    #[test]
    fn other_brackets_are_words_of_the_title() {
        let methodology = Methodology::embedded();
        for text in ["it breaks (File: a.rs)", "it breaks (High)", "it breaks (Status:)", "(Severity: High)"]
        {
            let whole = Span::whole(text.as_bytes());
            assert_eq!(without(text.as_bytes(), whole, &methodology), whole, "{text}");
        }
    }
}
