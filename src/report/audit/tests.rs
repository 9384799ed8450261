//! What is found, and what is rightly passed over.

use std::sync::{Arc, LazyLock};

use super::*;
use crate::methodology::Methodology;

static METHODOLOGY: LazyLock<Arc<Methodology>> = LazyLock::new(|| Arc::new(Methodology::embedded()));

fn told_at(text: &str, now: &str) -> Vec<String> {
    let report = Report::parse(text.as_bytes().into(), &METHODOLOGY);
    let found = audit(&report, now.parse().unwrap()).into_iter();
    found.map(|found| format!("{} {}: {}", report.line_of(found.at), found.kind.name(), found.what)).collect()
}

fn told(text: &str) -> Vec<String> {
    told_at(text, "2026-02-11T20:25:48Z")
}

fn bug(id: &str, severity: &str) -> String {
    format!("### {id}: title of {id}\n- **Severity:** {severity}\n\n")
}

#[test]
fn claims_are_held_against_what_is_documented() {
    let bugs = bug("BUG-1", "P0") + &bug("BUG-2", "P1");
    let counts = "- P0: 2\n- P1: 1\n- P2: 0\n- P3: 4+\n- Total bugs: 2\n\n";
    assert_eq!(
        told(&format!("{counts}{bugs}")),
        ["1 claim: P0 claims 2 and documents 1", "4 claim: P3 claims 4+ and documents 0"]
    );
    let sections = format!("## High (2)\n\n{}## Low (1)\n\n{}", bug("BUG-1", "P1"), bug("BUG-2", "P3"));
    assert_eq!(told(&sections), ["1 claim: P1 claims 2 and holds 1"]);
}

#[test]
fn totals_that_do_not_add_up_are_found() {
    let told =
        |text: &str| told(text).into_iter().filter(|found| found.contains(" sum: ")).collect::<Vec<_>>();
    let by_level = |total: u64| {
        format!(
            "| Severity | Open | Fixed | Total |\n|---|---|---|---|\n| P0 | 2 | 1 | 3 |\n| P1 | 1 | - | {total} |\n| **All** | **3** | **1** | **4** |\n"
        )
    };
    assert_eq!(told(&by_level(1)), [""; 0]);
    assert_eq!(
        told(&by_level(2)),
        [
            "4 sum: the row P1 adds up to 1, and its total says 2",
            "5 sum: the column Total adds up to 5, and its total says 4"
        ]
    );
    let by_area = |total: u64| {
        format!(
            "| Area | Critical | High |\n|---|---|---|\n| Pier | 1 | 2 |\n| Quay | 0 | 4 |\n| Total | 1 | {total} |\n"
        )
    };
    assert_eq!(told(&by_area(6)), [""; 0]);
    assert_eq!(told(&by_area(7)), ["5 sum: the column High adds up to 6, and its total says 7"]);
    let others = "| Severity | Count |\n|---|---|\n| High | 2 |\n| Open | 1 |\n| Total | 2 |\n";
    assert_eq!(told(others), [""; 0], "what is open is counted among the others");
}

#[test]
fn a_share_that_its_count_is_not_is_found_where_others_are_right() {
    let bugs = bug("BUG-1", "P0") + &bug("BUG-2", "P1") + &bug("BUG-3", "P1") + &bug("BUG-4", "P2");
    let list = |share: &str| format!("- P0: 1 (25%)\n- P1: 2 ({share}%)\n- P2: 1 (25%)\n\n{bugs}");
    assert_eq!(told(&list("50")), [""; 0]);
    assert_eq!(told(&list("40")), ["2 sum: P1 is 50% of all, and its share says 40%"]);
    assert_eq!(told(&list("40").replace("25", "100")), [""; 0], "they are no shares of all bugs");
}

