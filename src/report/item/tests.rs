//! Lists in our own words, and what is read from them.

use super::*;
use crate::report::scan::Outline;

fn read(text: &str) -> Vec<List> {
    let base = text.as_bytes();
    lists(base, &Outline::of(base, Span::whole(base)), &Methodology::embedded()).0
}

/// Id, title, severity and status of each item of the first list.
fn items(text: &str) -> Vec<(&str, &str, &str, &str)> {
    let lists = read(text);
    let part = |span: Span| &text[span.range()];
    let items = lists.first().map_or(&[][..], |list| &list.items);
    items
        .iter()
        .map(|item| (part(item.id), part(item.title), part(item.severity), part(item.status)))
        .collect()
}

#[test]
fn a_bold_lead_is_the_title() {
    let text = "- [x] **It breaks `a`.** At `b.rs:3` it does\n  and more.\n- [ ] **P1** It hangs. Always\n- **n2（it stops）**：it does\n- **BUG-3 (High):** it slips\n- 🔴 **It leaks** — at once\n- **It lags** (High) when hot\n- [~] **P2** It drifts\n";
    assert_eq!(
        items(text),
        [
            ("", "It breaks `a`", "", "[x]"),
            ("", "It hangs", "P1", "[ ]"),
            ("n2", "it stops", "", ""),
            ("BUG-3", "it slips", "High", ""),
            ("", "It leaks", "🔴", ""),
            ("", "It lags", "High", ""),
            ("", "It drifts", "P2", ""),
        ]
    );
}

/// A bug would have no level, and a decision would put a second one beside it.
#[test]
fn the_name_of_a_rule_may_stand_between_a_bold_lead_and_its_level() {
    let text = "1. **It leaks** (`oil/leak`) — severity: High\n2. **It lags** (`oil/lag`) (Low)\n3. **It drifts** (`oil/drift`) — Medium\n4. **It sinks** (`oil/sink`)\n5. **It rusts** (`High`) — so\n6. **It bends** (`bend()`) — High\n";
    let severities: Vec<(&str, &str)> = items(text).iter().map(|item| (item.1, item.2)).collect();
    let said = [
        ("It leaks", "High"),
        ("It lags", "Low"),
        ("It drifts", "Medium"),
        ("It sinks", ""),
        ("It rusts", ""),
        ("It bends", "High"),
    ];
    assert_eq!(severities, said);
}

/// A title would end in the middle of what it says.
#[test]
fn a_title_goes_on_over_lines_as_its_bold_or_its_sentence_does() {
    let titles = |text: &'static str| items(text).into_iter().map(|item| item.1).collect::<Vec<_>>();
    assert_eq!(
        titles(
            "- [P1] It breaks when the sails\n  are set. At once.\n- **It hangs and\n  stops.** Often\n- It slips\n  `when wet`\n"
        ),
        ["It breaks when the sails\n  are set", "It hangs and\n  stops", "It slips\n  `when wet`"]
    );
    assert_eq!(
        titles(
            "- It breaks.\n  and more\n- It hangs:\n  so\n- It stops\n  Always\n- It slips (High)\n  often\n- It leaks\n  status: open\n- **It sinks** when\n  it leaks\n- It lags\n  a\n  b\n  c\n  d\n  e\n"
        ),
        ["It breaks", "It hangs:", "It stops", "It slips", "It leaks", "It sinks", "It lags"]
    );
}

/// Of bugs that are counted on lines of their own nobody would be told what they are.
#[test]
fn what_has_nothing_but_an_id_on_its_first_line_has_its_title_below() {
    let text = "- [ ] ID-3\n[Sail](sail.md) is torn:\n\t- at the bow\n- [x] **BUG-4**\n  Found: in May\n  **The mast is bent.** So\n- **BUG-5:**\n  the rope frays\n  when wet\n- #6\n  BUG-5 is told again\n";
    assert_eq!(
        items(text),
        [
            ("ID-3", "[Sail](sail.md) is torn", "", "[ ]"),
            ("BUG-4", "The mast is bent", "", "[x]"),
            ("BUG-5", "the rope frays\n  when wet", "", ""),
            ("#6", "BUG-5 is told again", "", ""),
        ]
    );
    let bare = "- BUG-4\n- BUG-5\n\n  The mast is bent.\n- BUG-6\n  - It bends\n- BUG-7\n  Severity: High\n- Day 8\n  At sea\n";
    let titles: Vec<&str> = items(bare).iter().map(|item| item.1).collect();
    assert_eq!(titles, ["", "", "", "", "Day 8"]);
}

