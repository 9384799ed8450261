//! Indexing a report, beside reading the same file into memory and finding its headings.
//!
//! Other layouts than that of headings with fields are measured up to a hundred thousand bugs.
//!
//! `cargo bench --bench index`; `REGRADE_BENCH_BUGS=1000,100000,1000000` chooses the sizes.

#[allow(dead_code)]
mod generator;
#[allow(dead_code)]
mod layout;
mod sizes;

use std::hint::black_box;
use std::sync::Arc;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use layout::Layout;
use memchr::memmem;
use regrade::methodology::Methodology;
use regrade::report::Report;
use regrade::text::Bytes;

fn index(criterion: &mut Criterion) {
    let methodology = Arc::new(Methodology::embedded());
    let mut group = criterion.benchmark_group("index");
    group.sample_size(10);
    for bugs in sizes::chosen() {
        let file = sizes::file(bugs);
        let base: Bytes = std::fs::read(file.path()).expect("the report was just written").into();
        group.throughput(Throughput::Bytes(base.len() as u64));
        group.bench_with_input(BenchmarkId::new("read the file", bugs), file.path(), |bench, path| {
            bench.iter(|| std::fs::read(path));
        });
        group.bench_with_input(BenchmarkId::new("find the headings", bugs), &base, |bench, base| {
            bench.iter(|| memmem::find_iter(black_box(base), b"\n### ").count());
        });
        group.bench_with_input(BenchmarkId::new("index", bugs), &base, |bench, base| {
            bench.iter(|| Report::parse(base.clone(), &methodology).len());
        });
    }
    group.finish();
}

/// How many bugs a report in another layout has at most.
const MOST: usize = 100_000;

fn layouts(criterion: &mut Criterion) {
    let methodology = Arc::new(Methodology::embedded());
    let mut group = criterion.benchmark_group("layouts");
    group.sample_size(10);
    for bugs in sizes::chosen().into_iter().filter(|bugs| *bugs <= MOST) {
        for layout in Layout::ALL {
            let mut base = Vec::new();
            layout.report(bugs, 7, &mut base).expect("a vector takes all bytes");
            let base: Bytes = base.into();
            group.throughput(Throughput::Bytes(base.len() as u64));
            group.bench_with_input(BenchmarkId::new(layout.name(), bugs), &base, |bench, base| {
                bench.iter(|| Report::parse(base.clone(), &methodology).len());
            });
        }
    }
    group.finish();
}

criterion_group!(benches, index, layouts);
criterion_main!(benches);
