//! Decisions from a file: those of an agent or a colleague, and those that an export of a log tells.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use regrade::deviation::{Entry, Log};
use regrade::proposal;
use serde_json::Value;

use crate::config::refused;
use crate::place::{Place, Said};

const REPORT: &str = include_str!("../assets/sample.md");

/// One of every kind that a person would propose.
const DECISIONS: &str = "\
by: review-agent
decisions:
  - bug: BUG-007
    from: {severity: P0, scope: null}
    severity: P2
    scope: configuration
    rule: 2
    rationale: A coverage setting that the tool no longer knows.
  - bugs: [BUG-001, BUG-002]
    severity: P1
    scope: test
    rationale: Only the tests need it.
  - bug: BUG-003
    status: resolved
    fix: Commit 41fa1643
    verification: the suite is quiet
    rationale: Done last week.
  - {bug: BUG-004, duplicate-of: BUG-005, rationale: The same fixture is missing.}
  - {bug: BUG-005, by: Ben, note: Seen again on the new machine.}
  - kind: fix
    issue: Session tests import a package that nothing installs
    fix: Declared it
    file: [requirements/test.txt, setup.cfg]
    rule: 2
  - {kind: not-executed, task: Close the holes, why: There are none to close.}
  - {kind: finding, text: None of the 22 P0 bugs touches production.}
";

fn place(decisions: &str) -> Place {
    let place = Place::with("bugs.md", REPORT);
    std::fs::write(place.path("decisions.yaml"), decisions).unwrap();
    place
}

fn apply(place: &Place, more: &[&str]) -> Said {
    place.run(&[&["apply", "bugs.md", "decisions.yaml"], more].concat())
}

fn entries(place: &Place) -> Vec<Entry> {
    let log = Log::read(place.read("bugs.deviations.yaml").as_bytes());
    assert_eq!((log.problems.as_slice(), log.verify().as_slice()), ([].as_slice(), [].as_slice()));
    log.entries
}

fn done(place: &Place, args: &[&str]) {
    let said = place.run(args);
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{args:?}");
}

#[test]
fn what_is_proposed_is_decided_entry_by_entry_and_the_log_names_who_proposed_it() {
    let (applied, set) = (place(DECISIONS), place(""));
    let said = apply(&applied, &[]);
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{}", said.out);
    assert!(said.out.contains("line 3  BUG-007  ok  reclassified  (review-agent)"), "{}", said.out);
    let why = "A coverage setting that the tool no longer knows.";
    done(
        &set,
        &[
            "set",
            "bugs.md",
            "BUG-007",
            "--severity",
            "P2",
            "--scope",
            "configuration",
            "--rule",
            "2",
            "--rationale",
            why,
        ],
    );
    let why = "Only the tests need it.";
    done(
        &set,
        &["set", "bugs.md", "BUG-001", "BUG-002", "--severity", "P1", "--scope", "test", "--rationale", why],
    );
    let fix = [
        "--fix",
        "Commit 41fa1643",
        "--verification",
        "the suite is quiet",
        "--rationale",
        "Done last week.",
    ];
    done(&set, &[&["set", "bugs.md", "BUG-003", "--status", "resolved"], &fix[..]].concat());
    let why = "The same fixture is missing.";
    done(&set, &["set", "bugs.md", "BUG-004", "--status", "duplicate of BUG-005", "--rationale", why]);
    done(&set, &["set", "bugs.md", "BUG-005", "--note", "--rationale", "Seen again on the new machine."]);
    let issue = "Session tests import a package that nothing installs";
    let files = ["--file", "requirements/test.txt", "--file", "setup.cfg", "--rule", "2"];
    done(
        &set,
        &[&["record", "bugs.md", "fix", "--issue", issue, "--fix", "Declared it"], &files[..]].concat(),
    );
    done(
        &set,
        &[
            "record",
            "bugs.md",
            "not-executed",
            "--task",
            "Close the holes",
            "--why",
            "There are none to close.",
        ],
    );
    done(&set, &["record", "bugs.md", "finding", "--text", "None of the 22 P0 bugs touches production."]);
    assert_eq!(applied.read("bugs.md"), set.read("bugs.md"));
    let (applied, set) = (entries(&applied), entries(&set));
    assert_eq!(applied.len(), 8);
    for (applied, set) in applied.iter().zip(&set) {
        let by = if applied.rationale.starts_with("Seen again") { "Ben" } else { "review-agent" };
        assert_eq!(applied.suggested_by.as_deref(), Some(by));
        let (id, prev) = (set.id.clone(), set.prev.clone());
        assert_eq!(Entry { suggested_by: None, id, prev, ..applied.clone() }, *set);
    }
}

