//! What a save is to write: made out, written beside the report and proven, before anything has happened.
//!
//! What the log is to say of the bugs is made out along with the edits. The new report goes to the disk as the edits have it.
//! Meanwhile the one that is there is compared with the one that was opened, and what the new one says with what was decided;
//! and beside that the entries are finished.

use std::path::Path;
use std::sync::Arc;

use super::proof::{Misread, claims_what_was_decided, says_what_was_decided, states_what_was_found};
use super::same::Seen;
use super::spliced;
use crate::deviation::{self, Drafted, Entry, Log};
use crate::fault::{Fault, Kind, Result};
use crate::progress::Stage;
use crate::report::{Edited, Moving, Report, Writing};
use crate::store::Store;
use crate::store::fingerprint::Fingerprint;
use crate::store::fs::Opening;
use crate::store::fs::beside::{Blank, Temporary};
use crate::store::journal::{Journal, changed};
use crate::store::paths::folder;
use crate::store::trouble;
use crate::text::Bytes;
use crate::text::edit::{Edits, Overlap};
use crate::triage::{Past, Session};

/// What a save is to write.
pub(super) struct New<'f> {
    /// What it says.
    pub(super) told: Told,
    /// The report in a file beside the one that is there; `None` where no byte of it changes.
    pub(super) file: Option<Temporary<'f>>,
    /// The report that is there.
    pub(super) seen: Seen,
}

/// What a save says of a report.
pub(super) struct Told {
    /// The report as it is to be.
    pub(super) report: Arc<Report>,
    /// What it is told apart by.
    pub(super) about: Fingerprint,
    /// The log as it was.
    pub(super) before: Option<Bytes>,
    /// The same, read.
    pub(super) log: Log,
    /// What is added to it.
    pub(super) entries: Vec<Entry>,
    /// The same as it stands there.
    pub(super) documents: String,
}

/// A session whose decisions are to be written.
#[derive(Clone, Copy)]
struct Decided<'a> {
    session: &'a Session,
    writing: Writing,
    /// What they change.
    edits: &'a Edits,
}

impl Store {
    /// What [`Store::save`] would change in the report; nothing is written.
    ///
    /// # Errors
    /// Those of a save that has not begun to write: [`Kind::Changed`] and [`Kind::Refused`].
    pub fn rehearse(&self, journal: &Journal, session: &Session, writing: Writing) -> Result<Edits> {
        expect_opened(journal, session)?;
        let edits = session.edits(writing).map_err(contradiction)?;
        self.progress.enter(Stage::Finding, 0);
        let decided = Decided { session, writing, edits: &edits };
        let (same, proven) = self
            .fs
            .together(|| journal.expect_unchanged(), || decided.proven(journal, &decided.read_again()));
        self.progress.enter(Stage::Idle, 0);
        same.and(proven).map(|_| edits)
    }

