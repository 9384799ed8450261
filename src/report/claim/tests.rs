//! What is a claim, by the places and the words that claims stand in.

use std::sync::{Arc, LazyLock};

use super::*;
use crate::report::Report;

static METHODOLOGY: LazyLock<Arc<Methodology>> = LazyLock::new(|| Arc::new(Methodology::embedded()));

/// Each claim as its place, what it counts and what it says.
fn told(text: &str) -> Vec<String> {
    let report = Report::parse(text.as_bytes().into(), &METHODOLOGY);
    let told = |claim: &Claim| format!("{} {} {}", claim.place.name(), report.subject(claim), claim.count);
    report.claims().iter().map(told).collect()
}

/// The claims that are not true, each as what it counts and how many there are of that.
fn wrong(text: &str) -> Vec<String> {
    let report = Report::parse(text.as_bytes().into(), &METHODOLOGY);
    let documented = Documented::of(&report);
    let said = |claim: &Claim| {
        let count = documented.count(claim).filter(|count| !claim.count.is_met_by(*count))?;
        Some(format!("{} {count}", report.subject(claim)))
    };
    report.claims().iter().filter_map(said).collect()
}

/// A German list of counts would stay as it was when a bug is reclassified, and be false from then on.
#[test]
fn a_list_counts_by_levels_in_the_words_of_any_language() {
    let list = |words: [&str; 3]| {
        let [one, two, all] = words;
        told(&format!("## Overview\n\n- {one}: 2\n- {two}: 3\n- {all}: 5\n"))
    };
    for words in [
        ["Kritisch", "Hoch", "Gesamt"],
        ["Kritische", "Hohe", "Gesamt"],
        ["Critiques", "Majeurs", "Total"],
        ["Critica", "Alta", "Total"],
        ["Kritiek", "Hoog", "Total"],
        ["Blocker", "Major", "Total"],
    ] {
        assert_eq!(list(words), ["list P0 2", "list P1 3", "list the report 5"], "{words:?}");
    }
    for words in
        [["Errors", "Warnings", "Total"], ["Errors", "Notes", "Total"], ["Kritisch", "Kritische", "Total"]]
    {
        assert_eq!(list(words), [""; 0], "{words:?}");
    }
    assert_eq!(told("## Version\n\n- Major: 2\n- Minor: 3\n- Patch: 1\n"), [""; 0]);
}

/// A checklist would be told to be wrong for what nobody has said to be so.
#[test]
fn what_an_open_task_is_to_close_is_not_said_to_be_closed() {
    let told = |sign: &str| {
        told(&format!(
            "## Sign-off\n\n- {sign} All 3 critical issues fixed\n- {sign} 4 high bugs looked at\n"
        ))
    };
    assert_eq!(told("[x]"), ["sentence P0 resolved 3", "sentence P1 4"]);
    assert_eq!(told("[ ]"), ["sentence P1 4"]);
}

/// "3 critical issues are not fixed" would be told to be wrong where none is.
#[test]
fn what_is_denied_or_wished_for_is_not_said_to_be_closed() {
    for said in [
        "3 critical issues are not fixed yet.",
        "Release when all 3 critical issues are fixed.",
        "Goal: 3 critical issues fixed",
        "None of the 3 critical issues is fixed.",
        "The 3 critical issues aren't fixed.",
        "❌ All 3 critical issues fixed",
        "⬜ All 3 critical issues resolved",
        "Wenn 3 kritische Fehler behoben sind, folgt die Freigabe.",
    ] {
        assert!(!told(said).iter().any(|claim| claim.contains("resolved")), "{said}");
    }
    assert_eq!(told("✅ All 3 critical issues fixed"), ["sentence P0 resolved 3"]);
    assert_eq!(told("2 of 3 critical issues fixed"), ["sentence P0 3"]);
    assert_eq!(
        told("There are 3 critical issues, and 4 high issues are not tested."),
        ["sentence P0 3", "sentence P1 4"]
    );
}

