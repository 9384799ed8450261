//! What has become of a bug, and what goes with a decision: forms, rules, templates.

use super::*;

#[test]
fn a_status_is_picked_by_its_key_and_explained() {
    let mut player = Player::new();
    player.press("xi");
    assert_eq!(player.popup(), "rationale");
    player.press(WHY).press("<Enter>");
    assert_eq!(player.last().parts[0].set.status, To::Value("In progress".to_owned()));
}

#[test]
fn a_resolved_bug_says_how_and_that_is_a_fix() {
    let mut player = Player::new();
    player.press("xr");
    assert_eq!(player.popup(), "form");
    player.press("in the importer<Tab><Tab>41fa1643<Ctrl-Enter>").press(WHY).press("<Enter>");
    let (draft, set) = (player.last(), &player.last().parts[0].set);
    let value = |text: &str| To::Value(text.to_owned());
    assert_eq!((draft.kind, &set.status), (Kind::Fixed, &value("Resolved")));
    let fields = [("Fix", "in the importer"), ("Commit", "41fa1643")];
    assert_eq!(set.fields, fields.map(|(name, text)| (name.to_owned(), value(text))));
    assert_eq!(player.said(), "BUG-1 · Resolved · Fix · Commit — u undoes");
    player.press(".");
    assert_eq!(player.popup(), "rationale", "its fields may tell of BUG-1 alone");
    player.press("<Enter>");
    let (draft, set) = (player.last(), &player.last().parts[0].set);
    assert_eq!((draft.kind, set.fields.len(), draft.rationale.as_str()), (Kind::Fixed, 2, WHY));
    player.press("k<Enter>kxr");
    let Some(Popup::Form(form)) = player.app.popup() else { panic!("a form") };
    let row = &form.rows[0];
    assert_eq!((row.was.as_str(), row.input.text()), ("in the importer", ""));
}

#[test]
fn a_resolved_bug_without_a_word_more_is_a_status_and_a_remark_stands_behind_it() {
    let mut player = Player::new();
    player.press("xr<Ctrl-Enter>").press(WHY).press("<Enter>xr<Up><Down><Down><Down><Down>done<Enter>");
    assert_eq!(player.last().kind, Kind::Status);
    player.press(WHY).press("<Enter>");
    assert_eq!(player.last().parts[0].set.status, To::Value("Resolved - done".to_owned()));
}

/// What stands behind a status would be lost by a key that gives the same status once more.
#[test]
fn a_remark_stays_with_its_status_and_is_told_of_where_it_goes() {
    let mut player = Player::new();
    player.press("xr<Down><Down><Down><Down>done<Enter>").press(WHY).press("<Enter>kkkxr");
    let Some(Popup::Form(form)) = player.app.popup() else { panic!("a form") };
    assert_eq!((form.rows[4].was.as_str(), form.rows[4].placeholder().as_str()), ("done", "stays: done"));
    player.press("in the importer<Ctrl-Enter>").press(WHY).press("<Enter>");
    assert_eq!(player.last().parts[0].set.status, To::Value("Resolved - done".to_owned()));
    player.press("kkkj.<Enter>");
    assert_eq!(
        player.last().parts[0].set.status,
        To::Value("Resolved".to_owned()),
        "the remark is not BUG-2's"
    );
    player.press("kkkxi");
    let Some(Popup::Rationale(rationale)) = player.app.popup() else { panic!("a rationale") };
    assert_eq!(rationale.going.as_deref(), Some("its remark is lost: done"));
}

#[test]
fn escape_goes_back_from_a_form_and_loses_nothing() {
    let mut player = Player::new();
    player.press("xrin the importer<Tab>run twice<Esc>");
    assert_eq!((player.popup(), player.app.unsaved()), ("picker", 0));
    player.press("<Enter><Ctrl-Enter><Esc>");
    assert_eq!((player.popup(), player.app.unsaved()), ("form", 0));
    player.press("<Esc><Esc>");
    assert_eq!((player.popup(), player.app.unsaved()), ("none", 0));
    player.press("xr<Ctrl-Enter>").press(WHY).press("<Enter>");
    assert_eq!(player.last().parts[0].set.fields.len(), 2);
    player.press("xr");
    let Some(Popup::Form(form)) = player.app.popup() else { panic!("a form") };
    assert!(form.rows.iter().all(|row| row.input.text().is_empty()), "another bug begins anew");
}

#[test]
fn a_duplicate_names_another_bug_and_never_itself() {
    let mut player = Player::new();
    player.press("xu<Enter>").press(WHY).press("<Enter>");
    assert_eq!(player.last().parts[0].set.status, To::Value("Duplicate of BUG-2".to_owned()));
    assert_eq!(player.last().kind, Kind::Status);
    player.press(".");
    assert_eq!((player.said(), player.app.unsaved()), ("BUG-2 cannot be a duplicate of itself", 1));
    player.press("j.xuodd<Enter>").press(WHY).press("<Enter>");
    assert_eq!(player.last().parts[0].set.status, To::Value("Duplicate of BUG-3".to_owned()));
    player.press("xuno such bug<Enter>");
    assert_eq!((player.popup(), player.said()), ("originals", "no other bug matches; Esc goes back"));
    player.press("<Esc><Esc>");
    assert_eq!(player.popup(), "none");
}

