//! Commits of the steps of a save, each with an index of its own.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use super::repository::{Entry, Repository};
use super::{Made, Why, message};
use crate::progress::Progress;
use crate::store::Step;

/// How often, and how long after each other, the person's index is tried where another git has it.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(100);

/// The mode of a file that git does not know yet.
const PLAIN: &str = "100644";

/// A file that is committed.
struct Tracked<'a> {
    name: &'a OsStr,
    mode: String,
}

/// What commits are made with, apart from all that is staged.
struct Apart<'a> {
    repository: &'a Repository,
    files: [Tracked<'a>; 2],
    folder: TempDir,
    head: Option<String>,
}

/// Commits the steps of a save, and notes each commit as it is made.
pub(super) fn all(
    repository: &Repository,
    made: &Made<'_>,
    progress: &Progress,
    ids: &mut Vec<String>,
) -> Result<(), Why> {
    let name = |path: &'_ Path| path.file_name().unwrap_or_default().to_owned();
    let (report, log) = (name(made.report), name(made.log));
    let before = [Some(&**made.session.report().base()), made.saved.grown.before.as_deref()];
    let files = [tracked(repository, &report, before[0])?, tracked(repository, &log, before[1])?];
    let mut apart = Apart::new(repository, files)?;
    let stem = made.report.file_stem().unwrap_or_default().to_string_lossy();
    for step in made.saved.steps(made.session, made.writing) {
        ids.push(apart.commit(&step, &message::of(step.entries, &stem), progress)?);
        apart.stage_committed()?;
    }
    Ok(())
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
        return Err(Why::new(what).hint("commit those first: a commit has the decision alone"));
    }
    let mode = staged.or(committed).map_or_else(|| PLAIN.to_owned(), |entry| entry.mode);
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
        let apart = Apart { repository, files, folder, head: repository.head()? };
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

    /// Commits a step: its short id.
    fn commit(&mut self, step: &Step<'_>, message: &str, progress: &Progress) -> Result<String, Why> {
        let said = self.folder.path().join("message");
        fs::write(&said, message).map_err(|error| Why::new(error.to_string()))?;
        let contents: [&[u8]; 2] = [&step.report, &step.log];
        let mut ids = Vec::new();
        for (file, bytes) in self.files.iter().zip(contents) {
            ids.push(self.repository.hash(file.name, bytes, true)?);
        }
        self.stage(&self.index(), &ids)?;
        if self.repository.head()? != self.head {
            return Err(Why::new("somebody else has committed meanwhile"));
        }
        let git =
            self.repository.git().index(&self.index()).args(["commit", "--quiet", "--cleanup=whitespace"]);
        let done = git.args(["--file".as_ref(), said.as_os_str()]).run_long(progress);
        // A commit stands also where it was given up behind it, in a hook that comes after.
        let head = self.repository.head()?;
        if let Err(why) = done
            && (head == self.head || !self.stands(&ids)?)
        {
            return Err(why);
        }
        self.head = head;
        let id = self.repository.git().args(["rev-parse", "--short", "HEAD"]).run()?;
        Ok(String::from_utf8_lossy(&id).trim().to_owned())
    }

    /// Whether the last commit has the files with these ids.
    fn stands(&self, ids: &[String]) -> Result<bool, Why> {
        for (file, id) in self.files.iter().zip(ids) {
            if self.repository.committed(file.name)?.is_none_or(|entry| entry.id != *id) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Puts the files into an index with these ids, and touches nothing else there.
    fn stage(&self, index: &Path, ids: &[String]) -> Result<(), Why> {
        let mut lines = Vec::new();
        for (file, id) in self.files.iter().zip(ids) {
            lines.extend(format!("{} {id}\t", file.mode).into_bytes());
            lines.extend(self.repository.path(file.name));
            lines.push(0);
        }
        let git = self.repository.git().index(index).args(["update-index", "-z", "--index-info"]);
        git.given(&lines)?.run().map(drop)
    }

    /// Puts the files into the person's index as they were committed: else what was before would look staged.
    fn stage_committed(&self) -> Result<(), Why> {
        let mut ids = Vec::new();
        for file in &self.files {
            ids.extend(self.repository.committed(file.name)?.map(|entry| entry.id));
        }
        let mut done = self.stage(&self.repository.index, &ids);
        for _ in 1..TRIES {
            if done.is_ok() {
                break;
            }
            thread::sleep(PAUSE);
            done = self.stage(&self.repository.index, &ids);
        }
        done.map_err(|why| {
            Why::new(format!("it is committed, but the index could not be brought up to that: {}", why.what))
                .hint("git reset --quiet -- with the names of report and log brings it there")
        })
    }
}
