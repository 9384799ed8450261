//! Bugs whose sites disagree: a decision brings them in line once, as far as it can, and then says that it is so already.

use regrade::tui::Step;

use crate::desk::Table;

/// A bug in a section of another level than its field has, with another that stays there.
const SECTIONS: &str = "\
# Harbour

## P0 Bugs

### A-1: Bollard loose
- **Severity:** P1 - Timeout

### A-2: Lamp dark
- **Severity:** P0 - Outage

## P1 Bugs

### A-3: Rope frayed
- **Severity:** P1 - Timeout
";

/// An item in a section where it must stay, for it is numbered.
const ITEMS: &str = "\
# Harbour

## P0 Bugs

1. **A-1: Bollard loose** (P1)
2. **A-2: Lamp dark** (P0)

## P1 Bugs

1. **A-3: Rope frayed** (P1)
";

const DECISIONS: &str =
    "by: review-agent\ndecisions:\n- {bug: A-1, severity: P1, rationale: Only the tests need it.}\n";

const SET: [&str; 7] =
    ["set", "bugs.md", "A-1", "--severity", "P1", "--rationale", "Only the tests need it."];

const PROMISE: &str = "its sites disagree: this brings them in line";

fn table(report: &str, settings: &str) -> Table {
    let table = Table::new(report).configured(settings);
    table.place.write("decisions.yaml", DECISIONS);
    table
}

/// Asserts that nothing is left to be made of the bug: by a command, a file, what is proposed, and at the desk.
fn assert_is_so(table: &Table) {
    let (report, logged) = (table.report(), table.place.entries().len());
    let said = table.place.run(&SET);
    assert_eq!((said.code, said.err.contains("already")), (1, true), "{}\n{report}", said.err);
    for command in
        [&["apply", "bugs.md", "decisions.yaml"][..], &["apply", "bugs.md", "decisions.yaml", "--propose"]]
    {
        let said = table.place.run(command);
        assert_eq!((said.code, said.out.contains("so already")), (0, true), "{}{}", said.out, said.err);
    }
    let (_, screens) = table.play([
        Step::keys("/A-1<Enter>"),
        Step::Settle,
        Step::keys("1"),
        Step::Settle,
        Step::Screenshot,
    ]);
    assert!(screens[0].contains("Confirm") && !screens[0].contains(PROMISE), "{}", screens[0]);
    assert_eq!((table.report(), table.place.entries().len()), (report, logged));
}

/// Somebody would log a change that changes nothing, again and again.
#[test]
fn what_stays_in_the_section_of_another_level_is_decided_once() {
    for settings in ["sections: keep\n", "sections: keep\nannotate: rationale\n"] {
        let table = table(SECTIONS, settings);
        assert_eq!(table.place.run(&SET).code, 0);
        assert!(table.report().contains("P1 - Timeout (downgraded from P0"), "{}", table.report());
        assert_eq!(table.place.entries().len(), 1);
        assert_is_so(&table);
    }
    assert_is_so(&table(SECTIONS, "sections: keep\nannotate: none\n"));
}

#[test]
fn a_file_is_applied_once_where_bugs_stay_in_their_sections() {
    let table = table(SECTIONS, "sections: keep\n");
    let said = table.place.run(&["apply", "bugs.md", "decisions.yaml"]);
    assert_eq!((said.code, said.out.contains("so already")), (0, false), "{}{}", said.out, said.err);
    assert_is_so(&table);
}

#[test]
fn a_decision_from_another_level_is_made_once_where_bugs_stay_in_their_sections() {
    let table = table(&SECTIONS.replace("P1 - Timeout", "P0 - Timeout"), "sections: keep\n");
    assert_eq!(table.place.run(&SET).code, 0);
    assert_is_so(&table);
}

/// The same command would write a note beside what it wrote before, and log a second decision.
#[test]
fn a_level_that_only_the_section_says_is_decided_on_once_where_the_bug_stays() {
    let bare = SECTIONS.replace("- **Severity:** P1 - Timeout\n\n### A-2", "\nIt moves.\n\n### A-2");
    let items = ITEMS.replace(" (P1)", "").replace(" (P0)", "");
    let waits = SECTIONS.replacen(" P1 - Timeout", "", 1);
    for (report, note) in [(&bare, true), (&waits, true), (&items, false)] {
        for (annotate, says) in [("short", " (downgraded from P0)"), ("none", "")] {
            let table = table(report, &format!("sections: keep\nannotate: {annotate}\n"));
            assert_eq!(table.place.run(&SET).code, 0);
            let written = format!("**Severity:** P1{says}\n");
            assert_eq!(table.report().contains(&written), note, "{}", table.report());
            assert_is_so(&table);
            assert_eq!(table.place.run(&["undo", "bugs.md"]).code, 0);
            assert_eq!(table.report(), *report);
        }
    }
}

#[test]
fn an_item_that_cannot_move_is_as_it_is_to_be() {
    for settings in ["sections: keep\n", "sections: move\n"] {
        assert_is_so(&table(ITEMS, settings));
    }
}

/// The popup would promise what does not come, or keep to itself what does.
#[test]
fn the_popup_says_that_sites_are_brought_in_line_where_they_are() {
    for settings in ["sections: move\n", "sections: keep\n"] {
        let table = table(SECTIONS, settings);
        let (_, screens) = table.play([Step::keys("1"), Step::Settle, Step::Screenshot]);
        assert!(screens[0].contains(PROMISE), "{}", screens[0]);
        let steps =
            [Step::keys("1Only the tests need it.<Enter>"), Step::Settle, Step::keys("w"), Step::Settle];
        table.play(steps);
        assert_eq!(table.place.entries().len(), 1);
        assert_is_so(&table);
    }
}
