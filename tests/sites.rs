//! Where a severity or a status stands, there it is changed, and nowhere else: one report for each kind of
//! site, each also with other line ends, a byte order mark and bytes that are no text.

use regrade::methodology::LevelId;
use regrade::report::{Annotate, Change, Report, To, Writing, render};

use crate::parsed::{METHODOLOGY, parse};

const WRITING: Writing = Writing { annotate: Annotate::None, sections: regrade::report::Moving::Move };

/// The report with one change, which is read back; and the same with the change taken back.
fn changed(base: &[u8], handle: &str, change: impl Fn(Change) -> Change) -> Vec<u8> {
    let report = parse(base);
    let bug = report.find(handle).unwrap_or_else(|| panic!("no {handle} among {:?}", titles(&report)));
    let change = change(Change::of(bug));
    let new = render::edits(&report, std::slice::from_ref(&change), WRITING).unwrap().apply(base);
    let after = parse(&new);
    assert_eq!(titles(&after), titles(&report), "{}", String::from_utf8_lossy(&new));
    let bug = after.find(handle).unwrap();
    if let To::Value(level) = change.severity {
        assert_eq!(after.level(bug), Some(level), "{}", String::from_utf8_lossy(&new));
    }
    new
}

/// The titles of all bugs, sorted: a bug that moves stays one of them.
fn titles(report: &Report) -> Vec<String> {
    let mut titles: Vec<String> = report.indexes().map(|bug| report.title(bug).into_owned()).collect();
    titles.sort();
    titles
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

pub fn set(base: &str, handle: &str, level: u8) -> String {
    let to = |base: &[u8]| {
        changed(base, handle, |change| Change { severity: To::Value(LevelId(level)), ..change })
    };
    let new = text(to(base.as_bytes()));
    let crlf = base.replace('\n', "\r\n");
    assert_eq!(text(to(crlf.as_bytes())), new.replace('\n', "\r\n"), "with CRLF");
    let marked = format!("\u{feff}{base}");
    assert_eq!(text(to(marked.as_bytes())), format!("\u{feff}{new}"), "with a byte order mark");
    let broken = [base.as_bytes(), b"\n\xff\xfe end\n"].concat();
    assert_eq!(to(&broken), [new.as_bytes(), b"\n\xff\xfe end\n"].concat(), "with bytes that are no text");
    new
}

/// The same report with one change and the short note of it.
fn noted(base: &str, handle: &str, change: impl Fn(Change) -> Change) -> String {
    let report = parse(base.as_bytes());
    let change = change(Change::of(report.find(handle).unwrap()));
    let writing = Writing { annotate: Annotate::Short, ..WRITING };
    text(render::edits(&report, &[change], writing).unwrap().apply(base.as_bytes()))
}

pub fn set_status(base: &str, handle: &str, status: &str) -> String {
    text(changed(base.as_bytes(), handle, |change| Change { status: To::Value(status.to_owned()), ..change }))
}

/// The lines of a report that another has not.
pub fn new_lines<'a>(new: &'a str, old: &str) -> Vec<&'a str> {
    new.lines().filter(|line| !old.lines().any(|other| other == *line)).collect()
}

#[test]
fn words_in_a_heading_are_rewritten_as_others_have_them() {
    let report = "# Rig\n\n### [P1] BUG-1: Sail torn\n\nx\n\n### 🔴 Critical: Mast bent\n\nx\n\n### BUG-3: Rope frayed — HIGH\n\nx\n\n### 🟠 BUG-4: Block stuck (High)\n\nx\n";
    for (handle, line) in [
        ("BUG-1", "### [P2] BUG-1: Sail torn"),
        ("mast-bent", "### 🟡 Medium: Mast bent"),
        ("BUG-3", "### BUG-3: Rope frayed — MEDIUM"),
        ("BUG-4", "### 🟡 BUG-4: Block stuck (Medium)"),
    ] {
        assert_eq!(new_lines(&set(report, handle, 2), report), [line]);
    }
}

#[test]
fn one_bug_in_an_index_a_heading_and_a_field_changes_at_all_three() {
    let report = "# Rig\n\n| ID    | Title       | Severity  |\n|-------|-------------|-----------|\n| BUG-1 | Sail torn   | 🟠 High   |\n| BUG-2 | Mast bent   | 🟡 Medium |\n\n## BUG-1: Sail torn (High)\n\n- **Severity:** High - at once\n\n## BUG-2: Mast bent (Medium)\n\n- **Severity:** Medium\n";
    let new = set(report, "BUG-1", 2);
    assert_eq!(
        new_lines(&new, report),
        [
            "| BUG-1 | Sail torn   | 🟡 Medium |",
            "## BUG-1: Sail torn (Medium)",
            "- **Severity:** Medium - at once",
        ]
    );
    assert_eq!(set(&new, "BUG-1", 1), report);
}

#[test]
fn cells_keep_their_width_and_the_words_of_their_column() {
    let report = "# Rig\n\n| ID | Sev  | Problem      |\n|----|------|--------------|\n| R1 | 高   | the sail rips |\n| R2 | 中   | the mast bows |\n| R3 | rank | the rope gone |\n";
    assert_eq!(new_lines(&set(report, "R1", 3), report), ["| R1 | 低   | the sail rips |"]);
    assert_eq!(new_lines(&set(report, "R3", 1), report), ["| R3 | 高   | the rope gone |"]);
}

#[test]
fn a_range_becomes_one_word_and_an_id_stays() {
    let report = "# Rig\n\n| ID | Severity | Problem |\n|--|--|--|\n| M-01 | Low–Medium | the sail rips |\n| M-02 | High | the mast bows |\n";
    assert_eq!(new_lines(&set(report, "M-01", 1), report), ["| M-01 | High | the sail rips |"]);
}

#[test]
fn a_row_moves_to_the_table_of_its_level() {
    let report = "# Rig\n\n## High\n\n| ID | Problem |\n|----|---------|\n| R1 | the sail rips |\n| R2 | the mast bows |\n\n## Low\n\n| ID | Problem |\n|----|---------|\n| R3 | the rope frays |\n";
    let new = set(report, "R1", 3);
    assert_eq!(
        new,
        report
            .replace("| R1 | the sail rips |\n", "")
            .replace("frays |\n", "frays |\n| R1 | the sail rips |\n")
    );
}

