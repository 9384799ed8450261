//! What a rationale popup goes by: the methodology, and the rationales on offer for a decision.

use std::sync::Arc;

use super::rationale::{Offer, Terms};
use super::{App, Left};
use crate::methodology::{Direction, Template};
use crate::report::To;
use crate::triage::{BugSet, Kind, Set};

/// How many earlier rationales are offered.
const EARLIER: usize = 200;

/// Of how many bugs scopes are looked at.
const LOOKED_AT: usize = 64;

impl App {
    pub(super) fn terms(&self, kind: Kind, bugs: &BugSet, set: &Set) -> Terms {
        Terms { methodology: Arc::clone(self.session.methodology()), offers: self.offers(kind, bugs, set) }
    }

    /// What was left unfinished there, then templates made for such a decision, then what was said earlier in one of its
    /// sort, newest first, and what was left of the report; for whoever types, the rest as well. What a note or a
    /// finding says gives no reason.
    fn offers(&self, kind: Kind, bugs: &BugSet, set: &Set) -> Vec<Offer> {
        let (here, elsewhere) = match &self.ui.left {
            Some(left) if left.is_of(bugs, self.session.report()) => (Some(unfinished(left)), None),
            Some(left) if left.is_of_report() => (None, Some(offer(&left.text, "left unfinished"))),
            left => (None, left.as_ref().map(|left| inapt(offer(&left.text, "left at other bugs")))),
        };
        let pending = self.session.pending().iter().rev().map(|decision| &decision.draft);
        let pending = pending.filter(|draft| draft.kind.reviews() && !draft.is_empty());
        let pending = pending.map(|draft| (draft.kind, draft.rationale.as_str()));
        let past = self.session.past().iter().rev().filter(|past| past.kind.reviews() && !past.is_general);
        let past = past.map(|past| (past.kind, past.rationale.as_str()));
        let earlier = pending.chain(past).take(EARLIER);
        let (alike, unlike): (Vec<_>, Vec<_>) = earlier.partition(|(of, _)| sort(*of) == sort(kind));
        let alike = alike.into_iter().map(|(_, text)| offer(text, "earlier"));
        let unlike = unlike.into_iter().map(|(_, text)| inapt(offer(text, "earlier")));
        let ways = self.ways(bugs, set);
        let (fitting, other): (Vec<&Template>, Vec<&Template>) = self
            .session
            .methodology()
            .rationale()
            .templates
            .iter()
            .partition(|template| self.fits(template, set, &ways) && self.is_about(template, bugs, set));
        let scopes = self.session.methodology().scopes();
        let template = |template: &Template| Offer {
            scope: template
                .scope
                .and_then(|id| scopes.get(usize::from(id.0)))
                .map(|scope| scope.name.clone()),
            ..offer(&template.text, &template.name)
        };
        let all = here.into_iter().chain(fitting.into_iter().map(template)).chain(alike).chain(elsewhere);
        distinct(all.chain(unlike).chain(other.into_iter().map(|other| inapt(template(other)))))
    }

    /// Whether a template was made for what is given, or for whatever is.
    fn fits(&self, template: &Template, set: &Set, ways: &[Direction]) -> bool {
        let methodology = self.session.methodology();
        let names_level = template.severity.is_some_and(|level| set.severity == To::Value(level));
        let names_scope = || {
            let scope = template.scope.map(|id| methodology.scope(id).name.clone());
            scope.is_some_and(|scope| set.scope == To::Value(scope))
        };
        let names_status = || {
            let To::Value(status) = &set.status else { return false };
            let given = methodology.read_status(status.as_bytes()).map(|found| found.status);
            template.status.is_some_and(|status| given == Some(status))
        };
        let names_none = template.severity.is_none() && template.scope.is_none() && template.status.is_none();
        let is_meant = names_level || names_scope() || names_status() || names_none;
        let goes = |meant| match set.severity {
            To::Value(_) => ways.contains(&meant),
            To::Keep | To::Clear => !names_none,
        };
        is_meant && template.direction.is_none_or(goes)
    }

    /// The ways that bugs go which are given a level; one without a way may go both.
    fn ways(&self, bugs: &BugSet, set: &Set) -> Vec<Direction> {
        let To::Value(to) = set.severity else { return Vec::new() };
        let way = |bug| Direction::of(self.session.level(bug)?, to);
        let some_go = |meant: &Direction| bugs.iter().any(|bug| way(bug).is_none_or(|way| way == *meant));
        [Direction::Up, Direction::Down].into_iter().filter(some_go).collect()
    }

    /// Whether a template speaks of no scope, or of that of some of the first bugs: one that is taken sets its scope.
    fn is_about(&self, template: &Template, bugs: &BugSet, set: &Set) -> bool {
        let (Some(meant), To::Keep) = (template.scope, &set.scope) else { return true };
        let methodology = self.session.methodology();
        let may_be = |bug| {
            let scope = self.session.scope(bug);
            scope.and_then(|scope| methodology.scope_named(&scope)).is_none_or(|scope| scope == meant)
        };
        bugs.iter().take(LOOKED_AT).any(may_be)
    }
}

fn offer(text: &str, from: &str) -> Offer {
    let (text, from) = (text.to_owned(), from.to_owned());
    Offer { text, from, scope: None, rule: None, is_whole: false, is_apt: true }
}

/// The same as a reason for something else.
fn inapt(offer: Offer) -> Offer {
    Offer { is_apt: false, ..offer }
}

/// Decisions that have the like reasons: a fix is one that gives a status.
fn sort(kind: Kind) -> Kind {
    if kind == Kind::Fixed { Kind::Status } else { kind }
}

/// What was left, with what was picked for it.
fn unfinished(left: &Left) -> Offer {
    let scope = if let To::Value(scope) = &left.scope { Some(scope.clone()) } else { None };
    Offer { scope, rule: left.rule, is_whole: true, ..offer(&left.text, "left unfinished") }
}

fn distinct(offers: impl Iterator<Item = Offer>) -> Vec<Offer> {
    let mut seen = std::collections::HashSet::new();
    offers.filter(|offer| !offer.text.is_empty() && seen.insert(offer.text.clone())).collect()
}
