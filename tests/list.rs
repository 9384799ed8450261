//! The list at the real loop: its columns, its order, ranges of it, and the mouse.

use insta::assert_snapshot;
use regrade::tui::{Script, Step};

use crate::desk::{Table, keys};

/// Titles that are hard to line up, bugs in no order, some decided by the look of them, some long overdue.
const REPORT: &str = "\
# Bugs

## P1 Bugs

### BUG-10: 日本語のタイトルが長すぎて一覧に収まらない場合の表示を確かめるための不具合
- **Severity:** P1 - Timeout
- **Status:** resolved - 修正済み
- **Scope:** tests

### BUG-9: 👩‍💻 and 👨‍👩‍👧‍👦 in a title, ⚠️ too
- **Severity:** P1 - Timeout
- **Status:** ⚠️ OPEN
- **Due:** 2020-01-02

## P0 Bugs

### BUG-2: שלום עולם, right to left among letters from the left
- **Severity:** P0 - ImportError
- **Scope:** production

### BUG-100: e\u{301}\u{302}\u{303} marks, ﾊﾞ half-width, and a title that goes on and on until no list in any terminal has room for all of it, whatever its columns are and however wide anybody may have made the window
- **Severity:** P2 - Warning
- **Status:** open
- **Scope:** a scope that nobody knows

### BUG-3: Plain
- **Severity:** P0 - ImportError
";

const WHY: &str = "Only the tests are concerned.";

/// Two bars that are the same would stand beside each other and say nothing.
#[test]
fn the_bar_of_the_levels_is_shown_twice_only_where_it_changes() {
    let many: String =
        (1..=200).map(|at| format!("### BUG-{at}: t\n- **Severity:** P{}\n\n", (at % 3).min(1))).collect();
    let table = Table::new(format!("# Bugs\n\n{many}"));
    let decide = |keys_: &str| [keys(keys_), keys(&format!("{WHY}<Enter>k")), Step::Settle, Step::Screenshot];
    let (_, screens) = table.play(decide("jj1").into_iter().chain(decide("*1")));
    assert!(screens[0].contains("P0 66→65") && !screens[0].contains(" → ▓"), "{}", screens[0]);
    assert!(!screens[0].contains("▓ → "), "{}", screens[0]);
    assert!(screens[1].contains("▓ → ▓"), "{}", screens[1]);
}

/// Who goes on with a review would have to look for where it stopped.
#[test]
fn a_desk_opens_on_the_first_bug_that_is_not_decided() {
    let table = Table::new(REPORT).sized(80, 20);
    table.play([keys("<Enter><Enter>w"), Step::Settle]);
    table.play([keys("<Enter>")]);
    let (_, screens) = table.play([Step::Screenshot]);
    assert!(screens[0].contains(" 4/5 "), "{}", screens[0]);
}

/// A status would be cut beside an empty column, and handles that differ at their ends be the same.
#[test]
fn what_titles_leave_goes_to_what_is_cut_and_handles_keep_their_tails() {
    let bug =
        |title: &str, status: &str| format!("### {title}\n- **Severity:** P0\n- **Status:** {status}\n\n");
    let report = format!(
        "# Bugs\n\n{}{}{}",
        bug("BUG-1: Short", "Deferred until the weather is better"),
        bug("BUG-2: Shorter", "Open"),
        bug("BUG-3: Short, too", "Open")
    );
    let (_, screens) = Table::new(report).sized(80, 24).play([Step::Screenshot]);
    assert!(screens[0].contains("Deferred until the weather is better"), "{}", screens[0]);
    let same = bug("INTERFACE-BETWEEN-MODULES-1: Tests fail", "Open");
    let (_, screens) =
        Table::new(format!("# Bugs\n\n{same}{same}{same}")).sized(80, 24).play([Step::Screenshot]);
    assert!(screens[0].contains("#2 ") && screens[0].contains("#3 "), "{}", screens[0]);
}

/// The last picture of a script on the report at 80×20, the list alone, with the settings of a person.
fn shown(settings: &str, steps: impl IntoIterator<Item = Step>) -> String {
    let table = Table::new(REPORT).sized(80, 20).configured(settings);
    let (_, screens) = table.play(steps.into_iter().chain([Step::Settle, Step::Screenshot]));
    screens.last().cloned().unwrap()
}

/// The ids of the list in its order, `–` for the heading of a group.
fn ids(screen: &str) -> String {
    let rows = screen.lines().skip(2).filter_map(|row| {
        let row = row.strip_prefix('│')?;
        match (row.find("BUG-"), row.contains(" decided ─")) {
            (_, true) => Some("–".to_owned()),
            (Some(at), _) => Some(row[at + 4..].split_whitespace().next()?.to_owned()),
            _ => None,
        }
    });
    rows.collect::<Vec<_>>().join(" ")
}

