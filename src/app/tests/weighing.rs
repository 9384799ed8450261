//! Decisions on very many bugs: weighed and written down beside the desk, while keys wait.

use super::*;
use crate::app::weighing::AT_ONCE;

/// A desk on so many bugs, all of them P1.
fn many(bugs: usize) -> Player {
    let bug = |at| format!("### BUG-{at}: It breaks\n- **Severity:** P1\n- **Status:** Open\n\n");
    let mut player = Player::on(&(0..bugs).map(bug).collect::<String>());
    player.is_slow = true;
    player
}

/// Does what was asked for last.
fn answer(player: &mut Player) {
    match player.asked.pop() {
        Some(Effect::Weigh { generation, weighing }) => player.weigh(generation, *weighing),
        Some(Effect::Commit(intent)) => player.commit(intent),
        other => panic!("{other:?} is asked for"),
    }
}

/// What is typed ahead would be taken for keys of the list, and decide something else.
#[test]
fn keys_wait_until_a_decision_on_many_is_weighed_and_written_down() {
    let mut player = many(AT_ONCE + 1);
    player.press("*3so it is, as was said<Enter>j");
    assert_eq!((player.popup(), player.app.is_weighing(), player.cursor()), ("none", true, 0));
    answer(&mut player);
    assert_eq!((player.popup(), player.rationale().text.text()), ("rationale", "so it is, as was said"));
    assert_eq!((player.rationale().blast.bugs, player.rationale().blast.unseen), (AT_ONCE + 1, AT_ONCE + 1));
    answer(&mut player);
    assert!(matches!(player.asked[..], [Effect::Commit(_)]), "{:?}", player.asked);
    assert_eq!((player.app.unsaved(), player.app.is_weighing()), (0, true));
    answer(&mut player);
    assert_eq!(
        (player.popup(), player.app.unsaved(), player.cursor()),
        ("none", 1, 1),
        "none is undecided, so it stays, and then goes down"
    );
    assert!(player.levels().iter().all(|level| *level == 3));
    player.press("u");
    assert!(player.levels().iter().all(|level| *level == 1));
}

/// A remark would be spoken of that no bug has, or be lost unsaid.
#[test]
fn of_very_many_bugs_the_remarks_that_are_lost_are_counted() {
    let mut player = many(AT_ONCE + 1);
    player.press("*xi");
    answer(&mut player);
    assert_eq!(player.rationale().going, None);
    let bug = |at| format!("### BUG-{at}: It breaks\n- **Status:** Open - see Ada\n\n");
    let mut player = Player::on(&(0..AT_ONCE + 5).map(bug).collect::<String>());
    player.is_slow = true;
    player.press("*xi");
    answer(&mut player);
    let lost = "1005 remarks behind a status that changes are lost";
    assert_eq!(player.rationale().going.as_deref(), Some(lost));
}

/// What the journal has would be in another order than on the desk, and a save that waits would be made without it.
#[test]
fn claims_are_not_set_while_a_decision_on_many_is_written_down() {
    let mut player = many(AT_ONCE + 1);
    player.press("*3so it is, as was said<Enter>");
    for _ in 0..2 {
        let generation = player.app.ui.restating;
        player.take(Msg::Restated { generation, draft: Some(Draft::restating(Vec::new())) });
        assert!(player.said().contains("something else was done meanwhile"), "{}", player.said());
        answer(&mut player);
    }
    let generation = player.app.ui.restating;
    player.take(Msg::Restated { generation, draft: Some(Draft::restating(Vec::new())) });
    assert!(matches!(player.asked[..], [Effect::Commit(_)]), "{:?}", player.asked);
    answer(&mut player);
    assert_eq!((player.popup(), player.app.unsaved()), ("none", 1));
}

/// An asking that failed once would keep the guards silent from then on, and leave the reason of what is recorded open.
#[test]
fn what_fails_beside_a_decision_on_many_neither_silences_guards_nor_keeps_its_popup() {
    let mut player = many(AT_ONCE + 1);
    player.press("*3so it is");
    answer(&mut player);
    player.press(", as was said<Enter>");
    answer(&mut player);
    let fault = || Fault::new(crate::fault::Kind::Unwritable, "no thread could be started");
    player.app.ui.foreseeing = true;
    player.take(Msg::NotWeighed { generation: 0, fault: fault() });
    assert!(!player.app.ui.foreseeing && player.popup() == "error");
    answer(&mut player);
    assert_eq!((player.popup(), player.app.unsaved(), player.app.ui.popups.len()), ("error", 1, 1));
}

/// Who changes their mind would have to wait for what nobody wants any more.
#[test]
fn weighing_is_given_up_and_its_answer_is_not_taken() {
    for key in ["<Ctrl-c>", "<Esc>"] {
        let mut player = many(AT_ONCE + 1);
        player.press(&format!("*3x{key}"));
        assert!(!player.app.is_weighing() && player.said().contains("given up"), "{}", player.said());
        answer(&mut player);
        assert_eq!((player.popup(), player.app.is_weighing()), ("none", false));
        player.press("j");
        assert_eq!(player.cursor(), 1);
    }
}

/// `Esc` is what the popup says leaves it: the decision would be made, and the filter gone, which it clears then.
#[test]
fn escape_leaves_the_reason_of_what_is_weighed_as_it_was_typed() {
    let mut player = many(AT_ONCE + 1);
    player.press("*3");
    answer(&mut player);
    player.press("so it is, as was said<Enter><Esc>");
    answer(&mut player);
    assert_eq!((player.popup(), player.rationale().text.text()), ("rationale", "so it is, as was said"));
    assert!(player.app.unsaved() == 0 && !player.app.ui.marks.is_empty());
}

/// A decision would be made on bugs that are others by now.
#[test]
fn what_was_weighed_on_another_state_is_not_taken() {
    let mut player = many(AT_ONCE + 1);
    player.press("*3");
    let session = many(AT_ONCE + 1).app.session;
    let places = session.report().indexes().map(Some).collect();
    player.take(Msg::Reread(reopened(session, places)));
    let at = player.asked.iter().position(|effect| matches!(effect, Effect::Weigh { .. }));
    let weighing = player.asked.remove(at.expect("it is asked for"));
    player.asked.push(weighing);
    answer(&mut player);
    assert_eq!(player.popup(), "none");
    assert!(player.said().contains("nothing is decided"), "{}", player.said());
}

/// The same keys would do something else with a thousand bugs than with a thousand and one.
#[test]
fn many_bugs_are_decided_on_as_few_are() {
    let keys =
        ["*1", "*3so it is, as was said<Enter>*3", "*<Enter><Enter>", "*ssp", "*xr<Enter>so it is<Enter>"];
    for keys in keys {
        let [few, many] = [AT_ONCE, AT_ONCE + 1].map(|bugs| {
            let mut player = many(bugs);
            player.is_slow = false;
            player.press(keys);
            let level = player.app.session.level(BugIx(7));
            let status = player.app.session.status(BugIx(7)).map(|status| status.into_owned());
            let kind = player.app.session.pending().last().map(|decision| decision.draft.kind);
            (player.popup(), level, status, kind)
        });
        assert_eq!(few, many, "{keys}");
    }
}
