//! What an author wrote stays whole where regrade writes beside it.

use crate::place::Place;
use crate::sites::{new_lines, set, set_status};

const WHY: &str = "Looked at again by two of us.";

/// The report after these commands, each a `set` of a bug; taken back again, it is as it was.
fn after(report: &str, commands: &[&[&str]]) -> String {
    let place = Place::with("bugs.md", report);
    for command in commands {
        let said = place.run(&[&["set", "bugs.md"], *command, &["--rationale", WHY]].concat());
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{}", said.out);
    }
    let new = place.read("bugs.md");
    for _ in commands {
        place.run(&["undo", "bugs.md"]);
    }
    assert_eq!(place.read("bugs.md"), report);
    new
}

#[test]
fn a_bracket_around_a_status_is_closed_as_it_was() {
    let report = "# Rig\n\n### High\n\n**R1 — Sail torn.** *(Seen — ✅ Fixed)*\n- Where: bow\n\n**R2 — Mast bent.** *(Seen — ✅ Fixed)*\n- Where: mid\n";
    let open = set_status(report, "R1", "❌ Open");
    assert_eq!(new_lines(&open, report), ["**R1 — Sail torn.** *(Seen — ❌ Open)*"]);
}

#[test]
fn fields_beside_each_other_on_a_line_are_written_each_by_itself() {
    let report = "# Rig\n\n### 1. Sail torn\n\n**Status:** Open **Severity:** Low **Seen:** in May\n\nx\n\n### 2. Mast bent\n\n**Status:** Open **Severity:** High **Seen:** in June\n\ny\n";
    let line = "**Status:** Fixed **Severity:** Low **Seen:** in May";
    assert_eq!(new_lines(&set_status(report, "1", "Fixed"), report), [line]);
    assert_eq!(
        new_lines(&set(report, "2", 3), report),
        ["**Status:** Open **Severity:** Low **Seen:** in June"]
    );
}

#[test]
fn what_was_done_stands_beside_what_was_recommended_however_many_saves_it_takes() {
    let report = "# Rig\n\n### R-1: Sail torn\n- Severity: High\n- Status: Open\n- Fix: Sew it with a double seam.\n\n### R-2: Mast bent\n- Severity: Low\n- Status: Open\n- Fix: Straighten it.\n";
    let done = after(report, &[&["R-1", "--status", "resolved", "--fix", "sewn in May"]]);
    assert_eq!(new_lines(&done, report), ["- Fix applied: sewn in May", "- Status: Resolved"]);
    let again = after(
        report,
        &[&["R-1", "--status", "resolved", "--fix", "sewn in May"], &["R-1", "--fix", "sewn in June"]],
    );
    assert_eq!(new_lines(&again, report), ["- Fix applied: sewn in June", "- Status: Resolved"]);
    let bare = report.replace("- Fix: Straighten it.\n", "");
    let twice = after(&bare, &[&["R-2", "--fix", "bent back"], &["R-2", "--fix", "a new one"]]);
    assert_eq!(new_lines(&twice, &bare), ["- Fix: a new one"]);
    let table = "# Rig\n\n| ID | Severity | Bug | Fix |\n|--|--|--|--|\n| R1 | High | the sail rips | Sew it |\n| R2 | Low | the mast bows | Stay it |\n";
    let row = after(table, &[&["R1", "--fix", "sewn in May"]]);
    assert_eq!(new_lines(&row, table), ["| R1 | High | the sail rips (Fix applied: sewn in May) | Sew it |"]);
}

/// The words would stand in the middle of the sentence.
#[test]
fn what_is_noted_stands_behind_a_title_that_goes_on_on_the_next_line() {
    let report = "# Rig\n\n- [ ] [P0] The sail is torn.\n  - Seen: in May\n\n- [ ] [P1] The mast is bent, and what should\n  hold it is gone.\n  - Seen: in June\n";
    let status = set_status(report, "the-mast-is-bent-and-what-should-hold", "Deferred until 2027-03-01");
    assert_eq!(new_lines(&status, report), ["  hold it is gone (Status: Deferred until 2027-03-01)."]);
}

