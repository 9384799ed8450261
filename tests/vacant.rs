//! What a section says that has no bugs goes where one comes, and nothing false stays behind.

use crate::place::Place;
use crate::sites::set;

const WHY: &str = "Looked at again by two of us.";

/// A report whose first section says so.
fn report(none: &str) -> String {
    let bug = |id: u32| format!("### BUG-{id}: Lamp {id} dark\n\n- **Status:** Open\n\n");
    let (one, two) = (bug(1), bug(2));
    format!(
        "# Pier\n\n## Critical\n\n*What must not wait.*\n\n{none}\n\n## High\n\n{one}## Low\n\n{two}## Notes\n\nText.\n"
    )
}

/// A report would say of a section that it has no bug, above one.
#[test]
fn words_for_no_bugs_go_where_one_comes() {
    for none in [
        "**None identified** ✅",
        "None.",
        "_(None - all tests pass)_",
        "—",
        "No critical issues found at this time.",
        "✅ Keine",
        "暂无",
        "N/A",
    ] {
        let new = set(&report(none), "BUG-1", 0);
        let section = "## Critical\n\n*What must not wait.*\n\n### BUG-1: Lamp 1 dark\n\n- **Status:** Open\n\n## High\n\n";
        assert!(new.contains(section), "{none}: {new}");
    }
    for prose in ["No ship may sail.", "Nonetheless it is so.", "Two were found.", "- None of them floats"] {
        assert!(set(&report(prose), "BUG-1", 0).contains(prose), "{prose}");
    }
}

/// A section without bugs would say less than the others that have none.
#[test]
fn the_words_of_the_report_come_where_the_last_bug_goes() {
    let none = "**None identified** ✅";
    assert!(set(&report(none), "BUG-1", 3).contains(&format!("## High\n\n{none}\n\n## Low\n\n")));
    let of_level = set(&report("No critical issues found."), "BUG-1", 3);
    assert!(
        of_level.contains("## High\n\n## Low\n\n"),
        "what is said of another level is not said: {of_level}"
    );
    let both = set(&report(none), "BUG-1", 0);
    assert!(both.contains(&format!("## High\n\n{none}\n\n## Low\n\n")), "{both}");
}

#[test]
fn undoing_brings_the_words_back() {
    for none in ["**None identified** ✅", "—", "No critical issues found."] {
        let place = Place::with("bugs.md", report(none));
        let mut states = Vec::new();
        for (bug, level) in [("BUG-1", "P0"), ("BUG-2", "P1"), ("BUG-1", "P3"), ("BUG-2", "P0")] {
            states.push(place.read("bugs.md"));
            place.done(&["set", "bugs.md", bug, "--severity", level, "--rationale", WHY, "--override", WHY]);
        }
        for state in states.iter().rev() {
            place.done(&["undo", "bugs.md"]);
            assert_eq!(place.read("bugs.md"), *state, "{none}");
        }
    }
}