    /// What a save is to write, on the disk already and proven. The disk is waited for together with all that can be made
    /// out meanwhile.
    pub(super) fn prepared(&self, journal: &Journal, session: &Session, writing: Writing) -> Result<New<'_>> {
        expect_opened(journal, session)?;
        trouble::no_markdown(&journal.real).map_or(Ok(()), Err)?;
        self.appendable(&journal.real)?;
        let log = self.log_of(&journal.real)?;
        self.progress.enter(Stage::Finding, 0);
        let (edits, drafted) = rayon::join(|| session.edits(writing), || Drafted::of(session, writing));
        let edits = edits.map_err(contradiction)?;
        self.progress.advance(0).map_err(|error| trouble::unwritable(&journal.real, error))?;
        let blank = match edits.are_idle(journal.report.base()) {
            true => None,
            false => Some(self.fs.make_beside(Opening::New, &journal.real)?),
        };
        let seen = journal.seen(blank.as_ref().and_then(Blank::made));
        let decided = Decided { session, writing, edits: &edits };
        let old = seen.may_be_copied().then_some(&*journal.real);
        let write = || blank.map(|blank| self.written(journal, (blank, old), &edits)).transpose();
        let prove = || rayon::join(|| journal.expect_unchanged(), || decided.told(journal, log, drafted));
        let (file, (same, told)) = self.fs.together(write, prove);
        let wanted = self.progress.advance(0).map_err(|error| trouble::unwritable(&journal.real, error));
        self.progress.enter(Stage::Idle, 0);
        same?;
        let told = told?;
        let (file, is_copied) = file?.unzip();
        wanted.map(|()| New { told, file, seen: seen.copied(is_copied.unwrap_or(false)) })
    }

    /// The new report in a file beside the one that is there, from which its bytes may be copied; and whether any were.
    fn written<'f>(
        &self,
        journal: &Journal,
        (blank, old): (Blank<'f>, Option<&Path>),
        edits: &Edits,
    ) -> Result<(Temporary<'f>, bool)> {
        let (base, mut is_copied) = (journal.report.base(), false);
        let new = blank.filled_by(|out| {
            is_copied = spliced::write(edits, base, (old, out), &self.progress)?;
            Ok(())
        })?;
        self.fs.sync_folder(folder(&journal.real))?;
        // The proof may take longer.
        self.progress.enter(Stage::Finding, 0);
        Ok((new, is_copied))
    }
}

impl Told {
    /// What the log says of the report then.
    pub(super) fn past(&self) -> Vec<Past> {
        let entries = self.log.entries.iter().chain(&self.entries);
        deviation::past(entries, &self.report, self.report.methodology())
    }
}

impl Decided<'_> {
    /// What is said of the new report and in its log.
    fn told(
        self,
        journal: &Journal,
        (before, log): (Option<Bytes>, Log),
        drafted: Drafted<'_>,
    ) -> Result<Told> {
        let edited = self.read_again();
        let report = &edited.report;
        let logged = || drafted.entries(&log, (report, self.edits));
        let (proven, (entries, documents)) = rayon::join(|| self.proven(journal, &edited), logged);
        let about = Fingerprint::of_shared(report.base());
        proven.map(|()| Told { report: edited.report, about, before, log, entries, documents })
    }

    /// The new report, read by what of the one before the edits leave untouched.
    fn read_again(self) -> Edited {
        let (before, edits) = (self.session.report(), self.edits);
        let (untouched, bytes) = rayon::join(|| before.untouched(edits), || edits.applied(before.base()));
        before.edited(&untouched, bytes)
    }

    /// Makes sure that the new report says what was decided.
    fn proven(self, journal: &Journal, edited: &Edited) -> Result<()> {
        let Decided { session, writing, .. } = self;
        let said = says_what_was_decided(edited, session)
            .and_then(|()| claims_what_was_decided(&edited.report, session, writing))
            .and_then(|()| states_what_was_found(&edited.report, session));
        said.map_err(|Misread { what, why }| {
            let stays = if writing.sections == Moving::Keep { KEPT } else { "" };
            let fault = Fault::new(Kind::Unsaid, format!("{what} would not be read back as decided{stays}"));
            let fault = if let Some(why) = why { fault.because(why) } else { fault };
            fault.at(&journal.real).hint(UNSAID)
        })
    }
}

/// Makes sure that the decisions are about the report that was opened, and that one is on the disk that may be it.
fn expect_opened(journal: &Journal, session: &Session) -> Result<()> {
    if !Arc::ptr_eq(session.report(), &journal.report) {
        return Err(changed(&journal.real, "the report was read again meanwhile"));
    }
    journal.expect_there()
}

const KEPT: &str = " in the section where `sections: keep` leaves it";
const UNSAID: &str =
    "nothing was written and your decisions are kept; decide otherwise on this bug, or undo what was decided";

/// What to say of decisions that want the same bytes of a report.
pub fn contradiction(overlap: Overlap) -> Fault {
    Fault::new(Kind::Refused, "two decisions contradict each other")
        .because(overlap)
        .hint("nothing was written and your decisions are kept; undo the last one and save again")
}
