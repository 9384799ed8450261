//! Commits of what is left, each with an index of its own.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::slice;
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use super::left::{Left, Prepared};
use super::repository::{Entry, Repository};
use super::{Commits, Files, Why, hand};
use crate::fault::Fault;
use crate::progress::Progress;

/// How often, and how long after each other, the person's index is tried where another git has it.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(100);

/// How many files that hooks have put into commits are named.
const NAMED: usize = 5;

/// What commits are made with, apart from all that is staged.
struct Apart<'a> {
    repository: &'a Repository,
    /// The names of report and log, and the modes that they are committed with.
    names: &'a [OsString; 2],
    modes: [String; 2],
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

/// Commits what is left, and notes each commit as it is made.
pub(super) fn all(
    repository: &Repository,
    (left, files): (&mut Left, Files<'_>),
    progress: &Progress,
    commits: &mut Commits,
    behind: impl FnOnce(Why) -> Fault,
) -> Result<(), Why> {
    repository.is_free()?;
    repository.mend()?;
    let names = left.names.clone();
    let modes = modes(repository, &names, &left.steps)?;
    let mut apart = Apart::new(repository, &names, modes)?;
    let done = apart.steps((left, files), progress, commits);
    commits.behind = apart.catch_up_at_last().err().map(behind);
    commits.warnings.extend(apart.hooked.warnings());
    done
}

/// What is in the way of all that is left in report or log, if anything.
pub(super) fn hindrance(repository: &Repository, left: &Left) -> Option<Why> {
    modes(repository, &left.names, &left.steps).err()
}

/// The modes of report and log, where they have nothing to be committed but what these steps make of them.
fn modes(repository: &Repository, names: &[OsString; 2], steps: &[Prepared]) -> Result<[String; 2], Why> {
    if let Some(name) = repository.shut_out(names)? {
        return Err(Why::new(format!("git is told to ignore {}", name.to_string_lossy())));
    }
    let [committed, staged] = [repository.committed(names)?, repository.staged(names)?];
    for at in [0, 1] {
        expect_nothing_else(&names[at], (committed[at].as_ref(), staged[at].as_ref()), steps, at)?;
    }
    Ok([0, 1].map(|at| {
        let known = staged[at].as_ref().or(committed[at].as_ref());
        known.map_or_else(|| repository.mode(&names[at]).to_owned(), |entry| entry.mode.clone())
    }))
}

/// Refuses other changes of the report or the log, committed or staged.
fn expect_nothing_else(
    name: &OsStr,
    (committed, staged): (Option<&Entry>, Option<&Entry>),
    steps: &[Prepared],
    at: usize,
) -> Result<(), Why> {
    let before = steps.first().and_then(|step| step.before[at].as_deref());
    let is_before = |entry: &Entry| before == Some(entry.id.as_str());
    // Who was told to add them has done so.
    let is_added = |entry: &Entry| steps.iter().any(|step| step.after[at] == entry.id);
    match (committed, staged) {
        (Some(entry), _) if !is_before(entry) => Err(other_changes(name)),
        (Some(_), None) => {
            Err(Why::new(format!("{} is staged to be deleted", name.to_string_lossy())).hint(unstaged(name)))
        }
        (_, Some(entry)) if !is_before(entry) && !is_added(entry) => {
            Err(Why::new(format!("{} has other changes that are staged", name.to_string_lossy()))
                .hint(unstaged(name)))
        }
        _ => Ok(()),
    }
}

/// How what is staged of a file is taken back.
fn unstaged(name: &OsStr) -> String {
    format!("take that out of the index, beside the report: git reset -q -- {}", hand::named(Path::new(name)))
}

fn other_changes(name: &OsStr) -> Why {
    let file = hand::named(Path::new(name));
    Why::new(format!("{} has other changes that are not committed", name.to_string_lossy()))
        .hint(format!("commit them by themselves (git add -p {file}), and regrade commit does the rest"))
        .by_hand()
}

impl<'a> Apart<'a> {
    /// An index that has what the last commit has.
    fn new(
        repository: &'a Repository,
        names: &'a [OsString; 2],
        modes: [String; 2],
    ) -> Result<Apart<'a>, Why> {
        let folder = tempfile::tempdir().map_err(|error| Why::new(error.to_string()))?;
        let own = names.each_ref().map(|name| repository.path(name));
        let (head, hooked) = (repository.head(), Hooked::default());
        let apart = Apart { repository, names, modes, own, folder, caught_up: head.clone(), head, hooked };
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

    fn steps(
        &mut self,
        (left, files): (&mut Left, Files<'_>),
        progress: &Progress,
        commits: &mut Commits,
    ) -> Result<(), Why> {
        while let Some(step) = left.steps.first().cloned() {
            let message = left.message(slice::from_ref(&step));
            commits.ids.push(self.commit(&step, &message, progress)?);
            commits.decisions += step.entries.len();
            let reached = left.go_on(self.repository, files)?;
            // Where that fails it is tried once more behind the last of them.
            drop(self.catch_up());
            if let Some(at) = left.steps.first().and_then(|next| reached.other(next)) {
                return Err(other_changes(&self.names[at]));
            }
        }
        Ok(())
    }

    /// Commits a step: its short id.
    fn commit(&mut self, step: &Prepared, message: &str, progress: &Progress) -> Result<String, Why> {
        let said = self.folder.path().join("message");
        fs::write(&said, message).map_err(|error| Why::new(error.to_string()))?;
        self.stage(step)?;
        if self.repository.head() != self.head {
            return Err(Why::new("somebody else has committed meanwhile"));
        }
        self.repository.note_behind(self.caught_up.as_deref(), &self.own)?;
        let git =
            self.repository.git().index(&self.index()).args(["commit", "--quiet", "--cleanup=whitespace"]);
        let done = git.args(["--file".as_ref(), said.as_os_str()]).run_long(progress);
        // A commit stands also where it was given up behind it, in a hook that comes after.
        let head = self.repository.head();
        match done {
            Err(why) if head == self.head || !self.is_ours(step)? => return Err(why),
            Ok(_) if head == self.head => return Err(Why::new("a hook has taken the commit back")),
            _ => {}
        }
        let before = std::mem::replace(&mut self.head, head);
        // The commit stands, and is told, whatever fails from here on.
        self.hooked.unknown |= self.look_for_hooks(before.as_deref(), &step.after).is_err();
        let id = self.repository.git().args(["rev-parse", "--short", "HEAD"]).said();
        Ok(id.or_else(|| self.head.clone()).unwrap_or_default())
    }

    /// Puts the files as they are after a step into the index of its own.
    fn stage(&self, step: &Prepared) -> Result<(), Why> {
        let entry = |(mode, id): (&String, &String)| Entry { mode: mode.clone(), id: id.clone() };
        let entries: Vec<Entry> = self.modes.iter().zip(&step.after).map(entry).collect();
        let paths = self.own.iter().map(Vec::as_slice);
        self.repository.stage(&self.index(), paths.zip(&entries))
    }

    /// Whether the last commit is that of a step, also where a hook has changed its files or its message.
    fn is_ours(&self, step: &Prepared) -> Result<bool, Why> {
        let said = self.repository.last_message();
        let is_told = step.entries.last().is_some_and(|entry| said.contains(entry.as_str()));
        Ok(is_told || self.changed(&step.after)?.is_empty())
    }

    /// Those of the files that the last commit has otherwise than with these ids.
    fn changed(&self, ids: &[String; 2]) -> Result<Vec<String>, Why> {
        let committed = self.repository.committed_ids(self.names)?;
        let changed = [0, 1].into_iter().filter(|at| committed[*at].as_ref() != Some(&ids[*at]));
        Ok(changed.map(|at| self.names[at].to_string_lossy().into_owned()).collect())
    }

    /// Notes what the last commit has otherwise than it was to have.
    fn look_for_hooks(&mut self, before: Option<&str>, ids: &[String; 2]) -> Result<(), Why> {
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