#[test]
fn tags_and_a_status_stand_before_a_bold_lead() {
    let text = "- [x] **[RESOLVED 2024-05-01 — seen again in `b7c1d02` and the two builds after it.]** [boat][P1][round-2] **It sinks.** It\n  does.\n- [ ] [boat][hull][P2][kept apart for the crew that sails next] **It leaks.** At once.\n";
    let status = "RESOLVED 2024-05-01 — seen again in `b7c1d02` and the two builds after it.";
    assert_eq!(items(text), [("", "It sinks", "P1", status), ("", "It leaks", "P2", "[ ]")]);
}

#[test]
fn a_remark_is_a_field_among_fields_and_a_level_among_levels() {
    let levels = |text: &'static str| items(text).into_iter().map(|item| item.2).collect::<Vec<_>>();
    assert_eq!(levels("- **Note:** it is so\n- **Reach:** all of us\n"), ["", ""]);
    assert_eq!(levels("- **Note:** it hangs\n- **High:** it stops\n"), ["Note", "High"]);
    assert_eq!(levels("- **Note:** it hangs\n- **Note:** it slips\n"), ["Note", "Note"]);
}

#[test]
fn a_word_that_looks_like_an_id_is_one_only_among_ids() {
    let ids = |text: &'static str| items(text).into_iter().map(|item| (item.0, item.1)).collect::<Vec<_>>();
    assert_eq!(
        ids("- UTF-8 is lost\n- it hangs\n- it stops\n"),
        [("", "UTF-8 is lost"), ("", "it hangs"), ("", "it stops")]
    );
    assert_eq!(ids("- **QA-1 it is lost**\n- **QA-2 it hangs**\n")[0], ("QA-1", "it is lost"));
}

#[test]
fn without_bold_the_first_sentence_is_the_title() {
    let text = "- 🔴 It breaks, e.g. here. Then more\n- [High] It hangs\n- High: it stops\n- it is high time\n- Med — it slips\n";
    let expected = [
        ("🔴", "It breaks, e.g. here"),
        ("High", "It hangs"),
        ("High", "it stops"),
        ("", "it is high time"),
        ("Med", "it slips"),
    ];
    let found: Vec<_> = items(text).into_iter().map(|item| (item.2, item.1)).collect();
    assert_eq!(found, expected);
}

#[test]
fn fields_inside_an_item_speak_for_it() {
    let text = "- **Bug:** it breaks  \n  **Severity:** High | **At:** a.rs  \n  **Details:** it does\n- **Bug:** it hangs\n  **Severity:** Low · **Status:** Fixed\n";
    assert_eq!(items(text), [("", "it breaks", "High", ""), ("", "it hangs", "Low", "Fixed")]);
    let lists = read(text);
    assert!(lists[0].items.iter().all(|item| item.hint == Hint::Field));
    assert_eq!((lists[0].evidence.fields, lists[0].evidence.bold), (2, 2));
    let text = "1) it breaks.\n   **STATUS: FIXED** - at once\n   - Severity: why not\n";
    assert_eq!(items(text), [("1", "it breaks", "why not", "FIXED")]);
    let text = "1. **It breaks** (High)\n   - Severity: Low\n   - why: unknown\n2) other\n";
    assert_eq!(items(text), [("1", "It breaks", "Low", "")]);
}

#[test]
fn a_numbered_list_goes_on_over_what_is_not_indented() {
    let text = "  1. it breaks 🔴 High\n\n  Why: it does\n  - so\n\n      code();\n\n  2. it hangs 🟡 Low\n\n  ---\n  3. it stops 🟡 Low\n\nend\n\n1. wash\n2. dry\n";
    let lists = read(text);
    let kinds: Vec<_> = lists.iter().map(|list| (list.items.len(), list.evidence.kind)).collect();
    assert_eq!(kinds, [(3, ListKind::Entries), (2, ListKind::Steps)]);
    assert!(text[lists[0].items[0].block.range()].contains("code()"));
    let found: Vec<_> = items(text).into_iter().map(|item| (item.0, item.1)).collect();
    assert_eq!(found, [("1", "it breaks"), ("2", "it hangs"), ("3", "it stops")]);
}

