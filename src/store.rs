//! The disk: reports, deviation logs and journals, read and written so that nothing is ever lost.
//!
//! What this keeps, whatever stops it and wherever:
//! - an event is in the journal, synced, before [`Journal::record`] returns;
//! - a report on disk is whole, either as it was or as a save made it;
//! - a report that a save made has the entries of that save in its log, and entries of a save that
//!   did not come to its end are taken off the log again, by that save or when next opened;
//! - a report that someone else changed is never written over;
//! - journals that are damaged or no longer fit are set aside, never deleted.
//!
//! Every call to the disk on which that depends goes through [`Fs`], so that tests can stop it at each of them; lists of
//! folders, pipes and scratch files do not. Apart from settings, and what `git` keeps, nothing else in the crate touches
//! the disk.
//!
//! The disk itself is in `fs`; what is decided and not saved in `journal`, what becomes of it in `save`, and what others
//! suggest in `proposals`. What only looks is in `look`, and what a report names is found by `grounds`.

mod candidates;
mod export;
mod fingerprint;
mod fs;
mod glimpse;
mod grounds;
mod journal;
mod lent;
mod lock;
mod look;
#[cfg(test)]
mod matrix;
#[cfg(test)]
#[cfg(unix)]
mod odd;
mod open;
mod paths;
mod piped;
mod proposals;
mod recent;
mod recover;
#[cfg(test)]
mod rig;
mod save;
mod scratch;
#[cfg(test)]
mod simulated;
mod trouble;
mod unfinished;

use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use candidates::{Candidate, candidate, candidates, markdown_files};
pub use fingerprint::Fingerprint;
pub use fs::disk::Disk;
pub use fs::{Access, Fs, Handle, Opening, Shape, Status};
pub use grounds::excerpt::Excerpt;
pub use grounds::{Grounds, Standing};
pub use journal::Journal;
pub use lent::Lent;
pub use lock::{Hold, Holder, Lock, held};
pub use look::{Look, Looked, Stamps};
pub use open::Opened;
pub use piped::{beginning, is_piped, piped};
pub use proposals::{Laid, Proposals};
pub use recover::{Brought, Left, State, Told};
pub use save::Saved;
pub use save::coming::Coming;
pub use save::others::Others;
pub use save::prepared::contradiction;
pub use save::steps::{Grown, Step};
pub use scratch::scratch;
pub use unfinished::Unfinished;

use save::coming::Herald;

use crate::deviation::Log;
use crate::fault::{Fault, Kind, Result};
use crate::methodology::Methodology;
use crate::progress::{Progress, Stage};
use crate::report::Report;
use crate::text::Bytes;

/// Where reports, logs and journals are kept.
#[derive(Clone)]
pub struct Store {
    fs: Arc<dyn Fs>,
    state: PathBuf,
    progress: Progress,
    herald: Herald,
}

impl Store {
    /// The real disk, with journals under the folder `state`, which is made when it is needed.
    pub fn new(state: impl Into<PathBuf>) -> Store {
        let progress = Progress::default();
        Store { progress: progress.clone(), ..Store::over(Arc::new(Disk::telling(progress)), state) }
    }

    /// The same over another disk.
    pub fn over(fs: Arc<dyn Fs>, state: impl Into<PathBuf>) -> Store {
        Store { fs, state: state.into(), progress: Progress::default(), herald: None }
    }

    /// What tells how far an opening or a save has come, and can give it up.
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// Reads a report and nothing else; for those who only look.
    ///
    /// # Errors
    /// [`Kind::Unreadable`] where the path leads to no file, to something else than a file, or to one of
    /// 4 GiB or more.
    pub fn report(&self, path: &Path, methodology: &Arc<Methodology>) -> Result<Report> {
        let real = self.fs.real(path)?;
        Ok(self.found(self.bytes(&real)?, methodology))
    }

    /// Reads the deviation log of a report, which is empty where there is none.
    ///
    /// # Errors
    /// [`Kind::Unreadable`] where the report is missing, a folder or a log itself, or the log is there and cannot be read.
    pub fn log(&self, report: &Path) -> Result<Log> {
        let real = self.fs.real(report)?;
        if paths::is_log(&real) {
            return Err(trouble::log_itself(&real).at(report));
        }
        let status = self.fs.status(&real).map_err(|error| trouble::unreadable(&real, error))?;
        match status.shape {
            Shape::Folder => Err(trouble::no_file(&real, status.shape)),
            _ => Ok(self.log_of(&real)?.1),
        }
    }

    /// The path of a report without symbolic links.
    ///
    /// # Errors
    /// [`Kind::Unreadable`] where the report is missing.
    pub fn real_path(&self, report: &Path) -> Result<PathBuf> {
        self.fs.real(report)
    }

    /// The path of the deviation log of a report.
    ///
    /// # Errors
    /// [`Kind::Unreadable`] where the report is missing.
    pub fn log_path(&self, report: &Path) -> Result<PathBuf> {
        Ok(paths::log(&self.fs.real(report)?))
    }

    /// The bytes of a file beside a report, by its real path; `None` where there is none.
    ///
    /// # Errors
    /// [`Kind::Unreadable`] where it is there and cannot be read, or is no regular file.
    pub fn bytes_at(&self, real: &Path) -> Result<Option<Bytes>> {
        self.fs.read(real)
    }

    /// What is found in the bytes of a report.
    fn found(&self, bytes: Bytes, methodology: &Arc<Methodology>) -> Report {
        self.progress.enter(Stage::Finding, 0);
        let report = Report::parse(bytes, methodology);
        self.progress.enter(Stage::Idle, 0);
        report
    }

    /// The bytes of a report by its real path.
    fn bytes(&self, real: &Path) -> Result<Bytes> {
        self.fs.read(real)?.ok_or_else(|| {
            Fault::new(Kind::Unreadable, "there is no such file").at(real).hint("check the path")
        })
    }

    /// The log of a report by its real path: its bytes, `None` where there is none, and what they say.
    fn log_of(&self, real: &Path) -> Result<(Option<Bytes>, Log)> {
        let bytes = self.log_bytes(real)?;
        self.progress.enter(Stage::Idle, 0);
        let log = Log::read(bytes.as_deref().unwrap_or_default());
        Ok((bytes, log))
    }

    /// The bytes of the log of a report by its real path.
    fn log_bytes(&self, real: &Path) -> Result<Option<Bytes>> {
        let bytes = self.fs.read(&paths::log(real));
        bytes.map_err(|fault| fault.hint("decisions on the report are logged in this file"))
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Store").field("state", &self.state).finish_non_exhaustive()
    }
}
