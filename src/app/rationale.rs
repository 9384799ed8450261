//! A decision being made: what it does, to which bugs, under which rule, and why.
//!
//! Severity, scope, rule and rationale are one decision, recorded at once. A rationale shorter than
//! the methodology's minimum is refused with the reason on screen; leaving changes nothing.

use std::sync::Arc;

use super::form::About;
use super::{Blast, Input, Left};
use crate::config::{Code, Key};
use crate::methodology::Methodology;
use crate::report::To;
use crate::text::counted;
use crate::triage::fuzzy::Pattern;
use crate::triage::suggest::Credit;
use crate::triage::{BugSet, Draft, Kind, Set, guard};

/// How many offers are shown at a time.
pub const OFFERS: usize = 5;

/// A rationale on offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What it says.
    pub text: String,
    /// Where it comes from: `earlier`, or what the methodology calls it.
    pub from: String,
    /// The scope that it was written for.
    pub scope: Option<String>,
    /// The rule that was picked for it.
    pub rule: Option<u8>,
    /// Whether it was begun here, so that whatever is decided gets that scope.
    pub is_whole: bool,
    /// Whether it is a reason for such a decision; any other is on offer only once what is typed finds it.
    pub is_apt: bool,
}

/// What a decision must say, and may.
#[derive(Clone, Debug)]
pub struct Terms {
    /// The rules that it is held to.
    pub methodology: Arc<Methodology>,
    /// The rationales to offer, the likeliest first.
    pub offers: Vec<Offer>,
}

/// A decision being made.
#[derive(Clone, Debug)]
pub struct Rationale {
    /// What sort of decision.
    pub kind: Kind,
    /// What sort it is as long as it gives no scope.
    begun: Kind,
    /// On which bugs.
    pub bugs: BugSet,
    /// What they get.
    pub set: Set,
    /// Under which rule.
    pub rule: Option<u8>,
    /// Which of how many it is that are looked at one after the other.
    pub place: Option<(usize, usize)>,
    /// Where suggestions are accepted, how many of the bugs that were chosen have none, in words.
    pub without: Option<String>,
    /// Why.
    pub text: Input,
    /// What it would hit.
    pub blast: Blast,
    /// The remarks that go with their status.
    pub going: Option<String>,
    /// What the guards of the policy say of it.
    pub policy: Vec<String>,
    /// Why it was not recorded.
    pub refused: Option<String>,
    /// The form that it goes on from, and goes back to.
    pub(super) after: Option<About>,
    /// What the guards spoke of last: what the bugs get, and how long the rationale was where that counts.
    pub(super) spoken_of: Option<(Set, usize)>,
    /// Whose suggestion it began as.
    credit: Option<Credit>,
    terms: Terms,
    matching: Vec<usize>,
    chosen: Option<usize>,
    /// The text that nobody typed: it was proposed, or taken from what is on offer.
    given: String,
    /// Whether the scope came along with an offer.
    scope_is_offered: bool,
}

/// What a key in the popup asks for.
#[derive(Debug)]
pub enum Reply {
    /// Nothing more.
    Stay,
    /// To leave everything as it was.
    Leave,
    /// To pick a scope.
    Scope,
    /// To pick a deviation rule.
    Rule,
    /// To record the decision.
    Record(Box<Draft>),
    /// To have the text edited in the person's editor.
    Edit(String),
    /// To read on in what is decided, by so many pages.
    Read(isize),
}

impl Rationale {
    /// A decision of this kind that gives `set` to `bugs`, with nothing said yet.
    pub fn new(kind: Kind, bugs: BugSet, set: Set, blast: Blast, terms: Terms) -> Rationale {
        let mut rationale = Rationale {
            kind,
            begun: kind,
            bugs,
            set,
            rule: None,
            place: None,
            without: None,
            text: Input::many_lines(),
            blast,
            going: None,
            policy: Vec::new(),
            refused: None,
            after: None,
            spoken_of: None,
            credit: None,
            terms,
            matching: Vec::new(),
            chosen: None,
            given: String::new(),
            scope_is_offered: false,
        };
        rationale.look_up();
        rationale
    }

