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

impl Repository {
    /// Brings the index up from one commit to another: these paths, and all that is in it as the first has it.
    pub(super) fn bring_up(&self, from: Option<&str>, to: &str, own: &[Vec<u8>]) -> Result<(), Why> {
        let staged = self.staged_since(from)?;
        let mut changes = self.changes(from, to)?;
        changes.retain(|change| own.contains(&change.path) || !staged.contains(&change.path));
        self.stage(&self.index, changes.iter().map(|Change { path, after }| (path.as_slice(), after)))
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
        if let Some(head) = self.head()?
            && self.is_after(&head, since)?
        {
            let staged = self.staged_since(since)?;
            let mut changes = self.changes(since, &head)?;
            changes.retain(|Change { path, .. }| own.contains(&path.as_slice()) && !staged.contains(path));
            self.stage(&self.index, changes.iter().map(|Change { path, after }| (path.as_slice(), after)))?;
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
