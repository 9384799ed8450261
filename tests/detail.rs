//! The bug under the cursor: its text, what was decided about it, the files that it names, and their lines.

use std::fs;
use std::path::PathBuf;

use insta::assert_snapshot;
use regrade::tui::{Script, Step};

use crate::desk::{Table, keys};

const REPORT: &str = "\
# Nightly

## P0 Bugs

### BUG-1: The client cannot be imported
- **Severity:** P0 - ImportError
- **Status:** Open
- **File:** `tests/test_client.py:12`

The import in `src/client.py` was renamed, see [the plan](docs/plan.md) and `src/gone.py`.

1. [x] reproduce it
2. [ ] mend it

> ~~It breaks production.~~ It does not.

```python
client = connect(host=\"localhost\", port=8080, retries=3, timeout_in_seconds=30, verify=False)
```

| step | what happens |
|------|--------------|
| 1    | the import fails with a rather long message about a name that nobody has heard of |

### BUG-2: No file is named
- **Severity:** P0 - Unknown

Nothing is known yet.
";

const WHY: &str = "Only the tests are concerned.";

/// A word would stand there twice.
#[test]
fn a_status_is_named_once_in_what_was_decided() {
    let table = table().sized(120, 40);
    let (_, screens) = table.play([keys("xi"), keys(WHY), keys("<Enter>k"), Step::Screenshot]);
    assert!(!screens[0].contains("status · status"), "{}", screens[0]);
    assert!(screens[0].contains("pending status "), "{}", screens[0]);
}

/// A bug of which only the scope was set would look reclassified.
#[test]
fn a_scope_that_was_set_is_named_once_in_what_was_decided_and_is_no_reclassification() {
    let table = table().sized(120, 40);
    let (_, screens) = table.play([
        keys("sp"),
        keys(WHY),
        keys("<Enter>k"),
        Step::Screenshot,
        keys("L"),
        Step::Screenshot,
        keys("<Esc>w"),
        Step::Settle,
        keys("L"),
        Step::Screenshot,
    ]);
    assert!(screens[0].contains("pending scope Production"), "{}", screens[0]);
    for screen in &screens[1..] {
        assert!(screen.contains("scope set · ") && !screen.contains("reclassified"), "{screen}");
        assert!(!screen.contains("ada@example.org"), "an address takes a line\n{screen}");
    }
}

/// The report in a project that has some of the files it names.
fn table() -> Table {
    let table = Table::new(REPORT);
    for folder in [".git", "tests", "src", "docs"] {
        fs::create_dir(table.place.path(folder)).unwrap();
    }
    let lines: String = (1..=30).map(|at| format!("assert step({at})\n")).collect();
    table.place.write("tests/test_client.py", lines.replace("step(12)", "step(\x1b[31m12)"));
    table.place.write("src/client.py", "import wire\n");
    table.place.write("docs/plan.md", "# Plan\n");
    table
}

fn screen(table: &Table, steps: impl IntoIterator<Item = Step>) -> String {
    let (_, screens) = table.play(steps.into_iter().chain([Step::Screenshot]));
    screens.last().cloned().unwrap()
}

fn opened(table: &Table, script: &str) -> Vec<(PathBuf, Option<u32>)> {
    let steps = script.chars().flat_map(|key| [keys(&key.to_string()), Step::Settle]);
    let mut script = Script::new(steps);
    table.run(&mut script);
    let root = fs::canonicalize(table.place.root()).unwrap();
    let inside = |path: &PathBuf| path.strip_prefix(&root).unwrap().to_owned();
    script.opened().iter().map(|(path, line)| (inside(path), *line)).collect()
}

#[test]
fn a_bug_its_files_and_their_lines_are_shown_on_every_size_of_screen() {
    for (width, height) in [(160, 40), (120, 40), (80, 24), (40, 12)] {
        let table = table().sized(width, height);
        let (_, screens) = table.play([keys("l"), Step::Screenshot, keys("p"), Step::Screenshot]);
        assert_snapshot!(format!("detail {width}x{height}"), screens[0]);
        assert_snapshot!(format!("preview {width}x{height}"), screens[1]);
    }
}

/// Whoever goes through a list on a common terminal would decide by titles alone.
#[test]
fn the_list_stands_above_the_bug_where_both_fit_and_else_by_itself() {
    let shows = |size: (u16, u16), steps: &str| {
        let screen = screen(&table().sized(size.0, size.1), [keys(steps)]);
        (screen.contains("   BUG-2 "), screen.contains("section   P0 Bugs"), screen)
    };
    for size in [(80, 24), (44, 22), (99, 60)] {
        let (list, bug, both) = shows(size, "");
        assert!(list && bug && both.contains(" 1/2"), "{size:?}\n{both}");
        assert!(!both.contains("1 of 2"), "which of how many it is would stand there twice\n{both}");
        let (list, bug, alone) = shows(size, "l");
        assert!(!list && bug && alone.contains("1 of 2 · line 5"), "{size:?}\n{alone}");
        assert!(shows(size, "lq").0, "{size:?}");
    }
    for size in [(80, 21), (43, 40), (40, 12)] {
        let (list, bug, screen) = shows(size, "");
        assert!(list && !bug, "{size:?}\n{screen}");
    }
    let next = shows((80, 24), "j").2;
    assert!(next.contains("Nothing is known yet.") && next.contains(" 2/2"), "{next}");
    let scrolled = shows((80, 24), "<PageDown>").2;
    assert!(scrolled.contains(" 1/2") && !scrolled.contains("severity  P0"), "{scrolled}");
    let typing = shows((80, 24), "/no").2;
    assert!(!typing.contains("section   P0 Bugs"), "the list has the room while a filter is typed\n{typing}");
}

