//! What can no longer be accepted.

use serde_json::Value;

use super::{PROPOSALS, REPORT, place, table};
use crate::desk::flat;

#[test]
fn a_proposal_is_stale_once_its_bug_stands_otherwise_and_comes_back_with_an_undo() {
    let place = place(PROPOSALS);
    place.done(&["set", "bugs.md", "BUG-1", "--severity", "P3", "--rationale", "Nobody prints tickets."]);
    let listed = place.done(&["suggest", "bugs.md"]);
    let told = "1 proposal is stale and left out: its bug stands otherwise now, or is decided since\n    \
        BUG-1  P0 → P2 · Configuration — A setting that the tool no longer knows.  (review-agent)\n";
    assert!(listed.matches("BUG-1").count() == 1 && listed.contains(told), "{listed}");
    let named = place.done(&["suggest", "bugs.md", "BUG-1"]);
    assert!(named.starts_with("BUG-1  –  proposed by review-agent: stale"), "{named}");
    assert!(
        named.ends_with("\n    P0 → P2 · Configuration — A setting that the tool no longer knows.\n"),
        "{named}"
    );
    place.done(&["undo", "bugs.md"]);
    assert!(place.done(&["suggest", "bugs.md"]).contains("BUG-1  P0 → P2"));
    place.write("bugs.md", REPORT.replace("BUG-1: Ticket", "BUG-77: Ticket"));
    let listed = place.done(&["suggest", "bugs.md"]);
    assert!(
        listed.ends_with("BUG-1  –  proposed by review-agent: the report no longer has it\n"),
        "{listed}"
    );
    let json = place.done(&["suggest", "bugs.md", "--json"]);
    let last: Value = serde_json::from_str(json.lines().last().unwrap()).unwrap();
    let lost = serde_json::json!(
        {"handle": "BUG-1", "by": "review-agent", "miss": "the report no longer has it"}
    );
    assert_eq!(last, lost);
}

/// What a colleague proposed would be gone without anybody having looked at it.
#[test]
fn what_is_stale_is_counted_on_opening_and_can_be_looked_at() {
    let table = table(PROPOSALS);
    assert!(!table.after(&[""]).contains("stale"), "nothing is");
    table.place.done(&["set", "bugs.md", "BUG-2", "--severity", "P3", "--rationale", "Nobody runs them."]);
    let shown = table.after(&[""]);
    assert!(shown.contains("stale proposals for 1 bug, decided or changed since"), "{shown}");
    assert!(shown.contains("/is:stale shows them"), "{shown}");
    let shown = table.after(&["/is:stale<Enter>"]);
    assert!(!shown.contains("BUG-1") && shown.contains("BUG-2"), "{shown}");
    let told = "P0 → P1 · Test infrastructure — proposed by review-agent, before it was changed or decided \
        Only the tests need it.";
    assert!(flat(&shown).contains(told), "{shown}");
    let listed = table.place.done(&["list", "bugs.md", "--filter", "is:stale"]);
    assert!(listed.contains("BUG-2") && !listed.contains("BUG-3"), "{listed}");
}

/// What was proposed of a bug at one level would read as if it were of another.
#[test]
fn what_is_stale_is_told_as_it_was_proposed() {
    let follows = "by: bot\ndecisions:\n\
        - {bug: BUG-2, severity: P1, rationale: Only the tests need it.}\n\
        - {bug: BUG-2, from: {severity: P1}, severity: P2, rationale: Nobody runs them.}\n\
        - {bug: BUG-4, from: {status: Open}, severity: P3, rationale: It is fast enough.}\n";
    let table = table(follows);
    for (bug, level) in [("BUG-2", "P3"), ("BUG-4", "P0")] {
        let args = ["set", "bugs.md", bug, "--severity", level, "--rationale", "It was looked at."];
        table.place.done(&[&args[..], &["--override", "Agreed with the team."]].concat());
    }
    let listed = table.place.done(&["suggest", "bugs.md"]);
    for told in ["BUG-2  P0 → P1 — Only", "BUG-2  P1 → P2 — Nobody", "BUG-4  → P3 — It is fast"] {
        assert!(listed.contains(told), "{told}\n{listed}");
    }
    let json = table.place.done(&["suggest", "bugs.md", "BUG-2", "--json"]);
    let last: Value = serde_json::from_str(json.lines().last().unwrap()).unwrap();
    assert_eq!(last["severity"], serde_json::json!({"from": "P1", "to": "P2"}));
    let shown = flat(&table.after(&["j"]));
    let told = "P1 → P2 — proposed by bot, before it was changed or decided Nobody runs them.";
    assert!(shown.contains(told), "{shown}");
}
