//! Suggestions and guards at the desk, and what was typed before they spoke.

use super::*;
use crate::config::Action;
use crate::triage::suggest::{Advice, Decisions, Decline, Found, Proposed, Stood};

const SUGGESTED: &str = "\
# Nightly

### BUG-1: Ticket printer tests
- **Severity:** P0
- **Test:** tests/test_printer.py
- **Error:** `ModuleNotFoundError: No module named 'inkpot'`

### BUG-2: Clock tests
- **Severity:** P0
- **Test:** tests/test_clock.py
- **Error:** `ModuleNotFoundError: No module named 'timewarp'`

### BUG-3: Fare tests
- **Severity:** P0
- **Test:** tests/test_fares.py
- **Error:** `ModuleNotFoundError: No module named 'coins'`
";

/// A desk that knows what is suggested.
fn suggested() -> Player {
    suggested_on(SUGGESTED)
}

fn suggested_on(report: &str) -> Player {
    let mut player = Player::on(report);
    player.app.begin();
    let found = crate::triage::suggest::Found::of(&player.app.session, &AtomicBool::new(false));
    let generation = player.app.ui.suggestions.asked;
    player.take(Msg::Suggested { generation, found: found.expect("suggestions") });
    player
}

/// Where a first decision was taken back at once, nobody would hear of what is stale.
#[test]
fn what_is_stale_is_told_by_the_first_answer_that_counts() {
    let mut player = Player::on(SUGGESTED);
    let stood = Stood {
        bug: BugIx(1),
        at: Timestamp::UNIX_EPOCH,
        set: Set::severity(LevelId(2)),
        decisions: Decisions::default(),
    };
    let proposed = Proposed {
        by: "bot".to_owned(),
        kind: Kind::Reclassified,
        set: Set::severity(LevelId(1)),
        rationale: WHY.to_owned(),
        rule: None,
        suggestion: None,
        bugs: vec![stood],
    };
    player.app.session = player.app.session.clone().with_advice(Advice::new(vec![proposed]));
    player.app.begin();
    player.press(&format!("2{WHY}<Enter>u"));
    let found =
        |player: &Player| Found::of(&player.app.session, &AtomicBool::new(false)).expect("suggestions");
    assert_eq!(player.app.ui.suggestions.asked, 2);
    let told =
        |player: &Player| player.app.ui.toast.as_ref().is_some_and(|toast| toast.text.contains("stale"));
    for (generation, is_told) in [(1, false), (2, true)] {
        let found = found(&player);
        player.take(Msg::Suggested { generation, found });
        assert_eq!(told(&player), is_told, "{generation}");
    }
    player.press("2<Esc>");
    let found = found(&player);
    player.take(Msg::Suggested { generation: 2, found });
    assert!(!told(&player), "once");
}

/// A range that is drawn is what the next decision is about, marks or not.
#[test]
fn what_is_suggested_for_a_range_is_accepted_and_declined_together() {
    let mut player = suggested();
    player.press("vj<Tab>");
    let Some(Effect::Gather(gathering)) = player.asked.pop() else { panic!("nothing is gathered") };
    assert_eq!(gathering.iter().map(|(_, bugs)| bugs.len()).collect::<Vec<_>>(), [2]);
    let mut player = suggested();
    player.press("vj<Backspace>");
    let Some(Effect::Decline { bugs, is_declined: true }) = player.asked.pop() else {
        panic!("not declined")
    };
    player.take(Msg::Declined { bugs, made: Some(Decline::default()) });
    assert_eq!(
        (player.app.ui.suggested.len(), player.app.ui.view.range()),
        (1, Some(0..=1)),
        "what is next is for it"
    );
}

