//! What others propose for a report, in a file of the state folder beside its journal, a proposal a line.
//!
//! A proposal is no decision: it is in no journal and no log, and goes with the state folder. Each names its bugs by
//! handle and title, with how they stood, so that it is found again in a report that has changed, or is known to be
//! stale. A line that cannot be read, such as one of another version, is told and stays, also where the file is written
//! anew.

use std::collections::HashMap;
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::declined::Declined;
use super::fingerprint::Fingerprint;
use super::record::SetText;
use super::trouble::in_state_folder;
use super::{Store, paths};
use crate::deviation::Handles;
use crate::fault::Result;
use crate::report::{BugIx, Report};
use crate::text::counted;
use crate::triage::suggest::{Advice, Proposed, Voice};
use crate::triage::{Kind, Set};

/// The version of these lines.
const VERSION: u32 = 1;

/// A proposal as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct ProposalText {
    proposal: u32,
    at: Timestamp,
    by: String,
    kind: String,
    set: SetText,
    rationale: String,
    rule: Option<u8>,
    suggestion: Option<String>,
    bugs: Vec<BugText>,
}

/// A bug of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct BugText {
    handle: String,
    title: String,
    stood: SetText,
    /// Its text, which tells it from others that are called alike.
    text: Fingerprint,
}

/// What a file of proposals says.
#[derive(Debug, Default)]
struct Kept {
    texts: Vec<ProposalText>,
    /// The lines that cannot be read, each with its 1-based number.
    bad: Vec<(usize, Vec<u8>)>,
}

/// What somebody proposes, once it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Laid {
    /// Who.
    pub by: String,
    /// How many proposals.
    pub count: usize,
    /// How many earlier ones those replace.
    pub replaced: usize,
}

impl Store {
    /// What others propose for a report, as it is now, and what was declined of all suggestions. What cannot be read is
    /// left out, and told by [`Advice::troubles`].
    pub fn advice(&self, path: &Path, report: &Report) -> Advice {
        let (kept, trouble) = match self.proposals(path) {
            Ok(kept) => {
                let trouble = kept.trouble();
                (kept, trouble)
            }
            Err(fault) => (Kept::default(), Some(format!("what others propose cannot be read: {fault}"))),
        };
        let (proposals, lost) = found(&kept.texts, report);
        let mut advice = Advice::new(proposals);
        (advice.lost, advice.troubles) = (lost, trouble.into_iter().collect());
        let declined = self.declined(path);
        let of = |one: &Declined| one.find(report, &advice);
        let declined: Vec<(BugIx, Voice)> = declined.iter().flat_map(of).collect();
        advice.decline(declined, true);
        advice
    }

    /// Keeps proposals, in the place of what the same persons proposed before. Gives them by
    /// person, in the order of the file.
    ///
    /// # Errors
    /// [`Kind::Unreadable`](crate::fault::Kind::Unreadable) where what is kept there cannot be read, and
    /// [`Kind::Unwritable`](crate::fault::Kind::Unwritable) where the disk refuses; nothing has changed then.
    pub fn propose(&self, path: &Path, report: &Report, these: &[Proposed]) -> Result<Vec<Laid>> {
        let kept = self.proposals(path)?;
        let mut laid: Vec<Laid> = Vec::new();
        for proposed in these {
            match laid.iter_mut().find(|laid| laid.by == proposed.by) {
                Some(laid) => laid.count += 1,
                None => {
                    let (by, replaced) = (proposed.by.clone(), kept.by(&proposed.by).count());
                    laid.push(Laid { by, count: 1, replaced });
                }
            }
        }
        let is_replaced = |text: &ProposalText| laid.iter().any(|laid| laid.by == text.by);
        let stay = kept.texts.iter().filter(|text| !is_replaced(text)).cloned();
        let all: Vec<ProposalText> = stay.chain(these.iter().map(|one| text_of(one, report))).collect();
        self.put_proposals(path, &kept.bad, &all)?;
        Ok(laid)
    }

    /// Takes back what somebody proposes; how many proposals that were.
    ///
    /// # Errors
    /// Those of [`Store::propose`].
    pub fn forget(&self, path: &Path, by: &str) -> Result<usize> {
        let kept = self.proposals(path)?;
        let count = kept.by(by).count();
        if count > 0 {
            let stay: Vec<ProposalText> = kept.texts.iter().filter(|text| text.by != by).cloned().collect();
            self.put_proposals(path, &kept.bad, &stay)?;
        }
        Ok(count)
    }

