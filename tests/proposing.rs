//! Decisions that are proposed from a file: kept as suggestions of their authors, accepted or declined at the desk.

use std::collections::BTreeMap;
use std::fs;

use proptest::prelude::*;
use regrade::app::Leaving;
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

#[test]
fn the_desk_shows_who_proposes_what_and_why() {
    let table = table(PROPOSALS);
    let shown = table.opened();
    for said in [
        "proposed P0 → P2 · Configuration — proposed by review-agent",
        "A setting that the tool no longer knows.",
        "Tab accept · E edit · A all alike · Backspace decline",
    ] {
        assert!(flat(&shown).contains(said), "{shown}");
    }
    assert!(!shown.contains("suggests"), "{shown}");
    let both = flat(&table.after(&["G"]));
    assert!(
        both.contains("proposed a note — proposed by Ben") && both.contains("also stays P1 · Resolved"),
        "{both}"
    );
    let found = self::table(OURS).after(&["/is:suggested<Enter>"]);
    assert!(
        found.contains("BUG-1 P0") && found.contains("BUG-2 P0") && !found.contains("BUG-3 P0"),
        "{found}"
    );
    let said = table.listen([keys("l")]);
    assert!(said.contains("proposed by review-agent") && said.contains("A setting that the tool"), "{said}");
    assert_eq!((table.report().as_str(), table.log().as_str()), (REPORT, ""));
}

/// What is accepted by keys would otherwise be another review than the one that was proposed.
#[test]
fn accepting_what_is_proposed_makes_of_report_and_log_what_applying_it_does() {
    let (keyed, applied) = (table(PROPOSALS), Place::with("bugs.md", REPORT));
    applied.write("decisions.yaml", PROPOSALS);
    applied.done(&["apply", "bugs.md", "decisions.yaml"]);
    let shown = keyed.after(&["a"]);
    assert!(shown.contains("BUG-1 P0→P2 · Configuration · as review-agent proposes"), "{shown}");
    let shown = keyed.after(&["jA"]);
    for said in ["2 bugs", "as review-agent proposes", "Only the tests need it."] {
        assert!(shown.contains(said), "{said}\n{shown}");
    }
    keyed.after(&["jA", "<Enter>", "G<Tab>", "G<Tab>", "w"]);
    assert_eq!(keyed.report(), applied.read("bugs.md"));
    assert_eq!(decided(&keyed.place), decided(&applied));
    assert_eq!(decided(&applied)[0].suggested_by.as_deref(), Some("review-agent"));
    let left = keyed.place.done(&["suggest", "bugs.md"]);
    assert_eq!(left, "nothing to suggest\n", "what is accepted is neither suggested nor stale");

    let commanded = place(PROPOSALS);
    commanded.done(&["set", "bugs.md", "BUG-1", "--suggested"]);
    commanded.done(&["set", "bugs.md", "BUG-2", "BUG-3", "--suggested"]);
    commanded.done(&["set", "bugs.md", "BUG-4", "--suggested"]);
    commanded.done(&["set", "bugs.md", "BUG-4", "--suggested"]);
    assert_eq!(commanded.read("bugs.md"), applied.read("bugs.md"));
    assert_eq!(decided(&commanded), decided(&applied));
}

#[test]
fn the_log_says_who_proposed_what_was_decided() {
    let table = table(PROPOSALS);
    let shown = table.after(&["a", "L"]);
    assert!(shown.contains("proposed by review-agent"), "before a save: {shown}");
    table.after(&["w"]);
    let shown = table.after(&["L"]);
    assert!(shown.contains("rule 2 · proposed by review-agent"), "{shown}");
    let said = table.place.done(&["log", "bugs.md"]);
    assert!(said.contains("reclassified  rule 2  proposed by review-agent\n"), "{said}");
    let shown = table.after(&["g"]);
    assert!(shown.contains("proposed by review-agent"), "at the bug: {shown}");
}

#[test]
fn what_is_declined_stays_declined_bug_by_bug_and_lets_the_next_speak() {
    let table = table(PROPOSALS);
    let shown = table.after(&["<Backspace>"]);
    assert!(shown.contains("1 suggestion declined, BUG-1"), "{shown}");
    assert!(shown.contains("suggests") && !shown.contains("proposed by"), "the rule is next: {shown}");
    let shown = table.after(&["j<Backspace>"]);
    assert!(!flat(&shown).contains("proposed by"), "{shown}");
    assert!(table.after(&["jj"]).contains("proposed by review-agent"), "the other bug of the same");
    let listed = table.place.done(&["suggest", "bugs.md"]);
    assert!(listed.contains("2 suggestions are declined and left out"), "{listed}");
    assert!(!listed.contains("BUG-2"), "{listed}");
    let named = table.place.done(&["suggest", "bugs.md", "BUG-2"]);
    let declined = "declined by Ada Example, 2026-02-11 20:25:48Z";
    let what = "P0 → P1 · Test infrastructure — Only the tests need it.";
    assert_eq!(named, format!("BUG-2  –  proposed by review-agent: {declined}\n    {what}\n"));
    let json = table.place.done(&["suggest", "bugs.md", "BUG-2", "--json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    let told = serde_json::json!({
        "handle": "BUG-2", "by": "review-agent", "miss": "declined",
        "declined_by": "Ada Example <ada@example.org>", "declined_at": "2026-02-11T20:25:48Z",
        "kind": "reclassified", "severity": {"from": "P0", "to": "P1"}, "scope": "test",
        "status": null, "rationale": "Only the tests need it.",
    });
    assert_eq!(json, told);
    assert!(!table.place.done(&["list", "bugs.md", "--filter", "is:suggested"]).contains("BUG-2"));
    proposed(&table.place, PROPOSALS);
    assert!(!table.after(&["j"]).contains("proposed by"), "proposed anew");
    let shown = table.after(&["j<Backspace>"]);
    assert!(shown.contains("declined already — U brings it back"), "{shown}");
    let shown = table.after(&["jU"]);
    assert!(shown.contains("1 suggestion back, BUG-2") && shown.contains("proposed by"), "{shown}");
    assert_eq!((table.report().as_str(), table.log().as_str()), (REPORT, ""));
}