/// The report would contradict itself: what is said to be medium would stand below high.
#[test]
fn items_with_blank_lines_between_go_to_the_section_of_their_level() {
    let report = "# Rig\n\n### High\n- [ ] Sail torn\n\n- [ ] Mast bent\n\n\n### Medium\n- [ ] Rope frayed\n\n- [ ] Block stuck\n\n\n### Low\n- [ ] Paint gone\n";
    let moved = report
        .replace("- [ ] Sail torn\n\n", "")
        .replace("Block stuck\n", "Block stuck\n\n- [ ] Sail torn\n");
    assert_eq!(set(report, "sail-torn", 2), moved);
    let only =
        report.replace("- [ ] Sail torn\n\n", "").replace("Paint gone\n", "Paint gone\n\n- [ ] Sail torn\n");
    assert_eq!(set(report, "sail-torn", 3), only);
    let bold = "# Rig\n\n### High\n\n**R1 — Sail torn.**\n- Where: bow\n\n### Medium\n\n**R2 — Mast bent.**\n- Where: mid\n\n**R3 — Rope frayed.**\n- Where: aft\n\n### Low\n\n**R4 — Paint gone.**\n- Where: hull\n";
    let (torn, rest) = ("**R1 — Sail torn.**\n- Where: bow\n\n", "### High\n\n");
    let moved = bold.replace(&format!("{rest}{torn}"), rest).replace("aft\n\n", &format!("aft\n\n{torn}"));
    assert_eq!(set(bold, "R1", 2), moved);
}

/// A second section of the same level would be made beside the one that is there.
#[test]
fn a_section_that_holds_nothing_takes_what_is_of_its_level() {
    let report = |critical: &str| {
        format!(
            "# Rig\n\n### Critical (sinks the ship)\n{critical}\n### High (slows it)\n- [ ] Sail torn\n- [ ] Mast bent\n\n### Low\n- [ ] Paint gone\n"
        )
    };
    for (said, taken) in [
        ("", "\n- [ ] Sail torn\n\n"),
        ("- [ ]\n", "- [ ]\n- [ ] Sail torn\n\n"),
        ("_None_\n", "- [ ] Sail torn\n\n"),
    ] {
        let moved =
            report(taken.strip_suffix('\n').unwrap()).replace("- [ ] Sail torn\n- [ ] Mast", "- [ ] Mast");
        assert_eq!(set(&report(said), "sail-torn", 0), moved, "{said}");
    }
}

#[test]
fn a_level_has_the_sign_that_its_section_has() {
    let report = "# Rig\n\n### 🔴 High\n\n1. Sail torn\n2. Mast bent\n\n### 🟠 Medium\n\n3. Rope frayed\n\n### 🟡 Low\n\n4. Paint gone\n";
    assert_eq!(new_lines(&set(report, "1", 2), report), ["1. Sail torn (Severity: 🟠 Medium)"]);
    assert_eq!(new_lines(&set(report, "3", 3), report), ["3. Rope frayed (Severity: 🟡 Low)"]);
}

/// A sign would be all that a status says, where it only says of some steps that they went well.
#[test]
fn a_sign_beside_few_titles_is_no_word_for_a_status() {
    let step =
        |at: usize, sign: &str| format!("### Bug {at}: Step {at} is slow{sign}\n\n**Severity:** High\n\n");
    let report = format!("# Rig\n\n{}{}{}", step(1, " ✅"), step(2, ""), step(3, ""));
    let done = after(&report, &[&["Bug 2", "--status", "resolved"]]);
    assert_eq!(new_lines(&done, &report), ["**Status:** Resolved"]);
    let open = after(&report, &[&["Bug 1", "--status", "open"]]);
    assert_eq!(new_lines(&open, &report), ["### Bug 1: Step 1 is slow ❌", "**Status:** Open"]);
}