#[test]
fn a_deferral_ends_on_a_day() {
    let mut player = Player::new();
    player.press("xfsoon<Enter>");
    assert_eq!(player.popup(), "form");
    player.press("<Ctrl-u>+2w<Enter>").press(WHY).press("<Enter>");
    assert_eq!(player.last().parts[0].set.status, To::Value("Deferred until 2026-03-23".to_owned()));
}

#[test]
fn what_needs_no_more_goes_straight_to_the_rationale_and_a_question_is_kept() {
    let mut player = Player::new();
    player.press("xw");
    assert_eq!(player.popup(), "rationale");
    player.press("<Esc>xnTomoko<Enter>which disk?<Enter>").press(WHY).press("<Enter>");
    let set = &player.last().parts[0].set;
    assert_eq!(set.status, To::Value("Needs info".to_owned()));
    let fields = [("Asked", "Tomoko"), ("Question", "which disk?")];
    assert_eq!(set.fields, fields.map(|(name, text)| (name.to_owned(), To::Value(text.to_owned()))));
    assert_eq!(player.last().kind, Kind::Status);
}

#[test]
fn a_note_on_many_is_one_decision_and_an_empty_one_is_refused_with_words() {
    let mut player = Player::new();
    player.press("<Space><Space>c<Enter>");
    assert_eq!(player.rationale().refused.as_deref(), Some("a note needs words: 10 characters"));
    player.press("Look here again.<Enter>");
    assert_eq!((player.last().len(), player.last().kind, player.app.unsaved()), (2, Kind::Note, 1));
    assert_eq!(player.said(), "2 bugs · note — u undoes");
}

#[test]
fn a_rule_is_picked_from_a_list_or_set_at_once() {
    let mut player = Player::new();
    player.press("2<Alt-r>");
    assert_eq!(player.popup(), "picker");
    player.press("4");
    assert_eq!((player.popup(), player.rationale().rule), ("rationale", Some(4)));
    player.press("<Alt-3>");
    assert_eq!(player.rationale().rule, Some(3));
    player.press("<Alt-9>");
    assert_eq!(player.rationale().refused.as_deref(), Some("there is no rule 9"));
    player.press("<Alt-0>");
    assert_eq!(player.rationale().rule, None);
    player.press("<Alt-r><Enter><Alt-r>-");
    assert_eq!(player.rationale().rule, None);
}

#[test]
fn a_template_brings_the_scope_that_it_was_written_for_unless_one_was_picked() {
    let scope = |player: &Player| player.rationale().set.scope.clone();
    let named = |name: &str| To::Value(name.to_owned());
    let mut player = Player::new();
    player.press("2<Tab>");
    assert_eq!(scope(&player), named("Configuration"));
    player.press("<Ctrl-u>quality<Tab>");
    assert_eq!(scope(&player), To::Keep, "this one was written for any");
    player.press("<Alt-s>d<Ctrl-u><Tab>");
    assert_eq!(scope(&player), named("Documentation"));
    player.press("<Esc>c<Tab>");
    assert_eq!((scope(&player), player.rationale().kind), (To::Keep, Kind::Note));
}

/// Enter on what a chooser opens with would change what nobody wanted changed.
#[test]
fn choosers_open_on_what_holds_and_a_scope_can_be_taken_away() {
    let bug = |at, scope: &str| {
        format!(
            "### BUG-{at}: It breaks\n- **Severity:** P1\n{scope}- **Status:** Documented - see above\n\n"
        )
    };
    let scope = "- **Scope:** Test infrastructure\n";
    let mut player = Player::on(&[bug(1, scope), bug(2, scope), bug(3, "")].concat());
    let held = |player: &Player| match player.app.popup() {
        Some(Popup::Picker(picker)) => {
            (picker.choices[picker.at].name.clone(), picker.holds == Some(picker.at))
        }
        other => panic!("no picker, but {other:?}"),
    };
    player.press("x");
    assert_eq!(held(&player), ("Documented".to_owned(), true));
    player.press("<Esc>s");
    assert_eq!(held(&player), ("Test infrastructure".to_owned(), true));
    player.press("<Esc><Space><Space>s");
    assert_eq!(held(&player), ("Test infrastructure".to_owned(), true), "both have it");
    player.press("<Esc>*s");
    assert_eq!(held(&player), ("Production".to_owned(), false), "they differ");
    player.press("<Esc><Esc>Gs");
    assert_eq!(held(&player), ("none".to_owned(), true));
    player.press("<Esc>g2<Alt-s>");
    assert_eq!(held(&player), ("as it is".to_owned(), true));
    player.press("c<Alt-s>");
    assert_eq!(held(&player), ("Configuration".to_owned(), true), "what the decision gives");
    player.press("<Esc><Alt-2><Alt-r>");
    assert_eq!(held(&player), ("Missing critical".to_owned(), true));
    player.press("<Esc><Esc>gs").press("n").press(WHY).press("<Enter>");
    assert_eq!(
        (player.last().parts[0].set.scope.clone(), player.said()),
        (To::Clear, "BUG-1 · no scope — u undoes")
    );
}
