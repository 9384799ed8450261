//! Declining what others propose, and bringing it back.

use std::fs;

use regrade::app::Leaving;
use regrade::tui::Step;
use serde_json::Value;

use super::{PROPOSALS, REPORT, place, propose, proposed, table};
use crate::desk::{flat, keys};
use crate::place::Place;

#[test]
fn what_is_declined_stays_declined_bug_by_bug_and_lets_the_next_speak() {
    let table = table(PROPOSALS);
    let shown = table.after(&["<Backspace>"]);
    assert!(shown.contains("1 suggestion declined, BUG-1"), "{shown}");
    assert!(shown.contains("suggests") && !shown.contains("proposed by"), "the rule is next: {shown}");
    let shown = table.after(&["j<Backspace>"]);
    assert!(!flat(&shown).contains("proposed by"), "{shown}");
    assert!(table.after(&["jj"]).contains("proposed by review-agent"), "the other bug of the same");
    let listed = table.place.done(&["suggest", "bugs.md"]);
    assert!(listed.contains("2 suggestions are declined and left out"), "{listed}");
    assert!(!listed.contains("BUG-2"), "{listed}");
    let named = table.place.done(&["suggest", "bugs.md", "BUG-2"]);
    let declined = "declined by Ada Example, 2026-02-11 20:25:48Z";
    let what = "P0 → P1 · Test infrastructure — Only the tests need it.";
    assert_eq!(named, format!("BUG-2  –  proposed by review-agent: {declined}\n    {what}\n"));
    let json = table.place.done(&["suggest", "bugs.md", "BUG-2", "--json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    let told = serde_json::json!({
        "handle": "BUG-2", "by": "review-agent", "miss": "declined",
        "declined_by": "Ada Example <ada@example.org>", "declined_at": "2026-02-11T20:25:48Z",
        "kind": "reclassified", "severity": {"from": "P0", "to": "P1"}, "scope": "test",
        "status": null, "rationale": "Only the tests need it.",
    });
    assert_eq!(json, told);
    assert!(!table.place.done(&["list", "bugs.md", "--filter", "is:suggested"]).contains("BUG-2"));
    proposed(&table.place, PROPOSALS);
    assert!(!table.after(&["j"]).contains("proposed by"), "proposed anew");
    let shown = table.after(&["j<Backspace>"]);
    assert!(shown.contains("declined already — U brings it back"), "{shown}");
    let shown = table.after(&["jU"]);
    assert!(shown.contains("1 suggestion back, BUG-2") && shown.contains("proposed by"), "{shown}");
    assert_eq!((table.report().as_str(), table.log().as_str()), (REPORT, ""));
}

/// Each press is about what is on screen then, and the way back is the same way.
#[test]
fn what_is_suggested_for_a_bug_is_declined_one_after_the_other_and_comes_back_so() {
    let table = table(PROPOSALS);
    let steps = ["<Backspace>", "<Backspace>", "<Backspace>", "U", "U"];
    let shown = steps.map(|key| [keys(key), Step::Settle, Step::Screenshot]).concat();
    let (_, screens) = table.play(shown);
    let says = |at: usize, said: &str| assert!(screens[at].contains(said), "{at} {said}\n{}", screens[at]);
    says(0, "1 suggestion declined, BUG-1; what else is suggested is next — U brings it back");
    says(0, "suggests  P0 → P1 · Test infrastructure");
    says(1, "1 suggestion declined, BUG-1 — U brings it back");
    says(2, "declined already — U brings it back");
    says(3, "suggests  P0 → P1 · Test infrastructure");
    says(4, "proposed  P0 → P2 · Configuration");
    assert!(!flat(&screens[1]).contains("Tab accept"), "{}", screens[1]);
}

/// All that is declined for a bug would come back at once.
#[test]
fn what_was_declined_last_is_known_after_a_save_and_a_reading() {
    for keeps in ["w", "R"] {
        let table = table(PROPOSALS);
        let decided = "G2Only the tests need it.<Enter>";
        let shown = table.after(&["<Backspace>", "<Backspace>", decided, keeps, "g", "U"]);
        assert!(shown.contains("1 suggestion back, BUG-1") && shown.contains("suggests"), "{shown}");
        let shown = table.after(&["U"]);
        assert!(shown.contains("1 suggestion back, BUG-1") && shown.contains("proposed"), "{shown}");
    }
}

