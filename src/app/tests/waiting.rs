//! What happens beside the desk, searches, saves and readings, and the keys that wait for it.

use super::*;
use crate::text::edit::{Edit, Edits};
use crate::text::{Diff, Span};
use crate::triage::{Barred, Gist};

/// Whoever reads again in vain would be told no more that there is no report.
#[test]
fn a_report_that_is_gone_stays_so_until_it_is_seen_again() {
    let mut player = Player::new();
    player.take(Msg::Looked(Underneath::Gone));
    player.press("R");
    player.take(Msg::NotReread(Fault::new(FaultKind::Unreadable, "there is no such file")));
    player.press("<Esc>");
    assert_eq!(player.app.ui.underneath, Underneath::Gone);
    player.take(Msg::Looked(Underneath::Same));
    assert_eq!(player.app.ui.underneath, Underneath::Same);
}

#[test]
fn a_filter_follows_the_keys_and_escape_brings_back_what_was() {
    let mut player = Player::new();
    player.press("jjj/odd");
    assert_eq!((player.app.ui.view.bugs().len(), player.cursor()), (1, 2));
    player.press("<Esc>");
    assert_eq!((player.app.ui.view.bugs().len(), player.cursor()), (4, 3));
}

#[test]
fn the_search_overtaken_last_changes_nothing() {
    let mut player = Player::new();
    player.press("/odd");
    let none = Matches { bugs: Vec::new(), best: None };
    player.take(Msg::Filtered { generation: 1, matches: none });
    assert_eq!(player.app.ui.view.bugs().len(), 1);
}

#[test]
fn leaving_asks_only_where_something_is_unsaved() {
    let mut player = Player::new();
    player.press("q");
    assert!(matches!(player.asked.pop(), Some(Effect::Quit(Leaving::Quietly))));
    player.press("<Enter>q");
    assert_eq!(player.popup(), "quit");
    player.press("<Esc>");
    assert_eq!((player.popup(), player.asked.len()), ("none", 0));
    player.press("qq");
    assert!(matches!(player.asked.pop(), Some(Effect::Quit(Leaving::Quietly))));
}

/// Whoever wants to leave without them would have to undo each, and one slip of a finger would lose them.
#[test]
fn decisions_are_left_behind_only_where_that_is_asked_for_twice() {
    let mut player = Player::new();
    player.press("<Enter>qd");
    assert_eq!((player.popup(), player.asked.len()), ("quit", 0));
    assert_eq!(player.said(), "d again leaves without 1 decision");
    player.press("xd");
    assert_eq!(player.asked.len(), 0, "another key came between");
    player.press("d");
    assert!(matches!(player.asked.pop(), Some(Effect::Discard)));
    player.take(Msg::NotDiscarded(Fault::new(FaultKind::Unwritable, "the disk is full")));
    assert_eq!((player.popup(), player.app.unsaved()), ("error", 1));
    player.take(Msg::Discarded);
    assert!(matches!(player.asked.pop(), Some(Effect::Quit(Leaving::Quietly))));
}

#[test]
fn saving_from_the_question_leaves_once_it_is_saved() {
    let mut player = Player::new();
    player.press("<Enter>qs");
    assert!(matches!(player.asked.pop(), Some(Effect::Save)));
    let session = Player::new().app.session;
    let places = session.report().indexes().map(Some).collect();
    player.take(Msg::Saved(reopened(session, places)));
    assert!(matches!(player.asked.pop(), Some(Effect::Quit(Leaving::Quietly))));
}

#[test]
fn deciding_keys_wait_for_a_save_under_way_and_moving_keys_do_not() {
    let mut player = Player::new();
    player.press("<Enter>wG");
    assert_eq!(player.cursor(), 3);
    player.press("g<Enter>");
    assert_eq!(player.app.unsaved(), 1);
    let session = Player::new().app.session;
    let places = session.report().indexes().map(Some).collect();
    player.take(Msg::Saved(reopened(session, places)));
    assert_eq!((player.app.unsaved(), player.last().kind), (1, Kind::Confirmed));
    assert_eq!(player.cursor(), 1);
}

