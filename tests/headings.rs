//! Which headings are bugs, which are sections, and which are parts of a bug: what a person sees at once.

use crate::parsed::parse;

/// Words that head prose, praise, steps and parts of reports, and begin the titles of bugs.
const WORDS: [&str; 18] = [
    "Log", "Summary", "Notes", "Setup", "Test", "Testing", "History", "Results", "Scope", "Plan", "Release",
    "Session", "Positive", "Secure", "Table", "Version", "Group", "Phase",
];

/// The bugs of a report: each with its id, its title and the level it has.
fn bugs(text: &str) -> Vec<String> {
    let report = parse(text.as_bytes());
    let told = report.indexes().map(|bug| {
        let level = report.level(bug).map_or("-", |level| &report.methodology().level(level).key);
        let id = report.id(bug).map_or_else(String::new, |id| format!("{id} "));
        format!("{id}{} {level}", report.title(bug))
    });
    told.collect()
}

#[test]
fn a_bug_with_evidence_of_its_own_is_one_whatever_its_first_word_is() {
    let forms: [fn(usize, &str) -> String; 7] = [
        |_, title| format!("## {title}\n\n**Severity:** High\n\nSeen.\n\n"),
        |_, title| format!("### [P1] {title}\n\nSeen.\n\n"),
        |_, title| format!("### P1 - {title}\n\nSeen.\n\n"),
        |_, title| format!("### 🟠 High: {title}\n\nSeen.\n\n"),
        |_, title| format!("### {title} — HIGH\n\nSeen.\n\n"),
        |nth, title| format!("### H{nth} — {title} (High)\n\nSeen.\n\n"),
        |nth, title| format!("### {nth}. {title} [P1]\n\nSeen.\n\n"),
    ];
    for form in forms {
        let entries = WORDS.iter().zip(1..).map(|(word, nth)| form(nth, &format!("{word} page stays empty")));
        let text = format!("# Review\n\n{}", entries.collect::<String>());
        let found = bugs(&text);
        assert_eq!(found.len(), WORDS.len(), "{found:#?}");
        assert!(found.iter().all(|bug| bug.ends_with("page stays empty P1")), "{found:#?}");
    }
}

#[test]
fn a_section_by_severity_holds_bugs_whatever_their_first_word_is() {
    let forms: [fn(usize, &str) -> String; 3] = [
        |_, title| format!("### {title}\n\nSeen.\n\n"),
        |nth, title| format!("### {nth}. {title}\n\nSeen.\n\n"),
        |nth, title| format!("### M{nth} — {title}\n\nSeen.\n\n"),
    ];
    for form in forms {
        let words = WORDS.iter().chain(&["Warning", "Impact", "Info"]);
        let entries = words.zip(1..).map(|(word, nth)| form(nth, &format!("{word} page stays empty")));
        let found = bugs(&format!("# Review\n\n## Medium\n\n{}", entries.collect::<String>()));
        assert_eq!(found.len(), WORDS.len() + 3, "{found:#?}");
    }
}

#[test]
fn a_word_that_is_the_whole_title_heads_no_bug() {
    let text = "# Review\n\n## Summary\n\n**Severity:** High\n\n## High\n\n### 1. Lamp dark\n\nSeen.\n\n### 2. Notes\n\n\
                Few.\n\n### 3. Test results (May)\n\nFew.\n\n### 4. Scope and methodology\n\nAll.\n";
    assert_eq!(bugs(text), ["1 Lamp dark P1"]);
    let text = "# Review\n\n## Bugs\n\n### 1. Lamp dark (High)\n\nSeen.\n\n## SONRAKI ADIMLAR\n\n- **[High]** Lamp\n\
                - **[Low]** Rope\n\n## Yapılacaklar\n\n- **[High]** Lamp\n- **[Low]** Rope\n";
    assert_eq!(bugs(text), ["1 Lamp dark P1"]);
}

