//! No report breaks a view, whatever it is made of and however much.

use regrade::text::display;
use regrade::tui::Step;

use super::SIZES;
use super::views::{VIEWS, names, walk};
use crate::desk::Table;

/// Titles that are cut or wrapped wherever they are shown, no part of one like another.
fn long_titles() -> [String; 2] {
    let words = (1..=40).map(|at| format!("w{at:03}")).collect::<Vec<_>>().join(" ");
    let ideographs = (0..200).filter_map(|at| char::from_u32(0x4E00 + 7 * at)).collect();
    [words, ideographs]
}

/// What no terminal agrees on, and what is longer than any screen is wide.
pub fn awkward() -> String {
    let [words, ideographs] = long_titles();
    let (id, status) = ("A".repeat(200), "still being looked at ".repeat(10));
    format!(
        "# 報告 👩\u{200D}👩\u{200D}👧\u{200D}👦\n\n## P0 Bugs {words}\n\n\
        ### BUG-1: {words}\n- **Severity:** P0 - ImportError\n- **Status:** {status}\n\n\
        ### BUG-2: {ideographs}\n- **Severity:** P0 - 輸入錯誤\n- **Status:** 未対応 {ideographs}\n\n\
        ### BUG-3: 👩\u{200D}👩\u{200D}👧\u{200D}👦 and 🏳\u{FE0F}\u{200D}🌈 of 🇩🇪🇫🇷 wave 👋🏽 at ☠\u{FE0F} 1\u{FE0F}\u{20E3}\n\
        - **Severity:** P0\n- **Status:** 🚫 👩🏽\u{200D}🚀\n- **File:** src/日本/👩\u{200D}🚀.py\n\n\
        ### BUG-4: Z\u{338}\u{322}\u{31B}a\u{334}l\u{335}g\u{336}o e\u{301}t क्षि ガｶﾞ שלום مرحبا ﷽ {}\n- **Severity:** P0\n\n\
        ### BUG-{id}: Long id\n- **Severity:** P1 - Timeout\n- **Status:** open\n\n\
        | 列 | {words} |\n|---|---|\n| 👋🏽 | {ideographs} |\n\n```\n{ideographs}{words}\n```\n",
        "a\u{301}".repeat(200),
    )
}

const ONE: &str = "# Bugs\n\n### BUG-1: Alone\n- **Severity:** P1 - ImportError\n";

const NONE: &str = "# Nothing was found\n\nAll is well.\n";

fn many() -> String {
    let bug = |at| {
        let level = at % 4;
        format!("### BUG-{at}: Bug {at} of ten thousand\n- **Severity:** P{level} - ImportError\n\n")
    };
    format!("# Bugs\n\n{}", (1..=10_000).map(bug).collect::<String>())
}

/// Asserts that no row of a picture is wider than the screen.
fn assert_fits(screen: &str, width: u16, name: &str) {
    let wide = screen.lines().find(|row| display::width(row) > usize::from(width));
    assert_eq!(wide, None, "{name} at {width}\n{screen}");
}

/// A row that shows the beginning of a title and hides its rest without saying so: the row neither has all of it nor
/// goes on with `…`, nor does the title go on in the next. What the list beneath shows of it may be under a popup.
fn hiding<'a>(title: &str, screen: &'a str, beneath: &str) -> Option<&'a str> {
    let begin: String = title.chars().take(4).collect();
    let (rows, beneath): (Vec<&str>, Vec<&str>) = (screen.lines().collect(), beneath.lines().collect());
    let hides = |y: &usize| {
        let row = rows[*y];
        let Some(at) = row.find(&begin) else { return false };
        let shown = title.chars().zip(row[at..].chars()).take_while(|(one, other)| one == other).count();
        let rest: String = title.chars().skip(shown).collect();
        let next: String = rest.trim_start().chars().take(4).collect();
        let end = row[at..].char_indices().nth(shown).map_or(row.len(), |(end, _)| at + end);
        let goes_on = rows.get(y + 1).is_some_and(|row| row.contains(&next));
        let is_beneath = beneath.get(*y).is_some_and(|row| row.starts_with(&rows[*y][..end]));
        !rest.is_empty() && !row[end..].starts_with('…') && !goes_on && !is_beneath
    };
    (0..rows.len()).find(hides).map(|y| rows[y])
}

#[test]
fn awkward_reports_fit_every_screen_and_no_title_is_cut_silently() {
    for (width, height) in SIZES {
        let walked = walk(&Table::new(awkward()).sized(width, height), &[Step::Screenshot]);
        assert_eq!(walked.screens().len(), VIEWS.len() + 1);
        let list = &walked.screens()[1];
        for (name, screen) in names().zip(walked.screens()) {
            assert_fits(screen, width, name);
            let beneath = if screen == list { "" } else { list };
            for title in long_titles() {
                assert_eq!(hiding(&title, screen, beneath), None, "{name} at {width}x{height}\n{screen}");
            }
        }
    }
}

#[test]
fn a_report_of_one_bug_of_none_or_of_ten_thousand_fits_every_screen() {
    let looks = SIZES.map(|(width, height)| [Step::Resize(width, height), Step::Screenshot]).concat();
    for report in [ONE, NONE, &many()] {
        let walked = walk(&Table::new(report), &looks);
        assert!(walked.screens().len() >= VIEWS.len() * SIZES.len(), "it was left before its end");
        for (name, screens) in names().zip(walked.screens().chunks(SIZES.len())) {
            SIZES.iter().zip(screens).for_each(|((width, _), screen)| assert_fits(screen, *width, name));
        }
    }
}
