//! What is recorded of the report as a whole: the forms, what they need, and what is left of them.

use super::*;
use crate::triage::Fact;

fn form(player: &Player) -> &Form {
    match player.app.popup() {
        Some(Popup::Form(form)) => form,
        other => panic!("no form, but {other:?}"),
    }
}

#[test]
fn a_fix_tells_its_facts_in_their_order_and_each_file_by_itself() {
    let mut player = Player::new();
    player.press("rf<Tab>nothing installs it<Tab>Task 1<Tab>declared  it<Tab>a.txt, b.txt<Alt-2><Alt-Enter>");
    let draft = player.last();
    let told: Vec<(Fact, &str)> = draft.facts.iter().map(|(fact, text)| (*fact, text.as_str())).collect();
    let expected = [
        (Fact::Issue, "nothing installs it"),
        (Fact::FoundDuring, "Task 1"),
        (Fact::Fix, "declared it"),
        (Fact::File, "a.txt"),
        (Fact::File, "b.txt"),
    ];
    assert_eq!((told.as_slice(), draft.rule, draft.kind), (expected.as_slice(), Some(2), Kind::Fixed));
    assert!(draft.rationale.is_empty() && draft.is_empty(), "{draft:?}");
    assert_eq!((player.popup(), player.said()), ("none", "fixed: nothing installs it — u undoes"));
    player.press("u");
    assert_eq!(
        (player.app.unsaved(), player.said()),
        (0, "undone: fixed: nothing installs it — Ctrl-r redoes")
    );
}

#[test]
fn what_is_missing_is_said_and_gets_the_cursor() {
    let mut player = Player::new();
    player.press("rf<Tab>x<Alt-Enter>");
    assert_eq!((player.app.unsaved(), form(&player).row().label().as_str()), (0, "Fix*"));
    assert_eq!(form(&player).refused.as_deref(), Some("fix is needed: what was done about it"));
    player.press("y");
    assert_eq!(form(&player).refused, None);
    player.press("<Alt-Enter>");
    assert_eq!(player.app.unsaved(), 1);
    player.press("rtfix them<Alt-Enter>");
    assert_eq!(form(&player).refused.as_deref(), Some("why needs at least 10 characters"));
}

#[test]
fn a_text_of_lines_is_one_rationale_and_its_cursor_goes_through_the_lines() {
    let mut player = Player::new();
    player.press("riNone of the P0 bugs<Ctrl-j>is real.<Up><Up><Down><Enter>");
    let draft = player.last();
    assert_eq!((draft.kind, draft.rationale.as_str()), (Kind::Finding, "None of the P0 bugs\nis real."));
    assert_eq!(player.said(), "finding: None of the P0 bugs is real. — u undoes");
}

#[test]
fn escape_goes_back_and_each_form_keeps_what_was_typed() {
    let mut player = Player::new();
    player.press("riHalf a find<Esc>");
    assert_eq!((player.popup(), player.app.unsaved()), ("picker", 0));
    player.press("n").press("Half a note<Esc><Esc>xrin main<Esc><Esc>").press("ri");
    assert_eq!(form(&player).text(), "Half a find");
    player.press("ing<Enter>rn");
    assert_eq!(form(&player).text(), "Half a note");
    player.press("<Esc><Esc>ri");
    assert_eq!(form(&player).text(), "", "what was recorded is not proposed again");
    player.press("<Esc><Esc>xr");
    assert_eq!(form(&player).rows[0].input.text(), "in main");
}

#[test]
fn rules_are_picked_or_set_by_number_and_unknown_ones_refused() {
    let mut player = Player::new();
    player.press("rn<Alt-9>");
    assert_eq!((form(&player).rule, form(&player).refused.as_deref()), (None, Some("there is no rule 9")));
    player.press("<Alt-r>");
    assert_eq!(player.popup(), "picker");
    player.press("3");
    assert_eq!((form(&player).rule, form(&player).refused.as_deref()), (Some(3), None));
    player.press("<Alt-0>Read with the people on call.<Enter>");
    assert_eq!(player.last().rule, None);
}

