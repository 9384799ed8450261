//! Saving where the report cannot say one of the decisions: that one stays pending, and all others are saved.
//!
//! Which of them it is, the proof of a save does not tell: it is found by trying the first so many of them. What is left out
//! is noted along with the save that begins, so that it is pending again from the moment on at which the others are saved.

use super::Saved;
use crate::fault::{Fault, Result};
use crate::report::Writing;
use crate::store::Store;
use crate::store::journal::Journal;
use crate::store::journal::record::{DecisionText, decision_text};
use crate::text::counted;
use crate::triage::{Decision, Event, Session};

/// What became of a save that leaves out what cannot be said.
#[derive(Debug)]
pub struct Others {
    /// The session with the decisions that were saved.
    pub session: Session,
    /// What the save has done.
    pub saved: Saved,
    /// What was left out and is pending again, to be applied in order.
    pub events: Vec<Event>,
    /// Why it was left out; `None` where nothing was.
    pub fault: Option<Fault>,
}

impl Store {
    /// The same as [`Store::save`], but where the report would not say some of the decisions, the others are saved. Those stay
    /// pending, as far as they still fit the report, or else are to be settled.
    ///
    /// # Errors
    /// Those of [`Store::save`], also where no decision is left to be saved.
    pub fn save_others(&self, journal: &mut Journal, session: &Session, writing: Writing) -> Result<Others> {
        match self.save(journal, session, writing) {
            Ok(saved) => Ok(Others { session: session.clone(), saved, events: Vec::new(), fault: None }),
            Err(fault) if fault.kind().is_of_a_decision() && session.pending().len() > 1 => {
                self.save_without_refused(journal, session, writing, fault)
            }
            Err(fault) => Err(fault),
        }
    }

    fn save_without_refused(
        &self,
        journal: &mut Journal,
        session: &Session,
        writing: Writing,
        fault: Fault,
    ) -> Result<Others> {
        let base = session.as_saved();
        let mut events: Vec<Event> = session.pending().iter().cloned().map(Event::Decided).collect();
        let mut faults = Vec::new();
        let mut left = Vec::new();
        while let Some((at, why)) = self.first_refused(journal, &base, &events, writing)? {
            faults.push(why);
            left.extend(decision(events.remove(at)));
        }
        if left.is_empty() || events.is_empty() {
            return Err(fault);
        }
        let mut others = base;
        events.iter().for_each(|event| others.apply(event.clone()));
        let text = |decision| decision_text(decision, session.report(), session.methodology());
        let texts: Vec<DecisionText> = left.iter().map(text).collect();
        let new = self.prepared(journal, &others, writing)?;
        let saved = self.write(journal, &others, new, texts)?;
        let events = journal.try_again();
        let saved = Saved { misfits: journal.to_settle(), ..saved };
        let fault = told(faults, saved.decisions);
        Ok(Others { session: others, saved, events, fault })
    }

    /// The first of these events after which the report would not be read back as decided, and why; `None` where it would with all
    /// of them.
    ///
    /// # Errors
    /// What keeps them from being tried.
    pub fn first_refused(
        &self,
        journal: &Journal,
        base: &Session,
        events: &[Event],
        writing: Writing,
    ) -> Result<Option<(usize, Fault)>> {
        let refusal = |events: &[Event]| self.refusal(journal, base, events, writing);
        let Some(mut why) = refusal(events)? else { return Ok(None) };
        let (mut sound, mut refused) = (0, events.len());
        while refused - sound > 1 {
            let middle = sound.midpoint(refused);
            match refusal(&events[..middle])? {
                Some(fault) => (refused, why) = (middle, fault),
                None => sound = middle,
            }
        }
        Ok(Some((refused - 1, why)))
    }

    /// Why the report cannot be written with these alone, if so.
    fn refusal(
        &self,
        journal: &Journal,
        base: &Session,
        events: &[Event],
        writing: Writing,
    ) -> Result<Option<Fault>> {
        let mut session = base.clone();
        events.iter().for_each(|event| session.apply(event.clone()));
        match self.rehearse(journal, &session, writing) {
            Ok(_) => Ok(None),
            Err(fault) if fault.kind().is_of_a_decision() => Ok(Some(fault)),
            Err(fault) => Err(fault),
        }
    }
}

fn decision(event: Event) -> Option<Decision> {
    if let Event::Decided(decision) = event { Some(decision) } else { None }
}

