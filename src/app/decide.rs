//! From a key to a decision.
//!
//! Nothing here changes a decision: a draft goes out as an [`Effect`], and comes back committed.

use super::weighing::{AT_ONCE, Weighing};
use super::{App, Blast, Effect, Rationale, Toast};
use crate::config::Action;
use crate::methodology::LevelId;
use crate::report::{BugIx, To};
use crate::text::{counted, display};
use crate::triage::{BugSet, Decision, Draft, Kind, Part, Past, Set, outcome};

/// How many of several remarks are told.
const TOLD: usize = 3;

/// How wide such a remark is at most.
const SHORT: usize = 32;

impl App {
    /// Asks why the targets get this severity. Where they stand so already that confirms it, in the same popup, so
    /// that a rationale that fingers type ahead is never taken for keys.
    pub(super) fn severity(&mut self, level: LevelId) -> Vec<Effect> {
        let bugs = self.targets();
        if bugs.is_empty() {
            self.say(Toast::refusal("there is no bug here to decide on"));
            return Vec::new();
        }
        self.weigh(Weighing::Severity(bugs, level))
    }

    /// Opens the rationale popup for a decision on the targets.
    pub(super) fn ask(&mut self, kind: Kind, set: Set) -> Vec<Effect> {
        self.weigh(Weighing::Ask(Draft::new(kind, self.targets(), set), None))
    }

    pub(super) fn rationale_of(&self, kind: Kind, bugs: BugSet, set: Set, blast: Blast) -> Rationale {
        let blast = Blast { hidden: self.ui.view.hides(&bugs), ..blast };
        let stays = bugs.first().filter(|_| kind == Kind::Confirmed).and_then(|bug| self.session.level(bug));
        let terms = self.terms(kind, &bugs, &stays.map_or_else(|| set.clone(), Set::severity));
        let going = if bugs.len() > AT_ONCE { lost(blast.remarks) } else { self.going(&bugs, &set) };
        let mut rationale = Rationale::new(kind, bugs, set, blast, terms);
        rationale.going = going;
        rationale
    }

    /// The remarks of these bugs that are lost with their statuses, in a few words.
    pub(super) fn going(&self, bugs: &BugSet, set: &Set) -> Option<String> {
        match outcome::going(bugs, set, &self.session).as_slice() {
            [] => None,
            [(_, remark)] if bugs.len() == 1 => Some(format!("its remark is lost: {remark}")),
            [(bug, remark)] => {
                Some(format!("the remark of {} is lost: {remark}", self.session.report().handle(*bug)))
            }
            several => lost(several.len()).map(|lost| format!("{lost}: {}", self.some_of(several))),
        }
    }

    /// The first of these remarks with their bugs, and how many more there are.
    fn some_of(&self, remarks: &[(BugIx, String)]) -> String {
        let told = |(bug, remark): &(BugIx, String)| {
            let handle = self.session.report().handle(*bug);
            format!("{handle} “{}”", display::clip(&display::brief(remark), SHORT))
        };
        let told: Vec<String> = remarks.iter().take(TOLD).map(told).collect();
        let more = remarks.len() - told.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        told.join(", ") + &more
    }

    /// Confirms the targets as they are; those with a pending decision are left out. One that was decided and saved says so
    /// instead: whoever goes on with a review would decide it anew without knowing.
    pub(super) fn confirm(&mut self) -> Vec<Effect> {
        if let Some(bug) = self.cursor().filter(|bug| self.chosen_as().is_none() && self.is_settled(*bug)) {
            let (who, level) = (self.called(&BugSet::from(bug)), self.session.level(bug));
            let key = level.map_or_else(String::new, |level| self.key_of(Action::Severity(level.0)));
            let hint = format!("{key} confirms it anew, with a rationale");
            let said = Toast::refusal(format!("{who} was decided before"));
            self.say(if key.is_empty() { said } else { said.hint(hint) });
            return Vec::new();
        }
        match self.unconfirmed(self.targets()) {
            Some(free) => self.make(Draft::new(Kind::Confirmed, free, Set::default())),
            None => Vec::new(),
        }
    }

    /// Whether a decision on this bug is saved and stands, and none is pending.
    fn is_settled(&self, bug: BugIx) -> bool {
        self.session.reviewed().contains(bug) && !self.session.unreviewed(&BugSet::from(bug)).is_empty()
    }

    /// Those of these bugs that have no pending decision; where none is left, says so.
    fn unconfirmed(&mut self, bugs: BugSet) -> Option<BugSet> {
        let free = self.session.unreviewed(&bugs);
        if !free.is_empty() {
            return Some(free);
        }
        let said = if bugs.is_empty() { "there is no bug here to confirm" } else { "decided already" };
        self.say(Toast::refusal(said));
        None
    }

