//! A report after some decisions: what it has become, and where in it that stands which the report had when it was opened.

use std::sync::{Arc, OnceLock};

use crate::report::render::{self, Wanted};
use crate::report::{BugIx, Claim, ClaimIx, Paragraph, Report, Writing};
use crate::text::edit::{Edits, Overlap};
use crate::text::{Places, Span, WayBack, line};

/// A report after some decisions.
#[derive(Clone, Debug)]
pub struct State {
    /// How many they are.
    pub(super) told: usize,
    opened: Arc<Report>,
    edits: Edits,
    report: OnceLock<Arc<Report>>,
    /// Where the bytes of the report as it was opened stand in it.
    places: OnceLock<Places>,
}

impl State {
    /// The report as it was opened.
    pub(super) fn opened(report: &Arc<Report>) -> State {
        let state = State::of(report, Edits::default());
        State { report: OnceLock::from(Arc::clone(report)), ..state }
    }

    fn of(opened: &Arc<Report>, edits: Edits) -> State {
        let (report, places) = (OnceLock::new(), OnceLock::new());
        State { told: 0, opened: Arc::clone(opened), edits, report, places }
    }

    /// The same, as that after so many decisions.
    pub(super) fn after(self, told: usize) -> State {
        State { told, ..self }
    }

    /// See [`State::edits`].
    pub(super) fn into_edits(self) -> Edits {
        self.edits
    }

    /// The edits that make it of the report as it was opened.
    pub fn edits(&self) -> &Edits {
        &self.edits
    }

    /// The report that it is, read when it is first asked for.
    pub fn report(&self) -> &Arc<Report> {
        self.report.get_or_init(|| {
            let bytes = self.edits.applied(self.opened.base());
            self.opened.edited(&self.opened.untouched(&self.edits), bytes).report
        })
    }

    /// Forgets the report, which is read again where it is asked for.
    pub(super) fn forget_report(&mut self) {
        self.report.take();
    }

    /// What it becomes with these.
    pub(super) fn with(&self, wanted: &Wanted<'_>, writing: Writing) -> Result<State, Overlap> {
        let edits = render::edits_of(self.report(), wanted, writing)?;
        if edits.is_empty() {
            return Ok(self.clone());
        }
        Ok(State::of(&self.opened, self.edits.clone().then(self.opened.base(), edits)))
    }

    /// What it becomes on a way back; `None` where that leads from elsewhere.
    pub(super) fn gone(&self, way: &WayBack) -> Option<State> {
        Some(State::of(&self.opened, way.after(self.opened.base(), &self.edits)?))
    }

    /// Where a bug is in it.
    pub(super) fn bug(&self, bug: BugIx) -> Option<BugIx> {
        if self.edits.is_empty() {
            return Some(bug);
        }
        let at = self.place(self.opened.bug(bug).block)?;
        let bugs = self.report().bugs();
        let found = bugs.partition_point(|bug| bug.block.start <= at).checked_sub(1)?;
        bugs[found].block.contains(at).then_some(BugIx(found as u32))
    }

    /// Where a claim is in it: the first from where its digits stood on, if that is about the same. The digits
    /// themselves may be others by now.
    pub(super) fn claim(&self, claim: ClaimIx) -> Option<ClaimIx> {
        if self.edits.is_empty() {
            return Some(claim);
        }
        let about = |claim: &Claim| (claim.place.name(), claim.level, claim.of);
        let opened = &self.opened.claims()[claim.at()];
        let from = self.places().before(opened.span.start);
        let all = self.report().claims();
        let found = all.partition_point(|claim| claim.span.start < from);
        let is_it = all.get(found).is_some_and(|claim| about(claim) == about(opened));
        is_it.then_some(ClaimIx(found as u32))
    }

    /// A paragraph that comes, or goes from where it is in it.
    pub(super) fn paragraph(&self, paragraph: Paragraph) -> Option<Paragraph> {
        match paragraph {
            Paragraph::Gone(span) if !self.edits.is_empty() => {
                let at = self.place(span)?;
                Some(Paragraph::Gone(line::at(self.report().base(), at).whole()))
            }
            paragraph => Some(paragraph),
        }
    }

    /// Where the first byte of a stretch of the report as it was opened is in it.
    fn place(&self, span: Span) -> Option<u32> {
        self.places().of(span)
    }

    fn places(&self) -> &Places {
        self.places.get_or_init(|| self.edits.places(self.opened.base()))
    }
}
