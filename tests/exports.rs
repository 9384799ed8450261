//! What was decided, for others: the whole story by commands, and every format read back by a parser of its own.

mod commits;
mod gates;
mod hostile;
mod keyed;
mod lint;
mod told;

use std::collections::BTreeMap;

use regrade::deviation::Log;
use regrade::methodology::LevelId;
use regrade::report::{BugIx, Report};
use regrade::store::Store;
use regrade::triage::{BugSet, Decision, Draft, Event, Fact, Kind, Set};
use serde_json::Value;

use crate::desk::Table;
use crate::parsed::METHODOLOGY;
use crate::place::Place;

const REPORT: &str = include_str!("../assets/sample.md");

const FRONT: &str = "\
---
phase: 06-hardening
plan: 2
subsystem: readiness
tech-stack:
  added: [time-machine, respx]
reviewers: {first: Ada, second: Ben}
document:
  accomplishments: [Both suites run again]
  impact: The plan took the grades at their word
  issues: ['The report calls missing packages critical']
  setup: ['Install the `test` extra']
  next:
    Plan 03: [The suites run]
  readiness: [No cost leak was found]
---
";

/// The bugs that the sample has at a level, by handle.
fn at_level(place: &Place, level: &str) -> Vec<String> {
    let said = place.run(&["list", "bugs.md", "--json"]).out;
    let bugs = said.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let bugs = bugs.filter(|bug| bug["level"] == level);
    bugs.map(|bug| bug["handle"].as_str().unwrap().to_owned()).collect()
}

/// Has Ben decide something at a desk that he leaves without saving.
fn leave_unsaved(place: &Place, draft: impl FnOnce(&Report) -> Draft) {
    let store = Store::new(place.path("state"));
    let mut opened = store.open(&place.path("bugs.md"), &METHODOLOGY).unwrap();
    let (at, by) = ("2026-02-11T20:30:00Z".parse().unwrap(), String::from("Ben"));
    let draft = draft(opened.session().report());
    opened.journal.record(&Event::Decided(Decision { at, by, draft })).unwrap();
}

fn fix(place: &Place, package: &str, tests: &str) {
    let (title, issue) =
        (format!("Declared {package}"), format!("{tests} import {package}, which nothing installs"));
    let fix = ["record", "bugs.md", "fix", "--title", &title, "--issue", &issue, "--found-during", "Task 1"];
    let how = ["--fix", "One line in the requirements", "--file", "requirements/test.txt", "--rule", "2"];
    let proof = ["--verification", "The tests are collected", "--committed-in", "Task 1"];
    place.done(&[fix.as_slice(), &how, &proof].concat());
}

/// The review that the sample was made for, by commands.
fn story() -> Place {
    let place = Place::with("bugs.md", REPORT);
    place.write("front.yaml", FRONT);
    let why = "A configuration warning; the figures are right";
    place.done(&[
        "set",
        "bugs.md",
        "BUG-007",
        "--severity",
        "P2",
        "--scope",
        "configuration",
        "--rationale",
        why,
    ]);
    let rest = at_level(&place, "P0");
    assert_eq!(rest.len(), 21);
    let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
    let how =
        ["--severity", "P1", "--scope", "test", "--rationale", "Keeps tests from running, harms nobody"];
    place.done(&[&["set", "bugs.md"], rest.as_slice(), &how].concat());
    fix(&place, "time-machine", "Session tests");
    fix(&place, "respx", "Payment tests");
    for task in ["Fix security holes", "Fix loss of data", "Fix cost leaks"] {
        let why = ["--why", "No bug touches production", "--decision", "Go on with P1", "--rule", "4"];
        place.done(&[&["record", "bugs.md", "not-executed", "--task", task], why.as_slice()].concat());
    }
    place.done(&["record", "bugs.md", "finding", "--text", "None of the 22 P0 bugs touches production code"]);
    place.done(&["record", "bugs.md", "recommendation", "--text", "Keep P0 for what harms users"]);
    place
}

/// The same review by keys, in one sitting, going by the list alone.
fn story_by_keys() -> Table {
    let table = Table::new(REPORT).sized(80, 20);
    table.place.write("front.yaml", FRONT);
    let fix = |package: &str, tests: &str| {
        format!(
            "rfDeclared {package}<Tab>{tests} import {package}, which nothing installs<Tab>Task 1<Tab>One line in the \
             requirements<Tab>requirements/test.txt<Tab>The tests are collected<Tab>Task 1<Tab><Alt-2><Enter>"
        )
    };
    let task = |task| format!("rt{task}<Tab>No bug touches production<Tab>Go on with P1<Alt-4><Enter>");
    let keys = [
        "/BUG-007<Enter>".to_owned(),
        "2<Alt-s>cA configuration warning; the figures are right<Enter>".to_owned(),
        "<Esc>/sev:P0<Enter>".to_owned(),
        "*1<Alt-s>tKeeps tests from running, harms nobody<Enter>".to_owned(),
        fix("time-machine", "Session tests"),
        fix("respx", "Payment tests"),
        task("Fix security holes"),
        task("Fix loss of data"),
        task("Fix cost leaks"),
        "riNone of the 22 P0 bugs touches production code<Enter>".to_owned(),
        "rrKeep P0 for what harms users<Enter>".to_owned(),
        "w".to_owned(),
    ];
    table.press(&keys);
    table
}

