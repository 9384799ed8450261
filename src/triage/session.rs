//! An open report with its pending decisions and their undo history.
//!
//! The report never changes; decisions lie over it, and what they make of a bug is always what
//! going through them in order gives. Where no decision speaks, the report does.

mod again;
mod applied;
mod back;
mod claims;
mod layers;
pub mod net;
mod reported;
pub mod states;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

pub use back::Barred;
pub(super) use claims::restated_by;
use layers::{At, Layers};
use rayon::prelude::*;
use reported::Reported;

use super::decision::misfit::Misfit;
use super::session::net::Net;
use super::session::states::States;
use super::suggest::{Advice, Decline, Voice};
use super::{BugSet, Decision, Draft, Past, Set, taken_back};
use crate::methodology::{LevelId, Methodology};
use crate::report::{BugIx, Change, Paragraph, Report, To, Writing};
use crate::text::WayBack;
use crate::text::edit::{Edits, Overlap};

/// Of how many bugs the levels are looked up on one core: the first of a report are on the desk while all cores read it.
const AT_ONCE: usize = 1 << 14;

/// An open report with its pending decisions.
#[derive(Clone, Debug)]
pub struct Session {
    report: Arc<Report>,
    methodology: Arc<Methodology>,
    past: Arc<Vec<Past>>,
    log_troubles: Vec<String>,
    done: Vec<Decision>,
    /// Which of them are about a bug.
    layers: Layers,
    undone: Vec<Decision>,
    /// How many pending decisions take saved ones back since the last of those was undone.
    deeper: usize,
    misfits: Vec<Misfit>,
    seen: BugSet,
    reviewed: BugSet,
    /// The bugs that were reviewed by the log, less what so many pending decisions take back or bring back.
    reviewed_before: (usize, BugSet),
    levels: Arc<Vec<Option<LevelId>>>,
    advice: Advice,
    /// How many bugs each level has in the report.
    reported: Vec<usize>,
    reported_at_first: Arc<Reported>,
}

impl Session {
    /// Opens a report with what its deviation log says of it, oldest first, and nothing pending.
    pub fn new(
        report: Arc<Report>,
        methodology: Arc<Methodology>,
        past: impl Into<Arc<Vec<Past>>>,
    ) -> Session {
        let past = past.into();
        let bugs = (0..report.len() as u32).into_par_iter().with_min_len(AT_ONCE).map(BugIx);
        let levels: Arc<Vec<Option<LevelId>>> = Arc::new(bugs.map(|bug| report.level(bug)).collect());
        let reported = count(&levels, &methodology);
        let (done, undone, misfits) = (Vec::new(), Vec::new(), Vec::new());
        let (seen, reviewed) = (BugSet::default(), BugSet::default());
        let reported_at_first = Arc::new(reported::reported(&past, &report));
        let log_troubles = Vec::new();
        let mut session = Session {
            report,
            methodology,
            past,
            log_troubles,
            done,
            layers: Layers::default(),
            undone,
            deeper: 0,
            misfits,
            seen,
            reviewed,
            reviewed_before: (0, BugSet::default()),
            levels,
            advice: Advice::default(),
            reported,
            reported_at_first,
        };
        session.reviewed_before = (0, session.count_reviewed_before());
        session.reviewed = session.reviewed_before.1.clone();
        session
    }

    /// The same with decisions that no longer fit the report, oldest first.
    #[must_use]
    pub fn with_misfits(self, misfits: Vec<Misfit>) -> Session {
        Session { misfits, ..self }
    }

    /// The same with what is wrong with its deviation log, a sentence each.
    #[must_use]
    pub fn with_log_troubles(self, log_troubles: Vec<String>) -> Session {
        Session { log_troubles, ..self }
    }

    /// The same with what others propose for its bugs, and what was declined.
    #[must_use]
    pub fn with_advice(self, advice: Advice) -> Session {
        Session { advice, ..self }
    }

    /// The same without decisions that are not saved.
    #[must_use]
    pub fn as_saved(&self) -> Session {
        let saved = Session::new(self.report.clone(), self.methodology.clone(), self.past.clone());
        saved.with_log_troubles(self.log_troubles.clone()).with_advice(self.advice.clone())
    }

    /// What is wrong with the deviation log, a sentence each.
    pub fn log_troubles(&self) -> &[String] {
        &self.log_troubles
    }

    /// Those of these bugs about which no pending decision is the newest that reviews.
    pub fn unreviewed(&self, bugs: &BugSet) -> BugSet {
        let reviews = |at: At| self.done[at.decision].draft.kind.reviews();
        let under = self.layers.under(bugs);
        let free = under
            .filter_map(|(start, end, mut over)| (!over.next().is_some_and(reviews)).then_some((start, end)));
        BugSet::of_runs(free.collect())
    }

