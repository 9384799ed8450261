//! What sections say of the statuses of their bugs.

use std::sync::Arc;

use super::*;
use crate::methodology::Methodology;

/// Title and status of each bug.
fn read(text: &str) -> Vec<(String, Option<String>)> {
    let report = Report::parse(text.as_bytes().into(), &Arc::new(Methodology::embedded()));
    let told = |bug| (report.title(bug).into_owned(), report.status(bug).map(Cow::into_owned));
    report.indexes().map(told).collect()
}

fn said(text: &str) -> Vec<Option<String>> {
    read(text).into_iter().map(|(_, status)| status).collect()
}

#[test]
fn a_bug_without_a_status_has_that_of_its_section() {
    let bug = |id: &str, status: &str| format!("### {id}: title of {id}\n\n**Severity:** High\n{status}\n");
    for (open, fixed, words) in [
        ("Open", "Fixed", ["Open", "Fixed"]),
        ("🔴 Open (1)", "✅ Resolved bugs", ["Open", "✅ Resolved"]),
        ("1. Bugs in progress", "2. 🟢 Fixed (since May)", ["in progress", "Fixed"]),
    ] {
        let text = format!("# Report\n\n## {open}\n\n{}## {fixed}\n\n{}", bug("BUG-1", ""), bug("BUG-2", ""));
        assert_eq!(said(&text), words.map(|word| Some(word.to_owned())), "{open}");
    }
    let own = format!("# Report\n\n## Fixed\n\n{}", bug("BUG-1", "**Status:** Open\n"));
    assert_eq!(said(&own), [Some("Open".to_owned())]);
}

#[test]
fn a_title_that_heads_all_bugs_says_nothing_of_their_statuses() {
    for title in ["Known issues", "Verified findings", "Fixed width breaks", "Openings"] {
        let text = format!("# Report\n\n## {title}\n\n### BUG-1: It breaks\n\n**Severity:** High\n");
        assert_eq!(said(&text), [None], "{title}");
    }
    assert_eq!(said("# Fixed bugs\n\n## BUG-1: It breaks\n\n**Severity:** High\n"), [None]);
}

#[test]
fn items_of_sections_of_statuses_are_bugs() {
    let text = "# Known issues\n\n## 🔴 Open\n\n- **No hint** - the list is blank\n- **No echo** - nothing is told\n\n\
        ## 🟡 In progress\n\n- **Search is slow** - no index\n";
    let told = [("No hint", "Open"), ("No echo", "Open"), ("Search is slow", "In progress")];
    assert_eq!(read(text), told.map(|(title, status)| (title.to_owned(), Some(status.to_owned()))));
}
