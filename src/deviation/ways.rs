//! Which decisions of a save need a way back in the log: those that the report would not be the same after, byte for
//! byte, if their values alone were put back.
//!
//! A log is read by people, so a way is noted only where it is needed, which making the report anew shows. That
//! costs a reading of the report for each decision: of very many the older ones go without.

use std::borrow::Cow;
use std::sync::Arc;

use super::back::is_text;
use super::entry::Entry;
use super::past::past;
use crate::report::{Report, Writing};
use crate::text::WayBack;
use crate::text::edit::Edits;
use crate::triage::{Barred, Decision, Draft, Event, Kind, Past, Session, States};

/// How many bytes are read anew to find out which decisions need a way.
const READ: usize = 16 << 20;

/// How many places of a report that is not read anew a decision may change and still have its way noted.
const EDITS: usize = 10_000;

/// The ways back of the pending decisions of a session, asked for one after the other.
pub(super) struct Ways<'a> {
    session: &'a Session,
    writing: Writing,
    after: &'a Arc<Report>,
    /// What makes that of the report as it was opened.
    edits: &'a Edits,
    states: States<'a>,
    /// How many decisions were asked for.
    asked: usize,
    /// What those make of the report; `None` where they contradict each other, or are too many to be looked at.
    now: Option<Cow<'a, Edits>>,
}

impl<'a> Ways<'a> {
    /// Those of a session whose save makes this report by these edits.
    pub(super) fn of(
        session: &'a Session,
        writing: Writing,
        (after, edits): (&'a Arc<Report>, &'a Edits),
    ) -> Ways<'a> {
        let (states, now) = (States::of(session, writing), Some(Cow::default()));
        Ways { session, writing, after, edits, states, asked: 0, now }
    }

    /// The way back from the next decision, which this entry is of; `None` where it needs none, or is taken back by
    /// none: what was brought back goes back as it did before.
    pub(super) fn next(&mut self, entry: &Entry) -> Option<WayBack> {
        self.asked += 1;
        let now = if self.asked >= self.first() { self.edits() } else { None };
        let before = std::mem::replace(&mut self.now, now)?;
        let is_tried = self.after.base().len() <= READ;
        let may_be_noted = is_tried || self.now.as_ref()?.iter().count() <= EDITS;
        if !may_be_noted || self.draft().brings_back.is_some() {
            return None;
        }
        let report = self.report()?;
        if self.is_told(entry, &report, &before) {
            return None;
        }
        let now = (&**self.now.as_ref()?, &**report.base(), report.base().sum());
        Some(WayBack::between(self.session.report().base(), now, &before)).filter(is_text)
    }

    /// The first decision whose way is looked for.
    fn first(&self) -> usize {
        let most = READ / self.after.base().len().max(1);
        self.session.pending().len().saturating_sub(most.max(1))
    }

    /// Whether putting back the values that an entry tells gives the same bytes back.
    fn is_told(&self, entry: &Entry, report: &Arc<Report>, before: &Edits) -> bool {
        if report.base().len() > READ {
            return false;
        }
        let mut past = past([entry], report, self.session.methodology());
        let taken_back = self.taken_back(entry);
        past.splice(0..0, taken_back);
        let mut session = Session::new(report.clone(), self.session.methodology().clone(), past);
        let back = match entry.kind {
            Kind::Reverted => session.bring_back(self.writing),
            _ => session.revert(self.writing),
        };
        let draft = match back {
            Ok(draft) => draft,
            Err(barred) => return matches!(barred, Barred::Nothing | Barred::Absent { .. }),
        };
        session.apply(Event::Decided(Decision { at: entry.at, by: entry.by.clone(), draft }));
        let base = self.session.report().base();
        session.edits(self.writing).is_ok_and(|edits| edits.apply(report.base()) == before.apply(base))
    }

    /// What the decisions that were asked for make of the report.
    fn edits(&mut self) -> Option<Cow<'a, Edits>> {
        match self.asked == self.session.pending().len() {
            true => Some(Cow::Borrowed(self.edits)),
            false => Some(Cow::Owned(self.states.after(self.asked).ok()?.edits().clone())),
        }
    }

    /// The decision that was asked for last.
    fn draft(&self) -> &Draft {
        &self.session.pending()[self.asked - 1].draft
    }

    /// The saved decision that an entry takes back, without what it did to the bugs and claims of the report before.
    fn taken_back(&self, entry: &Entry) -> Option<Past> {
        let reverts = entry.reverts.as_ref()?;
        self.session.past().iter().find(|past| past.entry == *reverts).map(Past::bare)
    }

    /// The report after the decisions that were asked for.
    fn report(&mut self) -> Option<Arc<Report>> {
        match self.asked == self.session.pending().len() {
            true => Some(self.after.clone()),
            false => Some(self.states.after(self.asked).ok()?.report().clone()),
        }
    }
}
