//! Suggestions at the desk: which bugs have one, what it says, and how it is accepted or declined.
//!
//! Which bugs have one is found beside the desk; what is suggested for the bug under the cursor is made out when it is
//! asked for. Nothing is accepted but by a key, and what a rule suggests for many bugs is first shown with what it
//! hits.

use super::{App, Effect, Popup, Toast};
use crate::config::Action;
use crate::fault::Fault;
use crate::report::BugIx;
use crate::text::counted;
use crate::triage::suggest::{self, Suggested};
use crate::triage::{BugSet, Draft, guard};

/// Bugs for which suggestions are to be accepted, by the place of the rule.
pub type Gathering = Vec<(usize, BugSet)>;

/// What the rules suggest, as far as that is known.
#[derive(Clone, Debug, Default)]
pub struct Suggestions {
    /// The bugs that each rule speaks for; those decided since are still among them.
    rules: Vec<BugSet>,
    declined: BugSet,
    /// Which asking was the last.
    pub(super) asked: u64,
    /// Whether a bug is back to where the rules may speak for it.
    is_stale: bool,
    /// The session for which decisions are being made out; what comes for another is not opened.
    gathering: Option<u64>,
    /// How often the session has changed.
    changed: u64,
}

impl Suggestions {
    /// Whether decisions that accept suggestions are being made out, so that keys have to wait for them.
    pub fn is_gathering(&self) -> bool {
        self.gathering.is_some()
    }

    /// The rule that speaks for a bug.
    fn rule_of(&self, bug: BugIx) -> Option<usize> {
        self.rules.iter().position(|bugs| bugs.contains(bug))
    }
}

impl App {
    /// Asks what the rules suggest for the report as it is now.
    pub(super) fn suggest(&mut self) -> Effect {
        let Suggestions { asked, changed, gathering, .. } = std::mem::take(&mut self.ui.suggestions);
        let (asked, changed) = (asked + 1, changed + 1);
        self.ui.suggestions = Suggestions { asked, changed, gathering, ..Suggestions::default() };
        self.ui.suggested = BugSet::default();
        Effect::Suggest { generation: asked }
    }

    /// Asks again, where a decision that was taken back lets rules speak that did not before. What is known
    /// meanwhile stays.
    pub(super) fn suggest_anew(&mut self) -> Option<Effect> {
        std::mem::take(&mut self.ui.suggestions.is_stale).then(|| {
            self.ui.suggestions.asked += 1;
            Effect::Suggest { generation: self.ui.suggestions.asked }
        })
    }

    pub(super) fn suggested(&mut self, generation: u64, rules: Vec<BugSet>, declined: BugSet) {
        if generation == self.ui.suggestions.asked {
            (self.ui.suggestions.rules, self.ui.suggestions.declined) = (rules, declined);
            self.count_suggested();
        }
    }

    pub(super) fn not_suggested(&mut self, generation: u64, fault: Fault) {
        if generation == self.ui.suggestions.asked {
            self.failed(fault);
        }
    }

    /// The decisions are others than before; `is_back` where one was taken back.
    pub(super) fn after_event(&mut self, is_back: bool) {
        self.ui.suggestions.is_stale |= is_back;
        self.ui.suggestions.changed += 1;
        self.count_suggested();
    }

    fn count_suggested(&mut self) {
        let all = self.ui.suggestions.rules.iter().fold(BugSet::default(), |all, bugs| all.union(bugs));
        let open = all.difference(&self.ui.suggestions.declined);
        self.ui.suggested = open.difference(self.session.reviewed());
    }

    /// What is suggested for a bug and not declined.
    pub fn suggestion(&self, bug: BugIx) -> Option<Suggested> {
        let is_open = self.ui.suggested.contains(bug);
        if is_open { suggest::suggested(&self.session, bug) } else { None }
    }

    /// Accepts what is suggested for the bug under the cursor, or for each that is marked or in the range.
    pub(super) fn accept(&mut self) -> Vec<Effect> {
        if !self.ui.marks.is_empty() || self.ui.view.range().is_some() {
            return self.accept_chosen();
        }
        let Some((bug, suggested)) = self.under_cursor() else { return Vec::new() };
        let draft = suggested.draft(bug);
        if guard::missing_rationale(draft.kind, &draft.rationale, self.session.methodology()) > 0 {
            self.propose(draft);
            return Vec::new();
        }
        self.record(draft)
    }

    fn accept_chosen(&mut self) -> Vec<Effect> {
        let bugs = self.targets().intersection(&self.ui.suggested);
        if bugs.is_empty() {
            self.say(Toast::refusal("nothing is suggested for the bugs that are marked"));
            return Vec::new();
        }
        let rules = self.ui.suggestions.rules.iter().enumerate();
        let parts = rules.map(|(rule, known)| (rule, known.intersection(&bugs)));
        self.gather(parts.filter(|(_, bugs)| !bugs.is_empty()).collect())
    }

