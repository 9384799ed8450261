//! What a review made of one bug of a real report, made again: by command and by keys, and nothing else with it.

use std::fs;

use regrade::report::BugIx;
use regrade::tui::Step;

use crate::desk::Table;
use crate::parsed::parse;
use crate::place::shared;

/// What the review changed in this bug.
const BUG: &str = "BUG-007";
const NAMES: [&str; 4] = ["Severity", "Fix", "Verification", "Status"];
const WHY: &str = "A setting that the tool does not know; nothing in production is affected.";

/// The report before and after the review.
fn reports() -> Option<(String, String)> {
    let read = |name: &str| Some(fs::read_to_string(shared(&format!("reference/atom/{name}"))?).unwrap());
    Some((read("2-p1-verified.md")?, read("3-p0-reclassified.md")?))
}

/// A desk on the report, where bugs stay in their sections or move to those of their new levels.
fn table(report: &str, sections: &str) -> Table {
    Table::new(report).sized(120, 40).configured(&format!("sections: {sections}\n"))
}

/// The lines of the bug from its heading to the rule that ends it, and those around it.
fn split(report: &str) -> (Vec<&str>, Vec<&str>) {
    let lines: Vec<&str> = report.lines().collect();
    let heading = format!("### {BUG}:");
    let start = lines.iter().position(|line| line.starts_with(&heading)).unwrap();
    let end = start + lines[start..].iter().position(|line| *line == "---").unwrap();
    (lines[start..end].to_vec(), [&lines[..start], &lines[end..]].concat())
}

/// What a field says in some lines.
fn value<'l>(lines: &[&'l str], name: &str) -> &'l str {
    let start = format!("- **{name}:** ");
    lines.iter().find_map(|line| line.strip_prefix(start.as_str())).unwrap_or_default()
}

/// The remark behind the sign and the word of a status.
fn remark(status: &str) -> &str {
    status.split_once(" - ").map_or("", |(_, remark)| remark)
}

/// Decides by command, with the words of the review.
fn by_command(table: &Table, after: &[&str]) {
    let status = format!("resolved - {}", remark(value(after, "Status")));
    let args = ["set", "bugs.md", BUG, "--severity", "P2", "--status", &status];
    let fix =
        ["--fix", value(after, "Fix"), "--verification", value(after, "Verification"), "--rationale", WHY];
    let said = table.place.run(&[&args[..], &fix].concat());
    assert_eq!((said.code, said.err.as_str()), (0, ""));
}

/// Decides by keys: first the severity, then what has become of it.
fn by_keys(table: &Table, after: &[&str]) {
    let (fix, verification) = (value(after, "Fix"), value(after, "Verification"));
    let filled = format!("{fix}<Tab>{verification}<Tab><Tab><Tab>{}<Enter>", remark(value(after, "Status")));
    let steps = [&format!("/id:{BUG}<Enter>"), "2", WHY, "<Enter>", "xr", &filled, WHY, "<Enter>", "w", "q"];
    table.play(steps.into_iter().flat_map(|keys| [Step::keys(keys), Step::Settle]));
}

#[test]
fn decisions_make_of_the_bug_what_the_review_made_of_it_and_of_nothing_else_anything() {
    let Some((before, after)) = reports() else { return };
    let ((bug, around), (reviewed, _)) = (split(&before), split(&after));
    assert_ne!(bug, reviewed, "the review has changed nothing");
    for decide in [by_command, by_keys] {
        let table = table(&before, "keep");
        decide(&table, &reviewed);
        let decided = table.report();
        assert_eq!(split(&decided), (reviewed.clone(), around.clone()));
        for name in NAMES {
            assert_ne!(value(&reviewed, name), value(&bug, name), "{name} is one that the review changed");
        }
    }
}

/// What a section counts is where the bug came from, and that is where it goes back to.
#[test]
fn what_was_decided_is_taken_back_byte_for_byte() {
    let Some((before, after)) = reports() else { return };
    let (reviewed, _) = split(&after);
    for sections in ["keep", "move"] {
        let told = table(&before, sections);
        by_command(&told, &reviewed);
        assert_ne!(told.report(), before);
        assert_eq!(split(&told.report()).0, reviewed, "{sections}");
        assert_eq!(told.place.run(&["undo", "bugs.md"]).code, 0);
        assert_eq!(told.report(), before, "{sections}");
        let typed = table(&before, sections);
        by_keys(&typed, &reviewed);
        typed.play(["u", "w", "u", "w"].into_iter().flat_map(|keys| [Step::keys(keys), Step::Settle]));
        assert_eq!(typed.report(), before, "{sections}");
    }
}

