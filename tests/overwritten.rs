//! A saved decision over which somebody has written since: taking it back, or bringing it back, would overwrite that untold.
//! One whose bug somebody has deleted: nothing is left of it in the report.

use std::fs;

use regrade::tui::Step;
use serde_json::{Value, json};

use crate::desk::Table;
use crate::place::Place;

const NAME: &str = "bugs.md";

const WHY: &str = "Looked at, and it is so.";

const REPORT: &str = "\
# Pier

### BUG-1: Bollard loose

- **Severity:** P0
- **Status:** Open

### BUG-2: Lamp dark

- **Severity:** P0
- **Scope:** production
- **Status:** Open

### BUG-3: Paint worn

- **Severity:** P0
- **Status:** Open
";

fn edit(place: &Place, from: &str, to: &str) {
    let text = place.read(NAME);
    assert!(text.contains(from), "no {from:?} in {text}");
    place.write(NAME, text.replacen(from, to, 1));
}

/// A report with a decision on a bug that somebody has edited since.
fn edited(set: &[&str], from: &str, to: &str) -> Place {
    let place = Place::with(NAME, REPORT);
    place.done(&[&["set", NAME, "BUG-1", "--rationale", WHY], set].concat());
    edit(&place, from, to);
    place
}

/// That a command is refused with these words and nothing is touched; gives what it says on standard output.
fn refused(place: &Place, args: &[&str], words: &[&str]) -> String {
    let before = place.files();
    let said = place.run(args);
    assert_eq!(said.code, 1, "{args:?}: {}", said.out);
    for word in words {
        assert!(said.err.contains(word), "no {word:?} in {}", said.err);
    }
    assert_eq!(place.files(), before, "{args:?}");
    said.out
}

const P2: &[&str] = &["--severity", "P2"];

#[test]
fn what_was_written_over_a_decision_is_not_overwritten_and_told() {
    let place = edited(P2, "P2 (downgraded from P0)", "P3");
    refused(
        &place,
        &["undo", NAME],
        &[
            "is not taken back, for BUG-1 was changed since: severity P2, the report says P3",
            "regrade set bugs.md BUG-1 --severity P0 --rationale TEXT",
        ],
    );
    let owner: &[&str] = &["--field", "Owner=Ada"];
    for (set, from, to, said) in [
        (
            &["--scope", "production"][..],
            "Production",
            "documentation",
            "scope Production, the report says documentation",
        ),
        (&["--status", "resolved"], "Resolved", "Deferred", "status Resolved, the report says Deferred"),
        (&["--status", "resolved"], "- **Status:** Resolved\n", "", "status Resolved, the report says none"),
        (&["--status", "duplicate of BUG-2"], "BUG-2\n", "BUG-3\n", "of BUG-3"),
        (owner, "Ada", "Ben", "Owner Ada, the report says Ben"),
    ] {
        refused(&edited(set, from, to), &["undo", NAME], &[said, "for BUG-1 was changed since: "]);
    }
}

/// Whoever tidies a report up by hand could take nothing back any more.
#[test]
fn the_same_in_other_words_is_taken_back() {
    for (set, from, to) in [
        (P2, "P2 (downgraded from P0)", "P2 - nothing holds it"),
        (P2, "P2 (downgraded from P0)", "Medium"),
        (&["--scope", "production"], "Production", "production"),
        (&["--field", "Owner=Ada"], "Ada", "ada"),
    ] {
        let place = edited(set, from, to);
        place.done(&["undo", NAME]);
        let first = place.done(&["list", NAME, "--filter", "id:BUG-1 sev:P0", "--json"]);
        assert!(first.contains("\"scope\":null") && !place.read(NAME).contains("ada"), "{set:?} {first}");
    }
}

/// A row without and one with a column for the owner, and a field table.
const FORMS: &str = "\
# Pier

| ID | Title | Severity |
|---|---|---|
| A-1 | Bollard loose | P1 |

| ID | Title | Severity | Owner |
|---|---|---|---|
| B-1 | Lamp dark | P1 | Ben |

