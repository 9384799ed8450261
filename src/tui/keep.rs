//! Where decisions are kept, as far as the loop needs to know.

use std::path::PathBuf;
use std::sync::Arc;

use crate::fault::{Fault, Kind, Result};
use crate::methodology::Methodology;
use crate::report::Writing;
use crate::store::{Hold, Holder, Journal, Lock, Look, Opened, Stamps, Store, held};
use crate::triage::{Event, Session};

/// A place that keeps decisions.
pub trait Keep: Send + 'static {
    /// Keeps an event; once this returns, it survives whatever happens to the program.
    ///
    /// # Errors
    ///
    /// Where it could not be kept; it has not happened then.
    fn append(&mut self, event: &Event) -> Result<()>;

    /// Writes the pending decisions into the report and its log. Where the report has changed underneath, they
    /// are carried over to it first; where not all of them fit, nothing is written.
    ///
    /// # Errors
    ///
    /// Where that could not be done; everything is as it was then.
    fn save(&mut self, session: &Session) -> Result<Kept>;

    /// Reads the report again as it is now and carries the pending decisions over to it. A report that somebody
    /// else decides on is only looked at, until they let go of it.
    ///
    /// # Errors
    ///
    /// Where that could not be done; everything is as it was then.
    fn reread(&mut self) -> Result<Kept>;

    /// How the report on disk stands to the one that is open.
    ///
    /// # Errors
    ///
    /// Where it is there and cannot be read.
    fn look(&mut self) -> Result<Look>;

    /// What gives a look at what may change on the disk, for a thread of its own; it never waits for this value.
    fn watch(&self) -> Box<dyn Fn() -> Stamps + Send>;
}

/// A report as it is after a save, or after it was read again.
#[derive(Debug)]
pub struct Kept {
    /// The report with what is pending.
    pub session: Session,
    /// Whether decisions were saved.
    pub saved: bool,
    /// Whether the report had changed underneath a save, so that its decisions were carried over to it first.
    pub carried: bool,
    /// What a person should know, a sentence each.
    pub notes: Vec<String>,
    /// Who else decides on it, if anyone does.
    pub held: Option<String>,
}

/// The real place: journal, report and log on the disk.
#[derive(Debug)]
pub struct OnDisk {
    /// The disk.
    pub store: Store,
    /// The report.
    pub path: PathBuf,
    /// What levels mean.
    pub methodology: Arc<Methodology>,
    /// How changes are written into the report.
    pub writing: Writing,
    /// Who decides here.
    pub holder: Holder,
    /// Whether they may.
    pub seat: Seat,
}

/// What one may do with an open report.
#[derive(Debug)]
pub enum Seat {
    /// Decide on it: the journal is ours while the lock is.
    Deciding(Box<Journal>, Lock),
    /// Nothing until it has been read again: that failed, and what the journal holds has to be looked at anew.
    Unread(Lock),
    /// Look on while somebody else decides.
    Following(Option<Holder>),
}

impl OnDisk {
    /// Opens a report: to decide on it, or, where somebody else does, to look on.
    ///
    /// # Errors
    ///
    /// Those of [`Store::open`] and [`Store::hold`].
    pub fn open(
        store: Store,
        path: PathBuf,
        methodology: Arc<Methodology>,
        writing: Writing,
        holder: Holder,
    ) -> Result<(OnDisk, Kept)> {
        let seat = Seat::Following(None);
        let mut disk = OnDisk { store, path, methodology, writing, holder, seat };
        let kept = disk.reread()?;
        Ok((disk, kept))
    }

    /// Sits down to decide.
    fn decide(&mut self, lock: Lock) -> Result<Kept> {
        match self.store.open(&self.path, &self.methodology) {
            Ok(opened) => {
                let (journal, kept) = taken_up(opened);
                self.seat = Seat::Deciding(Box::new(journal), lock);
                Ok(kept)
            }
            Err(fault) => {
                self.seat = Seat::Unread(lock);
                Err(fault)
            }
        }
    }

    /// Takes a seat to look on from.
    fn follow(&mut self, holder: Option<Holder>) -> Result<Kept> {
        let session = self.store.look(&self.path, &self.methodology)?;
        let whose = holder.as_ref().map_or_else(|| "somebody else".to_owned(), Holder::to_string);
        self.seat = Seat::Following(holder);
        let (saved, carried, notes) = (false, false, Vec::new());
        Ok(Kept { session, saved, carried, notes, held: Some(whose) })
    }

    fn journal(&mut self) -> Result<&mut Journal> {
        match &mut self.seat {
            Seat::Deciding(journal, _) => Ok(journal),
            Seat::Following(holder) => Err(held(&self.path, holder.as_ref())),
            Seat::Unread(_) => Err(Fault::new(Kind::Changed, "the report has to be read again first")
                .at(&self.path)
                .hint("what was decided is in the journal; read the report again once the disk answers")),
        }
    }

    fn write(&mut self, session: &Session) -> Result<Kept> {
        let (store, writing) = (self.store.clone(), self.writing);
        let saved = store.save(self.journal()?, session, writing)?;
        let after = Session::new(saved.report, session.methodology().clone(), saved.past);
        let session = after.with_misfits(saved.misfits);
        Ok(Kept { session, saved: true, carried: false, notes: Vec::new(), held: None })
    }
}

impl Keep for OnDisk {
    fn append(&mut self, event: &Event) -> Result<()> {
        self.journal()?.record(event)
    }

    fn save(&mut self, session: &Session) -> Result<Kept> {
        match self.write(session) {
            Err(fault) if fault.kind() == Kind::Changed => {}
            written => return written,
        }
        let before = session.misfits().len();
        let carried = self.reread()?;
        if carried.session.misfits().len() > before || carried.session.pending().is_empty() {
            return Ok(Kept { carried: true, ..carried });
        }
        Ok(Kept { carried: true, notes: carried.notes, ..self.write(&carried.session)? })
    }

    fn reread(&mut self) -> Result<Kept> {
        match std::mem::replace(&mut self.seat, Seat::Following(None)) {
            Seat::Deciding(_, lock) | Seat::Unread(lock) => self.decide(lock),
            Seat::Following(_) => match self.store.hold(&self.path, &self.holder)? {
                Hold::Ours(lock) => self.decide(lock),
                Hold::Theirs(holder) => self.follow(holder),
            },
        }
    }

    fn look(&mut self) -> Result<Look> {
        match &self.seat {
            Seat::Deciding(journal, _) => journal.look(),
            Seat::Unread(_) | Seat::Following(_) => Ok(Look::Changed),
        }
    }

    fn watch(&self) -> Box<dyn Fn() -> Stamps + Send> {
        let (store, path) = (self.store.clone(), self.path.clone());
        Box::new(move || store.stamps(&path))
    }
}

fn taken_up(opened: Opened) -> (Journal, Kept) {
    let session = opened.session();
    let of_log = opened.log_problems.iter();
    let of_log = of_log.map(|problem| format!("line {} of the log: {}", problem.line, problem.what));
    let notes = opened.notes.into_iter().chain(of_log).collect();
    (opened.journal, Kept { session, saved: false, carried: false, notes, held: None })
}