#[test]
fn a_row_that_cannot_move_says_it_itself_and_once() {
    let report = "# Rig\n\n## High\n\n| ID | Problem |\n|----|---------|\n| R1 | the sail rips |\n| R2 | the mast bows |\n\nEnd.\n";
    let low = set(report, "R1", 3);
    assert_eq!(new_lines(&low, report).len(), 1);
    assert!(low.contains("| R1 | the sail rips (Severity: "), "{low}");
    let medium = set(&low, "R1", 2);
    assert_eq!(medium.matches("Severity").count(), 1, "{medium}");
    assert_eq!(set(&medium, "R1", 1), report);
}

#[test]
fn an_item_is_rewritten_moved_or_says_it_itself() {
    let report = "# Rig\n\n## Bugs\n\n- 🔴 **Sail torn** — at once\n- **Mast bent** (High) when it blows\n- **Rope frayed** [HIGH]\n";
    assert_eq!(new_lines(&set(report, "sail-torn", 2), report), ["- 🟡 **Sail torn** — at once"]);
    assert_eq!(new_lines(&set(report, "mast-bent", 3), report), ["- **Mast bent** (Low) when it blows"]);
    assert_eq!(new_lines(&set(report, "rope-frayed", 2), report), ["- **Rope frayed** [MEDIUM]"]);
    let report = "# Rig\n\n## High\n\n- [ ] sail torn\n- [ ] mast bent\n\n## Low\n\n- [ ] rope frayed\n";
    let moved = "# Rig\n\n## High\n\n- [ ] mast bent\n\n## Low\n\n- [ ] rope frayed\n- [ ] sail torn\n";
    assert_eq!(set(report, "sail-torn", 3), moved);
    let made = set(report, "sail-torn", 0);
    let critical = "# Rig\n\n## Critical\n\n- [ ] sail torn\n\n## High\n\n- [ ] mast bent\n\n## Low\n\n- [ ] rope frayed\n";
    assert_eq!(made, critical);
    let counted = "# Rig\n\n## High\n\n1. sail torn\n2. mast bent\n\n## Low\n\n1. rope frayed\n";
    let said = set(counted, "1", 0);
    assert!(said.contains("1. sail torn (Severity: "), "{said}");
}

#[test]
fn a_severity_that_was_added_goes_again() {
    let row = "# Rig\n\n| ID | Severity | Problem |\n|----|----------|---------|\n| R1 | High | the sail rips |\n| R2 | — | the mast bows |\n| R3 | — | the rope frays |\n";
    let item = "# Rig\n\n## Bugs\n\n- BUG-1: sail torn\n- BUG-2: mast bent\n";
    for (report, handle) in [(row, "R2"), (item, "BUG-2")] {
        let added = set(report, handle, 1);
        assert_ne!(added, report);
        let back = changed(added.as_bytes(), handle, |change| Change { severity: To::Clear, ..change });
        assert_eq!(text(back), report);
    }
}

#[test]
fn a_status_goes_where_the_bug_has_one() {
    let row = "# Rig\n\n| ID | Severity | Problem | State |\n|--|--|--|--|\n| R1 | High | the sail rips | open |\n| R2 | Low | the mast bows | open |\n";
    assert_eq!(
        new_lines(&set_status(row, "R1", "fixed | by hand\nat sea"), row),
        ["| R1 | High | the sail rips | fixed \\| by hand at sea |"]
    );
    let bare = "# Rig\n\n| ID | Severity | Problem |\n|--|--|--|\n| R1 | High | the sail rips |\n| R2 | Low | the mast bows |\n";
    let noted = set_status(bare, "R1", "Fixed");
    assert_eq!(new_lines(&noted, bare), ["| R1 | High | the sail rips (Status: Fixed) |"]);
    let report = parse(noted.as_bytes());
    assert_eq!(report.status(report.find("R1").unwrap()).as_deref(), Some("Fixed"));
    let heading = "# Rig\n\n### BUG-1: ✅ FIXED - Sail torn (High)\n\nx\n\n### BUG-2: Mast bent (Low)\n\nx\n";
    assert_eq!(
        new_lines(&set_status(heading, "BUG-1", "⏳ OPEN"), heading).len(),
        1,
        "beside the title or in a field, but once"
    );
}

#[test]
fn a_status_that_only_an_index_has_is_changed_there() {
    let report = "# Rig\n\n| ID    | Severity | State |\n|-------|----------|-------|\n| BUG-1 | High     | open  |\n| BUG-2 | Low      | open  |\n\n## BUG-1: Sail torn\n\nx\n\n## BUG-2: Mast bent\n\ny\n";
    assert_eq!(new_lines(&set_status(report, "BUG-1", "fixed"), report), ["| BUG-1 | High     | fixed |"]);
    let titled = report.replace("Severity | State", "Title    | State");
    assert_eq!(new_lines(&set_status(&titled, "BUG-1", "fixed"), &titled), ["| BUG-1 | High     | fixed |"]);
}

/// The index would say that a bug is open which its own field says is fixed.
#[test]
fn a_status_changes_wherever_it_is_written_in_the_words_of_the_place() {
    let report = "# Rig\n\n| ID | Severity | State |\n|---|---|---|\n| BUG-1 | High | OPEN |\n| BUG-2 | Low | ✅ DONE |\n| BUG-3 | Low | OPEN |\n\n## BUG-1: Sail torn\n\n- **Severity:** High\n- **Status:** Open\n\n## BUG-2: Mast bent ✅ FIXED\n\n- **Severity:** Low\n- **Status:** Fixed\n\n## BUG-3: Rope frayed\n\n- **Severity:** Low\n- **Status:** Open\n";
    let fixed = set_status(report, "BUG-1", "Fixed - by hand");
    assert_eq!(new_lines(&fixed, report), ["| BUG-1 | High | ✅ DONE |", "- **Status:** Fixed - by hand"]);
    let opened = set_status(report, "BUG-2", "Open");
    assert_eq!(
        new_lines(&opened, report),
        ["| BUG-2 | Low | OPEN |", "## BUG-2: Mast bent ❌ OPEN"],
        "the field says what others say"
    );
    let again = report.replace("| BUG-3 | Low | OPEN |", "| BUG-3 | Low | ✅ DONE |");
    assert_eq!(set_status(&again, "BUG-3", "Open"), report, "what disagrees is brought in line");
    let kept = set_status(report, "BUG-2", "Resolved");
    assert_eq!(new_lines(&kept, report), ["- **Status:** Resolved"], "other words for the same stay");
    let task = "# Rig\n\n## High\n\n- [ ] **BUG-1:** Sail torn\n  - Status: Open\n- [x] **BUG-2:** Mast bent\n  - Status: Fixed\n";
    assert!(set_status(task, "BUG-1", "Fixed").contains("- [x] **BUG-1:** Sail torn\n  - Status: Fixed"));
}