/// The place of a cell that shows this, column and row from 0, where every cell before it is narrow.
fn cell(screen: &str, sought: &str) -> (u16, u16) {
    let row = screen.lines().position(|row| row.contains(sought)).unwrap();
    let before = screen.lines().nth(row).unwrap().split(sought).next().unwrap();
    (before.chars().count() as u16, row as u16)
}

#[test]
fn the_list_lines_up_at_every_size_whatever_the_report_says() {
    for (width, height) in [(120, 40), (80, 24), (40, 12)] {
        let table = Table::new(REPORT).sized(width, height);
        let (_, screens) =
            table.play([keys("jv<Down>"), Step::Screenshot, keys("btsg"), Step::Settle, Step::Screenshot]);
        assert_snapshot!(format!("list {width}x{height}"), screens[0]);
        assert_snapshot!(format!("list grouped {width}x{height}"), screens[1]);
    }
}

#[test]
fn columns_are_shown_as_they_are_set() {
    let screen = shown("columns: [title, severity, id]", []);
    let names: Vec<&str> = screen.lines().nth(1).unwrap().trim_matches('│').split_whitespace().collect();
    assert_eq!(names, ["title", "sev", "id"]);
    assert!(screen.lines().any(|row| row.contains("│   Plain") && row.contains("P0    BUG-3")), "{screen}");
    assert!(!screen.contains("OPEN"), "{screen}");
}

#[test]
fn the_list_is_sorted_as_picked_and_picked_again_the_other_way_round() {
    assert_eq!(ids(&shown("", [])), "10 9 2 100 3");
    assert_eq!(ids(&shown("", [keys("ti")])), "2 3 9 10 100");
    assert_eq!(ids(&shown("", [keys("titi")])), "100 10 9 3 2");
    assert_eq!(ids(&shown("", [keys("t<Down><Enter>")])), "2 3 10 9 100");
    assert_eq!(ids(&shown("", [keys("tx")])), "9 100 10 2 3");
    assert_eq!(ids(&shown("", [keys("<Enter>tu")])), "9 2 100 3 10");
    assert_eq!(ids(&shown("", [keys("titd")])), "10 9 2 100 3");
    let sorted = shown("", [keys("Gti")]);
    assert!(sorted.contains(" id↑") && sorted.contains("by id ↑") && sorted.contains(" 2/5 "), "{sorted}");
    assert_eq!(ids(&shown("", [keys("tit<Esc>")])), "2 3 9 10 100");
}

#[test]
fn bugs_of_a_level_stand_together_below_what_is_decided_of_them() {
    let screen = shown("", [keys("jj<Enter>b")]);
    assert_eq!(ids(&screen), "– 2 3 – 10 9 – 100");
    assert!(screen.contains("P0 Critical · 2 bugs · 1/2 decided"), "{screen}");
    let later = shown("", [keys("b"), Step::Settle, keys("gj<Enter>")]);
    assert!(later.contains("P0 Critical · 2 bugs · 1/2 decided"), "{later}");
    assert_eq!(ids(&shown("", [keys("bb")])), "10 9 2 100 3");
    assert_eq!(ids(&shown("", [keys("bti")])), "– 2 3 – 9 10 – 100");
    assert_eq!(ids(&shown("", [keys("ti/BUG-1<Enter>"), Step::Settle, keys("b")])), "– 10 – 100");
}

/// The reviewer would lose the place where they were.
#[test]
fn a_decision_moves_no_bug_until_the_order_is_asked_for_again() {
    let decide = || [keys("bgg"), keys(&format!("3{WHY}<Enter>"))];
    let stays = shown("", decide());
    assert_eq!(ids(&stays), "– 2 3 – 10 9 – 100");
    assert!(stays.contains("BUG-2   P0→P3"), "{stays}");
    let again = shown("", decide().into_iter().chain([keys("t<Esc>")]));
    assert_eq!(ids(&again), "– 3 – 10 9 – 100 – 2");
}

#[test]
fn keys_go_by_the_order_of_the_list() {
    let at = |steps: &str| shown("", [keys("ti"), Step::Settle, keys(steps)]);
    assert!(at("g").contains(" 1/5 ") && at("G").contains(" 5/5 "));
    assert!(at("gj<Enter>").contains(" 3/5 "), "after BUG-3 comes BUG-9: {}", at("gj<Enter>"));
    let table = Table::new(REPORT);
    let decided = [keys("tig"), Step::Settle, keys(&format!("<Enter>K1{WHY}<Enter>w")), Step::Settle];
    table.play(decided);
    assert!(table.log().contains("id: BUG-2\n"), "{}", table.log());
}

