//! Looking at a report that somebody else decides on, and noticing that files have changed. Nothing is written.

use std::path::Path;
use std::sync::Arc;

use super::carry::{Since, fitted, misfits};
use super::fs::Status;
use super::journal::Journal;
use super::replay::Replay;
use super::{Store, paths};
use crate::deviation;
use crate::fault::Result;
use crate::methodology::Methodology;
use crate::triage::Session;

/// What tells whether a report, its log or its journal may have changed.
pub type Stamps = [Option<Status>; 3];

/// How the report on disk stands to the one that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// It is that one.
    Same,
    /// It is another one.
    Changed,
    /// It is not there.
    Gone,
}

impl Store {
    /// The report as it is, with what another desk has decided and not saved yet.
    ///
    /// # Errors
    /// Those of [`Store::report`].
    pub fn look(&self, path: &Path, methodology: &Arc<Methodology>) -> Result<Session> {
        let real = self.fs.real(path)?;
        let report = Arc::new(self.found(self.bytes(&real)?, methodology));
        let journal = Journal::new(self.fs.clone(), &self.state, real.clone(), report.clone());
        let past = deviation::past(&self.log_of(&real)?.1.entries, &report, methodology);
        let session = Session::new(report.clone(), methodology.clone(), past);
        let bytes = self.fs.read(journal.path())?.unwrap_or_default();
        let Some(replay) = Replay::read(&bytes, &journal.name()) else { return Ok(session) };
        let since = if replay.about == journal.about { Since::Same } else { Since::Changed };
        let found = fitted(&replay, &report, since);
        let mut session = session.with_misfits(misfits(&found.misfits, &report));
        found.events.into_iter().for_each(|event| session.apply(event));
        Ok(session)
    }

    /// What tells whether a report, its log or its journal may have changed since. Quick.
    pub fn stamps(&self, path: &Path) -> Stamps {
        let Ok(real) = self.fs.real(path) else { return [None; 3] };
        let files = [real.clone(), paths::log(&real), paths::journal(&self.state, &real)];
        files.map(|file| self.fs.status(&file).ok())
    }
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
    use crate::report::BugIx;
    use crate::store::rig::{Rig, decided};

    #[test]
    fn who_looks_sees_what_is_decided_and_writes_nothing() {
        let rig = Rig::new();
        let look = || rig.store().look(&rig.path(), &rig.methodology).unwrap();
        assert_eq!(look().pending(), []);
        let mut opened = rig.open();
        opened.journal.record(&decided(&[1], 2, "Configuration.")).unwrap();
        let journal = fs::read(opened.journal.path()).unwrap();
        assert_eq!(look().level(BugIx(1)).unwrap().0, 2);
        fs::write(rig.path(), rig.report().replace("BUG-002", "BUG-020")).unwrap();
        let session = look();
        assert_eq!((session.pending(), session.misfits().len()), ([].as_slice(), 1));
        assert_eq!(fs::read(opened.journal.path()).unwrap(), journal);
        assert_eq!(rig.journals(), [".journal"]);
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
        assert_eq!(rig.store().stamps(&rig.path()), [None; 3]);
        assert_eq!(opened.journal.looking()().unwrap(), Look::Gone);
    }
}
