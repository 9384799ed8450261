//! Who proposed a decision, what the policy made of it, what it takes back and what became of claims: in every format alike.

use super::{answer, export, parts};
use crate::desk::Table;
use crate::place::Place;

const REPORT: &str = "\
# Ledger

| Severity | Count |
|----------|-------|
| P0       | 3     |
| P1       | 1     |
| P2       | 9+    |

## BUG-1: Totals drift

- **Severity:** P1

## BUG-2: The hall is cold

- **Severity:** P0

## BUG-3: The bell is late

- **Severity:** P0
- **SLA:** fix by 2026-01-02

## BUG-4: The door creaks

- **Severity:** P0
";

const PROPOSED: &str = "\
by: Ben Example <ben@example.org>
decisions:
  - bug: BUG-1
    severity: P0
    rationale: Totals of paying guests are wrong.
  - kind: finding
    text: Nobody has looked at the bell.
  - kind: not-executed
    task: Oil the door
    why: There is no oil.
    decision: Order some
";

fn answered() -> Place {
    let place = Place::with("bugs.md", REPORT);
    place.write("proposed.yaml", PROPOSED);
    place.done(&["apply", "bugs.md", "proposed.yaml", "--override", "seen in the | ledger"]);
    place
}

/// Whoever reads the export alone would not know that a warning was overridden, or whose idea it was.
#[test]
fn every_format_tells_the_answers_to_the_policy_and_who_proposed() {
    let place = answered();
    let text = export(&place, &["--to", "csv"]);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names = reader.headers().unwrap().clone();
    let row = reader.records().next().unwrap().unwrap();
    let cell = |name: &str| &row[names.iter().position(|known| known == name).unwrap()];
    assert_eq!(cell("policy"), "raised-without-scope: seen in the | ledger");
    assert_eq!(cell("suggested-by"), "Ben Example <ben@example.org>");
    let table = export(&place, &["--to", "markdown"]);
    assert!(table.contains("| raised-without-scope: seen in the \\| ledger |"), "{table}");
    assert_eq!(table.matches("ben@example.org").count(), 3, "{table}");
    let summary = export(&place, &["--to", "summary"]);
    let parts = parts(&summary);
    let said = "are wrong. (proposed by Ben Example; policy raised-without-scope: seen in the | ledger)";
    assert!(parts["Re-classification"].replace('\\', "").contains(said), "{summary}");
    assert!(
        parts["Findings and Recommendations"].contains("the bell. (proposed by Ben Example)"),
        "{summary}"
    );
    assert!(parts["Plan Tasks Not Executed"].contains("- **Proposed by:** Ben Example"), "{summary}");
}

#[test]
fn the_table_names_the_decision_that_another_takes_back() {
    let place = answered();
    place.done(&["undo", "bugs.md"]);
    let table = export(&place, &["--to", "markdown"]);
    let rows: Vec<Vec<&str>> = table.lines().map(|row| row.split(" | ").collect()).collect();
    let column = |name: &str| rows[0].iter().position(|known| *known == name).unwrap();
    let (last, taken) = (rows.last().unwrap(), &rows[rows.len() - 2]);
    assert_eq!(last[column("Takes back")], taken[column("Entry")], "{table}");
    assert_eq!(taken[column("Takes back")], "", "{table}");
}

/// A summary that finds less than the command that it names.
#[test]
fn the_summary_and_check_find_as_much() {
    for (report, found) in
        [(REPORT.to_owned(), "2 findings (1 overdue)"), (REPORT.replace("2026-01", "2027-01"), "1 finding")]
    {
        let place = Place::with("bugs.md", report);
        let summary = answer(&place, &["--to", "summary"]).0;
        assert!(
            summary.contains(&format!("`regrade check` has {found} in the report as it is saved")),
            "{summary}"
        );
        let said = place.run(&["check", "bugs.md"]).out;
        assert!(said.contains(&format!("\n{}; 4 bugs", found.split(" (").next().unwrap())), "{said}");
    }
}

/// The log would name a number that nobody ever read in the report.
#[test]
fn a_claim_set_after_other_decisions_says_what_the_report_said() {
    let table = Table::new(REPORT.replace("P1       | 1 ", "P1       | 6 "));
    let keys = ["/sev:P0<Enter>", "*1<Alt-s>tThey keep tests from running<Enter><Esc>", "Cf", "<Esc>w"];
    table.press(&keys);
    assert!(table.report().contains("| P1       | 4     |"), "{}", table.report());
    let record = "level: P1, from: 9, to: 4, reported: 6}";
    assert!(table.log().contains(record), "{}", table.log());
    let said = "P1 9 → 4 (the report said 6 before this save)";
    let log = table.place.run(&["log", "bugs.md"]).out;
    assert!(log.contains(&format!("line 6: {said}\n")) && log.contains("line 7: P2 9 → 0\n"), "{log}");
    for format in ["summary", "csv", "markdown"] {
        let text = export(&table.place, &["--to", format]);
        assert!(text.replace('\\', "").contains(said), "{text}");
    }
    let json = export(&table.place, &["--to", "json"]);
    assert!(json.contains("\"reported\": 6") && json.matches("reported").count() == 1, "{json}");
    (0..2).for_each(|_| drop(table.place.done(&["undo", "bugs.md"])));
    assert!(table.report().contains("| P1       | 6     |"), "{}", table.report());
}