#[test]
fn a_status_of_an_index_has_one_sign_and_the_word_that_its_table_has() {
    let report = "# 报告\n\n| 编号 | 标题 | 状态 |\n|---|---|---|\n| BUG-1 | 甲乙丙丁 | 🔧 待修复 |\n| BUG-2 | 戊己庚辛 | ✅ 已修复 |\n\n### BUG-1 甲乙丙丁\n\n- **状态**: 🔧 待修复\n\n### BUG-2 戊己庚辛\n\n- **状态**: ✅ 已修复\n";
    assert_eq!(
        new_lines(&set_status(report, "BUG-1", "⏳ 推迟"), report),
        ["| BUG-1 | 甲乙丙丁 | ⏳ 推迟 |", "- **状态**: ⏳ 推迟"]
    );
    let scan = "# Scan\n\n| ID | Severity | Status | Title |\n|---|---|---|---|\n| CVE-2024-1 | High | fix_deferred | it rips |\n| CVE-2024-2 | Low | affected | it bows |\n";
    let deferred = METHODOLOGY.status_named("Deferred").unwrap();
    assert_eq!(parse(scan.as_bytes()).status_words(deferred), "fix_deferred");
}

#[test]
fn what_a_fix_was_is_no_status_and_stays() {
    let report = "# Rig\n\n| ID | Severity | Bug | Resolution |\n|--|--|--|--|\n| R1 | High | the sail rips | Sewed it up with a stronger thread |\n| R2 | Low | the mast bows | Added a stay: port side |\n";
    assert_eq!(
        new_lines(&set_status(report, "R1", "Fixed"), report),
        ["| R1 | High | the sail rips (Status: Fixed) | Sewed it up with a stronger thread |"]
    );
}

/// A short word would be filled up with blanks for being as long as a line that draws the table.
#[test]
fn a_cell_is_filled_up_where_others_of_its_column_are() {
    let report = "# Rig\n\n| Bug | Severity |\n|-----|----------|\n| BUG-1: Sail torn | CRITICAL |\n| BUG-2: Mast bent | LOW |\n| BUG-3: Rope frayed | LOW |\n";
    assert_eq!(new_lines(&set(report, "BUG-1", 3), report), ["| BUG-1: Sail torn | LOW |"]);
}

#[test]
fn a_task_is_ticked_when_it_is_closed() {
    let report = "# Rig\n\n## High\n\n- [ ] sail torn\n- [x] mast bent\n";
    assert_eq!(set_status(report, "sail-torn", "✅ FIXED"), report.replace("[ ]", "[x]"));
    assert_eq!(set_status(report, "mast-bent", "Open"), report.replace("[x]", "[ ]"));
}

/// A box says that all is done, or nothing; a date, a reason and who is asked would be lost in it.
#[test]
fn a_status_that_says_more_than_a_box_stands_behind_the_title_of_its_task() {
    let report = "# Rig\n\n## High\n\n- [ ] sail torn\n- [x] mast bent\n";
    let put_off = report.replace("torn", "torn (Status: Deferred until 2027-03-01)");
    assert_eq!(set_status(report, "sail-torn", "Deferred until 2027-03-01"), put_off);
    let left = report.replace("[ ] sail torn", "[x] sail torn (Status: Won't fix)");
    assert_eq!(set_status(report, "sail-torn", "Won't fix"), left);
    let asked = report.replace("[x] mast bent", "[ ] mast bent (Status: Needs info - ask Ada)");
    assert_eq!(set_status(report, "mast-bent", "Needs info - ask Ada"), asked);
    let fixed = put_off.replace("[ ]", "[x]").replace("Deferred until 2027-03-01", "Fixed - new cloth");
    assert_eq!(set_status(&put_off, "sail-torn", "Fixed - new cloth"), fixed);
    assert_eq!(set_status(&fixed, "sail-torn", "Resolved"), report.replace("[ ]", "[x]"));
}

/// A bug that is fixed would be told to be open, or one that is open again to be so twice.
#[test]
fn a_status_that_a_section_does_not_say_is_said_by_the_bug_and_goes_with_it() {
    let headed = "# Rig\n\n## Open (2)\n\n### R-1: Sail torn\n\n**Severity:** High\n\nAt sea.\n\n### R-2: Mast bent\n\n**Severity:** Low\n\n## Fixed\n\n### R-3: Rope frayed\n\n**Severity:** Low\n";
    let items = "# Rig\n\n## Open\n\n- **R-1** High: sail torn\n- **R-2** Low: mast bent\n\n## Fixed\n\n- **R-3** Low: rope frayed\n";
    let table = "| ID | Severity | Problem |\n|----|----------|---------|\n";
    let rows = format!(
        "# Rig\n\n## Open\n\n{table}| R-1 | High | sail torn |\n| R-2 | Low | mast bent |\n\n## Fixed\n\n{table}| R-3 | Low | rope frayed |\n"
    );
    for (report, written) in [
        (headed, "**Status:** Fixed"),
        (items, "- **R-1** High: sail torn (Status: Fixed)"),
        (&rows, "| R-1 | High | sail torn (Status: Fixed) |"),
    ] {
        let fixed = set_status(report, "R-1", "Fixed");
        assert_eq!(new_lines(&fixed, report), [written]);
        let deferred = set_status(&fixed, "R-1", "Deferred");
        assert_eq!(new_lines(&deferred, report), [written.replace("Fixed", "Deferred")]);
        assert_eq!(set_status(&deferred, "R-1", "Open"), report);
    }
    let stating = headed.replace("**Severity:** Low\n", "**Severity:** Low\n**Status:** Open\n");
    let fixed = set_status(&stating, "R-2", "Fixed");
    assert_eq!(new_lines(&fixed, &stating), ["**Status:** Fixed"], "what bugs state beside their sections");
}

