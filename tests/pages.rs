//! What is read on top of the desk, through its real loop: pages, their search, the palette, the numbers.

use insta::assert_snapshot;
use regrade::tui::Step;

use crate::desk::{Table, keys};

const SAMPLE: &str = include_str!("../assets/sample.md");

const WHY: &str = "Only the tests are concerned.";

/// Every size that a view must be readable at.
const SIZES: [(u16, u16); 3] = [(120, 40), (80, 24), (40, 12)];

/// A report on which two bugs were decided and saved, and one is decided and not saved.
fn decided(size: (u16, u16)) -> Table {
    let table = Table::new(SAMPLE).sized(size.0, size.1);
    let decide = format!("2{WHY}<Enter>");
    table.play([
        keys(&decide),
        keys(&decide),
        keys("w"),
        Step::Settle,
        keys("1"),
        keys(WHY),
        keys("<Enter>"),
        keys("q"),
        keys("q"),
    ]);
    table
}

/// The screen after these keys.
fn shown(table: &Table, pressed: &str) -> String {
    let (_, screens) = table.play([keys(pressed), Step::Settle, Step::Screenshot]);
    screens[0].clone()
}

#[test]
fn every_view_is_readable_at_every_size() {
    for size in SIZES {
        let table = decided(size);
        for (name, pressed) in [
            ("diff", "D"),
            ("log", "L"),
            ("check", "C"),
            ("methodology", "M"),
            ("statistics", "S"),
            ("palette", ":sev"),
            ("help", "?"),
        ] {
            assert_snapshot!(format!("{name} at {}x{}", size.0, size.1), shown(&table, pressed));
        }
    }
}

#[test]
fn a_page_is_searched_and_esc_ends_the_search_before_it_closes_the_page() {
    let table = Table::new(SAMPLE);
    let (_, screens) = table.play([
        keys("M/template"),
        Step::Settle,
        Step::Screenshot,
        keys("<Enter>n"),
        Step::Screenshot,
        keys("<Esc>"),
        Step::Screenshot,
        keys("<Esc>"),
        Step::Screenshot,
    ]);
    assert!(screens[0].contains("/ template") && screens[0].contains("1/"), "{}", screens[0]);
    assert!(screens[1].contains("n N next, previous"), "{}", screens[1]);
    assert!(screens[2].contains("/ search"), "{}", screens[2]);
    assert!(!screens[3].contains("/ search"), "{}", screens[3]);
}

/// Going by what does not fit would mean to read all of it.
#[test]
fn the_check_is_searched_and_shows_the_lines_of_a_claim() {
    let table = Table::new(SAMPLE).sized(100, 30);
    let screen = shown(&table, "C/documents<Enter>");
    assert!(screen.contains("What does not fit together") && screen.contains("1/"), "{screen}");
    let screen = shown(&table, "C/claims<Enter><Esc><Enter>");
    assert!(screen.contains("Line 18 · P1 claims 8 and documents 4"), "{screen}");
    assert!(screen.contains("    18  | P1 (High) | 8 |"), "{screen}");
    let screen = shown(&table, "C/claims<Enter><Esc><Enter><Esc>");
    assert!(screen.contains("What does not fit together"), "{screen}");
}

#[test]
fn the_log_marks_what_is_not_saved_and_goes_to_the_bug_of_an_entry() {
    let table = decided((100, 30));
    let screen = shown(&table, "L");
    let (unsaved, saved) = (screen.find("not saved").unwrap(), screen.find("P0 → P2").unwrap());
    assert!(unsaved < saved, "{screen}");
    let screen = shown(&table, "LG<Enter>");
    assert!(!screen.contains("Deviation log") && screen.contains(" 32/33 "), "{screen}");
}

/// Enter would go to a bug whose entry is out of sight.
#[test]
fn the_cursor_of_the_log_goes_along_to_an_entry_that_begins_in_sight() {
    let table = Table::new(SAMPLE).sized(120, 24);
    table.play([keys(&"<Enter>".repeat(12))]);
    let screen = shown(&table, "L<PageDown><Enter>");
    assert!(screen.contains(" 7/33 "), "{screen}");
}

/// Whoever trusts such a log would be misled.
#[test]
fn a_log_that_does_not_verify_says_so_at_its_top() {
    let table = decided((100, 30));
    let log = table.log().replacen(WHY, "Something else entirely.", 1);
    table.place.write("bugs.deviations.yaml", log);
    let screen = shown(&table, "<Esc>L");
    assert!(screen.contains("! the log does not verify"), "{screen}");
}

#[test]
fn the_diff_says_how_much_it_is_goes_sideways_and_from_hunk_to_hunk() {
    let table = decided((80, 24));
    let screen = shown(&table, "D");
    let whole = "1 severity, 1 bug moved, 2 counts, 1 was wrong before · 3 hunks, +23 −23 lin…";
    assert!(screen.contains(whole), "{screen}");
    for keys in ["D]]/downgraded<Enter>", "DW]]/downgraded<Enter>"] {
        let far = shown(&table, keys);
        assert!(far.contains("downgraded from P0"), "{keys}: {far}");
    }
}

#[test]
fn the_keys_of_a_popup_are_shown_in_it() {
    let table = Table::new(SAMPLE).sized(100, 30);
    let screen = shown(&table, "2<F1>");
    assert!(screen.contains("Keys here") && screen.contains("pick the deviation rule"), "{screen}");
    let screen = shown(&table, "2<F1><Esc>");
    assert!(!screen.contains("Keys here") && screen.contains("P0 Critical → P2 Medium"), "{screen}");
    assert!(shown(&table, "C?").contains("set counts to what is documented"));
}

