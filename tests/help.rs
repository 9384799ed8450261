//! What is said to somebody who does not know the commands yet, or not how they are written.

use std::fs;

use insta::assert_snapshot;

use crate::place::Place;

const REPORT: &str = "# Bugs\n\n### BUG-1: Crash\n- **Severity:** P0\n";

fn place() -> Place {
    Place::with("bugs.md", REPORT)
}

/// Whoever mistypes a command would be told of rules between arguments, or of a terminal.
#[test]
fn a_word_that_is_no_command_and_no_report_is_told_with_what_was_meant() {
    for (args, told) in [
        (&["lst", "bugs.md"][..], "there is no command or report “lst”; did you mean list?"),
        (&["lst"], "there is no command or report “lst”; did you mean list?"),
        (
            &["chekc", "bugs.md", "--gate", "sev:P0=0"],
            "there is no command or report “chekc”; did you mean check?",
        ),
        (&["hlep"], "there is no command or report “hlep”; did you mean help?"),
        (&["--linear", "bugs.dm"], "there is no command or report “bugs.dm”\n"),
        (&["zzz", "bugs.md"], "there is no command or report “zzz”\n"),
    ] {
        let said = place().run(args);
        assert!(said.code == 2 && said.err.contains(told) && said.out.is_empty(), "{args:?} {said:?}");
        assert!(said.err.contains("hint: `regrade --help` tells the commands"), "{}", said.err);
    }
    let said = place().run(&["bugs.md", "lst"]);
    assert!(!said.err.contains("no command or report"), "bugs.md is there: {}", said.err);
}

#[test]
fn help_with_help_is_help() {
    let help = |args: &[&str]| {
        let said = place().run(args);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{args:?}");
        said.out
    };
    assert_eq!(help(&["help", "--help"]), help(&["help"]));
    assert_eq!(help(&["help", "list", "-h"]), help(&["help", "list"]));
}

/// A newcomer would not learn that there is another way than ids.
#[test]
fn usage_shows_every_way_to_say_which_bugs() {
    let said = place().run(&["set", "bugs.md", "--severity", "P1", "--rationale", "Only the tests need it."]);
    assert!(said.code == 2 && said.err.contains("<REPORT> --filter <QUERY>"), "{}", said.err);
    let said = place().run(&["show", "bugs.md"]);
    assert!(said.code == 2 && said.err.contains("<REPORT> --layout"), "{}", said.err);
}

/// The completions of a shell that lack a command, or say something to standard error, break it.
#[test]
fn shells_and_manuals_know_every_command() {
    let help = place().run(&["help"]).out;
    let (_, commands) = help.split_once("Commands:\n").unwrap();
    let commands = commands.lines().take_while(|line| !line.is_empty());
    let names: Vec<&str> = commands.filter_map(|line| line.strip_prefix("  ")?.split(' ').next()).collect();
    let names: Vec<&str> = names.into_iter().filter(|name| !name.is_empty() && *name != "help").collect();
    assert!(names.len() > 15 && names.contains(&"completions"), "{names:?}");
    for args in [&["completions", "bash"][..], &["completions", "zsh"], &["completions", "fish"], &["man"]] {
        let said = place().run(args);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{args:?}");
        let absent = names.iter().find(|name| !said.out.contains(**name));
        assert_eq!(absent, None, "{args:?}");
    }
    let page = place().run(&["man", "list"]).out;
    assert!(page.contains(&format!("\"regrade {}\"", env!("CARGO_PKG_VERSION"))), "{page}");
    assert!(page.contains(".TH regrade-list 1") && page.contains("\\-\\-filter"), "{page}");
    let said = place().run(&["man", "lst"]);
    assert!(said.code == 2 && said.err.contains("no command is called lst"), "{}", said.err);
}

/// A script would leave a folder behind each time.
#[test]
fn a_demo_that_cannot_be_shown_leaves_nothing_behind() {
    let place = place();
    let scratch = place.path("tmp");
    fs::create_dir(&scratch).unwrap();
    let said = place.run_in(&["demo"], &[("TMPDIR", scratch.to_str().unwrap())]);
    assert_snapshot!(said.err, @"
    regrade: the desk needs a terminal, and there is none
      hint: regrade list REPORT                                   lists the bugs
      hint: regrade show REPORT ID                                shows one
      hint: regrade set REPORT ID --severity P2 --rationale TEXT  decides and saves
      hint: regrade log REPORT                                    shows what was decided
    ");
    assert_eq!((said.code, fs::read_dir(&scratch).unwrap().count()), (2, 0));
}

/// What each term means stands in one column.
#[test]
fn the_terms_of_a_filter_are_explained_in_one_column() {
    let help = place().run(&["help", "list"]).out;
    let terms = help.lines().map(str::trim_start).filter_map(|line| {
        let gap = line.find("   ")?;
        let is_term = ["sev:", "scope:", "is:", "suggested:", "section:", "id:", "text:", "crash", "-sev:"];
        let length = line[gap..].len() - line[gap..].trim_start().len();
        is_term.iter().any(|term| line.starts_with(term)).then_some(gap + length)
    });
    let columns: Vec<usize> = terms.collect();
    assert_eq!((columns.len(), columns.iter().min()), (11, columns.iter().max()), "{help}");
}