/// A bug would become fixed, or be no longer, by a decision on its severity.
#[test]
fn a_bug_does_not_move_to_where_it_has_another_status() {
    let bug = |id: u32| format!("#### R-{id}: It breaks\n\nAt sea.\n\n");
    let report = format!(
        "# Rig\n\n## High\n\n### Open\n\n{}### Fixed\n\n{}## Low\n\n### Open\n\n{}### Fixed\n\n{}",
        bug(1),
        bug(2),
        bug(3),
        bug(4)
    );
    assert_eq!(new_lines(&set(&report, "R-1", 3), &report), ["**Severity:** Low"]);
    let around = format!(
        "# Rig\n\n## Open\n\n### High\n\n{}### Low\n\n{}## Fixed\n\n### High\n\n{}### Low\n\n{}",
        bug(1),
        bug(2),
        bug(3),
        bug(4)
    );
    let moved = set(&around, "R-1", 3);
    assert!(moved.find("R-2").unwrap() < moved.find("R-1").unwrap(), "{moved}");
    assert!(moved.find("R-1").unwrap() < moved.find("## Fixed").unwrap(), "{moved}");
}

/// The bug would say two severities, for a new one would be put above the old.
#[test]
fn a_severity_in_the_only_part_that_states_one_is_changed_there() {
    let bug = |id: u32, level: &str| {
        format!(
            "## Defect #{id}: It breaks\n\n### What is seen\n\nIt does.\n\n### Impact\n\n- **Severity:** {level}\n- **Reach:** all\n\n### Test\n\n- **Status:** left out\n\n"
        )
    };
    let report = format!("# Rig\n\n{}{}", bug(1, "High"), bug(2, "Low"));
    assert_eq!(new_lines(&set(&report, "Defect #1", 2), &report), ["- **Severity:** Medium"]);
    let fixed = set_status(&report, "Defect #2", "Fixed");
    assert_eq!(
        fixed,
        report.replace("Low\n- **Reach:** all\n", "Low\n- **Reach:** all\n- **Status:** Fixed\n")
    );
}

/// A second severity would stand in the report, or a status in the text of another part.
#[test]
fn a_value_below_the_heading_that_names_it_is_changed_there_and_others_stand_like_it() {
    let tight = "# Rig\n\n## R-1: It breaks\n\n### Severity\nHigh\n\n### Steps\nPull.\n";
    assert_eq!(set(tight, "R-1", 2), tight.replace("High", "Medium"));
    assert_eq!(set_status(tight, "R-1", "Fixed"), tight.replace("High\n", "High\n\n### Status\nFixed\n"));
    let wide = "# Rig\n\n## R-1: It breaks\n\n### Severity\n\nHigh\n\n### Steps\n\nPull.\n";
    assert_eq!(set(wide, "R-1", 2), wide.replace("High", "Medium"));
    assert_eq!(set_status(wide, "R-1", "Fixed"), wide.replace("High\n", "High\n\n### Status\n\nFixed\n"));
}

/// What others call the bug by would no longer be its id.
#[test]
fn an_id_that_names_a_level_stays() {
    let report = "# Rig\n\n### [HIGH-1] It breaks\n\nAt once.\n\n### [LOW-1] It squeaks\n\nAt times.\n";
    let changed = set(report, "HIGH-1", 3);
    assert_eq!(changed, report.replace("breaks\n\n", "breaks\n\n**Severity:** P3\n\n"));
    let (old, new) = (parse(report.as_bytes()), parse(changed.as_bytes()));
    let other = |report: &Report| report.level(report.find("LOW-1").unwrap());
    assert_eq!(other(&old), other(&new));
    assert_eq!(
        regrade::report::audit::audit(&new, jiff::Timestamp::UNIX_EPOCH).len(),
        0,
        "the id is no contradiction"
    );
}

/// What is taken back where the way back is lost would stand in brackets as `(Status: [ ])`.
#[test]
fn a_box_that_is_given_back_takes_the_place_of_what_said_more() {
    let report =
        "# Rig\n\n## High\n\n- [ ] sail torn\n- [x] mast bent\n- [ ] keel cracked\n  - **Owner:** Ada\n";
    for (bug, before, status) in [
        ("sail-torn", "[ ]", "Won't fix"),
        ("sail-torn", "[ ]", "Deferred until 2027-03-01"),
        ("mast-bent", "[x]", "Needs info - ask Ada"),
        ("keel-cracked", "[ ]", "In progress"),
    ] {
        let decided = set_status(report, bug, status);
        assert_ne!(decided, report);
        assert_eq!(set_status(&decided, bug, before), report, "{bug} {status}");
    }
}

/// What was decided in between would show.
#[test]
fn a_box_goes_with_the_status_of_its_task_unless_it_says_something_else() {
    let noted = "# Rig\n\n## High\n\n- [x] sail torn (Status: Open)\n";
    assert_eq!(
        set_status(noted, "sail-torn", "In progress"),
        noted.replace("[x]", "[ ]").replace("Open", "In progress")
    );
    let listed = "# Rig\n\n## High\n\n- [ ] sail torn\n  - **Status:** Open\n";
    let resolved = listed.replace("Open", "Resolved");
    assert_eq!(set_status(listed, "sail-torn", "Resolved"), resolved.replace("[ ]", "[x]"));
    assert_eq!(set_status(&resolved.replace("[ ]", "[x]"), "sail-torn", "Open"), listed);
    assert_eq!(set_status(&resolved, "sail-torn", "Deferred"), listed.replace("Open", "Deferred"));
}

/// The code would be what the status says.
#[test]
fn a_status_does_not_come_between_a_name_and_the_code_below_it() {
    let report = "# Rig\n\n### 7. Sail torn\n**Severity:** P1  \n**Impact:** slow\n\n**Problem:**\n```c\ntear();\n```\n\n**Fix:**\n```c\nsew();\n```\n\n---\n";
    let fixed = report.replace("slow\n", "slow  \n**Status:** Fixed\n");
    assert_eq!(set_status(report, "7", "Fixed"), fixed);
    let bare = "# Rig\n\n### BUG-7: Sail torn\n\n**Fix:**\n```c\nsew();\n```\n\n### BUG-8: Mast bent\n**Severity:** P1\n";
    assert_eq!(set_status(bare, "BUG-7", "Fixed"), bare.replace("**Fix:**", "**Status:** Fixed\n\n**Fix:**"));
}

