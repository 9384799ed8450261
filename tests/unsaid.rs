//! What the report cannot say keeps no other decision from being saved, and is not lost.

use crate::desk::Table;

const REPORT: &str = "\
# Bugs

## P1 Bugs

### BUG-1: Slow import
- **Severity:** P1 - Timeout

### BUG-2: Torn page
- **Severity:** P1 - Crash

### BUG-3: Odd colour
- **Severity:** P1 - Look
";

/// A rationale that would be read as something else where it is written beside a severity.
const ODD: &str = "Only the tests | **Status:** fixed";

/// The text of a screen, without the frames of what lies on it.
fn flat(screen: &str) -> String {
    screen.replace('│', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One decision of the last hour would keep all others from being saved.
#[test]
fn a_refused_decision_waits_beside_those_that_are_saved() {
    let table = Table::new(REPORT).configured("annotate: rationale\n");
    let screens = table.after_each(&[
        "2Only the tests fail so.<Enter>",
        &format!("2{ODD}<Enter>"),
        "3Nobody sees it at all.<Enter>",
        "w",
        "<Esc>",
        "u",
        "2Only the tests fail.<Enter>w",
    ]);
    let told = flat(&screens[3]);
    assert!(told.contains("BUG-2 would not be read back as decided: its"), "{told}");
    assert!(told.contains("2 other decisions are saved; this one waits"), "{told}");
    assert!(screens[4].contains("1 unsaved") || screens[4].contains("● BUG-2"), "{}", screens[4]);
    assert!(screens[6].contains("saved 1 decision"), "{}", screens[6]);
    let (report, log) = (table.report(), table.log());
    assert!(!report.contains("**Status:**") && !log.contains(ODD), "{report}{log}");
    assert_eq!(log.matches("kind: reclassified").count(), 3, "{log}");
}

/// Whoever leaves at once would take it that all is saved.
#[test]
fn saving_to_leave_stays_where_a_decision_is_refused_and_the_next_desk_has_it() {
    let table = Table::new(REPORT).configured("annotate: rationale\n");
    let screens = table.after_each(&["2Only the tests fail so.<Enter>", &format!("2{ODD}<Enter>"), "ZZ"]);
    assert!(flat(&screens[2]).contains("1 other decision is saved; this one waits"), "{}", screens[2]);
    let again = table.after_each(&["<Esc>"]);
    assert!(again[0].contains("● BUG-2 P1→P2") && again[0].contains("1 unsaved"), "{}", again[0]);
}
