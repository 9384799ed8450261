//! Sections that a field of their own rates, and that are called by what was found in them.

use regrade::report::Source;

use crate::parsed::parse;
use crate::place::Place;
use crate::sites::{new_lines, set, set_status};

const WHY: &str = "Looked at again by two of us.";

const REPORT: &str = "\
# Rig

## torn-sails
Impact: High
Confidence: Low
 - [ ] ID-0
[Sail](sail.md#L3) is torn:
\t- at the bow

sail.md#L3

 - [ ] ID-1
A seam is open

sail.md#L9

## bent-masts
Impact: Low
Confidence: Low
 - [ ] ID-2
the mast leans
to the left

mast.md
";

/// Each bug with its level and where that is from.
fn read(text: &str) -> Vec<(String, String, &'static str)> {
    let report = parse(text.as_bytes());
    let level =
        |bug| report.level(bug).map_or("-", |level| &report.methodology().level(level).key).to_owned();
    let bugs = report.indexes();
    bugs.map(|bug| (report.handle(bug).into_owned(), level(bug), report.bug(bug).source.name())).collect()
}

fn handles(text: &str) -> Vec<String> {
    read(text).into_iter().map(|(handle, ..)| handle).collect()
}

fn of_section(handle: &str, level: &str) -> (String, String, &'static str) {
    (handle.to_owned(), level.to_owned(), Source::Section.name())
}

#[test]
fn a_field_right_below_a_heading_rates_all_that_is_listed_there() {
    assert_eq!(read(REPORT), [of_section("ID-0", "P1"), of_section("ID-1", "P1"), of_section("ID-2", "P3")]);
    let report = parse(REPORT.as_bytes());
    let sites = |id: &str| report.sites(report.find(id).unwrap());
    assert_eq!(sites("ID-1").len(), 1);
    for (field, levels) in [
        ("**Severity:** Critical", ["P0", "P0", "P3"]),
        ("Confidence: High\nRisk: Medium", ["P2", "P2", "P3"]),
        ("Impact: High\n\nPriority: P2", ["P2", "P2", "P3"]),
        ("Impact: Tiny", ["-", "-", "P3"]),
    ] {
        let text = REPORT.replace("Impact: High", field);
        let found: Vec<String> = read(&text).into_iter().map(|(_, level, _)| level).collect();
        assert_eq!(found, levels, "{field}");
    }
}

/// What a check that ends in a number has found would be lost.
#[test]
fn a_name_that_ends_in_a_number_is_a_title_among_such() {
    let text = REPORT.replace("## torn-sails", "## tear-of-sail-no4");
    assert_eq!(handles(&text), ["ID-0", "ID-1", "ID-2"]);
    let prose = REPORT.replace("## torn-sails", "## Overview of sails");
    assert_eq!(handles(&prose), ["ID-0", "ID-1", "ID-2"]);
}

/// What is listed would be bugs, and the bug none.
#[test]
fn what_is_listed_below_a_bug_is_none() {
    let bug = |title: &str, severity: &str, list: &str| format!("## {title}\n{severity}\n\n{list}\n\n");
    let criteria = "- AC-1: it holds\n- AC-2: it shines";
    for lists in [
        [criteria, criteria, criteria],
        ["- BUG-4 is about the mast\n- BUG-9 too", "It leans.", "It leaks."],
        [
            "It flaps:\n\n- SAIL-1: at the bow\n- SAIL-2: aft",
            "It leans:\n\n- MAST-1: left",
            "It leaks:\n\n- HULL-1: here",
        ],
        [
            "- SAIL-2: at the bow\n- SAIL-1: aft",
            "- MAST-2: left\n- MAST-1: right",
            "- HULL-2: here\n- HULL-1: there",
        ],
    ] {
        let titles = ["Sail torn", "Mast bent", "Hull wet"];
        let bugs: String =
            titles.iter().zip(lists).map(|(title, list)| bug(title, "Severity: High", list)).collect();
        assert_eq!(handles(&format!("# Rig\n\n{bugs}")), ["sail-torn", "mast-bent", "hull-wet"], "{bugs}");
    }
    let weighed = REPORT.replace("Confidence", "Likelihood");
    assert!(read(&weighed).iter().all(|(_, level, _)| level == "-"), "{:?}", read(&weighed));
}

/// Its section would say of others, too, what was decided on one.
#[test]
fn a_bug_says_itself_that_it_is_of_another_level_than_its_section() {
    for (bug, level, line) in [
        ("ID-0", 3, "[Sail](sail.md#L3) is torn: (Severity: Low)"),
        ("ID-1", 0, "A seam is open (Severity: Critical)"),
        ("ID-2", 2, "to the left (Severity: Medium)"),
    ] {
        let new = set(REPORT, bug, level);
        assert_eq!(new_lines(&new, REPORT), [line]);
        let report = parse(new.as_bytes());
        assert_eq!(report.sites(report.find(bug).unwrap()).len(), 1, "{new}");
        let other = set(&new, bug, 1);
        let own = if bug == "ID-2" { 3 } else { 1 };
        assert_eq!(set(&other, bug, own), REPORT);
    }
}

#[test]
fn what_is_written_there_is_read_without_complaint_and_taken_back_to_the_byte() {
    let place = Place::with("bugs.md", REPORT);
    let set = |bug: &str, level: &str| {
        place.done(&["set", "bugs.md", bug, "--severity", level, "--rationale", WHY]);
        assert_eq!(place.run(&["check", "bugs.md"]).code, 0, "{}", place.run(&["check", "bugs.md"]).out);
        place.read("bugs.md")
    };
    let states =
        [REPORT.to_owned(), set("ID-1", "P3"), set("ID-0", "P3"), set("ID-1", "P2"), set("ID-2", "P1")];
    for state in states.iter().rev().skip(1) {
        place.done(&["undo", "bugs.md"]);
        assert_eq!(place.read("bugs.md"), *state);
    }
    for state in &states[1..] {
        place.done(&["redo", "bugs.md"]);
        assert_eq!(place.read("bugs.md"), *state);
    }
}

#[test]
fn a_box_is_ticked_where_a_bug_is_closed() {
    let closed = set_status(REPORT, "ID-1", "[x]");
    assert_eq!(closed, REPORT.replace("[ ] ID-1", "[x] ID-1"));
    let deferred = set_status(REPORT, "ID-1", "Deferred");
    assert_eq!(new_lines(&deferred, REPORT), ["A seam is open (Status: Deferred)"]);
}

/// A section by severity would take in bugs that stand in one of something else.
#[test]
fn sections_by_severity_beside_it_keep_to_themselves() {
    let high = "# Rig\n\n## High\n\n- ROPE-1: the sheet frays\n- ROPE-2: the halyard slips\n";
    let report = REPORT.replace("# Rig\n", high);
    let new = set(&report, "ID-2", 1);
    assert_eq!(new_lines(&new, &report), ["to the left (Severity: High)"]);
    let moved = set(&report, "ROPE-1", 3);
    assert!(moved.contains("\n## Low\n\n- ROPE-1: the sheet frays\n"), "{moved}");
    assert_eq!(handles(&moved).len(), 5);
}

#[test]
fn what_rates_a_section_is_told() {
    let place = Place::with("bugs.md", REPORT.to_owned() + "\n## High\n\n### ROPE-1: the sheet frays\n");
    let layout = place.run(&["show", "bugs.md", "--layout"]).out;
    let sections: Vec<&str> = layout.lines().filter(|line| line.starts_with("section")).collect();
    assert_eq!(
        sections,
        [
            "section rated by a field: line 3, torn-sails (P1)",
            "section rated by a field: line 17, bent-masts (P3)",
            "section by severity: line 26, High (P1)"
        ]
    );
}