#[test]
fn a_range_is_drawn_by_moving_and_decided_on_with_what_is_marked() {
    let table = Table::new(REPORT);
    let range = [keys("<Space>tig"), Step::Settle, keys("vjj"), Step::Screenshot];
    let decide = [keys("3"), Step::Screenshot, keys(&format!("{WHY}<Enter>")), Step::Screenshot];
    let (_, screens) = table.play(range.into_iter().chain(decide));
    assert!(screens[0].contains("3 in range · 1 marked"), "{}", screens[0]);
    for said in ["◇  BUG-2 ", "◇  BUG-3 ", "◇  BUG-9 ", "◆  BUG-10 ", "   BUG-100 "] {
        assert!(screens[0].contains(said), "{said}: {}", screens[0]);
    }
    assert!(screens[1].contains("4 bugs"), "{}", screens[1]);
    let changed = screens[2].lines().filter(|line| line.contains("BUG-") && line.contains("→P3 "));
    assert_eq!(changed.count(), 4, "{}", screens[2]);
    assert!(!screens[2].contains(['◇', '◆']), "{}", screens[2]);
}

#[test]
fn a_range_becomes_marks_or_is_dropped() {
    for marks in ["vjv", "vj<Space>", "vj/BUG<Enter>", "vjb"] {
        let screen = shown("", [keys(marks)]);
        assert_eq!((screen.matches('◆').count(), screen.matches('◇').count()), (2, 0), "{marks}: {screen}");
    }
    let dropped = shown("", [keys("<Space>vj<Esc>")]);
    assert_eq!((dropped.matches('◆').count(), dropped.matches('◇').count()), (1, 0), "{dropped}");
    let across = shown("", [keys("b"), Step::Settle, keys("gjvj")]);
    assert!(across.contains("2 in range") && across.contains("◇  BUG-10"), "{across}");
}

#[test]
fn what_needs_a_look_has_a_sign() {
    let screen = shown("", []);
    let row = |id: &str| screen.lines().find(|row| row.contains(id)).unwrap().trim_end_matches(['│', '┃']);
    assert!(row("BUG-9 ").ends_with(" D"), "{screen}");
    assert!(row("BUG-100 ").ends_with("! "), "{screen}");
    assert!(row("BUG-3 ").ends_with("   "), "{screen}");
    let settled = shown("", [keys("jjj"), keys(&format!("2{WHY}<Enter>"))]);
    assert!(settled.contains("BUG-100 P0→P2 ") && !settled.contains("! │"), "{settled}");
}

#[test]
fn a_click_selects_a_bug_and_a_double_click_reads_it() {
    let at = cell(&shown("", []), "BUG-100");
    let clicked = shown("", [Step::Click(at.0, at.1)]);
    assert!(clicked.contains(" 4/5 "), "{clicked}");
    let read = shown("", [Step::DoubleClick(at.0, at.1)]);
    assert!(read.contains("BUG-100  ") && read.contains(" 4 of 5 · line"), "{read}");
    let grouped = [keys("b"), Step::Settle, keys("G"), Step::Click(5, 2)];
    assert!(shown("", grouped).contains(" 5/5 "), "the heading of a group is no bug");
}

#[test]
fn a_click_on_the_name_of_a_column_sorts_by_it_and_another_turns_it_round() {
    let screen = shown("", []);
    let click = |name: &str| {
        let (x, y) = cell(&screen, name);
        Step::Click(x, y)
    };
    assert_eq!(ids(&shown("", [click("id ")])), "2 3 9 10 100");
    assert_eq!(ids(&shown("", [click("id "), Step::Settle, click("id ")])), "100 10 9 3 2");
    assert_eq!(ids(&shown("", [click("sev")])), "2 3 10 9 100");
    assert_eq!(ids(&shown("", [click("title")])), "9 100 3 2 10");
    assert_eq!(ids(&shown("", [keys("<Enter>"), Step::Click(1, 1)])), "9 2 100 3 10");
}

#[test]
fn the_wheel_scrolls_what_is_under_the_pointer() {
    let many: String = (1..=90)
        .map(|bug| format!("### BUG-{bug}: t\n- **Severity:** P1\n\n{}\n", "x\n\n".repeat(60)))
        .collect();
    let table = Table::new(format!("# Bugs\n\n{many}")).sized(120, 40);
    let (_, screens) = table.play([
        keys("jjjjjjj"),
        Step::Wheel(5, 10, 1),
        Step::Screenshot,
        Step::Wheel(5, 10, 4),
        Step::Screenshot,
        Step::Wheel(5, 10, -9),
        Step::Screenshot,
        Step::Wheel(80, 10, 2),
        Step::Screenshot,
        Step::Wheel(5, 39, 2),
        Step::Screenshot,
    ]);
    let first = |screen: &str| {
        screen.lines().nth(2).unwrap().split("BUG-").nth(1).unwrap().split(' ').next().unwrap().to_owned()
    };
    assert_eq!((first(&screens[0]).as_str(), screens[0].contains(" 8/90 ")), ("4", true), "{}", screens[0]);
    assert_eq!((first(&screens[1]).as_str(), screens[1].contains(" 18/90 ")), ("16", true), "{}", screens[1]);
    assert_eq!((first(&screens[2]).as_str(), screens[2].contains(" 18/90 ")), ("1", true), "{}", screens[2]);
    assert!(screens[2].contains("BUG-18  t") && !screens[3].contains("BUG-18  t"), "{}", screens[3]);
    assert_eq!((first(&screens[3]), &screens[4]), ("1".to_owned(), &screens[3]));
}

