//! What memory the real program takes beside the file: the desk in a real terminal, at rest and through a decision on all
//! bugs; and each command at its peak.
//!
//! `cargo bench --bench memory`; `REGRADE_BENCH_BUGS=100000` chooses the sizes. Only Linux tells it.

#![allow(clippy::print_stdout)] // Its tables are what it is run for.

#[allow(dead_code)]
mod generator;
#[allow(dead_code)]
mod pty;
mod resident;
mod sizes;

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use pty::Run;
use resident::Resident;

const SMALL: usize = 22;

/// How often a desk is opened; the medians are told, for it is by chance which thread keeps what.
const OPENED: usize = 3;

/// How long a desk does nothing before it counts as at rest, and how long is nothing, in hundredths of a second.
const REST: Duration = Duration::from_millis(1500);
const NOTHING: u64 = 3;

/// After how long without a frame a key counts as answered.
const FRAMES: Duration = Duration::from_millis(300);

/// How often a command is asked for its memory.
const OFTEN: Duration = Duration::from_millis(2);

const REGRADE: &str = env!("CARGO_BIN_EXE_regrade");

/// What is done at a desk, one after the other, and the keys for it.
const STEPS: [(&str, &[&str]); 5] = [
    ("at rest", &[]),
    ("filtered by `e`", &["/", "e", "\r"]),
    ("all marked", &["*"]),
    ("all decided on", &["2", "It keeps the whole suite from running.", "\r"]),
    ("undone", &["u"]),
];

const WHY: [&str; 4] = ["--rationale", "It keeps the whole suite from running.", "--override", "as agreed"];

fn main() {
    if Resident::of(std::process::id()).is_none() {
        println!("only Linux tells how much memory a process takes: not measured");
        return;
    }
    let small = desk(SMALL);
    for bugs in sizes::chosen() {
        tell_desk(bugs, &desk(bugs), &small);
        tell_commands(bugs);
    }
}

/// What a desk takes after each step, in KiB, and the size of its file.
struct Taken {
    file: u64,
    steps: Vec<Resident>,
}

fn desk(bugs: usize) -> Taken {
    let report = sizes::file(bugs);
    let runs: Vec<Vec<Resident>> = (0..OPENED).map(|_| opened(report.path())).collect();
    let median = |of: &dyn Fn(&[Resident]) -> u64| {
        let mut all: Vec<u64> = runs.iter().map(|run| of(run)).collect();
        all.sort_unstable();
        all[all.len() / 2]
    };
    let at =
        |step: usize| Resident { now: median(&|run| run[step].now), peak: median(&|run| run[step].peak) };
    Taken { file: kib(report.path()), steps: (0..STEPS.len()).map(at).collect() }
}

/// Opens a desk and does it all; gives what it takes after each step.
fn opened(report: &Path) -> Vec<Resident> {
    let scratch = tempfile::tempdir().expect("a scratch folder");
    let mut run = Run::start(&format!("exec '{REGRADE}' \"$0\""), report, scratch.path());
    run.see("BUG-");
    let taken = |(_, keys): &(&str, &[&str])| {
        for key in *keys {
            run.settle(key, FRAMES);
        }
        rest(&mut run);
        Resident::of(run.process()).expect("the desk is open")
    };
    STEPS.iter().map(taken).collect()
}

/// Waits until a desk does nothing any more.
fn rest(run: &mut Run) {
    let worked = |run: &Run| resident::worked(run.process()).expect("the desk is open");
    let mut before = worked(run);
    loop {
        run.wait(REST);
        let now = worked(run);
        if now - before <= NOTHING && resident::sleeps(run.process()) {
            return;
        }
        before = now;
    }
}

fn tell_desk(bugs: usize, desk: &Taken, small: &Taken) {
    println!(
        "\n| {bugs} bugs, bytes a bug beside the file | beside {SMALL} bugs | of all | peak, of all | KiB |"
    );
    println!("|---|---:|---:|---:|---:|");
    let each = |kib: u64, less: u64| (kib as f64 - less as f64) * 1024.0 / bugs as f64;
    for (((name, _), taken), small_taken) in STEPS.iter().zip(&desk.steps).zip(&small.steps) {
        let own = each(taken.now, desk.file + small_taken.now - small.file);
        let [all, peak] = [taken.now, taken.peak].map(|kib| each(kib, desk.file));
        println!("| {name} | {own:.0} | {all:.0} | {peak:.0} | {} |", taken.now);
    }
}

fn tell_commands(bugs: usize) {
    let scratch = tempfile::tempdir().expect("a scratch folder");
    let report = scratch.path().join("bugs.md");
    std::fs::copy(sizes::file(bugs).path(), &report).expect("room for a report");
    let file = kib(&report);
    println!("\n| command on {bugs} bugs | peak, times the file | beside the file, bytes a bug | KiB |");
    println!("|---|---:|---:|---:|");
    let one = format!("BUG-{:06}", bugs / 2);
    let set = |who: &[&'static str]| [&["set"], who, &["--severity", "P2"], &WHY].concat();
    let set_one: Vec<&str> = [&["set", &one, "--severity", "P1"][..], &WHY].concat();
    let commands: [(&str, Vec<&str>); 9] = [
        ("list --json", vec!["list", "--json"]),
        ("check", vec!["check"]),
        ("set, one bug", set_one),
        ("undo of that", vec!["undo"]),
        ("set, all bugs", set(&["--filter", "is:undecided,decided"])),
        ("log", vec!["log"]),
        ("export --to csv", vec!["export", "--to", "csv"]),
        ("export --to summary", vec!["export", "--to", "summary"]),
        ("undo of all", vec!["undo"]),
    ];
    for (name, args) in commands {
        let peak = peak_of(&report, &args, scratch.path());
        let (times, beside) = (peak as f64 / file as f64, (peak as f64 - file as f64) * 1024.0 / bugs as f64);
        println!("| `{name}` | {times:.2} | {beside:.0} | {peak} |");
    }
}

/// What a command takes at its peak, in KiB.
fn peak_of(report: &Path, args: &[&str], folder: &Path) -> u64 {
    let mut command = Command::new(REGRADE);
    command.arg(args[0]).arg(report).args(&args[1..]).stdout(Stdio::null()).stderr(Stdio::piped());
    ["REGRADE_STATE_DIR", "REGRADE_CONFIG_DIR"].iter().for_each(|name| {
        command.env(name, folder);
    });
    let mut child = command.spawn().expect("the program starts");
    let mut peak = 0;
    while is_running(&mut child) {
        peak = Resident::of(child.id()).map_or(peak, |taken| peak.max(taken.peak));
        thread::sleep(OFTEN);
    }
    let done = child.wait_with_output().expect("it has ended");
    let is_fine = matches!(done.status.code(), Some(0 | 1)) && done.stderr.is_empty();
    assert!(is_fine, "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
    peak
}

fn is_running(child: &mut Child) -> bool {
    child.try_wait().expect("it was started").is_none()
}

fn kib(file: &Path) -> u64 {
    std::fs::metadata(file).map_or(0, |meta| meta.len() / 1024)
}
