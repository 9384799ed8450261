//! The filter at the desk: what is on offer while it is typed, facets, and going through what it found.

use insta::assert_snapshot;
use regrade::tui::Step;

use crate::desk::{Table, keys};

const REPORT: &str = "\
# Bugs

## P0 Bugs

### BUG-1: Crash in the importer
- **Severity:** P0 - ImportError
- **Status:** open

### BUG-2: Second crash
- **Severity:** P0 - ImportError

## P1 Bugs

### BUG-3: Slow test
- **Severity:** P1 - Timeout
- **Status:** fixed

### BUG-4: A crash of the coverage tool
- **Severity:** P1 - Timeout
";

#[test]
fn terms_and_values_are_offered_and_tab_takes_the_first_or_the_chosen_one() {
    let screens = Table::new(REPORT).after_each(&["/", "se", "<Tab>", "<Alt-Down><Alt-Down><Tab>"]);
    assert!(screens[0].contains("sev:") && screens[0].contains("severity"), "{}", screens[0]);
    assert!(screens[1].contains(" / se"), "{}", screens[1]);
    assert!(screens[2].contains(" / sev:") && screens[2].contains("P1 High"), "{}", screens[2]);
    assert!(screens[3].contains("2 of 4 bugs · /sev:P1"), "{}", screens[3]);
}

#[test]
fn keys_choose_an_offer_or_none_and_enter_takes_what_is_chosen() {
    let table = Table::new(REPORT);
    let screens =
        table.after_each(&["/sev:", "<Ctrl-n>", "<Ctrl-p>", "<Alt-Up>", "<Ctrl-n><Enter>", "<Enter>"]);
    let chosen = |screen: &String| screen.lines().find(|line| line.contains('▸')).map(str::to_owned);
    assert!(chosen(&screens[1]).unwrap().contains("▸ sev:P0"), "{}", screens[1]);
    assert_eq!((chosen(&screens[2]), chosen(&screens[3])), (None, None));
    assert!(screens[4].contains(" / sev:P0") && screens[4].contains("2 of 4"), "{}", screens[4]);
    assert!(!screens[5].contains(" / sev:P0") && screens[5].contains("2 of 4 bugs"), "{}", screens[5]);
}

/// Typed faster than offers can be made out, Tab would complete what is not there any more.
#[test]
fn tab_waits_for_what_is_on_offer_for_what_was_typed() {
    let table = Table::new(REPORT);
    let burst = [Step::Burst("/sev:P1<Tab>slow<Enter>".to_owned()), Step::Settle, Step::Screenshot];
    let (_, screens) = table.play(burst);
    assert!(screens[0].contains("1 of 4 bugs · /sev:P1 slow"), "{}", screens[0]);
}

#[test]
fn the_count_follows_and_what_cannot_be_understood_is_told() {
    let screens = Table::new(REPORT).after_each(&["/crash", " is:nothing", " x"]);
    assert!(screens[0].ends_with("3 of 4"), "{}", screens[0]);
    for screen in &screens[1..] {
        assert!(screen.contains("! ") && screen.contains("undecided"), "{screen}");
    }
}

/// The list would show, and marks would hold, bugs that whoever typed it believes to be left out.
#[test]
fn a_filter_that_is_not_understood_is_not_left_standing() {
    for filter in ["is:overdu", "sev:P9", "sev:P0 is:over"] {
        let screens = Table::new(REPORT).after_each(&[&format!("/{filter}"), "<Enter>", "<Esc>"]);
        let asked = screens[1].replace('\n', " ");
        assert!(asked.contains(&format!(" / {filter}")) && asked.contains("! no "), "{asked}");
        assert!(!screens[2].contains(filter), "{}", screens[2]);
    }
}

