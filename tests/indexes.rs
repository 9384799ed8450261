//! Tables and lists that speak of bugs told elsewhere, or of none: what is read in them, and what is not.

use crate::parsed::parse;

/// Id, title, level, status and number of sites of each bug.
fn read(text: &str) -> Vec<String> {
    let report = parse(text.as_bytes());
    let shown = |text: Option<std::borrow::Cow<'_, str>>| text.map_or_else(|| "-".to_owned(), Into::into);
    let line = |bug| {
        let level = report.level(bug).map_or("-", |level| &report.methodology().level(level).key);
        let (id, status) = (shown(report.id(bug)), shown(report.status(bug)));
        format!("{id} | {} | {level} | {status} | {}", report.title(bug), report.sites(bug).len())
    };
    report.indexes().map(line).collect()
}

/// A bug would be listed twice, and changed at one of its places.
#[test]
fn rows_under_the_numbers_of_headings_are_those_bugs() {
    let bugs = "## Bug 1 — Sail torn\n\n**Severity:** High\n\n## Bug 2 — Mast bent\n\n**Severity:** Low\n\n";
    let index = "## Summary\n\n| # | Severity | Issue | Status |\n|---|---|---|---|\n| 1 | High | Cloth gives way in wind | fixed |\n| 2 | Low | Wood bows at noon | open |\n\n";
    let both = ["Bug 1 | Sail torn | P1 | fixed | 2", "Bug 2 | Mast bent | P3 | open | 2"];
    assert_eq!(read(&format!("# Rig\n\n{bugs}{index}")), both);
    assert_eq!(read(&format!("# Rig\n\n{index}{bugs}")), both);
    let further = index.replace("| 2 |", "| 3 |");
    assert_eq!(read(&format!("# Rig\n\n{bugs}{further}")).len(), 4, "another series has bugs of its own");
}

#[test]
fn bugs_that_are_listed_again_in_other_words_are_no_others() {
    let bugs = "## 1) `deepCopy` throws without a target\n\n- **Severity:** High\n\n## 2) `readOption` drops empty values\n\n- **Severity:** Low\n\n## 3) Closing tags are malformed\n\n- **Severity:** Low\n\n";
    let list = "## Recommended order\n\n1. **High:** crash in `deepCopy`.\n2. **Low:** malformed markup.\n3. **Low:** loss in `readOption`.\n";
    assert_eq!(read(&format!("# Review\n\n{bugs}{list}")).len(), 3);
    let others = "## More findings\n\n1. **High:** the door squeaks.\n2. **Low:** the lamp is dark.\n3. **Low:** the rope is frayed.\n";
    assert_eq!(read(&format!("# Review\n\n{bugs}{others}")).len(), 6);
    let matrix = "## Matrix\n\n| Priority | Problem |\n|---|---|\n| P1 | deepCopy crash |\n| P3 | readOption loss |\n| P3 | tags malformed |\n";
    assert!(read(&format!("# Review\n\n{bugs}{matrix}")).iter().all(|bug| bug.ends_with("| 2")));
}

#[test]
fn rows_without_titles_are_bugs_where_nothing_else_tells_of_them() {
    let index =
        "| Bug ID | Severity | Status |\n|---|---|---|\n| BUG-1 | High | Open |\n| BUG-2 | Low | Open |\n";
    assert_eq!(read(index), ["BUG-1 |  | P1 | Open | 1", "BUG-2 |  | P3 | Open | 1"]);
    let told = format!("{index}\n## BUG-1: Sail torn\n\nx\n\n## BUG-2: Mast bent\n\ny\n");
    assert_eq!(read(&told), ["BUG-1 | Sail torn | P1 | Open | 1", "BUG-2 | Mast bent | P3 | Open | 1"]);
}

/// The words of a legend would be written into bugs.
#[test]
fn what_lists_the_levels_that_there_are_is_no_severity() {
    let bugs = "## BUG-1: Sail torn\n\n- **Severity:** Major (twice, or more)\n\n## BUG-2: Mast bent\n\n- **Severity:** Minor\n";
    let both = ["BUG-1 | Sail torn | P1 | - | 1", "BUG-2 | Mast bent | P2 | - | 1"];
    for legend in [
        "## Bug Format\n\n- **Severity:** critical (it stops, or loses data), major, minor\n- **Owner:** a name\n\n",
        "### Conventions\n\n| Field | Values |\n|---|---|\n| **Severity** | `Critical` · `Major` · `Minor` |\n| **Status** | `Open` · `Fixed` |\n\n",
        "## How to write\n\n**Severity:** [Critical/High/Medium/Low]\n\n",
    ] {
        assert_eq!(read(&format!("# Rig\n\n{legend}{bugs}")), both, "{legend}");
    }
}

#[test]
fn ids_and_titles_stand_in_fields_where_a_heading_only_counts() {
    let report = |number: u32, title: &str, severity: &str| {
        format!(
            "## Bug Report 00{number}\n\n| Field | Details |\n|---|---|\n| Bug ID | BUG-00{number} |\n| Bug Title | {title} |\n| Severity | {severity} |\n| Status | Open |\n\nIt is so.\n\n"
        )
    };
    let bugs = report(1, "Sail torn", "High") + &report(2, "Mast bent", "Low");
    let index = "## Bug Summary\n\n| Bug ID | Severity | Status |\n|---|---|---|\n| BUG-001 | High | Open |\n| BUG-002 | Low | Open |\n";
    let both = ["BUG-001 | Sail torn | P1 | Open | 2", "BUG-002 | Mast bent | P3 | Open | 2"];
    assert_eq!(read(&format!("# Bug reports\n\n{bugs}{index}")), both);
    let listed = "# Bugs\n\n### 1. Sail torn\n\n- **ID:** RIG-7\n- **Severity:** High\n\n### 2. Mast bent\n\n- **ID:** RIG-9\n- **Severity:** Low\n";
    assert_eq!(read(listed), ["RIG-7 | Sail torn | P1 | - | 1", "RIG-9 | Mast bent | P3 | - | 1"]);
}

/// A true total would be called wrong for them.
#[test]
fn a_table_of_files_is_no_list_of_bugs_because_the_report_is_called_so() {
    let report = "# Risks\n\n## High risks\n\n### R-1: Keys shown\n\nx\n\n### R-2: Errors hidden\n\ny\n\n## Old pages\n\n| File | Issue | Action |\n|---|---|---|\n| `a.md` | Speaks of version 16 | Write anew |\n";
    assert_eq!(read(report).len(), 2);
}

#[test]
fn what_has_so_many_bugs_is_none_itself() {
    let list = "## Density\n\n- **Login:** 3 defects in 9 tests\n  - Risk Level: High\n\n- **Search:** 2 defects in 9 tests\n  - Risk Level: Low\n";
    let index =
        "| Bug ID | Severity | Status |\n|---|---|---|\n| BUG-1 | High | Open |\n| BUG-2 | Low | Open |\n";
    assert_eq!(read(&format!("# Tests\n\n{list}")), [""; 0]);
    assert_eq!(read(&format!("# Tests\n\n{index}\n{list}")).len(), 2);
}