/// Half of a file of decisions would be a review that nobody made.
#[test]
fn all_or_nothing_is_saved_unless_part_of_it_is_asked_for() {
    let bad = format!("{DECISIONS}  - {{bug: BUG-777, severity: P1, rationale: Only the tests need it.}}\n");
    let place = place(&bad);
    let before = place.files();
    let said = apply(&place, &[]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("1 of 9 decisions are refused, none is saved"), "{}", said.err);
    assert!(said.err.contains("decisions.yaml:27:6: no bug is called BUG-777"), "{}", said.err);
    assert!(said.out.contains("BUG-007  would be ok"), "{}", said.out);
    assert_eq!(place.files(), before);
    let said = apply(&place, &["--partial"]);
    assert_eq!((said.code, said.err.contains("the others are saved")), (1, true), "{}", said.err);
    assert_eq!(entries(&place).len(), 8);
}

#[test]
fn everything_that_is_wrong_is_told_at_once_with_its_place() {
    let place = place(
        "by: agent\ndecisions:\n\
         - {bug: BUG-001, severity: P9, rationale: Only the tests need it.}\n\
         - bug: BUG-002\n  scop: test\n\
         - {bug: BUG-003, severity: P0, rationale: Only the tests need it.}\n\
         - {bug: BUG-004, severity: P1, rationale: no}\n\
         - {bug: BUG-005, from: {severity: P3}, severity: P1, rationale: Only the tests need it.}\n\
         - {kind: finding, text: Nothing., task: x}\n\
         - {bug: BUG-006, status: open, until: +2w, rationale: Not before the release.}\n\
         - {bug: [BUG-006]}\n",
    );
    let said = apply(&place, &[]);
    assert_eq!(said.code, 1);
    for told in [
        "decisions.yaml:3:18: no level is called P9",
        "decisions.yaml:5:3: there is no member `scop` here",
        "hint: did you mean `scope`?",
        "decisions.yaml:6:18: the bugs have that severity already",
        "decisions.yaml:7:3: such a decision needs a rationale",
        "decisions.yaml:8:18: this is stale: the severity of BUG-005 is no longer P3",
        "decisions.yaml:9:35: `task` does not belong to a decision of the kind finding",
        "decisions.yaml:10:32: `status` and `until` both set the status",
        "decisions.yaml:11:4: bug: is not a text",
    ] {
        assert!(said.err.contains(told), "{told}\n{}", said.err);
    }
    assert_eq!(place.read("bugs.md"), REPORT);
    std::fs::write(place.path("decisions.yaml"), "decisions: [{bug: BUG-001, fields: {\"\": x}}]\n").unwrap();
    assert!(apply(&place, &[]).err.contains("a field has no name"));
}

#[test]
fn a_file_that_holds_no_decisions_is_refused_as_a_whole() {
    for (text, told) in [
        ("", "there are no decisions in it"),
        ("by: me\n", "there is no list of decisions"),
        ("decisions: 5\n", "there is no list of decisions"),
        ("decisions: [\n", "decisions.yaml:"),
        ("just words\n", "these are no decisions"),
    ] {
        let place = place(text);
        let said = apply(&place, &[]);
        assert!(said.code == 2 && said.err.contains(told), "{text:?} {} {}", said.code, said.err);
    }
}

#[test]
fn the_policy_is_asked_as_for_any_decision() {
    let place =
        place("decisions:\n- {bug: BUG-023, severity: P0, scope: test, rationale: It holds up the team.}\n");
    let said = apply(&place, &[]);
    assert_eq!((said.code, said.err.contains("production-only")), (1, true), "{}", said.err);
    assert_eq!(place.read("bugs.md"), REPORT);
    done(&place, &["apply", "bugs.md", "decisions.yaml", "--override", "agreed with the team"]);
    assert_eq!(entries(&place)[0].policy[0].reason.as_deref(), Some("agreed with the team"));
}

