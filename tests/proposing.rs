//! Decisions that are proposed from a file: kept as suggestions of their authors, accepted or declined at the desk.

mod accepting;
mod again;
mod declining;
mod shown;
mod stale;

use std::collections::BTreeMap;
use std::fs;

use proptest::prelude::*;
use regrade::deviation::{BugRecord, Entry};
use regrade::tui::Step;
use serde_json::Value;

use crate::desk::{Table, flat, keys};
use crate::place::{Place, Said};

const REPORT: &str = "\
# Nightly

### BUG-1: Ticket printer tests
- **Severity:** P0
- **Test:** tests/test_printer.py
- **Error:** `ModuleNotFoundError: No module named 'inkpot'`

### BUG-2: Clock tests
- **Severity:** P0

### BUG-3: Sum of fares
- **Severity:** P0

### BUG-4: It is slow
- **Severity:** P1
- **Status:** Open
";

const PROPOSALS: &str = "\
by: review-agent
decisions:
  - bug: BUG-1
    from: {severity: P0}
    severity: P2
    scope: configuration
    rule: 2
    rationale: A setting that the tool no longer knows.
  - bugs: [BUG-2, BUG-3]
    severity: P1
    scope: test
    rationale: Only the tests need it.
  - {bug: BUG-4, by: Ben <ben@example.org>, note: Seen again on the new machine.}
  - bug: BUG-4
    by: Ben <ben@example.org>
    status: resolved
    fix: Commit 41fa1643
    rationale: Done last week.
";

const OURS: &str =
    "by: review-agent\ndecisions:\n- {bug: BUG-2, severity: P3, rationale: Nobody runs them.}\n";

fn propose(place: &Place, decisions: &str, more: &[&str]) -> Said {
    place.write("decisions.yaml", decisions);
    place.run(&[&["apply", "bugs.md", "decisions.yaml", "--propose"], more].concat())
}

fn place(decisions: &str) -> Place {
    let place = Place::with("bugs.md", REPORT);
    proposed(&place, decisions);
    place
}

/// A desk on a report for which this is proposed.
fn table(decisions: &str) -> Table {
    let table = Table::new(REPORT).sized(140, 40);
    proposed(&table.place, decisions);
    table
}

fn proposed(place: &Place, decisions: &str) {
    let said = propose(place, decisions, &[]);
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{}", said.out);
}

/// What the log says, without what tells keys from commands: what was on screen, and what the policy noted of that.
fn decided(place: &Place) -> Vec<Entry> {
    let bare = |entry: Entry| {
        let bugs = entry.bugs.into_iter().map(|bug| BugRecord { seen: false, ..bug }).collect();
        Entry { id: String::new(), prev: Vec::new(), policy: Vec::new(), bugs, ..entry }
    };
    place.entries().into_iter().map(bare).collect()
}

