//! Files that somebody or a disk has damaged: journals, logs, settings and methodologies. Reading them ends,
//! quickly, in a value or an error; what is damaged of a journal is not applied, and of a log is told.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use regrade::config::{self, Env};
use regrade::deviation::Log;
use regrade::methodology::Methodology;
use regrade::store::Store;
use regrade::triage::Decision;
use regrade::tui::Step;

use super::{hostile, number};
use crate::desk::Table;
use crate::generated::generator::Dice;
use crate::parsed::METHODOLOGY;

/// How many cases of each sort of file run where no time is given.
const CASES: u64 = 1500;

/// How many of the journals, each of which is opened on a real disk.
const JOURNALS: u64 = 300;

/// How long a case may take on a machine that is busy with others.
const LONGEST: Duration = Duration::from_secs(20);

const SETTINGS: &str = include_str!("../../assets/methodology.yaml");

/// What YAML is made of, and what its readers break on.
#[rustfmt::skip]
const TOKENS: &[&str] = &[
    "&a ", "*a", "<<: *a\n", "<<: {a: 1}\n", "!x ", "!!binary ", "!!python/object:os.system ", "[", "{", "]", "}", "[{", "? ", ": ", "- ", "|", ">", "|2-\n",
    "\"", "'", "%YAML 9.9\n", "---\n", "--- ", "...\n", "\t", "#", " #", "\\", "\n", "\n\n", "\r", "  ", "~", "null", "1e999", "0x", "99999999999999999999", "-1",
    ".inf", "2001-01-01", "\u{85}", "\u{2028}", "\u{FEFF}", "\"\\x1b[31m\"", "\"\\u202e\"", "\"\\ud800\"", ",", "a: b\n", "a:\n  ", "levels:\n", "keys: {quit: q}\n",
    "id: x\n", "prev: [a, b]\n", "at: 2026-02-11T20:25:48Z\n", "kind: note\n", "rule: 300\n", "methodology:\n", "policy:\n", "suggestions:\n", "P0", "sla: 1h\n", "\0", "\x1b",
];

/// A text with some of its bytes changed, cut, doubled or flooded with what its readers break on.
fn mutated(text: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = text.to_vec();
    for _ in 0..=dice.below(5) {
        let at = dice.below(bytes.len() + 1);
        let end = (at + dice.below(40)).min(bytes.len());
        match dice.below(8) {
            0 => drop(bytes.drain(at..end)),
            1 => bytes.splice(at..at, bytes[at..end].to_vec()).for_each(drop),
            2 => bytes.truncate(at),
            3 => bytes.splice(at..at, hostile::text(dice).into_bytes()).for_each(drop),
            4 | 5 => {
                let token = dice.pick(TOKENS).repeat(dice.pick(&[1, 1, 1, 2, 3, 500, 5000]));
                bytes.splice(at..at, token.into_bytes()).for_each(drop);
            }
            _ if at < bytes.len() => bytes[at] = dice.below(256) as u8,
            _ => {}
        }
    }
    bytes
}

/// Runs cases from their numbers; each must end in time.
fn run(cases: u64, mut case: impl FnMut(u64)) {
    let from = number("REGRADE_FUZZ_FROM").unwrap_or(0);
    let until = number("REGRADE_FUZZ_SECONDS").map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let (mut done, mut slowest) = (0, (Duration::ZERO, 0));
    while until.map_or(done < cases, |until| Instant::now() < until) {
        let start = Instant::now();
        case(from + done);
        slowest = slowest.max((start.elapsed(), from + done));
        done += 1;
    }
    eprintln!("{done} files, the slowest, case {}, in {:?}", slowest.1, slowest.0);
    assert!(slowest.0 < LONGEST, "case {} took {:?}", slowest.1, slowest.0);
}