#[test]
fn a_table_counts_by_rows_in_each_column_that_counts() {
    let table = "\
| Severity | Open | Fixed | Total | % |
|---|---|---|---|---|
| 🔴 Critical (P0) | 2 | 1 | 3 | 33% |
| High | 0 | ~4 | 5+ | 80% |
| **Total** | **2** | **5** | **8** | 60% |
";
    assert_eq!(
        told(table),
        [
            "table P0 open 2",
            "table P0 resolved 1",
            "table P0 3",
            "table P1 open 0",
            "table P1 resolved ~4",
            "table P1 5+",
            "table the report open 2",
            "table the report resolved 5",
            "table the report 8",
        ]
    );
}

/// A save would count the warnings of a test run as bugs.
#[test]
fn what_is_counted_beside_the_results_of_a_test_run_is_no_bug() {
    let run =
        "## Findings\n\n- Tests collected: 54\n- **Tests failed: 0** (100%)\n- Warnings: 2 (deprecations)\n";
    assert_eq!(told(run), [""; 0]);
    assert_eq!(told(&run.replace('\n', "\r")), [""; 0]);
    assert_eq!(told("## Findings\n\n- Warnings: 2\n- Major: 4\n"), ["list P2 2", "list P1 4"]);
    assert_eq!(told("## Findings\n\n- Tests: 54\n\n- Warnings: 2\n"), ["list P2 2"]);
}

#[test]
fn what_counts_classes_of_bugs_counts_no_bugs() {
    assert_eq!(told("# 报告\n\n## P0 问题（14 类）\n\n### A-1 x\n\n### A-2 y\n"), [""; 0]);
    assert_eq!(told("# 报告\n\n## P0 问题（14 条）\n\n### A-1 x\n\n### A-2 y\n"), ["heading P0 14"]);
}

#[test]
fn a_matrix_claims_in_its_row_of_totals_alone() {
    let matrix = "\
| Area | Critical | High | Total |
|---|---|---|---|
| Login | 1 | 2 | 3 |
| Search | 0 | 4 | 4 |
| Total | 1 | 6 | 7 |
";
    assert_eq!(told(matrix), ["table P0 1", "table P1 6", "table the report 7"]);
    assert_eq!(told("| Critical | High |\n|---|---|\n| 1 | 2 |\n"), ["table P0 1", "table P1 2"]);
    assert_eq!(told("| Area | Critical | High |\n|---|---|---|\n| a | 1 | 2 |\n| b | 3 | 4 |\n"), [""; 0]);
}

#[test]
fn a_table_that_counts_something_else_claims_nothing() {
    for table in [
        "| Severity | Hours |\n|---|---|\n| P0 | 4 |\n",
        "| Area | Count |\n|---|---|\n| P0 | 4 |\n| P0 | 5 |\n",
        "| File | Count |\n|---|---|\n| Total | 461 |\n",
        "| # | Severity | Title |\n|---|---|---|\n| 1 | High | a |\n| 2 | Low | b |\n",
        "| Severity | Count |\n|---|---|\n| P0 | 40h |\n| P1 | 3 of 7 |\n",
    ] {
        assert_eq!(told(table), [""; 0], "{table}");
    }
    let both = "| Severity | Fixed (staging) | Fixed (production) | Total |\n|---|---|---|---|\n| P0 | 1 | 2 | 3 |\n";
    assert_eq!(told(both), ["table P0 3"], "nothing tells the two from each other");
    let two = "| Severity | Count |\n|---|---|\n| High | 2 |\n| Low | 3 |\n| Info | 4 |\n";
    assert_eq!(told(two), ["table P1 2", "table P3 (low) 3", "table P3 (info) 4"]);
    let forms = two.replace("Low", "Informational");
    assert_eq!(told(&forms), ["table P1 2"], "nothing tells one from the other");
}

/// A bug that is verified would be taken from what is open and counted nowhere.
#[test]
fn several_words_for_one_status_count_by_what_bugs_say() {
    let table = |fixed: u64, resolved: u64| {
        format!(
            "| Severity | Open | Fixed (unverified) | Resolved | Total |\n|---|---|---|---|---|\n| P0 | 1 | {fixed} | {resolved} | 3 |\n\n"
        )
    };
    let bug =
        |id: u64, status: &str| format!("## BUG-{id}: b\n\n- **Severity:** P0\n- **Status:** {status}\n\n");
    let bugs = bug(1, "open") + &bug(2, "✅ FIXED - today") + &bug(3, "Verified by Ada");
    assert_eq!(
        told(&table(1, 1)),
        ["table P0 open 1", "table P0 fixed 1", "table P0 resolved 1", "table P0 3"]
    );
    assert_eq!(wrong(&(table(1, 1) + &bugs)), [""; 0]);
    assert_eq!(wrong(&(table(2, 0) + &bugs)), ["P0 fixed 1", "P0 resolved 1"]);
    let closed = |status| {
        format!("| Severity | Fixed | Verified |\n|---|---|---|\n| P0 | 5 | 7 |\n\n{}", bug(1, status))
    };
    assert_eq!(wrong(&closed("Verified")), ["P0 fixed 0", "P0 verified 1"]);
    assert_eq!(wrong(&closed("Done")), [""; 0], "nothing tells which of both");
}

