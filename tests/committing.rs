//! Saved decisions in git: one commit each with the report and its log alone, whatever else is staged, under way or in
//! the way; and a save that stands where none can be made.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use regrade::git::{self, Asked, Files};
use regrade::store::Store;
use regrade::tui::{self, Script, Step};

use crate::desk::desk_in;
use crate::place::{EPOCH, Place, Said};
use crate::terminal::Run;

const REPORT: &str = "\
# Bugs

## BUG-1: No module

- **Severity:** P0 - ImportError

## BUG-2: Coverage settings

- **Severity:** P0 - Warning

## BUG-3: Slow test

- **Severity:** P1 - Timeout
";

const WHY: &str = "Only the tests are concerned.";

/// A repository of its own with a report in it, and another file.
struct Repo {
    place: Place,
    /// Where the report is: a folder from the root, with a slash behind, and its name.
    folder: &'static str,
    report: &'static str,
}

/// Whether git is there; says so on a line where it is not, and fails where CI must have it.
fn has_git() -> bool {
    let has = Command::new("git").arg("--version").output().is_ok();
    assert!(has || std::env::var("CI").as_deref() != Ok("true"), "git is absent, which CI must have");
    if !has {
        eprintln!("skipped: git is absent");
    }
    has
}

impl Repo {
    fn new() -> Option<Repo> {
        Repo::of("", "bugs.md")
    }

    /// A repository whose report is committed, with another file.
    fn of(folder: &'static str, report: &'static str) -> Option<Repo> {
        let repo = Repo::bare(folder, report)?;
        repo.write(&repo.named(), REPORT);
        repo.write("other.txt", "one\n");
        repo.git(&["add", "--", "."]);
        repo.git(&["commit", "-q", "-m", "begin"]);
        Some(repo)
    }

    /// A repository with nothing in it.
    fn bare(folder: &'static str, report: &'static str) -> Option<Repo> {
        if !has_git() {
            return None;
        }
        let repo = Repo { place: Place::new(), folder, report };
        fs::create_dir_all(repo.place.path("repo").join(folder)).unwrap();
        repo.git(&["init", "-q", "-b", "main"]);
        Some(repo)
    }

    fn named(&self) -> String {
        format!("{}{}", self.folder, self.report)
    }

    fn log(&self) -> String {
        format!("{}.deviations.yaml", self.named().strip_suffix(".md").unwrap())
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.place.path("repo").join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env_clear().envs(self.place.vars());
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        command.env("GIT_COMMITTER_NAME", "Ada Example").env("GIT_COMMITTER_EMAIL", "ada@example.org");
        command
    }

    fn git(&self, args: &[&str]) -> String {
        self.git_in("", args)
    }

