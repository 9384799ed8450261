//! What comes from outside and means harm: texts that a person is made to paste, names of files that nobody
//! chose, ids that look like paths. None reaches a terminal or a report raw, and none names a file.

use std::fs;
use std::path::{Path, PathBuf};

use regrade::deviation::Log;

use crate::place::{Place, Said};

const REPORT: &str = "# Bugs\n\n### BUG-1: Rope\n\n- **Severity:** P0\n- **Status:** Open\n\nText.\n";

const HARM: &str =
    "see \u{1b}]52;c;ZXZpbA==\u{7}\u{1b}[2J\u{9b}31m the\r\n\r\n### BUG-2: New\u{202E}\u{200B} \u{0B}rope";

/// What a terminal would obey or a reader not see; lines may end.
fn is_raw(c: char) -> bool {
    c.is_control() && c != '\n'
        || ('\u{200B}'..='\u{200F}').contains(&c)
        || ('\u{202A}'..='\u{202E}').contains(&c)
}

fn assert_clean(said: &Said) {
    assert!(!said.out.contains(is_raw) && !said.err.contains(is_raw), "{said:?}");
}

/// Every file below a folder, journals left out.
fn tree(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let below = |path: PathBuf| if path.is_dir() { tree(&path) } else { vec![path] };
    let mut files: Vec<PathBuf> = entries.flat_map(below).collect();
    files.retain(|path| !path.to_string_lossy().contains("/state/"));
    files.sort();
    files
}

/// A reviewer pastes what a report offers to be copied.
#[test]
fn what_is_given_as_words_gets_no_control_character_or_line_into_the_report() {
    let project = "annotate: rationale\n";
    let status = format!("open - {HARM}");
    let field = format!("Fix={HARM}");
    for args in [
        &["set", "bugs.md", "BUG-1", "--severity", "P2", "--rationale", HARM][..],
        &["set", "bugs.md", "BUG-1", "--status", &status, "--rationale", HARM],
        &["set", "bugs.md", "BUG-1", "--field", &field, "--rationale", HARM],
        &["set", "bugs.md", "BUG-1", "--severity", "P1", "--field", &field, "--rationale", HARM],
    ] {
        let place = Place::with("bugs.md", REPORT);
        place.write(".regrade.yaml", project);
        let said = place.run(args);
        assert_eq!(said.code, 0, "{said:?}");
        assert_clean(&said);
        let report = place.read("bugs.md");
        assert!(!report.contains(is_raw), "{report:?}");
        assert_eq!(place.run(&["list", "bugs.md"]).out.matches("BUG-").count(), 1, "{report}");
        let log = place.read("bugs.deviations.yaml");
        assert!(!log.contains(is_raw), "{log:?}");
        assert_eq!(Log::read(log.as_bytes()).entries[0].rationale, HARM);
        assert_clean(&place.run(&["log", "bugs.md"]));
        assert_clean(&place.run(&["log", "bugs.md", "--json"]));
    }
}

/// What is logged as one field must not become another one in the report.
#[test]
fn a_value_that_would_forge_a_field_is_refused_and_nothing_is_written() {
    for args in [["--field", "Fix=done | **Severity:** P3"], ["--status", "open - x | **Scope:** test"]] {
        let place = Place::with("bugs.md", REPORT);
        let said =
            place.run(&["set", "bugs.md", "BUG-1", args[0], args[1], "--rationale", "it was verified today"]);
        assert_ne!(said.code, 0, "{said:?}");
        assert_eq!(place.files().into_keys().collect::<Vec<_>>(), ["bugs.md"]);
        assert_eq!(place.read("bugs.md"), REPORT);
    }
}

/// `regrade *` in a folder of somebody else's names.
#[test]
fn names_and_arguments_are_quoted_visibly() {
    let place = Place::with("bugs.md", REPORT);
    let harm = "\u{1b}]0;x\u{7}\u{202E}.md";
    for args in [
        &[harm, harm, harm][..],
        &[harm],
        &["list", harm],
        &["set", "bugs.md", harm, "--confirm"],
        &["set", "bugs.md", "BUG-1", "--severity", harm],
        &["set", "bugs.md", "BUG-1", "--field", harm],
        &["frobnicate", harm],
    ] {
        let said = place.run(args);
        assert_eq!(said.code, 2, "{said:?}");
        assert_clean(&said);
    }
}

/// A report must not choose which files are written, read or run.
#[test]
fn no_id_title_or_field_names_a_file() {
    for id in
        ["../../etc/passwd", "/etc/passwd", "..", "BUG-1/../../x", "C:\\x", "~/x", "$(touch x)", "`touch x`"]
    {
        let place =
            Place::with("bugs.md", REPORT.replace("BUG-1", id).replace("Rope", "../../out `touch y`"));
        let before = tree(place.root());
        let handle = place.run(&["list", "bugs.md", "--json"]).out;
        let handle: serde_json::Value = serde_json::from_str(handle.lines().next().unwrap()).unwrap();
        let handle = handle["handle"].as_str().unwrap().to_owned();
        place.run(&["show", "bugs.md", &handle]);
        let said =
            place.run(&["set", "bugs.md", &handle, "--severity", "P2", "--rationale", "it is not that bad"]);
        assert_eq!(said.code, 0, "{said:?}");
        let mut expected = before;
        expected.push(place.path("bugs.deviations.yaml"));
        expected.sort();
        assert_eq!(tree(place.root()), expected, "{id}");
        let journals = place.path("state");
        let named = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().starts_with("bugs");
        if journals.exists() {
            let kept = fs::read_dir(journals.join("journals")).unwrap().map(|entry| entry.unwrap().path());
            assert!(kept.collect::<Vec<_>>().iter().all(named), "{id}");
        }
    }
}

/// A repository's own settings are as foreign as its report.
#[test]
fn settings_that_are_no_file_or_hide_something_end_in_an_error_that_says_so() {
    let refused = |make: &dyn Fn(&Path)| {
        let place = Place::with("bugs.md", REPORT);
        make(&place.path(".regrade.yaml"));
        let said = place.run(&["list", "bugs.md"]);
        assert_eq!(said.code, 2, "{said:?}");
        assert_clean(&said);
        said.err
    };
    assert!(
        refused(&|path| fs::create_dir(path).unwrap())
            .contains(".regrade.yaml: cannot read the settings: this is a folder")
    );
    let escape = "methodology:\n  levels:\n    P0: {name: \"\\e[31mred\"}\n";
    let said = refused(&|path| fs::write(path, escape).unwrap());
    assert!(said.contains(".regrade.yaml:3: an escape sequence (U+001B) is not read here"), "{said}");
    if cfg!(unix) {
        let pipe = |path: &Path| {
            assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
        };
        assert!(refused(&pipe).contains("this is no regular file"));
    }
}
