//! From a key to its frame while the report is still being read, while it is audited behind the desk, while a filter
//! searches, and while a save of all its bugs runs, beside a key of csvlens at rest.

use std::path::Path;
use std::time::Duration;

use tempfile::TempDir;
use vt100::Screen;

use crate::bulk::decide_on_all;
use crate::pty::Run;
use crate::{CSVLENS, REGRADE, STILL_READING, as_csv, quantile, ratio, report, sizes, spread};

/// How often the program is started to press keys while it reads.
const TURNS: usize = 5;

/// How many keys are pressed at most while something goes on.
const PRESSES: usize = 300;

/// How long the desk is left alone between two keys of a save, which takes long.
const PAUSE: Duration = Duration::from_millis(30);

/// How many rows are below list and detail.
const BELOW: u16 = 4;

/// How long at least between two others.
const BETWEEN: Duration = Duration::from_millis(4);

/// Prints how long they take.
pub(crate) fn compare(scratch: &TempDir) {
    println!(
        "| bugs | while | keys | median / p99 | csvlens at rest | p99, of csvlens |\n|---|---|---|---|---|---|"
    );
    for bugs in sizes::chosen() {
        let file = report(bugs, scratch);
        let mut peer = as_csv(bugs, scratch).map(|file| {
            let mut run = CSVLENS.rested(&file, scratch);
            moved(&mut run, |_, pressed| pressed < PRESSES)
        });
        let (mut reading, mut audited) = (Vec::new(), Vec::new());
        for _ in 0..TURNS {
            let (mut run, _) = REGRADE.start(&file, scratch);
            reading.extend(moved(&mut run, |run, _| run.shows(STILL_READING)));
            audited.extend(moved(&mut run, |_, pressed| pressed < PRESSES / TURNS));
        }
        let rows = [
            ("it is read", reading),
            ("it is audited", audited),
            ("a filter searches", searching(&file, scratch)),
            ("all are saved", saving(&file, scratch)),
        ];
        for (what, mut times) in rows.into_iter().filter(|(_, times)| !times.is_empty()) {
            let (keys, spread, p99) = (times.len(), spread(&mut times), quantile(&mut times, 99));
            let peer = peer.as_mut().map(|times| (self::spread(times), quantile(times, 99)));
            let (peer, ratio) = peer.map_or_else(Default::default, |(said, of)| (said, ratio(p99, of)));
            println!("| {bugs} | {what} | {keys} | {spread} | {peer} | {ratio} |");
        }
    }
}

/// Goes down and up as long as that is so.
fn moved(run: &mut Run, goes_on: impl Fn(&Run, usize) -> bool) -> Vec<Duration> {
    let mut times = Vec::new();
    for key in ["j", "k"].into_iter().cycle() {
        if !goes_on(run, times.len()) {
            break;
        }
        times.push(run.press_for(key, list));
        run.wait(BETWEEN);
    }
    times
}

/// Types a letter that most bugs have, and takes it away again: each begins a search of all of them.
fn searching(file: &Path, scratch: &TempDir) -> Vec<Duration> {
    let mut run = REGRADE.rested(file, scratch);
    run.press("/");
    run.rest();
    let mut press = |key| {
        let time = run.press_for(key, typed);
        run.wait(BETWEEN);
        time
    };
    ["e", "\x7f"].into_iter().cycle().take(PRESSES).map(&mut press).collect()
}

fn saving(file: &Path, scratch: &TempDir) -> Vec<Duration> {
    let mut run = REGRADE.rested(file, scratch);
    decide_on_all(&mut run);
    run.press_until("w", "saving");
    let mut times = Vec::new();
    for key in ["j", "k"].into_iter().cycle() {
        if !run.shows("saving") {
            break;
        }
        times.push(run.press_for(key, list));
        run.wait(PAUSE);
    }
    times
}

/// List and detail, without what is told below of progress.
fn list(screen: &Screen) -> Vec<String> {
    let (rows, columns) = size(screen);
    screen.rows_formatted(0, columns).take(usize::from(rows - BELOW)).collect()
}

/// What is typed in the last row, without what it found.
fn typed(screen: &Screen) -> String {
    let (rows, columns) = size(screen);
    screen.contents_between(rows - 1, 0, rows - 1, columns / 2)
}

fn size(screen: &Screen) -> (u16, u16) {
    let (rows, columns) = screen.size();
    (rows.get(), columns.get())
}