#[test]
fn a_claim_about_a_status_is_checked_where_statuses_are_written() {
    let table = "| Severity | Open | Fixed |\n|---|---|---|\n| P0 | 1 | 2 |\n\n";
    let bugs = bug("BUG-1", "P0") + &bug("BUG-2", "P0");
    assert_eq!(told(&format!("{table}{bugs}")), [""; 0], "no bug says what has become of it");
    let fixed = bugs.replacen("P0\n", "P0\n- **Status:** ✅ FIXED - now\n", 1);
    assert_eq!(told(&format!("{table}{fixed}")), ["3 claim: P0 resolved claims 2 and documents 1"]);
}

#[test]
fn a_bug_that_stands_under_another_level_is_found() {
    let text = format!("## P0 Bugs\n\n{}{}", bug("BUG-1", "P0"), bug("BUG-2", "P2"));
    assert_eq!(told(&text), ["7 contradiction: BUG-2 says P2 but stands under P0"]);
}

#[test]
fn another_status_elsewhere_is_found() {
    let text = "| ID | Severity | State |\n|---|---|---|\n| BUG-1 | P0 | open |\n| BUG-2 | P0 | done |\n\n## BUG-1: a ✅ FIXED\n\n- **Severity:** P0\n- **Status:** Open\n\n## BUG-2: b\n\n- **Severity:** P0\n- **Status:** Open, for now\n\n## ⚠️ BUG-3: c\n\n- **Severity:** P0\n- **Status:** Open\n";
    assert_eq!(
        told(text),
        [
            "4 status: BUG-2 says Open, for now, but its table says done",
            "6 status: BUG-1 says Open, but its title says ✅ FIXED"
        ]
    );
}

#[test]
fn a_bug_that_is_closed_among_open_ones_is_found() {
    let stating = |id: &str, status: &str| bug(id, "P0") + &format!("- **Status:** {status}\n\n");
    let text = format!(
        "## Open (2)\n\n{}{}## Resolved (2)\n\n{}{}",
        stating("BUG-1", "Fixed"),
        stating("BUG-2", "Deferred"),
        bug("BUG-3", "P0"),
        stating("BUG-4", "Won't fix")
    );
    assert_eq!(told(&text), ["1 status: BUG-1 says Fixed but stands under Open"]);
}

#[test]
fn a_list_of_ids_by_level_that_is_out_of_date_is_found() {
    let bugs = bug("BUG-1", "P1") + &bug("BUG-2", "P3");
    let list = "## Order\n\n- High: BUG-1, BUG-2\n- Low: BUG-9, BUG-1\n- Low: see BUG-1\n";
    let shown = "## Order\n\n```\n- High: BUG-2\n```\n";
    assert_eq!(told(&format!("{bugs}{shown}")), [""; 0], "code shows a list");
    let found = told(&format!("{bugs}{list}"));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].ends_with("contradiction: BUG-2 says P3, but a list has it under P1"), "{found:?}");
}

#[test]
fn a_list_of_ids_names_the_first_of_bugs_that_share_one() {
    let list = |level: &str| format!("- {level}: BUG-1\n\n{}{}", bug("BUG-1", "High"), bug("BUG-1", "Low"));
    let lists = |text: &str| told(text).iter().filter(|told| told.contains("a list has it")).count();
    assert_eq!((lists(&list("High")), lists(&list("Low"))), (0, 1));
}

