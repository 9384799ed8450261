//! How bugs stand when an item comes to them, held against what it takes them to be and against what it would make of
//! them.

use std::borrow::Cow;

use super::Judge;
use crate::cli::{set, world};
use crate::proposal::{Said, What};
use crate::report::{BugIx, To};
use crate::triage::meaning::{folded, is_scope, is_status, remark};
use crate::triage::{BugSet, Net, Part, Set, or_written};

/// The members of which the first that is given is where it says what all bugs have.
const VALUES: [&str; 6] = ["severity", "scope", "status", "duplicate-of", "until", "fields"];

impl Judge<'_, '_> {
    /// Refuses what was proposed for bugs that stood otherwise.
    pub(super) fn not_stale(&mut self, said: &Said, bugs: &BugSet) {
        let Some(but) = self.but else { return };
        let bugs = &bugs.difference(but);
        for (name, text) in said.fields("from") {
            let text = text.as_deref();
            if let Some(word) = text.filter(|word| name == "severity" && self.is_no_severity(word, bugs)) {
                self.check("from", world::level(self.session.methodology(), word));
            } else if let Some(bug) = bugs.iter().find(|bug| !self.stands(*bug, name, text)) {
                let handle = self.session.report().handle(bug).into_owned();
                let was = text.unwrap_or("unset");
                let what = format!("this is stale: the {name} of {handle} is no longer {was}");
                self.refuse(Some("from"), what, "look at the bug again, and propose anew what still holds");
            }
        }
    }

    /// Refuses what every bug has already.
    pub(super) fn not_same(&mut self, parts: &[Part]) {
        let Some(but) = self.but else { return };
        let has_all = |part: &Part| part.bugs.difference(but).iter().all(|bug| self.has(bug, &part.set));
        if parts.is_empty() || parts.iter().any(|part| part.set.is_empty() || !has_all(part)) {
            return;
        }
        let bugs = BugSet::of_all(parts.iter().map(|part| &part.bugs)).difference(but);
        let who = set::called(self.session.report(), bugs.iter().collect::<Vec<_>>().into_iter());
        let verb = if bugs.len() == 1 { "has" } else { "have" };
        let what = format!("there is nothing to change: {who} {verb} all of it already");
        let member = match &self.item.what {
            What::Said(said) => VALUES.into_iter().find(|name| said.get(name).is_some()),
            What::Logged(_) => None,
        };
        self.refuse(member, what, "`kind: confirmed` without a value says that it is right as it is");
    }

    /// Whether a word names no level, and is not how one of the bugs writes its severity either.
    fn is_no_severity(&self, word: &str, bugs: &BugSet) -> bool {
        let is_written = |bug| self.writes_severity(bug, word);
        self.session.methodology().level_named(word).is_none() && !bugs.iter().any(is_written)
    }

    /// Whether a bug has no level but a severity in these words.
    fn writes_severity(&self, bug: BugIx, word: &str) -> bool {
        let written = self.session.report().severity(bug);
        self.session.level(bug).is_none() && written.is_some_and(|written| folded(&written) == folded(word))
    }

    /// Whether a bug has this severity, scope or status, or none.
    fn stands(&self, bug: BugIx, name: &str, text: Option<&str>) -> bool {
        let (session, methodology) = (self.session, self.session.methodology());
        match (name, text) {
            ("severity", Some(word)) => match methodology.level_named(word) {
                None => self.writes_severity(bug, word),
                level => session.level(bug) == level,
            },
            ("severity", None) => session.level(bug).is_none(),
            ("scope", Some(text)) => {
                session.scope(bug).is_some_and(|scope| is_scope(&scope, text, methodology))
            }
            (_, Some(text)) => {
                let is_meant = |status: &str| {
                    let has_remark = !remark(text, methodology).is_empty();
                    is_status(status, text, has_remark, methodology)
                };
                session.status(bug).is_some_and(|status| is_meant(&status))
            }
            ("scope", None) => session.scope(bug).is_none(),
            (_, None) => session.status(bug).is_none(),
        }
    }

    /// Whether a bug has all of these values. An entry of a log means them as it writes them.
    pub(super) fn has(&self, bug: BugIx, set: &Set) -> bool {
        let (report, methodology) = (self.session.report(), self.session.methodology());
        let net = self.session.net(bug);
        let is_said = matches!(self.item.what, What::Said(_));
        let scope = |has: &str, to: &str| has == to || is_said && is_scope(has, to, methodology);
        let status = |has: &str, to: &str| has == to || is_said && is_status(has, to, true, methodology);
        let field = |(name, to): &(String, To<String>)| {
            let pending = net.field(name);
            is_given(to, or_written(pending, || report.field(bug, name)), |has, to| has == to)
        };
        self.has_severity(bug, set, &net)
            && is_given(&set.scope, or_written(net.scope, || report.scope(bug)), scope)
            && is_given(&set.status, or_written(net.status, || report.status(bug)), status)
            && set.fields.iter().all(field)
    }

    /// Whether a bug has this severity wherever it is written.
    fn has_severity(&self, bug: BugIx, set: &Set, net: &Net<'_>) -> bool {
        let report = self.session.report();
        match (set.severity, net.severity) {
            (To::Keep, _) => true,
            (to, To::Keep) => to.after(report.level(bug)) == report.level(bug) && report.agrees(bug, &to),
            (to, pending) => to == pending,
        }
    }
}

/// Whether a value is there as it is to be.
fn is_given(to: &To<String>, now: Option<Cow<'_, str>>, is_same: impl FnOnce(&str, &str) -> bool) -> bool {
    match (to, now) {
        (To::Keep, _) | (To::Clear, None) => true,
        (To::Value(to), Some(now)) => is_same(&now, to),
        _ => false,
    }
}
