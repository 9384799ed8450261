//! Saving a decision on one bug and one on all of them, beside copying the same file with a sync.
//!
//! `cargo bench --bench save`; `REGRADE_BENCH_BUGS=1000,100000,1000000` chooses the sizes.

#[allow(dead_code)]
mod generator;
mod sizes;

use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;

use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use jiff::Timestamp;
use regrade::methodology::{LevelId, Methodology};
use regrade::report::{BugIx, Writing};
use regrade::store::{Journal, Store};
use regrade::triage::{BugSet, Decision, Draft, Event, Kind, Session, Set};

fn save(criterion: &mut Criterion) {
    let methodology = Arc::new(Methodology::embedded());
    let mut group = criterion.benchmark_group("save");
    group.sample_size(10);
    for bugs in sizes::chosen() {
        let original = sizes::file(bugs);
        let folder = tempfile::tempdir().expect("a scratch folder");
        let (report, copy) = (folder.path().join("report.md"), folder.path().join("copy.md"));
        group.bench_function(BenchmarkId::new("copy and sync", bugs), |bench| {
            bench.iter(|| copied(original.path(), &copy));
        });
        let store = Store::new(folder.path().join("state"));
        let one = |count: usize| BugSet::from(BugIx(count as u32 - 2));
        let whom: [(&str, &dyn Fn(usize) -> BugSet); 2] =
            [("save one decision", &one), ("save a decision on all", &BugSet::all)];
        for (name, whom) in whom {
            let made = || {
                let _ = fs::remove_file(report.with_file_name("report.deviations.yaml"));
                copied(original.path(), &report);
                decided(&store, &report, &methodology, whom)
            };
            let saved = |(mut journal, session): (Journal, Session)| {
                store.save(&mut journal, &session, Writing::default()).expect("nothing is in the way")
            };
            group.bench_function(BenchmarkId::new(name, bugs), |bench| {
                bench.iter_batched(made, saved, BatchSize::PerIteration);
            });
        }
    }
    group.finish();
}

fn copied(from: &Path, to: &Path) {
    fs::copy(from, to).and_then(|_| File::open(to)?.sync_all()).expect("room for a copy");
}

/// The report opened, with some of its bugs set to P1 and nothing saved: the last but one, or all.
fn decided(
    store: &Store,
    report: &Path,
    methodology: &Arc<Methodology>,
    whom: &dyn Fn(usize) -> BugSet,
) -> (Journal, Session) {
    let mut opened = store.open(report, methodology).expect("the report was just written");
    let mut session = opened.session();
    let bugs = whom(session.report().len());
    let mut draft = Draft::new(Kind::Reclassified, bugs, Set::severity(LevelId(1)));
    draft.rationale = "It keeps the whole suite from running.".to_owned();
    let event = Event::Decided(Decision { at: Timestamp::UNIX_EPOCH, by: "Ada Example".to_owned(), draft });
    opened.journal.record(&event).expect("room for a journal");
    session.apply(event);
    (opened.journal, session)
}

criterion_group!(benches, save);
criterion_main!(benches);
