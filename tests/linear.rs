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
    assert!(said.contains("1 of 6 on offer: sev:P0, P0 Critical, 2 bugs"), "{said}");
    assert!(said.contains("> sev:P0 "), "{said}");
}

#[test]
fn facets_are_told_once_and_then_the_value_that_is_chosen() {
    let steps = ["f", "<Down>", "<Up>", "<Space>"].map(Step::keys);
    let said = Table::new(REPORT).listen(steps.into_iter().flat_map(|step| [step, Step::Settle]));
    assert!(said.contains("severity\n[ ] P0 Critical: 2\n"), "{said}");
    assert!(said.contains("at severity, P0 Critical: 2, off\n"), "{said}");
    assert!(said.contains("at scope, none: 2, off\n"), "{said}");
    assert!(said.contains("/ sev:P0\n"), "{said}");
    assert!(said.contains("at severity, P0 Critical: 2, on\n"), "{said}");
}

/// What was said after the keys before the last, of keys each of which is waited for.
fn last(report: &str, keys: &[&str]) -> String {
    let steps = |keys: &[&str]| {
        let keys = keys.iter().map(|keys| Step::keys(keys)).collect::<Vec<_>>();
        keys.into_iter().flat_map(|step| [step, Step::Settle])
    };
    let listen = |keys: &[&str]| {
        // Where what is on offer is found soon enough, it is said before the prompt, not after it.
        Table::new(report).listen(steps(keys)).replace("> \nTab takes", "Tab takes")
    };
    let (before, said) = (listen(&keys[..keys.len() - 1]), listen(keys));
    said.strip_prefix(&before).unwrap_or_else(|| panic!("{before:?} begins {said:?}")).to_owned()
}

/// Enter would take what nobody has heard of.
#[test]
fn the_choice_that_enter_takes_is_said_whenever_it_is_another() {
    let status = last(REPORT, &["x", "<Down>"]);
    assert!(status.starts_with("2 of ") && !status.contains("1 of "), "{status}");
    assert!(last(REPORT, &["t", "<Down>"]).starts_with("2 of "));
    assert!(last(REPORT, &["r", "<Down>"]).starts_with("2 of "));
    let duplicate = last(REPORT, &["x", "u"]);
    assert!(duplicate.contains("1 of 1: BUG-2 P0 Second crash\n> "), "{duplicate}");
    let palette = last(REPORT, &[":", "<Down>"]);
    assert!(palette.starts_with("\n2 of ") && palette.ends_with("\n> "), "{palette}");
    let offer = last(REPORT, &["2", "<Down>"]);
    assert!(offer.starts_with("\n2 of ") && offer.contains(" on offer: "), "{offer}");
}

/// A reader would go to a bug that they never chose.
#[test]
fn a_page_says_what_enter_is_about_and_which_line_was_found() {
    let twice = REPORT.replace("BUG-2", "BUG-1");
    let page = last(&twice, &["C"]);
    assert!(page.contains("\nat 1 of "), "{page}");
    let typed = last(REPORT, &["M", "/", "test"]);
    let (found, prompt) = typed.rsplit_once("> ").expect("a prompt behind what was found");
    assert!(found.starts_with("test\n1 of ") && prompt == "test", "{typed}");
    assert!(
        found.split_once(": ").expect("a line that was found").1.to_lowercase().contains("test"),
        "{typed}"
    );
    let next = last(REPORT, &["M", "/", "test", "<Enter>", "n"]);
    assert!(next.starts_with("2 of ") && next.to_lowercase().contains("test"), "{next}");
    assert!(last(REPORT, &["M", "/", "no such words"]).contains("not found"));
}