#[test]
fn bugs_stand_in_the_parts_of_a_report() {
    let parts =
        ["Part", "Module", "Phase", "Area", "Round", "Sprint", "Week", "Test", "Release", "Session", "Step"];
    let bodies = [
        "### High\n\n- **Lamp dark** - quay\n- **Rope frayed** - bow\n",
        "### High\n\n#### H1. Lamp dark\n\nSeen.\n\n#### H2. Rope frayed\n\nSeen.\n",
        "### 🟠 High: Lamp dark\n\nSeen.\n\n### 🟠 High: Rope frayed\n\nSeen.\n",
        "- **[High]** Lamp dark\n- **[High]** Rope frayed\n",
        "| ID | Issue | Status |\n|---|---|---|\n| B-1 | Lamp dark | Open |\n| B-2 | Rope frayed | Open |\n",
    ];
    for (part, body) in parts.iter().flat_map(|part| bodies.map(|body| (part, body))) {
        let text = format!("# Audit\n\n## {part} 1: Harbour\n\n{body}");
        assert_eq!(bugs(&text).len(), 2, "{text}");
    }
}

#[test]
fn steps_of_a_plan_hold_no_bugs_where_those_are_told_elsewhere() {
    let text = "# Audit\n\n## Bugs\n\n### 1. Lamp dark (High)\n\nSeen.\n\n## Phase 1: Quick repairs\n\n### High\n\n\
                - **Buy lamps** - shop\n- **Buy rope** - shop\n\n## Phase 2: Later\n\n- **[Low]** Paint\n- **[Low]** Oil\n";
    assert_eq!(bugs(text), ["1 Lamp dark P1"]);
}

#[test]
fn headings_that_say_when_to_fix_what_they_list_are_sections() {
    let texts = [
        "# Review\n\n## P0 - Must fix before release\n- Lamp dark\n- Rope frayed\n\n## P1 - Should fix\n- Paint worn\n",
        "# Review\n\n## Critical - must fix before launch\n- Lamp dark\n- Rope frayed\n\n## High - soon\n- Paint worn\n",
        "# Review\n\n## P0 - Must fix\n- Lamp dark\n\n## P1 - Quay and bow\n- Rope frayed\n\n## P2 - Rest\n- Paint worn\n",
        "# Review\n\n## P0 - Quay\n- Lamp dark\n\n## P1 - Bow\n- Rope frayed\n\n## P3 - Rest\n- Paint worn\n",
    ];
    for text in texts {
        let found: Vec<String> = bugs(text).iter().map(|bug| bug[..bug.len() - 3].to_owned()).collect();
        assert_eq!(found, ["Lamp dark", "Rope frayed", "Paint worn"], "{text}");
    }
    let text =
        "# Bugs\n\n## P0 - Lamp dark\n- come at night\n- look up\n\n## P1 - Rope frayed\n- pull\n- look\n";
    assert_eq!(bugs(text), ["Lamp dark P0", "Rope frayed P1"]);
}

#[test]
fn bullets_whose_leads_come_again_below_other_headings_are_fields() {
    let titles =
        [["1. Lamp dark", "2. Rope frayed", "3. Paint worn"], ["Lamp dark", "Rope frayed", "Paint worn"]];
    for [first, second, third] in titles {
        for (situation, advice) in [("Current", "Advice"), ("现状", "影响")] {
            let body = format!("- **{situation}**: bad.\n- **{advice}**: mend it.\n\n");
            let text = format!(
                "# Check\n\n## P1\n\n### {first}\n\n{body}### {second}\n\n{body}## P2\n\n### {third}\n\n{body}"
            );
            let found = bugs(&text);
            assert_eq!(found.len(), 3, "{found:#?}");
            assert!(found[0].ends_with("Lamp dark P1") && found[2].ends_with("Paint worn P2"), "{found:#?}");
        }
    }
    let text = "# Check\n\n## High\n\n### Quay\n\n- **Lamp dark** - bad\n- **Rope frayed** - bad\n\n### Bow\n\n\
                - **Paint worn** - bad\n- **Bell cracked** - bad\n";
    assert_eq!(bugs(text).len(), 4, "{:#?}", bugs(text));
}

#[test]
fn headings_group_bugs_whose_headings_are_as_deep() {
    for (major, minor) in [("Major — big impact", "Minor / Polish"), ("Major issues", "Minor issues")] {
        for id in ["BUG-", "M"] {
            let text = format!(
                "# Review\n\n## Issues\n\n### {major}\n\n### {id}1: Lamp dark\n\nSeen.\n\n### {id}2: Rope frayed\n\n\
                 Seen.\n\n### {minor}\n\n### {id}3: Paint worn\n\nSeen.\n\n### Conclusion\n\nDone.\n"
            );
            let expected = [
                format!("{id}1 Lamp dark P1"),
                format!("{id}2 Rope frayed P1"),
                format!("{id}3 Paint worn P2"),
            ];
            assert_eq!(bugs(&text), expected, "{text}");
        }
    }
}