    /// Takes what the guards say of it, and a rationale that is so long where that counts.
    pub(super) fn hear(&mut self, policy: Vec<String>, length: usize) {
        (self.policy, self.spoken_of) = (policy, Some((self.set.clone(), length)));
    }

    /// Takes note that one more of its bugs has been on screen, of which the guards may speak otherwise.
    pub(super) fn saw_one(&mut self) {
        self.blast.unseen = self.blast.unseen.saturating_sub(1);
        self.spoken_of = None;
    }

    /// The shortest rationale that is recorded, in characters.
    pub fn minimum(&self) -> usize {
        guard::least_rationale(self.kind, &self.terms.methodology)
    }

    /// How many characters count so far.
    pub fn length(&self) -> usize {
        self.text.text().trim().chars().count()
    }

    /// Whether leaving goes back to the form that it goes on from.
    pub fn goes_back(&self) -> bool {
        self.after.is_some()
    }

    /// The offers that match what was typed, best first.
    pub fn offers(&self) -> impl Iterator<Item = &Offer> {
        self.matching.iter().filter_map(|at| self.terms.offers.get(*at))
    }

    /// Which of the matching offers would be taken: the one that was chosen, else the first.
    pub fn chosen(&self) -> usize {
        self.chosen.unwrap_or(0)
    }

    /// What was typed, where it would be a pity to lose it.
    pub fn unfinished(&self) -> Option<String> {
        let is_typed = self.length() > 0 && self.text.text() != self.given;
        is_typed.then(|| self.text.text().trim().to_owned())
    }

    /// The same, with what was picked for it.
    pub(super) fn left(&self) -> Option<Left> {
        self.unfinished().map(|text| Left::about(&self.bugs, text, &self.set.scope, self.rule))
    }

    /// Does what a key asks for.
    pub fn key(&mut self, key: Key) -> Reply {
        match (key.code(), key.ctrl(), key.alt()) {
            (Code::Esc, ..) => return Reply::Leave,
            (Code::Enter, false, false) => return self.record(),
            (Code::Char('s'), false, true) => return Reply::Scope,
            (Code::Char('e'), true, false) => return Reply::Edit(self.text.text().to_owned()),
            (Code::Char('r'), false, true) => return Reply::Rule,
            (Code::Char(digit @ '0'..='9'), false, true) => self.set_rule(digit),
            (Code::PageDown, ..) => return Reply::Read(1),
            (Code::PageUp, ..) => return Reply::Read(-1),
            (Code::Tab, ..) => self.take_offer(),
            (Code::Down, false, false) => self.choose_next(),
            (Code::Up, false, false) => self.choose_previous(),
            _ => self.edit(key),
        }
        Reply::Stay
    }

    /// Inserts pasted text.
    pub fn paste(&mut self, text: &str) {
        self.text.insert(text);
        self.typed();
    }

    /// Puts another text in place of what was typed.
    pub fn rewrite(&mut self, text: &str) {
        self.text.replace(text.trim_end());
        self.typed();
    }

    /// Begins with a text that nobody typed, and that is no loss where it is left.
    pub fn begin_with(&mut self, text: &str) {
        self.rewrite(text);
        self.text.text().clone_into(&mut self.given);
    }

    /// Begins as the decision that accepts a suggestion.
    pub(super) fn begin_as(&mut self, draft: &Draft) {
        self.rule = draft.rule;
        self.begin_with(&draft.rationale);
        self.credit = Credit::of(draft, &self.set, self.text.text());
    }

    /// Whose suggestion it began as, and whether it still is that.
    pub fn credit(&self) -> Option<(&Credit, bool)> {
        let is_due = |credit: &Credit| credit.is_due(self.kind, &self.set, self.text.text());
        self.credit.as_ref().map(|credit| (credit, is_due(credit)))
    }

