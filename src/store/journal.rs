//! The journal of a report: what was decided and not saved yet.
//!
//! A line is in the file, whole and synced, before anyone is told that it is recorded. A line that
//! could not be written and synced is cut off again at once, or, where the disk refuses even that, before
//! the next is added; and while a save has neither ended nor been taken back nothing is added at all. The
//! file is made by the first event.

mod bugs;
pub(super) mod carry;
pub(super) mod claims;
mod line;
pub(super) mod record;
pub(super) mod replay;
pub(super) mod resume;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::fingerprint::Fingerprint;
use super::fs::Fs;
use super::paths::{self, beside, folder};
use super::save::verdict::{Verdict, is_logged, take_back, verdict};
use super::trouble::{UNTOLD, in_state_folder};
use crate::deviation::Log;
use crate::fault::{Fault, Kind, Result};
use crate::methodology::Methodology;
use crate::report::Report;
use crate::triage::{Event, Misfit};
use carry::{again, misfits};
use record::{Begun, DecisionText, Header, Record, VERSION};

/// The journal of an open report.
pub struct Journal {
    pub(super) fs: Arc<dyn Fs>,
    /// The report's path without symbolic links.
    pub(super) real: PathBuf,
    pub(super) path: PathBuf,
    pub(super) report: Arc<Report>,
    pub(super) methodology: Arc<Methodology>,
    /// How long the file is; `None` while there is none about this report.
    pub(super) length: Option<u64>,
    /// Whether something may stand after that which is not to be there.
    torn: bool,
    /// How long it is to be once no save is left half done; see [`Journal::rewind`].
    rewound: Option<Option<u64>>,
    /// The save that has neither ended nor been taken back.
    pub(super) begun: Option<Begun>,
    /// The decisions that no longer fit and are not settled yet, oldest first.
    pub(super) misfits: Vec<DecisionText>,
    /// What the save before has left out and is pending again: a new file begins with it.
    again: Vec<Record>,
}

impl Journal {
    /// Writes an event down; once this returns, it survives whatever happens.
    ///
    /// # Errors
    /// [`Kind::Unwritable`] where the disk refuses, and then the event has not happened, unless a hint says
    /// that nobody can tell;
    /// [`Kind::Changed`] where an interrupted save turns out to have gone through.
    pub fn record(&mut self, event: &Event) -> Result<()> {
        self.record_all(std::slice::from_ref(event))
    }

    /// The same for several, in one write.
    ///
    /// # Errors
    /// As for [`Journal::record`], and then none of them has happened.
    pub fn record_all(&mut self, events: &[Event]) -> Result<()> {
        self.settled()?;
        let mut left = self.misfits.clone();
        for event in events {
            if let Event::Settled { misfit, .. } = event {
                if *misfit >= left.len() {
                    let fault = Fault::new(Kind::Refused, "there is no such decision to settle");
                    return Err(fault.at(&self.real));
                }
                left.remove(*misfit);
            }
        }
        let record = |event| Record::of(event, &self.report, &self.methodology);
        let records: Vec<Record> = events.iter().map(record).collect();
        self.put_all(&records)?;
        self.misfits = left;
        Ok(())
    }

    /// Where it is kept.
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn new(fs: Arc<dyn Fs>, state: &Path, real: PathBuf, report: Arc<Report>) -> Journal {
        let path = paths::journal(state, &real);
        let methodology = report.methodology().clone();
        Journal {
            fs,
            real,
            path,
            report,
            methodology,
            length: None,
            torn: false,
            rewound: None,
            begun: None,
            misfits: Vec::new(),
            again: Vec::new(),
        }
    }

    /// What the report is told apart by.
    pub(super) fn about(&self) -> Fingerprint {
        Fingerprint::of_shared(self.report.base())
    }

    /// The path of the report as journals write it.
    pub(super) fn name(&self) -> String {
        self.real.to_string_lossy().into_owned()
    }

    /// Writes a new file that holds what is to be settled, what is pending again, these records and nothing else, in the place
    /// of any other.
    pub(super) fn start(&mut self, records: &[Record]) -> Result<()> {
        let header = Header { journal: VERSION, path: self.name(), report: self.about() };
        let misfits = self.misfits.iter().map(|misfit| Record::Misfit(misfit.clone()).line());
        let records = misfits.chain(self.again.iter().chain(records).map(Record::line));
        let lines: String = std::iter::once(header.line()).chain(records).collect();
        let fs = self.fs.clone();
        fs.make_folders(folder(&self.path)).map_err(in_state_folder)?;
        let new = fs.write_beside(&self.path, &mut |out| out.write_all(lines.as_bytes()));
        let new = new.map_err(in_state_folder)?;
        self.torn = true;
        new.replace().and_then(|()| fs.sync_folder(folder(&self.path)))?;
        (self.length, self.torn) = (Some(lines.len() as u64), false);
        Ok(())
    }

    /// Keeps the bytes of a journal under a name of its own and gives that.
    pub(super) fn set_aside(&self, why: &str, bytes: &[u8]) -> Result<PathBuf> {
        set_aside(&*self.fs, &self.path, why, bytes)
    }

    /// Adds a record to the file.
    pub(super) fn put(&mut self, record: &Record) -> Result<()> {
        self.put_all(std::slice::from_ref(record))
    }

    /// Adds records to the file, all of them or none.
    fn put_all(&mut self, records: &[Record]) -> Result<()> {
        self.mend()?;
        let put = match self.length {
            Some(length) => self.add(length, &records.iter().map(Record::line).collect::<String>()),
            None => self.start(records),
        };
        put.map_err(|fault| if self.mend().is_ok() { fault } else { fault.hint(UNTOLD) })
    }