/// Whoever goes from one to the other would find other files.
#[test]
fn the_story_by_keys_and_by_commands_gives_the_same_files() {
    let (typed, told) = (story_by_keys(), story());
    assert_eq!(typed.report(), told.read("bugs.md"));
    assert_eq!(typed.log(), told.read("bugs.deviations.yaml"));
    let summary = ["--to", "summary", "--front-matter", "front.yaml"];
    assert_eq!(export(&typed.place, &summary), export(&told, &summary));
}

fn export(place: &Place, args: &[&str]) -> String {
    let (text, word) = answer(place, args);
    assert_eq!(word, "", "{args:?}");
    text
}

/// What is exported, and the word that is said of it.
fn answer(place: &Place, args: &[&str]) -> (String, String) {
    let said = place.run(&[&["export", "bugs.md"], args].concat());
    assert_eq!(said.code, 0, "{args:?}: {}", said.err);
    (said.out, said.err)
}

/// The parts of a document by heading.
fn parts(document: &str) -> BTreeMap<String, String> {
    let mut parts: BTreeMap<String, String> = BTreeMap::new();
    let mut heading = String::new();
    for line in document.lines() {
        match line.strip_prefix("## ").or_else(|| line.strip_prefix("### ")) {
            Some(title) => heading = title.to_owned(),
            None => *parts.entry(heading.clone()).or_default() += &format!("{line}\n"),
        }
    }
    parts
}

fn front_matter(document: &str) -> Value {
    let (front, _) = document.strip_prefix("---\n").unwrap().split_once("\n---\n").unwrap();
    regrade::yaml::read(front, std::path::Path::new("front")).unwrap()
}

/// Somebody would read of a fix that nobody made, of closed bugs as work, and two days on which it was done.
#[test]
fn the_summary_tells_fields_from_fixes_open_bugs_from_closed_ones_and_the_day_that_is_given() {
    let report = "# Bugs\n\n### B-1: Slow\n- **Severity:** P1\n- **Status:** **FIXED**\n\n### B-2: Slower\n- **Severity:** P1\n";
    let place = Place::with("bugs.md", report);
    place.done(&["set", "bugs.md", "B-2", "--field", "Owner=Zoë", "--rationale", "She asked for it."]);
    place.write("front.yaml", "completed: 2026-03-01\n");
    let document = export(&place, &["--to", "summary", "--front-matter", "front.yaml"]);
    for told in [
        "**Set fields of** 1 bug",
        "**Focus areas:** 1 bug P1 open",
        "**Completed:** 2026-03-01",
        "- Completed: 2026-03-01",
    ] {
        assert!(document.contains(told), "{told}\n{document}");
    }
    assert!(!document.contains("Recorded the fix"), "{document}");
}

/// A review of a report that sets statuses in bold could not be applied to another copy.
#[test]
fn statuses_in_the_words_and_signs_of_the_report_are_applied_to_another_copy() {
    let bug = |number: u32, status: &str| {
        format!("### B-{number}: Slow\n- **Severity:** P1\n- **Status:** {status}\n\n")
    };
    let report = format!("# Bugs\n\n{}{}", bug(1, "✅ **FIXED** - in main"), bug(2, "❌ **OPEN**"));
    let place = Place::with("bugs.md", &report);
    place.done(&[
        "set",
        "bugs.md",
        "B-2",
        "--status",
        "✅ **FIXED** - done it",
        "--rationale",
        "All done now.",
    ]);
    let exported = export(&place, &["--to", "yaml"]);
    let copy = Place::with("bugs.md", &report);
    copy.write("decisions.yaml", exported);
    copy.done(&["apply", "bugs.md", "decisions.yaml"]);
    assert_eq!(copy.read("bugs.md"), place.read("bugs.md"));
}