/// A report that says how severe bugs are by their ids alone would keep counts that are no longer true.
#[test]
fn ids_of_a_scale_tell_counts_where_nothing_else_does() {
    let table = "| Severity | Count | Fixed |\n|---|---|---|\n| Critical | 1 | 1 |\n| High | 1 | 1 |\n| Medium | 1 | 0 |\n\n";
    let rows = |third: &str| {
        format!(
            "| ID | Finding | Status |\n|---|---|---|\n| C1 | Bollard loose | FIXED |\n| H1 | Lamp dark | Not fixed |\n| {third} | Rail gone | Not fixed |\n"
        )
    };
    assert_eq!(wrong(&(table.to_owned() + &rows("M1"))), ["P1 resolved 0"]);
    assert_eq!(wrong(&(table.to_owned() + &rows("X1"))), [""; 0], "letters of no scale");
    let shared = table.replace("| Medium |", "| Low | 1 | 0 |\n| Info | 1 | 0 |\n| Medium |");
    let more =
        "| L1 | Rope torn | Not fixed |\n| L2 | Rope wet | Not fixed |\n| I1 | Rope new | Not fixed |\n";
    assert_eq!(wrong(&(shared + &rows("M1") + more)), ["P1 resolved 0", "P3 (low) 2"]);
    assert_eq!(wrong(&(table.to_owned() + &rows("H2"))), [""; 0], "two letters are in any series");
}

/// A save would count the bugs of a category that is called as a level is.
#[test]
fn rows_with_another_level_of_their_own_count_categories() {
    let table = "| Category | Count | Severity |\n|---|---|---|\n| Critical bugs | 1 | High |\n| Major bugs | 4 | Medium |\n";
    assert_eq!(told(table), [""; 0]);
    assert_eq!(told(&table.replace("High", "Critical").replace("Medium", "Major")).len(), 2);
}

#[test]
fn lists_and_lines_that_say_nothing_else_are_read() {
    let list = "- Critical: 4\n- **High (P1):** 2 issues\n* Open P2 bugs: ~7\n- Total: 13\n";
    assert_eq!(told(list), ["list P0 4", "list P1 2", "list P2 open ~7", "list the report 13"]);
    assert_eq!(told("**Total Bugs:** 12\n"), ["list the report 12"]);
    assert_eq!(told("**Critical:** 2 | **High:** 5\n"), ["list P0 2", "list P1 5"]);
    assert_eq!(told("- 严重：3 个\n"), ["list P0 3"]);
    for text in [
        "- Critical: ~35 days\n",
        "- Total: 54\n",
        "- High: 2.5\n",
        "- P0/P1: 3\n",
        "- Tests: 12\n",
        "- P0: 24h\n",
    ] {
        assert_eq!(told(text), [""; 0], "{text}");
    }
}

/// The outcome of a test run would change because a bug did.
#[test]
fn words_that_count_other_things_too_need_bugs_or_levels_beside_them() {
    for text in [
        "# Bugs\n\n## Test run\n\n- Passed: 40\n- Warnings: 2 (old calls)\n",
        "- Warnings: 2\n- Info: 9\n",
        "| Outcome | Count |\n|---|---|\n| Passed | 40 |\n| Warnings | 2 |\n",
    ] {
        assert_eq!(told(text), [""; 0], "{text}");
    }
    for (text, claims) in [
        ("## Findings\n\n- Warnings: 2\n", &["list P2 2"][..]),
        ("# Bug report\n\n## Summary\n\n- Major: 1\n- Minor: 2\n", &["list P1 1", "list P2 2"]),
        ("- Critical: 1\n- Warnings: 2\n- Total: 3\n", &["list P0 1", "list P2 2", "list the report 3"]),
        ("- Minor severity: 2\n- Majors: 4 issues\n", &["list P2 2", "list P1 4"]),
        ("| Severity | Count |\n|---|---|\n| Warnings | 2 |\n", &["table P2 2"]),
    ] {
        assert_eq!(told(text), claims, "{text}");
    }
}