    /// A decision and what it gives to the bugs of a part.
    fn values(&self, at: At) -> (&Decision, &Set) {
        let decision = &self.done[at.decision];
        (decision, &decision.draft.parts[at.part].set)
    }

    /// Remembers that the detail of a bug has been on screen.
    pub fn see(&mut self, bug: BugIx) {
        self.seen.insert(bug);
    }

    /// Remembers that what is suggested for bugs is declined, or, where `made` is `None`, no longer is. That is no decision.
    pub fn decline(&mut self, bugs: impl IntoIterator<Item = (BugIx, Voice)>, made: Option<&Decline>) {
        self.advice.decline(bugs, made);
    }

    /// What others propose for the bugs, and what was declined.
    pub fn advice(&self) -> &Advice {
        &self.advice
    }

    /// The report as it was opened.
    pub fn report(&self) -> &Arc<Report> {
        &self.report
    }

    /// The methodology in force.
    pub fn methodology(&self) -> &Arc<Methodology> {
        &self.methodology
    }

    /// The decisions that a save would write, oldest first.
    pub fn pending(&self) -> &[Decision] {
        &self.done
    }

    /// The decisions that no longer fit the report and wait to be settled, oldest first.
    pub fn misfits(&self) -> &[Misfit] {
        &self.misfits
    }

    /// How many decisions do not fit here that did, or were not there, before.
    pub fn unfit_since(&self, before: &Session) -> usize {
        let was = |misfit: &&Misfit| before.misfits.iter().any(|known| known.is_of(&misfit.decision));
        self.misfits.iter().filter(|misfit| !was(misfit)).count()
    }

    /// The saved decisions about this report, oldest first.
    pub fn past(&self) -> &[Past] {
        &self.past
    }

    /// The same, to be kept.
    pub fn past_shared(&self) -> Arc<Vec<Past>> {
        Arc::clone(&self.past)
    }

    /// Whether a redo would make a decision again.
    pub fn can_redo(&self) -> bool {
        self.next_redo().is_some()
    }

    /// The decision that a redo would make again.
    pub fn next_redo(&self) -> Option<&Decision> {
        self.undone.last().filter(|_| self.deeper == 0)
    }

    /// The pending decision that a redo would take off, so that the saved one which it takes back stands again.
    pub fn gives_back(&self) -> Option<&Decision> {
        self.done.last().filter(|decision| decision.draft.goes_back() && !self.can_redo())
    }

    /// The bugs whose detail has been on screen.
    pub fn seen(&self) -> &BugSet {
        &self.seen
    }

    /// The bugs that were decided, in this session or, by the log, in an earlier one.
    pub fn reviewed(&self) -> &BugSet {
        &self.reviewed
    }

