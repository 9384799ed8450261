//! From a key to a decision, and from a decision made to what the reviewer sees next.
//!
//! Nothing here changes a decision: a draft goes out as an [`Effect`], and comes back committed.

use std::sync::Arc;

use super::form::About;
use super::rationale::{Offer, Terms};
use super::{App, Blast, Effect, Intent, Popup, Rationale, Toast};
use crate::config::Action;
use crate::methodology::{LevelId, Template};
use crate::report::{BugIx, To};
use crate::text::{counted, display};
use crate::triage::{BugSet, Decision, Draft, Event, Kind, Set, outcome};

/// How many earlier rationales are offered.
const EARLIER: usize = 200;

/// How many columns of the name of a bug are said.
const CALLED: usize = 32;

impl App {
    /// Asks why the targets get this severity. Where they stand so already that confirms it, in the same popup, so
    /// that a rationale that fingers type ahead is never taken for keys.
    pub(super) fn severity(&mut self, level: LevelId) {
        let bugs = self.targets();
        if bugs.is_empty() {
            self.say(Toast::refusal("there is no bug here to decide on"));
        } else if bugs.iter().all(|bug| self.stands(bug, level)) {
            self.ask(Kind::Confirmed, Set::default());
        } else {
            self.ask(Kind::Reclassified, Set::severity(level));
        }
    }

    /// Opens the rationale popup for a decision on the targets.
    pub(super) fn ask(&mut self, kind: Kind, set: Set) {
        let rationale = self.rationale_of(kind, self.targets(), set);
        self.open(Popup::Rationale(Box::new(rationale)));
    }

    pub(super) fn rationale_of(&self, kind: Kind, bugs: BugSet, set: Set) -> Rationale {
        let blast = Blast::of(&bugs, &set.severity, &self.session, &self.ui.view);
        let stays = bugs.first().filter(|_| kind == Kind::Confirmed).and_then(|bug| self.session.level(bug));
        let terms = self.terms(&stays.map_or_else(|| set.clone(), Set::severity));
        Rationale::new(kind, bugs, set, blast, terms)
    }

    /// Confirms the targets as they are; those with a pending decision are left out.
    pub(super) fn confirm(&mut self) -> Vec<Effect> {
        match self.unconfirmed(self.targets()) {
            Some(free) => self.make(Draft::new(Kind::Confirmed, free, Set::default())),
            None => Vec::new(),
        }
    }

    /// Those of these bugs that have no pending decision; where none is left, says so.
    fn unconfirmed(&mut self, bugs: BugSet) -> Option<BugSet> {
        let undecided = |bug: &BugIx| !self.session.net(*bug).last.is_some_and(Kind::reviews);
        let free: BugSet = bugs.iter().filter(undecided).collect();
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
        let bugs = draft.parts.into_iter().fold(BugSet::default(), |all, part| all.union(&part.bugs));
        match self.unconfirmed(bugs) {
            Some(free) => {
                self.record(Draft { rule: draft.rule, ..Draft::new(Kind::Confirmed, free, Set::default()) })
            }
            None => Vec::new(),
        }
    }

