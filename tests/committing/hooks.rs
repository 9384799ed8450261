//! Hooks: what they see, refuse, change, add, and how long they may take.

use std::fs;

use super::repo::{Repo, WHY};

#[test]
fn a_hook_that_refuses_loses_nothing_and_is_quoted() {
    for hook in ["pre-commit", "commit-msg"] {
        let Some(repo) = Repo::new() else { return };
        repo.write("other.txt", "two\n");
        repo.git(&["add", "other.txt"]);
        repo.hook(hook, "echo 'no \u{1b}[2Jtriage on Fridays' >&2; exit 1");
        let said = repo.refused("triage on Fridays");
        assert!(!said.contains('\u{1b}'), "{said:?}");
        assert_eq!(repo.status(), " M bugs.md\nM  other.txt\n?? bugs.deviations.yaml\n");
        fs::remove_file(repo.path(".git/hooks").join(hook)).unwrap();
        let said = repo.set("BUG-3", "P2");
        assert_eq!((said.code, repo.commits().len()), (0, 3), "{said:?}");
        assert_eq!(repo.commits()[1..], ["triage(bugs): BUG-1 P0 → P1", "triage(bugs): BUG-3 P1 → P2"]);
        assert!(repo.git(&["show", "HEAD~:bugs.md"]).contains("P1 - Timeout"));
        assert_eq!(repo.status(), "M  other.txt\n");
        assert!(repo.kept().is_empty());
    }
}

/// A formatter that refuses what it has changed, as most do, has changed the report that the next decision is made on.
#[test]
fn what_a_formatter_made_of_a_report_when_it_refused_is_what_the_next_decision_follows() {
    let Some(repo) = Repo::new() else { return };
    repo.hook(
        "pre-commit",
        "grep -q checked bugs.md || echo '<!-- checked -->' >> bugs.md; git add bugs.md; test -e ../go",
    );
    repo.refused("git said nothing");
    assert_eq!(repo.set("BUG-2", "P2").code, 1);
    assert!(repo.read("bugs.md").contains("checked"));
    fs::write(repo.place.path("go"), "").unwrap();
    let said = repo.retried();
    assert_eq!((said.code, repo.commits().len(), repo.status()), (0, 3, String::new()), "{said:?}");
    assert_eq!(repo.git(&["show", "HEAD:bugs.md"]), repo.read("bugs.md"));
}

/// Later decisions that a hook takes along from the folder would be taken back by their own commits.
#[test]
fn a_hook_that_adds_the_report_from_the_folder_leaves_the_log_to_later_commits() {
    let Some(repo) = Repo::new() else { return };
    repo.hook("pre-commit", "git add bugs.md; test -z \"$(git diff -- bugs.md)\"");
    let decision = |bug: u8| format!("  - {{bug: BUG-{bug}, severity: P2, rationale: {WHY}}}\n");
    fs::write(repo.place.path("decisions.yaml"), format!("decisions:\n{}", [1, 2, 3].map(decision).concat()))
        .unwrap();
    let said = repo.regrade(&["apply", "bugs.md", "../decisions.yaml", "--commit"]);
    assert_eq!((said.code, repo.commits().len(), repo.status()), (0, 4, String::new()), "{said:?}");
    assert_eq!(repo.git(&["show", "HEAD~2:bugs.md"]), repo.read("bugs.md"));
    assert_eq!(repo.changed(), ["bugs.deviations.yaml"]);
}

#[test]
fn hooks_see_what_is_committed_and_nothing_else_and_may_ask_nothing() {
    let Some(repo) = Repo::new() else { return };
    repo.write("other.txt", "two\n");
    repo.git(&["add", "other.txt"]);
    repo.hook("pre-commit", "git diff --cached --name-only > ../seen; read answer && exit 1; exit 0");
    repo.hook("commit-msg", "head -1 \"$1\" > ../message");
    repo.hook("post-commit", "sleep 300 &\nexit 1");
    assert_eq!(repo.set("BUG-1", "P1").code, 0);
    assert_eq!(repo.place.read("seen"), "bugs.deviations.yaml\nbugs.md\n");
    assert_eq!(repo.place.read("message"), "triage(bugs): BUG-1 P0 → P1\n");
}