#[test]
fn what_two_sites_could_claim_is_changed_once() {
    let field = "-\n-\n  **Серьёзность:**Высокая\n";
    assert_eq!(set(field, "серьёзность", 3), field.replace("Высокая", "Низкая"));
    let sign = "# Critica\n**Лампа⛔**Низкая\n";
    assert_eq!(set(sign, "лампа", 1).lines().count(), 2);
}

#[test]
fn a_severity_is_written_where_it_is_heard() {
    let unclear = "# Severity: unclear\n\nIt tips over.\n";
    let clear = unclear.replace("clear\n", "clear\n\n**Severity:** P2\n");
    assert_eq!(set(unclear, "severity-unclear", 2), clear);
    let twice =
        "# Rig\n\n## BUG-1: Sail torn\n\n### Severity: P0\n\n### Severity: P2\n\n### Description\n\nx\n";
    let first = twice.replace("torn\n", "torn\n\n**Severity:** P3\n");
    assert_eq!(set(twice, "BUG-1", 3), first);
}

#[test]
fn what_stands_below_a_heading_is_not_what_the_heading_states() {
    let report = parse("**Severity**:torn\n-\nSeverity: S3\n### БАГ-1\n".as_bytes());
    let torn = report.find("БАГ-1").map(|bug| report.bug(bug)).unwrap();
    assert!(torn.severity.is_empty() || torn.block.covers(torn.severity), "{torn:?}");
}

#[test]
fn a_note_makes_no_field_of_what_was_none() {
    let base = b"# Sail torn\n\n**Severity:**High**Status:**open\n";
    let report = parse(base);
    let change = Change { severity: To::Value(LevelId(0)), ..Change::of(report.find("sail-torn").unwrap()) };
    let writing = Writing { annotate: Annotate::Short, ..WRITING };
    let new = text(render::edits(&report, &[change], writing).unwrap().apply(base));
    assert_eq!(new, "# Sail torn\n\n**Severity:**Critical**Status:**open (upgraded from High)\n");
    let after = parse(new.as_bytes());
    assert_eq!(after.status(after.find("sail-torn").unwrap()), None);
}

/// The word would stand above a list that tells something else, and the heading would go on saying the opposite.
#[test]
fn a_status_goes_where_the_report_states_it_and_not_to_the_name_of_a_list() {
    let torn = "# Rig\n\n### **BUG-1: Sail torn** 🟡 **PARTIALLY FIXED**\n\n**Status:** \n- sail: sewn\n- mast: not yet\n\n\
                ### **BUG-2: Mast bent** ✅ **FIXED**\n\n**Status:** ✅ **FIXED** - in spring\n\n### BUG-3: Rope frayed\n\n\
                **Severity:** P1\n**Status:**\n1. none left\n";
    let fixed = set_status(torn, "BUG-1", "✅ **FIXED**");
    assert_eq!(fixed, torn.replace("🟡 **PARTIALLY FIXED**", "✅ **FIXED**"));
    assert_eq!(set_status(&fixed, "BUG-1", "🟡 **PARTIALLY FIXED**"), torn);
    let frayed = set_status(torn, "BUG-3", "✅ **FIXED**");
    assert!(
        frayed.contains("**Status:** ✅ **FIXED**\n") && frayed.contains("**Status:**\n1. none"),
        "{frayed}"
    );
    let cleared = changed(frayed.as_bytes(), "BUG-3", |change| Change { status: To::Clear, ..change });
    assert_eq!(text(cleared), torn);
}

#[test]
fn nothing_goes_behind_what_never_closes() {
    let top = "# Rig\n\n## Critical\n\n";
    let (torn, bent) = ("### BUG-1: Sail torn\n\nx\n\n", "### BUG-2: Mast bent\n\nx\n\n");
    for open in ["```sh\nhaul\n", "<!--\n\nhaul\n"] {
        let frayed = format!("### BUG-3: Rope frayed\n\n{open}");
        let report = format!("{top}{torn}{bent}## High\n\n{frayed}");
        assert_eq!(set(&report, "BUG-1", 1), format!("{top}{bent}## High\n\n{torn}{frayed}"));
        assert_eq!(set(&report, "BUG-1", 2), format!("{top}{bent}## Medium\n\n{torn}## High\n\n{frayed}"));
        let stays = set(&report, "BUG-3", 0);
        assert!(stays.starts_with(&format!("{top}{torn}{bent}## High\n\n### BUG-3")), "{stays}");
        let empty = format!("{top}{torn}{bent}## High\n\n{open}");
        assert_eq!(set(&empty, "BUG-1", 1), format!("{top}{bent}## High\n\n{torn}{open}"));
    }
}

/// The report would go on saying what the bug was.
#[test]
fn a_field_called_by_the_plain_word_for_severity_says_one_in_any_language() {
    let bug = "# Anomalies\n\n| ID | Gravité | Statut |\n|-|-|-|\n| BUG-1 | Performance | Ouvert |\n| BUG-2 | Majeur | Ouvert |\n\n\
               ### BUG-1 : La grue est lente\n\n- **Gravité** : Performance · **Statut** : Ouvert\n\n\
               ### BUG-2 : La corde casse\n\n- **Gravité** : Majeur · **Statut** : Ouvert\n";
    let set = set(bug, "BUG-1", 2);
    assert!(set.contains("- **Gravité** : Mineur") && set.contains("| BUG-1 | Mineur"), "{set}");
}

/// The list of an author would become that of another field.
#[test]
fn a_scope_beside_the_name_of_a_list_has_another_name() {
    let scope = |report: &str, handle: &str| {
        text(changed(report.as_bytes(), handle, |change| Change {
            scope: To::Value("Test".to_owned()),
            ..change
        }))
    };
    let report = "# Rig\n\n### P1 - Sail torn\n\nStatus: open\n\nScope:\n\n- the sail\n- the mast\n\n### P2 - Rope frayed\n\nStatus: open\n";
    let torn = scope(report, "sail-torn");
    assert!(torn.contains("Status: open\n\nAffects: Test\n\nScope:\n\n- the sail\n"), "{torn}");
    assert!(scope(report, "rope-frayed").contains("Scope: Test\n"));
}

