//! What a bug says, as far as rules ask for it; each part is read when it is first asked for.

use std::cell::OnceCell;

use super::{Matched, fill};
use crate::methodology::{Among, Caught, FieldKind, FieldMatch, FieldRef, LevelId, ScopeId, StatusId, When};
use crate::report::{BugIx, Evidence, Field, Form, To, evidence};
use crate::text::Span;
use crate::triage::Session;

/// How many bytes of a text or of a value are read.
const MOST: u32 = 64 * 1024;

/// How many fields are looked at.
const FIELDS: usize = 200;

/// A bug under the eye of rules.
pub(super) struct Facts<'s> {
    pub(super) session: &'s Session,
    bug: BugIx,
    fields: OnceCell<Vec<Field>>,
    text: OnceCell<String>,
    paths: OnceCell<Vec<Evidence>>,
    scope: OnceCell<Option<Option<ScopeId>>>,
    status: OnceCell<Option<Option<StatusId>>>,
}

impl<'s> Facts<'s> {
    pub(super) fn of(session: &'s Session, bug: BugIx) -> Facts<'s> {
        let (fields, text, paths) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Facts { session, bug, fields, text, paths, scope: OnceCell::new(), status: OnceCell::new() }
    }

    pub(super) fn is_decided(&self) -> bool {
        self.session.reviewed().contains(self.bug)
    }

    pub(super) fn severity(&self) -> Option<LevelId> {
        self.session.level(self.bug)
    }

    /// Whether it has this severity wherever it is written.
    pub(super) fn agrees(&self, level: LevelId) -> bool {
        self.severity() == Some(level) && self.session.agrees(self.bug, To::Value(level))
    }

    /// Its scope; `None` where it states none, and nothing inside where no methodology knows it.
    pub(super) fn scope(&self) -> Option<Option<ScopeId>> {
        *self.scope.get_or_init(|| {
            let scope = self.session.scope(self.bug)?;
            Some(self.session.methodology().scope_named(scope.trim()))
        })
    }

    /// Its status, in the same way.
    pub(super) fn status(&self) -> Option<Option<StatusId>> {
        *self.status.get_or_init(|| {
            let status = self.session.status(self.bug)?;
            Some(self.session.methodology().read_status(status.as_bytes()).map(|found| found.status))
        })
    }

    pub(super) fn has_scope(&self, among: &Among<ScopeId>) -> bool {
        among.holds_stated(self.scope())
    }

    pub(super) fn has_status(&self, among: &Among<StatusId>) -> bool {
        among.holds_stated(self.status())
    }

    /// The whole entry.
    pub(super) fn text(&self) -> &str {
        self.text.get_or_init(|| self.read(self.session.report().bug(self.bug).block))
    }

    /// The files that it names.
    pub(super) fn paths(&self) -> &[Evidence] {
        self.paths.get_or_init(|| evidence(self.session.report(), self.bug))
    }

    /// Whether such a field matches.
    pub(super) fn matches(&self, wanted: &FieldMatch) -> bool {
        self.fields_for(&wanted.field).any(|field| wanted.matches.is_in(&self.value_of(field)))
    }

    /// What the groups of a rule's expressions caught.
    pub(super) fn caught(&self, when: &When) -> Vec<(String, String)> {
        let fields = when.fields.iter().filter_map(|wanted| self.first(wanted)).map(|(_, caught)| caught);
        let text = when.text.as_ref().and_then(|text| text.find(self.text()));
        fields.chain(text).flat_map(|caught| caught.groups).collect()
    }

    /// What of the bug a rule's conditions matched.
    pub(super) fn matched(&self, when: &When) -> Vec<Matched> {
        let fields = when.fields.iter().filter_map(|wanted| self.first(wanted));
        let fields =
            fields.map(|(name, caught)| Matched::Field(fill::plain(&name), fill::plain(&caught.text)));
        let text = when.text.as_ref().and_then(|text| text.find(self.text()));
        let text = text.map(|caught| Matched::Text(fill::plain(&caught.text)));
        let paths = || self.paths().iter().map(|one| fill::plain(&one.path)).collect::<Vec<_>>();
        let paths = when.paths.as_ref().map(|_| paths()).filter(|paths| !paths.is_empty());
        fields.chain(text).chain(paths.map(Matched::Paths)).collect()
    }

    /// What a placeholder stands for.
    pub(super) fn value(&self, name: &str, caught: &[(String, String)]) -> String {
        let report = self.session.report();
        let or_none = |text: Option<String>| text.unwrap_or_else(|| "none".to_owned());
        match name {
            "id" => report.handle(self.bug).into_owned(),
            "title" => report.title(self.bug).into_owned(),
            "severity" => {
                let level = self.severity().map(|level| self.session.methodology().level(level).key.clone());
                or_none(level)
            }
            "scope" => or_none(self.session.scope(self.bug).map(Into::into)),
            "status" => or_none(self.session.status(self.bug).map(Into::into)),
            "paths" => fill::listed(self.paths().iter().map(|one| one.path.clone())),
            _ => caught
                .iter()
                .find(|(known, _)| known == name)
                .map_or_else(String::new, |(_, text)| text.clone()),
        }
    }

    fn first(&self, wanted: &FieldMatch) -> Option<(String, Caught)> {
        let mut fields = self.fields_for(&wanted.field);
        let name =
            |field: &Field| if field.name.is_empty() { "title".to_owned() } else { self.read(field.name) };
        fields.find_map(|field| Some((name(field), wanted.matches.find(&self.value_of(field))?)))
    }

    fn fields_for<'a>(&'a self, wanted: &'a FieldRef) -> impl Iterator<Item = &'a Field> {
        let report = self.session.report();
        let fields = self.fields.get_or_init(|| self.titled(report.fields(self.bug)));
        fields.iter().take(FIELDS).filter(move |field| match wanted {
            FieldRef::Kind(FieldKind::Title) if field.name.is_empty() => true,
            FieldRef::Kind(kind) => report.is_of(field, *kind),
            FieldRef::Named(name) => field.is_named(report.base(), name),
        })
    }

    /// The fields, before them its title as one without a name.
    fn titled(&self, mut fields: Vec<Field>) -> Vec<Field> {
        let own = self.session.report().bug(self.bug);
        let (title, in_cell) = (own.title, own.form == Form::Row);
        fields.insert(0, Field { lines: title, name: Span::empty(title.start), value: title, in_cell });
        fields
    }

    /// The value with what is nested below it: the lines of a list or of fenced code.
    fn value_of(&self, field: &Field) -> String {
        if field.in_cell {
            let value =
                Span::new(field.value.start, field.value.end.min(field.value.start.saturating_add(MOST)));
            return Field { value, ..*field }.text(self.session.report().base()).into_owned();
        }
        let end = if field.lines.covers(field.value) { field.lines.end } else { field.value.end };
        self.read(Span::new(field.value.start, end))
    }

    fn read(&self, span: Span) -> String {
        let span = Span::new(span.start, span.end.min(span.start.saturating_add(MOST)));
        String::from_utf8_lossy(span.of(self.session.report().base())).into_owned()
    }
}
