//! Decisions from a file: those of an agent or a colleague, and those that an export of a log tells.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use regrade::deviation::Entry;
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
    place.write("decisions.yaml", decisions);
    place
}

fn apply(place: &Place, more: &[&str]) -> Said {
    place.run(&[&["apply", "bugs.md", "decisions.yaml"], more].concat())
}

/// A bug would be called otherwise than was asked for, and nobody told.
#[test]
fn a_word_that_shares_its_level_with_others_is_refused_where_it_would_not_be_written() {
    let bug = |id: u32, word: &str| format!("### B-{id}: b\n\n- **Severity:** {word}\n\n");
    let bugs = "# Bugs\n\n".to_owned() + &bug(1, "High") + &bug(2, "Low") + &bug(3, "Informational");
    let decision = |id: u32, word: &str| {
        format!("- {{bug: B-{id}, severity: {word}, rationale: It harms nobody at all.}}\n")
    };
    let place = Place::with("bugs.md", &bugs);
    let decisions = decision(2, "High") + &decision(1, "Informational") + &decision(3, "Informational");
    place.write("decisions.yaml", &("by: bot\ndecisions:\n".to_owned() + &decisions));
    for proposes in [&[][..], &["--propose"]] {
        let said = apply(&place, proposes);
        let what = "informational is no level of its own: with Low it is P3, and B-1 would say Low";
        assert_eq!(said.code, 1, "{said:?}");
        assert!(said.err.contains("decisions.yaml:4"), "{said:?}");
        assert!(said.err.to_lowercase().contains(&what.to_lowercase()), "{said:?}");
        assert!(said.err.contains("severity: P3 takes it for Low"), "{said:?}");
    }
    let said = apply(&place, &["--partial"]);
    assert!(
        said.out.contains("B-2") && place.read("bugs.md").contains("**Severity:** High (upgraded"),
        "{said:?}"
    );
    assert!(place.read("bugs.md").contains("### B-1: b\n\n- **Severity:** High\n"));
}

/// A change from something to the same is none, and would stand among those of the summary.
#[test]
fn a_severity_that_is_so_already_beside_a_new_scope_is_no_change() {
    let decision = "by: bot\ndecisions:\n- bugs: [BUG-001, BUG-007]\n  severity: P0\n  scope: test\n  \
                    rationale: Only the tests need it.\n  override: It is so.\n";
    for (proposes, accept) in [(&[][..], &[][..]), (&["--propose"], &["set", "bugs.md", "--suggested"])] {
        let place = place(decision);
        assert_eq!(apply(&place, proposes).code, 0);
        if !accept.is_empty() {
            place.done(&[accept, &["BUG-001", "BUG-007", "--override", "It is so."]].concat());
        }
        let [entry] = &place.entries()[..] else { panic!("one decision") };
        assert_eq!(entry.bugs.len(), 2);
        assert!(entry.bugs.iter().all(|bug| bug.severity.is_none() && bug.scope.is_some()), "{entry:?}");
        let again = apply(&place, proposes);
        assert!(again.out.contains(if proposes.is_empty() { "so already" } else { "accepted already" }));
    }
    let place = place(&decision.replace("severity: P0", "severity: P1"));
    place.done(&["set", "bugs.md", "BUG-007", "--severity", "P1", "--rationale", "It is so, I looked."]);
    assert_eq!(apply(&place, &[]).code, 0);
    let severities = place.entries()[1].bugs.iter().map(|bug| bug.severity.is_some()).collect::<Vec<_>>();
    assert_eq!(severities, [true, false], "each bug what changes of it");
}

#[test]
fn a_finding_that_names_a_bug_is_told_that_it_is_about_none() {
    for kind in ["finding", "recommendation"] {
        let place =
            place(&format!("decisions:\n- {{bug: BUG-001, kind: {kind}, text: None touches production.}}\n"));
        let said = apply(&place, &[]);
        let what = format!("a decision of the kind {kind} is about the report as a whole and names no bug");
        assert!(said.code == 1 && said.err.contains(&what), "{}", said.err);
        assert!(said.err.contains("leave out the bug"), "{}", said.err);
    }
}

#[test]
fn what_is_proposed_is_decided_entry_by_entry_and_the_log_names_who_proposed_it() {
    let (applied, set) = (place(DECISIONS), place(""));
    let said = apply(&applied, &[]);
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{}", said.out);
    assert!(said.out.contains("line 3  BUG-007  ok  reclassified  (review-agent)"), "{}", said.out);
    let why = "A coverage setting that the tool no longer knows.";
    set.done(&[
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
    ]);
    let why = "Only the tests need it.";
    set.done(&[
        "set",
        "bugs.md",
        "BUG-001",
        "BUG-002",
        "--severity",
        "P1",
        "--scope",
        "test",
        "--rationale",
        why,
    ]);
    let fix = [
        "--fix",
        "Commit 41fa1643",
        "--verification",
        "the suite is quiet",
        "--rationale",
        "Done last week.",
    ];
    set.done(&[&["set", "bugs.md", "BUG-003", "--status", "resolved"], &fix[..]].concat());
    let why = "The same fixture is missing.";
    set.done(&["set", "bugs.md", "BUG-004", "--status", "duplicate of BUG-005", "--rationale", why]);
    set.done(&["set", "bugs.md", "BUG-005", "--note", "--rationale", "Seen again on the new machine."]);
    let issue = "Session tests import a package that nothing installs";
    let files = ["--file", "requirements/test.txt", "--file", "setup.cfg", "--rule", "2"];
    set.done(&[&["record", "bugs.md", "fix", "--issue", issue, "--fix", "Declared it"], &files[..]].concat());
    set.done(&[
        "record",
        "bugs.md",
        "not-executed",
        "--task",
        "Close the holes",
        "--why",
        "There are none to close.",
    ]);
    set.done(&["record", "bugs.md", "finding", "--text", "None of the 22 P0 bugs touches production."]);
    assert_eq!(applied.read("bugs.md"), set.read("bugs.md"));
    let (applied, set) = (applied.entries(), set.entries());
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
    assert!(said.err.contains("1 of 9 decisions is refused, none is saved"), "{}", said.err);
    assert!(said.err.contains("decisions.yaml:27:6: no bug is called BUG-777"), "{}", said.err);
    assert!(said.out.contains("BUG-007  would be ok"), "{}", said.out);
    assert_eq!(place.files(), before);
    let said = apply(&place, &["--partial"]);
    assert_eq!((said.code, said.err.contains("the others are saved")), (1, true), "{}", said.err);
    assert_eq!(place.entries().len(), 8);
}