/// The example of an author would become that of another field.
#[test]
fn nothing_comes_between_a_name_and_the_code_below_it() {
    let set = |change: Change| {
        let scope = To::Value("Test".to_owned());
        Change { scope, fields: vec![("Fix".to_owned(), To::Value("in main".to_owned()))], ..change }
    };
    for name in ["- **Example**:", "- **Example**:\n", "- **Example**: Either of these:"] {
        let below = format!("{name}\n```py\nhaul()\n```\n");
        let report =
            format!("# Rig\n\n### BUG-1: Sail torn\n- **Impact**: at sea\n- **Parts**:\n  - sail\n{below}");
        let new = text(changed(report.as_bytes(), "BUG-1", set));
        let lines = "- **Parts**:\n  - sail\n- **Scope**: Test\n- **Fix**: in main\n";
        assert!(new.contains(&format!("{lines}{below}")), "{new}");
    }
    let only = "# Rig\n\n### BUG-1: Sail torn\n- **Severity**: P1\n\n### BUG-2: Mast bent\n- **Severity**:\n```\nP1\n```\n";
    let new = text(changed(only.as_bytes(), "BUG-2", set));
    assert!(new.contains("- **Severity**:\n```\nP1\n```\n"), "{new}");
}

/// What is said of the bugs of one level would be said of another's.
#[test]
fn a_section_that_is_made_has_the_words_of_another_and_not_its_remark() {
    let bugs = "\n\n### BUG-1: Sail torn\n\nx\n\n### BUG-2: Mast bent\n\ny\n";
    for (old, new) in [
        ("P0 Bugs (Critical) - Mend before sailing", "P3 Bugs (Low)"),
        ("**🔴 Critical — at once**", "**🟢 Low**"),
        ("Critical: not in port", "Low"),
        ("Critical: Bugs", "Low: Bugs"),
        ("Critical — P0", "Low — P3"),
        ("Critical (at sea)", "Low"),
        ("Critical（at sea / in port）", "Low"),
        ("P0 Bugs (Critical) (at sea)", "P3 Bugs (Low)"),
        ("CRITICAL ISSUES (Must Fix)", "LOW ISSUES"),
    ] {
        let moved = set(&format!("# Rig\n\n## {old}{bugs}"), "BUG-2", 3);
        assert!(moved.contains(&format!("\n\n## {new}\n\n### BUG-2")), "{moved}");
    }
    let alike = format!(
        "# Rig\n\n## Critical - of the rig{bugs}\n## Low - of the rig\n\n### BUG-3: Rope frayed\n\nz\n"
    );
    assert!(set(&alike, "BUG-2", 1).contains("\n## High - of the rig\n\n### BUG-2"));
}

#[test]
fn a_bug_stays_as_deep_as_it_was() {
    let report = "# Rig\n\n## High\n\n#### Sail torn\n\nx\n\n## Critical\n\n### Mast bent\n\ny\n";
    let moved = "# Rig\n\n## High\n\n## Critical\n\n#### Sail torn\n\nx\n\n### Mast bent\n\ny\n";
    assert_eq!(set(report, "sail-torn", 0), moved);
    let indented = "  ## P0 Bugs\n\n  ### BUG-1: Sail torn\n\n### BUG-2: Mast bent\n\n- at sea\n";
    let to = |change: Change| Change { severity: To::Value(LevelId(1)), ..change };
    let new = text(changed(indented.as_bytes(), "BUG-1", to));
    assert!(new.contains("- at sea\n\n## P1 Bugs\n\n  ### BUG-1: Sail torn"), "{new}");
}

#[test]
fn a_section_that_would_be_read_as_a_bug_keeps_its_last() {
    for section in ["## #2 Masts (High)\nAll of oak.\n", "## Critical\n\nSeverity: High\n"] {
        let report = format!("{section}\n### 🔴 Sail torn\n");
        assert_eq!(set(&report, "sail-torn", 3), report.replace('🔴', "🟢"));
    }
}

#[test]
fn a_heading_that_is_repeated_word_for_word_is_told_once() {
    let report = "# BUG-2: Sail torn\n\nx\n\n# BUG-2: Sail torn\n\ny\n";
    let titles = |base: &str| titles(&parse(base.as_bytes()));
    assert_eq!(titles(report), ["Sail torn"]);
    assert_eq!(titles(&set(report, "BUG-2", 1)), ["Sail torn"]);
    assert_eq!(titles("# BUG-2: Sail torn\n\n# BUG-2: Mast bent\n").len(), 2);
}

#[test]
fn no_two_bugs_share_a_handle() {
    for base in [
        &b"# Rig\n\n### BUG-3: a one (High)\n\n### BUG-3: b two (High)\n\n### BUG-3#2: c three (High)\n"[..],
        b"| ID | Severity | Problem |\n|--|--|--|\n| F-\xac | High | the sail rips |\n| F-\xec | Low | the mast bows |\n",
    ] {
        let report = parse(base);
        let handles: Vec<_> = report.indexes().map(|bug| report.handle(bug).into_owned()).collect();
        let mut unique = handles.clone();
        unique.sort();
        unique.dedup();
        assert!(unique.len() > 1 && unique.len() == handles.len(), "{handles:?}");
        assert!(report.indexes().all(|bug| report.find(&report.handle(bug)) == Some(bug)), "{handles:?}");
    }
}

/// Two bugs would share its bytes.
#[test]
fn a_heading_right_below_numbered_rows_is_none_of_them() {
    let report =
        "| No | Severity | Title |\n-|-|-\n1. | High | A door that jams\n# WIN-2: High(3)||or more\n";
    let report = parse(report.as_bytes());
    let blocks: Vec<_> = report.indexes().map(|bug| report.bug(bug).block).collect();
    assert_eq!(titles(&report).len(), 2, "{:?}", titles(&report));
    assert!(blocks.windows(2).all(|pair| pair[0].end <= pair[1].start), "{blocks:?}");
}

