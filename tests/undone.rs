//! Undo: a saved decision that is taken back gives the old bytes back where nothing else has changed, and what
//! somebody else has written meanwhile stays where something has.

use std::fs;

use regrade::deviation::Log;
use regrade::tui::Step;

use crate::desk::Table;
use crate::place::Place;

const WHY: &str = "Looked at.";

const NAME: &str = "bugs.md";

/// A report with sections by severity, a claim, and blank lines that nobody would put like that.
const SECTIONS: &str = "\
# Pier inspection

| Severity | Count |
|----------|-------|
| Critical | 2     |
| Low      | 1     |


## Critical

Told by the harbour master.


### BUG-1: Bollard loose

- **Severity:** Critical - Safety

It moves.



### BUG-2: Lamp dark

- **Severity:** Critical


***

## Low

### BUG-3: Paint worn

- **Severity:** Low
";

/// The same without numbers, and with rules between bugs.
const TITLES: &str = "\
# Pier inspection

## 🔴 High Priority Issues

### Bollard loose
It moves.

---

### Lamp dark
At night.

---

## 🟢 Low Priority Issues

### Paint worn
Red.
";

/// Bugs under the heading of the only level that there is.
const ALONE: &str =
    "# Pier\n\n## High Bugs Found\n\n### Bollard loose\nIt moves.\n\n### Lamp dark\nAt night.";

/// Tables whose cells are wider than what they say, or as wide, and a severity that nobody knows.
const CELLS: &str = "\
| ID  | Severity | Title         | Status |
|-----|---|---------------|--------|
| A-1 | High   | Bollard loose | Open   |
| A-2 |  Critical| Lamp dark | Open |
| A-3 | rank-1 | Rope frayed | Open |

| ID | Title | Status |
|---|---|---|
| B-1 | Paint worn   |   |
";

/// Items under headings of levels.
const ITEMS: &str = "# Pier\n\n## High\n\n- Bollard loose\n- Lamp dark\n\n## Low\n\n* Paint worn\n\n\n- Net torn\n- Bell mute\n";

/// Bugs under headings that say what has become of them, some below headings of levels.
const STATUSES: &str = "\
# Pier

## Open bugs

### Bollard loose

**Severity:** High

It moves.

### Lamp dark

**Severity:** Low

## In progress

| ID | Severity | Problem |
|----|----------|---------|
| A-1 | High | Bell mute |

## Fixed

### High

#### Net torn
It was old.

#### Rope frayed
It was wet.

### Low

#### Paint worn
It is red.
";

/// Bugs counted in boxes, under headings that a field rates and that are called by something else.
const RATED: &str = "\
# Pier

## loose-bolts
Impact: High
Confidence: Medium
 - [ ] ID-0
