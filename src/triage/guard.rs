//! What the methodology has to say of a decision before it is made. Desk and commands ask the same questions here.
//!
//! A guard of the policy speaks about a decision that decides something it is about: one that states a severity, a
//! scope or a change speaks where a bug gets one or is confirmed, one that states a status where that is set. A
//! decision that sets nothing on a bug but records a note, or takes another back, is never spoken about.
//!
//! A change is held against each step that a severity takes, and against the whole way from what was reported: what a
//! guard keeps from being decided at once is not to be had in two decisions, or in two saves. A guard on one direction
//! speaks of no step in the other: who raises a bug does not downgrade it, be it lower still than it was reported.

use super::{Answer, BugSet, Draft, Fact, Kind, Part, Session, Set};
use crate::methodology::{Act, Change, Condition, Direction, Guard, LevelId, Methodology, ScopeId, StatusId};
use crate::report::BugIx;

/// How many characters the rationale of such a decision must have, blanks at its ends left out.
pub fn least_rationale(kind: Kind, methodology: &Methodology) -> usize {
    match kind {
        Kind::Confirmed | Kind::Claims | Kind::Reverted => 0,
        Kind::Note | Kind::Finding | Kind::Recommendation | Kind::NotExecuted => {
            methodology.rationale().minimum.max(1)
        }
        Kind::Reclassified | Kind::Status | Kind::Fixed => methodology.rationale().minimum,
    }
}

/// What a decision about the report as a whole does not say although it has to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lacking {
    /// The fact; `None` where it is the rationale.
    pub fact: Option<Fact>,
    /// The same in words.
    pub said: String,
}

/// The first thing that a decision about the report as a whole has to say and does not. A fix outside the report's
/// bugs has its reason in its facts, and needs no rationale beside.
pub fn lacking(draft: &Draft, methodology: &Methodology) -> Option<Lacking> {
    let tells = |fact| draft.facts.iter().any(|(told, text)| *told == fact && !text.trim().is_empty());
    let missing = Fact::of(draft.kind).iter().copied().find(|fact| fact.is_needed() && !tells(*fact));
    if let Some(fact) = missing {
        let said = format!("{} is needed: {}", fact.name(), fact.means());
        return Some(Lacking { fact: Some(fact), said });
    }
    let (name, _) = draft.kind.told()?;
    let is_excused = draft.kind == Kind::Fixed && draft.rationale.trim().is_empty();
    let is_short = missing_rationale(draft.kind, &draft.rationale, methodology) > 0;
    let least = least_rationale(draft.kind, methodology);
    let said = format!("{name} needs at least {least} characters");
    (is_short && !is_excused).then_some(Lacking { fact: None, said })
}

/// How many characters a rationale is short of what such a decision needs.
pub fn missing_rationale(kind: Kind, rationale: &str, methodology: &Methodology) -> usize {
    least_rationale(kind, methodology).saturating_sub(rationale.trim().chars().count())
}

/// What a guard says of a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// Its name.
    pub guard: String,
    /// What it does.
    pub act: Act,
    /// What it says.
    pub message: String,
    /// The bugs that it is about.
    pub bugs: BugSet,
}

/// The shortest reason that answers a warning, in characters, blanks at its ends left out.
pub const LEAST_REASON: usize = 3;

impl Spoken {
    /// `production-only: P0 is reserved for what harms production. (BUG-001)`, where `bugs` says whom it is about.
    pub fn told(&self, bugs: &str) -> String {
        format!("{}: {} ({bugs})", self.guard, self.message)
    }

    /// The answer to it, with the reason that a warning asks for.
    pub fn answered(&self, reason: Option<&str>) -> Answer {
        let reason = reason.filter(|_| self.act == Act::Warn).map(str::to_owned);
        Answer { guard: self.guard.clone(), reason }
    }
}

/// What the guards of the policy say of a decision, in their order.
pub fn spoken(draft: &Draft, session: &Session) -> Vec<Spoken> {
    let guards = session.methodology().policy().iter();
    guards.filter_map(|guard| speak(guard, draft, session)).collect()
}

/// What of that can be said before the rationale is there.
pub fn foreseen(draft: &Draft, session: &Session) -> Vec<Spoken> {
    let guards = session.methodology().policy().iter().filter(|guard| guard.when.rationale.is_none());
    guards.filter_map(|guard| speak(guard, draft, session)).collect()
}

/// Whether what the guards say of a decision goes by how long its rationale is.
pub fn measures_rationale(methodology: &Methodology) -> bool {
    methodology.policy().iter().any(|guard| guard.when.rationale.is_some())
}

fn speak(guard: &Guard, draft: &Draft, session: &Session) -> Option<Spoken> {
    let bugs = bugs(&guard.when, draft, session);
    let (guard, act, message) = (guard.name.clone(), guard.act, guard.message.clone());
    (!bugs.is_empty()).then_some(Spoken { guard, act, message, bugs })
}

