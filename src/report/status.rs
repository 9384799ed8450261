//! Where a bug's status is written: a field, beside the title, a row of an index, or the box of a task; and what a box can say.

use std::borrow::Cow;

use super::Report;
use super::bug::{Bug, BugIx, Form};
use super::field::Field;
use super::scan::{Kind, Outline};
use super::site::Row;
use super::table::{self, plain};
use crate::methodology::{FieldKind, StatusId};
use crate::text::{Span, line};

/// Where a status is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StatusStand {
    Field {
        in_cell: bool,
    },
    /// Beside the title.
    Decoration,
    /// In this cell of an index row that speaks of the bug.
    Index(Span),
    /// A task box.
    Box,
}

impl Report {
    /// The status of a bug with these fields.
    pub(super) fn status_in(&self, bug: BugIx, fields: &[Field]) -> Option<Cow<'_, str>> {
        let (span, stand) = self.status_stand_in(bug, fields)?;
        let in_cell = matches!(stand, StatusStand::Field { in_cell: true } | StatusStand::Index(_));
        Some(self.status_at(span, in_cell))
    }

    /// The status that is written there.
    pub(super) fn status_at(&self, span: Span, in_cell: bool) -> Cow<'_, str> {
        let text = self.without_open_marks(span);
        if in_cell { table::unescaped(text) } else { text }
    }

    /// Where the status of a bug is written that speaks.
    pub(super) fn status_stand(&self, bug: BugIx) -> Option<(Span, StatusStand)> {
        self.status_stand_in(bug, &self.fields(bug))
    }

    fn status_stand_in(&self, bug: BugIx, fields: &[Field]) -> Option<(Span, StatusStand)> {
        let field = self.status_field_in(bug, fields).filter(|field| !field.value.is_empty());
        let entry = || self.entry(bug).map(|entry| entry.status).filter(|status| !status.is_empty());
        let index = || self.index_status(bug).map(|cell| (plain(&self.base, cell), StatusStand::Index(cell)));
        let task = || self.task(bug).map(|(task, _)| task);
        field
            .map(|field| (field.value, StatusStand::Field { in_cell: field.in_cell }))
            .or_else(|| entry().map(|span| (span, StatusStand::Decoration)))
            .or_else(index)
            .or_else(|| task().map(|span| (span, StatusStand::Box)))
    }

    /// The status that an index has for a bug: a row elsewhere that says how severe it is as well. Other tables speak
    /// of something else, such as of how a fix was reviewed.
    fn index_status(&self, bug: BugIx) -> Option<Span> {
        let rows = self.mentions(bug).iter().filter_map(|mention| self.row_at(mention.row));
        let mut rows = rows.filter(|row| row.table.columns.severity.is_some());
        rows.find_map(|row| self.status_cell(&row))
    }

    /// The field that states the status of a bug; for a row, the cell of its column.
    pub(super) fn status_field(&self, bug: BugIx) -> Option<Field> {
        self.status_field_in(bug, &self.fields(bug))
    }

    fn status_field_in(&self, bug: BugIx, fields: &[Field]) -> Option<Field> {
        if let Some(row) = self.row(bug)
            && let Some(cell) = self.status_cell(&row)
        {
            let found = fields.iter().find(|field| cell.covers(field.value) && !field.value.is_empty());
            return found.map(|field| Field { value: plain(&self.base, cell), ..*field });
        }
        let has_value = |field: &&Field| !field.value.is_empty();
        fields.iter().filter(has_value).find(|field| self.is_of(field, FieldKind::Status)).copied()
    }

    /// The cell of a row that says something in the column of statuses.
    pub(super) fn status_cell(&self, row: &Row<'_>) -> Option<Span> {
        let cell = *row.cells.get(row.table.columns.status?)?;
        (!table::says_nothing(&self.base, cell)).then_some(cell)
    }

    /// The task box of an item, and whether it is ticked.
    pub(super) fn task(&self, bug: BugIx) -> Option<(Span, bool)> {
        let Bug { block, form, .. } = *self.bug(bug);
        if form != Form::Item {
            return None;
        }
        let line = line::at(&self.base, block.start);
        let first = Outline::of(&self.base, Span::new(block.start, line.end)).into_iter().next()?;
        match first.kind {
            Kind::Item { task, .. } => task,
            _ => None,
        }
    }

    /// What the status of a bug with these fields reads as once this is written.
    pub(super) fn status_after_in<'s>(&self, bug: BugIx, fields: &[Field], status: &'s str) -> &'s str {
        let is_item = self.bug(bug).form == Form::Item;
        let boxed = if is_item { self.boxed(status) } else { None };
        boxed.filter(|_| self.is_in_box(bug, fields)).unwrap_or(status)
    }

    /// Whether the status of a task with these fields stands in its box, or in brackets behind its title where that cannot say
    /// it: a box says it as soon as it can.
    pub(super) fn is_in_box(&self, bug: BugIx, fields: &[Field]) -> bool {
        let is_item = self.bug(bug).form == Form::Item;
        match is_item.then(|| self.status_stand_in(bug, fields)).flatten() {
            Some((_, StatusStand::Box)) => true,
            Some((value, StatusStand::Field { .. })) => {
                self.notes(bug).iter().any(|note| note.value == value) && self.task(bug).is_some()
            }
            _ => false,
        }
    }

    /// The box that says all of a status: that nothing is left to do, or that nothing was done, and no more. `None` for one
    /// that says more than a box can, or that is not known.
    pub(super) fn boxed<'s>(&self, status: &'s str) -> Option<&'s str> {
        if is_box(status) {
            return Some(status);
        }
        let found = self.methodology.read_status(status.as_bytes())?;
        let ticks = self.methodology.status(found.status).closes;
        let is_such = |status: &StatusId| self.methodology.status(*status).closes == ticks;
        let is_first = self.methodology.status_ids().find(is_such) == Some(found.status);
        (is_first && found.span == (0..status.len())).then_some(boxes(ticks))
    }

    /// Whether a box is ticked that goes with a status: where that is a known one that closes.
    pub(super) fn ticks(&self, status: &str) -> bool {
        let found = self.methodology.read_status(status.as_bytes());
        found.is_some_and(|found| self.methodology.status(found.status).closes)
    }

    /// A text whose emphasis ends within it: the mark that closes it is taken in, else none is left.
    fn without_open_marks(&self, span: Span) -> Cow<'_, str> {
        let count = |text: &[u8]| memchr::memmem::find_iter(text, b"**").count();
        let has_marks = |text: &[u8]| memchr::memchr(b'*', text).is_some();
        let is_even = |span: Span| !has_marks(span.of(&self.base)) || count(span.of(&self.base)) % 2 == 0;
        let longer = Span::new(span.start, (span.end + 2).min(self.base.len() as u32));
        match () {
            () if is_even(span) => self.text(span),
            () if longer.of(&self.base).ends_with(b"**") => self.text(longer),
            () => self.text(span).replace("**", "").trim().to_owned().into(),
        }
    }
}

/// Whether a status is the box of a task itself.
pub(super) fn is_box(status: &str) -> bool {
    matches!(status, "[ ]" | "[x]" | "[X]")
}

/// The box of a task, ticked or not.
pub(super) fn boxes(ticks: bool) -> &'static str {
    if ticks { "[x]" } else { "[ ]" }
}
