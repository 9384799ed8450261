//! What is saved and no commit has: kept among git's own files from before it is saved until a commit stands.
//!
//! A line for each commit that is to be: the ids of report and log as they are before it and after it, `-` where there is
//! nothing before, then the ids of the entries of the log that it adds. The bytes are git's, which throws them away after
//! some weeks: what can no longer be told apart by then is one commit. What somebody has committed by hand is not left.
//! A line that begins with a question mark waits for the log to have its entries: a save that is about to be made, which is
//! one commit until it is known to be made, and what the log has lost, for as long as it has not got it back. Beside it stands
//! the message for whoever commits all of it by hand.

use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::mem;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::reached::Reached;
use super::repository::Repository;
use super::{Files, Made, Why, message};
use crate::deviation::{Entry, Log};
use crate::store::Coming;
use crate::text::{Bytes, counted};

/// The folder among git's own files.
const FOLDER: &str = "regrade";

/// How much of the id of a path is in the names of its files.
const SHORT: usize = 8;

/// What a line begins with whose entries the log does not have.
const AWAY: &str = "? ";

/// What stands for an id where there is none.
const NOTHING: &str = "-";

/// A commit that is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Prepared {
    /// The ids of report and log before it.
    pub(super) before: [Option<String>; 2],
    /// Their ids with it.
    pub(super) after: [String; 2],
    /// The ids of the entries that it adds to the log.
    pub(super) entries: Vec<String>,
}

/// The commits that are to be made of a report and its log, oldest first.
#[derive(Debug)]
pub(super) struct Left {
    /// The names of report and log in their folder.
    pub(super) names: [OsString; 2],
    /// The commits.
    pub(super) steps: Vec<Prepared>,
    /// Those whose entries the log does not have.
    away: Vec<Prepared>,
    /// How many of those it had the last time, in decisions.
    gone: usize,
    /// Whether the report is one from before them, though the log has them.
    pub(super) is_put_back: bool,
    /// The bytes of report and log before anything is added, where they are there.
    now: [Option<Bytes>; 2],
    /// The entries of the log that they add, and maybe others.
    entries: Vec<Entry>,
    /// Where they are kept, from the folder of the report.
    file: PathBuf,
    /// The folder of the report.
    folder: PathBuf,
}

impl Left {
    /// What is left of a report and its log, as far as it is still to be committed; of a save that was made, nothing is.
    pub(super) fn of(
        repository: &Repository,
        files: Files<'_>,
        made: Option<&Made<'_>>,
    ) -> Result<Left, Why> {
        let mut left = Left::noted(repository, [files.report, files.log])?;
        if let Some(made) = made {
            left.forget(&made.saved.grown.entries);
        }
        if !left.steps.is_empty() || !left.away.is_empty() {
            left.now = match made {
                Some(made) => [Some(made.session.report().base().clone()), made.saved.grown.before.clone()],
                None => [files.read(files.report)?, files.read(files.log)?],
            };
            left.look(repository, files)?;
        }
        Ok(left)
    }

    /// The same as it is noted.
    fn noted(repository: &Repository, paths: [&Path; 2]) -> Result<Left, Why> {
        let names = paths.map(|path| path.file_name().unwrap_or_default().to_owned());
        let named = repository.git().args(["hash-object", "--stdin"]).given(&repository.path(&names[0]))?;
        let id = String::from_utf8_lossy(&named.run()?).chars().take(SHORT).collect::<String>();
        let file = repository.own_from_here(&format!("{FOLDER}/{id}"))?;
        let folder = repository.beside(&OsString::new());
        let (steps, away, gone, is_put_back) = (Vec::new(), Vec::new(), 0, false);
        let (now, entries) = (<[Option<Bytes>; 2]>::default(), Vec::new());
        let mut left = Left { names, steps, away, gone, is_put_back, now, entries, file, folder };
        for line in fs::read_to_string(left.list()).unwrap_or_default().lines() {
            match line.strip_prefix(AWAY) {
                Some(line) => left.away.extend(read(line)),
                None => left.steps.extend(read(line)),
            }
        }
        Ok(left)
    }