/// Fields that are new are inserted in the order of the decision: another order is another report.
#[test]
fn fields_are_added_to_another_copy_in_the_order_of_the_decision_whatever_the_export() {
    let report =
        "# Bugs\n\n### B-1: Slow\n- **Severity:** P1\n- **Note:** none\n\n### B-2: Old\n- **Severity:** P2\n";
    let place = Place::with("bugs.md", report);
    let fields = ["--field", "Zeal=much", "--field", "Owner=Ada", "--field", "Also=seen twice"];
    place.done(&[["set", "bugs.md", "B-1"].as_slice(), &fields, &["--rationale", "All are known."]].concat());
    for format in ["yaml", "json", "jsonl"] {
        let copy = Place::with("bugs.md", report);
        copy.write("decisions.yaml", export(&place, &["--to", format]));
        copy.done(&["apply", "bugs.md", "decisions.yaml"]);
        assert_eq!(copy.read("bugs.md"), place.read("bugs.md"), "{format}");
    }
}

/// Someone would go on writing this document by hand.
#[test]
fn the_summary_says_all_that_the_review_did() {
    let place = story();
    let document = export(&place, &["--to", "summary", "--front-matter", "front.yaml"]);
    assert_eq!(lint::problems(&document), [] as [String; 0], "{document}");
    let parts = parts(&document);
    let says = |part: &str, texts: &[&str]| {
        let said = parts.get(part).unwrap_or_else(|| panic!("there is no part {part}:\n{document}"));
        texts.iter().for_each(|text| assert!(said.contains(text), "{part} lacks {text}:\n{said}"));
    };
    let title = "# Phase 06-hardening Plan 2: Triage of bugs.md Summary\n\n**None of the 22 P0 bugs touches production code.**";
    assert!(document.contains(title), "{document}");
    says(
        "Performance",
        &["**Started:** 2026-02-11T20:25:48Z", "**Completed:** 2026-02-11", "3 of the plan not executed"],
    );
    says("Performance", &["**Files modified:** 2", "**Bugs reviewed:** 22 of 33"]);
    says(
        "Accomplishments",
        &["21 bugs P0 → P1, 1 bug P0 → P2", "**Fixed:** Declared respx", "Both suites run again"],
    );
    says("Task Commits", &["None."]);
    says("Created", &["`bugs.deviations.yaml`"]);
    says("Modified", &["`bugs.md`", "`requirements/test.txt` - One line"]);
    says("Findings and Recommendations", &["**Finding:** None of the 22", "**Recommendation:** Keep P0"]);
    says("Re-classification", &["| P0 | 22 | 0 |", "| P2 | 7 | 8 |", "P0 → P2, scope – → configuration"]);
    says(
        "Re-classification",
        &["**21 bugs**, reclassified - Keeps tests from running, harms nobody.", "- **BUG-022:**"],
    );
    says("Other Decisions", &["None."]);
    says("Bug Classification Methodology", &["**P0 (Critical):** Security", "**P3 (Low):**", "(SLA 24h)"]);
    says(
        "Plan Tasks Not Executed",
        &["1. Fix security holes", "3. Fix cost leaks", "**Reason:** No bug touches"],
    );
    says("Plan Tasks Not Executed", &["**Rule:** 4 - Architectural", "**Decision:** Go on with P1"]);
    says(
        "Auto-fixed Issues",
        &["#### 2. [Rule 2 - Missing critical] Declared respx", "**Found during:** Task 1"],
    );
    says(
        "Auto-fixed Issues",
        &["**Issue:** Payment tests", "**Fix:** One line", "**Files modified:** `requirements"],
    );
    says("Auto-fixed Issues", &["**Verification:** The tests are collected", "**Committed in:** Task 1"]);
    says(
        "Totals",
        &["2 auto-fixed (2 Missing critical), 3 plan tasks not executed", "took the grades at their word."],
    );
    says("Issues Encountered", &["The report calls missing packages critical"]);
    says("User Setup Required", &["Install the `test` extra"]);
    says("Next Phase Readiness", &["11 of 33 bugs still to be reviewed", "**Plan 03:**\n  - The suites run"]);
    says("Production Readiness", &["no P0 (Critical) bug is left", "No cost leak was found."]);
}

#[test]
fn the_front_matter_derives_what_it_can_and_keeps_what_it_is_given() {
    let document = export(&story(), &["--to", "summary", "--front-matter", "front.yaml"]);
    let front = front_matter(&document);
    let lines = document.lines().skip(1).take_while(|line| *line != "---");
    let lines = lines.filter(|line| line.starts_with(char::is_alphabetic));
    let names: Vec<&str> = lines.map(|line| line.split_once(':').unwrap().0).collect();
    let known =
        ["phase", "plan", "subsystem", "tags", "requires", "provides", "affects", "tech-stack", "key-files"];
    let more = ["key-decisions", "patterns-established", "duration", "completed", "reviewers"];
    assert_eq!(names, [known.as_slice(), &more].concat());
    assert_eq!((&front["plan"], &front["completed"]), (&Value::from(2), &Value::from("2026-02-11")));
    assert_eq!(front["tags"], serde_json::json!(["bug-triage", "configuration", "test"]));
    assert_eq!(front["tech-stack"], serde_json::json!({"added": ["time-machine", "respx"], "patterns": []}));
    assert_eq!(front["reviewers"]["second"], "Ben");
    assert_eq!(front["patterns-established"], serde_json::json!(["Keep P0 for what harms users"]));
    assert_eq!(front["key-files"]["modified"], serde_json::json!(["bugs.md", "requirements/test.txt"]));
    assert_eq!(front["key-decisions"].as_array().unwrap().len(), 3);
}