#[test]
fn numbered_paragraphs_are_items_too() {
    let text = "**1. It breaks** (High)\nbadly\n\n**2. It hangs**\n\n**Status:** open\n";
    assert_eq!(read(text)[0].marker, Marker::Paragraph);
    assert_eq!(items(text), [("1", "It breaks", "High", ""), ("2", "It hangs", "", "open")]);
}

#[test]
fn lists_about_levels_are_no_bugs() {
    let kind = |text: &str| read(text)[0].evidence.kind;
    assert_eq!(kind("- **P0** – stops a release\n- **P1** – hurts\n- **P2** – waits\n"), ListKind::Legend);
    assert_eq!(kind("- SEV-0: data is lost\n- SEV-2: it is slow\n- SEV-3: it is ugly\n"), ListKind::Legend);
    assert_eq!(
        kind("- **OPEN:** not begun\n- **FIXED:** mended\n- **CLOSED:** seen to be\n"),
        ListKind::Legend
    );
    assert_eq!(kind("- Critical: 4\n- **High (P1):** 12 bugs\n- Low — ~3\n"), ListKind::Claims);
    assert_eq!(kind("- **P0 (at once):** BUG-1, BUG-2 — both\n- **P1:** BUG-3\n"), ListKind::Index);
    assert_eq!(kind("1. [One](#one)\n2. [Two](#two)\n"), ListKind::Contents);
    assert_eq!(kind("- P0-1: data is lost\n- P1-1: it is slow\n- P2-1: it is ugly\n"), ListKind::Entries);
    assert_eq!(kind("- Critical: 40 hours\n- High: 12 hours\n- Low: 3 hours\n"), ListKind::Legend);
    assert_eq!(kind("- **File:** a.rs\n- **Severity:** High\n- **Note:** x\n"), ListKind::Fields);
    assert_eq!(
        kind("- **Issue:** it breaks\n- **Impact:** it hangs\n- **Fix time:** 1 h\n- **Status:** open\n"),
        ListKind::Fields
    );
    assert_eq!(kind("- **Bug:** it breaks\n- **Bug:** it hangs\n"), ListKind::Entries);
    assert_eq!(
        kind("- **Critical issues:** 6 that users see\n- **High impact:** 44 gaps\n"),
        ListKind::Claims
    );
    assert_eq!(
        kind("1. Medium — it breaks\n2. Low/Medium — it hangs\n3. Low — it stops\n"),
        ListKind::Entries
    );
    assert_eq!(
        kind("- P0/Critical — it breaks\n- P1/High — it hangs\n- P3/Low — it stops\n"),
        ListKind::Legend
    );
    assert_eq!(kind("1. it breaks | ~3 | High\n2. it hangs  | 4 | Low\n"), ListKind::Rows);
    assert_eq!(kind("- High: it breaks\n- High: it hangs\n- Low: it stops\n"), ListKind::Entries);
}

#[test]
fn what_is_nested_quoted_or_under_another_marker_is_no_item_of_the_list() {
    let text = "- a\n  - b\n> - c\n\n* d\n";
    let lists = read(text);
    assert_eq!(lists.iter().map(|list| list.items.len()).collect::<Vec<_>>(), [1, 1]);
}

#[test]
fn a_level_that_heads_a_list_is_a_label() {
    let labels = |text: &str| {
        let base = text.as_bytes();
        let found = lists(base, &Outline::of(base, Span::whole(base)), &Methodology::embedded()).1;
        found.iter().map(|label| text[label.lines.range()].trim_end().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(labels("**Critical:**\n1. a\n\n🟡 **Low**\n\n- b\n"), ["**Critical:**", "🟡 **Low**"]);
    for text in
        ["**Critical:** 5\n- a\n", "**Highlights:**\n- a\n", "**High:**\n\ntext\n", "Critical path\n- a\n"]
    {
        assert_eq!(labels(text), [""; 0], "{text}");
    }
}
