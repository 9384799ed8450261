//! The guards of the policy, at the desk and for commands: a block refuses, a warning asks why, a note is logged.

use std::fs;

use regrade::tui::Step;

use crate::desk::{Table, keys};
use crate::place::Place;

const REPORT: &str = "\
# Bugs

### BUG-1: Slow import
- **Severity:** P1

### BUG-2: Tests cannot start
- **Severity:** P0
- **Scope:** Test infrastructure
";

const WHY: &str = "Customers lose orders while it lasts.";

#[test]
fn a_warning_at_the_desk_asks_why_and_the_log_has_the_answer() {
    let table = Table::new(REPORT);
    let steps = [
        keys("0"),
        Step::Screenshot,
        keys(&format!("{WHY}<Enter>")),
        Step::Screenshot,
        keys("<Enter>"),
        Step::Screenshot,
        keys("seen in the ledger<Enter>"),
        Step::Screenshot,
        keys("w"),
        Step::Settle,
    ];
    let (_, screens) = table.play(steps);
    assert!(screens[0].contains("policy raised-without-scope: P0 is reserved"), "{}", screens[0]);
    assert!(screens[1].contains("The policy warns"), "{}", screens[1]);
    assert!(screens[2].contains("a reason is needed"), "{}", screens[2]);
    assert!(screens[3].contains("BUG-1 P1→P0"), "{}", screens[3]);
    let log = table.log();
    assert!(log.contains("policy:\n- {guard: raised-without-scope, reason: seen in the ledger}\n"), "{log}");
}

/// The popup would say that nobody has looked at what stands beside it.
#[test]
fn a_bug_that_is_shown_while_it_is_decided_on_has_been_looked_at() {
    let bug = |id: &str, error: &str| {
        format!(
            "### BUG-{id}: t\n- **Severity:** P0\n- **Error:** {error}\n- **File:** tests/test_{id}.py\n\n"
        )
    };
    let missing = bug("1", "ModuleNotFoundError: No module named 'respx'");
    let report = format!("# Bugs\n\n{missing}{}", bug("2", "fixture 'client' not found"));
    for (size, is_shown) in [((120, 40), true), ((80, 24), true), ((80, 20), false)] {
        let table = Table::new(&report).sized(size.0, size.1);
        let (_, screens) =
            table.play([keys("*<Tab>"), Step::Settle, keys("<Enter>"), Step::Settle, Step::Screenshot]);
        let last = &screens[0];
        assert!(last.contains("2 of 2") && last.contains("BUG-2  P0 Critical"), "{size:?}\n{last}");
        assert_eq!(!last.contains("unseen-downgrade"), is_shown, "{size:?}\n{last}");
    }
}

/// Esc would otherwise decide, or lose the rationale.
#[test]
fn going_back_from_a_warning_leaves_the_rationale_to_be_changed() {
    let table = Table::new(REPORT);
    let steps =
        [keys(&format!("0{WHY}<Enter><Esc>")), Step::Screenshot, keys("<Alt-s>p<Enter>w"), Step::Settle];
    let (_, screens) = table.play(steps);
    assert!(screens[0].contains(WHY) && !screens[0].contains("The policy warns"), "{}", screens[0]);
    assert!(table.log().contains("scope: {from: null, to: production}"), "{}", table.log());
    assert!(!table.log().contains("policy:"), "{}", table.log());
}

/// Whoever looks the scope up before answering would have to write the answer again.
#[test]
fn a_reason_is_proposed_again_after_going_back() {
    let table = Table::new(REPORT);
    let steps = [
        keys(&format!("0{WHY}<Enter>seen in the ledger<Esc>")),
        Step::Screenshot,
        keys("<Enter>"),
        Step::Screenshot,
        keys("<Enter>w"),
        Step::Settle,
    ];
    let (_, screens) = table.play(steps);
    assert!(screens[0].contains(WHY) && !screens[0].contains("The policy warns"), "{}", screens[0]);
    assert!(
        screens[1].contains("The policy warns") && screens[1].contains("seen in the ledger"),
        "{}",
        screens[1]
    );
    assert!(table.log().contains("reason: seen in the ledger}"), "{}", table.log());
}

