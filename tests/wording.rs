//! The words for a level that a report gets where a team has changed the levels: those that the report has itself, else
//! those of the methodology, never those of another level; and read back they mean what was decided.

use std::path::Path;
use std::sync::Arc;

use regrade::methodology::{LevelId, Methodology};
use regrade::report::{Annotate, BugIx, Change, Moving, Report, To, Writing, render};

use crate::parsed::METHODOLOGY;

/// A report of two levels, made of codes with names in the headings of its sections.
const CODES: &str = "# Rig

## P0 Bugs (Critical) - Mend first

### BUG-1: Sail torn

- **Severity:** P0 - Cloth

### BUG-2: Mast bent

- **Severity:** P0 - Wood

## P2 Bugs (Medium Priority)

### BUG-3: Rope frayed

- **Severity:** P2 - Hemp
";

fn methodology(levels: &str) -> Arc<Methodology> {
    Arc::new(Methodology::from_yaml(levels, Path::new("m.yaml")).expect("good"))
}

/// A report with the severity of a bug set, which is read back.
fn set(text: &str, methodology: &Arc<Methodology>, bug: u32, key: &str) -> String {
    let report = Report::parse(text.as_bytes().into(), methodology);
    let to = methodology.level_named(key).expect("a level");
    let handle = report.handle(BugIx(bug)).into_owned();
    let change = Change { severity: To::Value(to), ..Change::of(BugIx(bug)) };
    let writing = Writing { annotate: Annotate::Short, sections: Moving::Move };
    let edits = render::edits(&report, &[change], writing).expect("edits that do not meet");
    let new = String::from_utf8(edits.apply(report.base())).expect("text");
    assert_eq!(level(&new, methodology, &handle), Some(to), "{new}");
    new
}

fn level(text: &str, methodology: &Arc<Methodology>, handle: &str) -> Option<LevelId> {
    let report = Report::parse(text.as_bytes().into(), methodology);
    let bug = report.find(handle).expect("the bug");
    let sites = report.sites(bug);
    assert!(sites.iter().all(|site| site.level == report.level(bug)), "{handle} contradicts itself:\n{text}");
    report.level(bug)
}

/// The headings of sections and the severity fields of a report that another has not.
fn new_lines<'n>(old: &str, new: &'n str) -> Vec<&'n str> {
    let says = |line: &&str| line.starts_with("## ") || line.contains("Severity:");
    let old: Vec<&str> = old.lines().collect();
    new.lines().filter(says).filter(|line| !old.contains(line)).collect()
}

/// A bug would be told as `P4`, which some other level may be, and be read as P3 only by chance.
#[test]
fn a_report_of_codes_gets_the_codes_of_its_levels() {
    let everything = "levels:
  P0: {name: Showstopper, sla: 4h}
  P1: {aliases: [Blocker]}
  P2: {key: S3}
  P4: {name: Wish}
";
    for (levels, bug, to, lines) in [
        (
            "levels:\n  P2: {key: S3}\n",
            2,
            "P3",
            ["## P3 Bugs (Low Priority)", "- **Severity:** P3 - Hemp (downgraded from P2)"],
        ),
        (
            "levels:\n  P2: {key: S3}\n",
            2,
            "P1",
            ["## P1 Bugs (High)", "- **Severity:** P1 - Hemp (upgraded from P2)"],
        ),
        (
            everything,
            2,
            "P3",
            ["## P3 Bugs (Low Priority)", "- **Severity:** P3 - Hemp (downgraded from P2)"],
        ),
        (everything, 2, "P4", ["## P4 Bugs (Wish)", "- **Severity:** P4 - Hemp (downgraded from P2)"]),
        (everything, 0, "P4", ["## P4 Bugs (Wish)", "- **Severity:** P4 - Cloth (downgraded from P0)"]),
        (
            "levels:\n  P0: {key: BLK}\n",
            0,
            "P3",
            ["## P3 Bugs (Low Priority)", "- **Severity:** P3 - Cloth (downgraded from P0)"],
        ),
        (
            "levels:\n  P2: {name: Nuisance}\n",
            0,
            "P3",
            ["## P3 Bugs (Low Priority)", "- **Severity:** P3 - Cloth (downgraded from P0)"],
        ),
        (
            "levels:\n  P4: {name: Wish}\n",
            2,
            "P4",
            ["## P4 Bugs (Wish)", "- **Severity:** P4 - Hemp (downgraded from P2)"],
        ),
        (
            "levels:\n  WISH: {name: Some day}\n",
            2,
            "WISH",
            ["## WISH Bugs (Some day)", "- **Severity:** WISH - Hemp (downgraded from P2)"],
        ),
    ] {
        let methodology = methodology(levels);
        let new = set(CODES, &methodology, bug, to);
        assert_eq!(new_lines(CODES, &new), lines, "{levels}");
        if METHODOLOGY.levels().iter().any(|level| level.key == to) {
            let handle = format!("BUG-{}", bug + 1);
            let read = level(&new, &METHODOLOGY, &handle).expect("a level");
            assert_eq!(METHODOLOGY.level(read).key, to, "for a reader of the defaults");
        }
    }
}