/// Whoever applies a hundred decisions would be told that one of them cannot be written, and not which.
/// A complaint about YAML says nothing to somebody who has a table.
#[test]
fn a_table_is_told_that_it_is_not_read() {
    let place = place("by: Ben\n");
    for (name, text) in
        [("x.csv", "bug,severity: new\nBUG-001,P1: x\n"), ("x.txt", "entry,at,by,kind,saved\na: b: c\n")]
    {
        place.write(name, text);
        let said = place.run(&["apply", "bugs.md", name]);
        let told =
            format!("{name}: CSV is not read: it tells too little of a decision\n  hint: regrade export");
        assert!(said.code == 2 && said.err.contains(&told), "{}", said.err);
    }
}

/// The same by hand: whoever is refused has to know why, and is at no desk.
#[test]
fn what_the_report_would_read_otherwise_is_refused_to_a_command_with_what_it_would_read() {
    let place = place("by: Ben\n");
    place.write(".regrade.yaml", "annotate: rationale\n");
    let why = "Only the tests | **Status:** fixed";
    let said = place.run(&["set", "bugs.md", "BUG-002", "--severity", "P2", "--rationale", why]);
    let told = "BUG-002 would not be read back as decided: its ";
    assert!(
        said.code == 1 && said.err.contains(told) && said.err.contains(" would be read as "),
        "{}",
        said.err
    );
    assert!(
        said.err.contains("hint: nothing was written: ") && !said.err.contains("your decisions are kept"),
        "{}",
        said.err
    );
}

#[test]
fn what_the_report_would_read_otherwise_is_refused_item_by_item() {
    let odd = |bug: u8| {
        format!("- {{bug: BUG-00{bug}, severity: P2, rationale: 'Only the tests | **Status:** fixed'}}\n")
    };
    let good = |bug: u8, level: &str| {
        format!("- {{bug: BUG-00{bug}, severity: {level}, rationale: Only the tests need it.}}\n")
    };
    let after = "- {bug: BUG-002, from: {severity: P2}, severity: P3, rationale: Only the tests need it.}\n";
    let all = [good(1, "P1"), odd(2), good(3, "P1"), odd(4), after.to_owned(), good(5, "P2")].concat();
    let place = place(&format!("decisions:\n{all}"));
    place.write(".regrade.yaml", "annotate: rationale\n");
    let before = place.files();
    for more in [&[][..], &["--dry-run"], &["--json"]] {
        let said = apply(&place, more);
        assert_eq!((said.code, place.files() == before), (1, true), "{said:?}");
        for told in [
            "3 of 6 decisions are refused, none is saved",
            "decisions.yaml:3:3: BUG-002 would not be read back as decided: its",
            "decisions.yaml:5:3: BUG-004 would not be read back as decided",
            "decisions.yaml:6:18: this is stale: the severity of BUG-002 is no longer P2",
        ] {
            assert!(said.err.contains(told), "{told}\n{}", said.err);
        }
        let fates = said.out.matches("refused").count();
        assert_eq!(fates, 3, "{}", said.out);
    }
    let said = apply(&place, &["--partial"]);
    assert!(said.code == 1 && said.err.contains("the others are saved"), "{}", said.err);
    let decided: Vec<_> = place.entries().iter().map(|entry| entry.bugs[0].id.to_string()).collect();
    assert_eq!(decided, ["BUG-001", "BUG-003", "BUG-005"]);
}

/// The report may be changed by others, or its folder be full: what was judged is told all the same.
#[cfg(unix)]
#[test]
fn what_cannot_be_saved_at_all_is_told_with_its_rows() {
    let place = place("decisions:\n- {bug: BUG-001, severity: P1, rationale: Only the tests need it.}\n");
    let read_only = std::os::unix::fs::PermissionsExt::from_mode(0o444);
    std::fs::set_permissions(place.path("bugs.md"), read_only).unwrap();
    let said = apply(&place, &["--json"]);
    assert!(said.code == 2 && said.err.contains("the file is read-only"), "{said:?}");
    let told: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(
        (&told["saved"], &told["decisions"][0]["bugs"][0]),
        (&Value::from(false), &Value::from("BUG-001"))
    );
}

