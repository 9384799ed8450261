//! Undo at the desk goes further back with each key, through decisions of earlier saves too, and redo forward again.

use std::fs;

use regrade::deviation::Log;
use regrade::triage::Kind;

use crate::desk::Table;

const REPORT: &str = "\
# Quay inspection

| Severity | Count |
|----------|-------|
| Critical | 9     |
| Low      | 1     |

## Critical

### BUG-1: Bollard loose
- **Severity:** Critical - Safety

### BUG-2: Lamp dark
- **Severity:** Critical


## Low

### BUG-3: Paint worn
- **Severity:** Low
";

const WHY: &str = "Looked at, and it is so.";

/// A desk on a report with three saved decisions, and what the report was before each.
fn saved(report: &str) -> (Table, Vec<String>) {
    let table = Table::new(report);
    let mut states = Vec::new();
    for (bug, level) in [("BUG-1", "2"), ("BUG-2", "3"), ("BUG-1", "1")] {
        states.push(table.report());
        table.press(&[&format!("/id:{bug}<Enter>"), level, WHY, "<Enter>", "w"]);
    }
    (table, states)
}

fn kinds(table: &Table) -> Vec<Kind> {
    let log = Log::read(table.log().as_bytes());
    assert!(log.verify().is_empty() && log.problems.is_empty());
    log.entries.iter().map(|entry| entry.kind).collect()
}

/// Only one saved decision could be taken back before a save.
#[test]
fn each_key_takes_back_one_more_saved_decision_and_each_save_logs_all_of_them() {
    for report in [REPORT.to_owned(), REPORT.replace('\n', "\r\n"), REPORT.trim_end().to_owned()] {
        for count in 1..=3 {
            let ((table, states), (slow, _)) = (saved(&report), saved(&report));
            let screen = table.after(&["u".repeat(count)]);
            assert!(
                screen.contains("taken back, once saved") && screen.contains("Ctrl-r gives it back"),
                "{screen}"
            );
            table.press(&["w"]);
            assert_eq!(table.report(), states[3 - count], "{count}");
            (0..count).for_each(|_| slow.press(&["u", "w"]));
            let log = |table: &Table| {
                table
                    .log()
                    .lines()
                    .filter(|line| line.contains("severity:"))
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            };
            assert_eq!((slow.report(), log(&slow)), (table.report(), log(&table)), "{count}");
            let kinds = kinds(&table);
            assert_eq!((kinds.len(), &kinds[3..]), (3 + count, vec![Kind::Reverted; count].as_slice()));
        }
    }
}

#[test]
fn with_no_older_decision_left_nothing_more_is_taken_back() {
    let (table, states) = saved(REPORT);
    assert!(table.after(&["uuuu"]).contains("there is no decision to undo"));
    table.press(&["w"]);
    assert_eq!((table.report(), kinds(&table).len()), (states[0].clone(), 6));
}

/// What was taken back one key too far would have to be decided anew.
#[test]
fn redo_gives_back_one_after_the_other_what_was_taken_back_also_after_the_desk_was_left() {
    let (table, states) = saved(REPORT);
    let (report, log) = (table.report(), table.log());
    assert!(table.after(&["uuu", "<Ctrl-r>"]).contains("stands again"));
    let shown = table.after(&["<Ctrl-r><Ctrl-r>", "<Ctrl-r>"]);
    assert!(shown.contains("there is no decision to redo"), "{shown}");
    table.press(&["w"]);
    assert_eq!((table.report(), table.log()), (report, log));
    table.press(&["uuu", "<Ctrl-r>", "w"]);
    assert_eq!(table.report(), states[1]);
}

/// A decision that is undone on the way is not forgotten.
#[test]
fn redo_comes_back_to_what_was_not_saved() {
    let (table, _) = saved(REPORT);
    let decide = ["/id:BUG-3<Enter>", "1", WHY, "<Enter>"];
    table.press(&decide);
    table.press(&["uuu"]);
    let shown = table.after(&["<Ctrl-r><Ctrl-r>", "<Ctrl-r>"]);
    assert!(shown.contains("redone: BUG-3 P3→P1"), "{shown}");
    table.press(&["w"]);
    assert_eq!(kinds(&table), [Kind::Reclassified; 4]);
    table.press(&[decide[0], "0", WHY, "<Enter>", "uu", "<Ctrl-r>", "w"]);
    assert_eq!(kinds(&table), [Kind::Reclassified; 4], "the undo of a saved one was given back");
    table.press(&["u", "/id:BUG-3<Enter>", "2", WHY, "<Enter>", "u", "<Ctrl-r>", "w"]);
    assert_eq!(kinds(&table)[4..], [Kind::Reverted, Kind::Reclassified], "it was decided after the undo");
}

/// A number that a later decision has moved would stay as it was set.
#[test]
fn claims_go_back_to_what_they_were_before_several_decisions() {
    let table = Table::new(REPORT);
    let run = |args: &[&str]| {
        let said = table.place.run(args);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{args:?}");
    };
    run(&["check", "bugs.md", "--fix-claims"]);
    let fixed = table.report();
    assert!(fixed.contains("| Critical | 2     |"), "{fixed}");
    run(&["set", "bugs.md", "BUG-1", "--severity", "P2", "--rationale", WHY]);
    assert!(table.report().contains("| Critical | 1     |"));
    table.press(&["uu", "w"]);
    assert_eq!(table.report(), REPORT);
    assert_eq!(kinds(&table)[2..], [Kind::Reverted; 2]);
    // A number that somebody else has set stays.
    let table = Table::new(fixed.replace("| Low      | 1", "| Low      | 7"));
    let run = |args: &[&str]| assert_eq!(table.place.run(args).code, 0);
    run(&["check", "bugs.md", "--fix-claims"]);
    run(&["set", "bugs.md", "BUG-1", "--severity", "P2", "--rationale", WHY]);
    let theirs = table.report().replace("| Low      | 1", "| Low      | 4");
    fs::write(table.path(), &theirs).unwrap();
    table.press(&["uuu", "w"]);
    assert!(table.report().contains("| Low      | 4"), "{}", table.report());
}
