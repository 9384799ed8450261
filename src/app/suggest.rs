//! Suggestions at the desk: which bugs have one, what it says, and how it is accepted.
//!
//! Which bugs have one is found beside the desk; what is suggested for the bug under the cursor is made out when it is
//! asked for. Nothing is accepted but by a key, and what a rule or somebody else suggests for many bugs is first shown
//! with what it hits.

use std::sync::{Arc, OnceLock};

use super::decline::Declined;
use super::weighing::Weighing;
use super::{App, Blast, Effect, Popup, Toast};
use crate::config::Action;
use crate::fault::Fault;
use crate::report::BugIx;
use crate::text::counted;
use crate::triage::suggest::{Found, Standing, State, Suggested, Voice};
use crate::triage::{BugSet, Draft, Event, Part, guard, outcome};

/// Bugs for which suggestions are to be accepted, by who makes them.
pub type Gathering = Vec<(Voice, BugSet)>;

/// What is suggested, as far as that is known.
#[derive(Clone, Debug, Default)]
pub struct Suggestions {
    /// The bugs for which something is suggested.
    found: Found,
    /// Who is the first to suggest something, by name, once a filter has asked for that.
    voices: OnceLock<Arc<Vec<(String, BugSet)>>>,
    /// Which asking was the last.
    pub(super) asked: u64,
    /// Whether it was said, at the first answer, for how many bugs something stale is proposed.
    has_told_stale: bool,
    /// Whether a bug is back to where the rules may speak for it.
    is_stale: bool,
    /// What decisions are being made out for; what comes for something else is not opened.
    gathering: Option<Ground>,
    /// What is so at this moment.
    ground: Ground,
    /// Whether something is being declined, or brought back.
    pub(super) declining: bool,
    /// What was declined since the desk was opened, the last at the end.
    pub(super) declines: Vec<Declined>,
}

/// What a decision is made out for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ground {
    /// Which reading of the report.
    read: u64,
    /// After how many changes of its decisions.
    decided: u64,
}

impl Ground {
    /// What keeps a decision that was made out for this from being made now.
    pub(super) fn meanwhile(self, now: Ground) -> &'static str {
        match () {
            () if self.read != now.read => "the report changed meanwhile",
            () if self.decided != now.decided => "something else was decided meanwhile",
            () => "something else came up meanwhile",
        }
    }
}

impl Suggestions {
    /// What a decision is made out for at this moment.
    pub(super) fn ground(&self) -> Ground {
        self.ground
    }

    /// Whether something is being declined or brought back, so that what decides has to wait for it.
    pub fn is_declining(&self) -> bool {
        self.declining
    }

    /// Whether decisions that accept suggestions are being made out, so that keys have to wait for them.
    pub fn is_gathering(&self) -> bool {
        self.gathering.is_some()
    }
}

