//! The repository around a report: where things are in it, and what keeps it from being committed to now.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use super::call::Term;
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
#[derive(Debug)]
pub(super) struct Repository {
    folder: PathBuf,
    prefix: Vec<u8>,
    /// The file of its index, which need not be there.
    pub(super) index: PathBuf,
    /// How long calls in it may take together, where there is a limit.
    term: Option<Term>,
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
        Repository::around_within(file, None)
    }

    /// The same, all calls in which have so long.
    pub(super) fn around_within(file: &Path, term: Option<Term>) -> Result<Option<Repository>, Why> {
        let folder = file.parent().unwrap_or(Path::new("."));
        let asked = ["--is-inside-work-tree", "--show-prefix"];
        // The one answer that is told apart by its words.
        let git = Git::at(folder).within(term.clone()).env("LC_ALL", "C");
        let said = git.args(["rev-parse"]).args(asked).run();
        let said = match said {
            Ok(said) => said,
            Err(why) if why.what.contains("not a git repository") => return Ok(None),
            Err(why) => return Err(why),
        };
        let Some(prefix) = said.strip_prefix(b"true\n") else {
            return Err(Why::new("it is in a bare repository, or among git's own files"));
        };
        let prefix = prefix.strip_suffix(b"\n").unwrap_or(prefix).to_owned();
        let mut repository = Repository { folder: folder.to_owned(), prefix, index: PathBuf::new(), term };
        repository.index = repository.own("index")?;
        Ok(Some(repository))
    }

    /// A call of git beside the report.
    pub(super) fn git(&self) -> Git {
        Git::at(&self.folder).within(self.term.clone())
    }

    /// A call of git at the root of the repository, where paths begin that git is given in a list.
    pub(super) fn at_root(&self) -> Result<Git, Why> {
        let mut up = self.git().args(["rev-parse", "--show-cdup"]).run()?;
        up.pop();
        let root = self.folder.join(String::from_utf8_lossy(&up).as_ref());
        Ok(Git::at(&root).within(self.term.clone()))
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
    pub(super) fn head(&self) -> Option<String> {
        self.git().args(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]).said()
    }

    /// What the last commit has under two names beside the report, if anything.
    pub(super) fn committed(&self, names: &[OsString; 2]) -> Result<[Option<Entry>; 2], Why> {
        if self.head().is_none() {
            return Ok([None, None]);
        }
        let said =
            self.git().args(["ls-tree", "-z", "HEAD", "--"]).args(names.each_ref().map(dotted)).run()?;
        Ok(names.each_ref().map(|name| match records(&said, name).next()?.as_slice() {
            [mode, _, id] => Some(Entry { mode: mode.clone(), id: id.clone() }),
            _ => None,
        }))
    }

    /// The ids of the same.
    pub(super) fn committed_ids(&self, names: &[OsString; 2]) -> Result<[Option<String>; 2], Why> {
        Ok(self.committed(names)?.map(|entry| entry.map(|entry| entry.id)))
    }

    /// The bytes of an id as git keeps them; none of none.
    pub(super) fn bytes(&self, id: Option<&str>) -> Result<Vec<u8>, Why> {
        id.map_or(Ok(Vec::new()), |id| self.git().args(["cat-file", "blob", id]).run())
    }

    /// What the last commit says, where there is one.
    pub(super) fn last_message(&self) -> String {
        self.git().args(["log", "-1", "--format=%B"]).said().unwrap_or_default()
    }

    /// What is staged under two names beside the report, if anything.
    pub(super) fn staged(&self, names: &[OsString; 2]) -> Result<[Option<Entry>; 2], Why> {
        let ls = self.git().args(["--literal-pathspecs", "ls-files", "-z", "--stage", "--"]);
        let said = ls.args(names.each_ref().map(dotted)).run()?;
        let staged = |name: &OsString| match records(&said, name).next().as_deref() {
            Some([mode, id, stage]) if stage == "0" => Ok(Some(Entry { mode: mode.clone(), id: id.clone() })),
            Some(_) => Err(Why::new(format!("{} is in conflict", name.to_string_lossy()))
                .hint("resolve the conflict first")),
            None => Ok(None),
        };
        Ok([staged(&names[0])?, staged(&names[1])?])
    }

    /// The first of two names beside the report that has to be forced into git, which is told to ignore it.
    pub(super) fn shut_out<'a>(&self, names: &'a [OsString; 2]) -> Result<Option<&'a OsString>, Why> {
        let dotted = names.each_ref().map(dotted);
        let paths = dotted.each_ref().map(|name| name.as_encoded_bytes()).join(&0);
        // What is staged is never ignored.
        let said =
            self.git().args(["check-ignore", "-z", "--stdin"]).given(&paths)?.said().unwrap_or_default();
        let is_ignored = |name: &OsString| said.split('\0').any(|said| said == name.to_string_lossy());
        Ok(dotted.iter().position(is_ignored).map(|at| &names[at]))
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
fn dotted(name: &OsString) -> OsString {
    let mut dotted = OsString::from("./");
    dotted.push(name);
    dotted
}

/// The words before the tab of each record of a name.
fn records<'a>(said: &'a [u8], name: &'a OsStr) -> impl Iterator<Item = Vec<String>> + 'a {
    said.split(|byte| *byte == 0).filter_map(move |record| {
        let tab = record.iter().position(|byte| *byte == b'\t')?;
        let is_its = &record[tab + 1..] == name.as_encoded_bytes();
        let words =
            || String::from_utf8_lossy(&record[..tab]).split_whitespace().map(str::to_owned).collect();
        is_its.then(words)
    })
}
