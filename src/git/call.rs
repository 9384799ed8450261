//! A call of git: without an editor, a terminal or a question, and with words for what goes wrong.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{ErrorKind, Read, Seek, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::Why;
use crate::progress::Progress;

/// How long it takes at least and at most until it is seen that a call has ended; between them an eighth of its time.
const SHORTEST: Duration = Duration::from_micros(500);
const LONGEST: Duration = Duration::from_millis(20);

/// How long a call that is given up has to put away its locks.
const GRACE: Duration = Duration::from_secs(2);

/// How many of the last lines that git said are told.
const LINES: usize = 6;

/// A program that answers every question with nothing.
const NOBODY: &str = "false";

/// A call of git, put together.
#[derive(Debug)]
pub struct Git {
    command: Command,
    term: Option<Term>,
}

/// How long calls may take together, and whether they are wanted at all. That they are given up is left for whoever they
/// are made for to see.
#[derive(Clone, Debug)]
pub(super) struct Term {
    progress: Progress,
    end: Instant,
}

impl Term {
    /// A term that begins now.
    pub(super) fn of(progress: &Progress, length: Duration) -> Term {
        Term { progress: progress.clone(), end: Instant::now() + length }
    }

    fn is_on(&self) -> bool {
        self.progress.is_wanted() && Instant::now() < self.end
    }
}

/// What a call has left.
struct Left {
    status: ExitStatus,
    out: Vec<u8>,
    err: Vec<u8>,
}