/// Whoever reads a decision at the desk would not see that the policy had something against it.
#[test]
fn the_log_and_the_detail_tell_the_guard_and_the_reason_before_and_after_saving() {
    let table = Table::new(REPORT).sized(140, 40);
    let decide = format!("0{WHY}<Enter>seen in the ledger<Enter>g");
    let (_, screens) = table.play([
        keys(&decide),
        Step::Screenshot,
        keys("L"),
        Step::Screenshot,
        keys("qw"),
        Step::Settle,
        Step::Screenshot,
        keys("L"),
        Step::Screenshot,
    ]);
    for (at, screen) in screens.iter().enumerate() {
        assert!(screen.contains("policy raised-without-scope: seen in the ledger"), "{at}\n{screen}");
    }
}

#[test]
fn a_reason_that_is_too_short_is_told_how_long_it_has_to_be() {
    let (_, screens) = Table::new(REPORT).play([keys(&format!("0{WHY}<Enter>ab<Enter>")), Step::Screenshot]);
    assert!(screens[0].contains("a reason is needed, 3 characters at least"), "{}", screens[0]);
}

/// Enter twice would log for one bug what was meant for another.
#[test]
fn a_reason_is_proposed_for_no_other_bug_and_not_once_it_is_recorded() {
    let table = Table::new(REPORT);
    let answer = format!("0{WHY}<Enter>seen in the ledger");
    let (_, screens) = table.play([
        keys(&format!("{answer}<Esc><Esc>j2{WHY}<Enter>k<Enter>G0{WHY}<Enter>")),
        Step::Screenshot,
        keys(&format!("<Esc><Esc>g{answer}<Enter>u0{WHY}<Enter>")),
        Step::Screenshot,
    ]);
    assert!(!screens[0].contains("seen in the ledger"), "{}", screens[0]);
    assert!(screens[1].contains("The policy warns") && !screens[1].contains("seen in"), "{}", screens[1]);
}

#[test]
fn a_note_is_shown_and_logged_and_a_block_refuses() {
    let table = Table::new(REPORT).sized(80, 8);
    table.play([keys("j2"), keys(WHY), keys("<Enter>w"), Step::Settle]);
    assert!(table.log().contains("seen: false\n"), "{}", table.log());
    assert!(table.log().contains("- {guard: unseen-downgrade}\n"), "{}", table.log());
}

/// Somebody would give a reason for what is refused anyway.
#[test]
fn what_will_be_refused_is_told_before_it_is() {
    let policy = "methodology:\n  policy:\n    unseen-downgrade: {act: block}\n    few-words:\n      act: block\n      \
                  message: Say more than that.\n      when: {rationale: {at_most: 20}}\n";
    let table = Table::new(REPORT).configured(policy);
    let (_, screens) = table.play([
        keys("*2"),
        Step::Screenshot,
        keys("Too few"),
        Step::Screenshot,
        keys(" words, so more of them"),
        Step::Screenshot,
    ]);
    let (refused, few) = ("! refused by policy unseen-downgrade: A P0", "! refused by policy few-words: Say");
    for (screen, is_few) in screens.iter().zip([false, true, false]) {
        assert!(screen.contains(refused) && screen.contains(few) == is_few, "{screen}");
    }
}

#[test]
fn commands_are_held_to_the_same_guards() {
    let place = Place::with("bugs.md", REPORT);
    let set = ["set", "bugs.md", "BUG-1", "--severity", "P0", "--rationale", WHY];
    let said = place.run(&set);
    assert_eq!(said.code, 1);
    assert!(
        said.err.contains("raised-without-scope: P0 is reserved") && said.err.contains("--override"),
        "{}",
        said.err
    );
    assert_eq!(place.read("bugs.md"), REPORT);
    let said = place.run(&[&set[..], &["--override", "seen in the ledger"]].concat());
    assert_eq!(said.code, 0, "{}", said.err);
    let log = place.read("bugs.deviations.yaml");
    assert!(log.contains("- {guard: raised-without-scope, reason: seen in the ledger}\n"), "{log}");
    let said = place.run(&["log", "bugs.md"]);
    assert!(said.out.contains("policy raised-without-scope: seen in the ledger"), "{}", said.out);
}