/// A desk on which decisions were made; `end` is what is pressed last.
fn decided(end: &str) -> Table {
    let bug =
        |at| format!("### BUG-{at}: Rope {at} frayed\n\n- **Severity:** P0\n- **Status:** Open\n\nText.\n\n");
    let table = Table::new(format!("# Bugs\n\n{}", (1..6).map(bug).collect::<String>()));
    let keys = "2nothing in production breaks<Enter><Enter>1it \"hurts\" [{ in one test only<Enter>u<Ctrl-r>";
    table.play([Step::keys(&format!("{keys}cjust a note: #1, [2<Enter>{end}")), Step::Settle]);
    table
}

/// A decision that nobody made would be saved under a reviewer's name, or one that was made lost with no word.
#[test]
fn of_a_damaged_journal_the_whole_beginning_is_applied_and_nothing_else() {
    let table = decided("");
    let folder = table.place.path("state").join("journals");
    let (path, journal) = {
        let mut files = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
        let path = files.find(|path| path.extension().is_some_and(|ending| ending == "journal")).unwrap();
        (path.clone(), fs::read(path).unwrap())
    };
    let open = || {
        let store = Store::new(table.place.path("state"));
        let opened = store.open(&table.path(), &METHODOLOGY);
        opened.map(|opened| opened.session().pending().to_vec())
    };
    let beginnings: Vec<Vec<Decision>> = (0..=journal.len())
        .filter(|at| *at == 0 || journal[at - 1] == b'\n')
        .map(|at| {
            fs::write(&path, &journal[..at]).unwrap();
            open().unwrap()
        })
        .collect();
    assert!(beginnings.last().is_some_and(|all| all.len() > 1));
    run(JOURNALS, |case| {
        let damaged = mutated(&journal, &mut Dice(case));
        fs::remove_dir_all(&folder).unwrap();
        fs::create_dir_all(&folder).unwrap();
        fs::write(&path, damaged).unwrap();
        if let Ok(pending) = open() {
            assert!(beginnings.contains(&pending), "case {case}: {pending:#?}");
        }
    });
}

#[test]
fn a_damaged_log_is_read_as_far_as_it_is_whole_and_the_damage_is_told() {
    let log = decided("w").log().into_bytes();
    let whole = Log::read(&log);
    assert!(whole.entries.len() > 1 && whole.problems.is_empty() && whole.verify().is_empty());
    run(CASES, |case| {
        let damaged = mutated(&log, &mut Dice(case));
        let read = Log::read(&damaged);
        let told = !read.problems.is_empty() || !read.verify().is_empty();
        assert!(told || log.starts_with(&damaged), "case {case}: {}", damaged.escape_ascii());
    });
}

#[test]
fn damaged_settings_end_in_a_value_or_an_error_that_names_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.yaml");
    let nested: String = SETTINGS.lines().map(|line| format!("  {line}\n")).collect();
    let settings = format!("annotate: short\nkeys: {{next-undecided: [J, n]}}\nmethodology:\n{nested}");
    let env = Env { config_dir: Some(folder.path().into()), cwd: folder.path().into(), ..Env::default() };
    run(CASES / 5, |case| {
        let mut dice = Dice(case);
        let (from, to) = (dice.below(settings.len()), dice.below(settings.len()));
        let part = if dice.below(2) == 0 {
            settings.as_bytes()
        } else {
            &settings.as_bytes()[from.min(to)..from.max(to)]
        };
        fs::write(&path, mutated(part, &mut dice)).unwrap();
        if let Err(fault) = config::load(&env, None) {
            assert!(fault.to_string().contains("config.yaml"), "case {case}: {fault}");
        }
    });
}

#[test]
fn a_damaged_methodology_ends_in_a_value_or_an_error_with_its_line() {
    run(CASES / 5, |case| {
        let damaged = mutated(SETTINGS.as_bytes(), &mut Dice(case));
        let text = String::from_utf8_lossy(&damaged);
        if let Err(fault) = Methodology::from_yaml(&text, Path::new("team.yaml")) {
            assert!(fault.to_string().starts_with("team.yaml"), "case {case}: {fault}");
        }
    });
}
