//! From each key of a filter to what it finds, beside fzf on the titles of the same bugs. Each runs alone.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::TempDir;

use crate::pty::Run;
use crate::{Program, REGRADE, is_installed, quantile, shown, sizes};

/// What is typed before it where a term says where to look, and what is typed. fzf knows no terms.
const QUERIES: [(&str, &str); 4] = [("", "e"), ("", "import err"), ("", "zzqx"), ("text:", "timeout")];

const FZF: Program = Program { name: "fzf, titles alone", line: "exec fzf < \"$0\"", shows: "BUG-" };

/// How often each is typed.
const TIMES: usize = 3;

/// After how long without a frame nothing more is expected of a search, and how much longer that is for each bug.
const QUIET: Duration = Duration::from_millis(300);
const QUIET_EACH: Duration = Duration::from_nanos(1200);

/// A program with a filter.
struct Finder {
    name: &'static str,
    run: Run,
    quiet: Duration,
    opens: &'static str,
    empties: &'static str,
    knows_terms: bool,
}

/// Prints how long each key takes.
pub(crate) fn compare(scratch: &TempDir) {
    println!("| program | bugs | filter | each key to its result, median | slowest |\n|---|---|---|---|---|");
    for bugs in sizes::chosen() {
        let (report, quiet) = (sizes::file(bugs), QUIET + QUIET_EACH * bugs as u32);
        let mut regrade = Finder {
            name: "regrade",
            run: REGRADE.rested(report.path(), scratch),
            quiet,
            opens: "/",
            empties: "\x1b",
            knows_terms: true,
        };
        regrade.rows(bugs);
        drop(regrade);
        if !is_installed("fzf") {
            println!("fzf is not installed (`apt-get install fzf`): not compared");
            continue;
        }
        let run = FZF.rested(&titles(report.path(), scratch), scratch);
        let mut fzf = Finder { name: FZF.name, run, quiet, opens: "", empties: "\x15", knows_terms: false };
        fzf.rows(bugs);
    }
}

impl Finder {
    fn rows(&mut self, bugs: usize) {
        for (term, query) in QUERIES {
            let term = if self.knows_terms { term } else { "" };
            let mut times = self.times(term, query);
            let medians: Vec<String> = times.iter_mut().map(|times| shown(quantile(times, 50))).collect();
            let slowest = times.iter().flatten().max().copied().unwrap_or_default();
            let (name, medians) = (self.name, medians.join(", "));
            println!("| {name} | {bugs} | `{term}{query}` | {medians} | {} |", shown(slowest));
        }
    }

    /// How long each key of a query takes, each time that it is typed.
    fn times(&mut self, term: &str, query: &str) -> Vec<Vec<Duration>> {
        let mut times = vec![Vec::new(); query.chars().count()];
        for _ in 0..TIMES {
            self.run.settle(&format!("{}{term}", self.opens), self.quiet);
            for (key, times) in query.chars().zip(&mut times) {
                times.push(self.run.settle(key.encode_utf8(&mut [0; 4]), self.quiet));
            }
            self.run.settle(self.empties, self.quiet);
        }
        times
    }
}

/// The headings of the bugs of a report, as a file.
fn titles(report: &Path, scratch: &TempDir) -> PathBuf {
    let (report, path) = (std::fs::read(report).expect("it was just written"), scratch.path().join("titles"));
    let mut out = BufWriter::new(std::fs::File::create(&path).expect("room for the titles"));
    for line in report.split_inclusive(|byte| *byte == b'\n') {
        let title = line.strip_prefix(b"### ").unwrap_or_default();
        out.write_all(title).expect("room for the titles");
    }
    out.flush().expect("room for the titles");
    path
}