/// What a hook puts into the commit would look taken back in the index, and be taken for what was saved.
#[test]
fn a_hook_may_change_what_is_committed_and_that_is_told() {
    let Some(repo) = Repo::new() else { return };
    repo.hook("pre-commit", "echo '<!-- checked -->' >> bugs.md; git add bugs.md");
    let said = repo.set("BUG-1", "P1");
    let warning = "! a hook has changed bugs.md: what is committed is not what was saved\n";
    assert!(said.code == 0 && said.out.ends_with(warning), "{said:?}");
    assert!(repo.git(&["show", "HEAD:bugs.md"]).ends_with("<!-- checked -->\n"));
    assert_eq!(repo.status(), "");
    repo.hook("pre-commit", "git rm -q --cached bugs.deviations.yaml");
    let said = repo.set("BUG-2", "P2");
    assert!(said.out.contains("! a hook has changed bugs.deviations.yaml:"), "{said:?}");
    assert_eq!(repo.status(), "?? bugs.deviations.yaml\n");
}

/// A commit by hand would delete the files that a hook has added, or lose what somebody had staged of them.
#[test]
fn files_that_a_hook_adds_are_told_and_not_staged_backwards() {
    let Some(repo) = Repo::of("docs/", "bugs.md") else { return };
    for name in ["mine.txt", "gone.txt", "é \t\n.txt"] {
        repo.write(name, "one\n");
    }
    repo.git(&["add", "."]);
    repo.git(&["commit", "-qm", "more"]);
    repo.write("mine.txt", "two\n");
    repo.git(&["add", "mine.txt"]);
    repo.hook(
        "pre-commit",
        "echo new > hooked.txt; echo two > 'é \t\n.txt'; git rm -q gone.txt; git add hooked.txt é*; echo three > ../three
git update-index --cacheinfo 100644,$(git hash-object -w ../three),mine.txt",
    );
    let said = repo.set("BUG-1", "P1");
    assert_eq!(said.code, 0, "{said:?}");
    let warning = "! a hook has put more into the commit: gone.txt, hooked.txt, mine.txt, é ";
    assert!(said.out.contains(warning), "{said:?}");
    assert_eq!(repo.status(), "M  mine.txt\n");
    assert_eq!([":mine.txt", "HEAD:mine.txt"].map(|at| repo.git(&["show", at])), ["two\n", "three\n"]);
    repo.hook("pre-commit", "echo newer > hooked.txt; git add hooked.txt");
    let said = repo.regrade(&["undo", "docs/bugs.md", "--commit", "--json"]);
    assert!(
        said.out.contains(r#""warnings":["a hook has put more into the commit: hooked.txt"]"#),
        "{said:?}"
    );
    assert_eq!(repo.status(), "M  mine.txt\n");
}

#[test]
fn what_a_hook_did_is_told_at_the_desk_and_read_before_it_is_left() {
    let Some(repo) = Repo::new() else { return };
    repo.hook("pre-commit", "echo new > hooked.txt; git add hooked.txt");
    let mut run = repo.desk(&["--commit"]);
    run.press("1Only the tests.\r");
    run.see("1/3 reviewed");
    run.press("qs");
    run.see("a hook has put more into the commit: hooked.txt");
    run.press("q");
    assert_eq!((run.end(), repo.status()), (0, String::new()));
}

/// A hook that never ends would hold the desk for ever.
#[test]
fn a_hook_that_takes_long_is_shown_and_can_be_given_up() {
    let Some(repo) = Repo::new() else { return };
    repo.hook("pre-commit", "exec sleep 30");
    let mut run = repo.desk(&["--commit"]);
    run.press("1Only the tests.\r");
    run.see("1/3 reviewed");
    run.press("q");
    run.see("unsaved");
    run.press("w");
    run.see("committing …");
    run.press("\x03");
    run.see("not committed: committing was given up");
    run.press("q");
    assert_eq!(run.end(), 0);
    assert_eq!((repo.commits().len(), repo.status().as_str()), (1, " M bugs.md\n?? bugs.deviations.yaml\n"));
    assert!(!repo.path(".git/index.lock").exists());
}

/// A lock that is left behind keeps everybody from committing until somebody takes it away.
#[test]
fn a_commit_that_is_given_up_leaves_no_lock_behind() {
    let Some(repo) = Repo::new() else { return };
    repo.hook("reference-transaction", "test \"$1\" = prepared || exit 0; touch ../locked; exec sleep 60");
    let mut run = repo.desk(&["--commit"]);
    run.press("1Only the tests.\r");
    run.see("1/3 reviewed");
    run.press("w");
    run.see("committing …");
    repo.wait_for("locked");
    assert!(repo.path(".git/refs/heads/main.lock").exists());
    run.press("\x03");
    run.see("not committed: committing was given up");
    run.press("q");
    assert_eq!((run.end(), repo.commits().len()), (0, 1));
    for lock in ["HEAD.lock", "refs/heads/main.lock", "index.lock"] {
        assert!(!repo.path(".git").join(lock).exists(), "{lock}");
    }
}
