//! The repository around a report: where things are in it, and what keeps it from being committed to now.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use super::{Git, Why};

/// What git leaves in a repository while something is under way, with what that is and how it is ended.
const UNDER_WAY: [(&str, &str, &str); 6] = [
    ("MERGE_HEAD", "a merge", "git merge --continue or --abort"),
    ("rebase-merge", "a rebase", "git rebase --continue or --abort"),
    ("rebase-apply", "a rebase", "git rebase --continue or --abort; of git am, the same"),
    ("CHERRY_PICK_HEAD", "a cherry-pick", "git cherry-pick --continue or --abort"),
    ("REVERT_HEAD", "a revert", "git revert --continue or --abort"),
    ("sequencer", "a sequence of cherry-picks or reverts", "git cherry-pick --continue or --abort"),
];

/// A repository with a working tree.
pub(super) struct Repository {
    folder: PathBuf,
    prefix: Vec<u8>,
    /// The file of its index, which need not be there.
    pub(super) index: PathBuf,
}

/// An entry of a tree or an index: its mode and the id of its bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) mode: String,
    pub(super) id: String,
}

impl Repository {
    /// The repository that a file stands in, if any.
    ///
    /// # Errors
    /// Where there is one, and nothing can ever be committed to it.
    pub(super) fn around(file: &Path) -> Result<Option<Repository>, Why> {
        let folder = file.parent().unwrap_or(Path::new("."));
        // The one answer that is told apart by its words.
        let inside = Git::at(folder).env("LC_ALL", "C").args(["rev-parse", "--is-inside-work-tree"]).run();
        match inside {
            Ok(said) if said.starts_with(b"true") => {}
            Ok(_) => return Err(Why::new("it is in a bare repository, or among git's own files")),
            Err(why) if why.what.contains("not a git repository") => return Ok(None),
            Err(why) => return Err(why),
        }
        let mut prefix = Git::at(folder).args(["rev-parse", "--show-prefix"]).run()?;
        prefix.pop();
        let mut repository = Repository { folder: folder.to_owned(), prefix, index: PathBuf::new() };
        repository.index = repository.own("index")?;
        Ok(Some(repository))
    }

    /// A call of git beside the report.
    pub(super) fn git(&self) -> Git {
        Git::at(&self.folder)
    }

    /// A call of git at the root of the repository, where paths begin that git is given in a list.
    pub(super) fn at_root(&self) -> Result<Git, Why> {
        let mut up = self.git().args(["rev-parse", "--show-cdup"]).run()?;
        up.pop();
        Ok(Git::at(&self.folder.join(String::from_utf8_lossy(&up).as_ref())))
    }