    /// Records what was typed in the popup. To confirm without a word what was decided already says nothing new.
    pub(super) fn record_typed(&mut self, draft: Draft) -> Vec<Effect> {
        if draft.kind != Kind::Confirmed || !draft.rationale.is_empty() {
            return self.record(draft);
        }
        match self.unconfirmed(draft.touched()) {
            Some(free) => {
                let parts = Draft::new(Kind::Confirmed, free, Set::default()).parts;
                self.record(Draft { parts, ..draft })
            }
            None => Vec::new(),
        }
    }

    /// Makes the last decision again, on the targets. After a suggestion it accepts what is suggested for the targets:
    /// another bug's reasons may not hold for them.
    pub(super) fn repeat(&mut self) -> Vec<Effect> {
        let bugs = self.targets();
        let Some(last) = self.ui.last.clone().filter(|_| !bugs.is_empty()) else {
            self.say(Toast::refusal("there is no decision to repeat yet"));
            return Vec::new();
        };
        if last.suggestion.is_some() || last.suggested_by.is_some() {
            return self.accept();
        }
        let given = last.parts.into_iter().next().map(|part| part.set).unwrap_or_default();
        let set = match &self.ui.kept {
            Some((kept, bare)) if *kept == given => bare.clone(),
            _ => given,
        };
        if last.kind == Kind::Confirmed && last.rationale.is_empty() {
            return self.confirm();
        }
        if last.kind == Kind::Note && set.is_empty() && self.is_noted(&bugs, &last.rationale) {
            let who = self.called(&bugs);
            self.say(Toast::refusal(format!("{who} has this note already")));
            return Vec::new();
        }
        if let Some(bug) = self.repeats_itself(&bugs, &set) {
            let who = self.called(&BugSet::from(bug));
            self.say(Toast::refusal(format!("{who} cannot be a duplicate of itself")));
            return Vec::new();
        }
        let kind = if set.is_empty() { last.kind } else { set.kind(self.session.methodology().fields()) };
        let again = Draft::new(kind, bugs, set);
        self.make(Draft { rationale: last.rationale, rule: last.rule, ..again })
    }

    /// Whether this is one bug, and what was noted of it last.
    fn is_noted(&self, bugs: &BugSet, note: &str) -> bool {
        let Some(bug) = bugs.first().filter(|_| bugs.len() == 1) else { return false };
        let pending =
            self.pending(bug).map(|decision| (decision.draft.kind, decision.draft.rationale.as_str()));
        let earlier = self.earlier(bug).map(|past| (past.kind, past.rationale.as_str()));
        pending.chain(earlier).next() == Some((Kind::Note, note))
    }

    /// The first of these bugs that a status would call a duplicate of itself.
    fn repeats_itself(&self, bugs: &BugSet, set: &Set) -> Option<BugIx> {
        let To::Value(status) = &set.status else { return None };
        outcome::repeating(&self.session, status, bugs)
    }

    /// Records a draft on one bug at once. What is first shown, where it hits any bug, is one on several, one that gives
    /// fields, which may tell of another bug, and one with which a remark goes.
    fn make(&mut self, draft: Draft) -> Vec<Effect> {
        let is_plain =
            |part: &Part| part.set.fields.is_empty() && self.going(&part.bugs, &part.set).is_none();
        if draft.len() < 2 && draft.parts.iter().all(is_plain) {
            return self.record(draft);
        }
        self.weigh(Weighing::Again(draft))
    }

    /// Whether a bug has this severity already, wherever it is or will be written, as far as a decision can make it.
    pub fn stands(&self, bug: BugIx, level: LevelId) -> bool {
        self.session.has(bug, &Set::severity(level), self.ui.settings.writing())
    }

    /// Whether giving this to a bug writes the severity that it has where the report says another.
    pub fn brings_in_line(&self, bug: BugIx, set: &Set) -> bool {
        let writing = self.ui.settings.writing();
        matches!(set.severity, To::Value(level) if self.session.brings_in_line(bug, level, writing))
    }

    /// Says that bugs have already what they would get.
    pub(super) fn so_already(&self, bugs: &BugSet) -> String {
        if bugs.is_empty() {
            return "the log tells this of the report already".to_owned();
        }
        let verb = if bugs.len() == 1 { "has" } else { "have" };
        format!("{} {verb} all of it already", self.called(bugs))
    }

    /// The saved decisions about a bug, newest first.
    pub fn earlier(&self, bug: BugIx) -> impl Iterator<Item = &Past> {
        self.ui.earlier.about(bug).rev().filter_map(|at| self.session.past().get(at))
    }

    /// The pending decisions about a bug, newest first.
    pub fn pending(&self, bug: BugIx) -> impl Iterator<Item = &Decision> {
        self.session.about(bug)
    }
}

/// How many remarks are lost with the statuses that they stand behind, where any is.
fn lost(remarks: usize) -> Option<String> {
    let are = if remarks == 1 { "is" } else { "are" };
    let said = || format!("{} behind a status that changes {are} lost", counted(remarks, "remark"));
    (remarks > 0).then(said)
}

/// Whether a decision is about a bug.
pub(super) fn concerns(draft: &Draft, bug: BugIx) -> bool {
    draft.parts.iter().any(|part| part.bugs.contains(bug))
}
