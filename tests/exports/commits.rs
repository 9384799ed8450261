//! The commits that a summary lists, from a real repository: those of decisions that stand.

use std::process::Command;

use super::{REPORT, export, parts};
use crate::place::{EPOCH, Place};

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
    git_at(place, EPOCH, args)
}

/// The same at a time in seconds since 1970.
fn git_at(place: &Place, epoch: &str, args: &[&str]) -> String {
    let mut git = Command::new("git");
    git.current_dir(place.root()).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    let said = git.env("GIT_COMMITTER_DATE", format!("{epoch} +0000")).args(args).output().unwrap();
    assert!(said.status.success(), "{args:?}: {said:?}");
    String::from_utf8(said.stdout).unwrap().trim().to_owned()
}

/// Commits a file with a message of these paragraphs, a minute after the commit before; gives the whole id.
fn commit(place: &Place, file: &str, message: &[&str]) -> String {
    let times = git(place, &["for-each-ref", "--format=%(committerdate:unix)"]);
    let last = times.lines().map(|time| time.parse::<u64>().unwrap()).max();
    let epoch = last.map_or(EPOCH.to_owned(), |last| (last + 60).to_string());
    git(place, &["add", file]);
    let paragraphs = message.iter().flat_map(|text| ["-m", *text]);
    git_at(place, &epoch, &["commit", "-q"].into_iter().chain(paragraphs).collect::<Vec<_>>());
    git(place, &["rev-parse", "HEAD"])
}

fn decide(place: &Place, bug: &str, more: &[&str]) {
    let how = ["--severity", "P2", "--rationale", "A configuration warning"];
    place.done(&[&["set", "bugs.md", bug], how.as_slice(), more].concat());
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
    place.write("other.md", "x");
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
    place.done(&["undo", "bugs.md", "--commit"]);
    told(&["BUG-007 P0 → P2"]);
    place.done(&["redo", "bugs.md", "--commit"]);
    told(&["BUG-007 P0 → P2", "BUG-001 P0 → P2"]);
    decide(&place, "BUG-002", &[]);
    decide(&place, "BUG-003", &[]);
    place.done(&["undo", "bugs.md"]);
    let log = place.read("bugs.deviations.yaml");
    let ids: Vec<&str> = log.lines().filter_map(|line| line.strip_prefix("id: ")).collect();
    let trailers: Vec<String> = ids[4..].iter().map(|id| format!("Log-entry: {id}")).collect();
    commit(&place, ".", &["triage: two more", &trailers.join("\n")]);
    told(&["BUG-007 P0 → P2", "BUG-001 P0 → P2", "two more"]);
}

/// Whoever reads of a fix would have to look for its commit, which is what the work was.
#[test]
fn commits_of_fixes_that_decisions_name_are_told_in_order_each_once_with_the_items_of_their_messages() {
    let place = repository();
    let work = |file: &str, message: &[&str]| {
        place.write(file, file);
        commit(&place, file, message)
    };
    let options = work(
        ".coveragerc",
        &[
            "fix(config): drop two options",
            "- Removed the options,\n  which nobody reads\n- Quiet now",
            "Refs: #7",
        ],
    );
    let packages = work("test.txt", &["Declare the packages"]);
    work("other.txt", &["chore: something else"]);
    git(&place, &["branch", "feedface", &packages]);
    let fields = ["--fix", &format!("commit {options}"), "--committed-in", &options[..8]];
    decide(&place, "BUG-007", &[fields.as_slice(), &["--commit"]].concat());
    for named in [&packages[..7], "deadbee1", "feedface"] {
        let fix = ["record", "bugs.md", "fix", "--issue", "Tests import it", "--fix", "Declared it"];
        place.done(&[fix.as_slice(), &["--committed-in", named]].concat());
    }
    let (commits, tasks) = listed(&place);
    let short = |id: &str| git(&place, &["rev-parse", "--short", id]);
    let expected = [
        String::from("**begin**"),
        format!("**drop two options** - `{}` (fix(config))", short(&options)),
        format!("**Declare the packages** - `{}`", short(&packages)),
        String::from("**BUG-007 P0 → P2**"),
    ];
    let numbered: Vec<&str> = commits.lines().filter_map(|line| Some(line.split_once(". ")?.1)).collect();
    assert!(numbered.iter().zip(&expected).all(|(told, expected)| told.starts_with(expected)), "{commits}");
    assert!(numbered.len() == 4 && tasks.starts_with("4 committed"), "{tasks}\n{commits}");
    let items = "\n   - Removed the options, which nobody reads\n   - Quiet now\n3. ";
    assert!(commits.contains(items) && !commits.contains("Refs"), "{commits}");
    (0..4).for_each(|_| drop(place.done(&["undo", "bugs.md"])));
    assert!(!listed(&place).0.contains("drop two options"), "{commits}");
}
