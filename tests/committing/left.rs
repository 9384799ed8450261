//! What was to be committed and is not: kept until a commit has it, and committed once, as it would have been.

use std::fs;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use regrade::git::{self, Asked, Files};
use regrade::store::Store;
use regrade::tui::{self, Script, Step};

use super::repo::{REPORT, Repo, WHY};
use crate::desk::desk_in;

/// Who is refused once would have to write by hand what regrade had made: which decision it was, why, and of which files.
#[test]
fn what_a_hook_refused_is_committed_later_as_it_would_have_been() {
    for (folder, report) in [("", "bugs.md"), ("my 'own' reports/", "-b *ugs?.md"), ("", ":(top)x[1].md")] {
        let Some(repo) = Repo::of(folder, report) else { return };
        repo.hook("commit-msg", "test -e ../go || exit 1");
        repo.write(&format!("{folder}x1.md"), "not to be committed\n");
        let said = repo.refused("git said nothing");
        assert!(said.contains("hint: once mended, this tries it again: regrade commit "), "{said}");
        let kept = repo.kept();
        let again = repo.set("BUG-2", "P2");
        assert!(again.code == 1 && again.err.contains("not committed"), "{again:?}");
        assert_eq!(repo.kept().len(), kept.len());
        fs::write(repo.place.path("go"), "").unwrap();
        let done = repo.retried();
        assert!(done.code == 0 && done.out.starts_with("committed "), "{done:?}");
        let subjects: Vec<String> =
            repo.commits().iter().map(|said| said.split(": ").last().unwrap().to_owned()).collect();
        assert_eq!(subjects, ["begin", "BUG-1 P0 → P1", "BUG-2 P0 → P2"]);
        let between = repo.git(&["show", &format!("HEAD~:{}", repo.named())]);
        assert!(between.contains("P1 - ImportError") && between.contains("P0 - Warning"), "{between}");
        assert!(repo.git(&["log", "-1", "--format=%B"]).contains(WHY));
        assert_eq!(
            (repo.status(), repo.kept()),
            (format!("?? {}\n", quoted(&format!("{folder}x1.md"))), vec![])
        );
        assert_eq!(repo.retried().out, "nothing is left to commit\n");
    }
}

/// A name as git tells it.
fn quoted(name: &str) -> String {
    if name.contains(' ') { format!("\"{name}\"") } else { name.to_owned() }
}

/// A command that asks for a message, takes other files along or cannot be pasted helps nobody.
#[test]
fn the_hint_commits_what_is_left_as_it_stands() {
    for (folder, report) in [("", "bugs.md"), ("my 'own' reports/", "-b *ugs?.md"), ("", ":(top)x[1].md")] {
        let Some(repo) = Repo::of(folder, report) else { return };
        repo.hook("pre-commit", "test -e ../go || exit 1");
        repo.write(&format!("{folder}x1.md"), "not to be committed\n");
        repo.write("other.txt", "two\n");
        repo.git(&["add", "other.txt"]);
        repo.refused("git said nothing");
        let said = repo.set("BUG-2", "P2").err;
        fs::write(repo.place.path("go"), "").unwrap();
        repo.by_hand(&said);
        let message = repo.git(&["log", "-1", "--format=%B"]);
        assert!(message.contains("BUG-1 P0 → P1 and 1 more\n") && message.contains("- BUG-2 "), "{message}");
        assert_eq!((repo.changed().len(), repo.commits().len()), (2, 2));
        assert_eq!(repo.status(), format!("M  other.txt\n?? {}\n", quoted(&format!("{folder}x1.md"))));
        assert_eq!(repo.retried().out, "nothing is left to commit\n");
        assert!(repo.kept().is_empty());
    }
}