#[test]
fn who_proposes_anew_what_was_declined_is_told() {
    let table = table(PROPOSALS);
    table.after(&["<Backspace>"]);
    let said = propose(&table.place, &PROPOSALS.replace("A setting that", "Once more, a setting that"), &[]);
    let told = "2 proposals of review-agent are kept, in the place of its 2 earlier ones\n    \
                for 1 bug the same was declined before, and stays declined\n";
    assert!(said.code == 0 && said.out.contains(told), "{}", said.out);
    let row = "BUG-1  declined before by Ada Example, and stays so";
    assert!(said.out.contains(row) && said.out.contains("BUG-2"), "{}", said.out);
    let json = propose(&table.place, PROPOSALS, &["--json"]).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let of = |bug: &str| {
        let all = json["decisions"].as_array().unwrap();
        all.iter().find(|row| row["bugs"][0] == bug).map(|row| (row["fate"].clone(), row["declined"].clone()))
    };
    assert_eq!(of("BUG-1"), Some(("declined".into(), serde_json::json!(["BUG-1"]))));
    assert_eq!(of("BUG-2"), Some(("ok".into(), serde_json::Value::Null)));
    assert_eq!(json["decisions"][0]["declined_by"], serde_json::json!(["Ada Example <ada@example.org>"]));
    let dry = propose(&table.place, PROPOSALS, &["--dry-run"]).out;
    let told = "2 proposals of review-agent would be kept, in the place of its 2 earlier ones\n    for 1 bug the same";
    assert!(dry.contains(told), "{dry}");
    let listed = table.place.done(&["suggest", "bugs.md", "BUG-1"]);
    assert!(listed.contains("BUG-1  –  proposed by review-agent: declined"), "{listed}");
}

/// Has the lock of whoever hands in proposals until that is dropped.
fn hold_proposals(place: &Place) -> fs::File {
    let files = fs::read_dir(place.path("state/journals")).unwrap().map(|file| file.unwrap().path());
    let file = files.into_iter().find(|file| file.extension().is_some_and(|end| end == "proposals"));
    let lock = file.expect("something is proposed").with_extension("proposing");
    let file = fs::File::create(lock).unwrap();
    file.lock().unwrap();
    file
}

/// What somebody declined right before they left would be suggested again.
#[test]
fn what_is_declined_while_somebody_hands_in_is_kept_where_the_desk_is_left_at_once() {
    for (leave, left) in [("", Leaving::Forced), ("q", Leaving::Quietly)] {
        let table = table(PROPOSALS);
        let held = hold_proposals(&table.place);
        let let_go = std::thread::spawn(move || {
            std::thread::sleep(std::time::Duration::from_millis(300));
            drop(held);
        });
        let steps = [Step::Burst(format!("<Backspace>{leave}")), Step::Settle];
        let steps = steps.into_iter().take(if leave.is_empty() { 1 } else { 2 });
        let (leaving, _) = table.play(steps);
        let_go.join().unwrap();
        assert_eq!(leaving, left);
        let named = table.place.done(&["suggest", "bugs.md", "BUG-1"]);
        assert!(named.contains("proposed by review-agent: declined by Ada Example"), "{named}");
    }
}

/// A script could list what is declined, and not decline.
#[test]
fn commands_decline_what_is_suggested_and_bring_it_back() {
    let place = place(PROPOSALS);
    let suggested = |id: &str| place.run(&["suggest", "bugs.md", id]).out;
    let before = suggested("BUG-1");
    assert!(before.contains("BUG-1  P0 → P2"), "{before}");
    assert_eq!(place.done(&["suggest", "bugs.md", "BUG-1", "--decline"]), "1 suggestion declined, BUG-1\n");
    assert_ne!(suggested("BUG-1"), before);
    let nothing = place.run(&["suggest", "bugs.md", "BUG-2", "BUG-1", "--bring-back"]);
    assert!(nothing.code == 1 && nothing.err.contains("nothing is declined for BUG-2"), "{}", nothing.err);
    let json: Value =
        serde_json::from_str(&place.done(&["suggest", "bugs.md", "BUG-1", "--bring-back", "--json"]))
            .unwrap();
    assert_eq!(
        (&json["declined"], &json["suggestions"][0]["handle"]),
        (&Value::Bool(false), &"BUG-1".into())
    );
    assert_eq!(suggested("BUG-1"), before);
    let all = ["suggest", "bugs.md", "--decline"];
    assert_eq!(place.run(&all).code, 2, "bugs are named");
    assert!(!place.files().contains_key("bugs.deviations.yaml"), "nothing is decided");
}

/// A reviewer would be told of what nobody wanted, as if it had been overtaken.
#[test]
fn what_is_declined_stays_so_where_it_is_stale_too_and_can_be_had_back() {
    let table = table(PROPOSALS);
    let place = &table.place;
    place.done(&["suggest", "bugs.md", "BUG-2", "--decline"]);
    place.done(&["set", "bugs.md", "BUG-2", "--severity", "P3", "--rationale", "Nobody runs them."]);
    let listed = place.done(&["suggest", "bugs.md"]);
    assert!(listed.contains("1 suggestion is declined") && !listed.contains("stale"), "{listed}");
    let named = || place.done(&["suggest", "bugs.md", "BUG-2"]);
    assert!(named().starts_with("BUG-2  –  proposed by review-agent: declined by"), "{}", named());
    assert_eq!(place.done(&["list", "bugs.md", "--filter", "is:stale"]), "no bug matches the filter\n");
    let shown = flat(&table.after(&["j"]));
    assert!(!shown.contains("stale"), "{shown}");
    let shown = flat(&table.after(&["jU"]));
    assert!(shown.contains("1 suggestion back, BUG-2") && shown.contains("stale P0 → P1"), "{shown}");
    assert!(named().contains("stale: it stands otherwise"), "{}", named());
}
