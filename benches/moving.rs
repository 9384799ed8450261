//! The first frame, and from a key to its frame at rest: beside 22 bugs, and beside csvlens. All take turns, so that what
//! else the machine does meets each of them.

use std::path::PathBuf;
use std::time::Duration;

use tempfile::TempDir;

use crate::{CSVLENS, Program, REGRADE, STILL_READING, as_csv, quantile, report, shown, sizes, spread};

const SMALL: usize = 22;

/// How often each program is started, and how often each key is pressed then.
const TURNS: usize = 4;
const PRESSES: usize = 200;

/// Keys that both programs know, each with the one that leads back.
const KEYS: [(&str, &str, &str); 3] =
    [("down", "j", "k"), ("half a page", "\x04", "\x15"), ("to the end", "G", "g")];

/// A program on a file, and what was measured of it.
struct Measured {
    program: Program,
    bugs: usize,
    file: PathBuf,
    starts: Vec<Duration>,
    keys: [Vec<Duration>; 3],
}

/// Prints how long they take.
pub(crate) fn compare(scratch: &TempDir) {
    println!(
        "| program | bugs | first frame | {} |",
        KEYS.map(|(name, ..)| format!("{name}, median / p99")).join(" | ")
    );
    println!("|---|---|---|---|---|---|");
    for bugs in sizes::chosen() {
        let mut all = vec![
            Measured::of(REGRADE, SMALL, report(SMALL, scratch)),
            Measured::of(REGRADE, bugs, report(bugs, scratch)),
        ];
        all.extend(as_csv(bugs, scratch).map(|file| Measured::of(CSVLENS, bugs, file)));
        for _ in 0..TURNS {
            all.iter_mut().for_each(|measured| measured.turn(scratch));
        }
        all.iter_mut().for_each(Measured::print);
    }
}

impl Measured {
    fn of(program: Program, bugs: usize, file: PathBuf) -> Measured {
        Measured { program, bugs, file, starts: Vec::new(), keys: Default::default() }
    }

    fn turn(&mut self, scratch: &TempDir) {
        let (mut run, first) = self.program.start(&self.file, scratch);
        self.starts.push(first);
        run.outlast(STILL_READING);
        run.rest();
        for ((_, there, back), times) in KEYS.iter().zip(&mut self.keys) {
            let pairs = (0..PRESSES / 2).flat_map(|_| [there, back]);
            times.extend(pairs.map(|key| run.press(key)));
        }
    }

    fn print(&mut self) {
        let keys = self.keys.each_mut().map(|times| spread(times)).join(" | ");
        let first = shown(quantile(&mut self.starts, 50));
        println!("| {} | {} | {first} | {keys} |", self.program.name, self.bugs);
    }
}
