//! What the undamaged beginning of a journal amounts to.

use super::line;
use super::record::{Begun, DecisionText, Header, Record, SettledText, VERSION};
use crate::store::fingerprint::Fingerprint;

/// What the undamaged beginning of a journal amounts to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::store) struct Replay {
    /// The path of the report, as journals write it.
    pub(in crate::store) path: String,
    /// The report that the pending decisions are about.
    pub(in crate::store) about: Fingerprint,
    /// The decisions pending, oldest first.
    pub(in crate::store) done: Vec<DecisionText>,
    /// The decisions undone, the one to redo next last.
    pub(super) undone: Vec<DecisionText>,
    /// How many of those pending, the newest, take saved ones back and were made after the last of those was undone.
    pub(super) deeper: usize,
    /// What no longer fitted the report that they are about, and is not settled yet, oldest first.
    pub(in crate::store) misfits: Vec<DecisionText>,
    /// The save that began last, if it did not end.
    pub(in crate::store) begun: Option<Begun>,
    /// How many bytes are undamaged.
    pub(in crate::store) length: usize,
}

impl Replay {
    /// Reads a journal of the report with this path up to the first damage; `None` where its first
    /// line is damaged already.
    pub(in crate::store) fn read(bytes: &[u8], path: &str) -> Option<Replay> {
        Replay::of_any(bytes).filter(|replay| replay.path == path)
    }

    /// The same, whichever report it is of.
    pub(in crate::store) fn of_any(bytes: &[u8]) -> Option<Replay> {
        let mut lines = line::whole(bytes);
        let (header, length) = lines.next()?;
        let header: Header =
            serde_json::from_str(header).ok().filter(|header: &Header| header.journal == VERSION)?;
        let (path, about) = (header.path, header.report);
        let (done, undone, misfits) = (Vec::new(), Vec::new(), Vec::new());
        let mut replay = Replay { path, about, done, undone, deeper: 0, misfits, begun: None, length };
        for (content, length) in lines {
            let Ok(record) = serde_json::from_str(content) else { break };
            replay.step(record);
            replay.length = length;
        }
        Some(replay)
    }

    /// Whether anything is left to apply or to settle, undone decisions included.
    pub(in crate::store) fn is_pending(&self) -> bool {
        !(self.done.is_empty() && self.undone.is_empty() && self.misfits.is_empty())
    }

    /// The save has come to its end: nothing is pending any more but what it left out, which has still to be fitted to the new
    /// report.
    pub(in crate::store) fn finish(&mut self) {
        if let Some(begun) = self.begun.take() {
            self.about = begun.new;
            self.misfits.extend(begun.left);
            self.done.clear();
            self.forget_undone();
        }
    }

    /// Nothing can be made again any more.
    pub(in crate::store) fn forget_undone(&mut self) {
        self.undone.clear();
        self.deeper = 0;
    }

    fn step(&mut self, record: Record) {
        match record {
            Record::Decided(decision) => self.decided(decision),
            Record::Undone => self.undone(),
            Record::Redone => self.redone(),
            Record::Misfit(decision) => self.misfits.push(decision),
            Record::Settled(settled) => self.settled(settled),
            Record::SaveBegun(begun) => self.begun = Some(begun),
            Record::SaveEnded => self.finish(),
            Record::SaveDropped => self.begun = None,
        }
    }

    fn decided(&mut self, decision: DecisionText) {
        match decision.goes_back() {
            true => self.deeper += usize::from(!self.undone.is_empty()),
            false => self.forget_undone(),
        }
        self.done.push(decision);
    }

    /// As in a session, and so is [`Replay::redone`].
    fn undone(&mut self) {
        let Some(decision) = self.done.pop() else { return };
        match self.deeper.checked_sub(1) {
            Some(deeper) => self.deeper = deeper,
            None => self.undone.push(decision),
        }
    }

    fn redone(&mut self) {
        let can_redo = self.deeper == 0 && !self.undone.is_empty();
        match self.done.last() {
            Some(last) if last.goes_back() && !can_redo => {
                self.done.pop();
                self.deeper = self.deeper.saturating_sub(1);
            }
            _ => self.done.extend(self.undone.pop()),
        }
    }

    fn settled(&mut self, SettledText { misfit, decided }: SettledText) {
        if misfit < self.misfits.len() {
            self.misfits.remove(misfit);
        }
        if let Some(decision) = decided {
            self.forget_undone();
            self.done.push(decision);
        }
    }
}