#[test]
fn what_a_reviewer_has_found_counts_nothing() {
    for text in [
        "1. No bug touches production 2. All are tests",
        "12 findings",
        "4. and 5. are the same bug",
        "There are 22 P0 bugs.",
    ] {
        for mark in ["", "> "] {
            for label in ["Finding", "Recommendation"] {
                let text = format!(
                    "# Bugs\n\n{mark}**{label}:** {text}\n\n## P0 Bugs\n\n### BUG-1: a\n\n### BUG-2: b\n"
                );
                assert_eq!(told(&text), [""; 0], "{text}");
            }
        }
    }
}

#[test]
fn headings_count_what_stands_in_their_section() {
    assert_eq!(told("## High (7)\n"), ["heading P1 7"]);
    assert_eq!(told("# Low Risk Findings (6)\n"), ["heading P3 6"]);
    assert_eq!(told("## P1 (17 条)\n"), ["heading P1 17"]);
    let trailing = b"Medium: 3 issues";
    let read = of_heading(trailing, Span::whole(trailing), &METHODOLOGY)
        .map(|(claim, _)| (claim.level, claim.count));
    assert_eq!(read, Some((Some(LevelId(2)), Count::Exact(3))));
    assert_eq!(told("## Open findings (12)\n"), ["heading this section 12"]);
    assert_eq!(told("### Total bugs: 10\n"), ["list the report 10"]);
    assert_eq!(told("## 🔴 [马上处理] — 共 3 项\n"), ["heading P0 3"]);
    for title in [
        "## Critical Fixes (Week 1)",
        "## Phase 2 (2026)",
        "## 3. High",
        "## High (24h)",
        "## Roadmap (3)",
        "## [马上处理] — 共 3 项",
        "## 🔴 [马上处理] — 第 3 项",
        "## 🔴 [马上处理] — 共 3 天",
    ] {
        assert_eq!(told(&format!("{title}\n")), [""; 0], "{title}");
    }
    let section = "## Login (3)\n\n### BUG-1: a\n- **Severity:** P1\n";
    assert_eq!(told(section), ["heading this section 3"], "it holds a bug, so it counts bugs");
}

#[test]
fn sentences_are_read_where_they_leave_no_doubt() {
    for (text, claims) in [
        ("We have 22 P0 bugs.", &["sentence P0 22"][..]),
        ("3 critical and 4 high issues remain to be seen", &["sentence P0 3", "sentence P1 4"]),
        ("six critical faults and one moderate gap", &["sentence P0 6", "sentence P2 1"]),
        ("The audit found 17 bugs.", &["sentence the report 17"]),
        ("**1,204 issues** were identified", &["sentence the report 1204"]),
        ("2 high-severity bugs are fixed", &["sentence P1 resolved 2"]),
        ("5 medium, 30 low", &["sentence P2 5", "sentence P3 30"]),
    ] {
        assert_eq!(told(text), claims, "{text}");
    }
    for text in [
        "22 P0/P1 bugs were seen.",
        "Phase 2 critical issues",
        "Fix 3 critical bugs first.",
        "one critical bug stands in the way",
        "We ran 42 tests and found it slow.",
        "BUG-22 high issues",
        "Version 1.2 critical bugs",
        "12 critical path tests",
        "The tool said `found 9 bugs`.",
        "see any of the four bugs listed above",
    ] {
        assert_eq!(told(text), [""; 0], "{text}");
    }
}

