//! Claims set to what is documented: nothing but their numbers changes, and back again every byte is as it was.

use std::fs;

use proptest::prelude::*;
use regrade::methodology::LevelId;
use regrade::report::audit::restated;
use regrade::report::render::{self, Wanted};

use regrade::report::{BugIx, Change, Report, Restated, To, Writing};

use crate::parsed::parse;
use crate::place::shared;

fn rewritten(report: &Report, claims: &[Restated]) -> Report {
    let edits =
        render::edits_of(report, &Wanted { restated: claims, ..Wanted::default() }, Writing::default())
            .unwrap();
    parse(&edits.apply(report.base()))
}

/// A report without the digits of the claims that may be written, and without blanks.
fn around(report: &Report) -> Vec<u8> {
    let mut base = report.base().to_vec();
    for claim in report.claims().iter().rev().filter(|claim| claim.is_written()) {
        base.drain(claim.span.range());
    }
    base.retain(|byte| *byte != b' ');
    base
}

fn expect_set_and_back(report: &Report, name: &str) {
    let set = restated(report);
    let right = rewritten(report, &set);
    assert_eq!(restated(&right), [], "{name}");
    assert!(around(&right) == around(report), "{name}: more than numbers changed");
    let back: Vec<Restated> = set.into_iter().map(Restated::back).collect();
    assert!(rewritten(&right, &back).base() == report.base(), "{name}: not every byte came back");
}

#[test]
fn real_reports_are_set_right_and_back() {
    let folders = ["corpus/md", "reference/atom"].into_iter().filter_map(shared);
    for path in folders.flat_map(|folder| fs::read_dir(folder).unwrap()).map(|entry| entry.unwrap().path()) {
        expect_set_and_back(&parse(&fs::read(&path).unwrap()), &path.display().to_string());
    }
}

/// A number, as a report may write it.
fn number() -> impl Strategy<Value = String> {
    let digits = prop_oneof![(0u64..30).prop_map(|n| n.to_string()), Just("1,204".to_owned())];
    (0..4usize, digits).prop_map(|(style, n)| match style {
        0 => format!("~{n}"),
        1 => format!("{n}+"),
        2 => format!("**{n}**"),
        _ => n,
    })
}

proptest! {
    /// Cells that grow and shrink must keep their columns, whatever is in them.
    #[test]
    fn made_up_reports_are_set_right_and_back(
        numbers in prop::collection::vec(number(), 6),
        width in 3usize..12,
        right in any::<bool>(),
        ends in prop::sample::select(vec!["\n", "\r\n"]),
        bugs in prop::collection::vec(0usize..2, 0..5),
    ) {
        let cell = |text: &str| if right { format!("{text:>width$}") } else { format!("{text:<width$}") };
        let rule = "-".repeat(width + 2);
        let mut text = format!("| Severity | {} |\n|----------|{rule}|\n", cell("Count"));
        for (level, number) in ["P0", "P1", "Total"].iter().zip(&numbers) {
            text += &format!("| {level:<8} | {} |\n", cell(number));
        }
        text += &format!("\n- Critical: {}\n- High: {} bugs\n\n## High ({})\n\n", numbers[3], numbers[4], numbers[5]);
        for (at, level) in bugs.iter().enumerate() {
            text += &format!("### BUG-{at}: bug {at}\n- **Severity:** P{level}\n\n");
        }
        expect_set_and_back(&parse(text.replace('\n', ends).as_bytes()), &text);
    }
}

/// The lines of a summary after a decision on its bugs.
fn summary(table: &str, bugs: &str, change: &Change) -> Vec<String> {
    let report = parse(format!("{table}\n{bugs}").as_bytes());
    let edits = render::edits(&report, std::slice::from_ref(change), Writing::default()).unwrap();
    let after = String::from_utf8(edits.apply(report.base())).unwrap();
    after.lines().zip(table.lines()).filter(|(now, was)| now != was).map(|(now, _)| now.to_owned()).collect()
}

const BUGS: &str = "\
## BUG-1: a\n\n- **Severity:** P0\n- **Status:** Open\n
## BUG-2: b\n\n- **Severity:** P1\n- **Status:** Open\n
## BUG-3: c\n\n- **Severity:** P1\n- **Status:** Verified\n
";

fn resolved(bug: u32, status: &str) -> Change {
    Change { status: To::Value(status.to_owned()), ..Change::of(BugIx(bug)) }
}

fn lowered(bug: u32) -> Change {
    Change { severity: To::Value(LevelId(1)), ..Change::of(BugIx(bug)) }
}