/// The rest of a list would be out of sight beside empty rows, or the bug's text beside those of a short list.
#[test]
fn a_list_above_the_bug_takes_no_more_rows_than_it_has_whatever_the_filter_leaves() {
    let many: String = (1..=40).map(|at| format!("### BUG-{at}: t\n- **Severity:** P1\n\n")).collect();
    let table = Table::new(format!("# Bugs\n\n{many}")).sized(80, 24);
    let below = |screen: &str| screen.lines().position(|row| row.starts_with("╭ line ")).expect("a bug");
    let (_, screens) =
        table.play([Step::Screenshot, keys("/id:BUG-17<Enter>"), Step::Settle, Step::Screenshot]);
    assert_eq!([below(&screens[0]), below(&screens[1])], [8, 8], "{}", screens[1]);
    let few = screen(&Table::new(REPORT), []);
    assert_eq!(below(&few), 4, "{few}");
}

#[test]
fn files_are_told_apart_by_whether_they_are_there_and_what_they_are_for() {
    let screen = screen(&table().sized(120, 40), []);
    for said in [
        "▸✓ tests/test_client.py:12 · test",
        "✓ src/client.py · production",
        "✓ docs/plan.md · documentation",
        "✗ src/gone.py · production · missing",
    ] {
        assert!(screen.contains(said), "{said}: {screen}");
    }
}

#[test]
fn the_chosen_file_is_opened_at_its_line() {
    let table = table().sized(120, 40);
    assert_eq!(opened(&table, "o"), [(PathBuf::from("tests/test_client.py"), Some(12))]);
    assert_eq!(
        opened(&table, "]o[[o"),
        [(PathBuf::from("src/client.py"), None), (PathBuf::from("tests/test_client.py"), Some(12))]
    );
}

/// A reviewer who types fast would be told to wait.
#[test]
fn keys_typed_before_the_files_are_known_are_done_once_they_are() {
    let table = table().sized(40, 12);
    let burst = |keys: &str| vec![Step::Burst(keys.to_owned()), Step::Settle];
    let mut script = Script::new([vec![keys("jk")], burst("]o"), burst("jko")].concat());
    table.run(&mut script);
    let opened: Vec<_> = script.opened().iter().map(|(path, _)| path.ends_with("src/client.py")).collect();
    assert_eq!(opened, [true, true]);
}

#[test]
fn what_is_not_there_is_not_opened_and_the_last_file_is_the_last() {
    let table = table().sized(120, 40);
    assert_eq!(opened(&table, "]]]]]]o"), []);
    let said = screen(&table, [Step::Settle, keys("]]]]]]")]);
    assert!(said.contains("4 of 4 (the last): src/gone.py"), "{said}");
    let said = screen(&table, [Step::Settle, keys("]]]o")]);
    assert!(said.contains("src/gone.py is not opened: missing"), "{said}");
    for key in ["o", "]", "["] {
        let said = screen(&table, [keys("j"), Step::Settle, keys(key)]);
        assert!(said.contains("this bug names no files"), "{said}");
    }
}

#[test]
fn the_preview_goes_with_the_chosen_file_and_shows_what_a_terminal_would_obey() {
    let table = table().sized(160, 40);
    let first = screen(&table, [keys("p"), Step::Settle]);
    assert!(first.contains("▶12│ assert step(␛[31m12)"), "{first}");
    let second = screen(&table, [keys("p"), Step::Settle, keys("]")]);
    assert!(second.contains("1│ import wire") && !second.contains("▶12"), "{second}");
    let none = screen(&table, [keys("p"), Step::Settle, keys("j")]);
    assert!(none.contains("this bug names no files"), "{none}");
    let off = screen(&table, [keys("p"), Step::Settle, keys("p")]);
    assert!(!off.contains("step("), "{off}");
}

#[test]
fn a_file_that_is_no_text_or_has_no_such_line_says_so() {
    let table = table().sized(120, 40);
    table.place.write("tests/test_client.py", b"\x7fELF\0\0\0");
    let binary = screen(&table, [keys("p"), Step::Settle]);
    assert!(binary.contains("not text"), "{binary}");
    table.place.write("tests/test_client.py", "only this\n");
    let short = screen(&table, [keys("p"), Step::Settle]);
    assert!(short.contains("only this") && short.contains("line 12 is not there"), "{short}");
}