    /// Who proposes something for a report, each once.
    ///
    /// # Errors
    /// [`Kind::Unreadable`](crate::fault::Kind::Unreadable) where that cannot be read.
    pub fn proposers(&self, path: &Path) -> Result<Vec<String>> {
        let mut names: Vec<String> = self.proposals(path)?.texts.into_iter().map(|text| text.by).collect();
        names.sort();
        names.dedup();
        Ok(names)
    }

    fn proposals(&self, path: &Path) -> Result<Kept> {
        let file = paths::proposals(&self.state, &self.fs.real(path)?);
        let bytes = self.fs.read(&file).map_err(in_state_folder)?;
        Ok(bytes.map(|bytes| Kept::read(&bytes)).unwrap_or_default())
    }

    /// Writes the file anew, the lines that cannot be read before the others.
    fn put_proposals(&self, path: &Path, bad: &[(usize, Vec<u8>)], all: &[ProposalText]) -> Result<()> {
        let file = paths::proposals(&self.state, &self.fs.real(path)?);
        self.fs.make_folders(paths::folder(&file)).map_err(in_state_folder)?;
        let mut bytes = bad.iter().flat_map(|(_, line)| [line, &b"\n"[..]].concat()).collect::<Vec<u8>>();
        for text in all {
            bytes.extend(serde_json::to_vec(text).expect("a proposal is words and numbers"));
            bytes.push(b'\n');
        }
        self.fs.write_whole(&file, &bytes).map_err(in_state_folder)
    }
}

impl Declined {
    /// What is declined where this suggestion is.
    pub fn of(session: &crate::triage::Session, bug: BugIx, voice: Voice) -> Option<Declined> {
        let (report, methodology) = (session.report(), session.methodology());
        let handle = report.handle(bug).into_owned();
        Some(match voice {
            Voice::Rule(rule) => {
                Declined { handle, rule: methodology.suggestions().get(rule)?.name.clone(), by: None }
            }
            Voice::Proposal(at) => {
                let proposed = session.advice().proposals().get(at)?;
                Declined { handle, rule: proposed.what(methodology), by: Some(proposed.by.clone()) }
            }
        })
    }