/// A summary that added up would no longer do so.
#[test]
fn what_leaves_one_count_comes_to_another() {
    let table = "\
| Severity | Open | Fixed (unverified) | Resolved | Total |
|----------|------|--------------------|----------|-------|
| P0 | 1 | 0 | 0 | 1 |
| P1 | 1 | 0 | 1 | 2 |
| **Total** | **2** | **0** | **1** | **3** |
";
    let fixed = ["| P0 | 0 | 1 | 0 | 1 |", "| **Total** | **1** | **1** | **1** | **3** |"];
    assert_eq!(summary(table, BUGS, &resolved(0, "✅ FIXED")), fixed);
    let verified = ["| P1 | 0 | 0 | 2 | 2 |", "| **Total** | **1** | **0** | **2** | **3** |"];
    assert_eq!(summary(table, BUGS, &resolved(1, "Verified")), verified);
    let lowered = summary(table, BUGS, &lowered(0));
    assert_eq!(lowered, ["| P0 | 0 | 0 | 0 | 0 |", "| P1 | 2 | 0 | 1 | 3 |"]);
}

/// The total of areas that no bug names would say something else than they come to.
#[test]
fn totals_of_what_bugs_do_not_tell_stay_what_they_add_up_to() {
    let table = |login: u64, total: u64| {
        format!(
            "| Area | P0 | P1 |\n|---|---|---|\n| Pier | {login} | 2 |\n| Quay | 0 | 1 |\n| Total | {total} | 3 |\n"
        )
    };
    assert_eq!(summary(&table(4, 4), BUGS, &lowered(0)), [""; 0]);
    assert_eq!(summary(&table(1, 1), BUGS, &lowered(0)), ["| Total | 0 | 3 |"], "it is true of the bugs");
    assert_eq!(summary(&table(4, 5), BUGS, &lowered(0)), ["| Total | 4 | 3 |"], "it is no sum");
}

/// Shares would belong to counts that are gone.
#[test]
fn shares_follow_the_counts_they_come_from() {
    let table = "\
| Severity | Count | Share  | SLA met |
|----------|-------|--------|---------|
| P0       | 1     | 33.3%  | 90%     |
| P1       | 2     | 66.7%  | 80%     |
| Total    | 3     | 100.0% | 85%     |
";
    let lowered = summary(table, BUGS, &lowered(0));
    assert_eq!(
        lowered,
        ["| P0       | 0     | 0.0%   | 90%     |", "| P1       | 3     | 100.0% | 80%     |"]
    );
    let done = "| Severity | Total | Fixed | Done |\n|---|---|---|---|\n| P0 | 1 | 0 | 0 % |\n| P1 | 2 | 1 | 50 % |\n";
    assert_eq!(summary(done, BUGS, &resolved(1, "Fixed")), ["| P1 | 2 | 2 | 100 % |"]);
    let apart = table.replace("66.7%", "67.0%");
    assert!(!summary(&apart, BUGS, &self::lowered(0)).join("").contains("100.0%"), "not all of them follow");
}

/// The numbers of each level beside the words for it, so that they are true of such bugs.
fn by_words(bugs: &str) -> String {
    let words = ["High", "Medium", "Low", "Informational"];
    let count = |word: &&str| bugs.matches(&format!("<{word}>")).count();
    let rows = words.iter().map(|word| format!("| {word} | {} |\n", count(word)));
    let list = words.iter().map(|word| format!("- {word}: {}\n", count(word)));
    let table = format!("| Severity | Count |\n|---|---|\n{}", rows.collect::<String>());
    let text = format!("# Bugs\n\n{table}\n{}\n{bugs}", list.collect::<String>());
    text.replace(['<', '>'], "")
}

/// What a bug that is called `Informational` has left would go on counting it, unseen, as would what it comes to.
#[test]
fn words_that_share_a_level_count_what_bugs_say_whatever_they_are_set_to() {
    let fields = "### B-1: a\n\n- **Severity:** <High>\n\n### B-2: b\n\n- **Severity:** <Low>\n\n\
        ### B-3: c\n\n- **Severity:** <Informational>\n\n### B-4: d\n\n- **Severity:** <Low>\n";
    let rows = "| ID | Title | Severity |\n|---|---|---|\n| B-1 | a | <Informational> |\n| B-2 | b | <Low> |\n\
        | B-3 | c | <Informational> |\n";
    let headings = "### [<High>] B-1: a\n\nText.\n\n### [<Informational>] B-2: b\n\nText.\n\n### [<Low>] B-3: c\n\nText.\n";
    let by_section = "## Medium\n\n### B-1: a\n\nText.\n\n## Informational\n\n### B-3: c\n\nText.\n";
    for bugs in [fields, rows, headings] {
        expect_true_whatever(&by_words(bugs), bugs.matches('<').count());
    }
    let counted = "| Severity | Count |\n|---|---|\n| Medium | 1 |\n| Low | 0 |\n| Informational | 1 |\n\n";
    expect_true_whatever(&format!("# Bugs\n\n{counted}{by_section}"), 2);
}

