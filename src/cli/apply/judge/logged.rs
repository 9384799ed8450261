//! An item as a log has it: what its bugs were set to, found again in another copy of the report. Anybody can write
//! such an entry, so it is held to all that an item is held to that a person writes.

use std::sync::Arc;

use super::Judge;
use crate::cli::apply::claims;
use crate::cli::{fields, words, world};
use crate::methodology::Methodology;
use crate::proposal::{Became, Logged, LoggedBug, LoggedClaim};
use crate::report::{ClaimIx, Restated, To};
use crate::text::display;
use crate::triage::{BugSet, Draft, Fact, Kind, Part, Set};

impl Judge<'_, '_> {
    /// A decision that a log has.
    pub(super) fn logged(&mut self, logged: &Logged) -> Draft {
        let kind = Kind::named(&logged.kind);
        let Some(kind) = kind.filter(|kind| *kind != Kind::Reverted) else {
            let what = format!("a decision of the kind {} is not applied from a file", logged.kind);
            let hint = match kind {
                Some(_) => "export it together with the decision that it takes back",
                None => "a log knows no such kind; export it anew",
            };
            self.refuse(Some("kind"), what, hint);
            return Draft::telling(Kind::Note, Vec::new());
        };
        self.is_about_what_it_must(kind, logged);
        if let Err(at) = logged.day() {
            let hint = "write it as 2026-02-11T20:25:48Z, or leave it out: what was said of days is held against today";
            self.refuse(Some("at"), format!("{at} is no time"), hint);
        }
        let parts = self.logged_parts(logged, kind);
        // What a decision about bugs leaves of counts follows from how this report counts.
        let sets_claims = kind == Kind::Claims && self.but.is_some();
        let claims = if sets_claims { self.logged_claims(logged) } else { Vec::new() };
        let facts = self.logged_facts(logged, kind);
        if let Some(rule) = logged.rule {
            self.check("rule", world::rule(self.on.session.methodology(), rule));
        }
        let suggestion = logged.suggestion.clone();
        let (rationale, rule) = (logged.rationale.clone(), logged.rule);
        Draft { parts, claims, rationale, rule, suggestion, ..Draft::telling(kind, facts) }
    }

    /// Refuses a kind that is about something else than the entry is.
    fn is_about_what_it_must(&mut self, kind: Kind, logged: &Logged) {
        let follows = |claim: &LoggedClaim| claim.from < 0 && claim.to == 0;
        let is_of_bugs = !logged.bugs.is_empty() && logged.claims.iter().all(follows);
        let about = match (logged.bugs.is_empty(), is_of_bugs || logged.claims.is_empty()) {
            (true, true) => "nothing of the report",
            (false, true) => "bugs",
            (true, false) => "claims",
            (false, false) => "bugs and claims",
        };
        let fits = match kind {
            Kind::Claims => about == "claims",
            Kind::Reclassified | Kind::Confirmed | Kind::Status => about == "bugs",
            Kind::Fixed | Kind::Note => about == "bugs" || about == "nothing of the report",
            Kind::NotExecuted | Kind::Finding | Kind::Recommendation => about == "nothing of the report",
            Kind::Reverted => false,
        };
        if !fits {
            let what = format!("a decision of the kind {} cannot be about {about}", kind.name());
            self.refuse(None, what, "export it anew with regrade export --to yaml");
        }
    }

