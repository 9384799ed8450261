//! How the bugs of a report have their fields, learnt once from the first of them.
//!
//! A field for a status says it anew below the title of a section that says it, or only what the title does not.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::beside::Between;
use crate::methodology::FieldKind;
use crate::report::{Field, Form, Report};

/// How many bugs are looked at.
const BUGS: usize = 200;

/// The names of the fields of the first bugs, in order, and what is between them; looked up when they are first asked
/// for.
pub(super) struct Examples<'a> {
    report: &'a Report,
    learnt: OnceLock<Learnt>,
}

#[derive(Default)]
struct Learnt {
    bugs: Vec<Vec<Example>>,
    /// Where the first field of each name stands, its letters small, and the first of each kind.
    named: HashMap<String, Place>,
    of_kinds: HashMap<FieldKind, Place>,
    /// The kinds of those that stand on lines of their own: in no cell, and in no brackets behind a title.
    lined: HashSet<FieldKind>,
    between: Option<Between>,
    /// Whether a bug states the status that its section does.
    restates: bool,
}

/// A bug, and a field of it.
type Place = (usize, usize);

/// A field as a bug has it.
pub(super) struct Example {
    pub(super) name: String,
    pub(super) kind: Option<FieldKind>,
}

impl<'a> Examples<'a> {
    pub(super) fn of(report: &'a Report) -> Examples<'a> {
        Examples { report, learnt: OnceLock::new() }
    }

    /// The first field that is called so, in whatever case, and those before it at its bug.
    pub(super) fn named(&self, name: &str) -> Option<(&[Example], &Example)> {
        self.at(*self.learnt().named.get(&name.to_lowercase())?)
    }

    /// The first field of a kind.
    pub(super) fn of_kind(&self, kind: FieldKind) -> Option<&Example> {
        self.at(*self.learnt().of_kinds.get(&kind)?).map(|(_, example)| example)
    }

    fn at(&self, (bug, at): Place) -> Option<(&[Example], &Example)> {
        let fields = self.learnt().bugs.get(bug)?;
        Some((&fields[..at], fields.get(at)?))
    }

    /// Whether a bug has a field of a kind on a line of its own.
    pub(super) fn has_line_of(&self, kind: FieldKind) -> bool {
        self.learnt().lined.contains(&kind)
    }

    /// What is between the fields of the first headed bug that has several in a paragraph.
    pub(super) fn between(&self) -> Option<Between> {
        self.learnt().between
    }

    /// Whether bugs state statuses that their sections say already.
    pub(super) fn restate_sections(&self) -> bool {
        self.learnt().restates
    }

    fn learnt(&self) -> &Learnt {
        self.learnt.get_or_init(|| {
            let mut learnt = Learnt::default();
            for bug in self.report.indexes().take(BUGS) {
                let fields = self.report.fields(bug);
                if self.report.bug(bug).form == Form::Heading && learnt.between.is_none() {
                    learnt.between = Between::of(self.report.base(), &fields);
                }
                let notes = self.report.notes(bug);
                let lined =
                    fields.iter().filter(|field| field.lines.covers(field.name) && !notes.contains(field));
                learnt.lined.extend(lined.filter_map(|field| self.report.kind_of(field)));
                learnt.restates |= self.report.restates_section(bug, &fields);
                learnt.take(fields.iter().map(|field| self.example(field)).collect());
            }
            learnt
        })
    }

    fn example(&self, field: &Field) -> Example {
        let name = String::from_utf8_lossy(field.name.of(self.report.base())).into_owned();
        Example { name, kind: self.report.kind_of(field) }
    }
}

impl Learnt {
    /// Takes the fields of the next bug.
    fn take(&mut self, fields: Vec<Example>) {
        for (at, Example { name, kind }) in fields.iter().enumerate() {
            let place = (self.bugs.len(), at);
            self.named.entry(name.to_lowercase()).or_insert(place);
            kind.iter().for_each(|kind| _ = self.of_kinds.entry(*kind).or_insert(place));
        }
        self.bugs.push(fields);
    }
}
