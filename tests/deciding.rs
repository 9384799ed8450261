//! Deciding at the desk: each status with what it asks for, the popups at every size, and what survives an end from
//! outside.

use insta::assert_snapshot;
use regrade::app::Leaving;
use regrade::tui::Step;

use crate::desk::{Table, keys};

const REPORT: &str = "\
# Bugs

## P0 Bugs

### BUG-1: Crash in the 日本 importer, whose title goes on and on until no line of any popup could hold it, to its very end
- **Severity:** P0 - ImportError
- **Status:** ⚠️ DOCUMENTED - see below

### BUG-2: Second crash
- **Severity:** P0 - ImportError
- **Status:** ⚠️ DOCUMENTED

## P1 Bugs

### BUG-3: Slow test
- **Severity:** P1 - Timeout
- **Status:** ✅ FIXED - last week
";

const WHY: &str = "Only the tests are concerned.";

const SIZES: [(u16, u16); 3] = [(120, 40), (80, 24), (40, 12)];

/// Decides with these keys and a rationale, and saves; gives report and log.
fn decided(typed: &str) -> (String, String) {
    let table = Table::new(REPORT);
    table.play([keys(typed), Step::Settle, keys(WHY), keys("<Enter>w"), Step::Settle, keys("q")]);
    (table.report(), table.log())
}

/// The screens that these keys lead to, at every size.
fn screens(typed: &str) -> String {
    let screen = |(width, height)| {
        let table = Table::new(REPORT).sized(width, height);
        let (_, screens) = table.play([keys(typed), Step::Settle, Step::Screenshot]);
        format!("{width}x{height}\n{}\n", screens[0])
    };
    SIZES.map(screen).join("\n")
}

#[test]
fn a_fix_is_written_as_the_review_wrote_it() {
    let fix = "Commit 41fa1643<Tab>the suite is quiet<Tab><Tab>tests/test_import.py::TestQuiet";
    let (report, log) = decided(&format!("xr{fix}<Tab>option removed<Enter>"));
    let written = "\
- **Status:** ✅ FIXED - option removed
";
    assert!(report.contains(written), "{report}");
    for line in [
        "- **Fix:** Commit 41fa1643\n",
        "- **Verification:** the suite is quiet\n",
        "- **Regression test:** tests/test_import.py::TestQuiet\n",
    ] {
        assert!(report.contains(line), "{line}{report}");
    }
    let at = ["Fix", "Verification", "Regression test"].map(|name| report.find(&format!("**{name}:**")));
    assert!(at.is_sorted(), "in the order of the form: {report}");
    assert!(!report.contains("**Commit:**"), "{report}");
    assert!(log.contains("\nkind: fixed\n"), "{log}");
}

/// A note that was once given a scope could be recorded no more.
#[test]
fn a_scope_that_is_taken_back_leaves_the_decision_as_it_was() {
    let (report, log) = decided("c<Alt-s>t<Alt-s>-");
    assert_eq!(report, REPORT);
    assert!(log.contains("kind: note\n") && log.contains(WHY), "{log}");
    let (_, log) = decided("0<Alt-s>t<Alt-s>-");
    assert!(log.contains("kind: confirmed\n") && !log.contains("scope:"), "{log}");
}

/// Words for the log would stand as the reason of a severity.
#[test]
fn what_was_noted_or_found_is_no_rationale_on_offer() {
    let table = Table::new(REPORT);
    let (_, screens) = table.play([
        keys("cReviewed against plan 02.<Enter>rnAll was reviewed against plan 02.<Alt-Enter>"),
        keys(&format!("G2{WHY}<Enter>g1against plan")),
        Step::Screenshot,
        keys(&"<Backspace>".repeat("against plan".len())),
        keys("Only the<Tab>"),
        Step::Screenshot,
        keys("<Esc>w"),
        Step::Settle,
        keys("g1against plan"),
        Step::Screenshot,
    ]);
    assert!(
        !screens[0].contains("plan 02") && !screens[2].contains("plan 02"),
        "{}{}",
        screens[0],
        screens[2]
    );
    assert!(screens[1].contains(WHY), "{}", screens[1]);
}