    fn logged_parts(&mut self, logged: &Logged, kind: Kind) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        let mut named = BugSet::default();
        let before = self.faults.len();
        for bug in &logged.bugs {
            let found = self.on.names.logged(&bug.id, &bug.title);
            let (Some(at), set) = (self.check("bugs", found), self.logged_set(bug, logged)) else { continue };
            if !named.insert(at) {
                self.refuse(Some("bugs"), format!("{} is named twice", bug.id), "name each bug once");
            }
            match parts.iter_mut().find(|part| part.set == set) {
                Some(part) => {
                    part.bugs.insert(at);
                }
                None => parts.push(Part { bugs: BugSet::from(at), set }),
            }
        }
        if self.faults.len() == before {
            parts.iter().for_each(|part| self.fits(kind, kind == Kind::Note, &part.set));
            parts.iter().for_each(|part| self.not_itself(&part.bugs, &part.set));
        }
        parts
    }

    fn logged_set(&mut self, bug: &LoggedBug, logged: &Logged) -> Set {
        let methodology = Arc::clone(self.on.session.methodology());
        let severity = self.end("severity", bug.severity.as_ref());
        let severity = severity.and_then(|word| self.check("bugs", world::level(&methodology, word)));
        let scope = self.end("scope", bug.scope.as_ref());
        let scope = scope.and_then(|text| self.logged_scope(text, &methodology));
        let status = self.end("status", bug.status.as_ref());
        let status = status.and_then(|text| self.logged_status(text, logged));
        let to = |text: Option<String>| text.map_or(To::Keep, To::Value);
        Set {
            severity: severity.map_or(To::Keep, To::Value),
            scope: to(scope),
            status: to(status),
            fields: self.logged_fields(bug, &methodology),
        }
    }

    /// What an entry sets a value to. No decision takes one away: a policy that asks what a bug comes to would be gone
    /// round.
    fn end<'l>(&mut self, name: &str, became: Option<&'l Became>) -> Option<&'l str> {
        let became = became?;
        if became.to.is_none() {
            self.refuse(Some("bugs"), format!("the {name} would be taken away"), "say what it is to be");
        }
        became.to.as_deref()
    }

    /// A scope as the methodology writes it; one that it does not know stays as it is.
    fn logged_scope(&mut self, text: &str, methodology: &Methodology) -> Option<String> {
        let scope = methodology.scope_named(text);
        let text = scope.map_or_else(|| display::one_line(text), |id| methodology.scope(id).name.clone());
        self.check("bugs", fields::is_one("Scope", &text)).map(|()| text)
    }

    /// A status as it was written, which must have been one on the day of the decision.
    fn logged_status(&mut self, text: &str, logged: &Logged) -> Option<String> {
        let text = display::one_line(text);
        let report = Arc::clone(self.on.session.report());
        let day = logged.day().ok().flatten().unwrap_or(self.on.today);
        let words = words::spoken(&text, report.methodology());
        self.check("bugs", fields::is_one("Status", &text))?;
        self.status_of("bugs", &report, &words, day).map(|_in_words_of_the_report| text)
    }

    fn logged_fields(&mut self, bug: &LoggedBug, methodology: &Methodology) -> Vec<(String, To<String>)> {
        let given = bug.fields().into_iter();
        let given = given.map(|(name, text)| ("bugs", name.to_owned(), text)).collect();
        self.fields_of(given, methodology)
    }

    /// The claims that are meant, each once: where several on a line state the same, one after the other.
    fn logged_claims(&mut self, logged: &Logged) -> Vec<Restated> {
        if logged.claims.is_empty() {
            return Vec::new();
        }
        let moved = self.on.session.claims_moved(self.on.writing);
        let documented =
            self.on.session.restating(self.on.writing).map(|draft| draft.claims).unwrap_or_default();
        let mut all: Vec<Restated> = Vec::new();
        for claim in &logged.claims {
            let taken: Vec<ClaimIx> = all.iter().map(|restated| restated.claim).collect();
            let found = claims::found(claim, self.on.session.report(), &moved, &documented, &taken);
            all.extend(self.check("claims", found));
        }
        if !all.is_empty() && all.iter().all(|restated| restated.by() == 0) {
            let what = "there is nothing to change: the claims state these numbers already";
            self.refuse(Some("claims"), what, "regrade check REPORT says which counts do not fit");
        }
        all.sort_by_key(|restated| restated.claim);
        all
    }

    /// What it tells beside its rationale, in the order that such decisions have.
    fn logged_facts(&mut self, logged: &Logged, kind: Kind) -> Vec<(Fact, String)> {
        let known = if logged.bugs.is_empty() { Fact::of(kind) } else { &[] };
        let mut facts: Vec<(Fact, String)> = Vec::new();
        for (name, text) in logged.details() {
            let found = known.iter().find(|fact| fact.name() == name);
            match found {
                None => self.stray_detail(name, kind),
                Some(fact) if *fact != Fact::File && facts.iter().any(|(told, _)| told == fact) => {
                    self.refuse(Some("details"), format!("`{name}` is told twice"), "tell it once");
                }
                Some(fact) => facts.push((*fact, text.trim().to_owned())),
            }
        }
        facts.sort_by_key(|(fact, _)| known.iter().position(|known| known == fact));
        facts.retain(|(_, text)| !text.is_empty());
        facts
    }

    fn stray_detail(&mut self, name: &str, kind: Kind) {
        let what = format!("`{name}` is no detail of such a decision of the kind {}", kind.name());
        self.refuse(Some("details"), what, "leave it out, or say it in the rationale");
    }
}