/// Each press is about what is on screen then, and the way back is the same way.
#[test]
fn what_is_suggested_for_a_bug_is_declined_one_after_the_other_and_comes_back_so() {
    let table = table(PROPOSALS);
    let steps = ["<Backspace>", "<Backspace>", "<Backspace>", "U", "U"];
    let shown = steps.map(|key| [keys(key), Step::Settle, Step::Screenshot]).concat();
    let (_, screens) = table.play(shown);
    let says = |at: usize, said: &str| assert!(screens[at].contains(said), "{at} {said}\n{}", screens[at]);
    says(0, "1 suggestion declined, BUG-1; what else is suggested is next — U brings it back");
    says(0, "suggests  P0 → P1 · Test infrastructure");
    says(1, "1 suggestion declined, BUG-1 — U brings it back");
    says(2, "declined already — U brings it back");
    says(3, "suggests  P0 → P1 · Test infrastructure");
    says(4, "proposed  P0 → P2 · Configuration");
    assert!(!flat(&screens[1]).contains("Tab accept"), "{}", screens[1]);
}

/// All that is declined for a bug would come back at once.
#[test]
fn what_was_declined_last_is_known_after_a_save_and_a_reading() {
    for keeps in ["w", "R"] {
        let table = table(PROPOSALS);
        let decided = "G2Only the tests need it.<Enter>";
        let shown = table.after(&["<Backspace>", "<Backspace>", decided, keeps, "g", "U"]);
        assert!(shown.contains("1 suggestion back, BUG-1") && shown.contains("suggests"), "{shown}");
        let shown = table.after(&["U"]);
        assert!(shown.contains("1 suggestion back, BUG-1") && shown.contains("proposed"), "{shown}");
    }
}

#[test]
fn a_long_author_is_named_in_full_where_there_is_room() {
    let by = "the-review-agent-of-the-night-shift";
    let table = Table::new(REPORT).sized(80, 20);
    proposed(
        &table.place,
        &format!("by: {by}\ndecisions:\n- {{bug: BUG-2, severity: P3, rationale: Nobody runs them.}}\n"),
    );
    let shown = table.after(&["j"]);
    assert!(shown.contains(&format!(" Tab P0 → P3 ({by})  E edit")), "{shown}");
}

#[test]
fn all_of_an_item_is_accepted_from_a_bug_that_it_was_accepted_for() {
    let table = table(PROPOSALS);
    let shown = table.after(&["ja", "k", "<Tab>"]);
    assert!(shown.contains("BUG-2 is decided already; A accepts the same for 1 more bug"), "{shown}");
    let shown = table.after(&["jA"]);
    assert!(shown.contains("BUG-3  P0 Critical → P1 High"), "{shown}");
    table.after(&["jA", "<Enter>", "w"]);
    assert_eq!(table.log().matches("suggested-by: review-agent").count(), 2, "{}", table.log());
    assert!(table.after(&["jA"]).ends_with("! BUG-2 is decided already"));
}

/// Of several that wait, those beneath would show through at the edges.
#[test]
fn of_decisions_to_be_looked_at_one_after_the_other_one_is_shown() {
    let table = table(PROPOSALS).sized(100, 30);
    let shown = table.after(&["*", "<Tab>"]);
    assert!(shown.contains(" Reclassify · 1 of 3 "), "{shown}");
    assert_eq!(shown.matches("─ rationale").count(), 1, "{shown}");
    assert_eq!(shown.matches(" of 3 ").count(), 1, "{shown}");
    let shown = table.after(&["*", "<Tab>", "<Enter>"]);
    assert!(shown.contains(" · 2 of 3 "), "{shown}");
    assert!(table.after(&["*<Tab>", "<Alt-s>"]).contains("What does it really affect?"));
}

/// Seven presses would be needed to leave what nobody wants to decide, and each could be one too many.
#[test]
fn escape_leaves_all_that_wait_to_be_looked_at_and_nothing_that_was_decided() {
    let table = table(PROPOSALS).sized(100, 30);
    let shown = table.after(&["*", "<Tab>"]);
    assert!(shown.contains("Esc leave the rest"), "{shown}");
    let shown = table.after(&["*", "<Tab>", "<Esc>"]);
    assert!(shown.contains("3 of 3 left undecided") && !shown.contains("rationale"), "{shown}");
    let shown = table.after(&["*", "<Tab>", "<Enter>", "<Esc>"]);
    assert!(shown.contains("2 of 3 left undecided; what was decided before stays"), "{shown}");
    assert!(shown.contains("1 unsaved") && !shown.contains("─ rationale"), "{shown}");
}