/// The same in words of our own, with the field of one bug saying otherwise than its section.
const REPORT: &str = "\
# Nightly

## Critical

### A-1: Crash
- **Severity:** Critical

### A-2: Warning
- **Severity:** Medium - CoverageWarning

## Medium

### A-3: Slow
- **Severity:** Medium
";

#[test]
fn a_field_that_its_section_contradicts_is_noted_as_what_the_section_says_and_unnoted_when_that_is_taken_back()
 {
    let field = "- **Severity:** Medium - CoverageWarning";
    for (annotate, note) in [
        ("none", ""),
        ("short", " (downgraded from Critical)"),
        (
            "rationale",
            " (downgraded from Critical: A setting that the tool does not know; nothing in production is affected.)",
        ),
    ] {
        for (sections, report) in [("keep", REPORT.to_owned()), ("move", REPORT.replace('\n', "\r\n"))] {
            let settings = format!("annotate: {annotate}\nsections: {sections}\n");
            let table = Table::new(&report).configured(&settings);
            let set = ["set", "bugs.md", "A-2", "--severity", "P2", "--rationale", WHY];
            // Where nothing is noted and the bug stays, nothing is left to be done.
            let is_so = (annotate, sections) == ("none", "keep");
            assert_eq!(table.place.run(&set).code, i32::from(is_so), "{settings}");
            let decided = table.report();
            assert!(decided.lines().any(|line| *line == format!("{field}{note}")), "{settings}{decided}");
            if annotate != "none" {
                let said = table.place.run(&["undo", "bugs.md"]);
                assert_eq!((said.code, said.err.as_str()), (0, ""), "{settings}");
                assert_eq!(table.report(), report, "{settings}");
            }
        }
    }
}

/// What an earlier decision noted is the truth about where a bug came from.
#[test]
fn a_note_that_is_there_already_stays_as_it_is() {
    let noted = "- **Severity:** Medium - CoverageWarning (downgraded from High)";
    let report = REPORT.replace("- **Severity:** Medium - CoverageWarning", noted);
    let table = Table::new(&report).configured("sections: keep\n");
    let status =
        ["set", "bugs.md", "A-2", "--severity", "P2", "--scope", "configuration", "--rationale", WHY];
    assert_eq!(table.place.run(&status).code, 0);
    assert!(table.report().contains(&format!("{noted}\n")), "{}", table.report());
}

#[test]
fn a_field_of_a_fix_is_given_once() {
    let table = Table::new(REPORT);
    let set =
        |more: &[&str]| table.place.run(&[&["set", "bugs.md", "A-1", "--rationale", WHY], more].concat());
    let said = set(&["--fix", "one", "--field", "fix=two"]);
    assert_eq!((said.code, said.err.contains("the field fix is named twice")), (2, true), "{}", said.err);
    assert_eq!(set(&["--committed-in", "12ab34c", "--confirm"]).code, 2);
    assert_eq!(set(&["--fix", "x | **Status:** open"]).code, 2);
    assert_eq!(table.report(), REPORT);
    assert_eq!(set(&["--committed-in", "12ab34c", "--regression-test", "test_a.py"]).code, 0);
    assert!(
        table.report().contains("- **Commit:** 12ab34c\n- **Regression test:** test_a.py\n"),
        "{}",
        table.report()
    );
}

/// A bug that moves takes its lines along and leaves all others as they are.
#[test]
fn a_bug_that_moves_to_its_section_changes_no_other_line() {
    let Some((before, after)) = reports() else { return };
    let (reviewed, _) = split(&after);
    let table = table(&before, "move");
    by_command(&table, &reviewed);
    let (decided, sorted) = (table.report(), |report: &str| {
        let mut lines: Vec<String> = split(report).1.into_iter().map(str::to_owned).collect();
        lines.sort_unstable();
        lines
    });
    assert_eq!(sorted(&decided), sorted(&before));
    let report = parse(decided.as_bytes());
    let at: BugIx = report.find(BUG).unwrap();
    assert!(report.section(at).is_some_and(|section| section.level == report.level(at)));
}