/// Who commits the report by hand and forgets the log, which git does not know yet, could never commit it with regrade.
#[test]
fn what_is_committed_by_hand_in_part_is_committed_to_its_end() {
    for by_hand in [["bugs.md"].as_slice(), &["bugs.deviations.yaml"]] {
        let Some(repo) = Repo::new() else { return };
        repo.hook("commit-msg", "test -e ../go || exit 1");
        repo.refused("git said nothing");
        assert_eq!(repo.set("BUG-2", "P2").code, 1);
        fs::write(repo.place.path("go"), "").unwrap();
        repo.git(&[&["add"], by_hand].concat());
        repo.git(&["commit", "-q", "-m", "by hand"]);
        let done = repo.retried();
        assert_eq!((done.code, repo.kept().len(), repo.status()), (0, 0, String::new()), "{done:?}");
        let wanted = ["begin", "by hand", "triage(bugs): BUG-1 P0 → P1", "triage(bugs): BUG-2 P0 → P2"];
        assert_eq!(
            (repo.commits().as_slice(), repo.changed().len()),
            (wanted.map(String::from).as_slice(), 1)
        );
        assert_eq!(repo.retried().out, "nothing is left to commit\n");
    }
}

/// A report that is committed with a line of one's own is no other change any more.
#[test]
fn what_was_in_the_way_can_be_committed_by_itself_and_the_rest_follows() {
    let Some(repo) = Repo::new() else { return };
    let slow = |text: &str| text.replace("Slow test", "Very slow test");
    repo.write("bugs.md", &slow(REPORT));
    let said = repo.refused("bugs.md has other changes");
    assert!(said.contains("commit them by themselves (git add -p bugs.md), and regrade commit"), "{said}");
    assert!(!said.contains("once mended"), "{said}");
    assert!(repo.retried().err.contains("bugs.md has other changes"));
    let decided = repo.read("bugs.md");
    repo.write("bugs.md", &slow(REPORT));
    repo.git(&["commit", "-qam", "slow"]);
    repo.write("bugs.md", &decided);
    assert_eq!((repo.retried().code, repo.commits().len(), repo.status()), (0, 3, String::new()));
    repo.hook("commit-msg", "test -e ../go || exit 1");
    assert_eq!(repo.set("BUG-2", "P2").code, 1);
    fs::write(repo.place.path("go"), "").unwrap();
    repo.write("bugs.md", &repo.read("bugs.md").replace("Very slow", "So slow a"));
    repo.git(&["commit", "-q", "-m", "so slow", "bugs.md"]);
    assert_eq!((repo.retried().code, repo.commits().len(), repo.status()), (0, 5, String::new()));
    assert_eq!(repo.changed(), ["bugs.deviations.yaml"]);
}

/// Whoever is told that a key tries again presses it for ever.
#[test]
fn the_desk_names_the_key_that_tries_again_only_where_that_helps() {
    for (is_in_the_way, wanted) in [(true, false), (false, true)] {
        let Some(repo) = Repo::new() else { return };
        repo.hook("pre-commit", "exit 1");
        if is_in_the_way {
            repo.write("bugs.md", &REPORT.replace("Slow test", "Very slow test"));
        }
        let mut desk = desk_in(&repo.path(""));
        desk.store.asked = Asked::Surely;
        let mut script =
            Script::new([Step::keys("1Only the tests.<Enter>w"), Step::Settle, Step::Screenshot]);
        tui::play(desk, &mut script, &mut Terminal::new(TestBackend::new(120, 40)).unwrap()).unwrap();
        let screen = &script.screens()[0];
        assert_eq!(screen.contains("w tries again"), wanted, "{screen}");
        let [report, log] = ["bugs.md", "bugs.deviations.yaml"].map(|name| repo.path(name));
        let store = Store::new(repo.place.path("state"));
        let files = Files { store: &store, report: &report, log: &log };
        let standing = git::standing(files, Asked::Surely);
        assert_eq!((standing.can_retry, standing.uncommitted.is_some()), (wanted, true));
    }
}

