//! A disk that fails or stops at any operation, and what the store makes of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::rig::{REPORT, Rig, decided};
use super::{Content, Disk, Fs, Lock, Opened, Stamp, Temporary};
use crate::fault::{Fault, Kind, Result};
use crate::report::Writing;
use crate::triage::{Event, Session};

/// What happens to an operation that fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    /// Nothing of it is done; of an append the first half.
    Before,
    /// It is done, and fails all the same.
    After,
}

/// A disk of which one operation fails, or that one and all after it.
struct Failing {
    calls: AtomicUsize,
    at: usize,
    how: How,
    stops: bool,
}

impl Failing {
    fn new(at: usize, how: How, stops: bool) -> Arc<Failing> {
        Arc::new(Failing { calls: AtomicUsize::new(0), at, how, stops })
    }

    fn was_reached(&self) -> bool {
        self.calls.load(Ordering::Relaxed) > self.at
    }

    fn run<T>(&self, half: impl FnOnce(), operation: impl FnOnce() -> Result<T>) -> Result<T> {
        let call = self.calls.fetch_add(1, Ordering::Relaxed);
        if call < self.at || call > self.at && !self.stops {
            return operation();
        }
        match self.how {
            _ if call > self.at => {}
            How::Before => half(),
            How::After => drop(operation()?),
        }
        Err(Fault::new(Kind::Unwritable, "the disk has failed"))
    }
}

impl Fs for Failing {
    fn real(&self, path: &Path) -> Result<PathBuf> {
        self.run(|| (), || Disk.real(path))
    }

    fn read(&self, path: &Path) -> Result<Option<Arc<[u8]>>> {
        self.run(|| (), || Disk.read(path))
    }

    fn stamp(&self, path: &Path) -> Option<Stamp> {
        Disk.stamp(path)
    }

    fn lock(&self, path: &Path, holder: &[u8]) -> Result<std::result::Result<Lock, Vec<u8>>> {
        self.run(|| (), || Disk.lock(path, holder))
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        let half = || Disk.append(path, &bytes[..bytes.len() / 2]).unwrap();
        self.run(half, || Disk.append(path, bytes))
    }

    fn cut(&self, path: &Path, length: u64) -> Result<()> {
        self.run(|| (), || Disk.cut(path, length))
    }

    fn remove(&self, path: &Path) -> Result<()> {
        self.run(|| (), || Disk.remove(path))
    }

    fn write_beside(&self, target: &Path, content: Content<'_>) -> Result<Temporary> {
        self.run(|| (), || Disk.write_beside(target, content))
    }

    fn replace(&self, new: Temporary, target: &Path) -> Result<()> {
        self.run(|| (), || Disk.replace(new, target))
    }

    fn sync_folder(&self, folder: &Path) -> Result<()> {
        self.run(|| (), || Disk.sync_folder(folder))
    }

    fn make_folders(&self, folder: &Path) -> Result<()> {
        self.run(|| (), || Disk.make_folders(folder))
    }
}

/// One step of a review.
enum Step {
    Decide(Event),
    Save,
}

/// Two decisions, a save, one more of each.
fn review() -> Vec<Step> {
    vec![
        Step::Decide(decided(&[1], 2, "A configuration warning.\nNothing in production.")),
        Step::Decide(decided(&[0, 2], 1, "Test infrastructure.")),
        Step::Save,
        Step::Decide(decided(&[0], 3, "An improvement.")),
        Step::Save,
    ]
}

/// An open report whose disk may fail.
struct Desk<'a> {
    rig: &'a Rig,
    disk: Arc<Failing>,
    opened: Opened,
    session: Session,
}