/// Whoever reads the summary would be told what nobody holds any more.
#[test]
fn the_key_decisions_are_those_that_later_ones_have_left_something_of() {
    let place = Place::with("bugs.md", REPORT);
    let set = |args: &[&str], why: &str| {
        let said = place.run(&[&["set", "bugs.md"], args, &["--rationale", why]].concat());
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{args:?}");
    };
    set(&["BUG-007", "--severity", "P1"], "It was read in a hurry.");
    set(&["BUG-008", "BUG-009", "BUG-010", "--severity", "P2"], "Only the tests need it.");
    set(&["BUG-008", "--severity", "P3"], "Nobody runs it any more.");
    set(&["BUG-007", "--scope", "configuration"], "It is a setting.");
    set(&["BUG-007", "--severity", "P2"], "A warning, no more than that.");
    let front = front_matter(&export(&place, &["--to", "summary"]));
    let expected = serde_json::json!([
        "2 bugs: Only the tests need it.",
        "BUG-008: Nobody runs it any more.",
        "BUG-007: It is a setting.",
        "BUG-007: A warning, no more than that.",
    ]);
    assert_eq!(front["key-decisions"], expected);
}

/// A script would have to write what it makes into a file first.
#[test]
fn front_matter_and_template_come_from_a_pipe_too() {
    let place = story();
    let piped = |args: &[&str], text: &str| {
        place.piped(&[&["export", "bugs.md", "--to", "summary"], args].concat(), text)
    };
    for name in if cfg!(unix) { ["-", "/dev/stdin"] } else { ["-", "-"] } {
        let (code, document) = piped(&["--front-matter", name], "phase: seven\n");
        assert!(code == Some(0) && document.contains("phase: seven\n"), "{document}");
        assert_eq!(piped(&["--template", name], "Of {{report}}\n"), (Some(0), "Of `bugs.md`\n".to_owned()));
        let (code, said) = piped(&["--template", name], "{{nothing}}\n");
        assert!(code != Some(0) && said.contains("nothing"), "{said}");
    }
    let (code, said) = piped(&["--front-matter", "-", "--template", "-"], "");
    assert!(code == Some(2) && said.contains("at once"), "{said}");
}

/// It would start after its end, be headed by a dash, and say every level twice.
#[test]
fn a_summary_starts_when_it_is_said_to_and_repeats_no_name() {
    let place = story();
    let front = "started: 2025-02-10\ncompleted: 2025-02-11\ndocument: {headline: '', title: ' '}\n";
    place.write("front.yaml", front);
    place.write(".regrade.yaml", "methodology:\n  levels: {P1: {name: P1}}\n");
    let summary = || export(&place, &["--to", "summary", "--front-matter", "front.yaml"]);
    let document = summary();
    assert!(document.contains("**Started:** 2025-02-10\n"), "{document}");
    assert!(document.contains("Triage of bugs.md Summary") && !document.contains("**–**"), "{document}");
    assert!(document.contains("**P1:** ") && !document.contains("P1 (P1)"), "{document}");
    place.write("front.yaml", "completed: 2025-02-11\n");
    let document = summary();
    let started = "**Started:** not told; 2026-02-11T20:25:48Z is the first decision\n";
    assert!(document.contains(started), "{document}");
}

/// Who adds what is not derived would lose what is.
#[test]
fn of_a_part_of_the_front_matter_only_what_is_given_is_not_derived() {
    let place = story();
    place.write("front.yaml", "key-files: {created: [a.md], moved: [b.md]}\n");
    let front = front_matter(&export(&place, &["--to", "summary", "--front-matter", "front.yaml"]));
    let files = serde_json::json!({
        "created": ["a.md"], "modified": ["bugs.md", "requirements/test.txt"], "moved": ["b.md"]
    });
    assert_eq!(front["key-files"], files);
}

/// Whoever reads the front matter by YAML 1.1 would get a truth for a phase, and a day for a tag.
#[test]
fn what_the_front_matter_has_in_quotes_stays_text_and_what_it_has_not_stays_what_it_is() {
    let place = story();
    place.write(
        "front.yaml",
        "phase: \"yes\"\ntags: ['2026-01-01', \"no\"]\nstarted: 2026-01-02\nready: on\n",
    );
    let document = export(&place, &["--to", "summary", "--front-matter", "front.yaml"]);
    for line in [
        "phase: \"yes\"",
        "- \"2026-01-01\"",
        "- \"no\"",
        "started: 2026-01-02",
        "ready: on",
        "completed: 2026-02-11",
    ] {
        assert!(document.lines().any(|has| has == line), "{line}: {document}");
    }
    assert_eq!(front_matter(&document)["phase"], "yes");
}

