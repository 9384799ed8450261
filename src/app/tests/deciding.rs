//! Severities, confirming, repeating, marks, undo: from a key to a decision.

use super::*;
use crate::methodology::{Direction, Template};

#[test]
fn a_key_and_a_rationale_reclassify_and_the_cursor_goes_on() {
    let mut player = Player::new();
    player.press("2").press(WHY).press("<Enter>");
    assert_eq!(player.levels(), [2, 0, 2, 1]);
    assert_eq!((player.last().kind, player.last().rationale.as_str()), (Kind::Reclassified, WHY));
    assert_eq!((player.popup(), player.cursor(), player.said()), ("none", 1, "BUG-1 P0→P2 — u undoes"));
    assert_eq!(player.app.ui.counts, [(2, 1), (1, 1), (1, 2), (0, 0)]);
}

#[test]
fn a_level_that_the_report_has_already_is_told_to_stay() {
    let mut player = Player::new();
    player.press("G2").press(WHY).press("<Enter>G1<Ctrl-u>").press(WHY).press("<Enter>");
    assert_eq!(player.levels(), [0, 0, 2, 1]);
    assert!(player.said().contains(" stays P1 "), "{}", player.said());
}

#[test]
fn severity_scope_rule_and_rationale_are_one_decision() {
    let mut player = Player::new();
    player.press("1<Alt-s>t<Alt-r>2").press(WHY).press("<Enter>");
    assert_eq!(player.app.unsaved(), 1);
    let draft = player.last();
    assert_eq!(draft.rule, Some(2));
    assert_eq!(draft.parts[0].set.severity, To::Value(LevelId(1)));
    assert_eq!(draft.parts[0].set.scope, To::Value("Test infrastructure".to_owned()));
}

#[test]
fn a_rationale_that_is_too_short_is_refused_where_it_is_typed() {
    let mut player = Player::new();
    player.press("2short<Enter>");
    assert_eq!((player.popup(), player.app.unsaved()), ("rationale", 0));
    assert_eq!(player.rationale().refused.as_deref(), Some("5 more characters needed"));
    player.press(" no more<Enter>");
    assert_eq!((player.popup(), player.app.unsaved()), ("none", 1));
}

#[test]
fn escape_never_decides_and_what_was_typed_is_offered_again() {
    let mut player = Player::new();
    player.press("2").press(WHY).press("<Esc>");
    assert_eq!((player.popup(), player.app.unsaved(), player.cursor()), ("none", 0, 0));
    player.press("1<Tab>");
    assert_eq!(player.rationale().text.text(), WHY);
}

#[test]
fn a_rationale_survives_a_full_disk() {
    let mut player = Player::new();
    player.full_disk = true;
    player.press("2").press(WHY).press("<Enter>");
    assert_eq!((player.popup(), player.app.unsaved()), ("error", 0));
    player.press("<Esc>");
    assert_eq!(player.rationale().text.text(), WHY);
    player.full_disk = false;
    player.press("<Enter>");
    assert_eq!((player.popup(), player.app.unsaved()), ("none", 1));
}

/// What is typed after the key of the level that a bug has already would run as keys.
#[test]
fn the_severity_that_a_bug_has_already_is_confirmed_in_the_same_popup() {
    let mut player = Player::new();
    player.press("0").press(WHY).press("<Enter>");
    assert_eq!((player.popup(), player.app.unsaved(), player.levels()), ("none", 1, vec![0, 0, 2, 1]));
    assert_eq!((player.last().kind, player.last().rationale.as_str()), (Kind::Confirmed, WHY));
    player.press("0<Alt-2><Enter>");
    assert_eq!((player.last().rationale.as_str(), player.last().rule), ("", Some(2)));
    player.press("k0<Enter>");
    assert_eq!((player.popup(), player.said(), player.app.unsaved()), ("rationale", "decided already", 2));
    player.press("Looked at again.<Enter>");
    assert_eq!((player.popup(), player.app.unsaved()), ("none", 3));
    player.press("kk0<Alt-s>tNot the product.<Enter>");
    assert_eq!(player.popup(), "objection");
    player.press("Named after it only.<Enter>");
    assert_eq!(player.last().kind, Kind::Reclassified);
}

#[test]
fn where_the_report_contradicts_itself_the_same_severity_is_a_decision() {
    let mut player = Player::new();
    player.press("jj2");
    assert_eq!(player.popup(), "rationale");
}

