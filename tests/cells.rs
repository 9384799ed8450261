//! Bars in cells: written with the backslash that keeps them from ending their cell, read without it.

use regrade::tui::Step;
use serde_json::Value;

use crate::desk::Table;
use crate::place::{Place, Said};

const REPORT: &str = r"# Harbour

| ID  | Title           | Severity | Status       | Owner      |
|-----|-----------------|----------|--------------|------------|
| A-1 | It takes `a\|b` | P0       | open \| seen | Ben \| Ada |
| A-2 | Lamp dark       | P1       | open         | Ben        |

### A-3: Rope frayed

| Field    | Value        |
|----------|--------------|
| Severity | P2           |
| Status   | open \| seen |
| Owner    | Ada          |
";

const WHY: [&str; 2] = ["--rationale", "It was seen on the pier."];

fn set(place: &Place, args: &[&str]) -> Said {
    place.run(&[&["set", "bugs.md"], args, &WHY[..]].concat())
}

fn done(said: &Said) {
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{}", said.out);
}

/// What `list` says of a bug.
fn listed(place: &Place, id: &str) -> Value {
    let said = place.run(&["list", "bugs.md", "--json"]);
    let mut bugs = said.out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    bugs.find(|bug| bug["id"] == id).unwrap()
}

/// A reviewer would see, search and log backslashes that nobody means.
#[test]
fn a_bar_in_a_cell_is_read_without_its_backslash() {
    let place = Place::with("bugs.md", REPORT);
    let bug = listed(&place, "A-1");
    assert_eq!((&bug["title"], &bug["status"]), (&"It takes `a|b`".into(), &"open | seen".into()));
    assert_eq!(listed(&place, "A-3")["status"], "open | seen");
    let shown = place.run(&["show", "bugs.md", "A-1", "--json"]);
    let shown: Value = serde_json::from_str(&shown.out).unwrap();
    let fields = shown["fields"].as_array().unwrap();
    assert!(fields.iter().any(|field| field["value"] == "Ben | Ada"), "{shown}");
    for filter in ["title:\"a|b\"", "owner:\"Ben | Ada\"", "text:\"Ben | Ada\"", "\"takes `a|b\""] {
        let found = place.run(&["list", "bugs.md", "--filter", filter]);
        assert_eq!(
            (found.code, found.out.contains("A-1"), found.out.contains("A-2")),
            (0, true, false),
            "{filter}: {found:?}"
        );
    }
    assert_eq!(place.read("bugs.md"), REPORT);
}

/// A decision would be refused, or made again and again, because of a bar in it.
#[test]
fn a_bar_that_is_decided_is_written_into_its_cell_once_and_goes_without_a_trace() {
    for id in ["A-2", "A-3"] {
        let place = Place::with("bugs.md", REPORT);
        let decision = [id, "--status", "resolved - known | told", "--field", "Owner=Eve | Ada"];
        done(&set(&place, &decision));
        let report = place.read("bugs.md");
        assert!(
            report.contains(r"| resolved - known \| told") && report.contains(r"| Eve \| Ada"),
            "{report}"
        );
        let again = set(&place, &decision);
        assert_eq!((again.code, again.err.contains("already")), (1, true), "{}", again.err);
        let log = place.read("bugs.deviations.yaml");
        assert!(
            log.contains("resolved - known | told") && log.contains("Eve | Ada") && !log.contains('\\'),
            "{log}"
        );
        done(&place.run(&["undo", "bugs.md"]));
        assert_eq!(place.read("bugs.md"), REPORT);
    }
}

#[test]
fn what_an_export_says_of_a_bar_is_applied_to_a_copy() {
    let (place, copy) = (Place::with("bugs.md", REPORT), Place::with("bugs.md", REPORT));
    done(&set(&place, &["A-1", "--status", "resolved - known | told"]));
    let csv = place.run(&["export", "bugs.md", "--to", "csv", "-o", "-"]).out;
    assert!(csv.contains("It takes `a|b`") && csv.contains("open | seen"), "{csv}");
    let yaml = place.run(&["export", "bugs.md", "--to", "yaml", "-o", "-"]).out;
    copy.write("decisions.yaml", yaml);
    done(&copy.run(&["apply", "bugs.md", "decisions.yaml"]));
    assert_eq!(copy.read("bugs.md"), place.read("bugs.md"));
}

#[test]
fn the_desk_shows_and_keeps_bars_as_they_are_meant() {
    let table = Table::new(REPORT).sized(120, 40);
    let (_, screens) = table.play([Step::Settle, Step::Screenshot]);
    assert!(screens[0].contains("It takes `a|b`") && screens[0].contains("Ben | Ada"), "{}", screens[0]);
}

/// Somebody would fill in a form, say why, and lose both to a save.
#[test]
fn a_form_says_what_a_table_has_no_column_for_before_it_asks_why() {
    for (width, height) in [(120, 40), (80, 24)] {
        let table = Table::new(REPORT).sized(width, height);
        let keys = ["xnBen<Tab>Whose is it?<Enter>", "<Shift-Tab><Backspace><Backspace><Backspace><Tab>"];
        let screens = table.after_each(&keys);
        let refused = "the table of A-1 has no column Asked: add it by hand, or say it in a note";
        assert!(screens[0].contains(refused) && !screens[0].contains("rationale"), "{}", screens[0]);
        assert!(!screens[1].contains(refused), "{}", screens[1]);
        assert_eq!(table.report(), REPORT);
    }
}

/// What a reviewer filled in could never be taken back.
#[test]
fn a_cell_that_held_a_dash_gets_it_back() {
    for dash in ["-", "–", "?"] {
        let report = REPORT.replace("| Ben        |\n\n", &format!("| {dash}          |\n\n"));
        assert_ne!(report, REPORT);
        let place = Place::with("bugs.md", &report);
        done(&set(&place, &["A-2", "--field", "Owner=Ada"]));
        assert!(place.read("bugs.md").contains("| open         | Ada        |"), "{}", place.read("bugs.md"));
        done(&place.run(&["undo", "bugs.md"]));
        assert_eq!(place.read("bugs.md"), report);
        done(&place.run(&["redo", "bugs.md"]));
    }
}

/// The dash that stands for no value was taken for a value that somebody else had written.
#[test]
fn a_value_that_is_taken_out_of_a_cell_comes_back() {
    let report =
        REPORT.replace("| Ben        |\n\n", "| Ben        |\n| A-4 | Bell lost | P1 | open | - |\n\n");
    let place = Place::with("bugs.md", &report);
    done(&set(&place, &["A-2", "--field", "Owner="]));
    let again = set(&place, &["A-2", "--field", "Owner="]);
    assert!(again.code == 1 && again.err.contains("already"), "{again:?}");
    done(&place.run(&["undo", "bugs.md"]));
    assert_eq!(place.read("bugs.md"), report);
    done(&place.run(&["redo", "bugs.md"]));
}
