//! Redo after a save: a saved decision that was taken back, and that saved, comes back byte for byte, and the log says so.

use std::fs;

use regrade::triage::Kind;
use regrade::tui::Step;

use crate::desk::Table;
use crate::place::Place;
use crate::undone::{ALL, forms};

const NAME: &str = "bugs.md";

const WHY: &str = "Looked at, and it is so.";

/// What can be decided on the first bug of a report, or on all of it.
const MADE: [&[&str]; 7] = [
    &["set", NAME, "FIRST", "--severity", "P3", "--rationale", WHY],
    &["set", NAME, "FIRST", "--severity", "P2", "--status", "Deferred", "--rationale", WHY],
    &["set", NAME, "FIRST", "--confirm"],
    &["record", NAME, "finding", "--text", "None of them\nis new."],
    &["record", NAME, "note", "--text", WHY],
    &[
        "record",
        NAME,
        "fix",
        "--issue",
        "A loose plank",
        "--fix",
        "Nailed it",
        "--file",
        "a.txt",
        "--rule",
        "1",
    ],
    &["check", NAME, "--fix-claims"],
];

fn bytes(place: &Place) -> String {
    String::from_utf8_lossy(&fs::read(place.path(NAME)).unwrap()).into_owned()
}

/// Makes a decision on the first bug; `false` where there is nothing to decide, or the report cannot say it.
fn made(place: &Place, args: &[&str]) -> bool {
    let list = place.done(&["list", NAME, "--json"]);
    let first: serde_json::Value = serde_json::from_str(list.lines().next().unwrap()).unwrap();
    let handle = first["handle"].as_str().unwrap();
    let args: Vec<&str> = args.iter().map(|arg| if *arg == "FIRST" { handle } else { *arg }).collect();
    let logged = |place: &Place| fs::read(place.path("bugs.deviations.yaml")).map_or(0, |log| log.len());
    let before = logged(place);
    place.run(&args).code == 0 && logged(place) > before
}

/// What somebody had decided, taken back by mistake and saved, would have to be made out and decided anew.
#[test]
fn every_sort_of_decision_comes_back_byte_for_byte_by_keys_and_by_command() {
    let mut tried = 0;
    for (at, (name, text)) in ALL.into_iter().enumerate() {
        for (nth, form) in forms(text).into_iter().enumerate() {
            // All of them on one, then severities with all that makes them hard to give back.
            let (first, count) = if at + nth == 0 { (0, MADE.len()) } else { ((at + nth) % 2, 1) };
            for args in MADE.into_iter().skip(first).take(count) {
                let (typed, told) = (Table::new(&form).sized(80, 20), Table::new(&form));
                if !made(&typed.place, args) || !made(&told.place, args) {
                    continue;
                }
                tried += 1;
                let decided = bytes(&typed.place);
                typed.after_each(&["u", "w"]);
                let undone = bytes(&typed.place);
                let shown = typed.after_each(&["<Ctrl-r>", "w"]);
                assert!(shown[0].contains("brought back, once saved"), "{name} {args:?}: {}", shown[0]);
                assert_eq!(bytes(&typed.place), decided, "{name} {args:?}");
                told.place.done(&["undo", NAME]);
                assert_eq!(bytes(&told.place), undone, "{name} {args:?}");
                told.place.done(&["redo", NAME]);
                assert_eq!((bytes(&told.place), told.log()), (decided, typed.log()), "{name} {args:?}");
                let all = typed.place.entries();
                let [decision, reversal, again] = all.as_slice() else { panic!("{all:?}") };
                assert_eq!((reversal.kind, reversal.reverts.as_ref()), (Kind::Reverted, Some(&decision.id)));
                assert_eq!((again.kind, again.reverts.as_ref()), (Kind::Reverted, Some(&reversal.id)));
                assert_eq!(again.rationale, decision.rationale);
            }
        }
    }
    assert!(tried > 15, "{tried}");
}

/// A desk on a report with three saved decisions, and what the report was before each and after all.
fn saved() -> (Table, Vec<String>) {
    let table = Table::new(ALL[0].1);
    let mut states = vec![table.report()];
    for (bug, level) in [("BUG-1", "P2"), ("BUG-2", "P3"), ("BUG-1", "P1")] {
        table.place.done(&["set", NAME, bug, "--severity", level, "--rationale", WHY]);
        states.push(table.report());
    }
    (table, states)
}

/// Whoever goes back and forth would end up in a report that there never was.
#[test]
fn back_and_forth_goes_through_the_same_states_whatever_is_saved_between() {
    for saves in ["w", ""] {
        let (table, states) = saved();
        for round in 0..2 {
            for at in (0..3).rev() {
                table.after_each(&["u", saves]);
                assert!(saves.is_empty() || table.report() == states[at], "{round} back to {at}");
            }
            table.after_each(&["w"]);
            assert_eq!(table.report(), states[0]);
            for (at, state) in states.iter().enumerate().skip(1) {
                table.after_each(&["<Ctrl-r>", saves]);
                assert!(saves.is_empty() || table.report() == *state, "{round} forth to {at}");
            }
            table.after_each(&["w"]);
            assert_eq!(table.report(), states[3]);
            assert!(table.after_each(&["<Ctrl-r>"])[0].contains("there is no decision to redo"));
        }
        assert_eq!(table.place.entries().len(), 3 + 12);
    }
}