#[test]
fn a_list_of_ids_below_a_level_or_with_remarks_that_is_out_of_date_is_found() {
    let bugs = bug("BUG #1", "P1") + &bug("BUG #2", "P3") + "## Statistics\n\n";
    let found = |list: &str| {
        let told = told(&format!("{bugs}{list}")).into_iter();
        told.filter(|told| told.contains("a list has it")).collect::<Vec<_>>()
    };
    let stale = |line: u32| vec![format!("{line} contradiction: BUG #2 says P3, but a list has it under P1")];
    let below = "**High issues (P1):**\n\n- BUG #1 - the lamp is dark\n- [ ] **BUG #2**: the rope is torn\n";
    assert_eq!(found(below), stale(12));
    assert_eq!(
        found(&below.replace("High issues (P1)", "Low")),
        ["11 contradiction: BUG #1 says P1, but a list has it under P3"]
    );
    assert_eq!(found(&below.replace("High issues", "High tide, and what came of it")), [""; 0]);
    assert_eq!(found(&format!("{below}- Nobody has looked yet\n")), [""; 0], "it lists other things too");
    assert_eq!(found(&below.replace("\n\n-", "\n\nSome text.\n\n-")), [""; 0], "other text comes between");
    let bugs = bug("BUG-1", "P1") + &bug("BUG-2", "P3") + "## Statistics\n\n";
    let line = "- **P1 (high):** BUG-1 (dark, at night), BUG-2 (torn).\n";
    assert!(told(&format!("{bugs}{line}"))[0].contains("BUG-2 says P3, but a list has it under P1"));
    assert_eq!(told(&format!("{bugs}{}", line.replace(", BUG-2 (torn)", ""))), [""; 0]);
}

#[test]
fn ids_that_stand_for_levels_are_learnt_from_the_whole_report() {
    let report = |last: &str| {
        let same = [("H-01", "High"), ("H-02", "High"), ("M-01", "Medium"), ("L-01", "Low")];
        same.iter().map(|(id, level)| bug(id, level)).collect::<String>() + &bug("M-02", last)
    };
    assert_eq!(told(&report("Medium")), [""; 0]);
    assert_eq!(told(&report("High")), ["13 id-level: M-02 says P1 High, but its id stands for Medium"]);
    let areas = bug("UI-1", "High")
        + &bug("UI-2", "High")
        + &bug("DB-1", "Low")
        + &bug("DB-2", "Low")
        + &bug("UI-3", "Low");
    assert_eq!(told(&areas), [""; 0], "an area is no level, however its bugs fall");
    let lettered = [("A1", "Critical"), ("A2", "High"), ("H1", "High"), ("H2", "High"), ("M1", "Medium")];
    let lettered: String = lettered.iter().map(|(id, level)| bug(id, level)).collect();
    assert_eq!(told(&lettered), [""; 0], "a letter is no word for a level that one bug has by chance");
}

#[test]
fn ids_and_severities_that_are_wrong_in_themselves_are_found() {
    let text = bug("BUG-1", "P0") + &bug("BUG-1", "P9") + "### BUG-2: c\n\nText.\n";
    assert_eq!(
        told(&text),
        [
            "4 duplicate-id: an earlier bug is called BUG-1 too",
            "4 unknown-level: BUG-1#2 has the severity P9, which is no level",
            "7 missing-severity: BUG-2 has no severity",
        ]
    );
    assert_eq!(told("### BUG-1: a\n\nText.\n\n### BUG-2: b\n\nText.\n"), [""; 0], "no bug has a severity");
}

/// The first decision in such a report would have every other bug complained of.
#[test]
fn a_bug_misses_no_severity_where_the_report_counts_by_the_letter_of_its_id() {
    let bugs = "| ID | Title |\n|---|---|\n| C1 | Leak (Severity: P3) |\n| H1 | Rot |\n| M1 | Rust |\n";
    let counts = "\n| Severity | Count |\n|---|---|\n| High | 1 |\n| Medium | 1 |\n";
    assert_eq!(told(&format!("{bugs}{counts}")), [""; 0]);
    let uncounted = ["4 missing-severity: H1 has no severity", "5 missing-severity: M1 has no severity"];
    assert_eq!(told(bugs), uncounted);
}

/// A report would be triaged with every bug of a merge in it twice.
#[test]
fn both_sides_of_a_merge_are_found_and_code_that_shows_one_is_not() {
    let merged = "<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> theirs\n";
    let found = "4 merge-conflict: a merge left both sides here; keep what is right and take the marks out";
    assert_eq!(told(&(bug("BUG-1", "P0") + merged)), [found]);
    let shown = format!("```\n{merged}```\n");
    assert_eq!(told(&(bug("BUG-1", "P0") + &shown)), [""; 0]);
}

