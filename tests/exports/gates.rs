//! The gates of a team, said once: what a pipeline and the readiness of summaries go by.

use std::fs;

use super::parts;
use crate::place::Place;

const REPORT: &str = "\
# Bugs

## BUG-1: The till loses money

- **Severity:** P0
- **Scope:** production

## BUG-2: A test is slow

- **Severity:** P0
- **Scope:** test
";

/// The gates of a project's settings, in a file of the folder.
fn place(settings: &str) -> Place {
    let place = Place::with("bugs.md", REPORT);
    place.write(".regrade.yaml", settings);
    place
}

fn check(place: &Place, args: &[&str]) -> (u8, String) {
    let said = place.run(&[&["check", "bugs.md"], args].concat());
    assert_eq!(said.err, "", "{args:?}");
    (u8::try_from(said.code).unwrap(), said.out)
}

fn readiness(place: &Place, args: &[&str]) -> String {
    let said = place.run(&[&["export", "bugs.md", "--to", "summary"], args].concat());
    parts(&said.out).remove("Production Readiness").unwrap()
}

/// A release would be let through by the summary and held back by the pipeline.
#[test]
fn the_summary_and_the_pipeline_go_by_the_gates_that_are_set() {
    let place = place("gates:\n- sev:P0 scope:production=0\n- \"sev:P0,P1 -status:resolved = 2\"\n");
    let (code, said) = check(&place, &["--gates"]);
    assert_eq!(code, 1);
    assert!(said.starts_with("FAIL  sev:P0 scope:production     1 of at most 0  BUG-1\npass  "), "{said}");
    let told = readiness(&place, &[]);
    for line in [
        "- **Not ready:** 1 of 2 gates not passed",
        "- **Gate:** `sev:P0 scope:production=0` - FAIL, 1 of at most 0",
        "- **Gate:** `sev:P0,P1 -status:resolved=2` - pass, 2 of at most 2",
        "- **Focus areas:** 2 bugs P0 open",
    ] {
        assert!(told.lines().any(|told| told == line), "{line}\n{told}");
    }
    let once = readiness(&place, &["--gate", "sev:P0=2"]);
    assert!(once.contains("**Good news:** every gate is passed\n- **Gate:** `sev:P0=2` - pass"), "{once}");
    assert_eq!(check(&place, &["--gate", "sev:P0=2"]).0, 0);
    assert_eq!(check(&place, &["--gates", "--gate", "sev:P0=2"]).1.lines().count(), 3);
    let csv = place.run(&["export", "bugs.md", "--to", "csv", "--gate", "sev:P0=2"]);
    assert!(csv.code == 2 && csv.err.contains("--gate"), "{}", csv.err);
    let told = place.run(&["config"]).out;
    assert!(told.contains("[sev:P0 scope:production=0, 'sev:P0,P1 -status:resolved=2']"), "{told}");
}

#[test]
fn where_none_are_set_it_is_the_most_severe_level_that_counts() {
    let gate = "sev:P0 -status:resolved,duplicate,wont-fix,not-a-bug";
    for settings in ["", "gates: []\n"] {
        let place = place(settings);
        assert_eq!(check(&place, &["--gates"]), (1, format!("FAIL  {gate}  2 of at most 0  BUG-1, BUG-2\n")));
        let told = readiness(&place, &[]);
        assert!(told.starts_with("\n- **Not ready:** 2 bugs of P0 (Critical) open\n"), "{told}");
        assert!(told.contains(&format!("- **Gate:** `{gate}=0` - FAIL, 2 of at most 0")), "{told}");
    }
}

