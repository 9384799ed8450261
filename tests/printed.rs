//! Decisions on what scanners print, and on exports with an order of their own, are written where it says so.

use std::fs;
use std::path::Path;

use crate::parsed::parse;
use crate::place::Place;
use crate::sites::{new_lines, set, set_status};

const WHY: &str = "Looked at again by two of us.";

fn layout(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/layouts").join(name);
    fs::read_to_string(path.with_extension("md")).unwrap()
}

/// A level would be written beside the one that the next reader of the scan sees.
#[test]
fn a_level_is_written_where_the_scanner_has_it() {
    for (name, handle, lines) in [
        (
            "printed-by-bandit",
            "B602",
            &["   Severity: Low   Confidence: High", "\t\tLow: 2", "\t\tHigh: 0"][..],
        ),
        (
            "printed-by-gosec",
            "G201",
            &[
                "[/src/harbour/db.go:40-41] - G201 (CWE-89): SQL string formatting (Confidence: HIGH, Severity: LOW)",
            ],
        ),
        (
            "printed-by-nuclei",
            "git-config",
            &["[git-config] [http] [low] https://berths.example/.git/config"],
        ),
        ("printed-by-snyk-of-code", "open-redirect", &[" ✗ [Low] Open Redirect"]),
        (
            "printed-by-gh",
            "#412",
            &["#412   Booking hangs on slow networks           bug, priority: low   about 2 hours ago"],
        ),
        ("headings-indented-alike", "HB17-010", &["   - Severity: Low"]),
        ("places-before-levels", "settings-are-not-checked", &["### [Settings.ts:44-61] — SEVERITY: LOW"]),
        ("lone-paragraphs", "Finding 2.1", &["Severity: low"]),
        ("levels-above-bullets", "2", &["2) **Severity: Low (environment)**"]),
    ] {
        let old = layout(name);
        let new = set(&old, handle, 3);
        for line in lines {
            assert!(new.lines().any(|own| own == *line), "{name}: {line}\n{new}");
        }
        assert!(new_lines(&new, &old).len() <= lines.len(), "{name}: {new}");
    }
}

#[test]
fn a_status_stands_with_what_it_is_of() {
    for (name, handle, line) in [
        ("printed-by-bandit", "B105", "   Status: Fixed"),
        (
            "printed-by-nuclei",
            "git-config",
            "[git-config] [http] [medium] https://berths.example/.git/config (Status: Fixed)",
        ),
        (
            "printed-by-gh-into-a-file",
            "398",
            "398\tFixed\tWrong tide shown for northern berths\tbug, P2\t2026-11-27T08:00:00Z",
        ),
        ("places-before-levels", "settings-are-not-checked", "**Status:** Fixed"),
        ("headings-indented-alike", "HB17-010", "   - Status: Fixed"),
    ] {
        let new = set_status(&layout(name), handle, "Fixed");
        assert!(new.lines().any(|own| own == line), "{name}: {new}");
    }
}

/// A section by severity would go on holding what is of another level.
#[test]
fn what_is_printed_goes_to_the_section_of_its_level() {
    let snyk = "# Scan\n\n## High\n\n✗ [High] Open door\n   Path: a.js\n\n✗ [High] Open gate\n   Path: b.js\n\n## Low\n\n✗ [Low] Rust\n   Path: c.js\n";
    let moved = "## Low\n\n✗ [Low] Rust\n   Path: c.js\n\n✗ [Low] Open door\n   Path: a.js\n";
    assert!(set(snyk, "open-door", 3).ends_with(moved), "{}", set(snyk, "open-door", 3));
    let nuclei = "# Hosts\n\n## High\n\n[door] [http] [high] a.example\n[gate] [http] [high] a.example\n\n## Low\n\n[age] [ssl] [low] a.example\n[cut] [ssl] [low] a.example\n";
    let moved = "[gate] [http] [high] a.example\n\n## Low\n\n[age] [ssl] [low] a.example\n[cut] [ssl] [low] a.example\n[door] [http] [low] a.example\n";
    assert!(set(nuclei, "door", 3).ends_with(moved), "{}", set(nuclei, "door", 3));
}

#[test]
fn undoing_gives_back_what_was_printed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/layouts");
    let names = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let names = names.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()));
    let others =
        ["headings-indented-alike", "places-before-levels", "lone-paragraphs", "levels-above-bullets"];
    for name in names.filter(|name| name.starts_with("printed-by-") || others.contains(&name.as_str())) {
        let text = layout(&name);
        let report = parse(text.as_bytes());
        let first = report.indexes().next().expect("a layout of bugs");
        let handle = report.handle(first).to_string();
        let place = Place::with("bugs.md", &text);
        for level in ["P2", "P0"] {
            let before = place.read("bugs.md");
            let to = ["set", "bugs.md", &handle, "--severity", level];
            place.done(&[&to[..], &["--rationale", WHY, "--override", WHY]].concat());
            assert_ne!(place.read("bugs.md"), before, "{name}");
        }
        for _ in 0..2 {
            place.done(&["undo", "bugs.md"]);
        }
        assert_eq!(place.read("bugs.md"), text, "{name}");
    }
}