/// A field would say `Critical` or `Showstopper` in a report that says P0 of everything else.
#[test]
fn what_the_report_says_itself_comes_first() {
    for (levels, bug, to, field) in [
        ("levels:\n  P2: {key: S3}\n", 2, "P0", "- **Severity:** P0 - Hemp (upgraded from P2)"),
        (
            "levels:\n  P2: {key: S3}\n  P0: {name: Showstopper}\n",
            2,
            "P0",
            "- **Severity:** P0 - Hemp (upgraded from P2)",
        ),
        ("levels:\n  P0: {key: BLK}\n", 0, "P2", "- **Severity:** P2 - Cloth (downgraded from P0)"),
        ("levels:\n  P2: {key: S3}\n", 0, "S3", "- **Severity:** P2 - Cloth (downgraded from P0)"),
        ("levels:\n  P0: {key: BLOCKER}\n", 2, "BLOCKER", "- **Severity:** P0 - Hemp (upgraded from P2)"),
    ] {
        let new = set(CODES, &methodology(levels), bug, to);
        assert_eq!(new_lines(CODES, &new), [field], "{levels}");
    }
    let words = CODES.replace("P2 - Hemp", "P1 - Hemp").replace("P2 Bugs (Medium", "P1 Bugs (High");
    let renamed = methodology("levels:\n  P2: {key: S3, name: Nuisance}\n");
    let noted = words.replace("P0 - Wood", "P2 - Wood");
    assert_eq!(new_lines(&words, &set(&words, &renamed, 2, "S3"))[0], "## S3 Bugs (Nuisance)");
    assert_eq!(new_lines(&noted, &set(&noted, &renamed, 2, "S3"))[0], "## P2 Bugs (Nuisance)");
}

#[test]
fn a_team_with_levels_of_its_own_gets_headings_that_make_sense() {
    let only = methodology("only: [levels]\nlevels:\n  P0:\n  P2:\n  P3: {name: Later on}\n");
    let new = set(CODES, &only, 0, "P3");
    assert_eq!(new_lines(CODES, &new)[0], "## P3 Bugs (Later on)");
    let named = "# Rig\n\n## High Priority Issues\n\n### Sail torn\n\nx\n\n### Mast bent\n\ny\n";
    let wish = methodology("levels:\n  P4: {name: Wish}\n");
    assert_eq!(new_lines(named, &set(named, &wish, 1, "P4")), ["## Wish Issues"]);
    assert_eq!(new_lines(named, &set(named, &wish, 1, "P3")), ["## Low Priority Issues"]);
}

/// The name of a level would stand where the others have a sign, and what is said of one level would be said of another.
#[test]
fn a_level_without_a_sign_gets_none_and_nothing_that_is_said_of_others() {
    let wish = methodology("levels:\n  P4: {name: Wish}\n");
    let signs = "# Rig\n\n## 🔴 HIGH BUGS (sails / masts)\n\n### BUG-1: Sail torn\n\n**Severity:** 🔴 HIGH - P1\n\n\
                 ### BUG-2: Mast bent\n\n**Severity:** 🔴 HIGH - P1\n";
    let new = set(signs, &wish, 1, "P4");
    assert_eq!(
        new_lines(signs, &new),
        ["## WISH BUGS", "**Severity:** WISH - P4 (downgraded from 🔴 HIGH - P1)"]
    );
    let new = set(signs, &wish, 1, "P3");
    assert_eq!(
        new_lines(signs, &new),
        ["## 🟢 LOW BUGS", "**Severity:** 🟢 LOW - P3 (downgraded from 🔴 HIGH - P1)"]
    );
    let apart = signs
        .replace("🔴 HIGH BUGS (sails / masts)", "Critical 🔴")
        .replace("🔴 HIGH - P1", "🔴 **Critical**");
    let new = set(&apart, &wish, 1, "P4");
    assert_eq!(
        new_lines(&apart, &new),
        ["## Wish", "**Severity:** **Wish** (downgraded from 🔴 **Critical**)"]
    );
}

