//! Which bugs of the report the entries of its log are about, also where several have the same id and title.
//!
//! Which of those is meant, the log says by their order, and moving one to the section of another severity changes that.
//! So of several it is the one that has the severity which the entry gave; from the newest entry on each is taken back to
//! what it was before.

use std::collections::{HashMap, HashSet};

use super::entry::{BugRecord, Entry};
use super::handles::Handles;
use super::logged::logged;
use crate::methodology::{LevelId, Methodology};
use crate::report::{BugIx, Report};

/// Where the bugs of entries are, asked from the newest to the oldest.
pub(super) struct Whereabouts<'r> {
    /// The bugs that the records of the entries that were not asked for are found at by what they are called.
    called: Vec<Option<BugIx>>,
    /// All that may be meant, where any two are called alike.
    handles: Option<Handles<'r>>,
    report: &'r Report,
    methodology: &'r Methodology,
    /// The levels of those that others are called like, before the entries that were asked for.
    levels: HashMap<BugIx, Option<LevelId>>,
}

/// The bugs that the records of an entry so far are about.
#[derive(Default)]
struct Taken {
    bugs: HashSet<BugIx>,
    /// How many of those that are called like a bug, and were asked for by a level, are not free any more or never had it.
    passed: HashMap<(BugIx, Option<LevelId>), usize>,
}

impl<'r> Whereabouts<'r> {
    /// Of these entries, oldest first.
    pub(super) fn new(
        entries: &[&Entry],
        report: &'r Report,
        methodology: &'r Methodology,
    ) -> Whereabouts<'r> {
        let records: Vec<&BugRecord> = entries.iter().flat_map(|entry| &entry.bugs).collect();
        let called = logged(report, &records);
        let handles = || Handles::called(report, records.iter().map(|record| record.id.as_str()));
        let handles = report.has_twins().then(handles).filter(Handles::have_twins);
        Whereabouts { called, handles, report, methodology, levels: HashMap::new() }
    }

    /// The bugs of an entry, in its order.
    pub(super) fn of(&mut self, entry: &Entry) -> Vec<Option<BugIx>> {
        let called = self.called.split_off(self.called.len() - entry.bugs.len());
        let Some(handles) = &self.handles else { return called };
        let mut found: Vec<Option<BugIx>> = Vec::with_capacity(entry.bugs.len());
        let mut taken = Taken::default();
        for (record, called) in entry.bugs.iter().zip(called) {
            let twin = self.twin(record, called, handles, &mut taken);
            taken.bugs.extend(twin);
            found.push(twin.or(called));
        }
        for (twin, record) in found.iter().zip(&entry.bugs) {
            let before = record
                .severity
                .as_ref()
                .map(|ends| self.level(record.written.as_deref().or(ends.from.as_deref())));
            if let (Some(twin), Some(before)) = (twin.filter(|twin| taken.bugs.contains(twin)), before) {
                self.levels.insert(twin, before);
            }
        }
        found
    }

    /// Of several that are called alike the one with the level that a record gave, where that can be told.
    fn twin(
        &self,
        record: &BugRecord,
        called: Option<BugIx>,
        handles: &Handles<'_>,
        taken: &mut Taken,
    ) -> Option<BugIx> {
        let given = record.severity.as_ref()?.to.as_deref();
        let given = self.level(record.written.as_deref().or(given));
        let has_it = |bug: &BugIx| {
            let level = self.levels.get(bug).copied().unwrap_or_else(|| self.report.level(*bug));
            level == given && !taken.bugs.contains(bug)
        };
        let twins = handles.twins(&record.id, &record.title);
        let as_called = called.filter(|called| twins.binary_search(called).is_ok() && has_it(called));
        as_called.or_else(|| {
            let passed = taken.passed.entry((*twins.first()?, given)).or_default();
            *passed += twins[*passed..].iter().take_while(|bug| !has_it(bug)).count();
            twins.get(*passed).copied()
        })
    }

    fn level(&self, word: Option<&str>) -> Option<LevelId> {
        word.and_then(|word| self.methodology.level_called(word))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::deviation::entry::FromTo;

    fn entry(id: &str, from: &str, to: &str) -> Entry {
        let severity = Some(FromTo { from: Some(from.into()), to: Some(to.into()) });
        let bug = BugRecord { id: id.into(), title: "Crash".to_owned(), severity, ..BugRecord::default() };
        Entry { bugs: vec![bug], ..Entry::bare(crate::triage::Kind::Reclassified) }
    }

    /// An undo would take back the decision on one by changing the other.
    #[test]
    fn of_bugs_that_are_called_alike_it_is_the_one_that_was_given_its_level() {
        let text = "## Low\n\n### Crash\n- **Severity:** P3\n\n### Crash\n- **Severity:** P1\n\n### Crash\n- **Severity:** P3\n";
        let methodology = Arc::new(Methodology::embedded());
        let report = Report::parse(text.as_bytes().into(), &methodology);
        let newest = entry("crash", "P0", "P1");
        let (older, third) = (entry("crash#2", "P2", "P0"), entry("crash#3", "P2", "P3"));
        let entries = [&third, &third, &older, &newest];
        let mut whereabouts = Whereabouts::new(&entries, &report, &methodology);
        let mut of = |entry: &Entry| whereabouts.of(entry)[0].map(|bug| bug.0);
        assert_eq!(of(&newest), Some(1), "it stood first then");
        assert_eq!(of(&older), Some(1), "what the newer one found");
        assert_eq!(of(&third), Some(2), "as it is called, where that fits");
        assert_eq!(of(&third), Some(0));
    }

    /// Two records would be told of one bug, and none of the other.
    #[test]
    fn each_record_of_an_entry_is_about_a_bug_of_its_own() {
        let levels = ["P1", "P3", "P1", "P3", "P1"];
        let bugs = levels.map(|level| format!("### Crash\n- **Severity:** {level}\n\n"));
        let methodology = Arc::new(Methodology::embedded());
        let report = Report::parse(bugs.concat().into_bytes().into(), &methodology);
        let records = ["crash#2", "crash#4", "crash#5", "crash#3"];
        let bugs = records.iter().flat_map(|id| entry(id, "P0", "P1").bugs).collect();
        let entry = Entry { bugs, ..entry("crash", "P0", "P1") };
        let found = Whereabouts::new(&[&entry], &report, &methodology).of(&entry);
        let found: Vec<u32> = found.into_iter().flatten().map(|bug| bug.0).collect();
        assert_eq!(
            found,
            [0, 2, 4, 2],
            "those called otherwise first, then as they are called where nothing is left"
        );
    }
}
