//! Looking at a report that somebody else decides on, and noticing that files have changed. Nothing is written.

use std::path::Path;
use std::sync::Arc;

use super::Store;
use super::fingerprint::Fingerprint;
use super::fs::Status;
use super::journal::Journal;
use super::journal::carry::{Since, fitted, misfits};
use super::journal::replay::Replay;
use super::open::Opened;
use super::paths::{self, beside};
use super::save::verdict::{Verdict, before, verdict};
use crate::deviation::{self, Log};
use crate::fault::{Fault, Kind, Result};
use crate::methodology::Methodology;
use crate::text::Bytes;
use crate::triage::{Event, Session};

/// What tells whether a report, its log, its journal, what is proposed for it or what was declined may have changed.
pub type Stamps = [Option<Status>; 5];

/// How the report on disk stands to the one that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// It is that one.
    Same,
    /// It is that one, and others propose something else for it, or have declined something.
    Proposed,
    /// It is another one.
    Changed,
    /// It is not there.
    Gone,
}

/// A report as somebody who only looks sees it.
#[derive(Debug)]
pub struct Looked {
    /// The report with what was decided on it, saved or not.
    pub session: Session,
    /// Its log.
    pub log: Log,
    /// What was decided and is not saved.
    events: Vec<Event>,
}

/// How often files are read that change meanwhile.
const TRIES: usize = 16;

/// What a look reads.
struct Files {
    report: Bytes,
    log: Bytes,
    journal: Bytes,
    /// Whether a new report waits to take the place of the old one.
    waits: bool,
}

impl Store {
    /// The report as it is, with what another desk has decided and not saved yet.
    ///
    /// # Errors
    /// Those of [`Store::look_with_log`].
    pub fn look(&self, path: &Path, methodology: &Arc<Methodology>) -> Result<Session> {
        Ok(self.look_with_log(path, methodology)?.session)
    }

    /// The same with the log, both of one moment: what was decided is in the log or pending, never both or neither,
    /// whoever saves meanwhile. Of a save that has not come to its end nothing shows.
    ///
    /// # Errors
    /// Those of [`Store::report`], and [`Kind::Changed`] where the files do not stop changing.
    pub fn look_with_log(&self, path: &Path, methodology: &Arc<Methodology>) -> Result<Looked> {
        let real = self.fs.real(path)?;
        let files = self.at_one_moment(&real)?;
        let report = Arc::new(self.found(files.report, methodology));
        let journal = Journal::new(self.fs.clone(), &self.state, real, report.clone());
        let mut log = Log::read(&files.log);
        let mut replay = Replay::read(&files.journal, &journal.name());
        if let Some(replay) = &mut replay {
            settle(replay, &mut log, &files.log, (&journal.about(), files.waits));
        }
        let past = deviation::past(&log.entries, &report, methodology);
        let advice = self.advice(path, &report);
        let session = Session::new(report, methodology.clone(), past).with_advice(advice);
        let (session, events) = match replay {
            Some(replay) => going_on(session, &replay, &journal),
            None => (session, Vec::new()),
        };
        Ok(Looked { session, log, events })
    }

    /// Whether decisions on a report may wait to be saved. Neither the report nor its log is read for that.
    pub fn has_waiting(&self, path: &Path) -> bool {
        let Ok(real) = self.fs.real(path) else { return false };
        let journal = self.fs.read(&paths::journal(&self.state, &real)).ok().flatten();
        let replay = journal.and_then(|journal| Replay::read(&journal, &real.to_string_lossy()));
        replay.is_some_and(|replay| replay.is_pending())
    }