#[test]
fn a_click_in_a_popup_chooses_and_outside_it_does_nothing() {
    let open = shown("", [keys("t")]);
    let (x, y) = cell(&open, "BUG-9 before");
    assert_eq!(ids(&shown("", [keys("t"), Step::Click(x, y)])), "2 3 9 10 100");
    assert!(
        shown("", [keys("t"), Step::Click(2, 20)]).contains("Sort by"),
        "a click elsewhere closes nothing"
    );
    let (x, y) = cell(&shown("", [keys("s")]), "onfiguration");
    let picked = shown("", [keys("s"), Step::Click(x, y)]);
    assert!(picked.contains("configuration") && picked.contains("Esc"), "{picked}");
    let found = shown("", [keys("C")]);
    let (x, y) = cell(&found, "contradiction");
    assert!(shown("", [keys("C"), Step::Click(x, y)]).contains(" 4/5 "));
    let help = shown("", [keys("?"), Step::Click(40, 10), Step::Click(0, 0), Step::Wheel(40, 10, 2)]);
    assert!(help.contains(" Keys ") && !help.contains("Move to the first bug"), "{help}");
    let wheel = shown("", [keys("t"), Step::Wheel(1, 1, 2), keys("<Enter>")]);
    assert_eq!(ids(&wheel), "2 3 9 10 100");
}

#[test]
fn a_click_takes_an_action_or_an_original_and_goes_to_the_line_of_a_form() {
    let clicked = |open: &str, on: &str, then: &str| {
        let (x, y) = cell(&shown("", [keys(open)]), on);
        shown("", [keys(open), Step::Settle, Step::Click(x, y), keys(then)])
    };
    let statistics = clicked(":stat", "statistics", "");
    assert!(statistics.contains("Statistics") && !statistics.contains("Actions"), "{statistics}");
    let picked = clicked("xu", "BUG-100", "");
    assert!(picked.contains("duplicate of BUG-100"), "{picked}");
    let form = clicked("rf", "Verification", "seen");
    let row = form.lines().find(|row| row.contains("Verification")).unwrap();
    assert!(row.contains("seen"), "{form}");
}

#[test]
fn a_click_on_the_detail_gives_it_the_keys() {
    let table = Table::new(REPORT).sized(120, 40);
    let (_, screens) = table.play([
        Step::Click(90, 10),
        keys("jj"),
        Step::Screenshot,
        Step::Click(5, 4),
        keys("j"),
        Step::Screenshot,
    ]);
    assert!(screens[0].contains(" 1/5 "), "{}", screens[0]);
    assert!(screens[1].contains(" 4/5 "), "{}", screens[1]);
}

#[test]
fn the_mouse_is_taken_unless_it_is_set_otherwise() {
    for (settings, taken) in [("", true), ("mouse: false", false)] {
        let mut script = Script::new([keys("j")]);
        Table::new(REPORT).configured(settings).run(&mut script);
        assert_eq!(script.has_mouse(), taken);
    }
}

#[test]
fn the_order_stays_when_the_report_is_saved_and_read_again() {
    let table = Table::new(REPORT).sized(80, 20);
    let decide = keys(&format!("1{WHY}<Enter>w"));
    let (_, screens) = table.play([
        keys("tig"),
        Step::Settle,
        decide,
        Step::Settle,
        Step::Screenshot,
        keys("R"),
        Step::Settle,
        Step::Screenshot,
    ]);
    assert_eq!(ids(&screens[0]), "2 3 9 10 100", "{}", screens[0]);
    assert_eq!(ids(&screens[1]), "2 3 9 10 100", "{}", screens[1]);
}

/// No key goes around the end, so whoever stands behind the last undecided bug has to be told of those before it.
#[test]
fn where_no_undecided_bug_is_left_this_way_the_other_way_is_told() {
    assert!(shown("", [keys("GJ")]).contains("no undecided bug after this one\n K goes to one before it"));
    assert!(shown("", [keys("gK")]).contains("no undecided bug before this one\n J goes to one after it"));
    let all = shown("", [keys(&format!("*2{WHY}<Enter><Enter>")), Step::Settle, keys("J")]);
    assert!(all.contains("all 5 reviewed") && all.contains("w saves"), "{all}");
}
