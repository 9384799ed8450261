//! A set of bugs as a journal holds it: runs of places, with handles that witness whose places they are.

use serde::{Deserialize, Serialize};

use crate::deviation::Handles;
use crate::report::{BugIx, Report};
use crate::triage::BugSet;

/// Up to how many bugs each has its handle recorded; of more, the first and the last of each run.
const ALL: u64 = 1_000;

/// A set of bugs in a journal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Bugs {
    runs: Vec<(u32, u32)>,
    handles: Vec<String>,
}

/// What of a set of bugs is in another report.
#[derive(Clone, Debug, Default)]
pub(super) struct Carried {
    /// Those found by handle.
    pub(super) bugs: Vec<BugIx>,
    /// Those that are not there, or whose place cannot be told.
    pub(super) gone: Vec<String>,
}

impl Bugs {
    /// A set of bugs of this report.
    pub(super) fn of(set: &BugSet, report: &Report) -> Bugs {
        let runs = set.runs().to_vec();
        let handles = witnesses(&runs).map(|bug| report.handle(bug).into_owned()).collect();
        Bugs { runs, handles }
    }

    /// Whether it holds none.
    pub(super) fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// The set in this report, if every witness stands where it stood.
    pub(super) fn on(&self, report: &Report) -> Option<BugSet> {
        let within = self.runs.iter().all(|&(start, end)| start < end && end as usize <= report.len());
        let stands = |(bug, handle): (BugIx, &String)| report.handle(bug) == handle.as_str();
        let fits = within && self.is_witnessed() && witnesses(&self.runs).zip(&self.handles).all(stands);
        fits.then(|| self.runs.iter().flat_map(|&(start, end)| (start..end).map(BugIx)).collect())
    }

    /// The set in a report that has changed, bug by bug; a run of which only the ends are known fits
    /// where they stand as far apart as before.
    pub(super) fn carried(&self, handles: &Handles<'_>) -> Carried {
        let mut carried = Carried::default();
        let mut names = self.handles.iter();
        for piece in pieces(&self.runs) {
            let Some(first) = names.next() else { break };
            let last = if piece.len == 1 { Some(first) } else { names.next() };
            let ends = handles.find(first).zip(last.and_then(|last| handles.find(last)));
            match ends.filter(|(first, last)| last.0.checked_sub(first.0) == Some(piece.len - 1)) {
                Some((first, last)) => carried.bugs.extend((first.0..=last.0).map(BugIx)),
                None if piece.len == 1 => carried.gone.push(first.clone()),
                None => carried.gone.push(format!("{first} … {}", last.map_or("", String::as_str))),
            }
        }
        carried
    }

    fn is_witnessed(&self) -> bool {
        witnesses(&self.runs).count() == self.handles.len()
    }
}

/// Bugs that stand together and are witnessed by their first and last.
struct Piece {
    first: u32,
    len: u32,
}

/// The runs as they are witnessed: bug by bug, or, where there are many, run by run.
fn pieces(runs: &[(u32, u32)]) -> impl Iterator<Item = Piece> {
    let total: u64 = runs.iter().map(|&(start, end)| u64::from(end.saturating_sub(start))).sum();
    let each = total <= ALL;
    runs.iter().filter(|(start, end)| start < end).flat_map(move |&(start, end)| {
        let len = if each { 1 } else { end - start };
        (start..end).step_by(len as usize).map(move |first| Piece { first, len })
    })
}

/// The bugs whose handles are recorded, in order.
fn witnesses(runs: &[(u32, u32)]) -> impl Iterator<Item = BugIx> {
    pieces(runs).flat_map(|piece| {
        let last = (piece.len > 1).then(|| BugIx(piece.first + piece.len - 1));
        [Some(BugIx(piece.first)), last].into_iter().flatten()
    })
}
