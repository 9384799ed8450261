//! The suggestions that were declined for a report, in a file of the state folder beside its journal, one a line.
//!
//! To decline is no decision: it is in no log, and goes with the state folder. A line that cannot be read counts for
//! nothing and stays as it is, also where others are written anew.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Store;
use super::paths::{self, folder};
use super::trouble::in_state_folder;
use crate::deviation::Handles;
use crate::fault::Result;
use crate::report::{BugIx, Report};
use crate::triage::Session;
use crate::triage::suggest::{Advice, Proposed, Voice};

/// A suggestion that was declined.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq, Eq, Hash)]
pub struct Declined {
    /// The bug.
    pub handle: String,
    /// Its title: another bug may come to be called so.
    pub title: String,
    /// The suggestion rule, or what somebody proposes, in words. What another suggests is not declined with it.
    pub rule: String,
    /// Who proposes it, where no rule does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

impl Store {
    /// The suggestions that were declined for a report.
    pub fn declined(&self, report: &Path) -> Vec<Declined> {
        let bytes = self.declined_bytes(report).unwrap_or_default();
        bytes.split(|byte| *byte == b'\n').filter_map(read).collect()
    }

    /// Remembers that suggestions were declined, or, where `is_declined` is `false`, that they no longer are.
    ///
    /// # Errors
    /// [`Kind::Unreadable`](crate::fault::Kind::Unreadable) where what was declined cannot be read, and
    /// [`Kind::Unwritable`](crate::fault::Kind::Unwritable) where the disk refuses; nothing has changed then.
    pub fn decline(&self, report: &Path, these: &[Declined], is_declined: bool) -> Result<()> {
        let path = paths::declined(&self.state, &self.fs.real(report)?);
        let anew: HashSet<&Declined> = these.iter().collect();
        let known = self.declined_bytes(report)?;
        let others = known.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        let others = others.filter(|line| read(line).is_none_or(|one| !anew.contains(&one)));
        let these = these.iter().filter(|_| is_declined).filter_map(|one| serde_json::to_vec(one).ok());
        let lines = others.map(<[u8]>::to_vec).chain(these);
        let bytes: Vec<u8> = lines.flat_map(|line| [&line[..], b"\n"].concat()).collect();
        self.fs.make_folders(folder(&path)).map_err(in_state_folder)?;
        self.fs.write_whole(&path, &bytes).map_err(in_state_folder)
    }

    fn declined_bytes(&self, report: &Path) -> Result<Arc<[u8]>> {
        let path = paths::declined(&self.state, &self.fs.real(report)?);
        Ok(self.fs.read(&path).map_err(in_state_folder)?.unwrap_or_default())
    }
}

fn read(line: &[u8]) -> Option<Declined> {
    serde_json::from_slice(line).ok()
}

impl Declined {
    /// What is declined where this suggestion is.
    pub fn of(session: &Session, bug: BugIx, voice: Voice) -> Option<Declined> {
        let (report, methodology) = (session.report(), session.methodology());
        match voice {
            Voice::Proposal(at) => {
                let proposed = session.advice().proposals().get(at)?;
                Some(Declined::proposed(proposed, bug, report))
            }
            Voice::Rule(rule) => {
                let rule = methodology.suggestions().get(rule)?.name.clone();
                Some(Declined::named(bug, report, rule, None))
            }
        }
    }

    /// What is declined where this proposal is.
    pub(super) fn proposed(proposed: &Proposed, bug: BugIx, report: &Report) -> Declined {
        let what = proposed.what(report.methodology());
        Declined::named(bug, report, what, Some(proposed.by.clone()))
    }

    fn named(bug: BugIx, report: &Report, rule: String, by: Option<String>) -> Declined {
        let (handle, title) = (report.handle(bug).into_owned(), report.title(bug).into_owned());
        Declined { handle, title, rule, by }
    }

    /// The suggestions that are meant, as far as they are there.
    pub(super) fn find(
        &self,
        handles: &Handles<'_>,
        report: &Report,
        advice: &Advice,
    ) -> Vec<(BugIx, Voice)> {
        let bug = handles.find_titled(&self.handle, &self.title);
        let Some(bug) = bug.filter(|bug| report.title(*bug) == self.title) else { return Vec::new() };
        let methodology = report.methodology();
        let Some(by) = &self.by else {
            let rule = methodology.suggestions().iter().position(|rule| rule.name == self.rule);
            return rule.map(|rule| (bug, Voice::Rule(rule))).into_iter().collect();
        };
        let is_meant = |at: &&usize| {
            let proposed = &advice.proposals()[**at];
            proposed.by == *by && proposed.what(methodology) == self.rule
        };
        advice.about(bug).iter().filter(is_meant).map(|at| (bug, Voice::Proposal(*at))).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::store::rig::Rig;

    fn one(handle: &str) -> Declined {
        Declined { handle: handle.to_owned(), title: "t".to_owned(), rule: "r".to_owned(), by: None }
    }

    /// Somebody who declined a suggestion would be asked again at every opening.
    #[test]
    fn what_was_declined_stays_declined_until_that_is_taken_back() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(folder.path().join("state"));
        let report = folder.path().join("a.md");
        fs::write(&report, "# x\n").unwrap();
        store.decline(&report, &[one("B-1"), one("B-2")], true).unwrap();
        store.decline(&report, &[one("B-1")], true).unwrap();
        assert_eq!(store.declined(&report), [one("B-2"), one("B-1")]);
        store.decline(&report, &[one("B-2")], false).unwrap();
        assert_eq!(store.declined(&report), [one("B-1")]);
        assert!(store.decline(&folder.path().join("gone.md"), &[], true).is_err());
    }

    /// Another version of the program may know more of it.
    #[test]
    fn what_cannot_be_read_or_says_more_stays_where_others_are_written() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(folder.path().join("state"));
        let report = folder.path().join("a.md");
        fs::write(&report, "# x\n").unwrap();
        store.decline(&report, &[one("B-1")], true).unwrap();
        let file = paths::declined(&folder.path().join("state"), &report.canonicalize().unwrap());
        let more = "{\"handle\":\"B-3\",\"title\":\"t\",\"rule\":\"r\",\"until\":\"2027\"}\n";
        fs::write(&file, [b"\xff\n{\n", more.as_bytes()].concat()).unwrap();
        assert_eq!(store.declined(&report), [one("B-3")]);
        store.decline(&report, &[one("B-4")], true).unwrap();
        store.decline(&report, &[one("B-4")], false).unwrap();
        assert_eq!(fs::read(&file).unwrap(), [b"\xff\n{\n", more.as_bytes()].concat());
        fs::remove_file(&file).unwrap();
        fs::create_dir(&file).unwrap();
        assert!(store.decline(&report, &[one("B-4")], true).is_err());
    }

    /// Nobody has looked at the suggestion for the bug that has come to be called so.
    #[test]
    fn what_is_declined_for_a_bug_is_not_declined_for_another_that_is_called_so_and_moves_with_its_own() {
        let rig = Rig::new();
        let declined = Declined::of(&rig.open().session(), BugIx(0), Voice::Rule(0)).unwrap();
        rig.store().decline(&rig.path(), &[declined], true).unwrap();
        let is_declined = |bug| rig.open().advice.is_declined(Voice::Rule(0), BugIx(bug));
        assert!(is_declined(0) && !is_declined(1));
        let title = rig.open().report.title(BugIx(0)).into_owned();
        fs::write(rig.path(), rig.report().replacen(&title, "Data is lost", 1)).unwrap();
        assert!(!is_declined(0));
    }
}