#[test]
fn after_a_failed_save_everything_is_still_pending() {
    let mut player = Player::new();
    player.press("<Enter>wq");
    player.take(Msg::NotSaved(Fault::new(FaultKind::Changed, "the report changed on disk")));
    assert_eq!((player.popup(), player.app.unsaved()), ("error", 1));
    assert!(!player.asked.iter().any(|effect| matches!(effect, Effect::Quit(_))));
}

#[test]
fn cursor_and_marks_stay_with_their_bugs_when_a_save_moves_them() {
    let mut player = Player::new();
    player.press("<Space><Enter><Enter>gw");
    let session = Player::new().app.session;
    let places = [3, 0, 1, 2].map(|at| Some(BugIx(at))).to_vec();
    player.app.ui.marks = BugSet::from(BugIx(1));
    player.take(Msg::Saved(reopened(session, places)));
    assert_eq!(player.cursor(), 3);
    assert_eq!(player.app.ui.marks, BugSet::from(BugIx(0)));
}

#[test]
fn interrupting_twice_in_a_row_forces_out_wherever_one_is() {
    let mut player = Player::new();
    player.press("2abc<Ctrl-c>d<Ctrl-c>");
    assert!(player.asked.is_empty());
    assert_eq!(player.rationale().text.text(), "abcd");
    player.press("<Ctrl-c>");
    assert!(matches!(player.asked.pop(), Some(Effect::Quit(Leaving::Forced))));
}

#[test]
fn what_the_editor_leaves_is_the_rationale_even_if_it_failed() {
    let mut player = Player::new();
    player.press("2abc<Ctrl-e>");
    assert!(matches!(player.asked.pop(), Some(Effect::Edit(text)) if text == "abc"));
    let fault = Fault::new(FaultKind::Interrupted, "the editor ended with 1");
    player.take(Msg::Edited(format!("{WHY}\n"), Some(fault)));
    assert_eq!(player.popup(), "error");
    player.press("<Enter><Enter>");
    assert_eq!(player.last().rationale, WHY);
}

#[test]
fn a_paste_is_text_where_text_is_typed_and_never_keys() {
    let mut player = Player::new();
    player.take(Msg::Paste("jjq".to_owned()));
    assert_eq!((player.cursor(), player.asked.len()), (0, 0));
    player.press("2");
    player.take(Msg::Paste("Two\r\nlines\x1b[2J".to_owned()));
    assert_eq!(player.rationale().text.text(), "Two\nlines");
}

#[test]
fn a_report_without_bugs_takes_every_key() {
    let mut player = Player::on("# Nothing here\n");
    player.press("jkGgJK<Ctrl-d><Ctrl-u>0123s<Esc>xc<Enter>.<Space>*u<Ctrl-r>D/x<Enter><Esc>lh?<Esc>w");
    assert_eq!((player.popup(), player.app.unsaved()), ("none", 0));
    assert!(player.asked.is_empty());
}

/// The searches that a desk asked for, answered only when told to.
fn answer(player: &mut Player, effects: Vec<Effect>) {
    for effect in effects {
        if let Effect::Filter { generation, query, within } = effect {
            player.search(generation, &query, within);
        }
    }
}

/// Types keys while every search still runs.
fn burst(player: &mut Player, keys: &str) -> Vec<Effect> {
    typed(keys).expect("keys").into_iter().flat_map(|key| player.app.update(Msg::Key(key))).collect()
}

#[test]
fn keys_that_go_by_what_is_in_view_wait_for_the_search() {
    let mut player = Player::new();
    let asked = burst(&mut player, "/crash<Down><Enter><Enter>");
    assert_eq!((player.popup(), player.app.unsaved()), ("filter", 0));
    answer(&mut player, asked);
    assert_eq!((player.popup(), player.app.session.reviewed()), ("none", &BugSet::from(BugIx(1))));
}

