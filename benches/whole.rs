//! Until all of a report is there: on the desk, and said line by line by `list --json`, beside reading the same file into
//! memory. They take turns.

use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::{REGRADE, STILL_READING, quantile, ratio, report, shown, sizes};

const TURNS: usize = 7;

/// Prints how long they take.
pub(crate) fn compare(scratch: &TempDir) {
    println!(
        "| bugs | read the file | all on the desk | of reading | `list --json` | of reading | MB/s of report | MB/s said |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for bugs in sizes::chosen() {
        let file = report(bugs, scratch);
        let (mut reads, mut wholes, mut lists, mut said) = (Vec::new(), Vec::new(), Vec::new(), 0);
        for _ in 0..TURNS {
            reads.push(read(&file));
            let (mut run, _) = REGRADE.start(&file, scratch);
            wholes.push(run.outlast(STILL_READING));
            drop(run);
            let (time, bytes) = listed(&file, scratch);
            lists.push(time);
            said = bytes;
        }
        let [read, whole, list] = [&mut reads, &mut wholes, &mut lists].map(|times| quantile(times, 50));
        let length = file.metadata().map_or(0, |file| file.len());
        let speed = |bytes: u64| format!("{:.0}", bytes as f64 / 1e6 / list.as_secs_f64());
        println!(
            "| {bugs} | {} | {} | {} | {} | {} | {} | {} |",
            shown(read),
            shown(whole),
            ratio(whole, read),
            shown(list),
            ratio(list, read),
            speed(length),
            speed(said)
        );
    }
}

fn read(file: &Path) -> Duration {
    let since = Instant::now();
    let bytes = std::fs::read(file).expect("it was just written");
    let time = since.elapsed();
    drop(std::hint::black_box(bytes));
    time
}

/// How long it takes to say all bugs, and how many bytes that are.
fn listed(file: &Path, scratch: &TempDir) -> (Duration, u64) {
    let since = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_regrade"));
    command.arg("list").arg(file).arg("--json").stdout(Stdio::piped());
    ["REGRADE_STATE_DIR", "REGRADE_CONFIG_DIR"].iter().for_each(|name| _ = command.env(name, scratch.path()));
    let mut child = command.spawn().expect("the program starts");
    let mut said = child.stdout.take().expect("it is a pipe");
    let (mut buffer, mut bytes) = (vec![0; 1 << 20], 0);
    while let Ok(count @ 1..) = said.read(&mut buffer) {
        bytes += count as u64;
    }
    child.wait().expect("it ends");
    (since.elapsed(), bytes)
}
