//! Where decisions are kept, as far as the loop needs to know.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use super::Seen;
use crate::app::Uncommitted;
use crate::export::Format;
use crate::fault::{Fault, Kind, Result};
use crate::git::{self, Asked, Commits, Files, Made};
use crate::methodology::Methodology;
use crate::progress::Progress;
use crate::publish::{self, Exported, Sources};
use crate::report::{BugIx, Writing};
use crate::store::{
    Grounds, Hold, Holder, Journal, Lock, Look, Opened, Others, Saved, Stamps, Status, Store, Unfinished,
    held,
};
use crate::triage::suggest::{Decline, Voice};
use crate::triage::{Event, Session};

/// A place that keeps decisions.
pub trait Keep: Send + 'static {
    /// Keeps an event; once this returns, it survives whatever happens to the program.
    ///
    /// # Errors
    ///
    /// Where it could not be kept; it has not happened then.
    fn append(&mut self, event: &Event) -> Result<()>;

    /// Writes the pending decisions into the report and its log; where there are none, commits what is left of
    /// earlier saves. What the report cannot say stays pending beside what is saved. Where the report has changed underneath,
    /// they are carried over to it first; where that makes others of them, nothing is written.
    ///
    /// # Errors
    ///
    /// Where that could not be done; report and log are as they were then, and the session is the one to go on
    /// with. What fails once decisions were carried over, or saved in part, is in [`Kept::fault`].
    fn save(&mut self, session: &Session) -> Result<Kept>;

    /// Reads the report again as it is now and carries the pending decisions over to it. A report that somebody
    /// else decides on is only looked at, until they let go of it.
    ///
    /// # Errors
    ///
    /// Where that could not be done; nothing can be decided then until it can.
    fn reread(&mut self) -> Result<Kept>;

    /// Sets aside the decisions that no save has written, so that the report opens without them; nothing can be decided then
    /// until it has been read again.
    ///
    /// # Errors
    ///
    /// Where that could not be done; they are kept then.
    fn discard(&mut self) -> Result<()>;

    /// Gives the report up, so that somebody else may decide on it; nothing can be decided here then until it has been
    /// read again.
    fn leave(&mut self);

    /// What finds out how the report on disk stands to the one that is open. That takes time, and needs nothing
    /// of this value.
    fn look(&self) -> Looking;

    /// What exports all that was decided, as it is on the disk. That takes time, and needs nothing of this value.
    fn export(&self) -> Exporting;

    /// What keeps that suggestions were declined, or no longer are. That may have to wait for somebody else, and needs
    /// nothing of this value.
    fn decline(&self) -> Declining;

    /// What tells how far a save or a reading has come, and can give it up.
    fn progress(&self) -> Progress;

    /// Where a rationale is kept that is not finished when the desk is ended; it never waits for this value.
    fn unfinished(&self) -> Unfinished;

    /// The folders where the files stand that the report names; for a thread of its own.
    fn grounds(&self) -> Grounds;

    /// What gives a look at what may change on the disk, for a thread of its own; it never waits for this value.
    fn watch(&self) -> Box<dyn Fn() -> Seen + Send>;
}

/// Finds out how the report on disk stands to the one that is open; an error where it is there and cannot be read.
pub type Looking = Box<dyn FnOnce() -> Result<Look> + Send>;

/// Exports what was decided as it is at this time; says whether a file that is there may be written over.
pub type Exporting = Box<dyn FnOnce(Format, bool, Timestamp) -> Result<Exported> + Send>;

/// Keeps that suggestions for bugs of a session were declined, by whom and when, or, where that is `None`, that they no
/// longer are; an error where it could not be kept.
pub type Declining = Box<dyn FnOnce(&Session, &[(BugIx, Voice)], Option<&Decline>) -> Result<()> + Send>;

