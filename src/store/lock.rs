//! One desk a report: whoever decides on it holds a lock, which the system takes back from a process that
//! is gone. The lock stands beside the journal that it guards, so it is one person's on one machine; what
//! others do to the report is noticed by comparing it.

use std::any::Any;
use std::fmt;
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Store, paths, trouble};
use crate::fault::{Fault, Kind, Result};
use crate::triage::name_of;

/// Who decides on a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The person, as the log names them.
    pub by: String,
    /// The process.
    pub pid: u32,
    /// Since when, to the second.
    pub since: Timestamp,
}

/// `Ada Example (since 2026-02-11 20:25Z)`, short enough for the foot of a desk; it may quote what a file says.
impl fmt::Display for Holder {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} (since {})", name_of(&self.by), self.since.strftime("%Y-%m-%d %H:%MZ"))
    }
}

/// A lock that is held until it is dropped.
pub struct Lock {
    _held: Box<dyn Any + Send>,
}

impl Lock {
    /// A lock that is held for as long as this value lives.
    pub fn new(held: impl Any + Send) -> Lock {
        Lock { _held: Box::new(held) }
    }
}

impl fmt::Debug for Lock {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Lock")
    }
}

/// Whether a report could be had for deciding.
#[derive(Debug)]
pub enum Hold {
    /// Nobody else decides on it.
    Ours(Lock),
    /// Somebody does; `None` where they do not say who.
    Theirs(Option<Holder>),
}

impl Store {
    /// Takes a report for deciding, unless somebody else has it.
    ///
    /// # Errors
    /// [`Kind::Unreadable`] where the report is missing, [`Kind::Unwritable`] where there is no place for the
    /// lock.
    pub fn hold(&self, report: &Path, holder: &Holder) -> Result<Hold> {
        self.hold_journal(&paths::journal(&self.state, &self.fs.real(report)?), holder)
    }

    /// Whether somebody has a report for deciding. Quick.
    pub fn is_held(&self, report: &Path) -> bool {
        let journal = self.fs.real(report).map(|real| paths::journal(&self.state, &real));
        journal.is_ok_and(|journal| self.fs.is_locked(&paths::lock(&journal)))
    }

    /// Takes a journal, as [`Store::hold`] takes its report, wherever that may be.
    ///
    /// # Errors
    /// [`Kind::Unwritable`] where there is no place for the lock.
    pub fn hold_journal(&self, journal: &Path, holder: &Holder) -> Result<Hold> {
        let path = paths::lock(journal);
        let says = serde_json::to_vec(holder).expect("text, a number and a time have a form in JSON");
        let locked = self
            .fs
            .make_folders(paths::folder(&path))
            .and_then(|()| self.fs.lock(&path, &says).map_err(|error| trouble::unwritable(&path, error)));
        Ok(match locked.map_err(trouble::in_state_folder)? {
            Ok(lock) => Hold::Ours(lock),
            Err(said) => Hold::Theirs(serde_json::from_slice(&said).ok()),
        })
    }
}

/// The fault of a report that somebody else decides on.
pub fn held(report: &Path, holder: Option<&Holder>) -> Fault {
    let whose = holder.map_or_else(|| "somebody".to_owned(), Holder::to_string);
    let which = holder.map_or_else(String::new, |holder| format!(", process {},", holder.pid));
    Fault::new(Kind::Refused, format!("{whose} has it open for deciding")).at(report).hint(format!(
        "close that desk{which} first; regrade list, show, check and log read the report meanwhile"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::rig::Rig;

    fn holder(by: &str) -> Holder {
        Holder { by: by.to_owned(), pid: 4711, since: "2026-02-11T20:25:48Z".parse().unwrap() }
    }

    /// Two desks on one journal would lose each other's decisions.
    #[test]
    fn a_report_is_had_by_one_until_they_let_go() {
        let rig = Rig::new();
        let hold = |by: &str| rig.store().hold(&rig.path(), &holder(by)).unwrap();
        let is_held = || rig.store().is_held(&rig.path());
        assert!(!is_held());
        let first = hold("Ada");
        assert!(matches!(first, Hold::Ours(_)) && is_held());
        assert!(matches!(hold("Bob"), Hold::Theirs(Some(by)) if by == holder("Ada")));
        drop(first);
        assert!(!is_held());
        assert!(matches!(hold("Bob"), Hold::Ours(_)));
    }

    /// A file for every report that was ever opened would stay behind.
    #[cfg(unix)]
    #[test]
    fn nothing_is_left_of_a_lock_that_is_given_back_and_one_that_stayed_behind_is_taken() {
        let rig = Rig::new();
        let path = paths::lock(&paths::journal(
            &rig.folder.path().join("state"),
            &rig.path().canonicalize().unwrap(),
        ));
        let hold = || rig.store().hold(&rig.path(), &holder("Ada")).unwrap();
        drop(hold());
        assert!(!path.exists());
        std::fs::write(&path, "of somebody who was killed").unwrap();
        let held = hold();
        assert!(matches!(held, Hold::Ours(_)) && path.exists());
        drop(held);
        assert!(!path.exists());
    }

    /// Two who waited for the same lock would both have it.
    #[test]
    fn a_lock_that_many_want_is_one_s_at_a_time() {
        let rig = Rig::new();
        let (inside, most) = (std::sync::atomic::AtomicUsize::new(0), std::sync::atomic::AtomicUsize::new(0));
        let (order, store, path) = (std::sync::atomic::Ordering::SeqCst, rig.store(), rig.path());
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..200 {
                        if let Hold::Ours(lock) = store.hold(&path, &holder("Ada")).unwrap() {
                            most.fetch_max(1 + inside.fetch_add(1, order), order);
                            inside.fetch_sub(1, order);
                            drop(lock);
                        }
                    }
                });
            }
        });
        assert_eq!(most.into_inner(), 1);
    }

    #[test]
    fn a_lock_that_says_nothing_sensible_is_a_lock_all_the_same() {
        let rig = Rig::new();
        let held = rig.store().hold(&rig.path(), &holder("Ada")).unwrap();
        let real = rig.path().canonicalize().unwrap();
        let path = paths::lock(&paths::journal(&rig.folder.path().join("state"), &real));
        std::fs::write(path, "\u{1b}[2J").unwrap();
        assert!(matches!(rig.store().hold(&rig.path(), &holder("Bob")).unwrap(), Hold::Theirs(None)));
        drop(held);
    }

    #[test]
    fn where_no_folder_can_be_made_the_fault_says_how_to_name_another() {
        let rig = Rig::new();
        std::fs::write(rig.folder.path().join("state"), "in the way").unwrap();
        let fault = rig.store().hold(&rig.path(), &holder("Ada")).unwrap_err();
        assert_eq!(fault.kind(), Kind::Unwritable);
        assert!(fault.hints().last().unwrap().contains("REGRADE_STATE_DIR"), "{:?}", fault.hints());
    }
}