#[test]
fn confirming_needs_no_popup_and_goes_to_the_next_undecided() {
    let mut player = Player::new();
    player.press("j<Enter>kk<Enter>");
    assert_eq!(player.app.session.reviewed().len(), 2);
    assert_eq!((player.cursor(), player.levels()), (2, vec![0, 0, 2, 1]));
    player.press("k<Enter>");
    assert_eq!(player.said(), "decided already");
    assert_eq!(player.app.unsaved(), 2);
}

/// The first reason on offer would be one for the contrary of what is decided.
#[test]
fn reasons_on_offer_are_of_the_sort_of_decision_and_others_are_found_by_typing() {
    let offered = |player: &Player| -> Vec<String> {
        player.rationale().offers().map(|offer| offer.from.clone()).collect()
    };
    let templates = Config::embedded().methodology.rationale().templates.clone();
    let of = |level: u8, way: Option<Direction>| -> Vec<String> {
        let is_for = |template: &&Template| {
            let Template { severity, scope, status, direction, .. } = template;
            let is_general = severity.is_none() && scope.is_none() && status.is_none();
            let goes = direction.is_none_or(|meant| way.is_none_or(|way| way == meant));
            (is_general || *severity == Some(LevelId(level))) && goes
        };
        templates.iter().filter(is_for).map(|template| template.name.clone()).collect()
    };
    let lowered = Some(Direction::Down);
    for (keys, level, way) in [("0", 0, None), ("1", 1, lowered), ("3", 3, lowered)] {
        assert_eq!(offered(Player::new().press(keys)), of(level, way), "{keys}");
    }
    let raised = offered(Player::new().press("jj1"));
    assert_eq!(raised, of(1, Some(Direction::Up)));
    assert!(raised.contains(&"wider-reach".into()) && !raised.contains(&"test-failure".into()), "{raised:?}");
    for (keys, name) in
        [("xw", "accepted-risk"), ("xu2<Enter>", "same-cause"), ("xf<Enter>", "other-work-first")]
    {
        assert_eq!(offered(Player::new().press(keys)), [name], "{keys}");
    }
    for keys in ["c", "xr<Ctrl-Enter>"] {
        assert!(offered(Player::new().press(keys)).is_empty(), "{keys}: reasons for a level");
    }
    let mut player = Player::new();
    player.press("xw").press(WHY).press("<Enter>xi");
    assert_eq!(offered(&player), ["earlier"]);
    player.press("<Esc>2");
    assert_eq!(offered(&player), of(2, lowered), "why one status was given is no reason for a level");
    player.press("Only the tests");
    assert!(offered(&player).contains(&"earlier".to_owned()), "{:?}", offered(&player));
}

/// Taken with Tab, it would make a warning about the configuration of a bug in production.
#[test]
fn a_reason_that_speaks_of_another_scope_than_the_bug_has_is_not_on_offer() {
    let mut player = Player::new();
    let of_configuration = |player: &Player| {
        let mut offers = player.rationale().offers();
        offers.any(|offer| offer.scope.as_deref() == Some("Configuration"))
    };
    assert!(of_configuration(player.press("2")));
    player.press("<Esc>1<Alt-s>p").press(WHY).press("<Enter>gg2");
    assert!(!of_configuration(&player), "{:?}", player.app.session.scope(BugIx(0)));
}

/// The same key once more would decide anew what is decided, and nothing would say that all is.
#[test]
fn after_the_last_undecided_bug_the_cursor_stays_and_what_is_left_is_told() {
    let mut player = Player::new();
    player.press("j<Enter><Enter>");
    assert_eq!((player.cursor(), player.said()), (3, "BUG-3 · confirmed — u undoes"));
    player.press("<Enter>");
    let hint = |player: &Player| player.app.ui.toast.as_ref().expect("a toast").hint.clone();
    assert_eq!(player.cursor(), 3);
    assert_eq!(hint(&player), "no undecided bug after this one; K goes to one before it");
    player.press("<Enter>");
    assert_eq!((player.said(), player.app.unsaved()), ("decided already", 3));
    player.press("K<Enter>");
    assert_eq!((player.cursor(), hint(&player).as_str()), (0, "all 4 reviewed; w saves"));
    player.app.ui.hindered = true;
    player.press("J");
    let kept = "the report cannot be saved as it is; the decisions are kept";
    assert_eq!((player.said(), hint(&player).as_str()), ("all 4 reviewed", kept), "it is read-only");
    player.app.ui.hindered = false;
    player.app.ui.holder = Some("Bob".to_owned());
    player.press("J");
    assert_eq!((player.said(), hint(&player).as_str()), ("all 4 reviewed", ""), "his desk saves");
}

