//! The names under which a report's bugs have fields.
//!
//! They are read off a sample, so that asking costs the same for a report of any length: a name that one bug of
//! many thousands has may be missing.

use std::collections::HashMap;

use super::{BugIx, Report};

/// How many bugs are looked at.
const SAMPLE: usize = 2048;

impl Report {
    /// The names of its bugs' fields as the report writes them, the most frequent first.
    pub fn field_names(&self) -> &[String] {
        self.named.get_or_init(|| names(self))
    }
}

fn names(report: &Report) -> Vec<String> {
    let step = report.len().div_ceil(SAMPLE).max(1);
    let mut found: HashMap<String, (usize, usize, String)> = HashMap::new();
    for bug in report.indexes().step_by(step) {
        for name in names_of(report, bug) {
            let order = found.len();
            found.entry(name.to_lowercase()).or_insert((0, order, name)).0 += 1;
        }
    }
    let mut names: Vec<_> = found.into_values().collect();
    names.sort_unstable_by_key(|(count, order, _)| (std::cmp::Reverse(*count), *order));
    names.into_iter().map(|(.., name)| name).collect()
}

fn names_of(report: &Report, bug: BugIx) -> Vec<String> {
    let name = |field: super::Field| String::from_utf8_lossy(field.name.of(&report.base)).into_owned();
    report.fields(bug).into_iter().map(name).collect()
}