#[test]
fn the_editor_gives_its_text_to_the_form() {
    let mut player = Player::new();
    player.press("rtClose the holes<Ctrl-e>");
    assert!(matches!(player.asked.last(), Some(Effect::Edit(text)) if text.is_empty()));
    player.take(Msg::Edited("There are none to close.\n".to_owned(), None));
    player.press("<Alt-Enter>");
    assert_eq!(player.last().rationale, "There are none to close.");
    assert_eq!(player.last().facts, [(Fact::Task, "Close the holes".to_owned())]);
}

#[test]
fn names_that_are_pasted_one_a_line_are_as_many_files() {
    let mut player = Player::new();
    player.press("rf<Tab>a<Tab><Tab>b<Tab>");
    player.take(Msg::Paste("one.txt\r\n two.txt\n\n".to_owned()));
    player.press("<Alt-Enter>");
    assert_eq!(player.last().facts.iter().filter(|(fact, _)| *fact == Fact::File).count(), 2);
}

fn unfinished(player: &Player) -> Option<String> {
    player.app.unfinished().map(|begun| begun.text)
}

/// A paragraph of findings would be gone with a closed window.
#[test]
fn a_text_that_was_typed_is_unfinished_and_is_taken_up_by_the_next_form() {
    let mut player = Player::new();
    assert_eq!(player.app.unfinished(), None);
    player.press("riHalf a find");
    assert_eq!(unfinished(&player).as_deref(), Some("Half a find"));
    player.press("<Esc><Esc>");
    assert_eq!(unfinished(&player).as_deref(), Some("Half a find"), "also where the form was left");
    let mut player = Player::new();
    player.app.ui.left = Some(Left::found("Half a find".to_owned().into()));
    player.press("rtClose the holes<Tab><Tab>ing<Alt-Enter>");
    assert_eq!(player.last().rationale, "Half a finding");
    assert_eq!(player.app.unfinished(), None, "it is recorded with what was typed behind it");
}

/// The reasons for one bug would be found as a finding about all of them, or as those for another.
#[test]
fn a_rationale_that_was_left_comes_back_whole_where_it_was_left_and_first_nowhere_else() {
    let mut player = Player::new();
    player.press("2Half a reason<Alt-s>t<Alt-2><Esc>");
    for keys in ["rf", "ri", "rt"] {
        player.press(keys);
        assert_eq!(form(&player).left, None, "{keys}");
        player.press("<Esc><Esc>");
    }
    player.press("j2<Tab>");
    assert_ne!(player.rationale().text.text(), "Half a reason", "another bug");
    player.press("<Ctrl-u>half a<Tab>");
    assert_eq!(player.rationale().text.text(), "Half a reason", "not lost there");
    assert_eq!((player.rationale().rule, player.rationale().set.scope.is_keep()), (None, true));
    player.press("<Esc>k1<Tab>");
    let rationale = player.rationale();
    assert_eq!((rationale.text.text(), rationale.rule), ("Half a reason", Some(2)));
    assert_eq!(rationale.set.scope, To::Value("Test infrastructure".to_owned()));
    player.press("<Esc>1<Alt-s>p<Alt-1><Tab>");
    let rationale = player.rationale();
    assert_eq!((rationale.set.scope.clone(), rationale.rule), (To::Value("Production".to_owned()), Some(1)));
}

/// Whoever records something in between would lose what they marked and what they repeat.
#[test]
fn marks_the_cursor_and_what_is_repeated_stay() {
    let mut player = Player::new();
    player.press("2").press(WHY).press("<Enter><Space>");
    let (marks, cursor) = (player.app.ui.marks.clone(), player.cursor());
    player.press("rnRead with the people on call.<Enter>");
    assert_eq!((player.app.ui.marks.clone(), player.cursor()), (marks, cursor));
    assert!(player.app.ui.last.as_ref().is_some_and(|last| last.kind == Kind::Reclassified));
}

#[test]
fn a_full_disk_loses_nothing_that_was_typed() {
    let mut player = Player::new();
    player.full_disk = true;
    player.press("rnRead with the people on call.<Enter>");
    assert_eq!(player.popup(), "error");
    player.press("<Esc>");
    assert_eq!((form(&player).text(), player.app.unsaved()), ("Read with the people on call.", 0));
}
