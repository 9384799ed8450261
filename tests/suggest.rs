//! Suggestions at the desk and on the command line: shown, accepted, declined, never applied unasked.

use std::fs;
use std::sync::Arc;

use regrade::deviation::Log;
use regrade::triage::BugSet;
use regrade::triage::suggest::Standing;
use regrade::tui::Step;

use crate::desk::{Table, flat, keys};
use crate::parsed::{self, parse};
use crate::place::{Place, shared};

const REPORT: &str = "\
# Nightly

### BUG-1: Ticket printer tests
- **Severity:** P0
- **Test:** tests/test_printer.py
- **Error:** `ModuleNotFoundError: No module named 'inkpot'`

### BUG-2: Clock tests
- **Severity:** P0
- **Test:** tests/test_clock.py
- **Error:** `ModuleNotFoundError: No module named 'timewarp'`

### BUG-3: Sum of fares
- **Severity:** P0
- **Test:** tests/test_fares.py
- **Error:** `TypeError: no sum of a list and a string`

### BUG-4: SQL injection in the search
- **Severity:** P0
- **File:** src/search.py:7

### BUG-5: It is slow
- **Severity:** P0
";

fn table() -> Table {
    Table::new(REPORT).sized(140, 40)
}

#[test]
fn the_detail_says_what_is_suggested_why_and_which_keys_take_it() {
    let shown = flat(&table().opened());
    for said in [
        "suggests P0 → P1 · Test infrastructure — missing-module: “ModuleNotFoundError: No module named 'inkpot'” (field Error)",
        "Tests cannot import inkpot; nothing in production is named.",
        "Tab accept · E edit · A all alike · Backspace decline",
    ] {
        assert!(shown.contains(said), "{shown}");
    }
    let none = table().after(&["G"]);
    assert!(!none.contains("suggests"), "{none}");
}

#[test]
fn nothing_is_applied_unasked() {
    let table = table();
    let shown = table.after(&["jjkkJJlhG", "w"]);
    assert!(shown.contains("nothing to save"), "{shown}");
    assert_eq!((table.report().as_str(), table.log().as_str()), (REPORT, ""));
}

#[test]
fn one_key_accepts_and_the_log_names_the_rule() {
    for key in ["<Tab>", "a"] {
        let table = table();
        let shown = table.after(&[key]);
        assert!(shown.contains("BUG-1 P0→P1 · Test infrastructure · as missing-module suggests"), "{shown}");
        table.after(&["w"]);
        let log = table.log();
        for said in [
            "suggestion: missing-module",
            "severity: {from: P0, to: P1}",
            "rationale: Tests cannot import inkpot; nothing in production is named.",
        ] {
            assert!(log.contains(said), "{log}");
        }
        assert_eq!(table.report().matches("P1").count(), 1, "{}", table.report());
    }
}

/// The reason of one suggestion names what another bug has nothing to do with.
#[test]
fn to_repeat_a_suggestion_is_to_accept_that_of_the_next_bug_with_its_own_reason() {
    let table = table();
    let shown = table.after(&["<Tab>", ".", "G."]);
    assert!(shown.contains("nothing is suggested for BUG-5"), "{shown}");
    table.after(&["w"]);
    let log = table.log();
    for module in ["inkpot", "timewarp"] {
        let reason = format!("rationale: Tests cannot import {module}; nothing in production is named.");
        assert_eq!(log.matches(&reason).count(), 1, "{log}");
    }
    assert_eq!(log.matches("rationale:").count(), 2, "{log}");
}

/// The gate `sev:P0 scope:production=0` would let a P0 through that was accepted as one of production.
#[test]
fn a_severity_that_stays_is_kept_with_its_reason_and_its_scope() {
    let table = table();
    let shown = flat(&table.after(&["jjj"]));
    assert!(
        shown.contains("suggests stays P0 · Production — production-security: “SQL injection”"),
        "{shown}"
    );
    table.after(&["jjja", "w"]);
    let file = "- **File:** src/search.py:7\n";
    assert_eq!(table.report(), REPORT.replace(file, &format!("- **Scope:** Production\n{file}")));
    let log = table.log();
    assert!(log.contains("In production code, not in tests") && !log.contains("severity:"), "{log}");
}

