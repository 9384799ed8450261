//! `regrade recover`: decisions that were never saved are found again.

use std::fs;

use regrade::tui::Step;

use crate::desk::Table;

const REPORT: &str = "\
# Bugs

### BUG-1: First crash
- **Severity:** P0 - ImportError

### BUG-2: Second crash
- **Severity:** P0 - ImportError
";

/// A desk that was left with a decision on each bug, unsaved.
fn left() -> Table {
    let table = Table::new(REPORT);
    table.play([Step::keys("2Only the tests.<Enter>1Of the tests too.<Enter>")]);
    table
}

fn journal(table: &Table) -> String {
    let said = table.place.run(&["recover", "--json"]);
    let line: serde_json::Value = serde_json::from_str(said.out.lines().next().unwrap()).unwrap();
    line["journal"].as_str().unwrap().to_owned()
}

#[test]
fn journals_are_listed_and_shown() {
    let table = Table::new(REPORT);
    assert_eq!(table.place.run(&["recover"]).out, "no journal holds a decision: everything is saved\n");
    let table = left();
    let said = table.place.run(&["recover"]);
    assert!(said.out.contains("  2 decisions, the last from 2026-02-11 20:25:48Z\n"), "{}", said.out);
    assert!(
        said.out.contains("  comes back when ") && said.out.contains("bugs.md is opened\n"),
        "{}",
        said.out
    );
    for name in [journal(&table), "bugs-".to_owned(), "bugs.md".to_owned()] {
        let said = table.place.run(&["recover", &name]);
        assert!(
            said.out.contains("reclassified\n  BUG-1  severity P2\n    Only the tests.\n"),
            "{name}: {}",
            said.out
        );
    }
    let said = table.place.run(&["recover", "nothing"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("hint: regrade recover lists them all"), "{}", said.err);
}

/// Renaming a report would lose what was decided on it.
#[test]
fn decisions_are_brought_to_a_report_that_was_moved() {
    let table = left();
    fs::rename(table.path(), table.place.path("moved.md")).unwrap();
    assert!(table.place.run(&["recover"]).out.contains("bugs.md is not there any more"));
    let said = table.place.run(&["recover", "bugs-", "--apply", "--to", "moved.md"]);
    assert_eq!((said.code, said.out.lines().next()), (0, Some("2 decisions brought back")), "{}", said.err);
    let again = table.place.run(&["recover", "bugs-", "--apply", "--to", "moved.md"]);
    assert_eq!(again.out.lines().next(), Some("0 decisions brought back, 2 were there already"));
    fs::rename(table.place.path("moved.md"), table.path()).unwrap();
    assert_eq!(table.play([Step::Screenshot]).1[0].matches("P0→P").count(), 2);
}

#[test]
fn a_journal_that_is_set_aside_is_out_of_the_way_and_can_be_brought_back() {
    let table = left();
    let said = table.place.run(&["recover", "bugs.md", "--set-aside"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(table.play([Step::Screenshot]).1[0].contains("0/2 reviewed"));
    let said = table.place.run(&["recover", &journal(&table), "--apply"]);
    assert_eq!((said.code, said.out.lines().next()), (0, Some("2 decisions brought back")), "{}", said.err);
    assert!(table.play([Step::Screenshot]).1[0].contains("2/2 reviewed"));
}