/// The desk would stand still while somebody else hands in proposals; a second press would decline the same once more.
#[test]
fn what_decides_waits_for_what_is_being_declined_and_looking_does_not() {
    let mut player = suggested();
    player.press("<Backspace>jj<Backspace>k");
    let Some(Effect::Decline { bugs, .. }) = player.asked.pop() else { panic!("not declined") };
    assert_eq!((bugs[0].0, player.cursor(), player.asked.len()), (BugIx(0), 2, 0));
    player.app.ui.underneath = Underneath::Changed;
    assert!(player.app.catch_up().is_empty(), "bugs stay what they are meanwhile");
    player.app.ui.underneath = Underneath::Same;
    player.take(Msg::Declined { bugs, made: Some(Decline::default()) });
    let Some(Effect::Decline { bugs, .. }) = player.asked.pop() else { panic!("{:?}", player.asked) };
    assert_eq!((bugs[0].0, player.cursor()), (BugIx(2), 1), "what only looks goes on");
    player.press("q");
    player.take(Msg::NotDeclined(Fault::new(FaultKind::Unwritable, "the disk is full")));
    assert_eq!((player.popup(), player.app.ui.suggested.len()), ("error", 2), "nobody leaves unheard");
}

/// What others decided would be blamed on the report.
#[test]
fn what_is_not_accepted_says_what_came_between() {
    let mut player = suggested();
    player.press("A");
    player.take(Msg::Committed(Event::Decided(decision(Draft::restating(Vec::new())))));
    player.take(Msg::Gathered(Vec::new()));
    assert!(player.said().starts_with("something else was decided meanwhile: nothing"), "{}", player.said());
    let mut player = suggested();
    player.press("A");
    player.take(Msg::NotSaved(Fault::new(FaultKind::Unwritable, "the disk is full")));
    player.take(Msg::Gathered(Vec::new()));
    assert!(player.said().starts_with("something else came up meanwhile: nothing"), "{}", player.said());
}

/// A proposal that is looked at and left would push out what a person has typed.
#[test]
fn only_what_was_typed_is_kept_as_unfinished() {
    let mut player = suggested();
    player.press("2Half a reason<Esc>A");
    let Some(Effect::Gather(gathering)) = player.asked.pop() else { panic!("nothing is gathered") };
    let drafts = crate::triage::suggest::together(&player.app.session, &gathering);
    player.take(Msg::Gathered(drafts));
    assert!(!player.rationale().text.text().is_empty());
    player.press("<Esc>");
    assert_eq!(player.app.unfinished().map(|begun| begun.text).as_deref(), Some("Half a reason"));
    player.press("2<Tab><Esc>");
    assert_eq!(player.app.unfinished().map(|begun| begun.text).as_deref(), Some("Half a reason"));
}

/// A decision would be made over the evidence of another bug.
#[test]
fn list_and_detail_show_the_bug_that_is_being_decided_in_the_order_of_the_list() {
    let mut player = suggested();
    player.press("<Space><Space><Space><Home>");
    let Some(gathering) = player.press("a").asked.pop() else { panic!("nothing is gathered") };
    let Effect::Gather(gathering) = gathering else { panic!("{gathering:?}") };
    let (voice, bugs) = gathering[0].clone();
    let one = |bug: u32| {
        let one = [(voice, bugs.intersection(&BugSet::from(BugIx(bug))))];
        crate::triage::suggest::together(&player.app.session, &one).remove(0)
    };
    let drafts = [1, 2, 0].map(one).to_vec();
    player.take(Msg::Gathered(drafts));
    for bug in 0..3 {
        assert_eq!(player.rationale().place, Some((bug + 1, 3)));
        assert_eq!(player.rationale().bugs, BugSet::from(BugIx(bug as u32)));
        assert_eq!(player.cursor(), bug as u32);
        player.press("<Enter>");
    }
    assert_eq!((player.popup(), player.app.unsaved()), ("none", 3));
}

/// Claims are set from beside the desk: somebody has begun to type meanwhile.
#[test]
fn setting_claims_takes_no_rationale_away() {
    let mut player = Player::new();
    player.press("2Only the te");
    let restated = crate::report::Restated { claim: crate::report::ClaimIx(0), from: 1, to: 2 };
    player.take(Msg::Committed(Event::Decided(decision(Draft::restating(vec![restated])))));
    assert_eq!(player.rationale().text.text(), "Only the te");
}