    /// Accepts what the rule of the bug under the cursor suggests, for all bugs that it speaks for.
    pub(super) fn accept_alike(&mut self) -> Vec<Effect> {
        let Some((_, suggested)) = self.under_cursor() else { return Vec::new() };
        let known = self.ui.suggestions.rules.get(suggested.rule);
        let bugs = known.map(|known| known.intersection(&self.ui.suggested)).unwrap_or_default();
        self.gather(vec![(suggested.rule, bugs)])
    }

    /// Asks for decisions on many bugs, which keys have to wait for.
    fn gather(&mut self, gathering: Gathering) -> Vec<Effect> {
        self.ui.suggestions.gathering = Some(self.ui.suggestions.changed);
        vec![Effect::Gather(gathering)]
    }

    /// Opens the decisions to be looked at, the first on top.
    pub(super) fn gathered(&mut self, drafts: Vec<Draft>) -> Vec<Effect> {
        let asked = self.ui.suggestions.gathering.take();
        if asked == Some(self.ui.suggestions.changed) && self.ui.popups.is_empty() {
            if drafts.is_empty() {
                self.say(Toast::refusal("nothing is suggested here any more"));
            }
            drafts.into_iter().rev().for_each(|draft| self.propose(draft));
            return self.release();
        }
        self.say(Toast::refusal("the report or its decisions changed meanwhile: nothing is accepted"));
        self.drop_held();
        Vec::new()
    }

    pub(super) fn not_gathered(&mut self, fault: Fault) {
        self.ui.suggestions.gathering = None;
        self.failed_waited_for(fault);
    }

    /// Opens a decision to be looked at, its rationale to be gone on with.
    fn propose(&mut self, draft: Draft) {
        for part in draft.parts {
            let mut rationale = self.rationale_of(draft.kind, part.bugs, part.set);
            rationale.suggestion.clone_from(&draft.suggestion);
            rationale.without = self.without();
            rationale.begin_with(&draft.rationale);
            self.open(Popup::Rationale(Box::new(rationale)));
        }
    }

    /// How many of the bugs that are marked or in the range have no suggestion, and how many those are, where any has
    /// none.
    fn without(&self) -> Option<(usize, usize)> {
        let is_chosen = !self.ui.marks.is_empty() || self.ui.view.range().is_some();
        let chosen = self.targets();
        let without = chosen.difference(&self.ui.suggested).len();
        (is_chosen && without > 0).then_some((without, chosen.len()))
    }

    /// What is suggested for the bug under the cursor; where nothing is, that is said.
    fn under_cursor(&mut self) -> Option<(BugIx, Suggested)> {
        let Some(bug) = self.cursor() else {
            self.say(Toast::refusal("there is no bug here to decide on"));
            return None;
        };
        let found = self.suggestion(bug);
        if found.is_none() {
            let handle = self.called(&BugSet::from(bug));
            let said = match () {
                () if self.ui.suggestions.declined.contains(bug) => {
                    let key = self.key_of(Action::Decline);
                    format!("declined for {handle}; {key} takes that back")
                }
                () if self.session.reviewed().contains(bug) => format!("{handle} is decided already"),
                () => format!("nothing is suggested for {handle}"),
            };
            self.say(Toast::refusal(said));
        }
        found.map(|found| (bug, found))
    }

    /// Declines what is suggested for the targets; where all of it is declined, takes that back.
    pub(super) fn decline(&mut self) -> Vec<Effect> {
        let targets = self.targets();
        let open = targets.intersection(&self.ui.suggested);
        let back = targets.intersection(&self.ui.suggestions.declined);
        let (bugs, is_declined) = if open.is_empty() { (back, false) } else { (open, true) };
        let rule = |bug| Some((bug, self.ui.suggestions.rule_of(bug)?));
        let bugs: Vec<(BugIx, usize)> = bugs.iter().filter_map(rule).collect();
        if bugs.is_empty() {
            self.say(Toast::refusal("nothing is suggested here to decline"));
            return Vec::new();
        }
        vec![Effect::Decline { bugs, is_declined }]
    }

    pub(super) fn declined(&mut self, bugs: &BugSet, is_declined: bool) {
        let known = &self.ui.suggestions.declined;
        let all = if is_declined { known.union(bugs) } else { known.difference(bugs) };
        self.ui.suggestions.declined = all;
        self.count_suggested();
        self.unmark();
        let key = self.key_of(Action::Decline);
        let (who, many) = (self.called(bugs), counted(bugs.len(), "suggestion"));
        self.say(Toast::done(match is_declined {
            true => format!("{many} declined, {who}; {key} takes that back"),
            false => format!("{many} back, {who}"),
        }));
    }
}
