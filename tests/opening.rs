//! What comes before the desk: the only report of a folder, one of several, one that was opened before, or none.

use std::fs;

use crate::place::Place;
use crate::terminal::Run;

const REPORT: &str = "# Nightly run\n\n## P0 Bugs\n\n### BUG-1: Crash\n- **Severity:** P0\n";
const OTHER: &str =
    "# Audit of the parser\n\n### A-1: Slow\n- **Severity:** P2\n\n### A-2: Slower\n- **Severity:** P2\n";

#[test]
fn the_only_report_here_opens() {
    let place = Place::with("bugs.md", REPORT);
    place.write("README.md", "# No report\n");
    let mut run = Run::start(&place, &[]);
    run.see("0/1 reviewed");
    run.press("q");
    assert_eq!(run.end(), 0);
}

/// A second Enter would confirm a bug that nobody has seen.
#[test]
fn what_is_typed_behind_the_choice_decides_nothing() {
    let place = Place::with("bugs.md", REPORT);
    place.write("audit.md", OTHER);
    let mut run = Run::start(&place, &[]);
    run.see("Which report?  2");
    run.press("parser\r\r");
    run.see("A-2");
    run.see("0/2 reviewed");
    run.press("q");
    assert_eq!(run.end(), 0, "nothing is unsaved");
}

#[test]
fn of_several_reports_one_is_chosen_and_offered_again_elsewhere() {
    let place = Place::with("bugs.md", REPORT);
    place.write("audit.md", OTHER);
    let mut run = Run::start(&place, &[]);
    run.see("Which report?  2");
    run.see("audit.md  Audit of the parser");
    run.see("0/2 reviewed");
    run.press("parser\r");
    run.see("A-2");
    run.press("\rq");
    run.see("unsaved");
    run.press("q");
    assert_eq!(run.end(), 0);
    fs::create_dir(place.path("empty")).unwrap();
    let mut run = Run::start(&place, &["empty"]);
    run.see("audit.md");
    run.see("1/2 reviewed · 1 unsaved · recent");
    run.press("\r");
    run.see("1/2 reviewed");
    run.kill();
}

/// What is exported beside a report lists its bugs, too.
#[test]
fn what_was_exported_of_the_report_is_no_report_here() {
    let place = Place::with("bugs.md", REPORT);
    assert_eq!(
        place
            .run(&["set", "bugs.md", "BUG-1", "--severity", "P2", "--rationale", "Only seen in tests."])
            .code,
        0
    );
    let named = [("summary", "bugs.summary.md"), ("markdown", "bugs.decisions.md")];
    for (format, file) in named.into_iter().chain([("summary", "SUMMARY.md"), ("markdown", "table.md")]) {
        assert_eq!(place.run(&["export", "bugs.md", "--to", format, "-o", file]).code, 0);
    }
    place.write("other.summary.md", OTHER);
    let said = place.run(&["."]);
    assert!(said.err.contains("bugs.md") && said.err.contains("other.summary.md"), "{}", said.err);
    for export in ["bugs.summary.md", "decisions", "SUMMARY.md", "table.md"] {
        assert!(!said.err.contains(export), "{export}: {}", said.err);
    }
}

#[test]
fn a_report_that_cannot_be_opened_is_told_and_another_can_be_chosen() {
    let place = Place::with("bugs.md", REPORT);
    place.write("audit.md", OTHER);
    let mut run = Run::start(&place, &[]);
    run.see("Which report?  2");
    fs::remove_file(place.path("audit.md")).unwrap();
    run.press("audit\r");
    run.see("! ");
    run.see("No such file");
    run.press("\u{1b}");
    run.see("Which report?  2");
    run.press("bugs\r");
    run.see("0/1 reviewed");
    run.kill();
}

#[test]
fn where_there_is_no_report_a_hint_says_what_to_do() {
    let place = Place::new();
    let mut run = Run::start(&place, &[]);
    run.see("there is no report in this folder");
    run.see("regrade demo");
    assert_eq!(run.end(), 2);
    let said = place.run(&[]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("there is no report in this folder"), "{}", said.err);
}

/// Whoever sees the files would not believe that there are none.
#[test]
fn files_without_bugs_are_told_from_none_at_all() {
    let place = Place::with("pier.md", "# Pier\n\nAll is well.\n");
    let said = place.run(&[]);
    assert!(
        said.code == 2 && said.err.contains("the Markdown file in this folder is no report with bugs"),
        "{said:?}"
    );
    place.write("quay.md", "");
    let said = place.run(&[]);
    for told in
        ["none of the 2 Markdown files in this folder is a report with bugs", "regrade show FILE --layout"]
    {
        assert!(said.err.contains(told), "{told}: {}", said.err);
    }
    let mut run = Run::start(&place, &[]);
    run.see("none of the 2 Markdown files");
    assert_eq!(run.end(), 2);
}

#[test]
fn without_a_terminal_the_reports_of_a_folder_are_named() {
    let place = Place::with("bugs.md", REPORT);
    let said = place.run(&[]);
    assert!(said.err.contains("regrade list bugs.md "), "{}", said.err);
    place.write("audit.md", OTHER);
    let said = place.run(&["."]);
    assert_eq!(said.code, 2);
    assert!(
        said.err.contains("regrade audit.md  (2 bugs)") && said.err.contains("bugs.md  (1 bug)"),
        "{}",
        said.err
    );
}