#[test]
fn bugs_that_a_filter_hides_are_told_where_all_in_view_are_reviewed() {
    let mut player = Player::new();
    player.press("/sev:P1<Enter><Enter>");
    let toast = player.app.ui.toast.as_ref().expect("a toast");
    assert_eq!(toast.hint, "all in view are reviewed, 3 outside the filter are not; Esc shows all");
}

/// A note leaves its bug undecided: the next key would decide on another, or note the same of it unseen.
#[test]
fn after_a_note_the_cursor_stays_and_repeating_it_there_says_nothing_new() {
    let mut player = Player::new();
    player.press("c").press(WHY).press("<Enter>");
    assert_eq!((player.popup(), player.cursor(), player.app.unsaved()), ("none", 0, 1));
    player.press(".");
    assert_eq!(player.said(), "BUG-1 has this note already");
    player.press("j.");
    assert_eq!((player.cursor(), player.app.unsaved()), (1, 2));
}

/// What is decided at another desk would be saved, or thrown away, by whoever only looks on.
#[test]
fn who_looks_on_leaves_without_being_asked() {
    let mut player = Player::new();
    player.press(&format!("2{WHY}<Enter>"));
    player.app.ui.holder = Some("Bob".to_owned());
    player.press("q");
    assert_eq!(player.popup(), "none");
    assert!(matches!(player.asked.last(), Some(Effect::Quit(Leaving::Quietly))), "{:?}", player.asked);
}

#[test]
fn without_auto_advance_the_cursor_stays() {
    let mut player = Player::new();
    player.app.ui.settings = Arc::new(Settings { auto_advance: false, ..Settings::default() });
    player.press("<Enter>");
    assert_eq!(player.cursor(), 0);
}

#[test]
fn repeating_makes_the_same_decision_elsewhere_at_once() {
    let mut player = Player::new();
    player.press(".");
    assert_eq!(player.said(), "there is no decision to repeat yet");
    player.press("2<Alt-1>").press(WHY).press("<Enter>.");
    assert_eq!(player.levels(), [2, 2, 2, 1]);
    let draft = player.last();
    assert_eq!((draft.rationale.as_str(), draft.rule), (WHY, Some(1)));
    player.press("k.");
    assert_eq!(player.said(), "BUG-2 has all of it already");
}

#[test]
fn marks_make_one_decision_on_many_bugs_after_showing_what_it_hits() {
    let mut player = Player::new();
    player.take(Msg::Drawn(Drawn { detail: player.app.cursor(), ..Drawn::default() }));
    player.press("<Enter>*/BUG-3<Enter>1");
    let blast = &player.rationale().blast;
    let level = |level| Some(LevelId(level));
    let moves = [(level(0), level(1), 2), (level(1), level(1), 1), (level(2), level(1), 1)];
    assert_eq!(blast.moves, moves);
    assert_eq!((blast.bugs, blast.hidden, blast.decided, blast.unseen), (4, 3, 1, 3));
    player.press(WHY).press("<Enter>");
    assert_eq!((player.levels(), player.app.unsaved()), (vec![1, 1, 1, 1], 2));
    assert!(player.app.ui.marks.is_empty());
    assert_eq!(player.last().seen.len(), 1);
    player.press("u");
    assert_eq!(player.levels(), [0, 0, 2, 1]);
}

#[test]
fn marking_all_twice_unmarks_and_escape_clears_marks_before_the_filter() {
    let mut player = Player::new();
    player.press("**");
    assert!(player.app.ui.marks.is_empty());
    player.press("/crash<Enter><Space>*");
    assert_eq!(player.app.ui.marks.len(), 2);
    player.press("<Esc>");
    assert_eq!((player.app.ui.marks.len(), player.app.ui.view.bugs().len()), (0, 2));
    player.press("<Esc>");
    assert_eq!(player.app.ui.view.bugs().len(), 4);
}

#[test]
fn undo_and_redo_go_to_the_bug_they_are_about() {
    let mut player = Player::new();
    player.press("2").press(WHY).press("<Enter>Gu");
    assert_eq!((player.levels(), player.cursor()), (vec![0, 0, 2, 1], 0));
    assert_eq!(player.said(), "undone: BUG-1 P0→P2 — Ctrl-r redoes");
    player.press("G<Ctrl-r>");
    assert_eq!((player.levels(), player.cursor()), (vec![2, 0, 2, 1], 0));
    player.press("<Ctrl-r>");
    assert_eq!(player.said(), "there is no decision to redo");
}

