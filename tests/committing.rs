//! Saved decisions in git: one commit each with the report and its log alone, whatever else is staged, under way or in
//! the way; and a save that stands where none can be made.

mod around;
mod hooks;
mod killed;
mod left;
mod repo;

use std::fs;

use crate::place::{EPOCH, Place};
use repo::{REPORT, Repo, WHY};

#[test]
fn a_decision_is_a_commit_of_report_and_log_with_a_message_made_from_it() {
    let Some(repo) = Repo::new() else { return };
    let said = repo.set("BUG-2", "P2");
    let id = repo.git(&["rev-parse", "--short", "HEAD"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.out.ends_with(&format!("committed {id}")), "{said:?}");
    assert_eq!(repo.commits(), ["begin", "triage(bugs): BUG-2 P0 → P2"]);
    assert_eq!(
        (repo.changed(), repo.status()),
        (vec!["bugs.deviations.yaml".into(), "bugs.md".into()], String::new())
    );
    let message = repo.git(&["log", "-1", "--format=%B"]);
    for part in [
        "- BUG-2 Coverage settings: P0 → P2",
        WHY,
        "Decided-by: Ada Example <ada@example.org>",
        "Log-entry: ",
    ] {
        assert!(message.contains(part), "{message}");
    }
    assert!(!repo.git(&["log", "-1", "--format=%(trailers:key=Log-entry,valueonly)"]).trim().is_empty());
}

#[test]
fn recording_undoing_and_claims_are_committed_too_and_json_names_the_commits() {
    let Some(repo) = Repo::new() else { return };
    let finding =
        ["record", "bugs.md", "finding", "--text", "Nothing in production breaks", "--commit", "--json"];
    let said = repo.regrade(&finding);
    let id = repo.git(&["rev-parse", "--short", "HEAD"]);
    assert!(said.out.contains(&format!("\"commits\":[\"{}\"]", id.trim())), "{said:?}");
    assert_eq!(repo.regrade(&["undo", "bugs.md", "--commit"]).code, 0);
    let commits = repo.commits();
    assert_eq!(commits[1], "triage(bugs): finding: Nothing in production breaks");
    assert_eq!(commits[2], "triage(bugs): finding taken back: Nothing in production breaks");
    let told = repo.regrade(&["log", "bugs.md"]).out;
    assert!(told.contains("\n  finding taken back: Nothing in production breaks\n"), "{told}");
    assert_eq!((repo.read("bugs.md"), repo.status()), (REPORT.to_owned(), String::new()));
}

#[test]
fn nothing_is_committed_unasked_or_for_a_rehearsal() {
    let Some(repo) = Repo::new() else { return };
    let set = ["set", "bugs.md", "BUG-2", "--severity", "P2", "--rationale", WHY];
    assert_eq!(repo.regrade(&[&set[..], &["--commit", "--dry-run"]].concat()).code, 2);
    repo.write(".git/info/exclude", ".regrade.yaml\n");
    repo.write(".regrade.yaml", "commit: true\n");
    assert_eq!(repo.regrade(&[&set[..], &["--dry-run"]].concat()).code, 0);
    assert_eq!((repo.commits().len(), repo.status()), (1, String::new()));
    repo.write(".regrade.yaml", "commit: false\n");
    let said = repo.regrade(&set);
    assert_eq!((said.code, repo.commits().len()), (0, 1));
}

#[test]
fn a_setting_asks_for_it_and_is_no_error_where_there_is_no_repository() {
    let Some(repo) = Repo::new() else { return };
    let set = ["set", "bugs.md", "BUG-2", "--severity", "P2", "--rationale", WHY];
    fs::create_dir_all(repo.place.path("config")).unwrap();
    fs::write(repo.place.path("config/config.yaml"), "commit: true\n").unwrap();
    assert!(repo.regrade(&set).out.contains("\ncommitted "));
    fs::remove_dir_all(repo.path(".git")).unwrap();
    let said = repo.regrade(&["undo", "bugs.md"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert!(!said.out.contains("committed"), "{said:?}");
}

/// What a person has prepared for a commit of their own would be in ours, or lost.
#[test]
fn what_else_is_staged_changed_or_new_stays_as_it_was() {
    let Some(repo) = Repo::new() else { return };
    repo.write("other.txt", "two\n");
    repo.write("new.txt", "new\n");
    repo.git(&["add", "other.txt", "new.txt"]);
    repo.write("other.txt", "three\n");
    repo.write("untracked.txt", "x\n");
    let before = repo.status();
    assert_eq!(repo.set("BUG-1", "P1").code, 0);
    assert_eq!((repo.status(), repo.changed().len()), (before, 2));
    assert_eq!(repo.git(&["show", ":other.txt"]), "two\n");
}

/// Whoever hides a report from git's look at the folder would find it there again.
#[test]
fn what_git_was_told_of_the_report_it_still_knows() {
    let Some(repo) = Repo::of("qa/", "bugs.md") else { return };
    for mark in ["--assume-unchanged", "--skip-worktree"] {
        repo.git(&["update-index", mark, "qa/bugs.md", "other.txt"]);
    }
    let before = repo.git(&["ls-files", "-v"]);
    assert_eq!(before, "s other.txt\ns qa/bugs.md\n");
    assert_eq!(repo.set("BUG-1", "P1").code, 0);
    assert_eq!(repo.git(&["ls-files", "-v"]), "s other.txt\nH qa/bugs.deviations.yaml\ns qa/bugs.md\n");
    assert_eq!((repo.commits().len(), repo.status()), (2, String::new()));
}

/// A report that is also a script could no longer be run by whoever checks it out.
#[cfg(unix)]
#[test]
fn a_report_that_may_be_run_is_committed_so_and_its_log_is_not() {
    use std::os::unix::fs::PermissionsExt;
    for (minds, mode) in [("true", "100755"), ("false", "100644")] {
        let Some(repo) = Repo::bare("qa/", "bugs.md") else { return };
        repo.git(&["config", "core.fileMode", minds]);
        repo.write("qa/bugs.md", REPORT);
        fs::set_permissions(repo.path("qa/bugs.md"), fs::Permissions::from_mode(0o755)).unwrap();
        let said = repo.set("BUG-1", "P1");
        assert_eq!(said.code, 0, "{said:?}");
        let tree = repo.git(&["ls-tree", "-r", "HEAD"]);
        let modes: Vec<&str> = tree.lines().map(|line| &line[..6]).collect();
        assert_eq!((modes, repo.status()), (vec!["100644", mode], String::new()), "{tree}");
    }
}

#[test]
fn a_conflict_in_another_file_is_left_to_whoever_has_it() {
    let Some(repo) = Repo::new() else { return };
    repo.write("other.txt", "stashed\n");
    repo.git(&["stash", "-q"]);
    repo.write("other.txt", "two\n");
    repo.git(&["commit", "-qam", "two"]);
    let pop = repo.command("git").current_dir(repo.path("")).args(["stash", "pop"]).output().unwrap();
    assert!(!pop.status.success());
    let before = repo.status();
    assert_eq!(repo.set("BUG-1", "P1").code, 0);
    assert_eq!((repo.status(), repo.changed().len(), before.as_str()), (before.clone(), 2, "UU other.txt\n"));
}

/// Half a line of work would go under the name of a decision.
#[test]
fn changes_of_the_report_that_are_not_the_decisions_are_not_committed_with_it() {
    for is_staged in [true, false] {
        let Some(repo) = Repo::new() else { return };
        repo.write("bugs.md", &REPORT.replace("Slow test", "Very slow test"));
        if is_staged {
            repo.git(&["add", "bugs.md"]);
        }
        let said = repo.refused("bugs.md has other changes");
        assert!(said.contains("  hint: to commit all of it: cd "), "{said}");
    }
    let Some(repo) = Repo::new() else { return };
    repo.git(&["rm", "-q", "--cached", "bugs.md"]);
    repo.refused("bugs.md is staged to be deleted");
    repo.git(&["reset", "-q", "--", "bugs.md"]);
    assert_eq!((repo.retried().code, repo.status()), (0, String::new()));
    let Some(repo) = Repo::new() else { return };
    let set = ["set", "bugs.md", "BUG-3", "--severity", "P2", "--rationale", WHY];
    assert_eq!(repo.regrade(&set).code, 0);
    repo.refused("has other changes");
}

/// Somebody would look for a decision that is lost, and add a file to git that is not there.
#[test]
fn where_nothing_was_saved_nothing_is_left_to_commit() {
    let place = Place::with("bugs.md", REPORT);
    let said = place.run(&["commit", "bugs.md"]);
    assert_eq!((said.code, said.out.as_str(), said.err.as_str()), (0, "nothing is left to commit\n", ""));
    place.run(&["set", "bugs.md", "BUG-1", "--confirm"]);
    let said = place.run(&["commit", "bugs.md"]);
    assert!(said.code == 1 && said.err.contains("saved, but not committed"), "{said:?}");
}

/// A signature that nobody can give would make the program wait for ever, or draw over the desk.
#[cfg(unix)]
#[test]
fn no_editor_is_opened_and_a_signature_that_cannot_be_made_is_an_error() {
    let Some(repo) = Repo::new() else { return };
    repo.git(&["config", "core.editor", "touch ../edited; false"]);
    repo.git(&["config", "commit.verbose", "true"]);
    assert_eq!(repo.set("BUG-2", "P2").code, 0);
    assert!(!repo.place.path("edited").exists());
    let Some(repo) = Repo::new() else { return };
    repo.git(&["config", "commit.gpgSign", "true"]);
    repo.git(&["config", "gpg.program", "false"]);
    repo.refused("gpg failed to sign");
}

/// Bytes that git keeps otherwise than the folder has them would never count as unchanged.
#[test]
fn line_ends_that_git_converts_are_those_of_the_report() {
    let Some(repo) = Repo::bare("", "bugs.md") else { return };
    repo.write(".gitattributes", "*.md text eol=crlf\n");
    repo.write("bugs.md", &REPORT.replace('\n', "\r\n"));
    repo.git(&["add", "."]);
    repo.git(&["commit", "-qm", "begin"]);
    let said = repo.set("BUG-1", "P1");
    assert_eq!((said.code, repo.status()), (0, String::new()), "{said:?}");
    assert!(!repo.git(&["show", "HEAD:bugs.md"]).contains('\r') && repo.read("bugs.md").contains("\r\n"));
}

/// The time that decisions are made at is fixed, and says nothing of when they were committed.
#[test]
fn a_commit_has_the_time_at_which_it_is_made() {
    let Some(repo) = Repo::new() else { return };
    assert_eq!(repo.set("BUG-1", "P1").code, 0);
    assert_ne!(repo.git(&["log", "-1", "--format=%at"]).trim(), EPOCH);
}

/// Who reads the history would find several decisions as one, or a state of the report that never was.
#[test]
fn a_save_at_the_desk_is_a_commit_for_each_decision() {
    let Some(repo) = Repo::new() else { return };
    let mut run = repo.desk(&["--commit"]);
    run.press("1Only the tests.\r");
    run.see("1/3 reviewed");
    run.press("2A warning alone.\r");
    run.see("2/3 reviewed");
    run.press("w");
    run.see("saved 2 decisions · committed 2 times, the last ");
    run.press("q");
    assert_eq!(run.end(), 0);
    let commits = repo.commits();
    assert_eq!(commits[1..], ["triage(bugs): BUG-1 P0 → P1", "triage(bugs): BUG-2 P0 → P2"]);
    assert_eq!((repo.status(), repo.changed().len()), (String::new(), 2));
    assert_eq!(repo.git(&["show", "HEAD:bugs.md"]), repo.read("bugs.md"));
    let between = repo.git(&["show", "HEAD~:bugs.md"]);
    assert!(between.contains("P1 - ImportError") && between.contains("P0 - Warning"), "{between}");
    let log = repo.git(&["show", "HEAD~:bugs.deviations.yaml"]);
    assert!(
        repo.read("bugs.deviations.yaml").starts_with(&log) && log.matches("\nid: ").count() == 1,
        "{log}"
    );
}

#[test]
fn what_keeps_a_commit_from_being_made_is_told_at_the_desk_and_takes_no_key() {
    let Some(repo) = Repo::new() else { return };
    repo.hook("pre-commit", "echo no triage on Fridays; exit 1");
    fs::create_dir_all(repo.place.path("config")).unwrap();
    fs::write(repo.place.path("config/config.yaml"), "commit: true\n").unwrap();
    let mut run = repo.desk(&[]);
    run.press("1Only the tests.\r");
    run.see("1/3 reviewed");
    run.press("w");
    run.see("saved 1 decision · not committed: no triage on Fridays");
    run.press("2A warning alone.\r");
    run.see("2/3 reviewed");
    run.press("u");
    run.see("1/3 reviewed");
    run.see("! saved, not committed");
    run.press("q");
    assert_eq!(run.end(), 0);
    assert_eq!((repo.commits().len(), repo.status().as_str()), (1, " M bugs.md\n?? bugs.deviations.yaml\n"));
}

/// A program that reads what was done would take it for committed.
#[test]
fn json_says_what_is_not_committed_and_how_it_is_done_by_hand() {
    let Some(repo) = Repo::new() else { return };
    repo.hook("pre-commit", "echo no triage on Fridays; exit 1");
    let set = ["set", "bugs.md", "BUG-1", "--severity", "P1", "--rationale", WHY, "--commit", "--json"];
    let said = repo.regrade(&set);
    let told: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let failed = &told["uncommitted"];
    assert!(failed["why"].as_str().unwrap().contains("no triage on Fridays"), "{said:?}");
    assert!(failed["hints"].to_string().contains("git commit -F .git/regrade/"), "{said:?}");
    assert_eq!((said.code, &told["commits"], &told["behind"]), (1, &().into(), &().into()));
}