/// The bugs of a decision that a condition holds for.
fn bugs(when: &Condition, draft: &Draft, session: &Session) -> BugSet {
    let length = draft.rationale.trim().chars().count();
    let holds = when.count.is_none_or(|bounds| bounds.hold(draft.len()))
        && when.rationale.is_none_or(|bounds| bounds.hold(length));
    if !holds || !is_about(when, draft) {
        return BugSet::default();
    }
    let of = |part: &Part| part.bugs.filtered(|bug| holds_for(when, bug, &part.set, draft, session));
    BugSet::of_all(&draft.parts.iter().map(of).collect::<Vec<_>>())
}

/// Whether a decision decides what a condition is about: by what it sets, whatever kind it says it is.
fn is_about(when: &Condition, draft: &Draft) -> bool {
    let sets = |is: fn(&Set) -> bool| draft.parts.iter().any(|part| is(&part.set));
    let judges = draft.kind == Kind::Confirmed || sets(|set| !set.severity.is_keep() || !set.scope.is_keep());
    let settles = sets(|set| !set.status.is_keep());
    let of_judgement = when.severity.is_some() || when.scope.is_some() || when.change.is_some();
    match (of_judgement, when.status.is_some()) {
        _ if draft.kind == Kind::Reverted => false,
        (false, false) => draft.kind.reviews() || judges || settles,
        (of_judgement, of_status) => of_judgement && judges || of_status && settles,
    }
}

fn holds_for(when: &Condition, bug: BugIx, set: &Set, draft: &Draft, session: &Session) -> bool {
    let (before, after) =
        (session.level_before(bug, &set.severity, 0), set.severity.after(session.level(bug)));
    when.severity.as_ref().is_none_or(|among| among.holds(after))
        && when.seen.is_none_or(|seen| seen == draft.seen.contains(bug))
        && when.change.as_ref().is_none_or(|change| {
            let from = || session.level_at_first(bug, &set.severity);
            before != after
                && !opposes(change, before, after)
                && (changes(change, before, after) || changes(change, from(), after))
        })
        && when.scope.as_ref().is_none_or(|among| among.holds_stated(scope(bug, set, session)))
        && when.status.as_ref().is_none_or(|among| among.holds_stated(status(bug, set, session)))
}

/// The scope of a bug after a decision; `None` where it states none, and nothing inside where the methodology does not
/// know it.
fn scope(bug: BugIx, set: &Set, session: &Session) -> Option<Option<ScopeId>> {
    let text = set.scope.clone().after(session.scope(bug).map(Into::into))?;
    Some(session.methodology().scope_named(text.trim()))
}

/// The status of a bug after a decision, in the same way.
fn status(bug: BugIx, set: &Set, session: &Session) -> Option<Option<StatusId>> {
    let text = set.status.clone().after(session.status(bug).map(Into::into))?;
    Some(session.methodology().read_status(text.as_bytes()).map(|found| found.status))
}

fn changes(change: &Change, from: Option<LevelId>, to: Option<LevelId>) -> bool {
    from != to
        && change.from.as_ref().is_none_or(|among| among.holds(from))
        && change.to.as_ref().is_none_or(|among| among.holds(to))
        && change.direction.is_none_or(|direction| direction_of(from, to) == Some(direction))
}

/// Whether a step goes the other way than the changes that are meant. To or from no level it goes neither.
fn opposes(change: &Change, from: Option<LevelId>, to: Option<LevelId>) -> bool {
    change.direction.is_some_and(|meant| direction_of(from, to).is_some_and(|direction| direction != meant))
}