/// A report as it is after a save, or after it was read again.
#[derive(Debug)]
pub struct Kept {
    /// The report with what is pending.
    pub session: Session,
    /// Whether decisions were saved.
    pub saved: bool,
    /// Whether the report had changed underneath a save, so that its decisions were carried over to it first.
    pub carried: bool,
    /// Why the decisions were not saved after they were carried over, or some of them beside the others.
    pub fault: Option<Fault>,
    /// What a person should know, a sentence each.
    pub notes: Vec<String>,
    /// Who else decides on it, if anyone does.
    pub held: Option<String>,
    /// Whether it cannot be saved as it is on the disk.
    pub hindered: bool,
    /// The commits of a save, oldest first, by short id.
    pub commits: Vec<String>,
    /// What to know of them, a sentence each.
    pub warnings: Vec<String>,
    /// Why what was saved is not committed, where that was asked for.
    pub uncommitted: Option<Uncommitted>,
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
    /// Whether what they save is committed.
    pub asked: Asked,
    /// What their summaries are made from.
    pub sources: Sources,
    /// Whether they may.
    pub seat: Seat,
    /// What tells whether others have proposed or declined something since.
    advised: Arc<Mutex<Advised>>,
    /// What tells whether the report has changed since it was opened.
    opened: Option<Status>,
    /// Whether they look on, for whoever watches.
    follows: Arc<AtomicBool>,
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
        let mut disk = OnDisk::unread(store, path, methodology, writing, holder);
        let kept = disk.reread()?;
        Ok((disk, kept))
    }

    /// A report that is still to be read: until then nobody decides on it here.
    pub fn unread(
        store: Store,
        path: PathBuf,
        methodology: Arc<Methodology>,
        writing: Writing,
        holder: Holder,
    ) -> OnDisk {
        let (asked, sources) = (Asked::default(), Sources::default());
        let (seat, follows) = (Seat::Following(None), Arc::default());
        OnDisk {
            store,
            path,
            methodology,
            writing,
            holder,
            asked,
            sources,
            seat,
            advised: Arc::default(),
            opened: None,
            follows,
        }
    }

    /// Sits down to decide.
    fn decide(&mut self, lock: Lock) -> Result<Kept> {
        self.follows.store(false, Ordering::Relaxed);
        self.know_advice();
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
        self.follows.store(true, Ordering::Relaxed);
        Ok(Kept { held: Some(whose), ..kept(session) })
    }

    /// Notes what is proposed and declined at this moment, of which nobody has to be told then.
    fn know_advice(&self) {
        *locked(&self.advised) = advised(self.store.stamps(&self.path));
    }

    fn journal(&mut self) -> Result<&mut Journal> {
        match &mut self.seat {
            Seat::Deciding(journal, _) => Ok(journal),
            Seat::Following(holder) => Err(held(&self.path, holder.as_ref())),
            Seat::Unread(_) => {
                Err(Fault::new(Kind::Changed, "this is not recorded: the report could not be read")
                    .at(&self.path)
                    .hint(
                        "put the report back where it was and read it again; what was decided before is kept",
                    )
                    .hint("where it was moved, regrade recover brings decisions to it"))
            }
        }
    }

    fn write(&mut self, session: &Session) -> Result<Kept> {
        let (store, writing) = (git::noting(self.store.clone(), self.asked), self.writing);
        let Others { session, saved, events, fault } =
            store.save_others(self.journal()?, session, writing)?;
        let commits = self.commit(&session, &saved);
        let after = Session::new(saved.report, session.methodology().clone(), saved.past)
            .with_log_troubles(session.log_troubles().to_vec());
        self.know_advice();
        let advice = self.store.advice(&self.path, after.report());
        let mut after = after.with_misfits(saved.misfits).with_advice(advice);
        events.into_iter().for_each(|event| after.apply(event));
        Ok(told(commits, Kept { saved: true, fault, ..kept(after) }))
    }

    /// That what was saved is not committed, where that is asked for, as git has it now.
    pub fn uncommitted(store: &Store, path: &Path, asked: Asked) -> Option<Uncommitted> {
        let (report, log) = (store.real_path(path).ok()?, store.log_path(path).ok()?);
        let files = Files { store, report: &report, log: &log };
        uncommitted(&mut git::standing(files, asked))
    }

    /// Commits what is left of earlier saves.
    fn commit_left(&mut self, session: &Session) -> Result<Kept> {
        self.journal()?;
        let (report, log) = (self.store.real_path(&self.path)?, self.store.log_path(&self.path)?);
        let files = Files { store: &self.store, report: &report, log: &log };
        let commits = git::again(files, self.asked, self.store.progress());
        Ok(told(commits, Kept { saved: true, ..kept(session.clone()) }))
    }

    /// Commits what was saved, where that is asked for.
    fn commit(&self, session: &Session, saved: &Saved) -> Commits {
        let report = self.store.real_path(&self.path);
        match report.and_then(|report| Ok((report, self.store.log_path(&self.path)?))) {
            Err(fault) => Commits { uncommitted: Some(fault), ..Commits::default() },
            Ok((report, log)) => {
                let files = Files { store: &self.store, report: &report, log: &log };
                let made = Made { files, session, saved, writing: self.writing };
                git::commit(&made, self.asked, self.store.progress())
            }
        }
    }
}

impl Keep for OnDisk {
    fn append(&mut self, event: &Event) -> Result<()> {
        self.journal()?.record(event)
    }

    fn save(&mut self, session: &Session) -> Result<Kept> {
        if session.pending().is_empty() {
            return self.commit_left(session);
        }
        match self.write(session) {
            Err(fault) if fault.kind() == Kind::Changed => {}
            written => return written,
        }
        let carried = Kept { carried: true, ..self.reread()? };
        let pending = carried.session.pending().len();
        if carried.session.unfit_since(session) > 0 || pending != session.pending().len() {
            return Ok(carried);
        }
        Ok(match self.write(&carried.session) {
            Ok(saved) => Kept { carried: true, notes: carried.notes, ..saved },
            Err(fault) => Kept { fault: Some(fault), ..carried },
        })
    }