#[test]
fn a_status_in_bold_stays_in_bold() {
    let report = "# Rig\n\n| # | issue | status |\n|---|---|---|\n| A1 | Sail torn | **OPEN** |\n| A2 | Mast bent | **CLOSED** |\n| A3 | Rope frayed | ~~OPEN~~ |\n";
    assert_eq!(new_lines(&set_status(report, "A1", "CLOSED"), report), ["| A1 | Sail torn | **CLOSED** |"]);
    assert_eq!(new_lines(&set_status(report, "A3", "CLOSED"), report), ["| A3 | Rope frayed | CLOSED |"]);
}

/// A status would come between the parts of a description, or look like one of them.
#[test]
fn a_new_field_stands_beside_those_that_are_set_as_the_severity_is() {
    let report = "# Rig\n\n## R-1 — Sail torn\n**Severity:** low (torn a bit)\n\n- **Problem:** no wind.\n- 🟢 **For now:** row.\n\n## R-2 — Mast bent\n**Severity:** medium\n\n- **Problem:** no sail.\n- 🟢 **For now:** row.\n";
    let fixed = report.replace("a bit)\n", "a bit)\n\n**Status:** Fixed\n");
    assert_eq!(set_status(report, "R-1", "Fixed"), fixed);
    let listed = "# Rig\n\n## 1. HIGH — bow.md:10\n- URL: https://example.org/1\n\n**Sail torn.**\n\nIt tears.\n\nAlso applies to: 22-23\n\n## 2. LOW — mid.md:7\n- URL: https://example.org/2\n\n**Mast bent.**\n";
    let fixed = listed.replace("org/1\n", "org/1\n- Status: Fixed\n");
    assert_eq!(set_status(listed, "1", "Fixed"), fixed);
}

/// The remark of a section about its own bugs would be said of others, in words that say something else.
#[test]
fn a_section_that_is_made_has_no_remark_of_another() {
    let report = "# Rig\n\n### High (Major Impact)\n- [ ] Sail torn\n- [ ] Mast bent\n\n### Low (Nice to see)\n- [ ] Paint gone\n";
    let made = set(report, "sail-torn", 0);
    assert_eq!(new_lines(&made, report), ["### Critical"]);
    let shared = report.replace("Nice to see", "Minor Impact");
    let made = set(&shared, "sail-torn", 0);
    assert!(new_lines(&made, &shared)[0].ends_with(" Impact)"), "{made}");
}

/// The words of the title would go with what is noted behind them.
#[test]
fn what_is_noted_behind_the_second_line_of_a_title_goes_alone() {
    let report = "# Rig\n\n## Low\n\n- [ ] **R-1: Sail torn\n  at the bow** (Scope: Tests) (Status: Deferred)\n- [ ] R-2\n  Mast bent (Status: Deferred) (Scope: Tests)\n- [ ] R-3: Rope frayed\n";
    let done = after(report, &[&["R-1", "--status", "resolved"], &["R-2", "--status", "resolved"]]);
    let ticked = report.replace("[ ] **R-1", "[x] **R-1").replace("[ ] R-2", "[x] R-2");
    assert_eq!(done, ticked.replace(" (Status: Deferred)", ""));
}

/// A mark that nothing closes would make code of all that follows.
#[test]
fn a_status_that_is_code_stays_code() {
    let report = "# Rig\n\n## R-1 — Sail torn\n- **Status:** `FIXED_NEEDS_WIND`\n- **Severity:** `S1`\n\n## R-2 — Mast bent\n- **Status:** `CLOSED` - in May\n- **Severity:** `S2`\n\n## R-3 — Rope frayed\n- **Status:** `OPEN`\n- **Severity:** `S2`\n";
    for (asked, line) in
        [("resolved", "- **Status:** `CLOSED`"), ("in progress", "- **Status:** `IN_PROGRESS`")]
    {
        let done = after(report, &[&["R-3", "--status", asked]]);
        assert_eq!(new_lines(&done, report), [line]);
    }
}

