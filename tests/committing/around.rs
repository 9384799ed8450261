//! Repositories of every sort, and what is under way in them: where nothing can be committed, the save stands.

use std::fs;
use std::path::Path;

use super::repo::{REPORT, Repo, WHY};

#[test]
fn nothing_is_committed_into_a_merge_a_rebase_or_beside_another_git() {
    let under_way = [
        ("MERGE_HEAD", "a merge is under way"),
        ("CHERRY_PICK_HEAD", "a cherry-pick is under way"),
        ("REVERT_HEAD", "a revert is under way"),
        ("rebase-merge", "a rebase is under way"),
        ("index.lock", "another git is at work"),
    ];
    for (file, why) in under_way {
        let Some(repo) = Repo::new() else { return };
        match file {
            "rebase-merge" => fs::create_dir(repo.path(".git/rebase-merge")).unwrap(),
            _ => fs::write(repo.path(".git").join(file), repo.head()).unwrap(),
        }
        repo.refused(why);
    }
}

/// A merge that was stopped by a conflict in another file would be ended by a decision.
#[test]
fn a_real_merge_is_left_as_it_is() {
    let Some(repo) = Repo::new() else { return };
    repo.git(&["checkout", "-q", "-b", "side"]);
    repo.write("other.txt", "side\n");
    repo.git(&["commit", "-qam", "side"]);
    repo.git(&["checkout", "-q", "main"]);
    repo.write("other.txt", "main\n");
    repo.git(&["commit", "-qam", "main"]);
    let merge = repo.command("git").current_dir(repo.path("")).args(["merge", "side"]).output().unwrap();
    assert!(!merge.status.success());
    let said = repo.refused("a merge is under way");
    assert!(said.contains("git merge --continue or --abort"), "{said}");
    assert!(repo.path(".git/MERGE_HEAD").exists());
}

#[test]
fn a_detached_head_and_a_repository_without_commits_take_commits() {
    let Some(repo) = Repo::new() else { return };
    repo.git(&["checkout", "-q", "--detach"]);
    assert_eq!(repo.set("BUG-1", "P1").code, 0);
    assert_eq!((repo.commits().len(), repo.status()), (2, String::new()));
    let Some(repo) = Repo::bare("", "bugs.md") else { return };
    repo.write("bugs.md", REPORT);
    repo.write("staged.txt", "mine\n");
    repo.git(&["add", "staged.txt"]);
    assert_eq!(repo.set("BUG-1", "P1").code, 0);
    assert_eq!(repo.commits(), ["triage(bugs): BUG-1 P0 → P1"]);
    assert_eq!(repo.status(), "A  staged.txt\n");
}

#[test]
fn any_folder_and_any_name_will_do() {
    for (folder, report) in
        [("docs/reports/", "bugs.md"), ("my reports/é 日/", "-b *ugs?.md"), ("", ":(top)x[1].md")]
    {
        let Some(repo) = Repo::of(folder, report) else { return };
        let said = repo.set("BUG-1", "P1");
        assert_eq!(said.code, 0, "{said:?}");
        let mut wanted = vec![repo.log(), repo.named()];
        wanted.sort();
        let mut changed: Vec<String> =
            repo.changed().iter().map(|name| name.trim_matches('"').to_owned()).collect();
        changed.sort();
        assert_eq!((changed, repo.status()), (wanted, String::new()));
    }
}

#[test]
fn what_git_ignores_is_not_forced_into_it() {
    let Some(repo) = Repo::new() else { return };
    repo.write(".git/info/exclude", "*.deviations.yaml\n");
    let said = repo.refused("git is told to ignore bugs.deviations.yaml");
    assert!(said.contains(" && git add -f bugs.md bugs.deviations.yaml && "), "{said}");
    repo.by_hand(&said);
    assert_eq!((repo.commits().len(), repo.status().as_str()), (2, ""));
    let Some(repo) = Repo::new() else { return };
    repo.write(".git/info/exclude", "*.deviations.yaml\n");
    repo.refused("git is told to ignore bugs.deviations.yaml");
    repo.git(&["add", "-f", "bugs.md", "bugs.deviations.yaml"]);
    assert_eq!((repo.retried().code, repo.status().as_str()), (0, ""));
    let Some(repo) = Repo::bare("", "bugs.md") else { return };
    repo.write("bugs.md", REPORT);
    repo.write(".git/info/exclude", "bugs.md\n");
    repo.refused("git is told to ignore bugs.md");
}

