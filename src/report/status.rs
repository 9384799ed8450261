//! Where a bug's status is written: a field, beside the title, a row of an index, the box of a task, or the title of a section
//! around it; and what a box can say.

use std::borrow::Cow;

use super::Report;
use super::bug::{Bug, BugIx, Form};
use super::field::Field;
use super::scan::{Kind, Outline};
use super::section::SectionIx;
use super::site::Row;
use super::table::{self, plain};
use super::without_remark;
use crate::methodology::{FieldKind, StatusId, is_ticked};
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
    /// In the title of a section around the bug.
    Section,
}

impl StatusStand {
    /// The word for it in output.
    pub(super) fn name(self) -> &'static str {
        match self {
            StatusStand::Field { .. } => "field",
            StatusStand::Decoration => "title",
            StatusStand::Index(_) => "table",
            StatusStand::Box => "box",
            StatusStand::Section => "section",
        }
    }

    /// Whether it is written in a cell of a table, where a backslash keeps a bar from ending it.
    fn is_in_cell(self) -> bool {
        matches!(self, StatusStand::Field { in_cell: true } | StatusStand::Index(_))
    }
}

impl Report {
    /// The status of a bug with these fields.
    pub(super) fn status_in(&self, bug: BugIx, fields: &[Field]) -> Option<Cow<'_, str>> {
        let (span, stand) = self.status_stand_in(bug, fields)?;
        Some(self.status_at(span, stand))
    }

    /// The status that is written there.
    pub(super) fn status_at(&self, span: Span, stand: StatusStand) -> Cow<'_, str> {
        let text = self.without_open_marks(span);
        if stand.is_in_cell() { table::unescaped(text) } else { text }
    }

    /// Where the status of a bug is written that speaks.
    pub(super) fn status_stand(&self, bug: BugIx) -> Option<(Span, StatusStand)> {
        self.status_stand_in(bug, &self.fields(bug))
    }

    fn status_stand_in(&self, bug: BugIx, fields: &[Field]) -> Option<(Span, StatusStand)> {
        let field = self.status_field_in(bug, fields).filter(|field| !field.value.is_empty());
        let entry = || self.status_beside_title(bug);
        let index = || self.index_status(bug).map(|cell| (plain(&self.base, cell), StatusStand::Index(cell)));
        let task = || self.task(bug).map(|(task, _)| task);
        let section = || self.status_of_section(bug).map(|span| (span, StatusStand::Section));
        field
            .map(|field| (field.value, StatusStand::Field { in_cell: field.in_cell }))
            .or_else(|| entry().map(|span| (span, StatusStand::Decoration)))
            .or_else(index)
            .or_else(|| task().map(|span| (span, StatusStand::Box)))
            .or_else(section)
    }

    /// The status beside the title of a bug; a sign that is of the title tells none.
    fn status_beside_title(&self, bug: BugIx) -> Option<Span> {
        let title = self.bug(bug).title;
        let status = self.entry(bug).map(|entry| entry.status);
        status.filter(|status| !status.is_empty() && !title.covers(*status))
    }

    /// The innermost section, of one and those around it, whose title names a status.
    pub(super) fn status_section(&self, from: Option<SectionIx>) -> Option<SectionIx> {
        let mut around = std::iter::successors(from, |at| self.sections[at.at()].parent);
        around.find(|at| !self.sections[at.at()].status.is_empty())
    }

    /// The words for a status that a bug has by where it stands.
    fn status_of_section(&self, bug: BugIx) -> Option<Span> {
        self.status_section(self.bug(bug).section).map(|at| self.sections[at.at()].status)
    }

    /// Whether a bug with these fields states the status that its section says.
    pub(super) fn restates_section(&self, bug: BugIx, fields: &[Field]) -> bool {
        let Some(section) = self.status_of_section(bug) else { return false };
        let said = self.status_at(section, StatusStand::Section);
        let field = self.status_field_in(bug, fields);
        field.is_some_and(|field| self.is_same_status(&field.text(&self.base), &said))
    }

    /// Whether a bug would have this status, in these words, by its section alone if it had not a field for one.
    pub(super) fn may_leave_to_section(&self, bug: BugIx, status: &str) -> bool {
        if self
            .status_of_section(bug)
            .is_none_or(|section| self.status_at(section, StatusStand::Section) != status)
        {
            return false;
        }
        let mut stating = self.fields(bug);
        stating.retain(|field| self.is_of(field, FieldKind::Status));
        let notes = self.notes(bug);
        let is_free = |field: &Field| !field.in_cell || notes.contains(field);
        let is_stated = |status: Span| stating.iter().any(|field| field.value.covers(status));
        !stating.is_empty()
            && stating.iter().all(is_free)
            && self.status_beside_title(bug).is_none_or(is_stated)
            && self.index_status(bug).is_none()
            && self.task(bug).is_none()
    }

    /// Where a status is written beside the place that speaks, and is not this: the decoration of the title, rows of index
    /// tables, and the box of a task, unless that is ticked for something else already.
    pub(super) fn further_statuses(&self, bug: BugIx, status: &str) -> Vec<(Span, StatusStand)> {
        let fields = self.fields(bug);
        let first = self.status_stand_in(bug, &fields);
        first.map_or_else(Vec::new, |first| self.further_than(first, (bug, &fields), status))
    }

    /// The same of a bug with these fields, whose status stands here.
    fn further_than(
        &self,
        (first, stand): (Span, StatusStand),
        (bug, fields): (BugIx, &[Field]),
        status: &str,
    ) -> Vec<(Span, StatusStand)> {
        let title = self.status_beside_title(bug).map(|span| (span, StatusStand::Decoration));
        let now = self.status_at(first, stand);
        let indexes = self.index_statuses(bug, &now);
        let is_apart = |(span, _): &(Span, StatusStand)| span.end <= first.start || first.end <= span.start;
        let places = title.into_iter().chain(indexes).filter(is_apart);
        let says_other = |(span, stand): &(Span, StatusStand)| {
            let text = self.status_at(*span, *stand);
            let is_said = *stand != StatusStand::Decoration || self.settles(&text, status);
            is_said && !self.is_same_status(&text, status)
        };
        let mut others: Vec<_> = places.filter(says_other).collect();
        let goes_along = |(span, is_ticked): &(Span, bool)| {
            let is_known = self.methodology.read_status(status.as_bytes()).is_some();
            let agrees = self.ticks(&now) == *is_ticked;
            let changes = is_known && agrees && self.ticks(status) != *is_ticked;
            changes && !self.is_in_box(bug, fields) && is_apart(&(*span, StatusStand::Box))
        };
        others.extend(self.task(bug).filter(goes_along).map(|(span, _)| (span, StatusStand::Box)));
        others
    }

    /// What is written beside the place that speaks and gives way where a bug gets this status.
    pub fn statuses_elsewhere(&self, bug: BugIx, status: &str) -> Vec<Cow<'_, str>> {
        let others = self.further_statuses(bug, status).into_iter();
        others.map(|(span, stand)| self.status_at(span, stand)).collect()
    }

    /// Where another status is written than the one that speaks, and what sort of place that is; a text that names no known
    /// status is none. What stands under the title of a section contradicts that where only one of both is closed.
    pub(super) fn other_statuses(&self, bug: BugIx, fields: &[Field]) -> Vec<(Span, StatusStand)> {
        let is_known = |text: &str| self.methodology.read_status(text.as_bytes()).is_some();
        let Some(first) = self.status_stand_in(bug, fields) else { return Vec::new() };
        let status = self.status_at(first.0, first.1);
        if !is_known(&status) {
            return Vec::new();
        }
        let others = self.further_than(first, (bug, fields), &status).into_iter();
        let names_status = |(span, stand): &(Span, StatusStand)| {
            *stand == StatusStand::Box || is_known(&self.status_at(*span, *stand))
        };
        let section = self.status_of_section(bug).filter(|span| {
            let said = self.status_at(*span, StatusStand::Section);
            self.ticks(&said) != self.ticks(&status)
        });
        others.filter(names_status).chain(section.map(|span| (span, StatusStand::Section))).collect()
    }

    /// The cells of index rows that state the status of a bug: those of tables that say how severe it is as well or call it
    /// by its title, and others as long as they say what the bug does.
    fn index_statuses(&self, bug: BugIx, now: &str) -> impl Iterator<Item = (Span, StatusStand)> {
        let rows = self.mentions(bug).iter().filter_map(|mention| self.row_at(mention.row));
        rows.filter_map(move |row| {
            let cell = self.status_cell(&row)?;
            let span = plain(&self.base, cell);
            let agrees = || self.is_same_status(&self.status_at(span, StatusStand::Index(cell)), now);
            (row.table.tells_statuses() || agrees()).then_some((span, StatusStand::Index(cell)))
        })
    }

    /// Whether what decorates a title tells what has become of the bug, where that has this status: a status and no more. A
    /// sign alone may as well only call for attention, unless it says that the bug is closed, or open that is closed.
    fn settles(&self, decoration: &str, status: &str) -> bool {
        let bare = decoration.trim_matches(['*', '_', ' ', '[', ']', '(', ')']);
        let Some(found) = self.methodology.read_status(bare.as_bytes()) else { return false };
        let is_all = without_remark(bare).len() <= found.span.end
            && !bare[..found.span.start].contains(char::is_alphanumeric);
        let is_word = bare.contains(char::is_alphabetic);
        is_all && (is_word || self.ticks(bare) != self.ticks(status))
    }

    /// Whether two texts name one status; where one of them names none that is known, whether they are the same.
    fn is_same_status(&self, one: &str, other: &str) -> bool {
        let read = |text: &str| self.methodology.read_status(text.as_bytes()).map(|found| found.status);
        match (read(one), read(other)) {
            (Some(one), Some(other)) => one == other,
            _ => one == other,
        }
    }

    /// The status that an index has for a bug: a row elsewhere that says how severe it is as well, or calls it by its
    /// title. Other tables speak of something else, such as of how a fix was reviewed.
    fn index_status(&self, bug: BugIx) -> Option<Span> {
        let rows = self.mentions(bug).iter().filter_map(|mention| self.row_at(mention.row));
        let mut rows = rows.filter(|row| row.table.tells_statuses());
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
        // Of a row, what stands behind its title: its cells were asked above.
        let is_row = self.bug(bug).form == Form::Row;
        let states = |field: &&Field| !field.value.is_empty() && (!is_row || field.lines.covers(field.name));
        fields.iter().filter(states).find(|field| self.is_of(field, FieldKind::Status)).copied()
    }

    /// The cell of a row that says something in the column of statuses.
    pub(super) fn status_cell(&self, row: &Row<'_>) -> Option<Span> {
        let cell = *row.cells.get(row.table.columns.status?)?;
        let states = || table::may_be_state(&self.base, cell, &self.methodology);
        (!table::says_nothing(&self.base, cell) && states()).then_some(cell)
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
    is_ticked(status.as_bytes()).is_some()
}

/// The box of a task, ticked or not.
pub(super) fn boxes(ticks: bool) -> &'static str {
    if ticks { "[x]" } else { "[ ]" }
}

#[cfg(test)]
mod tests;
