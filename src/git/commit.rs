//! Commits of the steps of a save, each with an index of its own.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use super::repository::{Entry, Repository};
use super::{Commits, Made, Why, behind, message};
use crate::progress::Progress;
use crate::store::Step;

/// How often, and how long after each other, the person's index is tried where another git has it.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(100);

/// How many files that hooks have put into commits are named.
const NAMED: usize = 5;

/// A file that is committed.
struct Tracked<'a> {
    name: &'a OsStr,
    mode: String,
}

/// What commits are made with, apart from all that is staged.
struct Apart<'a> {
    repository: &'a Repository,
    files: [Tracked<'a>; 2],
    /// The paths of the files from the root.
    own: [Vec<u8>; 2],
    folder: TempDir,
    head: Option<String>,
    /// The commit that the person's index has been brought up to.
    caught_up: Option<String>,
    hooked: Hooked,
}

/// What hooks have made of commits.
#[derive(Debug, Default)]
struct Hooked {
    /// The report or the log, where they are not in a commit as they were saved.
    changed: BTreeSet<String>,
    /// Other files that are in one, by path.
    added: BTreeSet<Vec<u8>>,
    /// Whether git did not say of one what is in it.
    unknown: bool,
}

/// Commits the steps of a save, and notes each commit as it is made.
pub(super) fn all(
    repository: &Repository,
    made: &Made<'_>,
    progress: &Progress,
    commits: &mut Commits,
) -> Result<(), Why> {
    repository.mend()?;
    let name = |path: &'_ Path| path.file_name().unwrap_or_default().to_owned();
    let (report, log) = (name(made.report), name(made.log));
    let before = [Some(&**made.session.report().base()), made.saved.grown.before.as_deref()];
    let files = [tracked(repository, &report, before[0])?, tracked(repository, &log, before[1])?];
    let mut apart = Apart::new(repository, files)?;
    let done = apart.steps(made, progress, commits);
    commits.behind = apart.catch_up_at_last().err().map(|why| behind(made, why));
    commits.warnings = apart.hooked.warnings();
    done
}

/// A file that has nothing but what a save has made of it to be committed.
fn tracked<'a>(repository: &Repository, name: &'a OsStr, before: Option<&[u8]>) -> Result<Tracked<'a>, Why> {
    let (committed, staged) = (repository.committed(name)?, repository.staged(name)?);
    if staged.is_none() && repository.ignores(name)? {
        return Err(Why::new(format!("git is told to ignore {}", name.to_string_lossy()))
            .hint("take it out of .gitignore, or add it once with git add --force"));
    }
    let before = before.map(|bytes| repository.hash(name, bytes, false)).transpose()?;
    let is_of_save =
        |entry: &Option<Entry>| entry.as_ref().is_none_or(|entry| Some(&entry.id) == before.as_ref());
    if !is_of_save(&committed) || !is_of_save(&staged) || committed.is_some() && staged.is_none() {
        let what = format!("{} has other changes that are not committed", name.to_string_lossy());
        return Err(Why::new(what).by_hand());
    }
    let mode = staged.or(committed).map_or_else(|| repository.mode(name).to_owned(), |entry| entry.mode);
    Ok(Tracked { name, mode })
}

impl Repository {
    /// The id of bytes as git keeps them under a name, written into it or not.
    fn hash(&self, name: &OsStr, bytes: &[u8], write: bool) -> Result<String, Why> {
        let path = [OsStr::new("--path"), name];
        let git = self.git().args(["hash-object", "--stdin"]).args(write.then_some("-w")).args(path);
        let id = git.given(bytes)?.run()?;
        Ok(String::from_utf8_lossy(&id).trim().to_owned())
    }
}