/// The first of them, which tells the others along with it, and what has become of what was not refused.
fn told(faults: Vec<Fault>, saved: usize) -> Option<Fault> {
    let mut faults = faults.into_iter();
    let first = faults.next()?;
    let (others, these) = (counted(saved, "other decision"), faults.collect::<Vec<_>>());
    let is = if saved == 1 { "is" } else { "are" };
    let (this, waits, it) =
        if these.is_empty() { ("this one", "waits", "it") } else { ("these", "wait", "them") };
    let hint = format!(
        "{others} {is} saved; {this} {waits}, and nothing of {it} is lost: decide otherwise, or undo {it}"
    );
    Some(first.hinted(hint).with(these))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::report::To;
    use crate::store::Opened;
    use crate::store::rig::{Rig, decided, unsayable};
    use crate::triage::Set;

    fn decide(rig: &Rig, events: &[Event]) -> (Opened, Session) {
        let mut opened = rig.open();
        let mut session = opened.session();
        for event in events {
            opened.journal.record(event).unwrap();
            session.apply(event.clone());
        }
        (opened, session)
    }

    /// One decision on one bug would keep a day's work from being saved.
    #[test]
    fn a_decision_that_cannot_be_said_keeps_no_other_from_being_saved() {
        let rig = Rig::new();
        let odd = unsayable(&[0], "odd");
        let events = [decided(&[1], 2, "one"), odd.clone(), decided(&[2], 1, "two")];
        let (mut opened, session) = decide(&rig, &events);
        assert!(rig.store().save(&mut opened.journal, &session, Writing::default()).is_err());
        let others = rig.store().save_others(&mut opened.journal, &session, Writing::default()).unwrap();
        let said: Vec<String> = rig.log().entries.into_iter().map(|entry| entry.rationale).collect();
        assert_eq!((said, others.saved.decisions), (vec!["one".to_owned(), "two".to_owned()], 2));
        let fault = others.fault.expect("it is told why one waits");
        assert!(fault.to_string().contains("BUG-001 would not be read back"), "{fault}");
        assert!(fault.hints()[0].starts_with("2 other decisions are saved; this one waits"), "{fault:?}");
        let pending = |events: &[Event]| {
            let of = |event: &Event| decision(event.clone()).map(|decision| decision.draft.rationale);
            events.iter().filter_map(of).collect::<Vec<_>>()
        };
        assert_eq!(pending(&others.events), ["odd"]);
        let again = rig.open();
        assert_eq!((pending(&again.events), again.session().misfits().len()), (vec!["odd".to_owned()], 0));
        // What goes on is the journal of the new report.
        let mut session = Session::new(
            Arc::clone(&others.saved.report),
            rig.methodology.clone(),
            others.saved.past.clone(),
        );
        others.events.iter().for_each(|event| session.apply(event.clone()));
        opened.journal.record(&Event::Undone).unwrap();
        session.apply(Event::Undone);
        assert_eq!(rig.open().session().pending(), session.pending());
    }

    #[test]
    fn where_no_decision_can_be_said_nothing_is_written() {
        let rig = Rig::new();
        let (mut opened, session) = decide(&rig, &[unsayable(&[0], "odd"), unsayable(&[1], "so is this")]);
        let before = rig.report();
        let fault = rig.store().save_others(&mut opened.journal, &session, Writing::default()).unwrap_err();
        assert!(fault.kind().is_of_a_decision() && rig.report() == before, "{fault}");
        assert_eq!(rig.open().session().pending(), session.pending());
    }

    /// What was decided on the same bug since has changed what was judged: whoever decided has to look again.
    #[test]
    fn what_others_on_the_same_bug_have_changed_is_left_to_settle() {
        let rig = Rig::new();
        let mut scoped = decided(&[1], 2, "one");
        if let Event::Decided(decision) = &mut scoped {
            let set = Set { scope: To::Value(String::from("configuration")), ..Set::default() };
            decision.draft.parts.iter_mut().for_each(|part| part.set = set.clone());
        }
        let (mut opened, session) = decide(&rig, &[unsayable(&[1], "odd"), scoped]);
        let others = rig.store().save_others(&mut opened.journal, &session, Writing::default()).unwrap();
        assert_eq!((others.saved.decisions, others.events.len(), others.saved.misfits.len()), (1, 0, 1));
        assert_eq!(rig.open().session().misfits(), others.saved.misfits);
    }
}
