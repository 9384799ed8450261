//! The index of the person, brought up to commits that were made apart from it.
//!
//! What somebody has staged stays there. All else that commits have changed is put there: what was before would look
//! staged, and whoever commits next would take it back. While the index is behind, a note among git's own files says so,
//! and since when, so that a program which is killed in between leaves nothing that the next one cannot mend.

use std::fs;
use std::path::{Path, PathBuf};

use super::Why;
use super::change::Change;
use super::repository::{Entry, Repository};

/// The note, by its name.
const NOTE: &str = "regrade-behind";

/// How `git ls-files -v` tags a file without a mark, and one that is not to be in the folder; in lower case, one that is to
/// be taken for unchanged.
const PLAIN: u8 = b'H';
const SKIPPED: u8 = b'S';

/// What git was told of files: how, and of which.
struct Told {
    how: &'static str,
    paths: Vec<Vec<u8>>,
}

impl Repository {
    /// Brings the index up from one commit to another: these paths, and all that is in it as the first has it.
    pub(super) fn bring_up(&self, from: Option<&str>, to: &str, own: &[Vec<u8>]) -> Result<(), Why> {
        self.take_up(from, to, |path, is_staged| own.contains(path) || !is_staged)
    }

    /// Takes what commits have changed into the index of the person, where that is due: by path, and by whether the index
    /// has it otherwise than the first commit. What git was told of files that it had is kept.
    fn take_up(
        &self,
        from: Option<&str>,
        to: &str,
        is_due: impl Fn(&Vec<u8>, bool) -> bool,
    ) -> Result<(), Why> {
        let staged = self.staged_since(from)?;
        let mut changes = self.changes(from, to)?;
        changes.retain(|Change { path, .. }| is_due(path, staged.contains(path)));
        let told = self.told(&changes)?;
        self.stage(&self.index, changes.iter().map(|Change { path, after }| (path.as_slice(), after)))?;
        told.iter().filter(|told| !told.paths.is_empty()).try_for_each(|told| self.tell(told))
    }

    /// The marks that files have in the index, which it forgets with the entry.
    fn told(&self, changes: &[Change]) -> Result<[Told; 2], Why> {
        let said = self.at_root()?.index(&self.index).args(["ls-files", "-v", "-z"]).run()?;
        let entries = said.split(|byte| *byte == 0).filter(|entry| entry.len() > 2);
        let is_there = |after: &Entry| after.mode.bytes().any(|digit| digit != b'0');
        let is_changed =
            |path: &[u8]| changes.iter().any(|change| change.path == path && is_there(&change.after));
        let marked: Vec<(u8, &[u8])> = entries
            .map(|entry| (entry[0], &entry[2..]))
            .filter(|(tag, path)| *tag != PLAIN && is_changed(path))
            .collect();
        let that = |is_so: fn(u8) -> bool| {
            marked.iter().filter(|(tag, _)| is_so(*tag)).map(|(_, path)| path.to_vec()).collect()
        };
        Ok([
            Told { how: "--assume-unchanged", paths: that(|tag| tag.is_ascii_lowercase()) },
            Told { how: "--skip-worktree", paths: that(|tag| tag.eq_ignore_ascii_case(&SKIPPED)) },
        ])
    }

    /// Gives files of the index a mark.
    fn tell(&self, Told { how, paths }: &Told) -> Result<(), Why> {
        let mut lines = paths.join(&0);
        lines.push(0);
        let git = self.at_root()?.index(&self.index).args(["update-index", how, "-z", "--stdin"]);
        git.given(&lines)?.run().map(drop)
    }

    /// Puts entries into an index, takes those out whose modes are zero, and touches nothing else there.
    pub(super) fn stage<'a>(
        &self,
        index: &Path,
        entries: impl IntoIterator<Item = (&'a [u8], &'a Entry)>,
    ) -> Result<(), Why> {
        let mut lines = Vec::new();
        for (path, Entry { mode, id }) in entries {
            lines.extend(format!("{mode} {id}\t").into_bytes());
            lines.extend(path);
            lines.push(0);
        }
        let git = self.git().index(index).args(["update-index", "-z", "--index-info"]);
        git.given(&lines)?.run().map(drop)
    }

    /// Notes that commits after this one, of these paths, are to be made and the index will be behind.
    pub(super) fn note_behind(&self, since: Option<&str>, own: &[Vec<u8>]) -> Result<(), Why> {
        let note = [&[since.unwrap_or_default().as_bytes().to_vec()], own].concat().join(&0);
        fs::write(self.note()?, note).map_err(|error| Why::new(error.to_string()))
    }

    /// Takes the note away. One that stays says nothing that is not so.
    pub(super) fn forget_behind(&self) {
        drop(self.note().map(fs::remove_file));
    }

    /// Brings the index up where a program was killed before it did: what is noted and is there as it was before.
    pub(super) fn mend(&self) -> Result<(), Why> {
        let Ok(note) = fs::read(self.note()?) else { return Ok(()) };
        let mut parts = note.split(|byte| *byte == 0);
        let since = String::from_utf8_lossy(parts.next().unwrap_or_default()).into_owned();
        let since = Some(since.as_str()).filter(|since| !since.is_empty());
        let own: Vec<&[u8]> = parts.collect();
        if let Some(head) = self.head()
            && self.is_after(&head, since)?
        {
            self.take_up(since, &head, |path, is_staged| own.contains(&path.as_slice()) && !is_staged)?;
        }
        self.forget_behind();
        Ok(())
    }

    fn is_after(&self, commit: &str, since: Option<&str>) -> Result<bool, Why> {
        match since {
            None => Ok(true),
            Some(since) => self.git().args(["merge-base", "--is-ancestor", since, commit]).holds(),
        }
    }

    fn note(&self) -> Result<PathBuf, Why> {
        self.own(NOTE)
    }
}