/// A reason would be asked for in vain.
#[cfg(unix)]
#[test]
fn a_report_that_cannot_be_written_is_told_before_a_guard_asks() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::with("bugs.md", REPORT);
    std::fs::set_permissions(place.path("bugs.md"), std::fs::Permissions::from_mode(0o444)).unwrap();
    let set = ["set", "bugs.md", "BUG-1", "--severity", "P0", "--rationale", WHY];
    let said = place.run(&set);
    assert!(said.code == 2 && said.err.contains("the file is read-only"), "{said:?}");
    assert!(!said.err.contains("raised-without-scope"), "{said:?}");
    let said = place.run(&[&set[..], &["--dry-run"]].concat());
    assert!(said.code == 1 && said.err.contains("raised-without-scope"), "{said:?}");
}

/// A program could not tell what the words tell a person.
#[test]
fn a_decision_that_is_told_as_json_has_its_entry() {
    let place = Place::with("bugs.md", REPORT);
    let set = ["set", "bugs.md", "BUG-1", "--severity", "P0", "--rationale", WHY];
    let said = place.run(&[&set[..], &["--override", "seen in the ledger", "--json"]].concat());
    let told: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let entry = &told["entry"];
    assert_eq!(entry["bugs"][0]["severity"], serde_json::json!({"from": "P1", "to": "P0"}));
    let answer = serde_json::json!([{"guard": "raised-without-scope", "reason": "seen in the ledger"}]);
    assert_eq!(entry["policy"], answer);
    let log = place.read("bugs.deviations.yaml");
    assert!(log.contains(&format!("id: {}\n", entry["id"].as_str().unwrap())), "{log}");
}

#[test]
fn a_block_that_goes_by_the_rationale_says_so() {
    let place = Place::with("bugs.md", REPORT);
    let guard =
        "when: {change: {direction: down}, rationale: {at_most: 200}}, act: block, message: Say more.";
    place.write(".regrade.yaml", format!("methodology:\n  policy:\n    terse: {{{guard}}}\n"));
    let set = ["set", "bugs.md", "BUG-2", "--severity", "P2", "--rationale"];
    let said = place.run(&[&set[..], &[WHY]].concat());
    assert!(said.code == 1 && said.err.contains("one with more than 200 characters"), "{}", said.err);
    assert!(!said.err.contains("whatever the reason"), "{}", said.err);
    assert_eq!(place.run(&[&set[..], &[&WHY.repeat(20)]].concat()).code, 0);
}

#[test]
fn a_team_can_block() {
    let place = Place::with("bugs.md", REPORT);
    let policy = "methodology:\n  policy:\n    unseen-downgrade: {act: block}\n";
    place.write(".regrade.yaml", policy);
    let set =
        ["set", "bugs.md", "BUG-2", "--severity", "P2", "--rationale", WHY, "--override", "all the same"];
    let said = place.run(&set);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("unseen-downgrade: A P0 is downgraded"), "{}", said.err);
    assert_eq!(place.read("bugs.md"), REPORT);
}

const NO_LEAP: &str = "methodology:\n  policy:\n    no-leap: {when: {change: {from: P0, to: [P3]}}, act: block, \
                       message: A P0 is no P3.}\n";

/// Whoever decides twice would go round the policy.
#[test]
fn a_change_is_held_against_the_whole_way_from_what_was_reported_at_the_desk() {
    let table = Table::new(REPORT).configured(NO_LEAP);
    let to = |level: u8| keys(&format!("G{level}{WHY}<Enter>"));
    let (_, screens) = table.play([
        to(1),
        to(3),
        Step::Screenshot,
        keys("<Esc>w"),
        Step::Settle,
        to(3),
        Step::Screenshot,
        keys("<Esc>"),
        to(2),
        Step::Screenshot,
    ]);
    for refused in &screens[..2] {
        assert!(refused.contains("no-leap: A P0 is no P3."), "{refused}");
    }
    assert!(screens[2].contains("BUG-2 P1→P2"), "{}", screens[2]);
    assert!(table.log().contains("severity: {from: P0, to: P1}"), "{}", table.log());
}

