//! Where decisions are kept, as far as the loop needs to know.

use crate::fault::Result;
use crate::report::Writing;
use crate::store::{Journal, Store};
use crate::triage::{Event, Session};

/// A place that keeps decisions.
pub trait Keep: Send + 'static {
    /// Keeps an event; once this returns, it survives whatever happens to the program.
    ///
    /// # Errors
    ///
    /// Where it could not be kept; it has not happened then.
    fn append(&mut self, event: &Event) -> Result<()>;

    /// Writes the pending decisions into the report and its log; gives the report as it is then.
    ///
    /// # Errors
    ///
    /// Where that could not be done; everything is as it was then.
    fn save(&mut self, session: &Session) -> Result<Session>;
}

/// The real place: journal, report and log on the disk.
#[derive(Debug)]
pub struct OnDisk {
    /// The disk.
    pub store: Store,
    /// The journal of the open report.
    pub journal: Journal,
    /// How changes are written into the report.
    pub writing: Writing,
}

impl Keep for OnDisk {
    fn append(&mut self, event: &Event) -> Result<()> {
        self.journal.record(event)
    }

    fn save(&mut self, session: &Session) -> Result<Session> {
        let saved = self.store.save(&mut self.journal, session, self.writing)?;
        Ok(Session::new(saved.report, session.methodology().clone(), saved.past))
    }
}