#[test]
fn without_a_decision_every_part_says_so() {
    let (document, word) = answer(&Place::with("bugs.md", REPORT), &["--to", "summary"]);
    assert!(word.contains("nothing was decided on this report yet"), "{word}");
    assert_eq!(lint::problems(&document), [] as [String; 0], "{document}");
    let parts = parts(&document);
    for part in
        ["Accomplishments", "Task Commits", "Created", "Modified", "Re-classification", "Auto-fixed Issues"]
    {
        assert_eq!(parts[part].trim(), "None.", "{part}");
    }
    assert!(parts["Production Readiness"].contains("**Not ready:** 20 bugs of P0"), "{document}");
}

/// A decision taken back would be told as one that stands.
#[test]
fn what_was_taken_back_is_not_told() {
    let place = story();
    (0..7).for_each(|_| drop(place.done(&["undo", "bugs.md"])));
    let document = export(&place, &["--to", "summary"]);
    let parts = parts(&document);
    assert_eq!(parts["Plan Tasks Not Executed"].trim(), "None.");
    assert_eq!(parts["Auto-fixed Issues"].trim(), "None.");
    assert!(parts["Performance"].contains("16, 14 of them taken back or taking back"), "{document}");
    let fixes = export(&place, &["--to", "summary", "--kind", "fixed"]);
    assert_eq!(self::parts(&fixes)["Auto-fixed Issues"].trim(), "None.", "{fixes}");
    place.done(&["undo", "bugs.md"]);
    assert!(export(&place, &["--to", "summary"]).contains("**1 bug P0 → P2.**"));
}