/// What the report, its log and all that is made of it say that the severity was before: one of them would be wrong.
#[test]
fn everything_agrees_on_what_a_bug_was_that_its_section_counted_otherwise() {
    let real = reports().map(|(before, _)| (before, BUG, "P0"));
    let own = (REPORT.replace("Medium - CoverageWarning", "P2"), "A-2", "P0");
    for (before, bug, was) in real.into_iter().chain([own]) {
        let table = table(&before, "keep");
        let steps = [
            Step::keys(&format!("/id:{bug}<Enter>2")),
            Step::Settle,
            Step::Screenshot,
            Step::keys(&format!("{WHY}<Enter>")),
            Step::Settle,
            Step::Screenshot,
            Step::keys("w"),
            Step::Settle,
            Step::keys("L"),
            Step::Settle,
            Step::Screenshot,
        ];
        let (_, screens) = table.play(steps);
        assert!(screens[0].contains(&format!("{was} Critical → P2 Medium")), "{}", screens[0]);
        assert!(screens[1].contains(&format!("{was}→P2")), "{}", screens[1]);
        assert!(screens[2].contains(&format!("{was} → P2")), "{}", screens[2]);
        let said = |args: &[&str]| {
            let said = table.place.run(args);
            assert_eq!((said.code, said.err.as_str()), (0, ""));
            said.out
        };
        let log = said(&["log", "bugs.md"]);
        assert!(log.contains(&format!("{bug}  {was} → P2")), "{log}");
        assert!(table.log().contains(&format!("severity: {{from: {was}, to: P2, written: P2}}")));
        assert_eq!(said(&["log", "bugs.md", "--verify"]).lines().count(), 1);
        let export = |to: &str| said(&["export", "bugs.md", "--to", to, "-o", "-"]);
        assert!(export("summary").contains(&format!("1 bug {was} → P2")), "{}", export("summary"));
        assert!(!export("summary").contains("P2 → P2"), "{}", export("summary"));
        assert!(export("csv").contains(&format!(",{was},P2,")));
        assert!(export("markdown").contains(&format!("{was} → P2")));
        assert!(export("yaml").contains(&format!("from: {was}, to: P2")));
        for format in ["json", "jsonl"] {
            let text: String = export(format).split_whitespace().collect();
            assert!(
                text.contains(&format!(r#""severity":{{"from":"{was}","to":"P2"}},"written":"P2""#)),
                "{text}"
            );
        }
        let noted = table.report();
        assert!(noted.contains("(downgraded from P0)") || noted.contains("(downgraded from Critical)"));
        assert_eq!(said(&["undo", "bugs.md"]).lines().count(), 1);
        assert_eq!(table.report(), before);
        assert!(
            table.log().contains(&format!("severity: {{from: P2, to: {was}, written: P2}}")),
            "{}",
            table.log()
        );
    }
}

/// Decided twice before a save, or in two saves, a bug comes from the same level.
#[test]
fn what_a_bug_was_stays_the_same_over_several_decisions() {
    for levels in [["P2", "P1"], ["P1", "P2"]] {
        let set = |level| format!("- bugs: [A-2]\n  severity: {level}\n  rationale: {WHY}\n");
        let [once, twice] = [true, false].map(|at_once| {
            let report = REPORT.replace("A-2: Warning", "A-2: An odd setting");
            let table = Table::new(&report).configured("sections: keep\n");
            let all: String = levels.map(set).concat();
            let files = if at_once { vec![all] } else { levels.map(set).to_vec() };
            for file in files {
                table.place.write("d.yaml", format!("decisions:\n{file}"));
                let said = table.place.run(&["apply", "bugs.md", "d.yaml"]);
                assert_eq!((said.code, said.err.as_str()), (0, ""));
            }
            let changes = |line: &&str| line.contains("severity: {");
            let changes: Vec<String> = table.log().lines().filter(changes).map(str::to_owned).collect();
            (table.report(), changes)
        });
        assert_eq!(once, twice);
    }
}
