//! The desk in plain lines: what a screen reader is given to say.

use regrade::tui::Step;

use crate::desk::Table;

const REPORT: &str = "\
# Bugs

## P0 Bugs

### BUG-1: Crash in the importer
- **Severity:** P0 - ImportError

Some *text* of it.

### BUG-2: Second crash
- **Severity:** P0 - ImportError
";

const WHY: &str = "Only the tests are concerned.";

#[test]
fn a_decision_can_be_made_and_saved_by_ear() {
    let table = Table::new(REPORT);
    let steps = [Step::keys("j2"), Step::keys(WHY), Step::keys("<Enter>w"), Step::Settle, Step::keys("q")];
    insta::assert_snapshot!(table.listen(steps));
    assert!(table.report().contains("- **Severity:** P2 - ImportError (downgraded from P0)\n"));
    assert!(table.log().contains(WHY), "{}", table.log());
}

#[test]
fn a_bug_is_read_and_help_is_told() {
    let said = Table::new(REPORT).listen([Step::keys("l"), Step::keys("h?"), Step::keys("<Esc>j")]);
    assert!(said.contains("Some text of it."), "{said}");
    assert!(said.contains("Move to the next bug"), "{said}");
    assert!(said.ends_with("2 of 2: BUG-2 P0: Second crash\n"), "{said}");
}

/// A line of dashes is read out dash by dash.
#[test]
fn nothing_is_drawn() {
    let keys = ["l", "h?", "<Esc>2", "x<Esc>", "x", "<Esc>C", "<Esc>/crash", "<Enter>D"];
    let said = Table::new(REPORT).listen(keys.map(Step::keys));
    let drawn = |c: &char| matches!(c, '\u{2500}'..='\u{259F}' | '\u{1b}');
    assert_eq!(said.chars().find(drawn), None, "{said}");
}

/// Whoever listens would hear the same page after every letter.
#[test]
fn what_is_typed_is_echoed_and_no_more() {
    let said = Table::new(REPORT).listen([Step::keys("2"), Step::keys("abc"), Step::keys("<Backspace>d")]);
    assert!(said.ends_with("> abc\n> abd"), "{said}");
}

/// Whoever listens would not know what there is to choose from, and would hear all of it after every letter.
#[test]
fn an_offer_is_said_when_it_is_chosen_and_what_is_wrong_when_it_is_typed() {
    let steps = ["/se", "v:", "<Alt-Down>", "<Tab>", "is:x"].map(Step::keys);
    let said = Table::new(REPORT).listen(steps.into_iter().flat_map(|step| [step, Step::Settle]));
    assert!(said.contains("1 of 5 on offer: sev:P0, P0 Critical, 2 bugs"), "{said}");
    assert_eq!(said.matches("on offer").count(), 1, "{said}");
    assert!(said.contains("> sev:P0 "), "{said}");
}

#[test]
fn facets_are_told_once_and_then_the_value_that_is_chosen() {
    let steps = ["f", "<Down>", "<Up>", "<Space>"].map(Step::keys);
    let said = Table::new(REPORT).listen(steps.into_iter().flat_map(|step| [step, Step::Settle]));
    assert!(said.contains("severity\n[ ] P0 Critical"), "{said}");
    assert!(said.contains("at severity, P0 Critical: 2, off\n"), "{said}");
    assert!(said.contains("at scope, none: 2, off\n"), "{said}");
    assert!(said.contains("/ sev:P0\n"), "{said}");
    assert!(said.contains("at severity, P0 Critical: 2, on\n"), "{said}");
}
