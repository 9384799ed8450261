//! What the pending decisions, taken together, make of one bug.

use std::borrow::Cow;
use std::collections::HashMap;

use super::decision::{Decision, Kind, Set};
use crate::methodology::LevelId;
use crate::report::{BugIx, Change, Report, To};

/// What the pending decisions, taken together, make of one bug; the newest wins, value by value.
#[derive(Clone, Debug, Default)]
pub struct Net<'a> {
    /// The severity.
    pub severity: To<LevelId>,
    /// The decision that set it.
    pub severity_by: Option<&'a Decision>,
    /// The scope.
    pub scope: To<&'a str>,
    /// The status.
    pub status: To<&'a str>,
    /// Other fields by name, in the order in which they were decided.
    pub fields: Vec<(&'a str, To<&'a str>)>,
    /// What sort the newest of them is; `None` where no decision concerns the bug.
    pub last: Option<Kind>,
}

/// What pending decisions make of every bug that they concern, found in one pass over them.
#[derive(Clone, Debug, Default)]
pub struct Nets<'a>(HashMap<BugIx, Net<'a>>);

impl<'a> Nets<'a> {
    /// What these decisions, oldest first, make of their bugs.
    pub fn of(decisions: &'a [Decision]) -> Nets<'a> {
        let mut nets = Nets::default();
        decisions.iter().for_each(|decision| nets.add(decision));
        nets
    }

    /// Adds what a newer decision makes of its bugs.
    pub fn add(&mut self, decision: &'a Decision) {
        for (bug, set) in decision.draft.bugs() {
            self.0.entry(bug).or_default().add(decision, set);
        }
    }

    /// What they make of a bug; `None` where none concerns it.
    pub fn get(&self, bug: BugIx) -> Option<&Net<'a>> {
        self.0.get(&bug)
    }

    /// The status of a bug.
    pub fn status<'s>(&'s self, bug: BugIx, report: &'s Report) -> Option<Cow<'s, str>> {
        self.get(bug).map_or_else(|| report.status(bug), |net| net.status_or(|| report.status(bug)))
    }

    /// The scope of a bug.
    pub fn scope<'s>(&'s self, bug: BugIx, report: &'s Report) -> Option<Cow<'s, str>> {
        self.get(bug).map_or_else(|| report.scope(bug), |net| net.scope_or(|| report.scope(bug)))
    }
}

/// What is set, or where nothing is, what is written.
pub fn or_written<'s>(
    set: To<&'s str>,
    written: impl FnOnce() -> Option<Cow<'s, str>>,
) -> Option<Cow<'s, str>> {
    match set {
        To::Keep => written(),
        To::Clear => None,
        To::Value(value) => Some(Cow::Borrowed(value)),
    }
}

impl<'a> Net<'a> {
    /// What these decisions, oldest first, make of the bug.
    pub fn of(bug: BugIx, decisions: &'a [Decision]) -> Net<'a> {
        let mut net = Net::default();
        for decision in decisions {
            if let Some(part) = decision.draft.parts.iter().find(|part| part.bugs.contains(bug)) {
                net.add(decision, &part.set);
            }
        }
        net
    }

    fn add(&mut self, decision: &'a Decision, set: &'a Set) {
        self.last = Some(decision.draft.kind);
        if !set.severity.is_keep() {
            self.severity = set.severity;
            self.severity_by = Some(decision);
        }
        overlay(&mut self.scope, &set.scope);
        overlay(&mut self.status, &set.status);
        for (name, to) in &set.fields {
            overlay(self.field_mut(name), to);
        }
    }

    fn field_mut(&mut self, name: &'a str) -> &mut To<&'a str> {
        let at = self.fields.iter().position(|(known, _)| *known == name).unwrap_or(self.fields.len());
        if at == self.fields.len() {
            self.fields.push((name, To::Keep));
        }
        &mut self.fields[at].1
    }

    /// What they make of another field.
    pub fn field(&self, name: &str) -> To<&'a str> {
        self.fields.iter().find(|(known, _)| *known == name).map(|(_, to)| *to).unwrap_or_default()
    }

    /// The scope of a bug; what is written is asked for where they say nothing of it.
    pub fn scope_or<'s>(&self, written: impl FnOnce() -> Option<Cow<'s, str>>) -> Option<Cow<'s, str>>
    where
        'a: 's,
    {
        or_written(self.scope, written)
    }

    /// The same for its status.
    pub fn status_or<'s>(&self, written: impl FnOnce() -> Option<Cow<'s, str>>) -> Option<Cow<'s, str>>
    where
        'a: 's,
    {
        or_written(self.status, written)
    }

    /// The level that a bug of this written level has.
    pub fn level(&self, written: Option<LevelId>) -> Option<LevelId> {
        match self.severity {
            To::Keep => written,
            To::Clear => None,
            To::Value(level) => Some(level),
        }
    }

    /// What changes in the report, or `None` where the bug ends as it is written.
    pub fn change(&self, bug: BugIx, report: &Report) -> Option<Change> {
        let mut change = Change::of(bug);
        if !report.agrees(bug, &self.severity) {
            change.severity = self.severity;
            change.rationale = self.severity_by.map(|decision| decision.draft.rationale.clone());
        }
        let values = || report.values(bug);
        change.scope = differing(self.scope, || values().scope());
        change.status = differing(self.status, || values().status());
        let fields = self.fields.iter().map(|(name, to)| (*name, differing(*to, || values().field(name))));
        change.fields =
            fields.filter(|(_, to)| !to.is_keep()).map(|(name, to)| (name.to_owned(), to)).collect();
        (!change.is_empty()).then_some(change)
    }
}

/// Lays a newer value over an older one.
fn overlay<'a>(older: &mut To<&'a str>, newer: &'a To<String>) {
    match newer {
        To::Keep => {}
        To::Clear => *older = To::Clear,
        To::Value(value) => *older = To::Value(value),
    }
}

/// The value where it differs from what is written, else [`To::Keep`]. What stays is not read.
fn differing<'r>(to: To<&str>, written: impl Fn() -> Option<Cow<'r, str>>) -> To<String> {
    match to {
        To::Clear if written().is_some() => To::Clear,
        To::Value(value) if written().as_deref() != Some(value) => To::Value(value.to_owned()),
        _ => To::Keep,
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::triage::{BugSet, Draft};

    fn decision(bugs: &[u32], status: &str) -> Decision {
        let bugs: BugSet = bugs.iter().map(|bug| BugIx(*bug)).collect();
        let set = Set { status: To::Value(status.to_owned()), ..Set::default() };
        let draft = Draft::new(Kind::Status, bugs, set);
        Decision { at: Timestamp::UNIX_EPOCH, by: String::from("Ada"), draft }
    }

    /// What is found in one pass would differ from what the desk shows of a single bug.
    #[test]
    fn what_all_bugs_are_is_what_each_is_by_itself() {
        let decisions = [decision(&[0, 2], "open"), decision(&[2, 3], "resolved"), decision(&[0], "open")];
        let nets = Nets::of(&decisions);
        for bug in (0..5).map(BugIx) {
            let (one, among) = (Net::of(bug, &decisions), nets.get(bug).cloned().unwrap_or_default());
            assert_eq!((one.status, one.last), (among.status, among.last), "{bug:?}");
        }
        assert_eq!(nets.get(BugIx(2)).map(|net| net.status), Some(To::Value("resolved")));
    }
}