#[test]
fn codes_that_count_in_groups_are_no_levels() {
    let text = "# Review\n\n### 🟡 Major\n\n### M1 · Lamp dark\n\nSeen.\n\n### 🔵 Minor\n\n### P1 · Rope frayed\n\nSeen.\n\n\
                ### P2 · Paint worn\n\nSeen.\n";
    assert_eq!(bugs(text), ["M1 Lamp dark P1", "P1 Rope frayed P2", "P2 Paint worn P2"]);
}

#[test]
fn headings_that_are_counted_are_bugs_whatever_stands_beside_them() {
    let text = "# Audit\n\n### Lamps — critical\n\nDark.\n\n### P0-1 — Lamp dark\n\nSeen.\n\n### P0-2 — Rope frayed\n\nSeen.\n";
    assert_eq!(bugs(text), ["Lamps P0", "P0-1 Lamp dark -", "P0-2 Rope frayed -"]);
    for mark in ["", "#"] {
        let text = format!("## Bug {mark}1\n\nIt is dark.\n\n## Bug {mark}2\n\nIt is frayed.\n");
        assert_eq!(bugs(&text), [format!("Bug {mark}1  -"), format!("Bug {mark}2  -")]);
    }
    let text = "# Bugs\n\n## P1\n\n### B8 — Lamp dark\n\nSeen.\n\n### B9sim — Rope frayed\n\nSeen.\n\n### B10 — Paint worn\n";
    assert_eq!(bugs(text), ["B8 Lamp dark P1", "B9sim Rope frayed P1", "B10 Paint worn P1"]);
}

#[test]
fn numbers_that_begin_again_count_bugs_where_they_are_written_alike() {
    let entry = |title: &str, text: &str| format!("### {title}\n\n{text}\n\n");
    let bold = [
        "1. **CRITICAL: Lamp dark**",
        "2. **Rope frayed**",
        "1. **Paint worn**",
        "2. **Bell with a Warning**",
    ];
    let plain = ["1. CRITICAL: Lamp dark", "2. Rope frayed", "1. Paint worn", "2. Bell with a Warning"];
    for (titles, text) in [(bold, "Seen."), (plain, "**Location:** the quay")] {
        let [first, second, third, fourth] = titles.map(|title| entry(title, text));
        let text = format!(
            "# Review\n\n## Bugs\n\n{first}{second}## Upkeep\n\n{third}{fourth}## Next steps\n\n{third}{fourth}"
        );
        let found = bugs(&text);
        assert_eq!(found.len(), 4, "{found:#?}");
    }
    let text = "# Review\n\n## Bugs\n\n### 1. CRITICAL: Lamp dark\n\nSeen.\n\n### 2. Rope frayed\n\nSeen.\n\n## Launch\n\n\
                ### 1. Build\n\nRun it.\n\n### 2. Ship\n\nSend it.\n";
    assert_eq!(bugs(text).len(), 2, "{:#?}", bugs(text));
}

#[test]
fn a_counted_title_may_begin_with_a_word_for_a_level() {
    for title in [
        "Low contrast",
        "High load while idle",
        "Minor flicker",
        "Warning shown twice",
        "Critical path wrong",
    ] {
        let text = format!(
            "# Review\n\n## Findings\n\n### 1. Lamp dark\n\nSeen.\n\n### 2. {title}\n\nSeen.\n\n### 3. Rope frayed\n\nSeen.\n"
        );
        assert_eq!(bugs(&text).len(), 3, "{title}: {:#?}", bugs(&text));
    }
    let step = "# Scan\n\n## Bugs\n\n### Lamp dark (High)\n\nSeen.\n\n## Strategy\n\n### Priority 1: Critical and High (at once)\n\n- Oil.\n";
    assert_eq!(bugs(step), ["Lamp dark P1"]);
    let groups = "# Review\n\n## 1. High priority issues\n\n- Lamp dark\n\n## 2. Low priority issues\n\n- Rope frayed\n";
    assert!(bugs(groups).iter().all(|bug| !bug.contains("issues")), "{:#?}", bugs(groups));
}