    /// Notes a save that is about to be made, as one commit: it is to be made once the log has the entries.
    pub(super) fn intend(repository: &Repository, coming: &Coming<'_>) -> Result<(), Why> {
        let mut left = Left::noted(repository, [coming.report, coming.log])?;
        // It does not tell of this one, which is made with the next.
        drop(fs::remove_file(left.folder.join(left.message_file())));
        left.forget(coming.entries);
        let id = |at: usize, bytes: &[u8], write| repository.hash(&left.names[at], bytes, write);
        let before = |at: usize| coming.before[at].map(|bytes| id(at, bytes, false)).transpose();
        let (before, after) =
            ([before(0)?, before(1)?], [id(0, coming.after[0], true)?, id(1, coming.after[1], true)?]);
        let entries = coming.entries.iter().map(|entry| entry.id.clone()).collect();
        left.away.push(Prepared { before, after, entries });
        left.write_list().map_err(|error| unkept(&error))
    }

    /// Forgets what is noted of these entries.
    fn forget(&mut self, entries: &[Entry]) {
        let ids: HashSet<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
        for steps in [&mut self.steps, &mut self.away] {
            steps.retain(|step| !step.entries.iter().any(|id| ids.contains(id.as_str())));
        }
    }

    /// Takes off what is no longer to be committed.
    fn look(&mut self, repository: &Repository, files: Files<'_>) -> Result<(), Why> {
        let report = self.now[0].as_deref();
        let report = report.map(|bytes| repository.hash(&self.names[0], bytes, false)).transpose()?;
        let is_before = |step: &Prepared| report.is_some() && step.before[0] == report;
        let is_after = |step: &Prepared| report.as_ref() == Some(&step.after[0]);
        let log = match files.read(files.log)? {
            Some(log) => log,
            None if self.steps.iter().any(is_after) && !self.steps.first().is_some_and(is_before) => {
                return Err(not_there(files.log));
            }
            None => Bytes::default(),
        };
        self.sort_out(Log::read(&log));
        let last = self.steps.last().map(|step| &step.after[0]);
        self.is_put_back = self.steps.iter().any(is_before) && report.as_ref() != last;
        if !self.steps.is_empty() {
            let reached = Reached::by(repository, &self.names, &self.steps)?;
            self.steps = reached.rest(mem::take(&mut self.steps), 0, || report);
        }
        Ok(())
    }

    /// Tells apart what the log has and what it has not: a save that was not made, what somebody has thrown away, and what
    /// waits on another branch or in a stash.
    fn sort_out(&mut self, log: Log) {
        let place: HashMap<&str, usize> =
            log.entries.iter().enumerate().map(|(at, entry)| (entry.id.as_str(), at)).collect();
        let is_there = |step: &Prepared| log.holds_all(&step.entries);
        let (back, away): (Vec<_>, Vec<_>) = mem::take(&mut self.away).into_iter().partition(is_there);
        let (mut steps, gone): (Vec<_>, Vec<_>) = mem::take(&mut self.steps).into_iter().partition(is_there);
        steps.extend(back);
        steps.sort_by_key(|step| step.entries.first().and_then(|id| place.get(id.as_str())));
        self.gone = decisions(&gone);
        (self.steps, self.away) = (steps, [away, gone].concat());
        self.entries = log.entries;
    }

    /// That decisions which were to be committed have gone from the log, once.
    pub(super) fn told(&self) -> Option<String> {
        let log = self.names[1].to_string_lossy();
        let are = if self.gone == 1 { "is" } else { "are" };
        let decisions = counted(self.gone, "decision");
        let what = format!(
            "{decisions} to be committed {are} not in {log} any more, thrown away or on another branch"
        );
        (self.gone > 0).then(|| format!("{what}: what comes back is committed then"))
    }

    /// How many decisions are left.
    pub(super) fn decisions(&self) -> usize {
        decisions(&self.steps)
    }