    /// What the pending decisions make of a bug.
    pub fn net(&self, bug: BugIx) -> Net<'_> {
        self.net_of(bug, self.done.len())
    }

    /// What the first so many of them make of it.
    pub fn net_of(&self, bug: BugIx, decisions: usize) -> Net<'_> {
        let over: Vec<At> = self.layers.over(bug).filter(|at| at.decision < decisions).collect();
        Net::of(over.into_iter().rev().map(|at| self.values(at)))
    }

    /// What some of them make of it, less what those after them, up to so many decisions, make otherwise.
    pub(super) fn net_between(&self, bug: BugIx, which: Range<usize>, decisions: usize) -> Net<'_> {
        if which == (0..decisions) {
            return self.net_of(bug, decisions);
        }
        let over: Vec<At> = self.layers.over(bug).filter(|at| at.decision < decisions).collect();
        let (later, until): (Vec<At>, Vec<At>) = over.into_iter().partition(|at| at.decision >= which.end);
        let these = until.into_iter().rev().filter(|at| at.decision >= which.start);
        let net = self.net_of(bug, which.end).only_of(these.map(|at| self.values(at)));
        let later = later.into_iter().filter(|at| self.leaves_no_trace(which.start, at.decision));
        later.fold(net, |net, at| net.without(self.values(at).1))
    }

    /// Whether the values of a decision are as if they had never been where this later one sets them anew.
    fn leaves_no_trace(&self, decision: usize, later: usize) -> bool {
        [decision, later].iter().any(|at| !self.done[*at].draft.stands_apart())
    }

    /// The first decision before one of whose values that one sets some anew.
    pub(super) fn first_set_anew(&self, decision: usize) -> Option<usize> {
        let is_wide = self.done[decision].draft.len() > decision;
        let over = |(bug, set): (BugIx, &Set)| {
            let before = self.layers.over(bug).filter(|at| at.decision < decision);
            let before = before.filter(|at| self.leaves_no_trace(at.decision, decision));
            before.filter(|at| self.values(*at).1.meets(set)).map(|at| at.decision).min()
        };
        match is_wide {
            true => (0..decision).find(|before| self.sets_anew(decision, *before)),
            false => self.done[decision].draft.bugs().filter_map(over).min(),
        }
    }

    /// Whether a decision sets a value anew that one before it gives to the same bug.
    pub(super) fn sets_anew(&self, decision: usize, before: usize) -> bool {
        let mut given: Vec<(u32, u32, &Set)> = runs(&self.done[before]).collect();
        given.sort_unstable_by_key(|(start, ..)| *start);
        let meets = |(start, end, set): (u32, u32, &Set)| {
            let first = given.partition_point(|(_, until, _)| *until <= start);
            let mut over = given[first..].iter().take_while(|(from, ..)| *from < end);
            over.any(|(.., other)| set.meets(other))
        };
        self.leaves_no_trace(before, decision) && runs(&self.done[decision]).any(meets)
    }

    /// The pending decisions about a bug, newest first.
    pub fn about(&self, bug: BugIx) -> impl Iterator<Item = &Decision> {
        self.layers.over(bug).map(|at| &self.done[at.decision])
    }

    /// The level of a bug, pending decisions included.
    pub fn level(&self, bug: BugIx) -> Option<LevelId> {
        self.levels[bug.at()]
    }

    /// The level that a bug has before so many pending decisions about it, the newest, where it is then set to this.
    pub fn level_before(&self, bug: BugIx, to: &To<LevelId>, newest: usize) -> Option<LevelId> {
        let mut older = self.layers.over(bug).skip(newest).map(|at| self.values(at).1.severity);
        match older.find(|set| !set.is_keep()) {
            Some(set) => set.after(None),
            None => self.reported_for(bug, to),
        }
    }

    /// The level that a bug has in the report, for the pending decisions that set it.
    pub fn level_reported(&self, bug: BugIx) -> Option<LevelId> {
        self.reported_for(bug, &self.net(bug).severity_first)
    }

    fn reported_for(&self, bug: BugIx, to: &To<LevelId>) -> Option<LevelId> {
        match to {
            To::Value(to) => self.report.level_before(bug, *to),
            _ => self.report.level(bug),
        }
    }

    /// The scope of a bug, pending decisions included.
    pub fn scope(&self, bug: BugIx) -> Option<Cow<'_, str>> {
        self.net(bug).scope_or(|| self.report.scope(bug))
    }

    /// The status of a bug with its remark, pending decisions included.
    pub fn status(&self, bug: BugIx) -> Option<Cow<'_, str>> {
        self.net(bug).status_or(|| self.report.status(bug))
    }

    /// How many bugs each level has, most severe first: as the report has it, and with the pending decisions.
    pub fn counts(&self) -> Vec<(usize, usize)> {
        self.reported.iter().copied().zip(count(&self.levels, &self.methodology)).collect()
    }

    /// The bugs that a pending decision is about.
    pub fn touched(&self) -> BugSet {
        touched(&self.done)
    }

    /// What the pending decisions change in the report, net, in document order.
    pub fn changes(&self) -> Vec<Change> {
        let (touched, reverted): (Vec<BugIx>, _) = (self.touched().iter().collect(), self.reverted());
        touched.par_iter().filter_map(|bug| self.change(*bug, &reverted)).collect()
    }

    /// The saved decisions that pending ones take back, and those that they bring back, by their entries.
    pub(super) fn reverted(&self) -> HashMap<&str, &Past> {
        let drafts = self.done.iter().map(|decision| &decision.draft);
        let meant = drafts.flat_map(|draft| [draft.reverts.as_deref(), draft.brings_back.as_deref()]);
        let meant: HashSet<&str> = meant.flatten().collect();
        let past = self.past.iter().map(|past| (past.entry.as_str(), past));
        past.filter(|(entry, _)| meant.contains(entry)).collect()
    }

    fn change(&self, bug: BugIx, reverted: &HashMap<&str, &Past>) -> Option<Change> {
        self.change_in(bug, &self.net(bug), (&self.report, bug), reverted)
    }

    /// What decisions that make this of a bug change in a report in which it is that one.
    pub(super) fn change_in(
        &self,
        bug: BugIx,
        net: &Net<'_>,
        (report, at): (&Report, BugIx),
        reverted: &HashMap<&str, &Past>,
    ) -> Option<Change> {
        let change = net.change(at, report);
        match net.severity_by {
            Some(decision) if brings_out_of_line(bug, decision, reverted) => {
                let change = change.unwrap_or_else(|| Change::of(at));
                Some(Change { severity: net.severity, goes_back: true, out_of_line: true, ..change })
            }
            decision => {
                let goes_back = decision.is_some_and(|decision| decision.draft.goes_back());
                let reported = if goes_back { self.level_at_first(bug, &net.severity) } else { None };
                change.map(|change| Change { goes_back, reported, ..change })
            }
        }
    }

    /// What the section of a bug counts it as again once this decision takes back the one that brought it in line.
    pub fn counted_again(&self, bug: BugIx, decision: &Decision) -> Option<LevelId> {
        let reverts = decision.draft.reverts.as_ref()?;
        self.past.iter().rev().find(|past| past.entry == *reverts)?.counted_as(bug)
    }

    /// The paragraphs that the pending decisions put below the report's summary, oldest first, and those that they
    /// take away.
    pub fn paragraphs(&self) -> Vec<Paragraph> {
        let reverted = self.reverted();
        self.done.iter().filter_map(|decision| paragraph(&decision.draft, &reverted)).collect()
    }

    /// The edits of the report that a save would make. Where the log knows the way back from the report as it is, that
    /// is taken; else what is taken back is written like any other decision.
    ///
    /// # Errors
    /// When two decisions want the same bytes.
    pub fn edits(&self, writing: Writing) -> Result<Edits, Overlap> {
        States::of(self, writing).edits_after(self.done.len())
    }

    /// The way back that the log knows for a decision that takes all of another back. What took nothing back, for the report
    /// said already what was before, knows none to what was decided.
    pub(super) fn way_of(&self, decision: &Decision) -> Option<&WayBack> {
        let draft = &decision.draft;
        let past = self.past.iter().find(|past| Some(&past.entry) == draft.reverts.as_ref())?;
        let way = past.way_back.as_ref().filter(|_| draft.len() == past.sides.len())?;
        let took_all = || !way.edits().is_empty() && matches!(self.as_decided(past), Cow::Borrowed(_));
        (draft.brings_back.is_none() || took_all()).then_some(way)
    }

    /// The log entries that saved or pending decisions take back.
    pub(super) fn taken_back(&self) -> HashSet<&str> {
        let pending = self.done.iter().map(|decision| (None, decision.draft.reverts.as_deref()));
        let saved = self.past.iter().map(|past| (Some(past.entry.as_str()), past.reverts.as_deref()));
        taken_back(pending.chain(saved.rev()))
    }

    /// The saved decisions that nothing takes back, oldest first. What brings one back is none beside it.
    pub fn standing(&self) -> impl Iterator<Item = &Past> {
        let taken_back = self.taken_back();
        let stands =
            move |past: &&Past| !taken_back.contains(past.entry.as_str()) && past.brings_back.is_none();
        self.past.iter().filter(stands)
    }
}