    fn reread(&mut self) -> Result<Kept> {
        [self.opened, ..] = self.store.stamps(&self.path);
        let kept = match std::mem::replace(&mut self.seat, Seat::Following(None)) {
            Seat::Deciding(_, lock) | Seat::Unread(lock) => self.decide(lock),
            Seat::Following(_) => match self.store.hold(&self.path, &self.holder)? {
                Hold::Ours(lock) => self.decide(lock),
                Hold::Theirs(holder) => self.follow(holder),
            },
        }?;
        Ok(Kept { uncommitted: OnDisk::uncommitted(&self.store, &self.path, self.asked), ..kept })
    }

    fn discard(&mut self) -> Result<()> {
        let journal = self.journal()?.path().to_owned();
        self.store.put_aside(&journal)?;
        if let Seat::Deciding(_, lock) = std::mem::replace(&mut self.seat, Seat::Following(None)) {
            self.seat = Seat::Unread(lock);
        }
        Ok(())
    }

    fn leave(&mut self) {
        self.seat = Seat::Following(None);
    }

    fn export(&self) -> Exporting {
        let (store, path, methodology) = (self.store.clone(), self.path.clone(), self.methodology.clone());
        let sources = self.sources.clone();
        Box::new(move |format, may_replace, now| {
            publish::beside(&store, &path, &methodology, &sources, (format, may_replace), now)
        })
    }

    fn decline(&self) -> Declining {
        let (store, path, known) = (self.store.clone(), self.path.clone(), Arc::clone(&self.advised));
        Box::new(move |session, these, made| {
            let mut known = locked(&known);
            let (before, after) = store.decline(&path, session, these, made)?;
            if *known == advised(before) {
                *known = advised(after);
            }
            Ok(())
        })
    }

    fn progress(&self) -> Progress {
        self.store.progress().clone()
    }

    fn look(&self) -> Looking {
        match &self.seat {
            Seat::Deciding(journal, _) => {
                let (looking, store, path) = (journal.looking(), self.store.clone(), self.path.clone());
                let known = Arc::clone(&self.advised);
                Box::new(move || {
                    let is_known = {
                        let known = locked(&known);
                        *known == advised(store.stamps(&path))
                    };
                    Ok(match looking()? {
                        Look::Same if !is_known => Look::Proposed,
                        look => look,
                    })
                })
            }
            Seat::Unread(_) | Seat::Following(_) => Box::new(|| Ok(Look::Changed)),
        }
    }

    fn unfinished(&self) -> Unfinished {
        self.store.unfinished(&self.path)
    }

    fn grounds(&self) -> Grounds {
        self.store.grounds(&self.path)
    }

    fn watch(&self) -> Box<dyn Fn() -> Seen + Send> {
        let (store, path, follows) = (self.store.clone(), self.path.clone(), Arc::clone(&self.follows));
        // What changed before the first look would never be noticed.
        let opened = Mutex::new(self.opened);
        Box::new(move || {
            let [report, log, journal, proposals, declined] = store.stamps(&path);
            let report = locked(&opened).take().or(report);
            // Whoever decides changes log and journal by that, and has the report.
            match follows.load(Ordering::Relaxed) {
                true => Seen {
                    stamps: [report, log, journal, proposals, declined],
                    is_free: !store.is_held(&path),
                },
                false => Seen { stamps: [report, None, None, proposals, declined], is_free: false },
            }
        })
    }
}

/// What tells whether others have proposed or declined something.
type Advised = [Option<Status>; 2];

fn advised([.., proposals, declined]: Stamps) -> Advised {
    [proposals, declined]
}

/// What is known of that, which a broken thread leaves as it was.
fn locked<T>(known: &Mutex<T>) -> MutexGuard<'_, T> {
    known.lock().unwrap_or_else(PoisonError::into_inner)
}

fn taken_up(opened: Opened) -> (Journal, Kept) {
    let session = opened.session();
    let of_log = opened.log_problems.iter();
    let of_log = of_log.map(|problem| format!("line {} of the log: {}", problem.line, problem.what));
    let hindered = opened.hindrance.is_some();
    let notes = opened.notes.into_iter().chain(opened.hindrance.clone()).chain(of_log).collect();
    (opened.journal, Kept { notes, hindered, ..kept(session) })
}

/// The same with what has become of it in git.
fn told(mut commits: Commits, kept: Kept) -> Kept {
    let uncommitted = uncommitted(&mut commits);
    let Commits { ids: commits, mut warnings, behind, .. } = commits;
    warnings.extend(behind.map(|fault| fault.to_string()));
    Kept { commits, warnings, uncommitted, ..kept }
}

fn uncommitted(commits: &mut Commits) -> Option<Uncommitted> {
    let can_retry = commits.can_retry;
    commits.uncommitted.take().map(|fault| Uncommitted { fault, can_retry })
}

fn kept(session: Session) -> Kept {
    let (saved, carried, held, hindered) = (false, false, None, false);
    let (notes, commits, warnings) = (Vec::new(), Vec::new(), Vec::new());
    Kept { session, saved, carried, fault: None, notes, held, hindered, commits, warnings, uncommitted: None }
}