/// A proposal would otherwise be a way around what the policy asks.
#[test]
fn the_policy_speaks_where_a_proposal_is_accepted() {
    let raised =
        "by: bot\ndecisions:\n- {bug: BUG-4, severity: P0, scope: test, rationale: It holds up the team.}\n";
    let table = Table::new(REPORT).sized(140, 40);
    let said = propose(&table.place, raised, &[]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("policy production-only"), "{}", said.out);
    let shown = table.after(&["Ga"]);
    assert!(shown.contains("The policy warns"), "{shown}");
    assert!(table.after(&["Ga<Esc>w"]).contains("nothing to save"));
    table.after(&["Ga", "agreed with the team<Enter>", "w"]);
    let log = table.log();
    for said in ["guard: production-only, reason: agreed with the team", "suggested-by: bot"] {
        assert!(log.contains(said), "{log}");
    }
    let blocks = "methodology: {policy: {never: {act: block, message: Never., when: {severity: P0}}}}\n";
    let place = Place::with("bugs.md", REPORT);
    place.write(".regrade.yaml", blocks);
    let said = propose(&place, raised, &[]);
    assert!(said.code == 1 && said.err.contains("decisions.yaml:3:3: never: Never."), "{}", said.err);
}

#[test]
fn a_proposal_is_stale_once_its_bug_stands_otherwise_and_comes_back_with_an_undo() {
    let place = place(PROPOSALS);
    place.done(&["set", "bugs.md", "BUG-1", "--severity", "P3", "--rationale", "Nobody prints tickets."]);
    let listed = place.done(&["suggest", "bugs.md"]);
    let told = "1 proposal is stale and left out: its bug stands otherwise now, or is decided since\n    \
        BUG-1  P0 → P2 · Configuration — A setting that the tool no longer knows.  (review-agent)\n";
    assert!(listed.matches("BUG-1").count() == 1 && listed.contains(told), "{listed}");
    let named = place.done(&["suggest", "bugs.md", "BUG-1"]);
    assert!(named.starts_with("BUG-1  –  proposed by review-agent: stale"), "{named}");
    assert!(
        named.ends_with("\n    P0 → P2 · Configuration — A setting that the tool no longer knows.\n"),
        "{named}"
    );
    place.done(&["undo", "bugs.md"]);
    assert!(place.done(&["suggest", "bugs.md"]).contains("BUG-1  P0 → P2"));
    place.write("bugs.md", REPORT.replace("BUG-1: Ticket", "BUG-77: Ticket"));
    let listed = place.done(&["suggest", "bugs.md"]);
    assert!(
        listed.ends_with("BUG-1  –  proposed by review-agent: the report no longer has it\n"),
        "{listed}"
    );
    let json = place.done(&["suggest", "bugs.md", "--json"]);
    let last: Value = serde_json::from_str(json.lines().last().unwrap()).unwrap();
    let lost = serde_json::json!(
        {"handle": "BUG-1", "by": "review-agent", "miss": "the report no longer has it"}
    );
    assert_eq!(last, lost);
}