/// The bugs that decisions are about.
pub(super) fn touched(decisions: &[Decision]) -> BugSet {
    BugSet::of_all(decisions.iter().flat_map(|decision| &decision.draft.parts).map(|part| &part.bugs))
}

/// The runs of bugs of a decision, each with what it gets; disjoint.
fn runs(decision: &Decision) -> impl Iterator<Item = (u32, u32, &Set)> {
    let parts = decision.draft.parts.iter();
    parts.flat_map(|part| part.bugs.runs().iter().map(|(start, end)| (*start, *end, &part.set)))
}

/// Whether a decision takes back one that gave a bug the severity it had already.
fn brings_out_of_line(bug: BugIx, decision: &Decision, reverted: &HashMap<&str, &Past>) -> bool {
    let entry = decision.draft.reverts.as_deref().filter(|_| decision.draft.goes_back());
    let past = entry.and_then(|entry| reverted.get(entry));
    let sides = past.and_then(|past| past.about(bug));
    sides.is_some_and(|(before, after)| !before.severity.is_keep() && before.severity == after.severity)
}

/// What a decision states in the report, or brings back into it, or, where it takes one back that did, no longer does.
pub(super) fn paragraph(draft: &Draft, reverted: &HashMap<&str, &Past>) -> Option<Paragraph> {
    if let Some(label) = draft.kind.paragraph() {
        return Some(Paragraph::stating(label, &draft.rationale));
    }
    if let Some(past) = draft.brings_back.as_deref().and_then(|entry| reverted.get(entry)) {
        return past.kind.paragraph().map(|label| Paragraph::stating(label, &past.rationale));
    }
    let past = draft.reverts.as_deref().and_then(|entry| reverted.get(entry));
    past.and_then(|past| past.paragraph).map(Paragraph::Gone)
}

/// How many of these each level of a methodology is.
fn count(levels: &[Option<LevelId>], methodology: &Methodology) -> Vec<usize> {
    let mut counts = vec![0; methodology.levels().len()];
    levels.iter().flatten().for_each(|level| counts[usize::from(level.0)] += 1);
    counts
}