#[test]
fn counts_are_read_in_other_languages() {
    for (text, claims) in [
        (
            "# Lỗi\n\n| Mức độ | Số lượng |\n|---|---|\n| P0 | 2 |\n| P1 | 3 |\n",
            &["table P0 2", "table P1 3"][..],
        ),
        ("Tổng số lỗi: 9\n", &["list the report 9"]),
        ("Total des bugs : 9\n", &["list the report 9"]),
        ("**Total:** 9 temuan\n", &["list the report 9"]),
        ("# バグ\n\n合計 9 件\n", &["list the report 9"]),
        (
            "| Приоритет | Кол-во | Исправлено |\n|---|---|---|\n| 🔴 Критические | 2 | 1 |\n",
            &["table P0 2", "table P0 resolved 1"],
        ),
        ("# テスト\n\n合計 9 件\n", &[]),
        ("发现4个高严重度、3个中严重度问题。", &["sentence P1 4", "sentence P2 3"]),
        ("Znaleziono 9 błędów.", &["sentence the report 9"]),
        ("Trovati 9 bug in tutto.", &["sentence the report 9"]),
        ("Totalt 9 fynd.", &["sentence the report 9"]),
        ("- P1 Fehler: 1 gefunden, 1 behoben, 0 offen\n", &["list P1 1"]),
        ("# Bugs\n\n4 open · 5 closed\n", &["list the report open 4", "list the report resolved 5"]),
    ] {
        assert_eq!(told(text), claims, "{text}");
    }
}

/// What a report says of its levels in few words would never be held against it.
#[test]
fn levels_before_numbers_alone_on_a_line_are_counts() {
    for (text, claims) in [
        ("Counts: Critical 1, High 2, Low 0.", &["list P0 1", "list P1 2", "list P3 0"][..]),
        ("High 2 | Medium 5", &["list P1 2", "list P2 5"]),
        ("High 2, and Low 5 later", &[]),
        ("High 2", &[]),
        ("Port 80, High 2", &[]),
        ("P1 2, P3 4", &[]),
    ] {
        assert_eq!(told(text), claims, "{text}");
    }
}

/// What is true would be called false, and set right to what is not.
#[test]
fn parts_and_remarks_are_no_totals() {
    for (text, claims) in [
        (
            "Three findings were identified and fixed in place; the others wait.",
            &["sentence the report resolved 3"][..],
        ),
        ("- Low bugs: 2 documented, 0 critical for phase 8\n", &["list P3 2"]),
        ("Two further bugs: we found 2 additional bugs later.", &[]),
        ("Найдено и исправлено ещё **2 проблемы**.", &[]),
    ] {
        assert_eq!(told(text), claims, "{text}");
    }
}

/// A bug that quotes numbers would have them rewritten.
#[test]
fn nothing_inside_a_bug_is_a_claim() {
    let bug = "### BUG-1: a\n- **Severity:** P1\n- Critical: 4\n\nFound 17 bugs.\n\n| Level | Count |\n|---|---|\n| P0 | 3 |\n";
    assert_eq!(told(bug), [""; 0]);
    assert_eq!(told("```\n- Critical: 4\n```\n\n<!-- 22 P0 bugs -->\n"), [""; 0]);
}

/// A line of a megabyte would stop every reader of the report.
#[test]
fn what_is_long_is_read_in_no_time() {
    let words = "fixed high ".repeat(50_000);
    let long =
        format!("- P0: 3 {words}\n\n| Severity | Count |\n|---|---|\n| {words} | 3 |\n| P0 | 3 {words} |\n");
    let started = std::time::Instant::now();
    let read = told(&long);
    assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
    assert!(read.len() < 3, "{read:?}");
}

/// Setting such counts right would write the number of both words beside each.
#[test]
fn words_that_share_a_level_count_by_themselves_in_lists_too() {
    let bugs = "\n### B-1: a\n\n- **Severity:** Low\n\n### B-2: b\n\n- **Severity:** Informational\n";
    let list =
        |low: u64, info: u64| format!("- High: 0\n- Low: {low}\n- Informational: {info}\n- Total: 2\n");
    let line = |low: u64, info: u64| format!("Counts: High 0, Low {low}, Informational {info}\n");
    for counts in [&list as &dyn Fn(u64, u64) -> String, &line] {
        let text = |low, info| format!("# Bugs\n\n{}{bugs}", counts(low, info));
        assert_eq!(wrong(&text(1, 1)), [""; 0]);
        assert_eq!(wrong(&text(2, 0)), ["P3 (low) 1", "P3 (informational) 1"]);
        let told = told(&text(1, 1));
        assert!(told.contains(&"list P3 (informational) 1".to_owned()), "{told:?}");
    }
}