impl App {
    /// Asks what the rules suggest for the report as it is now.
    pub(super) fn suggest(&mut self) -> Effect {
        let Suggestions { asked, has_told_stale, ground, gathering, declining, declines, .. } =
            std::mem::take(&mut self.ui.suggestions);
        let (asked, ground) = (asked + 1, Ground { read: ground.read + 1, ..ground });
        self.ui.suggestions = Suggestions {
            asked,
            has_told_stale,
            gathering,
            ground,
            declining,
            declines,
            ..Suggestions::default()
        };
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

    pub(super) fn suggested(&mut self, generation: u64, found: Found) {
        if generation == self.ui.suggestions.asked {
            self.ui.suggestions.found = found;
            self.count_suggested();
            if !std::mem::replace(&mut self.ui.suggestions.has_told_stale, true) {
                self.say_stale();
            }
        }
    }

    /// Says for how many bugs something is proposed that is stale, behind what is said already.
    fn say_stale(&mut self) {
        let bugs = self.stale().len();
        if bugs == 0 {
            return;
        }
        let (before, refusal) = match self.ui.toast.take() {
            Some(toast) => (format!("{}; ", toast.text), toast.refusal),
            None => (String::new(), false),
        };
        let text = format!("{before}stale proposals for {}, decided or changed since", counted(bugs, "bug"));
        let hint = format!("{}is:stale shows them", self.key_of(Action::Filter));
        self.say(Toast { text, hint, refusal });
    }

    /// Who is the first to suggest something that is not declined, by name, and for which bugs.
    pub(super) fn voices(&self) -> Arc<Vec<(String, BugSet)>> {
        let Suggestions { found, voices, .. } = &self.ui.suggestions;
        Arc::clone(voices.get_or_init(|| Arc::new(found.by_name(&self.session))))
    }

    /// The bugs for which something is proposed that is stale and not declined.
    pub fn stale(&self) -> BugSet {
        self.ui.suggestions.found.stale(&self.session)
    }

    /// What is proposed for a bug, stale and not declined.
    pub fn stale_for(&self, bug: BugIx) -> impl Iterator<Item = Suggested> {
        self.ui.suggestions.found.stale_for(&self.session, bug)
    }

    pub(super) fn not_suggested(&mut self, generation: u64, fault: Fault) {
        if generation == self.ui.suggestions.asked {
            self.failed(fault);
        }
    }

    /// The bugs that an event that is to happen is about.
    pub(super) fn touched_by(&self, event: &Event) -> BugSet {
        let draft = match event {
            Event::Decided(decision) => Some(&decision.draft),
            Event::Settled { decision, .. } => decision.as_ref().map(|decision| &decision.draft),
            Event::Undone => self.session.pending().last().map(|decision| &decision.draft),
            Event::Redone => {
                let next = self.session.gives_back().or_else(|| self.session.next_redo());
                next.map(|decision| &decision.draft)
            }
        };
        draft.map(Draft::touched).unwrap_or_default()
    }

    /// The decisions on these bugs are others than before; `is_back` where one was taken back.
    pub(super) fn after_event(&mut self, is_back: bool, touched: &BugSet) {
        self.ui.suggestions.is_stale |= is_back;
        self.ui.suggestions.ground.decided += 1;
        self.look_again(touched);
    }

    /// Looks anew at what is proposed for bugs that were decided on, or of which something was declined or is back.
    pub(super) fn look_again(&mut self, bugs: &BugSet) {
        self.ui.suggestions.found.look_again(&self.session, bugs);
        self.count_suggested();
    }

    fn count_suggested(&mut self) {
        self.ui.suggested = self.ui.suggestions.found.open(&self.session);
        self.ui.suggestions.voices.take();
    }

    /// These bugs by who is the first to suggest something for them.
    pub(super) fn by_voice(&self, bugs: &BugSet) -> Gathering {
        self.ui.suggestions.found.by_voice(&self.session, bugs)
    }

    /// What is suggested for a bug and not declined.
    pub fn suggestion(&self, bug: BugIx) -> Option<Suggested> {
        let is_open = self.ui.suggested.contains(bug);
        if is_open { self.ui.suggestions.found.suggested(&self.session, bug) } else { None }
    }

    /// What others propose for a bug beside that.
    pub fn proposed_beside(&self, bug: BugIx) -> impl Iterator<Item = Suggested> {
        let is_open = self.ui.suggested.contains(bug);
        self.ui.suggestions.found.beside(&self.session, bug).take_while(move |_| is_open)
    }

    /// Accepts what is suggested for the bug under the cursor, or for each that is marked or in the range.
    pub(super) fn accept(&mut self) -> Vec<Effect> {
        if let Some(chosen) = self.chosen_as() {
            return self.accept_chosen(chosen);
        }
        let Some((bug, suggested)) = self.under_cursor() else { return Vec::new() };
        let draft = outcome::without_same_severity(suggested.draft(bug), &self.session);
        if guard::missing_rationale(draft.kind, &draft.rationale, self.session.methodology()) > 0 {
            return self.weigh(Weighing::Propose(vec![draft]));
        }
        self.record(draft)
    }

    /// Opens what is suggested for the bug under the cursor, to be changed before it is accepted; of several bugs that is
    /// how each is accepted.
    pub(super) fn edit_suggestion(&mut self) -> Vec<Effect> {
        if let Some(chosen) = self.chosen_as() {
            return self.accept_chosen(chosen);
        }
        if let Some((bug, suggested)) = self.under_cursor() {
            let draft = outcome::without_same_severity(suggested.draft(bug), &self.session);
            return self.weigh(Weighing::Propose(vec![draft]));
        }
        Vec::new()
    }

    fn accept_chosen(&mut self, chosen: &str) -> Vec<Effect> {
        let bugs = self.targets().intersection(&self.ui.suggested);
        if bugs.is_empty() {
            self.say(Toast::refusal(format!("nothing is suggested for the bugs that are {chosen}")));
            return Vec::new();
        }
        self.gather(self.by_voice(&bugs))
    }

    /// Accepts what is suggested for the bug under the cursor, for all bugs for which the same rule or the same proposal
    /// speaks; from a bug for which that was accepted, for all that are left.
    pub(super) fn accept_alike(&mut self) -> Vec<Effect> {
        let left = self.cursor().map(|bug| self.left_of_accepted(bug)).filter(|left| !left.is_empty());
        if let Some(left) = left {
            return self.gather(left);
        }
        let Some((_, suggested)) = self.under_cursor() else { return Vec::new() };
        self.gather(self.alike(suggested.voice))
    }

    /// The bugs for which one is the first to suggest something.
    fn alike(&self, voice: Voice) -> Gathering {
        self.by_voice(&self.ui.suggested).into_iter().filter(|(known, _)| *known == voice).collect()
    }

    /// The bugs that are left of what was accepted for one; of none where it has a suggestion.
    fn left_of_accepted(&self, bug: BugIx) -> Gathering {
        let accepted = if self.ui.suggested.contains(bug) { None } else { self.accepted_from(bug) };
        accepted.map(|voice| self.alike(voice)).unwrap_or_default()
    }

    /// Whose suggestion was accepted last for a bug.
    fn accepted_from(&self, bug: BugIx) -> Option<Voice> {
        let states = Standing::of(&self.session, &BugSet::from(bug)).states(bug).into_iter().rev();
        let mut accepted = states.filter(|(_, state)| *state == State::Accepted);
        accepted.next().map(|(at, _)| Voice::Proposal(at)).or_else(|| self.accepted_rule(bug))
    }

    fn accepted_rule(&self, bug: BugIx) -> Option<Voice> {
        let pending = self.pending(bug).next().map(|decision| &decision.draft.suggestion);
        let name = pending.or_else(|| self.earlier(bug).next().map(|past| &past.suggestion))?.as_ref()?;
        let rules = self.session.methodology().suggestions();
        rules.iter().position(|rule| rule.name == *name).map(Voice::Rule)
    }

    /// Asks for decisions on many bugs, which keys have to wait for.
    fn gather(&mut self, gathering: Gathering) -> Vec<Effect> {
        self.ui.suggestions.gathering = Some(self.ui.suggestions.ground);
        vec![Effect::Gather(gathering)]
    }

    /// Opens the decisions to be looked at, the first on top.
    pub(super) fn gathered(&mut self, drafts: Vec<Draft>) -> Vec<Effect> {
        let now = self.ui.suggestions.ground;
        let asked = self.ui.suggestions.gathering.take().unwrap_or(now);
        if asked == now && self.ui.popups.is_empty() {
            if drafts.is_empty() {
                self.say(Toast::refusal("nothing is suggested here any more"));
            }
            let mut effects = self.weigh(Weighing::Propose(drafts));
            effects.extend(self.release());
            return effects;
        }
        self.say(Toast::refusal(format!("{}: nothing is accepted", asked.meanwhile(now))));
        self.drop_held();
        Vec::new()
    }

    pub(super) fn not_gathered(&mut self, fault: Fault) {
        self.ui.suggestions.gathering = None;
        self.failed_waited_for(fault);
    }

    /// Opens decisions to be looked at one after the other in the order of the list, their rationales to be gone on with.
    /// Of each part it is known what that would hit.
    pub(super) fn propose(&mut self, drafts: &[(Draft, Vec<Blast>)]) {
        let parts = drafts.iter().flat_map(|(draft, blasts)| {
            draft.parts.iter().zip(blasts).map(move |(part, blast)| (draft, part, blast))
        });
        let parts: Vec<(&Draft, &Part, &Blast)> = parts.collect();
        let many = parts.len();
        let sets: Vec<&BugSet> = parts.iter().map(|(_, part, _)| &part.bugs).collect();
        let mut parts: Vec<_> = self.ui.view.first_of(&sets).into_iter().zip(parts).collect();
        parts.sort_by_key(|(first, (_, part, _))| (*first, part.bugs.first()));
        let without = self.without();
        for (at, (_, (draft, part, blast))) in parts.into_iter().enumerate().rev() {
            let mut rationale =
                self.rationale_of(draft.kind, part.bugs.clone(), part.set.clone(), blast.clone());
            rationale.place = (many > 1).then_some((at + 1, many));
            rationale.without.clone_from(&without);
            rationale.begin_as(draft);
            self.open(Popup::Rationale(Box::new(rationale)));
        }
        self.show_proposed();
    }

    /// Puts the cursor on the bug that is being decided, so that list and detail show what the decision is about. A range
    /// that is drawn is marked before, for it goes where the cursor goes.
    fn show_proposed(&mut self) {
        let Some(Popup::Rationale(rationale)) = self.popup() else { return };
        let is_there = self.cursor().is_some_and(|bug| rationale.bugs.contains(bug));
        let shown = rationale.bugs.iter().find(|bug| self.ui.view.shows(*bug));
        let Some(bug) = shown.filter(|_| !is_there) else { return };
        if self.ui.view.range().is_some() {
            self.ui.marks = self.targets();
            self.ui.view.end_range();
        }
        self.ui.view.go(bug);
        (self.ui.scroll, self.ui.across) = (0, 0);
    }

    /// The same for the next of several decisions, once the one before it is made.
    pub(super) fn show_next_proposed(&mut self) {
        if matches!(self.popup(), Some(Popup::Rationale(rationale)) if rationale.place.is_some()) {
            self.show_proposed();
        }
    }

    /// How many of the bugs that are marked or in the range have no suggestion, in words, where any has none.
    fn without(&self) -> Option<String> {
        let (chosen, targets) = (self.chosen_as()?, self.targets());
        let without = targets.difference(&self.ui.suggested).len();
        let have = if without == 1 { "has" } else { "have" };
        (without > 0).then(|| format!("{without} of {} {chosen} {have} no suggestion", targets.len()))
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
            let said = match self.how_declined(bug) {
                _ if self.session.reviewed().contains(bug) => self.decided_already(bug, &handle),
                Some(declined) => self.with_way_back(&format!("{handle}: {declined}")),
                None => format!("nothing is suggested for {handle}"),
            };
            self.say(Toast::refusal(said));
        }
        found.map(|found| (bug, found))
    }

    /// That a bug is decided, and for how many others the same waits to be accepted.
    fn decided_already(&self, bug: BugIx, handle: &str) -> String {
        let left: usize = self.left_of_accepted(bug).iter().map(|(_, bugs)| bugs.len()).sum();
        let (key, is) = (self.key_of(Action::AcceptAll), format!("{handle} is decided already"));
        if left == 0 || key.is_empty() {
            return is;
        }
        format!("{is}; {key} accepts the same for {}", counted(left, "more bug"))
    }

    /// Whose suggestions for a bug are declined, and would be open else.
    pub(super) fn declined_for(&self, bug: BugIx) -> impl Iterator<Item = Voice> {
        self.ui.suggestions.found.declined(&self.session, bug)
    }
}
