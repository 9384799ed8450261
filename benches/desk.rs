//! A key to its frame, beside drawing the same frame again: what a reviewer waits for, whatever the report's size.
//!
//! `cargo bench --bench desk`; `REGRADE_BENCH_BUGS=1000,100000,1000000` chooses the sizes.

#[allow(dead_code)]
mod generator;
mod screen;
mod sizes;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use regrade::triage::query::{Known, Matches, Query};

use self::screen::Desk;

fn desk(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("desk");
    group.sample_size(20);
    for bugs in sizes::chosen() {
        let mut desk = Desk::of(sizes::file(bugs).path());
        let mut measure = |name: &str, keys: &str| {
            group.bench_with_input(BenchmarkId::new(name, bugs), keys, |bench, keys| {
                bench.iter(|| desk.press(keys));
            });
        };
        measure("draw again", "");
        measure("down and up", "jk");
        measure("to the end and back", "Gg");
        measure("half a page down and up", "<Ctrl-d><Ctrl-u>");
        measure("mark, and unmark", " k k");
        measure("decide, and undo", "3because it is so, as was said<Enter>u");
        measure("mark all, decide, and undo", "*3because it is so, as was said<Enter>u");
    }
    group.finish();
}

/// Searching runs beside the desk; a newer key overtakes it.
fn filter(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("filter");
    group.sample_size(10);
    for bugs in sizes::chosen() {
        let desk = Desk::of(sizes::file(bugs).path());
        let overtaken = std::sync::atomic::AtomicBool::new(false);
        for query in ["e", "import err", "zzqx", "sev:P1 -is:seen"] {
            group.bench_with_input(BenchmarkId::new(query, bugs), query, |bench, query| {
                let query = Query::parse(query, desk.app.session.report());
                bench
                    .iter(|| Matches::search(&desk.app.session, &Known::default(), &query, None, &overtaken));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, desk, filter);
criterion_main!(benches);
