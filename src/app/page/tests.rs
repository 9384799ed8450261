//! What keys do to a page, without a screen.

use std::sync::atomic::AtomicBool;

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::app::typed::typed;
use crate::methodology::Methodology;
use crate::report::Report;

fn page(lines: &[&str]) -> Page {
    let mut made = Lines::default();
    for line in lines {
        made.push(Line::of("text", line));
    }
    Page::new(Kind::Methodology, "x", Sheet::Lines(made))
}

/// Presses keys and answers searches at once.
fn press(page: &mut Page, keys: &str) -> Reply {
    let mut last = Reply::Stay;
    for (at, key) in (1..).zip(typed(keys).expect("keys")) {
        last = page.key(key, None, 10);
        if last == Reply::Seek
            && let Some((needle, overtaken)) = page.search.ask(at)
        {
            let hits = needle.seek(&page.sheet, &overtaken).expect("nothing overtakes it");
            page.found(at, &hits);
        }
    }
    last
}

#[test]
fn words_are_looked_for_in_either_case_unless_one_has_a_capital() {
    let ranges = |needle, text| Needle::new(needle).map(|needle| needle.ranges(text));
    assert_eq!(ranges("an", "Banana AN"), Some(vec![1..3, 3..5, 7..9]));
    assert_eq!(ranges("AN", "Banana AN AN"), Some(vec![7..9, 10..12]));
    assert_eq!(ranges("ü", "Ü日ü"), Some(vec![0..2, 5..7]));
    assert_eq!(ranges("", "x"), None);
}

#[test]
fn a_search_begins_where_the_page_is_and_ends_at_its_ends() {
    let mut page = page(&["a", "b one", "c", "one", "d"]);
    page.top.line = 2;
    press(&mut page, "/one<Enter>");
    assert_eq!((page.search.line(), page.search.said().as_str()), (Some(3), "2/2"));
    press(&mut page, "n");
    assert_eq!(page.search.line(), Some(3));
    press(&mut page, "NN");
    assert_eq!((page.search.line(), page.follow), (Some(1), Some(1)));
    assert_eq!(press(&mut page, "<Esc>"), Reply::Stay);
    assert_eq!(press(&mut page, "<Esc>"), Reply::Close);
}

#[test]
fn steps_that_are_taken_before_anything_is_found_are_made_then() {
    let mut page = page(&["one", "one", "one"]);
    for key in typed("/one<Enter>nn").expect("keys") {
        page.key(key, None, 10);
    }
    let (needle, overtaken) = page.search.ask(7).expect("a search");
    page.found(6, &[0]);
    assert_eq!(page.search.said(), "searching …");
    page.found(7, &needle.seek(&page.sheet, &overtaken).expect("hits"));
    assert_eq!(page.search.said(), "3/3");
}

#[test]
fn a_search_that_nobody_waits_for_stops() {
    let mut page = page(&["one"]);
    press(&mut page, "/o");
    let (needle, overtaken) = page.search.ask(9).expect("a search");
    drop(page.search.ask(10));
    assert_eq!(needle.seek(&page.sheet, &overtaken), None);
    assert!(needle.seek(&page.sheet, &AtomicBool::new(false)).is_some());
}

/// Enter would go to a bug whose entry is out of sight.
#[test]
fn the_cursor_is_on_a_part_that_begins_in_sight_where_one_does() {
    let unsaved = |at: u32| Unsaved {
        what: format!("BUG-{at}"),
        by: "Ada".to_owned(),
        rationale: "Only the tests.".to_owned(),
        bug: Some(BugIx(at)),
    };
    let report = Report::parse(b"".as_slice().into(), &Arc::new(Methodology::embedded()));
    let entries = (0..4).map(unsaved).collect();
    let log = LogSheet::new(Vec::new(), entries, Arc::default(), Arc::new(report), TimeZone::UTC);
    let mut page = Page::new(Kind::Log, "x", Sheet::Log(log));
    let within = |page: &Page, line, row, last| page.cursor_within(Spot { line, row }, last);
    assert_eq!(within(&page, 0, 0, 9), Some(0));
    assert_eq!(within(&page, 4, 0, 9), Some(1));
    assert_eq!(within(&page, 1, 0, 9), Some(1), "its head is above");
    assert_eq!(within(&page, 4, 1, 9), Some(2), "a part of its head is above");
    assert_eq!(within(&page, 5, 0, 6), Some(1), "no other begins in sight");
    page.cursor = Some(3);
    assert_eq!(within(&page, 0, 0, 9), Some(2));
    page.follow = Some(12);
    assert_eq!(within(&page, 0, 0, 9), Some(3), "it is brought into sight");
}

proptest! {
    /// Going on and back again ends where it began, and no step leaves the matches.
    #[test]
    fn next_and_back_again_is_where_it_was(lines in prop::collection::vec("[abA ]{0,6}", 1..30), steps in 0usize..40, needle in "[ab]{1,2}") {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let mut page = page(&lines);
        press(&mut page, &format!("/{needle}<Enter>"));
        let slow: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].to_lowercase().contains(&needle)).collect();
        prop_assert_eq!(page.search.line(), slow.first().copied());
        press(&mut page, &"n".repeat(steps));
        prop_assert_eq!(page.search.line(), slow.get(steps.min(slow.len().saturating_sub(1))).copied());
        if slow.len() > steps + 1 {
            let before = page.search.line();
            press(&mut page, "nN");
            prop_assert_eq!(page.search.line(), before);
        }
    }
}
