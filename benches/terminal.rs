//! The real program in a real terminal: how long until its first frame, and from a key to its frame, beside the same
//! program on 22 bugs and beside csvlens on the same bugs as CSV; and from a key of a filter to what it finds, beside
//! fzf on the titles alone; in one run.
//!
//! `cargo bench --bench terminal`; `REGRADE_BENCH_BUGS=100000` chooses the sizes.

#![allow(clippy::print_stdout)] // Its table is what it is run for.

mod filter;
#[allow(dead_code)]
mod generator;
mod pty;
mod sizes;

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use pty::Run;
use tempfile::TempDir;

const SMALL: usize = 22;
const STARTS: usize = 7;
const PRESSES: usize = 200;

/// A program to measure: how it is started on a file, and what it shows once it can be used.
struct Program<'a> {
    name: &'a str,
    line: &'a str,
    shows: &'a str,
}

/// How this program is started.
const REGRADE: &str = concat!("exec '", env!("CARGO_BIN_EXE_regrade"), "' \"$0\"");

/// Keys that both programs know, each with the one that leads back.
const KEYS: [(&str, &str, &str); 3] =
    [("down", "j", "k"), ("half a page", "\x04", "\x15"), ("to the end", "G", "g")];

fn main() {
    let regrade = Program { name: "regrade", line: REGRADE, shows: "BUG-" };
    let scratch = tempfile::tempdir().expect("a scratch folder");
    println!(
        "| program | bugs | first frame | {} |",
        KEYS.map(|(name, ..)| format!("{name}, median / p99")).join(" | ")
    );
    println!("|---|---|---|---|---|---|");
    for bugs in std::iter::once(SMALL).chain(sizes::chosen()) {
        let report = sizes::file(bugs);
        row(&regrade, bugs, report.path(), &scratch);
    }
    let csvlens = Program { name: "csvlens", line: "exec csvlens \"$0\"", shows: "BUG-" };
    let is_there = is_installed("csvlens");
    for bugs in sizes::chosen() {
        match as_csv(bugs, &scratch) {
            Some(_) if !is_there => {
                println!("csvlens is not installed (`cargo install csvlens`): not compared")
            }
            Some(file) => row(&csvlens, bugs, &file, &scratch),
            None => println!("../shared/tools is not here, which writes the same bugs as CSV: not compared"),
        }
    }
    filter::compare(&scratch);
}

fn is_installed(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok()
}

/// The same number of bugs as a CSV file.
fn as_csv(bugs: usize, scratch: &TempDir) -> Option<std::path::PathBuf> {
    let tool = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/tools/gen_report.py");
    let mut command = Command::new("python3");
    command.arg(tool).arg(scratch.path()).args([&bugs.to_string(), "--formats", "csv"]);
    let done = command.output().ok()?.status.success();
    done.then(|| scratch.path().join(format!("bugs-{bugs}.csv")))
}

fn row(program: &Program, bugs: usize, file: &Path, scratch: &TempDir) {
    let mut starts: Vec<Duration> = (0..STARTS).map(|_| start(program, file, scratch).1).collect();
    let (mut run, _) = start(program, file, scratch);
    run.wait(Duration::from_millis(500));
    let keys = KEYS.map(|(_, there, back)| {
        let pairs = (0..PRESSES / 2).flat_map(|_| [there, back]);
        let mut times: Vec<Duration> = pairs.map(|key| run.press(key)).collect();
        format!("{} / {}", shown(quantile(&mut times, 50)), shown(quantile(&mut times, 99)))
    });
    println!("| {} | {bugs} | {} | {} |", program.name, shown(quantile(&mut starts, 50)), keys.join(" | "));
}

fn start(program: &Program, file: &Path, scratch: &TempDir) -> (Run, Duration) {
    let mut run = Run::start(program.line, file, scratch.path());
    let first = run.see(program.shows);
    (run, first)
}

/// The time that so many of a hundred do not exceed.
fn quantile(times: &mut [Duration], percent: usize) -> Duration {
    times.sort_unstable();
    times[(times.len() - 1) * percent / 100]
}

fn shown(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}