/// Three bugs, of which two are open.
const STANDING: &str = "\n## Bugs\n\n### B-1: a\n\n- **Severity:** P0\n- **Status:** Open\n\n\
    ### B-2: b\n\n- **Severity:** P1\n- **Status:** Open\n\n### B-3: c\n\n- **Severity:** P1\n- **Status:** Fixed\n";

/// A report that says how many bugs are open would go on saying so once they are fixed.
#[test]
fn what_may_count_anything_counts_bugs_where_it_is_true_of_them() {
    let (open, fixed) = ("list the report open 2", "list the report resolved 1");
    let all = "list the report 3";
    for (text, claims) in [
        ("- Open: 2\n- Fixed: 1\n", &[open, fixed][..]),
        ("- Open: 2\n- Fixed: 1\n- Total: 3\n", &[open, fixed, all]),
        ("**Total: 3 bugs (2 open, 1 fixed)**\n", &[all, open, fixed]),
        ("Progress: 1/3 (33%)\n", &[fixed, all]),
        ("1 of 3 resolved\n", &[fixed, all]),
        ("**Fixed:** 1 / 3\n", &[fixed, all]),
        ("3 bugs: 2 open (67%), 1 closed (33%)\n", &[all, open, fixed]),
        ("- Open: 1\n- Fixed: 1\n", &[]),
        ("- Open: 2\n", &[]),
        ("Progress: 2/3 (67%)\n", &[]),
        ("Chapter 1/3\n", &[]),
        ("2026-01-02: 2 open, 1 fixed\n", &[]),
        ("**High:** 2 open, 1 fixed\n", &["list P1 open 2"]),
        ("After a long day of looking at all that was left we had 2 open, 1 fixed\n", &[]),
    ] {
        assert_eq!(told(&format!("# Pier\n\n{text}{STANDING}")), claims, "{text}");
        let alone = told(&format!("# Pier\n\n{text}"));
        let is_true = alone.iter().any(|told| told == fixed);
        assert!(text.contains("bugs") || !is_true, "nothing is true without bugs: {text}");
    }
    for header in ["Count", "Number", "Total", "#"] {
        let table = |open: u64| {
            format!("# Pier\n\n| Status | {header} |\n|---|---|\n| Open | {open} |\n| Fixed | 1 |\n")
        };
        let right = ["table the report open 2", "table the report resolved 1"];
        assert_eq!(told(&(table(2) + STANDING)), right, "{header}");
        assert_eq!(told(&(table(5) + STANDING)), [""; 0], "{header}");
    }
}

/// A scale is explained in the same words as counts by level.
#[test]
fn levels_with_a_number_in_brackets_count_bugs_where_all_of_it_is_true_of_them() {
    let list = |high: u32, critical: u32| {
        format!(
            "# Pier\n\n## Summary\n\n- **Critical ({critical}):** hull\n- **HIGH ({high})**: lamp, rope\n{STANDING}"
        )
    };
    assert_eq!(told(&list(2, 1)), ["list P0 1", "list P1 2"]);
    assert_eq!(told(&list(4, 1)), [""; 0]);
    assert_eq!(
        told(&list(2, 1).replace("- **Critical (1):** hull\n", "")),
        [""; 0],
        "one may be true by chance"
    );
    assert_eq!(told(&list(2, 1).replace("**Critical (1):** hull", "Critical (1) hull")), [""; 0]);
}

#[test]
fn front_matter_counts_bugs_where_all_of_it_is_true_of_them() {
    let matter = |open: u64| {
        format!("---\ntitle: Pier 3\ntotal: 3\nopen_bugs: {open}\nhigh: 2\nversion: 3\n---\n# Pier\n")
    };
    assert_eq!(told(&(matter(2) + STANDING)), ["list the report 3", "list the report open 2", "list P1 2"]);
    assert_eq!(told(&(matter(1) + STANDING)), [""; 0]);
    assert_eq!(
        told(&(matter(2).replace("total: 3", "total: 3 # all") + STANDING)).len(),
        2,
        "no bare number"
    );
    let alone = |count: &str| told(&format!("---\ntitle: Pier 3\n{count}\n---\n# Pier\n{STANDING}"));
    assert_eq!(alone("open_bugs: 2"), ["list the report open 2"]);
    assert_eq!(alone("low_bugs: 0"), ["list P3 0"], "it counts the next one");
    for count in ["open_bugs: 3", "open: 2", "high: 2", "version: 3", "issue: 3"] {
        assert_eq!(alone(count), [""; 0], "{count}");
    }
}