impl<'a> Desk<'a> {
    fn open(rig: &'a Rig, disk: &Arc<Failing>) -> Result<Desk<'a>> {
        let opened = rig.store_over(disk.clone()).open(&rig.path(), &rig.methodology)?;
        let session = opened.session();
        Ok(Desk { rig, disk: disk.clone(), opened, session })
    }

    fn take(&mut self, step: &Step) -> Result<()> {
        match step {
            Step::Decide(event) => {
                self.opened.journal.record(event)?;
                self.session.apply(event.clone());
            }
            Step::Save => {
                let store = self.rig.store_over(self.disk.clone());
                let saved = store.save(&mut self.opened.journal, &self.session, Writing::default())?;
                self.session = Session::new(saved.report, self.rig.methodology.clone(), saved.past);
            }
        }
        Ok(())
    }
}

/// The report after each number of saves.
fn reports() -> Vec<String> {
    let rig = Rig::new();
    let never = Failing::new(usize::MAX, How::Before, false);
    let mut desk = Desk::open(&rig, &never).unwrap();
    let mut reports = vec![REPORT.to_owned()];
    for step in review() {
        desk.take(&step).unwrap();
        if matches!(step, Step::Save) {
            reports.push(rig.report());
        }
    }
    assert_eq!(reports.len(), 3);
    assert!(reports.windows(2).all(|pair| pair[0] != pair[1]));
    reports
}

/// How many decisions the log holds once the report is that after so many saves.
const LOGGED: [usize; 3] = [0, 2, 3];

/// A reviewer would lose an hour's work, or a report would say what no log accounts for.
#[test]
fn a_machine_that_stops_at_any_operation_loses_nothing() {
    stop_everywhere("");
}

/// The same where someone adds to the report before it is opened again.
#[test]
fn a_change_by_others_after_a_stop_is_kept_and_nothing_is_lost_or_logged_twice() {
    stop_everywhere("Theirs.\n\n");
}

fn stop_everywhere(theirs: &str) {
    let reports = reports();
    for how in [How::Before, How::After] {
        for at in 0.. {
            let (rig, disk) = (Rig::new(), Failing::new(at, how, true));
            let decided = until_it_stops(&rig, &disk);
            let saves = reports.iter().position(|report| *report == rig.report()).expect("a whole report");
            fs::write(rig.path(), theirs.to_owned() + &rig.report()).unwrap();
            check_after_stop(&rig, LOGGED[saves], decided, &format!("{how:?} {at}"));
            assert!(rig.report().contains(theirs), "{how:?} {at}");
            if !disk.was_reached() {
                break;
            }
        }
    }
}

/// How many decisions had been recorded for certain.
fn until_it_stops(rig: &Rig, disk: &Arc<Failing>) -> usize {
    let mut decided = 0;
    let Ok(mut desk) = Desk::open(rig, disk) else { return 0 };
    for step in review() {
        if desk.take(&step).is_err() {
            break;
        }
        decided += usize::from(matches!(step, Step::Decide(_)));
    }
    decided
}

fn check_after_stop(rig: &Rig, logged: usize, decided: usize, context: &str) {
    let mut opened = rig.open();
    let session = opened.session();
    let log = rig.log();
    assert_eq!((log.verify(), log.problems.as_slice()), (vec![], [].as_slice()), "{context}");
    assert_eq!(log.entries.len(), logged, "{context}");
    let only_torn = opened.notes.iter().all(|note| note.contains("is damaged from line"));
    assert!(only_torn && opened.misfits.is_empty(), "{context}: {:?} {:?}", opened.notes, opened.misfits);
    let known = logged + session.pending().len();
    assert!(known == decided || known == decided + 1, "{context}: {known} of {decided}");
    rig.store().save(&mut opened.journal, &session, Writing::default()).expect(context);
    let log = rig.log();
    assert_eq!((log.entries.len(), log.verify()), (known, vec![]), "{context}");
    assert_eq!(rig.open().session().pending(), [], "{context}");
}

/// Saving again after an error would log a decision twice, or never.
#[test]
fn an_operation_that_fails_once_is_made_good_by_trying_again() {
    let reports = reports();
    for how in [How::Before, How::After] {
        for at in 0.. {
            let (rig, disk) = (Rig::new(), Failing::new(at, how, false));
            let context = format!("{how:?} {at}");
            with_patience(&rig, &disk, &context);
            assert_eq!(rig.report(), reports[2], "{context}");
            let log = rig.log();
            assert_eq!((log.entries.len(), log.verify()), (3, vec![]), "{context}");
            assert_eq!(rig.open().session().pending(), [], "{context}");
            if !disk.was_reached() {
                break;
            }
        }
    }
}

fn with_patience(rig: &Rig, disk: &Arc<Failing>, context: &str) {
    let mut desk = Desk::open(rig, disk).or_else(|_| Desk::open(rig, disk)).expect(context);
    for step in review() {
        let Err(fault) = desk.take(&step) else { continue };
        if fault.kind() == Kind::Changed {
            desk = Desk::open(rig, disk).expect(context);
        }
        desk.take(&step).expect(context);
    }
}