    /// Adds a save to it, and gives git its bytes.
    pub(super) fn add(&mut self, repository: &Repository, made: &Made<'_>) -> Result<(), Why> {
        let [report, log] = &self.names;
        let grown = &made.saved.grown;
        let before = grown.before.as_deref().map(|bytes| repository.hash(log, bytes, false)).transpose()?;
        let mut before = [Some(repository.hash(report, made.session.report().base(), false)?), before];
        for step in made.saved.steps(made.session, made.writing) {
            let after =
                [repository.hash(report, &step.report, true)?, repository.hash(log, &step.log, true)?];
            let entries = step.entries.iter().map(|entry| entry.id.clone()).collect();
            let before = mem::replace(&mut before, after.clone().map(Some));
            self.steps.push(Prepared { before, after, entries });
        }
        // What an entry takes back says the log before it.
        if self.entries.is_empty() && grown.entries.iter().any(|entry| entry.reverts.is_some()) {
            self.entries = Log::read(grown.before.as_deref().unwrap_or_default()).entries;
        }
        let known: HashSet<&str> = self.entries.iter().map(|entry| entry.id.as_str()).collect();
        let new = grown.entries.iter().filter(|entry| !known.contains(entry.id.as_str())).cloned();
        let new: Vec<Entry> = new.collect();
        self.entries.extend(new);
        Ok(())
    }

    /// Gives git report and log as they are before anything is added, which it may have thrown away.
    pub(super) fn give(&self, repository: &Repository) -> Result<(), Why> {
        let there = self.names.iter().zip(&self.now).filter_map(|(name, now)| Some((name, now.as_deref()?)));
        there.into_iter().try_for_each(|(name, bytes)| repository.hash(name, bytes, true).map(drop))
    }

    /// Forgets what the log does not have and git has thrown away by now, such as a save that was noted and never made.
    pub(super) fn forget_lost(&mut self, repository: &Repository) -> Result<(), Why> {
        for step in mem::take(&mut self.away) {
            if repository.has(&step.after[0])? && repository.has(&step.after[1])? {
                self.away.push(step);
            }
        }
        Ok(())
    }

    /// Makes one commit with the next of what git can no longer tell apart, among the first so many: what to know of that.
    pub(super) fn join(&mut self, repository: &Repository, earlier: usize) -> Result<Option<String>, Why> {
        let (before, mut missing) = (self.steps.len(), None::<Prepared>);
        for (at, mut step) in std::mem::take(&mut self.steps).into_iter().enumerate() {
            if let Some(lost) = missing.take() {
                step.before = lost.before;
                step.entries = [lost.entries, step.entries].concat();
            }
            let is_there = || Ok(repository.has(&step.after[0])? && repository.has(&step.after[1])?);
            match at >= earlier || is_there()? {
                true => self.steps.push(step),
                false => missing = Some(step),
            }
        }
        self.steps.extend(missing);
        let lost = before - self.steps.len();
        let told = || {
            let decisions = counted(lost, "decision");
            format!("git no longer tells {decisions} apart from the next: they share a commit")
        };
        Ok((lost > 0).then(told))
    }

    /// Takes the first off, which is committed, and what a hook has committed with it: what the last commit has now.
    pub(super) fn go_on(&mut self, repository: &Repository, files: Files<'_>) -> Result<Reached, Why> {
        let reached = Reached::by(repository, &self.names, &self.steps)?;
        let now = || {
            let report = files.read(files.report).ok().flatten()?;
            repository.hash(&self.names[0], &report, false).ok()
        };
        self.steps = reached.rest(mem::take(&mut self.steps), 1, now);
        Ok(reached)
    }

    /// Keeps what is left, or forgets the files where nothing is.
    pub(super) fn keep(&self) -> Result<(), Why> {
        if self.steps.is_empty() {
            drop(fs::remove_file(self.folder.join(self.message_file())));
        }
        let kept = match self.steps.is_empty() && self.away.is_empty() {
            true => {
                // What stays is read as committed the next time.
                drop(fs::remove_file(self.list()));
                Ok(())
            }
            false => self.write_list().and_then(|()| self.write_message()),
        };
        kept.map_err(|error| unkept(&error))
    }