/// Whoever goes on with a review that is half done would decide anew, without a word, what was decided with one.
#[test]
fn what_was_decided_and_saved_is_not_confirmed_by_the_way() {
    let table = Table::new(REPORT);
    table.play([keys(&format!("1{WHY}<Enter>w")), Step::Settle]);
    let (_, screens) = table.play([
        keys("G"),
        Step::Screenshot,
        keys("<Enter>"),
        Step::Screenshot,
        keys("1<Enter>w"),
        Step::Settle,
    ]);
    assert!(!screens[0].contains("Enter confirm"), "{}", screens[0]);
    let said = "BUG-1 was decided before\n 1 confirms it anew, with a rationale";
    assert!(screens[1].contains(said) && !screens[1].contains("unsaved"), "{}", screens[1]);
    assert_eq!(table.log().matches("kind: confirmed\n").count(), 1, "{}", table.log());
}

#[test]
fn each_status_is_written_as_the_report_has_others() {
    for (typed, written, kind) in [
        ("xusecond<Enter>", "🔁 DUPLICATE of BUG-2\n", "status"),
        ("xf2027-12-01<Enter>", "⏳ DEFERRED until 2027-12-01\n", "status"),
        ("xf+2w<Enter>", "⏳ DEFERRED until 2026-02-25\n", "status"),
        ("xf<Enter>", "⏳ DEFERRED\n", "status"),
        ("xw", "🚫 WON'T FIX\n", "status"),
        ("xnTomoko<Enter>which disk?<Enter>", "- **Question:** which disk?\n", "status"),
        ("xr<Ctrl-Enter>", "✅ FIXED\n", "status"),
        ("xi", "🔄 IN PROGRESS\n", "status"),
    ] {
        let (report, log) = decided(typed);
        assert!(report.contains(written), "{typed}: {report}");
        assert!(log.contains(&format!("\nkind: {kind}\n")), "{typed}: {log}");
    }
}

#[test]
fn the_form_shows_at_every_size() {
    assert_snapshot!(
        "form of a fix",
        screens("xrCommit 41fa1643<Tab>日本語の確認 and more words than fit<Tab>")
    );
    assert_snapshot!("form of a deferral", screens("xf+2w"));
    assert_snapshot!("form with an error", screens("xfsoon"));
}

#[test]
fn the_original_is_picked_at_every_size() {
    assert_snapshot!("picker of originals", screens("jxuc"));
}

#[test]
fn the_rationale_shows_at_every_size() {
    assert_snapshot!("rationale on one", screens("2Only the"));
    assert_snapshot!("rationale on many", screens("<Enter>g*2<Down><Down><Down>"));
    assert_snapshot!("rationale of a fix", screens("xrin main<Tab>run twice<Tab>41fa1643<Ctrl-Enter>"));
    assert_snapshot!("confirming with a rationale", screens("0"));
    assert_snapshot!("rules", screens("2<Alt-r>"));
}

#[test]
fn the_footer_says_what_keys_would_do_at_every_size() {
    assert_snapshot!("footer", screens(""));
    assert_snapshot!("footer with marks", screens("<Enter>g*<Space>"));
    assert_snapshot!("toast", screens("<Space><Space>1<Tab><Enter>"));
}

#[test]
fn in_the_least_room_the_footer_still_says_how_to_save_and_where_help_is() {
    let table = Table::new(REPORT).sized(40, 12);
    let (_, screens) = table.play([keys("<Enter>j"), Step::Screenshot, keys("<Space>"), Step::Screenshot]);
    for screen in screens {
        let last = screen.lines().last().unwrap();
        assert!(last.contains("w save") && last.contains("? keys"), "{last}");
    }
}