[Bollard.hold()](pier/bollard.md#L3) holds nothing:
\t- [bolt = none](pier/bollard.md#L4)

pier/bollard.md#L3


## dark-corners
Impact: Low
Confidence: High
 - [ ] ID-1
[Lamp.shine()](pier/lamp.md#L5) is dark at night

pier/lamp.md#L5


 - [x] ID-2
Rust in [Lamp.post()](pier/lamp.md#L9):
\tSpots:
\t- [scrape(foot)](pier/lamp.md#L10)

pier/lamp.md#L9


 - [ ] ID-3
moss on [Lamp.lid()](pier/lamp.md#L20)

pier/lamp.md#L20
";

/// Reports of several layouts, each with its name.
pub const ALL: [(&str, &str); 9] = [
    ("sections", SECTIONS),
    ("titles", TITLES),
    ("alone", ALONE),
    ("cells", CELLS),
    ("items", ITEMS),
    ("statuses", STATUSES),
    ("rated", RATED),
    ("rows behind blank lines", include_str!("layouts/rows-behind-blank-lines.md")),
    ("tables that go on", include_str!("layouts/tables-that-go-on.md")),
];

fn bytes(place: &Place) -> Vec<u8> {
    fs::read(place.path(NAME)).unwrap()
}

/// The handles of the bugs of a report.
fn handles(place: &Place) -> Vec<String> {
    let list = place.done(&["list", NAME, "--json"]);
    let handle = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["handle"].clone();
    list.lines().map(|line| handle(line).as_str().unwrap().to_owned()).collect()
}

/// The report with other line ends, a byte order mark and bytes that are no text.
pub fn forms(text: &str) -> [Vec<u8>; 3] {
    let odd = [b"\xEF\xBB\xBF".as_slice(), text.replace('\n', "\r\n").as_bytes(), b"\r\n\xFF\xFE"].concat();
    [text.into(), text.trim_end().into(), odd]
}

#[test]
fn a_decision_that_is_taken_back_leaves_no_trace_in_the_report() {
    for (name, text) in ALL {
        for form in forms(text) {
            let place = Place::with(NAME, &form);
            for (bug, level) in handles(&place).iter().zip(["P3", "P0", "P2"].into_iter().cycle()) {
                let set = place.run(&["set", NAME, bug, "--severity", level, "--rationale", "Looked at."]);
                if set.code == 0 && bytes(&place) != form {
                    place.done(&["undo", NAME]);
                }
                let now = String::from_utf8_lossy(&bytes(&place)).into_owned();
                assert_eq!(now, String::from_utf8_lossy(&form), "{name}: {bug} to {level}");
            }
        }
    }
}

/// Decides on a level and a status of a bug, where the report can say both.
fn defer(place: &Place, bug: &str, level: &str) {
    place.run(&["set", NAME, bug, "--severity", level, "--status", "Deferred", "--rationale", WHY]);
}

/// A session of several decisions could not be taken back one by one.
#[test]
fn decisions_are_taken_back_one_after_the_other_through_the_same_states() {
    for (name, text) in ALL {
        let place = Place::with(NAME, text);
        let mut states = Vec::new();
        for (bug, level) in handles(&place).iter().zip(["P3", "P2", "P1", "P3", "P0"]) {
            let before = bytes(&place);
            defer(&place, bug, level);
            if bytes(&place) != before {
                states.push(before);
            }
        }
        assert!(states.len() > 1, "{name}");
        for state in states.iter().rev() {
            place.done(&["undo", NAME]);
            assert_eq!(String::from_utf8(bytes(&place)), String::from_utf8(state.clone()), "{name}");
        }
    }
}

/// Taken back together, some would be written into a report that they were never in.
#[test]
fn several_that_are_taken_back_at_once_leave_no_trace_either() {
    for (name, text) in ALL {
        for form in forms(text) {
            let table = Table::new(&form);
            for (bug, level) in handles(&table.place).iter().zip(["P3", "P2", "P1", "P3", "P0"]) {
                defer(&table.place, bug, level);
            }
            let saved = Log::read(table.log().as_bytes()).entries.len();
            assert!(saved > 1, "{name}");
            table.play([Step::keys(&"u".repeat(saved)), Step::Settle, Step::keys("w"), Step::Settle]);
            let now = String::from_utf8_lossy(&bytes(&table.place)).into_owned();
            assert_eq!(now, String::from_utf8_lossy(&form), "{name}");
            let log = Log::read(table.log().as_bytes());
            assert_eq!((log.entries.len(), log.verify().len()), (2 * saved, 0), "{name}");
        }
    }
}

/// What somebody has written since would be lost with the decision.
#[test]
fn what_was_written_meanwhile_stays() {
    for (name, text) in ALL {
        let place = Place::with(NAME, text);
        let bug = &handles(&place)[0];
        place.done(&["set", NAME, bug, "--severity", "P3", "--rationale", "Looked at."]);
        let theirs = [&bytes(&place)[..], b"\n\nThe keeper was told.\n"].concat();
        place.write(NAME, theirs);
        place.done(&["undo", NAME]);
        assert!(place.read(NAME).contains("The keeper was told."), "{name}");
        let first = place.done(&["list", NAME, "--json"]);
        assert!(
            !first.lines().find(|line| line.contains(bug.as_str())).unwrap().contains("\"level\":\"P3\"")
        );
    }
}

/// A review goes from bug to bug, and what is said of one is no reason to say it of the next in another place.
#[test]
fn paragraphs_with_fields_are_decided_on_one_by_one_as_at_once() {
    let report = "# Pier\n\n## Issues Encountered\n\n**Issue 1: Plan was wrong**\n- **Problem:** It rained\n- **Impact:** None\n\n**Issue 2: Lamp is odd**\n- **Problem:** It blinks\n- **Impact:** Ships wait\n";
    let decided = |commands: &[&[&str]]| {
        let place = Place::with(NAME, report);
        for bugs in commands {
            place.done(&[&["set", NAME], *bugs, &["--severity", "P3", "--rationale", "Looked at."]].concat());
        }
        bytes(&place)
    };
    let at_once = decided(&[&["Issue 1", "Issue 2"]]);
    assert_eq!(decided(&[&["Issue 1"], &["Issue 2"]]), at_once);
    assert_eq!(decided(&[&["Issue 2"], &["Issue 1"]]), at_once);
}

/// The log is read by people: what values tell is not told twice.
#[test]
fn a_way_back_is_noted_where_values_do_not_tell_it() {
    let place = Place::with(NAME, SECTIONS);
    let log = || fs::read_to_string(place.path("bugs.deviations.yaml")).unwrap();
    place.done(&["set", NAME, "BUG-3", "--status", "Deferred", "--rationale", "Looked at."]);
    assert!(!log().contains("\nback:"), "{}", log());
    place.done(&["set", NAME, "BUG-1", "--severity", "P2", "--rationale", "Looked at."]);
    assert!(log().contains("\nback:\n  of: \""), "{}", log());
    place.done(&["log", NAME, "--verify"]);
}

/// Each of the sections gets another beside it, which would stay there without a bug.
#[test]
fn what_moved_in_thousands_of_sections_goes_back_without_a_trace() {
    const SECTIONS: usize = 6000;
    let section = |at: usize| {
        format!(
            "## Deck {at}\n\n### P{} Bugs\n\n#### BUG-{at}: It leaks\n\n- **Severity:** P{}\n\n",
            at % 2,
            at % 2
        )
    };
    let report = format!("# Ship\n\n{}", (0..SECTIONS).map(section).collect::<String>());
    let place = Place::with(NAME, &report);
    place.done(&[
        "set",
        NAME,
        "--filter",
        "is:undecided",
        "--severity",
        "P2",
        "--rationale",
        "Only the paint is wet.",
    ]);
    assert!(bytes(&place) != report.as_bytes());
    place.done(&["undo", NAME]);
    assert!(bytes(&place) == report.as_bytes());
}

/// What every kind of decision on a bug changes, taken back after the team has renamed or dropped what the log speaks of.
#[test]
fn an_undo_finds_what_the_log_speaks_of_by_its_old_key_and_else_says_so() {
    let report = "# Pier\n\n### BUG-1: Lamp dark\n- **Severity:** P0\n- **Scope:** Test infrastructure\n- **Status:** Open\n";
    let renamed = "methodology:\n  levels:\n    P0: {key: S1}\n    P2: {key: S3}\n  scopes:\n    test: {key: bench}\n    production: {key: live}\n  statuses:\n    resolved: {key: gone}\n";
    let sets: [&[&str]; 4] = [
        &["--severity", "P2"],
        &["--scope", "production"],
        &["--status", "resolved"],
        &["--severity", "P2", "--scope", "production", "--fix", "A new bulb."],
    ];
    for set in sets {
        let place = Place::new();
        place.write(NAME, report);
        let args = [&["set", NAME, "BUG-1", "--rationale", "It is lit by now."], set].concat();
        let made = place.run(&args);
        assert_eq!(made.code, 0, "{set:?}: {}", made.err);
        place.write(".regrade.yaml", renamed);
        let undone = place.run(&["undo", NAME]);
        assert_eq!(undone.code, 0, "{set:?}: {}", undone.err);
        assert_eq!(fs::read_to_string(place.path(NAME)).unwrap(), report, "{set:?}");
    }
    let place = Place::new();
    place.write(NAME, report);
    place.run(&["set", NAME, "BUG-1", "--severity", "P2", "--rationale", "It is lit by now."]);
    place.write(".regrade.yaml", "methodology:\n  only: [levels]\n  levels:\n    P2: {}\n");
    let before = place.files();
    let undone = place.run(&["undo", NAME]);
    assert_eq!(
        (undone.code, undone.err.contains("was P0, and no level is called so")),
        (1, true),
        "{}",
        undone.err
    );
    assert_eq!(place.files(), before, "nothing is logged that did not happen");
}

/// Reports whose lines end in a backslash would refuse every new field.
#[test]
fn fields_of_lines_that_a_backslash_breaks_are_written_and_taken_back() {
    let lines = |marks: [&str; 3], end: &str| {
        let [severity, status, found] = marks;
        let fields = format!(
            "**Severity:** P1{severity}{end}**Status:** Open{status}{end}**Found:** at night{found}{end}"
        );
        format!("# Bugs{end}{end}## BUG-1: Slow{end}{end}{fields}{end}It takes minutes.{end}")
    };
    let set = ["--severity", "P2", "--scope", "test", "--field", "Owner=Ben", "--rationale", "It is known."];
    for end in ["\n", "\r\n"] {
        for marks in [["\\", "\\", ""], ["\\", "\\", "\\"]] {
            let report = lines(marks, end);
            let place = Place::with(NAME, &report);
            place.done(&[&["set", NAME, "BUG-1"], &set[..]].concat());
            let written = place.read(NAME);
            assert!(written.contains(&format!("**Scope:** Test infrastructure\\{end}")), "{written}");
            let shown: serde_json::Value =
                serde_json::from_str(&place.done(&["show", NAME, "BUG-1", "--json"])).unwrap();
            assert_eq!(shown["scope"], "Test infrastructure", "{shown}");
            place.done(&["undo", NAME]);
            assert_eq!(place.read(NAME), report);
        }
    }
}