/// A gate that nothing can match lets everything through.
#[test]
fn a_gate_that_cannot_be_held_against_any_report_is_told_with_its_line() {
    for (wrong, what) in [
        ("sev:P9=0", "no level is called P9"),
        ("sev:P0", "gates[1]: a gate is a filter, `=` and how many"),
        ("'sev:=0'", "gates[1]: a gate is a filter, `=` and how many"),
    ] {
        let place = place(&format!("mouse: true\ngates:\n- is:seen=3\n- {wrong}\n"));
        let said = place.run(&["config", "--check"]);
        assert!(said.code == 1 && said.out.contains(&format!(".regrade.yaml:4: {what}")), "{}", said.out);
        let said = place.run(&["check", "bugs.md", "--gates"]);
        assert!(said.code == 2 && said.err.contains(&format!(".regrade.yaml:4: {what}")), "{}", said.err);
    }
    let place = place("gates: sev:P0=0\n");
    let said = place.run(&["config", "--check"]).out;
    assert!(said.contains(".regrade.yaml:1: ") && said.contains("a list of gates"), "{said}");
    let place = self::place("gates: ['sev:P9=0']\n");
    assert_eq!(place.run(&["list", "bugs.md"]).code, 0);
    let place = self::place("gates: [stauts:open=0]\n");
    assert_eq!(place.run(&["config", "--check"]).code, 0);
    let said = place.run(&["check", "bugs.md", "--gates"]);
    assert!(said.code == 2 && said.err.contains("no term and no field of the report is called stauts"));
}

/// Gates of a person that the methodology of a project does not know would keep the desk and every export from starting.
#[test]
fn a_gate_that_cannot_be_judged_stops_nothing_that_does_not_need_it_and_is_not_passed() {
    let place = place("gates: ['sev:P9=0', 'team:none=0', 'sev:P0=2']\n");
    assert_eq!(place.run(&["export", "bugs.md", "--to", "csv"]).code, 0);
    assert_eq!(place.run(&["config"]).code, 0);
    let told = readiness(&place, &[]);
    for line in [
        "- **Not ready:** 2 of 3 gates not passed",
        "- **Gate:** `sev:P9=0` - cannot be judged: no level is called P9; there are: P0, P1, P2, P3, none, unlisted",
        "- **Gate:** `team:none=0` - cannot be judged: no term and no field of the report is called team",
        "- **Gate:** `sev:P0=2` - pass, 2 of at most 2",
    ] {
        assert!(told.lines().any(|told| told == line), "{line}\n{told}");
    }
    let said = place.run(&["check", "bugs.md", "--gate", "team:none=0"]);
    assert!(said.code == 2 && said.err.contains("is called team"), "{}", said.err);
}

/// A folder with gates of its own would be held to those of another.
#[test]
fn gates_of_a_nearer_folder_take_the_place_of_those_around_it() {
    let place = place("gates: ['sev:P0=0']\n");
    fs::create_dir(place.path("till")).unwrap();
    place.write("till/.regrade.yaml", "gates: ['sev:P0=9']\n");
    fs::copy(place.path("bugs.md"), place.path("till/bugs.md")).unwrap();
    assert_eq!(place.run(&["check", "till/bugs.md", "--gates"]).code, 0);
    assert_eq!(check(&place, &["--gates"]).0, 1);
}

/// A report that was cut off would be told to be ready.
#[test]
fn a_report_without_a_bug_is_told_to_have_none_and_not_to_be_ready() {
    let place = Place::with("bugs.md", "");
    let said = place.run(&["export", "bugs.md", "--to", "summary", "-o", "-"]).out;
    assert_eq!(said.matches("- No bug was recognised in the report\n").count(), 2, "{said}");
    assert!(!said.contains("Good news") && !said.contains("All 0 bugs"), "{said}");
    assert!(said.contains("=0` - cannot be judged: no bug was recognised in the report"), "{said}");
    let clean = Place::with("bugs.md", "# Scan\n\nNo findings.\n");
    let said = clean.run(&["export", "bugs.md", "--to", "summary", "-o", "-"]).out;
    assert!(said.contains("- **Good news:** no P0 (Critical) bug is left\n"), "{said}");
}