#[test]
fn what_is_overdue_and_not_closed_is_found() {
    let with = |lines: &str| format!("### BUG-1: a\n- **Severity:** P0\n{lines}");
    let due = with("- **SLA:** Fix by 2026-02-12 18:00\n");
    assert_eq!(told(&due), [""; 0]);
    let late = ["3 overdue: BUG-1 was due by 2026-02-12 18:00 and is not closed"];
    assert_eq!(told_at(&due, "2026-02-12T18:00:01Z"), late);
    assert_eq!(
        told_at(&format!("{due}- **Status:** ⚠️ DOCUMENTED - see log\n"), "2026-03-01T00:00:00Z"),
        late
    );
    assert_eq!(told_at(&format!("{due}- **Status:** ✅ FIXED - done\n"), "2026-03-01T00:00:00Z"), [""; 0]);
    let span = with("- **SLA:** 24h\n- **Found:** 2026-02-10 08:00\n");
    assert_eq!(told(&span), ["3 overdue: BUG-1 was due by 2026-02-11 08:00 and is not closed"]);
}

/// A team that puts a bug off would be told every day that it is late, and not once the day has come.
#[test]
fn what_is_deferred_is_held_against_the_day_that_it_is_deferred_to() {
    let with =
        |lines: &str| format!("### BUG-1: a\n- **Severity:** P0\n- **SLA:** Fix by 2026-02-12\n{lines}");
    let late = ["3 overdue: BUG-1 was deferred until 2027-03-01 and is not closed"];
    for lines in [
        "- **Status:** Deferred until 2027-03-01\n",
        "- **Status:** ⏸ DEFERRED until 2027-03-01 - waits for the season\n",
        "- **Status:** Deferred\n- **Deferred until:** 1 March 2027\n",
        "- **Target release:** 2027-03-01\n",
        "- **Status:** Deferred 2026-01-02 until 2027-03-01\n",
    ] {
        assert_eq!(told_at(&with(lines), "2027-03-01T20:00:00Z"), [""; 0], "{lines}");
        assert_eq!(told_at(&with(lines), "2027-03-02T00:00:00Z"), late, "{lines}");
    }
    let due = ["3 overdue: BUG-1 was due by 2026-02-12 23:59 and is not closed"];
    for lines in [
        "- **Status:** Deferred\n",
        "- **Status:** Open\n- **Deferred until:** 2027-03-01\n",
        "- **Status:** Assigned 2027-03-01\n",
    ] {
        assert_eq!(told_at(&with(lines), "2026-03-01T00:00:00Z"), due, "{lines}");
    }
    let closed = with("- **Status:** Resolved\n- **Deferred until:** 2026-03-01\n");
    assert_eq!(told_at(&closed, "2027-01-01T00:00:00Z"), [""; 0]);
}

#[test]
fn what_sets_claims_right_leaves_sentences_and_unknown_numbers() {
    let text = format!("Found 9 bugs.\n\n- P0: 2\n- P1: TBD\n\n{}", bug("BUG-1", "P0"));
    let report = Report::parse(text.as_bytes().into(), &METHODOLOGY);
    let set: Vec<(i64, i64)> =
        restated(&report).iter().map(|restated| (restated.from, restated.to)).collect();
    assert_eq!(set, [(2, 1)]);
}

#[test]
fn bugs_that_say_their_levels_themselves_tell_what_a_section_is() {
    let bugs = bug("BUG-1", "P1") + &bug("BUG-2", "P2") + &bug("BUG-3", "P3");
    for title in ["Major findings", "주요 발견 사항", "🚨 Problemas críticos", "Active blockers"] {
        assert_eq!(told(&format!("# Report\n\n## {title}\n\n{bugs}")), [""; 0], "{title}");
    }
    let lone = format!("## Major findings\n\n{}{}", bug("BUG-7", "P1"), bug("BUG-8", "P1"));
    let lone = format!("{lone}{}", bug("BUG-9", "P3"));
    assert_eq!(told(&lone), ["10 contradiction: BUG-9 says P3 but stands under Major"], "the others agree");
    let sorted = format!("## Low findings\n\n{}## Major findings\n\n{bugs}", bug("BUG-8", "P3"));
    assert_eq!(told(&sorted).len(), 2, "a section of another level stands beside it");
    let relied = format!("## Major findings\n\n{bugs}### BUG-4: title of BUG-4\n\nText.\n");
    assert_eq!(told(&relied).len(), 2, "one has its level from there");
}