/// What somebody has thrown away would come back with the next commit.
#[test]
fn what_was_thrown_away_with_its_entries_is_not_committed() {
    let Some(repo) = Repo::new() else { return };
    repo.hook("pre-commit", "exit 1");
    repo.refused("git said nothing");
    fs::remove_file(repo.path(".git/hooks/pre-commit")).unwrap();
    repo.git(&["checkout", "-q", "bugs.md"]);
    let said = repo.retried();
    assert!(
        said.code == 1 && said.err.contains("bugs.md has been put back to before a decision"),
        "{said:?}"
    );
    fs::remove_file(repo.path("bugs.deviations.yaml")).unwrap();
    assert!(
        repo.retried()
            .out
            .starts_with("! 1 decision to be committed is not in bugs.deviations.yaml any more")
    );
    assert_eq!(repo.retried().out, "nothing is left to commit\n");
    assert_eq!((repo.commits().len(), repo.status().as_str()), (1, ""));
}

/// A decision that waits in a stash or on another branch would be forgotten, and nobody would hear of it.
#[test]
fn what_the_log_has_lost_is_told_once_and_committed_when_it_comes_back() {
    let Some(repo) = Repo::new() else { return };
    repo.hook("pre-commit", "test -e ../go || exit 1");
    repo.refused("git said nothing");
    fs::write(repo.place.path("go"), "").unwrap();
    repo.git(&["stash", "-q", "-u"]);
    let said = repo.retried();
    let told = "! 1 decision to be committed is not in bugs.deviations.yaml any more";
    assert!(said.code == 0 && said.out.starts_with(told), "{said:?}");
    assert_eq!(repo.retried().out, "nothing is left to commit\n");
    repo.git(&["stash", "pop", "-q"]);
    assert_eq!((repo.retried().code, repo.commits().len(), repo.status()), (0, 2, String::new()));
    assert!(repo.kept().is_empty());
}

/// A log that git keeps filtered, as where it is encrypted, says nothing of what it has.
#[test]
fn what_is_committed_by_hand_is_known_where_git_keeps_the_log_filtered() {
    let Some(repo) = Repo::new() else { return };
    for way in ["clean", "smudge"] {
        repo.git(&["config", &format!("filter.turned.{way}"), "tr a-z n-za-m"]);
    }
    repo.write(".gitattributes", "*.yaml filter=turned\n");
    repo.git(&["add", ".gitattributes"]);
    repo.git(&["commit", "-q", "-m", "filter"]);
    repo.hook("pre-commit", "test -e ../go");
    repo.refused("git said nothing");
    let said = repo.set("BUG-2", "P2");
    fs::write(repo.place.path("go"), "").unwrap();
    repo.by_hand(&said.err);
    assert_eq!(repo.retried().out, "nothing is left to commit\n");
    assert_eq!((repo.kept().len(), repo.status()), (0, String::new()));
    assert_eq!(repo.set("BUG-3", "P2").code, 0);
    assert_eq!((repo.commits().len(), repo.status()), (4, String::new()));
}

/// git throws away what nothing names after some weeks.
#[test]
fn what_git_no_longer_has_is_committed_with_the_next_and_told() {
    let Some(repo) = Repo::new() else { return };
    repo.hook("pre-commit", "test -e ../go || exit 1");
    repo.refused("git said nothing");
    assert_eq!(repo.set("BUG-2", "P2").code, 1);
    repo.git(&["prune", "--expire=now"]);
    fs::write(repo.place.path("go"), "").unwrap();
    let said = repo.set("BUG-3", "P2");
    assert!(said.code == 0 && said.out.contains("! git no longer tells 1 decision apart"), "{said:?}");
    let commits = repo.commits();
    assert_eq!(commits[1..], ["triage(bugs): BUG-1 P0 → P1 and 1 more", "triage(bugs): BUG-3 P1 → P2"]);
    assert_eq!(repo.status(), "");
}

/// Somebody else's half a line would go under the name of the second decision.
#[test]
fn what_is_left_is_committed_and_other_changes_behind_it_are_not() {
    let Some(repo) = Repo::new() else { return };
    repo.hook("pre-commit", "test -e ../go || exit 1");
    repo.refused("git said nothing");
    fs::write(repo.place.path("go"), "").unwrap();
    repo.write("bugs.md", &repo.read("bugs.md").replace("Slow test", "Very slow test"));
    let said = repo.set("BUG-2", "P2");
    let only = "saved, but only 1 of 2 decisions committed: bugs.md has other changes";
    assert!(said.code == 1 && said.err.contains(only), "{said:?}");
    assert_eq!(repo.commits()[1..], ["triage(bugs): BUG-1 P0 → P1"]);
    assert!(!repo.git(&["show", "HEAD:bugs.md"]).contains("Very slow"));
    repo.by_hand(&said.err);
    assert_eq!(repo.commits()[2..], ["triage(bugs): BUG-2 P0 → P2"]);
}