### D-1: Rope frayed

| Field | Value |
|---|---|
| Severity | P1 |
| Owner | Ben |
";

const ITEMS: &str = "# Pier\n\n## P1 Bugs\n\n- **C-1: Paint worn**\n- **C-2: Net torn**\n";

/// What a save makes of a value would count as written by somebody: nothing could be taken back, and it would be decided
/// again and again.
#[test]
fn a_value_that_is_written_in_another_way_than_it_was_given_is_still_that() {
    for (report, id) in [(FORMS, "A-1"), (FORMS, "B-1"), (FORMS, "D-1"), (ITEMS, "C-1")] {
        for value in ["Renamed a) to b)", "a) b", "a|b", r"a\|b", "(a"] {
            let place = Place::with(NAME, report);
            let field = format!("Owner={value}");
            let set = ["set", NAME, id, "--field", &field, "--rationale", WHY];
            place.done(&set);
            refused(&place, &set, &["already"]);
            place.done(&["undo", NAME]);
            assert_eq!(place.read(NAME), report, "{id} {value}");
        }
        let place = Place::with(NAME, report);
        let set = ["set", NAME, id, "--status", r"resolved - a \| b", "--rationale", WHY];
        place.done(&set);
        refused(&place, &set, &["already"]);
        let said = place.done(&["undo", NAME]);
        assert!(!said.contains("the remark of"), "{id} {said}");
        assert_eq!(place.read(NAME), report, "{id}");
    }
}

/// A level that the team gave up would take with it the only thing to hold the report against.
#[test]
fn a_severity_that_no_level_is_called_any_more_is_held_against_the_report() {
    let given_up = |place: &Place| {
        let levels = "methodology: {only: [levels], levels: {P0: {}, P1: {}, P3: {}}}\n";
        place.write(".regrade.yaml", levels);
    };
    let place = edited(P2, "P2 (downgraded from P0)", "P1");
    given_up(&place);
    refused(&place, &["undo", NAME], &["BUG-1 was changed since: severity P2, the report says P1"]);
    let place = edited(P2, "P2 (downgraded from P0)", "Nuisance");
    given_up(&place);
    refused(&place, &["undo", NAME], &["BUG-1 was changed since: severity P2, the report says Nuisance"]);
    for now in ["P2", "P0"] {
        let place = edited(P2, "P2 (downgraded from P0)", now);
        given_up(&place);
        place.done(&["undo", NAME]);
        assert_eq!(place.read(NAME), REPORT, "{now}");
    }
}

/// A remark goes with its status, and whoever wrote it would never know.
#[test]
fn a_remark_that_was_written_since_goes_and_is_told() {
    let place = edited(&["--status", "resolved"], "Resolved", "RESOLVED - a new chain");
    let said = place.done(&["undo", NAME]);
    assert!(said.contains("the remark of BUG-1 goes: a new chain"), "{said}");
    assert_eq!(place.read(NAME), REPORT);
    let table = Table::new(REPORT).sized(120, 40);
    table.place.done(&["set", NAME, "BUG-1", "--status", "resolved", "--rationale", WHY]);
    edit(&table.place, "Resolved", "Resolved - a new chain");
    let (_, shown) = table.play([Step::keys("u"), Step::Settle, Step::Screenshot]);
    assert!(shown[0].contains("the remark of BUG-1 goes: a new chain"), "{}", shown[0]);
}

/// Somebody who has taken a decision back by hand could not go on to those before it.
#[test]
fn what_is_again_as_it_was_before_is_taken_back_in_the_log() {
    let place = edited(P2, "P2 (downgraded from P0)", "P0");
    place.done(&["undo", NAME]);
    assert_eq!(place.read(NAME), REPORT);
    assert!(place.done(&["log", NAME]).contains("reverted"));
}