/// A search of the whole report for every letter would be slow; one of too little would lose bugs.
#[test]
fn a_search_goes_on_from_the_matches_that_it_narrows_while_nothing_else_has_changed() {
    let mut player = Player::new();
    let within = |player: &mut Player, keys: &str| {
        let effects = burst(player, keys);
        let asked = effects.iter().find_map(|effect| match effect {
            Effect::Filter { within, .. } => Some(within.as_ref().map(Vec::len)),
            _ => None,
        });
        answer(player, effects);
        asked
    };
    assert_eq!(within(&mut player, "/c"), Some(None));
    assert_eq!(within(&mut player, "r"), Some(Some(2)));
    assert_eq!(within(&mut player, " "), None, "the same bugs as before");
    assert!(!player.app.ui.view.is_searching() && player.app.ui.view.bugs().len() == 2);
    assert_eq!(within(&mut player, "<Backspace><Backspace>"), Some(None));
    player.press("<Enter><Space>");
    assert_eq!(within(&mut player, "/"), Some(None), "what is marked has changed");
    assert_eq!(within(&mut player, "<Esc>/"), None, "nothing has");
    assert_eq!(within(&mut player, "<End>r"), Some(Some(2)));
}

#[test]
fn a_report_read_anew_keeps_filter_and_matches_with_their_bugs() {
    let mut player = Player::new();
    player.press("/crash<Enter><Esc>");
    let config = Config::embedded();
    let text = format!("# Bugs\n\n### BUG-0: New\n- **Severity:** P1\n\n{}", &REPORT[8..]);
    let report = Arc::new(Report::parse(text.as_bytes().into(), &config.methodology));
    let session = Session::new(report, Arc::clone(player.app.session.methodology()), Vec::new());
    let places = (1..=4).map(|at| Some(BugIx(at))).collect();
    player.app.ui.busy = Busy::Reading;
    player.take(Msg::Reread(reopened(session, places)));
    player.press("gn");
    assert_eq!(player.cursor(), 1);
    player.press("nn");
    assert_eq!((player.cursor(), player.said()), (2, "no bug after this one matches “crash”"));
}

/// A key that waits for a list of a million bugs shows late.
#[test]
fn the_list_that_was_made_beside_the_desk_is_the_one_it_goes_on_with() {
    let mut player = Player::new();
    let places = player.app.session.report().indexes().map(Some).collect();
    let saved = reopened(Player::new().app.session, places);
    let list = saved.prepared.view.bugs().as_ptr();
    player.take(Msg::Saved(saved));
    assert_eq!(player.app.ui.view.bugs().as_ptr(), list);
    let (session, whole) = (Player::new().app.session, Player::new().app);
    let (settings, keymap) = (Arc::clone(&whole.ui.settings), Arc::clone(&whole.ui.keymap));
    let mut glimpse = App::glimpse(session, "bugs.md", settings, keymap);
    let list = whole.ui.view.bugs().as_ptr();
    glimpse.open_up(whole);
    assert_eq!((glimpse.ui.view.bugs().as_ptr(), glimpse.is_glimpse()), (list, false));
}

#[test]
fn escape_goes_back_to_its_bug_even_while_a_search_runs() {
    let mut player = Player::new();
    player.press("/crash<Enter>j");
    let asked = burst(&mut player, "/x<Backspace><Esc>");
    answer(&mut player, asked);
    assert_eq!(player.cursor(), 1);
}

#[test]
fn a_paste_never_overtakes_keys_that_wait() {
    let mut player = Player::new();
    let asked = burst(&mut player, "/odd<Enter>3");
    player.take(Msg::Paste(WHY.to_owned()));
    let later = burst(&mut player, "<Enter>");
    answer(&mut player, asked);
    assert!(later.is_empty());
    assert_eq!((player.last().rationale.as_str(), player.levels()), (WHY, vec![0, 0, 3, 1]));
}

