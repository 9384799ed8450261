//! What Markdown looks like on the desk.

use super::*;
use crate::config::Theme;

fn laid_out(markdown: &str, room: Room) -> Vec<String> {
    let theme = Theme::named("plain").expect("a theme");
    let lines = render(markdown.as_bytes(), room, &Paint::new(&theme));
    lines.iter().map(|line| line.to_string().trim_end().to_owned()).collect()
}

fn rendered(markdown: &str, width: usize) -> Vec<String> {
    laid_out(markdown, Room { width, wrap: true })
}

#[test]
fn every_kind_of_block_is_shown_as_what_it_is() {
    let markdown = "### BUG-1: Title\n- **Error:** `boom`\n  1. first step\n  2. second\n\n> quoted *text*\n\n\
                    ```sh\nls -l\n```\n[here](https://example.org)\n\n---\n<!-- note -->\n";
    let expected = [
        "• Error: boom",
        "  1. first step",
        "  2. second",
        "",
        "▌ quoted text",
        "",
        "╭ sh",
        "│ ls -l",
        "",
        "here (https://example.org)",
        "",
        "────────────────────────",
        "<!-- note -->",
    ];
    assert_eq!(rendered(markdown, 60), expected);
}

/// The same of fields without any marks, and a word before a colon in a sentence is none.
#[test]
fn a_plain_line_that_is_a_field_begins_a_line_of_its_own() {
    let markdown =
        "Severity: Critical\nOwner: Ada\nAssertionError: 1 is not\nequal to 2, as follows\nhttp://x\n";
    let expected =
        ["Severity: Critical", "Owner: Ada", "AssertionError: 1 is not equal to 2, as follows http://x"];
    assert_eq!(rendered(markdown, 80), expected);
    let prose = "It is slow\nbecause of this: it waits\nfor a very long name of four words: nothing\n";
    assert_eq!(rendered(prose, 120).len(), 1);
}

/// Status, impact and priority would read as one sentence.
#[test]
fn a_line_that_is_a_field_begins_a_line_of_its_own() {
    let fields = "**Status:** open\n**Impact**: all of it,\nand more\n**Priority:** P1\n";
    assert_eq!(rendered(fields, 60), ["Status: open", "Impact: all of it, and more", "Priority: P1"]);
    assert_eq!(rendered("It is\n**very** bad\n", 60), ["It is very bad"]);
}

#[test]
fn long_items_hang_under_their_text() {
    assert_eq!(
        rendered("- one two three\n  - four five\n", 9),
        ["• one two", "  three", "  ◦ four", "    five"]
    );
    let numbers = rendered("9. nine is long\n10. ten is long\n\n    and more\n", 12);
    assert_eq!(numbers, ["9. nine is", "   long", "10. ten is", "    long", "", "    and more"]);
}

#[test]
fn a_task_says_whether_it_is_done_and_its_text_hangs_under_itself() {
    let markdown = "- [x] was done\n- [ ] is still open\n1. [ ] first\n";
    assert_eq!(rendered(markdown, 14), ["[x] was done", "[ ] is still", "    open", "", "1. [ ] first"]);
}

#[test]
fn quotes_keep_their_bar_between_paragraphs_and_say_what_they_are() {
    let markdown = "> one\n>\n> two\n> > deep\n\nafter\n\n> [!WARNING]\n> careful\n";
    let expected = ["▌ one", "▌", "▌ two", "▌", "▌ ▌ deep", "", "after", "", "▌ Warning", "▌", "▌ careful"];
    assert_eq!(rendered(markdown, 40), expected);
}

/// `P0` that was struck would read as if it still stood.
#[test]
fn what_was_struck_keeps_its_marks() {
    assert_eq!(rendered("~~P0~~ P2", 40), ["~~P0~~ P2"]);
}

#[test]
fn links_and_images_say_where_they_lead_unless_they_do_already() {
    let markdown = "[the `x`](a.md) <https://example.org/a> [https://b.org](https://b.org) \
                    ![a **bold** plan](plan.png) ![](x.svg) <a@b.org>";
    let expected = "the x (a.md) https://example.org/a https://b.org [image: a bold plan] (plan.png) \
                    [image] (x.svg) a@b.org";
    assert_eq!(rendered(markdown, 200), [expected]);
    let long = format!("[x](https://example.org/{}?q=1)", "a".repeat(300));
    assert_eq!(rendered(&long, 40), ["x", "(https://example.org/aaaa…aaaaaaaa?q=1)"]);
}