/// Two sections would have one number.
#[test]
fn a_section_that_is_made_has_no_number_of_another() {
    let embedded = methodology("");
    let bugs = "\n\n### BUG-1: Sail torn\n\nx\n\n### BUG-2: Mast bent\n\ny\n";
    for (sections, heading) in [
        (format!("## 1. CRITICAL ISSUES{bugs}"), "## 2. HIGH ISSUES"),
        (format!("## 1. CRITICAL ISSUES{bugs}\n## 2. Next steps\n\nNone.\n"), "## HIGH ISSUES"),
        (format!("## Overview\n\nx\n\n## 3.1 Critical{bugs}"), "## 3.2 High"),
        (format!("## 4) Critical{bugs}"), "## 5) High"),
        (format!("## 九、Critical{bugs}"), "## 十、High"),
        (format!("## 一、Critical{bugs}\n## 二、其他\n\n无。\n"), "## High"),
    ] {
        let report = format!("# Rig\n\n{sections}");
        assert_eq!(new_lines(&report, &set(&report, &embedded, 1, "P1")), [heading]);
    }
}

/// A section of lesser bugs would be called as those of the level above are.
#[test]
fn a_section_that_is_made_is_not_called_what_the_report_calls_another_level() {
    let embedded = methodology("");
    let bugs = "\n\n### BUG-1: 帆破了\n\n船帆在风中裂开。\n\n### BUG-2: 桅杆弯了\n\n桅杆在风中弯曲。\n";
    for (title, level, new) in [
        ("四、🟠 P1 严重问题清单", "P2", "五、🟡 P2 一般问题清单"),
        ("四、🟠 P1 严重问题清单", "P3", "五、🟢 P3 轻微问题清单"),
        ("🟡 P2 中等问题", "P3", "🟢 P3 低问题"),
        ("🟡 P2 高危漏洞", "P3", "🟢 P3 低危漏洞"),
    ] {
        let report = format!("# Rig\n\n## {title}{bugs}");
        assert_eq!(new_lines(&report, &set(&report, &embedded, 1, level)), [format!("## {new}")]);
    }
}

/// What a report says of its worst bugs would be in another language once none of them is left to learn from.
#[test]
fn a_word_that_the_report_has_no_more_is_in_its_language() {
    let embedded = methodology("");
    for (field, bug, words) in [
        ("**Seviye:** YUKSEK", "Yelken yirtik", "KRITIK (yükseltildi: YUKSEK)"),
        ("**Gravidade:** Alta", "Vela rasgada no mastro", "Critica (elevado de Alta)"),
        ("**重要度:** 高", "帆が破れている", "致命的 (引き上げ前: 高)"),
        ("**严重程度:** 高", "帆破了", "严重 (上调自 高)"),
    ] {
        let report = format!("# R\n\n### R-1: {bug}\n\n{field}\n\n### R-2: {bug} 2\n\n{field}\n");
        let name = field.split(' ').next().unwrap();
        let new = set(&report, &embedded, 1, "P0");
        let line = new.lines().rfind(|line| line.starts_with(name)).unwrap();
        assert_eq!(line, format!("{name} {words}"));
    }
}

/// What a report calls a level would be another word once the last bug of it has been set to something else.
#[test]
fn a_word_that_only_notes_have_any_more_is_still_the_reports() {
    let methodology = methodology("");
    let bug = |(id, severity)| format!("### {id}: Lamp dark\n\n**Severity:** {severity}\n\nAt night.\n\n");
    let bugs = [("A-1", "Showstopper"), ("A-2", "Showstopper"), ("A-3", "High")].map(bug);
    let text = format!("# Pier\n\n{}", bugs.concat());
    let all_gone = set(&set(&text, &methodology, 0, "P2"), &methodology, 1, "P3");
    let raised = set(&all_gone, &methodology, 2, "P0");
    assert!(raised.contains("**Severity:** Showstopper (upgraded from High)"), "{raised}");
}
