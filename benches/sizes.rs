//! Which sizes of reports are measured, and the reports themselves as files.

use std::io::{BufWriter, Write};

use tempfile::NamedTempFile;

use crate::generator;

/// The numbers of bugs to measure: those of `REGRADE_BENCH_BUGS`, else a thousand, a hundred thousand and a
/// million.
pub(crate) fn chosen() -> Vec<usize> {
    let chosen = std::env::var("REGRADE_BENCH_BUGS").unwrap_or_default();
    let chosen: Vec<usize> = chosen.split(',').filter_map(|number| number.trim().parse().ok()).collect();
    if chosen.is_empty() { vec![1_000, 100_000, 1_000_000] } else { chosen }
}

/// A report of so many bugs, deleted when dropped.
pub(crate) fn file(bugs: usize) -> NamedTempFile {
    let file = tempfile::Builder::new().suffix(".md").tempfile().expect("a scratch file");
    let mut out = BufWriter::with_capacity(1 << 20, file.as_file());
    generator::report(bugs, 7, &mut out).and_then(|()| out.flush()).expect("room for a scratch file");
    drop(out);
    file
}
