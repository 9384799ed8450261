//! What an event does to a session: decisions come and go, and with them the levels of bugs, and which of them are reviewed.

use std::sync::Arc;

use super::Session;
use crate::report::{BugIx, To};
use crate::triage::BugSet;
use crate::triage::decision::{Decision, Event, Part};

impl Session {
    /// Lets an event happen: the only thing that changes decisions.
    pub fn apply(&mut self, event: Event) {
        let touched = match event {
            Event::Decided(decision) if decision.draft.reverts.is_none() => return self.add(decision),
            Event::Decided(decision) if decision.draft.goes_back() => {
                self.deeper += usize::from(!self.undone.is_empty());
                self.push(decision)
            }
            Event::Decided(decision) => self.decided(Some(decision)),
            Event::Settled { misfit, decision } => {
                if misfit < self.misfits.len() {
                    self.misfits.remove(misfit);
                }
                self.decided(decision)
            }
            Event::Undone => self.undone(),
            Event::Redone => self.redone(),
        };
        self.find_levels(&touched);
        self.count_reviewed();
    }

    /// Adds a decision that takes none back, in time that does not grow with those before it.
    fn add(&mut self, decision: Decision) {
        let gives = |part: &&Part| !part.set.severity.is_keep();
        for part in decision.draft.parts.iter().filter(gives) {
            let levels = Arc::make_mut(&mut self.levels);
            for &(start, end) in part.bugs.runs() {
                levels[start as usize..end as usize].fill(part.set.severity.after(None));
            }
        }
        if decision.draft.kind.reviews() {
            decision.draft.parts.iter().for_each(|part| self.reviewed.add(&part.bugs));
        }
        self.decided(Some(decision));
    }

    fn decided(&mut self, decision: Option<Decision>) -> Vec<BugSet> {
        let Some(decision) = decision else { return Vec::new() };
        self.undone.clear();
        self.deeper = 0;
        self.push(decision)
    }

    /// Takes the last decision off. What took a saved one back after others were undone is not made again before those.
    fn undone(&mut self) -> Vec<BugSet> {
        let Some(decision) = self.take_off() else { return Vec::new() };
        let touched = bugs_of(&decision);
        match self.deeper.checked_sub(1) {
            Some(deeper) => self.deeper = deeper,
            None => self.undone.push(decision),
        }
        touched
    }

    /// Goes forward: a saved decision that was taken back last is given back, else the last one undone is made again.
    fn redone(&mut self) -> Vec<BugSet> {
        if self.gives_back().is_some() {
            self.deeper = self.deeper.saturating_sub(1);
            return self.take_off().iter().flat_map(bugs_of).collect();
        }
        self.undone.pop().map(|decision| self.push(decision)).unwrap_or_default()
    }

    fn push(&mut self, decision: Decision) -> Vec<BugSet> {
        self.layers.put_on(&decision.draft.parts);
        let touched = bugs_of(&decision);
        self.done.push(decision);
        touched
    }

    fn take_off(&mut self) -> Option<Decision> {
        let decision = self.done.pop()?;
        self.layers.take_off(&decision.draft.parts);
        Some(decision)
    }

    /// Finds the levels of bugs anew: by the newest decision that sets them, or by the report.
    fn find_levels(&mut self, touched: &[BugSet]) {
        let mut levels = std::mem::take(&mut self.levels);
        let found = Arc::make_mut(&mut levels);
        for (start, end, over) in touched.iter().flat_map(|bugs| self.layers.under(bugs)) {
            let set = over.map(|at| self.values(at).1.severity).find(|to| !to.is_keep()).unwrap_or_default();
            let bugs = start as usize..end as usize;
            match set {
                To::Keep => (start..end)
                    .zip(&mut found[bugs])
                    .for_each(|(bug, level)| *level = self.report.level(BugIx(bug))),
                to => found[bugs].fill(to.after(None)),
            }
        }
        self.levels = levels;
    }

    /// Finds anew which bugs are decided. An event adds or takes off one decision, so the log is gone through only where that
    /// reverts.
    fn count_reviewed(&mut self) {
        let reverting = self.done.iter().filter(|decision| decision.draft.reverts.is_some()).count();
        if self.reviewed_before.0 != reverting {
            self.reviewed_before = (reverting, self.count_reviewed_before());
        }
        let pending = self.done.iter().filter(|decision| decision.draft.kind.reviews());
        let pending = pending.flat_map(|decision| &decision.draft.parts).map(|part| &part.bugs);
        self.reviewed = BugSet::of_all(std::iter::once(&self.reviewed_before.1).chain(pending));
    }

    /// The bugs that were reviewed by what stands of the log.
    pub(super) fn count_reviewed_before(&self) -> BugSet {
        let past = self.standing().filter(|past| past.kind.reviews());
        BugSet::of_all(&past.map(|past| past.sides.bugs()).collect::<Vec<_>>())
    }
}

/// The bugs of a decision, part by part.
fn bugs_of(decision: &Decision) -> Vec<BugSet> {
    decision.draft.parts.iter().map(|part| part.bugs.clone()).collect()
}
