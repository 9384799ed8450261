//! The suggestions that were declined for a report, in a file of the state folder beside its journal, one a line.
//!
//! To decline is no decision: it is in no log, and goes with the state folder. A line that cannot be read counts for
//! nothing and stays as it is, also where others are written anew.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Store;
use super::called::{Called, Finder};
use super::paths::{self, folder};
use super::record::SetText;
use super::trouble::in_state_folder;
use crate::fault::Result;
use crate::methodology::Methodology;
use crate::report::BugIx;
use crate::text::{Bytes, counted};
use crate::triage::meaning::Meaning;
use crate::triage::suggest::{Advice, Proposed, Voice};
use crate::triage::{Kind, Session};

/// A suggestion that was declined.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Declined {
    /// The bug.
    pub(super) called: Called,
    #[serde(flatten)]
    what: What,
}

/// What was declined for it. What another suggests is not declined with it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
enum What {
    /// What the suggestion rule of this name suggests.
    Rule(String),
    /// What somebody proposes.
    Proposal(ProposalText),
}

/// What somebody proposes, as far as it is known again by that.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct ProposalText {
    by: String,
    kind: String,
    set: SetText,
    /// The words of a remark.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    remark: String,
}

/// The same in terms of the methodology.
#[derive(PartialEq, Eq, Hash)]
enum Meant<'a> {
    Rule(&'a str),
    Proposal(&'a str, Meaning),
}

/// What a file of declined suggestions says, line by line; nothing where it cannot be read.
struct Lines<'b>(Vec<(&'b [u8], Option<Declined>)>);

impl Store {
    /// The suggestions that were declined for a report, and, where some cannot be read, a sentence about that.
    pub(super) fn declined(&self, report: &Path) -> (Vec<Declined>, Option<String>) {
        let bytes = match self.declined_bytes(report) {
            Ok(bytes) => bytes,
            Err(fault) => return (Vec::new(), Some(format!("what was declined cannot be read: {fault}"))),
        };
        let lines = Lines::of(&bytes);
        let bad = lines.0.iter().filter(|(_, one)| one.is_none()).count();
        let trouble = format!("{} cannot be read, and left in the file", counted(bad, "declined suggestion"));
        (lines.0.into_iter().filter_map(|(_, one)| one).collect(), (bad > 0).then_some(trouble))
    }

    /// Remembers that what is suggested for bugs was declined, or, where `is_declined` is `false`, that it no longer is.
    ///
    /// # Errors
    /// [`Kind::Unreadable`](crate::fault::Kind::Unreadable) where what was declined cannot be read, and
    /// [`Kind::Unwritable`](crate::fault::Kind::Unwritable) where the disk refuses; nothing has changed then.
    pub fn decline(
        &self,
        path: &Path,
        session: &Session,
        these: &[(BugIx, Voice)],
        is_declined: bool,
    ) -> Result<()> {
        let known = self.declined_bytes(path)?;
        let known = Lines::of(&known);
        let declined = Declined::of(session, these);
        let called = known.0.iter().filter_map(|(_, one)| Some(&one.as_ref()?.called));
        let (finder, methodology) = (Finder::of(session.report(), called), session.methodology());
        let anew = declined.iter().filter_map(|(bug, one)| Some((*bug, one.what.meant(methodology)?)));
        let anew: HashSet<(BugIx, Meant<'_>)> = anew.collect();
        let is_anew = |one: &Declined| {
            let bug = finder.find(&one.called);
            bug.zip(one.what.meant(methodology)).is_some_and(|of| anew.contains(&of))
        };
        let others = known.0.iter().filter(|(_, one)| !one.as_ref().is_some_and(is_anew));
        let these = declined.iter().filter(|_| is_declined);
        let these = these.filter_map(|(_, one)| serde_json::to_vec(one).ok());
        let lines = others.map(|(line, _)| line.to_vec()).chain(these);
        let bytes: Vec<u8> = lines.flat_map(|line| [&line[..], b"\n"].concat()).collect();
        let file = paths::declined(&self.state, &self.fs.real(path)?);
        self.fs.make_folders(folder(&file)).map_err(in_state_folder)?;
        self.fs.write_whole(&file, &bytes).map_err(in_state_folder)
    }

    fn declined_bytes(&self, report: &Path) -> Result<Bytes> {
        let path = paths::declined(&self.state, &self.fs.real(report)?);
        Ok(self.fs.read(&path).map_err(in_state_folder)?.unwrap_or_default())
    }
}

impl Lines<'_> {
    fn of(bytes: &[u8]) -> Lines<'_> {
        let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        Lines(lines.map(|line| (line, serde_json::from_slice(line).ok())).collect())
    }
}

impl Declined {
    /// What is declined where these suggestions are, by bug. Takes time in the number of bugs of the report.
    fn of(session: &Session, these: &[(BugIx, Voice)]) -> Vec<(BugIx, Declined)> {
        let (report, methodology) = (session.report(), session.methodology());
        let finder = Finder::for_bugs(report, these.iter().map(|(bug, _)| *bug));
        let declined = |(bug, voice): &(BugIx, Voice)| {
            let what = match voice {
                Voice::Proposal(at) => {
                    What::Proposal(ProposalText::of(session.advice().proposals().get(*at)?, methodology))
                }
                Voice::Rule(rule) => What::Rule(methodology.suggestions().get(*rule)?.name.clone()),
            };
            Some((*bug, Declined { called: finder.call(*bug), what }))
        };
        these.iter().filter_map(declined).collect()
    }
}

impl What {
    /// `None` where the methodology does not know its words.
    fn meant(&self, methodology: &Methodology) -> Option<Meant<'_>> {
        match self {
            What::Rule(name) => Some(Meant::Rule(name)),
            What::Proposal(text) => Some(Meant::Proposal(&text.by, text.meaning(methodology)?)),
        }
    }
}