impl Git {
    /// A call in a folder.
    pub fn at(folder: &Path) -> Git {
        let mut git = Command::new("git");
        git.current_dir(if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
        git.stdin(Stdio::null()).env_remove("GPG_TTY");
        git.env("GIT_TERMINAL_PROMPT", "0").env("GIT_EDITOR", ":").env("GIT_SEQUENCE_EDITOR", ":");
        git.env("GIT_ASKPASS", NOBODY).env("SSH_ASKPASS", NOBODY).env("SSH_ASKPASS_REQUIRE", "force");
        Git { command: git, term: None }
    }

    /// With these arguments.
    #[must_use]
    pub fn args(mut self, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Git {
        self.command.args(args);
        self
    }

    /// With a variable of the environment.
    #[must_use]
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Git {
        self.command.env(name, value);
        self
    }

    /// With the index that stands in this file.
    #[must_use]
    pub(super) fn index(self, file: &Path) -> Git {
        self.env("GIT_INDEX_FILE", file)
    }

    /// Ended where it is not done within a term, if there is one.
    #[must_use]
    pub(super) fn within(self, term: Option<Term>) -> Git {
        Git { term, ..self }
    }

    /// With this on its standard input.
    pub(super) fn given(mut self, bytes: &[u8]) -> Result<Git, Why> {
        let mut file = scratch()?;
        file.write_all(bytes).and_then(|()| file.rewind()).map_err(|error| Why::new(error.to_string()))?;
        self.command.stdin(file);
        Ok(self)
    }

    /// What it says, where it ends well and says something; words that are no UTF-8 are mended.
    pub fn said(self) -> Option<String> {
        let left = self.left(None).ok()?;
        let said = String::from_utf8_lossy(&left.out).trim().to_owned();
        (left.status.success() && !said.is_empty()).then_some(said)
    }

    /// What it says.
    pub(super) fn run(self) -> Result<Vec<u8>, Why> {
        self.left(None)?.ended_well()
    }

    /// The same of a call that may take long, unless it is given up.
    pub(super) fn run_long(self, progress: &Progress) -> Result<Vec<u8>, Why> {
        self.left(Some(progress))?.ended_well()
    }

    /// Whether it ends well.
    pub(super) fn holds(self) -> Result<bool, Why> {
        Ok(self.left(None)?.status.success())
    }

    /// What it says goes to files: a process that a hook leaves behind would keep a pipe open for ever.
    fn left(mut self, progress: Option<&Progress>) -> Result<Left, Why> {
        let (out, err) = (scratch()?, scratch()?);
        let copy = |file: &File| file.try_clone().map_err(|error| Why::new(error.to_string()));
        self.command.stdout(copy(&out)?).stderr(copy(&err)?);
        let mut child = self.command.spawn().map_err(|error| match error.kind() {
            ErrorKind::NotFound => Why::new("git is not installed, or not on the path"),
            _ => Why::new(format!("git could not be started: {error}")),
        })?;
        let is_wanted = || progress.is_none_or(|progress| progress.advance(0).is_ok());
        let status = ended(&mut child, || is_wanted() && self.term.as_ref().is_none_or(Term::is_on))?;
        Ok(Left { status, out: all(out)?, err: all(err)? })
    }
}

impl Left {
    fn ended_well(self) -> Result<Vec<u8>, Why> {
        if self.status.success() {
            return Ok(self.out);
        }
        let (err, out) = (String::from_utf8_lossy(&self.err), String::from_utf8_lossy(&self.out));
        let lines: Vec<&str> =
            out.lines().chain(err.lines()).map(str::trim).filter(|line| !line.is_empty()).collect();
        Err(Why::new(match &lines[lines.len().saturating_sub(LINES)..] {
            [] => format!("git said nothing and ended with {}", self.status),
            last => last.join(" / "),
        }))
    }
}

/// Waits for the end of a call, or makes one where it is given up.
fn ended(child: &mut Child, is_wanted: impl Fn() -> bool) -> Result<ExitStatus, Why> {
    match wait(child, is_wanted)? {
        Some(status) => Ok(status),
        None => {
            end(child)?;
            Err(Why::new("committing was given up"))
        }
    }
}

/// Waits for the end of a call for as long as that is wanted.
fn wait(child: &mut Child, is_wanted: impl Fn() -> bool) -> Result<Option<ExitStatus>, Why> {
    let since = Instant::now();
    loop {
        match child.try_wait() {
            Ok(None) if is_wanted() => {}
            Ok(status) => return Ok(status),
            Err(error) => return Err(Why::new(error.to_string())),
        }
        thread::sleep((since.elapsed() / 8).clamp(SHORTEST, LONGEST));
    }
}

/// Ends a call: asks it to, so that git takes its locks away, and forces it to where it does not.
fn end(child: &mut Child) -> Result<(), Why> {
    let asked = Instant::now();
    if ask_to_end(child) && wait(child, || asked.elapsed() < GRACE)?.is_some() {
        return Ok(());
    }
    drop(child.kill());
    drop(child.wait());
    Ok(())
}

#[cfg(unix)]
fn ask_to_end(child: &Child) -> bool {
    use rustix::process::{Pid, Signal, kill_process};
    kill_process(Pid::from_child(child), Signal::TERM).is_ok()
}

#[cfg(not(unix))]
fn ask_to_end(_: &Child) -> bool {
    false
}

fn scratch() -> Result<File, Why> {
    tempfile::tempfile().map_err(|error| Why::new(format!("no temporary file could be made: {error}")))
}

fn all(mut file: File) -> Result<Vec<u8>, Why> {
    let mut bytes = Vec::new();
    let read = file.rewind().and_then(|()| file.read_to_end(&mut bytes));
    read.map(|_| bytes).map_err(|error| Why::new(error.to_string()))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// What does not end when it is asked to would hold the desk for ever.
    #[test]
    fn a_call_that_is_given_up_is_asked_to_end_and_then_forced_to() {
        for (script, is_asked) in [("exec sleep 60", true), ("trap '' TERM; echo deaf; exec sleep 60", false)]
        {
            let mut child = Command::new("sh").args(["-c", script]).stdout(Stdio::piped()).spawn().unwrap();
            if !is_asked {
                child.stdout.as_mut().unwrap().read_exact(&mut [0; 5]).unwrap();
            }
            let (progress, begun) = (Progress::default(), Instant::now());
            progress.give_up();
            let is_wanted = || progress.advance(0).is_ok();
            assert_eq!(ended(&mut child, is_wanted).unwrap_err().what, "committing was given up");
            assert_eq!(begun.elapsed() < GRACE, is_asked, "{script}: {:?}", begun.elapsed());
            assert!(child.try_wait().unwrap().is_some());
        }
    }

    /// A save that was given up while it was noted would be made all the same.
    #[test]
    fn a_term_ends_and_leaves_it_to_others_to_see_that_they_were_given_up() {
        let (progress, long) = (Progress::default(), Duration::from_secs(600));
        assert_eq!([Duration::ZERO, long].map(|length| Term::of(&progress, length).is_on()), [false, true]);
        progress.give_up();
        assert!(!Term::of(&progress, long).is_on() && progress.advance(0).is_err());
    }
}
