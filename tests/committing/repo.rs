//! A repository for a test, with a report in it, and what can be asked of both.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::place::{Place, Said};
use crate::terminal::Run;

pub(super) const REPORT: &str = "\
# Bugs

## BUG-1: No module

- **Severity:** P0 - ImportError

## BUG-2: Coverage settings

- **Severity:** P0 - Warning

## BUG-3: Slow test

- **Severity:** P1 - Timeout
";

pub(super) const WHY: &str = "Only the tests are concerned.";

/// A repository of its own with a report in it, and another file.
pub(super) struct Repo {
    pub(super) place: Place,
    /// Where the report is: a folder from the root, with a slash behind, and its name.
    pub(super) folder: &'static str,
    pub(super) report: &'static str,
}

/// Whether git is there; says so on a line where it is not, and fails where CI must have it.
pub(super) fn has_git() -> bool {
    let has = Command::new("git").arg("--version").output().is_ok();
    assert!(has || std::env::var("CI").as_deref() != Ok("true"), "git is absent, which CI must have");
    if !has {
        eprintln!("skipped: git is absent");
    }
    has
}

impl Repo {
    pub(super) fn new() -> Option<Repo> {
        Repo::of("", "bugs.md")
    }

    /// A repository whose report is committed, with another file.
    pub(super) fn of(folder: &'static str, report: &'static str) -> Option<Repo> {
        let repo = Repo::bare(folder, report)?;
        repo.write(&repo.named(), REPORT);
        repo.write("other.txt", "one\n");
        repo.git(&["add", "--", "."]);
        repo.git(&["commit", "-q", "-m", "begin"]);
        Some(repo)
    }

    /// A repository with nothing in it.
    pub(super) fn bare(folder: &'static str, report: &'static str) -> Option<Repo> {
        if !has_git() {
            return None;
        }
        let repo = Repo { place: Place::new(), folder, report };
        fs::create_dir_all(repo.place.path("repo").join(folder)).unwrap();
        repo.git(&["init", "-q", "-b", "main"]);
        Some(repo)
    }

    pub(super) fn named(&self) -> String {
        format!("{}{}", self.folder, self.report)
    }

    pub(super) fn log(&self) -> String {
        format!("{}.deviations.yaml", self.named().strip_suffix(".md").unwrap())
    }

    pub(super) fn path(&self, name: &str) -> std::path::PathBuf {
        self.place.path("repo").join(name)
    }

    pub(super) fn write(&self, name: &str, text: &str) {
        self.place.write(&format!("repo/{name}"), text);
    }

    pub(super) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub(super) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env_clear().envs(self.place.vars());
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        command.env("GIT_COMMITTER_NAME", "Ada Example").env("GIT_COMMITTER_EMAIL", "ada@example.org");
        command
    }

    pub(super) fn git(&self, args: &[&str]) -> String {
        self.git_in("", args)
    }

    /// What git says in a folder, which must end well.
    pub(super) fn git_in(&self, folder: &str, args: &[&str]) -> String {
        let git = &mut self.command("git");
        let output = git.current_dir(self.path(folder)).args(args).output().unwrap();
        assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The program, in the folder of the repository.
    pub(super) fn regrade(&self, args: &[&str]) -> Said {
        self.regrade_with(args, &[])
    }

    pub(super) fn regrade_with(&self, args: &[&str], vars: &[(&str, &str)]) -> Said {
        let program = &mut self.command(env!("CARGO_BIN_EXE_regrade"));
        program.envs(vars.iter().copied()).stdin(std::process::Stdio::null());
        let output = program.current_dir(self.path("")).args(args.iter().map(OsStr::new)).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Said { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Decides on a bug, to be committed.
    pub(super) fn set(&self, bug: &str, level: &str) -> Said {
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
    pub(super) fn desk(&self, args: &[&str]) -> Run {
        self.desk_that_says(args, "0/3 reviewed")
    }

    /// The same once it says this.
    pub(super) fn desk_that_says(&self, args: &[&str], said: &str) -> Run {
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
    pub(super) fn wait_for(&self, name: &str) {
        let there = || self.place.path(name).exists();
        let mut moments = (0..6000).map(|_| std::thread::sleep(Duration::from_millis(10)));
        assert!(there() || moments.any(|()| there()), "no hook has made {name}");
    }

    pub(super) fn commits(&self) -> Vec<String> {
        let said = self.git(&["log", "--reverse", "--format=%s"]);
        said.lines().map(str::to_owned).collect()
    }

    /// The files that the last commit changed.
    pub(super) fn changed(&self) -> Vec<String> {
        let said = self.git(&["-c", "core.quotePath=false", "show", "--format=", "--name-only", "HEAD"]);
        said.lines().map(str::to_owned).collect()
    }

    pub(super) fn status(&self) -> String {
        self.git(&["status", "--porcelain"])
    }

    pub(super) fn hook(&self, name: &str, script: &str) {
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
    pub(super) fn refused(&self, why: &str) -> String {
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
    pub(super) fn kept(&self) -> Vec<String> {
        let Ok(files) = fs::read_dir(self.path(".git/regrade")) else { return Vec::new() };
        files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
    }

    /// Commits what is left.
    pub(super) fn retried(&self) -> Said {
        self.regrade(&["commit", &format!("./{}", self.named())])
    }

    /// Does what a hint says, without an editor that could ask for a message.
    pub(super) fn by_hand(&self, said: &str) {
        let command = said.lines().find_map(|line| line.split_once(": cd ")).unwrap().1;
        let shell = &mut self.command("sh");
        shell.current_dir(self.path("")).args(["-c", &format!("cd {command}")]).env("GIT_EDITOR", "false");
        let done = shell.output().unwrap();
        assert!(done.status.success(), "{command}: {done:?}");
    }

    pub(super) fn head(&self) -> Vec<u8> {
        self.command("git").current_dir(self.path("")).args(["rev-parse", "HEAD"]).output().unwrap().stdout
    }

    pub(super) fn staged(&self) -> Vec<u8> {
        self.command("git").current_dir(self.path("")).args(["ls-files", "--stage"]).output().unwrap().stdout
    }
}
