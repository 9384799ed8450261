//! The commits that a summary lists, from a real repository: those of decisions that stand.

use std::fs;
use std::process::Command;

use super::{REPORT, done, export, parts};
use crate::place::Place;

/// A repository that has the report.
fn repository() -> Place {
    let place = Place::with("bugs.md", REPORT);
    git(&place, &["init", "-q"]);
    for (name, value) in [("user.name", "A"), ("user.email", "a@b"), ("commit.gpgsign", "false")] {
        git(&place, &["config", name, value]);
    }
    commit(&place, "bugs.md", &["begin"]);
    place
}

/// What git says, which must end well.
fn git(place: &Place, args: &[&str]) -> String {
    let mut git = Command::new("git");
    git.current_dir(place.root()).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    let said = git.args(args).output().unwrap();
    assert!(said.status.success(), "{args:?}: {said:?}");
    String::from_utf8(said.stdout).unwrap().trim().to_owned()
}

/// Commits a file with a message of these paragraphs; gives the whole id.
fn commit(place: &Place, file: &str, message: &[&str]) -> String {
    git(place, &["add", file]);
    let paragraphs = message.iter().flat_map(|text| ["-m", *text]);
    git(place, &["commit", "-q"].into_iter().chain(paragraphs).collect::<Vec<_>>());
    git(place, &["rev-parse", "HEAD"])
}

fn decide(place: &Place, bug: &str, more: &[&str]) {
    let how = ["--severity", "P2", "--rationale", "A configuration warning"];
    done(place, &[&["set", "bugs.md", bug], how.as_slice(), more].concat());
}

/// What the summary lists, and how many it counts.
fn listed(place: &Place) -> (String, String) {
    let mut parts = parts(&export(place, &["--to", "summary"]));
    let performance = parts.remove("Performance").unwrap();
    let tasks = performance.lines().find_map(|line| line.strip_prefix("- **Tasks:** ")).unwrap().to_owned();
    (parts.remove("Task Commits").unwrap(), tasks)
}

#[test]
fn commits_that_touched_the_report_or_its_log_are_told() {
    let place = repository();
    decide(&place, "BUG-007", &[]);
    commit(&place, ".", &["docs: regrade *BUG-007*"]);
    fs::write(place.path("other.md"), "x").unwrap();
    commit(&place, "other.md", &["chore: something else"]);
    let (commits, _) = listed(&place);
    assert!(commits.contains(". **regrade \\*BUG-007\\*** - `"), "{commits}");
    assert!(commits.contains("` (docs)") && !commits.contains("something else"), "{commits}");
}

/// A review that was tried out, taken back and made again would be told three times, each as work that was done.
#[test]
fn commits_of_what_was_taken_back_and_of_taking_it_back_are_not_told() {
    let place = repository();
    let told = |expected: &[&str]| {
        let (commits, tasks) = listed(&place);
        let subjects = commits.lines().filter_map(|line| line.split("**").nth(1));
        assert_eq!(subjects.filter(|subject| *subject != "begin").collect::<Vec<_>>(), expected, "{commits}");
        let begin = commits.matches("**begin**").count();
        assert!(tasks.starts_with(&format!("{} committed", expected.len() + begin)), "{tasks}");
    };
    decide(&place, "BUG-007", &["--commit"]);
    decide(&place, "BUG-001", &["--commit"]);
    told(&["BUG-007 P0 → P2", "BUG-001 P0 → P2"]);
    done(&place, &["undo", "bugs.md", "--commit"]);
    told(&["BUG-007 P0 → P2"]);
    done(&place, &["redo", "bugs.md", "--commit"]);
    told(&["BUG-007 P0 → P2", "BUG-001 P0 → P2"]);
    decide(&place, "BUG-002", &[]);
    decide(&place, "BUG-003", &[]);
    done(&place, &["undo", "bugs.md"]);
    let log = place.read("bugs.deviations.yaml");
    let ids: Vec<&str> = log.lines().filter_map(|line| line.strip_prefix("id: ")).collect();
    let trailers: Vec<String> = ids[4..].iter().map(|id| format!("Log-entry: {id}")).collect();
    commit(&place, ".", &["triage: two more", &trailers.join("\n")]);
    told(&["BUG-007 P0 → P2", "BUG-001 P0 → P2", "two more"]);
}
