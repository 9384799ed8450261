//! What the undamaged beginning of a journal amounts to.

use super::fingerprint::Fingerprint;
use super::line;
use super::record::{Begun, DecisionText, Header, Record, SettledText, VERSION};

/// What the undamaged beginning of a journal amounts to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Replay {
    /// The path of the report, as journals write it.
    pub(super) path: String,
    /// The report that the pending decisions are about.
    pub(super) about: Fingerprint,
    /// The decisions pending, oldest first.
    pub(super) done: Vec<DecisionText>,
    /// The decisions undone, the one to redo next last.
    pub(super) undone: Vec<DecisionText>,
    /// What no longer fitted the report that they are about, and is not settled yet, oldest first.
    pub(super) misfits: Vec<DecisionText>,
    /// The save that began last, if it did not end.
    pub(super) begun: Option<Begun>,
    /// How many bytes are undamaged.
    pub(super) length: usize,
}

impl Replay {
    /// Reads a journal of the report with this path up to the first damage; `None` where its first
    /// line is damaged already.
    pub(super) fn read(bytes: &[u8], path: &str) -> Option<Replay> {
        Replay::of_any(bytes).filter(|replay| replay.path == path)
    }

    /// The same, whichever report it is of.
    pub(super) fn of_any(bytes: &[u8]) -> Option<Replay> {
        let mut lines = line::whole(bytes);
        let (header, length) = lines.next()?;
        let header: Header =
            serde_json::from_str(header).ok().filter(|header: &Header| header.journal == VERSION)?;
        let (path, about) = (header.path, header.report);
        let (done, undone, misfits) = (Vec::new(), Vec::new(), Vec::new());
        let mut replay = Replay { path, about, done, undone, misfits, begun: None, length };
        for (content, length) in lines {
            let Ok(record) = serde_json::from_str(content) else { break };
            replay.step(record);
            replay.length = length;
        }
        Some(replay)
    }

    /// Whether anything is left to apply or to settle, undone decisions included.
    pub(super) fn is_pending(&self) -> bool {
        !(self.done.is_empty() && self.undone.is_empty() && self.misfits.is_empty())
    }

    /// The save has come to its end: nothing is pending any more.
    pub(super) fn finish(&mut self) {
        if let Some(begun) = self.begun.take() {
            self.about = begun.new;
            self.done.clear();
            self.undone.clear();
        }
    }

    fn step(&mut self, record: Record) {
        match record {
            Record::Decided(decision) => self.decided(decision),
            Record::Undone => self.undone.extend(self.done.pop()),
            Record::Redone => self.done.extend(self.undone.pop()),
            Record::Misfit(decision) => self.misfits.push(decision),
            Record::Settled(settled) => self.settled(settled),
            Record::SaveBegun(begun) => self.begun = Some(begun),
            Record::SaveEnded => self.finish(),
            Record::SaveDropped => self.begun = None,
        }
    }

    fn decided(&mut self, decision: DecisionText) {
        self.undone.clear();
        self.done.push(decision);
    }

    fn settled(&mut self, SettledText { misfit, decided }: SettledText) {
        if misfit < self.misfits.len() {
            self.misfits.remove(misfit);
        }
        decided.into_iter().for_each(|decision| self.decided(decision));
    }
}