/// A field that is added would say of the bug what the line says that it is written like.
#[test]
fn a_field_that_is_added_has_the_style_of_a_line_and_none_of_what_it_says() {
    let scope = |fields: &str| {
        let base = format!("# BUG-1: Sail torn\n\n{fields}\n\nIt is so.\n");
        let scope = |change| Change { scope: To::Value("Tests".to_owned()), ..change };
        let new = text(changed(base.as_bytes(), "BUG-1", scope));
        let after = parse(new.as_bytes());
        assert_eq!(after.scope(after.find("BUG-1").unwrap()).as_deref(), Some("Tests"), "{new}");
        let gone = text(changed(new.as_bytes(), "BUG-1", |change| Change { scope: To::Clear, ..change }));
        (new.replacen("# BUG-1: Sail torn\n\n", "", 1), gone == base)
    };
    let of = |fields: &str| {
        let (new, goes_again) = scope(fields);
        assert!(goes_again, "{new}");
        new
    };
    for sign in [" |", " ·", ",", ";", "."] {
        let line = format!("**Severity:** High{sign} **At:** the mast");
        assert_eq!(of(&line), format!("{line}\n\n**Scope:** Tests\n\nIt is so.\n"));
        let broken = format!("- **At:** the mast{sign} **Severity:** High  ");
        assert_eq!(of(&broken), format!("{broken}\n- **Scope:** Tests  \n\nIt is so.\n"));
    }
    for (line, added) in [
        ("**Severity:** High | **At:** the mast\\", "\n**Scope:** Tests"),
        ("**Severity: High**", "\n**Scope: Tests**"),
        ("**Severity:** High. **At:** the mast, where\nit is high", "\n**Scope:** Tests"),
        ("| a | b |\n|---|---|\n| Severity | High |", "| Scope | Tests |"),
    ] {
        assert_eq!(of(line), format!("{line}\n{added}\n\nIt is so.\n"));
    }
    let columns = "| Severity | Owner |\n|---|---|\n| High | Ada |";
    assert_eq!(scope(columns).0, format!("**Scope:** Tests\n\n{columns}\n\nIt is so.\n"));
}

/// A sentence would be cut in half, or two fields would be rendered as one.
#[test]
fn a_field_goes_behind_all_that_the_one_before_it_says() {
    let owner = |change| Change { fields: vec![("Owner".to_owned(), To::Value("Ada".to_owned()))], ..change };
    let headed = "# Ship\n\n### BUG-1: Sail torn\n\n";
    for (fields, owned) in [
        ("**Severity:** High  \n**At:** the mast", "  \n**Owner:** Ada"),
        ("**Severity:** High\n**At:** the mast", "\n**Owner:** Ada"),
        ("**Severity:** High\\\n**At:** the mast", "\\\n**Owner:** Ada"),
        ("**Severity:** High\n\n**At:** the mast", "\n\n**Owner:** Ada"),
        ("**Severity:** High\n\n**Fix:**\nSew it\nat once.", "\n\n**Owner:** Ada"),
        ("- **Severity:** High\n- **At:**\n  - the mast", "\n- **Owner:** Ada"),
    ] {
        let base = format!("{headed}{fields}\n\nIt is so.\n");
        let new = text(changed(base.as_bytes(), "BUG-1", owner));
        assert_eq!(new, format!("{headed}{fields}{owned}\n\nIt is so.\n"));
    }
    let first = "# Ship\n\n## High\n\n1) Sail torn.\n   **STATUS: OPEN** - it flaps\n   - Impact: no way\n   - Fix: sew it,\n     then dry it\n";
    let second = "\n2) Mast bent.\n   **STATUS: OPEN**\n   - Impact: it leans\n";
    let scope = |change| Change { scope: To::Value("Tests".to_owned()), ..change };
    let new = text(changed(format!("{first}{second}").as_bytes(), "1", scope));
    assert_eq!(new, format!("{first}   - Scope: Tests\n{second}"));
    let after = parse(new.as_bytes());
    assert_eq!(after.scope(after.find("1").unwrap()).as_deref(), Some("Tests"));
}

/// Below prose a field without emphasis is none, so that the save would be refused.
#[test]
fn a_plain_field_goes_before_the_text_that_follows_those_of_its_kind() {
    let report = "### tests/a.py::test_a\nSeverity: High\nOwner: Ada\n`302 != 200`\n\n### tests/b.py::test_b\nSeverity: Low\nflaky on CI\n";
    let new = set_status(report, "tests-a-py-test-a", "Resolved");
    assert_eq!(new, report.replace("Owner: Ada\n", "Owner: Ada\nStatus: Resolved\n"));
    let new = set_status(report, "tests-b-py-test-b", "Resolved");
    assert_eq!(new, report.replace("Severity: Low\n", "Severity: Low\nStatus: Resolved\n"));
}

/// A sentence would be cut in half.
#[test]
fn a_plain_field_goes_behind_the_whole_sentence_of_the_field_before_it() {
    let head = |id: &str| format!("BUG-{id}\n================\n\nSeverity: High\n\n");
    let said =
        "Symptom: \"no wind\", \"no sail\" is all they say,\n\"no mast\" comes when the sea is high.\n";
    let report =
        format!("{}{said}\nRoot causes:\n  1. The rig.\n\n{}Cause: none\n", head("1: Leak"), head("2: Rot"));
    let new = set_status(&report, "BUG-1", "Resolved");
    assert_eq!(new, report.replace("is high.\n", "is high.\n\nStatus: Resolved\n"));
}

/// A report in one language would get labels, words and notes of a third.
#[test]
fn a_bug_in_another_language_than_the_report_gets_the_words_of_its_own() {
    let bug = |id: &str, [severity, level, status, open]: [&str; 4]| {
        format!("### BUG-{id}: 🚢\n\n- **{severity}:** {level}\n- **{status}:** {open}\n\n")
    };
    let german = ["Schweregrad", "Hoch", "Status", "Offen"];
    let bugs = [
        german,
        ["Gravité", "Élevée", "Statut", "Ouvert"],
        ["重大度", "高", "ステータス", "未対応"],
        ["Серьёзность", "Высокая", "Статус", "Открыт"],
    ];
    let report: String = (1..=4).zip(bugs).map(|(id, words)| bug(&id.to_string(), words)).collect();
    let report =
        format!("# Bericht\n\nDer Mast ist nicht gerade, und die Segel sind nicht trocken.\n\n{report}");
    for (id, severity, scope) in [
        ("BUG-1", "- **Schweregrad:** Niedrig (herabgestuft von Hoch)", "Geltungsbereich"),
        ("BUG-2", "- **Gravité:** Faible (rétrogradé depuis Élevée)", "Portée"),
        ("BUG-3", "- **重大度:** 低 (引き下げ前: 高)", "影響範囲"),
        ("BUG-4", "- **Серьёзность:** Низкая (понижено, было: Высокая)", "Охват"),
    ] {
        let to = |change| Change {
            severity: To::Value(LevelId(3)),
            scope: To::Value("Tests".to_owned()),
            ..change
        };
        let new = noted(&report, id, to);
        assert!(new.contains(severity), "{new}");
        assert!(new.contains(&format!("{severity}\n- **{scope}:** Tests\n")), "{new}");
        let report = parse(report.as_bytes());
        let own = report.status_in_language_of(report.find(id).unwrap(), "Wird nicht behoben");
        assert_eq!(own.is_some(), id != "BUG-1");
    }
}

