//! Real reports, which the project is developed beside: none of them may be harmed.

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use regrade::methodology::{LevelId, Methodology};
use regrade::report::{Change, Report, To, Writing, render};

use crate::place::shared;

static METHODOLOGY: LazyLock<Arc<Methodology>> = LazyLock::new(|| Arc::new(Methodology::embedded()));

/// Every Markdown document of the corpus and of the reference; none where they are absent.
fn documents() -> Vec<PathBuf> {
    let folders = ["corpus/md", "reference/atom"].into_iter().filter_map(shared);
    let entries = folders.flat_map(|folder| fs::read_dir(folder).unwrap());
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn parse(base: &[u8]) -> Report {
    Report::parse(base.into(), &METHODOLOGY)
}

#[test]
fn every_bug_found_can_be_given_every_level_and_nothing_else_changes() {
    for path in documents() {
        let report = parse(&fs::read(&path).unwrap());
        let said = |report: &Report| {
            let mut said: Vec<(String, Option<LevelId>)> =
                report.indexes().map(|bug| (report.title(bug).into_owned(), report.level(bug))).collect();
            said.sort();
            said
        };
        for bug in report.indexes().take(40) {
            for level in METHODOLOGY.level_ids() {
                let mut change = Change::of(bug);
                change.severity = To::Value(level);
                let new = parse(
                    &render::edits(&report, &[change], Writing::default()).unwrap().apply(report.base()),
                );
                let mut wanted = said(&report);
                let at = wanted
                    .iter()
                    .position(|said| *said == (report.title(bug).into_owned(), report.level(bug)))
                    .unwrap();
                wanted[at].1 = Some(level);
                wanted.sort();
                assert_eq!(said(&new), wanted, "{}: {} to {level:?}", path.display(), report.handle(bug));
            }
        }
    }
}

#[test]
fn without_changes_every_document_stays_as_it_is() {
    for path in documents() {
        let base = fs::read(&path).unwrap();
        assert_eq!(
            render::edits(&parse(&base), &[], Writing::default()).unwrap().apply(&base),
            base,
            "{}",
            path.display()
        );
    }
}