/// A log that is away for a moment, as while a copy of it is put in its place, would end all of it.
#[test]
fn what_is_left_is_kept_while_the_log_is_away() {
    let Some(repo) = Repo::new() else { return };
    repo.hook("pre-commit", "test -e ../go || exit 1");
    repo.refused("git said nothing");
    fs::write(repo.place.path("go"), "").unwrap();
    let [log, away] = ["bugs.deviations.yaml", "away.yaml"].map(|name| repo.path(name));
    fs::rename(&log, &away).unwrap();
    let said = repo.retried();
    assert!(said.code != 0 && said.err.contains("put bugs.deviations.yaml back"), "{said:?}");
    fs::rename(&away, &log).unwrap();
    assert_eq!((repo.retried().code, repo.commits().len(), repo.status()), (0, 2, String::new()));
}

/// A pipeline that looks at how the command ends would take a decision for committed.
#[test]
fn what_nobody_has_prepared_is_told_behind_what_was_left() {
    let Some(repo) = Repo::new() else { return };
    repo.hook("pre-commit", "test -e ../go || exit 1");
    repo.refused("git said nothing");
    fs::write(repo.place.path("go"), "").unwrap();
    repo.regrade(&["set", "bugs.md", "BUG-2", "--severity", "P2", "--rationale", WHY]);
    let said = repo.retried();
    assert!(
        said.code != 0
            && said.err.contains("bugs.deviations.yaml has changes that were saved without --commit"),
        "{said:?}"
    );
    assert_eq!(repo.commits()[1..], ["triage(bugs): BUG-1 P0 → P1"]);
}

#[test]
fn what_is_saved_during_a_merge_is_committed_once_that_is_ended() {
    let Some(repo) = Repo::new() else { return };
    repo.write(".git/MERGE_HEAD", "x");
    repo.refused("a merge is under way");
    fs::remove_file(repo.path(".git/MERGE_HEAD")).unwrap();
    assert_eq!((repo.retried().code, repo.commits().len(), repo.status()), (0, 2, String::new()));
}

/// A hook that formats the report in the commit would keep the rest from ever being committed.
#[test]
fn the_rest_follows_a_commit_that_a_hook_has_changed() {
    let Some(repo) = Repo::new() else { return };
    repo.hook(
        "pre-commit",
        "test -e ../go && exit 0; test ! -e ../once || exit 1; touch ../once
(git show :bugs.md; echo more) > ../more
git update-index --cacheinfo 100644,$(git hash-object -w ../more),bugs.md",
    );
    let decision = |bug: u8| format!("  - {{bug: BUG-{bug}, severity: P2, rationale: {WHY}}}\n");
    fs::write(repo.place.path("decisions.yaml"), format!("decisions:\n{}", [1, 2, 3].map(decision).concat()))
        .unwrap();
    let said = repo.regrade(&["apply", "bugs.md", "../decisions.yaml", "--commit"]);
    assert!(said.err.contains("saved, but only 1 of 3 decisions committed"), "{said:?}");
    fs::write(repo.place.path("go"), "").unwrap();
    let said = repo.regrade(&["commit", "bugs.md", "--json"]);
    assert!(said.code == 0 && said.out.starts_with("{\"commits\":[\""), "{said:?}");
    assert_eq!((repo.commits().len(), repo.status().as_str()), (4, ""));
}

