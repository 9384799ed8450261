//! What the pending decisions, taken together, make of one bug.

use std::borrow::Cow;

use crate::methodology::LevelId;
use crate::report::render::brings_status_in_line;
use crate::report::{BugIx, Change, Report, To};
use crate::triage::decision::meaning::is_scope;
use crate::triage::decision::{Decision, Kind, Set};

/// What the pending decisions, taken together, make of one bug; the newest wins, value by value.
#[derive(Clone, Debug, Default)]
pub struct Net<'a> {
    /// The severity.
    pub severity: To<LevelId>,
    /// What the oldest of those that set it set it to.
    pub severity_first: To<LevelId>,
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
    /// What these decisions, oldest first, make of a bug that they give these values.
    pub fn of(decisions: impl IntoIterator<Item = (&'a Decision, &'a Set)>) -> Net<'a> {
        let mut net = Net::default();
        decisions.into_iter().for_each(|(decision, set)| net.add(decision, set));
        net
    }

    fn add(&mut self, decision: &'a Decision, set: &'a Set) {
        self.last = Some(decision.draft.kind);
        if !set.severity.is_keep() {
            self.severity_first = if self.severity.is_keep() { set.severity } else { self.severity_first };
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

    /// What these alone make of the bug, which are the newest of those that make this of it.
    pub(super) fn only_of(self, these: impl IntoIterator<Item = (&'a Decision, &'a Set)>) -> Net<'a> {
        let these = Net::of(these);
        let is_apart = these.severity_by.is_some_and(|decision| decision.draft.stands_apart());
        let severity_first = if is_apart { these.severity_first } else { self.severity_first };
        Net { severity_first, ..these }
    }

    /// The same without the values that these give.
    pub(super) fn without(mut self, set: &Set) -> Net<'a> {
        if !set.severity.is_keep() {
            (self.severity, self.severity_by) = (To::Keep, None);
        }
        self.scope = if set.scope.is_keep() { self.scope } else { To::Keep };
        self.status = if set.status.is_keep() { self.status } else { To::Keep };
        let given = |name: &str| set.fields.iter().any(|(given, to)| given == name && !to.is_keep());
        self.fields.iter_mut().filter(|(name, _)| given(name)).for_each(|(_, to)| *to = To::Keep);
        self
    }

    /// One of the values alone: the severity, the scope, the status, or one of the fields behind them.
    pub(super) fn only(self, value: usize) -> Net<'a> {
        let last = self.last;
        match value {
            0 => Net { scope: To::Keep, status: To::Keep, fields: Vec::new(), ..self },
            1 => Net { scope: self.scope, last, ..Net::default() },
            2 => Net { status: self.status, last, ..Net::default() },
            _ => Net {
                fields: self.fields.into_iter().skip(value - 3).take(1).collect(),
                last,
                ..Net::default()
            },
        }
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

    /// What changes in the report, or `None` where the bug ends as it is written.
    pub fn change(&self, bug: BugIx, report: &Report) -> Option<Change> {
        let mut change = Change::of(bug);
        if !report.agrees(bug, &self.severity) {
            change.severity = self.severity;
            change.first = if let To::Value(first) = self.severity_first { Some(first) } else { None };
            change.rationale = self.severity_by.map(|decision| decision.draft.rationale.clone());
        }
        let values = || report.values(bug);
        let is_so = |scope: &str, to: &str| is_scope(scope, to, report.methodology());
        change.scope = match self.scope {
            To::Value(to) if values().scope().is_some_and(|scope| is_so(&scope, to)) => To::Keep,
            to => differing(to, || values().scope()),
        };
        change.status = match (differing(self.status, || values().status()), self.status) {
            (To::Keep, To::Value(status)) if brings_status_in_line(report, bug, status) => {
                To::Value(status.to_owned())
            }
            (differing, _) => differing,
        };
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
    use std::sync::{Arc, LazyLock};

    use jiff::Timestamp;
    use proptest::prelude::*;

    use super::*;
    use crate::methodology::Methodology;
    use crate::triage::{BugSet, Draft, Event, Part, Session};

    const BUGS: usize = 6;

    static METHODOLOGY: LazyLock<Arc<Methodology>> = LazyLock::new(|| Arc::new(Methodology::embedded()));

    fn session() -> Session {
        let bug =
            |number| format!("### BUG-{number}: It breaks\n\n- **Severity:** P0\n- **Status:** Open\n\n");
        let text: String = (0..BUGS).map(bug).collect();
        let report = Report::parse(format!("# Report\n\n{text}").into_bytes().into(), &METHODOLOGY);
        Session::new(Arc::new(report), METHODOLOGY.clone(), Vec::new())
    }

    /// What going through all decisions makes of a bug.
    fn naive(bug: BugIx, decisions: &[Decision]) -> Net<'_> {
        let sets = decisions.iter().filter_map(|decision| {
            let part = decision.draft.parts.iter().find(|part| part.bugs.contains(bug))?;
            Some((decision, &part.set))
        });
        Net::of(sets)
    }

    fn to<T: std::fmt::Debug + Clone + 'static>(values: Vec<T>) -> impl Strategy<Value = To<T>> {
        let value = prop::sample::select(values).prop_map(To::Value);
        prop_oneof![2 => Just(To::Keep), 1 => Just(To::Clear), 3 => value]
    }

    fn sets() -> impl Strategy<Value = Set> {
        let texts = || to(vec!["one".to_owned(), "two".to_owned()]);
        let levels = to((0..4).map(LevelId).collect());
        (levels, texts(), texts(), texts()).prop_map(|(severity, scope, status, field)| Set {
            severity,
            scope,
            status,
            fields: vec![("Owner".to_owned(), field)],
        })
    }

    /// A decision of one part or two; whether it counts as a review.
    fn decisions() -> impl Strategy<Value = Decision> {
        let which = prop::collection::vec(0..3usize, BUGS);
        (which, sets(), sets(), any::<bool>()).prop_map(|(which, one, other, reviews)| {
            let of =
                |part| (0..).map(BugIx).zip(&which).filter(move |(_, of)| **of == part).map(|(bug, _)| bug);
            let part = |number, set| Part { bugs: of(number).collect::<BugSet>(), set };
            let parts = [part(1, one), part(2, other)].into_iter().filter(|part| !part.bugs.is_empty());
            let kind = if reviews { Kind::Status } else { Kind::Note };
            let draft = Draft { parts: parts.collect(), ..Draft::of(kind) };
            Decision { at: Timestamp::UNIX_EPOCH, by: String::from("Ada"), draft }
        })
    }

    fn events() -> impl Strategy<Value = Event> {
        let settled =
            prop::option::of(decisions()).prop_map(|decision| Event::Settled { misfit: 0, decision });
        prop_oneof![
            5 => decisions().prop_map(Event::Decided),
            3 => Just(Event::Undone),
            2 => Just(Event::Redone),
            1 => settled,
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        /// What is found by layers would differ from what was decided.
        #[test]
        fn what_a_session_makes_of_a_bug_is_what_all_its_decisions_make(events in prop::collection::vec(events(), 0..16)) {
            let mut session = session();
            for event in events {
                session.apply(event);
                for bug in session.report().indexes() {
                    for count in 0..=session.pending().len() {
                        let (net, wanted) = (session.net_of(bug, count), naive(bug, &session.pending()[..count]));
                        prop_assert_eq!(format!("{net:?}"), format!("{wanted:?}"));
                    }
                    let net = session.net(bug);
                    prop_assert_eq!(session.level(bug), net.severity.after(session.report().level(bug)));
                    let about = session.pending().iter().rev().filter(|one| one.draft.parts.iter().any(|part| part.bugs.contains(bug)));
                    prop_assert!(session.about(bug).eq(about));
                    let is_reviewed = session.about(bug).any(|decision| decision.draft.kind.reviews());
                    prop_assert_eq!(session.reviewed().contains(bug), is_reviewed);
                }
            }
        }
    }
}