    /// Gives the decision a scope, or takes it out of it again: then it is what it was without.
    pub fn set_scope(&mut self, scope: To<String>) {
        self.set.scope = scope;
        let judges = matches!(self.begun, Kind::Note | Kind::Confirmed) && !self.set.scope.is_keep();
        self.kind = if judges { Kind::Reclassified } else { self.begun };
        self.scope_is_offered = false;
        self.refused = None;
    }

    fn record(&mut self) -> Reply {
        if self.kind == Kind::Reclassified && self.set.is_empty() {
            self.refused = Some("nothing would change: Alt-s sets a scope".to_owned());
            return Reply::Stay;
        }
        let missing = guard::missing_rationale(self.kind, self.text.text(), &self.terms.methodology);
        if missing > 0 {
            self.refused = Some(match (self.kind, self.length()) {
                (Kind::Note, 0) => format!("a note needs words: {}", counted(missing, "character")),
                _ => format!("{} needed", counted(missing, "more character")),
            });
            return Reply::Stay;
        }
        let mut draft = Draft::new(self.kind, self.bugs.clone(), self.set.clone());
        self.text.text().trim().clone_into(&mut draft.rationale);
        draft.rule = self.rule;
        if let Some((credit, true)) = self.credit() {
            draft.suggestion.clone_from(&credit.suggestion);
            draft.suggested_by.clone_from(&credit.suggested_by);
        }
        Reply::Record(Box::new(draft))
    }

    fn edit(&mut self, key: Key) {
        let before = self.text.text().len();
        if self.text.key(key) && self.text.text().len() != before {
            self.typed();
        }
    }

    fn typed(&mut self) {
        self.refused = None;
        self.look_up();
    }

    fn look_up(&mut self) {
        let said = self.text.text();
        let offers = self.terms.offers.iter().enumerate();
        let offers = offers.filter(|(_, offer)| offer.is_apt || !said.trim().is_empty());
        let ranked = Pattern::new(said).rank(offers, |(_, offer)| offer.text.as_str());
        self.matching =
            ranked.into_iter().filter(|(_, offer)| offer.text != said).map(|(at, _)| at).collect();
        self.chosen = None;
    }

    fn choose_next(&mut self) {
        match (self.matching.len(), self.chosen) {
            (0, _) => drop(self.text.down()),
            (count, Some(at)) => self.chosen = Some((at + 1).min(count - 1)),
            (count, None) => self.chosen = Some(1.min(count - 1)),
        }
    }

    fn choose_previous(&mut self) {
        match self.chosen {
            Some(at) => self.chosen = at.checked_sub(1),
            None => drop(self.text.up()),
        }
    }

    /// Takes the chosen offer, or the first; a severity gets the scope along with it that it was written for, unless
    /// one was picked.
    fn take_offer(&mut self) {
        let Some(offer) = self.offers().nth(self.chosen()).cloned() else { return };
        self.begin_with(&offer.text);
        let is_free = self.set.scope.is_keep() || self.scope_is_offered;
        if offer.is_whole && is_free && offer.scope.is_some() {
            self.set_scope(offer.scope.map_or(To::Keep, To::Value));
        } else if self.kind == Kind::Reclassified && !self.set.severity.is_keep() && is_free {
            self.scope_is_offered = offer.scope.is_some();
            self.set.scope = offer.scope.map_or(To::Keep, To::Value);
        }
        self.rule = self.rule.or(offer.rule);
    }

    /// Puts the decision under the rule of this number; 0 under none.
    fn set_rule(&mut self, digit: char) {
        let number = digit.to_digit(10).and_then(|number| u8::try_from(number).ok());
        let known = number.filter(|number| self.terms.methodology.rule(*number).is_some());
        match (digit, known) {
            ('0', None) => self.rule = None,
            (_, None) => self.refused = Some(format!("there is no rule {digit}")),
            (_, known) => self.rule = known,
        }
    }
}
