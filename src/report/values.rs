//! What a bug says of itself in named values, its fields found once however many are asked for.
//!
//! Finding them is reading the bug again, which is nearly all that any of its values costs. Whoever wants one of them
//! asks the report, which reads the bug for it; whoever wants several asks for the [`Values`].

use std::borrow::Cow;

use super::table::says_nothing;
use super::{BugIx, Field, Form, Report, dialect, note, render};
use crate::methodology::FieldKind;
use crate::text::Span;

/// What reports call the field for a fix that was made, in lower case.
const DONE: [&str; 5] = ["fix applied", "fixed in", "applied fix", "fix implemented", "resolution applied"];

/// Why a field has no place for a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unplaced {
    /// What it says stands below its name, as a list does.
    Below,
    /// The bug is a row, and its table has no such column.
    NoColumn,
}

/// A bug with its fields.
#[derive(Clone, Debug)]
pub struct Values<'a> {
    pub(super) report: &'a Report,
    pub(super) bug: BugIx,
    pub(super) fields: Vec<Field>,
}

impl<'a> Values<'a> {
    /// The whole written value that the severity stands in: `P0 - ImportError`, or the section's title.
    pub fn severity_text(&self) -> Option<Cow<'a, str>> {
        self.report.severity_text_in(self.bug, &self.fields)
    }

    /// The scope as written.
    pub fn scope(&self) -> Option<Cow<'a, str>> {
        self.value(FieldKind::Scope)
    }

    /// The status with its remark: `✅ FIXED - File renamed`; the box of a task that has no other.
    pub fn status(&self) -> Option<Cow<'a, str>> {
        self.report.status_in(self.bug, &self.fields)
    }

    /// What the status reads as once this is written: a task whose box is its status is ticked or not.
    pub fn status_after<'s>(&self, status: &'s str) -> &'s str {
        self.report.status_after_in(self.bug, &self.fields, status)
    }

    /// The value of the first field that is called so, in any case; `None` for none or an empty one.
    pub fn field(&self, name: &str) -> Option<Cow<'a, str>> {
        let field = self.fields.iter().find(|field| field.is_named(&self.report.base, name))?;
        Some(field.text(&self.report.base)).filter(|text| !text.is_empty())
    }

    /// Whether what it says under this name stands below the name, as a list does: no value takes the place of that.
    fn stands_below(&self, name: &str) -> bool {
        let base = &self.report.base;
        let so_called = || self.fields.iter().filter(|field| field.is_named(base, name));
        so_called().next().is_some()
            && so_called().all(|field| field.value.is_empty() && !render::waits(base, field))
    }

    /// Whether a fix that is called so goes on below itself, with code or a list: nothing takes the place of half of that.
    pub fn goes_on(&self, name: &str) -> bool {
        let is_such = |field: &&Field| field.is_named(&self.report.base, name);
        self.report.methodology.fields().kind_of(name.as_bytes()) == Some(FieldKind::Fix)
            && self.fields.iter().filter(is_such).any(|field| render::goes_on(self.report, self.bug, field))
    }

    /// Why no value can be given to a field of this name; `None` where one can.
    pub fn unplaced(&self, name: &str) -> Option<Unplaced> {
        if self.stands_below(name) && !(self.goes_on(name) && self.report.name_of_done(name).is_some()) {
            return Some(Unplaced::Below);
        }
        let methodology = &self.report.methodology;
        let has_cell = || self.fields.iter().any(|field| field.is_named(&self.report.base, name));
        let goes_behind_title =
            || note::kind_of(note::name_of(name, methodology).as_bytes(), methodology).is_some();
        let is_row = self.report.bug(self.bug).form == Form::Row;
        (is_row && !has_cell() && !goes_behind_title()).then_some(Unplaced::NoColumn)
    }

    /// The value of the first field of a kind that has one.
    pub fn value(&self, kind: FieldKind) -> Option<Cow<'a, str>> {
        let field = self.first(kind)?;
        Some(field.text(&self.report.base)).filter(|text| !text.is_empty())
    }

    /// The first field of a kind that has a value.
    pub(super) fn first(&self, kind: FieldKind) -> Option<&Field> {
        let mut stated = self.fields.iter().filter(|field| !field.value.is_empty());
        stated.find(|field| self.report.is_of(field, kind))
    }
}