#[test]
fn what_is_counted_by_status_beside_a_count_is_a_part_of_it() {
    let table = "| Severity | Count | Status |\n|---|---|---|\n| P1 | 1 | 1 open |\n| P2 | 3 | ✅ 2 fixed, 1 open |\n";
    let said = ["table P1 1", "table P1 open 1", "table P2 3", "table P2 resolved 2", "table P2 open 1"];
    assert_eq!(told(table), said);
    let table = "| Severity | Bugs |\n|---|---|\n| P1 | 2 (1 fixed, 1 open) |\n| P2 | 3 (remaining) |\n| P3 | 1 (both fixed) |\n";
    let said = ["table P1 2", "table P1 resolved 1", "table P1 open 1", "table P2 open 3", "table P3 1"];
    assert_eq!(told(table), said);
    assert_eq!(told("High: 5 (4 fixed, 1 open)\n"), ["list P1 5", "list P1 resolved 4", "list P1 open 1"]);
    assert_eq!(
        told("## Bugs\n\n✅ 5 fixed, 1 open\n"),
        ["list the report resolved 5", "list the report open 1"]
    );
    assert_eq!(told("High: 5 (in 2 files, 1 open)\n"), ["list P1 5"]);
}

#[test]
fn parts_of_two_words_for_one_level_are_told_apart_as_these_are() {
    let table = "| Severity | Count |\n|---|---|\n| Low | 3 (2 fixed, 1 open) |\n| Informational | 2 |\n";
    let said = [
        "table P3 (low) 3",
        "table P3 (low) resolved 2",
        "table P3 (low) open 1",
        "table P3 (informational) 2",
    ];
    assert_eq!(told(table), said);
}

/// A claim between bugs that different cores look between would be lost, or one inside a bug be found.
#[test]
fn between_very_many_bugs_claims_are_found_as_between_few() {
    let places = [0, 1, BETWEEN - 1, BETWEEN, BETWEEN + 1, 2 * BETWEEN, 2 * BETWEEN + 3];
    let bug = |at: usize| {
        let claim =
            if places.contains(&at) { format!("## Findings\n\n- Major: {at}\n\n") } else { String::new() };
        format!("{claim}### A-{at}: It breaks\n\n- **Severity:** P1\n- Minor: 3\n\n")
    };
    let text: String = (0..2 * BETWEEN + 4).map(bug).collect();
    assert_eq!(told(&text), places.map(|at| format!("list P1 {at}")));
}

/// A decision would set the second of two counts and leave the first, so that their sum is wrong.
#[test]
fn the_first_of_several_counts_may_stand_behind_a_sentence() {
    let counts = ["list P0 2", "list P1 1", "list P3 1"];
    for lead in ["Exported on 2026-11-30. ", "By priority: ", "Sprint 42 — ", "Sorted. By priority: "] {
        assert_eq!(told(&format!("{lead}Highest: 2, High: 1, Lowest: 1\n")), counts, "{lead}");
        assert_eq!(told(&format!("{lead}**Highest:** 2 | **High:** 1 | **Lowest:** 1\n")), counts, "{lead}");
    }
    assert_eq!(told("Seen on 2026-11-30. Highest: 2, High: 1\n"), counts[..2]);
    assert_eq!(told("Tests passed: 54. Ran for: 12 s, Slow: 3\n"), [""; 0]);
}

/// Nobody would be told that such a line is untrue after a decision.
#[test]
fn signs_of_levels_may_stand_before_their_counts() {
    let counts = ["sentence P0 2", "sentence P1 1", "sentence P3 1"];
    let all = ["sentence the report 4"].into_iter().chain(counts).collect::<Vec<_>>();
    assert_eq!(told("Overall **4 issues**: 🔴 2 P0, 🟠 1 P1, ⚪ 1 P3.\n"), all);
    assert_eq!(told("In all 🔴 2 critical, 🟠 1 high and 🟢 1 low.\n"), counts);
    assert_eq!(told("It has 🔴 2 P0, 🟠 3 files.\n"), [""; 0]);
}
