//! Keys that are pressed one after the other, the presets, and copying: scripted at the real loop.

use insta::assert_snapshot;
use regrade::app::Leaving;
use regrade::tui::{Script, Step};

use crate::desk::{Table, keys};

const REPORT: &str = "\
# Bugs

### BUG-1: Crash in the importer
- **Severity:** P0 - ImportError

Some *text* with an escape\u{1b}[31m sequence.

### BUG-2: Second crash
- **Severity:** P0 - ImportError
";

/// Plays keys under settings; gives what was copied and the last picture.
fn copied(settings: &str, steps: impl IntoIterator<Item = Step>) -> (Vec<String>, String) {
    let table = Table::new(REPORT).configured(settings);
    let mut script = Script::new(steps.into_iter().chain([Step::Settle, Step::Screenshot]));
    table.run(&mut script);
    (script.copied().to_vec(), script.screens().last().cloned().unwrap_or_default())
}

#[test]
fn what_a_bug_is_called_and_says_is_copied() {
    let (copied, screen) = copied("", [keys("yiyt"), keys("yb")]);
    assert_eq!(copied[..2], ["BUG-1", "Crash in the importer"]);
    let block = "### BUG-1: Crash in the importer\n- **Severity:** P0 - ImportError\n\nSome *text* with an escape␛[31m sequence.\n";
    assert_eq!(copied[2..], [block]);
    assert!(screen.contains("✓ copied the bug of BUG-1"), "{screen}");
}

#[test]
fn the_last_decision_is_copied_in_words() {
    let why = "2A warning, nothing breaks.<Enter>g";
    let (pending, _) = copied("", [keys(why), keys("yd")]);
    assert_eq!(
        pending,
        [
            "BUG-1 P0→P2 (Ada Example <ada@example.org>, 2026-02-11, not saved yet): A warning, nothing breaks."
        ]
    );
    let (saved, _) = copied("", [keys(why), keys("w"), Step::Settle, keys("yd")]);
    assert_eq!(
        saved,
        ["BUG-1 P0 → P2 (Ada Example <ada@example.org>, 2026-02-11): A warning, nothing breaks."]
    );
    let (none, screen) = copied("", [keys("yd")]);
    assert!(none.is_empty() && screen.contains("there is nothing to copy"), "{screen}");
}

#[test]
fn all_that_are_marked_are_copied() {
    let (ids, screen) = copied("", [keys("*yi")]);
    assert_eq!(ids, ["BUG-1\nBUG-2\n"]);
    assert!(screen.contains("copied the id of 2 bugs"), "{screen}");
}

/// Terminals drop what is longer without a word.
#[test]
fn what_is_too_long_for_terminals_is_cut_and_told() {
    let table =
        Table::new(format!("# Bugs\n\n### BUG-1: Long\n- **Severity:** P0\n\n{}\n", "日本 ".repeat(20_000)));
    let mut script = Script::new([keys("yb"), Step::Screenshot]);
    table.run(&mut script);
    assert!((74_980..=74_994).contains(&script.copied()[0].len()));
    assert!(script.screens()[0].contains("copied the first 749"), "{}", script.screens()[0]);
}

#[test]
fn a_prefix_waits_and_is_left_with_words() {
    let table = Table::new(REPORT);
    let left = [keys("y"), Step::Screenshot, keys("<Esc>"), Step::Screenshot, keys("yz"), Step::Screenshot];
    let (leaving, screens) = table.play(left.into_iter().chain([keys("jj"), keys("y<Ctrl-c><Ctrl-c>")]));
    assert!(screens[0].contains(" y …") && screens[0].contains("decision"), "{}", screens[0]);
    assert!(screens[1].contains("✓ y left, nothing done"), "{}", screens[1]);
    assert!(screens[2].contains("! y z does nothing here; ? shows the keys"), "{}", screens[2]);
    assert_eq!(leaving, Leaving::Forced);
}

#[test]
fn keys_that_have_to_wait_for_a_search_wait_as_a_whole() {
    let table = Table::new(REPORT);
    let mut script = Script::new([Step::Burst("/second<Enter>yi".to_owned()), Step::Settle]);
    table.run(&mut script);
    assert_eq!(script.copied(), ["BUG-2"]);
}

#[test]
fn the_emacs_preset_moves_decides_saves_and_leaves() {
    let table = Table::new(REPORT).configured("preset: emacs\n");
    let (leaving, screens) = table.play([
        keys("<Ctrl-n>2Only tests.<Enter>"),
        keys("<Ctrl-/>"),
        Step::Screenshot,
        keys("<Alt-_><Ctrl-x><Ctrl-s>"),
        Step::Settle,
        Step::Screenshot,
        keys("<Ctrl-s>crash"),
        Step::Settle,
        keys("<Ctrl-g>"),
        Step::Settle,
        keys("<Ctrl-x><Ctrl-g>"),
        Step::Screenshot,
        keys("<Ctrl-x><Ctrl-c>"),
    ]);
    assert!(screens[0].contains("undone: BUG-2"), "{}", screens[0]);
    assert!(screens[1].contains("✓ saved"), "{}", screens[1]);
    assert!(screens[2].contains("Ctrl-x left, nothing done"), "{}", screens[2]);
    assert!(table.report().contains("### BUG-2: Second crash\n- **Severity:** P2 - ImportError"));
    assert_eq!(leaving, Leaving::Quietly);
}

#[test]
fn the_arrows_preset_moves_copies_saves_and_leaves() {
    let table = Table::new(REPORT).configured("preset: arrows\n");
    let mut script = Script::new([
        keys("<Down><F4>i"),
        keys("<Home>2Only tests.<Enter><F2>"),
        Step::Settle,
        keys("<F1>"),
        Step::Screenshot,
        keys("<Esc><F10>"),
    ]);
    let (leaving, _) = table.run(&mut script);
    assert_eq!((leaving, script.copied()), (Leaving::Quietly, &["BUG-2".to_owned()][..]));
    assert!(script.screens()[0].contains("Down"), "{}", script.screens()[0]);
    assert!(table.report().contains("- **Severity:** P2 - ImportError"), "{}", table.report());
}

/// One action would have two names.
#[test]
fn what_follows_a_prefix_is_called_as_at_the_foot_of_the_desk() {
    let table = Table::new(REPORT).configured("keys: {next-undecided: [J, Ctrl-x n]}\n").sized(120, 40);
    let (_, screens) = table.play([Step::Screenshot, keys("<Ctrl-x>"), Step::Screenshot]);
    for screen in &screens {
        assert!(screen.contains("next undecided") && !screen.contains("next open"), "{screen}");
    }
}

/// A key would be named that does nothing.
#[test]
fn the_methodology_names_the_keys_that_set_its_levels() {
    let table = Table::new(REPORT).configured("keys: {severity-0: P}\n");
    let (_, screens) = table.play([keys("M"), Step::Screenshot]);
    assert!(screens[0].contains("P0 Critical  key P ") && screens[0].contains("key 1"), "{}", screens[0]);
}

#[test]
fn which_keys_may_follow_is_shown_at_any_size() {
    let shown = |width, height| {
        let settings = "preset: emacs\nkeys: {check: Ctrl-x 1 a, diff: Ctrl-x 1 b, severity-0: Ctrl-x 0}\n";
        let table = Table::new(REPORT).configured(settings).sized(width, height);
        let (_, screens) = table.play([keys("<Ctrl-x>"), Step::Screenshot]);
        let rows: Vec<&str> = screens[0].lines().collect();
        rows[rows.len() - 7..].join("\n")
    };
    assert_snapshot!("which-key 120x40", shown(120, 40));
    assert_snapshot!("which-key 80x24", shown(80, 24));
    assert_snapshot!("which-key 40x12", shown(40, 12));
    let tiny = Table::new(REPORT).sized(1, 1);
    assert_eq!(tiny.play([keys("y"), Step::Screenshot]).1.len(), 1);
}
