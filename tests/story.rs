//! The review that regrade was born from, played at the desk: 22 "P0" bugs, none of which touches production.

use std::fs;

use insta::assert_snapshot;
use regrade::app::Leaving;
use regrade::tui::Step;
use similar::{Algorithm, TextDiff};

use crate::desk::Table;
use crate::place::shared;

const SAMPLE: &str = include_str!("../assets/sample.md");

/// BUG-007 to P2 and configuration; then every other P0 to P1 and test infrastructure in one decision; then
/// save and leave.
fn review(filter_others: &str) -> Vec<Step> {
    vec![
        Step::keys("/BUG-007<Enter>"),
        Step::Settle,
        Step::keys(
            "2<Alt-s>c<Alt-2>A coverage setting that the tool no longer knows; nothing in production is affected.<Enter>",
        ),
        Step::keys("<Esc>g"),
        Step::keys(filter_others),
        Step::keys("1<Alt-s>t"),
        Step::Paste("Keeps tests from being collected or run; no production code is touched.".to_owned()),
        Step::Screenshot,
        Step::keys("<Enter>"),
        Step::keys("w"),
        Step::Settle,
        Step::Screenshot,
        Step::keys("q"),
    ]
}

fn marked(bugs: impl IntoIterator<Item = bool>) -> String {
    bugs.into_iter().map(|marked| if marked { "<Space>" } else { "j" }).collect()
}

#[test]
fn the_review_is_done_on_the_sample_and_nothing_else_changes() {
    let table = Table::new(SAMPLE).sized(120, 40);
    let (leaving, screens) = table.play(review(&marked((1..=22).map(|bug| bug != 7))));
    assert_eq!(leaving, Leaving::Quietly);
    assert_snapshot!("blast radius", screens[0]);
    assert_snapshot!("saved", screens[1]);
    let report = table.report();
    let diff = TextDiff::configure().algorithm(Algorithm::Histogram).diff_lines(SAMPLE, &report);
    assert_snapshot!("diff of the report", diff.unified_diff().header("a/bugs.md", "b/bugs.md"));
    assert_snapshot!("deviation log", table.log());
    assert_eq!(table.place.files().len(), 2);
}

#[test]
fn the_review_is_done_on_the_report_that_it_was_first_done_on() {
    let Some(path) = shared("reference/atom/1-discovered.md") else { return };
    let before = fs::read_to_string(path).unwrap();
    let table = Table::new(&before);
    let (leaving, _) = table.play(review(&marked((1..=6).map(|_| true))));
    assert_eq!(leaving, Leaving::Quietly);
    let after = table.report();
    let regraded: Vec<&str> = after.lines().filter(|line| line.starts_with("- **Severity:**")).collect();
    assert_eq!(
        regraded,
        [
            "- **Severity:** P1 - User Experience",
            "- **Severity:** P1 - Quality",
            "- **Severity:** P1 - ImportError (downgraded from P0)",
            "- **Severity:** P1 - ImportError (downgraded from P0)",
            "- **Severity:** P1 - ModuleNotFoundError (downgraded from P0)",
            "- **Severity:** P1 - TypeError (downgraded from P0)",
            "- **Severity:** P1 - ImportError/TypeError (downgraded from P0)",
            "- **Severity:** P1 - ImportError (downgraded from P0)",
            "- **Severity:** P2 - Coverage Gap",
            "- **Severity:** P2 - DeprecationWarning",
            "- **Severity:** P2 - CoverageWarning (downgraded from P0)",
        ]
    );
    let counts: Vec<&str> = after
        .lines()
        .filter(|line| line.starts_with("| P"))
        .map(|line| line.split('|').nth(2).unwrap())
        .collect();
    assert_eq!(counts, [" 16 ", " 14 ", " 15+ ", " TBD "]);
    assert_eq!(untouched(&after), untouched(&before));
    assert_eq!(table.log().matches("\nkind: reclassified\n").count(), 2);
}

/// The lines that no decision of the review may change, in order of the alphabet, for blocks move and take a rule
/// along.
fn untouched(report: &str) -> Vec<&str> {
    let touched = ["- **Severity:**", "- **Scope:**", "| P0", "| P1", "---"];
    let mut lines: Vec<&str> = report
        .lines()
        .filter(|line| !touched.iter().any(|start| line.starts_with(start)) && !line.is_empty())
        .collect();
    lines.sort_unstable();
    lines
}