/// A redo would say that it has brought back what the report does not say.
#[test]
fn what_was_taken_back_in_the_log_alone_comes_back_as_it_was_decided() {
    let sets: [&[&str]; 4] = [
        &["--severity", "P2", "--scope", "production"],
        &["--status", "resolved"],
        &["--field", "Owner=Ada", "--fix", "tightened"],
        &["--severity", "P1", "--status", "resolved", "--field", "Owner=Ada"],
    ];
    for set in sets {
        let place = Place::with(NAME, REPORT);
        place.done(&[&["set", NAME, "BUG-1", "BUG-3", "--rationale", WHY], set].concat());
        let decided = place.read(NAME);
        place.write(NAME, REPORT);
        place.done(&["undo", NAME]);
        assert_eq!(place.read(NAME), REPORT);
        place.done(&["redo", NAME]);
        assert_eq!(place.read(NAME), decided, "{set:?}");
        place.done(&["undo", NAME]);
        assert_eq!(place.read(NAME), REPORT, "{set:?}");
    }
}

#[test]
fn of_several_bugs_one_of_which_was_put_back_by_hand_all_come_back() {
    let place = Place::with(NAME, REPORT);
    place.done(&["set", NAME, "BUG-1", "BUG-2", "--severity", "P2", "--rationale", WHY]);
    let decided = place.read(NAME);
    edit(&place, "P2 (downgraded from P0)", "P0");
    place.done(&["undo", NAME]);
    assert_eq!(place.read(NAME), REPORT);
    place.done(&["redo", NAME]);
    assert_eq!(place.read(NAME), decided);
    let log = place.done(&["log", NAME, "--json"]);
    let entry: Value = serde_json::from_str(log.lines().last().unwrap()).unwrap();
    let severity = |at: usize| entry["bugs"][at]["severity"].clone();
    assert_eq!([severity(0), severity(1)], [0, 1].map(|_| json!({"from": "P0", "to": "P2"})), "{log}");
}

/// There is a place for it: where it stood.
#[test]
fn a_finding_whose_paragraph_was_deleted_by_hand_comes_back() {
    let place = Place::with(NAME, REPORT);
    place.done(&["record", NAME, "finding", "--text", "None of the P0 bugs touches production"]);
    let decided = place.read(NAME);
    place.write(NAME, REPORT);
    place.done(&["undo", NAME]);
    place.done(&["redo", NAME]);
    assert_eq!(place.read(NAME), decided);
    place.done(&["undo", NAME]);
    assert_eq!(place.read(NAME), REPORT);
}

/// Nobody has upgraded it: a reviewer would look for who did.
#[test]
fn a_severity_that_is_taken_back_gets_no_note_of_what_was_taken_back() {
    let place = Place::with(NAME, REPORT.replacen("P0", "P0 - chafed", 1));
    let set = |level: &str| place.done(&["set", NAME, "BUG-1", "--severity", level, "--rationale", WHY]);
    set("P1");
    edit(&place, "P1 - chafed (downgraded from P0)", "High - chafed");
    place.done(&["undo", NAME]);
    assert!(place.read(NAME).contains("**Severity:** Critical - chafed\n"), "{}", place.read(NAME));
    set("P1");
    set("P3");
    edit(&place, "Low - chafed (downgraded from Critical)", "Low - chafed");
    place.done(&["undo", NAME]);
    let noted = "**Severity:** High - chafed (downgraded from Critical)\n";
    assert!(place.read(NAME).contains(noted), "{}", place.read(NAME));
}

/// The log would say that the report no longer states it.
#[test]
fn a_finding_that_was_written_anew_is_not_taken_back_and_one_that_was_deleted_is_told() {
    let table = Table::new(REPORT).sized(120, 40);
    let place = &table.place;
    place.done(&["record", NAME, "finding", "--text", "None of the P0 bugs touches production"]);
    edit(place, "None of the P0", "Not one of the P0");
    let said = "None of the P0 bugs touches production, the report says Not one of the P0";
    let words = ["is not taken back, for its paragraph was changed since: ", said, "`undo` goes on"];
    let out = refused(place, &["undo", NAME, "--json"], &words);
    let refusal: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(refusal["paragraph"]["report"], "Not one of the P0 bugs touches production");
    let (_, shown) = table.play([Step::keys("u"), Step::Settle, Step::Screenshot]);
    assert!(shown[0].contains("not undone: its paragraph was changed since"), "{}", shown[0]);
    place.write(NAME, REPORT);
    let said = place.done(&["undo", NAME]);
    assert!(said.contains("! the report no longer has its paragraph: None of the P0"), "{said}");
    assert_eq!(place.read(NAME), REPORT);
}