#[test]
fn a_template_of_ones_own_is_filled_and_its_mistakes_named() {
    let place = story();
    place.write("own.md", "# Mine\n\n{{ readiness }}\n\n{{totals}} {{Not}} {{");
    let said = export(&place, &["--to", "summary", "--template", "own.md"]);
    assert!(said.starts_with("# Mine\n\n- **Good news:**") && said.ends_with("{{Not}} {{\n"), "{said}");
    place.write("own.md", "# Mine\n\n{{readyness}}\n");
    let said = place.run(&["export", "bugs.md", "--to", "summary", "--template", "own.md"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("own.md:3: there is no placeholder {{readyness}}"), "{}", said.err);
    assert!(said.err.contains("did you mean `readiness`?"), "{}", said.err);
    place.write("own.md", export(&place, &["--to", "template"]));
    let own = export(&place, &["--to", "summary", "--template", "own.md"]);
    assert_eq!(own, export(&place, &["--to", "summary"]));
}

/// What a project says of its summaries holds for whoever makes one, unless a command says otherwise.
#[test]
fn a_project_says_which_template_and_front_matter_its_summaries_have() {
    let place = story();
    std::fs::create_dir(place.path("docs")).unwrap();
    place.write("docs/own.md", "{{front-matter}}\n# Ours\n");
    place.write("docs/front.yaml", "phase: 07-depot\n");
    let settings = "template: docs/own.md\nfront_matter: ./docs/front.yaml\n";
    place.write(".regrade.yaml", settings);
    let said = export(&place, &["--to", "summary"]);
    assert!(said.contains("phase: 07-depot\n") && said.ends_with("\n# Ours\n"), "{said}");
    assert_eq!(place.run(&["export", "bugs.md", "--to", "csv"]).code, 0);
    place.write("mine.md", "# Mine\n");
    assert_eq!(export(&place, &["--to", "summary", "--template", "mine.md"]), "# Mine\n");
    let told = place.run(&["config"]).out;
    assert!(told.contains("HERE/docs/own.md") && told.contains("HERE/.regrade.yaml:1"), "{told}");
    let csv = place.run(&["export", "bugs.md", "--to", "csv", "--template", "mine.md"]);
    assert_eq!(csv.code, 2);
    assert!(csv.err.contains("only a summary has a template"), "{}", csv.err);
}

#[test]
fn files_that_settings_name_are_checked_and_those_of_a_project_are_its_own() {
    let place = story();
    place.write("own.md", "# Ours\n\n{{totals}}\n");
    let check = |text: &str| {
        place.write(".regrade.yaml", text);
        let said = place.run(&["config", "--check"]);
        (said.code, said.out)
    };
    assert_eq!(check("template: own.md\n"), (0, String::from("HERE/.regrade.yaml: fine\n")));
    let (code, said) = check("mouse: true\nfront_matter: front.yml\n");
    assert!(
        code == 1 && said.contains(".regrade.yaml:2: `front_matter`: there is no file HERE/front.yml"),
        "{said}"
    );
    place.write("own.md", "# Ours\n\n{{total}}\n");
    let (code, said) = check("template: own.md\n");
    assert!(code == 1 && said.contains("own.md:3: there is no placeholder {{total}}"), "{said}");
    for elsewhere in ["/etc/hostname", "../own.md", "docs/../../own.md"] {
        place.write(".regrade.yaml", format!("\ntemplate: {elsewhere}\n"));
        let said = place.run(&["export", "bugs.md", "--to", "summary"]);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{elsewhere}");
        assert!(
            said.err.contains(".regrade.yaml:2: `template` of a project names a file in its folder"),
            "{}",
            said.err
        );
    }
}

/// A stranger's settings could put what only the machine that checks them may read into its protocol.
#[cfg(unix)]
#[test]
fn what_a_project_must_not_name_is_not_read_to_be_checked() {
    let place = story();
    let secret = tempfile::tempdir().unwrap();
    std::fs::write(secret.path().join("secret.yaml"), "machine a login b password c\n").unwrap();
    std::os::unix::fs::symlink(secret.path(), place.path("docs")).unwrap();
    std::os::unix::fs::symlink(secret.path().join("secret.yaml"), place.path("link.yaml")).unwrap();
    let elsewhere = secret.path().join("secret.yaml").display().to_string();
    for name in [elsewhere.as_str(), "docs/secret.yaml", "link.yaml", "../own.md"] {
        let settings = format!("\ntemplate: {name}\nfront_matter: {name}\n");
        place.write(".regrade.yaml", settings);
        for args in [&["config", "--check"][..], &["config", "--check", ".regrade.yaml"]] {
            let said = place.run(args);
            let told = |line: u8, of: &str| {
                format!(
                    "HERE/.regrade.yaml:{line}: `{of}` of a project names a file in its folder, or below\n"
                )
            };
            let whole = format!("{}{}", said.out, said.err);
            assert!(said.code == 1 && whole.starts_with(&told(2, "template")), "{name}: {whole}");
            assert!(whole.contains(&told(3, "front_matter")), "{name}: {whole}");
            assert!(!whole.contains("password") && !whole.contains("fine"), "{name}: {whole}");
        }
    }
}

#[test]
fn a_mistake_in_the_front_matter_is_named_with_its_line() {
    let place = story();
    for (text, what) in [("a: [1\n", "front.yaml:"), ("document: {headlin: x}\n", "headlin")] {
        place.write("front.yaml", text);
        let said = place.run(&["export", "bugs.md", "--to", "summary", "--front-matter", "front.yaml"]);
        assert_eq!(said.code, 2, "{text}");
        assert!(said.err.contains(what), "{}", said.err);
    }
}

#[test]
fn data_is_read_back_by_parsers_as_the_log_has_it() {
    let place = story();
    let log = Log::read(place.read("bugs.deviations.yaml").as_bytes());
    assert_eq!(Log::read(export(&place, &["--to", "yaml"]).as_bytes()).entries, log.entries);
    assert_eq!(export(&place, &["--to", "yaml"]), place.read("bugs.deviations.yaml"));
    let document: Vec<Value> = serde_json::from_str(&export(&place, &["--to", "json"])).unwrap();
    let lines = export(&place, &["--to", "jsonl"]);
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((document.len(), &document), (log.entries.len(), &lines));
    for (told, entry) in document.iter().zip(&log.entries) {
        assert_eq!((told["id"].as_str().unwrap(), told["saved"].as_bool()), (entry.id.as_str(), Some(true)));
        assert_eq!(told["bugs"].as_array().unwrap().len(), entry.bugs.len());
    }
    let text = export(&place, &["--to", "csv"]);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), log.entries.iter().map(|entry| entry.bugs.len().max(1)).sum::<usize>());
    let mut column = |name: &str| reader.headers().unwrap().iter().position(|known| known == name).unwrap();
    let (bug, from, to) = (column("bug"), column("severity_from"), column("severity_to"));
    assert_eq!((&rows[0][bug], &rows[0][from], &rows[0][to]), ("BUG-007", "P0", "P2"));
}