/// A reason would be asked for in vain.
#[cfg(unix)]
#[test]
fn what_cannot_be_saved_is_told_together_with_what_is_refused() {
    let place =
        place("decisions:\n- {bug: BUG-001, severity: P0, rationale: short}\n- {bug: NONE, severity: P1}\n");
    let read_only = std::os::unix::fs::PermissionsExt::from_mode(0o444);
    std::fs::set_permissions(place.path("bugs.md"), read_only).unwrap();
    let said = apply(&place, &[]);
    assert!(said.code == 2 && said.err.contains("the file is read-only"), "{said:?}");
    assert!(said.err.contains("NONE"), "{said:?}");
    let said = apply(&place, &["--dry-run"]);
    assert!(said.code == 1 && !said.err.contains("read-only"), "{said:?}");
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
        "decisions.yaml:7:3: such a decision needs a rationale",
        "decisions.yaml:8:18: this is stale: the severity of BUG-005 is no longer P3",
        "decisions.yaml:9:35: `task` does not belong to a decision of the kind finding",
        "decisions.yaml:10:32: `status` and `until` both set the status",
        "decisions.yaml:11:4: bug: is not a text",
    ] {
        assert!(said.err.contains(told), "{told}\n{}", said.err);
    }
    assert!(said.out.contains("line 6  BUG-003  so already  (agent)\n"), "{}", said.out);
    assert!(said.err.contains("7 of 8 decisions are refused"), "{}", said.err);
    assert_eq!(place.read("bugs.md"), REPORT);
    for (decision, told) in [
        ("{bug: BUG-001, fields: {\"\": x}}", "a field has no name"),
        ("{bugs: [], severity: P1}", "bugs: is an empty list\n  hint: name some, or leave it out"),
        (
            "{bug: BUG-001}",
            "nothing is said of what becomes of it\n  hint: give a value, such as `severity:`",
        ),
        (
            "{bug: BUG-001, rationale: It is so.}",
            "nothing is said of what becomes of it\n  hint: give a value",
        ),
        (
            "{bug: BUG-001, kind: fixed, rationale: Done.}",
            "fixed needs a value, and none is given\n  hint: give a",
        ),
        (
            "{bug: BUG-001, fields: {Severity: P1}}",
            "Severity is not set as a field\n  hint: say `severity:`, a",
        ),
        (
            "{bug: BUG-001, fields: {State: open}}",
            "State is not set as a field\n  hint: say `status:`, a member",
        ),
    ] {
        place.write("decisions.yaml", format!("decisions: [{decision}]\n"));
        let said = apply(&place, &[]);
        assert!(said.err.contains(told), "{}", said.err);
    }
}

#[test]
fn a_file_that_holds_no_decisions_is_refused_as_a_whole() {
    for (text, told) in [
        ("", "there are no decisions in it"),
        ("by: me\n", "there is no list of decisions"),
        ("decisions: 5\n", "there is no list of decisions"),
        ("decisions: [\n", "decisions.yaml:"),
        ("just words\n", "these are no decisions"),
        (
            "- {bug: BUG-001, severity: P1}\n",
            "1:3: this is a list, and it stands below no `decisions:`\n  hint: write",
        ),
        ("[5]\n", "this is a list, and it stands below no `decisions:`"),
    ] {
        let place = place(text);
        let said = apply(&place, &[]);
        assert!(said.code == 2 && said.err.contains(told), "{text:?} {} {}", said.code, said.err);
    }
}

#[test]
fn a_report_in_the_place_of_the_decisions_is_known() {
    let place = place(DECISIONS);
    let said = place.run(&["apply", "decisions.yaml", "bugs.md"]);
    assert_eq!(said.code, 2, "{}", said.err);
    let hint = "hint: the report comes first: regrade apply bugs.md decisions.yaml";
    assert!(said.err.contains(hint), "{}", said.err);
    let said = place.run(&["apply", "bugs.md", "bugs.md"]);
    assert!(said.code == 2 && !said.err.contains("comes first"), "{}", said.err);
}

#[test]
fn the_policy_is_asked_as_for_any_decision() {
    let place =
        place("decisions:\n- {bug: BUG-023, severity: P0, scope: test, rationale: It holds up the team.}\n");
    let said = apply(&place, &[]);
    assert_eq!((said.code, said.err.contains("production-only")), (1, true), "{}", said.err);
    assert_eq!(place.read("bugs.md"), REPORT);
    place.done(&["apply", "bugs.md", "decisions.yaml", "--override", "agreed with the team"]);
    assert_eq!(place.entries()[0].policy[0].reason.as_deref(), Some("agreed with the team"));
}

/// A reason that was given once would be asked for anew, and the copy's log would have another or none.
#[test]
fn the_reason_that_answered_a_guard_goes_along_with_the_decision() {
    let told =
        place("decisions:\n- {bug: BUG-023, severity: P0, scope: test, rationale: It holds up the team.}\n");
    told.done(&["apply", "bugs.md", "decisions.yaml", "--override", "agreed with the team"]);
    for format in ["yaml", "json", "jsonl"] {
        let exported = told.run(&["export", "bugs.md", "--to", format, "-o", "-"]).out;
        let copy = place(&exported);
        copy.done(&["apply", "bugs.md", "decisions.yaml"]);
        assert_eq!(
            (&copy.entries()[0].policy, copy.read("bugs.md")),
            (&told.entries()[0].policy, told.read("bugs.md"))
        );
        let other = place(&exported.replace("production-only", "another-guard"));
        let said = apply(&other, &[]);
        assert_eq!((said.code, said.err.contains("production-only")), (1, true), "{}", said.err);
        other.done(&["apply", "bugs.md", "decisions.yaml", "--override", "so it is"]);
        assert_eq!(other.entries()[0].policy[0].reason.as_deref(), Some("so it is"));
    }
}