#[test]
fn a_count_that_was_changed_since_stays_and_is_told() {
    let counts = "| Level | Count |\n|---|---|\n| P0 | 22 |\n| P1 | 8 |\n\n### BUG-1";
    let place = Place::with(NAME, REPORT.replacen("### BUG-1", counts, 1));
    place.done(&["check", NAME, "--fix-claims"]);
    edit(&place, "| P0 | 3 ", "| P0 | 9 ");
    let said = place.done(&["undo", NAME]);
    assert!(
        said.contains("! the count on line 5 stays, for it was changed since: 3, the report says 9"),
        "{said}"
    );
    assert!(place.read(NAME).contains("| P1 | 8 "), "{}", place.read(NAME));
}

#[test]
fn of_many_bugs_some_are_named_and_all_are_in_the_json() {
    let place = Place::with(NAME, REPORT.to_owned() + &bugs(4..=7));
    let all: Vec<String> = (1..=7).map(|bug| format!("BUG-{bug}")).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    place.done(&[&["set", NAME, "--severity", "P2", "--rationale", WHY], &all[..]].concat());
    for _ in 0..5 {
        edit(&place, "P2 (downgraded from P0)", "P3");
    }
    let out = refused(
        &place,
        &["undo", NAME, "--json"],
        &[
            "for 5 of its 7 bugs were changed since: BUG-1: severity P2",
            "BUG-3: severity P2, the report says P3; and 2 more",
            "set bugs.md ID…",
        ],
    );
    let said: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(said["edited"].as_array().unwrap().len(), 5);
    assert_eq!(
        said["edited"][4],
        json!({"bug": "BUG-5", "value": "severity", "before": "P0", "decided": "P2", "report": "P3"})
    );
    let log = place.done(&["log", NAME, "--json"]);
    let entry: Value = serde_json::from_str(log.lines().next().unwrap()).unwrap();
    assert_eq!(said["entry"], entry["id"]);
    assert!(said["refused"]["why"].as_str().unwrap().contains("5 of its 7 bugs"), "{said}");
}

fn bugs(which: std::ops::RangeInclusive<usize>) -> String {
    which.map(|bug| format!("\n### BUG-{bug}: Rope {bug}\n\n- **Severity:** P0\n")).collect()
}

#[test]
fn nor_is_a_decision_brought_back_over_what_was_written_since() {
    let place = Place::with(NAME, REPORT);
    place.done(&["set", NAME, "BUG-1", "--severity", "P2", "--rationale", WHY]);
    place.done(&["undo", NAME]);
    edit(&place, "P0", "P1");
    let words =
        ["not brought back, for BUG-1 was changed since it was taken back: severity P0, the report says P1"];
    refused(&place, &["redo", NAME], &words);
    edit(&place, "P1", "P0");
    place.done(&["redo", NAME]);
}

/// At the desk, too; what is decided anew there can then be taken back.
#[test]
fn the_desk_says_so_and_does_nothing() {
    let table = Table::new(REPORT).sized(120, 40);
    table.place.done(&["set", NAME, "BUG-1", "--severity", "P2", "--rationale", WHY]);
    edit(&table.place, "P2 (downgraded from P0)", "P3");
    let before = table.place.files();
    let (_, shown) =
        table.play([Step::keys("u"), Step::Settle, Step::Screenshot, Step::keys("w"), Step::Settle]);
    for word in ["not undone", "BUG-1", "severity P2, the report says P3", "decide on it anew"] {
        assert!(shown[0].contains(word), "no {word:?} in {}", shown[0]);
    }
    assert_eq!(table.place.files(), before);
    edit(&table.place, "P3", "P2");
    table.place.done(&["undo", NAME]);
    edit(&table.place, "P0", "P1");
    let before = table.place.files();
    let (_, shown) =
        table.play([Step::keys("<Ctrl-r>"), Step::Settle, Step::Screenshot, Step::keys("w"), Step::Settle]);
    assert!(shown[0].contains("not redone") && shown[0].contains("the report says P1"), "{}", shown[0]);
    assert_eq!(table.place.files(), before);
}