    /// What git says in a folder, which must end well.
    fn git_in(&self, folder: &str, args: &[&str]) -> String {
        let git = &mut self.command("git");
        let output = git.current_dir(self.path(folder)).args(args).output().unwrap();
        assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The program, in the folder of the repository.
    fn regrade(&self, args: &[&str]) -> Said {
        self.regrade_with(args, &[])
    }

    fn regrade_with(&self, args: &[&str], vars: &[(&str, &str)]) -> Said {
        let program = &mut self.command(env!("CARGO_BIN_EXE_regrade"));
        program.envs(vars.iter().copied()).stdin(std::process::Stdio::null());
        let output = program.current_dir(self.path("")).args(args.iter().map(OsStr::new)).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Said { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Decides on a bug, to be committed.
    fn set(&self, bug: &str, level: &str) -> Said {
        self.regrade(&[
            "set",
            &format!("./{}", self.named()),
            bug,
            "--severity",
            level,
            "--rationale",
            WHY,
            "--commit",
        ])
    }

    /// The desk on the report, in a terminal.
    fn desk(&self, args: &[&str]) -> Run {
        self.desk_that_says(args, "0/3 reviewed")
    }

    /// The same once it says this.
    fn desk_that_says(&self, args: &[&str], said: &str) -> Run {
        self.git(&["config", "user.name", "Ada Example"]);
        self.git(&["config", "user.email", "ada@example.org"]);
        let vars = [("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")];
        let report = format!("repo/{}", self.named());
        let program = Path::new(env!("CARGO_BIN_EXE_regrade"));
        let mut run = Run::program(program, &self.place, &[&[report.as_str()], args].concat(), &vars);
        run.see(said);
        run
    }

    /// Waits until a hook has made a file beside the repository.
    fn wait_for(&self, name: &str) {
        let there = || self.place.path(name).exists();
        let mut moments = (0..6000).map(|_| std::thread::sleep(Duration::from_millis(10)));
        assert!(there() || moments.any(|()| there()), "no hook has made {name}");
    }

    fn commits(&self) -> Vec<String> {
        let said = self.git(&["log", "--reverse", "--format=%s"]);
        said.lines().map(str::to_owned).collect()
    }

    /// The files that the last commit changed.
    fn changed(&self) -> Vec<String> {
        let said = self.git(&["-c", "core.quotePath=false", "show", "--format=", "--name-only", "HEAD"]);
        said.lines().map(str::to_owned).collect()
    }

    fn status(&self) -> String {
        self.git(&["status", "--porcelain"])
    }

    fn hook(&self, name: &str, script: &str) {
        let hook = self.path(".git/hooks").join(name);
        fs::create_dir_all(hook.parent().unwrap()).unwrap();
        fs::write(&hook, format!("#!/bin/sh\n{script}\n")).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
        }
    }

    /// Decides, which must be saved and not committed, with nothing staged for it: what was said.
    fn refused(&self, why: &str) -> String {
        let (report, log) = (self.path(&self.named()), self.path(&self.log()));
        let (head, staged) = (self.head(), self.staged());
        let said = self.set("BUG-1", "P1");
        assert_eq!(said.code, 1, "{said:?}");
        assert!(said.err.contains("saved, but not committed") && said.err.contains(why), "{said:?}");
        assert!(said.err.contains(": cd ") && said.err.contains(" commit -"), "{said:?}");
        assert!(fs::read_to_string(&report).unwrap().contains("P1 - ImportError"), "{said:?}");
        assert!(fs::read_to_string(&log).unwrap().contains(WHY));
        assert_eq!((self.head(), self.staged()), (head, staged));
        said.err
    }

    /// The files that are kept of what is left, among git's own.
    fn kept(&self) -> Vec<String> {
        let Ok(files) = fs::read_dir(self.path(".git/regrade")) else { return Vec::new() };
        files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
    }

    /// Commits what is left.
    fn retried(&self) -> Said {
        self.regrade(&["commit", &format!("./{}", self.named())])
    }

    /// Does what a hint says, without an editor that could ask for a message.
    fn by_hand(&self, said: &str) {
        let command = said.lines().find_map(|line| line.split_once(": cd ")).unwrap().1;
        let shell = &mut self.command("sh");
        shell.current_dir(self.path("")).args(["-c", &format!("cd {command}")]).env("GIT_EDITOR", "false");
        let done = shell.output().unwrap();
        assert!(done.status.success(), "{command}: {done:?}");
    }

    fn head(&self) -> Vec<u8> {
        self.command("git").current_dir(self.path("")).args(["rev-parse", "HEAD"]).output().unwrap().stdout
    }

    fn staged(&self) -> Vec<u8> {
        self.command("git").current_dir(self.path("")).args(["ls-files", "--stage"]).output().unwrap().stdout
    }
}

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

/// Decides and is killed behind the save: the repository is looked for before it, and once more before the commit.
#[cfg(unix)]
fn killed_behind_a_save(repo: &Repo) {
    let killing =
        "case \"$*\" in *--is-inside-work-tree*) test ! -e ../asked || kill -9 $PPID; touch ../asked;; esac";
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

/// A save that was cut off before it replaced the report would be told as a report that somebody has put back.
#[cfg(unix)]
#[test]
fn a_program_that_is_killed_before_it_replaces_the_report_leaves_nothing_to_commit() {
    let Some(repo) = Repo::new() else { return };
    killed_behind_a_save(&repo);
    // As it was before the report was replaced and the journal said that the save has ended.
    repo.write("bugs.md", REPORT);
    let state = fs::read_dir(repo.place.path("state/journals")).unwrap().map(|file| file.unwrap().path());
    let journal = state.into_iter().find(|path| path.extension() == Some(OsStr::new("journal"))).unwrap();
    let said = fs::read_to_string(&journal).unwrap();
    let (said, ended) = said.trim_end().rsplit_once('\n').unwrap();
    assert!(ended.contains("ended"), "{ended}");
    fs::write(&journal, format!("{said}\n")).unwrap();
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
    fs::write(repo.path("store.git/bugs.md"), REPORT).unwrap();
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
