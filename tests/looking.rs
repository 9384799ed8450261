//! What commands say that only look, where decisions wait at the desk or nothing is there to be looked at.

use insta::assert_snapshot;
use regrade::tui::Step;
use serde_json::Value;

use crate::desk::Table;
use crate::place::{Place, Said};

const REPORT: &str = "\
# Bugs

### BUG-1: First crash
- **Severity:** P0 - ImportError
- **Status:** open

### BUG-2: Second crash
- **Severity:** P0 - ImportError

### BUG-3: Slow suite
";

/// A desk that was left with a decision on the first bug, unsaved.
fn left() -> Table {
    let table = Table::new(REPORT);
    table.play([Step::keys("1Only the tests need it.<Enter>")]);
    table
}

fn said(place: &Place, args: &[&str]) -> String {
    let Said { code, out, err } = place.run(args);
    assert_eq!((code, err.as_str()), (0, ""), "{args:?}");
    out
}

/// A row would say P0 of a bug that was asked for as a P1, without a word of why.
#[test]
fn a_list_speaks_of_the_state_that_its_filter_goes_by() {
    let place = left().place;
    assert_snapshot!(said(&place, &["list", "bugs.md", "--filter", "sev:P1"]), @"
    BUG-1  P0→P1  –  open  First crash

    1 of 3 bugs: P1 1
    ! 1 of these has a decision that waits at the desk; → leads to what it makes of them, which counts here
    ");
    assert_snapshot!(said(&place, &["list", "bugs.md"]), @"
    BUG-1  P0→P1  –  open  First crash
    BUG-2  P0     –  –     Second crash
    BUG-3  –      –  –     Slow suite

    3 bugs: P0 1, P1 1, without severity 1
    ! 1 of these has a decision that waits at the desk; → leads to what it makes of them, which counts here
    ");
    assert!(!said(&place, &["list", "bugs.md", "--filter", "sev:P0"]).contains("waits"));
    assert_snapshot!(said(&place, &["show", "bugs.md", "BUG-1"]), @"
    BUG-1  First crash
      line 4: field says P0
      ! a decision about it waits at the desk; → leads to what it makes of it
      severity: P0→P1
      scope: –
      status: open

    ### BUG-1: First crash
    - **Severity:** P0 - ImportError
    - **Status:** open
    ");
}

/// A script that knows `level` as what the report says would be told something else.
#[test]
fn what_waits_is_a_key_of_its_own_beside_what_the_report_says() {
    let place = left().place;
    for args in
        [&["list", "bugs.md", "--filter", "sev:P1", "--json"][..], &["show", "bugs.md", "BUG-1", "--json"]]
    {
        let told: Value = serde_json::from_str(&said(&place, args)).unwrap();
        assert_eq!((&told["level"], &told["severity"]), (&"P0".into(), &"P0".into()), "{args:?}");
        let pending = serde_json::json!({"level": "P1", "scope": null, "status": "open"});
        assert_eq!(told["pending"], pending, "{args:?}");
    }
    assert!(!said(&place, &["list", "bugs.md", "--filter", "sev:P0", "--json"]).contains("pending"));
}

/// A pipeline that hands over the file of a scanner would let everything through.
#[test]
fn what_is_no_markdown_and_has_no_bug_passes_no_gate() {
    let found = "{\"results\": [{\"issue_severity\": \"HIGH\"}], \"P0\": 3}\n";
    for (name, text) in [("bandit.json", found), ("x.SARIF", "{}"), ("jira.csv", "id,priority\nA-1,High\n")] {
        let place = Place::with(name, text);
        let told = "by its name, and no bug was recognised in it";
        for args in
            [&["check", name][..], &["check", name, "--gate", "sev:P0=0"], &["check", name, "--gates"]]
        {
            let said = place.run(args);
            assert!(said.code == 2 && said.out.is_empty() && said.err.contains(told), "{args:?} {said:?}");
        }
        let summary = place.run(&["export", name, "--to", "summary"]);
        assert!(summary.code == 2 && summary.err.contains(told), "{summary:?}");
        let list = place.run(&["list", name]);
        assert!(
            list.code == 0 && list.out.starts_with("no bugs found\n! ") && list.out.contains(told),
            "{list:?}"
        );
        let list = place.run(&["list", name, "--json"]);
        assert!(list.code == 0 && list.out.is_empty() && list.err.contains(told), "{list:?}");
    }
    let place = Place::with("bugs.yaml", "# BUG-1: a\n# Severity: P0\nbugs: []\n");
    assert!(!said(&place, &["list", "bugs.yaml"]).contains("no bug"), "a bug is one wherever it stands");
    assert_eq!(place.run(&["check", "bugs.yaml", "--gate", "sev:P0=0"]).code, 1);
}

/// Marks are the desk's; a script would go on with nothing and never know why.
#[test]
fn a_command_does_not_ask_for_marks() {
    let place = Place::with("bugs.md", REPORT);
    for args in [
        &["list", "bugs.md", "--filter", "is:marked"][..],
        &["list", "bugs.md", "--filter", "-is:undecided,marked"],
        &["check", "bugs.md", "--gate", "is:marked=0"],
    ] {
        let said = place.run(args);
        assert!(said.code == 2 && said.err.contains("marks are set at the desk"), "{args:?} {said:?}");
    }
}