/// Keys that come faster than what takes decisions back would be lost, or do it twice.
#[test]
fn keys_that_come_at_once_are_taken_in_their_order() {
    let (table, states) = saved();
    table.play([Step::keys("uuw"), Step::Settle]);
    assert_eq!((table.report(), table.place.entries().len()), (states[1].clone(), 5));
    table.play([Step::keys("<Ctrl-r><Ctrl-r>u<Ctrl-r>uw"), Step::Settle]);
    assert_eq!((table.report(), table.place.entries().len()), (states[2].clone(), 6));
    table.play([Step::keys("uuuu<Ctrl-r>w"), Step::Settle]);
    assert_eq!((table.report(), table.place.entries().len()), (states[1].clone(), 7));
}

#[test]
fn what_is_brought_back_and_not_saved_is_undone_and_redone_and_kept_for_the_next_desk() {
    let (table, states) = saved();
    table.after_each(&["uuw"]);
    let log = table.log();
    table.after_each(&["<Ctrl-r>u", "w"]);
    assert_eq!((table.report(), table.log()), (states[1].clone(), log.clone()));
    table.after_each(&["<Ctrl-r><Ctrl-r>"]);
    table.after_each(&["u"]);
    assert!(table.after_each(&["<Ctrl-r>"])[0].contains("redone"));
    table.after_each(&["w"]);
    assert_eq!((table.report(), table.place.entries().len()), (states[3].clone(), 7));
}

/// What was taken back would come back in the middle of what was decided since.
#[test]
fn once_something_else_is_decided_nothing_is_brought_back() {
    let (table, _) = saved();
    table.place.done(&["undo", NAME]);
    table.place.done(&["set", NAME, "BUG-3", "--severity", "P2", "--rationale", WHY]);
    assert!(table.after_each(&["<Ctrl-r>"])[0].contains("there is no decision to redo"));
    let before = table.place.files();
    let said = table.place.run(&["redo", NAME]);
    assert_eq!((said.code, said.err.contains("no saved decision to bring back")), (1, true), "{}", said.err);
    assert_eq!(table.place.files(), before);
    table.place.done(&["undo", NAME]);
    table.place.done(&["redo", NAME]);
    assert!(table.place.done(&["list", NAME, "--filter", "id:BUG-3 sev:P2"]).contains("BUG-3"));
}

/// What stands again would be missing from what is told of the review, or be decided twice elsewhere.
#[test]
fn what_was_brought_back_stands_for_exports_log_and_history() {
    let (table, _) = saved();
    (0..3).for_each(|_| drop(table.place.done(&["undo", NAME])));
    let copy = Place::with(NAME, table.report());
    (0..3).for_each(|_| drop(table.place.done(&["redo", NAME])));
    let all = table.place.entries();
    let told = table.place.done(&["log", NAME]);
    assert!(told.contains(&format!("takes back {}  brings back {}", all[5].id, all[0].id)), "{told}");
    let table = table.sized(120, 40);
    let shown = table.after_each(&["/id:BUG-1<Enter>", "L"]);
    assert!(shown[0].contains("brought back"), "{}", shown[0]);
    assert!(shown[1].contains("brings back"), "{}", shown[1]);
    table.place.done(&["export", NAME, "--to", "yaml", "-o", "all.yaml"]);
    fs::copy(table.place.path("all.yaml"), copy.path("all.yaml")).unwrap();
    copy.done(&["apply", NAME, "all.yaml"]);
    assert_eq!(copy.entries().len(), 3, "each once");
    for bug in ["id:BUG-1 sev:P1", "id:BUG-2 sev:P3"] {
        assert!(copy.done(&["list", NAME, "--filter", bug]).contains("BUG-"), "{bug}");
    }
    let json = table.place.done(&["undo", NAME, "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["taken-back"]["id"], all[2].id.as_str());
    let json: serde_json::Value = serde_json::from_str(&table.place.done(&["redo", NAME, "--json"])).unwrap();
    assert_eq!(
        (&json["brought-back"]["id"], &json["brought-back"]["rationale"]),
        (&all[2].id.as_str().into(), &WHY.into())
    );
}

/// The list would say `reverted` and a number that nobody knows.
#[test]
fn what_is_taken_back_of_the_whole_report_is_told_in_the_list_of_the_log() {
    let table = Table::new(ALL[0].1).sized(120, 40);
    table.place.done(&["record", NAME, "finding", "--text", "None of them is new."]);
    for (command, said) in [("undo", "taken back"), ("redo", "brought back")] {
        table.place.done(&[command, NAME]);
        let shown = table.after_each(&["L"]);
        assert!(shown[0].contains(&format!("finding {said}: None of them is new.")), "{}", shown[0]);
    }
}

/// What somebody has written since would be lost.
#[test]
fn what_was_written_meanwhile_stays() {
    let (table, _) = saved();
    table.place.done(&["undo", NAME]);
    fs::write(table.path(), format!("{}\nThe keeper was told.\n", table.report())).unwrap();
    table.place.done(&["redo", NAME]);
    assert!(table.report().contains("The keeper was told."), "{}", table.report());
    assert!(table.place.done(&["list", NAME, "--filter", "id:BUG-1 sev:P1"]).contains("BUG-1"));
}
