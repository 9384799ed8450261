//! Where the bugs are that a log tells of.

use std::borrow::Cow;

use rayon::prelude::*;

use super::entry::BugRecord;
use super::handles::Handles;
use super::in_order::in_order;
use crate::report::{BugIx, Report};

/// For each of some records the bug that it is about, as [`Handles::find_logged`] finds it.
pub fn logged(report: &Report, records: &[&BugRecord]) -> Vec<Option<BugIx>> {
    let is_of = |record: &&BugRecord, bug: BugIx| {
        report.handle(bug) == *record.id && report.title(bug) == *record.title
    };
    let found = in_order(report, records, |record| Cow::Borrowed(&record.id), is_of);
    let others = records.iter().zip(&found).filter(|(_, bug)| bug.is_none());
    let handles = Handles::called(report, others.map(|(record, _)| record.id.as_str()));
    let find = |(record, bug): (&&BugRecord, Option<BugIx>)| {
        bug.or_else(|| handles.find_logged(&record.id, &record.title))
    };
    records.par_iter().zip(found).map(find).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::methodology::Methodology;

    /// A decision of a long log would be told of another bug, or of none.
    #[test]
    fn of_many_records_each_is_found_as_alone() {
        let bug = |at: usize| {
            let id = if at.is_multiple_of(600) { 7 } else { at };
            format!("### BUG-{id}: Lamp {} is dark\n\n- **Severity:** P1\n\n", at % 700)
        };
        let text: String = (0..3000).map(bug).collect();
        let report = Report::parse(text.into_bytes().into(), &Arc::new(Methodology::embedded()));
        let record = |at: usize| BugRecord {
            id: format!("BUG-{}", if at.is_multiple_of(97) { at + 1 } else { at }).into(),
            title: format!("Lamp {} is dark{}", at % 700, if at.is_multiple_of(53) { " again" } else { "" }),
            ..BugRecord::default()
        };
        let all: Vec<BugRecord> = (1500..3050).chain(40..41).chain(0..1500).map(record).collect();
        let records: Vec<&BugRecord> = all.iter().collect();
        let handles = Handles::of(&report);
        let alone = |record: &&BugRecord| handles.find_logged(&record.id, &record.title);
        assert_eq!(logged(&report, &records), records.iter().map(alone).collect::<Vec<_>>());
        assert_eq!(logged(&report, &records[..9]), records[..9].iter().map(alone).collect::<Vec<_>>());
    }
}