fn direction_of(from: Option<LevelId>, to: Option<LevelId>) -> Option<Direction> {
    Direction::of(from?, to?)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::report::{Report, To};

    const REPORT: &str = "\
# Bugs

### BUG-1: a
- **Severity:** P0
- **Scope:** test

### BUG-2: b
- **Severity:** P0
- **Scope:** production

### BUG-3: c
- **Severity:** P1
- **Status:** open
";

    fn session() -> Session {
        let methodology = Arc::new(Methodology::embedded());
        let report = Report::parse(REPORT.as_bytes().into(), &methodology);
        Session::new(Arc::new(report), methodology, Vec::new())
    }

    fn decision(kind: Kind, bugs: &[u32], set: Set) -> Draft {
        let bugs = bugs.iter().map(|bug| BugIx(*bug)).collect();
        Draft { rationale: "Because it is so.".to_owned(), ..Draft::new(kind, bugs, set) }
    }

    /// The guards that speak, each with how many bugs it speaks of.
    fn said(draft: &Draft, session: &Session) -> Vec<(String, Act, usize)> {
        spoken(draft, session).into_iter().map(|said| (said.guard, said.act, said.bugs.len())).collect()
    }

    #[test]
    fn p0_is_for_production_and_a_downgrade_unseen_is_noted() {
        let mut session = session();
        let confirm = decision(Kind::Confirmed, &[0, 1], Set::default());
        assert_eq!(said(&confirm, &session), [("production-only".to_owned(), Act::Warn, 1)]);
        let down = decision(Kind::Reclassified, &[0, 1], Set::severity(LevelId(2)));
        assert_eq!(said(&down, &session), [("unseen-downgrade".to_owned(), Act::Note, 2)]);
        session.see(BugIx(0));
        let down = Draft { seen: session.seen().clone(), ..down };
        assert_eq!(said(&down, &session), [("unseen-downgrade".to_owned(), Act::Note, 1)]);
    }

    #[test]
    fn a_bug_raised_to_p0_must_have_a_scope() {
        let session = session();
        let raised = Set::severity(LevelId(0));
        let up = decision(Kind::Reclassified, &[2], raised.clone());
        assert_eq!(said(&up, &session), [("raised-without-scope".to_owned(), Act::Warn, 1)]);
        let scoped = |scope: &str| Set { scope: To::Value(scope.to_owned()), ..raised.clone() };
        assert_eq!(said(&decision(Kind::Reclassified, &[2], scoped("Production")), &session), []);
        let test = decision(Kind::Reclassified, &[2], scoped("Test infrastructure"));
        assert_eq!(said(&test, &session), [("production-only".to_owned(), Act::Warn, 1)]);
    }

    /// Whoever writes a scope that nobody knows would go round the policy.
    #[test]
    fn a_scope_that_the_methodology_does_not_know_is_neither_production_nor_none() {
        let session = session();
        let scoped = |scope: &str| Set { scope: To::Value(scope.to_owned()), ..Set::default() };
        let production_only = || vec![("production-only".to_owned(), Act::Warn, 1)];
        assert_eq!(
            said(&decision(Kind::Reclassified, &[0], scoped("just tests")), &session),
            production_only()
        );
        let raised = Set { severity: To::Value(LevelId(0)), ..scoped("just tests") };
        assert_eq!(said(&decision(Kind::Reclassified, &[2], raised), &session), production_only());
    }

    #[test]
    fn what_a_decision_about_the_report_lacks_is_said_one_by_one() {
        let methodology = Methodology::embedded();
        let lacks = |kind, facts: &[(Fact, &str)], why: &str| {
            let facts = facts.iter().map(|(fact, text)| (*fact, (*text).to_owned())).collect();
            let draft = Draft { rationale: why.to_owned(), ..Draft::telling(kind, facts) };
            lacking(&draft, &methodology).map(|lacking| (lacking.fact, lacking.said))
        };
        let said = |fact: Option<Fact>, said: &str| Some((fact, said.to_owned()));
        let issue = (Fact::Issue, "a");
        assert_eq!(lacks(Kind::Fixed, &[], ""), said(Some(Fact::Issue), "issue is needed: what was wrong"));
        let fix = said(Some(Fact::Fix), "fix is needed: what was done about it");
        assert_eq!(lacks(Kind::Fixed, &[issue, (Fact::Fix, " ")], ""), fix);
        assert_eq!(lacks(Kind::Fixed, &[issue, (Fact::Fix, "b")], ""), None);
        let short = said(None, "rationale needs at least 10 characters");
        assert_eq!(lacks(Kind::Fixed, &[issue, (Fact::Fix, "b")], "so"), short);
        assert_eq!(
            lacks(Kind::NotExecuted, &[(Fact::Task, "a")], ""),
            said(None, "why needs at least 10 characters")
        );
        assert_eq!(lacks(Kind::Finding, &[], "Nothing."), said(None, "text needs at least 10 characters"));
        assert_eq!(lacks(Kind::Finding, &[], "Nothing of it."), None);
    }

    /// Who writes a status or a note must not be asked about a severity that nobody judges.
    #[test]
    fn a_guard_is_silent_about_what_a_decision_does_not_decide() {
        let session = session();
        let status = Set { status: To::Value("resolved".to_owned()), ..Set::default() };
        assert_eq!(said(&decision(Kind::Status, &[0], status), &session), []);
        assert_eq!(said(&decision(Kind::Note, &[0], Set::default()), &session), []);
        assert_eq!(said(&decision(Kind::Reverted, &[2], Set::severity(LevelId(0))), &session), []);
    }

    /// A severity that is called something else would go round the policy.
    #[test]
    fn a_guard_goes_by_what_is_set_and_not_by_what_the_decision_is_called() {
        let session = session();
        for kind in [Kind::Note, Kind::Fixed, Kind::Status, Kind::Finding] {
            let up = decision(kind, &[2], Set::severity(LevelId(0)));
            assert_eq!(said(&up, &session), [("raised-without-scope".to_owned(), Act::Warn, 1)], "{kind:?}");
        }
    }
}
