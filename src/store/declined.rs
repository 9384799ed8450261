//! The suggestions that were declined for a report, in a file of the state folder beside its journal, one a line.
//!
//! To decline is no decision: it is in no log, and goes with the state folder. A line that cannot be read counts for
//! nothing and stays as it is, also where others are written anew.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Store;
use super::called::{Called, Finder};
use super::paths::{self, folder};
use super::trouble::in_state_folder;
use crate::fault::Result;
use crate::methodology::Methodology;
use crate::report::BugIx;
use crate::triage::Session;
use crate::triage::suggest::{Advice, Voice};

/// A suggestion that was declined.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Declined {
    /// The bug.
    pub(super) called: Called,
    /// The suggestion rule, or what somebody proposes, in words. What another suggests is not declined with it.
    rule: String,
    /// Who proposes it, where no rule does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<String>,
}

/// What tells one of them from others: handle and title of the bug, the suggestion, and whose it is.
type Key<'d> = (&'d str, &'d str, &'d str, Option<&'d str>);

impl Store {
    /// The suggestions that were declined for a report.
    pub(super) fn declined(&self, report: &Path) -> Vec<Declined> {
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
        let anew: HashSet<Key<'_>> = these.iter().map(Declined::key).collect();
        let known = self.declined_bytes(report)?;
        let others = known.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        let others = others.filter(|line| read(line).is_none_or(|one| !anew.contains(&one.key())));
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
    /// What is declined where these suggestions are. Takes time in the number of bugs of the report.
    pub fn of(session: &Session, these: &[(BugIx, Voice)]) -> Vec<Declined> {
        let (report, methodology) = (session.report(), session.methodology());
        let finder = Finder::for_bugs(report, these.iter().map(|(bug, _)| *bug));
        let declined = |(bug, voice): &(BugIx, Voice)| {
            let (rule, by) = match voice {
                Voice::Proposal(at) => {
                    let proposed = session.advice().proposals().get(*at)?;
                    (proposed.what(methodology), Some(proposed.by.clone()))
                }
                Voice::Rule(rule) => (methodology.suggestions().get(*rule)?.name.clone(), None),
            };
            Some(Declined { called: finder.call(*bug), rule, by })
        };
        these.iter().filter_map(declined).collect()
    }

    fn key(&self) -> Key<'_> {
        let Declined { called, rule, by } = self;
        (&called.handle, &called.title, rule, by.as_deref())
    }
}

/// The suggestions that are meant, as far as they are there: the bugs, each with whose it is.
pub(super) fn found(
    declined: &[Declined],
    finder: &Finder<'_>,
    methodology: &Methodology,
    advice: &Advice,
) -> impl Iterator<Item = (BugIx, Voice)> {
    let whats: Vec<String> = match declined.iter().any(|one| one.by.is_some()) {
        true => advice.proposals().iter().map(|proposed| proposed.what(methodology)).collect(),
        false => Vec::new(),
    };
    let rules = methodology.suggestions().iter().enumerate();
    let rules: HashMap<&str, usize> = rules.map(|(at, rule)| (rule.name.as_str(), at)).collect();
    declined.iter().filter_map(|one| Some((one, finder.find(&one.called)?))).flat_map(move |(one, bug)| {
        let is_meant =
            |at: &&usize| one.by.as_ref() == Some(&advice.proposals()[**at].by) && one.rule == whats[**at];
        let proposed = advice.about(bug).iter().filter(|_| one.by.is_some()).filter(is_meant);
        let proposed = proposed.map(|at| Voice::Proposal(*at));
        let rule = rules.get(one.rule.as_str()).filter(|_| one.by.is_none()).map(|rule| Voice::Rule(*rule));
        proposed.chain(rule).map(|voice| (bug, voice)).collect::<Vec<_>>()
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::store::rig::Rig;

    fn of(rig: &Rig, bug: u32) -> Vec<Declined> {
        Declined::of(&rig.open().session(), &[(BugIx(bug), Voice::Rule(0))])
    }

    fn declined(rig: &Rig) -> [bool; 2] {
        let advice = rig.open().advice;
        [0, 1].map(|bug| advice.is_declined(Voice::Rule(0), BugIx(bug)))
    }

    /// Somebody who declined a suggestion would be asked again at every opening.
    #[test]
    fn what_was_declined_stays_declined_until_that_is_taken_back() {
        let rig = Rig::new();
        let store = rig.store();
        store.decline(&rig.path(), &[of(&rig, 0), of(&rig, 1)].concat(), true).unwrap();
        store.decline(&rig.path(), &of(&rig, 0), true).unwrap();
        assert_eq!((store.declined(&rig.path()).len(), declined(&rig)), (2, [true, true]));
        store.decline(&rig.path(), &of(&rig, 1), false).unwrap();
        assert_eq!(declined(&rig), [true, false]);
        assert!(store.decline(&rig.folder.path().join("gone.md"), &[], true).is_err());
    }

    /// Another version of the program may know more of it.
    #[test]
    fn what_cannot_be_read_or_says_more_stays_where_others_are_written() {
        let rig = Rig::new();
        let store = rig.store();
        store.decline(&rig.path(), &of(&rig, 0), true).unwrap();
        let real = rig.path().canonicalize().unwrap();
        let file = paths::declined(&rig.folder.path().join("state"), &real);
        let known = fs::read_to_string(&file).unwrap();
        let more = known.replace("{\"called\"", "{\"until\":\"2027\",\"called\"");
        assert_ne!(known, more);
        let all = [b"\xff\n{\n", more.as_bytes()].concat();
        fs::write(&file, &all).unwrap();
        assert_eq!(declined(&rig), [true, false]);
        store.decline(&rig.path(), &of(&rig, 1), true).unwrap();
        store.decline(&rig.path(), &of(&rig, 1), false).unwrap();
        assert_eq!(fs::read(&file).unwrap(), all);
        fs::remove_file(&file).unwrap();
        fs::create_dir(&file).unwrap();
        assert!(store.decline(&rig.path(), &of(&rig, 1), true).is_err());
    }

    /// Nobody has looked at the suggestion for the bug that has come to be called so.
    #[test]
    fn what_is_declined_for_a_bug_is_not_declined_for_another_that_is_called_so() {
        let rig = Rig::new();
        rig.store().decline(&rig.path(), &of(&rig, 0), true).unwrap();
        let title = rig.open().report.title(BugIx(0)).into_owned();
        fs::write(rig.path(), rig.report().replacen(&title, "Data is lost", 1)).unwrap();
        assert_eq!(declined(&rig), [false, false]);
    }
}