#[test]
fn without_a_repository_or_git_or_a_name_it_is_saved_all_the_same() {
    let Some(repo) = Repo::new() else { return };
    fs::rename(repo.path(".git"), repo.place.path("elsewhere")).unwrap();
    repo.refused("it is in no git repository");
    let Some(repo) = Repo::new() else { return };
    let set = ["set", "bugs.md", "BUG-1", "--severity", "P1", "--rationale", WHY, "--commit"];
    let said = repo.regrade_with(&set, &[("PATH", "/nowhere")]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("git is not installed"), "{said:?}");
    assert!(repo.read("bugs.md").contains("P1 - ImportError"));
    let Some(repo) = Repo::new() else { return };
    repo.git(&["config", "user.useConfigOnly", "true"]);
    let said = repo.regrade_with(&set, &[("GIT_COMMITTER_NAME", ""), ("GIT_COMMITTER_EMAIL", "")]);
    assert_eq!((said.code, repo.commits().len()), (1, 1), "{said:?}");
    assert_eq!(repo.status(), " M bugs.md\n?? bugs.deviations.yaml\n");
}

#[test]
fn a_bare_repository_has_no_reports() {
    let Some(repo) = Repo::bare("", "bugs.md") else { return };
    repo.git(&["init", "-q", "--bare", "store.git"]);
    repo.write("store.git/bugs.md", REPORT);
    let set = ["set", "store.git/bugs.md", "BUG-1", "--severity", "P1", "--rationale", WHY, "--commit"];
    let said = repo.regrade(&set);
    assert!(said.code == 1 && said.err.contains("bare repository"), "{said:?}");
}

#[test]
fn a_submodule_and_a_second_working_tree_are_repositories_of_their_own() {
    let Some(repo) = Repo::new() else { return };
    repo.git(&["worktree", "add", "-q", "../tree"]);
    let set = ["set", "../tree/bugs.md", "BUG-1", "--severity", "P1", "--rationale", WHY, "--commit"];
    assert_eq!(repo.regrade(&set).code, 0);
    assert_eq!(repo.commits().len(), 1);
    assert_eq!(repo.git_in("../tree", &["status", "--porcelain"]), "");
    assert_eq!(repo.git_in("../tree", &["log", "--format=%s"]).lines().count(), 2);
    repo.git(&["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "../tree/.", "sub"]);
    let set = ["set", "sub/bugs.md", "BUG-2", "--severity", "P2", "--rationale", WHY, "--commit"];
    let said = repo.regrade(&set);
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(repo.git_in("sub", &["status", "--porcelain"]), "");
    assert_eq!(repo.commits().len(), 1);
}

#[cfg(unix)]
#[test]
fn a_report_behind_a_link_is_committed_where_it_is() {
    let Some(repo) = Repo::of("real/", "bugs.md") else { return };
    fs::create_dir(repo.place.path("outside")).unwrap();
    std::os::unix::fs::symlink(repo.path("real/bugs.md"), repo.place.path("outside/link.md")).unwrap();
    let set = ["set", "../outside/link.md", "BUG-1", "--severity", "P1", "--rationale", WHY, "--commit"];
    assert_eq!(repo.regrade(&set).code, 0);
    assert_eq!(
        (repo.changed(), repo.status()),
        (vec!["real/bugs.deviations.yaml".into(), "real/bugs.md".into()], String::new())
    );
}

#[cfg(unix)]
#[test]
fn a_repository_that_may_not_be_written_to_keeps_the_save() {
    use std::os::unix::fs::PermissionsExt;
    let Some(repo) = Repo::new() else { return };
    let folders = ["", "objects", "refs/heads", "logs"].map(|name| repo.path(".git").join(name));
    let mode = |mode: u32| {
        for folder in &folders {
            fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    mode(0o555);
    // Whoever may do everything cannot be kept out.
    if is_writable(&folders[0]) {
        mode(0o755);
        return;
    }
    repo.refused("insufficient permission");
    mode(0o755);
}

#[cfg(unix)]
fn is_writable(folder: &Path) -> bool {
    let probe = folder.join("probe");
    let is_writable = fs::write(&probe, "").is_ok();
    drop(fs::remove_file(probe));
    is_writable
}
