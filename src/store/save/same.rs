//! Whether the report on the disk is still the one that was opened, so that nobody's changes are written over.
//!
//! All of it is compared once, while the new one is written. Just before that takes its place only the disk's own times are
//! looked at: a report that was last changed before the new file was made has another time as soon as anybody changes it
//! again. Where it is not that old, or the disk tells no such times, all of it is compared again, and nothing of the new one is
//! copied from it: what was compared must be what was copied.

use std::time::SystemTime;

use crate::fault::{Fault, Result};
use crate::store::fs::{Shape, Status};
use crate::store::journal::{Journal, changed};
use crate::store::trouble;

/// A report on the disk as it was before all of it was compared.
pub(super) struct Seen {
    /// Nothing where a later change might not show.
    status: Option<Status>,
    /// Whether parts of the new report were copied from it since.
    is_copied: bool,
}

impl Seen {
    /// Whether what was copied from it would be what it was compared with.
    pub(super) fn may_be_copied(&self) -> bool {
        self.status.is_some()
    }

    /// The same report, parts of which were copied since, or not.
    pub(super) fn copied(self, is_copied: bool) -> Seen {
        Seen { is_copied, ..self }
    }
}

impl Journal {
    /// What the disk tells of the report, given when a new file was made beside it.
    pub(super) fn seen(&self, made: Option<SystemTime>) -> Seen {
        let status = self.fs.status(&self.real).ok().filter(|status| is_settled(status, made));
        Seen { status, is_copied: false }
    }

    /// Makes sure that a report is on the disk which is as long as the one that was opened.
    pub(super) fn expect_there(&self) -> Result<()> {
        let found = self.fs.found(&self.real).map_err(|error| trouble::unreadable(&self.real, error))?;
        match found {
            Some(Status { shape: Shape::File, length, .. }) if length != self.report.base().len() as u64 => {
                Err(self.is_another())
            }
            Some(Status { shape: Shape::File, .. }) => Ok(()),
            Some(Status { shape, .. }) => Err(trouble::no_file(&self.real, shape)),
            None => Err(self.is_gone()),
        }
    }

    /// Makes sure that the report on disk is the one that was opened.
    pub(super) fn expect_unchanged(&self) -> Result<()> {
        match self.fs.holds(&self.real, self.report.base())? {
            Some(true) => Ok(()),
            Some(false) => Err(self.is_another()),
            None => Err(self.is_gone()),
        }
    }

    /// The same, where it was so after it had been seen.
    pub(super) fn expect_unchanged_since(&self, seen: &Seen) -> Result<()> {
        match seen.status {
            Some(seen) if self.fs.status(&self.real).is_ok_and(|status| status == seen) => Ok(()),
            _ if seen.is_copied => Err(changed(&self.real, "the report was written to while it was saved")),
            _ => self.expect_unchanged(),
        }
    }

    fn is_another(&self) -> Fault {
        changed(&self.real, "the report on disk is not the one that was opened")
    }

    fn is_gone(&self) -> Fault {
        changed(&self.real, "the report is no longer there")
    }
}

/// Whether whatever changes a file after this moment gives it another time.
fn is_settled(status: &Status, moment: Option<SystemTime>) -> bool {
    status.changed.zip(moment).is_some_and(|(changed, moment)| changed < moment)
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};

    use crate::fault::Kind;
    use crate::store::fs::Opening;
    use crate::store::rig::Rig;

    /// Whoever changed the report last would lose that, were it as short as one letter and its time put back.
    #[test]
    fn a_change_that_shows_neither_in_length_nor_in_time_is_noticed() {
        let rig = Rig::new();
        let journal = rig.open().journal;
        let blank = journal.fs.make_beside(Opening::New, &journal.real).unwrap();
        let seen = journal.seen(blank.made());
        journal.expect_unchanged_since(&seen).unwrap();
        let written = fs::metadata(rig.path()).unwrap().modified().unwrap();
        fs::write(rig.path(), rig.report().replace("BUG-002", "BUG-020")).unwrap();
        File::options().write(true).open(rig.path()).unwrap().set_modified(written).unwrap();
        journal.expect_there().unwrap();
        assert_eq!(journal.expect_unchanged_since(&seen).unwrap_err().kind(), Kind::Changed);
        fs::write(rig.path(), journal.report.base()).unwrap();
        journal.expect_unchanged_since(&seen).unwrap();
        // What was copied in between was theirs.
        let seen = seen.copied(true);
        assert_eq!(journal.expect_unchanged_since(&seen).unwrap_err().kind(), Kind::Changed);
        fs::remove_file(rig.path()).unwrap();
        assert_eq!(journal.expect_unchanged_since(&seen).unwrap_err().kind(), Kind::Changed);
        assert_eq!(journal.expect_there().unwrap_err().kind(), Kind::Changed);
    }

    /// Two changes within one tick of the disk's clock have the same time.
    #[cfg(unix)]
    #[test]
    fn times_are_trusted_only_of_a_report_that_is_older_than_the_new_file() {
        let rig = Rig::new();
        let journal = rig.open().journal;
        let changed = journal.fs.status(&journal.real).unwrap().changed.unwrap();
        let seen = |made| journal.seen(made).may_be_copied();
        assert!(seen(Some(changed + std::time::Duration::from_nanos(1))));
        assert!(!seen(Some(changed)) && !seen(None));
    }
}