fn expect_true_whatever(text: &str, bugs: usize) {
    let report = parse(text.as_bytes());
    let shared = report.claims().iter().filter(|claim| claim.shared.is_some()).count();
    assert!(shared >= 2 && report.len() == bugs && restated(&report).is_empty(), "{text}");
    for (bug, level) in (0..bugs as u32).flat_map(|bug| (1..4).map(move |level| (bug, level))) {
        let change = Change { severity: To::Value(LevelId(level)), ..Change::of(BugIx(bug)) };
        let edits = render::edits(&report, &[change], Writing::default()).unwrap();
        let after = parse(&edits.apply(report.base()));
        assert_eq!(restated(&after), [], "{}", String::from_utf8_lossy(after.base()));
        assert_eq!(after.claims().len(), report.claims().len());
    }
}

/// Nothing tells which row counts a bug that is called otherwise than all of them.
#[test]
fn what_no_word_of_several_says_is_held_against_none_of_them() {
    let text = by_words("### B-1: a\n\n- **Severity:** <Low>\n\n### B-2: b\n\n- **Severity:** Trivial\n");
    assert_eq!(restated(&parse(text.as_bytes())), []);
    let own = by_words("### B-1: a\n\n- **Severity:** <Low>\n\n### B-2: b\n\n- **Severity:** P3\n");
    let set: Vec<i64> = restated(&parse(own.as_bytes())).iter().map(|set| set.to).collect();
    assert_eq!(set, [2, 2], "the level's own words go together");
}

/// What says how far a review has come would tell of yesterday.
#[test]
fn counts_of_statuses_on_lines_and_in_front_matter_follow_with_their_shares() {
    let text = |open: u64, fixed: u64, [open_share, share]: [&str; 2]| {
        format!(
            "---\nopen: {open}\nfixed: {fixed}\n---\n# Pier\n\n- Open: {open} ({open_share}%)\n- Fixed: {fixed} ({share}%)\n\n\
             **3 bugs ({open} open, {fixed} fixed)**\n\nProgress: {fixed}/3 ({share}%)\n\n{BUGS}"
        )
    };
    let report = parse(text(2, 1, ["66.7", "33.3"]).as_bytes());
    let edits = render::edits(&report, &[resolved(1, "Resolved")], Writing::default()).unwrap();
    let after = String::from_utf8(edits.apply(report.base())).unwrap();
    let wanted = text(1, 2, ["33.3", "66.7"]);
    let summary = |text: &str| text[..text.find("## BUG-1").unwrap()].to_owned();
    assert_eq!(summary(&after), summary(&wanted));
    let other = text(2, 1, ["60.0", "33.3"]);
    let report = parse(other.as_bytes());
    let edits = render::edits(&report, &[resolved(1, "Resolved")], Writing::default()).unwrap();
    let after = String::from_utf8(edits.apply(report.base())).unwrap();
    assert!(after.contains("- Open: 1 (60.0%)"), "it did not follow before: {after}");
}

/// A cell would say that there is nothing where something has come.
#[test]
fn a_dash_gives_way_to_what_becomes_due_as_does_one_for_a_share() {
    let table = "\
| Severity | Count | Share |
|----------|-------|-------|
| P0       | 1     | 33 %  |
| P1       | 2     | 67 %  |
| P2       | -     | –     |
| P3       | TBD   | –     |
";
    let to = |level| Change { severity: To::Value(LevelId(level)), ..Change::of(BugIx(0)) };
    let moved = ["| P0       | 0     | 0 %   |", "| P2       | 1     | 33 %  |"];
    assert_eq!(summary(table, BUGS, &to(2)), moved);
    assert_eq!(summary(table, BUGS, &to(3)).len(), 1, "what is to be decided is left");
    let total = format!("{table}| Total    | 3     | 100 % |\n");
    let left = ["| P0       | 0     | 0 %   |"];
    assert_eq!(summary(&total, BUGS, &to(3)), left, "shares are of the total");
    let others = table.replace("| 2     |", "| -     |").replace("67 %", "0 % ");
    assert!(
        !summary(&others, BUGS, &to(1)).join("").contains("P1"),
        "it says nothing of bugs that are there"
    );
}