/// A report whose BUG-2 has a decision and is deleted, and its lines.
fn deleted() -> (Place, String) {
    let place = Place::with(NAME, REPORT);
    place.done(&["set", NAME, "BUG-2", "--severity", "P2", "--rationale", WHY]);
    let text = place.read(NAME);
    let lines = text[text.find("### BUG-2").unwrap()..text.find("### BUG-3").unwrap()].to_owned();
    edit(&place, &lines, "");
    (place, lines)
}

/// Whoever looks for their decision would be told that there never was one.
#[test]
fn that_the_bug_is_no_longer_there_is_told_by_the_id_and_title_of_the_log() {
    let (place, lines) = deleted();
    let words = [
        "BUG-2 Lamp dark is no longer in the report",
        "in the report again",
        "there is no other saved decision",
    ];
    let out = refused(&place, &["undo", NAME, "--json"], &words);
    let said: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(said["gone"], json!([{"id": "BUG-2", "title": "Lamp dark"}]));
    edit(&place, "### BUG-3", &format!("{lines}### BUG-3"));
    place.done(&["undo", NAME]);
    assert_eq!(place.read(NAME), REPORT);
    edit(&place, &lines.replace("P2 (downgraded from P0)", "P0"), "");
    refused(&place, &["redo", NAME], &["is not brought back: BUG-2 Lamp dark is no longer in the report"]);
}

/// An older decision would be taken back for the newest, with no word about it.
#[test]
fn what_is_passed_over_is_told_with_what_is_taken_back_in_its_place() {
    let place = Place::with(NAME, REPORT);
    place.done(&["set", NAME, "BUG-1", "--severity", "P1", "--rationale", WHY]);
    place.done(&["set", NAME, "BUG-2", "BUG-3", "--severity", "P3", "--rationale", WHY]);
    let text = place.read(NAME);
    edit(&place, &text[text.find("### BUG-3").unwrap()..], "");
    let said = place.done(&["undo", NAME]);
    assert!(said.contains("! BUG-3 Paint worn is no longer in the report"), "{said}");
    place.done(&["redo", NAME]);
    let text = place.read(NAME);
    edit(&place, &text[text.find("### BUG-2").unwrap()..], "");
    let said: Value = serde_json::from_str(&place.done(&["undo", NAME, "--dry-run", "--json"])).unwrap();
    let warning = said["warnings"][0].as_str().unwrap();
    assert!(
        warning.starts_with("passed over entry ")
            && warning.contains("BUG-2 Lamp dark, BUG-3 Paint worn are")
    );
    let said = place.done(&["undo", NAME]);
    assert!(said.contains("(BUG-1: P1 → P0)") && said.contains("! passed over entry "), "{said}");
}

#[test]
fn the_desk_says_that_a_bug_is_no_longer_there_and_lists_its_decision_so() {
    let (place, _) = deleted();
    let table = Table::new(place.read(NAME)).sized(120, 40);
    fs::copy(place.path("bugs.deviations.yaml"), table.place.path("bugs.deviations.yaml")).unwrap();
    let (_, shown) =
        table.play([Step::keys("u"), Step::Settle, Step::Screenshot, Step::keys("L"), Step::Screenshot]);
    for screen in &shown {
        assert!(screen.contains("BUG-2 Lamp dark is no longer in the report"), "{screen}");
    }
    assert!(shown[0].contains("there is no other to undo"), "{}", shown[0]);
}