#[test]
fn what_was_decided_comes_back_when_the_desk_is_left_without_saving() {
    let table = Table::new(SAMPLE).sized(100, 12);
    table.play([Step::keys("2Nothing breaks in production.<Enter>qq")]);
    assert_eq!(table.report(), SAMPLE);
    let (_, screens) = table.play([Step::Screenshot, Step::keys("uq")]);
    assert_snapshot!("restored", screens[0]);
    let (_, screens) = table.play([Step::Screenshot, Step::keys("q")]);
    assert!(!screens[0].contains("restored"), "{}", screens[0]);
}

#[test]
fn decisions_are_carried_over_to_a_report_that_changed_meanwhile() {
    let table = Table::new(SAMPLE).sized(100, 30);
    table.play([Step::keys("2Nothing breaks in production.<Enter>")]);
    let theirs = SAMPLE.replace("BUG-003", "BUG-103");
    fs::write(table.path(), theirs).unwrap();
    let (_, screens) = table.play([Step::Screenshot, Step::keys("<Esc>w"), Step::Settle, Step::keys("q")]);
    assert!(screens[0].contains("P0→P2"), "{}", screens[0]);
    let saved = table.report();
    assert!(saved.contains("BUG-103") && saved.contains("(downgraded from P0)"), "carried over and saved");
}

/// What a reviewer makes of a bug of the sample: the three rationales of the review.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    /// A package that only tests need is missing.
    Package,
    /// Tests that fail by themselves: imports, fixtures, data.
    Test,
    /// A warning about a setting.
    Setting,
}

/// The shortest way through: a pass over the bugs that marks those of a sort, then one key for all, a template, Enter.
/// The next pass stops only at what is undecided; what is left at the end is one bug.
fn shortest(found: &[Found]) -> Vec<String> {
    let marking = |sort: Found, decided: Option<Found>| {
        let first = found.iter().position(|one| Some(*one) != decided).unwrap_or(0);
        let last = found.iter().rposition(|one| *one == sort).unwrap_or(0);
        let runs = found[first..=last].chunk_by(|a, b| a == b);
        let run = |run: &[Found]| match run[0] {
            one if one == sort => "<Space>".repeat(run.len()),
            one if Some(one) == decided => "J".to_owned(),
            _ => "j".repeat(run.len()),
        };
        runs.map(run).collect::<String>()
    };
    vec![
        format!("{}1<Tab><Enter>", marking(Found::Package, None)),
        format!("gJ{}1<Down><Tab><Enter>", marking(Found::Test, Some(Found::Package))),
        "gJ2<Tab><Enter>".to_owned(),
        "w".to_owned(),
    ]
}

/// How many keys such a script takes.
fn presses(script: &str) -> usize {
    let names = script.matches('<').count();
    let in_names: usize = script.split('<').skip(1).map(|rest| rest.find('>').unwrap() + 2).sum();
    script.chars().count() - in_names + names
}

/// Every key that the story needs more than before is one that each reviewer presses in each review.
#[test]
fn the_review_takes_no_more_keys_than_it_needs() {
    const MOST: usize = 53;
    use Found::{Package, Setting, Test};
    let found = [
        Package, Package, Package, Test, Test, Test, Setting, Test, Package, Package, Test, Package, Test,
        Package, Test, Test, Package, Test, Test, Test, Package, Package,
    ];
    let table = Table::new(SAMPLE).sized(120, 40);
    let script = shortest(&found);
    let screen = table.after(&script);
    assert!(screen.contains("22/33 reviewed"), "{screen}");
    let (log, report) = (table.log(), table.report());
    let decisions = log.matches("\nkind: reclassified\n").count();
    assert!(log.contains("tests fail by themselves") && log.contains("only the tests need"), "{log}");
    let keys = presses(&script.concat());
    eprintln!("{keys} keys for 22 bugs, {decisions} decisions");
    assert_eq!(decisions, 3);
    assert_eq!(report.matches("(downgraded from P0)").count(), 22);
    assert_eq!(report.matches("- **Scope:** Test infrastructure\n").count(), 21);
    assert_eq!(report.matches("- **Scope:** Configuration\n").count(), 1);
    assert!(keys <= MOST, "{keys} keys, where {MOST} were enough");
}

/// The same review, where the rules of the methodology suggest it: each is accepted for all that it matches.
#[test]
fn accepting_what_is_suggested_takes_a_fraction_of_the_keys() {
    const MOST: usize = 15;
    let table = Table::new(SAMPLE).sized(120, 40);
    let script = format!("{}w", "A<Enter>".repeat(7));
    let screen = table.after(&script.split_inclusive('>').collect::<Vec<_>>());
    let decisions = table.log().matches("\nsuggestion: ").count();
    let keys = presses(&script);
    eprintln!("{keys} keys for 22 bugs, {decisions} decisions, as suggested");
    assert!(screen.contains("22/33 reviewed"), "{screen}");
    assert!(keys <= MOST, "{keys}");
}
