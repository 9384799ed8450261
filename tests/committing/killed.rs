//! A program that is killed, or a git that hangs, behind a save or behind a commit.

use std::fs;
use std::time::Duration;

use super::repo::{REPORT, Repo, WHY};

/// Decides with a git that does this before it does what it is called for.
#[cfg(unix)]
fn set_where_git(repo: &Repo, does: &str) -> std::process::Output {
    fs::create_dir(repo.place.path("bin")).unwrap();
    let git = repo.place.path("bin/git");
    fs::write(&git, format!("#!/bin/sh\n{does}\nPATH=${{PATH#*:}}\nexec git \"$@\"\n")).unwrap();
    fs::set_permissions(&git, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let bin = format!("{}:{}", repo.place.path("bin").display(), std::env::var("PATH").unwrap());
    let set = ["set", "bugs.md", "BUG-1", "--severity", "P1", "--rationale", WHY, "--commit"];
    let program = &mut repo.command(env!("CARGO_BIN_EXE_regrade"));
    program.current_dir(repo.path("")).args(set).env("PATH", bin).output().unwrap()
}

/// Decides and is killed behind the save: the repository is looked for before it, and once more before the commit. What is
/// written into the journal meanwhile is kept under another name, too.
#[cfg(unix)]
fn killed_behind_a_save(repo: &Repo) {
    let killing = "case \"$*\" in *--is-inside-work-tree*) test ! -e ../asked || kill -9 $PPID; touch ../asked;; \
                   *hash-object*) mkdir -p ../kept; ln ../state/journals/*.journal ../kept || true;; esac";
    let ended = set_where_git(repo, killing);
    assert_eq!((ended.status.code(), repo.commits().len()), (None, 1), "{ended:?}");
    assert!(repo.read("bugs.md").contains("P1 - ImportError"));
}

/// What nobody had noted by then would be told as a change that was saved without asking for a commit.
#[cfg(unix)]
#[test]
fn a_program_that_is_killed_behind_a_save_leaves_what_is_committed_next() {
    let Some(repo) = Repo::new() else { return };
    killed_behind_a_save(&repo);
    assert_eq!(repo.retried().code, 0);
    assert_eq!(repo.commits()[1..], ["triage(bugs): BUG-1 P0 → P1"]);
    assert_eq!((repo.status(), repo.kept().len()), (String::new(), 0));
}

/// A git or a filter that hangs would keep the save from being made, which its note only serves.
#[cfg(unix)]
#[test]
fn a_save_is_made_also_where_git_hangs_before_it() {
    let Some(repo) = Repo::new() else { return };
    let hanging =
        "case \"$*\" in *hash-object*) test -e ../hung || { touch ../hung; exec sleep 600; };; esac";
    let begun = std::time::Instant::now();
    let done = set_where_git(&repo, hanging);
    assert!(done.status.success() && begun.elapsed() < Duration::from_secs(60), "{done:?}");
    assert_eq!((repo.commits().len(), repo.status(), repo.kept().len()), (2, String::new(), 0));
}

/// What waits for its entries would be looked at for ever where it was never made.
#[test]
fn what_was_noted_and_never_made_is_forgotten_once_git_has_thrown_it_away() {
    let Some(repo) = Repo::new() else { return };
    let id = |digit: &str| digit.repeat(40);
    repo.hook("pre-commit", "exit 1");
    repo.refused("git said nothing");
    let list = repo.kept().into_iter().find(|name| name.ends_with(".left")).unwrap();
    let list = format!(".git/regrade/{list}");
    fs::remove_file(repo.path(".git/hooks/pre-commit")).unwrap();
    let lost = format!("? {} - {} {} {}\n", id("1"), id("2"), id("3"), "b".repeat(16));
    repo.write(&list, &format!("{}{lost}", repo.read(&list)));
    assert_eq!((repo.retried().code, repo.kept().len()), (0, 0));
}

/// A save that was cut off before it replaced the report would be told as a report that somebody has put back.
#[cfg(unix)]
#[test]
fn a_program_that_is_killed_before_it_replaces_the_report_leaves_nothing_to_commit() {
    let Some(repo) = Repo::new() else { return };
    killed_behind_a_save(&repo);
    // As it was before the report was replaced and the journal said that the save has ended.
    repo.write("bugs.md", REPORT);
    let kept = fs::read_dir(repo.place.path("kept")).unwrap().next().unwrap().unwrap();
    let said = fs::read_to_string(kept.path()).unwrap();
    let (said, ended) = said.trim_end().rsplit_once('\n').unwrap();
    assert!(ended.contains("ended"), "{ended}");
    fs::write(repo.place.path("state/journals").join(kept.file_name()), format!("{said}\n")).unwrap();
    assert!(repo.path(&repo.log()).exists());
    let retried = repo.retried();
    assert_eq!((retried.code, retried.out.as_str()), (0, "nothing is left to commit\n"), "{retried:?}");
    assert_eq!((repo.status(), repo.commits().len()), (String::new(), 1));
}

/// A save that the disk refused would be told as lost.
#[test]
fn a_save_that_is_noted_and_not_made_is_not_told() {
    let Some(repo) = Repo::new() else { return };
    repo.hook("pre-commit", "exit 1");
    repo.refused("git said nothing");
    let list = repo.kept().into_iter().find(|name| name.ends_with(".left")).unwrap();
    let list = format!(".git/regrade/{list}");
    let noted = repo.read(&list);
    repo.git(&["checkout", "-q", "bugs.md"]);
    fs::remove_file(repo.path("bugs.deviations.yaml")).unwrap();
    repo.write(&list, &format!("? {noted}"));
    assert_eq!(repo.retried().out, "nothing is left to commit\n");
}

#[test]
fn an_index_that_cannot_be_brought_up_is_no_commit_that_was_not_made() {
    let Some(repo) = Repo::new() else { return };
    repo.hook("post-commit", "touch .git/index.lock");
    let set = ["set", "bugs.md", "BUG-1", "--severity", "P1", "--rationale", WHY, "--commit", "--json"];
    let said = repo.regrade(&set);
    let id = repo.git(&["rev-parse", "--short", "HEAD"]);
    assert!(said.out.contains(&format!("\"commits\":[\"{}\"]", id.trim())), "{said:?}");
    let told = "saved and committed, but what was before looks staged";
    assert!(said.code == 1 && said.err.contains(told) && !said.err.contains(" not committed"), "{said:?}");
    fs::remove_file(repo.path(".git/index.lock")).unwrap();
    fs::remove_file(repo.path(".git/hooks/post-commit")).unwrap();
    assert_eq!(repo.set("BUG-2", "P2").code, 0);
    assert_eq!((repo.commits().len(), repo.status()), (3, String::new()));
}

/// Two entries that look staged backwards would be taken back by whoever commits next.
#[test]
fn a_program_that_is_killed_behind_a_commit_leaves_what_the_next_one_mends() {
    let Some(repo) = Repo::new() else { return };
    repo.write("other.txt", "two\n");
    repo.git(&["add", "other.txt"]);
    repo.hook("post-commit", "touch ../committed; while test ! -e ../go; do sleep 0.05; done");
    let program = &mut repo.command(env!("CARGO_BIN_EXE_regrade"));
    let set = ["set", "bugs.md", "BUG-1", "--severity", "P1", "--rationale", WHY, "--commit"];
    let mut child = program.current_dir(repo.path("")).args(set).spawn().unwrap();
    repo.wait_for("committed");
    child.kill().unwrap();
    child.wait().unwrap();
    fs::write(repo.place.path("go"), "").unwrap();
    assert!(repo.status().contains("MM bugs.md\n"), "{}", repo.status());
    assert_eq!(repo.set("BUG-2", "P2").code, 0);
    assert_eq!((repo.commits().len(), repo.status().as_str()), (3, "M  other.txt\n"));
    // What is staged by hand from then on is nobody's to mend.
    repo.git(&["reset", "-q", "HEAD~", "--", "bugs.md"]);
    let staged = repo.staged();
    assert!(repo.set("BUG-3", "P2").err.contains("bugs.md has other changes"));
    assert_eq!(repo.staged(), staged);
}
