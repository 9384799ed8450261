//! `--filter`: bugs that commands choose by what they are.

use insta::assert_snapshot;

use crate::place::Place;

const REPORT: &str = "\
# Nightly

## P0 Bugs

### BUG-1: Login loops
- **Severity:** P0 - Security
- **Status:** Open

### BUG-2: Missing flask
- **Severity:** P0 - ImportError
- **Error:** ModuleNotFoundError: No module named 'flask'
- **Test:** tests/test_app.py

### BUG-3: Old flask
- **Severity:** P1 - ImportError
- **SLA:** 24h
- **Found:** 2020-01-01
";

const WHY: &str = "Only keeps tests from being collected";

fn place() -> Place {
    Place::with("bugs.md", REPORT)
}

#[test]
fn list_shows_what_a_filter_leaves() {
    let said = place().run(&["list", "bugs.md", "--filter", "flask -sev:P1"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert_snapshot!(said.out, @"
    BUG-2  P0  –  –  Missing flask

    1 of 3 bugs: P0 1
    ");
    let ids = |filter: &str| {
        let said = place().run(&["list", "bugs.md", "--json", "--filter", filter]).out;
        (1..=3).filter(|id| said.contains(&format!("\"handle\":\"BUG-{id}\""))).collect::<Vec<_>>()
    };
    assert_eq!(ids("error:module"), [2]);
    assert_eq!(ids("is:overdue"), [3]);
    assert_eq!(ids("is:contradiction"), [3], "it says P1 under P0");
    assert_eq!(ids("is:suggested"), [2]);
    assert_eq!(ids("suggested:missing-module"), [2]);
    assert_eq!(ids("suggested:test-type-error"), [] as [i32; 0]);
    let said = place().run(&["list", "bugs.md", "--filter", "suggested:missing-modul,agent"]);
    assert!(said.code == 2 && said.err.contains("no suggestion rule is called agent"), "{said:?}");
    assert_eq!(ids(""), [1, 2, 3]);
    assert_eq!(place().run(&["list", "bugs.md", "--filter", "zzz"]).out, "no bug matches the filter\n");
}

#[test]
fn what_was_decided_earlier_is_asked_of_the_log() {
    let place = place();
    place.run(&["set", "bugs.md", "BUG-1", "--confirm"]);
    let said = place.run(&["list", "bugs.md", "--filter", "is:decided"]).out;
    assert!(said.starts_with("BUG-1") && said.ends_with("1 of 3 bugs: P0 1\n"), "{said}");
}

/// A command would act on all bugs where a person meant a few.
#[test]
fn a_filter_that_is_not_understood_is_a_fault() {
    let place = place();
    for (filter, what) in [("sev:P9", "no level is called P9"), ("is:odd flask", "no state is called odd")] {
        for args in [
            &["list", "bugs.md", "--filter", filter][..],
            &["set", "bugs.md", "--filter", filter, "--confirm"],
        ] {
            let said = place.run(args);
            assert_eq!((said.code, said.out.as_str()), (2, ""));
            assert!(said.err.contains(what) && said.err.contains("there are: "), "{}", said.err);
        }
    }
    let half = place.run(&["set", "bugs.md", "--filter", "sev: flask", "--confirm"]);
    assert!(half.code == 2 && half.err.contains("sev: asks for nothing"), "{}", half.err);
    assert_eq!(place.read("bugs.md"), REPORT);
}

#[test]
fn set_decides_on_all_that_a_filter_leaves_in_one_decision() {
    let place = place();
    let set = ["set", "bugs.md", "--filter", "sev:P0 flask", "--severity", "P1", "--rationale", WHY];
    let dry = place.run(&[&set[..], &["--dry-run"]].concat());
    assert_eq!(dry.code, 0);
    assert!(dry.out.starts_with("1 bug: BUG-2\npolicy unseen-downgrade: "), "{}", dry.out);
    assert!(dry.out.contains("\n--- a/bugs.md\n"), "{}", dry.out);
    assert_eq!(place.read("bugs.md"), REPORT);
    let said = place.run(&set).out;
    assert!(said.ends_with("reclassified: 1 bug (BUG-2), logged in HERE/bugs.deviations.yaml\n"), "{said}");
    assert!(place.read("bugs.md").contains("P1 - ImportError (downgraded from P0)"));
    let all = place.run(&["set", "bugs.md", "--filter", "is:undecided", "--confirm"]).out;
    assert!(all.starts_with("confirmed: 2 bugs (BUG-1, BUG-3), "), "{all}");
}

#[test]
fn set_refuses_a_filter_that_leaves_nothing_and_one_beside_ids() {
    let place = place();
    let said = place.run(&["set", "bugs.md", "--filter", "zzz", "--confirm"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("no bug matches the filter") && said.err.contains("hint: "), "{}", said.err);
    assert_eq!(place.run(&["set", "bugs.md", "BUG-1", "--filter", "x", "--confirm"]).code, 2);
    assert_eq!(
        place.run(&["set", "bugs.md", "--filter", "sev:P0", "--severity", "P1"]).code,
        1,
        "the guards hold"
    );
    assert_eq!(place.read("bugs.md"), REPORT);
}

/// An unset variable of a script must not decide on the whole report.
#[test]
fn set_refuses_a_filter_that_restricts_nothing() {
    let place = place();
    for filter in ["", " ", "sev:", "-", "\"", "is: error:"] {
        let said = place.run(&["set", "bugs.md", "--filter", filter, "--confirm"]);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{filter}");
        let told = said.err.contains("restricts nothing") || said.err.contains("asks for nothing");
        assert!(told && said.err.contains("hint: "), "{}", said.err);
    }
    let all = place.run(&["set", "bugs.md", "--filter", "is:undecided,decided", "--confirm"]).out;
    assert!(all.starts_with("confirmed: 3 bugs (BUG-1, BUG-2, BUG-3), "), "{all}");
}

/// What the table of terms teaches would be taken for an argument.
#[test]
fn a_filter_may_begin_with_the_opposite_of_a_term_in_every_command() {
    let place = place();
    let listed = place.run(&["list", "bugs.md", "--filter", "-sev:P0"]);
    assert!(listed.out.starts_with("BUG-3"), "{}{}", listed.out, listed.err);
    let gate = place.run(&["check", "bugs.md", "--gate", "-sev:P0=0"]);
    assert!(gate.code == 1 && gate.out.contains("1 of at most 0  BUG-3"), "{}{}", gate.out, gate.err);
    let set = place.run(&["set", "bugs.md", "--filter", "-sev:P0", "--confirm"]);
    assert_eq!((set.code, set.err.as_str()), (0, ""));
    assert!(place.run(&["list", "bugs.md", "--filter", "is:decided"]).out.starts_with("BUG-3"));
}

/// An empty variable of a script would have the next argument taken for a filter that leaves every bug.
#[test]
fn an_argument_is_no_filter() {
    let place = place();
    for args in [
        &["set", "bugs.md", "--filter", "--json", "--confirm"][..],
        &["list", "bugs.md", "--filter", "--json"],
        &["check", "bugs.md", "--gate", "--json"],
    ] {
        let said = place.run(args);
        assert!(said.code == 2 && said.out.is_empty(), "{args:?} {}", said.out);
    }
    assert!(place.run(&["log", "bugs.md"]).out.contains("no decision"), "nothing is decided");
}
