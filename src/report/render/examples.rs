//! How the bugs of a report have their fields, learnt once from the first of them.

use std::sync::OnceLock;

use crate::methodology::FieldKind;
use crate::report::Report;

/// How many bugs are looked at.
const BUGS: usize = 200;

/// The names of the fields of the first bugs, in order; looked up when they are first asked for.
pub(super) struct Examples<'a> {
    report: &'a Report,
    bugs: OnceLock<Vec<Vec<Example>>>,
}

/// A field as a bug has it.
pub(super) struct Example {
    pub(super) name: String,
    pub(super) kind: Option<FieldKind>,
}

impl<'a> Examples<'a> {
    pub(super) fn of(report: &'a Report) -> Examples<'a> {
        Examples { report, bugs: OnceLock::new() }
    }

    /// The first such field, and those before it at its bug.
    pub(super) fn find(&self, is_such: impl Fn(&Example) -> bool) -> Option<(&[Example], &Example)> {
        let bugs = self.bugs.get_or_init(|| self.learn());
        bugs.iter().find_map(|fields| {
            let at = fields.iter().position(&is_such)?;
            Some((&fields[..at], &fields[at]))
        })
    }

    fn learn(&self) -> Vec<Vec<Example>> {
        let report = self.report;
        let fields = |bug| {
            report.fields(bug).into_iter().map(|field| Example {
                name: String::from_utf8_lossy(field.name.of(report.base())).into_owned(),
                kind: report.kind_of(&field),
            })
        };
        report.indexes().take(BUGS).map(|bug| fields(bug).collect()).collect()
    }
}