/// An agent that sends its file again must not be refused for what was done as it said, nor take the way back from whoever
/// did it.
#[test]
fn what_is_accepted_and_proposed_again_stays_as_it_was_and_comes_back_with_an_undo() {
    let place = place(PROPOSALS);
    place.done(&["set", "bugs.md", "BUG-1", "--suggested"]);
    place.done(&["set", "bugs.md", "BUG-2", "--suggested"]);
    let again = PROPOSALS.replace("A setting that the tool", "It is a setting that the tool");
    let said = propose(&place, &again, &["--dry-run", "--json"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let json: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!((&json["kept"], &json["saved"], &json["log"]), (&false.into(), &Value::Null, &Value::Null));
    assert_eq!(json["proposed"].as_array().unwrap().len(), 2, "{json}");
    let fates: Vec<&str> =
        json["decisions"].as_array().unwrap().iter().filter_map(|row| row["fate"].as_str()).collect();
    assert_eq!(fates, ["accepted", "ok", "ok", "ok"]);
    let said = propose(&place, &again, &[]);
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{}", said.out);
    assert!(
        said.out.contains("line 3  BUG-1  accepted already  reclassified  (review-agent)\n"),
        "{}",
        said.out
    );
    let partly =
        "line 9  BUG-2, BUG-3  proposed  reclassified  (review-agent)\n    BUG-3  severity P0 → P1\n";
    assert!(said.out.contains(partly) && said.out.contains("    BUG-2  accepted already\n"), "{}", said.out);
    assert!(said.out.contains("2 proposals of review-agent are kept, in the place of its 2"), "{}", said.out);
    let listed = place.done(&["suggest", "bugs.md"]);
    assert!(
        listed.contains("BUG-3  P0 → P1") && !listed.contains("BUG-1") && !listed.contains("BUG-2"),
        "{listed}"
    );
    place.done(&["undo", "bugs.md"]);
    place.done(&["undo", "bugs.md"]);
    let listed = place.done(&["suggest", "bugs.md"]);
    assert!(listed.contains("BUG-1  P0 → P2") && listed.contains("BUG-2  P0 → P1"), "{listed}");
    place.done(&[
        "set",
        "bugs.md",
        "BUG-1",
        "BUG-2",
        "BUG-3",
        "--severity",
        "P1",
        "--rationale",
        "By hand, all of it.",
    ]);
    place.done(&[
        "set",
        "bugs.md",
        "BUG-2",
        "BUG-3",
        "--scope",
        "test",
        "--rationale",
        "By hand, all of it.",
    ]);
    let said = propose(&place, &again, &[]);
    assert!(said.code == 1 && said.err.contains("this is stale"), "what nobody accepted: {}", said.err);
    assert!(said.out.contains("BUG-2, BUG-3  so already"), "{}", said.out);
}

/// An item that was taken apart by being sent again could no longer be accepted for all its bugs at once.
#[test]
fn what_is_accepted_for_a_part_of_its_bugs_and_sent_again_stays_one() {
    let place = place(PROPOSALS);
    place.done(&["set", "bugs.md", "BUG-2", "--suggested"]);
    proposed(&place, PROPOSALS);
    place.done(&["undo", "bugs.md"]);
    place.done(&["set", "bugs.md", "BUG-2", "BUG-3", "--suggested"]);
}

/// What an author has once proposed could otherwise never be proposed again.
#[test]
fn what_was_accepted_and_set_otherwise_by_hand_is_proposed_anew() {
    let one = |from: &str| {
        let item = "severity: P2, rationale: Only a setting.";
        format!("by: bot\ndecisions:\n- {{bug: BUG-1, from: {{severity: {from}}}, {item}}}\n")
    };
    let place = place(&one("P0"));
    place.done(&["set", "bugs.md", "BUG-1", "--suggested"]);
    place.done(&["set", "bugs.md", "BUG-1", "--severity", "P1", "--rationale", "Prints nothing at all."]);
    proposed(&place, &one("P1"));
    assert!(place.done(&["suggest", "bugs.md"]).contains("BUG-1  P1 → P2"));
}

/// An export of a log in which all is taken back proposes nothing.
#[test]
fn who_has_taken_all_of_it_back_proposes_nothing_any_more() {
    let source = Place::with("bugs.md", REPORT);
    source.done(&["set", "bugs.md", "BUG-3", "--severity", "P3", "--rationale", "Nobody runs them."]);
    let exported = |source: &Place| source.done(&["export", "bugs.md", "--to", "yaml"]);
    let place = Place::with("bugs.md", REPORT);
    proposed(&place, &exported(&source));
    assert!(place.done(&["suggest", "bugs.md"]).contains("BUG-3  P0 → P3"));
    source.done(&["undo", "bugs.md"]);
    let said = propose(&place, &exported(&source), &[]);
    let told = "is proposed any more, in the place of its earlier one";
    assert!(said.code == 0 && said.out.contains(told), "{}", said.out);
    assert!(!place.done(&["suggest", "bugs.md"]).contains("BUG-3"));
}

/// A save changes the text by which two that are called alike are told.
#[test]
fn bugs_that_are_called_alike_keep_what_is_proposed_for_them_through_a_save() {
    let bug = |file: &str| format!("### BUG-1: Crash\n- **Severity:** P0\n- **File:** {file}\n\n");
    let slow = "### GH#14: Slow\n- **Severity:** P0\n";
    let place = Place::with("bugs.md", format!("# Nightly\n\n{}{}{slow}", bug("a.py"), bug("b.py")));
    let both = "by: bot\ndecisions:\n\
        - {bugs: [BUG-1, 'BUG-1#2', 'GH#14'], severity: P2, rationale: Only the tests need it.}\n\
        - {bugs: [BUG-1, 'BUG-1#2'], status: deferred, rationale: There is time until then.}\n";
    proposed(&place, both);
    place.done(&["set", "bugs.md", "BUG-1#2", "GH#14", "--suggested"]);
    let listed = place.done(&["suggest", "bugs.md"]);
    for told in ["BUG-1  P0 → P2", "BUG-1#2  stays P2 · Deferred"] {
        assert!(listed.contains(told), "{told}\n{listed}");
    }
    assert!(!listed.contains("no longer has"), "{listed}");
    let said = propose(&place, both, &[]);
    assert!(said.code == 0 && said.out.contains("    BUG-1#2  accepted already"), "{}", said.out);
}

#[test]
fn who_proposes_anew_what_was_declined_is_told() {
    let table = table(PROPOSALS);
    table.after(&["<Backspace>"]);
    let said = propose(&table.place, &PROPOSALS.replace("A setting that", "Once more, a setting that"), &[]);
    let told = "2 proposals of review-agent are kept, in the place of its 2 earlier ones\n    \
                for 1 bug the same was declined before, and stays declined\n";
    assert!(said.code == 0 && said.out.contains(told), "{}", said.out);
    let row = "BUG-1  declined before by Ada Example, and stays so";
    assert!(said.out.contains(row) && said.out.contains("BUG-2"), "{}", said.out);
    let json = propose(&table.place, PROPOSALS, &["--json"]).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let of = |bug: &str| {
        let all = json["decisions"].as_array().unwrap();
        all.iter().find(|row| row["bugs"][0] == bug).map(|row| (row["fate"].clone(), row["declined"].clone()))
    };
    assert_eq!(of("BUG-1"), Some(("declined".into(), serde_json::json!(["BUG-1"]))));
    assert_eq!(of("BUG-2"), Some(("ok".into(), serde_json::Value::Null)));
    assert_eq!(json["decisions"][0]["declined_by"], serde_json::json!(["Ada Example <ada@example.org>"]));
    let dry = propose(&table.place, PROPOSALS, &["--dry-run"]).out;
    let told = "2 proposals of review-agent would be kept, in the place of its 2 earlier ones\n    for 1 bug the same";
    assert!(dry.contains(told), "{dry}");
    let listed = table.place.done(&["suggest", "bugs.md", "BUG-1"]);
    assert!(listed.contains("BUG-1  –  proposed by review-agent: declined"), "{listed}");
}

/// What somebody declined right before they left would be suggested again.
#[test]
fn what_is_declined_while_somebody_hands_in_is_kept_where_the_desk_is_left_at_once() {
    for (leave, left) in [("", Leaving::Forced), ("q", Leaving::Quietly)] {
        let table = table(PROPOSALS);
        let held = hold_proposals(&table.place);
        let let_go = std::thread::spawn(move || {
            std::thread::sleep(std::time::Duration::from_millis(300));
            drop(held);
        });
        let steps = [Step::Burst(format!("<Backspace>{leave}")), Step::Settle];
        let steps = steps.into_iter().take(if leave.is_empty() { 1 } else { 2 });
        let (leaving, _) = table.play(steps);
        let_go.join().unwrap();
        assert_eq!(leaving, left);
        let named = table.place.done(&["suggest", "bugs.md", "BUG-1"]);
        assert!(named.contains("proposed by review-agent: declined by Ada Example"), "{named}");
    }
}

/// Has the lock of whoever hands in proposals until that is dropped.
fn hold_proposals(place: &Place) -> fs::File {
    let files = fs::read_dir(place.path("state/journals")).unwrap().map(|file| file.unwrap().path());
    let file = files.into_iter().find(|file| file.extension().is_some_and(|end| end == "proposing"));
    let file = fs::File::open(file.expect("something is proposed")).unwrap();
    file.lock().unwrap();
    file
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

/// A remark is nothing but its words.
#[test]
fn another_reason_leaves_the_author_of_a_proposal_and_other_words_of_a_note_do_not() {
    let place = place(PROPOSALS);
    place.done(&["set", "bugs.md", "BUG-1", "--suggested", "--rationale", "The tool has renamed it."]);
    place.done(&["set", "bugs.md", "BUG-4", "--suggested", "--rationale", "Seen on both machines."]);
    let by =
        decided(&place).into_iter().map(|entry| (entry.rationale, entry.suggested_by)).collect::<Vec<_>>();
    let expected = [("The tool has renamed it.", Some("review-agent")), ("Seen on both machines.", None)];
    assert_eq!(by, expected.map(|(why, by)| (why.to_owned(), by.map(str::to_owned))));
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
    assert!(none.code == 2 && none.err.contains("regrade suggest REPORT --forget AUTHOR"), "{}", none.err);
}

#[test]
fn undo_and_redo_take_what_is_proposed_with_them() {
    let table = table(PROPOSALS);
    let shown = table.after(&["a", "u"]);
    assert!(shown.contains("proposed by review-agent") && shown.contains("undone: BUG-1"), "{shown}");
    let shown = table.after(&["a", "u", "<Ctrl-r>", "g"]);
    assert!(!shown.contains("Tab accept"), "{shown}");
    let shown = table.after(&["w", "g"]);
    assert!(!shown.contains("Tab accept"), "{shown}");
    let shown = table.after(&["u", "w", "g"]);
    assert!(shown.contains("Tab accept"), "a saved decision that is taken back: {shown}");
}

/// Where a decision is opened to be looked at, what somebody makes of it is not what was proposed.
#[test]
fn another_scope_is_no_longer_what_was_proposed_and_its_own_is_again() {
    let table = table(PROPOSALS);
    let (own, theirs) =
        ("no longer what review-agent proposes: recorded as your own", "as review-agent proposes");
    let shown = table.after(&["jA", "<Alt-s>p"]);
    assert!(shown.contains(own) && !shown.contains(theirs), "{shown}");
    let shown = table.after(&["jA", "<Alt-s>p", "<Alt-s>t"]);
    assert!(!shown.contains(own) && shown.contains(theirs), "{shown}");
    let narrow = self::table(PROPOSALS).sized(40, 12);
    let shown = flat(&narrow.after(&["jA", "<Alt-s>p"]));
    assert!(
        shown.contains("no longer what review-agent") && shown.contains("recorded as your own"),
        "{shown}"
    );
    table.after(&["jA", "<Alt-s>p<Enter>", "<Enter>", "w"]);
    let log = table.log();
    assert!(log.contains("to: production") && !log.contains("suggested-by"), "{log}");
}

/// Mending a typing error takes nothing away from whoever proposes; a note is nothing but its words.
/// Only Esc would help, which leaves the proposal out.
#[test]
fn a_proposed_note_is_recorded_as_proposed_after_its_scope_is_taken_back() {
    let table = table("by: review-agent\ndecisions:\n- {bug: BUG-4, note: Seen again on the new machine.}\n");
    let taken = table.after(&["GA", "<Alt-s>t<Alt-s>-"]);
    assert!(taken.contains("as review-agent proposes") && taken.contains("Note"), "{taken}");
    table.after(&["GA", "<Alt-s>t<Alt-s>-<Enter>", "w"]);
    let log = table.log();
    assert!(log.contains("kind: note\n") && log.contains("suggested-by: review-agent\n"), "{log}");
}

#[test]
fn words_and_rule_are_mended_without_taking_the_credit_but_for_a_note() {
    let table = table(PROPOSALS);
    table.after(&["jA", "<End> Quite so.<Alt-2>", "<Enter>", "w"]);
    let log = table.log();
    assert!(log.contains("suggested-by: review-agent") && log.contains("Quite so."), "{log}");
    assert!(log.contains("rule: 2"), "{log}");
    let shown = table.after(&["GA", "<End> Twice."]);
    assert!(shown.contains("no longer what Ben proposes: recorded as your own"), "{shown}");
    table.after(&["GA", "<End> Twice.", "<Enter>", "w"]);
    assert!(table.log().contains("Twice.") && !table.log().contains("suggested-by: Ben"), "{}", table.log());
}

#[test]
fn proposals_wait_for_a_report_that_is_renamed_and_come_back_with_its_name() {
    let place = place(PROPOSALS);
    fs::rename(place.path("bugs.md"), place.path("other.md")).unwrap();
    assert!(!place.done(&["suggest", "other.md"]).contains("review-agent"));
    fs::rename(place.path("other.md"), place.path("bugs.md")).unwrap();
    assert!(place.done(&["suggest", "bugs.md"]).contains("review-agent"));
}

/// A part that was accepted would be gone with the rest that is refused.
#[test]
fn what_is_accepted_of_an_item_stays_where_the_rest_is_refused() {
    let item = "by: bot\ndecisions:\n\
        - {bugs: [BUG-2, BUG-3], from: {severity: P0}, severity: P2, rationale: Only the tests need it.}\n\
        - {bug: BUG-4, status: resolved, rationale: Done last week.}\n";
    let place = place(item);
    place.done(&["set", "bugs.md", "BUG-2", "--suggested"]);
    place.done(&["set", "bugs.md", "BUG-3", "--severity", "P1", "--rationale", "One of them is paid for."]);
    let said = propose(&place, item, &["--partial"]);
    assert!(said.code == 1 && said.err.contains("the severity of BUG-3 is no longer P0"), "{}", said.err);
    let said = propose(&place, item, &["--partial"]);
    assert!(said.err.contains("the severity of BUG-3 is no longer P0"), "as before: {}", said.err);
    place.done(&["undo", "bugs.md"]);
    place.done(&["undo", "bugs.md"]);
    assert!(place.done(&["suggest", "bugs.md"]).contains("BUG-2  P0 → P2"));
}

/// An item names many bugs, and some are as it would have them.
#[test]
fn a_bug_that_has_it_already_gets_no_suggestion_and_needs_an_author_all_the_same() {
    let place = place(
        "by: bot\ndecisions:\n- {bugs: [BUG-3, BUG-4], severity: P1, rationale: Only the tests need it.}\n",
    );
    let listed = place.done(&["suggest", "bugs.md"]);
    assert!(listed.contains("BUG-3  P0 → P1") && !listed.contains("BUG-4"), "{listed}");
    let nobody = "decisions:\n- {bug: BUG-4, severity: P1, rationale: Only the tests need it.}\n";
    let said = propose(&place, nobody, &[]);
    assert!(said.code == 1 && said.err.contains("nobody is named who proposes this"), "{}", said.err);
}

/// Whoever declines the first would never see the second.
#[test]
fn what_another_item_gives_as_well_is_proposed_by_itself() {
    let table = table(
        "by: bot\ndecisions:\n\
         - {bug: BUG-2, severity: P2, scope: test, rationale: Only the tests need it.}\n\
         - {bug: BUG-2, severity: P2, rationale: Nothing breaks.}\n",
    );
    table.after(&["j<Backspace>"]);
    assert!(table.place.done(&["suggest", "bugs.md"]).contains("BUG-2  P0 → P2  Clock tests"));
}

/// A chain of one author was accepted as it was sent.
#[test]
fn what_the_same_author_changed_again_is_accepted_all_the_same() {
    let chain = "by: bot\ndecisions:\n\
        - {bug: BUG-4, from: {status: open}, status: in progress, rationale: Somebody is at it.}\n\
        - {bug: BUG-4, from: {status: in progress}, status: resolved, rationale: Done last week.}\n";
    let place = place(chain);
    place.done(&["set", "bugs.md", "BUG-4", "--suggested"]);
    place.done(&["set", "bugs.md", "BUG-4", "--suggested"]);
    let said = propose(&place, chain, &[]);
    assert_eq!((said.code, said.out.matches("accepted already").count()), (0, 2), "{}{}", said.out, said.err);
}

/// What a reviewer wrote behind a status would be gone with a proposal that says nothing of it.
#[test]
fn a_status_that_is_proposed_without_a_remark_leaves_a_bug_its_own() {
    let report =
        format!("{REPORT}\n### BUG-5: It rusts\n- **Severity:** P1\n- **Status:** ✅ FIXED - in main\n");
    let place = Place::with("bugs.md", report);
    let done_last_week = "by: bot\ndecisions:\n\
        - {bugs: [BUG-4, BUG-5], severity: P2, status: resolved, rationale: Done last week.}\n";
    assert_eq!(propose(&place, done_last_week, &[]).code, 0);
    for bug in ["BUG-4", "BUG-5"] {
        place.done(&["set", "bugs.md", bug, "--suggested"]);
    }
    let decided = place.read("bugs.md");
    assert!(decided.contains("- **Status:** ✅ FIXED - in main\n"), "{decided}");
    assert!(decided.contains("- **Status:** ✅ FIXED\n"), "{decided}");
    let again = propose(&place, done_last_week, &[]);
    assert!(again.code == 0 && again.out.contains("accepted already"), "{}{}", again.out, again.err);
    let status = "by: other\ndecisions:\n- {bug: BUG-5, status: resolved, rationale: Done last week.}\n";
    let said = propose(&place, status, &[]);
    assert!(said.code == 0 && said.out.contains("BUG-5  so already"), "{}{}", said.out, said.err);
}

/// A later day is another proposal.
#[test]
fn another_day_is_proposed_anew_and_the_same_is_known_again_the_day_after() {
    let until = |day: &str| {
        format!("by: bot\ndecisions:\n- {{bug: BUG-4, until: {day}, rationale: There is time until then.}}\n")
    };
    let place = place(&until("2026-12-24"));
    place.done(&["set", "bugs.md", "BUG-4", "--suggested"]);
    assert!(propose(&place, &until("2026-12-24"), &[]).out.contains("accepted already"));
    proposed(&place, &until("2027-06-01"));
    assert!(place.done(&["suggest", "bugs.md"]).contains("2027-06-01"));
}

/// An undo would change the other of two that are called alike.
#[test]
fn of_twins_in_sections_the_one_that_was_moved_comes_back() {
    let report = "# Nightly\n\n## High\n\n### Crash on start\n\nFirst text.\n\n## Medium\n\n### Crash on start\n\n\
                  Second text.\n\n## Low\n\n### Other thing\n\nMore.\n";
    let place = Place::with("bugs.md", report);
    place.done(&[
        "set",
        "bugs.md",
        "crash-on-start",
        "--severity",
        "low",
        "--rationale",
        "By hand lower it.",
    ]);
    assert_ne!(place.read("bugs.md"), report);
    place.done(&["undo", "bugs.md"]);
    assert_eq!(place.read("bugs.md"), report);
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

/// A script could list what is declined, and not decline.
#[test]
fn commands_decline_what_is_suggested_and_bring_it_back() {
    let place = place(PROPOSALS);
    let suggested = |id: &str| place.run(&["suggest", "bugs.md", id]).out;
    let before = suggested("BUG-1");
    assert!(before.contains("BUG-1  P0 → P2"), "{before}");
    assert_eq!(place.done(&["suggest", "bugs.md", "BUG-1", "--decline"]), "1 suggestion declined, BUG-1\n");
    assert_ne!(suggested("BUG-1"), before);
    let nothing = place.run(&["suggest", "bugs.md", "BUG-2", "BUG-1", "--bring-back"]);
    assert!(nothing.code == 1 && nothing.err.contains("nothing is declined for BUG-2"), "{}", nothing.err);
    let json: Value =
        serde_json::from_str(&place.done(&["suggest", "bugs.md", "BUG-1", "--bring-back", "--json"]))
            .unwrap();
    assert_eq!(
        (&json["declined"], &json["suggestions"][0]["handle"]),
        (&Value::Bool(false), &"BUG-1".into())
    );
    assert_eq!(suggested("BUG-1"), before);
    let all = ["suggest", "bugs.md", "--decline"];
    assert_eq!(place.run(&all).code, 2, "bugs are named");
    assert!(!place.files().contains_key("bugs.deviations.yaml"), "nothing is decided");
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

/// A bug would be put off until a day that is over.
#[test]
fn the_desk_does_not_accept_a_day_that_has_passed_since_it_was_proposed() {
    let table = Table::new(REPORT).sized(140, 40);
    let until =
        "by: bot\ndecisions:\n- {bug: BUG-4, until: 2026-01-20, rationale: There is time until then.}\n";
    table.place.write("d.yaml", until);
    let said = table.place.run_at("1767225600", &["apply", "bugs.md", "d.yaml", "--propose"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{}", said.out);
    let shown = table.after(&["G<Tab>"]);
    let told = "2026-01-20 has passed, until which this would be deferred; x sets another day";
    assert!(shown.contains(told), "{shown}");
    let shown = table.after(&["GE<Enter>"]);
    assert!(shown.contains("Set status") && shown.contains("2026-01-20 has passed"), "{shown}");
    table.after(&["w"]);
    assert_eq!((table.report().as_str(), table.log().as_str()), (REPORT, ""));
}

/// A person would lose what they wrote behind a status by one key.
#[test]
fn the_remark_that_goes_with_what_is_accepted_is_told_before() {
    let report = REPORT.replace("**Status:** Open", "**Status:** Open - Ben looks");
    let decisions = "by: bot\ndecisions:\n- {bug: BUG-4, status: resolved, rationale: Done last week.}\n";
    for (width, height) in [(140, 40), (60, 12)] {
        let table = Table::new(&report).sized(width, height);
        proposed(&table.place, decisions);
        let shown = table.after(&["G"]);
        assert!(shown.contains("its remark is lost: Ben lo"), "{shown}");
    }
}

/// What a colleague proposed would be gone without anybody having looked at it.
#[test]
fn what_is_stale_is_counted_on_opening_and_can_be_looked_at() {
    let table = table(PROPOSALS);
    assert!(!table.after(&[""]).contains("stale"), "nothing is");
    table.place.done(&["set", "bugs.md", "BUG-2", "--severity", "P3", "--rationale", "Nobody runs them."]);
    let shown = table.after(&[""]);
    assert!(shown.contains("stale proposals for 1 bug, decided or changed since"), "{shown}");
    assert!(shown.contains("/is:stale shows them"), "{shown}");
    let shown = table.after(&["/is:stale<Enter>"]);
    assert!(!shown.contains("BUG-1") && shown.contains("BUG-2"), "{shown}");
    let told = "P0 → P1 · Test infrastructure — proposed by review-agent, before it was changed or decided \
        Only the tests need it.";
    assert!(flat(&shown).contains(told), "{shown}");
    let listed = table.place.done(&["list", "bugs.md", "--filter", "is:stale"]);
    assert!(listed.contains("BUG-2") && !listed.contains("BUG-3"), "{listed}");
}

/// A reviewer would be told of what nobody wanted, as if it had been overtaken.
#[test]
fn what_is_declined_stays_so_where_it_is_stale_too_and_can_be_had_back() {
    let table = table(PROPOSALS);
    let place = &table.place;
    place.done(&["suggest", "bugs.md", "BUG-2", "--decline"]);
    place.done(&["set", "bugs.md", "BUG-2", "--severity", "P3", "--rationale", "Nobody runs them."]);
    let listed = place.done(&["suggest", "bugs.md"]);
    assert!(listed.contains("1 suggestion is declined") && !listed.contains("stale"), "{listed}");
    let named = || place.done(&["suggest", "bugs.md", "BUG-2"]);
    assert!(named().starts_with("BUG-2  –  proposed by review-agent: declined by"), "{}", named());
    assert_eq!(place.done(&["list", "bugs.md", "--filter", "is:stale"]), "no bug matches the filter\n");
    let shown = flat(&table.after(&["j"]));
    assert!(!shown.contains("stale"), "{shown}");
    let shown = flat(&table.after(&["jU"]));
    assert!(shown.contains("1 suggestion back, BUG-2") && shown.contains("stale P0 → P1"), "{shown}");
    assert!(named().contains("stale: it stands otherwise"), "{}", named());
}

/// What was proposed of a bug at one level would read as if it were of another.
#[test]
fn what_is_stale_is_told_as_it_was_proposed() {
    let follows = "by: bot\ndecisions:\n\
        - {bug: BUG-2, severity: P1, rationale: Only the tests need it.}\n\
        - {bug: BUG-2, from: {severity: P1}, severity: P2, rationale: Nobody runs them.}\n\
        - {bug: BUG-4, from: {status: Open}, severity: P3, rationale: It is fast enough.}\n";
    let table = table(follows);
    for (bug, level) in [("BUG-2", "P3"), ("BUG-4", "P0")] {
        let args = ["set", "bugs.md", bug, "--severity", level, "--rationale", "It was looked at."];
        table.place.done(&[&args[..], &["--override", "Agreed with the team."]].concat());
    }
    let listed = table.place.done(&["suggest", "bugs.md"]);
    for told in ["BUG-2  P0 → P1 — Only", "BUG-2  P1 → P2 — Nobody", "BUG-4  → P3 — It is fast"] {
        assert!(listed.contains(told), "{told}\n{listed}");
    }
    let json = table.place.done(&["suggest", "bugs.md", "BUG-2", "--json"]);
    let last: Value = serde_json::from_str(json.lines().last().unwrap()).unwrap();
    assert_eq!(last["severity"], serde_json::json!({"from": "P1", "to": "P2"}));
    let shown = flat(&table.after(&["j"]));
    let told = "P1 → P2 — proposed by bot, before it was changed or decided Nobody runs them.";
    assert!(shown.contains(told), "{shown}");
}

/// Somebody who takes back what they proposed would have to wait until the review is over.
#[test]
fn a_desk_that_is_open_learns_what_is_taken_back_or_declined_meanwhile() {
    for change in [&["--forget", "review-agent"][..], &["BUG-1", "--decline"]] {
        let table = table(PROPOSALS);
        let (state, folder) = (table.place.path("state"), table.place.root().to_owned());
        let meanwhile = move || {
            let done = std::process::Command::new(env!("CARGO_BIN_EXE_regrade"))
                .args([&["suggest", "bugs.md"], change].concat())
                .env("REGRADE_STATE_DIR", &state)
                .current_dir(&folder)
                .status();
            assert!(done.unwrap().success());
        };
        let steps = [Step::Settle, Step::Screenshot, Step::Others, Step::Settle, Step::Screenshot];
        let (_, screens) = table.play_script(regrade::tui::Script::new(steps).with_others(meanwhile));
        assert!(screens[0].contains("proposed by review-agent"), "{}", screens[0]);
        assert!(
            screens[1].contains("what is suggested has changed, and stands at its bugs"),
            "{}",
            screens[1]
        );
        assert!(!screens[1].contains("proposed by review-agent"), "{}", screens[1]);
    }
}

/// The lead would review without what has just been handed in.
#[test]
fn the_desk_tells_that_something_new_is_proposed_and_shows_it() {
    for (decides, told) in [
        ("", "what is suggested has changed, and stands at its bugs"),
        ("GcFine as it is.<Enter>", "R, or the next save, shows it"),
    ] {
        let table = Table::new(REPORT).sized(140, 40);
        let (state, path) = (table.place.path("state"), table.path());
        let root = table.place.root().to_owned();
        let hand_in = move || {
            fs::write(root.join("ours.yaml"), OURS).unwrap();
            let done = std::process::Command::new(env!("CARGO_BIN_EXE_regrade"))
                .args(["apply", "bugs.md", "ours.yaml", "--propose"])
                .env("REGRADE_STATE_DIR", &state)
                .current_dir(path.parent().unwrap())
                .status();
            assert!(done.unwrap().success());
        };
        let mut steps = vec![keys(decides), Step::Settle, Step::Others, Step::Settle, Step::Screenshot];
        steps.extend([keys("R"), Step::Settle, keys("ggj"), Step::Settle, Step::Screenshot]);
        let (_, screens) = table.play_script(regrade::tui::Script::new(steps).with_others(hand_in));
        assert!(screens[0].contains(told), "{}", screens[0]);
        assert!(screens[1].contains("review-agent"), "{}", screens[1]);
    }
}

/// Somebody would look for what has gone of a bot that had never proposed anything.
#[test]
fn who_had_nothing_proposed_has_it_no_less() {
    let place = Place::with("bugs.md", REPORT);
    let wrong = "by: bot\ndecisions:\n- {bug: BUG-3, severity: P9, rationale: Nobody runs them.}\n\
                 - {bug: BUG-3, severity: P0, rationale: Nobody runs them.}\n";
    let said = propose(&place, wrong, &["--partial"]);
    assert!(said.out.contains("nothing of bot is proposed\n"), "{}", said.out);
}