#[test]
fn a_rehearsal_says_all_and_writes_nothing() {
    let place = place(DECISIONS);
    let before = place.files();
    let said = apply(&place, &["--dry-run"]);
    assert_eq!(said.code, 0);
    assert!(said.out.contains("BUG-007  would be ok") && said.out.contains("--- a/bugs.md"), "{}", said.out);
    let json: Value = serde_json::from_str(&apply(&place, &["--dry-run", "--json"]).out).unwrap();
    assert_eq!((&json["saved"], json["decisions"].as_array().unwrap().len()), (&Value::from(false), 8));
    assert_eq!(json["decisions"][0]["changed"][0]["to"], "P2");
    assert_eq!(place.files(), before);
}

#[test]
fn decisions_come_from_standard_input_too() {
    let place = place("");
    let mut child = Command::new(env!("CARGO_BIN_EXE_regrade"))
        .args(["apply", "bugs.md", "-", "--json"])
        .env_clear()
        .envs(place.vars())
        .current_dir(place.root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(DECISIONS.as_bytes()).unwrap();
    let said = child.wait_with_output().unwrap();
    let json: Value = serde_json::from_slice(&said.stdout).unwrap();
    assert!(said.status.success() && json["saved"] == true, "{json}");
    assert_eq!(entries(&place).len(), 8);
}

/// A review that went into another copy of the report would have to be done there again.
#[test]
fn what_a_log_exports_is_applied_to_another_copy_of_the_report() {
    let place = place(DECISIONS);
    done(&place, &["apply", "bugs.md", "decisions.yaml"]);
    done(&place, &["set", "bugs.md", "BUG-006", "--field", "Owner=Ben", "--rationale", "He wrote it."]);
    done(&place, &["set", "bugs.md", "BUG-008", "--severity", "P2", "--rationale", "Taken back below."]);
    done(&place, &["undo", "bugs.md"]);
    // It still finds what no number mends.
    assert_eq!(place.run(&["check", "bugs.md", "--fix-claims"]).code, 1);
    let reviewed = place.read("bugs.md");
    for kind in ["yaml", "json", "jsonl"] {
        done(&place, &["export", "bugs.md", "--to", kind, "-o", "decided", "--force"]);
        let copy = Place::with("bugs.md", REPORT);
        std::fs::copy(place.path("decided"), copy.path("decided")).unwrap();
        let said = copy.run(&["apply", "bugs.md", "decided"]);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{kind}: {}", said.out);
        assert_eq!(copy.read("bugs.md"), reviewed, "{kind}");
        assert!(said.out.contains("left out: taken back in the file"), "{}", said.out);
    }
}

#[test]
fn what_the_schema_allows_is_read_and_what_it_does_not_is_refused() {
    let schema: Value = serde_json::from_str(&proposal::schema()).unwrap();
    let is_read = |text: &str| {
        proposal::read(text, Path::new("decisions.yaml")).is_ok_and(|items| items.iter().all(Result::is_ok))
    };
    let is_allowed = |text: &str| {
        let value: Value = regrade::yaml::read(text, Path::new("decisions.yaml")).unwrap();
        refused(&schema, &value, "").is_none()
    };
    for good in [
        DECISIONS,
        "decisions: [{bug: 7, fields: {Owner: null}}]",
        "decisions: [{bugs: BUG-1, rule: 2, kind: confirmed}]",
    ] {
        assert!(is_read(good) && is_allowed(good), "{good}");
    }
    for bad in [
        "by: [a]\ndecisions: [{bug: a}]",
        "because: a\ndecisions: [{bug: a}]",
        "decisions: [{bug: [a]}]",
        "decisions: [{bugs: {a: b}}]",
        "decisions: [{bug: a, from: {owner: b}}]",
        "decisions: [{bug: a, kind: guessed}]",
        "decisions: [{bug: a, rule: two}]",
        "decisions: [{bug: a, severty: P1}]",
        "decisions: [5]",
    ] {
        assert!(!is_read(bad) && !is_allowed(bad), "{bad}");
    }
}
