//! Every action of the key map, pressed on its real key through the real loop: none does nothing.

use regrade::app::Leaving;
use regrade::config::{Action, Config};
use regrade::tui::{Script, Step};

use crate::desk::Table;

/// Bugs that name files, have a suggestion, and are longer and wider than the screen.
fn report() -> String {
    let long = (0..40).map(|at| format!("Line {at} of the text.\n\n")).collect::<String>();
    format!(
        "# Nightly\n\n## P0 Bugs\n\n### BUG-1: First crash\n- **Severity:** P0 - ImportError\n\
         - **Error:** ModuleNotFoundError: No module named 'inkpot'\n\n\
         Seen in `tests/test_a.py:3` and `tests/test_b.py`.\n\n```\n{}\n```\n\n{long}\
         ### BUG-2: Second crash\n- **Severity:** P0 - ImportError\n\n## P2 Bugs\n\n\
         ### BUG-3: Slow test\n- **Severity:** P2\n",
        "wide ".repeat(60)
    )
}

/// What is done before the key of an action, and what the screen says after it; empty where it only has to be
/// another screen.
const SESSIONS: &[(&str, &str, &str)] = &[
    ("down", "", " 2/3"),
    ("up", "j", " 1/3"),
    ("first", "G", " 1/3"),
    ("last", "", " 3/3"),
    ("half-page-down", "", " 2/3"),
    ("half-page-up", "G", " 2/3"),
    ("next-undecided", "", " 2/3"),
    ("previous-undecided", "G", " 2/3"),
    ("next-match", "/slow<Enter><Esc>g", " 3/3"),
    ("previous-match", "/first<Enter><Esc>G", " 1/3"),
    ("scroll-detail-down", "l", ""),
    ("scroll-detail-up", "l<PageDown>", ""),
    ("scroll-left", "lW<Shift-Right>", ""),
    ("scroll-right", "lW", ""),
    ("next-evidence", "l", ""),
    ("previous-evidence", "l]", ""),
    ("severity-0", "G", "P2 Medium → P0 Critical"),
    ("severity-1", "", "P0 Critical → P1 High"),
    ("severity-2", "", "P0 Critical → P2 Medium"),
    ("severity-3", "", "P0 Critical → P3 Low"),
    ("scope", "", "What does it really affect?"),
    ("confirm", "", "BUG-1 · confirmed"),
    ("repeat", "2Because it is so.<Enter>", "BUG-2 P0→P2"),
    ("accept-suggestion", "", "BUG-1 P0→P1"),
    ("edit-suggestion", "", "as missing-module suggests"),
    ("accept-all", "", "as missing-module suggests"),
    ("decline-suggestion", "", "declined"),
    ("bring-back", "<Backspace>", "1 suggestion back, BUG-1"),
    ("status", "", "What has become of it?"),
    ("comment", "", "Note"),
    ("record", "", "What is to be recorded of the report?"),
    ("mark", "", "◆"),
    ("mark-all", "", "3 marked"),
    ("range", "", "1 in range"),
    ("clear", "/slow<Enter>", " 3 bugs "),
    ("settle", "", ""),
    ("undo", "<Enter>", "undone"),
    ("redo", "<Enter>u", "redone"),
    ("filter", "", "is:"),
    ("sort", "", "Sort by"),
    ("group", "", "P0 Critical · 2 bugs"),
    ("facets", "", "P0  Critical"),
    ("focus-detail", "", "Seen in"),
    ("focus-list", "l", "Second crash"),
    ("open-evidence", "l", ""),
    ("preview", "l", ""),
    ("wrap", "l", ""),
    ("diff", "2Because it is so.<Enter>", "what saving would change"),
    ("log", "<Enter>", "not saved"),
    ("check", "", ""),
    ("methodology", "", "Levels"),
    ("statistics", "", "reviewed"),
    ("palette", "", "next-undecided"),
    ("copy-id", "", "copied"),
    ("copy-title", "", "copied"),
    ("copy-bug", "", "copied"),
    ("copy-decision", "<Enter>k", "copied"),
    ("help", "", "Move to the next bug"),
    ("save", "<Enter>", "saved 1 decision"),
    ("export", "<Enter>", "bugs.summary.md"),
    ("reread", "", "the report on the disk is the one that is open"),
    ("quit", "<Enter>", "Quit?"),
];

/// An action that nobody tries is one that may do nothing.
#[test]
fn every_action_does_something_on_its_key() {
    let keymap = Config::embedded().keymap;
    let (report, mut wrong) = (report(), String::new());
    for (action, keys) in
        keymap.bindings().filter(|(action, _)| !matches!(action, Action::Suspend | Action::SaveQuit))
    {
        let name = action.name();
        let (_, before, expected) = SESSIONS
            .iter()
            .find(|(known, ..)| *known == name)
            .unwrap_or_else(|| panic!("nobody tries {name}"));
        let sequence = keys.first().expect("it is bound").to_string();
        let pressed: String =
            sequence.split(' ').map(|key| format!("<{}>", key.replace('<', "lt"))).collect();
        let table = Table::new(&report);
        let steps = [Step::keys(before), Step::Settle, Step::Screenshot, Step::keys(&pressed), Step::Settle];
        let (_, screens) = table.play(steps.into_iter().chain([Step::Screenshot]));
        if screens[0] == screens[1] || !screens[1].contains(expected) {
            wrong.push_str(&format!("{name} on {sequence}: no {expected:?} on\n{}\n", screens[1]));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn saving_and_leaving_leaves_once_all_is_saved() {
    let table = Table::new(report());
    let (leaving, _) = table.play([Step::keys("2Because it is so.<Enter>ZZ"), Step::Settle]);
    assert_eq!(leaving, Leaving::Quietly);
    assert!(table.report().contains("downgraded from P0"), "{}", table.report());
}

#[test]
fn suspending_gives_the_terminal_away_once() {
    let keys = Config::embedded().keymap.keys(Action::Suspend)[0].to_string();
    let mut script = Script::new([Step::keys(&format!("<{keys}>"))]);
    Table::new(report()).run(&mut script);
    assert_eq!(script.suspended(), 1);
}
