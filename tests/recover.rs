//! `regrade recover`: decisions that were never saved are found again.

use std::fs;

use regrade::tui::Step;

use crate::desk::Table;

const REPORT: &str = "\
# Bugs

### BUG-1: First crash
- **Severity:** P0 - ImportError

### BUG-2: Second crash
- **Severity:** P0 - ImportError
";

/// A desk that was left with a decision on each bug, unsaved.
fn left() -> Table {
    let table = Table::new(REPORT);
    table.play([Step::keys("2Only the tests.<Enter>1Of the tests too.<Enter>")]);
    table
}

fn journal(table: &Table) -> String {
    let said = table.place.run(&["recover", "--json"]);
    let line: serde_json::Value = serde_json::from_str(said.out.lines().next().unwrap()).unwrap();
    line["journal"].as_str().unwrap().to_owned()
}

#[test]
fn journals_are_listed_and_shown() {
    let table = Table::new(REPORT);
    assert_eq!(table.place.run(&["recover"]).out, "no journal holds a decision: everything is saved\n");
    let table = left();
    let said = table.place.run(&["recover"]);
    assert!(said.out.contains("  2 decisions, the last from 2026-02-11 20:25:48Z\n"), "{}", said.out);
    assert!(
        said.out.contains("  comes back when ") && said.out.contains("bugs.md is opened\n"),
        "{}",
        said.out
    );
    for name in [journal(&table), "bugs-".to_owned(), "bugs.md".to_owned()] {
        let said = table.place.run(&["recover", &name]);
        assert!(
            said.out.contains("reclassified\n  BUG-1  severity P2\n    Only the tests.\n"),
            "{name}: {}",
            said.out
        );
    }
    let said = table.place.run(&["recover", "nothing"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("hint: regrade recover lists them all"), "{}", said.err);
}

/// Who looks what was left would see that there is a fix, and not which.
#[test]
fn what_was_recorded_on_the_whole_report_is_told_with_its_texts() {
    let table = Table::new(REPORT);
    table.play([Step::keys("rtClose the holes<Tab>There are none.<Tab>Go on<Enter>")]);
    let name = journal(&table);
    let said = table.place.run(&["recover", &name]).out;
    assert!(said.contains("  not-executed\n  task: Close the holes\n"), "{said}");
    assert!(!said.lines().any(|line| line.trim().is_empty()), "{said}");
    let json: serde_json::Value =
        serde_json::from_str(&table.place.run(&["recover", &name, "--json"]).out).unwrap();
    assert_eq!(json["details"][0], serde_json::json!({"name": "task", "text": "Close the holes"}));
}

/// Renaming a report would lose what was decided on it.
#[test]
fn decisions_are_brought_to_a_report_that_was_moved() {
    let table = left();
    fs::rename(table.path(), table.place.path("moved.md")).unwrap();
    assert!(table.place.run(&["recover"]).out.contains("bugs.md is not there any more"));
    let said = table.place.run(&["recover", "bugs-", "--apply", "--to", "moved.md"]);
    assert_eq!((said.code, said.out.lines().next()), (0, Some("2 decisions brought back")), "{}", said.err);
    let listed = table.place.run(&["recover"]).out;
    assert!(listed.contains("moved.md is opened") && listed.lines().count() == 3, "once: {listed}");
    fs::rename(table.place.path("moved.md"), table.path()).unwrap();
    table.place.done(&["recover", "moved-", "--apply", "--to", "bugs.md"]);
    assert_eq!(table.play([Step::Screenshot]).1[0].matches("● BUG-").count(), 2);
}

#[test]
fn a_journal_that_is_set_aside_is_out_of_the_way_and_can_be_brought_back() {
    let table = left();
    let said = table.place.run(&["recover", "bugs.md", "--set-aside"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(table.play([Step::Screenshot]).1[0].contains("0/2 reviewed"));
    let shown = table.place.run(&["recover", "bugs.md"]);
    assert_eq!(shown.out, table.place.run(&["recover", &journal(&table)]).out, "the only one of this report");
    assert!(shown.out.contains("Only the tests."), "{}", shown.err);
    let said = table.place.run(&["recover", "bugs.md", "--apply"]);
    assert_eq!((said.code, said.out.lines().next()), (0, Some("2 decisions brought back")), "{}", said.err);
    assert!(table.play([Step::Screenshot]).1[0].contains("2/2 reviewed"));
    table.after(&["w"]);
    assert_eq!(table.place.run(&["recover"]).out, "no journal holds a decision: everything is saved\n");
}

/// What was decided at the desk would be gone without a word from whoever decides by commands.
#[test]
fn a_journal_that_is_damaged_is_told_of_by_every_command_that_decides() {
    let table = left();
    let place = &table.place;
    let folder = place.path("state/journals");
    let file = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
    let file = file.filter(|path| path.extension().is_some_and(|end| end == "journal")).last().unwrap();
    place.write("none.yaml", "decisions:\n- {bug: BUG-1, severity: P9, rationale: Seen.}\n");
    place.write("note.yaml", "decisions:\n- {bug: BUG-1, by: Ben, note: Seen again on both machines.}\n");
    let told = "the journal of decisions not saved yet is damaged from line 1 on";
    let commands = [
        (0, &["set", "bugs.md", "BUG-1", "--confirm", "--dry-run"][..]),
        (0, &["apply", "bugs.md", "note.yaml", "--dry-run"]),
        (0, &["apply", "bugs.md", "note.yaml", "--propose"]),
        (1, &["apply", "bugs.md", "none.yaml"]),
        (0, &["apply", "bugs.md", "note.yaml"]),
        (0, &["record", "bugs.md", "note", "--text", "Seen on both machines."]),
        (0, &["undo", "bugs.md"]),
        (2, &["set", "bugs.md", "BUG-9", "--confirm"]),
    ];
    for (code, args) in commands {
        for json in [&[][..], &["--json"]] {
            fs::write(&file, "no journal\n").unwrap();
            let said = place.run(&[args, json].concat());
            assert_eq!(said.code, code, "{args:?} {}{}", said.out, said.err);
            if args[0] == "apply" && ["--dry-run", "--propose"].contains(args[3..].last().unwrap_or(&"")) {
                assert_eq!(fs::read(&file).unwrap(), b"no journal\n", "who only looks leaves it to others");
                continue;
            }
            let object = serde_json::from_str::<serde_json::Value>(&said.out).unwrap_or_default();
            let heard = match json.is_empty() {
                true => said.out.contains(&format!("! {told}")),
                false if said.out.is_empty() => said.err.contains(told),
                false => object["warnings"][0].as_str().is_some_and(|warning| warning.starts_with(told)),
            };
            assert!(heard, "{args:?} {json:?} {}{}", said.out, said.err);
        }
    }
}