#[test]
fn earlier_filters_come_back_newest_first() {
    let table = Table::new(REPORT);
    let screens = table.after_each(&[
        "/crash<Enter>",
        "<Esc>/slow<Enter>",
        "<Esc>/<Ctrl-r>",
        "<Ctrl-r><Enter>",
        "<Enter>",
        "/<Ctrl-u>sl<Ctrl-r>",
    ]);
    let offered = |screen: &String| {
        let lines = screen.lines().skip_while(|line| !line.contains("earlier filters")).skip(1);
        lines.take(2).map(|line| line.trim().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(offered(&screens[2]), ["▸ slow", "crash"], "{}", screens[2]);
    assert!(screens[3].contains(" / crash"), "{}", screens[3]);
    assert!(screens[4].contains("3 of 4 bugs · /crash"), "{}", screens[4]);
    assert!(screens[5].contains("▸ slow") && !screens[5].contains("  crash"), "{}", screens[5]);
}

/// What was looked for before would go on before what is looked for now, and nothing would match.
#[test]
fn opened_again_the_filter_is_replaced_by_what_is_typed_or_gone_on_with() {
    let table = Table::new(REPORT);
    let screens = table.after_each(&[
        "/crash<Enter>",
        "/",
        "slow",
        "<Esc>",
        "/<Space>cov",
        "<Enter>",
        "/<Enter>",
        "/<Ctrl-r>",
    ]);
    assert!(screens[1].contains(" / crash") && screens[1].contains("typing replaces it"), "{}", screens[1]);
    assert!(screens[2].contains(" / slow ") && screens[2].contains("1 of 4"), "{}", screens[2]);
    assert!(screens[3].contains("3 of 4 bugs · /crash"), "{}", screens[3]);
    assert!(screens[4].contains(" / crash cov") && !screens[4].contains("replaces"), "{}", screens[4]);
    assert!(screens[6].contains("1 of 4 bugs · /crash cov"), "{}", screens[6]);
    assert!(screens[7].contains("▸ crash"), "all that were kept are offered: {}", screens[7]);
}

/// Whoever is half through a word would be told off for it, above what would help.
#[test]
fn a_value_that_is_begun_is_no_problem_as_long_as_it_can_go_on() {
    let screens = Table::new(REPORT).after_each(&["/is:un", "x"]);
    assert!(screens[0].contains("is:undecided") && !screens[0].contains("no state"), "{}", screens[0]);
    assert!(screens[1].contains("no state is called unx"), "{}", screens[1]);
}

/// Keys would go by what one has thought better of.
#[test]
fn a_filter_that_was_left_with_esc_is_none_that_matches_are_gone_through_by() {
    let screens = Table::new(REPORT).after_each(&["/crash<Esc>n"]);
    assert!(screens[0].contains("nothing was filtered yet"), "{}", screens[0]);
}

#[test]
fn matches_are_gone_through_after_the_filter_was_cleared() {
    let table = Table::new(REPORT);
    let screens = table.after_each(&["n", "/crash<Enter>", "<Esc>", "n", "n", "n", "N", "gN"]);
    assert!(screens[0].contains("nothing was filtered yet; / begins that"), "{}", screens[0]);
    let said = |screen: &String| screen.lines().last().unwrap_or_default().trim().to_owned();
    assert!(screens[2].contains("4 bugs"), "{}", screens[2]);
    let on = |at: usize, bug: &str| {
        let (_, shown) = table.play([
            keys("/crash<Enter><Esc>g"),
            Step::Settle,
            keys(&"n".repeat(at)),
            keys("yi"),
            Step::Screenshot,
        ]);
        assert!(shown[0].contains(&format!("the id of {bug}")), "{}", shown[0]);
    };
    on(1, "BUG-2");
    on(2, "BUG-4");
    on(3, "BUG-4");
    assert!(said(&screens[5]).contains("no bug after this one matches “crash”"), "{}", screens[5]);
    assert!(said(&screens[7]).contains("no bug before this one matches “crash”"), "{}", screens[7]);
}

#[test]
fn while_a_filter_is_on_its_matches_are_gone_through_and_never_around_the_end() {
    let screens = Table::new(REPORT).after_each(&["/timeout<Esc>/sev:P1<Enter>g", "n", "n"]);
    assert!(screens[1].contains("2/2") && !screens[1].contains("no bug after"), "{}", screens[1]);
    assert!(screens[2].contains("no bug after this one matches “sev:P1”"), "{}", screens[2]);
}

#[test]
fn what_is_decided_stays_in_view_until_the_filter_is_touched() {
    let table = Table::new(REPORT);
    let screens = table.after_each(&["/is:undecided<Enter>", "<Enter>", "/", "<Enter>"]);
    assert!(screens[1].contains("4 bugs") && screens[1].contains("BUG-1"), "{}", screens[1]);
    assert!(screens[2].contains("3 of 4") && screens[3].contains("3 of 4 bugs"), "{}", screens[3]);
    let facets = Table::new(REPORT).after_each(&["/is:undecided<Enter>", "<Enter>", "f", "<Esc>"]);
    assert!(facets[3].contains("3 of 4 bugs"), "{}", facets[3]);
}

/// What the desk knows beside the report: marks, what rules suggest, and what the check has found.
#[test]
fn states_are_asked_of_marks_suggestions_and_the_check() {
    let report = "# Bugs\n\n## P0 Bugs\n\n### BUG-1: Tests cannot be collected\n- **Severity:** P0\n\
        - **Error:** ModuleNotFoundError: No module named 'respx'\n- **File:** tests/test_a.py\n\n\
        ### BUG-2: Not where it stands\n- **Severity:** P2\n\n\
        ### BUG-3: Late\n- **Severity:** P0\n- **Due:** 2020-01-01\n";
    let table = Table::new(report).sized(160, 30);
    let left = |filter: &str| {
        let (_, screens) =
            table.play([keys("gj<Space>"), Step::Settle, keys(filter), Step::Settle, Step::Screenshot]);
        let rows: Vec<String> = screens[0].lines().map(|line| line.chars().take(12).collect()).collect();
        let shown = |bug: &&usize| rows.iter().any(|row| row.contains(&format!("BUG-{bug}")));
        [1, 2, 3].iter().filter(shown).copied().collect::<Vec<_>>()
    };
    assert_eq!(left("/is:marked<Enter>"), [2]);
    assert_eq!(left("/is:contradiction<Enter>"), [2]);
    assert_eq!(left("/is:overdue<Enter>"), [3]);
    assert_eq!(left("/is:suggested<Enter>"), [1]);
}

#[test]
fn facets_write_the_filter_and_count_what_each_value_leaves() {
    let table = Table::new(REPORT);
    let screens = table.after_each(&["f", "<Space>", "<Down><Enter>", "<Up><Space>", "<Esc>", "/<Ctrl-r>"]);
    assert!(
        screens[0].contains("[ ] P0  Critical") && screens[0].contains("Facets · 4 of 4"),
        "{}",
        screens[0]
    );
    assert!(screens[1].contains("▸[x] P0  Critical") && screens[1].contains("/ sev:P0"), "{}", screens[1]);
    assert!(screens[1].contains("Facets · 2 of 4"), "{}", screens[1]);
    assert!(screens[2].contains("/ sev:P0,P1") && screens[2].contains("Facets · 4 of 4"), "{}", screens[2]);
    assert!(screens[3].contains("/ sev:P1 "), "{}", screens[3]);
    assert!(screens[4].contains("2 of 4 bugs · /sev:P1") && !screens[4].contains("Facets"), "{}", screens[4]);
}

#[test]
fn a_click_on_a_value_toggles_it() {
    let table = Table::new(REPORT);
    let screens = table.after_each(&["f"]);
    let (y, line) = screens[0].lines().enumerate().find(|(_, line)| line.contains("P1  High")).unwrap();
    let x = line.chars().take_while(|c| *c != '[').count() as u16;
    let click = Step::Click(x, y as u16);
    let (_, clicked) = table.play([keys("f"), Step::Settle, click, Step::Settle, Step::Screenshot]);
    assert!(clicked[0].contains("[x] P1  High") && clicked[0].contains("/ sev:P1"), "{}", clicked[0]);
}

#[test]
fn quoted_words_and_fuzzy_ones_are_lit_in_the_list() {
    let lit = |filter: &str| {
        let buffer = Table::new(REPORT).buffer([keys(&format!("/{filter}<Enter>")), Step::Settle]);
        let style = ratatui::style::Modifier::UNDERLINED;
        let cells = buffer.content.iter().filter(|cell| cell.modifier.contains(style));
        cells.map(ratatui::buffer::Cell::symbol).collect::<String>()
    };
    assert_eq!(lit("\"cond cra\""), "cond cra");
    assert_eq!(lit("slow"), "Slow");
    assert_eq!(lit("is:undecided"), "");
}

#[test]
fn what_is_on_offer_and_facets_fit_on_any_screen() {
    for (width, height) in [(120, 40), (80, 24), (40, 12)] {
        let table = Table::new(REPORT).sized(width, height);
        let mut screens = table.after_each(&["/", "sev:", "<Alt-Down>", "P9 "]);
        screens.extend(Table::new(REPORT).sized(width, height).after_each(&["f", "<Space>"]));
        let name = |what: &str| format!("{what} {width}x{height}");
        for (what, screen) in
            ["terms", "values", "chosen", "problem", "facets", "toggled"].iter().zip(&screens)
        {
            assert_snapshot!(name(what), screen);
        }
    }
}