#[test]
fn footnotes_hang_under_their_names_and_hard_breaks_break() {
    let markdown = "a claim[^1] and  \nanother\n\n[^1]: which is\n    not so\n";
    assert_eq!(rendered(markdown, 14), ["a claim[^1]", "and", "another", "[^1] which is", "     not so"]);
}

#[test]
fn html_in_a_text_is_shown_as_it_is_written() {
    assert_eq!(
        rendered("a <b>bold</b> word\n\n<details>\n<p>x</p>\n</details>", 40),
        ["a <b>bold</b> word", "<details>", "<p>x</p>", "</details>"]
    );
}

/// The indent of a Makefile or of Go would be a single blank.
#[test]
fn tabs_of_code_go_to_the_next_stop() {
    assert_eq!(rendered("```\nall:\n\tgo\nab\tc\n```\n", 40), ["│ all:", "│     go", "│ ab  c"]);
}

#[test]
fn without_wrapping_code_and_tables_run_wide_and_text_does_not() {
    let markdown = "some text is here\n\n```\nlet a = some_call(with, many);\n```\n\n| a | b |\n|---|---|\n\
                    | one two three | four five |\n";
    let wide = laid_out(markdown, Room { width: 12, wrap: false });
    let expected = [
        "some text is",
        "here",
        "",
        "│ let a = some_call(with, many);",
        "",
        "a             │ b",
        "──────────────┼──────────",
        "one two three │ four five",
    ];
    assert_eq!(wide, expected);
    let narrow = rendered(markdown, 12);
    assert!(narrow.iter().all(|line| line.chars().count() <= 12), "{narrow:?}");
}

#[test]
fn a_table_keeps_its_columns_and_wraps_the_widest() {
    let markdown = "| file | why |\n|---|---|\n| a.py | it breaks the build |\n";
    let expected = ["file │ why", "─────┼───────────", "a.py │ it breaks", "     │ the build"];
    assert_eq!(rendered(markdown, 17), expected);
}

#[test]
fn of_a_giant_block_the_beginning_is_shown_and_the_rest_is_said_to_be_there() {
    let lines = rendered(&"word ".repeat(40_000), 80);
    assert_eq!(lines.last().map(String::as_str), Some("… the first 64 KiB of 196 KiB are shown"));
    assert!(lines.len() < 1000);
}

/// A frame of such a bug would take seconds, or all memory.
#[test]
fn deep_nests_and_wide_tables_take_no_more_than_a_screen_can_show() {
    let quotes = format!("{}x{}", "> ".repeat(10_000), "\nword".repeat(8_000));
    let table = format!("|{}\n|{}\n{}", "a|".repeat(9_000), "-|".repeat(9_000), "|\n".repeat(4_000));
    let cell = format!("|a|\n|-|\n|{}|\n{}", "x".repeat(8_000), "|x|\n".repeat(10_000));
    let notes = (0..4000).map(|at| format!("[^{at}]: x\n\n")).collect::<String>();
    let nests = [
        quotes,
        "- ".repeat(30_000) + "x",
        "1. ".repeat(20_000) + "x",
        table,
        "|".repeat(60_000),
        cell,
        notes,
    ];
    for (markdown, wrap) in nests.iter().flat_map(|markdown| [(markdown, true), (markdown, false)]) {
        let theme = Theme::named("plain").expect("a theme");
        let lines = render(markdown.as_bytes(), Room { width: 80, wrap }, &Paint::new(&theme));
        let spans: usize = lines.iter().map(|line| line.spans.len()).sum();
        let bytes: usize = lines.iter().flat_map(|line| &line.spans).map(|span| span.content.len()).sum();
        assert!(spans < 500_000 && bytes < 20 << 20, "{spans} spans, {bytes} bytes of {:.40}", markdown);
    }
    let told = "… nested more than 200 deep, shown as it is written";
    assert_eq!(rendered(&format!("{}x", "> ".repeat(300)), 80)[0], told);
    let deep = rendered(&format!("{}x", "> ".repeat(20)), 80);
    assert_eq!(deep, [format!("{}⋯8 x", "▌ ".repeat(12))]);
    let wide = rendered(&format!("|{}\n|{}\n", "a|".repeat(40), "-|".repeat(40)), 300);
    assert_eq!(wide.last().map(String::as_str), Some("… and 8 more columns"));
    let narrow = rendered(&format!("|{}\n|{}\n", "abcd|".repeat(4), "-|".repeat(4)), 12);
    assert_eq!(narrow, ["abcd │ abcd", "─────┼─────", "… and 2 more", "columns"]);
}
