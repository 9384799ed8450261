//! What whoever opens the report next finds.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};

use super::desk::Desk;
use super::script::{LOG, PATH, THEIRS};
use crate::deviation::Log;
use crate::methodology::Methodology;
use crate::store::simulated::{Power, Simulated};
use crate::triage::{Decision, Event, Session};

/// What is found. Decisions are named by their rationale, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) report: String,
    pub(super) log: String,
    pub(super) logged: Vec<String>,
    pub(super) pending: Vec<String>,
    pub(super) undone: Vec<String>,
}

impl Seen {
    /// All decisions that are kept somewhere, as often as they are.
    pub(super) fn kept(&self) -> impl Iterator<Item = &String> {
        self.logged.iter().chain(&self.pending)
    }

    /// The same beside what others add to the report.
    pub(super) fn with_theirs(self) -> Seen {
        Seen { report: self.report + THEIRS, ..self }
    }

    /// What is in report and log.
    fn written(disk: &Simulated) -> Seen {
        let (report, log) = (disk.get(PATH).unwrap_or_default(), disk.get(LOG).unwrap_or_default());
        let logged = Log::read(&log).entries.into_iter().map(|entry| entry.rationale).collect();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Seen { report: text(&report), log: text(&log), logged, pending: Vec::new(), undone: Vec::new() }
    }
}

/// The decisions that wait to be saved, and those that wait to be made again.
pub(super) fn waiting(session: &Session) -> (Vec<String>, Vec<String>) {
    let name = |decision: &Decision| decision.draft.rationale.clone();
    let pending: Vec<String> = session.pending().iter().map(name).collect();
    let mut session = session.clone();
    while session.can_redo() {
        session.apply(Event::Redone);
    }
    let undone = session.pending()[pending.len()..].iter().map(name).collect();
    (pending, undone)
}

/// What is found, and what the reviewer is told besides; or why the report cannot be opened.
pub(super) type Found = Result<(Seen, Vec<String>), String>;

/// Finds out what is on disks, of each that is like another only once.
pub(super) struct Finder {
    pub(super) methodology: Arc<Methodology>,
    known: Mutex<HashMap<u64, Found>>,
    gone_on: Mutex<HashSet<(u64, usize)>>,
}

impl Finder {
    pub(super) fn new(methodology: Arc<Methodology>) -> Finder {
        Finder { methodology, known: Mutex::default(), gone_on: Mutex::default() }
    }

    /// What whoever opens the report on such a disk finds; the disk stays as it is.
    pub(super) fn find(&self, disk: &Simulated) -> Found {
        let sum = disk.sum();
        let known = || self.known.lock().expect("no test thread breaks while it holds it");
        if let Some(found) = known().get(&sum) {
            return found.clone();
        }
        let found = self.look(disk.after(Power::Stays));
        known().insert(sum, found.clone());
        found
    }

    /// What else may be found on a disk, where that is found as long as its power stays.
    pub(super) fn unshown(&self, disk: &Simulated, found: &Seen) -> Vec<Seen> {
        let others = Power::ALL.into_iter().filter_map(|power| Some(self.find(&disk.after(power)).ok()?.0));
        others.filter(|seen| seen != found).collect()
    }

    /// Whether nobody has gone on from such a disk yet with so many steps to go.
    pub(super) fn is_new(&self, disk: &Simulated, steps: usize) -> bool {
        self.gone_on.lock().expect("no test thread breaks while it holds it").insert((disk.sum(), steps))
    }

    fn look(&self, disk: Simulated) -> Found {
        let mut desk = Desk::new(disk, &self.methodology);
        let (opened, session) = desk.open().map_err(|fault| fault.to_string())?;
        let unfit = opened.misfits.iter().map(|misfit| format!("{misfit:?}"));
        let misfits = opened.notes.iter().cloned().chain(unfit).collect();
        let (pending, undone) = waiting(session);
        Ok((Seen { pending, undone, ..Seen::written(&desk.disk) }, misfits))
    }
}