#[test]
fn findings_with_a_level_each_are_bugs_whatever_they_list() {
    let lists = "- `lamp.c:10` has no oil\n- nobody looks\n";
    for [first, second, third] in [
        ["High - Lamp dark", "Medium - Rope frayed", "Low - Paint worn"],
        ["[High] Lamp dark", "[Medium] Rope frayed", "[Low] Paint worn"],
        ["Lamp dark (High)", "Rope frayed (Medium)", "Paint worn (Low)"],
    ] {
        let text = format!(
            "# Review\n\n## Findings\n\n### {first}\n\n{lists}\n### {second}\n\n{lists}\n### {third}\n\n{lists}"
        );
        assert_eq!(
            bugs(&text),
            [" Lamp dark P1", " Rope frayed P2", " Paint worn P3"].map(str::trim_start),
            "{text}"
        );
    }
    let text = "# Review\n\n### 1. Lamp dark (HIGH)\n\nSeen.\n\n### 2. Rope frayed (HIGH)\n\n- **Bow:** bad.\n- **Quay:** bad.\n";
    assert_eq!(bugs(text), ["1 Lamp dark P1", "2 Rope frayed P1"]);
}

#[test]
fn a_legend_above_the_bugs_is_no_severity() {
    let text = "# Review\n\n## Findings\n\nSeverity: **High** = nobody can work · **Low** = polish.\n\n### High\n\n\
                **H1 — Lamp dark.** *(Seen)*\n- Where: quay\n\n**H2 — Rope frayed.** *(Seen)*\n- Where: bow\n";
    assert_eq!(bugs(text), ["H1 Lamp dark P1", "H2 Rope frayed P1"]);
}

#[test]
fn ids_that_run_on_are_bugs_in_a_section_that_tells_what_to_know_about() {
    let text = "# Errata\n\n## Hardware\n\n### E1. Lamp dark\n\nSeen.\n\n### E2. Rope frayed\n\nSeen.\n\n\
                ## Behaviour to know about\n\n### E3. Paint worn\n\nSeen.\n";
    assert_eq!(bugs(text), ["E1 Lamp dark -", "E2 Rope frayed -", "E3 Paint worn -"]);
}

/// Nobody writes what is wrong and what follows from it below the heading of a section.
#[test]
fn what_is_described_as_rated_bugs_are_is_one_without_a_level() {
    let entry = |title: &str, rest: &str| {
        format!("### {title}\n**What is seen**: it stops\n**What follows**: no wind\n{rest}\n")
    };
    let others = ["Mast bent", "Rope frayed", "Paint gone"].map(|title| entry(title, ""));
    let text = format!(
        "# Rig\n\n## Fore\n\n{}## Aft\n\n{}",
        entry("Sail torn", "**Priority**: High\n"),
        others.concat()
    );
    assert_eq!(bugs(&text), ["Sail torn P1", "Mast bent -", "Rope frayed -", "Paint gone -"]);
    // What went well is described so, too.
    let passed = text.replace("### Paint gone", "### ✅ Passed: Paint holds");
    assert_eq!(bugs(&passed).len(), 3);
    // Sections have no such fields.
    let bare = format!(
        "# Rig\n\n{}### Crew\n\nFive men.\n\n### Route\n\nNorth.\n",
        entry("Sail torn", "**Priority**: High\n")
    );
    assert_eq!(bugs(&bare), ["Sail torn P1"]);
}

/// Markdown takes the fields for a heading: the severity would go to the bug below.
#[test]
fn a_break_right_below_fields_ends_no_bug_before_them() {
    let entry = |nth: usize, level: &str| {
        format!("### BUG-{nth}: It stops\n**Severity**: {level}\n**Status**: Open\n---\n")
    };
    let text = format!("# Rig\n\n## All\n\n{}{}{}", entry(1, "High"), entry(2, "Low"), entry(3, "Medium"));
    assert_eq!(bugs(&text), ["BUG-1 It stops P1", "BUG-2 It stops P3", "BUG-3 It stops P2"]);
    let apart = text.replace("\n---\n", "\n\n---\n\n");
    assert_eq!(bugs(&apart), bugs(&text));
    // A heading that is counted is one, however it is set.
    let counted =
        "Rig\n===\n\n**Bug 1:** Sail torn\n---\nSeverity: High\n\n**Bug 2:** Mast bent\n---\nSeverity: Low\n";
    assert_eq!(bugs(counted).len(), 2, "{:?}", bugs(counted));
}