/// Half a page of reasons would be gone with a closed window.
#[test]
fn a_rationale_that_was_being_typed_comes_back_when_the_desk_was_ended_from_outside() {
    let table = Table::new(REPORT);
    let (leaving, _) = table.play([keys("2<Alt-s>tHalf a reas")]);
    assert_eq!(leaving, Leaving::Forced);
    let first = [Step::Screenshot, keys("j2"), Step::Screenshot, keys("<Esc>k2"), Step::Screenshot];
    let (leaving, screens) =
        table.play(first.into_iter().chain([keys("<Tab>"), Step::Screenshot, keys("on.<Enter>qq")]));
    let told = "a rationale for BUG-1 was left unfinished: it is offered there again";
    assert!(screens[0].contains(told), "{}", screens[0]);
    assert!(!screens[1].contains("Half a reas"), "of another bug: {}", screens[1]);
    assert!(
        screens[2].lines().any(|line| line.contains("Half a reas") && line.contains("left unfinished")),
        "{}",
        screens[2]
    );
    assert!(screens[3].contains("Test infrastructure"), "{}", screens[3]);
    assert_eq!(leaving, Leaving::Quietly);
    let (_, screens) = table.play([keys("j2"), Step::Screenshot, keys("<Esc>q")]);
    assert!(!screens[0].contains("left unfinished"), "{}", screens[0]);
}

/// Whoever reads the report would find what was verified before what was fixed.
#[test]
fn several_fields_that_are_added_to_one_line_stand_in_their_order() {
    let report = "# Bugs\n\n### BUG-1: One\n**Severity:** P0 | **Status:** Open\n\nIt stops.\n\n\
                  ### BUG-2: Two\n**Severity:** P1 | **Status:** Open\n";
    let place = crate::place::Place::with("bugs.md", report);
    let fields = ["--fix", "Bolted it", "--verification", "It holds", "--regression-test", "tests/bolt.py"];
    let said = place.run(&[&["set", "bugs.md", "BUG-1", "--rationale", WHY], &fields[..]].concat());
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let fields = "\n\n**Fix:** Bolted it\n\n**Verification:** It holds\n\n**Regression test:** tests/bolt.py\n\nIt stops.";
    assert!(
        place.read("bugs.md").contains(&format!("**Status:** Open{fields}")),
        "{}",
        place.read("bugs.md")
    );
}

/// A scope that was wrong could be changed and never taken away.
#[test]
fn a_scope_is_taken_away_and_comes_back() {
    let report =
        "# Bugs\n\n### BUG-1: One\n- **Severity:** P1\n- **Scope:** Configuration\n- **Status:** Open\n";
    let place = crate::place::Place::with("bugs.md", report);
    let said = place.run(&["set", "bugs.md", "BUG-1", "--scope", "none", "--rationale", WHY]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert_eq!(place.read("bugs.md"), report.replace("- **Scope:** Configuration\n", ""));
    assert_eq!(place.run(&["undo", "bugs.md"]).code, 0);
    assert_eq!(place.read("bugs.md"), report);
    let given = format!("decisions:\n- bug: BUG-1\n  scope: none\n  rationale: {WHY}\n");
    place.write("given.yaml", given);
    let said = place.run(&["apply", "bugs.md", "given.yaml"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert!(!place.read("bugs.md").contains("Scope"));
}

/// Who records a fix of what is fixed already would read that its remark goes, and in the log that nothing was done.
#[test]
fn a_fix_beside_a_status_that_stays_is_told_as_that() {
    let report = "# Bugs\n\n### BUG-1: One\n- **Severity:** P1\n- **Status:** ✅ FIXED - moved away\n";
    let table = Table::new(report);
    let fix = keys("xrBolted it<Ctrl-Enter>");
    let (_, screens) =
        table.play([fix, Step::Screenshot, keys(&format!("{WHY}<Enter>wL")), Step::Settle, Step::Screenshot]);
    assert!(screens[0].contains("status ✅ FIXED - moved away stays"), "{}", screens[0]);
    assert!(screens[1].contains("Fix: – → Bolted it"), "{}", screens[1]);
    assert!(!screens[1].contains("→ ✅ FIXED"), "{}", screens[1]);
}