#[test]
fn a_failed_search_says_how_many_keys_it_cost_and_a_failed_comparison_costs_none() {
    let mut player = Player::new();
    player.press("<Enter>");
    burst(&mut player, "/odd<Enter>jj");
    let broken = || Fault::new(FaultKind::Unwritable, "it broke");
    player.take(Msg::NotDiffed { generation: 0, fault: broken() });
    assert_eq!(player.popup(), "filter");
    player.take(Msg::NotFiltered { generation: 3, fault: broken() });
    let Some(Popup::Error(fault)) = player.app.popup() else { panic!("no error popup") };
    assert_eq!(fault.hints(), ["3 keys typed meanwhile were dropped."]);
}

#[test]
fn a_difference_fills_the_popup_that_asked_for_it_and_opens_none() {
    let mut player = Player::new();
    player.press("<Enter>DD");
    let edits = Edits::new(vec![Edit::replace(Span::new(0, 1), "b")]).unwrap();
    let diff = || Diff::of(&b"a\n"[..].into(), &edits, "bugs.md");
    player.take(Msg::Diffed { generation: 1, diff: diff(), gist: Gist::default() });
    assert_eq!(player.popup(), "none");
    player.press("D");
    player.take(Msg::Diffed { generation: 1, diff: diff(), gist: Gist::default() });
    let sheet = |player: &Player| match player.app.popup() {
        Some(Popup::Page(page)) => page.sheet.clone(),
        _ => panic!("no page"),
    };
    assert!(matches!(*sheet(&player), page::Sheet::Lines(_)));
    player.take(Msg::Diffed { generation: 2, diff: diff(), gist: Gist::default() });
    assert!(matches!(*sheet(&player), page::Sheet::Diff(_)));
    player.press("w");
    assert!(matches!(player.asked.pop(), Some(Effect::Save)));
    assert_eq!(player.popup(), "none");
}

/// A saved decision that is taken back twice, or a key that is lost, would leave the report as nobody asked for.
#[test]
fn keys_wait_while_a_decision_is_made_out_that_takes_a_saved_one_back() {
    let mut player = Player::new();
    let u = || Msg::Key(typed("u").unwrap()[0]);
    let asked = player.app.update(u());
    assert!(matches!(asked.as_slice(), [Effect::Reverse { generation: 1, is_forward: false }]), "{asked:?}");
    player.press("G<Enter>u");
    assert_eq!((player.cursor(), player.app.unsaved(), player.asked.len()), (0, 0, 0));
    let past = Draft { reverts: Some("1".to_owned()), ..Draft::of(Kind::Reverted) };
    player.take(Msg::Reversed { generation: 1, is_forward: false, draft: Ok(past), told: Vec::new() });
    assert_eq!(player.cursor(), 3, "the keys went on, in their order");
    assert_eq!(
        player.app.session.pending().len(),
        1,
        "what was confirmed then was undone by the last of them"
    );
    assert!(player.app.session.can_redo());
}

/// Keys would go on as if something had been undone.
#[test]
fn what_was_made_out_for_another_state_of_the_report_is_not_done_and_keys_typed_meanwhile_are_dropped() {
    let mut player = Player::new();
    player.app.update(Msg::Key(typed("u").unwrap()[0]));
    player.press("G");
    let session = Player::new().app.session;
    let places = session.report().indexes().map(Some).collect();
    player.take(Msg::Reread(reopened(session, places)));
    player.press("<Enter>");
    player.take(Msg::Reversed {
        generation: 1,
        is_forward: false,
        draft: Err(Barred::Nothing),
        told: Vec::new(),
    });
    assert_eq!((player.cursor(), player.app.unsaved()), (0, 0));
    assert!(
        player.said().contains("nothing is undone or redone · 2 keys typed meanwhile not taken"),
        "{}",
        player.said()
    );
    player.press("G");
    assert_eq!(player.cursor(), 3);
}