    /// The mode that git has a file in that is new to it.
    pub(super) fn mode(&self, name: &OsStr) -> &'static str {
        let minds = || self.git().args(["config", "--type=bool", "core.fileMode"]).said();
        let is_run = is_executable(&self.folder.join(name)) && minds().is_none_or(|minds| minds == "true");
        if is_run { "100755" } else { "100644" }
    }

    /// The path of a file from the root of the repository.
    pub(super) fn path(&self, name: &OsStr) -> Vec<u8> {
        [&self.prefix, name.as_encoded_bytes()].concat()
    }

    /// The commit that the next one follows; `None` where it is the first.
    pub(super) fn head(&self) -> Result<Option<String>, Why> {
        let git = self.git().args(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]);
        Ok(git.said())
    }

    /// What the last commit has under a name beside the report, if anything.
    pub(super) fn committed(&self, name: &OsStr) -> Result<Option<Entry>, Why> {
        if self.head()?.is_none() {
            return Ok(None);
        }
        let said = self.git().args(["ls-tree", "-z", "HEAD", "--"]).args([dotted(name)]).run()?;
        let fields = fields(&said);
        Ok(match fields.as_slice() {
            [mode, _, id] => Some(Entry { mode: mode.clone(), id: id.clone() }),
            _ => None,
        })
    }

    /// What is staged under a name beside the report, if anything.
    pub(super) fn staged(&self, name: &OsStr) -> Result<Option<Entry>, Why> {
        let ls = self.git().args(["--literal-pathspecs", "ls-files", "-z", "--stage", "--"]);
        let said = ls.args([dotted(name)]).run()?;
        match fields(&said).as_slice() {
            [mode, id, stage] if stage == "0" => Ok(Some(Entry { mode: mode.clone(), id: id.clone() })),
            [_, _, _] => Err(Why::new(format!("{} is in conflict", name.to_string_lossy()))
                .hint("resolve the conflict first")),
            _ => Ok(None),
        }
    }

    /// Whether git is told to ignore a name beside the report.
    fn ignores(&self, name: &OsStr) -> Result<bool, Why> {
        self.git().args(["check-ignore", "--quiet", "--"]).args([dotted(name)]).holds()
    }

    /// Where git keeps a file of its own.
    pub(super) fn own(&self, name: &str) -> Result<PathBuf, Why> {
        Ok(self.folder.join(self.own_from_here(name)?))
    }

    /// The same, from the folder of the report where git says it so.
    pub(super) fn own_from_here(&self, name: &str) -> Result<PathBuf, Why> {
        let mut said = self.git().args(["rev-parse", "--git-path", name]).run()?;
        said.pop();
        let path = String::from_utf8(said).map_err(|_| Why::new("the path of the repository is no UTF-8"))?;
        Ok(PathBuf::from(path))
    }

    /// A file beside the report.
    pub(super) fn beside(&self, name: &OsStr) -> PathBuf {
        self.folder.join(name)
    }

    /// The id of bytes as git keeps them under a name, written into it or not.
    pub(super) fn hash(&self, name: &OsStr, bytes: &[u8], write: bool) -> Result<String, Why> {
        let path = [OsStr::new("--path"), name];
        let git = self.git().args(["hash-object", "--stdin"]).args(write.then_some("-w")).args(path);
        let id = git.given(bytes)?.run()?;
        Ok(String::from_utf8_lossy(&id).trim().to_owned())
    }

    /// Whether git still has the bytes of an id.
    pub(super) fn has(&self, id: &str) -> Result<bool, Why> {
        self.git().args(["cat-file", "-e", id]).holds()
    }

    /// Whether a name beside the report has to be forced into git.
    pub(super) fn is_shut_out(&self, name: &OsStr) -> Result<bool, Why> {
        Ok(self.staged(name)?.is_none() && self.ignores(name)?)
    }

    /// Refuses a repository that something else is under way in.
    pub(super) fn is_free(&self) -> Result<(), Why> {
        let mut lock = self.index.clone().into_os_string();
        lock.push(".lock");
        let lock = PathBuf::from(lock);
        if lock.exists() {
            return Err(Why::new(format!("{} is there: another git is at work", lock.display()))
                .hint("wait for it; remove the file where it was left by a git that is gone"));
        }
        for (file, what, how) in UNDER_WAY {
            if self.own(file)?.exists() {
                return Err(Why::new(format!("{what} is under way")).hint(format!("end it first: {how}")));
            }
        }
        Ok(())
    }
}

/// Whether whoever has a file may run it.
#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|metadata| metadata.permissions().mode() & 0o100 != 0)
}

#[cfg(not(unix))]
fn is_executable(_: &Path) -> bool {
    false
}

/// A name that is taken for nothing else, whatever it begins with.
fn dotted(name: &OsStr) -> OsString {
    let mut dotted = OsString::from("./");
    dotted.push(name);
    dotted
}

/// The words before the tab of the first record.
fn fields(said: &[u8]) -> Vec<String> {
    let record = said.split(|byte| *byte == b'\t').next().unwrap_or_default();
    String::from_utf8_lossy(record).split_whitespace().map(str::to_owned).collect()
}