impl Report {
    /// Whether a field of this name tells of a fix that was made. The plain word for a fix, which may be that for a fixed bug as well
    /// (`修复`), does not.
    pub fn tells_what_was_done(&self, name: &str) -> bool {
        let is_told =
            DONE.contains(&name.to_lowercase().as_str()) || self.methodology.names_what_was_done(name);
        let read = || self.methodology.read_status(name.as_bytes());
        let closes = || read().is_some_and(|found| self.methodology.status(found.status).closes);
        is_told || !self.methodology.is_label(FieldKind::Fix, name.as_bytes()) && closes()
    }

    /// What the field for a fix that was made is called beside one of this name: as the report has it, else as usual.
    pub fn name_of_done(&self, name: &str) -> Option<String> {
        let is_other = |other: &&str| other.to_lowercase() != name.to_lowercase();
        let names = self.field_names().iter().map(String::as_str);
        let mut own = names.filter(|other| DONE.contains(&other.to_lowercase().as_str())).filter(is_other);
        let spoken =
            || dialect::label(self, FieldKind::Fix).and_then(|_| self.methodology.done_in(self.tongue()));
        let usual =
            || self.methodology.fields().names(FieldKind::Fix).iter().map(String::as_str).find(is_other);
        own.next().or_else(|| spoken().filter(is_other)).or_else(usual).map(str::to_owned)
    }

    /// What the field for a fix, or for what belongs to one, is called that a decision writes: by its usual name where bugs of the report
    /// have that, else in the language of their labels.
    pub fn name_for(&self, kind: FieldKind) -> Option<String> {
        let usual = self.methodology.fields().names(kind).first()?;
        let is_there = || self.field_names().iter().any(|name| name.eq_ignore_ascii_case(usual));
        let label = dialect::label(self, kind).filter(|_| !is_there());
        Some(label.map_or_else(|| usual.clone(), str::to_owned))
    }

    /// Whether a value of a bug says what was wanted, as `is_same` holds texts against each other: in these words, or in what
    /// a save makes of them, on one line, bars without backslashes, and behind a title without brackets that do not match. What
    /// says nothing says that no value is wanted.
    pub fn says(&self, bug: BugIx, (is, wanted): (&str, &str), is_same: impl Fn(&str, &str) -> bool) -> bool {
        is_same(is, wanted)
            || is_same(is, &render::as_read(wanted.into(), self.bug(bug).form))
            || wanted.is_empty() && self.is_nothing(bug, is.as_bytes())
    }

    /// Whether a value of a bug says nothing, as a dash in a cell does.
    pub(super) fn is_nothing(&self, bug: BugIx, value: &[u8]) -> bool {
        value.is_empty() || self.bug(bug).form == Form::Row && says_nothing(value, Span::whole(value))
    }

    /// What a bug says of itself.
    pub fn values(&self, bug: BugIx) -> Values<'_> {
        Values { report: self, bug, fields: self.fields(bug) }
    }

    /// See [`Values::severity_text`].
    pub fn severity_text(&self, bug: BugIx) -> Option<Cow<'_, str>> {
        self.values(bug).severity_text()
    }

    /// See [`Values::scope`].
    pub fn scope(&self, bug: BugIx) -> Option<Cow<'_, str>> {
        self.values(bug).scope()
    }

    /// See [`Values::status`].
    pub fn status(&self, bug: BugIx) -> Option<Cow<'_, str>> {
        self.values(bug).status()
    }

    /// See [`Values::field`].
    pub fn field(&self, bug: BugIx, name: &str) -> Option<Cow<'_, str>> {
        self.values(bug).field(name)
    }

    /// See [`Values::value`].
    pub fn value(&self, bug: BugIx, kind: FieldKind) -> Option<Cow<'_, str>> {
        self.values(bug).value(kind)
    }
}
