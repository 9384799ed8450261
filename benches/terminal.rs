//! The real program in a real terminal, each figure beside its yardstick in the same run: the first frame, a key to its
//! frame at rest and while other work goes on, a key of a filter to what it finds, a decision on all bugs, the time until
//! all of a report is there. csvlens has the same bugs as CSV, fzf their titles alone.
//!
//! `cargo bench --bench terminal`; `REGRADE_BENCH_BUGS=100000` chooses the sizes, and `-- moving busy bulk whole filter`
//! the parts.

#![allow(clippy::print_stdout)] // Its tables are what it is run for.

mod bulk;
mod busy;
mod filter;
#[allow(dead_code)]
mod generator;
mod moving;
mod pty;
mod sizes;
mod whole;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use pty::Run;
use tempfile::TempDir;

/// A part, and what it is called.
type Part = (&'static str, fn(&TempDir));

const PARTS: [Part; 5] = [
    ("moving", moving::compare),
    ("busy", busy::compare),
    ("bulk", bulk::measure),
    ("whole", whole::compare),
    ("filter", filter::compare),
];

/// A program to measure: how it is started on a file, and what it shows once it can be used.
struct Program {
    name: &'static str,
    line: &'static str,
    shows: &'static str,
}

/// How this program is started.
const REGRADE: Program = Program {
    name: "regrade",
    line: concat!("exec '", env!("CARGO_BIN_EXE_regrade"), "' \"$0\""),
    shows: "BUG-",
};

const CSVLENS: Program = Program { name: "csvlens", line: "exec csvlens \"$0\"", shows: "BUG-" };

/// What the desk shows as long as it has only the first bugs of a report.
const STILL_READING: &str = "+ bugs";

impl Program {
    /// Starts it; gives how long it took until it could be used, too.
    fn start(&self, file: &Path, scratch: &TempDir) -> (Run, Duration) {
        let mut run = Run::start(self.line, file, scratch.path());
        let first = run.see(self.shows);
        (run, first)
    }

    /// Starts it and waits until all of the file is there and nothing is done about it any more.
    fn rested(&self, file: &Path, scratch: &TempDir) -> Run {
        let (mut run, _) = self.start(file, scratch);
        run.outlast(STILL_READING);
        run.rest();
        run
    }
}

fn main() {
    let chosen: Vec<String> = std::env::args().skip(1).filter(|name| !name.starts_with('-')).collect();
    let is_chosen = |name: &str| chosen.is_empty() || chosen.iter().any(|chosen| chosen == name);
    for (name, measure) in PARTS.into_iter().filter(|(name, _)| is_chosen(name)) {
        let scratch = tempfile::tempdir().expect("a scratch folder");
        println!("\n## {name}\n");
        measure(&scratch);
    }
}

fn is_installed(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok()
}

/// The same number of bugs as a CSV file, where csvlens is there to show it; else says why not.
fn as_csv(bugs: usize, scratch: &TempDir) -> Option<PathBuf> {
    if !is_installed("csvlens") {
        println!("csvlens is not installed (`cargo install csvlens`): not compared");
        return None;
    }
    let file = scratch.path().join(format!("bugs-{bugs}.csv"));
    let tool = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/tools/gen_report.py");
    let mut command = Command::new("python3");
    command.arg(tool).arg(scratch.path()).args([&bugs.to_string(), "--formats", "csv"]);
    let is_written = file.exists() || command.output().is_ok_and(|done| done.status.success());
    if !is_written {
        println!("../shared/tools is not here, which writes the same bugs as CSV: not compared");
    }
    is_written.then_some(file)
}

/// A report of so many bugs in a folder that is given up with all that is written beside it.
fn report(bugs: usize, scratch: &TempDir) -> PathBuf {
    let path = scratch.path().join(format!("bugs-{bugs}.md"));
    let file = std::fs::File::create(&path).expect("a scratch file");
    let mut out = std::io::BufWriter::with_capacity(1 << 20, file);
    generator::report(bugs, 7, &mut out)
        .and_then(|()| std::io::Write::flush(&mut out))
        .expect("room for a scratch file");
    path
}

/// The time that so many of a hundred do not exceed.
fn quantile(times: &mut [Duration], percent: usize) -> Duration {
    times.sort_unstable();
    times[(times.len() - 1) * percent / 100]
}

/// The median, and what 99 of 100 do not exceed.
fn spread(times: &mut [Duration]) -> String {
    format!("{} / {}", shown(quantile(times, 50)), shown(quantile(times, 99)))
}

fn shown(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}

/// How many times the one is the other.
fn ratio(time: Duration, of: Duration) -> String {
    format!("{:.2}", time.as_secs_f64() / of.as_secs_f64())
}