/// It calls for attention, and said nothing of what has become of the bug.
#[test]
fn a_sign_before_a_title_stays_where_the_bug_stays_open() {
    let report = "# Rig\n\n## 1. 🔴 Sail torn\n\n**Where:** bow\n\n## 2. ⚠️ Mast bent\n\n**Where:** mid\n\n## 3. ℹ️ Paint gone\n\n**Where:** all over\n";
    let done = after(report, &[&["2", "--status", "in progress"]]);
    assert!(done.contains("## 2. ⚠️ Mast bent\n"), "{done}");
    let closed = after(report, &[&["2", "--status", "resolved"]]);
    assert!(!closed.contains("✅\u{fe0f}"), "{closed}");
}

/// The words beside the sign are those of a level as well, and would contradict it.
#[test]
fn what_a_column_calls_its_levels_goes_with_their_signs() {
    let row = |nth: usize, level: &str, title: &str| format!("| R-{nth} | {level} | {title} |\n");
    let [must, may] = ["🔴 Mend at sea", "🔵 Mend in port"];
    let rows = [
        row(1, must, "Sail torn"),
        row(2, must, "Mast bent"),
        row(3, may, "Paint gone"),
        row(4, may, "Flag lost"),
    ];
    let report = format!("# Rig\n\n| ID | Severity | Bug |\n|--|--|--|\n{}", rows.concat());
    assert_eq!(new_lines(&set(&report, "R-1", 3), &report), [row(1, may, "Sail torn").trim_end()]);
    // What is said of one bug alone is its own.
    let remarked = report.replacen("Mend at sea", "(tears on)", 1);
    assert_eq!(new_lines(&set(&remarked, "R-1", 3), &remarked), ["| R-1 | 🔵 (tears on) | Sail torn |"]);
}

/// The list would belong to the new field.
#[test]
fn a_new_field_does_not_part_a_list_from_what_announces_it() {
    let report = "# Rig\n\n### 1. Sail torn\n\n**Severity:** High\n**Where:** bow\n\n**What happens:**\nThe sail tears where\n1. the rope rubs and\n2. the mast bends, for these reasons:\n\n### 2. Mast bent\n\n**Severity:** Low\n**Where:** mid\n\n**What happens:**\nTwo things bend it:\n1. wind\n2. water\n";
    let done = after(report, &[&["2", "--status", "resolved"]]);
    assert!(done.contains("bend it:\n1. wind\n"), "{done}");
}

/// A sign goes with the word behind it, be it none that says a level anywhere else.
#[test]
fn a_sign_before_a_word_for_a_level_goes_with_it_as_the_report_has_it() {
    let entry =
        |nth: usize, level: &str| format!("### {nth}. It stops\n\n**Severity**: {level}\n**Where**: bow\n\n");
    let [high, low] = ["🟠 **HIGH**", "ℹ️  **LOW**"];
    let report =
        format!("# Rig\n\n## All\n\n{}{}{}{}", entry(1, high), entry(2, high), entry(3, low), entry(4, low));
    let up = after(&report, &[&["3", "--severity", "P1"]]);
    assert_eq!(new_lines(&up, &report), ["**Severity**: 🟠 **HIGH** (upgraded from ℹ️  **LOW**)"]);
    let down = after(&report, &[&["1", "--severity", "P3"]]);
    assert_eq!(new_lines(&down, &report), ["**Severity**: ℹ️  **LOW** (downgraded from 🟠 **HIGH**)"]);
    after(&report, &[&["3", "--severity", "P1"], &["1", "--severity", "P3"], &["4", "--severity", "P2"]]);
}
