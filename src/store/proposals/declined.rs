//! The suggestions that were declined for a report, in a file of the state folder beside its journal, one a line.
//!
//! To decline is no decision: it is in no log, and goes with the state folder.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::called::{Called, Finder};
use super::lines::{self, Lines};
use crate::fault::Result;
use crate::methodology::Methodology;
use crate::report::BugIx;
use crate::store::journal::record::SetText;
use crate::store::{Stamps, Store, paths};
use crate::text::counted;
use crate::triage::decision::meaning::Meaning;
use crate::triage::suggest::{Advice, Decline, Proposed, Voice};
use crate::triage::{Kind, Session};

/// A suggestion that was declined.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Declined {
    /// The bug.
    pub(super) called: Called,
    #[serde(flatten)]
    what: What,
    /// Who declined it, and when; what was declined before these were kept does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<Timestamp>,
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

impl Store {
    /// The suggestions that were declined for a report, and, where some cannot be read, a sentence about that.
    pub(super) fn declined(&self, report: &Path) -> (Vec<Declined>, Option<String>) {
        let lines = match self.declined_lines(report) {
            Ok(lines) => lines,
            Err(fault) => return (Vec::new(), Some(format!("what was declined cannot be read: {fault}"))),
        };
        let bad = lines.unread().len();
        let trouble = format!("{} cannot be read, and left in the file", counted(bad, "declined suggestion"));
        (lines.0.into_iter().filter_map(|line| line.text).collect(), (bad > 0).then_some(trouble))
    }

    /// Remembers that what is suggested for bugs was declined, by whom and when, or, where that is `None`, that it no
    /// longer is. Gives what told before and after whether others have proposed or declined something. Waits a moment
    /// for whoever is writing that.
    ///
    /// # Errors
    /// [`Kind::Unreadable`](crate::fault::Kind::Unreadable) where what was declined cannot be read, and
    /// [`Kind::Unwritable`](crate::fault::Kind::Unwritable) where the disk refuses; nothing has changed then.
    pub fn decline(
        &self,
        path: &Path,
        session: &Session,
        these: &[(BugIx, Voice)],
        made: Option<&Decline>,
    ) -> Result<(Stamps, Stamps)> {
        let _alone = self.alone(path)?;
        let before = self.stamps(path);
        let known = self.declined_lines(path)?;
        let declined = Declined::of(session, these, made.unwrap_or(&Decline::default()));
        let (called, methodology) = (known.texts().map(|one| &one.called), session.methodology());
        let finder = Finder::of(session.report(), called);
        let anew = declined.iter().filter_map(|(bug, one)| Some((*bug, one.what.meant(methodology)?)));
        let anew: HashSet<(BugIx, Meant<'_>)> = anew.collect();
        let is_anew = |one: &Declined| {
            let bug = finder.find(&one.called);
            bug.zip(one.what.meant(methodology)).is_some_and(|of| anew.contains(&of))
        };
        let others = known.0.iter().filter(|line| !line.text.as_ref().is_some_and(is_anew));
        let these = declined.iter().filter(|_| made.is_some()).map(|(_, one)| lines::said(one));
        let lines: Vec<Vec<u8>> = others.map(|line| line.bytes.clone()).chain(these).collect();
        self.put_lines(&paths::declined(&self.state, &self.fs.real(path)?), &lines)?;
        Ok((before, self.stamps(path)))
    }

    fn declined_lines(&self, report: &Path) -> Result<Lines<Declined>> {
        let file = paths::declined(&self.state, &self.fs.real(report)?);
        self.lines(&file, |line| serde_json::from_slice(line).ok())
    }
}

impl Declined {
    /// What is declined where these suggestions are, by bug. Takes time in the number of bugs of the report.
    fn of(session: &Session, these: &[(BugIx, Voice)], made: &Decline) -> Vec<(BugIx, Declined)> {
        let (report, methodology) = (session.report(), session.methodology());
        let finder = Finder::for_bugs(report, these.iter().map(|(bug, _)| *bug));
        let declined = |(bug, voice): &(BugIx, Voice)| {
            let what = match voice {
                Voice::Proposal(at) => {
                    What::Proposal(ProposalText::of(session.advice().proposals().get(*at)?, methodology))
                }
                Voice::Rule(rule) => What::Rule(methodology.suggestions().get(*rule)?.name.clone()),
            };
            let (by, at) = (made.by.clone(), made.at);
            Some((*bug, Declined { called: finder.call(*bug), what, by, at }))
        };
        these.iter().filter_map(declined).collect()
    }

    /// Who declined it, and when.
    pub(super) fn made(&self) -> Decline {
        Decline { by: self.by.clone(), at: self.at }
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

/// The suggestions that are meant, as far as they are there: the bugs, each with whose it is, and how it was declined.
pub(super) fn found<'d>(
    declined: &'d [Declined],
    finder: &Finder<'_>,
    methodology: &Methodology,
    advice: &Advice,
) -> impl Iterator<Item = (BugIx, Voice, &'d Declined)> {
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
    let known = known.filter_map(|(bug, one)| Some((bug, one, one.what.meant(methodology)?)));
    known.flat_map(move |(bug, one, meant)| match meant {
        Meant::Rule(name) => rules.get(name).map(|rule| (bug, Voice::Rule(*rule), one)).into_iter().collect(),
        meant => {
            let about = advice.about(bug).iter().filter(|at| proposals[**at] == meant);
            about.map(|at| (bug, Voice::Proposal(*at), one)).collect::<Vec<_>>()
        }
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::store::rig::Rig;

    fn made() -> Option<Decline> {
        let at = "2026-02-11T20:25:48Z".parse().ok();
        Some(Decline { by: Some("Ada".to_owned()), at })
    }

    fn decline(rig: &Rig, bugs: &[u32], is_declined: bool) {
        let these: Vec<(BugIx, Voice)> = bugs.iter().map(|bug| (BugIx(*bug), Voice::Rule(0))).collect();
        let made = made().filter(|_| is_declined);
        rig.store().decline(&rig.path(), &rig.open().session(), &these, made.as_ref()).unwrap();
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
        assert!(rig.store().decline(&gone, &rig.open().session(), &[], made().as_ref()).is_err());
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

    /// A team could not tell who did not want it, and what an older version has declined would come up again.
    #[test]
    fn who_declined_it_is_kept_and_lines_that_do_not_say_are_read() {
        let rig = Rig::new();
        decline(&rig, &[0, 1], true);
        let who = || [0, 1].map(|bug| rig.open().advice.declined_by(Voice::Rule(0), BugIx(bug)).cloned());
        assert_eq!(who(), [made(), made()]);
        let real = rig.path().canonicalize().unwrap();
        let file = paths::declined(&rig.folder.path().join("state"), &real);
        let known = fs::read_to_string(&file).unwrap();
        let told = ",\"by\":\"Ada\",\"at\":\"2026-02-11T20:25:48Z\"";
        assert_eq!(known.matches(told).count(), 2, "{known}");
        fs::write(&file, known.replacen(told, "", 1)).unwrap();
        assert_eq!((declined(&rig), who()), ([true, true], [None, made()]));
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
        assert!(rig.store().decline(&rig.path(), &rig.open().session(), &these, made().as_ref()).is_err());
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