    fn add(&mut self, length: u64, line: &str) -> Result<()> {
        self.torn = true;
        self.fs.append(&self.path, line.as_bytes())?;
        (self.length, self.torn) = (Some(length + line.len() as u64), false);
        Ok(())
    }

    /// Takes away what is not to be there.
    fn mend(&mut self) -> Result<()> {
        match self.length {
            _ if !self.torn => return Ok(()),
            Some(length) => self.fs.cut(&self.path, length)?,
            None if self.misfits.is_empty() && self.again.is_empty() => self.fs.remove(&self.path)?,
            None => self.start(&[])?,
        }
        self.torn = false;
        Ok(())
    }

    /// Makes sure that no save is left half done.
    pub(super) fn settled(&mut self) -> Result<()> {
        match self.settle()? {
            Verdict::Dropped => self.unwind(),
            Verdict::Finished => Err(changed(&self.real, "an earlier save has gone through after all")),
        }
    }

    /// Takes back an interrupted save, unless it turns out to have gone through.
    pub(super) fn settle(&mut self) -> Result<Verdict> {
        let Some(begun) = self.begun.clone() else { return Ok(Verdict::Dropped) };
        let bytes = self.fs.read(&self.real)?;
        let log = Log::read(&self.fs.read(&paths::log(&self.real))?.unwrap_or_default());
        let disk = bytes.map(|bytes| Fingerprint::of_shared(&bytes));
        let waits = self.fs.is_there(&beside(&self.real))?;
        let verdict = verdict(&begun, disk.as_ref(), &log, waits);
        match verdict {
            Verdict::Dropped => self.drop_save()?,
            Verdict::Finished => self.keep_save(is_logged(&begun, &log))?,
        }
        Ok(verdict)
    }

    /// Makes a save last that has come to its end, its entries first where the log has them: whoever wrote them may
    /// not have come as far as syncing them.
    pub(super) fn keep_save(&self, is_logged: bool) -> Result<()> {
        match is_logged {
            true => self.fs.sync(&paths::log(&self.real)),
            false => self.fs.sync_folder(folder(&self.real)),
        }
    }

    /// Takes back the save that has begun: its entries leave the log, its decisions are pending again.
    pub(super) fn drop_save(&mut self) -> Result<()> {
        self.mend()?;
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

    /// Goes on for the report as saved, with nothing pending but what the save left out, which is to be settled unless it is
    /// tried again. Where nothing is, the file goes; the next event writes it anew.
    ///
    /// # Errors
    /// [`Kind::Unwritable`] where only the journal can say that the save has come to its end, and does not.
    pub(super) fn end(&mut self, report: Arc<Report>) -> Result<()> {
        let said = self.put(&Record::SaveEnded);
        let is_said = said.is_ok();
        if report.base() == self.report.base() {
            said.map_err(|fault| self.dropped(fault))?;
        }
        self.report = report;
        self.misfits.extend(self.begun.take().into_iter().flat_map(|begun| begun.left));
        (self.length, self.torn) = (None, false);
        self.again.clear();
        if is_said && self.misfits.is_empty() {
            self.discard();
        }
        Ok(())
    }

    /// Takes away a file that says, synced, that nothing is left of what was decided. One that stays, or that a loss of power
    /// brings back, says no more than none does.
    pub(super) fn discard(&self) {
        self.fs.clear(&self.path);
    }

    /// Lets what is to be settled be pending again where it fits the report as it is now; gives that, to be applied in order. Until
    /// the file is written anew, whoever reads it finds the same.
    pub(super) fn try_again(&mut self) -> Vec<Event> {
        let found = again(&self.misfits, &self.report);
        let record = |event| Record::of(event, &self.report, &self.methodology);
        self.again = found.events.iter().map(record).collect();
        self.misfits = found.misfits;
        found.events
    }

    /// What no longer fits the report and is to be settled, oldest first.
    pub(super) fn to_settle(&self) -> Vec<Misfit> {
        misfits(&self.misfits, &self.report)
    }

    /// The fault of a save that is taken back.
    pub(super) fn dropped(&mut self, fault: Fault) -> Fault {
        if self.drop_save().is_ok() { fault } else { fault.hint(UNTOLD) }
    }

    /// Goes back to the file as it stood when it was so long; without a length, to none. Where that fails, the
    /// next event or save does it first.
    pub(super) fn rewind(&mut self, length: Option<u64>) -> Result<()> {
        self.rewound = Some(length);
        self.settled()
    }

    fn unwind(&mut self) -> Result<()> {
        if let Some(length) = self.rewound {
            (self.length, self.torn) = (length, true);
            self.mend()?;
            self.rewound = None;
        }
        Ok(())
    }
}

impl std::fmt::Debug for Journal {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Journal").field("path", &self.path).finish_non_exhaustive()
    }
}

/// Keeps the bytes of the journal with this path under a name of its own and gives that.
pub(super) fn set_aside(fs: &dyn Fs, journal: &Path, why: &str, bytes: &[u8]) -> Result<PathBuf> {
    let mut number = 1;
    loop {
        let aside = paths::aside(journal, why, number);
        match fs.read(&aside)? {
            Some(other) if *other != *bytes => number += 1,
            // Also where they are kept already, for nobody knows whether their name will last.
            _ => return fs.write_whole(&aside, bytes).map(|()| aside),
        }
    }
}

/// The fault of a report that is no longer the one that was opened.
pub(super) fn changed(real: &Path, what: &str) -> Fault {
    let hint = "your decisions are kept: open the report again to carry them over";
    Fault::new(Kind::Changed, what).at(real).hint(hint)
}
