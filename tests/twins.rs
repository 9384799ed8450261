//! Bugs with the same id: whose is meant is said, and what each is called once a save has changed their order.

use serde_json::{Value, json};

use crate::place::Place;

const REPORT: &str = "\
# Harbour

## P0 Bugs

### BUG-1: Login loops

- **Severity:** P0

### BUG-1: Logout hangs

- **Severity:** P0

### BUG-2: The bell is mute

- **Severity:** P0

## P1 Bugs

### BUG-3: The quay is wet

- **Severity:** P1
";

const WHY: [&str; 2] = ["--rationale", "Nobody is kept from working by it"];

/// The next command by the same id would be about the other bug, and nobody would know.
#[test]
fn a_bug_whose_number_changes_with_a_save_is_told_of_with_its_title() {
    let place = Place::with("bugs.md", REPORT);
    let set = |args: &[&str]| place.run(&[&["set", "bugs.md"], args, &WHY].concat());
    let said = set(&["BUG-1", "--severity", "P1"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let (policy, told) = said.out.split_once('\n').unwrap();
    assert!(policy.ends_with("(BUG-1 “Login loops”)"), "{policy}");
    assert_eq!(
        told,
        "reclassified: 1 bug (BUG-1 “Login loops”), logged in HERE/bugs.deviations.yaml\n\
         BUG-1 “Login loops” is called BUG-1#2 now\nBUG-1#2 “Logout hangs” is called BUG-1 now\n"
    );
    assert_eq!(set(&["BUG-1", "--confirm"]).out.lines().count(), 1, "none has moved");
    assert!(set(&["BUG-2", "--severity", "P1"]).out.contains("1 bug (BUG-2), logged"));
    let again = set(&["BUG-1", "BUG-1#2", "--severity", "P1"]).out;
    assert!(again.contains("2 bugs (BUG-1 “Logout hangs”, BUG-1#2 “Login loops”)"), "{again}");
}

#[test]
fn programs_are_told_what_such_a_bug_is_called_now() {
    let place = Place::with("bugs.md", REPORT);
    let said =
        |args: &[&str]| serde_json::from_str::<Value>(&place.run(&[args, &["--json"]].concat()).out).unwrap();
    let now = |bug: &str, title: &str, now: &str| json!({"bug": bug, "title": title, "now": now});
    let set = said(&[&["set", "bugs.md", "BUG-1", "--severity", "P1"][..], &WHY].concat());
    let there = [now("BUG-1", "Login loops", "BUG-1#2"), now("BUG-1#2", "Logout hangs", "BUG-1")];
    assert_eq!(set["renamed"], json!(there));
    let back = [now("BUG-1", "Logout hangs", "BUG-1#2"), now("BUG-1#2", "Login loops", "BUG-1")];
    assert_eq!(said(&["undo", "bugs.md"])["renamed"], json!(back));
    let decision =
        "by: bot\ndecisions:\n- {bug: BUG-1, severity: P1, rationale: Nobody is kept from working.}\n";
    place.write("d.yaml", decision);
    assert_eq!(said(&["apply", "bugs.md", "d.yaml"])["renamed"], json!(there));
    let undone = place.run(&["undo", "bugs.md"]).out;
    assert!(undone.contains("BUG-1#2 “Login loops” is called BUG-1 now\n"), "{undone}");
    let applied = place.run(&["apply", "bugs.md", "d.yaml"]).out;
    assert!(applied.contains("BUG-1 “Login loops” is called BUG-1#2 now\n"), "{applied}");
}
