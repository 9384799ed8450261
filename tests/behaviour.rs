//! The desk through its real loop: scripted keys in, screens and files out.

use std::fs;

use regrade::app::Leaving;
use regrade::fault::Fault;
use regrade::tui::{Script, Step};

use crate::desk::{Table, keys};

const REPORT: &str = "\
# Bugs

## P0 Bugs

### BUG-1: Crash in the 日本 importer
- **Severity:** P0 - ImportError
- **Status:** ⚠️ DOCUMENTED - see below

Some *text* with `code`, a [link](https://example.org) and a table:

| file | lines |
|------|-------|
| a.py | 10    |

```sh
echo hello
```

### BUG-2: Second crash
- **Severity:** P0 - ImportError

## P1 Bugs

### BUG-3: Slow test
- **Severity:** P1 - Timeout
";

const WHY: &str = "Only the tests are concerned.";

#[test]
fn a_decision_is_saved_and_logged_and_nothing_else_changes() {
    let table = Table::new(REPORT);
    let (leaving, _) = table.play([keys("2"), keys(WHY), keys("<Enter>w"), Step::Settle, keys("q")]);
    assert_eq!(leaving, Leaving::Quietly);
    assert!(table.report().contains("- **Severity:** P2 - ImportError (downgraded from P0)\n"));
    assert!(table.report().contains("### BUG-2: Second crash\n- **Severity:** P0 - ImportError\n"));
    assert!(table.log().contains("by: Ada Example <ada@example.org>"), "{}", table.log());
    assert!(table.log().contains(WHY), "{}", table.log());
}

#[test]
fn what_was_decided_and_not_saved_is_there_when_the_desk_opens_again() {
    let table = Table::new(REPORT);
    table.play([keys("2"), keys(WHY), keys("<Enter>"), keys("<Ctrl-c><Ctrl-c>")]);
    assert_eq!(table.report(), REPORT);
    let (_, screens) = table.play([Step::Screenshot, keys("u"), Step::Screenshot]);
    assert!(screens[0].contains("● BUG-1 P0→P2"), "{}", screens[0]);
    assert!(screens[1].contains("undone: BUG-1"), "{}", screens[1]);
    let (_, screens) = table.play([Step::Screenshot]);
    assert!(!screens[0].contains('●'), "{}", screens[0]);
}

/// What is left behind would come back when the report is opened, or be gone for good.
#[test]
fn decisions_that_are_left_behind_are_set_aside() {
    let table = Table::new(REPORT);
    let leave = [keys("2"), keys(WHY), keys("<Enter>"), keys("qd"), keys("d"), Step::Settle];
    let (leaving, _) = table.play(leave);
    assert_eq!((leaving, table.report().as_str()), (Leaving::Quietly, REPORT));
    let names = || {
        let journals = fs::read_dir(table.place.path("state").join("journals")).unwrap();
        journals.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect::<Vec<_>>()
    };
    assert!(names().iter().any(|name| name.contains(".aside-")), "{:?}", names());
    let (_, screens) = table.play([Step::Screenshot]);
    assert!(!screens[0].contains('●') && !screens[0].contains("restored"), "{}", screens[0]);
}

#[test]
fn a_saved_decision_is_taken_back_by_another() {
    let table = Table::new(REPORT);
    let save = || [keys("w"), Step::Settle];
    let decide = [keys("j2"), keys(WHY), keys("<Enter>")];
    let back = [keys("u"), Step::Screenshot];
    let (_, screens) = table.play(decide.into_iter().chain(save()).chain(back).chain(save()));
    assert!(screens[0].contains("taken back, once saved"), "{}", screens[0]);
    assert!(table.log().contains("kind: reverted"), "{}", table.log());
    assert!(table.report().contains("### BUG-2: Second crash\n- **Severity:** P0 - ImportError\n"));
}

/// A review with undos in it would seem to have taken back what stands.
#[test]
fn what_was_brought_back_is_told_from_what_was_taken_back() {
    let table = Table::new(REPORT);
    let save = || [keys("w"), Step::Settle];
    let decide = [keys("2"), keys(WHY), keys("<Enter>")];
    let back = [keys("u"), Step::Settle, keys("w"), Step::Settle, keys("<Ctrl-r>"), Step::Settle];
    let looks = [keys("S"), Step::Screenshot, keys("<Esc>L"), Step::Screenshot];
    let (_, screens) = table.play(decide.into_iter().chain(save()).chain(back).chain(save()).chain(looks));
    let count = |name: &str| screens[0].lines().find(|line| line.contains(name)).map(str::to_owned);
    assert!(count("brought back").is_some_and(|line| line.contains('1')), "{}", screens[0]);
    assert!(count("reverted").is_some_and(|line| line.contains('1')), "{}", screens[0]);
    assert!(screens[1].contains("BUG-1  brought back · "), "{}", screens[1]);
}

/// Two blank lines would stand behind what nobody gave a reason for.
#[test]
fn entries_of_the_log_without_a_rationale_leave_no_gap() {
    let table = Table::new(REPORT);
    let (_, screens) = table.play([keys("<Enter><Enter>w"), Step::Settle, keys("L"), Step::Screenshot]);
    let rows: Vec<&str> = screens[0].lines().collect();
    let at = |name: &str| rows.iter().position(|row| row.contains(name)).unwrap();
    assert_eq!(at("BUG-1  confirmed").abs_diff(at("BUG-2  confirmed")), 3, "{}", screens[0]);
}

/// Who reads a text over the whole screen would be out of the program.
#[test]
fn a_text_that_has_the_screen_for_itself_is_left_for_the_list() {
    for size in [(80, 24), (40, 12)] {
        let table = Table::new(REPORT).sized(size.0, size.1);
        let (leaving, screens) =
            table.play([keys("l"), Step::Screenshot, keys("q"), Step::Screenshot, keys("q")]);
        assert!(!screens[0].contains("BUG-2") && screens[1].contains("BUG-2"), "{}", screens[1]);
        assert_eq!(leaving, Leaving::Quietly);
    }
    let table = Table::new(REPORT).sized(80, 24);
    assert_eq!(table.play([keys("l:exit<Enter>")]).0, Leaving::Quietly);
}

/// One level would be said of bugs that go to several.
#[test]
fn what_is_taken_back_of_many_names_a_level_only_where_all_get_it() {
    let table = Table::new(REPORT);
    let save = || [keys("w"), Step::Settle];
    let apart =
        [keys("g2"), keys(WHY), keys("<Enter>"), keys("g<Space><Space>1"), keys(WHY), keys("<Enter>")];
    let back = [keys("u"), Step::Settle, Step::Screenshot, keys("<Ctrl-r>"), Step::Settle, Step::Screenshot];
    let (_, screens) = table.play(apart.into_iter().chain(save()).chain(back).chain([keys("q")]));
    let taken = screens[0].lines().last().unwrap();
    assert!(taken.contains("bugs · reverted") && !taken.contains('→'), "{taken}");
    let stands = screens[1].lines().last().unwrap();
    assert!(stands.contains("stands again: 2 bugs · P2 → P1, P0 → P1"), "{stands}");
}

#[test]
fn leaving_with_decisions_unsaved_can_save_them() {
    let table = Table::new(REPORT);
    let (leaving, _) = table.play([keys("<Enter>qs"), Step::Settle, keys("jjjj")]);
    assert_eq!(leaving, Leaving::Quietly);
    assert!(table.log().contains("kind: confirmed"), "{}", table.log());
}

#[test]
fn keys_pressed_during_a_save_are_done_after_it() {
    let table = Table::new(REPORT);
    let (leaving, _) = table.play([
        keys("<Enter>"),
        Step::Burst("w<Enter>q".to_owned()),
        Step::Settle,
        Step::Screenshot,
        keys("q"),
    ]);
    assert_eq!(leaving, Leaving::Quietly);
    assert_eq!(table.log().matches("kind: confirmed").count(), 1, "{}", table.log());
}

#[test]
fn a_report_changed_by_another_hand_keeps_what_that_wrote() {
    let table = Table::new(REPORT);
    let path = table.path();
    let theirs = format!("{REPORT}\nA line of another hand.\n");
    let script = Script::new([keys("2<Ctrl-e><Enter>w"), Step::Settle, Step::Screenshot]);
    let (_, screens) = table.play_script(script.with_editor(move |_| {
        fs::write(&path, &theirs).unwrap();
        (WHY.to_owned(), None::<Fault>)
    }));
    assert!(
        screens[0].contains("saved 1 decision, onto the report as others had changed it"),
        "{}",
        screens[0]
    );
    assert!(table.report().contains("A line of another hand.\n"), "{}", table.report());
    assert!(table.report().contains("P2 - ImportError (downgraded from P0)"), "{}", table.report());
}

#[test]
fn the_diff_shows_what_saving_would_write() {
    let table = Table::new(REPORT).sized(100, 40);
    let (_, screens) = table.play([keys("2"), keys(WHY), keys("<Enter>D"), Step::Settle, Step::Screenshot]);
    assert!(screens[0].contains("+- **Severity:** P2 - ImportError (downgraded from P0)"), "{}", screens[0]);
    assert_eq!(table.report(), REPORT);
}

#[test]
fn a_filter_narrows_the_list_and_goes_to_the_best_match() {
    let table = Table::new(REPORT);
    let (_, screens) = table.play([
        keys("/slow"),
        Step::Settle,
        Step::Screenshot,
        keys("<Esc>"),
        Step::Settle,
        Step::Screenshot,
    ]);
    assert!(screens[0].contains("1 of 3 bugs · /slow") && !screens[0].contains("BUG-1"), "{}", screens[0]);
    assert!(screens[1].contains("3 bugs") && screens[1].contains("BUG-1"), "{}", screens[1]);
}

#[test]
fn suspending_and_resizing_leave_the_desk_as_it_is() {
    let table = Table::new(REPORT);
    let mut script = Script::new([keys("j<Ctrl-z>2abc"), Step::Resize(120, 30), Step::Screenshot]);
    table.run(&mut script);
    assert_eq!(script.suspended(), 1);
    let screen = &script.screens()[0];
    assert!(screen.contains("BUG-2  P0 Critical → P2 Medium") && screen.contains("│ abc"), "{screen}");
    assert_eq!(screen.split('\n').count(), 30);
}

#[test]
fn no_size_is_too_small_and_no_popup_either() {
    let opened = [
        "",
        "l",
        "2",
        "2<Alt-s>",
        "s",
        "x",
        "c",
        "?",
        "/",
        "C",
        "Cf",
        "M",
        "M/p0<Enter>nN",
        "S",
        "S/p",
        ":",
        ":sev",
        "2<F1>",
        "<Enter>q",
        "*1",
        "<Enter>D",
        "t",
        "tib",
        "vj",
        "r",
        "rf<Alt-2>",
        "rt<Alt-Enter>",
        "riNone of it<Ctrl-j>is real",
    ];
    for (width, height) in [(1, 1), (2, 3), (3, 30), (9, 4), (20, 6), (40, 12), (100, 5), (300, 100)] {
        for open in opened {
            let table = Table::new(REPORT).sized(width, height);
            let (_, screens) = table.play([keys(open), Step::Settle, Step::Screenshot]);
            assert_eq!(screens[0].split('\n').count(), usize::from(height), "{open} at {width}×{height}");
        }
    }
}

#[test]
fn nothing_of_a_hostile_report_reaches_a_cell_raw() {
    let hostile = "# B\n\n### BUG-1: \x1b[31mred\u{202E}\x07\n- **Severity:** P0\n- **Status:** \x1b]52;c;eA==\x07\n\n```\n\x1b[2J\t\u{9b}\n```\n\n<b>\x1bc</b> [x](\x1b[1m)\n";
    let table = Table::new(hostile).sized(120, 40);
    let (_, screens) = table.play([Step::Screenshot, keys("2\x1b"), Step::Screenshot]);
    for screen in screens {
        let raw = |c: char| (c.is_control() && c != '\n') || ('\u{202A}'..='\u{202E}').contains(&c);
        assert_eq!(screen.chars().filter(|c| raw(*c)).count(), 0, "{screen}");
        assert!(screen.contains("␛[31mred⇄␇"), "{screen}");
    }
}

#[test]
fn a_report_without_bugs_says_what_a_bug_looks_like() {
    let (_, screens) = Table::new("# Nothing\n").play([Step::Screenshot]);
    assert!(screens[0].contains("No bugs were found in this report."), "{}", screens[0]);
    assert!(!screens[0].contains("0/0"), "a gauge of nothing\n{}", screens[0]);
}

#[test]
fn the_log_on_the_desk_says_what_was_changed_and_why() {
    let table = Table::new(REPORT).sized(100, 30);
    let decided = "2<Alt-s>c<Alt-1>Only a warning, nothing breaks.<Enter>w";
    let (_, screens) = table.play([keys(decided), Step::Settle, keys("L"), Step::Screenshot]);
    let said = ["BUG-1", "P0 → P2, scope – → configuration · rule 1", "Only a warning, nothing breaks."];
    said.iter().for_each(|said| assert!(screens[0].contains(said), "{}", screens[0]));
}

/// Counts that are wrong, and a bug under the wrong heading.
const CONTRADICTING: &str = "\
# Bugs

- Critical: 12
- High: 1

## P0 Bugs (2)

### BUG-1: Crash in the importer
- **Severity:** P0 - ImportError

### BUG-2: A warning
- **Severity:** P2 - Warning

## P1 Bugs (1)

### BUG-3: Slow test
- **Severity:** P1 - Timeout
";

#[test]
fn what_does_not_fit_is_counted_in_the_status_line_and_listed_by_line() {
    let table = Table::new(CONTRADICTING);
    let (_, screens) =
        table.play([Step::Screenshot, keys("C"), Step::Screenshot, keys("j<Enter>"), Step::Screenshot]);
    assert!(screens[0].contains("! 2 findings · C"), "{}", screens[0]);
    for said in
        ["3  ○ claim: P0 claims 12 and documents 1", "12  contradiction: BUG-2 says P2 but stands under P0"]
    {
        assert!(screens[1].contains(said), "{}", screens[1]);
    }
    let (_, jumped) = table.play([keys("Cj<Enter>2"), Step::Screenshot]);
    assert!(!screens[2].contains("What does not fit together"), "{}", screens[2]);
    assert!(jumped[0].contains("BUG-2  P0 Critical → P2"), "the cursor is on the bug: {}", jumped[0]);
}

#[test]
fn a_filter_that_hides_the_bug_of_a_finding_gives_way() {
    let table = Table::new(CONTRADICTING);
    let (_, screens) =
        table.play([keys("/slow<Enter>"), Step::Settle, keys("Cj<Enter>"), Step::Settle, Step::Screenshot]);
    assert!(screens[0].contains("3 bugs") && screens[0].contains("BUG-2"), "{}", screens[0]);
}

#[test]
fn claims_are_set_as_a_pending_decision_that_can_be_undone() {
    let table = Table::new(CONTRADICTING);
    let (_, screens) = table.play([
        keys("Cf"),
        Step::Settle,
        Step::Screenshot,
        keys("<Esc>u"),
        Step::Screenshot,
        keys("<Ctrl-r>w"),
        Step::Settle,
        keys("C"),
        Step::Screenshot,
    ]);
    assert!(screens[0].contains("● claim: P0 claims 12 and documents 1 → set to 1"), "{}", screens[0]);
    assert!(screens[0].contains("1 claim set to what is documented"), "{}", screens[0]);
    assert!(screens[1].contains("undone: 1 claim") && !screens[1].contains('●'), "{}", screens[1]);
    assert!(!screens[2].contains("claims 12"), "{}", screens[2]);
    assert_eq!(table.report(), CONTRADICTING.replace("Critical: 12", "Critical: 1"));
    assert!(table.log().contains("- {line: 3, place: list, level: P0, from: 12, to: 1}"), "{}", table.log());
    table.play([keys("uw"), Step::Settle]);
    assert_eq!(table.report(), CONTRADICTING);
}

/// What is written behind the number would be missing from what is promised, and a key be offered that does nothing.
#[test]
fn a_claim_is_shown_as_it_is_written_and_no_key_offered_where_all_are_set() {
    let table = Table::new(CONTRADICTING.replace("Critical: 12", "Critical: 12+"));
    let (_, screens) = table.play([
        keys("C"),
        Step::Screenshot,
        keys("f"),
        Step::Settle,
        keys("<Esc>C"),
        Step::Screenshot,
        keys("<Esc>w"),
        Step::Settle,
    ]);
    assert!(screens[0].contains("f set all claims"), "{}", screens[0]);
    assert!(screens[1].contains("→ set to 1+") && !screens[1].contains("f set all"), "{}", screens[1]);
    assert!(table.report().contains("Critical: 1+"), "{}", table.report());
}

/// The page would promise a number that saving does not write.
#[test]
fn what_a_claim_is_set_to_follows_the_decisions_after_it() {
    let table = Table::new(CONTRADICTING);
    let (_, screens) = table.play([
        keys("Cf"),
        Step::Settle,
        keys("<Esc>gg1It only warns about it.<Enter>"),
        Step::Settle,
        keys("C"),
        Step::Screenshot,
        keys("<Esc>w"),
        Step::Settle,
    ]);
    assert!(screens[0].contains("→ set to 0"), "{}", screens[0]);
    assert!(table.report().contains("Critical: 0"), "{}", table.report());
}

#[test]
fn claims_that_were_set_and_not_saved_come_back() {
    let table = Table::new(CONTRADICTING);
    table.play([keys("Cf"), Step::Settle, keys("<Ctrl-c><Ctrl-c>")]);
    let (_, screens) = table.play([Step::Screenshot, keys("w"), Step::Settle]);
    assert!(screens[0].contains("1 decision from 20:25"), "{}", screens[0]);
    assert_eq!(table.report(), CONTRADICTING.replace("Critical: 12", "Critical: 1"));
    fs::write(table.path(), CONTRADICTING).unwrap();
    let other = CONTRADICTING.replace("- Critical: 12\n", "Nothing counted.\n");
    table.play([keys("Cf"), Step::Settle]);
    fs::write(table.path(), &other).unwrap();
    let (_, screens) = table.play([Step::Screenshot]);
    assert!(screens[0].contains("no longer made by the report"), "{}", screens[0]);
    assert_eq!(table.report(), other);
}

/// The number would otherwise be the sum of two corrections.
#[test]
fn claims_follow_what_is_decided_before_and_after_they_are_set() {
    let decide = |level: &str| keys(&format!("{level}{WHY}<Enter>"));
    for steps in [[decide("2"), keys("Cf"), keys("<Esc>")], [keys("Cf"), keys("<Esc>"), decide("2")]] {
        let table = Table::new(CONTRADICTING);
        let steps = steps.into_iter().flat_map(|step| [step, Step::Settle]);
        table.play(steps.chain([keys("w"), Step::Settle]));
        assert!(table.report().contains("- Critical: 0\n"), "{}", table.report());
        assert!(table.report().contains("## P0 Bugs (1)\n"), "{}", table.report());
    }
}

/// Whoever follows the footer would be told that there is nothing to do it to.
#[test]
fn the_footer_offers_nothing_that_needs_a_bug_where_there_is_none() {
    let (_, screens) = Table::new("# Nothing here\n").play([Step::Screenshot]);
    let foot = screens[0].lines().last().unwrap_or_default();
    assert!(foot.contains("quit") && !foot.contains("scope") && !foot.contains("mark"), "{foot}");
}