#[test]
fn decisions_are_chosen_by_time_person_and_kind() {
    let place = story();
    let count = |args: &[&str]| answer(&place, &[&["--to", "jsonl"], args].concat()).0.lines().count();
    assert_eq!(count(&[]), 9);
    assert_eq!(count(&["--kind", "fixed", "--kind", "finding"]), 3);
    assert_eq!(count(&["--kind", "fix"]), 2);
    assert_eq!((count(&["--by", "ADA"]), count(&["--by", "Ben"])), (9, 0));
    assert_eq!((count(&["--since", "2026-02-11"]), count(&["--since", "2026-02-12"])), (9, 0));
    assert_eq!(count(&["--since", "2026-02-11T20:25:48Z"]), 9);
    assert_eq!(
        (count(&["--since", "yesterday"]), count(&["--since", "1w"]), count(&["--since", "today"])),
        (9, 9, 9)
    );
    let (_, word) = answer(&place, &["--to", "jsonl", "--by", "Ben"]);
    assert!(word.contains("none of the 9 decisions"), "{word}");
    for (args, what) in [
        (["--kind", "fixes"], "no kind of decision is called fixes"),
        (["--since", "soon"], "no day"),
        (["--since", "tomorrow"], "no day that has come"),
    ] {
        let said = place.run(&[&["export", "bugs.md", "--to", "csv"], args.as_slice()].concat());
        assert_eq!(said.code, 2);
        assert!(said.err.contains(what), "{}", said.err);
    }
}

/// A pipeline would pass, and a reader believe, what the next save may still drop.
#[test]
fn a_summary_of_what_is_saved_counts_nothing_else() {
    let place = Place::new();
    place.write(
        "bugs.md",
        "# Bugs\n\n### BUG-1: Lamp dark\n- **Severity:** P0\n\n### BUG-2: Rope frayed\n- **Severity:** P1\n",
    );
    leave_unsaved(&place, |_| Draft::new(Kind::Confirmed, BugSet::from(BugIx(0)), Set::default()));
    let all = export(&place, &["--to", "summary"]);
    assert!(all.contains("**Bugs reviewed:** 1 of 2"), "{all}");
    let saved = answer(&place, &["--to", "summary", "--saved"]).0;
    assert!(saved.contains("**Bugs reviewed:** 0 of 2"), "{saved}");
}

/// The numbers before and after would not add up, or one bug be told as two.
#[test]
fn a_bug_is_counted_once_whoever_decided_on_it_and_whatever_it_was_called() {
    let text = "# Bugs\n\n### BUG-1: Lamp is dark\n- **Severity:** P0\n\n### BUG-2: Rope frayed\n- **Severity:** P1\n";
    let place = Place::with("bugs.md", text);
    let why = "It is worn and keeps nobody from landing";
    place.done(&["set", "bugs.md", "BUG-1", "--severity", "P2", "--rationale", why]);
    let retitled = place.read("bugs.md").replace("Lamp is dark", "Lamp is quite dark");
    place.write("bugs.md", retitled);
    leave_unsaved(&place, |report| {
        Draft::new(Kind::Reclassified, report.find("BUG-1").unwrap().into(), Set::severity(LevelId(3)))
    });
    let counts = |args: &[&str]| {
        let (document, _) = answer(&place, &[&["--to", "summary"], args].concat());
        let part = &parts(&document)["Re-classification"];
        let rows = part.lines().filter(|line| line.starts_with("| ") && !line.contains("Severity"));
        let rows: Vec<String> = rows.map(|row| row.trim_matches(['|', ' ']).replace(" | ", " ")).collect();
        (rows.join(", "), document)
    };
    let (rows, document) = counts(&[]);
    assert_eq!(rows, "P0 1 0, P1 1 1, P2 0 0, P3 0 1");
    assert!(document.contains("**1 bug P0 → P3.**"), "{document}");
    let (rows, document) = counts(&["--by", "ada"]);
    assert_eq!(rows, "P0 1 0, P1 1 1, P2 0 0, P3 0 1");
    assert!(document.contains("**1 bug P0 → P2.**"), "{document}");
    place.write(".regrade.yaml", "methodology: {levels: {P0: {key: S1}}}\n");
    let (rows, document) = counts(&[]);
    assert_eq!(rows, "S1 1 0, P1 1 1, P2 0 0, P3 0 1");
    assert!(document.contains("**1 bug S1 → P3.**"), "{document}");
}

/// What a desk that was cut off had decided would be missing, or be told as saved.
#[test]
fn what_waits_in_the_journal_is_told_as_not_saved() {
    let place = story();
    let facts = vec![(Fact::Issue, String::from("Clocks differ")), (Fact::Fix, String::from("One clock"))];
    leave_unsaved(&place, |_| Draft::telling(Kind::Fixed, facts));
    let before = place.files();
    let lines = export(&place, &["--to", "jsonl", "--by", "ben"]);
    let told: Value = serde_json::from_str(&lines).unwrap();
    assert_eq!(
        (&told["saved"], &told["details"][1]["text"]),
        (&Value::from(false), &Value::from("One clock"))
    );
    assert!(export(&place, &["--to", "yaml", "--by", "ben"]).ends_with("\nsaved: false\n"));
    assert_eq!(answer(&place, &["--to", "jsonl", "--by", "ben", "--saved"]).0, "");
    let document = export(&place, &["--to", "summary"]);
    assert!(
        document.contains("10, 1 of them not saved yet") && document.contains("3. One clock"),
        "{document}"
    );
    assert_eq!(place.files(), before);
}

