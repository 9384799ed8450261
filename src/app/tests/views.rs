//! Pages, the palette and the mouse in them.

use super::*;

/// An action in the palette that does nothing would be a trap.
#[test]
fn every_action_of_the_palette_runs_as_its_key_would() {
    let run = |offer: &palette::Offer| match offer.does {
        palette::Does::Run(action) => Some(action),
        _ => None,
    };
    let offered = |player: &Player| match player.app.popup() {
        Some(Popup::Palette(palette)) => palette.matching().filter_map(run).collect::<Vec<_>>(),
        _ => panic!("no palette"),
    };
    let all = offered(Player::new().press(":"));
    assert_eq!(all.len(), crate::config::Action::all().filter(|action| all.contains(action)).count());
    for (at, action) in all.iter().enumerate() {
        let player = || {
            let mut player = Player::new();
            player.press("2").press(WHY).press("<Enter>");
            player
        };
        let mut chosen = player();
        chosen.press(":").press(&"<Down>".repeat(at)).press("<Enter>");
        assert_eq!(chosen.app.ui.recent, [*action]);
        let mut run = player();
        run.app.ui.toast = None;
        run.app.run(*action).into_iter().for_each(|effect| run.carry_out(effect));
        let state = |player: &Player| {
            (player.popup(), player.said().to_owned(), player.levels(), player.asked.len(), player.cursor())
        };
        assert_eq!(state(&chosen), state(&run), "{}", action.name());
    }
}

#[test]
fn the_palette_finds_by_name_and_remembers_what_it_ran() {
    let mut player = Player::new();
    player.press(":next-und<Enter>");
    assert_eq!((player.popup(), player.cursor()), ("none", 1));
    player.press(":");
    let Some(Popup::Palette(palette)) = player.app.popup() else { panic!("no palette") };
    let first = palette.matching().next().expect("an action");
    assert_eq!((first.name.as_str(), first.keys.as_str()), ("next-undecided", "J"));
    player.press("zzzz<Enter>");
    assert_eq!(player.popup(), "other");
    player.press("<Esc>");
    player.app.ui.holder = Some("Bob".to_owned());
    player.press(":Set the severity");
    let Some(Popup::Palette(palette)) = player.app.popup() else { panic!("no palette") };
    assert_eq!(palette.matching().filter(|offer| offer.name.starts_with("severity")).count(), 0);
}

/// What the first line of the palette does once this is typed.
fn first(player: &mut Player, typed: &str) -> Option<palette::Does> {
    player.press(":").press(typed);
    let Some(Popup::Palette(palette)) = player.app.popup() else { panic!("no palette") };
    let does = palette.matching().next().map(|offer| offer.does);
    player.press("<Esc>");
    does
}

/// What fingers know from an editor would do something else, or nothing.
#[test]
fn what_is_called_exactly_so_comes_first_in_the_palette() {
    use crate::config::Action::{Decline, Quit, Save, SaveQuit, Scope, Wrap};
    let expected = [
        ("w", Save),
        ("write", Save),
        ("save", Save),
        (" q ", Quit),
        ("quit", Quit),
        ("x", SaveQuit),
        ("wq", SaveQuit),
        ("W", Wrap),
        ("s", Scope),
        ("Backspace", Decline),
    ];
    let mut player = Player::new();
    for (typed, action) in expected {
        assert_eq!(
            first(&mut player, &typed.replace(' ', "<Space>")),
            Some(palette::Does::Run(action)),
            "{typed}"
        );
    }
}

/// Words of other editors would decide, save or take back what only sounds alike.
#[test]
fn what_does_more_than_to_look_is_run_only_by_its_name_or_by_choice() {
    let state = |player: &Player| (player.levels(), player.asked.len(), player.app.session.pending().len());
    for typed in ["e foo", "vs", "sp", "d", "xyz", "set number", "", "coverage", "!", "--", "severe"] {
        let mut player = Player::new();
        player.press(&format!("2{WHY}<Enter>:undo<Enter>"));
        let before = state(&player);
        player.press(":").press(&typed.replace(' ', "<Space>")).press("<Enter>");
        assert_eq!(state(&player), before, "{typed}");
        assert_eq!(player.popup(), if player.said().is_empty() { "none" } else { "other" }, "{typed}");
    }
    let mut player = Player::new();
    player.press(":vs<Enter>");
    assert_eq!(player.said(), "nothing is called “vs”; Down chooses what is like it");
    player.press("<Esc>:conf<Enter>");
    assert_eq!(player.last().kind, Kind::Confirmed, "the beginning of a word of its name");
    player.press(":und<Enter>");
    assert_eq!(player.app.session.pending().len(), 0);
    player.press(":cfrm<Enter>");
    assert_eq!((player.popup(), player.app.session.pending().len()), ("other", 0));
    player.press("<Down><Enter>");
    assert_eq!(player.app.session.pending().len(), 1, "it was chosen");
}