#[test]
fn what_a_rule_keeps_as_it_is_is_confirmed() {
    let report = REPORT.replace("search.py:7\n", "search.py:7\n- **Scope:** Production\n");
    let table = Table::new(&report).sized(140, 40);
    table.after(&["jjja", "w"]);
    assert_eq!(table.report(), report);
    assert!(table.log().contains("kind: confirmed"), "{}", table.log());
}

#[test]
fn all_that_a_rule_matches_is_one_decision_shown_first_with_a_reason_true_of_each() {
    let table = table();
    let shown = table.after(&["A"]);
    for said in [
        "2 bugs  → P1 High",
        "as missing-module suggests",
        "Tests cannot import inkpot, timewarp; nothing in production is named.",
    ] {
        assert!(shown.contains(said), "{shown}");
    }
    assert!(table.after(&["A<Esc>w"]).contains("nothing to save"));
    table.after(&["A", "<Enter>", "w"]);
    let log = table.log();
    assert_eq!((log.matches("rationale:").count(), log.matches("id: BUG-").count()), (1, 2), "{log}");
    assert_eq!(table.report().matches("P1").count(), 2, "{}", table.report());
    assert!(log.contains("suggestion: missing-module"), "{log}");
}

/// `P4 Wishstatus:` would be read as one word.
#[test]
fn a_severity_and_a_status_that_go_together_are_told_apart() {
    let rule = "methodology:\n  levels: {P4: {name: Wish}}\n  suggestions:\n    later:\n      when: {fields: {error: No module}}\n      \
                then: {severity: P4, scope: test, status: documented}\n";
    let table = Table::new(REPORT).configured(rule).sized(120, 40);
    let shown = table.after(&["A"]);
    assert!(shown.contains("2 bugs  → P4 Wish  status → "), "{shown}");
}

/// Keys that are typed before the decision is on screen must not decide on the bug under the cursor.
#[test]
fn keys_typed_ahead_go_to_the_decision_that_is_still_made_out() {
    let table = table();
    table.play([Step::Burst("A<Enter>".to_owned()), Step::Settle, keys("w"), Step::Settle]);
    assert_eq!(table.log().matches("id: BUG-").count(), 2, "{}", table.log());
}

/// The others would be taken to be decided as well.
#[test]
fn accepting_for_marked_bugs_says_how_many_have_no_suggestion() {
    for (width, height) in [(140, 40), (40, 12)] {
        let table = Table::new(REPORT).sized(width, height);
        for accepting in ["<Tab>", "A"] {
            let shown = table.after(&["G<Space>g<Space>", "g", accepting]);
            assert!(shown.contains("1 of 2 marked has no suggestion"), "{accepting}\n{shown}");
            let all = table.after(&["<Space><Space>", "g", accepting]);
            assert!(all.contains("rationale") && !all.contains("no suggestion"), "{accepting}\n{all}");
        }
    }
}

#[test]
fn of_marked_bugs_each_that_has_a_suggestion_is_accepted_under_its_own_rule() {
    let table = table();
    let shown = table.after(&["*", "<Tab>"]);
    assert!(shown.contains(" Reclassify · 1 of 3 "), "that of the first bug in the list is on top: {shown}");
    assert!(shown.contains("as missing-module suggests"), "{shown}");
    table.after(&["*", "<Tab>", "<Enter>", "<Enter>", "<Enter>", "w"]);
    let log = table.log();
    for rule in ["missing-module", "test-type-error", "production-security"] {
        assert_eq!(log.matches(&format!("suggestion: {rule}")).count(), 1, "{log}");
    }
    assert_eq!(log.matches("id: BUG-").count(), 4, "{log}");
}