/// A disk that answers cannot be waited for.
#[test]
fn a_folder_that_is_not_there_is_told_with_what_to_do() {
    let said = story().run(&["export", "bugs.md", "--to", "csv", "-o", "nowhere/x.csv"]);
    assert!(said.code == 2 && said.err.contains("nowhere"), "{said:?}");
    assert!(
        said.err.ends_with("  hint: its folder is not there: make that first, or name one that is\n"),
        "{said:?}"
    );
}

#[test]
fn a_file_is_written_whole_and_over_another_only_when_told() {
    let place = story();
    let out = ["export", "bugs.md", "--to", "csv", "-o", "out.csv"];
    place.done(&out);
    let text = place.read("out.csv");
    assert_eq!(text, export(&place, &["--to", "csv", "-o", "-"]));
    let said = place.run(&out);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("say --force"), "{}", said.err);
    assert_eq!(place.run(&[out.as_slice(), &["--force", "--kind", "note"]].concat()).code, 0);
    assert_eq!(place.read("out.csv").lines().count(), 1);
    for own in ["bugs.md", "bugs.deviations.yaml", "./bugs.md"] {
        let before = place.files();
        assert_eq!(place.run(&["export", "bugs.md", "--to", "csv", "-o", own, "--force"]).code, 1);
        assert_eq!(place.files(), before);
    }
}

/// What `--force` writes over is another export, never somebody's report.
#[test]
fn no_other_report_is_written_over_but_exports_that_list_bugs_are() {
    let place = story();
    place.write("other.md", REPORT);
    for format in ["summary", "csv", "template"] {
        let said = place.run(&["export", "bugs.md", "--to", format, "-o", "other.md", "--force"]);
        let told = "other.md: the export would take the place of a report of 33 bugs\n  hint: move that away, or name";
        assert!(said.code == 1 && said.err.contains(told), "{format}: {}", said.err);
        assert_eq!(place.read("other.md"), REPORT);
    }
    for format in ["summary", "markdown"] {
        let to = ["export", "bugs.md", "--to", format, "-o", "OUT.md", "--force"];
        place.done(&to);
        let first = place.read("OUT.md");
        place.done(&to);
        assert_eq!(place.read("OUT.md"), first, "{format}");
    }
}

/// A script that reads a table would stumble over an error where there is just nothing yet.
#[test]
fn a_report_on_which_nothing_was_decided_has_an_export_without_rows() {
    let place = Place::with("bugs.md", REPORT);
    for (format, lines) in [("csv", 1), ("json", 1), ("jsonl", 0), ("yaml", 0), ("markdown", 2)] {
        let (text, word) = answer(&place, &["--to", format]);
        assert_eq!(text.lines().count(), lines, "{format}: {text}");
        assert!(word.contains("nothing was decided"), "{format}: {word}");
    }
    let text = answer(&place, &["--to", "json"]).0;
    assert_eq!(serde_json::from_str::<Vec<Value>>(&text).unwrap(), [] as [Value; 0]);
}

/// A summary that lets through what the pipeline stops, or stops what it lets through.
#[test]
fn the_readiness_of_the_summary_is_what_the_gate_of_check_says() {
    let closed = "# Bugs\n\n## A-1: One\n\n- **Severity:** P0\n- **Status:** Resolved in the morning\n\n\
        ## A-2: Two\n\n- **Severity:** P0\n- **Status:** ✅ FIXED (abc)\n";
    let reports =
        [REPORT, closed, &format!("{closed}- **Severity:** P0\n\n## A-3: Three\n\n- **Severity:** P0\n")];
    let places = reports.map(|report| Place::with("bugs.md", report));
    let mut verdicts = Vec::new();
    for place in places.iter().chain([&story()]) {
        let document = answer(place, &["--to", "summary"]).0;
        let part = parts(&document).remove("Production Readiness").unwrap();
        let gate = part.lines().find_map(|line| line.strip_prefix("- **Gate:** `")).unwrap();
        let (gate, verdict) = gate.split_once("` - ").unwrap();
        let (verdict, count) = verdict.split_once(", ").unwrap();
        let said = place.run(&["check", "bugs.md", "--gate", gate]);
        let filter = gate.rsplit_once('=').unwrap().0;
        assert!(said.out.starts_with(&format!("{verdict}  {filter}  {count}")), "{part}\n{}", said.out);
        assert_eq!(said.code, i32::from(part.contains("**Not ready:**")), "{part}\n{}", said.out);
        verdicts.push(said.code);
    }
    assert_eq!((verdicts[0], verdicts[3]), (1, 0));
}
