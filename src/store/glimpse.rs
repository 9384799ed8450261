//! The first bugs of a long report, before the rest of it is read.

use std::path::Path;
use std::sync::Arc;

use super::Store;
use super::fs::Shape;
use super::fs::operations::LONGEST;
use crate::methodology::Methodology;
use crate::report::Report;

/// How many bytes of a report are read for a glimpse of it.
const BEGINNING: usize = 256 << 10;

/// How long a report must be, in bytes: a shorter one is read as a whole about as soon.
const LONG: u64 = 1 << 20;

impl Store {
    /// The first bugs of a long report; `None` where its beginning does not tell them, or cannot be read: why not, the
    /// reading of the whole tells.
    pub fn glimpse(&self, path: &Path, methodology: &Arc<Methodology>) -> Option<Report> {
        let real = self.fs.real(path).ok()?;
        let status = self.fs.status(&real).ok()?;
        if status.shape != Shape::File || !(LONG..=LONGEST).contains(&status.length) {
            return None;
        }
        Report::glimpse(&self.fs.part(&real, 0, BEGINNING).ok()?, methodology)
    }
}