#[test]
fn a_section_may_hold_bugs_of_several_levels() {
    let text =
        "## 🔴🟠 Second round\n\n### 25. 🔴 Lamp dark\n\n### 29. 🟠 Lamp flickers\n\n### 30. 🟢 Lamp dusty\n";
    assert_eq!(told(text), ["7 contradiction: 30 says P3 but stands under 🔴🟠"]);
    let words = format!("## Minor / Note\n\n{}{}", bug("BUG-1", "Minor"), bug("BUG-2", "Note"));
    assert_eq!(told(&words), [""; 0]);
}

#[test]
fn an_emoji_of_a_status_gives_no_level() {
    let text = "## 🔴 Open\n\n| ID | Title | Severity |\n|---|---|---|\n| M1 | Lamp dark | Low |\n| M2 | Rope torn | High |\n\n\
        ## 🟢 Fixed bugs (1)\n\n| ID | Title | Severity |\n|---|---|---|\n| C1 | Bollard loose | High |\n";
    assert_eq!(told(text), [""; 0]);
}

#[test]
fn codes_that_are_ids_contradict_nothing() {
    let section = |id: &str, level: &str| format!("## {id}: title of {id}\n\n**Severity:** {level}\n\n");
    for ids in [["S1", "S2", "P1"], ["P1", "P2", "M1"], ["C1", "P1", "P2"], ["P3", "P2", "P1"]] {
        let text: String =
            ids.iter().zip(["Low", "High", "Low"]).map(|(id, level)| section(id, level)).collect();
        assert_eq!(told(&text), [""; 0], "{ids:?}");
    }
    let table =
        "| ID | Severity | Title |\n|---|---|---|\n| P1 | Low | Lamp dark |\n| P2 | High | Rope torn |\n\n";
    assert_eq!(told(&format!("{table}## P1 — Lamp dark\n\nText.\n\n## P2 — Rope torn\n\nText.\n")), [""; 0]);
    let levels = section("P1", "Low") + &section("P1", "High") + &section("P2", "Medium");
    assert_eq!(told(&levels), ["3 contradiction: title-of-p1 says P3, but its heading says P1"]);
}

/// What rates a bug beside what speaks would go on saying what the bug was before, and nobody would know.
#[test]
fn what_says_another_level_in_a_field_for_something_else_is_found() {
    let bug =
        |title: &str, field: &str| told(&format!("# Bugs\n\n### {title}\n\n{field}\n\nThe hull leaks.\n"));
    let found = |what: &str| vec![format!("5 contradiction: {what}")];
    assert_eq!(
        bug("[low] A-1: Leak", "**Priority**: P0 / S1"),
        found("A-1 says P3, but its Priority says P0")
    );
    assert_eq!(bug("[critical] A-1: Leak", "**Priority**: P0 / S1"), [""; 0]);
    let status = "**Status:** 🔴 **CRITICAL**\n**Severity:** P3";
    assert_eq!(bug("A-1: Leak", status), found("A-1 says P3, but its Status says 🔴 CRITICAL"));
    assert_eq!(bug("A-1: Leak", &status.replace("P3", "P0")), [""; 0]);
    for status in
        ["**Status:** Open", "**Status:** 🔴 Open", "**Status:** Low tide, open", "**Priority:** P0"]
    {
        assert_eq!(bug("A-1: Leak", &format!("{status}\n**Severity:** P3")), [""; 0], "{status}");
    }
}