#[test]
fn what_is_declined_stays_declined_and_can_be_had_back() {
    let table = table();
    let shown = table.after(&["<Backspace>"]);
    assert!(shown.contains("1 suggestion declined, BUG-1") && !shown.contains("suggests"), "{shown}");
    let shown = table.after(&[""]);
    assert!(!shown.contains("suggests"), "{shown}");
    let shown = table.after(&["<Tab>"]);
    assert!(shown.contains("BUG-1: declined by Ada Example, 2026-02-11 20:25 — U brings it back"), "{shown}");
    let shown = table.after(&["<Backspace>"]);
    assert!(shown.contains("declined already — U brings it back") && !shown.contains("suggests"), "{shown}");
    let shown = table.after(&["U"]);
    assert!(shown.contains("1 suggestion back, BUG-1") && shown.contains("suggests"), "{shown}");
    let shown = table.after(&["U"]);
    assert!(shown.contains("nothing is declined that could be brought back"), "{shown}");
    assert_eq!((table.report().as_str(), table.log().as_str()), (REPORT, ""));
}

/// Words of marks would stand for a range that has none, and one severity for several.
#[test]
fn of_a_range_row_and_footer_speak_as_of_a_range_and_declining_keeps_it() {
    let table = Table::new(REPORT);
    let shown = table.after(&["vjjjj"]);
    for said in
        ["what is suggested for 4 of 5 in range", "confirm 5 bugs", "Esc drop range", "0–3 for 5 bugs"]
    {
        assert!(shown.contains(said), "{said}\n{shown}");
    }
    let shown = table.after(&["<Space>jvjk"]);
    assert!(shown.contains("marked or in range") && shown.contains("confirm 2 bugs"), "{shown}");
    let shown = table.after(&["vj", "<Backspace>"]);
    assert!(shown.contains("2 suggestions declined") && shown.contains("2 in range"), "{shown}");
}

/// Accepting one would record words that somebody had meant to mend.
#[test]
fn what_is_suggested_is_changed_before_it_is_accepted() {
    let table = table();
    let shown = table.after(&["E"]);
    assert!(shown.contains("BUG-1  P0 Critical → P1 High") && shown.contains("as missing-module"), "{shown}");
    table.after(&["<Shift-Tab>", " Seen twice.<Enter>", "w"]);
    let log = table.log();
    assert!(log.contains("Seen twice.") && log.contains("suggestion: missing-module"), "{log}");
}

/// Whoever reads on in a bug would not see what a key records.
#[test]
fn what_accepting_would_do_is_said_where_the_suggestion_is_out_of_sight() {
    let long = REPORT.replace("'inkpot'`\n", &format!("'inkpot'`\n\n{}", "It goes on.\n\n".repeat(40)));
    let table = Table::new(long).sized(140, 24);
    let said = " Tab P0 → P1 · Test infrastructure (missing-module)";
    let shown = table.opened();
    assert!(shown.contains("suggests") && !shown.contains(said), "{shown}");
    let shown = table.after(&["<PageDown><PageDown>"]);
    assert!(!shown.contains("suggests") && shown.contains(said), "{shown}");
    let table = Table::new(REPORT).sized(120, 12);
    let shown = table.opened();
    assert!(shown.contains(said), "{shown}");
}

#[test]
fn the_bugs_of_a_rule_are_named_before_it_is_accepted_for_them() {
    let shown = Table::new(REPORT).after(&["A"]);
    assert!(shown.contains("BUG-1, BUG-2 "), "{shown}");
}