#[test]
fn a_file_says_itself_why_a_decision_is_made_although_the_policy_warns() {
    let by_hand = |reason: &str| {
        let values = "bug: BUG-023, severity: P0, scope: test, rationale: It holds up the team.";
        place(&format!("by: bot\ndecisions:\n- {{{values}, override: {reason}}}\n"))
    };
    let place = by_hand("agreed with the team");
    place.done(&["apply", "bugs.md", "decisions.yaml", "--override", "for all others"]);
    assert_eq!(place.entries()[0].policy[0].reason.as_deref(), Some("agreed with the team"));
    let said = apply(&by_hand("no"), &[]);
    assert!(
        said.code == 1 && said.err.contains("a reason to override the policy has 3 characters"),
        "{}",
        said.err
    );
    assert!(said.err.contains("decisions.yaml:3:"), "{}", said.err);
    let said = apply(&by_hand("agreed with the team"), &["--propose"]);
    assert!(said.code == 0 && said.out.contains("whoever accepts it is asked"), "{}{}", said.out, said.err);
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
fn decisions_come_from_standard_input_and_from_a_pipe_that_is_named_like_a_file_too() {
    let names: &[&str] = if cfg!(unix) { &["-", "/dev/stdin"] } else { &["-"] };
    for name in names {
        let place = place("");
        let mut child = Command::new(env!("CARGO_BIN_EXE_regrade"))
            .args(["apply", "bugs.md", name, "--json"])
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
        assert_eq!(place.entries().len(), 8);
    }
}

/// A review that went into another copy of the report would have to be done there again.
#[test]
fn what_a_log_exports_is_applied_to_another_copy_of_the_report() {
    let place = place(DECISIONS);
    place.done(&["apply", "bugs.md", "decisions.yaml"]);
    place.done(&["set", "bugs.md", "BUG-006", "--field", "Owner=Ben", "--rationale", "He wrote it."]);
    place.done(&["set", "bugs.md", "BUG-008", "--severity", "P2", "--rationale", "Taken back below."]);
    place.done(&["undo", "bugs.md"]);
    // It still finds what no number mends.
    assert_eq!(place.run(&["check", "bugs.md", "--fix-claims"]).code, 1);
    let reviewed = place.read("bugs.md");
    for kind in ["yaml", "json", "jsonl"] {
        place.done(&["export", "bugs.md", "--to", kind, "-o", "decided", "--force"]);
        let copy = Place::with("bugs.md", REPORT);
        std::fs::copy(place.path("decided"), copy.path("decided")).unwrap();
        let said = copy.run(&["apply", "bugs.md", "decided"]);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{kind}: {}", said.out);
        assert_eq!(copy.read("bugs.md"), reviewed, "{kind}");
        assert!(said.out.contains("left out: taken back in the file"), "{}", said.out);
    }
}

/// An export of one decision, `more` of its members beside those that each has.
fn entry(kind: &str, more: &str) -> String {
    format!(
        "- {{id: 3f9c2a7be01d44aa, at: \"2026-02-11T20:25:48Z\", by: Ben, kind: {kind}, \
         rationale: Only the tests need it., {more}}}\n"
    )
}

/// What applying an export of this one decision says.
fn refusal(kind: &str, more: &str) -> String {
    let place = place(&entry(kind, more));
    let said = apply(&place, &[]);
    assert_eq!((said.code, place.read("bugs.md").as_str()), (1, REPORT), "{kind} {more}: {}", said.out);
    said.err
}

/// Whoever writes an entry by hand would get round the policy, and leave a log that says what nobody decided.
#[test]
fn an_entry_of_a_log_is_held_to_what_its_kind_can_be() {
    let p1 = "severity: {from: P0, to: P1}";
    for (kind, more, told) in [
        ("note", format!("bugs: [{{id: BUG-001, {p1}}}]"), "note changes nothing, and a value is given"),
        ("fixed", format!("bugs: [{{id: BUG-001, {p1}}}]"), "fixed sets neither severity nor scope"),
        ("confirmed", format!("bugs: [{{id: BUG-001, {p1}}}]"), "confirmed changes nothing"),
        ("status", format!("bugs: [{{id: BUG-001, {p1}}}]"), "status sets a status and neither"),
        ("reclassified", "bugs: [{id: BUG-001}]".to_owned(), "reclassified needs a value, and none is given"),
        ("finding", format!("bugs: [{{id: BUG-001, {p1}}}]"), "finding cannot be about bugs"),
        (
            "reclassified",
            "bugs: [{id: BUG-023, severity: {from: P1, to: P0}, scope: {from: null, to: test}}]".to_owned(),
            "production-only",
        ),
        (
            "reclassified",
            format!("bugs: [{{id: BUG-001, {p1}}}, {{id: BUG-001, {p1}}}]"),
            "BUG-001 is named twice",
        ),
        ("reclassified", "bugs: []".to_owned(), "reclassified cannot be about nothing of the report"),
        ("confirmed", String::new(), "confirmed cannot be about nothing"),
        ("claims", "claims: []".to_owned(), "claims cannot be about nothing"),
        ("note", "details: [{fix: Declared it}]".to_owned(), "`fix` is no detail of such a decision"),
        ("fixed", "details: [{fix: a}, {fix: b}, {issue: c}]".to_owned(), "`fix` is told twice"),
        ("fixed", "details: [{fixx: Declared it}]".to_owned(), "`fixx` is no detail of such a decision"),
        (
            "fixed",
            "bugs: [{id: BUG-001, fields: [{name: Fix, to: a}]}], details: [{fix: a}]".to_owned(),
            "`fix` is no detail",
        ),
    ] {
        let said = refusal(kind, &more);
        assert!(said.contains(told), "{kind} {more}: {told}\n{said}");
    }
}

#[test]
fn an_entry_of_a_log_sets_a_status_that_there_is() {
    let status = |to: &str| format!("bugs: [{{id: BUG-001, status: {{from: null, to: \"{to}\"}}}}]");
    for (to, told) in [
        ("On the bench", "no status is called On the bench"),
        ("Duplicate of BUG-777", "no bug is called BUG-777"),
        ("🔁 DUPLICATE of BUG-001", "BUG-001 cannot be a duplicate of itself"),
        ("Deferred until 2026-02-01", "2026-02-01 has passed"),
        ("✅ FIXED - so | **Owner:** Ben", "would be read as more than the field Status"),
    ] {
        let said = refusal("status", &status(to));
        assert!(said.contains(told), "{to}: {told}\n{said}");
    }
    let timeless = place(&entry("note", "bugs: [{id: BUG-001}]").replace("2026-02-11T20:25:48Z", "some day"));
    let said = apply(&timeless, &[]);
    assert!(said.code == 1 && said.err.contains("1:26: some day is no time"), "{}", said.err);
    let earlier = entry("status", &status("Deferred until 2026-02-01")).replace("2026-02-11T", "2026-01-11T");
    let place = place(&earlier);
    place.done(&["apply", "bugs.md", "decisions.yaml"]);
    assert_eq!(
        place.entries()[0].bugs[0].status.as_ref().unwrap().to.as_deref(),
        Some("Deferred until 2026-02-01")
    );
}

/// A wrong count would be saved, and undoing would not bring the right one back.
#[test]
fn a_claim_is_set_once_and_to_another_number() {
    let claim = |to: u64| format!("{{line: 18, place: table, level: P1, status: null, from: 8, to: {to}}}");
    let twice = refusal("claims", &format!("claims: [{}, {}]", claim(4), claim(4)));
    assert!(twice.contains("the 8 of line 18 is named twice"), "{twice}");
    let other = refusal("claims", &format!("claims: [{}]", claim(20)));
    assert!(other.contains("the 8 of line 18 is set to 20, and documented are 4"), "{other}");
    let right = "{line: 17, place: table, level: P0, status: null, from: 22, to: 22}";
    let same = refusal("claims", &format!("claims: [{right}]"));
    assert!(same.contains("nothing to change: the claims state these numbers already"), "{same}");
    let place = place(&entry("claims", &format!("claims: [{}]", claim(4))));
    place.done(&["apply", "bugs.md", "decisions.yaml"]);
    assert!(place.read("bugs.md").contains("| P1 (High) | 4 |"));
    place.done(&["undo", "bugs.md"]);
    assert_eq!(place.read("bugs.md"), REPORT);
}

/// Undo would look for a field that the report does not have, and leave the one that it has.
#[test]
fn a_field_of_an_entry_is_named_in_the_log_as_in_the_report() {
    let fields = |fields: &str| format!("bugs: [{{id: BUG-001, fields: [{fields}]}}]");
    for (given, told) in [
        ("{name: Severity, to: P2}", "Severity is not set as a field"),
        ("{name: \" \", to: x}", "a field has no name"),
        ("{name: Owner, to: a}, {name: owner, to: b}", "the field owner is named twice"),
        ("{name: Owner, to: \"Ben | **Severity:** P3\"}", "would be read as more than the field Owner"),
    ] {
        let said = refusal("fixed", &fields(given));
        assert!(said.contains(told), "{given}: {told}\n{said}");
    }
    let place = place(&entry("fixed", &fields("{name: \"Code\\n owner\", to: \"Ben\\nand Ada\"}")));
    place.done(&["apply", "bugs.md", "decisions.yaml"]);
    assert!(place.read("bugs.md").contains("- **Code owner:** Ben and Ada\n"));
    assert_eq!(place.entries()[0].bugs[0].fields[0].0, "Code owner");
    place.done(&["undo", "bugs.md"]);
    assert_eq!(place.read("bugs.md"), REPORT);
}

/// The log would count reviews that changed nothing, and a script that runs twice would fail.
#[test]
fn what_is_so_already_is_told_item_by_item_and_is_no_failure() {
    let place = place(DECISIONS);
    place.done(&["apply", "bugs.md", "decisions.yaml"]);
    place.done(&["export", "bugs.md", "--to", "yaml", "-o", "decided"]);
    let reviewed = (place.read("bugs.md"), place.read("bugs.deviations.yaml"));
    let is_reviewed = || assert_eq!((place.read("bugs.md"), place.read("bugs.deviations.yaml")), reviewed);
    for (file, more) in
        [("decisions.yaml", ""), ("decided", ""), ("decided", "--dry-run"), ("decisions.yaml", "--partial")]
    {
        let args = ["apply", "bugs.md", file, more];
        let said = place.run(&args[..if more.is_empty() { 3 } else { 4 }]);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{file} {more}: {}", said.out);
        assert_eq!(said.out.matches("so already").count(), place.entries().len(), "{}", said.out);
        assert!(said.out.ends_with("there is nothing to save\n"), "{}", said.out);
        is_reviewed();
    }
    let told: Value =
        serde_json::from_str(&place.run(&["apply", "bugs.md", "decided", "--json"]).out).unwrap();
    assert!(told["decisions"].as_array().unwrap().iter().all(|row| row["fate"] == "same"), "{told}");
    assert_eq!(told["saved"], false);
    place.write("decisions.yaml", "decisions:\n\
         - {bug: BUG-003, status: resolved, rationale: Done last week.}\n\
         - {bug: BUG-019, status: \"fixed - Imported from its new home, crew is back\", rationale: As it says.}\n\
         - {bug: BUG-007, scope: Configuration, rationale: As it is said there.}\n\
         - {bug: BUG-008, severity: P9, rationale: Only the tests need it.}\n");
    let said = apply(&place, &["--partial"]);
    assert!(said.err.contains("1 of 4 decisions is refused, nothing is saved"), "{}", said.err);
    assert_eq!(said.out.matches("so already").count(), 3, "{}", said.out);
    is_reviewed();
}

/// What was taken back would stay so for good, or an entry would stand for two items.
#[test]
fn what_was_taken_back_is_applied_again_and_an_entry_accounts_for_one_item() {
    let twice = "decisions:\n\
        - {bug: BUG-008, severity: P2, rationale: Only the tests need it.}\n\
        - {bug: BUG-008, severity: P1, rationale: Only the tests need it.}\n\
        - {bug: BUG-008, note: Seen again.}\n\
        - {bug: BUG-008, note: Seen again.}\n";
    let place = place(twice);
    place.done(&["apply", "bugs.md", "decisions.yaml"]);
    let (report, many) = (place.read("bugs.md"), place.entries().len());
    place.done(&["apply", "bugs.md", "decisions.yaml"]);
    assert_eq!((many, place.entries().len()), (4, 4));
    place.done(&["undo", "bugs.md"]);
    let said = apply(&place, &[]);
    assert_eq!((said.code, said.out.matches("so already").count()), (0, 3), "{}", said.out);
    for _ in 0..4 {
        place.done(&["undo", "bugs.md"]);
    }
    let said = apply(&place, &[]);
    assert_eq!((said.code, said.out.matches("so already").count()), (0, 0), "{}", said.out);
    assert_eq!(place.read("bugs.md"), report);
}

/// The last word of a file would be lost, or a decision that was put into an exported entry.
#[test]
fn what_an_item_before_it_has_undone_is_applied_again_and_an_entry_that_was_edited_is_another() {
    let steps = |bugs: &str| {
        format!(
            "decisions:\n\
             - {{bugs: [{bugs}], severity: P1, rationale: Only the tests need it.}}\n\
             - {{bug: BUG-001, severity: P3, rationale: Nobody runs that one.}}\n"
        )
    };
    let place = place(&steps("BUG-001"));
    place.done(&["apply", "bugs.md", "decisions.yaml"]);
    place.write("decisions.yaml", steps("BUG-001, BUG-002"));
    let said = apply(&place, &[]);
    assert_eq!((said.code, said.out.matches("so already").count()), (0, 0), "{}", said.out);
    let level = |bug: &str| {
        let told = place.run(&["show", "bugs.md", bug, "--json"]).out;
        serde_json::from_str::<Value>(&told).unwrap()["severity"].clone()
    };
    assert_eq!((level("BUG-001"), level("BUG-002")), ("P3".into(), "P1".into()));

    place.done(&["set", "bugs.md", "BUG-003", "--confirm", "--rationale", "It is right as it is."]);
    let exported = place.run(&["export", "bugs.md", "--to", "yaml"]).out;
    place.write("decisions.yaml", exported.replace("BUG-003", "BUG-005"));
    let said = apply(&place, &["--partial"]);
    assert!(
        said.out.contains("BUG-001  so already") && !said.out.contains("BUG-005  so already"),
        "{said:?}"
    );
}

/// What somebody else has written meanwhile would be overwritten.
#[test]
fn how_a_bug_stood_is_compared_in_words_where_they_mean_nothing_known() {
    let report = "# Bugs\n\n## BUG-1: a\n\n- **Severity:** P2\n- **Scope:** the mast\n- **Status:** In the yard\n\n\
                  ## BUG-2: b\n\n- **Severity:** Leaky\n- **Status:** ✅ FIXED - in main\n";
    let applied = |from: &str| {
        let place = Place::with("bugs.md", report);
        let decisions = format!("decisions: [{{{from}, severity: P1, rationale: It is worse than that.}}]\n");
        place.write("decisions.yaml", decisions);
        let said = apply(&place, &[]);
        (said.code, said.err)
    };
    for from in [
        "bug: BUG-1, from: {scope: \" The  mast\"}",
        "bug: BUG-1, from: {status: in the yard, severity: Medium}",
        "bug: BUG-2, from: {severity: leaky, status: resolved, scope: null}",
        "bug: BUG-2, from: {status: Fixed - in main}",
    ] {
        assert_eq!(applied(from), (0, String::new()), "{from}");
    }
    for (from, told) in [
        ("bug: BUG-1, from: {scope: the keel}", "the scope of BUG-1 is no longer the keel"),
        ("bug: BUG-1, from: {status: At sea}", "the status of BUG-1 is no longer At sea"),
        ("bug: BUG-1, from: {status: resolved}", "the status of BUG-1 is no longer resolved"),
        ("bug: BUG-1, from: {severity: Wet}", "no level is called Wet"),
        ("bug: BUG-2, from: {severity: Wet}", "no level is called Wet"),
        ("bug: BUG-2, from: {status: Fixed - on a branch}", "is no longer Fixed - on a branch"),
        ("bug: BUG-2, from: {status: null}", "the status of BUG-2 is no longer unset"),
    ] {
        let (code, said) = applied(from);
        assert!(code == 1 && said.contains(told), "{from}: {told}\n{said}");
    }
}

/// An agent would not find its own bug in the answer.
#[test]
fn json_names_bugs_and_reasons_as_they_are() {
    let place =
        place("decisions: [{bug: \"BUG-\\u202E1\", severity: P1, rationale: Only the tests need it.}]\n");
    let said = apply(&place, &["--json"]);
    let json: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(json["decisions"][0]["bugs"][0], "BUG-\u{202e}1");
    let why = json["decisions"][0]["why"][0].as_str().unwrap();
    assert!(why.ends_with("no bug is called BUG-\u{202e}1"), "{why}");
    let plain = apply(&place, &[]).out;
    assert!(!plain.contains('\u{202e}') && plain.contains("no bug is called BUG-"), "{plain}");
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

/// Whoever writes a decision as a log does could take a severity away first, and so get around what is asked of a
/// change for the better.
#[test]
fn no_entry_takes_a_value_away_or_hides_behind_what_it_takes_back() {
    for value in
        ["severity: {from: P0, to: null}", "scope: {from: test, to: null}", "status: {from: open, to: null}"]
    {
        let said = refusal("reclassified", &format!("bugs: [{{id: BUG-001, {value}}}]"));
        assert!(said.contains("would be taken away"), "{said}");
    }
    let first = entry("reclassified", "bugs: [{id: BUG-001, severity: {from: P0, to: P2}}]");
    let second =
        entry("note", "bugs: [{id: BUG-001}], reverts: aaaaaaaaaaaaaaaa").replacen("id: ", "id: b", 1);
    let id = first.split("id: ").nth(1).unwrap().split([',', '\n']).next().unwrap().to_owned();
    let place = place(&format!("{first}{}", second.replace("aaaaaaaaaaaaaaaa", &id)));
    let said = apply(&place, &["--dry-run"]);
    assert!(!said.out.contains("taken back in the file"), "{}", said.out);
}

/// JSON that a program writes has no other way to say them.
#[test]
fn json_may_have_characters_as_two_escapes() {
    let place = place(r#"{"decisions": [{"bug": "BUG-001", "note": "Seen again \ud83d\udd01 today."}]}"#);
    let said = apply(&place, &[]);
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{}", said.out);
    assert_eq!(place.entries()[0].rationale, "Seen again 🔁 today.");
}

/// A count of 0 cannot lose a bug, and is set right all the same.
#[test]
fn a_count_that_went_below_nothing_is_set_to_what_is_documented_here_and_in_a_copy() {
    let bugs: String =
        (1..=3).map(|bug| format!("### BUG-{bug}: It stops\n- **Severity:** P0\n\n")).collect();
    let report = format!("# Nightly\n\n| Severity | Count |\n|---|---|\n| P0 | 0 |\n\n{bugs}");
    let (first, copy) = (Place::with("bugs.md", &report), Place::with("bugs.md", &report));
    first.done(&["set", "bugs.md", "BUG-1", "--severity", "P2", "--rationale", "Only the tests need it."]);
    assert_eq!(first.run(&["check", "bugs.md", "--fix-claims"]).code, 0);
    assert!(first.read("bugs.md").contains("| P0 | 2 |"), "{}", first.read("bugs.md"));
    let exported = first.run(&["export", "bugs.md", "--to", "yaml"]).out;
    let other = exported.replace("to: 2}", "to: 9}");
    assert_ne!(other, exported);
    copy.write("decisions.yaml", other);
    let said = apply(&copy, &[]);
    assert!(said.code == 1 && said.err.contains("documented are 2"), "{}", said.err);
    copy.write("decisions.yaml", exported);
    copy.done(&["apply", "bugs.md", "decisions.yaml"]);
    assert_eq!(copy.read("bugs.md"), first.read("bugs.md"));
}

/// A count of 0 that lost a bug would come back as 1.
#[test]
fn a_count_that_could_not_lose_a_bug_does_not_gain_it_back() {
    let bugs: String =
        (1..=3).map(|bug| format!("### BUG-{bug}: It stops\n- **Severity:** P1\n\n")).collect();
    let report = format!("# Nightly\n\n| Severity | Count |\n|---|---|\n| P1 | 1 |\n| P2 | 0 |\n\n{bugs}");
    let place = Place::with("bugs.md", &report);
    let decide = |bugs: &[&str], level: &str| {
        let how = ["--severity", level, "--rationale", "Only the tests need it."];
        place.done(&[&["set", "bugs.md"], bugs, &how].concat());
        place.read("bugs.md")
    };
    let first = decide(&["BUG-1", "BUG-2", "BUG-3"], "P2");
    assert!(first.contains("| P1 | 0 |\n| P2 | 3 |"), "{first}");
    let log = place.read("bugs.deviations.yaml");
    assert!(log.contains("claims:\n- {line: 5, place: table, level: P1, from: -2, to: 0}\n"), "{log}");
    let second = decide(&["BUG-1"], "P1");
    assert!(second.contains("| P1 | 1 |\n| P2 | 2 |"), "{second}");
    place.write("decisions.yaml", place.run(&["export", "bugs.md", "--to", "yaml"]).out);
    for before in [first, report.clone()] {
        let said = place.run(&["undo", "bugs.md"]);
        assert!(said.code == 0 && said.out.contains("reverted: ") && !said.out.contains("claim"), "{said:?}");
        assert_eq!(place.read("bugs.md"), before);
    }
    let copy = Place::with("bugs.md", &report);
    copy.write("decisions.yaml", place.read("decisions.yaml"));
    copy.done(&["apply", "bugs.md", "decisions.yaml"]);
    assert_eq!(copy.read("bugs.md"), second);
    let mut last = copy.entries().len();
    while last > 0 {
        copy.done(&["undo", "bugs.md"]);
        last -= 1;
    }
    assert_eq!(copy.read("bugs.md"), report);
}

/// What was decided about one bug would be done to the bug that has its number in the other copy.
#[test]
fn an_entry_of_a_log_goes_to_no_other_bug_that_is_called_so() {
    let bug = |id: &str, title: &str| format!("### {id}: {title}\n- **Severity:** P0\n\n");
    let report = |bugs: &[(&str, &str)]| {
        "# Nightly\n\n".to_owned() + &bugs.iter().map(|(id, title)| bug(id, title)).collect::<String>()
    };
    let first = Place::with("bugs.md", report(&[("A-1", "The gate is stuck"), ("A-2", "The page is slow")]));
    first.done(&["set", "bugs.md", "A-2", "--severity", "P2", "--rationale", "Nobody waits for it."]);
    let exported = ["yaml", "json"].map(|kind| first.run(&["export", "bugs.md", "--to", kind]).out);
    for propose in [&[][..], &["--propose"]] {
        for exported in &exported {
            let copy = |bugs: &[(&str, &str)]| {
                let copy = Place::with("bugs.md", report(bugs));
                copy.write("decisions.yaml", exported);
                let said = apply(&copy, propose);
                let list = copy.run(&["suggest", "bugs.md"]).out;
                (said, if propose.is_empty() { copy.read("bugs.md") } else { list })
            };
            let (said, after) = copy(&[("A-1", "The page is slow"), ("A-2", "Orders of customers are lost")]);
            let told = "A-2 is another bug here: “Orders of customers are lost”, not “The page is slow”";
            assert!(said.code == 1 && said.err.contains(told), "{said:?}");
            assert!(!after.contains("P2"), "{after}");
            let (said, after) = copy(&[("A-2", "Orders of customers are lost"), ("A-2", "The page is slow")]);
            let (lost, slow) = (after.find("P2").unwrap_or(0), after.find("The page is slow").unwrap());
            assert!(said.code == 0 && after.matches("P2").count() == 1, "{said:?} {after}");
            assert!(lost > slow || !propose.is_empty(), "{after}");
            let (said, after) = copy(&[("A-1", "It rains in"), ("A-2", "The page is slow, at night")]);
            assert!(said.code == 0 && after.matches("P2").count() == 1, "{said:?} {after}");
        }
    }
}

/// Who thought of a decision would be forgotten in the third copy.
#[test]
fn who_proposed_a_decision_is_kept_from_copy_to_copy() {
    let mut file =
        "by: review-agent\ndecisions:\n- {bug: BUG-007, severity: P2, rationale: It only warns.}\n"
            .to_owned();
    for kind in ["yaml", "json"] {
        let copy = place(&file);
        copy.done(&["apply", "bugs.md", "decisions.yaml"]);
        assert_eq!(copy.entries()[0].suggested_by.as_deref(), Some("review-agent"));
        file = copy.run(&["export", "bugs.md", "--to", kind]).out;
    }
    let last = place(&file);
    last.done(&["apply", "bugs.md", "decisions.yaml"]);
    assert_eq!(last.entries()[0].suggested_by.as_deref(), Some("review-agent"));
}

/// What is refused would be lost among thousands of lines that say that all is well.
#[test]
fn what_goes_well_is_summed_up_and_what_is_refused_told_whole() {
    let bug = |number: usize| format!("### BUG-{number}: Crash {number}\n- **Severity:** P0\n\n");
    let report: String = (1..=60).map(bug).collect();
    let item = |number: usize| {
        let level = if number.is_multiple_of(25) { "P9" } else { "P1" };
        format!("- {{bug: BUG-{number}, severity: {level}, rationale: Only the tests need it.}}\n")
    };
    let decisions: String = (1..=60).map(item).collect();
    let place = Place::with("bugs.md", format!("# Bugs\n\n{report}"));
    place.write("decisions.yaml", format!("by: bot\ndecisions:\n{decisions}"));
    let said = apply(&place, &["--partial"]);
    assert_eq!(said.out.lines().filter(|line| line.contains("  ok  ")).count(), 20, "{}", said.out);
    assert!(said.out.contains("\n38 more: 38 ok; --json tells them all\nlogged in "), "{}", said.out);
    for number in [25, 50] {
        assert!(said.out.contains(&format!("BUG-{number}  refused")), "{}", said.out);
    }
    let said = apply(&place, &["--partial"]);
    assert!(said.out.contains("\n38 more: 38 so already; --json tells them all\n"), "{}", said.out);
    let all: Vec<String> = (1..=60).map(|number| format!("BUG-{number}")).collect();
    let one = format!(
        "by: bot\ndecisions:\n- {{bugs: [{}], scope: production, rationale: Found in the kiosks.}}\n",
        all.join(", ")
    );
    place.write("decisions.yaml", one);
    let said = apply(&place, &[]);
    assert!(said.out.contains(", BUG-20 and 40 more  ok  "), "{}", said.out);
    let last = said.out.lines().rfind(|line| line.contains("  scope – → "));
    assert!(last.is_some_and(|line| line.starts_with("    BUG-20  ")), "{}", said.out);
    assert!(said.out.contains("\n    and 40 more changes\n"), "{}", said.out);
}