#[test]
fn a_note_is_in_the_language_of_the_labels_where_levels_are_english() {
    let report = "# Ошибки\n\nЭто не всё, что есть, и для них это не работает.\n\n### BUG-1: Мачта\n\n- **Серьёзность:** Major\n";
    let new = noted(report, "BUG-1", |change| Change { severity: To::Value(LevelId(3)), ..change });
    assert_eq!(new, report.replace("Major", "Trivial (понижено, было: Major)"));
}

/// What stands behind the rest of a cell would be written there and not found again.
#[test]
fn a_cell_has_its_title_in_its_bold_lead_and_what_is_added_at_its_end() {
    let report = "| ID | Severity | Finding |\n|---|---|---|\n| F-1 | High | **The gate is open.** It lets (all) in. |\n| F-2 | Low | **The sail is torn** — it flaps. |\n";
    assert_eq!(titles(&parse(report.as_bytes())), ["The gate is open", "The sail is torn"]);
    let new = set_status(report, "F-1", "Resolved");
    assert_eq!(new, report.replace("(all) in.", "(all) in. (Status: Resolved)"));
    let after = parse(new.as_bytes());
    let status = after.status(after.find("F-1").unwrap());
    assert_eq!((titles(&after)[0].as_str(), status.as_deref()), ("The gate is open", Some("Resolved")));
    assert_eq!(set_status(&new, "F-1", "Open"), report.replace("(all) in.", "(all) in. (Status: Open)"));
}

#[test]
fn a_remark_is_cut_outside_brackets_and_leaves_no_mark_open() {
    use regrade::report::without_remark;
    for (value, said) in [
        ("✅ FIXED - sewn up", "✅ FIXED"),
        ("Open (seen: twice) — since May", "Open (seen: twice)"),
        ("**OPEN — as it was.** Since May", "OPEN"),
        ("**Open** — since May", "**Open**"),
        ("Waiting: for wind", "Waiting"),
    ] {
        assert_eq!(without_remark(value), said, "{value}");
    }
}

#[test]
fn a_level_in_brackets_behind_the_title_of_a_heading_is_rewritten_there() {
    let base = "# Bugs\n\n### 1. **The rope frays** (PRIORITY: HIGH)\n\nA.\n\n### 2. The hook bends (Severity: Low)\n\nB.\n";
    let new = set(base, "1", 3);
    assert_eq!(new_lines(&new, base), ["### 1. **The rope frays** (PRIORITY: LOW)"]);
    let new = set(base, "2", 1);
    assert_eq!(new_lines(&new, base), ["### 2. The hook bends (Severity: High)"]);
}

#[test]
fn an_impact_that_rates_a_bug_is_rewritten() {
    let base = "# Bugs\n\n### BUG-1: The rope frays\n\n**Impact:** High\n**Fix:** none\n\n### BUG-2: The hook bends\n\n**Impact:** Low\n";
    assert_eq!(new_lines(&set(base, "BUG-1", 2), base), ["**Impact:** Medium"]);
}

#[test]
fn a_row_that_counts_by_level_or_names_several_bugs_stays_as_it_is_rated() {
    let rows =
        "| Severity | Count | Findings |\n|---|---:|---|\n| High | 2 | SL-1, SL-2 |\n| Low | 1 | SL-3 |\n";
    let of = |nth: usize, level: &str| format!("\n## SL-{nth} — The gate jams\n\n**Severity:** {level}\n");
    let base = format!("# Review\n\n{rows}{}{}{}", of(1, "High"), of(2, "High"), of(3, "Low"));
    let said = ["| High | 1 | SL-1, SL-2 |", "**Severity:** Medium"];
    assert_eq!(new_lines(&set(&base, "SL-1", 2), &base), said);
    assert_eq!(new_lines(&set(&base, "SL-3", 2), &base), ["| Low | 0 | SL-3 |", "**Severity:** Medium"]);
    let base = base
        .replace(" Count |", " Area |")
        .replace("---:|", "---|")
        .replace("| 2 |", "| gate |")
        .replace("| 1 |", "| sign |");
    assert_eq!(new_lines(&set(&base, "SL-1", 2), &base), ["**Severity:** Medium"]);
}

#[test]
fn a_bug_that_gets_a_level_among_others_without_one_leaves_them_bugs() {
    let of = |title: &str| format!("\n## {title}\n\n**Symptom:** It is dark.\n**Root cause:** unknown\n");
    let base = format!(
        "# Known bugs\n{}{}{}",
        of("The lamp is out"),
        of("The bell is mute"),
        of("The horn is late")
    );
    assert_eq!(new_lines(&set(&base, "the-lamp-is-out", 1), &base), ["**Severity:** P1"]);
}

#[test]
fn a_list_of_fields_does_not_split_what_it_is_of() {
    let base = "# Playtest\n\n## Issues found\n\n### Minor: The wind is hidden\n\n- Players guess\n- **Note:** known\n\n### Minor: The horn is late\n\n- It hurts\n";
    let new = set_status(base, "the-wind-is-hidden", "Fixed");
    assert_eq!(new_lines(&new, base), ["- **Status:** Fixed"]);
}

/// The name of the steps would stand apart from them.
#[test]
fn nothing_comes_between_a_name_and_what_stands_right_below_it() {
    let base = "# Bugs\n\n## BUG-1: The rope frays\n\nPriority: High\nOwner: Ada\n\nSteps:\n# Pull\n# Let go\n\n## BUG-2: The hook bends\n\nPriority: High\nOwner: Ben\n";
    let new = set_status(base, "BUG-1", "Fixed");
    assert!(new.contains("Owner: Ada\nStatus: Fixed\n\nSteps:\n# Pull\n"), "{new}");
}