/// What was declined at once would have to be found again one by one.
#[test]
fn what_was_declined_at_once_comes_back_at_once_also_from_elsewhere() {
    let table = table();
    let shown = table.after(&["*", "<Backspace>"]);
    assert!(shown.contains("4 suggestions declined, 4 bugs — U brings it back"), "{shown}");
    assert!(!shown.contains('?'), "{shown}");
    let shown = table.after(&["*U"]);
    assert!(shown.contains("4 suggestions back, 4 bugs"), "of an earlier session: {shown}");
    let shown = table.after(&["*", "<Backspace>", "<Esc>G", "U"]);
    assert!(shown.contains("4 suggestions back, 4 bugs"), "{shown}");
    let shown = table.after(&["<Backspace>", "j<Backspace>", "G", "U"]);
    assert!(shown.contains("1 suggestion back, BUG-2") && shown.contains(" 2/5 "), "{shown}");
}

#[test]
fn a_rule_is_accepted_for_all_its_bugs_from_one_that_it_was_accepted_for() {
    let table = table();
    let shown = table.after(&["a", "k", "<Tab>"]);
    assert!(shown.contains("BUG-1 is decided already; A accepts the same for 1 more bug"), "{shown}");
    let shown = table.after(&["gA"]);
    assert!(shown.contains("BUG-2  P0 Critical → P1 High") && shown.contains("as missing-module"), "{shown}");
    let shown = table.after(&["gA", "<Enter>", "g", "A"]);
    assert!(shown.ends_with("! BUG-1 is decided already"), "{shown}");
    table.after(&["w"]);
    assert_eq!(table.log().matches("suggestion: missing-module").count(), 2, "{}", table.log());
    let shown = table.after(&["u", "w", "gjA"]);
    assert!(shown.contains("BUG-2  P0 Critical → P1 High"), "a saved one that is taken back: {shown}");
    let shown = table.after(&["gA"]);
    assert!(shown.contains("BUG-2  P0 Critical → P1 High"), "from one that is saved: {shown}");
}

/// A row for what is in sight anyway would take the room that the bug's text needs.
#[test]
fn where_list_and_bug_just_fit_the_suggestion_stands_in_the_text_and_marks_below_it() {
    let table = Table::new(REPORT).sized(80, 22);
    let shown = table.opened();
    assert!(shown.contains("   BUG-2 ") && shown.contains("│ suggests  P0 → P1"), "{shown}");
    assert!(!shown.contains(" Tab P0 → P1"), "{shown}");
    let marked = table.after(&["*"]);
    assert!(marked.contains("╰ Tab what is suggested for 4 of 5 marked"), "{marked}");
}

/// Whoever decides sees what a key would do before it does it.
#[test]
fn a_narrow_screen_says_what_accepting_would_do_and_who_suggests_it() {
    for (width, height, said) in [
        (80, 20, " Tab P0 → P1 · Test infrastructure (missing-module)  E edit"),
        (40, 12, " Tab P0 → P1 · Test in… (missing-module)"),
    ] {
        let table = Table::new(REPORT).sized(width, height);
        let row = |screen: &str| {
            screen.lines().nth(usize::from(height) - if height < 18 { 3 } else { 4 }).unwrap().to_owned()
        };
        assert_eq!(row(&table.opened()).trim_end(), said);
        assert_eq!(row(&table.after(&["l"])).trim_end(), said, "in the detail");
        assert_eq!(row(&table.after(&["G"])).trim(), "", "nothing is suggested for it");
        let marked = row(&table.after(&["*"]));
        assert!(marked.starts_with(" Tab what is suggested for 4 of 5 mark"), "{marked}");
        assert!(!row(&table.after(&["2"])).contains("Tab P0"), "there it takes an offer");
    }
    let said = table().listen([keys("j"), Step::Settle]);
    assert!(
        said.contains("BUG-2: Tab would accept P0 → P1 · Test infrastructure (missing-module)"),
        "{said}"
    );
}

#[test]
fn what_is_decided_has_no_suggestion_until_that_is_taken_back() {
    let table = table();
    let shown = table.after(&["<Enter>k", "<Tab>"]);
    assert!(shown.contains("BUG-1 is decided already"), "{shown}");
    let shown = table.after(&["u"]);
    assert!(shown.contains("suggests"), "{shown}");
    table.after(&["a", "w"]);
    let shown = table.after(&["u", "gk"]);
    assert!(shown.contains("suggests"), "a saved decision that is taken back: {shown}");
}

