//! One decision on all the bugs for which somebody suggests the same: a rule that speaks for them, or a proposal.
//!
//! Of a rule its rationale is true of each of them: a placeholder that stands for the same in all is filled in, one that
//! differs becomes the list of what it stands for.

use super::facts::Facts;
use super::standing::Standing;
use super::{Voice, fill, kind, propose, set, speaking};
use crate::report::{BugIx, To};
use crate::triage::{BugSet, Draft, Session, Set, outcome};

/// The decisions that accept what each suggests for those of its bugs for which that is open; none where it is for none.
/// Takes time in the length of the bugs.
pub fn together(session: &Session, voices: &[(Voice, BugSet)]) -> Vec<Draft> {
    let bugs = BugSet::of_all(voices.iter().map(|(_, bugs)| bugs));
    let standing = Standing::of(session, &bugs);
    let draft = |(voice, bugs): &(Voice, BugSet)| match *voice {
        Voice::Rule(rule) => of_rule(session, rule, bugs),
        Voice::Proposal(at) => {
            let open = standing.open_for(at, bugs);
            let proposed = session.advice().proposals().get(at).filter(|_| !open.is_empty());
            proposed.map(|proposed| for_all(proposed.draft(open), session))
        }
    };
    voices.iter().filter_map(draft).collect()
}

/// The decision without a severity that all of its bugs have; it stays one, where only some have it.
fn for_all(draft: Draft, session: &Session) -> Draft {
    let less = outcome::without_same_severity(draft.clone(), session);
    if less.parts.len() == draft.parts.len() { less } else { draft }
}

fn of_rule(session: &Session, rule: usize, bugs: &BugSet) -> Option<Draft> {
    let known = session.methodology().suggestions().get(rule)?;
    let speaks = |bug: &BugIx| speaking(&Facts::of(session, *bug)) == Some(rule);
    let bugs: BugSet = bugs.iter().filter(speaks).collect();
    let first = bugs.first()?;
    if bugs.len() == 1 {
        return Some(propose(&Facts::of(session, first), rule)?.draft(first));
    }
    let sets = bugs.iter().map(|bug| set(&Facts::of(session, bug), &known.then));
    let set = sets.reduce(joined)?;
    let mut draft = Draft::new(kind(&set), bugs.clone(), set);
    draft.rationale = fill::filled(&known.then.rationale, &|name| value_of_all(session, &bugs, rule, name));
    draft.suggestion = Some(known.name.clone());
    Some(draft)
}

/// What a rule gives to bugs of which some have a part of it already.
fn joined(a: Set, b: Set) -> Set {
    fn either<T>(a: To<T>, b: To<T>) -> To<T> {
        if a.is_keep() { b } else { a }
    }
    Set {
        severity: either(a.severity, b.severity),
        scope: either(a.scope, b.scope),
        status: either(a.status, b.status),
        fields: Vec::new(),
    }
}

/// What a placeholder stands for in all the bugs.
fn value_of_all(session: &Session, bugs: &BugSet, rule: usize, name: &str) -> String {
    let rules = session.methodology().suggestions();
    let mut values: Vec<String> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for bug in bugs.iter() {
        let facts = Facts::of(session, bug);
        let caught = rules.get(rule).map(|rule| facts.caught(&rule.when)).unwrap_or_default();
        let value = fill::plain(&facts.value(name, &caught));
        if !value.is_empty() && seen.insert(value.clone()) {
            values.push(value);
        }
    }
    fill::listed(values.into_iter())
}
