//! What a bug says in further fields: neither of its severity, its scope and its status, nor what it is called.
//!
//! It is what a save is held to, so it is compared as it is read back, in whatever order: a field that a decision gave
//! must be there once with its value, one that it took away must be gone, and every other must be as it was.

use super::{Field, Form, To, Values, render};
use crate::methodology::FieldKind;
use crate::text::Span;

/// A field: its name in lower case, and its value as it is read back.
pub type Further = (String, String);

impl Values<'_> {
    /// What it says in further fields, sorted.
    pub fn further(&self) -> Vec<Further> {
        let mut said: Vec<Further> = self.stated().map(|field| self.told(field)).collect();
        said.sort();
        said
    }

    /// The same once these fields have been set.
    pub fn further_after<'s>(&self, set: impl IntoIterator<Item = (&'s str, To<&'s str>)>) -> Vec<Further> {
        let mut said: Vec<Further> = self.stated().map(|field| self.told(field)).collect();
        for (name, to) in set.into_iter().filter(|(name, _)| self.may_be_further(name)) {
            let name = render::as_read(name, Form::Heading).to_lowercase();
            match to {
                To::Keep => {}
                To::Value(value) if !self.report.is_nothing(self.bug, value.as_bytes()) => {
                    self.put(&mut said, (name, render::as_read(value, self.form())));
                }
                To::Clear | To::Value(_) => said.retain(|(other, _)| *other != name),
            }
        }
        said.sort();
        said
    }

    /// Writes a value where the report has one of that name: of several cells into the last, else into the first.
    fn put(&self, said: &mut Vec<Further>, (name, value): Further) {
        let is_so = |(other, _): &Further| *other == name;
        let at = match self.form() {
            Form::Row => said.iter().rposition(is_so),
            _ => said.iter().position(is_so),
        };
        match at {
            Some(at) => said[at].1 = value,
            None => said.push((name, value)),
        }
    }

    /// The further fields that have a value.
    fn stated(&self) -> impl Iterator<Item = &Field> {
        let places = self.places();
        let is_apart = move |field: &&Field| !places.iter().any(|place| meet(*place, field.value));
        self.fields.iter().filter(|field| self.is_further(field) && !self.is_empty(field)).filter(is_apart)
    }

    /// Whether a field of this name would be a further one.
    fn may_be_further(&self, name: &str) -> bool {
        let places = self.places();
        let mut named = self.fields.iter().filter(|field| field.is_named(&self.report.base, name));
        !is_value(self.report.methodology.fields().kind_of(name.as_bytes()))
            && named
                .all(|field| self.is_further(field) && !places.iter().any(|place| meet(*place, field.value)))
    }

    fn is_further(&self, field: &Field) -> bool {
        !is_value(self.report.kind_of(field))
    }

    fn is_empty(&self, field: &Field) -> bool {
        self.report.is_nothing(self.bug, field.value.of(&self.report.base))
    }

    fn told(&self, field: &Field) -> Further {
        let text = |span: Span| String::from_utf8_lossy(span.of(&self.report.base)).into_owned();
        (text(field.name).to_lowercase(), render::as_read(&field.text(&self.report.base), self.form()))
    }

    /// Where a row or an item says what it is called, how severe it is, and what has become of it.
    fn places(&self) -> Vec<Span> {
        let own = self.report.bug(self.bug);
        if own.form == Form::Heading {
            return Vec::new();
        }
        let sites = self.report.sites(self.bug).into_iter().map(|site| site.span);
        let status = self.report.status_stand(self.bug).map(|(span, _)| span);
        [own.id, own.title].into_iter().chain(sites).chain(status).filter(|span| !span.is_empty()).collect()
    }

    fn form(&self) -> Form {
        self.report.bug(self.bug).form
    }
}

/// Whether a field of this kind is a value that is compared by itself, or that goes with one.
fn is_value(kind: Option<FieldKind>) -> bool {
    use FieldKind::{Priority, Risk, Scope, Severity, Status};
    matches!(kind, Some(Severity | Priority | Risk | Scope | Status))
}

fn meet(one: Span, other: Span) -> bool {
    one.start < other.end && other.start < one.end
}
