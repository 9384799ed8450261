//! What was proposed before: handed in again, accepted already, taken back, or for a report that has changed since.

use std::fs;

use serde_json::Value;

use super::{PROPOSALS, REPORT, place, propose, proposed, table};
use crate::place::Place;

/// An agent that sends its file again must not be refused for what was done as it said, nor take the way back from whoever
/// did it.
#[test]
fn what_is_accepted_and_proposed_again_stays_as_it_was_and_comes_back_with_an_undo() {
    let place = place(PROPOSALS);
    place.done(&["set", "bugs.md", "BUG-1", "--suggested"]);
    place.done(&["set", "bugs.md", "BUG-2", "--suggested"]);
    let again = PROPOSALS.replace("A setting that the tool", "It is a setting that the tool");
    let said = propose(&place, &again, &["--dry-run", "--json"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let json: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!((&json["kept"], &json["saved"], &json["log"]), (&false.into(), &Value::Null, &Value::Null));
    assert_eq!(json["proposed"].as_array().unwrap().len(), 2, "{json}");
    let fates: Vec<&str> =
        json["decisions"].as_array().unwrap().iter().filter_map(|row| row["fate"].as_str()).collect();
    assert_eq!(fates, ["accepted", "ok", "ok", "ok"]);
    let said = propose(&place, &again, &[]);
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{}", said.out);
    assert!(
        said.out.contains("line 3  BUG-1  accepted already  reclassified  (review-agent)\n"),
        "{}",
        said.out
    );
    let partly =
        "line 9  BUG-2, BUG-3  proposed  reclassified  (review-agent)\n    BUG-3  severity P0 → P1\n";
    assert!(said.out.contains(partly) && said.out.contains("    BUG-2  accepted already\n"), "{}", said.out);
    assert!(said.out.contains("2 proposals of review-agent are kept, in the place of its 2"), "{}", said.out);
    let listed = place.done(&["suggest", "bugs.md"]);
    assert!(
        listed.contains("BUG-3  P0 → P1") && !listed.contains("BUG-1") && !listed.contains("BUG-2"),
        "{listed}"
    );
    place.done(&["undo", "bugs.md"]);
    place.done(&["undo", "bugs.md"]);
    let listed = place.done(&["suggest", "bugs.md"]);
    assert!(listed.contains("BUG-1  P0 → P2") && listed.contains("BUG-2  P0 → P1"), "{listed}");
    place.done(&[
        "set",
        "bugs.md",
        "BUG-1",
        "BUG-2",
        "BUG-3",
        "--severity",
        "P1",
        "--rationale",
        "By hand, all of it.",
    ]);
    place.done(&[
        "set",
        "bugs.md",
        "BUG-2",
        "BUG-3",
        "--scope",
        "test",
        "--rationale",
        "By hand, all of it.",
    ]);
    let said = propose(&place, &again, &[]);
    assert!(said.code == 1 && said.err.contains("this is stale"), "what nobody accepted: {}", said.err);
    assert!(said.out.contains("BUG-2, BUG-3  so already"), "{}", said.out);
}

/// An item that was taken apart by being sent again could no longer be accepted for all its bugs at once.
#[test]
fn what_is_accepted_for_a_part_of_its_bugs_and_sent_again_stays_one() {
    let place = place(PROPOSALS);
    place.done(&["set", "bugs.md", "BUG-2", "--suggested"]);
    proposed(&place, PROPOSALS);
    place.done(&["undo", "bugs.md"]);
    place.done(&["set", "bugs.md", "BUG-2", "BUG-3", "--suggested"]);
}

/// What an author has once proposed could otherwise never be proposed again.
#[test]
fn what_was_accepted_and_set_otherwise_by_hand_is_proposed_anew() {
    let one = |from: &str| {
        let item = "severity: P2, rationale: Only a setting.";
        format!("by: bot\ndecisions:\n- {{bug: BUG-1, from: {{severity: {from}}}, {item}}}\n")
    };
    let place = place(&one("P0"));
    place.done(&["set", "bugs.md", "BUG-1", "--suggested"]);
    place.done(&["set", "bugs.md", "BUG-1", "--severity", "P1", "--rationale", "Prints nothing at all."]);
    proposed(&place, &one("P1"));
    assert!(place.done(&["suggest", "bugs.md"]).contains("BUG-1  P1 → P2"));
}

/// An export of a log in which all is taken back proposes nothing.
#[test]
fn who_has_taken_all_of_it_back_proposes_nothing_any_more() {
    let source = Place::with("bugs.md", REPORT);
    source.done(&["set", "bugs.md", "BUG-3", "--severity", "P3", "--rationale", "Nobody runs them."]);
    let exported = |source: &Place| source.done(&["export", "bugs.md", "--to", "yaml"]);
    let place = Place::with("bugs.md", REPORT);
    proposed(&place, &exported(&source));
    assert!(place.done(&["suggest", "bugs.md"]).contains("BUG-3  P0 → P3"));
    source.done(&["undo", "bugs.md"]);
    let said = propose(&place, &exported(&source), &[]);
    let told = "is proposed any more, in the place of its earlier one";
    assert!(said.code == 0 && said.out.contains(told), "{}", said.out);
    assert!(!place.done(&["suggest", "bugs.md"]).contains("BUG-3"));
}

/// A save changes the text by which two that are called alike are told.
#[test]
fn bugs_that_are_called_alike_keep_what_is_proposed_for_them_through_a_save() {
    let bug = |file: &str| format!("### BUG-1: Crash\n- **Severity:** P0\n- **File:** {file}\n\n");
    let slow = "### GH#14: Slow\n- **Severity:** P0\n";
    let place = Place::with("bugs.md", format!("# Nightly\n\n{}{}{slow}", bug("a.py"), bug("b.py")));
    let both = "by: bot\ndecisions:\n\
        - {bugs: [BUG-1, 'BUG-1#2', 'GH#14'], severity: P2, rationale: Only the tests need it.}\n\
        - {bugs: [BUG-1, 'BUG-1#2'], status: deferred, rationale: There is time until then.}\n";
    proposed(&place, both);
    place.done(&["set", "bugs.md", "BUG-1#2", "GH#14", "--suggested"]);
    let listed = place.done(&["suggest", "bugs.md"]);
    for told in ["BUG-1  P0 → P2", "BUG-1#2  stays P2 · Deferred"] {
        assert!(listed.contains(told), "{told}\n{listed}");
    }
    assert!(!listed.contains("no longer has"), "{listed}");
    let said = propose(&place, both, &[]);
    assert!(said.code == 0 && said.out.contains("    BUG-1#2  accepted already"), "{}", said.out);
}

#[test]
fn undo_and_redo_take_what_is_proposed_with_them() {
    let table = table(PROPOSALS);
    let shown = table.after(&["a", "u"]);
    assert!(shown.contains("proposed by review-agent") && shown.contains("undone: BUG-1"), "{shown}");
    let shown = table.after(&["a", "u", "<Ctrl-r>", "g"]);
    assert!(!shown.contains("Tab accept"), "{shown}");
    let shown = table.after(&["w", "g"]);
    assert!(!shown.contains("Tab accept"), "{shown}");
    let shown = table.after(&["u", "w", "g"]);
    assert!(shown.contains("Tab accept"), "a saved decision that is taken back: {shown}");
}

#[test]
fn proposals_wait_for_a_report_that_is_renamed_and_come_back_with_its_name() {
    let place = place(PROPOSALS);
    fs::rename(place.path("bugs.md"), place.path("other.md")).unwrap();
    assert!(!place.done(&["suggest", "other.md"]).contains("review-agent"));
    fs::rename(place.path("other.md"), place.path("bugs.md")).unwrap();
    assert!(place.done(&["suggest", "bugs.md"]).contains("review-agent"));
}

/// An item names many bugs, and some are as it would have them.
#[test]
fn a_bug_that_has_it_already_gets_no_suggestion_and_needs_an_author_all_the_same() {
    let place = place(
        "by: bot\ndecisions:\n- {bugs: [BUG-3, BUG-4], severity: P1, rationale: Only the tests need it.}\n",
    );
    let listed = place.done(&["suggest", "bugs.md"]);
    assert!(listed.contains("BUG-3  P0 → P1") && !listed.contains("BUG-4"), "{listed}");
    let nobody = "decisions:\n- {bug: BUG-4, severity: P1, rationale: Only the tests need it.}\n";
    let said = propose(&place, nobody, &[]);
    assert!(said.code == 1 && said.err.contains("nobody is named who proposes this"), "{}", said.err);
}

/// Whoever declines the first would never see the second.
#[test]
fn what_another_item_gives_as_well_is_proposed_by_itself() {
    let table = table(
        "by: bot\ndecisions:\n\
         - {bug: BUG-2, severity: P2, scope: test, rationale: Only the tests need it.}\n\
         - {bug: BUG-2, severity: P2, rationale: Nothing breaks.}\n",
    );
    table.after(&["j<Backspace>"]);
    assert!(table.place.done(&["suggest", "bugs.md"]).contains("BUG-2  P0 → P2  Clock tests"));
}

/// A chain of one author was accepted as it was sent.
#[test]
fn what_the_same_author_changed_again_is_accepted_all_the_same() {
    let chain = "by: bot\ndecisions:\n\
        - {bug: BUG-4, from: {status: open}, status: in progress, rationale: Somebody is at it.}\n\
        - {bug: BUG-4, from: {status: in progress}, status: resolved, rationale: Done last week.}\n";
    let place = place(chain);
    place.done(&["set", "bugs.md", "BUG-4", "--suggested"]);
    place.done(&["set", "bugs.md", "BUG-4", "--suggested"]);
    let said = propose(&place, chain, &[]);
    assert_eq!((said.code, said.out.matches("accepted already").count()), (0, 2), "{}{}", said.out, said.err);
}

/// A later day is another proposal.
#[test]
fn another_day_is_proposed_anew_and_the_same_is_known_again_the_day_after() {
    let until = |day: &str| {
        format!("by: bot\ndecisions:\n- {{bug: BUG-4, until: {day}, rationale: There is time until then.}}\n")
    };
    let place = place(&until("2026-12-24"));
    place.done(&["set", "bugs.md", "BUG-4", "--suggested"]);
    assert!(propose(&place, &until("2026-12-24"), &[]).out.contains("accepted already"));
    proposed(&place, &until("2027-06-01"));
    assert!(place.done(&["suggest", "bugs.md"]).contains("2027-06-01"));
}

/// An undo would change the other of two that are called alike.
#[test]
fn of_twins_in_sections_the_one_that_was_moved_comes_back() {
    let report = "# Nightly\n\n## High\n\n### Crash on start\n\nFirst text.\n\n## Medium\n\n### Crash on start\n\n\
                  Second text.\n\n## Low\n\n### Other thing\n\nMore.\n";
    let place = Place::with("bugs.md", report);
    place.done(&[
        "set",
        "bugs.md",
        "crash-on-start",
        "--severity",
        "low",
        "--rationale",
        "By hand lower it.",
    ]);
    assert_ne!(place.read("bugs.md"), report);
    place.done(&["undo", "bugs.md"]);
    assert_eq!(place.read("bugs.md"), report);
}

/// Somebody would look for what has gone of a bot that had never proposed anything.
#[test]
fn who_had_nothing_proposed_has_it_no_less() {
    let place = Place::with("bugs.md", REPORT);
    let wrong = "by: bot\ndecisions:\n- {bug: BUG-3, severity: P9, rationale: Nobody runs them.}\n\
                 - {bug: BUG-3, severity: P0, rationale: Nobody runs them.}\n";
    let said = propose(&place, wrong, &["--partial"]);
    assert!(said.out.contains("nothing of bot is proposed\n"), "{}", said.out);
}
