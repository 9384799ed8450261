//! The box of a task is a status: counts, filters, gates and due dates go by it as by a word.

use crate::place::Place;

const REPORT: &str = "\
# Audit

| Severity | Open | Fixed | Total |
|----------|------|-------|-------|
| High     | 1    | 0     | 1     |
| Low      | 0    | 2     | 2     |

## High

- [ ] **QA-1**: the gate stays shut

## Low

- [x] **QA-2**: the lamp flickers
- [x] **QA-3**: the bell is mute
";

fn counts(place: &Place) -> Vec<String> {
    let report = place.read("bugs.md");
    let rows = report.lines().filter(|line| line.starts_with("| High") || line.starts_with("| Low"));
    rows.map(|row| row.split_whitespace().collect()).collect()
}

/// A bug that is done would be counted among the open ones of its new level.
#[test]
fn a_ticked_bug_takes_its_count_along_and_is_counted_once() {
    let place = Place::with("bugs.md", REPORT);
    assert_eq!(place.run(&["check", "bugs.md"]).code, 0);
    let why = ["--rationale", "It wakes nobody up at night"];
    let set = |args: &[&str]| place.run(&[&["set", "bugs.md"], args, &why].concat());
    assert_eq!(set(&["QA-2", "QA-3", "--severity", "High"]).code, 0);
    assert_eq!(counts(&place), ["|High|1|2|3|", "|Low|0|0|0|"]);
    assert_eq!(set(&["QA-1", "QA-2", "--status", "fixed"]).code, 0);
    assert_eq!(counts(&place), ["|High|0|3|3|", "|Low|0|0|0|"]);
    assert_eq!(place.run(&["check", "bugs.md"]).code, 0);
    let said = set(&["QA-2", "--status", "fixed"]);
    assert!(said.code == 1 && said.err.contains("QA-2 has all of it already"), "{said:?}");
    assert_eq!((place.run(&["undo", "bugs.md"]).code, place.run(&["undo", "bugs.md"]).code), (0, 0));
    assert_eq!(place.read("bugs.md"), REPORT);
}

/// A table would claim what nobody checks, and a pipeline wait for what is done.
#[test]
fn a_box_says_what_a_count_a_filter_and_a_gate_ask_for() {
    let place = Place::with("bugs.md", REPORT.replace("| Low      | 0    | 2 ", "| Low      | 1    | 1 "));
    let said = place.run(&["check", "bugs.md"]);
    assert!(said.code == 1 && said.out.contains("P3 resolved claims 1 and documents 2"), "{said:?}");
    let listed = |filter: &str| {
        let said = place.run(&["list", "bugs.md", "--filter", filter]).out;
        said.lines().filter_map(|line| line.split("  ").next()).filter(|id| id.starts_with("QA")).count()
    };
    assert_eq!((listed("status:resolved"), listed("status:open"), listed("status:unlisted")), (2, 1, 0));
    assert_eq!(place.run(&["check", "bugs.md", "--gate", "sev:low -status:resolved=0"]).code, 0);
}

/// A bug that is done would be told as late for ever.
#[test]
fn what_is_ticked_is_not_overdue() {
    let item = |mark: &str| {
        format!("# Bugs\n\n## High\n\n- [{mark}] **QA-1**: the gate stays shut\n  - **Due:** 2026-01-02\n")
    };
    let check = |mark: &str| Place::with("bugs.md", item(mark)).run(&["check", "bugs.md"]).out;
    assert!(check(" ").contains("overdue"), "{}", check(" "));
    assert!(!check("x").contains("overdue"), "{}", check("x"));
}