#[test]
fn a_suggestion_is_readable_on_a_narrow_screen() {
    let small = Table::new(REPORT).sized(40, 12);
    let shown = flat(&small.after(&["l"]));
    assert!(shown.contains("suggests") || shown.contains("missing-module"), "{shown}");
}

#[test]
fn the_command_lists_suggestions_tries_rules_and_decides_nothing() {
    let place = Place::with("bugs.md", REPORT);
    let said = place.run(&["suggest", "bugs.md"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(
        said.out.contains("BUG-1  P0 → P1 · Test infrastructure  Ticket printer tests\n    missing-module: "),
        "{}",
        said.out
    );
    assert!(said.out.ends_with("4 suggestions; nothing is applied unasked\n"), "{}", said.out);
    let one = place.run(&["suggest", "bugs.md", "BUG-1", "--json"]);
    let told: serde_json::Value = serde_json::from_str(&one.out).unwrap();
    assert_eq!((&told["rule"], &told["severity"]["to"]), (&"missing-module".into(), &"P1".into()));
    assert_eq!(told["matched"][0]["field"], "Error");
    assert_eq!((&told["id"], &told["scope"]), (&"BUG-1".into(), &"test".into()), "as the log has it");
    let tried = place.run(&["suggest", "bugs.md", "BUG-3", "BUG-5", "--rule", "missing-module"]);
    assert_eq!(tried.out, "BUG-3  –  no such field matches\nBUG-5  –  no such field matches\n");
    let unknown = place.run(&["suggest", "bugs.md", "--rule", "nothing"]);
    assert!(unknown.code == 2 && unknown.err.contains("missing-module"), "{}", unknown.err);
    assert_eq!(place.files().len(), 1);
}

#[test]
fn a_suggestion_is_accepted_by_command_under_its_rule() {
    let place = Place::with("bugs.md", REPORT);
    let both = place.run(&["set", "bugs.md", "BUG-1", "BUG-3", "--suggested"]);
    assert!(
        both.code == 1 && both.err.contains("missing-module for BUG-1; test-type-error for BUG-3"),
        "{}",
        both.err
    );
    assert!(both.err.contains("--filter suggested:NAME"), "{}", both.err);
    let none = place.run(&["set", "bugs.md", "BUG-5", "--suggested"]);
    assert!(none.code == 1 && none.err.contains("nothing is suggested"), "{}", none.err);
    assert_eq!(place.read("bugs.md"), REPORT);
    let said = place.run(&["set", "bugs.md", "--filter", "suggested:missing-module", "--suggested"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let log = place.read("bugs.deviations.yaml");
    assert!(log.contains("suggestion: missing-module") && log.contains("inkpot, timewarp"), "{log}");
    assert_eq!(place.read("bugs.md").matches("P1").count(), 2);
}

/// What the review of the report that regrade was born from decided, by its own words.
#[test]
fn the_default_rules_propose_what_the_review_decided() {
    let Some(path) = shared("reference/atom/1-discovered.md") else { return };
    let report = Arc::new(parse(&fs::read(path).unwrap()));
    let session = parsed::session(&report, &Log::default());
    let told = |bug| {
        let found = Standing::of(&session, &BugSet::from(bug)).suggested(bug)?;
        let words = found.words(bug, &session);
        Some(format!("{} {words}", session.report().handle(bug)))
    };
    let told: Vec<String> = session.report().indexes().filter_map(told).collect();
    let test = |number: u32| format!("BUG-00{number} P0 → P1 · Test infrastructure");
    let expected: Vec<String> =
        (1..=6).map(test).chain(["BUG-007 P0 → P2 · Configuration".to_owned()]).collect();
    assert_eq!(told, expected);
}

/// What somebody wrote behind a status would be lost with no word about it, where a rule gives that status to many.
#[test]
fn a_bug_that_has_the_status_of_a_rule_keeps_its_remark_among_others() {
    let bug = |id: u32, status: &str| {
        format!("## BUG-{id}: Totals drift\n\n- **Severity:** P0\n- **Status:** {status}\n\n")
    };
    let report = bug(1, "❌ OPEN") + &bug(2, "⚠️ DOCUMENTED - by Ben") + "## End\n";
    let rule = "{when: {text: drift}, then: {severity: P2, status: documented, rationale: Only by a cent.}}";
    let rule = format!("methodology:\n  suggestions: {{drift: {rule}}}\n");
    let by_command = Place::with("bugs.md", &report);
    by_command.write(".regrade.yaml", &rule);
    let said = by_command.run(&["set", "bugs.md", "BUG-1", "BUG-2", "--suggested"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let text = by_command.read("bugs.md");
    assert!(text.contains("⚠️ DOCUMENTED - by Ben\n") && text.matches("P2").count() == 2, "{text}");
    let by_keys = Table::new(&report).configured(&rule);
    by_keys.after(&["A", "<Enter>", "w"]);
    assert_eq!(by_keys.report(), text);
}

/// `P0 → P0` reads as if something were to change.
#[test]
fn a_severity_that_stays_is_said_to_stay_and_not_decided() {
    let place = Place::with("bugs.md", "## BUG-1: Totals drift\n\n- **Severity:** P0\n");
    let then = "then: {severity: P0, scope: production, rationale: Guests pay too much.}";
    let rule = format!("methodology:\n  suggestions:\n    drift: {{when: {{text: drift}}, {then}}}\n");
    place.write(".regrade.yaml", rule);
    let said = place.run(&["suggest", "bugs.md"]).out;
    assert!(said.contains("BUG-1  stays P0 · Production  Totals drift"), "{said}");
    let decision =
        "decisions:\n- {bug: BUG-1, severity: P0, scope: production, rationale: Guests pay too much.}\n";
    place.write("decisions.yaml", decision);
    let said = place.run(&["apply", "bugs.md", "decisions.yaml"]).out;
    assert!(!said.contains("severity") && said.contains("scope – → production\n"), "{said}");
}

/// An agent that hands in what is suggested would be told that it is stale.
#[test]
fn what_a_section_counts_otherwise_is_suggested_applied_and_logged_as_one_step() {
    let report = "## P0 Bugs\n\n### BUG-1: Totals drift\n\n- **Severity:** P2\n\n### BUG-2: Login loops\n\n- **Severity:** P0\n\n\
        ## P2 Bugs\n\n### BUG-3: Slow\n\n- **Severity:** P2\n";
    let place = Place::with("bugs.md", report);
    let then = "then: {severity: P2, scope: configuration, rationale: A setting only.}";
    place.write(
        ".regrade.yaml",
        format!("methodology:\n  suggestions:\n    drift: {{when: {{text: drift}}, {then}}}\n"),
    );
    let said = place.run(&["suggest", "bugs.md"]).out;
    assert!(said.contains("BUG-1  P0 → P2 · Configuration"), "{said}");
    let told = place.run(&["suggest", "bugs.md", "--json"]).out;
    assert!(told.contains(r#""severity":{"from":"P0","to":"P2"}"#), "{told}");
    for from in ["P0", "P2"] {
        let item =
            format!("{{bug: BUG-1, from: {{severity: {from}}}, severity: P2, rationale: A setting only.}}");
        place.write("decisions.yaml", format!("decisions:\n- {item}\n"));
        assert_eq!(place.run(&["apply", "bugs.md", "decisions.yaml", "--dry-run"]).code, 0, "{from}");
    }
    assert_eq!(place.run(&["set", "bugs.md", "BUG-1", "--suggested"]).code, 0);
    assert!(place.run(&["log", "bugs.md"]).out.contains("BUG-1  P0 → P2"));
}
