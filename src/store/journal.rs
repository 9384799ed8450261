//! The journal of a report: what was decided and not saved yet.
//!
//! A line is in the file, whole and synced, before anyone is told that it is recorded. A line that
//! could not be written whole is cut off before the next is added, and while a save has neither
//! ended nor been taken back nothing is added at all. The file is made by the first event.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::carry::misfits;
use super::disk::folder;
use super::fingerprint::Fingerprint;
use super::fs::Fs;
use super::paths;
use super::record::{Begun, DecisionText, Header, Record, VERSION};
use super::verdict::{Verdict, take_back, verdict};
use crate::deviation::Log;
use crate::fault::{Fault, Kind, Result};
use crate::methodology::Methodology;
use crate::report::Report;
use crate::triage::{Event, Misfit};

/// The journal of an open report.
pub struct Journal {
    pub(super) fs: Arc<dyn Fs>,
    /// The report's path without symbolic links.
    pub(super) real: PathBuf,
    pub(super) path: PathBuf,
    pub(super) report: Arc<Report>,
    pub(super) methodology: Arc<Methodology>,
    pub(super) about: Fingerprint,
    /// How long the file is; `None` while there is none about this report.
    pub(super) length: Option<u64>,
    /// Whether a line may have been written in part after that.
    torn: bool,
    /// The save that has neither ended nor been taken back.
    pub(super) begun: Option<Begun>,
    /// The decisions that no longer fit and are not settled yet, oldest first.
    pub(super) misfits: Vec<DecisionText>,
}

impl Journal {
    /// Writes an event down; once this returns, it survives whatever happens.
    ///
    /// # Errors
    /// [`Kind::Unwritable`] where the disk refuses, and then the event has not happened;
    /// [`Kind::Changed`] where an interrupted save turns out to have gone through.
    pub fn record(&mut self, event: &Event) -> Result<()> {
        self.settled()?;
        let record = Record::of(event, &self.report, &self.methodology);
        self.put(&record)?;
        if let Event::Settled { misfit, .. } = event {
            self.misfits.remove(*misfit);
        }
        Ok(())
    }

    /// Where it is kept.
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn new(fs: Arc<dyn Fs>, state: &Path, real: PathBuf, report: Arc<Report>) -> Journal {
        let path = paths::journal(state, &real);
        let about = Fingerprint::of(report.base());
        let methodology = report.methodology().clone();
        let (length, torn, begun, misfits) = (None, false, None, Vec::new());
        Journal { fs, real, path, report, methodology, about, length, torn, begun, misfits }
    }

    /// The path of the report as journals write it.
    pub(super) fn name(&self) -> String {
        self.real.to_string_lossy().into_owned()
    }

    /// Writes a new file that holds what is to be settled, these records and nothing else, in the place of
    /// any other.
    pub(super) fn start(&mut self, records: &[Record]) -> Result<()> {
        let header = Header { journal: VERSION, path: self.name(), report: self.about.clone() };
        let misfits = self.misfits.iter().map(|misfit| Record::Misfit(misfit.clone()).line());
        let records = misfits.chain(records.iter().map(Record::line));
        let lines: String = std::iter::once(header.line()).chain(records).collect();
        self.fs.make_folders(folder(&self.path))?;
        write_whole(&*self.fs, &self.path, lines.as_bytes())?;
        (self.length, self.torn) = (Some(lines.len() as u64), false);
        Ok(())
    }

    /// Keeps the bytes of a journal under a name of its own and gives that.
    pub(super) fn set_aside(&self, why: &str, bytes: &[u8]) -> Result<PathBuf> {
        let mut number = 1;
        loop {
            let aside = paths::aside(&self.path, why, number);
            if self.fs.read(&aside)?.is_none() {
                write_whole(&*self.fs, &aside, bytes)?;
                return Ok(aside);
            }
            number += 1;
        }
    }

