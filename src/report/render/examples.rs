//! How the bugs of a report have their fields, learnt once from the first of them.

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
    between: Option<Between>,
}

/// A field as a bug has it.
pub(super) struct Example {
    pub(super) name: String,
    pub(super) kind: Option<FieldKind>,
}

impl<'a> Examples<'a> {
    pub(super) fn of(report: &'a Report) -> Examples<'a> {
        Examples { report, learnt: OnceLock::new() }
    }

    /// The first such field, and those before it at its bug.
    pub(super) fn find(&self, is_such: impl Fn(&Example) -> bool) -> Option<(&[Example], &Example)> {
        self.learnt().bugs.iter().find_map(|fields| {
            let at = fields.iter().position(&is_such)?;
            Some((&fields[..at], &fields[at]))
        })
    }

    /// What is between the fields of the first headed bug that has several in a paragraph.
    pub(super) fn between(&self) -> Option<Between> {
        self.learnt().between
    }

    fn learnt(&self) -> &Learnt {
        self.learnt.get_or_init(|| {
            let mut learnt = Learnt::default();
            for bug in self.report.indexes().take(BUGS) {
                let fields = self.report.fields(bug);
                if self.report.bug(bug).form == Form::Heading && learnt.between.is_none() {
                    learnt.between = Between::of(self.report.base(), &fields);
                }
                learnt.bugs.push(fields.iter().map(|field| self.example(field)).collect());
            }
            learnt
        })
    }

    fn example(&self, field: &Field) -> Example {
        let name = String::from_utf8_lossy(field.name.of(self.report.base())).into_owned();
        Example { name, kind: self.report.kind_of(field) }
    }
}