#[test]
fn an_edited_file_and_one_that_came_are_looked_at_again() {
    let table = table().sized(160, 40);
    let path = table.place.path("src/gone.py");
    let script =
        Script::new([keys("p"), Step::Settle, Step::Others, keys("R"), Step::Settle, Step::Screenshot])
            .with_others(move || fs::write(&path, "back\n").unwrap());
    let (_, screens) = table.play_script(script);
    assert!(screens[0].contains("✓ src/gone.py · production"), "{}", screens[0]);
}

#[test]
fn long_lines_run_on_and_are_moved_where_that_is_asked_for() {
    let table = table().sized(80, 40);
    let wrapped = screen(&table, [keys("l")]);
    assert!(wrapped.contains("verify=False") && !wrapped.contains('…'), "{wrapped}");
    let wide = screen(&table, [keys("lW")]);
    assert!(!wide.contains("verify=False") && wide.contains('…'), "{wide}");
    let moved = screen(&table, [keys("lW<Shift-Right><Shift-Right><Alt-l><Alt-l><Alt-l><Alt-l><Alt-l>")]);
    assert!(
        moved.contains("verify=False") && moved.contains("Nothing") == wide.contains("Nothing"),
        "{moved}"
    );
    let back = screen(&table, [keys("lW<Shift-Right><Alt-h>")]);
    assert_eq!(back, screen(&table, [keys("lWlll")]), "back where it was");
    let refused = screen(&table, [keys("l<Shift-Left>")]);
    assert!(refused.contains("nothing here is wider than its pane; W lets"), "{refused}");
}

/// A reviewer would believe a decision that the report has lost.
#[test]
fn a_saved_decision_that_the_report_has_lost_says_so() {
    let table = table().sized(120, 40);
    let save = [keys("2"), keys(WHY), keys("<Alt-1><Enter>w"), Step::Settle];
    table.play(save);
    let saved = screen(&table, [keys("G")]);
    assert!(saved.contains("✓ saved   reclassified P0→P2"), "{saved}");
    assert!(saved.contains("Ada Example, 2026-02-11 20:25 · rule 1 Bug"), "{saved}");
    assert!(saved.contains(WHY), "{saved}");
    fs::write(table.path(), REPORT).unwrap();
    let lost = screen(&table, [keys("g")]);
    assert!(lost.contains("! saved") && !lost.contains("✓ saved   recl"), "{lost}");
    assert!(lost.contains("saved as P2, but the report") && lost.contains("says P0"), "{lost}");
    assert!(lost.contains("│ ! BUG-1 P0"), "{lost}");
}

#[test]
fn of_decisions_only_what_still_stands_looks_so() {
    let table = table().sized(120, 40);
    let decide = |level: &str| [keys("G"), keys(level), keys(WHY), keys("<Enter>")];
    let first = [keys("2"), keys(WHY), keys("<Enter>")];
    let twice = first.into_iter().chain([keys("w"), Step::Settle]).chain(decide("1"));
    let pending = screen(&table, twice.chain(decide("3")));
    assert!(pending.contains("● pending reclassified P1→P3"), "{pending}");
    assert!(
        pending.contains("replaced since") && pending.contains("✓ saved   reclassified P0→P2"),
        "{pending}"
    );
    let undone = screen(&table, [keys("G"), keys("uuu"), keys("w"), Step::Settle]);
    assert!(undone.contains("taken back since"), "{undone}");
}

/// What a report names would be looked at, opened or waited for, whatever it is.
#[cfg(unix)]
#[test]
fn hostile_names_lead_nowhere() {
    let names =
        ["/etc/passwd", "../../../../../../etc/passwd.txt", "tests/out.txt", "tests/pipe.txt", "-c:q.txt"];
    let named: String = names.iter().map(|name| format!("- see `{name}`\n")).collect();
    let named = format!("{named}- see `tests/unit/*.py`\n");
    let table = table().sized(120, 40);
    fs::write(table.path(), format!("## BUG-1: Odd\n\n- **Severity:** P0\n\n{named}")).unwrap();
    table.place.write("-c:q.txt", "dash\n");
    std::os::unix::fs::symlink("/etc/passwd", table.place.path("tests/out.txt")).unwrap();
    let pipe = table.place.path("tests/pipe.txt");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let all = screen(&table, [keys("p"), Step::Settle]);
    assert!(all.contains("✗ tests/out.txt · test · outside of the project"), "{all}");
    assert!(all.contains("✗ tests/pipe.txt · test · no regular file"), "{all}");
    assert!(all.contains("· tests/unit/*.py · test · a pattern"), "{all}");
    assert!(!all.contains("root:") && !all.contains("✓ /") && !all.contains("✓ .."), "{all}");
    let pressed = format!("p{}", "]o".repeat(6));
    let opened = opened(&table, &pressed);
    assert!(opened.iter().all(|(path, _)| path == &PathBuf::from("-c:q.txt")), "{opened:?}");
}
