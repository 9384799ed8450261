//! Pages, the palette and the mouse in them.

use super::*;

/// An action in the palette that does nothing would be a trap.
#[test]
fn every_action_of_the_palette_runs_as_its_key_would() {
    let offered = |player: &Player| match player.app.popup() {
        Some(Popup::Palette(palette)) => palette.matching().map(|offer| offer.action).collect::<Vec<_>>(),
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
