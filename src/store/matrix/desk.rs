//! A reviewer at work on a simulated disk, step by step.

use std::path::Path;
use std::sync::Arc;

use super::script::{Ask, LOG, PATH, STATE, Step};
use crate::fault::{Fault, Kind, Result};
use crate::methodology::Methodology;
use crate::report::Writing;
use crate::store::simulated::Simulated;
use crate::store::{Opened, Saved, Store};
use crate::triage::{Decision, Event, Session};

/// A process that works on a disk.
pub(super) struct Desk<'m> {
    pub(super) disk: Simulated,
    pub(super) methodology: &'m Arc<Methodology>,
    open: Option<(Opened, Session)>,
}

impl<'m> Desk<'m> {
    pub(super) fn new(disk: Simulated, methodology: &'m Arc<Methodology>) -> Desk<'m> {
        Desk { disk, methodology, open: None }
    }

    fn store(&self) -> Store {
        Store::over(Arc::new(self.disk.clone()), STATE)
    }

    pub(super) fn open(&mut self) -> Result<&(Opened, Session)> {
        self.open = None;
        let opened = self.store().open(Path::new(PATH), self.methodology)?;
        let session = opened.session();
        Ok(self.open.insert((opened, session)))
    }

    /// What is open.
    pub(super) fn session(&self) -> Option<&Session> {
        self.open.as_ref().map(|(_, session)| session)
    }

    /// Does what the step says.
    pub(super) fn take(&mut self, step: &Step) -> Result<()> {
        match step {
            Step::Open => self.open().map(drop),
            Step::Decide(ask) => self.event(ask).and_then(|event| self.record(event)),
            Step::Undo => self.record(Event::Undone),
            Step::Redo => self.record(Event::Redone),
            Step::Save => self.save(),
            Step::SaveInVain => match self.save() {
                Err(fault) if fault.kind() == Kind::Changed => Ok(()),
                Err(fault) => Err(fault),
                Ok(()) => Err(Fault::new(Kind::Refused, "what others wrote was written over")),
            },
            Step::Commit(ask) => self.event(ask).and_then(|event| self.commit(&event)),
            Step::Settle { misfit, anew } => {
                let decision = self.parts()?.1.misfits().get(*misfit).map(|misfit| misfit.decision.clone());
                self.record(Event::Settled { misfit: *misfit, decision: decision.filter(|_| *anew) })
            }
            Step::TheirReport(text) => self.theirs(PATH, |old| [text.as_bytes(), old].concat()),
            Step::TheirLog(text) => self.theirs(LOG, |old| [old, text.as_bytes()].concat()),
        }
    }

    fn parts(&mut self) -> Result<&mut (Opened, Session)> {
        self.open.as_mut().ok_or_else(|| Fault::new(Kind::Changed, "the report has to be opened first"))
    }

    fn event(&mut self, ask: &Ask) -> Result<Event> {
        let (_, session) = self.parts()?;
        let (draft, name) = match ask {
            Ask::Event(event) => return Ok(Event::clone(event)),
            Ask::Restate(name) => (session.restating(Writing::default()), name),
            Ask::Revert(name) => (session.revert(Writing::default()).ok(), name),
        };
        let mut draft = draft.ok_or_else(|| Fault::new(Kind::Refused, "there is nothing to decide"))?;
        draft.rationale.clone_from(name);
        let at = "2026-02-12T09:00:00Z".parse().expect("a time");
        Ok(Event::Decided(Decision { at, by: String::from("Ada"), draft }))
    }

    fn record(&mut self, event: Event) -> Result<()> {
        let (opened, session) = self.parts()?;
        opened.journal.record(&event)?;
        session.apply(event);
        Ok(())
    }

    fn save(&mut self) -> Result<()> {
        let store = self.store();
        let (opened, session) = self.parts()?;
        let others = store.save_others(&mut opened.journal, session, Writing::default())?;
        self.go_on(others.saved)?;
        let (_, session) = self.parts()?;
        others.events.into_iter().for_each(|event| session.apply(event));
        Ok(())
    }

    fn commit(&mut self, event: &Event) -> Result<()> {
        let store = self.store();
        let (opened, session) = self.parts()?;
        let mut decided = session.clone();
        decided.apply(event.clone());
        let saved =
            store.commit(&mut opened.journal, std::slice::from_ref(event), &decided, Writing::default())?;
        self.go_on(saved)
    }

    fn go_on(&mut self, saved: Saved) -> Result<()> {
        let methodology = self.methodology.clone();
        let (_, session) = self.parts()?;
        if saved.decisions > 0 {
            *session = Session::new(saved.report, methodology, saved.past).with_misfits(saved.misfits);
        }
        Ok(())
    }

    fn theirs(&self, path: &str, change: impl Fn(&[u8]) -> Vec<u8>) -> Result<()> {
        self.disk.put(path, &change(&self.disk.get(path).unwrap_or_default()));
        Ok(())
    }
}
