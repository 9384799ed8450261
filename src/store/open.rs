//! Opening a report together with its log and what an earlier session left undone.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Store;
use super::journal::Journal;
use super::journal::resume::Left;
use super::paths::{self, beside};
use super::trouble::{self, in_state_folder};
use crate::deviation::{self, Problem};
use crate::fault::{Fault, Result};
use crate::methodology::Methodology;
use crate::report::Report;
use crate::text::Bytes;
use crate::triage::suggest::Advice;
use crate::triage::{Event, Misfit, Past, Session};

/// An open report, with all that is needed to go on with it.
#[derive(Debug)]
pub struct Opened {
    /// The path of the report without symbolic links.
    pub path: PathBuf,
    /// The report.
    pub report: Arc<Report>,
    /// What is wrong with its deviation log, by line.
    pub log_problems: Vec<Problem>,
    /// What the log says of it.
    pub past: Arc<Vec<Past>>,
    /// What an earlier session decided and did not save, to be applied in order.
    pub events: Vec<Event>,
    /// What of that no longer fits, oldest first.
    pub misfits: Vec<Misfit>,
    /// What else a person should know of it, a sentence each without a full stop.
    pub notes: Vec<String>,
    /// What will keep it from being saved while decisions on it are made, as such a sentence.
    pub hindrance: Option<String>,
    /// What others propose for it, and what was declined.
    pub advice: Advice,
    /// Where further events go.
    pub journal: Journal,
}

impl Opened {
    /// The session that goes on where the earlier one stopped.
    pub fn session(&self) -> Session {
        let methodology = self.report.methodology().clone();
        let session = Session::new(self.report.clone(), methodology, self.past.clone());
        let troubles = self.log_problems.iter();
        let troubles = troubles.map(|problem| format!("line {}: {}", problem.line, problem.what)).collect();
        let mut session = session.with_misfits(self.misfits.clone()).with_log_troubles(troubles);
        session = session.with_advice(self.advice.clone());
        self.events.iter().for_each(|event| session.apply(event.clone()));
        session
    }
}

/// Has what a report is known by made out before a journal or the first record asks for it.
fn sum_up_beside(base: &Bytes) {
    let base = base.clone();
    rayon::spawn(move || {
        base.sum();
    });
}

impl Store {
    /// Opens a report to decide on it. A save that was interrupted is finished or taken back first.
    ///
    /// # Errors
    /// [`Kind::Unreadable`](crate::fault::Kind) as for [`Store::report`], and
    /// [`Kind::Unwritable`](crate::fault::Kind) where something is left to put right and cannot be.
    pub fn open(&self, path: &Path, methodology: &Arc<Methodology>) -> Result<Opened> {
        let path = self.fs.real(path)?;
        let bytes = self.bytes(&path)?;
        let kept = self.fs.read(&paths::journal(&self.state, &path)).map_err(in_state_folder)?;
        if kept.is_some() {
            sum_up_beside(&bytes);
        }
        let report = Arc::new(self.found(bytes, methodology));
        let mut journal = Journal::new(self.fs.clone(), &self.state, path.clone(), report.clone());
        self.fs.clear(&beside(&journal.path));
        let left = match kept {
            Some(kept) => journal.resume(&kept)?,
            None => {
                sum_up_beside(report.base());
                Left::default()
            }
        };
        // Only now: it tells what has become of a save.
        self.fs.clear(&beside(&path));
        let hindrance = self.hindrance(&path)?;
        let (_, log) = self.log_of(&path)?;
        let past = Arc::new(deviation::past(&log.entries, &report, methodology));
        let mut log_problems = [log.verify(), log.problems].concat();
        log_problems.sort_by_key(|problem| problem.line);
        let advice = self.advice(&path, &report);
        let Left { events, misfits, mut notes } = left;
        notes.extend(advice.troubles.iter().cloned());
        Ok(Opened { path, report, log_problems, past, events, misfits, notes, hindrance, advice, journal })
    }

    /// That a report and its log can be saved, as far as that can be told before.
    ///
    /// # Errors
    /// Those that a save would end in.
    pub fn replaceable(&self, path: &Path) -> Result<()> {
        let real = self.fs.real(path)?;
        self.obstacle(&real)?.map_or(Ok(()), Err)
    }

    /// That a report in which no bug was recognised may be one without bugs: neither its name nor its bytes say that it is
    /// something else.
    ///
    /// # Errors
    /// [`Kind::Unreadable`](crate::fault::Kind::Unreadable) where it does.
    pub fn expect_markdown(&self, path: &Path, report: &Report) -> Result<()> {
        let real = self.fs.real(path)?;
        let fault = report.is_empty().then(|| trouble::no_report(&real, report)).flatten();
        fault.map_or(Ok(()), |fault| Err(fault.at(path)))
    }

    /// That entries can be added to the log of a report, as far as that can be told before: whoever may do everything
    /// could write to a file that nobody is to write to.
    pub(super) fn appendable(&self, real: &Path) -> Result<()> {
        let log = paths::log(real);
        let found = self.fs.found(&log).map_err(|error| trouble::unreadable(&log, error))?;
        found.filter(|found| found.read_only).map_or(Ok(()), |_| Err(trouble::read_only(&log)))
    }

    /// What keeps the report from being replaced, or its log from being added to.
    fn obstacle(&self, real: &Path) -> Result<Option<Fault>> {
        let status = self.fs.status(real).map_err(|error| trouble::unreadable(real, error))?;
        let obstacle = trouble::irreplaceable(real, &status).or_else(|| trouble::no_markdown(real));
        Ok(obstacle.or_else(|| self.appendable(real).err()))
    }

    /// What will keep the report from being saved, as far as that can be told.
    fn hindrance(&self, real: &Path) -> Result<Option<String>> {
        let said = |fault: Fault| {
            let hints = fault.hints().join(", ");
            format!("the report cannot be saved as it is: {fault} ({hints}); decisions on it are kept")
        };
        Ok(self.obstacle(real)?.map(said))
    }
}
