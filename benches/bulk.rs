//! A decision on all bugs: from each key to its frame, and by how much the journal grows.

use std::path::Path;
use std::time::Duration;

use tempfile::TempDir;

use crate::pty::Run;
use crate::{REGRADE, quantile, report, shown, sizes};

/// How often it is made and undone.
const TIMES: usize = 3;

/// Its keys, each with what it is for and what the desk shows once that is done.
const KEYS: [(&str, &str, &str); 4] = [
    ("mark all", "*", "all in view"),
    ("ask", "3", "Enter"),
    ("record", "\r", "undoes"),
    ("undo", "u", "undone"),
];

const RATIONALE: &str = "because it is so, as was said";

/// Prints how long they take.
pub(crate) fn measure(scratch: &TempDir) {
    println!(
        "| bugs | {} | journal |",
        KEYS.map(|(name, ..)| format!("{name}, median / slowest")).join(" | ")
    );
    println!("|---|---|---|---|---|---|");
    for bugs in sizes::chosen() {
        let mut run = REGRADE.rested(&report(bugs, scratch), scratch);
        let (before, mut times) = (journals(scratch.path()), [const { Vec::new() }; 4]);
        for _ in 0..TIMES {
            decide_on_all(&mut run).into_iter().zip(&mut times).for_each(|(time, times)| times.push(time));
            times[3].push(press(&mut run, 3));
            run.rest();
        }
        let grown = (journals(scratch.path()) - before) / TIMES as u64;
        let times = times
            .each_mut()
            .map(|times| format!("{} / {}", shown(quantile(times, 50)), shown(quantile(times, 100))));
        println!("| {bugs} | {} | {grown} bytes |", times.join(" | "));
    }
}

/// Marks all bugs and gives them the lowest severity; gives how long each key took.
pub(crate) fn decide_on_all(run: &mut Run) -> [Duration; 3] {
    let (marked, asked) = (press(run, 0), press(run, 1));
    run.press_until(RATIONALE, RATIONALE);
    [marked, asked, press(run, 2)]
}

fn press(run: &mut Run, key: usize) -> Duration {
    let (_, key, shows) = KEYS[key];
    run.press_until(key, shows)
}

/// How many bytes all journals have that were kept here.
fn journals(folder: &Path) -> u64 {
    let files = std::fs::read_dir(folder.join("journals")).into_iter().flatten().flatten();
    files.filter_map(|file| file.metadata().ok()).map(|file| file.len()).sum()
}