#[test]
fn a_note_needs_words_and_reviews_nothing() {
    let mut player = Player::new();
    player.press("cLook here again.<Enter>");
    assert_eq!((player.last().kind, player.app.session.reviewed().len()), (Kind::Note, 0));
}

#[test]
fn confirming_and_repeating_on_several_bugs_first_show_what_they_hit() {
    let mut player = Player::new();
    player.press("<Space><Space><Enter>");
    assert_eq!((player.popup(), player.app.unsaved(), player.rationale().blast.bugs), ("rationale", 0, 2));
    player.press("<Enter>");
    assert_eq!((player.last().kind, player.app.session.reviewed().len()), (Kind::Confirmed, 2));
    player.press("u1").press(WHY).press("<Enter>g*.");
    assert_eq!((player.popup(), player.rationale().text.text()), ("rationale", WHY));
    player.press("<Enter>");
    assert_eq!(player.levels(), [1, 1, 1, 1]);
}

#[test]
fn a_reclassification_of_nothing_is_refused() {
    let mut player = Player::new();
    player.press("st<Alt-s>-").press(WHY).press("<Enter>");
    assert_eq!((player.popup(), player.app.unsaved()), ("rationale", 0));
}

#[test]
fn a_decision_undone_is_not_repeated() {
    let mut player = Player::new();
    player.press("2").press(WHY).press("<Enter>u.");
    assert_eq!((player.app.unsaved(), player.said()), (0, "there is no decision to repeat yet"));
}

/// A full disk would cost the reason that was typed.
#[test]
fn a_reason_for_the_policy_survives_a_commit_that_fails() {
    let mut player = Player::new();
    player.press("G0").press(WHY).press("<Enter>");
    assert_eq!(player.popup(), "objection");
    player.full_disk = true;
    player.press("seen in the ledger<Enter>");
    assert_eq!(player.popup(), "error");
    player.full_disk = false;
    player.press("<Esc><Enter>");
    let Some(Popup::Objection(objection)) = player.app.popup() else { panic!("no objection") };
    assert_eq!(objection.input.text(), "seen in the ledger");
    player.press("<Enter>");
    assert_eq!(player.last().answers[0].reason.as_deref(), Some("seen in the ledger"));
    assert!(player.app.ui.reason.is_none());
}

/// The log would say that something was changed from a value to the same.
#[test]
fn what_is_so_already_is_not_decided_again() {
    let text = "### A-1: It stops\n- **Severity:** P1\n- **Scope:** test\n- **Status:** Open - see log\n";
    let mut player = Player::on(text);
    for keys in ["st", "xo"] {
        player.press(keys);
        assert_eq!((player.popup(), player.said()), ("none", "A-1 has all of it already"), "{keys}");
    }
    player.press("2").press(WHY).press("<Enter>");
    let decided = player.app.unsaved();
    player.press("g.");
    assert_eq!((player.said(), player.app.unsaved()), ("A-1 has all of it already", decided));
    player.press("sp").press(WHY).press("<Enter>sp");
    assert_eq!((player.said(), player.app.unsaved()), ("A-1 has all of it already", decided + 1));
}

/// A reviewer would believe that all of them moved.
#[test]
fn a_decision_on_many_says_how_many_of_them_move() {
    let mut player = Player::new();
    player.press(&format!("*1{WHY}<Enter>"));
    assert!(player.said().starts_with("4 bugs →P1 · 3 moved, 1 stayed"), "{}", player.said());
    let mut player = Player::new();
    player.press(&format!("*3{WHY}<Enter>"));
    assert!(player.said().starts_with("4 bugs →P3 — "), "{}", player.said());
}

/// The same moment would have two times, and neither would say where.
#[test]
fn times_at_the_desk_are_those_of_where_it_stands() {
    let mut player = Player::new();
    player.app.ui.zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(-5));
    player.press("<Enter>k");
    let bug = player.app.cursor().expect("a bug");
    let by = player.app.history(bug).map(|told| told.by).next();
    assert_eq!(by.as_deref(), Some("Ada, 1969-12-31 19:00"));
    player.press("L");
    let Some(Popup::Page(page)) = player.app.popup() else { panic!("no log") };
    let said: Vec<String> = (0..page.sheet.len()).map(|at| page.sheet.line(at).text()).collect();
    assert!(said.concat().contains("1969-12-31 19:00"), "{said:?}");
}
