//! Writing into the row that a bug is: into the cell of a column, else in brackets behind the title.

use super::cell::CellChange;
use super::one_line;
use crate::methodology::FieldKind;
use crate::methodology::LevelId;
use crate::report::dialect::{self, Kin, Lexicon};
use crate::report::site::{Row, Stand};
use crate::report::table::says_nothing;
use crate::report::{BugIx, Change, Field, Report, To, note as notes};
use crate::text::Span;

/// A row whose bug changes.
pub(super) struct Writer<'a> {
    report: &'a Report,
    bug: BugIx,
    row: Row<'a>,
    title: Span,
    fields: Vec<Field>,
}

impl<'a> Writer<'a> {
    /// A writer for the row that a bug is.
    pub(super) fn of(report: &'a Report, bug: BugIx) -> Option<Writer<'a>> {
        let row = report.row(bug)?;
        let title = row.cell_around(report.bug(bug).title)?;
        Some(Writer { report, bug, row, title, fields: report.fields(bug) })
    }

    /// What changes for everything but the severity.
    pub(super) fn values(&self, change: &Change) -> Vec<CellChange> {
        let status = self.report.status_field(self.bug).or_else(|| self.waiting_status());
        let scope = self.of_kind(FieldKind::Scope);
        let worded = self.worded(scope, &change.scope);
        let known = [(FieldKind::Scope, scope, &worded), (FieldKind::Status, status, &change.status)];
        let known =
            known.into_iter().filter_map(|(kind, field, to)| self.value(field, || self.name(kind), to));
        let named = change.fields.iter().filter_map(|(name, to)| {
            let fields = self.fields.iter().copied();
            let named = fields.rev().find(|field| field.is_named(self.report.base(), name));
            self.value(named, || name.clone(), to)
        });
        known.chain(named).collect()
    }

    /// A scope in the language of its column, or of the field that it gets.
    fn worded(&self, field: Option<Field>, scope: &To<String>) -> To<String> {
        let To::Value(scope) = scope else { return scope.clone() };
        let own = field.map(|field| self.report.text(field.name).into_owned());
        let label = own.unwrap_or_else(|| self.name(FieldKind::Scope));
        To::Value(dialect::scope_words(self.report, self.bug, &label, scope).into_owned())
    }

    /// Writes a severity where none stands: into its column, else behind the title.
    pub(super) fn severity(&self, level: LevelId, lexicon: &Lexicon<'_>) -> CellChange {
        match self.severity_cell() {
            Some(cell) => {
                let word = lexicon.word(Kin::Column(self.row.table.head.start), level);
                CellChange::whole(self.report.base(), cell, &word)
            }
            None => self.note(&self.name(FieldKind::Severity), &lexicon.word(Kin::Note, level)),
        }
    }

    /// The cell in the column of severities.
    fn severity_cell(&self) -> Option<Span> {
        self.row.cells.get(self.row.table.columns.severity?).copied()
    }

    /// Takes the severity out.
    pub(super) fn clear_severity(&self) -> Vec<CellChange> {
        let stands = self.report.spots(self.bug).into_iter().map(|spot| spot.stand);
        let clear = |stand| match stand {
            Stand::Cell { cell, .. } if self.severity_cell() == Some(cell) => {
                Some(CellChange::clear(self.report, cell))
            }
            Stand::Note(note) => Some(CellChange::part(self.title, note.lines, "")),
            _ => None,
        };
        stands.filter_map(clear).collect()
    }

    /// The cell of the title.
    pub(super) fn title(&self) -> Span {
        self.title
    }

    fn value(
        &self,
        field: Option<Field>,
        name: impl FnOnce() -> String,
        to: &To<String>,
    ) -> Option<CellChange> {
        let is_note = |field: &Field| self.title.covers(field.lines);
        let cell = |field: &Field| self.row.cells.iter().find(|cell| cell.covers(field.value)).copied();
        match (to, field) {
            (To::Keep, _) | (To::Clear, None) => None,
            (To::Clear, Some(field)) if is_note(&field) => {
                Some(CellChange::part(self.title, field.lines, ""))
            }
            (To::Clear, Some(field)) => cell(&field).map(|cell| CellChange::clear(self.report, cell)),
            (To::Value(value), Some(field)) if is_note(&field) => {
                Some(CellChange::part(self.title, field.value, &bracketed(value)))
            }
            (To::Value(value), Some(field)) => {
                cell(&field).map(|cell| in_place(self.report.base(), cell, field.value, &one_line(value)))
            }
            (To::Value(value), None) => Some(self.note(&name(), value)),
        }
    }

    /// The cell in the column of statuses, where it says nothing.
    fn waiting_status(&self) -> Option<Field> {
        let cell = *self.row.cells.get(self.row.table.columns.status?)?;
        let is_there = |field: &&Field| cell.covers(field.value) && !field.lines.covers(field.name);
        let waits = says_nothing(self.report.base(), cell);
        self.fields.iter().find(is_there).copied().filter(|_| waits)
    }

    /// The field of a kind; of several, what stands behind the title.
    fn of_kind(&self, kind: FieldKind) -> Option<Field> {
        self.fields.iter().rev().find(|field| self.report.kind_of(field) == Some(kind)).copied()
    }

    fn name(&self, kind: FieldKind) -> String {
        let label = dialect::label(self.report, kind).map(str::to_owned);
        label.or_else(|| self.report.methodology().fields().names(kind).first().cloned()).unwrap_or_default()
    }

    fn note(&self, name: &str, value: &str) -> CellChange {
        let name = notes::name_of(name, self.report.methodology());
        CellChange::behind(self.report.base(), self.title, &note(name, value))
    }
}

/// Writes what a cell says, within the marks around what it said: all in bold stays so, and what was struck out does not.
fn in_place(base: &[u8], cell: Span, said: Span, value: &str) -> CellChange {
    let keeps =
        !said.is_empty() && !value.contains(['*', '_', '`']) && !cell.trim(base).of(base).starts_with(b"~");
    if keeps { CellChange::part(cell, said, value) } else { CellChange::whole(base, cell, value) }
}

/// A value in brackets under its name, a blank before it.
pub(super) fn note(name: &str, value: &str) -> String {
    format!(" ({}: {})", one_line(name), bracketed(value))
}

/// A value that closes no bracket but its own.
pub(super) fn bracketed(value: &str) -> String {
    let value = one_line(value);
    let mut open = 0_i32;
    let closes = |letter: char| {
        open += i32::from(letter == '(') - i32::from(letter == ')');
        open < 0
    };
    let unbalanced = value.chars().any(closes) || open != 0;
    if unbalanced { value.replace(['(', ')'], "") } else { value }
}