#[test]
fn letters_behind_a_sign_for_numbers_are_ids() {
    let entry = |id: &str| format!("### {id} — It stops\n\n- **Status:** open\n\n");
    let text = format!(
        "# Rig\n\n## Done\n\n{}{}## Open\n\n{}{}",
        entry("#1"),
        entry("#2"),
        entry("#A"),
        entry("#B")
    );
    assert_eq!(bugs(&text), ["#1 It stops -", "#2 It stops -", "#A It stops -", "#B It stops -"]);
    assert_eq!(bugs("# Rig\n\n## High\n\n### #C is slow\n\nSeen.\n"), ["#C is slow P1"]);
}

#[test]
fn a_sign_that_looks_like_a_letter_is_no_word() {
    let text = "# Rig\n\n## ⚠️ High Priority\n\n### 1. Sail torn\n\nSeen.\n\n## ℹ️  Low Priority\n\n### 2. Paint gone\n\nSeen.\n";
    assert_eq!(bugs(text), ["1 Sail torn P1", "2 Paint gone P3"]);
}

#[test]
fn words_for_levels_that_no_blank_sets_off_head_sections() {
    let text = "# 帆船\n\n## 高危问题（出海前）\n\n### 1. 帆破了\n\n见图。\n\n## 低危漏洞\n\n### 2. 漆掉了\n\n见图。\n";
    assert_eq!(bugs(text), ["1 帆破了 P1", "2 漆掉了 P3"]);
    let fielded = "# 帆船\n\n## 一、船頭\n\n### 1. 帆破了\n- **嚴重度：中**\n- **位置：** 船頭\n\n### 2. 漆掉了\n- **嚴重度：低**\n- 見圖。\n";
    assert_eq!(bugs(fielded), ["1 帆破了 P2", "2 漆掉了 P3"]);
}

#[test]
fn what_blocks_a_release_is_a_bug_without_a_level() {
    let entry = |nth: usize| {
        format!("## {nth}. It stops\n- **Status**: IN THE WAY OF ALL\n- **Details**: No wind.\n\n")
    };
    let text = format!("# Release Blockers - Rig\n\n{}{}", entry(1), entry(2));
    assert_eq!(bugs(&text).len(), 2);
}

#[test]
fn a_tag_in_bold_before_a_title_is_no_title() {
    let text = "# Rig\n\n## High\n\n1. **[Bow]** The sail is torn\n2. **[Aft]** 🔴 **The mast is bent** — since May\n3. **[Sail lost]** — in a storm\n";
    assert_eq!(bugs(text), ["1 The sail is torn P1", "2 The mast is bent P1", "3 [Sail lost] P1"]);
}

#[test]
fn a_heading_with_nothing_but_an_id_is_called_by_the_bold_words_below_it() {
    let text = "# Rig\n\n## BUG-01\n\n**The sail tears at the bow.** Seen in May.\n\n**Severity:** High\n\n## BUG-02\n\n**Where:** mid\n\n**Severity:** Low\n";
    assert_eq!(bugs(text), ["BUG-01 The sail tears at the bow P1", "BUG-02  P3"]);
}

#[test]
fn closed_bugs_below_a_heading_beside_the_bugs_are_bugs_by_their_status() {
    let text = "# Rig\n\n## BUG-1: Sail torn\n- **Impact**: no wind\n\n## BUG-2: Mast bent\n- **Impact**: no sail\n\n## Resolved problems\n\n### RESOLVED: Rope frayed\n- **Solution**: a new one\n\n### How to mend\n\nWith care.\n";
    assert_eq!(bugs(text), ["BUG-1 Sail torn -", "BUG-2 Mast bent -", "Rope frayed -"]);
}

/// A report of one defect, written into a form, would have no bug.
#[test]
fn a_title_below_its_own_heading_is_a_bug_where_one_as_deep_says_how_severe_it_is() {
    let defect = |title: &str, level: &str| {
        format!(
            "## Title\n\n{title}\n\n---\n\n## Steps\n\n1. Sail out\n\n---\n\n## Severity\n\n{level}\n\n## Priority\n\nHigh\n\n"
        )
    };
    let one = format!("# Defect report\n\n{}", defect("Sail torn", "High  \nIt may rip any day."));
    assert_eq!(bugs(&one), ["Sail torn P1"]);
    let two = format!("# Defect report\n\n{}{}", defect("Sail torn", "High"), defect("Mast bent", "Low"));
    assert_eq!(bugs(&two), ["Sail torn P1", "Mast bent P3"]);
    assert_eq!(bugs(&two.replace("## Severity", "## Remark").replace("## Priority", "## Place")), [""; 0]);
}