#[test]
fn a_decision_that_cannot_be_made_out_leaves_no_key_waiting() {
    let mut player = Player::new();
    player.app.update(Msg::Key(typed("<Ctrl-r>").unwrap()[0]));
    player.press("G");
    player.take(Msg::NotReversed {
        generation: 1,
        fault: Fault::new(FaultKind::Unwritable, "no thread could be started"),
    });
    assert_eq!((player.popup(), player.cursor()), ("error", 0));
    player.press("<Esc>G");
    assert_eq!(player.cursor(), 3);
}

/// A person could not get away from what takes long.
#[test]
fn what_takes_a_saved_decision_back_is_given_up_and_its_answer_changes_nothing() {
    let mut player = Player::new();
    player.app.update(Msg::Key(typed("u").unwrap()[0]));
    player.press("G<Ctrl-c>");
    assert!(player.said().contains("given up: nothing is undone"), "{}", player.said());
    player.app.update(Msg::Key(typed("<Ctrl-r>").unwrap()[0]));
    player.take(Msg::Reversed {
        generation: 1,
        is_forward: false,
        draft: Err(Barred::Nothing),
        told: Vec::new(),
    });
    assert_eq!(player.said(), "", "that was for the one before");
    player.take(Msg::Reversed {
        generation: 2,
        is_forward: true,
        draft: Err(Barred::Nothing),
        told: Vec::new(),
    });
    assert_eq!((player.said(), player.cursor()), ("there is no decision to redo", 0));
}

/// The keys that wait would go on from a bug that nobody meant.
#[test]
fn the_mouse_leaves_the_cursor_while_a_decision_is_made_out() {
    let mut player = Player::new();
    player.app.ui.drawn.hits.list = Area { x: 0, y: 0, width: 10, height: 10 };
    let click = || Msg::Mouse(Mouse { x: 0, y: 2, does: mouse::Does::Click });
    player.app.update(Msg::Key(typed("u").unwrap()[0]));
    player.take(click());
    assert_eq!(player.cursor(), 0);
    player.take(Msg::Reversed {
        generation: 1,
        is_forward: false,
        draft: Err(Barred::Nothing),
        told: Vec::new(),
    });
    player.take(click());
    assert_ne!(player.cursor(), 0);
}

/// What was made out for a report that is being read again would go to other bugs.
#[test]
fn a_report_is_not_read_again_while_a_decision_is_made_out_and_else_that_is_not_made() {
    let mut player = Player::new();
    player.app.update(Msg::Key(typed("u").unwrap()[0]));
    player.app.ui.underneath = Underneath::Changed;
    assert!(player.app.catch_up().is_empty());
    player.app.ui.busy = Busy::Reading;
    player.take(Msg::Reversed {
        generation: 1,
        is_forward: false,
        draft: Err(Barred::Nothing),
        told: Vec::new(),
    });
    assert!(player.said().contains("the report is being saved or read again"), "{}", player.said());
}

/// Enter would go to the line that was shown before, or say that it leads nowhere.
#[test]
fn enter_on_a_page_waits_for_the_line_that_is_looked_for() {
    let mut player = Player::new();
    player.press(&format!("G2{WHY}<Enter>gL/x<Enter><Enter>"));
    let Some(Effect::Seek { generation, .. }) = player.asked.pop() else { panic!("{:?}", player.asked) };
    assert!(matches!(player.app.popup(), Some(Popup::Page(_))));
    player.take(Msg::Sought { generation, hits: vec![1] });
    assert_eq!((player.popup(), player.cursor()), ("none", 3));

    player.press("gL/x<Enter><Enter>");
    player.take(Msg::NotSought(Fault::new(FaultKind::Unwritable, "no thread could be started")));
    assert_eq!(player.popup(), "error");
    player.press("<Esc>");
    assert!(!player.app.is_seeking());
}