/// Whoever mends a hook while the desk is open would have to decide something to have the rest committed.
#[test]
fn the_key_that_saves_tries_again_what_is_left() {
    let Some(repo) = Repo::new() else { return };
    repo.hook("pre-commit", "echo no triage on Fridays; exit 1");
    let mut run = repo.desk(&["--commit"]);
    run.press("1Only the tests.\r");
    run.see("1/3 reviewed");
    run.press("w");
    run.see("w tries again");
    run.press("jw");
    run.see("! not committed: no triage on Fridays");
    fs::remove_file(repo.path(".git/hooks/pre-commit")).unwrap();
    run.press("jw");
    run.see("committed ");
    run.press("jw");
    run.see("there is nothing to save");
    run.press("q");
    assert_eq!(run.end(), 0);
    assert_eq!((repo.commits().len(), repo.status()), (2, String::new()));
}

/// Whoever leaves would never hear again that no commit has what was saved.
#[test]
fn what_no_commit_has_is_told_on_leaving_and_at_the_next_start_until_one_has_it() {
    let Some(repo) = Repo::new() else { return };
    repo.hook("pre-commit", "exit 1");
    let mut run = repo.desk(&["--commit"]);
    run.press("1Only the tests.\r");
    run.see("1/3 reviewed");
    run.press("w");
    run.see("not committed");
    run.press("q");
    run.see("hint: to commit it: cd");
    assert_eq!(run.end(), 0);
    let mut run = repo.desk_that_says(&["--commit"], "to commit it: cd");
    run.press("j");
    run.see("! saved, not committed");
    run.press("q");
    assert_eq!(run.end(), 0);
    fs::remove_file(repo.path(".git/hooks/pre-commit")).unwrap();
    repo.git(&["add", "bugs.md", "bugs.deviations.yaml"]);
    repo.git(&["commit", "-q", "-m", "by hand"]);
    let mut run = repo.desk_that_says(&["--commit"], "1/3 reviewed");
    run.see("✓ saved");
    run.press("q");
    assert_eq!(run.end(), 0);
}

/// Who is told that nothing was committed would commit it a second time.
#[test]
fn commits_that_stand_are_told_where_a_later_one_fails() {
    let Some(repo) = Repo::new() else { return };
    repo.hook("pre-commit", "test ! -e ../once || exit 1; touch ../once");
    let decision = |bug: u8| format!("  - {{bug: BUG-{bug}, severity: P2, rationale: {WHY}}}\n");
    fs::write(repo.place.path("decisions.yaml"), format!("decisions:\n{}", [1, 2, 3].map(decision).concat()))
        .unwrap();
    let said = repo.regrade(&["apply", "bugs.md", "../decisions.yaml", "--commit", "--json"]);
    let id = repo.git(&["rev-parse", "--short", "HEAD"]);
    assert!(said.out.contains(&format!("\"commits\":[\"{}\"]", id.trim())), "{said:?}");
    assert!(said.code == 1 && said.err.contains("saved, but only 1 of 3 decisions committed"), "{said:?}");
    assert_eq!(repo.commits().len(), 2);
}

/// A command that is cut off cannot be typed.
#[test]
fn the_command_that_commits_by_hand_is_readable_on_the_smallest_screen() {
    let Some(repo) = Repo::new() else { return };
    repo.hook("pre-commit", "printf 'no triage on Fridays and %.0s' 1 2 3 4 5 6 7 8 9; exit 1");
    let mut desk = desk_in(&repo.path(""));
    desk.store.asked = Asked::Surely;
    let keys = Step::keys("1Only the tests.<Enter>w");
    let mut script = Script::new([keys, Step::Settle, Step::Screenshot]);
    tui::play(desk, &mut script, &mut Terminal::new(TestBackend::new(40, 12)).unwrap()).unwrap();
    let screen: String = script.screens()[0].split_whitespace().collect();
    let folder = repo.path("").canonicalize().unwrap();
    let files = "bugs.md bugs.deviations.yaml";
    let message = repo.kept().into_iter().find(|name| name.ends_with(".msg")).unwrap();
    let with = format!("-F .git/regrade/{message}");
    let command =
        format!("once mended: cd {} && git add {files} && git commit {with} {files}", folder.display());
    let command: String = command.split_whitespace().collect();
    assert!(screen.contains(&command), "{}", script.screens()[0]);
    assert!(screen.contains("saved1decision·notcommitted:no"), "{}", script.screens()[0]);
}