    /// A report as [`Store::open`] gives it. Nothing is put right and nothing written,
    /// so that somebody may have it open for deciding; the journal that comes along is for rehearsals alone.
    ///
    /// # Errors
    /// Those of [`Store::look_with_log`].
    pub fn opened_to_look(&self, path: &Path, methodology: &Arc<Methodology>) -> Result<Opened> {
        let real = self.fs.real(path)?;
        let Looked { session, log, events } = self.look_with_log(&real, methodology)?;
        let report = Arc::clone(session.report());
        let journal = Journal::new(self.fs.clone(), &self.state, real.clone(), Arc::clone(&report));
        let past = deviation::past(&log.entries, &report, methodology);
        let mut log_problems = [log.verify(), log.problems].concat();
        log_problems.sort_by_key(|problem| problem.line);
        let (misfits, hindrance) = (session.misfits().to_vec(), None);
        let advice = self.advice(&real, &report);
        let notes = advice.troubles.clone();
        let path = real;
        let past = Arc::new(past);
        Ok(Opened { path, report, log_problems, past, events, misfits, notes, hindrance, advice, journal })
    }

    /// Report, log and journal, none of which changed until all were read.
    fn at_one_moment(&self, real: &Path) -> Result<Files> {
        let mut before = self.marks(real);
        for _ in 0..TRIES {
            let files = self.files(real)?;
            let after = self.marks(real);
            if before == after {
                return Ok(files);
            }
            before = after;
        }
        Err(Fault::new(Kind::Changed, "somebody does not stop changing the report or its log")
            .at(real)
            .hint("try again once they have"))
    }

    fn files(&self, real: &Path) -> Result<Files> {
        let report = self.bytes(real)?;
        let log = self.log_bytes(real)?.unwrap_or_default();
        let journal = self.fs.read(&paths::journal(&self.state, real))?.unwrap_or_default();
        Ok(Files { report, log, journal, waits: self.fs.is_there(&beside(real))? })
    }

    /// What tells whether any of these files changed.
    fn marks(&self, real: &Path) -> (Stamps, bool) {
        (self.stamps(real), self.fs.status(&beside(real)).is_ok())
    }

    /// What tells whether a report, what was decided, proposed or declined may have changed since. Quick.
    pub fn stamps(&self, path: &Path) -> Stamps {
        let Ok(real) = self.fs.real(path) else { return [None; 5] };
        let (journal, log) = (paths::journal(&self.state, &real), paths::log(&real));
        let proposals = paths::proposals(&self.state, &real);
        let declined = paths::declined(&self.state, &real);
        let files = [real, log, journal, proposals, declined];
        files.map(|file| self.fs.status(&file).ok())
    }
}

/// Lets a save that is under way, or was interrupted, have happened whole or not at all.
fn settle(replay: &mut Replay, log: &mut Log, bytes: &[u8], (about, waits): (&Fingerprint, bool)) {
    let Some(begun) = replay.begun.clone() else { return };
    match verdict(&begun, Some(about), log, waits) {
        Verdict::Finished => replay.finish(),
        Verdict::Dropped => {
            let kept = before(bytes, &begun).and_then(|kept| usize::try_from(kept).ok());
            kept.into_iter().for_each(|kept| *log = Log::read(&bytes[..kept]));
        }
    }
}

/// The session with what a journal holds.
fn going_on(session: Session, replay: &Replay, journal: &Journal) -> (Session, Vec<Event>) {
    let since = if replay.about == journal.about() { Since::Same } else { Since::Changed };
    let found = fitted(replay, &journal.report, since);
    let mut session = session.with_misfits(misfits(&found.misfits, &journal.report));
    found.events.iter().for_each(|event| session.apply(event.clone()));
    (session, found.events)
}

