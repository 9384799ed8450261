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

/// Of a run of tests that failed no bug would be there at all.
#[test]
fn what_a_section_counts_as_bugs_is_listed_where_nothing_else_is() {
    let runs = "## By module\n\n### Rig (3 failures) - dock-7\n\n1. the rope holds\n2. the mast stands\n3. the sail opens\n\n### Port (1 failure)\n\n1. the bell rings\n\n";
    let causes = "## Common Issues\n\n1. **Cloth** - too old\n2. **Wood** - too wet\n";
    let report = format!("# Test Failure Report\n\n{runs}{causes}");
    let titles = ["the rope holds", "the mast stands", "the sail opens", "the bell rings"];
    let ids = ["1", "2", "3", "1"];
    let bugs: Vec<String> =
        ids.iter().zip(titles).map(|(id, title)| format!("{id} | {title} | - | - | 0")).collect();
    assert_eq!(read(&report), bugs);
    let issues = "# Rig\n\n## Deck (2 issues)\n\n- planks are loose\n- nails are rusty\n";
    assert_eq!(read(issues).len(), 2);
    assert_eq!(read(&issues.replace("2 issues", "3 issues")).len(), 0, "more than there are");
    assert_eq!(read(&issues.replace("2 issues", "2 items")).len(), 0, "no bugs are spoken of");
    let headed = format!("{issues}\n## Bug 1: Sail torn\n\n**Severity:** High\n");
    assert_eq!(read(&headed).len(), 1, "bugs have headings");
}

/// What is done about a risk would be its title, and no bug where others have headings.
#[test]
fn risks_in_words_are_what_their_rows_are_called() {
    let table = "## Riscos\n\n| Risco | Severidade | Mitigação |\n|---|---|---|\n| O mastro cai ao vento | Alto | Trocar antes da viagem longa |\n| A vela rasga na chuva | Baixo | Costurar outra vez no porto |\n";
    let bugs = ["- | O mastro cai ao vento | P1 | - | 1", "- | A vela rasga na chuva | P3 | - | 1"];
    assert_eq!(read(&format!("# Barco\n\n{table}")), bugs);
    let headed = "## F1 — Ciclo de ida\n\nx\n\n## F2 — Ciclo de volta\n\ny\n\n";
    assert_eq!(read(&format!("# Barco\n\n{headed}{table}"))[2..], bugs);
}