    fn write_list(&self) -> io::Result<()> {
        let steps = self.steps.iter().map(line);
        let away = self.away.iter().map(|step| format!("{AWAY}{}", line(step)));
        replace(&self.list(), &steps.chain(away).collect::<String>())
    }

    fn write_message(&self) -> io::Result<()> {
        if self.steps.is_empty() {
            return Ok(());
        }
        replace(&self.folder.join(self.message_file()), &self.message(&self.steps))
    }

    /// The message for commits as one.
    pub(super) fn message(&self, steps: &[Prepared]) -> String {
        let is_of_them = |entry: &&Entry| steps.iter().any(|step| step.entries.contains(&entry.id));
        let entries: Vec<Entry> = self.entries.iter().filter(is_of_them).cloned().collect();
        let report = Path::new(&self.names[0]).file_stem().unwrap_or_default().to_string_lossy();
        message::of(&entries, &self.entries, &report)
    }

    /// The file with the message for all of it, from the folder of the report.
    pub(super) fn message_file(&self) -> PathBuf {
        self.file.with_extension("msg")
    }

    fn list(&self) -> PathBuf {
        self.folder.join(self.file.with_extension("left"))
    }
}

/// How many decisions commits have.
fn decisions(steps: &[Prepared]) -> usize {
    steps.iter().map(|step| step.entries.len()).sum()
}

/// What to say where nothing can be kept.
fn unkept(error: &io::Error) -> Why {
    Why::new(format!("what is to be committed could not be kept: {error}"))
}

/// What to say where the log is away, which alone tells whether what is left still stands.
fn not_there(log: &Path) -> Why {
    let name = log.file_name().unwrap_or_default().to_string_lossy();
    Why::new(format!("{name} is not there")).hint(format!("put {name} back; what is to be committed is kept"))
}

/// Writes a file whole, in a folder that is made where there is none.
fn replace(file: &Path, text: &str) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut new = NamedTempFile::new_in(folder)?;
    new.write_all(text.as_bytes())?;
    new.as_file().sync_all()?;
    new.persist(file)?;
    Ok(())
}

fn line(Prepared { before, after, entries }: &Prepared) -> String {
    let before = before.each_ref().map(|id| id.as_deref().unwrap_or(NOTHING));
    let words = before.into_iter().chain(after.iter().map(String::as_str));
    let words: Vec<&str> = words.chain(entries.iter().map(String::as_str)).collect();
    format!("{}\n", words.join(" "))
}

/// A line, where it is a whole one.
fn read(line: &str) -> Option<Prepared> {
    let mut words = line.split(' ').map(str::to_owned);
    let mut before = || words.next().map(|id| (id != NOTHING).then_some(id));
    let before = [before()?, before()?];
    let after = [words.next()?, words.next()?];
    let is_id = |id: &String| id.len() >= SHORT && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    let entries: Vec<String> = words.collect();
    let is_whole = before.iter().flatten().chain(&after).all(is_id) && !entries.is_empty();
    is_whole.then_some(Prepared { before, after, entries })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read otherwise than it was written would be committed as something else, or never.
    #[test]
    fn a_line_is_read_as_it_was_written_and_a_torn_one_is_none() {
        let id = |digit: &str| digit.repeat(40);
        for before in [[Some(id("1")), None], [Some(id("1")), Some(id("2"))]] {
            let entries = vec!["3f9c2a7be01d44aa".to_owned(), "b".repeat(16)];
            let step = Prepared { before, after: [id("3"), id("4")], entries };
            let written = line(&step);
            assert_eq!(read(written.trim_end()), Some(step));
            assert_eq!(read(&written[..written.len() - 60]), None);
        }
        assert_eq!([read(""), read("--work-tree=/ - a b c")], [None, None]);
    }
}