impl ProposalText {
    fn of(proposed: &Proposed, methodology: &Methodology) -> ProposalText {
        let remark = if proposed.kind == Kind::Note { proposed.rationale.clone() } else { String::new() };
        ProposalText {
            by: proposed.by.clone(),
            kind: proposed.kind.name().to_owned(),
            set: SetText::of(&proposed.set, methodology),
            remark,
        }
    }

    fn meaning(&self, methodology: &Methodology) -> Option<Meaning> {
        let set = self.set.read(methodology)?;
        Some(Meaning::of(Kind::named(&self.kind)?, &set, &self.remark, methodology))
    }
}

/// The suggestions that are meant, as far as they are there: the bugs, each with whose it is.
pub(super) fn found(
    declined: &[Declined],
    finder: &Finder<'_>,
    methodology: &Methodology,
    advice: &Advice,
) -> impl Iterator<Item = (BugIx, Voice)> {
    let proposals: Vec<Meant<'_>> = match declined.iter().any(|one| matches!(one.what, What::Proposal(_))) {
        true => {
            let proposals = advice.proposals().iter();
            proposals.map(|proposed| Meant::Proposal(&proposed.by, proposed.what(methodology))).collect()
        }
        false => Vec::new(),
    };
    let rules = methodology.suggestions().iter().enumerate();
    let rules: HashMap<&str, usize> = rules.map(|(at, rule)| (rule.name.as_str(), at)).collect();
    let known = declined.iter().filter_map(|one| Some((finder.find(&one.called)?, one)));
    let known = known.filter_map(|(bug, one)| Some((bug, one.what.meant(methodology)?)));
    known.flat_map(move |(bug, meant)| match meant {
        Meant::Rule(name) => rules.get(name).map(|rule| (bug, Voice::Rule(*rule))).into_iter().collect(),
        meant => {
            let about = advice.about(bug).iter().filter(|at| proposals[**at] == meant);
            about.map(|at| (bug, Voice::Proposal(*at))).collect::<Vec<_>>()
        }
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::store::rig::Rig;

    fn decline(rig: &Rig, bugs: &[u32], is_declined: bool) {
        let these: Vec<(BugIx, Voice)> = bugs.iter().map(|bug| (BugIx(*bug), Voice::Rule(0))).collect();
        rig.store().decline(&rig.path(), &rig.open().session(), &these, is_declined).unwrap();
    }

    fn declined(rig: &Rig) -> [bool; 2] {
        let advice = rig.open().advice;
        [0, 1].map(|bug| advice.is_declined(Voice::Rule(0), BugIx(bug)))
    }

    /// Somebody who declined a suggestion would be asked again at every opening.
    #[test]
    fn what_was_declined_stays_declined_until_that_is_taken_back() {
        let rig = Rig::new();
        decline(&rig, &[0, 1], true);
        decline(&rig, &[0], true);
        assert_eq!((rig.store().declined(&rig.path()).0.len(), declined(&rig)), (2, [true, true]));
        decline(&rig, &[1], false);
        assert_eq!(declined(&rig), [true, false]);
        let gone = rig.folder.path().join("gone.md");
        assert!(rig.store().decline(&gone, &rig.open().session(), &[], true).is_err());
    }

    /// Taking it back would otherwise last until the desk is left.
    #[test]
    fn what_was_declined_is_taken_back_by_the_bug_and_not_by_what_it_was_called() {
        let rig = Rig::new();
        decline(&rig, &[0], true);
        let title = rig.open().report.title(BugIx(0)).into_owned();
        fs::write(rig.path(), rig.report().replacen(&title, &format!("{title}, still"), 1)).unwrap();
        assert_eq!(declined(&rig), [true, false]);
        decline(&rig, &[0], false);
        assert_eq!(declined(&rig), [false, false]);
    }

    /// Another version of the program may know more of it.
    #[test]
    fn what_cannot_be_read_or_says_more_stays_where_others_are_written() {
        let rig = Rig::new();
        decline(&rig, &[0], true);
        let real = rig.path().canonicalize().unwrap();
        let file = paths::declined(&rig.folder.path().join("state"), &real);
        let known = fs::read_to_string(&file).unwrap();
        let more = known.replace("{\"called\"", "{\"until\":\"2027\",\"called\"");
        assert_ne!(known, more);
        let all = [b"\xff\n{\n", more.as_bytes()].concat();
        fs::write(&file, &all).unwrap();
        assert_eq!(declined(&rig), [true, false]);
        let told = |words: &str| rig.open().notes.iter().any(|note| note.contains(words));
        assert!(told("2 declined suggestions cannot be read"));
        decline(&rig, &[1], true);
        decline(&rig, &[1], false);
        assert_eq!(fs::read(&file).unwrap(), all);
        fs::remove_file(&file).unwrap();
        fs::create_dir(&file).unwrap();
        assert!(told("what was declined cannot be read"));
        let these = [(BugIx(1), Voice::Rule(0))];
        assert!(rig.store().decline(&rig.path(), &rig.open().session(), &these, true).is_err());
    }

    /// Nobody has looked at the suggestion for the bug that has come to be called so.
    #[test]
    fn what_is_declined_for_a_bug_is_not_declined_for_another_that_is_called_so() {
        let rig = Rig::new();
        decline(&rig, &[0], true);
        let title = rig.open().report.title(BugIx(0)).into_owned();
        fs::write(rig.path(), rig.report().replacen(&title, "Data is lost", 1)).unwrap();
        assert_eq!(declined(&rig), [false, false]);
    }
}