#[test]
fn commands_hold_a_change_against_the_whole_way_until_another_severity_is_reported() {
    let table = Table::new(REPORT).configured(NO_LEAP);
    let place = &table.place;
    let step = |level: u8| format!("  - {{bug: BUG-2, severity: P{level}, rationale: {WHY}}}\n");
    place.write("steps.yaml", format!("by: bot\ndecisions:\n{}{}", step(1), step(3)));
    for more in [&[][..], &["--propose"]] {
        let said = place.run(&[&["apply", "bugs.md", "steps.yaml"], more].concat());
        assert!(said.code == 1 && said.err.contains("no-leap: A P0 is no P3."), "{more:?} {}", said.err);
        assert_eq!(place.read("bugs.md"), REPORT, "{more:?}");
    }
    let set = |level: &str| place.run(&["set", "bugs.md", "BUG-2", "--severity", level, "--rationale", WHY]);
    assert_eq!(set("P1").code, 0);
    let saved = place.read("bugs.md");
    let said = set("P3");
    assert!(said.code == 1 && said.err.contains("no-leap: A P0 is no P3."), "{}", said.err);
    assert_eq!(place.read("bugs.md"), saved);
    place.write("bugs.md", REPORT.replace("P0", "P2"));
    let said = set("P3");
    assert_eq!((said.code, said.err.as_str()), (0, ""), "it is reported as P2 now");
}

/// Whoever edits a title would go round the policy. A level that somebody writes by hand stays what is reported.
#[test]
fn of_a_bug_that_the_log_does_not_know_the_note_tells_what_was_reported() {
    let table = Table::new(REPORT).configured(NO_LEAP);
    let place = &table.place;
    let set = |level: &str| place.run(&["set", "bugs.md", "BUG-2", "--severity", level, "--rationale", WHY]);
    assert_eq!(set("P1").code, 0);
    let saved = place.read("bugs.md");
    assert!(saved.contains("P1 (downgraded from P0)"), "{saved}");
    place.write("bugs.md", saved.replace("Tests cannot start", "No test starts"));
    let said = set("P3");
    assert!(said.code == 1 && said.err.contains("no-leap: A P0 is no P3."), "{}", said.err);
    place.write("bugs.md", saved.replace("P1 (d", "P2 (d"));
    assert_eq!(set("P3").code, 0, "the log knows it, and that P2 is another's");
}

/// Whoever is told of a downgrade where they raise a bug stops listening.
#[test]
fn a_guard_on_one_direction_is_silent_where_a_step_goes_the_other_way() {
    let place = Place::with("bugs.md", REPORT);
    let guard = "when: {change: {to: P2, direction: up}}, act: block, message: Raised.";
    place.write(".regrade.yaml", format!("methodology:\n  policy:\n    raised: {{{guard}}}\n"));
    let set = |bug: &str, level: &str| {
        let said = place.run(&["set", "bugs.md", bug, "--severity", level, "--rationale", WHY, "--json"]);
        assert_eq!(said.code, 0, "{}", said.err);
        serde_json::from_str::<serde_json::Value>(&said.out).unwrap()["entry"]["policy"].clone()
    };
    let unseen = serde_json::json!([{"guard": "unseen-downgrade", "reason": null}]);
    assert_eq!(set("BUG-2", "P3"), unseen);
    let silent = serde_json::Value::Null;
    assert_eq!(set("BUG-2", "P1"), silent, "it is raised, and lower still than reported");
    assert_eq!(set("BUG-2", "P3"), unseen, "it goes down again");
    assert_eq!(set("BUG-1", "P3"), silent);
    place.write("bugs.md", REPORT.replace("P1", "P3"));
    fs::remove_file(place.path("bugs.deviations.yaml")).unwrap();
    assert_eq!(set("BUG-1", "P1"), silent);
    assert_eq!(set("BUG-1", "P2"), silent, "it goes down, and is higher still than reported");
}

/// Whoever gives a reason that does not help was asked for it in vain.
#[test]
fn what_blocks_is_told_before_what_warns() {
    let place = Place::with("bugs.md", REPORT);
    let policy = "methodology:\n  policy:\n    never: {when: {severity: P0}, act: block, message: Not so.}\n";
    place.write(".regrade.yaml", policy);
    let said = place.run(&["set", "bugs.md", "BUG-1", "--severity", "P0", "--rationale", WHY]);
    assert!(said.code == 1 && said.err.contains("never: Not so."), "{}", said.err);
    assert!(!said.err.contains("--override"), "{}", said.err);
}