/// Whoever marks by ear would decide on bugs that they have lost count of.
#[test]
fn what_is_marked_is_said_and_how_many_are() {
    assert_eq!(last(REPORT, &[" "]), "BUG-1 marked: 1 bug is\n2 of 2: BUG-2 P0: Second crash\n");
    assert!(last(REPORT, &[" ", " "]).starts_with("BUG-2 marked: 2 bugs are\n"));
    assert!(last(REPORT, &[" ", "k", " "]).starts_with("BUG-1 no longer marked: no bug is\n"));
    let all = last(REPORT, &["*"]);
    assert_eq!(all.lines().next(), Some("2 marked: all in view"), "{all}");
    assert!(!all.contains("bugs are marked"), "{all}");
    assert!(last(REPORT, &["*", "<Esc>"]).contains("no bug is marked\n"));
}

/// A reader would hear the numbers of filters that they have long typed on from, or none at all.
#[test]
fn a_filter_says_how_many_it_leaves_once_typing_rests() {
    let opened = last(REPORT, &["/"]);
    assert!(opened.starts_with("Filter: ") && opened.contains("2 of 2 match\n"), "{opened}");
    assert!(opened.ends_with("\n> "), "{opened}");
    let steps = [Step::keys("/"), Step::Settle, Step::keys("second"), Step::Settle];
    let said = Table::new(REPORT).listen(steps);
    assert!(said.ends_with("> second\n1 of 2 match\n> second"), "{said}");
    assert!(last(REPORT, &["/", "second", "zzz"]).starts_with("zzz\nno bug matches\n"));
    let same = last(REPORT, &["/", "second", " "]);
    assert!(same.starts_with(" \nTab takes ") && !same.contains("match"), "{same}");
}

/// Nobody would know what a key has begun, and how to go on.
#[test]
fn what_may_follow_a_key_is_said() {
    let said = last(REPORT, &["y"]);
    assert!(said.starts_with("y …: ") && said.contains("Esc leaves"), "{said}");
    for key in ["i ", "t ", "b ", "d "] {
        assert!(said.contains(key), "{said}");
    }
}

/// A reader would act on half a sentence.
#[test]
fn nothing_is_cut_or_laid_out_for_a_screen() {
    let title = "word ".repeat(60);
    let id = "BUG-20240115000000000002";
    let report = REPORT.replace("BUG-2: Second", &format!("{id}: {title}"));
    let keys = ["j2", "<Alt-s>", "<Esc><Esc>x", "u", "<Esc><Esc>:", "<Esc>M", "<Esc>S", "<Esc>t"];
    let steps = keys.into_iter().flat_map(|keys| [Step::keys(keys), Step::Settle]);
    let said = Table::new(&report).listen(steps);
    let is_cut =
        |line: &&str| line.chars().zip(line.chars().skip(1)).any(|(before, c)| c == '…' && before != ' ');
    assert_eq!(said.lines().find(is_cut), None, "{said}");
    assert!(said.contains(id), "{said}");
    assert!(said.contains("Severity, before → now\n"), "{said}");
    assert!(said.lines().all(|line| line.chars().count() <= 80), "{said}");
}

/// `> statnothing is found` is not a sentence.
#[test]
fn a_prompt_that_is_left_ends_its_line() {
    for keys in [["2", "abc", "<Esc>"], [":", "stat", "<Esc>"], ["/", "second", "<Esc>"]] {
        let said = last(REPORT, &keys);
        assert!(said.starts_with('\n'), "{said:?}");
        let after = last(REPORT, &[keys[0], keys[1], keys[2], "L"]);
        assert!(!after.starts_with('\n') && after.ends_with('\n'), "{after:?}");
    }
}

/// Whoever looks something up in the middle of a bug would be read all of it again.
#[test]
fn what_comes_back_as_it_was_is_not_said_again() {
    let said = last(REPORT, &["l", "?", "<Esc>"]);
    assert_eq!(said.lines().count(), 1, "{said}");
    let scope = last(REPORT, &["2", "<Alt-s>", "p"]);
    assert!(scope.contains("Alt-s scope") && !scope.contains("Reclassify"), "{scope}");
}