    /// Adds a record to the file.
    pub(super) fn put(&mut self, record: &Record) -> Result<()> {
        let Some(length) = self.length else { return self.start(std::slice::from_ref(record)) };
        if self.torn {
            self.fs.cut(&self.path, length)?;
        }
        let line = record.line();
        self.torn = true;
        self.fs.append(&self.path, line.as_bytes())?;
        (self.length, self.torn) = (Some(length + line.len() as u64), false);
        Ok(())
    }

    /// Makes sure that no save is left half done.
    pub(super) fn settled(&mut self) -> Result<()> {
        match self.settle()? {
            Verdict::Dropped => Ok(()),
            Verdict::Finished => Err(changed(&self.real, "an earlier save has gone through after all")),
            Verdict::Unclear => Err(changed(&self.real, "the report changed after a save was interrupted")),
        }
    }

    /// Takes back an interrupted save, unless it turns out to have gone through.
    pub(super) fn settle(&mut self) -> Result<Verdict> {
        let Some(begun) = self.begun.clone() else { return Ok(Verdict::Dropped) };
        let bytes = self.fs.read(&self.real)?;
        let log = self.fs.read(&paths::log(&self.real))?.unwrap_or_default();
        let disk = bytes.map(|bytes| Fingerprint::of(&bytes));
        let verdict = verdict(&begun, disk.as_ref(), &Log::read(&log));
        match verdict {
            Verdict::Dropped => self.drop_save()?,
            Verdict::Finished => self.fs.sync_folder(folder(&self.real))?,
            Verdict::Unclear => {}
        }
        Ok(verdict)
    }

    /// Takes back the save that has begun: its entries leave the log, its decisions are pending again.
    pub(super) fn drop_save(&mut self) -> Result<()> {
        if let Some(begun) = &self.begun {
            take_back(&*self.fs, &paths::log(&self.real), begun)?;
            self.put(&Record::SaveDropped)?;
            self.begun = None;
        }
        Ok(())
    }

    /// Writes down that a save begins.
    pub(super) fn begin(&mut self, begun: Begun) -> Result<()> {
        self.put(&Record::SaveBegun(begun.clone()))?;
        self.begun = Some(begun);
        Ok(())
    }

    /// Goes on for the report as saved, with nothing pending. The file is written anew by the next event.
    pub(super) fn end(&mut self, report: Arc<Report>) {
        // Without this line the next opening finds from report and log that the save went through.
        let _ = self.put(&Record::SaveEnded);
        self.about = Fingerprint::of(report.base());
        self.report = report;
        (self.length, self.torn, self.begun) = (None, false, None);
    }

    /// What no longer fits the report and is to be settled, oldest first.
    pub(super) fn to_settle(&self) -> Vec<Misfit> {
        misfits(&self.misfits, &self.report)
    }

    /// Goes back to the file as it stood when it was so long; without a length, to none.
    pub(super) fn rewind(&mut self, length: Option<u64>) -> Result<()> {
        self.settled()?;
        match length {
            Some(length) => self.fs.cut(&self.path, length)?,
            None if self.misfits.is_empty() => self.fs.remove(&self.path)?,
            None => return self.start(&[]),
        }
        (self.length, self.torn) = (length, false);
        Ok(())
    }
}

/// Writes a file in one step, in the place of any other.
pub(super) fn write_whole(fs: &dyn Fs, path: &Path, bytes: &[u8]) -> Result<()> {
    let new = fs.write_beside(path, &mut |out| out.write_all(bytes))?;
    fs.replace(new, path)?;
    fs.sync_folder(folder(path))
}

impl std::fmt::Debug for Journal {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Journal").field("path", &self.path).finish_non_exhaustive()
    }
}

/// The fault of a report that is no longer the one that was opened.
pub(super) fn changed(real: &Path, what: &str) -> Fault {
    let hint = "your decisions are kept: open the report again to carry them over";
    Fault::new(Kind::Changed, what).at(real).hint(hint)
}