impl Journal {
    /// What finds out how the report on disk stands to the one that this journal is about. It reads all of it, and
    /// gives an error where it is there and cannot be read.
    pub fn looking(&self) -> impl FnOnce() -> Result<Look> + Send + 'static {
        let (fs, real, report) = (self.fs.clone(), self.real.clone(), self.report.clone());
        move || {
            Ok(match fs.read(&real)? {
                Some(bytes) if bytes == *report.base() => Look::Same,
                Some(_) => Look::Changed,
                None => Look::Gone,
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::report::{BugIx, Writing};
    use crate::store::rig::{REPORT, Rig, decided, methodology};
    use crate::store::simulated::{Power, Simulated};

    #[test]
    fn who_looks_sees_what_is_decided_and_writes_nothing() {
        let rig = Rig::new();
        let look = || rig.store().look(&rig.path(), &rig.methodology).unwrap();
        assert_eq!((look().pending(), rig.store().has_waiting(&rig.path())), ([].as_slice(), false));
        let mut opened = rig.open();
        opened.journal.record(&decided(&[1], 2, "Configuration.")).unwrap();
        let journal = fs::read(opened.journal.path()).unwrap();
        assert_eq!(look().level(BugIx(1)).unwrap().0, 2);
        assert!(rig.store().has_waiting(&rig.path()));
        fs::write(rig.path(), rig.report().replace("BUG-002", "BUG-020")).unwrap();
        let session = look();
        assert_eq!((session.pending(), session.misfits().len()), ([].as_slice(), 1));
        assert_eq!(fs::read(opened.journal.path()).unwrap(), journal);
        assert_eq!(rig.journals(), [".journal"]);
    }

    fn names(looked: &Looked) -> Vec<String> {
        let logged = looked.log.entries.iter().map(|entry| entry.rationale.clone());
        let pending = looked.session.pending().iter().map(|decision| decision.draft.rationale.clone());
        logged.chain(pending).collect()
    }

    /// A save between two reads would show decisions twice, or not at all.
    #[test]
    fn whoever_saves_while_somebody_looks_is_seen_before_it_or_after_it() {
        let (state, path, methodology) = ("/home/state", Path::new("/reports/bugs.md"), methodology());
        let start = Simulated::new(&["/reports", "/home"]);
        start.put("/reports/bugs.md", REPORT.as_bytes());
        let mut opened = Store::over(Arc::new(start.clone()), state).open(path, &methodology).unwrap();
        for event in [decided(&[1], 2, "Configuration."), decided(&[0], 1, "Tests.")] {
            opened.journal.record(&event).unwrap();
        }
        let on = |disk: &Simulated| Store::over(Arc::new(disk.clone()), state);
        let alone = start.after(Power::Stays);
        on(&alone).look(path, &methodology).unwrap();
        let mut after = 0;
        for at in 0..alone.calls().len() {
            let disk = start.after(Power::Stays);
            let (theirs, terms) = (on(&disk), methodology.clone());
            disk.meanwhile(at, move || {
                let mut opened = theirs.open(path, &terms).unwrap();
                let session = opened.session();
                theirs.save(&mut opened.journal, &session, Writing::default()).unwrap();
            });
            let looked = on(&disk).look_with_log(path, &methodology).unwrap();
            assert!(!disk.waits_for_others());
            assert_eq!(names(&looked), ["Configuration.", "Tests."], "saved before call {at}");
            let is_saved = looked.session.report().base().as_ref() != REPORT.as_bytes();
            assert_eq!(looked.log.entries.len(), usize::from(is_saved) * 2, "saved before call {at}");
            after += usize::from(is_saved);
        }
        assert!(after > 1, "a look that began before the save was over never saw it");
    }

    #[test]
    fn a_change_shows_in_the_stamps_and_in_the_look() {
        let rig = Rig::new();
        let opened = rig.open();
        let before = rig.store().stamps(&rig.path());
        assert_eq!(
            (rig.store().stamps(&rig.path()), opened.journal.looking()().unwrap()),
            (before, Look::Same)
        );
        fs::write(rig.path(), rig.report() + "more\n").unwrap();
        assert_ne!(rig.store().stamps(&rig.path()), before);
        assert_eq!(opened.journal.looking()().unwrap(), Look::Changed);
        fs::remove_file(rig.path()).unwrap();
        assert_eq!(rig.store().stamps(&rig.path()), [None; 5]);
        assert_eq!(opened.journal.looking()().unwrap(), Look::Gone);
    }
}