    /// Makes the last decision again, on the targets: all of it but its fields, which tell of the bug they were on.
    /// After a suggestion it accepts what is suggested for the targets: another bug's reasons may not hold for them.
    pub(super) fn repeat(&mut self) -> Vec<Effect> {
        let bugs = self.targets();
        let Some(last) = self.ui.last.clone().filter(|_| !bugs.is_empty()) else {
            self.say(Toast::refusal("there is no decision to repeat yet"));
            return Vec::new();
        };
        if last.suggestion.is_some() {
            return self.accept();
        }
        let given = last.parts.into_iter().next().map(|part| part.set).unwrap_or_default();
        let set = Set { fields: Vec::new(), ..given };
        if last.kind == Kind::Confirmed && last.rationale.is_empty() {
            return self.confirm();
        }
        if !set.is_empty() && bugs.iter().all(|bug| self.has(bug, &set)) {
            self.say(Toast::done(format!("{} had that decision already", self.called(&bugs))));
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

    /// The first of these bugs that a status would call a duplicate of itself.
    fn repeats_itself(&self, bugs: &BugSet, set: &Set) -> Option<BugIx> {
        let To::Value(status) = &set.status else { return None };
        bugs.iter().find(|bug| outcome::repeats_itself(&self.session, status, *bug))
    }

    /// Records a draft on one bug at once; one on several is first shown with what it hits.
    fn make(&mut self, draft: Draft) -> Vec<Effect> {
        if draft.len() < 2 {
            return self.record(draft);
        }
        for part in draft.parts {
            let mut rationale = self.rationale_of(draft.kind, part.bugs, part.set);
            rationale.rule = draft.rule;
            rationale.begin_with(&draft.rationale);
            self.open(Popup::Rationale(Box::new(rationale)));
        }
        Vec::new()
    }

    /// Takes the last pending decision back; with none pending, the newest saved one.
    pub(super) fn undo(&mut self) -> Vec<Effect> {
        if self.unsaved() > 0 {
            return vec![Effect::Commit(Intent::Undo)];
        }
        match self.session.revert() {
            Some(draft) => vec![Effect::Commit(Intent::Decide(draft))],
            None => {
                self.say(Toast::refusal("there is no decision to undo"));
                Vec::new()
            }
        }
    }

    /// Makes the decision undone last again.
    pub(super) fn redo(&mut self) -> Vec<Effect> {
        if self.session.can_redo() {
            return vec![Effect::Commit(Intent::Redo)];
        }
        self.say(Toast::refusal("there is no decision to redo"));
        Vec::new()
    }

    /// Lets a committed event happen, and says so.
    pub(super) fn committed(&mut self, event: Event) {
        let is_back = match &event {
            Event::Decided(decision) => decision.draft.reverts.is_some(),
            event => *event == Event::Undone,
        };
        let then = match &event {
            Event::Decided(_) => App::after_decision,
            Event::Undone => App::after_undo,
            Event::Redone => App::after_redo,
            Event::Settled { decision: Some(_), .. } => |app: &mut App| app.settled(true),
            Event::Settled { decision: None, .. } => |app: &mut App| app.settled(false),
        };
        if let Event::Decided(decision) | Event::Settled { decision: Some(decision), .. } = &event {
            self.drop_reason(&decision.draft);
        }
        self.session.apply(event);
        self.after_event(is_back);
        self.ui.restating += 1;
        self.ui.filters.changed();
        self.ui.counts = self.session.counts();
        self.check_anew();
        self.ui.view.recount(self.session.reviewed());
        then(self);
    }

    fn after_decision(&mut self) {
        let Some(draft) = self.session.pending().last().map(|decision| decision.draft.clone()) else {
            return;
        };
        // Claims are set from beside the desk, maybe while a rationale for something else is being typed.
        let is_of_claims = draft.is_empty() && !draft.claims.is_empty();
        if matches!(self.popup(), Some(Popup::Rationale(_) | Popup::Form(_))) && !is_of_claims {
            self.ui.popups.pop();
        }
        if draft.reverts.is_some() {
            self.say_with(
                format!("taken back, once saved: {}", self.described(&draft)),
                Action::Undo,
                "undoes",
            );
            return self.go_to(&draft);
        }
        self.say_with(self.described(&draft), Action::Undo, "undoes");
        if is_of_claims {
            return;
        }
        self.ui.left = self.ui.left.take().filter(|left| !draft.rationale.starts_with(left.as_str()));
        if draft.is_empty() {
            return self.forget_forms(|about| *about == About::Report(draft.kind));
        }
        self.forget_forms(|about| matches!(about, About::Status(..)));
        self.unmark();
        if self.ui.settings.auto_advance && self.cursor().is_some_and(|bug| concerns(&draft, bug)) {
            self.advance();
        }
        self.ui.last = Some(draft);
    }

    /// To the next undecided bug, else to the next.
    fn advance(&mut self) {
        if !self.ui.view.go_outside(self.session.reviewed(), true) {
            self.step(1);
        }
        self.ui.scroll = 0;
    }

    fn after_undo(&mut self) {
        let undone = self.session.next_redo().map(|decision| decision.draft.clone());
        self.ui.last = self.last_pending();
        self.after(undone, "undone", (Action::Redo, "redoes"));
    }

    fn last_pending(&self) -> Option<Draft> {
        super::last_repeatable(&self.session)
    }

    fn after_redo(&mut self) {
        let redone = self.session.pending().last().map(|decision| decision.draft.clone());
        self.ui.last = self.last_pending();
        self.after(redone, "redone", (Action::Undo, "undoes"));
    }

    fn after(&mut self, draft: Option<Draft>, what: &str, (back, does): (Action, &str)) {
        let Some(draft) = draft else { return };
        self.say_with(format!("{what}: {}", self.described(&draft)), back, does);
        self.go_to(&draft);
    }

    /// Says what was done, and which key does what about it.
    fn say_with(&mut self, said: String, action: Action, does: &str) {
        let said = match self.key_of(action) {
            key if key.is_empty() => said,
            key => format!("{said} — {key} {does}"),
        };
        self.say(Toast::done(said));
    }

    /// Puts the cursor on the bug of a decision on one bug, where that is in view.
    fn go_to(&mut self, draft: &Draft) {
        let bug = draft.bugs().next().map(|(bug, _)| bug).filter(|bug| self.ui.view.shows(*bug));
        if draft.len() == 1 {
            bug.into_iter().for_each(|bug| self.ui.view.go(bug));
        }
    }

    /// Whether a bug has this severity already, wherever it is or will be written.
    pub fn stands(&self, bug: BugIx, level: LevelId) -> bool {
        let severity = To::Value(level);
        self.session.level(bug) == Some(level)
            && (self.session.net(bug).severity == severity || self.session.report().agrees(bug, &severity))
    }

    /// Whether the pending decisions give a bug all of these values already.
    fn has(&self, bug: BugIx, set: &Set) -> bool {
        let net = self.session.net(bug);
        let same = |to: &To<String>, has: To<&str>| match (to, has) {
            (To::Keep, _) | (To::Clear, To::Clear) => true,
            (To::Value(value), To::Value(has)) => value == has,
            _ => false,
        };
        !set.is_empty()
            && (set.severity.is_keep() || set.severity == net.severity)
            && same(&set.scope, net.scope)
            && same(&set.status, net.status)
    }

    fn terms(&self, set: &Set) -> Terms {
        Terms { methodology: Arc::clone(self.session.methodology()), offers: self.offers(set) }
    }

    /// What was left unfinished, then templates made for such a decision, then what was said
    /// earlier, newest first, then the other templates.
    fn offers(&self, set: &Set) -> Vec<Offer> {
        let left = self.ui.left.iter().map(|text| offer(text, "left unfinished"));
        let pending = self.session.pending().iter().rev().map(|decision| decision.draft.rationale.as_str());
        let past = self.session.past().iter().rev().map(|past| past.rationale.as_str());
        let earlier = pending.chain(past).take(EARLIER).map(|text| offer(text, "earlier"));
        let (fitting, other): (Vec<&Template>, Vec<&Template>) = self
            .session
            .methodology()
            .rationale()
            .templates
            .iter()
            .partition(|template| self.fits(template, set));
        let scopes = self.session.methodology().scopes();
        let template = |template: &Template| Offer {
            scope: template
                .scope
                .and_then(|id| scopes.get(usize::from(id.0)))
                .map(|scope| scope.name.clone()),
            ..offer(&template.text, &template.name)
        };
        let all = left.chain(fitting.into_iter().map(template)).chain(earlier);
        distinct(all.chain(other.into_iter().map(template)))
    }

    fn fits(&self, template: &Template, set: &Set) -> bool {
        let scopes = self.session.methodology().scopes();
        let scope = template.scope.and_then(|id| scopes.get(usize::from(id.0))).map(|scope| &scope.name);
        let level = template.severity.map(To::Value);
        level.is_some_and(|level| level == set.severity)
            || scope.is_some_and(|scope| set.scope == To::Value(scope.clone()))
    }

    /// What a decision does, in a few words.
    pub fn described(&self, draft: &Draft) -> String {
        self.describe(draft, |bugs| self.called(bugs))
    }

    /// The same with the whole name of its bug, for where that is kept.
    pub(super) fn described_in_full(&self, draft: &Draft) -> String {
        self.describe(draft, |bugs| self.named(bugs))
    }

    fn describe(&self, draft: &Draft, called: impl Fn(&BugSet) -> String) -> String {
        let Some(part) = draft.parts.first() else { return self.of_report(draft) };
        let bugs = draft.parts.iter().fold(BugSet::default(), |all, part| all.union(&part.bugs));
        let mut said = vec![called(&bugs)];
        if let To::Value(level) = part.set.severity {
            let from =
                bugs.first().filter(|_| bugs.len() == 1).and_then(|bug| self.session.report().level(bug));
            let from = from.filter(|from| *from != level).map_or("", |from| self.level_key(Some(from)));
            said[0].push_str(&format!(" {from}→{}", self.level_key(Some(level))));
        }
        said.extend(texts(&part.set));
        said.extend(draft.suggestion.iter().map(|rule| format!("as {rule} suggests")));
        said.extend(part.set.fields.iter().map(|(name, _)| name.clone()));
        if part.set.is_empty() || draft.kind == Kind::Reverted {
            said.push(draft.kind.name().to_owned());
        }
        said.join(" · ")
    }

    /// The values that a decision gives, a few words each.
    pub fn values(&self, set: &Set) -> Vec<String> {
        let severity = match set.severity {
            To::Value(level) => Some(format!("→ {}", self.level_key(Some(level)))),
            _ => None,
        };
        let field = |(name, to): &(String, To<String>)| match to {
            To::Value(value) => format!("{name}: {value}"),
            _ => format!("no {name}"),
        };
        severity.into_iter().chain(texts(set)).chain(set.fields.iter().map(field)).collect()
    }

    /// What a set of bugs is called: by its handle where it is one, so much of that as leaves room for what is said.
    pub fn called(&self, bugs: &BugSet) -> String {
        display::clip_middle(&self.named(bugs), CALLED).into_owned()
    }

    fn named(&self, bugs: &BugSet) -> String {
        match (bugs.len(), bugs.first()) {
            (1, Some(bug)) => self.session.report().handle(bug).into_owned(),
            (many, _) => counted(many, "bug"),
        }
    }

    /// The key of a level, or what stands for none.
    pub fn level_key(&self, level: Option<LevelId>) -> &str {
        let levels = self.session.methodology().levels();
        level.and_then(|level| levels.get(usize::from(level.0))).map_or("–", |level| level.key.as_str())
    }

    /// The saved decisions about a bug, newest first.
    pub fn earlier(&self, bug: BugIx) -> impl Iterator<Item = &crate::triage::Past> {
        self.ui.earlier.about(bug).rev().filter_map(|at| self.session.past().get(at))
    }

    /// The pending decisions about a bug, newest first.
    pub fn pending(&self, bug: BugIx) -> impl Iterator<Item = &Decision> {
        self.session.pending().iter().rev().filter(move |decision| concerns(&decision.draft, bug))
    }
}

/// Scope and status, where they are given.
fn texts(set: &Set) -> impl Iterator<Item = String> {
    let given = [&set.scope, &set.status].into_iter();
    given.filter_map(|to| if let To::Value(text) = to { Some(text.clone()) } else { None })
}

fn concerns(draft: &Draft, bug: BugIx) -> bool {
    draft.parts.iter().any(|part| part.bugs.contains(bug))
}

fn offer(text: &str, from: &str) -> Offer {
    Offer { text: text.to_owned(), from: from.to_owned(), scope: None }
}

fn distinct(offers: impl Iterator<Item = Offer>) -> Vec<Offer> {
    let mut seen = std::collections::HashSet::new();
    offers.filter(|offer| !offer.text.is_empty() && seen.insert(offer.text.clone())).collect()
}