#[test]
fn what_is_proposed_is_listed_with_its_author_and_replaces_what_the_same_proposed() {
    let place = Place::with("bugs.md", REPORT);
    let said = propose(&place, PROPOSALS, &[]);
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{}", said.out);
    for told in [
        "line 3  BUG-1  proposed  reclassified  (review-agent)\n    BUG-1  severity P0 → P2\n",
        "2 proposals of review-agent are kept\n",
        "2 proposals of Ben <ben@example.org> are kept\n",
        "the desk shows them at their bugs",
    ] {
        assert!(said.out.contains(told), "{told}\n{}", said.out);
    }
    let listed = place.done(&["suggest", "bugs.md"]);
    for told in [
        "BUG-1  P0 → P2 · Configuration  Ticket printer tests\n    proposed by review-agent\n    A setting that",
        "BUG-4  stays P1 · Resolved · Fix: Commit 41fa1643  It is slow\n    proposed by Ben <ben@example.org>\n",
        "BUG-4  a note  It is slow\n",
        "5 suggestions; nothing is applied unasked\n",
    ] {
        assert!(listed.contains(told), "{told}\n{listed}");
    }
    assert!(!listed.contains("missing-module"), "a proposal comes before rules: {listed}");
    let tried = place.done(&["suggest", "bugs.md", "--rule", "missing-module"]);
    assert!(tried.contains("missing-module") && !tried.contains("review-agent"), "{tried}");
    let json = place.done(&["suggest", "bugs.md", "BUG-1", "--json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["by"], &json["rule"]), (&"review-agent".into(), &Value::Null), "{json}");
    assert_eq!((&json["severity"]["to"], &json["deviation_rule"]), (&"P2".into(), &2.into()), "{json}");

    let said = propose(&place, OURS, &["--json"]);
    let json: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(
        json["proposed"][0],
        serde_json::json!({"by": "review-agent", "proposals": 1, "replaces": 2, "declined": 0})
    );
    let said = propose(&place, OURS, &[]);
    assert!(
        said.out.contains("1 proposal of review-agent is kept, in the place of its earlier one\n"),
        "{}",
        said.out
    );
    let listed = place.done(&["suggest", "bugs.md"]);
    assert!(listed.contains("BUG-2  P0 → P3") && !listed.contains("BUG-3"), "{listed}");
    assert!(listed.contains("proposed by Ben") && listed.contains("missing-module"), "{listed}");
    let found = place.done(&["list", "bugs.md", "--filter", "is:suggested"]);
    let is_found = |number| found.contains(&format!("BUG-{number}"));
    assert_eq!([1, 2, 3, 4].map(is_found), [true, true, false, true], "{found}");
}

/// What one makes of a bug is no ground for what another does.
#[test]
fn several_authors_propose_for_the_same_bug_in_one_file() {
    let others = "decisions:\n\
        - {bug: BUG-2, by: bot, severity: P1, rationale: Only the tests need it.}\n\
        - {bug: BUG-2, by: Ben, from: {severity: P0}, severity: P2, rationale: Nobody runs them.}\n\
        - {bug: BUG-2, by: bot, from: {severity: P1}, status: resolved, rationale: Done last week.}\n";
    let table = table(others);
    let listed = table.place.done(&["suggest", "bugs.md", "BUG-2"]);
    for told in ["BUG-2  P0 → P1", "BUG-2  P0 → P2", "BUG-2  –  proposed by bot: waits until"] {
        assert!(listed.contains(told), "{told}\n{listed}");
    }
    let shown = flat(&table.after(&["j"]));
    assert!(
        shown.contains("P0 → P1 — proposed by bot") && shown.contains("also P0 → P2 — proposed by Ben"),
        "{shown}"
    );
    let shown = flat(&table.after(&["ja", "gj"]));
    assert!(shown.contains("stays P1 · Resolved — proposed by bot"), "{shown}");
    assert!(!shown.contains("also") && shown.contains("stale P0 → P2 — proposed by Ben"), "{shown}");
}

#[test]
fn proposals_are_taken_back_by_their_author() {
    let place = place(PROPOSALS);
    let unknown = place.run(&["suggest", "bugs.md", "--forget", "ben"]);
    assert_eq!(unknown.code, 2);
    assert!(
        unknown.err.contains("there are proposals of: Ben <ben@example.org>, review-agent"),
        "{}",
        unknown.err
    );
    let said = place.done(&["suggest", "bugs.md", "--forget", "review-agent"]);
    assert_eq!(said, "2 proposals of review-agent taken back\n");
    let listed = place.done(&["suggest", "bugs.md"]);
    assert!(!listed.contains("review-agent") && listed.contains("proposed by Ben"), "{listed}");
}

/// Whoever proposes must learn what will never be shown, and where it stands.
#[test]
fn what_could_not_be_accepted_is_refused_with_its_place_all_or_nothing() {
    let bad = "decisions:\n\
        - {bug: BUG-1, severity: P1, rationale: Only the tests need it.}\n\
        - {kind: finding, by: bot, text: Nothing of it touches production.}\n\
        - {bug: BUG-1, by: bot, severity: P1, rationale: no}\n\
        - {bug: BUG-9, by: bot, severity: P1, rationale: Only the tests need it.}\n\
        - {bug: BUG-2, by: bot, severity: P1, rationale: Only the tests need it.}\n";
    let place = Place::with("bugs.md", REPORT);
    let said = propose(&place, bad, &[]);
    assert_eq!(said.code, 1);
    for told in [
        "decisions.yaml:2:3: nobody is named who proposes this",
        "decisions.yaml:3:3: this is about the report as a whole, and has no bug to stand at as a suggestion",
        "hint: apply it without --propose",
        "decisions.yaml:4:3: such a decision needs a rationale",
        "decisions.yaml:5:4: no bug is called BUG-9",
        "4 of 5 decisions are refused, none is proposed",
    ] {
        assert!(said.err.contains(told), "{told}\n{}", said.err);
    }
    assert!(said.out.contains("BUG-2  would be proposed"), "{}", said.out);
    assert!(!place.done(&["suggest", "bugs.md"]).contains("bot"));
    let said = propose(&place, bad, &["--partial"]);
    assert_eq!((said.code, said.err.contains("the other is proposed")), (1, true), "{}", said.err);
    assert!(place.done(&["suggest", "bugs.md"]).contains("proposed by bot"));
}

#[test]
fn a_rehearsal_keeps_nothing_and_what_decides_does_not_go_with_proposing() {
    let place = Place::with("bugs.md", REPORT);
    let said = propose(&place, PROPOSALS, &["--dry-run"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("BUG-1  would be proposed"), "{}", said.out);
    assert!(!place.done(&["suggest", "bugs.md"]).contains("review-agent"));
    for with in [&["--commit"][..], &["--override", "agreed with the team"]] {
        let said = propose(&place, PROPOSALS, with);
        assert_eq!(said.code, 2);
        assert!(said.err.contains("'--propose' cannot be used with"), "{}", said.err);
    }
}

/// A rule that a team has given up would otherwise stand in its log.
#[test]
fn what_is_proposed_is_held_to_the_methodology_when_it_is_looked_at() {
    let place = place(PROPOSALS);
    let methodology = "methodology:\n  only: [rules, scopes]\n  rules: {5: {name: Ours, definition: Ours alone.}}\n  \
                       scopes: {cellar: {name: Cellar}}\n";
    place.write(".regrade.yaml", methodology);
    let listed = place.done(&["suggest", "bugs.md"]);
    for told in [
        "BUG-1  –  proposed by review-agent: the methodology no longer knows rule 2\n",
        "BUG-2  –  proposed by review-agent: the methodology no longer knows scope Test infrastructure\n",
        "BUG-4  a note",
    ] {
        assert!(listed.contains(told), "{told}\n{listed}");
    }
    let named = place.done(&["suggest", "bugs.md", "BUG-1"]);
    assert_eq!(named, "BUG-1  –  proposed by review-agent: the methodology no longer knows rule 2\n");
    let refused = place.run(&["set", "bugs.md", "BUG-2", "--suggested"]);
    assert!(refused.code == 1 && refused.err.contains("nothing is suggested for BUG-2"), "{}", refused.err);
}

#[test]
fn what_cannot_be_read_of_proposals_is_told_by_every_command_about_them() {
    let place = place(PROPOSALS);
    let journals = fs::read_dir(place.path("state/journals")).unwrap().flatten().map(|entry| entry.path());
    let file =
        journals.filter(|path| path.extension().is_some_and(|ending| ending == "proposals")).last().unwrap();
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("{text}{{\"proposal\":9}}\n")).unwrap();
    let trouble = "1 proposal cannot be read, on line 5 of the file of proposals, and left there";
    let json = place.done(&["suggest", "bugs.md", "--json"]);
    let first: Value = serde_json::from_str(json.lines().next().unwrap()).unwrap();
    assert_eq!(first, serde_json::json!({"trouble": trouble}));
    let json: Value = serde_json::from_str(&propose(&place, OURS, &["--json"]).out).unwrap();
    assert_eq!(json["warnings"], serde_json::json!([trouble]));
    assert!(propose(&place, OURS, &[]).out.contains(&format!("! {trouble}\n").replace("line 5", "line 4")));
    let said = place.run(&["suggest", "bugs.md", "--forget", "nobody"]);
    assert!(said.code == 2 && said.err.contains("hint: 1 proposal cannot be read"), "{}", said.err);
    let none = propose(&place, "decisions: []\n", &[]);
    assert!(none.code == 2 && none.err.contains("regrade suggest bugs.md --forget AUTHOR"), "{}", none.err);
}

fn pick(from: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    proptest::sample::select(from)
}

/// A decision of a file, good or bad.
fn item() -> impl Strategy<Value = String> {
    let bugs = pick(&["BUG-1", "BUG-2", "BUG-3", "BUG-4", "BUG-9"]);
    let sets = pick(&[
        "severity: P0",
        "severity: P1",
        "severity: P2, scope: test",
        "scope: production",
        "status: resolved, fix: done",
        "fields: {Owner: Ben}",
        "kind: confirmed",
        "note: looked at",
        "severity: P8",
    ]);
    let whys = pick(&["Only the tests need it.", "no", "\"\\u001b[31m\\u202e and so on and on\""]);
    let authors = pick(&["bot", "Ben <ben@example.org>", "\"\""]);
    (bugs, sets, whys, authors).prop_map(|(bug, set, why, by)| match set.starts_with("note") {
        true => format!("- {{bug: {bug}, {set}, by: {by}}}\n"),
        false => format!("- {{bug: {bug}, {set}, rationale: {why}, by: {by}}}\n"),
    })
}

/// All that is said of a report beside its suggestions, and what is on the disk but proposals.
fn said_of(place: &Place) -> (Vec<Said>, BTreeMap<String, Vec<u8>>) {
    let commands: [&[&str]; 5] = [
        &["list", "bugs.md", "--json"],
        &["check", "bugs.md", "--json"],
        &["log", "bugs.md", "--json"],
        &["export", "bugs.md", "--to", "json"],
        &["show", "bugs.md", "BUG-1", "--json"],
    ];
    let mut files = place.files();
    files.remove("decisions.yaml");
    let journals = fs::read_dir(place.path("state/journals")).into_iter().flatten().flatten();
    let journals = journals.map(|entry| entry.path());
    let journals = journals.filter(|path| path.extension().is_some_and(|ending| ending == "journal"));
    files.extend(journals.map(|path| (path.display().to_string(), fs::read(&path).unwrap())));
    (commands.iter().map(|args| place.run(args)).collect(), files)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_is_only_proposed_changes_anything(
        items in proptest::collection::vec(item(), 1..6),
        is_saved: bool,
        is_pending: bool,
    ) {
        let table = Table::new(REPORT).sized(100, 30);
        let place = &table.place;
        if is_saved {
            place.done(&["set", "bugs.md", "BUG-3", "--severity", "P2", "--rationale", "Saved before it."]);
        }
        if is_pending {
            table.play([keys("j<Enter>"), Step::Settle]);
        }
        let before = said_of(place);
        let said = propose(place, &format!("decisions:\n{}", items.concat()), &["--partial"]);
        prop_assert!(said.code < 2, "{}", said.err);
        prop_assert_eq!(&said_of(place), &before);
        table.play([keys("jjkGgl"), Step::Settle, keys("hA"), Step::Settle, keys("<Esc>"), Step::Settle]);
        prop_assert_eq!(&said_of(place), &before);
    }
}

/// Whoever reviews would have to leave the desk for whoever hands in.
#[test]
fn proposals_and_rehearsals_go_on_while_somebody_has_the_report_open() {
    let table = table(PROPOSALS);
    let mut said = Vec::new();
    let place = &table.place;
    place.write("ours.yaml", OURS);
    let hold = regrade::store::Holder {
        by: "Ben".to_owned(),
        pid: 4711,
        since: jiff::Timestamp::from_second(0).unwrap(),
    };
    let store = regrade::store::Store::new(place.path("state"));
    let held = store.hold(&place.path("bugs.md"), &hold).unwrap();
    assert!(matches!(held, regrade::store::Hold::Ours(_)));
    for more in ["--dry-run", "--propose"] {
        said.push(place.run(&["apply", "bugs.md", "ours.yaml", more]));
    }
    assert!(
        said.iter().all(|said| (said.code, said.err.as_str()) == (0, "")),
        "{} {}",
        said[0].err,
        said[1].err
    );
    assert!(said[1].out.contains("1 proposal of review-agent is kept"), "{}", said[1].out);
    assert_eq!(place.run(&["apply", "bugs.md", "ours.yaml"]).code, 1, "who decides still has it alone");
    drop(held);
    assert!(place.run(&["suggest", "bugs.md"]).out.contains("P0 → P3"));
}
