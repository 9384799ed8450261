//! The suggestions that were declined for a report, in a file of the state folder beside its journal.
//!
//! To decline is no decision: it is in no log, and goes with the state folder. What cannot be read of the file is
//! left out.

use std::collections::HashSet;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Store;
use super::paths::{self, folder};
use super::trouble::in_state_folder;
use crate::fault::Result;

/// A suggestion that was declined.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq, Eq, Hash)]
pub struct Declined {
    /// The bug.
    pub handle: String,
    /// The suggestion rule, or what somebody proposes, in words. What another suggests is not declined with it.
    pub rule: String,
    /// Who proposes it, where no rule does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

impl Store {
    /// The suggestions that were declined for a report.
    pub fn declined(&self, report: &Path) -> Vec<Declined> {
        let bytes = self.fs.real(report).and_then(|real| self.fs.read(&paths::declined(&self.state, &real)));
        let bytes = bytes.ok().flatten().unwrap_or_default();
        bytes.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect()
    }

    /// Remembers that suggestions were declined, or, where `is_declined` is `false`, that they no longer are.
    ///
    /// # Errors
    /// [`Kind::Unwritable`](crate::fault::Kind::Unwritable) where the disk refuses; nothing has changed then.
    pub fn decline(&self, report: &Path, these: &[Declined], is_declined: bool) -> Result<()> {
        let path = paths::declined(&self.state, &self.fs.real(report)?);
        let anew: HashSet<&Declined> = these.iter().collect();
        let others = self.declined(report).into_iter().filter(|known| !anew.contains(known));
        let all = others.chain(these.iter().filter(|_| is_declined).cloned());
        let lines = all.filter_map(|one| serde_json::to_string(&one).ok());
        let text: String = lines.map(|line| line + "\n").collect();
        self.fs.make_folders(folder(&path)).map_err(in_state_folder)?;
        self.fs.write_whole(&path, text.as_bytes()).map_err(in_state_folder)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// Somebody who declined a suggestion would be asked again at every opening.
    #[test]
    fn what_was_declined_stays_declined_until_that_is_taken_back() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(folder.path().join("state"));
        let report = folder.path().join("a.md");
        fs::write(&report, "# x\n").unwrap();
        let one = |handle: &str| Declined { handle: handle.to_owned(), rule: "r".to_owned(), by: None };
        store.decline(&report, &[one("B-1"), one("B-2")], true).unwrap();
        store.decline(&report, &[one("B-1")], true).unwrap();
        assert_eq!(store.declined(&report), [one("B-2"), one("B-1")]);
        store.decline(&report, &[one("B-2")], false).unwrap();
        assert_eq!(store.declined(&report), [one("B-1")]);
        let file = paths::declined(&folder.path().join("state"), &report.canonicalize().unwrap());
        fs::write(file, b"\xff\n{\"handle\":\"B-3\",\"rule\":\"r\"}\n{").unwrap();
        assert_eq!(store.declined(&report), [one("B-3")]);
        assert!(store.decline(&folder.path().join("gone.md"), &[], true).is_err());
    }
}