/// Settling would otherwise be a way around what the policy asks.
#[test]
fn the_policy_speaks_where_a_misfit_is_decided_anew() {
    let mut player = Player::new();
    let bug = BugSet::from(BugIx(2));
    let draft = Draft::new(Kind::Reclassified, bug, Set::severity(LevelId(0)));
    let draft = Draft { rationale: WHY.to_owned(), ..draft };
    let misfit = crate::triage::Misfit { decision: decision(draft), lost: crate::triage::Lost::Changed };
    player.app.session = player.app.session.clone().with_misfits(vec![misfit]);
    player.app.open_settle();
    player.press("<Enter>");
    assert!(matches!(player.app.popup(), Some(Popup::Objection(_))));
    assert_eq!((player.app.unsaved(), player.app.session.misfits().len()), (0, 1));
    player.press("seen in the ledger<Enter>");
    assert_eq!((player.app.unsaved(), player.app.session.misfits().len()), (1, 0));
    assert_eq!(player.last().answers[0].reason.as_deref(), Some("seen in the ledger"));
}

/// What opens on a bug while a save renumbers the bugs would record its decision on another.
#[test]
fn no_action_opens_on_a_bug_while_a_save_runs_or_where_one_may_only_look() {
    let about_bugs = |player: &Player| player.app.ui.popups.iter().filter(|popup| popup.holds_bugs()).count();
    for action in Action::all() {
        let mut saving = suggested();
        saving.press("<Enter>jw").take(Msg::Run(action));
        assert_eq!(about_bugs(&saving), 0, "{} while a save runs", action.name());
        let mut looking = suggested();
        looking.app.ui.holder = Some("Bob".to_owned());
        looking.take(Msg::Run(action));
        assert_eq!((about_bugs(&looking), looking.app.unsaved()), (0, 0), "{} looking on", action.name());
    }
    let mut player = suggested();
    player.app.ui.holder = Some("Bob".to_owned());
    player.press(":edit-sugg<Enter>");
    assert_eq!(player.popup(), "other", "nothing of that name is on offer");
}

#[test]
fn what_is_open_on_bugs_of_another_reading_is_closed_and_its_text_is_kept() {
    for keys in [format!("j2{WHY}"), format!("j2{WHY}<Alt-s>"), "jxd".to_owned(), "jxr".to_owned()] {
        let mut player = suggested();
        player.press(&keys);
        assert_ne!(player.popup(), "none", "{keys}");
        let places = [2, 0, 1].map(|at| Some(BugIx(at))).to_vec();
        player.take(Msg::Saved(reopened(suggested().app.session, places)));
        assert_eq!(player.popup(), "none", "{keys}");
        assert_eq!(player.app.unfinished().is_some(), keys.contains(WHY), "{keys}");
    }
    let mut player = suggested();
    player.press("RR").take(Msg::NotSaved(Fault::new(FaultKind::Changed, "it changed")));
    let places = player.app.session.report().indexes().map(Some).collect();
    player.take(Msg::Saved(reopened(suggested().app.session, places)));
    assert_eq!(player.popup(), "error", "what was told stays");
}

/// The sites would go on to disagree after a decision on the severity, and the check to say so.
#[test]
fn accepting_what_is_suggested_brings_sites_in_line_that_disagree() {
    let tests =
        "- **Test:** tests/test_printer.py\n- **Error:** `ModuleNotFoundError: No module named 'inkpot'`\n";
    let bugs = "# Bugs\n\n## P0 Bugs\n\n### BUG-1: Crash\n- **Severity:** P0\n\n### BUG-2: Printer\n- **Severity:** P1\n";
    let more = "\n## P1 Bugs\n\n### BUG-3: Slow\n- **Severity:** P1\n";
    let mut player = suggested_on(&[bugs, tests, more].concat());
    player.press("j<Tab>");
    let set = &player.last().parts[0].set;
    assert_eq!(set.severity, To::Value(LevelId(1)), "{}", player.said());
    assert!(!set.scope.is_keep() && player.said().starts_with("BUG-2 P0→P1"), "{}", player.said());
}
