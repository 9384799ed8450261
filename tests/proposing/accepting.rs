//! Accepting what others propose: what is decided then, and who the log says it is of.

use super::{PROPOSALS, REPORT, decided, place, propose, proposed, table};
use crate::desk::{Table, flat};
use crate::place::Place;

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
