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

/// What was fixed would be missing beside what is not.
#[test]
fn tasks_in_a_section_of_what_is_closed_are_bugs_as_others_are() {
    let open = "# Log\n\n## High\n\n- [ ] No hint\n- [ ] No echo\n\n";
    let told = |text: &str| read(&format!("{open}{text}")).len() - 2;
    assert_eq!(told("## Fixed\n\n### In May\n\n- [x] The sail rips\n- [x] The mast bows\n"), 2);
    assert_eq!(told("## Later\n\n- [x] The sail rips\n- [x] The mast bows\n"), 0);
    assert_eq!(told("## Fixed\n\n- new sails\n- new masts\n"), 0);
}

#[test]
fn a_list_of_bugs_that_are_closed_is_one_among_results_too() {
    let list = "1. **The sail rips** - it was thin.\n2. **The mast bows** - it was wet.\n";
    let of = |title: &str| said(&format!("# Trials\n\n## Trial results\n\n### {title}\n\n{list}"));
    assert_eq!(of("Fixed issues"), [Some("Fixed".to_owned()), Some("Fixed".to_owned())]);
    assert_eq!(of("What was tried"), []);
}

/// A step that went well is no bug for standing beside one that met a bug.
#[test]
fn steps_that_went_well_are_no_bugs_beside_those_that_met_one() {
    let steps = |first: &str| {
        format!(
            "# Trial\n\n## By hand\n\n### 1. Set the sails {first}\n\nSo it was.\n\n### 2. Turn ❌ HIGH\n\nIt broke.\n\n### 3. Stop\n\nIt went on.\n"
        )
    };
    let titles = |text: &str| read(text).into_iter().map(|(title, _)| title).collect::<Vec<_>>();
    assert_eq!(titles(&steps("✅")), ["Turn", "Stop"]);
    assert_eq!(titles(&steps("✅ (at last)")), ["Turn", "Stop"]);
    assert_eq!(titles(&steps("✅ LOW").replace("❌", "✅")), ["Set the sails", "Turn", "Stop"]);
    assert_eq!(titles(&steps("✅").replace("❌", "✅")), ["Set the sails", "Turn", "Stop"]);
}

#[test]
fn a_status_in_brackets_stands_beside_a_title_with_its_day_or_as_a_tag() {
    let of =
        |title: &str| read(&format!("# Bugs\n\n## High\n\n### 1. {title}\n\n### 2. It hangs\n")).remove(0);
    let bug = |title: &str, status: &str| {
        (title.to_owned(), Some(status.to_owned()).filter(|said| !said.is_empty()))
    };
    for (title, status) in [
        ("It breaks *(fixed 2026-09-25)*", "fixed 2026-09-25"),
        ("It breaks (fixed in v1.2)", "fixed in v1.2"),
        ("[fixed] It breaks", "fixed"),
        ("It breaks — ACEPTADO", "ACEPTADO"),
    ] {
        assert_eq!(of(title), bug("It breaks", status), "{title}");
    }
    for title in ["It breaks (open 24 hours)", "It breaks (duplicate of BUG-7)", "[fixed width] It breaks"] {
        assert_eq!(of(title), bug(title, ""));
    }
    let item = read("# Bugs\n\n## High\n\n- **It breaks** *(fixed 2026-09-25)* at last\n- **It hangs**\n");
    assert_eq!(item[0], bug("It breaks", "fixed 2026-09-25"));
}

/// Steps to see a bug would be taken for bugs, and the bugs for what stands between steps.
#[test]
fn paragraphs_of_fields_may_begin_with_a_title_behind_a_tag() {
    let bug = |title: &str| {
        format!(
            "[OPEN] {title}\nWhere: in the port\nSteps:\n1. Set the sails.\n2. Turn (high seas).\nSeen: it breaks.\n\n"
        )
    };
    let told = [("The sail rips", "OPEN"), ("The mast bows", "OPEN")];
    let told = told.map(|(title, status)| (title.to_owned(), Some(status.to_owned())));
    let text = |head: &str| format!("# Log\n\n## {head}\n\n{}{}", bug("The sail rips"), bug("The mast bows"));
    assert_eq!(read(&text("Confirmed findings")), told);
    assert_eq!(read(&text("What was done")), []);
    let graded =
        text("Confirmed findings").replace("Where: in the port", "Severity: High\nWhere: in the port");
    assert_eq!(read(&graded.replacen("Severity: High\n", "", 1)), told);
}

#[test]
fn a_numbered_list_whose_items_all_have_levels_is_one_of_bugs_beside_headed_ones() {
    let headed = "## What others found\n\n### 1. It lags\n\n**Priority:** LOW\n";
    let list = |last: &str| {
        format!("# Review\n\n1) Medium — It breaks\n\n2) Low — It hangs\n\n3) {last}\n\n{headed}")
    };
    let count = |text: &str| read(text).len();
    assert_eq!(count(&list("High — It stops")), 4);
    assert_eq!(count(&list("Look at it again")), 1);
}

/// What is closed has often neither a number nor a level any more.
#[test]
fn headings_with_a_status_below_one_of_closed_bugs_are_bugs_beside_others() {
    let open = "# Log\n\n## Open issues\n\n### 1. It breaks\n\n**Status:** Open\n\n**Severity:** High\n\n";
    let titles = |text: &str| {
        read(&format!("{open}{text}")).into_iter().skip(1).map(|(title, _)| title).collect::<Vec<_>>()
    };
    let closed = "### The sail rips\n\n**Status:** Resolved\n\n### Thanks\n\nAll of you.\n";
    assert_eq!(titles(&format!("## Resolved issues\n\n{closed}")), ["The sail rips"]);
    assert_eq!(titles(&format!("## What came of it\n\n{closed}")), [""; 0]);
}
