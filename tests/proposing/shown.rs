//! What the desk shows of proposals, also of those that come while it is open.

use std::fs;

use regrade::tui::Step;

use super::{OURS, PROPOSALS, REPORT, proposed, table};
use crate::desk::{Table, flat, keys};

#[test]
fn the_desk_shows_who_proposes_what_and_why() {
    let table = table(PROPOSALS);
    let shown = table.opened();
    for said in [
        "proposed P0 → P2 · Configuration — proposed by review-agent",
        "A setting that the tool no longer knows.",
        "Tab accept · E edit · A all alike · Backspace decline",
    ] {
        assert!(flat(&shown).contains(said), "{shown}");
    }
    assert!(!shown.contains("suggests"), "{shown}");
    let both = flat(&table.after(&["G"]));
    assert!(
        both.contains("proposed a note — proposed by Ben") && both.contains("also stays P1 · Resolved"),
        "{both}"
    );
    let found = self::table(OURS).after(&["/is:suggested<Enter>"]);
    assert!(
        found.contains("BUG-1 P0") && found.contains("BUG-2 P0") && !found.contains("BUG-3 P0"),
        "{found}"
    );
    let said = table.listen([keys("l")]);
    assert!(said.contains("proposed by review-agent") && said.contains("A setting that the tool"), "{said}");
    assert_eq!((table.report().as_str(), table.log().as_str()), (REPORT, ""));
}

#[test]
fn a_long_author_is_named_in_full_where_there_is_room() {
    let by = "the-review-agent-of-the-night-shift";
    let table = Table::new(REPORT).sized(80, 20);
    proposed(
        &table.place,
        &format!("by: {by}\ndecisions:\n- {{bug: BUG-2, severity: P3, rationale: Nobody runs them.}}\n"),
    );
    let shown = table.after(&["j"]);
    assert!(shown.contains(&format!(" Tab P0 → P3 ({by})  E edit")), "{shown}");
}

/// Somebody who takes back what they proposed would have to wait until the review is over.
#[test]
fn a_desk_that_is_open_learns_what_is_taken_back_or_declined_meanwhile() {
    for change in [&["--forget", "review-agent"][..], &["BUG-1", "--decline"]] {
        let table = table(PROPOSALS);
        let (state, folder) = (table.place.path("state"), table.place.root().to_owned());
        let meanwhile = move || {
            let done = std::process::Command::new(env!("CARGO_BIN_EXE_regrade"))
                .args([&["suggest", "bugs.md"], change].concat())
                .env("REGRADE_STATE_DIR", &state)
                .current_dir(&folder)
                .status();
            assert!(done.unwrap().success());
        };
        let steps = [Step::Settle, Step::Screenshot, Step::Others, Step::Settle, Step::Screenshot];
        let (_, screens) = table.play_script(regrade::tui::Script::new(steps).with_others(meanwhile));
        assert!(screens[0].contains("proposed by review-agent"), "{}", screens[0]);
        assert!(
            screens[1].contains("what is suggested has changed, and stands at its bugs"),
            "{}",
            screens[1]
        );
        assert!(!screens[1].contains("proposed by review-agent"), "{}", screens[1]);
    }
}

/// The lead would review without what has just been handed in.
#[test]
fn the_desk_tells_that_something_new_is_proposed_and_shows_it() {
    for (decides, told) in [
        ("", "what is suggested has changed, and stands at its bugs"),
        ("GcFine as it is.<Enter>", "R, or the next save, shows it"),
    ] {
        let table = Table::new(REPORT).sized(140, 40);
        let (state, path) = (table.place.path("state"), table.path());
        let root = table.place.root().to_owned();
        let hand_in = move || {
            fs::write(root.join("ours.yaml"), OURS).unwrap();
            let done = std::process::Command::new(env!("CARGO_BIN_EXE_regrade"))
                .args(["apply", "bugs.md", "ours.yaml", "--propose"])
                .env("REGRADE_STATE_DIR", &state)
                .current_dir(path.parent().unwrap())
                .status();
            assert!(done.unwrap().success());
        };
        let mut steps = vec![keys(decides), Step::Settle, Step::Others, Step::Settle, Step::Screenshot];
        steps.extend([keys("R"), Step::Settle, keys("ggj"), Step::Settle, Step::Screenshot]);
        let (_, screens) = table.play_script(regrade::tui::Script::new(steps).with_others(hand_in));
        assert!(screens[0].contains(told), "{}", screens[0]);
        assert!(screens[1].contains("review-agent"), "{}", screens[1]);
    }
}