    /// The suggestions that are meant, as far as they are there.
    fn find(&self, report: &Report, advice: &Advice) -> Vec<(BugIx, Voice)> {
        let (Some(bug), methodology) = (report.find(&self.handle), report.methodology()) else {
            return Vec::new();
        };
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

impl Kept {
    fn read(bytes: &[u8]) -> Kept {
        let (mut texts, mut bad) = (Vec::new(), Vec::new());
        let lines = bytes.split(|byte| *byte == b'\n').enumerate().filter(|(_, line)| !line.is_empty());
        for (at, line) in lines {
            match serde_json::from_slice::<ProposalText>(line) {
                Ok(text) if text.proposal == VERSION => texts.push(text),
                _ => bad.push((at + 1, line.to_vec())),
            }
        }
        Kept { texts, bad }
    }

    fn by(&self, by: &str) -> impl Iterator<Item = &ProposalText> {
        self.texts.iter().filter(move |text| text.by == by)
    }

    /// What a person should know of it.
    fn trouble(&self) -> Option<String> {
        let (first, _) = self.bad.first()?;
        let many = counted(self.bad.len(), "proposal");
        Some(format!(
            "{many} cannot be read, the first on line {first} of the file of proposals; it stays as it is"
        ))
    }
}

fn text_of(proposed: &Proposed, report: &Report) -> ProposalText {
    let methodology = report.methodology();
    let bug = |(bug, stood): &(BugIx, Set)| BugText {
        handle: report.handle(*bug).into_owned(),
        title: report.title(*bug).into_owned(),
        stood: SetText::of(stood, methodology),
        text: text_print(report, *bug),
    };
    ProposalText {
        proposal: VERSION,
        at: proposed.at,
        by: proposed.by.clone(),
        kind: proposed.kind.name().to_owned(),
        set: SetText::of(&proposed.set, methodology),
        rationale: proposed.rationale.clone(),
        rule: proposed.rule,
        suggestion: proposed.suggestion.clone(),
        bugs: proposed.before.iter().map(bug).collect(),
    }
}

/// What is proposed for the bugs that the report has, and for how many it has none any more.
fn found(texts: &[ProposalText], report: &Report) -> (Vec<Proposed>, usize) {
    if texts.is_empty() {
        return (Vec::new(), 0);
    }
    let handles = Handles::of(report);
    let proposals: Vec<Proposed> = texts.iter().filter_map(|text| text.found(&handles, report)).collect();
    let all: usize = texts.iter().map(|text| text.bugs.len()).sum();
    let there: usize = proposals.iter().map(|proposed| proposed.before.len()).sum();
    (proposals, all - there)
}

impl ProposalText {
    /// The same in terms of a report; `None` where its words mean nothing any more.
    fn found(&self, handles: &Handles<'_>, report: &Report) -> Option<Proposed> {
        let methodology = report.methodology();
        let mut before: HashMap<BugIx, Set> = HashMap::new();
        for text in &self.bugs {
            let bug = text.found(handles, report);
            before.extend(bug.zip(text.stood.read(methodology)));
        }
        let mut before: Vec<(BugIx, Set)> = before.into_iter().collect();
        before.sort_by_key(|(bug, _)| *bug);
        Some(Proposed {
            by: self.by.clone(),
            at: self.at,
            kind: Kind::named(&self.kind)?,
            set: self.set.read(methodology)?,
            rationale: self.rationale.clone(),
            rule: self.rule,
            suggestion: self.suggestion.clone(),
            before,
        })
    }
}

impl BugText {
    /// The bug that is called so and has this title, of several alike the one with this very text. Another one that has
    /// come to be called so is not what somebody proposed something for.
    fn found(&self, handles: &Handles<'_>, report: &Report) -> Option<BugIx> {
        let bug = handles.find_titled(&self.handle, &self.title)?;
        let has_title = report.title(bug) == self.title;
        let handle = report.handle(bug);
        let is_one_of_several = handle != self.handle
            || self.handle.rsplit_once('#').is_some_and(|(_, nth)| nth.parse::<u32>().is_ok())
            || handles.find(&format!("{handle}#2")).is_some();
        let is_it = has_title && (!is_one_of_several || text_print(report, bug) == self.text);
        is_it.then_some(bug)
    }
}

fn text_print(report: &Report, bug: BugIx) -> Fingerprint {
    Fingerprint::of(report.bug(bug).block.of(report.base()))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::methodology::LevelId;
    use crate::report::To;
    use crate::store::rig::Rig;

    /// What somebody proposes for bugs that all stand at P0.
    fn proposed(by: &str, bugs: &[u32], level: u8) -> Proposed {
        let stood = Set::severity(LevelId(0));
        Proposed {
            by: by.to_owned(),
            at: "2026-02-11T20:25:48Z".parse().unwrap(),
            kind: Kind::Reclassified,
            set: Set { scope: To::Value("Configuration".to_owned()), ..Set::severity(LevelId(level)) },
            rationale: "A warning; nothing breaks.".to_owned(),
            rule: Some(2),
            suggestion: None,
            before: bugs.iter().map(|bug| (BugIx(*bug), stood.clone())).collect(),
        }
    }

    fn names(store: &Store, rig: &Rig) -> Vec<(String, usize)> {
        let advice = store.advice(&rig.path(), &rig.open().report);
        advice.proposals().iter().map(|one| (one.by.clone(), one.before.len())).collect()
    }

    #[test]
    fn what_is_proposed_comes_back_and_replaces_what_the_same_proposed_before() {
        let rig = Rig::new();
        let (store, report) = (rig.store(), rig.open().report);
        let [bot, ben] = [proposed("bot", &[0, 1], 2), proposed("ben", &[0], 1)];
        let laid = store.propose(&rig.path(), &report, &[bot.clone(), ben.clone(), bot.clone()]).unwrap();
        let of = |by: &str, count, replaced| Laid { by: by.to_owned(), count, replaced };
        assert_eq!(laid, [of("bot", 2, 0), of("ben", 1, 0)]);
        assert_eq!(store.advice(&rig.path(), &report).proposals(), [bot.clone(), ben.clone(), bot.clone()]);
        let laid = store.propose(&rig.path(), &report, std::slice::from_ref(&bot)).unwrap();
        assert_eq!(laid, [of("bot", 1, 2)]);
        assert_eq!(store.advice(&rig.path(), &report).proposals(), [ben, bot]);
        assert_eq!(store.forget(&rig.path(), "bot").unwrap(), 1);
        assert_eq!(store.forget(&rig.path(), "bot").unwrap(), 0);
        assert_eq!(store.proposers(&rig.path()).unwrap(), ["ben"]);
    }

    /// A proposal must not move to another bug that has come to be called so, nor be lost where its bug has moved.
    #[test]
    fn bugs_are_found_again_by_id_and_title_and_those_that_are_gone_are_counted() {
        let rig = Rig::new();
        let store = rig.store();
        store.propose(&rig.path(), &rig.open().report, &[proposed("bot", &[0, 1], 2)]).unwrap();
        let moved =
            rig.report().replace("# Bugs found\n", "# Bugs found\n\n### BUG-000: New\n- **Severity:** P0\n");
        fs::write(rig.path(), moved.replace("BUG-002: Coverage", "BUG-020: Coverage")).unwrap();
        let report = rig.open().report;
        let advice = store.advice(&rig.path(), &report);
        let found: Vec<_> =
            advice.proposals()[0].before.iter().map(|(bug, _)| report.handle(*bug).into_owned()).collect();
        assert_eq!((found, advice.lost), (vec!["BUG-001".to_owned()], 1));
    }

    #[test]
    fn another_bug_that_has_come_to_be_called_so_has_no_proposal() {
        let bug = |title: &str, text: &str| format!("### {title}\n- **Severity:** P0\n\n{text}\n\n");
        let rig = Rig::new();
        let store = rig.store();
        let two = format!("# Bugs\n\n{}{}", bug("Crash", "First."), bug("Crash", "Second."));
        fs::write(rig.path(), &two).unwrap();
        store.propose(&rig.path(), &rig.open().report, &[proposed("bot", &[1], 2)]).unwrap();
        let lost = || store.advice(&rig.path(), &rig.open().report).lost;
        assert_eq!(lost(), 0);
        fs::write(rig.path(), two.replace("# Bugs\n\n", &format!("# Bugs\n\n{}", bug("Crash", "New."))))
            .unwrap();
        assert_eq!(lost(), 1);
        let named = bug("BUG-1: Slow", "A test.");
        fs::write(rig.path(), format!("# Bugs\n\n{named}")).unwrap();
        store.propose(&rig.path(), &rig.open().report, &[proposed("bot", &[0], 2)]).unwrap();
        assert_eq!(lost(), 0);
        fs::write(rig.path(), format!("# Bugs\n\n{}", named.replace("Slow", "Data is lost"))).unwrap();
        assert_eq!(lost(), 1);
    }

    /// A line that a program of another version wrote, or that a disk has damaged, may be all that somebody has.
    #[test]
    fn what_cannot_be_read_is_told_hides_nothing_else_and_is_kept() {
        let rig = Rig::new();
        let (store, report) = (rig.store(), rig.open().report);
        store.propose(&rig.path(), &report, &[proposed("bot", &[0], 2)]).unwrap();
        let file = paths::proposals(&rig.folder.path().join("state"), &rig.path().canonicalize().unwrap());
        let damaged = format!("{}{{\"proposal\":9}}\n\u{fffd}\n", fs::read_to_string(&file).unwrap());
        fs::write(&file, &damaged).unwrap();
        let opened = rig.open();
        assert_eq!(names(&store, &rig), [("bot".to_owned(), 1)]);
        let told = |note: &String| note.contains("2 proposals cannot be read, the first on line 2");
        assert!(opened.notes.iter().any(told), "{:?}", opened.notes);
        assert_eq!(fs::read_to_string(&file).unwrap(), damaged, "an opening changes nothing");
        store.propose(&rig.path(), &report, &[proposed("ben", &[1], 2)]).unwrap();
        assert_eq!(store.forget(&rig.path(), "nobody").unwrap(), 0);
        assert!(fs::read_to_string(&file).unwrap().starts_with("{\"proposal\":9}\n\u{fffd}\n"));
        assert_eq!(names(&store, &rig), [("bot".to_owned(), 1), ("ben".to_owned(), 1)]);
        fs::remove_file(&file).unwrap();
        fs::create_dir(&file).unwrap();
        assert!(rig.open().notes.iter().any(|note| note.contains("cannot be read")));
        assert!(store.propose(&rig.path(), &report, &[proposed("ben", &[1], 2)]).is_err());
    }

    #[test]
    fn what_is_declined_stays_so_where_the_same_is_proposed_anew() {
        let rig = Rig::new();
        let (store, path) = (rig.store(), rig.path());
        let report = rig.open().report;
        store.propose(&path, &report, &[proposed("bot", &[0, 1], 2)]).unwrap();
        let session = rig.open().session();
        let declined = Declined::of(&session, BugIx(0), Voice::Proposal(0)).unwrap();
        store.decline(&path, &[declined], true).unwrap();
        let other_words = Proposed { rationale: "It only warns.".to_owned(), ..proposed("bot", &[0, 1], 2) };
        store.propose(&path, &report, &[proposed("ben", &[0], 2), other_words]).unwrap();
        let advice = store.advice(&path, &report);
        let declined = |at, bug| advice.is_declined(Voice::Proposal(at), BugIx(bug));
        assert_eq!([declined(0, 0), declined(1, 0), declined(1, 1)], [false, true, false]);
        store.propose(&path, &report, &[proposed("bot", &[0], 1)]).unwrap();
        assert!(!store.advice(&path, &report).is_declined(Voice::Proposal(1), BugIx(0)));
    }
}