impl<'a> Apart<'a> {
    /// An index that has what the last commit has.
    fn new(repository: &'a Repository, files: [Tracked<'a>; 2]) -> Result<Apart<'a>, Why> {
        let folder = tempfile::tempdir().map_err(|error| Why::new(error.to_string()))?;
        let own = [repository.path(files[0].name), repository.path(files[1].name)];
        let (head, hooked) = (repository.head()?, Hooked::default());
        let apart = Apart { repository, files, own, folder, caught_up: head.clone(), head, hooked };
        // That of the person knows which files have not changed, which spares hooks reading them all.
        if repository.index.exists() {
            fs::copy(&repository.index, apart.index()).map_err(|error| Why::new(error.to_string()))?;
        }
        let onto = if apart.head.is_some() { ["--reset", "HEAD"].as_slice() } else { &["--empty"] };
        repository.git().index(&apart.index()).args(["read-tree"]).args(onto).run()?;
        Ok(apart)
    }

    fn index(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    fn steps(&mut self, made: &Made<'_>, progress: &Progress, commits: &mut Commits) -> Result<(), Why> {
        let stem = made.report.file_stem().unwrap_or_default().to_string_lossy();
        for step in made.saved.steps(made.session, made.writing) {
            commits.ids.push(self.commit(&step, &message::of(step.entries, &stem), progress)?);
            commits.decisions += step.entries.len();
            // Where that fails it is tried once more behind the last of them.
            drop(self.catch_up());
        }
        Ok(())
    }

    /// Commits a step: its short id.
    fn commit(&mut self, step: &Step<'_>, message: &str, progress: &Progress) -> Result<String, Why> {
        let said = self.folder.path().join("message");
        fs::write(&said, message).map_err(|error| Why::new(error.to_string()))?;
        let ids = self.stage(step)?;
        if self.repository.head()? != self.head {
            return Err(Why::new("somebody else has committed meanwhile"));
        }
        self.repository.note_behind(self.caught_up.as_deref(), &self.own)?;
        let git =
            self.repository.git().index(&self.index()).args(["commit", "--quiet", "--cleanup=whitespace"]);
        let done = git.args(["--file".as_ref(), said.as_os_str()]).run_long(progress);
        // A commit stands also where it was given up behind it, in a hook that comes after.
        let head = self.repository.head()?;
        match done {
            Err(why) if head == self.head || !self.is_ours(&ids, step)? => return Err(why),
            Ok(_) if head == self.head => return Err(Why::new("a hook has taken the commit back")),
            _ => {}
        }
        let before = std::mem::replace(&mut self.head, head);
        // The commit stands, and is told, whatever fails from here on.
        self.hooked.unknown |= self.look_for_hooks(before.as_deref(), &ids).is_err();
        let id = self.repository.git().args(["rev-parse", "--short", "HEAD"]).said();
        Ok(id.or_else(|| self.head.clone()).unwrap_or_default())
    }

    /// Puts the files as they are after a step into the index of its own: their ids.
    fn stage(&self, step: &Step<'_>) -> Result<Vec<String>, Why> {
        let contents: [&[u8]; 2] = [&step.report, &step.log];
        let mut entries = Vec::new();
        for (file, bytes) in self.files.iter().zip(contents) {
            entries
                .push(Entry { mode: file.mode.clone(), id: self.repository.hash(file.name, bytes, true)? });
        }
        let paths = self.own.iter().map(Vec::as_slice);
        self.repository.stage(&self.index(), paths.zip(&entries))?;
        Ok(entries.into_iter().map(|entry| entry.id).collect())
    }

    /// Whether the last commit is that of a step, also where a hook has changed its files or its message.
    fn is_ours(&self, ids: &[String], step: &Step<'_>) -> Result<bool, Why> {
        let said = self.repository.git().args(["log", "-1", "--format=%B"]).said().unwrap_or_default();
        let is_told = step.entries.last().is_some_and(|entry| said.contains(&entry.id));
        Ok(is_told || self.changed(ids)?.is_empty())
    }

    /// Those of the files that the last commit has otherwise than with these ids.
    fn changed(&self, ids: &[String]) -> Result<Vec<String>, Why> {
        let mut changed = Vec::new();
        for (file, id) in self.files.iter().zip(ids) {
            if self.repository.committed(file.name)?.is_none_or(|entry| entry.id != *id) {
                changed.push(file.name.to_string_lossy().into_owned());
            }
        }
        Ok(changed)
    }

    /// Notes what the last commit has otherwise than it was to have.
    fn look_for_hooks(&mut self, before: Option<&str>, ids: &[String]) -> Result<(), Why> {
        self.hooked.changed.extend(self.changed(ids)?);
        let changes = self.repository.changes(before, self.head.as_deref().unwrap_or("HEAD"))?;
        let paths = changes.into_iter().map(|change| change.path);
        self.hooked.added.extend(paths.filter(|path| !self.own.contains(path)));
        Ok(())
    }

    /// Brings the person's index up to the last commit.
    fn catch_up(&mut self) -> Result<(), Why> {
        if let Some(head) = self.head.as_deref().filter(|_| self.head != self.caught_up) {
            self.repository.bring_up(self.caught_up.as_deref(), head, &self.own)?;
        }
        self.caught_up.clone_from(&self.head);
        self.repository.forget_behind();
        Ok(())
    }

    /// The same, for as long as another git may have the index.
    fn catch_up_at_last(&mut self) -> Result<(), Why> {
        let mut done = self.catch_up();
        for _ in 1..TRIES {
            if done.is_ok() {
                break;
            }
            thread::sleep(PAUSE);
            done = self.catch_up();
        }
        done
    }
}

impl Hooked {
    /// What hooks have done, a sentence each.
    fn warnings(&self) -> Vec<String> {
        let names = self.added.iter().take(NAMED).map(|path| String::from_utf8_lossy(path));
        let names = names.collect::<Vec<_>>().join(", ");
        let changed = self.changed.iter().map(String::as_str).collect::<Vec<_>>().join(" and ");
        let changed = (!changed.is_empty())
            .then(|| format!("a hook has changed {changed}: what is committed is not what was saved"));
        let added = match self.added.len().saturating_sub(NAMED) {
            _ if self.added.is_empty() => None,
            0 => Some(format!("a hook has put more into the commit: {names}")),
            more => Some(format!("a hook has put more into the commit: {names} and {more} more")),
        };
        let unknown =
            self.unknown.then(|| "git does not say whether hooks have changed the commit".to_owned());
        changed.into_iter().chain(added).chain(unknown).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A hook that formats a whole tree would fill the screen with names.
    #[test]
    fn what_hooks_did_is_told_in_a_bounded_way_and_only_where_they_did() {
        let mut hooked = Hooked::default();
        assert_eq!(hooked.warnings(), [""; 0]);
        hooked.added = (1..=7).map(|at| format!("f{at}").into_bytes()).collect();
        hooked.changed = ["bugs.md", "bugs.deviations.yaml"].map(str::to_owned).into();
        assert_eq!(
            hooked.warnings(),
            [
                "a hook has changed bugs.deviations.yaml and bugs.md: what is committed is not what was saved",
                "a hook has put more into the commit: f1, f2, f3, f4, f5 and 2 more",
            ]
        );
    }
}
