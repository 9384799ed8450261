//! What whoever opens the report next finds.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::{Arc, Mutex};

use super::desk::Desk;
use super::script::{LOG, PATH, STATE, THEIRS};
use crate::deviation::Log;
use crate::methodology::Methodology;
use crate::store::Store;
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
    /// Those that no longer fit and wait to be settled.
    pub(super) misfits: Vec<String>,
}

impl Seen {
    /// All decisions that are kept somewhere, as often as they are.
    pub(super) fn kept(&self) -> impl Iterator<Item = &String> {
        self.logged.iter().chain(&self.pending).chain(&self.misfits)
    }

    /// The same beside what others add to the report.
    pub(super) fn with_theirs(self) -> Seen {
        Seen { report: THEIRS.to_owned() + &self.report, ..self }
    }

    /// What is in report and log.
    fn written(disk: &Simulated) -> Seen {
        let (report, log) = (disk.get(PATH).unwrap_or_default(), disk.get(LOG).unwrap_or_default());
        let logged = Log::read(&log).entries.into_iter().map(|entry| entry.rationale).collect();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let (pending, undone, misfits) = Default::default();
        Seen { report: text(&report), log: text(&log), logged, pending, undone, misfits }
    }
}

/// The decisions that wait to be saved, those that wait to be made again, and those that wait to be settled.
pub(super) fn waiting(session: &Session) -> [Vec<String>; 3] {
    let name = |decision: &Decision| decision.draft.rationale.clone();
    let pending: Vec<String> = session.pending().iter().map(name).collect();
    let mut session = session.clone();
    while session.can_redo() {
        session.apply(Event::Redone);
    }
    let undone = session.pending()[pending.len()..].iter().map(name).collect();
    let misfits = session.misfits().iter().map(|misfit| name(&misfit.decision)).collect();
    [pending, undone, misfits]
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
        let onlooker = onlooker(&disk, &self.methodology);
        let mut desk = Desk::new(disk, &self.methodology);
        let (opened, session) = desk.open().map_err(|fault| fault.to_string())?;
        let notes = opened.notes.clone();
        let [pending, undone, misfits] = waiting(session);
        let seen = Seen { pending, undone, misfits, ..Seen::written(&desk.disk) };
        let found = [&seen.logged, &seen.pending, &seen.undone, &seen.misfits];
        assert_eq!(onlooker.iter().collect::<Vec<_>>(), found, "whoever only looks sees something else");
        Ok((seen, notes))
    }
}

/// What somebody sees who only looks: the decisions that are logged, and those that wait.
fn onlooker(disk: &Simulated, methodology: &Arc<Methodology>) -> [Vec<String>; 4] {
    let store = Store::over(Arc::new(disk.clone()), STATE);
    let looked = store.look_with_log(Path::new(PATH), methodology).expect("it can be looked at");
    let logged = looked.log.entries.into_iter().map(|entry| entry.rationale).collect();
    let [pending, undone, misfits] = waiting(&looked.session);
    [logged, pending, undone, misfits]
}