#[test]
fn what_other_editors_call_an_action_runs_it() {
    for typed in ["e", "e!", "edit", "reload", "rl", "revert"] {
        let mut player = Player::new();
        player.press(&format!(":{typed}<Enter>"));
        assert!(matches!(player.asked.last(), Some(Effect::Reread)), "{typed}: {:?}", player.asked);
    }
    for typed in ["exit", "q!", "qa", ":q", ":qa"] {
        let mut player = Player::new();
        player.press(&format!(":{typed}<Enter>"));
        assert!(matches!(player.asked.last(), Some(Effect::Quit(_))), "{typed}: {:?}", player.asked);
    }
    let mut player = Player::new();
    player.press("/crash<Enter>:noh<Enter>");
    assert_eq!((player.popup(), player.app.ui.view.bugs().len()), ("none", 4));
    player.press("::help<Space>filter<Enter>");
    let Some(Effect::Seek { needle, .. }) = player.asked.last() else { panic!("{:?}", player.asked) };
    assert!(!needle.ranges("Show the filter").is_empty());
}

/// A number would be taken for a letter of an action's name, and a handle for nothing.
#[test]
fn the_palette_goes_to_a_row_of_the_list_and_to_a_bug_by_its_handle() {
    let mut player = Player::new();
    player.press(":3<Enter>");
    assert_eq!((player.popup(), player.cursor()), ("none", 2));
    player.press(":bug-2<Enter>");
    assert_eq!((player.popup(), player.cursor()), ("none", 1));
    player.press(":99<Enter>");
    assert_eq!(player.cursor(), 3, "the last where there are fewer");
    player.press("/crash<Enter>:2<Enter>");
    assert_eq!((player.cursor(), player.app.ui.view.bugs().len()), (1, 2), "the rows of what is in view");
    player.press(":BUG-4<Enter>");
    assert_eq!(
        (player.cursor(), player.app.ui.view.bugs().len()),
        (3, 4),
        "a filter that hides it gives way"
    );
    assert_eq!(first(&mut player, "BUG-7"), None);
}

/// Whoever leaves so would lose a step, or be asked what was answered already.
#[test]
fn saving_and_leaving_is_one_action() {
    let mut player = Player::new();
    player.press(&format!("2{WHY}<Enter>:wq<Enter>"));
    assert_eq!((player.popup(), player.app.ui.busy), ("none", Busy::ThenQuit));
    assert!(matches!(player.asked.last(), Some(Effect::Save)), "{:?}", player.asked);
    let mut player = Player::new();
    player.press(&format!("2{WHY}<Enter>:w<Enter>"));
    assert!(matches!(player.asked.last(), Some(Effect::Save)), "{:?}", player.asked);
    let mut player = Player::new();
    player.press(":x<Enter>");
    assert!(matches!(player.asked.last(), Some(Effect::Quit(Leaving::Quietly))), "{:?}", player.asked);
}

/// Who gives up what was decided would be asked whether it was meant, or find it there the next time.
#[test]
fn leaving_by_force_asks_nothing_and_sets_aside_what_is_not_saved() {
    let mut player = Player::new();
    player.press(&format!("2{WHY}<Enter>:q!<Enter>"));
    assert_eq!(player.popup(), "none");
    assert!(matches!(player.asked.last(), Some(Effect::Discard)), "{:?}", player.asked);
    let mut player = Player::new();
    player.press(":qu<Enter>");
    assert!(matches!(player.asked.last(), Some(Effect::Quit(Leaving::Quietly))), "{:?}", player.asked);
    let mut player = Player::new();
    player.press(&format!("2{WHY}<Enter>w:q!<Enter>"));
    let discards = player.asked.iter().any(|asked| matches!(asked, Effect::Discard));
    assert!(!discards, "it is being saved: {:?}", player.asked);
}

/// Enter on an entry would go to whichever bug stands where its bug stood before.
#[test]
fn the_log_that_is_open_follows_a_report_that_is_written_anew() {
    let mut player = Player::new();
    player.press(&format!("2{WHY}<Enter>wL"));
    let moved = REPORT.replace("### BUG-1: First crash\n- **Severity:** P0 - ImportError\n\n", "");
    let moved = format!("{moved}\n### BUG-1: First crash\n- **Severity:** P2 - ImportError\n");
    let mut session = Player::on(&moved).app.session;
    let set = Set { severity: To::Value(LevelId(2)), ..Set::default() };
    session.apply(Event::Decided(decision(Draft::new(Kind::Reclassified, BugSet::from(BugIx(3)), set))));
    let places = [3, 0, 1, 2].map(|at| Some(BugIx(at))).to_vec();
    player.take(Msg::Saved(reopened(session, places)));
    player.press("<Enter>");
    assert_eq!(player.cursor(), 3);
}

/// A notch would go past the bug that is looked for.
#[test]
fn the_wheel_goes_choice_by_choice_where_something_is_chosen() {
    let mut player = Player::new();
    player.press(":");
    player.take(Msg::Mouse(Mouse { x: 0, y: 0, does: mouse::Does::Wheel(1) }));
    assert!(matches!(player.app.popup(), Some(Popup::Palette(palette)) if palette.at == 1));
}