#[test]
fn an_action_is_found_and_run_by_its_name() {
    let table = Table::new(SAMPLE);
    let screen = shown(&table, ":methodology<Enter>");
    assert!(screen.contains("Levels"), "{screen}");
    let screen = shown(&table, ":severity-2<Enter>");
    assert!(screen.contains("P0 Critical → P2 Medium"), "{screen}");
}

#[test]
fn the_numbers_are_a_list_where_they_are_searched_and_on_a_small_screen() {
    let table = decided((120, 40));
    assert!(shown(&table, "S").contains("From (rows) to (columns)"));
    let list = shown(&table, "S/bugs");
    assert!(list.contains("3 of 33 bugs reviewed") && list.contains("From which level to which"), "{list}");
}

/// A claim and a contradiction; the title of the second bug is longer than any screen is wide.
const CLAIMING: &str = "\
# Nightly

- Critical: 12

## P0 Bugs (2)

### BUG-1: Gangway stuck
- **Severity:** P0 - ImportError

### FERRY-TICKET-PRINTER-BY-THE-STERN-2: A warning
- **Severity:** P2 - Warning
";

/// Whoever scripts the check and whoever reads the page must be told the same.
#[test]
fn the_check_says_on_its_page_what_the_command_says_and_cuts_nothing() {
    for (width, height) in SIZES {
        let table = Table::new(CLAIMING).sized(width, height);
        let said = table.place.run(&["check", "bugs.md"]).out;
        let bare = |text: &str| text.replace(['│', '▌', '○'], " ").split_whitespace().collect::<String>();
        let screen = bare(&shown(&table, "C"));
        let summary = said.lines().last().unwrap();
        assert!(said.lines().count() == 3 && summary == "2 findings; 2 bugs, 2 claims read", "{said}");
        for finding in said.lines().take(2) {
            let finding = finding.strip_prefix("bugs.md:").unwrap().replacen(": ", " ", 1);
            assert!(screen.contains(&bare(&finding)), "{finding} at {width}x{height}\n{screen}");
        }
        assert!(width < 80 || screen.contains(&bare(summary)), "{screen}");
    }
}

#[test]
fn the_check_is_searched_and_goes_to_the_bug_of_a_finding() {
    let table = Table::new(CLAIMING).sized(80, 20);
    let found = shown(&table, "C/contradiction<Enter>");
    assert!(found.contains("1/1") && found.contains("n N next, previous"), "{found}");
    let there = shown(&table, "C/contradiction<Enter><Enter>");
    assert!(!there.contains("What does not fit together") && there.contains(" 2/2 "), "{there}");
    let lines = shown(&table, "C<Enter>");
    assert!(lines.contains("Line ") && !lines.contains("What does not fit together"), "{lines}");
}

/// The page would go on telling of a report that no longer is, and Enter lead to another bug.
#[test]
fn the_check_that_is_open_follows_what_is_set_and_saved() {
    let table = Table::new(CLAIMING);
    let (_, screens) = table.play([
        keys("2Only a warning is given.<Enter>"),
        Step::Screenshot,
        keys("C"),
        Step::Screenshot,
        keys("f"),
        Step::Settle,
        Step::Screenshot,
        keys("<Esc>wC"),
        Step::Settle,
        Step::Screenshot,
    ]);
    assert!(screens[0].contains("! 2 findings as saved · C"), "{}", screens[0]);
    assert!(screens[1].contains("What does not fit together, as saved · 2 findings"), "{}", screens[1]);
    assert!(screens[2].contains("● claim: P0 claims 12"), "{}", screens[2]);
    assert!(!screens[3].contains("claims 12") && !screens[3].contains("as saved"), "{}", screens[3]);
}

#[test]
fn every_popup_says_which_keys_count_in_it() {
    let table = Table::new(SAMPLE).sized(100, 40);
    for (pressed, said) in [
        ("t?", "While sorting"),
        ("t<F1>", "While sorting"),
        ("s?", "While picking"),
        ("2<Alt-r>?", "While picking"),
        ("f?", "Among facets"),
        ("f<F1>", "Among facets"),
        ("xf<F1>", "In a form"),
        ("xu<F1>", "While looking for what it repeats"),
        (":<F1>", "In the palette"),
        ("2Only a warning.<Enter>q?", "Before leaving"),
    ] {
        let screen = shown(&table, pressed);
        assert!(screen.contains("Keys here") && screen.contains(said), "{pressed}\n{screen}");
    }
}

#[test]
fn a_picker_is_moved_in_with_the_keys_of_the_list_and_says_how_to_take_and_to_leave() {
    for (width, height) in SIZES {
        let table = Table::new(SAMPLE).sized(width, height);
        for pressed in ["t", "s", "x", "2<Alt-r>", "2<Alt-s>"] {
            let screen = shown(&table, pressed);
            assert!(screen.contains("Enter take · Esc back"), "{pressed} at {width}x{height}\n{screen}");
        }
        let screen = shown(&table, "tz");
        assert!(screen.contains("! z is nothing here: Enter takes"), "{width}x{height}\n{screen}");
        assert!(shown(&table, "tjj<Enter>").contains("sorted by id"));
        assert!(shown(&table, "tjjk<Enter>").contains("sorted by severity"));
        assert!(shown(&table, "tGk<Enter>").contains("sorted by scope"));
    }
}
