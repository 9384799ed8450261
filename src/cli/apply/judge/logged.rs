//! An item as a log has it: what its bugs were set to, found again in another copy of the report.

use std::sync::Arc;

use super::Judge;
use crate::cli::apply::claims;
use crate::cli::{show, world};
use crate::proposal::{Logged, LoggedBug};
use crate::report::To;
use crate::triage::{BugSet, Draft, Fact, Kind, Part, Set, outcome};

impl Judge<'_> {
    /// A decision that a log has.
    pub(super) fn logged(&mut self, logged: &Logged) -> Draft {
        let kind = Kind::named(&logged.kind);
        let Some(kind) = kind.filter(|kind| *kind != Kind::Reverted) else {
            let what = format!("a decision of the kind {} is not applied from a file", logged.kind);
            self.refuse(Some("kind"), what, "export it together with the decision that it takes back");
            return Draft::telling(Kind::Note, Vec::new());
        };
        let mut parts: Vec<Part> = Vec::new();
        for bug in &logged.bugs {
            let found = show::find(self.session.report(), &bug.id);
            let (Some(at), set) = (self.check("bugs", found), self.logged_set(bug)) else { continue };
            match parts.iter_mut().find(|part| part.set == set) {
                Some(part) => {
                    part.bugs.insert(at);
                }
                None => parts.push(Part { bugs: BugSet::from(at), set }),
            }
        }
        let moved =
            if logged.claims.is_empty() { Vec::new() } else { self.session.claims_moved(self.writing) };
        let found = logged.claims.iter().map(|claim| claims::found(claim, self.session.report(), &moved));
        let found: Vec<_> = found.collect();
        let claims = found.into_iter().filter_map(|claim| self.check("claims", claim)).collect();
        let facts = logged.details().into_iter();
        let facts = facts.filter_map(|(name, text)| Some((Fact::named(name)?, text.to_owned()))).collect();
        if let Some(rule) = logged.rule {
            self.check("rule", world::rule(self.session.methodology(), rule));
        }
        let suggestion = logged.suggestion.clone();
        let (rationale, rule) = (logged.rationale.clone(), logged.rule);
        Draft { parts, claims, rationale, rule, suggestion, ..Draft::telling(kind, facts) }
    }

    fn logged_set(&mut self, bug: &LoggedBug) -> Set {
        let methodology = Arc::clone(self.session.methodology());
        let to = |text: &Option<String>| text.as_deref().map(outcome::one_line);
        let severity = bug.severity.as_ref().map(|ends| match &ends.to {
            Some(word) => self.check("bugs", world::level(&methodology, word)).map_or(To::Keep, To::Value),
            None => To::Clear,
        });
        let scope = |text: String| match methodology.scope_named(&text) {
            Some(scope) => methodology.scope(scope).name.clone(),
            None => text,
        };
        let fields = bug.fields().into_iter();
        let fields =
            fields.map(|(name, text)| (name.to_owned(), To::from_option(text.map(outcome::one_line))));
        Set {
            severity: severity.unwrap_or(To::Keep),
            scope: bug.scope.as_ref().map_or(To::Keep, |ends| To::from_option(to(&ends.to).map(scope))),
            status: bug.status.as_ref().map_or(To::Keep, |ends| To::from_option(to(&ends.to))),
            fields: fields.collect(),
        }
    }
}
