//! The states that a save went through, decision by decision, for whoever keeps a history of the report.
//!
//! A save writes the last of them alone. The others are made out from the session that was saved: the report with its
//! first decisions, and the log up to their entries. The last one is byte for byte what was written.

use super::appended;
use crate::deviation::Entry;
use crate::report::Writing;
use crate::store::Saved;
use crate::text::Bytes;
use crate::triage::{Session, States};

/// What a save has made of the log.
#[derive(Clone, Debug, Default)]
pub struct Grown {
    /// Its bytes before; `None` where there was none.
    pub before: Option<Bytes>,
    /// The entries that were appended, oldest first.
    pub entries: Vec<Entry>,
}

/// The report and its log after some of the decisions of a save.
#[derive(Clone, Debug)]
pub struct Step<'a> {
    /// The entries that the step before does not have; more than one where no report can be written between them.
    pub entries: &'a [Entry],
    /// The report.
    pub report: Bytes,
    /// The log.
    pub log: Vec<u8>,
}

impl Saved {
    /// The states that the save of this session went through, one for each decision.
    pub fn steps<'a>(&'a self, session: &'a Session, writing: Writing) -> impl Iterator<Item = Step<'a>> {
        let entries = &self.grown.entries;
        let mut states = States::of(session, writing);
        let mut told = 0;
        (1..=entries.len().min(session.pending().len())).filter_map(move |end| {
            let report = if end == entries.len() {
                self.report.base().clone()
            } else {
                states.after(end).ok()?.edits().applied(session.report().base())
            };
            let these = &entries[std::mem::replace(&mut told, end)..end];
            Some(Step { entries: these, report, log: self.grown.until(end) })
        })
    }
}

impl Grown {
    /// The log with the first of the entries.
    fn until(&self, end: usize) -> Vec<u8> {
        let before = self.before.as_deref();
        let mut log = before.unwrap_or_default().to_vec();
        log.extend_from_slice(
            appended(before, self.entries[..end].iter().map(Entry::document).collect()).as_bytes(),
        );
        log
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::rig::{Rig, decided};

    /// History would end in another report than the one that was saved, or tell two decisions as one.
    #[test]
    fn each_decision_is_a_step_and_the_last_is_what_was_written() {
        let rig = Rig::new();
        let mut opened = rig.open();
        for event in [decided(&[1], 2, "Configuration."), decided(&[0, 1], 1, "On second thoughts.")] {
            opened.journal.record(&event).unwrap();
            opened.events.push(event);
        }
        let session = opened.session();
        let saved = rig.store().save(&mut opened.journal, &session, Writing::default()).unwrap();
        let steps: Vec<Step<'_>> = saved.steps(&session, Writing::default()).collect();
        assert_eq!(steps.iter().map(|step| step.entries.len()).collect::<Vec<_>>(), [1, 1]);
        assert_eq!(steps[1].report, *saved.report.base());
        assert!(steps[0].report != *session.report().base() && steps[0].report != steps[1].report);
        let log = &rig.log();
        assert_eq!(crate::deviation::Log::read(&steps[1].log).entries, log.entries);
        assert_eq!(crate::deviation::Log::read(&steps[0].log).entries, log.entries[..1]);
    }
}
